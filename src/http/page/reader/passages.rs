//! The passages of a document on its page, with links, footnotes and highlights.

use std::collections::HashMap;
use std::ops::Range;

use maud::{Markup, html};

use crate::citation::Citation;
use crate::corpus::{LineBox, has_page_images};
use crate::document::{Place, Section};
use crate::http::page::parts::links::{cited_address, original_address, similar_address};
use crate::http::page::parts::text::{self, Highlights};
use crate::http::page::parts::{anchor, cite_as};
use crate::http::page::shell::frame::Frame;
use crate::http::page::shell::untrusted::Untrusted;
use crate::record::{Parsed, PassageRecord, Unsure};
use crate::render::language::dates::identity_text;
use crate::render::language::{Strings, fill};
use crate::search::Matches;
use crate::text::{Mapped, Span, clean};

/// Bytes of a passage that are shown at most: some hundred pages without a paragraph.
const MAX_SHOWN_BYTES: usize = 512 * 1024;

/// Returns the HTML id of a section: `s2.1.2`.
pub(crate) fn section_anchor(section: &Section) -> String {
    let path: Vec<String> = section.path.iter().map(ToString::to_string).collect();
    format!("s{}", path.join("."))
}

/// Returns the HTML id of a footnote: `n6` for `001_…^6`.
fn note_anchor(id: &str) -> String {
    format!("n{}", id.rsplit('^').next().unwrap_or(id))
}

/// The document and everything needed to render its passages.
pub(crate) struct PassageView<'p> {
    frame: &'p Frame,
    parsed: &'p Parsed,
    /// The index of the first passage that is shown.
    first: usize,
    /// The records of the passages that are shown, from that one on.
    records: Vec<PassageRecord>,
    /// The citations of each passage that is shown.
    citations: HashMap<usize, Vec<&'p Citation>>,
    /// The indices of the notes that each passage calls.
    called: HashMap<usize, Vec<usize>>,
    /// The index of the note that begins with each passage.
    notes: HashMap<usize, usize>,
    matches: &'p Matches,
}

impl<'p> PassageView<'p> {
    /// Prepares the passages of `parsed` with these indices.
    pub(crate) fn of(frame: &'p Frame, parsed: &'p Parsed, matches: &'p Matches, shown: Range<usize>) -> Self {
        let mut citations: HashMap<usize, Vec<&Citation>> = HashMap::new();
        for citation in parsed
            .citations
            .iter()
            .filter(|citation| shown.contains(&citation.passage))
        {
            citations.entry(citation.passage).or_default().push(citation);
        }
        let mut called: HashMap<usize, Vec<usize>> = HashMap::new();
        let mut notes = HashMap::new();
        for (index, note) in parsed.document.footnotes.iter().enumerate() {
            if let Some(anchor) = note.anchor.as_ref().filter(|anchor| shown.contains(&anchor.passage)) {
                called.entry(anchor.passage).or_default().push(index);
            }
            if let Some(&first) = note.passages.first() {
                notes.entry(first).or_insert(index);
            }
        }
        Self {
            frame,
            parsed,
            first: shown.start,
            records: parsed.passage_records_in(shown).collect(),
            citations,
            called,
            notes,
            matches,
        }
    }

    /// Returns the record of a passage; `None` if it is not shown.
    fn record(&self, index: usize) -> Option<&PassageRecord> {
        self.records.get(index.checked_sub(self.first)?)
    }

    /// Returns the passages of which a part is on this page of the original, by their indices.
    pub(crate) fn on_page(&self, page: usize) -> Vec<usize> {
        let is_on_page = |record: &PassageRecord| record.boxes.iter().any(|line| line.page == page);
        let records = (self.first..).zip(&self.records);
        let found = records.filter(|(_, record)| is_on_page(record));
        found.map(|(index, _)| index).collect()
    }

    /// Returns the address of a passage in its document: `19` for `001:19`.
    pub(crate) fn address(&self, index: usize) -> &str {
        let id = self.record(index).map_or("", |record| record.passage.as_str());
        id.rsplit(':').next().unwrap_or(id)
    }

    /// Returns the places of the lines of a passage on paper.
    pub(crate) fn boxes(&self, index: usize) -> Vec<LineBox> {
        self.record(index).map_or_else(Vec::new, |record| record.boxes.clone())
    }

