//! Topics of a life that was written by somebody who has not read the table (`grown_topics.rs`).

#![allow(clippy::print_stdout, reason = "what was missed is for whoever changes the table")]

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use wholechart_fhir::{Kind, ReadOptions, Release, read};
use wholechart_record::{ConnectionId, EntryKey, FactId, Handles, Member, Merger, group, topic_of};

use crate::grown_topics::{Told, topics_life};
use crate::said::HOME;

fn member(number: usize, told: &Told) -> Member {
    let release = match told.release {
        "dstu2" => Release::Dstu2,
        "stu3" => Release::Stu3,
        _ => Release::R4,
    };
    let entry = read(told.resource.to_string().as_bytes(), &ReadOptions::new(release)).expect("a resource");
    let key = EntryKey {
        connection: ConnectionId(told.teller.into()),
        base: format!("https://{}.example/fhir", told.teller),
        release,
        resource_type: entry.resource_type.clone(),
        id: entry.id.clone().unwrap_or_else(|| format!("n{number}")),
    };
    Member { key, entry }
}

/// Pairs of entries of one kind, within a person.
#[derive(Default, Debug, Clone, Copy)]
struct Pairs {
    /// Under one topic.
    together: usize,
    /// Of those, truly of one.
    right: usize,
    /// Truly of one.
    alike: usize,
}

/// So many lives are read. Of twelve, a kind's recall is one or two hundredths up or down.
const LIVES: u64 = 36;

/// Recall that is held, by kind. What is missing are spellings that the table does not know.
const FLOORS: &[(&str, f64)] =
    &[("allergy", 0.95), ("medicine", 0.97), ("problem", 0.95), ("procedure", 0.95), ("vaccine", 0.96)];

#[test]
fn topics_of_lives_that_others_wrote() {
    let seed = std::env::var("WHOLECHART_SEED").ok().and_then(|seed| seed.parse().ok());
    let first: u64 = seed.unwrap_or(1);
    let mut of_kind: BTreeMap<&str, Pairs> = BTreeMap::new();
    let (mut wrong, mut missed) = (BTreeMap::<String, usize>::new(), BTreeMap::<String, usize>::new());
    let mut joined_wrongly: BTreeSet<String> = BTreeSet::new();
    for seed in first..first + LIVES {
        let life = topics_life(seed);
        let members: Vec<Member> = life.iter().enumerate().map(|(n, told)| member(n, told)).collect();
        let number: BTreeMap<EntryKey, usize> =
            members.iter().enumerate().map(|(n, one)| (one.key.clone(), n)).collect();
        let mut merger = Merger::new(HOME);
        merger.update(members.clone(), &[]);
        let facts: Vec<(FactId, Kind, Handles, Vec<usize>)> = merger
            .facts()
            .values()
            .map(|fact| {
                let own: Vec<usize> = fact.members.iter().map(|key| number[key]).collect();
                let entries: Vec<_> = own.iter().map(|n| &members[*n].entry).collect();
                (fact.id.clone(), fact.kind, Handles::of(fact.kind, &entries), own)
            })
            .collect();
        let keyed: Vec<_> = facts.iter().map(|(id, kind, handles, _)| (id, *kind, handles)).collect();
        let topics = group(&keyed, &BTreeMap::new());
        let mut topic_of: BTreeMap<usize, &str> = BTreeMap::new();
        for topic in &topics {
            for entry in topic.facts.iter().flat_map(|n| &facts[*n].3) {
                topic_of.insert(*entry, &topic.id);
            }
        }
        for (n, one) in life.iter().enumerate() {
            for (m, other) in life.iter().enumerate().skip(n + 1).filter(|(_, other)| other.kind == one.kind)
            {
                let pairs = of_kind.entry(one.kind).or_default();
                let together = topic_of.contains_key(&n) && topic_of.get(&n) == topic_of.get(&m);
                let alike = one.topic == other.topic;
                pairs.together += usize::from(together);
                pairs.alike += usize::from(alike);
                pairs.right += usize::from(together && alike);
                let said = |n: usize| members[n].entry.title.clone();
                let mut named =
                    BTreeSet::from([said(n), said(m)]).into_iter().collect::<Vec<_>>().join(" / ");
                let fact = |n: usize| merger.fact_of(&members[n].key);
                let joined = if fact(n) == fact(m) { "one fact" } else { "one topic" };
                named = format!("{}: {named} [{} / {}], {joined}", one.kind, one.topic, other.topic);
                if !alike && fact(n) == fact(m) {
                    joined_wrongly.insert(named.clone());
                }
                if together && !alike {
                    *wrong.entry(named).or_default() += 1;
                } else if alike && !together {
                    *missed.entry(named).or_default() += 1;
                }
            }
        }
    }
    for (of, what) in [("wrong", &wrong), ("missed", &missed)] {
        let mut most: Vec<_> = what.iter().collect();
        most.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
        for (named, count) in most.iter().take(60) {
            println!("{of} {count} \u{d7} {named}");
        }
    }
    let mut low = false;
    for (kind, pairs) in &of_kind {
        #[expect(clippy::cast_precision_loss, reason = "counts of pairs are small")]
        let share = |part: usize, of: usize| part as f64 / of.max(1) as f64;
        let (precision, recall) = (share(pairs.right, pairs.together), share(pairs.right, pairs.alike));
        println!("{kind}: precision {precision:.4}, recall {recall:.4} ({pairs:?})");
        let floor = FLOORS.iter().find(|(of, _)| of == kind).map_or(1.0, |(_, floor)| *floor);
        low |= precision < 0.99 || recall < floor;
    }
    assert!(!low, "a topic is wrong or missed too often");
    assert!(joined_wrongly.is_empty(), "two things are one fact: {joined_wrongly:#?}");
    assert_eq!(of_kind.len(), 5, "each kind was there");
}

