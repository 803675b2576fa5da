//! A parsed document, and how records are derived from it.

use serde::{Deserialize, Serialize};

use super::{CitationRecord, CitedAt, DocumentRecord, FootnoteRecord, PassageRecord, SectionRecord, Unsure};
use crate::citation::Citation;
use crate::corpus::{Facsimile, Format};
use crate::document::{Document, Footnote, Passage, Section, SectionKind, province};
use crate::reading::Reading;
use crate::text::{Form, Lines, Mapped, Span};

/// A document with its reading and its citations: all that records are made from.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Parsed {
    /// The document.
    pub document: Document,
    /// The reading of its text.
    pub reading: Reading,
    /// What it cites, in order.
    pub citations: Vec<Citation>,
    /// What its file is.
    pub format: Format,
    /// Where its words stand on paper; empty for plain text.
    pub facsimile: Facsimile,
}

impl Parsed {
    /// The document as a record.
    #[must_use]
    pub fn document_record(&self) -> DocumentRecord {
        let (document, metadata) = (&self.document, &self.document.metadata);
        DocumentRecord {
            document: document.id.clone(),
            path: document.path.clone(),
            format: self.format,
            title: metadata.title.clone(),
            kind: metadata.kind.clone(),
            number: metadata.number.clone(),
            issuer: metadata.issuer.clone(),
            superior: metadata.superior.clone(),
            province: metadata.province.clone(),
            former_provinces: metadata.former_provinces.clone(),
            terms: metadata.terms.clone(),
            place: metadata.place.clone(),
            date: metadata.date.map(|date| date.to_string()),
            draft: metadata.draft,
            quality: metadata.quality,
            pages: document.pages.len(),
            language_marks: metadata.language_marks,
        }
    }

    /// The sections as records, in order.
    pub fn section_records(&self) -> impl Iterator<Item = SectionRecord> {
        let lines = Lines::of(&self.document.text);
        self.document
            .sections
            .iter()
            .map(move |section| self.section_record(section, &lines))
    }

    /// The passages as records, in order.
    pub fn passage_records(&self) -> impl Iterator<Item = PassageRecord> {
        let lines = Lines::of(&self.document.text);
        let ties = Ties::of(self);
        (0..self.document.passages.len()).map(move |index| self.passage_record(index, &lines, &ties))
    }

    /// The notes as records, in order of their numbers.
    pub fn footnote_records(&self) -> impl Iterator<Item = FootnoteRecord> {
        let lines = Lines::of(&self.document.text);
        (0..self.document.footnotes.len()).map(move |index| self.footnote_record(index, &lines))
    }

    /// The citations as records, in order.
    pub fn citation_records(&self) -> impl Iterator<Item = CitationRecord> {
        let lines = Lines::of(&self.document.text);
        self.citations
            .iter()
            .map(move |citation| self.citation_record(citation, &lines))
    }

    /// The citations with the sections around them, in order.
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

    /// Id of the passage with this index.
    #[must_use]
    pub fn passage_id(&self, index: usize) -> String {
        let address = self
            .document
            .passages
            .get(index)
            .map_or("", |passage| passage.address.as_str());
        format!("{}:{address}", self.document.id)
    }

    /// Id of the section with this index.
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

    /// The id of note `index`: `DOCUMENT^NUMBER`, and `DOCUMENT^NUMBER.2` … for further notes of that number
    /// where each page numbers its own.
    #[must_use]
    pub fn footnote_id(&self, index: usize) -> String {
        let notes = &self.document.footnotes;
        let number = notes[index].number;
        match notes[..index].iter().filter(|note| note.number == number).count() {
            0 => format!("{}^{number}", self.document.id),
            before => format!("{}^{number}.{}", self.document.id, before + 1),
        }
    }

