//! The plot: an ordinary and sometimes difficult life, and who tells which part of it how.
//!
//! Rosa Marín Whitlock, born 2 November 1984, is invented, as are all people and places here. Lakeside
//! has looked after her since childhood (its old base holds what was typed in before 2019, its new base
//! what happened since about 2006), Summit is the hospital, Harbor the heart clinic.
//!
//! Where tellings of one fact differ, the difference is meant: codes, wording, precision, status.

#![expect(clippy::type_complexity, clippy::items_after_statements)] // Tables with their types beside them.

use chrono::{Datelike, NaiveDate, TimeDelta};
use serde_json::{Value, json};

use super::elsewhere;
use super::paper::pdf;
use super::when::{day, local, local_millis, midnight_utc, workday, zulu};
use super::write::{
    Allergy, Codes, Done, Found, Medicine, Observed, Paper, Problem, Report, Shot, Visit, allergy, binary, done, goal,
    medication, observed, order, paper, patient, plan, practitioner, problem, relative, report, shot, statement, team, visit,
};
use super::{Document, HARBOR, LAKESIDE_DSTU2, LAKESIDE_R4, Pen, SUMMIT, Source, Story, draw, pick};

pub(super) const NAME: &str = "Rosa Marín Whitlock";

const OKAFOR: &str = "Dr. Adaeze Okafor";
const LINDQVIST: &str = "Nurse Tove Lindqvist";
const BRANDT: &str = "Dr. Henrik Brandt";
const SATO: &str = "Dr. Emi Sato";
const VARGAS: &str = "Dr. Luis Vargas";
const NOVAK: &str = "Dr. Irena Novak";

/// The last year the old base was written to.
const OLD_BASE_UNTIL: i32 = 2018;

pub(super) fn tell(story: &mut Story) {
    people(story);
    let annual = annual_visits(story);
    other_visits(story);
    problems(story);
    allergies(story);
    medicines(story);
    vaccines(story);
    vitals(story, &annual);
    laboratory(story, &annual);
    hospital_results(story);
    heart_work_up(story);
    social(story, &annual);
    procedures(story, &annual);
    papers(story);
    family_and_plans(story);
}

fn pen(story: &Story, source: Source) -> Pen {
    story.pen(source)
}

impl Story {
    /// A fact told by one function at several bases.
    fn told(
        &mut self,
        kind: &'static str,
        title: &str,
        on: NaiveDate,
        sources: &[Source],
        write: impl Fn(Pen, Source) -> Value,
    ) {
        let told = sources.iter().map(|source| (*source, write(pen(self, *source), *source))).collect();
        self.fact(kind, title, on, told);
    }
}

fn people(story: &mut Story) {
    let seed = story.seed;
    let first = day(1986, 1, 6);
    let mrn = |from| format!("{}", pick(seed, from, 100_000, 999_999));
    let l = pen(story, LAKESIDE_R4);
    let d = pen(story, LAKESIDE_DSTU2);
    let s = pen(story, SUMMIT);
    let h = pen(story, HARBOR);
    let patients = vec![
        (
            LAKESIDE_R4,
            l.resource("Patient", "self", json!({
                "active": true,
                "identifier": [{ "system": "www.nextgen.com", "value": mrn("mrn lakeside") }],
                "name": [{ "use": "official", "family": "Whitlock", "given": ["Rosa", "M"] }],
                "gender": "female",
                "birthDate": "1984-11-02",
                "telecom": [{ "system": "phone", "use": "home", "value": "(555) 010-4417" }],
                "address": [{ "line": ["118 Harbor Light Lane"], "city": "Port Alder", "state": "WI", "postalCode": "00000" }],
                "managingOrganization": { "display": "Lakeside Family Medicine" },
            })),
        ),
        (
            LAKESIDE_DSTU2,
            d.resource("Patient", "self", json!({
                "active": true,
                "identifier": [{ "system": "www.nextgen.com", "value": mrn("mrn lakeside") }],
                "name": [{ "use": "official", "family": ["Whitlock"], "given": ["Rosa"] }],
                "gender": "female",
                "birthDate": "1984-11-02",
                "careProvider": [{ "display": OKAFOR }],
            })),
        ),
        (
            SUMMIT,
            s.resource("Patient", "self", json!({
                "active": true,
                "identifier": [{
                    "type": { "text": "MRN", "coding": [{ "system": "http://terminology.hl7.org/CodeSystem/v2-0203", "code": "MR" }] },
                    "system": "urn:oid:2.999.7.14", "value": mrn("mrn summit"),
                }],
                "name": [
                    { "use": "official", "text": NAME, "family": "Marín Whitlock", "given": ["Rosa"] },
                    { "use": "maiden", "text": "Rosa Marín", "family": "Marín", "given": ["Rosa"] },
                ],
                "gender": "female",
                "birthDate": "1984-11-02",
                "maritalStatus": { "text": "Married" },
                "telecom": [
                    { "system": "phone", "use": "mobile", "value": "555-010-4417" },
                    { "system": "email", "value": "rosa@example.org" },
                ],
                "address": [{ "line": ["118 Harbor Light Ln"], "city": "PORT ALDER", "state": "WI", "country": "US" }],
                "communication": [{ "language": { "text": "English" }, "preferred": true }],
                "generalPractitioner": [{ "display": OKAFOR }],
            })),
        ),
        (
            HARBOR,
            h.resource("Patient", "self", json!({
                "identifier": [{ "system": "urn:oid:2.999.7.21", "value": mrn("mrn harbor") }],
                "name": [{ "use": "official", "text": "WHITLOCK, ROSA MARIN", "family": ["WHITLOCK"], "given": ["ROSA", "MARIN"] }],
                "gender": "female",
                "birthDate": "1984-11-02",
                "deceasedBoolean": false,
            })),
        ),
    ];
    let mut patients: Vec<_> = patients.into_iter().map(|(source, value)| (source, patient(pen(story, source), value))).collect();
    patients.extend(elsewhere::patients(story));
    story.fact("patient", NAME, first, patients);

    let staff: &[(Source, &str, &str, &str, &str)] = &[
        (LAKESIDE_R4, OKAFOR, "Adaeze", "Okafor", "9990000011"),
        (LAKESIDE_R4, LINDQVIST, "Tove", "Lindqvist", ""),
        (LAKESIDE_DSTU2, OKAFOR, "Adaeze", "Okafor", "9990000011"),
        (LAKESIDE_DSTU2, LINDQVIST, "Tove", "Lindqvist", ""),
        (SUMMIT, BRANDT, "Henrik", "Brandt", "9990000029"),
        (SUMMIT, SATO, "Emi", "Sato", "9990000037"),
        (SUMMIT, VARGAS, "Luis", "Vargas", "9990000045"),
        (HARBOR, NOVAK, "Irena", "Novak", "9990000052"),
    ];
    for (source, name, given, family, npi) in staff {
        let value = practitioner(pen(story, *source), name, given, family, npi);
        story.tell(*source, first, value);
    }
    let houses: &[(Source, &str)] = &[
        (LAKESIDE_R4, "Lakeside Family Medicine"),
        (LAKESIDE_DSTU2, "Lakeside Family Medicine"),
        (SUMMIT, "Summit General Hospital"),
        (HARBOR, "Harbor Heart Clinic"),
    ];
    for (source, name) in houses {
        let value = pen(story, *source).resource("Organization", "self", json!({ "name": name, "active": true }));
        story.tell(*source, first, value);
    }
    let places: &[(Source, &str)] = &[
        (LAKESIDE_R4, "Lakeside, Room 3"),
        (SUMMIT, "Summit Emergency Department"),
        (SUMMIT, "Summit Ward 4 West"),
        (SUMMIT, "Summit Outpatient Clinic"),
        (HARBOR, "Harbor Echo Lab"),
    ];
    for (source, name) in places {
        let value = pen(story, *source).resource("Location", name, json!({ "status": "active", "name": name }));
        story.tell(*source, first, value);
    }
}

/// A visit as Lakeside tells it: a start with the clock on the wall, no end, few words.
fn lakeside_visit(story: &mut Story, key: &str, on: NaiveDate, clock: (u32, u32), what: &str, class: &str) {
    let at = local(on, clock.0, clock.1);
    let mut sources = Vec::new();
    if on.year() >= 2006 {
        sources.push(LAKESIDE_R4);
    }
    if on.year() <= OLD_BASE_UNTIL {
        sources.push(LAKESIDE_DSTU2);
    }
    let day_only = on.to_string();
    story.told("visit", &format!("{what} {on}"), on, &sources, |pen, source| {
        let old = source == LAKESIDE_DSTU2;
        let place = if old { "" } else { "Lakeside, Room 3" };
        // Before 2006 only the day was kept.
        let start = if on.year() < 2006 { day_only.as_str() } else { at.as_str() };
        visit(pen, key, Visit { start, class, what, by: OKAFOR, place, ..Visit::default() })
    });
}

/// Yearly check-ups since 2006, in March.
fn annual_visits(story: &mut Story) -> Vec<NaiveDate> {
    let seed = story.seed;
    let mut visits = Vec::new();
    for year in 2006..=story.today.year() {
        let on = workday(day(year, 3, pick(seed, &format!("annual day {year}"), 3, 24)));
        if on > story.today {
            break;
        }
        lakeside_visit(story, &format!("annual {year}"), on, (8, 20), "Annual check-up", "AMB");
        visits.push(on);
    }
    visits
}

fn other_visits(story: &mut Story) {
    let lakeside: &[(&str, NaiveDate, (u32, u32), &str, &str)] = &[
        ("chickenpox 1991", day(1991, 2, 12), (9, 0), "Sick child visit", "AMB"),
        ("strep 1994", day(1994, 11, 8), (9, 0), "Sore throat", "AMB"),
        ("appendix after 1999", day(1999, 7, 27), (9, 0), "Follow-up after surgery", "AMB"),
        ("travel 2010", day(2010, 1, 18), (15, 40), "Travel medicine", "AMB"),
        ("mood 2009 a", day(2009, 9, 14), (16, 10), "Office visit: low mood", "AMB"),
        ("mood 2009 b", day(2009, 10, 12), (16, 0), "Office visit: low mood, follow-up", "AMB"),
        ("mood 2010", day(2010, 6, 7), (16, 0), "Office visit: mood, stopping treatment", "AMB"),
        ("bronchitis 2012", day(2012, 1, 24), (10, 30), "Office visit: cough", "AMB"),
        ("after birth 2013", day(2013, 7, 1), (11, 0), "Six weeks after birth", "AMB"),
        ("diabetes 2014", day(2014, 4, 14), (8, 30), "Office visit: new diabetes", "AMB"),
        ("pressure 2015", day(2015, 4, 20), (8, 40), "Office visit: blood pressure", "AMB"),
        ("anemia 2018", day(2018, 5, 21), (8, 40), "Office visit: tiredness", "AMB"),
        ("knee 2019", day(2019, 7, 29), (13, 20), "Office visit: knee pain", "AMB"),
        ("mood 2020 a", day(2020, 5, 11), (14, 0), "Video visit: low mood", "VR"),
        ("mood 2020 b", day(2020, 6, 15), (14, 0), "Video visit: low mood, follow-up", "VR"),
        ("mood 2021", day(2021, 6, 14), (14, 0), "Office visit: mood, stopping treatment", "AMB"),
        ("covid 2022", day(2022, 1, 11), (11, 30), "Video visit: fever", "VR"),
        ("bladder 2024", day(2024, 8, 6), (9, 50), "Office visit: bladder infection", "AMB"),
    ];
    for (key, on, clock, what, class) in lakeside {
        lakeside_visit(story, key, *on, *clock, what, class);
    }

    // (key, from, to, class, what, place, by); the hospital's clock is UTC.
    type Stay<'a> = (
        &'a str,
        (NaiveDate, u32, u32),
        Option<(NaiveDate, u32, u32)>,
        &'a str,
        &'a str,
        &'a str,
        &'a str,
    );
    let stays: &[Stay<'_>] = &[
        ("er 2011", (day(2011, 8, 13), 18, 5), Some((day(2011, 8, 13), 20, 40)), "EMER", "Emergency visit: ankle", "Summit Emergency Department", BRANDT),
        ("prenatal 1", (day(2012, 10, 22), 10, 0), None, "AMB", "Prenatal visit", "Summit Outpatient Clinic", SATO),
        ("prenatal 2", (day(2012, 12, 17), 10, 0), None, "AMB", "Prenatal visit", "Summit Outpatient Clinic", SATO),
        ("prenatal 3", (day(2013, 2, 25), 10, 15), None, "AMB", "Prenatal visit", "Summit Outpatient Clinic", SATO),
        ("prenatal 4", (day(2013, 4, 29), 10, 15), None, "AMB", "Prenatal visit", "Summit Outpatient Clinic", SATO),
        ("birth 2013", (day(2013, 5, 18), 2, 35), Some((day(2013, 5, 21), 11, 0)), "IMP", "Hospital stay: childbirth", "Summit Ward 4 West", SATO),
        ("er 2016", (day(2016, 8, 20), 23, 15), Some((day(2016, 8, 21), 4, 50)), "EMER", "Emergency visit: belly pain", "Summit Emergency Department", BRANDT),
        ("gallbladder 2016", (day(2016, 8, 22), 14, 0), Some((day(2016, 8, 24), 12, 30)), "IMP", "Hospital stay: gallbladder", "Summit Ward 4 West", VARGAS),
        ("mri 2019", (day(2019, 8, 19), 17, 30), None, "AMB", "Imaging visit", "Summit Outpatient Clinic", VARGAS),
        ("knee 2019", (day(2019, 9, 12), 7, 0), Some((day(2019, 9, 12), 16, 0)), "AMB", "Day surgery: knee", "Summit Outpatient Clinic", VARGAS),
        ("er 2021", (day(2021, 3, 16), 22, 30), Some((day(2021, 3, 17), 5, 10)), "EMER", "Emergency visit: racing heart", "Summit Emergency Department", BRANDT),
        ("clinic 2022", (day(2022, 6, 7), 9, 0), None, "AMB", "Internal medicine clinic", "Summit Outpatient Clinic", SATO),
        ("mammogram 2025", (day(2025, 2, 4), 8, 0), None, "AMB", "Imaging visit", "Summit Outpatient Clinic", SATO),
    ];
    for (key, from, to, class, what, place, by) in stays {
        let start = zulu(from.0, from.1, from.2);
        let end = to.map(|to| zulu(to.0, to.1, to.2)).unwrap_or_default();
        story.told("visit", &format!("{what} {}", from.0), from.0, &[SUMMIT], |pen, _| {
            visit(pen, key, Visit { start: &start, end: &end, class, what, by, place, ..Visit::default() })
        });
    }
    for (key, on, what) in harbor_days(story) {
        let start = local_millis(on, 13, 0);
        let end = local_millis(on, 13, 45);
        story.told("visit", &format!("{what} {on}"), on, &[HARBOR], |pen, _| {
            visit(pen, &key, Visit { start: &start, end: &end, class: "AMB", what, by: NOVAK, ..Visit::default() })
        });
    }
}

