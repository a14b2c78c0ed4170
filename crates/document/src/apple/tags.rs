//! The tags of an XML file, one after the other, without ever holding more than one. Declarations, comments and what is
//! written between tags are passed over; nothing is expanded.

use std::io::BufRead;

/// Bytes of a tag: a longer one is none.
const LONGEST: usize = 64 << 10;

/// What comes next.
pub(super) enum Tag<'t> {
    /// What stands between the brackets of a tag that opens, or that is empty.
    Open(&'t [u8]),
    /// The name of a tag that closes.
    Close(&'t [u8]),
    /// A tag longer than any honest one.
    TooLong,
    /// The end of the file.
    End,
}

/// Cuts tags out of a file.
pub(super) struct Tags<R> {
    source: R,
    tag: Vec<u8>,
}

impl<R: BufRead> Tags<R> {
    pub(super) fn new(source: R) -> Tags<R> {
        Tags { source, tag: Vec::new() }
    }

    /// The next tag. A source that fails has ended.
    pub(super) fn next(&mut self) -> Tag<'_> {
        loop {
            if !self.skip_to(b'<') {
                return Tag::End;
            }
            self.tag.clear();
            match self.take() {
                Taken::End => return Tag::End,
                Taken::TooLong => return Tag::TooLong,
                Taken::Whole => {}
                Taken::Opens(end) => {
                    if !self.skip_past(end) {
                        return Tag::End;
                    }
                    if end != START {
                        continue;
                    }
                    // The outermost tag itself is nothing to anybody: what is in it comes next.
                    self.tag.clear();
                }
            }
            match self.tag.first() {
                None | Some(b'?' | b'!') => {}
                Some(b'/') => {
                    let name = self.tag[1..].trim_ascii_end().len();
                    return Tag::Close(&self.tag[1..=name]);
                }
                Some(_) => return Tag::Open(&self.tag),
            }
        }
    }

    /// Reads on to the bracket that closes the tag, outside of quotes.
    fn take(&mut self) -> Taken {
        let mut quote = None;
        loop {
            let Some(bytes) = next_bytes(&mut self.source) else { return Taken::End };
            let mut read = 0;
            let mut closed = false;
            for byte in bytes {
                read += 1;
                match (quote, *byte) {
                    (None, b'>') => {
                        closed = true;
                        break;
                    }
                    (None, b'"' | b'\'') if !matches!(self.tag.first(), Some(b'!' | b'?')) => {
                        quote = Some(*byte);
                    }
                    (Some(open), byte) if open == byte => quote = None,
                    _ => {}
                }
                self.tag.push(*byte);
                if self.tag.len() >= LONGEST || declaration(&self.tag).is_some() {
                    break;
                }
            }
            self.source.consume(read);
            if closed {
                return Taken::Whole;
            }
            if let Some(end) = declaration(&self.tag) {
                return Taken::Opens(end);
            }
            if self.tag.len() >= LONGEST {
                return Taken::TooLong;
            }
        }
    }

    fn skip_to(&mut self, wanted: u8) -> bool {
        loop {
            let Some(bytes) = next_bytes(&mut self.source) else { return false };
            let (read, found) = match bytes.iter().position(|byte| *byte == wanted) {
                Some(at) => (at + 1, true),
                None => (bytes.len(), false),
            };
            self.source.consume(read);
            if found {
                return true;
            }
        }
    }

    /// Reads on behind these bytes.
    fn skip_past(&mut self, end: &[u8]) -> bool {
        let mut last: Vec<u8> = Vec::with_capacity(end.len() + 1);
        loop {
            let Some(bytes) = next_bytes(&mut self.source) else { return false };
            let mut read = 0;
            let mut found = false;
            for byte in bytes {
                read += 1;
                last.push(*byte);
                if last.len() > end.len() {
                    last.remove(0);
                }
                if last == end {
                    found = true;
                    break;
                }
            }
            self.source.consume(read);
            if found {
                return true;
            }
        }
    }
}

enum Taken {
    Whole,
    /// Something that ends with these bytes begins here.
    Opens(&'static [u8]),
    TooLong,
    End,
}

/// The outermost tag, behind a type. What stands in a type is passed over whether it is well-formed or not: some
/// phones wrote one that is not.
const START: &[u8] = b"<HealthData";

/// What something ends with that is no tag.
fn declaration(tag: &[u8]) -> Option<&'static [u8]> {
    match tag {
        b"!--" => Some(b"-->"),
        b"![CDATA[" => Some(b"]]>"),
        b"!DOCTYPE" => Some(START),
        _ => None,
    }
}

/// What comes next. None: nothing, or nothing that can be read.
fn next_bytes(source: &mut impl BufRead) -> Option<&[u8]> {
    loop {
        match source.fill_buf() {
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(_) | Ok([]) => return None,
            Ok(_) => break,
        }
    }
    source.fill_buf().ok().filter(|bytes| !bytes.is_empty())
}
