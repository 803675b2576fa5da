//! `vankien check`: is the index whole, of this format, and in step with its files?

use serde::Serialize;

use super::args::{CheckArgs, Format};
use super::context::Context;
use super::exit::Exit;
use crate::index;
use crate::render::table::{Column, Table};

/// What is told of a check, as a record.
#[derive(Serialize)]
struct Finding {
    /// `damaged` (inside the index) or `stale` (a file changed outside).
    finding: &'static str,
    /// What and where.
    message: String,
}

/// Runs the command. An index that is whole but behind its files is no failure of the index, but an
/// answer is then about yesterday: exit code 1.
pub(super) fn run(context: &mut Context<'_>, args: &CheckArgs) -> anyhow::Result<Exit> {
    let check = index::check(&context.index_dir)?;
    let problems = check.problems.iter().map(|problem| Finding {
        finding: "damaged",
        message: problem.to_string(),
    });
    let stale = check.stale.iter().map(|stale| Finding {
        finding: "stale",
        message: stale.to_string(),
    });
    let findings: Vec<Finding> = problems.chain(stale).collect();
    if args.output.format() == Format::Text {
        for finding in &findings {
            writeln!(context.out, "{}: {}", finding.finding, finding.message)?;
        }
        let verdict = match (check.problems.is_empty(), check.stale.is_empty()) {
            (true, true) => "whole and in step with its files",
            (true, false) => "whole, but behind its files: run `vankien index`",
            (false, _) => "damaged: run `vankien index --rebuild`",
        };
        writeln!(
            context.out,
            "'{}': {} documents, {} passages, format {}: {verdict}",
            context.index_dir.display(),
            check.documents,
            check.passages,
            index::FORMAT,
        )?;
    } else {
        context.records(&findings, args.output.format(), |findings| {
            let mut table = Table::new(vec![Column::text("finding"), Column::text("message")]);
            for finding in findings {
                table.push(vec![finding.finding.to_owned(), finding.message.clone()]);
            }
            table
        })?;
    }
    Ok(if !check.problems.is_empty() {
        Exit::Failed
    } else {
        Exit::found(check.stale.is_empty())
    })
}
