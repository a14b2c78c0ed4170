//! How people write medicines and what they are allergic to: words of forms, directions, salts, reactions and solutions that stand
//! around a name, and a name as it is left without them. Words that are looked for, none that we say.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::spelling::{plain_words, unaccented};

/// A list of words, spelt as [`plain_words`] spells them.
type Words = LazyLock<HashSet<String>>;

fn of(words: &str) -> HashSet<String> {
    words.split_whitespace().flat_map(plain_words).collect()
}

/// Words of the form, the way, the release and the amount of a medicine, and of how it is sold: none of its name. With the codes that
/// lists of products use for forms.
static AROUND: Words = Words::new(|| {
    of(
        "million mg mgs mcg ug gm gms gram grams ml mls oz min mins minutes unit units unt ut iu ui meq mmol act actuat actuation \
    actuations dose doses hr hrs hour hours day days cc kg mci percent miligramos microgramos unidades \
    tablet tablets tab tabs caplet caplets capsule capsules cap caps cp softgel softgels sgel gelcap \
    gelcaps pill pills inhaler inhalers inhalation inh aerosol aero hfa diskus disk disks respimat \
    handihaler inhub ellipta respiclick flexhaler neb nebs nebulizer nebulized nebulization nebules nebu \
    solution soln sol syrup elixir liquid liqd concentrate conc suspension susp susr reconstituted recon \
    injection injections injectable inj injector vial vials syringe syringes prefilled autoinjector auto \
    autoinyector pen pens kwikpen flexpen flextouch solostar penfill cartridge ampule ampul cream crea \
    ointment oint gel lotion lotn foam shampoo drops drop gtt gtts spray sprays patch patches ptch \
    suppository suppositories supp powder powd packet packets pack pak dosepak dosepack kit lozenge \
    lozenges troche gummy gummies granules wafer film strip enema shot shots dry metered chewable chew \
    chewtab disintegrating dispersible odt effervescent soluble micronized nanocrystallized osmotic tb24 \
    tb12 tbec tbcr tbpk tbdp tbso tbef chewtabs cpdr cp24 cp12 cpep cpcr cpsp cpea sopn sosy soaj soct \
    solr sost sopk susy sunj aers aerb aepb aerp pt24 pt72 pttw ptwk subl srer t24a c24a gran emul enem \
    syrp elix pste inst devi lozg troc sham tableta tabletas comprimido comprimidos capsula capsulas \
    pastilla pastillas jarabe crema pomada unguento gotas inyeccion inyectable inhalador solucion parche \
    ampolla ampollas supositorio polvo sobre sobres \
    oral orally po sublingual sl buccal topical external ophthalmic ophth otic nasal intranasal rectal \
    vaginal intravenous iv ivpb intramuscular im subcutaneous subcut subq sc sq transdermal nostril nostrils eye eyes ear ears intravenosa \
    intravenoso topica topico oftalmica oftalmico \
    er xr xl xt sr cr cd la dr ec ir extended sustained controlled delayed immediate release rel enteric \
    coated long acting \
    otc usp ds generic brand product preparation preparations therapy pf preservative free sugar bulk \
    adult adults baby children childrens infant infants junior jr \
    allergy relief rescue base human crys cryst crystals macrocrystals macrocrystal mcr macro starter \
    maintenance home meds med each sliding scale cardiac lock flush",
    )
});

/// How strong, before what is so strong.
const STRONG: &[&str] = &["low", "high", "extra", "regular", "maximum", "double"];
const STRENGTHS: &[&str] = &["dose", "strength", "potency"];

/// Words of an amount by weight: what has one behind it is a medicine.
const WEIGHTS: &[&str] = &["mg", "mcg", "ug"];

/// Words that begin what is said of how and what for it is taken.
static DIRECTIONS: Words = Words::new(|| {
    of("take takes taking takeing apply use uses inhale inject place put give chew dissolve instill tome \
    tomar aplicar usar prn qd qday qod bid tid qid qhs hs qam qpm qwk qweek q od ou os ac pc daily \
    dailly nightly weekly monthly hourly once twice thrice every at by as per before after when if until \
    then may for in on under over up or to from x sig puff puffs taper tapering bedtime morning evening \
    night am both dia diario diaria diariamente cada veces vez noche noches manana semanal semana por \
    para via segun antes despues en al si cuando pill's since due because causes caused stopped started \
    while without two three one 1x 2x 3x directed needed empty half week weeks month months dispense \
    disp qty refill refills replaces instead not dont do")
});

