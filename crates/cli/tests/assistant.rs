//! An assistant of the person's own (`docs/mcp.md`): the program as assistants start it, asked by the official client.

use std::{collections::BTreeSet, fs, path::Path, sync::LazyLock};

use chrono::NaiveDate;
use rmcp::{
    RoleClient, ServiceExt as _,
    model::{CallToolRequestParams, ClientConfig, Implementation},
    service::RunningService,
};
use serde_json::{Value, json};
use tokio::process::Child;
use wholechart_sandbox::{SAMPLE_SEED, Story};

use crate::Terminal;

/// The sample person's record up to a day that stays.
const TODAY: (i32, u32, u32) = (2026, 7, 1);
/// The sample person, by the name that the provider of two persons tells her apart by.
const HER: &str = "Rosa Marín Whitlock";
/// Somebody else in the same record.
const OTHER: &str = "Bartholomew Quill";
/// Words that stand nowhere but in what is sensitive.
const HIDDEN: [&str; 10] = [
    "sertraline",
    "bipolar",
    "raltegravir",
    "hiv 1+2",
    "phq-9",
    "little interest",
    "starlight",
    "cocaine",
    "shelter",
    "restricted-marker",
];

/// An assistant that has started the program.
pub(crate) struct Asking {
    child: Child,
    client: RunningService<RoleClient, ClientConfig>,
}

impl Asking {
    pub(crate) async fn start(terminal: &Terminal) -> Asking {
        Asking::begin(terminal.command(&["mcp"]).into()).await
    }

    async fn begin(mut command: tokio::process::Command) -> Asking {
        command.stdin(std::process::Stdio::piped()).stdout(std::process::Stdio::piped()).kill_on_drop(true);
        let mut child = command.spawn().unwrap();
        let streams = (child.stdout.take().unwrap(), child.stdin.take().unwrap());
        let mut info = ClientConfig::default();
        info.client_info = Implementation::new("test-assistant", "7");
        Asking { child, client: info.serve(streams).await.unwrap() }
    }

    /// What the tool answers, as it was sent, and whether it is an error.
    pub(crate) async fn hear(&self, tool: &'static str, arguments: Value) -> (bool, String) {
        let arguments = arguments.as_object().cloned().unwrap_or_default();
        let asked = CallToolRequestParams::new(tool).with_arguments(arguments);
        let answer = self.client.call_tool(asked).await.unwrap();
        let text = answer.content.iter().filter_map(|one| one.as_text()).map(|one| one.text.as_str());
        (answer.is_error == Some(true), text.collect::<Vec<_>>().concat())
    }

    pub(crate) async fn ask(&self, tool: &'static str, arguments: Value) -> Value {
        let (failed, said) = self.hear(tool, arguments.clone()).await;
        assert!(!failed, "{tool} {arguments}: {said}");
        serde_json::from_str(&said).unwrap_or_else(|why| panic!("{tool} is no JSON: {why}: {said}"))
    }

    pub(crate) async fn refused(&self, tool: &'static str, arguments: Value) -> String {
        let (failed, said) = self.hear(tool, arguments.clone()).await;
        assert!(failed, "{tool} {arguments} was answered: {said}");
        said
    }

    /// Every item of a long answer.
    async fn all(&self, tool: &'static str, arguments: Value, name: &str) -> Vec<Value> {
        let (mut items, mut arguments) = (Vec::new(), arguments);
        loop {
            let said = self.ask(tool, arguments.clone()).await;
            items.extend(said[name].as_array().unwrap().iter().cloned());
            match said["next"].as_str() {
                Some(next) => arguments["cursor"] = next.into(),
                None => return items,
            }
        }
    }

    /// Ends as an assistant does that is closed: standard input ends.
    pub(crate) async fn leave(mut self) {
        self.client.cancel().await.unwrap();
        assert!(self.child.wait().await.unwrap().success());
    }
}

fn titles(items: &[Value]) -> Vec<&str> {
    items.iter().filter_map(|one| one["title"].as_str().or(one["name"].as_str())).collect()
}

/// A copy of [`made`], which takes a while to make.
fn sample() -> Terminal {
    static MADE: LazyLock<Terminal> = LazyLock::new(made);
    let terminal = Terminal::new();
    let (from, to) = (MADE.dir.path().join("record"), terminal.dir.path().join("record"));
    fs::create_dir(&to).unwrap();
    for file in fs::read_dir(from).unwrap().map(Result::unwrap) {
        fs::copy(file.path(), to.join(file.file_name())).unwrap();
    }
    terminal
}

