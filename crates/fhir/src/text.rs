//! Texts made readable without changing what they say.

use std::borrow::Cow;

use wholechart_html::{decode, strip, without_markup};

/// `BodyStructure`, `body-structure` or `bodyStructure` as "Body structure".
pub fn humanise(name: &str) -> String {
    let mut out = String::with_capacity(name.len() + 4);
    let mut before = ' ';
    for c in name.chars() {
        if matches!(c, '-' | '_' | ' ' | '.') {
            if !out.ends_with(' ') && !out.is_empty() {
                out.push(' ');
            }
        } else if c.is_uppercase() && before.is_lowercase() {
            out.push(' ');
            out.extend(c.to_lowercase());
        } else if out.is_empty() {
            out.extend(c.to_uppercase());
        } else {
            out.push(c);
        }
        before = c;
    }
    out.trim().to_owned()
}

/// SNOMED CT's hierarchy tags, which make terms unique for machines; by language, in the alphabet's order.
const SEMANTIC_TAGS: &[&[&str]] = &[
    // English
    &[
        "administrative concept",
        "assessment scale",
        "attribute",
        "basic dose form",
        "body structure",
        "cell",
        "cell structure",
        "clinical drug",
        "context-dependent category",
        "disorder",
        "disposition",
        "dose form",
        "environment",
        "environment / location",
        "ethnic group",
        "event",
        "finding",
        "geographic location",
        "inactive concept",
        "life style",
        "medicinal product",
        "medicinal product form",
        "morphologic abnormality",
        "navigational concept",
        "observable entity",
        "occupation",
        "organism",
        "person",
        "physical force",
        "physical object",
        "procedure",
        "product",
        "product name",
        "qualifier value",
        "racial group",
        "record artifact",
        "regime/therapy",
        "religion/philosophy",
        "situation",
        "social concept",
        "specimen",
        "staging scale",
        "substance",
        "tumor staging",
        "unit of presentation",
    ],
    // Spanish
    &[
        "anomal\u{ed}a morfol\u{f3}gica",
        "calificador",
        "entidad observable",
        "esp\u{e9}cimen",
        "estructura corporal",
        "evento",
        "hallazgo",
        "medicamento cl\u{ed}nico",
        "objeto f\u{ed}sico",
        "organismo",
        "procedimiento",
        "producto",
        "producto medicinal",
        "r\u{e9}gimen/tratamiento",
        "situaci\u{f3}n",
        "sustancia",
        "trastorno",
    ],
    // Dutch
    &[
        "aandoening",
        "afwijkende morfologie",
        "bevinding",
        "fysiek object",
        "gebeurtenis",
        "kwalificatiewaarde",
        "lichaamsstructuur",
        "meetinstrument",
        "monster",
        "omgeving",
        "organisme",
        "regime/behandeling",
        "situatie",
        "substantie",
        "verrichting",
        "waarneembare entiteit",
    ],
    // French
    &[
        "anomalie morphologique",
        "constatation",
        "entit\u{e9} observable",
        "intervention",
        "organisme vivant",
        "proc\u{e9}dure",
        "produit",
        "structure corporelle",
        "trouble",
        "\u{e9}v\u{e9}nement",
    ],
    // German
    &["befund", "k\u{f6}rperstruktur", "prozedur", "st\u{f6}rung", "substanz", "verfahren"],
    // Danish, Norwegian, Swedish
    &[
        "fund",
        "funn",
        "fynd",
        "sjukdom",
        "st\u{f8}rrelse",
        "stof",
        "substans",
        "tilstand",
        "\u{e5}tg\u{e4}rd",
    ],
    // Portuguese
    &["achado", "estrutura do corpo", "procedimento", "subst\u{e2}ncia", "transtorno"],
];

/// What vendors' programs write behind a name, in small letters.
const SUFFIXES: &[&str] = &[
    // Epic marks diagnoses that count for a plan's risk score; a bare "(HCC)" too ([`may_be_of_the_liver`]).
    " (cms/hcc)",
    " (cms-hcc)",
    " (hhs/hcc)",
    " (hhs-hcc)",
    // Epic's reports in DSTU2.
    " - final result",
    // Results that a practice's program took over from the laboratory.
    " (labcorp)",
];

/// What they write before it, in small letters.
const PREFIXES: &[&str] = &[
    // Panels and the tests of panels, as laboratory interfaces name them.
    "br- ",
    "component: ",
    // Social history, as Soarian names its forms.
    "shx ",
    // Entries of a dictionary that were put out of use.
    "zzhistorical ",
    "zzhist ",
    "zzhist-",
];

