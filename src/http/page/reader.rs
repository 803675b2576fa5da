//! A document to read: its outline beside the text, marks of pages, notes at the end of their page with links both
//! ways, what it cites as links, and of what a scan says the repaired reading with the source one click away.

use maud::{Markup, html};

use super::super::problem::Problem;
use super::asked::Asked;
use super::documents::metadata;
use super::layout;
use super::link::Frame;
use super::search::{anchor, hidden_language};
use super::text::{self, Foreign};
use super::words::{Words, fill};
use crate::document::{Place, Section};
use crate::index::Index;
use crate::record::{Parsed, PassageRecord, Unsure};
use crate::render::plain::document_name;
use crate::render::terminal::clean;
use crate::text::{Mapped, Span};

/// Most chars of a note that stand in the title of the link to it.
const TITLE_CHARS: usize = 300;

/// The page of the document whose id is `id` or begins so.
///
/// # Errors
/// Those of [`Index::document`].
pub(super) fn page(index: &Index, frame: &Frame, id: &str) -> Result<Markup, Problem> {
    let parsed = index.document(id)?;
    let record = parsed.document_record();
    let name = document_name(&record);
    let words = frame.words();
    let content = html! {
        (back(frame))
        div.reader {
            (outline(words, &parsed))
            article.document aria-labelledby="title" {
                header {
                    h1 #title lang="vi" { (Foreign(name)) }
                    details { summary { (words.metadata) } (metadata(words, &record)) }
                    (find_in(frame, &record.document))
                }
                (body(frame, &parsed))
            }
        }
    };
    Ok(layout::page(frame, name, &content))
}

/// The way back to the search that led here; its address is made anew from what it asks.
fn back(frame: &Frame) -> Markup {
    let given: Vec<_> = form_urlencoded::parse(frame.value("back").as_bytes()).collect();
    let asked = Asked::of(given.iter().map(|(name, value)| (name.as_ref(), value.as_ref())));
    html! {
        @if !asked.is_empty() {
            p.back {
                a href=(asked.address(frame)) {
                    "← " (frame.words().back) @if !asked.typed.is_empty() { ": " (Foreign(&asked.typed)) }
                }
            }
        }
    }
}

/// A search box whose answers are of this document alone.
fn find_in(frame: &Frame, id: &str) -> Markup {
    let words = frame.words();
    html! {
        form.search role="search" method="get" action=(frame.to_page("/")) {
            label for="q" { (words.find_in) }
            div.box {
                input #q type="search" name="q" autocomplete="off" maxlength="2000" data-suggest="" required;
                button type="submit" { (words.go) }
            }
            input type="hidden" name="document" value=(Foreign(id));
            (hidden_language(frame))
        }
    }
}

/// The tree of sections as links.
fn outline(words: &Words, parsed: &Parsed) -> Markup {
    html! {
        nav.outline aria-label=(words.outline) {
            details open {
                summary { (words.outline) }
                ol {
                    @for section in &parsed.document.sections {
                        li class={ "depth-" (section.level().clamp(1, 5)) } {
                            a href={ "#" (section_anchor(section)) } lang="vi" { (heading(words, section)) }
                        }
                    }
                }
            }
        }
    }
}

/// Label and title of a section.
fn heading(words: &Words, section: &Section) -> Markup {
    let whole = format!("{} {}", section.label, section.title);
    html! {
        @if whole.trim().is_empty() { (words.introduction) } @else { (Foreign(whole.trim())) }
    }
}

/// The name of a section within the page: `s2.1.2`.
fn section_anchor(section: &Section) -> String {
    let path: Vec<String> = section.path.iter().map(ToString::to_string).collect();
    format!("s{}", path.join("."))
}

/// The name of a note within the page: `n6` for `001_…^6`.
fn note_anchor(id: &str) -> String {
    format!("n{}", id.rsplit('^').next().unwrap_or(id))
}

/// What stands in a section, in order.
enum Item {
    /// A page begins.
    Page(usize),
    /// A passage.
    Passage(usize),
    /// Notes, one passage after the other.
    Notes(Vec<usize>),
}

/// The passages that belong to one section and to none inside it, as far as they follow one another.
struct Part {
    section: Option<usize>,
    items: Vec<Item>,
}

/// The document in the order in which it is read.
fn parts(parsed: &Parsed) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    let mut page = 0;
    for (index, passage) in parsed.document.passages.iter().enumerate() {
        let is_note = passage.footnote.is_some();
        // A note stands below the text that happens to end the page: it begins no section.
        if parts
            .last()
            .is_none_or(|part| !is_note && part.section != passage.section)
        {
            parts.push(Part {
                section: passage.section,
                items: Vec::new(),
            });
        }
        let Some(part) = parts.last_mut() else { continue };
        if passage.page > page {
            page = passage.page;
            part.items.push(Item::Page(page));
        }
        match part.items.last_mut() {
            Some(Item::Notes(notes)) if is_note => notes.push(index),
            _ if is_note => part.items.push(Item::Notes(vec![index])),
            _ => part.items.push(Item::Passage(index)),
        }
    }
    parts
}