/// A source of topics that could be left out without a loss would be of no use, and its rows might be wrong unseen.
#[test]
fn each_source_of_topics_bites() {
    let mut right: BTreeMap<&str, usize> = BTreeMap::new();
    let (mut by_code_alone, mut by_name_alone) = (0, 0);
    for seed in 1..5 {
        let life = topics_life(seed);
        let mut members: Vec<Member> = life.iter().enumerate().map(|(n, told)| member(n, told)).collect();
        // Half of them come from a server that sends codes without their names.
        for coding in members.iter_mut().step_by(2).flat_map(|one| &mut one.entry.codes) {
            coding.display = None;
        }
        let ids: Vec<FactId> = (0..life.len()).map(|n| FactId(format!("{n:06}"))).collect();
        let handles: Vec<Handles> =
            members.iter().map(|one| Handles::of(one.entry.kind, &[&one.entry])).collect();
        for one in &members {
            let kind = one.entry.kind;
            let named = topic_of(kind, &one.entry.title, &[]).is_some();
            by_code_alone += usize::from(!named && topic_of(kind, "", &one.entry.codes).is_some());
            by_name_alone += usize::from(named && topic_of(kind, "", &one.entry.codes).is_none());
        }
        let pairs_without = |take: fn(&mut Handles)| {
            let own: Vec<Handles> = handles.iter().cloned().map(|mut one| (take(&mut one), one).1).collect();
            let facts: Vec<_> = (0..life.len()).map(|n| (&ids[n], members[n].entry.kind, &own[n])).collect();
            let right = |facts: &[usize]| {
                let pairs = facts
                    .iter()
                    .enumerate()
                    .flat_map(|(at, n)| facts[at + 1..].iter().map(move |m| (*n, *m)));
                pairs.filter(|(n, m)| life[*n].topic == life[*m].topic).count()
            };
            group(&facts, &BTreeMap::new()).iter().map(|topic| right(&topic.facts)).sum::<usize>()
        };
        *right.entry("all").or_default() += pairs_without(|_| ());
        *right.entry("table").or_default() += pairs_without(|one| one.known = None);
        *right.entry("codes").or_default() += pairs_without(|one| one.codes.clear());
        *right.entry("words").or_default() += pairs_without(|one| one.words.clear());
    }
    println!(
        "right pairs, and without each source: {right:?}; by code alone {by_code_alone}, by name alone {by_name_alone}"
    );
    for source in ["table", "codes", "words"] {
        assert!(right[source] < right["all"], "{source} is of no use: {right:?}");
    }
    assert!(by_code_alone > 0 && by_name_alone > 0);
}

