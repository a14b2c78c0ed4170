//! Files as portals hand them out: looked at, taken in, undone.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::{fs, io::Cursor, io::Write as _};

use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use url::Url;
use wholechart_api::wire::ErrorCode;
use wholechart_api::{App, Event, Host, dispatch};
use wholechart_ccda::{Limits, read};

use crate::corpus::{record, record_at};
use crate::corpus_dir::corpus;

const ZONE: &str = "America/Chicago";

/// An invented person's document of one visit.
pub(crate) fn document(number: &str, day: &str, custodian: &str, problem: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<templateId root="2.16.840.1.113883.10.20.22.1.2" extension="2015-08-01"/><id root="1.2.840.99999.8" extension="{number}"/>
<code code="34133-9" codeSystem="2.16.840.1.113883.6.1" displayName="Summary of episode note"/><title>Visit summary {number}</title>
<effectiveTime value="{day}"/>
<recordTarget><patientRole><id root="1.2.840.99999.9" extension="MRN-1"/><patient><name><given>Corpus</given><family>Winter</family></name>
<administrativeGenderCode code="F" codeSystem="2.16.840.1.113883.5.1"/><birthTime value="19550207"/></patient></patientRole></recordTarget>
<custodian><assignedCustodian><representedCustodianOrganization><name>{custodian}</name></representedCustodianOrganization></assignedCustodian></custodian>
<component><structuredBody>
<component><section><code code="11450-4" codeSystem="2.16.840.1.113883.6.1"/><title>Problems</title><text>{problem}</text>
<entry><observation classCode="OBS" moodCode="EVN"><templateId root="2.16.840.1.113883.10.20.22.4.4"/><id root="1.2.840.99999.10" extension="p1"/>
<code code="64572001" codeSystem="2.16.840.1.113883.6.96"/><statusCode code="completed"/><effectiveTime><low value="20190301"/></effectiveTime>
<value xsi:type="CD" code="38341003" codeSystem="2.16.840.1.113883.6.96" displayName="{problem}"/></observation></entry></section></component>
<component><section><code code="8648-8" codeSystem="2.16.840.1.113883.6.1"/><title>Hospital course</title>
<text>The otter was seen again, {number}.</text></section></component>
</structuredBody></component></ClinicalDocument>"#
    )
}

pub(crate) async fn ask(app: &Arc<App>, command: &str, args: Value) -> Value {
    dispatch(app, command, args).await.unwrap_or_else(|why| panic!("{command}: {why:?}"))
}

pub(crate) async fn import(app: &Arc<App>, person: &str, path: &Path) -> Value {
    let args = json!({"person": person, "label": null, "release": null, "paths": [path], "confirmed": true});
    ask(app, "import", args).await
}

pub(crate) async fn preview(app: &Arc<App>, person: &str, path: &Path) -> Value {
    ask(app, "previewImport", json!({"person": person, "label": null, "paths": [path]})).await
}

pub(crate) async fn sources(app: &Arc<App>, person: &str) -> Vec<String> {
    let list = ask(app, "connections", json!({"person": person})).await;
    let mut names: Vec<String> =
        list.as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap().to_owned()).collect();
    names.sort();
    names
}

/// Everything that is told of facts, without what is random: ids of connections.
pub(crate) async fn facts(app: &Arc<App>, person: &str) -> Vec<String> {
    let list = ask(app, "connections", json!({"person": person})).await;
    let names: BTreeMap<String, String> = list
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["id"].as_str().unwrap().to_owned(), one["name"].as_str().unwrap().to_owned()))
        .collect();
    let all = Arc::new(Mutex::new(Vec::new()));
    let to = Arc::clone(&all);
    app.entries(None, move |line| to.lock().unwrap().push(line)).await.unwrap();
    let entries = std::mem::take(&mut *all.lock().unwrap());
    let mut told: Vec<String> = entries
        .into_iter()
        .map(|mut line| {
            for passing in ["version", "received_at", "url", "received"] {
                line.as_object_mut().unwrap().remove(passing);
            }
            let mut text = line.to_string();
            for (id, name) in &names {
                text = text.replace(id, name);
            }
            text
        })
        .collect();
    told.sort();
    told
}

