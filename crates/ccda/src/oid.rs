//! Object identifiers of code systems and numbers as FHIR writes them (hl7.org/fhir/R4/terminologies-systems.html).

use std::borrow::Cow;

/// The FHIR address of a code system or of who numbers, by its OID or UUID; others as a URN.
pub(crate) fn uri(root: &str) -> Cow<'static, str> {
    let root = root.trim();
    if let Some((_, uri)) = SYSTEMS.iter().find(|(oid, _)| *oid == root) {
        return Cow::Borrowed(uri);
    }
    if is_uuid(root) {
        return Cow::Owned(format!("urn:uuid:{}", root.to_ascii_lowercase()));
    }
    if is_oid(root) {
        return Cow::Owned(format!("urn:oid:{root}"));
    }
    Cow::Owned(root.to_owned())
}

/// The address of a code system of which only the name was sent.
pub(crate) fn uri_of_name(name: &str) -> Option<&'static str> {
    let folded: String =
        name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect();
    Some(match folded.as_str() {
        "loinc" => "http://loinc.org",
        "snomed" | "snomedct" | "sct" => "http://snomed.info/sct",
        "rxnorm" => "http://www.nlm.nih.gov/research/umls/rxnorm",
        "ndc" => "http://hl7.org/fhir/sid/ndc",
        "cvx" => "http://hl7.org/fhir/sid/cvx",
        "icd10" | "icd10cm" => "http://hl7.org/fhir/sid/icd-10-cm",
        "icd9" | "icd9cm" => "http://hl7.org/fhir/sid/icd-9-cm",
        "cpt" | "cpt4" => "http://www.ama-assn.org/go/cpt",
        "unii" => "http://fdasis.nlm.nih.gov",
        _ => return None,
    })
}

