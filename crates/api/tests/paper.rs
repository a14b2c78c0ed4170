//! What a printed summary says of itself.

use std::{
    path::PathBuf,
    sync::{Arc, Mutex},
};

use chrono::{DateTime, Utc};
use serde_json::json;
use url::Url;
use wholechart_api::{Event, Host, dispatch};

use crate::{corpus::record_at, host::Quiet};

/// Keeps the last file that was saved.
#[derive(Default)]
struct Keeps(Mutex<Vec<u8>>);

impl Host for Keeps {
    fn open_browser(&self, url: &Url) -> Result<(), String> {
        Quiet.open_browser(url)
    }

    fn save_file(&self, suggested_name: &str, bytes: &[u8]) -> Result<Option<PathBuf>, std::io::Error> {
        bytes.clone_into(&mut self.0.lock().unwrap());
        Ok(Some(suggested_name.into()))
    }

    fn event(&self, _: Event) {}

    fn now(&self) -> DateTime<Utc> {
        Quiet.now()
    }
}

#[tokio::test]
async fn a_spanish_summary_says_that_it_is_spanish() {
    let dir = tempfile::tempdir().unwrap();
    let host = Arc::new(Keeps::default());
    let (app, person) = record_at(host.clone(), dir.path(), "America/Chicago").await;
    let says =
        |words: &str| host.0.lock().unwrap().windows(words.len()).any(|window| window == words.as_bytes());
    let save = json!({ "person": person, "paper": "letter" });
    let saved = dispatch(&app, "saveSummaryPdf", save.clone()).await.unwrap();
    assert_eq!(saved["path"], "Health summary Corpus 2026-07-01.pdf");
    assert!(says("(en-US)") && !says("(es-US)"));
    let mut settings = dispatch(&app, "settings", json!({})).await.unwrap()["settings"].clone();
    settings["language"] = "es".into();
    dispatch(&app, "saveSettings", json!({ "settings": settings })).await.unwrap();
    dispatch(&app, "saveSummaryPdf", save).await.unwrap();
    assert!(says("(es-US)") && !says("(en-US)"));
}
