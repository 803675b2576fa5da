//! The context that every command runs in: where its answer goes, how the answer looks, where the index is.

use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;

use anyhow::Context as _;

use super::flags::{ColorChoice, GlobalArgs, OutputFormat, lang_of_environment};
use crate::index::{Index, IndexPlace};
use crate::precedent::DraftError;
use crate::query::Diagnostic;
use crate::record::DocumentRecord;
use crate::render::language::oddity::oddity_text;
use crate::render::language::{Lang, Strings};
use crate::render::table::Table;
use crate::render::table_file::{self, TableFormat};
use crate::render::terminal::{DEFAULT_WIDTH, Palette, Screen};
use crate::text::clean;

/// The least width in columns that answers are laid out for, on however narrow a terminal.
const MIN_COLUMNS: usize = 40;

/// The context of one run of a command: the answer goes to `out`, everything else to `err`.
pub(super) struct Context<'a> {
    /// Standard output.
    pub(super) out: &'a mut dyn Write,
    /// Standard error.
    pub(super) err: &'a mut dyn Write,
    /// Width, colors and language of standard output.
    pub(super) screen: Screen,
    /// True if the answer goes to a terminal, so that a person reads it.
    pub(super) interactive: bool,
    /// Format of the answer.
    pub(super) format: OutputFormat,
    /// The place of the index.
    pub(super) place: IndexPlace,
    /// Folder of the index; of an index in an engine the working copy of whoever writes it.
    pub(super) index_dir: PathBuf,
    /// True if the folder was named, and is not the default.
    pub(super) index_is_named: bool,
    /// True if something failed and the command went on; the exit code reports it.
    pub(super) failed_in_part: bool,
}

impl<'a> Context<'a> {
    /// Returns a context for these flags and an answer in `format`; `to_file` is true if it goes to a file.
    pub(super) fn new(
        global: &GlobalArgs,
        format: OutputFormat,
        to_file: bool,
        out: &'a mut dyn Write,
        err: &'a mut dyn Write,
    ) -> Self {
        let interactive = !to_file && io::stdout().is_terminal();
        let colored = match global.color {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto => interactive && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()),
        };
        let terminal = if to_file { None } else { terminal_size::terminal_size() };
        let columns = terminal.map(|(width, _)| usize::from(width.0));
        // Where there is no terminal to ask, the environment may tell the width (POSIX, "Environment Variables").
        let told = || std::env::var("COLUMNS").ok()?.parse().ok();
        let columns = columns.or_else(told).unwrap_or(DEFAULT_WIDTH);
        Self {
            out,
            err,
            screen: Screen {
                columns: columns.max(MIN_COLUMNS),
                palette: Palette::new(colored),
                // A terminal without colors is too simple for links, or its user wants plain text.
                links: colored && interactive,
                lang: global.lang.map_or_else(lang_of_environment, Lang::from),
            },
            interactive,
            format,
            index_is_named: global.named_index().is_some(),
            place: global.place(),
            index_dir: global.index_dir(),
            failed_in_part: false,
        }
    }

    /// Returns the texts in the language of the answer.
    pub(super) const fn strings(&self) -> &'static Strings {
        self.screen.lang.strings()
    }

    /// Returns the command line `vankien COMMAND` for the index of this run.
    pub(super) fn command(&self, command: &str) -> String {
        if let IndexPlace::Engine(access) = &self.place {
            format!("vankien {command} --engine '{}'", access.url)
        } else if self.index_is_named {
            format!("vankien {command} --index '{}'", self.index_dir.display())
        } else {
            format!("vankien {command}")
        }
    }

    /// Returns a hint with the index of this run in the commands that it names, `` `vankien …` ``.
    pub(super) fn with_index(&self, hint: &str) -> String {
        let mut parts = hint.split('`');
        let mut told = parts.next().unwrap_or_default().to_owned();
        for (position, part) in parts.enumerate() {
            told.push('`');
            // Every second part stands between two signs.
            match part.strip_prefix("vankien ").filter(|_| position % 2 == 0) {
                Some(command) if !command.contains("--engine") => told.push_str(&self.command(command)),
                _ => told.push_str(part),
            }
        }
        told
    }

    /// Writes `value` as one line of JSON.
    pub(super) fn json(&mut self, value: &impl serde::Serialize) -> anyhow::Result<()> {
        serde_json::to_writer(&mut self.out, value).map_err(io::Error::from)?;
        writeln!(self.out)?;
        Ok(())
    }

    /// Writes a table in this format, and tells what the format has no room for.
    pub(super) fn table(&mut self, table: &Table, format: TableFormat) -> anyhow::Result<()> {
        let shortened = table_file::write(self.out, table, format)?;
        shortened.messages().iter().try_for_each(|message| self.warn(message))
    }

    /// Writes `records` as JSON Lines, or as the table that `tabulate` makes of them. On a terminal, ids of documents of
    /// `index` are short.
    pub(super) fn records<R: serde::Serialize>(
        &mut self,
        index: Option<&Index>,
        records: &[R],
        tabulate: impl FnOnce(&[R]) -> Table,
    ) -> anyhow::Result<()> {
        let short = |id: &str| index.map_or_else(|| id.to_owned(), |index| index.short_id(id).into_owned());
        match self.format {
            OutputFormat::Json => records.iter().try_for_each(|record| self.json(record)),
            OutputFormat::Table(format) => self.table(&tabulate(records), format),
            OutputFormat::Text => Ok(tabulate(records).write_terminal(self.out, self.screen, &short)?),
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
            .try_for_each(|diagnostic| self.warn(oddity_text(self.screen.lang, &diagnostic.oddity)))
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

/// A thing that reports count.
#[derive(Clone, Copy, Debug)]
pub(super) enum Noun {
    Document,
    DamagedDocument,
    Passage,
}

/// Returns a number with its noun, in the singular or plural: `2 documents`.
pub(super) fn counted(strings: &Strings, count: usize, noun: Noun) -> String {
    let (one, many) = match noun {
        Noun::Document => (strings.document_one, strings.document_many),
        Noun::DamagedDocument => (strings.damaged_one, strings.damaged_many),
        Noun::Passage => (strings.passage_one, strings.passage_many),
    };
    format!("{count} {}", if count == 1 { one } else { many })
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
