//! The tables of precedents: matches of one text, the paragraphs of a draft, and the corpus compared with itself.

use std::collections::HashMap;

use super::{Sources, label, section_kind, section_label, text, with_documents};
use crate::precedent::{AlignedPiece, Family, Member, Overlap, Paragraph, Precedent, Reuse, SetPhrase};
use crate::record::Facet;
use crate::render::table::{CellOf, Column, Table};
use crate::render::terminal::TextStyle;

/// Returns the table of precedents, with the aligned wording of both texts and the whole passage.
#[must_use]
pub fn precedents(found: &[Precedent], sources: &dyn Sources) -> Table {
    with_documents(
        sources,
        found,
        |found| [&found.stored.record.document, &found.stored.record.passage],
        vec![
            (Column::number("rank"), |found| found.rank.to_string()),
            (Column::number("score"), |found| format!("{:.3}", found.score)),
            (Column::number("matched_syllables"), |found| {
                found.matched_syllables.to_string()
            }),
            (Column::number("share"), |found| format!("{:.3}", found.share())),
            (Column::number("given_syllables"), |found| {
                found.given_syllables.to_string()
            }),
            (Column::number("passage_syllables"), |found| {
                found.passage_syllables.to_string()
            }),
            (Column::number("bits"), |found| format!("{:.1}", found.bits)),
            (Column::text("distinctiveness"), |found| {
                found.distinctiveness.name().to_owned()
            }),
            (Column::text("document"), |found| found.stored.record.document.clone()),
            (Column::text("passage"), |found| found.stored.record.passage.clone()),
            (Column::text("place"), |found| {
                found.stored.record.place.name().to_owned()
            }),
            (Column::text("section"), |found| {
                found.stored.record.section_path.join(" › ")
            }),
            (Column::text("term"), |found| text(found.stored.record.term.as_ref())),
            (Column::number("page"), |found| found.stored.record.page.to_string()),
            (Column::number("line"), |found| found.stored.record.lines[0].to_string()),
            (Column::text("given"), |found| joined(&found.source)),
            (Column::text("found"), |found| joined(&found.found)),
            (Column::text("text"), |found| found.stored.record.text.clone()),
            (Column::text("repaired"), |found| {
                text(found.stored.record.repaired.as_ref())
            }),
            (Column::text("place_label"), |found| {
                label(Facet::Place, found.stored.record.place.name())
            }),
            (Column::text("section_kind"), |found| {
                section_kind(found.stored.record.section_kind)
            }),
            (Column::text("section_label"), |found| {
                section_label(found.stored.record.section_kind)
            }),
        ],
    )
}

/// Returns the table of the paragraphs of a draft, each with its best match.
#[must_use]
pub fn paragraphs(paragraphs: &[Paragraph]) -> Table {
    Table::of(
        paragraphs,
        vec![
            (Column::number("line"), |paragraph| {
                paragraph.stored.record.lines[0].to_string()
            }),
            (Column::number("page"), |paragraph| {
                paragraph.stored.record.page.to_string()
            }),
            (Column::number("syllables"), |paragraph| paragraph.syllables.to_string()),
            (Column::number("taken"), |paragraph| paragraph.taken.to_string()),
            (Column::number("score"), |paragraph| {
                best(paragraph, |found| format!("{:.3}", found.score))
            }),
            (Column::text("document"), |paragraph| {
                best(paragraph, |found| found.stored.record.document.clone())
            }),
            (Column::text("passage"), |paragraph| {
                best(paragraph, |found| found.stored.record.passage.clone())
            }),
            (Column::text("text"), |paragraph| paragraph.stored.record.text.clone()),
            (Column::text("found"), |paragraph| {
                best(paragraph, |found| joined(&found.found))
            }),
        ],
    )
}

/// One place of a family: a row of the table of families.
struct FamilyPlace<'f> {
    /// The number of the family.
    number: usize,
    /// The family.
    family: &'f Family,
    /// The 1-based position of the place in the family.
    place: usize,
    /// The place.
    member: &'f Member,
}

