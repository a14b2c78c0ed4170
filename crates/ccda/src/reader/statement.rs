//! What a clinical statement becomes: by its templates, else by its element, its mood and its section.

use super::act::{has_template, is_event, is_hollow, is_pointer, is_unknown, related};
use super::area::Area;
use super::template::{What, what_by_template};
use super::{Place, Reader, Relation};
use crate::fault::Fault;
use crate::tree::Node;

impl<'t> Reader<'t> {
    /// What a statement becomes; none where nothing here fits.
    fn what(node: Node<'t>, place: Place<'t>) -> Option<What> {
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
                let holds = related(node).into_iter().any(|(_, inner)| what_by_template(inner).is_some());
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
        // Nobody says that it is so: words, if there are any, and no fact.
        if is_unknown(node) && node.child("text").is_some_and(Node::says_something) {
            self.note(node, place);
            return;
        }
        let Some(what) = Self::what(node, place).filter(|_| !is_hollow(node)) else { return };
        if what_by_template(node).is_none() {
            self.problem(Fault::UnknownTemplate, node);
        }
        match what {
            What::AllergyConcern => self.allergy_concern(node, place),
            What::Allergy => {
                self.allergy(node, node, place, None);
            }
            // CCD R1 has one template for concerns of both kinds, and one for medicines and vaccines.
            What::Concern if place.area == Area::Allergies => self.allergy_concern(node, place),
            What::Medicine if place.area == Area::Vaccines => self.vaccine(node, place),
            What::Concern => self.concern(node, place),
            What::Problem => {
                self.condition(node, node, place, None);
            }
            What::Medicine => self.medicine(node, place),
            What::MedicineAct | What::Wrapper | What::Organizer | What::DirectivePanel => {
                self.wrapper(node, place);
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
        let members = related(node);
        let told = |(_, inner): &(Option<Relation>, Node<'t>)| !is_pointer(*inner);
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

    /// Notes that an act or organizer is told by its members, who take its code, times and author over.
    pub(super) fn hold(&mut self, node: Node<'t>) {
        for name in ["code", "statusCode", "effectiveTime", "id", "author"] {
            node.all(name).for_each(Node::mark_all);
        }
        self.wrappers.push(node);
    }
}
