//! The tool `precedents`: passages that say the same in the same or nearly the same words.

use std::fmt::Write as _;

use serde::Serialize;

use super::schema::schema_of;
use super::tool::{Answer, ListPart, PART, Tool, goes_on};
use crate::http::params::{FILTERS, LEAST_SCORE, PRECEDENT_SORT, Parameter, Params, Takes};
use crate::http::{Code, Derived, Problem};
use crate::index::Index;
use crate::mcp::quotation::{Quotation, warning};
use crate::precedent::{
    self, Distinctiveness, MAX_TEXT_BYTES, MIN_SCORE, PieceKind, Precedent, PrecedentOptions, Question,
};
use crate::text::clean;

/// The wording, and the options of the answer.
const WORDING: [Parameter; 4] = [
    Parameter {
        name: "text",
        about: "A phrase, a sentence or a paragraph, with or without marks; at most 64 KiB. Either this or `passage`.",
        takes: Takes::Text("Nâng cao năng lực lãnh đạo, sức chiến đấu của tổ chức đảng"),
    },
    Parameter {
        name: "passage",
        about: "The address of a passage (`001:973`), to find in other documents. Either this or `text`.",
        takes: Takes::Text("001:973"),
    },
    PRECEDENT_SORT,
    LEAST_SCORE,
];

/// The tool.
pub(super) const PRECEDENTS: Tool = Tool {
    name: "precedents",
    title: "Wording used before",
    about: "Find passages with the same or nearly the same wording as a text, aligned word by word: who has said this \
            before. `share` is the share of the given text that the passage has.",
    known: &[&WORDING, &FILTERS, &PART],
    required: &[],
    output: schema_of::<PrecedentsAnswer>,
    answer,
};

/// Passages with the same wording.
#[derive(Serialize, utoipa::ToSchema)]
struct PrecedentsAnswer {
    /// The given text, lines joined.
    given: String,
    /// Number of matches.
    total: usize,
    /// False if there may be more near matches.
    total_is_exact: bool,
    /// Number of the matches that contain the whole text.
    whole: usize,
    /// The matches, in the order asked for.
    precedents: Vec<PrecedentMatch>,
    /// Messages about filters that match nothing.
    messages: Vec<String>,
    /// The `offset` of the next matches; null at the end.
    next_offset: Option<usize>,
}

/// A passage with the same wording.
#[derive(Serialize, utoipa::ToSchema)]
struct PrecedentMatch {
    /// Place among all matches, from 1.
    rank: usize,
    /// Share of the given text that the passage has, 0 to 1.
    share: f64,
    /// Score from 0 to 1: the amount that is the same, and its distinctiveness.
    score: f64,
    /// Distinctiveness of the words that are the same: a set phrase, ordinary, or telling.
    distinctiveness: Distinctiveness,
    /// The passage where it is aligned with the given text, piece by piece.
    wording: Vec<WordingPiece>,
    #[serde(flatten)]
    quotation: Quotation,
}

/// Some words of an aligned passage.
#[derive(Serialize, utoipa::ToSchema)]
struct WordingPiece {
    /// The words, in the likeliest reading if they are damaged.
    text: String,
    /// Relation to the given text.
    kind: PieceKind,
}

impl PrecedentMatch {
    /// Returns the wire form of a match.
    fn of(index: &Index, found: &Precedent) -> Result<Self, Problem> {
        let wording = found.found.iter().map(|piece| WordingPiece {
            text: piece.repaired.as_ref().unwrap_or(&piece.text).clone(),
            kind: piece.kind,
        });
        Ok(Self {
            rank: found.rank,
            share: thousandths(found.share()),
            score: thousandths(found.score),
            distinctiveness: found.distinctiveness,
            wording: wording.collect(),
            quotation: Quotation::of(index, &found.stored.record)?,
        })
    }
}

/// Rounds a share to three digits after the point; more would be noise.
fn thousandths(share: f64) -> f64 {
    (share * 1000.0).round() / 1000.0
}

/// Returns the wording that is asked for.
///
/// # Errors
/// There is none, or two; the text is too long; there is no such passage.
fn question(index: &Index, params: &Params) -> Result<Question, Problem> {
    match (params.text("text"), params.text("passage")) {
        (Some(text), None) if text.len() > MAX_TEXT_BYTES => {
            let detail = format!("'text' is longer than {MAX_TEXT_BYTES} bytes; ask paragraph by paragraph");
            Err(Problem::new(Code::InvalidValue, detail).about("text"))
        }
        (Some(text), None) => Ok(Question::text(index, text)?),
        (None, Some(id)) => Ok(Question::passage(index, id)?),
        (None, None) => Err(Problem::new(Code::MissingParameter, "'text' or 'passage' is missing").about("text")),
        (Some(_), Some(_)) => {
            let detail = "'text' and 'passage' exclude each other; give one of them";
            Err(Problem::new(Code::RepeatedParameter, detail).about("passage"))
        }
    }
}

/// Answers the tool.
fn answer(index: &Index, _: &Derived, params: &Params) -> Result<Answer, Problem> {
    let given = question(index, params)?;
    let part = ListPart::of(params);
    let options = PrecedentOptions {
        limit: part.limit,
        offset: part.offset,
        order: params.value_of("sort"),
        min_score: params.share("min_score").unwrap_or(MIN_SCORE),
        ..PrecedentOptions::default()
    };
    let found = precedent::precedents(index, &given, &params.filters(index)?, &options)?;
    let matches = found.matches.iter().map(|found| PrecedentMatch::of(index, found));
    let precedents = matches.collect::<Result<Vec<PrecedentMatch>, Problem>>()?;
    let answer = PrecedentsAnswer {
        given: given.as_str().to_owned(),
        total: found.total,
        total_is_exact: found.total_is_exact,
        whole: found.whole,
        next_offset: part.next(precedents.len(), found.total),
        precedents,
        messages: found.diagnostics.iter().map(ToString::to_string).collect(),
    };
    Answer::of(text(&answer), &answer)
}

/// Returns the answer in words.
fn text(answer: &PrecedentsAnswer) -> String {
    let at_least = if answer.total_is_exact { "" } else { "at least " };
    let mut text = format!(
        "Passages with this wording or nearly: {at_least}{}; with the whole text: {}.\n",
        answer.total, answer.whole
    );
    for message in &answer.messages {
        let _ = writeln!(text, "Note: {}", clean(message));
    }
    let machine = answer
        .precedents
        .iter()
        .filter(|found| found.quotation.is_machine_reading())
        .count();
    text.push_str(&warning(machine, answer.precedents.len()));
    for found in &answer.precedents {
        let _ = write!(text, "\n{:.0} % of the text: ", found.share * 100.0);
        found.quotation.write(&mut text);
    }
    text.push_str(&goes_on(answer.next_offset, answer.total));
    text
}
