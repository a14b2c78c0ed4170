//! Clinical documents as entries, and imports that are undone.

use std::ops::ControlFlow;

use chrono::{DateTime, Utc};
use wholechart_ccda::{Limits, address};
use wholechart_fhir::Release;

use super::laws::derived;
use super::{Kept, ada, at, id, incoming, page, result, vaccine};
use crate::packed::text_at;
use crate::{
    Clinical, Filter, ImportId, Incoming, PageCommit, PageOutcome, RunId, RunOutcome, Sorting, Store,
    StoreError, UnreadableBytes,
};

/// A document of one visit, with a problem, and an allergy whose name stands in the narrative only.
pub(super) fn document(number: &str, day: &str, problem: &str) -> String {
    format!(
        r##"<?xml version="1.0" encoding="UTF-8"?><ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<templateId root="2.16.840.1.113883.10.20.22.1.2" extension="2015-08-01"/><id root="1.2.840.99999.7" extension="{number}"/>
<code code="34133-9" codeSystem="2.16.840.1.113883.6.1" displayName="Summary of episode note"/><title>Visit {number}</title>
<effectiveTime value="{day}"/>
<recordTarget><patientRole><id root="1.2.840.99999.2" extension="MRN-5"/><patient><name><given>Ada</given><family>Quist</family></name>
<birthTime value="19610403"/></patient></patientRole></recordTarget>
<component><structuredBody>
<component><section><code code="11450-4" codeSystem="2.16.840.1.113883.6.1"/><title>Problems</title><text>{problem}</text>
<entry><observation classCode="OBS" moodCode="EVN"><templateId root="2.16.840.1.113883.10.20.22.4.4"/><id root="1.2.840.99999.3" extension="p1"/>
<code code="64572001" codeSystem="2.16.840.1.113883.6.96"/><statusCode code="completed"/>
<value xsi:type="CD" code="38341003" codeSystem="2.16.840.1.113883.6.96" displayName="{problem}"/></observation></entry></section></component>
<component><section><code code="48765-2" codeSystem="2.16.840.1.113883.6.1"/><title>Allergies</title>
<text><content ID="a1">Shrimp of the North Sea</content></text>
<entry><observation classCode="OBS" moodCode="EVN"><templateId root="2.16.840.1.113883.10.20.22.4.7"/><id root="1.2.840.99999.3" extension="a1"/>
<code code="ASSERTION" codeSystem="2.16.840.1.113883.5.4"/><statusCode code="completed"/>
<value xsi:type="CD" code="414285001" codeSystem="2.16.840.1.113883.6.96"/>
<participant typeCode="CSM"><participantRole><playingEntity><code nullFlavor="OTH"><originalText><reference value="#a1"/></originalText></code>
</playingEntity></participantRole></participant></observation></entry></section></component>
<component><section><code code="8648-8" codeSystem="2.16.840.1.113883.6.1"/><title>Hospital course</title><text>Uneventful {number}.</text></section></component>
</structuredBody></component></ClinicalDocument>"##
    )
}

fn stated(day: &str) -> DateTime<Utc> {
    DateTime::parse_from_str(&format!("{day}000000+0000"), "%Y%m%d%H%M%S%z").unwrap().to_utc()
}

/// One import of one document.
fn imports(kept: &Kept, connection: &str, document: &str, day: &str) -> (ImportId, PageOutcome) {
    let (run, import) = kept.store.begin_import(&id(connection), None, at(0)).unwrap();
    let outcome = commit(&kept.store, run, connection, document, day);
    kept.store.finish_run(run, at(1), RunOutcome::Complete).unwrap();
    kept.store.refresh_facts(&ada()).unwrap();
    (import, outcome)
}

/// Takes one document in, as a part of an import.
pub(super) fn commit(store: &Store, run: RunId, connection: &str, document: &str, day: &str) -> PageOutcome {
    let bytes = document.as_bytes();
    let read = wholechart_ccda::read(bytes, &Limits::default()).unwrap();
    let paper = read.paper(bytes);
    let entries: Vec<_> = read.entries.into_iter().chain(paper).collect();
    let resource = |entry: &wholechart_ccda::Entry| Incoming {
        bytes: entry.resource.clone().into_bytes(),
        resource_type: entry.resource_type.clone(),
        id: Some(entry.id.clone()),
        full_url: None,
        position: entry.range.start as u64,
        inferred: None,
    };
    let page = PageCommit {
        base: "file:clinical".into(),
        release: Release::R4,
        url: address(bytes),
        resources: entries.iter().map(resource).collect(),
        ..page(run, connection, &[])
    };
    let clinical = Clinical {
        bytes: bytes.to_vec(),
        content_type: "application/cda+xml".into(),
        stated: Some(stated(day)),
        places: entries.iter().map(|entry| entry.range.clone()).collect(),
    };
    store.commit_clinical(page, &Sorting::default(), &clinical).unwrap()
}

