//! `vankien check`: checks that the index is whole, of this format and up to date with its files.

use clap::Args;

use super::context::{Context, Noun, counted};
use super::exit::Exit;
use super::flags::{OutputArgs, OutputFormat};
use crate::index::{self, Defect, IndexPlace, Stale};
use crate::render::json::FindingLine;
use crate::render::language::fill;
use crate::render::tables;
use crate::render::terminal::listing::block;

/// Flags of `vankien check`.
#[derive(Args, Debug)]
pub(crate) struct CheckArgs {
    #[command(flatten)]
    pub(super) output: OutputArgs,
}

/// Runs the command.
///
/// A whole index that is out of date has not failed, but its answers are about yesterday's files: exit code 1.
pub(super) fn run(context: &mut Context<'_>) -> anyhow::Result<Exit> {
    let check = match &context.place {
        IndexPlace::Folder(dir) => index::check(dir)?,
        IndexPlace::Engine(access) => index::check_engine(access)?,
    };
    let findings = FindingLine::all(&check);
    // The verdict is for people; a program reads it from the exit code.
    match context.format {
        OutputFormat::Text => {
            for finding in &findings {
                let line = format!("{}: {}", finding.finding, finding.message);
                block(context.out, context.screen, ["", "  "], &[(&line, None)])?;
            }
            let is_absent = |stale: &Stale| matches!(stale, Stale::Absent(..));
            let strings = context.strings();
            let refused = |defect: &Defect| matches!(defect, Defect::Refused { .. });
            let verdict = if !check.defects.is_empty() && check.defects.iter().all(refused) {
                fill(strings.check_refused, &[&context.command("index")])
            } else if !check.defects.is_empty() {
                fill(strings.check_damaged, &[&context.command("index --rebuild")])
            } else if matches!(context.place, IndexPlace::Engine(_)) {
                strings.check_engine_whole.to_owned()
            } else if check.stale.is_empty() {
                strings.check_whole.to_owned()
            } else if check.stale.iter().all(is_absent) {
                fill(strings.check_absent, &[&context.command("remove PATH")])
            } else {
                fill(strings.check_behind, &[&context.command("index")])
            };
            let summary = fill(
                strings.check_state,
                &[
                    &context.place,
                    &counted(strings, check.documents, Noun::Document),
                    &counted(
                        strings,
                        usize::try_from(check.passages).unwrap_or(usize::MAX),
                        Noun::Passage,
                    ),
                    &index::FORMAT,
                    &verdict,
                ],
            );
            block(context.out, context.screen, ["", "  "], &[(&summary, None)])?;
        }
        OutputFormat::Json | OutputFormat::Table(_) => context.records(None, &findings, tables::findings)?,
    }
    Ok(if check.defects.is_empty() {
        Exit::found(check.stale.is_empty())
    } else {
        Exit::Failed
    })
}
