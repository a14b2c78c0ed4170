//! Documents written for these tests: an invented person, one section each.

use serde_json::Value;
use wholechart_ccda::{Document, Entry, Limits, read};
use wholechart_fhir::{ReadOptions, Release};

use crate::invariants;

/// A header that says whose document it is.
const HEADER: &str = r#"<id root="1.2.840.99999.1" extension="doc-1"/>
<code code="34133-9" codeSystem="2.16.840.1.113883.6.1" displayName="Summary of episode note"/>
<title>Visit summary</title><effectiveTime value="20240305101500-0600"/><languageCode code="en-US"/>
<recordTarget><patientRole><id root="1.2.840.99999.2" extension="MRN-77"/>
<addr><streetAddressLine>5 Elm Road</streetAddressLine><city>Duluth</city><state>MN</state><postalCode>55801</postalCode></addr>
<telecom value="tel:+1(218)555-0101" use="HP"/>
<patient><name use="L"><given>Greta</given><given>Ann</given><family>Olsen</family></name>
<name><given>Greta</given><family qualifier="BR">Holm</family></name>
<administrativeGenderCode code="F" codeSystem="2.16.840.1.113883.5.1"/><birthTime value="19610402"/></patient>
<providerOrganization><name>North Shore Clinic</name></providerOrganization></patientRole></recordTarget>
<author><time value="20240305"/><assignedAuthor><assignedPerson><name><prefix>Dr.</prefix><given>Ivo</given><family>Brandt</family></name></assignedPerson>
<representedOrganization><name>North Shore Clinic</name></representedOrganization></assignedAuthor></author>
<custodian><assignedCustodian><representedCustodianOrganization><name>North Shore Health</name></representedCustodianOrganization></assignedCustodian></custodian>
<participant typeCode="IND"><associatedEntity classCode="NOK"><code code="SON" codeSystem="2.16.840.1.113883.5.111" displayName="son"/>
<telecom value="tel:218-555-0102"/><associatedPerson><name><given>Nils</given><family>Olsen</family></name></associatedPerson></associatedEntity></participant>
<documentationOf><serviceEvent><performer typeCode="PRF"><functionCode code="PCP"/><assignedEntity><assignedPerson><name><given>Ana</given><family>Ruiz</family></name>
</assignedPerson></assignedEntity></performer></serviceEvent></documentationOf>"#;

const SNOMED: &str = "2.16.840.1.113883.6.96";

pub(crate) fn document(sections: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ClinicalDocument xmlns=\"urn:hl7-org:v3\" \
         xmlns:sdtc=\"urn:hl7-org:sdtc\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">\
         <templateId root=\"2.16.840.1.113883.10.20.22.1.2\" extension=\"2015-08-01\"/>{HEADER}\
         <component><structuredBody>{sections}</structuredBody></component></ClinicalDocument>"
    )
}

pub(crate) fn section(loinc: &str, text: &str, entries: &str) -> String {
    format!(
        "<component><section><code code=\"{loinc}\" codeSystem=\"2.16.840.1.113883.6.1\"/><title>Section {loinc}</title>\
         <text>{text}</text>{entries}</section></component>"
    )
}

fn template(suffix: &str) -> String {
    format!("<templateId root=\"2.16.840.1.113883.10.20.{suffix}\"/>")
}

fn coded(element: &str, code: &str, name: &str) -> String {
    format!("<{element} xsi:type=\"CD\" code=\"{code}\" codeSystem=\"{SNOMED}\" displayName=\"{name}\"/>")
}

fn parse(xml: &str) -> Document {
    let document = read(xml.as_bytes(), &Limits::default()).expect("a document");
    invariants::document_of(xml.as_bytes(), &document);
    document
}

/// The document of one section.
fn one(loinc: &str, text: &str, entry: &str) -> Document {
    parse(&document(&section(loinc, text, &format!("<entry>{entry}</entry>"))))
}

fn json(entry: &Entry) -> Value {
    serde_json::from_str(&entry.resource).expect("JSON")
}

fn read_r4(entry: &Entry) -> wholechart_fhir::Entry {
    wholechart_fhir::read(entry.resource.as_bytes(), &ReadOptions::new(Release::R4)).expect("a resource")
}

/// `kind status title | date | value` of every entry but the person.
fn lines(document: &Document) -> Vec<String> {
    let line = |entry: &Entry| {
        let read = read_r4(entry);
        assert!(!read.title.trim().is_empty(), "{}", entry.resource);
        let date = read.date.as_ref();
        let side =
            |date: Option<&wholechart_fhir::FhirDate>| date.map(|date| date.raw.clone()).unwrap_or_default();
        let (start, end) =
            (side(date.and_then(|date| date.start.as_ref())), side(date.and_then(|date| date.end.as_ref())));
        let when = if end.is_empty() { start } else { format!("{start}..{end}") };
        let found = read.found().map(|found| found.as_sent()).unwrap_or_default();
        let line = format!(
            "{} {} {} | {when} | {found}",
            read.kind.as_str(),
            read.status_group.as_str(),
            read.title
        );
        line.trim_end_matches([' ', '|']).to_owned()
    };
    document.entries.iter().filter(|entry| entry.resource_type != "Patient").map(line).collect()
}

#[test]
fn the_header_says_whose_it_is_and_who_wrote_it() {
    let document = parse(&document(""));
    let header = &document.header;
    assert_eq!(document.release, wholechart_ccda::Release::R2);
    assert_eq!(header.title.as_deref(), Some("Visit summary"));
    assert_eq!(header.time.as_deref(), Some("2024-03-05T10:15:00-06:00"));
    assert_eq!(header.custodian.as_deref(), Some("North Shore Health"));
    assert_eq!(header.provider.as_deref(), Some("North Shore Clinic"));
    assert_eq!(header.authors[0].name.as_deref(), Some("Dr. Ivo Brandt"));
    assert_eq!(header.authors[0].time.as_deref(), Some("2024-03-05"));
    assert_eq!(header.kind.as_ref().map(|code| code.code.as_str()), Some("34133-9"));
    let person = &header.people[0];
    assert_eq!(
        person.names.iter().map(|name| name.text.as_str()).collect::<Vec<_>>(),
        ["Greta Ann Olsen", "Greta Holm"]
    );
    assert_eq!(person.birth_date.as_deref(), Some("1961-04-02"));
    assert_eq!(person.sex.as_deref(), Some("female"));
    assert_eq!(person.identifiers[0].system, "urn:oid:1.2.840.99999.2");
    assert_eq!(person.addresses, ["5 Elm Road, Duluth MN 55801"]);
    assert_eq!(person.telecoms, ["+1(218)555-0101"]);
    let patient = json(&document.entries[0]);
    assert_eq!(patient["name"][1]["use"], "maiden");
    assert_eq!(patient["birthDate"], "1961-04-02");
    assert_eq!(patient["contact"][0]["name"]["text"], "Nils Olsen");
    assert_eq!(patient["contact"][0]["relationship"][0]["coding"][0]["display"], "son");
    assert_eq!(patient["generalPractitioner"][0]["display"], "Ana Ruiz");
}

