//! What the paper says of a few invented records, as the person's doctor reads it.

mod chosen;
mod kinds_of_sheets;
mod once;
mod wording;

use std::{collections::BTreeMap, ops::ControlFlow, path::PathBuf, sync::Arc};

use chrono::{DateTime, TimeZone as _, Utc};
use serde_json::{Value, json};
use tempfile::TempDir;
use url::Url;
use wholechart_print::{Document, Fonts};
use wholechart_record::PersonId;
use wholechart_store::TopicRow;

use super::{
    choices::Printing,
    fit,
    gather::{self, Gathered},
    kinds::{self, SheetKind},
    view,
};
use crate::{App, Config, Event, Host, Reader, dispatch, words::Language};

/// Nobody in front of it, on July 1, 2026.
struct ThatDay;

impl Host for ThatDay {
    fn open_browser(&self, _: &Url) -> Result<(), String> {
        Err("nobody is there".to_owned())
    }

    fn save_file(&self, _: &str, _: &[u8]) -> Result<Option<PathBuf>, std::io::Error> {
        Ok(None)
    }

    fn event(&self, _: Event) {}

    fn now(&self) -> DateTime<Utc> {
        Utc.with_ymd_and_hms(2026, 7, 1, 18, 0, 0).unwrap()
    }
}

/// Ida Roe's record.
struct Record {
    folder: TempDir,
    app: Arc<App>,
    person: PersonId,
}

impl Record {
    async fn new() -> Record {
        let folder = tempfile::tempdir().unwrap();
        let app = Record::opened(&folder, false).await;
        let person = json!({"id": null, "name": "Ida Roe", "birthDate": null, "homeZone": "America/Chicago"});
        let person = dispatch(&app, "savePerson", person).await.unwrap();
        Record { folder, app, person: PersonId(person["id"].as_str().unwrap().to_owned()) }
    }

    /// The record of a folder, opened as a sample or as anybody's.
    async fn opened(folder: &TempDir, sample: bool) -> Arc<App> {
        let config = Config {
            data_dir: folder.path().join("record"),
            profile: "test".to_owned(),
            sample,
            sample_cards: Value::Null,
            sample_lists: Value::Null,
            sample_moved: BTreeMap::new(),
            keychain: None,
            passphrase: Some("a long enough passphrase".into()),
            locale: None,
            region: None,
            reader: Reader::here(),
        };
        let app = App::new(Arc::new(ThatDay), config).unwrap();
        dispatch(&app, "appState", json!({})).await.unwrap();
        app
    }

    /// Takes in what one provider sends; each under the id that it has, or under its place.
    async fn take_in(&self, by: &str, resources: &[Value]) {
        let entries: Vec<Value> = resources
            .iter()
            .enumerate()
            .map(|(n, resource)| {
                let mut resource = resource.clone();
                if resource["id"].is_null() {
                    resource["id"] = json!(n.to_string());
                }
                json!({"resource": resource})
            })
            .collect();
        let file = self.folder.path().join(format!("{by}.json"));
        let bundle = json!({"resourceType": "Bundle", "type": "collection", "entry": entries});
        std::fs::write(&file, bundle.to_string()).unwrap();
        let args =
            json!({"person": self.person, "label": by, "release": "r4", "paths": [file], "confirmed": true});
        dispatch(&self.app, "import", args).await.unwrap_or_else(|why| panic!("{by}: {}", why.message));
    }

    async fn gathered(&self) -> Gathered {
        self.gathered_for(&Printing::default()).await
    }

    async fn gathered_for(&self, printing: &Printing) -> Gathered {
        let (words, person, printing) = (Arc::clone(&self.app.words), self.person.clone(), printing.clone());
        let gather = move |store: &_| gather::gather(store, &words, &person, ThatDay.now(), &printing, None);
        self.app.ask(gather).await.unwrap()
    }

    fn said(&self, gathered: &Gathered) -> Vec<String> {
        lines(&self.document(gathered))
    }

    fn document(&self, gathered: &Gathered) -> Document {
        view::sheet(gathered, &self.app.words, ThatDay.now(), false, &Printing::default())
            .whole(&self.app.words)
    }
}

