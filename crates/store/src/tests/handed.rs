//! What was handed out is written down, within bounds, and goes with whom it is of.

use wholechart_record::PersonId;

use super::{Kept, ada, at, person};
use crate::{HANDED_LINES, HandedLine, StoreError};

fn line(minute: i64, whose: &PersonId, what: &str, records: u32) -> HandedLine {
    HandedLine {
        at: at(minute),
        person: whose.clone(),
        receiver: "assistant".into(),
        whom: "some-assistant 2.0".into(),
        what: what.into(),
        records,
    }
}

#[test]
fn the_newest_answers_are_kept_and_all_are_counted() {
    let kept = Kept::with(&[]);
    let most = i64::from(HANDED_LINES);
    let lines: Vec<HandedLine> = (0..most + 3).map(|minute| line(minute, &ada(), "timeline", 2)).collect();
    kept.store.note_handed(&lines).unwrap();
    kept.store.note_handed(&[line(1, &ada(), "search", 0)]).unwrap();
    let read = kept.store.handed(&ada(), u32::MAX).unwrap();
    assert_eq!(read.len(), usize::try_from(HANDED_LINES).unwrap());
    assert_eq!((read[0].what.as_str(), &read[1]), ("search", lines.last().unwrap()), "the newest first");
    let all = kept.store.handed_in_all(&ada()).unwrap();
    let [timeline, search] = all.as_slice() else { panic!("{all:?}") };
    assert_eq!(
        (timeline.count, timeline.records),
        (u64::from(HANDED_LINES) + 3, 2 * u64::from(HANDED_LINES) + 6)
    );
    assert_eq!((timeline.first, timeline.last), (at(0), at(most + 2)));
    assert_eq!((search.count, search.records), (1, 0));
}

#[test]
fn what_was_handed_out_goes_with_its_person_and_nothing_is_handed_out_of_nobody() {
    let kept = Kept::with(&[]);
    let bob = PersonId("bob".into());
    kept.store.save_person(&person("bob")).unwrap();
    kept.store.note_handed(&[line(1, &ada(), "record", 1), line(2, &bob, "record", 1)]).unwrap();
    kept.store.erase_person(&ada()).unwrap();
    assert_eq!(kept.store.handed(&ada(), 9).unwrap(), []);
    assert_eq!(kept.store.handed_in_all(&ada()).unwrap(), []);
    assert_eq!(kept.store.handed(&bob, 9).unwrap().len(), 1);
    let refused = kept.store.note_handed(&[line(3, &bob, "record", 1), line(3, &ada(), "record", 1)]);
    assert!(matches!(refused, Err(StoreError::NoSuch("person"))));
    assert_eq!(kept.store.handed(&bob, 9).unwrap().len(), 1, "all of it or nothing");
}
