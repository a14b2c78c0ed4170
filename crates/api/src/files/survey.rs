//! A look through files before anything of them is stored: whose they are, who sent them, what is in them.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::ControlFlow;
use std::path::PathBuf;

use tokio_util::sync::CancellationToken;
use wholechart_ccda::{CutReason, Document, Fault};
use wholechart_document::{AppleHealth, CardFault, HealthCard, Reader, Unreadable};
use wholechart_fhir::{
    DateRole, Day, Entry, Inference, Kind, Page, PageFault, ReadOptions, Release, Shape, content_hash,
    infer_release, read, split, split_xml, tree,
};
use wholechart_import::{NotRead, Piece, Stream, walk};

use super::{
    apple::{self, Senders, Stoppable},
    blue_button, cards, document,
    whose::Found,
};

/// What a resource is known by, and its content.
pub(super) type Content = (String, String, String);

/// What a look through the files says.
#[derive(Default)]
pub(super) struct Survey {
    /// Documents in them, for progress.
    pub(super) pieces: usize,
    /// Files in them.
    pub(super) files: usize,
    /// Whom they are about.
    pub(super) found: Found,
    /// How many resources of each file say which release they are in.
    releases: HashMap<String, BTreeMap<Release, usize>>,
    /// The same over all files.
    all: BTreeMap<Release, usize>,
    /// Who keeps the records, by how much of what came as FHIR says so.
    keepers: BTreeMap<String, usize>,
    /// Names of organisations that came as resources, by id.
    organizations: HashMap<String, String>,
    /// Who keeps each clinical document, who signed each card, who sent the clinical records of a phone's export.
    pub(super) custodians: BTreeSet<String>,
    /// Something came that has the general source, whatever it says.
    pub(super) any_general: bool,
    /// Files of FHIR, of which an export that comes later may say who sent them.
    fhir: BTreeSet<String>,
    /// Who sent the clinical records of a phone's export.
    pub(super) senders: Senders,
    /// What the exports of phones say, by their files.
    pub(super) exports: BTreeMap<String, AppleHealth>,
    /// The cards that were opened.
    pub(super) cards: Vec<HealthCard>,
    /// PDFs and pictures, by their content.
    documents: BTreeSet<String>,
    /// Filled where it was asked for.
    pub(super) contents: Option<Contents>,
}

/// What is in files.
#[derive(Default)]
pub(super) struct Contents {
    /// How many of each kind.
    pub(super) kinds: BTreeMap<Kind, u32>,
    /// The first and the last day that anything says of itself.
    pub(super) days: Option<(Day, Day)>,
    /// What could be here already.
    pub(super) known_by: Vec<Content>,
    /// PDFs and pictures, which are known by their content alone.
    pub(super) documents: BTreeSet<String>,
    /// What cannot be read: the file, the byte, why.
    pub(super) unreadable: Vec<(String, usize, Why)>,
}

/// Why something of a file cannot be read.
pub(super) enum Why {
    File(NotRead),
    Page(PageFault),
    Clinical(Unreadable),
    /// FHIR in XML, as a file.
    FhirXml(Unreadable),
    /// Blue Button as text.
    BlueButton(Unreadable),
    Cut(CutReason),
    /// A statement of a clinical document that was not understood.
    Statement,
    NoResources,
    /// A document is kept, and what is written in it cannot be read.
    Kept(Unreadable),
    /// Reading a phone's export was given up.
    Export,
    /// It ends in the middle.
    ExportCut,
    /// So many vital signs of it could not be read.
    ExportUnclear(u64),
    /// A card of the file, or all of them.
    Card(CardFault),
    Cards(Unreadable),
}

/// What of a clinical document is not read, with the byte.
pub(super) fn unread_of(document: &Document) -> impl Iterator<Item = (usize, Why)> {
    let cut = document.cut.iter().map(|cut| (cut.at, Why::Cut(cut.reason)));
    let unclear = document.problems.iter().filter(|problem| problem.fault == Fault::NotUnderstood);
    cut.chain(unclear.map(|problem| (problem.range.start, Why::Statement)))
}

