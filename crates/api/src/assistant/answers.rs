//! The answers: what the window's commands say, without what is kept back, as JSON for a program.

use std::{collections::BTreeSet, sync::Arc};

use serde_json::{Map, Value as Json, json};
use wholechart_fhir::Kind;
use wholechart_record::{ConnectionId, FactId, Standing, TOPICAL};
use wholechart_store::TopicRow;

use super::{
    asked::{Asked, Stretch, Wrong},
    door::{Assistant, Shared},
};
use crate::{
    error::ApiError,
    lists::view::Around,
    people::today,
    providers::{Names, wire::ConnectionState},
    questions::wire::ConflictView,
    record::wire::{FactPage, SourceView},
    sync::wire::SyncKindState,
    timeline::wire::{TimelineFilter, TimelineRow},
    topics::{disputes::Disputes, in_order, wire::TopicView},
    trends::wire::{TestKind, TestView},
    words::Speech,
};

/// Rows that are read at a time.
const PAGE: u32 = 200;
/// Answers of a kind that a search gives.
const FOUND: u32 = 100;
/// Characters of a text in one piece.
const PIECE: usize = 6_000;
/// Records that are named under another one.
const NAMED: usize = 50;

/// What is going to be said.
pub(super) struct Answer {
    pub(super) said: Map<String, Json>,
    /// Ids of records beside those that are named in it.
    pub(super) rests_on: BTreeSet<String>,
    pub(super) next: Option<String>,
}

impl Answer {
    fn of(said: Json, next: Option<String>) -> Answer {
        let said = match said {
            Json::Object(said) => said,
            other => Map::from_iter([("said".to_owned(), other)]),
        };
        Answer { said, rests_on: BTreeSet::new(), next }
    }
}

impl Assistant {
    fn stretch(&self, asked: &Asked) -> Result<Stretch, ApiError> {
        asked.stretch().map_err(|wrong| self.not_understood(wrong))
    }

    fn no_record(&self) -> ApiError {
        self.app.error("error-assistant-record")
    }

    /// What is so now under each heading; with `all`, also what was.
    pub(super) async fn current(&self, shared: &Shared, asked: &Asked) -> Result<Answer, ApiError> {
        let understood = |wrong| self.not_understood(wrong);
        let (stretch, all) = (self.stretch(asked)?, asked.yes("all").map_err(understood)?);
        let mut kinds = asked.kinds().map_err(understood)?;
        if kinds.is_empty() {
            kinds = TOPICAL.to_vec();
        }
        let (words, now) = (Arc::clone(&self.app.words), self.app.host.now());
        let (veil, person) = (Arc::clone(&shared.veil), shared.person.clone());
        let views = self.app.ask(move |store| {
            let speech = Speech::new(&words, person.home_zone, now);
            let around = Around { speech, today: today(&person, now), providers: veil.sources() };
            let found = store.topics(&person.id, &kinds)?;
            let whole = |one: &TopicRow| one.facts.iter().all(|fact| veil.shares(&fact.row.id));
            let shown: Vec<Arc<TopicRow>> = found
                .into_iter()
                .filter_map(|one| if whole(&one) { Some(one) } else { veil.topic(&one).map(Arc::new) })
                .collect();
            let disputes = Disputes::among(store, &around, &person.id, &shown, Some(&veil))?;
            let views = in_order(&around, &disputes, &shown, &kinds).into_iter().map(|(view, _)| view);
            Ok(views.collect::<Vec<TopicView>>())
        });
        let is_so = |view: &TopicView| {
            let now = [Standing::Current, Standing::PerhapsOver, Standing::NoneKnown, Standing::NotKnown];
            let done =
                matches!(view.kind, Kind::Vaccine | Kind::Procedure) && view.standing == Standing::Done;
            all || done || now.contains(&view.standing)
        };
        let views = views.await?.into_iter().filter(is_so);
        let items: Vec<Json> = views.filter_map(|view| shared.veil.screen(topic(&view))).collect();
        let (items, next) = stretch.of(items);
        Ok(Answer::of(json!({"current": items}), next))
    }

