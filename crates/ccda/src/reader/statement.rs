//! What a clinical statement becomes: by its templates, else by its element, its mood and its section.

use super::area::Area;
use super::draft::has_template;
use super::{Place, Reader};
use crate::fault::Fault;
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
    ("1.27", What::Concern),
    ("1.28", What::Problem),
    ("1.18", What::Allergy),
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
    let roots = node.all("templateId").filter_map(|template| template.peek("root"));
    let suffixes = roots.filter_map(|root| Some(root.strip_prefix("2.16.840.1.113883.10.20.")?.to_owned()));
    let mut found = suffixes.filter_map(|suffix| TEMPLATES.iter().find(|(known, _)| *known == suffix));
    let (_, what) = found.next()?;
    // One thing is said by several elements, and a reader goes by the element.
    let fits = match what {
        What::Medicine | What::Vaccine => node.name() == "substanceAdministration",
        What::Dispense | What::SupplyOrder | What::Equipment => node.name() == "supply",
        What::ResultPanel | What::VitalPanel | What::Organizer | What::Relative => node.name() == "organizer",
        _ => true,
    };
    fits.then_some(*what)
}

/// A statement that only says another one's number: "entry reference", a visit by its id.
pub(super) fn is_pointer(node: Node<'_>) -> bool {
    if has_template(node, "22.4.122") {
        return true;
    }
    let tells = |child: Node<'_>| match child.name() {
        "id" | "templateId" | "statusCode" => false,
        _ => child.says_something(),
    };
    node.child("id").is_some() && !node.children().any(tells)
}

/// A statement of which nothing was filled in.
pub(super) fn is_hollow(node: Node<'_>) -> bool {
    let visit = node.name() == "encounter";
    let tells = |child: Node<'_>| match child.name() {
        "id" | "templateId" | "statusCode" | "author" => false,
        "effectiveTime" | "performer" => visit && child.says_something(),
        _ => child.says_something(),
    };
    !super::draft::is_negated(node) && !node.children().any(tells)
}

fn is_event(node: Node<'_>) -> bool {
    node.peek("moodCode").is_none_or(|mood| mood == "EVN" || mood == "DEF")
}

impl<'t> Reader<'t> {
    /// What a statement becomes; none where nothing here fits.
    fn what(&self, node: Node<'t>, place: Place<'t>) -> Option<What> {
        if let Some(what) = what_by_template(node) {
            return Some(what);
        }
        if is_pointer(node) || place.area == Area::Measures {
            return None;
        }
        let area = place.area;
        let mood = node.peek("moodCode").unwrap_or_default();
        let what = match node.name() {
            "observation" if mood == "GOL" => What::Goal,
            "observation" | "act" | "procedure" if !is_event(node) => What::Order,
            "observation" => match area {
                Area::Allergies if node.child("participant").is_some() => What::Allergy,
                _ if has_template(node, "22.4.143") => What::Observation,
                Area::Problems | Area::Diagnoses | Area::History if node.child("value").is_some() => {
                    What::Problem
                }
                Area::Directives => What::Directive,
                Area::Vitals => What::Vital,
                _ if has_template(node, "22.4.201") || has_template(node, "22.4.64") => return None,
                _ => What::Observation,
            },
            "procedure" => What::Procedure,
            "encounter" => What::Visit,
            "substanceAdministration" if area == Area::Vaccines => What::Vaccine,
            "substanceAdministration" if node.child("consumable").is_some() => What::Medicine,
            "supply" => {
                let medicine = node.at("product/manufacturedProduct/manufacturedMaterial").is_some()
                    && !matches!(area, Area::Devices);
                match (medicine, is_event(node)) {
                    (true, true) => What::Dispense,
                    (true, false) => What::SupplyOrder,
                    (false, true) => What::Equipment,
                    (false, false) => What::Order,
                }
            }
            "organizer" => match area {
                Area::Results => What::ResultPanel,
                Area::Vitals => What::VitalPanel,
                Area::Family => What::Relative,
                _ => What::Organizer,
            },
            "observationMedia" => What::Media,
            "act" => {
                let holds = super::draft::related(node)
                    .into_iter()
                    .any(|(_, inner)| what_by_template(inner).is_some());
                let formed = node.child("templateId").is_some() && area == Area::Other;
                // A class of acts (`DOCCLIN`) names none.
                let coded = node.child("code").is_some_and(|code| {
                    code.peek("code").is_some()
                        && code.peek("codeSystem").is_none_or(|system| system != "2.16.840.1.113883.5.6")
                });
                match area {
                    _ if has_template(node, "22.4.64") => What::Note,
                    Area::Allergies if holds => What::AllergyConcern,
                    Area::Problems | Area::Diagnoses | Area::History | Area::Concerns if holds => {
                        What::Concern
                    }
                    Area::Instructions => What::Instruction,
                    Area::Payers => What::Coverage,
                    _ if holds => What::Wrapper,
                    Area::Procedures => What::Procedure,
                    // Of another guide, and about something that nobody here knows.
                    _ if formed => return None,
                    Area::Other if coded => What::Procedure,
                    _ if node.child("text").is_some() => What::Note,
                    _ => return None,
                }
            }
            _ => return None,
        };
        Some(what)
    }

