//! Where the computer is set to be: how dates, times and paper are there. Its language may be another one.

/// The locale of dates and times (`en_GB.UTF-8`); none when the system does not say. What POSIX calls `LC_TIME` goes
/// before what the system speaks: many set the one without the other.
pub fn of_computer() -> Option<String> {
    chosen(|name| std::env::var(name).ok()).or_else(sys_locale::get_locale)
}

/// The first of the variables that says something, in the order of POSIX (Base Definitions, 8.2).
fn chosen(variable: impl Fn(&str) -> Option<String>) -> Option<String> {
    ["LC_ALL", "LC_TIME", "LANG"]
        .into_iter()
        .find_map(|name| variable(name).filter(|locale| !locale.is_empty()))
}

#[cfg(test)]
mod tests {
    use super::chosen;

    #[test]
    fn the_locale_of_times_goes_before_that_of_words() {
        let set = |set: &'static [(&str, &str)]| {
            chosen(|name| set.iter().find(|(one, _)| *one == name).map(|(_, locale)| (*locale).to_owned()))
        };
        assert_eq!(
            set(&[("LANG", "en_US.UTF-8"), ("LC_TIME", "en_GB.UTF-8")]).as_deref(),
            Some("en_GB.UTF-8")
        );
        assert_eq!(set(&[("LC_ALL", "C"), ("LC_TIME", "en_GB.UTF-8")]).as_deref(), Some("C"));
        assert_eq!(set(&[("LC_ALL", ""), ("LANG", "es_MX")]).as_deref(), Some("es_MX"));
        assert_eq!(set(&[("LANGUAGE", "de")]), None);
    }
}
