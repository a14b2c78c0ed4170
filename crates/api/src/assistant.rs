//! An assistant of the person's own, which asks about the record through a program of this computer and hands what it hears to its maker.
//!
//! Off until the person switches it on, and then per person and per kind ([`wire`]). Everything is answered by the commands that
//! the window asks ([`answers`]); what the person did not choose is kept back from every answer alike ([`veil`]), and each answer
//! is written down before it is handed out ([`Assistant::answer`]): what cannot be written down is not handed out.
//!
//! **Invariant.** An answer is what it would be if what is kept back were not in the record: no figure counts it, no cursor
//! passes it, and what is said of it is said of its kind, whether there is any or not.

mod answers;
mod asked;
mod choice;
mod door;
pub(crate) mod held;
pub(crate) mod socket;
pub(crate) mod tools;
pub(crate) mod veil;
pub(crate) mod wire;

use std::{
    collections::BTreeSet,
    sync::{Arc, PoisonError},
};

use serde_json::{Map, Value as Json, json};
use wholechart_fhir::Kind;
use wholechart_record::Sensitive;
use wholechart_store::{HandedLine, Person, StoreError};

pub use self::door::Assistant;
use self::{
    answers::Answer,
    asked::{Asked, Wrong},
    door::Shared,
    tools::AssistantTool,
    veil::{Allowed, Veil},
    wire::{AssistantChoice, AssistantView, KindToShare, SensitiveToShare},
};
use crate::{
    app::App,
    error::{ApiError, ErrorCode, error},
    host::Event,
    words::Speech,
};

/// To whom something was handed out, in the record.
pub(crate) const RECEIVER: &str = "assistant";
/// Characters of what a program calls itself.
const LONGEST_NAME: usize = 60;

impl App {
    pub(crate) async fn assistant(&self) -> Result<AssistantView, ApiError> {
        let choice = self.ask(choice::read).await?;
        Ok(self.assistant_view(choice))
    }

    pub(crate) async fn save_assistant(&self, choice: AssistantChoice) -> Result<AssistantView, ApiError> {
        let kept = self
            .ask(move |store| {
                choice::write(store, &choice)?;
                choice::read(store)
            })
            .await?;
        self.tend_door().await;
        self.host.event(Event::Changed);
        Ok(self.assistant_view(kept))
    }

    fn assistant_view(&self, choice: AssistantChoice) -> AssistantView {
        let words = &self.words;
        AssistantView {
            choice,
            kinds: Kind::ALL
                .iter()
                .map(|kind| KindToShare { kind: *kind, label: self.kind_label(*kind) })
                .collect(),
            sensitive: Sensitive::ALL
                .iter()
                .map(|kind| SensitiveToShare { kind: (*kind).into(), label: self.sensitive_label(*kind) })
                .collect(),
            warning: ["maker", "kept", "mistakes"]
                .iter()
                .map(|part| words.get(&format!("assistant-warning-{part}")))
                .collect(),
        }
    }

    fn kind_label(&self, kind: Kind) -> String {
        self.words.get(&format!("kind-{}", kind.as_str()))
    }

    fn sensitive_label(&self, kind: Sensitive) -> String {
        self.words.get(&format!("sensitive-{}", kind.as_str()))
    }

    /// What an assistant can ask, whether it is answered or not.
    pub fn assistant_tools(&self) -> Vec<AssistantTool> {
        tools::tools(&self.words)
    }
}

impl Assistant {
    /// A door of this app. It answers nothing while the record is closed or it is not switched on.
    pub fn of(app: Arc<App>) -> Assistant {
        Assistant { app }
    }

