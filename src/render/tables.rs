//! The tables of every command, as a terminal, CSV and TSV show them: the columns and rows of each.
//!
//! Names and order of the columns are part of the contract with programs that read CSV.

use std::collections::HashMap;
use std::io::{self, Write};

use super::json::{FacetValueLine, FindingLine};
use super::table::{Column, Table};
use super::terminal::TextStyle;
use crate::concordance::Cited;
use crate::precedent::{Family, Overlap, Paragraph, Piece, Precedent, Reuse, SetPhrase};
use crate::record::{CitationRecord, DocumentRecord, SectionRecord, Unsure};
use crate::search::Hit;

/// Returns the table of hits, with the whole text of each passage.
#[must_use]
pub fn hits(hits: &[Hit]) -> Table {
    let mut table = Table::new(vec![
        Column::number("rank"),
        Column::number("score"),
        Column::text("match"),
        Column::text("document"),
        Column::text("passage"),
        Column::text("place"),
        Column::text("section"),
        Column::number("page"),
        Column::number("line"),
        Column::text("text"),
        Column::text("repaired"),
        Column::text("unsure"),
    ]);
    for hit in hits {
        let record = &hit.stored.record;
        table.push(vec![
            hit.rank.to_string(),
            format!("{:.3}", hit.score),
            serde_name(&hit.agreement),
            record.document.clone(),
            record.passage.clone(),
            record.place.name().to_owned(),
            record.section_path.join(" › "),
            record.page.to_string(),
            record.lines[0].to_string(),
            record.text.clone(),
            record.repaired.clone().unwrap_or_default(),
            unsure_words(&record.unsure),
        ]);
    }
    table
}

/// Returns the table of documents with their metadata.
#[must_use]
pub fn documents(records: &[DocumentRecord]) -> Table {
    let mut table = Table::new(vec![
        Column::text("document").style(TextStyle::Address),
        Column::text("type"),
        Column::text("title").elastic().style(TextStyle::Title),
        Column::text("number").detail(),
        Column::text("issuer").elastic().detail(),
        Column::text("province"),
        Column::text("terms"),
        Column::text("date"),
        Column::text("quality"),
        Column::number("pages"),
    ]);
    for record in records {
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        table.push(vec![
            record.document.clone(),
            text(&record.kind),
            text(&record.title),
            text(&record.number),
            text(&record.issuer),
            text(&record.province),
            record.terms.join(" "),
            text(&record.date),
            record.quality.name().to_owned(),
            record.pages.to_string(),
        ]);
    }
    table
}

/// Returns the table of sections.
#[must_use]
pub fn sections(sections: &[SectionRecord]) -> Table {
    let mut table = Table::new(vec![
        Column::text("section"),
        Column::number("level"),
        Column::text("label"),
        Column::text("title"),
        Column::text("kind"),
        Column::text("term"),
        Column::number("page"),
        Column::number("line"),
    ]);
    for section in sections {
        table.push(vec![
            section.section.clone(),
            section.level.to_string(),
            section.label.clone(),
            section.title.clone(),
            section.kind.name().to_owned(),
            section.term.clone().unwrap_or_default(),
            section.page.to_string(),
            section.lines[0].to_string(),
        ]);
    }
    table
}

/// Returns the table of values of facets.
#[must_use]
pub fn facet_values(values: &[FacetValueLine]) -> Table {
    let mut table = Table::new(vec![
        Column::text("facet"),
        Column::text("value"),
        Column::text("label"),
        Column::number("count"),
    ]);
    for value in values {
        table.push(vec![
            value.facet.to_owned(),
            value.value.clone(),
            value.label.clone(),
            value.count.to_string(),
        ]);
    }
    table
}

/// Returns the table of problems that a check of the index found.
#[must_use]
pub fn findings(findings: &[FindingLine]) -> Table {
    let mut table = Table::new(vec![Column::text("finding"), Column::text("message")]);
    for finding in findings {
        table.push(vec![finding.finding.to_owned(), finding.message.clone()]);
    }
    table
}

