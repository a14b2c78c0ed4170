//! The assembled app without its window: the command list as a host calls it, real providers on loopback, a real
//! file, a person who signs in on the provider's own pages.

mod backups;
mod bad_input;
mod connecting;
mod files;
#[path = "../hard-person/table.rs"]
mod hard;
mod hard_person;
mod keychain;
mod locking;
mod memory;
mod merging;
mod people;
mod person;
mod quiet;
mod record;
#[path = "../catalogue/sayable.rs"]
mod sayable;
mod sent;
mod spanish;
mod syncing;
mod topics;
