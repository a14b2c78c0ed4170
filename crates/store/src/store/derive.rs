//! The one place where bytes become an entry, for a page that arrives and for a rebuild alike.

use wholechart_fhir::{Entry, ReadOptions, Release, Unreadable, read};

/// Reads a resource as its connection's release says.
pub(super) fn entry(bytes: &[u8], release: Release, midnight_means_day: bool) -> Result<Entry, Unreadable> {
    read(bytes, &ReadOptions { release, midnight_means_day })
}
