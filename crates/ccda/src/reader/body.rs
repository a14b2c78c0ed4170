//! Sections, their narratives, and the statements in them.

use super::area::Area;
use super::code::plain_code;
use super::{Place, Reader, is_statement, template_ids};
use crate::document::Section;
use crate::json::{Json, Object};
use crate::tree::Node;

impl<'t> Reader<'t> {
    /// The body of the document: its sections, or the file that stands in place of them.
    pub(super) fn body(&mut self, root: Node<'t>) {
        for part in root.all("component").collect::<Vec<_>>() {
            for file in part.all("nonXMLBody").collect::<Vec<_>>() {
                self.file(root, file);
            }
        }
        let sections: Vec<Node<'t>> =
            root.below().filter(|node| node.name() == "section" && !is_inside(*node)).collect();
        let mut open = Vec::new();
        for node in &sections {
            self.section(*node, &mut open);
        }
        // Sections first: a statement may point into any.
        for (at, node) in sections.iter().enumerate() {
            let place = Place { section: Some(at), area: self.areas[at], part_of: None, outer: None };
            let before = self.entries.len();
            let mut any = false;
            for entry in node.all("entry") {
                for statement in entry.children().filter(|child| is_statement(*child)) {
                    any = true;
                    self.queue.push_back((statement, place));
                }
            }
            self.statements();
            let empty = self.entries.len() == before;
            if !any || empty {
                self.narrative_only(*node, at);
            }
        }
    }

    fn section(&mut self, node: Node<'t>, open: &mut Vec<usize>) {
        let code = node.child("code").and_then(plain_code);
        let templates = template_ids(node);
        let roots = templates.iter().map(|template| template.root.as_str());
        let own = Area::of(code.as_ref().map(|code| code.code.as_str()), roots);
        // The last one that is still open.
        while open.last().is_some_and(|last| self.sections[*last].range.end < node.range().end) {
            open.pop();
        }
        let parent = open.last().copied();
        open.push(self.sections.len());
        let inherited = parent.map_or(Area::Other, |parent| self.areas[parent]);
        self.areas.push(if own == Area::Other { inherited } else { own });
        let (html, text) = Self::narrative(node);
        let title = node.child("title").and_then(Node::words);
        self.sections.push(Section {
            title,
            code,
            templates,
            parent,
            null_flavor: node.attribute("nullFlavor").map(std::borrow::Cow::into_owned),
            range: node.range(),
            html,
            text,
        });
    }

    /// A section whose words are all there is: a document of its own.
    fn narrative_only(&mut self, node: Node<'t>, at: usize) {
        if self.sections[at].text.is_empty() {
            return;
        }
        let place = Place { section: Some(at), area: Area::Other, part_of: None, outer: None };
        let mut draft = self.draft("DocumentReference", node, place);
        // Sections within it have bytes of their own.
        draft.whole = node.child("text").unwrap_or(node);
        draft.body.put("status", "current");
        let section = &self.sections[at];
        if let Some(code) = &section.code {
            draft.body.put("type", Object::default().with("coding", vec![Json::from(code.json())]));
        }
        draft.body.put_some("description", section.title.as_deref());
        let (html, title) = (section.html.clone(), section.title.clone());
        self.content(&mut draft, &html, title.as_deref());
        self.finish(draft);
    }
}

/// Whether an element stands in a narrative or in a statement, where names mean other things.
fn is_inside(mut node: Node<'_>) -> bool {
    while let Some(around) = node.parent() {
        if matches!(around.name(), "text" | "entry") || is_statement(around) {
            return true;
        }
        node = around;
    }
    false
}
