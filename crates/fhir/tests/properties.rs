//! For any bytes at all: made up, damaged and shuffled.

use proptest::prelude::*;
use wholechart_fhir::{FhirDate, Value, split};

use crate::{invariants, r4};

fn touch(bytes: &[u8]) {
    invariants::splitter(bytes);
    invariants::reader(bytes);
    for slice in &split(bytes).resources {
        invariants::reader(slice.bytes);
    }
}

const SEED: &str = r##"{"resourceType":"Bundle","type":"searchset","total":2,"link":[{"relation":"next","url":"u"}],"entry":[{"fullUrl":"urn:uuid:1","resource":{"resourceType":"Observation","id":"a","meta":{"lastUpdated":"2020-01-01T00:00:00Z"},"text":{"status":"generated","div":"<div><p id=\"x\">Hi &amp; <script>a</script></p></div>"},"contained":[{"resourceType":"Medication","id":"m","code":{"text":"X"}}],"status":"final","category":[{"coding":[{"system":"s","code":"laboratory"}]}],"code":{"coding":[{"system":"http://loinc.org","code":"2345-7"}]},"effectiveDateTime":"2020-02-03T04:05:06.7-05:00","valueQuantity":{"value":5.10,"unit":"mg/dL"},"component":[{"code":{"text":"c"},"valueString":"v"}],"referenceRange":[{"low":{"value":1}}],"note":[{"text":"n"}]}},{"resource":{"resourceType":"MedicationRequest","id":"b","medicationReference":{"reference":"#m"},"dosageInstruction":[{"text":"t","timing":{"repeat":{"frequency":1,"period":1,"periodUnit":"d"}},"doseAndRate":[{"doseQuantity":{"value":1}}]}],"subject":{"reference":"Patient/1"}}}]}"##;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn any_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        touch(&bytes);
    }

    #[test]
    fn mutated_json(edits in proptest::collection::vec((0..SEED.len(), any::<u8>(), 0..4_u8), 1..12)) {
        let mut bytes = SEED.as_bytes().to_vec();
        for (at, byte, what) in edits {
            let at = at % bytes.len().max(1);
            match what {
                0 => bytes[at] = byte,
                1 => bytes.insert(at, byte),
                // A control character: those alone leave the most standing around them.
                2 => bytes.insert(at, byte % 0x20),
                _ => { bytes.truncate(bytes.len().saturating_sub(usize::from(byte) % 7)); if bytes.is_empty() { bytes.push(b'{'); } }
            }
        }
        touch(&bytes);
    }

    #[test]
    fn shuffled_json(pieces in proptest::collection::vec(prop_oneof![
        Just("{"), Just("}"), Just("["), Just("]"), Just(","), Just(":"), Just("\"resourceType\""), Just("\"Bundle\""), Just("\"Observation\""),
        Just("\"entry\""), Just("\"resource\""), Just("\"fullUrl\""), Just("\"code\""), Just("\"text\""), Just("\"valueQuantity\""), Just("1.50"),
        Just("\"value\""), Just("null"), Just("true"), Just("\"2020-01-01\""), Just("\"contained\""), Just("\"extension\""), Just("\"\\ud800\""), Just("\""),
    ], 0..60)) {
        touch(pieces.concat().as_bytes());
    }

    #[test]
    fn every_entry_is_found(names in proptest::collection::vec("[a-z0-9]{1,8}", 0..30), bad in any::<prop::sample::Index>()) {
        let mut entries: Vec<String> = names.iter().map(|id| format!(r#"{{"fullUrl":"x/{id}","resource":{{"resourceType":"Patient","id":"{id}"}}}}"#)).collect();
        let whole = format!(r#"{{"resourceType":"Bundle","entry":[{}]}}"#, entries.join(", "));
        let found: Vec<String> = split(whole.as_bytes()).resources.into_iter().filter_map(|slice| slice.id).collect();
        prop_assert_eq!(&found, &names);
        // Spoil one: all others are still found.
        if !names.is_empty() {
            let spoilt = bad.index(names.len());
            entries[spoilt] = entries[spoilt].replace("\"resourceType\":", "\"resourceType\" ");
            let page = format!(r#"{{"resourceType":"Bundle","entry":[{}]}}"#, entries.join(", "));
            let cut = split(page.as_bytes());
            prop_assert_eq!(cut.resources.len(), names.len() - 1);
            prop_assert_eq!(cut.problems.len(), 1);
            prop_assert_eq!(cut.problems[0].position, spoilt);
        }
    }

    /// Law 5.
    #[test]
    fn figures_are_kept_to_the_digit(
        figure in "-?(0|[1-9][0-9]{0,9})(\\.[0-9]{1,20})?([eE][+-]?[0-9]{1,2})?",
        text in any::<bool>(),
    ) {
        let sent = if text { format!("\"{figure}\"") } else { figure.clone() };
        let entry = r4(&format!(
            r#"{{"resourceType":"Observation","code":{{"text":"X"}},"valueQuantity":{{"value":{sent},"unit":"mg"}}}}"#
        ));
        let Some(Value::Quantity(read)) = entry.value else { panic!("a quantity") };
        prop_assert_eq!(read.value.as_deref(), Some(figure.as_str()));
        prop_assert_eq!(read.to_text(), format!("{figure} mg"));
    }

    #[test]
    fn dates_never_panic(text in "[0-9TZ:+. -]{0,30}") {
        if let Some(date) = FhirDate::parse(&text) {
            let day = date.day_in(chrono_tz::Pacific::Kiritimati);
            prop_assert!((day.year - date.year).abs() <= 1);
            prop_assert_eq!(date.raw, text);
        }
    }
}
