//! The tool `show`: what an address refers to, a passage, a note, a section, a page, or the outline of a document.

use std::fmt::Write as _;

use serde::Serialize;

use super::schema::schema_of;
use super::tool::{Answer, ListPart, PART, Tool, goes_on};
use crate::http::params::{Parameter, Params, Takes};
use crate::http::{Derived, Problem};
use crate::index::Index;
use crate::mcp::quotation::{Quotation, QuotedDocument, warning};
use crate::record::{FootnoteRecord, PassageRecord, SectionRecord};
use crate::search::{self, Target};
use crate::text::clean;

/// The size at which an answer ends, in bytes of quoted text: some eight pages.
const MAX_QUOTED_BYTES: usize = 32 * 1024;

/// The thing to show.
const ID: Parameter = Parameter {
    name: "id",
    about: "An address: a passage (`001:935`, any of its lines), a footnote (`001^6`), a section (`001§II.2.1`, by its \
            printed labels), a page (`001@5`), or a document (`001`) for its outline.",
    takes: Takes::Text("001:973"),
};

/// The tool.
pub(super) const SHOW: Tool = Tool {
    name: "show",
    title: "Show a passage, section, page or outline",
    about: "Show what an address refers to: a passage with the notes that it calls, a footnote with the passage that calls \
            it, all passages of a section or a page, or the outline of a document. Use it to check a quotation and to read \
            around it.",
    known: &[&[ID], &PART],
    required: &["id"],
    output: schema_of::<ShowAnswer>,
    answer,
};

/// The kind of thing that is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
enum Shown {
    Passage,
    Footnote,
    Section,
    Page,
    Document,
}

/// The thing that an address refers to.
#[derive(Serialize, utoipa::ToSchema)]
struct ShowAnswer {
    /// Kind of what is shown.
    kind: Shown,
    /// Its document.
    document: QuotedDocument,
    /// Number of pages of the document.
    pages: usize,
    /// Number of quotations; for a document, of sections.
    total: usize,
    /// The passages and notes of this part, in order; none for a document.
    quotations: Vec<Quotation>,
    /// The section that is shown, or the sections of a document; none for anything else.
    sections: Vec<SectionLine>,
    /// The `offset` of what follows; null at the end.
    next_offset: Option<usize>,
}

/// A section of a document.
#[derive(Serialize, utoipa::ToSchema)]
struct SectionLine {
    /// Address, as `show` takes it: `001§II.2.1`.
    address: String,
    /// Depth, 1 for the outermost.
    level: usize,
    /// Label and title, repaired where they are damaged; of an introduction without them, the kind of its content.
    title: String,
    /// Page that it begins on.
    page: usize,
    /// Lines of its heading.
    lines: [usize; 2],
}

impl SectionLine {
    /// Returns the line of a section.
    fn of(index: &Index, section: &SectionRecord) -> Self {
        Self {
            address: format!("{}§{}", index.short_id(&section.document), section.address),
            level: section.level,
            title: heading_of(section),
            page: section.page,
            lines: section.lines,
        }
    }
}

/// Returns the label and title of a section; of an introduction without either, the kind of its content.
fn heading_of(section: &SectionRecord) -> String {
    let heading = format!("{} {}", section.label, section.title);
    let heading = heading.trim();
    if heading.is_empty() {
        section.kind.label()
    } else {
        heading
    }
    .to_owned()
}

/// The things that an address refers to, before a part of them is taken.
enum ToQuote<'t> {
    Passage(&'t PassageRecord),
    /// A note, and the sections around the passage that calls it.
    Note(&'t FootnoteRecord, &'t [String]),
}

impl ToQuote<'_> {
    /// Returns it as a quotation.
    fn quotation(&self, index: &Index) -> Result<Quotation, Problem> {
        Ok(match self {
            Self::Passage(passage) => Quotation::of(index, passage)?,
            Self::Note(note, section_path) => Quotation::of_note(index, note, section_path)?,
        })
    }
}

