//! The provider's own pages: sign in, choose what to share, and what went wrong.
//!
//! Plain HTML without script or anything from elsewhere. Every page says that nothing here is real.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::Response;

use crate::provider::Provider;
use crate::server::reply;

/// Text made safe for HTML, in elements and in quoted attributes.
fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            _ => safe.push(c),
        }
    }
    safe
}

fn page(status: StatusCode, provider: &Provider, title: &str, main: &str) -> Response {
    let [ground, ink, accent] = provider.colours;
    let name = escape(provider.name);
    let portal = escape(provider.portal);
    let place = escape(provider.place);
    let html = format!(
        "<!doctype html>
<html lang=\"en\">
<head>
<meta charset=\"utf-8\">
<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">
<title>{title} - {name}</title>
<style>
  body {{ margin: 0; background: {ground}; color: {ink}; font: 1.0625rem/1.5 system-ui, sans-serif; }}
  header {{ background: {accent}; color: #fff; padding: 1rem 1.5rem; }}
  header strong {{ font-size: 1.25rem; }}
  .sample {{ margin: 0; padding: .5rem 1.5rem; background: #fff3c4; color: #3d2f00; font-weight: 600; }}
  main {{ max-width: 32rem; margin: 2rem auto; padding: 1.5rem 2rem; background: #fff; border-radius: .5rem; }}
  h1 {{ margin-top: 0; font-size: 1.375rem; }}
  label {{ display: block; margin: .75rem 0 .25rem; }}
  fieldset {{ border: 1px solid {accent}; border-radius: .375rem; }}
  fieldset label {{ margin: .25rem 0; }}
  input[type=text], input[type=password] {{ width: 100%; box-sizing: border-box; padding: .5rem;
    font: inherit; border: 1px solid #767676; border-radius: .25rem; }}
  button {{ margin: 1.25rem .75rem 0 0; padding: .625rem 1.25rem; font: inherit; border-radius: .375rem;
    border: 2px solid {accent}; background: {accent}; color: #fff; cursor: pointer; }}
  button.plain {{ background: #fff; color: {ink}; }}
  :focus-visible {{ outline: 3px solid {ink}; outline-offset: 2px; }}
  [role=alert] {{ padding: .5rem .75rem; border-left: .375rem solid #b3261e; background: #fdecea; color: #5c0f0a; }}
</style>
</head>
<body>
<header><strong>{name}</strong><br>{portal} · {place}</header>
<p class=\"sample\">Sample provider - nothing here is real</p>
<main>
<h1>{title}</h1>
{main}</main>
</body>
</html>
",
        title = escape(title),
    );
    let mut response = reply(status, "text/html; charset=utf-8", html);
    let headers = response.headers_mut();
    // No form-action: browsers apply it to the redirect after the form too, which ends at the app.
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(
            "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
        ),
    );
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(HeaderName::from_static("x-frame-options"), HeaderValue::from_static("DENY"));
    response
}

/// Portal user id and password; `wrong` re-shows it after a try that failed.
pub(crate) fn sign_in(provider: &Provider, sealed_request: &str, user_id: &str, wrong: bool) -> Response {
    let alert = if wrong {
        "<p role=\"alert\" id=\"error\">That user id and password do not belong together. Please try again.</p>\n"
    } else {
        ""
    };
    let described = if wrong { " aria-describedby=\"error\" aria-invalid=\"true\"" } else { "" };
    let main = format!(
        "{alert}<p>Sign in to {portal} to let an app read your record.</p>
<form method=\"post\" action=\"{action}\">
<input type=\"hidden\" name=\"request\" value=\"{request}\">
<label for=\"username\">Portal user id</label>
<input type=\"text\" id=\"username\" name=\"username\" value=\"{user}\" autocomplete=\"username\" autocapitalize=\"none\" spellcheck=\"false\" required autofocus{described}>
<label for=\"password\">Password</label>
<input type=\"password\" id=\"password\" name=\"password\" autocomplete=\"current-password\" required{described}>
<button type=\"submit\" id=\"sign-in\">Sign in</button>
</form>
",
        portal = escape(provider.portal),
        action = provider.authorize,
        request = escape(sealed_request),
        user = escape(user_id),
    );
    page(StatusCode::OK, provider, "Sign in", &main)
}

/// What the app asks for, one tick per kind, and the choice.
pub(crate) fn consent(
    provider: &Provider,
    sealed_sign_in: &str,
    person: &str,
    types: &[&str],
    keeps: bool,
) -> Response {
    // Two releases may have two types for one thing; a patient sees one box for it.
    let mut boxes: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for name in types {
        boxes.entry(words(name)).or_default().push(name);
    }
    let mut ticks = String::new();
    for (words, names) in boxes {
        let _ = writeln!(
            ticks,
            "<label><input type=\"checkbox\" name=\"kind\" value=\"{}\" checked> {words}</label>",
            names.join(" ")
        );
    }
    let staying = if keeps {
        "<p>The app may come back for new records without asking you to sign in again.</p>\n"
    } else {
        ""
    };
    let main = format!(
        "<p>You are signed in as {person}. The app <strong>Wholechart</strong> asks to read, and never to change, \
the records ticked here.</p>
<form method=\"post\" action=\"{action}\">
<input type=\"hidden\" name=\"signed_in\" value=\"{sealed}\">
<fieldset><legend>Share with the app</legend>
{ticks}</fieldset>
{staying}<button type=\"submit\" id=\"allow\" name=\"decision\" value=\"allow\">Allow</button>
<button type=\"submit\" id=\"deny\" name=\"decision\" value=\"deny\" class=\"plain\">Deny</button>
</form>
",
        person = escape(person),
        action = provider.authorize,
        sealed = escape(sealed_sign_in),
    );
    page(StatusCode::OK, provider, "Share your record?", &main)
}

/// Something about the request itself is wrong, so nobody is sent back to the app.
pub(crate) fn refused(provider: &Provider, words: &str) -> Response {
    let main = format!("<p role=\"alert\">{}</p>\n", escape(words));
    page(StatusCode::BAD_REQUEST, provider, "This request cannot be accepted", &main)
}

/// A type in a patient's words.
fn words(name: &str) -> &str {
    match name {
        "AllergyIntolerance" => "Allergies",
        "CarePlan" => "Care plans",
        "Condition" => "Diagnoses and health concerns",
        "DiagnosticReport" => "Reports of tests and images",
        "DocumentReference" => "Notes and documents",
        "Encounter" => "Visits",
        "FamilyMemberHistory" => "Family history",
        "Goal" => "Goals",
        "Immunization" => "Vaccines",
        "MedicationDispense" => "Medicines handed out",
        "MedicationOrder" | "MedicationRequest" => "Prescriptions",
        "MedicationStatement" => "Medicines you said you take",
        "Observation" => "Test results and vital signs",
        "Patient" => "Who you are",
        "Procedure" => "Procedures",
        other => other,
    }
}
