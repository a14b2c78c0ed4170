//! The judge's own way through a document: tags by their first letters, nothing of the reader's.

/// A clinical statement as the judge sees it.
#[derive(Debug, Clone)]
pub(crate) struct Seen {
    /// The byte of its `<`.
    pub(crate) start: usize,
    /// The element.
    pub(crate) name: String,
    /// The code of the section around it; `-` without one.
    pub(crate) section: String,
}

const STATEMENTS: &[&str] = &[
    "act",
    "encounter",
    "observation",
    "observationMedia",
    "organizer",
    "procedure",
    "regionOfInterest",
    "substanceAdministration",
    "supply",
];

/// Every clinical statement in a section of the document, in order.
pub(crate) fn statements(xml: &str) -> Vec<Seen> {
    let mut found = Vec::new();
    // Open elements, with the place in `codes` of a section.
    let mut open: Vec<(String, Option<usize>)> = Vec::new();
    let mut codes: Vec<String> = Vec::new();
    let mut places = Vec::new();
    let mut at = 0;
    while let Some(next) = xml[at..].find('<') {
        let start = at + next;
        let rest = &xml[start..];
        if rest.starts_with("<!--") {
            at = rest.find("-->").map_or(xml.len(), |end| start + end + 3);
            continue;
        }
        if rest.starts_with("<![CDATA[") {
            at = rest.find("]]>").map_or(xml.len(), |end| start + end + 3);
            continue;
        }
        let end = rest.find('>').map_or(xml.len(), |end| start + end + 1);
        at = end;
        if rest.starts_with("<!") || rest.starts_with("<?") {
            continue;
        }
        let inside = xml[start..end].trim_start_matches(['<', '/']);
        let name =
            inside.split(|c: char| c.is_whitespace() || matches!(c, '/' | '>')).next().unwrap_or_default();
        let name = name.rsplit(':').next().unwrap_or_default().to_owned();
        if rest.starts_with("</") {
            if let Some(place) = open.iter().rposition(|(opened, _)| *opened == name) {
                open.truncate(place);
            }
            continue;
        }
        let section = open.iter().rev().find_map(|(_, section)| *section);
        if name == "code"
            && let Some((parent, Some(section))) = open.last()
            && parent == "section"
            && let Some(code) =
                xml[start..end].split("code=\"").nth(1).and_then(|rest| rest.split('"').next())
        {
            code.trim().clone_into(&mut codes[*section]);
        }
        if let (Some(section), true) = (section, STATEMENTS.contains(&name.as_str())) {
            places.push(section);
            found.push(Seen { start, name: name.clone(), section: String::new() });
        }
        if !xml[start..end].ends_with("/>") {
            let own = (name == "section").then(|| {
                codes.push("-".to_owned());
                codes.len() - 1
            });
            open.push((name, own));
        }
    }
    for (seen, place) in found.iter_mut().zip(places) {
        seen.section.clone_from(&codes[place]);
    }
    found
}