/// Answers the tool.
fn answer(index: &Index, _: &Derived, params: &Params) -> Result<Answer, Problem> {
    let (parsed, target) = search::lookup(index, params.required(ID.name)?)?;
    let record = parsed.document_record();
    let part = ListPart::of(params);
    let (kind, to_quote, sections): (Shown, Vec<ToQuote<'_>>, &[SectionRecord]) = match &target {
        Target::Passage(passage, notes) => {
            let notes = notes.iter().map(|note| ToQuote::Note(note, &passage.section_path));
            let all = std::iter::once(ToQuote::Passage(passage)).chain(notes);
            (Shown::Passage, all.collect(), &[])
        }
        Target::Footnote(note, caller) => {
            let path = caller
                .as_ref()
                .map_or(&[][..], |passage| passage.section_path.as_slice());
            let caller = caller.iter().map(|passage| ToQuote::Passage(passage));
            let all = std::iter::once(ToQuote::Note(note, path)).chain(caller);
            (Shown::Footnote, all.collect(), &[])
        }
        Target::Section(section, passages) => (Shown::Section, passages_of(passages), std::slice::from_ref(section)),
        Target::Page(_, passages) => (Shown::Page, passages_of(passages), &[]),
        Target::Document(sections, _) => (Shown::Document, Vec::new(), sections),
    };
    let is_outline = kind == Shown::Document;
    let total = if is_outline { sections.len() } else { to_quote.len() };
    let quotations = some_of(index, &to_quote, part)?;
    let lines = sections.iter().map(|section| SectionLine::of(index, section));
    let sections: Vec<SectionLine> = if is_outline {
        part.take(lines.collect())
    } else {
        lines.collect()
    };
    let shown = if is_outline { sections.len() } else { quotations.len() };
    let answer = ShowAnswer {
        kind,
        document: QuotedDocument::of(index, &record),
        pages: record.pages,
        total,
        quotations,
        sections,
        next_offset: part.next(shown, total),
    };
    Answer::of(text(&answer), &answer)
}

/// Returns passages as things to quote.
fn passages_of(passages: &[PassageRecord]) -> Vec<ToQuote<'_>> {
    passages.iter().map(ToQuote::Passage).collect()
}

/// Returns the quotations of a part, at least one if there is one, until they are long enough.
fn some_of(index: &Index, all: &[ToQuote<'_>], part: ListPart) -> Result<Vec<Quotation>, Problem> {
    let mut quotations = Vec::new();
    let mut bytes = 0;
    for one in all.iter().skip(part.offset).take(part.limit) {
        if bytes >= MAX_QUOTED_BYTES {
            break;
        }
        let quotation = one.quotation(index)?;
        bytes += quotation.bytes();
        quotations.push(quotation);
    }
    Ok(quotations)
}

/// Returns the answer in words.
fn text(answer: &ShowAnswer) -> String {
    let mut text = format!("{}\n", answer.document.line());
    if answer.kind == Shown::Document {
        let _ = writeln!(text, "Pages: {}; sections: {}.", answer.pages, answer.total);
        if answer.document.is_machine_reading() {
            text.push_str("The document is a scan: all of its words here are a MACHINE READING, also its title.\n");
        }
    }
    for section in &answer.sections {
        let indent = "  ".repeat(section.level.saturating_sub(1).min(8));
        let (address, title) = (clean(&section.address), clean(&section.title));
        let _ = writeln!(text, "{indent}[{address}] {title} (page {})", section.page);
    }
    let machine = answer
        .quotations
        .iter()
        .filter(|quotation| quotation.is_machine_reading())
        .count();
    text.push_str(&warning(machine, answer.quotations.len()));
    for quotation in &answer.quotations {
        text.push('\n');
        quotation.write_in_document(&mut text);
    }
    text.push_str(&goes_on(answer.next_offset, answer.total));
    text
}
