//! JSON with decimals as they were written.
//!
//! `serde_json` holds a number as a double, which makes 5.1 of 5.10; its `arbitrary_precision` feature
//! would change every crate built with this one. So a decimal is wrapped while the story is written
//! (`{"$decimal": "5.10"}`) and becomes a bare number when the text is made.

use std::fmt::Write as _;

use serde_json::{Value, json};

const DECIMAL: &str = "$decimal";

/// A number with exactly these figures.
pub(super) fn decimal(figures: &str) -> Value {
    json!({ DECIMAL: figures })
}

/// The figures of a decimal, or of a whole number.
pub(super) fn figures(value: &Value) -> Option<String> {
    match value {
        Value::Object(members) => members.get(DECIMAL)?.as_str().map(str::to_owned),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// Takes out nulls, and objects and lists that are empty because of that: FHIR has none of them.
pub(super) fn prune(value: Value) -> Value {
    match value {
        Value::Object(members) => Value::Object(
            members
                .into_iter()
                .map(|(name, member)| (name, prune(member)))
                .filter(|(_, member)| !is_nothing(member))
                .collect(),
        ),
        Value::Array(items) => {
            Value::Array(items.into_iter().map(prune).filter(|item| !is_nothing(item)).collect())
        }
        other => other,
    }
}

fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Object(members) => members.is_empty(),
        Value::Array(items) => items.is_empty(),
        _ => false,
    }
}

/// The text, with `resourceType`, `id` and `meta` first, as people expect them.
pub(super) fn write(value: &Value) -> String {
    let mut text = String::new();
    write_into(&mut text, value);
    text
}

fn write_into(text: &mut String, value: &Value) {
    match value {
        Value::Object(members) => {
            if let Some(Value::String(figures)) = members.get(DECIMAL) {
                text.push_str(figures);
                return;
            }
            let place = |name: &str| match name {
                "resourceType" => 0,
                "id" => 1,
                "meta" => 2,
                _ => 3,
            };
            let mut members: Vec<_> = members.iter().collect();
            members.sort_by(|(a, _), (b, _)| (place(a), *a).cmp(&(place(b), *b)));
            text.push('{');
            for (at, (name, member)) in members.into_iter().enumerate() {
                if at > 0 {
                    text.push(',');
                }
                let _ = write!(text, "{}:", Value::from(name.as_str()));
                write_into(text, member);
            }
            text.push('}');
        }
        Value::Array(items) => {
            text.push('[');
            for (at, item) in items.iter().enumerate() {
                if at > 0 {
                    text.push(',');
                }
                write_into(text, item);
            }
            text.push(']');
        }
        other => {
            let _ = write!(text, "{other}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_keep_their_figures_and_nothing_is_left_out() {
        let value = prune(json!({
            "value": decimal("5.10"), "id": "a", "resourceType": "X",
            "none": null, "empty": {"also": []}, "list": [1, null, "\"é"],
        }));
        assert_eq!(write(&value), r#"{"resourceType":"X","id":"a","list":[1,"\"é"],"value":5.10}"#);
    }
}
