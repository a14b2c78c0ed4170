//! What the terminal asks for beside the commands: the whole record as a stream of JSON lines, and single records by the
//! ids that FHIR servers give them, whoever they belong to. A window has no use for either. The names of the JSON members are
//! a contract (`docs/cli.md`).

use std::{collections::BTreeMap, ops::ControlFlow, sync::Arc};

use serde_json::{Value as Json, json};
use wholechart_fhir::{Found, Inference, Value};
use wholechart_record::{ConnectionId, EntryKey, Fact, FactId, PersonId, Sensitive, Standing, TOPICAL};
use wholechart_store::{EntryRow, FactRow, Store, StoreError};

use crate::{
    app::App,
    error::ApiError,
    lists::view::Around,
    people::today,
    providers,
    record::{
        view::{gone, lines},
        wire::Line,
    },
    said::{Tellers, Voice},
    topics::{disputes::Disputes, in_order, wire::TopicView},
    words::{Speech, dates},
};

impl App {
    /// Every entry as one JSON object, handed over one at a time. `person`: whose; `None`: everybody's.
    ///
    /// # Errors
    /// When the record is locked or cannot be read.
    pub async fn entries(
        &self,
        person: Option<PersonId>,
        mut each: impl FnMut(Json) + Send + 'static,
    ) -> Result<(), ApiError> {
        self.ask(move |store| {
            let names = Names::of(store)?;
            store.entries(person.as_ref(), &mut |row| {
                each(entry(&row, &names));
                ControlFlow::Continue(())
            })
        })
        .await
    }

    /// Every fact as one JSON object, handed over one at a time. `person`: whose; `None`: everybody's.
    ///
    /// # Errors
    /// When the record is locked or cannot be read.
    pub async fn facts(
        &self,
        person: Option<PersonId>,
        mut each: impl FnMut(Json) + Send + 'static,
    ) -> Result<(), ApiError> {
        let words = Arc::clone(&self.words);
        let now = self.host.now();
        self.ask(move |store| {
            let names = Names::of(store)?;
            let words = Speech::new(&words, chrono_tz::Tz::UTC, now);
            store.facts_and_rows(person.as_ref(), &mut |_, found, row| {
                let voice = Voice { speech: words, tellers: Tellers::Names(&names.connections) };
                each(fact(&found, &row, &voice, &names));
                ControlFlow::Continue(())
            })
        })
        .await
    }

    /// Every topic as one JSON object. `person`: whose; `None`: everybody's.
    ///
    /// # Errors
    /// When the record is locked or cannot be read.
    pub async fn topic_lines(&self, person: Option<PersonId>) -> Result<Vec<Json>, ApiError> {
        let words = Arc::clone(&self.words);
        let now = self.host.now();
        self.ask(move |store| {
            let providers = providers::names(store)?;
            let mut lines = Vec::new();
            for whose in store.persons()?.iter().filter(|one| person.as_ref().is_none_or(|id| *id == one.id))
            {
                let speech = Speech::new(&words, whose.home_zone, now);
                let around = Around { speech, today: today(whose, now), providers: &providers };
                let found = store.topics(&whose.id, TOPICAL)?;
                let disputes = Disputes::among(store, &around, &whose.id, &found, None)?;
                for (topic, _) in in_order(&around, &disputes, &found, TOPICAL) {
                    lines.push(topic_line(&topic, &whose.name));
                }
            }
            Ok(lines)
        })
        .await
    }

    /// The fact and the source (`Type/id`) that are meant by a FHIR id or a fact's id, as one connection tells them.
    ///
    /// # Errors
    /// When the record is locked, or the connection tells no such thing.
    pub async fn source_of(
        &self,
        connection: ConnectionId,
        wanted: String,
    ) -> Result<(FactId, String), ApiError> {
        self.ask(move |store| {
            let mut found: Option<EntryKey> = None;
            if let Some((_, rows)) = store.fact(&FactId(wanted.clone()))? {
                found = rows.into_iter().map(|row| row.member.key).find(|key| key.connection == connection);
            } else {
                store.entries(None, &mut |row| {
                    let key = row.member.key;
                    let meant = key.id == wanted || format!("{}/{}", key.resource_type, key.id) == wanted;
                    if key.connection == connection && meant {
                        found = Some(key);
                        return ControlFlow::Break(());
                    }
                    ControlFlow::Continue(())
                })?;
            }
            let key = found.ok_or(StoreError::NoSuch("record"))?;
            let fact = store.fact_of(&key)?.ok_or(StoreError::NoSuch("fact"))?;
            Ok((fact, format!("{}/{}", key.resource_type, key.id)))
        })
        .await
    }

