//! The page that tells what lies in the folder: plain HTML that runs nothing and loads nothing.

use wholechart_store::{ConnectionState, Person};

use super::{
    names::link,
    told::{DECISIONS, EARLIER, LIST, NOTES, READ, RECORDS, SET_ASIDE, Told},
};
use crate::words::{Arg, Speech, dates};

const STYLE: &str = "body{font:1rem/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#1b1b1b;background:#fff}\
h1{font-size:1.6rem}h2{margin-top:2.5rem}table{border-collapse:collapse}th,td{text-align:start;padding:.2rem 1.2rem .2rem 0;border-bottom:1px solid #ccc}\
td.n{text-align:end;font-variant-numeric:tabular-nums}.note{border-inline-start:.3rem solid #a33;padding-inline-start:.8rem}code{overflow-wrap:anywhere}";

/// The files that are the same in every provider's folder, and what is in them, in the word catalogue.
const FILES: [(&str, &str); 9] = [
    (RECORDS, "take-out-file-records"),
    ("as-sent/", "take-out-file-as-sent"),
    (EARLIER, "take-out-file-earlier"),
    ("documents/", "take-out-file-documents"),
    (READ, "take-out-file-read"),
    (SET_ASIDE, "take-out-file-set-aside"),
    ("unreadable/", "take-out-file-unreadable"),
    (LIST, "take-out-file-list"),
    ("source.json", "take-out-file-source"),
];

struct Page<'p> {
    speech: &'p Speech<'p>,
    html: String,
}

/// The whole page.
pub(super) fn page(
    speech: &Speech<'_>,
    person: &Person,
    sources: &[Told],
    notes: usize,
    decided: bool,
) -> String {
    let words = speech.words;
    let title = words.with("take-out-title", &[("name", (&person.name).into())]);
    let mut page = Page { speech, html: String::new() };
    let language = words.language().code();
    page.put(&format!(
        "<!DOCTYPE html>\n<html lang=\"{language}\"><head><meta charset=\"utf-8\">\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\
         <meta name=\"viewport\" content=\"width=device-width\"><meta name=\"referrer\" content=\"no-referrer\">\
         <title>{0}</title><style>{STYLE}</style></head><body>\n<h1>{0}</h1>\n",
        escaped(&title)
    ));
    let today = dates::of(speech.now.with_timezone(&person.home_zone).date_naive());
    let made = words.with(
        "take-out-made",
        &[("date", (&speech.day(today)).into()), ("version", env!("CARGO_PKG_VERSION").into())],
    );
    page.text("p", &made);
    if let Some(born) = person.birth_date {
        page.text("p", &words.with("take-out-born", &[("date", (&speech.day(dates::of(born))).into())]));
    }
    page.text("p", &words.get("take-out-what"));
    page.put(&format!("<p class=\"note\">{}</p>\n", escaped(&words.get("take-out-open"))));
    page.text("h2", &words.get("take-out-sources"));
    if sources.is_empty() {
        page.text("p", &words.get("take-out-nothing"));
    }
    for source in sources {
        page.source(source);
    }
    if notes > 0 || decided {
        page.text("h2", &words.get("take-out-own"));
        page.put("<ul>\n");
        if notes > 0 {
            page.file(NOTES, &words.with("take-out-notes", &[("count", count(notes))]));
        }
        if decided {
            page.file(DECISIONS, &words.get("take-out-decisions"));
        }
        page.put("</ul>\n");
    }
    page.text("h2", &words.get("take-out-how"));
    page.text("p", &words.get("take-out-how-lead"));
    page.put("<dl>\n");
    for (name, key) in FILES {
        page.put(&format!("<dt><code>{}</code></dt><dd>{}</dd>\n", escaped(name), escaped(&words.get(key))));
    }
    page.put("</dl>\n</body></html>\n");
    page.html
}

impl Page<'_> {
    fn put(&mut self, html: &str) {
        self.html.push_str(html);
    }

    fn text(&mut self, tag: &str, text: &str) {
        self.put(&format!("<{tag}>{}</{tag}>\n", escaped(text)));
    }

    fn file(&mut self, path: &str, text: &str) {
        self.put(&format!("<li><a href=\"{}\">{}</a></li>\n", link(path), escaped(text)));
    }

    fn source(&mut self, source: &Told) {
        let words = self.speech.words;
        self.put(&format!("<h3><bdi>{}</bdi></h3>\n", escaped(&source.connection.name)));
        match source.connection.state {
            ConnectionState::Own => self.text("p", &words.get("take-out-source-own")),
            _ if source.connection.imported => self.text("p", &words.get("take-out-source-files")),
            _ => {}
        }
        let all: usize = source.kinds.values().sum();
        self.text("p", &words.with("take-out-records", &[("count", count(all))]));
        if !source.kinds.is_empty() {
            self.put("<table>\n");
            for ((kind, of), many) in &source.kinds {
                let kind = words.get(&format!("kind-{}", kind.as_str()));
                self.put(&format!(
                    "<tr><td>{}</td><td><code>{}</code></td><td class=\"n\">{many}</td></tr>\n",
                    escaped(&kind),
                    escaped(of)
                ));
            }
            self.put("</table>\n");
        }
        if source.lost > 0 {
            let lost = words.with("take-out-lost", &[("count", count(source.lost))]);
            self.put(&format!("<p class=\"note\">{}</p>\n", escaped(&lost)));
        }
        self.put("<ul>\n");
        let in_folder = |name: &str| format!("{}/{name}", source.folder);
        for (name, key) in [
            (RECORDS, "take-out-lines-records"),
            (EARLIER, "take-out-lines-earlier"),
            (READ, "take-out-lines-read"),
            (SET_ASIDE, "take-out-lines-set-aside"),
        ] {
            let many = source.lines.get(name).copied().unwrap_or_default();
            if many > 0 {
                self.file(&in_folder(name), &words.with(key, &[("count", count(many))]));
            }
        }
        if source.as_sent > 0 {
            self.file(
                &in_folder("as-sent/"),
                &words.with("take-out-lines-as-sent", &[("count", count(source.as_sent))]),
            );
        }
        if source.unreadable > 0 {
            self.file(
                &in_folder("unreadable/"),
                &words.with("take-out-lines-unreadable", &[("count", count(source.unreadable))]),
            );
        }
        self.file(&in_folder(LIST), &words.get("take-out-list"));
        self.put("</ul>\n");
        if source.documents.is_empty() {
            return;
        }
        self.text("p", &words.with("take-out-documents", &[("count", count(source.documents.len()))]));
        if source.documents.iter().any(|one| one.is_page) {
            self.text("p", &words.get("take-out-pages"));
        }
        self.put("<ul>\n");
        for one in &source.documents {
            let name = one.path.rsplit('/').next().unwrap_or_default();
            if one.is_page {
                self.put(&format!("<li><bdi>{}</bdi></li>\n", escaped(name)));
            } else {
                self.put(&format!(
                    "<li><a href=\"{}\"><bdi>{}</bdi></a></li>\n",
                    link(&one.path),
                    escaped(name)
                ));
            }
        }
        self.put("</ul>\n");
    }
}

fn count(n: usize) -> Arg<'static> {
    n.into()
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}
