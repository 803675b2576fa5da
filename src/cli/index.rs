//! `vankien index`: builds the index or brings it up to date.

use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::time::{Duration, Instant};

use super::args::IndexArgs;
use super::context::Context;
use super::exit::Exit;
use crate::corpus::{self, Corpus};
use crate::index::{self, Options, Progress, Step};

/// What is indexed when nothing else is named.
pub(super) const SEEDS: &str = "seeds";

/// Runs the command.
pub(super) fn run(context: &mut Context<'_>, args: &IndexArgs) -> anyhow::Result<Exit> {
    build(context, &args.paths, args.rebuild, args.quiet)
}

/// Builds the index of `paths`; tells what could not be taken up, what was done and how long it took.
pub(super) fn build(context: &mut Context<'_>, paths: &[PathBuf], rebuild: bool, quiet: bool) -> anyhow::Result<Exit> {
    let started = Instant::now();
    let corpus = Corpus::scan(paths);
    let nothing_to_do = corpus.entries.is_empty() && !corpus.errors.is_empty();
    let report = if nothing_to_do {
        // An index is not emptied because a path was misspelt.
        None
    } else {
        let options = Options {
            rebuild,
            ..Options::default()
        };
        let mut progress = Bar::new(context.err, !quiet && std::io::stderr().is_terminal());
        let built = index::build(&context.index_dir, &corpus, &options, &mut progress);
        progress.clear();
        Some(built?)
    };
    let failed: Vec<&corpus::Error> = corpus
        .errors
        .iter()
        .chain(report.iter().flat_map(|report| &report.failed))
        .collect();
    for error in &failed {
        context.warn(error)?;
        if let Some(hint) = error.kind.hint() {
            writeln!(context.err, "hint: {hint}")?;
        }
    }
    if let Some(report) = &report
        && !quiet
    {
        if let Some(documents) = report.learnt_from.filter(|&documents| documents > 0) {
            writeln!(
                context.err,
                "vankien: learnt from the clean text of {}, read {} with that",
                counted(documents, "document"),
                counted(report.repaired, "damaged document"),
            )?;
        }
        writeln!(
            context.err,
            "vankien: {} documents, {} passages in '{}' ({} added, {} changed, {} removed, {} unchanged, {} failed; {})",
            report.documents,
            report.passages,
            context.index_dir.display(),
            report.added,
            report.changed,
            report.removed,
            report.unchanged,
            failed.len(),
            seconds(started.elapsed()),
        )?;
    }
    Ok(if failed.is_empty() { Exit::Done } else { Exit::Failed })
}

/// A number of things for people.
fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

/// A duration for people.
fn seconds(duration: Duration) -> String {
    format!("{:.1} s", duration.as_secs_f64())
}

/// A progress bar on one line of a terminal.
struct Bar<'a> {
    err: &'a mut dyn Write,
    shown: bool,
    last: Option<Instant>,
}

impl<'a> Bar<'a> {
    /// A bar that is drawn only if `shown`.
    fn new(err: &'a mut dyn Write, shown: bool) -> Self {
        Self { err, shown, last: None }
    }

    /// Takes the bar away.
    fn clear(&mut self) {
        if self.last.is_some() {
            // What is lost of a progress bar is no loss.
            write!(self.err, "\r\u{1b}[K").and_then(|()| self.err.flush()).ok();
        }
    }
}

impl Progress for Bar<'_> {
    fn advance(&mut self, step: Step, done: usize, total: usize) {
        /// The bar is drawn no more often than this.
        const PACE: Duration = Duration::from_millis(50);
        /// Columns of the bar itself.
        const CELLS: usize = 30;
        if !self.shown || self.last.is_some_and(|last| last.elapsed() < PACE && done < total) {
            return;
        }
        self.last = Some(Instant::now());
        let step = match step {
            Step::Parse => "reading",
            Step::Learn => "learning",
            Step::Repair => "repairing",
            Step::Index => "indexing",
            Step::Commit => "writing",
        };
        let filled = (CELLS * done).checked_div(total).unwrap_or(CELLS).min(CELLS);
        let bar = "█".repeat(filled) + &"░".repeat(CELLS - filled);
        write!(self.err, "\r\u{1b}[K{step:9} {bar} {done}/{total}")
            .and_then(|()| self.err.flush())
            .ok();
    }
}