/// Returns the table of cited documents, a row for each.
#[must_use]
pub fn citations(rows: &[Cited]) -> Table {
    let mut table = Table::new(vec![
        Column::text("cited").style(TextStyle::Address).elastic(),
        Column::text("kind").detail(),
        Column::number("count").style(TextStyle::Count),
        Column::number("documents"),
        Column::number("footnotes"),
        Column::text("in").elastic().detail(),
        Column::text("terms").detail(),
        Column::text("sections").elastic().detail(),
        Column::text("dates"),
        Column::text("subject").elastic(),
    ]);
    for row in rows {
        let sections: Vec<&str> = row.sections.iter().map(|kind| kind.name()).collect();
        table.push(vec![
            row.cited.clone(),
            serde_name(&row.kind),
            row.count.to_string(),
            row.documents.len().to_string(),
            row.in_footnotes.to_string(),
            row.documents.join(" "),
            row.terms.join(" "),
            sections.join(" "),
            row.dates.join(" "),
            row.subjects.first().cloned().unwrap_or_default(),
        ]);
    }
    table
}

/// Returns the table of citations, a row for each place that cites.
#[must_use]
pub fn places(records: &[CitationRecord]) -> Table {
    let mut table = Table::new(vec![
        Column::text("document").style(TextStyle::Address),
        Column::text("passage"),
        Column::text("place"),
        Column::number("page"),
        Column::number("line"),
        Column::text("symbol"),
        Column::text("name"),
        Column::text("kind"),
        Column::text("date"),
        Column::text("issuer"),
        Column::text("subject"),
        Column::text("status"),
        Column::text("raw"),
        Column::text("repaired"),
        Column::text("unsure"),
    ]);
    for record in records {
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        table.push(vec![
            record.document.clone(),
            record.passage.clone(),
            record.place.name().to_owned(),
            record.page.to_string(),
            record.lines[0].to_string(),
            text(&record.symbol),
            text(&record.name),
            serde_name(&record.kind),
            text(&record.date),
            text(&record.issuer),
            text(&record.subject),
            serde_name(&record.status),
            record.raw.split_whitespace().collect::<Vec<_>>().join(" "),
            text(&record.repaired),
            unsure_words(&record.unsure),
        ]);
    }
    table
}

/// Joins unsure words into one cell.
fn unsure_words(unsure: &[Unsure]) -> String {
    let words: Vec<&str> = unsure.iter().map(|word| word.text.as_str()).collect();
    words.join(" ")
}

/// Returns the stable name of an enum value that serializes to a string.
#[must_use]
pub fn serde_name(value: &impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}

/// Returns the table of precedents, with the aligned wording of both texts and the whole passage.
#[must_use]
pub fn precedents(found: &[Precedent]) -> Table {
    let mut table = Table::new(vec![
        Column::number("rank"),
        Column::number("score"),
        Column::number("matched_syllables"),
        Column::text("document"),
        Column::text("passage"),
        Column::text("place"),
        Column::text("section"),
        Column::text("term"),
        Column::number("page"),
        Column::number("line"),
        Column::text("given"),
        Column::text("found"),
        Column::text("text"),
        Column::text("repaired"),
    ]);
    for precedent in found {
        let record = &precedent.stored.record;
        table.push(vec![
            precedent.rank.to_string(),
            format!("{:.3}", precedent.score),
            precedent.matched_syllables.to_string(),
            record.document.clone(),
            record.passage.clone(),
            record.place.name().to_owned(),
            record.section_path.join(" › "),
            record.term.clone().unwrap_or_default(),
            record.page.to_string(),
            record.lines[0].to_string(),
            joined(&precedent.source),
            joined(&precedent.found),
            record.text.clone(),
            record.repaired.clone().unwrap_or_default(),
        ]);
    }
    table
}

