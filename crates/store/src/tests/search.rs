//! What is found, in whose record, and what a list lets through.

use serde_json::{Value, json};
use wholechart_fhir::{Day, Kind, StatusGroup};
use wholechart_record::PersonId;

use super::{Kept, ada, at, connection, id, page, person, result, vaccine};
use crate::{Also, Filter, Found};

fn test(id: &str, title: &str, value: &str) -> Value {
    json!({"resourceType": "Observation", "id": id, "status": "final", "effectiveDateTime": "2024-03-01",
        "category": [{"coding": [{"code": "laboratory"}]}], "code": {"text": title}, "valueString": value})
}

fn note(id: &str, title: &str, text: &str) -> Value {
    json!({"resourceType": "DocumentReference", "id": id, "status": "current", "date": "2023-05-06T10:00:00-05:00",
        "type": {"text": title}, "author": [{"display": "Dr. José Muñoz"}],
        "content": [{"attachment": {"contentType": "text/plain", "data": base64(text)}}]})
}

fn base64(text: &str) -> String {
    use base64::Engine;
    base64::engine::general_purpose::STANDARD.encode(text)
}

fn library() -> Kept {
    let kept = Kept::with(&["summit", "harbor"]);
    kept.receives(
        "summit",
        &[
            test("1", "Glucose", "5.4 mmol/L"),
            test("2", "Glucose, fasting", "6.0 mmol/L"),
            test("3", "Ferritin", "12 µg/L"),
            test("4", "Coeliac antibodies", "POSITIVE [ref: (negative)]"),
            note(
                "5",
                "Discharge letter",
                "The cough began in spring; glucose was normal.\nAllergic to café noir.",
            ),
            json!({"resourceType": "Location", "id": "6", "name": "Waterfront clinic"}),
            vaccine("7", "2021-10-04"),
        ],
    );
    kept
}

/// `kind: title` of everything found, then what was looked for instead.
fn found(kept: &Kept, text: &str) -> Vec<String> {
    said(&kept.store.search(&ada(), text, &Also::new(), 5).unwrap())
}

fn said(found: &Found) -> Vec<String> {
    let hits = found.kinds.iter().flat_map(|of| of.hits.iter().map(move |hit| (of.kind, hit)));
    let mut said: Vec<String> =
        hits.map(|(kind, hit)| format!("{}: {}", kind.as_str(), hit.row.title.text)).collect();
    said.extend(found.instead.iter().map(|word| format!("instead: {word}")));
    said
}

#[test]
fn everything_is_found_by_the_beginnings_of_its_words() {
    let kept = library();
    let glucose = ["result: Glucose", "result: Glucose, fasting", "document: Discharge letter"];
    assert_eq!(found(&kept, "gluc"), glucose);
    assert_eq!(found(&kept, "GLUCOSE"), glucose);
    assert_eq!(found(&kept, "fast glu"), ["result: Glucose, fasting"], "in any order");
    assert_eq!(found(&kept, "ferritin 12"), ["result: Ferritin"], "a title and a value");
    assert_eq!(found(&kept, "cough"), ["document: Discharge letter"], "the text of a document");
    assert_eq!(found(&kept, "muñoz"), ["document: Discharge letter"], "who wrote it");
    assert_eq!(found(&kept, "munoz"), ["document: Discharge letter"], "without accents");
    assert_eq!(found(&kept, "cafe"), ["document: Discharge letter"]);
    assert_eq!(found(&kept, "waterfront"), ["support: Waterfront clinic"], "a place");
    assert_eq!(found(&kept, "140"), ["vaccine: Influenza"], "a code");
    assert_eq!(found(&kept, "infl"), ["vaccine: Influenza"]);
    assert!(found(&kept, "glucose waterfront").is_empty());
    assert!(found(&kept, "ilirubin").is_empty() && found(&kept, "itin").is_empty(), "the middle of a word");
    assert!(found(&kept, "ferritin 1234").is_empty(), "a figure is not mended");
    assert!(found(&kept, "").is_empty() && found(&kept, "  ").is_empty());
}

