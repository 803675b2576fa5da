//! What people type: commands, flags and their help.
//!
//! Filters have the same names here, in the query language and in the URL of the query API.

use std::path::PathBuf;

use clap::builder::RangedU64ValueParser;
use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::render::plain::Shown;

/// Full-text search over Vietnamese party documents: who cites what, precedent wording, quick look-ups.
#[derive(Debug, Parser)]
#[command(
    name = "vankien",
    version,
    max_term_width = 100,
    after_help = "Exit status: 0 found or done, 1 searched and nothing found, 2 anything failed even in part.\n\
                  Tìm không dấu được: vankien search 'nang cao nang luc lanh dao'"
)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) global: Global,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// Flags of every command.
#[derive(Args, Debug)]
pub(crate) struct Global {
    /// Folder of the index
    #[arg(
        long,
        global = true,
        env = "VANKIEN_INDEX",
        default_value = "index",
        value_name = "DIR"
    )]
    pub(crate) index: PathBuf,
    /// When to use colours (auto: on a terminal, unless `NO_COLOR` is set)
    #[arg(long, global = true, value_enum, default_value_t = ColorChoice::Auto, value_name = "WHEN")]
    pub(crate) color: ColorChoice,
}

/// When to use colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ColorChoice {
    /// On a terminal, unless `NO_COLOR` is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Build or bring up to date the index of files and folders
    Index(IndexArgs),
    /// Passages that match, with facets
    Search(SearchArgs),
    /// Every place where a document is cited
    Cite(CiteArgs),
    /// Which documents are cited: how often, in which documents, terms and sections
    Citations(CitationsArgs),
    /// Passages worded the same or nearly so, aligned word by word: who has said this before
    Precedent(PrecedentArgs),
    /// A passage, footnote, section or document, with what stands around it
    Show(ShowArgs),
    /// The tree of sections
    Outline(OutlineArgs),
    /// Documents with their metadata
    Documents(DocumentsArgs),
    /// The values of each facet with counts
    Facets(FacetsArgs),
    /// All records of one sort as JSON Lines
    Export(ExportArgs),
    /// HTTP API and web page
    Serve(ServeArgs),
    /// Is the index whole, of this format, and in step with its files?
    Check(CheckArgs),
    /// Write a completion script for a shell
    Completions(CompletionsArgs),
    /// Write the manual page
    Man,
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

/// How the answer is written.
#[derive(Args, Clone, Copy, Debug)]
pub(crate) struct OutputArgs {
    /// One JSON object a line (the same as --format json)
    #[arg(long, conflicts_with = "format")]
    json: bool,
    /// How the answer is written
    #[arg(long, value_enum, default_value_t = Format::Text, value_name = "FORMAT")]
    format: Format,
}

impl OutputArgs {
    /// The format asked for.
    pub(crate) const fn format(self) -> Format {
        if self.json { Format::Json } else { self.format }
    }
}

/// How an answer is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people.
    Text,
    /// One JSON object a line.
    Json,
    /// Comma-separated values with a header line.
    Csv,
    /// Tab-separated values with a header line.
    Tsv,
}

/// `vankien index`.
#[derive(Args, Debug)]
pub(crate) struct IndexArgs {
    /// Files, and folders whose texts, PDFs, images, hOCR and ALTO are taken up at any depth
    #[arg(default_value = "seeds", value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// Throw away what is there and build anew
    #[arg(long)]
    pub(crate) rebuild: bool,
    /// Say nothing about progress
    #[arg(long, short)]
    pub(crate) quiet: bool,
}

/// `vankien search`.
#[derive(Args, Debug)]
pub(crate) struct SearchArgs {
    /// Words (all must match), "a phrase", "a phrase"~3, -word, OR, parentheses, prefix*, symbols in any
    /// writing (21-NQ/TW, nq 21), filters (province:"Cần Thơ"). With or without marks
    #[arg(required = true, value_name = "QUERY")]
    pub(crate) query: Vec<String>,
    #[command(flatten)]
    pub(crate) filters: FilterArgs,
    /// How much the marks count: any ignores them, prefer ranks by them, exact asks for them
    #[arg(long, value_enum, default_value_t = MarksArg::Prefer, value_name = "MARKS")]
    pub(crate) marks: MarksArg,
    /// Order of the hits
    #[arg(long, value_enum, default_value_t = SortArg::Relevance, value_name = "ORDER")]
    pub(crate) sort: SortArg,
    /// How many hits
    #[arg(long, short = 'n', default_value_t = 10, value_name = "N")]
    pub(crate) limit: usize,
    /// Leave out the first hits
    #[arg(long, default_value_t = 0, value_name = "N")]
    pub(crate) offset: usize,
    /// Count these facets too: document, kind, province, term, section, place, cites, quality
    #[arg(long, value_delimiter = ',', value_name = "NAME,...")]
    pub(crate) facets: Vec<String>,
    /// Only the number of matching passages
    #[arg(long, short, conflicts_with_all = ["files_with_matches", "context"])]
    pub(crate) count: bool,
    /// Only the files with a matching passage
    #[arg(long, short = 'l', conflicts_with = "context")]
    pub(crate) files_with_matches: bool,
    /// Show this many lines of the file before and after each passage
    #[arg(long, short = 'C', value_name = "LINES")]
    pub(crate) context: Option<usize>,
    #[command(flatten)]
    pub(crate) reading: ReadingArgs,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
}

