use std::collections::HashSet;

use wholechart_print::{Fonts, Paper, typeset};

use crate::sample::visit;

#[test]
fn pages_need_no_style_script_or_resource() {
    for page in typeset(&visit(), Paper::Letter, &Fonts::bundled()).unwrap().svg() {
        for refused in
            [" style=", "<style", " class=", "<script", " onload=", "<image", "url(http", "<foreignObject"]
        {
            assert!(!page.contains(refused), "{refused} in {page:.300}");
        }
        assert!(page.starts_with("<svg"));
        assert!(page.contains("viewBox=\"0 0 612 792\""), "{page:.300}");
    }
}

#[test]
fn ids_are_unique_across_pages_and_every_reference_resolves() {
    let pages = typeset(&visit(), Paper::Letter, &Fonts::bundled()).unwrap().svg();
    let mut ids = HashSet::new();
    for page in &pages {
        for id in page.split(" id=\"").skip(1).map(|rest| rest.split_once('"').unwrap().0) {
            assert!(ids.insert(id), "twice: {id}");
        }
    }
    assert!(ids.len() > 50, "the outlines are there");
    for page in &pages {
        for id in page.split("href=\"#").skip(1).map(|rest| rest.split_once('"').unwrap().0) {
            assert!(ids.contains(id), "refers to nothing: {id}");
        }
    }
}

#[test]
fn text_lies_on_the_background_and_below_the_outlines() {
    for page in typeset(&visit(), Paper::Letter, &Fonts::bundled()).unwrap().svg() {
        let background = page.find("<path").unwrap();
        let text = page.find("<text ").unwrap();
        let outlines = page.find("<use ").unwrap();
        assert!(background < text && text < outlines);
        assert!(page[background..text].contains("fill=\"#ffffff\""), "{}", &page[background..text]);
        assert_eq!(page[..text].matches("<path").count(), 1, "only the background is below the text");
        assert!(!page.contains("aria-hidden"));
    }
}