#[test]
fn what_a_search_text_holds_is_text() {
    let kept = library();
    for text in [
        "[gluc]",
        "\"gluc",
        "gluc*",
        "(gluc",
        "gluc)",
        "^gluc",
        "gluc'",
        "title:gluc",
        "gluc AND",
        "-gluc",
        "gluc\0",
    ] {
        let found = found(&kept, text);
        let none = text == "title:gluc" || text == "gluc AND";
        assert_eq!(found.is_empty(), none, "{text}: {found:?}");
    }
    assert_eq!(found(&kept, "[ref: (neg"), ["result: Coeliac antibodies"]);
    for text in
        ["[(\"*", "\"\"", "'; DROP TABLE fact; --", "NEAR(", "{title}:", "AND OR NOT", &"x".repeat(100_000)]
    {
        kept.store.search(&ada(), text, &Also::new(), 5).unwrap();
    }
    assert_eq!(found(&kept, "glucose").len(), 3);
}

#[test]
fn a_slip_of_the_finger_is_mended_and_named() {
    let kept = library();
    assert_eq!(
        found(&kept, "glucsoe"),
        ["result: Glucose", "result: Glucose, fasting", "document: Discharge letter", "instead: glucose"]
    );
    assert_eq!(found(&kept, "feritin 12"), ["result: Ferritin", "instead: ferritin"]);
    assert_eq!(found(&kept, "couhg"), ["document: Discharge letter", "instead: cough"], "a word of no title");
    assert!(found(&kept, "fer").len() == 1 && found(&kept, "xer").is_empty(), "short words are not mended");
}

#[test]
fn finds_are_marked_in_title_and_passage() {
    let kept = library();
    let found = kept.store.search(&ada(), "spri disch", &Also::new(), 5).unwrap();
    let hit = &found.kinds[0].hits[0];
    assert_eq!(hit.marks.iter().map(|mark| &hit.row.title.text[mark.clone()]).collect::<Vec<_>>(), ["Disch"]);
    let (passage, marks) = hit.passage.as_ref().unwrap();
    assert_eq!(marks.iter().map(|mark| &passage[mark.clone()]).collect::<Vec<_>>(), ["spri"]);
    assert!(passage.starts_with("The cough began in spring"), "{passage}");
}

#[test]
fn a_title_is_one_answer_with_its_newest_fact() {
    let kept = Kept::with(&["summit"]);
    kept.receives("summit", &[result("1", Some("2020-01-01"), 90), result("2", Some("2024-01-01"), 131)]);
    let found = kept.store.search(&ada(), "ldl", &Also::new(), 5).unwrap();
    let [of] = found.kinds.as_slice() else { panic!("{found:?}") };
    let [hit] = of.hits.as_slice() else { panic!("{found:?}") };
    assert_eq!((hit.facts, hit.row.value.as_ref().unwrap().as_sent().as_str()), (2, "131 mg/dL"));
}