/// Every line of the paper: cells between bars, notes and sentences by themselves.
fn lines(document: &Document) -> Vec<String> {
    let mut lines: Vec<String> =
        document.person.iter().map(|(label, said)| format!("{label}: {said}")).collect();
    for section in &document.sections {
        lines.extend(section.note.clone());
        let said = section.rows.iter().map(|row| {
            let cells = row.cells.iter().map(|cell| match (cell.lead.as_str(), cell.text.as_str()) {
                ("", text) => text.to_owned(),
                (lead, "") => lead.to_owned(),
                (lead, text) if text.starts_with('\n') => format!("{lead}{text}"),
                (lead, text) => format!("{lead} {text}"),
            });
            let cells = cells.collect::<Vec<_>>().join(" | ").replace('\n', " / ");
            if row.sources.is_empty() { cells } else { format!("{cells} | {}", row.sources.join(" ")) }
        });
        lines.extend(said);
        lines.extend(section.lines.clone());
    }
    lines.extend(document.closing.clone());
    lines
}

/// What these providers say, in the order of their marks.
async fn said_in(language: Language, resources: &[(&str, Value)]) -> Vec<String> {
    let record = Record::new().await;
    record.app.words.speak(language);
    let mut by: BTreeMap<&str, Vec<Value>> = BTreeMap::new();
    for (provider, resource) in resources {
        by.entry(provider).or_default().push(resource.clone());
    }
    for (provider, resources) in by {
        record.take_in(provider, &resources).await;
    }
    record.said(&record.gathered().await)
}

async fn said(resources: &[(&str, Value)]) -> Vec<String> {
    said_in(Language::En, resources).await
}

fn has(lines: &[String], start: &str) -> String {
    let found: Vec<&String> = lines.iter().filter(|line| line.starts_with(start)).collect();
    assert_eq!(found.len(), 1, "{start}: {lines:#?}");
    found[0].clone()
}

fn coded(code: &str) -> Value {
    json!({"coding": [{"code": code}]})
}

fn order(name: &str, day: &str, status: &str, dose: &str) -> Value {
    json!({"resourceType": "MedicationRequest", "status": status, "intent": "order", "authoredOn": day,
        "medicationCodeableConcept": {"text": name}, "dosageInstruction": [{"text": dose}]})
}

fn allergy(words: &str, clinical: &str) -> Value {
    json!({"resourceType": "AllergyIntolerance", "code": {"text": words}, "clinicalStatus": coded(clinical)})
}

fn result(name: &str, day: &str, value: &Value) -> Value {
    json!({"resourceType": "Observation", "status": "final", "category": [coded("laboratory")],
        "code": {"text": name}, "effectiveDateTime": day, "valueQuantity": value})
}

const DRUG: &str = "Lorvadine 5 mg oral tablet";

fn medicine(status: &str) -> Value {
    json!({"resourceType": "MedicationRequest", "status": status, "intent": "order",
        "medicationCodeableConcept": {"text": "Warfarin"}, "authoredOn": "2026-03-04"})
}

#[tokio::test]
async fn both_ways_of_taking_a_medicine_are_printed() {
    let lines = said(&[
        ("A", order(DRUG, "2026-05-01", "active", "1 tablet on Monday")),
        ("A", order(DRUG, "2026-05-01", "active", "half a tablet on all other days")),
    ])
    .await;
    let line = has(&lines, DRUG);
    assert!(line.contains("1 tablet on Monday; half a tablet on all other days"), "{line}");
    let lines = said(&[
        ("A", order(DRUG, "2026-05-01", "active", "1 tablet twice a day")),
        ("B", order(DRUG, "2026-05-01", "active", "2 tablets three times a day")),
    ])
    .await;
    let line = has(&lines, &format!("{DRUG} (providers disagree)"));
    assert!(line.contains("1 tablet twice a day (A); 2 tablets three times a day (B)"), "{line}");
}

#[tokio::test]
async fn one_medicine_of_three_providers_is_one_line_with_who_lists_it() {
    let lines = said(&[
        ("A", order("lisinopril 10 mg tablet", "2024-05-01", "active", "1 tablet every day")),
        ("B", order("LISINOPRIL 10 MG PO TABS", "2025-05-01", "active", "Take 1 tablet by mouth daily")),
        ("C", order("Lisinopril 20 mg tablet", "2022-05-01", "stopped", "1 tablet every day")),
    ])
    .await;
    let line = has(&lines, "Lisinopril");
    assert!(line.ends_with("| A B"), "C does not list it: {line}");
    assert!(line.contains("Before: 20 mg"), "{line}");
    assert!(line.contains("May 1, 2022") && line.contains("ordered May 1, 2025, B"), "{line}");
}

