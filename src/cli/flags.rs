//! Flags that several commands share: the index, colors, filters, the output format, the version of damaged text.
//!
//! Each command has its own flags in its own file. Filters have the same names here, in the query language and in the
//! URLs of the query API.

use std::path::PathBuf;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Arg, ArgAction, ArgMatches, Args, Command, FromArgMatches, ValueEnum};

use crate::index::Index;
use crate::query::Filters;
use crate::record::Facet;
use crate::render::language::Lang;
use crate::render::terminal::TextVersion;
use crate::search::{self, InvalidValue};
use crate::text::Named;

/// Flags of every command.
#[derive(Args, Debug)]
pub(super) struct GlobalArgs {
    /// Folder of the index [default: index]
    // Without a default value, so that a folder that was named is told from one that was not.
    #[arg(long, global = true, env = "VANKIEN_INDEX", value_name = "DIR")]
    pub(super) index: Option<PathBuf>,
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
}

/// A language of answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum LangChoice {
    /// Vietnamese.
    Vi,
    /// English.
    En,
}

impl From<LangChoice> for Lang {
    fn from(choice: LangChoice) -> Self {
        match choice {
            LangChoice::Vi => Self::Vi,
            LangChoice::En => Self::En,
        }
    }
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

/// Filters: values of one facet are alternatives, facets must all match.
///
/// There is a flag for each facet, with the help text that the query API shows too.
#[derive(Clone, Debug, Default)]
pub(super) struct FilterArgs {
    /// The values asked for, sorted by facet.
    pub(super) chosen: Vec<(Facet, String)>,
}

impl FilterArgs {
    /// Returns the filters that these flags ask for.
    ///
    /// # Errors
    /// Fails if a document is not in the index or its id is ambiguous, and if no passage can ever have a value.
    pub(super) fn filters(&self, index: &Index) -> Result<Filters, InvalidValue> {
        search::filters_of(index, self.chosen.iter().map(|(facet, value)| (*facet, value.as_str())))
    }

    /// Returns the flag for values of `facet`.
    fn flag(facet: Facet) -> Arg {
        let mut help = help(facet.filter_help()).to_owned();
        // Values of a nested facet are made of parts; the list of all would be long.
        if let Some(values) = search::allowed_values(facet).filter(|_| !facet.is_nested()) {
            help = format!("{help}: {}", values.join(", "));
        }
        Arg::new(facet.name())
            .long(facet.name())
            .value_name(value_name(facet))
            .help(help)
            .help_heading("Filters (each repeatable)")
            .action(ArgAction::Append)
    }
}

impl Args for FilterArgs {
    fn augment_args(command: Command) -> Command {
        command.args(Facet::ALL.iter().map(|&facet| Self::flag(facet)))
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
        for &facet in Facet::ALL {
            let values = matches.get_many::<String>(facet.name()).into_iter().flatten();
            self.chosen.extend(values.map(|value| (facet, value.clone())));
        }
        Ok(())
    }
}

/// Returns the name of a filter's value in the help.
const fn value_name(facet: Facet) -> &'static str {
    match facet {
        Facet::Document => "ID",
        Facet::Kind => "TYPE",
        Facet::Province => "NAME",
        Facet::Term => "YEARS",
        Facet::Section => "KIND",
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

/// Flags for the format of the answer.
#[derive(Args, Clone, Copy, Debug)]
pub(super) struct OutputArgs {
    /// Write one JSON object a line (the same as --format json)
    #[arg(long, conflicts_with = "format")]
    json: bool,
    /// Format of the answer
    #[arg(long, value_enum, default_value_t = OutputFormat::Text, value_name = "FORMAT")]
    format: OutputFormat,
}

impl OutputArgs {
    /// Returns the format asked for.
    pub(super) const fn format(self) -> OutputFormat {
        if self.json { OutputFormat::Json } else { self.format }
    }
}

/// The format of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum OutputFormat {
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
