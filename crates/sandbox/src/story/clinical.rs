//! What a portal hands out when its patient downloads their record: a C-CDA document (R2.1) that says what the provider's
//! base says, made of the same tellings.
//!
//! As real ones do, it tells problems, allergies, medicines, vaccines, results, vital signs, procedures and visits that are so or
//! were; what was refuted or never done stays out of it, and so do reports, letters and plans.

use std::fmt::Write as _;

use serde_json::Value;

use super::json::figures;
use super::{Release, Source, Story, Telling};

/// Who numbers what is in it; with the provider behind it.
const NUMBERS: &str = "2.999.8";
const SNOMED: &str = "2.16.840.1.113883.6.96";
const LOINC: &str = "2.16.840.1.113883.6.1";
const ACT_CODE: &str = "2.16.840.1.113883.5.4";

/// The sections by their LOINC codes, and the resources that each tells.
const SECTIONS: [(&str, &str, Statement); 8] = [
    ("48765-2", "Allergies", allergy),
    ("10160-0", "Medications", medicine),
    ("11450-4", "Problems", problem),
    ("47519-4", "Procedures", procedure),
    ("30954-2", "Results", result),
    ("8716-3", "Vital signs", vital),
    ("11369-6", "Immunizations", vaccine),
    ("46240-8", "Encounters", visit),
];

/// Writes one resource as a statement; none where the section does not tell it.
type Statement = fn(&Teller<'_>, &Value) -> Option<String>;

/// Whose document it is.
struct Teller<'s> {
    story: &'s Story,
    source: Source,
}

impl Story {
    /// The document of a provider whose base speaks R4, as of the story's last day. None for any other.
    pub fn clinical_document(&self, provider: &str) -> Option<String> {
        let told = |told: &&Telling| told.source.provider == provider && told.source.release == Release::R4;
        let patient = self.tellings.iter().filter(told).find(|one| one.resource_type() == "Patient")?;
        let teller = Teller { story: self, source: patient.source };
        let mut sections = String::new();
        for (loinc, title, write) in SECTIONS {
            let entries = self.tellings.iter().filter(told).filter_map(|one| write(&teller, &one.value));
            let entries =
                entries.map(|entry| format!("<entry>{entry}</entry>\n")).collect::<Vec<_>>().concat();
            if entries.is_empty() {
                continue;
            }
            let _ = write!(
                sections,
                "<component><section><code code=\"{loinc}\" codeSystem=\"{LOINC}\"/><title>{title}</title>\
                 <text>{title}</text>\n{entries}</section></component>\n"
            );
        }
        let house = self.tellings.iter().filter(told).find(|one| one.resource_type() == "Organization");
        let house = escaped(house.and_then(|one| one.value["name"].as_str()).unwrap_or(provider));
        let today = self.today.format("%Y%m%d");
        let person = person(&patient.value);
        Some(format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ClinicalDocument xmlns=\"urn:hl7-org:v3\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">\n\
             <templateId root=\"2.16.840.1.113883.10.20.22.1.2\" extension=\"2015-08-01\"/>\
             <id root=\"{NUMBERS}.{provider_number}\" extension=\"summary-{today}\"/>\
             <code code=\"34133-9\" codeSystem=\"{LOINC}\" displayName=\"Summary of episode note\"/>\
             <title>Summary of care</title><effectiveTime value=\"{today}\"/><languageCode code=\"en-US\"/>\n\
             <recordTarget><patientRole>{person}</patientRole></recordTarget>\n\
             <custodian><assignedCustodian><representedCustodianOrganization><name>{house}</name>\
             </representedCustodianOrganization></assignedCustodian></custodian>\n\
             <component><structuredBody>\n{sections}</structuredBody></component></ClinicalDocument>\n",
            provider_number = teller.number(),
        ))
    }
}

