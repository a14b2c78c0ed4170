//! Implants and equipment (Product Instance, Non-Medicinal Supply Activity).

use super::act::{has_template, is_negated, related, status_code};
use super::draft::Draft;
use super::identity::identifier;
use super::{Place, Reader, template_ids};
use crate::document::Entry;
use crate::json::{Json, Object};
use crate::tree::Node;

/// Who issues unique device identifications.
const UDI: &str = "urn:oid:2.16.840.1.113883.3.3719";

impl<'t> Reader<'t> {
    /// Devices that took part: named in the resource, and given back to be told by themselves.
    pub(super) fn devices(draft: &mut Draft<'t>) -> Vec<Node<'t>> {
        let mut out = Vec::new();
        for participant in draft.node.all("participant") {
            let device =
                participant.peek("typeCode").is_some_and(|code| matches!(code.as_ref(), "DEV" | "PRD"));
            let Some(role) = participant.child("participantRole").filter(|_| device) else { continue };
            if role.child("playingDevice").is_some() {
                out.push(role);
            }
        }
        out
    }

    /// The devices of a procedure, each as an entry of its own: implants are asked for by themselves.
    pub(super) fn implanted(
        &mut self,
        statement: Node<'t>,
        devices: Vec<Node<'t>>,
        at: usize,
        place: Place<'t>,
    ) {
        let parts = related(statement).into_iter().map(|(_, inner)| inner);
        let organizer = parts.into_iter().find(|inner| has_template(*inner, "22.4.311"));
        for role in devices {
            let mut body = self.device(role);
            if !self.person.is_empty() {
                body.put("patient", Object::default().with("reference", format!("Patient/{}", self.person)));
            }
            if let Some(organizer) = organizer {
                self.udi_parts(organizer, &mut body);
            }
            let position = self.position(role, place.section);
            let id = self.new_id("Device", role, "", &position);
            let mut resource = Object::default().with("resourceType", "Device").with("id", id.as_str());
            resource.append(body);
            role.mark_all();
            self.entries.push(Entry {
                section: place.section,
                element: role.name().to_owned(),
                templates: template_ids(role),
                range: role.range(),
                within: None,
                part_of: Some(at),
                parts: Vec::new(),
                resource_type: "Device".to_owned(),
                id,
                resource: resource.to_json(),
            });
        }
    }

    /// A product instance.
    fn device(&self, role: Node<'t>) -> Object {
        let mut body = Object::default();
        for id in role.all("id") {
            let Some(identifier) = identifier(id) else { continue };
            if identifier.system == UDI {
                body.push(
                    "udiCarrier",
                    Object::default().with("issuer", UDI).with("carrierHRF", identifier.value.as_str()),
                );
            }
            body.push("identifier", identifier.json());
        }
        if let Some(device) = role.child("playingDevice") {
            let kind = device.child("code").and_then(|code| self.concept(code));
            // A text that some put beside the device.
            let words = || self.original_text(role).map(|words| Object::default().with("text", words.text));
            body.put_some("type", kind.or_else(words));
            let model = device.child("manufacturerModelName").and_then(Node::words);
            if let Some(model) = model {
                body.put("modelNumber", model);
            }
        }
        let maker = role.child("scopingEntity").and_then(|maker| maker.child("desc").or(maker.child("name")));
        body.put_some("manufacturer", maker.and_then(Node::words));
        body
    }

    /// The parts of a unique device identification, by their codes of the NCI Thesaurus.
    fn udi_parts(&self, organizer: Node<'t>, body: &mut Object) {
        for (_, part) in related(organizer) {
            let Some(code) = part.child("code").and_then(|code| code.peek("code")) else { continue };
            let Some(value) = part.child("value") else { continue };
            let words = || self.text_of(value).map(|words| words.text);
            match code.as_ref() {
                "C101669" => body.put_some("manufactureDate", self.moment(value)),
                "C101670" => body.put_some("expirationDate", self.moment(value)),
                "C101672" => body.put_some("lotNumber", words()),
                "C101671" => body.put_some("serialNumber", words()),
                "C99285" => body.put_some("modelNumber", words()),
                "C54131" => body.put_some("manufacturer", words()),
                "C71898" => {
                    if let Some(name) = words() {
                        let name = Object::default().with("name", name).with("type", "user-friendly-name");
                        body.push("deviceName", name);
                    }
                }
                _ => {}
            }
        }
    }

    /// Equipment that somebody has or was given.
    pub(super) fn equipment(&mut self, node: Node<'t>, place: Place<'t>) {
        if node.peek("moodCode").is_some_and(|mood| mood != "EVN") {
            self.order(node, place);
            return;
        }
        let mut draft = self.draft("DeviceUseStatement", node, place);
        let status = match status_code(node).as_deref() {
            _ if is_negated(node) => Some("not-done"),
            Some("completed") => Some("completed"),
            Some("active") => Some("active"),
            Some("aborted") => Some("stopped"),
            Some("suspended") => Some("on-hold"),
            _ => None,
        };
        draft.body.put_some("status", status);
        let role = node.at("participant/participantRole");
        let mut device = role.map(|role| self.device(role)).unwrap_or_default();
        if !device.has("type") {
            let own = self.product(node).or_else(|| self.named(node, node.child("code")));
            device.put_some("type", own);
        }
        role.into_iter().for_each(Node::mark_all);
        let mut contained = Object::default().with("resourceType", "Device").with("id", "device");
        contained.append(device);
        draft.body.push("contained", contained);
        let when = self.when(node);
        when.put(&mut draft.body, "timingDateTime", "timingPeriod");
        draft.body.put("device", Object::default().with("reference", "#device"));
        if let Some(quantity) = node.child("quantity").and_then(|quantity| self.value_line(quantity))
            && quantity != "1"
        {
            draft.note(Object::default().with("text", format!("\u{d7}{quantity}")));
        }
        self.reasons(&mut draft);
        self.finish(draft);
    }

    /// A picture within the document.
    pub(super) fn media(&mut self, node: Node<'t>, place: Place<'t>) {
        let mut draft = self.draft("Media", node, place);
        draft.body.put("status", "completed");
        let Some(value) = node.child("value") else { return };
        let mut content = Object::default();
        content.put_some("contentType", value.attribute("mediaType").map(std::borrow::Cow::into_owned));
        let reference = value.child("reference").and_then(|reference| reference.attribute("value"));
        content.put_some("title", reference.map(std::borrow::Cow::into_owned));
        if value.peek("representation").is_some_and(|form| form == "B64") {
            content.put_some("data", value.words().map(|data| Json::from(data.replace(' ', ""))));
        }
        draft.body.put("content", content);
        self.finish(draft);
    }
}
