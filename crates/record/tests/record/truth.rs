//! A record whose truth is known: facts told by several providers in three releases, from files of FHIR and in clinical documents
//! (C-CDA), with traps.
//!
//! Nothing here knows the rules it judges: a telling is FHIR as a server of that release would send it, or CDA as a clinic's program
//! writes it.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use wholechart_fhir::{Kind, Release};
use wholechart_record::{EntryKey, Member};

#[path = "clinical.rs"]
mod clinical;
#[path = "traps.rs"]
mod traps;

use crate::said::at;

/// Members with which fact each of them tells.
#[derive(Default)]
pub(crate) struct Labelled {
    pub(crate) members: Vec<Member>,
    /// What was sent for each member, in the same order.
    pub(crate) sent: Vec<String>,
    pub(crate) truth: BTreeMap<EntryKey, usize>,
    pub(crate) kinds: BTreeMap<usize, Kind>,
}

/// Numbers that are the same for the same seed (SplitMix64).
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: usize) -> usize {
        usize::try_from(self.next() % n as u64).expect("below n")
    }

    fn percent(&mut self, n: usize) -> bool {
        self.below(100) < n
    }
}

/// One provider: its name, release and base.
type Teller = (&'static str, Release, &'static str);
const TELLERS: [Teller; 4] = [
    ("summit", Release::R4, "https://summit.example/r4"),
    ("harbor", Release::Dstu2, "https://harbor.example/dstu2"),
    ("lakeside", Release::Stu3, "https://lakeside.example/stu3"),
    ("letter", Release::R4, "file:"),
];
const LOINC: &str = "http://loinc.org";
const SNOMED: &str = "http://snomed.info/sct";
const RXNORM: &str = "http://www.nlm.nih.gov/research/umls/rxnorm";
const CVX: &str = "http://hl7.org/fhir/sid/cvx";

/// A word that begins differently for every number.
fn word(n: usize) -> String {
    let letter = |n: usize| char::from(b"bcdfghklmnprstvz"[n % 16]);
    let vowel = |n: usize| char::from(b"aeiou"[n % 5]);
    [letter(n), vowel(n / 16), letter(n / 80), vowel(n / 1280), letter(n / 6400)].iter().collect()
}

fn coded(system: &str, code: &str, text: &str) -> Value {
    json!({"coding": [{"system": system, "code": code}], "text": text})
}

fn day(n: usize) -> String {
    format!("{:04}-{:02}-{:02}", 2012 + n / 300 % 12, 1 + n / 25 % 12, 1 + n % 25)
}

/// A record in the making.
struct Writing {
    dice: Dice,
    out: Labelled,
    fact: usize,
    entry: usize,
    clinic: clinical::Documents,
    /// Throws for the clinic alone, so that its documents change nothing of what the others tell.
    clinics_dice: Dice,
}

impl Writing {
    fn fact(&mut self) {
        self.fact += 1;
    }

    /// Whether the clinic's documents tell the current fact too.
    fn in_documents(&mut self) -> bool {
        self.clinics_dice.percent(50)
    }

    /// Everything that the clinic's documents say, as it is read.
    fn documents_read(&mut self) {
        for told in self.clinic.read() {
            let fact = told.fact.unwrap_or_else(|| {
                self.fact();
                self.fact
            });
            let kind = told.member.entry.kind;
            let known = *self.out.kinds.entry(fact).or_insert(kind);
            assert_eq!(known, kind, "a document tells it as another kind: {}", told.sent);
            self.out.truth.insert(told.member.key.clone(), fact);
            self.out.sent.push(told.sent);
            self.out.members.push(told.member);
        }
    }

    /// One telling of the current fact.
    fn says(&mut self, teller: Teller, mut resource: Value) {
        self.entry += 1;
        resource["id"] = json!(format!("e{}-{}", self.dice.next() % 1000, self.entry));
        self.out.sent.push(resource.to_string());
        let member = at(teller.0, teller.2, teller.1, resource);
        self.out.truth.insert(member.key.clone(), self.fact);
        self.out.kinds.insert(self.fact, member.entry.kind);
        self.out.members.push(member);
    }

    /// Two to four tellers, in any order.
    fn tellers(&mut self) -> Vec<Teller> {
        let mut all = TELLERS.to_vec();
        for n in (1..4).rev() {
            let other = self.dice.below(n + 1);
            all.swap(n, other);
        }
        let count = 2 + self.dice.below(3);
        all.truncate(count);
        all
    }

