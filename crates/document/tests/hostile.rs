//! Files that strangers send: whatever they hold, reading ends, and a page that comes of it is harmless.
#![allow(clippy::unwrap_used, reason = "a failing step fails the test")]

mod invariants;

use proptest::prelude::*;
use wholechart_document::{Reader, Reading, Unreadable, read};

fn harmless(page: &str) {
    // A sanitiser that builds a tree is the judge: it finds nothing to take out but what it takes from everybody.
    let judge = ammonia::Builder::default().clean(page).to_string();
    assert!(!judge.contains("<script") && !judge.contains("<img") && !judge.contains("href"), "{page}");
    for word in ["<script", "<img", "<a ", "<iframe", "href", " src=", " on", "style="] {
        let attribute = |text: &str| {
            // Words of the text may look like anything; only what is inside a tag counts.
            text.split('<')
                .skip(1)
                .filter_map(|tag| tag.split('>').next())
                .any(|tag| format!("<{tag}").to_ascii_lowercase().contains(word))
        };
        assert!(!attribute(page), "{word} in {page}");
    }
}

fn check(bytes: &[u8], stated: Option<&str>) -> Option<Reading> {
    match read(bytes, stated) {
        Ok(reading) => {
            if let Some(page) = &reading.page {
                harmless(page);
            }
            Some(reading)
        }
        Err(Unreadable::TooLong | Unreadable::Crashed) => panic!("only a child says so"),
        Err(_) => None,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_behind_any_beginning_are_read_to_an_end(
        start in prop::sample::select(vec![
            &b""[..], b"{\\rtf1\\ansi ", b"<html>", b"<?xml version='1.0'?><ClinicalDocument><component>", b"\xff\xfe",
        ]),
        rest in prop::collection::vec(any::<u8>(), 0..400),
    ) {
        let bytes = [start, &rest].concat();
        check(&bytes, None);
    }

    #[test]
    fn rtf_of_any_words_is_read_to_an_end(
        words in prop::collection::vec(prop::sample::select(vec![
            "{", "}", "\\b ", "\\b0", "\\par", "\\u-3913?", "\\'e9", "\\bin99999", "\\uc0", "\\trowd", "\\cell", "\\row",
            "\\*\\x", "\\fonttbl", "\\f1", "\\fcharset204", "text", "<script>", "&", "\\", "\\v", "\\plain", "\\pict",
        ]), 0..60),
    ) {
        let rtf = format!("{{\\rtf1 {}", words.concat());
        let reading = check(rtf.as_bytes(), None).expect("RTF is always read");
        prop_assert_eq!(reading.format, wholechart_document::Format::Rtf);
    }

    #[test]
    fn any_lines_of_a_blue_button_text_are_read_and_none_made_up(
        lines in prop::collection::vec(prop::sample::select(vec![
            "------------ VA ALLERGIES ------------", "---- VA MEDICATION HISTORY ----", "--- VA PROBLEM LIST ---",
            "---------- VA VITALS AND READINGS ----------", "---- VA LABORATORY RESULTS ----", "---- VA APPOINTMENTS ----",
            "----------------", "Drugs", "Self Reported Immunizations", "Name: A B   Date of Birth: 07 Feb 1955", "Name: A B",
            "Date of Birth: 02/07/1955", "Allergy Name: NUTS", "Allergy Name:", "Medication: ASPIRIN", "Instructions: TAKE: ONE",
            "  MORE", "Status: Active: on hold", "Problem: GOUT (SCT 90560007)", "Measurement Type: Blood pressure",
            "Measurement: 128/80 mmHg", "Measurement: 00.5", "Measurement: 9.50 F", "Systolic: 1e9", "Date/Time: 31 Feb 2014 @ 9999",
            "Date/Time: 05 Nov 2014 @ 0827", "Lab Test: CHEM", "SODIUM  140", "Drug Name: X", "Immunization Name: Y", "Comments: --", "--",
            "", "\u{c}", "\"\\u0001\"", "FUTURE APPOINTMENTS:", "Test Name: Z", "Results: \u{1}5", ":", "é: ü",
        ]), 0..60),
        rest in prop::collection::vec(any::<u8>(), 0..100),
    ) {
        let mut bytes = lines.join("\n").into_bytes();
        bytes.extend(rest);
        invariants::blue_button(&bytes);
    }

    #[test]
    fn any_words_of_an_export_are_read_to_an_end(
        words in prop::collection::vec(prop::sample::select(vec![
            "<HealthData>", "</HealthData>", "<!DOCTYPE HealthData [", "]>", "<!--", "-->", "<![CDATA[", "]]>", "<?xml ?>", "<", ">",
            "\"", "'", "&amp;", "&#0;", "\u{b}", "<Correlation type=\"HKCorrelationTypeIdentifierBloodPressure\">", "</Correlation>",
            "<Record type=\"HKQuantityTypeIdentifierHeartRate\" sourceName=\"W\" unit=\"count/min\" startDate=\"2024-03-05 07:00:00 -0600\" value=\"61\"/>",
            "<Record type=\"HKQuantityTypeIdentifierOxygenSaturation\" unit=\"%\" startDate=\"2024-03-05 07:00:00 -0600\" value=\"00.9\"/>",
            "<Record type=\"HKQuantityTypeIdentifierBodyMass\" startDate=\"2024-03-05 07:00:00 -0600\" value=\"007.\"/>",
            "<Record type=\"HKQuantityTypeIdentifierBloodPressureSystolic\" startDate=\"2024-03-05 07:00:00 -0600\" value=\"120\"/>",
            "<Record type=\"HKQuantityTypeIdentifierBloodPressureDiastolic\" startDate=\"2024-03-05 07:00:00 -0600\" value=\"80\"/>",
            "<Me HKCharacteristicTypeIdentifierDateOfBirth=\"1955-02-07\"/>", "<Record", "value=\"",
        ]), 0..40),
    ) {
        invariants::export(words.concat().as_bytes());
    }

    #[test]
    fn any_bytes_are_an_export_or_a_card_that_is_read_to_an_end(
        start in prop::sample::select(vec![&b"<HealthData "[..], b"shc:/", b"{\"verifiableCredential\":[\"", b"eyJ", b""]),
        rest in prop::collection::vec(any::<u8>(), 0..300),
    ) {
        let bytes = [start, &rest].concat();
        invariants::export(&bytes);
        invariants::cards(&bytes);
    }

    #[test]
    fn pdf_with_any_byte_changed_is_read_to_an_end(at in 0_usize..600, byte in any::<u8>()) {
        let mut pdf = small_pdf("Sodium 139 mmol/L 135-145");
        let at = at % pdf.len();
        pdf[at] = byte;
        let _ = check(&pdf, Some("application/pdf"));
        if let Ok(found) = Reader::here().results(&pdf) {
            prop_assert!(found.rows.iter().all(|row| !row.test.is_empty() && !row.value.is_empty()));
        }
    }
}

/// One page with one line of text.
fn small_pdf(line: &str) -> Vec<u8> {
    let content =
        format!("BT /F1 12 Tf 72 720 Td ({line}) Tj 0 -20 Td [(Po) -20 (tas) 10 (sium) -600 (4.1)] TJ ET");
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>"
            .to_owned(),
        format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
    ];
    let mut pdf = b"%PDF-1.4\n".to_vec();
    let mut offsets = Vec::new();
    for (number, object) in (1..).zip(&objects) {
        offsets.push(pdf.len());
        pdf.extend(format!("{number} 0 obj\n{object}\nendobj\n").into_bytes());
    }
    let start = pdf.len();
    pdf.extend(format!("xref\n0 {}\n0000000000 65535 f \n", offsets.len() + 1).into_bytes());
    for offset in &offsets {
        pdf.extend(format!("{offset:010} 00000 n \n").into_bytes());
    }
    pdf.extend(
        format!("trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n", offsets.len() + 1)
            .into_bytes(),
    );
    pdf
}

