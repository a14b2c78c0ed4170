//! What `import`, `entries`, `record` and `rebuild` say.

use serde_json::{Value, json};

use crate::Terminal;

const BUNDLE: &str = r#"{"resourceType":"Bundle","type":"collection","entry":[
 {"resource":{"resourceType":"Patient","id":"p","name":[{"given":["Ann"],"family":"Lee"}],"birthDate":"1950-02-03"}},
 {"resource":{"resourceType":"Observation","id":"o","status":"final","category":[{"coding":[{"code":"laboratory"}]}],"code":{"coding":[{"system":"http://loinc.org","code":"2345-7","display":"Glucose"}]},"effectiveDateTime":"2020-03","valueQuantity":{"value":"5.10","unit":"mmol/L","comparator":"<"},"interpretation":[{"coding":[{"code":"L"}]}],"referenceRange":[{"low":{"value":3.9}}],"performer":[{"reference":"Practitioner/d"}],"encounter":{"reference":"Encounter/e"}}},
 {"resource":{"resourceType":"Condition","code":{"text":"Gout"},"broken":}},
 {"resource":{"resourceType":"HologramStudy","id":"h","laser":{"colour":"green"},"text":{"div":"<div>Hologram of the hand</div>"}}}
]}"#;

/// The second line is cut short.
const ENCOUNTERS: &str = "{\"resourceType\":\"Encounter\",\"id\":\"e\",\"type\":[{\"text\":\"Check-up\"}]}\n{\"resourceType\":\"Encounter\",\"id\":\n";

fn entry<'e>(entries: &'e [Value], resource_type: &str) -> &'e Value {
    entries.iter().find(|entry| entry["type"] == resource_type).expect("there is one")
}

#[test]
fn what_docs_cli_md_promises_is_there() {
    let terminal = Terminal::new();
    terminal.file("all.json", BUNDLE);
    terminal.file(
        "bulk/Practitioner.ndjson",
        r#"{"resourceType":"Practitioner","id":"d","name":[{"text":"Dr. Sam Poe"}]}"#,
    );
    terminal.file("bulk/Encounter.ndjson", ENCOUNTERS);
    terminal.file("visit.xml", "<observation xmlns=\"urn:hl7-org:v3\"/>");
    let report = terminal.import(&terminal.files(), &["--connection", "Lakeside"]);
    assert_eq!(
        (&report["files"], &report["entries"], &report["versions"]),
        (&json!(4), &json!(5), &json!(5))
    );
    assert_eq!(
        report["resources"],
        json!({"Encounter": 1, "HologramStudy": 1, "Observation": 1, "Patient": 1, "Practitioner": 1})
    );
    let unreadable = report["unreadable"].as_array().unwrap();
    let of = |file: &str| unreadable.iter().find(|line| line["file"] == file).expect(file);
    // Byte positions, in the file.
    let broken = BUNDLE.find("{\"resource\":{\"resourceType\":\"Condition\"").unwrap();
    assert_eq!(of("all.json")["position"], broken);
    assert_eq!(of("bulk/Encounter.ndjson")["position"], ENCOUNTERS.find('\n').unwrap() + 1);
    assert!(of("visit.xml")["reason"].as_str().unwrap().contains("C-CDA"));
    assert!(unreadable.iter().all(|line| !line["reason"].as_str().unwrap().is_empty()));

    let entries = terminal.lines(&["entries"]);
    let result = entry(&entries, "Observation");
    for (name, value) in [
        ("connection", json!("Lakeside")),
        ("release", json!("r4")),
        ("id", json!("o")),
        ("kind", json!("result")),
        ("title", json!("Glucose")),
        ("title_source", json!("display")),
        ("status", json!("final")),
        ("status_group", json!("past")),
        ("value", json!("5.10")),
        ("unit", json!("mmol/L")),
        ("comparator", json!("<")),
        ("sent_as_text", json!(true)),
        ("person", json!("Test")),
        ("components", json!([])),
        ("attachments", json!([])),
        ("problems", json!([])),
    ] {
        assert_eq!(result[name], value, "{name}");
    }
    let date = &result["date"];
    assert_eq!(
        (&date["start"], &date["end"], &date["precision"], &date["field"]),
        (&json!("2020-03"), &Value::Null, &json!("month"), &json!("effectiveDateTime"))
    );
    assert_eq!(
        result["codes"],
        json!([{"system": "http://loinc.org", "code": "2345-7", "display": "Glucose"}])
    );
    assert_eq!(result["interpretation"][0]["code"], "L");
    assert_eq!(result["reference_range"][0]["low"]["value"], "3.9");
    // Files of one connection name each other's people and visits.
    assert_eq!(result["performer"][0]["display"], "Dr. Sam Poe");
    assert_eq!(result["encounter"]["display"], "Check-up");
    // A type nobody knows is an entry with words.
    let unknown = entry(&entries, "HologramStudy");
    assert_eq!((&unknown["kind"], &unknown["title"]), (&json!("other"), &json!("Hologram of the hand")));
    let page = &terminal.lines(&["record", "HologramStudy/h"])[0];
    assert!(page["lines"].to_string().contains("green"), "{page}");

    // The same again is nothing new.
    assert_eq!(terminal.import(&terminal.files(), &["--connection", "Lakeside"])["versions"], 0);
    let before = terminal.run(&["entries"]).stdout;
    let rebuilt = terminal.run(&["rebuild"]);
    assert!(rebuilt.status.success());
    assert!(String::from_utf8_lossy(&rebuilt.stderr).contains("100 %"), "progress is told");
    assert_eq!(terminal.run(&["entries"]).stdout, before, "a rebuilt record is the grown one");
}