    pub(super) async fn timeline(&self, shared: &Shared, asked: &Asked) -> Result<Answer, ApiError> {
        let understood = |wrong| self.not_understood(wrong);
        let stretch = self.stretch(asked)?;
        let day = |name| -> Result<Option<String>, Wrong> {
            let day = asked.text(name)?;
            let is_day = day.as_deref().is_none_or(|day| crate::words::dates::parse(day).is_some());
            if is_day { Ok(day) } else { Err(Wrong(name)) }
        };
        let filter = TimelineFilter {
            kinds: asked.kinds().map_err(understood)?,
            flagged: asked.yes("outOfRange").map_err(understood)?,
            from: day("from").map_err(understood)?,
            to: day("to").map_err(understood)?,
            ..TimelineFilter::default()
        };
        let mut items = Vec::new();
        let mut cursor = None;
        while items.len() < stretch.needed() {
            let person = shared.person.id.clone();
            let page = self.app.timeline(person, filter.clone(), cursor, None, PAGE).await?;
            for one in page.rows.iter().filter(|one| shared.veil.shares(&one.id)) {
                items.extend(shared.veil.screen(row(shared, one)));
            }
            cursor = page.next;
            if cursor.is_none() {
                break;
            }
        }
        let (items, next) = stretch.of(items);
        Ok(Answer::of(json!({"records": items}), next))
    }

    pub(super) async fn search(&self, shared: &Shared, asked: &Asked) -> Result<Answer, ApiError> {
        let stretch = self.stretch(asked)?;
        let text = asked.required("text").map_err(|wrong| self.not_understood(wrong))?;
        let found = self.app.search(shared.person.id.clone(), text, FOUND).await?;
        let mut items = Vec::new();
        for hit in found.groups.into_iter().flat_map(|group| group.hits) {
            if shared.veil.shares(&hit.row.id) {
                let mut item = row(shared, &hit.row);
                if let Some(passage) = hit.passage {
                    item["passage"] = passage.into();
                }
                items.extend(shared.veil.screen(item));
            }
        }
        // Which words there are is told by what was found only.
        let instead = found.instead.filter(|_| !items.is_empty());
        let (items, next) = stretch.of(items);
        let mut said = json!({"records": items});
        if let Some(instead) = instead.filter(|instead| shared.veil.says(instead)) {
            said["searched"] = instead.into();
        }
        Ok(Answer::of(said, next))
    }

    /// A record with all its sources, then the text of its files piece by piece.
    pub(super) async fn record(&self, shared: &Shared, asked: &Asked) -> Result<Answer, ApiError> {
        let stretch = self.stretch(asked)?;
        let fact = FactId(asked.required("record").map_err(|wrong| self.not_understood(wrong))?);
        if !shared.veil.shares(&fact) {
            return Err(self.no_record());
        }
        let person = shared.person.id.clone();
        let page = self.app.fact(person.clone(), fact.clone()).await?;
        let held = self.app.held_under(person, fact.clone()).await?;
        let texts = self.app.ask(move |store| store.file_texts(&fact)).await?;
        let mut pieces: Vec<Json> = Vec::new();
        for one in &page.sources {
            pieces.extend(shared.veil.screen(json!({"source": source(shared, one)})));
        }
        for (title, text) in texts {
            let letters: Vec<char> = text.chars().collect();
            for part in letters.chunks(PIECE) {
                let text: String = part.iter().collect();
                pieces.extend(shared.veil.screen(compact(json!({"file": title, "text": text}))));
            }
        }
        let (pieces, next) = stretch.of(pieces);
        let (sources, files): (Vec<Json>, Vec<Json>) =
            pieces.into_iter().partition(|piece| piece.get("source").is_some());
        let mut said = if stretch.skip == 0 { head(shared, &page, &held) } else { json!({}) };
        said["record"] = row(shared, &page.row);
        said["sources"] = sources.into_iter().map(|mut piece| piece["source"].take()).collect();
        if !files.is_empty() {
            said["texts"] = files.into();
        }
        Ok(Answer::of(said, next))
    }

