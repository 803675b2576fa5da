//! `POST /api/v1/precedents`: passages worded the same or nearly so.

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{RawQuery, State};
use axum::http::HeaderMap;
use serde::Serialize;

use super::answer::Answer;
use super::openapi::fields;
use super::request::body_of;
use crate::http::app::App;
use crate::http::params::window::WINDOW;
use crate::http::params::{FACETS, FILTERS, Parameter, Params, Takes};
use crate::http::problem::{Code, Problem};
use crate::precedent::{self, Given, MIN_SCORE, Options, Order};
use crate::render::json::{PrecedentLine, SummaryLine};

/// Most bytes of a text whose precedents are looked for: a few pages. A longer one is a draft, to be walked through
/// paragraph by paragraph.
const MAX_TEXT_BYTES: usize = 64 * 1024;

/// What is looked for, and how.
const ASKED: [Parameter; 4] = [
    Parameter {
        name: "text",
        about: "A phrase, a sentence, a paragraph, with or without marks; at most 64 KiB. Either this or `passage`.",
        takes: Takes::Text("Nâng cao năng lực lãnh đạo, sức chiến đấu của tổ chức đảng"),
    },
    Parameter {
        name: "passage",
        about: "A passage of the index (`001:973`), looked for in other documents. Either this or `text`.",
        takes: Takes::Text("001:21"),
    },
    Parameter {
        name: "sort",
        about: "Order of the matches; `date` is oldest first.",
        takes: Takes::OneOf(&["score", "document", "date"]),
    },
    Parameter {
        name: "min_score",
        about: "Least score.",
        takes: Takes::Share,
    },
];

fields!(PrecedentsBody, [&ASKED, &FILTERS, &[FACETS], &WINDOW],
    example: {"text": "khắc phục tình trạng trông chờ, ỷ lại", "limit": 3, "facets": ["province"]});

/// Matches, and what is told of the answer as a whole.
#[derive(Serialize, utoipa::ToSchema)]
pub(super) struct PrecedentsAnswer<'a> {
    #[serde(flatten)]
    summary: SummaryLine<'a>,
    /// What was looked for, lines joined: what `at` of the pieces of `source` addresses.
    given: &'a str,
    /// The matches of the window asked for.
    precedents: Vec<PrecedentLine<'a>>,
    /// Cursor of what follows; null at the end.
    next: Option<String>,
}

/// Passages worded the same or nearly so, aligned word by word.
#[utoipa::path(post, path = "/api/v1/precedents", tag = "precedents", request_body = PrecedentsBody,
    responses((status = 200, description = "The passages found; none is an answer too.", body = PrecedentsAnswer<'_>)))]
pub(super) async fn precedents(
    State(app): State<App>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Answer, Problem> {
    Params::of_query(query.as_deref(), &[])?;
    let body = body_of(&headers, body, "application/json")?;
    let fields = Params::of_json(&body, PrecedentsBody::KNOWN)?;
    let asked = asked(&fields)?;
    app.ask(move |index| {
        let given = match &asked {
            Sought::Text(text) => Given::text(index, text)?,
            Sought::Passage(id) => Given::passage(index, id)?,
        };
        let window = fields.window(index)?;
        let options = Options {
            limit: window.limit,
            offset: window.offset,
            order: fields.one_of("sort", &Order::NAMED),
            facets: fields.facets()?,
            min_score: fields.share("min_score").unwrap_or(MIN_SCORE),
        };
        let found = precedent::precedents(index, &given, &fields.filters(index)?, &options)?;
        Answer::of(&PrecedentsAnswer {
            given: given.as_str(),
            precedents: found.matches.iter().map(PrecedentLine::of).collect(),
            next: window.next(found.total),
            summary: SummaryLine::of_precedents(&found),
        })
    })
    .await
}

/// What is looked for.
enum Sought {
    Text(String),
    Passage(String),
}

/// The one thing that is looked for.
fn asked(fields: &Params) -> Result<Sought, Problem> {
    match (fields.text("text"), fields.text("passage")) {
        (Some(text), None) if text.len() > MAX_TEXT_BYTES => {
            let detail = format!("'text' is longer than {MAX_TEXT_BYTES} bytes; look for its paragraphs one by one");
            Err(Problem::new(Code::InvalidValue, detail).about("text"))
        }
        (Some(text), None) => Ok(Sought::Text(text.to_owned())),
        (None, Some(id)) => Ok(Sought::Passage(id.to_owned())),
        (None, None) => Err(Problem::new(Code::MissingParameter, "'text' or 'passage' is missing").about("text")),
        (Some(_), Some(_)) => {
            let detail = "'text' and 'passage' both say what to look for; give one of them";
            Err(Problem::new(Code::RepeatedParameter, detail).about("passage"))
        }
    }
}