#[tokio::test]
async fn a_medicine_ordered_long_ago_says_how_long_ago() {
    let lines = said(&[
        ("A", order("Penicillin G 500 mg", "1964-05-01", "active", "1 tablet every day")),
        ("A", order("Lisinopril 10 mg tablet", "2016-07-02", "active", "1 tablet every day")),
    ])
    .await;
    assert!(has(&lines, "Penicillin").contains("last ordered May 1, 1964, A, 62 years ago"), "{lines:#?}");
    let recent = has(&lines, "Lisinopril");
    assert!(
        recent.contains("ordered July 2, 2016, A") && !recent.contains("ago"),
        "ten years less a day: {recent}"
    );
}

#[tokio::test]
async fn a_code_that_nobody_named_is_no_word() {
    let snomed = |code: &str| json!({"coding": [{"system": "http://snomed.info/sct", "code": code}]});
    let reaction = json!({"manifestation": [snomed("421581006"), snomed("271807003")], "onset": "2008-02-26T08:05:00-06:00"});
    let lines = said(&[(
        "A",
        json!({"resourceType": "AllergyIntolerance", "code": snomed("372665008"), "reaction": [reaction]}),
    )])
    .await;
    let line = has(&lines, "SNOMED CT 372665008 (a code that nobody named");
    assert!(line.contains("code without a name (SNOMED CT 421581006), Rash (February 26, 2008)"), "{line}");
}

#[tokio::test]
async fn providers_that_were_asked_on_one_day_say_it_once() {
    let one = |by| (by, allergy("Latex", "active"));
    let record = Record::new().await;
    for (by, said) in [one("A"), one("B")] {
        record.take_in(by, &[said]).await;
    }
    let document = record.document(&record.gathered().await);
    assert!(document.lead[0].ends_with("All from files added July 1, 2026."), "{:?}", document.lead);
    assert!(document.sources.iter().all(|source| source.as_of.is_empty()));
    let record = Record::new().await;
    record.take_in("A", &[allergy("Latex", "active")]).await;
    let document = record.document(&record.gathered().await);
    assert!(document.sources[0].as_of.contains("July 1, 2026"), "of one provider it stands beside its name");
}

#[tokio::test]
async fn no_known_allergies_is_said_once_and_is_no_allergen() {
    let lines = said(&[
        ("A", allergy("No known allergies", "active")),
        ("A", allergy("No known drug allergies", "active")),
        ("B", allergy("Penicillin G", "active")),
    ])
    .await;
    has(&lines, "No known allergies, says A.");
    assert!(has(&lines, "Penicillins").contains("Penicillin G) (providers disagree)"), "{lines:#?}");
    assert_eq!(lines.iter().filter(|line| line.starts_with("No known")).count(), 1, "{lines:#?}");
    let lines = said(&[("A", allergy("No known allergies", "active"))]).await;
    has(&lines, "No known allergies, says A.");
    assert!(!lines.iter().any(|line| line.contains("allergies (which does not mean")), "{lines:#?}");
    let lines = said_in(Language::Es, &[("A", allergy("No known allergies", "active"))]).await;
    has(&lines, "Sin alergias conocidas, seg\u{fa}n A.");
}

#[tokio::test]
async fn the_most_dangerous_allergy_stands_first_and_what_was_ruled_out_apart() {
    let graver = |words: &str, risk: &str| {
        let mut one = allergy(words, "active");
        one["criticality"] = json!(risk);
        one
    };
    let mut ruled_out = allergy("Peanut", "active");
    ruled_out["verificationStatus"] = coded("refuted");
    let lines =
        said(&[("A", graver("Codeine", "low")), ("A", ruled_out), ("A", graver("Latex", "high"))]).await;
    let at = |start: &str| lines.iter().position(|line| line.starts_with(start)).unwrap();
    assert!(at("Latex | high risk of a serious reaction") < at("Codeine"), "{lines:#?}");
    has(&lines, "Ruled out: Peanut (A)");
}

