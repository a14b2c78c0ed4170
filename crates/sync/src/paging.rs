//! One question, page after page: what a page says, where to go on, and whether everything came.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use url::Url;
use wholechart_fhir::{OutcomeIssue, Page, SearchMode, Shape, outcome_issues, split};
use wholechart_smart::{FetchError, Fetched, FhirClient, Quirk, Quirks, server_words};
use wholechart_store::{AnswerState, Incoming, Remark, UnreadableBytes};

use crate::plan::Question;
use crate::whose::{Addresses, Whose};

/// A question with this many remarks takes no more of broken entries and of the server's words: there can be thousands.
const MANY_REMARKS: usize = 8;

/// Where to go on, as kept with every page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Cursor {
    /// The next page.
    url: String,
    /// Matches so far.
    matches: u32,
    /// What the server said there would be.
    total: Option<u32>,
    /// How we got the next page.
    way: Way,
    /// For an incremental fetch: the lower bound of `_lastUpdated`.
    #[serde(default)]
    since: Option<DateTime<Utc>>,
    /// When its first page was answered, by the earlier of both clocks.
    #[serde(default)]
    begun: Option<DateTime<Utc>>,
    /// Resources of this patient so far, each once.
    #[serde(default)]
    received: Option<u32>,
}

/// How we got a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
enum Way {
    /// The question itself, and its `next` links.
    Links,
    /// No `next` link, but less than the server said: the following page is asked for by its number.
    ByNumber,
    /// The same with the question as bare as it can be.
    Bare,
}

/// What a page was made of.
#[derive(Default)]
pub(crate) struct Cut {
    pub(crate) resources: Vec<Incoming>,
    /// Positions of those that answer the question, and did not only come along.
    pub(crate) matches: BTreeSet<u64>,
    /// Positions of those that are about somebody else, and about whom.
    pub(crate) strangers: BTreeMap<u64, String>,
    pub(crate) unreadable: Vec<UnreadableBytes>,
}

/// Why a question did not begin well.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// The server wants it narrower, or does not know it like this.
    NotLikeThis { status: u16, words: Option<String> },
    /// Not allowed.
    Denied { words: Option<String> },
    /// The token was refused even after it was renewed.
    Unauthorized,
    /// Anything else.
    Failed { status: u16, words: Option<String> },
}

/// One question on its way.
pub(crate) struct Walk<'a> {
    client: &'a FhirClient,
    question: &'a Question,
    trusts_total: bool,
    most_pages: u32,
    /// The next page to get; `None` at the end.
    pub(crate) url: Option<Url>,
    way: Way,
    with_extras: bool,
    /// The lower bound of `_lastUpdated`; `None` asks for everything.
    pub(crate) since: Option<DateTime<Utc>>,
    /// When the first page was answered, by the earlier of both clocks.
    pub(crate) begun: Option<DateTime<Utc>>,
    begun_again: bool,
    carried_on: bool,
    visited: BTreeSet<String>,
    seen: BTreeSet<(String, String)>,
    /// What came along, and was counted.
    along: BTreeSet<(String, String)>,
    /// Matches before this process, when a killed run is carried on.
    before: u32,
    pages: u32,
    pub(crate) received: u32,
    pub(crate) total: Option<u32>,
    /// What there is to say of it so far, each once.
    pub(crate) remarks: Vec<Remark>,
    /// Something is missing for sure.
    gap: bool,
    /// The first answer is none: a web page, nothing at all, an error of the server in the place of a page.
    unanswered: bool,
}

impl<'a> Walk<'a> {
    /// From the beginning, and no more than so many pages.
    pub(crate) fn new(
        client: &'a FhirClient,
        question: &'a Question,
        quirks: &Quirks,
        since: Option<DateTime<Utc>>,
        most_pages: u32,
    ) -> Result<Self, FetchError> {
        let url = client.resolve(None, &question.address_since(true, since))?;
        Ok(Self {
            client,
            question,
            trusts_total: !quirks.has(Quirk::TotalIsPageCount) && !quirks.has(Quirk::TotalUnreliable),
            most_pages,
            url: Some(url),
            way: Way::Links,
            with_extras: true,
            since,
            begun: None,
            begun_again: false,
            carried_on: false,
            visited: BTreeSet::new(),
            seen: BTreeSet::new(),
            along: BTreeSet::new(),
            before: 0,
            pages: 0,
            received: 0,
            total: None,
            remarks: Vec::new(),
            gap: false,
            unanswered: false,
        })
    }

