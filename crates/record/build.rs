//! Makes the table of topics as it is looked in (`src/topic/built.rs`) of its files.

use std::env;
use std::fs;
use std::path::PathBuf;

use wholechart_names::making::Topics;

#[path = "src/topic/files.rs"]
mod files;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // What this program is made of holds the files, so it runs again when one of them changes.
    println!("cargo::rerun-if-changed=build.rs");
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("cargo names no OUT_DIR")?);
    let topics = Topics::of(files::FILES, files::TELLING);
    fs::write(out.join("rows.txt"), topics.rows())?;
    for file in &topics.files {
        let (lines, places) = file.pieces();
        fs::write(out.join(format!("{}.txt", file.name)), lines)?;
        fs::write(out.join(format!("{}.places", file.name)), places)?;
    }
    Ok(())
}
