//! The files of the table of topics. What the app looks in is made of them when it is built (`build.rs`).

/// The files by their names; their heads say where they come from.
pub(crate) const FILES: &[(&str, &str)] = &[
    ("conditions", include_str!("conditions.tsv")),
    ("substances", include_str!("substances.tsv")),
    ("medicines", include_str!("medicines.tsv")),
    ("vaccines", include_str!("vaccines.tsv")),
    ("procedures", include_str!("procedures.tsv")),
];

/// Words that tell a row in any company.
pub(crate) const TELLING: &str = include_str!("telling.tsv");
