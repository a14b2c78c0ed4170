//! OAuth 2.0 with SMART: the whole way, and every way it must not go.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use reqwest::StatusCode;
use serde_json::Value;
use wholechart_sandbox::{Sandbox, SandboxConfig};

use crate::client::{Provider, boxes, callback, sandbox, today};

#[tokio::test]
async fn every_provider_can_be_connected_and_names_the_patient_in_its_own_way() {
    let sandbox = sandbox().await;
    for id in ["lakeside", "summit", "harbor"] {
        let provider = Provider::meet(&sandbox, id).await;
        let tokens = provider.connect().await;
        assert_eq!(tokens["token_type"], "Bearer");
        assert_eq!(tokens["expires_in"], 900);
        assert!(tokens["refresh_token"].is_string());
        assert!(tokens["scope"].as_str().unwrap().contains("patient/Immunization.read"));
        let release = provider.card["bases"][0]["release"].as_str().unwrap();
        let base = provider.base(release);
        let patient = match id {
            "lakeside" => {
                assert!(tokens.get("patient").is_none() && tokens.get("id_token").is_none());
                let bundle = provider.json(&tokens, &format!("{base}/Patient")).await;
                assert_eq!(bundle["entry"].as_array().unwrap().len(), 1);
                bundle["entry"][0]["resource"]["id"].as_str().unwrap().to_owned()
            }
            "summit" => tokens["patient"].as_str().unwrap().to_owned(),
            _ => {
                assert!(tokens.get("patient").is_none());
                let claims = tokens["id_token"].as_str().unwrap().split('.').nth(1).unwrap();
                let claims: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(claims).unwrap()).unwrap();
                assert_eq!(claims["nonce"], "nonce-1");
                assert_eq!(claims["aud"], provider.card["clientId"]);
                claims["fhirUser"].as_str().unwrap().rsplit('/').next().unwrap().to_owned()
            }
        };
        let person = provider.json(&tokens, &format!("{base}/Patient/{patient}")).await;
        assert_eq!(person["birthDate"], "1984-11-02");
    }
}

#[tokio::test]
async fn the_pages_can_be_used_by_label_and_say_that_nothing_is_real() {
    let sandbox = sandbox().await;
    let provider = Provider::meet(&sandbox, "summit").await;
    let response = provider.open(&provider.ask()).await;
    let policy = response.headers()["content-security-policy"].to_str().unwrap().to_owned();
    assert!(policy.starts_with("default-src 'none'"));
    let page = response.text().await.unwrap();
    for part in [
        "<html lang=\"en\">",
        "Sample provider - nothing here is real",
        "<label for=\"username\">",
        "<label for=\"password\">",
        "id=\"username\"",
        "id=\"password\"",
        "id=\"sign-in\"",
    ] {
        assert!(page.contains(part), "{part}");
    }
    assert!(!page.contains("src=") && !page.contains("<script"));
    let again = provider.sign_in(&page, "rwhitlock84", "wrong").await;
    assert!(again.contains("role=\"alert\"") && again.contains("id=\"sign-in\""));
    assert!(again.contains("value=\"rwhitlock84\"") && !again.contains("value=\"wrong\""));
    let markup = provider.sign_in(&page, "\"><b>", "wrong").await;
    assert!(!markup.contains("<b>"));
    let consent = provider.sign_in(&page, "rwhitlock84", "summit-sample-1").await;
    assert!(consent.contains("id=\"allow\"") && consent.contains("id=\"deny\""));
    assert!(boxes(&consent).contains(&"Observation".to_owned()));
}

#[tokio::test]
async fn a_request_that_cannot_be_trusted_is_not_sent_back_to_the_app() {
    let sandbox = sandbox().await;
    let provider = Provider::meet(&sandbox, "harbor").await;
    for (name, value) in [
        ("client_id", "somebody-else"),
        ("redirect_uri", "http://127.0.0.1:53123/other"),
        ("redirect_uri", "http://127.0.0.1.example.org/callback"),
        ("redirect_uri", "https://127.0.0.1/callback"),
        ("redirect_uri", "http://127.0.0.1/callback?next=x"),
    ] {
        let mut ask = provider.ask();
        ask.iter_mut().find(|(key, _)| *key == name).unwrap().1 = value.to_owned();
        let response = provider.open(&ask).await;
        assert_eq!(response.status(), StatusCode::BAD_REQUEST, "{name}={value}");
        assert!(response.headers().get("location").is_none());
    }
}