#[test]
fn an_allergy_says_substance_reaction_severity_and_since_when() {
    let entry = format!(
        "<act>{}<id root=\"1.2.3\" extension=\"a\"/><statusCode code=\"active\"/><effectiveTime><low value=\"20200101\"/></effectiveTime>\
         <entryRelationship typeCode=\"SUBJ\"><observation>{}<code code=\"ASSERTION\"/><effectiveTime><low value=\"1988\"/></effectiveTime>\
         {}<participant typeCode=\"CSM\"><participantRole><playingEntity>\
         <code code=\"1191\" codeSystem=\"2.16.840.1.113883.6.88\" displayName=\"aspirin\"/></playingEntity></participantRole></participant>\
         <entryRelationship typeCode=\"MFST\" inversionInd=\"true\"><observation>{}{}<entryRelationship typeCode=\"SUBJ\"><observation>{}\
         <code code=\"SEV\"/>{}</observation></entryRelationship></observation></entryRelationship>\
         <entryRelationship typeCode=\"SUBJ\"><observation>{}<code code=\"82606-5\"/><value xsi:type=\"CD\" code=\"CRITH\"/></observation>\
         </entryRelationship></observation></entryRelationship></act>",
        template("22.4.30"),
        template("22.4.7"),
        coded("value", "416098002", "Allergy to drug"),
        template("22.4.9"),
        coded("value", "247472004", "Hives"),
        template("22.4.8"),
        coded("value", "24484000", "Severe"),
        template("22.4.145"),
    );
    let document = one("48765-2", "Aspirin", &entry);
    assert_eq!(lines(&document), ["allergy active aspirin | 1988"]);
    let allergy = json(&document.entries[1]);
    assert_eq!(allergy["category"][0], "medication");
    assert_eq!(allergy["criticality"], "high");
    assert_eq!(allergy["reaction"][0]["severity"], "severe");
    assert_eq!(allergy["reaction"][0]["manifestation"][0]["coding"][0]["code"], "247472004");
    assert_eq!(allergy["code"]["coding"][0]["system"], "http://www.nlm.nih.gov/research/umls/rxnorm");
    assert!(document.problems.is_empty(), "{:?}", document.problems);
    // The whole concern is verbatim, and all four observations in it are parts.
    assert_eq!(document.entries[1].element, "act");
    assert_eq!(document.entries[1].parts.len(), 4);
}

#[test]
fn how_bad_an_allergy_is_counts_where_nobody_says_what_it_does() {
    let graded = |code: &str, name: &str| {
        let entry = format!(
            "<act>{}<id root=\"1.2.3\" extension=\"a\"/><statusCode code=\"active\"/>\
             <entryRelationship typeCode=\"SUBJ\"><observation>{}<code code=\"ASSERTION\"/>{}<participant typeCode=\"CSM\"><participantRole>\
             <playingEntity><code code=\"2670\" codeSystem=\"2.16.840.1.113883.6.88\" displayName=\"codeine\"/></playingEntity></participantRole>\
             </participant><entryRelationship typeCode=\"SUBJ\"><observation>{}<code code=\"SEV\"/>{}</observation></entryRelationship>\
             </observation></entryRelationship></act>",
            template("22.4.30"),
            template("22.4.7"),
            coded("value", "416098002", "Allergy to drug"),
            template("22.4.8"),
            coded("value", code, name),
        );
        let document = one("48765-2", "Codeine", &entry);
        assert!(document.problems.is_empty(), "{:?}", document.problems);
        json(&document.entries[1])["reaction"][0].clone()
    };
    assert_eq!(graded("6736007", "Moderate"), serde_json::json!({"severity": "moderate"}));
    assert_eq!(
        graded("399166001", "Fatal"),
        serde_json::json!({"severity": "severe", "description": "Fatal"})
    );
}

#[test]
fn what_is_denied_is_never_what_somebody_has() {
    let observation = |value: &str, substance: &str| {
        format!(
            "<observation negationInd=\"true\">{}<code code=\"ASSERTION\"/>{value}<participant typeCode=\"CSM\">\
             <participantRole><playingEntity>{substance}</playingEntity></participantRole></participant></observation>",
            template("22.4.7")
        )
    };
    let drug = coded("value", "416098002", "Allergy to drug");
    let none = one("48765-2", "x", &observation(&drug, "<code nullFlavor=\"NA\"/>"));
    assert_eq!(lines(&none), ["allergy unknown No known drug allergy"]);
    assert_eq!(read_r4(&none.entries[1]).knowing, Some(wholechart_fhir::Knowing::NoneKnown));
    let any = one("48765-2", "x", &observation(&coded("value", "419199007", "Allergy to substance"), ""));
    assert_eq!(lines(&any), ["allergy unknown No known allergy"]);
    let peanut = "<code code=\"762952008\" codeSystem=\"2.16.840.1.113883.6.96\" displayName=\"Peanut\"/>";
    assert_eq!(lines(&one("48765-2", "x", &observation(&drug, peanut))), ["allergy refuted Peanut"]);

    let problem = |code: &str, name: &str| {
        let inner = format!(
            "<observation negationInd=\"true\">{}{}</observation>",
            template("22.4.4"),
            coded("value", code, name)
        );
        format!(
            "<act>{}<statusCode code=\"active\"/><entryRelationship typeCode=\"SUBJ\">{inner}</entryRelationship></act>",
            template("22.4.3")
        )
    };
    let none = one("11450-4", "x", &problem("55607006", "Problem"));
    assert_eq!(read_r4(&none.entries[1]).knowing, Some(wholechart_fhir::Knowing::NoneKnown));
    assert_eq!(
        lines(&one("11450-4", "x", &problem("73211009", "Diabetes mellitus"))),
        ["problem refuted Diabetes mellitus"]
    );

    let medicine = format!(
        "<substanceAdministration moodCode=\"EVN\" negationInd=\"true\">{}<statusCode code=\"active\"/><consumable>\
         <manufacturedProduct><manufacturedMaterial><code nullFlavor=\"OTH\"><translation code=\"410942007\" \
         codeSystem=\"2.16.840.1.113883.6.96\" displayName=\"Drug or medicament\"/></code></manufacturedMaterial>\
         </manufacturedProduct></consumable></substanceAdministration>",
        template("22.4.16")
    );
    let none = one("10160-0", "x", &medicine);
    assert_eq!(lines(&none), ["medicine not-done No known medications"]);
    assert_eq!(read_r4(&none.entries[1]).knowing, Some(wholechart_fhir::Knowing::NoneKnown));

    // A finding that is denied: never its name with a value that reads as had.
    let pregnant = format!(
        "<observation negationInd=\"true\">{}<code code=\"ASSERTION\"/><statusCode code=\"completed\"/>{}</observation>",
        template("15.3.8"),
        coded("value", "77386006", "Pregnant")
    );
    assert_eq!(lines(&one("29762-2", "x", &pregnant)), ["observation not-done Pregnant"]);

    let implant = format!(
        "<procedure moodCode=\"EVN\" negationInd=\"true\">{}<code nullFlavor=\"NA\"/><participant typeCode=\"DEV\"><participantRole>\
         <playingDevice>{}</playingDevice></participantRole></participant></procedure>",
        template("22.4.14"),
        coded("code", "40388003", "Implant")
    );
    assert_eq!(lines(&one("46264-8", "x", &implant)), ["procedure not-done Implant"]);
}

