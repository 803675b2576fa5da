//! `POST /api/v1/precedents`: passages with the same or nearly the same wording.

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{RawQuery, State};
use axum::http::HeaderMap;
use serde::Serialize;

use super::answer::{Answer, LinkedPrecedent, messages};
use super::openapi::{fields, parameters};
use crate::http::app::App;
use crate::http::params::window::WINDOW;
use crate::http::params::{FACET_LIMIT, FACETS, FILTERS, LEAST_SCORE, PRECEDENT_SORT, Parameter, Params, Takes};
use crate::http::problem::{Code, Problem};
use crate::http::request::{BYTES, JSON, PLAIN, body_of};
use crate::index::Index;
use crate::precedent::{self, Draft, MAX_TEXT_BYTES, MIN_SCORE, Paragraph, PrecedentOptions, Question};
use crate::record::PassageRecord;
use crate::render::json::{ParagraphSummary, PrecedentSummaryLine};

/// The question.
const QUESTION: [Parameter; 3] = [
    Parameter {
        name: "text",
        about: "A phrase, a sentence or a paragraph, with or without marks; at most 64 KiB. Either this, `passage` or `draft`.",
        takes: Takes::Text("Nâng cao năng lực lãnh đạo, sức chiến đấu của tổ chức đảng"),
    },
    Parameter {
        name: "passage",
        about: "A passage of the index (`001:973`), to find in other documents. Either this, `text` or `draft`.",
        takes: Takes::Text("001:21"),
    },
    Parameter {
        name: "draft",
        about: "The text of a whole draft, to find paragraph by paragraph. Either this, `text` or `passage`; a file is sent \
                as the body instead.",
        takes: Takes::Text("I. MỤC TIÊU\n\nNâng cao năng lực lãnh đạo, sức chiến đấu của tổ chức đảng."),
    },
];

/// The options of the answer.
const OPTIONS: [Parameter; 3] = [PRECEDENT_SORT, LEAST_SCORE, PER_PARAGRAPH];

/// Matches that are listed with each paragraph of a draft.
const PER_PARAGRAPH: Parameter = Parameter {
    name: "per_paragraph",
    about: "Maximum number of matches of each paragraph of a draft; `limit` counts its paragraphs.",
    takes: Takes::Number {
        min: 0,
        max: 20,
        default: DEFAULT_PER_PARAGRAPH,
    },
};

/// The media types of drafts: any of them is read for what its bytes are.
const DRAFTS: [&str; 10] = [
    BYTES,
    PLAIN,
    "text/markdown",
    "text/html",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.oasis.opendocument.text",
    "application/msword",
    "application/pdf",
    "application/rtf",
    "text/rtf",
];

fields!(PrecedentsBody, [&QUESTION, &OPTIONS, &FILTERS, &[FACETS, FACET_LIMIT], &WINDOW], required: [],
    example: {"text": "khắc phục tình trạng trông chờ, ỷ lại", "limit": 3, "facets": ["province"]});
parameters!(PrecedentsParameters, [&OPTIONS, &FILTERS, &WINDOW], required: []);

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

/// The paragraphs of a draft, each with its matches.
#[derive(Serialize, utoipa::ToSchema)]
pub(super) struct DraftAnswer<'a> {
    /// Number of paragraphs.
    total: usize,
    /// The paragraphs of the requested window, in order.
    paragraphs: Vec<DraftParagraph<'a>>,
    /// Cursor of the next window; null at the end.
    next: Option<String>,
    /// Oddities of the filters.
    diagnostics: Vec<String>,
}

/// A paragraph of a draft with its matches. The passage is the paragraph; its lines count those of the draft's text.
#[derive(Serialize, utoipa::ToSchema)]
struct DraftParagraph<'a> {
    #[serde(flatten)]
    summary: ParagraphSummary,
    /// The best matches.
    precedents: Vec<LinkedPrecedent<'a>>,
    #[serde(flatten)]
    passage: &'a PassageRecord,
}

