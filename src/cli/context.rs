//! What every command works with: where the answer goes, how it looks, where the index is.

use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

use anyhow::Context as _;

use super::args::{ColorChoice, Format, Global};
use super::exit::Exit;
use crate::index::{self, Index};
use crate::render::plain::Page;
use crate::render::table::Table;
use crate::render::terminal::{DEFAULT_WIDTH, Palette};
use crate::text::{Diagnostic, clean};

/// Where a command writes: the answer to `out`, everything else to `err`.
pub(super) struct Context<'a> {
    /// Standard output.
    pub(super) out: &'a mut dyn Write,
    /// Standard error.
    pub(super) err: &'a mut dyn Write,
    /// Width and colours of standard output.
    pub(super) page: Page,
    /// Does a person read the answer as it comes?
    pub(super) interactive: bool,
    /// Folder of the index.
    pub(super) index_dir: PathBuf,
    /// Something failed, and the command went on: the exit code must tell.
    pub(super) failed_in_part: bool,
}

impl<'a> Context<'a> {
    /// A context for these flags.
    pub(super) fn new(global: &Global, out: &'a mut dyn Write, err: &'a mut dyn Write) -> Self {
        let colored = match global.color {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto => {
                io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
            }
        };
        let columns = terminal_size::terminal_size().map_or(DEFAULT_WIDTH, |(width, _)| usize::from(width.0));
        Self {
            out,
            err,
            page: Page {
                columns: columns.max(40),
                palette: Palette::new(colored),
            },
            interactive: io::stdout().is_terminal(),
            index_dir: global.index.clone(),
            failed_in_part: false,
        }
    }

    /// Opens the index; where there is none and a `seeds` folder lies here, builds it first and says so.
    pub(super) fn open_index(&mut self) -> anyhow::Result<Index> {
        match Index::open(&self.index_dir) {
            Err(index::Error::Missing { .. }) if Path::new(super::index::SEEDS).is_dir() => {
                writeln!(
                    self.err,
                    "vankien: no index in '{}' yet, building it from '{}'",
                    self.index_dir.display(),
                    super::index::SEEDS
                )?;
                let done = super::index::build(self, &[PathBuf::from(super::index::SEEDS)], false, false)?;
                self.failed_in_part |= done == Exit::Failed;
                Ok(Index::open(&self.index_dir)?)
            }
            opened => Ok(opened?),
        }
    }

    /// Writes `value` as one line of JSON.
    pub(super) fn json(&mut self, value: &impl serde::Serialize) -> anyhow::Result<()> {
        serde_json::to_writer(&mut self.out, value).map_err(io::Error::from)?;
        writeln!(self.out)?;
        Ok(())
    }

    /// Writes a table in a format that is not JSON.
    pub(super) fn table(&mut self, table: &Table, format: Format) -> anyhow::Result<()> {
        match format {
            Format::Csv => table.write_separated(self.out, b',')?,
            Format::Tsv => table.write_separated(self.out, b'\t')?,
            Format::Text | Format::Json => table.write_terminal(self.out, self.page.columns, self.page.palette)?,
        }
        Ok(())
    }

    /// Writes `records` as JSON Lines, or the table that `tabulate` makes of them.
    pub(super) fn records<R: serde::Serialize>(
        &mut self,
        records: &[R],
        format: Format,
        tabulate: impl FnOnce(&[R]) -> Table,
    ) -> anyhow::Result<()> {
        if format == Format::Json {
            records.iter().try_for_each(|record| self.json(record))
        } else {
            self.table(&tabulate(records), format)
        }
    }

    /// Writes the files of the documents whose ids are `wanted`, in order of the ids.
    pub(super) fn files(&mut self, index: &Index, wanted: &dyn Fn(&str) -> bool) -> anyhow::Result<()> {
        for record in index.documents()?.filter(|record| wanted(&record.document)) {
            writeln!(self.out, "{}", clean(&record.path))?;
        }
        Ok(())
    }

    /// Tells on standard error what was odd about what was asked.
    pub(super) fn tell(&mut self, diagnostics: &[Diagnostic]) -> anyhow::Result<()> {
        diagnostics
            .iter()
            .try_for_each(|diagnostic| self.warn(clean(&diagnostic.message)))
    }

    /// Tells something on standard error that does not stop the command.
    pub(super) fn warn(&mut self, message: impl std::fmt::Display) -> anyhow::Result<()> {
        writeln!(self.err, "vankien: {message}").context("cannot write to standard error")
    }
}