#[tokio::test]
async fn what_is_older_was_shared_and_what_nobody_shared_is_one_line() {
    let old = json!({"value": 4, "unit": "mmol/L"});
    let lines =
        said(&[("A", result("Potassium", "2019-03-04", &old)), ("A", result("Sodium", "2018-03-04", &old))])
            .await;
    assert!(has(&lines, "Not on this sheet").contains("2 earlier results"), "{lines:#?}");
    let absent =
        has(&lines, "Not shared by any provider: allergies (which does not mean that there are none)");
    assert!(!absent.contains("results") && absent.contains("vaccines"), "{absent}");
    let lines = said(&[("A", order(DRUG, "2020-05-01", "stopped", "one"))]).await;
    has(&lines, "No provider lists as current: medicines.");
}

#[tokio::test]
async fn a_note_a_specimen_and_a_side_are_printed_with_what_was_found() {
    let mut culture = result("Culture", "2026-03-04", &Value::Null);
    culture["note"] = json!([{"text": "Specimen hemolyzed; please recollect."}]);
    culture["specimen"] = json!({"display": "Urine"});
    let lines = said(&[
        ("A", culture),
        (
            "A",
            json!({"resourceType": "Procedure", "status": "completed", "code": {"text": "Arthroscopy"},
            "bodySite": [{"text": "Left knee"}], "performedDateTime": "2026-01-02"}),
        ),
    ])
    .await;
    let line = has(&lines, "Other results");
    assert!(
        line.contains("Culture (Urine): no value sent; Note: Specimen hemolyzed; please recollect."),
        "{line}"
    );
    assert!(has(&lines, "Arthroscopy").contains("Left knee: Jan 2, 2026"), "{lines:#?}");
}

#[tokio::test]
async fn a_saturation_says_with_how_much_oxygen() {
    let lines = said(&[(
        "A",
        json!({"resourceType": "Observation", "status": "final", "category": [coded("vital-signs")],
        "code": {"text": "SpO2"}, "effectiveDateTime": "2026-02-11", "valueQuantity": {"value": 93, "unit": "%"},
        "component": [{"code": {"text": "Oxygen flow"}, "valueQuantity": {"value": 2, "unit": "L/min"}}]}),
    )])
    .await;
    assert!(has(&lines, "SpO2").contains("93% (Oxygen flow 2 L/min)"), "{lines:#?}");
}

#[tokio::test]
async fn what_is_out_of_range_stands_by_itself_with_the_value_before() {
    let potassium = |day: &str, value: f64| {
        let mut one = result("Potassium", day, &json!({"value": value, "unit": "mmol/L"}));
        one["code"]["coding"] = json!([{"system": "http://loinc.org", "code": "2823-3"}]);
        one["referenceRange"] = json!([{"low": {"value": 3.5}, "high": {"value": 5.1}}]);
        one
    };
    let lines = said(&[
        ("A", potassium("2024-02-11", 4.0)),
        ("A", potassium("2025-02-11", 4.4)),
        ("A", potassium("2026-02-11", 5.9)),
        ("A", result("Sodium", "2026-02-11", &json!({"value": 140, "unit": "mmol/L"}))),
    ])
    .await;
    let line = has(&lines, "Potassium");
    assert!(line.contains("5.9 mmol/L  \u{2191} high"), "{line}");
    assert!(line.contains("4.4 mmol/L (February 11, 2025)") && line.contains("3.5"), "{line}");
    assert_eq!(lines.iter().filter(|line| line.contains("Potassium")).count(), 1, "once: {lines:#?}");
    assert!(has(&lines, "Not on this sheet").contains("2 earlier results"), "{lines:#?}");
}

