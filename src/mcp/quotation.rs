//! Quotations: the words of a document, where they stand, and where they come from.
//!
//! The same facts are written twice: as fields for programs, and as text for the assistants that are shown nothing else.

use std::fmt::Write as _;

use serde::Serialize;

use crate::corpus::Origin;
use crate::document::Place;
use crate::index::{Error, Index};
use crate::reading::Quality;
use crate::record::{CitedAt, DocumentRecord, FootnoteRecord, PassageRecord, Unsure};
use crate::text::clean;

/// The mark behind an unsure word.
const UNSURE_MARK: &str = "[?]";

/// The origin of the words of a quotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "kebab-case")]
#[schema(as = Reading)]
pub(super) enum ReadBy {
    /// They are the letters of the file itself.
    OwnLetters,
    /// They were converted from an encoding or a font from before Unicode.
    Converted,
    /// A machine read them from a scan: words may be wrong.
    Machine,
}

impl ReadBy {
    /// Returns where the text of a document comes from as a whole.
    fn of(document: &DocumentRecord) -> Self {
        match (document.quality, document.origin) {
            (Quality::Ocr, _) | (_, Origin::Ocr) => Self::Machine,
            (_, Origin::Converted) => Self::Converted,
            (_, Origin::Text) => Self::OwnLetters,
        }
    }

    /// Returns the same for a stretch of it, which `is_read` if words of it were misread, or might have been.
    const fn or_machine(self, is_read: bool) -> Self {
        if is_read { Self::Machine } else { self }
    }

    /// Returns the words that stand before a quotation.
    const fn heading(self) -> &'static str {
        match self {
            Self::OwnLetters => "",
            Self::Converted => "(converted from an encoding from before Unicode) ",
            Self::Machine => "MACHINE READING, not the document: ",
        }
    }
}

/// The document that is quoted.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub(super) struct QuotedDocument {
    /// Id of the document, as it can be typed: `001`.
    document: String,
    /// Title of the document; null if none was found.
    title: Option<String>,
    /// Its own symbol, as far as it is printed.
    number: Option<String>,
    /// Issuer of the document.
    issuer: Option<String>,
    /// ISO date of the document, perhaps partial.
    date: Option<String>,
    /// Source of the words: the letters of the file, converted, or a machine's reading of a scan.
    reading: ReadBy,
    /// Quality of the text: marks as printed, typed without marks, or misread letters.
    quality: Quality,
}

impl QuotedDocument {
    /// Returns the document with exactly this id; one without facts if the index has lost it.
    ///
    /// # Errors
    /// Those of [`Index::record`].
    pub(super) fn with_id(index: &Index, id: &str) -> Result<Self, Error> {
        Ok(match index.record(id)? {
            Some(record) => Self::of(index, record),
            // A build may have taken it out a moment ago; what is not known to be printed is a reading.
            None => Self {
                document: id.to_owned(),
                title: None,
                number: None,
                issuer: None,
                date: None,
                reading: ReadBy::Machine,
                quality: Quality::Ocr,
            },
        })
    }

    /// Returns the document of this record.
    pub(super) fn of(index: &Index, record: &DocumentRecord) -> Self {
        Self {
            document: index.short_id(&record.document).into_owned(),
            title: record.title.clone(),
            number: record.number.clone(),
            issuer: record.issuer.clone(),
            date: record.date.clone(),
            reading: ReadBy::of(record),
            quality: record.quality,
        }
    }

    /// Returns true if its words are a machine's reading.
    pub(super) fn is_machine_reading(&self) -> bool {
        self.reading == ReadBy::Machine
    }

    /// Returns its title, symbol, issuer and date as one line.
    pub(super) fn line(&self) -> String {
        let title = self.title.as_deref().unwrap_or("(no title)");
        let facts = [
            Some(title),
            self.number.as_deref(),
            self.issuer.as_deref(),
            self.date.as_deref(),
        ];
        clean(&facts.into_iter().flatten().collect::<Vec<_>>().join(" | ")).into_owned()
    }
}

