//! Notes and other texts (Note Activity, sections without entries, a file in place of a body).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::act::{is_assertion, status_code};
use super::draft::Draft;
use super::narrative::part;
use super::{Place, Reader};
use crate::json::{Json, Object};
use crate::tree::Node;

impl<'t> Reader<'t> {
    /// A note by its author.
    pub(super) fn note(&mut self, node: Node<'t>, place: Place<'t>) {
        let mut draft = self.draft("DocumentReference", node, place);
        draft.body.put("status", "current");
        let status = match status_code(node).as_deref() {
            Some("completed") => Some("final"),
            Some("active") => Some("preliminary"),
            Some("nullified") => Some("entered-in-error"),
            _ => None,
        };
        draft.body.put_some("docStatus", status);
        // `Note` by itself says less than what it is translated to.
        if let Some(code) = node.child("code").filter(|_| !is_assertion(node)) {
            let mut concept = Object::default();
            for kind in super::code::distinct_codes(code.all("translation").chain([code])) {
                concept.push("coding", kind.json());
            }
            draft.body.put("type", concept);
        }
        if !draft.body.has("type") {
            let title = place.section.and_then(|section| self.sections[section].title.clone());
            draft.body.put_some("description", title);
        }
        for who in Self::authors(node) {
            draft.body.push("author", who);
        }
        draft.body.put_some("date", self.authored(node));
        draft.body.put_some(
            "context",
            self.when(node).any_period().map(|period| Object::default().with("period", period)),
        );
        let text = node.child("text");
        let target =
            text.and_then(|text| text.child("reference")).and_then(|reference| self.target(reference));
        let media = text.and_then(|text| text.attribute("mediaType"));
        if let Some(text) = text.filter(|text| text.peek("representation").is_some_and(|form| form == "B64"))
        {
            let mut attachment = Object::default();
            attachment.put_some("contentType", media.map(std::borrow::Cow::into_owned));
            attachment.put_some("data", own_words(text).map(|data| Json::from(data.replace(' ', ""))));
            draft.body.push("content", Object::default().with("attachment", attachment));
        }
        let words = target.map(part).filter(|html| !html.is_empty());
        let words = words.or_else(|| {
            let words = text.and_then(Node::words)?;
            let mut out = String::from("<p>");
            super::narrative::escape(&words, &mut out);
            Some(out + "</p>")
        });
        if let Some(words) = words {
            if draft.body.has("content") {
                draft.body.put(
                    "text",
                    Object::default().with("status", "additional").with("div", format!("<div>{words}</div>")),
                );
            } else {
                self.content(&mut draft, &words, None);
            }
        }
        self.finish(draft);
    }

    /// HTML as the content of a document, and when and by whom it was made, where the statement does not say it.
    pub(super) fn content(&self, draft: &mut Draft<'t>, html: &str, title: Option<&str>) {
        let mut attachment = Object::default();
        attachment.put("contentType", "text/html; charset=utf-8");
        attachment.put("data", STANDARD.encode(format!("<div>{html}</div>")));
        attachment.put_some("title", title);
        draft.body.push("content", Object::default().with("attachment", attachment));
        self.made(draft);
    }

    /// The document's time and authors.
    fn made(&self, draft: &mut Draft<'t>) {
        draft.body.put_some("date", self.time.as_deref());
        if !draft.body.has("author") {
            for author in &self.header.authors {
                if let Some(name) = author.name.clone().or_else(|| author.organization.clone()) {
                    draft.body.push("author", Self::display(name));
                }
            }
        }
        draft.body.put_some("custodian", self.header.custodian.clone().map(Self::display));
    }

    /// `nonXMLBody`: a PDF, a picture or a text in place of sections.
    pub(super) fn file(&mut self, root: Node<'t>, body: Node<'t>) {
        let Some(text) = body.child("text") else { return };
        let place = Place { section: None, area: super::area::Area::Other, part_of: None, outer: None };
        let mut draft = self.draft("DocumentReference", body, place);
        draft.body.put("status", "current");
        draft.body.put_some("type", root.child("code").and_then(|code| self.concept(code)));
        draft.body.put_some("description", self.header.title.clone());
        let mut attachment = Object::default();
        attachment.put_some("contentType", text.attribute("mediaType").map(std::borrow::Cow::into_owned));
        if text.peek("representation").is_some_and(|form| form == "B64") {
            attachment.put_some("data", own_words(text).map(|data| Json::from(data.replace(' ', ""))));
        } else if let Some(reference) =
            text.child("reference").and_then(|reference| reference.attribute("value"))
        {
            attachment.put("title", reference.into_owned());
        } else {
            attachment.put_some("data", text.words().map(|words| STANDARD.encode(words)));
            attachment.put("contentType", "text/plain");
        }
        draft.body.push("content", Object::default().with("attachment", attachment));
        self.made(&mut draft);
        self.finish(draft);
    }
}

fn own_words(text: Node<'_>) -> Option<String> {
    text.words()
}
