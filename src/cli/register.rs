//! `vankien register`: shows what the register knows of central documents, with or without an index.

use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use clap::builder::PossibleValuesParser;

use super::context::Context;
use super::exit::Exit;
use super::flags::{self, OutputArgs, OutputFormat, WindowArgs};
use super::index::read_register;
use crate::concordance::{self, RegisterOrder, RegisterQuery};
use crate::index::{Error, Index};
use crate::register::{Register, RegisterEntry};
use crate::render::language::fill;
use crate::render::{tables, terminal};
use crate::search::DEFAULT_LIMIT;
use crate::symbol::Kind;

/// Flags of `vankien register`.
#[derive(Args, Debug)]
pub(crate) struct RegisterArgs {
    /// A symbol in any writing (21-NQ/TW, `nq 21`), a name (Luật Đất đai), a citation, or words of title and issuer; all
    /// documents, if nothing is asked
    #[arg(value_name = "QUERY")]
    query: Vec<String>,
    /// Only documents of this kind (repeatable).
    #[arg(long, help = "Only documents of this kind (repeatable)", value_name = "KIND")]
    #[arg(value_parser = flags::named::<Kind>(), hide_possible_values = true)]
    kind: Vec<Kind>,
    /// Only documents issued in the term of this congress, XIII (repeatable)
    #[arg(long, value_name = "CONGRESS", ignore_case = true, hide_possible_values = true)]
    #[arg(value_parser = PossibleValuesParser::new(concordance::register_terms()))]
    term: Vec<String>,
    /// The order of the documents.
    #[arg(long, help = flags::help(RegisterOrder::HELP), value_parser = flags::named::<RegisterOrder>())]
    #[arg(default_value = RegisterOrder::default().name(), value_name = "ORDER")]
    sort: RegisterOrder,
    #[command(flatten)]
    window: WindowArgs,
    /// Add the documents of this table, for this run: tab-separated, with a header line and a column `key`
    #[arg(long, value_name = "FILE")]
    pub(super) register: Option<PathBuf>,
    #[command(flatten)]
    pub(super) output: OutputArgs,
}

/// Runs the command.
pub(super) fn run(context: &mut Context<'_>, args: &RegisterArgs) -> anyhow::Result<Exit> {
    let register = register(context, args)?;
    let query = RegisterQuery {
        typed: args.query.join(" "),
        kinds: args.kind.clone(),
        terms: args.term.clone(),
    };
    let mut found = concordance::registered(&register, &query);
    args.sort.sort(&mut found);
    if args.window.count {
        writeln!(context.out, "{}", found.len())?;
        return Ok(Exit::found(!found.is_empty()));
    }
    if found.is_empty() {
        if let OutputFormat::Table(format) = context.format {
            context.table(&tables::registered(&[]), format)?;
        }
        let strings = context.strings();
        context.warn(fill(strings.register_lacks, &[&query.typed]))?;
        let near = concordance::near_registered(&register, &query.typed);
        if !near.is_empty() {
            context.hint(fill(strings.near_ones, &[&near.join(", ")]))?;
        }
        return Ok(Exit::NothingFound);
    }
    let window = found
        .iter()
        .skip(args.window.offset)
        .take(args.window.limit_or(DEFAULT_LIMIT));
    let entries: Vec<RegisterEntry> = window.map(|document| register.entry(document)).collect();
    match context.format {
        OutputFormat::Text => {
            for (position, entry) in entries.iter().enumerate() {
                if position > 0 {
                    writeln!(context.out)?;
                }
                terminal::register::entry(context.out, context.screen, entry)?;
            }
            let left = found
                .len()
                .saturating_sub(args.window.offset.saturating_add(entries.len()));
            if left > 0 {
                context.hint(fill(context.strings().left_out, &[&left]))?;
            }
        }
        OutputFormat::Json | OutputFormat::Table(_) => context.records(None, &entries, tables::registered)?,
    }
    Ok(Exit::found(!entries.is_empty()))
}

/// Returns the register to ask: that of the index, or the shipped one where there is no index, with the documents of the
/// table named by `--register`.
fn register(context: &mut Context<'_>, args: &RegisterArgs) -> anyhow::Result<Arc<Register>> {
    let register = match Index::open_at(&context.place) {
        Ok(index) => index.register()?,
        Err(error @ Error::Missing { .. }) => {
            // A named folder may hold an office's own documents, which the answer would lack.
            if context.index_is_named {
                context.warn(format_args!("{error}; asking the register of the program"))?;
            }
            Register::shipped()
        }
        Err(error) => return Err(error.into()),
    };
    match &args.register {
        Some(path) => Ok(Arc::new(register.joined_with(&read_register(path)?)?)),
        None => Ok(register),
    }
}
