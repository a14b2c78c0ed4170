//! A sheet as text, in the order in which it is read: for a message to a provider, or a form that wants to be filled in.

use wholechart_print::{Cell, Document, Section};

/// Everything that stands on the pages but their head and foot.
pub(super) fn text(document: &Document) -> String {
    let mut lines = vec![document.title.clone()];
    lines.extend(document.sample.clone());
    lines.extend(document.person.iter().map(|(label, said)| format!("{label}: {said}")));
    lines.push(document.made_on.clone());
    lines.extend(document.sources.iter().map(|source| match source.as_of.as_str() {
        "" => format!("{}: {}", source.mark, source.name),
        as_of => format!("{}: {} ({as_of})", source.mark, source.name),
    }));
    lines.extend(document.warning.clone());
    lines.extend(document.lead.iter().cloned());
    for section in &document.sections {
        lines.push(String::new());
        lines.extend(of(section));
    }
    if !document.closing.is_empty() {
        lines.push(String::new());
        lines.extend(document.closing.iter().cloned());
    }
    lines.push(document.footer.clone());
    let lines: Vec<String> = lines.into_iter().map(|line| line.trim_end().to_owned()).collect();
    format!("{}\n", lines.join("\n"))
}

fn of(section: &Section) -> Vec<String> {
    let mut lines = vec![section.title.to_uppercase()];
    lines.extend(section.note.clone());
    lines.extend(section.paragraphs.iter().cloned());
    for row in &section.rows {
        let mut said: Vec<String> = Vec::new();
        for (at, cell) in row.cells.iter().enumerate() {
            let text = flowing(cell);
            let title = section.columns.get(at).map(|column| column.title.as_str()).unwrap_or_default();
            if text.is_empty() {
                continue;
            }
            said.push(if at == 0 || title.is_empty() { text } else { format!("{title}: {text}") });
        }
        said.extend((!row.sources.is_empty()).then(|| format!("[{}]", row.sources.join(" "))));
        lines.push(format!("- {}", said.join(" | ")));
    }
    for trend in &section.trends {
        let marks =
            if trend.sources.is_empty() { String::new() } else { format!(" [{}]", trend.sources.join(" ")) };
        lines.push(format!("- {}: {}{marks}", trend.title, flowing(&trend.latest)));
        lines.extend(trend.lines.iter().map(|line| format!("  {line}")));
    }
    lines.extend(section.lines.iter().map(|line| format!("- {line}")));
    lines.extend(section.blanks.iter().filter(|text| !text.is_empty()).cloned());
    lines
}

fn flowing(cell: &Cell) -> String {
    let text = [cell.lead.trim(), cell.text.trim()].into_iter().filter(|text| !text.is_empty());
    text.collect::<Vec<_>>().join(" ").replace('\n', "; ")
}

#[cfg(test)]
mod tests {
    use wholechart_print::Row;

    use super::*;

    #[test]
    fn every_word_of_a_section_is_in_the_text() {
        let section = Section {
            title: "Medicines".into(),
            note: Some("None other.".into()),
            rows: vec![Row {
                cells: vec![Cell::named("Lisinopril", "10 mg"), Cell::plain("1 tablet\nBefore: 5 mg")],
                sources: vec!["A".into()],
            }],
            lines: vec!["Perhaps over: metformin".into()],
            ..Section::default()
        };
        assert_eq!(
            of(&section),
            [
                "MEDICINES",
                "None other.",
                "- Lisinopril 10 mg | 1 tablet; Before: 5 mg | [A]",
                "- Perhaps over: metformin"
            ]
        );
    }
}
