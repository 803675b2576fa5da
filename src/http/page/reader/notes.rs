//! Footnotes of a document on its page.
//!
//! A note is there twice: where it is called, and at the end of its page as on paper. Where it is called it opens when
//! its number is pressed; on a wide screen it is in the margin, cut if it is long, and the one at the end of the page is
//! hidden, from screen readers too, unless an address or a search leads to it. On paper there is only the latter.

use maud::{Markup, html};

use super::view::{PassageView, note_anchor};
use super::words::Words;
use crate::http::page::parts::anchor;
use crate::render::language::fill;

impl PassageView<'_> {
    /// Renders the footnotes at the end of a page, whose paragraphs are the passages with these indices.
    pub(crate) fn notes(&self, passages: &[usize]) -> Markup {
        let strings = self.frame.strings();
        html! {
            // A group, not a landmark: there is one per page, and so many landmarks would clutter a screen reader.
            div.notes role="group" aria-label=(strings.notes) {
                @for &index in passages {
                    @if let Some(record) = self.record(index) {
                        div.passage.footnote.called[self.in_place.contains(&index)] #(anchor(&record.passage))
                            data-at=(self.citation(index, record)) {
                            p.words lang="vi" {
                                (self.note_number(index))
                                (Words::of(self, index, record).all())
                            }
                            (self.tools(&[record]))
                        }
                    }
                }
            }
        }
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

    /// Renders the footnotes that a passage calls, for the margin or to be opened by their buttons.
    pub(super) fn notes_in_place(&self, passage: usize) -> Markup {
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
                            (Words::in_place(self, paragraph).all())
                        }
                    }
                    p.closing {
                        a href={ "#" (name) } { (strings.to_note) } " "
                        button.quiet type="button" popovertarget={ "in-" (name) } popovertargetaction="hide" { (strings.close) }
                    }
                }
            }
        }
    }
}
