//! One encrypted SQLite file: every version of every resource verbatim, and what is derived from it.
