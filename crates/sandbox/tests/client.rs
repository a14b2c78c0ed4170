//! A small client of our own: knows the protocol, nothing of the server's inside.

use std::collections::HashMap;
use std::sync::Once;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::NaiveDate;
use reqwest::header::{ACCEPT, LOCATION};
use reqwest::{Client, Response, StatusCode};
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use url::Url;
use wholechart_sandbox::{Sandbox, SandboxConfig};

pub(crate) const VERIFIER: &str = "an-invented-verifier-that-is-long-enough-to-be-one-0123456789";
pub(crate) const REDIRECT: &str = "http://127.0.0.1:53123/callback";

pub(crate) fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 7, 1).unwrap()
}

pub(crate) async fn sandbox() -> Sandbox {
    Sandbox::start(SandboxConfig::sample(today())).await.unwrap()
}

pub(crate) fn http() -> Client {
    static RING: Once = Once::new();
    RING.call_once(|| {
        // Somebody else in this process may have been first; then there is one already.
        let _ = rustls::crypto::ring::default_provider().install_default();
    });
    Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
        .timeout(Duration::from_secs(20))
        .build()
        .unwrap()
}

/// One provider, by its card.
pub(crate) struct Provider {
    pub(crate) http: Client,
    pub(crate) card: Value,
    pub(crate) authorize: String,
    pub(crate) token: String,
    pub(crate) revoke: String,
}

/// What came with a code.
pub(crate) struct Callback(pub(crate) HashMap<String, String>);

impl Callback {
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }
}

impl Provider {
    /// Reads the card and discovers the rest.
    pub(crate) async fn meet(sandbox: &Sandbox, id: &str) -> Self {
        let directory = sandbox.directory();
        let card = directory.as_array().unwrap().iter().find(|card| card["id"] == id).unwrap().clone();
        let http = http();
        let base = card["bases"][0]["url"].as_str().unwrap();
        let found: Value = http
            .get(format!("{base}/.well-known/smart-configuration"))
            .send()
            .await
            .unwrap()
            .json()
            .await
            .unwrap();
        let endpoint = |name: &str| found[name].as_str().unwrap().to_owned();
        Self {
            authorize: endpoint("authorization_endpoint"),
            token: endpoint("token_endpoint"),
            revoke: endpoint("revocation_endpoint"),
            http,
            card,
        }
    }

    pub(crate) fn base(&self, release: &str) -> String {
        let bases = self.card["bases"].as_array().unwrap();
        let base = bases.iter().find(|base| base["release"] == release).unwrap();
        base["url"].as_str().unwrap().to_owned()
    }

    pub(crate) fn scopes(&self) -> String {
        let scopes = self.card["scopes"].as_array().unwrap();
        scopes.iter().map(|scope| scope.as_str().unwrap()).collect::<Vec<_>>().join(" ")
    }

    /// The parameters of a good authorize request.
    pub(crate) fn ask(&self) -> Vec<(&'static str, String)> {
        vec![
            ("response_type", "code".to_owned()),
            ("client_id", self.card["clientId"].as_str().unwrap().to_owned()),
            ("redirect_uri", REDIRECT.to_owned()),
            ("scope", self.scopes()),
            ("state", "state-1".to_owned()),
            ("aud", self.card["bases"][0]["url"].as_str().unwrap().to_owned()),
            ("nonce", "nonce-1".to_owned()),
            ("code_challenge", URL_SAFE_NO_PAD.encode(Sha256::digest(VERIFIER))),
            ("code_challenge_method", "S256".to_owned()),
        ]
    }

    pub(crate) async fn open(&self, ask: &[(&str, String)]) -> Response {
        self.http.get(&self.authorize).query(ask).send().await.unwrap()
    }

    /// Sends the sign-in form of a page.
    pub(crate) async fn sign_in(&self, page: &str, user: &str, password: &str) -> String {
        let form =
            [("request", hidden(page, "request")), ("username", user.into()), ("password", password.into())];
        let response = self.http.post(&self.authorize).form(&form).send().await.unwrap();
        assert_eq!(response.status(), StatusCode::OK);
        response.text().await.unwrap()
    }

