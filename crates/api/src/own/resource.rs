//! Between what a person adds and the FHIR R4 resource it is kept as; each way leads back to where it came from.

use chrono::{DateTime, LocalResult, NaiveDate, NaiveTime, SecondsFormat, TimeZone as _, Utc};
use serde_json::{Map, Value, json};
use wholechart_fhir::system::LOINC;
use wholechart_store::{OwnResource, Person};

use super::{
    found::{value_element, value_of},
    measures::{DIASTOLIC, SYSTOLIC, figure, measure_of, measured},
    wire::{OwnEntry, OwnFlag, OwnMeasure, OwnSeverity},
};

/// Why something cannot be kept; the key of its words.
pub(super) type Refused = &'static str;

const UCUM: &str = "http://unitsofmeasure.org";
const CLINICAL: &str = "http://terminology.hl7.org/CodeSystem/condition-clinical";
const ALLERGY_CLINICAL: &str = "http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical";
const CATEGORY: &str = "http://terminology.hl7.org/CodeSystem/observation-category";
const ORIGIN: &str = "http://terminology.hl7.org/CodeSystem/immunization-origin";
const INTERPRETATION: &str = "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation";
const LABORATORY: &str = "laboratory";
const ACT: &str = "http://terminology.hl7.org/CodeSystem/v3-ActCode";

/// The type that an entry is kept as.
pub(super) fn type_of(entry: &OwnEntry) -> &'static str {
    match entry {
        OwnEntry::Medicine { .. } => "MedicationStatement",
        OwnEntry::Allergy { .. } => "AllergyIntolerance",
        OwnEntry::Problem { .. } => "Condition",
        OwnEntry::Measurement { .. } | OwnEntry::Result { .. } => "Observation",
        OwnEntry::Vaccine { .. } => "Immunization",
        OwnEntry::Visit { .. } => "Encounter",
    }
}

