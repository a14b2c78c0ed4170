//! One long record, taken in from files as the app does it, and a host that saves nothing.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::{DateTime, TimeZone as _, Utc};
use serde_json::{Value, json};
use url::Url;
use wholechart_api::{App, Config, Event, Host, Reader, dispatch};

struct Nobody;

impl Host for Nobody {
    fn open_browser(&self, _: &Url) -> Result<(), String> {
        Ok(())
    }

    fn save_file(&self, _: &str, _: &[u8]) -> io::Result<Option<PathBuf>> {
        Ok(None)
    }

    fn event(&self, _: Event) {}

    fn now(&self) -> DateTime<Utc> {
        Utc.with_ymd_and_hms(2026, 7, 1, 12, 0, 0).unwrap()
    }
}

pub(crate) async fn record(dir: &Path) -> (Arc<App>, String) {
    let config = Config {
        data_dir: dir.join("record"),
        profile: "bench".to_owned(),
        sample: false,
        sample_cards: Value::Null,
        sample_lists: Value::Null,
        sample_moved: BTreeMap::new(),
        keychain: None,
        passphrase: Some("a long enough passphrase".to_owned().into()),
        locale: None,
        region: None,
        reader: Reader::here(),
    };
    fs::create_dir_all(&config.data_dir).unwrap();
    let app = App::new(Arc::new(Nobody), config).unwrap();
    dispatch(&app, "appState", json!({})).await.unwrap();
    let person = json!({"id": null, "name": "Ada", "birthDate": null, "homeZone": "America/New_York"});
    let person = dispatch(&app, "savePerson", person).await.unwrap();
    (app, person["id"].as_str().unwrap().to_owned())
}

pub(crate) async fn take_in(app: &Arc<App>, person: &str, label: &str, paths: &[PathBuf]) {
    let args = json!({"person": person, "label": label, "release": null, "paths": paths, "confirmed": true});
    dispatch(app, "import", args).await.map_err(|why| why.message).unwrap();
}
