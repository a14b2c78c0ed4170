//! What the export of an Apple phone says, as FHIR R4, and whose the clinical records beside it are.

use std::collections::HashMap;
use std::io::{self, Read};

use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tokio_util::sync::CancellationToken;
use wholechart_document::{AppleFigures, AppleHealth, AppleMeasure, AppleReading};
use wholechart_fhir::{Release, system::LOINC};

/// The base of every vital sign of such an export: the same one in a later export is the same.
pub(super) const BASE: &str = "file:Apple Health";

const UCUM: &str = "http://unitsofmeasure.org";
const CATEGORY: &str = "http://terminology.hl7.org/CodeSystem/observation-category";
const SYSTOLIC: &str = "8480-6";
const DIASTOLIC: &str = "8462-4";

/// A vital sign as an Observation, with the id that it has.
pub(super) fn observation(reading: &AppleReading) -> (String, String) {
    let (unit, code) = unit(&reading.unit);
    let is_molar = code == Some("mmol/L");
    let coded = match reading.measure {
        AppleMeasure::Weight => coding("29463-7", None),
        AppleMeasure::Height => coding("8302-2", None),
        AppleMeasure::BloodPressure => coding("85354-9", None),
        AppleMeasure::HeartRate => coding("8867-4", None),
        AppleMeasure::BreathingRate => coding("9279-1", None),
        AppleMeasure::OxygenSaturation => coding("59408-5", None),
        AppleMeasure::Glucose if is_molar => coding("15074-8", Some("Glucose")),
        AppleMeasure::Glucose => coding("2339-0", None),
        AppleMeasure::Temperature => coding("8310-5", None),
    };
    let id = id(reading);
    let mut body = json!({
        "resourceType": "Observation",
        "id": id,
        "status": "final",
        "category": [{"coding": [{"system": CATEGORY, "code": "vital-signs"}]}],
        "code": coded,
        "effectiveDateTime": reading.when,
    });
    if !reading.device.is_empty() {
        body["device"] = json!({"display": reading.device});
    }
    let mut whole = body.to_string();
    whole.pop();
    // Figures keep their digits: they are written as text.
    let said = |figures: &AppleFigures| {
        let quantity = |figure: &str| {
            let mut rest = json!({"unit": unit});
            if let Some(code) = code {
                rest["system"] = UCUM.into();
                rest["code"] = code.into();
            }
            format!("{{\"value\":{figure},{}", &rest.to_string()[1..])
        };
        match &figures.high {
            None => format!("\"valueQuantity\":{}", quantity(&figures.low)),
            Some(high) => {
                format!("\"valueRange\":{{\"low\":{},\"high\":{}}}", quantity(&figures.low), quantity(high))
            }
        }
    };
    let value = match &reading.second {
        None => said(&reading.value),
        Some(second) => format!(
            "\"component\":[{{\"code\":{},{}}},{{\"code\":{},{}}}]",
            coding(SYSTOLIC, None),
            said(&reading.value),
            coding(DIASTOLIC, None),
            said(second)
        ),
    };
    (id, format!("{whole},{value}}}"))
}

/// What a vital sign is known by. That of a day, which grows until the day is over, by its day; one of a moment by all that it says.
fn id(reading: &AppleReading) -> String {
    let is_of_day = reading.when.len() == 10;
    let said = |figures: &AppleFigures| figures.low.clone();
    let figures = (!is_of_day).then(|| (said(&reading.value), reading.second.as_ref().map(said)));
    let device = (!is_of_day).then_some(&reading.device);
    let known_by = format!("{:?} {} {:?} {:?}", reading.measure, reading.when, device, figures);
    hex::encode(Sha256::digest(known_by))[..40].to_owned()
}

fn coding(code: &str, display: Option<&str>) -> Value {
    match display {
        Some(display) => json!({"coding": [{"system": LOINC, "code": code, "display": display}]}),
        None => json!({"coding": [{"system": LOINC, "code": code}]}),
    }
}

/// A unit as people write it, and as UCUM does where it is known.
fn unit(sent: &str) -> (&str, Option<&'static str>) {
    // With the molar mass in it: `mmol<180.1558800000541>/L`.
    if sent.starts_with("mmol") && sent.ends_with("/L") {
        return ("mmol/L", Some("mmol/L"));
    }
    match sent {
        "lb" => ("lb", Some("[lb_av]")),
        "oz" => ("oz", Some("[oz_av]")),
        "st" => ("st", Some("[stone_av]")),
        "kg" => ("kg", Some("kg")),
        "g" => ("g", Some("g")),
        "ft" => ("ft", Some("[ft_i]")),
        "in" => ("in", Some("[in_i]")),
        "m" => ("m", Some("m")),
        "cm" => ("cm", Some("cm")),
        "mmHg" => ("mmHg", Some("mm[Hg]")),
        "kPa" => ("kPa", Some("kPa")),
        "count/min" => ("/min", Some("/min")),
        "%" => ("%", Some("%")),
        "mg/dL" => ("mg/dL", Some("mg/dL")),
        "degF" => ("°F", Some("[degF]")),
        "degC" => ("°C", Some("Cel")),
        other => (other, None),
    }
}

