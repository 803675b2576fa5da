//! The search page: search box, hits with their places, facets, and help if nothing is found.

mod facets;
mod help;

use maud::{Markup, html};

use crate::corpus::has_page_images;
use crate::http::page::parts::links::{cited_address, file_address, original_from, passage_address, similar_address};
use crate::http::page::parts::text;
use crate::http::page::parts::{pages, place_line};
use crate::http::page::shell::documents::Documents;
use crate::http::page::shell::frame::Frame;
use crate::http::page::shell::query_string::{BACK, PER_PAGE, SearchUrl};
use crate::http::page::shell::untrusted::Untrusted;
use crate::http::page::shell::{self, hidden_language, translate};
use crate::http::problem::Problem;
use crate::index::Index;
use crate::query::{self, Diagnostic};
use crate::record::{Facet, PassageRecord, converted_from};
use crate::render::language::{Strings, fill};
use crate::search::{self, Agreement, AskedSearch, Help, Hit, Marks, Options, Results, Sort};
use crate::text::Named;

/// The facets beside the results, in their order on the page.
const FACETS: [Facet; 11] = [
    Facet::Province,
    Facet::Term,
    Facet::Section,
    Facet::Kind,
    Facet::Issuer,
    Facet::Place,
    Facet::Cites,
    Facet::CitedKind,
    Facet::Relation,
    Facet::Document,
    Facet::Quality,
];

/// Example queries: one without marks, a phrase, a symbol.
const EXAMPLES: [&str; 3] = [
    "nang cao nang luc lanh dao",
    "\"tinh gọn bộ máy\"",
    "nghị quyết 21-NQ/TW",
];

/// Renders the page that answers the search in the URL of `frame`.
///
/// # Errors
/// Those of searching, and an unknown document in a filter.
pub(super) fn page(index: &Index, frame: &Frame) -> Result<Markup, Problem> {
    let url = SearchUrl::of_frame(frame);
    let strings = frame.strings();
    // The first page: nothing to search for yet.
    if url.is_empty() {
        let content = html! {
            h1.hidden { (strings.search) }
            (search_form(frame, &url))
            (welcome(index, frame)?)
        };
        return Ok(shell::page(frame, strings.search, &content));
    }
    let documents = Documents::of(index)?;
    let (query, diagnostics) = query::parse(&url.query);
    let filters = url.resolved_filters(index)?;
    let options = Options {
        marks: url.marks,
        sort: url.sort,
        limit: PER_PAGE,
        offset: url.offset,
        facets: FACETS.to_vec(),
        ..Options::default()
    };
    let results = search::search(index, &query, &filters, &options)?;
    // Help costs further searches, so only an answer without full matches gets it.
    let needs_help = results.total() == 0 || results.relaxed;
    let help = needs_help.then(|| {
        let asked = AskedSearch {
            typed: &url.query,
            filters: &url.filters,
            marks: url.marks,
        };
        Help::with(index, asked)
    });
    let help = help.transpose()?;
    let content = html! {
        h1.hidden { (strings.search) }
        (search_form(frame, &url))
        (facets::chips(frame, &url, &documents))
        div.columns {
            (facets::lists(frame, &url, &results.facets, &documents))
            section aria-labelledby="results" {
                (summary(frame, &url, &results, &diagnostics))
                @if let Some(help) = &help { (help::list(frame, &url, &documents, help, results.total() == 0)) }
                @if results.total() > 0 {
                    ol.hits start=(url.offset.saturating_add(1)) {
                        @for found in &results.hits { li { (hit(frame, &url, found, &documents)) } }
                    }
                    (paging(frame, &url, results.total()))
                }
            }
        }
    };
    let title = if url.query.is_empty() {
        strings.search
    } else {
        &url.query
    };
    Ok(shell::page(frame, title, &content))
}

/// Renders the search box with the choices of order and marks. Hidden fields keep the filters.
fn search_form(frame: &Frame, url: &SearchUrl) -> Markup {
    let strings = frame.strings();
    html! {
        form.search role="search" method="get" action=(frame.page_url("/")) {
            label for="q" { (strings.query) }
            div.box {
                input #q type="search" name="q" value=(Untrusted(&url.query)) autocomplete="off" autocapitalize="off"
                    spellcheck="false" maxlength="2000" aria-describedby="q-hint" data-suggest="" autofocus[url.is_empty()];
                button type="submit" { (strings.go) }
            }
            p #q-hint .hint { (strings.query_hint) }
            @for (filter, value) in &url.filters { input type="hidden" name=(filter.name()) value=(Untrusted(value)); }
            (hidden_language(frame))
            div.shape {
                (choice(strings.sort, "sort", url.sort, |sort| order_name(strings, sort)))
                (choice(strings.marks, "marks", url.marks, |marks| marks_name(strings, marks)))
            }
        }
    }
}

/// Renders a choice among the values of an enumeration.
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

