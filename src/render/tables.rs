//! The tables of every command, as a terminal, CSV and TSV show them: the columns of each and their cells.
//!
//! Names and order of the columns are part of the contract with programs that read CSV.

use std::collections::HashMap;
use std::io::{self, Write};

use super::json::{CitationLine, FacetValueLine, FindingLine};
use super::separated;
use super::table::{CellOf, Column, Table};
use super::terminal::TextStyle;
use crate::concordance::CitedDocument;
use crate::document::PartialDate;
use crate::precedent::{AlignedPiece, Family, Member, Overlap, Paragraph, Precedent, Reuse, SetPhrase};
use crate::proof::{Finding, Proof, ProofLine};
use crate::record::{DocumentRecord, SectionRecord, Unsure};
use crate::register::RegisterEntry;
use crate::search::Hit;

/// Returns the table of hits, with the whole text of each passage.
#[must_use]
pub fn hits(hits: &[Hit]) -> Table {
    Table::of(
        hits,
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
        ],
    )
}

/// Returns the table of documents with their metadata.
#[must_use]
pub fn documents(records: &[DocumentRecord]) -> Table {
    Table::of(
        records,
        vec![
            (Column::text("document").style(TextStyle::Address), |record| {
                record.document.clone()
            }),
            (Column::text("type"), |record| text(record.kind.as_ref())),
            (Column::text("title").elastic().style(TextStyle::Title), |record| {
                text(record.title.as_ref())
            }),
            (Column::text("number").detail(), |record| text(record.number.as_ref())),
            (Column::text("issuer").elastic().detail(), |record| {
                text(record.issuer.as_ref())
            }),
            (Column::text("province"), |record| text(record.province.as_ref())),
            (Column::text("terms"), |record| record.terms.join(" ")),
            (Column::text("date"), |record| text(record.date.as_ref())),
            (Column::text("quality"), |record| record.quality.name().to_owned()),
            (Column::number("pages"), |record| record.pages.to_string()),
        ],
    )
}

/// Returns the table of sections.
#[must_use]
pub fn sections(sections: &[SectionRecord]) -> Table {
    Table::of(
        sections,
        vec![
            (Column::text("section"), |section| section.section.clone()),
            (Column::number("level"), |section| section.level.to_string()),
            (Column::text("label"), |section| section.label.clone()),
            (Column::text("title"), |section| section.title.clone()),
            (Column::text("kind"), |section| section.kind.name().to_owned()),
            (Column::text("term"), |section| text(section.term.as_ref())),
            (Column::number("page"), |section| section.page.to_string()),
            (Column::number("line"), |section| section.lines[0].to_string()),
        ],
    )
}