    /// Returns the places of the words of a passage that the search found.
    pub(crate) fn hit_boxes(&self, index: usize) -> Vec<LineBox> {
        let Some(record) = self.record(index) else {
            return Vec::new();
        };
        let view = self.parsed.display_text(index);
        let hits = self.hits(index, record, &view);
        let facsimile = &self.parsed.facsimile;
        let boxes = |hit: &Span| facsimile.boxes(&self.parsed.document.text, &[view.source_span(*hit)]);
        hits.iter().flat_map(boxes).collect()
    }

    /// Returns the matches of the search in a passage, as bytes of `view`, the passage as it is shown.
    fn hits(&self, index: usize, record: &PassageRecord, view: &Mapped) -> Vec<Span> {
        let document = &self.parsed.document;
        let passage = document.passages.get(index);
        passage.map_or_else(Vec::new, |passage| {
            self.matches.spans(&record.passage, passage, &document.text, view)
        })
    }

    /// Renders a passage as it is on its page: a paragraph of a note with its number.
    pub(crate) fn passage_or_note(&self, index: usize) -> Markup {
        let passage = self.parsed.document.passages.get(index);
        if passage.is_some_and(|passage| passage.footnote.is_some()) {
            self.notes(&[index])
        } else {
            self.passage(index)
        }
    }

