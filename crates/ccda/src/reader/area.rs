//! What kind a section is: by its LOINC code, else by its template.

/// What a section's statements are about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Area {
    Allergies,
    /// The problem list.
    Problems,
    /// Diagnoses of a stay or an operation: admission, discharge, before and after.
    Diagnoses,
    /// Past medical history.
    History,
    Concerns,
    Medicines,
    Vaccines,
    Results,
    Vitals,
    Procedures,
    Encounters,
    Social,
    Family,
    Functional,
    Mental,
    Devices,
    Directives,
    Plan,
    Goals,
    Payers,
    CareTeams,
    Instructions,
    /// DICOM's catalogue of images.
    Images,
    /// Measures of a provider's quality: about the provider, not the person.
    Measures,
    Other,
}

/// By LOINC code.
const CODES: &[(&str, Area)] = &[
    ("48765-2", Area::Allergies),
    ("11450-4", Area::Problems),
    ("46241-6", Area::Diagnoses),
    ("42347-5", Area::Diagnoses),
    ("11535-2", Area::Diagnoses),
    ("29548-5", Area::Diagnoses),
    ("10219-4", Area::Diagnoses),
    ("10218-6", Area::Diagnoses),
    ("59769-0", Area::Diagnoses),
    ("59768-2", Area::Diagnoses),
    ("55109-3", Area::Diagnoses),
    ("10830-8", Area::Diagnoses),
    ("59776-5", Area::Procedures),
    ("11348-0", Area::History),
    ("75310-3", Area::Concerns),
    ("10160-0", Area::Medicines),
    ("42346-7", Area::Medicines),
    ("10183-2", Area::Medicines),
    ("75311-1", Area::Medicines),
    ("29549-3", Area::Medicines),
    ("59774-0", Area::Medicines),
    ("11369-6", Area::Vaccines),
    ("30954-2", Area::Results),
    ("8716-3", Area::Vitals),
    ("47519-4", Area::Procedures),
    ("29554-3", Area::Procedures),
    ("62387-6", Area::Procedures),
    ("46240-8", Area::Encounters),
    ("29762-2", Area::Social),
    ("10157-6", Area::Family),
    ("47420-5", Area::Functional),
    ("10190-7", Area::Mental),
    ("46264-8", Area::Devices),
    ("42348-3", Area::Directives),
    ("18776-5", Area::Plan),
    ("51847-2", Area::Plan),
    ("59772-4", Area::Plan),
    ("42349-1", Area::Plan),
    ("61146-7", Area::Goals),
    ("48768-6", Area::Payers),
    ("85847-2", Area::CareTeams),
    ("69730-0", Area::Instructions),
    ("8653-8", Area::Instructions),
    ("121181", Area::Images),
    ("55186-1", Area::Measures),
];

/// By template, where a section has no code: C-CDA's `2.16.840.1.113883.10.20.22.2.N`, CCD R1's `2.16.840.1.113883.10.20.1.N`.
const TEMPLATES: &[(&str, Area)] = &[
    ("22.2.6", Area::Allergies),
    ("22.2.5", Area::Problems),
    ("22.2.43", Area::Diagnoses),
    ("22.2.24", Area::Diagnoses),
    ("22.2.34", Area::Diagnoses),
    ("22.2.35", Area::Diagnoses),
    ("22.2.36", Area::Diagnoses),
    ("22.2.20", Area::History),
    ("22.2.58", Area::Concerns),
    ("22.2.1", Area::Medicines),
    ("22.2.11", Area::Medicines),
    ("22.2.44", Area::Medicines),
    ("22.2.38", Area::Medicines),
    ("22.2.39", Area::Medicines),
    ("22.2.2", Area::Vaccines),
    ("22.2.3", Area::Results),
    ("22.2.4", Area::Vitals),
    ("22.2.7", Area::Procedures),
    ("22.2.22", Area::Encounters),
    ("22.2.17", Area::Social),
    ("22.2.15", Area::Family),
    ("22.2.14", Area::Functional),
    ("22.2.56", Area::Mental),
    ("22.2.23", Area::Devices),
    ("22.2.21", Area::Directives),
    ("22.2.10", Area::Plan),
    ("22.2.9", Area::Plan),
    ("22.2.30", Area::Plan),
    ("22.2.60", Area::Goals),
    ("22.2.18", Area::Payers),
    ("22.2.500", Area::CareTeams),
    ("22.2.45", Area::Instructions),
    ("1.2", Area::Allergies),
    ("1.11", Area::Problems),
    ("1.8", Area::Medicines),
    ("1.6", Area::Vaccines),
    ("1.14", Area::Results),
    ("1.16", Area::Vitals),
    ("1.12", Area::Procedures),
    ("1.3", Area::Encounters),
    ("1.15", Area::Social),
    ("1.4", Area::Family),
    ("1.5", Area::Functional),
    ("1.7", Area::Devices),
    ("1.1", Area::Directives),
    ("1.10", Area::Plan),
    ("1.9", Area::Payers),
];

impl Area {
    /// The kind of a section with this code and these template roots.
    pub(super) fn of<'a>(code: Option<&str>, templates: impl Iterator<Item = &'a str>) -> Area {
        let by_code = code.and_then(|code| CODES.iter().find(|(known, _)| *known == code.trim()));
        if let Some((_, area)) = by_code {
            return *area;
        }
        let by_template =
            templates.filter_map(|root| root.strip_prefix("2.16.840.1.113883.10.20.")).find_map(|root| {
                // `.1` at the end: entries are required.
                let base =
                    root.strip_suffix(".1").filter(|base| base.matches('.').count() == 2).unwrap_or(root);
                TEMPLATES.iter().find(|(known, _)| *known == base || *known == root)
            });
        by_template.map_or(Area::Other, |(_, area)| *area)
    }

    /// Whether what stands in the section is meant for later.
    pub(super) const fn is_planned(self) -> bool {
        matches!(self, Area::Plan)
    }
}
