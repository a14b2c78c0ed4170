//! Codes that came without words, and what things are called.

use wholechart_fhir::{
    Coding, Element, Kind, Title, TitleSource, code_text, humanise, is_bare_code, system::LOINC, term,
};

use crate::language::Language;
use crate::speech::Speech;

const TERMS: &str = include_str!("terms.tsv");

impl Speech<'_> {
    /// What something is called; the plain name of its kind where its sender said nothing.
    pub fn title(&self, kind: Kind, title: &Title) -> String {
        if title.text.is_empty() {
            return self.get(&format!("unnamed-{}", kind.as_str()));
        }
        match &title.code {
            Some(code) => self.named(code, &title.text),
            None => self.sent(&title.text),
        }
    }

    /// What something is called that was sent with these codes. A name that LOINC made for laboratories' computers gives way to our name of
    /// its code, else to a shorter one that the sender has for it: "Hemoglobin [Mass/volume] in Blood" is "Hemoglobin".
    pub fn called(&self, kind: Kind, title: &Title, codes: &[Coding]) -> String {
        let long = title.text.trim();
        if title.code.is_some() || !is_made_for_computers(long) {
            return self.title(kind, title);
        }
        let of_loinc = || codes.iter().filter(|coding| coding.system == LOINC);
        // Where several codes are sent, that which is called so.
        let same =
            of_loinc().find(|coding| coding.display.as_deref().is_some_and(|said| said.trim() == long));
        let mut names: Vec<&str> = same
            .map_or_else(|| of_loinc().collect(), |coding| vec![coding])
            .into_iter()
            .filter_map(|coding| self.term(coding))
            .collect();
        names.dedup();
        if let [name] = names.as_slice() {
            return (*name).to_owned();
        }
        let said = codes.iter().filter_map(|coding| Some((coding.display.as_deref()?.trim(), coding)));
        let shorter = said.filter(|(said, coding)| {
            *said != coding.code && is_spoken(said) && said.len() < long.len() && !is_made_for_computers(said)
        });
        match shorter.map(|(said, _)| said).min_by_key(|said| (said.len(), said.to_owned())) {
            Some(said) => self.sent(said),
            None => self.title(kind, title),
        }
    }

    /// A part of a result.
    pub fn part(&self, title: &Title) -> String {
        match &title.code {
            _ if title.text.is_empty() => self.get("unnamed-part"),
            Some(code) => self.named(code, &title.text),
            None => self.sent(&title.text),
        }
    }

    /// The name of a code, when `text` is what our table or the code itself says, or begins with that: "Mother: Asthma".
    fn named(&self, code: &Coding, text: &str) -> String {
        let ours = [term(&code.system, &code.code).map(ToOwned::to_owned), Some(code_text(code))];
        let rest = ours.iter().flatten().find_map(|name| text.strip_prefix(name.as_str()));
        match rest.map(|rest| (rest, rest.strip_prefix(": "))) {
            Some(("", _)) => self.code(None, code),
            Some((_, Some(rest))) => format!("{}: {}", self.code(None, code), self.sent(rest)),
            _ => self.sent(text),
        }
    }

    /// A code without words of the sender's: by the element it stands in, by our own words for FHIR's codes, by the table
    /// of names, else the code itself.
    pub fn code(&self, element: Option<Element>, coding: &Coding) -> String {
        let name = kebab(&coding.code);
        let own = element.map(|element| format!("{}-{name}", element.name()));
        let ours = own.into_iter().chain(std::iter::once(format!("code-{name}")));
        if is_word(&name)
            && let Some(key) = ours.into_iter().find(|key| self.words.has(key))
        {
            return self.get(&key);
        }
        if let Some(name) = self.term(coding) {
            return name.to_owned();
        }
        let text = code_text(coding);
        // A number of a terminology is no word for anybody: what it stands for is named by nobody here.
        if element.is_some() && is_bare_code(&text) {
            return self.words.with("code-nameless", &[("code", text.as_str().into())]);
        }
        if text == coding.code && !text.is_empty() && coding.code.chars().all(|c| !c.is_lowercase()) {
            let code = self.sent(&text);
            return self.words.with("code-bare", &[("code", (&code).into())]);
        }
        self.sent(&text)
    }

    /// The name of a code in our table, in the language that is spoken.
    fn term(&self, coding: &Coding) -> Option<&'static str> {
        let english = term(&coding.system, &coding.code)?;
        match self.words.language() {
            Language::En => Some(english),
            Language::Es => spanish(english),
        }
    }

    /// What a reference without a name leads to.
    pub fn type_of(&self, reference: &str) -> String {
        let mut parts = reference.rsplit('/').skip(1);
        let kind = parts.find(|part| !part.is_empty() && part.chars().all(char::is_alphabetic));
        let Some(kind) = kind else { return "\u{2026}".to_owned() };
        let key = format!("type-{}", kebab(kind));
        if self.words.has(&key) { self.get(&key) } else { self.sent(&humanise(kind)) }
    }
}

