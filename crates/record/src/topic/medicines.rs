//! The table's medicines and substances as people write them: with directions behind the name, salts and names cut short, slips of the
//! pen, solutions and reactions. Asked where the table has no name as it was written.
//!
//! A mix keeps to itself: where several things are named, the row is one of exactly these, or none. A slip is mended where one thing
//! only is meant; a word that the table has is never mended.

use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

use wholechart_names::making::key;
use wholechart_names::spelling::plain_words;
use wholechart_names::spelling_of_medicines::{
    SHORTEST, Written, apart, bare, consonants, in_full, is_around, is_mendable, is_reaction, is_said_around,
    is_salt_alone, is_solution, segments, sorted_words as sorted, sound, unbracketed, without_reaction,
    without_salts, written, written_of_allergen,
};

use super::built::{self, spelled};
use super::whole::of_whole;

const MEDICINES: &str = "medicines";
const SUBSTANCES: &str = "substances";

/// A word of the table.
#[derive(Clone)]
struct Heard {
    word: &'static str,
    sound: &'static str,
    /// Which letters are in its sound, and which is the first.
    letters: u32,
    first: Option<u8>,
}

/// Every longer word of the names of medicines or substances, in the order of the alphabet.
fn words_of(file: &str) -> &'static [Heard] {
    fn of(file: &str) -> Vec<Heard> {
        let heard = |(word, sound): (&'static str, &'static str)| Heard {
            word,
            sound,
            letters: letters(sound),
            first: sound.bytes().next(),
        };
        built::heard(file).map(heard).collect()
    }
    static OF_MEDICINES: LazyLock<Vec<Heard>> = LazyLock::new(|| of(MEDICINES));
    static OF_SUBSTANCES: LazyLock<Vec<Heard>> = LazyLock::new(|| of(SUBSTANCES));
    if file == MEDICINES { &OF_MEDICINES } else { &OF_SUBSTANCES }
}

/// The row of a file by the sorted words of a name that has no salts and forms; none where two have it.
fn by_bare(file: &str, bare: &str) -> Option<usize> {
    built::row(file, key::BARE, bare)
}

/// What a row of medicines is called in a mix.
fn called(row: usize) -> Option<&'static str> {
    built::of(MEDICINES).get(&[key::CALLED, &row.to_string()])
}

/// The row of medicines that a text names.
pub(super) fn medicine(text: &str) -> Option<usize> {
    if text.trim_start().starts_with('?') {
        return None;
    }
    let (outside, within) = unbracketed(text);
    of_medicines(written(&outside)).or_else(|| {
        // "Blue pill (atenolol 50)": the name in the bracket, where what is outside says nothing that may be another.
        let mut rows = within.iter().filter_map(|name| exactly(&written(name)));
        rows.next().filter(|row| rows.all(|other| other == *row))
    })
}

fn of_medicines(read: Written) -> Option<usize> {
    let row = exactly(&read).or_else(|| mended(&read).and_then(|read| exactly(&read)))?;
    says_no_other(&read, row).then_some(row)
}

/// Whether what stands behind a name names nothing else; the solution that a medicine is given in is nothing else.
fn says_no_other(read: &Written, row: usize) -> bool {
    let is_one = read.words().iter().all(|word| is_solution(word));
    let is_other = |word: &String| {
        (is_one || !is_solution(word))
            && !is_said_around(word)
            && spelled(MEDICINES, &format!("={word}")).is_some_and(|other| other != row)
    };
    !read.goes_on() && !read.behind.iter().any(is_other)
}

/// The row that has exactly these words, or that is the mix of exactly these parts.
fn exactly(read: &Written) -> Option<usize> {
    if read.parts.is_empty() {
        return None;
    }
    // With the words of forms that belong to a name, such as "pen" to one of penicillin.
    let whole = (1..=read.whole.len().min(6)).rev().find_map(|length| {
        let (name, behind) = read.whole.split_at(length);
        let row = spelled(MEDICINES, &format!("={}", name.join(" ")))?;
        behind.iter().all(|word| is_around(word)).then_some(row)
    });
    whole
        .or_else(|| of_words(&read.words()))
        .or_else(|| by_bare(MEDICINES, &bare(read)))
        .or_else(|| of_parts(read))
}

