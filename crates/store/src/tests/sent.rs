//! What was sent where is written down, within bounds, and goes with whom it is about.

use serde_json::json;
use wholechart_record::{ConnectionId, PersonId};

use super::{Kept, ada, at, connection, id, person};
use crate::{SENT_LINES, SentLine};

fn line(host: &str, minute: i64, person: Option<&PersonId>, by: Option<&ConnectionId>) -> SentLine {
    SentLine {
        at: at(minute),
        host: host.to_owned(),
        why: "records".to_owned(),
        person: person.cloned(),
        connection: by.cloned(),
        status: Some(200),
        up: 3,
        down: 100,
    }
}

#[test]
fn the_newest_lines_are_kept_and_all_are_counted() {
    let kept = Kept::with(&["summit"]);
    let (ada, summit) = (ada(), id("summit"));
    let most = i64::from(SENT_LINES);
    let lines: Vec<SentLine> =
        (0..most + 7).map(|minute| line("fhir.example", minute, Some(&ada), Some(&summit))).collect();
    for some in lines.chunks(4_000) {
        kept.store.note_sent(some).unwrap();
    }
    let read = kept.store.sent(&ada, 0, u32::MAX).unwrap();
    assert_eq!(read.len(), usize::try_from(SENT_LINES).unwrap());
    assert_eq!((&read[0], read.last().unwrap()), (lines.last().unwrap(), &lines[7]), "the newest first");
    assert_eq!(kept.store.sent(&ada, 2, 1).unwrap(), [lines[lines.len() - 3].clone()]);
    let all = kept.store.sent_in_all(&ada).unwrap();
    let [one] = all.as_slice() else { panic!("{all:?}") };
    assert_eq!((one.count, one.first, one.last), (u64::from(SENT_LINES) + 7, at(0), at(most + 6)));
    assert_eq!((one.up, one.down), (3 * one.count, 100 * one.count));
}

#[test]
fn what_was_sent_goes_with_its_connection_and_its_person_and_does_not_come_back() {
    let kept = Kept::with(&["harbor"]);
    kept.store.save_person(&person("bob")).unwrap();
    let summit = crate::Connection {
        card: json!({"token": "https://signin.example:8443/token", "bases": ["https://fhir.example/r4"]}),
        ..connection("summit", "ada")
    };
    kept.store.save_connection(&summit).unwrap();
    let (ada, bob, nobody) = (ada(), PersonId("bob".into()), None);
    let lines = [
        line("fhir.example", 1, Some(&ada), Some(&summit.id)),
        // Before there was a connection: of its hosts, and of another one.
        line("signin.example:8443", 2, Some(&ada), None),
        line("elsewhere.example", 3, Some(&ada), None),
        line("signin.example:8443", 4, Some(&bob), None),
        line("harbor.example", 5, Some(&ada), Some(&id("harbor"))),
        line("lists.example", 6, nobody, None),
    ];
    kept.store.note_sent(&lines).unwrap();
    let hosts = |person: &PersonId| {
        let one = |line: SentLine| line.host;
        let lines: Vec<String> = kept.store.sent(person, 0, 99).unwrap().into_iter().map(one).collect();
        let mut all: Vec<String> =
            kept.store.sent_in_all(person).unwrap().into_iter().map(|one| one.host).collect();
        all.sort();
        let mut sorted = lines.clone();
        sorted.sort();
        assert_eq!(sorted, all);
        lines
    };
    kept.store.delete_connection(&summit.id, false).unwrap();
    assert_eq!(hosts(&ada), ["lists.example", "harbor.example", "elsewhere.example"]);
    assert_eq!(hosts(&bob), ["lists.example", "signin.example:8443"]);
    // What comes too late is about nobody who is here.
    kept.store.note_sent(&lines[..1]).unwrap();
    assert_eq!(hosts(&ada).len(), 3);
    kept.store.erase_person(&ada).unwrap();
    kept.store.note_sent(&lines[2..3]).unwrap();
    assert_eq!(hosts(&ada), ["lists.example"]);
    assert_eq!(hosts(&bob).len(), 2);
}
