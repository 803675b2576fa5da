//! A parsed document, and the records that are derived from it.

use std::collections::HashSet;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::by_passage::{ByPassage, note_id};
use super::{
    CitationRecord, CitedAt, DocumentRecord, FootnoteRecord, PartRecord, PassageRecord, SectionRecord, Unsure,
};
use crate::citation::{Citation, Relation, move_cited_fields};
use crate::corpus::{Facsimile, Format, Origin};
use crate::document::{Document, Footnote, Passage, Section, SectionAddresses, province};
use crate::reading::Reading;
use crate::stop::checkpoint;
use crate::symbol::{Kind, Symbol};
use crate::text::{Encoding, Form, Lines, Mapped, SourceLetters, Span, Structure, sentence_around};

/// A document with its reading and its citations, from which all records are derived.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Parsed {
    /// The document.
    pub document: Document,
    /// The reading of its text.
    pub reading: Reading,
    /// Its citations, in order.
    pub citations: Vec<Citation>,
    /// The format of its file.
    pub format: Format,
    /// The way from the file to its text.
    pub origin: Origin,
    /// The encoding of the file's letters; `None` if the format has only Unicode.
    pub encoding: Option<Encoding>,
    /// The structure that the format gives the text; empty for plain text.
    pub structure: Structure,
    /// The letters of the file where the text is converted from them.
    pub letters: SourceLetters,
    /// The places of its words on paper; empty for plain text.
    pub facsimile: Facsimile,
}

impl Parsed {
    /// Returns the record of the document.
    #[must_use]
    pub fn document_record(&self) -> DocumentRecord {
        let (document, metadata) = (&self.document, &self.document.metadata);
        DocumentRecord {
            document: document.id.clone(),
            path: document.path.clone(),
            format: self.format,
            origin: self.origin,
            encoding: self.encoding,
            title: metadata.title.clone(),
            kind: metadata.kind.clone(),
            number: metadata.number.clone(),
            own_symbol: metadata.number.as_deref().and_then(own_symbol),
            issuer: metadata.issuer.clone(),
            superior: metadata.superior.clone(),
            province: metadata.province.clone(),
            former_provinces: metadata.former_provinces.clone(),
            terms: metadata.terms.clone(),
            place: metadata.place.clone(),
            signed_at: metadata.place.clone(),
            date: metadata.date.map(|date| date.to_string()),
            draft: metadata.draft,
            quality: metadata.quality,
            pages: document.pages.len(),
            language_marks: metadata.language_marks,
            parts: self.part_records(),
        }
    }

    /// Returns the records of the attached documents, in order.
    fn part_records(&self) -> Vec<PartRecord> {
        let parts = &self.document.parts;
        if parts.is_empty() {
            return Vec::new();
        }
        let lines = Lines::of(&self.document.text);
        let records = parts.iter().enumerate().map(|(index, part)| {
            let content = part.span.slice(&self.document.text).trim_end();
            PartRecord {
                part: index + 1,
                title: part.title.clone(),
                kind: part.kind.clone(),
                number: part.number.clone(),
                issuer: part.issuer.clone(),
                date: part.date.map(|date| date.to_string()),
                lines: lines.range_of(Span::new(part.span.start, part.span.start + content.len())),
                page: part.page,
            }
        });
        records.collect()
    }

    /// Returns the records of the sections, in order.
    pub fn section_records(&self) -> impl Iterator<Item = SectionRecord> {
        let lines = Lines::of(&self.document.text);
        let addresses = SectionAddresses::of(&self.document.sections);
        (0..self.document.sections.len()).map(move |index| self.section_record(index, &lines, &addresses))
    }

    /// Returns the records of the passages, in order.
    pub fn passage_records(&self) -> impl Iterator<Item = PassageRecord> {
        self.passage_records_in(0..self.document.passages.len())
    }

    /// Returns the records of the passages with these indices, in order.
    pub(crate) fn passage_records_in(&self, indices: Range<usize>) -> impl Iterator<Item = PassageRecord> {
        let lines = Lines::of(&self.document.text);
        let by_passage = ByPassage::of(&self.document, &self.citations);
        indices.map(move |index| self.passage_record(index, &lines, &by_passage))
    }

    /// Returns true if a passage has words that a machine read from a scan.
    pub(crate) fn is_reread(&self) -> bool {
        let mut passages = self.document.passages.iter();
        passages.any(|passage| self.is_damaged(&passage.fragments))
    }