    /// From where an earlier process stopped, where that is possible. A cursor that cannot be used is a question
    /// that begins anew: pages that came before come again, and change nothing.
    pub(crate) fn carry_on(&mut self, cursor: &str, received: u32) {
        let Ok(cursor) = serde_json::from_str::<Cursor>(cursor) else { return };
        let Ok(url) = self.client.resolve(None, &cursor.url) else { return };
        // In the middle of a repair it is not known any more which ones had come.
        if cursor.way != Way::Links {
            return;
        }
        self.url = Some(url);
        self.carried_on = true;
        (self.since, self.begun) = (cursor.since, cursor.begun);
        self.before = cursor.matches;
        self.total = cursor.total;
        self.received = cursor.received.unwrap_or(received);
    }

    /// For the store: where to go on after the page that was just taken; `None` at the end.
    pub(crate) fn cursor(&self) -> Option<String> {
        let url = self.url.as_ref()?;
        let cursor = Cursor {
            url: url.to_string(),
            matches: self.matches(),
            total: self.total,
            way: self.way,
            since: self.since,
            begun: self.begun,
            received: Some(self.received),
        };
        serde_json::to_string(&cursor).ok()
    }

    fn matches(&self) -> u32 {
        self.before + u32::try_from(self.seen.len()).unwrap_or(u32::MAX)
    }

    /// Nothing has come yet, in this process or an earlier one.
    pub(crate) fn is_beginning(&self) -> bool {
        self.pages == 0 && !self.carried_on
    }

    /// The address an earlier process kept is the next one: the server may not know it any more.
    pub(crate) fn is_carrying_on(&self) -> bool {
        self.pages == 0 && self.carried_on
    }

    /// Asks again without page size and includes: some servers refuse a question for them. False when that was tried.
    pub(crate) fn drop_extras(&mut self) -> bool {
        if !self.with_extras || self.question.extras.is_empty() || !self.is_beginning() {
            return false;
        }
        self.with_extras = false;
        self.url = self.address();
        self.url.is_some()
    }

    /// Asks for everything: the server refuses to be asked for what changed. False when it was asked so already.
    pub(crate) fn drop_since(&mut self) -> bool {
        if self.since.is_none() || !self.is_beginning() {
            return false;
        }
        self.since = None;
        self.url = self.address();
        self.url.is_some()
    }

    fn address(&self) -> Option<Url> {
        self.client.resolve(None, &self.question.address_since(self.with_extras, self.since)).ok()
    }

    /// From the beginning once more, where `next` addresses expire. False when that was done before.
    pub(crate) fn begin_again(&mut self) -> bool {
        if self.begun_again {
            return false;
        }
        self.begun_again = true;
        self.carried_on = false;
        self.url = self.address();
        self.begun = None;
        (self.before, self.pages, self.received) = (0, 0, 0);
        self.visited.clear();
        self.seen.clear();
        self.along.clear();
        self.url.is_some()
    }