pub(crate) fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[tokio::test]
async fn a_download_is_previewed_taken_in_read_searched_and_undone() {
    let folder = tempfile::tempdir().unwrap();
    let (app, person) = record(&folder.path().join("record"), ZONE).await;
    let before = (facts(&app, &person).await, sources(&app, &person).await);
    let one = document("one", "20240305", "North Shore Health", "Hypertension");
    let other = document("two", "20230101", "Lakeside Clinic", "Hypertension");
    let fhir = br#"{"resourceType":"Immunization","id":"i","status":"completed","vaccineCode":{"text":"Tetanus"},"occurrenceDateTime":"2019-05-02"}"#;
    let path = folder.path().join("Download (3).zip");
    let files: &[(&str, &[u8])] = &[
        ("IHE_XDM/DOC1.XML", one.as_bytes()),
        ("IHE_XDM/DOC2.XML", other.as_bytes()),
        ("shots.json", fhir),
        ("README.TXT", b"read me"),
    ];
    fs::write(&path, zipped(files)).unwrap();

    let seen = preview(&app, &person, &path).await;
    assert_eq!(seen["people"], json!([{"name": "Corpus Winter", "born": "February 7, 1955"}]));
    assert_eq!((&seen["asked"], &seen["files"]), (&Value::Null, &json!(4)));
    assert_eq!(seen["sources"], json!(["Files", "Lakeside Clinic", "North Shore Health"]));
    assert_eq!((&seen["total"], &seen["known"]), (&json!(9), &json!(0)));
    assert_eq!(seen["period"], json!("March 1, 2019 – March 5, 2024"));
    let kinds: BTreeMap<&str, u64> = seen["kinds"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["text"].as_str().unwrap(), one["count"].as_u64().unwrap()))
        .collect();
    assert_eq!(
        kinds,
        BTreeMap::from([("Documents", 4), ("Problems", 2), ("Patient details", 2), ("Vaccines", 1)])
    );
    assert_eq!(seen["unreadable"][0]["file"], "README.TXT");
    assert_eq!((facts(&app, &person).await, sources(&app, &person).await), before, "nothing is stored");

    let report = import(&app, &person, &path).await;
    assert_eq!((&report["entries"], &report["versions"]), (&json!(9), &json!(9)), "{report}");
    assert_eq!(sources(&app, &person).await, ["Files", "Lakeside Clinic", "North Shore Health"]);
    assert_eq!(preview(&app, &person, &path).await["known"], json!(9));
    let again = import(&app, &person, &path).await;
    assert_eq!((&again["entries"], &again["versions"]), (&json!(9), &json!(0)), "{again}");

    // A problem names its document, which can be read.
    let found = ask(&app, "search", json!({"person": person, "text": "hypertension", "limit": 9})).await;
    let text = found.to_string();
    assert!(text.contains("Hypertension"), "{text}");
    let page = ask(&app, "timeline", json!({"person": person, "filter": {}, "limit": 50})).await;
    let rows = page["rows"].as_array().unwrap().clone();
    let named = |title: &str| {
        rows.iter().find(|row| row["title"] == title).unwrap_or_else(|| panic!("{title}: {rows:?}"))
    };
    let problem = ask(&app, "fact", json!({"person": person, "fact": named("Hypertension")["id"]})).await;
    let links: Vec<&str> = problem["sources"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|source| source["documents"].as_array().unwrap())
        .map(|link| link["text"].as_str().unwrap())
        .collect();
    assert_eq!(links.len(), 2, "{problem}");
    assert!(
        links.iter().any(|link| link.contains("Visit summary one") && link.contains("2024")),
        "{links:?}"
    );
    let version = &problem["sources"][0]["versions"][0]["id"];
    let raw = ask(&app, "raw", json!({"person": person, "version": version})).await;
    assert!(raw["text"].as_str().unwrap().starts_with("<observation classCode"), "{raw}");
    let fact = &named("Visit summary one")["id"];
    let held = ask(&app, "files", json!({"person": person, "fact": fact})).await;
    let file = &held[0]["id"];
    let shown = ask(&app, "file", json!({"person": person, "fact": fact, "file": file})).await;
    assert_eq!(shown["show"]["as"], "page");
    assert!(shown["show"]["html"].as_str().unwrap().contains("The otter was seen again"), "{shown}");

    let imports = ask(&app, "imports", json!({"person": person})).await;
    assert_eq!(imports.as_array().unwrap().len(), 2, "{imports}");
    for report in [&again, &report] {
        ask(&app, "undoImport", json!({"person": person, "import": report["import"]})).await;
    }
    assert_eq!((facts(&app, &person).await, sources(&app, &person).await), before);
    let gone = dispatch(&app, "undoImport", json!({"person": person, "import": report["import"]})).await;
    assert!(gone.is_err());
}

