//! Laws of merging, on records made of few codes, days, values and providers, so that they meet often.

use std::collections::BTreeSet;

use proptest::prelude::*;
use serde_json::json;
use wholechart_fhir::StatusGroup;
use wholechart_record::Member;
use wholechart_record::{Decision, EntryKey, Merger, Verdict, merge};

use crate::kept::Kept;
use crate::said::{HOME, dstu2, r4};

fn member() -> impl Strategy<Value = Member> {
    let connection = prop::sample::select(vec!["a", "b", "c"]);
    let date = prop::sample::select(vec![
        None,
        Some("2024"),
        Some("2024-03-01"),
        Some("2024-03-02"),
        Some("2024-03-01T08:15:00-05:00"),
        Some("2024-03-01T13:15:00Z"),
        Some("2024-03-02T03:15:00Z"),
        Some("2024-03-09"),
        Some("2024-03-01T20:00:00"),
    ]);
    let code = prop::sample::subsequence(vec!["88", "140", "150"], 0..3);
    let status = prop::sample::select(vec!["final", "amended", "entered-in-error", "cancelled"]);
    let strength = prop::sample::select(vec!["", " 10 mg", " 20 mg"]);
    let value = prop::sample::select(vec![
        json!({"value": 5, "unit": "mg/dL"}),
        json!({"value": 5.0, "unit": "MG/DL", "code": "mg/dL"}),
        json!({"value": 5, "unit": "mg/dL", "code": "mg/L"}),
        json!({"value": 6, "unit": "mg/dL"}),
        json!(null),
    ]);
    let what = 0..6_u8;
    (connection, date, code, status, (value, strength), what, any::<bool>()).prop_map(
        |(connection, date, codes, status, (value, strength), what, old)| {
            let codings = |system: &str| -> Vec<_> {
                codes.iter().map(|code| json!({"system": system, "code": code})).collect()
            };
            let resource = match what {
                0 => json!({"resourceType": "Immunization", "id": "-", "date": date, "occurrenceDateTime": date,
                    "status": match status { "final" | "amended" => "completed", other => other },
                    "vaccineCode": {"coding": codings("http://hl7.org/fhir/sid/cvx"), "text": "Shot"}}),
                1 => json!({"resourceType": "Condition", "id": "-", "onsetDateTime": date, "clinicalStatus": "active",
                    "code": {"coding": codings("http://snomed.info/sct"), "text": "Trouble"}}),
                // Things that are so: their dates are left out, so that they meet and disagree.
                2 => json!({"resourceType": "Condition", "id": "-", "clinicalStatus": "active",
                    "verificationStatus": match status { "cancelled" => "refuted", "entered-in-error" => status, _ => "confirmed" },
                    "code": {"coding": codings("http://snomed.info/sct"), "text": "Trouble"}}),
                3 => json!({"resourceType": "AllergyIntolerance", "id": "-",
                    "verificationStatus": match status { "cancelled" => "refuted", "entered-in-error" => status, _ => "confirmed" },
                    "code": {"coding": codings("http://snomed.info/sct"), "text": "Peanut"}, "substance": {"text": "Peanut"}}),
                4 => json!({"resourceType": "MedicationStatement", "id": "-",
                    "status": match status { "cancelled" => "completed", "entered-in-error" => status, _ => "active" },
                    "medicationCodeableConcept": {"coding": codings("http://www.nlm.nih.gov/research/umls/rxnorm"),
                        "text": format!("Metoprolol{strength}")}}),
                _ => json!({"resourceType": "Observation", "id": "-", "effectiveDateTime": date, "status": status,
                    "category": [{"coding": [{"code": "laboratory"}]}], "valueQuantity": value,
                    "code": {"coding": codings("http://loinc.org"), "text": "Test"}}),
            };
            if old { dstu2(connection, resource) } else { r4(connection, resource) }
        },
    )
}

fn record() -> impl Strategy<Value = Vec<Member>> {
    prop::collection::vec(member(), 0..24).prop_map(|mut members| {
        for (n, member) in members.iter_mut().enumerate() {
            member.key.id = format!("{n}");
        }
        members
    })
}

