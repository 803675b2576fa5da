//! The tool `search`: passages that match a query.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Serialize;

use super::schema::schema_of;
use super::tool::{Answer, ListPart, PART, Tool, goes_on};
use crate::http::params::{FACETS, FILTERS, MARKS, Parameter, Params, SORT, Takes};
use crate::http::{Code, Derived, Problem};
use crate::index::Index;
use crate::mcp::quotation::{Quotation, warning};
use crate::query;
use crate::record::FilterName;
use crate::render::language::{Lang, fill};
use crate::search::{self, Agreement, AskedSearch, FacetValue, Help, Options, OtherForms};
use crate::text::clean;

/// The query and its options.
const QUERY: [Parameter; 3] = [
    Parameter {
        name: "query",
        about: query::SYNTAX_HELP,
        takes: Takes::Text("nghi quyet 21"),
    },
    MARKS,
    SORT,
];

/// The tool.
pub(super) const SEARCH: Tool = Tool {
    name: "search",
    title: "Search passages",
    about: "Find the passages of Vietnamese party documents that match a query, with or without Vietnamese marks, and \
            narrow them by filters. Each is a quotation with its address, document, page and section. If no passage has all \
            the words, the best partial ones are returned and `relaxed` is true.",
    known: &[&QUERY, &FILTERS, &[FACETS], &PART],
    required: &[],
    output: schema_of::<SearchAnswer<'static>>,
    answer,
};

/// The answer of a search.
#[derive(Serialize, utoipa::ToSchema)]
struct SearchAnswer<'a> {
    /// Number of matching passages.
    total: usize,
    /// True if no passage has all the words, and these have most of them.
    relaxed: bool,
    /// The passages, in the order asked for.
    hits: Vec<SearchHit>,
    /// Values of each facet asked for with the number of passages, the most frequent first.
    facets: BTreeMap<&'static str, &'a [FacetValue]>,
    /// Words of which other forms, such as abbreviations, were searched for too.
    also: &'a [OtherForms],
    /// Messages about parts of the question that were ignored or match nothing, and hints if nothing is found.
    messages: Vec<String>,
    /// The `offset` of the next hits; null at the end.
    next_offset: Option<usize>,
}

/// A passage that was found.
#[derive(Serialize, utoipa::ToSchema)]
struct SearchHit {
    /// Place among all hits, from 1.
    rank: usize,
    /// Agreement of the marks of the query with those of the text: as printed, as read in a scan, lost, or contradicting.
    #[serde(rename = "match")]
    agreement: Agreement,
    #[serde(flatten)]
    quotation: Quotation,
}

/// Answers the tool.
fn answer(index: &Index, _: &Derived, params: &Params) -> Result<Answer, Problem> {
    let typed = params.text("query").unwrap_or("");
    let (query, asked) = query::parse(typed);
    let filters = params.filters(index)?;
    if typed.trim().is_empty() && filters.is_empty() {
        let detail = "there is nothing to search for: give words in 'query', or a filter";
        return Err(Problem::new(Code::MissingParameter, detail).about("query"));
    }
    let part = ListPart::of(params);
    let options = Options {
        marks: params.value_of("marks"),
        sort: params.value_of("sort"),
        limit: part.limit,
        offset: part.offset,
        facets: params.facets()?,
        ..Options::default()
    };
    let results = search::search(index, &query, &filters, &options)?;
    let mut messages: Vec<String> = asked
        .iter()
        .chain(&results.diagnostics)
        .map(ToString::to_string)
        .collect();
    if results.total() == 0 {
        messages.extend(hints(index, typed, params)?);
    }
    let hits = results.hits.iter().map(|hit| {
        Ok(SearchHit {
            rank: hit.rank,
            agreement: hit.agreement,
            quotation: Quotation::of(index, &hit.stored.record)?,
        })
    });
    let hits = hits.collect::<Result<Vec<SearchHit>, Problem>>()?;
    let answer = SearchAnswer {
        total: results.total(),
        relaxed: results.relaxed,
        next_offset: part.next(hits.len(), results.total()),
        hits,
        facets: results
            .facets
            .iter()
            .map(|counts| (counts.facet.name(), counts.values.as_slice()))
            .collect(),
        also: &results.also,
        messages,
    };
    Answer::of(text(&answer), &answer)
}

/// Returns changes to a search that would find something.
fn hints(index: &Index, typed: &str, params: &Params) -> Result<Vec<String>, Problem> {
    let filters: Vec<(FilterName, String)> = params
        .chosen_filters()
        .map(|(filter, value)| (filter, value.to_owned()))
        .collect();
    let asked = AskedSearch {
        typed,
        filters: &filters,
        marks: params.value_of("marks"),
    };
    let strings = Lang::En.strings();
    let hint = |help| match help {
        Help::IgnoreMarks { total } => format!("with marks 'any' the query finds {total} passages"),
        Help::Unquote { total, .. } => fill(strings.try_unquoted, &[&total]),
        Help::DropFilter { filter, value, total } => {
            format!("without {filter} '{value}' the query finds {total} passages")
        }
        Help::NearSymbols(symbols) => fill(strings.try_symbols, &[&symbols.join(", ")]),
        Help::UnknownWords(words) => fill(strings.words_unknown, &[&words.join(", ")]),
    };
    Ok(Help::with(index, asked)?.into_iter().map(hint).collect())
}

/// Returns the answer in words.
fn text(answer: &SearchAnswer<'_>) -> String {
    let mut text = String::new();
    let total = answer.total;
    match (total, answer.relaxed) {
        (0, _) => text.push_str("No passage matches.\n"),
        (_, true) => {
            let _ = writeln!(text, "RELAXED: {} ({total}).", Lang::En.strings().most_of_them);
        }
        (_, false) => {
            let _ = writeln!(text, "Matching passages: {total}.");
        }
    }
    for message in &answer.messages {
        let _ = writeln!(text, "Note: {}", clean(message));
    }
    let machine = answer
        .hits
        .iter()
        .filter(|hit| hit.quotation.is_machine_reading())
        .count();
    text.push_str(&warning(machine, answer.hits.len()));
    for hit in &answer.hits {
        text.push('\n');
        hit.quotation.write(&mut text);
    }
    for (facet, values) in &answer.facets {
        let values: Vec<String> = values
            .iter()
            .map(|value| format!("{} ({})", value.value, value.count))
            .collect();
        let _ = writeln!(text, "\n{facet}: {}", clean(&values.join(", ")));
    }
    text.push_str(&goes_on(answer.next_offset, total));
    text
}
