//! Code systems: one URI per system, and names people know.

use std::collections::HashMap;
use std::sync::LazyLock;

/// The canonical URI of a code system, from any of the ways servers spell it. Unknown systems come back trimmed.
pub fn canonical_system(sent: &str) -> String {
    let trimmed = sent.trim().trim_end_matches('/');
    if trimmed.is_empty() || SYSTEMS.iter().any(|(canonical, ..)| *canonical == trimmed) {
        return trimmed.to_owned();
    }
    let lower = trimmed.to_ascii_lowercase();
    if let Some(canonical) = SPELLINGS.get(lower.strip_prefix("urn:oid:").unwrap_or(&lower)) {
        return (*canonical).to_owned();
    }
    // SNOMED CT editions and versions: http://snomed.info/sct/731000124108/version/…
    if lower.contains("snomed.info/sct") {
        return SNOMED.to_owned();
    }
    if let Some(rest) = lower.strip_prefix("http://hl7.org/fhir/v2/") {
        return format!("http://terminology.hl7.org/CodeSystem/v2-{rest}");
    }
    if trimmed.len() > 23 && lower.starts_with("http://hl7.org/fhir/v3/") {
        return format!("http://terminology.hl7.org/CodeSystem/v3-{}", &trimmed[23..]);
    }
    if lower.starts_with("urn:oid:") { lower } else { trimmed.to_owned() }
}

/// Every spelling in lower case, OIDs without `urn:oid:`, with the canonical URI.
static SPELLINGS: LazyLock<HashMap<String, &'static str>> = LazyLock::new(|| {
    let mut spellings = HashMap::new();
    for (canonical, _, aliases) in SYSTEMS {
        let own = canonical.to_ascii_lowercase();
        if let Some(rest) = own.strip_prefix("http://") {
            spellings.insert(format!("https://{rest}"), *canonical);
        }
        spellings.insert(own, *canonical);
        spellings.extend(aliases.iter().map(|alias| ((*alias).to_owned(), *canonical)));
    }
    spellings
});

/// What people call a system, such as "SNOMED CT"; none for systems we do not know.
pub fn system_name(canonical: &str) -> Option<&'static str> {
    SYSTEMS
        .iter()
        .find(|(uri, ..)| *uri == canonical)
        .map(|(_, name, _)| *name)
        .filter(|name| !name.is_empty())
}

/// Whether people call a system so.
pub(crate) fn is_system_name(name: &str) -> bool {
    !name.is_empty() && SYSTEMS.iter().any(|(_, known, _)| *known == name)
}

/// Regenstrief Institute: tests and measurements.
pub const LOINC: &str = "http://loinc.org";
/// SNOMED CT: clinical terms.
pub const SNOMED: &str = "http://snomed.info/sct";
/// National Library of Medicine: medicines.
pub const RXNORM: &str = "http://www.nlm.nih.gov/research/umls/rxnorm";
/// FDA: packages of medicines.
pub const NDC: &str = "http://hl7.org/fhir/sid/ndc";
/// CDC: vaccines.
pub const CVX: &str = "http://hl7.org/fhir/sid/cvx";
/// CDC: diagnoses.
pub const ICD10CM: &str = "http://hl7.org/fhir/sid/icd-10-cm";
/// CDC: diagnoses before ICD-10-CM.
pub const ICD9CM: &str = "http://hl7.org/fhir/sid/icd-9-cm";
/// AMA: services.
pub const CPT: &str = "http://www.ama-assn.org/go/cpt";
/// CMS: services and supplies; its first level is CPT.
pub const HCPCS: &str = "https://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets";
/// ADA: what dentists do.
pub const CDT: &str = "http://www.ada.org/cdt";
/// FDA: substances.
pub const UNII: &str = "http://fdasis.nlm.nih.gov";
pub(crate) const NULL_FLAVOR: &str = "http://terminology.hl7.org/CodeSystem/v3-NullFlavor";