impl Survey {
    /// Looks through the files, until it is stopped.
    pub(super) fn of(
        paths: &[PathBuf],
        reader: &Reader,
        with_contents: bool,
        stop: &CancellationToken,
    ) -> Result<Survey, String> {
        let mut survey = Survey { contents: with_contents.then(Contents::default), ..Survey::default() };
        let files = walk(paths, &mut |piece| {
            survey.pieces += 1;
            match piece {
                Piece::Json { file, position, bytes } => survey.json(&file, position, &bytes),
                Piece::FhirXml { file, bytes } => survey.xml(&file, &bytes, reader),
                Piece::Clinical { file, bytes } => survey.clinical(&file, &bytes, reader),
                Piece::Document { file, bytes } => survey.document(&file, &bytes, reader),
                Piece::HealthCard { file, bytes } => survey.cards(&file, &bytes, reader),
                Piece::BlueButton { file, bytes } => survey.blue_button(&file, &bytes, reader),
                Piece::AppleHealth { file, stream } => survey.export(&file, &stream, reader, stop),
                Piece::NotRead { file, why } => survey.not_read(&file, 0, || Why::File(why)),
            }
            if stop.is_cancelled() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        })
        .map_err(|said| said.to_string())?;
        survey.files = files;
        survey.name_senders();
        Ok(survey)
    }

    /// Who sent each file of FHIR, now that every export was seen.
    fn name_senders(&mut self) {
        for file in std::mem::take(&mut self.fhir) {
            match self.senders.of(&file) {
                Some(sent_by) => {
                    self.custodians.insert(sent_by.source.clone());
                    if let Some(release) = sent_by.release {
                        self.releases.entry(file).or_insert_with(|| BTreeMap::from([(release, 1)]));
                    }
                }
                None => self.any_general = true,
            }
        }
    }

    fn document(&mut self, file: &str, bytes: &[u8], reader: &Reader) {
        self.any_general = true;
        let id = document::id(bytes);
        if !self.documents.insert(id.clone()) {
            return;
        }
        self.found.unsaid();
        if let Some(contents) = &mut self.contents {
            *contents.kinds.entry(Kind::Document).or_default() += 1;
            contents.documents.insert(id);
            if let Err(why) = reader.describe(bytes) {
                self.not_read(file, 0, || Why::Kept(why));
            }
        }
    }

    fn cards(&mut self, file: &str, bytes: &[u8], reader: &Reader) {
        let cards = match reader.health_cards(bytes) {
            Ok(cards) => cards,
            Err(why) => {
                self.not_read(file, 0, || Why::Cards(why));
                return;
            }
        };
        for card in cards {
            match card {
                Err(fault) => self.not_read(file, 0, || Why::Card(fault)),
                Ok(card) => {
                    self.custodians.insert(cards::source(&card));
                    self.page(&cards::place(&card), 0, &split(card.bundle.as_bytes()), file);
                    self.cards.push(card);
                }
            }
        }
    }

    fn export(&mut self, file: &str, stream: &Stream, reader: &Reader, stop: &CancellationToken) {
        let export = stream.read(|source| {
            let mut source = Stoppable { source, stop, failed: false };
            let export = reader.apple_health(&mut source);
            export.map(|export| AppleHealth { cut: export.cut || source.failed, ..export })
        });
        let export = match export {
            Ok(Ok(export)) => export,
            Ok(Err(_)) => return self.not_read(file, 0, || Why::Export),
            Err(error) => return self.not_read(file, 0, || Why::File(NotRead::Io(error.to_string()))),
        };
        if export.cut {
            self.not_read(file, 0, || Why::ExportCut);
        }
        if export.unclear > 0 {
            self.not_read(file, 0, || Why::ExportUnclear(export.unclear));
        }
        self.senders.learn(&export);
        if let Some(born) = &export.born {
            self.found.born(born);
        } else if !export.readings.is_empty() {
            self.found.unsaid();
        }
        if self.contents.is_some() {
            for reading in &export.readings {
                let (id, observation) = apple::observation(reading);
                self.content("Observation", Some(id), observation.as_bytes(), Release::R4);
            }
        }
        self.exports.insert(file.to_owned(), export);
    }

    fn json(&mut self, file: &str, position: usize, bytes: &[u8]) {
        if self.page(file, position, &split(bytes), file) {
            self.fhir.insert(file.to_owned());
        }
    }

