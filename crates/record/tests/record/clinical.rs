//! The same facts as a C-CDA document tells them: statements are written here as a clinic's program writes them, put into
//! documents, and read as an import reads one.
//!
//! Nothing here knows the reader: a statement is CDA by the templates of C-CDA R2.1.

use serde_json::Value;
use wholechart_ccda::Limits;
use wholechart_fhir::{ReadOptions, Release, read};
use wholechart_record::{ConnectionId, EntryKey, Member};

/// Statements of one document: more than any real one has, and more than one document for a long record.
const STATEMENTS: usize = 400;
/// Who numbers the statements.
const NUMBERS: &str = "1.2.840.99999.4";

const SNOMED: &str = "2.16.840.1.113883.6.96";
const LOINC: &str = "2.16.840.1.113883.6.1";
const RXNORM: &str = "2.16.840.1.113883.6.88";
const CVX: &str = "2.16.840.1.113883.12.292";
const ACT_CODE: &str = "2.16.840.1.113883.5.4";

/// One statement, and what it stands in.
struct Statement {
    /// The section's LOINC code.
    section: &'static str,
    xml: String,
}

/// Everything that one clinic's documents say.
#[derive(Default)]
pub(crate) struct Documents {
    statements: Vec<Statement>,
    person: Option<usize>,
}

/// One entry of such a document: what was made of it, as text, and which fact it tells.
pub(crate) struct Told {
    pub(crate) member: Member,
    pub(crate) sent: String,
    /// None where nobody but the document tells it: a report that only holds a result.
    pub(crate) fact: Option<usize>,
}

fn template(number: u32) -> String {
    format!("<templateId root=\"2.16.840.1.113883.10.20.22.4.{number}\"/>")
}

/// What a statement is known by: the fact, after a letter for which part of it this is.
fn number(letter: char, fact: usize) -> String {
    format!("<id root=\"{NUMBERS}\" extension=\"{letter}{fact}\"/>")
}

fn code(element: &str, system: &str, code: &str, words: &str) -> String {
    format!(
        "<{element} code=\"{code}\" codeSystem=\"{system}\"><originalText>{words}</originalText></{element}>"
    )
}

/// `2019-03-17T13:10:00-05:00` as HL7 writes it: `20190317131000-0500`; what is not said stays unsaid.
fn time(iso: &str) -> String {
    let (day, clock) = iso.split_once('T').unwrap_or((iso, ""));
    let clock = clock.strip_suffix('Z').map_or_else(|| clock.to_owned(), |clock| format!("{clock}+00:00"));
    format!("{}{}", day.replace('-', ""), clock.replace(':', ""))
}

fn observation(number: &str, of: u32, code: &str, when: &str, value: &str, unit: &str) -> String {
    format!(
        "<observation classCode=\"OBS\" moodCode=\"EVN\">{}{number}{code}<statusCode code=\"completed\"/>\
         <effectiveTime value=\"{}\"/><value xsi:type=\"PQ\" value=\"{value}\" unit=\"{unit}\"/></observation>",
        template(of),
        time(when)
    )
}

impl Documents {
    fn says(&mut self, section: &'static str, xml: String) {
        self.statements.push(Statement { section, xml });
    }

    /// Whose documents they are.
    pub(crate) fn person(&mut self, fact: usize) {
        self.person = Some(fact);
    }

    /// A result, in the panel that C-CDA wants around it.
    pub(crate) fn result(&mut self, fact: usize, loinc: &str, words: &str, when: &str, value: &str) {
        let named = code("code", LOINC, loinc, words);
        let inner = observation(&number('f', fact), 2, &named, when, value, "mg/dL");
        let panel = format!(
            "<organizer classCode=\"BATTERY\" moodCode=\"EVN\">{}{}{named}<statusCode code=\"completed\"/>\
             <component>{inner}</component></organizer>",
            template(1),
            number('r', fact)
        );
        self.says("30954-2", panel);
    }

