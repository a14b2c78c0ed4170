//! What the window is checked against must be what the app really offers.
#![allow(clippy::unwrap_used, reason = "a failing step fails the test")]

mod apple;
mod backups;
mod blue_button;
mod cards;
mod choices;
mod compare;
mod corpus;
#[path = "../../../tests/corpus/dir.rs"]
mod corpus_dir;
mod cost;
mod damaged;
mod documents;
#[path = "../../document/tests/drawn/mod.rs"]
mod drawn;
mod folds;
#[path = "../../record/tests/record/grown.rs"]
#[allow(dead_code, clippy::pedantic, reason = "a description of what vendors do, read as data")]
mod grown;
#[path = "../../record/tests/record/grown_topics.rs"]
#[allow(dead_code, clippy::pedantic, reason = "a description of what people call things, read as data")]
mod grown_topics;
mod handed;
mod host;
mod importing;
mod leaves;
mod letters;
mod own;
mod pages;
mod panics;
mod paper;
mod read;
mod sheets;
mod shown;
mod strangers;
mod tables;
mod taking_out;
mod topics;
mod updates;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

fn files(folder: &Path) -> BTreeMap<String, String> {
    let listed = fs::read_dir(folder).unwrap().map(Result::unwrap);
    listed.map(|f| (f.file_name().into_string().unwrap(), fs::read_to_string(f.path()).unwrap())).collect()
}

#[test]
fn the_windows_types_are_those_of_the_command_list() {
    let committed = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ui/src/lib/api/generated");
    let fresh = tempfile::tempdir().unwrap();
    wholechart_api::typescript(fresh.path()).unwrap();
    if std::env::var_os("UPDATE").is_some() {
        fs::remove_dir_all(&committed).unwrap();
        fs::create_dir_all(&committed).unwrap();
        for (name, text) in files(fresh.path()) {
            fs::write(committed.join(name), text).unwrap();
        }
    }
    let (committed, fresh) = (files(&committed), files(fresh.path()));
    let names: BTreeSet<&String> = committed.keys().chain(fresh.keys()).collect();
    let stale: Vec<_> = names.into_iter().filter(|name| committed.get(*name) != fresh.get(*name)).collect();
    assert!(stale.is_empty(), "run this test with UPDATE=1 and look at the difference: {stale:?}");
}

#[test]
fn everything_a_reader_tells_has_its_words() {
    let words = wholechart_api::Words::english();
    let elements = wholechart_fhir::ELEMENTS.iter().map(|name| format!("detail-{name}"));
    let faults = wholechart_fhir::Fault::ALL.iter().map(|fault| format!("problem-{}", fault.as_str()));
    let marks = wholechart_record::Mark::ALL.iter().map(|mark| format!("mark-{}", mark.as_str()));
    let cautions =
        wholechart_fhir::Caution::ALL.iter().map(|caution| format!("caution-{}", caution.as_str()));
    let standings =
        wholechart_record::Standing::ALL.iter().map(|standing| format!("standing-{}", standing.as_str()));
    let said = elements.chain(faults).chain(marks).chain(cautions).chain(standings);
    let missing: Vec<String> = said.filter(|key| !words.has(key)).collect();
    assert!(missing.is_empty(), "{missing:?}");
    for kind in wholechart_fhir::Kind::ALL {
        let name = kind.as_str();
        for key in [format!("kind-{name}"), format!("kind-{name}-one"), format!("unnamed-{name}")] {
            assert!(words.has(&key), "{key}");
        }
    }
}

/// Every message of a catalogue file with the variables it uses.
fn messages(text: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut current = String::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let named = line.split_once(" =").map(|(name, _)| name);
        if let Some(name) = named.filter(|name| {
            name.starts_with(|c: char| c.is_ascii_lowercase())
                && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        }) {
            name.clone_into(&mut current);
            found.entry(current.clone()).or_default();
        }
        if let Some(variables) = found.get_mut(&current) {
            variables.extend(line.split('$').skip(1).map(|rest| {
                rest.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '-').collect::<String>()
            }));
        }
    }
    found
}

#[test]
fn spanish_says_everything_that_english_says() {
    use wholechart_api::Language;
    use wholechart_words::files;
    let mut wrong = Vec::new();
    let mut said = 0;
    for ((english, text), (spanish, other)) in files(Language::En).into_iter().zip(files(Language::Es)) {
        let (text, other) = (messages(text), messages(other));
        said += text.len();
        for (name, variables) in &text {
            match other.get(name) {
                None => wrong.push(format!("add this message to {spanish} too: {name}")),
                Some(theirs) if theirs != variables => {
                    wrong.push(format!("{name}: {english} uses {variables:?}, {spanish} uses {theirs:?}"));
                }
                Some(_) => {}
            }
        }
        for name in other.keys().filter(|name| !text.contains_key(*name)) {
            wrong.push(format!("{name} is in {spanish} and not in {english}"));
        }
    }
    assert!(said > 1_000, "only {said} messages were compared");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn words_are_spoken_in_the_language_that_was_chosen_last() {
    use wholechart_api::{Language, Words};
    let words = Words::new(Language::Es);
    assert_eq!(words.get("answer-yes"), "sí");
    words.speak(Language::En);
    assert_eq!(words.get("answer-yes"), "yes");
}
