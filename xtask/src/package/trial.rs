//! `cargo xtask package test`: the deb on a new Debian, from installing it to removing it.
//!
//! First with nothing but what it asks for; then with a desktop, on which a patient who is not root has a first evening
//! (`packaging/first_evening.py`). Afterwards nothing of it may be left but what is the patient's.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use crate::debian::{Debian, do_it};
use crate::process::{self, Ended};
use crate::stages::Stages;
use crate::{root, target_dir};

/// What a person's desktop has and the smallest Debian has not; then what stands in for the person and for their browser.
const DESKTOP: &str = "xvfb openbox dbus at-spi2-core gnome-keyring fonts-dejavu-core desktop-file-utils libglib2.0-bin man-db \
    xdotool python3-gi gir1.2-atspi-2.0 gir1.2-gtk-3.0 gir1.2-webkit2-4.1 poppler-utils imagemagick";
const APT: &str = "DEBIAN_FRONTEND=noninteractive apt-get -q -y -o Dpkg::Use-Pty=0 -o Acquire::Retries=3 --no-install-recommends";
/// Where pictures and papers are left, on the new Debian.
const LEFT: &str = "/srv/evening";

/// Installs, uses and removes it.
pub(super) fn trial(deb: &Path) -> Result<(), String> {
    let mut stages = Stages::default();
    let mut made = None;
    stages.own("a new Debian", || {
        made = Some(Debian::new(target_dir().join("package-test/root"), "ca-certificates")?);
        Ok(())
    });
    let Some(debian) = made else { return stages.finish() };
    let outcome = debian.mount().map(|()| steps(&debian, deb, &mut stages));
    let left = debian.unmount();
    outcome?;
    left?;
    stages.finish()
}

fn steps(debian: &Debian, deb: &Path, stages: &mut Stages) {
    let gone = stages.own("installed", || install(debian, deb))
        && stages.own("a desktop", || desktop(debian))
        && stages.own("the first evening", || evening(debian))
        && stages.own("removed", || remove(debian));
    if gone {
        println!("Nothing of it is left but what is the patient's.");
    }
}

/// With what the package asks for and nothing else, both programs start.
fn install(debian: &Debian, deb: &Path) -> Result<(), String> {
    fs::copy(deb, debian.at("srv/wholechart.deb")).map_err(|error| format!("{}: {error}", deb.display()))?;
    within(debian, &format!("{APT} update && {APT} install /srv/wholechart.deb"))?;
    within(debian, "dpkg --list wholechart | tail -n 1; dpkg --verify wholechart")?;
    // A library that is missing is a line with "not found".
    within(debian, "! ldd /usr/bin/wholechart /usr/bin/wholechart-cli | grep 'not found'")?;
    within(debian, "wholechart --version && wholechart-cli --version")?;
    // Without a keychain, and without a screen: the terminal host makes a record behind a passphrase.
    within(
        debian,
        "cd /srv && echo 'a long enough passphrase' > passphrase && \
         wholechart-cli --data-dir /srv/record --passphrase-file passphrase --sample directory | grep Lakeside",
    )
}

fn desktop(debian: &Debian) -> Result<(), String> {
    within(debian, &format!("{APT} install {DESKTOP}"))?;
    within(debian, "useradd --create-home patient && install -d -o patient -m 700 /run/patient")?;
    let checks = [
        // The menu has it, and its own addresses lead to it.
        "gio mime x-scheme-handler/wholechart | grep Wholechart.desktop",
        "desktop-file-validate /usr/share/applications/Wholechart.desktop",
        // As somebody who may not keep the page laid out in the system's folders.
        "runuser -u patient -- man wholechart-cli | grep -A 1 NAME",
        "bash -n /usr/share/bash-completion/completions/wholechart-cli",
        "test -s /usr/share/doc/wholechart/copyright",
    ];
    checks.iter().try_for_each(|check| within(debian, check))
}

