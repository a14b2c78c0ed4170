//! A page is split by bytes: what is damaged costs itself alone.

use wholechart_fhir::{JsonFault, JsonFaultKind, PageFault, SearchMode, Shape, outcome_issues, split};

fn ids(page: &str) -> Vec<String> {
    split(page.as_bytes()).resources.into_iter().map(|slice| slice.id.unwrap_or_default()).collect()
}

fn bundle(entries: &[&str]) -> String {
    format!(
        r#"{{"resourceType":"Bundle","type":"searchset","total":3,"link":[{{"relation":"next","url":"https://x/next"}}],"entry":[{}]}}"#,
        entries.join(",")
    )
}

fn entry_of(id: &str) -> String {
    format!(
        r#"{{"fullUrl":"https://x/Patient/{id}","resource":{{"resourceType":"Patient","id":"{id}"}},"search":{{"mode":"match"}}}}"#
    )
}

#[test]
fn a_bundle_gives_its_entries_verbatim() {
    let page = format!(
        "\u{feff} {}",
        bundle(&[
            &entry_of("a"),
            r#"{"resource": { "id" : "b","resourceType":"Patient" } ,"search":{"mode":"include"}}"#
        ])
    );
    let split = split(page.as_bytes());
    assert_eq!(split.shape, Shape::Bundle { bundle_type: "searchset".into() });
    assert_eq!(split.next(), Some("https://x/next"));
    assert_eq!(split.total, Some(3));
    assert_eq!(split.resources[1].bytes, br#"{ "id" : "b","resourceType":"Patient" }"#);
    assert_eq!(split.resources[1].mode, SearchMode::Include);
    assert_eq!(split.resources[0].full_url.as_deref(), Some("https://x/Patient/a"));
    assert_eq!(split.resources[1].position, 1);
    assert!(split.problems.is_empty());
}

#[test]
fn one_bad_entry_costs_itself() {
    for bad in [
        r#"{"resource":{"resourceType":"Patient","id":"bad","x":tru}}"#,
        r#"{"resource":{"resourceType":"Patient","id":"bad","x":"no end}}"#,
        r#"{"resource":{"resourceType":"Patient","id":"bad","x":[1,2}}"#,
        r#"{"resource":{"resourceType":"Patient","id":"bad""x":1}}"#,
        r#"{"resource":{"resourceType":"Patient","id":"bad","x":"he said "no" to me"}}"#,
        r#"{"fullUrl":"x"}"#,
        "null",
        "7",
        r#"{"resource":null}"#,
        r#"{"resource":{"id":"bad"}}"#,
        r#"{"resource":{"resourceType":"Patient","id":"bad""#,
    ] {
        let page = bundle(&[&entry_of("a"), bad, &entry_of("b"), &entry_of("c")]);
        let split = split(page.as_bytes());
        let ids: Vec<_> = split.resources.iter().filter_map(|slice| slice.id.as_deref()).collect();
        assert_eq!(ids, ["a", "b", "c"], "{bad}: {:?}", split.problems);
        assert_eq!(split.problems.len(), 1, "{bad}");
        assert_eq!(split.problems[0].position, 1, "{bad}");
        assert!(!split.problems[0].bytes.is_empty());
    }
}

#[test]
fn a_byte_that_is_not_utf8_costs_its_entry() {
    let mut page = bundle(&[&entry_of("a"), &entry_of("Q"), &entry_of("b")]).into_bytes();
    let at = page.windows(3).position(|window| window == b"\"Q\"").unwrap() + 1;
    page[at] = 0xFF;
    let split = split(&page);
    assert_eq!(split.resources.len(), 2);
    let PageFault::NotJson(fault) = split.problems[0].fault else { panic!("{:?}", split.problems) };
    assert_eq!((fault.kind, fault.position), (JsonFaultKind::NotUtf8, at));
}

#[test]
fn a_truncated_page_keeps_what_came() {
    let page = bundle(&[&entry_of("a"), &entry_of("b"), &entry_of("c")]);
    let first = page.find("/c").unwrap();
    for cut in [first, first + 30, page.len() - 1, page.len() - 2] {
        let split = split(&page.as_bytes()[..cut]);
        assert!(split.resources.len() >= 2, "cut at {cut}");
        assert_eq!(split.problems.len(), 1, "cut at {cut}: {:?}", split.problems);
        assert_eq!(split.shape, Shape::Bundle { bundle_type: "searchset".into() });
    }
}

#[test]
fn damage_before_the_entries_does_not_cost_them() {
    let page =
        format!(r#"{{"resourceType":"Bundle","link":[{{"relation":nope}}],"entry":[{}]}}"#, entry_of("a"));
    assert_eq!(ids(&page), ["a"]);
    assert_eq!(split(page.as_bytes()).problems.len(), 1);
    let missing_comma = bundle(&[&format!("{} {}", entry_of("a"), entry_of("b"))]);
    assert_eq!(ids(&missing_comma), ["a", "b"]);
}

#[test]
fn the_type_may_come_last_and_a_list_is_no_bundle() {
    let late = format!(r#"{{"entry":[{}],"type":"collection","resourceType":"Bundle"}}"#, entry_of("a"));
    assert_eq!(ids(&late), ["a"]);
    let list = r#"{"entry":[{"item":{"reference":"Patient/1"}}],"id":"l","resourceType":"List"}"#;
    let page = split(list.as_bytes());
    assert_eq!(page.shape, Shape::Resource);
    assert_eq!(page.resources[0].bytes, list.as_bytes());
    assert!(page.problems.is_empty());
}

#[test]
fn a_bundle_without_its_type_keeps_its_entries_and_a_damaged_list_is_named() {
    let nameless = format!(r#"{{"type":"searchset","entry":[{},{}]}}"#, entry_of("a"), entry_of("b"));
    assert_eq!(ids(&nameless), ["a", "b"]);
    // What looks like entries of another type must not let damage pass for a whole resource.
    let damaged = r#"{"resourceType":"List","entry":[{"item":tru},{"item":{"reference":"Patient/1"}}]}"#;
    let page = split(damaged.as_bytes());
    assert!(page.resources.is_empty());
    assert_eq!(page.problems.len(), 1);
    assert_eq!(page.problems[0].bytes, damaged.as_bytes());
}

#[test]
fn bundles_in_bundles_arrays_and_lines_are_flattened() {
    let inner = bundle(&[&entry_of("b"), &entry_of("c")]);
    let page = bundle(&[&entry_of("a"), &format!(r#"{{"fullUrl":"x","resource":{inner}}}"#), &entry_of("d")]);
    assert_eq!(ids(&page), ["a", "b", "c", "d"]);
    assert_eq!(
        ids(r#"[{"resourceType":"Patient","id":"a"},{"resourceType":"Patient","id":"b"}]"#),
        ["a", "b"]
    );
    assert_eq!(
        ids(
            "{\"resourceType\":\"Patient\",\"id\":\"a\"}\n{\"resourceType\":bad\n{\"resourceType\":\"Patient\",\"id\":\"b\"}\n"
        ),
        ["a", "b"]
    );
}

#[test]
fn repeated_keys_lose_nothing() {
    let page = r#"{"resourceType":"Bundle","entry":[{"resource":{"resourceType":"Patient","id":"a"},"resource":{"resourceType":"Patient","id":"b"}}],"entry":[{"resource":{"resourceType":"Patient","id":"c"}}]}"#;
    assert_eq!(ids(page), ["a", "b", "c"]);
}

#[test]
fn outcomes_are_named_as_such() {
    let outcome = r#"{"resourceType":"OperationOutcome","issue":[{"severity":"error","details":{"text":"No"},"diagnostics":"at x.y"},{"code":"processing","diagnostics":"why"}]}"#;
    assert_eq!(split(outcome.as_bytes()).shape, Shape::Outcome);
    let page = bundle(&[&format!(r#"{{"resource":{outcome},"search":{{"mode":"match"}}}}"#)]);
    assert_eq!(split(page.as_bytes()).resources[0].mode, SearchMode::Outcome);
    let issues = outcome_issues(outcome.as_bytes());
    assert_eq!(
        (issues[0].severity.as_str(), issues[0].code.as_str(), issues[0].text.as_str()),
        ("error", "", "No")
    );
    assert_eq!(issues[1].text, "why");
    let answer = bundle(&[&format!(r#"{{"response":{{"status":"404","outcome":{outcome}}}}}"#)]);
    assert_eq!(split(answer.as_bytes()).resources[0].mode, SearchMode::Outcome);
    assert!(outcome_issues(b"<html>").is_empty());
}

#[test]
fn what_is_not_fhir_says_why() {
    let cut_short = JsonFault { position: 19, kind: JsonFaultKind::CutShort };
    for (bytes, fault) in [
        (&b""[..], PageFault::Empty),
        (b"<html></html>", PageFault::Markup),
        (b"7", PageFault::NotAResource),
        (b"{\"a\":1}", PageFault::NoResourceType),
        (b"[]", PageFault::NotAResource),
        (b"{\"resourceType\":\"Pa", PageFault::NotJson(cut_short)),
    ] {
        let page = split(bytes);
        assert_eq!(page.shape, Shape::NotFhir { fault });
        assert!(page.resources.is_empty());
    }
}

#[test]
fn an_empty_search_is_an_empty_bundle() {
    let page = split(br#"{"resourceType":"Bundle","type":"searchset","total":"0"}"#);
    assert_eq!(page.shape, Shape::Bundle { bundle_type: "searchset".into() });
    assert_eq!((page.total, page.resources.len(), page.problems.len()), (Some(0), 0, 0));
}

#[test]
fn a_control_character_inside_a_text_costs_nothing() {
    for odd in ["\n", "\t", "\r\n", "\u{1b}"] {
        let note = format!(
            r#"{{"resource":{{"resourceType":"Condition","id":"b","code":{{"text":"two{odd}parts"}}}}}}"#
        );
        let page = bundle(&[&entry_of("a"), &note, &entry_of("c")]);
        assert_eq!(ids(&page), ["a", "b", "c"], "{odd:?}");
        let split = split(page.as_bytes());
        assert!(split.problems.is_empty());
        let options = wholechart_fhir::ReadOptions::new(wholechart_fhir::Release::R4);
        let entry = wholechart_fhir::read(split.resources[1].bytes, &options).unwrap();
        let words: Vec<&str> =
            entry.title.split_whitespace().map(|word| word.trim_matches('\u{1b}')).collect();
        assert!(entry.title.starts_with("two") && words.last().is_some_and(|last| last.ends_with("parts")));
    }
    // What a page says of itself is read as leniently as what stands in it.
    let page = bundle(&[&entry_of("a").replace("\"a\"", "\"\u{1f}a\"")])
        .replace("https://x/next", "https://x/\tnext");
    assert_eq!(ids(&page), ["\u{1f}a"]);
    assert_eq!(split(page.as_bytes()).links[0].url, "https://x/\tnext");
    // A quote that is missing is damage as ever: its neighbours live and it is named.
    let broken = "{\"resource\":{\"resourceType\":\"Condition\",\"id\":\"b,\n\"code\":{\"text\":\"x\"}}}";
    let page = bundle(&[&entry_of("a"), broken, &entry_of("c")]);
    assert_eq!(ids(&page), ["a", "c"]);
    assert_eq!(split(page.as_bytes()).problems.len(), 1);
}

#[test]
fn an_entry_that_is_the_resource_itself_is_taken_for_it() {
    let bare = r#"{"resourceType":"Condition","id":"b","contained":[{"resourceType":"Patient","id":"x"}]}"#;
    let page = bundle(&[&entry_of("a"), bare, &entry_of("c")]);
    let split = split(page.as_bytes());
    assert_eq!(ids(&page), ["a", "b", "c"]);
    assert_eq!(split.resources[1].bytes, bare.as_bytes());
    assert!(split.problems.is_empty());
    // What is neither is named, as before.
    let neither = bundle(&[r#"{"fullUrl":"https://x/1"}"#]);
    assert_eq!(wholechart_fhir::split(neither.as_bytes()).problems.len(), 1);
}
