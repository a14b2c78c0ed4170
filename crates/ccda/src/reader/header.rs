//! What stands in front of the body: whose it is, who wrote it, when, about which visit.

use super::area::Area;
use super::code::plain_code;
use super::identity::{self, identifier, key};
use super::people::{address, name, organization, organization_of, person, telecom};
use super::{Place, Reader, template_ids};
use crate::document::{Author, Entry, Person};
use crate::json::{Json, Object};
use crate::tree::Node;

const NOWHERE: Place<'static> = Place { section: None, area: Area::Other, part_of: None, outer: None };

impl<'t> Reader<'t> {
    pub(super) fn header(&mut self, root: Node<'t>) {
        self.time = root.child("effectiveTime").and_then(|time| self.moment(time));
        self.header.time.clone_from(&self.time);
        self.header.id = root.child("id").and_then(identifier);
        self.header.set_id = root.child("setId").and_then(identifier);
        let attribute = |name: &str, key: &str| Some(root.child(name)?.attribute(key)?.into_owned());
        self.header.version = attribute("versionNumber", "value");
        self.header.language = attribute("languageCode", "code");
        self.header.title = root.child("title").and_then(Node::words);
        self.header.kind = root.child("code").and_then(plain_code);
        let custodian = root.at("custodian/assignedCustodian/representedCustodianOrganization");
        self.header.custodian = custodian.and_then(organization);
        for author in root.all("author") {
            let Some(role) = author.child("assignedAuthor") else { continue };
            let time = author.child("time").and_then(|time| self.span(time).start().map(ToOwned::to_owned));
            self.header.authors.push(Author {
                name: person(role),
                organization: organization_of(role),
                time,
            });
        }
        let roles = root.all_at("recordTarget/patientRole");
        self.header.provider =
            roles.iter().filter_map(|role| role.child("providerOrganization")).find_map(organization);
        for role in roles {
            self.patient(root, role);
        }
        // Visits first: statements point to them by number.
        for visit in root.below().filter(|node| matches!(node.name(), "encounter" | "encompassingEncounter"))
        {
            let tells = visit.child("code").is_some() || visit.child("effectiveTime").is_some();
            let number = visit.all("id").find_map(key).filter(|_| tells);
            if let Some(number) = number {
                self.visits.entry(number.clone()).or_insert_with(|| identity::hash(&["Encounter", &number]));
            }
        }
        for visit in root.all_at("componentOf/encompassingEncounter") {
            self.encompassing(visit, NOWHERE);
        }
    }

