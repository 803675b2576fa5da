//! `vankien show`: a passage, footnote, section or document, with what stands around it.

use anyhow::bail;

use super::args::{Format, ShowArgs};
use super::context::Context;
use super::exit::Exit;
use crate::record::{FootnoteRecord, Parsed, PassageRecord};
use crate::render::plain;
use crate::render::terminal::{Role, wrap};
use crate::search::{self, Named};
use crate::text::{Lines, clean};

/// Runs the command.
pub(super) fn run(context: &mut Context<'_>, args: &ShowArgs) -> anyhow::Result<Exit> {
    let index = context.open_index()?;
    let (parsed, shown) = search::named(&index, &args.id)?;
    match args.output.format() {
        Format::Text => text(context, args, &parsed, &shown)?,
        Format::Json => json(context, &parsed, &shown)?,
        Format::Csv | Format::Tsv => bail!("show writes text or JSON; use `vankien export` for tables"),
    }
    Ok(Exit::Done)
}

/// Writes records as JSON Lines.
fn json(context: &mut Context<'_>, parsed: &Parsed, shown: &Named) -> anyhow::Result<()> {
    match shown {
        Named::Passage(passage, notes) => {
            context.json(passage)?;
            notes.iter().try_for_each(|note| context.json(note))
        }
        Named::Footnote(note, caller) => {
            context.json(note)?;
            caller.iter().try_for_each(|passage| context.json(passage))
        }
        Named::Section(section, passages) => {
            context.json(section)?;
            passages.iter().try_for_each(|passage| context.json(passage))
        }
        Named::Document(sections, passages) => {
            context.json(&parsed.document_record())?;
            sections.iter().try_for_each(|section| context.json(section))?;
            passages.iter().try_for_each(|passage| context.json(passage))
        }
    }
}

/// Writes it for a terminal.
fn text(context: &mut Context<'_>, args: &ShowArgs, parsed: &Parsed, shown: &Named) -> anyhow::Result<()> {
    let page = context.page;
    writeln!(context.out, "{}", plain::heading_line(page, &parsed.document_record()))?;
    match shown {
        Named::Passage(passage, notes) => {
            passage_with_notes(context, args, parsed, passage, notes)?;
        }
        Named::Footnote(note, caller) => {
            plain::footnote(context.out, page, note, args.reading.shown())?;
            if let Some(passage) = caller {
                passage_with_notes(context, args, parsed, passage, &[])?;
            }
        }
        Named::Section(section, passages) => {
            let title = format!("{} {}", section.label, section.title);
            let lines = wrap(&[(title.trim(), Some(Role::Title))], page.columns, page.palette);
            lines.iter().try_for_each(|line| writeln!(context.out, "{line}"))?;
            passages
                .iter()
                .try_for_each(|record| plain::passage(context.out, page, record, args.reading.shown()))?;
        }
        Named::Document(_, passages) => {
            for record in passages {
                writeln!(
                    context.out,
                    "{}",
                    page.palette.paint(Role::Address, clean(&record.passage))
                )?;
                plain::passage(context.out, page, record, args.reading.shown())?;
            }
        }
    }
    Ok(())
}

/// Writes a passage with its address, lines around it where asked for, and the notes that it calls.
fn passage_with_notes(
    context: &mut Context<'_>,
    args: &ShowArgs,
    parsed: &Parsed,
    passage: &PassageRecord,
    notes: &[FootnoteRecord],
) -> anyhow::Result<()> {
    let page = context.page;
    let address = plain::address(&passage.section_path, passage.page, None);
    writeln!(
        context.out,
        "{}  {}",
        page.palette.paint(Role::Address, clean(&passage.passage)),
        page.palette.paint(Role::Dim, clean(&address))
    )?;
    match args.context {
        Some(around) => lines_around(context, parsed, passage.lines, around)?,
        None => plain::passage(context.out, page, passage, args.reading.shown())?,
    }
    for note in notes {
        plain::footnote(context.out, page, note, args.reading.shown())?;
    }
    Ok(())
}

/// Writes lines of the file with their numbers, `around` more before and after; the source as it stands.
pub(super) fn lines_around(
    context: &mut Context<'_>,
    parsed: &Parsed,
    lines: [usize; 2],
    around: usize,
) -> anyhow::Result<()> {
    let text = &parsed.document.text;
    let index = Lines::of(text);
    let first = lines[0].saturating_sub(around).max(1);
    let last = lines[1].saturating_add(around).min(index.count());
    for number in first..=last {
        let inside = (lines[0]..=lines[1]).contains(&number);
        let mark = if inside { ':' } else { '-' };
        let label = context
            .page
            .palette
            .paint(Role::Count, format_args!("{number:>6}{mark}"));
        writeln!(
            context.out,
            "{label} {}",
            clean(index.content(text, number).slice(text)).trim_end()
        )?;
    }
    Ok(())
}
