//! What smaller places know: an eye clinic that speaks STU3, a pharmacy, and a family practice where one sign-in opens
//! the records of a mother and her son. Nothing here is told by anybody else.

use serde_json::json;

use super::when::day;
use super::write::{
    Done, Found, Medicine, Observed, Problem, Shot, done, observed, order, patient, problem, shot,
};
use super::{CEDAR, MILL, NORTHGATE, Story};

/// Rosa at the three places, for the fact of who she is.
pub(super) fn patients(story: &Story) -> Vec<(super::Source, serde_json::Value)> {
    [(NORTHGATE, "Marín Whitlock"), (CEDAR, "Whitlock"), (MILL, "Whitlock")]
        .into_iter()
        .map(|(source, family)| {
            let pen = story.pen(source);
            let who = pen.resource(
                "Patient",
                "self",
                json!({
                    "active": true,
                    "name": [{ "use": "official", "family": family, "given": ["Rosa"] }],
                    "gender": "female",
                    "birthDate": "1984-11-02",
                }),
            );
            (source, patient(pen, who))
        })
        .collect()
}

pub(super) fn tell(story: &mut Story) {
    eyes(story);
    pharmacy(story);
    family_practice(story);
}

fn eyes(story: &mut Story) {
    let pen = story.pen(NORTHGATE);
    let first = day(2015, 3, 9);
    let myopia = problem(
        pen,
        "myopia",
        Problem {
            text: "Myopia of both eyes",
            codes: &[("i10", "H52.13", "Myopia, bilateral")],
            onset: "1996",
            recorded: "2015-03-09",
            clinical: "active",
            ..Problem::default()
        },
    );
    story.fact("problem", "Myopia", first, vec![(NORTHGATE, myopia)]);
    for year in [2015, 2018, 2021, 2024] {
        let on = day(year, 3, 9);
        let date = on.to_string();
        let dilated = done(
            pen,
            &format!("dilated {year}"),
            Done { text: "Dilated eye exam", start: &date, ..Done::default() },
        );
        story.fact("procedure", &format!("Dilated eye exam {year}"), on, vec![(NORTHGATE, dilated)]);
        for (eye, code, value) in [("right", "79892-8", "15"), ("left", "79893-6", "16")] {
            let text = format!("Eye pressure, {eye} eye");
            let pressure = observed(
                pen,
                &format!("pressure {eye} {year}"),
                &Observed {
                    category: "exam",
                    text: &text,
                    codes: &[("loinc", code, "")],
                    effective: &date,
                    found: Found::Amount(value, "mm[Hg]", "mm[Hg]"),
                    ..Observed::default()
                },
            );
            story.fact("observation", &format!("{text} {year}"), on, vec![(NORTHGATE, pressure)]);
        }
    }
}

fn pharmacy(story: &mut Story) {
    let pen = story.pen(CEDAR);
    for year in 2019..=2025 {
        let on = day(year, 5, 20);
        let date = on.to_string();
        let drops = order(
            pen,
            &format!("drops {year}"),
            Medicine {
                text: "Artificial tears 0.5 % eye drops",
                status: if year == 2025 { "active" } else { "completed" },
                written: &date,
                dosage: "One drop in each eye as needed",
                ..Medicine::default()
            },
        );
        story.fact("medicine", &format!("Artificial tears {year}"), on, vec![(CEDAR, drops)]);
    }
}

fn family_practice(story: &mut Story) {
    let pen = story.pen(MILL);
    let son = pen.resource(
        "Patient",
        "son",
        json!({
            "active": true,
            "name": [{ "use": "official", "family": "Whitlock", "given": ["Mateo"] }],
            "gender": "male",
            "birthDate": "2013-03-21",
        }),
    );
    let born = day(2013, 3, 21);
    story.fact("patient", "Mateo Whitlock", born, vec![(MILL, patient(pen, son))]);
    let on = day(2017, 8, 3);
    let typhoid = shot(
        pen,
        "typhoid",
        Shot {
            text: "Typhoid (travel)",
            codes: &[("cvx", "101", "typhoid Vi capsular polysaccharide vaccine")],
            date: "2017-08-03",
            ..Shot::default()
        },
    );
    story.fact("vaccine", "Typhoid 2017", on, vec![(MILL, typhoid)]);
}
