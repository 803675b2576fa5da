//! The `vankien-train` program: builds the model with which damaged text is read.
//!
//! ```text
//! vankien-train --pairs dev-tokens.tsv --lines dev-lines.tsv --text train.txt --syllables syllables.txt \
//!     --terms src/reading/train/terms.txt --leave-out vtb --pairs-only seed: --output src/reading/model.bin
//! ```
//!
//! That is how the shipped model was built. Its sources: pages of laws, decrees and party statutes, drawn and
//! read by tesseract with its English models (`dev-tokens.tsv`, with `dev-lines.tsv` telling whose line each
//! is) and plain text of the same sort (`train.txt`), all official documents and so outside copyright (Law
//! on Intellectual Property of Vietnam, Article 15.2); a list of syllables; terms of party documents written
//! down for this program (`terms.txt`, under its licence). Left out are the lines of `vtb` (news, CC BY-SA),
//! and of the seed documents only the confusions are counted, not the wording.

use std::fs;
use std::io::Write;
use std::path::PathBuf;

use anyhow::Context;
use clap::Parser;
use vankien::reading::Model;
use vankien::reading::train::{HeldOut, Pruning, Score, Sources, TokenPair};

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
    /// Source of parallel lines whose wording is not counted as text; repeatable
    #[arg(long, value_name = "SOURCE")]
    pairs_only: Vec<String>,
    /// Terms and set phrases, each counted several times as text
    #[arg(long, value_name = "FILE")]
    terms: Option<PathBuf>,
    /// Least gain of kept bigrams, trigrams and four-grams, in nats
    #[arg(long, num_args = 3, value_name = "NATS")]
    least_gain: Option<Vec<f32>>,
    /// Source of parallel lines that are kept apart to measure the model with; repeatable
    #[arg(long, value_name = "SOURCE", required_unless_present = "output")]
    hold_out: Vec<String>,
    /// The model file
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// How often the terms are counted: 6 and 18 gave the same on held-out pages.
const TERMS_WEIGHT: usize = 6;

/// Reads a text file.
fn read(path: &PathBuf) -> anyhow::Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read '{}'", path.display()))
}

/// Is `source` one of `names`, or does it begin with one?
fn is_of(source: &str, names: &[String]) -> bool {
    names.iter().any(|name| source.starts_with(name.as_str()))
}

/// Reads all files: what the model is built from, and what it is measured with.
fn sources(arguments: &Arguments) -> anyhow::Result<(Sources, HeldOut)> {
    let lines = read(&arguments.lines)?;
    let owners = lines
        .lines()
        .skip(1)
        .map(|row| row.split('\t').nth(1).unwrap_or_default());
    let parallel = read(&arguments.pairs)?;
    let mut sources = Sources {
        texts: arguments.text.iter().map(read).collect::<Result<_, _>>()?,
        syllables: read(&arguments.syllables)?.lines().map(str::to_owned).collect(),
        ..Sources::default()
    };
    let mut held_out = HeldOut::default();
    let mut text = String::new();
    for (line, owner) in parallel
        .lines()
        .zip(owners)
        .filter(|(_, owner)| !is_of(owner, &arguments.leave_out))
    {
        let [printed, read] = TokenPair::sides_of_line(line);
        if is_of(owner, &arguments.hold_out) {
            held_out.printed.push(printed);
            held_out.read.push(read);
            continue;
        }
        sources.pairs.extend(TokenPair::of_line(line));
        if !is_of(owner, &arguments.pairs_only) {
            text.push_str(&printed);
            text.push('\n');
        }
    }
    sources.texts.push(text);
    if let Some(path) = &arguments.terms {
        sources.texts.push(read(path)?.repeat(TERMS_WEIGHT));
    }
    Ok((sources, held_out))
}

/// What is told of a score.
fn report(score: &Score, repeated: usize) -> String {
    let [folded, exact, three, five, three_indexed, five_indexed] = score.shares();
    let [false_three, false_five] = score.false_shares();
    format!(
        "{} syllables held out, {repeated} paragraphs of the text repeat them and were dropped\n\
         syllables right: {folded:.4} folded, {exact:.4} with marks\n\
         phrases of 3 found: {three:.4}, {three_indexed:.4} with alternatives, {false_three:.4} of the hits false\n\
         phrases of 5 found: {five:.4}, {five_indexed:.4} with alternatives, {false_five:.4} of the hits false",
        score.syllables
    )
}

/// Builds the model and writes or measures it.
fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let (mut sources, held_out) = sources(&arguments)?;
    let mut pruning = Pruning::default();
    if let Some(&[two, three, four]) = arguments.least_gain.as_deref() {
        pruning.least_gain = [two, three, four];
    }
    let repeated = held_out.drop_from(&mut sources);
    let bytes = sources.build(&pruning);
    let mut out = std::io::stdout();
    writeln!(out, "{} pairs, {} bytes", sources.pairs.len(), bytes.len())?;
    if let Some(path) = &arguments.output {
        fs::write(path, &bytes).with_context(|| format!("cannot write '{}'", path.display()))?;
    }
    if !arguments.hold_out.is_empty() {
        let model = Model::from_bytes(&bytes).context("the model cannot be read back")?;
        writeln!(out, "{}", report(&held_out.score(&model), repeated))?;
    }
    Ok(())
}
