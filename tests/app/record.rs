//! The record's file, after everything a person does with it.

use std::fs;
use std::path::Path;

use serde_json::json;
use tempfile::TempDir;
use wholechart_sandbox::SAMPLE_SEED;

use crate::person::{AtHome, NAME, sandbox};

/// Three providers, synced; then every byte of every file is searched for the person's name.
#[tokio::test]
async fn no_file_has_readable_text() {
    let folder = TempDir::new().expect("a folder");
    let providers = sandbox(SAMPLE_SEED, None).await;
    let home = AtHome::open(folder.path(), Some(&providers)).await;
    for name in ["Lakeside", "Summit", "Harbor"] {
        let connection = home.connect(name).await.expect("connected");
        home.ask("sync", json!({"connection": connection["id"]})).await.expect("read to the end");
    }
    let entries = home.entries().await;
    assert!(entries.len() > 500, "{} entries", entries.len());
    let plain = entries.join("\n") + NAME;
    drop(home);

    // The provider's spelling of the name, the one typed in, the file format's own mark, a common word of the record.
    let words = ["Whitlock", "Testament", "SQLite format 3", "nfluenza", "resourceType"];
    for word in ["Whitlock", "Testament", "nfluenza"] {
        assert!(plain.contains(word), "the search would find nothing anyway: {word}");
    }
    let mut searched = 0;
    look(folder.path(), &mut |path, bytes| {
        searched += bytes.len();
        for word in words {
            let wide: Vec<u8> = word.encode_utf16().flat_map(u16::to_le_bytes).collect();
            for needle in [word.as_bytes(), &wide] {
                let found = bytes.windows(needle.len()).any(|window| window == needle);
                assert!(!found, "{} has “{word}” in readable letters", path.display());
            }
        }
    });
    assert!(searched > 500_000, "only {searched} bytes were searched");
    providers.stop().await;
}

/// What a person looks for first: what came, what a visit was about, and things by the words they use.
#[tokio::test]
async fn a_visit_shows_its_day_and_lay_words_find_what_they_mean() {
    let folder = TempDir::new().expect("a folder");
    let providers = sandbox(SAMPLE_SEED, None).await;
    let home = AtHome::open(folder.path(), Some(&providers)).await;
    let person = json!(home.person);
    let connection = home.connect("Lakeside").await.expect("connected");
    home.ask("sync", json!({"connection": connection["id"]})).await.expect("read to the end");

    let first = home.ask("home", json!({"person": person})).await.expect("the first page");
    assert_eq!((&first["news"]["first"], &first["news"]["told"]), (&json!(true), &json!([])));
    assert!(first["lastVisit"]["title"].is_string(), "{}", first["lastVisit"]);

    let visits =
        json!({"person": person, "list": "visits", "filter": {"text": "Annual check-up"}, "limit": 1});
    let visits = home.ask("list", visits).await.expect("visits");
    let visit = &visits["rows"][0]["row"];
    let page = home.ask("fact", json!({"person": person, "fact": visit["id"]})).await.expect("a page");
    let day = page["day"].as_array().expect("its day");
    let kinds: Vec<&str> = day.iter().filter_map(|group| group["kind"].as_str()).collect();
    assert!(kinds.contains(&"result") && kinds.contains(&"vital"), "{kinds:?}");
    let rows = || day.iter().flat_map(|group| group["rows"].as_array().expect("rows"));
    assert!(rows().all(|row| row["day"] == visit["day"] && row["id"] != visit["id"]));

    let found = async |text: &str| {
        let args = json!({"person": person, "text": text, "limit": 5});
        home.ask("search", args).await.expect("an answer")
    };
    for (text, kind, title) in [
        ("sugar", "result", "glucose"),
        ("flu shot", "vaccine", "influenza"),
        ("azúcar", "result", "glucose"),
    ] {
        let answer = found(text).await;
        let groups = answer["groups"].as_array().expect("groups");
        let group = groups.iter().find(|group| group["kind"] == kind);
        let group = group.unwrap_or_else(|| panic!("{text}: {answer}")).to_string().to_lowercase();
        assert!(group.contains(title), "{text}: {group}");
        let also = answer["instead"].as_str().unwrap_or_default().to_lowercase();
        assert!(also.contains("also looked for") && also.contains(title), "{also}");
    }
    let filtered = json!({"person": person, "filter": {"text": "flu shot"}, "limit": 50});
    let filtered = home.ask("timeline", filtered).await.expect("a page");
    assert!(
        filtered["total"].as_u64() > Some(5),
        "the list finds what the search found: {}",
        filtered["total"]
    );

    home.ask("leave", json!({"person": person, "at": "#/medicines?text=flu"})).await.expect("remembered");
    let state = home.ask("appState", json!({})).await.expect("the state");
    assert_eq!(state["leftAt"], "#/medicines?text=flu");
    providers.stop().await;
}

fn look(folder: &Path, each: &mut impl FnMut(&Path, &[u8])) {
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            look(&path, each);
        } else {
            each(&path, &fs::read(&path).expect("a file"));
        }
    }
}