    /// Reads all statements that wait.
    pub(super) fn statements(&mut self) {
        while let Some((node, place)) = self.queue.pop_front() {
            if self.taken.contains_key(&node.index) {
                continue;
            }
            self.statement(node, place);
        }
    }

    fn statement(&mut self, node: Node<'t>, place: Place<'t>) {
        let Some(what) = self.what(node, place).filter(|_| !is_hollow(node)) else { return };
        if what_by_template(node).is_none() {
            self.problem(Fault::UnknownTemplate, node);
        }
        match what {
            What::AllergyConcern => self.allergy_concern(node, place),
            What::Allergy => {
                self.allergy(node, node, place, None);
            }
            What::Concern => self.concern(node, place),
            What::Problem => {
                self.condition(node, node, place, None);
            }
            What::Medicine => self.medicine(node, place),
            What::MedicineAct | What::Wrapper | What::Organizer | What::DirectivePanel => {
                self.wrapper(node, place)
            }
            What::Dispense => self.dispense(node, place),
            What::SupplyOrder => self.supply_order(node, place),
            What::Vaccine => self.vaccine(node, place),
            What::Procedure if is_event(node) => self.procedure(node, place),
            What::Procedure | What::Order => self.order(node, place),
            What::ResultPanel => self.result_panel(node, place),
            What::VitalPanel => self.vital_panel(node, place),
            What::Vital | What::Observation => {
                if is_event(node) || node.peek("moodCode").is_none() {
                    self.observation(node, place);
                } else {
                    self.order(node, place);
                }
            }
            What::Visit => self.visit(node, place),
            What::Relative => self.relative(node, place),
            What::Goal => self.goal(node, place),
            What::Instruction | What::Handoff => self.instruction(node, place),
            What::Coverage => self.coverage(node, place),
            What::Directive => self.directive(node, place),
            What::Equipment => self.equipment(node, place),
            What::Note => self.note(node, place),
            What::CareTeam => self.care_team(node, place),
            What::Study => self.study(node, place),
            What::Media => self.media(node, place),
        }
    }

    /// An act or organizer whose members speak for themselves.
    fn wrapper(&mut self, node: Node<'t>, place: Place<'t>) {
        let members = super::draft::related(node);
        let told = |(_, inner): &(Option<super::Relation>, Node<'t>)| !is_pointer(*inner);
        // An intervention that holds nothing but pointers, or nothing, is one itself.
        let alone = node.name() == "act" && !members.iter().any(told);
        if alone {
            if is_event(node) {
                self.procedure(node, place);
            } else {
                self.order(node, place);
            }
            return;
        }
        self.hold(node);
        for (_, inner) in members.into_iter().filter(told) {
            self.queue.push_back((inner, Place { outer: Some(node), ..place }));
        }
    }

    /// Notes that an act or organizer is told by its members.
    pub(super) fn hold(&mut self, node: Node<'t>) {
        for name in ["code", "statusCode", "effectiveTime", "id", "author", "performer", "participant"] {
            node.all(name).for_each(Node::mark_all);
        }
        self.wrappers.push(node);
    }
}
