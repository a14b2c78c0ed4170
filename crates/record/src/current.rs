//! What is so now: [`state`] by what each provider said last, [`confirmed`] when that was, [`summary`] all of it on one page.

pub(crate) mod confirmed;
pub(crate) mod state;
pub(crate) mod summary;
