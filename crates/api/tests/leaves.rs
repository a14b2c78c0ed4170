//! Every value of the US Core examples stands on its record's page, or on a list of what a patient need not see.

use std::{collections::BTreeMap, fs};

use serde_json::value::RawValue;
use wholechart_fhir::{FhirDate, UNSEEN_PATHS};

use crate::corpus::{record, take_in};
use crate::corpus_dir::corpus;

/// Leaves that a patient need not see, beside [`UNSEEN_PATHS`]: reviewed by hand, by the path's end.
const REVIEWED: &[(&str, &str)] = &[
    ("primarySource", "said the other way round, as the releases before did: whether it was told by others"),
    ("author.type", "the type of what a reference leads to; its title is shown"),
    ("repeat.frequency", "where the sender's own text says how often"),
    ("repeat.period", "said in words: per day"),
    ("repeat.periodUnit", "said in words: per day"),
    ("name.use", "shown where a name is not the current one"),
    ("identifier.use", "which of several numbers is the usual one"),
    ("system", "the identity of a code system or a numbering authority, for machines"),
    ("url", "the identity of an extension's definition; an attachment's address is offered as a button"),
    ("coding.version", "which edition of a code system"),
    ("valueCoding.version", "which edition of a code system"),
    ("reference", "the address of another record; its title is shown and leads there"),
    ("text.status", "how the narrative was made"),
    ("text.div", "the narrative is shown as it is, sanitised"),
    ("data", "a file's bytes: its text, size and type are shown"),
    ("hash", "a file's fingerprint"),
];

fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// The words stand in the text, not as a part of other words.
fn says(text: &str, words: &str) -> bool {
    let edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    if !words.contains(char::is_alphanumeric) {
        return text.contains(words);
    }
    text.match_indices(words)
        .any(|(at, _)| edge(text[..at].chars().next_back()) && edge(text[at + words.len()..].chars().next()))
}

/// A leaf as a page may say it.
fn forms(path: &str, leaf: &str) -> Vec<String> {
    let mut forms = vec![plain(leaf)];
    match leaf {
        "true" if path.ends_with(".active") => forms.push("active".to_owned()),
        "true" => forms.push("yes".to_owned()),
        "false" => forms.push("no".to_owned()),
        // UCUM's brackets, where a unit has no words.
        "mm[Hg]" => forms.push("mmhg".to_owned()),
        "Cel" => forms.push("\u{b0}c".to_owned()),
        _ => {}
    }
    // A code without words is put into words.
    if path.rsplit('.').next() == Some("code") {
        forms.push(plain(&leaf.replace('-', " ")));
    }
    // SNOMED CT's tags, which make terms unique for machines, are taken off.
    if path.ends_with(".display")
        && let Some((words, _)) = leaf.rsplit_once(" (").filter(|_| leaf.ends_with(')'))
    {
        forms.push(plain(words));
    }
    if let Some(date) = FhirDate::parse(leaf).filter(|date| date.month.is_some()) {
        let months = [
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december",
        ];
        let month = months[date.month.unwrap() as usize - 1];
        let day = date.day.map(|day| format!(" {day},")).unwrap_or_default();
        let time = date.time.map(|time| time.format(", %-I:%M %p").to_string()).unwrap_or_default();
        forms.push(plain(&format!("{month}{day} {}{time}", date.year)));
    }
    if path.ends_with(".repeat.frequency") {
        forms.extend(
            ["once", "twice"].get(leaf.parse::<usize>().unwrap_or(0).wrapping_sub(1)).map(|word| plain(word)),
        );
    }
    forms
}

/// Every leaf but codes that have words beside them: the words are what is shown. `worded` says that the concept
/// around has words.
fn leaves(value: &RawValue, path: &str, worded: bool, each: &mut dyn FnMut(&str, &str)) {
    let text = value.get();
    match text.as_bytes()[0] {
        b'{' => {
            let members: BTreeMap<String, Box<RawValue>> = serde_json::from_str(text).unwrap();
            let has = |name: &str| members.contains_key(name);
            let named = worded || has("display") || has("unit");
            for (name, value) in &members {
                let code = name == "code" && value.get().starts_with('"') && named;
                if !code && !UNSEEN_PATHS.contains(&name.as_str()) {
                    leaves(value, &format!("{path}.{name}"), name == "coding" && has("text"), each);
                }
            }
        }
        b'[' => {
            let items: Vec<Box<RawValue>> = serde_json::from_str(text).unwrap();
            for item in &items {
                leaves(item, path, worded, each);
            }
        }
        b'"' => each(path, &serde_json::from_str::<String>(text).unwrap()),
        b'n' => {}
        // Figures as the exact text.
        _ => each(path, text),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_leaf_of_us_core_is_on_its_records_page() {
    let Some(corpus) = corpus() else { return };
    let dir = tempfile::tempdir().unwrap();
    // Home is where the clocks of the examples' moments in UTC are read, so that they can be found again.
    let (app, person) = record(dir.path(), "UTC").await;
    let folder = corpus.join("r4/us-core-examples");
    take_in(&app, &person, "US Core", &folder).await;
    let (mut all, mut shown, mut pages) = (0_usize, 0_usize, 0_usize);
    let mut missing: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut reviewed: BTreeMap<&str, usize> = BTreeMap::new();
    for path in crate::corpus::files(&folder) {
        let mut found = Vec::new();
        crate::corpus::resources(&fs::read_to_string(&path).unwrap(), &mut found);
        for (resource_type, id, text) in found {
            let Some(id) = id else { continue };
            let mut page = String::new();
            for (title, lines) in app.record_text(format!("{resource_type}/{id}")).await.unwrap() {
                page.push_str(&plain(&title));
                page.push('\n');
                for line in lines {
                    page.push_str(&plain(&line.label));
                    page.push_str(": ");
                    page.push_str(&plain(&line.text));
                    page.push('\n');
                }
            }
            pages += 1;
            leaves(
                &serde_json::from_str::<Box<RawValue>>(&text).unwrap(),
                &resource_type,
                false,
                &mut |path, leaf| {
                    if let Some((end, _)) =
                        REVIEWED.iter().find(|(end, _)| path.ends_with(&format!(".{end}")))
                    {
                        *reviewed.entry(end).or_default() += 1;
                        return;
                    }
                    // Of somebody in a team whose part nobody knows, the name is said and no part.
                    if path.ends_with("participant.role.coding.display") && leaf == "unknown" {
                        return;
                    }
                    all += 1;
                    if forms(path, leaf).iter().any(|form| says(&page, form)) {
                        shown += 1;
                    } else {
                        missing.entry(path.to_owned()).or_default().push(format!("{id}: {leaf}"));
                    }
                },
            );
        }
    }
    println!("US Core: {shown} of {all} leaves of {pages} resources are on their records' pages");
    println!("reviewed, not on the page: {reviewed:?}");
    for (path, examples) in &missing {
        println!("  {} \u{d7} {path}: {}", examples.len(), examples[0]);
    }
    assert!(all > 3_000 && pages > 220, "the examples were there");
    assert!(missing.is_empty(), "{} paths hold leaves that nobody can see", missing.len());
    for (end, why) in REVIEWED {
        assert!(reviewed.contains_key(end), "nothing ends with {end} any more ({why})");
    }
}
