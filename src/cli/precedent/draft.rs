//! `vankien precedent --file`: a draft, paragraph by paragraph.

use std::path::Path;

use super::super::context::{Context, draft_error};
use super::super::exit::Exit;
use super::super::flags::OutputFormat;
use super::flags::PrecedentArgs;
use crate::index::Index;
use crate::precedent::{Draft, Paragraph, PrecedentOptions};
use crate::query::Filters;
use crate::render::json::ParagraphLine;
use crate::render::language::fill;
use crate::render::terminal::listing::Listing;
use crate::render::{tables, terminal};

/// Writes the precedents of each paragraph of the draft `file`.
pub(super) fn run(
    context: &mut Context<'_>,
    args: &PrecedentArgs,
    index: &Index,
    filters: &Filters,
    file: &Path,
) -> anyhow::Result<Exit> {
    let draft = Draft::named(index, file).map_err(draft_error)?;
    let options = args.options()?;
    if args.files_with_matches {
        let documents = draft.matching_documents(index, filters, options.min_score)?;
        context.files(index.documents()?.filter(|record| documents.contains(&record.document)))?;
        return Ok(Exit::found(!documents.is_empty()));
    }
    if args.window.count {
        let nothing_shown = PrecedentOptions {
            limit: 0,
            offset: 0,
            ..options
        };
        let mut count = 0;
        for paragraph in draft.paragraphs(index, filters, &nothing_shown, 0..usize::MAX)? {
            count += usize::from(paragraph?.precedents.total > 0);
        }
        writeln!(context.out, "{count}")?;
        return Ok(Exit::found(count > 0));
    }
    let format = context.format;
    let mut paragraphs = Vec::new();
    // A draft takes seconds: each paragraph is shown as soon as it is compared, except in a table, which needs all.
    for paragraph in draft.paragraphs(index, filters, &options, 0..usize::MAX)? {
        let paragraph = paragraph?;
        match format {
            OutputFormat::Text => {
                let mut list = Listing::new(context.out, context.screen, index);
                terminal::precedents::paragraph(&mut list, &paragraph, args.reading.version())?;
            }
            OutputFormat::Json => context.json(&ParagraphLine::of(&paragraph))?,
            OutputFormat::Table(_) => {}
        }
        paragraphs.push(paragraph);
    }
    summarize(context, format, &paragraphs)
}

/// Writes how much of the draft has precedents.
fn summarize(context: &mut Context<'_>, format: OutputFormat, paragraphs: &[Paragraph]) -> anyhow::Result<Exit> {
    let with_precedent = paragraphs
        .iter()
        .filter(|paragraph| paragraph.precedents.total > 0)
        .count();
    let syllables: usize = paragraphs.iter().map(|paragraph| paragraph.syllables).sum();
    let taken: usize = paragraphs.iter().map(|paragraph| paragraph.taken).sum();
    match format {
        OutputFormat::Table(format) => context.table(&tables::paragraphs(paragraphs), format)?,
        OutputFormat::Json => context.json(&serde_json::json!({
            "type": "summary",
            "paragraphs": paragraphs.len(),
            "with_precedent": with_precedent,
            "syllables": syllables,
            "taken": taken,
        }))?,
        OutputFormat::Text => context.warn(fill(
            context.strings().draft_sum,
            &[&with_precedent, &paragraphs.len(), &taken, &syllables],
        ))?,
    }
    Ok(Exit::found(with_precedent > 0))
}