    /// What is shown of a passage, with its map to the source: the repaired reading where it is damaged, else the
    /// source; of a paragraph of a note without its mark.
    pub(crate) fn shown(&self, passage: usize) -> Mapped {
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

    /// Index of the note that passage `passage` is a paragraph of.
    fn note_of(&self, passage: usize) -> Option<usize> {
        let mut notes = self.document.footnotes.iter();
        notes.position(|note| note.passages.contains(&passage))
    }

    /// The source of `fragments`, lines joined, without the bytes of `without`; and where it is damaged its repaired
    /// reading, in which each of the `marks` has become its text.
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
            repaired: repaired.map(|view| view.text().to_owned()),
            text: text.text().to_owned(),
        }
    }

    /// Is any word of `fragments` read anew?
    fn is_damaged(&self, fragments: &[Span]) -> bool {
        let mut repairs = fragments.iter().flat_map(|&fragment| self.reading.within(fragment));
        repairs.any(|repair| repair.changes(&self.document.text))
    }

    /// The unsure words of `fragments` in a `view` of their reading.
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

    /// The marks of `passage` where it is damaged, each with the number of its note in brackets.
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

    fn section_record(&self, section: &Section, lines: &Lines) -> SectionRecord {
        let index = self
            .document
            .sections
            .iter()
            .position(|other| std::ptr::eq(other, section))
            .unwrap_or(0);
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
            parent: section.parent.map(|parent| self.section_id(parent)),
            level: section.level(),
            label: section.label.clone(),
            title: section.title.clone(),
            kind: section.kind,
            term: section.term.clone(),
            page: section.page,
            lines: heading_lines,
        }
    }

    /// The passage with this index as a record; `lines` are those of the document's text.
    fn passage_record(&self, index: usize, lines: &Lines, ties: &Ties) -> PassageRecord {
        let passage = &self.document.passages[index];
        let numbers = self.note_numbers(passage);
        let marks: Vec<(Span, &str)> = numbers.iter().map(|(mark, number)| (*mark, number.as_str())).collect();
        let Texts { text, repaired, unsure } = self.texts(&passage.fragments, &[], &marks);
        let chain = self.section_chain(passage.section);
        let innermost = chain.last().map(|&section| &self.document.sections[section]);
        let mut provinces: Vec<String> = self.document.metadata.province.iter().cloned().collect();
        for named in province::provinces_named(repaired.as_deref().unwrap_or(&text)) {
            if !provinces.contains(&named) {
                provinces.push(named);
            }
        }
        let mut citations: Vec<String> = Vec::new();
        for &citation in &ties.citations[index] {
            let key = self.citations[citation].key();
            if !citations.iter().any(|known| known == key) {
                citations.push(key.to_owned());
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
            page: passage.page,
            lines: content_lines(&self.document.text, passage, lines),
            term: innermost.and_then(|section| section.term.clone()),
            provinces,
            text,
            repaired,
            unsure,
            citations,
            footnotes: ties.calls[index].iter().map(|&note| self.footnote_id(note)).collect(),
            spans: passage.fragments.iter().map(|span| [span.start, span.end]).collect(),
            boxes: self.facsimile.boxes(&self.document.text, &passage.fragments),
            ocr_confidence: self.facsimile.confidence(&passage.fragments).map(thousandths),
        }
    }

    /// The note with this index as a record.
    fn footnote_record(&self, index: usize, lines: &Lines) -> FootnoteRecord {
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
        let marks: Vec<(Span, &str)> = without.iter().map(|&mark| (mark, "")).collect();
        let Texts { text, repaired, unsure } = self.texts(&fragments, &without, &marks);
        let first = passages
            .first()
            .map_or([1, 1], |passage| content_lines(&self.document.text, passage, lines));
        let last = passages
            .last()
            .map_or([1, 1], |passage| content_lines(&self.document.text, passage, lines));
        let anchor = note.anchor.as_ref();
        FootnoteRecord {
            document: self.document.id.clone(),
            footnote: self.footnote_id(index),
            number: note.number,
            mark: note.mark.slice(&self.document.text).to_owned(),
            page: note.page,
            lines: [first[0], last[1]],
            anchor_line: anchor.map(|anchor| lines.number_at(anchor.word.start)),
            anchor_text: anchor.map(|anchor| anchor.word.slice(&self.document.text).to_owned()),
            anchor_passage: anchor.map(|anchor| self.passage_id(anchor.passage)),
            text,
            repaired,
            unsure,
            passages: note.passages.iter().map(|&passage| self.passage_id(passage)).collect(),
            boxes: self.facsimile.boxes(&self.document.text, &fragments),
        }
    }

    /// A citation as a record.
    fn citation_record(&self, citation: &Citation, lines: &Lines) -> CitationRecord {
        let passage = &self.document.passages[citation.passage];
        let section = passage.section.map(|section| &self.document.sections[section]);
        let page = self
            .document
            .pages
            .iter()
            .rev()
            .find(|page| page.span.start <= citation.start);
        let marks: Vec<(Span, &str)> = passage.marks.iter().map(|&mark| (mark, "")).collect();
        let Texts { repaired, unsure, .. } = self.texts(&[citation.span], &[], &marks);
        CitationRecord {
            document: self.document.id.clone(),
            passage: self.passage_id(citation.passage),
            place: passage.place,
            footnote: passage
                .footnote
                .and_then(|_| self.note_of(citation.passage))
                .map(|note| self.footnote_id(note)),
            section: passage.section.map(|section| self.section_id(section)),
            section_kind: section.map(|section| section.kind),
            page: page.map_or(passage.page, |page| page.number),
            lines: lines.range_of(Span::new(citation.start, citation.span.end)),
            span: [citation.span.start, citation.span.end],
            raw: citation.span.slice(&self.document.text).to_owned(),
            repaired,
            unsure,
            kind: citation.kind,
            symbol: citation.symbol.clone(),
            name: citation.name.clone(),
            number: citation.number.clone(),
            issuer: citation.issuer.clone(),
            date: citation.date.map(|date| date.to_string()),
            subject: citation.subject.clone(),
            form: citation.form,
            status: citation.status,
            candidates: citation.candidates.clone(),
            identity: citation.identity.clone(),
            target: citation.target.clone(),
            term: section.and_then(|section| section.term.clone()),
            boxes: self.facsimile.boxes(&self.document.text, &[citation.span]),
        }
    }

    /// Labels and titles of the sections of a chain.
    fn section_path(&self, chain: &[usize]) -> Vec<String> {
        let headings = chain
            .iter()
            .map(|&section| heading_of(&self.document.sections[section]));
        headings.collect()
    }

    /// Indices of the sections around and including `section`, outermost first.
    fn section_chain(&self, section: Option<usize>) -> Vec<usize> {
        let mut chain: Vec<usize> = std::iter::successors(section, |&at| self.document.sections[at].parent).collect();
        chain.reverse();
        chain
    }
}

