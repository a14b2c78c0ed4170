//! Installing what building, showing and testing need, saying what and why.

use std::collections::BTreeSet;
use std::fs;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use crate::machine::{self, on_path};
use crate::process::{self, Ended, output_of};

/// What the machine is to be set up for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Building the app and opening it on somebody's display.
    Window,
    /// Building, and using the app in a virtual display as the tests do.
    Headless,
}

/// Something this project needs from the system.
struct Need {
    /// What a person without `apt-get` looks for.
    what: &'static str,
    why: &'static str,
    /// Debian's packages.
    packages: &'static [&'static str],
    /// Programs that will do as well wherever they came from; empty: only the packages tell.
    programs: &'static [&'static str],
    headless_only: bool,
}

const NEEDS: &[Need] = &[
    Need {
        what: "a C compiler, make and pkg-config",
        why: "to build SQLCipher, zstd and ring, and to link",
        packages: &["build-essential", "pkg-config"],
        programs: &["cc", "make", "pkg-config"],
        headless_only: false,
    },
    Need {
        what: "WebKitGTK 4.1 with its headers",
        why: "the app's window",
        packages: &["libwebkit2gtk-4.1-dev"],
        programs: &[],
        headless_only: false,
    },
    Need {
        what: "OpenSSL's libcrypto with its headers",
        why: "SQLCipher encrypts with it",
        packages: &["libssl-dev"],
        programs: &[],
        headless_only: false,
    },
    Need {
        what: "git and CA certificates",
        why: "to list the sources and to fetch packages",
        packages: &["git", "ca-certificates"],
        programs: &[],
        headless_only: false,
    },
    Need {
        what: "D-Bus and gnome-keyring",
        why: "the keychain that keeps the record's key in tests",
        packages: &["dbus", "dbus-x11", "gnome-keyring"],
        programs: &["dbus-daemon", "dbus-run-session", "dbus-send", "gnome-keyring-daemon"],
        headless_only: true,
    },
    Need {
        what: "the accessibility bus",
        why: "to hear what a screen reader is given of the window",
        packages: &["at-spi2-core"],
        programs: &[],
        headless_only: true,
    },
    Need {
        what: "Xvfb, openbox, xdotool and xauth",
        why: "a virtual display, a window manager that gives dialogs the focus, and hands for them",
        packages: &["xvfb", "xauth", "openbox", "xdotool"],
        programs: &["Xvfb", "xvfb-run", "xauth", "openbox", "xdotool"],
        headless_only: true,
    },
    Need {
        what: "WebKitGTK's WebDriver",
        why: "to use the real window in the end-to-end test",
        packages: &["webkit2gtk-driver"],
        programs: &["WebKitWebDriver"],
        headless_only: true,
    },
    Need {
        what: "Chromium and ChromeDriver",
        why: "the system browser in which the end-to-end test signs in",
        packages: &["chromium", "chromium-driver"],
        programs: &["chromedriver"],
        headless_only: true,
    },
    Need {
        what: "Python's venv",
        why: "a writer of FHIR in XML that was not written here",
        packages: &["python3-venv"],
        programs: &[],
        headless_only: true,
    },
    Need {
        what: "poppler's pdftotext",
        why: "to read what was printed",
        packages: &["poppler-utils"],
        programs: &["pdftotext", "pdftoppm"],
        headless_only: true,
    },
    Need {
        what: "DejaVu fonts",
        why: "letters in the virtual display",
        packages: &["fonts-dejavu-core"],
        programs: &[],
        headless_only: true,
    },
    Need {
        what: "setpriv",
        why: "so that no test leaves a process behind",
        packages: &["util-linux"],
        programs: &["setpriv"],
        headless_only: true,
    },
];

/// Node 20.19 is what Vite 8 asks for.
const NODE: (u32, u32) = (20, 19);

/// Installs or names what is missing, then npm's packages of the window's pages and of the interoperability tests, and
/// Python's.
pub(crate) fn set_up(purpose: Purpose) -> Result<(), String> {
    check_node()?;
    system_packages(purpose)?;
    npm_packages("ui")?;
    match purpose {
        Purpose::Headless => {
            npm_packages("tests/interop")?;
            python_packages("tests/interop/fhir-xml")
        }
        Purpose::Window => Ok(()),
    }
}

