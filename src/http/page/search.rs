//! The search page: the box, hits with all that places them, facets beside, and help where nothing is found.

use std::collections::HashMap;

use maud::{Markup, html};

use super::super::problem::Problem;
use super::asked::{Asked, PER_PAGE};
use super::facets;
use super::layout;
use super::link::{self, Frame};
use super::text::{self, Foreign};
use super::words::{Words, fill};
use crate::index::{Error, Facet, Index};
use crate::query::{self, Filters, Node, Query};
use crate::record::{DocumentRecord, PassageRecord};
use crate::render::plain::document_name;
use crate::render::terminal::clean;
use crate::search::{self, Agreement, Hit, Marks, Options, Results, Sort, Unusable};
use crate::text::Diagnostic;

/// Facets that are counted beside the results, in the order in which they stand there.
const FACETS: [Facet; 8] = [
    Facet::Province,
    Facet::Term,
    Facet::Section,
    Facet::Kind,
    Facet::Place,
    Facet::Cites,
    Facet::Document,
    Facet::Quality,
];

/// Questions that show what can be asked: without marks, a phrase, a symbol.
const EXAMPLES: [&str; 3] = [
    "nang cao nang luc lanh dao",
    "\"tinh gọn bộ máy\"",
    "nghị quyết 21-NQ/TW",
];

/// Symbols that are offered in place of one that nothing cites.
const NEAR: usize = 5;

/// The documents of an index by their ids.
pub(super) type Documents<'i> = HashMap<&'i str, &'i DocumentRecord>;

/// The documents of an index.
///
/// # Errors
/// Those of [`Index::documents`].
pub(super) fn documents(index: &Index) -> Result<Documents<'_>, Error> {
    Ok(index
        .documents()?
        .map(|record| (record.document.as_str(), record))
        .collect())
}

/// The page that answers the search in the address of `frame`.
///
/// # Errors
/// Those of searching, and a document that is not there.
pub(super) fn page(index: &Index, frame: &Frame) -> Result<Markup, Problem> {
    let asked = Asked::on(frame);
    let words = frame.words();
    if asked.is_empty() {
        let content = html! {
            h1.hidden { (words.search) }
            (form(frame, &asked))
            (welcome(index, frame)?)
        };
        return Ok(layout::page(frame, words.search, &content));
    }
    let documents = documents(index)?;
    let (query, told) = query::parse(&asked.typed);
    let filters = filters(index, &asked.filters)?;
    let options = Options {
        marks: asked.marks,
        sort: asked.sort,
        limit: PER_PAGE,
        offset: asked.offset,
        facets: FACETS.to_vec(),
        ..Options::default()
    };
    let results = search::search(index, &query, &filters, &options)?;
    let help = (results.total == 0).then(|| help(index, &asked, &query)).transpose()?;
    let content = html! {
        h1.hidden { (words.search) }
        (form(frame, &asked))
        (facets::chips(frame, &asked, &documents))
        div.columns {
            section aria-labelledby="results" {
                (summary(frame, &asked, &results, &told))
                @match help {
                    Some(help) => (helping(frame, &asked, &help, &documents)),
                    None => {
                        ol.hits start=(asked.offset + 1) {
                            @for found in &results.hits { li { (hit(frame, &asked, found, &documents)) } }
                        }
                        (paging(frame, &asked, results.total))
                    }
                }
            }
            (facets::lists(frame, &asked, &results.facets, &documents))
        }
    };
    let title = if asked.typed.is_empty() {
        words.search
    } else {
        &asked.typed
    };
    Ok(layout::page(frame, title, &content))
}

/// The filters of these values.
///
/// # Errors
/// Those of [`search::filters_of`].
pub(super) fn filters(index: &Index, values: &[(Facet, String)]) -> Result<Filters, Unusable> {
    search::filters_of(index, values.iter().map(|(facet, value)| (*facet, value.as_str())))
}

/// The search box with what shapes the answer; filters that are on stay on.
fn form(frame: &Frame, asked: &Asked) -> Markup {
    let words = frame.words();
    html! {
        form.search role="search" method="get" action=(frame.to_page("/")) {
            label for="q" { (words.query) }
            div.box {
                input #q type="search" name="q" value=(Foreign(&asked.typed)) autocomplete="off" autocapitalize="off"
                    spellcheck="false" maxlength="2000" aria-describedby="q-hint" data-suggest="" autofocus[asked.is_empty()];
                button type="submit" { (words.go) }
            }
            p #q-hint .hint { (words.query_hint) }
            @for (facet, value) in &asked.filters { input type="hidden" name=(facet.name()) value=(Foreign(value)); }
            (hidden_language(frame))
            div.shape {
                (choice(words.sort, "sort", asked.sort, &Sort::NAMED, |sort| order_name(words, sort)))
                (choice(words.marks, "marks", asked.marks, &Marks::NAMED, |marks| marks_name(words, marks)))
            }
        }
    }
}

/// The language of a page that a form leads to.
pub(super) fn hidden_language(frame: &Frame) -> Markup {
    html! {
        @if frame.lang != super::words::Lang::default() {
            input type="hidden" name=(link::LANG) value=(frame.lang.code());
        }
    }
}

