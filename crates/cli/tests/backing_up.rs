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

#[test]
fn another_passphrase_code_and_key_open_the_record_and_the_old_ones_do_not() {
    let terminal = Terminal::new();
    let file = terminal.file("all.ndjson", LINE);
    let made =
        terminal.command(&["import", "--person", "Test", "--yes", file.to_str().unwrap()]).output().unwrap();
    let code_in = |output: &std::process::Output| {
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{said}");
        let code = said.lines().find(|line| line.len() == 39 && line.matches('-').count() == 7);
        code.unwrap_or_else(|| panic!("a code in {said}")).to_owned()
    };
    let opens = |secret: &str| {
        fs::write(terminal.dir.path().join("passphrase"), format!("{secret}\n")).unwrap();
        terminal.run(&["facts"]).status.success()
    };
    let facts = terminal.lines(&["facts"]);
    let first = code_in(&made);
    let second = code_in(&terminal.run(&["keys", "new-code"]));
    assert!(!opens(&first), "the old code opens nothing any more");
    assert!(opens(&second));

    let weak = terminal.file("weak", "password1234\n");
    assert!(!terminal.run(&["keys", "passphrase", "--new", weak.to_str().unwrap()]).status.success());
    let new = terminal.file("new", "mule lantern copper thursday\n");
    // The code gives the key as well.
    terminal.lines(&["keys", "passphrase", "--new", new.to_str().unwrap()]);
    assert!(!opens("a long enough passphrase"));
    // A code cannot open another key than the one it was made for.
    assert!(opens(&second));
    assert!(!terminal.run(&["keys", "change"]).status.success());
    assert!(opens("mule lantern copper thursday"));

    let record = terminal.dir.path().join("record/record.db");
    let salt = fs::read(&record).unwrap();
    let third = code_in(&terminal.run(&["keys", "change"]));
    assert_ne!(fs::read(&record).unwrap()[..16], salt[..16], "everything is encrypted anew");
    assert!(!terminal.dir.path().join("record/record.before").exists(), "under the old key nothing is left");
    assert!(!opens(&second));
    assert!(opens(&third));
    assert!(opens("mule lantern copper thursday"));
    assert_eq!(terminal.lines(&["facts"]), facts);
}

#[test]
fn everything_is_taken_out_into_a_new_folder_or_one_encrypted_file() {
    let terminal = Terminal::new();
    let file = terminal.file("all.ndjson", LINE);
    terminal.import(&file, &["--connection", "Lakeside Clinic"]);
    let out = terminal.dir.path().join("out");
    fs::create_dir(&out).unwrap();
    let to = out.to_str().unwrap();
    let taken = &terminal.lines(&["take-out", to, "--person", "Test"])[0];
    let folder = std::path::Path::new(taken["path"].as_str().unwrap());
    assert!(folder.starts_with(&out), "{taken}");
    let sent = fs::read_to_string(folder.join("01 Lakeside Clinic/records.ndjson")).unwrap();
    assert_eq!(sent, format!("{LINE}\n"));
    let page = fs::read_to_string(folder.join("index.html")).unwrap();
    assert!(page.contains("Lakeside Clinic") && page.contains("1 record:"), "{page}");

    let with = terminal.file("words", "mule lantern copper thursday\n");
    let sealed = terminal.lines(&["take-out", to, "--encrypt", "--with", with.to_str().unwrap()]);
    let sealed = sealed[0]["path"].as_str().unwrap();
    assert!(sealed.ends_with(".tar.age"), "{sealed}");
    assert!(fs::read(sealed).unwrap().starts_with(b"age-encryption.org/v1\n-> scrypt "));

    let weak = terminal.file("weak", "password1234\n");
    let refused = terminal.run(&["take-out", to, "--encrypt", "--with", weak.to_str().unwrap()]);
    assert!(!refused.status.success());
    assert!(!terminal.run(&["take-out", out.join("gone").to_str().unwrap()]).status.success());
    assert_eq!(fs::read_dir(&out).unwrap().count(), 2);
}
