//! `vankien precedent --all`, `--matrix` and `--boilerplate`: the whole corpus compared with itself.

use super::super::answer::LocalFiles;
use super::super::context::Context;
use super::super::exit::Exit;
use super::super::flags::OutputFormat;
use super::flags::PrecedentArgs;
use crate::index::Index;
use crate::precedent::{self, MIN_PAIR_SCORE, Reuse, ReuseOptions};
use crate::query::Filters;
use crate::render::json::FamilyLine;
use crate::render::terminal::listing::Listing;
use crate::render::{tables, terminal};

/// Compares the index with itself and reports oddities of the filters.
fn reuse(context: &mut Context<'_>, args: &PrecedentArgs, index: &Index, filters: &Filters) -> anyhow::Result<Reuse> {
    let options = ReuseOptions {
        min_score: args.min_score.unwrap_or(MIN_PAIR_SCORE),
        ..ReuseOptions::default()
    };
    let reuse = precedent::reuse(index, filters, &options)?;
    context.warn_of(&reuse.diagnostics)?;
    Ok(reuse)
}

/// Writes the families of wording.
pub(super) fn families(
    context: &mut Context<'_>,
    args: &PrecedentArgs,
    index: &Index,
    filters: &Filters,
) -> anyhow::Result<Exit> {
    let reuse = reuse(context, args, index, filters)?;
    let exit = Exit::found(!reuse.families.is_empty());
    if args.window.count {
        writeln!(context.out, "{}", reuse.families.len())?;
        return Ok(exit);
    }
    let shown = || (args.window.offset + 1..).zip(args.shown(&reuse.families));
    match context.format {
        OutputFormat::Json => {
            for (number, family) in shown() {
                context.json(&FamilyLine::of(number, family, &reuse))?;
            }
        }
        OutputFormat::Table(format) => {
            context.table(&tables::families(shown(), &LocalFiles::of(index)?), format)?;
        }
        OutputFormat::Text => {
            let mut list = Listing::new(context.out, context.screen, index);
            for (number, family) in shown() {
                terminal::precedents::family(&mut list, number, family, args.reading.version())?;
            }
        }
    }
    Ok(exit)
}

/// Writes how much of each document every other one has.
pub(super) fn matrix(
    context: &mut Context<'_>,
    args: &PrecedentArgs,
    index: &Index,
    filters: &Filters,
) -> anyhow::Result<Exit> {
    let reuse = reuse(context, args, index, filters)?;
    let overlaps = args.shown(&reuse.overlaps);
    match context.format {
        _ if args.window.count => writeln!(context.out, "{}", reuse.overlaps.len())?,
        OutputFormat::Table(format) => context.table(&tables::matrix(&reuse), format)?,
        OutputFormat::Text | OutputFormat::Json => context.records(Some(index), overlaps, tables::overlaps)?,
    }
    Ok(Exit::found(!reuse.overlaps.is_empty()))
}

/// Writes the set phrases.
pub(super) fn boilerplate(
    context: &mut Context<'_>,
    args: &PrecedentArgs,
    index: &Index,
    filters: &Filters,
) -> anyhow::Result<Exit> {
    let mut diagnostics = Vec::new();
    let phrases = precedent::set_phrases(index, filters, &mut diagnostics)?;
    context.warn_of(&diagnostics)?;
    if args.window.count {
        writeln!(context.out, "{}", phrases.len())?;
    } else {
        context.records(Some(index), args.shown(&phrases), tables::set_phrases)?;
    }
    Ok(Exit::found(!phrases.is_empty()))
}
