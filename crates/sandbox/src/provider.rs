//! The providers as values: what each is called, where it answers, and its vendor's manners.
//!
//! A new provider is a new value here and a few tellings in the story; a new manner is a new field with
//! the behaviour's name.

use crate::story::{CEDAR, HARBOR, LAKESIDE_DSTU2, LAKESIDE_R4, MILL, NORTHGATE, SUMMIT, Source};

/// One provider.
#[derive(Debug)]
pub(crate) struct Provider {
    pub(crate) id: &'static str,
    pub(crate) name: &'static str,
    pub(crate) place: &'static str,
    /// Practices below it, each with its place: the public list names them.
    pub(crate) branches: &'static [(&'static str, &'static str)],
    /// What patients call its portal.
    pub(crate) portal: &'static str,
    /// Its colours on the sign-in pages: ground, ink, accent; accent has 4.5:1 contrast with white.
    pub(crate) colours: [&'static str; 3],
    pub(crate) authorize: &'static str,
    pub(crate) token: &'static str,
    pub(crate) revoke: &'static str,
    /// The card names the OAuth endpoints; otherwise they are found by discovery.
    pub(crate) endpoints_in_card: bool,
    /// In the order a client should ask.
    pub(crate) bases: &'static [Base],
    pub(crate) client_id: &'static str,
    /// Present for a confidential client. It protects nothing: the provider is invented.
    pub(crate) client_secret: Option<&'static str>,
    /// Redirect addresses registered for the client; the port is free (RFC 8252 §7.3).
    pub(crate) redirects: &'static [&'static str],
    /// How the browser comes back, where it is not to this computer: the way and the address.
    pub(crate) redirect: Option<(&'static str, &'static str)>,
    /// Applications register themselves (RFC 7591); then there is no client id to begin with.
    pub(crate) registers: bool,
    /// What a client should ask for.
    pub(crate) scopes: &'static [&'static str],
    /// Behaviours a client should know of, in the words of provider cards.
    pub(crate) quirks: &'static [&'static str],
    pub(crate) user_id: &'static str,
    pub(crate) password: &'static str,
    pub(crate) manners: Manners,
}

/// One FHIR base of a provider.
#[derive(Debug)]
pub(crate) struct Base {
    /// Without a slash at the end.
    pub(crate) path: &'static str,
    pub(crate) source: Source,
    /// Content type of every FHIR answer.
    pub(crate) mime: &'static str,
    /// Types and the search parameters besides `_id` and `patient`.
    pub(crate) types: &'static [(&'static str, &'static [&'static str])],
}

/// How a provider behaves where servers differ.
#[derive(Debug)]
pub(crate) struct Manners {
    /// The token response names the patient.
    pub(crate) patient_in_token: bool,
    /// `openid` yields an `id_token` whose `fhirUser` is the patient.
    pub(crate) id_token: bool,
    /// `patient/*.read` may be asked for and unknown types are passed over; otherwise both are
    /// `invalid_scope`.
    pub(crate) wildcard_scope: bool,
    /// Without `scope` everything registered is asked for; otherwise it is `invalid_scope`.
    pub(crate) scope_optional: bool,
    /// `aud` must be sent to authorize.
    pub(crate) aud_required: bool,
    pub(crate) refresh: Refresh,
    /// `GET Patient` without parameters answers the signed-in patient.
    pub(crate) patient_search_is_me: bool,
    /// Types whose search needs one of these parameters, and the answer otherwise.
    pub(crate) needs: &'static [Need],
    /// Types whose search is refused with 400.
    pub(crate) search_unsupported: &'static [&'static str],
    /// Types refused with 403 and an empty body whatever the token says.
    pub(crate) unlicensed: &'static [&'static str],
    /// An unknown type is answered with an HTML page.
    pub(crate) html_for_unknown: bool,
    pub(crate) total: Total,
    /// `fullUrl` comes with `search.mode`.
    pub(crate) search_mode: bool,
    /// An empty search holds one `OperationOutcome` entry with mode `outcome`.
    pub(crate) outcome_when_empty: bool,
    /// `OperationOutcome.issue.code` is left out.
    pub(crate) outcome_without_code: bool,
    pub(crate) paging: Paging,
    /// The page size parameter besides `_count`.
    pub(crate) page_size_alias: Option<&'static str>,
    /// (type, usual, most); the type `*` is every other.
    pub(crate) page_sizes: &'static [(&'static str, usize, usize)],
    /// (type, page): no `next` after that page, though more follow and `total` counts them.
    pub(crate) loses_next_after: &'static [(&'static str, usize)],
    pub(crate) last_updated: LastUpdated,
    /// `application/json` alone is answered with 406.
    pub(crate) strict_accept: bool,
}

