//! What lies in a package beside the two programs, and where: pages of the manual, completions for shells, what a software
//! centre shows, licences. Tauri's bundler puts the window's program, the entry of the menu and the icons where they belong.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Map, Value, json};

use super::needs;
use crate::{licences, root, target_dir};

/// The kinds of packages, by the bundler's words.
pub(super) const BUNDLED: &[&str] = &["deb", "rpm", "appimage", "dmg", "nsis", "msi"];
/// What their files end in.
const ENDINGS: &[&str] = &["deb", "rpm", "AppImage", "dmg", "exe", "msi"];

const DESKTOP: &str = "packaging/linux/wholechart.desktop";
const METAINFO: &str = "packaging/linux/app.wholechart.wholechart.metainfo.xml";
/// Written by `UPDATE=1 cargo test -p wholechart-cli papers` from the terminal's own definition.
const MANUAL: &str = "packaging/linux/man";

/// What a sign-in needs, and where the key is kept: the app starts without them, and says so.
const RECOMMENDED_BY_DEBIAN: &[&str] = &["xdg-utils", "gnome-keyring | kwalletmanager"];
const RECOMMENDED_BY_FEDORA: &[&str] = &["xdg-utils", "gnome-keyring"];

/// Whether this is a package, and not what the bundler made on its way.
pub(super) fn is_package(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ENDINGS.iter().any(|one| ending == *one))
}

/// Where everything is laid out.
pub(super) fn folder() -> PathBuf {
    target_dir().join("package")
}

/// What the bundler is told beside `tauri.conf.json`.
pub(super) fn config_file() -> PathBuf {
    folder().join("tauri.json")
}

/// Files and folders in the package, with where they come from: the checkout, or what is laid out.
pub(super) fn files(kind: &str) -> Vec<(String, PathBuf)> {
    // The two families look for completions of zsh in different places.
    let zsh = if kind == "deb" { "vendor-completions" } else { "site-functions" };
    let own = |path: &str| root().join(path);
    let completion = |name: &str| own("packaging/linux/completions").join(name);
    let mut files = vec![
        (format!("/usr/share/metainfo/{}", name_of(METAINFO)), own(METAINFO)),
        ("/usr/share/icons/hicolor/scalable/apps/wholechart.svg".to_owned(), own("icons/icon.svg")),
        (
            "/usr/share/bash-completion/completions/wholechart-cli".to_owned(),
            completion("wholechart-cli.bash"),
        ),
        (format!("/usr/share/zsh/{zsh}/_wholechart-cli"), completion("_wholechart-cli")),
        (
            "/usr/share/fish/vendor_completions.d/wholechart-cli.fish".to_owned(),
            completion("wholechart-cli.fish"),
        ),
        ("/usr/share/man/man1".to_owned(), folder().join("man")),
        ("/usr/share/doc/wholechart".to_owned(), folder().join("doc")),
    ];
    if kind == "rpm" {
        files.push(("/usr/share/licenses/wholechart/LICENSE".to_owned(), own("LICENSE")));
    }
    files
}

