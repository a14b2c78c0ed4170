//! The fonts.

/// The fonts to set with: those shipped with the app, then those of this computer.
pub struct Fonts {}

impl Fonts {
    /// The shipped fonts. The computer's own are looked at once, and only when a document has a character
    /// that the shipped ones lack.
    pub fn bundled() -> Self {
        Self {}
    }
}
