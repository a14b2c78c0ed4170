//! One record of a Blue Button text as a FHIR R4 resource, where its lines mean one thing.

use std::fmt::Write as _;

use serde_json::{Map, Value, json};

use super::{Fields, is_called};

/// What a section tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    Allergy,
    /// What the VA's pharmacies were told to hand out.
    Order,
    /// What the person says they take.
    Taken,
    Vaccine,
    Problem,
    Appointment,
    Vital,
    Test,
}

/// What a section is called without who says it, what it tells, and the lines that a record may begin with, of which the first that
/// comes does.
const SECTIONS: &[(&str, What, &[&str])] = &[
    ("ALLERGIES", What::Allergy, &["Allergy Name"]),
    ("ALLERGIES/ADVERSE REACTIONS", What::Allergy, &["Allergy Name"]),
    ("MEDICATION HISTORY", What::Order, &["Medication"]),
    ("MEDICATIONS AND SUPPLEMENTS", What::Taken, &["Category", "Drug Name"]),
    ("DRUGS", What::Taken, &["Drug Name"]),
    ("IMMUNIZATIONS", What::Vaccine, &["Immunization", "Immunization Name"]),
    ("PROBLEM LIST", What::Problem, &["Problem"]),
    ("MEDICAL CONDITIONS", What::Problem, &["Condition Name"]),
    ("APPOINTMENTS", What::Appointment, &["Date/Time"]),
    ("VITALS AND READINGS", What::Vital, &["Measurement Type", "Vital Sign"]),
    ("LABORATORY RESULTS", What::Test, &["Lab Test"]),
    ("LABS AND TESTS", What::Test, &["Test Name"]),
];

/// Names of lines that are looked at.
const KNOWN: &[&str] = &[
    "Allergy Type",
    "Type",
    "Date Entered",
    "Date/Time Entered",
    "Date",
    "Time",
    "Location",
    "Reaction",
    "Severity",
    "Comments",
    "VA Drug Class",
    "Observed/Historical",
    "Source",
    "Instructions",
    "Status",
    "Refills Remaining",
    "Last Filled On",
    "Initially Ordered On",
    "Quantity",
    "Days Supply",
    "Pharmacy",
    "Prescription Number",
    "Drug Name",
    "Drug Strength",
    "Dose",
    "Frequency",
    "Start Date",
    "Stop Date",
    "Reason for Taking",
    "Pharmacy Name",
    "Date Received",
    "Date Administered",
    "Method",
    "Provider",
    "Medical Condition Start Date",
    "Medical Condition End Date",
    "Clinic",
    "Phone Number",
    "Date/Time",
    "Systolic",
    "Diastolic",
    "Measurement",
    "Vital Measurement",
    "Date/Time Collected",
    "Results",
    "Result",
    "First Episode Date",
    "Last Episode Date",
    "Diagnosed",
    "Treatment",
    "Supply",
    "Lab Type",
    "Ordering Provider",
    "Specimen",
    "Performing Location",
];

pub(super) fn is_known(name: &str) -> bool {
    KNOWN.iter().any(|known| is_called(name, known))
}

impl What {
    /// What a section of this title tells, whether the person says it themselves, and what its records begin with.
    pub(super) fn of(title: &str) -> Option<(What, bool, &'static [&'static str])> {
        let bare = title.trim_end_matches(", SELF REPORTED").trim_start_matches("SELF REPORTED ");
        let (is_va, bare) = match bare.strip_prefix("VA ") {
            Some(bare) => (true, bare),
            None => (false, bare),
        };
        let bare = bare.split('(').next().unwrap_or(bare).trim();
        let (_, what, starts) = SECTIONS.iter().find(|(known, ..)| *known == bare)?;
        Some((*what, !is_va, starts))
    }
}

/// A resource in the making.
pub(super) struct Body {
    pub(super) kind: &'static str,
    members: Map<String, Value>,
}

/// Stands before a figure until the text is written, so that its digits stay as they were said.
const FIGURE: char = '\u{1}';

impl Body {
    fn new(kind: &'static str) -> Body {
        Body { kind, members: Map::new() }
    }

    fn put(&mut self, name: &str, value: Value) {
        self.members.insert(name.to_owned(), value);
    }

    fn put_some(&mut self, name: &str, value: Option<impl Into<Value>>) {
        if let Some(value) = value {
            self.put(name, value.into());
        }
    }