#[tokio::test]
async fn narratives_are_found_by_their_words() {
    let folder = tempfile::tempdir().unwrap();
    let (app, person) = record(&folder.path().join("record"), ZONE).await;
    let path = folder.path().join("x");
    fs::write(&path, document("one", "20240305", "North Shore Health", "Hypertension")).unwrap();
    import(&app, &person, &path).await;
    // Files are read behind the command.
    for _ in 0..200 {
        let found = ask(&app, "search", json!({"person": person, "text": "otter", "limit": 9})).await;
        let text = found.to_string();
        if text.contains("Hospital course") && text.contains("Visit summary one") {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("the section and the document are not found");
}

#[tokio::test]
async fn somebody_elses_document_is_asked_about() {
    let folder = tempfile::tempdir().unwrap();
    let (app, person) = record(&folder.path().join("record"), ZONE).await;
    let path = folder.path().join("visit.xml");
    let theirs =
        document("one", "20240305", "North Shore Health", "Hypertension").replace(">Corpus<", ">Otis<");
    fs::write(&path, theirs).unwrap();
    let seen = preview(&app, &person, &path).await;
    assert!(seen["asked"].as_str().unwrap().contains("Otis Winter"), "{seen}");
    let args = json!({"person": person, "label": null, "release": null, "paths": [path], "confirmed": false});
    let refused = dispatch(&app, "import", args).await.unwrap_err();
    assert_eq!(refused.code, Some(ErrorCode::OtherPatient));
    assert!(refused.message.contains("Otis Winter (born February 7, 1955)"), "{}", refused.message);
    assert!(sources(&app, &person).await.is_empty());
    // Whoever is a person here already, is named: the files can be looked at in their record.
    assert_eq!(seen["theirs"], Value::Null);
    let other = json!({"id": null, "name": "Otis Winter", "birthDate": "1955-02-07", "homeZone": ZONE});
    let other = ask(&app, "savePerson", other).await["id"].clone();
    assert_eq!(preview(&app, &person, &path).await["theirs"]["id"], other);
    assert_eq!(preview(&app, other.as_str().unwrap(), &path).await["asked"], Value::Null);
    // Said to be theirs, it is theirs; asked no more.
    assert_eq!(import(&app, &person, &path).await["entries"], json!(4));
    assert_eq!(preview(&app, &person, &path).await["asked"], Value::Null);
}

#[tokio::test]
async fn the_order_of_files_does_not_matter() {
    let folder = tempfile::tempdir().unwrap();
    let documents = [
        document("1", "20230101", "North Shore Health", "Hypertension"),
        document("2", "20250101", "North Shore Health", "Essential hypertension"),
        document("3", "20240101", "North Shore Health", "Hypertension"),
        document("4", "2024", "Lakeside Clinic", "Hypertension"),
    ];
    let mut told = Vec::new();
    for (n, order) in [[0, 1, 2, 3], [3, 2, 1, 0], [1, 3, 0, 2], [2, 0, 3, 1]].iter().enumerate() {
        let (app, person) = record(&folder.path().join(format!("record-{n}")), ZONE).await;
        for at in order {
            let path = folder.path().join("visit.xml");
            fs::write(&path, &documents[*at]).unwrap();
            import(&app, &person, &path).await;
        }
        told.push(facts(&app, &person).await);
        dispatch(&app, "rebuild", json!({})).await.ok();
    }
    assert!(told[0].iter().any(|line| line.contains("Essential hypertension")));
    for other in &told[1..] {
        assert_eq!(other, &told[0]);
    }
}

/// Whole documents of the corpus: as many entries as the reader makes, each with its own bytes, and the document itself.
#[tokio::test]
async fn whole_documents_of_the_corpus_lose_nothing() {
    let Some(corpus) = corpus() else { return };
    let mut files: Vec<PathBuf> = Vec::new();
    let mut folders = vec![corpus.join("ccda")];
    while let Some(folder) = folders.pop() {
        for item in fs::read_dir(folder).unwrap() {
            let path = item.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if fs::read(&path).unwrap().windows(17).any(|at| at == b"<ClinicalDocument") {
                files.push(path);
            }
        }
    }
    files.sort();
    assert!(files.len() > 20, "{}", files.len());
    let mut documents = 0;
    for path in files {
        let bytes = fs::read(&path).unwrap();
        let Ok(document) = read(&bytes, &Limits::default()) else { continue };
        documents += 1;
        let folder = tempfile::tempdir().unwrap();
        let (app, person) = record(folder.path(), ZONE).await;
        let report = import(&app, &person, &path).await;
        let expected = document.entries.len() + usize::from(document.paper(&bytes).is_some());
        let (taken, aside) = (&report["entries"], report["setAside"].as_array().unwrap().len());
        let name = path.display();
        if aside == 0 {
            assert_eq!(taken, &json!(expected), "{name}: {report}");
            assert_eq!(report["versions"], json!(expected), "{name}");
        }
        let all = Arc::new(Mutex::new(Vec::new()));
        let to = Arc::clone(&all);
        app.entries(None, move |line| to.lock().unwrap().push(line)).await.unwrap();
        let stored = std::mem::take(&mut *all.lock().unwrap());
        for entry in &document.entries {
            let is_it = |line: &&Value| {
                line["type"] == entry.resource_type.as_str() && line["id"] == entry.id.as_str()
            };
            if aside == 0 {
                assert!(stored.iter().find(is_it).is_some(), "{name}: {} {}", entry.resource_type, entry.id);
            }
        }
        assert_eq!(import(&app, &person, &path).await["versions"], json!(0), "{name}");
    }
    assert!(documents >= 20, "{documents}");
}

/// A window: a page says which files are meant.
struct Page;

impl Host for Page {
    fn open_browser(&self, _: &Url) -> Result<(), String> {
        Err("nobody is there".to_owned())
    }

    fn save_file(&self, _: &str, _: &[u8]) -> Result<Option<PathBuf>, std::io::Error> {
        Ok(None)
    }

    fn names_paths(&self) -> bool {
        false
    }

    fn event(&self, _: Event) {}

    fn now(&self) -> DateTime<Utc> {
        DateTime::from_timestamp(1_790_000_000, 0).unwrap()
    }
}

#[tokio::test]
async fn a_page_reads_only_what_was_dropped_or_chosen() {
    let folder = tempfile::tempdir().unwrap();
    let (app, person) = record_at(Arc::new(Page), &folder.path().join("record"), ZONE).await;
    let path = folder.path().join("visit.xml");
    fs::write(&path, document("one", "20240305", "North Shore Health", "Hypertension")).unwrap();
    let args = json!({"person": person, "label": null, "paths": [path]});
    assert!(dispatch(&app, "previewImport", args.clone()).await.is_err());
    let take = json!({"person": person, "label": null, "release": null, "paths": [path], "confirmed": true});
    let words = dispatch(&app, "import", take).await.expect_err("nobody chose it").message;
    // Whatever else names a file or a folder.
    let passphrase = "a long enough passphrase";
    for (command, args) in [
        ("previewBackup", json!({"file": path, "passphrase": passphrase})),
        ("restore", json!({"file": path, "passphrase": passphrase})),
        (
            "scheduleBackups",
            json!({"folder": folder.path(), "often": "daily", "keep": 3, "passphrase": passphrase}),
        ),
    ] {
        let refused = dispatch(&app, command, args).await.expect_err(command);
        assert_eq!(refused.message, words, "{command}");
    }
    app.dropped(vec![path]);
    assert_eq!(ask(&app, "previewImport", args).await["files"], json!(1));
}

#[tokio::test]
async fn what_cannot_be_read_says_why_before_and_after() {
    let whole = document("one", "20240305", "North Shore Health", "Hypertension");
    let cut = &whole[..whole.find("Hospital course").unwrap()];
    let bomb = whole.replacen(
        "<ClinicalDocument",
        "<!DOCTYPE x [<!ENTITY a \"aaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\"><!ENTITY c SYSTEM \"file:///etc/passwd\">]><ClinicalDocument",
        1,
    );
    let bomb = bomb.replace("The otter", "&b;&c;");
    let nested = zipped(&[("b.zip", &zipped(&[("c.zip", &zipped(&[("d.json", b"{}")]))]))]);
    let cases: Vec<(&str, Vec<u8>, &str)> = vec![
        ("cut.xml", cut.as_bytes().to_vec(), "ends here in the middle"),
        ("part.xml", b"<section xmlns=\"urn:hl7-org:v3\"/>".to_vec(), "a part of a C-CDA document"),
        (
            "odd.xml",
            b"<?xml version='1.0' encoding='Shift_JIS'?><ClinicalDocument/>".to_vec(),
            "not a C-CDA document that can be read",
        ),
        ("style.xsl", b"<x xmlns='http://www.w3.org/1999/XSL/Transform'/>".to_vec(), "a style sheet"),
        (
            "fhir.xml",
            b"<Bundle xmlns='http://hl7.org/fhir'><entry><resource><Patient>".to_vec(),
            "ends too early",
        ),
        (
            "tags.xml",
            b"<Patient xmlns='http://hl7.org/fhir'><name></Patient>".to_vec(),
            "an end tag that closes nothing here",
        ),
        ("scan.dcm", [&[0; 128][..], b"DICM"].concat(), "part of a scan"),
        ("cut.zip", zipped(&[("a.json", b"{}")])[..40].to_vec(), "damaged"),
        ("nested.zip", nested, "an archive in an archive in an archive"),
        ("up.zip", zipped(&[("../a.json", b"{}")]), "its name leads out of the archive"),
        ("list.txt", b"shopping list".to_vec(), "not a health record file"),
        (
            "link.txt",
            b"https://viewer.example/#shlink:/eyJ1cmwiOiJodHRwczovL2xpbmsuZXhhbXBsZS8xIn0".to_vec(),
            "a SMART Health Link: it leads to records that are kept elsewhere",
        ),
    ];
    let folder = tempfile::tempdir().unwrap();
    let (app, person) = record(&folder.path().join("record"), ZONE).await;
    for (name, bytes, expected) in cases {
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        let seen = preview(&app, &person, &path).await;
        let report = import(&app, &person, &path).await;
        let reasons: Vec<&str> = report["unreadable"]
            .as_array()
            .unwrap()
            .iter()
            .map(|line| line["reason"].as_str().unwrap())
            .collect();
        assert!(reasons.iter().any(|reason| reason.contains(expected)), "{name}: {reasons:?}");
        assert_eq!(seen["unreadable"], report["unreadable"], "{name}");
        if let Some(id) = report["import"].as_i64() {
            ask(&app, "undoImport", json!({"person": person, "import": id})).await;
        }
        assert!(sources(&app, &person).await.is_empty(), "{name}");
    }
    // Nothing is expanded and nothing fetched: the text stands there as it was sent.
    let path = folder.path().join("bomb.xml");
    fs::write(&path, bomb).unwrap();
    import(&app, &person, &path).await;
    let told = facts(&app, &person).await.join("\n");
    assert!(told.contains("Hospital course") && !told.contains("aaaaaaaa") && !told.contains("root:"));
}

const VISIT: &str = r#"<Bundle xmlns="http://hl7.org/fhir"><type value="collection"/>
<entry><fullUrl value="urn:uuid:1"/><resource><Patient><id value="p"/><name><family value="Winter"/><given value="Corpus"/></name><birthDate value="1955-02-07"/></Patient></resource></entry>
<entry><resource><Observation><id value="o"/><status value="final"/><category><coding><system value="http://terminology.hl7.org/CodeSystem/observation-category"/><code value="laboratory"/></coding></category>
<code><text value="Ferritin"/></code><subject><reference value="urn:uuid:1"/></subject><effectiveDateTime value="2024-03-05"/><valueQuantity><value value="5.10"/><unit value="ng/mL"/></valueQuantity></Observation></resource></entry>
<entry><resource><Condition><id value="c"/><code><text value="Gout"/></code><subject><reference value="Patient/other"/></subject></Condition></resource></entry>
<entry><resource><Immunization><id value="i"/><status value="completed"><broken></status></Immunization></resource></entry>
</Bundle>"#;

/// The same as JSON, without what is damaged.
const VISIT_AS_JSON: &str = r#"{"resourceType":"Bundle","type":"collection","entry":[
{"fullUrl":"urn:uuid:1","resource":{"resourceType":"Patient","id":"p","name":[{"family":"Winter","given":["Corpus"]}],"birthDate":"1955-02-07"}},
{"resource":{"resourceType":"Observation","id":"o","status":"final","category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"laboratory"}]}],
"code":{"text":"Ferritin"},"subject":{"reference":"urn:uuid:1"},"effectiveDateTime":"2024-03-05","valueQuantity":{"value":5.10,"unit":"ng/mL"}}},
{"resource":{"resourceType":"Condition","id":"c","code":{"text":"Gout"},"subject":{"reference":"Patient/other"}}}]}"#;

