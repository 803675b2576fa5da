//! The words of a passage: citations as links, calls of footnotes as buttons, hits and unsure words marked.

use maud::{Markup, html};

use super::view::{PassageView, note_anchor};
use crate::citation::Citation;
use crate::http::page::parts::links::cited_address;
use crate::http::page::parts::text::{self, Highlights};
use crate::record::{PassageRecord, Unsure};
use crate::render::language::dates::identity_text;
use crate::render::language::{Strings, fill};
use crate::text::{Mapped, Span, clean};

/// Bytes of a passage that are shown at most: some hundred pages without a paragraph.
const MAX_SHOWN_BYTES: usize = 512 * 1024;

/// A link in the text of a passage.
struct InlineLink<'p> {
    /// Its bytes in the text that is shown.
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

/// The words of a passage as they are shown, with what is marked in them.
pub(super) struct Words<'v> {
    view: &'v PassageView<'v>,
    /// The text, with its map to the source.
    pub(super) text: Mapped,
    unsure: Vec<Unsure>,
    hits: Vec<Span>,
    /// Sorted and disjoint.
    links: Vec<InlineLink<'v>>,
}

impl<'v> Words<'v> {
    /// Returns the words of the passage with this index.
    pub(super) fn of(view: &'v PassageView<'v>, index: usize, record: &PassageRecord) -> Self {
        let text = view.parsed.display_text(index);
        let mut links = cited_links(view, index, &text);
        links.extend(note_links(view, index, &text));
        Self {
            unsure: unsure(&text, record),
            hits: view.hits(index, record, &text),
            links: disjoint(links),
            view,
            text,
        }
    }

    /// Returns the words of a paragraph of a footnote where it is called: without the hits of the search, through which one
    /// goes in the note itself.
    pub(super) fn in_place(view: &'v PassageView<'v>, index: usize) -> Self {
        let text = view.parsed.display_text(index);
        let record = view.record(index);
        Self {
            unsure: record.map(|record| unsure(&text, record)).unwrap_or_default(),
            hits: Vec::new(),
            links: disjoint(cited_links(view, index, &text)),
            view,
            text,
        }
    }

    /// Renders all of them; of an endless passage, its beginning.
    pub(super) fn all(&self) -> Markup {
        let text = self.text.text();
        let end = shown_end(text);
        html! {
            (self.part(Span::new(0, end)))
            @if end < text.len() {
                " … " span.label lang=(self.view.frame.lang.code()) { (self.view.frame.strings().cut_passage) }
            }
        }
    }

    /// Renders those at these bytes of the text.
    pub(super) fn part(&self, part: Span) -> Markup {
        let strings = self.view.frame.strings();
        let text = self.text.text();
        let highlights = Highlights {
            unsure: &self.unsure,
            hits: &self.hits,
        };
        let is_inside = |link: &&InlineLink<'_>| link.span.start >= part.start && link.span.end <= part.end;
        let links: Vec<&InlineLink<'_>> = self.links.iter().filter(is_inside).collect();
        // The text between two links goes from the end of one to the start of the next.
        let ends = links.iter().map(|link| link.span.end);
        let befores: Vec<usize> = std::iter::once(part.start).chain(ends).collect();
        let last = befores.last().copied().unwrap_or(part.start);
        html! {
            @for (link, before) in links.iter().zip(&befores) {
                (text::highlighted(strings, text, Span::new(*before, link.span.start), highlights))
                @match &link.to {
                    LinkTarget::Cited(citation) => {
                        a.cited href=(cited_address(self.view.frame, citation.key())) title=[cited_title(strings, citation)] {
                            (text::highlighted(strings, text, link.span, highlights))
                        }
                    },
                    LinkTarget::Note(note) => (self.note_button(*note)),
                }
            }
            (text::highlighted(strings, text, Span::new(last, part.end), highlights))
        }
    }

    /// Renders the button that opens a footnote where it is called.
    fn note_button(&self, note: usize) -> Markup {
        let name = note_anchor(&self.view.parsed.footnote_id(note));
        let number = self.view.parsed.document.footnotes[note].number;
        html! {
            sup.call {
                button #{ "call-" (name) } type="button" popovertarget={ "in-" (name) }
                    aria-label=(fill(self.view.frame.strings().note, &[&number])) { (number) }
            }
        }
    }
}

/// Returns the links to what a passage cites.
fn cited_links<'v>(view: &'v PassageView<'v>, passage: usize, text: &Mapped) -> Vec<InlineLink<'v>> {
    let citations = view.citations.get(&passage).map_or(&[][..], Vec::as_slice).iter();
    // "Nghị quyết này" leads nowhere else.
    let citations = citations.filter(|citation| !citation.is_own_document());
    let links = citations.map(|&citation| InlineLink {
        span: text.view_span(citation.span),
        to: LinkTarget::Cited(citation),
    });
    links.filter(|link| !link.span.is_empty()).collect()
}

/// Returns the links to the notes that a passage calls.
fn note_links<'v>(view: &'v PassageView<'v>, passage: usize, text: &Mapped) -> Vec<InlineLink<'v>> {
    let called = view.called.get(&passage).map_or(&[][..], Vec::as_slice).iter();
    let links = called.filter_map(|&note| {
        let anchor = view.parsed.document.footnotes[note].anchor.as_ref()?;
        // A mark that the OCR lost has no bytes of its own; its button goes after the word that had it.
        let span = if anchor.mark.is_empty() {
            let end = text.view_span(anchor.word).end;
            Span::new(end, end)
        } else {
            text.view_span(anchor.mark)
        };
        let to = LinkTarget::Note(note);
        Some(InlineLink { span, to })
    });
    links.collect()
}

/// Returns the links in order. Where links overlap, the first one stays: links cannot nest in HTML.
fn disjoint(mut links: Vec<InlineLink<'_>>) -> Vec<InlineLink<'_>> {
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

/// Returns the byte at which the shown part of a passage ends: a passage may be as long as its file.
pub(super) fn shown_end(text: &str) -> usize {
    let ends = (0..=text.len().min(MAX_SHOWN_BYTES)).rev();
    ends.into_iter().find(|&end| text.is_char_boundary(end)).unwrap_or(0)
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
