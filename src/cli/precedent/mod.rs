//! `vankien precedent`: who has said this before, and how.

use std::collections::{BTreeSet, HashMap};
use std::io::Read;
use std::path::Path;

use anyhow::{Context as _, bail};

use super::context::Context;
use super::exit::Exit;
use super::flags::{self, OutputFormat, PrecedentArgs, PrecedentOrder};
use super::index::open_index;
use crate::corpus::Corpus;
use crate::index::Index;
use crate::precedent::{
    self, Given, LEAST_SCORE, MIN_SCORE, Options, Order, Paragraph, Precedents, Reuse, ReuseOptions,
};
use crate::query::Filters;
use crate::record::{self, DocumentRecord, Parsed};
use crate::render::json::{FamilyLine, ParagraphLine, PrecedentLine, SummaryLine};
use crate::render::{tables, terminal};

/// The most bytes of a text that is read from standard input; a longer one is a draft (`--file`).
const MAX_TEXT_BYTES: u64 = 1_000_000;

/// Runs the command.
pub(super) fn run(context: &mut Context<'_>, args: &PrecedentArgs) -> anyhow::Result<Exit> {
    // What was typed is looked at before an index is built for it.
    let text = typed(&args.text)?;
    let index = open_index(context)?;
    let filters = args.filters.filters(&index)?;
    if args.all {
        families(context, args, &index, &filters)
    } else if args.matrix {
        matrix(context, args, &index, &filters)
    } else if args.boilerplate {
        boilerplate(context, args, &index, &filters)
    } else if let Some(file) = &args.file {
        draft(context, args, &index, &filters, file)
    } else {
        let given = match &args.passage {
            Some(id) => Given::passage(&index, id)?,
            None => Given::text(&index, &text)?,
        };
        ask(context, args, &index, &filters, &given)
    }
}

/// The text that was typed, or read from standard input for `-`.
fn typed(words: &[String]) -> anyhow::Result<String> {
    if words != ["-"] {
        return Ok(words.join(" "));
    }
    let mut bytes = Vec::new();
    let read = std::io::stdin().take(MAX_TEXT_BYTES + 1).read_to_end(&mut bytes);
    read.context("cannot read standard input")?;
    if bytes.len() as u64 > MAX_TEXT_BYTES {
        bail!("standard input is longer than {MAX_TEXT_BYTES} bytes; walk through a draft with `--file FILE`");
    }
    match String::from_utf8(bytes) {
        Ok(text) if text.trim().is_empty() => bail!("standard input is empty; give a text to look for"),
        Ok(text) => Ok(text),
        Err(error) => bail!(
            "standard input is no UTF-8 (byte {} is none); convert it with iconv",
            error.utf8_error().valid_up_to() + 1
        ),
    }
}

/// How to look for precedents.
fn options(args: &PrecedentArgs) -> anyhow::Result<Options> {
    let limit = match args.limit {
        Some(0) => usize::MAX,
        Some(limit) => limit,
        None => Options::default().limit,
    };
    let whole = args.count || args.files_with_matches;
    Ok(Options {
        limit: if args.files_with_matches { usize::MAX } else { limit },
        offset: if whole { 0 } else { args.offset },
        order: match args.sort {
            PrecedentOrder::Score => Order::Score,
            PrecedentOrder::Document => Order::Document,
            PrecedentOrder::Date => Order::Oldest,
        },
        facets: flags::facets(&args.facets)?,
        min_score: args.min_score.unwrap_or(MIN_SCORE),
    })
}

/// Looks for precedents of one text or passage.
fn ask(
    context: &mut Context<'_>,
    args: &PrecedentArgs,
    index: &Index,
    filters: &Filters,
    given: &Given,
) -> anyhow::Result<Exit> {
    let found = precedent::precedents(index, given, filters, &options(args)?)?;
    let exit = Exit::found(found.total > 0);
    if args.count {
        writeln!(context.out, "{}", found.total)?;
    } else if args.files_with_matches {
        let with: BTreeSet<&str> = found
            .matches
            .iter()
            .map(|m| m.stored.record.document.as_str())
            .collect();
        context.files(
            index
                .documents()?
                .filter(|record| with.contains(record.document.as_str())),
        )?;
    } else {
        match args.output.format() {
            OutputFormat::Json => {
                found
                    .matches
                    .iter()
                    .try_for_each(|found| context.json(&PrecedentLine::of(found)))?;
                context.json(&SummaryLine::of_precedents(&found))?;
            }
            format @ (OutputFormat::Csv | OutputFormat::Tsv) => {
                context.table(&tables::precedents(&found.matches), format)?
            }
            OutputFormat::Text => text(context, args, index, given, &found)?,
        }
    }
    Ok(exit)
}

