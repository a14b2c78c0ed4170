//! What a server says about a request: OperationOutcome.

use serde::{Deserialize, Serialize};
use wholechart_html::strip;

use crate::json::arena;
use crate::parse::parse;

/// One issue of an OperationOutcome.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutcomeIssue {
    /// `fatal`, `error`, `warning`, `information`; empty when the server left it out.
    pub severity: String,
    /// Issue type such as `not-found`; empty when the server left it out (NextGen does).
    pub code: String,
    /// The server's words: `details.text`, a display of `details`, `diagnostics` (DSTU1: `details` as a text).
    /// Not for showing as they are: they may hold a stack trace.
    pub text: String,
}

/// Reads an OperationOutcome leniently; anything else has no issues.
pub fn outcome_issues(resource: &[u8]) -> Vec<OutcomeIssue> {
    let arena = arena(resource);
    let Ok((node, _)) = parse(resource, &arena) else { return Vec::new() };
    if node.peek("resourceType") != Some("OperationOutcome") {
        return Vec::new();
    }
    let mut issues: Vec<OutcomeIssue> = node
        .all("issue")
        .into_iter()
        .map(|issue| OutcomeIssue {
            severity: issue.peek("severity").unwrap_or_default().to_owned(),
            code: issue
                .peek("code")
                .or_else(|| issue.peek("code.coding.code"))
                .unwrap_or_default()
                .to_owned(),
            text: ["details.text", "details.coding.display", "details", "diagnostics", "details.coding.code"]
                .into_iter()
                .find_map(|path| issue.peek(path))
                .unwrap_or_default()
                .to_owned(),
        })
        .collect();
    if issues.is_empty()
        && let Some(text) = node.peek("text.div").map(strip).filter(|text| !text.is_empty())
    {
        issues.push(OutcomeIssue { severity: String::new(), code: String::new(), text });
    }
    issues
}
