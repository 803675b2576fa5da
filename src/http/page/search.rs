//! The search page: the box, hits with all that places them, facets beside, and help where nothing is found.

use std::collections::HashMap;

use maud::{Markup, html};

use super::super::problem::Problem;
use super::asked::{Asked, PER_PAGE};
use super::facets;
use super::help;
use super::layout;
use super::link::{self, Frame};
use super::reader::BACK;
use super::text::{self, Foreign};
use super::told;
use super::words::{Words, fill};
use crate::index::{Error, Facet, Index};
use crate::query::{self, Diagnostic, Filters};
use crate::record::{DocumentRecord, PassageRecord};
use crate::render::terminal::documents::document_name;
use crate::search::{self, Agreement, AskedSearch, Help, Hit, InvalidValue, Marks, Options, Results, Sort};
use crate::text::Named;

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

/// The documents of an index by their ids.
pub(super) type Documents<'i> = HashMap<&'i str, &'i DocumentRecord>;

/// The name of the document `id`; the id where the index has it no more.
pub(super) fn name_of<'n>(documents: &Documents<'n>, id: &'n str) -> &'n str {
    documents.get(id).map_or(id, |record| document_name(record))
}

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
    let lacks = results.total == 0 || results.relaxed;
    let help = lacks.then(|| {
        let asked = AskedSearch {
            typed: &asked.typed,
            filters: &asked.filters,
            marks: asked.marks,
        };
        Help::with(index, asked)
    });
    let help = help.transpose()?;
    let content = html! {
        h1.hidden { (words.search) }
        (form(frame, &asked))
        (facets::chips(frame, &asked, &documents))
        div.columns {
            (facets::lists(frame, &asked, &results.facets, &documents))
            section aria-labelledby="results" {
                (summary(frame, &asked, &results, &told))
                @if let Some(help) = &help { (help::shown(frame, &asked, &documents, help, results.total == 0)) }
                @if results.total > 0 {
                    ol.hits start=(asked.offset + 1) {
                        @for found in &results.hits { li { (hit(frame, &asked, found, &documents)) } }
                    }
                    (paging(frame, &asked, results.total))
                }
            }
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
pub(super) fn filters(index: &Index, values: &[(Facet, String)]) -> Result<Filters, InvalidValue> {
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
                (choice(words.sort, "sort", asked.sort, |sort| order_name(words, sort)))
                (choice(words.marks, "marks", asked.marks, |marks| marks_name(words, marks)))
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

/// A choice among the values of an enumeration.
fn choice<T: Named + Default>(label: &str, name: &str, chosen: T, label_of: impl Fn(T) -> &'static str) -> Markup {
    html! {
        label {
            (label) " "
            select name=(name) data-usual=(T::default().name()) {
                @for &value in T::ALL {
                    option value=(value.name()) selected[chosen == value] { (label_of(value)) }
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
                    " · " a href=(asked.address(frame)) { (words.permalink) }
                }
            }
            @if results.relaxed { p.told { (words.relaxed) } }
            @if diagnostics().next().is_some() {
                ul.told aria-label=(words.not_understood) {
                    @for diagnostic in diagnostics() { li { (told::oddity(frame.lang, &diagnostic.oddity)) } }
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
        BACK,
        form_urlencoded::Serializer::new(String::new())
            .extend_pairs(asked.parameters())
            .finish(),
    );
    let name = name_of(documents, &record.document);
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