impl Teller<'_> {
    /// A number of the provider's, behind [`NUMBERS`].
    fn number(&self) -> u32 {
        self.source.provider.bytes().fold(7, |sum, byte| (sum * 31 + u32::from(byte)) % 100_000)
    }

    /// What a statement is known by.
    fn id(&self, resource: &Value) -> String {
        let kind = resource["resourceType"].as_str().unwrap_or_default();
        let id = resource["id"].as_str().unwrap_or_default();
        format!("<id root=\"{NUMBERS}.{}\" extension=\"{kind}-{}\"/>", self.number(), escaped(id))
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

fn template(number: u32) -> String {
    format!("<templateId root=\"2.16.840.1.113883.10.20.22.4.{number}\"/>")
}

/// `2019-03-11T08:42:00-05:00` as HL7 writes it. A day that is dressed up as midnight in UTC is a day here.
fn time(iso: &str) -> String {
    let iso = iso.strip_suffix("T00:00:00+00:00").unwrap_or(iso);
    let (day, clock) = iso.split_once('T').unwrap_or((iso, ""));
    let clock = clock.strip_suffix('Z').map_or_else(|| clock.to_owned(), |clock| format!("{clock}+00:00"));
    format!("{}{}", day.replace('-', ""), clock.replace(':', ""))
}

/// From when to when; what is not known is left out.
fn between(low: Option<&str>, high: Option<&str>) -> String {
    let side = |name: &str, at: Option<&str>| {
        at.map(|at| format!("<{name} value=\"{}\"/>", time(at))).unwrap_or_default()
    };
    let (low, high) = (side("low", low), side("high", high));
    if low.is_empty() && high.is_empty() {
        return String::new();
    }
    format!("<effectiveTime xsi:type=\"IVL_TS\">{low}{high}</effectiveTime>")
}

fn at(moment: &str) -> String {
    format!("<effectiveTime value=\"{}\"/>", time(moment))
}

/// Who wrote it down is not told here, but when.
fn written(resource: &Value, element: &str) -> String {
    let at = resource[element].as_str();
    let author = |at: &str| {
        format!(
            "<author><time value=\"{}\"/><assignedAuthor><id nullFlavor=\"UNK\"/></assignedAuthor></author>",
            time(at)
        )
    };
    at.map(author).unwrap_or_default()
}

/// The object identifier of a code system that has one.
fn root(system: &str) -> Option<&str> {
    Some(match system {
        "http://loinc.org" => LOINC,
        "http://snomed.info/sct" => SNOMED,
        "http://www.nlm.nih.gov/research/umls/rxnorm" => "2.16.840.1.113883.6.88",
        "http://hl7.org/fhir/sid/cvx" => "2.16.840.1.113883.12.292",
        "http://hl7.org/fhir/sid/icd-10-cm" => "2.16.840.1.113883.6.90",
        "http://hl7.org/fhir/sid/icd-9-cm" => "2.16.840.1.113883.6.103",
        "http://www.ama-assn.org/go/cpt" => "2.16.840.1.113883.6.12",
        other => other.strip_prefix("urn:oid:")?,
    })
}

/// A concept: the first of its codes, the others as translations, and the words.
fn coded(element: &str, attributes: &str, concept: &Value, words: Option<&str>) -> String {
    let codings = concept["coding"].as_array().map(Vec::as_slice).unwrap_or_default();
    let mut codes = codings.iter().filter_map(|coding| {
        let named = coding["display"].as_str().map(|name| format!(" displayName=\"{}\"", escaped(name)));
        Some(format!(
            "code=\"{}\" codeSystem=\"{}\"{}",
            escaped(coding["code"].as_str()?),
            root(coding["system"].as_str()?)?,
            named.unwrap_or_default()
        ))
    });
    let first = codes.next().unwrap_or_else(|| "nullFlavor=\"UNK\"".to_owned());
    let text = words.or_else(|| concept["text"].as_str());
    let text = text.map(|text| format!("<originalText>{}</originalText>", escaped(text)));
    let translations = codes.map(|code| format!("<translation {code}/>")).collect::<Vec<_>>().concat();
    format!("<{element}{attributes} {first}>{}{translations}</{element}>", text.unwrap_or_default())
}

/// Where on the body.
fn sites(resource: &Value) -> String {
    let sites = resource["bodySite"].as_array().into_iter().flatten();
    sites.map(|site| coded("targetSiteCode", "", site, None)).collect()
}

/// The code of a FHIR table.
fn term(concept: &Value) -> &str {
    concept["coding"][0]["code"].as_str().unwrap_or_default()
}

fn person(patient: &Value) -> String {
    let mut out = String::new();
    for number in patient["identifier"].as_array().into_iter().flatten() {
        if let (Some(system), Some(value)) =
            (number["system"].as_str().and_then(root), number["value"].as_str())
        {
            let _ = write!(out, "<id root=\"{system}\" extension=\"{}\"/>", escaped(value));
        }
    }
    let name = &patient["name"][0];
    let given = name["given"].as_array().into_iter().flatten().filter_map(Value::as_str);
    let given = given.map(|given| format!("<given>{}</given>", escaped(given))).collect::<Vec<_>>().concat();
    let family = escaped(name["family"].as_str().unwrap_or_default());
    let born = time(patient["birthDate"].as_str().unwrap_or_default());
    let sex = if patient["gender"] == "female" { "F" } else { "M" };
    let _ = write!(
        out,
        "<patient><name use=\"L\">{given}<family>{family}</family></name>\
         <administrativeGenderCode code=\"{sex}\" codeSystem=\"2.16.840.1.113883.5.1\"/><birthTime value=\"{born}\"/></patient>"
    );
    out
}

/// An observation about another statement that says how it stands.
fn status(number: u32, clinical: &str) -> String {
    let (code, name) = match clinical {
        "resolved" => ("413322009", "Resolved"),
        "inactive" => ("73425007", "Inactive"),
        _ => ("55561003", "Active"),
    };
    format!(
        "<entryRelationship typeCode=\"REFR\"><observation classCode=\"OBS\" moodCode=\"EVN\">{}\
         <code code=\"33999-4\" codeSystem=\"{LOINC}\"/><statusCode code=\"completed\"/>\
         <value xsi:type=\"CD\" code=\"{code}\" codeSystem=\"{SNOMED}\" displayName=\"{name}\"/></observation></entryRelationship>",
        template(number)
    )
}

/// The act around a problem or an allergy.
fn concern(number: u32, clinical: &str, inside: &str) -> String {
    let state = if clinical == "active" { "active" } else { "completed" };
    format!(
        "<act classCode=\"ACT\" moodCode=\"EVN\">{}<code code=\"CONC\" codeSystem=\"2.16.840.1.113883.5.6\"/>\
         <statusCode code=\"{state}\"/><entryRelationship typeCode=\"SUBJ\">{inside}</entryRelationship></act>",
        template(number)
    )
}

fn is_so(resource: &Value) -> bool {
    !matches!(term(&resource["verificationStatus"]), "refuted" | "entered-in-error")
}

fn problem(teller: &Teller<'_>, one: &Value) -> Option<String> {
    if one["resourceType"] != "Condition" || !is_so(one) {
        return None;
    }
    let clinical = term(&one["clinicalStatus"]);
    let inside = format!(
        "<observation classCode=\"OBS\" moodCode=\"EVN\">{}{}<code code=\"ASSERTION\" codeSystem=\"{ACT_CODE}\"/>\
         <statusCode code=\"completed\"/>{}{}{}{}{}</observation>",
        template(4),
        teller.id(one),
        between(one["onsetDateTime"].as_str(), one["abatementDateTime"].as_str()),
        coded("value", " xsi:type=\"CD\"", &one["code"], None),
        sites(one),
        written(one, "recordedDate"),
        status(6, clinical)
    );
    Some(concern(3, clinical, &inside))
}

fn allergy(teller: &Teller<'_>, one: &Value) -> Option<String> {
    if one["resourceType"] != "AllergyIntolerance" || !is_so(one) {
        return None;
    }
    let kind = match (one["type"].as_str(), one["category"][0].as_str()) {
        (Some("intolerance"), Some("medication")) => "59037007",
        (Some("intolerance"), Some("food")) => "235719002",
        (Some("intolerance"), _) => "420134006",
        (_, Some("medication")) => "416098002",
        (_, Some("food")) => "414285001",
        (_, Some("environment")) => "426232007",
        _ => "419199007",
    };
    let clinical = term(&one["clinicalStatus"]);
    let inside = format!(
        "<observation classCode=\"OBS\" moodCode=\"EVN\">{}{}<code code=\"ASSERTION\" codeSystem=\"{ACT_CODE}\"/>\
         <statusCode code=\"completed\"/>{}<value xsi:type=\"CD\" code=\"{kind}\" codeSystem=\"{SNOMED}\"/>{}\
         <participant typeCode=\"CSM\"><participantRole classCode=\"MANU\"><playingEntity classCode=\"MMAT\">{}</playingEntity>\
         </participantRole></participant>{}</observation>",
        template(7),
        teller.id(one),
        between(one["onsetDateTime"].as_str(), None),
        written(one, "recordedDate"),
        coded("code", "", &one["code"], None),
        status(28, clinical)
    );
    Some(concern(30, clinical, &inside))
}

fn medicine(teller: &Teller<'_>, one: &Value) -> Option<String> {
    let (from, to) = match one["resourceType"].as_str()? {
        "MedicationRequest" => {
            let bounds = &one["dosageInstruction"][0]["timing"]["repeat"]["boundsPeriod"];
            (&one["authoredOn"], &bounds["end"])
        }
        "MedicationStatement" => (&one["effectivePeriod"]["start"], &one["effectivePeriod"]["end"]),
        _ => return None,
    };
    let state = match one["status"].as_str()? {
        "active" => "active",
        "completed" => "completed",
        "stopped" => "aborted",
        _ => return None,
    };
    let reference = &one["medicationReference"];
    let medication = reference["reference"].as_str().and_then(|to| to.split_once('/'));
    let medication = medication.and_then(|(kind, id)| teller.story.find(teller.source, kind, id));
    let concept =
        medication.map_or(&one["medicationCodeableConcept"], |medication| &medication.value["code"]);
    Some(format!(
        "<substanceAdministration classCode=\"SBADM\" moodCode=\"EVN\">{}{}<statusCode code=\"{state}\"/>{}\
         <consumable><manufacturedProduct classCode=\"MANU\"><manufacturedMaterial>{}</manufacturedMaterial>\
         </manufacturedProduct></consumable></substanceAdministration>",
        template(16),
        teller.id(one),
        between(from.as_str(), to.as_str()),
        coded("code", "", concept, reference["display"].as_str())
    ))
}

fn vaccine(teller: &Teller<'_>, one: &Value) -> Option<String> {
    if one["resourceType"] != "Immunization" || one["status"] != "completed" {
        return None;
    }
    let lot = one["lotNumber"].as_str();
    let lot = lot.map(|lot| format!("<lotNumberText>{}</lotNumberText>", escaped(lot)));
    Some(format!(
        "<substanceAdministration classCode=\"SBADM\" moodCode=\"EVN\" negationInd=\"false\">{}{}\
         <statusCode code=\"completed\"/>{}<consumable><manufacturedProduct classCode=\"MANU\"><manufacturedMaterial>{}{}\
         </manufacturedMaterial></manufacturedProduct></consumable></substanceAdministration>",
        template(52),
        teller.id(one),
        at(one["occurrenceDateTime"].as_str()?),
        coded("code", "", &one["vaccineCode"], None),
        lot.unwrap_or_default()
    ))
}

/// An amount; one that is only known to lie on one side of a figure is an interval.
fn amount(quantity: &Value) -> Option<String> {
    let value = figures(&quantity["value"])?;
    let unit = quantity["code"].as_str().or_else(|| quantity["unit"].as_str());
    let unit = unit.map(|unit| format!(" unit=\"{}\"", escaped(unit))).unwrap_or_default();
    let (side, inclusive) = match quantity["comparator"].as_str() {
        None => return Some(format!("<value xsi:type=\"PQ\" value=\"{value}\"{unit}/>")),
        Some(">") => ("low", "false"),
        Some(">=") => ("low", "true"),
        Some("<") => ("high", "false"),
        Some(_) => ("high", "true"),
    };
    Some(format!(
        "<value xsi:type=\"IVL_PQ\"><{side} value=\"{value}\"{unit} inclusive=\"{inclusive}\"/></value>"
    ))
}

/// One observation with an amount.
fn measured(number: u32, id: &str, of: &Value, when: &str) -> Option<String> {
    Some(format!(
        "<observation classCode=\"OBS\" moodCode=\"EVN\">{}{id}{}<statusCode code=\"completed\"/>{}{}</observation>",
        template(number),
        coded("code", "", &of["code"], None),
        at(when),
        amount(&of["valueQuantity"])?
    ))
}

/// Whether it is a final observation of this category, and when it was made.
fn observed<'v>(one: &'v Value, category: &str) -> Option<&'v str> {
    let is_it = one["resourceType"] == "Observation"
        && one["status"] == "final"
        && term(&one["category"][0]) == category;
    is_it.then(|| one["effectiveDateTime"].as_str()).flatten()
}

