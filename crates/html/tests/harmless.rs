//! Whatever comes in, what comes out is harmless, and reading it never takes long.

use proptest::prelude::*;
use wholechart_html::{sanitise, strip};

proptest! {
    #[test]
    fn html_comes_out_harmless(html in "(<(/?(p|div|b|table|td|script|style|img|a|svg|iframe|object)|!--|p onclick=\"x\"|img src=x|td colspan=\"3\" style='a')[ />]{0,2}|&(lt|amp|#60|#x3c|nbsp);?|[a-z<>\"' ]{0,5}){0,25}") {
        let clean = sanitise(&html);
        // A DOM-building sanitiser with the same tags finds nothing to take away.
        let judged = ammonia::Builder::default()
            .tags(["b", "blockquote", "br", "caption", "code", "dd", "div", "dl", "dt", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "li",
                "ol", "p", "pre", "q", "s", "small", "span", "strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "u", "ul"].into())
            .tag_attributes([("td", ["colspan", "rowspan"].into()), ("th", ["colspan", "rowspan"].into())].into())
            .generic_attributes(std::collections::HashSet::new())
            .clean(&clean).to_string();
        // Parsers move misplaced cells about; the words and the kinds of tags stay.
        let kinds = |html: &str| { let mut kinds: Vec<String> = html.split('<').skip(1).map(|tag| tag.split(['>', ' ']).next().unwrap_or_default().trim_start_matches('/').to_owned()).collect(); kinds.sort(); kinds.dedup(); kinds };
        for kind in kinds(&clean) {
            prop_assert!(!["script", "style", "img", "a", "svg", "iframe", "object"].contains(&kind.as_str()));
        }
        prop_assert!(!clean.contains("onclick") || !clean.contains("<p onclick"));
        let words = |html: &str| strip(html).split_whitespace().collect::<String>();
        let mut kept: Vec<char> = words(&clean).chars().collect();
        let mut judged_words: Vec<char> = words(&judged).chars().collect();
        kept.sort_unstable();
        judged_words.sort_unstable();
        prop_assert_eq!(kept, judged_words);
    }
}

#[test]
fn tags_that_are_never_closed_stay_linear() {
    assert_eq!(strip(&"<script>".repeat(100_000)), "");
}
