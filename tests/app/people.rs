//! Two people in one record: nothing of one shows in what is asked for the other, whatever is asked.

use std::fs;

use serde_json::{Value, json};
use tempfile::TempDir;
use wholechart_api::COMMANDS;

use crate::person::AtHome;

/// A word that stands in everything of one person, and nowhere else.
const HERS: &str = "Quillfeather";
const HIS: &str = "Zanderbrook";

/// Records of every kind a list has, each with the person's word in it.
fn records(word: &str, born: &str) -> String {
    let subject = json!({"reference": "Patient/p", "display": word});
    let concept = |text: &str| json!({"text": format!("{text} {word}")});
    let resources = [
        json!({"resourceType": "Patient", "id": "p", "name": [{"text": word}], "birthDate": born}),
        json!({"resourceType": "Condition", "id": "c", "subject": subject, "code": concept("Asthma"), "onsetDateTime": "2020-01-02",
            "clinicalStatus": {"coding": [{"code": "active"}]}}),
        json!({"resourceType": "AllergyIntolerance", "id": "a", "patient": subject, "code": concept("Nuts")}),
        json!({"resourceType": "MedicationRequest", "id": "m", "status": "active", "intent": "order", "subject": subject,
            "medicationCodeableConcept": concept("Salbutamol"), "authoredOn": "2024-03-04"}),
        json!({"resourceType": "Immunization", "id": "i", "status": "completed", "patient": subject,
            "vaccineCode": concept("Influenza"), "occurrenceDateTime": "2024-10-01"}),
        json!({"resourceType": "Observation", "id": "o", "status": "final", "subject": subject,
            "code": {"text": format!("Sodium {word}"), "coding": [{"system": "http://loinc.org", "code": "2951-2"}]},
            "effectiveDateTime": "2024-03-04T08:00:00-06:00", "valueQuantity": {"value": 139, "unit": "mmol/L"},
            "category": [{"coding": [{"code": "laboratory"}]}]}),
        json!({"resourceType": "Encounter", "id": "e", "status": "finished", "class": {"code": "AMB"}, "subject": subject,
            "type": [concept("Check-up")], "period": {"start": "2024-03-04", "end": "2024-03-04"}}),
        json!({"resourceType": "DocumentReference", "id": "d", "status": "current", "subject": subject, "type": concept("Letter"),
            "date": "2024-03-05T10:00:00Z",
            "content": [{"attachment": {"contentType": "text/plain", "data": "V29yZHMgb2YgYSBsZXR0ZXIu", "title": word}}]}),
    ];
    let entries: Vec<Value> = resources.iter().map(|resource| json!({"resource": resource})).collect();
    json!({"resourceType": "Bundle", "type": "collection", "entry": entries}).to_string()
}

/// Her record and his in one file, each imported under a label with the person's word in it.
struct Household {
    home: AtHome,
    her: String,
    him: String,
}

impl Household {
    async fn move_in(folder: &TempDir) -> Household {
        let home = AtHome::open(folder.path(), None).await;
        let add =
            |word: &str, born: &str| json!({"name": word, "birthDate": born, "homeZone": "America/Chicago"});
        let mut ids = Vec::new();
        for (word, born) in [(HERS, "1961-03-09"), (HIS, "1959-11-30")] {
            let added = home.ask("savePerson", add(word, born)).await.expect("a person is added");
            let id = added["id"].as_str().expect("an id").to_owned();
            let file = folder.path().join(format!("{word}.json"));
            fs::write(&file, records(word, born)).expect("a file");
            let import = json!({"person": id, "label": format!("Files of {word}"), "release": "r4", "paths": [file], "confirmed": false});
            let taken = home.ask("import", import).await.expect("taken in");
            assert_eq!(taken["entries"], 8, "{taken}");
            ids.push(id);
        }
        let him = ids.pop().expect("two");
        Household { home, her: ids.pop().expect("two"), him }
    }