#[test]
fn a_clinical_document_that_is_erased_takes_with_it_what_no_other_says() {
    let kept = Kept::with(&["files"]);
    let before = document("one", "20210101", "Hypertension");
    imports(&kept, "files", &before, "20210101");
    let alone = kept_titles(&kept);
    let after = document("two", "20220101", "High blood pressure");
    imports(&kept, "files", &after, "20220101");
    let rows = kept.store.timeline(&ada(), &Filter::default(), None, 99).unwrap().rows;
    let paper = rows
        .iter()
        .find(|row| row.title.text.contains("two"))
        .unwrap_or_else(|| panic!("{:?}", titles(&kept)));
    kept.store.erase_document(&ada(), &paper.id).unwrap();
    assert_eq!(kept_titles(&kept), alone, "what the earlier one says counts again");
    let grown = derived(&kept);
    kept.store.rebuild(&mut |_, _| ControlFlow::Continue(())).unwrap();
    assert_eq!(derived(&kept), grown);
    let held: u64 = kept
        .store
        .with_writer(|db| db.query_row("SELECT count(*) FROM document", [], |row| row.get(0)).unwrap());
    assert_eq!(held, 1);
}

/// With the facts that stand on no timeline.
fn kept_titles(kept: &Kept) -> Vec<String> {
    let mut titles = Vec::new();
    kept.store
        .facts(Some(&ada()), &mut |_, fact| {
            titles.push(format!("{fact:?}"));
            ControlFlow::Continue(())
        })
        .unwrap();
    titles.sort();
    titles
}

fn titles(kept: &Kept) -> Vec<String> {
    let rows = kept.store.timeline(&ada(), &Filter::default(), None, 99).unwrap().rows;
    let mut titles: Vec<String> = rows.into_iter().map(|row| row.title.text).collect();
    titles.sort();
    titles
}

/// What a kept version is, without numbers of rows: of each table what was said, by keys.
pub(super) fn kept_rows(kept: &Kept) -> Vec<String> {
    kept.store.with_writer(|db| {
        let mut dump = Vec::new();
        for sql in [
            "SELECT id || person || name || state || created || colour || imported FROM connection ORDER BY 1",
            "SELECT c.id || ' ' || s.base || ' ' || s.release FROM source s JOIN connection c ON c.n = s.connection ORDER BY 1",
            "SELECT c.id || s.base || r.type || r.fhir_id || v.hash || v.received_at || v.url || v.length || hex(v.bytes)
                || coalesce(v.dictionary, '')
                || (SELECT count(*) FROM version w WHERE w.resource = v.resource AND w.id < v.id) FROM version v
             JOIN resource r ON r.n = v.resource JOIN source s ON s.n = r.source JOIN connection c ON c.n = s.connection ORDER BY 1",
            "SELECT r.type || r.fhir_id || v.hash || d.hash || l.start || l.length || l.stated FROM slice l JOIN document d ON d.n = l.document
             JOIN version v ON v.id = l.version JOIN resource r ON r.n = v.resource ORDER BY 1",
            "SELECT c.id || d.url || d.hash || d.length || hex(d.bytes) FROM document d JOIN connection c ON c.n = d.connection ORDER BY 1",
            "SELECT c.id || t.hash || t.reader || t.length FROM file_text t JOIN connection c ON c.n = t.connection ORDER BY 1",
            "SELECT c.id || u.hash || u.reason FROM unreadable u JOIN connection c ON c.n = u.connection ORDER BY 1",
            "SELECT connection || type || hash FROM dictionary ORDER BY 1",
            "SELECT connection || whose FROM let_in ORDER BY 1",
            "SELECT r.type || r.fhir_id || a.whose FROM set_aside a JOIN resource r ON r.n = a.resource ORDER BY 1",
            "SELECT r.type || r.fhir_id || h.what || h.run FROM change h JOIN resource r ON r.n = h.resource ORDER BY 1",
            "SELECT b.run || b.what || coalesce((SELECT hash FROM version v WHERE b.what = 'version' AND v.id = b.thing), b.thing)
             FROM brought b ORDER BY 1",
            "SELECT run FROM checkpoint", "SELECT run FROM answer", "SELECT resource FROM told", "SELECT resource FROM missing",
            "SELECT resource FROM stale", "SELECT resource || how FROM inferred", "SELECT person FROM note", "SELECT person FROM decision",
            "SELECT f.id || f.person || f.listed || f.under || f.sort || f.kind, f.row, b.json
             FROM fact f JOIN fact_body b ON b.fact = f.n ORDER BY 1",
            "SELECT r.type || r.fhir_id, e.json FROM entry e JOIN resource r ON r.n = e.resource ORDER BY 1",
            "SELECT person || kind || title || facts FROM title ORDER BY 1",
            "SELECT person || kind || year || status || flagged || told || facts FROM tally ORDER BY 1",
            "SELECT person || one || other || json FROM likely ORDER BY 1",
            "SELECT person || id || json FROM conflict ORDER BY 1",
        ] {
            let mut query = db.prepare(sql).unwrap();
            let columns = query.column_count();
            let text = |row: &rusqlite::Row<'_>| (0..columns).map(|n| text_at(row, n, "row").or_else(|_| Ok(row.get::<_, i64>(n)?.to_string()))).collect::<Result<String, StoreError>>();
            dump.push(sql.to_owned());
            dump.extend(query.query_and_then([], text).unwrap().map(Result::unwrap));
        }
        dump
    })
}

