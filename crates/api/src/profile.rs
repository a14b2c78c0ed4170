//! Profiles: records beside each other, each with a folder and a key of its own. The same for every host, so that a
//! window and a terminal mean the same record by the same name.

use std::path::PathBuf;

/// The profile that is meant: the sample has one of its own, so that no invented record comes into a real one.
pub fn name(said: Option<&str>, sample: bool) -> &str {
    said.unwrap_or(if sample { "sample" } else { "default" })
}

/// The folder of a profile's files. `None`: this system has no place for them. A profile is a name, not a path.
pub fn folder(name: &str) -> Option<PathBuf> {
    let dirs = directories::ProjectDirs::from("app", "", "Wholechart")?;
    Some(dirs.data_local_dir().join("profiles").join(folder_name(name)))
}

fn folder_name(name: &str) -> String {
    name.chars().map(|c| if c.is_alphanumeric() || c == '-' { c } else { '_' }).collect()
}

#[cfg(test)]
mod tests {
    use super::{folder_name, name};

    #[test]
    fn a_name_is_no_path_and_the_sample_is_not_the_usual_record() {
        assert_eq!(folder_name("../../My Mum"), "______My_Mum");
        assert_eq!(
            [name(None, false), name(None, true), name(Some("mum"), true)],
            ["default", "sample", "mum"]
        );
    }
}
