//! The tables of citations: the cited documents, the places, the register, the proof of a draft.

use std::ops::Deref;

use super::{Sources, day, label, section_kind, section_label, text, unsure_words, with_documents};
use crate::concordance::CitedDocument;
use crate::proof::{Finding, Proof, ProofLine};
use crate::record::{CitationRecord, Facet, document_name};
use crate::register::RegisterEntry;
use crate::render::table::{CellOf, Column, Table};
use crate::render::terminal::TextStyle;

/// A cited document, with what is known of the documents that cite it.
struct CitedRow<'r> {
    counted: &'r CitedDocument,
    sources: &'r dyn Sources,
}

impl Deref for CitedRow<'_> {
    type Target = CitedDocument;

    fn deref(&self) -> &CitedDocument {
        self.counted
    }
}

/// Returns the table of cited documents, a row for each.
#[must_use]
pub fn citations(rows: &[&CitedDocument], sources: &dyn Sources) -> Table {
    let rows: Vec<CitedRow<'_>> = rows.iter().map(|counted| CitedRow { counted, sources }).collect();
    Table::of(
        &rows,
        vec![
            (Column::text("cited").style(TextStyle::Address).elastic(), |row| {
                row.cited.clone()
            }),
            (Column::text("kind").detail(), |row| row.kind.name().to_owned()),
            (Column::number("count").style(TextStyle::Count), |row| {
                row.count.to_string()
            }),
            (Column::number("documents"), |row| row.documents.len().to_string()),
            (Column::number("footnotes"), |row| row.in_footnotes.to_string()),
            (Column::id("in").elastic().detail(), |row| row.documents.join(" ")),
            (Column::text("terms").detail(), |row| row.terms.join(" ")),
            (Column::text("sections").elastic().detail(), |row| {
                let kinds: Vec<&str> = row.sections.iter().map(|kind| kind.name()).collect();
                kinds.join(" ")
            }),
            (Column::date("dates"), |row| row.dates.join(" ")),
            (Column::text("subject").elastic(), |row| text(row.subjects.first())),
            (Column::text("kind_label").file_only(), |row| {
                row.kind.label().to_owned()
            }),
            (Column::text("section_labels").file_only(), |row| {
                let labels: Vec<String> = row.sections.iter().map(|kind| section_label(Some(*kind))).collect();
                labels.join("; ")
            }),
            (Column::text("issuer").file_only(), |row| text(row.issuers.first())),
            (Column::text("document_titles").file_only(), |row| {
                let ids = row.documents.iter();
                let named = ids.filter_map(|id| row.sources.document(id).map(document_name));
                named.collect::<Vec<_>>().join("; ")
            }),
        ],
    )
}

/// Returns the table of citations, a row for each place that cites.
#[must_use]
pub fn places(records: &[CitationRecord], sources: &dyn Sources) -> Table {
    with_documents(
        sources,
        records,
        |record| [&record.document, &record.passage],
        vec![
            (Column::text("document"), |record| record.document.clone()),
            (Column::text("passage"), |record| record.passage.clone()),
            (Column::text("place"), |record| record.place.name().to_owned()),
            (Column::number("page"), |record| record.page.to_string()),
            (Column::number("line"), |record| record.lines[0].to_string()),
            (Column::text("symbol"), |record| text(record.symbol.as_ref())),
            (Column::text("name"), |record| text(record.name.as_ref())),
            (Column::text("kind"), |record| record.kind.name().to_owned()),
            (Column::date("date"), |record| text(record.date.as_ref())),
            (Column::text("issuer"), |record| text(record.issuer.as_ref())),
            (Column::text("subject"), |record| text(record.subject.as_ref())),
            (Column::text("status"), |record| record.status.name().to_owned()),
            // A citation may be broken over lines; a cell is one line.
            (Column::text("raw"), |record| {
                record.raw.split_whitespace().collect::<Vec<_>>().join(" ")
            }),
            (Column::text("repaired"), |record| text(record.repaired.as_ref())),
            (Column::text("unsure"), |record| unsure_words(&record.unsure)),
            (Column::text("sentence"), |record| record.sentence.clone()),
            (Column::text("identity"), |record| text(record.identity.as_ref())),
            (Column::text("source"), |record| {
                record
                    .source
                    .map_or_else(String::new, |source| source.name().to_owned())
            }),
            (Column::text("replaced_by"), |record| text(record.replaced_by.as_ref())),
            (Column::text("kind_label"), |record| record.kind.label().to_owned()),
            (Column::text("place_label"), |record| {
                label(Facet::Place, record.place.name())
            }),
            (Column::text("footnote"), |record| text(record.footnote.as_ref())),
            (Column::text("section_kind"), |record| section_kind(record.section_kind)),
            (Column::text("section_label"), |record| {
                section_label(record.section_kind)
            }),
            (Column::text("term"), |record| text(record.term.as_ref())),
            (Column::text("relation"), |record| {
                record
                    .relation
                    .map_or_else(String::new, |relation| relation.name().to_owned())
            }),
            (Column::text("relation_label"), |record| {
                record
                    .relation
                    .map_or_else(String::new, |relation| label(Facet::Relation, relation.name()))
            }),
            (Column::text("pinpoint"), |record| text(record.pinpoint.as_ref())),
        ],
    )
}

