//! Records as terminal text: the way staff cite a place, the tree of sections, tables, reports.

use std::fmt::Write as _;
use std::io::{self, Write};

use super::table::{Column, Table};
use super::terminal::{Palette, Reading, Role, wrap};
use crate::concordance::{Cited, Disagreement, Report, Said};
use crate::document::Place;
use crate::record::{CitationRecord, DocumentRecord, FootnoteRecord, PassageRecord, SectionRecord, Unsure};
use crate::search::FacetCounts;
use crate::text::clean;

/// Where and how terminal text is written.
#[derive(Clone, Copy, Debug)]
pub struct Page {
    /// Columns.
    pub columns: usize,
    /// Colours.
    pub palette: Palette,
}

/// What a document is called: its title, or else its id.
#[must_use]
pub fn document_name(document: &DocumentRecord) -> &str {
    document.title.as_deref().unwrap_or(&document.document)
}

/// The address of a place the way staff cite it: section, page, and whether it stands in a note.
#[must_use]
pub fn address(section_path: &[String], page: usize, footnote: Option<&str>) -> String {
    let mut address = section_path.join(" › ");
    if !address.is_empty() {
        address.push_str(", ");
    }
    let _ = write!(address, "trang {page}");
    if let Some((_, number)) = footnote.and_then(|id| id.rsplit_once('^')) {
        let _ = write!(address, ", chú thích {number}");
    }
    address
}

/// The address of a passage.
#[must_use]
pub fn passage_address(record: &PassageRecord) -> String {
    let address = address(&record.section_path, record.page, None);
    match record.place {
        Place::Footnote => format!("{address}, chú thích"),
        _ => address,
    }
}

