//! `vankien facets`: lists the values of each facet with counts of passages.

use std::sync::Arc;

use clap::Args;

use super::context::Context;
use super::exit::Exit;
use super::flags::{self, FilterArgs, OutputArgs, OutputFormat, WindowArgs};
use super::index::open_index;
use crate::record::Facet;
use crate::render::json::FacetValueLine;
use crate::render::{tables, terminal};
use crate::search::{self, FacetCounts};
use crate::text::named;

/// Flags of `vankien facets`.
#[derive(Args, Debug)]
pub(crate) struct FacetsArgs {
    /// Names of the facets to list; all, if none is named.
    #[arg(help = flags::with_facet_names("Only these facets"), value_name = "NAME")]
    names: Vec<String>,
    #[command(flatten)]
    filters: FilterArgs,
    /// The order of the values of each facet.
    #[arg(long, help = flags::help("Order of the values of each facet."), value_parser = flags::named::<ValueOrder>())]
    #[arg(default_value = ValueOrder::default().name(), value_name = "ORDER")]
    sort: ValueOrder,
    #[command(flatten)]
    window: WindowArgs,
    #[command(flatten)]
    pub(super) output: OutputArgs,
}

named! {
    /// The order of the values of a facet.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    enum ValueOrder {
        /// Most frequent first.
        #[default]
        Count = "count",
        /// By value.
        Value = "value",
    }
}

/// Runs the command.
pub(super) fn run(context: &mut Context<'_>, args: &FacetsArgs) -> anyhow::Result<Exit> {
    let index = open_index(context)?;
    let named = flags::facets(&args.names)?;
    let facets = if named.is_empty() { Facet::ALL.to_vec() } else { named };
    let (counts, diagnostics) = search::facets(&index, &args.filters.filters(&index)?, facets)?;
    let mut counts: Vec<FacetCounts> = counts.into_iter().map(Arc::unwrap_or_clone).collect();
    context.warn_of(&diagnostics)?;
    if args.window.count {
        let total: usize = counts.iter().map(|counts| counts.values.len()).sum();
        writeln!(context.out, "{total}")?;
        return Ok(Exit::found(total > 0));
    }
    for counts in &mut counts {
        if args.sort == ValueOrder::Value {
            counts.values.sort_by(|one, other| one.value.cmp(&other.value));
        }
        counts.values = args.window.of(std::mem::take(&mut counts.values)).collect();
    }
    let values = FacetValueLine::all(counts);
    match context.format {
        OutputFormat::Text => terminal::facets::list(context.out, context.screen, &values)?,
        OutputFormat::Json | OutputFormat::Table(_) => context.records(Some(&index), &values, tables::facet_values)?,
    }
    Ok(Exit::found(!values.is_empty()))
}
