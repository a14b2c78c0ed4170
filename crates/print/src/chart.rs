//! Where the parts of a chart lie. Values stand over time with the usual range of each day behind them; a single value stands on a
//! line of numbers. Everything is in points from the upper left corner; the template only draws.

use serde::Serialize;

use crate::document::{Chart, Spot};

/// What the template draws.
#[derive(Debug, PartialEq, Serialize)]
pub(crate) struct Drawing {
    width: f64,
    height: f64,
    /// Usual ranges: left, top, width, height.
    bands: Vec<[f64; 4]>,
    /// What joins the spots, and the line of numbers.
    lines: Vec<Vec<[f64; 2]>>,
    spots: Vec<Dot>,
    /// Half the width of a sign.
    radius: f64,
    labels: Vec<Label>,
    /// What the signs mean, in their order.
    tellers: Vec<String>,
}

/// A value.
#[derive(Debug, PartialEq, Serialize)]
struct Dot {
    x: f64,
    y: f64,
    /// Which sign: a circle, a square, a triangle, a diamond, and the same four hollow.
    sign: usize,
    /// How far a stroke goes from it to where the value really lies: up is less than 0.
    beyond: f64,
}

/// A number at the side, or a day below.
#[derive(Debug, PartialEq, Serialize)]
struct Label {
    x: f64,
    y: f64,
    text: String,
    /// Whether the text ends at `x`, or is centred there.
    align: &'static str,
}

/// More values than these have smaller signs.
const MANY: usize = 30;
/// So many signs can be told apart.
const SIGNS: usize = 8;

/// The drawing for a place of this width, with labels of this size. `None`: nothing can be drawn.
pub(crate) fn drawing(chart: &Chart, width: f64, text: f64) -> Option<Drawing> {
    let all: Vec<&Spot> = chart.series.iter().flatten().filter(|spot| spot.value.is_finite()).collect();
    let (first, last) = ends(all.iter().map(|spot| spot.at))?;
    let tellers = if chart.tellers.len() > 1 { chart.tellers.clone() } else { Vec::new() };
    if first < last {
        return Some(over_time(chart, width, text, (first, last), tellers));
    }
    on_a_line(&all, width, text, tellers)
}

fn over_time(
    chart: &Chart,
    width: f64,
    text: f64,
    (first, last): (f64, f64),
    tellers: Vec<String>,
) -> Drawing {
    let spots = || chart.series.iter().flatten();
    let bounds = spots().flat_map(|spot| [spot.low, spot.high]).flatten();
    let (lowest, highest) = widened(ends(spots().map(|spot| spot.value).chain(bounds)).unwrap_or_default());
    let (left, right) = (text * 3.6, width - text * 0.6);
    let (top, bottom) = (text * 0.5, text * 6.6);
    let x = |at: f64| left + (at - first) / (last - first) * (right - left);
    let y = |value: f64| bottom - (value - lowest) / (highest - lowest) * (bottom - top);
    let mut drawing = Drawing {
        width,
        height: bottom + text * 1.5,
        bands: Vec::new(),
        lines: Vec::new(),
        spots: Vec::new(),
        radius: if spots().count() > MANY { text * 0.17 } else { text * 0.26 },
        labels: Vec::new(),
        tellers,
    };
    let mut numbers: Vec<f64> = Vec::new();
    for series in &chart.series {
        for (at, spot) in series.iter().enumerate() {
            // A range holds from halfway to the value before to halfway to the one after.
            let middle = |other: Option<&Spot>, edge: f64| {
                other.map_or(edge, |other| x(f64::midpoint(other.at, spot.at)))
            };
            let from = middle(at.checked_sub(1).and_then(|before| series.get(before)), left);
            let to = middle(series.get(at + 1), right);
            if spot.low.is_some() || spot.high.is_some() {
                let (upper, lower) = (spot.high.map_or(top, y), spot.low.map_or(bottom, y));
                // Of one range with the one before: one band.
                match drawing.bands.last_mut() {
                    Some(band) if at > 0 && close(band[1], upper) && close(band[1] + band[3], lower) => {
                        band[2] = to - band[0];
                    }
                    _ => drawing.bands.push([from, upper, (to - from).max(0.0), (lower - upper).max(0.0)]),
                }
            }
            let beyond = spot.beyond.map_or(0.0, |above| if above { -text } else { text });
            drawing.spots.push(Dot { x: x(spot.at), y: y(spot.value), sign: spot.teller % SIGNS, beyond });
        }
        drawing.lines.push(series.iter().map(|spot| [x(spot.at), y(spot.value)]).collect());
        numbers.extend(series.last().into_iter().flat_map(|spot| [spot.high, spot.low]).flatten());
    }
    // How high and how low it went, where the bounds of the range do not say it.
    let most = ends(spots().map(|spot| spot.value)).map(|(least, most)| [most, least]);
    numbers.extend(most.into_iter().flatten());
    let mut taken: Vec<f64> = Vec::new();
    for number in numbers {
        let at = y(number);
        if taken.iter().all(|other| (other - at).abs() > text * 1.05) {
            taken.push(at);
            drawing.labels.push(Label {
                x: left - text * 0.4,
                y: at - text * 0.5,
                text: figure(number),
                align: "end",
            });
        }
    }
    let below = bottom + text * 0.4;
    drawing.labels.push(Label { x: left, y: below, text: chart.ends.0.clone(), align: "start" });
    drawing.labels.push(Label { x: right, y: below, text: chart.ends.1.clone(), align: "end" });
    drawing
}

