//! The `vankien-train` program: builds the model with which damaged text is read.
//!
//! ```text
//! vankien-train --pairs dev-tokens.tsv --lines dev-lines.tsv --text train.txt --syllables syllables.txt \
//!     --leave-out vtb --output src/reading/model.bin
//! ```

use std::fs;
use std::io::Write;
use std::path::PathBuf;

use anyhow::Context;
use clap::Parser;
use vankien::reading::train::{Pair, Pruning, Sources};

/// Builds the model with which damaged text is read; the same input gives the same bytes.
#[derive(Debug, Parser)]
#[command(name = "vankien-train")]
struct Arguments {
    /// Parallel text: a line number and `printed⇢read` fields, tab-separated
    #[arg(long, value_name = "FILE")]
    pairs: PathBuf,
    /// Where each line of the parallel text comes from: tab-separated, with a header; line, source, ...
    #[arg(long, value_name = "FILE")]
    lines: PathBuf,
    /// Clean text, one paragraph a line; repeatable
    #[arg(long, value_name = "FILE")]
    text: Vec<PathBuf>,
    /// Syllables, one a line
    #[arg(long, value_name = "FILE")]
    syllables: PathBuf,
    /// Source of parallel lines that are not used; repeatable
    #[arg(long, value_name = "SOURCE")]
    leave_out: Vec<String>,
    /// Least gain of kept bigrams, trigrams and four-grams, in nats
    #[arg(long, num_args = 3, value_name = "NATS")]
    least_gain: Option<Vec<f32>>,
    /// The model file
    #[arg(long, value_name = "FILE")]
    output: PathBuf,
}

/// Reads a text file.
fn read(path: &PathBuf) -> anyhow::Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read '{}'", path.display()))
}

/// The pairs of the lines whose source is not left out.
fn pairs(arguments: &Arguments) -> anyhow::Result<Vec<Pair>> {
    let lines = read(&arguments.lines)?;
    let source_of = |row: &str| row.split('\t').nth(1).unwrap_or_default().to_owned();
    let sources: Vec<String> = lines.lines().skip(1).map(source_of).collect();
    let text = read(&arguments.pairs)?;
    let used = text
        .lines()
        .zip(&sources)
        .filter(|(_, source)| !arguments.leave_out.iter().any(|out| source.starts_with(out.as_str())));
    Ok(used.flat_map(|(line, _)| Pair::of_line(line)).collect())
}

/// Builds the model and writes it.
fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let sources = Sources {
        pairs: pairs(&arguments)?,
        texts: arguments.text.iter().map(read).collect::<Result<_, _>>()?,
        syllables: read(&arguments.syllables)?.lines().map(str::to_owned).collect(),
    };
    let mut pruning = Pruning::default();
    if let Some(&[two, three, four]) = arguments.least_gain.as_deref() {
        pruning.least_gain = [two, three, four];
    }
    let model = sources.build(&pruning);
    fs::write(&arguments.output, &model).with_context(|| format!("cannot write '{}'", arguments.output.display()))?;
    writeln!(
        std::io::stdout(),
        "{} pairs, {} bytes",
        sources.pairs.len(),
        model.len()
    )?;
    Ok(())
}
