//! What the rules look at, taken from an entry once.

use chrono::{Days, NaiveDate, TimeZone};
use chrono_tz::Tz;
use wholechart_fhir::system::{CPT, CVX, ICD10CM, LOINC, NDC, RXNORM, SNOMED};
use wholechart_fhir::{
    Coding, DateRole, Day, DetailValue, Element, Entry, EntryDate, FhirDate, Kind, Quantity, Release,
    StatusGroup, TitleSource, Value, system_name,
};

use crate::compare::{Moment, fold, quantity_in_words, unit_name, utc_minute, value_key};
use crate::current::state::{DATED, Truth, is_state, said_on, stated};
use crate::fact::Member;
use crate::hash::{hash, hash_of, print_of};
use crate::ids::OWN;
use crate::kinds::names_a_thing;
use crate::merge::codes::{Code, Together, bridges_of, codes_of};
use crate::merge::medicine::{Medicine, take_route};
use crate::title::{Side, bag, is_within, side, stems};
use crate::topic::table::{row_coded, row_named, told_apart};

/// Tells keys of numbers from those of codes.
const NUMBER: u64 = 0x6e75_6d62_6572_0001;

/// Before this year nobody was born who lives; a day there stands for one that a program does not know.
const FIRST_YEAR: i32 = 1902;

/// A stay is looked for under each of its days, up to this many.
const DAYS_OF_A_STAY: u64 = 14;

/// Who tells: a connection, and the base or file of it in one release.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Teller {
    /// The connection, hashed.
    pub(crate) connection: u64,
    /// Connection, base and release, hashed.
    pub(crate) base: u64,
    /// A file's base: two of one import may be of two providers.
    pub(crate) is_file: bool,
    /// The person's own words.
    pub(crate) is_own: bool,
}

/// A member with what the rules look at.
#[derive(Debug)]
pub(crate) struct Prepared {
    pub(crate) member: Member,
    pub(crate) teller: Teller,
    /// Type, id and all that was read, hashed twice: whoever sends it, equal content is one thing.
    pub(crate) content: (u64, u64),
    pub(crate) truth: Truth,
    /// Not yet, or not confirmed to have been done.
    pub(crate) intended: bool,
    /// Of a clinical date that can be believed; a date somebody wrote something down says nothing about what happened.
    pub(crate) start: Option<Moment>,
    pub(crate) end: Option<Moment>,
    /// A clinical date that cannot be believed, as sent: it is compared as such and with nothing else.
    pub(crate) odd_date: Option<String>,
    /// Minutes since 1970 from which until which a visit or claim lasted; a day without a time is the whole day.
    pub(crate) span: Option<(i64, i64)>,
    /// When what was found was issued, in minutes since 1970 in UTC: a correction is issued after what it corrects.
    pub(crate) issued: Option<i64>,
    /// The amount found, where it is one.
    pub(crate) quantity: Option<Quantity>,
    /// Figures or words found, without the unit; parts included.
    pub(crate) amount: Option<String>,
    /// Title without case, order and marks.
    pub(crate) bag: String,
    /// Beginnings of the title's words; empty where the title is only a code.
    pub(crate) stems: Vec<String>,
    /// With what it is called. Sorted.
    pub(crate) codes: Vec<Code>,
    /// Those of them that say less than the title: what else goes by one of them need not be this.
    wide: Vec<Code>,
    /// The title among those, where it is one.
    pub(crate) title: Option<Code>,
    /// What it is called, as codes ([`Code::words`]); none where the words say no more than what kind of
    /// thing it is.
    pub(crate) called: Vec<Code>,
    /// Which row of the shipped table the title names, or the codes where there is no title; it follows from `bag` and `codes`.
    pub(crate) illness: Option<usize>,
    /// What a report comes to.
    pub(crate) conclusion: Option<String>,
    /// (system, code) of systems in which two codes are two things. Sorted.
    pub(crate) fine: Vec<(u64, u64)>,
    /// Codes that name a medicine with its strength and form. Sorted.
    pub(crate) products: Vec<u64>,
    pub(crate) side: Option<Side>,
    /// Where on the body, in words as in `bag`; empty where that is not said beside the title.
    pub(crate) site: String,
    pub(crate) lot: Option<String>,
    pub(crate) specimen: Option<String>,
    pub(crate) medicine: Option<Medicine>,
    /// (system, number), hashed; sorted.
    pub(crate) identifiers: Vec<(u64, u64)>,
    /// SHA-256 of files, sorted.
    pub(crate) files: Vec<String>,
    /// Full addresses of files, sorted.
    pub(crate) addresses: Vec<String>,
    /// Names of people and places that took part, folded and sorted.
    pub(crate) names: Vec<String>,
    /// Addresses and telephone numbers of people and places, without marks; sorted.
    pub(crate) contact: Vec<String>,
    /// What was charged in all.
    pub(crate) total: Option<String>,
    /// It holds other results.
    pub(crate) holds: bool,
    /// `amb`, `emer`, `imp`, `vr`, `hh`.
    pub(crate) class: Option<&'static str>,
    /// Birth date of a person.
    pub(crate) born: Option<String>,
    /// What it says in all, hashed, for the other base of its gateway; none where it says too little.
    pub(crate) says: Option<u64>,
    /// Two with equal profiles get the same answer from every rule and veto.
    pub(crate) profile: u64,
}

