//! Under what a fact stands: of plain facts with plain ties, and of ties that come, change and go.

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde_json::json;
use wholechart_fhir::{Day, Kind, ReadOptions, Release, read};
use wholechart_record::{ConnectionId, EntryKey, FactId, Folds, Manner, Member, Ties, manner, merge};

fn id(name: &str) -> FactId {
    FactId(name.to_owned())
}

fn day(day: u32) -> Option<Day> {
    Day::new(2024, 3, day)
}

/// A fact of one source on the first of the month, without a time.
fn ties(kind: Kind) -> Ties {
    let manner = match kind {
        Kind::Observation => Manner::Folds,
        Kind::Questionnaire => Manner::WithVisit,
        _ => Manner::Stays,
    };
    Ties {
        kind,
        title: String::new(),
        manner,
        withdrawn: false,
        day: day(1),
        until: None,
        minute: None,
        tellers: vec![ConnectionId("summit".to_owned())],
        panel: false,
        lists: [].into(),
        names: [].into(),
        visit: None,
    }
}

fn answer() -> Ties {
    ties(Kind::Observation)
}

fn at(minute: u32, ties: Ties) -> Ties {
    Ties { minute: Some(minute), ..ties }
}

fn listing(kind: Kind, members: &[&str]) -> Ties {
    Ties { lists: members.iter().map(|name| id(name)).collect(), panel: true, ..ties(kind) }
}

fn naming(other: &str) -> Ties {
    Ties { names: [id(other)].into(), ..answer() }
}

fn at_visit(visit: &str, ties: Ties) -> Ties {
    Ties { visit: Some(id(visit)), ..ties }
}

/// `a under b` of all that fold, sorted.
fn folded(all: &[(&str, Ties)]) -> Vec<String> {
    let mut folds = Folds::default();
    folds.update(all.iter().map(|(name, ties)| (id(name), Some(ties.clone()))));
    under(&folds, all.iter().map(|(name, _)| *name))
}

fn under<'n>(folds: &Folds, names: impl Iterator<Item = &'n str>) -> Vec<String> {
    let mut said: Vec<String> =
        names.filter_map(|name| Some(format!("{name} under {}", folds.under(&id(name))?))).collect();
    said.sort();
    said
}

#[test]
fn what_lists_it_comes_before_what_it_names_and_that_before_the_visit() {
    let all = [
        ("visit", ties(Kind::Visit)),
        ("note", listing(Kind::Document, &["a"])),
        ("form", ties(Kind::Questionnaire)),
        ("a", at_visit("visit", Ties { names: [id("form")].into(), ..answer() })),
        ("b", at_visit("visit", naming("form"))),
        ("c", at_visit("visit", answer())),
        ("d", answer()),
    ];
    assert_eq!(folded(&all), ["a under note", "b under form", "c under visit"]);
}

#[test]
fn nothing_is_under_what_folds_itself() {
    let all = [
        ("visit", ties(Kind::Visit)),
        ("form", at_visit("visit", ties(Kind::Questionnaire))),
        ("panel", Ties { lists: [id("a"), id("b")].into(), panel: true, ..naming("form") }),
        ("a", naming("form")),
        ("b", answer()),
    ];
    assert_eq!(folded(&all), ["a under visit", "b under visit", "form under visit", "panel under visit"]);
    let alone = [("panel", listing(Kind::Observation, &["a", "b"])), ("a", answer()), ("b", answer())];
    assert_eq!(
        folded(&alone),
        ["a under panel", "b under panel"],
        "a panel without a visit stands for itself"
    );
}

#[test]
fn of_one_minute_what_reports_it_stands_for_all_else_the_first() {
    let answers = [("b", at(600, answer())), ("a", at(600, answer())), ("c", at(601, answer()))];
    assert_eq!(folded(&answers), ["b under a"]);
    let mut reported = answers.to_vec();
    reported.push(("note", at(600, ties(Kind::Document))));
    reported.push(("report", at(600, ties(Kind::Report))));
    reported.push(("other", Ties { tellers: vec![ConnectionId("harbor".to_owned())], ..at(600, answer()) }));
    assert_eq!(folded(&reported), ["a under report", "b under report"]);
    let panels = [
        ("a", at(600, answer())),
        ("b", at(600, listing(Kind::Observation, &["c"]))),
        ("c", at(600, answer())),
        ("d", at(600, Ties { title: "0".to_owned(), ..answer() })),
    ];
    assert_eq!(folded(&panels), ["a under b", "c under b", "d under b"], "a panel before single answers");
    assert!(folded(&[("a", answer()), ("b", answer())]).is_empty(), "a day is no minute");
    let figure = || at(600, Ties { manner: Manner::Apart, ..answer() });
    let mut figures =
        vec![("a", figure()), ("b", figure()), ("c", at(600, answer())), ("d", at(600, answer()))];
    assert_eq!(folded(&figures), ["d under c"], "a figure is not behind another");
    figures.push(("report", at(600, ties(Kind::Report))));
    assert_eq!(folded(&figures), ["a under report", "b under report", "c under report", "d under report"]);
}

