//! Dates keep what was stated (law 4 of docs/architecture.md).

use chrono::NaiveTime;
use chrono_tz::America::Chicago;
use wholechart_fhir::{DateRole, Day, FhirDate, Offset, Precision, ReadOptions, Release, read};

use crate::{entry, r4};

fn date(raw: &str) -> FhirDate {
    FhirDate::parse(raw).unwrap_or_else(|| panic!("{raw} is a date"))
}

#[test]
fn precision_is_what_was_stated() {
    for (raw, precision) in [
        ("2013", Precision::Year),
        ("2013-07", Precision::Month),
        ("2013-07-15", Precision::Day),
        ("2013-07-15T10:30Z", Precision::Minute),
        ("2013-07-15 10:30:00", Precision::Second),
        ("2013-07-15T10:30:00.123-05:00", Precision::Fraction),
    ] {
        assert_eq!(date(raw).precision, precision, "{raw}");
        assert_eq!(date(raw).raw, raw);
    }
}

#[test]
fn offsets_are_three_statements() {
    assert_eq!(date("2013-07-15T10:30:00").offset, None);
    assert_eq!(date("2013-07-15T10:30:00Z").offset, Some(Offset::Zulu));
    assert_eq!(date("2013-07-15T10:30:00+00:00").offset, Some(Offset::Minutes(0)));
    assert_eq!(date("2013-07-15T10:30:00-0530").offset, Some(Offset::Minutes(-330)));
    assert_eq!(
        date("2016-12-31T23:59:60Z").time.and_then(|t| t.format("%H:%M:%S").to_string().into()),
        Some("23:59:60".to_owned())
    );
    assert_eq!(date("2013-07-15T10:30:00.5Z").time, NaiveTime::from_hms_milli_opt(10, 30, 0, 500));
}

#[test]
fn what_is_no_date_is_refused() {
    for raw in [
        "",
        "yesterday",
        "2013-13",
        "2013-02-30",
        "2013-7-5",
        "20130715",
        "2013-07-15T24:00:00Z",
        "2013-07T10:00",
        "2013-07-15T10",
        "2013-07-15T10:30:00+25:00",
        "0000",
        "２０１３",
        "2013-07-15T10:30:00.Z",
        "2013-07-15T",
    ] {
        assert_eq!(FhirDate::parse(raw), None, "{raw}");
    }
}

#[test]
fn the_day_of_a_moment_is_the_day_at_home_and_of_an_offset_its_own() {
    let day = |raw| date(raw).day_in(Chicago).to_string();
    assert_eq!(day("2021-03-02T03:30:00Z"), "2021-03-01");
    assert_eq!(day("2021-03-02T03:30:00+00:00"), "2021-03-02");
    assert_eq!(day("2021-03-01T23:30:00-05:00"), "2021-03-01");
    assert_eq!(day("2021-03-02T03:30:00"), "2021-03-02");
    assert_eq!(day("2021-03"), "2021-03");
    assert_eq!(day("2021"), "2021");
    // The clocks go forward in that night.
    assert_eq!(day("2021-03-14T05:59:59Z"), "2021-03-13");
}

#[test]
fn coarser_days_come_first_within_the_same_start() {
    let mut days = [
        Day::new(2013, 7, 1).unwrap(),
        date("2013-07").own_day(),
        date("2013").own_day(),
        date("2012-12-31").own_day(),
    ];
    days.sort();
    assert_eq!(days.map(|day| day.to_string()), ["2012-12-31", "2013", "2013-07", "2013-07-01"]);
}

#[test]
fn midnight_means_the_day_only_where_the_card_says_so() {
    let json =
        br#"{"resourceType":"Condition","code":{"text":"Gout"},"onsetDateTime":"2021-05-14T00:00:00Z"}"#;
    let plain = read(json, &ReadOptions::new(Release::R4)).unwrap().date.unwrap();
    assert!(!plain.day_only);
    assert_eq!(plain.day_in(Chicago).unwrap().to_string(), "2021-05-13");
    let carded = ReadOptions { release: Release::R4, midnight_means_day: true };
    let moved = read(json, &carded).unwrap().date.unwrap();
    assert!(moved.day_only);
    assert_eq!(moved.day_in(Chicago).unwrap().to_string(), "2021-05-14");
    // A system's stamp at midnight is a moment all the same.
    let issued = br#"{"resourceType":"Observation","code":{"text":"X"},"issued":"2021-05-14T00:00:00Z"}"#;
    assert!(!read(issued, &carded).unwrap().date.unwrap().day_only);
}

