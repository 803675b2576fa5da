//! The tools `cite`, `cites` and `lookup`: who cites a document, what a document cites, and what the citations in a text
//! mean.

use std::fmt::Write as _;

use serde::Serialize;

use super::schema::schema_of;
use super::tool::{Answer, ListPart, PART, Tool, goes_on};
use crate::concordance::{self, CitedQuery, CitesOrder, LookedUpCitation, PlaceOrder};
use crate::http::params::{FILTERS, Parameter, Params, Takes, sort};
use crate::http::{Derived, Problem};
use crate::index::Index;
use crate::mcp::quotation::{CitingSentence, QuotedDocument, warning};
use crate::record::CitedAt;
use crate::register::RegisterEntry;
use crate::text::clean;

/// The cited document.
const CITED: Parameter = Parameter {
    name: "cited",
    about: "The cited document: a symbol in any writing (`21-NQ/TW`, `nq 21`), a name (`Điều lệ Đảng`), or a citation as \
            documents write it, with its date and issuer.",
    takes: Takes::Text("21-NQ/TW"),
};

/// The citing document.
const DOCUMENT: Parameter = Parameter {
    name: "document",
    about: "The id of the document whose citations to list, or an unambiguous beginning of it (`001`).",
    takes: Takes::Text("001"),
};

/// The text whose citations are looked up.
pub(super) const TEXT: Parameter = Parameter {
    name: "text",
    about: "The text, as it is written; a sentence or a whole draft, at most 1 MiB.",
    takes: Takes::Text("Thực hiện Nghị quyết số 21-NQ/TW ngày 16/6/2022 của Ban Chấp hành Trung ương"),
};

/// The order of the places.
const PLACE_SORT: Parameter = sort::<PlaceOrder>("Order of the places.");

/// The order of what a document cites.
const CITES_SORT: Parameter = sort::<CitesOrder>("Order of the citations.");

/// Places that are named with each citation of a text; `cite` finds all of them.
const MAX_NAMED_PLACES: usize = 3;

/// The tool `cite`.
pub(super) const CITE: Tool = Tool {
    name: "cite",
    title: "Who cites a document",
    about: "List every place where a document is cited, with the sentence around it, and what the register of central \
            documents knows of the cited document. If nothing cites it, similar symbols.",
    known: &[&[CITED, PLACE_SORT], &FILTERS, &PART],
    required: &["cited"],
    output: schema_of::<CiteAnswer>,
    answer: cite,
};

/// The tool `cites`.
pub(super) const CITES: Tool = Tool {
    name: "cites",
    title: "What a document cites",
    about: "List what one document of the index cites, each with the sentence around it.",
    known: &[&[DOCUMENT, CITES_SORT], &PART],
    required: &["document"],
    output: schema_of::<CitesAnswer>,
    answer: cites,
};

/// The tool `lookup`.
pub(super) const LOOKUP: Tool = Tool {
    name: "lookup",
    title: "Look up citations",
    about: "Find the citations in a text and tell which document each means: its date, issuer and subject as the register \
            of central documents has them, what replaced it, and where the index cites the same.",
    known: &[&[TEXT], &PART],
    required: &["text"],
    output: schema_of::<LookupAnswer<'static>>,
    answer: lookup,
};

/// The places where a document is cited.
#[derive(Serialize, utoipa::ToSchema)]
struct CiteAnswer {
    /// Number of places.
    total: usize,
    /// The documents that these places mean; several if the symbol or name means several.
    cited: Vec<CitedMeaning>,
    /// The places, in the order asked for.
    places: Vec<CitingSentence>,
    /// Similar symbols, if nothing cites the one asked for.
    near: Vec<String>,
    /// Messages about filters that match nothing.
    messages: Vec<String>,
    /// The `offset` of the next places; null at the end.
    next_offset: Option<usize>,
}

/// A document that is cited.
#[derive(Serialize, utoipa::ToSchema)]
struct CitedMeaning {
    /// Its symbol or name, and its date as far as it is known; null for places that do not tell which one they mean.
    identity: Option<String>,
    /// Number of places that cite it.
    places: usize,
    /// It as the register of central documents has it; where no place tells which it is, all that it may be.
    registered: Vec<RegisterEntry>,
}

/// The citations of a document.
#[derive(Serialize, utoipa::ToSchema)]
struct CitesAnswer {
    /// The citing document.
    document: QuotedDocument,
    /// Number of citations.
    total: usize,
    /// The citations, in the order asked for.
    places: Vec<CitingSentence>,
    /// The `offset` of the next citations; null at the end.
    next_offset: Option<usize>,
}

/// The citations of a text.
#[derive(Serialize, utoipa::ToSchema)]
struct LookupAnswer<'a> {
    /// Number of citations.
    total: usize,
    /// The citations in order; `cited_in` has the first places of the index that cite the same.
    citations: &'a [LookedUpCitation],
    /// The `offset` of the next citations; null at the end.
    next_offset: Option<usize>,
}