    /// Every test, or the values of one, which is meant by its id or by its name.
    pub(super) async fn trend(&self, shared: &Shared, asked: &Asked) -> Result<Answer, ApiError> {
        let understood = |wrong| self.not_understood(wrong);
        let stretch = self.stretch(asked)?;
        let (wanted, unit) =
            (asked.text("test").map_err(understood)?, asked.text("unit").map_err(understood)?);
        let tests = self.tests_shared(shared).await?;
        let Some(wanted) = wanted else {
            return Ok(list_of_tests(shared, &tests, stretch));
        };
        let by_id: Vec<&TestView> = tests.iter().filter(|one| one.test == wanted).collect();
        let name = wanted.to_lowercase();
        let is_called = |one: &&TestView, same: bool| {
            let names = [Some(&one.title), one.plain.as_ref()];
            names
                .into_iter()
                .flatten()
                .map(|name| name.to_lowercase())
                .any(|known| if same { known == name } else { known.contains(&name) })
        };
        let mut meant = by_id;
        for same in [true, false] {
            if meant.is_empty() {
                meant = tests.iter().filter(|one| is_called(one, same)).collect();
            }
        }
        let test = match meant.as_slice() {
            [] => return Err(self.no_record()),
            [test] => *test,
            several => {
                let several: Vec<TestView> = several.iter().map(|one| (*one).clone()).collect();
                return Ok(list_of_tests(shared, &several, stretch));
            }
        };
        let mut items = Vec::new();
        let mut cursor = None;
        let page = loop {
            let (person, id) = (shared.person.id.clone(), test.test.clone());
            let mut page = self.app.trend(person, test.kind, id, unit.clone(), cursor, PAGE).await?;
            for one in page.rows.iter().filter(|one| shared.veil.shares(&one.row.id)) {
                let mut item = row(shared, &one.row);
                item["inUnit"] = json!(one.converted);
                item["usualRange"] = json!(one.range);
                item["notDrawn"] = json!(one.not_drawn);
                items.extend(shared.veil.screen(compact(item)));
            }
            cursor = page.next.take();
            if cursor.is_none() || items.len() >= stretch.needed() {
                break page;
            }
        };
        let (items, next) = stretch.of(items);
        let said = json!({
            "test": test.test, "title": page.title, "plain": page.plain, "panel": page.panel,
            "unit": page.unit.label, "values": items,
        });
        Ok(Answer::of(compact(said), next))
    }

    /// Every test whose latest value is shared.
    async fn tests_shared(&self, shared: &Shared) -> Result<Vec<TestView>, ApiError> {
        let mut tests = Vec::new();
        for kind in [TestKind::Result, TestKind::Vital] {
            let mut cursor = None;
            loop {
                let page = self.app.tests(shared.person.id.clone(), kind, cursor, PAGE).await?;
                tests.extend(page.tests.into_iter().filter(|one| shared.veil.shares(&one.latest.id)));
                cursor = page.next;
                if cursor.is_none() {
                    break;
                }
            }
        }
        tests.sort_by(|one, other| {
            (one.order, one.title.as_str(), one.test.as_str()).cmp(&(other.order, &other.title, &other.test))
        });
        Ok(tests)
    }

    pub(super) async fn summary(&self, shared: &Shared, asked: &Asked) -> Result<Answer, ApiError> {
        let stretch = Stretch { limit: 1, ..self.stretch(asked)? };
        let (text, facts) =
            self.app.shared_summary(shared.person.id.clone(), Arc::clone(&shared.veil)).await?;
        let lines: Vec<&str> = text.split_inclusive('\n').collect();
        let mut pieces: Vec<String> = Vec::new();
        for line in lines {
            match pieces.last_mut() {
                Some(piece) if piece.chars().count() + line.chars().count() <= PIECE => piece.push_str(line),
                _ => pieces.push(line.to_owned()),
            }
        }
        let (pieces, next) = stretch.of(pieces);
        // Lines are screened each by itself: as a whole, one would take all with it.
        let lines: Vec<Json> = pieces.concat().lines().map(Json::from).collect();
        let mut answer = Answer::of(json!({"lines": lines}), next);
        answer.rests_on = facts.into_iter().map(|fact| fact.0).collect();
        Ok(answer)
    }