#[test]
fn nobody_finds_what_is_anothers() {
    let kept = library();
    kept.store.save_person(&person("bob")).unwrap();
    kept.store.save_connection(&connection("bobs", "bob")).unwrap();
    let bob = PersonId("bob".into());
    assert_eq!(
        said(&kept.store.search(&bob, "glucose", &Also::new(), 5).unwrap()),
        Vec::<String>::new(),
        "before anything came"
    );
    let run = kept.store.begin_run(&id("bobs"), at(0)).unwrap();
    let secret = note("5", "Letter", "hepatitis");
    kept.store.commit_page(page(run, "bobs", &[test("1", "Glucose", "9.9 mmol/L"), secret])).unwrap();
    kept.store.refresh_facts(&bob).unwrap();

    let his = kept.store.search(&bob, "glucose", &Also::new(), 5).unwrap();
    assert_eq!(said(&his), ["result: Glucose"]);
    assert_eq!(his.kinds[0].hits[0].facts, 1);
    assert_eq!(his.kinds[0].hits[0].row.value.as_ref().unwrap().as_sent(), "9.9 mmol/L");
    for hers in ["ferritin", "cough", "munoz", "fasting", "feritin", "couhg", "waterfront"] {
        let found = kept.store.search(&bob, hers, &Also::new(), 5).unwrap();
        assert!(
            found.kinds.iter().all(|of| of.hits.iter().all(|hit| hit.row.sources == [id("bobs")])),
            "{hers}"
        );
        assert!(hers == "munoz" || said(&found).is_empty(), "{hers}: {found:?}");
    }
    assert!(found(&kept, "hepatitis").is_empty());
    assert!(found(&kept, "hepatitsi").is_empty(), "not even as a suggestion");
    for (who, count) in [(ada(), 3), (bob, 1)] {
        let filter = Filter { text: Some("glucose".into()), ..Filter::default() };
        let page = kept.store.timeline(&who, &filter, None, 9).unwrap();
        assert_eq!(page.rows.len(), count, "{who}");
    }
}

#[test]
fn the_index_follows_the_record() {
    let kept = library();
    kept.receives("summit", &[test("1", "Blood sugar", "5.4 mmol/L")]);
    assert_eq!(found(&kept, "gluc"), ["result: Glucose, fasting", "document: Discharge letter"]);
    assert_eq!(found(&kept, "sugar"), ["result: Blood sugar"]);
    // The same fact, row and body: only a note in one of its sources is new.
    let mut again = test("3", "Ferritin", "12 µg/L");
    again["note"] = json!([{"text": "haemolysed sample"}]);
    kept.receives("summit", &[again]);
    assert_eq!(found(&kept, "haemolysed"), ["result: Ferritin"]);
    let kept = kept.reopened();
    assert_eq!(found(&kept, "haemolysed"), ["result: Ferritin"]);
    kept.store.rebuild(&mut |_, _| std::ops::ControlFlow::Continue(())).unwrap();
    assert_eq!(found(&kept, "haemolysed"), ["result: Ferritin"]);
    kept.store.delete_connection(&id("summit"), false).unwrap();
    assert!(found(&kept, "haemolysed").is_empty() && found(&kept, "gluc").is_empty());
    kept.store.with_writer(|db| {
        for table in ["title", "tally", "search_docsize", "search_title_docsize"] {
            let rows: i64 =
                db.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0)).unwrap();
            assert_eq!(rows, 0, "{table}");
        }
        db.execute_batch("CREATE VIRTUAL TABLE temp.left_over USING fts5vocab (main, search, row)").unwrap();
        let left: i64 = db.query_row("SELECT count(*) FROM temp.left_over", [], |row| row.get(0)).unwrap();
        assert_eq!(left, 0, "no word is left in the index's pages");
    });
}

/// Facts of every sort to filter, newest first: 2024-03-15, March 2024, 2024-02-10 to 02-14, 2024, 2019, undated.
fn filtered() -> Kept {
    let kept = Kept::with(&["summit", "harbor"]);
    let mut high = result("high", Some("2024-03-15T08:00:00-05:00"), 131);
    high["interpretation"] = json!([{"coding": [{"code": "H"}]}]);
    high["encounter"] = json!({"reference": "Encounter/stay"});
    let mut mistake = result("mistake", Some("2024-03"), 999);
    mistake["interpretation"] = json!([{"coding": [{"code": "H"}]}]);
    mistake["status"] = json!("entered-in-error");
    let stay = json!({"resourceType": "Encounter", "id": "stay", "status": "finished", "type": [{"text": "Hospital stay"}],
        "period": {"start": "2024-02-10T10:00:00-05:00", "end": "2024-02-14T09:00:00-05:00"}});
    let mut undated = result("undated", None, 70);
    undated["note"] = json!([{"text": "brought on paper"}]);
    kept.receives("summit", &[high, mistake, stay, result("year", Some("2024"), 80), undated]);
    kept.receives("harbor", &[vaccine("shot", "2019-10-04")]);
    kept
}

