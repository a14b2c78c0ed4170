//! Whether a folder is one that a cloud service copies while the record is open: by the names and the marks of well-known
//! services. Such a service copies the file and its log at different moments, and may put an older one back.

use std::path::Path;

/// Names of folders, as far as they go, and whose they are.
const NAMES: [(&str, &str); 14] = [
    ("dropbox", "Dropbox"),
    ("onedrive", "OneDrive"),
    ("skydrive", "OneDrive"),
    ("icloud drive", "iCloud Drive"),
    ("iclouddrive", "iCloud Drive"),
    // ~/Library/Mobile Documents on macOS.
    ("mobile documents", "iCloud Drive"),
    ("com~apple~clouddocs", "iCloud Drive"),
    ("google drive", "Google Drive"),
    ("googledrive", "Google Drive"),
    ("my drive", "Google Drive"),
    ("nextcloud", "Nextcloud"),
    ("owncloud", "ownCloud"),
    ("pcloud", "pCloud"),
    // ~/Library/CloudStorage on macOS, where several have theirs.
    ("cloudstorage", ""),
];

/// What services leave in the folder that they copy.
const MARKS: [(&str, &str); 9] = [
    (".dropbox", "Dropbox"),
    (".dropbox.cache", "Dropbox"),
    (".849C9593-D756-4E56-8D6E-42412F2A707B", "OneDrive"),
    (".tmp.drivedownload", "Google Drive"),
    (".tmp.driveupload", "Google Drive"),
    (".nextcloudsync.log", "Nextcloud"),
    (".owncloudsync.log", "ownCloud"),
    (".sync.ffs_db", "FreeFileSync"),
    (".stfolder", "Syncthing"),
];

/// The service that copies this folder; empty where that is not known. `None`: none does, as far as can be seen.
pub(crate) fn service(folder: &Path) -> Option<&'static str> {
    // Where it really lies, however one came there.
    let real = std::fs::canonicalize(folder).ok();
    [Some(folder), real.as_deref()]
        .into_iter()
        .flatten()
        .find_map(|path| path.ancestors().find_map(named_or_marked))
}

fn named_or_marked(folder: &Path) -> Option<&'static str> {
    let name = folder.file_name()?.to_string_lossy().to_lowercase();
    // "OneDrive - Company", "Dropbox (Personal)", "GoogleDrive-somebody".
    let is_called = |called: &str| {
        name.strip_prefix(called).is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric()))
    };
    NAMES
        .iter()
        .find(|(called, _)| is_called(called))
        .or_else(|| MARKS.iter().find(|(mark, _)| folder.join(mark).exists()))
        .map(|(_, service)| *service)
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path};

    use tempfile::TempDir;

    use super::service;

    #[test]
    fn folders_of_well_known_services_are_known_by_their_names() {
        for (folder, is) in [
            ("/people/ada/Dropbox/records", Some("Dropbox")),
            ("/people/ada/Dropbox (Personal)/wholechart", Some("Dropbox")),
            ("/people/ada/OneDrive - Harbor Health/wholechart", Some("OneDrive")),
            ("/people/ada/OneDrive", Some("OneDrive")),
            ("/people/ada/Library/Mobile Documents/com~apple~CloudDocs/wholechart", Some("iCloud Drive")),
            ("/people/ada/iCloudDrive/wholechart", Some("iCloud Drive")),
            ("/people/ada/Library/CloudStorage/GoogleDrive-ada@example.com/My Drive/w", Some("Google Drive")),
            ("/people/ada/Google Drive/w", Some("Google Drive")),
            ("/people/ada/Nextcloud/w", Some("Nextcloud")),
            ("/people/ada/.local/share/wholechart", None),
            // Somebody's own words are no service.
            ("/people/ada/dropboxes/w", None),
            ("/people/ada/my drivers/w", None),
        ] {
            assert_eq!(service(Path::new(folder)), is, "{folder}");
        }
    }

    #[test]
    fn a_folder_with_another_name_is_known_by_what_its_service_leaves_there() {
        let dir = TempDir::new().unwrap();
        let record = dir.path().join("papers").join("record");
        fs::create_dir_all(&record).unwrap();
        assert_eq!(service(&record), None);
        fs::create_dir(dir.path().join(".dropbox.cache")).unwrap();
        assert_eq!(service(&record), Some("Dropbox"));
        fs::create_dir(record.join(".stfolder")).unwrap();
        assert_eq!(service(&record), Some("Syncthing"), "the nearest");
    }
}
