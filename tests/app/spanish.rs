//! What the commands say in Spanish over the sample person's record: what senders wrote is marked and cut out, and what is
//! left must be something that the Spanish catalogue can say. The window's own words are looked at in
//! `tests/e2e/in_a_real_window/spanish.rs`.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use tempfile::TempDir;
use wholechart_sandbox::SAMPLE_SEED;
use wholechart_words::Language;

use crate::person::{AtHome, NAME, sandbox};
use crate::sayable::{LeftOver, Sayable, cut};

/// Members of answers that are no words: numbers of rows, names of kinds and states, days as keys, addresses, files.
const NOT_WORDS: &[&str] = &[
    "id",
    "fact",
    "kind",
    "kinds",
    "day",
    "key",
    "keys",
    "connection",
    "sources",
    "next",
    "status",
    "flag",
    "state",
    "standing",
    "colour",
    "resource",
    "resources",
    "rule",
    "release",
    "releases",
    "hosts",
    "host",
    "zone",
    "homeZone",
    "systemZone",
    "card",
    "mark",
    "marks",
    "portal",
    "site",
    "url",
    "svg",
    "pages",
    "undo",
    "test",
    "lastSync",
    "last",
    "fetched",
    "tests",
    "icon",
    "language",
    "systemLanguage",
    "theme",
    "profile",
    "version",
    "birthDate",
    "unit",
    "panel",
    "is",
    "questions",
    "details",
    "code",
    "person",
    "wish",
    "columns",
    "list",
    "years",
    "narrative",
    "clientId",
    "profileName",
    "comparator",
    "group",
    "topic",
    "instead",
    "file",
    "html",
    "data",
    "visit",
    "about",
    "clock",
    "dateOrder",
    "systemClock",
    "systemDateOrder",
    "paper",
    "points",
];

/// Names that are the same in every language.
const NAMES: &[&str] = &[
    NAME,
    "Pharmacy",
    "Lakeside Family Medicine",
    "Summit General Hospital",
    "Harbor Heart Clinic",
    "Wholechart",
];

/// The sample person's record, in Spanish, with every sender's words marked.
async fn at_home(folder: &TempDir) -> (AtHome, wholechart_sandbox::Sandbox) {
    let providers = sandbox(SAMPLE_SEED, None).await;
    let home = AtHome::open(folder.path(), Some(&providers)).await;
    home.app.words().speak(Language::Es);
    home.app.words().mark_sent();
    for name in ["Lakeside", "Summit", "Harbor"] {
        let connection = home.connect(name).await.expect("connected");
        home.ask("sync", json!({"connection": connection["id"]})).await.expect("read to the end");
    }
    // The sample's providers write their directions themselves; here it is ours to say them.
    let file = folder.path().join("directions.json");
    std::fs::write(&file, directions().to_string()).expect("a file");
    let import = json!({"person": home.person, "label": "Pharmacy", "release": "r4", "paths": [file], "confirmed": true});
    home.ask("import", import).await.expect("taken in");
    (home, providers)
}

/// A medicine whose directions are figures and codes.
fn directions() -> Value {
    json!({"resourceType": "MedicationRequest", "id": "directions", "status": "active", "intent": "order",
    "authoredOn": "2026-05-04", "subject": {"reference": "Patient/p"},
    "medicationCodeableConcept": {"text": "Rizatriptan 10 mg"},
    "dosageInstruction": [{
        "asNeededBoolean": true,
        "doseAndRate": [{"doseQuantity": {"value": 1, "unit": "tablet"}}],
        "timing": {"repeat": {"frequency": 2, "period": 1, "periodUnit": "d", "when": ["HS"]}},
        "maxDosePerPeriod": {"numerator": {"value": 20, "unit": "mg"}, "denominator": {"value": 1, "unit": "d"}}}]})
}

