//! What this machine has: its system, programs, display and versions.

use std::env;
use std::fs;
use std::path::PathBuf;

use crate::process::output_of;

/// Debian, Ubuntu or one of their children: where `apt-get` is the way to install.
pub(crate) fn is_debian() -> bool {
    let release = fs::read_to_string("/etc/os-release").unwrap_or_default();
    on_path("apt-get").is_some() && names_debian(&release)
}

fn names_debian(release: &str) -> bool {
    release
        .lines()
        .filter_map(|line| line.strip_prefix("ID=").or_else(|| line.strip_prefix("ID_LIKE=")))
        .flat_map(|value| value.trim_matches('"').split_whitespace())
        .any(|id| id == "debian" || id == "ubuntu")
}

/// Where `program` is found on the `PATH`.
pub(crate) fn on_path(program: &str) -> Option<PathBuf> {
    let file = if cfg!(windows) { format!("{program}.exe") } else { program.to_owned() };
    env::split_paths(&env::var_os("PATH")?).map(|dir| dir.join(&file)).find(|path| path.is_file())
}

/// npm is a script on Windows, which only its full name starts.
pub(crate) fn npm() -> &'static str {
    if cfg!(windows) { "npm.cmd" } else { "npm" }
}

/// Whether a window can be shown to somebody.
pub(crate) fn has_display() -> bool {
    let set = |name| env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || set("DISPLAY") || set("WAYLAND_DISPLAY")
}

/// Whether this runs as root, where `sudo` is neither needed nor always there.
pub(crate) fn is_root() -> bool {
    output_of("id", &["-u"]).is_ok_and(|id| id.trim() == "0")
}

/// `v20.19.1` or `rustc 1.95.0 (…)` as (20, 19).
pub(crate) fn version(said: &str) -> Option<(u32, u32)> {
    let number = said.split_whitespace().find_map(|word| {
        let word = word.trim_start_matches('v');
        word.starts_with(|c: char| c.is_ascii_digit()).then_some(word)
    })?;
    let mut parts = number.split('.').map_while(|part| part.parse::<u32>().ok());
    Some((parts.next()?, parts.next()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read() {
        assert_eq!(version("v20.20.2"), Some((20, 20)));
        assert_eq!(version("rustc 1.95.0 (f2d3ce0bd 2026-03-21)"), Some((1, 95)));
        assert_eq!(version("nothing"), None);
    }

    #[test]
    fn debian_and_its_children_are_known() {
        assert!(names_debian("ID=debian\n"));
        assert!(names_debian("NAME=\"Linux Mint\"\nID=linuxmint\nID_LIKE=\"ubuntu debian\"\n"));
        assert!(!names_debian("ID=fedora\n"));
    }
}
