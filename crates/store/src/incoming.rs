//! One resource as it came, before it is filed.

use wholechart_fhir::{Inference, debug_without_record};

/// What stands between an id and the hash of another content that came under it, where both are kept.
pub(crate) const BESIDE: &str = "#sha256:";

/// Bytes of one resource as they came.
#[derive(Clone, PartialEq, Eq)]
pub struct Incoming {
    /// Verbatim.
    pub bytes: Vec<u8>,
    /// `resourceType` as sent.
    pub resource_type: String,
    /// `id` as sent; without it the content's hash stands for it.
    pub id: Option<String>,
    /// What it is called in its bundle (`Bundle.entry.fullUrl`).
    pub full_url: Option<String>,
    /// Running number within the page, as `wholechart_fhir::split` counts, or its byte offset in a file: names it when
    /// it cannot be read.
    pub position: u64,
    /// How its release was found. `None` where the server, or the person, said it.
    pub inferred: Option<Inference>,
}

debug_without_record!(Incoming { resource_type, id, position; bytes });
