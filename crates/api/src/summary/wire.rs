//! The summary on paper.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A sheet or a letter, as it is printed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SummaryView {
    /// The pages as SVG, one document a page; the same layout is printed and saved.
    pub pages: Vec<String>,
    /// The paper they are laid out for.
    pub paper: Paper,
    /// Whether it lies: wider than high.
    pub turned: bool,
    /// Words about the preview for screen readers.
    pub alt: String,
    /// What there is no room for on so many pages.
    pub no_room: Option<String>,
    /// What the paper may lack: records that are still arriving, letters that no font here has.
    pub warning: Option<String>,
}

/// The summary was saved as PDF, or the user cancelled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SavedSummary {
    /// Where. `None`: the user cancelled.
    pub path: Option<String>,
    /// As in [`SummaryView`].
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

impl From<Paper> for wholechart_print::Paper {
    fn from(paper: Paper) -> Self {
        match paper {
            Paper::Letter => Self::Letter,
            Paper::A4 => Self::A4,
        }
    }
}

/// Regions whose usual paper is Letter (CLDR's territory information, `US-Letter`); everywhere else it is A4.
const LETTER: [&str; 14] =
    ["BZ", "CA", "CL", "CO", "CR", "GT", "MX", "NI", "PA", "PH", "PR", "SV", "US", "VE"];

impl Paper {
    /// What printers hold where a computer is set to be (`es_MX.UTF-8`); as in the United States where it does not say.
    pub(crate) fn usual(locale: Option<&str>) -> Paper {
        match locale.and_then(wholechart_words::region) {
            Some(region) if !LETTER.contains(&region.as_str()) => Paper::A4,
            _ => Paper::Letter,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Paper;

    #[test]
    fn paper_is_that_of_the_region() {
        for letter in ["en_US.UTF-8", "en-CA", "fr-CA", "es_MX.UTF-8", "es-US", "es", "C.UTF-8"] {
            assert_eq!(Paper::usual(Some(letter)), Paper::Letter, "{letter}");
        }
        for a4 in ["en-GB", "es_ES.UTF-8", "es-AR", "de_DE@euro"] {
            assert_eq!(Paper::usual(Some(a4)), Paper::A4, "{a4}");
        }
        assert_eq!(Paper::usual(None), Paper::Letter);
    }
}