    /// Renders a passage; the heading of a section as an HTML heading.
    pub(crate) fn passage(&self, index: usize) -> Markup {
        let Some(record) = self.record(index) else {
            return html! {};
        };
        let passages = &self.parsed.document.passages;
        let section = passages.get(index).and_then(|passage| passage.section);
        let section = section.and_then(|section| self.parsed.document.sections.get(section));
        let section = section.filter(|section| section.heading == Some(index));
        let content = self.content(index, record);
        html! {
            div.passage.(record.place.name()) #(anchor(&record.passage)) data-at=(self.citation(index, record)) {
                @match section {
                    Some(section) if record.place == Place::Heading => (heading_of_level(section, &content)),
                    _ => p.words lang="vi" { (content) },
                }
                (self.tools(&[record]))
                (self.notes_in_place(index))
            }
        }
    }

    /// Renders passages that are the lines of one block.
    pub(crate) fn block(&self, lines: &[usize]) -> Markup {
        let records: Vec<&PassageRecord> = lines.iter().filter_map(|&line| self.record(line)).collect();
        let Some((first, record)) = lines.first().zip(records.first()) else {
            return html! {};
        };
        html! {
            div.passage.(record.place.name()) data-at=(self.citation(*first, record)) {
                @for (&line, record) in lines.iter().zip(&records) {
                    p.words #(anchor(&record.passage)) lang="vi" { (self.content(line, record)) }
                }
                (self.tools(&records))
                @for &line in lines { (self.notes_in_place(line)) }
            }
        }
    }

    /// Renders the footnotes at the end of a page.
    pub(crate) fn notes(&self, passages: &[usize]) -> Markup {
        let strings = self.frame.strings();
        html! {
            // A group, not a landmark: there is one per page, and so many landmarks would clutter a screen reader.
            div.notes role="group" aria-label=(strings.notes) {
                @for &index in passages {
                    @if let Some(record) = self.record(index) {
                        div.passage.footnote #(anchor(&record.passage)) data-at=(self.citation(index, record)) {
                            p.words lang="vi" {
                                (self.note_number(index))
                                (self.content(index, record))
                            }
                            (self.tools(&[record]))
                        }
                    }
                }
            }
        }
    }

    /// Returns the citation of a passage; the script appends it when a reader copies the passage.
    fn citation(&self, index: usize, record: &PassageRecord) -> String {
        cite_as::place(self.frame.strings(), self.parsed, index, record)
    }

    /// Renders the tools of passages that belong together: a permanent link, a search for similar wording, and the
    /// source text of repaired words, or the letters of the file before they were converted.
    fn tools(&self, records: &[&PassageRecord]) -> Markup {
        let strings = self.frame.strings();
        // Similar wording is searched for by one passage; the longest line has the most to compare.
        let longest = records.iter().max_by_key(|record| record.text.len());
        let has_source = |record: &&PassageRecord| record.repaired.is_some() || record.letters.is_some();
        html! {
            @if let (Some(first), Some(longest)) = (records.first(), longest) {
                span.tools {
                    @if first.place != Place::Heading {
                        a href={ "#" (anchor(&first.passage)) } title=(strings.anchor) {
                            span aria-hidden="true" { "¶" } span.word { " " (strings.anchor_word) }
                        }
                        " "
                        @if let Some(line) = self.line_in_picture(first) {
                            a href=(original_address(self.frame, &first.document, line.page, Some(&first.passage)))
                                title=(fill(strings.see_page, &[&line.page])) {
                                span aria-hidden="true" { "▤" } span.word { " " (strings.original_word) }
                            }
                            " "
                        }
                        a href=(similar_address(self.frame, &longest.passage)) title=(strings.similar) {
                            span aria-hidden="true" { "≈" } span.word { " " (strings.similar_word) }
                        }
                        " "
                    }
                }
                @if records.iter().any(has_source) {
                    details.source {
                        summary { (strings.see_source) }
                        @for record in records {
                            @let source = record.letters.as_ref().unwrap_or(&record.text);
                            p lang="vi" { (Untrusted(&source[..shown_end(source)])) }
                        }
                    }
                }
            }
        }
    }

    /// Returns the first line of a passage on paper; `None` if its page has no picture.
    fn line_in_picture<'r>(&self, record: &'r PassageRecord) -> Option<&'r LineBox> {
        let has_pictures = self.frame.files && has_page_images(self.parsed.format);
        record.boxes.first().filter(|_| has_pictures)
    }

    /// Renders the number of a footnote before its first paragraph, as a link back to its call. Renders nothing for
    /// other passages.
    fn note_number(&self, passage: usize) -> Markup {
        let strings = self.frame.strings();
        let notes = &self.parsed.document.footnotes;
        let Some(&at) = self.notes.get(&passage) else {
            return html! {};
        };
        let (number, name) = (notes[at].number, note_anchor(&self.parsed.footnote_id(at)));
        html! {
            span.number #(name) {
                @if notes[at].anchor.is_some() {
                    a href={ "#call-" (name) } aria-label=(fill(strings.to_call, &[&number])) { "[" (number) "]" }
                } @else {
                    "[" (number) "]"
                }
            }
            " "
        }
    }

    /// Renders the words of a passage, with citations as links and calls of footnotes as buttons.
    fn content(&self, index: usize, record: &PassageRecord) -> Markup {
        let strings = self.frame.strings();
        let view = self.parsed.display_text(index);
        let unsure = unsure(&view, record);
        let hits = self.hits(index, record, &view);
        let highlights = Highlights {
            unsure: &unsure,
            hits: &hits,
        };
        let end = shown_end(view.text());
        let mut links = self.links(index, &view);
        links.retain(|link| link.span.end <= end);
        // The text between two links goes from the end of one to the start of the next.
        let ends: Vec<usize> = std::iter::once(0)
            .chain(links.iter().map(|link| link.span.end))
            .collect();
        let last = ends.last().copied().unwrap_or(0);
        html! {
            @for (link, before) in links.iter().zip(&ends) {
                (text::highlighted(strings, view.text(), Span::new(*before, link.span.start), highlights))
                @match &link.to {
                    LinkTarget::Cited(citation) => {
                        a.cited href=(cited_address(self.frame, citation.key())) title=[cited_title(strings, citation)] {
                            (text::highlighted(strings, view.text(), link.span, highlights))
                        }
                    },
                    LinkTarget::Note(note) => (self.note_button(*note)),
                }
            }
            (text::highlighted(strings, view.text(), Span::new(last, end), highlights))
            @if end < view.text().len() { " … " span.label lang=(self.frame.lang.code()) { (strings.cut_passage) } }
        }
    }

    /// Renders the button that opens a footnote where it is called.
    fn note_button(&self, note: usize) -> Markup {
        let name = note_anchor(&self.parsed.footnote_id(note));
        let number = self.parsed.document.footnotes[note].number;
        html! {
            sup.call {
                button #{ "call-" (name) } type="button" popovertarget={ "in-" (name) }
                    aria-label=(fill(self.frame.strings().note, &[&number])) { (number) }
            }
        }
    }

    /// Renders the footnotes that a passage calls, each hidden until its button is pressed.
    fn notes_in_place(&self, passage: usize) -> Markup {
        let strings = self.frame.strings();
        let called = self.called.get(&passage).map_or(&[][..], Vec::as_slice);
        html! {
            @for &at in called {
                @let note = &self.parsed.document.footnotes[at];
                @let name = note_anchor(&self.parsed.footnote_id(at));
                div.note #{ "in-" (name) } popover role="note" aria-label=(fill(strings.note, &[&note.number])) {
                    @for (position, &paragraph) in note.passages.iter().enumerate() {
                        p.words lang="vi" {
                            @if position == 0 { b { "[" (note.number) "] " } }
                            (self.words_without_links(paragraph))
                        }
                    }
                    p {
                        a href={ "#" (name) } { (strings.to_note) } " "
                        button type="button" popovertarget={ "in-" (name) } popovertargetaction="hide" { (strings.close) }
                    }
                }
            }
        }
    }

    /// Renders the words of a passage without links.
    fn words_without_links(&self, index: usize) -> Markup {
        let view = self.parsed.display_text(index);
        let unsure = self
            .record(index)
            .map(|record| unsure(&view, record))
            .unwrap_or_default();
        let highlights = Highlights {
            unsure: &unsure,
            hits: &[],
        };
        text::highlighted(
            self.frame.strings(),
            view.text(),
            Span::new(0, shown_end(view.text())),
            highlights,
        )
    }

    /// Returns the links of a passage, sorted and disjoint, as byte ranges of its view.
    fn links(&self, passage: usize, view: &Mapped) -> Vec<InlineLink<'_>> {
        let citations = self.citations.get(&passage).map_or(&[][..], Vec::as_slice).iter();
        let mut links: Vec<InlineLink<'_>> = citations
            .map(|&citation| InlineLink {
                span: view.view_span(citation.span),
                to: LinkTarget::Cited(citation),
            })
            .filter(|link| !link.span.is_empty())
            .collect();
        for &note in self.called.get(&passage).map_or(&[][..], Vec::as_slice) {
            if let Some(anchor) = &self.parsed.document.footnotes[note].anchor {
                // A mark that the OCR lost has no bytes of its own; its button goes after the word that had it.
                let mark = if anchor.mark.is_empty() {
                    let end = view.view_span(anchor.word).end;
                    Span::new(end, end)
                } else {
                    view.view_span(anchor.mark)
                };
                links.push(InlineLink {
                    span: mark,
                    to: LinkTarget::Note(note),
                });
            }
        }
        // Where links overlap, the first one stays: links cannot nest in HTML.
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

