//! When a picture was taken, as cameras write it into one (Exif): of JPEG and PNG. Nothing else in it is looked at.

/// `0x9003`, when it was taken; `0x9004`, when it was scanned.
const TAKEN: [u16; 2] = [0x9003, 0x9004];
/// Where these stand.
const EXIF: u16 = 0x8769;
/// So many entries of a directory are looked at.
const MOST: u16 = 512;

/// The day on which a picture was taken or scanned, in its own time.
pub(crate) fn taken(bytes: &[u8]) -> Option<String> {
    let exif = if bytes.starts_with(&[0xFF, 0xD8]) { in_jpeg(bytes) } else { in_png(bytes) }?;
    let said = Tiff::of(exif)?.taken()?;
    // `2024:03:05 23:30:00`; a camera whose clock was never set writes noughts.
    let day = said.get(..10)?;
    let numbers: Vec<u32> = day.split(':').map(|part| part.parse().ok()).collect::<Option<_>>()?;
    let [year, month, day] = numbers[..] else { return None };
    let can_be = (1826..=9999).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    can_be.then(|| format!("{year:04}-{month:02}-{day:02}"))
}

/// What stands behind the mark of Exif in a JPEG.
fn in_jpeg(bytes: &[u8]) -> Option<&[u8]> {
    let mut at = 2;
    loop {
        let [0xFF, kind, high, low] = *bytes.get(at..at + 4)? else { return None };
        // The picture itself begins: nothing is said behind it.
        if kind == 0xDA {
            return None;
        }
        let length = usize::from(u16::from_be_bytes([high, low]));
        let part = bytes.get(at + 4..at + 2 + length)?;
        if let Some(exif) = part.strip_prefix(b"Exif\0\0").filter(|_| kind == 0xE1) {
            return Some(exif);
        }
        at += 2 + length;
    }
}

/// The same in a PNG.
fn in_png(bytes: &[u8]) -> Option<&[u8]> {
    let mut at = 8;
    loop {
        let head = bytes.get(at..at + 8)?;
        let length = usize::try_from(u32::from_be_bytes(head[..4].try_into().ok()?)).ok()?;
        let end = (at + 8).checked_add(length)?;
        let part = bytes.get(at + 8..end)?;
        match &head[4..] {
            b"eXIf" => return Some(part),
            b"IEND" => return None,
            _ => at = end.checked_add(4)?,
        }
    }
}

/// Directories of values, in either order of bytes (TIFF 6.0).
struct Tiff<'t> {
    bytes: &'t [u8],
    is_big: bool,
}

impl<'t> Tiff<'t> {
    fn of(bytes: &'t [u8]) -> Option<Tiff<'t>> {
        let is_big = match bytes.get(..4)? {
            b"MM\0*" => true,
            b"II*\0" => false,
            _ => return None,
        };
        Some(Tiff { bytes, is_big })
    }

    fn taken(&self) -> Option<&'t str> {
        let exif = self.value(self.long(4)?, EXIF)?.1;
        TAKEN.iter().find_map(|tag| {
            let (count, at) = self.value(exif, *tag)?;
            let text = self.bytes.get(at..at.checked_add(count)?)?;
            std::str::from_utf8(text).ok().map(|text| text.trim_end_matches('\0'))
        })
    }

    /// Of the directory at this place, how many values an entry has, and where they are, or what the only one is.
    fn value(&self, directory: usize, tag: u16) -> Option<(usize, usize)> {
        let count = self.short(directory)?;
        (0..usize::from(count.min(MOST))).find_map(|n| {
            let at = directory.checked_add(2 + n * 12)?;
            if self.short(at)? != tag {
                return None;
            }
            Some((self.long(at + 4)?, self.long(at + 8)?))
        })
    }

    fn short(&self, at: usize) -> Option<u16> {
        let bytes = self.bytes.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if self.is_big { u16::from_be_bytes(bytes) } else { u16::from_le_bytes(bytes) })
    }

    fn long(&self, at: usize) -> Option<usize> {
        let bytes = self.bytes.get(at..at.checked_add(4)?)?.try_into().ok()?;
        usize::try_from(if self.is_big { u32::from_be_bytes(bytes) } else { u32::from_le_bytes(bytes) }).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A directory with a directory, with a date.
    fn exif(date: &str, is_big: bool) -> Vec<u8> {
        let short = |n: u16| if is_big { n.to_be_bytes() } else { n.to_le_bytes() };
        let long = |n: u32| if is_big { n.to_be_bytes() } else { n.to_le_bytes() };
        let mut tiff = if is_big { b"MM\0*".to_vec() } else { b"II*\0".to_vec() };
        tiff.extend(long(8));
        for (tag, kind, count, value) in [(EXIF, 4, 1, 26), (TAKEN[0], 2, 20, 44)] {
            tiff.extend(short(1));
            tiff.extend(short(tag));
            tiff.extend(short(kind));
            tiff.extend(long(count));
            tiff.extend(long(value));
            tiff.extend(long(0));
        }
        tiff.extend(date.bytes());
        tiff.push(0);
        tiff
    }

    fn jpeg(exif: &[u8]) -> Vec<u8> {
        let length = u16::try_from(exif.len() + 8).unwrap().to_be_bytes();
        [
            &[0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 1, 2, 0xFF, 0xE1],
            &length[..],
            b"Exif\0\0",
            exif,
            &[0xFF, 0xDA, 0, 2],
        ]
        .concat()
    }

    #[test]
    fn a_picture_says_on_which_day_it_was_taken() {
        for is_big in [true, false] {
            let exif = exif("2024:03:05 23:30:00", is_big);
            assert_eq!(taken(&jpeg(&exif)).as_deref(), Some("2024-03-05"));
            let length = u32::try_from(exif.len()).unwrap().to_be_bytes();
            let png = [&b"\x89PNG\r\n\x1a\n\0\0\0\x01tEXtx1234"[..], &length, b"eXIf", &exif].concat();
            assert_eq!(taken(&png).as_deref(), Some("2024-03-05"));
        }
        for nothing in ["0000:00:00 00:00:00", "2024-03-05 23:30:00", "2024:13:05 23:30:00"] {
            assert_eq!(taken(&jpeg(&exif(nothing, true))), None, "{nothing}");
        }
    }

    #[test]
    fn whatever_a_byte_is_it_is_read_to_an_end() {
        let whole = jpeg(&exif("2024:03:05 23:30:00", true));
        for at in 0..whole.len() {
            assert!(taken(&whole[..at]).is_none_or(|day| day == "2024-03-05"));
            for wrong in [0, 0xFF, whole[at] ^ 1] {
                let mut bytes = whole.clone();
                bytes[at] = wrong;
                let _ = taken(&bytes);
            }
        }
    }
}
