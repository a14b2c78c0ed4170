//! Words of a sender's that turn what they stand beside: refused, ruled out, denied, stopped. All of them are looked for, in
//! whole words, at the places where people write them.

/// Words of somebody who did not want it, or that it was not given. Whole words: "cognitive decline" refuses nothing.
pub(super) fn is_refusal(said: &str) -> bool {
    const WORDS: &[&str] = &["refusal", "refused", "refuses", "rechazado", "rechaza", "rechazo"];
    const WHO: &[&str] = &[
        "parent",
        "parental",
        "parents",
        "patient",
        "pt",
        "guardian",
        "family",
        "mother",
        "father",
        "religious",
    ];
    const DOES: &[&str] = &["declined", "declines", "declination", "objection", "objects"];
    const PHRASES: &[&str] = &[
        "not given",
        "not administered",
        "not taken",
        "not done",
        "not performed",
        "never taken",
        "never given",
        "no administrado",
        "no administrada",
    ];
    let lower = said.to_lowercase();
    let words: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let has = |known: &[&str]| words.iter().any(|word| known.contains(word));
    if has(&["not", "no", "never", "previously", "without"]) && (has(WORDS) || has(DOES)) {
        return false;
    }
    let whole = words.join(" ");
    let declined = has(DOES) && (has(WHO) || words.len() == 1);
    has(WORDS)
        || declined
        || PHRASES.iter().any(|phrase| whole.starts_with(phrase) || whole.ends_with(phrase))
}

/// What words say against what they name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Against {
    /// It is not so: ruled out, denied, absent, tolerated.
    Denied,
    /// It was so.
    Over,
}

/// Words at the beginning and the end of a name that turn it. In the middle they may belong to it: "breast cancer, no evidence
/// of recurrence" is breast cancer.
pub(super) fn against(title: &str) -> Option<Against> {
    const BEFORE: &[&str] = &[
        "absence of",
        "denied",
        "denies",
        "does not have",
        "negative for",
        "never had",
        "no allergy to",
        "no evidence of",
        "no h o",
        "no history of",
        "no hx of",
        "no personal history of",
        "no signs of",
        "no symptoms of",
        "not allergic to",
        "patient denied",
        "patient denies",
        "pt denies",
        "ruled out",
        "sin antecedentes de",
        "tolerates",
        "can tolerate",
        "niega",
        "no longer allergic to",
        "without evidence of",
    ];
    const AFTER: &[&str] = &[
        "absent",
        "excluded",
        "not found",
        "not present",
        "has been ruled out",
        "ruled out",
        "was ruled out",
        "descartada",
        "descartado",
        "not confirmed",
        "refuted",
        "tolerated",
    ];
    const NOT_YET: &[&str] = &[
        "be",
        "cannot",
        "can't",
        "could",
        "not",
        "never",
        "unable",
        "until",
        "unless",
        "yet",
        "pending",
        "partially",
    ];
    let lower = title.to_lowercase();
    let words: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|word| !word.is_empty()).collect();
    let whole = format!(" {} ", words.join(" "));
    let begins = |phrase: &str| whole[1..].strip_prefix(phrase).is_some_and(|rest| rest.starts_with(' '));
    // What exceptions name, is so.
    let excepts = ["except", "but", "other"].iter().any(|word| words.contains(word));
    if BEFORE.iter().any(|phrase| begins(phrase)) && !excepts && words.len() > 1 {
        return Some(Against::Denied);
    }
    let ends = |phrase: &str| {
        let front = whole[..whole.len() - 1].strip_suffix(phrase).filter(|front| front.ends_with(' '));
        front.is_some_and(|front| {
            !front.split(' ').any(|word| NOT_YET.contains(&word)) && !front.trim().is_empty()
        })
    };
    if AFTER.iter().any(|phrase| ends(phrase)) {
        return Some(Against::Denied);
    }
    // "Pneumonia, resolved 2012", "Asthma (resolved)".
    let at = words.iter().rposition(|word| matches!(*word, "resolved" | "resuelta" | "resuelto"))?;
    let dated =
        |word: &str| word.bytes().all(|byte| byte.is_ascii_digit()) || matches!(word, "in" | "on" | "since");
    let month = |word: &str| MONTHS.iter().any(|month| word.starts_with(month));
    let rest = words.get(at + 1..)?.iter().all(|word| dated(word) || month(word));
    let set_off = lower.contains(", resolved")
        || lower.contains("(resolved")
        || lower.contains("- resolved")
        || lower.contains("\u{2013} resolved")
        || lower.contains(": resolved");
    let known = at > 0 && !NOT_YET.contains(&words.get(at.wrapping_sub(1)).copied().unwrap_or_default());
    (known && rest && (set_off || words.get(at + 1).is_some())).then_some(Against::Over)
}