/// Answers `cite`.
fn cite(index: &Index, _: &Derived, params: &Params) -> Result<Answer, Problem> {
    let asked = params.required(CITED.name)?;
    let mut found = concordance::places(index, Some(&CitedQuery::parse(asked)), &params.filters(index)?)?;
    found.sort(index, params.value_of(PLACE_SORT.name))?;
    let records = found.places.iter().map(|place| place.citation.clone()).collect();
    let reports = concordance::reports(records, &*index.register()?);
    let cited = reports.into_iter().map(|report| CitedMeaning {
        identity: report
            .identity
            .or_else(|| report.places.first()?.counted_as().map(str::to_owned)),
        places: report.places.len(),
        registered: report.registered,
    });
    let near = if found.places.is_empty() {
        concordance::near_symbols(index, asked)?
    } else {
        Vec::new()
    };
    let part = ListPart::of(params);
    let total = found.places.len();
    let places = sentences(index, part.take(found.places))?;
    let answer = CiteAnswer {
        total,
        cited: cited.collect(),
        near,
        messages: found.diagnostics.iter().map(ToString::to_string).collect(),
        next_offset: part.next(places.len(), total),
        places,
    };
    let mut text = format!("Places that cite '{}': {total}.\n", clean(asked));
    for message in &answer.messages {
        let _ = writeln!(text, "Note: {}", clean(message));
    }
    if !answer.near.is_empty() {
        let _ = writeln!(text, "Similar symbols: {}", clean(&answer.near.join(", ")));
    }
    for entry in answer.cited.iter().flat_map(|cited| &cited.registered) {
        write_registered(&mut text, entry);
    }
    write_sentences(&mut text, &answer.places);
    text.push_str(&goes_on(answer.next_offset, total));
    Answer::of(text, &answer)
}

/// Answers `cites`.
fn cites(index: &Index, _: &Derived, params: &Params) -> Result<Answer, Problem> {
    let id = index.resolve_id(params.required(DOCUMENT.name)?)?;
    let mut places = index.cited_places(id)?;
    places.retain(|place| !place.citation.is_own_document());
    params.value_of::<CitesOrder>(CITES_SORT.name).sort(&mut places);
    let part = ListPart::of(params);
    let total = places.len();
    let places = sentences(index, part.take(places))?;
    let answer = CitesAnswer {
        document: QuotedDocument::with_id(index, id)?,
        total,
        next_offset: part.next(places.len(), total),
        places,
    };
    let mut text = format!("Citations: {total}, in {}\n", answer.document.line());
    write_sentences(&mut text, &answer.places);
    text.push_str(&goes_on(answer.next_offset, total));
    Answer::of(text, &answer)
}

/// Answers `lookup`.
fn lookup(index: &Index, derived: &Derived, params: &Params) -> Result<Answer, Problem> {
    let text = params.required(TEXT.name)?.to_owned();
    let found = derived.citations(index)?.look_up(index, text)?;
    let part = ListPart::of(params);
    let total = found.total;
    let mut citations = part.take(found.citations);
    for place in citations.iter_mut().flat_map(|citation| {
        citation.cited_in.truncate(MAX_NAMED_PLACES);
        &mut citation.cited_in
    }) {
        place.document = index.short_id(&place.document).into_owned();
        place.passage = index.short_id(&place.passage).into_owned();
    }
    let answer = LookupAnswer {
        total,
        citations: &citations,
        next_offset: part.next(citations.len(), total),
    };
    let mut text = format!("Citations: {total}.\n");
    for citation in answer.citations {
        write_looked_up(&mut text, citation);
    }
    text.push_str(&goes_on(answer.next_offset, total));
    Answer::of(text, &answer)
}

/// Returns places of documents of `index` as quotations.
fn sentences(index: &Index, places: Vec<CitedAt>) -> Result<Vec<CitingSentence>, Problem> {
    let sentences = places.into_iter().map(|place| CitingSentence::of(index, place));
    Ok(sentences.collect::<Result<Vec<CitingSentence>, _>>()?)
}

/// Writes places, and before them that some are readings.
fn write_sentences(text: &mut String, places: &[CitingSentence]) {
    let machine = places.iter().filter(|place| place.is_machine_reading()).count();
    text.push_str(&warning(machine, places.len()));
    for place in places {
        text.push('\n');
        place.write(text);
    }
}

/// Writes a registered document as a line.
fn write_registered(text: &mut String, entry: &RegisterEntry) {
    let document = &entry.document;
    let facts = [
        Some(entry.identity.as_str()),
        document.issuer.as_deref(),
        document.subject.as_deref(),
    ];
    let facts: Vec<&str> = facts.into_iter().flatten().collect();
    let _ = write!(text, "register: {}", clean(&facts.join(" | ")));
    if !entry.replacements.is_empty() {
        let _ = write!(text, " | replaced by {}", clean(&entry.replacements.join(", ")));
    }
    if !document.certain {
        text.push_str(" | not certain");
    }
    text.push('\n');
}

/// Writes a citation of a text, and what is known of it.
fn write_looked_up(text: &mut String, citation: &LookedUpCitation) {
    let meant = citation
        .identity
        .as_deref()
        .or(citation.symbol.as_deref())
        .or(citation.name.as_deref());
    let _ = write!(text, "\n“{}” (line {})", clean(&citation.raw), citation.lines[0]);
    if let Some(meant) = meant {
        let _ = write!(text, " means {}", clean(meant));
    }
    let _ = write!(text, ", {}", citation.status.name());
    if !citation.candidates.is_empty() {
        let _ = write!(text, ": it may be {}", clean(&citation.candidates.join(" or ")));
    }
    if let Some(other) = &citation.replaced_by {
        let _ = write!(text, "; replaced by {}", clean(other));
    }
    let places: Vec<&str> = citation.cited_in.iter().map(|place| place.passage.as_str()).collect();
    let _ = writeln!(
        text,
        "; places of the index that cite it: {}{}{}",
        citation.cited_count,
        if places.is_empty() { "" } else { ", the first are " },
        clean(&places.join(", "))
    );
    for entry in &citation.registered {
        write_registered(text, entry);
    }
}
