//! The tools of a passage: a permanent link, its place in the original, a search for similar wording, its source text.
//!
//! They are a menu that opens beside the passage and never moves the text. Where there is a mouse and a margin, they come
//! up there while the pointer is over the passage. The script adds copying.

use maud::{Markup, html};

use super::view::PassageView;
use super::words::shown_end;
use crate::corpus::{LineBox, has_page_images};
use crate::document::Place;
use crate::http::page::parts::anchor;
use crate::http::page::parts::links::{original_address, similar_address};
use crate::http::page::shell::untrusted::Untrusted;
use crate::record::PassageRecord;
use crate::render::language::fill;

impl PassageView<'_> {
    /// Renders the tools of passages that belong together.
    pub(super) fn tools(&self, records: &[&PassageRecord]) -> Markup {
        let strings = self.frame.strings();
        // Similar wording is searched for by one passage; the longest line has the most to compare.
        let longest = records.iter().max_by_key(|record| record.text.len());
        let Some((first, longest)) = records.first().zip(longest) else {
            return html! {};
        };
        let line = self.line_in_picture(first);
        let has_source = |record: &&PassageRecord| record.repaired.is_some() || record.letters.is_some();
        let sources: Vec<&PassageRecord> = match records.iter().any(has_source) {
            true => records.to_vec(),
            false => Vec::new(),
        };
        let link = anchor(&first.passage);
        html! {
            details.tools name="tools" {
                summary aria-label=(strings.tools) { "⋯" }
                div {
                    a.to-link href={ "#" (link) } { span { (strings.anchor) } }
                    @if let Some(line) = line {
                        @let passage = Some(first.passage.as_str());
                        a.to-original href=(original_address(self.frame, &first.document, line.page, passage)) {
                            span { (fill(strings.see_page, &[&line.page])) }
                        }
                    }
                    @if first.place != Place::Heading {
                        a.to-similar href=(similar_address(self.frame, &longest.passage)) { span { (strings.similar) } }
                    }
                    @if !sources.is_empty() {
                        button.to-source type="button" popovertarget={ "of-" (link) } { span { (strings.see_source) } }
                    }
                }
            }
            @if !sources.is_empty() {
                div.note.source-text #{ "of-" (link) } popover role="note" aria-label=(self.source_name(&sources)) {
                    p { b { (self.source_name(&sources)) } }
                    @for record in &sources {
                        @let source = record.letters.as_ref().unwrap_or(&record.text);
                        p.words lang="vi" { (Untrusted(&source[..shown_end(source)])) }
                    }
                    p.closing {
                        button.quiet type="button" popovertarget={ "of-" (link) } popovertargetaction="hide" { (strings.close) }
                    }
                }
            }
        }
    }

    /// Returns the name of the source of these passages: the letters of the file, or what the OCR read.
    fn source_name(&self, records: &[&PassageRecord]) -> &'static str {
        let strings = self.frame.strings();
        if records.iter().any(|record| record.letters.is_some()) {
            strings.letters_of_file
        } else {
            strings.source
        }
    }

    /// Returns the first line of a passage on paper; `None` if its page has no picture.
    fn line_in_picture<'r>(&self, record: &'r PassageRecord) -> Option<&'r LineBox> {
        let has_pictures = self.frame.files && has_page_images(self.parsed.format);
        record.boxes.first().filter(|_| has_pictures)
    }
}
