//! What a screen reader is given: the tree of the window as the system's accessibility bus (AT-SPI) has it.

use std::collections::BTreeMap;

use zbus::blocking::{Connection, Proxy, connection};
use zbus::zvariant::OwnedObjectPath;

use crate::Step;
use crate::desktop::Desktop;

const ACCESSIBLE: &str = "org.a11y.atspi.Accessible";
/// Nodes beyond which a window is broken rather than large.
const MOST: usize = 20_000;

/// One node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Node {
    /// As AT-SPI calls it: "heading", "table", "push button", "table row".
    pub(crate) role: String,
    /// What is read out.
    pub(crate) name: String,
    /// Attributes of the page: `level`, `live`, `xml-roles`.
    pub(crate) attributes: BTreeMap<String, String>,
    /// How deep in the tree.
    pub(crate) depth: usize,
}

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
    let address: String =
        Proxy::new(&session, "org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus")?.call("GetAddress", &())?;
    let bus = connection::Builder::address(address.as_str())?.build()?;
    let root = OwnedObjectPath::try_from("/org/a11y/atspi/accessible/root")?;
    let mut nodes = Vec::new();
    walk(&bus, "org.a11y.atspi.Registry", &root, 0, &mut nodes)?;
    Ok(nodes)
}

fn walk(
    bus: &Connection,
    owner: &str,
    path: &OwnedObjectPath,
    depth: usize,
    nodes: &mut Vec<Node>,
) -> Step<()> {
    if nodes.len() >= MOST {
        return Err(format!("the window has more than {MOST} nodes").into());
    }
    let node = Proxy::new(bus, owner.to_owned(), path.clone(), ACCESSIBLE)?;
    let role = match node.call::<_, _, String>("GetRoleName", &()) {
        Ok(role) => role,
        Err(error) => format!("unreadable {owner} {} {error}", path.as_str()),
    };
    let name = node.get_property("Name").unwrap_or_default();
    let attributes = node.call("GetAttributes", &()).unwrap_or_default();
    nodes.push(Node { role, name, attributes, depth });
    let children: Vec<(String, OwnedObjectPath)> = node.call("GetChildren", &()).unwrap_or_default();
    for (owner, path) in children {
        walk(bus, &owner, &path, depth + 1, nodes)?;
    }
    Ok(())
}

impl Node {
    /// The level of a heading.
    pub(crate) fn level(&self) -> Option<u8> {
        self.attributes.get("level")?.parse().ok()
    }
}