    /// Takes a successful answer apart and decides where to go on. `own` is whose record is asked for.
    pub(crate) fn take(&mut self, fetched: &Fetched, now: DateTime<Utc>, own: &Whose) -> Cut {
        self.pages += 1;
        self.begun = self.begun.or(Some(fetched.server_date.map_or(now, |theirs| theirs.min(now))));
        self.visited.insert(fetched.url.to_string());
        if let Some(asked) = &self.url {
            self.visited.insert(asked.to_string());
        }
        let page = split(&fetched.bytes);
        let mut cut = Cut::default();
        if let Shape::NotFhir { fault } = page.shape {
            // An empty body says nothing: nobody knows whether there is none, or whether something broke on the way.
            self.no_answer();
            self.note(Remark::Page { fault });
            if !fetched.bytes.trim_ascii().is_empty() && !fetched.is_html() {
                cut.unreadable.push(UnreadableBytes { bytes: fetched.bytes.clone(), position: 0, fault });
            }
            self.url = None;
            return cut;
        }
        let new = self.collect(&page, own, &mut cut);
        match page.shape {
            Shape::Bundle { .. } => {}
            Shape::Outcome => self.no_answer(),
            // One resource is the answer where one was read, and where a search was asked something that came.
            _ if cut.resources.iter().any(|one| one.resource_type == self.question.kind) => {
                self.gap |= self.question.path == self.question.kind;
            }
            _ => self.no_answer(),
        }
        if self.way == Way::Links
            && let Some(total) = page.total
        {
            self.total = Some(u32::try_from(total).unwrap_or(u32::MAX));
        }
        self.url = self.after(&page, fetched, new);
        cut
    }

    /// What came is not what answers a question.
    fn no_answer(&mut self) {
        self.gap = true;
        self.unanswered |= self.pages == 1 && !self.carried_on;
    }

    /// Sorts what is in a page; how many matches were new.
    fn collect(&mut self, page: &Page<'_>, own: &Whose, cut: &mut Cut) -> usize {
        let mut new = 0;
        let mut own = own.clone();
        let addresses = Addresses::of(&page.resources);
        for slice in page.resources.iter().filter(|slice| slice.resource_type.as_deref() == Some("Patient")) {
            if own.is_patient(slice.bytes) {
                own.learn(slice.bytes, slice.full_url.as_deref());
            }
        }
        for slice in &page.resources {
            if slice.mode == SearchMode::Outcome {
                let issues = outcome_issues(slice.bytes);
                self.gap |= issues.iter().any(says_incomplete);
                for issue in &issues {
                    let words = server_words(&issue.text);
                    if !words.is_empty() {
                        self.note(Remark::Server { words });
                    }
                }
                continue;
            }
            let kind = slice.resource_type.clone().unwrap_or_default();
            // Without an id two different ones cannot be told from one that came twice; both count.
            let id = slice.id.clone().unwrap_or_else(|| format!("{}/{}", self.pages, slice.position));
            let key = (kind.clone(), id);
            let whose = own.stranger(slice.bytes, &addresses);
            let first = !self.seen.contains(&key) && self.along.insert(key.clone());
            if slice.mode == SearchMode::Match {
                cut.matches.insert(slice.position as u64);
                new += usize::from(self.seen.insert(key));
            }
            // What comes twice is one record.
            self.received += u32::from(first && whose.is_none());
            cut.strangers.extend(whose.map(|whose| (slice.position as u64, whose)));
            cut.resources.push(Incoming {
                bytes: slice.bytes.to_vec(),
                resource_type: kind,
                id: slice.id.clone(),
                full_url: slice.full_url.clone(),
                position: slice.position as u64,
                inferred: None,
            });
        }
        for problem in &page.problems {
            self.gap = true;
            self.note(Remark::Page { fault: problem.fault });
            cut.unreadable.push(UnreadableBytes {
                bytes: problem.bytes.to_vec(),
                position: problem.position as u64,
                fault: problem.fault,
            });
        }
        new
    }

    fn after(&mut self, page: &Page<'_>, fetched: &Fetched, new: usize) -> Option<Url> {
        if self.pages >= self.most_pages {
            self.gap = true;
            self.note(Remark::TooManyPages);
            return None;
        }
        if let Some(next) = page.next() {
            match self.client.resolve(Some(&fetched.url), next) {
                Ok(next)
                    if !self.visited.contains(next.as_str()) && (new > 0 || page.resources.is_empty()) =>
                {
                    return Some(next);
                }
                // Round in circles, or the same page under ever new addresses: only `total` can tell whether
                // everything came.
                Ok(_) => {
                    if self.total.is_none() || !self.trusts_total {
                        self.gap = true;
                        self.note(Remark::PagesInCircles);
                    }
                }
                Err(FetchError::Foreign { host }) => {
                    self.gap = true;
                    self.note(Remark::Foreign { host });
                    return None;
                }
                Err(_) => {
                    self.gap = true;
                    self.note(Remark::BadAddress);
                    return None;
                }
            }
        }
        if !self.is_short() {
            return None;
        }
        // Pages went missing: they are asked for in other ways, as long as that brings anything new.
        if self.way == Way::Links || (self.way == Way::ByNumber && new > 0) {
            self.way = Way::ByNumber;
            let following = numbered(&fetched.url, 2);
            if !self.visited.contains(following.as_str()) {
                return Some(following);
            }
        }
        if self.way == Way::ByNumber && self.with_extras && !self.question.extras.is_empty() {
            self.way = Way::Bare;
            self.with_extras = false;
            let bare = self.address()?;
            if !self.visited.contains(bare.as_str()) {
                return Some(bare);
            }
        } else if self.way == Way::Bare && new > 0 {
            let following = numbered(&fetched.url, 2);
            if !self.visited.contains(following.as_str()) {
                return Some(following);
            }
        }
        None
    }