/// Which text of scans is shown.
#[derive(Args, Debug)]
pub(crate) struct ReadingArgs {
    /// Show the source of scanned text instead of its repaired reading
    #[arg(long)]
    source: bool,
}

impl ReadingArgs {
    /// Which text of damaged passages is asked for.
    pub(crate) const fn shown(&self) -> Shown {
        if self.source { Shown::Source } else { Shown::Repaired }
    }
}

/// How much the marks count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum MarksArg {
    /// They are ignored.
    Any,
    /// The same passages, ranked by agreement.
    Prefer,
    /// Only passages whose marks agree.
    Exact,
}

/// Order of the hits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum SortArg {
    /// Best first.
    Relevance,
    /// By document and place in it.
    Document,
    /// By date of the document, latest first.
    Date,
}

/// `vankien cite`.
#[derive(Args, Debug)]
pub(crate) struct CiteArgs {
    /// A symbol in any writing (21-NQ/TW, `nq 21`) or a name (Điều lệ Đảng)
    #[arg(required = true, value_name = "SYMBOL|NAME")]
    pub(crate) cited: Vec<String>,
    #[command(flatten)]
    pub(crate) filters: FilterArgs,
    /// Only the number of places
    #[arg(long, short, conflicts_with = "files_with_matches")]
    pub(crate) count: bool,
    /// Only the files that cite it
    #[arg(long, short = 'l')]
    pub(crate) files_with_matches: bool,
    #[command(flatten)]
    pub(crate) reading: ReadingArgs,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
}

/// `vankien citations`.
#[derive(Args, Debug)]
pub(crate) struct CitationsArgs {
    #[command(flatten)]
    pub(crate) filters: FilterArgs,
    /// How many cited documents (0: all)
    #[arg(long, short = 'n', default_value_t = 0, value_name = "N")]
    pub(crate) limit: usize,
    /// Leave out the first ones
    #[arg(long, default_value_t = 0, value_name = "N")]
    pub(crate) offset: usize,
    /// Only the number of cited documents
    #[arg(long, short)]
    pub(crate) count: bool,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
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

/// `vankien show`.
#[derive(Args, Debug)]
pub(crate) struct ShowArgs {
    /// Passage (`001:19`), footnote (`001^6`), section (`001§2.3`) or document (`001`)
    #[arg(value_name = "ID")]
    pub(crate) id: String,
    /// Show this many lines of the file before and after
    #[arg(long, short = 'C', value_name = "LINES")]
    pub(crate) context: Option<usize>,
    #[command(flatten)]
    pub(crate) reading: ReadingArgs,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
}

/// `vankien outline`.
#[derive(Args, Debug)]
pub(crate) struct OutlineArgs {
    /// A document (all when left out)
    #[arg(value_name = "DOCUMENT")]
    pub(crate) document: Option<String>,
    /// No deeper than this
    #[arg(long, value_name = "LEVEL")]
    pub(crate) depth: Option<usize>,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
}

/// `vankien documents`.
#[derive(Args, Debug)]
pub(crate) struct DocumentsArgs {
    #[command(flatten)]
    pub(crate) filters: FilterArgs,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
}

/// `vankien facets`.
#[derive(Args, Debug)]
pub(crate) struct FacetsArgs {
    /// Only these: document, kind, province, term, section, place, cites, quality
    #[arg(value_name = "NAME")]
    pub(crate) names: Vec<String>,
    #[command(flatten)]
    pub(crate) filters: FilterArgs,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
}

/// `vankien export`.
#[derive(Args, Debug)]
pub(crate) struct ExportArgs {
    /// Which records
    #[arg(value_enum, value_name = "RECORDS")]
    pub(crate) records: RecordSort,
    /// Only of this document (its id or an unambiguous beginning; repeatable)
    #[arg(long, value_name = "ID")]
    pub(crate) document: Vec<String>,
}

/// The sorts of records.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum RecordSort {
    /// Documents with their metadata.
    Documents,
    /// Sections.
    Sections,
    /// Passages.
    Passages,
    /// Notes.
    Footnotes,
    /// Citations.
    Citations,
}

