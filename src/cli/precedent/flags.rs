//! The flags of `vankien precedent`, and the options that they ask for.

use std::path::PathBuf;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{ArgGroup, Args};

use super::super::flags::{self, FacetArgs, FilterArgs, OutputArgs, ReadingArgs, WindowArgs};
use crate::precedent::{MIN_PAIR_SCORE, MIN_SCORE, PrecedentOptions, PrecedentOrder};
use crate::search::{DEFAULT_LIMIT, InvalidValue, Sort};
use crate::text::Named;

/// The name that `vankien search` has for the best-first order.
const BEST_FIRST: &str = Sort::Relevance.name();

/// `vankien precedent`.
#[derive(Args, Debug)]
#[command(group = ArgGroup::new("asked").required(true))]
pub(crate) struct PrecedentArgs {
    /// Phrase, sentence or paragraph to look for, with or without marks; - reads it from standard input
    #[arg(group = "asked", value_name = "TEXT")]
    pub(super) text: Vec<String>,
    /// Look for this passage of the index in other documents (`001:973`)
    #[arg(long, group = "asked", value_name = "ID")]
    pub(super) passage: Option<String>,
    /// Walk through a draft, a file or a document of the index, and show the precedents of each paragraph
    #[arg(long, group = "asked", value_name = "FILE", conflicts_with = "facets")]
    pub(crate) file: Option<PathBuf>,
    /// Show all passages that share wording, as families with the earliest document first
    #[arg(long, group = "asked", conflicts_with = "facets")]
    pub(super) all: bool,
    /// Show how much of each document every other one has
    #[arg(long, group = "asked", conflicts_with = "facets")]
    pub(super) matrix: bool,
    /// Show the set phrases of the genre: how often they occur, and where first
    #[arg(long, group = "asked", conflicts_with = "facets")]
    pub(super) boilerplate: bool,
    #[command(flatten)]
    pub(super) filters: FilterArgs,
    #[arg(long, value_name = "SCORE", value_parser = score, help = min_score_help())]
    pub(super) min_score: Option<f64>,
    #[arg(long, help = flags::help(PrecedentOrder::HELP), value_parser = order(), value_name = "ORDER")]
    #[arg(default_value = PrecedentOrder::default().name())]
    #[arg(conflicts_with_all = ["all", "matrix", "boilerplate"])]
    sort: PrecedentOrder,
    #[command(flatten)]
    pub(super) window: WindowArgs,
    #[command(flatten)]
    facets: FacetArgs,
    /// Show only the files with a match
    #[arg(long, short = 'l', conflicts_with_all = ["count", "all", "matrix", "boilerplate"])]
    pub(super) files_with_matches: bool,
    #[command(flatten)]
    pub(super) reading: ReadingArgs,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
}

impl PrecedentArgs {
    /// Returns the options of a question.
    ///
    /// # Errors
    /// A name that is no facet.
    pub(super) fn options(&self) -> Result<PrecedentOptions, InvalidValue> {
        Ok(PrecedentOptions {
            limit: self.window.limit_or(DEFAULT_LIMIT),
            offset: self.window.offset,
            order: self.sort,
            facets: self.facets.facets()?,
            facet_limit: self.facets.limit(),
            min_score: self.min_score.unwrap_or(MIN_SCORE),
        })
    }

    /// Returns the part of a list that the flags ask for.
    pub(super) fn shown<'l, T>(&self, list: &'l [T]) -> &'l [T] {
        let limit = self.window.limit_or(0);
        let first = self.window.offset.min(list.len());
        &list[first..first.saturating_add(limit).min(list.len())]
    }
}

/// The help text of `--min-score`.
fn min_score_help() -> String {
    format!("Minimum score, 0 to 1 (by default {MIN_SCORE}, and {MIN_PAIR_SCORE} over the whole corpus)")
}

/// Parses a score.
fn score(typed: &str) -> Result<f64, String> {
    match typed.parse::<f64>() {
        Ok(score) if (0.0..=1.0).contains(&score) => Ok(score),
        _ => Err("a score is a number from 0 to 1".to_owned()),
    }
}

/// Returns the parser of `--sort`. `relevance`, as `vankien search` calls the best-first order, is another name of
/// `score`.
fn order() -> impl TypedValueParser<Value = PrecedentOrder> {
    let values = PrecedentOrder::ALL.iter().map(|&order| {
        let value = PossibleValue::new(order.name()).help(flags::help(order.help()));
        if order == PrecedentOrder::Score {
            value.alias(BEST_FIRST)
        } else {
            value
        }
    });
    PossibleValuesParser::new(values).map(|name| PrecedentOrder::from_name(&name).unwrap_or(PrecedentOrder::Score))
}
