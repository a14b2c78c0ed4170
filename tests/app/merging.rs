//! The sample person, told by three providers: what became one line, what was asked, what is to be asked about.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use serde_json::{Value, json};
use tempfile::TempDir;
use wholechart_sandbox::SAMPLE_SEED;

use crate::person::{AtHome, sandbox};

/// Provider, type and id of an entry.
type Told = (String, String, String);

async fn facts(home: &AtHome) -> Vec<Value> {
    let found = Arc::new(Mutex::new(Vec::new()));
    let into = Arc::clone(&found);
    let each = move |fact| into.lock().unwrap_or_else(PoisonError::into_inner).push(fact);
    home.app.facts(None, each).await.expect("the facts can be listed");
    std::mem::take(&mut *found.lock().unwrap_or_else(PoisonError::into_inner))
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn the_sample_persons_facts_are_those_of_the_truth() {
    let folder = TempDir::new().expect("a folder");
    let providers = sandbox(SAMPLE_SEED, None).await;
    let home = AtHome::open(folder.path(), Some(&providers)).await;
    let mut names = BTreeMap::new();
    for id in ["lakeside", "summit", "harbor"] {
        let connection = home.connect(id).await.expect("connected");
        home.ask("sync", json!({"connection": connection["id"]})).await.expect("read to the end");
        names.insert(id, text(&connection["name"]));
    }

    // No join made without asking is wrong.
    let mut truth: BTreeMap<Told, usize> = BTreeMap::new();
    for (n, fact) in providers.story().truth().iter().enumerate() {
        for told in &fact.members {
            // Not everybody is connected here.
            let Some(name) = names.get(told.provider) else { continue };
            truth.insert((name.clone(), told.resource_type.clone(), told.id.clone()), n);
        }
    }
    let facts = facts(&home).await;
    let (mut pairs, mut joined) = (0, 0);
    for fact in &facts {
        let members = fact["members"].as_array().expect("members");
        let of: Vec<Option<&usize>> = members
            .iter()
            .map(|one| truth.get(&(text(&one["connection"]), text(&one["type"]), text(&one["id"]))))
            .collect();
        let distinct: BTreeSet<_> = of.iter().flatten().collect();
        assert!(distinct.len() <= 1, "two things in one: {}", fact["title"]);
        joined += of.len() * of.len().saturating_sub(1) / 2;
        if members.len() > 1 {
            assert!(
                !fact["joins"].as_array().expect("joins").is_empty(),
                "without a reason: {}",
                fact["title"]
            );
        }
    }
    let mut sizes: BTreeMap<usize, usize> = BTreeMap::new();
    for n in truth.values() {
        *sizes.entry(*n).or_default() += 1;
    }
    pairs += sizes.values().map(|size| size * (size - 1) / 2).sum::<usize>();
    let person = json!({"person": home.person});
    println!("{} facts; {joined} of {pairs} pairs joined", facts.len());

    // What they disagree about, with who says it.
    let conflicts = home.ask("conflicts", person.clone()).await.expect("conflicts");
    let conflicts = conflicts.as_array().expect("a list");
    let about = |about: &str, title: &str| {
        conflicts
            .iter()
            .find(|one| one["about"] == about && one["titles"].to_string().to_lowercase().contains(title))
            .unwrap_or_else(|| panic!("{about} of {title} is not among {conflicts:#?}"))
    };
    let stopped = about("status", "lisinopril");
    let said = stopped["statements"].to_string();
    assert!(
        said.contains("stopped") && said.contains(&names["summit"]) && said.contains(&names["harbor"]),
        "{said}"
    );
    let sulfa = about("allergy-not-listed", "sulfa")["statements"].to_string();
    assert!(sulfa.contains("does not list it"), "{sulfa}");
    about("dose", "atorvastatin");
    let waiting = home.ask("asks", person.clone()).await.expect("how much waits");
    assert_eq!(waiting, json!({"conflicts": conflicts.len()}));

    // A wish is kept.
    let id = &stopped["id"];
    home.ask("chooseConflict", json!({"person": home.person, "conflict": id, "wish": "ask"}))
        .await
        .expect("chosen");
    let again = home.ask("conflicts", person.clone()).await.expect("conflicts");
    let asked: Vec<&Value> =
        again.as_array().expect("a list").iter().filter(|one| one["wish"] == "ask").collect();
    assert_eq!(asked.len(), 1);
    let waiting = home.ask("asks", person.clone()).await.expect("how much waits");
    assert_eq!(waiting["conflicts"], conflicts.len() - 1, "what was decided about waits no longer");

    // What is probably one is two facts, shown with each other; who keeps them apart can take that back.
    let mut likely = 0;
    for fact in &facts {
        let page = json!({"person": home.person, "fact": fact["id"]});
        let beside = home.ask("fact", page.clone()).await.expect("a page")["likely"].clone();
        let Some(other) = beside.as_array().and_then(|beside| beside.first()) else { continue };
        let apart = json!({"person": home.person, "fact": fact["id"], "other": other["row"]["id"]});
        let decided = home.ask("keepApart", apart).await.expect("kept apart");
        let now = home.ask("fact", page.clone()).await.expect("a page");
        let still: Vec<&Value> = now["likely"]
            .as_array()
            .expect("a list")
            .iter()
            .filter(|one| one["row"]["id"] == other["row"]["id"])
            .collect();
        assert!(still.is_empty(), "{} and {still:?}", fact["title"]);
        home.ask("undo", json!({"person": home.person, "undo": decided["undo"]})).await.expect("undone");
        assert_eq!(home.ask("fact", page).await.expect("a page")["likely"], beside);
        likely += 1;
    }
    assert!(likely > 0, "nothing is likely");
    providers.stop().await;
}

/// Lists of what happened or is so; a document is a document of its own.
const LISTS: [&str; 6] = ["medicines", "problems", "allergies", "vaccines", "visits", "procedures"];

async fn lines(home: &AtHome) -> BTreeMap<&'static str, u64> {
    let mut lines = BTreeMap::new();
    for list in LISTS {
        let args = json!({"person": home.person, "list": list, "filter": {}, "limit": 500});
        let page = home.ask("list", args).await.expect("a list");
        lines.insert(list, page["rows"].as_array().expect("rows").len() as u64);
    }
    for kind in ["result", "vital"] {
        let args = json!({"person": home.person, "kind": kind, "limit": 500});
        let tests = home.ask("tests", args).await.expect("tests")["tests"].clone();
        let values = tests.as_array().expect("tests").iter();
        lines.insert(kind, values.map(|test| test["count"].as_u64().expect("a count")).sum());
    }
    lines
}

