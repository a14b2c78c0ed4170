//! `cargo xtask network`: the app's own tests and the scenes in a real window with no network but the computer's own loopback, and
//! every attempt to reach anything else told. Linux; needs `unshare` and `strace` (Debian: util-linux, strace).
//!
//! In a network namespace of its own nothing else can be reached, so what passes needs nothing else; and `strace` writes down each
//! address that any of the programs asked the system for, so that an attempt that failed is seen too. The browser in which the tests
//! sign in is no part of the app: what it tried is told apart.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::net::IpAddr;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use crate::stages::Stages;
use crate::test::{self, cargo, npm};
use crate::{FEATURES, target_dir};

/// Where names of the internet are looked up.
const DNS: u16 = 53;

/// How the program files of the browser begin in which the tests sign in.
const BROWSER: &str = "chrom";

/// The test that types an address which is nowhere.
const TYPED: &str = "every_card_says_what_is_missing_and_how_to_get_it";

/// Runs both, and looks at what they tried.
pub(crate) fn network() -> Result<(), String> {
    let log = target_dir().join("network.log");
    let mut stages = Stages::default();
    let mut build = cargo(&["test", "--workspace", "--no-run", "--locked", "--features", FEATURES]);
    build.args(["--test", "e2e", "--test", "main", "--test", "app"]);
    let is_ready = stages.programs("window's pages", Duration::from_mins(10), vec![npm("build")])
        && stages.programs("programs", Duration::from_mins(40), vec![build]);
    if !is_ready {
        return stages.finish();
    }
    let mut app = cargo(&["test", "--workspace", "--offline", "--locked", "--features", FEATURES]);
    app.args([
        "--test",
        "app",
        "--",
        "connecting::",
        "syncing::",
        "sent::",
        "record::",
        "files::",
        "backups::",
    ]);
    // Somebody types an address there that is on no computer: it is looked up, as it should be.
    app.args(["--skip", TYPED]);
    let mut window = test::in_the_window();
    window.env("CARGO_NET_OFFLINE", "true");
    let both = [
        ("the app, with loopback only", "what the app tried to reach", app),
        ("the window, with loopback only", "what the window tried to reach", window),
    ];
    for (what, then, tests) in both {
        if stages.programs(what, test::IN_THE_WINDOW, vec![alone(&tests, &log)]) {
            stages.own(then, || looked_at(&log));
        }
    }
    stages.finish()
}

/// The command in a network of its own, with all that it asks of networks written down.
fn alone(tests: &Command, log: &Path) -> Command {
    let mut alone = Command::new("dbus-run-session");
    alone.args(["--", "unshare", "--net"]);
    if !is_root() {
        alone.arg("--map-root-user");
    }
    alone.args(["sh", "-c", "ip link set lo up && exec \"$@\"", "alone"]);
    alone.args(["strace", "-f", "-qqq", "--seccomp-bpf", "-e", "signal=none"]);
    alone.args(["-e", "trace=connect,sendto,sendmsg,sendmmsg,execve,clone,clone3,fork,vfork"]);
    alone.args(["-s", "0", "-o"]).arg(log);
    alone.arg(tests.get_program()).args(tests.get_args());
    for (name, value) in tests.get_envs() {
        if let Some(value) = value {
            alone.env(name, value);
        }
    }
    alone
}

fn is_root() -> bool {
    let answer = Command::new("id").arg("-u").output();
    answer.is_ok_and(|answer| answer.stdout.trim_ascii() == b"0")
}