#[test]
fn a_problem_takes_its_status_from_itself_then_from_its_end_then_from_its_concern() {
    let problem = |status: &str, concern: &str, high: &str| {
        format!(
            "<act>{}<statusCode code=\"{concern}\"/><effectiveTime><low value=\"20240101\"/></effectiveTime>\
             <author><time value=\"202401021200-0600\"/></author><entryRelationship typeCode=\"SUBJ\"><observation>{}\
             <effectiveTime><low value=\"201905\"/>{high}</effectiveTime>\
             <value xsi:type=\"CD\" nullFlavor=\"UNK\"><originalText><reference value=\"#p1\"/></originalText>\
             <translation code=\"M54.5\" codeSystem=\"2.16.840.1.113883.6.90\" displayName=\"Low back pain\"/></value>{status}\
             </observation></entryRelationship></act>",
            template("22.4.3"),
            template("22.4.4"),
        )
    };
    let text = "<list><item><content ID=\"p1\">Sore <content styleCode=\"Bold\">back</content></content></item></list>";
    let inactive = format!(
        "<entryRelationship typeCode=\"REFR\"><observation>{}<code code=\"33999-4\"/>{}</observation></entryRelationship>",
        template("22.4.6"),
        coded("value", "73425007", "Inactive")
    );
    let line = |status: &str, concern: &str, high: &str| {
        lines(&one("11450-4", text, &problem(status, concern, high))).join("; ")
    };
    assert_eq!(line("", "active", ""), "problem active Sore back | 2019-05");
    assert_eq!(line("", "completed", ""), "problem past Sore back | 2019-05");
    assert_eq!(line("", "active", "<high nullFlavor=\"UNK\"/>"), "problem past Sore back | 2019-05");
    assert_eq!(line("", "active", "<high value=\"20210203\"/>"), "problem past Sore back | 2019-05");
    assert_eq!(line(&inactive, "active", ""), "problem past Sore back | 2019-05");
    let document = one("11450-4", text, &problem("", "active", "<high value=\"20210203\"/>"));
    let condition = json(&document.entries[1]);
    assert_eq!(condition["abatementDateTime"], "2021-02-03");
    assert_eq!(condition["recordedDate"], "2024-01-02T12:00-06:00");
    let unsigned =
        problem("", "active", "").replace("<author><time value=\"202401021200-0600\"/></author>", "");
    assert_eq!(json(&one("11450-4", text, &unsigned).entries[1])["recordedDate"], "2024-01-01");
    assert_eq!(condition["code"]["coding"][0]["system"], "http://hl7.org/fhir/sid/icd-10-cm");
    assert_eq!(condition["category"][0]["coding"][0]["code"], "problem-list-item");
}

#[test]
fn two_problems_of_one_concern_are_two_entries_within_it() {
    let observation = |name: &str| {
        format!(
            "<entryRelationship typeCode=\"SUBJ\"><observation>{}{}</observation></entryRelationship>",
            template("22.4.4"),
            coded("value", "1", name)
        )
    };
    let act = format!(
        "<act>{}<statusCode code=\"active\"/>{}{}</act>",
        template("22.4.3"),
        observation("One"),
        observation("Two")
    );
    let document = one("11450-4", "x", &act);
    assert_eq!(lines(&document), ["problem active One", "problem active Two"]);
    assert_eq!(document.entries[1].element, "observation");
    let within = document.entries[1].within.clone().expect("the concern");
    assert_eq!(Some(&within), document.entries[2].within.as_ref());
    assert!(within.start < document.entries[1].range.start && document.entries[2].range.end < within.end);
}

