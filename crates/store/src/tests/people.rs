//! People, connections, secrets, settings.

use secrecy::ExposeSecret;
use serde_json::json;
use wholechart_record::PersonId;

use super::{Kept, ada, at, connection, id, page, person, result, vaccine};
use crate::{ConnectionState, Counts, Filter, StoreError, Tokens};

#[test]
fn what_is_saved_comes_back() {
    let kept = Kept::with(&["summit", "harbor"]).reopened();
    assert_eq!(kept.store.persons().unwrap(), [person("ada")]);
    assert_eq!(kept.store.person(&ada()).unwrap(), person("ada"));
    let nobody = kept.store.person(&PersonId("bob".into()));
    assert!(matches!(nobody, Err(StoreError::NoSuch("person"))), "{nobody:?}");
    assert_eq!(
        kept.store.connections(Some(&ada())).unwrap(),
        [connection("summit", "ada"), connection("harbor", "ada")]
    );
    assert_eq!(kept.store.connections(Some(&PersonId("bob".into()))).unwrap(), []);
    let mut changed = connection("summit", "ada");
    changed.state = ConnectionState::SignInNeeded;
    changed.name = "Summit General".into();
    kept.store.save_connection(&changed).unwrap();
    assert_eq!(kept.store.connection(&id("summit")).unwrap(), Some(changed));
    assert_eq!(kept.store.connection(&id("nowhere")).unwrap(), None);
}

#[test]
fn a_connection_belongs_to_somebody_and_stays_theirs() {
    let kept = Kept::with(&["summit"]);
    assert!(matches!(
        kept.store.save_connection(&connection("x", "nobody")),
        Err(StoreError::NoSuch("person"))
    ));
    kept.store.save_person(&person("bob")).unwrap();
    kept.store.save_connection(&connection("summit", "bob")).unwrap();
    assert_eq!(kept.store.connection(&id("summit")).unwrap().unwrap().person, ada());
}

#[test]
fn tokens_and_secrets_come_back_and_do_not_show_themselves() {
    let kept = Kept::with(&["summit"]);
    let tokens = Tokens {
        access: "access-secret".into(),
        refresh: Some("refresh-secret".into()),
        expires_at: Some(at(60)),
        scope: "patient/*.read".into(),
    };
    assert!(!format!("{tokens:?}").contains("-secret"));
    assert!(kept.store.tokens(&id("summit")).unwrap().is_none());
    let summit = connection("summit", "ada");
    kept.store.keep_sign_in(&summit, &tokens, Some(&"client-secret".into())).unwrap();
    let kept = kept.reopened();
    let back = kept.store.tokens(&id("summit")).unwrap().unwrap();
    assert_eq!(back.access.expose_secret(), "access-secret");
    assert_eq!(back.refresh.unwrap().expose_secret(), "refresh-secret");
    assert_eq!((back.expires_at, back.scope.as_str()), (Some(at(60)), "patient/*.read"));
    assert_eq!(kept.store.client_secret(&id("summit")).unwrap().unwrap().expose_secret(), "client-secret");
    kept.store
        .save_tokens(&id("summit"), &Tokens { refresh: None, expires_at: None, ..tokens.clone() })
        .unwrap();
    assert!(kept.store.tokens(&id("summit")).unwrap().unwrap().refresh.is_none());
    kept.store.keep_sign_in(&summit, &tokens, None).unwrap();
    assert!(
        kept.store.client_secret(&id("summit")).unwrap().is_none(),
        "that of an older registration is gone"
    );
    assert!(matches!(kept.store.save_tokens(&id("x"), &tokens), Err(StoreError::NoSuch("connection"))));
}

#[test]
fn what_holds_a_record_shows_ids_and_lengths_to_programmers() {
    let rosa = crate::Person { name: "Rosa Invented".into(), ..person("rosa") };
    assert_eq!(format!("{rosa:?}"), "Person { id: PersonId(\"rosa\"), .. }");
    let file = crate::StoredFile { bytes: b"Rosa Invented".to_vec(), content_type: None };
    assert_eq!(format!("{file:?}"), "StoredFile { content_type: None, bytes: 13, .. }");
}

