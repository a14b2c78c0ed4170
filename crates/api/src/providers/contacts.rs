//! What this app has sent where: every computer it spoke to for a person, from what was recorded when it did.

use std::collections::BTreeMap;

use secrecy::SecretString;
use wholechart_record::PersonId;
use wholechart_store::{Connection, Contact, StoreError};
use wholechart_sync::{BY_ADDRESS, BY_REFERENCE, Connected};

use super::{
    view::host,
    wire::{ContactView, ContactsView, RegistrationView},
};
use crate::{app::App, error::ApiError, sync::remark, timeline::view::narrow, words::Speech};

/// What is recorded of one connection.
struct Recorded {
    connection: Connection,
    contacts: Vec<Contact>,
    documents: Vec<String>,
    secret: Option<SecretString>,
}

impl App {
    pub(crate) async fn contacts(&self, person: PersonId) -> Result<ContactsView, ApiError> {
        let (recorded, whose) = self
            .ask(move |store| {
                let person = store.person(&person)?;
                let connections = store.connections(Some(&person.id))?;
                let of = |connection: Connection| {
                    Ok(Recorded {
                        contacts: store.contacts(&connection.id)?,
                        documents: store.document_urls(&connection.id)?.into_iter().collect(),
                        secret: store.client_secret(&connection.id)?,
                        connection,
                    })
                };
                let recorded = connections.into_iter().filter(|one| !one.imported).map(of);
                Ok((recorded.collect::<Result<Vec<_>, StoreError>>()?, person))
            })
            .await?;
        let speech = self.speech(&whose);
        let mut view = ContactsView { hosts: Vec::new(), registrations: Vec::new() };
        for one in &recorded {
            let Some(connected) = Connected::of(&one.connection) else { continue };
            view.hosts.extend(self.sign_in_hosts(&one.connection, &connected, &speech));
            view.hosts.extend(self.record_hosts(one, &speech));
            view.hosts.extend(self.document_hosts(one));
            if let Some(client_id) = connected.card.client_id.filter(|id| !id.is_empty()) {
                view.registrations.push(RegistrationView {
                    connection: one.connection.id.clone(),
                    provider: one.connection.name.clone(),
                    client_id,
                    secret: one.secret.is_some(),
                });
            }
        }
        Ok(view)
    }

    /// The sign-in page's host and those that are asked for tokens; one line a host.
    fn sign_in_hosts(
        &self,
        connection: &Connection,
        connected: &Connected,
        speech: &Speech<'_>,
    ) -> Vec<ContactView> {
        let endpoints = &connected.endpoints;
        let addresses = [Some(&endpoints.authorize), Some(&endpoints.token), endpoints.revoke.as_ref()];
        let mut hosts: Vec<String> =
            addresses.into_iter().flatten().filter_map(|url| host(url.as_str())).collect();
        hosts.dedup();
        let since = speech.own_moment(connection.created);
        hosts
            .into_iter()
            .map(|host| ContactView {
                provider: connection.name.clone(),
                host,
                purpose: self.words.get("contact-sign-in"),
                sent: self.words.with("contact-sign-in-sent", &[("since", (&since).into())]),
                count: None,
                last: None,
                questions: Vec::new(),
            })
            .collect()
    }

    fn record_hosts(&self, one: &Recorded, speech: &Speech<'_>) -> Vec<ContactView> {
        let line = |contact: &Contact| ContactView {
            provider: one.connection.name.clone(),
            host: host(&contact.base).unwrap_or_else(|| contact.base.clone()),
            purpose: self.words.get("contact-records"),
            sent: self.words.get("contact-records-sent"),
            count: Some(narrow(contact.questions)),
            last: Some(speech.own_moment(contact.last)),
            questions: contact.asked.iter().map(|asked| self.asked(&contact.base, asked)).collect(),
        };
        one.contacts.iter().map(line).collect()
    }

    fn asked(&self, base: &str, asked: &str) -> String {
        match asked {
            BY_REFERENCE | BY_ADDRESS => format!("{base}: {}", remark::asked(&self.words, asked)),
            question => format!("{base}/{question}"),
        }
    }

    fn document_hosts(&self, one: &Recorded) -> Vec<ContactView> {
        let mut by_host: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for url in &one.documents {
            by_host.entry(host(url).unwrap_or_default()).or_default().push(url.clone());
        }
        let line = |(host, questions): (String, Vec<String>)| ContactView {
            provider: one.connection.name.clone(),
            host,
            purpose: self.words.get("contact-documents"),
            sent: self.words.get("contact-documents-sent"),
            count: Some(narrow(questions.len() as u64)),
            last: None,
            questions,
        };
        by_host.into_iter().map(line).collect()
    }
}