fn result(teller: &Teller<'_>, one: &Value) -> Option<String> {
    let when = observed(one, "laboratory")?;
    let inside = measured(2, &teller.id(one), one, when)?;
    Some(format!(
        "<organizer classCode=\"BATTERY\" moodCode=\"EVN\">{}<code nullFlavor=\"NI\"/><statusCode code=\"completed\"/>\
         <component>{inside}</component></organizer>",
        template(1)
    ))
}

fn vital(teller: &Teller<'_>, one: &Value) -> Option<String> {
    let when = observed(one, "vital-signs")?;
    let parts = match one["component"].as_array() {
        Some(parts) => {
            let parts = parts.iter().enumerate().map(|(n, part)| {
                // The number of the whole stands on its first part.
                let id = if n == 0 { teller.id(one) } else { String::new() };
                measured(27, &id, part, when)
            });
            parts.collect::<Option<Vec<_>>>()?
        }
        None => vec![measured(27, &teller.id(one), one, when)?],
    };
    let parts =
        parts.iter().map(|part| format!("<component>{part}</component>")).collect::<Vec<_>>().concat();
    Some(format!(
        "<organizer classCode=\"CLUSTER\" moodCode=\"EVN\">{}<code code=\"46680005\" codeSystem=\"{SNOMED}\"/>\
         <statusCode code=\"completed\"/>{}{parts}</organizer>",
        template(26),
        at(when)
    ))
}

