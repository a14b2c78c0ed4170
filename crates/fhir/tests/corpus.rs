//! The public corpus beside the checkout: nothing lost, nothing invented.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use wholechart_fhir::{
    DateRole, Entry, ReadOptions, Release, TitleSource, content_hash, infer_release, read, split,
};

use crate::corpus_dir::corpus;

pub(crate) fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for item in fs::read_dir(&folder).expect("a readable folder") {
            let path = item.expect("an item").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|found| found == extension) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// Elements that say when, at the top of a resource of any type and release.
const DATED: &[&str] = &[
    "effectiveDateTime",
    "effectivePeriod",
    "effectiveInstant",
    "performedDateTime",
    "performedPeriod",
    "onsetDateTime",
    "onsetPeriod",
    "onset",
    "occurrenceDateTime",
    "occurrencePeriod",
    "date",
    "dateTime",
    "dateWritten",
    "authoredOn",
    "authored",
    "recordedDate",
    "dateRecorded",
    "assertedDate",
    "dateAsserted",
    "issued",
    "period",
    "created",
    "start",
    "started",
    "sent",
    "received",
    "recorded",
    "billablePeriod",
    "servicedDate",
    "servicedPeriod",
    "orderedOn",
    "whenHandedOver",
    "whenPrepared",
    "startDate",
    "timestamp",
    "indexed",
    "executionPeriod",
    "modified",
    "applies",
    "planningHorizon",
    "recordedOn",
    "statusDate",
    "detected",
    "effectiveTimeDateTime",
    "effectiveTimePeriod",
];

#[derive(Default, Debug)]
struct Count {
    resources: usize,
    problems: usize,
    blank_titles: usize,
    id_titles: usize,
    invented_dates: usize,
    dated_without_date: usize,
    unnamed: usize,
    by_code: usize,
    narrative: usize,
    undated: usize,
    unread: BTreeMap<String, usize>,
}

#[test]
fn corpus_reads_without_loss_and_without_invention() {
    let Some(corpus) = corpus() else { return };
    let mut count = Count::default();
    let mut types: BTreeMap<String, usize> = BTreeMap::new();
    let mut wrong: Vec<String> = Vec::new();
    for path in files(&corpus, "json") {
        if path.to_string_lossy().contains("hostile") {
            continue;
        }
        let bytes = fs::read(&path).expect("a file");
        let name = path.strip_prefix(&corpus).expect("inside").display().to_string();
        let folder = if name.starts_with("dstu2") {
            Release::Dstu2
        } else if name.starts_with("stu3") {
            Release::Stu3
        } else {
            Release::R4
        };
        let page = split(&bytes);
        for problem in &page.problems {
            *count.unread.entry(problem.fault.to_string()).or_default() += 1;
        }
        for slice in &page.resources {
            let release = if name.starts_with("metadata") || name.starts_with("ccda") {
                infer_release(slice.bytes).0.unwrap_or(Release::R4)
            } else {
                folder
            };
            let entry = read(slice.bytes, &ReadOptions::new(release)).expect("a slice is readable");
            count.resources += 1;
            *types.entry(entry.resource_type.clone()).or_default() += 1;
            judge(&entry, slice.bytes, &name, &mut count, &mut wrong);
            assert_eq!(entry.id, slice.id, "{name}");
            assert_eq!(content_hash(slice.bytes).0.len(), 64);
            let again: Entry =
                serde_json::from_str(&serde_json::to_string(&entry).expect("json")).expect("an entry");
            assert_eq!(again, entry, "an entry survives being stored");
        }
    }
    println!("{count:#?}\n{} types", types.len());
    for line in &wrong {
        println!("{line}");
    }
    assert!(count.resources > 6000, "the whole corpus was read");
    assert_eq!(count.blank_titles, 0);
    assert_eq!(count.id_titles, 0);
    assert_eq!(count.invented_dates, 0);
    assert_eq!(count.dated_without_date, 0);
}

fn judge(entry: &Entry, bytes: &[u8], name: &str, count: &mut Count, wrong: &mut Vec<String>) {
    let value: serde_json::Value = serde_json::from_slice(bytes).unwrap_or_default();
    count.problems += entry.problems.len();
    if entry.title.trim().is_empty() != (entry.title_source == TitleSource::Unnamed) {
        count.blank_titles += 1;
    }
    let id_like = entry.id.as_deref() == Some(entry.title.as_str())
        || (entry.title.len() == 36 && entry.title.matches('-').count() == 4 && !entry.title.contains(' '))
        || entry.title.starts_with("urn:");
    if id_like {
        count.id_titles += 1;
        wrong.push(format!("{name}: title is an id: {}", entry.title));
    }
    match entry.title_source {
        TitleSource::Unnamed => count.unnamed += 1,
        TitleSource::Code => count.by_code += 1,
        TitleSource::Narrative => count.narrative += 1,
        _ => {}
    }
    let text = String::from_utf8_lossy(bytes);
    if let Some(start) = entry.date.as_ref().and_then(|date| date.start.as_ref())
        && (start.year == 1969 || start.year == 1970)
        && !text.contains(&start.raw)
    {
        count.invented_dates += 1;
    }
    let dated = DATED.iter().any(|element| {
        let value = &value[*element];
        let text = value.as_str().or(value["start"].as_str()).or(value["end"].as_str());
        text.is_some_and(|text| text.len() >= 4 && text.as_bytes()[..4].iter().all(u8::is_ascii_digit))
    });
    let has_date = entry.date.as_ref().is_some_and(|date| {
        date.role != DateRole::System && (date.start.is_some() || date.end.is_some() || date.text.is_some())
    });
    if dated && !has_date {
        count.dated_without_date += 1;
        wrong.push(format!("{name}: {} is dated and has no date", entry.resource_type));
    }
    if !has_date {
        count.undated += 1;
    }
}

