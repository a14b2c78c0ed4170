//! Texts made readable without changing what they say.

use wholechart_html::{decode, strip};

/// `BodyStructure`, `body-structure` or `bodyStructure` as "Body structure".
pub fn humanise(name: &str) -> String {
    let mut out = String::with_capacity(name.len() + 4);
    let mut before = ' ';
    for c in name.chars() {
        if matches!(c, '-' | '_' | ' ' | '.') {
            if !out.ends_with(' ') && !out.is_empty() {
                out.push(' ');
            }
        } else if c.is_uppercase() && before.is_lowercase() {
            out.push(' ');
            out.extend(c.to_lowercase());
        } else if out.is_empty() {
            out.extend(c.to_uppercase());
        } else {
            out.push(c);
        }
        before = c;
    }
    out.trim().to_owned()
}

/// SNOMED CT's hierarchy tags, which make terms unique for machines.
const SEMANTIC_TAGS: &[&str] = &[
    "administrative concept",
    "attribute",
    "body structure",
    "cell",
    "clinical drug",
    "context-dependent category",
    "disorder",
    "environment",
    "ethnic group",
    "event",
    "finding",
    "life style",
    "medicinal product",
    "medicinal product form",
    "morphologic abnormality",
    "observable entity",
    "occupation",
    "organism",
    "person",
    "physical object",
    "procedure",
    "product",
    "qualifier value",
    "racial group",
    "record artifact",
    "regime/therapy",
    "religion/philosophy",
    "situation",
    "social concept",
    "specimen",
    "staging scale",
    "substance",
    "tumor staging",
];

/// Takes away markup, HL7 v2 separators, SNOMED's tags, doubled white space.
pub(crate) fn clean(sent: &str) -> String {
    let mut text = sent.trim().to_owned();
    // Most titles are clean, and a glance says so.
    let plain = |byte: u8| (b' '..0x80).contains(&byte) && !matches!(byte, b'<' | b'&' | b'^');
    if text.bytes().all(plain) && !text.contains("  ") && !text.ends_with([')', ':']) {
        return text;
    }
    if text.contains('<') && text.contains('>') {
        let stripped = strip(&text);
        // `<5 and >3` is no markup.
        if stripped.chars().any(char::is_alphanumeric) {
            text = stripped;
        }
    }
    text = decode(&text).into_owned();
    if text.contains('^') {
        let component = text
            .split('^')
            .map(str::trim)
            .find(|part| part.chars().filter(|c| c.is_alphabetic()).count() > 2);
        if let Some(part) = component.map(ToOwned::to_owned) {
            text = part;
        }
    }
    if text.contains(char::is_whitespace) {
        text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    // A form's label, without what stood behind it.
    text.truncate(text.trim_end_matches([':', ' ']).len());
    // The value set a quality measure asked for is not part of the name.
    if let Some(open) = text.rfind(" (Code List:").filter(|_| text.ends_with(')')) {
        text.truncate(open);
    }
    if let Some(open) = text.rfind(" (")
        && let Some(tag) = text[open + 2..].strip_suffix(')')
        && SEMANTIC_TAGS.contains(&tag.to_lowercase().as_str())
    {
        text.truncate(open);
    }
    text
}
