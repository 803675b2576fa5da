//! `vankien search`: finds passages that match a query, and counts them by facet.

use std::collections::{BTreeSet, HashMap};

use clap::{Args, ValueEnum};

use super::context::Context;
use super::exit::Exit;
use super::flags::{self, FilterArgs, OutputArgs, OutputFormat, ReadingArgs};
use super::index::open_index;
use crate::index::{Facet, Index};
use crate::query::{self, Diagnostic, Node, Query};
use crate::record::{DocumentRecord, Parsed};
use crate::render::json::{HitLine, SummaryLine};
use crate::render::tables;
use crate::render::terminal::{TextStyle, documents, facets, hits};
use crate::search::{self, Marks, Options, Results, Sort};

/// Flags of `vankien search`.
#[derive(Args, Debug)]
pub(crate) struct SearchArgs {
    /// Words (all must match), "a phrase", "a phrase"~3, -word, OR, parentheses, prefix*, symbols in any
    /// writing (21-NQ/TW, nq 21), filters (province:"Cần Thơ"). With or without marks
    #[arg(required = true, value_name = "QUERY")]
    query: Vec<String>,
    #[command(flatten)]
    filters: FilterArgs,
    /// How much the marks count: any ignores them, prefer ranks by them, exact asks for them
    #[arg(long, value_enum, default_value_t = MarksArg::Prefer, value_name = "MARKS")]
    marks: MarksArg,
    /// Order of the hits
    #[arg(long, value_enum, default_value_t = SortArg::Relevance, value_name = "ORDER")]
    sort: SortArg,
    /// Show at most this many hits
    #[arg(long, short = 'n', default_value_t = 10, value_name = "N")]
    limit: usize,
    /// Leave out the first hits
    #[arg(long, default_value_t = 0, value_name = "N")]
    offset: usize,
    /// Count the hits by these facets too: document, kind, province, term, section, place, cites, quality
    #[arg(long, value_delimiter = ',', value_name = "NAME,...")]
    facets: Vec<String>,
    /// Write only the number of matching passages
    #[arg(long, short, conflicts_with_all = ["files_with_matches", "context"])]
    count: bool,
    /// Write only the files with a matching passage
    #[arg(long, short = 'l', conflicts_with = "context")]
    files_with_matches: bool,
    /// Show this many lines of the file before and after each passage
    #[arg(long, short = 'C', value_name = "LINES")]
    context: Option<usize>,
    #[command(flatten)]
    reading: ReadingArgs,
    #[command(flatten)]
    output: OutputArgs,
}

/// How much the marks count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum MarksArg {
    /// They are ignored.
    Any,
    /// The same passages, ranked by agreement.
    Prefer,
    /// Only passages whose marks agree.
    Exact,
}

/// Order of the hits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum SortArg {
    /// Best first.
    Relevance,
    /// By document and place in it.
    Document,
    /// By date of the document, latest first.
    Date,
}

/// Runs the command.
pub(super) fn run(context: &mut Context<'_>, args: &SearchArgs) -> anyhow::Result<Exit> {
    let index = open_index(context)?;
    let typed = args.query.join(" ");
    let (query, asked) = query::parse(&typed);
    let filters = args.filters.filters(&index)?;
    let files_only = args.files_with_matches;
    let options = Options {
        marks: match args.marks {
            MarksArg::Any => Marks::Any,
            MarksArg::Prefer => Marks::Prefer,
            MarksArg::Exact => Marks::Exact,
        },
        sort: match args.sort {
            SortArg::Relevance => Sort::Relevance,
            SortArg::Document => Sort::Document,
            SortArg::Date => Sort::Date,
        },
        limit: if args.count || files_only { 0 } else { args.limit },
        offset: args.offset,
        facets: if files_only {
            vec![Facet::Document]
        } else {
            flags::facets(&args.facets)?
        },
        ..Options::default()
    };
    let results = search::search(&index, &query, &filters, &options)?;
    let exit = Exit::found(results.total > 0);
    if args.count {
        writeln!(context.out, "{}", results.total)?;
        return Ok(exit);
    }
    if files_only {
        let (allowed, _) = search::documents(&index, &filters)?;
        let allowed: BTreeSet<&str> = allowed.iter().map(|record| record.document.as_str()).collect();
        let values = results.facets.iter().flat_map(|counts| &counts.values);
        let found: BTreeSet<&str> = values.map(|value| value.value.as_str()).collect();
        context.files(&index, &|id| found.contains(id) && allowed.contains(id))?;
        return Ok(exit);
    }
    match args.output.format() {
        OutputFormat::Json => {
            results
                .hits
                .iter()
                .try_for_each(|hit| context.json(&HitLine::of(hit)))?;
            context.json(&SummaryLine::of(&results, &asked))?;
        }
        format @ (OutputFormat::Csv | OutputFormat::Tsv) => context.table(&tables::hits(&results.hits), format)?,
        OutputFormat::Text => {
            warn(context, &asked, &results)?;
            text(context, args, &index, &results)?;
            if results.total == 0 {
                suggest(context, &index, &query)?;
            }
        }
    }
    Ok(exit)
}