fn of_words(words: &[String]) -> Option<usize> {
    spelled(MEDICINES, &format!("={}", words.join(" ")))
        .or_else(|| spelled(MEDICINES, &format!("={}", in_full(words).join(" "))))
}

/// The row of a mix by those of its parts.
fn of_parts(read: &Written) -> Option<usize> {
    let mut rows: BTreeSet<usize> = BTreeSet::new();
    let parts = read.parts.iter().enumerate().filter(|(at, part)| *at == 0 || !is_salt_alone(&in_full(part)));
    for (_, part) in parts {
        let row = of_words(part).or_else(|| by_bare(MEDICINES, &sorted(without_salts(&in_full(part)))))?;
        rows.insert(row);
    }
    if rows.len() == 1 {
        return rows.first().copied();
    }
    let called: Vec<&str> = rows.iter().map(|row| called(*row)).collect::<Option<_>>()?;
    by_bare(MEDICINES, &sorted(called.join(" ").split(' ').map(ToOwned::to_owned).collect()))
}

/// The row of substances or of medicines that a text says somebody is allergic to.
pub(super) fn allergen(text: &str) -> Option<usize> {
    if text.trim_start().starts_with('?') {
        return None;
    }
    let (before, within) = match text.split_once('(') {
        Some((before, within)) => (Some(before), Some(within)),
        None => (None, None),
    };
    // A name in brackets counts where the one before them says nothing in either file.
    let as_written = of_whole(SUBSTANCES, text)
        .or_else(|| of_whole(SUBSTANCES, before?))
        .or_else(|| of_whole(MEDICINES, text).filter(|row| !is_beside(text, *row)))
        .or_else(|| of_substances(before?))
        .or_else(|| of_whole(SUBSTANCES, within?))
        .or_else(|| of_whole(MEDICINES, text));
    let row = as_written.or_else(|| of_segments(text))?;
    // A class of substances that holds its members stands before the medicine.
    Some(called(row).and_then(|name| of_whole(SUBSTANCES, name)).unwrap_or(row))
}

/// Whether a title names a row in its brackets only.
fn is_beside(text: &str, row: usize) -> bool {
    text.contains('(') && of_whole(MEDICINES, &unbracketed(text).0) != Some(row)
}

/// The substance before a dash, a colon or a bracket, or behind a reaction that stands there. Another one behind it: none.
fn of_segments(text: &str) -> Option<usize> {
    let segments = segments(text);
    let at = segments.iter().position(|segment| !is_reaction(segment))?;
    let row = of_substance(&segments[at])?;
    let is_other = |segment: &String| {
        !is_reaction(segment)
            && (of_whole(SUBSTANCES, segment)
                .or_else(|| of_whole(MEDICINES, segment))
                .is_some_and(|other| other != row)
                || plain_words(segment).iter().any(|word| is_another(word, row)))
    };
    (!segments[at + 1..].iter().any(is_other)).then_some(row)
}

fn is_another(word: &str, row: usize) -> bool {
    let named = |file| spelled(file, &format!("={word}"));
    word.len() > 3
        && !is_said_around(word)
        && named(SUBSTANCES).or_else(|| named(MEDICINES)).is_some_and(|other| other != row)
}

fn of_substance(text: &str) -> Option<usize> {
    let bare = without_reaction(text);
    if is_reaction(&bare) || bare.is_empty() {
        return None;
    }
    of_whole(SUBSTANCES, &bare)
        .or_else(|| of_whole(MEDICINES, &bare))
        .or_else(|| of_substances(&bare))
        .or_else(|| of_medicines(written_of_allergen(&bare)))
        .or_else(|| {
            // What would be mended otherwise among medicines is not mended.
            let read = written_of_allergen(&bare);
            let mended = mended_of(SUBSTANCES, &read)?;
            by_bare(SUBSTANCES, &sorted(mended.words()))
        })
}