/// What a medicine is taken with that is none.
static TAKEN_WITH: Words = Words::new(|| {
    of("food foods meal meals breakfast lunch dinner supper water milk juice snack the a each evening \
    morning or plenty full largest first every comida comidas alimentos agua leche la las el cena \
    desayuno")
});

/// Solutions that medicines are given in, by their words.
static SOLUTIONS: Words = Words::new(|| {
    of("water saline dextrose d5w d5 d5ns d10w ns nacl sodium chloride lr lactated ringers ringer swfi \
    sterile isotonic iso osmotic osm juice milk agua salina dextrosa plas")
});

/// Words that join two ingredients.
const JOINING: &[&str] = &["and", "y", "plus", "with", "con"];

/// Salts and kinds of crystal that stand beside a name, by how they are written.
static SALTS: Words = Words::new(|| {
    of("acetate acetonide anhydrous axetil besilate besylate bisulfate bitartrate bromide butyrate calcium \
    camsylate chloride cilexetil citrate decanoate dihydrate dihydrochloride dipropionate disodium \
    edisylate enanthate erbumine estolate ethylsuccinate etexilate fumarate gluconate hcl hemihydrate \
    hyclate hydrobromide hydrochloride hydrochlor lactate lactobionate lysine malate maleate \
    mesylate monohydrate monohyd napsylate nitrate olamine oxalate pamoate phosphate \
    polistirex porcine potassium proxetil propanediol propionate salicylate sodium stearate succinate \
    sulfate tartrate tosylate trihydrate tromethamine valerate xinafoate medoxomil hydrate k \
    clorhidrato sodico sodica potasico potasica calcica calcico sulfato maleato tartrato succinato \
    besilato fosfato acetato citrato")
});

/// Words before which and behind which a salt is the name: potassium chloride is no potassium.
static MINERALS: Words = Words::new(|| {
    of("aluminum ammonium barium bismuth calcium chromium ferric ferrous iron lithium magnesium potassium \
    selenium silver sodium zinc copper cupric calcio potasio sodio magnesio hierro cloruro carbonato \
    sulfato citrato gluconato fosfato vitamin vitamina multivitamin")
});

/// Salts cut short, by the word in full. They stand beside a name only.
const SALTS_CUT: &[(&str, &str)] = &[
    ("bes", "besylate"),
    ("besyl", "besylate"),
    ("bisulf", "bisulfate"),
    ("bitart", "bitartrate"),
    ("brom", "bromide"),
    ("ca", "calcium"),
    ("calc", "calcium"),
    ("carb", "carbonate"),
    ("cit", "citrate"),
    ("citr", "citrate"),
    ("cl", "chloride"),
    ("chlor", "chloride"),
    ("dihyd", "dihydrate"),
    ("fum", "fumarate"),
    ("fumar", "fumarate"),
    ("gluc", "gluconate"),
    ("glucon", "gluconate"),
    ("hbr", "hydrobromide"),
    ("hyc", "hyclate"),
    ("hycl", "hyclate"),
    ("hydrobrom", "hydrobromide"),
    ("hydroch", "hydrochloride"),
    ("mag", "magnesium"),
    ("mal", "maleate"),
    ("maleat", "maleate"),
    ("mes", "mesylate"),
    ("mono", "monohydrate"),
    ("monohydr", "monohydrate"),
    ("nit", "nitrate"),
    ("ox", "oxide"),
    ("oxal", "oxalate"),
    ("phos", "phosphate"),
    ("phosph", "phosphate"),
    ("pot", "potassium"),
    ("potass", "potassium"),
    ("prop", "propionate"),
    ("propion", "propionate"),
    ("sod", "sodium"),
    ("succ", "succinate"),
    ("sulf", "sulfate"),
    ("sulfat", "sulfate"),
    ("tar", "tartrate"),
    ("tart", "tartrate"),
    ("tartr", "tartrate"),
    ("trihyd", "trihydrate"),
    ("trometh", "tromethamine"),
    ("xinaf", "xinafoate"),
];

