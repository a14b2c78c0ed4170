//! A whole name, looked up as it was written: without regard to case, accents, marks and order.

use wholechart_names::medicine::Medicine;
use wholechart_names::qualifiers::words_of;
use wholechart_names::spelling::{aside, sorted, unaccented, without, written_out};

use super::built::spelled;

/// The row of a file that a whole name names, without regard to what stands in brackets.
pub(super) fn of_whole(file: &str, name: &str) -> Option<usize> {
    whole(file, name).into_iter().find_map(|spelling| spelled(file, &spelling))
}

/// The ways in which a name is looked for as a whole, the narrowest first.
pub(super) fn whole(file: &str, name: &str) -> Vec<String> {
    let words = words_of(file, name);
    // "? pulmonary embolism" is a question.
    if words.is_empty() || name.trim_start().starts_with('?') {
        return Vec::new();
    }
    let mut ways = vec![format!("={}", words.join(" "))];
    if file == "medicines" {
        // A mix is named by figures: `Humulin 70/30 100 unit/mL`.
        for length in (2..=words.len().min(6)).rev() {
            let begin = &words[..length];
            if begin.iter().any(|word| word.bytes().all(|b| b.is_ascii_digit())) {
                ways.push(format!("={}", begin.join(" ")));
            }
        }
        let read = Medicine::read(&unaccented(name));
        let names: Vec<&String> = read.names.iter().filter(|name| !name.is_empty()).collect();
        ways.extend(names.iter().map(|name| format!("+{name}")));
        ways.extend(read.beside.iter().map(|name| format!("+{name}")));
        return ways;
    }
    ways.push(sorted(&words));
    ways.push(written_out(&words));
    ways.extend(without(&words, aside(file)).map(|words| format!("~{words}")));
    ways.retain(|way| !way.is_empty());
    ways
}