/// Harbor's visits: the work-up of 2021 and a yearly look since.
fn harbor_days(story: &Story) -> Vec<(String, NaiveDate, &'static str)> {
    let mut days = vec![
        ("first 2021".to_owned(), day(2021, 4, 6), "Cardiology consultation"),
        ("echo 2021".to_owned(), day(2021, 4, 13), "Echocardiography"),
        ("stress 2021".to_owned(), day(2021, 5, 4), "Stress test and review"),
    ];
    for year in 2022..=story.today.year() {
        let on = workday(day(year, 4, pick(story.seed, &format!("harbor day {year}"), 5, 25)));
        days.push((format!("yearly {year}"), on, "Cardiology follow-up"));
    }
    days
}

fn problems(story: &mut Story) {
    type Told<'a> = (Source, Problem<'a>);
    let p = Problem::default();
    let onset = |year, month, on| midnight_utc(day(year, month, on));
    let (appendix, gdm, t2dm) = (onset(1999, 7, 14), onset(2012, 12, 17), onset(2014, 4, 14));
    let (pressure, lipids, stones) = (onset(2015, 4, 20), onset(2014, 4, 14), onset(2016, 8, 20));
    let (anemia, knee, psvt) = (onset(2018, 5, 21), onset(2019, 7, 20), onset(2021, 4, 13));
    let (mood, covid, bladder) = (onset(2020, 5, 11), onset(2022, 1, 11), onset(2024, 8, 6));
    let facts: &[(&str, NaiveDate, &[Told<'_>])] = &[
        ("Chickenpox", day(1991, 2, 12), &[
            (LAKESIDE_R4, Problem { text: "Chickenpox", codes: &[("sct", "38907003", "Varicella")], onset: "1991", clinical: "resolved", ..p }),
            (LAKESIDE_DSTU2, Problem { text: "Varicella (chickenpox)", codes: &[("i9", "052.9", "Varicella without complication")], onset: "1991", abated: "1991-03", clinical: "resolved", recorded: "1991-02-12", ..p }),
        ]),
        ("Streptococcal sore throat", day(1994, 11, 8), &[
            (LAKESIDE_DSTU2, Problem { text: "Strep throat", codes: &[("i9", "034.0", "Streptococcal sore throat")], onset: "1994-11", abated: "1994-11-20", clinical: "resolved", recorded: "1994-11-08", ..p }),
        ]),
        ("Acute appendicitis", day(1999, 7, 14), &[
            (LAKESIDE_R4, Problem { text: "Acute appendicitis", codes: &[("sct", "85189001", "Acute appendicitis")], onset: &appendix, clinical: "resolved", ..p }),
            (LAKESIDE_DSTU2, Problem { text: "Appendicitis", codes: &[("i9", "540.9", "Acute appendicitis without peritonitis")], onset: "1999-07-14", abated: "1999-07-27", clinical: "resolved", recorded: "1999-07-27", ..p }),
            (SUMMIT, Problem { text: "History of appendicitis", codes: &[("i10", "K35.80", "Unspecified acute appendicitis"), ("sct", "85189001", "Acute appendicitis")], onset: "1999", clinical: "resolved", recorded: "2011-08-13", ..p }),
        ]),
        ("Migraine", day(2007, 6, 11), &[
            (LAKESIDE_R4, Problem { text: "Migraine", codes: &[("sct", "37796009", "Migraine"), ("i10", "G43.909", "Migraine, unspecified")], onset: "2007-06", clinical: "active", ..p }),
            (LAKESIDE_DSTU2, Problem { text: "Migraine headaches", codes: &[("i9", "346.90", "Migraine, unspecified")], onset: "2007-06", clinical: "active", recorded: "2008-03-10", ..p }),
        ]),
        ("Depression 2009", day(2009, 9, 14), &[
            (LAKESIDE_R4, Problem { text: "Depression", codes: &[("sct", "35489007", "Depressive disorder")], onset: "2009-09", abated: "2010-06", clinical: "resolved", ..p }),
            (LAKESIDE_DSTU2, Problem { text: "Depressive disorder", codes: &[("i9", "311", "Depressive disorder, not elsewhere classified")], onset: "2009-09-14", abated: "2010-06-07", clinical: "resolved", recorded: "2009-09-14", ..p }),
        ]),
        ("Sprained right ankle", day(2011, 8, 13), &[
            (SUMMIT, Problem { text: "Sprain of right ankle", codes: &[("i10", "S93.401A", "Sprain of unspecified ligament of right ankle"), ("sct", "44465007", "Sprain of ankle")], onset: "2011-08-13", abated: "2011-10", clinical: "resolved", recorded: "2011-08-13", body_site: "Right ankle", ..p }),
        ]),
        ("Gestational diabetes", day(2012, 12, 17), &[
            (SUMMIT, Problem { text: "Gestational diabetes mellitus, diet controlled", codes: &[("i10", "O24.410", "Gestational diabetes mellitus in pregnancy, diet controlled"), ("sct", "11687002", "Gestational diabetes mellitus")], onset: "2012-12-17", abated: "2013-05-18", clinical: "resolved", recorded: "2012-12-17", ..p }),
            (LAKESIDE_R4, Problem { text: "Gestational diabetes", codes: &[("sct", "11687002", "Gestational diabetes mellitus")], onset: &gdm, abated: "2013-05", clinical: "resolved", ..p }),
            (LAKESIDE_DSTU2, Problem { text: "Gestational diabetes", codes: &[("i9", "648.80", "Abnormal glucose tolerance of mother")], onset: "2012-12-17", abated: "2013-05", clinical: "resolved", recorded: "2013-01-07", ..p }),
        ]),
        ("Type 2 diabetes", day(2014, 4, 14), &[
            (LAKESIDE_R4, Problem { text: "Type 2 diabetes mellitus", codes: &[("sct", "44054006", "Diabetes mellitus type 2"), ("i10", "E11.9", "Type 2 diabetes mellitus without complications")], onset: &t2dm, clinical: "active", ..p }),
            (LAKESIDE_DSTU2, Problem { text: "Diabetes mellitus type II", codes: &[("i9", "250.00", "Diabetes mellitus without complication, type II")], onset: "2014-04-14", clinical: "active", recorded: "2014-04-14", ..p }),
            (SUMMIT, Problem { text: "Type 2 diabetes mellitus without complication", codes: &[("i10", "E11.9", "Type 2 diabetes mellitus without complications"), ("sct", "44054006", "Diabetes mellitus type 2")], onset: "2014-04", clinical: "active", recorded: "2016-08-20", ..p }),
            (HARBOR, Problem { text: "DM Type II", codes: &[("i9", "250.00", "DIABETES MELLITUS TYPE II")], onset: "2014", clinical: "active", recorded: "2021-04-06", ..p }),
        ]),
        ("High cholesterol", day(2014, 4, 14), &[
            (LAKESIDE_R4, Problem { text: "Hyperlipidemia", codes: &[("sct", "55822004", "Hyperlipidemia")], onset: &lipids, clinical: "active", ..p }),
            (LAKESIDE_DSTU2, Problem { text: "Hyperlipidemia", codes: &[("i9", "272.4", "Other and unspecified hyperlipidemia")], onset: "2014-04-14", clinical: "active", recorded: "2014-04-14", ..p }),
            (HARBOR, Problem { text: "Hyperlipidaemia", codes: &[("i10", "E78.5", "Hyperlipidemia, unspecified")], clinical: "active", recorded: "2021-04-06", ..p }),
        ]),
        ("High blood pressure", day(2015, 4, 20), &[
            (LAKESIDE_R4, Problem { text: "Essential hypertension", codes: &[("sct", "59621000", "Essential hypertension"), ("i10", "I10", "Essential (primary) hypertension")], onset: &pressure, clinical: "active", ..p }),
            (LAKESIDE_DSTU2, Problem { text: "Hypertension", codes: &[("i9", "401.9", "Unspecified essential hypertension")], onset: "2015-04-20", clinical: "active", recorded: "2015-04-20", ..p }),
            (SUMMIT, Problem { text: "Hypertension", codes: &[("i10", "I10", "Essential (primary) hypertension"), ("sct", "38341003", "Hypertensive disorder")], onset: "2015", clinical: "active", recorded: "2016-08-20", ..p }),
            (HARBOR, Problem { text: "HTN", codes: &[("i9", "401.9", "HYPERTENSION NOS"), ("i10", "I10", "Essential (primary) hypertension")], onset: "2015-04", clinical: "active", recorded: "2021-04-06", ..p }),
        ]),
        ("Gallstones", day(2016, 8, 20), &[
            (SUMMIT, Problem { text: "Calculus of gallbladder without cholecystitis", codes: &[("i10", "K80.20", "Calculus of gallbladder without cholecystitis without obstruction"), ("sct", "235919008", "Gallbladder calculus")], onset: "2016-08-20", abated: "2016-08-23", clinical: "resolved", recorded: "2016-08-21", ..p }),
            (LAKESIDE_R4, Problem { text: "Gallstones", codes: &[("sct", "235919008", "Gallbladder calculus")], onset: &stones, abated: "2016-08", clinical: "resolved", ..p }),
        ]),
        ("Obesity", day(2016, 8, 20), &[
            (SUMMIT, Problem { text: "Obesity", codes: &[("i10", "E66.9", "Obesity, unspecified")], clinical: "active", recorded: "2016-08-20", ..p }),
        ]),
        ("Iron deficiency anemia", day(2018, 5, 21), &[
            (LAKESIDE_R4, Problem { text: "Iron deficiency anemia", codes: &[("sct", "87522002", "Iron deficiency anemia"), ("i10", "D50.9", "Iron deficiency anemia, unspecified")], onset: &anemia, abated: "2018-11", clinical: "resolved", ..p }),
            (LAKESIDE_DSTU2, Problem { text: "Iron deficiency anemia", codes: &[("i10", "D50.9", "Iron deficiency anemia, unspecified")], onset: "2018-05-21", clinical: "active", recorded: "2018-05-21", ..p }),
        ]),
        ("Torn meniscus, left knee", day(2019, 7, 29), &[
            (LAKESIDE_R4, Problem { text: "Tear of meniscus of left knee", codes: &[("sct", "239720000", "Tear of meniscus of knee")], onset: &knee, clinical: "resolved", body_site: "Left knee", ..p }),
            (SUMMIT, Problem { text: "Tear of medial meniscus of left knee", codes: &[("i10", "S83.242A", "Other tear of medial meniscus, current injury, left knee")], onset: "2019-07", abated: "2019-12", clinical: "resolved", recorded: "2019-08-19", body_site: "Left knee", ..p }),
        ]),
        ("Depression 2020", day(2020, 5, 11), &[
            (LAKESIDE_R4, Problem { text: "Recurrent major depression", codes: &[("sct", "66344007", "Recurrent major depression"), ("i10", "F33.1", "Major depressive disorder, recurrent, moderate")], onset: &mood, abated: "2021-06-14", clinical: "resolved", ..p }),
            (SUMMIT, Problem { text: "Major depressive disorder, recurrent", codes: &[("i10", "F33.1", "Major depressive disorder, recurrent, moderate")], onset: "2020-05", clinical: "active", recorded: "2021-03-16", ..p }),
        ]),
        ("Palpitations", day(2021, 3, 16), &[
            (SUMMIT, Problem { text: "Palpitations", codes: &[("i10", "R00.2", "Palpitations"), ("sct", "80313002", "Palpitations")], onset: "2021-03-16", clinical: "active", recorded: "2021-03-17", ..p }),
        ]),
        ("Supraventricular tachycardia", day(2021, 4, 13), &[
            (HARBOR, Problem { text: "Paroxysmal supraventricular tachycardia", codes: &[("i9", "427.0", "PAROX SUPRAVENTRIC TACHYCARDIA"), ("i10", "I47.1", "Supraventricular tachycardia")], onset: "2021-04-13", clinical: "active", recorded: "2021-04-13", ..p }),
            (LAKESIDE_R4, Problem { text: "Supraventricular tachycardia", codes: &[("sct", "6456007", "Supraventricular tachycardia"), ("i10", "I47.1", "Supraventricular tachycardia")], onset: &psvt, clinical: "active", note: "Per Harbor Heart Clinic.", ..p }),
        ]),
        ("Coronary artery disease, ruled out", day(2021, 5, 4), &[
            (HARBOR, Problem { text: "Coronary artery disease", codes: &[("i10", "I25.10", "Atherosclerotic heart disease of native coronary artery without angina pectoris")], verification: "refuted", recorded: "2021-05-04", note: "Ruled out by a normal stress test.", ..p }),
        ]),
        ("COVID-19", day(2022, 1, 11), &[
            (LAKESIDE_R4, Problem { text: "COVID-19", codes: &[("sct", "840539006", "COVID-19"), ("i10", "U07.1", "COVID-19")], onset: &covid, abated: "2022-01-24", clinical: "resolved", ..p }),
        ]),
        ("Bladder infection", day(2024, 8, 6), &[
            (LAKESIDE_R4, Problem { text: "Urinary tract infection", codes: &[("sct", "68566005", "Urinary tract infectious disease"), ("i10", "N39.0", "Urinary tract infection, site not specified")], onset: &bladder, abated: "2024-08-20", clinical: "resolved", ..p }),
        ]),
        // Nobody wrote down when.
        ("Hay fever", day(2008, 3, 10), &[
            (LAKESIDE_R4, Problem { text: "Seasonal allergic rhinitis", codes: &[("sct", "61582004", "Allergic rhinitis")], clinical: "active", ..p }),
            (LAKESIDE_DSTU2, Problem { text: "Hay fever", codes: &[("i9", "477.9", "Allergic rhinitis, cause unspecified")], clinical: "active", ..p }),
        ]),
    ];
    for (title, on, told) in facts {
        let told = told.iter().map(|(at, what)| (*at, problem(pen(story, *at), title, *what))).collect();
        story.fact("problem", title, *on, told);
    }
}

fn allergies(story: &mut Story) {
    type Told<'a> = (Source, Allergy<'a>);
    let a = Allergy { category: "medication", ..Allergy::default() };
    let penicillin = midnight_utc(day(1994, 11, 10));
    let latex = midnight_utc(day(2013, 5, 18));
    let facts: &[(&str, NaiveDate, &[Told<'_>])] = &[
        ("Penicillin", day(1994, 11, 10), &[
            (LAKESIDE_R4, Allergy { text: "Penicillin", onset: &penicillin, high: true, reaction: "Hives", severity: "moderate", ..a }),
            (LAKESIDE_DSTU2, Allergy { text: "Penicillin V", codes: &[("rx", "7984", "penicillin V")], onset: "1994-11", recorded: "1994-11-10", high: true, reaction: "Rash", ..a }),
            (SUMMIT, Allergy { text: "Penicillins", codes: &[("rx", "70618", "Penicillins"), ("sct", "764146007", "Penicillin")], recorded: "2011-08-13T23:20:00Z", high: true, reaction: "Hives", severity: "moderate", ..a }),
            (HARBOR, Allergy { text: "PENICILLIN", codes: &[("sct", "91936005", "Allergy to penicillin")], recorded: "2021-04-06", high: true, reaction: "Urticaria", ..a }),
        ]),
        ("Sulfonamides", day(2021, 4, 6), &[
            (HARBOR, Allergy { text: "Sulfa drugs", codes: &[("sct", "387406002", "Sulfonamide")], recorded: "2021-04-06", high: true, reaction: "Swelling of the face", severity: "severe", ..a }),
        ]),
        ("Latex", day(2013, 5, 18), &[
            (LAKESIDE_R4, Allergy { text: "Latex", onset: &latex, category: "environment", reaction: "Contact rash", severity: "mild", ..a }),
            (SUMMIT, Allergy { text: "Latex", codes: &[("sct", "111088007", "Latex")], onset: "2013-05-18", recorded: "2013-05-18T20:00:00Z", category: "environment", reaction: "Rash", severity: "mild", ..a }),
        ]),
        ("Codeine", day(2016, 8, 23), &[
            (SUMMIT, Allergy { text: "Codeine", codes: &[("rx", "2670", "codeine")], recorded: "2016-08-23T14:00:00Z", reaction: "Nausea and vomiting", severity: "moderate", intolerance: true, ..a }),
            (LAKESIDE_R4, Allergy { text: "Codeine", reaction: "Nausea", intolerance: true, ..a }),
        ]),
        ("Peanut, ruled out", day(1996, 5, 2), &[
            (LAKESIDE_R4, Allergy { text: "Peanut", onset: "1990", category: "food", refuted: true, ..a }),
            (LAKESIDE_DSTU2, Allergy { text: "Peanut", onset: "1990", recorded: "1996-05-02", category: "food", refuted: true, ..a }),
        ]),
    ];
    for (title, on, told) in facts {
        let told = told.iter().map(|(at, what)| (*at, allergy(pen(story, *at), title, *what))).collect();
        story.fact("allergy", title, *on, told);
    }
}

fn medicines(story: &mut Story) {
    /// How it is told: an order here, or what the patient says.
    enum Way {
        Order,
        Statement,
    }
    use Way::{Order, Statement};
    type Told<'a> = (Source, Way, Medicine<'a>);
    let m = Medicine { status: "active", by: OKAFOR, ..Medicine::default() };
    let s = Medicine { by: SATO, ..m };
    let h = Medicine { by: NOVAK, ..m };
    let lisinopril: Codes<'_> = &[("rx", "314076", "lisinopril 10 MG Oral Tablet")];
    let metformin: Codes<'_> = &[("rx", "861007", "metformin hydrochloride 500 MG Oral Tablet")];
    let metformin_1000: Codes<'_> = &[("rx", "861004", "metformin hydrochloride 1000 MG Oral Tablet")];
    let atorvastatin: Codes<'_> = &[("rx", "617310", "atorvastatin 20 MG Oral Tablet")];
    let metoprolol: Codes<'_> = &[("rx", "866427", "24 HR metoprolol succinate 25 MG Extended Release Oral Tablet")];
    let losartan: Codes<'_> = &[("rx", "979492", "losartan potassium 50 MG Oral Tablet")];
    let aspirin: Codes<'_> = &[("rx", "308416", "aspirin 81 MG Delayed Release Oral Tablet")];
    let facts: &[(&str, NaiveDate, &[Told<'_>])] = &[
        ("Sertraline 50 mg 2009", day(2009, 9, 14), &[
            (LAKESIDE_R4, Order, Medicine { text: "sertraline 50 mg tablet", codes: &[("rx", "312941", "sertraline 50 MG Oral Tablet")], status: "completed", written: "2009-09-14", dosage: "Take 1 tablet every morning", reason: "Depression", quantity: "30", refills: 5, ..m }),
            (LAKESIDE_DSTU2, Order, Medicine { text: "Sertraline 50mg tab", codes: &[("rx", "312941", "sertraline 50 MG Oral Tablet")], status: "completed", written: "2009-09-14", ended: "2010-06-07", dosage: "1 tab PO qAM", ..m }),
        ]),
        ("Azithromycin 250 mg 2012", day(2012, 1, 24), &[
            (LAKESIDE_R4, Order, Medicine { text: "azithromycin 250 mg tablet", codes: &[("rx", "308460", "azithromycin 250 MG Oral Tablet")], status: "completed", written: "2012-01-24", dosage: "2 tablets today, then 1 daily for 4 days", quantity: "6", ..m }),
            (LAKESIDE_DSTU2, Order, Medicine { text: "Azithromycin 250mg tab", codes: &[("rx", "308460", "azithromycin 250 MG Oral Tablet")], status: "completed", written: "2012-01-24", dosage: "2 tabs day 1, then 1 tab daily x4", ..m }),
        ]),
        ("Prenatal vitamin 2012", day(2012, 10, 22), &[
            (SUMMIT, Order, Medicine { text: "prenatal vitamin tablet", status: "stopped", written: "2012-10-22T15:30:00Z", ended: "2013-07-01", dosage: "1 tablet daily", medication: "prenatal vitamin", ..s }),
        ]),
        ("Metformin 500 mg", day(2014, 4, 14), &[
            (LAKESIDE_R4, Order, Medicine { text: "metformin 500 mg tablet", codes: metformin, status: "stopped", written: "2014-04-14", ended: "2020-03-20", why_ended: "Dose increased", dosage: "1 tablet twice a day with meals", reason: "Type 2 diabetes", quantity: "60", refills: 11, ..m }),
            (LAKESIDE_DSTU2, Order, Medicine { text: "Metformin HCl 500mg tab", codes: metformin, written: "2014-04-14", dosage: "1 tab PO BID with food", ..m }),
            (SUMMIT, Order, Medicine { text: "metFORMIN (GLUCOPHAGE) 500 MG tablet", status: "stopped", written: "2016-08-22T19:00:00Z", dosage: "Take 1 tablet by mouth 2 times daily with meals", medication: "metformin 500", reported: true, ..s }),
        ]),
        ("Lisinopril 10 mg", day(2015, 4, 20), &[
            (LAKESIDE_R4, Order, Medicine { text: "lisinopril 10 mg tablet", codes: lisinopril, written: "2015-04-20", dosage: "1 tablet every day", reason: "High blood pressure", quantity: "90", refills: 3, ..m }),
            (LAKESIDE_DSTU2, Order, Medicine { text: "Lisinopril 10mg tab", codes: lisinopril, written: "2015-04-20", dosage: "1 tab PO daily", ..m }),
            (SUMMIT, Order, Medicine { text: "lisinopril (PRINIVIL,ZESTRIL) 10 MG tablet", status: "stopped", written: "2021-03-17T09:00:00Z", ended: "2022-06-07T14:20:00Z", why_ended: "Side effect: cough", dosage: "Take 1 tablet by mouth daily", medication: "lisinopril 10", ..s }),
            (HARBOR, Statement, Medicine { text: "lisinopril 10 mg oral tablet", codes: lisinopril, written: "2015", dosage: "10 mg = 1 tab, Oral, Daily", ..h }),
        ]),
        ("Lisinopril 20 mg, entered in error", day(2015, 4, 20), &[
            (LAKESIDE_R4, Order, Medicine { text: "lisinopril 20 mg tablet", codes: &[("rx", "314077", "lisinopril 20 MG Oral Tablet")], status: "entered-in-error", written: "2015-04-20", ..m }),
        ]),
        ("Ondansetron 4 mg 2016", day(2016, 8, 21), &[
            (SUMMIT, Order, Medicine { text: "ondansetron (ZOFRAN) 4 MG tablet", status: "completed", written: "2016-08-21T09:30:00Z", dosage: "Take 1 tablet by mouth every 8 hours as needed for nausea", medication: "ondansetron 4", quantity: "12", by: BRANDT, ..s }),
        ]),
        ("Oxycodone and acetaminophen 2016", day(2016, 8, 24), &[
            (SUMMIT, Order, Medicine { text: "oxyCODONE-acetaminophen (PERCOCET) 5-325 MG tablet", status: "completed", written: "2016-08-24T16:00:00Z", dosage: "Take 1 tablet by mouth every 6 hours as needed for pain", medication: "oxycodone acetaminophen", quantity: "20", by: VARGAS, ..s }),
        ]),
        ("Ferrous sulfate 325 mg", day(2018, 5, 21), &[
            (LAKESIDE_R4, Order, Medicine { text: "ferrous sulfate 325 mg tablet", codes: &[("rx", "310325", "ferrous sulfate 325 MG Oral Tablet")], status: "completed", written: "2018-05-21", dosage: "1 tablet every day", reason: "Iron deficiency anemia", quantity: "90", refills: 1, ..m }),
        ]),
        ("Ibuprofen 600 mg 2019", day(2019, 9, 12), &[
            (SUMMIT, Order, Medicine { text: "ibuprofen (MOTRIN) 600 MG tablet", status: "completed", written: "2019-09-12T20:30:00Z", dosage: "Take 1 tablet by mouth every 8 hours with food", medication: "ibuprofen 600", quantity: "30", by: VARGAS, ..s }),
        ]),
        ("Metformin 1000 mg", day(2020, 3, 20), &[
            (LAKESIDE_R4, Order, Medicine { text: "metformin 1,000 mg tablet", codes: metformin_1000, written: "2020-03-20", dosage: "1 tablet twice a day with meals", reason: "Type 2 diabetes", quantity: "180", refills: 3, ..m }),
            (SUMMIT, Order, Medicine { text: "metFORMIN (GLUCOPHAGE) 1000 MG tablet", written: "2021-03-17T09:00:00Z", dosage: "Take 1 tablet by mouth 2 times daily with meals", medication: "metformin 1000", reported: true, ..s }),
            (HARBOR, Statement, Medicine { text: "metformin 1000 mg oral tablet", codes: metformin_1000, written: "2020", dosage: "1,000 mg = 1 tab, Oral, BID", ..h }),
        ]),
        ("Sertraline 100 mg 2020", day(2020, 5, 11), &[
            (LAKESIDE_R4, Order, Medicine { text: "sertraline 100 mg tablet", codes: &[("rx", "312938", "sertraline 100 MG Oral Tablet")], status: "completed", written: "2020-05-11", ended: "2021-06-14", dosage: "1 tablet every morning", reason: "Depression", quantity: "90", refills: 3, ..m }),
        ]),
        ("Metoprolol succinate 25 mg", day(2021, 4, 13), &[
            (HARBOR, Order, Medicine { text: "metoprolol succinate 25 mg oral tablet, extended release", codes: metoprolol, written: "2021-04-13T14:10:00.000-05:00", dosage: "25 mg = 1 tab, Oral, Daily", reason: "Paroxysmal supraventricular tachycardia", quantity: "90", ..h }),
            (SUMMIT, Order, Medicine { text: "metoprolol succinate (TOPROL-XL) 25 MG 24 hr tablet", written: "2022-06-07T14:00:00Z", dosage: "Take 1 tablet by mouth daily", medication: "metoprolol 25", reported: true, ..s }),
            (LAKESIDE_R4, Order, Medicine { text: "metoprolol succinate ER 25 mg tablet", codes: metoprolol, written: "2022-03-15", dosage: "1 tablet every day", reported: true, ..m }),
        ]),
        ("Atorvastatin 20 mg", day(2021, 5, 4), &[
            (HARBOR, Order, Medicine { text: "atorvastatin 20 mg oral tablet", codes: atorvastatin, status: "stopped", written: "2021-05-04T13:40:00.000-05:00", ended: "2023-04-20", why_ended: "Dose increased", dosage: "20 mg = 1 tab, Oral, Bedtime", quantity: "90", ..h }),
            (LAKESIDE_R4, Order, Medicine { text: "atorvastatin 20 mg tablet", codes: atorvastatin, written: "2022-03-15", dosage: "1 tablet at bedtime", reported: true, ..m }),
        ]),
        ("Aspirin 81 mg", day(2021, 4, 6), &[
            (HARBOR, Statement, Medicine { text: "aspirin 81 mg oral delayed release tablet", codes: aspirin, status: "completed", written: "2021-03-17", ended: "2021-05-04", dosage: "81 mg = 1 tab, Oral, Daily", ..h }),
        ]),
        ("Losartan 50 mg", day(2022, 6, 7), &[
            (SUMMIT, Order, Medicine { text: "losartan (COZAAR) 50 MG tablet", written: "2022-06-07T14:20:00Z", dosage: "Take 1 tablet by mouth daily", reason: "Hypertension", medication: "losartan 50", quantity: "90", refills: 3, ..s }),
            (HARBOR, Statement, Medicine { text: "losartan 50 mg oral tablet", codes: losartan, written: "2022-06", dosage: "50 mg = 1 tab, Oral, Daily", ..h }),
        ]),
        ("Atorvastatin 40 mg", day(2023, 4, 20), &[
            (HARBOR, Order, Medicine { text: "atorvastatin 40 mg oral tablet", codes: &[("rx", "617311", "atorvastatin 40 MG Oral Tablet")], written: "2023-04-20T13:40:00.000-05:00", dosage: "40 mg = 1 tab, Oral, Bedtime", quantity: "90", ..h }),
        ]),
        ("Nitrofurantoin 100 mg 2024", day(2024, 8, 6), &[
            (LAKESIDE_R4, Order, Medicine { text: "nitrofurantoin monohydrate/macrocrystals 100 mg capsule", codes: &[], status: "completed", written: "2024-08-06", dosage: "1 capsule twice a day for 5 days", reason: "Bladder infection", quantity: "10", ..m }),
        ]),
        ("Loratadine 10 mg", day(2008, 3, 10), &[
            (LAKESIDE_R4, Order, Medicine { text: "loratadine 10 mg tablet (over the counter)", codes: &[("rx", "311372", "loratadine 10 MG Oral Tablet")], written: "2008", dosage: "1 tablet a day in spring", reported: true, ..m }),
        ]),
    ];
    for (title, on, told) in facts {
        let told = told
            .iter()
            .map(|(at, way, what)| {
                let pen = pen(story, *at);
                let value = match way {
                    Order => order(pen, title, *what),
                    Statement => statement(pen, title, *what),
                };
                (*at, value)
            })
            .collect();
        story.fact("medicine", title, *on, told);
    }
    let kept: &[(&str, &str, Codes<'_>)] = &[
        ("prenatal vitamin", "prenatal vitamin tablet", &[]),
        ("metformin 500", "metFORMIN (GLUCOPHAGE) 500 MG tablet", metformin),
        ("metformin 1000", "metFORMIN (GLUCOPHAGE) 1000 MG tablet", metformin_1000),
        ("lisinopril 10", "lisinopril (PRINIVIL,ZESTRIL) 10 MG tablet", lisinopril),
        ("ondansetron 4", "ondansetron (ZOFRAN) 4 MG tablet", &[("rx", "198052", "ondansetron 4 MG Oral Tablet")]),
        ("oxycodone acetaminophen", "oxyCODONE-acetaminophen (PERCOCET) 5-325 MG tablet", &[("rx", "1049221", "acetaminophen 325 MG / oxycodone hydrochloride 5 MG Oral Tablet")]),
        ("ibuprofen 600", "ibuprofen (MOTRIN) 600 MG tablet", &[("rx", "197806", "ibuprofen 600 MG Oral Tablet")]),
        ("metoprolol 25", "metoprolol succinate (TOPROL-XL) 25 MG 24 hr tablet", metoprolol),
        ("losartan 50", "losartan (COZAAR) 50 MG tablet", losartan),
    ];
    for (key, text, codes) in kept {
        let value = medication(pen(story, SUMMIT), key, text, codes);
        story.tell(SUMMIT, day(1986, 1, 6), value);
    }
}

fn vaccines(story: &mut Story) {
    let seed = story.seed;
    let lot = |what: &str| {
        let letter = char::from(b'A' + u8::try_from(pick(seed, &format!("lot letter {what}"), 0, 25)).unwrap_or(0));
        format!("{letter}{}", pick(seed, &format!("lot {what}"), 1000, 9999))
    };

    // Childhood: typed from a paper card into the old base; some lines say only the month or the year.
    let childhood: &[(&str, &str, &str, &str, u32)] = &[
        ("1985-01-08", "01", "DTP", "diphtheria, tetanus toxoids and pertussis vaccine", 1),
        ("1985-03-05", "01", "DTP", "diphtheria, tetanus toxoids and pertussis vaccine", 2),
        ("1985-05-07", "01", "DTP", "diphtheria, tetanus toxoids and pertussis vaccine", 3),
        ("1986-05-13", "01", "DTP", "diphtheria, tetanus toxoids and pertussis vaccine", 4),
        ("1989-08-22", "01", "DTP", "diphtheria, tetanus toxoids and pertussis vaccine", 5),
        ("1985-01-08", "02", "OPV", "trivalent poliovirus vaccine, live, oral", 1),
        ("1985-03-05", "02", "OPV", "trivalent poliovirus vaccine, live, oral", 2),
        ("1986-05-13", "02", "OPV", "trivalent poliovirus vaccine, live, oral", 3),
        ("1989-08-22", "02", "OPV", "trivalent poliovirus vaccine, live, oral", 4),
        ("1986-02", "03", "MMR", "measles, mumps and rubella virus vaccine", 1),
        ("1996-05-02", "03", "MMR", "measles, mumps and rubella virus vaccine", 2),
        ("1988", "17", "Hib", "Haemophilus influenzae type b vaccine, conjugate unspecified formulation", 1),
        ("1996-05-02", "08", "Hep B", "hepatitis B vaccine, pediatric or pediatric/adolescent dosage", 1),
        ("1996-06-04", "08", "Hep B", "hepatitis B vaccine, pediatric or pediatric/adolescent dosage", 2),
        ("1996", "08", "Hep B", "hepatitis B vaccine, pediatric or pediatric/adolescent dosage", 3),
        ("2003-06-17", "09", "Td", "tetanus and diphtheria toxoids, adsorbed, preservative free, for adult use", 1),
    ];
    for (date, cvx, short, display, dose) in childhood {
        let title = format!("{short} {dose} {date}");
        let year: i32 = date[..4].parse().expect("the plot's dates begin with a year");
        story.told("vaccine", &title, day(year, 12, 31).min(story.today), &[LAKESIDE_DSTU2], |pen, _| {
            let codes: Codes<'_> = &[("cvx", cvx, display)];
            shot(pen, &title, Shot { text: short, codes, date, historical: true, dose: *dose, ..Shot::default() })
        });
    }

    // Influenza, every autumn but those she missed; from 2016 on the hospital's list has a copy.
    for year in 2005..=story.today.year() {
        let missed = year == 2009 || (year != 2019 && draw(seed, &format!("flu missed {year}")) < 0.12);
        let on = workday(day(year, 10, pick(seed, &format!("flu day {year}"), 4, 24)));
        if missed {
            if year == 2009 {
                story.told("vaccine", "Influenza 2009, not given", on, &[LAKESIDE_R4, LAKESIDE_DSTU2], |pen, _| {
                    let codes: Codes<'_> = &[("cvx", "141", "Influenza, seasonal, injectable")];
                    let date = on.to_string();
                    shot(pen, "flu 2009", Shot { text: "", codes, date: &date, status: "not-done", why_not: "Patient had a fever", ..Shot::default() })
                });
            }
            continue;
        }
        let (cvx, display, hospital) = match year {
            ..=2012 => ("141", "Influenza, seasonal, injectable", "Influenza TIV (IM)"),
            2014..=2023 => ("150", "influenza, injectable, quadrivalent, preservative free", "Influenza, Quadrivalent, PF"),
            _ => ("140", "Influenza, seasonal, injectable, preservative free", "Influenza, Trivalent, PF"),
        };
        let mut sources = vec![LAKESIDE_R4, LAKESIDE_DSTU2];
        if year >= 2016 {
            sources.push(SUMMIT);
        }
        if year >= 2022 && year % 2 == 0 {
            sources.push(HARBOR);
        }
        let (date, at, number) = (on.to_string(), local(on, 9, 40), lot(&format!("flu {year}")));
        story.told("vaccine", &format!("Influenza {year}"), on, &sources, |pen, source| {
            let key = format!("flu {year}");
            let s = Shot::default();
            if source == LAKESIDE_R4 {
                // A display and no text, as this gateway does.
                shot(pen, &key, Shot { codes: &[("cvx", cvx, display)], date: &at, lot: &number, site: "Left deltoid", ..s })
            } else if source == LAKESIDE_DSTU2 {
                shot(pen, &key, Shot { text: "Flu shot", codes: &[("cvx", cvx, display)], date: &date, lot: &number, ..s })
            } else if source == SUMMIT {
                shot(pen, &key, Shot { text: hospital, codes: &[("cvx", cvx, hospital)], date: &date, historical: true, ..s })
            } else {
                shot(pen, &key, Shot { text: "influenza virus vaccine", codes: &[("cvx", cvx, display)], date: &date, historical: true, ..s })
            }
        });
    }

    // (title, date, CVX, display, tellers)
    let both: &[Source] = &[LAKESIDE_R4, LAKESIDE_DSTU2];
    let lakeside: &[Source] = &[LAKESIDE_R4];
    let and_summit: &[Source] = &[LAKESIDE_R4, LAKESIDE_DSTU2, SUMMIT];
    let new_and_summit: &[Source] = &[LAKESIDE_R4, SUMMIT];
    let others: &[(&str, NaiveDate, &str, &str, &[Source])] = &[
        ("Hepatitis A 1", day(2010, 1, 18), "52", "hepatitis A vaccine, adult dosage", both),
        ("Hepatitis A 2", day(2010, 8, 2), "52", "hepatitis A vaccine, adult dosage", both),
        ("Tdap 2013", day(2013, 3, 18), "115", "tetanus toxoid, reduced diphtheria toxoid, and acellular pertussis vaccine, adsorbed", and_summit),
        ("Pneumococcal 2014", day(2014, 4, 14), "33", "pneumococcal polysaccharide vaccine, 23 valent", both),
        ("Hepatitis B adult 1", day(2015, 4, 20), "43", "hepatitis B vaccine, adult dosage", both),
        ("Hepatitis B adult 2", day(2015, 5, 26), "43", "hepatitis B vaccine, adult dosage", both),
        ("Hepatitis B adult 3", day(2015, 10, 27), "43", "hepatitis B vaccine, adult dosage", both),
        ("COVID-19 1", day(2021, 4, 7), "208", "COVID-19, mRNA, LNP-S, PF, 30 mcg/0.3 mL dose", new_and_summit),
        ("COVID-19 2", day(2021, 4, 28), "208", "COVID-19, mRNA, LNP-S, PF, 30 mcg/0.3 mL dose", new_and_summit),
        ("COVID-19 3", day(2021, 11, 16), "208", "COVID-19, mRNA, LNP-S, PF, 30 mcg/0.3 mL dose", new_and_summit),
        ("COVID-19 4", day(2022, 10, 11), "300", "COVID-19, mRNA, LNP-S, bivalent booster, PF, 30 mcg/0.3 mL dose", lakeside),
        ("Tdap 2023", day(2023, 3, 14), "115", "tetanus toxoid, reduced diphtheria toxoid, and acellular pertussis vaccine, adsorbed", lakeside),
        ("Pneumococcal 2024", day(2024, 4, 16), "216", "Pneumococcal conjugate vaccine 20-valent (PCV20), polysaccharide CRM197 conjugate, adjuvant, PF", new_and_summit),
    ];
    for (title, on, cvx, display, sources) in others {
        let (date, at, number) = (on.to_string(), local(*on, 10, 15), lot(title));
        story.told("vaccine", title, *on, sources, |pen, source| {
            let s = Shot { codes: &[("cvx", cvx, display)], ..Shot::default() };
            if source == LAKESIDE_R4 {
                shot(pen, title, Shot { date: &at, lot: &number, ..s })
            } else if source == SUMMIT {
                let word = title.split(' ').next().unwrap_or(title);
                shot(pen, title, Shot { text: word, date: &date, lot: &number, historical: true, ..s })
            } else {
                shot(pen, title, Shot { text: display, date: &date, lot: &number, ..s })
            }
        });
    }
    let on = day(2014, 4, 14);
    story.told("vaccine", "Pneumococcal 2014, entered in error", on, &[LAKESIDE_R4], |pen, _| {
        let codes: Codes<'_> = &[("cvx", "133", "pneumococcal conjugate vaccine, 13 valent")];
        let date = on.to_string();
        shot(pen, "pcv error 2014", Shot { codes, date: &date, status: "entered-in-error", ..Shot::default() })
    });
}

const PRESSURE_PARTS: [Codes<'static>; 2] = [
    &[("loinc", "8480-6", "Systolic blood pressure")],
    &[("loinc", "8462-4", "Diastolic blood pressure")],
];

/// Blood pressure, pulse and weight on one day.
struct Measured {
    systolic: String,
    diastolic: String,
    pulse: String,
    kilograms: String,
    bmi: String,
}

/// Centimetres, all her grown life.
const HEIGHT: f64 = 163.0;

fn measured(seed: u64, on: NaiveDate) -> Measured {
    let year = on.year();
    let years = f64::from((year - 2006).max(0));
    let before_treatment = f64::from((year.min(2015) - 2008).max(0));
    let around = |what: &str, by: f64| (draw(seed, &format!("{what} {on}")) - 0.5) * by;
    let treated = if year > 2015 { 12.0 } else { 0.0 };
    let kilograms = (64.0 + 1.6 * years.min(12.0) - 0.7 * (years - 12.0).max(0.0)) + around("weight", 3.0);
    let metres = HEIGHT / 100.0;
    Measured {
        systolic: format!("{:.0}", 118.0 + 4.0 * before_treatment - treated + around("systolic", 12.0)),
        diastolic: format!("{:.0}", 74.0 + 2.2 * before_treatment - treated / 2.0 + around("diastolic", 8.0)),
        pulse: format!("{:.0}", 74.0 + around("pulse", 16.0)),
        kilograms: format!("{kilograms:.1}"),
        bmi: format!("{:.1}", kilograms / (metres * metres)),
    }
}

fn vitals(story: &mut Story, annual: &[NaiveDate]) {
    for on in annual.iter().filter(|on| on.year() >= 2008) {
        let year = on.year();
        let m = measured(story.seed, *on);
        let at = local(*on, 8, 25);
        let sources: &[Source] =
            if year <= 2014 { &[LAKESIDE_R4, LAKESIDE_DSTU2] } else { &[LAKESIDE_R4] };
        let visit = format!("annual {year}");
        let vital = |text: &'static str, code: &'static str, found| (text, code, found);
        let singles = [
            vital("Heart rate", "8867-4", Found::Amount(&m.pulse, "/min", "/min")),
            vital("Body weight", "29463-7", Found::Amount(&m.kilograms, "kg", "kg")),
            vital("Body mass index", "39156-5", Found::Amount(&m.bmi, "kg/m2", "kg/m2")),
        ];
        for (text, code, found) in singles {
            story.told("vital", &format!("{text} {on}"), *on, sources, |pen, _| {
                observed(pen, &format!("vital {code} {on}"), &Observed {
                    category: "vital-signs", text, codes: &[("loinc", code, text)], effective: &at, found,
                    visit: &visit, ..Observed::default()
                })
            });
        }
        story.told("vital", &format!("Blood pressure {on}"), *on, sources, |pen, source| {
            let code = if source == LAKESIDE_R4 { "85354-9" } else { "55284-4" };
            observed(pen, &format!("vital bp {on}"), &Observed {
                category: "vital-signs", text: "Blood pressure",
                codes: &[("loinc", code, "Blood pressure systolic and diastolic")], effective: &at, visit: &visit,
                components: &[
                    ("Systolic", PRESSURE_PARTS[0], Found::Amount(&m.systolic, "mmHg", "mm[Hg]")),
                    ("Diastolic", PRESSURE_PARTS[1], Found::Amount(&m.diastolic, "mmHg", "mm[Hg]")),
                ],
                ..Observed::default()
            })
        });
    }
    let height = day(2008, 3, 10).max(annual.iter().copied().find(|on| on.year() == 2008).unwrap_or_default());
    let at = local(height, 8, 25);
    story.told("vital", "Body height", height, &[LAKESIDE_R4, LAKESIDE_DSTU2], |pen, _| {
        observed(pen, "vital height", &Observed {
            category: "vital-signs", text: "Body height", codes: &[("loinc", "8302-2", "Body height")],
            effective: &at, found: Found::Amount("163", "cm", "cm"), ..Observed::default()
        })
    });

    for (key, on, _) in harbor_days(story) {
        let m = measured(story.seed, on);
        let at = local_millis(on, 13, 5);
        story.told("vital", &format!("Blood pressure {on}"), on, &[HARBOR], |pen, _| {
            observed(pen, &format!("vital bp {on}"), &Observed {
                category: "vital-signs", text: "Blood Pressure", codes: &[("loinc", "55284-4", "Blood pressure")],
                effective: &at, issued: &at, visit: &key,
                components: &[
                    ("Systolic Blood Pressure", PRESSURE_PARTS[0], Found::Amount(&m.systolic, "mmHg", "mm[Hg]")),
                    ("Diastolic Blood Pressure", PRESSURE_PARTS[1], Found::Amount(&m.diastolic, "mmHg", "mm[Hg]")),
                ],
                ..Observed::default()
            })
        });
        story.told("vital", &format!("Heart rate {on}"), on, &[HARBOR], |pen, _| {
            observed(pen, &format!("vital pulse {on}"), &Observed {
                category: "vital-signs", text: "Peripheral Pulse Rate", codes: &[("loinc", "8867-4", "Heart rate")],
                effective: &at, issued: &at, visit: &key, found: Found::Amount(&m.pulse, "bpm", "{beats}/min"),
                range: ("60", "100", "bpm", "{beats}/min"), ..Observed::default()
            })
        });
    }
}

/// A test of the yearly panel.
struct Analyte {
    key: &'static str,
    loinc: &'static str,
    display: &'static str,
    lakeside: &'static str,
    harbor: &'static str,
    unit: &'static str,
    ucum: &'static str,
    low: &'static str,
    high: &'static str,
    places: usize,
    since: i32,
    /// The middle of the year's value, and how far around it draws may go.
    trend: fn(i32) -> f64,
    spread: f64,
}

const PANEL: &[Analyte] = &[
    Analyte { key: "a1c", loinc: "4548-4", display: "Hemoglobin A1c/Hemoglobin.total in Blood", lakeside: "Hemoglobin A1c", harbor: "HbA1c", unit: "%", ucum: "%", low: "", high: "5.7", places: 1, since: 2012, spread: 0.3,
        trend: |year| match year { ..=2012 => 5.7, 2013 => 5.9, 2014 => 7.9, 2015 => 7.0, 2016 => 6.8, 2017 | 2022 => 6.9, 2018 => 7.1, 2019 => 7.2, 2020 => 7.8, 2021 => 7.3, _ => 6.6 } },
    Analyte { key: "ldl", loinc: "13457-7", display: "Cholesterol in LDL [Mass/volume] in Serum or Plasma by calculation", lakeside: "LDL cholesterol (calculated)", harbor: "LDL Calc", unit: "mg/dL", ucum: "mg/dL", low: "", high: "100", places: 0, since: 2012, spread: 16.0,
        trend: |year| if year <= 2021 { 138.0 } else if year <= 2023 { 98.0 } else { 74.0 } },
    Analyte { key: "hdl", loinc: "2085-9", display: "Cholesterol in HDL [Mass/volume] in Serum or Plasma", lakeside: "HDL cholesterol", harbor: "HDL", unit: "mg/dL", ucum: "mg/dL", low: "50", high: "", places: 0, since: 2012, spread: 8.0, trend: |_| 47.0 },
    Analyte { key: "chol", loinc: "2093-3", display: "Cholesterol [Mass/volume] in Serum or Plasma", lakeside: "Total cholesterol", harbor: "Cholesterol", unit: "mg/dL", ucum: "mg/dL", low: "", high: "200", places: 0, since: 2012, spread: 20.0,
        trend: |year| if year <= 2021 { 216.0 } else { 164.0 } },
    Analyte { key: "trig", loinc: "2571-8", display: "Triglyceride [Mass/volume] in Serum or Plasma", lakeside: "Triglycerides", harbor: "Triglycerides", unit: "mg/dL", ucum: "mg/dL", low: "", high: "150", places: 0, since: 2012, spread: 50.0, trend: |_| 158.0 },
    Analyte { key: "creat", loinc: "2160-0", display: "Creatinine [Mass/volume] in Serum or Plasma", lakeside: "Creatinine", harbor: "Creatinine Level", unit: "mg/dL", ucum: "mg/dL", low: "0.57", high: "1.00", places: 2, since: 2012, spread: 0.16, trend: |_| 0.78 },
    Analyte { key: "k", loinc: "2823-3", display: "Potassium [Moles/volume] in Serum or Plasma", lakeside: "Potassium", harbor: "Potassium Level", unit: "mmol/L", ucum: "mmol/L", low: "3.5", high: "5.2", places: 1, since: 2012, spread: 0.8, trend: |_| 4.3 },
    Analyte { key: "glucose", loinc: "2345-7", display: "Glucose [Mass/volume] in Serum or Plasma", lakeside: "Glucose, fasting", harbor: "Glucose Level", unit: "mg/dL", ucum: "mg/dL", low: "65", high: "99", places: 0, since: 2012, spread: 24.0,
        trend: |year| if year < 2014 { 104.0 } else { 138.0 } },
];

/// `H`, `L` or `N` by the range.
fn interpret(figures: &str, low: &str, high: &str) -> &'static str {
    let number = |text: &str| text.parse::<f64>().ok();
    match (number(figures), number(low), number(high)) {
        (Some(value), _, Some(high)) if value > high => "H",
        (Some(value), Some(low), _) if value < low => "L",
        _ => "N",
    }
}

/// The yearly panel: drawn at Lakeside, copied to Harbor since 2022; the old base has 2012 to 2017.
fn laboratory(story: &mut Story, annual: &[NaiveDate]) {
    let seed = story.seed;
    for on in annual.iter().filter(|on| on.year() >= 2012) {
        let year = on.year();
        let (at, issued) = (local(*on, 8, 42), local(*on + TimeDelta::days(1), 6, 10));
        let mut sources = vec![LAKESIDE_R4];
        if year <= 2017 {
            sources.push(LAKESIDE_DSTU2);
        }
        if year >= 2022 {
            sources.push(HARBOR);
        }
        // Harbor's import keeps the moment in even years and only the day in odd ones.
        let at_harbor = if year % 2 == 0 { local_millis(*on, 8, 42) } else { on.to_string() };
        let mut keys = Vec::new();
        for test in PANEL.iter().filter(|test| year >= test.since) {
            let value = (test.trend)(year) + (draw(seed, &format!("{} {year}", test.key)) - 0.5) * test.spread;
            let figures = format!("{value:.*}", test.places);
            // The laboratory prints one figure more than the copy: 4.30 here, 4.3 there.
            let printed = if test.key == "k" { format!("{figures}0") } else { figures.clone() };
            let key = format!("lab {} {year}", test.key);
            story.told("result", &format!("{} {year}", test.lakeside), *on, &sources, |pen, source| {
                let elsewhere = source == HARBOR;
                let shown = if elsewhere { &figures } else { &printed };
                observed(pen, &key, &Observed {
                    category: "laboratory",
                    text: if elsewhere { test.harbor } else { test.lakeside },
                    codes: &[("loinc", test.loinc, test.display)],
                    effective: if elsewhere { &at_harbor } else { &at },
                    issued: if elsewhere { "" } else { &issued },
                    found: Found::Amount(shown, test.unit, test.ucum),
                    range: (test.low, test.high, test.unit, test.ucum),
                    interpretation: interpret(&figures, test.low, test.high),
                    ..Observed::default()
                })
            });
            keys.push(key);
        }
        // Filtration: words until 2016, then a bound; albumin in urine below what can be measured.
        let egfr = format!("lab egfr {year}");
        story.told("result", &format!("eGFR {year}"), *on, &[LAKESIDE_R4], |pen, _| {
            observed(pen, &egfr, &Observed {
                category: "laboratory", text: "eGFR", codes: &[("loinc", "33914-3", "Glomerular filtration rate/1.73 sq M.predicted")],
                effective: &at, issued: &issued,
                found: if year <= 2016 { Found::Text(">60 mL/min/1.73m2") } else { Found::Bound(">", "60", "mL/min/1.73m2", "mL/min/{1.73_m2}") },
                range: ("60", "", "mL/min/1.73m2", "mL/min/{1.73_m2}"), ..Observed::default()
            })
        });
        keys.push(egfr);
        if year >= 2015 && year % 2 == 1 {
            let albumin = format!("lab albumin {year}");
            story.told("result", &format!("Urine albumin {year}"), *on, &[LAKESIDE_R4], |pen, _| {
                observed(pen, &albumin, &Observed {
                    category: "laboratory", text: "Microalbumin, urine", codes: &[("loinc", "14957-5", "Microalbumin [Mass/volume] in Urine")],
                    effective: &at, issued: &issued, found: Found::Bound("<", "5.0", "mg/L", "mg/L"),
                    range: ("", "20", "mg/L", "mg/L"), interpretation: "N", ..Observed::default()
                })
            });
            keys.push(albumin);
        }
        sources.retain(|source| *source != HARBOR);
        story.told("report", &format!("Yearly panel {year}"), *on, &sources, |pen, source| {
            let told: &[String] = if source == LAKESIDE_R4 { &keys } else { &keys[..PANEL.len()] };
            report(pen, &format!("panel {year}"), Report {
                category: "LAB", text: "Yearly blood tests", codes: &[("loinc", "24323-8", "Comprehensive metabolic 2000 panel - Serum or Plasma")],
                effective: &at, issued: &issued, results: told, ..Report::default()
            })
        });
    }

    // Single results at Lakeside.
    let l = Observed { category: "laboratory", ..Observed::default() };
    let lone: &[(&str, NaiveDate, Observed<'_>)] = &[
        ("Rapid strep test", day(2012, 1, 24), Observed { text: "Rapid strep A", codes: &[("loinc", "78012-2", "Streptococcus pyogenes Ag [Presence] in Throat by Rapid immunoassay")], found: Found::Text("Negative"), range_text: "Negative", ..l }),
        ("Ferritin 2018", day(2018, 5, 21), Observed { text: "Ferritin", codes: &[("loinc", "2276-4", "Ferritin [Mass/volume] in Serum or Plasma")], found: Found::Amount("5.10", "ng/mL", "ng/mL"), range: ("15", "150", "ng/mL", "ng/mL"), interpretation: "L", ..l }),
        ("Hemoglobin 2018", day(2018, 5, 21), Observed { text: "Hemoglobin", codes: &[("loinc", "718-7", "Hemoglobin [Mass/volume] in Blood")], found: Found::Amount("9.8", "g/dL", "g/dL"), range: ("11.7", "15.5", "g/dL", "g/dL"), interpretation: "L", ..l }),
        ("SARS-CoV-2 2022", day(2022, 1, 11), Observed { text: "COVID-19 PCR", codes: &[("loinc", "94500-6", "SARS-CoV-2 (COVID-19) RNA [Presence] in Respiratory system specimen by NAA with probe detection")], found: Found::Coded("Detected", &[("sct", "260373001", "Detected")]), range_text: "Not detected", interpretation: "A", ..l }),
        ("Urine nitrite 2024", day(2024, 8, 6), Observed { text: "Nitrite, urine", codes: &[("loinc", "5802-4", "Nitrite [Presence] in Urine by Test strip")], found: Found::Text("Positive"), range_text: "Negative", interpretation: "A", ..l }),
        ("Urine culture 2024", day(2024, 8, 6), Observed { text: "Urine culture", codes: &[("loinc", "630-4", "Bacteria identified in Urine by Culture")], found: Found::Text("Escherichia coli, >100,000 CFU/mL"), interpretation: "A", ..l }),
        ("TSH 2018", day(2018, 5, 21), Observed { text: "TSH", codes: &[("loinc", "3016-3", "Thyrotropin [Units/volume] in Serum or Plasma")], status: "cancelled", found: Found::Text("Specimen quantity not sufficient"), ..l }),
    ];
    for (title, on, what) in lone {
        let at = local(*on, 9, 55);
        story.told("result", title, *on, &[LAKESIDE_R4], |pen, _| {
            observed(pen, &format!("lab {title}"), &Observed { effective: &at, issued: &at, ..*what })
        });
    }
}

/// Results of the hospital: moments in UTC, its own words.
fn hospital_results(story: &mut Story) {
    type Line<'a> = (&'a str, &'a str, Found<'a>, (&'a str, &'a str, &'a str, &'a str), &'a str);
    let seed = story.seed;
    let figure = |what: &str, middle: f64, spread: f64, places: usize| {
        format!("{:.*}", places, middle + (draw(seed, what) - 0.5) * spread)
    };
    let (hb_before, hb_after) = (figure("hb 2013 a", 11.9, 0.6, 1), figure("hb 2013 b", 9.9, 0.6, 1));
    let platelets = figure("platelets 2013", 214.0, 60.0, 0);
    let glucose_birth = figure("glucose 2013", 108.0, 16.0, 0);
    let (wbc, bilirubin) = (figure("wbc 2016", 13.6, 2.0, 1), figure("bilirubin 2016", 1.9, 0.6, 1));
    let (lipase, alt) = (figure("lipase 2016", 48.0, 20.0, 0), figure("alt 2016", 96.0, 40.0, 0));
    let (k_2016, creat_2016) = (figure("k 2016 stay", 4.1, 0.6, 1), figure("creat 2016 stay", 0.80, 0.1, 2));
    let (hb_2019, k_2019) = (figure("hb 2019", 13.2, 0.8, 1), figure("k 2019", 4.2, 0.5, 1));
    let (k_2021, creat_2021) = (figure("k 2021 er", 4.3, 0.2, 1), figure("creat 2021 er", 0.82, 0.1, 2));
    let (glucose_2021, hb_2021) = (figure("glucose 2021", 168.0, 30.0, 0), figure("hb 2021", 13.4, 0.6, 1));
    let hb: (&str, &str, &str, &str) = ("11.7", "15.5", "g/dL", "g/dL");
    let potassium: (&str, &str, &str, &str) = ("3.4", "5.1", "mmol/L", "mmol/L");
    let creatinine: (&str, &str, &str, &str) = ("0.50", "1.10", "mg/dL", "mg/dL");
    let panels: &[(&str, &str, NaiveDate, u32, u32, &str, &[Line<'_>])] = &[
        ("birth a", "birth 2013", day(2013, 5, 18), 3, 10, "CBC on admission", &[
            ("Hemoglobin", "718-7", Found::Amount(&hb_before, "g/dL", "g/dL"), hb, ""),
            ("Platelets", "777-3", Found::Amount(&platelets, "K/uL", "10*3/uL"), ("150", "400", "K/uL", "10*3/uL"), "N"),
            ("Glucose", "2345-7", Found::Amount(&glucose_birth, "mg/dL", "mg/dL"), ("70", "140", "mg/dL", "mg/dL"), "N"),
        ]),
        ("birth b", "birth 2013", day(2013, 5, 19), 6, 0, "CBC after birth", &[
            ("Hemoglobin", "718-7", Found::Amount(&hb_after, "g/dL", "g/dL"), hb, "L"),
        ]),
        ("gallbladder", "er 2016", day(2016, 8, 20), 23, 50, "Emergency panel", &[
            ("WBC", "6690-2", Found::Amount(&wbc, "K/uL", "10*3/uL"), ("4.0", "11.0", "K/uL", "10*3/uL"), "H"),
            ("Bilirubin, total", "1975-2", Found::Amount(&bilirubin, "mg/dL", "mg/dL"), ("", "1.2", "mg/dL", "mg/dL"), "H"),
            ("Lipase", "3040-3", Found::Amount(&lipase, "U/L", "U/L"), ("", "60", "U/L", "U/L"), ""),
            ("ALT", "1742-6", Found::Amount(&alt, "U/L", "U/L"), ("", "40", "U/L", "U/L"), "H"),
            ("Potassium", "2823-3", Found::Amount(&k_2016, "mmol/L", "mmol/L"), potassium, "N"),
            ("Creatinine", "2160-0", Found::Amount(&creat_2016, "mg/dL", "mg/dL"), creatinine, "N"),
            ("Pregnancy test, urine", "2106-3", Found::Text("Negative"), ("", "", "", ""), ""),
        ]),
        ("knee", "knee 2019", day(2019, 9, 12), 7, 20, "Before surgery", &[
            ("Hemoglobin", "718-7", Found::Amount(&hb_2019, "g/dL", "g/dL"), hb, "N"),
            ("Potassium", "2823-3", Found::Amount(&k_2019, "mmol/L", "mmol/L"), potassium, "N"),
        ]),
        // Evening at home, the next day in UTC.
        ("heart", "er 2021", day(2021, 3, 16), 22, 55, "Emergency panel", &[
            ("Troponin T, high sensitivity", "67151-1", Found::Bound("<", "6", "ng/L", "ng/L"), ("", "14", "ng/L", "ng/L"), "N"),
            ("Glucose", "2345-7", Found::Amount(&glucose_2021, "mg/dL", "mg/dL"), ("70", "140", "mg/dL", "mg/dL"), "H"),
            ("Creatinine", "2160-0", Found::Amount(&creat_2021, "mg/dL", "mg/dL"), creatinine, "N"),
            ("Hemoglobin", "718-7", Found::Amount(&hb_2021, "g/dL", "g/dL"), hb, "N"),
            ("D-dimer", "48065-7", Found::Bound("<", "0.27", "ug/mL FEU", "ug{FEU}/mL"), ("", "0.50", "ug/mL FEU", "ug{FEU}/mL"), "N"),
        ]),
        ("heart repeat", "er 2021", day(2021, 3, 16), 23, 50, "Repeated within the hour", &[
            ("Troponin T, high sensitivity", "67151-1", Found::Bound("<", "6", "ng/L", "ng/L"), ("", "14", "ng/L", "ng/L"), "N"),
            ("Potassium", "2823-3", Found::Amount(&k_2021, "mmol/L", "mmol/L"), potassium, "N"),
        ]),
    ];
    for (key, visit, on, hour, minute, title, lines) in panels {
        let at = zulu(*on, *hour, *minute);
        let mut keys = Vec::new();
        for (text, loinc, found, range, flag) in *lines {
            let line = format!("lab {key} {loinc}");
            story.told("result", &format!("{text} {key} {on}"), *on, &[SUMMIT], |pen, _| {
                observed(pen, &line, &Observed {
                    category: "laboratory", text, codes: &[("loinc", loinc, text)], effective: &at, issued: &at,
                    found: *found, range: *range, interpretation: flag, visit, ..Observed::default()
                })
            });
            keys.push(line);
        }
        story.told("report", &format!("{title} {on}"), *on, &[SUMMIT], |pen, _| {
            report(pen, &format!("panel {key}"), Report {
                category: "LAB", text: title, effective: &at, issued: &at, results: &keys, visit, ..Report::default()
            })
        });
    }
    let on = day(2021, 3, 16);
    let at = zulu(on, 22, 55);
    story.told("result", "Potassium 7.9, entered in error", on, &[SUMMIT], |pen, _| {
        observed(pen, "lab heart potassium error", &Observed {
            category: "laboratory", text: "Potassium", codes: &[("loinc", "2823-3", "Potassium")], effective: &at, issued: &at,
            found: Found::Amount("7.9", "mmol/L", "mmol/L"), range: potassium, interpretation: "HH",
            status: "entered-in-error", note: "Specimen hemolyzed; see the repeat.", visit: "er 2021", ..Observed::default()
        })
    });

    // Vital signs of the stays.
    let taken: &[(&str, NaiveDate, u32, u32, [&str; 5])] = &[
        ("er 2011", day(2011, 8, 13), 18, 20, ["128", "78", "84", "36.8", "98"]),
        ("birth 2013", day(2013, 5, 18), 3, 0, ["134", "82", "92", "37.0", "98"]),
        ("er 2016", day(2016, 8, 20), 23, 30, ["142", "86", "98", "37.6", "97"]),
        ("gallbladder 2016", day(2016, 8, 23), 8, 0, ["126", "76", "80", "37.1", "96"]),
        ("knee 2019", day(2019, 9, 12), 7, 15, ["131", "80", "72", "36.6", "99"]),
        ("er 2021", day(2021, 3, 16), 22, 40, ["148", "88", "172", "36.7", "98"]),
        ("er 2021", day(2021, 3, 17), 1, 15, ["128", "78", "88", "36.7", "99"]),
        ("clinic 2022", day(2022, 6, 7), 9, 10, ["126", "76", "70", "36.5", "99"]),
    ];
    for (visit, on, hour, minute, [systolic, diastolic, pulse, heat, oxygen]) in taken {
        let at = zulu(*on, *hour, *minute);
        let o = Observed { category: "vital-signs", effective: &at, issued: &at, visit, ..Observed::default() };
        story.told("vital", &format!("BP {at}"), *on, &[SUMMIT], |pen, _| {
            observed(pen, &format!("vital bp {at}"), &Observed {
                text: "BP", codes: &[("loinc", "85354-9", "Blood pressure panel with all children optional")],
                components: &[
                    ("Systolic blood pressure", PRESSURE_PARTS[0], Found::Amount(systolic, "mm[Hg]", "mm[Hg]")),
                    ("Diastolic blood pressure", PRESSURE_PARTS[1], Found::Amount(diastolic, "mm[Hg]", "mm[Hg]")),
                ],
                ..o
            })
        });
        let singles = [
            ("Pulse", "8867-4", Found::Amount(pulse, "/min", "/min")),
            ("Temp", "8310-5", Found::Amount(heat, "Cel", "Cel")),
            ("SpO2", "59408-5", Found::Amount(oxygen, "%", "%")),
        ];
        for (text, code, found) in singles {
            story.told("vital", &format!("{text} {at}"), *on, &[SUMMIT], |pen, _| {
                observed(pen, &format!("vital {code} {at}"), &Observed { text, codes: &[("loinc", code, text)], found, ..o })
            });
        }
    }

    // Images, with words and no figures.
    let images: &[(&str, NaiveDate, u32, &str, &str, &str, &str, &str)] = &[
        ("us 2016", day(2016, 8, 21), 1, "US Abdomen Limited", "24558-9", "er 2016", "Several gallstones up to 9 mm. No wall thickening. Common bile duct 4 mm.", BRANDT),
        ("mri 2019", day(2019, 8, 19), 18, "MRI Knee Left without contrast", "24802-1", "mri 2019", "Oblique tear of the posterior horn of the medial meniscus, left knee. Ligaments intact.", VARGAS),
        ("xray 2021", day(2021, 3, 16), 23, "XR Chest 2 Views", "36643-5", "er 2021", "No acute cardiopulmonary abnormality.", BRANDT),
        ("mammogram 2025", day(2025, 2, 4), 8, "Mammogram Screening Bilateral", "24606-6", "mammogram 2025", "No sign of malignancy (BI-RADS 1). Routine screening.", SATO),
    ];
    for (key, on, hour, text, loinc, visit, words, by) in images {
        let at = zulu(*on, *hour, 30);
        story.told("report", &format!("{text} {on}"), *on, &[SUMMIT], |pen, _| {
            report(pen, key, Report {
                category: "RAD", text, codes: &[("loinc", loinc, text)], effective: &at, issued: &at, conclusion: words, visit, by, ..Report::default()
            })
        });
    }
}

/// Harbor's work-up of 2021.
fn heart_work_up(story: &mut Story) {
    let on = day(2021, 4, 13);
    let at = local_millis(on, 13, 20);
    let fraction = format!("{}", pick(story.seed, "ejection fraction", 58, 64));
    story.told("result", "Ejection fraction 2021", on, &[HARBOR], |pen, _| {
        observed(pen, "lab ef 2021", &Observed {
            category: "procedure", text: "LV Ejection Fraction", codes: &[("loinc", "10230-1", "Left ventricular Ejection fraction")],
            effective: &at, issued: &at, found: Found::Amount(&fraction, "%", "%"), range: ("55", "70", "%", "%"), ..Observed::default()
        })
    });
    let words = format!(
        "Normal size and function of the left ventricle, ejection fraction {fraction} %. Trace mitral regurgitation. No structural cause of the racing heart."
    );
    story.told("report", "Echocardiogram 2021", on, &[HARBOR], |pen, _| {
        report(pen, "echo 2021", Report {
            category: "CUS", text: "Echocardiogram, transthoracic", codes: &[("loinc", "42148-7", "US Heart")],
            effective: &at, issued: &at, results: &["lab ef 2021".to_owned()], conclusion: &words, visit: "echo 2021", by: NOVAK, inline: &words,
        })
    });
    let on = day(2021, 4, 14);
    let at = local_millis(on, 16, 0);
    story.told("report", "Holter 2021", on, &[HARBOR], |pen, _| {
        report(pen, "holter 2021", Report {
            category: "CUS", text: "Holter monitor, 24 hours", codes: &[("loinc", "18754-2", "Holter monitor study")],
            effective: &at, issued: &at, conclusion: "Two runs of narrow complex tachycardia, the longer 14 seconds at 168/min.", by: NOVAK, ..Report::default()
        })
    });
    let on = day(2021, 4, 6);
    let at = local_millis(on, 13, 30);
    let lines: &[(&str, &str, Found<'_>, (&str, &str, &str, &str))] = &[
        ("NT-proBNP", "33762-6", Found::Bound("<", "36", "pg/mL", "pg/mL"), ("", "125", "pg/mL", "pg/mL")),
        ("TSH", "3016-3", Found::Amount("1.90", "mIU/L", "m[IU]/L"), ("0.45", "4.50", "mIU/L", "m[IU]/L")),
        ("Magnesium Level", "2601-3", Found::Amount("0.84", "mmol/L", "mmol/L"), ("0.70", "1.05", "mmol/L", "mmol/L")),
    ];
    for (text, loinc, found, range) in lines {
        story.told("result", &format!("{text} 2021 Harbor"), on, &[HARBOR], |pen, _| {
            observed(pen, &format!("lab {loinc} 2021"), &Observed {
                category: "laboratory", text, codes: &[("loinc", loinc, text)], effective: &at, issued: &at, found: *found,
                range: *range, interpretation: "N", ..Observed::default()
            })
        });
    }
}

/// Smoking, and the questions about mood.
fn social(story: &mut Story, annual: &[NaiveDate]) {
    for on in annual.iter().filter(|on| on.year() >= 2008 && on.year() % 2 == 0) {
        let (text, code) = if on.year() <= 2008 {
            ("Current every day smoker", "449868002")
        } else {
            ("Former smoker", "8517006")
        };
        let at = on.to_string();
        let sources: &[Source] = if on.year() <= 2014 { &[LAKESIDE_R4, LAKESIDE_DSTU2] } else { &[LAKESIDE_R4] };
        story.told("observation", &format!("Smoking {on}"), *on, sources, |pen, _| {
            observed(pen, &format!("smoking {on}"), &Observed {
                category: "social-history", text: "Tobacco smoking status", codes: &[("loinc", "72166-2", "Tobacco smoking status")],
                effective: &at, found: Found::Coded(text, &[("sct", code, text)]), ..Observed::default()
            })
        });
    }
    let others: &[(Source, NaiveDate, &str)] = &[
        (SUMMIT, day(2016, 8, 20), "Former Smoker"),
        (SUMMIT, day(2021, 3, 16), "Former Smoker"),
        (HARBOR, day(2021, 4, 6), "Former smoker, quit more than 30 days ago"),
    ];
    for (source, on, text) in others {
        let at = on.to_string();
        story.told("observation", &format!("Smoking {} {on}", source.provider), *on, &[*source], |pen, _| {
            observed(pen, &format!("smoking {on}"), &Observed {
                category: "social-history", text: "Tobacco use", codes: &[("loinc", "72166-2", "Tobacco smoking status")],
                effective: &at, found: Found::Coded(text, &[("sct", "8517006", "Ex-smoker")]), ..Observed::default()
            })
        });
    }
    let scores: &[(NaiveDate, &str)] = &[
        (day(2009, 9, 14), "17"),
        (day(2010, 6, 7), "4"),
        (day(2020, 5, 11), "15"),
        (day(2020, 6, 15), "9"),
        (day(2021, 6, 14), "3"),
    ];
    for (on, score) in scores {
        let at = on.to_string();
        story.told("observation", &format!("PHQ-9 {on}"), *on, &[LAKESIDE_R4], |pen, _| {
            observed(pen, &format!("phq9 {on}"), &Observed {
                category: "survey", text: "PHQ-9 total score", codes: &[("loinc", "44261-6", "Patient Health Questionnaire 9 item (PHQ-9) total score")],
                effective: &at, found: Found::Amount(score, "score", "{score}"), ..Observed::default()
            })
        });
    }
}

fn procedures(story: &mut Story, annual: &[NaiveDate]) {
    type Told<'a> = (Source, Done<'a>);
    let d = Done::default();
    let (gall, knee) = (zulu(day(2016, 8, 23), 9, 15), zulu(day(2019, 9, 12), 9, 40));
    let (gall_end, knee_end) = (zulu(day(2016, 8, 23), 10, 40), zulu(day(2019, 9, 12), 10, 35));
    let birth = zulu(day(2013, 5, 18), 14, 12);
    let (ecg, suture) = (zulu(day(2021, 3, 16), 22, 45), "2011-08-13");
    let echo = local_millis(day(2021, 4, 13), 13, 20);
    let stress = local_millis(day(2021, 5, 4), 13, 10);
    let (holter, holter_end) = (local_millis(day(2021, 4, 13), 14, 30), local_millis(day(2021, 4, 14), 14, 30));
    let facts: &[(&str, NaiveDate, &[Told<'_>])] = &[
        ("Appendectomy", day(1999, 7, 14), &[
            (LAKESIDE_R4, Done { text: "Appendectomy", codes: &[("sct", "80146002", "Excision of appendix")], start: "1999-07", ..d }),
            (LAKESIDE_DSTU2, Done { text: "Appendectomy", codes: &[("i9", "47.09", "Other appendectomy")], start: "1999-07", ..d }),
            (SUMMIT, Done { text: "APPENDECTOMY", codes: &[("sct", "80146002", "Appendectomy")], start: "1999", note: "As told by the patient.", ..d }),
        ]),
        ("Childbirth", day(2013, 5, 18), &[
            (SUMMIT, Done { text: "Vaginal delivery", codes: &[("sct", "177184002", "Normal delivery procedure")], start: &birth, by: SATO, visit: "birth 2013", ..d }),
            (LAKESIDE_R4, Done { text: "Childbirth (vaginal)", codes: &[], start: "2013-05-18", ..d }),
        ]),
        ("Gallbladder removal", day(2016, 8, 23), &[
            (SUMMIT, Done { text: "CHOLECYSTECTOMY LAPAROSCOPIC", codes: &[("sct", "45595009", "Laparoscopic cholecystectomy"), ("cpt", "47562", "")], start: &gall, end: &gall_end, by: VARGAS, visit: "gallbladder 2016", reason: "Gallstones", ..d }),
            (LAKESIDE_R4, Done { text: "Laparoscopic cholecystectomy", codes: &[("sct", "45595009", "Laparoscopic cholecystectomy")], start: "2016-08-23", ..d }),
        ]),
        ("Knee arthroscopy, left", day(2019, 9, 12), &[
            (SUMMIT, Done { text: "ARTHROSCOPY KNEE WITH PARTIAL MENISCECTOMY", codes: &[("cpt", "29881", "")], start: &knee, end: &knee_end, by: VARGAS, body_site: "Left knee", visit: "knee 2019", reason: "Torn meniscus", ..d }),
            (LAKESIDE_R4, Done { text: "Arthroscopy of left knee", codes: &[("cpt", "29881", "")], start: "2019-09-12", body_site: "Left knee", ..d }),
        ]),
        ("Ankle splint", day(2011, 8, 13), &[
            (SUMMIT, Done { text: "Application of ankle splint, right", codes: &[], start: suture, by: BRANDT, visit: "er 2011", ..d }),
        ]),
        ("ECG 2021 emergency", day(2021, 3, 16), &[
            (SUMMIT, Done { text: "ECG 12-LEAD", codes: &[("sct", "29303009", "Electrocardiographic procedure")], start: &ecg, by: BRANDT, visit: "er 2021", ..d }),
        ]),
        ("Echocardiography 2021", day(2021, 4, 13), &[
            (HARBOR, Done { text: "Echocardiogram, transthoracic", codes: &[("sct", "40701008", "Echocardiography")], start: &echo, by: NOVAK, visit: "echo 2021", ..d }),
            (LAKESIDE_R4, Done { text: "Echocardiogram", codes: &[("sct", "40701008", "Echocardiography")], start: "2021-04-13", ..d }),
        ]),
        ("Holter 2021", day(2021, 4, 14), &[
            (HARBOR, Done { text: "Holter monitor, 24 hours", codes: &[("sct", "427047002", "Holter extended electrocardiographic recording")], start: &holter, end: &holter_end, by: NOVAK, ..d }),
        ]),
        ("Stress test 2021", day(2021, 5, 4), &[
            (HARBOR, Done { text: "Exercise stress test", codes: &[("sct", "76746007", "Cardiovascular stress testing")], start: &stress, by: NOVAK, visit: "stress 2021", ..d }),
        ]),
        ("Mammogram 2025", day(2025, 2, 4), &[
            (SUMMIT, Done { text: "MAMMOGRAM SCREENING BILATERAL", codes: &[("sct", "71651007", "Mammography")], start: "2025-02-04", visit: "mammogram 2025", ..d }),
            (LAKESIDE_R4, Done { text: "Screening mammogram", codes: &[("sct", "71651007", "Mammography")], start: "2025-02-04", ..d }),
        ]),
    ];
    for (title, on, told) in facts {
        let told = told.iter().map(|(at, what)| (*at, done(pen(story, *at), title, *what))).collect();
        story.fact("procedure", title, *on, told);
    }

    // What Lakeside does again and again; enough that its gateway loses a page.
    let mut again: Vec<(&str, &str, NaiveDate)> = Vec::new();
    for on in annual {
        let year = on.year();
        if year >= 2012 {
            again.push(("Blood draw", "82078001", *on));
        }
        if year >= 2015 {
            again.push(("Diabetic foot exam", "401191002", *on));
        }
        if year >= 2016 {
            again.push(("Depression screening", "171207006", *on));
        }
        if year % 3 == 0 {
            again.push(("Cervical cancer screening", "171149006", *on));
        }
        if matches!(year, 2015 | 2018 | 2021 | 2024) {
            again.push(("Electrocardiogram", "29303009", *on));
        }
    }
    for week in 0..12 {
        again.push(("Physical therapy, knee", "91251008", day(2019, 10, 1) + TimeDelta::days(7 * week)));
    }
    for (text, sct, on) in again {
        let start = on.to_string();
        story.told("procedure", &format!("{text} {on}"), on, &[LAKESIDE_R4], |pen, _| {
            let key = format!("{text} {on}");
            done(pen, &key, Done { text, codes: &[("sct", sct, text)], start: &start, by: LINDQVIST, ..Done::default() })
        });
    }
}

/// Notes and letters: at addresses of their own, as `Binary`, and inside the resource.
fn papers(story: &mut Story) {
    let lines = |words: &[&str]| words.iter().map(|&line| line.to_owned()).collect::<Vec<_>>();
    let who = format!("Patient: {NAME}, born 2 November 1984");
    let made = "Sample document - nothing in it is real.";
    let note = |title: &str, body: &str| format!("{title}\n{who}\n\n{body}\n\n{made}\n").into_bytes();
    let sheet = |title: &str, body: &[&str]| {
        let mut all = vec![who.clone(), String::new()];
        all.extend(lines(body));
        all.extend([String::new(), made.to_owned()]);
        pdf(title, &all)
    };

    let echo = sheet("Harbor Heart Clinic: echocardiogram", &["13 April 2021", "Normal size and function of the left ventricle.", "Trace mitral regurgitation.", "Read by Dr. Irena Novak."]);
    // The same letter reached Lakeside by fax: the same bytes in two places.
    let on = day(2021, 4, 13);
    if on <= story.today {
        let name = lakeside_document(story, LAKESIDE_R4, "echo letter", "application/pdf", echo.clone());
        let (h, l) = (pen(story, HARBOR), pen(story, LAKESIDE_R4));
        let (filed_h, filed_l) = (local_millis(on, 17, 0), local(day(2021, 4, 15), 10, 5));
        let url = format!("Binary/{}", h.id("Binary", "echo letter"));
        let told = vec![
            (HARBOR, paper(h, "echo letter", Paper {
                description: "Echocardiogram report", what: "Cardiology report", codes: &[("loinc", "11522-0", "Cardiac echo study report US")],
                filed: &filed_h, about: "2021-04-13", by: NOVAK, visit: "echo 2021", contents: &[("application/pdf", "Echocardiogram report", &url, &[])],
            })),
            (LAKESIDE_R4, paper(l, "echo letter", Paper {
                description: "Fax from Harbor Heart Clinic", what: "Outside record", filed: &filed_l, about: "2021-04-13",
                contents: &[("application/pdf", "", &name, &[])], ..Paper::default()
            })),
        ];
        story.fact("document", "Echocardiogram letter", on, told);
        story.tell(HARBOR, on, binary(h, "echo letter", "application/pdf", &echo));
    }

    let on = day(2021, 5, 4);
    let letter = note("Cardiology consultation, 4 May 2021", "Racing heart explained by short runs of supraventricular tachycardia.\nStress test normal, no sign of coronary disease.\nPlan: metoprolol 25 mg daily, atorvastatin 20 mg at bedtime, review in a year.");
    let filed = local_millis(on, 15, 30);
    story.told("document", "Cardiology consultation", on, &[HARBOR], |pen, _| {
        paper(pen, "consult 2021", Paper {
            description: "Cardiology consultation note", what: "Consult note", codes: &[("loinc", "11488-4", "Consult note")],
            filed: &filed, about: "2021-05-04", by: NOVAK, visit: "stress 2021", contents: &[("text/plain", "Consultation", "", &letter)],
        })
    });

    // Lakeside: (key, day, title, LOINC, pdf?, body)
    let lakeside: &[(&str, NaiveDate, &str, &str, bool, &[&str])] = &[
        ("mood note 2009", day(2009, 9, 14), "Progress note", "11506-3", false, &["Low mood and poor sleep for two months after a job loss.", "PHQ-9: 17. Start sertraline 50 mg; come back in four weeks."]),
        ("diabetes plan 2014", day(2014, 4, 14), "Diabetes care plan", "34133-9", true, &["New type 2 diabetes after gestational diabetes.", "Metformin 500 mg twice a day. Eye and foot check every year."]),
        ("mood note 2020", day(2020, 5, 11), "Progress note", "11506-3", false, &["Video visit. Low mood since spring, PHQ-9: 15.", "Sertraline again, 100 mg."]),
        ("check-up 2024", day(2024, 3, 18), "Check-up summary", "34133-9", true, &["Doing well. Sugar and pressure in range.", "Still lists lisinopril 10 mg; please bring your medicine bottles."]),
    ];
    for (key, on, title, loinc, as_pdf, body) in lakeside {
        if *on > story.today {
            continue;
        }
        let (kind, bytes) = if *as_pdf {
            ("application/pdf", sheet(&format!("Lakeside Family Medicine: {title}"), body))
        } else {
            ("text/plain", note(title, &body.join("\n")))
        };
        let mut sources = vec![LAKESIDE_R4];
        if on.year() <= OLD_BASE_UNTIL {
            sources.push(LAKESIDE_DSTU2);
        }
        let mut told = Vec::new();
        for source in sources {
            let url = lakeside_document(story, source, key, kind, bytes.clone());
            let filed = local(*on, 17, 20);
            let about = on.to_string();
            told.push((source, paper(pen(story, source), key, Paper {
                description: title, what: title, codes: &[("loinc", loinc, title)], filed: &filed, about: &about, by: OKAFOR,
                contents: &[(kind, "", &url, &[])], ..Paper::default()
            })));
        }
        story.fact("document", &format!("{title} {on}"), *on, told);
    }

    // Summit: Binary, two with a PDF beside the text.
    let summit: &[(&str, NaiveDate, &str, &str, &str, &str, bool, &[&str])] = &[
        ("discharge 2013", day(2013, 5, 21), "Discharge Summary", "18842-5", "birth 2013", SATO, false, &["Healthy girl, 3.41 kg. Mother well; glucose normal after birth.", "Check for diabetes within a year."]),
        ("discharge 2016", day(2016, 8, 24), "Discharge Summary", "18842-5", "gallbladder 2016", VARGAS, true, &["Gallbladder removed on 23 August 2016 without complications.", "Vomiting after codeine. No heavy lifting for two weeks."]),
        ("operation 2019", day(2019, 9, 12), "Operative Note", "11504-8", "knee 2019", VARGAS, true, &["Partial medial meniscectomy, left knee, by arthroscopy.", "Start physical therapy in two weeks."]),
        ("er note 2021", day(2021, 3, 17), "ED Provider Note", "34111-5", "er 2021", BRANDT, false, &["Sudden racing heart at rest, 172/min, ended by itself at 23:20.", "First potassium 7.9 was a hemolyzed specimen, repeat normal.", "Refer to cardiology."]),
    ];
    for (key, on, title, loinc, visit, by, with_pdf, body) in summit {
        if *on > story.today {
            continue;
        }
        let p = pen(story, SUMMIT);
        let text_key = format!("{key} text");
        let pdf_key = format!("{key} pdf");
        let text_url = format!("Binary/{}", p.id("Binary", &text_key));
        let pdf_url = format!("Binary/{}", p.id("Binary", &pdf_key));
        let mut contents: Vec<(&str, &str, &str, &[u8])> = vec![("text/plain", "", &text_url, &[])];
        if *with_pdf {
            contents.push(("application/pdf", "", &pdf_url, &[]));
        }
        let (filed, about) = (zulu(*on, 16, 45), zulu(*on, 8, 0));
        story.told("document", &format!("{title} {on}"), *on, &[SUMMIT], |pen, _| {
            paper(pen, key, Paper {
                what: title, codes: &[("loinc", loinc, title)], filed: &filed, about: &about, by, visit, contents: &contents, ..Paper::default()
            })
        });
        story.tell(SUMMIT, *on, binary(p, &text_key, "text/plain", &note(title, &body.join("\n"))));
        if *with_pdf {
            let bytes = sheet(&format!("Summit General Hospital: {title}"), body);
            story.tell(SUMMIT, *on, binary(p, &pdf_key, "application/pdf", &bytes));
        }
    }
}

/// Files a document under an address of its own and gives that address.
fn lakeside_document(
    story: &mut Story,
    source: Source,
    key: &str,
    content_type: &'static str,
    bytes: Vec<u8>,
) -> String {
    let (short, served) = if content_type == "application/pdf" {
        ("pdf", "application/pdf")
    } else {
        ("txt", "text/plain; charset=utf-8")
    };
    let name = format!("{short}-{}", pen(story, source).id("document", key));
    let url = format!("{}/document/{name}", super::BASE_MARK);
    story.documents.push(Document { source, name, content_type: served, bytes });
    url
}

fn family_and_plans(story: &mut Story) {
    let relatives: &[(&str, &str, &str, &str)] = &[
        ("Mother", "MTH", "Type 2 diabetes", "52"),
        ("Father", "FTH", "Heart attack", "58"),
        ("Maternal grandmother", "MGRMTH", "Breast cancer", "71"),
    ];
    let on = day(2008, 3, 10);
    for (relation, code, illness, age) in relatives {
        story.told("family-history", &format!("{relation}: {illness}"), on, &[LAKESIDE_DSTU2], |pen, _| {
            relative(pen, relation, code, illness, age)
        });
    }
    let goals: &[(&str, NaiveDate, &str, &str, Source)] = &[
        ("Keep HbA1c below 7 %", day(2014, 4, 14), "active", "2026-12-31", LAKESIDE_R4),
        ("Walk 30 minutes five days a week", day(2016, 3, 15), "active", "", LAKESIDE_R4),
        ("Return to work after knee surgery", day(2019, 9, 12), "completed", "2019-11-01", SUMMIT),
    ];
    for (words, on, status, due, source) in goals {
        story.told("goal", words, *on, &[*source], |pen, _| {
            goal(pen, words, &on.to_string(), status, due)
        });
    }
    let on = day(2014, 4, 14);
    story.told("care-plan", "Diabetes care plan", on, &[LAKESIDE_R4], |pen, _| {
        plan(pen, "diabetes", "Diabetes care plan", ("http://hl7.org/fhir/us/core/CodeSystem/careplan-category", "assess-plan", ""), json!({
            "status": "active",
            "period": { "start": midnight_utc(on) },
            "text": { "status": "generated", "div": "<div xmlns=\"http://www.w3.org/1999/xhtml\"><p>Eye and foot check every year, HbA1c twice a year.</p></div>" },
        }))
    });
    let on = day(2016, 3, 15);
    story.told("care-plan", "Care team", on, &[LAKESIDE_DSTU2], |pen, _| {
        team(pen, "team", &[("Family physician", OKAFOR), ("Nurse", LINDQVIST)])
    });
    let on = day(2019, 9, 12);
    story.told("care-plan", "After knee surgery", on, &[SUMMIT], |pen, _| {
        plan(pen, "knee", "After knee surgery", ("http://snomed.info/sct", "736271009", "Outpatient care plan"), json!({
            "status": "completed",
            "period": { "start": "2019-09-12", "end": "2019-12-20" },
        }))
    });
}