/// Returns the table of values of facets.
#[must_use]
pub fn facet_values(values: &[FacetValueLine]) -> Table {
    Table::of(
        values,
        vec![
            (Column::text("facet"), |value| value.facet.to_owned()),
            (Column::text("value"), |value| value.value.clone()),
            (Column::text("label"), |value| value.label.clone()),
            (Column::number("count"), |value| value.count.to_string()),
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
        (Column::text("citation").elastic(), |(line, _)| {
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
        (Column::text("printed").elastic(), |(_, finding)| {
            finding.map_or_else(String::new, |finding| finding.printed.clone())
        }),
        (Column::text("expected").elastic(), |(_, finding)| {
            let expected = finding.map_or(&[][..], |finding| &finding.expected);
            let values: Vec<&str> = expected.iter().map(|expected| expected.value.as_str()).collect();
            values.join("; ")
        }),
        (Column::text("message").elastic(), |(_, finding)| {
            finding.map_or_else(String::new, |finding| finding.message.clone())
        }),
    ];
    Table::of(&rows, columns)
}

/// Returns the table of problems that a check of the index found.
#[must_use]
pub fn findings(findings: &[FindingLine]) -> Table {
    Table::of(
        findings,
        vec![
            (Column::text("finding"), |finding| finding.finding.to_owned()),
            (Column::text("message"), |finding| finding.message.clone()),
        ],
    )
}

/// Returns the table of cited documents, a row for each.
#[must_use]
pub fn citations(rows: &[CitedDocument]) -> Table {
    Table::of(
        rows,
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
            (Column::text("in").elastic().detail(), |row| row.documents.join(" ")),
            (Column::text("terms").detail(), |row| row.terms.join(" ")),
            (Column::text("sections").elastic().detail(), |row| {
                let kinds: Vec<&str> = row.sections.iter().map(|kind| kind.name()).collect();
                kinds.join(" ")
            }),
            (Column::text("dates"), |row| row.dates.join(" ")),
            (Column::text("subject").elastic(), |row| text(row.subjects.first())),
        ],
    )
}

/// Returns the table of citations, a row for each place that cites.
#[must_use]
pub fn places(lines: &[CitationLine<'_>]) -> Table {
    Table::of(
        lines,
        vec![
            (Column::text("document").style(TextStyle::Address), |line| {
                line.citation.document.clone()
            }),
            (Column::text("passage"), |line| line.citation.passage.clone()),
            (Column::text("place"), |line| line.citation.place.name().to_owned()),
            (Column::number("page"), |line| line.citation.page.to_string()),
            (Column::number("line"), |line| line.citation.lines[0].to_string()),
            (Column::text("symbol"), |line| text(line.citation.symbol.as_ref())),
            (Column::text("name"), |line| text(line.citation.name.as_ref())),
            (Column::text("kind"), |line| line.citation.kind.name().to_owned()),
            (Column::text("date"), |line| text(line.citation.date.as_ref())),
            (Column::text("issuer"), |line| text(line.citation.issuer.as_ref())),
            (Column::text("subject"), |line| text(line.citation.subject.as_ref())),
            (Column::text("status"), |line| line.citation.status.name().to_owned()),
            // A citation may be broken over lines; a cell is one line.
            (Column::text("raw"), |line| {
                line.citation.raw.split_whitespace().collect::<Vec<_>>().join(" ")
            }),
            (Column::text("repaired"), |line| text(line.citation.repaired.as_ref())),
            (Column::text("unsure"), |line| unsure_words(&line.citation.unsure)),
            (Column::text("sentence"), |line| line.citation.sentence.clone()),
            (Column::text("identity"), |line| text(line.citation.identity.as_ref())),
            (Column::text("source"), |line| {
                line.citation
                    .source
                    .map_or_else(String::new, |source| source.name().to_owned())
            }),
            (Column::text("replaced_by"), |line| {
                text(line.citation.replaced_by.as_ref())
            }),
        ],
    )
}

/// Returns the table of registered documents.
#[must_use]
pub fn registered(entries: &[RegisterEntry]) -> Table {
    Table::of(
        entries,
        vec![
            (Column::text("key").style(TextStyle::Address), |entry| {
                entry.document.key.clone()
            }),
            (Column::text("term"), |entry| text(entry.document.term.as_ref())),
            (Column::text("kind"), |entry| entry.document.kind.name().to_owned()),
            (Column::text("type_word"), |entry| entry.document.type_word.clone()),
            (Column::text("date"), |entry| day(entry.document.date)),
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
            (Column::text("effective"), |entry| day(entry.document.effective)),
            (Column::number("sources"), |entry| entry.document.sources.to_string()),
            (Column::text("basis"), |entry| entry.document.basis.name().to_owned()),
            (Column::text("certain"), |entry| {
                if entry.document.certain { "yes" } else { "no" }.to_owned()
            }),
            (Column::text("note"), |entry| text(entry.document.note.as_ref())),
            (Column::text("identity"), |entry| entry.identity.clone()),
        ],
    )
}

/// Returns the table of precedents, with the aligned wording of both texts and the whole passage.
#[must_use]
pub fn precedents(found: &[Precedent]) -> Table {
    Table::of(
        found,
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
pub fn families<'f>(families: impl Iterator<Item = (usize, &'f Family)>) -> Table {
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
    Table::of(
        &places,
        vec![
            (Column::number("family"), |row| row.number.to_string()),
            (Column::number("documents"), |row| row.family.documents.to_string()),
            (Column::number("place"), |row| row.place.to_string()),
            (Column::text("date"), |row| text(row.member.date.as_ref())),
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
            (Column::text("document").style(TextStyle::Address), |overlap| {
                overlap.document.clone()
            }),
            (Column::text("stands in").style(TextStyle::Address), |overlap| {
                overlap.stands_in.clone()
            }),
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
            (Column::text("first").style(TextStyle::Address), |phrase| {
                phrase.first_passage.clone()
            }),
            (Column::text("date"), |phrase| text(phrase.first_date.as_ref())),
        ],
    )
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
    let header: Vec<&str> = std::iter::once("document").chain(ids()).collect();
    let row = |document| {
        let share = |other: &str| {
            let pair = (String::from(document), other.to_owned());
            shares.get(&pair).map_or("", String::as_str)
        };
        std::iter::once(document).chain(ids().map(share)).collect()
    };
    separated::write(out, separator, std::iter::once(header).chain(ids().map(row)))
}

/// Returns a text, or an empty cell if there is none.
fn text(value: Option<&String>) -> String {
    value.cloned().unwrap_or_default()
}

/// Returns a date, or an empty cell if there is none.
fn day(date: Option<PartialDate>) -> String {
    date.map_or_else(String::new, |date| date.to_string())
}

/// Returns a cell about the best match of a paragraph; empty if the wording is new.
fn best(paragraph: &Paragraph, cell: CellOf<Precedent>) -> String {
    paragraph.precedents.matches.first().map_or_else(String::new, cell)
}

/// Joins unsure words into one cell.
fn unsure_words(unsure: &[Unsure]) -> String {
    let words: Vec<&str> = unsure.iter().map(|word| word.text.as_str()).collect();
    words.join(" ")
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