/// Returns the table of registered documents.
#[must_use]
pub fn registered(entries: &[RegisterEntry]) -> Table {
    Table::of(
        entries,
        vec![
            (Column::text("key"), |entry| entry.document.key.clone()),
            (Column::text("term"), |entry| text(entry.document.term.as_ref())),
            (Column::text("kind"), |entry| entry.document.kind.name().to_owned()),
            (Column::text("type_word"), |entry| entry.document.type_word.clone()),
            (Column::date("date"), |entry| day(entry.document.date)),
            (Column::text("issuer"), |entry| text(entry.document.issuer.as_ref())),
            (Column::text("subject"), |entry| text(entry.document.subject.as_ref())),
            (Column::text("names"), |entry| entry.document.names.join("|")),
            (Column::text("replaces"), |entry| entry.document.replaces.join("|")),
            (Column::text("replaced_by"), |entry| {
                entry.document.replaced_by.join("|")
            }),
            (Column::text("replacement_basis"), |entry| {
                let basis = entry.document.replacement_basis;
                basis.map_or_else(String::new, |basis| basis.name().to_owned())
            }),
            (Column::text("follows"), |entry| entry.document.follows.join("|")),
            (Column::text("followed_by"), |entry| {
                entry.document.followed_by.join("|")
            }),
            (Column::text("amended_by"), |entry| entry.document.amended_by.join("|")),
            (Column::date("effective"), |entry| day(entry.document.effective)),
            (Column::number("sources"), |entry| entry.document.sources.to_string()),
            (Column::text("basis"), |entry| entry.document.basis.name().to_owned()),
            (Column::text("certain"), |entry| {
                if entry.document.certain { "yes" } else { "no" }.to_owned()
            }),
            (Column::text("note"), |entry| text(entry.document.note.as_ref())),
            (Column::text("identity"), |entry| entry.identity.clone()),
            (Column::text("kind_label"), |entry| {
                entry.document.kind.label().to_owned()
            }),
        ],
    )
}

/// A row of the table of a proof: a citation, unless it is about the numbers of the notes, and one of its findings.
type ProofRow<'p> = (Option<&'p ProofLine>, Option<&'p Finding>);

/// Returns the table of a proof: a row for each finding, and with `all` one for each citation without any.
#[must_use]
pub fn proof(proof: &Proof, all: bool) -> Table {
    let mut rows: Vec<ProofRow<'_>> = Vec::new();
    for line in &proof.citations {
        rows.extend(line.findings.iter().map(|finding| (Some(line), Some(finding))));
        if all && line.findings.is_empty() {
            rows.push((Some(line), None));
        }
    }
    rows.extend(proof.notes.iter().map(|finding| (None, Some(finding))));
    let columns: Vec<(Column, CellOf<ProofRow<'_>>)> = vec![
        (Column::number("line"), |(line, finding)| {
            let lines = finding.map(|finding| finding.lines).or(line.map(|line| line.lines));
            lines.map_or_else(String::new, |lines| lines[0].to_string())
        }),
        (Column::text("citation"), |(line, _)| {
            line.map_or_else(String::new, |line| line.raw.clone())
        }),
        (Column::text("symbol"), |(line, _)| {
            text(line.and_then(|line| line.symbol.as_ref()))
        }),
        (Column::text("name"), |(line, _)| {
            text(line.and_then(|line| line.name.as_ref()))
        }),
        (Column::text("verdict"), |(line, _)| {
            line.map_or_else(String::new, |line| line.verdict.name().to_owned())
        }),
        (Column::text("identity"), |(line, _)| {
            text(line.and_then(|line| line.identity.as_ref()))
        }),
        (Column::text("finding"), |(_, finding)| {
            finding.map_or_else(String::new, |finding| finding.finding.name().to_owned())
        }),
        (Column::text("printed"), |(_, finding)| {
            finding.map_or_else(String::new, |finding| finding.printed.clone())
        }),
        (Column::text("expected"), |(_, finding)| {
            let expected = finding.map_or(&[][..], |finding| &finding.expected);
            let values: Vec<&str> = expected.iter().map(|expected| expected.value.as_str()).collect();
            values.join("; ")
        }),
        (Column::text("message"), |(_, finding)| {
            finding.map_or_else(String::new, |finding| finding.message.clone())
        }),
    ];
    Table::of(&rows, columns)
}
