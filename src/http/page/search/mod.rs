//! The search page: the box, hits with all that places them, facets beside, and help where nothing is found.

mod facets;
mod help;

use maud::{Markup, html};

use crate::http::page::parts::text;
use crate::http::page::parts::{address, anchor, pages};
use crate::http::page::shell::foreign::Foreign;
use crate::http::page::shell::frame::{self, Frame};
use crate::http::page::shell::labels::{Documents, documents, name_of};
use crate::http::page::shell::language::{Strings, fill};
use crate::http::page::shell::query_string::{BACK, PER_PAGE, SearchUrl, filters};
use crate::http::page::shell::{self, hidden_language, translate};
use crate::http::problem::Problem;
use crate::index::{Facet, Index};
use crate::query;
use crate::record::PassageRecord;
use crate::search::{self, Agreement, Hit, Marks, Options, Results, Sort};
use crate::text::Diagnostic;
use help::Help;

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

/// The page that answers the search in the address of `frame`.
///
/// # Errors
/// Those of searching, and a document that is not there.
pub(super) fn page(index: &Index, frame: &Frame) -> Result<Markup, Problem> {
    let asked = SearchUrl::on(frame);
    let strings = frame.strings();
    if asked.is_empty() {
        let content = html! {
            h1.hidden { (strings.search) }
            (form(frame, &asked))
            (welcome(index, frame)?)
        };
        return Ok(shell::page(frame, strings.search, &content));
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
    let help = lacks.then(|| Help::of(index, &asked, &query)).transpose()?;
    let content = html! {
        h1.hidden { (strings.search) }
        (form(frame, &asked))
        (facets::chips(frame, &asked, &documents))
        div.columns {
            (facets::lists(frame, &asked, &results.facets, &documents))
            section aria-labelledby="results" {
                (summary(frame, &asked, &results, &told))
                @if let Some(help) = &help { (help.shown(frame, &asked, &documents, results.total == 0)) }
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
        strings.search
    } else {
        &asked.typed
    };
    Ok(shell::page(frame, title, &content))
}

/// The search box with what shapes the answer; filters that are on stay on.
fn form(frame: &Frame, asked: &SearchUrl) -> Markup {
    let strings = frame.strings();
    html! {
        form.search role="search" method="get" action=(frame.to_page("/")) {
            label for="q" { (strings.query) }
            div.box {
                input #q type="search" name="q" value=(Foreign(&asked.typed)) autocomplete="off" autocapitalize="off"
                    spellcheck="false" maxlength="2000" aria-describedby="q-hint" data-suggest="" autofocus[asked.is_empty()];
                button type="submit" { (strings.go) }
            }
            p #q-hint .hint { (strings.query_hint) }
            @for (facet, value) in &asked.filters { input type="hidden" name=(facet.name()) value=(Foreign(value)); }
            (hidden_language(frame))
            div.shape {
                (choice(strings.sort, "sort", asked.sort, &Sort::NAMED, |sort| order_name(strings, sort)))
                (choice(strings.marks, "marks", asked.marks, &Marks::NAMED, |marks| marks_name(strings, marks)))
            }
        }
    }
}

/// A choice among what a table names.
fn choice<T: Copy + PartialEq + Default>(
    label: &str,
    name: &str,
    chosen: T,
    table: &[(&'static str, T)],
    label_of: impl Fn(T) -> &'static str,
) -> Markup {
    let usual = table.iter().find(|(_, meant)| *meant == T::default());
    let usual = usual.map(|(value, _)| *value);
    html! {
        label {
            (label) " "
            select name=(name) data-usual=[usual] {
                @for (value, meant) in table {
                    option value=(value) selected[chosen == *meant] { (label_of(*meant)) }
                }
            }
        }
    }
}

const fn order_name(strings: &'static Strings, sort: Sort) -> &'static str {
    match sort {
        Sort::Relevance => strings.sort_relevance,
        Sort::Document => strings.sort_document,
        Sort::Date => strings.sort_date,
    }
}

const fn marks_name(strings: &'static Strings, marks: Marks) -> &'static str {
    match marks {
        Marks::Prefer => strings.marks_prefer,
        Marks::Any => strings.marks_any,
        Marks::Exact => strings.marks_exact,
    }
}

/// What stands under the box before anything is asked.
fn welcome(index: &Index, frame: &Frame) -> Result<Markup, Problem> {
    let strings = frame.strings();
    let documents = index.documents()?.count();
    Ok(html! {
        p { (fill(strings.corpus, &[&documents, &index.passages_count()])) }
        section aria-labelledby="examples" {
            h2 #examples { (strings.try_these) }
            ul.plain {
                @for example in EXAMPLES {
                    li { a href=(SearchUrl::default().typed(example).address(frame)) { (example) } }
                }
            }
        }
    })
}

/// How much was found, and what was odd about the question.
fn summary(frame: &Frame, asked: &SearchUrl, results: &Results, told: &[Diagnostic]) -> Markup {
    let strings = frame.strings();
    let diagnostics = || told.iter().chain(&results.diagnostics);
    html! {
        h2 #results tabindex="-1" {
            @if results.total == 0 { (strings.nothing) } @else { (strings.results) }
        }
        div.summary role="status" {
            @if results.total > 0 {
                p {
                    strong { (fill(strings.passages, &[&results.total])) }
                    @if let (Some(first), Some(last)) = (results.hits.first(), results.hits.last()) {
                        @if results.total > results.hits.len() { ", " (fill(strings.window, &[&first.rank, &last.rank])) }
                    }
                    " · " a href=(asked.address(frame)) { (strings.permalink) }
                }
            }
            @if results.relaxed { p.told { (strings.relaxed) } }
            @if diagnostics().next().is_some() {
                ul.told aria-label=(strings.not_understood) {
                    @for diagnostic in diagnostics() { li { (translate::message(frame.lang, &diagnostic.message)) } }
                }
            }
        }
    }
}

/// One hit: where it stands, a cut of it, what it cites.
fn hit(frame: &Frame, asked: &SearchUrl, hit: &Hit, documents: &Documents<'_>) -> Markup {
    let strings = frame.strings();
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
                a href={ (frame.to(&frame::document(&record.document), &[back])) "#" (anchor(&record.passage)) } lang="vi" {
                    (Foreign(name))
                }
            }
            (address(frame, record))
            @match hit.agreement {
                Agreement::Exact => {},
                Agreement::Lost => p.label { (strings.lost) },
                Agreement::Folded => p.label { (strings.folded) },
            }
            @match &hit.repaired_snippet {
                Some(repaired) => {
                    p.label { (strings.repaired) @if repaired.pieces.iter().any(|piece| piece.unsure) { "; " (strings.unsure_mark) } }
                    p.snippet lang="vi" { (text::snippet(strings, repaired, true)) }
                    details.source {
                        summary { (strings.source) }
                        p.snippet lang="vi" { (text::snippet(strings, &hit.snippet, false)) }
                    }
                },
                None => p.snippet lang="vi" { (text::snippet(strings, &hit.snippet, true)) },
            }
            (ties(frame, record))
        }
    }
}

/// What a passage leads to: what it cites, and passages worded so.
fn ties(frame: &Frame, record: &PassageRecord) -> Markup {
    let strings = frame.strings();
    html! {
        p.ties {
            @if !record.citations.is_empty() {
                (strings.cites) ": "
                @for (position, cited) in record.citations.iter().enumerate() {
                    @if position > 0 { ", " }
                    a href=(frame.to("/citations/cited", &[("symbol", cited)])) lang="vi" { (Foreign(cited)) }
                }
                " · "
            }
            a href=(frame.to("/precedent", &[("passage", &record.passage)])) { (strings.similar) }
        }
    }
}

/// The way to the hits before and after these.
fn paging(frame: &Frame, asked: &SearchUrl, total: usize) -> Markup {
    let before = (asked.offset > 0).then(|| asked.from(asked.offset.saturating_sub(PER_PAGE)).address(frame));
    let next = asked.offset.saturating_add(PER_PAGE);
    let after = (next < total).then(|| asked.from(next).address(frame));
    pages(frame, before.as_deref(), after.as_deref())
}