#[test]
fn how_a_release_was_found_is_kept() {
    let terminal = Terminal::new();
    let order =
        r#"{"resourceType":"MedicationOrder","id":"m","medicationCodeableConcept":{"text":"Aspirin"}}"#;
    let place = r#"{"resourceType":"Location","id":"l","name":"Clinic"}"#;
    terminal.file("a.json", format!("[{order},{place}]"));
    terminal.file("b.json", place.replace("\"l\"", "\"l2\""));
    terminal.import(&terminal.files(), &["--connection", "Old"]);
    let alone = Terminal::new();
    alone.import(&alone.file("c.json", place), &[]);
    alone.import(&alone.file("d.json", place), &["--release", "stu3"]);
    let found = |terminal: &Terminal| -> Vec<(String, String, String)> {
        let entries = terminal.lines(&["entries"]);
        let word = |value: &Value| value.as_str().unwrap().to_owned();
        let told = |entry: &Value| {
            (word(&entry["base"]), word(&entry["release"]), word(&entry["release_from"]["by"]))
        };
        entries.iter().map(told).collect()
    };
    let owned = |rows: &[(&str, &str, &str)]| -> Vec<(String, String, String)> {
        rows.iter().map(|(a, b, c)| ((*a).to_owned(), (*b).to_owned(), (*c).to_owned())).collect()
    };
    assert_eq!(
        found(&terminal),
        owned(&[
            ("file:a.json", "dstu2", "neighbours"),
            ("file:a.json", "dstu2", "type"),
            ("file:b.json", "dstu2", "neighbours"),
        ])
    );
    let expected = owned(&[("file:c.json", "r4", "nothing"), ("file:d.json", "stu3", "stated")]);
    assert_eq!(found(&alone), expected);
    // Alone or among others, what is here already is the same resource.
    assert_eq!(terminal.import(&terminal.files().join("b.json"), &["--connection", "Old"])["versions"], 0);
    alone.lines(&["rebuild"]);
    assert_eq!(found(&alone), expected, "and a rebuild does not forget");
}

#[test]
fn somebody_elses_files_are_not_filed_unasked() {
    let terminal = Terminal::new();
    let file = terminal.file("all.json", BUNDLE);
    let file = file.to_str().unwrap();
    let refused = terminal.run(&["import", "--person", "Bob Moss", file]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("Ann Lee"));
    assert!(terminal.lines(&["entries"]).is_empty(), "nothing was taken in");
    let own = terminal.run(&["import", "--person", "Ann Lee", file]);
    assert!(own.status.success(), "{}", String::from_utf8_lossy(&own.stderr));
}

