//! A page as SVG, with text that can be found.
//!
//! Typst draws letters as outlines, which look the same everywhere but say nothing: a sheet printed from
//! them has no text to search, copy or read aloud. So the same text goes below the outlines as `<text>`,
//! white on the white page, each run stretched to the width it has in the layout.
//!
//! Refused: drawing with `<text>` alone (the window would have to load the fonts, and a page would break
//! wherever the browser measures otherwise), and transparent or zero-size text (printing drops it).

use std::fmt::Write;

use typst::layout::{Frame, FrameItem, Point, Transform};
use typst_layout::Page;
use typst_svg::SvgOptions;

use crate::fonts::ignorable;

/// The page as an SVG document. `number` keeps its ids apart from those of other pages in the same HTML.
pub(crate) fn page(page: &Page, number: usize) -> String {
    let drawn = typst_svg::svg(page, &SvgOptions::default());
    // Ids and references are the only places where these character sequences can stand: in a drawing without
    // text and links, no attribute holds words of the record.
    let drawn = drawn
        .replace(" id=\"", &format!(" id=\"p{number}-"))
        .replace("xlink:href=\"#", &format!("xlink:href=\"#p{number}-"))
        .replace("url(#", &format!("url(#p{number}-"));
    // With ligatures a printed "Influenza" would hold the sign "ﬂ", and a search for the word would miss it.
    let mut layer =
        String::from("<g fill=\"#fff\" font-family=\"sans-serif\" font-variant=\"no-common-ligatures\">");
    runs(&page.frame, Transform::identity(), &mut layer);
    layer.push_str("</g>");
    // The background is the first shape of the page; the text goes right over it, below everything else.
    let place = drawn.find("<path").and_then(|start| Some(start + drawn[start..].find("/>")? + 2));
    match place {
        Some(place) => format!("{}{layer}{}", &drawn[..place], &drawn[place..]),
        None => drawn.replacen("</svg>", &format!("{layer}</svg>"), 1),
    }
}

/// Adds every run of text in the frame to the layer.
fn runs(frame: &Frame, at: Transform, layer: &mut String) {
    for (position, item) in frame.items() {
        let here = at.pre_concat(Transform::translate(position.x, position.y));
        match item {
            FrameItem::Group(group) => {
                runs(&group.frame, here.pre_concat(group.transform), layer);
            }
            FrameItem::Text(text) => {
                let said = escaped(&text.text);
                // Fonts that draw a letter's dots apart from its body give a run for the dots alone, without
                // a width. The letter is already said by the run of the body.
                if said.is_empty() || text.width().to_pt() < 0.01 {
                    continue;
                }
                let start = Point::zero().transform(here);
                // A String takes whatever is written to it.
                let _ = write!(
                    layer,
                    "<text x=\"{:.2}\" y=\"{:.2}\" font-size=\"{:.2}\" textLength=\"{:.2}\" \
                     lengthAdjust=\"spacingAndGlyphs\" xml:space=\"preserve\">{said}</text>",
                    start.x.to_pt(),
                    start.y.to_pt(),
                    text.size.to_pt(),
                    text.width().to_pt(),
                );
            }
            _ => {}
        }
    }
}

/// The text for XML, without the breaks that only the layout needed.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\u{200b}' => {}
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    if out.chars().all(|c| c.is_whitespace() || ignorable(c)) { String::new() } else { out }
}