#[tokio::test]
async fn a_providers_c_cda_document_adds_no_line_to_what_its_server_tells() {
    let folder = TempDir::new().expect("a folder");
    let providers = sandbox(SAMPLE_SEED, None).await;
    let home = AtHome::open(folder.path(), Some(&providers)).await;
    let twins = ["lakeside", "summit"];
    for id in twins {
        let connection = home.connect(id).await.expect("connected");
        home.ask("sync", json!({"connection": connection["id"]})).await.expect("read to the end");
    }
    let before = lines(&home).await;
    assert!(before.values().all(|count| *count > 0), "{before:?}");

    for id in twins {
        let document = providers.story().clinical_document(id).expect("a summary");
        let statements = document.matches("<entry>").count();
        assert!(statements > 50, "{id}: {statements}");
        let file = folder.path().join(format!("{id}.xml"));
        std::fs::write(&file, document).expect("a file");
        let import = json!({"person": home.person, "label": format!("{id} download"), "release": null,
            "paths": [file], "confirmed": true});
        let report = home.ask("import", import).await.expect("taken in");
        assert_eq!((&report["unreadable"], &report["setAside"]), (&json!([]), &json!([])), "{id}");
        // Whose it is, and the document itself.
        assert_eq!(report["entries"], statements + 2, "{id}: {report}");
    }

    let is_of_document = |member: &Value| text(&member["connection"]).ends_with(" download");
    let alone: Vec<String> = facts(&home)
        .await
        .iter()
        .filter(|fact| fact["kind"] != "document")
        .filter(|fact| fact["members"].as_array().expect("members").iter().all(is_of_document))
        .map(|fact| format!("{}: {} {} {}", fact["kind"], fact["title"], fact["date"], fact["value"]))
        .collect();
    assert!(alone.is_empty(), "told twice, shown as two: {alone:#?}");
    assert_eq!(lines(&home).await, before);
    providers.stop().await;
}
