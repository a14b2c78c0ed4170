//! `cargo xtask site`: the guide as web pages in `target/site`, in English and Spanish, with every picture and sample they show.
//!
//! In the order a reader needs it: what is built, how mdBook comes here, what is copied beside its pages, and whether all
//! of it leads somewhere.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use crate::markdown::attributes;
use crate::process::{self, Ended};
use crate::{root, target_dir};

/// The release of mdBook that the pages are made with.
const MDBOOK: &str = "0.5.4";

struct Book {
    source: &'static str,
    /// Below the site. As deep as the source is below `docs`, so that `../../screens/x.png` leads to the same in both.
    pages: &'static str,
    /// What leads there from the other book.
    called: &'static str,
    first: &'static str,
    name: &'static str,
    language: &'static str,
}

const BOOKS: &[Book] = &[
    Book {
        source: "docs/guide",
        pages: "guide/en",
        called: "../../guide/src/",
        first: "start.html",
        name: "English",
        language: "en",
    },
    Book {
        source: "docs/guide-es",
        pages: "guide/es",
        called: "../../guide-es/src/",
        first: "inicio.html",
        name: "Español",
        language: "es",
    },
];

/// Builds the site anew.
pub(crate) fn site() -> Result<(), String> {
    let mdbook = mdbook()?;
    let site = target_dir().join("site");
    if site.exists() {
        fs::remove_dir_all(&site).map_err(|error| format!("{}: {error}", site.display()))?;
    }
    for book in BOOKS {
        let mut build = Command::new(&mdbook);
        build.arg("build").arg(root().join(book.source)).arg("--dest-dir").arg(site.join(book.pages));
        run(&mut build, Duration::from_mins(5))?;
    }
    let pages = files_below(&site)?.into_iter().filter(|path| ends_in(path, "html")).collect::<Vec<_>>();
    for page in &pages {
        let text = fs::read_to_string(page).map_err(|error| format!("{}: {error}", page.display()))?;
        let led = BOOKS.iter().fold(text, |text, book| {
            text.replace(book.called, &format!("../{}/", book.pages.rsplit('/').next().unwrap_or_default()))
        });
        fs::write(page, &led).map_err(|error| format!("{}: {error}", page.display()))?;
        copy_what_it_shows(page, &led, &site)?;
    }
    write(&site.join("index.html"), &front())?;
    let lost = lost(&site)?;
    if !lost.is_empty() {
        return Err(format!("The site has links that lead nowhere:\n  {}", lost.join("\n  ")));
    }
    println!("\n{} pages in {}; every link in them leads somewhere.", pages.len() + 1, site.display());
    Ok(())
}

/// The pinned mdBook; installed once, below the target folder, where it is missing.
fn mdbook() -> Result<PathBuf, String> {
    let home = target_dir().join(format!("mdbook-{MDBOOK}"));
    let program = home.join("bin").join(if cfg!(windows) { "mdbook.exe" } else { "mdbook" });
    if program.exists() {
        return Ok(program);
    }
    println!(
        "mdBook {MDBOOK} makes the pages. It is installed once into {}; that takes some minutes.",
        home.display()
    );
    let mut install = Command::new("cargo");
    install.args(["install", "mdbook", "--version", MDBOOK, "--locked"]);
    // Neither its server nor its watching of files.
    install.args(["--no-default-features", "--features", "search", "--root"]).arg(&home);
    install.env("CARGO_TARGET_DIR", target_dir().join("mdbook-build"));
    run(&mut install, Duration::from_hours(2))?;
    Ok(program)
}

fn run(command: &mut Command, limit: Duration) -> Result<(), String> {
    match process::run(command.current_dir(root()), limit) {
        (Ended::Well, _) => Ok(()),
        (Ended::Badly(why), _) => Err(why),
    }
}

/// Copies what a page leads to in `docs`: pictures and sample papers. They stand beside the books as they do there.
fn copy_what_it_shows(page: &Path, text: &str, site: &Path) -> Result<(), String> {
    for (_, target) in attributes(text) {
        let Some((to, _)) = within(page, target, site) else { continue };
        let from = root().join("docs").join(&to);
        if site.join(&to).exists() || !from.is_file() || ends_in(&from, "md") {
            continue;
        }
        let to = site.join(&to);
        folder_of(&to)?;
        fs::copy(&from, &to).map_err(|error| format!("{}: {error}", from.display()))?;
    }
    Ok(())
}

