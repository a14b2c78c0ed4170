//! Reading next to a bare `serde_json::Value` parse, in one run: `cargo xtask bench read`.
//!
//! Two loads: every resource of the corpus beside the checkout, and 100,000 generated ones in pages of 100. Each
//! step is timed several times, the steps taking turns so that a busy machine is busy for all of them; the fastest
//! turn of each counts.
#![expect(clippy::print_stdout, reason = "a benchmark speaks by printing")]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use wholechart_fhir::{ReadOptions, Release, content_hash, read, split};

/// Times each step is run.
const TURNS: usize = 5;
const GENERATED: usize = 100_000;

fn main() {
    if cfg!(debug_assertions) {
        println!("Not an optimised build: the figures mean nothing.");
    }
    // A word limits the run to one of the two loads, which is what a profiler wants.
    let wanted = std::env::args().skip(1).find(|word| !word.starts_with('-'));
    let wants = |load: &str| wanted.as_deref().is_none_or(|word| word == load);
    match corpus() {
        Some(pages) if wants("corpus") => measure("corpus", &pages),
        Some(_) => {}
        None => println!("The corpus is not beside this checkout; only generated resources are measured."),
    }
    if wants("generated") {
        measure("generated", &generated());
    }
}

/// A page of bytes and the release its resources are read as.
type Page = (Vec<u8>, Release);

fn measure(name: &str, pages: &[Page]) {
    let slices: Vec<(&[u8], Release)> = pages
        .iter()
        .flat_map(|(page, release)| split(page).resources.into_iter().map(|slice| (slice.bytes, *release)))
        .collect();
    let bytes: usize = slices.iter().map(|(slice, _)| slice.len()).sum();
    println!("\n{name}: {} resources, {:.1} MB, {} pages", slices.len(), mega(bytes), pages.len());
    let parse = || {
        for (slice, _) in &slices {
            // What serde_json refuses (a lone surrogate) costs it less than reading it would.
            drop(std::hint::black_box(serde_json::from_slice::<serde_json::Value>(slice)));
        }
    };
    let split_pages = || {
        for (page, _) in pages {
            drop(std::hint::black_box(split(page)));
        }
    };
    let read_all = || {
        for (slice, release) in &slices {
            drop(std::hint::black_box(read(slice, &ReadOptions::new(*release))));
        }
    };
    let hash = || {
        for (slice, _) in &slices {
            std::hint::black_box(content_hash(slice));
        }
    };
    let steps: [(&str, &dyn Fn()); 4] = [
        ("serde_json::Value", &parse),
        ("split", &split_pages),
        ("read", &read_all),
        ("content_hash", &hash),
    ];
    let mut best = [f64::MAX; 4];
    for _ in 0..TURNS {
        for ((_, step), best) in steps.iter().zip(&mut best) {
            let start = Clock::now();
            step();
            *best = best.min(start.elapsed());
        }
    }
    let count = f64::from(u32::try_from(slices.len()).unwrap_or(u32::MAX));
    for ((step, _), seconds) in steps.iter().zip(best) {
        println!(
            "  {step:<18}{:>9.0} resources/s {:>7.0} MB/s {:>7.2} \u{b5}s each {:>6.2}x",
            count / seconds,
            mega(bytes) / seconds,
            seconds / count * 1e6,
            seconds / best[0],
        );
    }
    println!("  reading costs {:.2} times the bare parse", best[2] / best[0]);
}

/// Time spent working where the system tells it (Linux), so that what else runs on the machine does not count; else
/// time by the clock.
enum Clock {
    /// Nanoseconds this thread was on a processor.
    Worked(u64),
    Wall(Instant),
}

impl Clock {
    fn now() -> Clock {
        Self::worked().map_or_else(|| Clock::Wall(Instant::now()), Clock::Worked)
    }

    fn worked() -> Option<u64> {
        fs::read_to_string("/proc/thread-self/schedstat").ok()?.split(' ').next()?.parse().ok()
    }

    /// Seconds.
    fn elapsed(&self) -> f64 {
        match self {
            Clock::Worked(start) => {
                let worked = Self::worked().unwrap_or(*start).saturating_sub(*start);
                Duration::from_nanos(worked).as_secs_f64()
            }
            Clock::Wall(start) => start.elapsed().as_secs_f64(),
        }
    }
}

fn mega(bytes: usize) -> f64 {
    f64::from(u32::try_from(bytes / 1000).unwrap_or(u32::MAX)) / 1000.0
}

fn corpus() -> Option<Vec<Page>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus");
    if !root.is_dir() {
        return None;
    }
    let (mut pages, mut folders): (Vec<Page>, Vec<PathBuf>) = (Vec::new(), vec![root]);
    while let Some(folder) = folders.pop() {
        for item in fs::read_dir(&folder).ok()?.flatten() {
            let path = item.path();
            let text = path.to_string_lossy();
            if path.is_dir() && !text.contains("hostile") {
                folders.push(path);
            } else if text.ends_with(".json") {
                let release = match &text {
                    text if text.contains("/dstu2/") => Release::Dstu2,
                    text if text.contains("/stu3/") => Release::Stu3,
                    _ => Release::R4,
                };
                pages.push((fs::read(&path).ok()?, release));
            }
        }
    }
    Some(pages)
}

