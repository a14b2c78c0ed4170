//! PDFs written by hand: pages of lines, each where it is to stand.

use std::fmt::Write as _;

/// Operators that draw a line of text, so many points from the left and above the lower edge of the page.
pub(crate) fn at(left: u32, up: u32, text: &str) -> String {
    let escaped = text.replace('\\', "\\\\").replace('(', "\\(").replace(')', "\\)");
    format!("BT /F1 9 Tf {left} {up} Td ({escaped}) Tj ET\n")
}

/// A PDF of these pages, in letter size.
pub(crate) fn pdf(pages: &[String]) -> Vec<u8> {
    let mut kids = String::new();
    for index in 0..pages.len() {
        let _ = write!(kids, "{} 0 R ", 4 + 2 * index);
    }
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        format!("<< /Type /Pages /Kids [{kids}] /Count {} >>", pages.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
    ];
    for (index, content) in pages.iter().enumerate() {
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {} 0 R /Resources << /Font << /F1 3 0 R >> >> >>",
            5 + 2 * index
        ));
        objects.push(format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()));
    }
    let mut pdf = b"%PDF-1.4\n".to_vec();
    let mut offsets = Vec::new();
    for (number, object) in (1..).zip(&objects) {
        offsets.push(pdf.len());
        pdf.extend(format!("{number} 0 obj\n{object}\nendobj\n").into_bytes());
    }
    let start = pdf.len();
    let size = offsets.len() + 1;
    pdf.extend(format!("xref\n0 {size}\n0000000000 65535 f \n").into_bytes());
    for offset in &offsets {
        pdf.extend(format!("{offset:010} 00000 n \n").into_bytes());
    }
    pdf.extend(format!("trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n").into_bytes());
    pdf
}