/// Warns of parts of the query that were not understood, and of an answer that does not match all of it.
fn warn(context: &mut Context<'_>, asked: &[Diagnostic], results: &Results) -> anyhow::Result<()> {
    context.warn_of(asked)?;
    context.warn_of(&results.diagnostics)?;
    if results.relaxed {
        context.warn("no passage has all of these words; these have most of them")?;
    }
    Ok(())
}

/// Suggests symbols near to those that were asked for in vain.
fn suggest(context: &mut Context<'_>, index: &Index, query: &Query) -> anyhow::Result<()> {
    let mut asked: Vec<String> = Vec::new();
    query.for_each_wanted(|node| {
        if let Node::Symbol(symbol) = node {
            asked.extend(symbol.canonical.clone());
        }
    });
    for symbol in asked {
        let near = search::nearest_symbols(index, &symbol, 5)?;
        if !near.is_empty() {
            context.warn(format_args!("did you mean {}?", near.join(", ")))?;
        }
    }
    Ok(())
}

/// Writes the hits for a terminal, each run of hits in one document under the name of the document.
fn text(context: &mut Context<'_>, args: &SearchArgs, index: &Index, results: &Results) -> anyhow::Result<()> {
    let known: HashMap<&str, &DocumentRecord> = index
        .documents()?
        .map(|record| (record.document.as_str(), record))
        .collect();
    let mut parsed: HashMap<String, Parsed> = HashMap::new();
    let mut current = "";
    for (position, hit) in results.hits.iter().enumerate() {
        let record = &hit.stored.record;
        if record.document != current {
            current = &record.document;
            if position > 0 {
                writeln!(context.out)?;
            }
            if let Some(document) = known.get(current) {
                writeln!(context.out, "{}", documents::heading_line(context.screen, document))?;
            }
        }
        match args.context {
            None => hits::hit(context.out, context.screen, hit, args.reading.version())?,
            Some(around) => {
                hits::address(context.out, context.screen, hit)?;
                // Hits by relevance return to a document again and again; each is read once.
                if !parsed.contains_key(current) {
                    parsed.insert(current.to_owned(), index.document(current)?);
                }
                if let Some(parsed) = parsed.get(current) {
                    let text = &parsed.document.text;
                    documents::lines_around(context.out, context.screen, text, record.lines, around)?;
                }
            }
        }
    }
    facets::summary(context.out, context.screen, &results.facets)?;
    if results.total > 0 && context.interactive {
        write_total(context, results)?;
    }
    Ok(())
}

/// Writes the number of hits, which of them are shown, and the time taken.
fn write_total(context: &mut Context<'_>, results: &Results) -> anyhow::Result<()> {
    let shown = results.hits.len();
    let first = results.hits.first().map_or(0, |hit| hit.rank);
    let count = context.screen.palette.paint(TextStyle::Count, results.total);
    let window = match shown {
        0 => String::new(),
        _ if shown == results.total => String::new(),
        _ => format!(", {first} to {} shown", first + shown - 1),
    };
    let milliseconds = results.elapsed.as_secs_f64() * 1e3;
    writeln!(context.err, "{count} passages{window} ({milliseconds:.1} ms)")?;
    Ok(())
}
