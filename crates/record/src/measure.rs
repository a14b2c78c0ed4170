//! What is measured: [`analyte`] says which codes are one test, [`units`] converts figures, [`trend`] places values over time.

pub(crate) mod analyte;
pub(crate) mod trend;
pub(crate) mod units;