pub(crate) fn is_uuid(root: &str) -> bool {
    root.len() == 36
        && root.bytes().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

pub(crate) fn is_oid(root: &str) -> bool {
    root.starts_with(|c: char| c.is_ascii_digit())
        && root.contains('.')
        && root.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
}

const SYSTEMS: &[(&str, &str)] = &[
    ("2.16.840.1.113883.6.1", "http://loinc.org"),
    ("2.16.840.1.113883.6.96", "http://snomed.info/sct"),
    ("2.16.840.1.113883.6.88", "http://www.nlm.nih.gov/research/umls/rxnorm"),
    ("2.16.840.1.113883.6.69", "http://hl7.org/fhir/sid/ndc"),
    ("2.16.840.1.113883.12.292", "http://hl7.org/fhir/sid/cvx"),
    ("2.16.840.1.113883.6.59", "http://hl7.org/fhir/sid/cvx"),
    ("2.16.840.1.113883.12.227", "http://hl7.org/fhir/sid/mvx"),
    ("2.16.840.1.113883.6.90", "http://hl7.org/fhir/sid/icd-10-cm"),
    ("2.16.840.1.113883.6.3", "http://hl7.org/fhir/sid/icd-10"),
    ("2.16.840.1.113883.6.103", "http://hl7.org/fhir/sid/icd-9-cm"),
    ("2.16.840.1.113883.6.104", "http://hl7.org/fhir/sid/icd-9-cm"),
    ("2.16.840.1.113883.6.2", "http://hl7.org/fhir/sid/icd-9-cm"),
    ("2.16.840.1.113883.6.4", "http://www.cms.gov/Medicare/Coding/ICD10"),
    ("2.16.840.1.113883.6.12", "http://www.ama-assn.org/go/cpt"),
    ("2.16.840.1.113883.6.285", "https://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets"),
    ("2.16.840.1.113883.6.14", "https://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets"),
    ("2.16.840.1.113883.6.13", "http://www.ada.org/cdt"),
    ("2.16.840.1.113883.4.9", "http://fdasis.nlm.nih.gov"),
    ("2.16.840.1.113883.6.8", "http://unitsofmeasure.org"),
    ("2.16.840.1.113883.4.6", "http://hl7.org/fhir/sid/us-npi"),
    ("2.16.840.1.113883.4.1", "http://hl7.org/fhir/sid/us-ssn"),
    ("2.16.840.1.113883.4.572", "http://hl7.org/fhir/sid/us-medicare"),
    ("2.16.840.1.113883.6.101", "http://nucc.org/provider-taxonomy"),
    ("2.16.840.1.113883.6.238", "urn:oid:2.16.840.1.113883.6.238"),
    ("2.16.840.1.113883.3.26.1.1", "http://ncicb.nci.nih.gov/xml/owl/EVS/Thesaurus.owl"),
    ("2.16.840.1.113883.6.345", "http://va.gov/terminology/medrt"),
    ("2.16.840.1.113883.3.26.1.5", "http://hl7.org/fhir/ndfrt"),
    ("2.16.840.1.113883.6.209", "http://hl7.org/fhir/ndfrt"),
    ("2.16.840.1.113883.6.254", "http://hl7.org/fhir/sid/icf-nl"),
    ("2.16.840.1.113883.6.301.11", "https://www.nubc.org/CodeSystem/PatDischargeStatus"),
    ("2.16.840.1.113883.6.259", "https://www.cdc.gov/nhsn/cdaportal/terminology/codesystem/hsloc.html"),
    ("1.2.840.10008.2.16.4", "http://dicom.nema.org/resources/ontology/DCM"),
    ("2.16.840.1.113883.5.1", "http://terminology.hl7.org/CodeSystem/v3-AdministrativeGender"),
    ("2.16.840.1.113883.5.2", "http://terminology.hl7.org/CodeSystem/v3-MaritalStatus"),
    ("2.16.840.1.113883.5.4", "http://terminology.hl7.org/CodeSystem/v3-ActCode"),
    ("2.16.840.1.113883.5.6", "http://terminology.hl7.org/CodeSystem/v3-ActClass"),
    ("2.16.840.1.113883.5.7", "http://terminology.hl7.org/CodeSystem/v3-ActPriority"),
    ("2.16.840.1.113883.5.8", "http://terminology.hl7.org/CodeSystem/v3-ActReason"),
    ("2.16.840.1.113883.5.83", "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation"),
    ("2.16.840.1.113883.5.84", "http://terminology.hl7.org/CodeSystem/v3-ObservationMethod"),
    ("2.16.840.1.113883.5.88", "http://terminology.hl7.org/CodeSystem/v3-ParticipationFunction"),
    ("2.16.840.1.113883.5.110", "http://terminology.hl7.org/CodeSystem/v3-RoleClass"),
    ("2.16.840.1.113883.5.111", "http://terminology.hl7.org/CodeSystem/v3-RoleCode"),
    ("2.16.840.1.113883.5.112", "http://terminology.hl7.org/CodeSystem/v3-RouteOfAdministration"),
    ("2.16.840.1.113883.5.129", "http://terminology.hl7.org/CodeSystem/v3-SpecimenType"),
    ("2.16.840.1.113883.5.1008", "http://terminology.hl7.org/CodeSystem/v3-NullFlavor"),
    ("2.16.840.1.113883.5.1052", "http://terminology.hl7.org/CodeSystem/v3-ActSite"),
    ("2.16.840.1.113883.5.1063", "http://terminology.hl7.org/CodeSystem/v3-ObservationValue"),
    ("2.16.840.1.113883.5.1076", "http://terminology.hl7.org/CodeSystem/v3-ReligiousAffiliation"),
    ("2.16.840.1.113883.12.112", "http://terminology.hl7.org/CodeSystem/v2-0112"),
    ("2.16.840.1.113883.12.162", "http://terminology.hl7.org/CodeSystem/v2-0162"),
    ("2.16.840.1.113883.6.255.1336", "https://x12.org/codes/insurance-type-codes"),
    ("2.16.840.1.113883.3.221.5", "https://nahdo.org/sopt"),
    ("2.16.840.1.113883.3.3719", "urn:oid:2.16.840.1.113883.3.3719"),
];
