//! What a program that is handed out must not hold: a switch of the tests, a fault that can be switched on, the address of a
//! development server, a folder of the machine that built it. Looked for as bytes, in the programs themselves.

use std::fs;
use std::path::PathBuf;

use super::{places, tauri_config};

/// Words that only a build for tests holds: the words, the file they come from, and what they would mean.
const MARKS: &[(&str, &str, &str)] = &[
    ("WHOLECHART_", "src-tauri/start.rs", "a switch of the tests (feature e2e)"),
    (
        "The database is down.",
        "crates/sandbox/src/faults.rs",
        "a fault that can be switched on (feature faults)",
    ),
    (
        "Read access is denied by user",
        "crates/sandbox/src/faults.rs",
        "a fault that can be switched on (feature faults)",
    ),
];

/// Searches the programs, and fails with everything found.
pub(super) fn look(programs: &[PathBuf]) -> Result<(), String> {
    let mut unwanted: Vec<(String, String)> =
        MARKS.iter().map(|(words, _, what)| ((*words).to_owned(), (*what).to_owned())).collect();
    let address = tauri_config()?["build"]["devUrl"].as_str().map(str::to_owned);
    unwanted.extend(address.map(|address| (address, "the address of the development server".to_owned())));
    let here = places()?.into_iter().map(|(place, _)| place.display().to_string());
    unwanted.extend(here.map(|place| (place, "a folder of the machine that built it".to_owned())));
    let mut found = Vec::new();
    for program in programs {
        let bytes = fs::read(program).map_err(|error| format!("{}: {error}", program.display()))?;
        // A search that finds nothing at all would find nothing unwanted either.
        if !holds(&bytes, "Wholechart") {
            return Err(format!("{} does not even hold its own name: is it packed?", program.display()));
        }
        for (words, what) in &unwanted {
            if holds(&bytes, words) {
                found.push(format!("{}: “{words}”, {what}", program.display()));
            }
        }
        println!("{}: searched {} bytes for {} words", program.display(), bytes.len(), unwanted.len());
    }
    if found.is_empty() {
        Ok(())
    } else {
        Err(format!("This must not be handed out:\n  {}", found.join("\n  ")))
    }
}

/// Whether `words` stand in `bytes`, as UTF-8 or as Windows writes them.
fn holds(bytes: &[u8], words: &str) -> bool {
    let wide: Vec<u8> = words.encode_utf16().flat_map(u16::to_le_bytes).collect();
    stands(bytes, words.as_bytes()) || stands(bytes, &wide)
}

fn stands(bytes: &[u8], needle: &[u8]) -> bool {
    let Some((first, others)) = needle.split_first() else { return true };
    let mut left = bytes;
    while let Some(at) = left.iter().position(|byte| byte == first) {
        left = &left[at + 1..];
        if left.starts_with(others) {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::process::output_of;
    use crate::root;

    #[test]
    fn words_are_found_in_the_middle_of_bytes_in_both_ways_of_writing() {
        let narrow = b"\0\x01aWHOLECHART_MARK_SENT\0";
        assert!(holds(narrow, "WHOLECHART_") && !holds(narrow, "WHOLECHART-"));
        let wide: Vec<u8> = "x http://localhost:5173".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert!(holds(&wide, "http://localhost:5173") && !holds(&wide, "http://localhost:5174"));
        assert!(holds(b"aab", "ab"));
    }

    #[test]
    fn what_is_looked_for_is_what_the_source_says() {
        for (words, file, _) in MARKS {
            let source = fs::read_to_string(root().join(file)).unwrap();
            assert!(
                source.contains(words),
                "{file} does not say “{words}” any more: look for something else"
            );
        }
        // Words of faults stand nowhere else, or every program would be found to hold them.
        for path in output_of("git", &["ls-files", "crates", "src-tauri", "ui/src"]).unwrap().lines() {
            let tests = path.contains("/tests/") || path.contains(".test.");
            let Some(source) = fs::read_to_string(root().join(path)).ok().filter(|_| !tests) else {
                continue;
            };
            for (words, file, _) in &MARKS[1..] {
                assert!(path == *file || !source.contains(words), "{path} says “{words}” as well");
            }
        }
    }

    #[test]
    fn a_program_of_the_tests_is_not_handed_out() {
        let folder = std::env::temp_dir().join(format!("wholechart-shipped-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let program = |name: &str, text: &str| {
            let path = folder.join(name);
            fs::write(&path, text).unwrap();
            path
        };
        assert_eq!(look(&[program("good", "Wholechart\0 a wholechart: address")]), Ok(()));
        let address = tauri_config().unwrap()["build"]["devUrl"].as_str().unwrap().to_owned();
        let checkout = root().display().to_string();
        for words in ["WHOLECHART_", "The database is down.", &address, &checkout] {
            let why = look(&[program("bad", &format!("Wholechart\0{words}MARK_SENT\0"))]).unwrap_err();
            assert!(why.contains(&format!("bad: “{words}”")), "{why}");
        }
        assert!(look(&[program("packed", "\x7fELF")]).is_err());
        fs::remove_dir_all(&folder).unwrap();
    }
}