/// The resource that an entry is kept as, under this id.
pub(super) fn resource(
    entry: &OwnEntry,
    id: &str,
    person: &Person,
    now: DateTime<Utc>,
) -> Result<OwnResource, Refused> {
    let resource_type = type_of(entry);
    let who = json!({"reference": format!("Patient/{}", person.id.0)});
    let today = now.with_timezone(&person.home_zone).date_naive().to_string();
    let mut made = Made(Map::new());
    made.put("resourceType", resource_type.into());
    made.put("id", id.into());
    // Figures keep their digits: they are written as text behind everything else.
    let mut figures = String::new();
    match entry {
        OwnEntry::Medicine { name, how, reason, since, stopped, until, note } => {
            made.put("status", if *stopped { "stopped" } else { "active" }.into());
            made.put("medicationCodeableConcept", json!({"text": name}));
            made.put("subject", who.clone());
            made.period("effectivePeriod", since.as_deref(), until.as_deref());
            made.put("dateAsserted", today.into());
            made.put("informationSource", who);
            made.list("reasonCode", reason.as_deref().map(|text| json!({"text": text})));
            made.list("dosage", how.as_deref().map(|text| json!({"text": text})));
            made.note(note.as_deref());
        }
        OwnEntry::Allergy { substance, reaction, severity, since, note } => {
            made.put("clinicalStatus", coding(ALLERGY_CLINICAL, "active"));
            made.put("code", json!({"text": substance}));
            made.put("patient", who.clone());
            made.say("onsetDateTime", since.as_deref());
            made.put("recordedDate", today.into());
            made.put("asserter", who);
            let mut happened = Map::new();
            // A reaction has to say what happened (AllergyIntolerance.reaction.manifestation, 1..*).
            if let Some(text) = reaction {
                happened.insert("manifestation".to_owned(), json!([{"text": text}]));
                happened.extend(severity.map(|how| ("severity".to_owned(), severity_code(how).into())));
            } else if severity.is_some() {
                return Err("error-own-reaction");
            }
            made.list("reaction", (!happened.is_empty()).then_some(Value::Object(happened)));
            made.note(note.as_deref());
        }
        OwnEntry::Problem { name, since, over, until, note } => {
            made.put("clinicalStatus", coding(CLINICAL, if *over { "resolved" } else { "active" }));
            made.put("code", json!({"text": name}));
            made.put("subject", who.clone());
            made.say("onsetDateTime", since.as_deref());
            made.say("abatementDateTime", until.as_deref());
            made.put("recordedDate", today.into());
            made.put("asserter", who);
            made.note(note.as_deref());
        }
        OwnEntry::Measurement { what, value, second, unit, date, time, note } => {
            let of = measured(*what, unit).ok_or("error-own-unit")?;
            made.put("status", "final".into());
            made.put("category", json!([coding(CATEGORY, "vital-signs")]));
            made.put("code", loinc(of.loinc));
            made.put("subject", who.clone());
            made.put("effectiveDateTime", effective(date, time.as_deref(), person)?.into());
            made.put("performer", json!([who]));
            made.note(note.as_deref());
            let amount = |typed: &str| {
                let unit = json!({"unit": of.label, "system": UCUM, "code": of.unit}).to_string();
                let figure = figure(typed).ok_or("error-own-value")?;
                Ok::<String, Refused>(format!("{{\"value\":{figure},{}", &unit[1..]))
            };
            figures = match (what, second) {
                (OwnMeasure::BloodPressure, Some(second)) => {
                    let part = |code, typed: &str| {
                        let code = loinc(code);
                        Ok::<String, Refused>(format!(
                            "{{\"code\":{code},\"valueQuantity\":{}}}",
                            amount(typed)?
                        ))
                    };
                    format!(",\"component\":[{},{}]", part(SYSTOLIC, value)?, part(DIASTOLIC, second)?)
                }
                (OwnMeasure::BloodPressure, None) => return Err("error-own-pair"),
                (_, Some(_)) => return Err("error-own-value"),
                (_, None) => format!(",\"valueQuantity\":{}", amount(value)?),
            };
        }
        OwnEntry::Vaccine { name, date, lot, place, note } => {
            made.put("status", "completed".into());
            made.put("vaccineCode", json!({"text": name}));
            made.put("patient", who);
            match date {
                Some(date) => made.put("occurrenceDateTime", date.as_str().into()),
                // It has to say when (Immunization.occurrence[x], 1..1).
                None => made.put("occurrenceString", UNKNOWN.into()),
            }
            made.put("recorded", today.into());
            made.put("primarySource", false.into());
            made.put("reportOrigin", coding(ORIGIN, "recall"));
            made.say("lotNumber", lot.as_deref());
            made.list("performer", place.as_deref().map(|place| json!({"actor": {"display": place}})));
            made.note(note.as_deref());
        }
        OwnEntry::Result { name, value, unit, range, flag, date, note } => {
            made.put("status", "final".into());
            made.put("category", json!([coding(CATEGORY, LABORATORY)]));
            made.put("code", json!({"text": name}));
            made.put("subject", who);
            made.put("effectiveDateTime", date.as_str().into());
            made.list("interpretation", flag.map(|flag| coding(INTERPRETATION, flag_code(flag))));
            made.list("referenceRange", range.as_deref().map(|text| json!({"text": text})));
            made.note(note.as_deref());
            figures = format!(",{}", value_element(value, unit.as_deref()));
        }
        OwnEntry::Visit { reason, date, time, place, note } => {
            let ahead = today.get(..date.len()).is_some_and(|now| date.as_str() > now);
            made.put("status", if ahead { "planned" } else { "finished" }.into());
            made.put("class", json!({"system": ACT, "code": "AMB", "display": "ambulatory"}));
            made.put("subject", who);
            // Without a time of day, the day may be known no better than as a month.
            let start = match time {
                Some(time) => effective(date, Some(time), person)?,
                None => date.clone(),
            };
            made.period("period", Some(&start), None);
            made.list("reasonCode", Some(json!({"text": reason})));
            if let Some(place) = place {
                made.put("serviceProvider", json!({"display": place}));
            }
            // A visit has no notes of its own in R4; its narrative is what a person reads of it.
            if let Some(note) = note {
                made.put("text", json!({"status": "additional", "div": narrative(note)}));
            }
        }
    }
    let mut json = Value::Object(made.0).to_string();
    json.truncate(json.len() - 1);
    json.push_str(&figures);
    json.push('}');
    Ok(OwnResource { resource_type: resource_type.to_owned(), id: id.to_owned(), json })
}