fn check_node() -> Result<(), String> {
    let ask = format!(
        "Node {}.{} or newer with npm is needed to build the window's pages; see https://nodejs.org",
        NODE.0, NODE.1
    );
    let said = output_of("node", &["--version"]).map_err(|error| format!("{ask}\n({error})"))?;
    output_of(machine::npm(), &["--version"]).map_err(|error| format!("{ask}\n({error})"))?;
    match machine::version(&said) {
        Some(found) if found >= NODE => Ok(()),
        _ => Err(format!("{ask}; this is {}", said.trim())),
    }
}

fn system_packages(purpose: Purpose) -> Result<(), String> {
    if !cfg!(target_os = "linux") {
        println!("Rust, Node and the system's own web view are enough here.");
        return Ok(());
    }
    let needs = || NEEDS.iter().filter(|need| purpose == Purpose::Headless || !need.headless_only);
    if !machine::is_debian() {
        return name_what_is_missing(needs());
    }
    let wanted: Vec<&str> = needs().flat_map(|need| need.packages).copied().collect();
    let installed = installed(&wanted);
    let missing: Vec<(&Need, Vec<&str>)> = needs()
        .filter(|need| {
            need.programs.is_empty() || need.programs.iter().any(|program| on_path(program).is_none())
        })
        .map(|need| (need, need.packages.iter().copied().filter(|p| !installed.contains(*p)).collect()))
        .filter(|(_, packages): &(_, Vec<&str>)| !packages.is_empty())
        .collect();
    if missing.is_empty() {
        println!("Every system package is there.");
        return Ok(());
    }
    println!("Missing here, and to be installed with apt-get:");
    for (need, packages) in &missing {
        println!("  {:<48} {}: {}", packages.join(" "), need.what, need.why);
    }
    let packages: Vec<&str> = missing.into_iter().flat_map(|(_, packages)| packages).collect();
    apt_get(&packages)
}

/// Debian's packages of `wanted` that are installed.
fn installed(wanted: &[&str]) -> BTreeSet<String> {
    // dpkg-query fails when it does not know one of the names, and still prints the others.
    let output = Command::new("dpkg-query")
        .args(["-W", "-f=${db:Status-Abbrev} ${Package}\n"])
        .args(wanted)
        .stderr(Stdio::null())
        .output();
    let Ok(output) = output else { return BTreeSet::new() };
    installed_in(&String::from_utf8_lossy(&output.stdout))
}

fn installed_in(listing: &str) -> BTreeSet<String> {
    listing
        .lines()
        .filter_map(|line| line.split_once(' '))
        .filter(|(status, _)| status.starts_with("ii"))
        .map(|(_, package)| package.trim().to_owned())
        .collect()
}

fn name_what_is_missing<'a>(needs: impl Iterator<Item = &'a Need>) -> Result<(), String> {
    let mut missing = Vec::new();
    for need in needs {
        let absent = if need.programs.is_empty() {
            library_is_absent(need)
        } else {
            need.programs.iter().any(|program| on_path(program).is_none())
        };
        if absent {
            missing.push(format!("  {}: {} (Debian: {})", need.what, need.why, need.packages.join(" ")));
        }
    }
    if missing.is_empty() {
        return Ok(());
    }
    Err(format!(
        "This system has no apt-get, so please install these with its own package tool:\n{}",
        missing.join("\n")
    ))
}

/// Only libraries with a pkg-config name can be looked for without a package database.
fn library_is_absent(need: &Need) -> bool {
    let library = match need.packages.first() {
        Some(&"libwebkit2gtk-4.1-dev") => "webkit2gtk-4.1",
        Some(&"libssl-dev") => "libcrypto",
        _ => return false,
    };
    output_of("pkg-config", &["--exists", library]).is_err()
}

