//! Labels of details, and what a patient need not see.

use crate::read::humanise;

/// Elements that are for machines: ids, addresses of definitions, versions of code systems, signatures. Everything
/// else that is sent appears in the entry. By the element's name wherever it stands.
pub const UNSEEN_PATHS: &[&str] =
    &["resourceType", "id", "meta", "implicitRules", "fhir_comments", "userSelected", "linkId", "fullUrl"];

/// Whether an element of this name is for machines alone.
pub(crate) fn is_unseen(name: &str) -> bool {
    UNSEEN_PATHS.contains(&name)
}

/// Every label a detail may carry, with its English words, sorted by key.
///
/// `detail-other` carries the name of an element we have no words for in front of its text.
pub const DETAIL_LABELS: &[(&str, &str)] = &[("detail-other", "Also sent")];

/// The label of an element within another, and the name to write in front of the text when there is no label for it.
pub(crate) fn label(parent: &str, name: &str) -> (String, Option<String>) {
    let name = if name.is_empty() { "value" } else { name };
    let known = |key: &str| DETAIL_LABELS.binary_search_by(|(label, _)| (*label).cmp(key)).is_ok();
    if !parent.is_empty() {
        let both = format!("detail-{}-{}", kebab(parent), kebab(name));
        if known(&both) {
            return (both, None);
        }
    }
    let own = format!("detail-{}", kebab(name));
    if known(&own) && (parent.is_empty() || !GENERIC.contains(&name)) {
        return (own, None);
    }
    let words = if parent.is_empty() || !GENERIC.contains(&name) {
        humanise(name)
    } else {
        format!("{} {}", humanise(parent), humanise(name).to_lowercase())
    };
    ("detail-other".to_owned(), Some(words))
}

/// Names that say nothing without the element around them.
const GENERIC: &[&str] = &[
    "code",
    "type",
    "value",
    "text",
    "name",
    "status",
    "date",
    "period",
    "description",
    "reference",
    "display",
    "system",
    "title",
    "use",
    "category",
    "item",
    "detail",
    "start",
    "end",
    "time",
    "amount",
    "quantity",
    "sequence",
    "role",
    "concept",
    "url",
    "identifier",
    "version",
    "unit",
    "comment",
    "reason",
    "content",
    "count",
    "rank",
    "extension",
    "low",
    "high",
    "actor",
    "target",
    "source",
    "subject",
    "entry",
    "param",
    "meaning",
];

/// `bodySite` as `body-site`; a letter after a digit or another capital begins no new part.
fn kebab(name: &str) -> String {
    let mut out = String::with_capacity(name.len() + 4);
    let mut before = '-';
    for c in name.chars() {
        if c.is_ascii_uppercase() && before.is_ascii_lowercase() {
            out.push('-');
        }
        out.push(if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' });
        before = c;
    }
    out
}