/// What a status says about whether it is so at all, in the test's own words.
fn truth(status: StatusGroup) -> u8 {
    match status {
        StatusGroup::EnteredInError => 1,
        StatusGroup::NotDone => 2,
        StatusGroup::Refuted => 3,
        StatusGroup::Cancelled => 4,
        _ => 0,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_arrival_never_matters(
        (members, shuffled) in record().prop_flat_map(|members| (Just(members.clone()), Just(members).prop_shuffle())),
    ) {
        prop_assert_eq!(merge(members, HOME), merge(shuffled, HOME));
    }

    #[test]
    fn what_entries_and_providers_are_called_never_matters(
        members in record(), names in Just(vec!["a", "b", "c"]).prop_shuffle(), turn in 0..24_usize,
    ) {
        let renamed: Vec<Member> = members.iter().cloned().map(|mut member| {
            let at = ["a", "b", "c"].iter().position(|own| *own == member.key.connection.0).expect("one of three");
            member.key.connection.0 = names[at].to_owned();
            let id = member.key.id.parse::<usize>().expect("a number");
            member.key.id = format!("{}", (id * 7 + turn) % 29);
            member
        }).collect();
        let groups = |members: &[Member]| -> BTreeSet<BTreeSet<usize>> {
            let at = |key: &EntryKey| members.iter().position(|member| member.key == *key).expect("a member");
            merge(members.to_vec(), HOME).iter().map(|fact| fact.members.iter().map(at).collect()).collect()
        };
        prop_assert_eq!(groups(&members), groups(&renamed));
    }

    #[test]
    fn a_copy_adds_nothing(members in record()) {
        let copies = members.iter().filter(|member| member.key.connection.0 == "a").cloned().map(|mut copy| {
            copy.key.connection.0 = "0".to_owned();
            copy.key.base = "file:copy".to_owned();
            copy
        });
        let with: Vec<Member> = members.iter().cloned().chain(copies).collect();
        let groups = |members: Vec<Member>| -> BTreeSet<BTreeSet<String>> {
            merge(members, HOME).iter().map(|fact| fact.members.iter().map(|key| key.id.clone()).collect()).collect()
        };
        prop_assert_eq!(groups(members), groups(with));
    }

    #[test]
    fn every_entry_is_in_exactly_one_fact(members in record()) {
        let facts = merge(members.clone(), HOME);
        let mut placed: Vec<_> = facts.iter().flat_map(|fact| fact.members.clone()).collect();
        placed.sort();
        let mut keys: Vec<_> = members.iter().map(|member| member.key.clone()).collect();
        keys.sort();
        prop_assert_eq!(placed, keys);
        let ids: BTreeSet<_> = facts.iter().map(|fact| &fact.id).collect();
        prop_assert_eq!(ids.len(), facts.len());
        for fact in &facts {
            prop_assert_eq!(fact.joins.len() + 1, fact.members.len());
            prop_assert!(fact.joins.iter().all(|join| fact.members.contains(&join.a) && fact.members.contains(&join.b)));
        }
    }

    #[test]
    fn merging_a_facts_members_again_keeps_them_together(members in record()) {
        // Two codes sent together by anybody mean the same to everybody, and so does a code with a name: who sent one is asked
        // again, too.
        let bridges = |member: &&Member| !member.entry.codes.is_empty();
        for fact in merge(members.clone(), HOME) {
            let own = |member: &&Member| fact.members.contains(&member.key);
            let own: Vec<_> = members.iter().filter(|member| own(member) || bridges(member)).cloned().collect();
            let again = merge(own, HOME);
            let together = again.iter().any(|other| fact.members.iter().all(|key| other.members.contains(key)));
            prop_assert!(together, "{:?} of {:?}", fact.members, again);
        }
    }

    #[test]
    fn members_of_one_fact_never_contradict_each_other(members in record()) {
        for fact in merge(members.clone(), HOME) {
            let own: Vec<_> = members.iter().filter(|member| fact.members.contains(&member.key)).collect();
            for (n, one) in own.iter().enumerate() {
                for other in &own[n + 1..] {
                    let (a, b) = (&one.entry, &other.entry);
                    prop_assert_eq!(a.kind, b.kind);
                    prop_assert_eq!(truth(a.status_group), truth(b.status_group));
                    // What was issued anew stands beside what it corrects.
                    let corrects = (a.status_group == StatusGroup::Corrected) != (b.status_group == StatusGroup::Corrected);
                    if let (Some(a), Some(b), false) = (&a.value, &b.value, corrects) {
                        prop_assert_eq!(a.as_sent().starts_with('6'), b.as_sent().starts_with('6'));
                    }
                    let day = |entry: &wholechart_fhir::Entry| {
                        entry.date.as_ref().and_then(|date| date.day_in(HOME)).filter(|day| day.day.is_some())
                    };
                    if let (Some(a), Some(b)) = (day(a), day(b)) {
                        prop_assert_eq!(a, b);
                    }
                }
            }
        }
    }

    #[test]
    fn what_is_kept_elsewhere_and_read_by_need_is_merged_as_what_is_held(
        members in record(), others in record(), size in 1..5_usize, went in prop::collection::vec(0..24_usize, 0..6),
        split in (0..24_usize, 0..24_usize), joined in (0..24_usize, 0..24_usize), held in any::<u16>(),
    ) {
        let key = |n: usize| members.get(n).map(|member| member.key.clone());
        let decided: Vec<Decision> = [(split, Verdict::Apart), (joined, Verdict::Same)]
            .into_iter()
            .filter_map(|((a, b), verdict)| Some(Decision { a: key(a)?, b: key(b)?, verdict }))
            .filter(|decision| decision.a != decision.b)
            .collect();
        // Now and then all that is held is dropped.
        let mut drops = (0..16).map(|n| held >> n & 1 == 1).cycle();
        let mut kept = Kept::new(HOME);
        let mut whole = Merger::new(HOME);
        let mut check = |kept: &mut Kept, whole: &Merger| {
            prop_assert_eq!(&kept.facts, whole.facts());
            prop_assert_eq!(kept.likely(), whole.likely());
            prop_assert_eq!(kept.conflicts(), whole.conflicts());
            if drops.next() == Some(true) {
                kept.drop_held();
            }
            Ok(())
        };
        kept.update(&others, &[]);
        whole.update(others.clone(), &[]);
        check(&mut kept, &whole)?;
        for page in members.chunks(size) {
            kept.update(page, &[]);
            whole.update(page.to_vec(), &[]);
            check(&mut kept, &whole)?;
        }
        let listing = BTreeSet::from([wholechart_record::ConnectionId("a".to_owned())]);
        kept.listing_allergies(&listing);
        whole.listing_allergies(listing);
        check(&mut kept, &whole)?;
        kept.decide(&decided);
        whole.decide(&decided);
        check(&mut kept, &whole)?;
        let went: BTreeSet<EntryKey> = went.into_iter().filter_map(key).collect();
        let went: Vec<EntryKey> = went.into_iter().collect();
        kept.update(&[], &went);
        whole.update(vec![], &went);
        check(&mut kept, &whole)?;
        let pairs: Vec<_> = decided.into_iter().map(|decision| (decision.a, decision.b)).collect();
        kept.forget(&pairs);
        whole.forget(&pairs);
        check(&mut kept, &whole)?;
    }

    #[test]
    fn grown_step_by_step_it_equals_what_is_merged_at_once(
        members in record(), others in record(), size in 1..5_usize, went in prop::collection::vec(0..24_usize, 0..6),
        split in (0..24_usize, 0..24_usize), joined in (0..24_usize, 0..24_usize),
    ) {
        let key = |n: usize| members.get(n).map(|member| member.key.clone());
        let decided: Vec<Decision> = [(split, Verdict::Apart), (joined, Verdict::Same)]
            .into_iter()
            .filter_map(|((a, b), verdict)| Some(Decision { a: key(a)?, b: key(b)?, verdict }))
            .filter(|decision| decision.a != decision.b)
            .collect();
        let mut grown = Merger::new(HOME);
        // First other contents under the same keys, so that entries change as well as come and go.
        grown.update(others, &[]);
        let gone: Vec<EntryKey> = grown.facts().values().flat_map(|fact| fact.members.clone())
            .filter(|key| !members.iter().any(|member| member.key == *key)).collect();
        for (n, page) in members.chunks(size).enumerate() {
            grown.update(page.to_vec(), if n == 0 { &gone } else { &[] });
            if n == 1 {
                grown.decide(&decided);
            }
        }
        grown.decide(&decided);
        let went: Vec<EntryKey> = went.into_iter().filter_map(key).collect();
        grown.update(vec![], &went);
        if members.is_empty() {
            grown.update(vec![], &gone);
        }

        let mut whole = Merger::new(HOME);
        whole.decide(&decided);
        whole.update(members.iter().filter(|member| !went.contains(&member.key)).cloned().collect(), &[]);
        prop_assert_eq!(grown.facts(), whole.facts());
        prop_assert_eq!(grown.likely(), whole.likely());
        prop_assert_eq!(grown.conflicts(), whole.conflicts());

        // Again, nothing changes.
        let before = whole.facts().clone();
        let again: Vec<Member> = members.iter().filter(|member| !went.contains(&member.key)).cloned().collect();
        whole.update(again, &[]);
        prop_assert_eq!(whole.facts(), &before);

        // What was split stays split, unless the person's own later joins lead around it.
        for decision in decided.iter().filter(|decision| decision.verdict == Verdict::Apart) {
            let overruled = decided.iter().any(|other| other.verdict == Verdict::Same
                && (&other.a, &other.b).min((&other.b, &other.a)) == (&decision.a, &decision.b).min((&decision.b, &decision.a)));
            let together = whole.facts().values().any(|fact| {
                fact.members.contains(&decision.a) && fact.members.contains(&decision.b)
            });
            prop_assert!(overruled || !together);
        }
        // Taken back, the rules speak again.
        let pairs: Vec<_> = decided.into_iter().map(|decision| (decision.a, decision.b)).collect();
        whole.forget(&pairs);
        let mut plain = Merger::new(HOME);
        plain.update(members.iter().filter(|member| !went.contains(&member.key)).cloned().collect(), &[]);
        prop_assert_eq!(plain.facts(), whole.facts());
        prop_assert_eq!(plain.conflicts(), whole.conflicts());
    }
}