/// Which entries are one fact, by their place in the life, whatever their servers and ids are called.
fn joined(life: &[Told], key: impl Fn(usize, EntryKey) -> EntryKey) -> BTreeSet<BTreeSet<usize>> {
    let members: Vec<Member> = life
        .iter()
        .enumerate()
        .map(|(n, told)| {
            let Member { key: own, entry } = member(n, told);
            Member { key: key(n, own), entry }
        })
        .collect();
    let number: BTreeMap<EntryKey, usize> =
        members.iter().enumerate().map(|(n, one)| (one.key.clone(), n)).collect();
    let mut merger = Merger::new(HOME);
    merger.update(members, &[]);
    merger.facts().values().map(|fact| fact.members.iter().map(|key| number[key]).collect()).collect()
}

#[test]
fn what_is_one_does_not_depend_on_what_servers_call_it() {
    for seed in 1..9 {
        let life = topics_life(seed);
        let as_sent = joined(&life, |_, key| key);
        let renamed = joined(&life, |n, key| EntryKey {
            // The last comes first.
            connection: ConnectionId(key.connection.0.bytes().map(|byte| char::from(219 - byte)).collect()),
            id: format!("{:08}", 90_000_000 - n),
            ..key
        });
        let differ: Vec<_> = as_sent.symmetric_difference(&renamed).collect();
        assert!(differ.is_empty(), "seed {seed}: {differ:?}");
    }
}