impl Prepared {
    pub(crate) fn new(mut member: Member, home: Tz) -> Prepared {
        member.entry.status_group = stated(&member.entry);
        let content = content(&mut member);
        let entry = &member.entry;
        let date = entry.date.as_ref().filter(|date| {
            // Of an allergy the reader's other dates say when it last acted up, not since when it is so.
            let since = entry.kind != Kind::Allergy || date.field.starts_with("onset");
            // A document's day is the one it was written down.
            let own = date.role == DateRole::Clinical
                || (entry.kind == Kind::Document && date.role == DateRole::Recorded);
            own && since && !is_day_of_visit(entry, date)
        });
        let odd = |date: &EntryDate| {
            date.implausible || date.start.as_ref().is_some_and(|start| start.year < FIRST_YEAR)
        };
        // Since when something is so that began then, nobody says.
        let unsaid = is_state(entry.kind);
        let odd_date = date.filter(|date| date.implausible || odd(date) && !unsaid).map(EntryDate::raw_text);
        let date = date.filter(|date| !odd(date));
        let medicine =
            (entry.kind == Kind::Medicine || entry.resource_type == "Medication").then(|| medicine_of(entry));
        let own = own_codes(entry);
        let words = words(entry);
        let title_bag = bag(words);
        let (own_names, wide) = names_and_wide(entry, &own, words);
        let called = called(entry, &own_names, &title_bag);
        let mut codes = codes_of(&own);
        match &medicine {
            Some(medicine) => {
                let names = medicine.names.iter().chain(&medicine.beside);
                codes.extend(names.map(|name| Code::name(name)));
            }
            None => codes.extend(&called),
        }
        codes.sort_unstable();
        codes.dedup();
        let person = matches!(entry.kind, Kind::Patient | Kind::Support);
        let mut prepared = Prepared {
            teller: teller(&member),
            content,
            odd_date,
            products: products(entry, &own),
            fine: fine(entry, &own),
            total: (entry.kind == Kind::Claim)
                .then(|| entry.detail(Element::TOTAL).map(|total| fold(&total.plain())))
                .flatten(),
            truth: Truth::of(entry.status_group),
            intended: entry.status_group == StatusGroup::Planned
                || (entry.status_group == StatusGroup::Draft
                    && matches!(entry.kind, Kind::Vaccine | Kind::Procedure | Kind::Visit)),
            start: date.and_then(|date| Moment::of(date, home)),
            end: date.and_then(|date| Some(Moment::of_date(date.end.as_ref()?, date.day_only, home))),
            span: matches!(entry.kind, Kind::Visit | Kind::Claim)
                .then(|| date.and_then(|date| span(date, home)))
                .flatten(),
            issued: issued(entry),
            illness: match entry.kind {
                // Who sends a code alone, says what the table knows it for.
                Kind::Problem | Kind::Allergy if entry.title_source == TitleSource::Code => {
                    row_coded(entry.kind, &entry.codes)
                }
                Kind::Problem => told_apart(entry.kind, words),
                Kind::Allergy | Kind::Vaccine if title_source_names(entry) => row_named(entry.kind, words),
                _ => None,
            },
            quantity: measured(entry),
            amount: amount(entry),
            stems: match entry.title_source {
                TitleSource::Code | TitleSource::Unnamed => Vec::new(),
                _ => stems(words),
            },
            side: side(
                std::iter::once(words.to_owned())
                    .chain(details(entry, &[Element::BODY_SITE, Element::SITE]))
                    .collect::<Vec<_>>()
                    .iter()
                    .map(String::as_str),
            )
            .filter(|_| entry.kind != Kind::Vaccine),
            site: details(entry, &[Element::BODY_SITE])
                .filter(|_| {
                    matches!(entry.kind, Kind::Problem | Kind::Procedure | Kind::Report | Kind::Imaging)
                })
                .map(|text| bag(&text))
                .collect::<Vec<_>>()
                .join(" "),
            lot: entry
                .detail(Element::LOT_NUMBER)
                .map(|lot| {
                    lot.plain()
                        .chars()
                        .filter(char::is_ascii_alphanumeric)
                        .collect::<String>()
                        .to_ascii_uppercase()
                })
                .filter(|lot| !lot.is_empty()),
            specimen: entry
                .detail(Element::SPECIMEN)
                .map(|specimen| fold(&specimen.plain()))
                .filter(|words| !matches!(words.as_str(), "" | "specimen")),
            identifiers: identifiers(entry),
            files: sorted(entry.attachments.iter().filter_map(|file| file.sha256.clone()).collect()),
            addresses: sorted(
                entry
                    .attachments
                    .iter()
                    .filter_map(|file| file.url.clone())
                    .filter(|url| url.starts_with("http"))
                    .collect(),
            ),
            names: names(entry),
            contact: sorted(
                details(entry, &[Element::ADDRESS, Element::TELECOM])
                    .filter(|_| entry.kind == Kind::Support)
                    .map(|text| bag(&text))
                    .filter(|text| !text.is_empty())
                    .collect(),
            ),
            conclusion: (entry.kind == Kind::Report)
                .then(|| entry.detail(Element::CONCLUSION).map(|said| fold(&said.plain())))
                .flatten()
                .filter(|said| !said.is_empty()),
            title: title_source_names(entry)
                .then(|| Code::words(entry.kind, &title_bag))
                .filter(|title| called.contains(title)),
            bag: if entry.title_source == TitleSource::Unnamed { String::new() } else { title_bag },
            called,
            wide,
            holds: !entry.members.is_empty(),
            class: (entry.kind == Kind::Visit).then(|| entry.category.iter().find_map(class)).flatten(),
            born: person.then(|| entry.detail(Element::BIRTH_DATE).map(DetailValue::plain)).flatten(),
            medicine,
            codes,
            says: None,
            profile: 0,
            member,
        };
        prepared.says = prepared.says();
        prepared.profile = prepared.profile();
        lighten(&mut prepared.member.entry);
        prepared
    }

