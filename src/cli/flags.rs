//! Flags that several commands share: the index, colors, filters, the output format, the version of damaged text.
//!
//! Each command has its own flags in its own file. Filters have the same names here, in the query language and in the
//! URLs of the query API.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::index::{Facet, Index};
use crate::query::Filters;
use crate::render::terminal::TextVersion;
use crate::search::{self, InvalidValue};

/// Flags of every command.
#[derive(Args, Debug)]
pub(crate) struct GlobalArgs {
    /// Folder of the index
    #[arg(
        long,
        global = true,
        env = "VANKIEN_INDEX",
        default_value = "index",
        value_name = "DIR"
    )]
    pub(crate) index: PathBuf,
    /// When to use colors (auto: on a terminal, unless `NO_COLOR` is set)
    #[arg(long, global = true, value_enum, default_value_t = ColorChoice::Auto, value_name = "WHEN")]
    pub(crate) color: ColorChoice,
}

/// When to use colors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ColorChoice {
    /// On a terminal, unless `NO_COLOR` is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// Filters: values of one are OR-ed, different ones AND-ed.
#[derive(Args, Clone, Debug, Default)]
pub(crate) struct FilterArgs {
    /// Only in this document (its id or an unambiguous beginning)
    #[arg(long, value_name = "ID", help_heading = "Filters (each repeatable)")]
    pub(crate) document: Vec<String>,
    /// Only in documents of this type (`báo cáo`, `kế hoạch`)
    #[arg(long, value_name = "TYPE", help_heading = "Filters (each repeatable)")]
    pub(crate) kind: Vec<String>,
    /// Only of this province, of today or before the merger of 2025
    #[arg(long, value_name = "NAME", help_heading = "Filters (each repeatable)")]
    pub(crate) province: Vec<String>,
    /// Only about this term of office, nhiệm kỳ (`2020-2025`)
    #[arg(long, value_name = "YEARS", help_heading = "Filters (each repeatable)")]
    pub(crate) term: Vec<String>,
    /// Only in sections of this kind (`han-che`, `ket-qua/nguyen-nhan`)
    #[arg(long, value_name = "KIND", help_heading = "Filters (each repeatable)")]
    pub(crate) section: Vec<String>,
    /// Only there: body, heading, footnote, table, header
    #[arg(long, value_name = "PLACE", help_heading = "Filters (each repeatable)")]
    pub(crate) place: Vec<String>,
    /// Only passages that cite this document (`21-NQ/TW`)
    #[arg(long, value_name = "SYMBOL", help_heading = "Filters (each repeatable)")]
    pub(crate) cites: Vec<String>,
    /// Only in documents of this quality: clean, unmarked, ocr
    #[arg(long, value_name = "QUALITY", help_heading = "Filters (each repeatable)")]
    pub(crate) quality: Vec<String>,
}

impl FilterArgs {
    /// Returns the filters that these flags ask for.
    ///
    /// # Errors
    /// Fails if a document is not in the index or an id is ambiguous, and if no passage can ever have a value.
    pub(super) fn filters(&self, index: &Index) -> Result<Filters, InvalidValue> {
        let values: [(Facet, &[String]); 8] = [
            (Facet::Document, &self.document),
            (Facet::Kind, &self.kind),
            (Facet::Province, &self.province),
            (Facet::Term, &self.term),
            (Facet::Section, &self.section),
            (Facet::Place, &self.place),
            (Facet::Cites, &self.cites),
            (Facet::Quality, &self.quality),
        ];
        let chosen = values.into_iter().flat_map(|(facet, values)| {
            let values = values.iter();
            values.map(move |value| (facet, value.as_str()))
        });
        search::filters_of(index, chosen)
    }
}

/// Returns the facets with these names.
///
/// # Errors
/// Fails if there is no facet of a name.
pub(super) fn facets(names: &[String]) -> Result<Vec<Facet>, InvalidValue> {
    search::facets_named(names.iter().map(String::as_str))
}

/// Flags for the format of the answer.
#[derive(Args, Clone, Copy, Debug)]
pub(crate) struct OutputArgs {
    /// Write one JSON object a line (the same as --format json)
    #[arg(long, conflicts_with = "format")]
    json: bool,
    /// Format of the answer
    #[arg(long, value_enum, default_value_t = OutputFormat::Text, value_name = "FORMAT")]
    format: OutputFormat,
}

