//! Usual ranges that a laboratory wrote as words.

use crate::quantity::Quantity;

/// Comparators in words, the longer first.
const IN_WORDS: &[(&str, &str)] = &[
    ("less than or equal to", "<="),
    ("greater than or equal to", ">="),
    ("less than", "<"),
    ("greater than", ">"),
    ("more than", ">"),
    ("no more than", "<="),
    ("not more than", "<="),
    ("at least", ">="),
    ("at most", "<="),
    ("up to", "<="),
    ("below", "<"),
    ("under", "<"),
    ("above", ">"),
    ("over", ">"),
];

/// `12.0-16.0`, `up to 5`, `12.0 – 16.0 g/dL`, `<5.0`, `>= 60 mL/min`: bounds that were sent as words. None for anything else, and for
/// a unit that is not the value's.
pub(super) fn plain_range(text: &str, unit: Option<&str>) -> Option<(Option<Quantity>, Option<Quantity>)> {
    let text = text.trim().trim_matches(['(', ')', '[', ']']).trim();
    // "< OR = 50", as a large laboratory writes it.
    let written_out = text.to_ascii_lowercase().replace("< or = ", "<=").replace("> or = ", ">=");
    let text =
        if written_out.starts_with("<=") || written_out.starts_with(">=") { &written_out } else { text };
    let figure = |text: &str| {
        let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
        let (figure, rest) = text.split_at(end);
        let number = figure.starts_with(|c: char| c.is_ascii_digit())
            && !figure.ends_with('.')
            && figure.matches('.').count() <= 1;
        number.then(|| (figure.to_owned(), rest.trim_start().to_owned()))
    };
    let bound = |figure: String, comparator: Option<&str>| Quantity {
        value: Some(figure),
        comparator: comparator.map(ToOwned::to_owned),
        unit: unit.map(ToOwned::to_owned),
        ..Quantity::default()
    };
    let is_unit = |rest: &str| rest.is_empty() || unit.is_some_and(|unit| unit.eq_ignore_ascii_case(rest));
    if let (Some(sign), rest) = super::datatypes::comparator_of(text) {
        let (number, rest) = figure(rest)?;
        if !is_unit(&rest) {
            return None;
        }
        // A bound is inclusive; one that is not keeps its sign.
        let own = Some(sign).filter(|sign| sign.len() == 1);
        let bound = bound(number, own);
        return Some(if sign.starts_with('<') { (None, Some(bound)) } else { (Some(bound), None) });
    }
    // "up to 5", "less than 5", "at least 60".
    let small = text.to_ascii_lowercase();
    for (words, sign) in IN_WORDS {
        let Some(rest) = small.strip_prefix(words).and_then(|rest| rest.strip_prefix(' ')) else { continue };
        let (number, rest) = figure(rest.trim_start())?;
        if !is_unit(&rest) {
            return None;
        }
        let bound = bound(number, Some(*sign).filter(|sign| sign.len() == 1));
        return Some(if sign.starts_with('<') { (None, Some(bound)) } else { (Some(bound), None) });
    }
    let (low, rest) = figure(text)?;
    let rest = rest.strip_prefix(['-', '\u{2013}', '\u{2014}', '~']).or_else(|| rest.strip_prefix("to "))?;
    let (high, rest) = figure(rest.trim_start())?;
    let (Ok(from), Ok(to)) = (low.parse::<f64>(), high.parse::<f64>()) else { return None };
    (from <= to && is_unit(&rest)).then(|| (Some(bound(low, None)), Some(bound(high, None))))
}
