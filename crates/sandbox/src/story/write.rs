//! Writing one telling as a resource of its release: the same statement in the element names of
//! DSTU2 (1.0.2), STU3 (3.0.2) or R4 (4.0.1). Empty texts are elements the teller leaves out.

use serde_json::{Value, json};

use super::json::decimal;
use super::{LAKESIDE_R4, Pen, Release, SUMMIT};

/// (system, code, display); systems by the short names of [`system`].
pub(super) type Codes<'a> = &'a [(&'a str, &'a str, &'a str)];

fn system(short: &str) -> &str {
    match short {
        "loinc" => "http://loinc.org",
        "sct" => "http://snomed.info/sct",
        "rx" => "http://www.nlm.nih.gov/research/umls/rxnorm",
        "cvx" => "http://hl7.org/fhir/sid/cvx",
        "i10" => "http://hl7.org/fhir/sid/icd-10-cm",
        "i9" => "http://hl7.org/fhir/sid/icd-9-cm",
        "cpt" => "http://www.ama-assn.org/go/cpt",
        "ucum" => "http://unitsofmeasure.org",
        other => other,
    }
}

/// A text, or nothing.
pub(super) fn some(text: &str) -> Value {
    if text.is_empty() { Value::Null } else { text.into() }
}

pub(super) fn concept(text: &str, codes: Codes<'_>) -> Value {
    let coding: Vec<Value> = codes
        .iter()
        .map(|(short, code, display)| json!({ "system": system(short), "code": code, "display": some(display) }))
        .collect();
    json!({ "text": some(text), "coding": coding })
}

/// One code of a FHIR table as a CodeableConcept.
fn term(system: &str, code: &str) -> Value {
    if code.is_empty() {
        return Value::Null;
    }
    json!({ "coding": [{ "system": system, "code": code }] })
}

impl Pen {
    /// A reference to another resource of this base; nothing for an empty key.
    pub(super) fn to(self, resource_type: &str, key: &str, display: &str) -> Value {
        if key.is_empty() {
            return Value::Null;
        }
        json!({ "reference": format!("{resource_type}/{}", self.id(resource_type, key)), "display": some(display) })
    }

    pub(super) fn me(self) -> Value {
        json!({ "reference": format!("Patient/{}", self.id("Patient", "self")) })
    }

    fn clinician(self, name: &str) -> Value {
        self.to("Practitioner", name, name)
    }

    /// The element that names the visit.
    fn visit_element(self) -> &'static str {
        if self.release == Release::Stu3 { "context" } else { "encounter" }
    }

    fn start(self, resource_type: &str, key: &str) -> Value {
        json!({ "resourceType": resource_type, "id": self.id(resource_type, key) })
    }

    /// Starts a resource and adds the members; `null` and empty ones are taken out later.
    pub(super) fn resource(self, resource_type: &str, key: &str, members: Value) -> Value {
        let mut value = self.start(resource_type, key);
        if let (Some(all), Value::Object(members)) = (value.as_object_mut(), members) {
            all.extend(members);
        }
        value
    }
}

/// A visit.
#[derive(Default, Clone, Copy)]
pub(super) struct Visit<'a> {
    pub(super) start: &'a str,
    pub(super) end: &'a str,
    /// `AMB`, `EMER`, `IMP` or `VR`.
    pub(super) class: &'a str,
    pub(super) what: &'a str,
    pub(super) codes: Codes<'a>,
    pub(super) reason: &'a str,
    pub(super) by: &'a str,
    pub(super) place: &'a str,
}

pub(super) fn visit(pen: Pen, key: &str, v: Visit<'_>) -> Value {
    let who = json!([{ "individual": pen.clinician(v.by) }]);
    let period = json!({ "start": v.start, "end": some(v.end) });
    let reason = json!([{ "text": some(v.reason) }]);
    let mut members = json!({
        "status": "finished",
        "type": [concept(v.what, v.codes)],
        "participant": who,
        "period": period,
        "location": [{ "location": pen.to("Location", v.place, v.place) }],
        "serviceProvider": pen.to("Organization", "self", ""),
    });
    if pen.release == Release::Dstu2 {
        let class = match v.class {
            "EMER" => "emergency",
            "IMP" => "inpatient",
            "VR" => "virtual",
            _ => "ambulatory",
        };
        members["class"] = class.into();
        members["patient"] = pen.me();
        members["reason"] = reason;
    } else {
        let display = match v.class {
            "EMER" => "emergency",
            "IMP" => "inpatient encounter",
            "VR" => "virtual",
            _ => "ambulatory",
        };
        let (system, why) = match pen.release {
            Release::R4 => ("http://terminology.hl7.org/CodeSystem/v3-ActCode", "reasonCode"),
            _ => ("http://hl7.org/fhir/v3/ActCode", "reason"),
        };
        members["class"] = json!({ "system": system, "code": v.class, "display": display });
        members["subject"] = pen.me();
        members[why] = reason;
    }
    pen.resource("Encounter", key, members)
}

