//! An index in an engine, from the command line: what was built in the folder is put there.

use std::num::NonZero;

use clap::Args;

use super::context::{Context, Noun, counted};
use crate::index::{IndexPlace, PublishOptions, PublishReport, publish};
use crate::render::language::fill;

/// Flags for an index in an engine.
#[derive(Args, Clone, Copy, Debug, Default)]
pub(crate) struct EngineArgs {
    /// Shards of an index that is built in an engine (--engine) [default: as it has, or 1]
    #[arg(long, value_name = "N")]
    shards: Option<NonZero<u32>>,
    /// Replicas of an index that is built in an engine (--engine) [default: as it has, or 0]
    #[arg(long, value_name = "N")]
    replicas: Option<u32>,
}

/// Brings the engine that was named, if any was, to the state of the index in the folder; tells of documents that it
/// refused. With `rebuild` it is built anew there.
pub(super) fn publish_folder(
    context: &mut Context<'_>,
    args: EngineArgs,
    rebuild: bool,
    quiet: bool,
) -> anyhow::Result<Option<PublishReport>> {
    let IndexPlace::Engine(access) = context.place.clone() else {
        return Ok(None);
    };
    let options = PublishOptions {
        rebuild,
        shards: args.shards,
        replicas: args.replicas,
    };
    let report = publish(&context.index_dir, &access, &options, &mut ())?;
    for (document, reason) in &report.failed {
        context.warn(format_args!("{document}: the engine refused it: {reason}"))?;
    }
    if !quiet {
        let strings = context.strings();
        let number = |count: u64| usize::try_from(count).unwrap_or(usize::MAX);
        context.warn(fill(
            strings.engine_state,
            &[
                &counted(strings, number(report.documents), Noun::Document),
                &counted(strings, number(report.passages), Noun::Passage),
                &access.url,
                &report.added,
                &report.changed,
                &report.removed,
                &report.unchanged,
                &report.failed.len(),
            ],
        ))?;
    }
    Ok(Some(report))
}