/// Leaves that a patient need not see, beside [`wholechart_fhir::UNSEEN_PATHS`]: reviewed by hand, by the path's end.
const REVIEWED: &[&str] = &[
    // Identity of code systems, extensions and units, for machines.
    "system",
    "url",
    "valueUri",
    "coding.version",
    "valueCoding.version",
    // Codes with words beside them; they are in `codes` where they are the main concept.
    "coding.code",
    "valueCoding.code",
    "Quantity.code",
    "quantity.code",
    "low.code",
    "high.code",
    "item.code.code",
    "format.code",
    "connectionType.code",
    // Addresses of other records; shown as links with the target's title.
    "reference",
    // Shown as the status "active" or "inactive".
    "active",
    // The narrative is shown as it is, sanitised; its status and the files' bytes are not words.
    "text.status",
    "text.div",
    "data",
    "hash",
    // Which of several names, addresses and numbers.
    "use",
];

#[test]
fn every_leaf_of_us_core_is_shown() {
    let Some(corpus) = corpus() else { return };
    let (mut leaves, mut shown) = (0_usize, 0_usize);
    let mut missing: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for path in files(&corpus.join("r4/us-core-examples"), "json") {
        let bytes = fs::read(&path).expect("a file");
        for slice in split(&bytes).resources {
            let entry = read(slice.bytes, &ReadOptions::new(Release::R4)).expect("readable");
            let value: serde_json::Value = serde_json::from_slice(slice.bytes).expect("json");
            let shown_text = shown_text(&entry);
            walk(&value, &entry.resource_type, &mut |path, leaf| {
                if REVIEWED.iter().any(|end| path.ends_with(&format!(".{end}"))) {
                    return;
                }
                leaves += 1;
                // SNOMED CT's tags are cleaned away.
                let leaf = plain(leaf);
                let untagged = leaf
                    .rsplit_once(" (")
                    .filter(|_| leaf.ends_with(')'))
                    .map_or(leaf.as_str(), |(head, _)| head);
                if shown_text.contains(&leaf) || (path.ends_with(".display") && shown_text.contains(untagged))
                {
                    shown += 1;
                } else {
                    missing
                        .entry(path.to_owned())
                        .or_default()
                        .push(format!("{}: {leaf}", slice.id.clone().unwrap_or_default()));
                }
            });
        }
    }
    println!("US Core: {shown} of {leaves} leaves are shown");
    for (path, examples) in &missing {
        println!("  {} × {path}: {}", examples.len(), examples[0]);
    }
    assert!(leaves > 1000);
    assert!(missing.is_empty(), "{} paths hold leaves that nobody can see", missing.len());
}

/// Words as compared: white space collapsed, in lower case.
fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// Everything of the entry that its page shows.
fn shown_text(entry: &Entry) -> String {
    let mut words = String::new();
    let value = serde_json::to_value(entry).expect("json");
    walk(&value, "", &mut |_, leaf| {
        words.push_str(&plain(leaf));
        words.push('\n');
    });
    words.push_str(&plain(&entry.found().map(|found| found.as_sent()).unwrap_or_default()));
    words
}

fn walk(value: &serde_json::Value, path: &str, each: &mut impl FnMut(&str, &str)) {
    match value {
        serde_json::Value::Object(members) => {
            for (name, value) in members {
                if !wholechart_fhir::UNSEEN_PATHS.contains(&name.as_str()) {
                    walk(value, &format!("{path}.{name}"), each);
                }
            }
        }
        serde_json::Value::Array(items) => items.iter().for_each(|item| walk(item, path, each)),
        serde_json::Value::Bool(yes) => each(path, if *yes { "yes" } else { "no" }),
        serde_json::Value::Null => {}
        serde_json::Value::Number(number) => each(path, &number.to_string()),
        serde_json::Value::String(text) => each(path, text),
    }
}

#[test]
#[ignore = "prints entries for reading by eye: ENTRIES=folder"]
fn look() {
    let Some(corpus) = corpus() else { return };
    let wanted = std::env::var("ENTRIES").unwrap_or_default();
    for path in files(&corpus, "json") {
        let name = path.display().to_string();
        if !name.contains(&wanted) || name.contains("hostile") {
            continue;
        }
        let bytes = fs::read(&path).expect("a file");
        for slice in split(&bytes).resources {
            let release = infer_release(slice.bytes).0.unwrap_or(Release::R4);
            let entry = read(slice.bytes, &ReadOptions::new(release)).expect("readable");
            println!(
                "{} | {} | {} | {:?} | {} | {:?} {:?} | {}",
                entry.resource_type,
                entry.kind.as_str(),
                entry.title,
                entry.title_source,
                entry
                    .date
                    .as_ref()
                    .map(|date| format!("{} ({})", date.raw_text(), date.field))
                    .unwrap_or_default(),
                entry.status,
                entry.status_group,
                entry.found().map(|found| found.as_sent()).unwrap_or_default(),
            );
            for detail in &entry.details {
                let name = detail.name.as_deref().unwrap_or(detail.element.name());
                println!("    {name}: {:?}", detail.value);
            }
            for problem in &entry.problems {
                println!("    ! {}: {}", problem.path, problem.fault.as_str());
            }
        }
    }
}