    /// Less came than the server said it has, where it can be believed.
    fn is_short(&self) -> bool {
        self.trusts_total && self.total.is_some_and(|total| self.matches() < total)
    }

    /// How the question ended, when nothing stopped it.
    pub(crate) fn verdict(&self) -> AnswerState {
        match (self.unanswered, self.gap || self.is_short()) {
            (true, _) if self.received == 0 => AnswerState::Failed,
            (false, false) => AnswerState::Complete,
            _ => AnswerState::Incomplete,
        }
    }

    /// What the server said there would be, where it can be believed.
    pub(crate) fn declared(&self) -> Option<u32> {
        self.total.filter(|_| self.trusts_total)
    }

    pub(crate) fn note(&mut self, remark: Remark) {
        let is_one_of_many = matches!(remark, Remark::Page { .. } | Remark::Server { .. });
        let full = is_one_of_many && self.remarks.len() >= MANY_REMARKS;
        if !full && !self.remarks.contains(&remark) {
            self.remarks.push(remark);
        }
    }
}

/// The page after this one by its number; `first` when the address has none.
fn numbered(url: &Url, first: u32) -> Url {
    let number =
        url.query_pairs().find(|(name, _)| name == "page").and_then(|(_, value)| value.parse::<u32>().ok());
    let others: Vec<(String, String)> = url
        .query_pairs()
        .filter(|(name, _)| name != "page")
        .map(|(n, v)| (n.into_owned(), v.into_owned()))
        .collect();
    let mut next = url.clone();
    let page = number.map_or(first, |number| number.saturating_add(1));
    next.query_pairs_mut().clear().extend_pairs(others).append_pair("page", &page.to_string());
    next
}

/// The server itself says that the answer lacks something (R4 issue-type; severities of an outcome).
fn says_incomplete(issue: &OutcomeIssue) -> bool {
    matches!(issue.severity.as_str(), "fatal" | "error")
        || matches!(
            issue.code.as_str(),
            "incomplete" | "suppressed" | "too-costly" | "throttled" | "timeout" | "forbidden" | "security"
        )
}

/// What an answer that is not a success means for its question.
pub(crate) fn refusal(fetched: &Fetched) -> Refusal {
    let words = said(fetched);
    match fetched.status {
        401 => Refusal::Unauthorized,
        403 => Refusal::Denied { words },
        400 | 404 | 405 | 410 | 422 | 501 => Refusal::NotLikeThis { status: fetched.status, words },
        status => Refusal::Failed { status, words },
    }
}

/// The server's words in an error answer, cleaned.
pub(crate) fn said(fetched: &Fetched) -> Option<String> {
    let issues = outcome_issues(&fetched.bytes);
    let text = if issues.is_empty() {
        let shown = fetched.content_type.as_deref().is_some_and(|kind| kind.starts_with("text/"));
        if shown { String::from_utf8_lossy(&fetched.bytes).into_owned() } else { String::new() }
    } else {
        issues
            .iter()
            .map(|issue| server_words(&issue.text))
            .filter(|text| !text.is_empty())
            .collect::<Vec<_>>()
            .join("; ")
    };
    Some(server_words(&text)).filter(|words| !words.is_empty())
}
