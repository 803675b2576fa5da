//! Values of facets as terminal text: a line per facet after the hits, or a tree with counts.

use std::io::{self, Write};

use super::{Screen, TextStyle, wrap};
use crate::render::json::FacetValueLine;
use crate::search::FacetCounts;
use crate::text::clean;

/// The most values of a facet in its line after the hits; JSON has all of them.
const MAX_SUMMARY_VALUES: usize = 12;

/// Writes a line for each facet with its most frequent values.
///
/// # Errors
/// Those of `out`.
pub fn summary(out: &mut dyn Write, screen: Screen, facets: &[FacetCounts]) -> io::Result<()> {
    for counts in facets {
        let values = counts.values.iter().take(MAX_SUMMARY_VALUES);
        let values: Vec<String> = values
            .map(|value| format!("{} ({})", value.value, value.count))
            .collect();
        let name = format!("{}: ", counts.facet);
        let pieces = [(name.as_str(), Some(TextStyle::Title)), (&values.join(", "), None)];
        for line in wrap(&pieces, screen.columns, screen.palette) {
            writeln!(out, "{line}")?;
        }
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
            writeln!(out, "{}", palette.paint(TextStyle::Title, facet))?;
        }
        let count = palette.paint(TextStyle::Count, format_args!("{:>7}", line.count));
        let depth = "  ".repeat(line.value.matches('/').count());
        let label = if line.label == line.value {
            String::new()
        } else {
            format!("  {}", line.label)
        };
        let label = palette.paint(TextStyle::Dim, clean(&label));
        writeln!(out, "{count}  {depth}{}{label}", clean(&line.value))?;
    }
    Ok(())
}
