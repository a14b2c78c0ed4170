//! Entries, facts and single records as the terminal lists them. The names of the JSON members are a contract
//! (`docs/cli.md`).

use std::{ops::ControlFlow, sync::Arc};

use serde_json::{Value as Json, json};
use wholechart_fhir::{FhirDate, Found, Inference, Precision, Value};
use wholechart_record::{EntryKey, Fact};
use wholechart_store::EntryRow;

use crate::{
    app::App,
    error::ApiError,
    host::Event,
    progress::Percent,
    record::{view::lines, wire::Line},
    words::Speech,
};

impl App {
    /// Every entry as one JSON object, handed over one at a time.
    ///
    /// # Errors
    /// When the record is locked or cannot be read.
    pub async fn entries(
        &self,
        person: Option<String>,
        each: impl FnMut(Json) + Send + 'static,
    ) -> Result<(), ApiError> {
        let names = self.names().await?;
        let mut each = each;
        let person = person.map(wholechart_record::PersonId);
        self.ask(move |store| {
            store.entries(person.as_ref(), &mut |row| {
                each(entry(&row, &names));
                ControlFlow::Continue(())
            })
        })
        .await
    }

    /// Every fact as one JSON object, handed over one at a time.
    ///
    /// # Errors
    /// When the record is locked or cannot be read.
    pub async fn facts(
        &self,
        person: Option<String>,
        each: impl FnMut(Json) + Send + 'static,
    ) -> Result<(), ApiError> {
        let names = self.names().await?;
        let mut each = each;
        let person = person.map(wholechart_record::PersonId);
        self.ask(move |store| {
            store.facts(person.as_ref(), &mut |_, found| {
                each(fact(&found, &names));
                ControlFlow::Continue(())
            })
        })
        .await
    }

    /// What the page of one record says, as label and text: all entries of this FHIR type and id, or of a fact.
    ///
    /// # Errors
    /// When the record is locked or there is no such thing.
    pub async fn record_text(&self, wanted: String) -> Result<Vec<(String, Vec<Line>)>, ApiError> {
        let words = std::sync::Arc::clone(&self.words);
        let now = self.host.now();
        let found = self
            .ask(move |store| {
                let persons = store.persons()?;
                let connections = store.connections(None)?;
                let mut members = Vec::new();
                if let Some((_, rows)) = store.fact(&wholechart_record::FactId(wanted.clone()))? {
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
                Ok(members
                    .into_iter()
                    .map(|member| {
                        let connection = connections.iter().find(|c| c.id == member.key.connection);
                        let home = connection
                            .and_then(|c| persons.iter().find(|p| p.id == c.person))
                            .map_or(chrono_tz::Tz::UTC, |p| p.home_zone);
                        let speech = Speech::new(&words, home, now);
                        let entry = &member.entry;
                        (speech.title(entry.kind, &entry.called()), lines(&speech, entry))
                    })
                    .collect::<Vec<_>>())
            })
            .await?;
        if found.is_empty() { Err(self.error("error-no-such")) } else { Ok(found) }
    }

    /// Derives every entry and fact anew from what was sent; events tell progress.
    ///
    /// # Errors
    /// When the record is locked or cannot be written.
    pub async fn rebuild(&self) -> Result<(), ApiError> {
        let host = Arc::clone(&self.host);
        let text = self.words.get("progress-derive");
        self.ask(move |store| {
            let mut percent = Percent::new(&*host, text);
            store.rebuild(&mut |done, total| {
                percent.tell(done, total);
                ControlFlow::Continue(())
            })
        })
        .await?;
        self.host.event(Event::Changed);
        Ok(())
    }

    async fn names(&self) -> Result<Names, ApiError> {
        self.ask(|store| {
            Ok(Names {
                persons: store.persons()?.into_iter().map(|p| (p.id.0, p.name)).collect(),
                connections: store.connections(None)?.into_iter().map(|c| (c.id.0, c.name)).collect(),
            })
        })
        .await
    }
}

struct Names {
    persons: Vec<(String, String)>,
    connections: Vec<(String, String)>,
}

fn name<'a>(names: &'a [(String, String)], id: &str) -> &'a str {
    names.iter().find(|(known, _)| known == id).map_or("", |(_, name)| name.as_str())
}

fn key(key: &EntryKey, names: &Names) -> Json {
    json!({
        "connection": name(&names.connections, &key.connection.0),
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
            "precision": date.start.as_ref().or(date.end.as_ref()).map(precision),
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
        "person": name(&names.persons, &row.person.0),
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
    });
    if let (Json::Object(line), Json::Object(more)) = (&mut line, more) {
        line.extend(more);
    }
    line
}

/// How the release was found: `stated` (by the server or the person), `profile`, `type` or `element` of the resource,
/// `neighbours`, `nothing`; and what said so.
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

fn precision(date: &FhirDate) -> Precision {
    date.precision
}

fn fact(fact: &Fact, names: &Names) -> Json {
    json!({
        "id": fact.id,
        "kind": fact.kind,
        "title": fact.title.text,
        "date": fact.day.map(crate::words::dates::key),
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
                    None => json!({"connection": name(&names.connections, &said.by.0)}),
                };
                statement["says"] = json!(said.says);
                statement
            }).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
    })
}
