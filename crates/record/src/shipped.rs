//! The tables that are shipped: their lines ([`rows`]), and the code systems that they name.

use wholechart_fhir::system::{CPT, CVX, ICD9CM, ICD10CM, LOINC, RXNORM, SNOMED, UNII};
pub(crate) use wholechart_names::rows::rows;
use wholechart_names::rows::system_of;

/// The URI of a system by its name in the tables.
pub(crate) fn uri(name: &str) -> Option<&'static str> {
    Some(match name {
        "icd10" => ICD10CM,
        "icd9" => ICD9CM,
        "sct" => SNOMED,
        "rxnorm" => RXNORM,
        "unii" => UNII,
        "cvx" => CVX,
        "cpt" => CPT,
        "icd10pcs" => "http://www.cms.gov/Medicare/Coding/ICD10",
        "loinc" => LOINC,
        _ => return None,
    })
}

/// The URI of the system of a prefix.
pub(crate) fn uri_of(prefix: &str) -> Option<&'static str> {
    uri(system_of(prefix)?.0)
}
