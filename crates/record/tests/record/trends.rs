//! Values on one scale, and when something was last said to be so.

use serde_json::{Value, json};
use wholechart_fhir::{Day, Quantity};
use wholechart_record::{
    Confirmed, Measure, Placed, Point, analyte_of_thing, dated_statements, is_doubtful, last_confirmed,
    measure, place, thing, units_of, was_to_end,
};

use crate::said::r4;

const HOME: chrono_tz::Tz = chrono_tz::America::Chicago;

fn observation(code: &str, rest: &Value) -> Value {
    let mut observation = json!({"resourceType": "Observation", "id": "1", "status": "final",
        "category": [{"coding": [{"code": "laboratory"}]}],
        "code": {"coding": [{"system": "http://loinc.org", "code": code}]}, "effectiveDateTime": "2026-03-04"});
    for (name, value) in rest.as_object().expect("members") {
        observation[name] = value.clone();
    }
    observation
}

fn read(code: &str, rest: &Value) -> (Measure, String) {
    let entry = r4("a", observation(code, rest)).entry;
    (measure(&entry), thing(entry.kind, &entry.codes, &entry.title))
}

fn points(placed: Placed) -> Vec<Point> {
    match placed {
        Placed::Points(points) => points,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_figure_with_endless_noughts_is_left_where_it_is() {
    let quantity = |value: String| Quantity {
        value: Some(value),
        unit: Some("mg/dL".to_owned()),
        ..Quantity::default()
    };
    let measured = |value: String| Measure { quantity: Some(quantity(value)), ..Measure::default() };
    let analyte = analyte_of_thing("analyte glucose");
    for value in [
        format!("0.{}1", "0".repeat(70_000)),
        format!("0.{}", "0".repeat(70_000)),
        format!("1e{}", i32::MIN),
        format!("1e{}", i32::MAX),
    ] {
        let placed = place(&measured(value.clone()), Some("mmol/L"), analyte);
        assert_eq!(placed, Placed::OtherUnit, "{}", &value[..12]);
    }
    let fine = points(place(&measured("0.0000000001".to_owned()), Some("mmol/L"), analyte));
    assert!(fine[0].converted);
}

#[test]
fn moles_and_milligrams_of_one_substance_stand_in_one_line_with_their_own_ranges() {
    let (mass, of) = read(
        "2345-7",
        &json!({"valueQuantity": {"value": 99, "unit": "mg/dL"},
            "referenceRange": [{"low": {"value": 70, "unit": "mg/dL"}, "high": {"value": 99}}]}),
    );
    let (moles, also) = read(
        "14749-6",
        &json!({"valueQuantity": {"value": 6.10, "unit": "mmol/L", "comparator": ">"},
            "referenceRange": [{"high": {"value": 5.5, "unit": "mmol/L"}}]}),
    );
    assert_eq!(of, also);
    assert_eq!(units_of([&moles, &mass, &moles]), [Some("mmol/L".to_owned()), Some("mg/dL".to_owned())]);
    let analyte = analyte_of_thing(&of);
    let there = points(place(&moles, Some("mg/dL"), analyte));
    assert_eq!((there[0].figure.as_str(), there[0].converted), ("110", true));
    assert_eq!(there[0].comparator.as_deref(), Some(">"));
    assert_eq!((there[0].low, there[0].high), (None, Some(99.1)));
    let own = points(place(&mass, Some("mg/dL"), analyte));
    assert_eq!((own[0].figure.as_str(), own[0].converted), ("99", false));
    assert_eq!(
        (own[0].low, own[0].high),
        (Some(70.0), Some(99.0)),
        "a bound without a unit is in the value's"
    );
    assert_eq!(place(&mass, Some("mmol/L"), None), Placed::OtherUnit, "of what, nobody knows");
    assert_eq!(place(&mass, None, analyte), Placed::OtherUnit);
}

#[test]
fn a_blood_pressure_is_a_pair_the_upper_first() {
    let part = |code: &str, value: u32| {
        json!({"code": {"coding": [{"system": "http://loinc.org", "code": code}]},
            "valueQuantity": {"value": value, "unit": "mmHg"}})
    };
    let (pressure, of) = read("85354-9", &json!({"component": [part("8462-4", 82), part("8480-6", 128)]}));
    assert_eq!(of, "analyte blood-pressure");
    let pair = points(place(&pressure, units_of([&pressure])[0].as_deref(), analyte_of_thing(&of)));
    let shown: Vec<_> = pair.iter().map(|point| (point.name.as_str(), point.figure.as_str())).collect();
    assert_eq!(shown, [("systolic", "128"), ("diastolic", "82")]);
}

#[test]
fn words_are_not_drawn() {
    let (words, _) = read("2345-7", &json!({"valueString": "hemolyzed"}));
    assert_eq!(place(&words, Some("mg/dL"), None), Placed::Words);
    let (nothing, _) = read("2345-7", &json!({}));
    assert_eq!(nothing, Measure::default());
    assert_eq!(place(&nothing, None, None), Placed::Words);
}

#[test]
fn a_range_with_one_bound_lies_on_one_side_of_it_and_one_with_two_goes_from_one_to_the_other() {
    let bound = |value: f64| json!({"value": value, "unit": "mL/min"});
    let sided = |range: Value| {
        let (sided, _) = read("33914-3", &json!({"valueRange": range}));
        assert_eq!(units_of([&sided]), [Some("mL/min".to_owned())]);
        let there = points(place(&sided, Some("mL/min"), None));
        (there[0].figure.clone(), there[0].comparator.clone().expect("a side"))
    };
    assert_eq!(sided(json!({"low": bound(60.5)})), ("60.5".to_owned(), ">=".to_owned()));
    assert_eq!(sided(json!({"high": bound(15.5)})), ("15.5".to_owned(), "<=".to_owned()));
    let over = json!({"low": {"value": 90, "comparator": ">", "unit": "mL/min"}});
    assert_eq!(sided(over), ("90".to_owned(), ">".to_owned()), "a bound that brings its own sign keeps it");
    let (two, _) = read("33914-3", &json!({"valueRange": {"low": bound(60.5), "high": bound(89.5)}}));
    let there = points(place(&two, units_of([&two])[0].as_deref(), None));
    assert_eq!(there.len(), 1);
    assert_eq!((there[0].figure.as_str(), &there[0].to), ("60.5", &Some(("89.5".to_owned(), 89.5))));
    assert_eq!(place(&two, Some("mmol/L"), None), Placed::OtherUnit);
    // A bound without a unit is in the other's; a day's pressures are two ranges.
    let part = |code: &str, low: u32, high: u32| {
        json!({"code": {"coding": [{"system": "http://loinc.org", "code": code}]},
            "valueRange": {"low": {"value": low}, "high": {"value": high, "unit": "mmHg"}}})
    };
    let (day, _) = read("85354-9", &json!({"component": [part("8462-4", 70, 82), part("8480-6", 110, 128)]}));
    let pair = points(place(&day, units_of([&day])[0].as_deref(), None));
    let told: Vec<_> = pair.iter().map(|point| (point.number, point.to.as_ref().map(|to| to.1))).collect();
    assert_eq!(told, [(110.0, Some(128.0)), (70.0, Some(82.0))]);
    let odd = json!({"valueRange": {"low": {"value": 90, "comparator": "<", "unit": "mL/min"}}});
    assert_eq!(
        place(&read("33914-3", &odd).0, Some("mL/min"), None),
        Placed::Words,
        "its sign contradicts it"
    );
}

fn medicine(connection: &str, id: &str, rest: &Value) -> wholechart_record::Member {
    let mut order = json!({"resourceType": "MedicationRequest", "id": id, "status": "active", "intent": "order",
        "medicationCodeableConcept": {"text": "Lisinopril 10 mg"}});
    for (name, value) in rest.as_object().expect("members") {
        order[name] = value.clone();
    }
    r4(connection, order)
}

fn confirmed(members: &[wholechart_record::Member], today: Day) -> Option<Confirmed> {
    let keyed: Vec<_> = members.iter().map(|member| (&member.key, &member.entry)).collect();
    last_confirmed(&dated_statements(&keyed, HOME), today).cloned()
}

#[test]
fn a_medicine_is_confirmed_by_who_said_so_last() {
    let today = Day::new(2026, 11, 23).expect("a day");
    let old = medicine("lake", "1", &json!({"authoredOn": "2021-05-02"}));
    let new = medicine("summit", "2", &json!({"authoredOn": "2026-02-11T23:30:00Z"}));
    let last = confirmed(&[old.clone(), new], today).expect("both are dated");
    assert_eq!((last.day.to_string(), last.by.0.as_str()), ("2026-02-11".to_owned(), "summit"));
    assert!(!is_doubtful(Some(&last), today));
    let last = confirmed(&[old], today);
    assert!(is_doubtful(last.as_ref(), today), "five years ago");
    let undated = medicine("lake", "3", &json!({"meta": {"lastUpdated": "2026-11-20T10:00:00Z"}}));
    assert_eq!(confirmed(&[undated], today), None, "a system's date confirms nothing");
    assert!(is_doubtful(None, today));
}

#[test]
fn the_planned_end_of_a_course_confirms_nothing() {
    let today = Day::new(2026, 11, 23).expect("a day");
    let course = |more: &Value| {
        let mut course = json!({"resourceType": "MedicationStatement", "id": "1", "status": "active",
            "medicationCodeableConcept": {"text": "Lisinopril 10 mg"},
            "effectivePeriod": {"start": "2024-01-12", "end": "2026-06-12"}});
        for (name, value) in more.as_object().expect("members") {
            course[name] = value.clone();
        }
        r4("lake", course)
    };
    let last = |more: &Value| confirmed(&[course(more)], today).map(|last| last.day.to_string());
    assert_eq!(last(&json!({})).as_deref(), Some("2024-01-12"), "said in 2024, planned for 2026");
    let written = json!({"dateAsserted": "2026-06-20"});
    assert_eq!(last(&written).as_deref(), Some("2026-06-20"));
    assert_eq!(last(&json!({"status": "completed"})).as_deref(), Some("2026-06-12"), "it did end then");

    let ended = |more: &Value, today| {
        let entry = course(more).entry;
        was_to_end(entry.kind, entry.status_group, entry.date.as_ref(), HOME, today)
            .map(|day| day.to_string())
    };
    assert_eq!(ended(&json!({}), today).as_deref(), Some("2026-06-12"));
    assert_eq!(ended(&json!({}), Day::new(2026, 6, 12).expect("a day")), None, "the last day is still of it");
    assert_eq!(ended(&json!({"status": "completed"}), today), None, "it is over, and said to be");
}

#[test]
fn what_lies_ahead_confirms_nothing_and_a_year_counts_to_its_end() {
    let today = Day::new(2026, 11, 23).expect("a day");
    let by = wholechart_record::ConnectionId("lake".to_owned());
    let on = |year, month, day| Confirmed { day: Day { year, month, day }, by: by.clone() };
    let planned = [on(2027, Some(1), Some(1)), on(2020, Some(1), Some(1))];
    assert_eq!(last_confirmed(&planned, today), Some(&planned[1]));
    assert!(!is_doubtful(Some(&on(2025, None, None)), today), "it may have been in December");
    assert!(!is_doubtful(Some(&on(2025, Some(11), Some(23))), today));
    assert!(is_doubtful(Some(&on(2025, Some(11), Some(22))), today));
    assert!(is_doubtful(Some(&on(2024, None, None)), today));
}
