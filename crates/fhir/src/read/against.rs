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
        "delabeled",
        "delabelled",
        "negative skin test",
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
    // "Ruled out 2019".
    let undated = words.iter().rposition(|word| !word.bytes().all(|byte| byte.is_ascii_digit()));
    let undated = format!(" {} ", words[..undated.map_or(0, |last| last + 1)].join(" "));
    let ends = |phrase: &str| {
        let front = undated[..undated.len() - 1].strip_suffix(phrase).filter(|front| front.ends_with(' '));
        front.is_some_and(|front| {
            !front.split(' ').any(|word| NOT_YET.contains(&word)) && !front.trim().is_empty()
        })
    };
    if AFTER.iter().any(|phrase| ends(phrase)) {
        return Some(Against::Denied);
    }
    // "Pneumonia, resolved 2012", "Asthma (resolved)".
    if begins("resolved") && words.len() > 1 {
        return Some(Against::Over);
    }
    let at =
        words.iter().rposition(|word| matches!(*word, "resolved" | "cured" | "resuelta" | "resuelto"))?;
    let dated =
        |word: &str| word.bytes().all(|byte| byte.is_ascii_digit()) || matches!(word, "in" | "on" | "since");
    let month = |word: &str| MONTHS.iter().any(|month| word.starts_with(month));
    let rest = words.get(at + 1..)?.iter().all(|word| dated(word) || month(word));
    let set_off = [", ", "(", "- ", "\u{2013} ", ": "]
        .iter()
        .any(|mark| ["resolved", "cured"].iter().any(|word| lower.contains(&format!("{mark}{word}"))));
    let known = at > 0 && !NOT_YET.contains(&words.get(at.wrapping_sub(1)).copied().unwrap_or_default());
    (known && rest && (set_off || words.get(at + 1).is_some())).then_some(Against::Over)
}

/// Words at the beginning or the end of an illness's name by which it is only thought of: "Rule out appendicitis", "? lupus".
/// Further on they belong to the name: "gait instability, possible fall" is seen.
pub(super) fn is_suspicion(title: &str) -> bool {
    const BEFORE: &[&str] = &[
        "concern for",
        "consider",
        "doubtful",
        "possible",
        "presumed",
        "presumptive",
        "probable",
        "query",
        "questionable",
        "r o",
        "rule out",
        "suspect",
        "suspected",
        "suspicion for",
        "suspicion of",
        "suspicious for",
        "unlikely",
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

/// What the name of a medicine, a vaccine or an operation says of whether it is taken, was given or was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unmade {
    /// Not, or not any more.
    Not,
    /// For now not.
    Held,
    /// Not yet.
    Ahead,
}

/// Words set off from the name, in brackets or behind a comma or dash, or at its beginning or end: "Furosemide 40 mg [DISCONTINUED]",
/// "Not taking: gabapentin", "HPV vaccine declined".
pub(super) fn unmade(title: &str) -> Option<Unmade> {
    const NOT: &[&str] = &[
        "cancelled",
        "canceled",
        "contraindicated",
        "d c d",
        "dc d",
        "declined",
        "discontinue",
        "discontinued",
        "do not give",
        "do not take",
        "never done",
        "never given",
        "never taken",
        "no longer taking",
        "not administered",
        "not done",
        "not given",
        "not performed",
        "not taken",
        "not taking",
        "patient declined",
        "patient refused",
        "pt declined",
        "pt refused",
        "refused",
        "stop",
        "stop taking",
        "stopped",
    ];
    const HELD: &[&str] = &["held", "hold", "on hold"];
    const AHEAD: &[&str] = &["due", "overdue", "planned", "scheduled"];
    let lower = title.to_lowercase();
    let fold = |text: &str| {
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.collect::<Vec<_>>().join(" ")
    };
    let kinds = [(NOT, Unmade::Not), (HELD, Unmade::Held), (AHEAD, Unmade::Ahead)];
    // A part by itself says it as a whole, or begins with it and goes on with a day or a reason.
    let parts = lower.split([',', '(', ')', '[', ']', ':', ';']).flat_map(|part| part.split(" - "));
    let parts: Vec<String> = parts.map(fold).filter(|part| !part.is_empty()).collect();
    let set_off = parts.len() > 1;
    let is = |part: &str, phrase: &str| {
        let goes_on = |rest: &str| {
            let rest = rest.trim_start();
            ["on ", "in ", "by ", "due to", "because", "until", "per ", "for "]
                .iter()
                .any(|word| rest.starts_with(word))
                || rest.bytes().all(|byte| byte.is_ascii_digit() || byte == b' ')
        };
        part == phrase || part.strip_prefix(phrase).is_some_and(|rest| rest.starts_with(' ') && goes_on(rest))
    };
    for (phrases, what) in kinds {
        if set_off && parts.iter().any(|part| phrases.iter().any(|phrase| is(part, phrase))) {
            return Some(what);
        }
    }
    // At the end of a name without marks: "Clopidogrel 75 mg on hold"; at its beginning only in so many words.
    let whole = fold(&lower);
    for (phrases, what) in kinds {
        let ends = |phrase: &&&str| {
            let front = whole.strip_suffix(**phrase).filter(|front| front.ends_with(' '));
            front.is_some_and(|front| !front.trim_end().ends_with(" not") && !front.trim().is_empty())
        };
        if phrases
            .iter()
            .filter(|phrase| !matches!(**phrase, "stop" | "hold" | "held"))
            .any(|phrase| ends(&phrase))
        {
            return Some(what);
        }
    }
    let begins = |phrase: &&str| whole.strip_prefix(*phrase).is_some_and(|rest| rest.starts_with(' '));
    if ["stop", "stopped", "discontinue", "discontinued", "do not take", "not taking", "no longer taking"]
        .iter()
        .any(begins)
    {
        return Some(Unmade::Not);
    }
    if ["planned", "scheduled"].iter().any(begins) { Some(Unmade::Ahead) } else { None }
}

/// That a dose of a vaccine does not count.
pub(super) fn does_not_count(said: &str) -> bool {
    let folded: String = said.to_lowercase().chars().filter(|c| c.is_alphabetic()).collect();
    ["dontcount", "doesntcount", "doesnotcount", "notcount", "notvalid", "invalid"]
        .iter()
        .any(|word| folded.contains(word))
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