#[test]
fn a_form_that_becomes_a_report_takes_its_minute_along() {
    let told = |kind: Kind| (id("form"), Some(at(60, at_visit("visit", ties(kind)))));
    let mut folds = Folds::default();
    folds.update([
        (id("visit"), Some(ties(Kind::Visit))),
        told(Kind::Questionnaire),
        (id("answer"), Some(at(60, answer()))),
    ]);
    assert_eq!(folds.under(&id("answer")), Some(&id("visit")));
    // Joined with a report, it is a row of its own.
    let moved = folds.update([told(Kind::Report)]);
    assert_eq!(folds.under(&id("answer")), Some(&id("form")));
    assert!(moved.contains(&id("answer")));
}

#[test]
fn nothing_is_under_what_was_withdrawn_or_is_of_another_day_or_of_others() {
    let withdrawn = |ties: Ties| Ties { withdrawn: true, ..ties };
    let of = |on: u32, ties: Ties| Ties { day: day(on), ..ties };
    let stay = || Ties { until: day(4), ..ties(Kind::Visit) };
    let all = [
        ("visit", withdrawn(ties(Kind::Visit))),
        ("stay", stay()),
        ("panel", of(2, listing(Kind::Observation, &["b"]))),
        ("a", at_visit("visit", answer())),
        ("b", answer()),
        ("c", at_visit("stay", of(4, answer()))),
        ("d", at_visit("stay", of(5, answer()))),
        ("e", at_visit("stay", withdrawn(answer()))),
        ("f", at_visit("stay", Ties { day: None, ..answer() })),
        ("g", at_visit("stay", Ties { tellers: vec![ConnectionId("harbor".to_owned())], ..answer() })),
    ];
    assert_eq!(folded(&all), ["c under stay", "e under stay", "f under stay"]);
    let minute = [("a", at(5, withdrawn(answer()))), ("b", at(5, answer())), ("c", at(5, answer()))];
    assert_eq!(folded(&minute), ["a under b", "c under b"]);
    assert!(folded(&minute[..1]).is_empty());
}

#[test]
fn circles_end() {
    let circle = [
        ("a", listing(Kind::Observation, &["b"])),
        ("b", listing(Kind::Observation, &["c"])),
        ("c", listing(Kind::Observation, &["a", "d"])),
        ("d", answer()),
        ("e", listing(Kind::Observation, &["e"])),
    ];
    assert_eq!(folded(&circle), ["b under a", "c under a", "d under a"]);
    let mut at_a_visit = circle.to_vec();
    at_a_visit[0].1.visit = Some(id("visit"));
    at_a_visit.push(("visit", ties(Kind::Visit)));
    assert_eq!(folded(&at_a_visit), ["a under visit", "b under visit", "c under visit", "d under visit"]);
    let both =
        [("a", Ties { names: [id("b")].into(), ..listing(Kind::Observation, &["b"]) }), ("b", answer())];
    assert_eq!(folded(&both), ["b under a"], "what lists its source is not under it");
}

#[test]
fn a_score_stands_for_its_answers_and_one_answer_for_what_was_said_of_it() {
    let mut score = answer();
    score.derived_from([(id("a"), true), (id("b"), true), (id("form"), false)]);
    let mut remark = answer();
    remark.derived_from([(id("a"), true)]);
    let all = [("score", score), ("remark", remark), ("a", answer()), ("b", answer())];
    assert_eq!(folded(&all), ["a under score", "b under score", "remark under score"]);
}

#[test]
fn a_minute_of_thousands_is_left_apart() {
    let names: Vec<String> = (0..1001).map(|n| format!("{n}")).collect();
    let all: Vec<(&str, Ties)> = names.iter().map(|name| (name.as_str(), at(0, answer()))).collect();
    assert_eq!(folded(&all[1..]).len(), 999);
    assert!(folded(&all).is_empty());
    let chain: Vec<(&str, Ties)> = names
        .iter()
        .zip(names.iter().skip(1))
        .map(|(name, next)| (name.as_str(), listing(Kind::Observation, &[next])))
        .collect();
    assert_eq!(folded(&chain).len(), 999, "and a long way is gone once");
}

