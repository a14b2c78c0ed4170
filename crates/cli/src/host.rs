//! What a terminal does for the app: browser, files, words on standard error.

use std::{
    io::{self, Write},
    path::PathBuf,
};

use chrono::{DateTime, Utc};
use url::Url;
use wholechart_api::{Event, Host, wire::ConnectStage};

/// The terminal as the app's host.
pub(crate) struct Terminal {
    /// Where a file goes that a command saves. `None`: into the current folder, under the name that the app suggests.
    pub(crate) save_as: Option<PathBuf>,
}

/// Says something beside the results, which go to standard output.
pub(crate) fn complain(text: &str) {
    // Nobody can be told when standard error is closed.
    drop(writeln!(io::stderr(), "{text}"));
}

impl Host for Terminal {
    fn open_browser(&self, url: &Url) -> Result<(), String> {
        complain(&format!("If no browser opens, open this address yourself:\n{url}"));
        webbrowser::open(url.as_str()).map_err(|e| e.to_string())
    }

    fn save_file(&self, suggested_name: &str, bytes: &[u8]) -> Result<Option<PathBuf>, io::Error> {
        let path = self.save_as.clone().unwrap_or_else(|| PathBuf::from(suggested_name));
        std::fs::write(&path, bytes)?;
        Ok(Some(path))
    }

    fn event(&self, event: Event) {
        match event {
            Event::Connect { text, stage, .. } if stage != ConnectStage::Done => complain(&text),
            Event::Progress { text, percent } => complain(&format!("{text}: {percent} %")),
            Event::Sync { asked, planned, done: false, .. } => complain(&format!("{asked}/{planned}")),
            Event::News { text, .. } => complain(&text),
            Event::Connect { .. } | Event::Sync { .. } | Event::Changed => {}
        }
    }

    fn now(&self) -> DateTime<Utc> {
        Utc::now()
    }
}