    pub(crate) fn kind(&self) -> Kind {
        self.member.entry.kind
    }

    pub(crate) fn day(&self) -> Option<Day> {
        self.start.and_then(Moment::whole_day)
    }

    /// Things of this kind go by numbers of the world outside. Lists of what is so number each mention.
    pub(crate) fn is_numbered(&self) -> bool {
        !self.is_state() && self.kind() != Kind::Patient
    }

    /// The words of its title, and of where on the body.
    pub(crate) fn called_and_where(&self) -> String {
        [self.bag.as_str(), self.site.as_str()].join(" ")
    }

    pub(crate) fn kind_hash(&self) -> u64 {
        hash(&[self.kind().as_str()])
    }

    /// Something that is so rather than something that happened: told twice by one server, it is still one.
    pub(crate) fn is_state(&self) -> bool {
        is_state(self.kind())
    }

    /// Codes that this concept bridges.
    pub(crate) fn bridges(&self) -> Vec<Together> {
        let narrow: Vec<Code> = self.codes.iter().copied().filter(|code| !self.wide.contains(code)).collect();
        bridges_of(self.kind(), &narrow)
    }

    fn says(&self) -> Option<u64> {
        let entry = &self.member.entry;
        let speaks = entry.kind.on_timeline()
            && entry.kind != Kind::Other
            && entry.title_source != TitleSource::Unnamed;
        // A document is its content: a title and a date are not enough.
        if !speaks || (entry.kind == Kind::Document && self.files.is_empty()) {
            return None;
        }
        let codes: Vec<&Code> = self.codes.iter().filter(|code| !self.called.contains(code)).collect();
        let title = if codes.is_empty() || self.amount.is_none() { self.bag.as_str() } else { "" };
        let medicine =
            self.medicine.as_ref().map(|medicine| (&medicine.figures, medicine.form, medicine.release));
        Some(hash_of(&(entry.kind, self.family(), codes, title, &self.amount, &self.files, medicine)))
    }