    /// Whom it is about.
    pub(super) fn about(&mut self, person: Option<&str>) {
        let Some(person) = person else {
            self.members.remove("informationSource");
            return;
        };
        let reference = json!({"reference": person});
        match self.kind {
            "AllergyIntolerance" | "Immunization" => self.put("patient", reference),
            "Appointment" => {
                let others = self.members.remove("participant");
                let mut all = vec![json!({"actor": reference})];
                all.extend(others.as_ref().and_then(Value::as_array).into_iter().flatten().cloned());
                self.put("participant", all.into());
            }
            _ => {
                if self.members.contains_key("informationSource") {
                    self.put("informationSource", reference.clone());
                }
                self.put("subject", reference);
            }
        }
    }

    /// As JSON, with figures as they were said.
    pub(super) fn json(self, id: &str) -> String {
        let mut all = Map::new();
        all.insert("resourceType".to_owned(), self.kind.into());
        all.insert("id".to_owned(), id.into());
        all.extend(self.members);
        let text = Value::Object(all).to_string();
        let mut parts = text.split("\"\\u0001");
        let mut out = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let (figure, rest) = part.split_once('"').unwrap_or((part, ""));
            out.push_str(figure);
            out.push_str(rest);
        }
        out
    }
}

pub(super) fn person(name: &str, born: &str) -> Body {
    let mut body = Body::new("Patient");
    body.put("name", json!([{"text": name}]));
    body.put("birthDate", born.into());
    body
}

/// What tells a record from others in every text, whatever else is said of it later: a prescription has fewer refills, an appointment is
/// called off. None where nothing does.
pub(super) fn known_by(what: What, is_own: bool, fields: &Fields) -> Option<String> {
    let parts: &[&[&str]] = match what {
        What::Order => &[&["Medication"], &["Prescription Number"]],
        What::Appointment => &[&["Date/Time"], &["Clinic", "Location"]],
        What::Allergy => &[&["Allergy Name"], &["Date Entered", "Date/Time Entered"]],
        What::Problem => &[&["Problem"], &["Date/Time Entered", "Date Entered"]],
        What::Taken | What::Vaccine | What::Vital | What::Test => return None,
    };
    let said: Option<Vec<&str>> = parts.iter().map(|names| fields.get(names)).collect();
    Some(format!("{is_own}\n{}", said?.join("\n")))
}

/// What a record says; none where it does not say what it is about.
pub(super) fn resource(what: What, is_own: bool, ahead: bool, fields: &Fields) -> Option<Body> {
    match what {
        What::Allergy => allergy(fields),
        What::Order => order(fields),
        What::Taken => taken(fields),
        What::Vaccine => vaccine(is_own, fields),
        What::Problem => problem(fields),
        What::Appointment => appointment(ahead, fields),
        What::Vital => vital(fields),
        What::Test => test(fields),
    }
}

fn notes(body: &mut Body, fields: &Fields) {
    body.put_some("note", fields.get(&["Comments", "Comment"]).map(|text| json!([{"text": text}])));
}

fn day_of(fields: &Fields, names: &[&str]) -> Option<String> {
    let said = fields.get(names)?;
    let day = date(said)?;
    let clock = fields.get(&["Time"]).filter(|_| day.len() == 10).and_then(clock);
    Some(clock.map_or_else(|| day.clone(), |clock| format!("{day}T{clock}")))
}

fn allergy(fields: &Fields) -> Option<Body> {
    let mut body = Body::new("AllergyIntolerance");
    body.put("code", json!({"text": fields.get(&["Allergy Name"])?}));
    let sort = fields.get(&["Allergy Type", "Type"]).map(str::to_ascii_lowercase);
    let category = match sort.as_deref() {
        Some("drug" | "drugs" | "medication") => Some("medication"),
        Some("food") => Some("food"),
        Some("environmental" | "environment") => Some("environment"),
        _ => None,
    };
    body.put_some("category", category.map(|category| json!([category])));
    body.put_some("onsetDateTime", fields.get(&["First Episode Date"]).and_then(date));
    body.put_some("lastOccurrence", fields.get(&["Last Episode Date"]).and_then(date));
    body.put_some("recordedDate", fields.get(&["Date Entered", "Date/Time Entered", "Date"]).and_then(date));
    if let Some(reaction) = fields.get(&["Reaction", "Reactions"]) {
        let severity = fields.get(&["Severity"]).map(str::to_ascii_lowercase);
        let severity = severity.filter(|said| matches!(said.as_str(), "mild" | "moderate" | "severe"));
        let mut told = json!({"manifestation": [{"text": reaction}]});
        if let Some(severity) = severity {
            told["severity"] = severity.into();
        }
        body.put("reaction", json!([told]));
    }
    notes(&mut body, fields);
    Some(body)
}