/// The row of substances without words of extracts and tests around it.
fn of_substances(text: &str) -> Option<usize> {
    let read = written_of_allergen(text);
    let row = by_bare(SUBSTANCES, &sorted(read.words()))?;
    read.behind.is_empty().then_some(row)
}

/// A name with every word mended that the table does not have. `None` where nothing was.
fn mended(read: &Written) -> Option<Written> {
    mended_of(MEDICINES, read)
}

fn mended_of(file: &'static str, read: &Written) -> Option<Written> {
    let mut any = false;
    let mend = |word: &String| match meant(file, word) {
        Some(word) => {
            any = true;
            word
        }
        None => word.clone(),
    };
    let words: Vec<String> = read.words().iter().map(mend).collect();
    let mut left = words.into_iter();
    let parts: Vec<Vec<String>> =
        read.parts.iter().map(|part| left.by_ref().take(part.len()).collect()).collect();
    any.then(|| Written { parts, whole: Vec::new(), behind: Vec::new() })
}

/// The word of the table that a word with a slip in it means, or that it is the beginning of.
fn meant(file: &'static str, word: &str) -> Option<String> {
    let known = words_of(file);
    if !is_mendable(word)
        || is_said_around(word)
        || known.binary_search_by(|heard| heard.word.cmp(word)).is_ok()
    {
        return None;
    }
    slip(file, known, word).or_else(|| (file == MEDICINES).then(|| beginning(known, word)).flatten())
}

fn slip(file: &'static str, known: &[Heard], word: &str) -> Option<String> {
    let heard = sound(word);
    let (letters, first) = (letters(&heard), heard.bytes().next());
    let farthest = if heard.len() >= LONGER { 3 } else { 1 };
    // How wrong the word would be, by what is meant.
    let mut slips: HashMap<String, (usize, &str)> = HashMap::new();
    for other in known {
        // One letter for another is two letters' difference.
        if (letters ^ other.letters).count_ones() > 2 * farthest {
            continue;
        }
        // What is only near makes two wrong letters uncertain, which a shorter word never has; nor does it begin otherwise.
        if heard.len() < LONGER && first != other.first {
            continue;
        }
        let Some(mut wrong) = wrong(&heard, other.sound) else { continue };
        // Names of foods and of surroundings are near many words that are none.
        if file == SUBSTANCES && heard.len().min(other.sound.len()) < LONG && wrong > 0 {
            wrong = FAR;
        }
        let slip = slips.entry(meaning(file, other)).or_insert((wrong, other.word));
        if wrong < slip.0 {
            *slip = (wrong, other.word);
        }
    }
    let least = slips.values().map(|(wrong, _)| *wrong).min().filter(|least| *least < FAR)?;
    let mut of_least = slips.values().filter(|(wrong, _)| *wrong == least);
    let (_, meant) = of_least.next()?;
    // Two letters may be wrong where nothing else is three letters away.
    let alone = if least == 2 { slips.len() == 1 } else { of_least.next().is_none() };
    alone.then(|| (*meant).to_owned())
}

/// What a word of the table means: its row, or it
fn meaning(file: &'static str, heard: &Heard) -> String {
    match spelled(file, &format!("={}", heard.word)) {
        Some(row) => row.to_string(),
        None => heard.sound.to_owned(),
    }
}

/// The name that a word is the beginning of, where it is one only.
fn beginning(known: &[Heard], word: &str) -> Option<String> {
    if word.len() < BEGINNING {
        return None;
    }
    // They stand one behind the other.
    let from = known.partition_point(|heard| heard.word < word);
    let begun = known[from..]
        .iter()
        .take_while(|heard| heard.word.starts_with(word))
        .filter(|heard| heard.word.len() > word.len() + 2);
    let mut meant: HashMap<String, &str> = HashMap::new();
    for heard in begun {
        meant.entry(meaning(MEDICINES, heard)).or_insert(heard.word);
    }
    let mut meant = meant.into_values();
    let name = meant.next().filter(|name| spelled(MEDICINES, &format!("={name}")).is_some())?;
    meant.next().is_none().then(|| name.to_owned())
}

