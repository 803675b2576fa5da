//! `vankien proof`: checks the citations and note numbers of a draft before it is signed.

use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context as _;
use clap::Args;

use super::context::{Context, draft_error};
use super::exit::Exit;
use super::flags::{OutputArgs, OutputFormat};
use super::index::read_register;
use crate::citation::Resolver;
use crate::concordance::resolver_of;
use crate::index::{Error, Index};
use crate::precedent::Draft;
use crate::proof::{self, Proof};
use crate::reading::Model;
use crate::record::{Parsed, read_text};
use crate::register::Register;
use crate::render::json::ProofSummaryLine;
use crate::render::{tables, terminal};

/// Flags of `vankien proof`.
#[derive(Args, Debug)]
#[command(
    after_long_help = "Each citation is compared with the register, with the documents of the index and what they cite, and \
                       with the rest of the draft. Unknown documents, ambiguous symbols and amended ones are told but are \
                       no mistakes. Exit status: 0 if nothing is wrong, 1 if something is, 2 if the draft could not be \
                       read."
)]
pub(crate) struct ProofArgs {
    /// The draft: a file of any format that an index takes, or - for text from standard input
    #[arg(value_name = "FILE")]
    pub(super) file: PathBuf,
    /// Show the citations without a finding too
    #[arg(long)]
    all: bool,
    /// Add the documents of this table to the register, for this run
    #[arg(long, value_name = "FILE")]
    pub(super) register: Option<PathBuf>,
    #[command(flatten)]
    pub(super) output: OutputArgs,
}

/// Runs the command.
pub(super) fn run(context: &mut Context<'_>, args: &ProofArgs) -> anyhow::Result<Exit> {
    let own = args.register.as_deref().map(read_register).transpose()?;
    let proof = proof_of(context, &args.file, own.as_deref())?;
    match context.format {
        OutputFormat::Text => terminal::proofs::proof(context.out, context.screen, &proof, args.all)?,
        OutputFormat::Json => {
            for line in &proof.citations {
                context.json(line)?;
            }
            context.json(&ProofSummaryLine::of(&proof))?;
        }
        OutputFormat::Table(format) => context.table(&tables::proof(&proof, args.all), format)?,
    }
    Ok(Exit::found(!proof.summary.failed))
}

/// Returns the proof of the draft `file` against the index, or against the register of the program where there is none;
/// `own` is a table of an office's own documents.
fn proof_of(context: &mut Context<'_>, file: &Path, own: Option<&str>) -> anyhow::Result<Proof> {
    let index = match Index::open_at(&context.place) {
        Ok(index) => Some(index),
        Err(error @ Error::Missing { .. }) => {
            context.warn(format_args!(
                "{error}; comparing with the register of the program alone"
            ))?;
            None
        }
        Err(error) => return Err(error.into()),
    };
    let (parsed, own_document) = draft(index.as_ref(), file)?;
    let mut register = match &index {
        Some(index) => index.register()?,
        None => Register::shipped(),
    };
    if let Some(own) = own {
        register = Arc::new(register.joined_with(own)?);
    }
    let resolver = match &index {
        Some(index) => resolver_of(index, register, own_document.as_deref())?,
        None => Resolver::new(register),
    };
    Ok(proof::proofread(&parsed, &resolver))
}

/// Reads the draft `file`, and returns it with the id of the document that the index made from the same file.
fn draft(index: Option<&Index>, file: &Path) -> anyhow::Result<(Parsed, Option<String>)> {
    if file == Path::new("-") {
        let mut text = String::new();
        let read = std::io::stdin().lock().read_to_string(&mut text);
        read.context("cannot read text from standard input")?;
        let model = || index.map_or_else(|| Ok(Model::shipped()), Index::model);
        return Ok((read_text(text, model)?, None));
    }
    let read = index.map_or_else(|| Draft::read_alone(file), |index| Draft::read(index, file));
    Ok(read.map_err(draft_error)?.into_parts())
}
