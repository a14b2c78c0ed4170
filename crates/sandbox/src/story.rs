//! One invented person's records, told by several providers, and the truth about them.
//!
//! `life.rs` is the plot: what happened, and who tells it how. `write.rs` writes each telling as a
//! resource of its release. `json.rs` keeps decimals as they were written, `when.rs` knows local time,
//! `paper.rs` makes the documents, `clinical.rs` the summary that a portal hands out.
//!
//! The same seed and day give the same bytes. Every draw is keyed by what it is for, not taken from
//! one stream, so that a new fact changes none of the others.

mod clinical;
mod elsewhere;
mod json;
// One telling a line: the plot is a table, and spread out nobody could compare its rows.
#[rustfmt::skip]
mod life;
mod paper;
mod when;
mod write;

use std::collections::HashMap;

use chrono::NaiveDate;
use serde_json::Value;
use sha2::{Digest as _, Sha256};

/// The seed of the sample person.
pub const SAMPLE_SEED: u64 = 1984;

/// Stands in a resource's text for the address of the base that serves it.
const BASE_MARK: &str = "{base}";

/// A FHIR release that the sandbox speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Release {
    /// 1.0.2
    Dstu2,
    /// 3.0.2
    Stu3,
    /// 4.0.1
    R4,
}

impl Release {
    /// As servers write it.
    pub(crate) fn version(self) -> &'static str {
        match self {
            Release::Dstu2 => "1.0.2",
            Release::Stu3 => "3.0.2",
            Release::R4 => "4.0.1",
        }
    }

    /// The word of provider cards: `dstu2`, `stu3` or `r4`.
    pub fn as_str(self) -> &'static str {
        match self {
            Release::Dstu2 => "dstu2",
            Release::Stu3 => "stu3",
            Release::R4 => "r4",
        }
    }
}

/// One base of one provider, which tells its own version of the story.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Source {
    pub(crate) provider: &'static str,
    pub(crate) release: Release,
}

pub(crate) const LAKESIDE_R4: Source = Source { provider: "lakeside", release: Release::R4 };
pub(crate) const LAKESIDE_DSTU2: Source = Source { provider: "lakeside", release: Release::Dstu2 };
pub(crate) const SUMMIT: Source = Source { provider: "summit", release: Release::R4 };
pub(crate) const HARBOR: Source = Source { provider: "harbor", release: Release::Dstu2 };
pub(crate) const NORTHGATE: Source = Source { provider: "northgate", release: Release::Stu3 };
pub(crate) const CEDAR: Source = Source { provider: "cedar", release: Release::R4 };
pub(crate) const MILL: Source = Source { provider: "mill", release: Release::R4 };

/// One resource as one base tells it.
#[derive(Debug, Clone)]
pub struct Telling {
    source: Source,
    day: NaiveDate,
    value: Value,
    text: String,
}

impl Telling {
    /// The provider's id.
    pub fn provider(&self) -> &'static str {
        self.source.provider
    }

    /// The base's release.
    pub fn release(&self) -> Release {
        self.source.release
    }

    /// The FHIR type.
    pub fn resource_type(&self) -> &str {
        self.value["resourceType"].as_str().unwrap_or_default()
    }

    /// The id at this base.
    pub fn id(&self) -> &str {
        self.value["id"].as_str().unwrap_or_default()
    }

    /// The resource as it is served by the base at `base` (no slash at the end).
    pub fn text(&self, base: &str) -> String {
        self.text.replace(BASE_MARK, base)
    }

    #[cfg(feature = "faults")]
    pub(crate) fn source(&self) -> Source {
        self.source
    }

    /// The resource as it is written down anew at a moment, with a change.
    #[cfg(feature = "faults")]
    pub(crate) fn rewritten(
        &self,
        at: chrono::DateTime<chrono::Utc>,
        change: impl FnOnce(&mut Value),
    ) -> Telling {
        let mut value = self.value.clone();
        change(&mut value);
        if value["meta"].get("lastUpdated").is_some() {
            value["meta"]["lastUpdated"] = at.to_rfc3339_opts(chrono::SecondsFormat::Millis, true).into();
        }
        let text = json::write(&value);
        Telling { source: self.source, day: at.date_naive(), value, text }
    }

    /// The resource for searching in; decimals are wrapped, see `json.rs`.
    pub(crate) fn value(&self) -> &Value {
        &self.value
    }
}

/// A document served at an address of its own.
#[derive(Debug, Clone)]
pub(crate) struct Document {
    source: Source,
    name: String,
    pub(crate) content_type: &'static str,
    pub(crate) bytes: Vec<u8>,
}