#[tokio::test]
async fn a_paper_that_is_made_while_records_arrive_says_so() {
    let record = Record::new().await;
    record.take_in("A", &[medicine("active")]).await;
    let sheet =
        |kind: &str| json!({"person": record.person, "paper": "letter", "sheet": kind, "printing": null});
    let source = record.app.ask(|store| Ok(store.connections(None)?.remove(0))).await.unwrap();
    for under_way in [crate::app::IMPORTING, source.id.0.as_str()] {
        let (_, running) = record.app.start(under_way).unwrap();
        for kind in ["summary", "medicines"] {
            let view = dispatch(&record.app, "summary", sheet(kind)).await.unwrap();
            assert!(view["warning"].as_str().unwrap().starts_with("Records are still arriving."), "{kind}");
            assert!(view["pages"][0].as_str().unwrap().contains("Made while records were still arriving"));
        }
        drop(running);
        let view = dispatch(&record.app, "summary", sheet("summary")).await.unwrap();
        assert!(view["warning"].is_null() && !view["pages"][0].as_str().unwrap().contains("still arriving"));
    }
}

#[tokio::test]
async fn in_spanish_a_test_has_its_spanish_name_and_the_one_that_was_sent() {
    let mut fasting = result("Glucose, fasting", "2026-02-11", &json!({"value": 145, "unit": "mg/dL"}));
    fasting["code"]["coding"] = json!([{"system": "http://loinc.org", "code": "1558-6"}]);
    let lines = said(&[("A", fasting.clone())]).await;
    assert!(lines.iter().any(|line| line.contains("| Glucose, fasting: 145 mg/dL")), "{lines:#?}");
    let lines = said_in(Language::Es, &[("A", fasting)]).await;
    let both = "Azúcar en la sangre, en ayunas (Glucose, fasting): 145 mg/dL";
    assert!(lines.iter().any(|line| line.contains(both)), "{lines:#?}");
}

#[tokio::test]
async fn a_critical_value_says_which_way() {
    for (flag, words) in
        [("HH", "\u{2191} critical: very high"), ("LL", "\u{2193} critical: very low"), ("AA", "critical")]
    {
        let mut one = result("Potassium", "2026-03-04", &json!({"value": 4, "unit": "mmol/L"}));
        one["interpretation"] = json!([coded(flag)]);
        let lines = said(&[("A", one)]).await;
        assert!(has(&lines, "Potassium").contains(&format!("4 mmol/L  {words} |")), "{lines:#?}");
    }
}

#[tokio::test]
async fn whose_paper_it_is_stands_at_its_head() {
    let person = |born: &str| json!({"resourceType": "Patient", "name": [{"text": "Ida Roe"}], "birthDate": born, "gender": "female"});
    let lines = said(&[("A", person("1988-07-01"))]).await;
    assert_eq!(has(&lines, "Born"), "Born: July 1, 1988");
    assert_eq!(has(&lines, "Sex"), "Sex: female");
    let lines = said(&[("A", person("1988-07-01")), ("B", person("1988-07-02"))]).await;
    assert_eq!(has(&lines, "Born"), "Born: July 1, 1988 (A); July 2, 1988 (B)");
}

#[tokio::test]
async fn a_medicine_on_hold_is_not_printed_as_if_it_were_taken() {
    for (language, words) in [
        (Language::En, "Warfarin (blood thinner, on hold)"),
        (Language::Es, "Warfarina (Warfarin) (anticoagulante o antiagregante, en pausa)"),
    ] {
        has(&said_in(language, &[("A", medicine("on-hold"))]).await, words);
        let taken = said_in(language, &[("A", medicine("active"))]).await;
        assert!(
            !taken.iter().any(|line| line.contains("on hold") || line.contains("en pausa")),
            "{taken:#?}"
        );
    }
}

#[tokio::test]
async fn a_medicine_is_printed_since_it_was_first_ordered() {
    let again = |day: &str| order("Metformin 500 mg tablet", day, "active", "one");
    let before = |day: &str| order("Metformin 500 mg tablet", day, "completed", "one");
    for (orders, since) in [
        (vec![before("2019-03-01"), again("2026-04-01"), before("2022-06-01")], "March 1, 2019"),
        (vec![again("2026-04-01"), before("2019"), before("2019-03-01")], "March 1, 2019"),
        (vec![again("2026-04-01")], "April 1, 2026"),
    ] {
        let orders: Vec<(&str, Value)> = orders.into_iter().map(|one| ("A", one)).collect();
        let line = has(&said(&orders).await, "Metformin");
        assert!(line.contains(&format!("| {since} / ordered April 1, 2026, A")), "{line}");
    }
}

