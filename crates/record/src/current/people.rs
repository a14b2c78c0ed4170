//! The people of a care team, each with their own part: a team is sent as a row of elements, in which a part stands beside
//! whom it belongs to, before or after.

use wholechart_fhir::{Detail, DetailValue, Element};

/// One of a team, as it is gathered.
#[derive(Default)]
struct Member<'a> {
    names: Vec<&'a DetailValue>,
    parts: Vec<&'a DetailValue>,
    times: Vec<&'a DetailValue>,
}

impl Member<'_> {
    fn is_the_person(&self) -> bool {
        self.parts.iter().any(|part| part.plain().trim().eq_ignore_ascii_case("patient"))
    }

    /// Their name with their part beside it; what there is, where only one of them was sent.
    fn detail(&self) -> Option<Detail> {
        let several = |values: &[&DetailValue]| match values {
            [] => None,
            [one] => Some((*one).clone()),
            all => Some(DetailValue::Several(all.iter().map(|one| (*one).clone()).collect())),
        };
        let beside = |said: DetailValue, beside: &[&DetailValue]| match beside {
            [] => said,
            all => DetailValue::Beside {
                said: Box::new(said),
                beside: all.iter().map(|one| (*one).clone()).collect(),
            },
        };
        let value = match (several(&self.names), several(&self.parts)) {
            (Some(names), _) => {
                beside(names, &self.parts.iter().chain(&self.times).copied().collect::<Vec<_>>())
            }
            (None, Some(parts)) => beside(parts, &self.times),
            (None, None) => several(&self.times)?,
        };
        Some(Detail { element: Element::PARTICIPANT, name: None, value })
    }
}

/// Names and parts in the order in which they were sent: whoever writes parts before names does so throughout.
fn members(details: &[Detail]) -> Vec<Member<'_>> {
    let about = |detail: &&Detail| detail.element.is_of(Element::PARTICIPANT);
    let is_part = |detail: &Detail| matches!(detail.element.name(), "participant-role" | "participant-type");
    let part_first = details.iter().find(about).is_some_and(is_part);
    let mut members: Vec<Member<'_>> = Vec::new();
    for detail in details.iter().filter(about) {
        let (is_part, is_time) = (is_part(detail), detail.element.name() == "participant-period");
        let another =
            members.last().is_none_or(|last| !is_time && (part_first || !is_part) && !last.names.is_empty());
        if another {
            members.push(Member::default());
        }
        let Some(member) = members.last_mut() else { continue };
        match (is_part, is_time) {
            (true, _) => member.parts.push(&detail.value),
            (_, true) => member.times.push(&detail.value),
            _ => member.names.push(&detail.value),
        }
    }
    members
}

/// The details of a care team's entry with each of its people in one of them, where the first was.
pub fn with_own_part(details: &[Detail]) -> Vec<Detail> {
    let first = details.iter().position(|detail| detail.element.is_of(Element::PARTICIPANT));
    let kept = |detail: &&Detail| !detail.element.is_of(Element::PARTICIPANT);
    let (before, after) = details.split_at(first.unwrap_or(details.len()));
    let people = members(details);
    let people = people.iter().filter_map(Member::detail);
    before.iter().cloned().chain(people).chain(after.iter().filter(kept).cloned()).collect()
}

/// Who cares for the person, who is in every team.
pub(crate) fn carers(details: &[Detail]) -> Vec<Detail> {
    let all = members(details);
    all.iter().filter(|one| !one.is_the_person()).filter_map(Member::detail).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn detail(element: &str, text: &str) -> Detail {
        let element = Element::parse(element).expect("an element");
        Detail { element, name: None, value: DetailValue::Text(text.to_owned()) }
    }

    fn name(text: &str) -> Detail {
        detail("participant-member", text)
    }

    fn part(text: &str) -> Detail {
        detail("participant-role", text)
    }

    fn said(details: &[Detail]) -> Vec<String> {
        let text = |value: &DetailValue| match value {
            DetailValue::Beside { said, beside } => {
                let beside: Vec<String> = beside.iter().map(DetailValue::all_sent).collect();
                format!("{} ({})", said.all_sent(), beside.join(", "))
            }
            other => other.all_sent(),
        };
        details.iter().map(|one| text(&one.value)).collect()
    }

    #[test]
    fn each_of_a_team_has_their_own_part_in_whichever_order_it_was_sent() {
        let (doctor, nurse) = (name("Dr. Oak"), name("Tove Lind"));
        let (family, nursing) = (part("Family physician"), part("Nurse"));
        let of = |details: &[&Detail]| {
            said(&carers(&details.iter().map(|one| (*one).clone()).collect::<Vec<_>>()))
        };
        let both = ["Dr. Oak (Family physician)", "Tove Lind (Nurse)"];
        assert_eq!(of(&[&doctor, &family, &nurse, &nursing]), both);
        assert_eq!(of(&[&family, &doctor, &nursing, &nurse]), both);
        assert_eq!(of(&[&family, &doctor, &nurse]), ["Dr. Oak (Family physician)", "Tove Lind"]);
        assert_eq!(of(&[&doctor, &nurse, &nursing]), ["Dr. Oak", "Tove Lind (Nurse)"]);
        assert_eq!(of(&[&doctor, &family, &nursing]), ["Dr. Oak (Family physician, Nurse)"]);
        assert_eq!(of(&[&nursing]), ["Nurse"]);
        let two_nurses = of(&[&doctor, &nursing, &nurse, &nursing]);
        assert_eq!(
            two_nurses,
            ["Dr. Oak (Nurse)", "Tove Lind (Nurse)"],
            "nobody loses a part that others have"
        );
        let since = detail("participant-period", "2024");
        let timed = of(&[&family, &doctor, &since, &nurse]);
        assert_eq!(timed, ["Dr. Oak (Family physician, 2024)", "Tove Lind"]);
    }

    #[test]
    fn the_person_is_none_of_those_who_care_for_them_but_is_told_with_the_team() {
        let all = [
            name("Dr. Oak"),
            part("Family physician"),
            name("Rosa"),
            part("Patient"),
            detail("reason", "Gout"),
        ];
        assert_eq!(said(&carers(&all)), ["Dr. Oak (Family physician)"]);
        let told = with_own_part(&all);
        assert_eq!(said(&told), ["Dr. Oak (Family physician)", "Rosa (Patient)", "Gout"]);
        assert_eq!(with_own_part(&all[4..]), &all[4..], "where there is no team, nothing changes");
    }
}
