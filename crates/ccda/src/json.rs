//! JSON as it is written: in the order that it was put together, with every figure letter by letter.
//!
//! Not `serde_json`'s value: that keeps figures as binary fractions, and `5.10` is not `5.1` (law 5).

use std::fmt::Write as _;

/// A value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Json {
    Bool(bool),
    /// A figure in JSON's spelling.
    Number(String),
    Text(String),
    List(Vec<Json>),
    Object(Object),
}

/// An object under construction. What is empty is not put in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Object(Vec<(&'static str, Json)>);

impl Json {
    pub(crate) fn text(text: impl Into<String>) -> Json {
        Json::Text(text.into())
    }

    fn is_empty(&self) -> bool {
        match self {
            Json::Bool(_) => false,
            Json::Number(text) | Json::Text(text) => text.is_empty(),
            Json::List(items) => items.is_empty(),
            Json::Object(object) => object.is_empty(),
        }
    }

    fn write(&self, out: &mut String) {
        match self {
            Json::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
            Json::Number(figure) => out.push_str(figure),
            Json::Text(text) => write_text(text, out),
            Json::List(items) => {
                out.push('[');
                for (at, item) in items.iter().enumerate() {
                    if at > 0 {
                        out.push(',');
                    }
                    item.write(out);
                }
                out.push(']');
            }
            Json::Object(object) => object.write(out),
        }
    }
}

impl From<&str> for Json {
    fn from(text: &str) -> Json {
        Json::Text(text.to_owned())
    }
}

impl From<String> for Json {
    fn from(text: String) -> Json {
        Json::Text(text)
    }
}

impl From<bool> for Json {
    fn from(value: bool) -> Json {
        Json::Bool(value)
    }
}

impl From<Vec<Json>> for Json {
    fn from(items: Vec<Json>) -> Json {
        Json::List(items)
    }
}

impl From<Object> for Json {
    fn from(object: Object) -> Json {
        Json::Object(object)
    }
}

impl Object {
    /// A member more, unless it is empty or there already.
    pub(crate) fn put(&mut self, name: &'static str, value: impl Into<Json>) {
        let value = value.into();
        if !value.is_empty() && !self.has(name) {
            self.0.push((name, value));
        }
    }

    /// A member more, where there is one.
    pub(crate) fn put_some(&mut self, name: &'static str, value: Option<impl Into<Json>>) {
        if let Some(value) = value {
            self.put(name, value);
        }
    }

    /// An item more in the list of this name, unless it is empty.
    pub(crate) fn push(&mut self, name: &'static str, value: impl Into<Json>) {
        let value = value.into();
        if value.is_empty() {
            return;
        }
        match self.0.iter_mut().find(|(known, _)| *known == name) {
            Some((_, Json::List(items))) => items.push(value),
            Some(_) => {}
            None => self.0.push((name, Json::List(vec![value]))),
        }
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(known, _)| *known == name)
    }

    pub(crate) fn get(&self, name: &str) -> Option<&Json> {
        self.0.iter().find(|(known, _)| *known == name).map(|(_, value)| value)
    }

    pub(crate) fn get_mut(&mut self, name: &str) -> Option<&mut Json> {
        self.0.iter_mut().find(|(known, _)| *known == name).map(|(_, value)| value)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Takes a member out.
    pub(crate) fn remove(&mut self, name: &str) {
        self.0.retain(|(known, _)| *known != name);
    }

    /// All members of another object behind its own.
    pub(crate) fn append(&mut self, other: Object) {
        for (name, value) in other.0 {
            self.put(name, value);
        }
    }

    /// The object with one member more.
    pub(crate) fn with(mut self, name: &'static str, value: impl Into<Json>) -> Object {
        self.put(name, value);
        self
    }

    fn write(&self, out: &mut String) {
        out.push('{');
        for (at, (name, value)) in self.0.iter().enumerate() {
            if at > 0 {
                out.push(',');
            }
            write_text(name, out);
            out.push(':');
            value.write(out);
        }
        out.push('}');
    }

    /// The object as JSON.
    pub(crate) fn to_json(&self) -> String {
        let mut out = String::new();
        self.write(&mut out);
        out
    }
}

fn write_text(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => {
                // Writing to a String cannot fail.
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
}

/// A figure in JSON's spelling: `+5` as `5`, `.5` as `0.5`, `5.` as `5`, `007` as `7`. None for what is no figure.
pub(crate) fn figure(text: &str) -> Option<Json> {
    let text = text.trim();
    let (sign, rest) = match text.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    let (digits, exponent) = match rest.split_once(['e', 'E']) {
        Some((digits, exponent)) => (digits, Some(exponent)),
        None => (rest, None),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if (whole.is_empty() && fraction.is_empty()) || !all_digits(whole) || !all_digits(fraction) {
        return None;
    }
    let whole = match whole.trim_start_matches('0') {
        "" => "0",
        whole => whole,
    };
    let mut out = format!("{sign}{whole}");
    if !fraction.is_empty() {
        out.push('.');
        out.push_str(fraction);
    }
    if let Some(exponent) = exponent {
        let digits = exponent.trim_start_matches(['+', '-']);
        if digits.is_empty() || digits.len() > 3 || !all_digits(digits) || exponent.len() - digits.len() > 1 {
            return None;
        }
        out.push('e');
        out.push_str(exponent);
    }
    Some(Json::Number(out))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_keeps_its_digits() {
        let written = |text: &str| figure(text).map(|json| Object::default().with("v", json).to_json());
        assert_eq!(written("5.10").as_deref(), Some("{\"v\":5.10}"));
        assert_eq!(written("+007.50").as_deref(), Some("{\"v\":7.50}"));
        assert_eq!(written(".5").as_deref(), Some("{\"v\":0.5}"));
        assert_eq!(written("-1e3").as_deref(), Some("{\"v\":-1e3}"));
        for none in ["", "-", ".", "5,1", "1e", "1e+-3", "1e9999", "0x10", "<5", "NaN", "1.2.3"] {
            assert_eq!(written(none), None, "{none}");
        }
    }
}
