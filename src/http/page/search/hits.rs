//! The hits of a page by document: what the document is, once, then its passages.
//!
//! A document stands where its best hit does; the ranks of the hits stay theirs (`value`), and so do the pages of hits.

use maud::{Markup, html};

use crate::corpus::has_page_images;
use crate::document::Place;
use crate::http::page::parts::links::{cited_address, file_address, original_from, passage_address, similar_address};
use crate::http::page::parts::{about, cite_as, heading, text};
use crate::http::page::shell::documents::Documents;
use crate::http::page::shell::frame::{self, Frame};
use crate::http::page::shell::query_string::{BACK, SearchUrl};
use crate::http::page::shell::untrusted::Untrusted;
use crate::reading::Quality;
use crate::record::{DocumentRecord, Facet, PassageRecord, converted_from};
use crate::render::language::fill;
use crate::render::language::labels::{place_name, quality_name, symbol_text};
use crate::search::{Agreement, FacetCounts, Hit, Results};

/// Levels of sections that are shown of the place of a hit.
const LEVELS: usize = 2;

/// Cited documents that a hit is linked to; a passage may list dozens.
const MAX_CITED: usize = 3;

/// Renders the hits of a page, grouped by document.
pub(super) fn by_document(frame: &Frame, url: &SearchUrl, results: &Results, documents: &Documents<'_>) -> Markup {
    let counts = results.facets.iter().find(|counts| counts.facet == Facet::Document);
    // The reader page gets the search in one parameter, so that it can link back and mark the same words.
    let back = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(url.parameters())
        .finish();
    let shown = ShownHits {
        frame,
        url,
        documents,
        counts,
        back: &back,
    };
    html! {
        ol.by-document {
            @for (document, hits) in groups(&results.hits) {
                li {
                    (shown.head(document, &hits))
                    ol.hits { @for hit in hits { li value=(hit.rank) { (shown.hit(hit)) } } }
                }
            }
        }
    }
}

/// Returns the documents of the hits, each where its first hit is, with its hits in their order.
fn groups(hits: &[Hit]) -> Vec<(&str, Vec<&Hit>)> {
    let mut groups: Vec<(&str, Vec<&Hit>)> = Vec::new();
    for hit in hits {
        let document = hit.stored.record.document.as_str();
        match groups.iter_mut().find(|(known, _)| *known == document) {
            Some((_, of_document)) => of_document.push(hit),
            None => groups.push((document, vec![hit])),
        }
    }
    groups
}

/// The data that all hits of a page share.
struct ShownHits<'p> {
    frame: &'p Frame,
    url: &'p SearchUrl,
    documents: &'p Documents<'p>,
    /// Number of hits of each document, if they were counted.
    counts: Option<&'p FacetCounts>,
    /// The search as one parameter.
    back: &'p str,
}

