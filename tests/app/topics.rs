//! The sample person's record as one record: what it is about, and what is so now.

use serde_json::{Value, json};
use tempfile::TempDir;
use wholechart_sandbox::SAMPLE_SEED;

use crate::person::{AtHome, sandbox};

/// Names of the topics of a kind that stand so.
fn names(topics: &[Value], kind: &str, standing: &str) -> Vec<String> {
    let of = topics.iter().filter(|one| one["kind"] == kind && one["standing"] == standing);
    of.map(|one| one["name"].as_str().unwrap_or_default().to_owned()).collect()
}

async fn topics(home: &AtHome) -> Vec<Value> {
    let found = home.ask("topics", json!({"person": home.person, "kind": null})).await.expect("topics");
    found.as_array().expect("a list").clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sample_person_is_one_record() {
    let folder = TempDir::new().expect("a folder");
    let providers = sandbox(SAMPLE_SEED, None).await;
    let home = AtHome::open(folder.path(), Some(&providers)).await;
    for name in ["Lakeside", "Summit", "Harbor"] {
        let connection = home.connect(name).await.expect("connected");
        home.ask("sync", json!({"connection": connection["id"]})).await.expect("read to the end");
    }
    let all = topics(&home).await;
    let current = names(&all, "medicine", "current");
    assert_eq!(current, ["Atorvastatin", "Lisinopril", "Loratadine", "Losartan", "Metformin", "Metoprolol"]);
    assert_eq!(names(&all, "allergy", "current"), ["Penicillins", "Sulfa antibiotics", "Codeine", "Latex"]);
    assert_eq!(names(&all, "allergy", "ruled-out"), ["Peanut"]);
    let problems = names(&all, "problem", "current");
    for once in ["Type 2 diabetes", "High blood pressure", "High cholesterol"] {
        assert_eq!(problems.iter().filter(|name| *name == once).count(), 1, "{once}: {problems:?}");
    }
    assert!(names(&all, "problem", "past").contains(&"Gestational diabetes".to_owned()));
    let named = |name: &str| all.iter().find(|one| one["name"] == name).unwrap_or_else(|| panic!("{name}"));
    assert_eq!(named("Appendix removal")["times"], 1, "two tellers, one a year and one a day");
    let flu = named("Flu (influenza)");
    assert!(flu["times"].as_u64().is_some_and(|times| times > 10), "{flu}");
    assert!(flu["text"].as_str().is_some_and(|days| days.starts_with("October 16, 2025; October 23, 2024")));
    // Lisinopril was stopped by one and is listed by two; atorvastatin is taken in two strengths.
    for disputed in ["Lisinopril", "Atorvastatin"] {
        assert_eq!(named(disputed)["disagreement"], "providers disagree", "{disputed}");
    }

    // The first page and the lists say the same.
    let whose = json!({"person": home.person});
    let first = home.ask("home", whose).await.expect("the first page");
    let titles = |of: &Value| -> Vec<String> {
        let lines = of.as_array().expect("lines").iter();
        lines.map(|one| one["row"]["title"].as_str().unwrap_or_default().to_owned()).collect()
    };
    assert_eq!(titles(&first["medicines"]), current);
    assert_eq!(titles(&first["allergies"]), names(&all, "allergy", "current"));
    // A heading is an ingredient: how much of it is said with how it is taken, and so is what they disagree about.
    let taken = |name: &str| {
        let mut lines = first["medicines"].as_array().expect("lines").iter();
        lines.find(|one| one["row"]["title"] == name).unwrap_or_else(|| panic!("{name}"))
    };
    let atorvastatin = taken("Atorvastatin");
    assert_eq!(atorvastatin["beside"], "40 mg = 1 tab, Oral, Bedtime; 20 mg: 1 tablet at bedtime");
    let told = |one: &Value| one["told"].as_array().expect("sentences").clone();
    assert_eq!(
        told(atorvastatin),
        [
            "Harbor Heart Clinic raised atorvastatin to 40 mg on April 20, 2023; Lakeside Family Medicine still lists 20 mg."
        ]
    );
    assert!(
        told(taken("Lisinopril"))[0]
            .as_str()
            .is_some_and(|said| said.contains("stopped lisinopril 10 mg on June 7, 2022"))
    );
    assert!(told(taken("Loratadine")).is_empty());
    // Who ended it does not list it, whatever others do.
    let stands = |name: &str, provider: &str| {
        let mut by = named(name)["bySource"].as_array().expect("sources").clone().into_iter();
        by.find(|one| one["provider"] == provider).unwrap_or_else(|| panic!("{name}, {provider}"))["standing"]
            .clone()
    };
    assert_eq!(stands("Lisinopril", "Summit General Hospital"), "past");
    assert_eq!(stands("Lisinopril", "Harbor Heart Clinic"), "current");
    let depression = named("Depression");
    assert_eq!(told(depression), ["Lakeside Family Medicine lists “Recurrent major depression” as over."]);
    assert_eq!(named("Sertraline")["earlier"], json!([]), "nothing is earlier than what is over itself");
    for (list, kind) in [("medicines", "medicine"), ("problems", "problem"), ("allergies", "allergy")] {
        let args = json!({"person": home.person, "list": list, "filter": {}, "limit": 500});
        let page = home.ask("list", args).await.expect("a list");
        let mut shown: Vec<String> = Vec::new();
        for row in page["rows"].as_array().expect("rows") {
            let name = row["topic"]["name"].as_str().expect("a topic").to_owned();
            if row["group"].as_str().is_some_and(|group| group.starts_with("Current"))
                && !shown.contains(&name)
            {
                shown.push(name);
            }
        }
        assert_eq!(shown, names(&all, kind, "current"), "{list}");
    }
    // What they disagree about, a sentence each.
    let conflicts = home.ask("conflicts", json!({"person": home.person})).await.expect("conflicts");
    let sentences: Vec<&str> =
        conflicts.as_array().expect("a list").iter().filter_map(|one| one["sentence"].as_str()).collect();
    assert_eq!(
        sentences,
        [
            "Summit General Hospital stopped lisinopril 10 mg on June 7, 2022 (reason: Side effect: cough); Harbor Heart \
             Clinic and Lakeside Family Medicine still list it.",
            "Lakeside Family Medicine and Summit General Hospital list Codeine; Harbor Heart Clinic does not list it.",
            "Lakeside Family Medicine and Summit General Hospital list Latex; Harbor Heart Clinic does not list it.",
            "Harbor Heart Clinic lists Sulfa drugs; Lakeside Family Medicine and Summit General Hospital do not list it.",
            "Harbor Heart Clinic raised atorvastatin to 40 mg on April 20, 2023; Lakeside Family Medicine still lists 20 mg.",
        ]
    );
    // What is under the wrong heading is moved, and that can be taken back.
    let lists = |all: &[Value], name: &str| -> Vec<String> {
        let of =
            all.iter().filter(|one| one["name"] == name).filter_map(|one| one["facts"].as_array().cloned());
        of.flatten().map(|fact| fact["id"].as_str().unwrap_or_default().to_owned()).collect()
    };
    let (moved, beside) = (lists(&all, "Loratadine").remove(0), lists(&all, "Losartan").remove(0));
    let args = json!({"person": home.person, "fact": moved, "beside": beside});
    let decided = home.ask("moveToTopic", args).await.expect("moved");
    assert!(lists(&topics(&home).await, "Losartan").contains(&moved));
    let page = home.ask("fact", json!({"person": home.person, "fact": moved})).await.expect("a page");
    assert_eq!(page["topic"]["name"], "Losartan");
    let own = json!({"person": home.person, "fact": beside, "beside": null});
    home.ask("moveToTopic", own).await.expect("moved");
    let page = home.ask("fact", json!({"person": home.person, "fact": beside})).await.expect("a page");
    assert_eq!(page["topic"]["others"], 1, "what was put beside it goes with it: {page}");
    home.ask("undo", json!({"person": home.person, "undo": decided["undo"]})).await.expect("undone");
    assert!(lists(&topics(&home).await, "Loratadine").contains(&moved));

    drop(home);
    providers.stop().await;
}