    /// What the page of one record says: a title and its lines for each source of a fact, or for each entry of this FHIR
    /// id (`Type/id`, or the id alone).
    ///
    /// # Errors
    /// When the record is locked or there is no such thing.
    pub async fn record_text(&self, wanted: String) -> Result<Vec<(String, Vec<Line>)>, ApiError> {
        let words = Arc::clone(&self.words);
        let now = self.host.now();
        self.ask(move |store| {
            let persons = store.persons()?;
            let connections = store.connections(None)?;
            let mut members = Vec::new();
            if let Some((_, rows)) = store.fact(&FactId(wanted.clone()))? {
                members.extend(rows.into_iter().map(|row| row.member));
            } else {
                store.entries(None, &mut |row| {
                    let key = &row.member.key;
                    if key.id == wanted || format!("{}/{}", key.resource_type, key.id) == wanted {
                        members.push(row.member);
                    }
                    ControlFlow::Continue(())
                })?;
            }
            if members.is_empty() {
                return Err(StoreError::NoSuch("record"));
            }
            let mut texts = Vec::with_capacity(members.len());
            for member in members {
                let connection = connections.iter().find(|one| one.id == member.key.connection);
                let home = connection
                    .and_then(|connection| persons.iter().find(|one| one.id == connection.person))
                    .map_or(chrono_tz::Tz::UTC, |person| person.home_zone);
                let speech = Speech::new(&words, home, now);
                let entry = &member.entry;
                let mut said = lines(&speech, entry);
                if let Some(since) = store.missing_since(&member.key)? {
                    let by = connection.map(|one| speech.sent(&one.name)).unwrap_or_default();
                    let text = gone(&speech, &by, since);
                    said.insert(0, Line { label: speech.get("line-status"), text, technical: false });
                }
                texts.push((speech.title(entry.kind, &entry.called()), said));
            }
            Ok(texts)
        })
        .await
    }
}

fn topic_line(topic: &TopicView, person: &str) -> Json {
    let by_source = topic.by_source.iter().map(|one| {
        json!({"provider": one.provider, "title": one.title, "standing": one.standing, "text": one.text,
            "day_text": one.day_text})
    });
    json!({
        "person": person,
        "id": topic.id,
        "kind": topic.kind,
        "name": topic.name,
        "name_source": topic.name_source,
        "facts": topic.facts.iter().map(|fact| &fact.id).collect::<Vec<_>>(),
        "current": topic.standing == Standing::Current,
        "standing": topic.standing,
        "standing_text": topic.standing_text,
        "since": topic.since,
        "since_text": topic.since_text,
        "status": topic.facts.first().and_then(|fact| fact.status_text.clone()),
        "text": topic.text,
        "reason": topic.reason,
        "prescriber": topic.prescriber,
        "earlier": topic.earlier,
        "told": topic.told,
        "times": topic.times,
        "disagreement": topic.disagreement,
        "sensitive": topic.sensitive.map(Sensitive::as_str),
        "by_source": by_source.collect::<Vec<_>>(),
    })
}

/// What people and connections are called.
struct Names {
    persons: BTreeMap<PersonId, String>,
    connections: providers::Names,
}

impl Names {
    fn of(store: &Store) -> Result<Names, StoreError> {
        Ok(Names {
            persons: store.persons()?.into_iter().map(|one| (one.id, one.name)).collect(),
            connections: providers::names(store)?,
        })
    }

    fn connection(&self, id: &ConnectionId) -> &str {
        providers::name(&self.connections, id)
    }

    fn person(&self, id: &PersonId) -> &str {
        self.persons.get(id).map(String::as_str).unwrap_or_default()
    }
}

fn key(key: &EntryKey, names: &Names) -> Json {
    json!({
        "connection": names.connection(&key.connection),
        "release": key.release,
        "type": key.resource_type,
        "id": key.id,
    })
}