/// What a person added, from the resource it is kept as. `None`: it is not one of ours.
pub(super) fn entry(own: &OwnResource) -> Option<OwnEntry> {
    let read: Value = serde_json::from_str(&own.json).ok()?;
    let text = |path: &str| read.pointer(path).and_then(Value::as_str).map(str::to_owned);
    let note = text("/note/0/text");
    Some(match own.resource_type.as_str() {
        "MedicationStatement" => OwnEntry::Medicine {
            name: text("/medicationCodeableConcept/text")?,
            how: text("/dosage/0/text"),
            reason: text("/reasonCode/0/text"),
            since: text("/effectivePeriod/start"),
            stopped: text("/status")? == "stopped",
            until: text("/effectivePeriod/end"),
            note,
        },
        "AllergyIntolerance" => OwnEntry::Allergy {
            substance: text("/code/text")?,
            reaction: text("/reaction/0/manifestation/0/text"),
            severity: text("/reaction/0/severity").and_then(|code| severity(&code)),
            since: text("/onsetDateTime"),
            note,
        },
        "Condition" => OwnEntry::Problem {
            name: text("/code/text")?,
            since: text("/onsetDateTime"),
            over: text("/clinicalStatus/coding/0/code")? == "resolved",
            until: text("/abatementDateTime"),
            note,
        },
        "Observation" if text("/category/0/coding/0/code").as_deref() == Some(LABORATORY) => {
            let (value, unit) = value_of(&own.json)?;
            OwnEntry::Result {
                name: text("/code/text")?,
                value,
                unit,
                range: text("/referenceRange/0/text"),
                flag: text("/interpretation/0/coding/0/code").and_then(|code| flag(&code)),
                date: text("/effectiveDateTime")?,
                note,
            }
        }
        "Observation" => {
            let measured: Figures<'_> = serde_json::from_str(&own.json).ok()?;
            let mut amounts =
                measured.value.into_iter().chain(measured.component.into_iter().map(|one| one.value));
            let first = amounts.next()?;
            let when = text("/effectiveDateTime")?;
            OwnEntry::Measurement {
                what: measure_of(&text("/code/coding/0/code")?)?,
                value: first.value.get().to_owned(),
                second: amounts.next().map(|second| second.value.get().to_owned()),
                unit: first.code,
                date: when.get(..10).unwrap_or(&when).to_owned(),
                time: when.get(11..16).map(str::to_owned),
                note,
            }
        }
        "Immunization" => OwnEntry::Vaccine {
            name: text("/vaccineCode/text")?,
            date: text("/occurrenceDateTime"),
            lot: text("/lotNumber"),
            place: text("/performer/0/actor/display"),
            note,
        },
        "Encounter" => OwnEntry::Visit {
            reason: text("/reasonCode/0/text")?,
            date: text("/period/start").map(|when| when.get(..10).unwrap_or(&when).to_owned())?,
            time: text("/period/start").and_then(|when| when.get(11..16).map(str::to_owned)),
            place: text("/serviceProvider/display"),
            note: text("/text/div").map(|div| told(&div)),
        },
        _ => return None,
    })
}

/// When something was done of which nobody knows when.
const UNKNOWN: &str = "unknown";

#[derive(serde::Deserialize)]
struct Figures<'a> {
    #[serde(borrow, rename = "valueQuantity")]
    value: Option<Amount<'a>>,
    #[serde(borrow, default)]
    component: Vec<Component<'a>>,
}

#[derive(serde::Deserialize)]
struct Component<'a> {
    #[serde(borrow, rename = "valueQuantity")]
    value: Amount<'a>,
}

