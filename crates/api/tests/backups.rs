//! Backups that the app makes by itself: when they are due, into which folder, and which of them go.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use url::Url;
use wholechart_api::{App, Event, Host};

use crate::corpus::record_at;
use crate::host::Quiet;
use crate::paper::ask;

const PASSPHRASE: &str = "mule lantern copper thursday";

/// A host whose clock the test turns.
struct Turned(Mutex<DateTime<Utc>>);

impl Turned {
    fn days_later(&self, days: i64) {
        let mut now = self.0.lock().unwrap();
        *now += TimeDelta::days(days);
    }
}

impl Host for Turned {
    fn open_browser(&self, url: &Url) -> Result<(), String> {
        Quiet.open_browser(url)
    }

    fn save_file(&self, name: &str, bytes: &[u8]) -> Result<Option<PathBuf>, std::io::Error> {
        Quiet.save_file(name, bytes)
    }

    fn event(&self, _: Event) {}

    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap()
    }
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|one| one.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

async fn due(app: &Arc<App>) -> Value {
    app.back_up_when_due().await.unwrap();
    ask(app, "backups", json!({})).await
}

#[tokio::test(flavor = "multi_thread")]
async fn backups_are_made_by_themselves_when_they_are_due() {
    let place = tempfile::tempdir().unwrap();
    let stick = place.path().join("stick");
    fs::create_dir(&stick).unwrap();
    let host = Arc::new(Turned(Mutex::new(Quiet.now())));
    let clock = Arc::clone(&host);
    let (app, _) = record_at(host, &place.path().join("record"), "America/New_York").await;
    assert_eq!(due(&app).await["schedule"], Value::Null, "nothing is made that nobody asked for");

    let on = json!({"folder": stick, "often": "weekly", "keep": 2, "passphrase": PASSPHRASE});
    let view = ask(&app, "scheduleBackups", on).await;
    assert_eq!(view["schedule"]["next"], Value::Null, "the first one at once: {view}");
    assert!(!view.to_string().contains(PASSPHRASE));

    // What lies there under the name of today's was not made by the schedule, and is never touched.
    fs::write(stick.join("Wholechart backup 2026-07-01.age"), "of somebody").unwrap();
    let view = due(&app).await;
    assert_eq!(view["schedule"]["next"], "July 8, 2026", "{view}");
    // Noon in Greenwich, at home.
    let last = view["last"].as_str().unwrap().replace(['\u{202f}', '\u{a0}'], " ");
    assert_eq!(last, "today, 8:00 AM");
    let first = "Wholechart backup 2026-07-01 (2).age";
    assert_eq!(names(&stick), [first, "Wholechart backup 2026-07-01.age"]);
    assert_eq!(fs::read_to_string(stick.join("Wholechart backup 2026-07-01.age")).unwrap(), "of somebody");

    // It opens with the passphrase, and holds neither that nor the schedule.
    let read = json!({"file": stick.join(first), "passphrase": PASSPHRASE});
    let read = ask(&app, "previewBackup", read).await;
    assert_eq!(read["people"].as_array().unwrap().len(), 1, "{read}");

    clock.days_later(6);
    due(&app).await;
    assert_eq!(names(&stick).len(), 2, "not due yet");
    for _ in 0..3 {
        clock.days_later(7);
        due(&app).await;
    }
    // Two are kept, and the first of the month.
    let kept = [
        first,
        "Wholechart backup 2026-07-01.age",
        "Wholechart backup 2026-07-21.age",
        "Wholechart backup 2026-07-28.age",
    ];
    assert_eq!(names(&stick), kept);

    // A folder that is not there: told, and tried again after a while.
    clock.days_later(7);
    let away = place.path().join("away");
    fs::rename(&stick, &away).unwrap();
    let view = due(&app).await;
    assert!(view["schedule"]["failed"].as_str().unwrap().contains("not there"), "{view}");
    fs::rename(&away, &stick).unwrap();
    assert!(due(&app).await["schedule"]["failed"].is_string(), "not every few seconds");
    *clock.0.lock().unwrap() += TimeDelta::hours(2);
    assert_eq!(due(&app).await["schedule"]["failed"], Value::Null);
    assert!(names(&stick).contains(&"Wholechart backup 2026-08-04.age".to_owned()));

    let view = ask(&app, "stopSchedule", json!({})).await;
    assert_eq!(view["schedule"], Value::Null);
    let before = names(&stick);
    clock.days_later(60);
    due(&app).await;
    assert_eq!(names(&stick), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_has_no_passphrase_of_other_backups_in_it() {
    let place = tempfile::tempdir().unwrap();
    let stick = place.path().join("stick");
    fs::create_dir(&stick).unwrap();
    let host = Arc::new(Turned(Mutex::new(Quiet.now())));
    let (app, _) = record_at(host, &place.path().join("record"), "America/New_York").await;
    let on = json!({"folder": stick, "often": "daily", "keep": 2, "passphrase": PASSPHRASE});
    ask(&app, "scheduleBackups", on).await;
    due(&app).await;
    let file = stick.join(&names(&stick)[0]);
    let restored = json!({"file": file, "passphrase": PASSPHRASE});
    ask(&app, "restore", restored).await;
    let view = ask(&app, "backups", json!({})).await;
    assert_eq!(view["schedule"], Value::Null, "on another computer that folder is not there: {view}");
}