/// A problem.
#[derive(Default, Clone, Copy)]
pub(super) struct Problem<'a> {
    pub(super) text: &'a str,
    pub(super) codes: Codes<'a>,
    pub(super) onset: &'a str,
    pub(super) recorded: &'a str,
    pub(super) abated: &'a str,
    /// `active`, `resolved` …
    pub(super) clinical: &'a str,
    /// Empty means `confirmed`.
    pub(super) verification: &'a str,
    pub(super) body_site: &'a str,
    pub(super) note: &'a str,
}

pub(super) fn problem(pen: Pen, key: &str, p: Problem<'_>) -> Value {
    let verification = if p.verification.is_empty() { "confirmed" } else { p.verification };
    let mut members = json!({
        "code": concept(p.text, p.codes),
        "onsetDateTime": some(p.onset),
        "abatementDateTime": some(p.abated),
        "bodySite": [concept(p.body_site, &[])],
    });
    if pen.release == Release::R4 {
        members["clinicalStatus"] =
            term("http://terminology.hl7.org/CodeSystem/condition-clinical", p.clinical);
        members["verificationStatus"] =
            term("http://terminology.hl7.org/CodeSystem/condition-ver-status", verification);
    } else {
        members["clinicalStatus"] = some(p.clinical);
        members["verificationStatus"] = verification.into();
    }
    match pen.release {
        Release::R4 => {
            members["category"] = json!([term(
                "http://terminology.hl7.org/CodeSystem/condition-category",
                "problem-list-item"
            )]);
            members["recordedDate"] = some(p.recorded);
        }
        Release::Stu3 => {
            members["category"] =
                json!([term("http://hl7.org/fhir/condition-category", "problem-list-item")]);
            members["assertedDate"] = some(p.recorded);
        }
        Release::Dstu2 => {
            members["category"] = term("http://hl7.org/fhir/condition-category", "diagnosis");
            members["dateRecorded"] = some(p.recorded);
        }
    }
    if pen.release == Release::Dstu2 {
        members["patient"] = pen.me();
        members["notes"] = some(p.note);
    } else {
        members["subject"] = pen.me();
        members["note"] = json!([{ "text": some(p.note) }]);
    }
    pen.resource("Condition", key, members)
}

/// An allergy.
#[derive(Default, Clone, Copy)]
pub(super) struct Allergy<'a> {
    pub(super) text: &'a str,
    pub(super) codes: Codes<'a>,
    pub(super) onset: &'a str,
    pub(super) recorded: &'a str,
    /// `medication`, `food`, `environment`
    pub(super) category: &'a str,
    pub(super) high: bool,
    pub(super) reaction: &'a str,
    pub(super) severity: &'a str,
    pub(super) intolerance: bool,
    pub(super) refuted: bool,
}

pub(super) fn allergy(pen: Pen, key: &str, a: Allergy<'_>) -> Value {
    let reaction = if a.reaction.is_empty() {
        Value::Null
    } else {
        json!([{ "manifestation": [{ "text": a.reaction }], "severity": some(a.severity) }])
    };
    let mut members = json!({
        "type": if a.intolerance { "intolerance" } else { "allergy" },
        "patient": pen.me(),
        "reaction": reaction,
    });
    let verification = if a.refuted { "refuted" } else { "confirmed" };
    if pen.release == Release::R4 {
        if !a.refuted {
            members["clinicalStatus"] =
                term("http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical", "active");
        }
        members["verificationStatus"] =
            term("http://terminology.hl7.org/CodeSystem/allergyintolerance-verification", verification);
    } else if pen.release == Release::Stu3 {
        if !a.refuted {
            members["clinicalStatus"] = "active".into();
        }
        members["verificationStatus"] = verification.into();
    }
    if pen.release == Release::Dstu2 {
        members["status"] = if a.refuted { "refuted" } else { "active" }.into();
        members["category"] = some(a.category);
        members["criticality"] = if a.high { "CRITH" } else { "CRITL" }.into();
        members["substance"] = concept(a.text, a.codes);
        members["onset"] = some(a.onset);
    } else {
        members["category"] = json!([a.category]);
        members["criticality"] = if a.high { "high" } else { "low" }.into();
        members["code"] = concept(a.text, a.codes);
        members["onsetDateTime"] = some(a.onset);
    }
    let recorded = if pen.release == Release::Stu3 { "assertedDate" } else { "recordedDate" };
    members[recorded] = some(a.recorded);
    pen.resource("AllergyIntolerance", key, members)
}