/// A choice among what a table names.
fn choice<T: Copy + PartialEq>(
    label: &str,
    name: &str,
    chosen: T,
    table: &[(&'static str, T)],
    label_of: impl Fn(T) -> &'static str,
) -> Markup {
    html! {
        label {
            (label) " "
            select name=(name) {
                @for (value, meant) in table {
                    option value=(value) selected[chosen == *meant] { (label_of(*meant)) }
                }
            }
        }
    }
}

const fn order_name(words: &'static Words, sort: Sort) -> &'static str {
    match sort {
        Sort::Relevance => words.sort_relevance,
        Sort::Document => words.sort_document,
        Sort::Date => words.sort_date,
    }
}

const fn marks_name(words: &'static Words, marks: Marks) -> &'static str {
    match marks {
        Marks::Prefer => words.marks_prefer,
        Marks::Any => words.marks_any,
        Marks::Exact => words.marks_exact,
    }
}

/// What stands under the box before anything is asked.
fn welcome(index: &Index, frame: &Frame) -> Result<Markup, Problem> {
    let words = frame.words();
    let documents = index.documents()?.count();
    Ok(html! {
        p { (fill(words.corpus, &[&documents, &index.passages_count()])) }
        section aria-labelledby="examples" {
            h2 #examples { (words.try_these) }
            ul.plain {
                @for example in EXAMPLES {
                    li { a href=(Asked::default().typed(example).address(frame)) { (example) } }
                }
            }
        }
    })
}

/// How much was found, and what was odd about the question.
fn summary(frame: &Frame, asked: &Asked, results: &Results, told: &[Diagnostic]) -> Markup {
    let words = frame.words();
    let diagnostics = || told.iter().chain(&results.diagnostics);
    html! {
        h2 #results tabindex="-1" {
            @if results.total == 0 { (words.nothing) } @else { (words.results) }
        }
        div.summary role="status" {
            @if results.total > 0 {
                p {
                    strong { (fill(words.passages, &[&results.total])) }
                    @if let (Some(first), Some(last)) = (results.hits.first(), results.hits.last()) {
                        @if results.total > results.hits.len() { ", " (fill(words.window, &[&first.rank, &last.rank])) }
                    }
                    " · " (format!("{:.1} ms", results.elapsed.as_secs_f64() * 1e3))
                    " · " a href=(asked.address(frame)) { (words.permalink) }
                    span.to-filters { " · " a href="#filters" { (words.to_filters) } }
                }
            }
            @if results.relaxed { p.told { (words.relaxed) } }
            @if diagnostics().next().is_some() {
                ul.told aria-label=(words.not_understood) {
                    @for diagnostic in diagnostics() { li lang="en" { (Foreign(&diagnostic.message)) } }
                }
            }
        }
    }
}

/// One hit: where it stands, a cut of it, what it cites.
fn hit(frame: &Frame, asked: &Asked, hit: &Hit, documents: &Documents<'_>) -> Markup {
    let words = frame.words();
    let record = &hit.stored.record;
    let back = (
        "back",
        form_urlencoded::Serializer::new(String::new())
            .extend_pairs(asked.parameters())
            .finish(),
    );
    let name = documents
        .get(record.document.as_str())
        .map_or(record.document.as_str(), |known| document_name(known));
    html! {
        article.hit {
            h3 {
                a href={ (frame.to(&link::document(&record.document), &[back])) "#" (anchor(&record.passage)) } lang="vi" {
                    (Foreign(name))
                }
            }
            (address(frame, record))
            @match hit.agreement {
                Agreement::Exact => {},
                Agreement::Lost => p.label { (words.lost) },
                Agreement::Folded => p.label { (words.folded) },
            }
            @match &hit.repaired_snippet {
                Some(repaired) => {
                    p.label { (words.repaired) @if repaired.pieces.iter().any(|piece| piece.unsure) { "; " (words.unsure_mark) } }
                    p.snippet lang="vi" { (text::snippet(words, repaired, true)) }
                    details.source {
                        summary { (words.source) }
                        p.snippet lang="vi" { (text::snippet(words, &hit.snippet, false)) }
                    }
                },
                None => p.snippet lang="vi" { (text::snippet(words, &hit.snippet, true)) },
            }
            (ties(frame, record))
        }
    }
}

/// Where a passage stands the way staff cite it: sections, page, place.
pub(super) fn address(frame: &Frame, record: &PassageRecord) -> Markup {
    let words = frame.words();
    html! {
        p.address lang="vi" {
            @for heading in &record.section_path { span.heading { (Foreign(heading)) } " › " }
            span lang=(frame.lang.code()) {
                (fill(words.page, &[&record.page])) " · " (facets::place_name(words, record.place.name()))
            }
        }
    }
}

/// What a passage leads to: what it cites, and passages worded so.
fn ties(frame: &Frame, record: &PassageRecord) -> Markup {
    let words = frame.words();
    html! {
        p.ties {
            @if !record.citations.is_empty() {
                (words.cites) ": "
                @for (position, cited) in record.citations.iter().enumerate() {
                    @if position > 0 { ", " }
                    a href=(frame.to("/citations/cited", &[("symbol", cited)])) lang="vi" { (Foreign(cited)) }
                }
                " · "
            }
            a href=(frame.to("/precedent", &[("passage", &record.passage)])) { (words.similar) }
        }
    }
}

/// The name of a passage within the page of its document: `p86` for `001_…:86`.
pub(super) fn anchor(passage: &str) -> String {
    format!("p{}", passage.rsplit(':').next().unwrap_or(passage))
}

/// The way to the hits before and after these.
fn paging(frame: &Frame, asked: &Asked, total: usize) -> Markup {
    let before = (asked.offset > 0).then(|| asked.from(asked.offset.saturating_sub(PER_PAGE)).address(frame));
    let next = asked.offset.saturating_add(PER_PAGE);
    let after = (next < total).then(|| asked.from(next).address(frame));
    pages(frame, before.as_deref(), after.as_deref())
}

/// Links to the page before and the page after.
pub(super) fn pages(frame: &Frame, before: Option<&str>, after: Option<&str>) -> Markup {
    let words = frame.words();
    html! {
        @if before.is_some() || after.is_some() {
            nav.paging aria-label=(words.paging) {
                @if let Some(before) = before { a rel="prev" href=(before) { "← " (words.earlier) } }
                @if let Some(after) = after { a rel="next" href=(after) { (words.later) " →" } }
            }
        }
    }
}

/// What may help where nothing was found.
#[derive(Debug, Default)]
struct Help {
    /// Passages that match when marks are ignored.
    any_marks: usize,
    /// The question without its quotation marks, and the passages that match it.
    unquoted: Option<(String, usize)>,
    /// Filters, and the passages that match without each.
    droppable: Vec<(Facet, String, usize)>,
    /// Words of the question that no passage has.
    unknown: Vec<String>,
    /// Symbols near to those asked for.
    near: Vec<String>,
}

/// Looks for what may help, by asking again with one thing changed at a time.
fn help(index: &Index, asked: &Asked, query: &Query) -> Result<Help, Problem> {
    let mut help = Help::default();
    let count = |asked: &Asked| -> Result<usize, Problem> {
        let options = Options {
            marks: asked.marks,
            limit: 0,
            ..Options::default()
        };
        let (query, _) = query::parse(&asked.typed);
        Ok(search::search(index, &query, &filters(index, &asked.filters)?, &options)?.total)
    };
    if asked.marks == Marks::Exact {
        help.any_marks = count(&asked.with_marks(Marks::Any))?;
    }
    if asked.typed.contains(['"', '“', '”']) {
        let unquoted = asked.typed.replace(['"', '“', '”'], " ");
        let unquoted = unquoted.trim().to_owned();
        help.unquoted = Some((unquoted.clone(), count(&asked.typed(&unquoted))?)).filter(|(_, found)| *found > 0);
    }
    for (facet, value) in &asked.filters {
        let found = count(&asked.without(*facet, value))?;
        if found > 0 {
            help.droppable.push((*facet, value.clone(), found));
        }
    }
    let (mut wanted, mut symbols) = (Vec::new(), Vec::new());
    query.for_each_wanted(|node| match node {
        Node::Word(word) => wanted.push(word),
        Node::Phrase(phrase) => wanted.extend(&phrase.words),
        Node::Symbol(symbol) => symbols.extend(symbol.canonical.as_deref()),
        _ => {}
    });
    for word in wanted {
        if index.passages_with_word(&word.folded)? == 0 && !help.unknown.contains(&word.exact) {
            help.unknown.push(word.exact.clone());
        }
    }
    for symbol in symbols {
        help.near.extend(search::nearest_symbols(index, symbol, NEAR)?);
    }
    Ok(help)
}

/// Shows what may help.
fn helping(frame: &Frame, asked: &Asked, help: &Help, documents: &Documents<'_>) -> Markup {
    let words = frame.words();
    html! {
        p { (words.nothing_for) }
        h3 { (words.would_help) }
        ul.help {
            @if help.any_marks > 0 {
                li { a href=(asked.with_marks(Marks::Any).address(frame)) { (fill(words.help_marks, &[&help.any_marks])) } }
            }
            @if let Some((unquoted, found)) = &help.unquoted {
                li { a href=(asked.typed(unquoted).address(frame)) { (fill(words.help_quotes, &[found])) } }
            }
            @for (facet, value, found) in &help.droppable {
                @let label = facets::label(words, *facet, value, documents);
                li { a href=(asked.without(*facet, value).address(frame)) { (fill(words.help_drop, &[&clean(&label), found])) } }
            }
            @for symbol in &help.near {
                li { a href=(asked.typed(symbol).address(frame)) { (fill(words.help_near, &[&clean(symbol)])) } }
            }
            @if !help.unknown.is_empty() {
                li { (fill(words.help_words, &[&clean(&help.unknown.join(", "))])) }
            }
            li { (words.help_shorter) }
        }
    }
}