    fn result(&mut self, teller: Teller, n: usize, when: &str, value: &str, unit: &str) -> Value {
        let value: Value = serde_json::from_str(value).expect("a figure");
        let mut code =
            coded(LOINC, &format!("{}-{}", 1000 + n % 60, n % 10), &format!("{} in serum", word(n % 60)));
        if self.dice.percent(30) {
            code["coding"]
                .as_array_mut()
                .expect("codings")
                .insert(0, json!({"system": format!("urn:{}", teller.0), "code": word(n % 60)}));
        }
        json!({"resourceType": "Observation", "status": "final", "effectiveDateTime": when,
            "category": if teller.1 == Release::Dstu2 { json!({"coding": [{"code": "laboratory"}]}) } else { json!([{"coding": [{"code": "laboratory"}]}]) },
            "code": code, "valueQuantity": {"value": value, "unit": unit}})
    }

    fn results(&mut self, n: usize) {
        let (date, clock) = (day(n), 13 + n % 6);
        let figure = format!("{}.{}", 20 + self.dice.below(200), self.dice.below(10));
        self.fact();
        let mut day_only = 0;
        for teller in self.tellers() {
            let when = match self.dice.below(6) {
                0 if day_only == 0 => {
                    day_only += 1;
                    date.clone()
                }
                1 | 2 => format!("{date}T{:02}:10:00-05:00", clock - 5),
                _ => format!("{date}T{clock:02}:10:2{}Z", self.dice.below(10)),
            };
            let value = if self.dice.percent(30) { format!("{figure}0") } else { figure.clone() };
            let unit = if self.dice.percent(40) { "MG/DL" } else { "mg/dL" };
            let mut told = self.result(teller, n, &when, &value, unit);
            if self.dice.percent(2) {
                told["code"] = json!({"text": format!("{} in serum", word(n % 60))});
            }
            self.says(teller, told);
        }
        if self.in_documents() {
            let when = match self.clinics_dice.below(3) {
                0 => format!("{date}T{clock:02}:10:00Z"),
                1 => format!("{date}T{:02}:10-05:00", clock - 5),
                _ => format!("{date}T{:02}:10:31-05:00", clock - 5),
            };
            let value = if self.clinics_dice.percent(30) { format!("{figure}0") } else { figure };
            let loinc = format!("{}-{}", 1000 + n % 60, n % 10);
            self.clinic.result(self.fact, &loinc, &format!("{} in serum", word(n % 60)), &when, &value);
        }
    }

    /// A group of tests without a value of its own. Who tells it may tell only a part of what is in it.
    fn panel(teller: Teller, n: usize, when: &str, parts: &[&str]) -> Value {
        let holds: Vec<Value> =
            parts.iter().map(|part| json!({"reference": format!("Observation/{part}-{n}")})).collect();
        let mut told = json!({"resourceType": "Observation", "status": "final", "effectiveDateTime": when,
            "category": if teller.1 == Release::Dstu2 { json!({"coding": [{"code": "laboratory"}]}) } else { json!([{"coding": [{"code": "laboratory"}]}]) },
            "code": coded(LOINC, &format!("24{}-{}", 300 + n % 40, n % 10), "Basic panel")});
        match teller.1 {
            Release::R4 => told["hasMember"] = json!(holds),
            _ => {
                told["related"] =
                    holds.into_iter().map(|target| json!({"type": "has-member", "target": target})).collect();
            }
        }
        told
    }

    fn panels(&mut self, n: usize) {
        self.fact();
        let parts = ["Na", "K", "Cl", "CO2"];
        for teller in self.tellers() {
            let when = if self.dice.percent(50) {
                format!("{}T14:05:00Z", day(n))
            } else {
                format!("{}T09:05:0{}-05:00", day(n), self.dice.below(10))
            };
            let told = Writing::panel(teller, n, &when, &parts[..2 + self.dice.below(3)]);
            self.says(teller, told);
        }
    }

    /// A course of two shots, both told by whoever tells one.
    fn courses(&mut self, n: usize) {
        let tellers = self.tellers();
        let in_documents = self.in_documents();
        for date in [day(n), day(n + 25)] {
            self.fact();
            for teller in &tellers {
                let told = Writing::shot(*teller, "52", &date);
                self.says(*teller, told);
            }
            if in_documents {
                self.clinic.vaccine(self.fact, "52", &date, None);
            }
        }
    }

