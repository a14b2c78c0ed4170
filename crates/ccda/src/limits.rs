//! How much of a document is taken in.

/// How much of a document is taken in. Memory grows with the bytes and with the nodes (some 60 bytes each).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a document; more are refused.
    pub bytes: usize,
    /// Elements and texts; the reading stops there, and says so.
    pub nodes: usize,
    /// Elements within each other; deeper ones are passed over, and named.
    pub depth: usize,
}

impl Default for Limits {
    /// 64 MB, two million nodes, 256 deep: some twenty times of what the largest known documents have.
    fn default() -> Limits {
        Limits { bytes: 64 << 20, nodes: 2_000_000, depth: 256 }
    }
}