    /// Returns the records of the notes, in the order of their numbers.
    pub fn footnote_records(&self) -> impl Iterator<Item = FootnoteRecord> {
        let lines = Lines::of(&self.document.text);
        let ids = ByPassage::of(&self.document, &self.citations)
            .note_ids
            .into_iter()
            .enumerate();
        ids.map(move |(index, id)| self.footnote_record(index, id, &lines))
    }

    /// Returns the records of the citations, in order.
    pub fn citation_records(&self) -> impl Iterator<Item = CitationRecord> {
        let lines = Lines::of(&self.document.text);
        let by_passage = ByPassage::of(&self.document, &self.citations);
        // A passage with several citations is read once.
        let mut read = (usize::MAX, Mapped::default(), Vec::new());
        self.citations.iter().map(move |citation| {
            if read.0 != citation.passage {
                let shown = self.display_text(citation.passage);
                let unsure = self.unsure(&self.document.passages[citation.passage].fragments, &shown);
                read = (citation.passage, shown, unsure);
            }
            self.citation_record(citation, (&read.1, &read.2), &lines, &by_passage)
        })
    }

    /// Returns the citations with the sections around them, in order.
    pub fn cited_places(&self) -> impl Iterator<Item = CitedAt> {
        let section = |citation: &Citation| self.document.passages[citation.passage].section;
        self.citations
            .iter()
            .zip(self.citation_records())
            .map(move |(place, citation)| CitedAt {
                citation,
                order: place.passage,
                section_path: self.section_path(&self.section_chain(section(place))),
            })
    }

    /// Returns the id of the passage with this index: `DOCUMENT:LINE`.
    #[must_use]
    pub fn passage_id(&self, index: usize) -> String {
        let address = self
            .document
            .passages
            .get(index)
            .map_or("", |passage| passage.address.as_str());
        format!("{}:{address}", self.document.id)
    }

    /// Returns the id of the section with this index: `DOCUMENT§1.2.3`.
    #[must_use]
    pub fn section_id(&self, index: usize) -> String {
        let path = self
            .document
            .sections
            .get(index)
            .map_or(&[][..], |section| section.path.as_slice());
        let path: Vec<String> = path.iter().map(ToString::to_string).collect();
        format!("{}§{}", self.document.id, path.join("."))
    }

    /// Returns the id of the note with this index: `DOCUMENT^NUMBER`. If each page numbers its own notes, later notes
    /// of the same number have the ids `DOCUMENT^NUMBER.2` and so on.
    #[must_use]
    pub fn footnote_id(&self, index: usize) -> String {
        let notes = &self.document.footnotes;
        let number = notes[index].number;
        note_id(
            &self.document.id,
            number,
            notes[..index].iter().filter(|note| note.number == number).count(),
        )
    }

    /// Returns the text to show for a passage, with its map to the source: the repaired reading if the passage is
    /// damaged, else the source. A paragraph of a note is shown without its mark.
    pub(crate) fn display_text(&self, passage: usize) -> Mapped {
        let Some(passage) = self.document.passages.get(passage) else {
            return Mapped::default();
        };
        let source = &self.document.text;
        let numbers = if passage.footnote.is_some() {
            passage.marks.iter().map(|&mark| (mark, String::new())).collect()
        } else {
            self.note_numbers(passage)
        };
        let marks: Vec<(Span, &str)> = numbers.iter().map(|(mark, number)| (*mark, number.as_str())).collect();
        if self.is_damaged(&passage.fragments) {
            self.reading.view_with(source, &passage.fragments, &marks, Form::Source)
        } else {
            Reading::default().view_with(source, &passage.fragments, &marks, Form::Source)
        }
    }

    /// Returns the texts of `fragments`. The source leaves out the bytes of `without`; the repaired reading replaces
    /// each of the `marks` with its text.
    fn texts(&self, fragments: &[Span], without: &[Span], marks: &[(Span, &str)]) -> Texts {
        let source = &self.document.text;
        let text = if without.is_empty() {
            Mapped::join(source, fragments, Form::Source)
        } else {
            Reading::default().view(source, fragments, without, Form::Source)
        };
        let repaired = self
            .is_damaged(fragments)
            .then(|| self.reading.view_with(source, fragments, marks, Form::Source));
        Texts {
            unsure: self.unsure(fragments, repaired.as_ref().unwrap_or(&text)),
            letters: self.letters_text(&text, fragments),
            repaired: repaired.map(|view| view.text().to_owned()),
            text: text.text().to_owned(),
        }
    }

