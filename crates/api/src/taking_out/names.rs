//! Names of files outside the record: on every system, whatever senders call themselves and their documents.

/// Bytes of a name, without what stands before and behind it.
const LONGEST: usize = 100;

/// A text without what a file's name must not hold. It is never a whole name: a figure or a word of ours stands before it, so
/// that two of them are not the same, none is a device of Windows and none is hidden. Empty where nothing is left.
pub(super) fn safe(text: &str) -> String {
    let plain: String =
        text.chars().map(|c| if c.is_alphanumeric() || "-_,()".contains(c) { c } else { ' ' }).collect();
    let mut plain = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut end = plain.len().min(LONGEST);
    while !plain.is_char_boundary(end) {
        end -= 1;
    }
    plain.truncate(end);
    plain.truncate(plain.trim_end().len());
    plain
}

/// `0012 After visit summary.pdf`.
pub(super) fn numbered(n: usize, text: &str, ending: &str) -> String {
    match safe(text) {
        none if none.is_empty() => format!("{n:04}.{ending}"),
        some => format!("{n:04} {some}.{ending}"),
    }
}

/// What an address calls what is behind it: its last part, without an ending.
pub(super) fn of_address(address: &str) -> &str {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let last = path.rsplit(['/', '\\', ':']).find(|part| !part.is_empty()).unwrap_or_default();
    match last.rsplit_once('.') {
        Some((stem, ending)) if !stem.is_empty() && ending.len() <= 5 => stem,
        _ => last,
    }
}

/// A path in the tree as a link says it.
pub(super) fn link(path: &str) -> String {
    let said = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'/' => char::from(byte).to_string(),
        other => format!("%{other:02X}"),
    };
    path.bytes().map(said).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_somebody_is_called_is_no_way_out_of_the_folder() {
        for (text, name) in [
            ("Lakeside Clinic", "Lakeside Clinic"),
            ("../../etc/passwd", "etc passwd"),
            ("C:\\Windows\\system.ini", "C Windows system ini"),
            ("..", ""),
            (".hidden", "hidden"),
            ("a\0b\nc\u{202e}d", "a b c d"),
            ("Clínica San José (Río), 2", "Clínica San José (Río), 2"),
            ("con.", "con"),
            ("  ", ""),
        ] {
            assert_eq!(safe(text), name, "{text:?}");
        }
        let long = safe(&"é".repeat(500));
        assert!(long.len() <= LONGEST && long.chars().all(|c| c == 'é'), "{long}");
        assert_eq!(numbered(3, "..", "pdf"), "0003.pdf");
        assert_eq!(numbered(12, "CON", "xml"), "0012 CON.xml");
    }

    #[test]
    fn an_address_calls_it_by_its_last_part() {
        for (address, name) in [
            ("https://fhir.example/r4/Binary/b-1?x=y", "b-1"),
            ("file:letters/visit.xml#2", "visit"),
            ("file:C-CDA", "C-CDA"),
            ("", ""),
        ] {
            assert_eq!(of_address(address), name);
        }
        assert_eq!(link("01 Clínica/list.ndjson"), "01%20Cl%C3%ADnica/list.ndjson");
    }
}
