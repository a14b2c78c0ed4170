//! A defect's own words may quote the record: they stay where they were said.

use std::{path::PathBuf, sync::Arc};

use chrono::{DateTime, Utc};
use serde_json::json;
use url::Url;
use wholechart_api::{Event, Host, dispatch};

use crate::{
    corpus::{record, record_at},
    host::Quiet,
};

/// Cuts a file's name in the middle of a letter, as a defect would: the panic quotes it.
struct Defective;

impl Host for Defective {
    fn open_browser(&self, url: &Url) -> Result<(), String> {
        Quiet.open_browser(url)
    }

    fn save_file(&self, suggested_name: &str, _: &[u8]) -> Result<Option<PathBuf>, std::io::Error> {
        panic!("end byte index 1 is not a char boundary of `{suggested_name}`")
    }

    fn event(&self, _: Event) {}

    fn now(&self) -> DateTime<Utc> {
        Quiet.now()
    }
}

#[tokio::test]
async fn what_a_panic_says_reaches_no_error() {
    let dir = tempfile::tempdir().unwrap();
    let (app, person) = record_at(Arc::new(Defective), dir.path(), "America/Chicago").await;
    let said = dispatch(&app, "saveSummaryPdf", json!({ "person": person, "paper": "letter" })).await;
    let said = said.unwrap_err();
    assert_eq!(said.details.as_deref(), Some("panicked"));
    assert!(!format!("{said:?}").contains("Corpus"), "{said:?}");
}

#[tokio::test]
async fn an_argument_that_is_not_understood_is_refused_and_not_quoted() {
    let dir = tempfile::tempdir().unwrap();
    let (app, person) = record(dir.path(), "America/Chicago").await;
    let wrong = "Quillfeather";
    let args = |name: &str, value: serde_json::Value| {
        let mut args =
            json!({ "person": person, "filter": {}, "limit": 10, "kind": "result", "list": "visits" });
        args[name] = value;
        args
    };
    for (command, name, value) in [
        ("list", "list", json!(wrong)),
        ("tests", "kind", json!(wrong)),
        ("timeline", "filter", json!({ "kinds": [wrong] })),
        ("timeline", "filter", json!({ "statuses": [wrong] })),
        ("timeline", "limit", json!(wrong)),
        ("raw", "version", json!(wrong)),
    ] {
        let said = dispatch(&app, command, args(name, value)).await.unwrap_err();
        let details = format!("{command}: the argument {name} is not what was expected");
        assert_eq!(said.details, Some(details));
        assert!(!format!("{said:?}").contains(wrong), "{said:?}");
    }
}
