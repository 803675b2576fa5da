//! `vankien search`: passages that match, with facets.

use std::collections::{BTreeSet, HashMap};

use super::args::{Format, MarksArg, SearchArgs, SortArg};
use super::context::Context;
use super::exit::Exit;
use super::{filters, show};
use crate::index::{Facet, Index};
use crate::query::{self, Node, Query};
use crate::record::{DocumentRecord, Parsed};
use crate::render::json::{HitLine, SummaryLine};
use crate::render::plain::{self, Shown};
use crate::render::table::{Column, Table};
use crate::render::terminal::{Reading, Role, wrap};
use crate::search::{self, Agreement, Hit, Marks, Options, Results, Snippet, Sort};
use crate::text::{Diagnostic, clean};

/// Runs the command.
pub(super) fn run(context: &mut Context<'_>, args: &SearchArgs) -> anyhow::Result<Exit> {
    let index = context.open_index()?;
    let typed = args.query.join(" ");
    let (query, asked) = query::parse(&typed);
    let filters = filters::parse(&args.filters, &index)?;
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
            filters::facets(&args.facets)?
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
        Format::Json => {
            results
                .hits
                .iter()
                .try_for_each(|hit| context.json(&HitLine::of(hit)))?;
            context.json(&SummaryLine::of(&results, &asked))?;
        }
        Format::Csv | Format::Tsv => context.table(&table(&results.hits), args.output.format())?,
        Format::Text => {
            diagnostics(context, &asked, &results)?;
            text(context, args, &index, &results)?;
            if results.total == 0 {
                suggest(context, &index, &query)?;
            }
        }
    }
    Ok(exit)
}

/// Tells on standard error what was not understood, and whether the question was relaxed.
fn diagnostics(context: &mut Context<'_>, asked: &[Diagnostic], results: &Results) -> anyhow::Result<()> {
    context.tell(asked)?;
    context.tell(&results.diagnostics)?;
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

/// Writes the hits for a terminal, under the names of their documents.
fn text(context: &mut Context<'_>, args: &SearchArgs, index: &Index, results: &Results) -> anyhow::Result<()> {
    let documents: HashMap<&str, &DocumentRecord> = index
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
            if let Some(document) = documents.get(current) {
                writeln!(context.out, "{}", plain::heading_line(context.page, document))?;
            }
        }
        match args.context {
            None => write_hit(context, args, hit)?,
            Some(around) => {
                write_address(context, hit)?;
                if !parsed.contains_key(current) {
                    parsed.insert(current.to_owned(), index.document(current)?);
                }
                if let Some(parsed) = parsed.get(current) {
                    show::lines_around(context, parsed, record.lines, around)?;
                }
            }
        }
    }
    plain::facets(context.out, context.page, &results.facets)?;
    if results.total > 0 && context.interactive {
        let shown = results.hits.len();
        let first = results.hits.first().map_or(0, |hit| hit.rank);
        let count = context.page.palette.paint(Role::Count, results.total);
        let window = match shown {
            0 => String::new(),
            _ if shown == results.total => String::new(),
            _ => format!(", {first} to {} shown", first + shown - 1),
        };
        writeln!(
            context.err,
            "{count} passages{window} ({:.1} ms)",
            results.elapsed.as_secs_f64() * 1e3
        )?;
    }
    Ok(())
}

/// Writes the line that says where a hit stands.
fn write_address(context: &mut Context<'_>, hit: &Hit) -> anyhow::Result<()> {
    let record = &hit.stored.record;
    let address = plain::passage_address(record);
    let palette = context.page.palette;
    let id = palette.paint(Role::Address, clean(&record.passage));
    let address = palette.paint(Role::Dim, clean(&address));
    let agreement = match hit.agreement {
        Agreement::Exact => String::new(),
        Agreement::Lost => palette.paint(Role::Dim, "  [dấu mất]"),
        Agreement::Folded => palette.paint(Role::Dim, "  [khác dấu]"),
    };
    writeln!(context.out, "{id}  {address}{agreement}")?;
    Ok(())
}

/// Writes a hit: where it stands and a cut of it.
fn write_hit(context: &mut Context<'_>, args: &SearchArgs, hit: &Hit) -> anyhow::Result<()> {
    write_address(context, hit)?;
    let palette = context.page.palette;
    let source = args.reading.shown() == Shown::Source;
    let repaired = hit.repaired_snippet.as_ref().filter(|_| !source);
    let snippet: &Snippet = repaired.unwrap_or(&hit.snippet);
    let mut reading = match repaired {
        Some(_) => Reading::repaired(palette),
        None => Reading::recognised(palette),
    };
    for piece in &snippet.pieces {
        if piece.unsure && !source {
            reading.unsure(&piece.text, piece.hit);
        } else {
            reading.sure(&piece.text, piece.hit);
        }
    }
    let label = reading.label("đọc lại");
    let mut pieces: Vec<(&str, Option<Role>)> = Vec::new();
    if snippet.cut_before {
        pieces.push(("… ", Some(Role::Dim)));
    }
    pieces.extend(reading.pieces());
    if snippet.cut_behind {
        pieces.push((" …", Some(Role::Dim)));
    }
    if let Some(label) = &label {
        pieces.extend([("  ", None), (label.as_str(), Some(Role::Dim))]);
    }
    for line in wrap(&pieces, context.page.columns.saturating_sub(2), palette) {
        writeln!(context.out, "  {line}")?;
    }
    Ok(())
}

/// A table of hits.
fn table(hits: &[Hit]) -> Table {
    let mut table = Table::new(vec![
        Column::number("rank"),
        Column::number("score"),
        Column::text("match"),
        Column::text("document"),
        Column::text("passage"),
        Column::text("place"),
        Column::text("section"),
        Column::number("page"),
        Column::number("line"),
        Column::text("text"),
        Column::text("repaired"),
        Column::text("unsure"),
    ]);
    for hit in hits {
        let record = &hit.stored.record;
        table.push(vec![
            hit.rank.to_string(),
            format!("{:.3}", hit.score),
            plain::serde_name(&hit.agreement),
            record.document.clone(),
            record.passage.clone(),
            record.place.name().to_owned(),
            record.section_path.join(" › "),
            record.page.to_string(),
            record.lines[0].to_string(),
            record.text.clone(),
            record.repaired.clone().unwrap_or_default(),
            plain::unsure_words(&record.unsure),
        ]);
    }
    table
}
