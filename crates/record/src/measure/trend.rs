//! Values over time: what was measured, put on one scale.

use serde::{Deserialize, Serialize};
use wholechart_fhir::{Entry, Quantity, ReferenceRange, Value};

use crate::measure::analyte::{Analyte, analyte_of};
use crate::measure::units::{figure_in, unit_of};

/// What one entry measured, as charts and tables need it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Measure {
    /// The value, when it is an amount; its figure is the exact text that was sent. A range with one bound alone is an amount on
    /// one side of it: from 90 is `>=90`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quantity: Option<Quantity>,
    /// The range it was compared with on that day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub range: Option<ReferenceRange>,
    /// The two bounds of a value that is a range, the lower one first: the least and the greatest of a day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub between: Option<(Quantity, Quantity)>,
    /// The two of a blood pressure, the upper one first; else empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Part>,
}

/// One of several amounts that were measured together.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Part {
    /// The analyte's name: `systolic`, `diastolic`.
    pub name: String,
    /// The amount; of a range, its lower bound.
    pub quantity: Quantity,
    /// The upper bound of a range.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Quantity>,
    /// The range it was compared with on that day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub range: Option<ReferenceRange>,
}

/// The parts that stand in one chart, in their order.
const TOGETHER: [&str; 2] = ["systolic", "diastolic"];

/// What an entry measured; nothing where it has no amounts.
pub fn measure(entry: &Entry) -> Measure {
    let amount = |value: &Option<Value>| match value {
        Some(Value::Quantity(quantity)) if quantity.value.is_some() => Some(quantity.clone()),
        Some(Value::Range { low, high }) => one_sided(low.as_ref(), high.as_ref()),
        _ => None,
    };
    let mut parts: Vec<Part> = entry
        .components
        .iter()
        .filter_map(|part| {
            let name = analyte_of(&part.codes)?.name;
            TOGETHER.contains(&name).then_some(())?;
            let range = usual(&part.reference_range).cloned();
            let (quantity, to) = match both_bounds(part.value.as_ref()) {
                Some((low, high)) => (low, Some(high)),
                None => (amount(&part.value)?, None),
            };
            Some(Part { name: name.to_owned(), quantity, to, range })
        })
        .collect();
    parts.sort_by_key(|part| TOGETHER.iter().position(|name| *name == part.name));
    parts.dedup_by(|a, b| a.name == b.name);
    Measure {
        quantity: amount(&entry.value),
        range: usual(&entry.reference_range).cloned(),
        between: both_bounds(entry.value.as_ref()),
        parts,
    }
}

/// The bounds of a range that has both; a bound without a unit is in the other's. None where one brings a sign of its own.
fn both_bounds(value: Option<&Value>) -> Option<(Quantity, Quantity)> {
    let Some(Value::Range { low: Some(low), high: Some(high) }) = value else { return None };
    let is_plain = |bound: &Quantity| bound.value.is_some() && bound.comparator.is_none();
    if !is_plain(low) || !is_plain(high) {
        return None;
    }
    let in_unit_of = |bound: &Quantity, other: &Quantity| match unit_of(bound) {
        Some(_) => bound.clone(),
        None => Quantity { unit: other.unit.clone(), code: other.code.clone(), ..bound.clone() },
    };
    Some((in_unit_of(low, high), in_unit_of(high, low)))
}

/// A range with one bound as an amount on that side of it; FHIR's bounds belong to the range. None where the bound's own sign
/// says the other side.
fn one_sided(low: Option<&Quantity>, high: Option<&Quantity>) -> Option<Quantity> {
    let said = |bound: Option<&Quantity>| bound.filter(|bound| bound.value.is_some()).cloned();
    let (bound, side, sign) = match (said(low), said(high)) {
        (Some(low), None) => (low, '>', ">="),
        (None, Some(high)) => (high, '<', "<="),
        _ => return None,
    };
    let own = bound.comparator.as_deref().map(str::trim).filter(|own| !own.is_empty());
    let sign = own.unwrap_or(sign).to_owned();
    sign.starts_with(side).then_some(Quantity { comparator: Some(sign), ..bound })
}

