//! Every request that left this computer, and what was handed to a program of this computer: written down as it happens, inside
//! the record, and read by its person.

pub(crate) mod outbox;
pub(crate) mod wire;

use std::{collections::HashMap, sync::Arc, time::Duration};

use wholechart_record::{ConnectionId, PersonId};
use wholechart_smart::{Http, OnBehalf, ProviderCard};
use wholechart_store::{SentLine, StoreError};

use self::wire::{HandedAnswer, HandedReceiver, SentHost, SentRequest, SentView};
use crate::{
    app::App,
    error::ApiError,
    saving::Way,
    words::{Arg, Speech},
};

/// Lines that wait are written together: a sync makes many.
const TOGETHER: Duration = Duration::from_millis(500);
/// Requests that are shown one by one.
const SHOWN: u32 = 500;

impl App {
    /// The client for requests on behalf of a person at the provider of a card. Only hosts that the person typed may be on this
    /// computer or in its network, and the sample's providers, which are here.
    pub(crate) fn http_for(
        &self,
        person: &PersonId,
        connection: Option<&ConnectionId>,
        card: Option<&ProviderCard>,
    ) -> Http {
        let mut on = self.on_behalf_of_nobody();
        on.person = Some(person.0.clone());
        on.connection = connection.map(|id| id.0.clone());
        if let Some(card) = card.filter(|card| card.is_typed()) {
            let bases = card.bases.iter().map(|base| base.url.as_str());
            let given = [&card.authorize, &card.token, &card.revoke].into_iter().flatten().map(AsRef::as_ref);
            on.named.extend(bases.chain(given).filter_map(host_name));
        }
        self.http.on_behalf(on)
    }

    /// For requests that are nobody's in particular.
    pub(crate) fn on_behalf_of_nobody(&self) -> OnBehalf {
        let sample = self.config.sample.then(|| "127.0.0.1".to_owned());
        OnBehalf { named: sample.into_iter().collect(), ..OnBehalf::default() }
    }

    pub(crate) async fn sent(&self, person: PersonId) -> Result<SentView, ApiError> {
        self.write_sent().await?;
        let (whose, names, all, lines, receivers, handed) = self
            .ask(move |store| {
                let whose = store.person(&person)?;
                let names: HashMap<ConnectionId, String> =
                    store.connections(Some(&person))?.into_iter().map(|one| (one.id, one.name)).collect();
                let (all, lines) = (store.sent_in_all(&person)?, store.sent(&person, 0, SHOWN)?);
                let (receivers, handed) = (store.handed_in_all(&person)?, store.handed(&person, SHOWN)?);
                Ok((whose, names, all, lines, receivers, handed))
            })
            .await?;
        let speech = self.speech(&whose);
        let provider = |id: &Option<ConnectionId>| {
            id.as_ref().and_then(|id| names.get(id)).map(|name| self.words.sent(name))
        };
        Ok(SentView {
            hosts: all
                .iter()
                .map(|one| SentHost {
                    host: self.words.sent(&one.host),
                    why: self.why(&one.why),
                    provider: provider(&one.connection),
                    times: self.words.with("sent-times", &[("count", count(one.count))]),
                    first: speech.own_moment(one.first),
                    last: speech.own_moment(one.last),
                    bytes: self.bytes(one.up, one.down),
                })
                .collect(),
            requests: lines.iter().map(|one| self.request(&speech, one, provider(&one.connection))).collect(),
            receivers: receivers
                .iter()
                .map(|one| HandedReceiver {
                    whom: self.receiver(&one.receiver, &one.whom),
                    what: self.answer(&one.receiver, &one.what),
                    times: self.times(&one.receiver, count(one.count)),
                    records: self.records(&one.receiver, count(one.records)),
                    first: speech.own_moment(one.first),
                    last: speech.own_moment(one.last),
                })
                .collect(),
            handed: handed
                .iter()
                .map(|one| HandedAnswer {
                    when: speech.own_moment(one.at),
                    whom: self.receiver(&one.receiver, &one.whom),
                    what: self.answer(&one.receiver, &one.what),
                    records: self.records(&one.receiver, one.records.into()),
                })
                .collect(),
        })
    }

    fn receiver(&self, receiver: &str, whom: &str) -> String {
        let key = format!("handed-to-{receiver}");
        match whom {
            "" => self.words.get(&key),
            name => {
                let name = self.words.sent(name);
                self.words.with(&format!("{key}-named"), &[("name", (&name).into())])
            }
        }
    }

    fn answer(&self, receiver: &str, what: &str) -> String {
        if by_the_person(receiver) {
            self.words.get(&format!("handed-what-{what}"))
        } else {
            self.words.get(&format!("{receiver}-tool-{what}"))
        }
    }

    fn times(&self, receiver: &str, many: Arg<'_>) -> String {
        let key = if by_the_person(receiver) { "handed-own-times" } else { "handed-times" };
        self.words.with(key, &[("count", many)])
    }

    /// How many records; nothing of what the person handed out themselves, which they have seen.
    fn records(&self, receiver: &str, many: Arg<'_>) -> String {
        if by_the_person(receiver) {
            String::new()
        } else {
            self.words.with("handed-records", &[("count", many)])
        }
    }

    fn request(&self, speech: &Speech<'_>, one: &SentLine, provider: Option<String>) -> SentRequest {
        SentRequest {
            when: speech.own_moment(one.at),
            host: self.words.sent(&one.host),
            why: self.why(&one.why),
            provider,
            answer: match one.status {
                Some(status) => self.words.with("sent-answer", &[("status", (&status.to_string()).into())]),
                None => self.words.get("sent-no-answer"),
            },
            bytes: self.bytes(one.up, one.down),
        }
    }

    fn why(&self, why: &str) -> String {
        self.words.get(&format!("sent-why-{why}"))
    }

    fn bytes(&self, up: u64, down: u64) -> String {
        self.words.with("sent-bytes", &[("up", count(up)), ("down", count(down))])
    }

    /// Writes down what waits, now.
    pub(crate) async fn write_sent(&self) -> Result<(), ApiError> {
        let outbox = Arc::clone(&self.outbox);
        self.ask(move |store| match outbox.write(store) {
            // They wait on, and the record is read all the same.
            Err(StoreError::DiskFull | StoreError::NotWritable) => Ok(()),
            done => done,
        })
        .await
    }

    /// Writes down what waits, in a moment and behind whoever asked.
    pub(crate) fn write_sent_soon(&self) {
        let Some(app) = self.myself() else { return };
        self.go_on_behind(async move {
            tokio::time::sleep(TOGETHER).await;
            if let Err(error) = app.write_sent().await {
                tracing::warn!(code = ?error.code, "what was sent waits to be written down");
            }
        });
    }
}

fn host_name(address: &str) -> Option<String> {
    url::Url::parse(address.trim()).ok()?.host_str().map(str::to_owned)
}

/// Whether somebody handed it out themselves, and no program asked for it.
fn by_the_person(receiver: &str) -> bool {
    Way::ALL.iter().any(|way| way.as_str() == receiver)
}

fn count(n: u64) -> Arg<'static> {
    usize::try_from(n).unwrap_or(usize::MAX).into()
}
