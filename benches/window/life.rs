//! A long life on paper: the files of one invented person at three providers, as many facts as are wanted.
//!
//! Words repeat as they do in a record: some eighty tests again and again, a handful of medicines, many notes that are
//! each their own.

use std::fmt::Write as _;

use serde_json::{Value, json};

/// Whose life it is.
pub(crate) const PERSON: &str = "Ottilie Farnham-Okafor";
/// The providers, as the files are filed.
pub(crate) const PROVIDERS: [&str; 3] = ["Elm Street Clinic", "St. Brigid Hospital", "Riverside Laboratory"];

/// Tests: LOINC code, words, unit, and the usual range.
const TESTS: &[(&str, &str, &str, f64, f64)] = &[
    ("2345-7", "Glucose", "mg/dL", 70.0, 99.0),
    ("2951-2", "Sodium", "mmol/L", 136.0, 145.0),
    ("2823-3", "Potassium", "mmol/L", 3.5, 5.1),
    ("2075-0", "Chloride", "mmol/L", 98.0, 107.0),
    ("2160-0", "Creatinine", "mg/dL", 0.6, 1.2),
    ("3094-0", "Urea nitrogen", "mg/dL", 7.0, 20.0),
    ("17861-6", "Calcium", "mg/dL", 8.6, 10.3),
    ("1742-6", "ALT", "U/L", 7.0, 56.0),
    ("1920-8", "AST", "U/L", 10.0, 40.0),
    ("1975-2", "Bilirubin", "mg/dL", 0.1, 1.2),
    ("6690-2", "White blood cells", "10*3/uL", 4.5, 11.0),
    ("789-8", "Red blood cells", "10*6/uL", 4.2, 5.9),
    ("718-7", "Hemoglobin", "g/dL", 12.0, 17.5),
    ("4544-3", "Hematocrit", "%", 36.0, 50.0),
    ("777-3", "Platelets", "10*3/uL", 150.0, 450.0),
    ("2093-3", "Cholesterol", "mg/dL", 120.0, 200.0),
    ("2085-9", "HDL cholesterol", "mg/dL", 40.0, 60.0),
    ("13457-7", "LDL cholesterol", "mg/dL", 50.0, 100.0),
    ("2571-8", "Triglycerides", "mg/dL", 50.0, 150.0),
    ("4548-4", "Hemoglobin A1c", "%", 4.0, 5.6),
    ("3016-3", "TSH", "m[IU]/L", 0.4, 4.0),
    ("2276-4", "Ferritin", "ng/mL", 15.0, 150.0),
    ("1988-5", "C-reactive protein", "mg/L", 0.0, 5.0),
    ("1751-7", "Albumin", "g/dL", 3.5, 5.0),
];
const VITALS: &[(&str, &str, &str, f64, f64)] = &[
    ("8867-4", "Heart rate", "/min", 60.0, 100.0),
    ("29463-7", "Body weight", "kg", 55.0, 90.0),
    ("8310-5", "Body temperature", "Cel", 36.0, 37.5),
    ("59408-5", "Oxygen saturation", "%", 94.0, 100.0),
];
const MEDICINES: &[&str] = &[
    "Metformin 500 mg tablet",
    "Lisinopril 10 mg tablet",
    "Atorvastatin 20 mg tablet",
    "Levothyroxine 50 mcg tablet",
    "Amlodipine 5 mg tablet",
    "Omeprazole 20 mg capsule",
    "Amoxicillin 500 mg capsule",
    "Ibuprofen 400 mg tablet",
    "Sertraline 50 mg tablet",
    "Albuterol inhaler",
];
const PROBLEMS: &[&str] = &[
    "High blood pressure",
    "Type 2 diabetes",
    "Asthma",
    "Low back pain",
    "Migraine",
    "Seasonal allergies",
    "Underactive thyroid",
    "Knee arthritis",
    "Acid reflux",
    "Anxiety",
];
const VACCINES: &[(&str, &str)] = &[
    ("141", "Influenza vaccine"),
    ("115", "Tetanus booster"),
    ("187", "Shingles vaccine"),
    ("33", "Pneumonia vaccine"),
];
const PROCEDURES: &[&str] =
    &["Colonoscopy", "Chest X-ray", "Electrocardiogram", "Eye examination", "Skin biopsy"];
const WORDS: &[&str] = &[
    "walks",
    "daily",
    "reports",
    "mild",
    "pain",
    "after",
    "meals",
    "sleeping",
    "well",
    "cough",
    "for",
    "two",
    "weeks",
    "no",
    "fever",
    "continues",
    "treatment",
    "advised",
    "rest",
    "follow",
    "up",
    "in",
    "spring",
    "left",
    "shoulder",
    "denies",
    "dizziness",
    "weight",
    "stable",
    "appetite",
    "good",
    "lungs",
    "clear",
    "rash",
    "resolved",
];

/// A row of numbers that is the same every time (Knuth's MMIX constants).
struct Chance(u64);

impl Chance {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n
    }

    fn of<T: Copy>(&mut self, all: &[T]) -> T {
        let count = u64::try_from(all.len()).unwrap_or(1);
        all[usize::try_from(self.below(count)).unwrap_or_default()]
    }
}

