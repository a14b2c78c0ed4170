//! What the programs need of a system, found from what they are linked with: as names of Debian's packages, and as an rpm asks for
//! libraries, by which Fedora and its relatives find the packages that have them.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::process::output_of;

/// What a deb asks for: `libc6 (>= 2.34)`. Debian's own tool looks each library's symbols up.
pub(super) fn of_debian(programs: &[PathBuf]) -> Result<Vec<String>, String> {
    // The tool reads the source of a Debian package, of which it needs only the names.
    let folder = super::contents::folder().join("shlibdeps");
    fs::create_dir_all(folder.join("debian")).map_err(|error| format!("{}: {error}", folder.display()))?;
    let control = "Source: wholechart\n\nPackage: wholechart\nArchitecture: any\n";
    fs::write(folder.join("debian/control"), control).map_err(|error| format!("debian/control: {error}"))?;
    let output = Command::new("dpkg-shlibdeps")
        .arg("-O")
        .args(programs)
        .current_dir(&folder)
        .output()
        .map_err(|error| format!("dpkg-shlibdeps: {error}"))?;
    if !output.status.success() {
        return Err(format!("dpkg-shlibdeps: {}", String::from_utf8_lossy(&output.stderr).trim()));
    }
    let needed = debian_list(&String::from_utf8_lossy(&output.stdout));
    if needed.is_empty() { Err("dpkg-shlibdeps found no library".to_owned()) } else { Ok(needed) }
}

fn debian_list(said: &str) -> Vec<String> {
    let list = said.lines().find_map(|line| line.strip_prefix("shlibs:Depends=")).unwrap_or_default();
    list.split(", ").filter(|one| !one.is_empty()).map(str::to_owned).collect()
}

/// What an rpm asks for: `libc.so.6(GLIBC_2.34)(64bit)`, as rpm's own tool would write it.
pub(super) fn of_fedora(programs: &[PathBuf]) -> Result<Vec<String>, String> {
    let mut needed = BTreeSet::new();
    for program in programs {
        needed.extend(libraries(&output_of("objdump", &["-p", &program.to_string_lossy()])?));
    }
    if needed.is_empty() {
        Err("objdump found no library".to_owned())
    } else {
        Ok(needed.into_iter().collect())
    }
}

/// The libraries and their versions that `objdump -p` names.
fn libraries(said: &str) -> BTreeSet<String> {
    let wide = if cfg!(target_pointer_width = "64") { "(64bit)" } else { "" };
    let mut needed = BTreeSet::new();
    let mut of = None;
    for line in said.lines() {
        let words: Vec<&str> = line.split_whitespace().collect();
        match words.as_slice() {
            ["NEEDED", library] => {
                needed.insert(format!("{library}(){wide}"));
            }
            ["required", "from", library] => of = Some(library.trim_end_matches(':')),
            [hash, _, _, version] if hash.starts_with("0x") => {
                needed.extend(of.map(|library| format!("{library}({version}){wide}")));
            }
            _ => of = None,
        }
    }
    needed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_of_debian_is_read() {
        assert_eq!(
            debian_list("shlibs:Depends=libc6 (>= 2.34), libssl3 (>= 3.0.0)\n"),
            ["libc6 (>= 2.34)", "libssl3 (>= 3.0.0)"]
        );
        assert!(debian_list("").is_empty());
    }

    #[cfg(target_pointer_width = "64")]
    #[test]
    fn libraries_are_asked_for_with_their_versions() {
        let said = "\nDynamic Section:\n  NEEDED               libcrypto.so.3\n  NEEDED               libc.so.6\n  \
            INIT                 0x0000000000001000\n\nVersion References:\n  required from libc.so.6:\n    \
            0x09691a75 0x00 02 GLIBC_2.2.5\n    0x06969194 0x00 05 GLIBC_2.34\n";
        let needed: Vec<String> = libraries(said).into_iter().collect();
        assert_eq!(
            needed,
            [
                "libc.so.6()(64bit)",
                "libc.so.6(GLIBC_2.2.5)(64bit)",
                "libc.so.6(GLIBC_2.34)(64bit)",
                "libcrypto.so.3()(64bit)"
            ]
        );
    }
}
