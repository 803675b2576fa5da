//! Answers of the API as JSON.

use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use crate::http::page;
use crate::http::problem::Problem;
use crate::index::{Error, Index};
use crate::precedent::Precedent;
use crate::query::Diagnostic;
use crate::record::{CitedAt, DocumentRecord};
use crate::render::json::{CitationLine, HitLine, PrecedentLine};
use crate::search::Hit;

/// A JSON body. It is serialized on the thread pool, where the answer was found: so the answer can borrow from the
/// index, and the serialization does not block the network threads.
pub(super) struct Answer(Vec<u8>);

impl Answer {
    /// Serializes `value`.
    ///
    /// # Errors
    /// `internal` if it cannot be serialized.
    pub(super) fn json(value: &impl Serialize) -> Result<Self, Problem> {
        serde_json::to_vec(value).map(Self).map_err(|error| {
            tracing::error!(%error, "cannot serialize an answer");
            Problem::internal()
        })
    }
}

impl Answer {
    /// Joins answers and problems to an object whose field `name` lists them, each as the field `answer` or `problem` of an
    /// object of its own.
    ///
    /// # Errors
    /// Those of [`Self::json`].
    pub(super) fn list(name: &str, items: Vec<Result<Self, Problem>>) -> Result<Self, Problem> {
        let mut joined = format!("{{\"{name}\":[").into_bytes();
        for (position, item) in items.into_iter().enumerate() {
            if position > 0 {
                joined.push(b',');
            }
            let (answer, problem) = match item {
                Ok(Self(answer)) => (answer, NULL.to_vec()),
                Err(problem) => (NULL.to_vec(), Self::json(&problem.body())?.0),
            };
            for part in [b"{\"answer\":".as_slice(), &answer, b",\"problem\":", &problem, b"}"] {
                joined.extend_from_slice(part);
            }
        }
        joined.extend_from_slice(b"]}");
        Ok(Self(joined))
    }
}

/// A value that is absent, in JSON.
const NULL: &[u8] = b"null";

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        ([(CONTENT_TYPE, "application/json")], self.0).into_response()
    }
}

/// Returns the messages of diagnostics, for the field of that name.
pub(super) fn messages(diagnostics: &[Diagnostic]) -> Vec<String> {
    diagnostics.iter().map(ToString::to_string).collect()
}

/// Returns a document as clients may see it: `path` is cut to the name of the file, since the folders of the server are
/// private.
pub(super) fn public(record: &DocumentRecord) -> DocumentRecord {
    let name = std::path::Path::new(&record.path).file_name();
    DocumentRecord {
        path: name.map_or_else(String::new, |name| name.to_string_lossy().into_owned()),
        ..record.clone()
    }
}

/// A hit, and the page that shows it.
#[derive(Serialize, utoipa::ToSchema)]
pub(super) struct LinkedHit<'a> {
    #[serde(flatten)]
    hit: HitLine<'a>,
    /// Path of the page for people that shows the passage, from the root of this host.
    url: String,
}

impl<'a> LinkedHit<'a> {
    /// Returns `hit` as a service at `base` answers with it.
    pub(super) fn of(base: &str, hit: &'a Hit) -> Self {
        let record = &hit.stored.record;
        Self {
            hit: HitLine::of(hit),
            url: page::passage_url(base, &record.document, &record.passage),
        }
    }
}

/// A precedent, and the page that shows it.
#[derive(Serialize, utoipa::ToSchema)]
pub(super) struct LinkedPrecedent<'a> {
    #[serde(flatten)]
    precedent: PrecedentLine<'a>,
    /// Path of the page for people that shows the passage, from the root of this host.
    url: String,
}

impl<'a> LinkedPrecedent<'a> {
    /// Returns `precedent` as a service at `base` answers with it.
    pub(super) fn of(base: &str, precedent: &'a Precedent) -> Self {
        let record = &precedent.stored.record;
        Self {
            precedent: PrecedentLine::of(precedent),
            url: page::passage_url(base, &record.document, &record.passage),
        }
    }
}

/// A citation with the sections around it, and the page that shows it.
#[derive(Serialize, utoipa::ToSchema)]
pub(super) struct LinkedCitation<'a> {
    #[serde(flatten)]
    citation: CitationLine<'a>,
    /// Labels and titles of the sections around it, outermost first.
    section_path: &'a [String],
    /// Path of the page for people that shows the passage that it is in, from the root of this host.
    url: String,
}

impl<'a> LinkedCitation<'a> {
    /// Returns `places` of documents of `index` as a service at `base` answers with them.
    ///
    /// # Errors
    /// Those of [`Index::manifest`].
    pub(super) fn all(base: &str, index: &Index, places: &'a [CitedAt]) -> Result<Vec<Self>, Error> {
        let lines = CitationLine::all(index, places.iter().map(|place| &place.citation))?;
        let linked = lines.into_iter().zip(places).map(|(citation, place)| Self {
            url: page::passage_url(base, &place.citation.document, &place.citation.passage),
            section_path: &place.section_path,
            citation,
        });
        Ok(linked.collect())
    }
}