/// What a patient's server sends, in the proportions it sends them: mostly results.
const TYPES: &[fn(usize) -> String] =
    &[result, pressure, result, condition, result, medicine, vaccine, result, visit, report];

fn generated() -> Vec<Page> {
    (0..GENERATED / 100)
        .map(|page| {
            let mut text = r#"{"resourceType":"Bundle","type":"searchset","total":100,"entry":["#.to_owned();
            for at in page * 100..(page + 1) * 100 {
                let comma = if at % 100 == 0 { "" } else { "," };
                let resource = TYPES[at % TYPES.len()](at);
                // Writing to a String cannot fail.
                let _ = write!(
                    text,
                    r#"{comma}{{"fullUrl":"https://fhir.example.org/r4/x/{at}","resource":{{"id":"{at:08x}-6e1f-4d2a-9c0b-{at:012x}","meta":{{"versionId":"1","lastUpdated":"2024-05-{:02}T10:00:00Z","profile":["http://hl7.org/fhir/us/core/StructureDefinition/us-core-resource"]}},{resource}}},"search":{{"mode":"match"}}}}"#,
                    at % 28 + 1,
                );
            }
            text.push_str("]}");
            (text.into_bytes(), Release::R4)
        })
        .collect()
}

/// Members that all have, as US Core servers send them.
fn about(at: usize) -> String {
    format!(
        r#""subject":{{"reference":"Patient/p{}","display":"Doe, Jane Q."}},"encounter":{{"reference":"Encounter/e{at}"}}"#,
        at % 7
    )
}

fn result(at: usize) -> String {
    format!(
        r#""resourceType":"Observation","status":"final","category":[{{"coding":[{{"system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"laboratory","display":"Laboratory"}}],"text":"Laboratory"}}],"code":{{"coding":[{{"system":"http://loinc.org","code":"2345-7","display":"Glucose [Mass/volume] in Serum or Plasma"}},{{"system":"urn:oid:1.2.840.114350.1.13.0.1.7.2.768282","code":"1{at}","display":"GLUCOSE"}}],"text":"Glucose"}},{},"effectiveDateTime":"2023-{:02}-{:02}T08:15:00-05:00","issued":"2023-01-02T11:30:00.000Z","performer":[{{"reference":"Practitioner/d{}","display":"City Laboratory"}}],"valueQuantity":{{"value":{}.{:02},"unit":"mg/dL","system":"http://unitsofmeasure.org","code":"mg/dL"}},"interpretation":[{{"coding":[{{"system":"http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation","code":"H","display":"High"}}]}}],"referenceRange":[{{"low":{{"value":70,"unit":"mg/dL","system":"http://unitsofmeasure.org","code":"mg/dL"}},"high":{{"value":99,"unit":"mg/dL","system":"http://unitsofmeasure.org","code":"mg/dL"}},"text":"70 - 99 mg/dL"}}],"note":[{{"text":"Fasting sample."}}]"#,
        about(at),
        at % 12 + 1,
        at % 28 + 1,
        at % 50,
        60 + at % 90,
        at % 100,
    )
}

fn pressure(at: usize) -> String {
    let part = |code: &str, display: &str, value: usize| {
        format!(
            r#"{{"code":{{"coding":[{{"system":"http://loinc.org","code":"{code}","display":"{display}"}}],"text":"{display}"}},"valueQuantity":{{"value":{value},"unit":"mmHg","system":"http://unitsofmeasure.org","code":"mm[Hg]"}}}}"#
        )
    };
    format!(
        r#""resourceType":"Observation","status":"final","category":[{{"coding":[{{"system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"vital-signs"}}]}}],"code":{{"coding":[{{"system":"http://loinc.org","code":"85354-9","display":"Blood pressure panel with all children optional"}}],"text":"Blood pressure"}},{},"effectiveDateTime":"2023-{:02}-11T09:00:00-06:00","component":[{},{}]"#,
        about(at),
        at % 12 + 1,
        part("8480-6", "Systolic blood pressure", 100 + at % 50),
        part("8462-4", "Diastolic blood pressure", 60 + at % 40),
    )
}