    /// Everything that rules and vetoes look at, except who tells.
    fn profile(&self) -> u64 {
        let entry = &self.member.entry;
        let key = &self.member.key;
        // Two without words and codes have nothing in common that anybody knows of.
        if self.is_state() && self.bag.is_empty() && self.codes.is_empty() {
            return hash(&[&key.connection.0, &key.base, key.release.as_str(), &key.resource_type, &key.id]);
        }
        // Medicines are ordered again and again; their days and numbers, and the numbers of problems and allergies, are no
        // identity.
        let when = (&self.start, &self.end, &self.odd_date, self.issued);
        let numbers = self.is_numbered().then_some(&self.identifiers);
        if entry.kind == Kind::Medicine {
            let fine = (&self.fine, &self.products);
            return hash_of(&(self.truth, self.intended, &self.bag, &self.codes, &self.medicine, fine));
        }
        hash_of(&(
            (entry.kind, self.truth, self.intended, entry.status_group, &self.bag, &self.stems, &self.codes),
            (when, self.side, &self.site, numbers, self.family(), &self.fine, &entry.resource_type),
            (!self.is_state()).then_some((
                (
                    &self.amount,
                    entry.value.as_ref(),
                    &self.conclusion,
                    &self.lot,
                    &self.specimen,
                    &self.files,
                    &self.addresses,
                ),
                (&self.names, &self.contact, self.holds, self.class, &self.born, self.span, &self.total),
            )),
        ))
    }

    /// What vetoes look at of something that is so, however it is called: of two clusters only those are compared.
    pub(crate) fn stand(&self) -> u64 {
        if self.kind() != Kind::Medicine {
            return self.profile;
        }
        let called = (!self.fine.is_empty()).then_some(&self.bag);
        hash_of(&(self.truth, self.intended, &self.medicine, &self.fine, called))
    }

    /// Where many look alike, only those with equal findings are compared.
    pub(crate) fn fine_key(&self) -> u64 {
        let found =
            matches!(self.kind(), Kind::Result | Kind::Vital | Kind::Observation).then_some(&self.amount);
        let much = self
            .medicine
            .as_ref()
            .map(|medicine| (&medicine.strength, medicine.figures.len(), medicine.form));
        hash_of(&(self.kind(), found, much))
    }

    /// What is asked of two where many look alike: the same words, codes, times and figures.
    pub(crate) fn exact_key(&self) -> u64 {
        hash_of(&(
            (self.truth, self.intended, &self.start, &self.end, self.span, &self.amount, &self.total),
            (&self.bag, &self.codes, &self.fine, &self.conclusion),
            (&self.lot, &self.specimen, self.side, &self.medicine, &self.files, self.class, &self.names),
        ))
    }

    /// Something that happened: listed twice by one server, it happened twice.
    pub(crate) fn is_event(&self) -> bool {
        !self.is_state() && !matches!(self.kind(), Kind::Patient | Kind::Support)
    }

    /// Under what it can be found by what it may be joined with: (code, rest). A code may stand for another that is
    /// bridged to it; the rest has to be equal.
    pub(crate) fn keys(&self) -> Vec<(u64, u64)> {
        let entry = &self.member.entry;
        let kind = entry.kind.as_str();
        let mut keys = Vec::new();
        keys.push((hash_of(&self.content), hash(&["content"])));
        for (system, number) in self.identifiers.iter().filter(|_| self.is_numbered()) {
            keys.push((NUMBER ^ hash_of(&(system, number)), hash(&[kind])));
        }
        for file in &self.files {
            keys.push((hash(&["file", file]), hash(&[kind])));
        }
        for address in &self.addresses {
            keys.push((hash(&["address", address]), hash(&[kind])));
        }
        // What has no name of its own is still asked about by its words.
        let words = Code::words(entry.kind, &self.bag).id;
        match entry.kind {
            Kind::Problem | Kind::Allergy | Kind::Medicine => {
                keys.extend(self.codes.iter().map(|code| (code.id, hash(&[kind]))));
                if !self.bag.is_empty() {
                    keys.push((words, hash(&[kind])));
                }
            }
            Kind::Patient => keys.push((hash(&["patient"]), hash(&[kind]))),
            Kind::Support => {
                if matches!(entry.resource_type.as_str(), "Practitioner" | "Organization" | "Location")
                    && !self.bag.is_empty()
                {
                    keys.push((words, hash(&[&entry.resource_type])));
                }
            }
            Kind::Visit | Kind::Claim => {
                // Both under the same keys: a claim is shown with its visit.
                for day in self.days() {
                    let day = hash(&["visit", &day.to_string()]);
                    keys.extend(self.names.iter().map(|name| (hash(&["who", name]), day)));
                    if let (Some(Moment::Instant(from, _)), Some(Moment::Instant(to, _))) =
                        (self.start, self.end)
                    {
                        keys.push((hash(&["minutes", &from.to_string(), &to.to_string()]), day));
                    }
                    if let Some(total) = &self.total {
                        keys.push((hash(&["total", total]), day));
                    }
                }
            }
            _ => {
                let mut rests = Vec::new();
                if let Some(day) = self.day() {
                    rests.push(hash(&[kind, "day", &day.to_string()]));
                }
                // The day stays out of an instant's key: it is the same minute on either side of a border.
                if let Some(Moment::Instant(minute, _)) = self.start {
                    rests.push(hash(&[kind, "minute", &minute.to_string()]));
                }
                if let Some(Moment::Coarse(when)) = self.start {
                    rests.push(hash(&[kind, "about", &when.to_string()]));
                }
                for rest in rests {
                    keys.extend(self.codes.iter().map(|code| (code.id, rest)));
                    if let Some(row) = self.illness.filter(|_| entry.kind == Kind::Vaccine) {
                        keys.push((hash(&["row", &row.to_string()]), rest));
                    }
                    if !self.bag.is_empty() {
                        keys.push((words, rest));
                    }
                }
            }
        }
        if let Some(says) = self.says.filter(|_| !self.teller.is_file) {
            let says = hash(&["says", &self.member.key.connection.0, &says.to_string()]);
            let day = self.day().map(|day| hash(&[kind, "day", &day.to_string()]));
            let minute = match self.start {
                Some(Moment::Instant(minute, _)) => Some(hash(&[kind, "minute", &minute.to_string()])),
                _ => None,
            };
            let coarse = day.is_none().then(|| hash_of(&(kind, self.start)));
            keys.extend([day, minute, coarse].into_iter().flatten().map(|rest| (says, rest)));
        }
        keys.sort_unstable();
        keys.dedup();
        keys
    }

