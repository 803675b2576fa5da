//! Values of facets as terminal text: a line per facet after the hits, or a tree with counts.

use std::io::{self, Write};

use super::listing::block;
use super::{Screen, TextStyle, wrap};
use crate::index::Index;
use crate::record::Facet;
use crate::render::json::FacetValueLine;
use crate::render::language::labels::{facet_name, value_label};
use crate::search::FacetCounts;
use crate::text::Named as _;

/// Columns of a count and the blanks after it.
const COUNT_COLUMNS: usize = 9;

/// Writes a line for each facet with its most frequent values, as people name them; filters take these names too.
///
/// # Errors
/// Those of `out`.
pub fn summary(out: &mut dyn Write, screen: Screen, index: &Index, facets: &[FacetCounts]) -> io::Result<()> {
    for counts in facets {
        let values = counts.values.iter();
        let values: Vec<String> = values
            .map(|value| {
                let label = match counts.facet {
                    Facet::Document => index.short_id(&value.value).into_owned(),
                    facet => value_label(screen.strings(), facet, &value.value),
                };
                format!("{label} ({})", value.count)
            })
            .collect();
        let mut values = values.join(", ");
        if counts.left > 0 {
            values.push_str(&format!(" (+{})", counts.left));
        }
        let name = format!("{} ({}): ", facet_name(screen.strings(), counts.facet), counts.facet);
        let pieces = [(name.as_str(), Some(TextStyle::Title)), (&values, None)];
        block(out, screen, ["", "  "], &pieces)?;
    }
    Ok(())
}

/// Writes the name of each facet and under it a line for each value: count, value indented by its depth, label.
///
/// The values of a facet follow one another.
///
/// # Errors
/// Those of `out`.
pub fn list(out: &mut dyn Write, screen: Screen, values: &[FacetValueLine]) -> io::Result<()> {
    let palette = screen.palette;
    let mut facet = "";
    for line in values {
        if line.facet != facet {
            facet = line.facet;
            let name = Facet::from_name(facet).map_or("", |facet| facet_name(screen.strings(), facet));
            writeln!(out, "{}  {name}", palette.paint(TextStyle::Title, facet))?;
        }
        let depth = "  ".repeat(line.value.matches('/').count());
        let label = if line.label == line.value {
            String::new()
        } else {
            format!("  {}", line.label)
        };
        let pieces = [(line.value.as_str(), None), (label.as_str(), Some(TextStyle::Dim))];
        let count = palette.paint(TextStyle::Count, format_args!("{:>7}", line.count));
        let columns = screen.columns.saturating_sub(COUNT_COLUMNS + depth.len());
        for (number, text) in wrap(&pieces, columns, palette).iter().enumerate() {
            if number == 0 {
                writeln!(out, "{count}  {depth}{text}")?;
            } else {
                writeln!(out, "{}{depth}{text}", " ".repeat(COUNT_COLUMNS))?;
            }
        }
    }
    Ok(())
}