    /// Blood pressure: two observations of one moment.
    pub(crate) fn pressure(&mut self, fact: usize, when: &str, high: usize, low: usize) {
        let part = |letter: char, loinc: &str, value: usize| {
            let named = code("code", LOINC, loinc, "Pressure");
            let inner = observation(&number(letter, fact), 27, &named, when, &value.to_string(), "mm[Hg]");
            format!("<component>{inner}</component>")
        };
        let panel = format!(
            "<organizer classCode=\"CLUSTER\" moodCode=\"EVN\">{}<code code=\"46680005\" codeSystem=\"{SNOMED}\"/>\
             <statusCode code=\"completed\"/><effectiveTime value=\"{}\"/>{}{}</organizer>",
            template(26),
            time(when),
            part('f', "8480-6", high),
            part('d', "8462-4", low)
        );
        self.says("8716-3", panel);
    }

    /// A vaccine that was given.
    pub(crate) fn vaccine(&mut self, fact: usize, cvx: &str, day: &str, lot: Option<&str>) {
        let lot = lot.map(|lot| format!("<lotNumberText>{lot}</lotNumberText>")).unwrap_or_default();
        let xml = format!(
            "<substanceAdministration classCode=\"SBADM\" moodCode=\"EVN\" negationInd=\"false\">{}{}\
             <statusCode code=\"completed\"/><effectiveTime value=\"{}\"/><consumable><manufacturedProduct>\
             <manufacturedMaterial>{}{lot}</manufacturedMaterial></manufacturedProduct></consumable></substanceAdministration>",
            template(52),
            number('f', fact),
            time(day),
            code("code", CVX, cvx, &format!("Vaccine {cvx}"))
        );
        self.says("11369-6", xml);
    }

    /// A problem that is there, in the concern that C-CDA wants around it.
    pub(crate) fn problem(&mut self, fact: usize, snomed: &str, words: &str, since: &str) {
        let value = code("value xsi:type=\"CD\"", SNOMED, snomed, words)
            .replace("</value xsi:type=\"CD\">", "</value>");
        let xml = format!(
            "<act classCode=\"ACT\" moodCode=\"EVN\">{}<code code=\"CONC\" codeSystem=\"2.16.840.1.113883.5.6\"/>\
             <statusCode code=\"active\"/><entryRelationship typeCode=\"SUBJ\"><observation classCode=\"OBS\" moodCode=\"EVN\">\
             {}{}<code code=\"ASSERTION\" codeSystem=\"{ACT_CODE}\"/><statusCode code=\"completed\"/>\
             <effectiveTime><low value=\"{}\"/></effectiveTime>{value}</observation></entryRelationship></act>",
            template(3),
            template(4),
            number('f', fact),
            time(since)
        );
        self.says("11450-4", xml);
    }

    /// An allergy to a medicine, in the concern that C-CDA wants around it.
    pub(crate) fn allergy(&mut self, fact: usize, rxnorm: &str, words: &str) {
        let xml = format!(
            "<act classCode=\"ACT\" moodCode=\"EVN\">{}<code code=\"CONC\" codeSystem=\"2.16.840.1.113883.5.6\"/>\
             <statusCode code=\"active\"/><entryRelationship typeCode=\"SUBJ\"><observation classCode=\"OBS\" moodCode=\"EVN\">\
             {}{}<code code=\"ASSERTION\" codeSystem=\"{ACT_CODE}\"/><statusCode code=\"completed\"/>\
             <value xsi:type=\"CD\" code=\"416098002\" codeSystem=\"{SNOMED}\"/><participant typeCode=\"CSM\">\
             <participantRole classCode=\"MANU\"><playingEntity classCode=\"MMAT\">{}</playingEntity></participantRole>\
             </participant></observation></entryRelationship></act>",
            template(30),
            template(7),
            number('f', fact),
            code("code", RXNORM, rxnorm, words)
        );
        self.says("48765-2", xml);
    }

    /// A medicine that is taken.
    pub(crate) fn medicine(&mut self, fact: usize, rxnorm: &str, words: &str, since: &str) {
        let xml = format!(
            "<substanceAdministration classCode=\"SBADM\" moodCode=\"EVN\">{}{}<statusCode code=\"active\"/>\
             <effectiveTime xsi:type=\"IVL_TS\"><low value=\"{}\"/></effectiveTime><consumable><manufacturedProduct>\
             <manufacturedMaterial>{}</manufacturedMaterial></manufacturedProduct></consumable></substanceAdministration>",
            template(16),
            number('f', fact),
            time(since),
            code("code", RXNORM, rxnorm, words)
        );
        self.says("10160-0", xml);
    }

