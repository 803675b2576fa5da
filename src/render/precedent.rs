//! Precedents as terminal text and tables: what is the same, what was changed, put in, left out.

use std::collections::HashMap;
use std::io::{self, Write};

use super::plain::{Page, Shown, document_name, passage_address};
use super::table::{Column, Table};
use super::terminal::{Role, truncate, wrap};
use crate::precedent::{Family, Member, Overlap, Paragraph, Piece, PieceKind, Precedent, Reuse, SetPhrase};
use crate::record::DocumentRecord;
use crate::text::clean;

/// Writes a match: where it stands, its words, and where they are not the same, those that were given.
///
/// Without colours words that the passage has instead or more stand in `{+ +}`, those that only the given text has in
/// `[- -]`.
///
/// # Errors
/// Those of `out`.
pub fn precedent(out: &mut dyn Write, page: Page, found: &Precedent, given: &str, shown: Shown) -> io::Result<()> {
    let record = &found.stored.record;
    let palette = page.palette;
    let score = palette.paint(Role::Count, format_args!("{:.2}", found.score));
    let id = palette.paint(Role::Address, clean(&record.passage));
    let syllables = format!("{} tiếng", found.matched_syllables);
    let place = format!("{}, {syllables}", passage_address(record));
    writeln!(out, "{id}  {score}  {}", palette.paint(Role::Dim, clean(&place)))?;
    let read = record.repaired.is_some() && shown == Shown::Repaired;
    let label = if read { "  [đọc lại]" } else { "" };
    aligned(out, page, ("  ", label), &found.found, &record.text, shown)?;
    if found.source.iter().any(|piece| piece.kind != PieceKind::Same) {
        aligned(out, page, ("  ≠ ", ""), &found.source, given, shown)?;
    }
    Ok(())
}

/// Writes one side of an alignment, behind a `lead` and before a label.
fn aligned(
    out: &mut dyn Write,
    page: Page,
    (lead, label): (&str, &str),
    pieces: &[Piece],
    text: &str,
    shown: Shown,
) -> io::Result<()> {
    let mut parts: Vec<(String, Option<Role>)> = Vec::new();
    let mut end = None;
    for piece in pieces {
        if let Some(end) = end {
            parts.push((between(text, end, piece.at[0]), None));
        }
        end = Some(piece.at[1]);
        let words = piece
            .repaired
            .as_deref()
            .filter(|_| shown == Shown::Repaired)
            .unwrap_or(&piece.text);
        parts.push(match piece.kind {
            PieceKind::Same => (words.to_owned(), None),
            PieceKind::Changed if lead.contains('≠') => marked(page, words, ("[-", "-]"), Role::Warning),
            PieceKind::Changed | PieceKind::Inserted => marked(page, words, ("{+", "+}"), Role::Count),
            PieceKind::Dropped => marked(page, words, ("[-", "-]"), Role::Warning),
        });
    }
    let mut pieces: Vec<(&str, Option<Role>)> = parts.iter().map(|(text, role)| (text.as_str(), *role)).collect();
    pieces.push((label, Some(Role::Dim)));
    let columns = page.columns.saturating_sub(lead.chars().count());
    for (number, line) in wrap(&pieces, columns, page.palette).iter().enumerate() {
        let lead = if number == 0 {
            lead.to_owned()
        } else {
            " ".repeat(lead.chars().count())
        };
        writeln!(out, "{lead}{line}")?;
    }
    Ok(())
}

/// What stands between two pieces: punctuation as it is, anything else as an ellipsis.
pub(crate) fn between(text: &str, end: usize, start: usize) -> String {
    let gap = text.get(end..start).unwrap_or(" ");
    if gap.chars().any(char::is_alphanumeric) || end > start {
        " … ".to_owned()
    } else {
        gap.to_owned()
    }
}

/// Words that are not the same: in a colour, or between signs where there are none.
fn marked(page: Page, words: &str, (open, close): (&str, &str), role: Role) -> (String, Option<Role>) {
    if page.palette.is_colored() {
        (words.to_owned(), Some(role))
    } else {
        (format!("{open}{words}{close}"), None)
    }
}

