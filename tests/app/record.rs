//! The record's file, after everything a person does with it.

use std::fs;
use std::path::Path;

use serde_json::json;
use tempfile::TempDir;
use wholechart_sandbox::SAMPLE_SEED;

use crate::person::{AtHome, NAME, sandbox};

/// Three providers, synced; then every byte of every file is searched for the person's name.
#[tokio::test]
async fn no_file_has_readable_text() {
    let folder = TempDir::new().expect("a folder");
    let providers = sandbox(SAMPLE_SEED, None).await;
    let home = AtHome::open(folder.path(), Some(&providers)).await;
    for name in ["Lakeside", "Summit", "Harbor"] {
        let connection = home.connect(name).await.expect("connected");
        home.ask("sync", json!({"connection": connection["id"]})).await.expect("read to the end");
    }
    let entries = home.entries().await;
    assert!(entries.len() > 500, "{} entries", entries.len());
    let plain = entries.join("\n") + NAME;
    drop(home);

    // The provider's spelling of the name, the one typed in, the file format's own mark, a common word of the record.
    let words = ["Whitlock", "Testament", "SQLite format 3", "nfluenza", "resourceType"];
    for word in ["Whitlock", "Testament", "nfluenza"] {
        assert!(plain.contains(word), "the search would find nothing anyway: {word}");
    }
    let mut searched = 0;
    look(folder.path(), &mut |path, bytes| {
        searched += bytes.len();
        for word in words {
            let wide: Vec<u8> = word.encode_utf16().flat_map(u16::to_le_bytes).collect();
            for needle in [word.as_bytes(), &wide] {
                let found = bytes.windows(needle.len()).any(|window| window == needle);
                assert!(!found, "{} has “{word}” in readable letters", path.display());
            }
        }
    });
    assert!(searched > 500_000, "only {searched} bytes were searched");
    providers.stop().await;
}

fn look(folder: &Path, each: &mut impl FnMut(&Path, &[u8])) {
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            look(&path, each);
        } else {
            each(&path, &fs::read(&path).expect("a file"));
        }
    }
}
