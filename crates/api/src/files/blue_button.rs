//! Blue Button as text: what its source is called, and the text itself as a document.

use serde_json::json;
use wholechart_ccda::address;
use wholechart_document::{BlueButton, BlueButtonSender};

/// The base of everything that came in such texts: the same lines in two texts of one source are one.
pub(super) const BASE: &str = "file:Blue Button";

/// The media type of such a text.
pub(super) const TEXT: &str = "text/plain";

/// What its source is called; none where it does not say.
pub(super) fn source(read: &BlueButton) -> Option<String> {
    let name = match read.sender? {
        BlueButtonSender::Va => "VA (My HealtheVet)",
        BlueButtonSender::Medicare => "Medicare",
    };
    Some(name.to_owned())
}

/// The text itself, as a document whose attachment is called by its content: its id and its resource.
pub(super) fn paper(read: &BlueButton, bytes: &[u8]) -> (String, String) {
    let id = super::document::id(bytes);
    let mut body = json!({"resourceType": super::document::TYPE, "id": id, "status": "current"});
    let mut attachment = json!({"contentType": TEXT, "url": address(bytes)});
    if let Some(title) = &read.title {
        body["description"] = title.as_str().into();
        attachment["title"] = title.as_str().into();
    }
    if let Some(made) = &read.made {
        body["date"] = made.as_str().into();
    }
    if let Some(source) = source(read) {
        body["custodian"] = json!({"display": source});
    }
    if let Some(person) = read.records.iter().find(|one| one.resource_type == "Patient") {
        body["subject"] = json!({"reference": format!("Patient/{}", person.id)});
    }
    body["content"] = json!([{"attachment": attachment}]);
    (id, body.to_string())
}