#[test]
fn a_medicine_says_how_it_is_taken() {
    let medicine = |mood: &str, status: &str, times: &str| {
        format!(
            "<substanceAdministration moodCode=\"{mood}\">{}<statusCode code=\"{status}\"/>{times}\
             <repeatNumber value=\"3\"/><routeCode code=\"C38288\" codeSystem=\"2.16.840.1.113883.3.26.1.1\" displayName=\"Oral\"/>\
             <doseQuantity value=\"1.50\" unit=\"mg\"/><maxDoseQuantity><numerator value=\"6\" unit=\"mg\"/><denominator value=\"1\" unit=\"d\"/></maxDoseQuantity>\
             <consumable><manufacturedProduct><manufacturedMaterial><code code=\"197591\" codeSystem=\"2.16.840.1.113883.6.88\" \
             displayName=\"diazepam 5 MG Oral Tablet\"/></manufacturedMaterial></manufacturedProduct></consumable>\
             <entryRelationship typeCode=\"RSON\"><observation>{}{}</observation></entryRelationship>\
             <entryRelationship typeCode=\"COMP\"><substanceAdministration>{}<text><reference value=\"#sig\"/></text></substanceAdministration></entryRelationship>\
             <precondition><criterion><value xsi:type=\"CD\" code=\"48694002\" codeSystem=\"{SNOMED}\" displayName=\"Anxiety\"/></criterion></precondition>\
             </substanceAdministration>",
            template("22.4.16"),
            template("22.4.19"),
            coded("value", "197480006", "Anxiety disorder"),
            template("22.4.147"),
        )
    };
    let text = "<paragraph ID=\"sig\">One tablet every 6 to 8 hours if anxious</paragraph>";
    let times = "<effectiveTime xsi:type=\"IVL_TS\"><low value=\"20230110\"/><high value=\"20230120\"/></effectiveTime>\
        <effectiveTime xsi:type=\"PIVL_TS\" operator=\"A\" institutionSpecified=\"true\"><period><low value=\"6\" unit=\"h\"/>\
        <high value=\"8\" unit=\"h\"/></period></effectiveTime>";
    let document = one("10160-0", text, &medicine("EVN", "active", times));
    assert_eq!(lines(&document), ["medicine active diazepam 5 MG Oral Tablet | 2023-01-10..2023-01-20"]);
    let statement = json(&document.entries[1]);
    assert_eq!(statement["resourceType"], "MedicationStatement");
    let dosage = &statement["dosage"][0];
    assert_eq!(dosage["text"], "One tablet every 6 to 8 hours if anxious");
    assert_eq!(dosage["timing"]["repeat"]["period"], 6);
    assert_eq!(dosage["timing"]["repeat"]["periodMax"], 8);
    assert_eq!(dosage["asNeededCodeableConcept"]["coding"][0]["display"], "Anxiety");
    assert_eq!(statement["reasonCode"][0]["coding"][0]["display"], "Anxiety disorder");
    assert!(
        document.entries[1].resource.contains("\"value\":1.50"),
        "letter by letter: {}",
        document.entries[1].resource
    );

    let document = one("10160-0", text, &medicine("INT", "active", times));
    let request = json(&document.entries[1]);
    assert_eq!(request["resourceType"], "MedicationRequest");
    assert_eq!(request["intent"], "plan");
    assert_eq!(request["dispenseRequest"]["numberOfRepeatsAllowed"], 2);
    assert_eq!(request["dosageInstruction"][0]["timing"]["repeat"]["boundsPeriod"]["start"], "2023-01-10");

    // "Completed" without an end says that the statement was made.
    let open = "<effectiveTime xsi:type=\"IVL_TS\"><low value=\"20230110\"/><high nullFlavor=\"UNK\"/></effectiveTime>";
    assert_eq!(
        lines(&one("10160-0", text, &medicine("EVN", "completed", open))),
        ["medicine unknown diazepam 5 MG Oral Tablet | 2023-01-10"]
    );
    assert_eq!(
        lines(&one("10160-0", text, &medicine("EVN", "completed", times))),
        ["medicine past diazepam 5 MG Oral Tablet | 2023-01-10..2023-01-20"]
    );
    assert_eq!(
        lines(&one("10160-0", text, &medicine("EVN", "aborted", times))),
        ["medicine past diazepam 5 MG Oral Tablet | 2023-01-10..2023-01-20"]
    );
    // In a plan nobody takes it yet.
    assert_eq!(
        lines(&one("18776-5", text, &medicine("INT", "active", times)))[0].split(" | ").next(),
        Some("medicine planned diazepam 5 MG Oral Tablet")
    );

    let event = "<effectiveTime xsi:type=\"EIVL_TS\" operator=\"A\"><event code=\"HS\"/></effectiveTime>";
    let document = one("10160-0", text, &medicine("EVN", "active", event));
    assert_eq!(json(&document.entries[1])["dosage"][0]["timing"]["repeat"]["when"][0], "HS");
}

#[test]
fn an_order_and_a_dispense_within_a_medicine_are_entries_of_its_product() {
    let medicine = format!(
        "<substanceAdministration moodCode=\"EVN\">{}<statusCode code=\"active\"/><consumable><manufacturedProduct><manufacturedMaterial>\
         <code code=\"1\" codeSystem=\"2.16.840.1.113883.6.88\" displayName=\"metformin 500 MG\"/></manufacturedMaterial></manufacturedProduct></consumable>\
         <entryRelationship typeCode=\"REFR\"><supply moodCode=\"EVN\">{}<statusCode code=\"completed\"/><effectiveTime value=\"20240110\"/>\
         <quantity value=\"60\"/></supply></entryRelationship></substanceAdministration>",
        template("22.4.16"),
        template("22.4.18"),
    );
    let document = one("10160-0", "x", &medicine);
    assert_eq!(
        lines(&document),
        ["medicine active metformin 500 MG", "medicine unknown metformin 500 MG | 2024-01-10"]
    );
    assert_eq!(document.entries[2].resource_type, "MedicationDispense");
    assert_eq!(document.entries[2].part_of, Some(1));
}

#[test]
fn a_vaccine_was_given_or_was_not() {
    let vaccine = |negated: &str, reason: &str| {
        format!(
            "<substanceAdministration moodCode=\"EVN\" negationInd=\"{negated}\">{}<statusCode code=\"completed\"/>\
             <effectiveTime value=\"20231004\"/><repeatNumber value=\"2\"/><consumable><manufacturedProduct><manufacturedMaterial>\
             <code code=\"150\" codeSystem=\"2.16.840.1.113883.12.292\" displayName=\"Influenza, quadrivalent\"/><lotNumberText>L-9</lotNumberText>\
             </manufacturedMaterial><manufacturerOrganization><name>Acme</name></manufacturerOrganization></manufacturedProduct></consumable>{reason}\
             </substanceAdministration>",
            template("22.4.52")
        )
    };
    let document = one("11369-6", "x", &vaccine("false", ""));
    assert_eq!(lines(&document), ["vaccine past Influenza, quadrivalent | 2023-10-04"]);
    let given = json(&document.entries[1]);
    assert_eq!(given["lotNumber"], "L-9");
    assert_eq!(given["manufacturer"]["display"], "Acme");
    assert_eq!(given["protocolApplied"][0]["doseNumberPositiveInt"], 2);
    assert_eq!(given["vaccineCode"]["coding"][0]["system"], "http://hl7.org/fhir/sid/cvx");
    let reason = format!(
        "<entryRelationship typeCode=\"RSON\"><observation>{}<code code=\"PATOBJ\" codeSystem=\"2.16.840.1.113883.5.8\"/></observation></entryRelationship>",
        template("22.4.53")
    );
    let document = one("11369-6", "x", &vaccine("true", &reason));
    assert_eq!(lines(&document), ["vaccine not-done Influenza, quadrivalent | 2023-10-04"]);
    assert_eq!(json(&document.entries[1])["statusReason"]["coding"][0]["code"], "PATOBJ");
}

#[test]
fn a_statement_that_nobody_makes_is_no_fact() {
    let vaccine = |text: &str| {
        format!(
            "<substanceAdministration moodCode=\"EVN\" nullFlavor=\"NI\">{}{text}<statusCode code=\"completed\"/>\
             <effectiveTime value=\"2019\"/><consumable><manufacturedProduct><manufacturedMaterial>\
             <code code=\"787859002\" codeSystem=\"{SNOMED}\" displayName=\"Vaccine\"/></manufacturedMaterial></manufacturedProduct></consumable>\
             </substanceAdministration>",
            template("22.4.52")
        )
    };
    let told = one(
        "11369-6",
        "<content ID=\"n\">Not known</content>",
        &vaccine("<text><reference value=\"#n\"/></text>"),
    );
    assert_eq!(lines(&told), ["document active Section 11369-6 | 2019"]);
    // Named, and the section's words are a document.
    let silent = one("11369-6", "Not known", &vaccine(""));
    assert_eq!(lines(&silent), ["document active Section 11369-6 | 2024-03-05T10:15:00-06:00"]);
    assert!(silent.problems.iter().any(|problem| problem.fault == wholechart_ccda::Fault::NotUnderstood));
}