#[test]
fn what_belongs_to_the_person_or_is_out_of_range_stays_in_sight() {
    let found = |category: &[&str], code: &str, flag: Option<&str>, value: &serde_json::Value| {
        let categories: Vec<_> = category.iter().map(|code| json!({"coding": [{"code": code}]})).collect();
        let mut sent = json!({"resourceType": "Observation", "id": "1", "status": "final", "category": categories,
            "code": {"coding": [{"system": "http://loinc.org", "code": code}], "text": "Something"},
            "interpretation": flag.map(|flag| json!([{"coding": [{"code": flag}]}])), "valueString": "Yes"});
        for (name, value) in value.as_object().unwrap() {
            sent[name] = value.clone();
        }
        let entry = read(sent.to_string().as_bytes(), &ReadOptions::new(Release::R4)).unwrap();
        let key = EntryKey {
            connection: ConnectionId("summit".to_owned()),
            base: "https://summit.example/r4".to_owned(),
            release: Release::R4,
            resource_type: "Observation".to_owned(),
            id: "1".to_owned(),
        };
        let facts = merge(vec![Member { key: key.clone(), entry: entry.clone() }], chrono_tz::UTC);
        manner(&facts[0], &[(&key, &entry)])
    };
    let how = |category: &[&str], code: &str, flag: Option<&str>| found(category, code, flag, &json!({}));
    for folds in [
        &["survey"][..],
        &["exam"],
        &["activity"],
        &["procedure"],
        &["sdoh", "survey"],
        &["disability-status", "survey"],
    ] {
        assert_eq!(how(folds, "1234-5", None), Manner::Folds, "{folds:?}");
        assert_eq!(how(folds, "72166-2", None), Manner::Stays, "smoking, whatever {folds:?}");
        assert_eq!(how(folds, "1234-5", Some("A")), Manner::Stays, "out of range");
    }
    for stays in ["social-history", "disability-status", "treatment-intervention-preference"] {
        assert_eq!(how(&[stays], "1234-5", None), Manner::Stays, "{stays}");
    }
    assert_eq!(how(&["imaging"], "1234-5", None), Manner::WithReport);
    let measured = json!({"valueString": null, "valueQuantity": {"value": 50, "unit": "mg/dL"}});
    assert_eq!(found(&["procedure"], "1234-5", None, &measured), Manner::Apart, "it may be a laboratory's");
    assert_eq!(found(&["exam"], "1234-5", None, &measured), Manner::Folds);
}

const NAMES: [&str; 8] = ["a", "b", "c", "d", "e", "f", "g", "h"];

/// Ties of anything to anything.
fn any_ties() -> impl Strategy<Value = Ties> {
    let kind = prop::sample::select(vec![
        Kind::Observation,
        Kind::Observation,
        Kind::Observation,
        Kind::Questionnaire,
        Kind::Report,
        Kind::Visit,
    ]);
    let others = || prop::collection::btree_set(prop::sample::select(NAMES.to_vec()).prop_map(id), 0..3);
    let visit = prop::option::of(prop::sample::select(NAMES.to_vec()).prop_map(id));
    let when = (prop::option::of(1..3_u32), prop::option::of(0..2_u32), any::<bool>());
    let who = prop::sample::select(vec![vec!["x"], vec!["y"], vec!["x", "y"], vec!["x"]]);
    let how = (0..6_u8, prop::sample::select(vec!["", "1", "2"]));
    (kind, others(), others(), visit, when, who, how).prop_map(
        |(kind, lists, names, visit, (on, minute, lasts), who, (how, title))| Ties {
            title: title.to_owned(),
            withdrawn: how == 0,
            manner: match how {
                1 => Manner::Stays,
                2 if kind == Kind::Observation => Manner::Apart,
                _ => ties(kind).manner,
            },
            day: on.and_then(day),
            until: day(4).filter(|_| lasts),
            minute,
            tellers: who.into_iter().map(|who| ConnectionId(who.to_owned())).collect(),
            panel: !lists.is_empty(),
            lists,
            names,
            visit,
            ..ties(kind)
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, ..ProptestConfig::default() })]

    #[test]
    fn what_grew_step_by_step_equals_what_is_found_at_once(
        steps in prop::collection::vec(
            prop::collection::vec((prop::sample::select(NAMES.to_vec()), prop::option::weighted(0.8, any_ties())), 1..4),
            1..12,
        )
    ) {
        let (mut folds, mut known) = (Folds::default(), BTreeMap::new());
        for step in steps {
            let before: BTreeMap<_, _> = NAMES.iter().map(|name| (id(name), folds.under(&id(name)).cloned())).collect();
            let changes: Vec<(FactId, Option<Ties>)> = step.into_iter().map(|(name, ties)| (id(name), ties)).collect();
            for (id, ties) in &changes {
                match ties {
                    Some(ties) => known.insert(id.clone(), ties.clone()),
                    None => known.remove(id),
                };
            }
            let changed = folds.update(changes);
            let mut anew = Folds::default();
            anew.update(known.iter().map(|(id, ties)| (id.clone(), Some(ties.clone()))));
            for (id, ties) in &known {
                let under = folds.under(id);
                prop_assert_eq!(under, anew.under(id));
                prop_assert_eq!(under != before[id].as_ref(), changed.contains(id), "told what changed");
                let Some(head) = under else { continue };
                prop_assert!(folds.under(head).is_none(), "nothing is under what folds");
                prop_assert!(!known[head].withdrawn && ties.manner != Manner::Stays);
                let same = known[head].day == ties.day || ties.day.is_none();
                prop_assert!(same || known[head].kind == Kind::Visit && known[head].day <= ties.day);
            }
            for name in NAMES.iter().filter(|name| !known.contains_key(&id(name))) {
                prop_assert!(folds.under(&id(name)).is_none());
            }
        }
    }
}
