//! `vankien cite`, `vankien cites` and `vankien citations`: list the places where a document is cited, what a document
//! cites, and the cited documents.

use std::collections::{HashMap, HashSet};

use clap::Args;

use super::answer::LocalFiles;
use super::context::Context;
use super::exit::Exit;
use super::flags::{self, AroundArgs, FilterArgs, OutputArgs, OutputFormat, ReadingArgs, WindowArgs};
use super::index::open_index;
use crate::concordance::{
    self, CitedDocument, CitedOrder, CitedQuery, CitedTable, CitesOrder, PlaceOrder, Places, RegisterQuery,
};
use crate::index::Index;
use crate::query::{Diagnostic, FilterName, Oddity};
use crate::record::{CitationRecord, CitedAt, Facet, Parsed};
use crate::render::json::CitationLine;
use crate::render::language::fill;
use crate::render::tables;
use crate::render::terminal::listing::Listing;
use crate::render::terminal::{citations, documents};
use crate::search;

/// Flags of `vankien cite`.
#[derive(Args, Debug)]
pub(crate) struct CiteArgs {
    /// A symbol in any writing (21-NQ/TW, `nq 21`), a name (Điều lệ Đảng), or a citation as documents write it, with
    /// its date and issuer
    #[arg(required = true, value_name = "SYMBOL|NAME")]
    cited: Vec<String>,
    #[command(flatten)]
    filters: FilterArgs,
    /// The order of the places.
    #[arg(long, help = flags::help("Order of the places."), value_parser = flags::named::<PlaceOrder>())]
    #[arg(default_value = PlaceOrder::default().name(), value_name = "ORDER")]
    sort: PlaceOrder,
    #[command(flatten)]
    window: WindowArgs,
    /// Show only the files that cite it
    #[arg(long, short = 'l', conflicts_with_all = ["count", "context"])]
    files_with_matches: bool,
    #[command(flatten)]
    around: AroundArgs,
    #[command(flatten)]
    reading: ReadingArgs,
    #[command(flatten)]
    pub(super) output: OutputArgs,
}

/// Flags of `vankien cites`.
#[derive(Args, Debug)]
pub(crate) struct CitesArgs {
    /// The document whose citations to list.
    #[arg(help = flags::help(Facet::Document.filter_help()), value_name = "DOCUMENT")]
    document: String,
    /// The order of the citations.
    #[arg(long, help = flags::help("Order of the citations."), value_parser = flags::named::<CitesOrder>())]
    #[arg(default_value = CitesOrder::default().name(), value_name = "ORDER")]
    sort: CitesOrder,
    #[command(flatten)]
    window: WindowArgs,
    #[command(flatten)]
    reading: ReadingArgs,
    #[command(flatten)]
    pub(super) output: OutputArgs,
}

/// Flags of `vankien citations`.
#[derive(Args, Debug)]
pub(crate) struct CitationsArgs {
    #[command(flatten)]
    filters: FilterArgs,
    /// The order of the cited documents.
    #[arg(long, help = flags::help("Order of the cited documents."), value_parser = flags::named::<CitedOrder>())]
    #[arg(default_value = CitedOrder::default().name(), value_name = "ORDER")]
    sort: CitedOrder,
    #[command(flatten)]
    window: WindowArgs,
    #[command(flatten)]
    pub(super) output: OutputArgs,
}

/// Runs `vankien citations`.
pub(super) fn run(context: &mut Context<'_>, args: &CitationsArgs) -> anyhow::Result<Exit> {
    let index = open_index(context)?;
    let filters = args.filters.filters(&index)?;
    let mut table = CitedTable::of(&index, &filters)?;
    warn(context, &table.diagnostics)?;
    table.sort(args.sort);
    if args.window.count {
        writeln!(context.out, "{}", table.rows.len())?;
        return Ok(Exit::found(!table.rows.is_empty()));
    }
    let window: Vec<&CitedDocument> = args.window.of(&table.rows).map(|row| &row.summary).collect();
    let sources = LocalFiles::of(&index)?;
    context.records(Some(&index), &window, |cited| tables::citations(cited, &sources))?;
    Ok(Exit::found(!window.is_empty()))
}

/// Warns of oddities of the filters. Where the kind of the citing documents is one of cited documents, that may be meant.
fn warn(context: &mut Context<'_>, diagnostics: &[Diagnostic]) -> anyhow::Result<()> {
    context.warn_of(diagnostics)?;
    for diagnostic in diagnostics {
        if let Oddity::NoSuchValue(unknown) = &diagnostic.oddity
            && unknown.filter == FilterName::Facet(Facet::Kind)
            && let Some(kind) = search::usual_value(Facet::CitedKind, &unknown.value)
        {
            context.hint(format_args!(
                "--kind is that of the citing documents; for that of the cited ones: --cited-kind {kind}"
            ))?;
        }
    }
    Ok(())
}