/// All that a passage is shown with.
struct Shown<'p> {
    frame: &'p Frame,
    parsed: &'p Parsed,
    records: Vec<PassageRecord>,
}

/// The text of the document.
fn body(frame: &Frame, parsed: &Parsed) -> Markup {
    let shown = Shown {
        frame,
        parsed,
        records: parsed.passage_records().collect(),
    };
    html! {
        @for part in parts(parsed) {
            @let section = part.section.and_then(|section| parsed.document.sections.get(section));
            section data-at=[part.section.map(|section| section_label(parsed, section))] {
                @if let Some(section) = section.filter(|section| section.heading.is_none()) {
                    span #(section_anchor(section)) {}
                }
                @for item in &part.items {
                    @match item {
                        Item::Page(number) => (page_mark(frame.words(), *number)),
                        Item::Passage(index) => (shown.passage(*index)),
                        Item::Notes(notes) => (shown.notes(notes)),
                    }
                }
            }
        }
    }
}

/// The labels of the sections around and including `section`, as an address names them; the title of one without.
fn section_label(parsed: &Parsed, section: usize) -> String {
    let sections = &parsed.document.sections;
    let around = std::iter::successors(Some(section), |&at| sections.get(at).and_then(|section| section.parent));
    let mut labels: Vec<&str> = around
        .filter_map(|at| sections.get(at))
        .map(|section| {
            if section.label.is_empty() {
                section.title.as_str()
            } else {
                section.label.as_str()
            }
        })
        .filter(|label| !label.is_empty())
        .collect();
    labels.reverse();
    clean(&labels.join(" › ")).into_owned()
}

