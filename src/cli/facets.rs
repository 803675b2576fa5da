//! `vankien facets`: lists the values of each facet with counts of passages.

use clap::Args;

use super::context::Context;
use super::exit::Exit;
use super::flags::{self, FilterArgs, OutputArgs, OutputFormat};
use super::index::open_index;
use crate::record::Facet;
use crate::render::json::FacetValueLine;
use crate::render::{tables, terminal};
use crate::search;

/// Flags of `vankien facets`.
#[derive(Args, Debug)]
pub(crate) struct FacetsArgs {
    /// Names of the facets to list; all, if none is named.
    #[arg(help = flags::with_facet_names("Only these facets"), value_name = "NAME")]
    names: Vec<String>,
    #[command(flatten)]
    filters: FilterArgs,
    #[command(flatten)]
    pub(super) output: OutputArgs,
}

/// Runs the command.
pub(super) fn run(context: &mut Context<'_>, args: &FacetsArgs) -> anyhow::Result<Exit> {
    let index = open_index(context)?;
    let named = flags::facets(&args.names)?;
    let facets = if named.is_empty() { Facet::ALL.to_vec() } else { named };
    let (counts, diagnostics) = search::facets(&index, &args.filters.filters(&index)?, facets)?;
    context.warn_of(&diagnostics)?;
    let values = FacetValueLine::all(counts);
    match context.format {
        OutputFormat::Text => terminal::facets::list(context.out, context.screen, &values)?,
        OutputFormat::Json | OutputFormat::Table(_) => context.records(Some(&index), &values, tables::facet_values)?,
    }
    Ok(Exit::found(!values.is_empty()))
}
