//! The tables that are shipped: what one line of a `*.tsv` is. Each file's head says what its traits mean and where it comes from.

use wholechart_fhir::system::{CPT, CVX, ICD9CM, ICD10CM, LOINC, RXNORM, SNOMED, UNII};

/// Systems by their prefixes, and whether a code there stands for all that begin so. A thing goes by its code of the first of them.
pub(crate) const SYSTEMS: &[(&str, &str, bool)] = &[
    ("icd10", ICD10CM, true),
    ("icd9", ICD9CM, true),
    ("sct", SNOMED, false),
    ("rxnorm", RXNORM, false),
    ("unii", UNII, false),
    ("cvx", CVX, false),
    ("cpt", CPT, false),
    ("hcpcs", CPT, false),
    ("cdt", CPT, false),
    ("icd10pcs", "http://www.cms.gov/Medicare/Coding/ICD10", true),
    ("loinc", LOINC, false),
];

/// The system of a prefix, and whether a code there stands for all that begin so.
pub(crate) fn system_of(prefix: &str) -> Option<(&'static str, bool)> {
    SYSTEMS.iter().find(|(name, ..)| *name == prefix).map(|(_, system, begins)| (*system, *begins))
}

/// A line of a shipped table.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Row {
    /// Kebab-case, once a file.
    pub(crate) key: &'static str,
    traits: &'static str,
    codes: &'static str,
    names: &'static str,
}

/// The rows of a file, in its order.
pub(crate) fn rows(file: &'static str) -> impl Iterator<Item = Row> {
    file.lines().filter(|line| !line.starts_with('#')).map(|line| {
        let mut columns = line.split('\t');
        let mut next = || columns.next().unwrap_or_default();
        Row { key: next(), traits: next(), codes: next(), names: next() }
    })
}

impl Row {
    /// Words with commas between them, as the file has them.
    pub(crate) fn traits(&self) -> &'static str {
        self.traits
    }

    /// What follows `name:` among the traits.
    pub(crate) fn given(&self, name: &str) -> Option<&'static str> {
        self.traits.split(',').find_map(|one| one.strip_prefix(name)?.strip_prefix(':'))
    }

    /// Prefix of the code system and code.
    pub(crate) fn codes(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        self.codes.split_whitespace().filter_map(|code| code.split_once(':'))
    }

    /// Spellings with `|` between them.
    pub(crate) fn names(&self) -> &'static str {
        self.names
    }
}