    /// A procedure that was done.
    pub(crate) fn procedure(&mut self, fact: usize, snomed: &str, words: &str, when: &str) {
        let xml = format!(
            "<procedure classCode=\"PROC\" moodCode=\"EVN\">{}{}{}<statusCode code=\"completed\"/>\
             <effectiveTime value=\"{}\"/></procedure>",
            template(14),
            number('f', fact),
            code("code", SNOMED, snomed, words),
            time(when)
        );
        self.says("47519-4", xml);
    }

    /// A visit from when to when, with whom.
    pub(crate) fn visit(&mut self, fact: usize, class: &str, (start, end): (&str, &str), who: &str) {
        let xml = format!(
            "<encounter classCode=\"ENC\" moodCode=\"EVN\">{}{}{}<effectiveTime><low value=\"{}\"/><high value=\"{}\"/></effectiveTime>\
             <performer><assignedEntity><assignedPerson><name>{who}</name></assignedPerson></assignedEntity></performer></encounter>",
            template(49),
            number('f', fact),
            code("code", ACT_CODE, class, "Visit"),
            time(start),
            time(end)
        );
        self.says("46240-8", xml);
    }

    /// The documents, each with every section that it has a statement for.
    fn written(&self) -> Vec<String> {
        let document = |(n, statements): (usize, &[Statement])| {
            let mut sections: Vec<&'static str> = statements.iter().map(|one| one.section).collect();
            sections.sort_unstable();
            sections.dedup();
            let of_section = |section: &'static str| {
                let entries = statements.iter().filter(|one| one.section == section);
                let entries =
                    entries.map(|one| format!("<entry>{}</entry>", one.xml)).collect::<Vec<_>>().concat();
                format!(
                    "<component><section><code code=\"{section}\" codeSystem=\"{LOINC}\"/><title>Section</title>\
                     <text>See the entries.</text>{entries}</section></component>"
                )
            };
            let sections: String = sections.into_iter().map(of_section).collect();
            format!(
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ClinicalDocument xmlns=\"urn:hl7-org:v3\" \
                 xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">\
                 <templateId root=\"2.16.840.1.113883.10.20.22.1.2\" extension=\"2015-08-01\"/>\
                 <id root=\"1.2.840.99999.5\" extension=\"{n}\"/><code code=\"34133-9\" codeSystem=\"{LOINC}\"/>\
                 <title>Summary</title><effectiveTime value=\"20250102\"/><recordTarget><patientRole>\
                 <id root=\"1.2.840.99999.6\" extension=\"MRN-5\"/><patient><name>Ada Quill</name><birthTime value=\"19610403\"/>\
                 </patient></patientRole></recordTarget><component><structuredBody>{sections}</structuredBody></component>\
                 </ClinicalDocument>"
            )
        };
        self.statements.chunks(STATEMENTS).enumerate().map(document).collect()
    }

    /// Every entry of the documents as they are read. Every statement has become exactly one, and with it the panel around a result.
    pub(crate) fn read(&self) -> Vec<Told> {
        let mut told: Vec<Told> = Vec::new();
        for xml in self.written() {
            let document = wholechart_ccda::read(xml.as_bytes(), &Limits::default()).expect("a document");
            assert_eq!(document.cut, None);
            for entry in document.entries {
                let resource: Value = serde_json::from_str(&entry.resource).expect("JSON");
                let number = resource["identifier"][0]["value"].as_str().unwrap_or_default();
                let fact = match number.split_at_checked(1) {
                    _ if entry.resource_type == "Patient" => self.person,
                    Some(("f", fact)) => Some(fact.parse().expect("a fact's number")),
                    Some(("r", _)) => None,
                    _ => panic!("nobody said {}", entry.resource),
                };
                let read = read(entry.resource.as_bytes(), &ReadOptions::new(Release::R4));
                let read = read.expect("a resource");
                let key = EntryKey {
                    connection: ConnectionId("clinic".into()),
                    base: "file:C-CDA".into(),
                    release: Release::R4,
                    resource_type: entry.resource_type,
                    id: entry.id,
                };
                // Every document says whose it is.
                if !told.iter().take(1).any(|first| first.member.key == key) {
                    told.push(Told { member: Member { key, entry: read }, sent: entry.resource, fact });
                }
            }
        }
        let panels = told.iter().filter(|one| one.member.key.resource_type == "DiagnosticReport").count();
        assert_eq!(told.len(), 1 + self.statements.len() + panels, "each statement is read once");
        told
    }
}