    pub(crate) fn said(&self) -> bool {
        self.truth == Truth::Said
    }

    /// `MedicationOrder` became `MedicationRequest`, and several orders became `ServiceRequest`.
    pub(crate) fn family(&self) -> &str {
        match self.member.entry.resource_type.as_str() {
            "DiagnosticOrder" | "ProcedureRequest" | "ReferralRequest" => "ServiceRequest",
            "MedicationOrder" => "MedicationRequest",
            other => other,
        }
    }

    /// Codes that were sent, without names read from words.
    pub(crate) fn coded(&self) -> impl Iterator<Item = &Code> {
        self.codes.iter().filter(|code| !code.is_words())
    }

    /// The days of a visit, in the order of the calendar.
    fn days(&self) -> Vec<Day> {
        let Some(first) = self.day() else { return Vec::new() };
        let last = self.end.and_then(Moment::whole_day).unwrap_or(first);
        let date = |day: Day| NaiveDate::from_ymd_opt(day.year, day.month?, day.day?);
        let (Some(from), Some(to)) = (date(first), date(last)) else { return vec![first] };
        (0..=DAYS_OF_A_STAY)
            .filter_map(|n| from.checked_add_days(Days::new(n)))
            .take_while(|day| *day <= to || *day == from)
            .filter_map(|day| {
                use chrono::Datelike as _;
                Day::new(day.year(), day.month(), day.day())
            })
            .collect()
    }
}

/// The day on which a visit's diagnosis was written down says nothing about since when it is so, also where it is sent as the
/// onset.
fn is_day_of_visit(entry: &Entry, date: &EntryDate) -> bool {
    let at_visit = entry
        .category
        .iter()
        .any(|category| matches!(category.code.as_str(), "encounter-diagnosis" | "diagnosis"));
    let onset = date.start.as_ref().map(FhirDate::own_day);
    entry.kind == Kind::Problem && at_visit && onset.is_some() && onset == said_on(entry)
}

/// The title in full: what is cut for a glance is never what is compared.
fn words(entry: &Entry) -> &str {
    entry.title_as_sent.as_deref().filter(|_| entry.title.ends_with('\u{2026}')).unwrap_or(&entry.title)
}

/// Codes of the thing. A code that is also the category's says what kind of thing it is; only a plan goes by it.
fn own_codes(entry: &Entry) -> Vec<&Coding> {
    // "LAB" of a vendor's own table is HL7's "LAB".
    let same = |one: &Coding, other: &Coding| {
        one.code == other.code && (one.system == other.system || one.code.chars().all(char::is_alphabetic))
    };
    let of_the_kind = |coding: &Coding| {
        !coding.code.is_empty() && entry.category.iter().any(|category| same(category, coding))
    };
    // "PROB: Problem" of somebody's own table says no more than what sort of thing it is.
    let of_a_sort = |coding: &Coding| {
        system_name(&coding.system).is_none()
            && coding.display.as_deref().is_some_and(|said| !names_a_thing(&bag(said)))
    };
    let names = |coding: &&Coding| !of_the_kind(coding) && !of_a_sort(coding);
    entry.codes.iter().filter(|coding| entry.kind == Kind::CarePlan || names(coding)).collect()
}

