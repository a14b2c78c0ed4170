//! How the window looks and speaks: a small file beside the record, because the locked window is shown in the same
//! way. Nothing about a person is in it.

use std::{fs, path::Path};

use serde_json::{Map, Value};
use wholechart_store::write_durably;

use crate::{
    app::App,
    wire::{ApiError, LanguageView, Settings, SettingsView},
    words::Language,
};

const FILE: &str = "settings.json";
/// Smallest and largest size of everything, in per cent.
const SIZES: std::ops::RangeInclusive<u16> = 100..=200;

impl App {
    pub(crate) async fn settings(&self) -> Result<SettingsView, ApiError> {
        let folder = self.config.data_dir.clone();
        let settings = self.off_thread(move || read(&folder)).await?;
        Ok(self.settings_view(settings))
    }

    pub(crate) async fn save_settings(&self, settings: Settings) -> Result<SettingsView, ApiError> {
        let folder = self.config.data_dir.clone();
        let settings =
            Settings { text_size: settings.text_size.clamp(*SIZES.start(), *SIZES.end()), ..settings };
        let kept = settings.clone();
        self.off_thread(move || write(&folder, &kept))
            .await?
            .map_err(|e| self.error("error-settings").details(e))?;
        self.words.speak(spoken(&settings, self.config.locale.as_deref()));
        Ok(self.settings_view(settings))
    }

    fn settings_view(&self, settings: Settings) -> SettingsView {
        view(settings, self.words.language(), self.config.locale.as_deref())
    }
}

/// The settings with the languages to choose from; `language` is the one that is spoken.
pub(crate) fn view(settings: Settings, language: Language, locale: Option<&str>) -> SettingsView {
    SettingsView {
        settings,
        language,
        system_language: system(locale),
        languages: Language::ALL
            .into_iter()
            .map(|language| LanguageView { language, name: language.own_name().to_owned() })
            .collect(),
    }
}

/// The language to speak: the one chosen, or the computer's.
pub(crate) fn spoken(settings: &Settings, locale: Option<&str>) -> Language {
    settings.language.unwrap_or_else(|| system(locale))
}

fn system(locale: Option<&str>) -> Language {
    locale.and_then(Language::of_locale).unwrap_or(Language::En)
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
fn write(folder: &Path, settings: &Settings) -> std::io::Result<()> {
    let file = folder.join(FILE);
    let mut all = members(&file);
    if let Ok(Value::Object(chosen)) = serde_json::to_value(settings) {
        all.extend(chosen);
    }
    write_durably(folder, FILE, &serde_json::to_vec_pretty(&all)?)
}

#[cfg(test)]
mod tests {
    use super::{FILE, read, spoken, write};
    use crate::{
        wire::{Settings, Theme},
        words::Language,
    };

    #[test]
    fn what_is_chosen_is_there_again_and_what_a_newer_version_wrote_stays() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(read(folder.path()), Settings::default(), "nothing chosen yet");
        std::fs::write(folder.path().join(FILE), r#"{"textSize": 150, "sound": "loud", "theme": "sepia"}"#)
            .unwrap();
        let old = read(folder.path());
        assert_eq!(old, Settings { text_size: 150, ..Settings::default() }, "sepia costs itself");
        let chosen =
            Settings { theme: Theme::Dark, high_contrast: true, language: Some(Language::Es), ..old };
        write(folder.path(), &chosen).unwrap();
        assert_eq!(read(folder.path()), chosen);
        let text = std::fs::read_to_string(folder.path().join(FILE)).unwrap();
        assert!(text.contains("\"sound\": \"loud\""), "{text}");
    }

    #[test]
    fn a_damaged_file_costs_the_choice_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        for damaged in ["", "{", "[1, 2]", "\u{0}\u{0}", r#"{"textSize": 9000}"#, r#"{"textSize": "big"}"#] {
            std::fs::write(folder.path().join(FILE), damaged).unwrap();
            let read = read(folder.path());
            assert!((100..=200).contains(&read.text_size), "{damaged}");
            assert_eq!(read.theme, Theme::System, "{damaged}");
        }
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
