//! `vankien documents` and `vankien outline`: list documents with their metadata, show the trees of their sections.

use clap::Args;

use super::answer::LocalFiles;
use super::context::Context;
use super::exit::Exit;
use super::flags::{self, FilterArgs, OutputArgs, OutputFormat, WindowArgs};
use super::index::open_index;
use crate::record::{DocumentRecord, Facet, SectionRecord};
use crate::render::{tables, terminal};
use crate::search::{self, DocumentOrder};

/// Flags of `vankien documents`.
#[derive(Args, Debug)]
pub(crate) struct DocumentsArgs {
    #[command(flatten)]
    filters: FilterArgs,
    /// The order of the documents.
    #[arg(long, help = flags::help(DocumentOrder::HELP), value_parser = flags::named::<DocumentOrder>())]
    #[arg(default_value = DocumentOrder::default().name(), value_name = "ORDER")]
    sort: DocumentOrder,
    #[command(flatten)]
    window: WindowArgs,
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
    window: WindowArgs,
    #[command(flatten)]
    pub(super) output: OutputArgs,
}

/// Runs `vankien documents`.
pub(super) fn run(context: &mut Context<'_>, args: &DocumentsArgs) -> anyhow::Result<Exit> {
    let index = open_index(context)?;
    let filters = args.filters.filters(&index)?;
    let (mut records, diagnostics) = search::documents(&index, &filters)?;
    context.warn_of(&diagnostics)?;
    if args.window.count {
        writeln!(context.out, "{}", records.len())?;
        return Ok(Exit::found(!records.is_empty()));
    }
    args.sort.sort(&mut records);
    let records: Vec<DocumentRecord> = args.window.of(records).cloned().collect();
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
    let mut count = 0;
    let (first, most) = (args.window.offset, args.window.limit_or(0));
    for id in &ids {
        let parsed = index.document(id)?;
        let mut sections: Vec<SectionRecord> = parsed.section_records().collect();
        sections.retain(|section| section.level <= depth);
        let before = count;
        count += sections.len();
        if args.window.count || count <= first {
            continue;
        }
        if before >= first.saturating_add(most) {
            break;
        }
        // The window is one of the sections of all documents.
        sections.truncate(first.saturating_add(most) - before);
        sections.drain(..first.saturating_sub(before));
        // Text goes out document by document, under its name; a table needs all rows before it knows its widths.
        if format == OutputFormat::Text {
            if before > first {
                writeln!(context.out)?;
            }
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
    if args.window.count {
        writeln!(context.out, "{count}")?;
        return Ok(Exit::found(count > 0));
    }
    if format != OutputFormat::Text {
        let sources = LocalFiles::of(&index)?;
        context.records(Some(&index), &all, |sections| tables::sections(sections, &sources))?;
    }
    Ok(Exit::found(!ids.is_empty()))
}
