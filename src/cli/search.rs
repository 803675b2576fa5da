//! `vankien search`: finds passages that match a query, and counts them by facet.

use anyhow::bail;
use clap::Args;

use super::answer::LocalFiles;
use super::context::Context;
use super::exit::Exit;
use super::flags::{self, AroundArgs, FacetArgs, FilterArgs, OutputArgs, OutputFormat, ReadingArgs, WindowArgs};
use super::index::open_index;
use crate::index::Index;
use crate::query::{self, Diagnostic};
use crate::record::Parsed;
use crate::render::json::{HitLine, SummaryLine};
use crate::render::language::fill;
use crate::render::tables;
use crate::render::terminal::listing::Listing;
use crate::render::terminal::{documents, facets, hits};
use crate::search::{self, AskedSearch, DEFAULT_LIMIT, Help, Marks, Options, OtherForms, Results, Sort};

/// Flags of `vankien search`.
#[derive(Args, Debug)]
pub(crate) struct SearchArgs {
    /// Words (all must match), "a phrase", "a phrase"~3, -word, AND, OR, NOT, parentheses, prefix*,
    /// symbols in any writing (21-NQ/TW, nq 21), dates, filters (province:"Cần Thơ"). With or without marks; not needed with filters
    #[arg(value_name = "QUERY")]
    query: Vec<String>,
    #[command(flatten)]
    filters: FilterArgs,
    /// The meaning of marks.
    #[arg(long, help = flags::help(Marks::HELP), value_parser = flags::named::<Marks>(), value_name = "MARKS")]
    #[arg(default_value = Marks::default().name())]
    marks: Marks,
    /// The order of the hits.
    #[arg(long, help = flags::help(Sort::HELP), value_parser = flags::named::<Sort>(), value_name = "ORDER")]
    #[arg(default_value = Sort::default().name())]
    sort: Sort,
    #[command(flatten)]
    window: WindowArgs,
    #[command(flatten)]
    facets: FacetArgs,
    /// Show only the files with a matching passage
    #[arg(long, short = 'l', conflicts_with_all = ["count", "context"])]
    files_with_matches: bool,
    #[command(flatten)]
    around: AroundArgs,
    #[command(flatten)]
    reading: ReadingArgs,
    #[command(flatten)]
    pub(super) output: OutputArgs,
}

/// Runs the command.
pub(super) fn run(context: &mut Context<'_>, args: &SearchArgs) -> anyhow::Result<Exit> {
    let index = open_index(context)?;
    let typed = args.query.join(" ");
    let (query, asked) = query::parse(&typed);
    let filters = args.filters.filters(&index)?;
    if typed.trim().is_empty() && filters.is_empty() {
        bail!(
            "there is nothing to search for: give words or a filter, as in `vankien search 'tinh gọn bộ máy'` or \
             `vankien search --cites 57-NQ/TW`"
        );
    }
    let mut options = Options {
        marks: args.marks,
        sort: args.sort,
        limit: args.window.limit_or(DEFAULT_LIMIT),
        offset: args.window.offset,
        facets: args.facets.facets()?,
        facet_limit: args.facets.limit(),
        ..Options::default()
    };
    if context.format == OutputFormat::Text {
        options.snippet_chars = hits::longest_snippet(context.screen);
    }
    // A list of files and a count need no hits to be read from the index.
    if args.files_with_matches {
        let (documents, relaxed) = search::matching_documents(&index, &query, &filters, &options)?;
        // Who asks for files asks whether they have all words.
        let exit = Exit::found(!relaxed && !documents.is_empty());
        if relaxed {
            context.warn(context.strings().no_passage_has_all)?;
        } else {
            context.files(documents)?;
        }
        return Ok(exit);
    }
    if args.window.count {
        options.limit = 0;
    }
    let results = search::search(&index, &query, &filters, &options)?;
    let exit = Exit::found(results.strict_total() > 0);
    warn(context, &asked, &results, args.window.count)?;
    if args.window.count {
        writeln!(context.out, "{}", results.strict_total())?;
        return Ok(exit);
    }
    match context.format {
        OutputFormat::Json => {
            results
                .hits
                .iter()
                .try_for_each(|hit| context.json(&HitLine::of(hit)))?;
            context.json(&SummaryLine::of(&results, &asked))?;
        }
        OutputFormat::Table(format) => {
            context.table(&tables::hits(&results.hits, &LocalFiles::of(&index)?), format)?;
        }
        OutputFormat::Text => {
            for OtherForms { typed, forms } in &results.also {
                let forms = forms.join(", ");
                context.warn(fill(context.strings().also_finds, &[&forms, typed]))?;
            }
            text(context, args, &index, &results)?;
            if results.total() == 0 {
                help(context, args, &index, &typed)?;
            }
        }
    }
    Ok(exit)
}

