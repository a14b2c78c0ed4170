//! A server's own words, made fit to show: no markup, no stack traces, no addresses with queries, short.

/// The longest text shown, in characters.
const LONGEST: usize = 200;
/// As much of an answer as is looked through for it, in bytes: servers have sent whole pages of megabytes.
const LOOKED_AT: usize = 16 * 1024;

/// Cleans what a server said for the ledger's details and an error's technical line.
///
/// Markup is stripped, control characters and line breaks become spaces, everything from the first sign of a
/// stack trace on is cut, a query string of a URL is cut, and so is what goes beyond 200 characters.
pub fn server_words(text: &str) -> String {
    let text = without_markup(&text[..text.floor_char_boundary(LOOKED_AT)]);
    let mut words: Vec<String> = Vec::new();
    for line in text.lines() {
        if is_stack_line(line) {
            break;
        }
        words.extend(
            line.split(|c: char| c.is_whitespace() || c.is_control())
                .filter(|w| !w.is_empty())
                .map(without_query),
        );
    }
    let joined = words.join(" ");
    // A trace that was flattened into one line, as .NET and Java servers send it.
    let cut = [
        " at System.",
        " at Microsoft.",
        " at java.",
        " at org.",
        " at com.",
        " at ca.uhn.",
        "--->",
        "   at ",
    ]
    .iter()
    .filter_map(|sign| joined.find(sign))
    .min()
    .unwrap_or(joined.len());
    let mut out: String = joined[..cut].trim().chars().take(LONGEST).collect();
    if joined[..cut].trim().chars().count() > LONGEST {
        out.pop();
        out.push('…');
    }
    out
}

fn is_stack_line(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with("at ") && (line.contains('(') || line.contains('.')) || line.starts_with("Traceback ")
}

fn without_query(word: &str) -> String {
    match word.find("://").and_then(|_| word.find(['?', '#'])) {
        Some(at) => word[..at].to_owned(),
        None => word.to_owned(),
    }
}

pub(crate) fn without_markup(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find('<') {
        out.push_str(&rest[..open]);
        let tag = &rest[open..];
        let named = tag[1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!');
        if let Some(close) = tag.find('>').filter(|_| named) {
            let lower = tag[..close].to_ascii_lowercase();
            rest = &tag[close + 1..];
            // What a browser would not show as text either.
            for hidden in ["script", "style", "head"] {
                if lower[1..].split(|c: char| !c.is_ascii_alphanumeric()).next() == Some(hidden) {
                    let end = format!("</{hidden}");
                    rest = rest.to_ascii_lowercase().find(&end).map_or("", |at| &rest[at..]);
                }
            }
            out.push(' ');
        } else {
            out.push('<');
            rest = &tag[1..];
        }
    }
    out.push_str(rest);
    out.replace("&nbsp;", " ")
        .replace("&lt;", "‹")
        .replace("&gt;", "›")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&")
}