    fn xml(&mut self, file: &str, bytes: &[u8], reader: &Reader) {
        if let Err(why) = reader.fhir_xml(bytes) {
            self.not_read(file, 0, || Why::FhirXml(why));
        } else if self.page(file, 0, &split_xml(bytes), file) {
            self.fhir.insert(file.to_owned());
        }
    }

    /// Looks at FHIR: `place` is what its resources are known by, `file` what people call it. Whether there is any.
    fn page(&mut self, place: &str, position: usize, page: &Page<'_>, file: &str) -> bool {
        for problem in &page.problems {
            self.not_read(file, position + problem.offset, || Why::Page(problem.fault));
        }
        if page.resources.is_empty() && page.problems.is_empty() {
            self.not_read(file, position, || match &page.shape {
                Shape::NotFhir { fault } => Why::Page(*fault),
                _ => Why::NoResources,
            });
        }
        for slice in &page.resources {
            self.found.look(place, slice);
            let release = infer_release(slice.bytes).0;
            if let Some(release) = release {
                *self.releases.entry(place.to_owned()).or_default().entry(release).or_default() += 1;
                *self.all.entry(release).or_default() += 1;
            }
            let resource_type = slice.resource_type.clone().unwrap_or_default();
            self.keeper(&resource_type, slice.id.as_deref(), slice.bytes);
            self.content(&resource_type, slice.id.clone(), slice.bytes, release.unwrap_or(Release::R4));
        }
        !page.resources.is_empty()
    }

    fn clinical(&mut self, file: &str, bytes: &[u8], reader: &Reader) {
        let document = match reader.clinical(bytes) {
            Ok(document) => document,
            Err(why) => {
                self.not_read(file, 0, || Why::Clinical(why));
                return;
            }
        };
        self.custodians.extend(keeper_of(&document));
        for (position, why) in unread_of(&document) {
            self.not_read(file, position, || why);
        }
        let paper = document.paper(bytes);
        for entry in document.entries.into_iter().chain(paper) {
            for slice in &split(entry.resource.as_bytes()).resources {
                self.found.look(file, slice);
            }
            self.content(&entry.resource_type, Some(entry.id), entry.resource.as_bytes(), Release::R4);
        }
    }

    fn blue_button(&mut self, file: &str, bytes: &[u8], reader: &Reader) {
        let read = match reader.blue_button(bytes) {
            Ok(read) => read,
            Err(why) => {
                self.not_read(file, 0, || Why::BlueButton(why));
                return;
            }
        };
        match blue_button::source(&read) {
            Some(source) => {
                self.custodians.insert(source);
            }
            None => self.any_general = true,
        }
        if !read.records.iter().any(|one| one.resource_type == "Patient") {
            self.found.unsaid();
        }
        let (id, paper) = blue_button::paper(&read, bytes);
        let records = read.records.into_iter().map(|one| (one.resource_type, one.id, one.resource));
        for (resource_type, id, resource) in records.chain([(document::TYPE.to_owned(), id, paper)]) {
            for slice in &split(resource.as_bytes()).resources {
                self.found.look(file, slice);
            }
            self.content(&resource_type, Some(id), resource.as_bytes(), Release::R4);
        }
    }

    fn not_read(&mut self, file: &str, position: usize, why: impl FnOnce() -> Why) {
        if let Some(contents) = &mut self.contents {
            contents.unreadable.push((file.to_owned(), position, why()));
        }
    }

    fn content(&mut self, resource_type: &str, id: Option<String>, bytes: &[u8], release: Release) {
        let Some(contents) = &mut self.contents else { return };
        let Ok(entry) = read(bytes, &ReadOptions::new(release)) else { return };
        *contents.kinds.entry(entry.kind).or_default() += 1;
        for day in days(&entry) {
            let (first, last) = contents.days.get_or_insert((day, day));
            *first = (*first).min(day);
            *last = (*last).max(day);
        }
        let hash = content_hash(bytes).0;
        let id = id.unwrap_or_else(|| format!("sha256:{hash}"));
        contents.known_by.push((resource_type.to_owned(), id, hash));
    }

