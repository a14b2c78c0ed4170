//! One question of a run: asked page by page, in parts where it is too wide, and what a refusal of it means.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use futures::FutureExt as _;
use url::Url;
use wholechart_fhir::split;
use wholechart_smart::{Accept, FetchError, Fetched, FhirClient, HttpError, Quirk, TokenError};
use wholechart_store::{
    AnswerState, Conclusion, Incoming, LedgerRow, PageCommit, PageOutcome, Remark, Sorting,
};

use super::{OVERLAP, Runner, Stop, at_once, blocking};
use crate::identity::{Identity, OtherPatient, differences, identity};
use crate::paging::{Cut, Refusal, Walk, refusal, said};
use crate::plan::Question;
use crate::references::Wanted;
use crate::remarks;
use crate::tokens::store_error;
use crate::whose::{Whose, patient_in};

/// How one question ended.
enum Answer {
    Ended {
        state: AnswerState,
        remarks: Vec<Remark>,
        /// For an incremental fetch: the lower bound of `_lastUpdated`.
        since: Option<DateTime<Utc>>,
    },
    /// Too wide for this server: the narrower ones are asked.
    Instead,
    /// Refused for want of the parameter that [`Question::named`] has.
    Named,
}

fn ended(state: AnswerState, remarks: Vec<Remark>) -> Answer {
    Answer::Ended { state, remarks, since: None }
}

