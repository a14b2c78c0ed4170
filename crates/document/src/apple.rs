//! What the Health app of an Apple phone exports (`export.xml`), read as a stream: whatever its size, only what was found is
//! in memory.
//!
//! In it stand the person's birth date (`Me`), from whom the clinical records beside it came (`ClinicalRecord`), and every
//! single value that a device or a program wrote down (`Record`, of a blood pressure in pairs by `Correlation`). Of these the vital
//! signs are read, day by day, and of each day what one device said, the one that said most: the same day stands there from
//! up to six. Up to [`A_DAY`] values of a day are told one by one, of more the least and the greatest: nothing is
//! averaged, and every figure is one that was sent.
//!
//! The files of some versions are not well-formed, so tags are cut out here (`tags`), and `quick-xml` reads what is in one.

mod tags;

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::io::{BufReader, Read};

use quick_xml::escape::unescape;
use quick_xml::events::BytesStart;
use serde::{Deserialize, Serialize};

use self::tags::{Tag, Tags};

/// So many values of one kind and day are told one by one.
pub const A_DAY: usize = 6;
/// So many days are held, over all kinds: sixty years of eight.
const MOST_DAYS: usize = 200_000;
/// So many devices of one day are told apart.
const MOST_DEVICES: usize = 12;
/// So many names of devices and programs.
const MOST_NAMES: usize = 5_000;
/// So many blood pressures.
const MOST_PAIRS: usize = 100_000;
/// So many clinical records: more are not in an archive that is read.
const MOST_RECORDS: usize = 50_000;
/// So many values are handed on.
const MOST_READINGS: usize = 200_000;
/// Characters of a name.
const LONGEST_NAME: usize = 200;

/// What stands in an export.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppleHealth {
    /// The person's birth date.
    pub born: Option<String>,
    /// From whom the clinical records came.
    pub records: Vec<AppleRecord>,
    /// Vital signs, by kind and day.
    pub readings: Vec<AppleReading>,
    /// Vital signs that could not be read: no figure, no date, half of a blood pressure, or more than is held.
    pub unclear: u64,
    /// It ends in the middle.
    pub cut: bool,
}

/// A clinical record, which is a file of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppleRecord {
    /// Where it is in the export: `/clinical-records/…`.
    pub path: String,
    /// Who sent it, as the phone calls them.
    pub source: String,
    /// The version of FHIR as the phone says it: `1.0.2`, `4.0.1`.
    pub fhir: Option<String>,
}

/// What is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum AppleMeasure {
    /// `HKQuantityTypeIdentifierBodyMass`
    Weight,
    /// `HKQuantityTypeIdentifierHeight`
    Height,
    /// `HKCorrelationTypeIdentifierBloodPressure`
    BloodPressure,
    /// `HKQuantityTypeIdentifierHeartRate`
    HeartRate,
    /// `HKQuantityTypeIdentifierRespiratoryRate`
    BreathingRate,
    /// `HKQuantityTypeIdentifierOxygenSaturation`
    OxygenSaturation,
    /// `HKQuantityTypeIdentifierBloodGlucose`
    Glucose,
    /// `HKQuantityTypeIdentifierBodyTemperature`
    Temperature,
}

/// One value, or the least and the greatest of one device's values of a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppleReading {
    /// What was measured.
    pub measure: AppleMeasure,
    /// When, as FHIR writes it: a moment, or the day of several values.
    pub when: String,
    /// The device or program.
    pub device: String,
    /// The unit as sent.
    pub unit: String,
    /// The figure; of a blood pressure the upper one.
    pub value: AppleFigures,
    /// Of a blood pressure the lower one.
    pub second: Option<AppleFigures>,
}

/// A figure digit by digit, or the least and the greatest of several.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppleFigures {
    /// The only one, or the least.
    pub low: String,
    /// The greatest of several that differ.
    pub high: Option<String>,
}