    /// Takes note of who keeps the record, as far as a resource of FHIR says.
    fn keeper(&mut self, resource_type: &str, id: Option<&str>, bytes: &[u8]) {
        let element = match resource_type {
            "Organization" => "name",
            "Patient" => "managingOrganization",
            "Encounter" => "serviceProvider",
            "DocumentReference" => "custodian",
            _ => return,
        };
        let Some(resource) = tree(bytes) else { return };
        if resource_type == "Organization" {
            if let (Some(id), Some(name)) = (id, resource[element].as_str()) {
                self.organizations.insert(id.to_owned(), name.to_owned());
            }
            return;
        }
        // What the patient's own resource says counts before all visits.
        let weight = if resource_type == "Patient" { 1_000_000 } else { 1 };
        let said = ["display", "reference"].iter().find_map(|part| resource[element][*part].as_str());
        if let Some(said) = said.filter(|said| !said.trim().is_empty()) {
            *self.keepers.entry(said.to_owned()).or_default() += weight;
        }
    }

    /// Who sent what came as FHIR, as far as it says so itself.
    pub(super) fn keeper_of_fhir(&self) -> Option<String> {
        let named = self.keepers.iter().filter_map(|(said, count)| {
            let id = said.rsplit('/').next().unwrap_or_default();
            let name = self.organizations.get(id).unwrap_or(said);
            let is_name = name != said || !(said.contains('/') || said.starts_with("urn:"));
            is_name.then(|| (*count, std::cmp::Reverse(name.trim().to_owned())))
        });
        named.max().map(|(_, name)| name.0)
    }

    /// The release of a resource that does not say: most of its file's, else most of what came with it, else R4.
    pub(super) fn release_of(&self, file: &str) -> (Release, Inference) {
        let most = |counts: &BTreeMap<Release, usize>| {
            counts.iter().max_by_key(|(release, count)| (**count, **release)).map(|(release, _)| *release)
        };
        match self.releases.get(file).and_then(most).or_else(|| most(&self.all)) {
            Some(release) => (release, Inference::Neighbours),
            None => (Release::R4, Inference::Nothing),
        }
    }
}

/// Who keeps a clinical document: what its source is called.
pub(super) fn keeper_of(document: &Document) -> Option<String> {
    let header = &document.header;
    let authors = header.authors.iter().find_map(|author| author.organization.clone());
    let said = header.custodian.clone().or_else(|| header.provider.clone()).or(authors);
    said.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty())
}

/// The days on which something was so, whole ones only.
fn days(entry: &Entry) -> Vec<Day> {
    let date =
        entry.date.as_ref().filter(|date| date.role == DateRole::Clinical && entry.kind != Kind::Patient);
    let stamps = date.into_iter().flat_map(|date| date.start.iter().chain(&date.end));
    stamps
        .filter(|stamp| stamp.day.is_some())
        .map(|stamp| Day { year: stamp.year, month: stamp.month, day: stamp.day })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::Survey;

    fn keeper(resources: &[&str]) -> Option<String> {
        let mut survey = Survey::default();
        for resource in resources {
            survey.json("a.json", 0, resource.as_bytes());
        }
        survey.keeper_of_fhir()
    }

    #[test]
    fn a_source_is_called_what_the_files_say() {
        let visit = |who: &str| format!(r#"{{"resourceType":"Encounter","serviceProvider":{{{who}}}}}"#);
        let (harbor, lake) = (visit(r#""display":"Harbor""#), visit(r#""reference":"Organization/l""#));
        let clinic = r#"{"resourceType":"Organization","id":"l","name":"Lakeside Clinic"}"#;
        let patient =
            r#"{"resourceType":"Patient","id":"p","managingOrganization":{"display":"Summit Health"}}"#;
        assert_eq!(keeper(&[]), None);
        assert_eq!(keeper(&[clinic]), None, "one of many that an export names");
        assert_eq!(keeper(&[&lake]), None, "a number is no name");
        assert_eq!(keeper(&[&lake, &lake, &harbor, clinic]).as_deref(), Some("Lakeside Clinic"));
        assert_eq!(keeper(&[&lake, &lake, clinic, patient]).as_deref(), Some("Summit Health"));
    }
}