/// An order or statement about a medicine.
#[derive(Default, Clone, Copy)]
pub(super) struct Medicine<'a> {
    pub(super) text: &'a str,
    pub(super) codes: Codes<'a>,
    pub(super) status: &'a str,
    pub(super) written: &'a str,
    pub(super) ended: &'a str,
    pub(super) why_ended: &'a str,
    pub(super) dosage: &'a str,
    pub(super) reason: &'a str,
    pub(super) by: &'a str,
    pub(super) quantity: &'a str,
    pub(super) refills: u32,
    /// The medicine is a resource of its own under this key.
    pub(super) medication: &'a str,
    /// Told by the patient or another provider, not ordered here.
    pub(super) reported: bool,
}

pub(super) fn order(pen: Pen, key: &str, m: Medicine<'_>) -> Value {
    let mut dispense = json!({});
    if !m.quantity.is_empty() {
        dispense = json!({ "numberOfRepeatsAllowed": m.refills, "quantity": { "value": decimal(m.quantity), "unit": "tablet" } });
    }
    let mut members = json!({
        "status": m.status,
        "dosageInstruction": [{ "text": some(m.dosage) }],
        "dispenseRequest": dispense,
    });
    if m.medication.is_empty() {
        members["medicationCodeableConcept"] = concept(m.text, m.codes);
    } else {
        members["medicationReference"] = pen.to("Medication", m.medication, m.text);
    }
    if pen.release > Release::Dstu2 {
        members["intent"] = "order".into();
        members["subject"] = pen.me();
        members["authoredOn"] = some(m.written);
        members["reasonCode"] = json!([{ "text": some(m.reason) }]);
        if pen.release == Release::R4 {
            members["requester"] = pen.clinician(m.by);
            members["statusReason"] = concept(m.why_ended, &[]);
            members["reportedBoolean"] = m.reported.into();
        } else {
            members["requester"] = json!({ "agent": pen.clinician(m.by) });
        }
        if !m.ended.is_empty() {
            members["dosageInstruction"][0]["timing"] =
                json!({ "repeat": { "boundsPeriod": { "start": some(m.written), "end": m.ended } } });
        }
        pen.resource("MedicationRequest", key, members)
    } else {
        members["patient"] = pen.me();
        members["dateWritten"] = some(m.written);
        members["dateEnded"] = some(m.ended);
        members["reasonEnded"] = concept(m.why_ended, &[]);
        members["prescriber"] = pen.clinician(m.by);
        members["reasonCodeableConcept"] = concept(m.reason, &[]);
        pen.resource("MedicationOrder", key, members)
    }
}

/// A medicine as the patient or another provider told it.
pub(super) fn statement(pen: Pen, key: &str, m: Medicine<'_>) -> Value {
    let mut members = json!({
        "status": m.status,
        "medicationCodeableConcept": concept(m.text, m.codes),
        "effectivePeriod": { "start": some(m.written), "end": some(m.ended) },
        "dosage": [{ "text": some(m.dosage) }],
        "informationSource": pen.me(),
    });
    if pen.release > Release::Dstu2 {
        members["subject"] = pen.me();
        if pen.release == Release::Stu3 {
            members["taken"] = if m.status == "active" { "y" } else { "unk" }.into();
        }
    } else {
        members["patient"] = pen.me();
        members["reasonForUseCodeableConcept"] = concept(m.reason, &[]);
    }
    pen.resource("MedicationStatement", key, members)
}