#[tokio::test]
async fn what_was_to_end_is_no_current_medicine_and_is_named_for_a_year() {
    let course = |name: &str, end: &str| {
        json!({"resourceType": "MedicationStatement", "status": "active",
        "medicationCodeableConcept": {"text": name}, "effectivePeriod": {"start": "2024-06-02", "end": end}})
    };
    let lines =
        said(&[("A", course("Amoxicillin", "2024-06-12")), ("A", course("Quorvast", "2026-06-12"))]).await;
    has(&lines, "Still listed, but may be outdated: Quorvast (was to end June 12, 2026; A)");
    assert!(!lines.iter().any(|line| line.contains("Amoxicillin")), "{lines:#?}");
    assert!(has(&lines, "Not on this sheet").contains("1 medicine that is still listed"), "{lines:#?}");
    has(&lines, "No provider lists as current: medicines.");
}

#[tokio::test]
async fn what_is_handed_out_proposed_or_meant_otherwise_says_so() {
    let drug = |kind: &str, status: &str| json!({"resourceType": kind, "status": status, "medicationCodeableConcept": {"text": DRUG}});
    let mut handed = drug("MedicationDispense", "completed");
    handed["whenHandedOver"] = json!("2026-06-01");
    let line = has(&said(&[("A", handed)]).await, DRUG);
    assert!(
        line.starts_with(&format!("{DRUG} (handed out June 1, 2026; nobody says whether it is taken)")),
        "{line}"
    );
    let mut proposed = drug("MedicationRequest", "active");
    proposed["intent"] = json!("option");
    assert!(!said(&[("A", proposed)]).await.iter().any(|line| line.starts_with(DRUG)));
    let mut odd = drug("MedicationStatement", "active");
    odd["effectiveDateTime"] = json!("2026-06-01");
    odd["modifierExtension"] = json!([{"url": "https://example.org/never", "valueBoolean": true}]);
    let lines = said(&[("A", odd)]).await;
    assert!(
        has(&lines, "Still listed, but may be outdated").contains("may change its meaning"),
        "{lines:#?}"
    );
}

#[tokio::test]
async fn what_is_withdrawn_at_the_server_says_so() {
    let record = Record::new().await;
    record.take_in("A", &[allergy("Latex", "active")]).await;
    let mut gathered = record.gathered().await;
    for topic in &mut gathered.topics {
        let mut gone: TopicRow = (**topic).clone();
        for fact in &mut gone.facts {
            let fact = Arc::make_mut(fact);
            fact.row.gone.clone_from(&fact.row.sources);
        }
        *topic = Arc::new(gone);
    }
    has(&record.said(&gathered), "Latex (no longer reported by any provider)");
}

#[tokio::test]
async fn a_date_that_cannot_be_is_marked_and_never_the_latest() {
    let value = |value: i32| json!({"value": value, "unit": "ng/mL"});
    let lines = said(&[
        ("A", result("Ferritin", "2098-03-04", &value(1))),
        ("A", result("Ferritin", "2026-03-04", &value(2))),
        ("A", result("Copper", "2098-03-04", &value(3))),
    ])
    .await;
    assert!(lines.iter().any(|line| line.contains("Ferritin: 2 ng/mL")), "{lines:#?}");
    // Nobody knows of when it is: none of the latest, and counted.
    assert!(!lines.iter().any(|line| line.contains("Copper")), "{lines:#?}");
    assert!(has(&lines, "Not on this sheet").contains("2 earlier results"), "{lines:#?}");
    let person = json!({"resourceType": "Patient", "name": [{"text": "Ida Roe"}], "birthDate": "1988-07-01"});
    let shot = json!({"resourceType": "Immunization", "status": "completed", "vaccineCode": {"text": "Tetanus"},
        "occurrenceDateTime": "1951-02-03"});
    assert!(has(&said(&[("A", person), ("A", shot)]).await, "Tetanus").contains("dated before the birth"));
}

#[tokio::test]
async fn nothing_is_cut_where_the_words_go_on() {
    let long = format!(
        "Reaction to cefazolin {}intubation, but TOLERATES ceftriaxone",
        "with wheezing and ".repeat(12)
    );
    let lines = said(&[("A", allergy(&long, "active"))]).await;
    assert!(lines.iter().any(|line| line.contains("but TOLERATES ceftriaxone")), "{lines:#?}");
}