#[test]
fn records_are_not_deleted_unasked_and_only_what_was_set_aside_is_let_in() {
    let terminal = Terminal::new();
    let birth = BUNDLE.replace(
        r#"{"resource":{"resourceType":"HologramStudy""#,
        r#"{"resource":{"resourceType":"Procedure","id":"n","status":"completed","code":{"text":"Newborn screening"},"subject":{"reference":"Patient/b"}}},
 {"resource":{"resourceType":"Patient","id":"b","name":[{"text":"Baby Lee"}],"birthDate":"2020-03-01"}},
 {"resource":{"resourceType":"HologramStudy""#,
    );
    let report = terminal.import(&terminal.file("birth.json", birth), &["--connection", "Birth"]);
    assert_eq!(report["setAside"][0]["whose"], "Patient/b", "{report}");
    let before = terminal.lines(&["entries"]).len();
    let nobody = terminal.run(&["let-in", "Birth", "Patient/nobody"]);
    assert_eq!(nobody.status.code(), Some(1), "a slip in a name lets nobody in");
    assert_eq!(terminal.lines(&["let-in", "Birth", "Patient/b"]), [json!({ "filed": 2 })]);
    assert_eq!(terminal.lines(&["entries"]).len(), before + 2);
    // Nobody can be asked here.
    let refused = terminal.run(&["disconnect", "Birth", "--forget"]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("--yes"));
    assert_eq!(terminal.lines(&["entries"]).len(), before + 2, "nothing was deleted");
    terminal.lines(&["disconnect", "Birth", "--forget", "--yes"]);
    assert!(terminal.lines(&["entries"]).is_empty());
}

const DOCUMENT: &str = r#"<ClinicalDocument xmlns="urn:hl7-org:v3"><id root="1.2.840.99999.1" extension="d"/><title>Discharge letter</title>
<effectiveTime value="20240305"/><recordTarget><patientRole><id root="1.2.840.99999.2" extension="7"/></patientRole></recordTarget>
<custodian><assignedCustodian><representedCustodianOrganization><name>Harbor Hospital</name></representedCustodianOrganization></assignedCustodian></custodian>
<component><structuredBody><component><section><title>Hospital course</title><text>Uneventful.</text></section></component></structuredBody></component>
</ClinicalDocument>"#;

#[test]
fn a_clinical_document_is_previewed_taken_in_listed_and_undone() {
    let terminal = Terminal::new();
    let file = terminal.file("letter.xml", DOCUMENT);
    let path = file.to_str().unwrap();
    // There is a person, and nothing of theirs.
    terminal.import(&terminal.file("none.json", r#"{"resourceType":"Location","id":"l"}"#), &[]);
    let first = &terminal.lines(&["imports"])[0];
    let id = first["id"].to_string();
    assert_eq!(first["sources"], json!(["Files"]));
    assert_eq!(terminal.lines(&["import", "--undo", &id])[0], json!({"undone": 1}));
    assert!(terminal.lines(&["imports"]).is_empty());

    let preview = &terminal.lines(&["import", "--preview", path])[0];
    assert_eq!((&preview["total"], &preview["known"]), (&json!(3), &json!(0)), "{preview}");
    assert_eq!(preview["sources"], json!(["Harbor Hospital"]));
    assert_eq!(preview["kinds"][0], json!({"kind": "document", "text": "Documents", "count": 2}));
    assert!(terminal.lines(&["entries"]).is_empty(), "nothing is stored");
    let report = terminal.import(&file, &[]);
    assert_eq!((&report["entries"], &report["versions"]), (&json!(3), &json!(3)), "{report}");
    let entries = terminal.lines(&["entries"]);
    assert!(entries.iter().all(|entry| entry["connection"] == "Harbor Hospital" && entry["release"] == "r4"));
    assert_eq!(terminal.import(&file, &[])["versions"], 0);
    let before = terminal.run(&["entries"]).stdout;
    assert!(terminal.run(&["rebuild"]).status.success());
    assert_eq!(terminal.run(&["entries"]).stdout, before);
    for import in terminal.lines(&["imports"]) {
        terminal.lines(&["import", "--undo", &import["id"].to_string()]);
    }
    assert!(terminal.lines(&["entries"]).is_empty());
    assert!(terminal.lines(&["connections"]).is_empty());
}
