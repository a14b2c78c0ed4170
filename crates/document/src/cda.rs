//! A clinical document (CDA R2, C-CDA) as HTML: its title, who and when, and the sections as their authors wrote
//! them. Only the narrative is shown: it is what the author signed (CDA R2 §1.2.3); entries may say less or more.

use std::fmt::Write as _;

use roxmltree::{Document, Node, ParsingOptions};

use crate::Unreadable;
use crate::rtf::escaped;

/// Elements inside each other; deeper ones give their text only.
const DEEPEST: usize = 100;
/// Elements of one document.
const MOST: u32 = 2_000_000;

/// The document as HTML.
///
/// # Errors
/// [`Unreadable::Broken`] when it is not a clinical document in XML. One with a document type declaration is refused:
/// CDA has none, and entities are how a small file grows without end.
pub(crate) fn page(xml: &str) -> Result<String, Unreadable> {
    let options = ParsingOptions { allow_dtd: false, nodes_limit: MOST, ..ParsingOptions::default() };
    let document = Document::parse_with_options(xml, options)
        .map_err(|_| Unreadable::Broken("it is not well-formed XML".into()))?;
    let root = document.root_element();
    if root.tag_name().name() != "ClinicalDocument" {
        return Err(Unreadable::Broken("it is not a clinical document".into()));
    }
    let mut html = String::new();
    if let Some(title) = child(root, "title").map(text_of).filter(|title| !title.is_empty()) {
        push(&mut html, "h1", &escaped(&title));
    }
    html.push_str(&header(root));
    for body in root.children().filter(|node| is(node, "component")) {
        if let Some(structured) = child(body, "structuredBody") {
            sections(structured, 2, 0, &mut html);
        }
        if let Some(text) = child(body, "nonXMLBody").and_then(|body| child(body, "text")) {
            // A file inside the document; text is shown, anything else is not.
            let plain = text.attribute("representation") != Some("B64")
                && text.attribute("mediaType").is_none_or(|kind| kind.starts_with("text/plain"));
            if plain {
                push(&mut html, "pre", &escaped(text.text().unwrap_or_default()));
            }
        }
    }
    Ok(wholechart_html::sanitise(&html))
}

/// Who and when, in the names and figures as they stand: no words are added.
fn header(root: Node<'_, '_>) -> String {
    let patient = path(root, &["recordTarget", "patientRole", "patient"]);
    let mut lines = Vec::new();
    let mut line = |parts: [Option<String>; 2]| {
        let parts: Vec<String> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
        if !parts.is_empty() {
            lines.push(escaped(&parts.join(" · ")));
        }
    };
    let value = |node: Node<'_, '_>, name: &str| {
        child(node, name).and_then(|time| time.attribute("value")).and_then(date)
    };
    line([
        patient.and_then(|patient| child(patient, "name")).map(name),
        patient.and_then(|patient| value(patient, "birthTime")),
    ]);
    let author = path(root, &["author", "assignedAuthor"]);
    line([
        author.and_then(|who| path(who, &["assignedPerson", "name"])).map(name),
        author.and_then(|who| path(who, &["representedOrganization", "name"])).map(text_of),
    ]);
    line([
        path(root, &["custodian", "assignedCustodian", "representedCustodianOrganization", "name"])
            .map(text_of),
        value(root, "effectiveTime"),
    ]);
    lines.dedup();
    if lines.is_empty() { String::new() } else { format!("<p>{}</p><hr>", lines.join("<br>")) }
}

/// Sections in their order, each with a heading of its depth.
fn sections(body: Node<'_, '_>, level: usize, depth: usize, html: &mut String) {
    if depth > DEEPEST {
        return;
    }
    for component in body.children().filter(|node| is(node, "component")) {
        let Some(section) = child(component, "section") else { continue };
        if let Some(title) = child(section, "title").map(text_of).filter(|title| !title.is_empty()) {
            push(html, &format!("h{}", level.min(6)), &escaped(&title));
        }
        if let Some(text) = child(section, "text") {
            html.push_str("<div>");
            for node in text.children() {
                narrative(node, 0, html);
            }
            html.push_str("</div>");
        }
        sections(section, level + 1, depth + 1, html);
    }
}

/// One node of a narrative block (CDA R2, NarrativeBlock.xsd).
fn narrative(node: Node<'_, '_>, depth: usize, html: &mut String) {
    if node.is_text() {
        html.push_str(&escaped(node.text().unwrap_or_default()));
        return;
    }
    if !node.is_element() {
        return;
    }
    if depth > DEEPEST {
        html.push_str(&escaped(&text_of(node)));
        return;
    }
    let inside = |html: &mut String| {
        for child in node.children() {
            narrative(child, depth + 1, html);
        }
    };
    let name = node.tag_name().name();
    let tags: Vec<&str> = match name {
        "paragraph" => vec!["p"],
        "list" if node.attribute("listType") == Some("ordered") => vec!["ol"],
        "list" => vec!["ul"],
        "item" => vec!["li"],
        "caption" if node.parent().is_some_and(|parent| is(&parent, "table")) => vec!["caption"],
        "caption" => vec!["strong"],
        "table" | "thead" | "tbody" | "tfoot" | "tr" | "th" | "td" | "sub" | "sup" => vec![name],
        "footnote" => vec!["small"],
        // What was taken out is still part of the signed text: shown, and shown as taken out.
        "content" if node.attribute("revised") == Some("delete") => vec!["s"],
        "content" => styles(node.attribute("styleCode").unwrap_or_default()),
        "br" => {
            html.push_str("<br>");
            return;
        }
        // Anything else, such as a picture of the document's own parts, gives its words only.
        _ => Vec::new(),
    };
    for tag in &tags {
        html.push('<');
        html.push_str(tag);
        if matches!(*tag, "td" | "th") {
            for span in ["colspan", "rowspan"] {
                if let Some(count) = node.attribute(span).and_then(|count| count.trim().parse::<u8>().ok()) {
                    let _ = write!(html, " {span}=\"{count}\"");
                }
            }
        }
        html.push('>');
    }
    inside(html);
    for tag in tags.iter().rev() {
        let _ = write!(html, "</{tag}>");
    }
}