impl OutputArgs {
    /// Returns the format asked for.
    pub(crate) const fn format(self) -> OutputFormat {
        if self.json { OutputFormat::Json } else { self.format }
    }
}

/// The format of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum OutputFormat {
    /// For people.
    Text,
    /// One JSON object a line.
    Json,
    /// Comma-separated values with a header line.
    Csv,
    /// Tab-separated values with a header line.
    Tsv,
}

/// The flag for the version of damaged text.
#[derive(Args, Debug)]
pub(crate) struct ReadingArgs {
    /// Show the source of scanned text instead of its repaired reading
    #[arg(long)]
    source: bool,
}

impl ReadingArgs {
    /// Returns the version of damaged text to show.
    pub(crate) const fn version(&self) -> TextVersion {
        if self.source {
            TextVersion::Source
        } else {
            TextVersion::Repaired
        }
    }
}

/// `vankien precedent`.
#[derive(Args, Debug)]
#[command(group = clap::ArgGroup::new("asked").required(true))]
pub(crate) struct PrecedentArgs {
    /// A phrase, a sentence, a paragraph, with or without marks; - reads it from standard input
    #[arg(group = "asked", value_name = "TEXT")]
    pub(crate) text: Vec<String>,
    /// This passage of the index, in other documents (`001:973`)
    #[arg(long, group = "asked", value_name = "ID")]
    pub(crate) passage: Option<String>,
    /// Walk through a draft paragraph by paragraph: new wording, or taken from where
    #[arg(long, group = "asked", value_name = "FILE")]
    pub(crate) file: Option<PathBuf>,
    /// All passages that share wording, as families with the earliest document first
    #[arg(long, group = "asked")]
    pub(crate) all: bool,
    /// How much of each document stands in each other one
    #[arg(long, group = "asked")]
    pub(crate) matrix: bool,
    /// The set phrases of the genre: how often, where first
    #[arg(long, group = "asked")]
    pub(crate) boilerplate: bool,
    #[command(flatten)]
    pub(crate) filters: FilterArgs,
    /// Least score, 0 to 1 (0.32 where nothing is given, 0.28 over the whole corpus)
    #[arg(long, value_name = "SCORE", value_parser = score)]
    pub(crate) min_score: Option<f64>,
    /// Order of the matches
    #[arg(long, value_enum, default_value_t = PrecedentOrder::Score, value_name = "ORDER", conflicts_with_all = ["all", "matrix", "boilerplate"])]
    pub(crate) sort: PrecedentOrder,
    /// How many matches (10), families or phrases (all); 0: all
    #[arg(long, short = 'n', value_name = "N")]
    pub(crate) limit: Option<usize>,
    /// Leave out the first ones
    #[arg(long, default_value_t = 0, value_name = "N")]
    pub(crate) offset: usize,
    /// Count these facets of the matches too: document, kind, province, term, section, place, cites, quality
    #[arg(long, value_delimiter = ',', value_name = "NAME,...", conflicts_with_all = ["file", "all", "matrix", "boilerplate"])]
    pub(crate) facets: Vec<String>,
    /// Only the number of matches, of paragraphs taken over, of families or phrases
    #[arg(long, short, conflicts_with = "files_with_matches")]
    pub(crate) count: bool,
    /// Only the files with a match
    #[arg(long, short = 'l', conflicts_with_all = ["all", "matrix", "boilerplate"])]
    pub(crate) files_with_matches: bool,
    #[command(flatten)]
    pub(crate) reading: ReadingArgs,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
}

/// A score as it is typed.
fn score(typed: &str) -> Result<f64, String> {
    let score: f64 = typed
        .parse()
        .map_err(|_| "a score is a number from 0 to 1".to_owned())?;
    if (0.0..=1.0).contains(&score) {
        Ok(score)
    } else {
        Err("a score is a number from 0 to 1".to_owned())
    }
}

/// Order of precedents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum PrecedentOrder {
    /// Best first.
    #[value(alias = "relevance")]
    Score,
    /// By document and place in it.
    Document,
    /// By date of the document, oldest first: who said it first.
    Date,
}
