//! Pages of the timeline, its facets, and what a record's page shows.

use std::ops::ControlFlow;

use proptest::prelude::*;
use serde_json::json;
use wholechart_fhir::Kind;
use wholechart_record::{FactId, SectionName, summary};

use super::{Kept, ada, id, result, vaccine};
use crate::{Cursor, Filter};

const DATES: &[Option<&str>] = &[
    None,
    Some("2013"),
    Some("2013-07"),
    Some("2013-07-15"),
    Some("2013-07-15T10:30:00-04:00"),
    Some("2013-07-15T23:59:59-04:00"),
    Some("2019-12-31"),
    Some("2020-01-01T00:00:00-05:00"),
    Some("0987-01-01"),
];

/// All rows by pages of `limit`, with how many pages it took.
fn walk(kept: &Kept, filter: &Filter, limit: u32) -> (Vec<crate::FactRow>, u32) {
    let (mut rows, mut cursor, mut pages) = (Vec::new(), None::<Cursor>, 0);
    loop {
        let page = kept.store.timeline(&ada(), filter, cursor.as_ref(), limit).unwrap();
        rows.extend(page.rows);
        pages += 1;
        // As hosts do: out as text and in again.
        match page.next {
            Some(next) => cursor = Some(next.to_string().parse().unwrap()),
            None => return (rows, pages),
        }
    }
}

#[test]
fn newest_first_coarser_after_finer_undated_last() {
    let kept = Kept::with(&["summit"]);
    let resources: Vec<_> = DATES
        .iter()
        .enumerate()
        .map(|(n, date)| result(&format!("{n}"), *date, i32::try_from(n).unwrap()))
        .collect();
    kept.receives("summit", &resources);
    let (rows, _) = walk(&kept, &Filter::default(), 100);
    let dates: Vec<_> = rows
        .iter()
        .map(|row| {
            row.date.as_ref().and_then(|date| Some(date.start.as_ref()?.raw.clone())).unwrap_or_default()
        })
        .collect();
    let expected = [
        "2020-01-01T00:00:00-05:00",
        "2019-12-31",
        "2013-07-15T23:59:59-04:00",
        "2013-07-15T10:30:00-04:00",
        "2013-07-15",
        "2013-07",
        "2013",
        "0987-01-01",
        "",
    ];
    assert_eq!(dates, expected);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, ..ProptestConfig::default() })]

    #[test]
    fn pages_hold_every_row_once_in_one_order(
        dates in prop::collection::vec(prop::sample::select(DATES.to_vec()), 1..60),
        limit in 1_u32..12,
    ) {
        let kept = Kept::with(&["summit"]);
        let resources: Vec<_> = dates
            .iter()
            .enumerate()
            .map(|(n, date)| result(&format!("{n}"), *date, i32::try_from(n).unwrap()))
            .collect();
        kept.receives("summit", &resources);
        let (whole, _) = walk(&kept, &Filter::default(), 1000);
        prop_assert_eq!(whole.len(), dates.len());
        let (paged, pages) = walk(&kept, &Filter::default(), limit);
        prop_assert_eq!(&paged, &whole);
        prop_assert_eq!(pages, u32::try_from(dates.len()).unwrap().div_ceil(limit));
        // A year's cursor begins at the first row of that year.
        let facets = kept.store.facets(&ada(), &Filter::default(), &[]).unwrap();
        prop_assert_eq!(facets.years.iter().map(|(_, count, _)| count).sum::<u64>(), facets.total);
        for (year, _, cursor) in facets.years {
            let first = kept.store.timeline(&ada(), &Filter::default(), Some(&cursor), 1).unwrap().rows.remove(0);
            prop_assert_eq!(first.day.map(|day| day.year), year);
            let expected = whole.iter().find(|row| row.day.map(|day| day.year) == year).unwrap();
            prop_assert_eq!(&first, expected);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, ..ProptestConfig::default() })]

    #[test]
    fn pages_of_a_word_hold_every_row_that_has_it_in_the_order_of_the_timeline(
        told in prop::collection::vec((prop::sample::select(DATES.to_vec()), 0_u8..3), 1..60),
        limit in 1_u32..12,
    ) {
        let kept = Kept::with(&["summit"]);
        let of = |(n, (date, what)): (usize, &(Option<&str>, u8))| {
            let mut resource = result(&format!("{n}"), *date, i32::try_from(n).unwrap());
            match what {
                0 => resource["note"] = json!([{"text": "taken at the riverside"}]),
                1 => {}
                _ => resource["category"] = json!([{"coding": [{"code": "vital-signs"}], "text": "riverside"}]),
            }
            resource
        };
        let mut resources: Vec<_> = told.iter().enumerate().map(of).collect();
        // Somebody of that name is no row of the timeline.
        resources.push(json!({"resourceType": "Patient", "id": "p", "name": [{"text": "Ada Riverside"}]}));
        kept.receives("summit", &resources);
        let (all, _) = walk(&kept, &Filter::default(), 1000);
        for kinds in [vec![], vec![Kind::Result], vec![Kind::Vital]] {
            let filter = Filter { text: Some("riverside".into()), kinds: kinds.clone(), ..Filter::default() };
            let (paged, pages) = walk(&kept, &filter, limit);
            let (whole, _) = walk(&kept, &filter, 1000);
            prop_assert_eq!(&paged, &whole);
            let total = kept.store.timeline(&ada(), &filter, None, 1).unwrap().total;
            prop_assert_eq!(total, whole.len() as u64);
            prop_assert_eq!(pages, u32::try_from(whole.len()).unwrap().div_ceil(limit).max(1));
            let found: Vec<_> = whole.iter().map(|row| &row.id).collect();
            let in_order: Vec<_> = all.iter().map(|row| &row.id).filter(|id| found.contains(id)).collect();
            prop_assert_eq!(found, in_order);
            let facets = kept.store.facets(&ada(), &filter, &[]).unwrap();
            prop_assert_eq!(facets.years.iter().map(|(_, count, _)| count).sum::<u64>(), total);
            for (year, _, cursor) in facets.years {
                let first = kept.store.timeline(&ada(), &filter, Some(&cursor), 1).unwrap().rows.remove(0);
                prop_assert_eq!(first.day.map(|day| day.year), year);
            }
            let said = told.iter().filter(|(_, what)| *what == 0).count();
            prop_assert!(!kinds.is_empty() || whole.len() >= said);
        }
    }
}

