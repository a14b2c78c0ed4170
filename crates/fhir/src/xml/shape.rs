//! How an element stands in JSON.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::entry::Release;

/// How an element stands in JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Shape {
    /// A list, however often it comes.
    pub(super) many: bool,
    pub(super) kind: Kind,
}

/// What one of it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Boolean,
    Number,
    /// An object of this type, which may be one that is not known.
    Type(&'static str),
}

/// One text.
const PLAIN: Shape = Shape { many: false, kind: Kind::Text };

/// An element in some releases.
struct Row {
    element: &'static str,
    /// The releases, as they are written in the table; empty: every one that has it.
    releases: &'static str,
    shape: Shape,
}

struct Table {
    types: HashMap<&'static str, Vec<Row>>,
    /// Elements that stand alike in every type of the table that names them: for types that are not in it.
    everywhere: HashMap<&'static str, Shape>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut types: HashMap<&str, Vec<Row>> = HashMap::new();
    let mut said: HashMap<&str, Option<Shape>> = HashMap::new();
    for line in include_str!("shapes.txt").lines().filter(|line| !line.starts_with('#')) {
        let mut parts = line.split(' ');
        let Some(name) = parts.next() else { continue };
        let rows: Vec<Row> = parts.map(row).collect();
        for row in &rows {
            let known = said.entry(row.element).or_insert(Some(row.shape));
            *known = known.filter(|known| *known == row.shape);
        }
        types.insert(name, rows);
    }
    let everywhere = said.into_iter().filter_map(|(element, shape)| Some((element, shape?))).collect();
    Table { types, everywhere }
});

/// `code@23=CodeableConcept`, `given*`, `total#`.
fn row(written: &'static str) -> Row {
    let end = written.find(['@', '*', '!', '#', '=']).unwrap_or(written.len());
    let (element, rest) = written.split_at(end);
    let rest = rest.strip_prefix('@').unwrap_or(rest);
    let (releases, rest) = rest.split_at(rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len()));
    let (many, kind) = rest.strip_prefix('*').map_or((false, rest), |kind| (true, kind));
    let kind = match kind {
        "!" => Kind::Boolean,
        "#" => Kind::Number,
        "" => Kind::Text,
        name => Kind::Type(name.trim_start_matches('=')),
    };
    Row { element, releases, shape: Shape { many, kind } }
}

/// How an element of a type stands in the JSON of a release. None: without a release nobody can say, because it is a list
/// in one and none in another.
pub(super) fn of(of_type: &str, element: &str, release: Option<Release>) -> Option<Shape> {
    if matches!(element, "extension" | "modifierExtension") {
        return Some(Shape { many: true, kind: Kind::Type("Extension") });
    }
    if element == "contained" {
        return Some(Shape { many: true, kind: Kind::Type("") });
    }
    let rows = TABLE.types.get(of_type);
    let mut found = rows.into_iter().flatten().filter(|row| row.element == element);
    let Some(first) = found.next() else {
        let alike = TABLE.everywhere.get(element).filter(|_| rows.is_none());
        return Some(alike.copied().unwrap_or(PLAIN));
    };
    let rows: Vec<&Row> = std::iter::once(first).chain(found).collect();
    let number = match release {
        Some(Release::Dstu2) => '2',
        Some(Release::Stu3) => '3',
        None if rows.iter().any(|row| row.shape.many != first.shape.many) => return None,
        Some(Release::R4) | None => '4',
    };
    let said = rows.iter().find(|row| row.releases.contains(number)).or(rows.last());
    said.map(|row| row.shape)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_stand_as_each_release_says() {
        let many = |of_type, element, release| of(of_type, element, release).map(|shape| shape.many);
        assert_eq!(many("Observation", "category", Some(Release::Dstu2)), Some(false));
        assert_eq!(many("Observation", "category", Some(Release::R4)), Some(true));
        assert_eq!(many("Observation", "category", None), None, "which nobody can say");
        assert_eq!(of("Quantity", "value", None).map(|shape| shape.kind), Some(Kind::Number));
        assert_eq!(of("Patient", "active", None).map(|shape| shape.kind), Some(Kind::Boolean));
        assert_eq!(of("Patient", "birthDate", None), Some(PLAIN));
        assert_eq!(many("CodeableConcept", "coding", Some(Release::Stu3)), Some(true));
        assert_eq!(many("SomethingNew", "coding", None), Some(true), "in every type that is known");
        assert_eq!(of("SomethingNew", "name", None), Some(PLAIN), "in some a list, in some a text");
    }

    #[test]
    fn every_type_that_an_element_has_is_in_the_table() {
        let rows = TABLE.types.values().flatten();
        let unknown: Vec<&str> = rows
            .filter_map(|row| match row.shape.kind {
                Kind::Type(name) => Some(name),
                _ => None,
            })
            .filter(|name| !TABLE.types.contains_key(name))
            .collect();
        let expected = ["BundleContentType", "FhirResource"];
        assert!(unknown.iter().all(|name| expected.contains(name)), "{unknown:?}");
    }
}
