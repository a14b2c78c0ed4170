//! What an assistant may be handed, chosen in a terminal.

use serde_json::{Value, json};
use wholechart_api::{
    ApiError,
    wire::{AppState, AssistantView, SensitiveKind},
};

use crate::{
    host::complain,
    options::{Assistant, Sensitive},
    run::{Terminals, asked, plain},
};

impl From<Sensitive> for SensitiveKind {
    fn from(kind: Sensitive) -> SensitiveKind {
        match kind {
            Sensitive::Mental => SensitiveKind::Mental,
            Sensitive::Reproductive => SensitiveKind::Reproductive,
            Sensitive::Substances => SensitiveKind::Substances,
            Sensitive::Hiv => SensitiveKind::Hiv,
            Sensitive::Life => SensitiveKind::Life,
        }
    }
}

impl Terminals {
    pub(crate) async fn assistant(&self, what: Assistant, state: &AppState) -> Result<(), ApiError> {
        let view: AssistantView = self.ask("assistant", json!({})).await?;
        let mut choice = view.choice.clone();
        let view = match what {
            Assistant::Show => view,
            Assistant::Off(whose) if whose.person.is_some() => {
                let person = Self::person(&whose, state)?;
                choice.persons.retain(|one| one.person != person);
                self.ask("saveAssistant", json!({ "choice": choice })).await?
            }
            Assistant::Off(_) => {
                choice.on = false;
                self.ask("saveAssistant", json!({ "choice": choice })).await?
            }
            Assistant::On { whose, kind, sensitive, yes } => {
                let person = Self::person(&whose, state)?;
                let kinds = kinds(&view, &kind)?;
                let shown: Vec<SensitiveKind> = sensitive.into_iter().map(Into::into).collect();
                for said in &view.warning {
                    complain(said);
                }
                complain(&shares(&view, &kinds, &shown));
                if !yes && !asked("Turn it on? [y/N]") {
                    return Err(plain(
                        "Nothing was turned on.",
                        "To turn it on without being asked, add --yes.",
                    ));
                }
                let mut choice = json!(choice);
                choice["on"] = true.into();
                let others = choice["persons"].as_array().cloned().unwrap_or_default();
                let others = others.into_iter().filter(|one| one["person"] != json!(person));
                let own = json!({ "person": person, "kinds": kinds, "sensitive": shown });
                choice["persons"] = others.chain([own]).collect();
                self.ask("saveAssistant", json!({ "choice": choice })).await?
            }
        };
        self.print(&view.choice, || told(&view, state))
    }
}

/// The kinds that are meant: all of them, where none is named.
fn kinds(view: &AssistantView, named: &[String]) -> Result<Vec<Value>, ApiError> {
    let all: Vec<Value> = view.kinds.iter().map(|one| json!(one.kind)).collect();
    if named.is_empty() {
        return Ok(all);
    }
    let known = |name: &String| {
        let kind = all.iter().find(|kind| **kind == json!(name));
        kind.cloned().ok_or_else(|| {
            let all: Vec<&str> = all.iter().filter_map(Value::as_str).collect();
            plain(
                format!("There is no kind of record called {name}."),
                &format!("Kinds are: {}.", all.join(", ")),
            )
        })
    };
    named.iter().map(known).collect()
}

fn shares(view: &AssistantView, kinds: &[Value], shown: &[SensitiveKind]) -> String {
    let labels = view.kinds.iter().filter(|one| kinds.contains(&json!(one.kind)));
    let labels: Vec<&str> = labels.map(|one| one.label.as_str()).collect();
    let kept_back = view.sensitive.iter().filter(|one| !shown.contains(&one.kind));
    let kept_back: Vec<&str> = kept_back.map(|one| one.label.as_str()).collect();
    let kept_back = if kept_back.is_empty() { "nothing".to_owned() } else { kept_back.join("; ") };
    format!("Shared: {}.\nKept back, wherever it stands: {kept_back}.", labels.join(", "))
}

fn told(view: &AssistantView, state: &AppState) -> String {
    let persons = view.choice.persons.iter().filter_map(|one| {
        let person = state.persons.iter().find(|person| person.id == one.person)?;
        let kinds: Vec<Value> = one.kinds.iter().map(|kind| json!(kind)).collect();
        Some(format!("{}\n{}", person.name, shares(view, &kinds, &one.sensitive)))
    });
    let persons: Vec<String> = persons.collect();
    match (view.choice.on, persons.is_empty()) {
        (true, false) => format!("An assistant is answered about:\n{}", persons.join("\n")),
        _ => "No assistant is answered.".to_owned(),
    }
}