/// The codings whose names name it, and the codes of the others: "diabetes mellitus" (SNOMED CT), sent with type 2 diabetes, says
/// less than the title.
fn names_and_wide<'e>(entry: &Entry, own: &[&'e Coding], title: &str) -> (Vec<&'e Coding>, Vec<Code>) {
    let told = matches!(entry.kind, Kind::Problem | Kind::Procedure) && title_source_names(entry);
    if !told {
        return (own.to_vec(), Vec::new());
    }
    let title = bag(title);
    let title: Vec<&str> = title.split(' ').collect();
    let less = |said: &str| is_within(&bag(said).split(' ').collect::<Vec<_>>(), &title);
    let (wide, narrow): (Vec<&Coding>, Vec<&Coding>) = own
        .iter()
        .copied()
        .partition(|coding| coding.system == SNOMED && coding.display.as_deref().is_some_and(less));
    (narrow, codes_of(&wide))
}

/// Systems in which two codes are two things, by what they are put on.
fn fine_systems(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Result | Kind::Vital | Kind::Observation => &[LOINC],
        Kind::Report | Kind::Document | Kind::Imaging => &[LOINC, CPT],
        Kind::Problem => &[ICD10CM],
        Kind::Vaccine => &[CVX, NDC],
        Kind::Medicine | Kind::Allergy => &[RXNORM, NDC],
        Kind::Procedure | Kind::Order => &[CPT],
        Kind::Visit => &[SNOMED, CPT],
        _ => &[],
    }
}

fn fine(entry: &Entry, own: &[&Coding]) -> Vec<(u64, u64)> {
    let systems = fine_systems(entry.kind);
    let alone = own.iter().filter(|coding| coding.system == RXNORM).count() == 1;
    let mut fine: Vec<(u64, u64)> = own
        .iter()
        .filter(|coding| systems.contains(&coding.system.as_str()))
        .filter_map(|coding| {
            let code = Code::of(coding)?;
            if coding.system != RXNORM {
                return Some((code.system, code.id));
            }
            // Of one term type: an ingredient's code and that of its tablet differ and mean one medicine.
            let words =
                coding.display.as_deref().or(Some(&entry.title).filter(|_| alone).map(String::as_str))?;
            Some((hash(&[RXNORM, term_type(words)]), code.id))
        })
        .collect();
    fine.sort_unstable();
    fine.dedup();
    fine
}

/// Codes of RxNorm that are shown with a strength and a form.
fn products(entry: &Entry, own: &[&Coding]) -> Vec<u64> {
    let of = own.iter().filter(|coding| entry.kind == Kind::Medicine && coding.system == RXNORM);
    let product = |coding: &&&Coding| coding.display.as_deref().is_some_and(|said| term_type(said) == "drug");
    sorted(of.filter(product).filter_map(|coding| Some(Code::of(coding)?.id)).collect())
}

/// What kind of RxNorm's terms it is, by how it is written: brand, clinical drug, component, ingredient.
fn term_type(words: &str) -> &'static str {
    let said = Medicine::read(words);
    match (words.contains('['), said.figures.is_empty(), said.form.is_some()) {
        (true, ..) => "brand",
        (_, false, true) => "drug",
        (_, false, false) => "component",
        (_, true, true) => "form",
        (_, true, false) => "ingredient",
    }
}

fn teller(member: &Member) -> Teller {
    let key = &member.key;
    Teller {
        connection: hash(&[&key.connection.0]),
        base: hash(&[&key.connection.0, &key.base, key.release.as_str()]),
        is_file: key.base.starts_with("file:"),
        is_own: key.base == OWN,
    }
}

/// Of what was read, by whatever name others know what it refers to; the release is ours to guess, and a system's date is the
/// system's.
fn content(member: &mut Member) -> (u64, u64) {
    let key = (&member.key.resource_type, &member.key.id);
    // Few have learnt anything; the others need not be copied.
    if member.entry.has_learnt() {
        let mut sent = member.entry.clone();
        sent.forget_others();
        return print_of_sent(key, Some((&member.entry.title, &member.entry.codes)), &mut sent);
    }
    print_of_sent(key, None, &mut member.entry)
}

/// Of an entry as it was sent, beside the name that it has learnt. The entry is afterwards what it was.
fn print_of_sent(
    key: (&String, &String),
    named: Option<(&String, &Vec<Coding>)>,
    entry: &mut Entry,
) -> (u64, u64) {
    let release = std::mem::replace(&mut entry.release, Release::R4);
    let of_the_system = entry.date.take_if(|date| date.role == DateRole::System);
    let named = named.unwrap_or((&entry.title, &entry.codes));
    let print = print_of(&(key, named, &*entry));
    entry.release = release;
    if of_the_system.is_some() {
        entry.date = of_the_system;
    }
    print
}

