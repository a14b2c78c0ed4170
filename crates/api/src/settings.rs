//! How the window looks and speaks.

pub(crate) mod file;
pub(crate) mod wire;

use self::{
    file::{SIZES, read, spoken, system, write, written},
    wire::{LanguageView, Settings, SettingsView},
};
use crate::{app::App, error::ApiError, summary::wire::Paper, words::Language};

impl App {
    pub(crate) async fn settings(&self) -> Result<SettingsView, ApiError> {
        let folder = self.config.data_dir.clone();
        let settings = self.off_thread(move || read(&folder)).await?;
        Ok(self.settings_view(settings))
    }

    pub(crate) async fn save_settings(&self, settings: Settings) -> Result<SettingsView, ApiError> {
        let folder = self.config.data_dir.clone();
        let settings = Settings {
            text_size: settings.text_size.clamp(*SIZES.start(), *SIZES.end()),
            lock_after: settings.lock_after.map(file::minutes),
            ..settings
        };
        let kept = settings.clone();
        self.off_thread(move || write(&folder, &kept))
            .await?
            .map_err(|e| self.error("error-settings").details(e))?;
        self.words.speak(spoken(&settings, self.config.locale.as_deref()));
        let (order, clock) = written(&settings, self.config.region.as_deref());
        self.words.write_dates(order, clock);
        // They are called so in the record, which may be locked; opening it does the same.
        if self.store().await.is_ok() {
            self.call_own_sources().await?;
        }
        Ok(self.settings_view(settings))
    }

    fn settings_view(&self, settings: Settings) -> SettingsView {
        let (locale, region) = (self.config.locale.as_deref(), self.config.region.as_deref());
        let view = view(settings, self.words.language(), locale, region);
        SettingsView { hears_computer_lock: self.host.hears_computer_lock(), ..view }
    }
}

/// The settings with the languages to choose from; `language` is the one that is spoken.
pub(crate) fn view(
    settings: Settings,
    language: Language,
    locale: Option<&str>,
    region: Option<&str>,
) -> SettingsView {
    let (date_order, clock) = written(&settings, region);
    let (system_date_order, system_clock) = written(&Settings::default(), region);
    SettingsView {
        date_order,
        clock,
        system_date_order,
        system_clock,
        paper: Paper::usual(region),
        hears_computer_lock: false,
        settings,
        language,
        system_language: system(locale),
        languages: Language::ALL
            .into_iter()
            .map(|language| LanguageView { language, name: language.own_name().to_owned() })
            .collect(),
    }
}
