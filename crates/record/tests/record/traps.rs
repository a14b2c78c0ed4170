//! Traps: pairs that look alike and are two things, one for each reason. Each is two facts in truth.

use serde_json::{Value, json};
use wholechart_fhir::Release;

use super::{TELLERS, Teller, Writing, day, word};

impl Writing {
    /// Pairs that look alike and are two things, about the `n`th day, one for each reason.
    pub(super) fn result_traps(&mut self, n: usize) {
        let when = |clock: &str| format!("{}T{clock}:10:00Z", day(n));
        let [a, b, c, _] = TELLERS;
        let numbered = |mut told: Value, system: &str, number: String| {
            told["identifier"] = json!([{"system": system, "value": number}]);
            told
        };
        // (clock, value, unit, number by the lab, specimen) of two tellings.
        let base =
            |w: &mut Writing, t, clock: &str, value: &str, unit| w.result(t, n, &when(clock), value, unit);
        let pairs: Vec<[Value; 2]> = vec![
            [base(self, a, "12", "70", "mg/dL"), base(self, b, "12", "70", "mmol/L")],
            [base(self, a, "13", "71", "mg/dL"), base(self, b, "13", "72", "mg/dL")],
            [
                numbered(base(self, a, "14", "73", "mg/dL"), "urn:lab", format!("v{n}")),
                numbered(base(self, b, "14", "74", "mg/dL"), "urn:lab", format!("v{n}")),
            ],
            [
                numbered(base(self, a, "15", "75", "mg/dL"), "urn:lab", format!("c{n}")),
                numbered(base(self, b, "16", "75", "mg/dL"), "urn:lab", format!("c{n}")),
            ],
            [
                numbered(base(self, a, "17", "76", "mg/dL"), "urn:lab", format!("x{n}")),
                numbered(base(self, b, "17", "76", "mg/dL"), "urn:lab", format!("y{n}")),
            ],
            {
                let mut urine = base(self, b, "18", "77", "mg/dL");
                urine["specimen"] = json!({"display": "Urine"});
                let mut blood = base(self, a, "18", "77", "mg/dL");
                blood["specimen"] = json!({"display": "Blood"});
                [blood, urine]
            },
            [
                numbered(self.result(a, n, &day(n), "78", "mg/dL"), "urn:lab", format!("d{n}")),
                numbered(self.result(b, n, &day(n + 1), "78", "mg/dL"), "urn:lab", format!("d{n}")),
            ],
            // 22:30 at home is the next day in UTC.
            [
                self.result(a, n, &format!("{}T03:30:00Z", day(n + 1)), "79", "mg/dL"),
                self.result(b, n, &day(n + 1), "79", "mg/dL"),
            ],
            {
                let mut wrong = base(self, b, "21", "80", "mg/dL");
                wrong["status"] = json!("entered-in-error");
                [base(self, a, "21", "80", "mg/dL"), wrong]
            },
        ];
        for [one, other] in pairs {
            self.fact();
            self.says(a, one);
            self.fact();
            self.says(b, other);
        }
        // Repeated within the hour with the same value; another provider knows only the day of one of them.
        for clock in ["12:10", "12:40"] {
            self.fact();
            let told = self.result(a, n + 1, &format!("{}T{clock}:00Z", day(n)), "90", "mg/dL");
            self.says(a, told);
        }
        let told = self.result(c, n + 1, &day(n), "90", "mg/dL");
        self.says(c, told);
    }

    pub(super) fn vaccine_traps(&mut self, n: usize) {
        let [a, b, ..] = TELLERS;
        let date = day(n);
        let mut one = Writing::shot(a, "20", &date);
        let mut other = Writing::shot(b, "20", &date);
        one["lotNumber"] = json!("A1");
        other["lotNumber"] = json!("B2");
        let next = day(n + 1);
        for (teller, told) in [
            (a, one),
            (b, other),
            (a, Writing::shot(a, "3", &date)),
            (b, Writing::shot(b, "3", &next)),
            (a, Writing::shot(a, "10", &date)),
            (a, Writing::shot(a, "10", &date)),
        ] {
            self.fact();
            self.says(teller, told);
        }
        // A careless pharmacy keeps one package's code for two vaccines.
        for (teller, cvx) in [(a, "94"), (b, "119")] {
            self.fact();
            let mut told = Writing::shot(teller, cvx, &date);
            let ndc = json!({"system": "http://hl7.org/fhir/sid/ndc", "code": format!("0000{n:07}")});
            told["vaccineCode"]["coding"].as_array_mut().expect("codings").push(ndc);
            self.says(teller, told);
        }
        self.fact();
        let told = Writing::shot(a, "9", &date);
        self.says(a, told);
        self.fact();
        let mut not = Writing::shot(b, "9", &date);
        not["wasNotGiven"] = json!(true);
        self.says(b, not);
    }

