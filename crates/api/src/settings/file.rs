//! How the window looks and speaks: a small file beside the record, because the locked window is shown in the same
//! way. Nothing about a person is in it.

use std::{fs, path::Path};

use serde_json::{Map, Value};
use wholechart_store::write_durably;

use super::wire::Settings;
use crate::words::{Clock, DateOrder, Language};

const FILE: &str = "settings.json";
/// Smallest and largest size of everything, in per cent.
pub(super) const SIZES: std::ops::RangeInclusive<u16> = 100..=200;

/// Minutes without anybody that make sense.
pub(super) fn minutes(minutes: u16) -> u16 {
    minutes.clamp(1, 240)
}

/// The language to speak: the one chosen, or the computer's.
pub(crate) fn spoken(settings: &Settings, locale: Option<&str>) -> Language {
    settings.language.unwrap_or_else(|| system(locale))
}

pub(super) fn system(locale: Option<&str>) -> Language {
    locale.and_then(Language::of_locale).unwrap_or(Language::En)
}

/// How dates and times are written: as chosen, or as where the computer is set to be.
pub(crate) fn written(settings: &Settings, region: Option<&str>) -> (DateOrder, Clock) {
    let region = region.unwrap_or_default();
    (
        settings.date_order.unwrap_or_else(|| DateOrder::of_locale(region)),
        settings.clock.unwrap_or_else(|| Clock::of_locale(region)),
    )
}

/// What was chosen. A file that is missing or that cannot be read costs nothing but the choice; a member that this
/// version does not understand costs itself.
pub(crate) fn read(folder: &Path) -> Settings {
    let mut chosen = Settings::default();
    let members = members(&folder.join(FILE));
    let member = |name: &str| members.get(name).cloned().unwrap_or(Value::Null);
    if let Ok(theme) = serde_json::from_value(member("theme")) {
        chosen.theme = theme;
    }
    if let Ok(size) = serde_json::from_value::<u16>(member("textSize")) {
        chosen.text_size = size.clamp(*SIZES.start(), *SIZES.end());
    }
    if let Ok(high) = serde_json::from_value(member("highContrast")) {
        chosen.high_contrast = high;
    }
    chosen.language = serde_json::from_value(member("language")).unwrap_or_default();
    chosen.date_order = serde_json::from_value(member("dateOrder")).unwrap_or_default();
    chosen.test_providers = serde_json::from_value(member("testProviders")).unwrap_or_default();
    chosen.clock = serde_json::from_value(member("clock")).unwrap_or_default();
    // None is a choice; a file that does not say it chose nothing.
    if let Some(Ok(after)) = members.get("lockAfter").map(|one| serde_json::from_value(one.clone())) {
        chosen.lock_after = Option::map(after, minutes);
    }
    chosen.lock_at_start = serde_json::from_value(member("lockAtStart")).unwrap_or_default();
    if let Ok(with_computer) = serde_json::from_value(member("lockWithComputer")) {
        chosen.lock_with_computer = with_computer;
    }
    chosen
}

fn members(file: &Path) -> Map<String, Value> {
    let text = fs::read(file).unwrap_or_default();
    match serde_json::from_slice(&text) {
        Ok(Value::Object(members)) => members,
        _ => Map::new(),
    }
}

/// Members that a newer version wrote are kept.
pub(super) fn write(folder: &Path, settings: &Settings) -> std::io::Result<()> {
    let file = folder.join(FILE);
    let mut all = members(&file);
    if let Ok(Value::Object(chosen)) = serde_json::to_value(settings) {
        all.extend(chosen);
    }
    write_durably(folder, FILE, &serde_json::to_vec_pretty(&all)?)
}

#[cfg(test)]
mod tests {
    use super::{FILE, read, spoken, write, written};
    use crate::{
        settings::wire::{Settings, Theme},
        words::{Clock, DateOrder, Language},
    };

    #[test]
    fn what_is_chosen_is_there_again_and_what_a_newer_version_wrote_stays() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(read(folder.path()), Settings::default(), "nothing chosen yet");
        std::fs::write(folder.path().join(FILE), r#"{"textSize": 150, "sound": "loud", "theme": "sepia"}"#)
            .unwrap();
        let old = read(folder.path());
        assert_eq!(old, Settings { text_size: 150, ..Settings::default() }, "sepia costs itself");
        let chosen = Settings {
            theme: Theme::Dark,
            high_contrast: true,
            language: Some(Language::Es),
            date_order: Some(DateOrder::DayFirst),
            clock: Some(Clock::Hours24),
            test_providers: true,
            lock_after: None,
            lock_at_start: true,
            lock_with_computer: false,
            ..old
        };
        write(folder.path(), &chosen).unwrap();
        assert_eq!(read(folder.path()), chosen);
        let text = std::fs::read_to_string(folder.path().join(FILE)).unwrap();
        assert!(text.contains("\"sound\": \"loud\""), "{text}");
    }

    #[test]
    fn a_damaged_file_costs_the_choice_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        for damaged in [
            "",
            "{",
            "[1, 2]",
            "\u{0}\u{0}",
            r#"{"textSize": 9000}"#,
            r#"{"textSize": "big"}"#,
            r#"{"dateOrder": "year-first", "clock": 24}"#,
            r#"{"lockAfter": 0}"#,
            r#"{"lockAfter": 60000, "lockAtStart": "yes"}"#,
            r#"{"lockAfter": "soon", "lockWithComputer": 1}"#,
        ] {
            std::fs::write(folder.path().join(FILE), damaged).unwrap();
            let read = read(folder.path());
            assert!((100..=200).contains(&read.text_size), "{damaged}");
            assert_eq!(read.theme, Theme::System, "{damaged}");
            assert!(read.lock_after.is_some_and(|after| (1..=240).contains(&after)), "{damaged}");
            assert!(read.lock_with_computer && !read.lock_at_start, "{damaged}");
            assert_eq!((read.date_order, read.clock), (None, None), "{damaged}");
        }
    }

    #[test]
    fn without_a_choice_dates_are_written_as_where_the_computer_is_set_to_be() {
        let none = Settings::default();
        assert_eq!(written(&none, Some("de-DE")), (DateOrder::DayFirst, Clock::Hours24));
        assert_eq!(written(&none, Some("en_US.UTF-8")), (DateOrder::MonthFirst, Clock::Hours12));
        assert_eq!(written(&none, None), (DateOrder::MonthFirst, Clock::Hours12));
        let one = Settings { clock: Some(Clock::Hours12), ..none };
        assert_eq!(written(&one, Some("de-DE")), (DateOrder::DayFirst, Clock::Hours12), "each by itself");
    }

    #[test]
    fn without_a_choice_the_computers_language_is_spoken() {
        let chosen = |language| Settings { language, ..Settings::default() };
        assert_eq!(spoken(&chosen(None), Some("es_MX.UTF-8")), Language::Es);
        assert_eq!(spoken(&chosen(None), Some("es-419")), Language::Es);
        assert_eq!(spoken(&chosen(None), Some("C")), Language::En);
        assert_eq!(spoken(&chosen(None), None), Language::En);
        assert_eq!(spoken(&chosen(Some(Language::En)), Some("es-ES")), Language::En);
    }
}