fn grant(access: &str) -> Tokens {
    Tokens { access: access.into(), refresh: Some("r".into()), expires_at: None, scope: String::new() }
}

#[test]
fn a_sign_in_is_kept_whole_or_not_at_all() {
    let kept = Kept::with(&["summit"]);
    let before = connection("summit", "ada");
    kept.store.keep_sign_in(&before, &grant("a"), Some(&"secret".into())).unwrap();
    kept.store.with_writer(|db| {
        db.execute_batch(
            "CREATE TEMP TRIGGER full BEFORE UPDATE ON main.token BEGIN SELECT RAISE(ABORT, 'no room'); END",
        )
        .unwrap();
    });
    let again = crate::Connection { name: "Summit General".into(), ..before.clone() };
    assert!(kept.store.keep_sign_in(&again, &grant("b"), Some(&"other".into())).is_err());
    assert_eq!(kept.store.connection(&id("summit")).unwrap(), Some(before));
    assert_eq!(kept.store.client_secret(&id("summit")).unwrap().unwrap().expose_secret(), "secret");
    assert_eq!(kept.store.tokens(&id("summit")).unwrap().unwrap().access.expose_secret(), "a");
}

#[test]
fn a_connection_is_given_with_its_sign_in_whole_or_not_at_all() {
    let kept = Kept::with(&["summit"]);
    kept.store.keep_sign_in(&connection("summit", "ada"), &grant("a"), Some(&"secret".into())).unwrap();
    let (bob, moved) = (person("bob"), connection("moved", "bob"));
    kept.store.with_writer(|db| {
        db.execute_batch(
            "CREATE TEMP TRIGGER full BEFORE DELETE ON main.connection BEGIN SELECT RAISE(ABORT, 'no room'); END",
        )
        .unwrap();
    });
    assert!(kept.store.give(&id("summit"), &bob, &moved).is_err());
    assert_eq!(kept.store.persons().unwrap(), [person("ada")]);
    assert_eq!(kept.store.connections(None).unwrap(), [connection("summit", "ada")]);
    assert!(kept.store.tokens(&id("summit")).unwrap().is_some());

    kept.store.with_writer(|db| db.execute_batch("DROP TRIGGER full").unwrap());
    kept.store.give(&id("summit"), &bob, &moved).unwrap();
    assert_eq!(kept.store.persons().unwrap(), [person("ada"), bob]);
    assert_eq!(kept.store.connections(None).unwrap(), [moved]);
    assert_eq!(kept.store.tokens(&id("moved")).unwrap().unwrap().access.expose_secret(), "a");
    assert_eq!(kept.store.client_secret(&id("moved")).unwrap().unwrap().expose_secret(), "secret");
    assert!(matches!(
        kept.store.give(&id("summit"), &person("bob"), &connection("x", "bob")),
        Err(StoreError::NoSuch("connection"))
    ));
}

#[test]
fn tokens_that_the_file_does_not_take_are_kept_as_soon_as_it_does() {
    let kept = Kept::with(&["summit"]);
    kept.store.keep_sign_in(&connection("summit", "ada"), &grant("spent"), None).unwrap();
    let full =
        "CREATE TEMP TRIGGER full BEFORE UPDATE ON main.token BEGIN SELECT RAISE(ABORT, 'no room'); END";
    kept.store.with_writer(|db| db.execute_batch(full).unwrap());
    assert!(kept.store.save_tokens(&id("summit"), &grant("new")).is_err());
    assert!(kept.store.tokens(&id("summit")).is_err(), "the ones in the file open nothing any more");
    kept.store.with_writer(|db| db.execute_batch("DROP TRIGGER full").unwrap());
    assert_eq!(kept.store.tokens(&id("summit")).unwrap().unwrap().access.expose_secret(), "new");
    let kept = kept.reopened();
    assert_eq!(kept.store.tokens(&id("summit")).unwrap().unwrap().access.expose_secret(), "new");
}

