//! Answers and findings are shown under what they belong to: counted there, found by their words, and rows of their own
//! again when that goes.

use serde_json::{Value, json};
use wholechart_fhir::Kind;
use wholechart_record::FactId;

use super::{Kept, ada, id, result};
use crate::{Also, ChangeKind, FactRow, Filter};

fn answer(id: &str, title: &str, at: &str) -> Value {
    json!({"resourceType": "Observation", "id": id, "status": "final", "effectiveDateTime": at,
        "category": [{"coding": [{"code": "survey"}]}], "code": {"text": title}, "valueString": "Several days"})
}

fn at_visit(mut resource: Value) -> Value {
    resource["encounter"] = json!({"reference": "Encounter/v"});
    resource
}

fn visit(status: &str, from: &str, to: &str) -> Value {
    json!({"resourceType": "Encounter", "id": "v", "status": status, "class": {"code": "IMP"},
        "type": [{"text": "Stay"}], "period": {"start": from, "end": to}})
}

fn rows(kept: &Kept, filter: &Filter) -> Vec<FactRow> {
    let page = kept.store.timeline(&ada(), filter, None, 100).unwrap();
    assert_eq!(page.total, page.rows.len() as u64, "what is counted is what is shown");
    page.rows
}

/// Title and how many it holds, newest first.
fn shown(kept: &Kept) -> Vec<String> {
    rows(kept, &Filter::default()).iter().map(|row| format!("{} {}", row.title.text, row.holds)).collect()
}

fn held(kept: &Kept, under: &FactId) -> Vec<String> {
    let held = kept.store.held_under(under).unwrap();
    assert!(held.iter().all(|row| row.under.as_ref() == Some(under) && row.holds == 0));
    held.into_iter().map(|row| row.title.text).collect()
}

#[test]
fn answers_fold_under_their_visit_and_unfold_when_it_goes() {
    let kept = Kept::with(&["summit"]);
    let mut smoking = at_visit(answer("s", "Smoking status", "2024-03-02T09:00:00-05:00"));
    smoking["category"][0]["coding"][0]["code"] = json!("social-history");
    let mut high = at_visit(answer("h", "Blood alcohol", "2024-03-02T09:00:00-05:00"));
    high["interpretation"] = json!([{"coding": [{"code": "H"}]}]);
    kept.receives(
        "summit",
        &[
            at_visit(answer("2", "Sleeping badly", "2024-03-02T09:00:00-05:00")),
            at_visit(answer("1", "Feeling low", "2024-03-01T16:00:00-05:00")),
            smoking,
            high,
            at_visit(result("r", Some("2024-03-02"), 131)),
        ],
    );
    let alone =
        ["Smoking status 0", "Sleeping badly 0", "Blood alcohol 0", "LDL cholesterol 0", "Feeling low 0"];
    let sorted = |mut titles: Vec<String>| {
        titles.sort();
        titles
    };
    assert_eq!(sorted(shown(&kept)), sorted(alone.map(str::to_owned).to_vec()));

    // The visit comes: what was answered at it is under it, though the answers came before.
    kept.receives("summit", &[visit("finished", "2024-03-01T08:00:00-05:00", "2024-03-03T08:00:00-05:00")]);
    let with = ["Smoking status 0", "Blood alcohol 0", "LDL cholesterol 0", "Stay 2"];
    assert_eq!(sorted(shown(&kept)), sorted(with.map(str::to_owned).to_vec()));
    let stay = rows(&kept, &Filter { kinds: vec![Kind::Visit], ..Filter::default() }).remove(0);
    assert_eq!((stay.holds, stay.under), (2, None));
    assert_eq!(held(&kept, &stay.id), ["Feeling low", "Sleeping badly"], "by time");
    assert!(held(&kept, &FactId("none".into())).is_empty());
    let kinds = kept.store.facets(&ada(), &Filter::default(), &[]).unwrap();
    assert_eq!(kinds.kinds, [(Kind::Result, 1), (Kind::Observation, 2), (Kind::Visit, 1)]);
    assert_eq!(kinds.total, 4, "what is under another is no row");

    // It is shorter than it was said to be: what was answered after it stands alone.
    kept.receives("summit", &[visit("finished", "2024-03-01T08:00:00-05:00", "2024-03-01T20:00:00-05:00")]);
    assert!(shown(&kept).contains(&"Sleeping badly 0".to_owned()));
    assert_eq!(held(&kept, &stay.id), ["Feeling low"]);

    // It was a mistake: nothing is under what was taken back.
    let run = kept.receives(
        "summit",
        &[visit("entered-in-error", "2024-03-01T08:00:00-05:00", "2024-03-03T08:00:00-05:00")],
    );
    assert_eq!(run.changed, 1);
    assert!(shown(&kept).contains(&"Feeling low 0".to_owned()));
    assert!(held(&kept, &stay.id).is_empty());
}