fn styles(code: &str) -> Vec<&'static str> {
    code.split_whitespace()
        .filter_map(|style| match style {
            "Bold" => Some("b"),
            "Italics" => Some("i"),
            "Underline" => Some("u"),
            "Emphasis" => Some("em"),
            _ => None,
        })
        .collect()
}

fn push(html: &mut String, tag: &str, inside: &str) {
    // Writing to a String cannot fail.
    let _ = write!(html, "<{tag}>{inside}</{tag}>");
}

fn is(node: &Node<'_, '_>, name: &str) -> bool {
    node.is_element() && node.tag_name().name() == name
}

fn child<'a, 'input>(node: Node<'a, 'input>, name: &str) -> Option<Node<'a, 'input>> {
    node.children().find(|node| is(node, name))
}

fn path<'a, 'input>(node: Node<'a, 'input>, names: &[&str]) -> Option<Node<'a, 'input>> {
    names.iter().try_fold(node, |node, name| child(node, name))
}

/// All text below, with single blanks.
fn text_of(node: Node<'_, '_>) -> String {
    let text: String = node.descendants().filter_map(|node| node.is_text().then(|| node.text())?).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A person's name: its parts in the order they stand.
fn name(node: Node<'_, '_>) -> String {
    let parts: Vec<String> = node.children().filter(Node::is_element).map(text_of).collect();
    if parts.is_empty() { text_of(node) } else { parts.join(" ").trim().to_owned() }
}

/// `20240315103000-0500` as `2024-03-15`, as precise as it is.
fn date(value: &str) -> Option<String> {
    let digits: String = value.chars().take_while(char::is_ascii_digit).take(8).collect();
    match digits.len() {
        8 => Some(format!("{}-{}-{}", &digits[..4], &digits[4..6], &digits[6..])),
        6 => Some(format!("{}-{}", &digits[..4], &digits[4..])),
        4 => Some(digits),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::page;

    fn document(body: &str) -> String {
        format!(
            "<?xml version=\"1.0\"?><ClinicalDocument xmlns=\"urn:hl7-org:v3\" xmlns:sdtc=\"urn:hl7-org:sdtc\">\
             <title>Summary of Care</title><effectiveTime value=\"20240315103000-0500\"/>\
             <recordTarget><patientRole><patient><name><given>Ada</given><family>Quist</family></name>\
             <birthTime value=\"196103\"/></patient></patientRole></recordTarget>\
             <component><structuredBody>{body}</structuredBody></component></ClinicalDocument>"
        )
    }

    #[test]
    fn sections_are_shown_as_they_were_written() {
        let html = page(&document(
            "<component><section><title>Allergies</title><text><list listType=\"ordered\"><caption>Known</caption>\
             <item><content styleCode=\"Bold xRule\">Penicillin</content>, hives &lt; 1 h</item></list>\
             <table><thead><tr><th>What</th></tr></thead><tbody><tr><td colspan=\"2\">Nuts</td></tr></tbody></table>\
             <paragraph>was <content revised=\"delete\">not</content> seen</paragraph></text>\
             <component><section><title>Inner</title><text>x<br/>y</text></section></component></section></component>",
        ))
        .unwrap();
        assert_eq!(
            html,
            "<h1>Summary of Care</h1><p>Ada Quist · 1961-03<br>2024-03-15</p><hr>\
             <h2>Allergies</h2><div><ol><strong>Known</strong><li><b>Penicillin</b>, hives &lt; 1 h</li></ol>\
             <table><thead><tr><th>What</th></tr></thead><tbody><tr><td colspan=\"2\">Nuts</td></tr></tbody></table>\
             <p>was <s>not</s> seen</p></div><h3>Inner</h3><div>x<br>y</div>"
        );
    }

    #[test]
    fn nothing_active_and_nothing_from_elsewhere_comes_through() {
        let html = page(&document(
            "<component><section><text><paragraph onclick=\"x()\">a<linkHtml href=\"javascript:x\">b</linkHtml>\
             <renderMultiMedia referencedObject=\"m\"/><script>alert(1)</script><img src=\"http://x\"/></paragraph>\
             </text></section></component>",
        ))
        .unwrap();
        assert!(
            !html.contains("javascript") && !html.contains("<script") && !html.contains("http"),
            "{html}"
        );
        assert!(html.contains("<p>ab"), "{html}");
    }

    #[test]
    fn what_is_no_clinical_document_is_refused() {
        for xml in ["", "<a/>", "<ClinicalDocument>", "not xml"] {
            assert!(page(xml).is_err(), "{xml}");
        }
        let bomb = "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;\">]><ClinicalDocument>&b;</ClinicalDocument>";
        assert!(page(bomb).is_err());
    }
}