/// The place of a quotation.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub(super) struct QuotedAt {
    /// Short id of the quotation, which `show` takes: `001:935`. Give it with every quotation.
    address: String,
    #[serde(flatten)]
    document: QuotedDocument,
    /// Part of the document.
    place: Place,
    /// Page, from 1.
    page: usize,
    /// First and last line in the text of the document, from 1.
    lines: [usize; 2],
    /// Labels and titles of the sections around it, outermost first.
    section_path: Vec<String>,
}

impl QuotedAt {
    /// Writes it as a line.
    fn write(&self, out: &mut String) {
        let lines = match self.lines {
            [first, last] if first == last => format!("line {first}"),
            [first, last] => format!("lines {first}-{last}"),
        };
        let line = format!(
            "[{}] {} | page {}, {lines}",
            self.address,
            self.document.line(),
            self.page
        );
        out.push_str(&clean(&line));
        if !self.section_path.is_empty() {
            out.push_str(" | ");
            out.push_str(&clean(&self.section_path.join(" > ")));
        }
        out.push('\n');
    }
}

/// A passage or a note of a document, with the words that it prints.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub(super) struct Quotation {
    #[serde(flatten)]
    at: QuotedAt,
    /// Its bytes in the text of the document, `[start, end)`; empty for a note.
    spans: Vec<[usize; 2]>,
    /// The words of the document, lines joined, as the file has them.
    text: String,
    /// `text` in the letters of the file, if it was converted from an encoding from before Unicode.
    letters: Option<String>,
    /// The likeliest reading of `text`, if that is damaged. It is not what the document prints.
    repaired: Option<String>,
    /// Words of `repaired` (of `text` if that is null) that may well be wrong, in order.
    unsure: Vec<Unsure>,
    /// Addresses of the notes that it calls.
    footnotes: Vec<String>,
}

impl Quotation {
    /// Returns a passage as a quotation.
    ///
    /// # Errors
    /// Those of [`Index::record`].
    pub(super) fn of(index: &Index, passage: &PassageRecord) -> Result<Self, Error> {
        let mut document = QuotedDocument::with_id(index, &passage.document)?;
        let is_read = passage.repaired.is_some() || passage.ocr_confidence.is_some() || !passage.unsure.is_empty();
        document.reading = document.reading.or_machine(is_read);
        let short = |id: &String| index.short_id(id).into_owned();
        Ok(Self {
            at: QuotedAt {
                address: short(&passage.passage),
                document,
                place: passage.place,
                page: passage.page,
                lines: passage.lines,
                section_path: passage.section_path.clone(),
            },
            spans: passage.spans.clone(),
            text: passage.text.clone(),
            letters: passage.letters.clone(),
            repaired: passage.repaired.clone(),
            unsure: passage.unsure.clone(),
            footnotes: passage.footnotes.iter().map(short).collect(),
        })
    }

    /// Returns a note as a quotation; `section_path` is that of the passage that calls it.
    ///
    /// # Errors
    /// Those of [`Index::record`].
    pub(super) fn of_note(index: &Index, note: &FootnoteRecord, section_path: &[String]) -> Result<Self, Error> {
        let mut document = QuotedDocument::with_id(index, &note.document)?;
        document.reading = document
            .reading
            .or_machine(note.repaired.is_some() || !note.unsure.is_empty());
        Ok(Self {
            at: QuotedAt {
                address: index.short_id(&note.footnote).into_owned(),
                document,
                place: Place::Footnote,
                page: note.page,
                lines: note.lines,
                section_path: section_path.to_vec(),
            },
            spans: Vec::new(),
            text: note.text.clone(),
            letters: note.letters.clone(),
            repaired: note.repaired.clone(),
            unsure: note.unsure.clone(),
            footnotes: Vec::new(),
        })
    }

    /// Returns the number of bytes of its texts.
    pub(super) fn bytes(&self) -> usize {
        self.text.len() + self.repaired.as_ref().map_or(0, String::len)
    }

