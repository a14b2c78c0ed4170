//! One hash for everything that is compared: FNV-1a, the same between runs and machines. Equal hashes are only ever a
//! reason to compare.

use std::hash::{DefaultHasher, Hash, Hasher};

use fnv::FnvHasher;

/// Of texts, each ended by a byte that no UTF-8 text holds.
pub(crate) fn hash(parts: &[&str]) -> u64 {
    let mut hasher = FnvHasher::default();
    for part in parts {
        hasher.write(part.as_bytes());
        hasher.write_u8(0xff);
    }
    hasher.finish()
}

/// Of a value, by its fields.
pub(crate) fn hash_of(value: &impl Hash) -> u64 {
    let mut hasher = FnvHasher::default();
    value.hash(&mut hasher);
    hasher.finish()
}

/// Of a value, by its fields, twice: equal by chance once in 2^128. It lasts as long as the program runs.
pub(crate) fn print_of(value: &impl Hash) -> (u64, u64) {
    let mut both = Both(DefaultHasher::new(), DefaultHasher::new());
    // From here on the two are of different states.
    both.1.write_u64(u64::MAX);
    value.hash(&mut both);
    (both.0.finish(), both.1.finish())
}

/// Two hashes made while a value is gone through once.
struct Both(DefaultHasher, DefaultHasher);

impl Hasher for Both {
    fn write(&mut self, bytes: &[u8]) {
        self.0.write(bytes);
        self.1.write(bytes);
    }

    fn finish(&self) -> u64 {
        self.0.finish()
    }
}
