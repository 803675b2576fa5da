//! `vankien export`: all records of one sort as JSON Lines, document by document.

use super::args::{ExportArgs, RecordSort};
use super::context::Context;
use super::exit::Exit;

/// Runs the command.
pub(super) fn run(context: &mut Context<'_>, args: &ExportArgs) -> anyhow::Result<Exit> {
    let index = context.open_index()?;
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
            RecordSort::Documents => write_all(context, std::iter::once(parsed.document_record()))?,
            RecordSort::Sections => write_all(context, parsed.section_records())?,
            RecordSort::Passages => write_all(context, parsed.passage_records())?,
            RecordSort::Footnotes => write_all(context, parsed.footnote_records())?,
            RecordSort::Citations => write_all(context, parsed.citation_records())?,
        };
    }
    Ok(Exit::found(count > 0))
}

/// Writes each record on a line; returns how many.
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
