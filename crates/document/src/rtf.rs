//! Rich Text Format as HTML: paragraphs, bold, italic, underlined, tables.
//!
//! A reader of our own: letters from old practice systems close too few groups, name destinations nobody knows and
//! mix charsets, and must not cost their text. It walks the bytes once, keeps its groups on the heap, and cannot
//! fail after the first bytes. Refused: `rtf-parser`, which gives up on the whole file at the first such place.

use std::collections::HashMap;

use encoding_rs::{Encoding, WINDOWS_1252};

use crate::Unreadable;

/// Groups inside each other; what is nested deeper belongs to nobody's letter.
const DEEPEST: usize = 4_096;

/// Destinations whose content is not the letter.
const SILENT: &[&str] = &[
    "colortbl",
    "stylesheet",
    "info",
    "pict",
    "object",
    "header",
    "headerl",
    "headerr",
    "headerf",
    "footer",
    "footerl",
    "footerr",
    "footerf",
    "themedata",
    "colorschememapping",
    "datastore",
    "listtable",
    "listoverridetable",
    "rsidtbl",
    "generator",
    "latentstyles",
    "xmlnstbl",
    "fldinst",
    "bkmkstart",
    "bkmkend",
    "nonshppict",
    "filetbl",
    "revtbl",
    "pgptbl",
    "mmathPr",
    "wgrffmtfilter",
    "xe",
    "tc",
];

/// What a group inherits from the one around it.
#[derive(Clone)]
struct Group {
    silent: bool,
    fonts: bool,
    bold: bool,
    italic: bool,
    underlined: bool,
    hidden: bool,
    encoding: &'static Encoding,
    /// Characters that stand for one `\u` where it is not understood.
    fallback: usize,
}

/// The file as HTML.
///
/// # Errors
/// [`Unreadable::Broken`] when it does not begin as RTF.
pub(crate) fn page(bytes: &[u8]) -> Result<String, Unreadable> {
    let start = bytes.iter().position(|byte| !byte.is_ascii_whitespace()).unwrap_or(0);
    let bytes = bytes[start..].strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes[start..]);
    if !bytes.starts_with(b"{\\rtf") {
        return Err(Unreadable::Broken("it does not begin as RTF".into()));
    }
    let mut reader = Reader {
        bytes,
        at: 0,
        group: Group {
            silent: false,
            fonts: false,
            bold: false,
            italic: false,
            underlined: false,
            hidden: false,
            encoding: WINDOWS_1252,
            fallback: 1,
        },
        outer: Vec::new(),
        too_deep: 0,
        starred: false,
        skip: 0,
        fonts: HashMap::new(),
        font: 0,
        single: Vec::new(),
        wide: Vec::new(),
        out: Out::default(),
    };
    reader.walk();
    Ok(wholechart_html::sanitise(&reader.out.end()))
}

struct Reader<'b> {
    bytes: &'b [u8],
    at: usize,
    group: Group,
    outer: Vec<Group>,
    too_deep: usize,
    /// `\*` was met: an unknown destination that follows is silent.
    starred: bool,
    /// Characters still to be left out after a `\u`.
    skip: usize,
    fonts: HashMap<i32, &'static Encoding>,
    font: i32,
    /// Bytes in the group's charset, and UTF-16 units, not written yet.
    single: Vec<u8>,
    wide: Vec<u16>,
    out: Out,
}