/// The matches of one wording, or of each paragraph of a draft.
#[derive(Serialize, utoipa::ToSchema)]
#[serde(untagged)]
#[expect(dead_code, reason = "only declares the two forms in the OpenAPI document")]
pub(super) enum PrecedentsOfTextOrDraft<'a> {
    /// Of a `text` or a `passage`.
    Wording(PrecedentsAnswer<'a>),
    /// Of a draft.
    Draft(DraftAnswer<'a>),
}

/// Find passages with the same or nearly the same wording, aligned word by word: that of a text, of a passage, or of each
/// paragraph of a draft. A draft may also be the body itself, as a file of plain text, of a word processor (`.docx`,
/// `.odt`, `.doc`, `.rtf`), of a web page, or a PDF that is not scanned. Options may be parameters of the URL; a field of a JSON body wins.
#[utoipa::path(post, path = "/api/v1/precedents", tag = "precedents", params(PrecedentsParameters),
    request_body(content((PrecedentsBody = "application/json"), (String = "application/octet-stream")), description = "JSON with all fields; or a draft as a file, at most 1 MiB."),
    responses((status = 200, description = "The passages found; there may be none.", body = PrecedentsOfTextOrDraft<'_>)))]
pub(super) async fn precedents(
    State(app): State<App>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Answer, Problem> {
    let wanted: Vec<&'static str> = std::iter::once(JSON).chain(DRAFTS).collect();
    let (media_type, body) = body_of(&headers, body, &wanted)?;
    let options = Params::of_query(query.as_deref(), PrecedentsParameters::KNOWN)?;
    let (source, options) = if media_type == JSON {
        let fields = Params::of_json(&body, PrecedentsBody::KNOWN)?;
        // Generated clients send the defaults of the URL beside the body, so a field wins.
        (PrecedentSource::of(&fields)?, options.overridden_by(fields))
    } else {
        (PrecedentSource::Draft(body.into()), options)
    };
    let base = app.base_path().to_owned();
    app.ask_about_text(source.bytes(), move |index, _| match source {
        PrecedentSource::Text(text) => of_wording(&base, index, &Question::text(index, &text)?, &options),
        PrecedentSource::Passage(id) => of_wording(&base, index, &Question::passage(index, &id)?, &options),
        PrecedentSource::Draft(bytes) => of_draft(&base, index, bytes, &options),
    })
    .await
}

/// Answers with the precedents of one wording.
fn of_wording(base: &str, index: &Index, given: &Question, params: &Params) -> Result<Answer, Problem> {
    let window = params.window(index)?;
    let options = PrecedentOptions {
        limit: window.limit,
        offset: window.offset,
        order: params.value_of("sort"),
        facets: params.facets()?,
        facet_limit: params.facet_limit(),
        min_score: params.share("min_score").unwrap_or(MIN_SCORE),
    };
    let found = precedent::precedents(index, given, &params.filters(index)?, &options)?;
    let matches = found.matches.iter();
    Answer::json(&PrecedentsAnswer {
        given: given.as_str(),
        precedents: matches.map(|found| LinkedPrecedent::of(base, found)).collect(),
        next: window.next(found.total),
        summary: PrecedentSummaryLine::of(&found),
    })
}

/// Answers with the precedents of each paragraph of a draft, the file with these `bytes`.
fn of_draft(base: &str, index: &Index, bytes: Vec<u8>, params: &Params) -> Result<Answer, Problem> {
    let window = params.window(index)?;
    let filters = params.filters(index)?;
    let options = PrecedentOptions {
        limit: params.number(PER_PARAGRAPH.name).unwrap_or(DEFAULT_PER_PARAGRAPH),
        order: params.value_of("sort"),
        min_score: params.share("min_score").unwrap_or(MIN_SCORE),
        ..PrecedentOptions::default()
    };
    let draft = Draft::sent(index, bytes)?;
    let total = draft.paragraphs_count();
    let paragraphs = draft.paragraphs(index, &filters, &options, window.range(total))?;
    let paragraphs = paragraphs.collect::<Result<Vec<Paragraph>, _>>()?;
    let mut diagnostics: Vec<String> = Vec::new();
    for paragraph in &paragraphs {
        // The filters are the same for all paragraphs, and so is what is odd about them.
        for message in messages(&paragraph.precedents.diagnostics) {
            if !diagnostics.contains(&message) {
                diagnostics.push(message);
            }
        }
    }
    let shown = paragraphs.iter().map(|paragraph| DraftParagraph {
        summary: paragraph.into(),
        precedents: paragraph
            .precedents
            .matches
            .iter()
            .map(|found| LinkedPrecedent::of(base, found))
            .collect(),
        passage: &paragraph.stored.record,
    });
    Answer::json(&DraftAnswer {
        total,
        paragraphs: shown.collect(),
        next: window.next(total),
        diagnostics,
    })
}

/// Matches of each paragraph of a draft, unless the request sets another number.
const DEFAULT_PER_PARAGRAPH: usize = 3;

/// The wording to find.
enum PrecedentSource {
    /// A text of the request.
    Text(String),
    /// The passage with this id.
    Passage(String),
    /// The bytes of a draft.
    Draft(Vec<u8>),
}

impl PrecedentSource {
    /// Returns what a JSON body asks for. Several forms at once are refused, since it would be unclear which one counts.
    ///
    /// # Errors
    /// `invalid-value` if the text is too long; `missing-parameter`; `repeated-parameter`.
    fn of(fields: &Params) -> Result<Self, Problem> {
        let mut given = QUESTION
            .iter()
            .filter_map(|parameter| Some((parameter.name, fields.text(parameter.name)?)));
        let source = match given.next() {
            Some(("text", text)) if text.len() > MAX_TEXT_BYTES => {
                let detail = format!("'text' is longer than {MAX_TEXT_BYTES} bytes; send it as a 'draft'");
                return Err(Problem::new(Code::InvalidValue, detail).about("text"));
            }
            Some(("text", text)) => Self::Text(text.to_owned()),
            Some(("passage", id)) => Self::Passage(id.to_owned()),
            Some((_, draft)) => Self::Draft(draft.as_bytes().to_vec()),
            None => {
                let detail = "'text', 'passage' or 'draft' is missing";
                return Err(Problem::new(Code::MissingParameter, detail).about("text"));
            }
        };
        match given.next() {
            None => Ok(source),
            Some((other, _)) => {
                let detail = "'text', 'passage' and 'draft' exclude each other; give one of them";
                Err(Problem::new(Code::RepeatedParameter, detail).about(other))
            }
        }
    }

    /// Returns the size of the text to read, in bytes, at least. A draft counts as a long text: it has many paragraphs, and
    /// its file may be compressed.
    fn bytes(&self) -> usize {
        match self {
            Self::Text(text) => text.len(),
            Self::Passage(_) => 0,
            Self::Draft(_) => usize::MAX,
        }
    }
}