/// Everything that is shown of the record, by the command that says it.
async fn answers(home: &AtHome) -> Vec<(String, Value)> {
    let mut said = Vec::new();
    let mut ask = async |command: &str, place: &str, mut args: Value| -> Value {
        args["person"] = json!(home.person);
        let answer = home.ask(command, args).await.unwrap_or_else(|why| panic!("{command}: {why:?}"));
        said.push((place.to_owned(), answer.clone()));
        answer
    };
    for command in ["home", "asks", "conflicts", "contacts", "connections", "settings"] {
        ask(command, command, json!({})).await;
    }
    ask("timelineFacets", "facets", json!({"filter": {}})).await;
    ask("summary", "summary", json!({"paper": "letter"})).await;
    for list in [
        "medicines",
        "problems",
        "allergies",
        "vaccines",
        "visits",
        "procedures",
        "plans",
        "team",
        "family",
        "documents",
        "insurance",
    ] {
        ask("list", list, json!({"list": list, "filter": {}, "limit": 100})).await;
    }
    let connections = ask("connections", "providers", json!({})).await;
    for one in connections.as_array().expect("a list") {
        ask("ledger", "ledger", json!({"connection": one["id"]})).await;
    }
    for kind in ["result", "vital"] {
        let tests = ask("tests", "tests", json!({"kind": kind, "limit": 100})).await;
        for test in tests["tests"].as_array().expect("tests") {
            ask("trend", "trend", json!({"kind": kind, "test": test["test"], "limit": 50})).await;
        }
    }
    let mut cursor = Value::Null;
    loop {
        let page = ask("timeline", "timeline", json!({"filter": {}, "cursor": cursor, "limit": 200})).await;
        for row in page["rows"].as_array().expect("rows") {
            let fact = ask("fact", &format!("record of {}", row["kind"]), json!({"fact": row["id"]})).await;
            assert!(fact["sources"].is_array(), "{fact}");
        }
        cursor = page["next"].clone();
        if cursor.is_null() {
            return said;
        }
    }
}

/// Every text of an answer that is words, with the member that it stands in.
fn texts<'v>(member: &'v str, value: &'v Value, each: &mut dyn FnMut(&str, &'v str)) {
    match value {
        Value::String(text) => each(member, text),
        Value::Array(all) => all.iter().for_each(|one| texts(member, one, each)),
        Value::Object(members) => {
            for (name, one) in members.iter().filter(|(name, _)| !NOT_WORDS.contains(&name.as_str())) {
                texts(name, one, each);
            }
        }
        _ => {}
    }
}

/// Every text without senders' words, once, with the first place that says it.
fn said(answers: &[(String, Value)]) -> BTreeMap<String, String> {
    let mut said = BTreeMap::new();
    for (place, answer) in answers {
        texts("", answer, &mut |member, text| {
            said.entry(cut(text)).or_insert_with(|| format!("{place}, {member}"));
        });
    }
    said
}

fn left_over(sayable: &Sayable, said: &BTreeMap<String, String>) -> LeftOver {
    let mut left = LeftOver::default();
    for (text, place) in said.iter().filter(|(text, _)| !sayable.says(text)) {
        left.note(place, text);
    }
    left
}

/// The catalogue without some messages.
fn catalogue(left_out: &[&str]) -> Sayable {
    let mut sayable = Sayable::of(Language::Es, left_out);
    sayable.know(NAMES);
    sayable
}

#[tokio::test(flavor = "multi_thread")]
async fn every_word_of_the_record_in_spanish_is_the_catalogues_or_the_senders() {
    let folder = TempDir::new().expect("a folder");
    let (home, providers) = at_home(&folder).await;
    let spanish = answers(&home).await;
    let spanish = said(&spanish);
    assert!(spanish.len() > 500, "only {} texts were looked at", spanish.len());
    let left = left_over(&catalogue(&[]), &spanish).told();
    assert!(left.is_none(), "not what the Spanish catalogue can say:\n{}", left.unwrap_or_default());

    // A word that is not in the catalogue is missed wherever it is said: of a dosage, of a date.
    for word in ["dosage-as-needed", "date-today"] {
        let left = left_over(&catalogue(&[word]), &spanish);
        assert!(left.told().is_some(), "nobody misses {word}");
    }

    home.app.words().speak(Language::En);
    let english = answers(&home).await;
    let left = left_over(&catalogue(&[]), &said(&english)).told().unwrap_or_default();
    assert!(left.lines().count() > 100, "English passes for Spanish; only this is noticed:\n{left}");
    drop(home);
    providers.stop().await;
}