fn apt_get(packages: &[&str]) -> Result<(), String> {
    // A mirror may be slow or a lock held by an update in the background: both pass.
    for attempt in 1..=3 {
        let updated = apt_get_once(&["update"], Duration::from_mins(10));
        let mut install = vec!["install", "-y", "--no-install-recommends"];
        install.extend(packages);
        match apt_get_once(&install, Duration::from_mins(30)) {
            Ended::Well => return Ok(()),
            Ended::Badly(why) => {
                println!("apt-get did not manage (attempt {attempt} of 3): {why}");
                if let Ended::Badly(why) = updated {
                    println!("its list of packages could not be renewed either: {why}");
                }
            }
        }
        if attempt < 3 {
            thread::sleep(Duration::from_secs(10 * attempt));
        }
    }
    Err(format!(
        "The packages could not be installed. Please do it by hand and start again:\n  {}apt-get install {}",
        if machine::is_root() { "" } else { "sudo " },
        packages.join(" ")
    ))
}

fn apt_get_once(args: &[&str], limit: Duration) -> Ended {
    let mut command = if machine::is_root() {
        Command::new("env")
    } else {
        let mut sudo = Command::new("sudo");
        sudo.arg("env");
        sudo
    };
    command.args(["DEBIAN_FRONTEND=noninteractive", "apt-get"]);
    command.args([
        "-q",
        "-o",
        "DPkg::Lock::Timeout=300",
        "-o",
        "Acquire::Retries=3",
        "-o",
        "Dpkg::Use-Pty=0",
    ]);
    process::run(command.args(args), limit).0
}

/// What `requirements.txt` of a folder names, in an environment of the folder's own.
fn python_packages(name: &str) -> Result<(), String> {
    let folder = crate::root().join(name);
    let python = folder.join("venv/bin/python");
    if cfg!(windows) || python.is_file() {
        return Ok(());
    }
    for (program, arguments) in [
        (PathBuf::from("python3"), &["-m", "venv", "venv"][..]),
        (python, &["-m", "pip", "install", "--quiet", "--requirement", "requirements.txt"]),
    ] {
        let mut command = Command::new(&program);
        command.args(arguments).current_dir(&folder);
        if let Ended::Badly(why) = process::run(&mut command, Duration::from_mins(15)).0 {
            // Half an environment would look like a whole one.
            let _ = fs::remove_dir_all(folder.join("venv"));
            return Err(format!("Python's packages of {name}: {why}"));
        }
    }
    Ok(())
}

/// `npm ci`, unless the installed packages are those of the lock file already.
pub(crate) fn npm_packages(name: &str) -> Result<(), String> {
    let folder = crate::root().join(name);
    let lock = fs::read(folder.join("package-lock.json"))
        .map_err(|error| format!("{name}/package-lock.json: {error}"))?;
    // The path is part of it: the target directory may be shared by several checkouts.
    let mut hasher = DefaultHasher::new();
    (&lock, &folder).hash(&mut hasher);
    let stamp = format!("{:016x}", hasher.finish());
    // Inside node_modules, so that removing them removes the stamp too.
    let stamp_file = folder.join("node_modules/.wholechart-lock-hash");
    if fs::read_to_string(&stamp_file).is_ok_and(|found| found == stamp) {
        println!("The npm packages of {name} are there.");
        return Ok(());
    }
    for attempt in 1..=3 {
        println!("$ npm ci (in {name}/)");
        let mut command = Command::new(machine::npm());
        command.args(["ci", "--no-audit", "--no-fund"]).current_dir(&folder);
        match process::run(&mut command, Duration::from_mins(15)).0 {
            Ended::Well => {
                return fs::write(&stamp_file, stamp).map_err(|error| format!("npm's stamp: {error}"));
            }
            Ended::Badly(why) => println!("npm did not manage (attempt {attempt} of 3): {why}"),
        }
    }
    Err(format!("The npm packages of {name} could not be installed; see above."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_removed_package_is_not_installed() {
        let listing = "ii  xvfb\nrc  openbox\nun  dbus-x11\nii  libssl-dev\n";
        assert_eq!(installed_in(listing), BTreeSet::from(["xvfb".to_owned(), "libssl-dev".to_owned()]));
    }
}