/// Returns the byte at which the shown part of a passage ends: a passage may be as long as its file.
fn shown_end(text: &str) -> usize {
    let ends = (0..=text.len().min(MAX_SHOWN_BYTES)).rev();
    ends.into_iter().find(|&end| text.is_char_boundary(end)).unwrap_or(0)
}

/// A link in the text of a passage.
struct InlineLink<'p> {
    span: Span,
    to: LinkTarget<'p>,
}

/// The target of an inline link.
enum LinkTarget<'p> {
    /// The page of the document that is cited here.
    Cited(&'p Citation),
    /// The footnote with this index.
    Note(usize),
}

/// Returns the title of the link to a cited document: its identity, and by what it is replaced; `None` if neither is
/// known.
fn cited_title(strings: &Strings, citation: &Citation) -> Option<String> {
    let identity = citation.identity.as_deref().map(identity_text);
    let replaced = citation.replaced_by.as_deref();
    let replaced = replaced.map(|by| format!("{} {}", strings.replaced_by, identity_text(by)));
    let told: Vec<String> = identity.into_iter().chain(replaced).collect();
    (!told.is_empty()).then(|| clean(&told.join("; ")).into_owned())
}

/// Returns the unsure words of a passage, with `at` in bytes of its view.
fn unsure(view: &Mapped, record: &PassageRecord) -> Vec<Unsure> {
    let words = record.unsure.iter().map(|word| {
        let at = view.view_span(Span::new(word.span[0], word.span[1]));
        Unsure {
            at: [at.start, at.end],
            ..word.clone()
        }
    });
    words.collect()
}

/// Renders a heading, one level deeper than its section, since the title of the page is `h1`.
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