/// Canonical URI, name for people, other spellings in lower case (OIDs without `urn:oid:`).
const SYSTEMS: &[(&str, &str, &[&str])] = &[
    (LOINC, "LOINC", &["2.16.840.1.113883.6.1", "loinc", "loinc.org", "http://www.loinc.org"]),
    (
        SNOMED,
        "SNOMED CT",
        &[
            "2.16.840.1.113883.6.96",
            "snomed",
            "snomed-ct",
            "http://snomed.info",
            "http://ihtsdo.org/snomed-ct",
        ],
    ),
    (
        RXNORM,
        "RxNorm",
        &["2.16.840.1.113883.6.88", "rxnorm", "http://www.nlm.nih.gov/research/umls/rxnorm/rxcui"],
    ),
    (NDC, "NDC", &["2.16.840.1.113883.6.69", "ndc", "http://www.fda.gov/drugs/informationondrugs"]),
    (
        CVX,
        "CVX",
        &[
            "2.16.840.1.113883.12.292",
            "2.16.840.1.113883.6.59",
            "cvx",
            "http://www2a.cdc.gov/vaccines/iis/iisstandards/vaccines.asp?rpt=cvx",
        ],
    ),
    (
        "http://hl7.org/fhir/sid/mvx",
        "MVX",
        &["2.16.840.1.113883.12.227", "http://terminology.hl7.org/codesystem/mvx"],
    ),
    (
        ICD10CM,
        "ICD-10-CM",
        &[
            "2.16.840.1.113883.6.90",
            "icd10",
            "icd-10-cm",
            "icd-10",
            "http://hl7.org/fhir/sid/icd-10",
            "http://hl7.org/fhir/sid/icd-10-us",
            "2.16.840.1.113883.6.3",
        ],
    ),
    (
        ICD9CM,
        "ICD-9-CM",
        &[
            "2.16.840.1.113883.6.103",
            "2.16.840.1.113883.6.104",
            "icd9",
            "icd-9-cm",
            "http://hl7.org/fhir/sid/icd-9-cm/diagnosis",
            "http://hl7.org/fhir/sid/icd-9-cm/procedure",
            "http://hl7.org/fhir/sid/icd-9",
        ],
    ),
    (
        "http://www.cms.gov/Medicare/Coding/ICD10",
        "ICD-10-PCS",
        &["2.16.840.1.113883.6.4", "http://hl7.org/fhir/sid/icd-10-pcs"],
    ),
    (CPT, "CPT", &["2.16.840.1.113883.6.12", "cpt", "http://www.ama-assn.org/cpt"]),
    (
        HCPCS,
        "HCPCS",
        &[
            "2.16.840.1.113883.6.285",
            "hcpcs",
            "http://terminology.hl7.org/codesystem/hcpcs",
            "http://hl7.org/fhir/sid/hcpcs",
            "https://bluebutton.cms.gov/resources/codesystem/hcpcs",
        ],
    ),
    (CDT, "CDT", &["2.16.840.1.113883.6.13", "cdt", "http://terminology.hl7.org/codesystem/cdt"]),
    (UNII, "UNII", &["2.16.840.1.113883.4.9"]),
    ("http://unitsofmeasure.org", "UCUM", &["2.16.840.1.113883.6.8", "http://unitsofmeasure.org/ucum.html"]),
    ("http://hl7.org/fhir/sid/us-npi", "NPI", &["2.16.840.1.113883.4.6"]),
    (
        "http://terminology.hl7.org/CodeSystem/observation-category",
        "",
        &["http://hl7.org/fhir/observation-category"],
    ),
    (
        "http://terminology.hl7.org/CodeSystem/condition-category",
        "",
        &["http://hl7.org/fhir/condition-category"],
    ),
    (
        "http://terminology.hl7.org/CodeSystem/condition-clinical",
        "",
        &["http://hl7.org/fhir/condition-clinical"],
    ),
    (
        "http://terminology.hl7.org/CodeSystem/condition-ver-status",
        "",
        &["http://hl7.org/fhir/condition-ver-status"],
    ),
    (
        "http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical",
        "",
        &["http://hl7.org/fhir/allergyintolerance-clinical", "http://hl7.org/fhir/allergy-clinical-status"],
    ),
    (
        "http://terminology.hl7.org/CodeSystem/allergyintolerance-verification",
        "",
        &[
            "http://hl7.org/fhir/allergyintolerance-verification",
            "http://hl7.org/fhir/allergy-verification-status",
        ],
    ),
    (
        "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation",
        "",
        &[
            "http://hl7.org/fhir/v2/0078",
            "http://terminology.hl7.org/codesystem/v2-0078",
            "2.16.840.1.113883.5.83",
        ],
    ),
    (
        "http://terminology.hl7.org/CodeSystem/data-absent-reason",
        "",
        &["http://hl7.org/fhir/data-absent-reason"],
    ),
    (
        "http://terminology.hl7.org/CodeSystem/v3-ActCode",
        "",
        &["http://hl7.org/fhir/v3/actcode", "2.16.840.1.113883.5.4", "http://hl7.org/fhir/encounter-class"],
    ),
    (NULL_FLAVOR, "", &["http://hl7.org/fhir/v3/nullflavor", "2.16.840.1.113883.5.1008"]),
];

/// Codes that stand for "no code".
pub(crate) fn is_null_flavor(system: &str) -> bool {
    system == NULL_FLAVOR || system == "http://terminology.hl7.org/CodeSystem/data-absent-reason"
}