/// The sample person as her providers tell of her, a letter with text, and somebody else.
fn made() -> Terminal {
    let terminal = Terminal::new();
    let (year, month, day) = TODAY;
    let story = Story::generate(SAMPLE_SEED, NaiveDate::from_ymd_opt(year, month, day).unwrap());
    let providers: BTreeSet<&str> =
        story.tellings().iter().map(wholechart_sandbox::Telling::provider).collect();
    for provider in &providers {
        let own = story.tellings().iter().filter(|one| one.provider() == *provider);
        let releases: BTreeSet<&str> = own.clone().map(|one| one.release().as_str()).collect();
        for release in releases {
            let lines = own.clone().filter(|one| one.release().as_str() == release);
            let lines: Vec<String> = lines.map(|one| one.text("https://sample.example/fhir")).collect();
            let lines = lines.iter().map(|text| serde_json::from_str::<Value>(text).unwrap().to_string());
            let path =
                terminal.file(&format!("{provider}-{release}.ndjson"), lines.collect::<Vec<_>>().join("\n"));
            let words = ["--connection", provider, "--release", release];
            import(&terminal, HER, &path, &words);
        }
    }
    let hers = letter(
        "letter",
        "2024-05-06",
        "Cardiology letter",
        "Echocardiogram shows a quiet Xanthorrhoea murmur.",
    );
    import(&terminal, HER, &terminal.file("letter.json", bundle(&[hers])), &["--connection", "Heart House"]);
    let his = [
        json!({"resourceType": "Condition", "id": "q1", "code": {"text": "Quillfeather gout"}, "recordedDate": "2020-01-01"}),
        letter("q2", "2021-01-01", "Quill letter", "Quillfeather murmur."),
    ];
    import(&terminal, OTHER, &terminal.file("his.json", bundle(&his)), &["--connection", "Quill House"]);
    terminal
}

fn import(terminal: &Terminal, person: &str, path: &Path, more: &[&str]) {
    let mut words = vec!["import", "--person", person, "--yes"];
    words.extend(more);
    words.push(path.to_str().unwrap());
    let output = terminal.run(&words);
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{}: {said}", path.display());
}

fn bundle(resources: &[Value]) -> String {
    let entries: Vec<Value> = resources.iter().map(|one| json!({"resource": one})).collect();
    json!({"resourceType": "Bundle", "type": "collection", "entry": entries}).to_string()
}

fn letter(id: &str, date: &str, title: &str, text: &str) -> Value {
    let encoded = base64(text.as_bytes());
    json!({
        "resourceType": "DocumentReference", "id": id, "status": "current", "date": format!("{date}T10:00:00Z"),
        "type": {"text": title},
        "content": [{"attachment": {"contentType": "text/plain", "data": encoded, "title": title}}],
    })
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for three in bytes.chunks(3) {
        let bits =
            three.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - three.len()));
        for at in 0..4 {
            let six = (bits >> (18 - 6 * at)) & 63;
            text.push(if at <= three.len() { char::from(LETTERS[six as usize]) } else { '=' });
        }
    }
    text
}

pub(crate) fn on(terminal: &Terminal, person: &str, more: &[&str]) {
    let mut words = vec!["assistant", "on", "--person", person, "--yes"];
    words.extend(more);
    terminal.lines(&words);
}

/// What every tool says while it is off.
pub(crate) const OFF: &str =
    "Wholechart answers no assistant: this is turned off. To turn it on, open Wholechart";

