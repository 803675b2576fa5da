//! `vankien export`: writes all records of one kind as JSON Lines or as a table.

use anyhow::bail;
use clap::{Args, ValueEnum};

use super::answer::LocalFiles;
use super::context::Context;
use super::exit::Exit;
use super::flags::{self, FileArgs, FormatName, OutputFormat};
use super::index::open_index;
use crate::index::Index;
use crate::record::{DocumentRecord, Facet, Parsed};
use crate::render::json::CitationLine;
use crate::render::table::Table;
use crate::render::tables;
use crate::search;

/// Flags of `vankien export`.
#[derive(Args, Debug)]
pub(crate) struct ExportArgs {
    /// The kind of records
    #[arg(value_enum, value_name = "RECORDS")]
    records: ExportKind,
    /// The documents whose records to write; all, if none is named.
    #[arg(long, help = flags::help(Facet::Document.filter_help()), value_name = "ID")]
    document: Vec<String>,
    /// Format of the records [default: that of the ending of FILE, else jsonl]
    #[arg(long, value_enum, value_name = "FORMAT")]
    format: Option<ExportFormat>,
    #[command(flatten)]
    pub(super) file: FileArgs,
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

impl ExportArgs {
    /// Returns the format asked for.
    ///
    /// # Errors
    /// The ending of the file tells no format, or that of text for people.
    pub(super) fn format(&self) -> anyhow::Result<OutputFormat> {
        let named = self.format.map(ExportFormat::name);
        match self.file.format(named, FormatName::Json)? {
            OutputFormat::Text => {
                bail!("records are no text for people: name a format with `--format`, or a .jsonl file")
            }
            format => Ok(format),
        }
    }
}

/// The formats of records.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ExportFormat {
    /// JSON Lines: one JSON object a line.
    #[value(alias = "json")]
    Jsonl,
    /// Comma-separated values with a header line.
    Csv,
    /// Tab-separated values with a header line.
    Tsv,
    /// Excel workbook.
    Xlsx,
}

impl ExportFormat {
    /// Returns the name that other commands have for it.
    const fn name(self) -> FormatName {
        match self {
            Self::Jsonl => FormatName::Json,
            Self::Csv => FormatName::Csv,
            Self::Tsv => FormatName::Tsv,
            Self::Xlsx => FormatName::Xlsx,
        }
    }
}

/// Runs the command.
pub(super) fn run(context: &mut Context<'_>, args: &ExportArgs) -> anyhow::Result<Exit> {
    let index = open_index(context)?;
    let mut ids = search::documents_named(&index, args.document.iter().map(String::as_str))?;
    if args.document.is_empty() {
        ids.extend(index.documents()?.map(|record| record.document.clone()));
    }
    let sources = LocalFiles::of(&index)?;
    let export = Export {
        context,
        index: &index,
        ids: &ids,
    };
    let count = match args.records {
        ExportKind::Documents => export.write(
            |parsed| vec![parsed.document_record()],
            |context, record, _| context.json(record),
            |records| tables::documents(records, &sources),
        ),
        ExportKind::Sections => export.write(
            |parsed| parsed.section_records().collect(),
            |context, record, _| context.json(record),
            |records| tables::sections(records, &sources),
        ),
        ExportKind::Passages => export.write(
            |parsed| parsed.passage_records().collect(),
            |context, record, _| context.json(record),
            |records| tables::passages(records, &sources),
        ),
        ExportKind::Footnotes => export.write(
            |parsed| parsed.footnote_records().collect(),
            |context, record, _| context.json(record),
            |records| tables::footnotes(records, &sources),
        ),
        ExportKind::Citations => export.write(
            |parsed| parsed.citation_records().collect(),
            |context, citation, document| context.json(&CitationLine::of(citation, document)),
            |records| tables::places(records, &sources),
        ),
    }?;
    Ok(Exit::found(count > 0))
}

/// The records of some documents on their way out.
struct Export<'e, 'c> {
    context: &'e mut Context<'c>,
    index: &'e Index,
    /// Ids of the documents.
    ids: &'e [String],
}

impl Export<'_, '_> {
    /// Writes the records that `records_of` takes from each document, and returns their number. `write_json` writes one
    /// as a line, document by document; `tabulate` makes a table when all rows are there.
    fn write<R>(
        self,
        records_of: fn(&Parsed) -> Vec<R>,
        write_json: fn(&mut Context<'_>, &R, &DocumentRecord) -> anyhow::Result<()>,
        tabulate: impl FnOnce(&[R]) -> Table,
    ) -> anyhow::Result<usize> {
        let mut count = 0;
        let mut rows = Vec::new();
        for id in self.ids {
            let parsed = self.index.document(id)?;
            let records = records_of(&parsed);
            count += records.len();
            match self.context.format {
                OutputFormat::Table(_) => rows.extend(records),
                OutputFormat::Json | OutputFormat::Text => {
                    let document = parsed.document_record();
                    let mut records = records.iter();
                    records.try_for_each(|record| write_json(self.context, record, &document))?;
                }
            }
        }
        if let OutputFormat::Table(format) = self.context.format {
            self.context.table(&tabulate(&rows), format)?;
        }
        Ok(count)
    }
}