#[test]
fn a_medicine_without_a_code_is_called_by_its_words() {
    let medicine = |inner: &str| {
        format!(
            "<substanceAdministration moodCode=\"EVN\">{}<statusCode code=\"active\"/><consumable><manufacturedProduct><manufacturedMaterial>\
             <code nullFlavor=\"OTH\"/>{inner}</manufacturedMaterial></manufacturedProduct></consumable><entryRelationship typeCode=\"COMP\">\
             <substanceAdministration>{}<text><reference value=\"#s\"/></text></substanceAdministration></entryRelationship></substanceAdministration>",
            template("22.4.16"),
            template("22.4.147")
        )
    };
    let text = "<content ID=\"s\">Trial drug, one each morning</content>";
    assert_eq!(
        lines(&one("10160-0", text, &medicine("<name>Magic mouthwash</name>"))),
        ["medicine active Magic mouthwash"]
    );
    assert_eq!(lines(&one("10160-0", text, &medicine(""))), ["medicine active Trial drug, one each morning"]);
}

#[test]
fn results_of_every_type_of_value_keep_what_was_sent() {
    let result = |value: &str| {
        format!(
            "<component><observation>{}<code code=\"2345-7\" codeSystem=\"2.16.840.1.113883.6.1\" displayName=\"Glucose\"/>\
             <statusCode code=\"completed\"/>{value}</observation></component>",
            template("22.4.2")
        )
    };
    let values = [
        ("<value xsi:type=\"PQ\" value=\"5.10\" unit=\"mmol/L\"/>", "5.10 mmol/L"),
        ("<value xsi:type=\"PQ\" value=\"&lt;5\" unit=\"mg\"/>", "<5 mg"),
        (
            "<value xsi:type=\"PQ\" value=\"120\"><translation value=\"120\" nullFlavor=\"OTH\"><originalText>units/mL</originalText></translation></value>",
            "120 units/mL",
        ),
        (
            "<value xsi:type=\"PQ\" nullFlavor=\"OTH\"><translation value=\"152\" nullFlavor=\"OTH\"><originalText>THOUS/MCL</originalText></translation></value>",
            "152 THOUS/MCL",
        ),
        ("<value xsi:type=\"PQ\" value=\"many\" unit=\"mg\">many</value>", "many"),
        (
            "<value xsi:type=\"IVL_PQ\"><low value=\"10\" unit=\"mg\"/><high value=\"20\" unit=\"mg\"/></value>",
            "10\u{2013}20 mg",
        ),
        (
            "<value xsi:type=\"IVL_PQ\"><high value=\"0.02\" unit=\"ng/mL\" inclusive=\"false\"/></value>",
            "<0.02 ng/mL",
        ),
        ("<value xsi:type=\"IVL_PQ\"><low value=\"150\" unit=\"ng/mL\"/></value>", ">=150 ng/mL"),
        (
            "<value xsi:type=\"CD\" code=\"260385009\" codeSystem=\"2.16.840.1.113883.6.96\" displayName=\"Negative\"/>",
            "Negative",
        ),
        (
            "<value xsi:type=\"CD\" code=\"260385009\" codeSystem=\"2.16.840.1.113883.6.96\"><originalText>neg.</originalText></value>",
            "neg.",
        ),
        (
            "<value xsi:type=\"CO\" code=\"LA6111-4\" codeSystem=\"2.16.840.1.113883.6.1\" displayName=\"Not at all\"/>",
            "Not at all",
        ),
        ("<value xsi:type=\"ST\">yellow &amp; cloudy</value>", "yellow & cloudy"),
        ("<value xsi:type=\"ED\"><reference value=\"#r1\"/></value>", "Clear lungs"),
        ("<value xsi:type=\"INT\" value=\"14\"/>", "14"),
        ("<value xsi:type=\"REAL\" value=\"0.70\"/>", "0.70"),
        (
            "<value xsi:type=\"RTO_PQ_PQ\"><numerator value=\"1\"/><denominator value=\"128\"/></value>",
            "1 : 128",
        ),
        ("<value xsi:type=\"TS\" value=\"20240201\"/>", "2024-02-01"),
        ("<value xsi:type=\"PQ\" nullFlavor=\"NAV\"/>", "temp-unknown"),
        ("<value value=\"7.0\" unit=\"%\"/>", "7.0%"),
    ];
    let inside: String = values.iter().map(|(value, _)| result(value)).collect();
    let panel = format!(
        "<organizer>{}<id root=\"1.2.3\" extension=\"p\"/><code code=\"24323-8\" codeSystem=\"2.16.840.1.113883.6.1\" displayName=\"Metabolic panel\"/>\
         <statusCode code=\"completed\"/><effectiveTime><low value=\"202402010730-0600\"/><high value=\"202402010730-0600\"/></effectiveTime>{inside}</organizer>",
        template("22.4.1")
    );
    let document = one("30954-2", "<paragraph ID=\"r1\">Clear lungs</paragraph>", &panel);
    let report = &document.entries[1];
    assert_eq!(read_r4(report).title, "Metabolic panel");
    assert_eq!(json(report)["result"].as_array().map(Vec::len), Some(values.len()));
    for (entry, (sent, said)) in document.entries[2..].iter().zip(values) {
        let read = read_r4(entry);
        let found = read.found().map(|found| found.as_sent()).unwrap_or_default();
        assert_eq!(found, said, "{sent}: {}", entry.resource);
        assert_eq!(
            read.date.and_then(|date| date.start).map(|date| date.raw).as_deref(),
            Some("2024-02-01T07:30-06:00")
        );
        assert_eq!(entry.part_of, Some(1));
        assert!(!sent.contains("PQ\" value=\"5") || read.kind == wholechart_fhir::Kind::Result);
    }
}

#[test]
fn a_yes_is_a_yes() {
    let observation = format!(
        "<observation>{}{}<value xsi:type=\"BL\" value=\"true\"/></observation>",
        template("22.4.38"),
        coded("code", "1", "Lives alone")
    );
    assert_eq!(json(&one("29762-2", "x", &observation).entries[1])["valueBoolean"], true);
}

