//! `vankien-scans`: parallel text of what is printed and what an OCR reads, on pages as offices have them.
//!
//! ```text
//! text ─ wording ─▶ blocks ─ page ─▶ placed words ─ ink ─▶ image ─ damage ─▶ scan ─ recognition ─▶ words
//!                                        └────────────────── pairs ◀─────────────────────────────────┘
//! ```
//!
//! The place of every drawn word is known, and where the damage moves it, so that a word that was read is matched with
//! the printed one by their places and not by their letters. `vankien-train` counts the result.

#![expect(clippy::print_stderr, reason = "a program that tells how far it is")]

mod damage;
mod families;
mod ink;
mod page;
mod pairs;
mod recognition;
mod wording;

use std::fs::{self, File};
use std::io::{BufWriter, Write as _};
use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use anyhow::{Context as _, ensure};
use clap::Parser;
use rand::SeedableRng as _;
use rand::seq::IndexedRandom as _;
use rand_chacha::ChaCha8Rng;

use damage::{RECIPES, Recipe};
use families::Family;
use recognition::Recognizer;

/// Draw pages as offices scan them, have them read, and write what was printed beside what was read.
#[derive(Debug, Parser)]
#[command(name = "vankien-scans", args_override_self = true)]
struct Arguments {
    /// Take the wording from this file, one paragraph a line; repeatable
    #[arg(long, value_name = "FILE", required = true)]
    text: Vec<PathBuf>,
    /// Take headings in capitals from this file, one a line
    #[arg(long, value_name = "FILE")]
    headings: PathBuf,
    /// Look for the files of the fonts in this folder
    #[arg(long, value_name = "FOLDER", default_value = "/usr/share/fonts")]
    fonts: PathBuf,
    /// Draw with these families only; repeatable (default: all that are not held out)
    #[arg(long, value_name = "NAME")]
    family: Vec<String>,
    /// Damage the pages by these recipes only; repeatable (default: all)
    #[arg(long, value_name = "NAME")]
    recipe: Vec<String>,
    /// Read the pages with this OCR: a name, then `=` and the `.traineddata` file of tesseract; repeatable
    #[arg(long, value_name = "NAME=FILE", required = true)]
    model: Vec<Recognizer>,
    /// Draw this number of pages
    #[arg(long, value_name = "NUMBER", default_value_t = 10)]
    pages: usize,
    /// Draw the pages that this number gives
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    seed: u64,
    /// Write `tokens.tsv` and `lines.tsv` to this folder
    #[arg(long, value_name = "FOLDER")]
    output: PathBuf,
    /// Write the images too, each with the text that is printed on it
    #[arg(long)]
    images: bool,
}

/// A page with what was read on it, as rows of both files without the numbers of lines.
type PageRows = Vec<[String; 2]>;

/// Draws and reads all pages.
struct Session<'a> {
    arguments: &'a Arguments,
    paragraphs: Vec<String>,
    headings: Vec<String>,
    families: Vec<Family>,
    recipes: Vec<&'static Recipe>,
}

impl Session<'_> {
    /// Draws page `number` and returns what each OCR reads on it.
    fn page(&self, number: usize) -> anyhow::Result<PageRows> {
        // A page depends on its number alone, not on the thread that draws it.
        let mut random = ChaCha8Rng::seed_from_u64(self.arguments.seed.wrapping_mul(1 << 32) + number as u64);
        let recipe = *self.recipes.choose(&mut random).context("there is no such recipe")?;
        let suitable: Vec<&Family> = self
            .families
            .iter()
            .filter(|family| recipe.suits(family.kind))
            .collect();
        let family = *suitable.choose(&mut random).context("no family suits the recipe")?;
        let resolution = recipe.resolution(&mut random);
        let blocks = wording::blocks(&self.paragraphs, &self.headings, family, &mut random);
        let page = page::typeset(&blocks, family, resolution, recipe, &mut random);
        let drawn = ink::draw(&page, family, recipe, &mut random);
        let scan = damage::apply(drawn, recipe, &mut random)?;
        if self.arguments.images {
            let stem = self
                .arguments
                .output
                .join(format!("{number:04}-{}-{}", recipe.name, family.file_name()));
            fs::write(stem.with_extension("png"), &scan.png)?;
            fs::write(stem.with_extension("txt"), page.text())?;
        }
        let mut rows = PageRows::new();
        for model in &self.arguments.model {
            let words = model.read(&scan.png, resolution)?;
            for (line, tokens) in pairs::by_line(&page, &words, &scan) {
                let style = page.lines[line].style.name();
                let of = format!(
                    "{}:{}:{}\t{number}\t{style}\t{}\t{}\t{resolution}\t{}",
                    recipe.name, family.name, model.name, family.name, model.name, page.lines[line].points
                );
                rows.push([tokens, of]);
            }
        }
        Ok(rows)
    }
}

/// Reads the lines of a text file that are not empty.
fn lines_of(path: &PathBuf) -> anyhow::Result<Vec<String>> {
    let text = fs::read_to_string(path).with_context(|| format!("cannot read '{}'", path.display()))?;
    Ok(text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(str::to_owned)
        .collect())
}

fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let texts: Vec<Vec<String>> = arguments.text.iter().map(lines_of).collect::<Result<_, _>>()?;
    let known =
        |recipe: &&Recipe| arguments.recipe.is_empty() || arguments.recipe.iter().any(|name| name == recipe.name);
    let session = Session {
        paragraphs: texts.concat(),
        headings: lines_of(&arguments.headings)?,
        families: families::load(&arguments.fonts, &arguments.family)?,
        recipes: RECIPES.iter().filter(known).collect(),
        arguments: &arguments,
    };
    ensure!(!session.paragraphs.is_empty(), "the texts are empty");
    fs::create_dir_all(&arguments.output)?;
    let next = AtomicUsize::new(0);
    let done: Mutex<Vec<(usize, PageRows)>> = Mutex::default();
    let work = || -> anyhow::Result<()> {
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= arguments.pages {
                return Ok(());
            }
            let rows = session.page(number).with_context(|| format!("page {number}"))?;
            let mut done = done.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            done.push((number, rows));
            if done.len().is_multiple_of(20) {
                eprintln!("{} of {} pages", done.len(), arguments.pages);
            }
        }
    };
    let threads = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        workers
            .into_iter()
            .try_for_each(|worker| worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    })?;
    let mut pages = done.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    pages.sort_by_key(|(number, _)| *number);
    let create = |name: &str| File::create(arguments.output.join(name)).map(BufWriter::new);
    let (mut tokens, mut lines) = (create("tokens.tsv")?, create("lines.tsv")?);
    writeln!(lines, "line\tsource\tpage\tstyle\tfont\tmodel\tdpi\tpt")?;
    for (number, [of_line, about]) in (1..).zip(pages.into_iter().flat_map(|(_, rows)| rows)) {
        writeln!(tokens, "{number}\t{of_line}")?;
        writeln!(lines, "{number}\t{about}")?;
    }
    tokens.flush()?;
    lines.flush()?;
    Ok(())
}