/// A search parameter a type cannot do without.
#[derive(Debug)]
pub(crate) struct Need {
    pub(crate) on: &'static str,
    pub(crate) one_of: &'static [&'static str],
    pub(crate) status: u16,
    pub(crate) words: &'static str,
}

/// What happens to a refresh token when it is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refresh {
    /// A new one is given; the old one, used again, ends the whole grant.
    Rotate,
    /// It stays good and is not sent again.
    Keep,
    /// It stays good and is sent again.
    Echo,
}

/// What `Bundle.total` says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Total {
    /// All matches.
    Matches,
    /// The entries of this page.
    PageCount,
    /// Left out.
    Absent,
}

/// How `next` is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Paging {
    /// The same question with `page=2`.
    PageNumber,
    /// `sessionID=…`, remembered by the server and forgotten after a while.
    Session,
    /// The same question with an opaque `-pageContext`.
    Context,
}

/// What becomes of `_lastUpdated`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LastUpdated {
    /// Honoured on every type.
    Everywhere,
    /// Ignored, with an outcome entry that says so; resources do not carry it.
    Ignored,
    /// Honoured on these types, refused with 400 on others and together with `date`.
    On(&'static [&'static str]),
}

/// Every way in which an application's browser can come back.
const REDIRECTS: &[&str] = &[
    "http://127.0.0.1/callback",
    "http://[::1]/callback",
    "wholechart:/callback",
    "https://localhost/callback",
];

/// The manners of a server that keeps to the standards; each provider names where it differs.
const BASE: Manners = Manners {
    patient_in_token: true,
    id_token: true,
    wildcard_scope: true,
    scope_optional: false,
    aud_required: true,
    refresh: Refresh::Rotate,
    patient_search_is_me: false,
    needs: &[],
    search_unsupported: &[],
    unlicensed: &[],
    html_for_unknown: false,
    total: Total::Matches,
    search_mode: true,
    outcome_when_empty: false,
    outcome_without_code: false,
    paging: Paging::PageNumber,
    page_size_alias: None,
    page_sizes: &[("*", 5, 10)],
    loses_next_after: &[],
    last_updated: LastUpdated::Everywhere,
    strict_accept: false,
};