/// Leaves out what nobody asks a merged entry for: a long record is held in memory.
fn lighten(entry: &mut Entry) {
    entry.title_as_sent = None;
    entry.title_reference = None;
    // Of a problem it says whether it was diagnosed at a visit only.
    if entry.kind != Kind::Problem {
        entry.category = Vec::new();
    }
    // The number of an order says which of two tells of its end.
    if entry.kind != Kind::Medicine {
        entry.identifiers = Vec::new();
    }
    // Tellers may disagree how a medicine is taken.
    if entry.kind != Kind::Medicine {
        entry.dosage = Vec::new();
    }
    entry.subject = None;
    entry.performer = Vec::new();
    entry.encounter = None;
    entry.members = Vec::new();
    // What was said last counts, and these say when it was.
    let dated = is_state(entry.kind);
    entry.details.retain(|detail| dated && DATED.contains(&detail.element));
    entry.details.shrink_to_fit();
    entry.notes = Vec::new();
    entry.attachments = Vec::new();
    entry.narrative = None;
    entry.problems = Vec::new();
}

fn sorted<T: Ord>(mut texts: Vec<T>) -> Vec<T> {
    texts.sort_unstable();
    texts.dedup();
    texts
}

fn details<'e>(entry: &'e Entry, elements: &'e [Element]) -> impl Iterator<Item = String> + 'e {
    entry
        .details
        .iter()
        .filter(|detail| elements.contains(&detail.element))
        .map(|detail| detail.value.plain())
}