    async fn rows(&self, person: &str) -> Vec<Value> {
        let filter = json!({"kinds": [], "connections": []});
        let args = json!({"person": person, "filter": filter, "limit": 500});
        let page = self.home.ask("timeline", args).await.expect("a page");
        page["rows"].as_array().expect("rows").clone()
    }

    async fn connection(&self, person: &str) -> String {
        let known = self.home.ask("connections", json!({"person": person})).await.expect("a list");
        known[0]["id"].as_str().expect("an id").to_owned()
    }

    /// Commands that need more than a person.
    fn more(command: &str) -> Value {
        let filter = json!({"kinds": [], "connections": []});
        match command {
            "news" => json!({"skip": 0, "limit": 200}),
            "timeline" => json!({"filter": filter, "limit": 500}),
            "timelineFacets" => json!({"filter": filter}),
            "search" => json!({"text": "a", "limit": 100}),
            "summary" => json!({"paper": "a4"}),
            "cardSetup" => json!({"card": "manual"}),
            "list" => json!({"list": "medicines", "filter": filter, "limit": 500}),
            "tests" => json!({"kind": "result", "limit": 500}),
            "trend" => json!({"kind": "result", "test": "analyte sodium", "limit": 500}),
            _ => json!({}),
        }
    }
}

/// Commands that ask nothing about one person's record, or change it: what each must not do has a test of its own
/// below, or nobody's record is in it.
const ELSEWHERE: &[&str] = &[
    "savePerson",
    "choosePerson",
    "connect",
    "keepApart",
    "moveToTopic",
    "chooseConflict",
    "saveSummaryPdf",
    "savePrinting",
    "saveTrend",
    "saveList",
    // Only what is hers lies in the folder: crates/api/tests/taking_out.rs.
    "takeOut",
    // The record and the provider that a letter names: crates/api/tests/letters.rs.
    "letter",
    "saveLetterPdf",
    "seen",
    "leave",
    "undo",
    "import",
    "previewImport",
    // What a person adds of their own: `what_one_person_added_is_nothing_to_the_other`.
    "ownEntry",
    "saveOwn",
    "deleteOwn",
];

#[tokio::test]
async fn whatever_is_asked_for_one_person_tells_nothing_of_the_other() {
    let folder = TempDir::new().expect("a folder");
    let household = Household::move_in(&folder).await;
    let mut told = 0;
    for (command, args) in COMMANDS {
        if !args.contains(&"person") || by_id(args) || ELSEWHERE.contains(command) {
            continue;
        }
        for (person, own, other) in [(&household.her, HERS, HIS), (&household.him, HIS, HERS)] {
            let mut asked = Household::more(command);
            asked["person"] = json!(person);
            let answer = household.home.ask(command, asked).await;
            let answer = answer.unwrap_or_else(|error| {
                panic!(
                    "{command}: {error} {:?}. Say in Household::more what it needs besides a person.",
                    error.details
                )
            });
            let text = answer.to_string();
            assert!(!text.contains(other), "{command} for {own} tells of {other}: {text}");
            told += usize::from(text.contains(own));
        }
    }
    assert!(told >= 8, "only {told} answers told anything at all");
}

#[tokio::test]
async fn a_record_of_one_person_names_nobody_else() {
    let folder = TempDir::new().expect("a folder");
    let household = Household::move_in(&folder).await;
    for (person, own, other) in [(&household.her, HERS, HIS), (&household.him, HIS, HERS)] {
        let rows = household.rows(person).await;
        assert!(rows.len() >= 6, "{rows:?}");
        for row in rows {
            let page = household
                .home
                .ask("fact", json!({"person": person, "fact": row["id"]}))
                .await
                .expect("a page");
            let text = page.to_string();
            assert!(text.contains(own) && !text.contains(other), "{text}");
            for source in page["sources"].as_array().expect("sources") {
                let raw = json!({"person": person, "version": source["versions"][0]["id"]});
                let raw = household.home.ask("raw", raw).await.expect("the bytes").to_string();
                assert!(raw.contains(own) && !raw.contains(other), "{raw}");
            }
        }
        let ledger = json!({"person": person, "connection": household.connection(person).await});
        let ledger = household.home.ask("ledger", ledger).await.expect("a ledger").to_string();
        assert!(!ledger.contains(other), "{ledger}");
    }
}