    pub(super) fn problem_traps(&mut self, n: usize) {
        let [a, b, ..] = TELLERS;
        let code = |what: usize| format!("{}", 900_000 + n * 10 + what);
        let text = format!("{} trouble", word(n + 3000));
        let date = day(n);
        let refuted = |mut told: Value| {
            told["verificationStatus"] = json!("refuted");
            told
        };
        let pairs = [
            [
                Writing::condition(a, &code(0), &text, Some(&date), "active"),
                refuted(Writing::condition(b, &code(0), &text, Some(&date), "active")),
            ],
            [
                Writing::condition(a, &code(1), &format!("{text} of left knee"), Some(&date), "active"),
                Writing::condition(b, &code(1), &format!("{text} of right knee"), Some(&date), "active"),
            ],
            [
                Writing::condition(a, &code(2), &text, Some(&date), "resolved"),
                Writing::condition(b, &code(2), &text, Some(&day(n + 40)), "resolved"),
            ],
            [
                Writing::condition(a, &code(3), &text, Some(&date), "active"),
                Writing::condition(
                    b,
                    &code(3),
                    &format!("{} ailment", word(n + 5000)),
                    Some(&date),
                    "active",
                ),
            ],
            [
                Writing::condition(a, &code(4), &format!("{text} of the knee"), Some(&date), "active"),
                Writing::condition(b, &code(4), &format!("{text} of the hip"), Some(&date), "active"),
            ],
        ];
        for [one, other] in pairs {
            self.fact();
            self.says(a, one);
            self.fact();
            self.says(b, other);
        }
        // One code for two illnesses that have names of their own.
        if n == 0 {
            for (teller, called) in [(a, "Hiatal hernia"), (b, "Inguinal hernia")] {
                self.fact();
                self.says(teller, Writing::condition(teller, &code(5), called, None, "active"));
            }
        }
        // It ended before it began: when it was is not known, and it was not whenever another one was.
        let mut odd = Writing::condition(b, &code(4), &text, None, "active");
        odd["onsetPeriod"] = json!({"start": day(n + 60), "end": day(n + 20)});
        self.fact();
        self.says(b, odd);
        self.fact();
        let told = Writing::condition(a, &code(4), &text, Some(&date), "active");
        self.says(a, told);
    }

    pub(super) fn medicine_traps(&mut self, n: usize) {
        let [a, b, ..] = TELLERS;
        let name = format!("{}ine", word(n + 2500));
        let other = format!("{}ine", word(n + 4000));
        let pairs = [
            ["10 MG Oral Tablet", "20 MG Oral Tablet"].map(|rest| format!("{name} {rest}")),
            ["30 MG Oral Tablet", "30 MG Oral Capsule"].map(|rest| format!("{name} {rest}")),
            ["40 MG Oral Tablet", "40 MG Extended Release Oral Tablet"].map(|rest| format!("{name} {rest}")),
            [format!("{name} 50 MG Oral Tablet"), format!("{other} 50 MG Oral Tablet")],
            ["0.3 % otic drops", "0.3 % ophthalmic drops"].map(|rest| format!("{name} {rest}")),
        ];
        for (k, [one, two]) in pairs.into_iter().enumerate() {
            // A careless pharmacy keeps one code for both.
            let code = format!("{}", 700_000 + n * 10 + k);
            self.fact();
            self.says(a, Writing::order(a, &code, &one, &day(n), "active"));
            self.fact();
            self.says(b, Writing::order(b, &code, &two, &day(n), "active"));
        }
    }

    /// The same panel twice a day, of which each provider tells one, and another part of it.
    pub(super) fn panel_traps(&mut self, n: usize) {
        let [a, b, ..] = TELLERS;
        for (teller, clock, parts) in [(a, "07", &["Na", "K", "Cl"][..]), (b, "19", &["Na", "K"][..])] {
            self.fact();
            let told = Writing::panel(teller, n, &format!("{}T{clock}:05:00Z", day(n)), parts);
            self.says(teller, told);
        }
    }

    /// One name at two addresses, and two licences at one.
    pub(super) fn people_traps(&mut self, n: usize) {
        let [a, b, c, _] = TELLERS;
        let name = format!("Dr. {} Same", word(n + 9000));
        let [here, there] = [format!("{n} Main Street"), format!("{n} Hill Road")];
        for (teller, npi, address) in [
            (a, format!("31{n:08}"), &here),
            (b, format!("32{n:08}"), &here),
            (c, format!("33{n:08}"), &there),
        ] {
            self.fact();
            let told = Writing::doctor(teller, &name, &npi, address);
            self.says(teller, told);
        }
        for address in [&here, &there] {
            self.fact();
            let teller = if address == &here { a } else { b };
            self.says(teller, json!({"resourceType": "Organization", "name": "Family Health Center", "address": [{"text": address}]}));
        }
    }

    /// What a person writes down of a measurement that a clinic tells too, figure by figure: whether it is the same one, only they know.
    pub(super) fn own_traps(&mut self, n: usize) {
        const MINE: Teller = ("mine", Release::R4, "own:");
        for teller in [TELLERS[0], MINE] {
            let told = self.result(teller, n, &format!("{}T09:05:00Z", day(n)), "91", "mg/dL");
            self.fact();
            self.says(teller, told);
        }
    }

    /// Two bills of one day, by two numbers.
    pub(super) fn claim_traps(&mut self, n: usize) {
        let [a, b, ..] = TELLERS;
        for (teller, number) in [(a, format!("A{n}")), (b, format!("B{n}"))] {
            self.fact();
            let told = Writing::claim(teller, n, &number);
            self.says(teller, told);
        }
    }
}
