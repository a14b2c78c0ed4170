//! Compression of what is stored: three ways, by what is known of the bytes.
//!
//! - [`pack`]: anything, by itself. Its length is stored beside it.
//! - [`pack_json`]: the JSON of derived rows, with the dictionary in `packed/rows.dict`, which is part of the app.
//! - [`Alike`]: resources of one type that one connection sent, with the first of them as a dictionary.
//!
//! `packed/rows.dict` was trained on the record that the tests judge merging by (`benches/samples.rs` says how). Rows name
//! the dictionary they were packed with by its number, so another one gets another number, and this one stays for as
//! long as there can be a record with rows that were packed with it.

use std::sync::{LazyLock, Mutex, PoisonError};

use rusqlite::Row;
use rusqlite::types::{Value, ValueRef};
use zstd::dict::{DecoderDictionary, EncoderDictionary};
use zstd::zstd_safe::{self, CCtx, DCtx};

use crate::StoreError;

/// zstd's default level, a fair trade for a few kilobytes.
const LEVEL: i32 = 3;

/// No JSON of a derived row is as long; a length beyond it is damage, for which no memory is taken.
const LONGEST: usize = 1 << 30;

static ROWS: &[u8] = include_bytes!("packed/rows.dict");
/// The number that `rows.dict` says it has.
const ROWS_NUMBER: u32 = 1;
static PACKING_ROWS: LazyLock<EncoderDictionary<'static>> =
    LazyLock::new(|| EncoderDictionary::copy(ROWS, LEVEL));
static READING_ROWS: LazyLock<DecoderDictionary<'static>> = LazyLock::new(|| DecoderDictionary::copy(ROWS));

/// Contexts that nobody uses at the moment. One is a few hundred kilobytes that are cleared when it is made, which takes
/// longer than most rows. They are never given back to the system: what they keep of the last bytes would stay in its memory.
struct Pool<T>(Mutex<Vec<T>>);

impl<T> Pool<T> {
    const fn new() -> Pool<T> {
        Pool(Mutex::new(Vec::new()))
    }

    fn with<R>(&self, make: fn() -> T, work: impl FnOnce(&mut T) -> R) -> R {
        let free = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut context = free().pop().unwrap_or_else(make);
        let result = work(&mut context);
        free().push(context);
        result
    }
}

static PACKING: Pool<CCtx<'static>> = Pool::new();
static READING: Pool<DCtx<'static>> = Pool::new();

/// Writes over what the contexts keep of the last bytes that went through them: the record is being closed.
pub(crate) fn wash() {
    // As long as a block of zstd's, and of letters in no order: they fill the place where a block's letters are kept.
    let mut state = 1_u32;
    let letters: Vec<u8> = std::iter::repeat_with(|| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        b'a' + u8::try_from(state >> 28).unwrap_or_default()
    })
    .take(256 << 10)
    .collect();
    let mut packed = Vec::new();
    for context in PACKING.0.lock().unwrap_or_else(PoisonError::into_inner).iter_mut() {
        packed = Vec::with_capacity(zstd_safe::compress_bound(letters.len()));
        // Only memory can fail here, and then there is nothing to be done.
        let _ = context.compress(&mut packed, &letters, LEVEL);
    }
    if packed.is_empty() {
        return;
    }
    for context in READING.0.lock().unwrap_or_else(PoisonError::into_inner).iter_mut() {
        let mut read = Vec::with_capacity(letters.len());
        let _ = context.decompress(&mut read, &packed);
    }
}

/// Compresses bytes for storing. Their length is stored beside them: [`unpacked`] needs it.
pub(crate) fn pack(bytes: &[u8]) -> Result<Vec<u8>, StoreError> {
    packing(bytes, None)
}

/// The bytes of two neighbouring columns: length, and what [`pack`] made.
pub(crate) fn unpacked(row: &Row<'_>, at: usize) -> Result<Vec<u8>, StoreError> {
    let length: usize = row.get(at)?;
    let packed = row.get_ref(at + 1)?.as_blob().map_err(rusqlite::Error::from)?;
    unpack(packed, length)
}

/// What [`pack`] made of bytes of this length.
pub(crate) fn unpack(packed: &[u8], length: usize) -> Result<Vec<u8>, StoreError> {
    reading(packed, length, None).ok_or(StoreError::Inconsistent("version"))
}

/// The JSON of a derived row as it is stored: compressed, or as text where that is no longer.
pub(crate) fn pack_json(text: &str) -> Result<Value, StoreError> {
    let packed = packing(text.as_bytes(), Some(&PACKING_ROWS))?;
    Ok(if packed.len() < text.len() { Value::Blob(packed) } else { Value::Text(text.to_owned()) })
}

/// What [`pack_json`] made a blob of.
pub(crate) fn unpack_json(packed: &[u8], what: &'static str) -> Result<String, StoreError> {
    let bytes = reading(packed, length(packed, what)?, Some(&READING_ROWS));
    bytes.and_then(|bytes| String::from_utf8(bytes).ok()).ok_or(StoreError::Inconsistent(what))
}

/// The text in a column: as it is, or what [`pack_json`] made of it. `what` names it in the error.
pub(crate) fn text_at(row: &Row<'_>, at: usize, what: &'static str) -> Result<String, StoreError> {
    match row.get_ref(at)? {
        ValueRef::Blob(packed) => unpack_json(packed, what),
        plain => Ok(plain.as_str().map_err(rusqlite::Error::from)?.to_owned()),
    }
}