fn name_of(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// Lays out what is not in the checkout as it is shipped, and writes what the bundler is told.
pub(super) fn lay_out(programs: &[PathBuf]) -> Result<(), String> {
    if !cfg!(target_os = "linux") {
        return Ok(());
    }
    let folder = folder();
    if folder.exists() {
        fs::remove_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    }
    for one in ["man", "doc"] {
        fs::create_dir_all(folder.join(one)).map_err(|error| format!("{one}: {error}"))?;
    }
    let manual = root().join(MANUAL);
    for page in fs::read_dir(&manual).map_err(|error| format!("{MANUAL}: {error}"))?.flatten() {
        copy(&page.path(), &folder.join("man").join(page.file_name()))?;
    }
    copy(&root().join("CHANGELOG.md"), &folder.join("doc/changelog"))?;
    let pages = fs::read_dir(folder.join("man")).into_iter().flatten().flatten().map(|page| page.path());
    // Without the time and the name of the file, so that the same content is the same bytes.
    let packed = Command::new("gzip").arg("-9n").args(pages).arg(folder.join("doc/changelog")).status();
    if !packed.map_err(|error| format!("gzip: {error}"))?.success() {
        return Err("gzip did not pack the pages of the manual".to_owned());
    }
    let licence = fs::read_to_string(root().join("LICENSE")).map_err(|error| format!("LICENSE: {error}"))?;
    let copyright = format!(
        "Wholechart is published at https://github.com/wholechart/wholechart under the Apache License, Version 2.0:\n\n\
         {licence}\n{}",
        licences::notices()?
    );
    write(&folder.join("doc/copyright"), &copyright)?;

    let mut deb = family("deb", &needs::of_debian(programs)?, RECOMMENDED_BY_DEBIAN, programs);
    deb.insert("section".to_owned(), json!("misc"));
    let rpm = family("rpm", &needs::of_fedora(programs)?, RECOMMENDED_BY_FEDORA, programs);
    let told = json!({"bundle": {"linux": {"deb": deb, "rpm": rpm}}});
    write(&config_file(), &format!("{told:#}\n"))?;
    println!("{} files beside the programs in {}", paths("deb", programs)?.len(), folder.display());
    Ok(())
}

/// What the bundler is told of one family's packages.
fn family(kind: &str, needs: &[String], recommends: &[&str], programs: &[PathBuf]) -> Map<String, Value> {
    let mut all: Map<String, Value> = files(kind)
        .into_iter()
        .map(|(there, here)| (there, Value::from(here.to_string_lossy().into_owned())))
        .collect();
    // The bundler knows of the first program only.
    for program in programs.iter().skip(1) {
        let name = program.file_name().unwrap_or_default().to_string_lossy();
        all.insert(format!("/usr/bin/{name}"), Value::from(program.to_string_lossy().into_owned()));
    }
    println!("{kind} needs {}", needs.join(", "));
    let desktop = root().join(DESKTOP).to_string_lossy().into_owned();
    let told = json!({"depends": needs, "recommends": recommends, "files": all, "desktopTemplate": desktop});
    told.as_object().cloned().unwrap_or_default()
}

/// Every file that is to be in a package, by its path from the root.
pub(super) fn paths(kind: &str, programs: &[PathBuf]) -> Result<BTreeSet<String>, String> {
    let mut paths = BTreeSet::from(["/usr/share/applications/Wholechart.desktop".to_owned()]);
    paths.extend(
        programs.iter().filter_map(|one| Some(format!("/usr/bin/{}", one.file_name()?.to_string_lossy()))),
    );
    for size in ["32x32", "128x128", "256x256@2", "512x512"] {
        paths.insert(format!("/usr/share/icons/hicolor/{size}/apps/wholechart.png"));
    }
    for (there, here) in files(kind) {
        if here.is_file() {
            paths.insert(there);
            continue;
        }
        for entry in fs::read_dir(&here).map_err(|error| format!("{}: {error}", here.display()))?.flatten() {
            paths.insert(format!("{there}/{}", entry.file_name().to_string_lossy()));
        }
    }
    Ok(paths)
}

fn copy(from: &Path, to: &Path) -> Result<(), String> {
    fs::copy(from, to).map(drop).map_err(|error| format!("{}: {error}", from.display()))
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    fs::write(path, text).map_err(|error| format!("{}: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::package::tauri_config;

    fn read(path: &str) -> String {
        fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    #[test]
    fn everything_that_is_packed_is_in_the_checkout() {
        for kind in ["deb", "rpm"] {
            for (there, here) in files(kind) {
                // What is laid out is made when it is packed.
                assert!(here.starts_with(folder()) || here.is_file(), "{there}: {}", here.display());
            }
        }
        let config = tauri_config().unwrap();
        for icon in config["bundle"]["icon"].as_array().unwrap() {
            assert!(root().join(icon.as_str().unwrap()).is_file(), "{icon}");
        }
        let pages = fs::read_dir(root().join(MANUAL)).unwrap().count();
        assert!(pages > 20, "{pages} pages of the manual");
    }

    #[test]
    fn the_entry_of_the_menu_starts_the_app_and_takes_its_addresses() {
        let config = tauri_config().unwrap();
        let program = config["mainBinaryName"].as_str().unwrap();
        let entry = read(DESKTOP);
        let value = |key: &str| {
            let line = entry.lines().find_map(|line| line.strip_prefix(&format!("{key}=")));
            line.unwrap_or_else(|| panic!("{DESKTOP} has no {key}")).to_owned()
        };
        assert_eq!(value("Exec"), format!("{program} %u"));
        assert_eq!([value("Icon"), value("StartupWMClass")], [program, program]);
        assert_eq!(value("Name"), config["productName"].as_str().unwrap());
        let schemes = config["plugins"]["deep-link"]["desktop"]["schemes"].as_array().unwrap();
        let types: Vec<String> =
            schemes.iter().map(|scheme| format!("x-scheme-handler/{};", scheme.as_str().unwrap())).collect();
        assert_eq!(value("MimeType"), types.concat());
        assert!(!entry.contains("{{"), "the bundler would fill it in");
    }

    #[test]
    fn a_software_centre_is_shown_what_there_is() {
        let metainfo = read(METAINFO);
        let config = tauri_config().unwrap();
        let name = config["productName"].as_str().unwrap();
        for wanted in [
            format!("<id>{}</id>", name_of(METAINFO).trim_end_matches(".metainfo.xml")),
            format!("<launchable type=\"desktop-id\">{name}.desktop</launchable>"),
            format!("<summary>{}</summary>", config["bundle"]["shortDescription"].as_str().unwrap()),
            format!("<project_license>{}</project_license>", config["bundle"]["license"].as_str().unwrap()),
            format!("<url type=\"homepage\">{}</url>", config["bundle"]["homepage"].as_str().unwrap()),
        ] {
            assert!(metainfo.contains(&wanted), "{METAINFO} does not say {wanted}");
        }
        let pictures: Vec<&str> = metainfo
            .split("<image>")
            .skip(1)
            .filter_map(|after| after.split("</image>").next()?.split_once("/main/").map(|(_, path)| path))
            .collect();
        assert!(pictures.len() >= 3, "{pictures:?}");
        for picture in pictures {
            assert!(root().join(picture).is_file(), "{METAINFO} shows {picture}, which is not here");
        }
        // Each paragraph, item and caption that is there in English is there in Spanish.
        for tag in ["summary", "p", "li", "caption"] {
            let english = metainfo.matches(&format!("<{tag}>")).count();
            let spanish = metainfo.matches(&format!("<{tag} xml:lang=\"es\">")).count();
            assert!(english > 0 && english == spanish, "<{tag}>: {english} in English, {spanish} in Spanish");
        }
    }
}