/// Every way to ask, for whoever must not be answered.
const QUESTIONS: [(&str, &str); 8] = [
    ("people", "{}"),
    ("current", "{}"),
    ("timeline", "{}"),
    ("search", r#"{"text": "lisinopril"}"#),
    ("record", r#"{"record": "f"}"#),
    ("trend", "{}"),
    ("summary", "{}"),
    ("missing", "{}"),
];

pub(crate) async fn nothing_but(asking: &Asking, said: &str) {
    let tools = asking.client.list_all_tools().await.unwrap();
    let named: BTreeSet<&str> = tools.iter().map(|tool| tool.name.as_ref()).collect();
    assert_eq!(named, QUESTIONS.iter().map(|(tool, _)| *tool).collect(), "every tool is asked here");
    for (tool, arguments) in QUESTIONS {
        let answer = asking.refused(tool, serde_json::from_str(arguments).unwrap()).await;
        assert!(answer.starts_with(said), "{tool}: {answer}");
    }
}

#[tokio::test]
async fn nothing_is_answered_while_it_is_off_locked_or_open_elsewhere() {
    let terminal = Terminal::new();
    let asking = Asking::start(&terminal).await;
    nothing_but(
        &asking,
        "Wholechart answers no assistant now: the record is locked, or there is none here yet.",
    )
    .await;
    let made = terminal.dir.path().join("record");
    assert!(!made.exists(), "and no record was made");
    asking.leave().await;

    terminal.lines(&["add", "--person", "Test", "allergy", "Peanut"]);
    let asking = Asking::start(&terminal).await;
    nothing_but(&asking, OFF).await;
    asking.leave().await;
    assert_eq!(terminal.lines(&["sent"])[0]["handed"], json!([]), "and nothing is written down");

    on(&terminal, "Test", &[]);
    let asking = Asking::start(&terminal).await;
    assert_eq!(titles(asking.ask("current", json!({})).await["current"].as_array().unwrap()), ["Peanut"]);
    // The record is the assistant's for a while: another command says so, as it would of a window.
    let busy = terminal.run(&["timeline"]);
    assert_eq!(busy.status.code(), Some(1));
    asking.leave().await;

    fs::write(terminal.dir.path().join("passphrase"), "another passphrase altogether\n").unwrap();
    let asking = Asking::start(&terminal).await;
    nothing_but(&asking, "Wholechart answers no assistant now: the record is locked").await;
    asking.leave().await;
    fs::write(terminal.dir.path().join("passphrase"), "a long enough passphrase\n").unwrap();

    // Nobody at all is as good as off; and off is off whoever is named.
    for off in [&["assistant", "off", "--person", "Test"][..], &["assistant", "off"]] {
        on(&terminal, "Test", &[]);
        terminal.lines(off);
        let asking = Asking::start(&terminal).await;
        nothing_but(&asking, OFF).await;
        asking.leave().await;
    }
    let unasked = terminal.run(&["assistant", "on", "--person", "Test"]);
    let said = String::from_utf8(unasked.stderr).unwrap();
    assert_eq!(unasked.status.code(), Some(1), "a script has not agreed");
    assert!(said.contains("its maker may see it and keep it") && said.contains("Mental health"), "{said}");
    assert_eq!(terminal.lines(&["assistant", "show"])[0]["on"], json!(false));
}

#[tokio::test]
async fn who_is_not_shared_is_not_there() {
    let terminal = sample();
    on(&terminal, HER, &[]);
    let his = terminal.lines(&["facts", "--person", OTHER]);
    let asking = Asking::start(&terminal).await;
    let people = asking.ask("people", json!({})).await;
    assert_eq!(people["people"].as_array().unwrap().len(), 1);
    assert_eq!(people["people"][0]["name"], HER);
    let nobody = asking.refused("timeline", json!({"person": "Nobody At All"})).await;
    assert_eq!(asking.refused("timeline", json!({"person": OTHER})).await, nobody, "as if he were nobody");
    let none = asking.refused("record", json!({"record": "no-such-record"})).await;
    for fact in &his {
        assert_eq!(asking.refused("record", json!({"record": fact["id"]})).await, none, "as if it were none");
    }
    let mut heard = people.to_string();
    for (tool, arguments) in QUESTIONS.iter().filter(|(tool, _)| *tool != "record") {
        let (_, said) = asking.hear(tool, serde_json::from_str(arguments).unwrap()).await;
        heard.push_str(&said);
    }
    for text in ["quillfeather", "murmur"] {
        let found = asking.ask("search", json!({"text": text})).await;
        assert_eq!(found["records"].as_array().unwrap().len(), usize::from(text == "murmur"), "{found}");
        heard.push_str(&found.to_string());
    }
    assert!(!heard.to_lowercase().contains("quill"), "he is named");
    asking.leave().await;
    assert_eq!(terminal.lines(&["sent", "--person", OTHER])[0]["handed"], json!([]));
}

/// What is sensitive in every way that is looked for, and what stands beside it and is not.
fn sensitive() -> Vec<Value> {
    let subject = json!({"reference": "Patient/p"});
    let coded = |text: &str, system: &str, code: &str| json!({"text": text, "coding": [{"system": system, "code": code}]});
    let lab = json!([{"coding": [{"code": "laboratory"}]}]);
    vec![
        json!({"resourceType": "Patient", "id": "p", "name": [{"text": "Test"}]}),
        // By its name; by a code whose words say nothing; by a medicine; by a class in a note.
        json!({"resourceType": "Condition", "id": "c1", "subject": subject, "code": {"text": "Bipolar disorder"}, "recordedDate": "2023-02-01",
            "clinicalStatus": {"coding": [{"code": "active"}]}}),
        json!({"resourceType": "Condition", "id": "c2", "subject": subject, "code": coded("Starlight episode", "http://hl7.org/fhir/sid/icd-10-cm", "F33.1"), "recordedDate": "2023-02-02",
            "clinicalStatus": {"coding": [{"code": "active"}]}}),
        json!({"resourceType": "MedicationRequest", "id": "m1", "subject": subject, "status": "active", "intent": "order",
            "medicationCodeableConcept": {"text": "Sertraline 50 MG Oral Tablet"}, "authoredOn": "2026-09-01"}),
        json!({"resourceType": "MedicationRequest", "id": "m2", "subject": subject, "status": "active", "intent": "order",
            "medicationCodeableConcept": {"text": "Raltegravir 400 MG Oral Tablet"}, "authoredOn": "2026-09-01"}),
        json!({"resourceType": "MedicationRequest", "id": "m3", "subject": subject, "status": "active", "intent": "order",
            "medicationCodeableConcept": {"text": "Plainpillin 5 MG Oral Tablet"}, "authoredOn": "2026-09-01",
            "note": [{"text": "To replace sertraline."}]}),
        json!({"resourceType": "MedicationRequest", "id": "m4", "subject": subject, "status": "active", "intent": "order",
            "medicationCodeableConcept": {"text": "Openlyzol 5 MG Oral Tablet"}, "authoredOn": "2026-09-01"}),
        // A result; one that only its report names; one of the same day that nothing says of.
        json!({"resourceType": "Observation", "id": "o1", "subject": subject, "status": "final", "category": lab, "code": {"text": "HIV 1+2 antibody"},
            "valueString": "negative", "effectiveDateTime": "2025-03-03"}),
        json!({"resourceType": "Observation", "id": "o2", "subject": subject, "status": "final", "category": lab, "code": {"text": "Metabolite 7"},
            "valueString": "starlight positive", "effectiveDateTime": "2025-03-04"}),
        json!({"resourceType": "DiagnosticReport", "id": "r1", "subject": subject, "status": "final", "code": {"text": "Cocaine screen"},
            "effectiveDateTime": "2025-03-04", "result": [{"reference": "Observation/o2"}]}),
        json!({"resourceType": "Observation", "id": "o3", "subject": subject, "status": "final", "category": lab, "code": {"text": "Openlyte"},
            "valueQuantity": {"value": 7, "unit": "mmol/L"}, "effectiveDateTime": "2025-03-04"}),
        // The answers of a questionnaire under it.
        json!({"resourceType": "Observation", "id": "o4", "subject": subject, "status": "final", "code": {"text": "PHQ-9 panel"},
            "effectiveDateTime": "2025-05-05", "category": [{"coding": [{"code": "survey"}]}], "hasMember": [{"reference": "Observation/o5"}]}),
        json!({"resourceType": "Observation", "id": "o5", "subject": subject, "status": "final", "code": {"text": "Little interest or pleasure"},
            "valueString": "several days", "effectiveDateTime": "2025-05-05", "category": [{"coding": [{"code": "survey"}]}]}),
        // A visit by its reason, and a weight that belongs to it.
        json!({"resourceType": "Encounter", "id": "e1", "subject": subject, "status": "finished", "type": [{"text": "Office visit"}],
            "reasonCode": [{"text": "Stayed at a homeless shelter"}], "period": {"start": "2025-06-06", "end": "2025-06-06"}}),
        json!({"resourceType": "Observation", "id": "o6", "subject": subject, "status": "final", "code": {"text": "Starlight score"},
            "valueQuantity": {"value": 77, "unit": "{score}"}, "effectiveDateTime": "2025-06-06", "encounter": {"reference": "Encounter/e1"},
            "category": [{"coding": [{"code": "vital-signs"}]}]}),
        // By its sender's mark alone.
        json!({"resourceType": "Procedure", "id": "x1", "subject": subject, "status": "completed", "code": {"text": "Restricted-marker procedure"},
            "performedDateTime": "2025-07-07", "meta": {"security": [{"system": "http://terminology.hl7.org/CodeSystem/v3-Confidentiality", "code": "R"}]}}),
        // By the text of a document, whose title says nothing.
        letter(
            "d1",
            "2025-08-08",
            "Clinic letter",
            "Knee is better. Starlight advised. Continue sertraline.",
        ),
        letter("d2", "2025-08-09", "Knee letter", "Openlyte knee is better."),
    ]
}

#[tokio::test]
async fn what_is_sensitive_and_not_chosen_comes_out_by_no_tool() {
    let terminal = sample();
    import(
        &terminal,
        HER,
        &terminal.file("sensitive.json", bundle(&sensitive())),
        &["--connection", "Corner clinic"],
    );
    import(
        &terminal,
        HER,
        &terminal.file("elsewhere.json", bundle(&[letter("b1", "2025-09-09", "Starlight note", "Well.")])),
        &["--connection", "Bayside Behavioral Health"],
    );
    let facts = terminal.lines(&["facts", "--person", HER]);
    let hidden = |fact: &&Value| {
        let title = fact["title"].as_str().unwrap().to_lowercase();
        HIDDEN.iter().any(|word| title.contains(word))
            || ["plainpillin", "metabolite", "clinic letter"].iter().any(|one| title.contains(one))
    };
    let hidden: Vec<String> =
        facts.iter().filter(hidden).map(|fact| fact["id"].as_str().unwrap().to_owned()).collect();
    assert!(hidden.len() >= 14, "{}", hidden.len());
    on(&terminal, HER, &[]);
    let asking = Asking::start(&terminal).await;
    let mut heard = String::new();
    let everything = asking.all("timeline", json!({"limit": 100}), "records").await;
    let open: Vec<&str> = titles(&everything);
    for title in ["Openlyte", "Openlyzol 5 MG Oral Tablet", "Knee letter"] {
        assert!(open.contains(&title), "{title} is no secret");
    }
    for (tool, arguments) in [
        ("current", json!({"all": true, "limit": 100})),
        ("summary", json!({})),
        ("missing", json!({})),
        ("trend", json!({"limit": 100})),
    ] {
        let mut said = asking.ask(tool, arguments).await;
        assert_eq!(said["notShared"]["sensitive"].as_array().unwrap().len(), 5, "{said}");
        said.as_object_mut().unwrap().remove("notShared");
        heard.push_str(&said.to_string());
    }
    for record in &everything {
        let (_, said) = asking.hear("record", json!({"record": record["id"], "limit": 100})).await;
        heard.push_str(&said);
    }
    heard.push_str(&json!(everything).to_string());
    let heard = heard.to_lowercase();
    for word in &HIDDEN {
        let at = heard.find(word);
        assert!(at.is_none(), "{word}: {}", &heard[at.unwrap().saturating_sub(200)..at.unwrap() + 100]);
    }
    assert!(!heard.contains("plainpillin") && !heard.contains("metabolite") && !heard.contains("behavioral"));
    let none = asking.refused("record", json!({"record": "no-such-record"})).await;
    for id in &hidden {
        assert_eq!(asking.refused("record", json!({"record": id})).await, none);
        assert!(!heard.contains(id.as_str()), "its id is named");
    }
    for text in HIDDEN.iter().chain(&["plainpillin", "metabolite", "sertralin", "advised"]) {
        let found = asking.ask("search", json!({"text": text})).await;
        assert_eq!(found["records"], json!([]), "{text}: {found}");
        assert!(found.get("searched").is_none(), "{text}: {found}");
    }
    assert_eq!(asking.refused("trend", json!({"test": "HIV 1+2 antibody"})).await, none);
    asking.leave().await;

    // One way at a time: what is chosen comes, and nothing else.
    on(&terminal, HER, &["--sensitive", "hiv"]);
    let asking = Asking::start(&terminal).await;
    let found = asking.ask("search", json!({"text": "raltegravir"})).await;
    assert_eq!(titles(found["records"].as_array().unwrap()).len(), 1, "{found}");
    assert_eq!(asking.ask("search", json!({"text": "bipolar"})).await["records"], json!([]));
    asking.leave().await;
    on(&terminal, HER, &["--sensitive", "mental"]);
    let asking = Asking::start(&terminal).await;
    for (text, count) in
        [("bipolar", 1), ("little interest", 1), ("advised", 1), ("raltegravir", 0), ("metabolite", 0)]
    {
        let found = asking.ask("search", json!({"text": text})).await;
        assert_eq!(found["records"].as_array().unwrap().len(), count, "{text}: {found}");
    }
    asking.leave().await;
}

/// The answers are those of a record in which what is not shared never was.
#[tokio::test]
async fn an_answer_tells_nothing_of_what_is_kept_back() {
    let (with, without) = (Terminal::new(), Terminal::new());
    let open: Vec<Value> = sensitive()
        .into_iter()
        .filter(|one| ["p", "m4", "o3", "d2"].contains(&one["id"].as_str().unwrap()))
        .collect();
    // The same file in both, and in one of them what is kept back besides.
    for (terminal, files) in [(&with, vec![open.clone(), sensitive()]), (&without, vec![open.clone()])] {
        for (at, resources) in files.iter().enumerate() {
            let path = terminal.file(&format!("{at}/all.json"), bundle(resources));
            import(terminal, "Test", &path, &["--connection", "Corner clinic"]);
        }
        on(terminal, "Test", &[]);
    }
    let (one, other) = (Asking::start(&with).await, Asking::start(&without).await);
    for (tool, arguments) in [
        ("people", json!({})),
        ("current", json!({"all": true})),
        ("timeline", json!({})),
        ("timeline", json!({"limit": 1})),
        ("search", json!({"text": "starlight"})),
        ("search", json!({"text": "open"})),
        ("trend", json!({})),
        ("trend", json!({"test": "Openlyte"})),
        ("summary", json!({})),
        ("missing", json!({})),
    ] {
        let strip = |mut said: Value| {
            // Ids are of each record's own; when it was asked is no part of the answer.
            let said_of = said.as_object_mut().unwrap();
            said_of.remove("now");
            said_of.remove("person");
            for one in said_of.get_mut("providers").and_then(Value::as_array_mut).into_iter().flatten() {
                one.as_object_mut().unwrap().remove("lastFetched");
            }
            let count = said_of.remove("restsOn").map_or(0, |ids| ids.as_array().unwrap().len());
            let text = said.to_string();
            (count, without_ids(&text))
        };
        let (one, other) = (one.ask(tool, arguments.clone()).await, other.ask(tool, arguments.clone()).await);
        assert_eq!(strip(one), strip(other), "{tool} {arguments}");
    }
    one.leave().await;
    other.leave().await;
}

/// Without what is made of random numbers: long words of figures and letters.
fn without_ids(text: &str) -> String {
    let is_id = |word: &str| {
        word.len() >= 16 && word.chars().all(|letter| letter.is_ascii_hexdigit() || letter == '-')
    };
    let words = text.split('"').map(|word| if is_id(word) { "id" } else { word });
    words.collect::<Vec<_>>().join("\"")
}

#[tokio::test]
async fn every_answer_is_written_down_with_who_heard_it_and_nothing_of_what_was_said() {
    let terminal = sample();
    on(&terminal, HER, &[]);
    let asking = Asking::start(&terminal).await;
    let rows = asking.ask("timeline", json!({"limit": 7})).await;
    assert_eq!(rows["restsOn"].as_array().unwrap().len(), 7, "{rows}");
    asking.ask("search", json!({"text": "xanthorrhoea"})).await;
    asking.ask("search", json!({"text": "nowhere-to-be-found"})).await;
    asking.refused("record", json!({"record": "no-such-record"})).await;
    asking.ask("people", json!({})).await;
    asking.leave().await;
    let sent = terminal.lines(&["sent", "--person", HER]).remove(0);
    let said = |one: &Value| {
        [&one["whom"], &one["what"], &one["records"]].map(|text| text.as_str().unwrap().to_owned())
    };
    let handed: Vec<[String; 3]> = sent["handed"].as_array().unwrap().iter().map(said).collect();
    let whom = "An assistant that calls itself “test-assistant 7”";
    let lines = [
        ["Who is there", "no records"],
        ["Search", "no records"],
        ["Search", "1 record"],
        ["Timeline", "7 records"],
    ];
    assert_eq!(
        handed,
        lines.map(|[what, records]| [whom, what, records].map(ToOwned::to_owned)),
        "the newest first"
    );
    assert!(!sent.to_string().to_lowercase().contains("xanthorrhoea"), "what was asked is not written down");
    let receivers = sent["receivers"].as_array().unwrap();
    let search = receivers.iter().find(|one| one["what"] == "Search").unwrap();
    assert_eq!((&search["times"], &search["records"]), (&json!("2 answers"), &json!("1 record")));
    // A person reads it, too.
    let words = terminal.command(&["sent", "--person", HER]);
    let plain: Vec<_> = words.get_args().filter(|one| *one != "--json").map(ToOwned::to_owned).collect();
    let printed = std::process::Command::new(words.get_program())
        .args(plain)
        .env("LC_ALL", "C.UTF-8")
        .output()
        .unwrap();
    assert!(String::from_utf8(printed.stdout).unwrap().contains("test-assistant 7”  Timeline: 7 records"));
    terminal.lines(&["erase", "person", HER, "--yes"]);
    let left = terminal.lines(&["sent"]).remove(0);
    assert_eq!((&left["handed"], &left["receivers"]), (&json!([]), &json!([])), "it goes with its person");
}

/// What nobody could read later is not handed out now.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn what_cannot_be_written_down_is_not_handed_out() {
    let terminal = Terminal::new();
    terminal.lines(&["add", "--person", "Test", "allergy", "Peanut"]);
    on(&terminal, "Test", &[]);
    // Files of this program grow to a size at which the record can be opened, and no further: as on a disk that gets full.
    let own = terminal.command(&["mcp"]);
    let mut command = tokio::process::Command::new("sh");
    command
        .args(["-c", "trap '' XFSZ; ulimit -f 64; exec \"$0\" \"$@\""])
        .arg(own.get_program())
        .args(own.get_args());
    let asking = Asking::begin(command).await;
    let mut answers = 0;
    let refused = loop {
        assert!(answers < 5_000, "the disk never gets full");
        let (failed, said) = asking.hear("current", json!({})).await;
        assert_eq!(said.contains("Peanut"), !failed, "{said}");
        if failed {
            break said;
        }
        answers += 1;
    };
    assert!(answers > 0, "{refused}");
    asking.leave().await;
    let sent = terminal.lines(&["sent"]).remove(0);
    let written = sent["handed"].as_array().unwrap().len();
    assert!(written >= answers, "{answers} answers, {written} of them written down");
}

/// What a careful reader of the sample person's record knows, asked one after the other.
#[tokio::test]
async fn twenty_questions_are_answered_as_the_record_says() {
    let terminal = sample();
    on(&terminal, HER, &[]);
    let asking = Asking::start(&terminal).await;
    let current = asking.all("current", json!({"all": true}), "current").await;
    let about = |name: &str| {
        current
            .iter()
            .find(|one| one["name"] == name)
            .unwrap_or_else(|| panic!("{name}: {:?}", titles(&current)))
    };
    let says = |value: &Value, text: &str| assert!(value.to_string().contains(text), "{text}: {value}");

    // 1. Whose records are there?
    let people = asking.ask("people", json!({})).await;
    assert_eq!(titles(people["people"].as_array().unwrap()), [HER]);
    // 2. To what is she allergic?
    let allergies = asking.ask("current", json!({"kinds": ["allergy"]})).await;
    assert_eq!(
        titles(allergies["current"].as_array().unwrap()),
        ["Penicillins", "Sulfa antibiotics", "Codeine", "Latex"]
    );
    // 3. How bad is penicillin?
    says(&about("Penicillins")["text"], "high risk of a serious reaction");
    // 4. Does everybody list the sulfa allergy?
    says(
        &about("Sulfa antibiotics")["disagreements"],
        "harbor lists Sulfa drugs; lakeside and summit do not list it.",
    );
    // 5. Is lisinopril still taken?
    says(
        &about("Lisinopril")["disagreements"],
        "summit stopped lisinopril 10 mg on June 7, 2022 (reason: Side effect: cough); harbor and lakeside still list it.",
    );
    // 6. Which strength of atorvastatin?
    says(
        &about("Atorvastatin")["disagreements"],
        "harbor raised atorvastatin to 40 mg on April 20, 2023; lakeside still lists 20 mg.",
    );
    // 7. How is metformin taken, and who says so?
    says(&about("Metformin")["text"], "1000 mg");
    let told_by: Vec<&str> = about("Metformin")["bySource"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|one| one["provider"].as_str())
        .collect();
    assert!(told_by.contains(&"summit") && told_by.contains(&"lakeside"), "{told_by:?}");
    // 8. Since when has she had diabetes? The month is known and no day.
    let diabetes = about("Type 2 diabetes");
    assert_eq!((&diabetes["since"], &diabetes["sinceText"]), (&json!("2014-04"), &json!("April 2014")));
    // 9. Does she have coronary artery disease?
    assert_eq!(about("Coronary artery disease")["standing"], "ruled-out");
    // 10. When was her last tetanus shot?
    let tetanus =
        asking.ask("timeline", json!({"kinds": ["vaccine"], "from": "2023", "to": "2023-12-31"})).await;
    let shots: Vec<(&str, &str)> = tetanus["records"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["date"].as_str().unwrap(), one["title"].as_str().unwrap()))
        .collect();
    assert!(shots.iter().any(|(day, title)| *day == "2023-03-14" && title.contains("tetanus")), "{shots:?}");
    // 11. And the typhoid one?
    says(&about("Typhoid fever")["text"], "August 3, 2017");
    // 12. When was the appendix taken out? A month in one record, a year in the other.
    let appendix = asking.all("search", json!({"text": "appendectomy"}), "records").await;
    assert_eq!(about("Appendix removal")["since"], "1999");
    says(&json!(appendix), "1999");
    // 13. Who operated on the knee, and who tells it?
    let knee =
        asking.ask("timeline", json!({"kinds": ["procedure"], "from": "2019-09", "to": "2019-09"})).await;
    let [knee] = knee["records"].as_array().unwrap().as_slice() else { panic!("{knee}") };
    let mut told_by: Vec<&str> =
        knee["toldBy"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    told_by.sort_unstable();
    assert_eq!((&knee["date"], told_by), (&json!("2019-09-12"), vec!["lakeside", "summit"]));
    // 14. What does each of them say of it, and why are they one?
    let record = asking.ask("record", json!({"record": knee["id"]})).await;
    assert_eq!(record["sources"].as_array().unwrap().len(), 2, "{record}");
    says(&record["sources"], "Dr. Luis Vargas");
    assert!(!record["whyOne"].as_array().unwrap().is_empty(), "{record}");
    assert!(record["restsOn"].as_array().unwrap().contains(&knee["id"]));
    // 15. How did her A1c go?
    let tests = asking.all("trend", json!({}), "tests").await;
    let a1c = tests
        .iter()
        .find(|one| one.to_string().contains("A1c"))
        .unwrap_or_else(|| panic!("{:?}", titles(&tests)));
    let values = asking.all("trend", json!({"test": a1c["test"], "limit": 3}), "values").await;
    assert!(values.len() >= 5, "{values:?}");
    assert!(
        values.windows(2).all(|two| two[0]["date"].as_str() >= two[1]["date"].as_str()),
        "the newest first"
    );
    assert!(values.iter().all(|one| one["value"].as_str().unwrap().contains('%')), "{values:?}");
    // 16. What was out of range lately?
    let out = asking.ask("timeline", json!({"outOfRange": true, "limit": 5})).await;
    let out = out["records"].as_array().unwrap();
    assert!(!out.is_empty() && out.iter().all(|one| one["outOfRange"].is_string()), "{out:?}");
    // 17. What does the heart letter say, word for word?
    let found = asking.ask("search", json!({"text": "xanthorr"})).await;
    let [letter] = found["records"].as_array().unwrap().as_slice() else { panic!("{found}") };
    says(&letter["passage"], "Xanthorrhoea");
    let letter = asking.ask("record", json!({"record": letter["id"]})).await;
    assert_eq!(letter["texts"][0]["text"], "Echocardiogram shows a quiet Xanthorrhoea murmur.");
    // 18. What goes on the sheet for the next visit?
    let summary = asking.ask("summary", json!({})).await;
    for text in ["Penicillins", "Metformin", "High blood pressure"] {
        says(&summary["lines"], text);
    }
    assert!(summary["restsOn"].as_array().unwrap().len() > 20, "{}", summary["restsOn"]);
    // 19. Does she have everything?
    let missing = asking.ask("missing", json!({})).await;
    let names: BTreeSet<&str> =
        missing["providers"].as_array().unwrap().iter().filter_map(|one| one["provider"].as_str()).collect();
    assert!(
        names.is_superset(&BTreeSet::from([
            "lakeside",
            "summit",
            "harbor",
            "northgate",
            "cedar",
            "Heart House"
        ])),
        "{missing}"
    );
    // 20. Was she ever treated for a depression? Nobody says that there is nothing.
    let depression = asking.ask("search", json!({"text": "depression"})).await;
    assert_eq!(depression["records"], json!([]));
    says(&depression["notShared"]["sensitive"], "Mental health");
    says(&depression["notShared"]["text"], "An empty list does not mean that there is nothing.");
    // What is not understood is named.
    for (tool, arguments, what) in [
        ("timeline", json!({"from": "yesterday"}), "from"),
        ("search", json!({}), "text"),
        ("current", json!({"kinds": ["hologram"]}), "kinds"),
        ("timeline", json!({"cursor": "x"}), "cursor"),
    ] {
        let said = asking.refused(tool, arguments).await;
        assert!(said.starts_with(&format!("This was not understood: {what}.")), "{said}");
    }
    asking.leave().await;
}