fn passed(kept: &Kept, filter: &Filter) -> Vec<String> {
    let mut dates = Vec::new();
    let mut cursor = None;
    // One row a page, so that every cursor is used.
    let total = kept.store.timeline(&ada(), filter, None, 1).unwrap().total;
    loop {
        let page = kept.store.timeline(&ada(), filter, cursor.as_ref(), 1).unwrap();
        assert_eq!(page.total, total);
        dates.extend(page.rows.iter().map(|row| row.day.map(|day| day.to_string()).unwrap_or_default()));
        match page.next {
            Some(next) => cursor = Some(next.to_string().parse().unwrap()),
            None => break,
        }
    }
    assert_eq!(dates.len() as u64, total);
    let facets = kept.store.facets(&ada(), filter, &[]).unwrap();
    assert_eq!(facets.years.iter().map(|(_, count, _)| count).sum::<u64>(), total);
    assert_eq!(facets.total, 6, "all there is, whatever is filtered");
    dates
}

#[expect(clippy::unnecessary_wraps, reason = "as a filter takes it")]
fn day(text: &str) -> Option<Day> {
    let mut parts = text.split('-').map(|part| part.parse::<u32>().unwrap());
    let year = i32::try_from(parts.next().unwrap()).unwrap();
    Some(Day { year, month: parts.next(), day: parts.next() })
}

#[test]
fn every_filter_lets_the_right_facts_through() {
    let kept = filtered();
    let all = ["2024-03-15", "2024-03", "2024-02-10", "2024", "2019-10-04", ""];
    let of = |filter: Filter| passed(&kept, &filter);
    assert_eq!(of(Filter::default()), all);
    assert_eq!(of(Filter { flagged: true, ..Filter::default() }), ["2024-03-15"], "a withdrawn flag is none");
    assert_eq!(of(Filter { statuses: vec![StatusGroup::EnteredInError], ..Filter::default() }), ["2024-03"]);
    assert_eq!(of(Filter { kinds: vec![Kind::Visit], ..Filter::default() }), ["2024-02-10"]);
    assert_eq!(
        of(Filter { kinds: vec![Kind::Visit, Kind::Vaccine], ..Filter::default() }),
        ["2024-02-10", "2019-10-04"]
    );
    assert_eq!(of(Filter { connections: vec![id("harbor")], ..Filter::default() }), ["2019-10-04"]);
    assert_eq!(of(Filter { connections: vec![id("harbor"), id("summit")], ..Filter::default() }), all);
    assert!(of(Filter { connections: vec![id("nowhere")], ..Filter::default() }).is_empty());
    assert_eq!(of(Filter { text: Some("paper".into()), ..Filter::default() }), [""]);
    assert_eq!(of(Filter { text: Some(" ( ".into()), ..Filter::default() }), all, "nothing to look for");
    assert!(of(Filter { text: Some("nowhere".into()), ..Filter::default() }).is_empty());
    let between = |from: &str, to: &str| {
        let of_text = |text: &str| if text.is_empty() { None } else { day(text) };
        of(Filter { from: of_text(from), to: of_text(to), ..Filter::default() })
    };
    assert_eq!(between("2024", ""), &all[..4]);
    assert_eq!(between("2024-03", ""), ["2024-03-15", "2024-03", "2024"], "2024 may have been in March");
    assert_eq!(between("2024-03-10", ""), ["2024-03-15", "2024-03", "2024"]);
    assert_eq!(between("2024-03-16", ""), ["2024-03", "2024"]);
    assert_eq!(between("2024-02", "2024-02"), ["2024-02-10", "2024"]);
    assert_eq!(between("", "2019"), ["2019-10-04"], "the undated are not before anything");
    assert_eq!(between("", "2024-03-14"), ["2024-03", "2024-02-10", "2024", "2019-10-04"]);
    assert_eq!(between("2019-10-04", "2019-10-04"), ["2019-10-04"]);
    assert!(between("2020", "2021").is_empty());
    let at = |text: &str| {
        let cursor = crate::Cursor::at(day(text).unwrap());
        let page = kept.store.timeline(&ada(), &Filter::default(), Some(&cursor), 1).unwrap();
        (page.rows[0].day.map(|day| day.to_string()).unwrap_or_default(), page.total)
    };
    assert_eq!(at("2024-03-15"), ("2024-03-15".into(), 6));
    assert_eq!(at("2024-03-14"), ("2024-03".into(), 6));
    assert_eq!(at("2024-02"), ("2024-02-10".into(), 6));
    assert_eq!(at("2023"), ("2019-10-04".into(), 6));
    assert_eq!(at("2000"), (String::new(), 6));
    let both = Filter {
        kinds: vec![Kind::Result],
        connections: vec![id("summit")],
        from: day("2024-03"),
        text: Some("ldl".into()),
        flagged: true,
        statuses: vec![StatusGroup::Past],
        ..Filter::default()
    };
    assert_eq!(of(both), ["2024-03-15"]);
}