    /// Returns the letters of the file in `view`, which joins the lines of `fragments`: at the bytes of the view.
    pub(crate) fn letters_in(&self, view: &Mapped, fragments: &[Span]) -> SourceLetters {
        let mut letters = SourceLetters::default();
        for (span, encoding, written) in fragments.iter().flat_map(|&fragment| self.letters.pieces_in(fragment)) {
            letters.push_piece(view.view_span(span), encoding, written);
        }
        letters
    }

    /// Returns the text of `view`, which joins the lines of `fragments`, in the letters of the file; `None` if none of
    /// it was converted.
    fn letters_text(&self, view: &Mapped, fragments: &[Span]) -> Option<String> {
        let letters = self.letters_in(view, fragments);
        (!letters.is_empty()).then(|| letters.slice(view.text(), Span::new(0, view.text().len())))
    }

    /// Returns true if any word of `fragments` is repaired.
    fn is_damaged(&self, fragments: &[Span]) -> bool {
        let mut repairs = fragments.iter().flat_map(|&fragment| self.reading.within(fragment));
        repairs.any(|repair| repair.changes(&self.document.text))
    }

    /// Returns the unsure words of `fragments`; `view` is the text that is shown of them.
    fn unsure(&self, fragments: &[Span], view: &Mapped) -> Vec<Unsure> {
        let repairs = fragments.iter().flat_map(|&fragment| self.reading.within(fragment));
        repairs
            .filter(|repair| repair.is_unsure())
            .map(|repair| {
                let at = view.view_span(repair.span);
                Unsure {
                    text: at.slice(view.text()).to_owned(),
                    at: [at.start, at.end],
                    span: [repair.span.start, repair.span.end],
                    alternatives: repair.alternatives.clone(),
                }
            })
            .filter(|unsure| !unsure.text.is_empty())
            .collect()
    }

    /// Returns the note marks of `passage`, each with the number of its note in brackets; none if the passage is not
    /// damaged.
    fn note_numbers(&self, passage: &Passage) -> Vec<(Span, String)> {
        if !self.is_damaged(&passage.fragments) {
            return Vec::new();
        }
        let number = |mark: Span| {
            let is_its = |note: &&Footnote| note.mark == mark || note.anchor.as_ref().is_some_and(|a| a.mark == mark);
            let note = self.document.footnotes.iter().find(is_its);
            note.map_or_else(String::new, |note| format!("[{}]", note.number))
        };
        passage.marks.iter().map(|&mark| (mark, number(mark))).collect()
    }

    /// Returns the record of the section with this index; `lines` are those of the text of the document, `addresses` those
    /// of its sections.
    fn section_record(&self, index: usize, lines: &Lines, addresses: &SectionAddresses) -> SectionRecord {
        checkpoint();
        let section = &self.document.sections[index];
        let heading = section.heading.and_then(|heading| self.document.passages.get(heading));
        let heading_lines = heading.map_or_else(
            || {
                let first = lines.number_at(section.span.start);
                [first, first]
            },
            |heading| content_lines(&self.document.text, heading, lines),
        );
        SectionRecord {
            document: self.document.id.clone(),
            section: self.section_id(index),
            address: addresses.printed(index).to_owned(),
            parent: section.parent.map(|parent| self.section_id(parent)),
            part: self.document.part_at(section.span.start),
            level: section.level(),
            label: section.label.clone(),
            title: section.title.clone(),
            kind: section.kind,
            term: section.term.clone(),
            page: section.page,
            lines: heading_lines,
        }
    }

