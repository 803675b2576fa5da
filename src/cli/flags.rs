//! Flags that several commands share: the index, colors, filters, the output format, the version of damaged text.
//!
//! Each command has its own flags in its own file. Filters have the same names here, in the query language and in the
//! URLs of the query API.

use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::str::FromStr;

use anyhow::{Context as _, bail};
use clap::builder::{OsStringValueParser, PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Arg, ArgAction, ArgMatches, Args, Command, FromArgMatches, ValueEnum};

use crate::index::{EngineAccess, EngineAddress, Index, IndexPlace};
use crate::query::{FilterName, Filters};
use crate::record::Facet;
use crate::render::language::Lang;
use crate::render::table_file::TableFormat;
use crate::render::terminal::TextVersion;
use crate::search::{self, DEFAULT_FACET_LIMIT, InvalidValue};
use crate::text::Named;

/// Flags of every command.
#[derive(Args, Debug)]
pub(super) struct GlobalArgs {
    /// Folder of the index; `index` in the current folder unless a configuration names another
    // Without a default value, so that a folder that was named is told from one that was not.
    #[arg(long, global = true, env = "VANKIEN_INDEX", value_name = "DIR")]
    pub(super) index: Option<PathBuf>,
    /// Address of an index in OpenSearch, in place of a folder: `https://HOST:9200/NAME`
    #[arg(long, global = true, env = "VANKIEN_ENGINE", value_name = "URL/NAME")]
    pub(super) engine: Option<EngineFlag>,
    /// File with the key of OpenSearch: an API key, or `user:password`
    #[arg(long, global = true, env = "VANKIEN_ENGINE_KEY_FILE", value_name = "FILE")]
    pub(super) engine_key_file: Option<PathBuf>,
    /// File with the certificates of the authorities that may vouch for OpenSearch, in PEM form
    #[arg(long, global = true, env = "VANKIEN_ENGINE_CA", value_name = "FILE")]
    pub(super) engine_ca: Option<PathBuf>,
    /// Configuration file, in place of those that are looked for; an empty name for none
    // clap takes no empty path.
    #[arg(long, global = true, env = "VANKIEN_CONFIG", value_name = "FILE")]
    #[arg(value_parser = OsStringValueParser::new().map(PathBuf::from))]
    pub(super) config: Option<PathBuf>,
    /// Use colors (auto: on a terminal, unless `NO_COLOR` is set)
    #[arg(long, global = true, value_enum, default_value_t = ColorChoice::Auto, value_name = "WHEN")]
    pub(super) color: ColorChoice,
    /// Language of answers and help: vi or en [default: that of the environment]
    #[arg(
        long,
        global = true,
        value_enum,
        value_name = "LANGUAGE",
        hide_possible_values = true
    )]
    pub(super) lang: Option<LangChoice>,
    /// Write long text to the terminal at once, not through a pager
    #[arg(long, global = true)]
    pub(super) no_pager: bool,
}

/// The address of an engine; `None` if a variable is set to nothing.
#[derive(Clone, Debug)]
pub(super) struct EngineFlag(Option<EngineAddress>);

impl FromStr for EngineFlag {
    type Err = String;

    fn from_str(typed: &str) -> Result<Self, String> {
        let address = (!typed.is_empty()).then(|| EngineAddress::parse(typed)).transpose();
        // The parser of flags tells what was typed, but not what helps.
        address.map(Self).map_err(|error| format!("{error}; {}", error.hint()))
    }
}

/// A language of answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum LangChoice {
    /// Vietnamese.
    Vi,
    /// English.
    En,
}

/// Returns the language of messages that the environment asks for: the first of `LC_ALL`, `LC_MESSAGES` and `LANG` that is
/// set and not empty (POSIX 8.2) decides.
pub(super) fn lang_of_environment() -> Lang {
    let set = ["LC_ALL", "LC_MESSAGES", "LANG"].map(std::env::var_os);
    let locale = set.into_iter().flatten().find(|value| !value.is_empty());
    locale.map_or(Lang::En, |locale| Lang::from_locale(&locale.to_string_lossy()))
}

