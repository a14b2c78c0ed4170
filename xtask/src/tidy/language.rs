//! The packages below the words speak no language: no sentence of ours stands in their code.

/// Packages that speak no language.
const SILENT: &[&str] =
    &["crates/html/src/", "crates/fhir/src/", "crates/ccda/src/", "crates/names/src/", "crates/record/src/"];

/// Tables of what is looked for in what a sender wrote, and of the names that code systems publish: both are data.
const TABLES: &[&str] = &[
    "crates/ccda/src/denied.rs",
    "crates/fhir/src/read/against.rs",
    "crates/fhir/src/read/elements.rs",
    "crates/fhir/src/read/knowing.rs",
    "crates/fhir/src/read/range.rs",
    "crates/fhir/src/system.rs",
    "crates/fhir/src/terms.rs",
    "crates/fhir/src/text.rs",
    "crates/html/src/latin.rs",
    "crates/names/src/medicine.rs",
    "crates/names/src/qualifiers.rs",
    "crates/names/src/spelling.rs",
    "crates/names/src/spelling_of_medicines.rs",
    "crates/record/src/kinds.rs",
    "crates/record/src/measure/analyte.rs",
    "crates/record/src/merge/equivalents.rs",
    "crates/record/src/topic/about.rs",
];

/// Words that are looked for in what a sender wrote, and paths of elements, outside those tables.
const LOOKED_FOR: &[&str] = &[
    "{figure} {unit}",
    "{text} {unit}",
    "subject patient beneficiary for individual",
    "encounter context context.encounter",
    "Generated Narrative",
    "to be filled",
    "vital signs",
    "laboratory studies",
    "high blood pressure",
    "high cholesterol",
    "acid reflux",
    "underactive thyroid",
    "heart attack",
    "kidney stone",
    "hay fever",
    "mm Hg",
    "beats per minute",
    "breaths per minute",
    "clinical document",
    "no known",
    "no allerg",
    "inpatient encounter",
    "vital sign",
    "lab result",
    "lab results",
    "not given",
    "not administered",
    "not taken",
    "not done",
    "not performed",
    "never taken",
    "never given",
    "no administrado",
    "no administrada",
    "{text} {form}",
    "two times",
    "three times",
    "four times",
    "every week",
    "once daily",
    "every day",
    "and assessment of plan treatment",
    "assess plan",
    "assessment plan",
    "care of plan",
    "care plan",
    "care team",
    "longitudinal care team",
    "plan treatment",
    "treatment plan",
];

/// Calls whose texts only programmers read: what must never happen, and attributes.
const FOR_PROGRAMMERS: &[&str] = &[".expect(", "assert!(", "assert_eq!(", "unreachable!(", "panic!("];

/// Every text of two words or more in the packages that speak no language.
pub(super) fn findings(files: &[(String, String)]) -> Vec<String> {
    let mut findings = Vec::new();
    for (path, content) in files {
        let silent = SILENT.iter().any(|place| path.starts_with(place));
        let rust = std::path::Path::new(path).extension().is_some_and(|ending| ending == "rs");
        if !silent || !rust || path.contains("/tests/") || TABLES.contains(&path.as_str()) {
            continue;
        }
        for (number, line) in
            content.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default().lines().enumerate()
        {
            let line = line.trim_start();
            let attribute = line.starts_with("#[") || line.contains("reason =") || line.contains("#[error(");
            if line.starts_with("//") || attribute || FOR_PROGRAMMERS.iter().any(|call| line.contains(call)) {
                continue;
            }
            for text in texts(line) {
                if is_sentence(text) && !LOOKED_FOR.contains(&text) {
                    findings.push(format!("{path}:{}: \"{text}\": words belong to crates/words", number + 1));
                }
            }
        }
    }
    findings
}

/// The texts of a line, without escapes.
fn texts(line: &str) -> impl Iterator<Item = &str> {
    line.split('"').skip(1).step_by(2)
}

/// Two words of plain lower case letters beside each other, the first of which may begin with a capital.
fn is_sentence(text: &str) -> bool {
    let words: Vec<bool> = text
        .split(' ')
        .map(|word| {
            let word =
                word.trim_matches(|c: char| matches!(c, ',' | '.' | ';' | ':' | '(' | ')' | '{' | '}'));
            let tail = word.strip_prefix(|c: char| c.is_ascii_uppercase()).unwrap_or(word);
            word.len() > 1 && tail.bytes().all(|byte| byte.is_ascii_lowercase())
        })
        .collect();
    words.windows(2).any(|pair| pair[0] && pair[1])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_is_found_where_none_may_be() {
        let found = |path: &str, line: &str| findings(&[(path.to_owned(), line.to_owned())]).len();
        assert_eq!(found("crates/fhir/src/read.rs", "let said = \"as needed\";"), 1);
        assert_eq!(found("crates/record/src/fact.rs", "format!(\"Unnamed result: {x}\")"), 1);
        assert_eq!(found("crates/words/src/dosage.rs", "let said = \"as needed\";"), 0, "the words speak");
        assert_eq!(found("crates/fhir/src/read.rs", "// as needed, said \"as needed\""), 0);
        assert_eq!(found("crates/fhir/src/read.rs", "let path = \"effectiveDateTime\";"), 0);
        assert_eq!(found("crates/fhir/src/read.rs", "#[error(\"not a date\")]"), 0, "for logs");
        assert_eq!(found("crates/fhir/src/read.rs", "let one = x.expect(\"there is one\");"), 0);
        assert_eq!(found("crates/fhir/src/read.rs", "#[cfg(test)]\nmod tests {\n    \"as needed\"\n}"), 0);
    }
}
