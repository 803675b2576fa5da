//! `vankien index`: builds the index of files and folders, or brings it up to date.

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use clap::Args;

use super::context::{Context, counted};
use super::exit::Exit;
use crate::corpus::{self, Corpus};
use crate::index::{self, BuildOptions, BuildReport, BuildStep, Index, Progress};

/// The folder to index if none is named.
const SEEDS: &str = "seeds";

/// Flags of `vankien index`.
#[derive(Args, Debug)]
pub(crate) struct IndexArgs {
    /// Files, and folders to search at any depth for texts, PDFs, images, hOCR and ALTO
    #[arg(default_value = SEEDS, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Discard the existing index and build it anew
    #[arg(long)]
    rebuild: bool,
    /// Report no progress
    #[arg(long, short)]
    quiet: bool,
}

/// Runs the command.
pub(super) fn run(context: &mut Context<'_>, args: &IndexArgs) -> anyhow::Result<Exit> {
    build(context, &args.paths, args.rebuild, args.quiet)
}

/// Opens the index. If there is none and the working folder has a `seeds` folder, builds it first and says so.
pub(super) fn open_index(context: &mut Context<'_>) -> anyhow::Result<Index> {
    match Index::open(&context.index_dir) {
        Err(index::Error::Missing { .. }) if Path::new(SEEDS).is_dir() => {
            let folder = context.index_dir.display().to_string();
            context.warn(format_args!("no index in '{folder}' yet, building it from '{SEEDS}'"))?;
            let done = build(context, &[PathBuf::from(SEEDS)], false, false)?;
            context.failed_in_part |= done == Exit::Failed;
            Ok(Index::open(&context.index_dir)?)
        }
        opened => Ok(opened?),
    }
}

/// Builds the index of `paths`; reports the files that could not be read, what was done and how long it took.
fn build(context: &mut Context<'_>, paths: &[PathBuf], rebuild: bool, quiet: bool) -> anyhow::Result<Exit> {
    let started = Instant::now();
    let corpus = Corpus::scan(paths);
    // A misspelled path must not empty the index.
    let nothing_to_do = corpus.entries.is_empty() && !corpus.errors.is_empty();
    let report = if nothing_to_do {
        None
    } else {
        let options = BuildOptions {
            rebuild,
            ..BuildOptions::default()
        };
        let mut progress = ProgressBar::new(context.err, !quiet && std::io::stderr().is_terminal());
        let built = index::build(&context.index_dir, &corpus, &options, &mut progress);
        progress.clear();
        Some(built?)
    };
    let unread = report.iter().flat_map(|report| &report.failed);
    let failed: Vec<&corpus::Error> = corpus.errors.iter().chain(unread).collect();
    for error in &failed {
        context.warn(error)?;
        if let Some(hint) = error.kind.hint() {
            context.hint(hint)?;
        }
    }
    if let Some(report) = report.as_ref().filter(|_| !quiet) {
        write_report(context, report, failed.len(), started.elapsed())?;
    }
    Ok(if failed.is_empty() { Exit::Done } else { Exit::Failed })
}

/// Reports what a build did.
fn write_report(
    context: &mut Context<'_>,
    report: &BuildReport,
    failed: usize,
    elapsed: Duration,
) -> anyhow::Result<()> {
    if let Some(documents) = report.learnt_from.filter(|&documents| documents > 0) {
        context.warn(format_args!(
            "learnt from the clean text of {}, read {} with that",
            counted(documents, "document"),
            counted(report.repaired, "damaged document"),
        ))?;
    }
    let folder = context.index_dir.display().to_string();
    context.warn(format_args!(
        "{} documents, {} passages in '{folder}' ({} added, {} changed, {} removed, {} unchanged, {failed} failed; \
         {:.1} s)",
        report.documents,
        report.passages,
        report.added,
        report.changed,
        report.removed,
        report.unchanged,
        elapsed.as_secs_f64(),
    ))
}

/// A progress bar on one line of a terminal.
struct ProgressBar<'a> {
    err: &'a mut dyn Write,
    /// True if the bar is drawn at all.
    visible: bool,
    /// The time when the bar was last drawn; `None` if it is not on the screen.
    drawn_at: Option<Instant>,
}

impl<'a> ProgressBar<'a> {
    /// Returns a bar that is drawn only if `visible`.
    fn new(err: &'a mut dyn Write, visible: bool) -> Self {
        Self {
            err,
            visible,
            drawn_at: None,
        }
    }

    /// Removes the bar from the screen.
    fn clear(&mut self) {
        if self.drawn_at.is_some() {
            // The build goes on if the bar cannot be drawn.
            write!(self.err, "\r\u{1b}[K").and_then(|()| self.err.flush()).ok();
        }
    }
}

impl Progress for ProgressBar<'_> {
    fn advance(&mut self, step: BuildStep, done: usize, total: usize) {
        /// The least time between two drawings.
        const MIN_PAUSE: Duration = Duration::from_millis(50);
        /// Columns of the bar itself.
        const CELLS: usize = 30;
        // The last drawing of a step is never skipped, so that each ends at 100 %.
        let too_soon = self.drawn_at.is_some_and(|at| at.elapsed() < MIN_PAUSE);
        if !self.visible || (too_soon && done < total) {
            return;
        }
        self.drawn_at = Some(Instant::now());
        let step = match step {
            BuildStep::Parse => "reading",
            BuildStep::Learn => "learning",
            BuildStep::Repair => "repairing",
            BuildStep::Index => "indexing",
            BuildStep::Commit => "writing",
        };
        let filled = (CELLS * done).checked_div(total).unwrap_or(CELLS).min(CELLS);
        let bar = "█".repeat(filled) + &"░".repeat(CELLS - filled);
        write!(self.err, "\r\u{1b}[K{step:9} {bar} {done}/{total}")
            .and_then(|()| self.err.flush())
            .ok();
    }
}
