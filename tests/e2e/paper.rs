//! What came out of the printer and the PDF.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use crate::Step;
use crate::program::output;

/// The words of a PDF in one line, as `pdftotext` finds them.
pub(crate) fn words(pdf: &Path) -> Step<String> {
    Ok(text(pdf, &[])?.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// The words of a PDF as they stand on the paper.
pub(crate) fn lines(pdf: &Path) -> Step<String> {
    text(pdf, &["-layout"])
}

fn text(pdf: &Path, options: &[&str]) -> Step<String> {
    let mut read = Command::new("pdftotext");
    let output = output(read.args(options).arg(pdf).arg("-"), Duration::from_mins(1))?;
    if !output.status.success() {
        return Err(format!("{}: {}", pdf.display(), String::from_utf8_lossy(&output.stderr)).into());
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Those of `names` that the words do not have.
pub(crate) fn missing<'a>(words: &str, names: &[&'a str]) -> Vec<&'a str> {
    names.iter().copied().filter(|name| !words.contains(name)).collect()
}
