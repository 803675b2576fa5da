//! `vankien cite`, `vankien citations`: who cites what.

use std::collections::{BTreeSet, HashMap};

use super::args::{CitationsArgs, CiteArgs, Format};
use super::context::Context;
use super::exit::Exit;
use super::filters;
use crate::concordance::{self, Asked, Report};
use crate::record::{CitationRecord, DocumentRecord};
use crate::render::plain;

/// Runs `vankien citations`.
pub(super) fn run(context: &mut Context<'_>, args: &CitationsArgs) -> anyhow::Result<Exit> {
    let index = context.open_index()?;
    let filters = filters::parse(&args.filters, &index)?;
    let found = concordance::places(&index, None, &filters)?;
    context.tell(&found.diagnostics)?;
    let rows = concordance::cited(found.places.iter().map(|place| &place.citation));
    if args.count {
        writeln!(context.out, "{}", rows.len())?;
        return Ok(Exit::found(!rows.is_empty()));
    }
    let limit = if args.limit == 0 { usize::MAX } else { args.limit };
    let window: Vec<_> = rows.into_iter().skip(args.offset).take(limit).collect();
    context.records(&window, args.output.format(), plain::citations)?;
    Ok(Exit::found(!window.is_empty()))
}

/// Runs `vankien cite`.
pub(super) fn cite(context: &mut Context<'_>, args: &CiteArgs) -> anyhow::Result<Exit> {
    let index = context.open_index()?;
    let filters = filters::parse(&args.filters, &index)?;
    let typed = args.cited.join(" ");
    let asked = Asked::parse(&typed);
    let concordance::Places { places, diagnostics } = concordance::places(&index, Some(&asked), &filters)?;
    context.tell(&diagnostics)?;
    if places.is_empty() {
        context.warn(format_args!("nothing cites '{}'", crate::text::clean(&typed)))?;
        let near = concordance::near(&index, &typed, 5)?;
        if !near.is_empty() {
            writeln!(context.err, "hint: near to it are {}", near.join(", "))?;
        }
        return Ok(Exit::NothingFound);
    }
    if args.count {
        writeln!(context.out, "{}", places.len())?;
        return Ok(Exit::Done);
    }
    let documents: Vec<DocumentRecord> = {
        let citing: BTreeSet<&str> = places.iter().map(|place| place.citation.document.as_str()).collect();
        index
            .documents()?
            .filter(|record| citing.contains(record.document.as_str()))
            .cloned()
            .collect()
    };
    if args.files_with_matches {
        for document in &documents {
            writeln!(context.out, "{}", crate::text::clean(&document.path))?;
        }
        return Ok(Exit::Done);
    }
    let sections: HashMap<String, Vec<String>> = places
        .iter()
        .map(|place| (place.citation.passage.clone(), place.section_path.clone()))
        .collect();
    let citations: Vec<CitationRecord> = places.into_iter().map(|place| place.citation).collect();
    match args.output.format() {
        Format::Text => {
            for (position, report) in concordance::reports(citations).iter().enumerate() {
                if position > 0 {
                    writeln!(context.out, "\n")?;
                }
                write_report(context, args, report, (&documents, &sections))?;
            }
        }
        format => context.records(&citations, format, plain::places)?,
    }
    Ok(Exit::Done)
}

/// Writes the report on one cited document.
fn write_report(
    context: &mut Context<'_>,
    args: &CiteArgs,
    report: &Report,
    (documents, sections): (&[DocumentRecord], &HashMap<String, Vec<String>>),
) -> anyhow::Result<()> {
    let path = |citation: &CitationRecord| sections.get(&citation.passage).cloned().unwrap_or_default();
    plain::report(
        context.out,
        context.page,
        report,
        documents,
        &path,
        args.reading.shown(),
    )?;
    Ok(())
}
