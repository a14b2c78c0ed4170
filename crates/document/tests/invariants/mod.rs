//! What must hold for any bytes. Also what the fuzzer tries.

use wholechart_document::{AppleMeasure, Reader};

/// Reads any bytes as the export of a phone, and checks what was read.
pub(crate) fn export(bytes: &[u8]) {
    let read = || Reader::here().apple_health(&mut &*bytes).expect("an export is read to an end");
    let export = read();
    assert_eq!(export, read(), "the same bytes say the same");
    let closes = bytes.windows(12).any(|at| at == b"</HealthData");
    assert!(closes || export.cut, "what has no end is cut");
    for reading in &export.readings {
        let figures = [Some(&reading.value), reading.second.as_ref()];
        for figures in figures.into_iter().flatten() {
            for figure in std::iter::once(&figures.low).chain(&figures.high) {
                let (whole, part) = figure.split_once('.').unwrap_or((figure, "0"));
                let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
                assert!(digits(whole) && digits(part), "a figure of JSON: {figure}");
                assert!(whole == "0" || !whole.starts_with('0'), "a figure of JSON: {figure}");
            }
        }
        assert_eq!(reading.second.is_some(), reading.measure == AppleMeasure::BloodPressure);
        assert!(reading.when.len() == 10 || reading.when.as_bytes()[10] == b'T', "{}", reading.when);
        assert!(reading.device.chars().count() <= 200 && !reading.device.contains(char::is_control));
    }
}

/// Opens any bytes as health cards, and checks what was opened.
pub(crate) fn cards(bytes: &[u8]) {
    let Ok(cards) = Reader::here().health_cards(bytes) else { return };
    assert!(!cards.is_empty() && cards.len() <= 201, "each file is named");
    for card in cards.into_iter().flatten() {
        assert!(!card.issuer.is_empty());
        serde_json::from_str::<serde::de::IgnoredAny>(&card.bundle).expect("JSON as it stands in the card");
    }
}

/// Reads any bytes as a Blue Button text, and checks that nothing was made up and nothing lost of what was read.
pub(crate) fn blue_button(bytes: &[u8]) {
    let read = || Reader::here().blue_button(bytes).expect("a text is read to an end");
    let text = read();
    assert_eq!(text, read(), "the same bytes say the same");
    let mut end = 0;
    let mut known = std::collections::HashSet::new();
    for record in &text.records {
        assert!(record.range.start >= end && record.range.end <= bytes.len(), "in order, and apart");
        end = record.range.end;
        assert!(known.insert((&record.resource_type, &record.id)), "each by itself");
        let resource: serde_json::Value = serde_json::from_str(&record.resource).expect("JSON");
        let slice = words(&String::from_utf8_lossy(&bytes[record.range.clone()]));
        for path in [
            "/code/text",
            "/medicationCodeableConcept/text",
            "/vaccineCode/text",
            "/name/0/text",
            "/note/0/text",
        ] {
            let Some(said) = resource.pointer(path).and_then(serde_json::Value::as_str) else { continue };
            // Of two lines a name may be made; letters that are no UTF-8 are another's.
            let is_said = said.split_whitespace().all(|word| slice.contains(word)) || !said.is_ascii();
            assert!(is_said, "{path} is not in its lines: {said:?} / {slice:?}");
        }
    }
}

/// As it is read: without control characters.
fn words(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