fn identifiers(entry: &Entry) -> Vec<(u64, u64)> {
    let mut found: Vec<_> =
        entry.identifiers.iter().map(|one| (hash(&[&one.system]), hash(&[&one.value]))).collect();
    if entry.kind == Kind::Device {
        found.extend(serials(entry).map(|number| (hash(&["serial"]), hash(&[&number]))));
    }
    if entry.kind == Kind::Coverage {
        let member = details(entry, &[Element::SUBSCRIBER_ID]);
        found.extend(member.map(|number| (hash(&["member"]), hash(&[&number]))));
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// Serial numbers of a device: its own, and that of its carrier in the form that people read, `(21)…` (GS1).
fn serials(entry: &Entry) -> impl Iterator<Item = String> {
    let own = details(entry, &[Element::SERIAL_NUMBER]);
    let carried = entry.details.iter().map(|detail| detail.value.plain()).filter_map(|text| {
        let (before, number) = text.split_once("(21)")?;
        before.starts_with("(01)").then(|| number.split('(').next().unwrap_or_default().to_owned())
    });
    own.chain(carried).filter(|number| number.len() > 3)
}

/// The title's medicine; the names of its displays with it, because a brand and its generic name are often sent
/// together. Strength and form come from the first text that says them.
fn medicine_of(entry: &Entry) -> Medicine {
    let mut medicine = Medicine::default();
    let displays = entry.codes.iter().filter(|coding| Code::of(coding).is_some());
    let displays = displays.filter_map(|coding| coding.display.as_deref());
    let title = Some(words(entry)).filter(|_| entry.title_source != TitleSource::Unnamed);
    // "Medication", beside a code of somebody's own, is the name of none.
    for text in title.into_iter().chain(displays).filter(|text| names_a_thing(&bag(text))) {
        let mut said = Medicine::read(text);
        // "anticoagulant", "insulin", "HOME MED": a code without a strength may be wider than the name it was sent with.
        if !medicine.names.is_empty() && said.figures.is_empty() {
            said.beside.append(&mut said.names);
            said.beside.retain(|name| !medicine.names.contains(name));
        }
        medicine.and(said);
    }
    take_route(&mut medicine, &entry.dosage);
    medicine.names.sort_unstable();
    medicine.names.dedup();
    medicine
}

fn title_source_names(entry: &Entry) -> bool {
    !matches!(entry.title_source, TitleSource::Code | TitleSource::Unnamed | TitleSource::Narrative)
}

/// The title, and what its codes are called. A code of a class is called as the class is.
fn called(entry: &Entry, own: &[&Coding], title: &str) -> Vec<Code> {
    if matches!(entry.kind, Kind::Patient | Kind::Support | Kind::Medicine) {
        return Vec::new();
    }
    let title = title_source_names(entry).then(|| title.to_owned());
    let displays = own.iter().filter(|coding| Code::of(coding).is_some());
    let displays = displays.filter_map(|coding| coding.display.as_deref());
    let of_the_kind = |name: &str| {
        entry
            .category
            .iter()
            .any(|category| category.display.as_deref().is_some_and(|said| bag(said) == name))
    };
    let class = |name: &str| {
        own.iter().any(|coding| {
            Code::of(coding).is_none() && coding.display.as_deref().is_some_and(|said| bag(said) == name)
        })
    };
    let mut called = Vec::new();
    for name in title.into_iter().chain(displays.map(bag)) {
        let code = Code::words(entry.kind, &name);
        if names_a_thing(&name) && !of_the_kind(&name) && !class(&name) && !called.contains(&code) {
            called.push(code);
        }
    }
    called
}

/// People and places by name, without titles and marks.
fn names(entry: &Entry) -> Vec<String> {
    let who = entry.performer.iter().filter_map(|who| who.display.as_deref());
    let places = [Element::LOCATION, Element::LOCATION_LOCATION, Element::FACILITY, Element::PROVIDER];
    let places: Vec<String> = details(entry, &places).collect();
    sorted(who.chain(places.iter().map(String::as_str)).map(bag).filter(|name| !name.is_empty()).collect())
}

fn class(category: &Coding) -> Option<&'static str> {
    let code = if category.code.is_empty() { category.display.as_deref()? } else { &category.code };
    Some(match code.to_ascii_lowercase().as_str() {
        "amb" | "ambulatory" | "outpatient" | "field" => "amb",
        "emer" | "emergency" => "emer",
        "imp" | "inpatient" | "acute" | "nonac" | "inpatient encounter" => "imp",
        "vr" | "virtual" => "vr",
        "hh" | "home" => "hh",
        _ => return None,
    })
}

/// What was found, so that equal findings give equal text. Units are compared on their own, except those of parts.
fn amount(entry: &Entry) -> Option<String> {
    if let Some(value) = &entry.value {
        let key = match measured(entry) {
            Some(quantity) => value_key(&Value::Quantity(quantity)),
            None => value_key(value),
        };
        if key.is_some() {
            return key;
        }
    }
    let mut parts: Vec<String> = entry
        .components
        .iter()
        .filter_map(|part| {
            let value = part.value.as_ref()?;
            let unit = match value {
                Value::Quantity(quantity) => {
                    unit_name(quantity.code.as_deref()).or(unit_name(quantity.unit.as_deref())).unwrap_or("")
                }
                _ => "",
            };
            // A part goes by its first code of a shared system, else by its title.
            let code = part
                .codes
                .iter()
                .find(|coding| coding.system == LOINC)
                .map_or_else(|| fold(&part.title), |coding| coding.code.clone());
            Some(format!("{code}={} {unit}", value_key(value)?))
        })
        .collect();
    parts.sort_unstable();
    (!parts.is_empty()).then(|| parts.join("; "))
}

/// When what was found was issued.
fn issued(entry: &Entry) -> Option<i64> {
    if !matches!(entry.kind, Kind::Result | Kind::Vital | Kind::Observation) {
        return None;
    }
    let issued = entry.details.iter().filter(|detail| detail.element == Element::ISSUED);
    issued.flat_map(|detail| detail.value.dates()).find_map(utc_minute)
}

/// The amount that was found, also where it was sent in words.
fn measured(entry: &Entry) -> Option<Quantity> {
    match entry.value.as_ref()? {
        Value::Quantity(quantity) => Some(quantity.clone()),
        Value::Text(text) => quantity_in_words(text),
        _ => None,
    }
}

/// From when until when, in minutes since 1970.
fn span(date: &EntryDate, home: Tz) -> Option<(i64, i64)> {
    let start = date.start.as_ref()?;
    let (from, open) = minutes(start, date.day_only, home)?;
    let to = match &date.end {
        Some(end) => minutes(end, date.day_only, home)?.1,
        None => open,
    };
    (from <= to).then_some((from, to))
}

/// The first and last minute that a date covers.
fn minutes(date: &FhirDate, day_only: bool, home: Tz) -> Option<(i64, i64)> {
    if let Moment::Instant(minute, _) = Moment::of_date(date, day_only, home) {
        return Some((minute, minute));
    }
    let day = NaiveDate::from_ymd_opt(date.year, date.month?, date.day?)?;
    let midnight = |day: NaiveDate| {
        let time = home.from_local_datetime(&day.and_time(chrono::NaiveTime::MIN)).earliest()?;
        Some(time.timestamp().div_euclid(60))
    };
    Some((midnight(day)?, midnight(day.succ_opt()?)? - 1))
}
