//! The documents: a small PDF made byte by byte, so that it is the same every time.

use std::fmt::Write as _;

/// A one-page PDF 1.4 with a heading and lines of text; characters outside Latin-1 become `?`.
pub(super) fn pdf(heading: &str, lines: &[String]) -> Vec<u8> {
    let mut content = format!("BT /F1 16 Tf 64 730 Td ({}) Tj ET\n", literal(heading));
    for (at, line) in lines.iter().enumerate() {
        let height = 700 - 16 * i32::try_from(at).unwrap_or(i32::MAX / 32);
        let _ = writeln!(content, "BT /F1 11 Tf 64 {height} Td ({}) Tj ET", literal(line));
    }
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>"
            .to_owned(),
        format!("<< /Length {} >>\nstream\n{content}endstream", content.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_owned(),
    ];
    let mut file = String::from("%PDF-1.4\n");
    let mut places = Vec::new();
    for (at, object) in objects.iter().enumerate() {
        places.push(file.len());
        let _ = write!(file, "{} 0 obj\n{object}\nendobj\n", at + 1);
    }
    let table = file.len();
    let _ = write!(file, "xref\n0 {}\n0000000000 65535 f \n", places.len() + 1);
    for place in places {
        let _ = writeln!(file, "{place:010} 00000 n ");
    }
    let _ =
        write!(file, "trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n", objects.len() + 1);
    file.into_bytes()
}

/// A PDF string: brackets and backslashes escaped, letters beyond ASCII as octal WinAnsi codes.
fn literal(text: &str) -> String {
    let mut literal = String::new();
    for c in text.chars() {
        match c {
            '(' | ')' | '\\' => literal.extend(['\\', c]),
            ' '..='~' => literal.push(c),
            '\u{a0}'..='\u{ff}' => {
                let _ = write!(literal, "\\{:03o}", u32::from(c));
            }
            _ => literal.push('?'),
        }
    }
    literal
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_of_a_pdf_points_at_its_objects() {
        let file = String::from_utf8(pdf("Rosa Marín (test)", &["One".to_owned()])).unwrap();
        let start: usize = file.lines().rev().nth(1).unwrap().parse().unwrap();
        assert!(file[start..].starts_with("xref\n0 6\n"));
        for (at, line) in file[start..].lines().skip(3).take(5).enumerate() {
            let place: usize = line[..10].parse().unwrap();
            assert!(file[place..].starts_with(&format!("{} 0 obj\n", at + 1)));
        }
        assert!(file.contains("(Rosa Mar\\355n \\(test\\)) Tj"));
    }
}
