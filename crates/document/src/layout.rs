//! Where words stand on a page: lines from the top down, words from left to right, whatever order they were drawn in.
//! Tables are read by it, whose columns a text of lines does not have.

/// Blanks wider than this, in letter sizes, part two words; as in the text of a PDF.
const BETWEEN_WORDS: f64 = 0.18;
/// Blanks wider than this part two cells of a table.
pub(crate) const BETWEEN_CELLS: f64 = 0.9;
/// What stands this much higher or lower is still on the line: the number of a footnote.
const ON_THE_LINE: f64 = 0.5;
/// A letter drawn twice, to look bold, is as near to the first as this.
const TWICE: f64 = 0.12;

/// One letter, or a few that are drawn as one.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Letter {
    pub(crate) text: String,
    pub(crate) left: f64,
    pub(crate) right: f64,
    /// Its baseline, from the top of the page.
    pub(crate) down: f64,
    pub(crate) size: f64,
}

/// A word, or several that stand together.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Words {
    pub(crate) text: String,
    pub(crate) left: f64,
    pub(crate) right: f64,
}

/// One line of a page.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Line {
    /// Its words from left to right; never empty.
    pub(crate) words: Vec<Words>,
    /// Its baseline, from the top of the page.
    pub(crate) down: f64,
    /// The size of its letters.
    pub(crate) size: f64,
}

/// One page.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Page {
    pub(crate) lines: Vec<Line>,
    pub(crate) height: f64,
}

impl Line {
    /// Its words with one blank between them.
    pub(crate) fn text(&self) -> String {
        joined(&self.words)
    }

    /// Its words by the cells they stand in: wide blanks part them.
    pub(crate) fn cells(&self) -> Vec<Words> {
        let mut cells: Vec<Words> = Vec::new();
        for word in &self.words {
            match cells.last_mut() {
                Some(cell) if word.left - cell.right <= BETWEEN_CELLS * self.size => {
                    cell.text.push(' ');
                    cell.text.push_str(&word.text);
                    cell.right = cell.right.max(word.right);
                }
                _ => cells.push(word.clone()),
            }
        }
        cells
    }
}

/// The texts of words with one blank between them.
pub(crate) fn joined(words: &[Words]) -> String {
    words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ")
}

/// The lines of a page, of its letters in any order.
pub(crate) fn page(mut letters: Vec<Letter>, height: f64) -> Page {
    letters.retain(|letter| {
        [letter.left, letter.right, letter.down, letter.size].iter().all(|figure| figure.is_finite())
            && letter.size > 0.0
            && letter.right >= letter.left
            && letter.text.chars().any(|c| !c.is_whitespace() && !c.is_control())
    });
    letters.sort_by(|a, b| a.down.total_cmp(&b.down).then(a.left.total_cmp(&b.left)));
    let mut rows: Vec<Vec<Letter>> = Vec::new();
    for letter in letters {
        match rows.last_mut() {
            Some(row) if row.first().is_some_and(|first| on_one_line(first, &letter)) => row.push(letter),
            _ => rows.push(vec![letter]),
        }
    }
    Page { lines: rows.into_iter().filter_map(line).collect(), height }
}

fn on_one_line(first: &Letter, letter: &Letter) -> bool {
    letter.down - first.down <= ON_THE_LINE * first.size.max(letter.size)
}

fn line(mut letters: Vec<Letter>) -> Option<Line> {
    letters.sort_by(|a, b| a.left.total_cmp(&b.left));
    // Most letters of a line are of its size; a footnote's number is not.
    let largest = letters.iter().map(|letter| letter.size).fold(0.0, f64::max);
    let down = letters.iter().filter(|one| one.size >= 0.9 * largest).map(|one| one.down).fold(0.0, f64::max);
    let mut words: Vec<Words> = Vec::new();
    let mut last: Option<Letter> = None;
    for letter in letters {
        if let Some(before) = &last
            && before.text == letter.text
            && (letter.left - before.left).abs() < TWICE * letter.size
        {
            continue;
        }
        let text = letter.text.chars().filter(|c| !c.is_control() && !c.is_whitespace());
        match (words.last_mut(), &last) {
            (Some(word), Some(before))
                if letter.left - word.right <= BETWEEN_WORDS * before.size.max(letter.size) =>
            {
                word.text.extend(text);
                word.right = word.right.max(letter.right);
            }
            _ => words.push(Words { text: text.collect(), left: letter.left, right: letter.right }),
        }
        last = Some(letter);
    }
    (!words.is_empty()).then_some(Line { words, down, size: largest })
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// Letters half as wide as they are high, as a typewriter sets them.
    pub(crate) fn typed(text: &str, left: f64, down: f64) -> Vec<Letter> {
        let size = 10.0;
        let at = |index: usize| left + f64::from(u32::try_from(index).unwrap_or(0)) * size / 2.0;
        let letters = text.chars().enumerate().filter(|(_, letter)| *letter != ' ');
        letters
            .map(|(index, letter)| Letter {
                text: letter.to_string(),
                left: at(index),
                right: at(index + 1),
                down,
                size,
            })
            .collect()
    }

    #[test]
    fn words_are_in_lines_however_they_were_drawn() {
        let mut letters = typed("Sodium", 50.0, 120.0);
        letters.extend(typed("139", 200.0, 120.4));
        letters.extend(typed("Test", 50.0, 100.0));
        letters.extend(typed("mmol/L  135-145", 300.0, 119.8));
        letters.reverse();
        let page = page(letters, 792.0);
        let lines: Vec<String> = page.lines.iter().map(Line::text).collect();
        assert_eq!(lines, ["Test", "Sodium 139 mmol/L 135-145"]);
        let cells: Vec<String> = page.lines[1].cells().into_iter().map(|cell| cell.text).collect();
        assert_eq!(cells, ["Sodium", "139", "mmol/L", "135-145"]);
    }

    #[test]
    fn a_raised_number_is_on_its_line_and_letters_drawn_twice_are_one() {
        let mut letters = typed("Glucose", 50.0, 100.0);
        letters.extend(typed("Glucose", 50.4, 100.0));
        letters.push(Letter { text: "1".into(), left: 90.0, right: 92.0, down: 96.5, size: 6.0 });
        letters.extend(typed("Sodium", 50.0, 112.0));
        let page = page(letters, 792.0);
        let lines: Vec<String> = page.lines.iter().map(Line::text).collect();
        assert_eq!(lines, ["Glucose 1", "Sodium"]);
    }
}
