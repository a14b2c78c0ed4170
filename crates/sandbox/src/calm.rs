//! What stands in for `faults` and `changes` without the feature `faults`: nothing goes wrong on command, and records
//! stay as the story wrote them.

use std::ops::Deref;

use axum::http::Uri;
use axum::response::Response;

use crate::server::{Request, Site};
use crate::story::{Source, Story, Telling};

/// There are none.
#[derive(Debug)]
pub(crate) enum Fault {}

impl Fault {
    pub(crate) fn never_ends(&self) -> bool {
        match *self {}
    }

    pub(crate) fn repeats(&self) -> bool {
        match *self {}
    }

    pub(crate) fn next(&self, _next: String, _base: &str, _own: &str) -> String {
        match *self {}
    }
}

/// Nothing is to go wrong.
#[derive(Debug, Default)]
pub(crate) struct Faults;

impl Faults {
    #[expect(clippy::unused_self, reason = "stands in for a method that looks")]
    pub(crate) fn is_narrowed(&self, _resource_type: &str) -> bool {
        false
    }
}

#[expect(clippy::unused_async, reason = "stands in for a function that waits")]
pub(crate) async fn answer(site: &Site, request: &Request, _uri: &Uri) -> Response {
    site.answer(request, None)
}

/// A resource of the story.
#[derive(Debug, Clone)]
pub(crate) struct Told<'s>(&'s Telling);

impl Deref for Told<'_> {
    type Target = Telling;

    fn deref(&self) -> &Telling {
        self.0
    }
}

/// Nothing is changed.
#[derive(Debug, Default)]
pub(crate) struct Changes;

#[expect(clippy::unused_self, reason = "stands in for methods that look for changes")]
impl Changes {
    pub(crate) fn find<'s>(
        &self,
        story: &'s Story,
        source: Source,
        resource_type: &str,
        id: &str,
    ) -> Option<Told<'s>> {
        story.find(source, resource_type, id).map(Told)
    }

    pub(crate) fn of_type<'s>(
        &self,
        story: &'s Story,
        source: Source,
        resource_type: &'s str,
    ) -> Vec<Told<'s>> {
        story.of_type(source, resource_type).map(Told).collect()
    }
}