/// A vaccine given, or not.
#[derive(Default, Clone, Copy)]
pub(super) struct Shot<'a> {
    pub(super) text: &'a str,
    pub(super) codes: Codes<'a>,
    pub(super) date: &'a str,
    pub(super) lot: &'a str,
    pub(super) site: &'a str,
    /// Empty means `completed`.
    pub(super) status: &'a str,
    pub(super) why_not: &'a str,
    /// Known from elsewhere, not given here.
    pub(super) historical: bool,
    pub(super) dose: u32,
}

pub(super) fn shot(pen: Pen, key: &str, s: Shot<'_>) -> Value {
    let status = if s.status.is_empty() { "completed" } else { s.status };
    let mut members = json!({
        "vaccineCode": concept(s.text, s.codes),
        "patient": pen.me(),
        "lotNumber": some(s.lot),
        "site": concept(s.site, &[]),
    });
    if pen.release == Release::R4 {
        members["status"] = status.into();
        members["occurrenceDateTime"] = some(s.date);
        members["primarySource"] = (!s.historical).into();
        members["statusReason"] = concept(s.why_not, &[]);
        if s.dose > 0 {
            members["protocolApplied"] = json!([{ "doseNumberPositiveInt": s.dose }]);
        }
    } else {
        let not_done = status == "not-done";
        members["status"] = if not_done { "completed" } else { status }.into();
        members["date"] = some(s.date);
        if pen.release == Release::Stu3 {
            members["notGiven"] = not_done.into();
            members["primarySource"] = (!s.historical).into();
        } else {
            members["wasNotGiven"] = not_done.into();
            members["reported"] = s.historical.into();
        }
        members["explanation"] = json!({ "reasonNotGiven": [concept(s.why_not, &[])] });
        if s.dose > 0 {
            members["vaccinationProtocol"] = json!([{
                "doseSequence": s.dose,
                "targetDisease": [{ "text": s.codes.first().map_or("", |(_, _, display)| *display) }],
                "doseStatus": { "text": "counts" },
            }]);
        }
    }
    pen.resource("Immunization", key, members)
}

/// What was found.
#[derive(Default, Clone, Copy)]
pub(super) enum Found<'a> {
    #[default]
    Nothing,
    /// Figures, unit, UCUM code.
    Amount(&'a str, &'a str, &'a str),
    /// Comparator, figures, unit, UCUM code.
    Bound(&'a str, &'a str, &'a str, &'a str),
    Text(&'a str),
    Coded(&'a str, Codes<'a>),
}

fn quantity(figures: &str, unit: &str, code: &str) -> Value {
    if figures.is_empty() {
        return Value::Null;
    }
    let system = if code.is_empty() { "" } else { system("ucum") };
    json!({ "value": decimal(figures), "unit": some(unit), "system": some(system), "code": some(code) })
}

fn put_value(members: &mut Value, found: Found<'_>) {
    match found {
        Found::Nothing => {}
        Found::Amount(figures, unit, code) => members["valueQuantity"] = quantity(figures, unit, code),
        Found::Bound(comparator, figures, unit, code) => {
            members["valueQuantity"] = quantity(figures, unit, code);
            members["valueQuantity"]["comparator"] = comparator.into();
        }
        Found::Text(text) => members["valueString"] = text.into(),
        Found::Coded(text, codes) => members["valueCodeableConcept"] = concept(text, codes),
    }
}

/// A result, vital sign or other observation.
#[derive(Default, Clone, Copy)]
pub(super) struct Observed<'a> {
    /// `laboratory`, `vital-signs`, `social-history`, `survey`, `procedure`
    pub(super) category: &'a str,
    pub(super) text: &'a str,
    pub(super) codes: Codes<'a>,
    pub(super) effective: &'a str,
    pub(super) issued: &'a str,
    pub(super) found: Found<'a>,
    /// Low, high, unit, UCUM code; either bound may be empty.
    pub(super) range: (&'a str, &'a str, &'a str, &'a str),
    pub(super) range_text: &'a str,
    /// `H`, `L`, `N` …
    pub(super) interpretation: &'a str,
    /// Empty means `final`.
    pub(super) status: &'a str,
    pub(super) note: &'a str,
    pub(super) visit: &'a str,
    pub(super) components: &'a [(&'a str, Codes<'a>, Found<'a>)],
}

