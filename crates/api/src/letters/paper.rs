//! A letter as it is printed.

use wholechart_print::{Cell, Column, Document, Row, Section};
use wholechart_store::Person;

use super::{
    view::Known,
    wire::{LetterAsks, LetterText},
};
use crate::{
    people::today,
    said::{Tellers, Voice},
    summary::view::{Head, frame},
    words::Speech,
};

/// Puts a letter into words.
pub(super) fn document(
    speech: &Speech<'_>,
    person: &Person,
    known: &Known,
    letter: &LetterText,
    sample: bool,
) -> Document {
    let name = match letter.asks {
        LetterAsks::Correction { .. } => "correction",
        LetterAsks::Copy => "copy",
    };
    let says = |part: &str| speech.get(&format!("letter-{name}-{part}"));
    let head = Head {
        title: says("title"),
        lead: Vec::new(),
        person,
        whose: &known.whose,
        today: today(person, speech.now),
        sources: &[],
    };
    let voice = Voice { speech: *speech, tellers: Tellers::Nothing };
    let mut document = frame(&voice, &head, sample);
    // A letter is no copy of a record.
    document.footer = String::new();
    document.made_on = speech.day(head.today);
    document.person.push((
        speech.get("letter-number"),
        known.number.clone().unwrap_or_else(|| speech.get("letter-number-unknown")),
    ));
    let to = Section {
        title: speech.get("letter-to"),
        paragraphs: Some(speech.sent(letter.to.trim())).filter(|to| !to.is_empty()).into_iter().collect(),
        blanks: if letter.to.trim().is_empty() { vec![String::new(); 3] } else { Vec::new() },
        ..Section::default()
    };
    let opening = Section { paragraphs: vec![says("opening")], ..Section::default() };
    document.sections = vec![to, opening];
    if let LetterAsks::Correction { should_say, why, .. } = &letter.asks {
        document.sections.push(Section {
            title: says("entry"),
            columns: ["letter-column-what", "letter-column-says"]
                .into_iter()
                .zip([2, 7])
                .map(|(key, weight)| Column { title: speech.get(key), weight, numeric: false })
                .collect(),
            rows: known
                .says
                .iter()
                .map(|line| Row {
                    cells: vec![Cell::plain(&line.label), Cell::plain(&line.text)],
                    sources: Vec::new(),
                })
                .collect(),
            ..Section::default()
        });
        for (part, typed, lines) in [("should", should_say, 3), ("why", why, 2)] {
            let typed = typed.trim();
            document.sections.push(Section {
                title: says(part),
                paragraphs: Some(speech.sent(typed)).filter(|text| !text.is_empty()).into_iter().collect(),
                blanks: if typed.is_empty() { vec![String::new(); lines] } else { Vec::new() },
                ..Section::default()
            });
        }
    }
    let lines = speech.get(&format!("letter-{name}-please"));
    document.sections.push(Section {
        title: speech.get("letter-please"),
        lines: lines.lines().map(ToOwned::to_owned).collect(),
        ..Section::default()
    });
    document.sections.push(Section {
        blanks: ["letter-reach", "letter-signature", "letter-date"].map(|key| speech.get(key)).to_vec(),
        ..Section::default()
    });
    document
}