#[test]
fn a_result_has_the_laboratorys_flag_and_range() {
    let observation = format!(
        "<observation>{}<code code=\"718-7\" codeSystem=\"2.16.840.1.113883.6.1\" displayName=\"Hemoglobin\"/><statusCode code=\"completed\"/>\
         <effectiveTime value=\"20240201\"/><value xsi:type=\"PQ\" value=\"10.2\" unit=\"g/dL\"/>\
         <interpretationCode code=\"L\" codeSystem=\"2.16.840.1.113883.5.83\"/><referenceRange><observationRange><text>12 to 16</text>\
         <value xsi:type=\"IVL_PQ\"><low value=\"12.0\" unit=\"g/dL\"/><high value=\"16.0\" unit=\"g/dL\"/></value></observationRange></referenceRange></observation>",
        template("22.4.2")
    );
    let document = one("30954-2", "x", &observation);
    assert_eq!(lines(&document), ["result past Hemoglobin | 2024-02-01 | 10.2 g/dL"]);
    let read = read_r4(&document.entries[1]);
    assert_eq!(read.interpretation[0].code, "L");
    assert_eq!(read.reference_range.len(), 1);
    assert!(document.entries[1].resource.contains("12.0"));
}

#[test]
fn both_pressures_of_one_measurement_are_one_entry_and_others_stay_apart() {
    let vital = |loinc: &str, name: &str, value: &str, unit: &str, time: &str| {
        format!(
            "<component><observation>{}<code code=\"{loinc}\" codeSystem=\"2.16.840.1.113883.6.1\" displayName=\"{name}\"/>\
             <statusCode code=\"completed\"/><effectiveTime value=\"{time}\"/><value xsi:type=\"PQ\" value=\"{value}\" unit=\"{unit}\"/></observation></component>",
            template("22.4.27")
        )
    };
    let panel = |diastolic: &str| {
        let inside = [
            vital("8480-6", "Systolic", "132", "mm[Hg]", "20240305"),
            vital("8867-4", "Heart rate", "80", "/min", "20240305"),
            vital("8462-4", "Diastolic", "86", "mm[Hg]", diastolic),
        ]
        .concat();
        format!("<organizer>{}<effectiveTime value=\"20240305\"/>{inside}</organizer>", template("22.4.26"))
    };
    let document = one("8716-3", "x", &panel("20240305"));
    assert_eq!(
        lines(&document),
        [
            "vital past Blood pressure | 2024-03-05 | 132/86 mmHg",
            "vital past Heart rate | 2024-03-05 | 80 /min"
        ]
    );
    assert_eq!(document.entries[1].parts.len(), 2, "the diastolic pressure, and the organizer");
    assert_eq!(lines(&one("8716-3", "x", &panel("20240306"))).len(), 3, "of two days");
}

#[test]
fn smoking_family_procedure_visit_goal_and_directive() {
    let smoking = format!(
        "<observation>{}<code code=\"ASSERTION\"/><statusCode code=\"completed\"/><effectiveTime><low value=\"2010\"/></effectiveTime>{}</observation>",
        template("22.4.78"),
        coded("value", "8517006", "Former smoker")
    );
    let document = one("29762-2", "x", &smoking);
    assert_eq!(lines(&document)[0].split(" | ").skip(1).collect::<Vec<_>>(), ["2010", "Former smoker"]);
    assert_eq!(json(&document.entries[1])["code"]["coding"][0]["code"], "72166-2");

    let family = format!(
        "<organizer>{}<statusCode code=\"completed\"/><subject><relatedSubject><code code=\"MTH\" codeSystem=\"2.16.840.1.113883.5.111\" displayName=\"mother\"/>\
         </relatedSubject></subject><component><observation>{}{}<entryRelationship typeCode=\"SUBJ\" inversionInd=\"true\"><observation>{}\
         <value xsi:type=\"PQ\" value=\"57\" unit=\"a\"/></observation></entryRelationship></observation></component>\
         <component><observation negationInd=\"true\">{}{}</observation></component></organizer>",
        template("22.4.45"),
        template("22.4.46"),
        coded("value", "254837009", "Breast cancer"),
        template("22.4.31"),
        template("22.4.46"),
        coded("value", "73211009", "Diabetes"),
    );
    let document = one("10157-6", "x", &family);
    assert_eq!(
        lines(&document),
        ["family-history past mother: Breast cancer"],
        "what she did not have is not told as had"
    );
    assert_eq!(json(&document.entries[1])["condition"][0]["onsetAge"]["value"], 57);
    assert_eq!(
        document
            .problems
            .iter()
            .filter(|problem| problem.fault == wholechart_ccda::Fault::NotUnderstood)
            .count(),
        1
    );

    let procedure = format!(
        "<procedure moodCode=\"EVN\">{}<code code=\"73761001\" codeSystem=\"{SNOMED}\" displayName=\"Colonoscopy\"/><statusCode code=\"completed\"/>\
         <effectiveTime value=\"20220517\"/><targetSiteCode code=\"71854001\" codeSystem=\"{SNOMED}\" displayName=\"Colon\"/></procedure>",
        template("22.4.14")
    );
    assert_eq!(lines(&one("47519-4", "x", &procedure)), ["procedure past Colonoscopy | 2022-05-17"]);

    let visit = format!(
        "<encounter moodCode=\"EVN\">{}<code code=\"99213\" codeSystem=\"2.16.840.1.113883.6.12\" displayName=\"Office visit\">\
         <translation code=\"AMB\" codeSystem=\"2.16.840.1.113883.5.4\" displayName=\"Ambulatory\"/></code>\
         <effectiveTime value=\"202403050930-0600\"/><participant typeCode=\"LOC\"><participantRole classCode=\"SDLOC\"><playingEntity><name>Clinic 4</name>\
         </playingEntity></participantRole></participant><entryRelationship typeCode=\"SUBJ\"><act>{}<entryRelationship typeCode=\"SUBJ\"><observation>{}{}\
         </observation></entryRelationship></act></entryRelationship></encounter>",
        template("22.4.49"),
        template("22.4.80"),
        template("22.4.4"),
        coded("value", "195967001", "Asthma"),
    );
    let document = one("46240-8", "x", &visit);
    assert_eq!(
        lines(&document),
        ["visit past Office visit | 2024-03-05T09:30-06:00", "problem unknown Asthma"]
    );
    assert_eq!(json(&document.entries[1])["class"]["code"], "AMB");
    assert_eq!(json(&document.entries[1])["location"][0]["location"]["display"], "Clinic 4");
    assert_eq!(json(&document.entries[2])["category"][0]["coding"][0]["code"], "encounter-diagnosis");

    let goal = format!(
        "<observation moodCode=\"GOL\">{}<code code=\"29463-7\" codeSystem=\"2.16.840.1.113883.6.1\" displayName=\"Body weight\"/><statusCode code=\"active\"/>\
         <effectiveTime value=\"20240901\"/><value xsi:type=\"PQ\" value=\"70\" unit=\"kg\"/></observation>",
        template("22.4.121")
    );
    assert_eq!(lines(&one("61146-7", "x", &goal)), ["goal active Body weight | 2024-09-01"]);

    let directive = format!(
        "<observation>{}<code code=\"304251008\" codeSystem=\"{SNOMED}\" displayName=\"Resuscitation\"/><statusCode code=\"completed\"/>\
         <effectiveTime><low value=\"20230101\"/></effectiveTime>{}</observation>",
        template("22.4.48"),
        coded("value", "304253006", "Not for resuscitation")
    );
    let document = one("42348-3", "x", &directive);
    assert_eq!(lines(&document), ["consent active Resuscitation: Not for resuscitation | 2023-01-01"]);
}

