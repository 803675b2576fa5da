//! The `vankien-train` program: builds the model that damaged text is read with.
//!
//! The shipped model was built by:
//!
//! ```text
//! benches/scans/run train.txt MODELS scans
//! vankien-train --pairs dev-tokens.tsv --lines dev-lines.tsv --pairs scans/tokens.tsv --lines scans/lines.tsv \
//!     --text train.txt --syllables syllables.txt --terms src/reading/train/terms.txt --leave-out vtb \
//!     --pairs-only seed: --pairs-only office --pairs-only coarse --pairs-only phone --pairs-only fax \
//!     --pairs-only columns-fax --pairs-only typewriter --pairs-only copy --least-gain 0.05 0.5 0.8 --output src/reading/model.bin
//! ```
//!
//! Its sources are:
//!
//! - pages of laws, decrees and party statutes, drawn as images and read by tesseract with its English models
//!   (`dev-tokens.tsv`; `dev-lines.tsv` names the source of each line), and plain text of the same kind (`train.txt`).
//!   All of them are official documents and so outside copyright (Law on Intellectual Property of Vietnam, Article
//!   15.2).
//! - pages drawn with the wording of `train.txt` in many families and damaged in many ways, read by tesseract with its
//!   English models and its Vietnamese one (`benches/scans`); only their confusions are counted.
//! - a list of syllables;
//! - terms of party documents written down for this program (`terms.txt`, under its license).
//!
//! The lines of `vtb` (news, CC BY-SA) are left out. Of the seed documents only the confusions are counted, not the
//! wording.

use std::fs;
use std::io::Write;
use std::path::PathBuf;

use anyhow::{Context, ensure};
use clap::Parser;
use vankien::reading::Model;
use vankien::reading::train::{HeldOut, ParallelLine, Pruning, Sources};

/// Build the model that damaged text is read with; the same input gives the same bytes.
#[derive(Debug, Parser)]
#[command(name = "vankien-train")]
struct Arguments {
    /// Read parallel text from this file: a line number and `printed⇢read` or `printed⇢read⇢confidence` fields,
    /// tab-separated; repeatable
    #[arg(long, value_name = "FILE", required = true)]
    pairs: Vec<PathBuf>,
    /// Read the source of each line of the parallel text from this file, one for each of `--pairs`, in their order:
    /// tab-separated, with a header; line, source, page, style, font, name of the OCR, ...
    #[arg(long, value_name = "FILE", required = true)]
    lines: Vec<PathBuf>,
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

/// The names of OCRs that know Vietnamese begin so.
const MARKED: &str = "vie";

/// Reads all files and returns the texts to build the model from and those to measure it with, one for each source held
/// out.
fn sources(arguments: &Arguments) -> anyhow::Result<(Sources, Vec<HeldOut>)> {
    let mut sources = Sources {
        texts: arguments.text.iter().map(read).collect::<Result<_, _>>()?,
        syllables: read(&arguments.syllables)?.lines().map(str::to_owned).collect(),
        ..Sources::default()
    };
    let mut held_out = vec![HeldOut::default(); arguments.hold_out.len()];
    let mut text = String::new();
    ensure!(
        arguments.pairs.len() == arguments.lines.len(),
        "as many --lines are needed as --pairs"
    );
    for (pairs, lines) in arguments.pairs.iter().zip(&arguments.lines) {
        let (pairs, lines) = (read(pairs)?, read(lines)?);
        for (row, about) in pairs.lines().zip(lines.lines().skip(1)) {
            let cells: Vec<&str> = about.split('\t').collect();
            let owner = cells.get(1).copied().unwrap_or_default();
            if is_of(owner, &arguments.leave_out) {
                continue;
            }
            let marked = cells.get(5).is_some_and(|ocr| ocr.starts_with(MARKED));
            let line = ParallelLine::of(row, marked);
            // Held-out lines must not train the model that they measure.
            if let Some(at) = arguments
                .hold_out
                .iter()
                .position(|name| owner.starts_with(name.as_str()))
            {
                held_out[at].marked = marked;
                held_out[at].lines.push(line);
                continue;
            }
            sources.pairs.extend(line.pairs);
            if !is_of(owner, &arguments.pairs_only) {
                text.push_str(&line.printed);
                text.push('\n');
            }
        }
    }
    sources.texts.push(text);
    if let Some(path) = &arguments.terms {
        sources.texts.push(read(path)?.repeat(TERMS_WEIGHT));
    }
    Ok((sources, held_out))
}

/// Describes how well `model` reads `held_out` in a few lines.
fn report(name: &str, held_out: &HeldOut, model: &Model) -> String {
    let score = held_out.score(model);
    let [folded, exact, three, five, three_indexed, five_indexed] = score.shares();
    let [false_three, false_five] = score.false_shares();
    let [plain_folded, plain_exact, ..] = held_out.plain_score(model).shares();
    let judged = held_out.judged(model);
    let unsure: Vec<_> = judged.iter().filter(|judged| judged.is_unsure()).collect();
    let wrong = unsure.iter().filter(|judged| !judged.right).count();
    format!(
        "{name}: {} syllables held out\n\
         syllables right: {folded:.4} folded, {exact:.4} with marks; as read {plain_folded:.4}, {plain_exact:.4}\n\
         phrases of 3 found: {three:.4}, {three_indexed:.4} with alternatives, {false_three:.4} of the hits false\n\
         phrases of 5 found: {five:.4}, {five_indexed:.4} with alternatives, {false_five:.4} of the hits false\n\
         unsure words: {}, {wrong} of them wrong; {} words wrong in all",
        score.syllables,
        unsure.len(),
        score.syllables - score.exact
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
    let repeated: usize = held_out.iter().map(|held_out| held_out.drop_from(&mut sources)).sum();
    let bytes = sources.build(&pruning);
    let mut out = std::io::stdout();
    writeln!(out, "{} pairs, {} bytes", sources.pairs.len(), bytes.len())?;
    if let Some(path) = &arguments.output {
        fs::write(path, &bytes).with_context(|| format!("cannot write '{}'", path.display()))?;
    }
    if !held_out.is_empty() {
        writeln!(
            out,
            "{repeated} paragraphs of the text repeat what is held out and were dropped"
        )?;
    }
    let model = Model::from_bytes(&bytes).context("the model cannot be read back")?;
    for (name, held_out) in arguments.hold_out.iter().zip(&held_out) {
        writeln!(out, "{}", report(name, held_out, &model))?;
    }
    Ok(())
}
