//! FHIR in XML, read for the first time: whatever it does to a reader, it does in the child.

use wholechart_fhir::{ReadOptions, Release, content_hash, infer_release, read as read_entry, split_xml};

/// Cuts a file into its resources and does with each what is done with it later. How many there are.
pub(crate) fn read(bytes: &[u8]) -> usize {
    let page = split_xml(bytes);
    for slice in &page.resources {
        let release = infer_release(slice.bytes).0.unwrap_or(Release::R4);
        let _ = read_entry(slice.bytes, &ReadOptions::new(release));
        let _ = content_hash(slice.bytes);
    }
    page.resources.len()
}