/// The documents of an index by id.
fn documents(index: &Index) -> anyhow::Result<HashMap<&str, &DocumentRecord>> {
    Ok(index
        .documents()?
        .map(|record| (record.document.as_str(), record))
        .collect())
}

/// Writes matches for a terminal, under the names of their documents.
fn text(
    context: &mut Context<'_>,
    args: &PrecedentArgs,
    index: &Index,
    given: &Given,
    found: &Precedents,
) -> anyhow::Result<()> {
    context.warn_of(&found.diagnostics)?;
    let documents = documents(index)?;
    let mut current = "";
    for (position, one) in found.matches.iter().enumerate() {
        if one.stored.record.document != current {
            current = &one.stored.record.document;
            if position > 0 {
                writeln!(context.out)?;
            }
            if let Some(document) = documents.get(current) {
                writeln!(
                    context.out,
                    "{}",
                    terminal::documents::heading_line(context.screen, document)
                )?;
            }
        }
        terminal::precedents::precedent(context.out, context.screen, one, given.as_str(), args.reading.version())?;
    }
    terminal::facets::summary(context.out, context.screen, &found.facets)?;
    if found.total > found.matches.len() && context.interactive {
        writeln!(context.err, "{} passages, {} shown", found.total, found.matches.len())?;
    }
    if found.total == 0 {
        context.warn("nothing in the index is worded so; --min-score shows what is less alike")?;
    }
    Ok(())
}

/// Walks through a draft.
fn draft(
    context: &mut Context<'_>,
    args: &PrecedentArgs,
    index: &Index,
    filters: &Filters,
    file: &Path,
) -> anyhow::Result<Exit> {
    let draft = read(index, file)?;
    let own = own_document(index, file)?;
    let options = options(args)?;
    let documents = documents(index)?;
    let name = |id: &str| documents.get(id).copied();
    let format = args.output.format();
    let quiet = args.count || args.files_with_matches;
    let (mut paragraphs, mut taken) = (Vec::new(), 0);
    for paragraph in precedent::walk(index, &draft, own, filters, &options) {
        let paragraph = paragraph?;
        taken += usize::from(paragraph.precedents.total > 0);
        match format {
            _ if quiet => {}
            OutputFormat::Text => {
                terminal::precedents::paragraph(context.out, context.screen, &paragraph, &name, args.reading.version())?
            }
            OutputFormat::Json => context.json(&ParagraphLine::of(&paragraph))?,
            OutputFormat::Csv | OutputFormat::Tsv => {}
        }
        paragraphs.push(paragraph);
    }
    if args.count {
        writeln!(context.out, "{taken}")?;
    } else if args.files_with_matches {
        let matches = paragraphs.iter().flat_map(|paragraph| &paragraph.precedents.matches);
        let with: BTreeSet<&str> = matches.map(|m| m.stored.record.document.as_str()).collect();
        context.files(
            index
                .documents()?
                .filter(|record| with.contains(record.document.as_str())),
        )?;
    } else {
        summarize(context, format, &paragraphs, taken)?;
    }
    Ok(Exit::found(taken > 0))
}

/// Tells what became of a draft as a whole.
fn summarize(
    context: &mut Context<'_>,
    format: OutputFormat,
    paragraphs: &[Paragraph],
    taken: usize,
) -> anyhow::Result<()> {
    let syllables: usize = paragraphs.iter().map(|paragraph| paragraph.syllables).sum();
    let shared: usize = paragraphs.iter().map(|paragraph| paragraph.taken).sum();
    match format {
        OutputFormat::Csv | OutputFormat::Tsv => context.table(&tables::paragraphs(paragraphs), format)?,
        OutputFormat::Json => context.json(&serde_json::json!({
            "type": "summary",
            "paragraphs": paragraphs.len(),
            "with_precedent": taken,
            "syllables": syllables,
            "taken": shared,
        }))?,
        OutputFormat::Text => writeln!(
            context.err,
            "vankien: {taken} of {} paragraphs have precedents, {shared} of {syllables} syllables",
            paragraphs.len()
        )?,
    }
    Ok(())
}

