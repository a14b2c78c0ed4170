//! When two answers say the same.

use wholechart_fhir::content_hash;

fn same(a: &str, b: &str) -> bool {
    content_hash(a.as_bytes()) == content_hash(b.as_bytes())
}

#[test]
fn form_does_not_count_and_meaning_does() {
    let base = r#"{"resourceType":"Condition","id":"a","code":{"text":"Gout"},"x":5.0}"#;
    assert!(same(
        base,
        "{ \"id\":\"a\", \"x\" : 5.0,\n\"code\":{\"text\":\"\\u0047out\"},\"resourceType\":\"Condition\"}"
    ));
    assert!(same(base, &format!("\u{feff}{base}\n")));
    assert!(!same(base, &base.replace("5.0", "5.00")), "a figure's digits are a statement");
    assert!(!same(base, &base.replace("Gout", "gout")));
    assert!(!same(r#"{"a":[1,2]}"#, r#"{"a":[2,1]}"#));
    assert!(!same(r#"{"a":1,"a":2}"#, r#"{"a":2}"#));
}

#[test]
fn volatile_paths_do_not_count() {
    let base = r#"{"resourceType":"Condition","code":{"text":"Gout"},"text":{"div":"<div><p id=\"1\">Gout</p></div>"}}"#;
    assert!(same(
        base,
        &base.replace(
            "\"code\"",
            "\"meta\":{\"lastUpdated\":\"2020-01-01T00:00:00Z\",\"versionId\":\"4\"},\"code\""
        )
    ));
    assert!(same(base, &base.replace("id=\\\"1\\\"", "id=\\\"2\\\"")));
    assert!(!same(base, &base.replace(">Gout<", ">Rash<")));
    assert!(!same(base, &base.replace("\"code\"", "\"meta\":{\"profile\":[\"x\"]},\"code\"")));
    assert!(same(
        r#"{"contained":[{"id":"m","meta":{"lastUpdated":"1"}}]}"#,
        r#"{"contained":[{"id":"m","meta":{"lastUpdated":"2"}}]}"#
    ));
    // The same name elsewhere is content.
    assert!(!same(r#"{"x":{"lastUpdated":"1"}}"#, r#"{"x":{"lastUpdated":"2"}}"#));
}

#[test]
fn what_is_not_json_is_hashed_as_it_is() {
    assert!(!same("{\"a\": tru}", "{\"a\":tru}"));
    assert_eq!(
        content_hash(b"").as_str(),
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    );
}