/// Values of one moment on a line of numbers; nothing where there is no range to see them beside.
fn on_a_line(all: &[&Spot], width: f64, text: f64, tellers: Vec<String>) -> Option<Drawing> {
    let bounds = || all.iter().flat_map(|spot| [spot.low, spot.high]).flatten();
    let (least, most) = ends(bounds())?;
    let (lowest, highest) = ends(bounds().chain(all.iter().map(|spot| spot.value)))?;
    // As much beside the range as a third of it: what lies outside is seen to.
    let room =
        if most > least { (most - least) / 3.0 } else { (highest - lowest).max(highest.abs() * 0.2) / 3.0 };
    let (lowest, highest) = widened((lowest - room, highest + room));
    let (left, right) = (text * 3.6, width - text * 0.6);
    let x = |value: f64| left + (value - lowest) / (highest - lowest) * (right - left);
    let line = text * 2.2;
    let mut drawing = Drawing {
        width,
        height: line + text * 2.0,
        bands: Vec::new(),
        lines: vec![vec![[left, line], [right, line]]],
        spots: Vec::new(),
        radius: text * 0.26,
        labels: Vec::new(),
        tellers,
    };
    let mut below: Vec<f64> = Vec::new();
    for spot in all {
        let (from, to) = (spot.low.map_or(left, x), spot.high.map_or(right, x));
        let band = [from, line - text * 0.5, (to - from).max(0.0), text];
        if (spot.low.is_some() || spot.high.is_some()) && !drawing.bands.contains(&band) {
            drawing.bands.push(band);
        }
        for bound in [spot.low, spot.high].into_iter().flatten() {
            let at = x(bound);
            if below.iter().all(|other| (other - at).abs() > text * 2.5) {
                below.push(at);
                drawing.labels.push(Label {
                    x: at,
                    y: line + text * 0.7,
                    text: figure(bound),
                    align: "center",
                });
            }
        }
        let beyond = if spot.beyond.is_some() { -text } else { 0.0 };
        drawing.spots.push(Dot { x: x(spot.value), y: line, sign: spot.teller % SIGNS, beyond });
        drawing.labels.push(Label {
            x: x(spot.value),
            y: line - text * 1.7,
            text: figure(spot.value),
            align: "center",
        });
    }
    Some(drawing)
}

fn close(one: f64, other: f64) -> bool {
    (one - other).abs() < 0.01
}

/// The least and the greatest.
fn ends(numbers: impl Iterator<Item = f64>) -> Option<(f64, f64)> {
    numbers.filter(|number| number.is_finite()).fold(None, |ends, number| match ends {
        None => Some((number, number)),
        Some((least, most)) => Some((least.min(number), most.max(number))),
    })
}

/// With some room on both sides; never of no width.
fn widened((least, most): (f64, f64)) -> (f64, f64) {
    let room = if most > least { (most - least) * 0.08 } else { (most.abs() * 0.1).max(1.0) };
    (least - room, most + room)
}