#[tokio::test]
async fn a_faulty_request_goes_back_with_its_error_and_state() {
    let sandbox = sandbox().await;
    let provider = Provider::meet(&sandbox, "harbor").await;
    for (name, value, error) in [
        ("response_type", "token", "unsupported_response_type"),
        ("code_challenge_method", "plain", "invalid_request"),
        ("code_challenge", "short", "invalid_request"),
        ("aud", "https://example.org/fhir", "invalid_request"),
        ("scope", "patient/*.read", "invalid_scope"),
        ("scope", "patient/Spaceship.read", "invalid_scope"),
        ("scope", "patient/Observation.write", "invalid_scope"),
        ("scope", "openid", "invalid_scope"),
    ] {
        let mut ask = provider.ask();
        ask.iter_mut().find(|(key, _)| *key == name).unwrap().1 = value.to_owned();
        let response = provider.open(&ask).await;
        assert_eq!(response.status(), StatusCode::SEE_OTHER, "{name}={value}");
        let back = callback(&response);
        assert_eq!(back.get("error"), Some(error), "{name}={value}");
        assert_eq!(back.get("state"), Some("state-1"));
        assert_eq!(back.get("code"), None);
    }
    for missing in ["code_challenge", "code_challenge_method", "aud", "scope", "response_type"] {
        let mut ask = provider.ask();
        ask.retain(|(key, _)| *key != missing);
        assert!(callback(&provider.open(&ask).await).get("error").is_some(), "{missing}");
    }
}

#[tokio::test]
async fn denying_and_unticking_everything_are_both_a_refusal() {
    let sandbox = sandbox().await;
    let provider = Provider::meet(&sandbox, "lakeside").await;
    let denied = provider.consent(&provider.ask(), "deny", |_| true).await;
    assert_eq!((denied.get("error"), denied.get("state")), (Some("access_denied"), Some("state-1")));
    let empty = provider.consent(&provider.ask(), "allow", |_| false).await;
    assert_eq!(empty.get("error"), Some("access_denied"));
}

