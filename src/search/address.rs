//! What an id names: a passage, a note, a section, a document.

use crate::index::{Error, Index};
use crate::record::{FootnoteRecord, Parsed, PassageRecord, SectionRecord};
use crate::text::Span;

/// What an id names.
#[derive(Clone, Debug, PartialEq)]
pub enum Named {
    /// A passage and the notes that it calls.
    Passage(Box<PassageRecord>, Vec<FootnoteRecord>),
    /// A note and the passage that calls it.
    Footnote(Box<FootnoteRecord>, Option<Box<PassageRecord>>),
    /// A section and its passages, those of the sections inside it too.
    Section(Box<SectionRecord>, Vec<PassageRecord>),
    /// A document: its sections and passages.
    Document(Vec<SectionRecord>, Vec<PassageRecord>),
}

/// The thing that `id` names (`001:19`, `001^6`, `001§2.3`, `001`), and the document it belongs to. The document's id
/// may be cut short, and any line of a passage names it: people read line numbers off the file.
///
/// # Errors
/// [`Error::Unknown`], [`Error::Ambiguous`], and those of reading the index.
pub fn named(index: &Index, id: &str) -> Result<(Parsed, Named), Error> {
    let unknown = |what| Error::Unknown {
        what,
        id: id.to_owned(),
    };
    if let Some((document, path)) = id.rsplit_once('§') {
        let parsed = index.document(document)?;
        let section = section(&parsed, path).ok_or_else(|| unknown("section"))?;
        return Ok((parsed, section));
    }
    if let Some((document, number)) = id.rsplit_once('^') {
        let parsed = index.document(document)?;
        let footnote = footnote(&parsed, number).ok_or_else(|| unknown("footnote"))?;
        return Ok((parsed, footnote));
    }
    let Some((document, address)) = id.rsplit_once(':') else {
        let parsed = index.document(id)?;
        let whole = Named::Document(parsed.section_records().collect(), parsed.passage_records().collect());
        return Ok((parsed, whole));
    };
    let parsed = index.document(document)?;
    let passage = passage(&parsed, address).ok_or_else(|| unknown("passage"))?;
    Ok((parsed, passage))
}

/// The section with this path (`2.3`).
fn section(parsed: &Parsed, path: &str) -> Option<Named> {
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
    Some(Named::Section(Box::new(section), passages.collect()))
}

/// The note with this number, as ids have it.
fn footnote(parsed: &Parsed, number: &str) -> Option<Named> {
    let note = parsed
        .footnote_records()
        .find(|note| note.footnote.rsplit('^').next() == Some(number))?;
    let caller = parsed
        .passage_records()
        .find(|passage| Some(&passage.passage) == note.anchor_passage.as_ref());
    Some(Named::Footnote(Box::new(note), caller.map(Box::new)))
}

/// The passage at this address, or else on this line.
fn passage(parsed: &Parsed, address: &str) -> Option<Named> {
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
    Some(Named::Passage(Box::new(record), notes))
}
