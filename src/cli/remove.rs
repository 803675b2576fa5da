//! `vankien remove`: takes documents out of the index.

use clap::Args;

use super::context::{Context, Noun, counted};
use super::engine::{EngineArgs, publish_folder};
use super::exit::Exit;
use super::index::report_untidy;
use crate::index::{self, BuildOptions};
use crate::render::builds::RemoveLine;
use crate::render::language::fill;

/// Flags of `vankien remove`.
#[derive(Args, Debug)]
pub(crate) struct RemoveArgs {
    /// Ids of documents (or beginnings of them), files, and folders with all that they hold
    #[arg(required = true, value_name = "PATH|DOCUMENT")]
    names: Vec<String>,
    /// Write one JSON object
    #[arg(long)]
    json: bool,
    /// Report nothing but errors
    #[arg(long, short)]
    quiet: bool,
}

/// Runs the command.
pub(super) fn run(context: &mut Context<'_>, args: &RemoveArgs) -> anyhow::Result<Exit> {
    let mut report = index::remove(&context.index_dir, &args.names, &BuildOptions::default(), &mut ())?;
    for (_, error) in &report.unknown {
        context.warn(error)?;
        if let Some(hint) = error.hint() {
            context.hint(hint)?;
        }
    }
    let is_tidy = report_untidy(context, report.index.untidy.take())?;
    let published = publish_folder(context, EngineArgs::default(), false, args.quiet || args.json)?;
    let refused = published.as_ref().is_some_and(|published| !published.failed.is_empty());
    if args.json {
        context.json(&RemoveLine::of(
            &context.index_dir.display().to_string(),
            &report,
            published.as_ref(),
        ))?;
    } else if !args.quiet {
        let folder = context.index_dir.display().to_string();
        let strings = context.strings();
        let counted = |count, noun| counted(strings, count, noun);
        context.warn(fill(
            strings.removed_state,
            &[
                &counted(report.removed.len(), Noun::Document),
                &counted(report.index.documents, Noun::Document),
                &counted(report.index.passages, Noun::Passage),
                &folder,
            ],
        ))?;
    }
    Ok(if report.unknown.is_empty() && !refused && is_tidy {
        Exit::found(report.changed)
    } else {
        Exit::Failed
    })
}
