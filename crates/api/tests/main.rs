//! What the window is checked against must be what the app really offers.
#![allow(clippy::unwrap_used, reason = "a failing step fails the test")]
#![expect(clippy::print_stdout, reason = "what was counted belongs in the log")]

mod corpus;
mod host;
mod leaves;

use std::{collections::BTreeMap, fs, path::Path};

fn files(folder: &Path) -> BTreeMap<String, String> {
    let listed = fs::read_dir(folder).unwrap().map(Result::unwrap);
    listed.map(|f| (f.file_name().into_string().unwrap(), fs::read_to_string(f.path()).unwrap())).collect()
}

#[test]
fn the_windows_types_are_those_of_the_command_list() {
    let committed = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ui/src/lib/api/generated");
    let fresh = tempfile::tempdir().unwrap();
    wholechart_api::typescript(fresh.path()).unwrap();
    if std::env::var_os("UPDATE").is_some() {
        fs::remove_dir_all(&committed).unwrap();
        fs::create_dir_all(&committed).unwrap();
        for (name, text) in files(fresh.path()) {
            fs::write(committed.join(name), text).unwrap();
        }
    }
    assert_eq!(
        files(&committed),
        files(fresh.path()),
        "run this test with UPDATE=1 and look at the difference"
    );
}

#[test]
fn every_label_a_reader_gives_has_its_words() {
    let words = wholechart_api::Words::english();
    let missing: Vec<&str> =
        wholechart_fhir::DETAIL_LABELS.iter().map(|(key, _)| *key).filter(|key| !words.has(key)).collect();
    assert!(missing.is_empty(), "{missing:?}");
    for kind in wholechart_fhir::Kind::ALL {
        for key in [format!("kind-{}", kind.as_str()), format!("kind-{}-one", kind.as_str())] {
            assert!(words.has(&key), "{key}");
        }
    }
}