/// The range for everybody, else the first.
fn usual(ranges: &[ReferenceRange]) -> Option<&ReferenceRange> {
    let for_all = |range: &&ReferenceRange| {
        range.applies_to.as_deref().is_none_or(|to| to.to_lowercase().contains("normal"))
    };
    ranges.iter().find(for_all).or_else(|| ranges.first())
}

/// A value on a chart's scale. Numbers are for drawing only; what is read is `figure`.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    /// `systolic`, `diastolic`, or empty for a value that stands alone.
    pub name: String,
    /// The figure in the chart's unit.
    pub figure: String,
    /// The same for drawing.
    pub number: f64,
    /// The upper bound of a range, of which `figure` is the lower one: its figure, and the same for drawing.
    pub to: Option<(String, f64)>,
    /// `<`, `<=`, `>=`, `>`: the value lies on that side of the figure.
    pub comparator: Option<String>,
    /// It was sent in another unit.
    pub converted: bool,
    /// The lower bound of the range of that day.
    pub low: Option<f64>,
    /// The upper bound of the range of that day.
    pub high: Option<f64>,
}

/// What of a measure can be drawn in a unit.
#[derive(Debug, Clone, PartialEq)]
pub enum Placed {
    /// One value, or the two of a blood pressure.
    Points(Vec<Point>),
    /// It is an amount, but not exactly convertible into the unit.
    OtherUnit,
    /// It is no amount: words, or nothing.
    Words,
}

/// Puts a measure on the scale of `unit` (a name of [`unit_of`]; none for figures without one).
pub fn place(measure: &Measure, unit: Option<&str>, analyte: Option<&Analyte>) -> Placed {
    type Amount<'m> = (&'m str, &'m Quantity, Option<&'m Quantity>, Option<&'m ReferenceRange>);
    let amounts: Vec<Amount<'_>> = if measure.parts.is_empty() {
        let range = measure.range.as_ref();
        let alone = measure.quantity.iter().map(|quantity| ("", quantity, None, range));
        let between = measure.between.iter().map(|(low, high)| ("", low, Some(high), range));
        alone.chain(between).collect()
    } else {
        measure
            .parts
            .iter()
            .map(|part| (part.name.as_str(), &part.quantity, part.to.as_ref(), part.range.as_ref()))
            .collect()
    };
    if amounts.is_empty() {
        return Placed::Words;
    }
    let mut points = Vec::new();
    for (name, quantity, upper, range) in amounts {
        let Some(figure) = figure_in(quantity, unit, analyte) else { return Placed::OtherUnit };
        let Some(number) = number(&figure) else { return Placed::Words };
        let to = match upper.map(|upper| figure_in(upper, unit, analyte)) {
            None => None,
            Some(None) => return Placed::OtherUnit,
            Some(Some(figure)) => match self::number(&figure) {
                Some(number) => Some((figure, number)),
                None => return Placed::Words,
            },
        };
        // A bound without a unit is in the value's own; one in another unit is converted or left out.
        let bound = |bound: Option<&Quantity>| {
            let bound = bound?;
            let unitless = unit_of(bound).is_none();
            let of = if unitless {
                Quantity { unit: quantity.unit.clone(), code: quantity.code.clone(), ..bound.clone() }
            } else {
                bound.clone()
            };
            self::number(&figure_in(&of, unit, analyte)?)
        };
        points.push(Point {
            name: name.to_owned(),
            number,
            to,
            comparator: quantity.comparator.clone().filter(|sign| !sign.trim().is_empty()),
            converted: unit_of(quantity).as_deref() != unit,
            low: bound(range.and_then(|range| range.low.as_ref())),
            high: bound(range.and_then(|range| range.high.as_ref())),
            figure,
        });
    }
    Placed::Points(points)
}

fn number(figure: &str) -> Option<f64> {
    figure.trim().parse().ok().filter(|number: &f64| number.is_finite())
}

/// The units that measures were sent in, that of the first (the newest) first, each once.
pub fn units_of<'a>(measures: impl IntoIterator<Item = &'a Measure>) -> Vec<Option<String>> {
    let mut units = Vec::new();
    for measure in measures {
        let between = measure.between.as_ref().map(|(low, _)| low);
        let quantities =
            measure.parts.iter().map(|part| &part.quantity).chain(&measure.quantity).chain(between);
        for unit in quantities.map(unit_of) {
            if !units.contains(&unit) {
                units.push(unit);
            }
        }
    }
    units
}