/// Reads an export to its end, or to where it ends.
pub(crate) fn read(source: &mut dyn Read) -> AppleHealth {
    let mut export = Export::default();
    let mut tags = Tags::new(BufReader::with_capacity(256 << 10, source));
    loop {
        match tags.next() {
            Tag::Open(tag) => export.tag(tag),
            Tag::Close(b"Correlation") => export.end_of_pair(),
            Tag::Close(b"HealthData") => return export.finish(false),
            Tag::Close(_) => {}
            Tag::TooLong => export.found.unclear += 1,
            Tag::End => return export.finish(true),
        }
    }
}

/// A figure as it was sent.
#[derive(Debug, Clone, PartialEq)]
struct Figure {
    text: Box<str>,
    number: f64,
}

/// What one device said of one kind on one day.
struct Said {
    device: u32,
    unit: Box<str>,
    count: u64,
    /// When, and the figure: the first ones.
    first: Vec<(Box<str>, Figure)>,
    low: Figure,
    high: Figure,
}

/// Blood pressures of one device and moment.
#[derive(Default)]
struct Pair {
    /// Told as pairs.
    whole: Vec<(Figure, Figure)>,
    upper: Vec<Figure>,
    lower: Vec<Figure>,
    unit: Box<str>,
}

/// A pair that is being told.
#[derive(Default)]
struct Telling {
    upper: Option<Figure>,
    lower: Option<Figure>,
    place: Option<Place>,
    unit: Box<str>,
}

/// Where something stands: device and moment.
type Place = (u32, Box<str>);

#[derive(Default)]
struct Export {
    found: AppleHealth,
    names: Vec<String>,
    number_of: HashMap<String, u32>,
    days: BTreeMap<(AppleMeasure, u32), Vec<Said>>,
    pairs: HashMap<Place, Pair>,
    /// The pair that is being told.
    telling: Option<Telling>,
}

impl Export {
    fn tag(&mut self, tag: &[u8]) {
        let length = tag.iter().position(|b| b.is_ascii_whitespace() || *b == b'/').unwrap_or(tag.len());
        match &tag[..length] {
            b"Record" => self.record(tag, length),
            b"ClinicalRecord" => self.clinical(tag, length),
            b"Correlation" => {
                let is_pair = attributes(tag, length, &["type"])[0]
                    .as_deref()
                    .is_some_and(|kind| kind == "HKCorrelationTypeIdentifierBloodPressure");
                let is_empty = tag.ends_with(b"/");
                self.telling = (is_pair && !is_empty).then(Telling::default);
            }
            b"Me" => {
                let [born] = attributes(tag, length, &["HKCharacteristicTypeIdentifierDateOfBirth"]);
                self.found.born = born.filter(|born| born.len() == 10 && day_of(born).is_some());
            }
            _ => {}
        }
    }

    fn clinical(&mut self, tag: &[u8], length: usize) {
        let [path, source, fhir] =
            attributes(tag, length, &["resourceFilePath", "sourceName", "fhirVersion"]);
        let (Some(path), Some(source)) = (path, source) else { return };
        if self.found.records.len() < MOST_RECORDS && !source.trim().is_empty() {
            self.found.records.push(AppleRecord {
                path: short(&path),
                source: short(source.trim()),
                fhir: fhir.map(|fhir| short(&fhir)),
            });
        }
    }

    fn record(&mut self, tag: &[u8], length: usize) {
        // Most of a file are steps and sleep: looked at no closer.
        let [kind, device, unit, value, when] =
            attributes(tag, length, &["type", "sourceName", "unit", "value", "startDate"]);
        let kind = kind.as_deref().and_then(|kind| kind.strip_prefix("HKQuantityTypeIdentifier"));
        let measure = match kind {
            Some("BodyMass") => AppleMeasure::Weight,
            Some("Height") => AppleMeasure::Height,
            Some("HeartRate") => AppleMeasure::HeartRate,
            Some("RespiratoryRate") => AppleMeasure::BreathingRate,
            Some("OxygenSaturation") => AppleMeasure::OxygenSaturation,
            Some("BloodGlucose") => AppleMeasure::Glucose,
            Some("BodyTemperature") => AppleMeasure::Temperature,
            Some("BloodPressureSystolic" | "BloodPressureDiastolic") => AppleMeasure::BloodPressure,
            _ => return,
        };
        let unit: Box<str> = short(&unit.unwrap_or_default()).into();
        let figure = value.as_deref().and_then(|value| figure(value, measure, &unit));
        let moment = when.as_deref().and_then(moment);
        let device = self.name(device.as_deref().unwrap_or_default());
        let (Some(figure), Some((day, when)), Some(device)) = (figure, moment, device) else {
            self.found.unclear += 1;
            return;
        };
        if measure == AppleMeasure::BloodPressure {
            self.half(kind == Some("BloodPressureSystolic"), (device, when), figure, unit);
        } else {
            self.value((measure, day), device, unit, when, figure);
        }
    }