#[tokio::test]
async fn what_has_no_room_gives_way_and_is_counted_and_what_is_so_never_does() {
    let mut resources: Vec<Value> = (0..90)
        .map(|n| {
            json!({"resourceType": "Encounter", "id": format!("v{n}"), "status": "finished",
                "type": [{"text": format!("Visit number {n}")}], "class": {"code": "AMB"},
                "period": {"start": format!("2025-{:02}-{:02}", n / 28 + 1, n % 28 + 1)}})
        })
        .collect();
    resources.extend((0..60).map(|n| {
        let mut one = order(&format!("Drug{n}azol {n} mg"), "2026-05-01", "active", "one at a time");
        one["id"] = json!(format!("m{n}"));
        one
    }));
    let record = Record::new().await;
    record.take_in("A", &resources).await;
    let gathered = record.gathered().await;
    let words = &record.app.words;
    let sheet = view::sheet(&gathered, words, ThatDay.now(), false, &Printing::default());
    let paper = wholechart_print::Paper::Letter;
    let fonts = Fonts::bundled();
    let whole = wholechart_print::typeset(&sheet.whole(words), paper, &fonts).unwrap().count();
    let fitted = fit::fit(&sheet, words, paper, &fonts, false, words).unwrap();
    let grown = fit::fit(&sheet, words, paper, &fonts, true, words).unwrap();
    assert_eq!((grown.pages.count(), grown.no_room), (whole, None));
    let (pages, no_room) = (fitted.pages, fitted.no_room.unwrap());
    assert!(pages.count() < whole && pages.count() >= 2, "{} of {whole}", pages.count());
    let text = pages.svg().concat();
    for n in 0..60 {
        assert!(text.contains(&format!("Drug{n}azol")), "medicine {n}");
    }
    let shown = (0..90).filter(|n| text.contains(&format!("Visit number {n}<"))).count();
    assert!(text.contains(&format!("{} recent visits", 90 - shown)), "{shown} visits are shown");
    assert!(no_room.contains(&format!("{} recent visits", 90 - shown)), "{no_room}");
    assert!(text.contains("Visit number 89<"), "the newest stay longest");
}

/// A record in which most things are told by two, or twice, and differ in something.
fn much() -> Vec<(usize, Value)> {
    let observation = |value: Value, flag: &str| {
        let mut one = result("Potassium", "2026-02-11T08:00:00-06:00", &value);
        one["code"]["coding"] = json!([{"system": "http://loinc.org", "code": "2823-3"}]);
        one["interpretation"] = json!([coded(flag)]);
        one
    };
    let peanut = |reaction: &str, severity: &str| {
        let mut one = allergy("Peanut", "active");
        one["code"]["coding"] = json!([{"system": "http://snomed.info/sct", "code": "91935009"}]);
        one["reaction"] = json!([{"manifestation": [{"text": reaction}], "severity": severity}]);
        one
    };
    let potassium = json!({"value": 6.9, "unit": "mmol/L"});
    vec![
        (0, order(DRUG, "2026-05-01", "active", "1 tablet on Monday")),
        (0, order(DRUG, "2026-05-01", "active", "half a tablet on all other days")),
        (1, order(DRUG, "2026-05-01", "active", "2 tablets three times a day")),
        (2, order(DRUG, "2025-05-01", "stopped", "1 tablet")),
        (0, order("Quorvast", "2026-05-01", "active", "one")),
        (1, order("Quorvast", "2026-05-01", "active", "two")),
        (0, observation(potassium.clone(), "HH")),
        (1, observation(potassium.clone(), "H")),
        (2, observation(potassium, "N")),
        (0, peanut("Hives", "mild")),
        (1, peanut("Anaphylaxis", "severe")),
        (2, peanut("Itching", "mild")),
        (0, allergy("Latex", "active")),
        (1, allergy("Latex", "inactive")),
        (2, allergy("No known allergies", "active")),
        (
            0,
            json!({"resourceType": "Condition", "code": {"text": "Asthma"}, "clinicalStatus": coded("active"),
            "severity": {"text": "mild"}}),
        ),
        (
            1,
            json!({"resourceType": "Condition", "code": {"text": "Asthma"}, "clinicalStatus": coded("active"),
            "severity": {"text": "severe"}}),
        ),
        (
            0,
            json!({"resourceType": "Patient", "name": [{"text": "Ida Roe"}], "birthDate": "1988-07-01", "gender": "female"}),
        ),
        (
            1,
            json!({"resourceType": "Patient", "name": [{"text": "Ida Roe"}], "birthDate": "1988-07-02", "gender": "female"}),
        ),
        (0, result("Ferritin", "2026-03-04", &json!({"value": 20, "unit": "ng/mL"}))),
        (0, result("Ferritin", "2026-03-04", &json!({"value": 30, "unit": "ng/mL"}))),
    ]
}

