//! What `backup` and `restore` say, and what opens a backup without this program.

use std::fs;

use serde_json::json;

use crate::Terminal;

const LINE: &str = r#"{"resourceType":"Immunization","id":"i","status":"completed","occurrenceDateTime":"2021-10-04","vaccineCode":{"text":"Influenza"}}"#;

#[test]
fn a_record_goes_to_another_folder_and_back() {
    let (terminal, other) = (Terminal::new(), Terminal::new());
    let file = terminal.file("all.ndjson", LINE);
    terminal.import(&file, &[]);
    let with = terminal.file("words", "mule lantern copper thursday\nand a second line\n");
    let with = with.to_str().unwrap();
    let to = terminal.file("kept/chart.age", "an older file");
    let to = to.to_str().unwrap();
    let facts = terminal.lines(&["facts"]);
    assert_eq!(terminal.lines(&["backup", to, "--with", with]), [json!({ "path": to })]);
    assert!(fs::read(to).unwrap().starts_with(b"age-encryption.org/v1\n-> scrypt "));

    fs::create_dir_all(other.dir.path().join("record")).unwrap();
    let found = &other.lines(&["restore", to, "--with", with, "--preview"])[0];
    assert_eq!(found["people"][0]["held"], "1 record, no notes of your own");
    assert_eq!(found["here"], json!([]));
    // A script has not agreed.
    let refused = other.run(&["restore", to, "--with", with]);
    assert!(!refused.status.success());
    assert_eq!(other.lines(&["facts"]), [""; 0].map(|_| json!(null)));

    let restored = other.run(&["restore", to, "--with", with, "--yes"]);
    let said = String::from_utf8_lossy(&restored.stderr).into_owned();
    assert!(restored.status.success(), "{said}");
    assert!(said.contains("Keep this recovery code"), "{said}");
    other.lines(&["restore", "--undo"]);
    assert_eq!(other.lines(&["facts"]), [""; 0].map(|_| json!(null)));
    assert!(!other.run(&["restore", "--undo"]).status.success(), "there is nothing more to take back");

    other.lines(&["restore", to, "--with", with, "--yes"]);
    assert_eq!(other.lines(&["facts"]), facts);
    let wrong = other.file("wrong", "mule lantern copper friday\n");
    let refused = other.run(&["restore", to, "--with", wrong.to_str().unwrap(), "--yes"]);
    assert!(String::from_utf8_lossy(&refused.stderr).contains("does not open this backup"));
    assert_eq!(other.lines(&["facts"]), facts);
}

#[test]
fn what_is_erased_is_gone_and_what_still_holds_it_is_named() {
    let terminal = Terminal::new();
    let file = terminal.file("all.ndjson", LINE);
    let report = terminal.import(&file, &[]);
    let with = terminal.file("words", "mule lantern copper thursday\n");
    let to = terminal.file("kept/chart.age", "");
    terminal.lines(&["backup", to.to_str().unwrap(), "--with", with.to_str().unwrap()]);
    let refused = terminal.run(&["erase", "person", "Test"]);
    assert!(!refused.status.success(), "a script has not agreed");
    assert_eq!(terminal.lines(&["facts"]).len(), 1);

    let import = report["import"].to_string();
    terminal.lines(&["erase", "import", &import, "--yes"]);
    assert_eq!(terminal.lines(&["facts"]).len(), 0);
    assert_eq!(terminal.lines(&["imports"]).len(), 0);
    terminal.import(&file, &[]);
    let said = &terminal.lines(&["erase", "person", "Test", "--yes"])[0];
    assert_eq!(said["backups"], json!([to]));
    assert!(said["text"].as_str().unwrap().starts_with("Test, with the one record"));
    assert_eq!(terminal.lines(&["facts"]).len(), 0);
    assert!(
        !terminal.run(&["timeline", "--person", "Test"]).status.success(),
        "there is nobody of that name"
    );

    terminal.import(&file, &[]);
    let erased = terminal.run(&["erase", "everything", "--yes"]);
    assert!(
        String::from_utf8_lossy(&erased.stderr).contains("Keep this recovery code"),
        "a new record begins"
    );
    assert_eq!(terminal.lines(&["facts"]).len(), 0);
    let left: Vec<String> = fs::read_dir(terminal.dir.path().join("record"))
        .unwrap()
        .map(|item| item.unwrap().file_name().to_string_lossy().into_owned())
        .filter(|name| name.starts_with("record.") && !name.starts_with("record.keys"))
        .collect();
    assert!(left.iter().all(|name| ["record.db", "record.lock"].contains(&name.as_str())), "{left:?}");
}