    /// The number of a device's name. None: there are too many.
    fn name(&mut self, name: &str) -> Option<u32> {
        let name = short(name.trim());
        if let Some(known) = self.number_of.get(&name) {
            return Some(*known);
        }
        let number = u32::try_from(self.names.len()).ok().filter(|_| self.names.len() < MOST_NAMES)?;
        self.names.push(name.clone());
        self.number_of.insert(name, number);
        Some(number)
    }

    fn value(
        &mut self,
        of: (AppleMeasure, u32),
        device: u32,
        unit: Box<str>,
        when: Box<str>,
        figure: Figure,
    ) {
        if self.days.len() >= MOST_DAYS && !self.days.contains_key(&of) {
            self.found.unclear += 1;
            return;
        }
        let day = self.days.entry(of).or_default();
        let Some(said) = day.iter_mut().find(|said| said.device == device && said.unit == unit) else {
            if day.len() >= MOST_DEVICES {
                self.found.unclear += 1;
                return;
            }
            let first = vec![(when, figure.clone())];
            day.push(Said { device, unit, count: 1, first, low: figure.clone(), high: figure });
            return;
        };
        // Some exports say everything twice.
        if said.first.iter().any(|(at, known)| *at == when && *known == figure) {
            return;
        }
        said.count += 1;
        if figure.number < said.low.number {
            said.low = figure.clone();
        }
        if figure.number > said.high.number {
            said.high = figure.clone();
        }
        if said.first.len() < A_DAY {
            said.first.push((when, figure));
        }
    }

    /// One of the two figures of a blood pressure.
    fn half(&mut self, is_upper: bool, place: Place, figure: Figure, unit: Box<str>) {
        if let Some(telling) = &mut self.telling {
            *(if is_upper { &mut telling.upper } else { &mut telling.lower }) = Some(figure);
            (telling.place, telling.unit) = (Some(place), unit);
        } else if let Some(pair) = self.pair(place, unit) {
            (if is_upper { &mut pair.upper } else { &mut pair.lower }).push(figure);
        }
    }

    fn end_of_pair(&mut self) {
        match self.telling.take() {
            Some(Telling { upper: Some(upper), lower: Some(lower), place: Some(place), unit }) => {
                if let Some(pair) = self.pair(place, unit) {
                    pair.whole.push((upper, lower));
                }
            }
            Some(Telling { upper: None, lower: None, .. }) | None => {}
            Some(_) => self.found.unclear += 1,
        }
    }

    fn pair(&mut self, place: Place, unit: Box<str>) -> Option<&mut Pair> {
        let is_full = |pair: &Pair| pair.whole.len() + pair.upper.len() + pair.lower.len() > 4 * A_DAY;
        if self.pairs.get(&place).map_or(self.pairs.len() >= MOST_PAIRS, is_full) {
            self.found.unclear += 1;
            return None;
        }
        Some(self.pairs.entry(place).or_insert_with(|| Pair { unit, ..Pair::default() }))
    }

