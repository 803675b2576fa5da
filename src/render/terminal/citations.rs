//! Reports on cited documents as terminal text: what the texts claim about one, where they disagree, and every place
//! that cites it.

use std::io::{self, Write};

use super::documents::{address, heading_line};
use super::{Palette, Screen, StyledReading, TextStyle, TextVersion, register, wrap};
use crate::citation::{IdentitySource, Relation};
use crate::concordance::{Claim, Disagreement, Report, by_relation};
use crate::record::{CitationRecord, CitedAt, DocumentRecord};
use crate::text::clean;

/// Writes everything that the corpus says about one cited document.
///
/// `record` gives the record of a citing document; `section_path` gives the labels and titles of the sections around a
/// citation. Dates, issuers and subjects are repaired readings where the citing text is damaged. Places that refer to it
/// by different acts (carry it out, replace it) are grouped by these.
///
/// # Errors
/// Those of `out`.
pub fn report<'d>(
    out: &mut dyn Write,
    screen: Screen,
    report: &Report,
    record: &dyn Fn(&str) -> Option<&'d DocumentRecord>,
    section_path: &dyn Fn(&CitationRecord) -> Vec<String>,
    version: TextVersion,
) -> io::Result<()> {
    head(out, screen, report)?;
    let groups = by_relation(&report.places);
    for (relation, places) in &groups {
        if groups.len() > 1 {
            let label = relation.map_or("Không rõ quan hệ", Relation::label);
            let label = format!("{label} ({})", places.len());
            write!(out, "\n{}", screen.palette.paint(TextStyle::Title, label))?;
        }
        places_by_document(out, screen, places, record, section_path, version)?;
    }
    Ok(())
}

/// Writes places that cite a document, each under the document that it is in.
fn places_by_document<'d>(
    out: &mut dyn Write,
    screen: Screen,
    places: &[&CitationRecord],
    record: &dyn Fn(&str) -> Option<&'d DocumentRecord>,
    section_path: &dyn Fn(&CitationRecord) -> Vec<String>,
    version: TextVersion,
) -> io::Result<()> {
    let mut current = "";
    for place in places {
        // Places come sorted by document, so each document is named once, before its places.
        if place.document != current {
            current = &place.document;
            writeln!(out)?;
            match record(current) {
                Some(document) => writeln!(out, "{}", heading_line(screen, document))?,
                None => writeln!(out, "{}", screen.palette.paint(TextStyle::Address, clean(current)))?,
            }
        }
        let address = address(&section_path(place), place.page, place.footnote.as_deref());
        citing_place(out, screen, place, &address, version)?;
    }
    Ok(())
}

/// Writes the first part of a report: the cited document, what the register has about it, and what the texts claim.
///
/// # Errors
/// Those of `out`.
pub fn head(out: &mut dyn Write, screen: Screen, report: &Report) -> io::Result<()> {
    summary(out, screen, report)?;
    register::lines(out, screen, &report.registered)?;
    claims(out, screen, report)
}

/// Writes where a citation stands: its passage, its sections and its page.
///
/// # Errors
/// Those of `out`.
pub fn address_line(
    out: &mut dyn Write,
    screen: Screen,
    place: &CitationRecord,
    section_path: &[String],
) -> io::Result<()> {
    let palette = screen.palette;
    let address = address(section_path, place.page, place.footnote.as_deref());
    let id = palette.paint(TextStyle::Address, clean(&place.passage));
    writeln!(out, "  {id}  {}", palette.paint(TextStyle::Dim, clean(&address)))
}

/// Writes what one document cites, in order: each place with its sentence, and the document that is cited there.
///
/// # Errors
/// Those of `out`.
pub fn cited_in(
    out: &mut dyn Write,
    screen: Screen,
    document: &DocumentRecord,
    places: &[CitedAt],
    version: TextVersion,
) -> io::Result<()> {
    writeln!(out, "{}", heading_line(screen, document))?;
    for place in places {
        let citation = &place.citation;
        let address = address(&place.section_path, citation.page, citation.footnote.as_deref());
        let cited = [&citation.identity, &citation.symbol, &citation.name];
        let cited = cited.into_iter().flatten().next().unwrap_or(&citation.raw);
        let cited = screen.palette.paint(TextStyle::Title, clean(cited));
        let palette = screen.palette;
        write!(out, "{cited}  {}", palette.paint(TextStyle::Dim, citation.kind.name()))?;
        if let Some(account) = citation.source.and_then(account) {
            write!(out, "  {}", palette.paint(TextStyle::Dim, account))?;
        }
        if let Some(replacement) = &citation.replaced_by {
            let replaced = format!("replaced by {}", clean(replacement));
            write!(out, "  {}", palette.paint(TextStyle::Warning, replaced))?;
        }
        writeln!(out)?;
        citing_place(out, screen, citation, &address, version)?;
    }
    Ok(())
}

/// Returns the account that tells which document a citation means; `None` for its own text.
const fn account(source: IdentitySource) -> Option<&'static str> {
    match source {
        IdentitySource::Text => None,
        IdentitySource::Corpus => Some("by the corpus"),
        IdentitySource::Register => Some("by the register"),
    }
}

