//! Figures as people and servers write them, compared by amount.

use std::cmp::Ordering;

/// A decimal of any length, exactly: ±0.`digits` × 10^`exponent`. Floats would make 0.1 + 0.2 out of a lab value.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Decimal {
    /// Below zero; zero is not.
    pub negative: bool,
    /// Without leading or trailing zeros; empty for zero.
    pub digits: String,
    /// By how many places the point stands behind the first digit.
    pub exponent: i64,
}

impl Decimal {
    /// From the text of a JSON number, or what a server sent in its place.
    pub fn parse(text: &str) -> Option<Decimal> {
        let text = text.trim();
        let (negative, text) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (mantissa, power) = match text.split_once(['e', 'E']) {
            Some((mantissa, power)) => (mantissa, power.parse::<i32>().ok()?),
            None => (text, 0),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let all = format!("{whole}{fraction}");
        if all.is_empty() || !all.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let significant = all.trim_start_matches('0');
        let digits = significant.trim_end_matches('0').to_owned();
        if digits.is_empty() {
            return Some(Decimal { negative: false, digits, exponent: 0 });
        }
        let leading = all.len() - significant.len();
        let exponent = i64::try_from(whole.len()).ok()? - i64::try_from(leading).ok()? + i64::from(power);
        Some(Decimal { negative, digits, exponent })
    }

    /// In plain figures, after moving the point by `powers` of ten.
    pub fn shifted(&self, powers: i64) -> String {
        let exponent = self.exponent + powers;
        let sign = if self.negative { "-" } else { "" };
        let Ok(places) = usize::try_from(exponent.unsigned_abs().min(400)) else { return String::new() };
        if self.digits.is_empty() {
            return "0".to_owned();
        }
        if exponent <= 0 {
            return format!("{sign}0.{}{}", "0".repeat(places), self.digits);
        }
        if places >= self.digits.len() {
            return format!("{sign}{}{}", self.digits, "0".repeat(places - self.digits.len()));
        }
        format!("{sign}{}.{}", &self.digits[..places], &self.digits[places..])
    }

    fn magnitude(&self, other: &Decimal) -> Ordering {
        match (self.digits.is_empty(), other.digits.is_empty()) {
            (true, true) => Ordering::Equal,
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
            (false, false) => self.exponent.cmp(&other.exponent).then_with(|| self.digits.cmp(&other.digits)),
        }
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Decimal) -> Ordering {
        match (self.negative, other.negative) {
            (false, true) => Ordering::Greater,
            (true, false) => Ordering::Less,
            (false, false) => self.magnitude(other),
            (true, true) => other.magnitude(self),
        }
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Decimal) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use super::Decimal;

    #[test]
    fn figures_are_compared_by_amount() {
        let equal =
            [("5", "5.0"), ("5", "5.00e0"), ("0.050", "5e-2"), ("-0", "0.0"), ("100", "1E2"), ("007", "7")];
        for (a, b) in equal {
            assert_eq!(Decimal::parse(a), Decimal::parse(b), "{a} {b}");
        }
        let ascending = ["-100", "-99.5", "-0.01", "0", "0.009", "0.01", "9", "9.99", "10", "131", "1e3"];
        for pair in ascending.windows(2) {
            assert!(Decimal::parse(pair[0]).unwrap() < Decimal::parse(pair[1]).unwrap(), "{pair:?}");
        }
        for not in ["", ".", "-", "five", "1.2.3", "1,5", "0x1", "1e99999999999"] {
            assert_eq!(Decimal::parse(not), None, "{not}");
        }
    }
}
