//! The tables that are shipped: what one line of a `*.tsv` is. Each file's head says what its traits mean and where it comes from.

/// Code systems by their names here, and whether a code there stands for all that begin so. A thing goes by its code of the first of them.
pub const SYSTEMS: &[(&str, bool)] = &[
    ("icd10", true),
    ("icd9", true),
    ("sct", false),
    ("rxnorm", false),
    ("unii", false),
    ("cvx", false),
    ("cpt", false),
    ("icd10pcs", true),
    ("loinc", false),
];

/// The system of a prefix, and whether a code there stands for all that begin so. CPT is the first level of HCPCS, whose dental codes are
/// those of CDT; no code of theirs is a code of two of them.
pub fn system_of(prefix: &str) -> Option<(&'static str, bool)> {
    let counted_as = if matches!(prefix, "hcpcs" | "cdt") { "cpt" } else { prefix };
    SYSTEMS.iter().find(|(name, _)| *name == counted_as).copied()
}

/// A code as it is compared.
pub fn spelt(system: &str, code: &str) -> String {
    let code = code.trim();
    match system {
        "cvx" => code.trim_start_matches('0').to_owned(),
        _ => code.replace('.', "").to_ascii_uppercase(),
    }
}

/// A line of a shipped table.
#[derive(Debug, Clone, Copy)]
pub struct Row {
    /// Kebab-case, once a file.
    pub key: &'static str,
    traits: &'static str,
    codes: &'static str,
    names: &'static str,
}

/// The rows of a file, in its order.
pub fn rows(file: &'static str) -> impl Iterator<Item = Row> {
    file.lines().filter(|line| !line.starts_with('#')).map(|line| {
        let mut columns = line.split('\t');
        let mut next = || columns.next().unwrap_or_default();
        Row { key: next(), traits: next(), codes: next(), names: next() }
    })
}

impl Row {
    /// Words with commas between them, as the file has them.
    pub fn traits(&self) -> &'static str {
        self.traits
    }

    /// What follows `name:` among the traits.
    pub fn given(&self, name: &str) -> Option<&'static str> {
        self.traits.split(',').find_map(|one| one.strip_prefix(name)?.strip_prefix(':'))
    }

    /// Prefix of the code system and code.
    pub fn codes(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        self.codes.split_whitespace().filter_map(|code| code.split_once(':'))
    }

    /// Spellings with `|` between them.
    pub fn names(&self) -> &'static str {
        self.names
    }
}