/// Links of the built pages without a file, or without the place in it.
fn lost(site: &Path) -> Result<Vec<String>, String> {
    let mut lost = BTreeSet::new();
    for page in files_below(site)?.into_iter().filter(|path| ends_in(path, "html")) {
        let text = fs::read_to_string(&page).map_err(|error| format!("{}: {error}", page.display()))?;
        for (_, target) in attributes(&text) {
            let Some((to, anchor)) = within(&page, target, site) else { continue };
            let file = site.join(&to);
            let found = file.is_file()
                && (anchor.is_empty()
                    || !ends_in(&file, "html")
                    || fs::read_to_string(&file)
                        .is_ok_and(|text| text.contains(&format!("id=\"{anchor}\""))));
            if !found {
                let page = page.strip_prefix(site).unwrap_or(&page).display();
                lost.insert(format!("{page}: {target}"));
            }
        }
    }
    Ok(lost.into_iter().collect())
}

/// Where in the site a page's link leads, with the anchor; none for another site.
fn within(page: &Path, target: &str, site: &Path) -> Option<(PathBuf, String)> {
    if target.contains(':') || target.starts_with("//") {
        return None;
    }
    let (file, anchor) = target.split_once('#').unwrap_or((target, ""));
    let mut at = page.strip_prefix(site).ok()?.to_path_buf();
    if !file.is_empty() {
        at.pop();
        for part in file.split('/') {
            match part {
                "" | "." => {}
                ".." => drop(at.pop()),
                part => at.push(part),
            }
        }
    }
    Some((at, percent_decoded(anchor)))
}

/// `%C3%B3` as the letter it stands for.
fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut left = text.as_bytes();
    while let [first, behind @ ..] = left {
        let digits = (*first == b'%').then(|| behind.get(..2)).flatten();
        let decoded = digits
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        bytes.push(decoded.unwrap_or(*first));
        left = if decoded.is_some() { &behind[2..] } else { behind };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The page at the site's root: which language.
fn front() -> String {
    use std::fmt::Write as _;
    let mut choices = String::new();
    for Book { pages, first, name, language, .. } in BOOKS {
        // Writing to a String cannot fail.
        let _ = writeln!(choices, "<p><a lang=\"{language}\" href=\"{pages}/{first}\">{name}</a></p>");
    }
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>Wholechart</title>\n\
         <body style=\"font: 1.4rem/1.6 system-ui, sans-serif; max-width: 36rem; margin: 4rem auto; padding: 0 1rem\">\n\
         <h1>Wholechart</h1>\n<p>One chart from every provider, on the patient’s own computer.</p>\n{choices}\
         <p><a href=\"guide/en/privacy-policy.html\">Privacy policy</a> · <a href=\"guide/en/terms.html\">Terms</a></p>\n\
         </body>\n</html>\n"
    )
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    folder_of(path)?;
    fs::write(path, text).map_err(|error| format!("{}: {error}", path.display()))
}

fn folder_of(path: &Path) -> Result<(), String> {
    let Some(folder) = path.parent() else { return Ok(()) };
    fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))
}

fn ends_in(path: &Path, ending: &str) -> bool {
    path.extension().is_some_and(|one| one == ending)
}

/// Every file below a folder.
fn files_below(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).map_err(|error| format!("{}: {error}", folder.display()))? {
            let path = entry.map_err(|error| format!("{}: {error}", folder.display()))?.path();
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_of_a_page_is_a_place_in_the_site() {
        let site = Path::new("/site");
        let page = Path::new("/site/guide/en/portals/epic.html");
        let to =
            |target: &str| within(page, target, site).map(|(to, anchor)| (to.display().to_string(), anchor));
        assert_eq!(
            to("../../../connecting/epic.png"),
            Some(("connecting/epic.png".to_owned(), String::new()))
        );
        assert_eq!(to("#a"), Some(("guide/en/portals/epic.html".to_owned(), "a".to_owned())));
        assert_eq!(
            to("../x.html#el-c%C3%B3digo"),
            Some(("guide/en/x.html".to_owned(), "el-código".to_owned()))
        );
        assert_eq!(to("https://example.org/x"), None);
    }

    #[test]
    fn a_link_that_leads_nowhere_is_found() {
        let site = std::env::temp_dir().join(format!("wholechart-site-{}", std::process::id()));
        let page = |name: &str, text: &str| write(&site.join(name), text).unwrap();
        page("a.html", "<a href=\"b.html#one\">b</a> <img src=\"p.png\">");
        page("b.html", "<h1 id=\"one\">One</h1>");
        page("p.png", "");
        assert_eq!(lost(&site), Ok(Vec::new()));
        page("b.html", "<h1 id=\"two\">One</h1>");
        fs::remove_file(site.join("p.png")).unwrap();
        assert_eq!(lost(&site), Ok(vec!["a.html: b.html#one".to_owned(), "a.html: p.png".to_owned()]));
        fs::remove_dir_all(&site).unwrap();
    }
}
