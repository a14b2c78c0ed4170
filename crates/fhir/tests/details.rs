//! Details, doses and comments as typed values: what was sent, taken apart.

use wholechart_fhir::{
    Bounds, Coding, Component, DetailValue, Dosage, Element, Entry, FhirDate, Found, Limit, Note, Quantity,
    Reference, Release, Timing, TitleSource, Value,
};

use crate::{beside, code, entry, line, r4, said, text};

fn amount(value: &str, unit: &str) -> Quantity {
    Quantity { value: Some(value.to_owned()), unit: Some(unit.to_owned()), ..Quantity::default() }
}

fn figures(from: &str, to: &str) -> Bounds {
    let figure = |figure: &str| (!figure.is_empty()).then(|| figure.to_owned());
    Bounds { from: figure(from), to: figure(to) }
}

fn date(raw: &str) -> FhirDate {
    FhirDate::parse(raw).expect("a date")
}

fn period(start: Option<&str>, end: Option<&str>) -> DetailValue {
    DetailValue::Period { start: start.map(date), end: end.map(date) }
}

/// The code of a system, without words.
fn coded(system: &str, code: &str) -> DetailValue {
    DetailValue::Code(Coding { system: system.to_owned(), code: code.to_owned(), display: None })
}

fn order(dosage: &str) -> Entry {
    r4(&format!(r#"{{"resourceType":"MedicationRequest","dosageInstruction":[{dosage}]}}"#))
}

fn dose(dosage: &str) -> Dosage {
    order(dosage).dosage.into_iter().next().expect("a dose")
}

fn timing(timing: &str) -> Timing {
    dose(&format!(r#"{{"timing":{timing}}}"#)).timing.expect("a timing")
}

/// The value of an element of no known name, `x`.
fn detail(json: &str) -> DetailValue {
    let entry = r4(&format!(r#"{{"resourceType":"Basic","code":{{"text":"B"}},{json}}}"#));
    entry.details.into_iter().next().expect("a detail").value
}

/// Everything that a dose can hold.
const DOSE: &str = r#"{"sequence":1,"text":"1 tab PO BID","additionalInstruction":[{"text":"with food"},{"coding":[{"system":"http://snomed.info/sct","code":"418914006"}]}],"patientInstruction":"Take one in the morning and one at night","timing":{"event":["2024-01-02"],"repeat":{"boundsPeriod":{"start":"2024-01-02","end":"2024-02"},"count":10,"countMax":20,"duration":30,"durationMax":45,"durationUnit":"min","frequency":1,"frequencyMax":2,"period":4,"periodMax":6,"periodUnit":"h","dayOfWeek":["mon","wed"],"timeOfDay":["08:00:00"],"when":["ACM","HS"],"offset":15},"code":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v3-GTSAbbreviation","code":"BID"}]}},"asNeededCodeableConcept":{"text":"pain"},"site":{"text":"left arm"},"route":{"text":"Oral","coding":[{"display":"Oral route"}]},"method":{"text":"Swallow"},"doseAndRate":[{"doseQuantity":{"value":1,"unit":"tablet"}},{"doseRange":{"low":{"value":1},"high":{"value":2,"unit":"tablet"}},"rateRatio":{"numerator":{"value":1,"unit":"mL"},"denominator":{"value":1,"unit":"h"}}}],"maxDosePerPeriod":{"numerator":{"value":8,"unit":"tablets"},"denominator":{"value":1,"unit":"d"}}}"#;

#[test]
fn a_dose_keeps_every_part_beside_the_senders_words() {
    let whole = Dosage {
        text: Some("1 tab PO BID".to_owned()),
        patient_instruction: Some("Take one in the morning and one at night".to_owned()),
        amounts: vec![
            DetailValue::Quantity(amount("1", "tablet")),
            DetailValue::Range {
                low: Some(Quantity { value: Some("1".to_owned()), ..Quantity::default() }),
                high: Some(amount("2", "tablet")),
            },
            DetailValue::Ratio { numerator: Some(amount("1", "mL")), denominator: Some(amount("1", "h")) },
        ],
        ways: vec![text("Oral (Oral route)"), text("Swallow"), text("left arm")],
        timing: Some(Timing {
            code: Some(coded("http://terminology.hl7.org/CodeSystem/v3-GTSAbbreviation", "BID")),
            events: vec![DetailValue::Date(date("2024-01-02"))],
            frequency: figures("1", "2"),
            period: figures("4", "6"),
            period_unit: Some("h".to_owned()),
            duration: figures("30", "45"),
            duration_unit: Some("min".to_owned()),
            count: figures("10", "20"),
            when: ["mon", "wed", "08:00:00", "ACM", "HS"].map(str::to_owned).to_vec(),
            offset: Some("15".to_owned()),
            bounds: Some(period(Some("2024-01-02"), Some("2024-02"))),
        }),
        as_needed: true,
        as_needed_for: vec![text("pain")],
        instructions: vec![text("with food"), coded("http://snomed.info/sct", "418914006")],
        at_most: vec![Limit { amount: amount("8", "tablets"), within: Some(amount("1", "d")) }],
    };
    let entry = order(DOSE);
    assert_eq!(entry.dosage, [whole]);
    assert_eq!(entry.details, [], "nothing is left over");
    assert_eq!(entry.problems, []);
}

#[test]
fn a_dose_is_needed_only_where_the_sender_says_so() {
    assert!(dose(r#"{"text":"1","asNeededBoolean":true}"#).as_needed);
    assert!(dose(r#"{"text":"1","asNeeded":true}"#).as_needed, "as the older releases wrote it");
    assert!(!dose(r#"{"text":"1","asNeededBoolean":false}"#).as_needed);
    assert!(!dose(r#"{"text":"1"}"#).as_needed);
    let itch = dose(r#"{"text":"1","asNeededCodeableConcept":{"coding":[{"code":"itch"}]}}"#);
    assert!(itch.as_needed);
    assert_eq!(itch.as_needed_for, [code("itch")]);
}

#[test]
fn limits_may_be_one_or_several_and_an_amount_makes_them() {
    let per_day = dose(r#"{"maxDosePerPeriod":{"numerator":{"value":4,"unit":"g"}}}"#);
    assert_eq!(per_day.at_most, [Limit { amount: amount("4", "g"), within: None }]);
    let two = r#"{"numerator":{"value":4,"unit":"g"},"denominator":{"value":1,"unit":"d"}}"#;
    assert_eq!(dose(&format!(r#"{{"maxDosePerPeriod":[{two},{two}]}}"#)).at_most.len(), 2);
    let endless = order(r#"{"text":"1","maxDosePerPeriod":{"denominator":{"value":1,"unit":"d"}}}"#);
    assert_eq!(endless.dosage[0].at_most, []);
    let span = DetailValue::Ratio { numerator: None, denominator: Some(amount("1", "d")) };
    assert_eq!(endless.details.iter().map(|detail| &detail.value).collect::<Vec<_>>(), [&span]);
}

#[test]
fn a_timing_may_last_for_a_period_a_time_or_as_long_as_somebody_says() {
    let bounds = |json: &str| timing(&format!(r#"{{"repeat":{{{json}}}}}"#)).bounds;
    assert_eq!(bounds(r#""boundsPeriod":{"start":"2024-01-02"}"#), Some(period(Some("2024-01-02"), None)));
    assert_eq!(bounds(r#""boundsPeriod":{"end":"2024"}"#), Some(period(None, Some("2024"))));
    let ten = Some(DetailValue::Quantity(amount("10", "days")));
    assert_eq!(bounds(r#""boundsDuration":{"value":10,"unit":"days"}"#), ten);
    assert_eq!(bounds(r#""boundsQuantity":{"value":10,"unit":"days"}"#), ten);
    let range = DetailValue::Range {
        low: Some(Quantity { value: Some("7".to_owned()), ..Quantity::default() }),
        high: Some(amount("10", "days")),
    };
    assert_eq!(bounds(r#""boundsRange":{"low":{"value":7},"high":{"value":10,"unit":"days"}}"#), Some(range));
    // What is no date is words, and is named.
    let told = order(
        r#"{"timing":{"repeat":{"frequency":1,"boundsPeriod":{"start":"2024-01-02","end":"when better"}}}}"#,
    );
    let bounds = told.dosage[0].timing.as_ref().and_then(|timing| timing.bounds.clone());
    assert_eq!(bounds, Some(text("2024-01-02 \u{2013} when better")));
    assert!(told.problems.iter().any(|problem| problem.path == "boundsPeriod.end"));
}

#[test]
fn a_timing_in_words_and_one_outside_a_dose_are_read_too() {
    assert_eq!(timing(r#""every other day""#).code, Some(text("every other day")));
    assert_eq!(dose(r#"{"text":"1","timing":{"repeat":{}}}"#).timing, None);
    let scheduled = r4(
        r#"{"resourceType":"CarePlan","title":"Walk","activity":[{"detail":{"scheduledTiming":{"repeat":{"frequency":3,"period":1,"periodUnit":"wk","when":["MORN"]}}}}]}"#,
    );
    let often = Timing {
        frequency: figures("3", ""),
        period: figures("1", ""),
        period_unit: Some("wk".to_owned()),
        when: vec!["MORN".to_owned()],
        ..Timing::default()
    };
    let details: Vec<_> = scheduled.details.iter().map(|detail| &detail.value).collect();
    assert_eq!(details, [&DetailValue::Timing(Box::new(often))]);
}

#[test]
fn bounds_are_one_figure_or_two() {
    assert_eq!(figures("2", "").text().as_deref(), Some("2"));
    assert_eq!(figures("", "6").text().as_deref(), Some("6"));
    assert_eq!(figures("4", "6").text().as_deref(), Some("4\u{2013}6"));
    assert_eq!(figures("", "").text(), None);
    assert!(figures("", "").is_empty() && !figures("", "6").is_empty());
}

#[test]
fn what_looks_like_a_date_is_one_only_where_dates_are_held() {
    // Its own date is stated: another one is a detail.
    let detail = |json: &str| {
        let entry = r4(&format!(
            r#"{{"resourceType":"Observation","code":{{"text":"B"}},"effectiveDateTime":"2020-05-06",{json}}}"#
        ));
        entry.details.into_iter().next().unwrap_or_else(|| panic!("a detail: {json}")).value
    };
    for sent in ["2024-01", "2024-01-02", "2024-01-02T10:00:00Z"] {
        for name in ["date", "dateEnded", "authoredOn", "whenPrepared", "lastUpdated", "servedDate", "expiry"]
        {
            assert_eq!(detail(&format!(r#""{name}":"{sent}""#)), DetailValue::Date(date(sent)), "{name}");
        }
        for name in ["lotNumber", "serialNumber", "version", "x", "modelNumber", "contract", "updatedBy"] {
            assert_eq!(detail(&format!(r#""{name}":"{sent}""#)), text(sent), "{name}");
        }
        let extension = |of: &str| {
            detail(&format!(r#""extension":[{{"url":"http://x.example/batch","value{of}":"{sent}"}}]"#))
        };
        assert_eq!(extension("String"), text(sent));
        assert_eq!(extension("DateTime"), DetailValue::Date(date(sent)));
    }
}

#[test]
fn plain_values_are_yes_or_no_a_date_or_words() {
    assert_eq!(detail(r#""x":true"#), DetailValue::Bool(true));
    assert_eq!(detail(r#""x":false"#), DetailValue::Bool(false));
    assert_eq!(
        detail(r#""xDateTime":"2024-01-02T10:00:00Z""#),
        DetailValue::Date(date("2024-01-02T10:00:00Z"))
    );
    assert_eq!(detail(r#""xDate":"2024-01""#), DetailValue::Date(date("2024-01")));
    // A figure of four digits may be anything.
    assert_eq!(detail(r#""xDate":"2024""#), text("2024"));
    assert_eq!(detail(r#""xDate":2024"#), text("2024"));
    assert_eq!(detail(r#""xDate":"on 2024-01-02""#), text("on 2024-01-02"));
    assert_eq!(
        detail(r#""xOn":["one","2024-01-02",true]"#),
        DetailValue::Several(vec![
            text("one"),
            DetailValue::Date(date("2024-01-02")),
            DetailValue::Bool(true)
        ])
    );
    assert_eq!(detail(r#""xOn":["one"]"#), text("one"), "one of several is one");
}

#[test]
fn a_period_may_have_one_end_only() {
    assert_eq!(
        detail(r#""x":{"start":"2024-01","end":"2024-02"}"#),
        period(Some("2024-01"), Some("2024-02"))
    );
    assert_eq!(detail(r#""x":{"start":"2024"}"#), period(Some("2024"), None));
    assert_eq!(detail(r#""x":{"end":"2024-02-03"}"#), period(None, Some("2024-02-03")));
    let open = period(None, Some("2024-02-03"));
    assert_eq!(open.dates().map(|date| date.raw.as_str()).collect::<Vec<_>>(), ["2024-02-03"]);
    // What is no date is shown as it was sent, and still as the side it is.
    assert_eq!(detail(r#""x":{"start":"spring"}"#), text("spring"));
    assert_eq!(detail(r#""x":{"end":"spring"}"#), text("\u{2013} spring"));
    assert_eq!(detail(r#""x":{"start":"2024","end":"spring"}"#), text("2024 \u{2013} spring"));
}

#[test]
fn a_code_is_a_code_only_where_the_sender_has_no_words() {
    let concept = |coding: &str| detail(&format!(r#""x":{{"coding":[{coding}]}}"#));
    let loinc = "http://loinc.org";
    assert_eq!(
        concept(r#"{"system":"urn:oid:2.16.840.1.113883.6.1","code":"4548-4"}"#),
        coded(loinc, "4548-4")
    );
    assert_eq!(concept(r#"{"code":"oral"}"#), code("oral"));
    assert_eq!(concept(r#"{"system":"http://loinc.org","code":"4548-4","display":"A1c"}"#), text("A1c"));
    assert_eq!(detail(r#""x":{"text":"A1c","coding":[{"code":"4548-4"}]}"#), text("A1c"));
    // Of several the one that goes by a name; what stands for "no code" comes last.
    assert_eq!(
        concept(r#"{"system":"urn:x","code":"77"},{"system":"http://loinc.org","code":"4548-4"}"#),
        coded(loinc, "4548-4")
    );
    let unknown = r#"{"system":"http://terminology.hl7.org/CodeSystem/v3-NullFlavor","code":"UNK"}"#;
    let local = r#"{"system":"urn:x","code":"77"}"#;
    assert_eq!(concept(&format!("{unknown},{local}")), coded("urn:x", "77"));
    assert_eq!(concept(unknown).plain(), "Unknown");
    let named = unknown.replace("\"UNK\"", "\"UNK\",\"display\":\"Not known here\"");
    assert_eq!(
        concept(&format!("{named},{local}")),
        beside(coded("urn:x", "77"), &[text("Not known here")]),
        "words are never dropped for a code"
    );
    // An extension that says why there is nothing.
    let masked = r4(
        r#"{"resourceType":"Basic","code":{"text":"B"},"_x":{"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/data-absent-reason","valueCode":"masked"}]}}"#,
    );
    assert_eq!(masked.details[0].value, code("masked"));
}

#[test]
fn quantities_ranges_and_ratios_keep_their_figures() {
    assert_eq!(detail(r#""x":{"value":5.10,"unit":"mg"}"#), DetailValue::Quantity(amount("5.10", "mg")));
    assert_eq!(
        detail(r#""x":{"low":{"value":1,"unit":"h"}}"#),
        DetailValue::Range { low: Some(amount("1", "h")), high: None }
    );
    assert_eq!(
        detail(r#""x":{"numerator":{"value":1,"unit":"mg"},"denominator":{"value":2,"unit":"mL"}}"#),
        DetailValue::Ratio { numerator: Some(amount("1", "mg")), denominator: Some(amount("2", "mL")) }
    );
}

#[test]
fn what_stands_beside_a_value_is_beside_it() {
    let phone = r4(
        r#"{"resourceType":"Patient","name":[{"family":"A"}],"telecom":[{"system":"phone","use":"home","value":"+1 555 0100","rank":1},{"system":"email","value":"a@example.org"}],"identifier":[{"type":{"text":"Member number"},"value":"M-1","assigner":{"display":"Acme"}}]}"#,
    );
    let values: Vec<_> = phone.details.iter().map(|detail| (detail.element, detail.value.clone())).collect();
    let identifier = Element::parse("identifier").expect("an element");
    assert_eq!(
        values,
        [
            (Element::TELECOM, beside(text("+1 555 0100"), &[code("phone"), code("home")])),
            (Element::TELECOM, beside(text("a@example.org"), &[code("email")])),
            (identifier, beside(text("M-1"), &[text("Member number"), text("Acme")])),
        ]
    );
    assert_eq!(said(&phone, "telecom").as_deref(), Some("+1 555 0100"));
    let mut sent = Vec::new();
    values[2].1.sent(&mut |text| sent.push(text.to_owned()));
    assert_eq!(sent, ["M-1", "Member number", "Acme"], "a search finds both");
}

#[test]
fn a_reference_is_called_by_its_display() {
    let doctor = Reference { reference: "Practitioner/1".to_owned(), ..Reference::default() };
    let entry = r4(
        r##"{"resourceType":"Basic","code":{"text":"B"},"contained":[{"resourceType":"Organization","id":"o","name":"City Lab"}],"x":{"reference":"Practitioner/1"},"y":{"reference":"Practitioner/1","display":"Dr. A"},"z":{"display":"Dr. B"},"w":{"reference":"#o"}}"##,
    );
    let value = |name: &str| {
        let detail = entry.details.iter().find(|detail| detail.name.as_deref() == Some(name));
        detail.expect("a detail").value.clone()
    };
    assert_eq!(value("X"), DetailValue::Reference(doctor.clone()));
    let named = Reference { display: Some("Dr. A".to_owned()), ..doctor };
    assert_eq!(value("Y"), DetailValue::Reference(named.clone()));
    assert_eq!(value("Y").reference(), Some(&named));
    assert_eq!(value("Z"), text("Dr. B"), "without an address it leads nowhere");
    assert_eq!(value("W").plain(), "City Lab");
}

#[test]
fn an_element_without_a_name_here_brings_its_own() {
    let entry = r4(
        r#"{"resourceType":"Basic","code":{"text":"B"},"glimmerLevel":1,"other":2,"bodySite":{"text":"Toe"},"extension":[{"url":"http://x/other","valueString":"Z"}]}"#,
    );
    let lines: Vec<_> = entry.details.iter().map(|detail| (detail.element, line(detail))).collect();
    assert_eq!(
        lines,
        [
            (Element::OTHER, "Glimmer level: 1".to_owned()),
            (Element::OTHER, "Other: 2".to_owned()),
            (Element::BODY_SITE, "Toe".to_owned()),
            (Element::OTHER, "Other: Z".to_owned()),
        ]
    );
    assert!(entry.details[2].element.is_of(Element::BODY_SITE));
}

#[test]
fn comments_have_an_author_and_a_time() {
    let notes = |json: &str| r4(&format!(r#"{{"resourceType":"Procedure","note":[{json}]}}"#)).notes;
    assert_eq!(
        notes(r#"{"authorString":"<b>Dr. A</b>","time":"2024-01-02","text":"<p>Went well</p>"}"#),
        [Note {
            text: "Went well".to_owned(),
            author: Some("Dr. A".to_owned()),
            time: Some(Box::new(DetailValue::Date(date("2024-01-02")))),
        }]
    );
    let by = notes(r#"{"authorReference":{"display":"Dr. B"},"time":"yesterday","text":"Well"}"#);
    assert_eq!(by[0].author.as_deref(), Some("Dr. B"));
    assert_eq!(by[0].time.as_deref(), Some(&text("yesterday")));
    assert_eq!(notes(r#""Well""#), [Note { text: "Well".to_owned(), ..Note::default() }]);
    // As a detail of something else.
    let value = detail(r#""x":{"text":"Well","authorString":"Dr. A","time":"2024-01-02"}"#);
    assert_eq!(value, beside(text("Well"), &[text("Dr. A"), DetailValue::Date(date("2024-01-02"))]));
}

#[test]
fn markup_is_taken_off_wherever_words_stand() {
    let tidy = "A & B".to_owned();
    let sent = "<b>A</b> &amp; B";
    assert_eq!(detail(&format!(r#""x":"{sent}""#)), DetailValue::Text(tidy.clone()));
    assert_eq!(
        detail(&format!(r#""x":["{sent}","{sent}"]"#)),
        DetailValue::Several(vec![text(&tidy), text(&tidy)])
    );
    let signs = r4(&format!(
        r#"{{"resourceType":"AllergyIntolerance","reaction":[{{"manifestation":[{{"text":"Hives"}}],"description":"{sent}"}}]}}"#
    ));
    let several = DetailValue::Several(vec![text("Hives"), text(&tidy)]);
    assert_eq!(signs.detail(Element::REACTION), Some(&several));
    let reference = detail(&format!(r#""x":{{"reference":"Practitioner/1","display":"{sent}"}}"#));
    assert_eq!(reference.plain(), tidy);
}

#[test]
fn a_long_detail_is_not_cut_as_a_title_is() {
    let long = format!("{} end", "word ".repeat(60).trim());
    let value = detail(&format!(r#""x":{{"text":"{long}","coding":[{{"display":"{long}"}}]}}"#));
    assert_eq!(value, text(&long), "whole, and once");
}

#[test]
fn nothing_is_said_by_values_without_words_alone() {
    let nothing = || DetailValue::Several(vec![text(" "), text("")]);
    assert!(text(" ").is_empty() && nothing().is_empty() && beside(nothing(), &[text("")]).is_empty());
    for says in [
        DetailValue::Bool(false),
        DetailValue::TooDeep,
        DetailValue::Several(vec![DetailValue::Bool(false)]),
        DetailValue::Answer { question: None, answers: vec![DetailValue::Bool(true)] },
        beside(DetailValue::Bool(true), &[text("")]),
        beside(text(""), &[code("old")]),
        DetailValue::Reference(Reference { reference: "Practitioner/1".to_owned(), ..Reference::default() }),
    ] {
        assert!(!says.is_empty(), "{says:?}");
    }
}

#[test]
fn why_there_is_no_value_is_said_in_the_senders_words_first() {
    let absent = |json: &str| {
        let json = format!(r#"{{"resourceType":"Observation","dataAbsentReason":{json}}}"#);
        r4(&json).value.expect("a reason")
    };
    let reason = |text: Option<&str>, code: Option<&str>| Value::Absent {
        text: text.map(str::to_owned),
        code: code.map(str::to_owned),
    };
    assert_eq!(absent(r#"{"coding":[{"code":"unknown"}]}"#), reason(None, Some("unknown")));
    assert_eq!(
        absent(r#"{"text":"Sample lost","coding":[{"code":"unknown"}]}"#),
        reason(Some("Sample lost"), Some("unknown"))
    );
    assert_eq!(
        absent(r#"{"coding":[{"code":"unknown","display":"Unknown"}]}"#),
        reason(Some("Unknown"), Some("unknown"))
    );
    assert_eq!(absent(r#"{"text":"Sample lost"}"#), reason(Some("Sample lost"), None));
}

#[test]
fn a_bare_code_is_a_title_that_nobody_takes_for_an_id() {
    let bare = |id: &str, code: &str| {
        let coding = format!(r#"{{"system":"urn:x","code":"{code}"}}"#);
        r4(&format!(r#"{{"resourceType":"Condition","id":"{id}","code":{{"coding":[{coding}]}}}}"#))
    };
    for (id, code) in [("a", "4711"), ("4711", "4711"), ("a", "123e4567-e89b-12d3-a456-426614174000")] {
        let entry = bare(id, code);
        assert_eq!((entry.title.as_str(), entry.title_source), (code, TitleSource::Code));
        assert_eq!(
            entry.called().code.as_ref(),
            entry.codes.first(),
            "whoever shows it knows that it is one"
        );
    }
    assert_eq!(
        bare("gout", "gout").title_source,
        TitleSource::Unnamed,
        "a code that is a word may be the id"
    );
    // Told by a contained resource, before what says less about a medicine.
    let contained = r4(
        r##"{"resourceType":"MedicationDispense","type":{"coding":[{"code":"FF"}]},"contained":[{"resourceType":"Medication","id":"m","code":{"coding":[{"system":"urn:x","code":"204520"}]}}],"medicationReference":{"reference":"#m"}}"##,
    );
    assert_eq!((contained.title.as_str(), contained.title_source), ("204520", TitleSource::Reference));
    assert_eq!(contained.called().code.map(|coding| coding.code).as_deref(), Some("204520"));
}

#[test]
fn the_code_of_a_title_is_the_one_it_is_a_name_of() {
    let unknown = r#"{"system":"http://terminology.hl7.org/CodeSystem/v3-NullFlavor","code":"UNK"}"#;
    let coded = r4(&format!(
        r#"{{"resourceType":"Condition","code":{{"coding":[{unknown},{{"system":"urn:x","code":"77"}}]}}}}"#
    ));
    assert_eq!(coded.called().code.map(|coding| coding.code).as_deref(), Some("77"));
    let titled = r4(
        r#"{"resourceType":"Observation","code":{"coding":[{"system":"http://loinc.org","code":"4548-4"}]}}"#,
    );
    assert_eq!(titled.title_source, TitleSource::Table);
    assert_eq!(titled.called().code.as_ref(), titled.codes.first());
    let worded = r4(
        r#"{"resourceType":"Observation","code":{"text":"A1c","coding":[{"system":"http://loinc.org","code":"4548-4"}]}}"#,
    );
    assert_eq!(worded.called().code, None, "the sender's words are no code's name");
}

#[test]
fn parts_are_found_with_what_they_are_called() {
    let parts = r4(
        r#"{"resourceType":"Observation","code":{"text":"X"},"component":[{"valueQuantity":{"value":1,"unit":"mg"}},{"code":{"coding":[{"system":"http://loinc.org","code":"8867-4"}]},"valueBoolean":true}]}"#,
    );
    let found = parts.found().expect("parts");
    assert_eq!(found.as_sent(), "1 mg; Heart rate");
    let Found::Parts(parts) = found else { panic!("{found:?}") };
    assert_eq!(parts[0].0.text, "", "without words and without a code");
    assert_eq!(parts[1].0.code.as_ref().map(|coding| coding.code.as_str()), Some("8867-4"));
    assert_eq!(parts[1].1, Value::Bool(true));
}

/// An order with every kind of value in it, put together from several records.
fn everything() -> Entry {
    let mut all = order(DOSE);
    let further = r4(
        r#"{"resourceType":"Basic","id":"b","code":{"coding":[{"system":"urn:x","code":"77"}]},"identifier":[{"system":"urn:x","value":"1"}],"subject":{"reference":"Patient/1"},"created":"2024-01-02","contained":[{"resourceType":"Organization","id":"o","name":"City Lab"}],"a":true,"bDate":"2024-01-02","c":{"start":"2024-01"},"d":{"end":"2024-01"},"e":{"coding":[{"system":"http://loinc.org","code":"4548-4"}]},"f":{"system":"phone","use":"home","value":"+1 555 0100"},"g":{"reference":"Practitioner/1"},"h":["one","two"],"i":{"value":1,"unit":"mg"},"j":{"low":{"value":1}},"k":{"numerator":{"value":1},"denominator":{"value":2}},"l":{"repeat":{"frequency":1,"period":1,"periodUnit":"d"}},"m":{"text":"Well","time":"2024-01-02"},"note":[{"text":"Well","authorString":"Dr. A","time":"2024-01-02T10:00:00Z"}],"modifierExtension":[{"url":"http://x/not","valueBoolean":true}]}"#,
    );
    let answers = entry(
        Release::Dstu2,
        r#"{"resourceType":"QuestionnaireResponse","group":{"question":[{"text":"Smoke?","answer":[{"valueBoolean":false},{"valueDate":"2024-01-02"}]},{"text":"Why?"},{"answer":[{"valueCoding":{"code":"x1"}}]}]}}"#,
    );
    all.details.extend(further.details);
    all.details.extend(answers.details);
    let deep = format!("{}1{}", r#"{"y":"#.repeat(600), "}".repeat(600));
    all.details.extend(r4(&format!(r#"{{"resourceType":"Basic","x":{deep}}}"#)).details);
    all.notes = further.notes;
    all.problems = further.problems;
    all.identifiers = further.identifiers;
    all.date = further.date;
    all.value = Some(Value::Absent { text: None, code: Some("unknown".to_owned()) });
    all.components = vec![
        Component {
            title: String::new(),
            codes: Vec::new(),
            value: Some(Value::Bool(false)),
            interpretation: Vec::new(),
            reference_range: Vec::new(),
        };
        2
    ];
    all
}

#[test]
fn an_entry_with_every_kind_of_value_survives_being_stored() {
    let entry = everything();
    let kind = |value: &DetailValue| match value {
        DetailValue::Text(_) => "text",
        DetailValue::Date(_) => "date",
        DetailValue::Period { .. } => "period",
        DetailValue::Bool(_) => "bool",
        DetailValue::Code(_) => "code",
        DetailValue::Quantity(_) => "quantity",
        DetailValue::Range { .. } => "range",
        DetailValue::Ratio { .. } => "ratio",
        DetailValue::Timing(_) => "timing",
        DetailValue::Reference(_) => "reference",
        DetailValue::Beside { .. } => "beside",
        DetailValue::Answer { .. } => "answer",
        DetailValue::Several(_) => "several",
        DetailValue::TooDeep => "too-deep",
    };
    let mut kinds: Vec<_> = entry.details.iter().map(|detail| kind(&detail.value)).collect();
    kinds.sort_unstable();
    kinds.dedup();
    assert_eq!(
        kinds,
        [
            "answer",
            "beside",
            "bool",
            "code",
            "date",
            "period",
            "quantity",
            "range",
            "ratio",
            "reference",
            "several",
            "text",
            "timing",
            "too-deep"
        ]
    );
    let stored = serde_json::to_string(&entry).expect("an entry is JSON");
    let again: Entry = serde_json::from_str(&stored).expect("and comes back");
    assert_eq!(again, entry);
    let tree = serde_json::to_value(&entry).expect("an entry is a tree");
    assert_eq!(serde_json::from_value::<Entry>(tree).expect("and comes back"), entry);
    // An element that this version does not know.
    let newer = stored.replacen(r#""element":"answer""#, r#""element":"no-such-element""#, 1);
    let read: Entry = serde_json::from_str(&newer).expect("and is read all the same");
    let first = entry.details.iter().position(|detail| detail.element == Element::ANSWER).expect("an answer");
    assert_eq!(read.details[first].element, Element::OTHER);
    assert_eq!(read.details[first].value, entry.details[first].value);
}
