//! What is so now: [`state`] by what each provider said last, [`said`] all that a fact's members say, [`confirmed`] when that
//! was, [`summary`] all of it on one page; [`dosing`] a dosing in one text; [`ended`] how something came to its end; [`people`] who is in a team; [`received`] what the day of receipt says about an entry.

pub(crate) mod confirmed;
pub(crate) mod dosing;
pub(crate) mod ended;
pub(crate) mod people;
pub(crate) mod received;
pub(crate) mod said;
pub(crate) mod state;
pub(crate) mod summary;