/// A table of documents.
#[must_use]
pub fn documents(records: &[DocumentRecord]) -> Table {
    let mut table = Table::new(vec![
        Column::text("document").role(Role::Address),
        Column::text("type"),
        Column::text("title").elastic().role(Role::Title),
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

/// A table of cited documents.
#[must_use]
pub fn citations(rows: &[Cited]) -> Table {
    let mut table = Table::new(vec![
        Column::text("cited").role(Role::Address).elastic(),
        Column::text("kind").detail(),
        Column::number("count").role(Role::Count),
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

/// A table of citations.
#[must_use]
pub fn places(records: &[CitationRecord]) -> Table {
    let mut table = Table::new(vec![
        Column::text("document").role(Role::Address),
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

/// Unsure words in one cell of a table.
#[must_use]
pub fn unsure_words(unsure: &[Unsure]) -> String {
    let words: Vec<&str> = unsure.iter().map(|word| word.text.as_str()).collect();
    words.join(" ")
}

/// The stable name of an enum value that serializes to a string.
#[must_use]
pub fn serde_name(value: &impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}

/// Writes the tree of sections of one document.
///
/// # Errors
/// Those of `out`.
pub fn outline(
    out: &mut dyn Write,
    page: Page,
    document: &DocumentRecord,
    sections: &[SectionRecord],
) -> io::Result<()> {
    writeln!(out, "{}", heading_line(page, document))?;
    for section in sections {
        let indent = "  ".repeat(section.level);
        let title = match (section.label.as_str(), section.title.as_str()) {
            ("", "") => "(mở đầu)".to_owned(),
            (label, title) => format!("{label} {title}").trim().to_owned(),
        };
        let about = match &section.term {
            Some(term) => format!("{} {term}", section.kind.name()),
            None => section.kind.name().to_owned(),
        };
        let place = format!("tr. {}  :{}", section.page, section.lines[0]);
        let role = (section.level == 1).then_some(Role::Title);
        let pieces = [(title.as_str(), role), ("  ", None), (about.as_str(), Some(Role::Dim))];
        let lines = wrap(
            &pieces,
            page.columns.saturating_sub(indent.len() + place.len() + 2).max(20),
            page.palette,
        );
        for (index, line) in lines.iter().enumerate() {
            if index == 0 {
                writeln!(out, "{indent}{line}  {}", page.palette.paint(Role::Address, &place))?;
            } else {
                writeln!(out, "{indent}  {line}")?;
            }
        }
    }
    Ok(())
}

/// One line that names a document.
#[must_use]
pub fn heading_line(page: Page, document: &DocumentRecord) -> String {
    let mut about: Vec<String> = Vec::new();
    about.extend(document.issuer.clone());
    about.extend(document.province.clone());
    about.extend(document.date.clone());
    let name = page.palette.paint(Role::Title, clean(document_name(document)));
    let id = page.palette.paint(Role::Address, clean(&document.document));
    let about = about.join(" · ");
    format!("{id}  {name}  {}", page.palette.paint(Role::Dim, clean(&about)))
}

/// Values of a facet that are named for people; all of them are in JSON.
const FACET_VALUES: usize = 12;

/// Writes the values of facets, the most frequent first.
///
/// # Errors
/// Those of `out`.
pub fn facets(out: &mut dyn Write, page: Page, facets: &[FacetCounts]) -> io::Result<()> {
    for counts in facets {
        let values = counts.values.iter().take(FACET_VALUES);
        let values: Vec<String> = values
            .map(|value| format!("{} ({})", value.value, value.count))
            .collect();
        let name = format!("{}: ", counts.facet);
        let pieces = [(name.as_str(), Some(Role::Title)), (&values.join(", "), None)];
        for line in wrap(&pieces, page.columns, page.palette) {
            writeln!(out, "{line}")?;
        }
    }
    Ok(())
}

/// Which text of a damaged passage is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// Its repaired reading, marked as such.
    Repaired,
    /// The source.
    Source,
}

/// The repaired reading of a text in pieces, where it has none the `text` itself, those of `unsure` marked.
#[must_use]
pub fn reading<'t>(
    text: &'t str,
    repaired: Option<&'t str>,
    unsure: &[Unsure],
    hit: bool,
    palette: Palette,
) -> Reading<'t> {
    let mut reading = match repaired {
        Some(_) => Reading::repaired(palette),
        None => Reading::recognised(palette),
    };
    let whole = repaired.unwrap_or(text);
    let mut at = 0;
    for word in unsure {
        let [start, end] = word.at;
        if let (Some(before), Some(text)) = (whole.get(at..start), whole.get(start..end)) {
            reading.sure(before, hit);
            reading.unsure(text, hit);
            at = end;
        }
    }
    reading.sure(whole.get(at..).unwrap_or(""), hit);
    reading
}

/// Writes a passage in full: what is shown says whether it is the source or a repaired reading.
///
/// # Errors
/// Those of `out`.
pub fn passage(out: &mut dyn Write, page: Page, passage: &PassageRecord, shown: Shown) -> io::Result<()> {
    let columns = page.columns.saturating_sub(2);
    let repaired = passage.repaired.as_deref();
    let (lines, label) = if shown == Shown::Repaired {
        let reading = reading(&passage.text, repaired, &passage.unsure, false, page.palette);
        let pieces: Vec<_> = reading.pieces().collect();
        let label = reading.label("bản đọc lại từ bản quét; --source cho nguyên văn");
        (wrap(&pieces, columns, page.palette), label)
    } else {
        let label = repaired.map(|_| "[nguyên văn của bản quét]".to_owned());
        (wrap(&[(&passage.text, None)], columns, page.palette), label)
    };
    for line in lines {
        writeln!(out, "  {line}")?;
    }
    if let Some(label) = label {
        writeln!(out, "  {}", page.palette.paint(Role::Dim, label))?;
    }
    Ok(())
}

/// Writes a note with its number.
///
/// # Errors
/// Those of `out`.
pub fn footnote(out: &mut dyn Write, page: Page, note: &FootnoteRecord, shown: Shown) -> io::Result<()> {
    let number = format!("[{}] ", note.number);
    let repaired = note.repaired.as_deref();
    let reading = (shown == Shown::Repaired).then(|| reading(&note.text, repaired, &note.unsure, false, page.palette));
    let label = match &reading {
        Some(reading) => reading.label("đọc lại"),
        None => repaired.map(|_| "[nguyên văn]".to_owned()),
    };
    let mut pieces = vec![(number.as_str(), Some(Role::Address))];
    match &reading {
        Some(reading) => pieces.extend(reading.pieces()),
        None => pieces.push((&note.text, None)),
    }
    if let Some(label) = &label {
        pieces.extend([("  ", None), (label.as_str(), Some(Role::Dim))]);
    }
    for line in wrap(&pieces, page.columns.saturating_sub(4), page.palette) {
        writeln!(out, "    {line}")?;
    }
    Ok(())
}

/// Writes everything the corpus says about one cited document.
///
/// `documents` holds the citing documents, in any order; `section_path` gives the labels and titles of the
/// sections around a citation. Dates, issuers and subjects are readings where the citing text is damaged.
///
/// # Errors
/// Those of `out`.
pub fn report(
    out: &mut dyn Write,
    page: Page,
    report: &Report,
    documents: &[DocumentRecord],
    section_path: &dyn Fn(&CitationRecord) -> Vec<String>,
    shown: Shown,
) -> io::Result<()> {
    let (summary, palette) = (&report.summary, page.palette);
    let count = |n: usize, one: &str, many: &str| format!("{n} {}", if n == 1 { one } else { many });
    writeln!(
        out,
        "{}  {}: cited {} in {}{}",
        palette.paint(Role::Address, clean(&summary.cited)),
        serde_name(&summary.kind),
        palette.paint(Role::Count, count(summary.count, "time", "times")),
        count(summary.documents.len(), "document", "documents"),
        if summary.in_footnotes > 0 {
            format!(", {} in notes", summary.in_footnotes)
        } else {
            String::new()
        },
    )?;
    let points: [(&str, &[Said], Disagreement); 3] = [
        ("date", &report.dates, Disagreement::Date),
        ("issuer", &report.issuers, Disagreement::Issuer),
        ("subject", &report.subjects, Disagreement::Subject),
    ];
    if report.identities.len() > 1 {
        for said in &report.identities {
            let line = format!(
                "one of several documents: {} ({}×: {})",
                said.value,
                said.count,
                said.documents.join(", ")
            );
            for line in wrap(&[(&line, None)], page.columns.saturating_sub(2), palette) {
                writeln!(out, "  {line}")?;
            }
        }
    }
    for (name, values, point) in points {
        let disputed = report.disagreements.contains(&point);
        for said in values {
            let given = format!("{name}: ");
            let who = format!("  ({}×: {})", said.count, said.documents.join(", "));
            let pieces = [
                (given.as_str(), Some(Role::Dim)),
                (said.value.as_str(), None),
                (who.as_str(), Some(Role::Dim)),
            ];
            for line in wrap(&pieces, page.columns.saturating_sub(2), palette) {
                writeln!(out, "  {line}")?;
            }
        }
        if disputed {
            writeln!(
                out,
                "  {}",
                palette.paint(Role::Warning, format_args!("the texts disagree on the {name}"))
            )?;
        }
    }
    let mut current = "";
    for place in &report.places {
        if place.document != current {
            current = &place.document;
            writeln!(out)?;
            match documents.iter().find(|document| document.document == current) {
                Some(document) => writeln!(out, "{}", heading_line(page, document))?,
                None => writeln!(out, "{}", palette.paint(Role::Address, clean(current)))?,
            }
        }
        let address = address(&section_path(place), place.page, place.footnote.as_deref());
        let mut pieces = vec![
            (place.passage.as_str(), Some(Role::Address)),
            ("  ", None),
            (address.as_str(), Some(Role::Dim)),
            ("  ", None),
        ];
        let repaired = place.repaired.as_deref();
        let reading = (shown == Shown::Repaired).then(|| reading(&place.raw, repaired, &place.unsure, true, palette));
        let label = reading.as_ref().and_then(|reading| reading.label("đọc lại"));
        match &reading {
            Some(reading) => pieces.extend(reading.pieces()),
            None => pieces.push((place.raw.as_str(), Some(Role::Hit))),
        }
        if let Some(label) = &label {
            pieces.extend([("  ", None), (label.as_str(), Some(Role::Dim))]);
        }
        for (index, line) in wrap(&pieces, page.columns.saturating_sub(4), palette)
            .iter()
            .enumerate()
        {
            writeln!(out, "{}{line}", if index == 0 { "  " } else { "    " })?;
        }
    }
    Ok(())
}
