//! `vankien export`: writes all records of one kind as JSON Lines, document by document.

use clap::{Args, ValueEnum};

use super::context::Context;
use super::exit::Exit;
use super::flags;
use super::index::open_index;
use crate::record::Facet;
use crate::render::json::CitationLine;

/// Flags of `vankien export`.
#[derive(Args, Debug)]
pub(crate) struct ExportArgs {
    /// The kind of records
    #[arg(value_enum, value_name = "RECORDS")]
    records: ExportKind,
    /// The documents whose records to write; all, if none is named.
    #[arg(long, help = flags::help(Facet::Document.filter_help()), value_name = "ID")]
    document: Vec<String>,
}

/// The kinds of records.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ExportKind {
    /// Documents with their metadata.
    Documents,
    /// Sections.
    Sections,
    /// Passages.
    Passages,
    /// Notes.
    Footnotes,
    /// Citations.
    Citations,
}

/// Runs the command.
pub(super) fn run(context: &mut Context<'_>, args: &ExportArgs) -> anyhow::Result<Exit> {
    let index = open_index(context)?;
    let mut ids: Vec<String> = Vec::new();
    for document in &args.document {
        ids.push(index.resolve_id(document)?.to_owned());
    }
    if args.document.is_empty() {
        ids.extend(index.documents()?.map(|record| record.document.clone()));
    }
    let mut count = 0;
    for id in ids {
        let parsed = index.document(&id)?;
        count += match args.records {
            ExportKind::Documents => write_all(context, std::iter::once(parsed.document_record()))?,
            ExportKind::Sections => write_all(context, parsed.section_records())?,
            ExportKind::Passages => write_all(context, parsed.passage_records())?,
            ExportKind::Footnotes => write_all(context, parsed.footnote_records())?,
            ExportKind::Citations => {
                let document = parsed.document_record();
                let mut citations = parsed.citation_records();
                citations.try_fold(0, |count, citation| {
                    context
                        .json(&CitationLine::of(&citation, &document))
                        .map(|()| count + 1)
                })?
            }
        };
    }
    Ok(Exit::found(count > 0))
}

/// Writes each record on a line and returns their number.
fn write_all<R: serde::Serialize>(
    context: &mut Context<'_>,
    records: impl Iterator<Item = R>,
) -> anyhow::Result<usize> {
    let mut count = 0;
    for record in records {
        context.json(&record)?;
        count += 1;
    }
    Ok(count)
}
