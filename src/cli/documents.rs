//! `vankien documents` and `vankien outline`: list documents with their metadata, show the trees of their sections.

use clap::Args;

use super::answer::LocalFiles;
use super::context::Context;
use super::exit::Exit;
use super::flags::{self, FilterArgs, OutputArgs, OutputFormat};
use super::index::open_index;
use crate::record::{Facet, SectionRecord};
use crate::render::{tables, terminal};
use crate::search;

/// Flags of `vankien documents`.
#[derive(Args, Debug)]
pub(crate) struct DocumentsArgs {
    #[command(flatten)]
    filters: FilterArgs,
    #[command(flatten)]
    pub(super) output: OutputArgs,
}

/// Flags of `vankien outline`.
#[derive(Args, Debug)]
pub(crate) struct OutlineArgs {
    /// The document whose sections to show; all, if none is named.
    #[arg(help = flags::help(Facet::Document.filter_help()), value_name = "DOCUMENT")]
    document: Option<String>,
    /// Leave out sections deeper than this
    #[arg(long, value_name = "LEVEL")]
    depth: Option<usize>,
    #[command(flatten)]
    pub(super) output: OutputArgs,
}

/// Runs `vankien documents`.
pub(super) fn run(context: &mut Context<'_>, args: &DocumentsArgs) -> anyhow::Result<Exit> {
    let index = open_index(context)?;
    let filters = args.filters.filters(&index)?;
    let (records, diagnostics) = search::documents(&index, &filters)?;
    context.warn_of(&diagnostics)?;
    if context.format == OutputFormat::Text {
        terminal::documents::list(context.out, context.screen, &index, &records)?;
    } else {
        let sources = LocalFiles::of(&index)?;
        context.records(Some(&index), &records, |records| tables::documents(records, &sources))?;
    }
    Ok(Exit::found(!records.is_empty()))
}

/// Runs `vankien outline`.
pub(super) fn outline(context: &mut Context<'_>, args: &OutlineArgs) -> anyhow::Result<Exit> {
    let index = open_index(context)?;
    let ids: Vec<String> = match &args.document {
        Some(document) => vec![index.resolve_id(document)?.to_owned()],
        None => index.documents()?.map(|record| record.document.clone()).collect(),
    };
    let format = context.format;
    let depth = args.depth.unwrap_or(usize::MAX);
    let mut all: Vec<SectionRecord> = Vec::new();
    for (position, id) in ids.iter().enumerate() {
        let parsed = index.document(id)?;
        let sections = parsed.section_records().filter(|section| section.level <= depth);
        // Text goes out document by document, under its name; a table needs all rows before it knows its widths.
        if format == OutputFormat::Text {
            if position > 0 {
                writeln!(context.out)?;
            }
            let sections: Vec<SectionRecord> = sections.collect();
            terminal::documents::outline(
                context.out,
                context.screen,
                &index,
                &parsed.document_record(),
                &sections,
            )?;
        } else {
            all.extend(sections);
        }
    }
    if format != OutputFormat::Text {
        let sources = LocalFiles::of(&index)?;
        context.records(Some(&index), &all, |sections| tables::sections(sections, &sources))?;
    }
    Ok(Exit::found(!ids.is_empty()))
}