impl Reader<'_> {
    fn walk(&mut self) {
        while let Some(&byte) = self.bytes.get(self.at) {
            self.at += 1;
            match byte {
                b'{' => {
                    self.flush();
                    if self.outer.len() < DEEPEST {
                        self.outer.push(self.group.clone());
                    } else {
                        self.too_deep += 1;
                    }
                    self.starred = false;
                    self.skip = 0;
                }
                b'}' => {
                    self.flush();
                    if self.too_deep > 0 {
                        self.too_deep -= 1;
                    } else if let Some(outer) = self.outer.pop() {
                        self.group = outer;
                    }
                    self.starred = false;
                    self.skip = 0;
                }
                b'\\' => self.control(),
                b'\r' | b'\n' | 0 => {}
                byte => self.byte(byte),
            }
        }
        self.flush();
    }

    fn control(&mut self) {
        let Some(&first) = self.bytes.get(self.at) else { return };
        if !first.is_ascii_alphabetic() {
            self.at += 1;
            match first {
                b'\'' => {
                    let digits = self.bytes.get(self.at..self.at + 2).unwrap_or_default();
                    if let Some(byte) =
                        std::str::from_utf8(digits).ok().and_then(|d| u8::from_str_radix(d, 16).ok())
                    {
                        self.at += 2;
                        self.byte(byte);
                    }
                }
                b'*' => self.starred = true,
                b'~' => self.unit(0xA0),
                b'_' => self.unit(0x2011),
                b'\\' | b'{' | b'}' => self.byte(first),
                b'\r' | b'\n' => self.paragraph(),
                _ => {}
            }
            return;
        }
        let rest = &self.bytes[self.at..];
        let length = rest.iter().take_while(|b| b.is_ascii_alphabetic()).count();
        let word = std::str::from_utf8(&rest[..length]).unwrap_or_default().to_owned();
        let sign = usize::from(rest.get(length) == Some(&b'-'));
        let digits = rest[length + sign..].iter().take_while(|b| b.is_ascii_digit()).count();
        let number = (digits > 0)
            .then(|| std::str::from_utf8(&rest[length..length + sign + digits]).ok()?.parse::<i32>().ok())
            .flatten();
        self.at += length + if digits > 0 { sign + digits } else { 0 };
        if self.bytes.get(self.at) == Some(&b' ') {
            self.at += 1;
        }
        self.word(&word, number);
    }

    fn word(&mut self, word: &str, number: Option<i32>) {
        let starred = std::mem::take(&mut self.starred);
        if word != "u" {
            self.flush();
        }
        let on = number != Some(0);
        match word {
            "u" => self.unicode(number.unwrap_or_default()),
            "uc" => self.group.fallback = usize::try_from(number.unwrap_or(1)).unwrap_or(0).min(16),
            "bin" => {
                self.at += usize::try_from(number.unwrap_or(0)).unwrap_or(0).min(self.bytes.len() - self.at);
            }
            "ansicpg" => {
                if let Some(encoding) = number.and_then(code_page) {
                    self.group.encoding = encoding;
                }
            }
            "fonttbl" => {
                self.group.fonts = true;
                self.group.silent = true;
            }
            "f" => {
                self.font = number.unwrap_or_default();
                if !self.group.fonts
                    && let Some(encoding) = self.fonts.get(&self.font)
                {
                    self.group.encoding = encoding;
                }
            }
            "fcharset" if self.group.fonts => {
                if let Some(encoding) = number.and_then(charset) {
                    self.fonts.insert(self.font, encoding);
                }
            }
            "b" => self.group.bold = on,
            "i" => self.group.italic = on,
            "ul" => self.group.underlined = on,
            "ulnone" => self.group.underlined = false,
            "v" => self.group.hidden = on,
            "plain" => {
                (self.group.bold, self.group.italic, self.group.underlined, self.group.hidden) =
                    (false, false, false, false);
            }
            "pard" => self.out.in_cell = false,
            "intbl" => self.out.in_cell = true,
            "par" | "sect" | "page" => self.paragraph(),
            "line" => self.out(|out| out.text("<br>")),
            "cell" | "nestcell" => self.out(Out::cell),
            "row" | "nestrow" => self.out(Out::row),
            "emdash" => self.unit(0x2014),
            "endash" => self.unit(0x2013),
            "bullet" => self.unit(0x2022),
            "lquote" => self.unit(0x2018),
            "rquote" => self.unit(0x2019),
            "ldblquote" => self.unit(0x201C),
            "rdblquote" => self.unit(0x201D),
            "tab" | "emspace" | "enspace" | "qmspace" => self.unit(0x20),
            // Known only to whoever wrote it; what is shown in its place follows without the star.
            _ if starred || SILENT.contains(&word) => self.group.silent = true,
            _ => {}
        }
    }

    fn unicode(&mut self, number: i32) {
        // Written as a signed number of sixteen bits; some write it unsigned.
        let unit = u16::try_from(number.rem_euclid(0x1_0000)).unwrap_or(0xFFFD);
        self.unit(unit);
        self.skip = self.group.fallback;
    }

    fn unit(&mut self, unit: u16) {
        self.flush_single();
        if self.shown() {
            self.wide.push(unit);
        }
    }

    fn byte(&mut self, byte: u8) {
        if self.skip > 0 {
            self.skip -= 1;
            return;
        }
        self.flush_wide();
        if self.shown() {
            self.single.push(byte);
        }
    }

    fn shown(&self) -> bool {
        !self.group.silent && !self.group.hidden
    }

    fn paragraph(&mut self) {
        self.out(Out::paragraph);
    }

    fn out(&mut self, write: impl FnOnce(&mut Out)) {
        self.flush();
        if self.shown() {
            write(&mut self.out);
        }
    }

    fn flush(&mut self) {
        self.flush_single();
        self.flush_wide();
    }

    fn flush_single(&mut self) {
        if !self.single.is_empty() {
            let text = self.group.encoding.decode_without_bom_handling(&self.single).0.into_owned();
            self.single.clear();
            self.write(&text);
        }
    }

    fn flush_wide(&mut self) {
        if !self.wide.is_empty() {
            let text = String::from_utf16_lossy(&self.wide);
            self.wide.clear();
            self.write(&text);
        }
    }

    fn write(&mut self, text: &str) {
        let mut html = escaped(text);
        for (on, tag) in [(self.group.underlined, "u"), (self.group.italic, "i"), (self.group.bold, "b")] {
            if on {
                html = format!("<{tag}>{html}</{tag}>");
            }
        }
        self.out.text(&html);
    }
}

