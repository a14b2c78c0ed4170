//! The summary on paper.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What is current, as on the printed pages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SummaryView {
    /// The pages as SVG, one document a page; the same layout is printed and saved.
    pub pages: Vec<String>,
    /// The paper they are laid out for.
    pub paper: Paper,
    /// Words about the preview for screen readers.
    pub alt: String,
    /// Something the user should know, such as a character no font has.
    pub warning: Option<String>,
}

/// Paper sizes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Paper {
    /// 8.5 × 11 in
    Letter,
    /// 210 × 297 mm
    A4,
}
