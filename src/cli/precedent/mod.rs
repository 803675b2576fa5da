//! `vankien precedent`: who has said this before, and how.

mod draft;
mod flags;
mod reuse;

use std::io::Read;

use anyhow::{Context as _, bail};

pub(crate) use flags::PrecedentArgs;

use super::answer::LocalFiles;
use super::context::Context;
use super::exit::Exit;
use super::flags::OutputFormat;
use super::index::open_index;
use crate::index::{Index, IndexPlace};
use crate::precedent::{self, MAX_TEXT_BYTES, PrecedentOptions, Precedents, Question};
use crate::query::Filters;
use crate::render::json::{PrecedentLine, PrecedentSummaryLine};
use crate::render::language::fill;
use crate::render::terminal::listing::Listing;
use crate::render::{tables, terminal};

/// Runs the command.
pub(super) fn run(context: &mut Context<'_>, args: &PrecedentArgs) -> anyhow::Result<Exit> {
    // Opening an index may build it first, so the text is checked before.
    let text = typed(&args.text)?;
    let index = open_index(context)?;
    let filters = args.filters.filters(&index)?;
    let compares_all = args.all || args.matrix || args.boilerplate;
    if compares_all && filters.is_empty() && matches!(context.place, IndexPlace::Engine(_)) {
        // All pairs of passages: what an engine holds is too much to be read for one answer.
        bail!(
            "of an index in an engine, passages are compared with one another within filters only; add some, such as `--province` and `--term`"
        );
    }
    if args.all {
        reuse::families(context, args, &index, &filters)
    } else if args.matrix {
        reuse::matrix(context, args, &index, &filters)
    } else if args.boilerplate {
        reuse::boilerplate(context, args, &index, &filters)
    } else if let Some(file) = &args.file {
        draft::run(context, args, &index, &filters, file)
    } else {
        let question = match &args.passage {
            Some(id) => Question::passage(&index, id)?,
            None => Question::text(&index, &text)?,
        };
        ask(context, args, &index, &filters, &question)
    }
}

/// Returns the text that was typed, or for `-` the text on standard input.
fn typed(words: &[String]) -> anyhow::Result<String> {
    if words != ["-"] {
        let text = words.join(" ");
        if text.len() > MAX_TEXT_BYTES {
            bail!("the text is longer than {MAX_TEXT_BYTES} bytes; walk through a draft with `--file FILE`");
        }
        return Ok(text);
    }
    let mut bytes = Vec::new();
    let read = std::io::stdin().take(MAX_TEXT_BYTES as u64 + 1).read_to_end(&mut bytes);
    read.context("cannot read standard input")?;
    if bytes.len() > MAX_TEXT_BYTES {
        bail!("standard input is longer than {MAX_TEXT_BYTES} bytes; walk through a draft with `--file FILE`");
    }
    match String::from_utf8(bytes) {
        Ok(text) if text.trim().is_empty() => bail!("standard input is empty; give a text to look for"),
        Ok(text) => Ok(text),
        Err(error) => bail!(
            "standard input is not UTF-8 from byte {} on; convert it with iconv",
            error.utf8_error().valid_up_to() + 1
        ),
    }
}

/// Finds and writes the precedents of one text or passage.
fn ask(
    context: &mut Context<'_>,
    args: &PrecedentArgs,
    index: &Index,
    filters: &Filters,
    question: &Question,
) -> anyhow::Result<Exit> {
    let options = args.options()?;
    // A list of files and a count show no pieces, so none are cut from the texts.
    if args.files_with_matches {
        let documents = precedent::matching_documents(index, question, filters, options.min_score)?;
        context.files(index.documents()?.filter(|record| documents.contains(&record.document)))?;
        return Ok(Exit::found(!documents.is_empty()));
    }
    if args.window.count {
        let nothing_shown = PrecedentOptions {
            limit: 0,
            facets: Vec::new(),
            ..options
        };
        let found = precedent::precedents(index, question, filters, &nothing_shown)?;
        writeln!(context.out, "{}", found.total)?;
        warn_if_cut(context, &found)?;
        return Ok(Exit::found(found.total > 0));
    }
    let found = precedent::precedents(index, question, filters, &options)?;
    match context.format {
        OutputFormat::Json => {
            for one in &found.matches {
                context.json(&PrecedentLine::of(one))?;
            }
            context.json(&PrecedentSummaryLine::of(&found))?;
        }
        OutputFormat::Table(format) => {
            let sources = LocalFiles::of(index)?;
            context.table(&tables::precedents(&found.matches, &sources), format)?;
            warn_if_cut(context, &found)?;
        }
        OutputFormat::Text => write_matches(context, args, index, question, &found)?,
    }
    Ok(Exit::found(found.total > 0))
}

/// Writes matches for a terminal, under the names of their documents.
fn write_matches(
    context: &mut Context<'_>,
    args: &PrecedentArgs,
    index: &Index,
    question: &Question,
    found: &Precedents,
) -> anyhow::Result<()> {
    context.warn_of(&found.diagnostics)?;
    let mut list = Listing::new(context.out, context.screen, index);
    for one in &found.matches {
        list.document(&one.stored.record.document)?;
        terminal::precedents::precedent(&mut list, one, question.as_str(), args.reading.version())?;
    }
    list.legend()?;
    let strings = context.strings();
    terminal::facets::summary(context.out, context.screen, index, &found.facets)?;
    if found.total_is_exact && found.total > found.matches.len() && context.interactive {
        let shown = fill(strings.some_shown, &[&found.total, &found.matches.len()]);
        writeln!(context.err, "{shown}")?;
    }
    if found.total_is_exact && found.total == 0 {
        context.warn(strings.nothing_worded_so)?;
    }
    warn_if_cut(context, found)
}

/// Says how much is known where there may be more near matches than were found.
fn warn_if_cut(context: &mut Context<'_>, found: &Precedents) -> anyhow::Result<()> {
    let Precedents {
        total, whole, compared, ..
    } = found;
    if found.total_is_exact {
        return Ok(());
    }
    let strings = context.strings();
    context.warn(if *total == 0 {
        fill(strings.none_of_compared, &[compared])
    } else {
        fill(strings.at_least_compared, &[total, whole, compared])
    })
}