#[test]
fn a_pdf_gives_its_words_line_by_line() {
    let reading = read(&small_pdf("Sodium 139 mmol/L"), None).unwrap();
    assert_eq!((reading.text.as_str(), reading.pages), ("Sodium 139 mmol/L\nPotassium 4.1", Some(1)));
    assert_eq!(reading.page, None, "the window shows PDF itself");
}

#[test]
fn a_pdf_says_its_title_and_when_the_file_was_made() {
    use wholechart_document::describe;
    let with = |info: &str| {
        let mut pdf = small_pdf("Sodium 139");
        let trailer = pdf.windows(8).position(|at| at == b"<< /Size").unwrap();
        pdf.splice(trailer..trailer + 2, format!("<< /Info << {info} >>").into_bytes());
        let described = describe(&pdf).unwrap();
        (described.title, described.made)
    };
    let said = |title: &str, made: &str| (Some(title.to_owned()), Some(made.to_owned()));
    let info = "/Title (After visit summary) /CreationDate (D:20240305233000-06'00')";
    assert_eq!(with(info), said("After visit summary", "2024-03-05"), "its own day");
    assert_eq!(with("/Title <FEFF00410072007A0074> /CreationDate (D:2024)"), said("Arzt", "2024"));
    assert_eq!(with("/Title (Untitled) /CreationDate (last week)"), (None, None));
    assert_eq!(with(""), (None, None));
}

#[test]
fn what_is_too_long_is_cut_and_says_so() {
    let long = "word ".repeat(200_000);
    let reading = read(long.as_bytes(), Some("text/plain")).unwrap();
    assert!(reading.cut && reading.text.chars().count() == 400_000);
    let html = format!("<p>{long}</p>").repeat(8);
    let reading = read(html.as_bytes(), Some("text/html")).unwrap();
    assert!(reading.cut && reading.page.unwrap().len() <= 4 << 20);
}

#[test]
fn files_without_words_say_what_they_are() {
    assert!(matches!(read(b"\x89PNG\r\n\x1a\n", None), Err(Unreadable::NoText(_))));
    assert!(matches!(read(b"PK\x03\x04", None), Err(Unreadable::NoText(_))));
    assert!(matches!(read(b"%PDF-1.4 and nothing else", None), Err(Unreadable::Broken(_))));
}
