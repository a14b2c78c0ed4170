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
    /// As AT-SPI calls it: "heading", "table", "push button", "table row".
    pub(crate) role: String,
    /// What is read out.
    pub(crate) name: String,
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
    let Ok(role) = node.ask(ACCESSIBLE, "GetRoleName", &()) else { return Ok(()) };
    let name = node.property("Name").unwrap_or_default();
    nodes.push(Node { role, name, depth });
    for (owner, path) in node.children() {
        walk(At { bus: node.bus, owner: &owner, path: path.as_str() }, depth + 1, nodes)?;
    }
    Ok(())
}