/// Warns of parts of the query that were not understood, and of an answer that does not match all of it.
fn warn(context: &mut Context<'_>, asked: &[Diagnostic], results: &Results, count_only: bool) -> anyhow::Result<()> {
    context.warn_of(asked)?;
    context.warn_of(&results.diagnostics)?;
    match (results.relaxed, count_only) {
        (false, _) => Ok(()),
        (true, true) => context.warn(context.strings().no_passage_has_all),
        (true, false) => context.warn(context.strings().most_of_them),
    }
}

/// Hints at changes to a query that found nothing.
fn help(context: &mut Context<'_>, args: &SearchArgs, index: &Index, typed: &str) -> anyhow::Result<()> {
    let asked = AskedSearch {
        typed,
        filters: &args.filters.chosen,
        marks: args.marks,
    };
    let strings = context.strings();
    context.warn(strings.no_passage)?;
    for help in Help::with(index, asked)? {
        context.hint(match help {
            Help::IgnoreMarks { total } => fill(strings.try_marks, &[&total]),
            Help::Unquote { total, .. } => fill(strings.try_unquoted, &[&total]),
            Help::DropFilter { filter, value, total } => fill(strings.try_without, &[&filter, &value, &total]),
            Help::NearSymbols(symbols) => fill(strings.try_symbols, &[&symbols.join(", ")]),
            Help::UnknownWords(words) => fill(strings.words_unknown, &[&words.join(", ")]),
        })?;
    }
    Ok(())
}

/// Writes the hits for a terminal, those of a document under its head line.
fn text(context: &mut Context<'_>, args: &SearchArgs, index: &Index, results: &Results) -> anyhow::Result<()> {
    let (screen, version) = (context.screen, args.reading.version());
    let mut list = Listing::new(context.out, screen, index);
    let mut parsed: Option<Parsed> = None;
    let shown = hits::by_document(&results.hits);
    let max_chars = hits::snippet_length(screen, &shown);
    for hit in shown {
        let record = &hit.stored.record;
        list.document(&record.document)?;
        let Some(around) = args.around.context else {
            hits::hit(&mut list, hit, version, max_chars)?;
            continue;
        };
        hits::address(&mut list, hit)?;
        let document = match parsed.take() {
            Some(document) if document.document.id == record.document => document,
            _ => index.document(&record.document)?,
        };
        documents::lines_around(list.out, screen, &document, record.lines, around, version)?;
        parsed = Some(document);
    }
    list.legend()?;
    facets::summary(context.out, screen, index, &results.facets)?;
    if results.total() > 0 && context.interactive {
        write_total(context, results)?;
    }
    Ok(())
}

/// Writes the number of hits, which of them are shown, and the time taken.
fn write_total(context: &mut Context<'_>, results: &Results) -> anyhow::Result<()> {
    let strings = context.strings();
    let shown = results.hits.len();
    let first = results.hits.first().map_or(0, |hit| hit.rank);
    let mut parts = vec![fill(strings.shown, &[&results.total()])];
    if results.matches.folded > 0 {
        parts.push(fill(strings.shown_folded, &[&results.matches.folded]));
    }
    if shown > 0 && shown < results.total() {
        parts.push(fill(strings.shown_window, &[&first, &(first + shown - 1)]));
    }
    let milliseconds = results.elapsed.as_secs_f64() * 1e3;
    // The answer comes first, also where both streams are one terminal.
    context.out.flush()?;
    writeln!(context.err, "{} ({milliseconds:.1} ms)", parts.join(", "))?;
    Ok(())
}