#[test]
fn plans_equipment_coverage_team_and_notes() {
    let order = |element: &str, suffix: &str, mood: &str| {
        format!(
            "<{element} moodCode=\"{mood}\">{}<code code=\"1\" codeSystem=\"{SNOMED}\" displayName=\"Chest x-ray\"/><statusCode code=\"active\"/>\
             <effectiveTime value=\"20240601\"/></{element}>",
            template(suffix)
        )
    };
    for (element, suffix, mood) in
        [("procedure", "22.4.41", "RQO"), ("observation", "22.4.44", "INT"), ("act", "22.4.39", "PRP")]
    {
        assert_eq!(
            lines(&one("18776-5", "x", &order(element, suffix, mood)))[0].split(' ').next(),
            Some("order"),
            "{element}"
        );
    }
    assert_eq!(
        lines(&one("18776-5", "x", &order("encounter", "22.4.40", "INT"))),
        ["visit planned Chest x-ray | 2024-06-01"]
    );

    let pacemaker = format!(
        "<procedure moodCode=\"EVN\">{}<code code=\"307280005\" codeSystem=\"{SNOMED}\" displayName=\"Implantation of pacemaker\"/><statusCode code=\"completed\"/>\
         <effectiveTime value=\"20200102\"/><participant typeCode=\"DEV\"><participantRole classCode=\"MANU\">{}\
         <id root=\"2.16.840.1.113883.3.3719\" extension=\"(01)0088\"/><playingDevice>{}</playingDevice><scopingEntity><id root=\"2.16.840.1.113883.3.3719\"/>\
         <desc>Acme Devices</desc></scopingEntity></participantRole></participant></procedure>",
        template("22.4.14"),
        template("22.4.37"),
        coded("code", "14106009", "Cardiac pacemaker"),
    );
    let document = one("46264-8", "x", &pacemaker);
    assert_eq!(
        lines(&document),
        ["procedure past Implantation of pacemaker | 2020-01-02", "device unknown Cardiac pacemaker"]
    );
    let device = json(&document.entries[2]);
    assert_eq!(device["udiCarrier"][0]["carrierHRF"], "(01)0088");
    assert_eq!(device["manufacturer"], "Acme Devices");

    let coverage = format!(
        "<act>{}<code code=\"48768-6\"/><entryRelationship typeCode=\"COMP\"><act>{}<id root=\"1.2\" extension=\"POL-1\"/><code code=\"12\" displayName=\"PPO\"/>\
         <statusCode code=\"completed\"/><performer typeCode=\"PRF\"><templateId root=\"2.16.840.1.113883.10.20.22.4.87\"/><assignedEntity>\
         <representedOrganization><name>Prairie Mutual</name></representedOrganization></assignedEntity></performer>\
         <participant typeCode=\"COV\"><time><low value=\"20240101\"/></time><participantRole><id root=\"1.3\" extension=\"MEM-5\"/>\
         <code code=\"SELF\" codeSystem=\"2.16.840.1.113883.5.111\"/></participantRole></participant></act></entryRelationship></act>",
        template("22.4.60"),
        template("22.4.61"),
    );
    let document = one("48768-6", "x", &coverage);
    assert_eq!(lines(&document).len(), 1);
    let policy = json(&document.entries[1]);
    assert_eq!(policy["payor"][0]["display"], "Prairie Mutual");
    assert_eq!(policy["subscriberId"], "MEM-5");
    assert_eq!(policy["period"]["start"], "2024-01-01");

    let team = format!(
        "<organizer>{}<code code=\"86744-0\" codeSystem=\"2.16.840.1.113883.6.1\" displayName=\"Care team\"/><statusCode code=\"active\"/><component><act>{}\
         <performer><functionCode xmlns=\"urn:hl7-org:sdtc\" code=\"PCP\" displayName=\"primary care physician\"/><assignedEntity><assignedPerson><name><given>Ana</given>\
         <family>Ruiz</family></name></assignedPerson></assignedEntity></performer></act></component></organizer>",
        template("22.4.500"),
        template("22.4.500.1"),
    );
    let document = one("85847-2", "x", &team);
    assert_eq!(lines(&document), ["care-team active Care team"]);
    assert_eq!(json(&document.entries[1])["participant"][0]["member"]["display"], "Ana Ruiz");

    let note = format!(
        "<act>{}<code code=\"34109-9\" codeSystem=\"2.16.840.1.113883.6.1\" displayName=\"Note\"><translation code=\"11506-3\" \
         codeSystem=\"2.16.840.1.113883.6.1\" displayName=\"Progress note\"/></code><text><reference value=\"#n\"/></text><statusCode code=\"completed\"/>\
         <effectiveTime value=\"20240304\"/><author><time value=\"20240304\"/><assignedAuthor><assignedPerson><name>Ivo Brandt</name></assignedPerson></assignedAuthor></author></act>",
        template("22.4.202")
    );
    let document = one("11506-3", "<paragraph ID=\"n\">Feels well.</paragraph>", &note);
    assert_eq!(lines(&document), ["document active Progress note | 2024-03-04"]);
}

#[test]
fn a_section_of_words_only_is_a_document_and_its_words_are_harmless() {
    let text = "<table border=\"1\" onclick=\"x()\"><thead><tr><th>Day</th></tr></thead><tbody><tr><td>Felt <content styleCode=\"Bold\">well</content> &lt;script&gt;</td>\
        </tr></tbody></table><linkHtml href=\"javascript:x\">more</linkHtml><renderMultiMedia referencedObject=\"m\"/>";
    let document = parse(&document(&section("8648-8", text, "")));
    assert_eq!(lines(&document), ["document active Section 8648-8 | 2024-03-05T10:15:00-06:00"]);
    let section = &document.sections[0];
    assert_eq!(
        section.html,
        "<table><thead><tr><th>Day</th></tr></thead><tbody><tr><td>Felt <b>well</b> &lt;script&gt;</td></tr></tbody></table><span>more</span>"
    );
    assert_eq!(section.text, "Day\nFelt well <script>\nmore");
    assert_eq!(document.entries[1].element, "text");
    let read = read_r4(&document.entries[1]);
    assert_eq!(read.attachments.len(), 1);
}

