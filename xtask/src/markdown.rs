//! As much of Markdown as rules about papers need: what is prose, where it leads, what it sets in bold, its headings.

/// A page without code: of fenced blocks and code spans nothing is left but the lines, so that positions hold.
#[derive(Debug)]
pub(crate) struct Prose {
    text: String,
}

/// Somewhere that a page leads to, or a picture that it shows.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Link {
    /// From 1.
    pub(crate) line: usize,
    pub(crate) target: String,
}

/// A stretch of bold text.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Bold {
    /// From 1.
    pub(crate) line: usize,
    /// On one line, whatever the page does.
    pub(crate) text: String,
}

impl Prose {
    pub(crate) fn of(page: &str) -> Self {
        let mut text = String::with_capacity(page.len());
        let mut fence: Option<&str> = None;
        for line in page.lines() {
            let begins = line.trim_start();
            let mark = ["```", "~~~"].into_iter().find(|mark| begins.starts_with(mark));
            match (fence, mark) {
                (None, Some(mark)) => fence = Some(mark),
                (Some(open), Some(mark)) if open == mark => fence = None,
                (Some(_), _) => {}
                (None, None) => text.push_str(line),
            }
            text.push('\n');
        }
        Self { text: without_spans(&text) }
    }

    /// Every link and picture: `[a](b)`, `![a](b)`, `[a]: b`, `href="b"` and `src="b"`.
    pub(crate) fn links(&self) -> Vec<Link> {
        let mut links = Vec::new();
        for (at, _) in self.text.match_indices("](") {
            if let Some(target) = target(&self.text[at + 2..]) {
                links.push(Link { line: self.line(at), target });
            }
        }
        for (number, line) in self.text.lines().enumerate() {
            let defined = line.trim_start().strip_prefix('[').and_then(|line| line.split_once("]:"));
            if let Some((_, target)) = defined
                && let Some(target) = target.split_whitespace().next()
            {
                links.push(Link { line: number + 1, target: target.to_owned() });
            }
        }
        for (at, target) in attributes(&self.text) {
            links.push(Link { line: self.line(at), target: target.to_owned() });
        }
        links
    }

    /// What stands between two pairs of stars, also across lines of one paragraph.
    pub(crate) fn bold(&self) -> Vec<Bold> {
        let mut found = Vec::new();
        let mut begins = 0;
        for paragraph in self.text.split("\n\n") {
            let marks: Vec<usize> = paragraph.match_indices("**").map(|(at, _)| at).collect();
            for pair in marks.chunks_exact(2) {
                let text: Vec<&str> = paragraph[pair[0] + 2..pair[1]].split_whitespace().collect();
                found.push(Bold { line: self.line(begins + pair[0]), text: text.join(" ") });
            }
            begins += paragraph.len() + 2;
        }
        found
    }

    /// The addresses of the page's headings, as GitHub and mdBook make them.
    pub(crate) fn anchors(&self) -> Vec<String> {
        let mut anchors: Vec<String> = Vec::new();
        for line in self.text.lines() {
            let heading = line.trim_start_matches('#');
            let level = line.len() - heading.len();
            if !(1..=6).contains(&level) || !heading.starts_with(' ') {
                continue;
            }
            let slug: String = heading
                .trim()
                .chars()
                .filter_map(|c| match c {
                    c if c.is_whitespace() => Some('-'),
                    c if c.is_alphanumeric() || c == '-' || c == '_' => Some(c),
                    _ => None,
                })
                .flat_map(char::to_lowercase)
                .collect();
            let before = anchors.iter().filter(|other| **other == slug || is_numbered(other, &slug)).count();
            anchors.push(if before == 0 { slug } else { format!("{slug}-{before}") });
        }
        anchors
    }

    /// The line in which the byte `at` stands, from 1.
    fn line(&self, at: usize) -> usize {
        self.text[..at].matches('\n').count() + 1
    }
}

/// What `href` and `src` say in HTML, and where that stands.
pub(crate) fn attributes(html: &str) -> impl Iterator<Item = (usize, &str)> {
    ["href=\"", "src=\""].into_iter().flat_map(move |name| {
        html.match_indices(name)
            .map(move |(at, _)| (at, html[at + name.len()..].split('"').next().unwrap_or_default()))
    })
}

/// Whether `one` is `slug` with a number behind it.
fn is_numbered(one: &str, slug: &str) -> bool {
    let number = one.strip_prefix(slug).and_then(|end| end.strip_prefix('-'));
    number.is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// The target at the beginning of what stands behind `](`: until its bracket closes, without a title.
fn target(text: &str) -> Option<String> {
    if let Some(text) = text.strip_prefix('<') {
        return text.split_once('>').map(|(target, _)| target.to_owned());
    }
    let mut open = 0;
    let end = text.find(|c| {
        match c {
            '(' => open += 1,
            ')' => open -= 1,
            _ => {}
        }
        open < 0
    })?;
    text[..end].split_whitespace().next().map(str::to_owned)
}

/// Code spans, with as many backticks at the end as at the beginning, become nothing but their line breaks.
fn without_spans(text: &str) -> String {
    let mut prose = String::with_capacity(text.len());
    let mut left = text;
    while let Some(at) = left.find('`') {
        prose.push_str(&left[..at]);
        let ticks = left[at..].len() - left[at..].trim_start_matches('`').len();
        let behind = &left[at + ticks..];
        let Some(length) = span(behind, ticks) else {
            left = behind;
            continue;
        };
        prose.extend(behind[..length].matches('\n'));
        left = &behind[length + ticks..];
    }
    prose + left
}

/// How long the code is that ends with exactly `ticks` backticks, in the same paragraph.
fn span(text: &str, ticks: usize) -> Option<usize> {
    let paragraph = text.find("\n\n").unwrap_or(text.len());
    let mut from = 0;
    while let Some(at) = text[from..paragraph].find('`').map(|at| from + at) {
        let run = text[at..].len() - text[at..].trim_start_matches('`').len();
        if run == ticks {
            return Some(at);
        }
        from = at + run;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn targets(page: &str) -> Vec<String> {
        Prose::of(page).links().into_iter().map(|link| link.target).collect()
    }

    #[test]
    fn every_way_to_write_a_link_is_read() {
        assert_eq!(targets("See [a](b.md#c \"title\") and ![p](p(1).png)."), ["b.md#c", "p(1).png"]);
        assert_eq!(targets("[![p](p.png)](<a b.md>)"), ["p.png", "a b.md"]);
        assert_eq!(targets("[a]: b.md\n<img src=\"p.png\"> <a href=\"c.md\">"), ["b.md", "c.md", "p.png"]);
    }

    #[test]
    fn code_leads_nowhere_and_lines_hold() {
        let page = "`[a](no.md)` ``x`[a](no.md)``\n```\n[a](no.md)\n```\n\n[a](yes.md)\n";
        assert_eq!(Prose::of(page).links(), [Link { line: 6, target: "yes.md".to_owned() }]);
    }

    #[test]
    fn bold_text_is_one_line_wherever_it_breaks() {
        let bold = Prose::of("a\n\nPress **Get new\nrecords** `**x**`, then **Stop**.").bold();
        let expected = [(3, "Get new records"), (4, "Stop")];
        assert_eq!(bold, expected.map(|(line, text)| Bold { line, text: text.to_owned() }));
    }

    #[test]
    fn headings_have_the_addresses_that_github_gives_them() {
        let page = "# What “it” is, really\n## A\n## A\n```\n# no\n```\n#no\n## Día 1";
        assert_eq!(Prose::of(page).anchors(), ["what-it-is-really", "a", "a-1", "día-1"]);
    }
}
