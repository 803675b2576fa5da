//! Reports on cited documents as terminal text: what the texts claim about one, where they disagree, and every place
//! that cites it.

use std::io;

use super::listing::{Listing, Note, Place, block};
use super::{Palette, StyledReading, TextStyle, TextVersion, register};
use crate::citation::{IdentitySource, Relation};
use crate::concordance::{Claim, Disagreement, Report, by_relation};
use crate::record::{CitationRecord, CitedAt};
use crate::render::language::dates::{date_text, identity_text};
use crate::render::language::labels::kind_name;
use crate::render::language::{Strings, fill};

/// Writes everything that the corpus says about one cited document.
///
/// `section_path` gives the labels and titles of the sections around a citation. Dates, issuers and subjects are repaired
/// readings where the citing text is damaged. The places that `is_shown` are listed, all are counted. Places that refer to it by different acts (carry it out, replace it) are
/// grouped by these.
///
/// # Errors
/// Those of the list.
pub fn report(
    list: &mut Listing<'_>,
    report: &Report,
    is_shown: &dyn Fn(&CitationRecord) -> bool,
    section_path: &dyn Fn(&CitationRecord) -> Vec<String>,
    version: TextVersion,
) -> io::Result<()> {
    head(list, report)?;
    let groups = by_relation(&report.places);
    for (relation, places) in &groups {
        if !places.iter().any(|place| is_shown(place)) {
            continue;
        }
        writeln!(list.out)?;
        list.restart();
        if groups.len() > 1 {
            let label = relation.map_or(list.screen.strings().no_relation, Relation::label);
            let label = format!("{label} ({})", places.len());
            writeln!(list.out, "{}", list.screen.palette.paint(TextStyle::Title, label))?;
        }
        for place in places.iter().filter(|place| is_shown(place)) {
            list.document(&place.document)?;
            citing_place(list, place, &section_path(place), version)?;
        }
    }
    Ok(())
}

/// Writes the first part of a report: the cited document, what the register has about it, and what the texts claim.
///
/// # Errors
/// Those of the list.
pub fn head(list: &mut Listing<'_>, report: &Report) -> io::Result<()> {
    summary(list, report)?;
    register::lines(list.out, list.screen, &report.registered)?;
    claims(list, report)
}

/// Writes where a citation stands.
///
/// # Errors
/// Those of the list.
pub fn address_line(list: &mut Listing<'_>, citation: &CitationRecord, section_path: &[String]) -> io::Result<()> {
    list.passage(place(citation, section_path), &[])
}

/// Writes what one document cites, in the order of `places`: each with its sentence, and the document that is cited there.
///
/// # Errors
/// Those of the list.
pub fn cited_in(list: &mut Listing<'_>, document: &str, places: &[CitedAt], version: TextVersion) -> io::Result<()> {
    list.document(document)?;
    let (screen, strings) = (list.screen, list.screen.strings());
    for place in places {
        let citation = &place.citation;
        let cited = [&citation.identity, &citation.symbol, &citation.name];
        let cited = cited.into_iter().flatten().next().unwrap_or(&citation.raw);
        let cited = identity_text(cited);
        let about = [
            Some(kind_name(strings, citation.kind).to_owned()),
            citation.relation.map(|relation| relation.label().to_lowercase()),
            citation
                .source
                .and_then(|source| account(strings, source))
                .map(str::to_owned),
        ];
        let about: Vec<String> = about.into_iter().flatten().collect();
        let about = about.join(" · ");
        let replaced = citation.replaced_by.as_ref();
        let replaced = replaced.map(|by| fill(strings.replaced_word, &[&identity_text(by)]));
        let mut pieces = vec![
            (cited.as_str(), Some(TextStyle::Title)),
            ("  ", None),
            (about.as_str(), Some(TextStyle::Dim)),
        ];
        if let Some(replaced) = &replaced {
            pieces.extend([("  ", None), (replaced.as_str(), Some(TextStyle::Warning))]);
        }
        block(list.out, screen, ["", "    "], &pieces)?;
        citing_place(list, citation, &place.section_path, version)?;
    }
    Ok(())
}

/// Returns the account that tells which document a citation means; `None` for its own text.
const fn account(strings: &Strings, source: IdentitySource) -> Option<&'static str> {
    match source {
        IdentitySource::Text => None,
        IdentitySource::Corpus => Some(strings.told_by_corpus),
        IdentitySource::Register => Some(strings.told_by_register),
    }
}

