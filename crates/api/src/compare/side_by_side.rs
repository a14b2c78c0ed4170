//! What each kind of cell says of invented records.