/// Runs `vankien cite`.
pub(super) fn cite(context: &mut Context<'_>, args: &CiteArgs) -> anyhow::Result<Exit> {
    let index = open_index(context)?;
    let filters = args.filters.filters(&index)?;
    let typed = args.cited.join(" ");
    let mut found = concordance::places(&index, Some(&CitedQuery::parse(&typed)), &filters)?;
    warn(context, &found.diagnostics)?;
    if found.places.is_empty() {
        // A table without a row still has its header, which programs and spreadsheets open.
        if let OutputFormat::Table(format) = context.format {
            context.table(&tables::places(&[], &LocalFiles::of(&index)?), format)?;
        }
        let strings = context.strings();
        context.warn(fill(strings.nobody_cites, &[&typed]))?;
        let near = concordance::near_symbols(&index, &typed)?;
        if !near.is_empty() {
            context.hint(fill(strings.near_ones, &[&near.join(", ")]))?;
        }
        let asked = RegisterQuery {
            typed: typed.clone(),
            ..RegisterQuery::default()
        };
        if !concordance::registered(&*index.register()?, &asked).is_empty() {
            let command = context.command(&format!("register '{typed}'"));
            context.hint(fill(strings.register_has, &[&command]))?;
        }
        return Ok(Exit::NothingFound);
    }
    if args.window.count {
        writeln!(context.out, "{}", found.places.len())?;
    } else if args.files_with_matches {
        context.files(found.documents(&index)?)?;
    } else {
        found.sort(&index, args.sort)?;
        if context.format == OutputFormat::Text {
            write_reports(context, args, &index, found)?;
        } else {
            let window = args.window.of(found.places);
            let records: Vec<CitationRecord> = window.map(|place| place.citation).collect();
            write_records(context, &index, &records)?;
        }
    }
    Ok(Exit::Done)
}

/// Runs `vankien cites`.
pub(super) fn cites(context: &mut Context<'_>, args: &CitesArgs) -> anyhow::Result<Exit> {
    let index = open_index(context)?;
    let id = index.resolve_id(&args.document)?.to_owned();
    let places = index.cited_places(&id)?.into_iter();
    let mut places: Vec<CitedAt> = places.filter(|place| !place.citation.is_own_document()).collect();
    args.sort.sort(&mut places);
    if args.window.count {
        writeln!(context.out, "{}", places.len())?;
        return Ok(Exit::found(!places.is_empty()));
    }
    let exit = Exit::found(!places.is_empty());
    let window = args.window.of(places);
    if context.format == OutputFormat::Text {
        let places: Vec<CitedAt> = window.collect();
        let mut list = Listing::new(context.out, context.screen, &index);
        citations::cited_in(&mut list, &id, &places, args.reading.version())?;
        list.legend()?;
    } else {
        let records: Vec<CitationRecord> = window.map(|place| place.citation).collect();
        write_records(context, &index, &records)?;
    }
    Ok(exit)
}

/// Writes a record of each citation for programs: as JSON Lines with the head of its document, or as a table.
fn write_records(context: &mut Context<'_>, index: &Index, records: &[CitationRecord]) -> anyhow::Result<()> {
    match context.format {
        OutputFormat::Table(format) => context.table(&tables::places(records, &LocalFiles::of(index)?), format),
        OutputFormat::Json | OutputFormat::Text => {
            let lines = CitationLine::all(index, records)?;
            lines.iter().try_for_each(|line| context.json(line))
        }
    }
}

/// Writes a report on each cited document for a terminal. What it counts and compares are all places, also where only
/// some of them are shown.
fn write_reports(context: &mut Context<'_>, args: &CiteArgs, index: &Index, found: Places) -> anyhow::Result<()> {
    let place_of = |citation: &CitationRecord| (citation.passage.clone(), citation.span);
    let shown: HashSet<_> = args
        .window
        .of(&found.places)
        .map(|place| place_of(&place.citation))
        .collect();
    let is_shown = |citation: &CitationRecord| shown.contains(&place_of(citation));
    let left = found
        .places
        .len()
        .saturating_sub(args.window.offset.saturating_add(shown.len()));
    let sections: HashMap<String, Vec<String>> = found
        .places
        .iter()
        .map(|place| (place.citation.passage.clone(), place.section_path.clone()))
        .collect();
    let records: Vec<CitationRecord> = found.places.into_iter().map(|place| place.citation).collect();
    let section_path = |citation: &CitationRecord| sections.get(&citation.passage).cloned().unwrap_or_default();
    let (screen, version) = (context.screen, args.reading.version());
    let mut list = Listing::new(context.out, screen, index);
    let mut parsed: Option<Parsed> = None;
    let reports = concordance::reports(records, &*index.register()?);
    let of_shown = reports.iter().filter(|report| report.places.iter().any(is_shown));
    for (position, report) in of_shown.enumerate() {
        if position > 0 {
            writeln!(list.out, "\n")?;
        }
        let Some(around) = args.around.context else {
            citations::report(&mut list, report, &is_shown, &section_path, version)?;
            continue;
        };
        citations::head(&mut list, report)?;
        writeln!(list.out)?;
        list.restart();
        for place in report.places.iter().filter(|place| is_shown(place)) {
            list.document(&place.document)?;
            citations::address_line(&mut list, place, &section_path(place))?;
            let document = match parsed.take() {
                Some(document) if document.document.id == place.document => document,
                _ => index.document(&place.document)?,
            };
            documents::lines_around(list.out, screen, &document, place.lines, around, version)?;
            parsed = Some(document);
        }
    }
    list.legend()?;
    if left > 0 {
        context.hint(fill(context.strings().left_out, &[&left]))?;
    }
    Ok(())
}
