//! `POST /api/v1/precedents`: passages with the same or nearly the same wording.

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{RawQuery, State};
use axum::http::HeaderMap;
use serde::Serialize;

use super::answer::{Answer, LinkedPrecedent};
use super::openapi::fields;
use crate::http::app::App;
use crate::http::params::window::WINDOW;
use crate::http::params::{FACET_LIMIT, FACETS, FILTERS, Parameter, Params, Takes, one_of};
use crate::http::problem::{Code, Problem};
use crate::http::request::body_of;
use crate::precedent::{self, MAX_TEXT_BYTES, MIN_SCORE, PrecedentOptions, PrecedentOrder, Question};
use crate::render::json::PrecedentSummaryLine;

/// The question and its options.
const QUESTION: [Parameter; 4] = [
    Parameter {
        name: "text",
        about: "A phrase, a sentence or a paragraph, with or without marks; at most 64 KiB. Either this or `passage`.",
        takes: Takes::Text("Nâng cao năng lực lãnh đạo, sức chiến đấu của tổ chức đảng"),
    },
    Parameter {
        name: "passage",
        about: "A passage of the index (`001:973`), to find in other documents. Either this or `text`.",
        takes: Takes::Text("001:21"),
    },
    Parameter {
        name: "sort",
        about: PrecedentOrder::HELP,
        takes: one_of::<PrecedentOrder>(),
    },
    Parameter {
        name: "min_score",
        about: "Minimum score of near matches; what contains the whole text or a whole part of it is found anyway.",
        takes: Takes::Share,
    },
];

fields!(PrecedentsBody, [&QUESTION, &FILTERS, &[FACETS, FACET_LIMIT], &WINDOW],
    example: {"text": "khắc phục tình trạng trông chờ, ỷ lại", "limit": 3, "facets": ["province"]});

/// The matches, and a summary of the whole answer.
#[derive(Serialize, utoipa::ToSchema)]
pub(super) struct PrecedentsAnswer<'a> {
    #[serde(flatten)]
    summary: PrecedentSummaryLine<'a>,
    /// The given text with its lines joined. Each `at` of the pieces of `source` is a byte range of it.
    given: &'a str,
    /// The matches of the requested window.
    precedents: Vec<LinkedPrecedent<'a>>,
    /// Cursor of the next window; null at the end.
    next: Option<String>,
}

/// Find passages with the same or nearly the same wording, aligned word by word.
#[utoipa::path(post, path = "/api/v1/precedents", tag = "precedents", request_body = PrecedentsBody,
    responses((status = 200, description = "The passages found; there may be none.", body = PrecedentsAnswer<'_>)))]
pub(super) async fn precedents(
    State(app): State<App>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Answer, Problem> {
    // The route has no URL parameters; a mistaken one is reported rather than ignored.
    Params::of_query(query.as_deref(), &[])?;
    let body = body_of(&headers, body, "application/json")?;
    let fields = Params::of_json(&body, PrecedentsBody::KNOWN)?;
    let wording = wording(&fields)?;
    let base = app.base_path().to_owned();
    app.ask_about_text(wording.bytes(), move |index, _| {
        let given = match &wording {
            PrecedentSource::Text(text) => Question::text(index, text)?,
            PrecedentSource::Passage(id) => Question::passage(index, id)?,
        };
        let window = fields.window(index)?;
        let options = PrecedentOptions {
            limit: window.limit,
            offset: window.offset,
            order: fields.value_of("sort"),
            facets: fields.facets()?,
            facet_limit: fields.facet_limit(),
            min_score: fields.share("min_score").unwrap_or(MIN_SCORE),
        };
        let found = precedent::precedents(index, &given, &fields.filters(index)?, &options)?;
        let matches = found.matches.iter();
        Answer::json(&PrecedentsAnswer {
            given: given.as_str(),
            precedents: matches.map(|found| LinkedPrecedent::of(&base, found)).collect(),
            next: window.next(found.total),
            summary: PrecedentSummaryLine::of(&found),
        })
    })
    .await
}

/// The wording to find.
enum PrecedentSource {
    /// A text of the request.
    Text(String),
    /// The passage with this id.
    Passage(String),
}

impl PrecedentSource {
    /// Returns the size of the text that was sent, in bytes.
    fn bytes(&self) -> usize {
        match self {
            Self::Text(text) => text.len(),
            Self::Passage(_) => 0,
        }
    }
}

/// Returns the wording to find. Both forms at once are refused, since it would be unclear which one counts.
///
/// # Errors
/// `invalid-value` if the text is too long; `missing-parameter`; `repeated-parameter`.
fn wording(fields: &Params) -> Result<PrecedentSource, Problem> {
    match (fields.text("text"), fields.text("passage")) {
        (Some(text), None) if text.len() > MAX_TEXT_BYTES => {
            let detail = format!("'text' is longer than {MAX_TEXT_BYTES} bytes; send its paragraphs one by one");
            Err(Problem::new(Code::InvalidValue, detail).about("text"))
        }
        (Some(text), None) => Ok(PrecedentSource::Text(text.to_owned())),
        (None, Some(id)) => Ok(PrecedentSource::Passage(id.to_owned())),
        (None, None) => Err(Problem::new(Code::MissingParameter, "'text' or 'passage' is missing").about("text")),
        (Some(_), Some(_)) => {
            let detail = "'text' and 'passage' exclude each other; give one of them";
            Err(Problem::new(Code::RepeatedParameter, detail).about("passage"))
        }
    }
}
