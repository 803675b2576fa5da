//! The passages of a document on its page: paragraphs, headings, and blocks of lines.

use maud::{Markup, html};

use super::tables::side_by_side;
use super::view::{PassageView, section_anchor};
use super::words::Words;
use crate::document::{Place, Section};
use crate::http::page::parts::anchor;
use crate::record::PassageRecord;

impl PassageView<'_> {
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
        let content = Words::of(self, index, record).all();
        html! {
            div.passage.(record.place.name()) #(anchor(&record.passage)) data-at=(self.citation(index, record)) {
                (self.notes_in_place(index))
                @match section {
                    Some(section) if record.place == Place::Heading => (heading_of_level(section, &content)),
                    _ => p.words lang="vi" { (content) },
                }
                (self.tools(&[record]))
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
                @for &line in lines { (self.notes_in_place(line)) }
                @for (&line, record) in lines.iter().zip(&records) {
                    @let words = Words::of(self, line, record);
                    @match side_by_side(self.parsed, line) {
                        Some(cells) => div.side-by-side #(anchor(&record.passage)) lang="vi" {
                            @for cell in &cells {
                                div { @for part in cell { p.words { (words.part(words.text.view_span(*part))) } } }
                            }
                        },
                        None => p.words #(anchor(&record.passage)) lang="vi" { (words.all()) },
                    }
                }
                (self.tools(&records))
            }
        }
    }
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
