//! Whose record a grant opens (SMART App Launch leaves several ways, and servers use all of them).

use serde_json::Value;
use wholechart_fhir::tree;

use crate::card::{Quirk, Quirks};
use crate::fetch::{Accept, FetchError, FhirClient};
use crate::token::{Grant, claims};
use crate::words::server_words;
use secrecy::ExposeSecret;
use wholechart_fhir::debug_without_record;

/// A patient to choose from, in the server's own words.
#[derive(Clone, PartialEq, Eq)]
pub struct PatientChoice {
    /// The id at this base.
    pub id: String,
    /// Name.
    pub name: Option<String>,
    /// Birth date as sent.
    pub birth_date: Option<String>,
}

debug_without_record!(PatientChoice { id });

/// Why the patient is not known.
#[derive(Debug, thiserror::Error)]
pub enum PatientError {
    /// The sign-in opens several records (a parent's and a child's): the user has to choose. Never the first.
    #[error("the sign-in opens several records")]
    Several(Vec<PatientChoice>),
    /// The server names no patient in any way it could.
    #[error("the provider's server does not say whose record this is")]
    NotFound,
    /// The server refused to say.
    #[error("the provider's server refused to say whose record this is (status {status})")]
    Refused {
        /// HTTP status.
        status: u16,
        /// Its cleaned words.
        words: Option<String>,
    },
    /// On the way.
    #[error(transparent)]
    Fetch(#[from] FetchError),
}

/// Claims of JWT access tokens that hold a patient's id.
const JWT_CLAIMS: [&str; 3] = ["patient", "local_patient_id", "patient_id"];

/// The patient's id at this base: from the token response, then `fhirUser`, then a claim inside the access token,
/// then `GET Patient`.
pub async fn find_patient(
    client: &FhirClient,
    grant: &Grant,
    quirks: &Quirks,
) -> Result<String, PatientError> {
    let from_user = grant.fhir_user.as_deref().and_then(patient_of);
    let told = match &grant.patient {
        Some(id) if from_user.is_none() || !quirks.has(Quirk::PatientIdFromIdToken) => Some(id.clone()),
        _ => from_user,
    };
    // A gateway with two bases may know the patient under another id at the second one: a server that answers
    // `GET Patient` with the signed-in patient is asked at each.
    if let Some(id) = told.filter(|_| !quirks.has(Quirk::PatientIdFromGetPatient)) {
        return Ok(id);
    }
    if let Some(claims) = claims(grant.access_token.expose_secret()) {
        let found = JWT_CLAIMS.iter().find_map(|name| claims[*name].as_str().filter(|id| !id.is_empty()));
        let found = found.filter(|_| quirks.has(Quirk::PatientIdInJwt)).map(str::to_owned);
        if let Some(id) = found.or_else(|| claims["fhirUser"].as_str().and_then(patient_of)) {
            return Ok(id);
        }
    }
    let answer = client.get("Patient", &Accept::Fhir).await?;
    let value = tree(&answer.bytes).unwrap_or_default();
    if !answer.is_success() {
        let words = value["issue"].as_array().into_iter().flatten().find_map(|issue| {
            issue["diagnostics"].as_str().or_else(|| issue["details"]["text"].as_str()).map(server_words)
        });
        return Err(PatientError::Refused {
            status: answer.status,
            words: words.filter(|words| !words.is_empty()),
        });
    }
    let mut patients = patients(&value);
    match patients.len() {
        0 => Err(PatientError::NotFound),
        1 => Ok(patients.remove(0).id),
        _ => Err(PatientError::Several(patients)),
    }
}

/// The id in `Patient/{id}`, absolute or relative, with or without a version. A practitioner or a relative who signs
/// in for somebody is not the patient.
fn patient_of(fhir_user: &str) -> Option<String> {
    let path = fhir_user.split(['?', '#']).next()?;
    let mut parts = path.split('/').skip_while(|part| *part != "Patient").skip(1);
    parts.next().filter(|id| !id.is_empty()).map(str::to_owned)
}

/// Each patient of an answer once: a bare Patient or a Bundle.
fn patients(answer: &Value) -> Vec<PatientChoice> {
    let entries = answer["entry"].as_array().into_iter().flatten().map(|entry| &entry["resource"]);
    let mut choices: Vec<PatientChoice> = Vec::new();
    for patient in std::iter::once(answer).chain(entries) {
        if patient["resourceType"].as_str() != Some("Patient") {
            continue;
        }
        let Some(id) = patient["id"].as_str() else { continue };
        if choices.iter().any(|choice| choice.id == id) {
            continue;
        }
        choices.push(PatientChoice {
            id: id.to_owned(),
            name: patient["name"].as_array().and_then(|names| names.iter().find_map(human_name)),
            birth_date: patient["birthDate"].as_str().map(str::to_owned),
        });
    }
    choices
}

/// `text`, else given and family; in DSTU2 both are lists.
fn human_name(name: &Value) -> Option<String> {
    if let Some(text) = name["text"].as_str().filter(|text| !text.trim().is_empty()) {
        return Some(text.trim().to_owned());
    }
    let list = |value: &Value| -> Vec<String> {
        match value {
            Value::String(one) => vec![one.clone()],
            Value::Array(many) => many.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
            _ => Vec::new(),
        }
    };
    let parts = [list(&name["given"]), list(&name["family"])].concat();
    Some(parts.join(" ")).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fhir_user_names_a_patient_or_nobody() {
        assert_eq!(patient_of("Patient/7").as_deref(), Some("7"));
        assert_eq!(patient_of("https://f.example/r4/Patient/a.b-9/_history/2").as_deref(), Some("a.b-9"));
        assert_eq!(patient_of("https://f.example/r4/RelatedPerson/3"), None);
        assert_eq!(patient_of("Patient/"), None);
    }
}