/// A name as LOINC makes it of a code's parts: what is measured of it in brackets, or what it was found in.
fn is_made_for_computers(name: &str) -> bool {
    const FOUND_IN: &[&str] = &[
        " in Blood",
        " in Capillary blood",
        " in Serum",
        " in Plasma",
        " in Urine",
        " in Stool",
        " in Arterial blood",
        " in Venous blood",
        " by Automated count",
        " by Manual count",
        " - Measured",
        " - Reported",
        "Intravascular ",
    ];
    let bracket = name.split_once(" [").and_then(|(_, behind)| behind.split_once(']'));
    bracket.is_some_and(|(property, _)| is_property(property))
        || FOUND_IN.iter().any(|end| name.contains(end))
}

/// What LOINC says of a code in brackets: the kind of quantity.
fn is_property(text: &str) -> bool {
    const PROPERTIES: &[&str] = &[
        "Identifier",
        "Interpretation",
        "Length",
        "Mass",
        "Measurement",
        "Presence",
        "Pressure",
        "Ratio",
        "Score",
        "Susceptibility",
        "Temperature",
        "Time",
        "Titer",
        "Type",
        "Units",
        "Velocity",
        "Volume",
    ];
    const AFTER: &[&str] = &["Entitic ", "Partial ", "Pure ", "Relative ", "Spec "];
    let of = AFTER.iter().find_map(|word| text.strip_prefix(word)).unwrap_or(text);
    let first = of.split([' ', '/']).next().unwrap_or_default();
    text.contains('/') || PROPERTIES.iter().any(|property| property.eq_ignore_ascii_case(first))
}

/// Words, and no shorthand of a laboratory's.
fn is_spoken(text: &str) -> bool {
    text.chars().filter(|c| c.is_lowercase()).count() > 2 && !text.contains(['_', '^'])
}

/// Whether a title is what the sender called it.
pub fn is_sent(source: TitleSource) -> bool {
    !matches!(source, TitleSource::Table | TitleSource::Code | TitleSource::Unnamed)
}

/// The Spanish name of an English one of the table.
fn spanish(english: &str) -> Option<&'static str> {
    use std::collections::HashMap;
    use std::sync::LazyLock;

    static NAMES: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
        TERMS.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t')).collect()
    });
    NAMES.get(english).copied()
}