/// Names that are commonly cut short, in the name of a mix and alone.
const NAMES_CUT: &[(&str, &str)] = &[
    ("amox", "amoxicillin"),
    ("apap", "acetaminophen"),
    ("asa", "aspirin"),
    ("atorva", "atorvastatin"),
    ("azithro", "azithromycin"),
    ("bupi", "bupivacaine"),
    ("clav", "clavulanate"),
    ("clavulan", "clavulanate"),
    ("clinda", "clindamycin"),
    ("doxy", "doxycycline"),
    ("epi", "epinephrine"),
    ("erythro", "erythromycin"),
    ("gent", "gentamicin"),
    ("hct", "hydrochlorothiazide"),
    ("hctz", "hydrochlorothiazide"),
    ("hcq", "hydroxychloroquine"),
    ("lido", "lidocaine"),
    ("mtx", "methotrexate"),
    ("nitro", "nitroglycerin"),
    ("ntg", "nitroglycerin"),
    ("pip", "piperacillin"),
    ("prava", "pravastatin"),
    ("rosuva", "rosuvastatin"),
    ("simva", "simvastatin"),
    ("smx", "sulfamethoxazole"),
    ("smz", "sulfamethoxazole"),
    ("sulfameth", "sulfamethoxazole"),
    ("tazo", "tazobactam"),
    ("tmp", "trimethoprim"),
    ("trimeth", "trimethoprim"),
    ("vanc", "vancomycin"),
    ("vanco", "vancomycin"),
    ("vit", "vitamin"),
    ("warf", "warfarin"),
    ("diphenhyd", "diphenhydramine"),
    ("hydrocod", "hydrocodone"),
    ("oxycod", "oxycodone"),
    ("cpm", "chlorpheniramine"),
    ("gg", "guaifenesin"),
    ("triam", "triamcinolone"),
    ("pseudoeph", "pseudoephedrine"),
];

/// What a medicine or a food does to somebody who is allergic to it. No word of these is a substance.
static REACTIONS: Words = Words::new(|| {
    of("hive hives rash rashes itch itching itchy itchiness pruritus urticaria anaphylaxis anaphylactic \
    angioedema edema swelling swollen swell swells nausea nauseated vomiting vomit vomits emesis \
    diarrhea constipation upset cramps cramping dizziness dizzy drowsy drowsiness sleepy headache \
    headaches migraine cough coughing wheezing wheeze sob dyspnea bronchospasm palpitations tachycardia \
    bradycardia hypotension hypertension syncope fainting fainted flushing flushed fever chills seizure \
    seizures hallucinations hallucination confusion agitation agitated hyperactive anxiety insomnia \
    nightmares dystonia eps myalgia myalgias tendonitis tendinitis blisters blistering redness \
    irritation dermatitis eczema sjs dress ten stevens johnson thrombocytopenia neutropenia bleed \
    bleeding ulcer ulcers hepatitis jaundice necrosis reaction reactions intolerance intolerant unknown \
    severe mild moderate childhood shock collapse paresthesia tingling numbness tinnitus weakness \
    fatigue gi stomach stomachache throat tongue lip lips facial hypersensitivity unspecified asthma ronchas \
    sarpullido erupcion comezon picazon nauseas vomito vomitos mareo mareos hinchazon anafilaxia diarrea \
    tos reaccion alergica fiebre")
});

/// What stands between a reaction and what it comes from.
static COMES_FROM: Words = Words::new(|| of("to from with after by of a al con por"));

/// Words around an allergen that say in what it is tested, sold or contained.
static CONTAINING: Words = Words::new(|| {
    of("allergen allergenic allergens extract extracts ext standardized std derived derivative derivatives \
    containing contained compound compounds preparation preparations product products drug skin test \
    mixed dietary agent agents surgical scrub protein whole natural any all oral topical sting stings \
    bite bites contact exposure allergy extracto analogues")
});

/// A name without what stands around it.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// The words of what stands joined by a sign or by "and", each for itself; none is empty.
    pub parts: Vec<Vec<String>>,
    /// What stands behind the name: how it is taken. Figures are `#`.
    pub behind: Vec<String>,
    /// All words before it, with those of forms.
    pub whole: Vec<String>,
}

/// A word, a figure, or a sign that joins.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    Word(String),
    Figure,
    Joint,
}

