//! C-CDA's templates, and what a statement with one of them becomes.

use crate::tree::Node;

/// What a clinical statement becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    AllergyConcern,
    Allergy,
    /// A concern, a diagnosis of a visit or of an operation: holds problems.
    Concern,
    Problem,
    Medicine,
    /// An act around medicines: on admission, on discharge.
    MedicineAct,
    Dispense,
    SupplyOrder,
    Vaccine,
    Procedure,
    /// Something meant for later.
    Order,
    ResultPanel,
    VitalPanel,
    Vital,
    Observation,
    /// An organizer of observations that has a meaning of its own in its members only.
    Organizer,
    Visit,
    Relative,
    Goal,
    Instruction,
    Handoff,
    Coverage,
    DirectivePanel,
    Directive,
    Equipment,
    Note,
    CareTeam,
    /// An act that only holds others.
    Wrapper,
    Study,
    Media,
}

/// Templates by what follows `2.16.840.1.113883.10.20.` (C-CDA R1.1 and R2.1, volume 2; CCD R1 under `1.`).
const TEMPLATES: &[(&str, What)] = &[
    ("22.4.30", What::AllergyConcern),
    ("22.4.7", What::Allergy),
    ("24.3.90", What::Allergy),
    ("22.4.3", What::Concern),
    ("22.4.132", What::Concern),
    ("22.4.136", What::Concern),
    ("22.4.80", What::Concern),
    ("22.4.34", What::Concern),
    ("22.4.33", What::Concern),
    ("22.4.65", What::Concern),
    ("22.4.51", What::Concern),
    ("22.4.4", What::Problem),
    ("22.4.68", What::Problem),
    ("22.4.73", What::Problem),
    ("22.4.16", What::Medicine),
    ("22.4.42", What::Medicine),
    ("22.4.35", What::MedicineAct),
    ("22.4.36", What::MedicineAct),
    ("22.4.18", What::Dispense),
    ("22.4.17", What::SupplyOrder),
    ("22.4.52", What::Vaccine),
    ("22.4.120", What::Vaccine),
    ("22.4.14", What::Procedure),
    ("22.4.12", What::Procedure),
    ("22.4.13", What::Procedure),
    ("22.4.39", What::Order),
    ("22.4.41", What::Order),
    ("22.4.43", What::Order),
    ("22.4.44", What::Order),
    ("22.4.130", What::Order),
    ("22.4.140", What::Order),
    ("22.4.1", What::ResultPanel),
    ("22.4.2", What::Observation),
    ("22.4.26", What::VitalPanel),
    ("22.4.27", What::Vital),
    ("22.4.49", What::Visit),
    ("22.4.40", What::Visit),
    ("22.4.45", What::Relative),
    ("22.4.121", What::Goal),
    ("22.4.20", What::Instruction),
    ("22.4.141", What::Handoff),
    ("22.4.60", What::Coverage),
    ("22.4.61", What::Coverage),
    ("22.4.108", What::DirectivePanel),
    ("22.4.48", What::Directive),
    ("22.4.50", What::Equipment),
    ("22.4.135", What::Organizer),
    ("22.4.66", What::Organizer),
    ("22.4.75", What::Organizer),
    ("22.4.202", What::Note),
    ("22.4.500", What::CareTeam),
    ("22.4.131", What::Wrapper),
    ("22.4.146", What::Wrapper),
    ("22.4.38", What::Observation),
    ("22.4.5", What::Observation),
    ("22.4.67", What::Observation),
    ("22.4.69", What::Observation),
    ("22.4.72", What::Observation),
    ("22.4.74", What::Observation),
    ("22.4.76", What::Observation),
    ("22.4.77", What::Observation),
    ("22.4.78", What::Observation),
    ("22.4.79", What::Observation),
    ("22.4.85", What::Observation),
    ("22.4.109", What::Observation),
    ("22.4.110", What::Observation),
    ("22.4.111", What::Observation),
    ("22.4.114", What::Observation),
    ("22.4.124", What::Observation),
    ("22.4.125", What::Observation),
    ("22.4.127", What::Observation),
    ("22.4.128", What::Observation),
    ("22.4.138", What::Observation),
    ("22.4.144", What::Observation),
    ("22.4.200", What::Observation),
    ("22.4.217", What::Observation),
    ("22.4.281", What::Observation),
    ("22.4.293", What::Observation),
    ("22.4.501", What::Observation),
    ("22.4.503", What::Observation),
    ("22.4.505", What::Observation),
    ("22.4.506", What::Observation),
    ("22.4.507", What::Observation),
    ("15.3.8", What::Observation),
    ("34.3.45", What::Observation),
    ("6.2.12", What::Observation),
    ("6.2.13", What::Observation),
    ("6.2.14", What::Observation),
    ("6.2.5", What::Procedure),
    ("6.2.6", What::Study),
    ("1.18", What::Allergy),
    ("1.27", What::Concern),
    ("1.28", What::Problem),
    ("1.24", What::Medicine),
    ("1.29", What::Procedure),
    ("1.32", What::ResultPanel),
    ("1.31", What::Observation),
    ("1.35", What::VitalPanel),
    ("1.21", What::Visit),
    ("1.23", What::Relative),
    ("1.33", What::Observation),
    ("1.20", What::Coverage),
    ("1.17", What::Directive),
    ("1.25", What::Order),
];

impl What {
    /// Whether such a statement within another one is told by itself.
    pub(super) const fn is_own(self) -> bool {
        !matches!(self, What::Instruction | What::Observation | What::Vital | What::Handoff)
    }
}

/// By the statement's templates.
pub(super) fn what_by_template(node: Node<'_>) -> Option<What> {
    let roots: Vec<_> = node.all("templateId").filter_map(|template| template.peek("root")).collect();
    let suffixes: Vec<&str> =
        roots.iter().filter_map(|root| root.strip_prefix("2.16.840.1.113883.10.20.")).collect();
    if suffixes.is_empty() {
        return None;
    }
    // Of several, such as "problem" and "allergy" of CCD R1, the one that says more stands first in the table.
    let (_, what) = TEMPLATES.iter().find(|(known, _)| suffixes.contains(known))?;
    // One thing is said by several elements, and a reader goes by the element.
    let fits = match what {
        What::Medicine | What::Vaccine => node.name() == "substanceAdministration",
        What::Dispense | What::SupplyOrder | What::Equipment => node.name() == "supply",
        What::ResultPanel | What::VitalPanel | What::Organizer | What::Relative => node.name() == "organizer",
        _ => true,
    };
    fits.then_some(*what)
}
