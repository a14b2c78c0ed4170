//! `cargo xtask codes`: whether the codes of the table of topics are in the lists that are published of them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use crate::root;

/// Looks for every code of the table in a list: `icd10=FILE`, `icd9=FILE`, `icd9-procedures=FILE`, `icd10pcs=FILE`, a line a code, as CMS
/// publishes them. Codes of systems without a list are not looked for.
pub(crate) fn codes(lists: &[&str]) -> Result<(), String> {
    let mut published = BTreeMap::new();
    for list in lists {
        let (system, file) = list.split_once('=').ok_or_else(|| format!("{list} is no SYSTEM=FILE"))?;
        published.insert(system, begins(&read(Path::new(file))?));
    }
    let (mut looked_for, mut missing) = (0, Vec::new());
    for table in ["conditions", "procedures"] {
        let text = read(&root().join(format!("crates/record/src/topic/{table}.tsv")))?;
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let mut columns = line.split('\t');
            let (row, codes) = (columns.next().unwrap_or_default(), columns.nth(1).unwrap_or_default());
            for (system, code) in codes.split_whitespace().filter_map(|code| code.split_once(':')) {
                let list = if system == "icd9" && table == "procedures" { "icd9-procedures" } else { system };
                let Some(published) = published.get(list) else { continue };
                looked_for += 1;
                if !published.contains(code.replace('.', "").as_str()) {
                    missing.push(format!("{table}/{row}: {system}:{code}"));
                }
            }
        }
    }
    println!("{looked_for} codes of the table were looked for in {} lists.", published.len());
    if missing.is_empty() {
        return Ok(());
    }
    Err(format!("In no list:\n{}", missing.join("\n")))
}

/// Every beginning of every code of a list: one code of the table stands for all that begin so.
fn begins(list: &str) -> BTreeSet<String> {
    let codes = list.lines().filter_map(|line| line.split_whitespace().next());
    codes
        .map(|code| code.replace('.', ""))
        .filter(|code| code.is_ascii())
        .flat_map(|code| (1..=code.len()).map(move |length| code[..length].to_owned()))
        .collect()
}

fn read(file: &Path) -> Result<String, String> {
    let bytes = fs::read(file).map_err(|error| format!("{}: {error}", file.display()))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
