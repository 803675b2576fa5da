//! Hits of a search as terminal text: the address of each and its snippet.

use std::io::{self, Write};

use super::documents::passage_address;
use super::{Screen, StyledReading, TextStyle, TextVersion, wrap};
use crate::search::{Agreement, Hit};
use crate::text::clean;

/// Writes a hit: its address, then its snippet in this version.
///
/// # Errors
/// Those of `out`.
pub fn hit(out: &mut dyn Write, screen: Screen, hit: &Hit, version: TextVersion) -> io::Result<()> {
    address(out, screen, hit)?;
    let palette = screen.palette;
    let repaired = hit.repaired_snippet.as_ref();
    let repaired = repaired.filter(|_| version == TextVersion::Repaired);
    let letters = hit.letters_snippet.as_ref();
    let letters = letters.filter(|_| version == TextVersion::Source);
    let snippet = repaired.or(letters).unwrap_or(&hit.snippet);
    let mut reading = match repaired {
        Some(_) => StyledReading::repaired(palette),
        None => StyledReading::recognized(palette),
    };
    for piece in &snippet.pieces {
        // Readers who ask for the source want it as it is, without marks of ours.
        if piece.unsure && version == TextVersion::Repaired {
            reading.unsure(&piece.text, piece.hit);
        } else {
            reading.sure(&piece.text, piece.hit);
        }
    }
    let label = reading.label("đọc lại");
    let mut pieces: Vec<(&str, Option<TextStyle>)> = Vec::new();
    if snippet.cut_before {
        pieces.push(("… ", Some(TextStyle::Dim)));
    }
    pieces.extend(reading.pieces());
    if snippet.cut_after {
        pieces.push((" …", Some(TextStyle::Dim)));
    }
    if let Some(label) = &label {
        pieces.extend([("  ", None), (label.as_str(), Some(TextStyle::Dim))]);
    }
    for line in wrap(&pieces, screen.columns.saturating_sub(2), palette) {
        writeln!(out, "  {line}")?;
    }
    Ok(())
}

/// Writes the address of a hit, and whether its marks (dấu) were lost in the source or differ from the query's.
///
/// # Errors
/// Those of `out`.
pub fn address(out: &mut dyn Write, screen: Screen, hit: &Hit) -> io::Result<()> {
    let record = &hit.stored.record;
    let palette = screen.palette;
    let id = palette.paint(TextStyle::Address, clean(&record.passage));
    let address = palette.paint(TextStyle::Dim, clean(&passage_address(record)));
    let agreement = match hit.agreement {
        // A reading is labeled where its text is shown.
        Agreement::Exact | Agreement::Read => String::new(),
        Agreement::Lost => palette.paint(TextStyle::Dim, "  [bản gốc mất dấu]"),
        Agreement::Folded => palette.paint(TextStyle::Dim, "  [khác dấu]"),
    };
    writeln!(out, "{id}  {address}{agreement}")
}
