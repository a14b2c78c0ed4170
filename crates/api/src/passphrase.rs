//! How hard a passphrase is to guess, by how a guesser goes about it: words, names, dates, keyboards, repetition. Its length
//! says little.

use secrecy::{ExposeSecret as _, SecretString};

use crate::backups::wire::Strength;

/// What anybody would try here first.
const AT_HAND: &[&str] = &["wholechart", "health", "record", "chart", "doctor", "medical", "backup"];

/// More than this is not looked at: it is strong by then.
const LOOKED_AT: usize = 100;

/// Judges a passphrase. With what a guess costs here, about a second, ten million guesses take months and ten thousand
/// million a lifetime.
pub(crate) fn strength(passphrase: &SecretString) -> Strength {
    let looked_at: zeroize::Zeroizing<String> =
        zeroize::Zeroizing::new(passphrase.expose_secret().chars().take(LOOKED_AT).collect());
    match zxcvbn::zxcvbn(&looked_at, AT_HAND).score() {
        zxcvbn::Score::Four => Strength::Strong,
        zxcvbn::Score::Three => Strength::Fair,
        _ => Strength::Weak,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passphrase_is_judged_by_what_it_takes_to_guess_it_and_not_by_its_length() {
        let judged = |text: &str| strength(&SecretString::from(text));
        for easy in
            ["", "12345678", "password1234", "qwertyuiop", "aaaaaaaaaaaaaaaa", "wholechart1", "Rosa1961"]
        {
            assert_eq!(judged(easy), Strength::Weak, "{easy}");
        }
        for hard in ["six plain words for a test", "mule lantern copper thursday", "x7!qLp2#vR9z"] {
            assert!(judged(hard) > Strength::Weak, "{hard}");
        }
        assert_eq!(judged(&"mule lantern copper thursday ".repeat(400)), Strength::Strong);
    }
}
