//! `vankien facets`: the values of each facet with counts of passages.

use serde::Serialize;

use super::args::{FacetsArgs, Format};
use super::context::Context;
use super::exit::Exit;
use super::filters;
use crate::index::Facet;
use crate::render::table::{Column, Table};
use crate::render::terminal::Role;
use crate::search;
use crate::text::clean;

/// One value of one facet.
#[derive(Serialize)]
struct Row {
    /// The facet.
    facet: &'static str,
    /// The value, as filters take it.
    value: String,
    /// The value, as people read it.
    label: String,
    /// Passages that have it.
    count: u64,
}

/// Runs the command.
pub(super) fn run(context: &mut Context<'_>, args: &FacetsArgs) -> anyhow::Result<Exit> {
    let index = context.open_index()?;
    let asked = filters::facets(&args.names)?;
    let asked = if asked.is_empty() { Facet::ALL.to_vec() } else { asked };
    let (facets, diagnostics) = search::facets(&index, &filters::parse(&args.filters, &index)?, asked)?;
    context.tell(&diagnostics)?;
    let mut rows = Vec::new();
    for counts in facets {
        rows.extend(counts.values.into_iter().map(|value| Row {
            facet: counts.facet.name(),
            value: value.value,
            label: value.label,
            count: value.count,
        }));
    }
    if args.output.format() == Format::Text {
        let mut facet = "";
        for row in &rows {
            if row.facet != facet {
                facet = row.facet;
                writeln!(context.out, "{}", context.page.palette.paint(Role::Title, facet))?;
            }
            let count = context
                .page
                .palette
                .paint(Role::Count, format_args!("{:>7}", row.count));
            let depth = "  ".repeat(row.value.matches('/').count());
            let label = if row.label == row.value {
                String::new()
            } else {
                format!("  {}", row.label)
            };
            let label = context.page.palette.paint(Role::Dim, clean(&label));
            writeln!(context.out, "{count}  {depth}{}{label}", clean(&row.value))?;
        }
    } else {
        context.records(&rows, args.output.format(), table)?;
    }
    Ok(Exit::found(!rows.is_empty()))
}

/// A table of values.
fn table(rows: &[Row]) -> Table {
    let columns = vec![
        Column::text("facet"),
        Column::text("value"),
        Column::text("label"),
        Column::number("count"),
    ];
    let mut table = Table::new(columns);
    for row in rows {
        table.push(vec![
            row.facet.to_owned(),
            row.value.clone(),
            row.label.clone(),
            row.count.to_string(),
        ]);
    }
    table
}