/// Where a printed page begins.
fn page_mark(words: &Words, number: usize) -> Markup {
    html! { p.page #{ "page-" (number) } { span { (fill(words.page, &[&number])) } } }
}

impl Shown<'_> {
    /// A passage; a heading as such.
    fn passage(&self, index: usize) -> Markup {
        let words = self.frame.words();
        let Some(record) = self.records.get(index) else {
            return html! {};
        };
        let passages = &self.parsed.document.passages;
        let section = passages.get(index).and_then(|passage| passage.section);
        let section = section.and_then(|section| self.parsed.document.sections.get(section));
        let section = section.filter(|section| section.heading == Some(index));
        let content = self.content(index, record);
        html! {
            div.passage.(record.place.name()) #(anchor(&record.passage)) data-page=(record.page) {
                @match section {
                    Some(section) if record.place == Place::Heading => (heading_of_level(section, &content)),
                    _ => p.words lang="vi" { (content) },
                }
                (source(words, record))
                (self.tools(record))
            }
        }
    }

    /// Links of a passage: to itself, and to passages worded so.
    fn tools(&self, record: &PassageRecord) -> Markup {
        let words = self.frame.words();
        let similar = self.frame.to("/precedent", &[("passage", &record.passage)]);
        html! {
            @if record.place != Place::Heading {
                span.tools {
                    a href={ "#" (anchor(&record.passage)) } title=(words.anchor) aria-label=(words.anchor) { "¶" }
                    " "
                    a href=(similar) title=(words.similar) aria-label=(words.similar) { "≈" }
                }
            }
        }
    }

    /// Notes at the end of a page.
    fn notes(&self, passages: &[usize]) -> Markup {
        let words = self.frame.words();
        html! {
            // No landmark: a document has one on each page that has notes.
            div.notes role="group" aria-label=(words.notes) {
                @for &index in passages {
                    @if let Some(record) = self.records.get(index) {
                        div.passage.footnote #(anchor(&record.passage)) data-page=(record.page) {
                            p.words lang="vi" {
                                (self.note_number(index))
                                (self.content(index, record))
                            }
                            (source(words, record))
                            (self.tools(record))
                        }
                    }
                }
            }
        }
    }

    /// The number of the note whose first paragraph this is, with the way back to where it is called.
    fn note_number(&self, passage: usize) -> Markup {
        let words = self.frame.words();
        let notes = &self.parsed.document.footnotes;
        let Some(at) = notes.iter().position(|note| note.passages.first() == Some(&passage)) else {
            return html! {};
        };
        let (number, name) = (notes[at].number, note_anchor(&self.parsed.footnote_id(at)));
        html! {
            span.number #(name) {
                @if notes[at].anchor.is_some() {
                    a href={ "#call-" (name) } aria-label=(fill(words.to_call, &[&number])) { "[" (number) "]" }
                } @else {
                    "[" (number) "]"
                }
            }
            " "
        }
    }

    /// The words of a passage, with what they cite and the notes that they call as links.
    fn content(&self, index: usize, record: &PassageRecord) -> Markup {
        let words = self.frame.words();
        let view = self.parsed.shown(index);
        let unsure: Vec<Unsure> = record.unsure.iter().map(|word| in_view(&view, word)).collect();
        let links = self.links(index, &view);
        let ends: Vec<usize> = std::iter::once(0)
            .chain(links.iter().map(|link| link.span.end))
            .collect();
        let last = ends.last().copied().unwrap_or(0);
        html! {
            @for (link, before) in links.iter().zip(&ends) {
                (text::reading(words, view.text(), Span::new(*before, link.span.start), &unsure))
                @match &link.to {
                    To::Cited(key) => {
                        a.cited href=(self.frame.to("/citations/cited", &[("symbol", key)])) {
                            (text::reading(words, view.text(), link.span, &unsure))
                        }
                    },
                    To::Note(note) => (self.call(*note)),
                }
            }
            (text::reading(words, view.text(), Span::new(last, view.text().len()), &unsure))
        }
    }

    /// The link to a note, with the note in its title.
    fn call(&self, note: usize) -> Markup {
        let words = self.frame.words();
        let notes = &self.parsed.document.footnotes;
        let name = note_anchor(&self.parsed.footnote_id(note));
        let paragraphs = notes[note]
            .passages
            .iter()
            .map(|&passage| self.parsed.shown(passage).text().to_owned());
        let said: Vec<String> = paragraphs.collect();
        let title: String = clean(&said.join(" ")).chars().take(TITLE_CHARS).collect();
        let number = notes[note].number;
        html! {
            sup.call {
                a #{ "call-" (name) } href={ "#" (name) } title=(title.trim()) aria-label=(fill(words.note, &[&number])) {
                    (number)
                }
            }
        }
    }

    /// The links of a passage, sorted and disjoint, in bytes of its view.
    fn links(&self, passage: usize, view: &Mapped) -> Vec<Link<'_>> {
        let citations = self
            .parsed
            .citations
            .iter()
            .filter(|citation| citation.passage == passage);
        let mut links: Vec<Link<'_>> = citations
            .map(|citation| Link {
                span: view.view_span(citation.span),
                to: To::Cited(citation.key()),
            })
            .filter(|link| !link.span.is_empty())
            .collect();
        for (note, footnote) in self.parsed.document.footnotes.iter().enumerate() {
            if let Some(anchor) = footnote.anchor.as_ref().filter(|anchor| anchor.passage == passage) {
                let mark = if anchor.mark.is_empty() {
                    let end = view.view_span(anchor.word).end;
                    Span::new(end, end)
                } else {
                    view.view_span(anchor.mark)
                };
                links.push(Link {
                    span: mark,
                    to: To::Note(note),
                });
            }
        }
        links.sort_by_key(|link| (link.span.start, link.span.end));
        let mut end = 0;
        links.retain(|link| {
            let apart = link.span.start >= end;
            if apart {
                end = link.span.end;
            }
            apart
        });
        links
    }
}

/// A stretch of a passage that leads somewhere.
struct Link<'p> {
    span: Span,
    to: To<'p>,
}

/// Where it leads.
enum To<'p> {
    /// To the cited document with this symbol or name.
    Cited(&'p str),
    /// To the note with this index.
    Note(usize),
}

/// An unsure word where the view of its passage has it.
fn in_view(view: &Mapped, word: &Unsure) -> Unsure {
    let at = view.view_span(Span::new(word.span[0], word.span[1]));
    Unsure {
        at: [at.start, at.end],
        ..word.clone()
    }
}

/// A heading, as deep as its section.
fn heading_of_level(section: &Section, content: &Markup) -> Markup {
    let name = section_anchor(section);
    match section.level() {
        1 => html! { h2 #(name) lang="vi" { (content) } },
        2 => html! { h3 #(name) lang="vi" { (content) } },
        3 => html! { h4 #(name) lang="vi" { (content) } },
        4 => html! { h5 #(name) lang="vi" { (content) } },
        _ => html! { h6 #(name) lang="vi" { (content) } },
    }
}

/// Where a passage is shown as it was read anew: the source, one click away, and which is which.
fn source(words: &Words, record: &PassageRecord) -> Markup {
    html! {
        @if record.repaired.is_some() {
            details.source {
                summary {
                    (words.repaired)
                    @if !record.unsure.is_empty() { "; " (words.unsure_mark) }
                    " · " (words.source)
                }
                p lang="vi" { (Foreign(&record.text)) }
            }
        }
    }
}