    /// Goes through the pages as the sample person; `kinds` picks the boxes that stay ticked.
    pub(crate) async fn consent(
        &self,
        ask: &[(&str, String)],
        decision: &str,
        kinds: impl Fn(&str) -> bool,
    ) -> Callback {
        let page = self.open(ask).await;
        assert_eq!(page.status(), StatusCode::OK);
        let page = page.text().await.unwrap();
        let who = &self.card["sampleSignIn"];
        let page =
            self.sign_in(&page, who["userId"].as_str().unwrap(), who["password"].as_str().unwrap()).await;
        let mut form = vec![("signed_in", hidden(&page, "signed_in")), ("decision", decision.to_owned())];
        for kind in boxes(&page) {
            if kinds(&kind) {
                form.push(("kind", kind));
            }
        }
        let response = self.http.post(&self.authorize).form(&form).send().await.unwrap();
        assert_eq!(response.status(), StatusCode::SEE_OTHER);
        callback(&response)
    }

    /// The usual parameters of a code's trade, with the client's proof in the body.
    pub(crate) fn trade(&self, code: &str) -> Vec<(&'static str, String)> {
        let mut form = vec![
            ("grant_type", "authorization_code".to_owned()),
            ("code", code.to_owned()),
            ("redirect_uri", REDIRECT.to_owned()),
            ("code_verifier", VERIFIER.to_owned()),
        ];
        self.prove(&mut form);
        form
    }

    pub(crate) fn prove(&self, form: &mut Vec<(&'static str, String)>) {
        form.push(("client_id", self.card["clientId"].as_str().unwrap().to_owned()));
        if let Some(secret) = self.card["clientSecret"].as_str() {
            form.push(("client_secret", secret.to_owned()));
        }
    }

    pub(crate) async fn post(&self, url: &str, form: &[(&str, String)]) -> (StatusCode, Value) {
        let response = self.http.post(url).form(form).send().await.unwrap();
        let status = response.status();
        (status, response.json().await.unwrap_or_default())
    }

    pub(crate) async fn refresh(&self, refresh_token: &str) -> (StatusCode, Value) {
        let mut form =
            vec![("grant_type", "refresh_token".to_owned()), ("refresh_token", refresh_token.to_owned())];
        self.prove(&mut form);
        self.post(&self.token, &form).await
    }

    /// Signs in and allows everything: the token response.
    pub(crate) async fn connect(&self) -> Value {
        let callback = self.consent(&self.ask(), "allow", |_| true).await;
        let (status, tokens) = self.post(&self.token, &self.trade(callback.get("code").unwrap())).await;
        assert_eq!(status, StatusCode::OK, "{tokens}");
        tokens
    }

    pub(crate) async fn get(&self, tokens: &Value, url: &str) -> Response {
        self.accepting(tokens, url, "application/fhir+json").await
    }

    pub(crate) async fn accepting(&self, tokens: &Value, url: &str, accept: &str) -> Response {
        let token = tokens["access_token"].as_str().unwrap();
        self.http.get(url).bearer_auth(token).header(ACCEPT, accept).send().await.unwrap()
    }

    pub(crate) async fn json(&self, tokens: &Value, url: &str) -> Value {
        let response = self.get(tokens, url).await;
        assert_eq!(response.status(), StatusCode::OK, "{url}");
        response.json().await.unwrap()
    }

    /// Every page of a search by its `next` links.
    pub(crate) async fn all(&self, tokens: &Value, url: &str) -> Vec<Value> {
        let mut next = Some(url.to_owned());
        let mut entries = Vec::new();
        while let Some(url) = next {
            let page = self.json(tokens, &url).await;
            entries.extend(page["entry"].as_array().cloned().unwrap_or_default());
            next = link(&page, "next");
        }
        entries
    }
}

pub(crate) fn link(page: &Value, relation: &str) -> Option<String> {
    let links = page["link"].as_array()?;
    let link = links.iter().find(|link| link["relation"] == relation)?;
    Some(link["url"].as_str()?.to_owned())
}

pub(crate) fn callback(response: &Response) -> Callback {
    let url = Url::parse(response.headers()[LOCATION].to_str().unwrap()).unwrap();
    Callback(url.query_pairs().into_owned().collect())
}

/// The value of a hidden field.
pub(crate) fn hidden(page: &str, name: &str) -> String {
    let start = format!("name=\"{name}\" value=\"");
    let from = page.find(&start).expect("the field is on the page") + start.len();
    page[from..].split('"').next().unwrap().to_owned()
}

/// The values of the consent page's boxes.
pub(crate) fn boxes(page: &str) -> Vec<String> {
    let start = "name=\"kind\" value=\"";
    page.match_indices(start)
        .map(|(at, _)| page[at + start.len()..].split('"').next().unwrap().to_owned())
        .collect()
}