/// All providers, in the order of their ports.
pub(crate) const PROVIDERS: &[Provider] = &[
    Provider {
        id: "lakeside",
        name: "Lakeside Family Medicine",
        place: "Port Alder, Wisconsin",
        branches: &[
            ("Lakeside Mill Street Practice", "Alder Falls, Wisconsin"),
            ("Lakeside Women\u{2019}s Health", "Port Alder, Wisconsin"),
        ],
        portal: "Lakeside Patient Portal",
        colours: ["#eef6f4", "#12332d", "#0b6b58"],
        authorize: "/lakeside/patient-oauth/authorize",
        token: "/lakeside/patient-oauth/token",
        revoke: "/lakeside/patient-oauth/token/revoke",
        endpoints_in_card: true,
        bases: &[
            Base {
                path: "/lakeside/fhir-api-r4/fhir/r4",
                source: LAKESIDE_R4,
                mime: "application/fhir+json; charset=utf-8",
                types: &[
                    ("AllergyIntolerance", &["date"]),
                    ("CarePlan", &["category", "status"]),
                    ("Condition", &["category", "onset-date", "clinical-status"]),
                    ("DiagnosticReport", &["category", "code", "date"]),
                    ("DocumentReference", &["type", "date", "category"]),
                    ("Encounter", &["date"]),
                    ("Goal", &["target-date", "lifecycle-status"]),
                    ("Immunization", &["date", "status"]),
                    ("Location", &["name"]),
                    ("MedicationRequest", &["status", "intent", "authoredon"]),
                    ("Observation", &["category", "code", "date", "status"]),
                    ("Organization", &["name"]),
                    ("Patient", &["identifier", "name", "birthdate"]),
                    ("Practitioner", &["name", "identifier"]),
                    ("Procedure", &["date", "status"]),
                    ("Provenance", &[]),
                ],
            },
            Base {
                path: "/lakeside/fhir-api/fhir/dstu2",
                source: LAKESIDE_DSTU2,
                mime: "application/json+fhir; charset=utf-8",
                types: &[
                    ("AllergyIntolerance", &["date"]),
                    ("CarePlan", &["category"]),
                    ("Condition", &["category", "clinicalstatus"]),
                    ("DiagnosticReport", &["category", "code", "date"]),
                    ("DocumentReference", &["type"]),
                    ("Encounter", &["date"]),
                    ("FamilyMemberHistory", &[]),
                    ("Immunization", &["date"]),
                    ("MedicationOrder", &["datewritten", "status"]),
                    ("Observation", &["category", "code", "date"]),
                    ("Organization", &["name"]),
                    ("Patient", &["name"]),
                    ("Practitioner", &["name"]),
                    ("Procedure", &["date"]),
                ],
            },
        ],
        client_id: "wholechart-sample-lakeside",
        client_secret: Some("invented-secret-of-an-invented-practice"),
        redirects: REDIRECTS,
        redirect: None,
        registers: false,
        scopes: &["launch/patient", "offline_access", "patient/*.read"],
        quirks: &[
            "patientIdFromGetPatient",
            "observationNeedsCategory",
            "carePlanNeedsCategory",
            "maxResultsParameter",
            "verifyTotals",
            "midnightUtcMeansDate",
        ],
        user_id: "rosa.whitlock",
        password: "lakeside-sample-1",
        manners: Manners {
            patient_in_token: false,
            id_token: false,
            scope_optional: true,
            aud_required: false,
            refresh: Refresh::Echo,
            patient_search_is_me: true,
            needs: &[
                Need {
                    on: "Observation",
                    one_of: &["category", "code"],
                    status: 400,
                    words: "The search must have 'code' or 'category'.",
                },
                Need {
                    on: "CarePlan",
                    one_of: &["category"],
                    status: 404,
                    words: "No valid category of care plan in the search.",
                },
            ],
            search_unsupported: &["Provenance"],
            search_mode: false,
            outcome_without_code: true,
            page_size_alias: Some("_maxresults"),
            page_sizes: &[("*", 25, 25)],
            loses_next_after: &[("Procedure", 2)],
            ..BASE
        },
    },
    Provider {
        id: "summit",
        name: "Summit General Hospital",
        place: "Bellhaven, Wisconsin",
        branches: &[("Summit Children\u{2019}s Clinic", "Granite, Wisconsin")],
        portal: "MySummit",
        colours: ["#f1f0fa", "#241c4a", "#4b3aa8"],
        authorize: "/summit/oauth2/authorize",
        token: "/summit/oauth2/token",
        revoke: "/summit/oauth2/revoke",
        endpoints_in_card: false,
        bases: &[Base {
            path: "/summit/api/FHIR/R4",
            source: SUMMIT,
            mime: "application/fhir+json; charset=utf-8",
            types: &[
                ("AllergyIntolerance", &["clinical-status"]),
                ("Binary", &[]),
                ("CarePlan", &["category", "status"]),
                ("Condition", &["category", "clinical-status"]),
                ("DiagnosticReport", &["category", "code", "date"]),
                ("DocumentReference", &["category", "type", "date"]),
                ("Encounter", &["date"]),
                ("Goal", &["lifecycle-status"]),
                ("Immunization", &["date", "status"]),
                ("Location", &[]),
                ("Medication", &[]),
                ("MedicationDispense", &["status"]),
                ("MedicationRequest", &["status", "intent"]),
                ("Observation", &["category", "code", "date"]),
                ("Organization", &[]),
                ("Patient", &["identifier", "birthdate"]),
                ("Practitioner", &["name", "identifier"]),
                ("Procedure", &["category", "date"]),
            ],
        }],
        client_id: "wholechart-sample-summit",
        client_secret: None,
        redirects: REDIRECTS,
        redirect: None,
        registers: false,
        scopes: &["launch/patient", "openid", "fhirUser", "offline_access", "patient/*.read"],
        quirks: &["observationNeedsCategory", "carePlanNeedsCategory", "totalIsPageCount", "statefulNext"],
        user_id: "rwhitlock84",
        password: "summit-sample-1",
        manners: Manners {
            needs: &[
                Need {
                    on: "Observation",
                    one_of: &["category", "code"],
                    status: 400,
                    words: "A required element is missing: category or code.",
                },
                Need {
                    on: "CarePlan",
                    one_of: &["category"],
                    status: 400,
                    words: "A required element is missing: category.",
                },
            ],
            search_unsupported: &["Binary", "Medication", "Location", "Organization"],
            unlicensed: &["MedicationDispense"],
            html_for_unknown: true,
            total: Total::PageCount,
            outcome_when_empty: true,
            paging: Paging::Session,
            page_sizes: &[("*", 20, 100)],
            last_updated: LastUpdated::Ignored,
            ..BASE
        },
    },
    Provider {
        id: "harbor",
        name: "Harbor Heart Clinic",
        place: "Port Alder, Wisconsin",
        branches: &[],
        portal: "Harbor Health Record",
        colours: ["#fbf1ef", "#431a14", "#9d2f1f"],
        authorize: "/harbor/tenants/hhc-7/oauth2/personas/patient/authorize",
        token: "/harbor/tenants/hhc-7/oauth2/token",
        revoke: "/harbor/tenants/hhc-7/oauth2/token/revoke",
        endpoints_in_card: false,
        bases: &[Base {
            path: "/harbor/dstu2/hhc-7",
            source: HARBOR,
            mime: "application/json+fhir; charset=utf-8",
            types: &[
                ("AllergyIntolerance", &["status"]),
                ("Binary", &[]),
                ("Condition", &["category", "clinicalstatus", "_lastUpdated"]),
                ("DiagnosticReport", &["date", "code", "_lastUpdated"]),
                ("DocumentReference", &["type", "created"]),
                ("Encounter", &["status"]),
                ("Immunization", &["date"]),
                ("Location", &[]),
                ("MedicationOrder", &["status"]),
                ("MedicationStatement", &["status"]),
                ("Observation", &["category", "code", "date", "_lastUpdated"]),
                ("Organization", &[]),
                ("Patient", &["identifier"]),
                ("Practitioner", &[]),
                ("Procedure", &["date"]),
            ],
        }],
        client_id: "wholechart-sample-harbor",
        client_secret: None,
        redirects: REDIRECTS,
        redirect: None,
        registers: false,
        scopes: &[
            "openid",
            "fhirUser",
            "offline_access",
            "patient/AllergyIntolerance.read",
            "patient/Binary.read",
            "patient/Condition.read",
            "patient/DiagnosticReport.read",
            "patient/DocumentReference.read",
            "patient/Encounter.read",
            "patient/Immunization.read",
            "patient/MedicationOrder.read",
            "patient/MedicationStatement.read",
            "patient/Observation.read",
            "patient/Patient.read",
            "patient/Procedure.read",
            "user/Location.read",
            "user/Organization.read",
            "user/Practitioner.read",
        ],
        quirks: &["patientIdFromIdToken", "strictAccept", "legacyMime", "binaryNeedsExactAccept"],
        user_id: "rosa-w",
        password: "harbor-sample-1",
        manners: Manners {
            patient_in_token: false,
            wildcard_scope: false,
            refresh: Refresh::Keep,
            search_unsupported: &["Binary", "Location", "Organization", "Practitioner"],
            total: Total::Absent,
            paging: Paging::Context,
            page_sizes: &[
                ("Observation", 50, 200),
                ("DiagnosticReport", 10, 100),
                ("DocumentReference", 10, 100),
                ("*", 20, 100),
            ],
            last_updated: LastUpdated::On(&["Condition", "DiagnosticReport", "Observation"]),
            strict_accept: true,
            ..BASE
        },
    },
    Provider {
        id: "northgate",
        name: "Northgate Eye Clinic",
        place: "Port Alder, Wisconsin",
        branches: &[],
        portal: "Northgate Patient Access",
        colours: ["#f0f5fb", "#13294a", "#1f5fae"],
        authorize: "/northgate/auth/authorize",
        token: "/northgate/auth/token",
        revoke: "/northgate/auth/revoke",
        endpoints_in_card: false,
        bases: &[Base {
            path: "/northgate/fhir/stu3",
            source: NORTHGATE,
            mime: "application/fhir+json; charset=utf-8",
            types: &[
                ("Condition", &["category", "clinical-status"]),
                ("Observation", &["category", "code", "date"]),
                ("Organization", &["name"]),
                ("Patient", &[]),
                ("Practitioner", &["name"]),
                ("Procedure", &["date"]),
            ],
        }],
        client_id: "wholechart-sample-northgate",
        client_secret: None,
        redirects: REDIRECTS,
        redirect: None,
        registers: false,
        scopes: &["launch/patient", "openid", "fhirUser", "offline_access", "patient/*.read"],
        quirks: &[],
        user_id: "rosa1984",
        password: "northgate-sample-1",
        manners: Manners { id_token: false, search_unsupported: &["Organization", "Practitioner"], ..BASE },
    },
    Provider {
        id: "cedar",
        name: "Cedar Street Pharmacy",
        place: "Alder Falls, Wisconsin",
        branches: &[("Cedar Street Pharmacy Downtown", "Port Alder, Wisconsin")],
        portal: "Cedar Street",
        colours: ["#f3f6ec", "#27350f", "#4f6f1a"],
        authorize: "/cedar/oauth/authorize",
        token: "/cedar/oauth/token",
        revoke: "/cedar/oauth/revoke",
        endpoints_in_card: false,
        bases: &[Base {
            path: "/cedar/fhir/r4",
            source: CEDAR,
            mime: "application/fhir+json; charset=utf-8",
            types: &[
                ("MedicationRequest", &["intent", "status"]),
                ("Organization", &[]),
                ("Patient", &[]),
                ("Practitioner", &[]),
            ],
        }],
        client_id: "",
        client_secret: None,
        redirects: &[],
        redirect: None,
        registers: true,
        scopes: &["launch/patient", "openid", "fhirUser", "offline_access", "patient/*.read"],
        quirks: &["medicationRequestNeedsIntent"],
        user_id: "rosa.w",
        password: "cedar-sample-1",
        manners: Manners {
            refresh: Refresh::Echo,
            needs: &[Need {
                on: "MedicationRequest",
                one_of: &["intent"],
                status: 403,
                words: "intent is required: order, plan",
            }],
            search_unsupported: &["Organization", "Practitioner"],
            total: Total::Absent,
            paging: Paging::Context,
            last_updated: LastUpdated::On(&[]),
            ..BASE
        },
    },
    Provider {
        id: "mill",
        name: "Old Mill Family Practice",
        place: "Alder Falls, Wisconsin",
        branches: &[],
        portal: "Old Mill Online",
        colours: ["#faf4ea", "#3d2b10", "#8a5a12"],
        authorize: "/mill/connect/authorize",
        token: "/mill/connect/token",
        revoke: "/mill/connect/revoke",
        endpoints_in_card: false,
        bases: &[Base {
            path: "/mill/r4",
            source: MILL,
            mime: "application/fhir+json; charset=utf-8",
            types: &[
                ("Immunization", &["date"]),
                ("Organization", &[]),
                ("Patient", &[]),
                ("Practitioner", &[]),
            ],
        }],
        client_id: "wholechart-sample-mill",
        client_secret: Some("not-a-secret-mill"),
        redirects: REDIRECTS,
        redirect: Some(("paste", "https://localhost/callback")),
        registers: false,
        scopes: &["launch/patient", "openid", "fhirUser", "offline_access", "patient/*.read"],
        quirks: &["patientIdFromGetPatient"],
        user_id: "whitlock-family",
        password: "mill-sample-1",
        manners: Manners {
            patient_in_token: false,
            id_token: false,
            patient_search_is_me: true,
            search_unsupported: &["Organization", "Practitioner"],
            ..BASE
        },
    },
];