    fn doctor(_: Teller, name: &str, npi: &str, address: &str) -> Value {
        json!({"resourceType": "Practitioner", "name": [{"text": name}], "address": [{"text": address}],
            "identifier": [{"system": "http://hl7.org/fhir/sid/us-npi", "value": npi}]})
    }

    fn people_and_places(&mut self, n: usize) {
        let (first, last) = (word(n + 40), word(n + 2040));
        self.fact();
        for teller in self.tellers() {
            let name = match self.dice.below(3) {
                0 => format!("{last}, {first} MD"),
                1 => format!("Dr. {first} {last}"),
                _ => format!("{} {}", first.to_uppercase(), last.to_uppercase()),
            };
            let told = Writing::doctor(teller, &name, &format!("10{n:08}"), &format!("{n} Oak Street"));
            self.says(teller, told);
        }
        self.fact();
        for teller in self.tellers() {
            let told = json!({"resourceType": "Organization", "name": format!("{} Clinic", word(n + 4040)),
                "address": [{"text": format!("{n} Elm Street, Springfield")}]});
            self.says(teller, told);
        }
    }

    fn claim(teller: Teller, n: usize, number: &str) -> Value {
        let billable = format!("{}T14:00:00Z", day(n));
        match teller.1 {
            Release::Dstu2 | Release::Stu3 => {
                json!({"resourceType": "Claim", "identifier": [{"system": "urn:payer", "value": number}],
                "type": if teller.1 == Release::Dstu2 { json!("professional") } else { json!({"text": "Office visit"}) },
                "billablePeriod": {"start": billable, "end": billable}, "created": day(n + 3)})
            }
            Release::R4 => {
                json!({"resourceType": "Claim", "status": "active", "identifier": [{"system": "urn:payer", "value": number}],
                "type": {"text": "Office visit"}, "billablePeriod": {"start": billable, "end": billable}, "created": day(n + 3)})
            }
        }
    }

    fn claims(&mut self, n: usize) {
        self.fact();
        for teller in self.tellers() {
            if teller.1 == Release::Dstu2 {
                continue;
            }
            let told = Writing::claim(teller, n, &format!("C{n}"));
            self.says(teller, told);
        }
    }

    fn pressure(&mut self, n: usize) {
        let (high, low) = (110 + self.dice.below(50), 60 + self.dice.below(30));
        self.fact();
        for teller in self.tellers() {
            let category = json!({"coding": [{"code": "vital-signs"}]});
            let part = |code: &str, value: usize| json!({"code": coded(LOINC, code, "Pressure"), "valueQuantity": {"value": value, "unit": "mmHg", "code": "mm[Hg]"}});
            let when = if self.dice.percent(50) {
                format!("{}T14:20:00Z", day(n))
            } else {
                format!("{}T09:20:00-05:00", day(n))
            };
            self.says(teller, json!({"resourceType": "Observation", "status": "final", "effectiveDateTime": when,
                "category": if teller.1 == Release::Dstu2 { category } else { json!([category]) },
                "code": coded(LOINC, "85354-9", "Blood pressure"), "component": [part("8480-6", high), part("8462-4", low)]}));
        }
        if self.in_documents() {
            let clock = ["14:20:00Z", "09:20-05:00"][self.clinics_dice.below(2)];
            self.clinic.pressure(self.fact, &format!("{}T{clock}", day(n)), high, low);
        }
    }

    fn shot(teller: Teller, cvx: &str, date: &str) -> Value {
        let code = coded(CVX, cvx, &format!("Vaccine {cvx}"));
        match teller.1 {
            Release::Dstu2 => {
                json!({"resourceType": "Immunization", "status": "completed", "wasNotGiven": false, "reported": false, "date": date, "vaccineCode": code})
            }
            Release::Stu3 => {
                json!({"resourceType": "Immunization", "status": "completed", "notGiven": false, "primarySource": true, "date": date, "vaccineCode": code})
            }
            Release::R4 => {
                json!({"resourceType": "Immunization", "status": "completed", "occurrenceDateTime": date, "vaccineCode": code})
            }
        }
    }

