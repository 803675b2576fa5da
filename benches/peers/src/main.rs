//! `vankien-peers`: vankien measured beside plain tantivy and SQLite FTS5.
//!
//! A corpus, given or [made](generator), becomes a vankien index. The other engines get exactly its passages: a folded
//! text with positions, the text stored, and the document, the section and the part of the document of each. All of them
//! are then asked the same [questions] in the same run, one engine after the other for each question, so that ratios
//! hold on a noisy machine too. What all engines can count is [compared](oracle).
//!
//! ```text
//! files ─ vankien ─▶ index ─ passages ─▶ one file ─▶ tantivy, SQLite
//!                                    └─▶ questions ─▶ timing ─▶ report
//! ```
//!
//! Each index is built by a process of its own, which measures its CPU time and its memory.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program that prints what it measured"
)]

mod building;
mod engines;
mod generator;
mod machine;
mod oracle;
mod passages;
mod questions;
mod report;
mod tables;
mod timing;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::Parser;

use engines::{Engine, EngineName};
use generator::Generator;
use report::Report;

/// The allocator of the program `vankien`.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Measure vankien beside plain tantivy and SQLite FTS5.
#[derive(Debug, Parser)]
#[command(name = "vankien-peers")]
struct Arguments {
    /// Index the documents in this folder
    #[arg(long, value_name = "FOLDER", conflicts_with = "megabytes")]
    corpus: Option<PathBuf>,
    /// Make a corpus of this size in MB
    #[arg(long, value_name = "MB", default_value_t = 10)]
    megabytes: u64,
    /// Make the corpus from this number, and draw the questions from it
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    seed: u64,
    /// Write the corpus to this folder and end
    #[arg(long, value_name = "FOLDER", conflicts_with = "corpus")]
    only_write: Option<PathBuf>,
    /// Keep corpus and indexes in this folder; what it has is used again
    #[arg(long, value_name = "FOLDER")]
    work: Option<PathBuf>,
    /// Measure vankien beside these engines
    #[arg(long, value_name = "ENGINE", value_delimiter = ',', default_values_t = EngineName::PEERS.to_vec())]
    peers: Vec<EngineName>,
    /// Ask this many questions of each kind
    #[arg(long, value_name = "NUMBER", default_value_t = 100)]
    questions: usize,
    /// Ask each question this many times and keep the best time
    #[arg(long, value_name = "NUMBER", default_value_t = 3)]
    rounds: usize,
    /// Write the report to this file too
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Build the index of this engine in `--work` and print what that cost; the program calls itself so
    #[arg(long, value_name = "ENGINE", hide = true, requires = "work")]
    build: Option<EngineName>,
}

fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    if let Some(folder) = &arguments.only_write {
        let written = Generator::of(arguments.seed).write(folder, arguments.megabytes * 1_000_000)?;
        println!("{} files, {} bytes", written.files, written.bytes);
        return Ok(());
    }
    let temporary = tempfile::tempdir()?;
    let work = arguments.work.clone().unwrap_or_else(|| temporary.path().to_owned());
    fs::create_dir_all(&work)?;
    let corpus = corpus(&arguments, &work)?;
    if let Some(engine) = arguments.build {
        return building::build_here(engine, &corpus, &work);
    }
    let report = measure(&arguments, &corpus, &work)?.to_markdown();
    print!("{report}");
    if let Some(file) = &arguments.output {
        fs::write(file, &report).with_context(|| format!("cannot write {}", file.display()))?;
    }
    Ok(())
}

/// Returns the folder of the documents, which are made if none were given.
fn corpus(arguments: &Arguments, work: &Path) -> anyhow::Result<PathBuf> {
    if let Some(corpus) = &arguments.corpus {
        return Ok(corpus.clone());
    }
    let corpus = work.join(format!("made-{}-{}", arguments.megabytes, arguments.seed));
    if !corpus.exists() {
        // Whole or not at all: a folder of this name is taken as it is.
        let unfinished = work.join("unfinished");
        Generator::of(arguments.seed).write(&unfinished, arguments.megabytes * 1_000_000)?;
        fs::rename(&unfinished, &corpus)?;
    }
    Ok(corpus)
}

/// Builds the indexes and asks them.
fn measure(arguments: &Arguments, corpus: &Path, work: &Path) -> anyhow::Result<Report> {
    let mut built = Vec::new();
    let mut engines: Vec<Box<dyn Engine>> = Vec::new();
    for name in [EngineName::Vankien].iter().chain(&arguments.peers) {
        eprintln!("building {name}");
        built.push((*name, building::build_in_child(*name, corpus, work)?));
        if *name == EngineName::Vankien {
            passages::export(&name.dir(work), &passages::path(work))?;
        }
        engines.push(name.open(work)?);
    }
    let passages = passages::Passages::open(&passages::path(work))?;
    let summary = passages.summary()?;
    let questions = questions::draw(passages, summary.passages, arguments.questions, arguments.seed)?;
    eprintln!("asking {} questions", questions.len());
    let agreement = oracle::compare(&engines, &questions)?;
    let timings = timing::time_all(&engines, &questions, arguments.rounds)?;
    eprintln!("asking vankien's tables");
    let tables = tables::time_all(&EngineName::Vankien.dir(work), &questions, arguments.rounds)?;
    Ok(Report {
        corpus: match &arguments.corpus {
            Some(folder) => folder.display().to_string(),
            None => format!("{} MB made from seed {}", arguments.megabytes, arguments.seed),
        },
        summary,
        built,
        timings,
        tables,
        agreement,
    })
}