/// One NDJSON file for each provider, with some `facts` facts among them; a tenth is told by two.
pub(crate) fn files(facts: u32) -> [String; 3] {
    let mut chance = Chance(u64::from(facts));
    let mut files = [String::new(), String::new(), String::new()];
    for (n, file) in files.iter_mut().enumerate() {
        line(
            file,
            &json!({"resourceType": "Patient", "id": format!("p{n}"),
            "name": [{"given": ["Ottilie"], "family": "Farnham-Okafor"}], "birthDate": "1948-05-30"}),
        );
    }
    let mut visit = (0, String::new(), String::new());
    for n in 0..facts {
        // A visit, and what was done at it, all on one day.
        if n % 12 == 0 {
            let day = day(&mut chance, n, facts);
            visit = (chance.below(3), format!("v{n}"), day);
        }
        let (at, visit_id, day) = (visit.0, &visit.1, &visit.2);
        let id = format!("r{n}");
        let resource = if n % 12 == 0 {
            encounter(&mut chance, visit_id, day)
        } else {
            thing(&mut chance, &id, day, visit_id)
        };
        let at = usize::try_from(at).unwrap_or_default();
        line(&mut files[at], &about(resource.clone(), at));
        if chance.below(10) == 0 && n % 12 != 0 {
            line(&mut files[(at + 1) % 3], &about(resource, (at + 1) % 3));
        }
    }
    files
}

/// A resource as the provider of this number tells it: about its own patient.
fn about(mut resource: Value, provider: usize) -> Value {
    let patient = json!({"reference": format!("Patient/p{provider}")});
    for name in ["subject", "patient"] {
        if resource.get(name).is_some() {
            resource[name] = patient.clone();
        }
    }
    resource
}

fn line(file: &mut String, resource: &Value) {
    // Writing to a string cannot fail.
    let _ = writeln!(file, "{resource}");
}

/// From 1966 to 2026, more often towards the end.
fn day(chance: &mut Chance, n: u32, of: u32) -> String {
    let along = f64::from(n) / f64::from(of);
    #[expect(clippy::cast_possible_truncation, reason = "a year")]
    let year = 1966 + (along.sqrt() * 60.0) as i32;
    format!("{year}-{:02}-{:02}", 1 + chance.below(12), 1 + chance.below(28))
}

fn encounter(chance: &mut Chance, id: &str, day: &str) -> Value {
    let what = chance.of(&[
        "Office visit",
        "Follow-up visit",
        "Urgent care visit",
        "Telephone call",
        "Annual check-up",
    ]);
    json!({"resourceType": "Encounter", "id": id, "status": "finished", "type": [{"text": what}],
        "class": {"code": "AMB"}, "subject": {"reference": "Patient/p"},
        "period": {"start": format!("{day}T09:00:00-06:00"), "end": format!("{day}T09:40:00-06:00")},
        "participant": [{"individual": {"display": chance.of(&["Dr. Amara Nwosu", "Dr. Piet de Vries", "Rosa Delgado, NP"])}}]})
}

fn thing(chance: &mut Chance, id: &str, day: &str, visit: &str) -> Value {
    let visit = json!({"reference": format!("Encounter/{visit}")});
    let subject = json!({"reference": "Patient/p"});
    match chance.below(100) {
        0..=63 => measured(chance, TESTS, "laboratory", id, day, &visit),
        64..=77 => measured(chance, VITALS, "vital-signs", id, day, &visit),
        78..=82 => json!({"resourceType": "MedicationRequest", "id": id, "intent": "order",
            "status": chance.of(&["active", "stopped", "completed"]), "authoredOn": day, "subject": subject,
            "medicationCodeableConcept": {"text": chance.of(MEDICINES)},
            "dosageInstruction": [{"text": chance.of(&["1 tablet daily", "1 tablet twice a day", "2 puffs as needed"])}]}),
        83..=85 => {
            json!({"resourceType": "Condition", "id": id, "code": {"text": chance.of(PROBLEMS)}, "subject": subject,
            "clinicalStatus": {"coding": [{"code": chance.of(&["active", "resolved"])}]}, "onsetDateTime": day})
        }
        86..=89 => {
            let (code, text) = chance.of(VACCINES);
            json!({"resourceType": "Immunization", "id": id, "status": "completed", "patient": subject, "occurrenceDateTime": day,
                "vaccineCode": {"text": text, "coding": [{"system": "http://hl7.org/fhir/sid/cvx", "code": code}]}})
        }
        90..=93 => json!({"resourceType": "Procedure", "id": id, "status": "completed", "subject": subject,
            "code": {"text": chance.of(PROCEDURES)}, "performedDateTime": day, "encounter": visit}),
        _ => {
            let words: Vec<&str> = (0..40).map(|_| chance.of(WORDS)).collect();
            json!({"resourceType": "Observation", "id": id, "status": "final", "subject": subject, "encounter": visit,
                "category": [{"coding": [{"code": "exam"}]}], "code": {"text": "Visit note"},
                "effectiveDateTime": day, "valueString": words[..8].join(" "), "note": [{"text": words.join(" ")}]})
        }
    }
}

fn measured(
    chance: &mut Chance,
    of: &[(&str, &str, &str, f64, f64)],
    category: &str,
    id: &str,
    day: &str,
    visit: &Value,
) -> Value {
    let (code, text, unit, low, high) = chance.of(of);
    // A little beyond the range at both ends, so that some are flagged.
    let share = f64::from(u32::try_from(chance.below(130)).unwrap_or_default()) / 100.0 - 0.15;
    let value = (low + (high - low) * share) * 10.0;
    let hour = 7 + chance.below(9);
    json!({"resourceType": "Observation", "id": id, "status": "final", "encounter": visit,
        "category": [{"coding": [{"system": "http://terminology.hl7.org/CodeSystem/observation-category", "code": category}]}],
        "code": {"text": text, "coding": [{"system": "http://loinc.org", "code": code}]},
        "effectiveDateTime": format!("{day}T{hour:02}:{:02}:00-06:00", chance.below(60)),
        "valueQuantity": {"value": value.round() / 10.0, "unit": unit, "system": "http://unitsofmeasure.org", "code": unit},
        "referenceRange": [{"low": {"value": low, "unit": unit}, "high": {"value": high, "unit": unit}}]})
}