    fn vaccines(&mut self, n: usize) {
        let cvx = ["140", "33", "113", "62", "121", "208"][n % 6];
        self.fact();
        for teller in self.tellers() {
            let padded = if self.dice.percent(20) { format!("0{cvx}") } else { cvx.to_owned() };
            let mut told = Writing::shot(teller, &padded, &day(n));
            match self.dice.below(20) {
                0 if cvx == "140" => told["vaccineCode"] = coded(CVX, "88", "Influenza"),
                1..6 => told["lotNumber"] = json!(format!("L-{n}")),
                _ => {}
            }
            self.says(teller, told);
        }
        if self.in_documents() {
            let lot = format!("L-{n}");
            let lot = self.clinics_dice.percent(40).then_some(lot.as_str());
            self.clinic.vaccine(self.fact, cvx, &day(n), lot);
        }
    }

    fn condition(teller: Teller, code: &str, text: &str, onset: Option<&str>, status: &str) -> Value {
        let clinical =
            if teller.1 == Release::R4 { json!({"coding": [{"code": status}]}) } else { json!(status) };
        let verification = if teller.1 == Release::R4 {
            json!({"coding": [{"code": "confirmed"}]})
        } else {
            json!("confirmed")
        };
        json!({"resourceType": "Condition", "clinicalStatus": clinical, "verificationStatus": verification,
            "code": coded(SNOMED, code, text), "onsetDateTime": onset})
    }

    fn problems(&mut self, n: usize) {
        let text = format!("{} disorder", word(n));
        self.fact();
        for teller in self.tellers() {
            let onset = (!self.dice.percent(15)).then(|| day(n));
            let words = if self.dice.percent(30) {
                format!("Chronic {} syndrome", word(n).to_uppercase())
            } else {
                text.clone()
            };
            let told =
                Writing::condition(teller, &format!("{}", 100_000 + n), &words, onset.as_deref(), "active");
            let mut told = told;
            // Words without a code, and the right words with the next problem's code.
            match self.dice.below(100) {
                0 | 1 => told["code"] = json!({"text": text}),
                2 => told["code"] = coded(SNOMED, &format!("{}", 100_001 + n), &text),
                _ => {}
            }
            self.says(teller, told);
        }
        if self.in_documents() {
            self.clinic.problem(self.fact, &format!("{}", 100_000 + n), &text, &day(n));
        }
        // Nobody codes it at all.
        if n.is_multiple_of(40) {
            self.fact();
            for teller in self.tellers().into_iter().take(2) {
                let mut told = Writing::condition(teller, "", "", None, "active");
                told["code"] = json!({"text": format!("{} complaint", word(n + 7000))});
                self.says(teller, told);
            }
        }
    }

    fn allergies(&mut self, n: usize) {
        self.fact();
        for teller in self.tellers() {
            let code = coded(RXNORM, &format!("{}", 500_000 + n), &word(n + 700));
            let code = if self.dice.percent(2) { json!({"text": word(n + 700)}) } else { code };
            self.says(teller, match teller.1 {
                Release::Dstu2 => json!({"resourceType": "AllergyIntolerance", "status": "confirmed", "substance": code}),
                Release::Stu3 => json!({"resourceType": "AllergyIntolerance", "clinicalStatus": "active", "verificationStatus": "confirmed", "code": code}),
                Release::R4 => json!({"resourceType": "AllergyIntolerance", "clinicalStatus": {"coding": [{"code": "active"}]}, "code": code}),
            });
        }
        if self.in_documents() {
            self.clinic.allergy(self.fact, &format!("{}", 500_000 + n), &word(n + 700));
        }
        if n.is_multiple_of(10) {
            let [a, b, ..] = TELLERS;
            let code = coded(RXNORM, &format!("{}", 600_000 + n), &word(n + 900));
            self.fact();
            self.says(a, json!({"resourceType": "AllergyIntolerance", "clinicalStatus": {"coding": [{"code": "active"}]}, "code": code}));
            self.fact();
            self.says(
                b,
                json!({"resourceType": "AllergyIntolerance", "status": "refuted", "substance": code}),
            );
        }
    }

    fn order(teller: Teller, code: &str, text: &str, date: &str, status: &str) -> Value {
        let concept = coded(RXNORM, code, text);
        match teller.1 {
            Release::Dstu2 => {
                json!({"resourceType": "MedicationOrder", "status": status, "dateWritten": date, "medicationCodeableConcept": concept})
            }
            Release::Stu3 => {
                json!({"resourceType": "MedicationStatement", "status": status, "taken": "y", "effectivePeriod": {"start": date}, "medicationCodeableConcept": concept})
            }
            Release::R4 => {
                json!({"resourceType": "MedicationRequest", "status": status, "intent": "order", "authoredOn": date, "medicationCodeableConcept": concept})
            }
        }
    }

