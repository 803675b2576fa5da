//! Look-up by id: the passage, note, section or document that an id refers to.

use crate::index::{Error, IdKind, Index};
use crate::record::{FootnoteRecord, Parsed, PassageRecord, SectionRecord};
use crate::text::Span;

/// The record that an id refers to, with those that belong to it.
#[derive(Clone, Debug, PartialEq)]
pub enum Target {
    /// A passage, and the notes that it calls.
    Passage(Box<PassageRecord>, Vec<FootnoteRecord>),
    /// A note, and the passage that calls it.
    Footnote(Box<FootnoteRecord>, Option<Box<PassageRecord>>),
    /// A section, and its passages with those of nested sections.
    Section(Box<SectionRecord>, Vec<PassageRecord>),
    /// The sections and passages of a document.
    Document(Vec<SectionRecord>, Vec<PassageRecord>),
}

/// Returns what `id` refers to (`001:19`, `001^6`, `001§2.3`, `001`), and its document. The id of the document may be
/// cut short, and a passage may be given by any of its lines: people read line numbers off the file.
///
/// # Errors
/// [`Error::Unknown`], [`Error::Ambiguous`], and those of reading the index.
pub fn lookup(index: &Index, id: &str) -> Result<(Parsed, Target), Error> {
    let unknown = |kind| Error::Unknown {
        kind,
        id: id.to_owned(),
    };
    if let Some((document, path)) = id.rsplit_once('§') {
        let parsed = index.document(document)?;
        let section = section(&parsed, path).ok_or_else(|| unknown(IdKind::Section))?;
        return Ok((parsed, section));
    }
    if let Some((document, number)) = id.rsplit_once('^') {
        let parsed = index.document(document)?;
        let footnote = footnote(&parsed, number).ok_or_else(|| unknown(IdKind::Footnote))?;
        return Ok((parsed, footnote));
    }
    let Some((document, address)) = id.rsplit_once(':') else {
        let parsed = index.document(id)?;
        let whole = Target::Document(parsed.section_records().collect(), parsed.passage_records().collect());
        return Ok((parsed, whole));
    };
    let parsed = index.document(document)?;
    let passage = passage(&parsed, address).ok_or_else(|| unknown(IdKind::Passage))?;
    Ok((parsed, passage))
}

/// Returns the section with this path (`2.3`).
fn section(parsed: &Parsed, path: &str) -> Option<Target> {
    let whole = format!("{}§{path}", parsed.document.id);
    let (position, section) = parsed
        .section_records()
        .enumerate()
        .find(|(_, section)| section.section == whole)?;
    let span = parsed.document.sections[position].span;
    let begins_inside = |passage: &crate::document::Passage| {
        let start = passage.extent().start;
        passage.section.is_some() && span.contains(Span::new(start, start))
    };
    let inside = parsed.document.passages.iter().map(begins_inside);
    let passages = parsed.passage_records().zip(inside);
    let passages = passages.filter(|(_, inside)| *inside).map(|(record, _)| record);
    Some(Target::Section(Box::new(section), passages.collect()))
}

/// Returns the note with this number, in the form that it has in ids.
fn footnote(parsed: &Parsed, number: &str) -> Option<Target> {
    let note = parsed
        .footnote_records()
        .find(|note| note.footnote.rsplit('^').next() == Some(number))?;
    let caller = parsed
        .passage_records()
        .find(|passage| Some(&passage.passage) == note.anchor_passage.as_ref());
    Some(Target::Footnote(Box::new(note), caller.map(Box::new)))
}

/// Returns the passage at this address, or else the one on this line.
fn passage(parsed: &Parsed, address: &str) -> Option<Target> {
    let whole = format!("{}:{address}", parsed.document.id);
    let at = parsed.passage_records().find(|record| record.passage == whole);
    let record = at.or_else(|| {
        let line: usize = address.parse().ok()?;
        parsed
            .passage_records()
            .find(|record| record.lines[0] <= line && line <= record.lines[1])
    })?;
    let notes = parsed
        .footnote_records()
        .filter(|note| record.footnotes.contains(&note.footnote))
        .collect();
    Some(Target::Passage(Box::new(record), notes))
}