    /// Answers a tool of [`App::assistant_tools`], and writes down that it did. `whom`: what the assistant calls itself.
    ///
    /// # Errors
    /// In words for the assistant: that it is off, that there is no such person or record, what was not understood. They tell nothing
    /// of what is kept back.
    pub async fn answer(&self, tool: &str, arguments: Json, whom: &str) -> Result<Json, ApiError> {
        let choice = self.app.ask(choice::read).await.map_err(|why| match why.code {
            Some(ErrorCode::Locked) => self.app.error("error-assistant-locked"),
            _ => why,
        })?;
        if !choice.on || choice.persons.is_empty() {
            return Err(self.app.error("error-assistant-off"));
        }
        let name = self.app.assistant_tools().iter().find(|one| one.name == tool).map(|one| one.name);
        let name = name.ok_or_else(|| self.not_understood(Wrong("tool")))?;
        let asked = Asked::of(arguments);
        if name == "people" {
            return self.people(&choice, whom).await;
        }
        let shared = self.whose(&choice, &asked).await?;
        let answer = self.answers(&shared, name, &asked).await?;
        self.hand_out(&shared, name, answer, whom).await
    }

    async fn answers(&self, shared: &Shared, tool: &str, asked: &Asked) -> Result<Answer, ApiError> {
        match tool {
            "current" => self.current(shared, asked).await,
            "timeline" => self.timeline(shared, asked).await,
            "search" => self.search(shared, asked).await,
            "record" => self.record(shared, asked).await,
            "trend" => self.trend(shared, asked).await,
            "summary" => self.summary(shared, asked).await,
            "missing" => self.missing(shared, asked).await,
            _ => Err(self.not_understood(Wrong("tool"))),
        }
    }

    /// Everybody of whom anything is shared; nobody else has a name here.
    async fn people(&self, choice: &AssistantChoice, whom: &str) -> Result<Json, ApiError> {
        let persons = self.app.ask(wholechart_store::Store::persons).await?;
        let mut people = Vec::new();
        let mut lines = Vec::new();
        for shared in &choice.persons {
            let Some(person) = persons.iter().find(|one| one.id == shared.person) else { continue };
            let allowed = Allowed::from(shared);
            let kinds: Vec<String> = allowed.kinds.iter().map(|kind| self.app.kind_label(*kind)).collect();
            let mut one = json!({"id": person.id, "name": person.name, "shared": kinds});
            if allowed.kinds.contains(&Kind::Patient) {
                one["born"] = json!(person.birth_date);
            }
            one["notShared"] = self.not_shared(&allowed);
            people.push(one);
            lines.push(self.line(person, "people", whom, 0));
        }
        self.write_down(lines).await?;
        Ok(json!({"people": people, "now": self.app.host.now().to_rfc3339()}))
    }

    /// The person that is meant, by id or by name. Who is not shared is as unknown as who is not here.
    async fn whose(&self, choice: &AssistantChoice, asked: &Asked) -> Result<Shared, ApiError> {
        let wanted = asked.text("person").map_err(|wrong| self.not_understood(wrong))?;
        let persons = self.app.ask(wholechart_store::Store::persons).await?;
        let shared = |person: &Person| choice.persons.iter().find(|one| one.person == person.id);
        let mut meant = persons.into_iter().filter(|person| {
            let is_meant = wanted.as_ref().is_none_or(|wanted| {
                *wanted == person.id.0 || wanted.to_lowercase() == person.name.to_lowercase()
            });
            is_meant && shared(person).is_some()
        });
        let (Some(person), None) = (meant.next(), meant.next()) else {
            return Err(self.app.error("error-assistant-person"));
        };
        let no_such = || self.app.error("error-assistant-person");
        let allowed = shared(&person).map(Allowed::from).ok_or_else(no_such)?;
        let veil = self.veil(&person, &allowed).await?;
        Ok(Shared { person, allowed, veil })
    }