/// Pairs of two things that share a code with its name, and of one thing told two ways; each by two providers on one day.
#[test]
fn a_name_that_a_wide_code_shares_makes_no_two_things_one() {
    const RXNORM: &str = "http://www.nlm.nih.gov/research/umls/rxnorm";
    const OWN: &str = "urn:oid:1.2.840.114350.1.13.999.2.7.2.696580";
    const CPT: &str = "http://www.ama-assn.org/go/cpt";
    const SNOMED: &str = "http://snomed.info/sct";
    const LOINC: &str = "http://loinc.org";
    const NDC: &str = "http://hl7.org/fhir/sid/ndc";
    let medicine = |text: &str, codes: Value| {
        let about = json!({"text": text, "coding": codes});
        json!({"resourceType": "MedicationRequest", "status": "active", "intent": "order",
            "authoredOn": "2021-03-04", "medicationCodeableConcept": about})
    };
    let code =
        |system: &str, code: &str, display: &str| json!({"system": system, "code": code, "display": display});
    let dose = |text: &str, cvx: &str| {
        json!({"resourceType": "Immunization", "status": "completed", "occurrenceDateTime": "2021-03-04",
            "vaccineCode": {"text": text, "coding": [{"system": "http://hl7.org/fhir/sid/cvx", "code": cvx}]}})
    };
    let problem = |text: &str, sct: &str| {
        json!({"resourceType": "Condition", "onsetDateTime": "2021-03-04",
            "clinicalStatus": {"coding": [{"code": "active"}]},
            "code": {"text": text, "coding": [{"system": "http://snomed.info/sct", "code": sct}]}})
    };
    let operation = |text: &str, system: &str, code: &str, site: &str| {
        let mut told = json!({"resourceType": "Procedure", "status": "completed", "performedDateTime": "2021-03-04",
            "code": {"text": text, "coding": [{"system": system, "code": code}]}});
        if !site.is_empty() {
            told["bodySite"] = json!([{"text": site}]);
        }
        told
    };
    let result = |text: &str, system: &str, code: &str, specimen: &str| {
        let mut told = json!({"resourceType": "Observation", "status": "final",
            "category": [{"coding": [{"code": "laboratory"}]}], "effectiveDateTime": "2021-03-04T08:15:00Z",
            "code": {"text": text, "coding": [{"system": system, "code": code}]},
            "valueQuantity": {"value": 1.1, "unit": "mg/dL"}});
        if !specimen.is_empty() {
            told["specimen"] = json!({"display": specimen});
        }
        told
    };
    let class = || code(OWN, "AC", "anticoagulant");
    let insulin = || code(RXNORM, "5856", "insulin");
    let home = || code(OWN, "HOME", "HOME MED");
    let cases = [
        (
            medicine("apixaban 5 mg", json!([code(RXNORM, "1364445", "apixaban 5 MG Oral Tablet"), class()])),
            medicine(
                "warfarin 5 mg",
                json!([code(RXNORM, "855332", "warfarin sodium 5 MG Oral Tablet"), class()]),
            ),
            false,
        ),
        (
            medicine("insulin glargine (LANTUS) 100 unit/mL injection", json!([insulin()])),
            medicine("insulin lispro (HUMALOG) 100 unit/mL injection", json!([insulin()])),
            false,
        ),
        (medicine("tamsulosin", json!([home()])), medicine("finasteride", json!([home()])), false),
        (
            medicine("Percocet 5-325", json!([code(RXNORM, "161", "acetaminophen")])),
            medicine("Norco 5-325", json!([code(RXNORM, "161", "acetaminophen")])),
            false,
        ),
        (
            medicine("Glucophage 500 mg", json!([code(RXNORM, "6809", "metformin")])),
            medicine("metformin 500 mg", json!([code(RXNORM, "6809", "metformin")])),
            true,
        ),
        (
            medicine("Zestril 10 mg", json!([code(RXNORM, "314076", "lisinopril 10 MG Oral Tablet")])),
            medicine("Prinivil 10 mg", json!([code(RXNORM, "314076", "lisinopril 10 MG Oral Tablet")])),
            true,
        ),
        (dose("Influenza", "115"), dose("Hepatitis B", "115"), false),
        (dose("Yellow fever", "999"), dose("Yellow fever", "37"), true),
        (problem("OA L knee", "239873007"), problem("OA R knee", "239873007"), false),
        (problem("OA left knee", "239873007"), problem("OA L knee", "239873007"), true),
        // Which of several: by a place of the body, a number, one of two opposites.
        (operation("Stent LAD", CPT, "92928", ""), operation("Stent RCA", CPT, "92928", ""), false),
        (operation("ACDF C5-6", CPT, "22551", ""), operation("ACDF C6-7", CPT, "22551", ""), false),
        (operation("Extraction #14", CPT, "D7140", ""), operation("Extraction #19", CPT, "D7140", ""), false),
        (operation("Biopsy", CPT, "11102", "Nose"), operation("Biopsy", CPT, "11102", "Ear"), false),
        (
            operation("Upper lobe", SNOMED, "173171007", ""),
            operation("Lower lobe", SNOMED, "173171007", ""),
            false,
        ),
        (
            operation("Knee X-ray, 3 views", CPT, "73562", ""),
            operation("Radiologic examination, knee; 3 views", CPT, "73562", ""),
            true,
        ),
        (
            operation("CT head or brain without contrast", CPT, "70450", ""),
            operation("CT head w/o contrast", CPT, "70450", ""),
            true,
        ),
        (
            result("Blood culture set 1", LOINC, "600-7", ""),
            result("Blood culture set 2", LOINC, "600-7", ""),
            false,
        ),
        (result("Sodium", LOINC, "2823-3", ""), result("Potassium", LOINC, "2823-3", ""), false),
        (result("K", LOINC, "2823-3", ""), result("Potassium", LOINC, "2823-3", ""), true),
        (result("Cat IgE", OWN, "L10", ""), result("Dog IgE", OWN, "L10", ""), false),
        (result("TSH", LOINC, "3016-3", ""), result("Thyrotropin in serum", LOINC, "3016-3", ""), true),
        (
            medicine("Miscellaneous med", json!([code(OWN, "M1", "Misc")])),
            medicine("Eye drops", json!([code(OWN, "M1", "Misc")])),
            false,
        ),
        (
            medicine("vitamin C", json!([code(NDC, "00000-0000-00", "unknown")])),
            medicine("zinc", json!([code(NDC, "00000-0000-00", "unknown")])),
            false,
        ),
        (problem("Kidney stone", "95570007"), problem("Kidney stone, 4 mm", "95570007"), true),
    ];
    for (n, (one, other, is_one)) in cases.into_iter().enumerate() {
        let members = [("a", &one), ("b", &other)].map(|(teller, sent)| {
            let entry = read(sent.to_string().as_bytes(), &ReadOptions::new(Release::R4)).unwrap();
            let key = EntryKey {
                connection: ConnectionId(teller.into()),
                base: format!("https://{teller}.example"),
                release: Release::R4,
                resource_type: entry.resource_type.clone(),
                id: "1".into(),
            };
            Member { key, entry }
        });
        let mut merger = Merger::new(HOME);
        merger.update(members.to_vec(), &[]);
        assert_eq!(merger.facts().len() == 1, is_one, "case {n}: {one} / {other}");
    }
}

