//! What a printed summary says of itself.

use serde_json::json;
use wholechart_api::{dispatch, wire::Paper};

use crate::corpus::record;

#[tokio::test]
async fn a_spanish_summary_says_that_it_is_spanish() {
    let dir = tempfile::tempdir().unwrap();
    let (app, person) = record(dir.path(), "America/Chicago").await;
    let says = |pdf: &[u8], words: &str| pdf.windows(words.len()).any(|window| window == words.as_bytes());
    let (_, pdf) = app.summary_pdf(person.clone(), Paper::Letter).await.unwrap();
    assert!(says(&pdf, "(en-US)") && !says(&pdf, "(es-US)"));
    let mut settings = dispatch(&app, "settings", json!({})).await.unwrap()["settings"].clone();
    settings["language"] = "es".into();
    dispatch(&app, "saveSettings", json!({ "settings": settings })).await.unwrap();
    let (_, pdf) = app.summary_pdf(person, Paper::Letter).await.unwrap();
    assert!(says(&pdf, "(es-US)") && !says(&pdf, "(en-US)"));
}