/// Writes the first lines of a report: the cited document, how often and where it is cited, and how it was identified.
fn summary(list: &mut Listing<'_>, report: &Report) -> io::Result<()> {
    let (summary, strings) = (&report.summary, list.screen.strings());
    let name = identity_text(report.identity.as_ref().unwrap_or(&summary.cited));
    let kind = kind_name(strings, summary.kind);
    let mut counts = fill(strings.cited_short, &[&summary.count, &summary.documents.len()]);
    if summary.in_footnotes > 0 {
        counts.push_str(&fill(strings.cited_in_notes, &[&summary.in_footnotes]));
    }
    let pieces = [
        (name.as_str(), Some(TextStyle::Address)),
        ("  ", None),
        (kind, Some(TextStyle::Dim)),
        ("  ", None),
        (counts.as_str(), Some(TextStyle::Count)),
    ];
    block(list.out, list.screen, ["", "  "], &pieces)?;
    for (source, template) in [
        (IdentitySource::Corpus, strings.by_corpus),
        (IdentitySource::Register, strings.by_register),
    ] {
        let told = report.places.iter().filter(|place| place.source == Some(source));
        let told = told.count();
        if told > 0 {
            let line = fill(template, &[&told]);
            block(list.out, list.screen, ["  ", "    "], &[(&line, Some(TextStyle::Dim))])?;
        }
    }
    Ok(())
}

/// Writes what the texts claim about the cited document, and on which points they disagree.
fn claims(list: &mut Listing<'_>, report: &Report) -> io::Result<()> {
    let strings = list.screen.strings();
    // The first line names the document if the place tells which one it is.
    if report.identities.len() > 1 && report.identity.is_none() {
        for identity in &report.identities {
            let value = identity_text(&identity.value);
            claim(list, strings.identities, &value, identity)?;
        }
    }
    let points: [(&str, &[Claim], Disagreement, &str); 3] = [
        (strings.date, &report.dates, Disagreement::Date, strings.on_date),
        (strings.issuer, &report.issuers, Disagreement::Issuer, strings.on_issuer),
        (
            strings.subject,
            &report.subjects,
            Disagreement::Subject,
            strings.on_subject,
        ),
    ];
    for (name, claims, point, word) in points {
        for said in claims {
            let value = match point {
                Disagreement::Date => date_text(&said.value),
                Disagreement::Issuer | Disagreement::Subject => said.value.clone(),
            };
            claim(list, name, &value, said)?;
        }
        if report.disagreements.contains(&point) {
            let warning = fill(strings.disagree_on, &[&word]);
            block(
                list.out,
                list.screen,
                ["  ", "    "],
                &[(&warning, Some(TextStyle::Warning))],
            )?;
        }
    }
    Ok(())
}

/// Writes one claim, and who makes it.
fn claim(list: &mut Listing<'_>, name: &str, value: &str, claim: &Claim) -> io::Result<()> {
    let documents: Vec<String> = claim.documents.iter().map(|id| list.short_id(id)).collect();
    let name = format!("{name}: ");
    let who = fill(list.screen.strings().who_says, &[&claim.count, &documents.join(", ")]);
    let who = format!("  ({who})");
    let pieces = [
        (name.as_str(), Some(TextStyle::Dim)),
        (value, None),
        (who.as_str(), Some(TextStyle::Dim)),
    ];
    block(list.out, list.screen, ["  ", "    "], &pieces)
}

/// Writes a place that cites the document: where it is, and its sentence; of the source only the words of the citation.
fn citing_place(
    list: &mut Listing<'_>,
    citation: &CitationRecord,
    section_path: &[String],
    version: TextVersion,
) -> io::Result<()> {
    let reading = match version {
        TextVersion::Repaired => sentence(citation, list.screen.palette),
        TextVersion::Source => {
            let mut letters = StyledReading::recognized(list.screen.palette);
            letters.sure(citation.letters.as_ref().unwrap_or(&citation.raw), true);
            letters
        }
    };
    let pieces: Vec<_> = reading.pieces().collect();
    list.shows(&reading);
    list.passage(place(citation, section_path), &pieces)
}

/// Returns the place of a citation.
fn place<'p>(citation: &'p CitationRecord, section_path: &'p [String]) -> Place<'p> {
    Place {
        id: &citation.passage,
        section_path,
        page: citation.page,
        note: citation.footnote.as_deref().map_or(Note::None, Note::Id),
    }
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