#[tokio::test]
async fn one_persons_things_cannot_be_reached_by_asking_for_the_other() {
    let folder = TempDir::new().expect("a folder");
    let household = Household::move_in(&folder).await;
    let (hers, his) = (household.rows(&household.her).await, household.rows(&household.him).await);
    let his_connection = household.connection(&household.him).await;

    // His provider as a filter of her timeline lets nothing through.
    let filter = json!({"kinds": [], "connections": [his_connection]});
    let args = json!({"person": household.her, "filter": filter, "limit": 500});
    let page = household.home.ask("timeline", args).await.expect("a page");
    assert_eq!(page["total"], 0);

    // Her record and his are never joined, and neither is taken from the other.
    let join = json!({"person": household.her, "fact": hers[0]["id"], "other": his[0]["id"]});
    assert!(household.home.ask("joinFacts", join).await.is_err(), "joined over two people");
    let split = json!({"person": household.her, "fact": hers[0]["id"], "connection": his_connection, "resource": "Condition/c"});
    assert!(household.home.ask("splitSource", split).await.is_err(), "taken out of another one's record");

    // Signing in to his connection for her is refused before any browser opens.
    let target = json!({"is": "again", "connection": his_connection});
    let connect = json!({"attempt": "x", "person": household.her, "target": target});
    assert!(household.home.ask("connect", connect).await.is_err(), "signed in for the wrong person");

    assert_eq!(household.rows(&household.her).await, hers);
    assert_eq!(household.rows(&household.him).await, his);
}

#[tokio::test]
async fn what_one_person_added_is_nothing_to_the_other() {
    let folder = TempDir::new().expect("a folder");
    let household = Household::move_in(&folder).await;
    let entry = json!({"is": "medicine", "name": "metoprolol 25 mg", "how": HIS, "reason": null, "since": "2024-03",
        "stopped": false, "until": null, "note": null});
    let save =
        |person: &str, resource: Value| json!({"person": person, "resource": resource, "entry": entry});
    household.home.ask("saveOwn", save(&household.him, Value::Null)).await.expect("added");
    let hers = household.rows(&household.her).await;
    let his = household.rows(&household.him).await;
    let added =
        his.iter().find(|row| row["title"].as_str().is_some_and(|title| title.contains("metoprolol")));
    let page = json!({"person": household.him, "fact": added.expect("his medicine")["id"]});
    let page = household.home.ask("fact", page).await.expect("his page");
    let resource = &page["sources"][0]["resource"];
    let asked = json!({"person": household.him, "resource": resource});
    household.home.ask("ownEntry", asked).await.expect("what he said");

    let asked = json!({"person": household.her, "resource": resource});
    for (command, args) in [
        ("ownEntry", asked.clone()),
        ("deleteOwn", asked),
        ("saveOwn", save(&household.her, resource.clone())),
    ] {
        let refused = household.home.ask(command, args).await;
        let refused = refused.expect_err(&format!("{command} reaches what he added for her"));
        assert!(!refused.to_string().contains(HIS), "{command}: {refused}");
    }
    assert_eq!(household.rows(&household.her).await, hers);
    assert_eq!(household.rows(&household.him).await, his);
}

/// Whether the command names one thing of a person's by its id.
fn by_id(args: &[&str]) -> bool {
    ["connection", "fact", "version", "import"].iter().any(|id| args.contains(id))
}