impl From<LangChoice> for Lang {
    fn from(choice: LangChoice) -> Self {
        match choice {
            LangChoice::Vi => Self::Vi,
            LangChoice::En => Self::En,
        }
    }
}

/// The folder of the index if none is named.
const INDEX: &str = "index";

impl GlobalArgs {
    /// Returns the folder of the index that was named.
    pub(super) fn named_index(&self) -> Option<PathBuf> {
        self.index.clone().filter(|dir| is_named(dir))
    }

    /// Returns the folder of the index.
    pub(super) fn index_dir(&self) -> PathBuf {
        Self::index_dir_of(self.index.clone())
    }

    /// Returns the engine that was named; `None` if the index is in a folder.
    pub(super) fn engine(&self) -> Option<EngineAccess> {
        let file = |file: &Option<PathBuf>| file.clone().filter(|file| is_named(file));
        Some(EngineAccess {
            url: self.engine.as_ref()?.0.clone()?,
            key_file: file(&self.engine_key_file),
            ca_file: file(&self.engine_ca),
        })
    }

    /// Returns the place of the index: the engine that was named, or else the folder.
    pub(super) fn place(&self) -> IndexPlace {
        self.engine()
            .map_or_else(|| IndexPlace::Folder(self.index_dir()), IndexPlace::Engine)
    }

    /// Returns the folder of the index if `named` is what the flag or the variable says.
    pub(super) fn index_dir_of(named: Option<PathBuf>) -> PathBuf {
        named
            .filter(|dir| is_named(dir))
            .unwrap_or_else(|| PathBuf::from(INDEX))
    }
}

/// Returns true if this is a name; an empty variable names nothing.
fn is_named(dir: &Path) -> bool {
    !dir.as_os_str().is_empty()
}

/// The condition for colors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ColorChoice {
    /// On a terminal, unless `NO_COLOR` is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// Filters: values of one facet are alternatives, filters must all match.
///
/// There is a flag for each filter, with the help text that the query API shows too.
#[derive(Clone, Debug, Default)]
pub(super) struct FilterArgs {
    /// The values asked for, sorted by filter.
    pub(super) chosen: Vec<(FilterName, String)>,
}

impl FilterArgs {
    /// Returns the filters that these flags ask for.
    ///
    /// # Errors
    /// Fails if a document is not in the index or its id is ambiguous, if no passage can ever have a value, and if a date
    /// cannot be read.
    pub(super) fn filters(&self, index: &Index) -> Result<Filters, InvalidValue> {
        search::filters_of(
            index,
            self.chosen.iter().map(|(filter, value)| (*filter, value.as_str())),
        )
    }

    /// Returns the flag of a filter.
    fn flag(filter: FilterName) -> Arg {
        let mut help = help(filter.help()).to_owned();
        // Values of a nested facet are made of parts; the list of all would be long.
        let listed = filter.facet().filter(|facet| !facet.is_nested());
        if let Some(values) = listed.and_then(search::allowed_values) {
            help = format!("{help}: {}", values.join(", "));
        }
        Arg::new(filter.name())
            .long(filter.name())
            .value_name(value_name(filter))
            .help(help)
            .help_heading("Filters (values of one: repeat the flag, or separate them by commas)")
            .action(match filter {
                FilterName::Facet(_) => ArgAction::Append,
                FilterName::Date(_) => ArgAction::Set,
            })
    }
}

impl Args for FilterArgs {
    fn augment_args(command: Command) -> Command {
        command.args(FilterName::all().map(Self::flag))
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for FilterArgs {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let mut filters = Self::default();
        filters.update_from_arg_matches(matches)?;
        Ok(filters)
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        for filter in FilterName::all() {
            let values = matches.get_many::<String>(filter.name()).into_iter().flatten();
            self.chosen.extend(values.map(|value| (filter, value.clone())));
        }
        Ok(())
    }
}

/// Returns the name of a filter's value in the help.
const fn value_name(filter: FilterName) -> &'static str {
    let FilterName::Facet(facet) = filter else {
        return "DATE";
    };
    match facet {
        Facet::Document => "ID",
        Facet::Kind => "TYPE",
        Facet::Issuer | Facet::Province => "NAME",
        Facet::Term => "YEARS",
        Facet::Section | Facet::CitedKind => "KIND",
        Facet::Place => "PLACE",
        Facet::Cites => "SYMBOL",
        Facet::Relation => "RELATION",
        Facet::Quality => "QUALITY",
    }
}