#[test]
fn that_none_is_known_is_one_topic_however_it_is_said() {
    let topics = |said: &[&str]| {
        let told = said.iter().map(|text| {
            let sent = json!({"resourceType": "AllergyIntolerance", "code": {"text": text}});
            read(sent.to_string().as_bytes(), &ReadOptions::new(Release::R4)).unwrap()
        });
        let handles: Vec<Handles> = told.map(|entry| Handles::of(Kind::Allergy, &[&entry])).collect();
        let ids: Vec<FactId> = (0..said.len()).map(|n| FactId(format!("f{n}"))).collect();
        let facts: Vec<_> = ids.iter().zip(&handles).map(|(id, of)| (id, Kind::Allergy, of)).collect();
        group(&facts, &BTreeMap::new()).len()
    };
    assert_eq!(topics(&["NKDA", "No known drug allergies", "No Known Drug Allergy"]), 1);
    assert_eq!(topics(&["NKA", "No known allergies"]), 1);
    assert_eq!(topics(&["NKDA", "No known food allergies", "No known allergies", "Penicillin"]), 4);
}

#[test]
fn what_shares_an_unspecified_code_and_no_name_is_under_two_headings() {
    let told = |text: &str, code: &str| {
        let sent = json!({"resourceType": "Condition", "code": {"text": text,
            "coding": [{"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": code}]}});
        Handles::of(
            Kind::Problem,
            &[&read(sent.to_string().as_bytes(), &ReadOptions::new(Release::R4)).unwrap()],
        )
    };
    let topics = |handles: &[Handles]| {
        let ids: Vec<FactId> = (0..handles.len()).map(|n| FactId(format!("f{n}"))).collect();
        let facts: Vec<_> = ids.iter().zip(handles).map(|(id, of)| (id, Kind::Problem, of)).collect();
        group(&facts, &BTreeMap::new()).len()
    };
    assert_eq!(topics(&[told("Zebra ring anomaly", "Q99.9"), told("Quokka mosaic", "Q99.9")]), 2);
    assert_eq!(topics(&[told("Zebra ring anomaly", "Q99.2"), told("Quokka mosaic", "Q99.2")]), 1);
}