/// Writes a paragraph of a draft: new wording, or taken from where; `name` gives the record of a document.
///
/// # Errors
/// Those of `out`.
pub fn paragraph<'d>(
    out: &mut dyn Write,
    page: Page,
    paragraph: &Paragraph,
    name: &dyn Fn(&str) -> Option<&'d DocumentRecord>,
    shown: Shown,
) -> io::Result<()> {
    let record = &paragraph.stored.record;
    let palette = page.palette;
    let line = palette.paint(Role::Address, format_args!(":{}", record.lines[0]));
    let text = record
        .repaired
        .as_deref()
        .filter(|_| shown == Shown::Repaired)
        .unwrap_or(&record.text);
    let Some(best) = paragraph.precedents.matches.first() else {
        let verdict = palette.paint(Role::Title, "mới");
        writeln!(
            out,
            "{line}  {verdict}  {}",
            truncate(&clean(text), page.columns.saturating_sub(16))
        )?;
        return Ok(());
    };
    let taken = format!("{}/{} tiếng", paragraph.taken, paragraph.syllables);
    let verdict = palette.paint(Role::Count, format_args!("có tiền lệ {taken}"));
    writeln!(
        out,
        "{line}  {verdict}  {}",
        truncate(&clean(text), page.columns.saturating_sub(36))
    )?;
    if let Some(document) = name(&best.stored.record.document) {
        let from = truncate(document_name(document), page.columns.saturating_sub(4)).into_owned();
        writeln!(out, "  {}", palette.paint(Role::Title, clean(&from)))?;
    }
    precedent(out, page, best, &record.text, shown)?;
    let more = paragraph.precedents.total.saturating_sub(1);
    if more > 0 {
        writeln!(
            out,
            "  {}",
            palette.paint(Role::Dim, format_args!("và {more} đoạn khác"))
        )?;
    }
    Ok(())
}

/// Writes a family of wording with its number.
///
/// # Errors
/// Those of `out`.
pub fn family(out: &mut dyn Write, page: Page, number: usize, family: &Family, shown: Shown) -> io::Result<()> {
    let palette = page.palette;
    let longest = family.members.iter().map(|member| member.syllables).max().unwrap_or(0);
    let about = format!(
        "{} văn bản, {} chỗ, {longest} tiếng",
        family.documents,
        family.members.len()
    );
    writeln!(
        out,
        "{}  {}",
        palette.paint(Role::Title, number),
        palette.paint(Role::Count, about)
    )?;
    for member in &family.members {
        let date = member.date.as_deref().unwrap_or("không rõ ngày");
        let id = palette.paint(Role::Address, clean(&member.record.passage));
        let place = format!("{date}, trang {}", member.record.page);
        writeln!(out, "  {id}  {:.2}  {}", member.score, palette.paint(Role::Dim, place))?;
        let (text, read) = words_of(member, shown);
        let label = if read { "  [đọc lại]" } else { "" };
        for line in wrap(
            &[(text, None), (label, Some(Role::Dim))],
            page.columns.saturating_sub(4),
            palette,
        ) {
            writeln!(out, "    {line}")?;
        }
    }
    Ok(())
}

/// The words of a member, and whether they are a repaired reading.
fn words_of(member: &Member, shown: Shown) -> (&str, bool) {
    match &member.repaired {
        Some(repaired) if shown == Shown::Repaired => (repaired, true),
        _ => (&member.text, false),
    }
}

/// A table of matches.
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

/// The source of aligned pieces in one cell.
fn joined(pieces: &[Piece]) -> String {
    pieces
        .iter()
        .map(|piece| piece.text.as_str())
        .collect::<Vec<_>>()
        .join(" ")
}

/// A table of the paragraphs of a draft, each with its best match.
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

/// A table of families, a row for each place.
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

/// Writes the matrix as CSV or TSV: a row and a column for each document, in the cells how many of 100 syllables of the
/// row's document stand in that of the column; empty where none do.
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

/// A share of 1 as one of 100.
fn percent(share: f64) -> String {
    format!("{:.1}", share * 100.0)
}

/// A table of how much of which document stands in which other.
#[must_use]
pub fn overlaps(overlaps: &[Overlap]) -> Table {
    let mut table = Table::new(vec![
        Column::text("document").role(Role::Address),
        Column::text("stands in").role(Role::Address),
        Column::number("syllables"),
        Column::number("percent").role(Role::Count),
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

/// A table of set phrases.
#[must_use]
pub fn set_phrases(phrases: &[SetPhrase]) -> Table {
    let mut table = Table::new(vec![
        Column::number("documents").role(Role::Count),
        Column::number("count"),
        Column::number("syllables"),
        Column::text("phrase").elastic(),
        Column::text("first").role(Role::Address),
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