    /// Writes it as text: its place, then its words.
    pub(super) fn write(&self, out: &mut String) {
        self.at.write(out);
        self.write_words(out);
    }

    /// Writes its words under its address alone, where a head has told the document.
    pub(super) fn write_in_document(&self, out: &mut String) {
        let at = &self.at;
        let place = if at.place == Place::Body { "" } else { at.place.name() };
        let separator = if place.is_empty() { "" } else { ", " };
        // Writing to a string cannot fail.
        let _ = writeln!(out, "[{}] page {}{separator}{place}", clean(&at.address), at.page);
        self.write_words(out);
    }

    /// Writes its words; a machine's reading with its unsure words marked, and then what the file has.
    fn write_words(&self, out: &mut String) {
        let words = self.repaired.as_deref().unwrap_or(&self.text);
        write_quoted(out, self.at.document.reading, words, &self.unsure);
        if self.repaired.is_some() {
            out.push_str("as the file has it: “");
            out.push_str(&clean(&self.text));
            out.push_str("”\n");
        }
    }

    /// Returns true if its words are a machine's reading.
    pub(super) fn is_machine_reading(&self) -> bool {
        self.at.document.is_machine_reading()
    }
}

/// A citation with the sentence around it.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub(super) struct CitingSentence {
    #[serde(flatten)]
    at: QuotedAt,
    /// Bytes of the citation in the text of the document, `[start, end)`.
    span: [usize; 2],
    /// The citation, as the document prints it.
    raw: String,
    /// The likeliest reading of `raw`, if that is damaged.
    repaired: Option<String>,
    /// The sentence around it; a long one is cut.
    sentence: String,
    /// True if `sentence` is a repaired reading, not the words of the file.
    sentence_is_repaired: bool,
    /// Words of `sentence` that may well be wrong, in order.
    unsure: Vec<Unsure>,
    /// Address of the note that it is in.
    footnote: Option<String>,
    /// Symbol of the cited document, in canonical letters.
    symbol: Option<String>,
    /// Name of a document that is cited without a symbol.
    name: Option<String>,
    /// The cited document, as far as it is known: symbol or name, and date.
    identity: Option<String>,
    /// The documents that it may be, if several fit.
    candidates: Vec<String>,
    /// Date of the cited document, as the text gives it.
    cited_date: Option<String>,
    /// Issuer of the cited document, as the text gives it.
    cited_issuer: Option<String>,
    /// Subject of the cited document, as the text gives it.
    cited_subject: Option<String>,
    /// The act by which the document refers to it: `thuc-hien`, `can-cu`, …
    relation: Option<&'static str>,
    /// The part of the cited document, as printed.
    pinpoint: Option<String>,
    /// Identity of the document that has replaced it.
    replaced_by: Option<String>,
    /// Id of the cited document, if the index has it.
    target: Option<String>,
}

impl CitingSentence {
    /// Returns a place where something is cited.
    ///
    /// # Errors
    /// Those of [`Index::record`].
    pub(super) fn of(index: &Index, place: CitedAt) -> Result<Self, Error> {
        let CitedAt {
            citation,
            section_path,
            order: _,
        } = place;
        let mut document = QuotedDocument::with_id(index, &citation.document)?;
        let is_read = citation.sentence_repaired || citation.repaired.is_some() || !citation.sentence_unsure.is_empty();
        document.reading = document.reading.or_machine(is_read);
        let short = |id: &String| index.short_id(id).into_owned();
        Ok(Self {
            at: QuotedAt {
                address: short(&citation.passage),
                document,
                place: citation.place,
                page: citation.page,
                lines: citation.lines,
                section_path,
            },
            span: citation.span,
            raw: citation.raw,
            repaired: citation.repaired,
            sentence: citation.sentence,
            sentence_is_repaired: citation.sentence_repaired,
            unsure: citation.sentence_unsure,
            footnote: citation.footnote.as_ref().map(short),
            symbol: citation.symbol,
            name: citation.name,
            identity: citation.identity,
            candidates: citation.candidates,
            cited_date: citation.date,
            cited_issuer: citation.issuer,
            cited_subject: citation.subject,
            relation: citation.relation.map(|relation| relation.name()),
            pinpoint: citation.pinpoint,
            replaced_by: citation.replaced_by,
            target: citation.target.as_ref().map(short),
        })
    }

