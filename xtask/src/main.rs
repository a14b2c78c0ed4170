//! The project's own tasks: `cargo xtask run`, `test`, and what they are made of.
//!
//! Everything here calls ordinary programs (cargo, npm, apt-get) and says which and why. The only
//! dependency is a JSON reader for `cargo metadata`, so that the first `cargo xtask` on a new machine
//! compiles in seconds.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a terminal program speaks by printing")]

mod bench;
mod codes;
mod debian;
mod demo;
mod fresh;
mod icons;
mod licences;
mod machine;
mod markdown;
mod mutations;
mod network;
mod package;
mod process;
mod runs;
mod screens;
mod setup;
mod site;
mod stages;
mod test;
mod texts;
mod tidy;
mod windows;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

const HELP: &str = "\
cargo xtask run [--profile NAME]   set up, build, and open the app. Without --profile: sample mode, with
                                   invented providers on this computer. Without a display: walks through
                                   sample mode in a virtual one and leaves pictures in target/demo
cargo xtask test                   set up, then every check and test there is; on Linux also in a real window
cargo xtask setup                  only install what building and testing need
cargo xtask tidy                   the rules of the design that a compiler does not check
cargo xtask bench [NAME [WORDS]]   what things cost, next to a floor of the same run: read, merge, fill, commands, sheet,
                                   import, loopback, sync, window; without a name all of them. Tables are kept as bench/NAME.json
cargo xtask cards                  every card of the directory, walked as somebody who has registered nothing; pictures of
                                   the last pages go to docs/connecting
cargo xtask screens                the pictures in docs/screens, from the app in a real window
cargo xtask site                   the guide as web pages, in target/site; installs mdBook into the target folder the first time
cargo xtask windows [TIMES]        the tests in a real window, beside connections that take loopback ports all the while
cargo xtask network                the app's tests and the window's with loopback only, and what they tried to reach
cargo xtask texts DIR              the words of every screen, a file each
cargo xtask texts-diff OLD NEW     the lines in which two such folders differ, screen by screen
cargo xtask codes LIST...          whether the codes of the table of topics are in the lists that CMS publishes: icd10=FILE, icd9=FILE,
                                   icd9-procedures=FILE, icd10pcs=FILE
cargo xtask mutations [N...]       whether the tests of the laws (of all, or of law N) fail when the law is broken as tests/laws says.
                                   Takes hours; a line a law
cargo xtask licences               the list of what the app is built from, for its page About and licences
cargo xtask package [KIND...]      what somebody installs, in target/packages: on Linux deb and rpm; checked, with checksums. A release
                                   build, which takes long
cargo xtask package test           installs that deb on a new Debian 12, uses it as on a first evening, and removes it (as root)
cargo xtask package look FILE...   whether programs hold anything of the tests or of the machine that built them
cargo xtask icons                  all icon sizes from icons/icon.svg
cargo xtask fresh [--log FILE]     run and test in a new Debian 12 (as root; takes about an hour)
";

/// One feature set for the app, the tests and the lints, or the shell would be compiled once for each.
pub(crate) const FEATURES: &str = "wholechart/custom-protocol,wholechart/e2e";

/// The checkout's root.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask/ is inside the checkout").to_path_buf()
}

/// Where cargo builds: `CARGO_TARGET_DIR`, or `target/` in the checkout.
pub(crate) fn target_dir() -> PathBuf {
    match std::env::var_os("CARGO_TARGET_DIR") {
        Some(dir) => root().join(dir),
        None => root().join("target"),
    }
}

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let outcome = match words.as_slice() {
        ["run"] | ["run", "--sample"] => demo::run(None),
        ["run", "--profile", name] | ["run", "--sample", "--profile", name] if !name.starts_with('-') => {
            demo::run(Some(name))
        }
        ["test"] => test::test(),
        ["setup"] => setup::set_up(setup::Purpose::Headless),
        ["tidy"] => tidy::tidy(),
        ["bench"] => bench::all(),
        ["bench", name, words @ ..] => bench::bench(name, words),
        ["cards"] => demo::cards(),
        ["network"] => network::network(),
        ["windows"] => windows::windows(1),
        ["windows", times] => {
            times.parse().map_err(|_| format!("{times} is no number")).and_then(windows::windows)
        }
        ["texts", folder] => texts::texts(Path::new(folder)),
        ["texts-diff", old, new] => texts::compare(Path::new(old), Path::new(new)),
        ["codes", lists @ ..] if !lists.is_empty() => codes::codes(lists),
        ["mutations", numbers @ ..] => mutations::mutations(numbers),
        ["licences"] => licences::licences(),
        ["icons"] => icons::icons(),
        ["screens"] => screens::screens(),
        ["site"] => site::site(),
        ["package", "test"] => package::test(),
        ["package", "look", programs @ ..] if !programs.is_empty() => package::look(programs),
        ["package", kinds @ ..] => package::package(kinds),
        ["fresh"] => fresh::fresh(None),
        ["fresh", "--log", file] => fresh::fresh(Some(Path::new(file))),
        [] | ["help" | "--help" | "-h"] => {
            print!("{HELP}");
            Ok(())
        }
        other => Err(format!("Unknown task: {}\n\n{HELP}", other.join(" "))),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("\n{message}");
            ExitCode::FAILURE
        }
    }
}