    fn medicines(&mut self, n: usize) {
        let name = format!("{}ol", word(n + 1000));
        // A dose that changed is another fact.
        for (step, dose) in [5 * (1 + n % 4), 5 * (2 + n % 4)].into_iter().enumerate() {
            self.fact();
            for teller in self.tellers() {
                let text = match self.dice.below(40) {
                    0..13 => format!("{name} {dose} MG Oral Tablet"),
                    13..26 => format!("{} {dose}MG TAB", name.to_uppercase()),
                    26..39 => format!("{name} {dose}.0 mg tablets"),
                    _ => name.clone(),
                };
                let status = if self.dice.percent(20) { "stopped" } else { "active" };
                let date = day(n + self.dice.below(50));
                let told =
                    Writing::order(teller, &format!("{}", 300_000 + n * 2 + step), &text, &date, status);
                self.says(teller, told);
            }
            if self.in_documents() {
                let text = match self.clinics_dice.below(2) {
                    0 => format!("{name} {dose} MG Oral Tablet"),
                    _ => format!("{} {dose}MG TAB", name.to_uppercase()),
                };
                let date = day(n + self.clinics_dice.below(50));
                self.clinic.medicine(self.fact, &format!("{}", 300_000 + n * 2 + step), &text, &date);
            }
        }
    }

    /// A brand and what is in it: sent together by somebody, or known from the names only.
    fn brands(&mut self, n: usize) {
        let known = [("lisinopril", "Zestril"), ("atorvastatin", "Lipitor"), ("amlodipine", "Norvasc")];
        let (name, brand) = match self.dice.below(8) {
            0 => known[n % 3],
            _ => ("", ""),
        };
        let (name, brand, told_together) = if name.is_empty() {
            (format!("{}ex", word(n + 1500)), format!("{}trix", word(n + 1900)), true)
        } else {
            (name.to_owned(), brand.to_owned(), false)
        };
        let dose = 2 * (1 + n);
        self.fact();
        for (k, teller) in self.tellers().into_iter().enumerate() {
            let text = match (k, told_together) {
                (0, true) => format!("{name} {dose} MG Oral Tablet [{brand}]"),
                (1, _) => format!("{brand} {dose} MG Oral Tablet"),
                _ => format!("{name} {dose} MG Oral Tablet"),
            };
            let told = Writing::order(teller, &format!("{}", 800_000 + n * 10 + k), &text, &day(n), "active");
            self.says(teller, told);
        }
    }

    fn procedures(&mut self, n: usize) {
        let told = |code: &str, text: &str, status: &str, date: &str| json!({"resourceType": "Procedure", "status": status, "performedDateTime": date, "code": coded(SNOMED, code, text)});
        self.fact();
        for teller in self.tellers() {
            let date = if self.dice.percent(40) { day(n) } else { format!("{}T15:00:00Z", day(n)) };
            let code = format!("{}", 400_000 + n);
            let told = told(&code, &format!("{} repair", word(n + 300)), "completed", &date);
            self.says(teller, told);
        }
        if self.in_documents() {
            let date = if self.clinics_dice.percent(40) { day(n) } else { format!("{}T10:00-05:00", day(n)) };
            let words = format!("{} repair", word(n + 300));
            self.clinic.procedure(self.fact, &format!("{}", 400_000 + n), &words, &date);
        }
        if n.is_multiple_of(8) {
            let [a, _, c, d] = TELLERS;
            let code = format!("{}", 480_000 + n);
            let name = word(n + 6000);
            for (teller, text, status) in [
                (a, format!("{name} of left knee"), "completed"),
                (c, format!("{name} of right knee"), "completed"),
            ] {
                self.fact();
                self.says(teller, told(&code, &text, status, &day(n)));
            }
            let code = format!("{}", 490_000 + n);
            for (teller, status) in [(a, "completed"), (d, "preparation")] {
                self.fact();
                self.says(teller, told(&code, &name, status, &day(n)));
            }
        }
    }