/// Writes the first line of a report: the cited document, and how often and where it is cited.
fn summary(out: &mut dyn Write, screen: Screen, report: &Report) -> io::Result<()> {
    let (summary, palette) = (&report.summary, screen.palette);
    let count = |n: usize, one: &str, many: &str| format!("{n} {}", if n == 1 { one } else { many });
    writeln!(
        out,
        "{}  {}: cited {} in {}{}",
        palette.paint(
            TextStyle::Address,
            clean(report.identity.as_ref().unwrap_or(&summary.cited))
        ),
        summary.kind.name(),
        palette.paint(TextStyle::Count, count(summary.count, "time", "times")),
        count(summary.documents.len(), "document", "documents"),
        if summary.in_footnotes > 0 {
            format!(", {} in notes", summary.in_footnotes)
        } else {
            String::new()
        },
    )?;
    let by = |source| {
        report
            .places
            .iter()
            .filter(|place| place.source == Some(source))
            .count()
    };
    let accounts = [IdentitySource::Corpus, IdentitySource::Register].map(|source| (account(source), by(source)));
    let accounts: Vec<String> = accounts
        .into_iter()
        .filter(|(_, places)| *places > 0)
        .filter_map(|(account, places)| Some(format!("{places}× {}", account?)))
        .collect();
    if accounts.is_empty() {
        return Ok(());
    }
    let accounts = format!("identified {}", accounts.join(", "));
    writeln!(out, "  {}", palette.paint(TextStyle::Dim, accounts))
}

/// Writes what the texts claim about the cited document, and on which points they disagree.
fn claims(out: &mut dyn Write, screen: Screen, report: &Report) -> io::Result<()> {
    let (columns, palette) = (screen.columns.saturating_sub(2), screen.palette);
    // The first line names the document if the place tells which one it is.
    if report.identities.len() > 1 && report.identity.is_none() {
        for identity in &report.identities {
            let line = format!(
                "one of several documents: {} ({}×: {})",
                identity.value,
                identity.count,
                identity.documents.join(", ")
            );
            for line in wrap(&[(&line, None)], columns, palette) {
                writeln!(out, "  {line}")?;
            }
        }
    }
    let points: [(&str, &[Claim], Disagreement); 3] = [
        ("date", &report.dates, Disagreement::Date),
        ("issuer", &report.issuers, Disagreement::Issuer),
        ("subject", &report.subjects, Disagreement::Subject),
    ];
    for (name, claims, point) in points {
        for claim in claims {
            let name = format!("{name}: ");
            let who = format!("  ({}×: {})", claim.count, claim.documents.join(", "));
            let pieces = [
                (name.as_str(), Some(TextStyle::Dim)),
                (claim.value.as_str(), None),
                (who.as_str(), Some(TextStyle::Dim)),
            ];
            for line in wrap(&pieces, columns, palette) {
                writeln!(out, "  {line}")?;
            }
        }
        if report.disagreements.contains(&point) {
            let warning = format_args!("the texts disagree on the {name}");
            writeln!(out, "  {}", palette.paint(TextStyle::Warning, warning))?;
        }
    }
    Ok(())
}

/// Writes a place that cites the document: its passage, its address and its sentence; of the source only the words of the
/// citation.
fn citing_place(
    out: &mut dyn Write,
    screen: Screen,
    place: &CitationRecord,
    address: &str,
    version: TextVersion,
) -> io::Result<()> {
    let palette = screen.palette;
    let mut pieces = vec![
        (place.passage.as_str(), Some(TextStyle::Address)),
        ("  ", None),
        (address, Some(TextStyle::Dim)),
        ("  ", None),
    ];
    let reading = (version == TextVersion::Repaired).then(|| sentence(place, palette));
    let label = reading.as_ref().and_then(|reading| reading.label("đọc lại"));
    match &reading {
        Some(reading) => pieces.extend(reading.pieces()),
        None => pieces.push((place.letters.as_ref().unwrap_or(&place.raw), Some(TextStyle::Hit))),
    }
    if let Some(label) = &label {
        pieces.extend([("  ", None), (label.as_str(), Some(TextStyle::Dim))]);
    }
    let lines = wrap(&pieces, screen.columns.saturating_sub(4), palette);
    for (index, line) in lines.iter().enumerate() {
        writeln!(out, "{}{line}", if index == 0 { "  " } else { "    " })?;
    }
    Ok(())
}

/// Returns the sentence around a citation, whose words are styled as a hit.
fn sentence<'p>(place: &'p CitationRecord, palette: Palette) -> StyledReading<'p> {
    let mut reading = if place.sentence_repaired {
        StyledReading::repaired(palette)
    } else {
        StyledReading::recognized(palette)
    };
    let [start, end] = place.sentence_at;
    let is_hit = |at: usize| (start..end).contains(&at);
    let mut at = 0;
    let sure = |reading: &mut StyledReading<'p>, from: usize, to: usize| {
        // The citation may begin or end here.
        let mut cuts = vec![from];
        cuts.extend([start, end].into_iter().filter(|cut| (from + 1..to).contains(cut)));
        cuts.push(to);
        for cut in cuts.windows(2) {
            reading.sure(place.sentence.get(cut[0]..cut[1]).unwrap_or(""), is_hit(cut[0]));
        }
    };
    for word in &place.sentence_unsure {
        let [from, to] = word.at;
        if let Some(text) = place.sentence.get(from..to).filter(|_| from >= at) {
            sure(&mut reading, at, from);
            reading.unsure(text, is_hit(from));
            at = to;
        }
    }
    sure(&mut reading, at, place.sentence.len());
    reading
}