/// A number with four digits that count.
fn figure(number: f64) -> String {
    let whole = if number == 0.0 { 0.0 } else { number.abs().log10().floor() };
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to 0 to 6")]
    let decimals = (3.0 - whole).clamp(0.0, 6.0) as usize;
    let text = format!("{number:.decimals$}");
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spot(at: f64, value: f64, range: Option<(f64, f64)>) -> Spot {
        let (low, high) = range.unzip();
        Spot { at, value, beyond: None, teller: 0, low, high }
    }

    fn drawn(spots: Vec<Spot>) -> Option<Drawing> {
        drawing(&Chart { series: vec![spots], ..Chart::default() }, 200.0, 9.0)
    }

    #[test]
    fn what_is_in_range_lies_in_the_band_and_what_is_not_lies_outside() {
        let range = Some((3.5, 5.1));
        let drawn =
            drawn(vec![spot(0.0, 4.0, range), spot(50.0, 5.9, range), spot(100.0, 3.0, range)]).unwrap();
        let [band] = drawn.bands.as_slice() else { panic!("one range is one band: {:?}", drawn.bands) };
        let within = |at: usize| drawn.spots[at].y > band[1] && drawn.spots[at].y < band[1] + band[3];
        assert!(within(0) && !within(1) && !within(2));
        assert!(drawn.spots[1].y < band[1], "above");
        assert!(drawn.spots[0].x < drawn.spots[1].x && drawn.spots[1].x < drawn.spots[2].x);
        let numbers: Vec<&str> = drawn.labels.iter().map(|label| label.text.as_str()).collect();
        assert!(numbers.contains(&"3.5") && numbers.contains(&"5.1"), "{numbers:?}");
        for spot in &drawn.spots {
            assert!(spot.x >= 0.0 && spot.x <= 200.0 && spot.y >= 0.0 && spot.y <= drawn.height);
        }
    }

    #[test]
    fn how_high_and_how_low_it_went_is_told_beside_the_range() {
        let range = Some((60.0, 100.0));
        let drawn = drawn(vec![spot(0.0, 72.0, range), spot(50.0, 186.0, range), spot(100.0, 80.0, range)]);
        let labels = drawn.unwrap().labels;
        let numbers: Vec<&str> = labels.iter().map(|label| label.text.as_str()).collect();
        for number in ["100", "60", "186"] {
            assert!(numbers.contains(&number), "{number} is not in {numbers:?}");
        }
        assert!(!numbers.contains(&"72"), "too near to the bound to be read: {numbers:?}");
    }

    #[test]
    fn a_single_value_stands_on_a_line_of_numbers() {
        let drawn = drawn(vec![spot(7.0, 5.9, Some((3.5, 5.1)))]).unwrap();
        let band = drawn.bands[0];
        assert!(drawn.spots[0].x > band[0] + band[2], "right of the range");
        assert!(drawn.labels.iter().any(|label| label.text == "5.9"));
    }

    #[test]
    fn what_cannot_be_drawn_is_not() {
        assert_eq!(drawn(Vec::new()), None);
        assert_eq!(drawn(vec![spot(7.0, 5.9, None)]), None, "one value without a range");
        assert_eq!(drawn(vec![spot(7.0, f64::NAN, None)]), None);
        let flat = drawn(vec![spot(0.0, 0.0, None), spot(1.0, 0.0, None)]).unwrap();
        assert!(flat.spots.iter().all(|spot| spot.y.is_finite()));
    }

    #[test]
    fn a_range_that_changed_is_two_bands() {
        let drawn = drawn(vec![spot(0.0, 4.0, Some((3.5, 5.1))), spot(9.0, 4.0, Some((3.0, 5.1)))]).unwrap();
        assert_eq!(drawn.bands.len(), 2);
        assert!(close(drawn.bands[0][0] + drawn.bands[0][2], drawn.bands[1][0]), "without a gap");
    }

    #[test]
    fn figures_have_four_digits() {
        for (number, text) in
            [(5.1, "5.1"), (3.499_999_999, "3.5"), (0.012_34, "0.01234"), (140.0, "140"), (0.0, "0")]
        {
            assert_eq!(figure(number), text);
        }
    }
}