pub(super) fn observed(pen: Pen, key: &str, o: &Observed<'_>) -> Value {
    let (low, high, unit, code) = o.range;
    let range = if low.is_empty() && high.is_empty() && o.range_text.is_empty() {
        Value::Null
    } else {
        json!([{ "low": quantity(low, unit, code), "high": quantity(high, unit, code), "text": some(o.range_text) }])
    };
    let components: Vec<Value> = o
        .components
        .iter()
        .map(|(text, codes, found)| {
            let mut component = json!({ "code": concept(text, codes) });
            put_value(&mut component, *found);
            component
        })
        .collect();
    let mut members = json!({
        "status": if o.status.is_empty() { "final" } else { o.status },
        "code": concept(o.text, o.codes),
        "subject": pen.me(),
        "effectiveDateTime": some(o.effective),
        "issued": some(o.issued),
        "referenceRange": range,
        "component": components,
    });
    put_value(&mut members, o.found);
    members[pen.visit_element()] = pen.to("Encounter", o.visit, "");
    match pen.release {
        Release::R4 => {
            let table = "http://terminology.hl7.org/CodeSystem/observation-category";
            members["category"] = json!([term(table, o.category)]);
            let table = "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation";
            members["interpretation"] = json!([term(table, o.interpretation)]);
            members["note"] = json!([{ "text": some(o.note) }]);
        }
        Release::Stu3 => {
            members["category"] = json!([term("http://hl7.org/fhir/observation-category", o.category)]);
            members["interpretation"] = term("http://hl7.org/fhir/v2/0078", o.interpretation);
            members["comment"] = some(o.note);
        }
        Release::Dstu2 => {
            members["category"] = term("http://hl7.org/fhir/observation-category", o.category);
            members["interpretation"] = term("http://hl7.org/fhir/v2/0078", o.interpretation);
            members["comments"] = some(o.note);
        }
    }
    pen.resource("Observation", key, members)
}

/// A report over results or images.
#[derive(Default, Clone, Copy)]
pub(super) struct Report<'a> {
    /// Of HL7 table 0074: `LAB`, `RAD`, `CUS` …
    pub(super) category: &'a str,
    pub(super) text: &'a str,
    pub(super) codes: Codes<'a>,
    pub(super) effective: &'a str,
    pub(super) issued: &'a str,
    /// Keys of observations.
    pub(super) results: &'a [String],
    pub(super) conclusion: &'a str,
    pub(super) visit: &'a str,
    pub(super) by: &'a str,
    /// The report as plain text inside the resource.
    pub(super) inline: &'a str,
}

pub(super) fn report(pen: Pen, key: &str, r: Report<'_>) -> Value {
    let results: Vec<Value> = r.results.iter().map(|key| pen.to("Observation", key, "")).collect();
    let form = if r.inline.is_empty() {
        Value::Null
    } else {
        json!([{ "contentType": "text/plain", "data": base64(r.inline.as_bytes()), "title": r.text }])
    };
    let mut members = json!({
        "status": "final",
        "code": concept(r.text, r.codes),
        "subject": pen.me(),
        "effectiveDateTime": r.effective,
        "issued": r.issued,
        "result": results,
        "conclusion": some(r.conclusion),
        "presentedForm": form,
    });
    let performer = if r.by.is_empty() { pen.to("Organization", "self", "") } else { pen.clinician(r.by) };
    members[pen.visit_element()] = pen.to("Encounter", r.visit, "");
    members["category"] = match pen.release {
        Release::R4 => json!([term("http://terminology.hl7.org/CodeSystem/v2-0074", r.category)]),
        _ => term("http://hl7.org/fhir/v2/0074", r.category),
    };
    members["performer"] = match pen.release {
        Release::R4 => json!([performer]),
        Release::Stu3 => json!([{ "actor": performer }]),
        Release::Dstu2 => performer,
    };
    pen.resource("DiagnosticReport", key, members)
}

/// Something done.
#[derive(Default, Clone, Copy)]
pub(super) struct Done<'a> {
    pub(super) text: &'a str,
    pub(super) codes: Codes<'a>,
    pub(super) start: &'a str,
    pub(super) end: &'a str,
    pub(super) by: &'a str,
    pub(super) reason: &'a str,
    pub(super) body_site: &'a str,
    pub(super) visit: &'a str,
    pub(super) note: &'a str,
}