#[tokio::test]
async fn the_same_record_says_the_same_whatever_its_order_and_ids() {
    let much = much();
    let mut random = 0x5eed_u64;
    let mut next = || {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        random >> 33
    };
    let mut first: Option<Document> = None;
    for round in 0..20 {
        let record = Record::new().await;
        for (n, provider) in ["A", "B", "C"].into_iter().enumerate() {
            let mut resources: Vec<(u64, Value)> = much
                .iter()
                .filter(|(by, _)| *by == n)
                .map(|(_, resource)| {
                    let mut resource = resource.clone();
                    resource["id"] = json!(format!("{:x}", next()));
                    (next(), resource)
                })
                .collect();
            resources.sort_by_key(|(at, _)| *at);
            let resources: Vec<Value> = resources.into_iter().map(|(_, one)| one).collect();
            record.take_in(provider, &resources).await;
        }
        let document = record.document(&record.gathered().await);
        let known = first.get_or_insert_with(|| document.clone());
        assert_eq!(lines(known), lines(&document), "round {round}");
        let (before, now) = (format!("{known:#?}"), format!("{document:#?}"));
        let differs = before.lines().zip(now.lines()).find(|(before, now)| before != now);
        let frame = |document: &Document| Document { sources: Vec::new(), ..document.clone() };
        assert!(frame(known) == frame(&document), "round {round}: {differs:?}");
    }
    assert!(first.is_some_and(|first| lines(&first).len() > 15));
}

#[tokio::test]
async fn a_combined_vaccine_stands_in_the_row_of_each_disease_and_one_shot_is_one_dose() {
    let record = Record::new().await;
    let shot = |cvx: &str, name: &str, day: &str| {
        json!({"resourceType": "Immunization", "status": "completed", "occurrenceDateTime": day, "vaccineCode": {
            "text": name, "coding": [{"system": "http://hl7.org/fhir/sid/cvx", "code": cvx}]}})
    };
    record
        .take_in(
            "A",
            &[
                shot("94", "MMRV", "2012-05-01"),
                shot("110", "DTaP-Hep B-IPV", "2010-03-05"),
                shot("08", "Hep B, adolescent or pediatric", "2010-01-04"),
                // The same day by another name.
                shot("10", "IPV", "2010-03-05"),
            ],
        )
        .await;
    let (words, person) = (Arc::clone(&record.app.words), record.person.clone());
    let printed = record.app.ask(move |store| {
        let printing = Printing::default();
        let mut on = |_, _| ControlFlow::Continue(());
        kinds::document(SheetKind::Vaccines, store, &words, &person, ThatDay.now(), false, &printing, &mut on)
    });
    let lines = lines(&printed.await.unwrap().0);
    for (start, doses) in [
        ("Hepatitis B", &["Jan 4, 2010", "Mar 5, 2010 (in"][..]),
        ("Polio", &["Mar 5, 2010"]),
        ("Chickenpox", &["May 1, 2012 (in"]),
        ("Measles, mumps and rubella (MMR)", &["May 1, 2012 (in"]),
        ("Tetanus and diphtheria", &["Mar 5, 2010 (in"]),
    ] {
        let line = has(&lines, start);
        let mut rest = line.as_str();
        for dose in doses {
            let at = rest.find(dose).unwrap_or_else(|| panic!("{dose} is not in {line}"));
            rest = &rest[at + dose.len()..];
        }
    }
    let polio = has(&lines, "Polio");
    assert_eq!(polio.matches("2010").count(), 1, "{polio}");
}
