//! `vankien index`: adds files and folders to the index, and brings it up to date.

use std::io::{IsTerminal, Write};
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::Context as _;
use clap::Args;

use super::context::{Context, Noun, counted};
use super::engine::{EngineArgs, publish_folder};
use super::exit::Exit;
use crate::index::{self, BuildOptions, BuildReport, BuildStep, Index, Progress};
use crate::register::Register;
use crate::render::builds::{IndexLine, PassedOver};
use crate::render::language::{Strings, fill};
use crate::text::clean;

/// The folder to index if none is named and the index has none yet.
const SEEDS: &str = "seeds";

/// The most pages of a file that an OCR reads unless another bound is given: some 25 minutes of two cores. The longest
/// scans of party documents seen have 300.
const OCR_PAGES: usize = 500;

/// Flags of `vankien index`.
#[derive(Args, Debug)]
#[command(
    after_long_help = "The index remembers these paths, its roots. Without a path all roots are brought up to date, or \
                       'seeds' if there is none yet; what is not named stays as it is. A root that is missing, empty \
                       or unreadable keeps its documents. A removed file (`vankien remove`) comes back when it is named \
                       itself. The results of OCR are stored in the index folder by the content of each file, and are \
                       used again whenever the same file appears. Files that need no OCR are searchable first. If a \
                       scan has more pages than --ocr-pages, its first ones are read and the others reported; with a \
                       higher number only these are read. With --engine the folder is the working copy: what differs \
                       from it in OpenSearch is brought there at the end, and searching sees the old state or the new \
                       one."
)]
pub(crate) struct IndexArgs {
    /// Files and folders to add; folders are searched at any depth for texts, Word files, PDFs,
    /// images, hOCR, ALTO, and ZIP archives of these
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Read all files anew, even if the index is damaged; roots, removals and the results of OCR stay
    #[arg(long)]
    rebuild: bool,
    /// Give up roots that are missing, empty or unreadable, with their documents
    #[arg(long)]
    force: bool,
    /// Add the documents of this table to the register, for good: tab-separated, with a header line and a column `key`;
    /// an empty file takes them out again
    #[arg(long, value_name = "FILE")]
    register: Option<PathBuf>,
    /// Read at most N pages of a file by OCR; 0 reads all
    #[arg(long, value_name = "N", default_value_t = OCR_PAGES)]
    ocr_pages: usize,
    #[command(flatten)]
    engine: EngineArgs,
    /// Write one JSON object with counts
    #[arg(long)]
    json: bool,
    /// Report nothing but errors
    #[arg(long, short)]
    quiet: bool,
}

/// Runs the command.
pub(super) fn run(context: &mut Context<'_>, args: &IndexArgs) -> anyhow::Result<Exit> {
    build(context, args)
}

/// Opens the index. If there is none, no folder was named for it, and the working folder has a `seeds` folder, builds
/// it first and says so.
pub(super) fn open_index(context: &mut Context<'_>) -> anyhow::Result<Index> {
    match Index::open_at(&context.place) {
        Err(index::Error::Missing { .. }) if !context.index_is_named && Path::new(SEEDS).is_dir() => {
            let folder = context.index_dir.display().to_string();
            context.warn(fill(context.strings().no_index_yet, &[&folder, &SEEDS]))?;
            let args = IndexArgs {
                paths: vec![PathBuf::from(SEEDS)],
                rebuild: false,
                force: false,
                register: None,
                ocr_pages: OCR_PAGES,
                engine: EngineArgs::default(),
                json: false,
                quiet: false,
            };
            let done = build(context, &args)?;
            context.failed_in_part |= done == Exit::Failed;
            Ok(Index::open(&context.index_dir)?)
        }
        opened => Ok(opened?),
    }
}

/// Brings the index up to date; reports what could not be read, what was done and how long it took.
fn build(context: &mut Context<'_>, args: &IndexArgs) -> anyhow::Result<Exit> {
    let started = Instant::now();
    let options = BuildOptions {
        register: args.register.as_deref().map(read_register).transpose()?,
        rebuild: args.rebuild,
        force: args.force,
        first_root: Some(PathBuf::from(SEEDS)),
        ocr_pages: NonZero::new(args.ocr_pages),
        ..BuildOptions::default()
    };
    let strings = context.strings();
    let mut progress = ProgressBar::new(strings, context.err, !args.quiet && std::io::stderr().is_terminal());
    let built = index::update(&context.index_dir, &args.paths, &options, &mut progress);
    progress.clear();
    let mut report = built?;
    for absent in &report.absent {
        context.warn(format_args!("{}: {absent}", absent.root.given.display()))?;
        if let Some(hint) = absent.hint() {
            context.hint(hint)?;
        }
    }
    for error in &report.failed {
        context.warn(error)?;
        if let Some(hint) = error.kind.hint() {
            context.hint(hint)?;
        }
    }
    for file in &report.partly_read {
        context.warn(format_args!("{}: {file}", file.path.display()))?;
        context.hint(file.hint())?;
    }
    let is_tidy = report_untidy(context, report.untidy.take())?;
    let failed = report.failed.len() + report.absent.len();
    let is_quiet = args.quiet || args.json;
    let published = publish_folder(context, args.engine, args.rebuild, is_quiet)?;
    if args.json {
        let folder = context.index_dir.display().to_string();
        context.json(&IndexLine::of(&folder, &report, published.as_ref(), started.elapsed()))?;
    }
    if !args.quiet {
        write_passed_over(context, &report)?;
    }
    if !args.quiet && !args.json {
        write_report(context, &report, failed, started.elapsed())?;
    }
    let refused = published.is_some_and(|published| !published.failed.is_empty());
    Ok(if failed == 0 && !refused && report.partly_read.is_empty() && is_tidy {
        Exit::Done
    } else {
        Exit::Failed
    })
}

