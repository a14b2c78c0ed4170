//! What is known for a letter: whom it goes to, how they know the person, what the record says.

use std::ops::ControlFlow;

use wholechart_fhir::{Element, Entry, Identifier};
use wholechart_record::{ConnectionId, FactId, PersonId, Whose, whose};
use wholechart_store::{Person, Store, StoreError};

use crate::{
    record::{
        view::{lines, own_value},
        wire::Line,
    },
    whose::{own_connection, own_fact},
    words::Speech,
};

/// Numbers that are no hospital's: of the state, and of insurers. A letter must not carry them around.
const NOT_THEIRS: [&str; 5] = [
    "http://hl7.org/fhir/sid/us-ssn",
    "http://hl7.org/fhir/sid/us-medicare",
    "http://hl7.org/fhir/sid/us-mbi",
    "urn:oid:2.16.840.1.113883.4.3.",
    "http://standardhealthrecord.org/fhir/StructureDefinition/passportNumber",
];

/// So many numbers of one provider are printed; some send one for each of their systems.
const NUMBERS: usize = 3;

/// What a letter is filled in from.
pub(super) struct Known {
    pub(super) provider: String,
    pub(super) whose: Whose,
    /// The number that the provider knows the person by.
    pub(super) number: Option<String>,
    /// What the record says now.
    pub(super) says: Vec<Line>,
}

/// What is known of a person at a provider, and of the record that a letter is about.
pub(super) fn known(
    store: &Store,
    speech: &Speech<'_>,
    person: &Person,
    connection: &ConnectionId,
    about: Option<(&FactId, &str)>,
) -> Result<Known, StoreError> {
    let provider = own_connection(store, &person.id, connection)?.name;
    let people = store.of_the_person(&person.id)?;
    let whose = whose(&people.iter().map(|one| (&one.fact, &one.says)).collect::<Vec<_>>());
    let mut numbers: Vec<String> = Vec::new();
    for one in &people {
        let members = store.fact(&one.fact.id)?.map(|(_, members)| members).unwrap_or_default();
        let theirs = members.iter().filter(|row| row.member.key.connection == *connection);
        for identifier in theirs.flat_map(|row| &row.member.entry.identifiers) {
            if is_theirs(identifier) && !numbers.contains(&identifier.value) {
                numbers.push(identifier.value.clone());
            }
        }
    }
    numbers.truncate(NUMBERS);
    let number = (!numbers.is_empty()).then(|| speech.sent(&numbers.join("; ")));
    let says = match about {
        Some((fact, resource)) => {
            own_fact(store, &person.id, fact)?;
            let members = store.fact(fact)?.map(|(_, members)| members).unwrap_or_default();
            let said = members.iter().find(|row| {
                let key = &row.member.key;
                key.connection == *connection && format!("{}/{}", key.resource_type, key.id) == resource
            });
            says(speech, &said.ok_or(StoreError::NoSuch("source"))?.member.entry, resource)
        }
        None => Vec::new(),
    };
    Ok(Known { provider: speech.sent(&provider), whose, number, says })
}

/// A number that a provider gave: no state's, no insurer's, and none that only computers tell each other.
fn is_theirs(identifier: &Identifier) -> bool {
    let value = &identifier.value;
    let for_computers = value.contains(':') || value.len() >= 32 && value.contains('-');
    !for_computers && !NOT_THEIRS.iter().any(|start| identifier.system.starts_with(start))
}

/// What the entry says, beginning with what it is called, and what the provider finds it by.
fn says(speech: &Speech<'_>, entry: &Entry, resource: &str) -> Vec<Line> {
    let line = |label: &str, text: String| Line { label: speech.get(label), text, technical: false };
    let mut says = vec![line("letter-what", speech.title(entry.kind, &entry.called()))];
    says.push(line("letter-kind", speech.get(&format!("kind-{}-one", entry.kind.as_str()))));
    let all = lines(speech, entry);
    let value = own_value(speech, entry).filter(|value| !all.iter().any(|line| line.text == *value));
    says.extend(value.map(|value| line("line-value", value)));
    says.extend(all.into_iter().filter(|line| !line.technical));
    says.push(line("letter-reference", speech.sent(resource)));
    says
}

/// The provider's name, and below it where it is and how to call it, where it says so of an organization or a place of its name.
pub(super) fn address(
    store: &Store,
    speech: &Speech<'_>,
    person: &PersonId,
    connection: &ConnectionId,
    provider: &str,
) -> Result<String, StoreError> {
    let mut found: Option<Vec<String>> = None;
    store.entries(Some(person), &mut |row| {
        let (key, entry) = (&row.member.key, &row.member.entry);
        let place = matches!(key.resource_type.as_str(), "Organization" | "Location");
        if key.connection == *connection && place && is_the_providers(&entry.title, provider) {
            let said = where_it_is(speech, entry);
            if !said.is_empty() {
                found = Some(said);
                return ControlFlow::Break(());
            }
        }
        ControlFlow::Continue(())
    })?;
    // Files that name nobody are called "Files": that is nobody to write to.
    let named = (provider != speech.get("import-source")).then(|| provider.to_owned());
    let lines = named.into_iter().chain(found.unwrap_or_default());
    Ok(lines.collect::<Vec<_>>().join("\n"))
}

/// Addresses and telephone numbers of a place, each once.
pub(crate) fn where_it_is(speech: &Speech<'_>, entry: &Entry) -> Vec<String> {
    let mut said: Vec<String> = Vec::new();
    for element in [Element::ADDRESS, Element::TELECOM] {
        for detail in entry.details.iter().filter(|detail| detail.element == element) {
            let text = speech.detail(detail);
            if !text.trim().is_empty() && !said.contains(&text) {
                said.push(text);
            }
        }
    }
    said
}

/// Whether two names of providers name one.
pub(crate) fn is_the_providers(one: &str, other: &str) -> bool {
    let plain = |name: &str| {
        let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.collect::<Vec<_>>().join(" ").to_lowercase()
    };
    let (one, other) = (plain(one), plain(other));
    !one.is_empty()
        && (one == other || one.starts_with(&format!("{other} ")) || other.starts_with(&format!("{one} ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_carries_no_number_of_the_state_and_none_that_only_computers_use() {
        let of = |system: &str, value: &str| Identifier { system: system.into(), value: value.into() };
        assert!(is_theirs(&of("urn:oid:1.2.840.114350.1.13", "E-40021")));
        assert!(!is_theirs(&of("http://hl7.org/fhir/sid/us-ssn", "999-12-3456")));
        assert!(!is_theirs(&of("urn:oid:2.16.840.1.113883.4.3.25", "S99912345")));
        assert!(!is_theirs(&of("https://x.example", "5b3645de-a2d0-d016-0839-bab3757c4c58")));
        assert!(!is_theirs(&of("urn:ietf:rfc:3986", "urn:uuid:5b3645de")));
    }

    #[test]
    fn a_place_is_the_providers_by_its_name() {
        assert!(is_the_providers("Lakeside Family Medicine", "lakeside family medicine"));
        assert!(is_the_providers("Lakeside Family Medicine, Port Alder", "Lakeside Family Medicine"));
        assert!(!is_the_providers("Lakeside", "Lakes"));
        assert!(!is_the_providers("", ""));
    }
}