fn tokens(text: &str) -> Vec<Token> {
    let text = unaccented(text).replace(['\'', '\u{2019}'], "");
    let mut tokens = Vec::new();
    for word in text.replace("w/o ", " without ").replace("w/ ", " with ").split_whitespace() {
        let mut piece = String::new();
        let end = |piece: &mut String, tokens: &mut Vec<Token>| {
            for word in plain_words(&std::mem::take(piece)) {
                let figures = word.bytes().take_while(u8::is_ascii_digit).count();
                if figures > 0 {
                    tokens.push(Token::Figure);
                }
                if figures < word.len() {
                    tokens.push(Token::Word(word[figures..].to_owned()));
                }
            }
        };
        let mut chars = word.chars().peekable();
        while let Some(char) = chars.next() {
            if matches!(char, '/' | '+' | '&' | ';' | ',' | '-' | '\u{2013}') {
                // `vitamin d-3` and `b-12`: a vitamin's number is its name.
                let is_vitamin = char == '-'
                    && matches!(piece.as_str(), "b" | "d" | "k")
                    && chars.peek().is_some_and(char::is_ascii_digit);
                if is_vitamin {
                    continue;
                }
                end(&mut piece, &mut tokens);
                tokens.push(Token::Joint);
            } else {
                piece.push(char);
            }
        }
        end(&mut piece, &mut tokens);
    }
    tokens
}

/// `q6h`, `q12hr`, `x10d`, `x3`: how often and how long.
fn is_often(word: &str) -> bool {
    let Some(after) = word.strip_prefix(['q', 'x']) else { return false };
    let figures = after.bytes().take_while(u8::is_ascii_digit).count();
    figures > 0
        && matches!(
            &after[figures..],
            "" | "h"
                | "hr"
                | "hrs"
                | "hours"
                | "min"
                | "d"
                | "day"
                | "days"
                | "w"
                | "wk"
                | "wks"
                | "mo"
                | "m"
                | "months"
        )
}

/// What stands in brackets, each for itself, and the text without it.
pub fn unbracketed(text: &str) -> (String, Vec<&str>) {
    let (mut out, mut within, mut left) = (String::new(), Vec::new(), text);
    while let Some(open) = left.find(['(', '[']) {
        let Some(close) = left[open..].find([')', ']']) else { break };
        out.push_str(&left[..open]);
        out.push(' ');
        within.push(&left[open + 1..open + close]);
        left = &left[open + close + 1..];
    }
    out.push_str(left);
    (out, within)
}

/// Reads a name that stands in no brackets.
pub fn written(text: &str) -> Written {
    read(text, false)
}

/// The same of an allergen, without words of extracts and tests.
pub fn written_of_allergen(text: &str) -> Written {
    read(text, true)
}

fn read(text: &str, is_allergen: bool) -> Written {
    let tokens = tokens(text);
    let mut read = Written { parts: vec![Vec::new()], ..Written::default() };
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        at += 1;
        let named = !read.parts[0].is_empty();
        let Token::Word(word) = token else {
            if *token == Token::Joint && read.parts.last().is_some_and(|part| !part.is_empty()) {
                read.parts.push(Vec::new());
            }
            continue;
        };
        let word = word.as_str();
        let next = tokens
            .get(at)
            .and_then(|token| if let Token::Word(next) = token { Some(next.as_str()) } else { None });
        if JOINING.contains(&word) && named && next.is_some_and(|next| !TAKEN_WITH.contains(next)) {
            if read.parts.last().is_some_and(|part| !part.is_empty()) {
                read.parts.push(Vec::new());
            }
            continue;
        }
        let directs = DIRECTIONS.contains(word) || is_often(word) || JOINING.contains(&word);
        if directs && named {
            read.behind = tokens[at - 1..]
                .iter()
                .filter_map(|token| match token {
                    Token::Word(word) => Some(word.clone()),
                    Token::Figure => Some("#".to_owned()),
                    Token::Joint => None,
                })
                .collect();
            break;
        }
        // `17 g` is an amount, and `penicillin G` a name.
        if word.len() == 1 && at > 1 && tokens[at - 2] == Token::Figure {
            continue;
        }
        read.whole.push(word.to_owned());
        // "Low dose" and "extra strength" are no part of a name, and "low potassium" is none.
        if STRENGTHS.contains(&word) {
            continue;
        }
        if STRONG.contains(&word) && next.is_some_and(|next| STRENGTHS.contains(&next)) {
            continue;
        }
        if directs || AROUND.contains(word) || is_allergen && CONTAINING.contains(word) {
            continue;
        }
        if let Some(part) = read.parts.last_mut() {
            part.push(word.to_owned());
        }
    }
    read.parts.retain(|part| !part.is_empty());
    read
}