impl ShownHits<'_> {
    /// Renders the head of a document: title, and the facts that tell it from others.
    fn head(&self, id: &str, hits: &[&Hit]) -> Markup {
        let strings = self.frame.strings();
        let record = self.documents.get(id);
        let page = self.frame.url(&frame::document(id), &[(BACK, self.back)]);
        let is_read = hits.iter().any(|hit| hit.repaired_snippet.is_some());
        html! {
            div.of-document {
                h3 { a href=(page) lang="vi" { (Untrusted(self.documents.name(id))) } }
                @if let Some(record) = record {
                    p.identity lang="vi" {
                        (facts(record))
                        (self.file(record))
                        @if record.draft { span { (about::draft(strings, record)) } }
                        @if record.quality != Quality::Clean {
                            span.state lang=(self.frame.lang.code()) {
                                @if is_read { (strings.repaired) "; " (strings.unsure_mark) }
                                @else { (quality_name(strings, record.quality)) }
                            }
                        }
                        (self.all_of(id, hits.len()))
                    }
                }
            }
        }
    }

    /// Renders the name of a document's file, which leads to the file itself if this service gives it out.
    fn file(&self, record: &DocumentRecord) -> Markup {
        let path = record.path.as_str();
        let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
        let title = fill("{}: {}", &[&self.frame.strings().download, &crate::text::clean(path)]);
        html! {
            @if self.frame.files {
                span { a href=(file_address(self.frame, &record.document)) title=(title) { (Untrusted(name)) } }
            } @else {
                span title=(Untrusted(path)) { (Untrusted(name)) }
            }
        }
    }

    /// Renders the link to all hits of a document, if there are more than the page has.
    fn all_of(&self, id: &str, shown: usize) -> Markup {
        let count = self
            .counts
            .and_then(|counts| counts.values.iter().find(|value| value.value == id));
        let total = count.map_or(0, |count| usize::try_from(count.count).unwrap_or(usize::MAX));
        let is_asked = self.url.has_filter(Facet::Document, id);
        html! {
            @if total > shown && !is_asked {
                span lang=(self.frame.lang.code()) {
                    a href=(self.url.with_filter(Facet::Document, id).href(self.frame)) {
                        (fill(self.frame.strings().all_of_document, &[&total]))
                    }
                }
            }
        }
    }

    /// Renders one hit: its place, the passage, what is to be said of it, and links.
    fn hit(&self, hit: &Hit) -> Markup {
        let strings = self.frame.strings();
        let record = &hit.stored.record;
        html! {
            article.hit {
                (self.place(record))
                p.snippet lang="vi" {
                    @match &hit.repaired_snippet {
                        Some(repaired) => (text::snippet(strings, repaired, true)),
                        None => (text::snippet(strings, &hit.snippet, true)),
                    }
                }
                div.under {
                    (self.labels_and_links(hit))
                    (self.source(hit))
                }
            }
        }
    }

    /// Renders the place of a hit as the link to it: the innermost headings and the page.
    fn place(&self, record: &PassageRecord) -> Markup {
        let strings = self.frame.strings();
        let address = passage_address(self.frame, &record.document, &record.passage, &[(BACK, self.back)]);
        let path = heading::last_levels(&record.section_path, LEVELS);
        let page = fill(strings.page, &[&record.page]);
        html! {
            h4 {
                a href=(address) lang="vi" {
                    @if path.is_empty() { (page) } @else { span.path { (Untrusted(&path)) } }
                }
                span.hint {
                    @if !path.is_empty() { " · " (page) }
                    @if record.place != Place::Body { " · " (place_name(strings, record.place)) }
                }
            }
        }
    }

    /// Renders in one line how the marks of a hit agree, and links: to the documents that it cites, to passages of
    /// similar wording, to the page of the original.
    fn labels_and_links(&self, hit: &Hit) -> Markup {
        let strings = self.frame.strings();
        let record = &hit.stored.record;
        let document = self.documents.get(&record.document);
        let has_pictures = document.is_some_and(|document| has_page_images(document.format));
        let line = record.boxes.first().filter(|_| has_pictures && self.frame.files);
        let (cited, others) = record.citations.split_at(record.citations.len().min(MAX_CITED));
        html! {
            p.ties {
                @match hit.agreement {
                    // A reading is labeled where its document is named.
                    Agreement::Exact | Agreement::Read => {},
                    Agreement::Lost => span.state { (strings.lost) },
                    Agreement::Folded => span.state { (strings.folded) },
                }
                @if !cited.is_empty() {
                    span {
                        (strings.cites) ": "
                        @for (position, cited) in cited.iter().enumerate() {
                            @if position > 0 { ", " }
                            a href=(cited_address(self.frame, cited)) lang="vi" { (Untrusted(cited)) }
                        }
                        @if !others.is_empty() { " +" (others.len()) }
                    }
                }
                span { a href=(similar_address(self.frame, &record.passage)) { (strings.similar) } }
                @if let Some(line) = line {
                    span {
                        a href=(original_from(self.frame, &record.document, line.page, Some(&record.passage), self.back)) {
                            (fill(strings.see_page, &[&line.page]))
                        }
                    }
                }
            }
        }
    }

    /// Renders what stands in the file where that is not what is shown: before it was corrected or converted.
    fn source(&self, hit: &Hit) -> Markup {
        let strings = self.frame.strings();
        let record = &hit.stored.record;
        html! {
            @if hit.repaired_snippet.is_some() {
                details.source {
                    summary { (strings.source) }
                    p.snippet lang="vi" { (text::snippet(strings, &hit.snippet, false)) }
                }
            }
            @if let Some(letters) = &hit.letters_snippet {
                @let encoding = self.documents.get(&record.document).and_then(converted_from);
                details.source {
                    summary {
                        @if let Some(encoding) = encoding { (fill(strings.converted_place, &[&encoding])) ": " }
                        (strings.see_source)
                    }
                    p.snippet lang="vi" { (text::snippet(strings, letters, false)) }
                }
            }
        }
    }
}

/// Renders the facts of a document that are known: type, symbol, issuer, date, province.
fn facts(record: &DocumentRecord) -> Markup {
    html! {
        @if let Some(kind) = &record.kind { span { (Untrusted(&capitalized(kind))) } }
        @if let Some(number) = &record.number { span { (Untrusted(&symbol_text(number))) } }
        @if let Some(issuer) = &record.issuer { span { (Untrusted(issuer)) } }
        @if let Some(date) = &record.date { span { (cite_as::date(date)) } }
        @if let Some(province) = &record.province { span { (Untrusted(province)) } }
    }
}

/// Returns a text with a capital at its beginning.
fn capitalized(text: &str) -> String {
    let mut chars = text.chars();
    chars
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