pub(super) fn done(pen: Pen, key: &str, d: Done<'_>) -> Value {
    let mut members = json!({
        "status": "completed",
        "code": concept(d.text, d.codes),
        "subject": pen.me(),
        "performer": [{ "actor": pen.clinician(d.by) }],
        "bodySite": [concept(d.body_site, &[])],
    });
    members[pen.visit_element()] = pen.to("Encounter", d.visit, "");
    // One teller always speaks of a period, however short.
    if pen.source == LAKESIDE_R4 || !d.end.is_empty() {
        members["performedPeriod"] = json!({ "start": some(d.start), "end": some(d.end) });
    } else {
        members["performedDateTime"] = some(d.start);
    }
    if pen.release > Release::Dstu2 {
        members["reasonCode"] = json!([{ "text": some(d.reason) }]);
        members["note"] = json!([{ "text": some(d.note) }]);
    } else {
        members["reasonCodeableConcept"] = concept(d.reason, &[]);
        members["notes"] = json!([{ "text": some(d.note) }]);
    }
    pen.resource("Procedure", key, members)
}

/// A document about the patient.
#[derive(Default, Clone, Copy)]
pub(super) struct Paper<'a> {
    pub(super) description: &'a str,
    pub(super) what: &'a str,
    pub(super) codes: Codes<'a>,
    /// An instant: when it was filed.
    pub(super) filed: &'a str,
    /// When what it tells of was.
    pub(super) about: &'a str,
    pub(super) by: &'a str,
    pub(super) visit: &'a str,
    /// (content type, title, address, bytes in the resource itself)
    pub(super) contents: &'a [(&'a str, &'a str, &'a str, &'a [u8])],
}

pub(super) fn paper(pen: Pen, key: &str, p: Paper<'_>) -> Value {
    let contents: Vec<Value> = p
        .contents
        .iter()
        .map(|(content_type, title, url, bytes)| {
            json!({ "attachment": {
                "contentType": content_type,
                "title": some(title),
                "url": some(url),
                "data": if bytes.is_empty() { Value::Null } else { base64(bytes).into() },
            }})
        })
        .collect();
    let mut members = json!({
        "status": "current",
        "type": concept(p.what, p.codes),
        "subject": pen.me(),
        "author": [pen.clinician(p.by)],
        "description": some(p.description),
        "content": contents,
    });
    let period = json!({ "start": some(p.about) });
    if pen.release == Release::R4 {
        members["docStatus"] = "final".into();
        members["date"] = p.filed.into();
        let table = "http://hl7.org/fhir/us/core/CodeSystem/us-core-documentreference-category";
        members["category"] = json!([term(table, "clinical-note")]);
        members["context"] = json!({ "encounter": [pen.to("Encounter", p.visit, "")], "period": period });
        if pen.source == LAKESIDE_R4 {
            // A real gateway sends the address of a code system where a custodian should be.
            let nobody = "http://terminology.hl7.org/CodeSystem/v3-NullFlavor";
            members["custodian"] = json!({ "reference": nobody, "display": "unknown" });
        }
    } else {
        members["indexed"] = p.filed.into();
        members["created"] = some(p.about);
        members["context"] = json!({ "encounter": pen.to("Encounter", p.visit, ""), "period": period });
    }
    pen.resource("DocumentReference", key, members)
}

/// A document's bytes as a resource.
pub(super) fn binary(pen: Pen, key: &str, content_type: &str, bytes: &[u8]) -> Value {
    let member = if pen.release == Release::R4 { "data" } else { "content" };
    pen.resource("Binary", key, json!({ "contentType": content_type, member: base64(bytes) }))
}

pub(super) fn practitioner(pen: Pen, key: &str, given: &str, family: &str, npi: &str) -> Value {
    let name = if pen.release > Release::Dstu2 {
        json!([{ "text": key, "family": family, "given": [given] }])
    } else {
        json!({ "text": key, "family": [family], "given": [given] })
    };
    let identifier = if npi.is_empty() {
        Value::Null
    } else {
        json!([{ "system": "http://hl7.org/fhir/sid/us-npi", "value": npi }])
    };
    pen.resource("Practitioner", key, json!({ "active": true, "identifier": identifier, "name": name }))
}

/// A medicine as a resource of its own.
pub(super) fn medication(pen: Pen, key: &str, text: &str, codes: Codes<'_>) -> Value {
    debug_assert!(pen.source == SUMMIT, "the others write the medicine into the order");
    pen.resource("Medication", key, json!({ "code": concept(text, codes), "status": "active" }))
}

