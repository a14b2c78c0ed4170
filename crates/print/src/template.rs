//! Published soon.
