//! Look-up by id: the passage, note, section or document that an id refers to.

use crate::document::{AddressMatch, SectionAddresses};
use crate::index::{Error, IdKind, Index};
use crate::record::{FootnoteRecord, Parsed, PassageRecord, SectionRecord, split_address};
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
    /// The number of a page, and the passages that begin on it.
    Page(usize, Vec<PassageRecord>),
    /// The sections and passages of a document.
    Document(Vec<SectionRecord>, Vec<PassageRecord>),
}

/// Returns what `id` refers to (`001:19`, `001^6`, `001§II.2.1`, `001@5`, `001`), and its document. The id of the document
/// may be cut short, a passage may be given by any of its lines (people read line numbers off the file), and a section
/// by its address as printed or by its position ([`SectionAddresses::find`]).
///
/// # Errors
/// [`Error::Unknown`], [`Error::Ambiguous`], and those of reading the index.
pub fn lookup(index: &Index, id: &str) -> Result<(Parsed, Target), Error> {
    let whole = |parsed: Parsed| {
        let target = Target::Document(parsed.section_records().collect(), parsed.passage_records().collect());
        (parsed, target)
    };
    // The name of a file may have a sign in it.
    if index.record(id)?.is_some() {
        return Ok(whole(index.document(id)?));
    }
    let Some((document, sign, address)) = split_address(id) else {
        return Ok(whole(index.document(id)?));
    };
    let parsed = index.document(document)?;
    let (kind, target) = match sign {
        '§' => (IdKind::Section, section(index, &parsed, id, address)?),
        '^' => (IdKind::Footnote, footnote(&parsed, address)),
        '@' => (IdKind::Page, page(&parsed, address)),
        _ => (IdKind::Passage, passage(&parsed, address)),
    };
    match target {
        Some(target) => Ok((parsed, target)),
        None => Err(Error::Unknown {
            kind,
            id: id.to_owned(),
        }),
    }
}

/// Returns the section at this address (`II.2.1`, `2.3`); `id` is the whole id.
///
/// # Errors
/// [`Error::Ambiguous`].
fn section(index: &Index, parsed: &Parsed, id: &str, address: &str) -> Result<Option<Target>, Error> {
    let sections = &parsed.document.sections;
    let addresses = SectionAddresses::of(sections);
    let position = match addresses.find(address) {
        AddressMatch::None => return Ok(None),
        AddressMatch::One(position) => position,
        AddressMatch::Several(positions) => {
            let document = index.short_id(&parsed.document.id);
            let candidates = positions.into_iter().map(|position| addresses.printed(position));
            return Err(Error::Ambiguous {
                kind: IdKind::Section,
                id: id.to_owned(),
                candidates: candidates.map(|printed| format!("{document}§{printed}")).collect(),
            });
        }
    };
    let span = sections[position].span;
    let begins_inside = |passage: &crate::document::Passage| {
        let start = passage.extent().start;
        passage.section.is_some() && span.contains(Span::new(start, start))
    };
    let inside = parsed.document.passages.iter().map(begins_inside);
    let passages = parsed.passage_records().zip(inside);
    let passages = passages.filter(|(_, inside)| *inside).map(|(record, _)| record);
    let record = parsed.section_records().nth(position);
    Ok(record.map(|record| Target::Section(Box::new(record), passages.collect())))
}

/// Returns the passages that begin on the page with this number, from 1.
fn page(parsed: &Parsed, number: &str) -> Option<Target> {
    let number: usize = number.parse().ok()?;
    let is_page = parsed.document.pages.iter().any(|page| page.number == number);
    let on_page = |record: &PassageRecord| record.page == number;
    is_page.then(|| Target::Page(number, parsed.passage_records().filter(on_page).collect()))
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
