//! CDA's time stamps as FHIR's, exactly as precise as they are (CDA R2, HL7 V3 data types `TS`).

/// `YYYYMMDDhhmmss.s+ZZzz`, cut short anywhere, as a FHIR date or time of the same precision.
///
/// `20150622` is a day, `2015` a year, `201506221030-0500` a minute. An hour without minutes says its day only. An offset
/// is taken over where it was stated and never made up. What is written the ISO way is left as it is. None for anything
/// else.
pub(crate) fn date_time(raw: &str) -> Option<String> {
    let raw = raw.trim();
    if !raw.is_ascii() || raw.len() > 40 {
        return None;
    }
    if raw.as_bytes().get(4) == Some(&b'-') && raw.len() > 6 && raw[5..6].bytes().all(|b| b.is_ascii_digit())
    {
        return iso(raw);
    }
    let zone = raw.find(['+', '-', 'Z']).unwrap_or(raw.len());
    let (stamp, zone) = raw.split_at(zone);
    let (stamp, fraction) = match stamp.split_once('.') {
        Some((stamp, fraction)) => (stamp, Some(fraction)),
        None => (stamp, None),
    };
    if !stamp.bytes().all(|byte| byte.is_ascii_digit()) || !matches!(stamp.len(), 4 | 6 | 8 | 10 | 12 | 14) {
        return None;
    }
    if fraction.is_some_and(|digits| digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit())) {
        return None;
    }
    let part = |from: usize, to: usize| stamp.get(from..to);
    let mut out = part(0, 4)?.to_owned();
    let year: u32 = out.parse().ok()?;
    if year == 0 {
        return None;
    }
    let Some(month) = part(4, 6) else { return Some(out) };
    if !(1..=12).contains(&month.parse::<u32>().ok()?) {
        return None;
    }
    out = format!("{out}-{month}");
    let Some(day) = part(6, 8) else { return Some(out) };
    if !(1..=days_in(year, month.parse().ok()?)).contains(&day.parse::<u32>().ok()?) {
        return None;
    }
    out = format!("{out}-{day}");
    let (Some(hour), Some(minute)) = (part(8, 10), part(10, 12)) else {
        return part(8, 10).is_none_or(|hour| hour < "24").then_some(out);
    };
    if hour > "23" || minute > "59" {
        return None;
    }
    out = format!("{out}T{hour}:{minute}");
    if let Some(second) = part(12, 14) {
        if second > "60" {
            return None;
        }
        out = format!("{out}:{second}");
        if let Some(fraction) = fraction {
            out = format!("{out}.{fraction}");
        }
    }
    Some(format!("{out}{}", offset(zone)?))
}

/// `-0500` and `-05` as `-05:00`, `Z` and nothing as they are. None for what is none.
fn offset(zone: &str) -> Option<String> {
    if matches!(zone, "" | "Z") {
        return Some(zone.to_owned());
    }
    let digits: String = zone[1..].chars().filter(|c| *c != ':').collect();
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let (hours, minutes) = match digits.len() {
        2 => (digits.as_str(), "00"),
        4 => digits.split_at(2),
        _ => return None,
    };
    (hours <= "14" && minutes <= "59").then(|| format!("{}{hours}:{minutes}", &zone[..1]))
}

fn iso(raw: &str) -> Option<String> {
    let (date, time) = raw.split_once(['T', ' ']).unwrap_or((raw, ""));
    let mut digits: String = date.split('-').collect();
    let zone = time.find(['+', '-', 'Z']).unwrap_or(time.len());
    digits.push_str(&time[..zone].replace(':', ""));
    digits.push_str(&time[zone..].replace(':', ""));
    if digits.contains(|c: char| !c.is_ascii_digit() && !matches!(c, '+' | '-' | 'Z' | '.')) {
        return None;
    }
    // The digits never look like the ISO form again.
    (digits.as_bytes().get(4) != Some(&b'-')).then(|| date_time(&digits)).flatten()
}

fn days_in(year: u32, month: u32) -> u32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if (year.is_multiple_of(4) && !year.is_multiple_of(100)) || year.is_multiple_of(400) => 29,
        2 => 28,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::date_time;

    #[test]
    fn a_time_stamp_keeps_its_precision_and_its_offset() {
        for (sent, read) in [
            ("2015", "2015"),
            ("201506", "2015-06"),
            ("20150622", "2015-06-22"),
            ("2015062210", "2015-06-22"),
            ("201506221030", "2015-06-22T10:30"),
            ("201506221030-0500", "2015-06-22T10:30-05:00"),
            ("20150622103000-0500", "2015-06-22T10:30:00-05:00"),
            ("20150622103000.123+0530", "2015-06-22T10:30:00.123+05:30"),
            ("20150622103000-05", "2015-06-22T10:30:00-05:00"),
            ("20150622103000Z", "2015-06-22T10:30:00Z"),
            ("20150622+0000", "2015-06-22"),
            ("2015-06-22", "2015-06-22"),
            ("2015-06-22T10:30:00-05:00", "2015-06-22T10:30:00-05:00"),
            ("20160229", "2016-02-29"),
        ] {
            assert_eq!(date_time(sent).as_deref(), Some(read), "{sent}");
        }
        for none in [
            "",
            "0",
            "00000000",
            "20151301",
            "20150230",
            "20150622250000",
            "201506226",
            "June 2015",
            "201506221030-9900",
            "20150622106100",
            "2015-02-30",
            "20150622103000-2500",
            "2015\u{661}",
        ] {
            assert_eq!(date_time(none), None, "{none}");
        }
    }
}
