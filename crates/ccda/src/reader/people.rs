//! Names, addresses, and who did something.

use std::collections::HashSet;

use super::Reader;
use super::identity::identifier;
use crate::document::Name;
use crate::json::Object;
use crate::tree::Node;

/// A name as it is said, from its parts or its text (`PN`, `EN`).
pub(super) fn name(node: Node<'_>) -> Option<Name> {
    let words = |part: &str| -> Vec<String> { node.all(part).filter_map(Node::words).collect() };
    let (prefix, given, family, suffix) = (words("prefix"), words("given"), words("family"), words("suffix"));
    let parts: Vec<&str> =
        [&prefix, &given, &family, &suffix].into_iter().flatten().map(String::as_str).collect();
    let text = if parts.is_empty() { node.words()? } else { parts.join(" ") };
    let family = (!family.is_empty()).then(|| family.join(" "));
    Some(Name { text, family, given })
}

/// An address in one line.
pub(super) fn address(node: Node<'_>) -> Option<String> {
    let words = |part: &str| -> Vec<String> { node.all(part).filter_map(Node::words).collect() };
    let street = [words("streetAddressLine"), words("houseNumber"), words("streetName")].concat();
    let place = [words("city"), words("state"), words("postalCode")].concat().join(" ");
    let mut lines = street;
    lines.extend(Some(place).filter(|place| !place.is_empty()));
    lines.extend(words("country"));
    if lines.is_empty() { node.words() } else { Some(lines.join(", ")) }
}

/// A telephone number or an address of mail, without what says how to reach it.
pub(super) fn telecom(node: Node<'_>) -> Option<String> {
    let value = node.attribute("value")?;
    let plain = ["tel:", "mailto:", "fax:"].iter().find_map(|scheme| value.strip_prefix(scheme));
    let plain = plain.unwrap_or(&value).trim().to_owned();
    (!plain.is_empty()).then_some(plain)
}

/// The name of an organisation.
pub(super) fn organization(node: Node<'_>) -> Option<String> {
    node.all("name").find_map(Node::words)
}

const PERSONS: &[&str] = &[
    "assignedPerson",
    "associatedPerson",
    "informationRecipient",
    "relatedPerson",
    "guardianPerson",
    "playingEntity",
    "subject",
    "informant",
];

const ORGANIZATIONS: &[&str] =
    &["representedOrganization", "scopingOrganization", "receivedOrganization", "scopingEntity"];

/// Who plays a role (`assignedAuthor`, `assignedEntity`, `participantRole` …): a person, else a program.
pub(super) fn person(role: Node<'_>) -> Option<String> {
    let people = PERSONS.iter().flat_map(|part| role.all(part));
    let named = people.flat_map(|person| person.all("name")).find_map(name).map(|name| name.text);
    named.or_else(|| {
        let device = role.child("assignedAuthoringDevice")?;
        ["softwareName", "manufacturerModelName"].iter().find_map(|part| device.child(part)?.words())
    })
}

/// For whom somebody plays a role.
pub(super) fn organization_of(role: Node<'_>) -> Option<String> {
    ORGANIZATIONS.iter().flat_map(|part| role.all(part)).find_map(organization)
}

/// Who plays a role as a reference without a target: the name, and the number of a national register.
pub(super) fn reference(role: Node<'_>) -> Option<Object> {
    let display = person(role).or_else(|| organization_of(role))?;
    let mut reference = Object::default();
    let numbers: Vec<_> = role.all("id").filter_map(identifier).collect();
    let npi = numbers.iter().find(|number| number.system == "http://hl7.org/fhir/sid/us-npi");
    reference.put_some("identifier", npi.map(crate::document::Identifier::json));
    reference.put("display", display);
    organization_of(role);
    Some(reference)
}

impl<'t> Reader<'t> {
    /// Who did it: persons, else organisations, each once.
    pub(super) fn performers(statement: Node<'t>) -> Vec<Object> {
        each_once(statement, "performer/assignedEntity", reference)
    }

    /// Who wrote it down.
    pub(super) fn authors(statement: Node<'t>) -> Vec<Object> {
        each_once(statement, "author/assignedAuthor", reference)
    }

    /// The organisations of who did it.
    pub(super) fn organizations(statement: Node<'t>) -> Vec<Object> {
        each_once(statement, "performer/assignedEntity", |role| {
            organization_of(role).map(|name| Object::default().with("display", name))
        })
    }
}

/// What is read of the roles at a path. Their numbers, addresses and specialties are a directory's business.
fn each_once(statement: Node<'_>, path: &str, read: impl Fn(Node<'_>) -> Option<Object>) -> Vec<Object> {
    let mut known = HashSet::new();
    let mut out = Vec::new();
    for role in statement.all_at(path) {
        role.mark_all();
        out.extend(read(role).filter(|one| known.insert(one.to_json())));
    }
    out
}
