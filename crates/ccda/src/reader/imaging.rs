//! DICOM's catalogue in imaging reports (Study Act, Series Act, SOP Instance Observation).

use super::act::related;
use super::{Place, Reader};
use crate::json::{Json, Object};
use crate::tree::Node;

impl<'t> Reader<'t> {
    /// A study with its series and images, of which it keeps the numbers.
    pub(super) fn study(&mut self, node: Node<'t>, place: Place<'t>) {
        let mut draft = self.draft("ImagingStudy", node, place);
        draft.body.put("status", "available");
        node.all("code").for_each(Node::mark_all);
        draft.body.put_some("started", self.when(node).start());
        draft.body.put_some("description", self.statement_words(node));
        let mut uids = 0_usize;
        for (_, series) in related(node) {
            let mut read = Object::default();
            read.put_some("uid", uid(series));
            if let Some(code) = series.child("code") {
                let modality = code.all("qualifier").filter_map(|qualifier| qualifier.child("value"));
                let modality = modality.into_iter().find_map(super::code::plain_code);
                code.mark_all();
                read.put_some("modality", modality.map(|code| code.json()));
            }
            read.put_some("started", self.when(series).start());
            read.put_some("description", self.statement_words(series));
            for (_, image) in related(series) {
                let mut instance = Object::default();
                instance.put_some("uid", uid(image));
                if let Some(class) = image.child("code").and_then(super::code::plain_code) {
                    instance.put("sopClass", class.json());
                }
                uids += usize::from(instance.has("uid"));
                image.mark_all();
                draft.take(image);
                read.push("instance", instance);
                for deeper in image.below().filter(|deeper| super::is_statement(*deeper)) {
                    draft.take(deeper);
                }
            }
            series.all("id").for_each(Node::mark_all);
            draft.take(series);
            draft.body.push("series", read);
        }
        if uids > 0 {
            draft.body.put("numberOfInstances", Json::Number(uids.to_string()));
        }
        self.finish(draft);
    }
}

fn uid(node: Node<'_>) -> Option<String> {
    node.child("id")?.attribute("root").map(std::borrow::Cow::into_owned)
}
