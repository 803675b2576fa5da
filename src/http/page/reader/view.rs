//! A document and what its page has to know to render the passages of it.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use crate::citation::Citation;
use crate::corpus::LineBox;
use crate::document::Section;
use crate::http::page::parts::cite_as;
use crate::http::page::shell::frame::Frame;
use crate::record::{Parsed, PassageRecord};
use crate::search::Matches;
use crate::text::{Mapped, Span};

/// Returns the HTML id of a section: `s2.1.2`.
pub(crate) fn section_anchor(section: &Section) -> String {
    let path: Vec<String> = section.path.iter().map(ToString::to_string).collect();
    format!("s{}", path.join("."))
}

/// Returns the HTML id of a footnote: `n6` for `001_…^6`.
pub(super) fn note_anchor(id: &str) -> String {
    format!("n{}", id.rsplit('^').next().unwrap_or(id))
}

/// The document and everything needed to render its passages.
pub(crate) struct PassageView<'p> {
    pub(super) frame: &'p Frame,
    pub(super) parsed: &'p Parsed,
    /// The index of the first passage that is shown.
    first: usize,
    /// The records of the passages that are shown, from that one on.
    records: Vec<PassageRecord>,
    /// The citations of each passage that is shown.
    pub(super) citations: HashMap<usize, Vec<&'p Citation>>,
    /// The indices of the notes that each passage calls.
    pub(super) called: HashMap<usize, Vec<usize>>,
    /// The index of the note that begins with each passage.
    pub(super) notes: HashMap<usize, usize>,
    /// The passages of notes that passages which are shown call.
    pub(super) in_place: HashSet<usize>,
    matches: &'p Matches,
}

impl<'p> PassageView<'p> {
    /// Prepares the passages of `parsed` with these indices.
    pub(crate) fn of(frame: &'p Frame, parsed: &'p Parsed, matches: &'p Matches, shown: Range<usize>) -> Self {
        let mut called: HashMap<usize, Vec<usize>> = HashMap::new();
        let mut notes = HashMap::new();
        let mut in_place = HashSet::new();
        for (index, note) in parsed.document.footnotes.iter().enumerate() {
            if let Some(anchor) = note.anchor.as_ref().filter(|anchor| shown.contains(&anchor.passage)) {
                called.entry(anchor.passage).or_default().push(index);
                in_place.extend(note.passages.iter().copied());
            }
            if let Some(&first) = note.passages.first() {
                notes.entry(first).or_insert(index);
            }
        }
        let mut citations: HashMap<usize, Vec<&Citation>> = HashMap::new();
        for citation in &parsed.citations {
            if shown.contains(&citation.passage) || in_place.contains(&citation.passage) {
                citations.entry(citation.passage).or_default().push(citation);
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
            in_place,
            matches,
        }
    }

    /// Returns the record of a passage; `None` if it is not shown.
    pub(super) fn record(&self, index: usize) -> Option<&PassageRecord> {
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
    pub(super) fn hits(&self, index: usize, record: &PassageRecord, view: &Mapped) -> Vec<Span> {
        let document = &self.parsed.document;
        let passage = document.passages.get(index);
        passage.map_or_else(Vec::new, |passage| {
            self.matches.spans(&record.passage, passage, &document.text, view)
        })
    }

    /// Returns the citation of a passage; the script appends it when a reader copies the passage.
    pub(super) fn citation(&self, index: usize, record: &PassageRecord) -> String {
        cite_as::place(self.frame.strings(), self.parsed, index, record)
    }
}