fn letters(word: &str) -> u32 {
    word.bytes().filter(u8::is_ascii_lowercase).fold(0, |letters, byte| letters | 1 << (byte - b'a'))
}

/// Letters that a word has at least where a wrong consonant is mended, and where two wrong letters are.
const LONG: usize = 8;
const LONGER: usize = 10;

/// Letters that another word is apart that makes a slip of two letters uncertain.
const FAR: usize = 3;

/// Letters that a beginning of a name has at least to stand for it.
const BEGINNING: usize = 6;

/// How wrong a word is as another one, both as they sound: 0 where they sound the same, [`FAR`] where they are only near; `None` where
/// it is another word.
fn wrong(heard: &str, other: &str) -> Option<usize> {
    if heard == other {
        return Some(0);
    }
    let distance = Some(apart(heard, other)).filter(|distance| *distance <= FAR)?;
    let begins_alike = heard.as_bytes().first() == other.as_bytes().first();
    let shorter = heard.len().min(other.len());
    let (one, two) = (consonants(heard), consonants(other));
    let of_vowels = one == two && one.len() >= 4 && shorter > SHORTEST;
    Some(match distance {
        1 if begins_alike && (of_vowels || shorter >= LONG || is_turned(heard, other)) => 1,
        2 if begins_alike && of_vowels && is_turned(heard, other) => 1,
        // A syllable left out, unless one is the other's beginning.
        2 if begins_alike
            && heard.len() + 2 == other.len()
            && shorter >= LONGER
            && !other.starts_with(heard) =>
        {
            2
        }
        _ => FAR,
    })
}

/// Whether letters only changed places.
fn is_turned(one: &str, other: &str) -> bool {
    let sorted = |word: &str| {
        let mut letters: Vec<char> = word.chars().collect();
        letters.sort_unstable();
        letters
    };
    sorted(one) == sorted(other)
}

#[cfg(test)]
mod tests {
    use wholechart_fhir::Kind;

    use super::super::table::{find, names_of};
    use super::*;

    fn address(kind: Kind, name: &str) -> String {
        find(kind, name, &[]).map(super::super::table::Known::address).unwrap_or_default()
    }

    #[test]
    fn medicines_as_people_write_them() {
        for (key, names) in [
            // Directions.
            (
                "bisoprolol",
                &[
                    "Bisoprolol 5 mg 1 po qam",
                    "bisoprolol 10mg take one by mouth each day",
                    "Zebeta 5 mg BID",
                ][..],
            ),
            ("torsemide", &["torsemide 20mg 2 tabs qam prn leg swelling", "Demadex 10 mg daily as directed"]),
            (
                "risperidone",
                &["risperdal 1mg at bedtime", "RISPERIDONE 2 MG TBDP", "risperidona 1 mg cada noche"],
            ),
            (
                "cefdinir",
                &["cefdinir 300mg q12h x10d", "Omnicef 125 MG/5ML SUSR", "cefdinir 300 po bid with food"],
            ),
            ("baclofen", &["baclofen 10 mg three times a day for spasms", "2 tabs baclofen tid"]),
            // Salts cut short, before and behind.
            ("benazepril", &["BENAZEPRIL HCL 20MG TABS", "Lotensin 10 mg qd"]),
            ("quetiapine", &["quetiapine fum 50 mg qhs", "QUETIAPINE FUMARATE ER TB24"]),
            ("bisoprolol", &["bisoprolol fum 5mg daily"]),
            ("penicillin-v", &["penicillin V pot 500mg qid", "Pen VK 500 mg qid x 7 days"]),
            ("penicillin-g", &["penicillin G 2 million units q4h"]),
            // Mixes keep to themselves, in whatever order and however cut.
            (
                "valsartan-hydrochlorothiazide",
                &["valsartan/hctz 160-12.5 daily", "HCTZ 12.5 + Diovan 160 mg qd"],
            ),
            ("enalapril-hydrochlorothiazide", &["enalapril mal-hct 10-25", "enalapril with HCTZ 1 daily"]),
            ("codeine-acetaminophen", &["APAP/codeine 300-30 q4h prn"]),
            ("piperacillin-tazobactam", &["pip/tazo 3.375 g IV q6h"]),
            // Solutions.
            (
                "ceftriaxone",
                &["CEFTRIAXONE IN D5W 1 G/50 ML", "ceftriaxone 1 g in sodium chloride 0.9% 100 mL"],
            ),
            ("metronidazole", &["METRONIDAZOLE IN NACL 500 MG/100ML IV"]),
            ("sodium-chloride", &["Sodium chloride 0.9% IV solution", "sodium chloride 0.9 % flush 10 mL"]),
            // Cut short, and slips of the pen.
            ("vancomycin", &["vanco 1 g IV q12h", "vancomicin 125 mg po qid"]),
            ("azithromycin", &["azithro 250", "azithromyacin 500mg"]),
            ("diazepam", &["diazapam 5mg", "diazepan 5 mg prn"]),
            ("phenytoin", &["fenytoin 100 mg tid", "phenitoin"]),
        ] {
            for name in names {
                assert_eq!(address(Kind::Medicine, name), format!("medicines/{key}"), "{name}");
            }
        }
    }