#[test]
fn fallbacks_follow_the_type_and_keep_the_field() {
    let of = |json: &str| {
        let date = r4(json).date.expect("a date");
        (date.field.clone(), date.role, date.raw_text())
    };
    assert_eq!(
        of(r#"{"resourceType":"Condition","recordedDate":"2020-01-02","onsetPeriod":{"start":"2019"}}"#),
        ("onsetPeriod".into(), DateRole::Clinical, "2019".into())
    );
    assert_eq!(
        of(r#"{"resourceType":"Condition","recordedDate":"2020-01-02"}"#),
        ("recordedDate".into(), DateRole::Recorded, "2020-01-02".into())
    );
    assert_eq!(
        of(r#"{"resourceType":"Procedure","performedPeriod":{"start":"2020-01-02","end":"2020-01-03"}}"#),
        ("performedPeriod".into(), DateRole::Clinical, "2020-01-02 – 2020-01-03".into())
    );
    assert_eq!(
        of(
            r#"{"resourceType":"Observation","effectiveTiming":{"event":["2020-01-02T10:00:00Z","2020-01-03T10:00:00Z"]}}"#
        ),
        ("effectiveTiming".into(), DateRole::Clinical, "2020-01-02T10:00:00Z".into())
    );
    assert_eq!(
        of(r#"{"resourceType":"Immunization","meta":{"lastUpdated":"2022-01-01T00:00:00Z"}}"#),
        ("meta.lastUpdated".into(), DateRole::System, "2022-01-01T00:00:00Z".into())
    );
    assert_eq!(
        of(r#"{"resourceType":"SomethingNew","created":"2022-01-01"}"#),
        ("created".into(), DateRole::Recorded, "2022-01-01".into())
    );
    assert_eq!(
        of(
            r#"{"resourceType":"ExplanationOfBenefit","created":"2022-02-01","item":[{"servicedDate":"2022-01-09"},{"servicedDate":"2022-01-05"}]}"#
        ),
        ("item.servicedDate".into(), DateRole::Clinical, "2022-01-05".into())
    );
    let older = |release, json: &str| entry(release, json).date.expect("a date").field;
    assert_eq!(older(Release::Dstu2, r#"{"resourceType":"Immunization","date":"2013"}"#), "date");
    assert_eq!(
        older(Release::Dstu2, r#"{"resourceType":"MedicationOrder","dateWritten":"2013"}"#),
        "dateWritten"
    );
    assert_eq!(
        older(Release::Dstu2, r#"{"resourceType":"AllergyIntolerance","lastOccurence":"2013"}"#),
        "lastOccurence"
    );
    assert_eq!(older(Release::Stu3, r#"{"resourceType":"Condition","assertedDate":"2013"}"#), "assertedDate");
}

#[test]
fn dates_in_words_stay_words() {
    let date = r4(r#"{"resourceType":"Immunization","occurrenceString":"as a child"}"#).date.unwrap();
    assert_eq!((date.start, date.text.as_deref()), (None, Some("as a child")));
    let date =
        r4(r#"{"resourceType":"Condition","onsetAge":{"value":12,"unit":"years"},"recordedDate":"2020"}"#)
            .date
            .unwrap();
    assert_eq!((date.words_as_sent().as_str(), date.text), ("12 years", None), "an age is no words");
    assert_eq!(date.field, "recordedDate");
    let broken = r4(r#"{"resourceType":"Observation","code":{"text":"X"},"effectiveDateTime":"sometime"}"#);
    assert_eq!(broken.date.unwrap().text.as_deref(), Some("sometime"));
    assert_eq!(broken.problems[0].path, "effectiveDateTime");
}

#[test]
fn nothing_is_invented() {
    let none = r4(r#"{"resourceType":"Observation","code":{"text":"X"},"effectiveDateTime":{"a":1}}"#);
    assert_eq!(none.date, None);
    let odd = r4(r#"{"resourceType":"Condition","onsetDateTime":"0201-01-01"}"#).date.unwrap();
    assert!(odd.implausible);
    let ends_first =
        r4(r#"{"resourceType":"Procedure","performedPeriod":{"start":"2020-05-02","end":"2019"}}"#)
            .date
            .unwrap();
    assert!(ends_first.implausible);
    let fine = r4(r#"{"resourceType":"Procedure","performedPeriod":{"start":"2019-05-02","end":"2019"}}"#)
        .date
        .unwrap();
    assert!(!fine.implausible);
}