/// The page as it grows.
#[derive(Default)]
struct Out {
    html: String,
    line: String,
    cells: Vec<String>,
    in_cell: bool,
    in_table: bool,
}

impl Out {
    fn text(&mut self, html: &str) {
        self.line.push_str(html);
    }

    fn paragraph(&mut self) {
        if self.in_cell {
            self.line.push_str("<br>");
            return;
        }
        self.leave_table();
        let line = std::mem::take(&mut self.line);
        if !line.trim().is_empty() {
            self.html.push_str("<p>");
            self.html.push_str(line.trim());
            self.html.push_str("</p>");
        }
    }

    fn cell(&mut self) {
        self.cells.push(std::mem::take(&mut self.line));
    }

    fn row(&mut self) {
        if !self.line.trim().is_empty() {
            self.cell();
        }
        if self.cells.is_empty() {
            return;
        }
        if !self.in_table {
            self.in_table = true;
            self.html.push_str("<table><tbody>");
        }
        self.html.push_str("<tr>");
        for cell in self.cells.drain(..) {
            self.html.push_str("<td>");
            self.html.push_str(cell.trim());
            self.html.push_str("</td>");
        }
        self.html.push_str("</tr>");
    }

    fn leave_table(&mut self) {
        if std::mem::take(&mut self.in_table) {
            self.html.push_str("</tbody></table>");
        }
    }

    fn end(mut self) -> String {
        self.in_cell = false;
        if !self.cells.is_empty() {
            self.row();
        }
        self.paragraph();
        self.leave_table();
        self.html
    }
}