    #[test]
    fn allergens_as_people_write_them() {
        for (key, names) in [
            (
                "substances/penicillins",
                &["Penicillin - hives as a child", "PCN: rash", "Hives from penicillin"][..],
            ),
            ("substances/penicillins", &["Amoxicillin 500 mg - diarrhea", "penicilin (anaphylaxis)"]),
            ("substances/shellfish", &["shellfish - throat swelling", "Anaphylaxis to shellfish"]),
            ("medicines/cefazolin", &["Ancef; hives", "CEFAZOLIN IN DEXTROSE", "cefazolin hives"]),
            ("medicines/ketorolac", &["ketorolac trometh - GI bleed", "Toradol 30 mg inj"]),
            ("medicines/clindamycin", &["clinda - C diff", "Clindamycin hcl 300 mg caps (vomiting)"]),
            ("medicines/aspirin", &["Aspirin (salicylate)", "asprin - asthma attack"]),
            ("substances/latex", &["Contact dermatitis - latex", "latex gloves - itchy rash"]),
            ("substances/oak-pollen", &["OAK POLLEN ALLERGENIC EXTRACT"]),
        ] {
            for name in names {
                assert_eq!(address(Kind::Allergy, name), key, "{name}");
            }
        }
    }

    #[test]
    fn near_names_of_two_medicines_never_meet() {
        for (one, other) in [
            ("hydroxyzine", "hydralazine"),
            ("prednisone", "prednisolone"),
            ("Lamictal", "Lamisil"),
            ("clonidine", "clonazepam"),
            ("Celebrex", "Celexa"),
            ("Celexa", "Zyprexa"),
            ("Zantac", "Zyrtec"),
            ("metformin", "metronidazole"),
            ("bupropion", "buspirone"),
            ("tramadol", "trazodone"),
            ("chlorpromazine", "chlorpropamide"),
            ("chlorpromazine", "clomipramine"),
            ("glipizide", "glyburide"),
            ("dopamine", "dobutamine"),
            ("vinblastine", "vincristine"),
            ("nifedipine", "nicardipine"),
            ("nifedipine", "nimodipine"),
            ("quinine", "quinidine"),
            ("cefazolin", "cefoxitin"),
            ("ceftazidime", "cefotaxime"),
            ("lamivudine", "lamotrigine"),
            ("levothyroxine", "liothyronine"),
            ("losartan", "valsartan"),
            ("sertraline", "cetirizine"),
            ("sulfadiazine", "sulfasalazine"),
            ("tizanidine", "tiagabine"),
            ("Klonopin", "clonidine"),
            ("oxycodone", "oxymorphone"),
            ("hydrocodone", "hydromorphone"),
            ("ephedrine", "epinephrine"),
            ("fluoxetine", "fluvoxamine"),
            ("fluoxetine", "duloxetine"),
            ("paroxetine", "fluoxetine"),
            ("simvastatin", "lovastatin"),
            ("acyclovir", "ganciclovir"),
            ("valacyclovir", "valganciclovir"),
            ("omeprazole", "esomeprazole"),
            ("isosorbide mononitrate", "isosorbide dinitrate"),
            ("methylprednisolone", "medroxyprogesterone"),
            ("penicillamine", "penicillin"),
            ("rifampin", "rifabutin"),
            ("Zocor", "Zoloft"),
            ("amlodipine", "amiloride"),
            ("amiodarone", "amantadine"),
            ("carbamazepine", "oxcarbazepine"),
            ("risperidone", "ropinirole"),
        ] {
            let (one, other) = (format!("{one} 10 mg daily"), format!("{other} 10 mg daily"));
            let (a, b) = (address(Kind::Medicine, &one), address(Kind::Medicine, &other));
            assert!(a.is_empty() || a != b, "{one} / {other}: {a}");
        }
    }

