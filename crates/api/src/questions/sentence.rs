//! A disagreement as one sentence of what the entries carry: "Summit General Hospital stopped lisinopril on June 7, 2022 because of
//! a cough; Lakeside Family Medicine and Harbor Heart Clinic still list it."

use wholechart_fhir::{FhirDate, Kind, StatusGroup};
use wholechart_record::{About, Conflict, Says, Statement, strength, topic_of_title};

use super::conflicts::{Speaker, says};

/// Statements that say one thing, and who says it: each once, by name.
struct Group<'c> {
    first: &'c Statement,
    who: Vec<String>,
}

/// An argument of a message.
type Said<'s> = (&'static str, &'s str);

impl Speaker<'_> {
    /// Who says what; that there is a disagreement, where the statements do not say more.
    pub(crate) fn sentence(&self, conflict: &Conflict, kind: Kind, titles: &[String]) -> String {
        let about = self.speech.get(&format!("conflict-{}", conflict.about.as_str()));
        let name = self.name(kind, titles);
        // What somebody stopped or takes is of one strength.
        let strength = titles.first().filter(|_| kind == Kind::Medicine).and_then(|title| strength(title));
        let name = match strength.filter(|_| conflict.about != About::Dose) {
            Some(strength) => {
                let strength = self.speech.sent(&strength);
                let of = [("name", (&name).into()), ("strength", (&strength).into())];
                self.speech.words.with("conflict-tell-strength", &of)
            }
            None => name,
        };
        let clauses = match conflict.about {
            About::Status => self.over_or_listed(conflict, &name),
            About::RuledOut => self.taken_back_or_listed(conflict, StatusGroup::Refuted, &name),
            About::Withdrawn => self.taken_back_or_listed(conflict, StatusGroup::EnteredInError, &name),
            About::AllergyNotListed => self.listed_or_not(conflict, &name),
            About::Dose => self.doses(conflict, &name),
            About::Dosing => Some(self.each(conflict, "says", Some(&name))),
            About::VaccineDay => Some(self.each(conflict, "on", Some(&name))),
            About::Correction => Some(self.each(conflict, "has", Some(&name))),
            About::BirthDate | About::BloodGroup => Some(self.each(conflict, "has", None)),
        };
        let Some(clauses) = clauses.filter(|clauses| clauses.len() > 1) else { return about };
        let said = self.speech.words.with("conflict-tell", &[("said", (&clauses.join("; ")).into())]);
        match conflict.about {
            About::VaccineDay | About::Correction | About::BirthDate | About::BloodGroup => {
                format!("{about} {said}")
            }
            _ => said,
        }
    }

    /// What it is called inside a sentence: our name for it, small, or the shortest that was sent. An allergy's heading may be a class,
    /// and who ruled out one substance ruled out no class.
    fn name(&self, kind: Kind, titles: &[String]) -> String {
        let ours = titles.iter().find_map(|title| self.speech.topic(&topic_of_title(kind, title)?.address()));
        match ours.filter(|_| kind != Kind::Allergy) {
            Some(ours) => inside(ours),
            None => titles.iter().min_by_key(|title| title.chars().count()).cloned().unwrap_or_default(),
        }
    }

    fn clause(&self, key: &str, who: &[String], of: &[Said<'_>]) -> String {
        let providers = self.all(who);
        let mut args = vec![("provider", (&providers).into()), ("count", who.len().into())];
        args.extend(of.iter().map(|(name, text)| (*name, (*text).into())));
        self.speech.words.with(&format!("conflict-tell-{key}"), &args)
    }

    /// "A", "A and B", "A, B and C".
    fn all(&self, names: &[String]) -> String {
        match names {
            [before @ .., one, last] => {
                let one = before.iter().chain([one]).cloned().collect::<Vec<_>>().join(", ");
                self.speech.words.with("and", &[("first", (&one).into()), ("last", last.into())])
            }
            _ => names.concat(),
        }
    }

    /// Statements that are put into the same words by `key`, together; in their order.
    fn groups<'c>(
        &self,
        statements: impl Iterator<Item = &'c Statement>,
        key: impl Fn(&Statement) -> String,
    ) -> Vec<Group<'c>> {
        let mut groups: Vec<(String, Group<'c>)> = Vec::new();
        for one in statements {
            let (key, who) = (key(one), self.provider(&one.by));
            match groups.iter_mut().find(|(known, _)| *known == key) {
                Some((_, group)) if group.who.contains(&who) => {}
                Some((_, group)) => group.who.push(who),
                None => groups.push((key, Group { first: one, who: vec![who] })),
            }
        }
        let named = |(_, mut group): (String, Group<'c>)| {
            group.who.sort_unstable();
            group
        };
        groups.into_iter().map(named).collect()
    }

    fn still_listed<'c>(&self, listing: impl Iterator<Item = &'c Statement>) -> Option<String> {
        let group = self.groups(listing, |_| String::new()).pop()?;
        Some(self.clause("still", &group.who, &[]))
    }

    fn over_or_listed(&self, conflict: &Conflict, name: &str) -> Option<Vec<String>> {
        // Held for the time being, it is not taken either.
        let is_over =
            |one: &&Statement| matches!(one.says, Says::Status(StatusGroup::Past, _)) || is_held(&one.says);
        let over = self.groups(conflict.statements.iter().filter(is_over), |one| {
            format!("{:?} {:?}", one.says, one.ended)
        });
        let mut clauses: Vec<String> = over.iter().map(|group| self.over(group, name)).collect();
        clauses.extend(self.still_listed(conflict.statements.iter().filter(|one| !is_over(one))));
        (!over.is_empty()).then_some(clauses)
    }

    fn over(&self, group: &Group<'_>, name: &str) -> String {
        let key = match &group.first.says {
            says if is_held(says) => "held",
            Says::Status(_, Some(word)) if word == "stopped" => "stopped",
            Says::Status(_, Some(word)) if word == "completed" => "finished",
            Says::Status(_, Some(word)) if word == "resolved" => "resolved",
            _ => "over",
        };
        let mut clause = self.clause(key, &group.who, &[("name", name)]);
        let ended = group.first.ended.as_ref();
        if let Some(day) = ended.and_then(|ended| ended.on) {
            let day = self.speech.day(day);
            clause = self
                .speech
                .words
                .with("conflict-tell-when", &[("said", (&clause).into()), ("date", (&day).into())]);
        }
        let why: Vec<String> =
            ended.into_iter().flat_map(|ended| &ended.why).map(|why| self.speech.value(None, why)).collect();
        if !why.is_empty() {
            let why = why.join(", ");
            clause = self
                .speech
                .words
                .with("conflict-tell-why", &[("said", (&clause).into()), ("why", (&why).into())]);
        }
        clause
    }

    fn taken_back_or_listed(
        &self,
        conflict: &Conflict,
        as_what: StatusGroup,
        name: &str,
    ) -> Option<Vec<String>> {
        let is_back = |one: &&Statement| matches!(&one.says, Says::Status(group, _) if *group == as_what);
        let back = self.groups(conflict.statements.iter().filter(is_back), |_| String::new()).pop()?;
        let key = if as_what == StatusGroup::Refuted { "ruled-out" } else { "withdrawn" };
        let mut clauses = vec![self.clause(key, &back.who, &[("name", name)])];
        clauses.extend(self.still_listed(conflict.statements.iter().filter(|one| !is_back(one))));
        Some(clauses)
    }

    fn listed_or_not(&self, conflict: &Conflict, name: &str) -> Option<Vec<String>> {
        let group = |is: &dyn Fn(&Says) -> bool| {
            let of = conflict.statements.iter().filter(|one| is(&one.says));
            self.groups(of, |_| String::new()).pop()
        };
        let listed = group(&|says| !matches!(says, Says::NoneKnown | Says::NotListed))?;
        let mut clauses = vec![self.clause("lists", &listed.who, &[("name", name)])];
        for (key, silent) in [
            ("none-known", group(&|says| *says == Says::NoneKnown)),
            ("not-listed", group(&|says| *says == Says::NotListed)),
        ] {
            clauses.extend(silent.map(|silent| self.clause(key, &silent.who, &[])));
        }
        Some(clauses)
    }

    /// Each strength once, the one that was ordered last first, with its day; who lists another one, still does.
    fn doses(&self, conflict: &Conflict, name: &str) -> Option<Vec<String>> {
        let strength = |one: &Statement| match &one.says {
            Says::Title(title) => strength(&title.text),
            _ => None,
        };
        if conflict.statements.iter().any(|one| strength(one).is_none()) {
            return None;
        }
        let day = |one: &Statement| Some(one.date.as_ref()?.start.as_ref()?.own_day());
        let mut groups = self.groups(conflict.statements.iter(), |one| strength(one).unwrap_or_default());
        groups.sort_by_key(|group| std::cmp::Reverse(day(group.first)));
        let newest = day(groups.first()?.first);
        let later =
            newest.filter(|newest| groups.iter().skip(1).all(|group| day(group.first) < Some(*newest)));
        let clauses = groups.iter().enumerate().map(|(n, group)| {
            let stated = strength(group.first).unwrap_or_default();
            let strength = self.speech.sent(&stated);
            match (n, later) {
                (0, Some(day)) => {
                    let day = self.speech.day(day);
                    let of = [("name", name), ("strength", strength.as_str()), ("date", day.as_str())];
                    self.clause(change(group.first, &stated), &group.who, &of)
                }
                (0, None) => {
                    self.clause("dose", &group.who, &[("name", name), ("strength", strength.as_str())])
                }
                (_, Some(_)) => self.clause("dose-still", &group.who, &[("strength", strength.as_str())]),
                (_, None) => self.clause("dose-other", &group.who, &[("strength", strength.as_str())]),
            }
        });
        Some(clauses.collect())
    }

    /// What each says, behind what it is about.
    fn each(&self, conflict: &Conflict, key: &str, name: Option<&str>) -> Vec<String> {
        let text = |one: &Statement| match &one.says {
            // Two days close together: a time of day tells nothing more.
            Says::Date(date) => {
                // A birth date is a day, whatever time of whichever clock stands beside it.
                let own = conflict.about == About::BirthDate;
                let day = |date: &FhirDate| if own { date.own_day() } else { date.day_in(self.speech.home) };
                let day = date.dates().next().map(day);
                day.map_or_else(|| says(&self.speech, one), |day| self.speech.day(day))
            }
            _ => says(&self.speech, one),
        };
        let groups = self.groups(conflict.statements.iter(), text);
        let mut clauses: Vec<String> = groups
            .iter()
            .filter(|group| !text(group.first).is_empty())
            .map(|group| self.clause(key, &group.who, &[("said", &text(group.first))]))
            .collect();
        if let (Some(name), Some(first)) = (name, clauses.first_mut()) {
            let capital = capital(name);
            *first = self
                .speech
                .words
                .with("conflict-tell-about", &[("name", (&capital).into()), ("said", (&*first).into())]);
        }
        clauses
    }
}

/// Whether a teller raised or lowered a strength: it listed another one before and says that this is over.
fn change(said: &Statement, now: &str) -> &'static str {
    let figure = |strength: &str| {
        let (figure, unit) = strength.split_once(' ')?;
        Some((figure.parse::<f64>().ok()?, unit.to_owned()))
    };
    let before = said.instead_of.as_ref().and_then(|title| figure(&strength(&title.text)?));
    match (before, figure(now)) {
        (Some((before, unit)), Some((now, same))) if unit == same && now > before => "dose-raised",
        (Some((before, unit)), Some((now, same))) if unit == same && now < before => "dose-lowered",
        _ => "dose-since",
    }
}

/// A name inside a sentence: its first letter small, but where it is an abbreviation.
fn inside(name: &str) -> String {
    let mut letters = name.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), Some(second)) if first.is_uppercase() && !second.is_uppercase() => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => name.to_owned(),
    }
}

pub(crate) fn capital(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// Ordered, and not to be taken for the time being.
fn is_held(says: &Says) -> bool {
    matches!(says, Says::Status(_, Some(word)) if matches!(word.as_str(), "on-hold" | "suspended"))
}