#[test]
fn a_file_in_place_of_a_body_is_a_document() {
    let xml = document("").replace(
        "<structuredBody></structuredBody>",
        "<nonXMLBody><text mediaType=\"application/pdf\" representation=\"B64\">JVBERi0x\n  LjQ=</text></nonXMLBody>",
    );
    let document = parse(&xml);
    assert_eq!(lines(&document).len(), 1);
    let file = json(&document.entries[1]);
    assert_eq!(file["content"][0]["attachment"]["data"], "JVBERi0xLjQ=");
    assert_eq!(file["content"][0]["attachment"]["contentType"], "application/pdf");
}

#[test]
fn a_ccd_of_the_first_release_is_read_by_its_own_templates() {
    let both = |inner: &str| {
        let concern = format!("{}<statusCode code=\"active\"/>", template("1.27"));
        format!(
            "<entry><act>{concern}<entryRelationship typeCode=\"SUBJ\"><observation>{inner}</observation></entryRelationship></act></entry>"
        )
    };
    let allergy = both(&format!(
        "{}{}<effectiveTime><low value=\"2001\"/></effectiveTime><participant typeCode=\"CSM\"><participantRole><playingEntity>\
         <code code=\"70618\" codeSystem=\"2.16.840.1.113883.6.88\" displayName=\"Penicillin\"/></playingEntity></participantRole></participant>",
        template("1.28"),
        template("1.18")
    ));
    let problem = both(&format!("{}{}", template("1.28"), coded("value", "195967001", "Asthma")));
    let vaccine = format!(
        "<entry><substanceAdministration moodCode=\"EVN\">{}<statusCode code=\"completed\"/><effectiveTime><center value=\"199911\"/></effectiveTime>\
         <consumable><manufacturedProduct><manufacturedMaterial><code code=\"88\" codeSystem=\"2.16.840.1.113883.6.59\" displayName=\"Influenza vaccine\"/>\
         </manufacturedMaterial></manufacturedProduct></consumable></substanceAdministration></entry>",
        template("1.24")
    );
    let xml = document(
        &[
            section("48765-2", "x", &allergy),
            section("11450-4", "x", &problem),
            section("11369-6", "x", &vaccine),
        ]
        .concat(),
    )
    .replace("2.16.840.1.113883.10.20.22.1.2\" extension=\"2015-08-01", "2.16.840.1.113883.3.88.11.32.1");
    let document = parse(&xml);
    assert_eq!(document.release, wholechart_ccda::Release::C32);
    assert_eq!(
        lines(&document),
        [
            "allergy active Penicillin | 2001",
            "problem active Asthma",
            "vaccine past Influenza vaccine | 1999-11"
        ]
    );
}

#[test]
fn ids_come_from_the_statements_own_number_and_never_twice() {
    let problem = |number: &str| {
        format!(
            "<entry><observation>{}{number}{}</observation></entry>",
            template("22.4.4"),
            coded("value", "195967001", "Asthma")
        )
    };
    let numbered = problem("<id root=\"1.2.3\" extension=\"7\"/>");
    let twice =
        parse(&document(&section("11450-4", "x", &[numbered.as_str(), &numbered, &problem("")].concat())));
    let ids: Vec<&str> = twice.entries[1..].iter().map(|entry| entry.id.as_str()).collect();
    assert_eq!(ids.len(), 3);
    assert!(ids[0] != ids[1] && ids[1] != ids[2]);
    // The same number in another document is the same thing.
    let other = document(&section("11348-0", "y", &numbered)).replace("doc-1", "doc-2");
    assert_eq!(parse(&other).entries[1].id, ids[0]);
    // An organisation's OID on everything is nobody's number.
    let oid = problem("<id root=\"2.16.840.1.113883.19\"/>");
    let vague = parse(&document(&section("11450-4", "x", &[oid.as_str(), &oid].concat())));
    let far = document(&section("11450-4", "x", &[oid.as_str(), &oid].concat())).replace("doc-1", "doc-2");
    assert_ne!(vague.entries[1].id, parse(&far).entries[1].id);
    assert!(json(&vague.entries[1]).get("identifier").is_none());
    // What has no number is of its document.
    let unnumbered = document(&section("11450-4", "x", &problem("")));
    assert_ne!(parse(&unnumbered).entries[1].id, parse(&unnumbered.replace("doc-1", "doc-2")).entries[1].id);
}

#[test]
fn the_document_itself_is_a_document_reference_known_by_its_number_and_time() {
    let xml = document(&section("8648-8", "Uneventful.", ""));
    let read = parse(&xml);
    let paper = read.paper(xml.as_bytes()).unwrap();
    assert_eq!(paper.range, 0..xml.len());
    let said = json(&paper);
    assert_eq!(said["resourceType"], "DocumentReference");
    assert_eq!(
        (&said["description"], &said["date"]),
        (&"Visit summary".into(), &"2024-03-05T10:15:00-06:00".into())
    );
    assert_eq!(said["custodian"]["display"], "North Shore Health");
    assert_eq!(said["content"][0]["attachment"]["url"], wholechart_ccda::address(xml.as_bytes()));
    let understood =
        wholechart_fhir::read(paper.resource.as_bytes(), &ReadOptions::new(Release::R4)).unwrap();
    assert_eq!(understood.id.as_deref(), Some(paper.id.as_str()));
    // Other bytes under the same number and time are the same document; another time is another one.
    let id = |xml: &str| parse(xml).paper(xml.as_bytes()).unwrap().id;
    assert_eq!(id(&xml.replace("Uneventful", "Calm")), paper.id);
    assert_ne!(id(&xml.replace("20240305101500", "20250305101500")), paper.id);
    assert_ne!(id(&xml.replace("doc-1", "doc-2")), paper.id);
}

#[test]
fn one_number_over_two_illnesses_is_two_entries_and_over_a_corrected_one_is_one() {
    let problem = |code: &str, name: &str, status: &str| {
        let entry = format!(
            "<observation>{}<id root=\"1.2.3\" extension=\"p\"/><code code=\"55607006\" codeSystem=\"{SNOMED}\"/>\
             <statusCode code=\"completed\"/><effectiveTime><low value=\"20190304\"/>{status}</effectiveTime>{}</observation>",
            template("22.4.4"),
            coded("value", code, name),
        );
        one("11450-4", name, &entry).entries[1].id.clone()
    };
    let angina = problem("194828000", "Angina", "");
    assert_ne!(angina, problem("195967001", "Asthma", ""));
    assert_eq!(angina, problem("194828000", "Angina pectoris", "<high value=\"20210101\"/>"));
}
