//! Files: documents behind addresses, and files of one import that point to each other.

use serde_json::json;

use super::{BASE, Kept, ada, at, id, page};
use crate::{DocumentCommit, Filter, PageCommit};

fn titles(kept: &Kept, text: &str) -> Vec<String> {
    let found = kept.store.search(&ada(), text, 10).unwrap();
    found.kinds.into_iter().flat_map(|of| of.hits).map(|hit| hit.row.title).collect()
}

#[test]
fn the_text_of_a_fetched_document_is_found_and_a_rebuild_finds_it_again() {
    let kept = Kept::with(&["summit"]);
    let letter = json!({"resourceType": "DocumentReference", "id": "d", "description": "Discharge letter",
        "content": [{"attachment": {"contentType": "text/html", "url": "documents/7"}}]});
    let run = kept.store.begin_run(&id("summit"), at(0)).unwrap();
    kept.store.commit_page(page(run, "summit", &[letter])).unwrap();
    let document = DocumentCommit {
        run,
        connection: id("summit"),
        url: format!("{BASE}/documents/7"),
        content_type: Some("text/html".into()),
        received_at: at(0),
        bytes: b"<p>Remarkable <b>recovery</b></p>".to_vec(),
    };
    kept.store.commit_document(&document).unwrap();
    kept.store.finish_run(run, at(1), "complete").unwrap();
    kept.store.refresh_facts(&ada()).unwrap();
    assert_eq!(titles(&kept, "remarkable"), ["Discharge letter"]);
    kept.store.rebuild(&mut |_, _| std::ops::ControlFlow::Continue(())).unwrap();
    assert_eq!(titles(&kept, "recovery"), ["Discharge letter"]);
}

#[test]
fn what_happened_at_a_visit_of_another_file_belongs_to_it() {
    let kept = Kept::with(&["summit"]);
    let run = kept.store.begin_run(&id("summit"), at(0)).unwrap();
    let file = |name: &str, resource| PageCommit {
        base: format!("file:{name}"),
        ..page(run, "summit", &[resource])
    };
    let visit = json!({"resourceType": "Encounter", "id": "e", "type": [{"text": "Check-up"}]});
    let result = json!({"resourceType": "Observation", "id": "o", "code": {"text": "Weight"},
        "encounter": {"reference": "Encounter/e"}});
    kept.store.commit_page(file("Encounter.ndjson", visit.clone())).unwrap();
    kept.store.commit_page(file("Observation.ndjson", result)).unwrap();
    kept.store.refresh_facts(&ada()).unwrap();
    let visit_of = |title: &str| {
        let rows = kept.store.timeline(&ada(), &Filter::default(), None, 10).unwrap().rows;
        let row = rows.iter().find(|row| row.title == title).unwrap();
        (row.id.clone(), row.visit.clone())
    };
    assert_eq!(visit_of("Weight").1, Some(visit_of("Check-up").0));
    // Two visits of one id: nobody knows which.
    let other = json!({"resourceType": "Encounter", "id": "e", "type": [{"text": "Surgery"}]});
    kept.store.commit_page(file("other.json", other)).unwrap();
    kept.store.refresh_facts(&ada()).unwrap();
    assert_eq!(visit_of("Weight").1, None);
}
