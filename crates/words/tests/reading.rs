//! How hard our own texts are to read: Flesch-Kincaid grades of the English catalogue (Kincaid et al. 1975), Crawford grades of
//! the Spanish one (Crawford 1989). `cargo test -p wholechart-words reading -- --nocapture` prints the hardest.

use wholechart_words::{Language, files};

/// The grade that a whole catalogue stays below: who has been to school for seven years reads it.
const GRADE: f64 = 7.0;
/// The grade that a single English sentence of the window stays below.
const HARDEST: f64 = 12.0;
/// Shorter ones are labels, on which a formula says nothing.
const SENTENCE: usize = 8;
/// Texts for somebody else than the patient, or by somebody else: laws and letters by their words, vendors' pages, licenses.
const OTHERS: [&str; 4] = ["registration-", "letter-", "ui-about-codes-", "redirect-"];

struct Sentence {
    key: String,
    text: String,
    words: Vec<String>,
}

/// Every sentence of a catalogue file, a variable as a short word.
fn sentences(source: &str) -> Vec<Sentence> {
    let mut found = Vec::new();
    let mut key = String::new();
    for line in source.lines().filter(|line| !line.starts_with('#')) {
        let mut text = line.trim();
        if let Some((name, first)) = line.split_once(" =").filter(|_| !line.starts_with(' ')) {
            (key, text) = (name.to_owned(), first.trim());
        }
        // A form of a plural: "[one] …", "*[other] …".
        if text.starts_with(['[', '*']) {
            text = text.split_once(']').map_or(text, |(_, form)| form.trim());
        }
        if text.ends_with("->") {
            continue;
        }
        let mut plain = String::new();
        for (n, part) in text.split('{').enumerate() {
            plain.push_str(if n == 0 { part } else { "it" });
            plain.push_str(if n == 0 { "" } else { part.split_once('}').map_or("", |(_, after)| after) });
        }
        for one in plain.split_inclusive(['.', '?', '!', ':', ';']) {
            let words: Vec<String> = one
                .split(|c: char| !c.is_alphabetic() && c != '’')
                .filter(|word| word.chars().any(char::is_alphabetic))
                .map(str::to_lowercase)
                .collect();
            if words.len() >= SENTENCE {
                found.push(Sentence { key: key.clone(), text: one.trim().to_owned(), words });
            }
        }
    }
    found
}

#[expect(clippy::cast_precision_loss, reason = "counts of words")]
fn count(n: usize) -> f64 {
    n as f64
}

/// Groups of vowels.
fn groups(word: &str, vowels: &str) -> usize {
    let mut last = false;
    word.chars().filter(|c| std::mem::replace(&mut last, vowels.contains(*c)) != last && last).count()
}

fn english(word: &str) -> usize {
    let silent = word.ends_with('e') && !word.ends_with("le") && !word.ends_with("ee")
        || word.ends_with("ed") && !word.ends_with("ted") && !word.ends_with("ded");
    groups(word, "aeiouy").saturating_sub(usize::from(silent)).max(1)
}

fn spanish(word: &str) -> usize {
    // Two strong vowels, or one with an accent beside another, are two syllables.
    let apart = ["ae", "ao", "ea", "eo", "oa", "oe", "ía", "ío", "aí", "eí", "oí", "úa"];
    let more = apart.iter().map(|pair| word.matches(pair).count()).sum::<usize>();
    (groups(word, "aeiouáéíóúü") + more).max(1)
}

fn flesch_kincaid(words: &[String]) -> f64 {
    let syllables: usize = words.iter().map(|word| english(word)).sum();
    0.39 * count(words.len()) + 11.8 * count(syllables) / count(words.len()) - 15.59
}

/// Of a whole text: years of school.
fn crawford(sentences: &[Sentence]) -> f64 {
    let words: usize = sentences.iter().map(|one| one.words.len()).sum();
    let syllables: usize = sentences.iter().flat_map(|one| &one.words).map(|word| spanish(word)).sum();
    let hundred = count(words) / 100.0;
    -0.205 * count(sentences.len()) / hundred + 0.049 * count(syllables) / hundred - 3.407
}

#[test]
fn who_went_to_school_for_seven_years_reads_it() {
    let all = |language| -> Vec<Sentence> {
        let texts = files(language).into_iter().flat_map(|(_, text)| sentences(text));
        texts.filter(|one| !OTHERS.iter().any(|other| one.key.starts_with(other))).collect()
    };
    let (en, es) = (all(Language::En), all(Language::Es));
    assert!(en.len() > 300 && es.len() > 300, "the catalogues were read");
    let words: usize = en.iter().map(|one| one.words.len()).sum();
    let grade =
        en.iter().map(|one| flesch_kincaid(&one.words) * count(one.words.len())).sum::<f64>() / count(words);
    let mut hardest: Vec<(f64, &Sentence)> = en.iter().map(|one| (flesch_kincaid(&one.words), one)).collect();
    hardest.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    let mut longest: Vec<&Sentence> = es.iter().collect();
    longest.sort_by_key(|one| std::cmp::Reverse(one.words.iter().map(|word| spanish(word)).sum::<usize>()));
    println!("English: grade {grade:.1}; the hardest:");
    for (grade, one) in hardest.iter().take(10) {
        println!("  {grade:.1} {}: {}", one.key, one.text);
    }
    println!("Spanish: {:.1} years of school; the longest:", crawford(&es));
    for one in longest.iter().take(10) {
        println!("  {}: {}", one.key, one.text);
    }
    assert!(grade <= GRADE, "English is written for grade {grade:.1}");
    assert!(crawford(&es) <= GRADE, "Spanish takes {:.1} years of school", crawford(&es));
    let (worst, one) = hardest[0];
    assert!(worst <= HARDEST, "grade {worst:.1}: {}: {}", one.key, one.text);
}

#[test]
fn grades_are_those_of_the_formulas() {
    let words = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(["record", "received", "allergies", "the", "nurse", "table"].map(english), [2, 2, 3, 1, 1, 2]);
    assert_eq!(["registro", "medicamento", "día", "leído", "ahora"].map(spanish), [3, 5, 2, 3, 3]);
    let easy = flesch_kincaid(&words("you can see what your doctor wrote"));
    let hard = flesch_kincaid(&words(
        "authorization information necessitates administrative interoperability considerations",
    ));
    assert!(easy < 3.0 && hard > 30.0, "{easy} {hard}");
}