/// Commands that take a connection's id for whoever it belongs to: what is due is fetched for everybody, whoever is
/// shown, and stopping that tells nothing. Each answers with what its own caller asked for.
const FOR_EVERYBODY: &[&str] = &["sync", "cancelSync"];

#[tokio::test]
async fn no_id_opens_what_is_another_persons() {
    let folder = TempDir::new().expect("a folder");
    let household = Household::move_in(&folder).await;
    let his = household.rows(&household.him).await;
    let letter = his.iter().find(|row| row["kind"] == "document").expect("a letter");
    let page = json!({"person": household.him, "fact": letter["id"]});
    let page = household.home.ask("fact", page).await.expect("his page");
    let files = json!({"person": household.him, "fact": letter["id"]});
    let files = household.home.ask("files", files).await.expect("his files");
    let imports = household.home.ask("imports", json!({"person": household.him})).await.expect("his imports");
    let args = json!({
        "import": imports[0]["id"],
        "connection": household.connection(&household.him).await,
        "fact": letter["id"],
        "other": his[0]["id"],
        "version": page["sources"][0]["versions"][0]["id"],
        "file": files[0]["id"],
        "resource": page["sources"][0]["resource"],
        "text": "mine",
        "results": [],
        "whose": "Patient/somebody",
        "keepRecords": false,
    });
    assert!(args["file"].is_string() && args["version"].is_number(), "{args}");
    let mut asked = Vec::new();
    for (command, names) in COMMANDS {
        if !by_id(names) || FOR_EVERYBODY.contains(command) {
            continue;
        }
        let mut hers = args.clone();
        hers["person"] = json!(household.her);
        let refused = household.home.ask(command, hers).await;
        let refused = refused.expect_err(&format!("{command} opens his record for her"));
        assert_eq!(refused.message, "It is not there any more.", "{command} {refused:?}");
        assert!(!refused.to_string().contains(HIS), "{command}: {refused}");
        asked.push(*command);
    }
    assert!(args["import"].is_number() && asked.contains(&"undoImport"), "{asked:?}");
    assert!(asked.contains(&"fact") && asked.contains(&"disconnect") && asked.len() >= 14, "{asked:?}");
    assert_eq!(household.rows(&household.him).await, his, "and nothing of his was changed");
}

#[tokio::test]
async fn the_record_that_was_shown_last_is_shown_again_and_names_tell_people_apart() {
    let folder = TempDir::new().expect("a folder");
    let household = Household::move_in(&folder).await;
    let state = household.home.ask("choosePerson", json!({"person": household.him})).await.expect("chosen");
    assert_eq!(state["person"], json!(household.him));
    let refused = household.home.ask("choosePerson", json!({"person": "nobody"})).await;
    assert!(refused.is_err());
    let again = household.home.ask("appState", json!({})).await.expect("a state");
    assert_eq!(again["person"], json!(household.him), "remembered");

    let people = again["persons"].as_array().expect("people").clone();
    let mut colours: Vec<&Value> = people.iter().map(|person| &person["colour"]).collect();
    colours.dedup();
    assert_eq!(colours.len(), people.len(), "each has a colour of their own: {people:?}");

    let twice = json!({"name": format!("  {} ", HERS.to_uppercase()), "homeZone": "America/Chicago"});
    let refused = household.home.ask("savePerson", twice).await.expect_err("two people with one name");
    assert!(refused.message.contains("already here"), "{refused}");
    let renamed = json!({"id": household.her, "name": "Ada Vance", "homeZone": "America/Chicago"});
    let renamed = household.home.ask("savePerson", renamed).await.expect("renamed");
    let before = people.iter().find(|person| person["id"] == json!(household.her)).expect("her");
    assert_eq!((&renamed["name"], &renamed["colour"]), (&json!("Ada Vance"), &before["colour"]));
    let unknown = json!({"id": "nobody", "name": "Ghost", "homeZone": "America/Chicago"});
    assert!(household.home.ask("savePerson", unknown).await.is_err(), "nobody is made up");
}