fn is_word(name: &str) -> bool {
    !name.is_empty()
        && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

/// `unableToAssess`, `unable_to_assess` and `unable to assess` as `unable-to-assess`.
fn kebab(code: &str) -> String {
    let mut out = String::with_capacity(code.len() + 4);
    let mut before = ' ';
    for c in code.trim().chars() {
        if matches!(c, '_' | ' ') {
            out.push('-');
        } else if c.is_ascii_uppercase() {
            if before.is_ascii_lowercase() {
                out.push('-');
            }
            out.push(c.to_ascii_lowercase());
        } else {
            out.push(c);
        }
        before = c;
    }
    out
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::json;
    use wholechart_fhir::{ReadOptions, Release, read, term_names};

    use super::{TERMS, spanish};
    use crate::{Language, SENT, Speech, Words};

    #[test]
    fn a_relative_is_called_in_the_language_of_the_screen_and_what_they_had_as_it_was_sent() {
        let relative = |relationship: serde_json::Value| {
            let sent = json!({"resourceType": "FamilyMemberHistory", "relationship": relationship,
                "condition": [{"code": {"text": "Asthma"}}, {"code": {"text": "Gout"}}]});
            let entry = read(sent.to_string().as_bytes(), &ReadOptions::new(Release::R4)).unwrap();
            let words = Words::new(Language::Es);
            words.mark_sent();
            Speech::new(&words, chrono_tz::UTC, chrono::DateTime::UNIX_EPOCH)
                .title(entry.kind, &entry.called())
        };
        let (open, close) = SENT;
        let mother = json!({"system": "http://terminology.hl7.org/CodeSystem/v3-RoleCode", "code": "MTH"});
        assert_eq!(relative(json!({"coding": [mother]})), format!("Madre: {open}Asthma, Gout{close}"));
        assert_eq!(relative(json!({"text": "Mom"})), format!("{open}Mom: Asthma, Gout{close}"));
    }

    #[test]
    fn a_name_made_for_computers_gives_way_to_one_for_people() {
        let called = |language: Language, code: serde_json::Value| {
            let sent = json!({"resourceType": "Observation", "status": "final", "code": code});
            let entry = read(sent.to_string().as_bytes(), &ReadOptions::new(Release::R4)).unwrap();
            let words = Words::new(language);
            Speech::new(&words, chrono_tz::UTC, chrono::DateTime::UNIX_EPOCH).called(
                entry.kind,
                &entry.called(),
                &entry.codes,
            )
        };
        let loinc = |code: &str, display: &str| json!({"system": "http://loinc.org", "code": code, "display": display});
        let en = |codes: &[serde_json::Value]| called(Language::En, json!({"coding": codes}));
        let long = "Hemoglobin [Mass/volume] in Blood";
        assert_eq!(en(&[loinc("718-7", long)]), "Hemoglobin");
        let both = json!({"text": long, "coding": [loinc("718-7", long)]});
        assert_eq!(called(Language::Es, both), "Hemoglobina");
        assert_eq!(en(&[loinc("4548-4", "Hemoglobin A1c/Hemoglobin.total in Blood")]), "Hemoglobin A1c");
        for (code, said) in
            [("8480-6", "Intravascular Systolic"), ("3141-9", "Patient Body Weight - Measured")]
        {
            let ours = wholechart_fhir::term("http://loinc.org", code).expect("a name in our table");
            assert_eq!(en(&[loinc(code, said)]), ours);
        }
        // What our table does not know is called as the sender's own list calls it.
        let unknown = "Gadolinium [Moles/volume] in Serum or Plasma";
        let own = |display: &str| json!({"system": "urn:lab", "code": "GD9", "display": display});
        assert_eq!(en(&[loinc("99999-0", unknown), own("Gadolinium level")]), "Gadolinium level");
        for shorthand in ["GD_SER", "GD9", "GADOL"] {
            assert_eq!(en(&[loinc("99999-0", unknown), own(shorthand)]), unknown);
        }
        assert_eq!(en(&[loinc("99999-0", unknown)]), unknown, "a name that is sent is never lost");
        // Two codes that the table calls by two names: neither is meant.
        let text = |codes: &[serde_json::Value]| {
            called(Language::En, json!({"text": "Something [Presence] in Urine", "coding": codes}))
        };
        assert_eq!(text(&[loinc("718-7", "a"), loinc("2345-7", "b")]), "Something [Presence] in Urine");
        for said in ["Hemoglobin", "Vitamin B12 [per my doctor]", "Blood in urine", "Lead, blood"] {
            assert_eq!(en(&[loinc("718-7", said)]), said, "words for people stay");
        }
    }

    #[test]
    fn every_name_of_a_code_has_one_spanish_name() {
        let english: BTreeSet<&str> = term_names().collect();
        for name in &english {
            assert!(spanish(name).is_some(), "{name} has no Spanish name");
        }
        let mut seen = BTreeSet::new();
        for line in TERMS.lines().filter(|line| !line.starts_with('#')) {
            let (name, translated) = line.split_once('\t').expect("an English name, a tab, a Spanish name");
            assert!(english.contains(name), "{name} is the name of no code");
            assert!(seen.insert(name), "{name} has two lines");
            assert!(!translated.is_empty() && translated.trim() == translated, "the Spanish name of {name}");
            assert!(!translated.contains('\t'), "{name} has more than one Spanish name");
        }
    }
}
