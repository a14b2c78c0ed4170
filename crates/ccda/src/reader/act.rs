//! What a clinical statement says by its elements, whatever it becomes.

use super::{Relation, is_statement};
use crate::tree::Node;

/// Statements right below one, each with how it belongs to it.
pub(super) fn related(statement: Node<'_>) -> Vec<(Option<Relation>, Node<'_>)> {
    let mut out = Vec::new();
    for link in statement.children().filter(|link| matches!(link.name(), "entryRelationship" | "component")) {
        let reason = link.peek("typeCode").is_some_and(|code| code == "RSON");
        let relation = if reason { Relation::Reason } else { Relation::Other };
        out.extend(link.children().filter(|node| is_statement(*node)).map(|node| (Some(relation), node)));
    }
    out
}

pub(super) fn holds_statements(node: Node<'_>) -> bool {
    related(node).into_iter().any(|(_, inner)| inner.says_something())
}

/// Whether the statement has this template of C-CDA's, such as `22.4.6`.
pub(super) fn has_template(statement: Node<'_>, suffix: &str) -> bool {
    statement.all("templateId").any(|template| {
        template
            .peek("root")
            .is_some_and(|root| root.strip_prefix("2.16.840.1.113883.10.20.") == Some(suffix))
    })
}

/// The `statusCode` in small letters.
pub(super) fn status_code(statement: Node<'_>) -> Option<String> {
    statement.child("statusCode")?.attribute("code").map(|code| code.to_ascii_lowercase())
}

/// Whether it says that it is not so.
pub(super) fn is_negated(statement: Node<'_>) -> bool {
    statement.peek("negationInd").is_some_and(|value| value.eq_ignore_ascii_case("true"))
}

/// A statement that only says another one's number: "entry reference", a visit by its id.
pub(super) fn is_pointer(node: Node<'_>) -> bool {
    if has_template(node, "22.4.122") {
        return true;
    }
    let tells = |child: Node<'_>| match child.name() {
        "id" | "templateId" | "statusCode" => false,
        _ => child.says_something(),
    };
    node.child("id").is_some() && !node.children().any(tells)
}

/// The statement itself has a null flavor: nobody says that it is so.
pub(super) fn is_unknown(node: Node<'_>) -> bool {
    node.peek("nullFlavor").is_some()
}

/// A statement of which nothing was filled in, or that says of itself that there is no information.
pub(super) fn is_hollow(node: Node<'_>) -> bool {
    let visit = node.name() == "encounter";
    let tells = |child: Node<'_>| match child.name() {
        "id" | "templateId" | "statusCode" | "author" => false,
        "effectiveTime" | "performer" => visit && child.says_something(),
        _ => child.says_something(),
    };
    is_unknown(node) || !is_negated(node) && !node.children().any(tells)
}

/// Whether it tells what happened; others tell what is meant to.
pub(super) fn is_event(node: Node<'_>) -> bool {
    node.peek("moodCode").is_none_or(|mood| mood == "EVN" || mood == "DEF")
}

/// `ASSERTION`: the value says it all.
pub(super) fn is_assertion(statement: Node<'_>) -> bool {
    statement.child("code").is_some_and(|code| code.peek("code").is_some_and(|code| code == "ASSERTION"))
}
