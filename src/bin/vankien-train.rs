//! The `vankien-train` program: builds the model that damaged text is read with.
//!
//! The shipped model was built by:
//!
//! ```text
//! vankien-train --pairs dev-tokens.tsv --lines dev-lines.tsv --text train.txt --syllables syllables.txt \
//!     --terms src/reading/train/terms.txt --leave-out vtb --pairs-only seed: --output src/reading/model.bin
//! ```
//!
//! Its sources are:
//!
//! - pages of laws, decrees and party statutes, drawn as images and read by tesseract with its English models
//!   (`dev-tokens.tsv`; `dev-lines.tsv` names the source of each line), and plain text of the same kind (`train.txt`).
//!   All of them are official documents and so outside copyright (Law on Intellectual Property of Vietnam, Article
//!   15.2).
//! - a list of syllables;
//! - terms of party documents written down for this program (`terms.txt`, under its license).
//!
//! The lines of `vtb` (news, CC BY-SA) are left out. Of the seed documents only the confusions are counted, not the
//! wording.

use std::fs;
use std::io::Write;
use std::path::PathBuf;

use anyhow::Context;
use clap::Parser;
use vankien::reading::Model;
use vankien::reading::train::{HeldOut, Pruning, Score, Sources, TokenPair};

/// Build the model that damaged text is read with; the same input gives the same bytes.
#[derive(Debug, Parser)]
#[command(name = "vankien-train")]
struct Arguments {
    /// Read parallel text from this file: a line number and `printed⇢read` fields, tab-separated
    #[arg(long, value_name = "FILE")]
    pairs: PathBuf,
    /// Read the source of each line of the parallel text from this file: tab-separated, with a header; line, source,
    /// ...
    #[arg(long, value_name = "FILE")]
    lines: PathBuf,
    /// Read clean text from this file, one paragraph a line; repeatable
    #[arg(long, value_name = "FILE")]
    text: Vec<PathBuf>,
    /// Read the list of syllables from this file, one a line
    #[arg(long, value_name = "FILE")]
    syllables: PathBuf,
    /// Ignore the parallel lines of this source; repeatable
    #[arg(long, value_name = "SOURCE")]
    leave_out: Vec<String>,
    /// Count only the confusions of the parallel lines of this source, not their wording; repeatable
    #[arg(long, value_name = "SOURCE")]
    pairs_only: Vec<String>,
    /// Read terms and set phrases from this file and count each several times as text
    #[arg(long, value_name = "FILE")]
    terms: Option<PathBuf>,
    /// Keep only bigrams, trigrams and four-grams whose gain is at least this, in nats
    #[arg(long, num_args = 3, value_name = "NATS")]
    least_gain: Option<Vec<f32>>,
    /// Hold out the parallel lines of this source and measure the model with them; repeatable
    #[arg(long, value_name = "SOURCE", required_unless_present = "output")]
    hold_out: Vec<String>,
    /// Write the model to this file
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// The number of times that each term is counted: 6 and 18 gave the same result on held-out pages.
const TERMS_WEIGHT: usize = 6;

/// Reads a text file.
fn read(path: &PathBuf) -> anyhow::Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read '{}'", path.display()))
}

/// Returns true if `source` begins with one of `names`.
fn is_of(source: &str, names: &[String]) -> bool {
    names.iter().any(|name| source.starts_with(name.as_str()))
}

/// Reads all files and returns the texts to build the model from and those to measure it with.
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
        // Held-out lines must not train the model that they measure.
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

/// Describes a score in a few lines.
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
