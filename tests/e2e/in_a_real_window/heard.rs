//! What somebody hears who does not see the window: every screen as the screen reader is given it.

use super::screens::every_screen;
use super::{Findings, in_prepared_window};
use crate::Step;
use crate::desktop::Desktop;
use crate::heard::{Node, tree};
use crate::prepared;
use crate::window::{Mode, Window};

/// Roles that are nothing without a name.
const NAMED: &[&str] = &[
    "push button",
    "toggle button",
    "link",
    "entry",
    "check box",
    "radio button",
    "combo box",
    "heading",
    "table",
];

#[tokio::test]
async fn every_screen_is_heard() {
    in_prepared_window(
        "heard",
        Mode::Sample,
        async |desktop| {
            desktop.listen();
            prepared::sample(&desktop.path("record")).await
        },
        async |desktop, window| {
            window.resize(1280, 800).await?;
            window.wait_for("lock-unlock").await?;
            // The page joins the window's tree when it is first asked for.
            let joined = desktop.until("the page is heard", |desktop| page(desktop).ok());
            let locked = joined.or_else(|_| page(desktop))?;
            one_heading(&locked, "lock")?;
            menu_bar(&tree(desktop)?)?;
            window.unlock(prepared::PASSPHRASE).await?;
            let mut wrong = Findings::in_window(window);
            for screen in every_screen() {
                screen.visit(window).await?;
                wrong.note(heard(desktop, window, screen.name()).await).await?;
            }
            wrong.told()
        },
        async |_, _, _| Ok(()),
    )
    .await;
}

/// The nodes of the page, without the window's own frame and menus.
fn page(desktop: &Desktop) -> Step<Vec<Node>> {
    let all = tree(desktop)?;
    let at = all.iter().position(|node| node.role.starts_with("document"));
    let Some(at) = at else {
        let roles: Vec<&str> = all.iter().map(|node| node.role.as_str()).collect();
        return Err(format!("no page is heard, only {roles:?}").into());
    };
    let depth = all[at].depth;
    let inside = all[at + 1..].iter().take_while(|node| node.depth > depth);
    Ok(inside.cloned().collect())
}

/// The window has a menu bar, with words of ours and the keys beside them.
fn menu_bar(all: &[Node]) -> Step<()> {
    let at = all.iter().position(|node| node.role == "menu bar").ok_or("no menu bar is heard")?;
    let depth = all[at].depth;
    let inside: Vec<&Node> = all[at + 1..].iter().take_while(|node| node.depth > depth).collect();
    let menus: Vec<&str> =
        inside.iter().filter(|node| node.depth == depth + 1).map(|node| node.name.as_str()).collect();
    if menus != ["File", "Edit", "View", "Go", "Help"] {
        return Err(format!("the menus are {menus:?}").into());
    }
    for wanted in ["Print\u{2003}Ctrl+P", "Find on this page\u{2003}Ctrl+F", "Home\u{2003}Ctrl+1"] {
        if !inside.iter().any(|node| node.name == wanted) {
            let names: Vec<&str> = inside.iter().map(|node| node.name.as_str()).collect();
            return Err(format!("no “{wanted}” among {names:?}").into());
        }
    }
    Ok(())
}

fn one_heading(page: &[Node], place: &str) -> Step<()> {
    let first: Vec<&str> =
        page.iter().filter(|node| node.level() == Some(1)).map(|node| node.name.as_str()).collect();
    if first.len() == 1 {
        Ok(())
    } else {
        Err(format!("{place}: headings of the first level: {first:?}").into())
    }
}

async fn heard(desktop: &Desktop, window: &Window, place: &str) -> Step<()> {
    // The tree follows the page a moment later.
    let heading = window.ask("return document.querySelector('#main h1').innerText.trim()").await?;
    let heading = heading.as_str().unwrap_or_default().to_owned();
    desktop.until(&format!("{place} is heard as “{heading}”"), |desktop| {
        let page = page(desktop).ok()?;
        page.iter().any(|node| node.level() == Some(1) && node.name.trim() == heading).then_some(())
    })?;
    let page = page(desktop)?;
    let mut wrong = Vec::new();
    if let Err(why) = one_heading(&page, place) {
        wrong.push(why.to_string());
    }
    for node in page.iter().filter(|node| NAMED.contains(&node.role.as_str()) && node.name.trim().is_empty())
    {
        wrong.push(format!("{place}: a {} has no name ({:?})", node.role, node.attributes));
    }
    let mut last = 0;
    for level in page.iter().filter_map(Node::level) {
        if level > last + 1 {
            wrong.push(format!("{place}: a heading of level {level} follows one of level {last}"));
        }
        last = level;
    }
    let landmarks = |role: &str| {
        page.iter()
            .filter(|node| {
                node.attributes.get("xml-roles").is_some_and(|roles| roles.split(' ').any(|one| one == role))
            })
            .count()
    };
    for role in ["main", "navigation"] {
        if landmarks(role) == 0 {
            wrong.push(format!("{place}: no landmark “{role}”"));
        }
    }
    if !page.iter().any(|node| node.attributes.get("live").is_some_and(|live| live == "polite")) {
        wrong.push(format!("{place}: nothing tells what changes"));
    }
    let rows = page.iter().filter(|node| node.role == "table row").count();
    let heads = page.iter().filter(|node| node.role == "column header").count();
    if rows > 0 && heads == 0 {
        wrong.push(format!("{place}: a table of {rows} rows without a column header"));
    }
    let shown = window.ask("return document.querySelectorAll('#main tbody tr').length").await?;
    if shown.as_u64().unwrap_or_default() > 0 && rows == 0 {
        wrong.push(format!("{place}: {shown} rows are seen and none is heard as a row"));
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong.join("\n").into()) }
}
