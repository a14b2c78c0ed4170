//! What `add` and `remove` say.

use serde_json::{Value, json};

use crate::Terminal;

#[test]
fn what_is_added_is_an_entry_until_it_is_removed() {
    let terminal = Terminal::new();
    let add = |words: &[&str]| -> Value {
        let mut all = vec!["add", "--person", "Test"];
        all.extend(words);
        terminal.lines(&all).remove(0)
    };
    let medicine =
        add(&["medicine", "lisinopril 10 mg", "--how", "1 tablet every morning", "--since", "2024-03"]);
    let pressure =
        add(&["measurement", "blood-pressure", "138/86", "--date", "2026-06-28", "--time", "07:30"]);
    add(&["allergy", "Peanut", "--reaction", "hives", "--severity", "severe"]);
    add(&["problem", "Gout", "--since", "2019", "--over", "--until", "2021"]);
    add(&["vaccine", "Tetanus", "--date", "2019-05-02", "--lot", "A12", "--place", "County fair"]);
    add(&["visit", "Sore knee", "--date", "2026-05-04", "--note", "Rest."]);
    let weight = add(&["measurement", "weight", "172.40", "--date", "2026-06-28"]);
    let entries = terminal.lines(&["entries"]);
    assert_eq!(entries.len(), 7);
    let of = |told: &Value| {
        let resource = told["resource"].as_str().unwrap().to_owned();
        let is_it = move |one: &&Value| {
            format!("{}/{}", one["type"].as_str().unwrap(), one["id"].as_str().unwrap()) == resource
        };
        entries.iter().find(is_it).unwrap().clone()
    };
    let weight = of(&weight);
    assert_eq!((&weight["value"], &weight["unit"]), (&json!("172.40"), &json!("lb")), "digit by digit");
    assert_eq!((&weight["kind"], &weight["base"]), (&json!("vital"), &json!("own:")));
    assert_eq!(of(&pressure)["components"].as_array().unwrap().len(), 2);
    let told = of(&medicine);
    assert_eq!(
        (&told["connection"], &told["status_group"]),
        (&json!("Test (own entries)"), &json!("active"))
    );
    assert!(entries.iter().all(|one| one["problems"] == json!([])), "{entries:?}");
    let id = medicine["resource"].as_str().unwrap();
    let changed = terminal.lines(&["add", "--change", id, "medicine", "lisinopril 20 mg"]).remove(0);
    assert_eq!(changed["resource"], medicine["resource"]);
    terminal.lines(&["remove", id]);
    assert_eq!(terminal.lines(&["entries"]).len(), 6);
    let output = terminal.run(&["remove", id]);
    assert_eq!(output.status.code(), Some(1));
    let output = terminal.run(&["add", "measurement", "weight", "heavy", "--date", "2026-06-28"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("not a number"));
}
