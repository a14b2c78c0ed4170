//! Facts, connections and ledgers as a person reads them: plain data with final words.

pub(crate) mod changes;
pub(crate) mod conflict;
pub(crate) mod connection;
pub(crate) mod fact;
pub(crate) mod list;
pub(crate) mod remark;
pub(crate) mod search;
pub(crate) mod summary;
pub(crate) mod timeline;
pub(crate) mod trend;