    /// What each provider was asked and did not give, from the ledger; without figures, which would count what is kept back.
    pub(super) async fn missing(&self, shared: &Shared, asked: &Asked) -> Result<Answer, ApiError> {
        let stretch = self.stretch(asked)?;
        let set_aside = self.app.words.get("kind-set-aside");
        let mut items = Vec::new();
        for connection in self.app.connections(shared.person.id.clone()).await? {
            if shared.veil.sources().get(&connection.id).is_none() {
                continue;
            }
            let mut item = json!({
                "provider": connection.name,
                "state": connection.state_text,
                "lastFetched": connection.last_sync_text,
            });
            if !connection.imported && connection.state != ConnectionState::Own {
                let ledger = self.app.ledger(shared.person.id.clone(), connection.id.clone()).await?;
                let lines = ledger.lines.iter().filter(|line| {
                    line.label != set_aside
                        && !matches!(line.state, SyncKindState::Complete | SyncKindState::NotOffered)
                });
                let missing: Vec<Json> = lines
                    .map(|line| {
                        let counts = line.text.chars().any(|letter| letter.is_ascii_digit());
                        compact(json!({
                            "what": line.label,
                            "state": line.state,
                            "text": (!counts).then_some(&line.text),
                            "lastComplete": line.complete_text,
                        }))
                    })
                    .collect();
                let not_offered = ledger.lines.iter().filter(|line| line.state == SyncKindState::NotOffered);
                item["everythingCame"] = (connection.last_sync.is_some() && missing.is_empty()).into();
                item["missing"] = missing.into();
                item["notOffered"] = not_offered.map(|line| line.label.as_str()).collect();
            }
            items.extend(shared.veil.screen(compact(item)));
        }
        let (items, next) = stretch.of(items);
        let said = json!({"providers": items, "text": self.app.words.get("assistant-missing")});
        Ok(Answer::of(said, next))
    }
}

/// A row of any list.
fn row(shared: &Shared, row: &TimelineRow) -> Json {
    let only_shared = |fact: &Option<FactId>| fact.clone().filter(|fact| shared.veil.shares(fact));
    compact(json!({
        "id": row.id,
        "kind": row.kind,
        "title": row.title,
        "date": row.day,
        "dateText": row.day_text,
        "time": row.time,
        "value": row.value,
        "more": row.second,
        "outOfRange": row.flag_text,
        "status": row.status_text,
        "takenBack": row.struck.then_some(true),
        "disagreement": row.disagreement,
        "toldBy": names(shared.veil.sources(), &row.sources),
        "visit": only_shared(&row.visit),
        "under": only_shared(&row.under),
    }))
}

fn names(known: &Names, of: &[ConnectionId]) -> Vec<String> {
    of.iter().filter_map(|id| known.get(id)).cloned().collect()
}

fn topic(view: &TopicView) -> Json {
    let by_source = view.by_source.iter().map(|one| {
        compact(json!({
            "provider": one.provider,
            "title": one.title,
            "standing": one.standing,
            "text": one.text,
            "dateText": one.day_text,
        }))
    });
    compact(json!({
        "name": view.name,
        "kind": view.kind,
        "standing": view.standing,
        "standingText": view.standing_text,
        "since": view.since,
        "sinceText": view.since_text,
        "text": view.text,
        "reason": view.reason,
        "prescriber": view.prescriber,
        "reviewed": view.reviewed,
        "listed": view.listed,
        "doubt": view.doubt,
        "earlier": view.earlier,
        "disagreements": view.told,
        "bySource": by_source.collect::<Vec<_>>(),
        "records": view.facts.iter().map(|fact| &fact.id).collect::<Vec<_>>(),
    }))
}