    /// Writes it as text: its place, the cited document and the sentence.
    pub(super) fn write(&self, out: &mut String) {
        self.at.write(out);
        let cited = self
            .identity
            .as_deref()
            .or(self.symbol.as_deref())
            .or(self.name.as_deref());
        out.push_str("cites ");
        out.push_str(&clean(cited.unwrap_or(&self.raw)));
        if let Some(relation) = self.relation {
            // Writing to a string cannot fail.
            let _ = write!(out, " ({relation})");
        }
        if let Some(other) = &self.replaced_by {
            let _ = write!(out, ", replaced by {}", clean(other));
        }
        if !self.candidates.is_empty() {
            let _ = write!(out, ", which may be {}", clean(&self.candidates.join(" or ")));
        }
        out.push_str(": ");
        write_quoted(out, self.at.document.reading, &self.sentence, &self.unsure);
        if self.repaired.is_some() {
            out.push_str("the citation as the file has it: “");
            out.push_str(&clean(&self.raw));
            out.push_str("”\n");
        }
    }

    /// Returns true if its words are a machine's reading.
    pub(super) fn is_machine_reading(&self) -> bool {
        self.at.document.is_machine_reading()
    }
}

/// Writes words in quotation marks as a line: unsure ones are marked, and it is told before them where they come from.
fn write_quoted(out: &mut String, reading: ReadBy, words: &str, unsure: &[Unsure]) {
    out.push_str(reading.heading());
    out.push('“');
    out.push_str(&with_unsure_marked(words, unsure));
    out.push_str("”\n");
}

/// Returns `words` with a mark behind each of the `unsure` ones.
pub(super) fn with_unsure_marked(words: &str, unsure: &[Unsure]) -> String {
    let mut marked = String::with_capacity(words.len());
    let mut done = 0;
    for word in unsure {
        // The words are in order and within the text; another place would only lose its mark.
        if let Some(before) = words.get(done..word.at[1]) {
            marked.push_str(&clean(before));
            marked.push_str(UNSURE_MARK);
            done = word.at[1];
        }
    }
    marked.push_str(&clean(words.get(done..).unwrap_or_default()));
    marked
}

/// Returns what an answer says of its quotations, of which `machine` of `total` are a machine's readings; nothing if none
/// is.
pub(super) fn warning(machine: usize, total: usize) -> String {
    if machine == 0 {
        return String::new();
    }
    format!(
        "Quotations that are a MACHINE READING of a scan, not the document: {machine} of {total}. Words may be wrong, above \
         all those marked {UNSURE_MARK}. Say so whenever you use them, and advise to compare them with the page.\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unsure_words_are_marked_where_they_stand() {
        let unsure = |at: [usize; 2]| Unsure {
            text: String::new(),
            at,
            span: at,
            alternatives: Vec::new(),
        };
        let text = "Đảng bộ tỉnh";
        assert_eq!(with_unsure_marked(text, &[]), text);
        assert_eq!(
            with_unsure_marked(text, &[unsure([0, 7]), unsure([13, 19])]),
            "Đảng[?] bộ tỉnh[?]"
        );
        assert_eq!(with_unsure_marked(text, &[unsure([0, 1]), unsure([3, 99])]), text);
    }

    #[test]
    fn whatever_may_be_misread_is_a_machine_reading() {
        assert_eq!(ReadBy::OwnLetters.or_machine(false), ReadBy::OwnLetters);
        assert_eq!(ReadBy::Converted.or_machine(true), ReadBy::Machine);
    }
}