#[test]
fn what_is_under_another_is_found_by_its_words() {
    let kept = Kept::with(&["summit"]);
    kept.receives(
        "summit",
        &[
            visit("finished", "2024-03-01T08:00:00-05:00", "2024-03-03T08:00:00-05:00"),
            at_visit(answer("1", "Feeling low", "2024-03-01T16:00:00-05:00")),
            at_visit(answer("2", "Sleeping badly", "2024-03-02T09:00:00-05:00")),
            json!({"resourceType": "Patient", "id": "p", "name": [{"text": "Lowell"}]}),
        ],
    );
    assert_eq!(shown(&kept), ["Stay 2"]);
    let found =
        |filter: Filter| rows(&kept, &filter).into_iter().map(|row| row.title.text).collect::<Vec<_>>();
    let text = |text: &str| Filter { text: Some(text.to_owned()), ..Filter::default() };
    assert_eq!(found(text("feeling")), ["Feeling low"]);
    assert_eq!(found(text("several days")), ["Sleeping badly", "Feeling low"]);
    assert_eq!(found(Filter { kinds: vec![Kind::Observation], ..text("several") }).len(), 2);
    assert!(found(text("lowell")).is_empty(), "the patient is on no timeline");
    assert!(found(Filter { kinds: vec![Kind::Observation], ..Filter::default() }).is_empty());
    let listed = kept.store.list(&ada(), &text("sleeping"), None, 10).unwrap();
    assert_eq!((listed.total, listed.rows.len()), (1, 1));
    assert!(
        kept.store
            .list(&ada(), &Filter { kinds: vec![Kind::Observation], ..Filter::default() }, None, 10)
            .unwrap()
            .rows
            .is_empty()
    );
    let searched = kept.store.search(&ada(), "feeling", &Also::new(), 10).unwrap();
    let hit = &searched.kinds[0].hits[0].row;
    assert!(hit.under.is_some(), "it leads to what it is under");
    assert_eq!(kept.store.fact_row(&hit.id).unwrap().as_ref(), Some(hit));
}

#[test]
fn a_newcomer_of_the_same_minute_may_stand_for_it() {
    let kept = Kept::with(&["summit", "harbor"]);
    let at = "2024-03-02T09:00:30-05:00";
    kept.receives("summit", &[answer("2", "Sleeping badly", at), answer("3", "Tired", at)]);
    assert_eq!(shown(&kept), ["Sleeping badly 1"]);
    kept.receives("summit", &[answer("1", "Feeling low", "2024-03-02T09:00:00-05:00")]);
    assert_eq!(shown(&kept), ["Feeling low 2"]);
    kept.receives("harbor", &[answer("1", "Worried", at)]);
    assert_eq!(shown(&kept), ["Worried 0", "Feeling low 2"], "another source is another minute");
    let panel = json!({"resourceType": "Observation", "id": "p", "status": "final", "effectiveDateTime": at,
        "category": [{"coding": [{"code": "survey"}]}], "code": {"text": "PHQ-9"},
        "hasMember": [{"reference": "Observation/1"}, {"reference": "Observation/2"}]});
    kept.receives("summit", std::slice::from_ref(&panel));
    let head = rows(&kept, &Filter { text: Some("PHQ".into()), ..Filter::default() }).remove(0);
    assert_eq!(held(&kept, &head.id), ["Feeling low", "Sleeping badly", "Tired"]);
    let kept = kept.reopened();
    kept.store.delete_connection(&id("harbor"), false).unwrap();
    assert_eq!(shown(&kept), ["PHQ-9 3"]);
}

