//! `vankien cite` and `vankien citations`: list the places where a document is cited, and the cited documents.

use std::collections::HashMap;

use clap::Args;

use super::context::Context;
use super::exit::Exit;
use super::flags::{FilterArgs, OutputArgs, OutputFormat, ReadingArgs};
use super::index::open_index;
use crate::concordance::{self, CitedQuery, Places};
use crate::index::Index;
use crate::record::CitationRecord;
use crate::render::tables;
use crate::render::terminal::citations;
use crate::search;
use crate::text::clean;

/// Flags of `vankien cite`.
#[derive(Args, Debug)]
pub(crate) struct CiteArgs {
    /// A symbol in any writing (21-NQ/TW, `nq 21`) or a name (Điều lệ Đảng)
    #[arg(required = true, value_name = "SYMBOL|NAME")]
    cited: Vec<String>,
    #[command(flatten)]
    filters: FilterArgs,
    /// Show only the number of places
    #[arg(long, short, conflicts_with = "files_with_matches")]
    count: bool,
    /// Show only the files that cite it
    #[arg(long, short = 'l')]
    files_with_matches: bool,
    #[command(flatten)]
    reading: ReadingArgs,
    #[command(flatten)]
    output: OutputArgs,
}

/// Flags of `vankien citations`.
#[derive(Args, Debug)]
pub(crate) struct CitationsArgs {
    #[command(flatten)]
    filters: FilterArgs,
    /// Show at most this many cited documents (0: all)
    #[arg(long, short = 'n', default_value_t = 0, value_name = "N")]
    limit: usize,
    /// Skip the first ones
    #[arg(long, default_value_t = 0, value_name = "N")]
    offset: usize,
    /// Show only the number of cited documents
    #[arg(long, short)]
    count: bool,
    #[command(flatten)]
    output: OutputArgs,
}

/// Runs `vankien citations`.
pub(super) fn run(context: &mut Context<'_>, args: &CitationsArgs) -> anyhow::Result<Exit> {
    let index = open_index(context)?;
    let filters = args.filters.filters(&index)?;
    let found = concordance::places(&index, None, &filters)?;
    context.warn_of(&found.diagnostics)?;
    let cited = concordance::cited_documents(found.places.iter().map(|place| &place.citation));
    if args.count {
        writeln!(context.out, "{}", cited.len())?;
        return Ok(Exit::found(!cited.is_empty()));
    }
    let window: Vec<_> = cited
        .into_iter()
        .skip(args.offset)
        .take(search::limit_or_all(args.limit))
        .collect();
    context.records(&window, args.output.format(), tables::citations)?;
    Ok(Exit::found(!window.is_empty()))
}

/// Runs `vankien cite`.
pub(super) fn cite(context: &mut Context<'_>, args: &CiteArgs) -> anyhow::Result<Exit> {
    let index = open_index(context)?;
    let filters = args.filters.filters(&index)?;
    let typed = args.cited.join(" ");
    let found = concordance::places(&index, Some(&CitedQuery::parse(&typed)), &filters)?;
    context.warn_of(&found.diagnostics)?;
    if found.places.is_empty() {
        context.warn(format_args!("nothing cites '{}'", clean(&typed)))?;
        let near = concordance::near_symbols(&index, &typed)?;
        if !near.is_empty() {
            context.hint(format_args!("similar ones are {}", clean(&near.join(", "))))?;
        }
        return Ok(Exit::NothingFound);
    }
    if args.count {
        writeln!(context.out, "{}", found.places.len())?;
    } else if args.files_with_matches {
        context.files(found.documents(&index)?)?;
    } else {
        write_places(context, args, &index, found)?;
    }
    Ok(Exit::Done)
}

/// Writes the places: for a terminal a report on each cited document, else a record of each citation.
fn write_places(context: &mut Context<'_>, args: &CiteArgs, index: &Index, found: Places) -> anyhow::Result<()> {
    let sections: HashMap<String, Vec<String>> = found
        .places
        .iter()
        .map(|place| (place.citation.passage.clone(), place.section_path.clone()))
        .collect();
    let records: Vec<CitationRecord> = found.places.into_iter().map(|place| place.citation).collect();
    let format = args.output.format();
    if format != OutputFormat::Text {
        return context.records(&records, format, tables::places);
    }
    let manifest = index.manifest()?;
    let record = |id: &str| manifest.file(id).map(|file| &file.record);
    let section_path = |citation: &CitationRecord| sections.get(&citation.passage).cloned().unwrap_or_default();
    let version = args.reading.version();
    for (position, report) in concordance::reports(records).iter().enumerate() {
        if position > 0 {
            writeln!(context.out, "\n")?;
        }
        citations::report(context.out, context.screen, report, &record, &section_path, version)?;
    }
    Ok(())
}