/// The document that a file is, read as the damaged documents of the index are.
fn read(index: &Index, file: &Path) -> anyhow::Result<Parsed> {
    let mut corpus = Corpus::scan(&[file.to_path_buf()]);
    if let Some(error) = corpus.errors.pop() {
        return Err(error.into());
    }
    if file.is_dir() {
        bail!("'{}' is a folder; name one draft", file.display());
    }
    let Some(entry) = corpus.entries.first() else {
        bail!("'{}' is no file that can be read", file.display());
    };
    record::read_draft(entry, || Ok(index.model()?))
}

/// The id of the document of the index that was made from this very file.
fn own_document<'i>(index: &'i Index, file: &Path) -> anyhow::Result<Option<&'i str>> {
    let Ok(path) = file.canonicalize() else { return Ok(None) };
    let files = &index.manifest()?.files;
    let own = files
        .iter()
        .find(|known| known.path.canonicalize().is_ok_and(|known| known == path));
    Ok(own.map(|known| known.record.document.as_str()))
}

/// Compares the index with itself.
fn reuse(context: &mut Context<'_>, args: &PrecedentArgs, index: &Index, filters: &Filters) -> anyhow::Result<Reuse> {
    let options = ReuseOptions {
        min_score: args.min_score.unwrap_or(LEAST_SCORE),
        ..ReuseOptions::default()
    };
    let reuse = precedent::reuse(index, filters, &options)?;
    context.warn_of(&reuse.diagnostics)?;
    Ok(reuse)
}

/// The window of a list that is asked for.
fn window<'l, T>(args: &PrecedentArgs, list: &'l [T]) -> &'l [T] {
    let limit = args.limit.filter(|&limit| limit > 0).unwrap_or(usize::MAX);
    let first = args.offset.min(list.len());
    &list[first..first.saturating_add(limit).min(list.len())]
}

/// Writes the families of wording.
fn families(context: &mut Context<'_>, args: &PrecedentArgs, index: &Index, filters: &Filters) -> anyhow::Result<Exit> {
    let reuse = reuse(context, args, index, filters)?;
    let exit = Exit::found(!reuse.families.is_empty());
    if args.count {
        writeln!(context.out, "{}", reuse.families.len())?;
        return Ok(exit);
    }
    let shown = || (args.offset + 1..).zip(window(args, &reuse.families));
    match args.output.format() {
        OutputFormat::Json => {
            for (number, family) in shown() {
                context.json(&FamilyLine::of(number, family, &reuse))?;
            }
        }
        format @ (OutputFormat::Csv | OutputFormat::Tsv) => context.table(&tables::families(shown()), format)?,
        OutputFormat::Text => {
            for (number, family) in shown() {
                terminal::precedents::family(context.out, context.screen, number, family, args.reading.version())?;
            }
        }
    }
    Ok(exit)
}

/// Writes how much of which document stands in which other.
fn matrix(context: &mut Context<'_>, args: &PrecedentArgs, index: &Index, filters: &Filters) -> anyhow::Result<Exit> {
    let reuse = reuse(context, args, index, filters)?;
    let overlaps = window(args, &reuse.overlaps);
    match args.output.format() {
        _ if args.count => writeln!(context.out, "{}", reuse.overlaps.len())?,
        OutputFormat::Csv => tables::matrix(&reuse, context.out, b',')?,
        OutputFormat::Tsv => tables::matrix(&reuse, context.out, b'\t')?,
        format => context.records(overlaps, format, tables::overlaps)?,
    }
    Ok(Exit::found(!reuse.overlaps.is_empty()))
}

/// Writes the set phrases.
fn boilerplate(
    context: &mut Context<'_>,
    args: &PrecedentArgs,
    index: &Index,
    filters: &Filters,
) -> anyhow::Result<Exit> {
    let mut diagnostics = Vec::new();
    let phrases = precedent::set_phrases(index, filters, &mut diagnostics)?;
    context.warn_of(&diagnostics)?;
    if args.count {
        writeln!(context.out, "{}", phrases.len())?;
    } else {
        context.records(window(args, &phrases), args.output.format(), tables::set_phrases)?;
    }
    Ok(Exit::found(!phrases.is_empty()))
}
