//! The context that every command runs in: where its answer goes, how the answer looks, where the index is.

use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;

use anyhow::Context as _;

use super::flags::{ColorChoice, GlobalArgs, OutputFormat};
use crate::precedent::DraftError;
use crate::query::Diagnostic;
use crate::record::DocumentRecord;
use crate::render::language::Lang;
use crate::render::table::Table;
use crate::render::terminal::{DEFAULT_WIDTH, Palette, Screen};
use crate::text::clean;

/// The least width in columns that answers are laid out for, on however narrow a terminal.
const MIN_COLUMNS: usize = 40;

/// The folder of the index if none is named.
const INDEX: &str = "index";

/// The context of one run of a command: the answer goes to `out`, everything else to `err`.
pub(super) struct Context<'a> {
    /// Standard output.
    pub(super) out: &'a mut dyn Write,
    /// Standard error.
    pub(super) err: &'a mut dyn Write,
    /// Width, colors and language of standard output.
    pub(super) screen: Screen,
    /// True if standard output is a terminal, so that a person reads the answer.
    pub(super) interactive: bool,
    /// Folder of the index.
    pub(super) index_dir: PathBuf,
    /// True if the folder was named, and is not the default.
    pub(super) index_is_named: bool,
    /// True if something failed and the command went on; the exit code reports it.
    pub(super) failed_in_part: bool,
}

impl<'a> Context<'a> {
    /// Returns a context for these flags.
    pub(super) fn new(global: &GlobalArgs, out: &'a mut dyn Write, err: &'a mut dyn Write) -> Self {
        let colored = match global.color {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto => {
                io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
            }
        };
        // An empty variable names nothing.
        let named = global.index.clone().filter(|dir| !dir.as_os_str().is_empty());
        let columns = terminal_size::terminal_size().map_or(DEFAULT_WIDTH, |(width, _)| usize::from(width.0));
        Self {
            out,
            err,
            screen: Screen {
                columns: columns.max(MIN_COLUMNS),
                palette: Palette::new(colored),
                lang: global.lang.map_or_else(Lang::from_environment, Lang::from),
            },
            interactive: io::stdout().is_terminal(),
            index_is_named: named.is_some(),
            index_dir: named.unwrap_or_else(|| PathBuf::from(INDEX)),
            failed_in_part: false,
        }
    }

    /// Returns the command line `vankien COMMAND` for the index of this run.
    pub(super) fn command(&self, command: &str) -> String {
        if self.index_is_named {
            format!("vankien {command} --index '{}'", self.index_dir.display())
        } else {
            format!("vankien {command}")
        }
    }

    /// Writes `value` as one line of JSON.
    pub(super) fn json(&mut self, value: &impl serde::Serialize) -> anyhow::Result<()> {
        serde_json::to_writer(&mut self.out, value).map_err(io::Error::from)?;
        writeln!(self.out)?;
        Ok(())
    }

    /// Writes a table as CSV, as TSV or, in any other format, for the terminal.
    pub(super) fn table(&mut self, table: &Table, format: OutputFormat) -> anyhow::Result<()> {
        match format {
            OutputFormat::Csv => table.write_separated(self.out, b',')?,
            OutputFormat::Tsv => table.write_separated(self.out, b'\t')?,
            OutputFormat::Text | OutputFormat::Json => {
                table.write_terminal(self.out, self.screen.columns, self.screen.palette)?;
            }
        }
        Ok(())
    }

    /// Writes `records` as JSON Lines, or as the table that `tabulate` makes of them.
    pub(super) fn records<R: serde::Serialize>(
        &mut self,
        records: &[R],
        format: OutputFormat,
        tabulate: impl FnOnce(&[R]) -> Table,
    ) -> anyhow::Result<()> {
        if format == OutputFormat::Json {
            records.iter().try_for_each(|record| self.json(record))
        } else {
            self.table(&tabulate(records), format)
        }
    }

    /// Writes the paths of these documents, a line for each.
    pub(super) fn files<'d>(&mut self, documents: impl IntoIterator<Item = &'d DocumentRecord>) -> anyhow::Result<()> {
        for document in documents {
            writeln!(self.out, "{}", clean(&document.path))?;
        }
        Ok(())
    }

    /// Warns on standard error of everything that was odd about the question.
    pub(super) fn warn_of(&mut self, diagnostics: &[Diagnostic]) -> anyhow::Result<()> {
        diagnostics
            .iter()
            .try_for_each(|diagnostic| self.warn(clean(&diagnostic.to_string())))
    }

    /// Writes a message to standard error; the command goes on. Names of files and words of other programs may hold
    /// characters that a terminal obeys.
    pub(super) fn warn(&mut self, message: impl std::fmt::Display) -> anyhow::Result<()> {
        writeln!(self.err, "vankien: {}", clean(&message.to_string())).context("cannot write to standard error")
    }

    /// Writes a hint to standard error: what the user may do.
    pub(super) fn hint(&mut self, hint: impl std::fmt::Display) -> anyhow::Result<()> {
        writeln!(self.err, "hint: {}", clean(&hint.to_string())).context("cannot write to standard error")
    }
}

/// Returns a number with its noun, in the singular or plural: `2 documents`.
pub(super) fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

/// Returns the error that a draft cannot be read. The errors of a corpus and of an index are passed on bare, because hints
/// are looked up by their types.
pub(super) fn draft_error(error: DraftError) -> anyhow::Error {
    match error {
        DraftError::Corpus(error) => error.into(),
        DraftError::Index(error) => error.into(),
        error @ (DraftError::Folder { .. } | DraftError::Archive { .. } | DraftError::NoDocument { .. }) => {
            error.into()
        }
    }
}