/// Words at the beginning or the end of an illness's name by which it is only thought of: "Rule out appendicitis", "? lupus".
/// Further on they belong to the name: "gait instability, possible fall" is seen.
pub(super) fn is_suspicion(title: &str) -> bool {
    const BEFORE: &[&str] = &[
        "concern for",
        "consider",
        "possible",
        "presumed",
        "presumptive",
        "probable",
        "query",
        "r o",
        "rule out",
        "suspect",
        "suspected",
        "suspicion for",
        "suspicion of",
        "suspicious for",
        "posible",
        "probable",
        "sospecha de",
    ];
    const AFTER: &[&str] = &["possible", "probable", "query", "rule out", "r o", "suspected"];
    let lower = title.trim().to_lowercase();
    let words = |text: &str| {
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.collect::<Vec<_>>().join(" ")
    };
    if lower.starts_with('?') || lower.ends_with('?') || lower.ends_with("(?)") {
        return true;
    }
    let whole = words(&lower);
    let begins = |phrase: &&str| whole.strip_prefix(*phrase).is_some_and(|rest| rest.starts_with(' '));
    // Set off from the name: "Gout, suspected", "Sepsis (rule out)".
    let last = lower.rfind([',', '(', '-', '[', ':']).and_then(|at| Some((at, lower.get(at + 1..)?)));
    let set_off = last.filter(|(at, _)| *at > 0).map(|(_, last)| words(last));
    BEFORE.iter().any(begins) || set_off.is_some_and(|last| AFTER.contains(&last.as_str()))
}

const MONTHS: &[&str] = &["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Before the date on which a medicine is to stop, in directions.
pub(super) const STOP_DATE: &str = "stop date:";

/// Instructions that say that it is not to be taken any more: "STOPPED 2024-03-02", "Do not take." "Do not take with milk"
/// says something else.
pub(super) fn is_stop(text: &str) -> bool {
    const BEGIN: &[&str] =
        &["stopped", "discontinued", "discontinue", "d/c'd", "dc'd", "no longer taking", "not taking"];
    const ALONE: &[&str] = &[
        "do not take",
        "no longer taking",
        "stop taking",
        "stop taking this medication",
        "stop taking this medicine",
        "do not take this medication",
        "discontinue this medication",
    ];
    let lower = text.trim().to_lowercase();
    let begins = |word: &str| {
        lower.strip_prefix(word).is_some_and(|rest| {
            // "Stopped by the pharmacy to ask" begins otherwise than with a date, a reason or nothing.
            let rest = rest.trim_start();
            rest.is_empty()
                || rest.starts_with(|c: char| !c.is_alphabetic())
                || ["on ", "by patient", "by pt", "due to", "because", "per "]
                    .iter()
                    .any(|word| rest.starts_with(word))
        })
    };
    BEGIN.iter().any(|word| begins(word))
        || lower.split(['.', ';', '!', '\n']).any(|sentence| ALONE.contains(&sentence.trim()))
}