#[test]
fn filters_by_kind_and_by_connection() {
    let kept = Kept::with(&["summit", "harbor"]);
    kept.receives("summit", &[vaccine("1", "2021-10-04"), result("2", Some("2024-03-01"), 131)]);
    kept.receives(
        "harbor",
        &[
            vaccine("9", "2021-10-04"),
            result("3", Some("2024-04-01"), 99),
            json!({"resourceType": "Patient", "id": "p", "name": [{"text": "Ada"}]}),
        ],
    );
    let titles = |kinds: &[Kind], connections: &[&str]| {
        let filter = Filter {
            kinds: kinds.to_vec(),
            connections: connections.iter().map(|name| id(name)).collect(),
            ..Filter::default()
        };
        let page = kept.store.timeline(&ada(), &filter, None, 10).unwrap();
        assert_eq!(page.total, page.rows.len() as u64);
        page.rows.iter().map(|row| format!("{} {}", row.kind.as_str(), row.sources.len())).collect::<Vec<_>>()
    };
    assert_eq!(titles(&[], &[]), ["result 1", "result 1", "vaccine 2"], "the patient is no row");
    assert_eq!(titles(&[Kind::Vaccine], &[]), ["vaccine 2"]);
    assert_eq!(titles(&[Kind::Vaccine, Kind::Result], &["summit"]), ["result 1", "vaccine 2"]);
    assert_eq!(titles(&[Kind::Result], &["summit", "harbor"]).len(), 2);
    assert!(titles(&[Kind::Allergy], &[]).is_empty());
    assert!(titles(&[], &["nowhere"]).is_empty());
    let facets = kept.store.facets(&ada(), &Filter::default(), &[]).unwrap();
    assert_eq!(facets.kinds, [(Kind::Result, 2), (Kind::Vaccine, 1)]);
    assert_eq!(
        facets.years.iter().map(|(year, count, _)| (*year, *count)).collect::<Vec<_>>(),
        [(Some(2024), 2), (Some(2021), 1)]
    );
}

#[test]
fn a_records_page_has_every_source_with_its_versions() {
    let kept = Kept::with(&["summit", "harbor"]);
    kept.receives("summit", &[vaccine("1", "2021-10-04")]);
    kept.receives("harbor", &[vaccine("9", "2021-10-04")]);
    let row = kept.store.timeline(&ada(), &Filter::default(), None, 1).unwrap().rows.remove(0);
    assert_eq!(kept.store.fact_row(&row.id).unwrap().as_ref(), Some(&row));
    let (fact, members) = kept.store.fact(&row.id).unwrap().unwrap();
    assert_eq!(fact.joins[0].rule, "same-vaccine-same-day");
    assert_eq!(fact.members, members.iter().map(|row| row.member.key.clone()).collect::<Vec<_>>());
    let verbatim = kept.store.version_bytes(members[1].versions[0].id).unwrap().unwrap();
    assert_eq!(verbatim.key, members[1].member.key);
    assert_eq!(verbatim.bytes, vaccine("1", "2021-10-04").to_string().into_bytes());
    assert_eq!(kept.store.fact(&FactId("none".into())).unwrap(), None);
    assert_eq!(kept.store.fact_row(&FactId("none".into())).unwrap(), None);
    assert_eq!(kept.store.version_bytes(crate::VersionId(99)).unwrap(), None);
}

#[test]
fn the_summary_and_the_streams_see_everything() {
    let kept = Kept::with(&["summit", "harbor"]);
    kept.receives("summit", &[vaccine("1", "2021-10-04"), result("2", Some("2024-03-01"), 131)]);
    kept.receives("harbor", &[vaccine("9", "2021-10-04")]);
    let facts = kept.facts_for_summary(&ada());
    assert_eq!(
        facts.iter().map(|(fact, members)| (fact.members.len(), members.len())).collect::<Vec<_>>(),
        [(1, 1), (2, 2)]
    );
    let summary = summary(&facts, wholechart_fhir::Day::new(2024, 4, 1).unwrap(), &[]);
    let count = |name| summary.sections.iter().find(|section| section.name == name).unwrap().items.len();
    assert_eq!((count(SectionName::Vaccines), count(SectionName::Results)), (1, 1));

    let mut seen = 0;
    kept.store
        .entries(Some(&ada()), &mut |row| {
            assert_eq!(row.person, ada());
            seen += 1;
            if seen == 2 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        })
        .unwrap();
    assert_eq!(seen, 2, "stops when told");
    let mut streamed = Vec::new();
    kept.store
        .facts(None, &mut |_, fact| {
            streamed.push(fact);
            ControlFlow::Continue(())
        })
        .unwrap();
    assert_eq!(streamed, facts.into_iter().map(|(fact, _)| fact).collect::<Vec<_>>());
}

#[test]
fn a_cursor_that_is_none_is_refused() {
    for text in ["", "x", "12", ".", "1x.abc"] {
        assert!(text.parse::<Cursor>().is_err(), "{text}");
    }
    assert!("12.".parse::<Cursor>().is_ok());
}
