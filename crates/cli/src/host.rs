//! What a terminal does for the app: browser, files, words on standard error.

use std::{
    io::{self, IsTerminal as _, Write},
    path::PathBuf,
    sync::{Mutex, PoisonError},
};

use chrono::{DateTime, Utc};
use indicatif::{ProgressBar, ProgressStyle};
use url::Url;
use wholechart_api::{
    Event, Host,
    wire::{ConnectStage, SyncKindState},
    write_whole,
};

/// The terminal as the app's host.
pub(crate) struct Terminal {
    /// Where a file goes that a command saves. `None`: into the current folder, under the name that the app suggests.
    pub(crate) save_as: Option<PathBuf>,
    /// The user registered the app, and so wants to know with which address.
    pub(crate) registered: bool,
    /// What is under way.
    pub(crate) progress: Progress,
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
    drop(writeln!(io::stderr(), "{}", harmless(text)));
}

/// Says what a bar shows where somebody looks on: for logs, which keep every line.
pub(crate) fn log(text: &str) {
    if !io::stderr().is_terminal() {
        complain(text);
    }
}

/// A text whose control characters are seen and do nothing: a sender's words must not move the cursor, change colors or write
/// over other lines. Line feeds and tabs stay; escape is "␛".
pub(crate) fn harmless(text: &str) -> String {
    let seen = |c: char| match c {
        '\n' | '\t' => c,
        '\0'..='\x1F' => char::from_u32(0x2400 + u32::from(c)).unwrap_or(char::REPLACEMENT_CHARACTER),
        '\x7F' => '\u{2421}',
        '\u{80}'..='\u{9F}' => char::REPLACEMENT_CHARACTER,
        _ => c,
    };
    text.chars().map(seen).collect()
}

/// What takes a while: a bar where somebody looks on, one line at its end where not.
#[derive(Default)]
pub(crate) struct Progress(Mutex<Option<ProgressBar>>);

impl Progress {
    /// `done` of `all` are done. A new bar begins where there is none.
    fn at(&self, text: &str, done: u64, all: u64) {
        let mut bar = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if !io::stderr().is_terminal() {
            if all > 0 && done >= all {
                complain(&format!("{text}: 100 %"));
            }
            return;
        }
        let bar = bar.get_or_insert_with(|| {
            let look = "{bar:30} {percent:>3} %  {msg}  {eta_precise} left";
            let style = ProgressStyle::with_template(look).unwrap_or_else(|_| ProgressStyle::default_bar());
            ProgressBar::new(all).with_style(style)
        });
        bar.set_length(all.max(1));
        bar.set_message(harmless(text));
        bar.set_position(done);
        if done >= all {
            bar.finish_and_clear();
        }
    }

    /// Nothing is under way any more; what follows stands on a line of its own.
    fn ended(&self) {
        if let Some(bar) = self.0.lock().unwrap_or_else(PoisonError::into_inner).take() {
            bar.finish_and_clear();
        }
    }
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

    fn choose_where(&self, suggested_name: &str) -> Option<PathBuf> {
        Some(self.save_as.clone().unwrap_or_else(|| PathBuf::from(suggested_name)))
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
            Event::Progress { text, percent } => self.progress.at(&text, percent.into(), 100),
            Event::Sync { kinds, asked, planned, done: false, .. } => {
                if !io::stderr().is_terminal() {
                    return;
                }
                let running = kinds.iter().find(|kind| kind.state == SyncKindState::Running);
                let asked_now = running.map_or("Asking", |kind| &kind.label);
                self.progress.at(asked_now, asked.min(planned.saturating_sub(1)).into(), planned.into());
            }
            Event::Sync { done: true, .. } | Event::Changed => self.progress.ended(),
            Event::News { text, .. } => {
                self.progress.ended();
                complain(&text);
            }
            Event::Connect { .. }
            | Event::Dragging { .. }
            | Event::Dropped { .. }
            | Event::Menu { .. }
            | Event::Locking => {}
        }
    }

    fn now(&self) -> DateTime<Utc> {
        Utc::now()
    }
}

#[cfg(test)]
mod tests {
    use super::harmless;

    #[test]
    fn control_characters_are_seen_and_do_nothing() {
        assert_eq!(harmless("Gout\u{1b}[2J\rgone\u{7}\n\tnext"), "Gout␛[2J␍gone␇\n\tnext");
        assert_eq!(harmless("\u{7f}\u{9b}31m é 日"), "␡\u{fffd}31m é 日");
    }
}