fn rebuilt_is_grown(kept: &Kept) {
    let grown = derived(kept);
    kept.store.rebuild(&mut |_, _| ControlFlow::Continue(())).unwrap();
    assert_eq!(derived(kept), grown);
}

#[test]
fn a_document_is_kept_once_and_its_parts_are_what_was_sent() {
    let kept = Kept::with(&["files"]);
    let sent = document("1", "20240305", "High blood pressure");
    let (_, outcome) = imports(&kept, "files", &sent, "20240305");
    assert_eq!((outcome.new, outcome.changed, outcome.unchanged), (5, 0, 0));
    assert_eq!(
        titles(&kept),
        ["High blood pressure", "Hospital course", "Shrimp of the North Sea", "Visit 1"]
    );
    let kept = kept.reopened();
    let mut parts = Vec::new();
    kept.store
        .entries(None, &mut |row| {
            parts.push((row.member.key.resource_type.clone(), row.version.id));
            ControlFlow::Continue(())
        })
        .unwrap();
    for (resource_type, version) in parts {
        let bytes = kept.store.version_bytes(version).unwrap().unwrap().bytes;
        let text = String::from_utf8(bytes).unwrap();
        assert!(sent.contains(&text), "verbatim");
        assert_eq!(
            text.starts_with("<observation"),
            matches!(resource_type.as_str(), "Condition" | "AllergyIntolerance")
        );
        assert_eq!(kept.store.version_entries(version).unwrap().unwrap().2.resource_type, resource_type);
    }
    let stored: i64 = kept.store.with_writer(|db| {
        db.query_row("SELECT count(*) FROM version WHERE length(bytes) > 0", [], |row| row.get(0)).unwrap()
    });
    assert_eq!(stored, 0, "no part is kept beside the document");
    assert_eq!(
        kept.store.document(&id("files"), &address(sent.as_bytes())).unwrap().unwrap().bytes,
        sent.as_bytes()
    );
    assert_eq!(kept.store.patients(&ada()).unwrap().len(), 1);
    rebuilt_is_grown(&kept);

    let before = kept_rows(&kept);
    let (again, outcome) = imports(&kept, "files", &sent, "20240305");
    assert_eq!((outcome.new, outcome.changed, outcome.unchanged), (0, 0, 5));
    kept.store.undo_import(again, at(2)).unwrap();
    assert_eq!(kept_rows(&kept), before, "the same again adds nothing");
}

#[test]
fn the_newest_document_counts_whatever_came_first() {
    let documents = [
        (document("1", "20230101", "Hypertension"), "20230101"),
        (document("2", "20240101", "Essential hypertension"), "20240101"),
        (document("3", "20250101", "Hypertension"), "20250101"),
        (document("4", "20220101", "High blood pressure"), "20220101"),
    ];
    let mut all = Vec::new();
    for order in [[0, 1, 2, 3], [3, 2, 1, 0], [2, 0, 3, 1], [1, 3, 2, 0], [0, 2, 1, 3]] {
        let kept = Kept::with(&["files"]);
        for at in order {
            let (document, day) = &documents[at];
            imports(&kept, "files", document, day);
        }
        rebuilt_is_grown(&kept);
        let problem: Vec<String> =
            titles(&kept).into_iter().filter(|title| !title.starts_with(['V', 'S', 'H'])).collect();
        assert!(problem.is_empty(), "{problem:?}");
        all.push(titles(&kept));
    }
    assert!(all[0].contains(&"Hypertension".to_owned()));
    assert!(all.iter().all(|one| *one == all[0]), "{all:?}");
}