/// A sender's words as people read them: without markup, entities, and HL7 v2's escapes for line breaks.
pub(crate) fn readable(text: &str) -> Cow<'_, str> {
    let mut read = match without_markup(text) {
        Cow::Owned(clean) if clean.is_empty() => Cow::Borrowed(text),
        read => read,
    };
    if read.contains('&') {
        let decoded = decode(&read).into_owned();
        // Markup that was written as entities.
        read = Cow::Owned(match without_markup(&decoded) {
            Cow::Owned(clean) if !clean.is_empty() => clean,
            _ => decoded,
        });
    }
    if read.contains("\\.") {
        let mut whole = read.into_owned();
        for escape in ["\\.br\\", "\\.sp\\"] {
            whole = whole.replace(escape, "\n");
        }
        read = Cow::Owned(whole);
    }
    read
}

/// "(HCC)" behind such words may be hepatocellular carcinoma, and stays.
fn may_be_of_the_liver(lower: &str) -> bool {
    ["cancer", "carcinoma", "hepat", "lesion", "liver", "malign", "mass", "neoplas", "tumor"]
        .iter()
        .any(|word| lower.contains(word))
}

/// Takes vendors' marks off a name, as long as a name is left.
fn without_marks(text: &mut String) {
    loop {
        let lower = text.to_lowercase();
        // A letter may change its length with its case; such names have none of our marks.
        if lower.len() != text.len() {
            return;
        }
        if let Some(mark) = SUFFIXES.iter().find(|mark| lower.ends_with(**mark)) {
            text.truncate(text.len() - mark.len());
        } else if let Some(front) = lower.strip_suffix(" (hcc)").filter(|front| !may_be_of_the_liver(front)) {
            text.truncate(front.len());
        } else if let Some(mark) =
            PREFIXES.iter().find(|mark| lower.starts_with(**mark) && lower.len() > mark.len())
        {
            text.replace_range(..mark.len(), "");
        } else if let Some(mark) = application(&lower).filter(|mark| lower.len() > *mark) {
            text.replace_range(..mark, "");
        } else {
            return;
        }
    }
}

/// How long the number is that RxNorm writes before some products, of the application by which the FDA approved them:
/// `NDA020800 0.3 ML Epinephrine 1 MG/ML Auto-Injector`.
fn application(text: &str) -> Option<usize> {
    const DIGITS: usize = 6;
    let kind = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let known = ["nda", "anda", "bla"].iter().any(|known| text[..kind].eq_ignore_ascii_case(known));
    let number = text[kind..].bytes().take_while(u8::is_ascii_digit).count();
    let end = kind + number;
    (known && number == DIGITS && text[end..].starts_with(' ')).then_some(end + 1)
}

/// Takes away markup, HL7 v2 separators, SNOMED's tags, doubled white space.
pub(crate) fn clean(sent: &str) -> String {
    let mut text = sent.trim().to_owned();
    // Most titles are clean, and a glance says so.
    let plain = |byte: u8| (b' '..0x80).contains(&byte) && !matches!(byte, b'<' | b'&' | b'^');
    if text.bytes().all(plain)
        && !text.as_bytes().windows(2).any(|pair| pair == b"  ")
        && !text.ends_with([')', ':', 't', 'T'])
        && application(&text).is_none()
        && !PREFIXES
            .iter()
            .any(|mark| text.get(..mark.len()).is_some_and(|front| front.eq_ignore_ascii_case(mark)))
    {
        return text;
    }
    if text.contains('<') && text.contains('>') {
        let stripped = strip(&text);
        // `<5 and >3` is no markup.
        if stripped.chars().any(char::is_alphanumeric) {
            text = stripped;
        }
    }
    if text.contains('&') {
        let decoded = decode(&text).into_owned();
        // Markup that was written as entities.
        text = match without_markup(&decoded) {
            Cow::Owned(clean) if !clean.is_empty() => clean,
            _ => decoded,
        };
    }
    if text.contains('^') {
        let component = text
            .split('^')
            .map(str::trim)
            .find(|part| part.chars().filter(|c| c.is_alphabetic()).count() > 2);
        if let Some(part) = component.map(ToOwned::to_owned) {
            text = part;
        }
    }
    if text.contains(char::is_whitespace) {
        text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    // A form's label, without what stood behind it.
    text.truncate(text.trim_end_matches([':', ' ']).len());
    // The value set a quality measure asked for is not part of the name.
    if let Some(open) = text.rfind(" (Code List:").filter(|_| text.ends_with(')')) {
        text.truncate(open);
    }
    text.truncate(without_tag(&text).len());
    without_marks(&mut text);
    text
}

/// Without the tag that SNOMED CT puts behind a name: "(qualifier value)".
pub(crate) fn without_tag(text: &str) -> &str {
    if let Some(open) = text.rfind(" (")
        && let Some(tag) = text[open + 2..].strip_suffix(')')
        && let tag = tag.to_lowercase()
        && SEMANTIC_TAGS.iter().any(|language| language.contains(&tag.as_str()))
    {
        return &text[..open];
    }
    text
}