    /// A record target as FHIR's Patient and in short.
    fn patient(&mut self, root: Node<'t>, role: Node<'t>) {
        let mut read = Person::default();
        let mut body = Object::default();
        for id in role.all("id").filter_map(identifier) {
            body.push("identifier", id.json());
            read.identifiers.push(id);
        }
        let patient = role.child("patient");
        let mut further = Vec::new();
        for node in patient.into_iter().flat_map(|patient| patient.all("name").collect::<Vec<_>>()) {
            let Some(name) = name(node) else { continue };
            let mut human = Object::default();
            let former = node.children().any(|part| part.peek("qualifier").is_some_and(|kind| kind == "BR"));
            let used = match node.peek("use").unwrap_or_default().as_ref() {
                _ if former => Some("maiden"),
                "L" | "C" => Some("official"),
                "P" | "A" => Some("nickname"),
                _ => None,
            };
            human.put_some("use", used);
            human.put("text", name.text.as_str());
            human.put_some("family", name.family.as_deref());
            for given in &name.given {
                human.push("given", given.as_str());
            }
            body.push("name", human);
            // The names of today first.
            if matches!(used, Some("maiden" | "nickname")) {
                further.push(name);
            } else {
                read.names.push(name);
            }
        }
        read.names.append(&mut further);
        for node in role.all("telecom") {
            let Some(value) = telecom(node) else { continue };
            let sent = node.peek("value").unwrap_or_default();
            let system = if sent.starts_with("mailto:") || value.contains('@') { "email" } else { "phone" };
            let mut contact = Object::default().with("system", system).with("value", value.as_str());
            let used = match node.peek("use").unwrap_or_default().as_ref() {
                "H" | "HP" | "HV" => Some("home"),
                "WP" => Some("work"),
                "MC" => Some("mobile"),
                _ => None,
            };
            contact.put_some("use", used);
            body.push("telecom", contact);
            read.telecoms.push(value);
        }
        for node in role.all("addr") {
            let Some(line) = address(node) else { continue };
            let mut parts = Object::default().with("text", line.as_str());
            for street in node.all("streetAddressLine").filter_map(Node::words) {
                parts.push("line", street);
            }
            for (part, name) in
                [("city", "city"), ("state", "state"), ("postalCode", "postalCode"), ("country", "country")]
            {
                parts.put_some(name, node.child(part).and_then(Node::words));
            }
            body.push("address", parts);
            read.addresses.push(line);
        }
        if let Some(patient) = patient {
            let sex = patient.child("administrativeGenderCode");
            let code = sex.and_then(|sex| sex.attribute("code"));
            read.sex = match code.as_deref() {
                Some("F") => Some("female"),
                Some("M") => Some("male"),
                Some("UN") => Some("other"),
                Some(_) => Some("unknown"),
                None => sex.and_then(|sex| sex.attribute("nullFlavor")).map(|_| "unknown"),
            }
            .map(ToOwned::to_owned);
            body.put_some("gender", read.sex.as_deref());
            read.birth_date = patient.child("birthTime").and_then(|born| self.moment(born));
            let day = read.birth_date.as_deref().map(|born| born.split('T').next().unwrap_or_default());
            body.put_some("birthDate", day);
            read.birth_date = day.map(ToOwned::to_owned);
            if let Some(died) = patient.child("deceasedTime").and_then(|died| self.moment(died)) {
                body.put("deceasedDateTime", died);
            } else if patient.child("deceasedInd").is_some_and(|dead| dead.flag("value")) {
                body.put("deceasedBoolean", Json::Bool(true));
            }
            body.put_some("maritalStatus", self.concept_at(patient, "maritalStatusCode"));
            for language in patient.all("languageCommunication") {
                let Some(code) = language.child("languageCode").and_then(|code| code.attribute("code"))
                else {
                    continue;
                };
                let mut spoken = Object::default();
                spoken.put("language", super::code::concept_of("urn:ietf:bcp:47", &code));
                if language.child("preferenceInd").is_some_and(|preferred| preferred.flag("value")) {
                    spoken.put("preferred", Json::Bool(true));
                }
                body.push("communication", spoken);
            }
            for guardian in patient.all("guardian") {
                body.push("contact", self.contact(guardian));
            }
        }
        if self.person.is_empty() {
            self.around(root, &mut body);
        }
        let provider = role.child("providerOrganization").and_then(organization);
        body.put_some("managingOrganization", provider.map(Self::display));
        let position = self.position(role, None);
        let id = self.new_id("Patient", role, "", &position);
        let mut resource = Object::default().with("resourceType", "Patient").with("id", id.as_str());
        resource.append(body);
        if self.person.is_empty() {
            self.person.clone_from(&id);
        }
        self.entries.push(Entry {
            section: None,
            element: role.name().to_owned(),
            templates: template_ids(role),
            range: role.range(),
            within: None,
            part_of: None,
            parts: Vec::new(),
            resource_type: "Patient".to_owned(),
            id,
            resource: resource.to_json(),
        });
        self.header.people.push(read);
    }

    /// Who else the header names: relatives to turn to, the family doctor.
    fn around(&self, root: Node<'t>, body: &mut Object) {
        for participant in root.all("participant") {
            for entity in participant.all("associatedEntity") {
                let near = entity.peek("classCode").is_some_and(|class| {
                    matches!(class.as_ref(), "NOK" | "ECON" | "GUARD" | "CAREGIVER" | "PRS" | "AGNT")
                });
                if near {
                    body.push("contact", self.contact(entity));
                }
            }
        }
        for performer in root.all_at("documentationOf/serviceEvent/performer") {
            let function = performer.child("functionCode").and_then(|code| code.peek("code"));
            let entity =
                performer.child("assignedEntity").filter(|_| function.is_some_and(|code| code == "PCP"));
            if let Some(doctor) = entity.and_then(super::people::reference) {
                body.push("generalPractitioner", doctor);
            }
        }
    }

    /// A guardian, a relative or another to turn to.
    fn contact(&self, role: Node<'t>) -> Object {
        let mut contact = Object::default();
        let Some(named) = person(role) else { return contact };
        if let Some(kind) = role.child("code").and_then(|code| self.concept(code)) {
            contact.push("relationship", kind);
        }
        contact.put("name", Object::default().with("text", named));
        for number in role.all("telecom").filter_map(telecom) {
            let system = if number.contains('@') { "email" } else { "phone" };
            contact.push("telecom", Object::default().with("system", system).with("value", number));
        }
        contact
    }
}
