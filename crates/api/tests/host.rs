//! A host with nobody in front of it.

use std::path::PathBuf;

use chrono::{DateTime, TimeZone as _, Utc};
use url::Url;
use wholechart_api::{Event, Host};

/// Hears nothing, opens nothing, and it is always the same moment.
pub(crate) struct Quiet;

impl Host for Quiet {
    fn open_browser(&self, _: &Url) -> Result<(), String> {
        Err("nobody is there".to_owned())
    }

    fn save_file(&self, _: &str, _: &[u8]) -> Result<Option<PathBuf>, std::io::Error> {
        Ok(None)
    }

    fn event(&self, _: Event) {}

    fn now(&self) -> DateTime<Utc> {
        Utc.with_ymd_and_hms(2026, 7, 1, 12, 0, 0).unwrap()
    }
}
