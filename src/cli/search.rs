//! `vankien search`: finds passages that match a query, and counts them by facet.

use std::collections::HashMap;

use clap::Args;

use super::answer::LocalFiles;
use super::context::{Context, counted};
use super::exit::Exit;
use super::flags::{self, FilterArgs, OutputArgs, OutputFormat, ReadingArgs};
use super::index::open_index;
use crate::index::Index;
use crate::query::{self, Diagnostic};
use crate::record::Parsed;
use crate::render::json::{HitLine, SummaryLine};
use crate::render::tables;
use crate::render::terminal::{TextStyle, documents, facets, hits};
use crate::search::{self, AskedSearch, DEFAULT_LIMIT, Help, Marks, Options, OtherForms, Results, Sort};
use crate::text::clean;

/// Flags of `vankien search`.
#[derive(Args, Debug)]
pub(crate) struct SearchArgs {
    /// Words (all must match), "a phrase", "a phrase"~3, -word, AND, OR, NOT, parentheses, prefix*,
    /// symbols in any writing (21-NQ/TW, nq 21), dates, filters (province:"Cần Thơ"). With or without marks
    #[arg(required = true, value_name = "QUERY")]
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
    /// Show at most this many hits
    #[arg(long, short = 'n', default_value_t = DEFAULT_LIMIT, value_name = "N")]
    limit: usize,
    /// Skip the first hits
    #[arg(long, default_value_t = 0, value_name = "N")]
    offset: usize,
    /// Names of the facets to count.
    #[arg(long, help = flags::with_facet_names("Count the hits by these facets too"))]
    #[arg(value_delimiter = ',', value_name = "NAME,...")]
    facets: Vec<String>,
    /// Show only the number of matching passages
    #[arg(long, short, conflicts_with_all = ["files_with_matches", "context"])]
    count: bool,
    /// Show only the files with a matching passage
    #[arg(long, short = 'l', conflicts_with = "context")]
    files_with_matches: bool,
    /// Show this many lines of the file before and after each passage
    #[arg(long, short = 'C', value_name = "LINES")]
    context: Option<usize>,
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
    let mut options = Options {
        marks: args.marks,
        sort: args.sort,
        limit: args.limit,
        offset: args.offset,
        facets: flags::facets(&args.facets)?,
        ..Options::default()
    };
    // A list of files and a count need no hits to be read from the index.
    if args.files_with_matches {
        let (documents, relaxed) = search::matching_documents(&index, &query, &filters, &options)?;
        // Who asks for files asks whether they have all words.
        let exit = Exit::found(!relaxed && !documents.is_empty());
        if relaxed {
            context.warn(NO_PASSAGE_HAS_ALL)?;
        } else {
            context.files(documents)?;
        }
        return Ok(exit);
    }
    if args.count {
        options.limit = 0;
    }
    let results = search::search(&index, &query, &filters, &options)?;
    let exit = Exit::found(results.strict_total() > 0);
    warn(context, &asked, &results, args.count)?;
    if args.count {
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
                context.warn(format!("also finds '{}' for '{typed}'", forms.join("', '")))?;
            }
            text(context, args, &index, &results)?;
            if results.total() == 0 {
                help(context, args, &index, &typed)?;
            }
        }
    }
    Ok(exit)
}

/// The warning that a query as a whole matches nothing.
const NO_PASSAGE_HAS_ALL: &str = "no passage has all of these words";

/// Warns of parts of the query that were not understood, and of an answer that does not match all of it.
fn warn(context: &mut Context<'_>, asked: &[Diagnostic], results: &Results, count_only: bool) -> anyhow::Result<()> {
    context.warn_of(asked)?;
    context.warn_of(&results.diagnostics)?;
    match (results.relaxed, count_only) {
        (false, _) => Ok(()),
        (true, true) => context.warn(NO_PASSAGE_HAS_ALL),
        (true, false) => context.warn(format!("{NO_PASSAGE_HAS_ALL}; these have most of them")),
    }
}

/// Hints at changes to a query that found nothing.
fn help(context: &mut Context<'_>, args: &SearchArgs, index: &Index, typed: &str) -> anyhow::Result<()> {
    let asked = AskedSearch {
        typed,
        filters: &args.filters.chosen,
        marks: args.marks,
    };
    for help in Help::with(index, asked)? {
        context.hint(match help {
            Help::IgnoreMarks { total } => format!("--marks any finds {}", counted(total, "passage")),
            Help::Unquote { total, .. } => {
                format!("without quotation marks the query finds {}", counted(total, "passage"))
            }
            Help::DropFilter { facet, value, total } => {
                let total = counted(total, "passage");
                format!("without --{facet} '{}' the query finds {total}", clean(&value))
            }
            Help::NearSymbols(symbols) => format!("did you mean {}?", clean(&symbols.join(", "))),
            Help::UnknownWords(words) => format!("no passage has '{}'", clean(&words.join("', '"))),
        })?;
    }
    Ok(())
}

/// Writes the hits for a terminal, each run of hits in one document under the name of the document.
fn text(context: &mut Context<'_>, args: &SearchArgs, index: &Index, results: &Results) -> anyhow::Result<()> {
    let mut parsed: HashMap<String, Parsed> = HashMap::new();
    let mut current = "";
    for (position, hit) in results.hits.iter().enumerate() {
        let record = &hit.stored.record;
        if record.document != current {
            current = &record.document;
            if position > 0 {
                writeln!(context.out)?;
            }
            if let Some(document) = index.record(current)? {
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
                    let version = args.reading.version();
                    documents::lines_around(context.out, context.screen, parsed, record.lines, around, version)?;
                }
            }
        }
    }
    facets::summary(context.out, context.screen, &results.facets)?;
    if results.total() > 0 && context.interactive {
        write_total(context, results)?;
    }
    Ok(())
}

/// Writes the number of hits, which of them are shown, and the time taken.
fn write_total(context: &mut Context<'_>, results: &Results) -> anyhow::Result<()> {
    let shown = results.hits.len();
    let first = results.hits.first().map_or(0, |hit| hit.rank);
    let count = context.screen.palette.paint(TextStyle::Count, results.total());
    let window = match shown {
        0 => String::new(),
        _ if shown == results.total() => String::new(),
        _ => format!(", {first} to {} shown", first + shown - 1),
    };
    let folded = match results.matches.folded {
        0 => String::new(),
        folded => format!(", {folded} of them with other marks"),
    };
    let milliseconds = results.elapsed.as_secs_f64() * 1e3;
    writeln!(context.err, "{count} passages{folded}{window} ({milliseconds:.1} ms)")?;
    Ok(())
}