#[test]
fn what_came_under_another_is_no_news_until_it_is_corrected() {
    let kept = Kept::with(&["summit"]);
    let low = || at_visit(answer("1", "Feeling low", "2024-03-01T16:00:00-05:00"));
    kept.receives(
        "summit",
        &[visit("finished", "2024-03-01T08:00:00-05:00", "2024-03-01T20:00:00-05:00"), low()],
    );
    let counts = |news: crate::News| news.counts.into_iter().collect::<Vec<_>>();
    assert_eq!(counts(kept.store.news(&ada(), 0, 9).unwrap()), [(ChangeKind::New, 1)]);
    assert_eq!(counts(kept.store.received(&ada()).unwrap()), [(ChangeKind::New, 1)]);
    let mut corrected = low();
    corrected["valueString"] = json!("Not at all");
    kept.receives("summit", &[corrected]);
    for news in [kept.store.news(&ada(), 0, 9).unwrap(), kept.store.received(&ada()).unwrap()] {
        assert_eq!(counts(news), [(ChangeKind::New, 1), (ChangeKind::Corrected, 1)]);
    }
}

#[test]
fn a_file_that_came_by_itself_is_part_of_the_document_that_names_it() {
    let note = |status: &str, url: &str| {
        json!({"resourceType": "DocumentReference", "id": "d", "status": status, "date": "2024-03-02T09:00:00-05:00",
            "type": {"text": "Operative note"}, "content": [{"attachment": {"contentType": "text/plain", "url": url}}]})
    };
    let file = |id: &str, text: &str| {
        json!({"resourceType": "Binary", "id": id, "contentType": "text/plain", "data": text,
            "meta": {"lastUpdated": "2025-01-01T10:00:00Z"}})
    };
    let holding =
        |kept: &Kept| rows(kept, &Filter::default()).into_iter().map(|row| row.holds).collect::<Vec<_>>();
    let (one, other, third) = ("QSBsYXBhcm9zY29waWMgbm90ZQ==", "QW5vdGhlciBub3Rl", "QSB0aGlyZCBub3Rl");

    // In whichever order they come.
    for early in [true, false] {
        let kept = Kept::with(&["summit", "harbor"]);
        let mut pages = [vec![file("b", one)], vec![note("current", "Binary/b")]];
        if !early {
            pages.reverse();
        }
        for page in pages {
            kept.receives("summit", &page);
        }
        assert_eq!(shown(&kept), ["Operative note 1"], "{early}");
        let document = rows(&kept, &Filter::default()).remove(0);
        let under = kept.store.held_under(&document.id).unwrap();
        let sent: Vec<_> =
            under.iter().flat_map(|row| kept.store.fact(&row.id).unwrap().unwrap().0.members).collect();
        assert_eq!(sent.len(), 1);
        assert_eq!(
            (sent[0].resource_type.as_str(), sent[0].id.as_str()),
            ("Binary", "b"),
            "it is still there"
        );

        // A file that nobody names, and one of somebody else, stand for themselves.
        kept.receives("summit", &[file("c", other)]);
        assert_eq!(holding(&kept).len(), 2);
        kept.receives("harbor", &[file("b", third)]);
        assert_eq!(holding(&kept).len(), 3, "another source's file is none of this one's");

        // What was taken back takes its file with it; what names another file leaves it.
        kept.receives("summit", &[note("entered-in-error", "https://fhir.example/r4/Binary/b")]);
        assert_eq!(kept.store.held_under(&document.id).unwrap().len(), 1);
        kept.receives("summit", &[note("current", "Binary/c")]);
        assert_eq!(holding(&kept).iter().sum::<u32>(), 1);
        let kept = kept.reopened();
        assert_eq!(holding(&kept).iter().sum::<u32>(), 1);
    }
}

#[test]
fn a_report_has_its_form_as_a_file_of_its_own() {
    let kept = Kept::with(&["summit"]);
    let report = json!({"resourceType": "DiagnosticReport", "id": "r", "status": "final",
        "effectiveDateTime": "2024-03-02T09:00:00-05:00", "code": {"text": "Echocardiogram"},
        "presentedForm": [{"contentType": "text/plain", "url": "/Binary/b?x=y"}]});
    let file = json!({"resourceType": "Binary", "id": "b", "contentType": "text/plain", "data": "RWplY3Rpb24gZnJhY3Rpb24="});
    kept.receives("summit", &[report, file]);
    assert_eq!(shown(&kept), ["Echocardiogram 1"]);
}