    #[test]
    fn what_stands_around_a_name_names_nothing() {
        for name in [
            "daily",
            "take 1 tablet by mouth",
            "10 mg BID",
            "1 po qd prn pain",
            "tablet 25 mg",
            "in 0.9% water",
            "hcl 20 mg",
            "succ ER 25",
            "zofenopril 7.5 mg daily",
            "isosorbide 30 mg",
            "zofenopril-hctz 30-12.5",
            "lisinopril 10 mg daily / zofenopril 30 mg daily",
            "amlodipine 5 mg daily, replaces lisinopril",
            "prednisolne 5 mg",
            "hydroxalazine 25 mg",
            "morphine or codeine 10 mg",
            "low potassium",
            "low vitamin D",
        ] {
            assert_eq!(address(Kind::Medicine, name), "", "{name}");
        }
        for name in [
            "hives",
            "Hives - severe",
            "rash and itching",
            "anaphylaxis",
            "nausea/vomiting",
            "GI upset",
            "Swelling of lips",
            "unknown reaction",
            "throat swelling (childhood)",
            "Codeine - morphine - hydromorphone",
            "zofenopril - cough",
            "Hearing test",
        ] {
            assert_eq!(address(Kind::Allergy, name), "", "{name}");
        }
        for (name, mix) in
            [("losartan 50 mg daily", "losartan-hctz 50-12.5 daily"), ("tylenol 500", "tylenol with codeine")]
        {
            assert_ne!(address(Kind::Medicine, name), address(Kind::Medicine, mix), "{name} / {mix}");
        }
    }

    /// As if the table lacked some of its rows: their names are mended to hardly any other.
    #[test]
    fn a_medicine_that_the_table_lacks_is_not_mended_to_another() {
        let mut of_row: HashMap<usize, BTreeSet<String>> = HashMap::new();
        let first = names_of(MEDICINES).map(|(row, _)| row).next().unwrap_or_default();
        for (row, name) in names_of(MEDICINES).filter(|(row, _)| (row - first) % 5 == 0) {
            of_row.entry(row).or_default().extend(plain_words(name));
        }
        let (mut all, mut wrong) = (0, Vec::new());
        for (row, words) in &of_row {
            let known = words_of(MEDICINES).iter().filter(|heard| !words.contains(heard.word)).cloned();
            let known: Vec<Heard> = known.collect();
            let is_row = |word: &String| spelled(MEDICINES, &format!("={word}")).is_some();
            for word in words.iter().filter(|word| is_mendable(word) && !is_said_around(word)) {
                if spelled(MEDICINES, &format!("={word}")) != Some(*row) {
                    continue;
                }
                all += 1;
                let meant = slip(MEDICINES, &known, word).or_else(|| beginning(&known, word));
                wrong.extend(meant.filter(is_row).map(|meant| format!("{word}: {meant}")));
            }
        }
        assert!(all > 100 && wrong.len() * 100 <= all, "{wrong:?} of {all}");
    }
}