#[test]
fn facets_count_and_periods_have_both_ends() {
    let kept = filtered();
    let facets = kept.store.facets(&ada(), &Filter::default(), &[]).unwrap();
    assert_eq!(facets.flagged, 1);
    assert_eq!(facets.kinds, [(Kind::Result, 4), (Kind::Vaccine, 1), (Kind::Visit, 1)]);
    assert!(facets.statuses.contains(&(StatusGroup::EnteredInError, 1)), "{:?}", facets.statuses);
    let [stay] = facets.periods.as_slice() else { panic!("{:?}", facets.periods) };
    assert_eq!(
        (stay.title.as_str(), stay.from.to_string(), stay.until.to_string()),
        ("Hospital stay", "2024-02-10".into(), "2024-02-14".into())
    );
    let rows = kept.store.timeline(&ada(), &Filter::default(), None, 9).unwrap().rows;
    let visit = rows.iter().find(|row| row.kind == Kind::Visit).unwrap();
    assert_eq!(rows[0].visit.as_ref(), Some(&visit.id), "a visit gathers its results");
    assert!(rows[1..].iter().all(|row| row.visit.is_none()));
    // The visit goes, and what it gathered stands alone again.
    kept.receives(
        "summit",
        &[json!({"resourceType": "Encounter", "id": "stay", "status": "finished",
        "type": [{"text": "Clinic"}], "period": {"start": "2024-02-10"}})],
    );
    assert!(kept.store.facets(&ada(), &Filter::default(), &[]).unwrap().periods.is_empty());
}

#[test]
fn each_count_is_what_choosing_it_beside_the_other_choices_shows() {
    let kept = filtered();
    let shown = |filter: &Filter| kept.store.timeline(&ada(), filter, None, 9).unwrap().total;
    for filter in [
        Filter::default(),
        Filter { kinds: vec![Kind::Vaccine], ..Filter::default() },
        Filter { statuses: vec![StatusGroup::EnteredInError], ..Filter::default() },
        Filter { flagged: true, ..Filter::default() },
        Filter { text: Some("ldl".into()), ..Filter::default() },
        Filter { from: day("2024-03"), ..Filter::default() },
        Filter { connections: vec![id("harbor")], kinds: vec![Kind::Visit], ..Filter::default() },
    ] {
        let facets = kept.store.facets(&ada(), &filter, &[]).unwrap();
        assert_eq!(facets.kinds.len(), 3, "a choice that shows nothing stays, with zero");
        for (kind, count) in facets.kinds {
            assert_eq!(
                count,
                shown(&Filter { kinds: vec![kind], ..filter.clone() }),
                "{kind:?} of {filter:?}"
            );
        }
        for (status, count) in facets.statuses {
            let one = Filter { statuses: vec![status], ..filter.clone() };
            assert_eq!(count, shown(&one), "{status:?} of {filter:?}");
        }
        assert_eq!(facets.flagged, shown(&Filter { flagged: true, ..filter.clone() }), "{filter:?}");
        assert_eq!(facets.total, 6);
    }
}

