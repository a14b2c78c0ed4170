//! What is so now is decided once: over people nobody here made up, the first page, the lists, the terminal and the topics tell the
//! same current things.

use std::{collections::BTreeSet, sync::Arc};

use serde_json::{Value, json};
use wholechart_api::{App, dispatch};

use crate::{
    corpus::{files, record, resources},
    corpus_dir::corpus,
};

/// Lists of topics with their kinds, and what the first page shows of them.
const LISTS: &[(&str, &str, Option<&str>)] = &[
    ("medicines", "medicine", Some("medicines")),
    ("problems", "problem", Some("problems")),
    ("allergies", "allergy", Some("allergies")),
    ("vaccines", "vaccine", None),
    ("procedures", "procedure", None),
];

async fn ask(app: &Arc<App>, command: &str, args: Value) -> Value {
    dispatch(app, command, args).await.unwrap_or_else(|why| panic!("{command}: {why:?}"))
}

fn texts(of: &Value, each: impl Fn(&Value) -> Option<&str>) -> BTreeSet<String> {
    of.as_array().expect("a list").iter().filter_map(each).map(ToOwned::to_owned).collect()
}

/// Everything that one person's record says of what is so now; what differs, in words.
async fn differences(app: &Arc<App>, person: &Value) -> (usize, Vec<String>) {
    let topics = ask(app, "topics", json!({"person": person, "kind": null})).await;
    let home = ask(app, "home", json!({"person": person})).await;
    let (mut seen, mut wrong) = (0, Vec::new());
    for (list, kind, part) in LISTS {
        let current: BTreeSet<String> = texts(&topics, |topic| {
            (topic["kind"] == *kind && topic["standing"] == "current").then(|| topic["name"].as_str())?
        });
        seen += current.len();
        let args = json!({"person": person, "list": list, "filter": {}, "limit": 500});
        let page = ask(app, "list", args).await;
        let listed = texts(&page["rows"], |row| {
            let stands = row["standing"] == "current";
            stands.then(|| row["topic"]["name"].as_str())?
        });
        if page["next"].is_null() && listed != current {
            wrong.push(format!("{list}: {listed:?} and not {current:?}"));
        }
        let facts: BTreeSet<String> = texts(&page["rows"], |row| row["row"]["id"].as_str());
        let under: Vec<&str> = topics
            .as_array()
            .expect("topics")
            .iter()
            .filter(|topic| topic["kind"] == *kind)
            .flat_map(|topic| topic["facts"].as_array().expect("facts"))
            .filter_map(|fact| fact["id"].as_str())
            .collect();
        let once: BTreeSet<String> = under.iter().map(|id| (*id).to_owned()).collect();
        if once.len() != under.len() || page["next"].is_null() && once != facts {
            wrong.push(format!("{list}: a fact is under no topic, or under two"));
        }
        let Some(part) = part else { continue };
        let shown = texts(&home[part], |line| line["row"]["title"].as_str());
        let said_none = current.is_empty() && *kind == "allergy";
        if !said_none && !shown.is_subset(&current) {
            wrong.push(format!("{part} on the first page: {shown:?} and not of {current:?}"));
        }
        // A dozen of each are read at a glance.
        if shown.len() < current.len().min(12) && *kind != "allergy" {
            wrong.push(format!("{part} on the first page lacks some of {current:?}: {shown:?}"));
        }
    }
    // What providers disagree about is marked where it is read, and is not over as long as anybody lists it.
    let conflicts = ask(app, "conflicts", json!({"person": person})).await;
    for conflict in conflicts.as_array().expect("conflicts") {
        for fact in conflict["statements"].as_array().expect("statements").iter().map(|said| &said["fact"]) {
            let holds = |topic: &&Value| {
                topic["facts"].as_array().is_some_and(|facts| facts.iter().any(|one| one["id"] == *fact))
            };
            let Some(topic) = topics.as_array().expect("topics").iter().find(holds) else { continue };
            if topic["disagreement"].is_null() {
                wrong.push(format!(
                    "{}: nobody is told that {} is disputed",
                    topic["name"], conflict["sentence"]
                ));
            }
            let goes_on = ["status", "dose", "dosing", "allergy-not-listed"]
                .contains(&conflict["about"].as_str().unwrap_or_default());
            if goes_on
                && ["past", "ruled-out", "not-so"].contains(&topic["standing"].as_str().unwrap_or_default())
            {
                wrong.push(format!("{} is over, and {}", topic["name"], conflict["sentence"]));
            }
        }
    }
    (seen, wrong)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_so_now_is_the_same_everywhere() {
    let Some(corpus) = corpus() else { return };
    let folder = tempfile::tempdir().unwrap();
    let (app, _) = record(folder.path(), "America/New_York").await;
    let (mut people, mut current, mut wrong) = (0, 0, Vec::new());
    for file in files(&corpus) {
        let Ok(text) = std::fs::read_to_string(&file) else { continue };
        let mut inside = Vec::new();
        resources(&text, &mut inside);
        let patients = inside.iter().filter(|(of_type, ..)| of_type == "Patient").count();
        if patients != 1 || inside.len() < 20 {
            continue;
        }
        people += 1;
        let name = format!("Person {people}");
        let save = json!({"id": null, "name": name, "birthDate": null, "homeZone": "America/New_York"});
        let person = ask(&app, "savePerson", save).await["id"].clone();
        let import =
            json!({"person": person, "label": "Files", "release": null, "paths": [file], "confirmed": true});
        ask(&app, "import", import).await;
        let (seen, differ) = differences(&app, &person).await;
        current += seen;
        wrong.extend(differ.into_iter().map(|why| format!("{}: {why}", file.display())));
    }
    assert!(people >= 20 && current > 100, "{people} people with {current} current things");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