    /// Returns the record of the passage with this index; `lines` are those of the text of the document.
    fn passage_record(&self, index: usize, lines: &Lines, by_passage: &ByPassage) -> PassageRecord {
        checkpoint();
        let passage = &self.document.passages[index];
        let numbers = self.note_numbers(passage);
        let marks: Vec<(Span, &str)> = numbers.iter().map(|(mark, number)| (*mark, number.as_str())).collect();
        let texts = self.texts(&passage.fragments, &[], &marks);
        let Texts {
            text,
            letters,
            repaired,
            unsure,
        } = texts;
        let chain = self.section_chain(passage.section);
        let innermost = chain.last().map(|&section| &self.document.sections[section]);
        // The repaired reading may name a province that the source misspells.
        let mut provinces: Vec<String> = self.document.metadata.province.iter().cloned().collect();
        for named in province::provinces_named(repaired.as_deref().unwrap_or(&text)) {
            if !provinces.contains(&named) {
                provinces.push(named);
            }
        }
        let mut citations: Vec<String> = Vec::new();
        let mut known: HashSet<&str> = HashSet::new();
        let mut relations: Vec<Relation> = Vec::new();
        let mut cited_kinds: Vec<Kind> = Vec::new();
        for &citation in &by_passage.citations[index] {
            // A law that is cited by name is looked for by its symbol too.
            let citation = &self.citations[citation];
            relations.extend(citation.relation.filter(|relation| !relations.contains(relation)));
            let kind = Some(citation.kind).filter(|_| !citation.is_own_document());
            cited_kinds.extend(kind.filter(|kind| !cited_kinds.contains(kind)));
            for key in [citation.counted_as(), citation.key()] {
                if !key.is_empty() && known.insert(key) {
                    citations.push(key.to_owned());
                }
            }
        }
        PassageRecord {
            document: self.document.id.clone(),
            passage: self.passage_id(index),
            place: passage.place,
            section: passage.section.map(|section| self.section_id(section)),
            section_kind: innermost.map(|section| section.kind),
            section_path: self.section_path(&chain),
            section_kinds: chain
                .iter()
                .map(|&section| self.document.sections[section].kind)
                .collect(),
            part: self.document.part_at(passage.extent().start),
            page: passage.page,
            lines: content_lines(&self.document.text, passage, lines),
            term: innermost.and_then(|section| section.term.clone()),
            provinces,
            text,
            letters,
            repaired,
            unsure,
            citations,
            relations,
            cited_kinds,
            footnotes: by_passage.calls[index]
                .iter()
                .map(|&note| by_passage.note_ids[note].clone())
                .collect(),
            spans: passage.fragments.iter().map(|span| [span.start, span.end]).collect(),
            boxes: self.facsimile.boxes(&self.document.text, &passage.fragments),
            ocr_confidence: self.facsimile.confidence(&passage.fragments).map(thousandths),
        }
    }

    /// Returns the record of the note with this index; `lines` are those of the text of the document.
    fn footnote_record(&self, index: usize, id: String, lines: &Lines) -> FootnoteRecord {
        checkpoint();
        let note = &self.document.footnotes[index];
        let passages: Vec<&Passage> = note
            .passages
            .iter()
            .filter_map(|&passage| self.document.passages.get(passage))
            .collect();
        let fragments: Vec<Span> = passages
            .iter()
            .flat_map(|passage| passage.fragments.iter().copied())
            .collect();
        let without: Vec<Span> = passages
            .iter()
            .flat_map(|passage| passage.marks.iter().copied())
            .collect();
        // The mark is a field of its own, so neither text has it.
        let marks: Vec<(Span, &str)> = without.iter().map(|&mark| (mark, "")).collect();
        let Texts {
            text,
            letters,
            repaired,
            unsure,
        } = self.texts(&fragments, &without, &marks);
        let lines_of = |passage: Option<&&Passage>| {
            passage.map_or([1, 1], |passage| content_lines(&self.document.text, passage, lines))
        };
        let anchor = note.anchor.as_ref();
        FootnoteRecord {
            document: self.document.id.clone(),
            footnote: id,
            number: note.number,
            mark: note.mark.slice(&self.document.text).trim_end().to_owned(),
            page: note.page,
            lines: [lines_of(passages.first())[0], lines_of(passages.last())[1]],
            anchor_line: anchor.map(|anchor| lines.number_at(anchor.word.start)),
            anchor_text: anchor.map(|anchor| anchor.word.slice(&self.document.text).to_owned()),
            anchor_passage: anchor.map(|anchor| self.passage_id(anchor.passage)),
            text,
            letters,
            repaired,
            unsure,
            passages: note.passages.iter().map(|&passage| self.passage_id(passage)).collect(),
            boxes: self.facsimile.boxes(&self.document.text, &fragments),
        }
    }