fn base64(bytes: &[u8]) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::STANDARD.encode(bytes)
}

/// A relative's illness; `age` in years.
pub(super) fn relative(pen: Pen, relation: &str, code: &str, illness: &str, age: &str) -> Value {
    let table = match pen.release {
        Release::R4 => "http://terminology.hl7.org/CodeSystem/v3-RoleCode",
        _ => "http://hl7.org/fhir/v3/RoleCode",
    };
    let onset = if pen.release == Release::Dstu2 { "onsetQuantity" } else { "onsetAge" };
    pen.resource(
        "FamilyMemberHistory",
        relation,
        json!({
            "status": "completed",
            "patient": pen.me(),
            "date": "2008",
            "relationship": { "text": relation, "coding": [{ "system": table, "code": code }] },
            "condition": [{
                "code": { "text": illness },
                onset: { "value": decimal(age), "unit": "years", "system": system("ucum"), "code": "a" },
            }],
        }),
    )
}

pub(super) fn goal(pen: Pen, words: &str, on: &str, status: &str, due: &str) -> Value {
    let mut members = json!({ "subject": pen.me(), "startDate": on });
    match pen.release {
        Release::R4 => {
            members["lifecycleStatus"] = status.into();
            members["description"] = json!({ "text": words });
            members["target"] = json!([{ "dueDate": some(due) }]);
        }
        // Of STU3's and DSTU2's statuses, `achieved` is the one that ends well.
        Release::Stu3 => {
            members["status"] = if status == "completed" { "achieved" } else { "in-progress" }.into();
            members["description"] = json!({ "text": words });
            members["target"] = json!({ "dueDate": some(due) });
        }
        Release::Dstu2 => {
            members["status"] = if status == "completed" { "achieved" } else { "in-progress" }.into();
            members["description"] = words.into();
            members["targetDate"] = some(due);
        }
    }
    pen.resource("Goal", words, members)
}

/// A plan of care; `category` as (system, code, display).
pub(super) fn plan(pen: Pen, key: &str, title: &str, category: (&str, &str, &str), members: Value) -> Value {
    let mut plan = pen.resource("CarePlan", key, members);
    let (system, code, display) = category;
    plan["category"] = json!([{ "coding": [{ "system": system, "code": code, "display": some(display) }] }]);
    plan["subject"] = pen.me();
    if pen.release > Release::Dstu2 {
        plan["intent"] = "plan".into();
        plan["title"] = some(title);
    } else {
        plan["description"] = some(title);
    }
    plan
}

/// The people who care: in DSTU2 the participants of a plan of the kind `careteam`, later a resource of its own.
pub(super) fn team(pen: Pen, key: &str, people: &[(&str, &str)]) -> Value {
    let members = people.iter().map(|(role, name)| (json!({ "text": role }), pen.clinician(name)));
    match pen.release {
        Release::Dstu2 => {
            let members: Vec<Value> =
                members.map(|(role, member)| json!({ "role": role, "member": member })).collect();
            let category = ("http://argonaut.hl7.org", "careteam", "");
            plan(pen, key, "", category, json!({ "status": "active", "participant": members }))
        }
        release => {
            let members: Vec<Value> = members
                .map(|(role, member)| {
                    let role = if release == Release::R4 { json!([role]) } else { role };
                    json!({ "role": role, "member": member })
                })
                .collect();
            let said = json!({ "status": "active", "subject": pen.me(), "participant": members });
            pen.resource("CareTeam", key, said)
        }
    }
}

/// A Patient in the words of the release: in DSTU2 a family name is a list, and the family doctor had another element.
pub(super) fn patient(pen: Pen, mut said: Value) -> Value {
    let old = pen.release == Release::Dstu2;
    for name in said["name"].as_array_mut().into_iter().flatten() {
        let family = match name["family"].take() {
            Value::Array(many) => many.into_iter().next().unwrap_or_default(),
            one => one,
        };
        name["family"] = if old { json!([family]) } else { family };
    }
    let (from, to) =
        if old { ("generalPractitioner", "careProvider") } else { ("careProvider", "generalPractitioner") };
    if let Some(members) = said.as_object_mut()
        && let Some(doctor) = members.remove(from)
    {
        members.insert(to.to_owned(), doctor);
    }
    said
}
