//! What somebody hears of the window's own frame who does not see it. The page is in the same tree, but the web view tells its
//! roles as numbers (`GetRole`), which are not read here; its roles and names are judged by axe (`screens.rs`).

use super::in_prepared_window;
use crate::Step;
use crate::heard::{Node, tree};
use crate::prepared;
use crate::window::Mode;

#[tokio::test]
async fn the_menu_bar_and_the_page_are_heard() {
    in_prepared_window(
        "heard",
        Mode::Sample,
        async |desktop| {
            desktop.listen();
            prepared::sample(&desktop.path("record")).await
        },
        async |desktop, window| {
            window.wait_for("lock-unlock").await?;
            menu_bar(&tree(desktop)?)?;
            // The page joins the window's tree when it is first asked for.
            for name in ["Your record is locked", "Passphrase or recovery code", "Open my record"] {
                desktop.until(&format!("“{name}” is heard"), |desktop| {
                    tree(desktop).ok()?.iter().any(|node| node.name.trim() == name).then_some(())
                })?;
            }
            Ok(())
        },
        async |_, _, _| Ok(()),
    )
    .await;
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
