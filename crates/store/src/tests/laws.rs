//! On generated records: what was sent is kept byte for byte, and a rebuilt projection equals the grown one.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use proptest::prelude::*;
use rusqlite::Row;
use serde_json::{Value, json};
use wholechart_fhir::{Kind, Release};
use wholechart_record::{About, Decision, EntryKey, Number, Ties, Verdict, Wish, wish};

use super::{Kept, ada, at, id, page, result, vaccine};
use crate::packed::text_at;
use crate::{Filter, Incoming, PageCommit, RunOutcome, Store, StoreError};

/// JSON with the blanks, escapes, figures and repetitions that servers send and re-formatting would lose.
fn odd_json() -> impl Strategy<Value = Vec<u8>> {
    let blank = prop::sample::select(vec!["", " ", "\n", "\r\n\t", "    "]);
    let figure =
        prop::sample::select(vec!["5.10", "5.1e1", "-0", "1E400", "0.1000000000000000055511151231257827"]);
    let text = prop::sample::select(vec!["caf\\u00e9", "\u{1f600}", "a\\/b", "\\ud800", "<div>&amp;</div>"]);
    (blank, figure, text, any::<bool>()).prop_map(|(blank, figure, text, twice)| {
        let again = if twice { format!(",{blank}\"status\":{blank}\"amended\"") } else { String::new() };
        format!(
            "{{{blank}\"status\":\"final\",{blank}\"resourceType\"{blank}:\"Observation\",\
             \"valueQuantity\":{{\"value\":{figure}}},\"code\":{{\"text\":{blank}\"{text}\"}}{again}{blank}}}"
        )
        .into_bytes()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn what_was_sent_is_kept_byte_for_byte(all in prop::collection::vec(odd_json(), 1..12), noise in prop::collection::vec(any::<u8>(), 0..200)) {
        let kept = Kept::with(&["summit"]);
        let run = kept.store.begin_run(&id("summit"), at(0)).unwrap();
        let incoming = |(n, bytes): (usize, &Vec<u8>)| Incoming {
            bytes: bytes.clone(),
            resource_type: "Observation".into(),
            id: Some(format!("{n}")),
            full_url: None,
            position: n as u64,
            inferred: None,
        };
        let mut resources: Vec<Incoming> = all.iter().enumerate().map(incoming).collect();
        resources.push(incoming((all.len(), &noise)));
        let outcome = kept.store.commit_page(PageCommit { resources, ..page(run, "summit", &[]) }).unwrap();
        prop_assert_eq!(outcome.new as usize + outcome.unreadable.len(), all.len() + 1);

        let kept = kept.reopened();
        kept.store.refresh_facts(&ada()).unwrap();
        let mut stored = Vec::new();
        kept.store.entries(None, &mut |row| {
            stored.push((row.member.key.id.parse::<usize>().unwrap(), row.version.id));
            ControlFlow::Continue(())
        }).unwrap();
        for (n, version) in stored {
            let sent = all.get(n).unwrap_or(&noise);
            prop_assert_eq!(&kept.store.version_bytes(version).unwrap().unwrap().bytes, sent);
        }
        for row in kept.store.unreadable(&id("summit")).unwrap() {
            let n = usize::try_from(row.position).unwrap();
            prop_assert_eq!(&row.bytes, all.get(n).unwrap_or(&noise));
        }
    }
}

/// One step of a record's life.
#[derive(Debug, Clone)]
pub(super) enum Step {
    Page {
        connection: usize,
        release: Release,
        midnight_means_day: bool,
        resources: Vec<Value>,
    },
    Refresh,
    /// Of at most two that came or changed.
    RefreshPart,
    Disconnect(usize),
    /// Two of the entries there are, by number.
    Decide(usize, usize, Verdict),
    TakeBack(usize),
    /// Closed and opened again: nothing is left in memory.
    Reopen,
    /// What is held of the record in memory is dropped.
    LetGo,
}

pub(super) const CONNECTIONS: [&str; 3] = ["a", "b", "c"];

pub(super) fn step() -> impl Strategy<Value = Step> {
    let date =
        prop::sample::select(vec!["2021-10-04", "2021-10-04T00:00:00Z", "2021-10-05T03:00:00Z", "2021-10"]);
    let resource = (0..6_u8, date, 0..10_u8, 0..3).prop_map(|(n, date, what, value)| {
        let id = n.to_string();
        let mut resource = match what {
            0 | 1 => vaccine(&id, date),
            2 | 3 => result(&id, Some(date), value),
            // What others learn from, and what learns.
            4 => json!({"resourceType": "Medication", "id": id, "code": {"text": format!("Lisinopril {value}0 mg tablet")}}),
            // What folds, and what it folds under: a panel of answers, a report of them, an answer to a remark.
            6 | 7 => json!({"resourceType": "Observation", "id": id, "status": if value == 0 { "entered-in-error" } else { "final" },
                "category": [{"coding": [{"code": if value == 1 && what == 7 { "social-history" } else { "survey" }}]}],
                "code": {"text": format!("Question {n}")}, "effectiveDateTime": date, "valueString": format!("{value}"),
                "derivedFrom": [{"reference": format!("QuestionnaireResponse/{value}")}],
                "hasMember": (what == 7).then(|| json!([{"reference": format!("Observation/{value}")}, {"reference": "Observation/4"}]))}),
            8 => json!({"resourceType": "DiagnosticReport", "id": id, "status": "final", "code": {"text": "Form"}, "effectiveDateTime": date,
                "result": [{"reference": format!("Observation/{value}"), "display": "Question"}]}),
            9 => json!({"resourceType": "QuestionnaireResponse", "id": format!("{value}"), "status": "completed", "authored": date}),
            _ => json!({"resourceType": "MedicationRequest", "id": id, "intent": "order",
                "status": if value == 0 { "stopped" } else { "active" },
                "medicationReference": {"reference": format!("Medication/{}", value * 2)}}),
        };
        resource["date"] = json!(date);
        // A visit of the page, which may change its fact.
        resource["encounter"] = json!({"reference": format!("Encounter/v{value}")});
        if n == 5 {
            resource = json!({"resourceType": "Encounter", "id": format!("v{value}"), "status": "finished", "class": {"code": "AMB"},
                "period": {"start": date}, "participant": [{"individual": {"display": "Ann Lee"}}]});
        }
        resource
    });
    let release = prop::sample::select(vec![Release::R4, Release::Dstu2]);
    prop_oneof![
        6 => (0..3_usize, release, any::<bool>(), prop::collection::vec(resource, 0..6))
            .prop_map(|(connection, release, midnight_means_day, resources)| Step::Page { connection, release, midnight_means_day, resources }),
        4 => Just(Step::Refresh),
        4 => Just(Step::RefreshPart),
        1 => (0..3_usize).prop_map(Step::Disconnect),
        2 => (0..12_usize, 0..12_usize, prop::sample::select(vec![Verdict::Same, Verdict::Apart]))
            .prop_map(|(a, b, verdict)| Step::Decide(a, b, verdict)),
        1 => (0..3_usize).prop_map(Step::TakeBack),
        1 => Just(Step::Reopen),
        4 => Just(Step::LetGo),
    ]
}

/// Rows by numbers.
type Numbered = BTreeSet<(Number, i64)>;

/// The record after one step; no step is taken with a connection that is `gone`.
pub(super) fn taken(kept: Kept, step: Step, gone: &mut [bool; 3]) -> Kept {
    match step {
        Step::Page { connection, .. } | Step::Disconnect(connection) if gone[connection] => {}
        Step::Page { connection, release, midnight_means_day, resources } => {
            let name = CONNECTIONS[connection];
            let run = kept.store.begin_run(&id(name), at(0)).unwrap();
            let base = format!("https://{name}.example/{}", release.as_str());
            let page = PageCommit { base, release, midnight_means_day, ..page(run, name, &resources) };
            kept.store.commit_page(page).unwrap();
        }
        Step::Refresh => {
            kept.store.refresh_facts(&ada()).unwrap();
        }
        Step::RefreshPart => {
            kept.store.refresh_part(&ada(), 2).unwrap();
        }
        Step::Decide(a, b, verdict) => {
            let keys = keys(&kept);
            if let (Some(a), Some(b)) = (keys.get(a), keys.get(b))
                && a != b
            {
                let decision = Decision { a: a.clone(), b: b.clone(), verdict };
                kept.store.decide(&ada(), &[decision], at(3)).unwrap();
            }
        }
        Step::TakeBack(n) => {
            if let Some(decision) = kept.store.decisions(&ada()).unwrap().into_iter().nth(n) {
                kept.store.undecide(&ada(), &[(decision.a, decision.b)]).unwrap();
            }
        }
        Step::Reopen => return kept.reopened(),
        Step::LetGo => kept.store.let_go_of_projections(),
        Step::Disconnect(connection) => {
            gone[connection] = true;
            kept.store.delete_connection(&id(CONNECTIONS[connection]), false).unwrap();
        }
    }
    kept
}

/// Everything derived, by content and without row numbers.
pub(super) fn derived(kept: &Kept) -> Vec<String> {
    kept.store.with_writer(|db| {
        let mut dump = Vec::new();
        db.execute_batch(
            "CREATE VIRTUAL TABLE IF NOT EXISTS temp.searched USING fts5vocab (main, search, instance);
             CREATE VIRTUAL TABLE IF NOT EXISTS temp.searched_title USING fts5vocab (main, search_title, instance);",
        )
        .unwrap();
        for sql in [
            "SELECT c.id || s.base || r.type || r.fhir_id || e.version, e.json FROM entry e JOIN resource r ON r.n = e.resource
             JOIN source s ON s.n = r.source JOIN connection c ON c.n = s.connection ORDER BY 1",
            "SELECT f.id || f.person || f.listed || f.under || f.sort || f.kind || hex(f.digest), f.row, b.json
             FROM fact f JOIN fact_body b ON b.fact = f.n ORDER BY 1",
            "SELECT f.id || m.kind || m.thing || m.sort || m.status || m.disputed, m.json
             FROM fact_more m JOIN fact f ON f.n = m.fact ORDER BY 1",
            "SELECT f.id || ' ' || m.resource FROM fact_member m JOIN fact f ON f.n = m.fact ORDER BY 1",
            "SELECT person || one || other || json FROM likely ORDER BY 1",
            "SELECT person || id || json FROM conflict ORDER BY 1",
            "SELECT person || zone || listing FROM merged ORDER BY 1",
            "SELECT id || title || status || flagged || until || told FROM fact ORDER BY 1",
            "SELECT person || kind || title || facts FROM title ORDER BY 1",
            "SELECT person || kind || year || status || flagged || told || facts FROM tally ORDER BY 1",
            "SELECT number || ' ' || resource FROM found ORDER BY 1",
            "SELECT person || ' ' || a || ' ' || b || ' ' || of_a || ' ' || of_b || bridge || count FROM together ORDER BY 1",
            "SELECT connection || what || said || count FROM counted ORDER BY 1",
            "SELECT t.title || w.term || w.offset FROM searched_title w JOIN title t ON t.n = w.doc ORDER BY 1",
            "SELECT f.id || w.term || w.col || w.offset FROM searched w JOIN fact f ON f.n = w.doc & 16777215 ORDER BY 1",
        ] {
            let mut query = db.prepare(sql).unwrap();
            let columns = query.column_count();
            let text = |row: &Row<'_>| (0..columns).map(|at| text_at(row, at, "row")).collect::<Result<String, _>>();
            dump.extend(query.query_and_then([], text).unwrap().map(Result::unwrap));
        }
        dump
    })
}

#[test]
fn many_facts_written_at_once_equal_the_same_written_a_few_at_a_time() {
    let (at_once, by_parts) = (Kept::with(&["a"]), Kept::with(&["a"]));
    let all: Vec<Value> = (0..1_100)
        .map(|n| {
            let date = format!("{}-{:02}-{:02}", 1990 + n / 336, 1 + n / 28 % 12, 1 + n % 28);
            match n % 50 {
                // A file that is not here, whose text would be searched.
                0 => json!({"resourceType": "DocumentReference", "id": n.to_string(), "status": "current", "date": format!("{date}T08:00:00Z"),
                    "type": {"text": format!("Letter {n}")}, "content": [{"attachment": {"url": format!("https://elsewhere.example/{n}")}}]}),
                1 => vaccine(&n.to_string(), &date),
                _ => result(&n.to_string(), Some(&date), n),
            }
        })
        .collect();
    for few in all.chunks(40) {
        by_parts.receives("a", few);
        let run = at_once.store.begin_run(&id("a"), at(0)).unwrap();
        at_once.store.commit_page(page(run, "a", few)).unwrap();
        at_once.store.finish_run(run, at(1), RunOutcome::Complete).unwrap();
    }
    at_once.store.refresh_facts(&ada()).unwrap();
    let facts = |kept: &Kept| {
        kept.store
            .with_writer(|db| db.query_row("SELECT count(*) FROM fact", [], |row| row.get::<_, u64>(0)))
            .unwrap()
    };
    assert!(facts(&at_once) > 1_000, "{}", facts(&at_once));
    assert!(derived(&at_once) == derived(&by_parts));
}

fn keys(kept: &Kept) -> Vec<EntryKey> {
    let mut keys = Vec::new();
    let each = &mut |row: crate::EntryRow| {
        keys.push(row.member.key);
        ControlFlow::Continue(())
    };
    kept.store.entries(None, each).unwrap();
    keys
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn a_rebuilt_projection_equals_the_one_grown_step_by_step(steps in prop::collection::vec(step(), 1..20)) {
        let mut kept = Kept::with(&CONNECTIONS);
        let mut gone = [false; 3];
        for step in steps {
            kept = taken(kept, step, &mut gone);
        }
        kept.store.refresh_facts(&ada()).unwrap();
        let grown = derived(&kept);
        prop_assert!(!kept.store.refresh_facts(&ada()).unwrap(), "nothing is left to refresh");
        kept.topics_are_as_listed(&ada());

        prop_assert!(matches!(kept.store.rebuild(&mut |_, _| ControlFlow::Break(())), Err(StoreError::Cancelled)));
        prop_assert_eq!(&derived(&kept), &grown, "a rebuild that was stopped changes nothing");
        kept.store.rebuild(&mut |_, _| ControlFlow::Continue(())).unwrap();
        prop_assert_eq!(&derived(&kept), &grown);

        // Facts are found by what they are tied to, and by nothing else.
        let (tied, found): (Numbered, Numbered) = kept.store.with_writer(|db| {
            let mut ties = db.prepare("SELECT fact, json FROM tie").unwrap();
            let numbers = |row: &Row<'_>| {
                let (n, ties): (i64, Ties) = (row.get(0)?, crate::rows::json_at(row, 1, "tie")?);
                Ok::<_, StoreError>(ties.numbers().into_iter().map(|number| (number, n)).collect::<Vec<_>>())
            };
            let tied = ties.query_and_then([], numbers).unwrap().flat_map(Result::unwrap).collect();
            let mut found = db.prepare("SELECT number, fact FROM tied").unwrap();
            (tied, found.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap().map(Result::unwrap).collect())
        });
        prop_assert_eq!(tied, found);

        // Every entry is in exactly one fact.
        let loose: i64 = kept.store.with_writer(|db| db.query_row(
            "SELECT (SELECT count(*) FROM entry) - (SELECT count(*) FROM fact_member)", [], |row| row.get(0),
        )).unwrap();
        prop_assert_eq!(loose, 0);
    }
}

#[test]
fn a_visit_that_a_person_joined_with_something_else_is_followed_by_what_was_at_it() {
    let kept = Kept::with(&["a", "b"]);
    kept.receives("a", &[result("1", Some("2021-10-04"), 131)]);
    let mut shot = vaccine("1", "2021-10-04");
    shot["encounter"] = json!({"reference": "Encounter/v"});
    let visit = json!({"resourceType": "Encounter", "id": "v", "status": "finished", "class": {"code": "AMB"},
        "period": {"start": "2021-10-04"}});
    kept.receives("b", &[shot, visit]);
    let key = |of: &str| keys(&kept).into_iter().find(|key| key.resource_type == of).unwrap();
    let decision = Decision { a: key("Observation"), b: key("Encounter"), verdict: Verdict::Same };
    kept.store.let_go_of_projections();
    kept.store.decide(&ada(), &[decision], at(3)).unwrap();
    let fact = kept.store.fact_of(&key("Immunization")).unwrap().unwrap();
    let shown = kept.store.fact_row(&fact).unwrap().unwrap();
    assert_eq!(shown.visit, kept.store.fact_of(&key("Encounter")).unwrap());
}

#[test]
fn a_medicine_goes_by_the_resource_it_points_to_and_follows_it() {
    let kept = Kept::with(&["summit"]);
    let order = json!({"resourceType": "MedicationRequest", "id": "o", "status": "active",
        "medicationReference": {"reference": "Medication/m"}, "requester": {"reference": "Practitioner/d"}});
    let doctor = json!({"resourceType": "Practitioner", "id": "d", "name": [{"text": "Ann Lee, MD"}]});
    let medicine = |name: &str| json!({"resourceType": "Medication", "id": "m", "code": {"text": name}});
    let told = |kept: &Kept| {
        let mut told = Vec::new();
        kept.store
            .facts(None, &mut |_, fact| {
                told.push(fact.title.text);
                ControlFlow::Continue(())
            })
            .unwrap();
        kept.store
            .entries(None, &mut |row| {
                told.push(row.member.entry.title.clone());
                told.extend(row.member.entry.performer.first().and_then(|who| who.display.clone()));
                ControlFlow::Continue(())
            })
            .unwrap();
        told
    };
    // The order may come before what it points to, in another page or another run.
    kept.receives("summit", &[order]);
    assert!(told(&kept).contains(&String::new()), "nobody named it");
    kept.receives("summit", &[medicine("Lisinopril 10 mg"), doctor]);
    let named = told(&kept);
    assert!(
        named.contains(&"Lisinopril 10 mg".to_owned()) && named.contains(&"Ann Lee, MD".to_owned()),
        "{named:?}"
    );
    assert!(!named.contains(&String::new()), "{named:?}");
    kept.receives("summit", &[medicine("Lisinopril 20 mg")]);
    let renamed = told(&kept);
    assert!(renamed.iter().any(|title| title == "Lisinopril 20 mg"));
    assert!(!renamed.iter().any(|title| title == "Lisinopril 10 mg"), "{renamed:?}");
    kept.store.rebuild(&mut |_, _| ControlFlow::Continue(())).unwrap();
    assert_eq!(told(&kept), renamed, "made anew, it is the same");
}

#[test]
fn what_was_split_stays_split_and_what_was_joined_stays_joined() {
    let kept = Kept::with(&["a", "b", "c"]);
    let shot = vaccine("1", "2021-10-04");
    for name in ["a", "b"] {
        kept.receives(name, std::slice::from_ref(&shot));
    }
    kept.receives("c", &[vaccine("9", "2021-10-06")]);
    let sizes = |kept: &Kept| {
        let mut sizes = Vec::new();
        let mut members = Vec::new();
        kept.store
            .facts(None, &mut |_, fact| {
                sizes.push(fact.members.len());
                members.extend(fact.members);
                ControlFlow::Continue(())
            })
            .unwrap();
        sizes.sort_unstable();
        members.sort();
        (sizes, members)
    };
    let (before, members) = sizes(&kept);
    assert_eq!(before, [1, 2]);
    let decide = |kept: &Kept, a: usize, b: usize, verdict| {
        let decision = Decision { a: members[b].clone(), b: members[a].clone(), verdict };
        kept.store.decide(&ada(), &[decision], at(5)).unwrap()
    };
    assert!(decide(&kept, 0, 1, Verdict::Apart));
    assert_eq!(sizes(&kept).0, [1, 1, 1]);
    // Synced again with another content, opened again, rebuilt: still split.
    let mut again = shot.clone();
    again["note"] = json!([{"text": "left arm"}]);
    kept.receives("a", &[again]);
    let kept = kept.reopened();
    kept.store.rebuild(&mut |_, _| ControlFlow::Continue(())).unwrap();
    assert_eq!(sizes(&kept).0, [1, 1, 1]);
    assert_eq!(kept.store.decisions(&ada()).unwrap().len(), 1);

    assert!(decide(&kept, 0, 1, Verdict::Same), "a later decision replaces the earlier one");
    assert!(decide(&kept, 0, 2, Verdict::Same), "a person's word comes before the dates");
    kept.store.rebuild(&mut |_, _| ControlFlow::Continue(())).unwrap();
    assert_eq!(sizes(&kept).0, [3]);
    let fact = kept.store.fact_of(&members[2]).unwrap().unwrap();
    assert_eq!(kept.store.person_of(&fact).unwrap(), Some(ada()));

    kept.store.delete_connection(&id("b"), false).unwrap();
    assert_eq!(kept.store.decisions(&ada()).unwrap().len(), 1, "forgotten with its connection");
    assert_eq!(sizes(&kept).0, [2]);
}

#[test]
fn what_is_only_likely_stays_two_facts() {
    let kept = Kept::with(&["a", "b"]);
    let problem = |system: &str, code: &str, name: &str| {
        json!({"resourceType": "Condition", "id": "1", "subject": {"reference": "Patient/1"},
            "code": {"text": name, "coding": [{"system": system, "code": code}]},
            "clinicalStatus": {"coding": [{"code": "active"}]}})
    };
    // The shipped table puts both codes side by side.
    kept.receives("a", &[problem("http://hl7.org/fhir/sid/icd-9-cm", "272.4", "High cholesterol")]);
    kept.receives("b", &[problem("http://hl7.org/fhir/sid/icd-10-cm", "E78.5", "Hyperlipidemia")]);
    let likely = kept.store.likely(&ada()).unwrap();
    let [found] = likely.as_slice() else { panic!("{likely:?}") };
    assert_eq!(kept.store.likely_of(&found.one).unwrap(), likely);
    assert_eq!(kept.store.likely_of(&found.other).unwrap(), likely);
    let pair = &found.why;
    let no = Decision { a: pair.a.clone(), b: pair.b.clone(), verdict: Verdict::Apart };
    assert!(kept.store.decide(&ada(), &[no], at(2)).unwrap());
    assert_eq!(kept.store.likely(&ada()).unwrap(), [], "kept apart, for good");
    kept.store.undecide(&ada(), &[(pair.a.clone(), pair.b.clone())]).unwrap();
    assert_eq!(kept.store.likely(&ada()).unwrap(), likely);
    assert_ne!(kept.store.fact_of(&pair.a).unwrap(), kept.store.fact_of(&pair.b).unwrap());
    let yes = Decision { a: pair.a.clone(), b: pair.b.clone(), verdict: Verdict::Same };
    assert!(kept.store.decide(&ada(), &[yes], at(2)).unwrap());
    assert_eq!(kept.store.likely(&ada()).unwrap(), []);
    assert_eq!(kept.store.fact_of(&pair.a).unwrap(), kept.store.fact_of(&pair.b).unwrap());
}

#[test]
fn a_refresh_writes_what_changed_and_nothing_else() {
    let kept = Kept::with(&["a", "b"]);
    let many: Vec<Value> = (0..60).map(|n| result(&n.to_string(), Some("2024-03-01"), n)).collect();
    kept.receives("a", &many);
    kept.receives("b", &many[..30]);
    let run = kept.store.begin_run(&id("a"), at(2)).unwrap();
    let mut changed = many[7].clone();
    changed["note"] = json!([{"text": "fasting"}]);
    kept.store.commit_page(page(run, "a", &[changed])).unwrap();
    let before = kept.store.total_changes();
    assert!(kept.store.refresh_facts(&ada()).unwrap());
    // The fact goes with its parts and comes again; how many rows that is, is no matter, only that it is not all.
    let written = kept.store.total_changes() - before;
    assert!((1..40).contains(&written), "{written} rows");
    let before = kept.store.total_changes();
    assert!(!kept.store.refresh_facts(&ada()).unwrap());
    assert_eq!(kept.store.total_changes(), before, "nothing is left to do");
}

#[test]
fn killed_between_a_page_and_its_facts_nothing_is_lost() {
    let kept = Kept::with(&["a"]);
    kept.receives("a", &[vaccine("1", "2021-10-04")]);
    let run = kept.store.begin_run(&id("a"), at(2)).unwrap();
    kept.store.commit_page(page(run, "a", &[vaccine("2", "2022-10-04")])).unwrap();
    let kept = kept.reopened();
    let rows =
        |kept: &Kept| kept.store.timeline(&ada(), &crate::Filter::default(), None, 9).unwrap().rows.len();
    assert!(kept.store.is_behind().unwrap());
    assert_eq!(rows(&kept), 1, "opening waits for no merging");
    assert!(kept.store.catch_up(&mut |_, _| ControlFlow::Continue(())).unwrap());
    assert_eq!(rows(&kept), 2, "put together behind it");
    assert!(!kept.store.is_behind().unwrap());
}

#[test]
fn of_several_contents_under_one_id_a_reference_leads_to_the_one_that_is_filed_by_it() {
    let order = json!({"resourceType": "MedicationRequest", "id": "o", "status": "active",
        "medicationReference": {"reference": "Medication/m"}, "encounter": {"reference": "Encounter/v"}});
    let medicine = |name: &str| json!({"resourceType": "Medication", "id": "m", "code": {"text": name}});
    let visit = |day: &str| {
        json!({"resourceType": "Encounter", "id": "v", "status": "finished", "class": {"code": "AMB"},
            "period": {"start": day}})
    };
    let all = [
        order,
        medicine("Lisinopril 10 mg"),
        medicine("Lisinopril 20 mg"),
        medicine("Lisinopril 30 mg"),
        visit("2021-10-04"),
        visit("2022-10-04"),
    ];
    // Which of them a hash would put last is another one each time.
    for part in [1, 2, 3, 9, 9, 9, 9] {
        let kept = Kept::with(&["a"]);
        kept.store.refresh_facts(&ada()).unwrap();
        let run = kept.store.begin_run(&id("a"), at(2)).unwrap();
        kept.store.commit_page(page(run, "a", &all)).unwrap();
        while kept.store.is_behind().unwrap() {
            kept.store.refresh_part(&ada(), part).unwrap();
        }
        let grown = derived(&kept);
        assert_eq!(keys(&kept).len(), all.len(), "all are kept");
        let mut titles = Vec::new();
        kept.store
            .entries(None, &mut |row| {
                if row.member.key.resource_type == "MedicationRequest" {
                    titles.push(row.member.entry.title);
                }
                ControlFlow::Continue(())
            })
            .unwrap();
        assert_eq!(titles, ["Lisinopril 10 mg"], "in parts of {part}");
        kept.store.rebuild(&mut |_, _| ControlFlow::Continue(())).unwrap();
        assert_eq!(derived(&kept), grown, "in parts of {part}");
    }
}

#[test]
fn a_wish_about_a_disagreement_outlives_syncing_opening_and_rebuilding() {
    let kept = Kept::with(&["a", "b"]);
    let order = |id: &str, status: &str| {
        json!({"resourceType": "MedicationRequest", "id": id, "status": status, "intent": "order",
            "medicationCodeableConcept": {"text": "Lisinopril 10 mg tablet"}})
    };
    kept.receives("a", &[order("1", "active")]);
    assert_eq!(kept.store.conflicts(&ada()).unwrap(), []);
    kept.receives("b", &[order("2", "stopped")]);
    let conflicts = kept.store.conflicts(&ada()).unwrap();
    let [conflict] = conflicts.as_slice() else { panic!("{conflicts:?}") };
    assert!(!kept.store.choose(&ada(), "no such", Some(Wish::Ask), at(3)).unwrap());
    assert!(kept.store.choose(&ada(), &conflict.id(), Some(Wish::Settled), at(3)).unwrap());
    assert!(kept.store.choose(&ada(), &conflict.id(), Some(Wish::Ask), at(4)).unwrap());
    let wished = |kept: &Kept| {
        let choices = kept.store.choices(&ada()).unwrap();
        let conflicts = kept.store.conflicts(&ada()).unwrap();
        conflicts.iter().map(|conflict| wish(&choices, conflict)).collect::<Vec<_>>()
    };
    // A second order of the same makes it another disagreement by its keys, and not by what it is about.
    kept.receives("b", &[order("2", "stopped"), order("3", "stopped")]);
    let kept = kept.reopened();
    kept.store.rebuild(&mut |_, _| ControlFlow::Continue(())).unwrap();
    assert_eq!(wished(&kept), [Some(Wish::Ask)]);
    assert_eq!(kept.store.choices(&ada()).unwrap().len(), 1, "a later wish replaces the earlier one");
    let now = kept.store.conflicts(&ada()).unwrap()[0].id();
    assert!(kept.store.choose(&ada(), &now, None, at(5)).unwrap());
    assert_eq!(wished(&kept), [None]);

    kept.store.choose(&ada(), &now, Some(Wish::Ask), at(6)).unwrap();
    kept.store.delete_connection(&id("b"), false).unwrap();
    assert_eq!(
        (kept.store.choices(&ada()).unwrap(), kept.store.conflicts(&ada()).unwrap()),
        (vec![], vec![])
    );
}

#[test]
fn who_was_asked_for_allergies_and_lists_none_does_not_know_of_one() {
    let kept = Kept::with(&["a", "b"]);
    kept.receives(
        "a",
        &[json!({"resourceType": "AllergyIntolerance", "id": "1", "code": {"text": "Sulfa drugs"}})],
    );
    assert_eq!(kept.store.conflicts(&ada()).unwrap(), []);
    let run = kept.store.begin_run(&id("b"), at(2)).unwrap();
    let conclusion = crate::Conclusion {
        base: "https://b.example".into(),
        question: "AllergyIntolerance".into(),
        asked: "all".into(),
        since: at(2),
        whole_at: Some(at(2)),
    };
    kept.store.conclude(run, &conclusion).unwrap();
    assert!(kept.store.refresh_facts(&ada()).unwrap());
    let conflicts = kept.store.conflicts(&ada()).unwrap();
    assert_eq!(conflicts[0].about, About::AllergyNotListed);
    assert_eq!(conflicts[0].statements[1].by, id("b"));
}

/// The titles and days of what is shown.
fn shown(store: &Store) -> Vec<String> {
    let rows = store.timeline(&ada(), &Filter::default(), None, 5_000).unwrap().rows;
    rows.iter().map(|row| format!("{} {:?}", row.title.text, row.day)).collect()
}

#[test]
fn opening_shows_what_is_merged_and_merges_the_others_behind_it() {
    let kept = Kept::with(&["summit"]);
    kept.receives("summit", &[vaccine("1", "2021-10-04")]);
    let before = shown(&kept.store);
    // Killed between the page and its facts: equal results, which are the dearest to merge.
    let run = kept.store.begin_run(&id("summit"), at(5)).unwrap();
    let equal: Vec<Value> = (0..2_000)
        .map(|n| {
            let mut one = result(&format!("equal-{n}"), Some("2024-03-01"), 7);
            one["note"] = json!([{"text": format!("Note {n}")}]);
            one
        })
        .collect();
    kept.store.commit_page(page(run, "summit", &equal)).unwrap();
    kept.store.finish_run(run, at(6), RunOutcome::Complete).unwrap();

    let kept = kept.reopened();
    assert_eq!(shown(&kept.store), before, "what was merged is there, and nothing was merged by opening");
    assert!(kept.store.is_behind().unwrap());
}

#[test]
fn what_is_merged_behind_the_reader_comes_in_parts_and_can_be_stopped() {
    let kept = Kept::with(&["summit"]);
    kept.receives("summit", &[vaccine("1", "2021-10-04")]);
    let run = kept.store.begin_run(&id("summit"), at(5)).unwrap();
    let many: Vec<Value> = (0..450_i32)
        .map(|n| result(&format!("r{n}"), Some(&format!("20{:02}-03-{:02}", n / 28, n % 28 + 1)), n))
        .collect();
    kept.store.commit_page(page(run, "summit", &many)).unwrap();
    let kept = kept.reopened();
    let mut told = Vec::new();
    let stopped = kept.store.catch_up(&mut |done, total| {
        told.push((done, total));
        if done == 200 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    assert!(matches!(stopped, Err(StoreError::Cancelled)));
    assert_eq!(told, [(200, 450)]);
    let kept = kept.reopened();
    assert_eq!(shown(&kept.store).len(), 201, "what was done stays done");
    assert!(kept.store.catch_up(&mut |_, _| ControlFlow::Continue(())).unwrap());
    assert_eq!(shown(&kept.store).len(), 451);
    assert!(!kept.store.is_behind().unwrap());
    let grown = derived(&kept);
    kept.store.rebuild(&mut |_, _| ControlFlow::Continue(())).unwrap();
    assert_eq!(derived(&kept), grown);
}

#[test]
fn after_an_upgrade_the_record_is_shown_as_it_was_until_it_is_derived_anew() {
    let kept = Kept::with(&["summit"]);
    kept.receives("summit", &[vaccine("1", "2021-10-04"), result("2", Some("2024-03-01"), 131)]);
    let before = shown(&kept.store);
    kept.store.with_writer(|db| db.execute_batch("UPDATE derived_by SET name = 'older'").unwrap());
    let kept = kept.reopened();
    assert_eq!(shown(&kept.store), before);
    assert!(kept.store.is_behind().unwrap(), "opening derived nothing");
    let stopped = kept.store.catch_up(&mut |_, _| ControlFlow::Break(()));
    assert!(matches!(stopped, Err(StoreError::Cancelled)));
    assert_eq!(shown(&kept.store), before, "a stop leaves it as it was");
    assert!(kept.store.catch_up(&mut |_, _| ControlFlow::Continue(())).unwrap());
    assert!(!kept.store.is_behind().unwrap());
}

#[test]
fn rows_that_cannot_be_read_are_made_anew_before_anything_is_shown() {
    let kept = Kept::with(&["summit"]);
    kept.receives("summit", &[vaccine("1", "2021-10-04"), result("2", Some("2024-03-01"), 131)]);
    let before = shown(&kept.store);
    let mut kept = kept;
    for broken in [
        "UPDATE fact SET row = '{}'",
        "UPDATE fact_body SET json = '{}'",
        "UPDATE entry SET json = '{}' WHERE resource = 1",
        "DELETE FROM fact",
    ] {
        kept.store.with_writer(|db| {
            db.execute_batch(&format!("UPDATE derived_by SET name = 'older'; {broken}")).unwrap();
        });
        kept = kept.reopened();
        assert_eq!(shown(&kept.store), before, "{broken}");
        assert!(!kept.store.is_behind().unwrap());
    }
}

#[test]
fn where_a_person_put_something_outlives_everything_but_its_connection() {
    let kept = Kept::with(&["a", "b"]);
    let problem = |id: &str, name: &str| {
        json!({"resourceType": "Condition", "id": id, "code": {"text": name}, "subject": {"reference": "Patient/1"},
            "clinicalStatus": {"coding": [{"code": "active"}]}})
    };
    kept.receives("a", &[problem("1", "Gout"), problem("2", "Migraine")]);
    kept.receives("b", &[problem("1", "Hay fever")]);
    let named = |name: &str| {
        let topics = kept.store.topics(&ada(), &[Kind::Problem]).unwrap();
        let of = topics.iter().find(|one| one.facts.iter().any(|fact| fact.row.title.text == name));
        let mut titles: Vec<String> =
            of.expect("a topic").facts.iter().map(|fact| fact.row.title.text.clone()).collect();
        titles.sort();
        titles
    };
    let fact = |name: &str| {
        let topics = kept.store.topics(&ada(), &[Kind::Problem]).unwrap();
        let mut facts = topics.iter().flat_map(|one| &one.facts);
        facts.find(|fact| fact.row.title.text == name).expect("a fact").row.id.clone()
    };
    let before = kept.store.place(&ada(), &fact("Gout"), Some(&fact("Hay fever")), at(2)).unwrap();
    assert_eq!(named("Gout"), ["Gout", "Hay fever"]);
    kept.store.rebuild(&mut |_, _| ControlFlow::Continue(())).unwrap();
    assert_eq!(named("Gout"), ["Gout", "Hay fever"]);
    kept.store.place(&ada(), &fact("Hay fever"), None, at(3)).unwrap();
    assert_eq!(named("Gout"), ["Gout", "Hay fever"], "what stands beside it goes with it");
    kept.store.place_back(&ada(), &before).unwrap();
    assert_eq!(named("Gout"), ["Gout"]);
    kept.store.place(&ada(), &fact("Gout"), Some(&fact("Hay fever")), at(4)).unwrap();
    kept.store.delete_connection(&id("b"), false).unwrap();
    assert_eq!(named("Gout"), ["Gout"], "forgotten with its connection");
}