    fn finish(mut self, cut: bool) -> AppleHealth {
        self.found.cut = cut;
        let names = std::mem::take(&mut self.names);
        let name = |device: u32| names.get(device as usize).cloned().unwrap_or_default();
        let mut readings = Vec::new();
        for ((measure, day), mut devices) in std::mem::take(&mut self.days) {
            devices.sort_by_key(|said| (std::cmp::Reverse(said.count), name(said.device), said.unit.clone()));
            let Some(said) = devices.into_iter().next() else { continue };
            let (device, unit) = (name(said.device), String::from(said.unit));
            let reading = |when: String, value| AppleReading {
                measure,
                when,
                device: device.clone(),
                unit: unit.clone(),
                value,
                second: None,
            };
            if said.count > A_DAY as u64 {
                readings.push(reading(day_text(day), between(&said.low, &said.high)));
            } else {
                let mut first = said.first;
                first.sort_by(|one, other| one.0.cmp(&other.0));
                readings.extend(first.into_iter().map(|(when, figure)| reading(when.into(), only(&figure))));
            }
        }
        self.blood_pressures(&name, &mut readings);
        let over = readings.len().saturating_sub(MOST_READINGS);
        self.found.unclear += over as u64;
        // The newest say most of how it is now.
        readings.sort_by(|one, other| other.when.cmp(&one.when));
        readings.truncate(MOST_READINGS);
        readings.sort_by(|one, other| (one.measure, &one.when).cmp(&(other.measure, &other.when)));
        self.found.readings = readings;
        self.found
    }

    fn blood_pressures(&mut self, name: &dyn Fn(u32) -> String, readings: &mut Vec<AppleReading>) {
        /// When, and both figures.
        type Told = (Box<str>, Figure, Figure);
        /// By device and unit.
        type OfDay = BTreeMap<(String, Box<str>), Vec<Told>>;
        let mut days: BTreeMap<u32, OfDay> = BTreeMap::new();
        for ((device, when), mut pair) in std::mem::take(&mut self.pairs) {
            let Some(day) = day_of(&when) else { continue };
            if pair.whole.is_empty() {
                // Told apart: a pair where there is no doubt which two belong together.
                pair.upper.dedup();
                pair.lower.dedup();
                match (&pair.upper[..], &pair.lower[..]) {
                    ([upper], [lower]) => pair.whole.push((upper.clone(), lower.clone())),
                    (uppers, lowers) => {
                        self.found.unclear += (uppers.len() + lowers.len()) as u64;
                        continue;
                    }
                }
            }
            pair.whole.dedup();
            let of_day = days.entry(day).or_default().entry((name(device), pair.unit)).or_default();
            of_day.extend(pair.whole.into_iter().map(|(upper, lower)| (when.clone(), upper, lower)));
        }
        for (day, devices) in days {
            let most = devices.into_iter().max_by(|(one, ones), (other, others)| {
                ones.len().cmp(&others.len()).then_with(|| other.cmp(one))
            });
            let Some(((device, unit), mut told)) = most else { continue };
            told.sort_by(|one, other| one.0.cmp(&other.0));
            let reading = |when: String, value, second| AppleReading {
                measure: AppleMeasure::BloodPressure,
                when,
                device: device.clone(),
                unit: String::from(unit.clone()),
                value,
                second: Some(second),
            };
            if told.len() <= A_DAY {
                let one = |(when, upper, lower): Told| reading(when.into(), only(&upper), only(&lower));
                readings.extend(told.into_iter().map(one));
                continue;
            }
            let range = |of: &dyn Fn(&Told) -> Figure| {
                let figures: Vec<Figure> = told.iter().map(of).collect();
                let least = figures.iter().min_by(|one, other| one.number.total_cmp(&other.number));
                let greatest = figures.iter().max_by(|one, other| one.number.total_cmp(&other.number));
                least.zip(greatest).map(|(low, high)| between(low, high))
            };
            if let Some((upper, lower)) = range(&|told| told.1.clone()).zip(range(&|told| told.2.clone())) {
                readings.push(reading(day_text(day), upper, lower));
            }
        }
    }
}

fn only(figure: &Figure) -> AppleFigures {
    AppleFigures { low: figure.text.to_string(), high: None }
}

fn between(low: &Figure, high: &Figure) -> AppleFigures {
    let differs = low.text != high.text;
    AppleFigures { low: low.text.to_string(), high: differs.then(|| high.text.to_string()) }
}