fn order(fields: &Fields) -> Option<Body> {
    let mut body = Body::new("MedicationRequest");
    body.put("medicationCodeableConcept", json!({"text": fields.get(&["Medication"])?}));
    body.put("intent", "order".into());
    if let Some(said) = fields.get(&["Status"]) {
        let status = match said.to_ascii_lowercase().split(':').next().unwrap_or_default().trim() {
            "active" => Some("active"),
            "hold" | "on hold" | "active on hold" => Some("on-hold"),
            "discontinued" => Some("stopped"),
            "deleted" => Some("cancelled"),
            // A prescription that ran out says nothing about whether the medicine is taken.
            _ => None,
        };
        body.put("status", status.unwrap_or("unknown").into());
        if status.is_none() || said.contains(':') {
            body.put("statusReason", json!({"text": said}));
        }
    }
    body.put_some("authoredOn", fields.get(&["Initially Ordered On"]).and_then(date));
    body.put_some(
        "dosageInstruction",
        fields.get(&["Instructions"]).map(|text| json!([{"text": flowing(text)}])),
    );
    let mut dispense = Map::new();
    if let Some(figure) = fields.get(&["Quantity"]).and_then(figure) {
        dispense.insert("quantity".to_owned(), json!({"value": figure}));
    }
    if let Some(figure) = fields.get(&["Days Supply"]).and_then(figure) {
        dispense.insert("expectedSupplyDuration".to_owned(), json!({"value": figure, "unit": "days"}));
    }
    if !dispense.is_empty() {
        body.put("dispenseRequest", dispense.into());
    }
    notes(&mut body, fields);
    Some(body)
}

/// Lines that were broken to fit the page.
fn flowing(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn taken(fields: &Fields) -> Option<Body> {
    let mut body = Body::new("MedicationStatement");
    let name = fields.get(&["Drug Name"])?;
    let name = match fields.get(&["Drug Strength"]) {
        Some(strength) => format!("{name} {strength}"),
        None => name.to_owned(),
    };
    body.put("medicationCodeableConcept", json!({"text": name}));
    let side = |names: &[&str]| fields.get(names).and_then(date);
    let mut period = Map::new();
    for (name, at) in [("start", side(&["Start Date"])), ("end", side(&["Stop Date"]))] {
        if let Some(at) = at {
            period.insert(name.to_owned(), at.into());
        }
    }
    if !period.is_empty() {
        body.put("effectivePeriod", period.into());
    }
    let dose =
        ["Dose", "Frequency"].iter().filter_map(|name| fields.get(&[name])).collect::<Vec<_>>().join(", ");
    body.put_some("dosage", (!dose.is_empty()).then(|| json!([{"text": dose}])));
    body.put_some("reasonCode", fields.get(&["Reason for Taking"]).map(|text| json!([{"text": text}])));
    // Becomes the person, where the text says who that is.
    body.put("informationSource", json!({}));
    notes(&mut body, fields);
    Some(body)
}

fn vaccine(is_own: bool, fields: &Fields) -> Option<Body> {
    let mut body = Body::new("Immunization");
    body.put("status", "completed".into());
    body.put("vaccineCode", json!({"text": fields.get(&["Immunization", "Immunization Name"])?}));
    let when = fields.get(&["Date Received", "Date Administered", "Date"]).and_then(date);
    body.put_some("occurrenceDateTime", when);
    if is_own {
        body.put("primarySource", false.into());
    }
    body.put_some("location", fields.get(&["Location"]).map(|place| json!({"display": place})));
    notes(&mut body, fields);
    Some(body)
}

fn problem(fields: &Fields) -> Option<Body> {
    let mut body = Body::new("Condition");
    let name = fields.get(&["Problem", "Condition Name"])?;
    let mut concept = json!({"text": name});
    if let Some(coding) = coding(name) {
        concept["coding"] = json!([coding]);
    }
    body.put("code", concept);
    let table = "http://terminology.hl7.org/CodeSystem/condition-category";
    body.put("category", json!([{"coding": [{"system": table, "code": "problem-list-item"}]}]));
    let status = fields.get(&["Status"]).map(str::to_ascii_lowercase);
    if let Some(status) = status.filter(|said| matches!(said.as_str(), "active" | "inactive" | "resolved")) {
        let table = "http://terminology.hl7.org/CodeSystem/condition-clinical";
        body.put("clinicalStatus", json!({"coding": [{"system": table, "code": status}]}));
    }
    body.put_some("onsetDateTime", fields.get(&["Medical Condition Start Date"]).and_then(date));
    body.put_some("abatementDateTime", fields.get(&["Medical Condition End Date"]).and_then(date));
    body.put_some("recordedDate", fields.get(&["Date/Time Entered", "Date Entered", "Date"]).and_then(date));
    body.put_some("recorder", fields.get(&["Provider"]).map(|who| json!({"display": who})));
    notes(&mut body, fields);
    Some(body)
}

/// A code in brackets at the end: `Hypertension (SCT 38341003)`, `(ICD-9-CM 401.9)`.
fn coding(name: &str) -> Option<Value> {
    let (_, said) = name.strip_suffix(')')?.rsplit_once('(')?;
    let (table, code) = said.trim().split_once(' ')?;
    let system = match table {
        "SCT" => "http://snomed.info/sct",
        "ICD-9-CM" => "http://hl7.org/fhir/sid/icd-9-cm",
        "ICD-10-CM" => "http://hl7.org/fhir/sid/icd-10-cm",
        _ => return None,
    };
    let code = code.trim();
    let is_code = !code.is_empty() && code.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'.');
    is_code.then(|| json!({"system": system, "code": code}))
}

