//! Hits of a search as terminal text: the place of each and its snippet.

use std::collections::HashMap;
use std::io;

use super::listing::{Listing, Note, Place, SECTION_SHARE};
use super::{Screen, StyledReading, TextStyle, TextVersion};
use crate::document;
use crate::record::PassageRecord;
use crate::search::{Agreement, Hit};

/// The fewest chars of a snippet; fewer tell too little of a passage.
const MIN_SNIPPET_CHARS: usize = 130;
/// The most chars of a snippet.
const MAX_SNIPPET_CHARS: usize = 300;

/// Returns the number of chars of a snippet that fills this many lines with the place before it.
fn snippet_chars(screen: Screen, lines: usize) -> usize {
    /// Columns that hold no text: indent, id and page on the first line.
    const PLACE: usize = 22;
    /// Columns that hold no text on every line: its indent, and the blank where the next word does not fit.
    const OF_LINE: usize = 7;
    let sections = screen.columns / SECTION_SHARE;
    let columns = lines * screen.columns.saturating_sub(OF_LINE);
    columns
        .saturating_sub(sections + PLACE)
        .clamp(MIN_SNIPPET_CHARS, MAX_SNIPPET_CHARS)
}

/// Returns the number of chars of the longest snippet that a search has to find.
#[must_use]
pub fn longest_snippet(screen: Screen) -> usize {
    snippet_chars(screen, 3)
}

/// Returns the number of chars of a snippet in a list of hits: three lines each, or two if the hits are in so many
/// documents that a hit would take more than four lines with its share of head lines and blank lines.
#[must_use]
pub fn snippet_length(screen: Screen, hits: &[&Hit]) -> usize {
    let documents = hits.chunk_by(|one, other| one.stored.record.document == other.stored.record.document);
    let lines = if 2 * documents.count() > hits.len() { 2 } else { 3 };
    snippet_chars(screen, lines)
}

/// Returns the hits by document: a document stands where its first hit stands, with all its hits in their order.
#[must_use]
pub fn by_document(hits: &[Hit]) -> Vec<&Hit> {
    let mut first: HashMap<&str, usize> = HashMap::new();
    let mut documents: Vec<Vec<&Hit>> = Vec::new();
    for hit in hits {
        let position = *first.entry(&hit.stored.record.document).or_insert(documents.len());
        if position == documents.len() {
            documents.push(Vec::new());
        }
        documents[position].push(hit);
    }
    documents.into_iter().flatten().collect()
}

/// Writes a hit: its place, then its snippet in this version, cut to `max_chars` chars.
///
/// # Errors
/// Those of the list.
pub fn hit(list: &mut Listing<'_>, hit: &Hit, version: TextVersion, max_chars: usize) -> io::Result<()> {
    let palette = list.screen.palette;
    let repaired = hit.repaired_snippet.as_ref();
    let repaired = repaired.filter(|_| version == TextVersion::Repaired);
    let letters = hit.letters_snippet.as_ref();
    let letters = letters.filter(|_| version == TextVersion::Source);
    let snippet = repaired.or(letters).unwrap_or(&hit.snippet).shortened(max_chars);
    let mut reading = match repaired {
        Some(_) => StyledReading::repaired(palette),
        None => StyledReading::recognized(palette),
    };
    for piece in &snippet.pieces {
        // Readers who ask for the source want it as it is, without marks of ours.
        if piece.unsure && version == TextVersion::Repaired {
            reading.unsure(&piece.text, piece.hit);
        } else {
            reading.sure(&piece.text, piece.hit);
        }
    }
    let mut pieces: Vec<(&str, Option<TextStyle>)> = Vec::new();
    if snippet.cut_before {
        pieces.push(("… ", Some(TextStyle::Dim)));
    }
    pieces.extend(reading.pieces());
    if snippet.cut_after {
        pieces.push((" …", Some(TextStyle::Dim)));
    }
    let remark = remark(list, hit);
    if let Some(remark) = &remark {
        pieces.extend([("  ", None), (remark.as_str(), Some(TextStyle::Dim))]);
    }
    list.shows(&reading);
    list.passage(place(&hit.stored.record), &pieces)
}

/// Writes the place of a hit alone.
///
/// # Errors
/// Those of the list.
pub fn address(list: &mut Listing<'_>, hit: &Hit) -> io::Result<()> {
    let remark = remark(list, hit);
    let remark = remark.as_deref().map(|remark| (remark, Some(TextStyle::Dim)));
    list.passage(place(&hit.stored.record), remark.as_slice())
}

/// Returns the place of a passage.
#[must_use]
pub fn place(record: &PassageRecord) -> Place<'_> {
    Place {
        id: &record.passage,
        section_path: &record.section_path,
        page: record.page,
        note: match record.place {
            document::Place::Footnote => Note::Some,
            _ => Note::None,
        },
    }
}

/// Returns a remark on marks (dấu) that were lost in the source or differ from those of the query.
fn remark(list: &Listing<'_>, hit: &Hit) -> Option<String> {
    let strings = list.screen.strings();
    match hit.agreement {
        // The head line of its document tells that it is a scan.
        Agreement::Exact | Agreement::Read => None,
        Agreement::Lost if list.tells_unmarked() => None,
        Agreement::Lost => Some(format!("[{}]", strings.lost)),
        Agreement::Folded => Some(format!("[{}]", strings.folded)),
    }
}
