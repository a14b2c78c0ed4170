//! What a screen reader is given: the tree of the window as the system's accessibility bus (AT-SPI) has it.

use zbus::blocking::{Connection, connection};
use zbus::export::serde::Serialize;
use zbus::export::serde::de::DeserializeOwned;
use zbus::zvariant::{DynamicType, OwnedObjectPath, OwnedValue, Type};

use crate::Step;
use crate::desktop::Desktop;

const ACCESSIBLE: &str = "org.a11y.atspi.Accessible";
/// Nodes beyond which a window is broken rather than large.
const MOST: usize = 20_000;

/// One node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Node {
    /// As AT-SPI calls it: "heading", "table", "push button", "table row". A number where it is none of [`ROLES`].
    pub(crate) role: String,
    /// What is read out.
    pub(crate) name: String,
    /// How deep in the tree.
    pub(crate) depth: usize,
}

/// Roles by their numbers (`AtspiRole` of at-spi2-core): the web view tells no names of them.
const ROLES: &[(u32, &str)] = &[
    (7, "check box"),
    (10, "column header"),
    (11, "combo box"),
    (16, "dialog"),
    (27, "image"),
    (31, "list"),
    (32, "list item"),
    (33, "menu"),
    (34, "menu bar"),
    (35, "menu item"),
    (37, "page tab"),
    (40, "password text"),
    (43, "push button"),
    (44, "radio button"),
    (47, "row header"),
    (52, "spin button"),
    (54, "status bar"),
    (55, "table"),
    (56, "table cell"),
    (57, "table column header"),
    (58, "table row header"),
    (62, "toggle button"),
    (79, "entry"),
    (83, "heading"),
    (87, "form"),
    (88, "link"),
    (90, "table row"),
    (95, "document web"),
    (98, "list box"),
    (101, "notification"),
    (110, "landmark"),
    (130, "switch"),
];

/// All nodes of the app's window, in the order in which they are read.
pub(crate) fn tree(desktop: &Desktop) -> Step<Vec<Node>> {
    let bus = desktop.bus().to_owned();
    // The bus's own calls wait; a test's runtime must not.
    let read = std::thread::spawn(move || read(&bus).map_err(|why| why.to_string()));
    let nodes = read.join().map_err(|_| "the accessibility bus ended the reading")?;
    nodes.map_err(Into::into)
}

fn read(bus: &str) -> Step<Vec<Node>> {
    let session = connection::Builder::address(bus)?.build()?;
    let at = At { bus: &session, owner: "org.a11y.Bus", path: "/org/a11y/bus" };
    let address: String = at.ask("org.a11y.Bus", "GetAddress", &())?;
    let bus = connection::Builder::address(address.as_str())?.build()?;
    let mut nodes = Vec::new();
    let root = At { bus: &bus, owner: "org.a11y.atspi.Registry", path: "/org/a11y/atspi/accessible/root" };
    walk(root, 0, &mut nodes)?;
    Ok(nodes)
}

/// An object of a bus.
#[derive(Clone, Copy)]
struct At<'a> {
    bus: &'a Connection,
    owner: &'a str,
    path: &'a str,
}

impl At<'_> {
    fn ask<T>(&self, interface: &str, method: &str, args: &(impl Serialize + DynamicType)) -> Step<T>
    where
        T: DeserializeOwned + Type,
    {
        let answer = self.bus.call_method(Some(self.owner), self.path, Some(interface), method, args)?;
        Ok(answer.body().deserialize()?)
    }

    /// A property as it is now: nothing is kept, because the tree changes.
    fn property<T: TryFrom<OwnedValue>>(&self, name: &str) -> Option<T> {
        let value = self.ask::<OwnedValue>("org.freedesktop.DBus.Properties", "Get", &(ACCESSIBLE, name));
        T::try_from(value.ok()?).ok()
    }

    fn children(&self) -> Vec<(String, OwnedObjectPath)> {
        let told: Vec<(String, OwnedObjectPath)> =
            self.ask(ACCESSIBLE, "GetChildren", &()).unwrap_or_default();
        if !told.is_empty() {
            return told;
        }
        // A socket, such as the one that the page's process is plugged into, tells its child by index only.
        let count: i32 = self.property("ChildCount").unwrap_or_default();
        (0..count).filter_map(|at| self.ask(ACCESSIBLE, "GetChildAtIndex", &at).ok()).collect()
    }
}

fn walk(node: At<'_>, depth: usize, nodes: &mut Vec<Node>) -> Step<()> {
    if nodes.len() >= MOST {
        return Err(format!("the window has more than {MOST} nodes").into());
    }
    // What is gone meanwhile is not read either.
    // Not `GetRoleName`: libatspi, through which screen readers ask, knows the names itself, and WebKitGTK 2.50.6 ends when it is
    // asked for that of a header cell.
    let Ok(number) = node.ask::<u32>(ACCESSIBLE, "GetRole", &()) else { return Ok(()) };
    let known = ROLES.iter().find(|(known, _)| *known == number);
    let role = known.map_or_else(|| number.to_string(), |(_, name)| (*name).to_owned());
    let name = node.property("Name").unwrap_or_default();
    nodes.push(Node { role, name, depth });
    for (owner, path) in node.children() {
        walk(At { bus: node.bus, owner: &owner, path: path.as_str() }, depth + 1, nodes)?;
    }
    Ok(())
}