fn evening(debian: &Debian) -> Result<(), String> {
    let script = root().join("packaging/first_evening.py");
    fs::copy(&script, debian.at("srv/first_evening.py"))
        .map_err(|error| format!("{}: {error}", script.display()))?;
    within(debian, &format!("install -d -o patient {LEFT}"))?;
    // A network of its own, in which there is nothing: what would leave the computer fails.
    let used = within(debian, &format!("unshare --net python3 /srv/first_evening.py root {LEFT}"));
    let kept = target_dir().join("package-test/evening");
    if kept.exists() {
        fs::remove_dir_all(&kept).map_err(|error| format!("{}: {error}", kept.display()))?;
    }
    do_it(Command::new("cp").arg("-a").arg(debian.at(LEFT.trim_start_matches('/'))).arg(&kept))?;
    println!("Pictures and papers are left in {}", kept.display());
    used
}

/// Removes it. Outside of the patient's home nothing is called after it any more, and inside nothing has changed.
fn remove(debian: &Debian) -> Result<(), String> {
    const HOME: &str = "home/patient";
    let shipped = said(debian, "dpkg --listfiles wholechart")?;
    let before = below(&debian.at(HOME))?;
    within(debian, &format!("{APT} purge wholechart"))?;
    let mut wrong: Vec<String> = shipped
        .lines()
        .filter(|path| debian.at(path.trim_start_matches('/')).is_file())
        .map(|path| format!("{path} is still there"))
        .collect();
    let named = "find / -xdev \\( -path /home -o -path /srv -o -path /proc -o -path /sys \\) -prune -o -iname '*wholechart*' -print";
    wrong.extend(said(debian, named)?.lines().map(|path| format!("{path} is left")));
    let after = below(&debian.at(HOME))?;
    wrong.extend(before.symmetric_difference(&after).map(|(path, _)| format!("{path} was touched")));
    if !after.iter().any(|(path, _)| path.contains("/profiles/sample/")) {
        wrong.push("the patient's record is not there any more".to_owned());
    }
    for (path, size) in after.iter().filter(|(path, _)| path.to_lowercase().contains("wholechart")) {
        println!("the patient's: {path} ({size} bytes)");
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong.join("\n")) }
}

/// Every file below a folder, with its size.
fn below(folder: &Path) -> Result<BTreeSet<(String, u64)>, String> {
    let mut found = BTreeSet::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(one) = folders.pop() {
        for entry in fs::read_dir(&one).map_err(|error| format!("{}: {error}", one.display()))?.flatten() {
            let path = entry.path();
            let told = fs::symlink_metadata(&path).map_err(|error| format!("{}: {error}", path.display()))?;
            if told.is_dir() {
                folders.push(path);
            } else {
                let shown = path.strip_prefix(folder).unwrap_or(&path).display().to_string();
                found.insert((format!("~/{shown}"), told.len()));
            }
        }
    }
    Ok(found)
}

fn within(debian: &Debian, line: &str) -> Result<(), String> {
    println!("# {line}");
    match process::run(&mut debian.inside(&[], line), Duration::from_mins(20)).0 {
        Ended::Well => Ok(()),
        Ended::Badly(why) => Err(format!("{line}: {why}")),
    }
}

fn said(debian: &Debian, line: &str) -> Result<String, String> {
    let output = debian.inside(&[], line).output().map_err(|error| format!("{line}: {error}"))?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        Err(format!("{line}: {}", String::from_utf8_lossy(&output.stderr).trim()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_of_a_home_is_seen_with_its_size() {
        let home = std::env::temp_dir().join(format!("wholechart-home-{}", std::process::id()));
        fs::create_dir_all(home.join("a/b")).unwrap();
        fs::write(home.join("a/b/c"), "four").unwrap();
        fs::write(home.join("d"), "").unwrap();
        let found: Vec<_> = below(&home).unwrap().into_iter().collect();
        assert_eq!(found, [("~/a/b/c".to_owned(), 4), ("~/d".to_owned(), 0)]);
        fs::remove_dir_all(&home).unwrap();
    }
}
