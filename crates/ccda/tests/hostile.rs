//! What strangers send: broken, endless, of another kind, in other letters.

use std::thread;

use wholechart_ccda::{CutReason, Document, Fault, Limits, Unreadable, read};

use crate::invariants;
use crate::written::{document, section};

fn problem(name: &str) -> String {
    format!(
        "<entry><act><templateId root=\"2.16.840.1.113883.10.20.22.4.3\"/><statusCode code=\"active\"/>\
         <entryRelationship typeCode=\"SUBJ\"><observation><templateId root=\"2.16.840.1.113883.10.20.22.4.4\"/>\
         <effectiveTime><low value=\"20190514\"/></effectiveTime><value xsi:type=\"CD\" code=\"1\" codeSystem=\"2.16.840.1.113883.6.96\" \
         displayName=\"{name}\"/></observation></entryRelationship></act></entry>"
    )
}

fn problems(entries: &str) -> String {
    document(&section("11450-4", "<paragraph>Words</paragraph>", entries))
}

fn parse(bytes: &[u8]) -> Document {
    let document = read(bytes, &Limits::default()).expect("a document");
    invariants::document_of(bytes, &document);
    document
}

fn conditions(document: &Document) -> Vec<String> {
    let conditions = document.entries.iter().filter(|entry| entry.resource_type == "Condition");
    let name = |resource: &str| {
        let value: serde_json::Value = serde_json::from_str(resource).expect("JSON");
        value["code"]["coding"][0]["display"].as_str().unwrap_or_default().to_owned()
    };
    conditions.map(|entry| name(&entry.resource)).collect()
}

fn faults(document: &Document) -> Vec<Fault> {
    document.problems.iter().map(|problem| problem.fault).collect()
}

#[test]
fn what_is_no_document_says_why() {
    let refused = |bytes: &[u8]| read(bytes, &Limits::default()).expect_err("no document");
    for none in [
        "",
        "   ",
        "{\"resourceType\":\"Bundle\"}",
        "plain words",
        "%PDF-1.4",
        "\u{0}\u{1}",
        "<",
        "<!-- only",
    ] {
        assert_eq!(refused(none.as_bytes()), Unreadable::NotXml, "{none}");
    }
    for other in ["<Bundle xmlns=\"http://hl7.org/fhir\"/>", "<html><body>x</body></html>", "<a><b></a>"] {
        assert_eq!(refused(other.as_bytes()), Unreadable::NotClinicalDocument, "{other}");
    }
    assert_eq!(refused(b"\xFF\xFE\0\0<\0\0\0"), Unreadable::UnknownEncoding);
    assert_eq!(
        refused(b"<?xml version='1.0' encoding='Shift_JIS'?><ClinicalDocument/>"),
        Unreadable::UnknownEncoding
    );
    let few = Limits { bytes: 10, ..Limits::default() };
    assert_eq!(read(b"<ClinicalDocument/>", &few), Err(Unreadable::TooLarge));
}

#[test]
fn entities_are_never_expanded_and_nothing_is_fetched() {
    let laughs =
        "<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;\"><!ENTITY c SYSTEM \"file:///etc/passwd\">]>";
    let xml = problems(&problem("&b; &c; &lt;5 &#65; &amp;lt;")).replace("?>\n", &format!("?>\n{laughs}"));
    let document = parse(xml.as_bytes());
    assert_eq!(conditions(&document), ["&b; &c; <5 A &lt;"]);
    assert!(faults(&document).contains(&Fault::Doctype));
}

#[test]
fn depth_costs_what_is_deep_and_nothing_else() {
    let deep = format!("{}x{}", "<content>".repeat(100_000), "</content>".repeat(100_000));
    let xml = document(&section("11450-4", &deep, &problem("Asthma")));
    let document = parse(xml.as_bytes());
    assert_eq!(conditions(&document), ["Asthma"]);
    assert!(faults(&document).contains(&Fault::TooDeep));
}

#[test]
fn the_stack_does_not_grow_with_the_depth() {
    let organizers = |depth: usize| {
        format!(
            "<entry>{}<observation><code displayName=\"Leaf\"/></observation>{}</entry>",
            "<organizer><component>".repeat(depth),
            "</component></organizer>".repeat(depth)
        )
    };
    let text = format!("{}x{}", "<list><item>".repeat(2_000), "</item></list>".repeat(2_000));
    let xml = document(&section("47420-5", &text, &organizers(1_500)));
    let limits = Limits { depth: usize::MAX, ..Limits::default() };
    let small = thread::Builder::new().stack_size(256 << 10);
    let read = small.spawn(move || read(xml.as_bytes(), &limits)).expect("a thread").join();
    let document = read.expect("no overflow").expect("a document");
    assert!(document.entries.iter().any(|entry| entry.resource.contains("Leaf")));
}

#[test]
fn too_many_elements_end_the_reading_and_it_says_so() {
    let xml = problems(&(0..50).map(|at| problem(&format!("P{at}"))).collect::<String>());
    let few = Limits { nodes: 200, ..Limits::default() };
    let document = read(xml.as_bytes(), &few).expect("a document");
    assert_eq!(document.cut.map(|cut| cut.reason), Some(CutReason::TooManyNodes));
    let read = conditions(&document);
    assert!(!read.is_empty() && read.len() < 50, "{read:?}");
}