    async fn veil(&self, person: &Person, allowed: &Allowed) -> Result<Arc<Veil>, ApiError> {
        // What waits to be merged or read is not looked through yet.
        self.app.settle().await;
        let store = self.app.store().await?;
        let state = store.changed();
        let known = self.app.veils.lock().unwrap_or_else(PoisonError::into_inner).get(&person.id).cloned();
        if let Some((_, _, veil)) = known.filter(|(of, at, _)| of == allowed && *at == state) {
            return Ok(veil);
        }
        let (words, now) = (Arc::clone(&self.app.words), self.app.host.now());
        let (whose, of) = (person.clone(), allowed.clone());
        let made = self.app.ask(move |store| {
            let speech = Speech::new(&words, whose.home_zone, now);
            Veil::of(store, &speech, &whose.id, of)
        });
        let veil = Arc::new(made.await?);
        let kept = (allowed.clone(), state, Arc::clone(&veil));
        self.app.veils.lock().unwrap_or_else(PoisonError::into_inner).insert(person.id.clone(), kept);
        Ok(veil)
    }

    /// Screens an answer, says what it rests on and what is not shared, writes it down, and gives it away.
    async fn hand_out(
        &self,
        shared: &Shared,
        tool: &'static str,
        answer: Answer,
        whom: &str,
    ) -> Result<Json, ApiError> {
        let screened =
            answer.said.into_iter().filter_map(|(name, value)| Some((name, shared.veil.screen(value)?)));
        let mut said: Map<String, Json> = screened.collect();
        let mut rests_on = answer.rests_on;
        for value in said.values() {
            ids_in(value, &shared.veil, &mut rests_on);
        }
        let records = u32::try_from(rests_on.len()).unwrap_or(u32::MAX);
        let mut told = Map::new();
        told.insert("person".into(), json!({"id": shared.person.id, "name": shared.person.name}));
        told.append(&mut said);
        told.insert("restsOn".into(), json!(rests_on));
        told.insert("next".into(), json!(answer.next));
        told.insert("notShared".into(), self.not_shared(&shared.allowed));
        told.insert("now".into(), json!(self.app.host.now().to_rfc3339()));
        self.write_down(vec![self.line(&shared.person, tool, whom, records)]).await?;
        Ok(Json::Object(told))
    }

    fn line(&self, person: &Person, tool: &str, whom: &str, records: u32) -> HandedLine {
        HandedLine {
            at: self.app.host.now(),
            person: person.id.clone(),
            receiver: RECEIVER.to_owned(),
            whom: whom.chars().filter(|letter| !letter.is_control()).take(LONGEST_NAME).collect(),
            what: tool.to_owned(),
            records,
        }
    }

    async fn write_down(&self, lines: Vec<HandedLine>) -> Result<(), ApiError> {
        let written = self.app.ask(move |store| match store.note_handed(&lines) {
            Err(why @ (StoreError::DiskFull | StoreError::NotWritable)) => Ok(Err(why)),
            done => done.map(Ok),
        });
        written.await?.map_err(|why| self.app.error("error-assistant-unwritten").details(why))
    }

    /// What is kept back whatever the record holds: who hears it learns nothing of what there is.
    fn not_shared(&self, allowed: &Allowed) -> Json {
        let kinds = Kind::ALL.iter().filter(|kind| !allowed.kinds.contains(*kind));
        let sensitive = Sensitive::ALL.iter().filter(|kind| !allowed.sensitive.contains(*kind));
        json!({
            "kinds": kinds.map(|kind| self.app.kind_label(*kind)).collect::<Vec<_>>(),
            "sensitive": sensitive.map(|kind| self.app.sensitive_label(*kind)).collect::<Vec<_>>(),
            "text": self.app.words.get("assistant-not-shared"),
        })
    }

    fn not_understood(&self, wrong: Wrong) -> ApiError {
        error(&self.app.words, "error-assistant-asked", &[("what", wrong.0.into())])
    }
}

/// The ids of records that an answer names.
fn ids_in(value: &Json, veil: &Veil, found: &mut BTreeSet<String>) {
    match value {
        Json::String(text) => {
            if veil.shares(&wholechart_record::FactId(text.clone())) {
                found.insert(text.clone());
            }
        }
        Json::Array(items) => items.iter().for_each(|item| ids_in(item, veil, found)),
        Json::Object(members) => members.values().for_each(|member| ids_in(member, veil, found)),
        Json::Null | Json::Bool(_) | Json::Number(_) => {}
    }
}