fn procedure(teller: &Teller<'_>, one: &Value) -> Option<String> {
    if one["resourceType"] != "Procedure" || one["status"] != "completed" {
        return None;
    }
    let period = &one["performedPeriod"];
    let when = match one["performedDateTime"].as_str() {
        Some(moment) => at(moment),
        None => between(period["start"].as_str(), period["end"].as_str()),
    };
    Some(format!(
        "<procedure classCode=\"PROC\" moodCode=\"EVN\">{}{}{}<statusCode code=\"completed\"/>{when}{}</procedure>",
        template(14),
        teller.id(one),
        coded("code", "", &one["code"], None),
        sites(one)
    ))
}

fn visit(teller: &Teller<'_>, one: &Value) -> Option<String> {
    if one["resourceType"] != "Encounter" || one["status"] != "finished" {
        return None;
    }
    let start = one["period"]["start"].as_str()?;
    let when = match one["period"]["end"].as_str() {
        Some(end) => between(Some(start), Some(end)),
        None => at(start),
    };
    let class = escaped(one["class"]["code"].as_str()?);
    let words = escaped(one["type"][0]["text"].as_str().unwrap_or_default());
    let who = one["participant"][0]["individual"]["display"].as_str();
    let who = who.map(|who| {
        format!(
            "<performer><assignedEntity><assignedPerson><name>{}</name></assignedPerson></assignedEntity></performer>",
            escaped(who)
        )
    });
    Some(format!(
        "<encounter classCode=\"ENC\" moodCode=\"EVN\">{}{}<code code=\"{class}\" codeSystem=\"{ACT_CODE}\">\
         <originalText>{words}</originalText></code>{when}{}</encounter>",
        template(49),
        teller.id(one),
        who.unwrap_or_default()
    ))
}
