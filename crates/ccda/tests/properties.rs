//! For any bytes at all: made up, damaged and cut short.

use proptest::prelude::*;

use crate::invariants::reader;
use crate::written::{document, section};

/// A document with something of everything that has a date.
fn seed() -> String {
    let template = |suffix: &str| format!("<templateId root=\"2.16.840.1.113883.10.20.22.4.{suffix}\"/>");
    let named = |element: &str| {
        format!(
            "<{element} xsi:type=\"CD\" code=\"1\" codeSystem=\"2.16.840.1.113883.6.96\" displayName=\"Name\"/>"
        )
    };
    let problem = format!(
        "<entry><act>{}<id root=\"1.2.3\" extension=\"4\"/><statusCode code=\"active\"/><effectiveTime><low value=\"20200203\"/></effectiveTime>\
         <entryRelationship typeCode=\"SUBJ\"><observation>{}<effectiveTime><low value=\"201905\"/><high value=\"2021\"/></effectiveTime>{}\
         </observation></entryRelationship></act></entry>",
        template("3"),
        template("4"),
        named("value")
    );
    let medicine = format!(
        "<entry><substanceAdministration moodCode=\"EVN\">{}<effectiveTime xsi:type=\"IVL_TS\"><low value=\"201801020304-0500\"/></effectiveTime>\
         <effectiveTime xsi:type=\"PIVL_TS\"><period value=\"12\" unit=\"h\"/></effectiveTime><doseQuantity value=\"1.50\" unit=\"mg\"/>\
         <consumable><manufacturedProduct><manufacturedMaterial>{}</manufacturedMaterial></manufacturedProduct></consumable></substanceAdministration></entry>",
        template("16"),
        named("code")
    );
    let results = format!(
        "<entry><organizer>{}{}<effectiveTime value=\"20170304\"/><component><observation>{}{}<effectiveTime value=\"20170304050607.8-0500\"/>\
         <value xsi:type=\"PQ\" value=\"7.10\" unit=\"%\"/></observation></component></organizer></entry>",
        template("1"),
        named("code"),
        template("2"),
        named("code")
    );
    document(
        &[
            section("11450-4", "<content ID=\"a\">x &amp; y</content>", &problem),
            section("10160-0", "<![CDATA[raw]]>", &medicine),
            section("30954-2", "<table><tr><td>1</td></tr></table>", &results),
            section("51848-0", "Assessment", ""),
        ]
        .concat(),
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn any_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        reader(&bytes);
        reader(&[b"<ClinicalDocument>".as_slice(), &bytes].concat());
    }

    #[test]
    fn any_letters_of_markup(text in "[<>/=\"'& a-z0-9!?\\[\\]-]{0,200}") {
        reader(format!("<ClinicalDocument>{text}").as_bytes());
    }

    #[test]
    fn a_damaged_document(edits in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..4_u8), 1..12)) {
        let mut bytes = seed().into_bytes();
        for (at, byte, what) in edits {
            let at = at.index(bytes.len());
            match what {
                0 => bytes[at] = byte,
                1 => bytes.insert(at, byte),
                2 => { bytes.remove(at); }
                _ => bytes[at] = b"0123456789<>/\"= -+."[usize::from(byte) % 19],
            }
        }
        reader(&bytes);
    }

    #[test]
    fn a_shuffled_and_a_truncated_document(from in any::<prop::sample::Index>(), to in any::<prop::sample::Index>(), end in any::<prop::sample::Index>()) {
        let bytes = seed().into_bytes();
        let (from, to, end) = (from.index(bytes.len()), to.index(bytes.len()), end.index(bytes.len()));
        let (low, high) = (from.min(to), from.max(to));
        // A piece of it a second time, elsewhere.
        reader(&[&bytes[..end], &bytes[low..high], &bytes[end..]].concat());
        reader(&bytes[..end]);
    }
}
