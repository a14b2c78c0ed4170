//! What the tests share: a client with short waits, and answers in few words.

use std::time::Duration;

use chrono::Utc;
use serde_json::Value;
use wholechart_smart::{Http, HttpSettings, OnBehalf, RetryPolicy};
use wiremock::matchers::{method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

/// Waits as short as they can be, so that retries cost nothing.
pub(crate) fn http() -> Http {
    let wait = Duration::from_millis(1);
    let timeout = Duration::from_secs(5);
    let retry = RetryPolicy { times: 3, first_wait: wait, longest_wait: wait, longest_retry_after: timeout };
    let settings = HttpSettings {
        connect_timeout: timeout,
        read_timeout: timeout,
        total_timeout: timeout,
        retry,
        page_limit: 64 << 10,
        document_limit: 128 << 10,
        ..HttpSettings::default()
    };
    // The servers of these tests are on this computer, as if their addresses had been typed.
    let named = ["127.0.0.1", "localhost"].map(str::to_owned).to_vec();
    let on = OnBehalf { named, ..OnBehalf::default() };
    Http::new(settings, Utc::now).unwrap().on_behalf(on)
}

pub(crate) fn json(status: u16, body: &Value) -> ResponseTemplate {
    ResponseTemplate::new(status).set_body_raw(body.to_string(), "application/json")
}

pub(crate) fn html(status: u16, body: &str) -> ResponseTemplate {
    ResponseTemplate::new(status).set_body_raw(body.to_owned(), "text/html")
}

pub(crate) async fn get(server: &MockServer, at: &str, answer: ResponseTemplate) {
    Mock::given(method("GET")).and(path(at)).respond_with(answer).mount(server).await;
}

pub(crate) async fn post(server: &MockServer, at: &str, answer: ResponseTemplate) {
    Mock::given(method("POST")).and(path(at)).respond_with(answer).mount(server).await;
}

/// A port of this machine on which nobody listens.
pub(crate) async fn closed_port() -> u16 {
    let socket = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    socket.local_addr().unwrap().port()
}