/// `vankien serve`.
#[derive(Args, Debug)]
pub(crate) struct ServeArgs {
    /// Where to listen; 0.0.0.0 or `[::]` lets other machines in
    #[arg(long, default_value = "127.0.0.1:7700", value_name = "ADDRESS")]
    pub(crate) listen: std::net::SocketAddr,
    /// Path under which a proxy shows the service (`/vankien`)
    #[arg(long, default_value = "", hide_default_value = true, value_parser = base_path, value_name = "PATH")]
    pub(crate) base_path: String,
    /// Only who has a key of this file may ask; a line is NAME:HASH (see --hash-key)
    #[arg(long, value_name = "FILE")]
    pub(crate) api_keys: Option<PathBuf>,
    /// Requests a second that each key may make; 100 at once after a pause
    #[arg(long, default_value_t = 50.0, value_parser = rate, value_name = "N")]
    pub(crate) key_rate: f64,
    /// Read a key from standard input, write its line for the file of keys, and end
    #[arg(long, value_name = "NAME", conflicts_with = "api_keys")]
    pub(crate) hash_key: Option<String>,
    /// Pages of this origin may read the API too (`https://example.vn`; repeatable)
    #[arg(long, value_name = "ORIGIN", value_parser = origin)]
    pub(crate) cors_origin: Vec<String>,
    /// Threads that search [default: one for each core]
    #[arg(long, value_name = "N")]
    pub(crate) threads: Option<std::num::NonZero<usize>>,
    /// Questions that may wait for a thread; further ones are sent away at once
    #[arg(long, default_value_t = 1024, value_parser = number(0), value_name = "N")]
    pub(crate) queue: usize,
    /// Connections that may be open at once; further ones wait
    #[arg(long, default_value_t = 4096, value_parser = number(1), value_name = "N")]
    pub(crate) connections: usize,
    /// Seconds that one answer may take
    #[arg(long, default_value_t = 10.0, value_parser = seconds, value_name = "SECONDS")]
    pub(crate) time_limit: f64,
    /// Let the log tell what was asked
    #[arg(long)]
    pub(crate) log_queries: bool,
}

/// A number from `least` to a million.
fn number(least: u64) -> RangedU64ValueParser<usize> {
    RangedU64ValueParser::new().range(least..=1_000_000)
}

/// A number of requests a second.
fn rate(typed: &str) -> Result<f64, String> {
    match typed.parse::<f64>() {
        Ok(rate) if (0.001..=1e6).contains(&rate) => Ok(rate),
        _ => Err("a rate is a number from 0.001 to 1000000".to_owned()),
    }
}

/// A number of seconds.
fn seconds(typed: &str) -> Result<f64, String> {
    match typed.parse::<f64>() {
        Ok(seconds) if (0.001..=3600.0).contains(&seconds) => Ok(seconds),
        _ => Err("a time limit is a number of seconds from 0.001 to 3600".to_owned()),
    }
}

/// An origin of web pages: scheme, host and port.
fn origin(typed: &str) -> Result<String, String> {
    let host = typed.strip_prefix("https://").or_else(|| typed.strip_prefix("http://"));
    let plain =
        |host: &str| !host.is_empty() && host.bytes().all(|b| b.is_ascii_alphanumeric() || b".-:[]".contains(&b));
    if host.is_some_and(plain) {
        Ok(typed.to_owned())
    } else {
        Err("an origin is written https://HOST or https://HOST:PORT".to_owned())
    }
}

/// A path as the service puts it before its own: beginning with a slash, ending without.
fn base_path(typed: &str) -> Result<String, String> {
    let path = typed.trim_end_matches('/');
    let plain = |part: &str| {
        !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.~".contains(&b)) && part != ".."
    };
    let parts = path.strip_prefix('/').map(|path| path.split('/').all(plain));
    if path.is_empty() || parts == Some(true) {
        Ok(path.to_owned())
    } else {
        Err("a base path is written /name or /name/name, of letters, digits and - _ . ~".to_owned())
    }
}

/// `vankien check`.
#[derive(Args, Debug)]
pub(crate) struct CheckArgs {
    #[command(flatten)]
    pub(crate) output: OutputArgs,
}

/// `vankien completions`.
#[derive(Args, Debug)]
pub(crate) struct CompletionsArgs {
    /// The shell
    #[arg(value_enum)]
    pub(crate) shell: clap_complete::Shell,
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_command_line_is_consistent() {
        use clap::CommandFactory;
        super::Cli::command().debug_assert();
    }
}