pub(crate) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Windows' code pages by number.
fn code_page(number: i32) -> Option<&'static Encoding> {
    let label = match number {
        65001 => "utf-8".to_owned(),
        932 => "shift_jis".to_owned(),
        936 => "gbk".to_owned(),
        949 => "euc-kr".to_owned(),
        950 => "big5".to_owned(),
        10_000 => "macintosh".to_owned(),
        866 | 874 => format!("{}{number}", if number == 866 { "ibm" } else { "windows-" }),
        1250..=1258 => format!("windows-{number}"),
        _ => return None,
    };
    Encoding::for_label(label.as_bytes())
}

/// Charsets of fonts by number.
fn charset(number: i32) -> Option<&'static Encoding> {
    code_page(match number {
        0 => 1252,
        77 => 10_000,
        128 => 932,
        129 => 949,
        134 => 936,
        136 => 950,
        161 => 1253,
        162 => 1254,
        163 => 1258,
        177 => 1255,
        178 => 1256,
        186 => 1257,
        204 => 1251,
        222 => 874,
        238 => 1250,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::page;

    fn check(rtf: &str, html: &str) {
        assert_eq!(page(rtf.as_bytes()).unwrap(), html, "{rtf}");
    }

    #[test]
    fn a_letter_keeps_its_paragraphs_and_its_emphasis() {
        check(
            r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Times;}}{\colortbl;\red0\green0\blue0;}\pard Dear {\b Ms. Vance},\par your {\i heart} is well.\par}",
            "<p>Dear <b>Ms. Vance</b>,</p><p>your <i>heart</i> is well.</p>",
        );
        check(r"{\rtf1 5 < 6 & 7 \{x\}}", "<p>5 &lt; 6 &amp; 7 {x}</p>");
        check(r"{\rtf1 <script>alert(1)</script>}", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>");
    }

    #[test]
    fn letters_of_every_alphabet_come_through() {
        check(r"{\rtf1\ansi\ansicpg1252 Gr\'f6\'dfe 37 \'b0C}", "<p>Größe 37 °C</p>");
        check(r"{\rtf1\uc1 \u1054?\u1082?}", "<p>Ок</p>");
        check(r"{\rtf1\uc0 \u-10179\u-8704 ok}", "<p>😀ok</p>");
        check(r"{\rtf1{\fonttbl{\f0\fcharset0 A;}{\f1\fcharset204 B;}}\f1 \'c4\'e0\f0  \'e9}", "<p>Да é</p>");
        check(r"{\rtf1\uc2 \u8364\'80\'81!}", "<p>€!</p>");
    }

    #[test]
    fn what_is_not_the_letter_is_left_out() {
        check(
            r"{\rtf1{\*\generator Word;}{\info{\author Nobody}}{\header page 1}{\pict 00ff}{\*\bkmkstart x}A{\v secret}B{\field{\*\fldinst HYPERLINK x}{\fldrslt link}}}",
            "<p>ABlink</p>",
        );
        check("{\\rtf1 a\\bin3 }}}b}", "<p>ab</p>");
    }

    #[test]
    fn tables_are_tables() {
        check(
            r"{\rtf1\trowd\intbl LDL\cell 131\cell\row\trowd\intbl HDL\cell 52\cell\row\pard after\par}",
            "<table><tbody><tr><td>LDL</td><td>131</td></tr><tr><td>HDL</td><td>52</td></tr></tbody></table><p>after</p>",
        );
    }

    #[test]
    fn a_damaged_letter_costs_its_damage_only() {
        check(r"{\rtf1 open {\b and never closed", "<p>open <b>and never closed</b></p>");
        check(r"{\rtf1 a}} b}", "<p>a b</p>");
        check(r"{\rtf1 \'zz end\", "<p>zz end</p>");
        let deep = format!("{{\\rtf1 {}x{}y}}", "{".repeat(50_000), "}".repeat(50_000));
        check(&deep, "<p>xy</p>");
        assert!(page(b"not rtf").is_err());
    }
}