fn appointment(ahead: bool, fields: &Fields) -> Option<Body> {
    let mut body = Body::new("Appointment");
    let said = fields.get(&["Date/Time"])?;
    body.put("start", date(said)?.into());
    let status = fields.get(&["Status"]).map(str::to_ascii_uppercase);
    let status = match status.as_deref() {
        Some(said) if said.starts_with("CANCEL") => Some("cancelled"),
        Some("APPOINTMENT NOT KEPT" | "NOT KEPT") => Some("noshow"),
        Some(said) if said.starts_with("NO SHOW") || said.starts_with("NO-SHOW") => Some("noshow"),
        Some("CHECKED OUT" | "COMPLETED" | "KEPT") => Some("fulfilled"),
        _ if ahead => Some("booked"),
        _ => None,
    };
    body.put_some("status", status);
    body.put_some("description", fields.get(&["Clinic"]));
    body.put_some(
        "participant",
        fields.get(&["Location"]).map(|place| json!([{"actor": {"display": place}}])),
    );
    notes(&mut body, fields);
    Some(body)
}

fn category(body: &mut Body, code: &str) {
    let table = "http://terminology.hl7.org/CodeSystem/observation-category";
    body.put("category", json!([{"coding": [{"system": table, "code": code}]}]));
}

fn vital(fields: &Fields) -> Option<Body> {
    const LOINC: &str = "http://loinc.org";
    let name = fields.get(&["Measurement Type", "Vital Sign"])?;
    let mut body = Body::new("Observation");
    category(&mut body, "vital-signs");
    body.put_some("effectiveDateTime", day_of(fields, &["Date/Time", "Date"]));
    let said = fields.get(&["Measurement", "Vital Measurement", "Result"]);
    let pressure = match (fields.get(&["Systolic"]), fields.get(&["Diastolic"])) {
        (Some(high), Some(low)) => figure(high).zip(figure(low)),
        _ => said.and_then(|said| {
            let (high, low) = said.split_once('/')?;
            let low = low.trim().split(' ').next().unwrap_or_default();
            figure(high.trim()).zip(figure(low))
        }),
    };
    if name.eq_ignore_ascii_case("blood pressure") {
        body.put("code", json!({"text": name, "coding": [{"system": LOINC, "code": "85354-9"}]}));
        if let Some((high, low)) = pressure {
            let part = |code: &str, value: Value| json!({"code": {"coding": [{"system": LOINC, "code": code}]}, "valueQuantity": {"value": value}});
            body.put("component", json!([part("8480-6", high), part("8462-4", low)]));
        } else {
            body.put("valueString", said?.into());
        }
    } else {
        body.put("code", json!({"text": name}));
        let said = said?;
        let (number, unit) = said.split_once(' ').unwrap_or((said, ""));
        match figure(number) {
            Some(value) if !unit.contains(|c: char| c.is_ascii_digit()) => {
                let mut quantity = json!({"value": value});
                if !unit.trim().is_empty() {
                    quantity["unit"] = unit.trim().into();
                }
                body.put("valueQuantity", quantity);
            }
            _ => body.put("valueString", said.into()),
        }
    }
    notes(&mut body, fields);
    Some(body)
}