#[test]
fn an_import_that_is_undone_leaves_what_others_say() {
    let kept = Kept::with(&["files", "summit"]);
    let (first, second, third) = (
        (document("1", "20230101", "Hypertension"), "20230101"),
        (document("2", "20240101", "Essential hypertension"), "20240101"),
        (document("3", "20250101", "Hypertension"), "20250101"),
    );
    kept.receives("summit", &[vaccine("1", "2021-10-04")]);
    imports(&kept, "files", &first.0, first.1);
    let one = kept_rows(&kept);
    let (newer, _) = imports(&kept, "files", &second.0, second.1);
    let two = kept_rows(&kept);
    let (newest, _) = imports(&kept, "files", &third.0, third.1);
    rebuilt_is_grown(&kept);
    kept.store.undo_import(newest, at(9)).unwrap();
    assert_eq!(kept_rows(&kept), two);
    kept.store.undo_import(newer, at(9)).unwrap();
    assert_eq!(kept_rows(&kept), one);
    assert!(matches!(kept.store.undo_import(newer, at(9)), Err(StoreError::NoSuch("import"))));
    rebuilt_is_grown(&kept);

    // The one in the middle goes, and those around it stay.
    let (newer, _) = imports(&kept, "files", &second.0, second.1);
    imports(&kept, "files", &third.0, third.1);
    kept.store.undo_import(newer, at(9)).unwrap();
    assert_eq!(
        titles(&kept).iter().filter(|title| title.as_str() == "Hypertension").count(),
        1,
        "{:?}",
        titles(&kept)
    );
    assert!(!titles(&kept).contains(&"Essential hypertension".to_owned()));
    rebuilt_is_grown(&kept);
}

/// One import of resources as FHIR, and of bytes that are none.
fn brings(kept: &Kept, connection: &str, resources: &[serde_json::Value], damaged: &str) -> ImportId {
    let (run, import) = kept.store.begin_import(&id(connection), None, at(5)).unwrap();
    kept.store.let_in_with(run, &id(connection), "Patient/9").unwrap();
    let unreadable = UnreadableBytes {
        bytes: damaged.into(),
        position: 3,
        fault: wholechart_fhir::PageFault::NotAResource,
    };
    let page = PageCommit {
        base: "file:a.json".into(),
        resources: resources.iter().map(incoming).collect(),
        unreadable: vec![unreadable],
        ..page(run, connection, &[])
    };
    kept.store.commit_page(page).unwrap();
    kept.store.finish_run(run, at(6), RunOutcome::Complete).unwrap();
    kept.store.refresh_facts(&ada()).unwrap();
    import
}

#[test]
fn undoing_an_import_of_fhir_leaves_everything_as_it_was() {
    let kept = Kept::with(&["files", "summit"]);
    kept.receives("summit", &[vaccine("1", "2021-10-04"), result("9", Some("2021-01-01"), 4)]);
    let shots: Vec<_> = (0..6).map(|n| vaccine(&n.to_string(), &format!("2020-01-0{}", n + 1))).collect();
    let before = kept_rows(&kept);
    let import = brings(&kept, "files", &shots, "{ damaged");
    assert_eq!(kept.store.imports(&ada()).unwrap()[0].versions, 6);
    kept.store.undo_import(import, at(9)).unwrap();
    assert_eq!(kept_rows(&kept), before);
    assert!(kept.store.imports(&ada()).unwrap().is_empty());

    // A corrected one and one that says nothing new: what the first said counts again.
    let first = brings(&kept, "files", &shots, "{ damaged");
    let one = kept_rows(&kept);
    let corrected = [vaccine("0", "2020-02-02"), shots[1].clone()];
    let second = brings(&kept, "files", &corrected, "{ damaged");
    kept.store.undo_import(second, at(9)).unwrap();
    assert_eq!(kept_rows(&kept), one);
    let second = brings(&kept, "files", &corrected, "{ damaged");
    kept.store.undo_import(first, at(9)).unwrap();
    let left: Vec<String> = titles(&kept);
    assert_eq!(left.len(), 4, "the two of the second, and those of the provider: {left:?}");
    assert_eq!(kept.store.unreadable(&id("files")).unwrap().len(), 1);
    kept.store.undo_import(second, at(9)).unwrap();
    assert_eq!(kept_rows(&kept), before);
    rebuilt_is_grown(&kept);
}

#[test]
fn an_import_that_was_stopped_is_taken_back_and_a_source_without_anything_goes() {
    let kept = Kept::with(&["summit"]);
    kept.receives("summit", &[vaccine("1", "2021-10-04")]);
    let before = kept_rows(&kept);
    let files = crate::Connection { imported: true, ..super::connection("files", "ada") };
    kept.store.save_connection(&files).unwrap();
    let (run, _) = kept.store.begin_import(&id("files"), None, at(5)).unwrap();
    let page = PageCommit { base: "file:a".into(), ..page(run, "files", &[vaccine("7", "2022-01-01")]) };
    kept.store.commit_page(page).unwrap();
    assert!(!kept.store.imports(&ada()).unwrap()[0].is_whole);
    let kept = kept.reopened();
    assert_eq!(kept_rows(&kept), before);
    assert!(kept.store.imports(&ada()).unwrap().is_empty());
}