impl Runner<'_> {
    /// One question, or the narrower ones instead of it.
    pub(super) async fn question(&self, client: &FhirClient, question: &Question) -> Result<(), Stop> {
        let base = client.base();
        let known = |question: &Question| self.answered.contains_key(&(base.clone(), question.name.clone()));
        // Refused as too wide the last time, and answered in parts.
        let parts = !self.options.whole && !known(question) && question.instead.iter().any(known);
        let (answer, asked_as) =
            if parts { (Answer::Instead, question) } else { self.answer(client, question).await? };
        match answer {
            Answer::Ended { state, remarks, since } => {
                let asked = asked_as.address_since(false, since);
                self.end(&base, &question.name, &asked, state, remarks).await
            }
            Answer::Instead | Answer::Named => {
                tracing::debug!(question = question.name, "asked in parts instead");
                {
                    let parts = question.instead.iter();
                    let parts: Vec<_> =
                        parts.map(|part| self.waiting(&base, &part.name, &part.label)).collect();
                    let mut state = self.state();
                    let is_it = |line: &LedgerRow| line.base == base && line.question == question.name;
                    if let Some(at) = state.lines.iter().position(is_it) {
                        state.lines.splice(at..=at, parts);
                    }
                }
                self.tell();
                at_once(question.instead.iter().map(|part| self.part(client, part).boxed())).await?;
                Ok(())
            }
        }
    }

    /// One part of what was refused as too wide.
    async fn part(&self, client: &FhirClient, part: &Question) -> Result<(), Stop> {
        let (asked, state, remarks) = match self.answer(client, part).await? {
            (Answer::Ended { state, remarks, since }, asked) => {
                (asked.address_since(false, since), state, remarks)
            }
            (Answer::Instead | Answer::Named, asked) => {
                (asked.address(false), AnswerState::NotOffered, Vec::new())
            }
        };
        self.end(&client.base(), &part.name, &asked, state, remarks).await
    }

    /// A question, once more with a parameter that the server names in its refusal; and how it was asked in the end.
    async fn answer<'q>(
        &self,
        client: &FhirClient,
        question: &'q Question,
    ) -> Result<(Answer, &'q Question), Stop> {
        match (self.answer_once(client, question).await?, &question.named) {
            (Answer::Named, Some(named)) => {
                Ok((self.answer_once(client, &named.question).await?, &named.question))
            }
            (answer, _) => Ok((answer, question)),
        }
    }

    async fn answer_once(&self, client: &FhirClient, question: &Question) -> Result<Answer, Stop> {
        let quirks = &self.connected.card.quirks;
        let base = client.base();
        self.set(&base, &question.name, |line| line.state = AnswerState::Running);
        self.tell();
        let (since, most) = (self.since(&base, question), self.options.most.pages);
        let Ok(mut walk) = Walk::new(client, question, quirks, since, most) else {
            return Ok(ended(AnswerState::Failed, vec![Remark::BadAddress]));
        };
        let earlier = self
            .resumed
            .questions
            .iter()
            .find(|earlier| earlier.question == question.name && earlier.base == base);
        if let Some(earlier) = earlier {
            let known =
                self.resumed.answers.iter().find(|row| row.question == question.name && row.base == base);
            // What was no answer is asked again, and so is whose record it is as long as nobody showed it.
            let is_answer = |known: &&LedgerRow| {
                matches!(known.state, AnswerState::Complete | AnswerState::NotOffered | AnswerState::Refused)
                    && (question.kind != "Patient" || self.own(&base).is_seen())
            };
            if earlier.done
                && let Some(known) = known.filter(is_answer)
            {
                self.set(&base, &question.name, |line| {
                    (line.received, line.declared_total) = (known.received, known.declared_total);
                });
                return Ok(ended(known.state, known.remarks.clone()));
            }
            // Where pages go missing or addresses expire, only a whole reading can be judged.
            if let Some(next) = &earlier.next
                && !quirks.has(Quirk::StatefulNext)
                && !quirks.has(Quirk::VerifyTotals)
            {
                walk.carry_on(next, earlier.received);
            }
        }
        while let Some(url) = walk.url.clone() {
            let fetched = match self.get(client, url, &Accept::Fhir).await? {
                Ok(fetched) => fetched,
                Err(error) => {
                    let state =
                        if walk.is_beginning() { AnswerState::Failed } else { AnswerState::Incomplete };
                    walk.note(remarks::of_fetch(&error));
                    return Ok(ended(state, walk.remarks));
                }
            };
            if !fetched.is_success() {
                if !walk.is_beginning() {
                    if (quirks.has(Quirk::StatefulNext) || walk.is_carrying_on())
                        && matches!(fetched.status, 400 | 404 | 410)
                        && walk.begin_again()
                    {
                        continue;
                    }
                    for remark in remarks::of_answer(fetched.status, said(&fetched)) {
                        walk.note(remark);
                    }
                    return Ok(ended(AnswerState::Incomplete, walk.remarks));
                }
                match self.refused(client, question, &fetched, &mut walk).await? {
                    Some(answer) => return Ok(answer),
                    None => continue,
                }
            }
            if question.kind == "Patient" {
                self.check_patient(&base, question, &fetched.bytes)?;
            }
            let own = self.own(&base);
            let cut = walk.take(&fetched, (self.now)(), &own);
            if question.kind == "Patient" && !own.is_seen() && !self.options.unshown {
                // Whoever it is, it was not shown that it is this patient: nothing is filed.
                self.keep_unfiled(client, &question.name, &fetched, cut).await?;
                continue;
            }
            self.keep(client, &question.name, &fetched, cut, walk.cursor()).await?;
            let (received, total) = (walk.received, walk.declared());
            self.set(&base, &question.name, |line| (line.received, line.declared_total) = (received, total));
            self.tell();
            self.refresh_facts_now_and_then().await?;
        }
        let mut state = walk.verdict();
        if question.kind == "Patient" && !self.own(&base).is_seen() {
            state = AnswerState::Failed;
        }
        if state == AnswerState::Complete
            && let Some(begun) = walk.begun
        {
            let known = self.answered.contains_key(&(base.clone(), question.name.clone()));
            let nothing = walk.since.is_none() && walk.received == 0 && walk.declared() != Some(0);
            if nothing && known && self.told_before(&base, &question.name) {
                // Everything of a kind does not vanish in a day; an answer that says nothing at all is no proof of it.
                state = AnswerState::Incomplete;
                walk.note(Remark::NothingCame);
            } else {
                let asked = self.asked(question);
                let held = self.conclude(&base, &question.name, asked, begun, walk.since.is_none()).await?;
                if walk.since.is_some() {
                    self.set(&base, &question.name, |line| {
                        (line.received, line.declared_total) = (held, None);
                    });
                }
            }
        }
        Ok(Answer::Ended { state, since: walk.since, remarks: walk.remarks })
    }

    /// The lower bound of `_lastUpdated`; `None` asks for everything.
    fn since(&self, base: &str, question: &Question) -> Option<DateTime<Utc>> {
        let last = self.answered.get(&(base.to_owned(), question.name.clone()))?;
        let narrow = question.since
            && !self.options.whole
            && last.asked == self.asked(question)
            && !self.is_whole_due(last.whole_at);
        narrow.then_some(last.since)
    }

    /// What a question is asked as, and under which scopes: only answers that agree in it are compared.
    fn asked(&self, question: &Question) -> String {
        format!("{} | {}", question.address(false), self.scopes)
    }

    /// Everything is to be read anew. Also where the clock went back, because then the age of the last answer is unknown.
    pub(crate) fn is_whole_due(&self, whole_at: DateTime<Utc>) -> bool {
        let age = (self.now)() - whole_at;
        self.options.whole || age >= self.options.whole_after || age < TimeDelta::zero() - OVERLAP
    }

    fn told_before(&self, base: &str, question: &str) -> bool {
        self.before.iter().any(|row| row.base == base && row.question == question && row.received > 0)
    }

    fn check_patient(&self, base: &str, question: &Question, bytes: &[u8]) -> Result<(), Stop> {
        let page = split(bytes);
        // As leniently as it will be read: a Patient inside a damaged page is looked at too.
        let Some(patient) = patient_in(&page, question.path != question.kind, &self.own(base)) else {
            return Ok(());
        };
        let Some(found) = identity(patient.bytes) else { return Ok(()) };
        if let Some(expected) = &self.options.expected {
            // A second base may know the same patient by a name more or less.
            let accepted = self.options.accepted.as_ref().map(Identity::as_expected);
            let accepted = accepted.is_some_and(|accepted| differences(&accepted, &found).is_empty());
            let differs = differences(expected, &found);
            if !accepted && !differs.is_empty() {
                let other = OtherPatient { base: base.to_owned(), found, differs };
                return Err(Stop::OtherPatient(Box::new(other)));
            }
        }
        let mut state = self.state();
        if let Some(own) = state.own.get_mut(base) {
            own.learn(patient.bytes, patient.full_url.as_deref());
        }
        Ok(())
    }

    /// Whose record is asked for at a base, as far as it is known by now.
    pub(crate) fn own(&self, base: &str) -> Whose {
        self.state().own.get(base).cloned().unwrap_or_default()
    }

    /// Keeps what could not be read of an answer that says nothing of anybody.
    async fn keep_unfiled(
        &self,
        client: &FhirClient,
        question: &str,
        fetched: &Fetched,
        cut: Cut,
    ) -> Result<(), Stop> {
        let cut = Cut { unreadable: cut.unreadable, ..Cut::default() };
        self.keep(client, question, fetched, cut, None).await
    }

    /// Draws the conclusions of a complete answer. Returns how many resources answer the question now.
    pub(crate) async fn conclude(
        &self,
        base: &str,
        question: &str,
        asked: String,
        begun: DateTime<Utc>,
        whole: bool,
    ) -> Result<u32, Stop> {
        let conclusion = Conclusion {
            base: base.to_owned(),
            question: question.to_owned(),
            asked,
            since: begun - OVERLAP,
            whole_at: whole.then_some(begun),
        };
        let run = self.run;
        let (held, _) = blocking(&self.store, move |store| store.conclude(run, &conclusion)).await?;
        Ok(held)
    }

    /// What a refused first page means; `None` when it is asked again with less.
    async fn refused(
        &self,
        client: &FhirClient,
        question: &Question,
        fetched: &Fetched,
        walk: &mut Walk<'_>,
    ) -> Result<Option<Answer>, Stop> {
        let mentions = |words: &Option<String>, signs: &[&str]| {
            let words = words.as_deref().unwrap_or_default().to_ascii_lowercase();
            signs.iter().any(|sign| words.contains(sign))
        };
        Ok(Some(match refusal(fetched) {
            Refusal::NotLikeThis { status, words } => {
                if self.connected.card.quirks.has(Quirk::GrantExpired404)
                    && status == 404
                    && mentions(&words, &["grant"])
                {
                    return Err(Stop::SignInNeeded(words));
                }
                let lacks =
                    question.named.as_ref().is_some_and(|named| mentions(&words, &[named.param.as_str()]));
                if lacks && matches!(status, 400 | 403 | 422) {
                    return Ok(Some(Answer::Named));
                }
                if walk.drop_since() || walk.drop_extras() {
                    return Ok(None);
                }
                if !question.instead.is_empty() {
                    return Ok(Some(Answer::Instead));
                }
                let unknown = question.optional
                    || status != 400 && status != 422
                    || mentions(
                        &words,
                        &["not supported", "unsupported", "not implemented", "notimplemented"],
                    );
                let state = if unknown { AnswerState::NotOffered } else { AnswerState::Failed };
                ended(state, remarks::of_words(words))
            }
            Refusal::Denied { words } => {
                if question.named.as_ref().is_some_and(|named| mentions(&words, &[named.param.as_str()])) {
                    return Ok(Some(Answer::Named));
                }
                // Some servers say 403 to a search that lacks a parameter.
                if !question.instead.is_empty()
                    && mentions(&words, &["categor", "intent", "required", "missing"])
                {
                    return Ok(Some(Answer::Instead));
                }
                ended(AnswerState::Refused, remarks::of_words(words))
            }
            Refusal::Unauthorized => {
                // Some servers answer 401 to types they do not share; only if the patient is refused as well the
                // sign-in has ended.
                let patient = self.patients.get(&client.base()).map(|id| format!("Patient/{id}"));
                let url = patient.and_then(|patient| client.resolve(None, &patient).ok());
                if let Some(url) = url
                    && question.kind != "Patient"
                    && let Ok(patient) = self.get(client, url, &Accept::Fhir).await?
                    && patient.status != 401
                {
                    return Ok(Some(ended(AnswerState::Refused, remarks::of_words(said(fetched)))));
                }
                return Err(Stop::SignInNeeded(said(fetched)));
            }
            Refusal::Failed { status, words } => {
                ended(AnswerState::Failed, remarks::of_answer(status, words))
            }
        }))
    }

    /// One request, given up when the run is cancelled. None is made once the run has taken all it may.
    pub(crate) async fn get(
        &self,
        client: &FhirClient,
        url: Url,
        accept: &Accept,
    ) -> Result<Result<Fetched, FetchError>, Stop> {
        if self.state().taken >= self.options.most.bytes {
            return Err(Stop::Enough);
        }
        let fetched = tokio::select! {
            biased;
            () = self.cancel.cancelled() => return Err(Stop::Cancelled),
            fetched = client.get_url(url, accept) => fetched,
        };
        if let Ok(fetched) = &fetched {
            self.state().taken += u64::try_from(fetched.bytes.len()).unwrap_or(u64::MAX);
        }
        match fetched {
            Err(FetchError::Token(TokenError::SignInNeeded { words })) => Err(Stop::SignInNeeded(words)),
            // The record's trouble, and no answer of the provider's.
            Err(FetchError::Token(TokenError::Storage(source))) => Err(Stop::Store(store_error(source))),
            Err(
                FetchError::Http(HttpError::UnknownHost { host } | HttpError::Refused { host })
                | FetchError::Token(TokenError::Unreachable { host }),
            ) => Err(Stop::Unreachable(host)),
            other => Ok(other),
        }
    }

    /// A page into the store, with its cursor.
    pub(crate) async fn keep(
        &self,
        client: &FhirClient,
        question: &str,
        fetched: &Fetched,
        cut: Cut,
        next: Option<String>,
    ) -> Result<(), Stop> {
        let quirks = &self.connected.card.quirks;
        let page = PageCommit {
            run: self.run,
            connection: self.connection.clone(),
            base: client.base(),
            release: client.release(),
            question: question.to_owned(),
            url: fetched.url.to_string(),
            received_at: (self.now)(),
            midnight_means_day: quirks.has(Quirk::MidnightUtcMeansDate)
                || quirks.has(Quirk::MidnightLocalMeansDate),
            resources: cut.resources,
            unreadable: cut.unreadable,
            next,
        };
        let (looker, sorting) = (client.clone(), Sorting { matches: cut.matches, strangers: cut.strangers });
        let (outcome, wanted) = blocking(&self.store, move |store| {
            let mut wanted = Wanted::default();
            // What belongs to somebody else's record is not asked for.
            let let_in = if sorting.strangers.is_empty() {
                BTreeSet::new()
            } else {
                store.let_in_of(&page.connection)?
            };
            let is_ours = |resource: &&Incoming| {
                sorting.strangers.get(&resource.position).is_none_or(|whose| let_in.contains(whose))
            };
            for resource in page.resources.iter().filter(is_ours) {
                wanted.look_through(&looker, &resource.bytes);
            }
            Ok((store.commit_sorted(page, &sorting)?, wanted))
        })
        .await?;
        self.count(&outcome);
        let mut state = self.state();
        state.wanted.entry(client.base()).or_default().extend(wanted);
        Ok(())
    }

    fn count(&self, outcome: &PageOutcome) {
        let mut state = self.state();
        // What came unchanged may come into the record or leave it all the same: as somebody else's, or as one's own again.
        state.brought |= outcome.new + outcome.changed + outcome.unchanged + outcome.set_aside > 0;
        state.new += outcome.new;
        state.changed += outcome.changed;
        state.unchanged += outcome.unchanged;
        state.set_aside += outcome.set_aside;
        state.unreadable += u32::try_from(outcome.unreadable.len()).unwrap_or(u32::MAX);
    }
}
