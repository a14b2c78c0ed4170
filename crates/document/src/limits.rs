//! How much memory the reading process may take. Systems differ here.

/// More than any honest file of [`crate::LARGEST`] bytes takes.
#[cfg(unix)]
const MEMORY: u64 = 1 << 30;

/// From now on, asking for more memory fails, and the process with it.
#[cfg(unix)]
pub(crate) fn confine() {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let limit = Rlimit { current: Some(MEMORY), maximum: Some(MEMORY) };
    // Where the system refuses, time and size limits remain.
    let _ = setrlimit(Resource::Data, limit);
    // No core files: they would hold the document in plain text.
    let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) });
}

/// Windows has no such limit without a job object; time and size limits remain.
#[cfg(not(unix))]
pub(crate) fn confine() {}
