//! What a terminal does for the app: browser, files, words on standard error.

use std::{
    io::{self, Write},
    path::PathBuf,
};

use chrono::{DateTime, Utc};
use url::Url;
use wholechart_api::{Event, Host, wire::ConnectStage, write_whole};

/// The terminal as the app's host.
pub(crate) struct Terminal {
    /// Where a file goes that a command saves. `None`: into the current folder, under the name that the app suggests.
    pub(crate) save_as: Option<PathBuf>,
    /// The user registered the app, and so wants to know with which address.
    pub(crate) registered: bool,
}

/// What the provider has to know, before its page opens: a page that does not says so in the browser only.
fn comes_back(sign_in: &str) -> Option<String> {
    let sign_in = Url::parse(sign_in).ok()?;
    let (_, address) = sign_in.query_pairs().find(|(name, _)| name == "redirect_uri")?;
    Some(format!(
        "The browser comes back to this address, which must stand exactly like this in the app's registration:\n{address}"
    ))
}

/// Says something beside the results, which go to standard output.
pub(crate) fn complain(text: &str) {
    // Nobody can be told when standard error is closed.
    drop(writeln!(io::stderr(), "{text}"));
}

impl Host for Terminal {
    fn open_browser(&self, url: &Url) -> Result<(), String> {
        complain(&format!("If no browser opens, open this address yourself:\n{url}"));
        // Whoever has no browser here was just told what to do.
        drop(webbrowser::open(url.as_str()));
        Ok(())
    }

    fn save_file(&self, suggested_name: &str, bytes: &[u8]) -> Result<Option<PathBuf>, io::Error> {
        let path = self.save_as.clone().unwrap_or_else(|| PathBuf::from(suggested_name));
        write_whole(&path, bytes)?;
        Ok(Some(path))
    }

    fn event(&self, event: Event) {
        match event {
            Event::Connect { text, stage, sign_in_url, .. } if stage != ConnectStage::Done => {
                complain(&text);
                let told = sign_in_url.filter(|_| self.registered).and_then(|url| comes_back(&url));
                if let Some(told) = told {
                    complain(&told);
                }
            }
            Event::Progress { text, percent } => complain(&format!("{text}: {percent} %")),
            Event::Sync { asked, planned, done: false, .. } => complain(&format!("{asked}/{planned}")),
            Event::News { text, .. } => complain(&text),
            Event::Connect { .. }
            | Event::Sync { .. }
            | Event::Dragging { .. }
            | Event::Dropped { .. }
            | Event::Changed => {}
        }
    }

    fn now(&self) -> DateTime<Utc> {
        Utc::now()
    }
}