/// What stands above the sources of a record.
fn head(shared: &Shared, page: &FactPage, held: &[TimelineRow]) -> Json {
    let is_shared = |row: &&TimelineRow| shared.veil.shares(&row.id);
    let rows = |rows: &mut dyn Iterator<Item = &TimelineRow>| -> Vec<Json> {
        let said = rows.filter(is_shared).filter_map(|one| shared.veil.screen(row(shared, one)));
        said.take(NAMED).collect()
    };
    let conflicts = page.conflicts.iter().filter(|one| is_told(shared, one)).map(|one| {
        let statements = one.statements.iter().map(|said| {
            compact(json!({
                "provider": said.provider, "says": said.says, "dateText": said.date, "record": said.fact,
            }))
        });
        json!({"text": one.sentence, "statements": statements.collect::<Vec<_>>()})
    });
    let joins = page.joins.iter().map(|one| &one.why).collect::<BTreeSet<_>>();
    let likely = page.likely.iter().map(|one| (&one.row, &one.why));
    let related = page.related.iter().map(|one| (&one.row, &one.why));
    let beside = |found: &mut dyn Iterator<Item = (&TimelineRow, &String)>| -> Vec<Json> {
        let found = found.filter(|(one, _)| shared.veil.shares(&one.id));
        found.map(|(one, why)| json!({"record": row(shared, one), "why": why})).collect()
    };
    compact(json!({
        "plain": page.plain,
        "topic": page.topic.as_ref().map(|topic| &topic.name),
        "disagreements": conflicts.collect::<Vec<_>>(),
        "whyOne": joins,
        "probablyTheSame": beside(&mut likely.into_iter()),
        "related": beside(&mut related.into_iter()),
        "holds": rows(&mut held.iter()),
        "sameVisit": rows(&mut page.day.iter().flat_map(|group| &group.rows)),
        "note": page.note,
        "gone": page.gone,
    }))
}

/// A disagreement is told where every record that it is about is shared.
fn is_told(shared: &Shared, conflict: &ConflictView) -> bool {
    conflict.statements.iter().filter_map(|said| said.fact.as_ref()).all(|fact| shared.veil.shares(fact))
}

fn source(shared: &Shared, source: &SourceView) -> Json {
    let lines = source.lines.iter().filter(|line| !line.technical);
    let documents = source.documents.iter().filter(|one| shared.veil.shares(&one.fact));
    compact(json!({
        "provider": source.provider,
        "title": source.title,
        "dateText": source.day_text,
        "value": source.value,
        "resource": source.resource,
        "received": source.received,
        "takenBack": source.struck.then_some(true),
        "lines": lines.map(|line| json!({"label": line.label, "text": cut(&line.text)})).collect::<Vec<_>>(),
        "before": source.before,
        "gone": source.gone,
        "documents": documents.map(|one| &one.fact).collect::<Vec<_>>(),
    }))
}

fn list_of_tests(shared: &Shared, tests: &[TestView], stretch: Stretch) -> Answer {
    let items = tests.iter().filter_map(|one| {
        let said = json!({
            "test": one.test, "title": one.title, "plain": one.plain, "panel": one.panel,
            "latest": row(shared, &one.latest),
        });
        shared.veil.screen(compact(said))
    });
    let (items, next) = stretch.of(items.collect());
    Answer::of(json!({"tests": items}), next)
}

/// A line that is longer than any answer needs is cut, and says so by its end.
fn cut(text: &str) -> String {
    match text.char_indices().nth(PIECE) {
        Some((end, _)) => format!("{} […]", &text[..end]),
        None => text.to_owned(),
    }
}

/// Without members that say nothing.
fn compact(said: Json) -> Json {
    match said {
        Json::Object(members) => {
            let says = |value: &Json| match value {
                Json::Null => false,
                Json::String(text) => !text.is_empty(),
                Json::Array(items) => !items.is_empty(),
                _ => true,
            };
            Json::Object(members.into_iter().filter(|(_, value)| says(value)).collect())
        }
        other => other,
    }
}