#[test]
fn a_truncated_document_keeps_what_came_before() {
    let xml = problems(&["One", "Two", "Three"].map(problem).concat());
    let whole = parse(xml.as_bytes());
    for end in (0..xml.len()).filter(|end| xml.is_char_boundary(*end)).step_by(7) {
        let Ok(document) = read(&xml.as_bytes()[..end], &Limits::default()) else { continue };
        invariants::document_of(&xml.as_bytes()[..end], &document);
        assert_eq!(document.cut.map(|cut| cut.reason), Some(CutReason::Truncated), "at {end}");
        let kept =
            whole.entries.iter().filter(|entry| entry.resource_type == "Condition" && entry.range.end <= end);
        for entry in kept {
            assert!(document.entries.contains(entry), "at {end}: {}", entry.resource);
        }
    }
}

#[test]
fn broken_markup_costs_no_neighbour() {
    let stray = problems(&[problem("One"), "</table></oops>".to_owned(), problem("Two")].concat());
    let document = parse(stray.as_bytes());
    assert_eq!(conditions(&document), ["One", "Two"]);
    assert!(faults(&document).contains(&Fault::MismatchedTag));
    let unclosed = problems(&[problem("One").replace("</observation>", ""), problem("Two")].concat());
    assert_eq!(conditions(&parse(unclosed.as_bytes())), ["One", "Two"]);
    let ampersand = problems(&[problem("Salt & water"), problem("Two")].concat());
    assert_eq!(conditions(&parse(ampersand.as_bytes())), ["Salt & water", "Two"]);
    let control = problems(&[problem("One\u{1}\u{b}"), problem("Two")].concat());
    assert_eq!(conditions(&parse(control.as_bytes())).len(), 2);
}

#[test]
fn prefixes_may_be_undeclared_or_of_any_name() {
    let xml = problems(&problem("Asthma"));
    let undeclared = xml.replace(" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"", "");
    assert_eq!(conditions(&parse(undeclared.as_bytes())), ["Asthma"]);
    let prefixed = xml
        .replace("xmlns=\"urn:hl7-org:v3\"", "xmlns:n1=\"urn:hl7-org:v3\"")
        .replace("</", "</n1:")
        .replace("xsi:type=\"CD\"", "xsi:type=\"n1:CD\"");
    let mut out = String::new();
    let mut rest = prefixed.as_str();
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..=at]);
        rest = &rest[at + 1..];
        if rest.starts_with(char::is_alphabetic) && !rest.starts_with("n1:") {
            out.push_str("n1:");
        }
    }
    out.push_str(rest);
    assert_eq!(conditions(&parse(out.as_bytes())), ["Asthma"]);
    let enveloped = format!(
        "<soap:Envelope><soap:Body>{}</soap:Body></soap:Envelope>",
        &xml[xml.find("<Clin").expect("it")..]
    );
    assert_eq!(conditions(&parse(enveloped.as_bytes())), ["Asthma"]);
}

#[test]
fn every_encoding_says_the_same_and_slices_are_in_its_own_bytes() {
    let xml = problems(&[problem("M\u{e9}ni\u{e8}re"), problem("Two")].concat());
    let plain = parse(xml.as_bytes());
    let units = |big: bool| -> Vec<u8> {
        let bytes = |unit: u16| if big { unit.to_be_bytes() } else { unit.to_le_bytes() };
        std::iter::once(0xFEFF).chain(xml.encode_utf16()).flat_map(bytes).collect()
    };
    let latin: Vec<u8> = xml
        .replace("UTF-8", "ISO-8859-1")
        .chars()
        .map(|c| u8::try_from(u32::from(c)).expect("a letter of Latin-1"))
        .collect();
    let marked = [b"\xEF\xBB\xBF", xml.as_bytes()].concat();
    for bytes in [units(true), units(false), latin, marked] {
        let document = parse(&bytes);
        assert_eq!(conditions(&document), conditions(&plain));
        let slice = &bytes[document.entries[1].range.clone()];
        let letters: String =
            slice.iter().filter(|byte| byte.is_ascii_graphic()).map(|byte| char::from(*byte)).collect();
        assert!(letters.starts_with("<act>") && letters.ends_with("</act>"), "{letters}");
    }
}

#[test]
fn much_of_one_thing_takes_time_in_proportion() {
    let many = |count: usize| problems(&(0..count).map(|at| problem(&format!("P{at}"))).collect::<String>());
    let member = "<component><observation><code displayName=\"x\"/><value xsi:type=\"ST\">y</value></observation></component>";
    let panel =
        format!("<entry><organizer><code displayName=\"p\"/>{}</organizer></entry>", member.repeat(5_000));
    let started = std::time::Instant::now();
    assert_eq!(
        conditions(&read(many(5_000).as_bytes(), &Limits::default()).expect("a document")).len(),
        5_000
    );
    let wide = document(&section("30954-2", "x", &panel));
    assert!(read(wide.as_bytes(), &Limits::default()).expect("a document").entries.len() > 5_000);
    let sections = document(&section("8648-8", "words", "").repeat(5_000));
    assert!(read(sections.as_bytes(), &Limits::default()).expect("a document").sections.len() == 5_000);
    // A square of five thousand would take much longer.
    assert!(started.elapsed().as_secs() < 60, "{:?}", started.elapsed());
}