/// One thing that happened or is so, and every resource that says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TruthFact {
    /// `vaccine`, `result`, `vital`, `observation`, `report`, `problem`, `allergy`, `medicine`,
    /// `procedure`, `visit`, `document`, `family-history`, `goal`, `care-plan` or `patient`.
    pub kind: &'static str,
    /// The fact in words, for messages of tests.
    pub title: String,
    /// Who says it; one member where nobody else does.
    pub members: Vec<TruthMember>,
}

/// One resource of a fact.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TruthMember {
    /// The provider's id, as in its card.
    pub provider: &'static str,
    /// The base.
    pub release: Release,
    /// The FHIR type.
    pub resource_type: String,
    /// The id at this base.
    pub id: String,
}

/// The records of one invented person and the truth about them.
#[derive(Debug)]
pub struct Story {
    seed: u64,
    today: NaiveDate,
    /// What everybody writes in, instead of what their base speaks.
    retold: Option<Release>,
    tellings: Vec<Telling>,
    /// (base, type, id) to the place in `tellings`.
    places: HashMap<(Source, String, String), usize>,
    documents: Vec<Document>,
    truth: Vec<TruthFact>,
}

impl Story {
    /// Writes the story up to and including `today`.
    pub fn generate(seed: u64, today: NaiveDate) -> Story {
        Story::written(seed, today, None)
    }

    /// The same story with every base's part written in one release, for comparing what a reader makes of each.
    ///
    /// Ids and days are those of [`Story::generate`], and so is [`Telling::release`], which names the base.
    pub fn retold(seed: u64, today: NaiveDate, release: Release) -> Story {
        Story::written(seed, today, Some(release))
    }

    fn written(seed: u64, today: NaiveDate, retold: Option<Release>) -> Story {
        let mut story = Story {
            seed,
            today,
            retold,
            tellings: Vec::new(),
            places: HashMap::new(),
            documents: Vec::new(),
            truth: Vec::new(),
        };
        life::tell(&mut story);
        elsewhere::tell(&mut story);
        // Newest first, as servers answer; the id settles the rest so that the order is always the same.
        story.tellings.sort_by(|a, b| {
            (a.source, a.resource_type(), b.day, a.id()).cmp(&(b.source, b.resource_type(), a.day, b.id()))
        });
        story.places = story
            .tellings
            .iter()
            .enumerate()
            .map(|(at, told)| ((told.source, told.resource_type().to_owned(), told.id().to_owned()), at))
            .collect();
        story
    }

    /// The last day of the story.
    pub fn today(&self) -> NaiveDate {
        self.today
    }

    /// The person's name as the consent pages say it.
    pub fn person_name(&self) -> String {
        life::NAME.to_owned()
    }

    /// The person's id at a provider's base.
    ///
    /// `None` when the provider has no such base.
    pub fn patient(&self, provider: &str, release: Release) -> Option<String> {
        let patients = self.tellings.iter().filter(|told| {
            told.source.provider == provider
                && told.source.release == release
                && told.resource_type() == "Patient"
        });
        // One sign-in may open somebody else's record as well.
        let mut patients = patients.map(|told| (self.patient_id(told.source), told.id()));
        patients.find(|(me, id)| me == id).map(|(me, _)| me)
    }

    /// Every resource of every base, by provider, release and type.
    pub fn tellings(&self) -> &[Telling] {
        &self.tellings
    }

    /// Which resources say the same thing. Every resource about the person is in exactly one fact;
    /// clinicians, places, medications and binaries, which only explain others, are in none.
    pub fn truth(&self) -> &[TruthFact] {
        &self.truth
    }

    pub(crate) fn patient_id(&self, source: Source) -> String {
        self.pen(source).id("Patient", "self")
    }

    fn pen(&self, source: Source) -> Pen {
        Pen { seed: self.seed, source, release: self.retold.unwrap_or(source.release) }
    }

    pub(crate) fn find(&self, source: Source, resource_type: &str, id: &str) -> Option<&Telling> {
        let key = (source, resource_type.to_owned(), id.to_owned());
        self.places.get(&key).map(|at| &self.tellings[*at])
    }

    pub(crate) fn of_type<'s>(
        &'s self,
        source: Source,
        resource_type: &'s str,
    ) -> impl Iterator<Item = &'s Telling> {
        self.tellings
            .iter()
            .filter(move |told| told.source == source && told.resource_type() == resource_type)
    }

    pub(crate) fn document(&self, source: Source, name: &str) -> Option<&Document> {
        self.documents.iter().find(|document| document.source == source && document.name == name)
    }

    /// Adds a fact and those of its tellings that were written down by now.
    fn fact(&mut self, kind: &'static str, title: &str, day: NaiveDate, told: Vec<(Source, Value)>) {
        let mut members = Vec::new();
        for (source, value) in told {
            let written = written(source, &value, day);
            if written > self.today {
                continue;
            }
            members.push(TruthMember {
                provider: source.provider,
                release: source.release,
                resource_type: value["resourceType"].as_str().unwrap_or_default().to_owned(),
                id: value["id"].as_str().unwrap_or_default().to_owned(),
            });
            self.tell(source, written, value);
        }
        if !members.is_empty() {
            self.truth.push(TruthFact { kind, title: title.to_owned(), members });
        }
    }

    /// Adds one resource; on its own only for those that explain others.
    fn tell(&mut self, source: Source, day: NaiveDate, value: Value) {
        let mut value = json::prune(value);
        // Servers like this one send no `meta.lastUpdated`.
        if source != SUMMIT {
            value["meta"]["lastUpdated"] = format!("{day}T23:00:00Z").into();
        }
        let text = json::write(&value);
        self.tellings.push(Telling { source, day, value, text });
    }
}

