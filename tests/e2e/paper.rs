//! What came out of the printer and the PDF.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use crate::Step;
use crate::program::output;

/// The words of a PDF in one line, as `pdftotext` finds them.
pub(crate) fn words(pdf: &Path) -> Step<String> {
    let output = output(Command::new("pdftotext").arg(pdf).arg("-"), Duration::from_mins(1))?;
    if !output.status.success() {
        return Err(format!("{}: {}", pdf.display(), String::from_utf8_lossy(&output.stderr)).into());
    }
    let text = String::from_utf8_lossy(&output.stdout);
    Ok(text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Those of `names` that the words do not have.
pub(crate) fn missing<'a>(words: &str, names: &[&'a str]) -> Vec<&'a str> {
    names.iter().copied().filter(|name| !words.contains(name)).collect()
}
