//! The tables of documents and of what is in them: sections, passages, notes, hits.

use super::{Sources, label, linked, section_kind, section_label, text, unsure_words, with_documents};
use crate::record::{DocumentRecord, Facet, FootnoteRecord, PassageRecord, SectionRecord};
use crate::render::table::{Column, Table};
use crate::search::Hit;

/// Returns the table of hits, with the whole text of each passage.
#[must_use]
pub fn hits(hits: &[Hit], sources: &dyn Sources) -> Table {
    with_documents(
        sources,
        hits,
        |hit| [&hit.stored.record.document, &hit.stored.record.passage],
        vec![
            (Column::number("rank"), |hit| hit.rank.to_string()),
            (Column::number("score"), |hit| format!("{:.3}", hit.score)),
            (Column::text("match"), |hit| hit.agreement.name().to_owned()),
            (Column::text("document"), |hit| hit.stored.record.document.clone()),
            (Column::text("passage"), |hit| hit.stored.record.passage.clone()),
            (Column::text("place"), |hit| hit.stored.record.place.name().to_owned()),
            (Column::text("section"), |hit| {
                hit.stored.record.section_path.join(" › ")
            }),
            (Column::number("page"), |hit| hit.stored.record.page.to_string()),
            (Column::number("line"), |hit| hit.stored.record.lines[0].to_string()),
            (Column::text("text"), |hit| hit.stored.record.text.clone()),
            (Column::text("repaired"), |hit| {
                text(hit.stored.record.repaired.as_ref())
            }),
            (Column::text("unsure"), |hit| unsure_words(&hit.stored.record.unsure)),
            (Column::text("place_label"), |hit| {
                label(Facet::Place, hit.stored.record.place.name())
            }),
            (Column::text("section_kind"), |hit| {
                section_kind(hit.stored.record.section_kind)
            }),
            (Column::text("section_label"), |hit| {
                section_label(hit.stored.record.section_kind)
            }),
            (Column::text("term"), |hit| text(hit.stored.record.term.as_ref())),
        ],
    )
}

/// Returns the table of documents with their metadata.
#[must_use]
pub fn documents(records: &[DocumentRecord], sources: &dyn Sources) -> Table {
    linked(
        sources,
        records,
        |record| [&record.document, &record.document],
        vec![
            (Column::text("document"), |record| record.document.clone()),
            (Column::text("type"), |record| text(record.kind.as_ref())),
            (Column::text("title"), |record| text(record.title.as_ref())),
            (Column::text("number"), |record| text(record.number.as_ref())),
            (Column::text("issuer"), |record| text(record.issuer.as_ref())),
            (Column::text("province"), |record| text(record.province.as_ref())),
            (Column::text("terms"), |record| record.terms.join(" ")),
            (Column::date("date"), |record| text(record.date.as_ref())),
            (Column::text("quality"), |record| record.quality.name().to_owned()),
            (Column::number("pages"), |record| record.pages.to_string()),
            (Column::text("quality_label"), |record| {
                label(Facet::Quality, record.quality.name())
            }),
            (Column::text("own_symbol"), |record| text(record.own_symbol.as_ref())),
            (Column::text("superior"), |record| text(record.superior.as_ref())),
            (Column::text("former_provinces"), |record| {
                record.former_provinces.join("|")
            }),
            (Column::text("signed_at"), |record| text(record.signed_at.as_ref())),
            (Column::text("draft"), |record| yes_or_no(record.draft)),
            (Column::text("format"), |record| record.format.name().to_owned()),
            (Column::text("origin"), |record| record.origin.name().to_owned()),
            (Column::text("path"), |record| record.path.clone()),
        ],
    )
}

/// Returns the table of sections.
#[must_use]
pub fn sections(sections: &[SectionRecord], sources: &dyn Sources) -> Table {
    with_documents(
        sources,
        sections,
        |section| [&section.document, &section.section],
        vec![
            (Column::text("section"), |section| section.section.clone()),
            (Column::number("level"), |section| section.level.to_string()),
            (Column::text("label"), |section| section.label.clone()),
            (Column::text("title"), |section| section.title.clone()),
            (Column::text("kind"), |section| section.kind.name().to_owned()),
            (Column::text("term"), |section| text(section.term.as_ref())),
            (Column::number("page"), |section| section.page.to_string()),
            (Column::number("line"), |section| section.lines[0].to_string()),
            (Column::text("kind_label"), |section| section_label(Some(section.kind))),
            (Column::text("document"), |section| section.document.clone()),
        ],
    )
}

/// Returns the table of passages, with their whole text.
#[must_use]
pub fn passages(passages: &[PassageRecord], sources: &dyn Sources) -> Table {
    with_documents(
        sources,
        passages,
        |passage| [&passage.document, &passage.passage],
        vec![
            (Column::text("document"), |passage| passage.document.clone()),
            (Column::text("passage"), |passage| passage.passage.clone()),
            (Column::text("place"), |passage| passage.place.name().to_owned()),
            (Column::text("place_label"), |passage| {
                label(Facet::Place, passage.place.name())
            }),
            (Column::text("section"), |passage| passage.section_path.join(" › ")),
            (Column::text("section_kind"), |passage| {
                section_kind(passage.section_kind)
            }),
            (Column::text("section_label"), |passage| {
                section_label(passage.section_kind)
            }),
            (Column::number("page"), |passage| passage.page.to_string()),
            (Column::number("line"), |passage| passage.lines[0].to_string()),
            (Column::text("term"), |passage| text(passage.term.as_ref())),
            (Column::text("provinces"), |passage| passage.provinces.join("|")),
            (Column::text("text"), |passage| passage.text.clone()),
            (Column::text("repaired"), |passage| text(passage.repaired.as_ref())),
            (Column::text("unsure"), |passage| unsure_words(&passage.unsure)),
            (Column::text("citations"), |passage| passage.citations.join("|")),
            (Column::text("footnotes"), |passage| passage.footnotes.join("|")),
        ],
    )
}

/// Returns the table of notes, with their whole text.
#[must_use]
pub fn footnotes(notes: &[FootnoteRecord], sources: &dyn Sources) -> Table {
    with_documents(
        sources,
        notes,
        |note| [&note.document, &note.footnote],
        vec![
            (Column::text("document"), |note| note.document.clone()),
            (Column::text("footnote"), |note| note.footnote.clone()),
            (Column::number("number"), |note| note.number.to_string()),
            (Column::text("mark"), |note| note.mark.clone()),
            (Column::number("page"), |note| note.page.to_string()),
            (Column::number("line"), |note| note.lines[0].to_string()),
            (Column::text("anchor_passage"), |note| {
                text(note.anchor_passage.as_ref())
            }),
            (Column::number("anchor_line"), |note| {
                note.anchor_line.map_or_else(String::new, |line| line.to_string())
            }),
            (Column::text("anchor_text"), |note| text(note.anchor_text.as_ref())),
            (Column::text("text"), |note| note.text.clone()),
            (Column::text("repaired"), |note| text(note.repaired.as_ref())),
            (Column::text("unsure"), |note| unsure_words(&note.unsure)),
        ],
    )
}

/// Returns the cell of a property that a document has or has not.
fn yes_or_no(yes: bool) -> String {
    if yes { "yes" } else { "no" }.to_owned()
}
