//! What is not understood neither adds nor removes.

use proptest::prelude::*;
use wholechart_fhir::{Caution, Entry, Kind, Value};

use crate::r4;

fn result(rest: &str) -> Entry {
    r4(&format!(r#"{{"resourceType":"Observation","code":{{"text":"Potassium (iSTAT)"}},{rest}}}"#))
}

fn comparator(sent: &str) -> (Option<String>, String) {
    let read = result(&format!(r#""valueQuantity":{{"value":4.1,"unit":"mmol/L","comparator":"{sent}"}}"#));
    let Some(Value::Quantity(quantity)) = read.value else { panic!("a quantity") };
    (quantity.comparator.clone(), quantity.to_text())
}

#[test]
fn comparators_are_signs_or_stand_apart() {
    for (sent, sign, said) in [
        ("=", None, "4.1 mmol/L"),
        ("&lt;", Some("<"), "<4.1 mmol/L"),
        ("LT", Some("<"), "<4.1 mmol/L"),
        ("GT", Some(">"), ">4.1 mmol/L"),
        ("\u{2264}", Some("<="), "<=4.1 mmol/L"),
        (">=", Some(">="), ">=4.1 mmol/L"),
        ("<>", Some("<>"), "<>4.1 mmol/L"),
        ("ad", Some("ad"), "ad 4.1 mmol/L"),
    ] {
        assert_eq!(comparator(sent), (sign.map(str::to_owned), said.to_owned()), "{sent}");
    }
}

#[test]
fn a_range_in_words_of_the_plain_form_is_a_range() {
    let bounds = |text: &str| {
        let read = result(&format!(
            r#""valueQuantity":{{"value":9.9,"unit":"g/dL"}},"referenceRange":[{{"text":"{text}"}}]"#
        ));
        let range = read.reference_range[0].clone();
        assert_eq!(range.text.as_deref(), Some(text), "the words stay");
        (range.low.map(|low| low.to_text()), range.high.map(|high| high.to_text()))
    };
    let some = |low: Option<&str>, high: Option<&str>| (low.map(str::to_owned), high.map(str::to_owned));
    assert_eq!(bounds("12.0-16.0"), some(Some("12.0 g/dL"), Some("16.0 g/dL")));
    assert_eq!(bounds("12.0 \u{2013} 16.0 g/dL"), some(Some("12.0 g/dL"), Some("16.0 g/dL")));
    assert_eq!(bounds("(12 to 16)"), some(Some("12 g/dL"), Some("16 g/dL")));
    assert_eq!(bounds("< 0.41"), some(None, Some("<0.41 g/dL")));
    assert_eq!(bounds(">=60"), some(Some("60 g/dL"), None));
    for (words, low, high) in [
        ("up to 5", None, Some("5 g/dL")),
        ("Less than 0.41", None, Some("<0.41 g/dL")),
        ("less than or equal to 5 g/dL", None, Some("5 g/dL")),
        ("at least 60", Some("60 g/dL"), None),
        ("greater than 3.5", Some(">3.5 g/dL"), None),
    ] {
        assert_eq!(bounds(words), some(low, high), "{words}");
    }
    for words in [
        "Negative",
        "12.0-16.0 mmol/L",
        "16-12",
        "1-2-3",
        "up to 5 mmol/L",
        "up to date",
        "over the counter",
        "M: 13-17, F: 12-16",
        "2020-01-02",
    ] {
        assert_eq!(bounds(words), some(None, None), "{words}");
    }
}

#[test]
fn a_result_without_a_known_category_is_known_by_its_code_or_its_shape() {
    let category = |code: &str, display: &str| {
        format!(r#""category":[{{"coding":[{{"system":"x","code":"{code}","display":"{display}"}}]}}]"#)
    };
    let flagged =
        r#""valueQuantity":{"value":6.8,"unit":"mmol/L"},"interpretation":[{"coding":[{"code":"HH"}]}]"#;
    let ranged = r#""valueQuantity":{"value":6.8},"referenceRange":[{"high":{"value":5}}]"#;
    let bare = r#""valueQuantity":{"value":70,"unit":"kg"}"#;
    assert_eq!((result(flagged).kind, result(ranged).kind), (Kind::Result, Kind::Result));
    assert_eq!((result(bare).kind, result(r#""note":[]"#).kind), (Kind::Observation, Kind::Observation));
    let with = |category: &str, rest: &str| result(&format!("{category},{rest}")).kind;
    assert_eq!(with(&category("49581000146104", "Laboratory test finding (finding)"), bare), Kind::Result);
    assert_eq!(with(&category("ZZ9", "Something of ours"), flagged), Kind::Result);
    assert_eq!(with(&category("social-history", "Social History"), flagged), Kind::Observation);
    assert_eq!(with(&category("survey", "Survey"), flagged), Kind::Observation);
    let coded = r4(&format!(
        r#"{{"resourceType":"Observation",{},"code":{{"coding":[{{"system":"http://loinc.org","code":"718-7"}}]}}}}"#,
        category("49", "Bevinding")
    ));
    assert_eq!(coded.kind, Kind::Result);
}

#[test]
fn two_units_of_one_amount_are_pointed_out() {
    let cautions = |unit: &str, code: &str| {
        result(&format!(r#""valueQuantity":{{"value":70.5,"unit":"{unit}","code":"{code}"}}"#)).cautions
    };
    assert_eq!(cautions("lbs", "kg"), [Caution::UnitContradiction]);
    assert_eq!(cautions("\u{b0}F", "Cel"), [Caution::UnitContradiction]);
    for (unit, code) in
        [("lbs", "[lb_av]"), ("kg", "kg"), ("mmHg", "mm[Hg]"), ("x10E3/uL", "10*3/uL"), ("stone", "kg")]
    {
        assert_eq!(cautions(unit, code), [], "{unit} {code}");
    }
}

#[test]
fn figures_are_written_out_for_people() {
    for (sent, written) in [
        ("1.2E+2", "120"),
        ("9.0E+1", "90"),
        ("4e-3", "0.004"),
        ("1.25E1", "12.5"),
        ("-2.5e-1", "-0.25"),
        ("0.00", "0.00"),
        ("5.10", "5.10"),
        ("1e300", "1e300"),
        ("0E+2", "000"),
    ] {
        let quantity = wholechart_fhir::Quantity { value: Some(sent.to_owned()), ..Default::default() };
        let read = quantity.written_out().value.unwrap();
        if sent == "0E+2" {
            assert_eq!(read.parse::<f64>(), Ok(0.0));
        } else {
            assert_eq!(read, written, "{sent}");
        }
        assert_eq!(quantity.value.as_deref(), Some(sent), "what was sent stays as it was sent");
    }
}

proptest! {
    /// Law 5: a figure that is written out is the same figure.
    #[test]
    fn a_figure_written_out_is_the_same_figure(front in "[1-9][0-9]{0,4}(\\.[0-9]{1,4})?", exponent in -9_i32..9) {
        let sent = format!("{front}e{exponent}");
        let quantity = wholechart_fhir::Quantity { value: Some(sent.clone()), ..Default::default() };
        let written = quantity.written_out().value.unwrap();
        prop_assert!(!written.contains(['e', 'E']));
        let (one, other) = (sent.parse::<f64>().unwrap(), written.parse::<f64>().unwrap());
        prop_assert!((one - other).abs() <= one.abs() * 1e-12, "{} {}", sent, written);
    }

    /// Law 29: a flag, a category or a comparator that nobody knows leaves the other rules on.
    #[test]
    fn what_is_not_understood_leaves_the_other_rules_on(odd in "[q-z]{4,8}") {
        let plain = r#""code":{"coding":[{"system":"http://loinc.org","code":"2823-3"}]},"valueQuantity":{"value":6.9,"unit":"mmol/L"},"referenceRange":[{"low":{"value":3.5},"high":{"value":5.1}}]"#;
        let plain_read = r4(&format!(r#"{{"resourceType":"Observation",{plain}}}"#));
        let odd_read = r4(&format!(r#"{{"resourceType":"Observation","category":[{{"text":"{odd}"}}],"interpretation":[{{"coding":[{{"code":"{odd}"}}]}}],{plain}}}"#));
        prop_assert_eq!(odd_read.kind, plain_read.kind);
        prop_assert_eq!(odd_read.value, plain_read.value);
        prop_assert_eq!(odd_read.reference_range, plain_read.reference_range);
    }
}