    fn visits(&mut self, n: usize) {
        let visit = |teller: Teller, class: &str, who: &str| {
            let word = match class {
                "AMB" => "outpatient",
                _ => "emergency",
            };
            let class = match teller.1 {
                Release::Dstu2 => json!(word),
                _ => json!({"code": class}),
            };
            json!({"resourceType": "Encounter", "status": "finished", "class": class, "period": {"start": format!("{}T14:00:00Z", day(n)), "end": format!("{}T15:00:00Z", day(n))},
                "participant": [{"individual": {"display": who}}], "type": [{"text": "Visit"}]})
        };
        let who = format!("Dr. {}", word(n + 40));
        self.fact();
        for teller in self.tellers() {
            let told = visit(teller, "AMB", &who);
            self.says(teller, told);
        }
        if self.in_documents() {
            let (start, end) = (format!("{}T09:00-05:00", day(n)), format!("{}T10:00-05:00", day(n)));
            self.clinic.visit(self.fact, "AMB", (&start, &end), &who);
        }
        if n.is_multiple_of(8) {
            let [a, b, ..] = TELLERS;
            let other = format!("Dr. {}", word(n + 8000));
            for (teller, class) in [(a, "AMB"), (b, "EMER")] {
                self.fact();
                self.says(teller, visit(teller, class, &other));
            }
        }
    }

    fn documents(&mut self, n: usize) {
        use base64::Engine as _;
        let bytes = base64::engine::general_purpose::STANDARD.encode(format!("Letter {n} about {}", word(n)));
        self.fact();
        for teller in self.tellers() {
            let file = json!({"contentType": "text/plain", "data": bytes});
            let told = json!({"resourceType": "DocumentReference", "status": "current", "type": {"text": "Letter"},
                "indexed": format!("{}T10:00:00Z", day(n)), "date": format!("{}T1{}:00:00Z", day(n), self.dice.below(9)), "content": [{"attachment": file}]});
            self.says(teller, told);
        }
    }

    /// Two reports of one minute under a code of the vendor's that says no more than "report".
    fn report_traps(&mut self, n: usize) {
        for (teller, found) in TELLERS.into_iter().zip(["No fracture.", "Small nodule in the left lobe."]) {
            self.fact();
            let told = json!({"resourceType": "DiagnosticReport", "status": "final", "conclusion": found,
                "code": coded("urn:imaging", "RPT", &format!("{} study", word(n))),
                "effectiveDateTime": format!("{}T10:00:00Z", day(n)), "issued": format!("{}T11:00:00Z", day(n))});
            self.says(teller, told);
        }
    }

    fn people(&mut self) {
        let patient = |name: &str, born: &str| json!({"resourceType": "Patient", "name": [{"text": name}], "birthDate": born});
        self.fact();
        for teller in TELLERS {
            self.says(teller, patient("Ada Quill", "1961-04-03"));
        }
        self.clinic.person(self.fact);
        self.fact();
        self.says(TELLERS[1], patient("Ada Quill", "1989-12-24"));
    }
}

/// The record of one seed: well over two thousand facts.
pub(crate) fn record(seed: u64) -> Labelled {
    record_of(seed, 1)
}

/// So many times as long a record.
pub(crate) fn record_of(seed: u64, times: usize) -> Labelled {
    let mut w = Writing {
        dice: Dice(seed),
        out: Labelled::default(),
        fact: 0,
        entry: 0,
        clinic: clinical::Documents::default(),
        clinics_dice: Dice(seed ^ 0xcda),
    };
    let offset = w.dice.below(40);
    for n in offset..offset + 500 * times {
        w.results(n);
    }
    for n in offset..offset + 200 * times {
        w.pressure(n);
        w.vaccines(n);
        w.problems(n);
        w.allergies(n);
        w.medicines(n);
        w.procedures(n);
        w.visits(n);
        w.documents(n);
        w.panels(n);
    }
    for n in offset..offset + 60 * times {
        w.courses(n * 3);
        w.brands(n);
        w.people_and_places(n);
        w.claims(n);
    }
    for n in 0..20 {
        w.panel_traps(n * 7);
        w.people_traps(n);
        w.claim_traps(9000 + n);
        w.result_traps(3000 + n * 2);
        w.vaccine_traps(n * 3);
        w.problem_traps(n);
        w.medicine_traps(n);
        w.report_traps(n);
    }
    w.people();
    for n in 0..20 {
        w.own_traps(4000 + n);
    }
    w.documents_read();
    w.out
}
