//! Settings.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    summary::wire::Paper,
    words::{Clock, DateOrder, Language},
};

/// How the window looks and speaks on this computer. Kept beside the record and readable while it is locked; nothing
/// about a person is in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct Settings {
    /// Light or dark.
    pub theme: Theme,
    /// Size of everything in per cent, 100 to 200.
    pub text_size: u16,
    /// Black on white, white on black, strong lines.
    pub high_contrast: bool,
    /// None: as the computer speaks.
    pub language: Option<Language>,
    /// Day or month first, in words, in figures and in what is typed. None: as where the computer is set to be.
    pub date_order: Option<DateOrder>,
    /// Twelve hours or twenty-four. None: as where the computer is set to be.
    pub clock: Option<Clock>,
    /// Servers for developers, with invented patients, stand among the providers.
    pub test_providers: bool,
    /// Minutes without anybody after which the record locks itself, 1 to 240. None: never.
    pub lock_after: Option<u16>,
    /// The record is locked when the window opens.
    pub lock_at_start: bool,
    /// The record is locked when the computer sleeps or its session is locked, where the host hears of it.
    pub lock_with_computer: bool,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            theme: Theme::System,
            text_size: 100,
            high_contrast: false,
            language: None,
            date_order: None,
            clock: None,
            test_providers: false,
            lock_after: Some(15),
            lock_at_start: false,
            lock_with_computer: true,
        }
    }
}

/// Light or dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Theme {
    /// As the computer is set.
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// Settings with what there is to choose from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SettingsView {
    /// What was chosen.
    pub settings: Settings,
    /// What is spoken now.
    pub language: Language,
    /// The language that is spoken when none is chosen.
    pub system_language: Language,
    /// Every language there is.
    pub languages: Vec<LanguageView>,
    /// How dates are written now.
    pub date_order: DateOrder,
    /// How hours are counted now.
    pub clock: Clock,
    /// How dates are written when nothing is chosen.
    pub system_date_order: DateOrder,
    /// How hours are counted when nothing is chosen.
    pub system_clock: Clock,
    /// The paper that is usual where the computer is set to be.
    pub paper: Paper,
    /// The window hears when the computer sleeps or its session is locked.
    pub hears_computer_lock: bool,
}

/// A language to choose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LanguageView {
    /// Which.
    pub language: Language,
    /// As its speakers call it.
    pub name: String,
}
