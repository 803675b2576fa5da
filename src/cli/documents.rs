//! `vankien documents`, `vankien outline`: documents with their metadata, and the trees of their sections.

use super::args::{DocumentsArgs, Format, OutlineArgs};
use super::context::Context;
use super::exit::Exit;
use super::filters;
use crate::record::SectionRecord;
use crate::render::plain;
use crate::render::table::{Column, Table};
use crate::search;

/// Runs `vankien documents`.
pub(super) fn run(context: &mut Context<'_>, args: &DocumentsArgs) -> anyhow::Result<Exit> {
    let index = context.open_index()?;
    let filters = filters::parse(&args.filters, &index)?;
    let (records, diagnostics) = search::documents(&index, &filters)?;
    context.tell(&diagnostics)?;
    let format = args.output.format();
    context.records(&records, format, plain::documents)?;
    Ok(Exit::found(!records.is_empty()))
}

/// Runs `vankien outline`.
pub(super) fn outline(context: &mut Context<'_>, args: &OutlineArgs) -> anyhow::Result<Exit> {
    let index = context.open_index()?;
    let ids: Vec<String> = match &args.document {
        Some(document) => vec![index.resolve_id(document)?.to_owned()],
        None => index.documents()?.map(|record| record.document.clone()).collect(),
    };
    let depth = args.depth.unwrap_or(usize::MAX);
    let mut all: Vec<SectionRecord> = Vec::new();
    for (position, id) in ids.iter().enumerate() {
        let parsed = index.document(id)?;
        let sections: Vec<SectionRecord> = parsed
            .section_records()
            .filter(|section| section.level <= depth)
            .collect();
        if args.output.format() == Format::Text {
            if position > 0 {
                writeln!(context.out)?;
            }
            plain::outline(context.out, context.page, &parsed.document_record(), &sections)?;
        }
        all.extend(sections);
    }
    if args.output.format() != Format::Text {
        context.records(&all, args.output.format(), sections_table)?;
    }
    Ok(Exit::found(!ids.is_empty()))
}

/// A table of sections.
fn sections_table(sections: &[SectionRecord]) -> Table {
    let mut table = Table::new(vec![
        Column::text("section"),
        Column::number("level"),
        Column::text("label"),
        Column::text("title"),
        Column::text("kind"),
        Column::text("term"),
        Column::number("page"),
        Column::number("line"),
    ]);
    for section in sections {
        table.push(vec![
            section.section.clone(),
            section.level.to_string(),
            section.label.clone(),
            section.title.clone(),
            section.kind.name().to_owned(),
            section.term.clone().unwrap_or_default(),
            section.page.to_string(),
            section.lines[0].to_string(),
        ]);
    }
    table
}
