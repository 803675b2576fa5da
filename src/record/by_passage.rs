//! Citations and notes of a document by passage: collected once, where records of many passages are made.

use std::collections::HashMap;

use crate::citation::Citation;
use crate::document::Document;

/// The citations and notes of each passage, and the ids of the notes.
pub(super) struct ByPassage {
    /// For each passage, the indices of its citations, in order.
    pub(super) citations: Vec<Vec<usize>>,
    /// For each passage, the indices of the notes that it calls.
    pub(super) calls: Vec<Vec<usize>>,
    /// For each passage, the index of the note that it is a paragraph of.
    pub(super) notes: Vec<Option<usize>>,
    /// For each note, its id ([`note_id`]).
    pub(super) note_ids: Vec<String>,
}

impl ByPassage {
    /// Collects the notes of `document` and its `citations`.
    pub(super) fn of(document: &Document, citations: &[Citation]) -> Self {
        let passages = document.passages.len();
        let mut by_passage = Self {
            citations: vec![Vec::new(); passages],
            calls: vec![Vec::new(); passages],
            notes: vec![None; passages],
            note_ids: Vec::with_capacity(document.footnotes.len()),
        };
        for (index, citation) in citations.iter().enumerate() {
            by_passage.citations[citation.passage].push(index);
        }
        let mut of_number: HashMap<usize, usize> = HashMap::new();
        for (index, note) in document.footnotes.iter().enumerate() {
            if let Some(anchor) = &note.anchor {
                by_passage.calls[anchor.passage].push(index);
            }
            for &passage in &note.passages {
                by_passage.notes[passage].get_or_insert(index);
            }
            let before = of_number.entry(note.number).or_default();
            by_passage.note_ids.push(note_id(&document.id, note.number, *before));
            *before += 1;
        }
        by_passage
    }
}

/// Returns the id of a note with this number in the document with the id `document`, after `before` others of the same
/// number.
pub(super) fn note_id(document: &str, number: usize, before: usize) -> String {
    match before {
        0 => format!("{document}^{number}"),
        before => format!("{document}^{number}.{}", before + 1),
    }
}