/// The day a teller wrote something down: not before it was so, nor before the person first came there.
fn written(source: Source, value: &Value, day: NaiveDate) -> NaiveDate {
    const SAID: &[&str] = &[
        "recordedDate",
        "dateRecorded",
        "assertedDate",
        "authoredOn",
        "dateWritten",
        "indexed",
        "date",
        "issued",
    ];
    let first = match source.provider {
        "summit" => NaiveDate::from_ymd_opt(2011, 8, 13),
        "harbor" => NaiveDate::from_ymd_opt(2021, 4, 6),
        "northgate" => NaiveDate::from_ymd_opt(2015, 3, 9),
        "cedar" => NaiveDate::from_ymd_opt(2019, 5, 20),
        "mill" => NaiveDate::from_ymd_opt(2017, 8, 3),
        _ => None,
    };
    SAID.iter()
        .filter_map(|name| value[name].as_str()?.get(..10)?.parse().ok())
        .chain(first)
        .fold(day, NaiveDate::max)
}

/// Writes for one base: knows its ids.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pen {
    seed: u64,
    source: Source,
    /// What it writes in.
    release: Release,
}

impl Pen {
    fn digest(self, parts: &[&str]) -> [u8; 32] {
        let mut hash = Sha256::new();
        hash.update(self.seed.to_be_bytes());
        hash.update(self.source.provider);
        hash.update(self.source.release.as_str());
        for part in parts {
            hash.update([0]);
            hash.update(part);
        }
        hash.finalize().into()
    }

    /// The id of a resource here, in the provider's fashion; `key` is the same in every base.
    fn id(self, resource_type: &str, key: &str) -> String {
        // A retold resource keeps the id it has at its base, under the type's name there.
        let resource_type = match (self.source.release, resource_type) {
            (Release::Dstu2, "MedicationRequest") => "MedicationOrder",
            (Release::Dstu2, "CareTeam") => "CarePlan",
            (Release::Stu3 | Release::R4, "MedicationOrder") => "MedicationRequest",
            (_, same) => same,
        };
        let digest = self.digest(&[resource_type, key]);
        let guid = || {
            let [high, low] = [&digest[..8], &digest[8..16]].map(whole);
            let hex = format!("{high:016x}{low:016x}");
            format!("{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
        };
        let number = |digits: u32| whole(&digest[..8]) % 10_u64.pow(digits);
        if self.source == LAKESIDE_R4 {
            match resource_type {
                "Condition" => format!("H-{}", guid()),
                "Observation" if key.starts_with("lab") => format!("lab-{}-1", guid()),
                _ => guid(),
            }
        } else if self.source == LAKESIDE_DSTU2 {
            format!("{}{:010}", &resource_type[..3].to_uppercase(), number(10))
        } else if self.source == SUMMIT {
            // Longer than FHIR's 64 characters, as real ones of this kind are.
            let more = self.digest(&[resource_type, key, "more"]);
            let letters = crate::seal::base64url(&[digest, more].concat()).replace('_', ".");
            format!("e{letters}3")
        } else {
            format!("{}", 10_000_000_000 + number(10))
        }
    }
}

/// Bytes as one number, the first the most significant.
fn whole(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0, |whole, byte| whole << 8 | u64::from(*byte))
}

/// A draw between 0 and 1 for one purpose.
fn draw(seed: u64, what: &str) -> f64 {
    let digest = Sha256::new().chain_update(seed.to_be_bytes()).chain_update(what).finalize();
    let bits = u32::from_be_bytes([digest[0], digest[1], digest[2], digest[3]]);
    f64::from(bits) / f64::from(u32::MAX)
}

/// A whole number from `low` to `high`, both possible.
fn pick(seed: u64, what: &str, low: u32, high: u32) -> u32 {
    let span = f64::from(high - low + 1);
    // Truncation is meant: 0 ≤ draw ≤ 1, and 1 itself is held inside the range.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let step = (draw(seed, what) * span) as u32;
    low + step.min(high - low)
}