/// Types every patient's record may point to; they are not chosen on the consent page.
pub(crate) const SUPPORT_TYPES: &[&str] =
    &["Binary", "Location", "Medication", "Organization", "Practitioner"];

impl Provider {
    /// The types a patient is asked about on the consent page.
    pub(crate) fn patient_types(&self) -> Vec<&'static str> {
        let mut types: Vec<&'static str> =
            self.bases.iter().flat_map(|base| base.types.iter().map(|(name, _)| *name)).collect();
        types.sort_unstable();
        types.dedup();
        types.retain(|name| !SUPPORT_TYPES.contains(name) && *name != "Provenance");
        types
    }

    /// All types of all bases.
    pub(crate) fn all_types(&self) -> Vec<&'static str> {
        let mut types: Vec<&'static str> =
            self.bases.iter().flat_map(|base| base.types.iter().map(|(name, _)| *name)).collect();
        types.sort_unstable();
        types.dedup();
        types
    }

    /// The provider as a directory card.
    pub(crate) fn card(&self, origin: &str) -> serde_json::Value {
        let mut card = serde_json::json!({
            "id": self.id,
            "name": self.name,
            "place": self.place,
            "portal": self.portal,
            "practice": null,
            "bases": self.bases.iter().map(|base| serde_json::json!({
                "release": base.source.release.as_str(),
                "url": format!("{origin}{}", base.path),
            })).collect::<Vec<_>>(),
            "scopes": self.scopes,
            "redirect": self.redirect.map_or("loopback", |(way, _)| way),
            "quirks": self.quirks,
            "sampleSignIn": { "userId": self.user_id, "password": self.password },
        });
        if self.registers {
            card["clientKinds"] = serde_json::json!(["dynamic"]);
        } else {
            card["clientId"] = self.client_id.into();
        }
        if let Some((_, address)) = self.redirect {
            card["redirectAddress"] = address.into();
        }
        if let Some(secret) = self.client_secret {
            card["clientSecret"] = secret.into();
        }
        if self.endpoints_in_card {
            card["authorize"] = format!("{origin}{}", self.authorize).into();
            card["token"] = format!("{origin}{}", self.token).into();
            card["revoke"] = format!("{origin}{}", self.revoke).into();
        }
        card
    }
}