/// Joins the source text of aligned pieces into one cell.
fn joined(pieces: &[Piece]) -> String {
    pieces
        .iter()
        .map(|piece| piece.text.as_str())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Returns the table of the paragraphs of a draft, each with its best match.
#[must_use]
pub fn paragraphs(paragraphs: &[Paragraph]) -> Table {
    let mut table = Table::new(vec![
        Column::number("line"),
        Column::number("page"),
        Column::number("syllables"),
        Column::number("taken"),
        Column::number("score"),
        Column::text("document"),
        Column::text("passage"),
        Column::text("text"),
        Column::text("found"),
    ]);
    for paragraph in paragraphs {
        let record = &paragraph.stored.record;
        let best = paragraph.precedents.matches.first();
        table.push(vec![
            record.lines[0].to_string(),
            record.page.to_string(),
            paragraph.syllables.to_string(),
            paragraph.taken.to_string(),
            best.map_or_else(String::new, |best| format!("{:.3}", best.score)),
            best.map_or_else(String::new, |best| best.stored.record.document.clone()),
            best.map_or_else(String::new, |best| best.stored.record.passage.clone()),
            record.text.clone(),
            best.map_or_else(String::new, |best| joined(&best.found)),
        ]);
    }
    table
}

/// Returns the table of families with their numbers, a row for each place of a family.
#[must_use]
pub fn families<'f>(families: impl Iterator<Item = (usize, &'f Family)>) -> Table {
    let mut table = Table::new(vec![
        Column::number("family"),
        Column::number("documents"),
        Column::number("place"),
        Column::text("date"),
        Column::text("document"),
        Column::text("passage"),
        Column::number("page"),
        Column::number("line"),
        Column::number("score"),
        Column::number("syllables"),
        Column::text("text"),
        Column::text("repaired"),
    ]);
    for (number, family) in families {
        for (place, member) in (1_usize..).zip(&family.members) {
            table.push(vec![
                number.to_string(),
                family.documents.to_string(),
                place.to_string(),
                member.date.clone().unwrap_or_default(),
                member.record.document.clone(),
                member.record.passage.clone(),
                member.record.page.to_string(),
                member.record.lines[0].to_string(),
                format!("{:.3}", member.score),
                member.syllables.to_string(),
                member.text.clone(),
                member.repaired.clone().unwrap_or_default(),
            ]);
        }
    }
    table
}

/// Writes the matrix of shared wording as CSV or TSV, with a row and a column for each document.
///
/// A cell holds the percentage of the syllables of the row's document that the column's document has too. It is empty
/// if there are none.
///
/// # Errors
/// Those of `out`.
pub fn matrix(reuse: &Reuse, out: &mut dyn Write, separator: u8) -> io::Result<()> {
    let ids = || reuse.documents.iter().map(|record| record.document.as_str());
    let pair = |overlap: &'_ Overlap| (overlap.document.clone(), overlap.stands_in.clone());
    let shares: HashMap<(String, String), String> = reuse
        .overlaps
        .iter()
        .map(|overlap| (pair(overlap), percent(overlap.share)))
        .collect();
    let mut writer = csv::WriterBuilder::new().delimiter(separator).from_writer(out);
    writer
        .write_record(std::iter::once("document").chain(ids()))
        .map_err(io::Error::from)?;
    for document in ids() {
        let share = |other: &str| {
            shares
                .get(&(document.to_owned(), other.to_owned()))
                .map_or("", String::as_str)
        };
        writer
            .write_record(std::iter::once(document).chain(ids().map(share)))
            .map_err(io::Error::from)?;
    }
    writer.flush()
}

/// Returns a share, from 0 to 1, as a percentage with one digit after the point.
fn percent(share: f64) -> String {
    format!("{:.1}", share * 100.0)
}

/// Returns the table of overlaps: how much of a document is also in another one, a row for each pair.
#[must_use]
pub fn overlaps(overlaps: &[Overlap]) -> Table {
    let mut table = Table::new(vec![
        Column::text("document").style(TextStyle::Address),
        Column::text("stands in").style(TextStyle::Address),
        Column::number("syllables"),
        Column::number("percent").style(TextStyle::Count),
    ]);
    for overlap in overlaps {
        table.push(vec![
            overlap.document.clone(),
            overlap.stands_in.clone(),
            overlap.syllables.to_string(),
            percent(overlap.share),
        ]);
    }
    table
}

/// Returns the table of set phrases.
#[must_use]
pub fn set_phrases(phrases: &[SetPhrase]) -> Table {
    let mut table = Table::new(vec![
        Column::number("documents").style(TextStyle::Count),
        Column::number("count"),
        Column::number("syllables"),
        Column::text("phrase").elastic(),
        Column::text("first").style(TextStyle::Address),
        Column::text("date"),
    ]);
    for phrase in phrases {
        table.push(vec![
            phrase.documents.to_string(),
            phrase.count.to_string(),
            phrase.syllables.to_string(),
            phrase.phrase.clone(),
            phrase.first_passage.clone(),
            phrase.first_date.clone().unwrap_or_default(),
        ]);
    }
    table
}
