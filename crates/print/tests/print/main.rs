//! The printed summary, seen from outside: what its pages say, how they break, and what the files hold.

mod sample;

/// The layout: page count, breaks, text that must print as it is.
mod pages;
/// Charts, contents, index, folds.
mod parts;
/// The PDF, read back with poppler's tools.
mod pdf;
/// The SVG of a page, as the window and the printer get it.
mod svg;

use std::path::PathBuf;
use std::process::Command;

/// What one of poppler's tools says about a PDF. These tools judge from outside, so the tests need them:
/// without one they fail and say so.
fn poppler(tool: &str, arguments: &[&str], name: &str, bytes: &[u8]) -> String {
    let file = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.pdf"));
    std::fs::write(&file, bytes).expect("the folder for test files is writable");
    let mut command = Command::new(tool);
    command.args(arguments).arg(&file);
    if tool == "pdftotext" {
        command.arg("-");
    }
    let output =
        command.output().unwrap_or_else(|error| panic!("{tool} (package poppler-utils) is needed: {error}"));
    assert!(output.status.success(), "{tool}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("poppler writes UTF-8")
}

/// All text of the SVG pages in the order it stands there, one run a line.
fn text_layer(pages: &[String]) -> String {
    let mut said = String::new();
    for page in pages {
        for run in page.split("<text ").skip(1) {
            let (_, rest) = run.split_once('>').expect("the start tag ends");
            let (text, _) = rest.split_once("</text>").expect("the element ends");
            said.push_str(&text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"));
            said.push('\n');
        }
    }
    said
}

/// The same with all white space taken out: where a line breaks is not what a test of words is about.
fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && *c != '\u{200b}').collect()
}