fn entry(row: &EntryRow, names: &Names) -> Json {
    let read = &row.member.entry;
    let mut line = key(&row.member.key, names);
    let quantity = match &read.value {
        Some(Value::Quantity(quantity)) => Some(quantity),
        _ => None,
    };
    let more = json!({
        "base": row.member.key.base,
        "release_from": release_from(row.inferred.as_ref()),
        "kind": read.kind,
        "title": read.title,
        "title_source": read.title_source,
        "title_as_sent": read.title_as_sent,
        "date": read.date.as_ref().map(|date| json!({
            "start": date.start.as_ref().map(|d| &d.raw),
            "end": date.end.as_ref().map(|d| &d.raw),
            "precision": date.start.as_ref().or(date.end.as_ref()).map(|date| date.precision),
            "field": date.field,
            "text": date.text.clone().or_else(|| date.age.as_ref().map(|_| date.words_as_sent())),
            "role": date.role,
            "day_only": date.day_only,
            "implausible": date.implausible,
        })),
        "status": read.status,
        "status_group": read.status_group,
        "codes": read.codes,
        "category": read.category,
        "value": match quantity {
            Some(quantity) => quantity.value.clone(),
            None => read.value.as_ref().map(Value::as_sent),
        },
        "value_type": read.value.as_ref().map(value_type),
        "unit": quantity.and_then(|q| q.unit.clone().or_else(|| q.code.clone())),
        "comparator": quantity.and_then(|q| q.comparator.clone()),
        "sent_as_text": quantity.is_some_and(|q| q.sent_as_text),
        "components": read.components.iter().map(|part| json!({
            "title": part.title,
            "codes": part.codes,
            "value": part.value.as_ref().map(Value::as_sent),
            "interpretation": part.interpretation,
            "reference_range": part.reference_range,
        })).collect::<Vec<_>>(),
        "interpretation": read.interpretation,
        "reference_range": read.reference_range,
        "dosage": read.dosage,
        "person": names.person(&row.person),
        "performer": read.performer,
        "encounter": read.encounter,
        "members": read.members,
        "details": read.details.iter().map(|detail| json!({
            "element": detail.element,
            "name": detail.name,
            "value": detail.value,
            "text": detail.value.all_sent(),
        })).collect::<Vec<_>>(),
        "notes": read.notes,
        "attachments": read.attachments,
        "problems": read.problems,
        "gone": row.gone.map(|since| since.to_rfc3339()),
    });
    if let (Json::Object(line), Json::Object(more)) = (&mut line, more) {
        line.extend(more);
    }
    line
}

/// How the release was found: `stated` (by the server or the person), `profile`, `type` or `element` of the resource,
/// `neighbours`, `nothing`; and what it was found by.
fn release_from(how: Option<&Inference>) -> Json {
    how.map_or_else(|| json!({"by": "stated"}), |how| json!(how))
}

fn value_type(value: &Value) -> &'static str {
    match value {
        Value::Quantity(_) => "quantity",
        Value::Text(_) => "text",
        Value::Bool(_) => "boolean",
        Value::Concept { .. } => "concept",
        Value::Range { .. } => "range",
        Value::Ratio { .. } => "ratio",
        Value::Date(_) => "date",
        Value::Absent { .. } => "absent",
    }
}

/// A fact, with what the window's lists say of it in words.
fn fact(fact: &Fact, row: &FactRow, voice: &Voice<'_>, names: &Names) -> Json {
    let mut line = fact_alone(fact, names);
    let filled = |text: String| (!text.is_empty()).then_some(text);
    line["status_text"] = json!(voice.status_line(row));
    line["dosage_text"] = json!(filled(voice.dosings(&row.said)));
    line["value_text"] = json!(voice.value(fact.kind, fact.value.as_ref(), &row.said));
    line["details"] = json!(
        row.said
            .details
            .iter()
            .map(|one| json!({
                "element": one.what.element,
                "text": voice.speech.detail(&one.what),
                "connections": one.by.iter().map(|id| names.connection(id)).collect::<Vec<_>>(),
            }))
            .collect::<Vec<_>>()
    );
    line["notes"] = json!(voice.notes(&row.said));
    line["gone"] = json!(row.gone.iter().map(|id| names.connection(id)).collect::<Vec<_>>());
    line["under"] = json!(row.under);
    line["holds"] = json!(row.holds);
    line
}

fn fact_alone(fact: &Fact, names: &Names) -> Json {
    json!({
        "id": fact.id,
        "kind": fact.kind,
        "title": fact.title.text,
        "date": fact.day.map(dates::key),
        "status_group": fact.status_group,
        "value": fact.value.as_ref().map(Found::as_sent),
        "flag": fact.flag,
        "members": fact.members.iter().map(|member| key(member, names)).collect::<Vec<_>>(),
        "joins": fact.joins.iter().chain(&fact.related).map(|join| json!({
            "rule": join.rule,
            "strength": join.strength,
            "evidence": join.evidence.iter().map(|(name, value)| json!({"name": name, "value": value})).collect::<Vec<_>>(),
            "a": key(&join.a, names),
            "b": key(&join.b, names),
        })).collect::<Vec<_>>(),
        "conflicts": fact.conflicts.iter().map(|conflict| json!({
            "about": conflict.about,
            "facts": conflict.facts,
            "statements": conflict.statements.iter().map(|said| {
                let mut statement = match &said.key {
                    Some(who) => key(who, names),
                    None => json!({"connection": names.connection(&said.by)}),
                };
                statement["says"] = json!(said.says);
                statement
            }).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
    })
}