#[derive(serde::Deserialize)]
struct Amount<'a> {
    /// Digit by digit as it was typed.
    #[serde(borrow)]
    value: &'a serde_json::value::RawValue,
    code: String,
}

/// A resource in the making.
struct Made(Map<String, Value>);

impl Made {
    fn put(&mut self, name: &str, value: Value) {
        self.0.insert(name.to_owned(), value);
    }

    fn say(&mut self, name: &str, text: Option<&str>) {
        self.0.extend(text.map(|text| (name.to_owned(), text.into())));
    }

    fn list(&mut self, name: &str, only: Option<Value>) {
        self.0.extend(only.map(|one| (name.to_owned(), Value::Array(vec![one]))));
    }

    fn note(&mut self, text: Option<&str>) {
        self.list("note", text.map(|text| json!({"text": text})));
    }

    fn period(&mut self, name: &str, start: Option<&str>, end: Option<&str>) {
        let mut period = Map::new();
        period.extend(start.map(|start| ("start".to_owned(), start.into())));
        period.extend(end.map(|end| ("end".to_owned(), end.into())));
        if !period.is_empty() {
            self.put(name, Value::Object(period));
        }
    }
}

fn coding(system: &str, code: &str) -> Value {
    json!({"coding": [{"system": system, "code": code}]})
}

fn loinc((code, name): (&str, Option<&str>)) -> Value {
    match name {
        Some(name) => json!({"coding": [{"system": LOINC, "code": code, "display": name}]}),
        None => coding(LOINC, code),
    }
}

fn severity_code(severity: OwnSeverity) -> &'static str {
    match severity {
        OwnSeverity::Mild => "mild",
        OwnSeverity::Moderate => "moderate",
        OwnSeverity::Severe => "severe",
    }
}

fn severity(code: &str) -> Option<OwnSeverity> {
    [OwnSeverity::Mild, OwnSeverity::Moderate, OwnSeverity::Severe]
        .into_iter()
        .find(|one| severity_code(*one) == code)
}

const FLAGS: &[(OwnFlag, &str)] = &[
    (OwnFlag::High, "H"),
    (OwnFlag::Low, "L"),
    (OwnFlag::CriticalHigh, "HH"),
    (OwnFlag::CriticalLow, "LL"),
    (OwnFlag::Abnormal, "A"),
    (OwnFlag::Critical, "AA"),
];

fn flag_code(flag: OwnFlag) -> &'static str {
    FLAGS.iter().find(|(one, _)| *one == flag).map_or("A", |(_, code)| code)
}

fn flag(code: &str) -> Option<OwnFlag> {
    FLAGS.iter().find(|(_, one)| *one == code).map(|(flag, _)| *flag)
}

/// A day, with the time of day at home where one is known. An hour that comes twice in autumn is the first of both.
fn effective(date: &str, time: Option<&str>, person: &Person) -> Result<String, Refused> {
    let day: NaiveDate = date.parse().map_err(|_| "error-own-day")?;
    let Some(time) = time else { return Ok(day.to_string()) };
    let time = NaiveTime::parse_from_str(time, "%H:%M").map_err(|_| "error-own-time")?;
    match person.home_zone.from_local_datetime(&day.and_time(time)) {
        LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => {
            Ok(at.to_rfc3339_opts(SecondsFormat::Secs, false))
        }
        LocalResult::None => Err("error-own-time"),
    }
}

/// Lines of text as a narrative.
fn narrative(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let lines: Vec<&str> = text.lines().collect();
    format!("{OPEN}{}{CLOSE}", lines.join(BREAK))
}

const OPEN: &str = "<div xmlns=\"http://www.w3.org/1999/xhtml\"><p>";
const CLOSE: &str = "</p></div>";
const BREAK: &str = "<br/>";

/// [`narrative`] as it was typed.
fn told(div: &str) -> String {
    let inner = div.strip_prefix(OPEN).and_then(|rest| rest.strip_suffix(CLOSE)).unwrap_or(div);
    inner.replace(BREAK, "\n").replace("&gt;", ">").replace("&lt;", "<").replace("&amp;", "&")
}