#[tokio::test]
async fn fhir_in_xml_is_taken_in_as_the_same_in_json_and_undone() {
    let folder = tempfile::tempdir().unwrap();
    let (app, person) = record(&folder.path().join("record"), ZONE).await;
    let before = (facts(&app, &person).await, sources(&app, &person).await);
    let wide: Vec<u8> = [0xFEFF].into_iter().chain(VISIT.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let mut told = Vec::new();
    let ways: [(&str, Vec<u8>); 4] = [
        ("visit", VISIT.as_bytes().to_vec()),
        ("visit.json", VISIT_AS_JSON.as_bytes().to_vec()),
        ("visit.xml", wide),
        ("visit.zip", zipped(&[("deep/visit.dat", VISIT.as_bytes())])),
    ];
    for (name, bytes) in ways {
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        let seen = preview(&app, &person, &path).await;
        assert_eq!(seen["people"], json!([{"name": "Corpus Winter", "born": "February 7, 1955"}]), "{name}");
        assert_eq!((&seen["total"], &seen["known"]), (&json!(3), &json!(0)), "{name}");
        let report = import(&app, &person, &path).await;
        assert_eq!(report["versions"], json!(2), "{name}: {report}");
        assert_eq!(report["setAside"][0]["count"], json!(1), "somebody else's problem, {name}: {report}");
        let again = import(&app, &person, &path).await;
        assert_eq!(again["versions"], json!(0), "{name}");
        told.push((name, facts(&app, &person).await));
        let found = ask(&app, "search", json!({"person": person, "text": "ferritin", "limit": 9})).await;
        assert!(found.to_string().contains("5.10 ng/mL"), "{name}: {found}");
        let page = ask(&app, "timeline", json!({"person": person, "filter": {}, "limit": 50})).await;
        let row =
            page["rows"].as_array().unwrap().iter().find(|row| row["title"] == "Ferritin").unwrap().clone();
        let fact = ask(&app, "fact", json!({"person": person, "fact": row["id"]})).await;
        let version = fact["sources"][0]["versions"][0]["id"].clone();
        let raw = ask(&app, "raw", json!({"person": person, "version": version})).await;
        let begins =
            if name == "visit.json" { "{\"resourceType\"" } else { "<Observation><id value=\"o\"/>" };
        assert!(raw["text"].as_str().unwrap().starts_with(begins), "as it was sent, {name}: {raw}");
        for report in [again, report] {
            ask(&app, "undoImport", json!({"person": person, "import": report["import"]})).await;
        }
        assert_eq!((facts(&app, &person).await, sources(&app, &person).await), before, "{name}");
    }
    // Where it stood and what it is called there are another file's.
    let without_place = |lines: &[String]| -> Vec<String> {
        let strip = |line: &String| {
            let mut line: Value = serde_json::from_str(line).unwrap();
            for place in ["base", "key", "offset", "position"] {
                line.as_object_mut().unwrap().remove(place);
            }
            line.to_string()
        };
        lines.iter().map(strip).collect()
    };
    let first = without_place(&told[0].1);
    assert!(!first.is_empty());
    for (name, lines) in &told {
        assert_eq!(without_place(lines), first, "{name}");
    }
}

/// What an API says, and a document of the same provider beside it: only the document and its narrative are new.
#[tokio::test]
async fn a_document_adds_nothing_to_what_the_same_says_as_fhir() {
    let folder = tempfile::tempdir().unwrap();
    let (app, person) = record(&folder.path().join("record"), ZONE).await;
    let code = |system: &str, code: &str, display: &str| json!({"coding": [{"system": system, "code": code, "display": display}]});
    let resources = [
        json!({"resourceType": "Condition", "id": "c", "clinicalStatus": {"coding": [{"code": "active"}]}, "onsetDateTime": "2019-03-01",
            "category": [{"coding": [{"code": "problem-list-item"}]}],
            "code": code("http://snomed.info/sct", "38341003", "Hypertension")}),
    ];
    let bundle = json!({"resourceType": "Bundle", "type": "collection",
        "entry": resources.iter().map(|one| json!({"resource": one})).collect::<Vec<_>>()});
    let fhir = folder.path().join("bundle.json");
    fs::write(&fhir, bundle.to_string()).unwrap();
    import(&app, &person, &fhir).await;
    let rows = async || {
        let page = ask(&app, "timeline", json!({"person": person, "filter": {}, "limit": 50})).await;
        let mut rows: Vec<String> = page["rows"]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| format!("{}: {}", row["kind"].as_str().unwrap(), row["title"].as_str().unwrap()))
            .collect();
        rows.sort();
        rows
    };
    assert_eq!(rows().await, ["problem: Hypertension"]);
    let path = folder.path().join("visit.xml");
    fs::write(&path, document("one", "20240305", "North Shore Health", "Hypertension")).unwrap();
    import(&app, &person, &path).await;
    let now = rows().await;
    let further: Vec<&String> = now.iter().filter(|row| !row.starts_with("document: ")).collect();
    assert_eq!(further, ["problem: Hypertension"], "{now:?}");
}