/// Returns the table of families with their numbers, a row for each place of a family.
#[must_use]
pub fn families<'f>(families: impl Iterator<Item = (usize, &'f Family)>, sources: &dyn Sources) -> Table {
    let mut places: Vec<FamilyPlace<'f>> = Vec::new();
    for (number, family) in families {
        let members = (1..).zip(&family.members);
        places.extend(members.map(|(place, member)| FamilyPlace {
            number,
            family,
            place,
            member,
        }));
    }
    with_documents(
        sources,
        &places,
        |row| [&row.member.record.document, &row.member.record.passage],
        vec![
            (Column::number("family"), |row| row.number.to_string()),
            (Column::number("documents"), |row| row.family.documents.to_string()),
            (Column::number("place"), |row| row.place.to_string()),
            (Column::date("date"), |row| text(row.member.date.as_ref())),
            (Column::text("document"), |row| row.member.record.document.clone()),
            (Column::text("passage"), |row| row.member.record.passage.clone()),
            (Column::number("page"), |row| row.member.record.page.to_string()),
            (Column::number("line"), |row| row.member.record.lines[0].to_string()),
            (Column::number("score"), |row| format!("{:.3}", row.member.score)),
            (Column::number("syllables"), |row| row.member.syllables.to_string()),
            (Column::text("text"), |row| row.member.text.clone()),
            (Column::text("repaired"), |row| text(row.member.repaired.as_ref())),
        ],
    )
}

/// Returns the table of overlaps: how much of a document is also in another one, a row for each pair.
#[must_use]
pub fn overlaps(overlaps: &[Overlap]) -> Table {
    Table::of(
        overlaps,
        vec![
            (Column::id("document"), |overlap| overlap.document.clone()),
            (Column::id("stands in"), |overlap| overlap.stands_in.clone()),
            (Column::number("syllables"), |overlap| overlap.syllables.to_string()),
            (Column::number("percent").style(TextStyle::Count), |overlap| {
                percent(overlap.share)
            }),
        ],
    )
}

/// Returns the table of set phrases.
#[must_use]
pub fn set_phrases(phrases: &[SetPhrase]) -> Table {
    Table::of(
        phrases,
        vec![
            (Column::number("documents").style(TextStyle::Count), |phrase| {
                phrase.documents.to_string()
            }),
            (Column::number("count"), |phrase| phrase.count.to_string()),
            (Column::number("syllables"), |phrase| phrase.syllables.to_string()),
            (Column::text("phrase").elastic(), |phrase| phrase.phrase.clone()),
            (Column::id("first"), |phrase| phrase.first_passage.clone()),
            (Column::date("date"), |phrase| text(phrase.first_date.as_ref())),
        ],
    )
}

/// Returns the matrix of shared wording, with a row and a column for each document.
///
/// A cell holds the percentage of the syllables of the row's document that the column's document has too. It is empty
/// if there are none.
#[must_use]
pub fn matrix(reuse: &Reuse) -> Table {
    let ids = || reuse.documents.iter().map(|record| record.document.as_str());
    let pair = |overlap: &'_ Overlap| (overlap.document.clone(), overlap.stands_in.clone());
    let shares: HashMap<(String, String), String> = reuse
        .overlaps
        .iter()
        .map(|overlap| (pair(overlap), percent(overlap.share)))
        .collect();
    let columns = std::iter::once(Column::text("document")).chain(ids().map(|id| Column::number(id.to_owned())));
    let row = |document: &str| {
        let share = |other: &str| {
            let pair = (document.to_owned(), other.to_owned());
            shares.get(&pair).cloned().unwrap_or_default()
        };
        std::iter::once(document.to_owned()).chain(ids().map(share)).collect()
    };
    Table::new(columns.collect(), ids().map(row).collect())
}

/// Returns a cell about the best match of a paragraph; empty if the wording is new.
fn best(paragraph: &Paragraph, cell: CellOf<Precedent>) -> String {
    paragraph.precedents.matches.first().map_or_else(String::new, cell)
}

/// Joins the source text of aligned pieces into one cell.
fn joined(pieces: &[AlignedPiece]) -> String {
    let texts: Vec<&str> = pieces.iter().map(|piece| piece.text.as_str()).collect();
    texts.join(" ")
}

/// Returns a share, from 0 to 1, as a percentage with one digit after the point.
fn percent(share: f64) -> String {
    format!("{:.1}", share * 100.0)
}