/// Returns the name of an order.
const fn order_name(strings: &'static Strings, sort: Sort) -> &'static str {
    match sort {
        Sort::Relevance => strings.sort_relevance,
        Sort::Document => strings.sort_document,
        Sort::Date => strings.sort_date,
        Sort::Oldest => strings.sort_oldest,
    }
}

/// Returns the name of a meaning of marks.
const fn marks_name(strings: &'static Strings, marks: Marks) -> &'static str {
    match marks {
        Marks::Prefer => strings.marks_prefer,
        Marks::Any => strings.marks_any,
        Marks::Exact => strings.marks_exact,
    }
}

/// Renders the part under the box of the first page: size of the corpus and example queries.
fn welcome(index: &Index, frame: &Frame) -> Result<Markup, Problem> {
    let strings = frame.strings();
    let documents = index.documents()?.count();
    Ok(html! {
        p { (fill(strings.corpus, &[&documents, &index.passages_count()])) }
        section aria-labelledby="examples" {
            h2 #examples { (strings.try_these) }
            ul.plain {
                @for example in EXAMPLES {
                    li { a href=(SearchUrl::default().with_query(example).href(frame)) { (example) } }
                }
            }
        }
    })
}

/// Renders the number of hits and the oddities of the query.
fn summary(frame: &Frame, url: &SearchUrl, results: &Results, of_query: &[Diagnostic]) -> Markup {
    let strings = frame.strings();
    let diagnostics = || of_query.iter().chain(&results.diagnostics);
    html! {
        h2 #results tabindex="-1" {
            @if results.total() == 0 { (strings.nothing) } @else { (strings.results) }
        }
        div.summary role="status" {
            @if results.total() > 0 {
                p {
                    strong { (fill(strings.passages, &[&results.total()])) }
                    @if results.matches.folded > 0 {
                        " (" (fill(strings.by_marks, &[&(results.total() - results.matches.folded), &results.matches.folded])) ")"
                    }
                    @if let (Some(first), Some(last)) = (results.hits.first(), results.hits.last()) {
                        @if results.total() > results.hits.len() { ", " (fill(strings.window, &[&first.rank, &last.rank])) }
                    }
                    " · " a href=(url.href(frame)) { (strings.permalink) }
                }
            }
            @if !results.also.is_empty() {
                @let forms: Vec<&str> = results.also.iter().flat_map(|also| &also.forms).map(String::as_str).collect();
                p.told { (strings.also) " " span lang="vi" { (Untrusted(&forms.join(", "))) } }
            }
            @if results.relaxed { p.told { (strings.relaxed) } }
            @if diagnostics().next().is_some() {
                ul.told aria-label=(strings.not_understood) {
                    @for diagnostic in diagnostics() { li { (translate::oddity(frame.lang, &diagnostic.oddity)) } }
                }
            }
        }
    }
}

/// Renders one hit: place, snippet, and links.
fn hit(frame: &Frame, url: &SearchUrl, hit: &Hit, documents: &Documents<'_>) -> Markup {
    let strings = frame.strings();
    let record = &hit.stored.record;
    // The reader page gets the search in one parameter, so that it can link back and mark the same words.
    let back = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(url.parameters())
        .finish();
    let name = documents.name(&record.document);
    html! {
        article.hit {
            h3 {
                a href=(passage_address(frame, &record.document, &record.passage, &[(BACK, back.as_str())])) lang="vi" {
                    (Untrusted(name))
                }
            }
            (place_line(frame, record))
            @match hit.agreement {
                // A reading is labeled where its text is shown.
                Agreement::Exact | Agreement::Read => {},
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
            @if let Some(letters) = &hit.letters_snippet {
                @if let Some(encoding) = documents.get(&record.document).and_then(converted_from) {
                    p.label { (fill(strings.converted_place, &[&encoding])) }
                }
                details.source {
                    summary { (strings.see_source) }
                    p.snippet lang="vi" { (text::snippet(strings, letters, false)) }
                }
            }
            (hit_links(frame, record, documents, &back))
        }
    }
}

/// Renders the links of a hit: to the documents that it cites, to passages of similar wording, to the page of the
/// original, and to its file.
fn hit_links(frame: &Frame, record: &PassageRecord, documents: &Documents<'_>, back: &str) -> Markup {
    let strings = frame.strings();
    let id = &record.document;
    let has_pictures = documents
        .get(id)
        .is_some_and(|document| has_page_images(document.format));
    let line = record.boxes.first().filter(|_| has_pictures);
    html! {
        p.ties {
            @if !record.citations.is_empty() {
                (strings.cites) ": "
                @for (position, cited) in record.citations.iter().enumerate() {
                    @if position > 0 { ", " }
                    a href=(cited_address(frame, cited)) lang="vi" { (Untrusted(cited)) }
                }
                " · "
            }
            a href=(similar_address(frame, &record.passage)) { (strings.similar) }
            @if frame.files {
                @if let Some(line) = line {
                    " · " a href=(original_from(frame, id, line.page, Some(&record.passage), back)) {
                        (fill(strings.see_page, &[&line.page]))
                    }
                }
                " · " a href=(file_address(frame, id)) { (strings.download) }
            }
        }
    }
}

/// Renders the links to the previous and the next hits.
fn paging(frame: &Frame, url: &SearchUrl, total: usize) -> Markup {
    let before = (url.offset > 0).then(|| url.at_offset(url.offset.saturating_sub(PER_PAGE)).href(frame));
    let next = url.offset.saturating_add(PER_PAGE);
    let after = (next < total).then(|| url.at_offset(next).href(frame));
    pages(frame, before.as_deref(), after.as_deref())
}
