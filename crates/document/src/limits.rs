//! What the reading process may take, and what it may do. Systems differ here.

#[cfg(target_os = "linux")]
mod linux;

/// More than any honest file of [`crate::LARGEST`] bytes takes.
#[cfg(unix)]
const MEMORY: u64 = 1 << 30;

/// More processor time than any honest file takes, in seconds: a parent that is gone ends nobody.
pub(crate) const WORK: u64 = 60;

/// The same of one that may be some gigabytes.
pub(crate) const LONG_WORK: u64 = 1_200;

/// From now on, asking for more memory fails, and the process with it; on Linux it is shut in besides.
#[cfg(unix)]
pub(crate) fn confine(work: u64) {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let limit = Rlimit { current: Some(MEMORY), maximum: Some(MEMORY) };
    // Where the system refuses, time and size limits remain.
    let _ = setrlimit(Resource::Data, limit);
    // No core files: they would hold the document in plain text. No other files either.
    for (resource, most) in [(Resource::Core, 0), (Resource::Fsize, 0), (Resource::Cpu, work)] {
        let _ = setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) });
    }
    #[cfg(target_os = "linux")]
    linux::shut_in();
}

/// Windows has no such limit without a job object; time and size limits remain.
#[cfg(not(unix))]
pub(crate) fn confine(_: u64) {}