    /// Returns the record of a citation; `shown` is the text to show for its passage, `unsure_shown` the unsure words of
    /// that, and `lines` are those of the text of the document.
    fn citation_record(
        &self,
        citation: &Citation,
        (shown, unsure_shown): (&Mapped, &[Unsure]),
        lines: &Lines,
        by_passage: &ByPassage,
    ) -> CitationRecord {
        checkpoint();
        let passage = &self.document.passages[citation.passage];
        let section = passage.section.map(|section| &self.document.sections[section]);
        // A passage may go on to the next page, and the citation be there.
        let pages = &self.document.pages;
        let page = pages
            .partition_point(|page| page.span.start <= citation.start)
            .checked_sub(1);
        let page = page.map(|page| &pages[page]);
        // A passage may have as many marks and unsure words as citations: each looks only at its own.
        let first = passage.marks.partition_point(|mark| mark.end <= citation.span.start);
        let marks = passage.marks[first..].iter();
        let marks = marks.take_while(|mark| mark.start < citation.span.end);
        let marks: Vec<(Span, &str)> = marks.map(|&mark| (mark, "")).collect();
        let Texts {
            letters,
            repaired,
            unsure,
            ..
        } = self.texts(&[citation.span], &[], &marks);
        let at = shown.view_span(citation.span);
        let sentence = sentence_around(shown.text(), at);
        let first_unsure = unsure_shown.partition_point(|word| word.at[0] < sentence.start);
        let in_sentence = |word: &Unsure| {
            let [start, end] = word.at;
            (sentence.start <= start && end <= sentence.end).then(|| Unsure {
                at: word.at.map(|at| at - sentence.start),
                ..word.clone()
            })
        };
        let citation = citation.clone();
        move_cited_fields!(citation => CitationRecord {
            document: self.document.id.clone(),
            passage: self.passage_id(citation.passage),
            place: passage.place,
            footnote: passage
                .footnote
                .and_then(|_| by_passage.notes[citation.passage])
                .map(|note| by_passage.note_ids[note].clone()),
            section: passage.section.map(|section| self.section_id(section)),
            section_kind: section.map(|section| section.kind),
            page: page.map_or(passage.page, |page| page.number),
            lines: lines.range_of(Span::new(citation.start, citation.span.end)),
            span: [citation.span.start, citation.span.end],
            raw: citation.span.slice(&self.document.text).to_owned(),
            letters,
            repaired,
            unsure,
            sentence: sentence.slice(shown.text()).to_owned(),
            sentence_at: [at.start - sentence.start, at.end - sentence.start],
            sentence_repaired: self.is_damaged(&[shown.source_span(sentence)]),
            sentence_unsure: unsure_shown[first_unsure..]
                .iter()
                .take_while(|word| word.at[0] < sentence.end)
                .filter_map(in_sentence)
                .collect(),
            term: section.and_then(|section| section.term.clone()),
            boxes: self.facsimile.boxes(&self.document.text, &[citation.span]),
        })
    }

    /// Returns the labels and titles of the sections of a chain.
    fn section_path(&self, chain: &[usize]) -> Vec<String> {
        let headings = chain
            .iter()
            .map(|&section| heading_of(&self.document.sections[section]));
        headings.collect()
    }

    /// Returns the indices of `section` and the sections around it, outermost first.
    fn section_chain(&self, section: Option<usize>) -> Vec<usize> {
        let mut chain: Vec<usize> = std::iter::successors(section, |&at| self.document.sections[at].parent).collect();
        chain.reverse();
        chain
    }
}

/// The texts of a stretch of a document.
#[derive(Default)]
struct Texts {
    /// The source, lines joined.
    text: String,
    /// The same in the letters of the file, if any of it was converted.
    letters: Option<String>,
    /// The repaired reading if the source is damaged.
    repaired: Option<String>,
    /// The unsure words of the repaired reading, or of the source if there is none.
    unsure: Vec<Unsure>,
}

/// Returns the canonical writing of the number of a document; `None` if it is not filled in.
fn own_symbol(number: &str) -> Option<String> {
    number.parse::<Symbol>().ok().map(|symbol| symbol.to_string())
}

/// Rounds a share of 1 to three digits, as in records; the confidence of an OCR is no more precise.
fn thousandths(share: f32) -> f64 {
    (f64::from(share) * 1000.0).round() / 1000.0
}

/// Returns the label and title of a section as one line.
fn heading_of(section: &Section) -> String {
    match (section.label.as_str(), section.title.as_str()) {
        ("", "") => section.kind.label().to_owned(),
        ("", title) => title.to_owned(),
        (label, "") => label.to_owned(),
        (label, title) => format!("{label} {title}"),
    }
}

/// Returns the first and last line of `passage` with text.
fn content_lines(text: &str, passage: &Passage, lines: &Lines) -> [usize; 2] {
    let extent = passage.extent();
    let first = passage.fragments.first().map_or("", |span| span.slice(text));
    let last = passage.fragments.last().map_or("", |span| span.slice(text));
    let start = extent.start + (first.len() - first.trim_start().len());
    let end = extent.end - (last.len() - last.trim_end().len());
    lines.range_of(Span::new(start, end.max(start)))
}