#[test]
fn disconnecting_keeps_the_records_or_forgets_them() {
    let kept = Kept::with(&["summit", "harbor"]);
    kept.receives("summit", &[vaccine("1", "2021-10-04"), result("2", Some("2024-03-01"), 131)]);
    kept.receives("harbor", &[vaccine("1", "2021-10-04")]);
    let rows = |kept: &Kept| kept.store.timeline(&ada(), &Filter::default(), None, 50).unwrap().rows;
    assert_eq!(rows(&kept).len(), 2);
    kept.store
        .save_tokens(
            &id("summit"),
            &Tokens { access: "a".into(), refresh: None, expires_at: None, scope: String::new() },
        )
        .unwrap();

    kept.store.delete_connection(&id("summit"), true).unwrap();
    assert_eq!(kept.store.connection(&id("summit")).unwrap().unwrap().state, ConnectionState::Disconnected);
    assert!(kept.store.tokens(&id("summit")).unwrap().is_none());
    assert_eq!(
        kept.store.counts(&id("summit")).unwrap(),
        Counts { resources: 2, versions: 2, unreadable: 0 }
    );
    assert_eq!(rows(&kept)[1].sources, [id("harbor"), id("summit")]);

    let copy = kept.dir.path().join("record.db.format-0");
    std::fs::write(&copy, b"a copy of an older format").unwrap();
    kept.store.delete_connection(&id("summit"), false).unwrap();
    assert!(!copy.exists(), "what is to be forgotten is not kept in a copy");
    assert_eq!(kept.store.connection(&id("summit")).unwrap(), None);
    let left = rows(&kept);
    assert_eq!(left.len(), 1, "the shared vaccine is still told by the other");
    assert_eq!(left[0].sources, [id("harbor")]);
    kept.store.with_writer(|db| {
        for table in ["source", "resource", "version", "entry", "fact", "fact_body", "fact_member"] {
            let rows: i64 =
                db.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0)).unwrap();
            assert_eq!(rows, 1, "{table}");
        }
    });
    assert!(matches!(
        kept.store.delete_connection(&id("summit"), false),
        Err(StoreError::NoSuch("connection"))
    ));
}

#[test]
fn moving_home_moves_the_days_of_instants() {
    let kept = Kept::with(&["summit"]);
    kept.receives("summit", &[result("1", Some("2024-03-02T03:30:00Z"), 131)]);
    let day =
        || kept.store.timeline(&ada(), &Filter::default(), None, 1).unwrap().rows[0].day.unwrap().to_string();
    assert_eq!(day(), "2024-03-01");
    kept.store.save_person(&crate::Person { home_zone: chrono_tz::Europe::Berlin, ..person("ada") }).unwrap();
    assert_eq!(day(), "2024-03-02");
}

#[test]
fn one_persons_record_never_shows_in_anothers() {
    let kept = Kept::with(&["summit"]);
    kept.store.save_person(&person("bob")).unwrap();
    kept.store.save_connection(&connection("bobs", "bob")).unwrap();
    // The same vaccine on the same day, from the same base: two people, two facts.
    kept.receives("summit", &[vaccine("1", "2021-10-04")]);
    let bob = PersonId("bob".into());
    let run = kept.store.begin_run(&id("bobs"), at(0)).unwrap();
    kept.store.commit_page(page(run, "bobs", &[vaccine("1", "2021-10-04")])).unwrap();
    kept.store.refresh_facts(&bob).unwrap();
    kept.store.refresh_facts(&ada()).unwrap();
    for (person, source) in [(ada(), "summit"), (bob, "bobs")] {
        let page = kept.store.timeline(&person, &Filter::default(), None, 9).unwrap();
        assert_eq!(page.rows.iter().map(|row| row.sources.clone()).collect::<Vec<_>>(), [[id(source)]]);
        assert_eq!(kept.facts_for_summary(&person).len(), 1);
    }
}

#[test]
fn settings_are_json_by_name() {
    let kept = Kept::new();
    assert_eq!(kept.store.setting("paper").unwrap(), None);
    kept.store.set_setting("paper", &json!("letter")).unwrap();
    kept.store.set_setting("paper", &json!({"size": "a4"})).unwrap();
    let kept = kept.reopened();
    assert_eq!(kept.store.setting("paper").unwrap(), Some(json!({"size": "a4"})));
    kept.store.set_setting("paper", &json!(null)).unwrap();
    assert_eq!(kept.store.setting("paper").unwrap(), None);
}
