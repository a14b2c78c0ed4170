//! What can be said when the app is started.

use std::path::PathBuf;

use clap::Parser;
use wholechart_api::profile;

/// One chart from every provider, on your own computer.
#[derive(Debug, Clone, Parser)]
#[command(name = "wholechart", version)]
pub struct Options {
    /// Explore with invented providers and an invented person, in a profile of its own.
    #[arg(long)]
    pub sample: bool,
    /// Which record to open; each profile has a folder and a key of its own.
    #[arg(long, value_name = "NAME")]
    pub profile: Option<String>,
    /// Keep the record's files in this folder.
    #[arg(long, value_name = "DIR")]
    pub data_dir: Option<PathBuf>,
    /// A sign-in's return, as the system passes on an address of the app's own scheme.
    #[arg(hide = true, value_name = "ADDRESS")]
    pub address: Option<String>,
}

impl Options {
    /// The profile's name.
    pub fn profile_name(&self) -> &str {
        profile::name(self.profile.as_deref(), self.sample)
    }

    /// The record that a plain start opens. The system starts the app plainly to hand a sign-in's return over, so this is
    /// the one whose window takes it; other profiles' windows stand beside it.
    pub fn is_usual(&self) -> bool {
        !self.sample && self.profile.is_none() && self.data_dir.is_none()
    }

    /// The folder of the record's files; none when this system has no place for them.
    pub fn folder(&self) -> Option<PathBuf> {
        if let Some(dir) = &self.data_dir {
            return Some(dir.clone());
        }
        profile::folder(self.profile_name())
    }
}