#[test]
fn of_equally_good_answers_the_newest_is_first() {
    let shot = |id: &str, title: &str, day: &str| {
        json!({"resourceType": "Immunization", "id": id, "status": "completed", "occurrenceDateTime": day,
            "vaccineCode": {"text": title}})
    };
    let kept = Kept::with(&["summit"]);
    kept.receives(
        "summit",
        &[
            shot("1", "Influenza, seasonal", "2011-10-19"),
            shot("2", "Influenza, seasonal", "2012-10-19"),
            shot("3", "Influenza, injectable, quadrivalent, preservative free", "2019-10-04"),
            shot("4", "Influenza, high-dose, trivalent", "2024-10-02"),
        ],
    );
    let also = Also::from([("flu".to_owned(), vec!["influenza".to_owned()])]);
    let meant = said(&kept.store.search(&ada(), "flu", &also, 5).unwrap());
    assert_eq!(
        meant,
        [
            "vaccine: Influenza, high-dose, trivalent",
            "vaccine: Influenza, injectable, quadrivalent, preservative free",
            "vaccine: Influenza, seasonal"
        ],
        "all say what is meant"
    );
    let typed = found(&kept, "influenza");
    assert_eq!(typed[0], "vaccine: Influenza, high-dose, trivalent", "as long as the older one");
    assert_eq!(
        typed[2], "vaccine: Influenza, injectable, quadrivalent, preservative free",
        "it says much besides"
    );
}

#[test]
fn what_else_may_stand_for_a_word_is_found_by_search_and_filter() {
    let kept = filtered();
    let also = Also::from([("bad".to_owned(), vec!["ldl".to_owned()])]);
    assert!(kept.store.search(&ada(), "bad", &Also::new(), 5).unwrap().kinds.is_empty());
    let found = kept.store.search(&ada(), "Bad", &also, 5).unwrap();
    assert_eq!(found.kinds[0].kind, Kind::Result);
    assert!(found.instead.is_empty() && !found.kinds[0].hits[0].marks.is_empty(), "it is marked as found");
    let filter = Filter { text: Some("bad".into()), also, ..Filter::default() };
    assert!(kept.store.timeline(&ada(), &filter, None, 9).unwrap().total > 0);
}

#[test]
fn what_did_not_happen_took_no_time() {
    let stay = |id: &str, status: &str| {
        json!({"resourceType": "Encounter", "id": id, "status": status, "type": [{"text": format!("Stay {id}")}],
            "period": {"start": "2024-02-10", "end": "2024-02-14"}})
    };
    let course = |id: &str, status: &str| {
        json!({"resourceType": "MedicationStatement", "id": id, "status": status,
            "medicationCodeableConcept": {"text": format!("Drug {id}")},
            "effectivePeriod": {"start": "2024-02-10", "end": "2024-02-20"}})
    };
    let kept = Kept::with(&["summit"]);
    kept.receives(
        "summit",
        &[
            stay("a", "finished"),
            stay("b", "cancelled"),
            stay("c", "entered-in-error"),
            course("d", "completed"),
            course("e", "not-taken"),
            course("f", "entered-in-error"),
        ],
    );
    let facets = kept.store.facets(&ada(), &Filter::default(), &[]).unwrap();
    let mut drawn: Vec<_> = facets.periods.iter().map(|period| period.title.as_str()).collect();
    drawn.sort_unstable();
    assert_eq!(drawn, ["Drug d", "Stay a"]);
}