/// Fails where anything but loopback was tried, or a name was looked up. That something was tried at all shows that it was seen.
fn looked_at(log: &Path) -> Result<(), String> {
    let text = fs::read_to_string(log).map_err(|error| format!("{}: {error}", log.display()))?;
    let (mut tried, mut by_browser) = (BTreeMap::<(IpAddr, bool), usize>::new(), 0);
    let mut programs = HashMap::<&str, String>::new();
    for line in text.lines() {
        let Some((process, called)) = line.split_once(' ') else { continue };
        let program = programs.get(process).cloned().unwrap_or_default();
        if let Some(path) = between(called, "execve(\"", '"') {
            programs.insert(process, path.rsplit('/').next().unwrap_or_default().to_owned());
        } else if let Some(child) = begun(called) {
            programs.insert(child, program);
        } else if let Some((address, port)) = addressed(called) {
            let is_name = port == Some(DNS);
            let is_home = (address.is_loopback() || address.is_unspecified()) && !is_name;
            if program.starts_with(BROWSER) && !is_home {
                by_browser += 1;
            } else {
                *tried.entry((address, is_name)).or_default() += 1;
            }
        }
    }
    let at_home: usize = tried.iter().filter(|((to, _), _)| to.is_loopback()).map(|(_, times)| times).sum();
    println!("{at_home} times loopback, which is where the invented providers are");
    println!("{by_browser} times something else by the browser, which is no part of the app");
    let others: Vec<String> = tried
        .iter()
        .filter(|((to, is_name), _)| *is_name || !(to.is_loopback() || to.is_unspecified()))
        .map(|((to, is_name), times)| {
            format!("{to}{}: {times} times", if *is_name { ", to look up a name" } else { "" })
        })
        .collect();
    match (at_home, others.as_slice()) {
        (0, _) => Err("nothing was seen at all, so nothing is proven".to_owned()),
        (_, []) => Ok(()),
        (_, others) => Err(format!("also tried: {}", others.join("; "))),
    }
}

/// The number of a process or thread that a line of `strace` tells the beginning of.
fn begun(called: &str) -> Option<&str> {
    let call = called.strip_prefix("<... ").unwrap_or(called);
    let is_one = ["clone", "fork", "vfork"].iter().any(|name| call.starts_with(name));
    let (_, child) = call.rsplit_once("= ").filter(|_| is_one)?;
    child.bytes().all(|byte| byte.is_ascii_digit()).then_some(child)
}

fn between<'l>(line: &'l str, begin: &str, end: char) -> Option<&'l str> {
    line.split_once(begin)?.1.split_once(end).map(|(text, _)| text)
}

/// The address of the internet in a line of `strace`, with its port.
fn addressed(line: &str) -> Option<(IpAddr, Option<u16>)> {
    let address =
        between(line, "inet_addr(\"", '"').or_else(|| between(line, "inet_pton(AF_INET6, \"", '"'))?;
    let port = between(line, "htons(", ')').and_then(|port| port.parse().ok());
    Some((address.parse().ok()?, port))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_from_what_was_asked_of_the_system() {
        let four = "71 connect(9, {sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr(\"192.0.2.1\")}, 16) = -1";
        let six = "72 connect(9, {sa_family=AF_INET6, sin6_port=htons(443), inet_pton(AF_INET6, \"2001:db8::1\", &sin6_addr)}, 28) = 0";
        let own = "73 connect(9, {sa_family=AF_UNIX, sun_path=\"/run/bus\"}, 110) = 0";
        assert_eq!(addressed(four), Some(("192.0.2.1".parse().unwrap(), Some(53))));
        assert_eq!(addressed(six), Some(("2001:db8::1".parse().unwrap(), Some(443))));
        assert_eq!(addressed(own), None);
    }

    #[test]
    fn anything_but_loopback_fails_and_so_does_seeing_nothing() {
        let folder = std::env::temp_dir().join(format!("network-{}", std::process::id()));
        let line = |address: &str, port: u16| {
            format!(
                "1 connect(3, {{sa_family=AF_INET, sin_port=htons({port}), sin_addr=inet_addr(\"{address}\")}}, 16) = 0\n"
            )
        };
        let said = |text: String| {
            fs::write(&folder, text).unwrap();
            looked_at(&folder)
        };
        assert!(said(line("127.0.0.1", 4711)).is_ok());
        assert!(said(String::new()).is_err());
        assert!(said(line("127.0.0.1", 4711) + &line("192.0.2.7", 443)).is_err());
        assert!(said(line("127.0.0.1", 4711) + &line("127.0.0.53", 53)).is_err());
        let browser = "1 clone(child_stack=NULL, flags=SIGCHLD) = 2\n2 execve(\"/usr/lib/chromium/chromium\", 0x7, 0x7) = 0\n\
                       2 clone3({flags=CLONE_VM}, 88 <unfinished ...>\n2 <... clone3 resumed>) = 3\n";
        let elsewhere = line("192.0.2.7", 443).replacen('1', "3", 1);
        assert!(said(line("127.0.0.1", 4711) + browser + &elsewhere).is_ok());
        assert!(said(line("127.0.0.1", 4711) + browser + &line("192.0.2.7", 443)).is_err());
        fs::remove_file(&folder).unwrap();
    }
}