impl Written {
    /// All words, in their order.
    pub fn words(&self) -> Vec<String> {
        self.parts.concat()
    }

    /// Whether another medicine seems to stand behind the name: a word with a weight behind it that is no word of directions.
    pub fn goes_on(&self) -> bool {
        self.behind.windows(3).any(|three| {
            three[0].len() >= 5
                && !is_said_around(&three[0])
                && three[1] == "#"
                && WEIGHTS.contains(&three[2].as_str())
        })
    }
}

/// Whether a word stands around names and is none.
pub fn is_said_around(word: &str) -> bool {
    [&AROUND, &DIRECTIONS, &TAKEN_WITH, &SALTS, &REACTIONS, &CONTAINING]
        .iter()
        .any(|words| words.contains(word))
        || is_often(word)
}

/// Whether a word is of the form, the way or the amount.
pub fn is_around(word: &str) -> bool {
    AROUND.contains(word)
}

/// Whether words name a solution that medicines are given in.
pub fn is_solution(word: &str) -> bool {
    SOLUTIONS.contains(word)
}

/// A part with what is cut short in it written out.
pub fn in_full(part: &[String]) -> Vec<String> {
    let full = |word: &String| {
        let cut =
            |table: &[(&str, &'static str)]| table.iter().find(|(cut, _)| cut == word).map(|(_, full)| *full);
        let salt = if part.len() > 1 { cut(SALTS_CUT) } else { None };
        salt.or_else(|| cut(NAMES_CUT)).map_or_else(|| word.clone(), ToOwned::to_owned)
    };
    part.iter().map(full).collect()
}

/// Whether a part names a salt only, which belongs to the name before it.
pub fn is_salt_alone(part: &[String]) -> bool {
    part.iter().all(|word| SALTS.contains(word.as_str()) && !MINERALS.contains(word.as_str()))
}

/// A part without its salts, where it names something else.
pub fn without_salts(part: &[String]) -> Vec<String> {
    const LONG: usize = 6;
    let is_salt = |word: &String| SALTS.contains(word.as_str());
    if let [salt, name] = part
        && is_salt(salt)
        && !is_salt(name)
        && !MINERALS.contains(name.as_str())
        && name.len() >= LONG
    {
        return vec![name.clone()];
    }
    if part.first().is_none_or(|first| MINERALS.contains(first.as_str())) {
        return part.to_vec();
    }
    part.iter()
        .enumerate()
        .filter(|(at, word)| *at == 0 || !is_salt(word))
        .map(|(_, word)| word.clone())
        .collect()
}

/// The text before and behind what parts a substance from what it does: a dash, a colon, a bracket.
pub fn segments(text: &str) -> Vec<String> {
    let text = text.replace(['\u{2013}', '\u{2014}', ':', ';', '(', ')', '[', ']', '|', '='], "\u{1f}");
    let text = text
        .replace(" -", "\u{1f}")
        .replace("- ", "\u{1f}")
        .replace("--", "\u{1f}")
        .replace(", ", "\u{1f}")
        .replace("/ ", "\u{1f}");
    text.split('\u{1f}').map(str::trim).filter(|segment| !segment.is_empty()).map(ToOwned::to_owned).collect()
}

/// Whether no word is anything but a reaction, and how it came.
pub fn is_reaction(text: &str) -> bool {
    let words = plain_words(text);
    words.iter().any(|word| REACTIONS.contains(word.as_str()))
        && words.iter().all(|word| {
            REACTIONS.contains(word.as_str())
                || COMES_FROM.contains(word.as_str())
                || matches!(word.as_str(), "and" | "or" | "contact" | "skin" | "the" | "allergic")
        })
}

/// A substance without the reaction before it ("hives from latex") or behind it ("latex hives").
pub fn without_reaction(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let is = |word: &&str, list: &HashSet<String>| {
        plain_words(word).first().is_some_and(|word| list.contains(word.as_str()))
    };
    let first = words.iter().position(|word| is(word, &REACTIONS));
    match first {
        Some(0) => match words.iter().position(|word| is(word, &COMES_FROM)) {
            Some(from) if is_reaction(&words[..from].join(" ")) => words[from + 1..].join(" "),
            _ => text.to_owned(),
        },
        Some(at) => words[..at].join(" "),
        None => text.to_owned(),
    }
}

/// A word as it sounds, so that `ph` and `f`, `y` and `i`, one letter and two are the same; without a vowel at its end.
pub fn sound(word: &str) -> String {
    let mut word = word.to_owned();
    for (written, heard) in
        [("ph", "f"), ("th", "t"), ("ch", "c"), ("rh", "r"), ("ck", "c"), ("k", "c"), ("y", "i")]
    {
        word = word.replace(written, heard);
    }
    if let Some(after) = word.strip_prefix('x') {
        word = format!("z{after}");
    }
    let mut sound = String::with_capacity(word.len());
    for char in word.chars() {
        if !sound.ends_with(char) {
            sound.push(char);
        }
    }
    if sound.len() > 5 && sound.ends_with(['a', 'e', 'o']) {
        sound.pop();
    }
    sound
}

/// How many letters apart two words are: left out, added, another one, two that changed places. Up to three.
pub fn apart(one: &str, other: &str) -> usize {
    const FAR: usize = 4;
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    if one.len().abs_diff(other.len()) >= FAR {
        return FAR;
    }
    let mut rows = vec![(0..=other.len()).collect::<Vec<usize>>()];
    for (n, a) in one.iter().enumerate() {
        let mut row = vec![n + 1];
        for (m, b) in other.iter().enumerate() {
            let mut least = (rows[n][m] + usize::from(a != b)).min(rows[n][m + 1] + 1).min(row[m] + 1);
            if n > 0 && m > 0 && *a == other[m - 1] && one[n - 1] == *b {
                least = least.min(rows[n - 1][m - 1] + 1);
            }
            row.push(least);
        }
        rows.push(row);
    }
    rows[one.len()][other.len()].min(FAR)
}

/// The consonants of a word as it sounds.
pub fn consonants(sound: &str) -> String {
    sound.chars().filter(|char| !matches!(char, 'a' | 'e' | 'i' | 'o' | 'u')).collect()
}

/// The words, each once, in the order of the alphabet.
pub fn sorted_words(mut words: Vec<String>) -> String {
    words.sort_unstable();
    words.dedup();
    words.join(" ")
}

/// The sorted words of a name without salts.
pub fn bare(read: &Written) -> String {
    let parts = read.parts.iter().enumerate().map(|(at, part)| (at, in_full(part)));
    sorted_words(
        parts
            .filter(|(at, part)| *at == 0 || !is_salt_alone(part))
            .flat_map(|(_, part)| without_salts(&part))
            .collect(),
    )
}

/// Letters that a word has at least where it is mended.
pub const SHORTEST: usize = 5;

/// Whether a word is long enough to be mended, and nothing but letters.
pub fn is_mendable(word: &str) -> bool {
    word.len() >= SHORTEST && word.bytes().all(|byte| byte.is_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_around_a_name_is_left_out() {
        let parts = |text: &str| {
            let read = written(text);
            read.parts.iter().map(|part| part.join(" ")).collect::<Vec<_>>()
        };
        assert_eq!(parts("Bisoprolol 5 mg 1 tab po every morning"), ["bisoprolol"]);
        assert_eq!(parts("enalapril mal 5mg + hctz 12.5mg bid"), ["enalapril mal", "hctz"]);
        assert_eq!(parts("Take one daily"), ["daily"; 0]);
        assert_eq!(parts("vitamin b-12 500 mcg"), ["vitamin b12"]);
        assert_eq!(parts("Ramipril 5 mg with food"), ["ramipril"]);
        assert!(written("Ramipril daily and bisoprolol 5 mg").goes_on());
        assert!(!written("Ramipril 1 tab daily for blood pressure 130").goes_on());
    }

    #[test]
    fn salts_go_where_they_stand_beside_a_name() {
        let bare = |text: &str| without_salts(&in_full(&plain_words(text))).join(" ");
        assert_eq!(bare("bisoprolol fum"), "bisoprolol");
        assert_eq!(bare("potassium warfarin"), "warfarin");
        assert_eq!(bare("potassium cl"), "potassium chloride");
        assert_eq!(bare("calcium gluc"), "calcium gluconate");
        assert_eq!(bare("sodium"), "sodium");
    }

    #[test]
    fn letters_apart() {
        assert_eq!(apart("prednisone", "prednisolone"), 2);
        assert_eq!(apart("abcd", "abdc"), 1);
        assert_eq!(sound("ibuprophen"), sound("ibuprofen"));
        assert_eq!(sound("zyvoxx"), sound("zyvox"));
        assert_eq!(consonants("heprin"), consonants("heparin"));
    }
}