/// Returns a parser of the values of an enumeration, which completes them and lists them in the help.
pub(super) fn named<N: Named>() -> impl TypedValueParser<Value = N> {
    let values = N::ALL
        .iter()
        .map(|value| PossibleValue::new(value.name()).help(help(value.help())));
    PossibleValuesParser::new(values).try_map(|name| N::from_name(&name).ok_or("there is no such value"))
}

/// Returns a sentence as help texts of flags have it, without its full stop.
pub(super) fn help(sentence: &'static str) -> &'static str {
    sentence.trim_end_matches('.')
}

/// Returns the help of a flag that takes names of facets: `text` and all the names.
pub(super) fn with_facet_names(text: &str) -> String {
    let names: Vec<&str> = Facet::ALL.iter().map(|facet| facet.name()).collect();
    format!("{text}: {}", names.join(", "))
}

/// Returns the facets with these names.
///
/// # Errors
/// Fails if there is no facet of a name.
pub(super) fn facets(names: &[String]) -> Result<Vec<Facet>, InvalidValue> {
    search::facets_named(names.iter().map(String::as_str))
}

/// Flags for the part of a list that is shown, the same for all commands that list.
#[derive(Args, Clone, Copy, Debug)]
pub(super) struct WindowArgs {
    /// Show at most this many (0: all) [default: 10 of hits, matches and registered documents, else all]
    #[arg(long, short = 'n', value_name = "N")]
    limit: Option<usize>,
    /// Skip the first ones
    #[arg(long, default_value_t = 0, value_name = "N")]
    pub(super) offset: usize,
    /// Show only the number
    #[arg(long, short)]
    pub(super) count: bool,
}

impl WindowArgs {
    /// Returns the most items to show, `usize::MAX` for all; `default` of them (0: all) where no limit is given.
    pub(super) fn limit_or(self, default: usize) -> usize {
        search::limit_or_all(self.limit.unwrap_or(default))
    }

    /// Returns the items to show of a list that is shown whole where no limit is given.
    pub(super) fn of<I: IntoIterator>(self, items: I) -> impl Iterator<Item = I::Item> {
        items.into_iter().skip(self.offset).take(self.limit_or(0))
    }
}

/// The flag for the lines around what was found.
#[derive(Args, Clone, Copy, Debug)]
pub(super) struct AroundArgs {
    /// Show this many lines of the file before and after each passage
    #[arg(long, short = 'C', value_name = "LINES")]
    pub(super) context: Option<usize>,
}

/// Flags for the facets that are counted beside an answer.
#[derive(Args, Debug)]
pub(super) struct FacetArgs {
    /// Names of the facets to count.
    #[arg(long, help = with_facet_names("Count by these facets too"))]
    #[arg(value_delimiter = ',', value_name = "NAME,...")]
    facets: Vec<String>,
    /// Show at most this many values of each facet (0: all)
    #[arg(long, default_value_t = DEFAULT_FACET_LIMIT, value_name = "N")]
    facet_limit: usize,
}

impl FacetArgs {
    /// Returns the facets to count.
    ///
    /// # Errors
    /// Fails if there is no facet of a name.
    pub(super) fn facets(&self) -> Result<Vec<Facet>, InvalidValue> {
        facets(&self.facets)
    }

    /// Returns the most values of each facet, `usize::MAX` for all.
    pub(super) const fn limit(&self) -> usize {
        search::limit_or_all(self.facet_limit)
    }
}

/// Flags for the format of the answer.
#[derive(Args, Debug)]
pub(super) struct OutputArgs {
    /// Write one JSON object a line (the same as --format json)
    #[arg(long, conflicts_with = "format")]
    json: bool,
    /// Format of the answer [default: that of the ending of FILE, else text]
    #[arg(long, value_enum, value_name = "FORMAT")]
    format: Option<FormatName>,
    #[command(flatten)]
    pub(super) file: FileArgs,
}

impl OutputArgs {
    /// Returns the format asked for.
    ///
    /// # Errors
    /// The ending of the file tells no format; `--bom` with a format that has no byte order mark.
    pub(super) fn format(&self) -> anyhow::Result<OutputFormat> {
        let named = if self.json { Some(FormatName::Json) } else { self.format };
        self.file.format(named, FormatName::Text)
    }
}

/// Flags for the file that an answer is written to.
#[derive(Args, Debug)]
pub(super) struct FileArgs {
    /// Write the answer to this file, which is replaced when the answer is whole
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Begin CSV and TSV with a byte order mark, by which Excel recognizes UTF-8
    #[arg(long)]
    bom: bool,
}

impl FileArgs {
    /// Returns the file to write to; `None` for standard output.
    pub(super) fn path(&self) -> Option<&Path> {
        self.output.as_deref().filter(|path| *path != Path::new("-"))
    }

    /// Returns the format that was named, else that of the file, else `default`.
    ///
    /// # Errors
    /// The ending of the file tells no format; `--bom` with a format that has no byte order mark.
    pub(super) fn format(&self, named: Option<FormatName>, default: FormatName) -> anyhow::Result<OutputFormat> {
        let name = match (named, self.path()) {
            (Some(named), _) => named,
            (None, Some(path)) => of_ending(path, default)?,
            (None, None) => default,
        };
        let bom = self.bom;
        if bom && !matches!(name, FormatName::Csv | FormatName::Tsv) {
            bail!("only CSV and TSV begin with a byte order mark: use `--bom` with `--format csv` or `--format tsv`");
        }
        Ok(match name {
            FormatName::Text => OutputFormat::Text,
            FormatName::Json => OutputFormat::Json,
            FormatName::Csv => OutputFormat::Table(TableFormat::Csv { bom }),
            FormatName::Tsv => OutputFormat::Table(TableFormat::Tsv { bom }),
            FormatName::Xlsx if self.path().is_none() && io::stdout().is_terminal() => {
                bail!("a terminal cannot show an Excel workbook: write it to a file with `-o FILE`")
            }
            FormatName::Xlsx => OutputFormat::Table(TableFormat::Xlsx),
        })
    }
}

/// The endings of file names by which a format is told.
const ENDINGS: [(&str, FormatName); 10] = [
    ("txt", FormatName::Text),
    ("text", FormatName::Text),
    ("md", FormatName::Text),
    ("json", FormatName::Json),
    ("jsonl", FormatName::Json),
    ("ndjson", FormatName::Json),
    ("csv", FormatName::Csv),
    ("tsv", FormatName::Tsv),
    ("tab", FormatName::Tsv),
    ("xlsx", FormatName::Xlsx),
];

/// Returns the format that the ending of a file's name tells; `default` for a name without an ending.
fn of_ending(path: &Path, default: FormatName) -> anyhow::Result<FormatName> {
    let Some(ending) = path.extension() else {
        return Ok(default);
    };
    let known = ENDINGS.iter().find(|(known, _)| ending.eq_ignore_ascii_case(known));
    known.map(|(_, format)| *format).with_context(|| {
        format!(
            "the ending of '{}' tells no format: name one with `--format` (.csv, .tsv, .xlsx, .json and .txt are known)",
            path.display()
        )
    })
}

/// The name of a format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum FormatName {
    /// For people.
    Text,
    /// One JSON object a line.
    #[value(alias = "jsonl")]
    Json,
    /// Comma-separated values with a header line.
    Csv,
    /// Tab-separated values with a header line.
    Tsv,
    /// Excel workbook.
    Xlsx,
}

/// The format of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum OutputFormat {
    /// For people.
    Text,
    /// One JSON object a line.
    Json,
    /// A table.
    Table(TableFormat),
}

/// The flag for the version of damaged text.
#[derive(Args, Debug)]
pub(super) struct ReadingArgs {
    /// Show the source: the text of a scan as the OCR read it, the letters of a file before they were converted
    #[arg(long)]
    source: bool,
}

impl ReadingArgs {
    /// Returns the version of damaged text to show.
    pub(super) const fn version(&self) -> TextVersion {
        if self.source {
            TextVersion::Source
        } else {
            TextVersion::Repaired
        }
    }
}