/// Reports an error of tidying up after a commit; returns true if there is none.
pub(super) fn report_untidy(context: &mut Context<'_>, untidy: Option<index::Error>) -> anyhow::Result<bool> {
    let Some(error) = untidy else { return Ok(true) };
    let hint = error.hint();
    let error = anyhow::Error::new(error);
    context.warn(format_args!(
        "the index has its new state, whole, but with more files than it needs: {error:#}"
    ))?;
    hint.map_or(Ok(()), |hint| context.hint(hint)).map(|()| false)
}

/// Reads an office's own table of documents, and fails if it is none.
pub(super) fn read_register(path: &Path) -> anyhow::Result<String> {
    let shown = || clean(&path.display().to_string()).into_owned();
    let table = std::fs::read_to_string(path).with_context(|| format!("cannot read the register '{}'", shown()))?;
    Register::with_rows(&table).with_context(|| format!("the register '{}' cannot be used", shown()))?;
    Ok(table)
}

/// Names the kinds of files that nothing reads: `passed over 3 xlsx, 1 pptx files`.
fn write_passed_over(context: &mut Context<'_>, report: &BuildReport) -> anyhow::Result<()> {
    let kinds = PassedOver::all(&report.passed_over);
    let total: usize = kinds.iter().map(|kind| kind.files).sum();
    if total == 0 {
        return Ok(());
    }
    let counts: Vec<String> = kinds
        .iter()
        .map(|kind| format!("{} {}", kind.files, clean(&kind.kind)))
        .collect();
    let strings = context.strings();
    let noun = if total == 1 {
        strings.file_one
    } else {
        strings.file_many
    };
    context.warn(fill(strings.passed_over, &[&counts.join(", "), &noun]))
}

/// Reports what a build did.
fn write_report(
    context: &mut Context<'_>,
    report: &BuildReport,
    failed: usize,
    elapsed: Duration,
) -> anyhow::Result<()> {
    // Nothing could be read, so no index was made.
    if report.roots.is_empty() && report.documents == 0 && failed > 0 {
        return Ok(());
    }
    let strings = context.strings();
    if let Some(documents) = report.learnt_from.filter(|&documents| documents > 0) {
        context.warn(fill(
            strings.learnt_from,
            &[
                &counted(strings, documents, Noun::Document),
                &counted(strings, report.repaired, Noun::DamagedDocument),
            ],
        ))?;
    }
    let folder = context.index_dir.display().to_string();
    let partly_read = match report.partly_read.len() {
        0 => String::new(),
        files => fill(strings.read_in_part, &[&files]),
    };
    let seconds = format!("{:.1}", elapsed.as_secs_f64());
    context.warn(fill(
        strings.index_state,
        &[
            &counted(strings, report.documents, Noun::Document),
            &counted(strings, report.passages, Noun::Passage),
            &folder,
            &report.added,
            &report.changed,
            &report.removed,
            &report.unchanged,
            &failed,
            &partly_read,
            &seconds,
        ],
    ))?;
    match report.excluded.len() {
        0 => Ok(()),
        1 => context.warn(strings.stays_out),
        paths => context.warn(fill(strings.stay_out, &[&paths])),
    }
}

/// A progress bar on one line of a terminal.
struct ProgressBar<'a> {
    strings: &'static Strings,
    err: &'a mut dyn Write,
    /// True if the bar is drawn at all.
    visible: bool,
    /// The time when the bar was last drawn; `None` if it is not on the screen.
    drawn_at: Option<Instant>,
}

impl<'a> ProgressBar<'a> {
    /// Returns a bar that is drawn only if `visible`.
    fn new(strings: &'static Strings, err: &'a mut dyn Write, visible: bool) -> Self {
        Self {
            strings,
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
            BuildStep::Parse => self.strings.step_parse,
            BuildStep::Ocr => self.strings.step_ocr,
            BuildStep::Learn => self.strings.step_learn,
            BuildStep::Repair => self.strings.step_repair,
            BuildStep::Index => self.strings.step_index,
            BuildStep::Commit => self.strings.step_commit,
        };
        let filled = (CELLS * done).checked_div(total).unwrap_or(CELLS).min(CELLS);
        let bar = "█".repeat(filled) + &"░".repeat(CELLS - filled);
        write!(self.err, "\r\u{1b}[K{step:9} {bar} {done}/{total}")
            .and_then(|()| self.err.flush())
            .ok();
    }
}