/// The length of the text in a column, without unpacking it.
pub(crate) fn length_at(row: &Row<'_>, at: usize, what: &'static str) -> Result<usize, StoreError> {
    match row.get_ref(at)? {
        ValueRef::Blob(packed) => length(packed, what),
        plain => Ok(plain.as_str().map_err(rusqlite::Error::from)?.len()),
    }
}

/// How long the text is that [`pack_json`] made a blob of.
fn length(packed: &[u8], what: &'static str) -> Result<usize, StoreError> {
    let number = zstd_safe::get_dict_id_from_frame(packed).map(u32::from);
    let length = zstd_safe::get_frame_content_size(packed).ok().flatten();
    let length = length.and_then(|length| usize::try_from(length).ok());
    length
        .filter(|length| *length <= LONGEST && number == Some(ROWS_NUMBER))
        .ok_or(StoreError::Inconsistent(what))
}

/// Compresses resources that are like those in a dictionary: some of them as they were sent, one after the other.
pub(crate) struct Alike(EncoderDictionary<'static>);

impl Alike {
    pub(crate) fn new(dictionary: &[u8]) -> Alike {
        Alike(EncoderDictionary::copy(dictionary, LEVEL))
    }

    /// Compresses a resource. Its length is stored beside it, and which dictionary this is.
    pub(crate) fn pack(&self, bytes: &[u8]) -> Result<Vec<u8>, StoreError> {
        packing(bytes, Some(&self.0))
    }
}

/// Reads what [`Alike`] made with the same dictionary.
pub(crate) struct Likewise(DecoderDictionary<'static>);

impl Likewise {
    pub(crate) fn new(dictionary: &[u8]) -> Likewise {
        Likewise(DecoderDictionary::copy(dictionary))
    }

    /// The resource, of this length.
    pub(crate) fn unpack(&self, packed: &[u8], length: usize) -> Result<Vec<u8>, StoreError> {
        reading(packed, length, Some(&self.0)).ok_or(StoreError::Inconsistent("version"))
    }
}

fn packing(bytes: &[u8], dictionary: Option<&EncoderDictionary<'_>>) -> Result<Vec<u8>, StoreError> {
    let mut packed = Vec::with_capacity(zstd_safe::compress_bound(bytes.len()));
    let written = PACKING.with(CCtx::create, |context| match dictionary {
        Some(dictionary) => context.compress_using_cdict(&mut packed, bytes, dictionary.as_cdict()),
        None => context.compress(&mut packed, bytes, LEVEL),
    });
    written.map_err(|_| StoreError::Inconsistent("bytes"))?;
    packed.shrink_to_fit();
    Ok(packed)
}

/// `None` where it is not what this dictionary packed, or of another length.
fn reading(packed: &[u8], length: usize, dictionary: Option<&DecoderDictionary<'_>>) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(length);
    let read = READING.with(DCtx::create, |context| match dictionary {
        Some(dictionary) => context.decompress_using_ddict(&mut bytes, packed, dictionary.as_ddict()),
        None => context.decompress(&mut bytes, packed),
    });
    (read == Ok(length)).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_dictionary_of_rows_has_the_number_that_rows_are_known_by() {
        assert_eq!(zstd_safe::get_dict_id_from_dict(ROWS).map(u32::from), Some(ROWS_NUMBER));
    }

    #[test]
    fn json_comes_back_as_it_was_whatever_its_length() {
        for length in [0, 1, 30, 255, 256, 257, 5_000, 70_000, 300_000] {
            let text: String =
                "{\"kind\":\"result\",\"title\":\"Glucose é\"}".chars().cycle().take(length).collect();
            let stored = pack_json(&text).unwrap();
            match stored {
                Value::Text(plain) => assert_eq!(plain, text),
                Value::Blob(packed) => {
                    assert!(packed.len() < text.len());
                    assert_eq!(super::length(&packed, "row").unwrap(), text.len());
                    assert_eq!(unpack_json(&packed, "row").unwrap(), text);
                }
                other => panic!("{other:?}"),
            }
        }
    }

    #[test]
    fn damaged_rows_are_an_error_and_take_no_memory() {
        let Value::Blob(packed) = pack_json(&"{\"kind\":\"result\"}".repeat(40)).unwrap() else { panic!() };
        for end in 0..packed.len() {
            assert!(unpack_json(&packed[..end], "row").is_err(), "{end}");
        }
        // A length beyond all memory, and another dictionary's number.
        for at in 4..12 {
            let mut other = packed.clone();
            other[at] = 0xff;
            if let Ok(read) = unpack_json(&other, "row") {
                assert_eq!(read.len(), super::length(&other, "row").unwrap());
            }
        }
        assert!(unpack_json(&pack(b"plain").unwrap(), "row").is_err(), "no dictionary");
    }

    #[test]
    fn a_resource_is_read_with_its_own_dictionary_and_with_no_other() {
        let (one, other) = (b"{\"resourceType\":\"Observation\"}".repeat(9), b"{\"id\":\"7\"}".repeat(40));
        let sent = b"{\"resourceType\":\"Observation\",\"id\":\"12\"}";
        let packed = Alike::new(&one).pack(sent).unwrap();
        assert!(packed.len() < pack(sent).unwrap().len());
        assert_eq!(Likewise::new(&one).unpack(&packed, sent.len()).unwrap(), sent);
        assert!(Likewise::new(&one).unpack(&packed, sent.len() + 1).is_err());
        let misread = Likewise::new(&other).unpack(&packed, sent.len());
        assert!(misread.is_err() || misread.unwrap() != sent);
    }
}