/// A stretch of a document as it stands and as it reads.
#[derive(Default)]
struct Texts {
    /// The source.
    text: String,
    /// The repaired reading, where the source is damaged.
    repaired: Option<String>,
    /// Its unsure words.
    unsure: Vec<Unsure>,
}

/// What hangs on each passage, looked up once for all of them.
struct Ties {
    /// For each passage the indices of its citations, in order.
    citations: Vec<Vec<usize>>,
    /// For each passage the numbers of the notes that it calls.
    calls: Vec<Vec<usize>>,
}

impl Ties {
    /// Collects them.
    fn of(parsed: &Parsed) -> Self {
        let mut citations = vec![Vec::new(); parsed.document.passages.len()];
        for (index, citation) in parsed.citations.iter().enumerate() {
            citations[citation.passage].push(index);
        }
        let mut calls = vec![Vec::new(); parsed.document.passages.len()];
        for (index, note) in parsed.document.footnotes.iter().enumerate() {
            if let Some(anchor) = &note.anchor {
                calls[anchor.passage].push(index);
            }
        }
        Self { citations, calls }
    }
}

/// A share of 1 as records have it: three digits tell all that an OCR knows.
fn thousandths(share: f32) -> f64 {
    (f64::from(share) * 1000.0).round() / 1000.0
}

/// Label and title of a section as one line.
fn heading_of(section: &Section) -> String {
    match (section.label.as_str(), section.title.as_str()) {
        ("", "") => SectionKind::MoDau.label().to_owned(),
        ("", title) => title.to_owned(),
        (label, "") => label.to_owned(),
        (label, title) => format!("{label} {title}"),
    }
}

/// First and last line of `passage` that hold text.
fn content_lines(text: &str, passage: &Passage, lines: &Lines) -> [usize; 2] {
    let extent = passage.extent();
    let first = passage.fragments.first().map_or("", |span| span.slice(text));
    let last = passage.fragments.last().map_or("", |span| span.slice(text));
    let start = extent.start + (first.len() - first.trim_start().len());
    let end = extent.end - (last.len() - last.trim_end().len());
    lines.range_of(Span::new(start, end.max(start)))
}