/// These attributes of a tag, as far as they can be read.
fn attributes<const N: usize>(tag: &[u8], length: usize, names: &[&str; N]) -> [Option<String>; N] {
    let mut found = [const { None }; N];
    let text = String::from_utf8_lossy(tag.strip_suffix(b"/").unwrap_or(tag));
    let Some(length) = Some(length).filter(|length| text.is_char_boundary(*length)) else { return found };
    let start = BytesStart::from_content(text.as_ref(), length);
    let mut read = start.attributes();
    for attribute in read.with_checks(false).flatten() {
        let name = attribute.key.0;
        if let Some(at) = names.iter().position(|wanted| **wanted == *name) {
            let value: &str = attribute.value.as_ref();
            found[at] = Some(unescape(value).unwrap_or(Cow::Borrowed(value)).into_owned());
        }
    }
    found
}

/// No more of a name than people would read.
fn short(name: &str) -> String {
    name.chars().filter(|c| !c.is_control()).take(LONGEST_NAME).collect()
}

/// `2023-01-05 08:12:33 -0600` as a day in its own time (20230105), and as FHIR writes the moment.
fn moment(sent: &str) -> Option<(u32, Box<str>)> {
    let day = day_of(sent)?;
    let (date, rest) = sent.split_at_checked(10)?;
    let [b' ', time @ .., b' ', sign @ (b'+' | b'-'), h1, h2, m1, m2] = rest.as_bytes() else { return None };
    let time = std::str::from_utf8(time).ok()?;
    let [hour, minute, second] = numbers(time, ':', [2, 2, 2])?;
    let offset = [*h1, *h2, *m1, *m2];
    if hour > 23 || minute > 59 || second > 60 || !offset.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let [sign, h1, h2, m1, m2] = [*sign, *h1, *h2, *m1, *m2].map(char::from);
    Some((day, format!("{date}T{time}{sign}{h1}{h2}:{m1}{m2}").into()))
}

/// The day that a text begins with, as a number.
fn day_of(sent: &str) -> Option<u32> {
    let [year, month, day] = numbers(sent.get(..10)?, '-', [4, 2, 2])?;
    let can_be = (1..=12).contains(&month) && (1..=31).contains(&day) && year > 1800;
    can_be.then_some(year * 10_000 + month * 100 + day)
}

fn day_text(day: u32) -> String {
    format!("{:04}-{:02}-{:02}", day / 10_000, day / 100 % 100, day % 100)
}

fn numbers(text: &str, between: char, digits: [usize; 3]) -> Option<[u32; 3]> {
    let mut parts = text.split(between);
    let mut read = [0; 3];
    for (number, digits) in read.iter_mut().zip(digits) {
        let part = parts.next()?;
        if part.len() != digits || !part.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        *number = part.parse().ok()?;
    }
    parts.next().is_none().then_some(read)
}