/// What an export says of a clinical record that is a file of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SentBy {
    /// Who sent it.
    pub(super) source: String,
    /// The release it is in.
    pub(super) release: Option<Release>,
}

/// Who sent the clinical records beside an export, by [`place`].
#[derive(Default)]
pub(super) struct Senders(HashMap<String, SentBy>);

impl Senders {
    pub(super) fn learn(&mut self, export: &AppleHealth) {
        for record in &export.records {
            let release = match record.fhir.as_deref().and_then(|fhir| fhir.split('.').next()) {
                Some("1") => Some(Release::Dstu2),
                Some("3") => Some(Release::Stu3),
                Some("4") => Some(Release::R4),
                _ => None,
            };
            self.0.insert(place(&record.path), SentBy { source: record.source.clone(), release });
        }
    }

    pub(super) fn of(&self, file: &str) -> Option<&SentBy> {
        // Only an export has senders.
        (!self.0.is_empty()).then(|| self.0.get(&place(file)))?
    }
}

/// Where a clinical record is in its export, whatever the export is in.
fn place(path: &str) -> String {
    let mut parts: Vec<&str> = path.rsplit(['/', '\\']).take(2).collect();
    parts.reverse();
    parts.join("/")
}

/// A source that ends with an error when the person stops what goes on.
pub(super) struct Stoppable<'s> {
    pub(super) source: &'s mut (dyn Read + Send),
    pub(super) stop: &'s CancellationToken,
    /// It failed, by itself or because it was stopped.
    pub(super) failed: bool,
}

impl Read for Stoppable<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.stop.is_cancelled() {
            self.failed = true;
            return Err(io::Error::other("stopped"));
        }
        let read = self.source.read(into);
        self.failed |= read.as_ref().is_err_and(|error| error.kind() != io::ErrorKind::Interrupted);
        read
    }
}

#[cfg(test)]
mod tests {
    use wholechart_fhir::{Kind, ReadOptions, Value, read};

    use super::*;

    fn reading(measure: AppleMeasure, unit: &str, low: &str) -> AppleReading {
        AppleReading {
            measure,
            when: "2023-01-05T08:12:33-06:00".to_owned(),
            device: "Rosa\"s Scale".to_owned(),
            unit: unit.to_owned(),
            value: AppleFigures { low: low.to_owned(), high: None },
            second: None,
        }
    }

    #[test]
    fn a_vital_sign_is_an_observation_with_its_digits_and_its_unit() {
        let weight = reading(AppleMeasure::Weight, "lb", "160.40");
        let (id, json) = observation(&weight);
        let entry = read(json.as_bytes(), &ReadOptions::new(Release::R4)).unwrap();
        assert_eq!((entry.kind, entry.id.as_deref()), (Kind::Vital, Some(id.as_str())));
        assert!(json.contains("\"value\":160.40,"), "{json}");
        assert!(json.contains("[lb_av]") && json.contains("Rosa\\\"s Scale"), "{json}");
        assert_eq!(entry.problems, []);
    }

    #[test]
    fn the_least_and_the_greatest_of_a_day_are_a_range_that_grows() {
        let mut day = reading(AppleMeasure::HeartRate, "count/min", "52");
        day.when = "2023-01-05".to_owned();
        day.value.high = Some("141".to_owned());
        let (id, json) = observation(&day);
        let entry = read(json.as_bytes(), &ReadOptions::new(Release::R4)).unwrap();
        assert!(matches!(entry.value, Some(Value::Range { .. })), "{:?}", entry.value);
        day.value.high = Some("150".to_owned());
        assert_eq!(observation(&day).0, id, "the same day in a later export");
        let mut pair = reading(AppleMeasure::BloodPressure, "mmHg", "121");
        pair.second = Some(AppleFigures { low: "79".to_owned(), high: None });
        let entry = read(observation(&pair).1.as_bytes(), &ReadOptions::new(Release::R4)).unwrap();
        assert_eq!(entry.components.len(), 2);
    }

    #[test]
    fn a_clinical_record_is_known_by_its_place() {
        let mut senders = Senders::default();
        assert_eq!(senders.of("clinical-records/a.json"), None);
        let record = wholechart_document::AppleRecord {
            path: "/clinical-records/a.json".to_owned(),
            source: "Lakeside Clinic".to_owned(),
            fhir: Some("1.0.2".to_owned()),
        };
        senders.learn(&AppleHealth { records: vec![record], ..AppleHealth::default() });
        let found = senders.of("export.zip/apple_health_export/clinical-records/a.json").unwrap();
        assert_eq!((found.source.as_str(), found.release), ("Lakeside Clinic", Some(Release::Dstu2)));
        assert_eq!(senders.of("clinical-records/b.json"), None);
    }
}