fn test(fields: &Fields) -> Option<Body> {
    if let Some(name) = fields.get(&["Test Name"]) {
        let mut body = Body::new("Observation");
        category(&mut body, "laboratory");
        body.put("code", json!({"text": name}));
        body.put_some("effectiveDateTime", day_of(fields, &["Date/Time", "Date"]));
        body.put("valueString", fields.get(&["Results", "Result"])?.into());
        notes(&mut body, fields);
        return Some(body);
    }
    // The table of results below it is laid out by eye: a report that can be read and searched, as it stands there.
    let mut body = Body::new("DiagnosticReport");
    let table = "http://terminology.hl7.org/CodeSystem/v2-0074";
    body.put("category", json!([{"coding": [{"system": table, "code": "LAB"}]}]));
    body.put("code", json!({"text": fields.get(&["Lab Test"])?}));
    body.put_some("effectiveDateTime", day_of(fields, &["Date/Time Collected"]));
    let told = fields.said.iter().skip(1).filter(|(_, said)| super::says(said).is_some());
    let told: Vec<String> = told.map(|(name, said)| format!("{name}: {said}")).collect();
    body.put_some("conclusion", (!told.is_empty()).then(|| told.join("\n")));
    Some(body)
}

/// A figure that JSON can write as it was said.
fn figure(said: &str) -> Option<Value> {
    let (whole, part) = said.split_once('.').unwrap_or((said, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_figure =
        said.len() <= 20 && digits(whole) && digits(part) && (whole == "0" || !whole.starts_with('0'));
    is_figure.then(|| Value::String(format!("{FIGURE}{said}")))
}

/// `05 Nov 2014 @ 0827` as `2014-11-05T08:27`, `05 Nov 2014`, `Nov 2014`, `2014`, and as Medicare writes it, the month first:
/// `11/05/2014`. In the person's own time, of which the text says nothing.
pub(super) fn date(said: &str) -> Option<String> {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let said = said.trim();
    let (day, time) = match said.split_once('@') {
        Some((day, time)) => (day.trim(), Some(time.trim())),
        None => (said, None),
    };
    let figure = |text: &str, most: usize| -> Option<u32> {
        let is_one = !text.is_empty() && text.len() <= most && text.bytes().all(|byte| byte.is_ascii_digit());
        is_one.then(|| text.parse().ok()).flatten()
    };
    let year = |text: &str| figure(text, 4).filter(|year| text.len() == 4 && (1800..=2200).contains(year));
    let month = |text: &str| -> Option<u32> {
        let text = text.trim_end_matches([',', '.']).to_ascii_lowercase();
        let at = MONTHS.iter().position(|month| text.starts_with(month))?;
        u32::try_from(at + 1).ok()
    };
    let words: Vec<&str> =
        if day.contains('/') { day.split('/').collect() } else { day.split_whitespace().collect() };
    let (year, month, day) = match words[..] {
        [y] => (year(y)?, None, None),
        [m, y] => (year(y)?, Some(month(m)?), None),
        [m, d, y] if day.contains('/') => (year(y)?, Some(figure(m, 2)?), Some(figure(d, 2)?)),
        [first, second, y] => match figure(first, 2) {
            Some(d) => (year(y)?, Some(month(second)?), Some(d)),
            None => (year(y)?, Some(month(first)?), Some(figure(second.trim_end_matches(','), 2)?)),
        },
        _ => return None,
    };
    let longest = match month {
        Some(2) if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        Some(2) => 28,
        Some(4 | 6 | 9 | 11) => 30,
        _ => 31,
    };
    if month.is_some_and(|month| !(1..=12).contains(&month))
        || day.is_some_and(|day| !(1..=longest).contains(&day))
    {
        return None;
    }
    let mut out = format!("{year:04}");
    for part in [month, day].into_iter().flatten() {
        let _ = write!(out, "-{part:02}");
    }
    if let Some(clock) = time.filter(|_| day.is_some()).and_then(clock) {
        let _ = write!(out, "T{clock}");
    }
    Some(out)
}

/// `0827` or `08:27` as `08:27`.
fn clock(said: &str) -> Option<String> {
    let digits: String = said.chars().filter(|c| *c != ':').collect();
    let is_one = said.len() <= 5 && digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_digit());
    let (hours, minutes) = digits.split_at_checked(2).filter(|_| is_one)?;
    (hours < "24" && minutes < "60").then(|| format!("{hours}:{minutes}"))
}