#[tokio::test]
async fn a_code_works_once_and_only_for_who_asked() {
    let sandbox = sandbox().await;
    let provider = Provider::meet(&sandbox, "summit").await;
    for (name, value) in [
        ("code_verifier", "another-verifier-that-is-long-enough-to-be-one-0123456789"),
        ("redirect_uri", "http://127.0.0.1:53124/callback"),
        ("code", "no-such-code"),
    ] {
        let code = provider.consent(&provider.ask(), "allow", |_| true).await;
        let mut form = provider.trade(code.get("code").unwrap());
        form.iter_mut().find(|(key, _)| *key == name).unwrap().1 = value.to_owned();
        let (status, body) = provider.post(&provider.token, &form).await;
        assert_eq!(
            (status, body["error"].as_str()),
            (StatusCode::BAD_REQUEST, Some("invalid_grant")),
            "{name}"
        );
    }

    let code = provider.consent(&provider.ask(), "allow", |_| true).await;
    let form = provider.trade(code.get("code").unwrap());
    let (status, tokens) = provider.post(&provider.token, &form).await;
    assert_eq!(status, StatusCode::OK);
    let patient = format!("{}/Patient/{}", provider.base("r4"), tokens["patient"].as_str().unwrap());
    assert_eq!(provider.get(&tokens, &patient).await.status(), StatusCode::OK);
    let (status, body) = provider.post(&provider.token, &form).await;
    assert_eq!((status, body["error"].as_str()), (StatusCode::BAD_REQUEST, Some("invalid_grant")));
    // What came of the first use ends with the second.
    assert_eq!(provider.get(&tokens, &patient).await.status(), StatusCode::UNAUTHORIZED);
    let (status, _) = provider.refresh(tokens["refresh_token"].as_str().unwrap()).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_code_and_an_access_token_grow_old() {
    let config = SandboxConfig { code_life: Duration::ZERO, ..SandboxConfig::sample(today()) };
    let sandbox = Sandbox::start(config).await.unwrap();
    let provider = Provider::meet(&sandbox, "harbor").await;
    let code = provider.consent(&provider.ask(), "allow", |_| true).await;
    let (status, body) = provider.post(&provider.token, &provider.trade(code.get("code").unwrap())).await;
    assert_eq!((status, body["error"].as_str()), (StatusCode::BAD_REQUEST, Some("invalid_grant")));

    let config = SandboxConfig { access_token_life: Duration::ZERO, ..SandboxConfig::sample(today()) };
    let sandbox = Sandbox::start(config).await.unwrap();
    let provider = Provider::meet(&sandbox, "lakeside").await;
    let tokens = provider.connect().await;
    let response = provider.get(&tokens, &format!("{}/Patient", provider.base("r4"))).await;
    assert_eq!(response.status(), StatusCode::UNAUTHORIZED);
    assert!(response.headers()["www-authenticate"].to_str().unwrap().contains("invalid_token"));
}

#[tokio::test]
async fn a_confidential_client_shows_its_secret_in_one_of_two_ways() {
    let sandbox = sandbox().await;
    let provider = Provider::meet(&sandbox, "lakeside").await;
    let (id, secret) =
        (provider.card["clientId"].as_str().unwrap(), provider.card["clientSecret"].as_str().unwrap());
    let code = provider.consent(&provider.ask(), "allow", |_| true).await;
    let form = provider.trade(code.get("code").unwrap());
    let bare: Vec<_> = form.iter().filter(|(key, _)| !key.starts_with("client_")).cloned().collect();

    let (status, body) = provider.post(&provider.token, &bare).await;
    assert_eq!((status, body["error"].as_str()), (StatusCode::UNAUTHORIZED, Some("invalid_client")));
    let wrong =
        provider.http.post(&provider.token).basic_auth(id, Some("wrong")).form(&bare).send().await.unwrap();
    assert_eq!(wrong.status(), StatusCode::UNAUTHORIZED);
    assert!(wrong.headers().contains_key("www-authenticate"));
    let twice =
        provider.http.post(&provider.token).basic_auth(id, Some(secret)).form(&form).send().await.unwrap();
    assert_eq!(twice.status(), StatusCode::BAD_REQUEST);
    // None of these used the code up: the client was not even known.
    let basic =
        provider.http.post(&provider.token).basic_auth(id, Some(secret)).form(&bare).send().await.unwrap();
    assert_eq!(basic.status(), StatusCode::OK);

    let summit = Provider::meet(&sandbox, "summit").await;
    let code = summit.consent(&summit.ask(), "allow", |_| true).await;
    let mut form = summit.trade(code.get("code").unwrap());
    form.push(("client_secret", "a-public-client-has-none".to_owned()));
    assert_eq!(summit.post(&summit.token, &form).await.0, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn refresh_tokens_rotate_at_summit_stay_at_harbor_and_echo_at_lakeside() {
    let sandbox = sandbox().await;
    let summit = Provider::meet(&sandbox, "summit").await;
    let first = summit.connect().await;
    let first = first["refresh_token"].as_str().unwrap();
    let (_, second) = summit.refresh(first).await;
    let second_refresh = second["refresh_token"].as_str().unwrap();
    assert_ne!(first, second_refresh);
    let (status, third) = summit.refresh(second_refresh).await;
    assert_eq!(status, StatusCode::OK);
    // The first one again: thief or lost answer, the whole grant ends.
    let (status, body) = summit.refresh(first).await;
    assert_eq!((status, body["error"].as_str()), (StatusCode::BAD_REQUEST, Some("invalid_grant")));
    let (status, _) = summit.refresh(third["refresh_token"].as_str().unwrap()).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    let patient = format!("{}/Patient/{}", summit.base("r4"), third["patient"].as_str().unwrap());
    assert_eq!(summit.get(&third, &patient).await.status(), StatusCode::UNAUTHORIZED);

    let harbor = Provider::meet(&sandbox, "harbor").await;
    let tokens = harbor.connect().await;
    let refresh = tokens["refresh_token"].as_str().unwrap();
    for _ in 0..2 {
        let (status, again) = harbor.refresh(refresh).await;
        assert_eq!(status, StatusCode::OK);
        assert!(again["access_token"].is_string() && again.get("refresh_token").is_none());
    }

    let lakeside = Provider::meet(&sandbox, "lakeside").await;
    let tokens = lakeside.connect().await;
    let (_, again) = lakeside.refresh(tokens["refresh_token"].as_str().unwrap()).await;
    assert_eq!(again["refresh_token"], tokens["refresh_token"]);

    // Without offline_access there is none.
    let mut ask = harbor.ask();
    let scope = &mut ask.iter_mut().find(|(key, _)| *key == "scope").unwrap().1;
    *scope = scope.replace("offline_access ", "");
    let code = harbor.consent(&ask, "allow", |_| true).await;
    let (_, tokens) = harbor.post(&harbor.token, &harbor.trade(code.get("code").unwrap())).await;
    assert!(tokens["access_token"].is_string() && tokens.get("refresh_token").is_none());
}

#[tokio::test]
async fn a_refresh_may_narrow_the_scopes_but_not_widen_them() {
    let sandbox = sandbox().await;
    let harbor = Provider::meet(&sandbox, "harbor").await;
    let mut ask = harbor.ask();
    ask.iter_mut().find(|(key, _)| *key == "scope").unwrap().1 =
        "offline_access patient/Patient.read patient/Condition.read".to_owned();
    let code = harbor.consent(&ask, "allow", |_| true).await;
    let (_, tokens) = harbor.post(&harbor.token, &harbor.trade(code.get("code").unwrap())).await;
    for (scope, status) in [
        ("patient/Condition.read", StatusCode::OK),
        ("patient/Condition.read patient/Observation.read", StatusCode::BAD_REQUEST),
    ] {
        let mut form = vec![
            ("grant_type", "refresh_token".to_owned()),
            ("refresh_token", tokens["refresh_token"].as_str().unwrap().to_owned()),
            ("scope", scope.to_owned()),
        ];
        harbor.prove(&mut form);
        assert_eq!(harbor.post(&harbor.token, &form).await.0, status, "{scope}");
    }
}

#[tokio::test]
async fn revoking_ends_a_grant_or_one_token() {
    let sandbox = sandbox().await;
    let lakeside = Provider::meet(&sandbox, "lakeside").await;
    let url = format!("{}/Patient", lakeside.base("r4"));
    let tokens = lakeside.connect().await;
    let revoke = |token: &str| {
        let mut form = vec![("token", token.to_owned())];
        lakeside.prove(&mut form);
        form
    };
    let access = tokens["access_token"].as_str().unwrap();
    let refresh = tokens["refresh_token"].as_str().unwrap();
    assert_eq!(lakeside.post(&lakeside.revoke, &revoke("unknown")).await.0, StatusCode::OK);
    assert_eq!(lakeside.get(&tokens, &url).await.status(), StatusCode::OK);
    assert_eq!(lakeside.post(&lakeside.revoke, &revoke(access)).await.0, StatusCode::OK);
    assert_eq!(lakeside.get(&tokens, &url).await.status(), StatusCode::UNAUTHORIZED);
    let (_, fresh) = lakeside.refresh(refresh).await;
    assert_eq!(lakeside.get(&fresh, &url).await.status(), StatusCode::OK);
    assert_eq!(lakeside.post(&lakeside.revoke, &revoke(refresh)).await.0, StatusCode::OK);
    assert_eq!(lakeside.get(&fresh, &url).await.status(), StatusCode::UNAUTHORIZED);
    assert_eq!(lakeside.refresh(refresh).await.0, StatusCode::BAD_REQUEST);
    let (status, _) = lakeside.post(&lakeside.revoke, &[("token", refresh.to_owned())]).await;
    assert_eq!(status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn what_was_not_shared_is_refused_and_a_token_is_good_at_one_provider_only() {
    let sandbox = sandbox().await;
    let lakeside = Provider::meet(&sandbox, "lakeside").await;
    let code = lakeside.consent(&lakeside.ask(), "allow", |kind| kind != "Condition").await;
    let (_, tokens) = lakeside.post(&lakeside.token, &lakeside.trade(code.get("code").unwrap())).await;
    assert!(!tokens["scope"].as_str().unwrap().contains("Condition"));
    let base = lakeside.base("r4");
    let me = lakeside.json(&tokens, &format!("{base}/Patient")).await;
    let me = me["entry"][0]["resource"]["id"].as_str().unwrap();
    let refused = lakeside.get(&tokens, &format!("{base}/Condition?patient={me}")).await;
    assert_eq!(refused.status(), StatusCode::FORBIDDEN);
    let outcome: Value = refused.json().await.unwrap();
    assert_eq!(outcome["resourceType"], "OperationOutcome");
    // The same grant at the other base of the gateway.
    let old = lakeside.base("dstu2");
    assert_eq!(lakeside.get(&tokens, &format!("{old}/Patient")).await.status(), StatusCode::OK);
    let other = lakeside.get(&tokens, &format!("{base}/Immunization?patient=somebody-else")).await;
    assert_eq!(other.status(), StatusCode::FORBIDDEN);

    let summit = Provider::meet(&sandbox, "summit").await;
    let foreign = summit.get(&tokens, &format!("{}/Patient/x", summit.base("r4"))).await;
    assert_eq!(foreign.status(), StatusCode::UNAUTHORIZED);
    let none = summit.http.get(format!("{}/Patient/x", summit.base("r4"))).send().await.unwrap();
    assert_eq!(none.status(), StatusCode::UNAUTHORIZED);
    // A refresh token is no access token.
    let swapped = serde_json::json!({ "access_token": tokens["refresh_token"] });
    assert_eq!(lakeside.get(&swapped, &format!("{base}/Patient")).await.status(), StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn tokens_outlive_a_restart_on_the_same_ports() {
    // Another process may have one of the ports, so a few tries are fair.
    for attempt in 0..20_u16 {
        let config = SandboxConfig { port: Some(22_170 + attempt * 7), ..SandboxConfig::sample(today()) };
        let first = Sandbox::start(config.clone()).await.unwrap();
        if !first.moved().is_empty() {
            continue;
        }
        let origin = first.origin();
        let summit = Provider::meet(&first, "summit").await;
        let tokens = summit.connect().await;
        first.stop().await;
        let second = Sandbox::start(config.clone()).await.unwrap();
        assert_eq!(second.origin(), origin);
        let patient = format!("{}/Patient/{}", summit.base("r4"), tokens["patient"].as_str().unwrap());
        assert_eq!(summit.get(&tokens, &patient).await.status(), StatusCode::OK);
        let (status, _) = summit.refresh(tokens["refresh_token"].as_str().unwrap()).await;
        assert_eq!(status, StatusCode::OK);
        second.stop().await;
        let other = Sandbox::start(SandboxConfig { seed: 7, ..config }).await.unwrap();
        assert_eq!(summit.get(&tokens, &patient).await.status(), StatusCode::UNAUTHORIZED);
        other.stop().await;
        return;
    }
    panic!("no six neighbouring ports were free");
}

#[tokio::test]
async fn a_provider_whose_port_is_taken_listens_elsewhere_under_its_own_address() {
    let config = SandboxConfig { port: Some(23_170), ..SandboxConfig::sample(today()) };
    // These listen on their own ports, or somebody else does: either way all of them are taken now.
    let first = Sandbox::start(config.clone()).await.unwrap();
    let second = Sandbox::start(config).await.unwrap();
    assert_eq!(second.origins(), first.origins(), "the addresses are those of before");
    assert_eq!(second.moved().into_keys().collect::<Vec<_>>(), (23_170..23_176).collect::<Vec<_>>());
    let card = &second.directory()[0];
    let base = card["bases"][0]["url"].as_str().unwrap();
    assert!(base.starts_with(&second.origin()), "{base}");
    let moved = base.replacen("23170", &second.moved()[&23_170].to_string(), 1);
    let page = crate::client::http().get(format!("{moved}/metadata")).send().await.unwrap();
    assert_eq!(page.status(), StatusCode::OK);
    second.stop().await;
    first.stop().await;
}