/// A figure, digit by digit. The phone calls a part of one "%": 0.97 is 97 %.
fn figure(sent: &str, measure: AppleMeasure, unit: &str) -> Option<Figure> {
    const LONGEST: usize = 24;
    let sent = sent.trim();
    let (whole, part) = sent.split_once('.').unwrap_or((sent, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || sent.len() > LONGEST || !digits(whole) || !digits(part) {
        return None;
    }
    let number: f64 = sent.parse().ok()?;
    let (mut whole, mut part) = (whole.to_owned(), part.to_owned());
    let is_part = measure == AppleMeasure::OxygenSaturation && unit == "%" && number <= 1.0;
    if is_part {
        while part.len() < 2 {
            part.push('0');
        }
        let behind = part.split_off(2);
        whole.push_str(&part);
        part = behind;
    }
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    let text = if part.is_empty() { whole.to_owned() } else { format!("{whole}.{part}") };
    Some(Figure { number: text.parse().ok()?, text: text.into() })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As some phones write it: with a type that is not well-formed, and control characters.
    const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE HealthData [\n<!-- HealthKit Export Version: 12 -->\n\
        <!ELEMENT HealthData (ExportDate,Me,(Record|Correlation)*)>\n<!ATTLIST HealthData locale CDATA #REQUIRED\n\
        <!ELEMENT broken EMPTY]]>>\n<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b SYSTEM \"file:///etc/passwd\">\n]>\n<HealthData locale=\"en_US\">\n\
        <ExportDate value=\"2024-03-05 10:00:00 -0600\"/>\u{b}\n";

    fn export(body: &str) -> AppleHealth {
        let text = format!("{HEAD}{body}\n</HealthData>\n");
        read(&mut text.as_bytes())
    }

    fn record(kind: &str, device: &str, unit: &str, at: &str, value: &str) -> String {
        format!(
            "<Record type=\"HKQuantityTypeIdentifier{kind}\" sourceName=\"{device}\" sourceVersion=\"9\" \
             device=\"&lt;&lt;HKDevice: 0x28&gt;, name:Watch&gt;\" unit=\"{unit}\" creationDate=\"2024-01-01 00:00:00 -0600\" \
             startDate=\"{at}\" endDate=\"{at}\" value=\"{value}\">\n<MetadataEntry key=\"k\" value=\"v\"/>\n</Record>\n"
        )
    }

    fn told(export: &AppleHealth) -> Vec<String> {
        let figures = |of: &AppleFigures| match &of.high {
            Some(high) => format!("{}-{high}", of.low),
            None => of.low.clone(),
        };
        let line = |one: &AppleReading| {
            let second = one.second.as_ref().map(|second| format!("/{}", figures(second)));
            format!(
                "{:?} {} {} {}{} {}",
                one.measure,
                one.when,
                one.device,
                figures(&one.value),
                second.unwrap_or_default(),
                one.unit
            )
        };
        export.readings.iter().map(line).collect()
    }

    #[test]
    fn values_are_told_as_they_were_sent() {
        let body = [
            "<Me HKCharacteristicTypeIdentifierDateOfBirth=\"1984-05-12\" HKCharacteristicTypeIdentifierBiologicalSex=\"x\"/>".to_owned(),
            record("BodyMass", "Scale &amp; Co", "lb", "2023-01-05 08:12:33 -0600", "160.40"),
            record("Height", "Health", "ft", "2023-01-05 08:12:33 +0530", "5.5"),
            record("OxygenSaturation", "Watch", "%", "2023-01-05 08:12:33 -0600", "0.975"),
            record("BloodGlucose", "Meter", "mmol&lt;180.1558800000541&gt;/L", "2023-01-05 08:12:33 -0600", "5.60"),
            record("BodyTemperature", "Health", "degF", "2023-01-05 08:12:33 -0600", "98.6"),
            record("StepCount", "Watch", "count", "2023-01-05 08:12:33 -0600", "17"),
        ]
        .concat();
        let export = export(&body);
        assert_eq!((export.born.as_deref(), export.unclear, export.cut), (Some("1984-05-12"), 0, false));
        assert_eq!(
            told(&export),
            [
                "Weight 2023-01-05T08:12:33-06:00 Scale & Co 160.40 lb",
                "Height 2023-01-05T08:12:33+05:30 Health 5.5 ft",
                "OxygenSaturation 2023-01-05T08:12:33-06:00 Watch 97.5 %",
                "Glucose 2023-01-05T08:12:33-06:00 Meter 5.60 mmol<180.1558800000541>/L",
                "Temperature 2023-01-05T08:12:33-06:00 Health 98.6 degF",
            ]
        );
    }

    #[test]
    fn of_a_day_one_device_counts_and_of_many_values_the_bounds() {
        let mut body = String::new();
        for minute in 0..9 {
            let at = format!("2023-01-05 08:0{minute}:00 -0600");
            body += &record("HeartRate", "Watch", "count/min", &at, &format!("{}", 70 + minute * 10));
        }
        for minute in 0..3 {
            let at = format!("2023-01-05 09:0{minute}:00 -0600");
            body += &record("HeartRate", "Strap", "count/min", &at, "190");
        }
        // Everything twice, and another day.
        body += &record("HeartRate", "Strap", "count/min", "2023-01-06 09:00:00 -0600", "61");
        body += &record("HeartRate", "Strap", "count/min", "2023-01-06 09:00:00 -0600", "61");
        assert_eq!(
            told(&export(&body)),
            [
                "HeartRate 2023-01-05 Watch 70-150 count/min",
                "HeartRate 2023-01-06T09:00:00-06:00 Strap 61 count/min",
            ]
        );
    }

    #[test]
    fn blood_pressures_are_pairs() {
        let half = |kind: &str, at: &str, value: &str| {
            record(&format!("BloodPressure{kind}"), "Cuff", "mmHg", at, value)
        };
        let at = "2023-01-05 08:12:33 -0600";
        let both = [half("Systolic", at, "121"), half("Diastolic", at, "79")].concat();
        // As it is exported: each half by itself, and both together.
        let body = format!(
            "{both}<Correlation type=\"HKCorrelationTypeIdentifierBloodPressure\" sourceName=\"Cuff\" startDate=\"{at}\">\n{both}</Correlation>\n"
        );
        let pair = "BloodPressure 2023-01-05T08:12:33-06:00 Cuff 121/79 mmHg";
        assert_eq!(told(&export(&body)), [pair]);
        assert_eq!(told(&export(&both)), [pair], "no other half could be meant");
        let alone = export(&half("Systolic", at, "121"));
        assert_eq!((told(&alone).len(), alone.unclear), (0, 1), "half of one is none");
        let doubt = [half("Systolic", at, "121"), half("Systolic", at, "140"), half("Diastolic", at, "79")];
        let doubt = export(&doubt.concat());
        assert_eq!((told(&doubt).len(), doubt.unclear), (0, 3), "nobody knows which two");
    }

    #[test]
    fn who_sent_the_clinical_records_is_told() {
        let export = export(
            "<ClinicalRecord type=\"Condition\" identifier=\"1\" sourceName=\" Lakeside &amp; Sons \" sourceURL=\"https://x\" \
             fhirVersion=\"4.0.1\" receivedDate=\"2020-08-06 05:01:22 -0800\" resourceFilePath=\"/clinical-records/Condition-1.json\"/>\
             <ClinicalRecord type=\"HKClinicalTypeIdentifierX\" resourceFilePath=\"/clinical-records/b.json\"/>",
        );
        let record = AppleRecord {
            path: "/clinical-records/Condition-1.json".to_owned(),
            source: "Lakeside & Sons".to_owned(),
            fhir: Some("4.0.1".to_owned()),
        };
        assert_eq!(export.records, [record]);
    }

    #[test]
    fn what_cannot_be_is_counted_and_what_is_cut_says_so() {
        let at = "2023-01-05 08:12:33 -0600";
        for (at, value) in [
            ("2023-13-05 08:12:33 -0600", "1"),
            ("yesterday", "1"),
            (at, "NaN"),
            (at, "-5"),
            (at, "1e9"),
            (at, ""),
        ] {
            let export = export(&record("BodyMass", "Scale", "kg", at, value));
            assert_eq!((export.readings.len(), export.unclear), (0, 1), "{at} {value}");
        }
        let whole = format!("{HEAD}{}</HealthData>", record("BodyMass", "Scale", "kg", at, "70"));
        for end in 0..whole.len() {
            if whole.is_char_boundary(end) {
                assert!(read(&mut &whole.as_bytes()[..end]).cut, "{end}");
            }
        }
        // A quote that never ends takes no more than a tag can have.
        let open = format!("{HEAD}<Record type=\"{}\n", "x".repeat(1 << 20));
        let export = read(&mut open.as_bytes());
        assert!(export.cut && export.unclear > 0);
    }

    #[test]
    fn nothing_is_expanded_and_nothing_in_comments_is_read() {
        let at = "2023-01-05 08:12:33 -0600";
        let body = format!(
            "<!-- {} --><![CDATA[{}]]>{}",
            record("BodyMass", "Comment", "kg", at, "1"),
            record("BodyMass", "Quoted", "kg", at, "2"),
            record("BodyMass", "&a;&b;", "kg", at, "3")
        );
        assert_eq!(told(&export(&body)), ["Weight 2023-01-05T08:12:33-06:00 &a;&b; 3 kg"]);
    }
}