fn condition(at: usize) -> String {
    let table = "http://terminology.hl7.org/CodeSystem/condition";
    format!(
        r#""resourceType":"Condition","clinicalStatus":{{"coding":[{{"system":"{table}-clinical","code":"active","display":"Active"}}]}},"verificationStatus":{{"coding":[{{"system":"{table}-ver-status","code":"confirmed","display":"Confirmed"}}]}},"category":[{{"coding":[{{"system":"{table}-category","code":"problem-list-item","display":"Problem List Item"}}],"text":"Problem List Item"}}],"code":{{"coding":[{{"system":"http://hl7.org/fhir/sid/icd-10-cm","code":"E11.9","display":"Type 2 diabetes mellitus without complications"}},{{"system":"http://snomed.info/sct","code":"44054006","display":"Diabetes mellitus type 2 (disorder)"}}],"text":"Type 2 diabetes mellitus"}},{},"onsetDateTime":"20{:02}","recordedDate":"2023-03-04","recorder":{{"reference":"Practitioner/d1","display":"Ann Lee, MD"}}"#,
        about(at),
        at % 20,
    )
}

fn medicine(at: usize) -> String {
    format!(
        r#""resourceType":"MedicationRequest","status":"active","intent":"order","category":[{{"coding":[{{"system":"http://terminology.hl7.org/CodeSystem/medicationrequest-category","code":"outpatient"}}]}}],"medicationCodeableConcept":{{"coding":[{{"system":"http://www.nlm.nih.gov/research/umls/rxnorm","code":"860975","display":"24 HR metformin hydrochloride 500 MG Extended Release Oral Tablet"}}],"text":"metFORMIN (GLUCOPHAGE-XR) 500 mg 24 hr tablet"}},{},"authoredOn":"2022-{:02}-05","requester":{{"reference":"Practitioner/d2","display":"Ann Lee, MD"}},"dosageInstruction":[{{"text":"Take 1 tablet (500 mg total) by mouth 2 (two) times a day with meals.","timing":{{"repeat":{{"boundsPeriod":{{"start":"2022-01-05"}},"frequency":2,"period":1,"periodUnit":"d"}},"code":{{"text":"BID"}}}},"asNeededBoolean":false,"route":{{"coding":[{{"system":"http://snomed.info/sct","code":"26643006","display":"Oral route"}}],"text":"oral"}},"doseAndRate":[{{"type":{{"text":"ordered"}},"doseQuantity":{{"value":500,"unit":"mg","system":"http://unitsofmeasure.org","code":"mg"}}}}]}}],"dispenseRequest":{{"numberOfRepeatsAllowed":{},"quantity":{{"value":60,"unit":"tablet"}}}}"#,
        about(at),
        at % 12 + 1,
        at % 6,
    )
}

fn vaccine(at: usize) -> String {
    format!(
        r#""resourceType":"Immunization","status":"completed","vaccineCode":{{"coding":[{{"system":"http://hl7.org/fhir/sid/cvx","code":"140"}}],"text":"Influenza, seasonal, injectable, preservative free"}},"patient":{{"reference":"Patient/p{}"}},"occurrenceDateTime":"2021-10-{:02}","primarySource":true,"lotNumber":"L{at}","site":{{"text":"Left deltoid"}},"route":{{"text":"Intramuscular"}},"performer":[{{"actor":{{"display":"Nurse Bell"}}}}]"#,
        at % 7,
        at % 28 + 1,
    )
}

fn visit(at: usize) -> String {
    format!(
        r#""resourceType":"Encounter","status":"finished","class":{{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"AMB","display":"ambulatory"}},"type":[{{"coding":[{{"system":"http://www.ama-assn.org/go/cpt","code":"99213","display":"Office visit, established patient"}}],"text":"Office Visit"}}],"subject":{{"reference":"Patient/p{}"}},"participant":[{{"type":[{{"text":"attending"}}],"period":{{"start":"2022-02-01T14:00:00Z","end":"2022-02-01T14:20:00Z"}},"individual":{{"reference":"Practitioner/d3","display":"Ann Lee, MD"}}}}],"period":{{"start":"2022-02-{:02}T14:00:00Z","end":"2022-02-{:02}T14:20:00Z"}},"reasonCode":[{{"text":"Follow-up"}}],"location":[{{"location":{{"reference":"Location/l1","display":"Lakeside Clinic"}}}}],"serviceProvider":{{"reference":"Organization/o1","display":"Lakeside"}}"#,
        at % 7,
        at % 28 + 1,
        at % 28 + 1,
    )
}

fn report(at: usize) -> String {
    format!(
        r#""resourceType":"DiagnosticReport","status":"final","category":[{{"coding":[{{"system":"http://terminology.hl7.org/CodeSystem/v2-0074","code":"LAB","display":"Laboratory"}}]}}],"code":{{"coding":[{{"system":"http://loinc.org","code":"24323-8","display":"Comprehensive metabolic 2000 panel"}}],"text":"Comprehensive metabolic panel"}},{},"effectiveDateTime":"2023-04-{:02}T08:15:00-05:00","issued":"2023-04-02T11:30:00.000Z","performer":[{{"display":"City Laboratory"}}],"result":[{{"reference":"Observation/a{at}","display":"Glucose"}},{{"reference":"Observation/b{at}","display":"Sodium"}},{{"reference":"Observation/c{at}","display":"Potassium"}},{{"reference":"Observation/d{at}","display":"Chloride"}}]"#,
        about(at),
        at % 28 + 1,
    )
}
