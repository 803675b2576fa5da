//! `vankien show`: a passage, footnote, section or document, with what stands around it.

use anyhow::bail;

use super::args::{Format, ShowArgs};
use super::context::Context;
use super::exit::Exit;
use crate::index::Index;
use crate::record::{FootnoteRecord, Parsed, PassageRecord, SectionRecord};
use crate::render::plain;
use crate::render::terminal::{Role, clean, wrap};
use crate::text::Lines;

/// What an id names.
enum Shown {
    /// A passage and the notes that it calls.
    Passage(Box<PassageRecord>, Vec<FootnoteRecord>),
    /// A note and the passage that calls it.
    Footnote(Box<FootnoteRecord>, Option<Box<PassageRecord>>),
    /// A section and its passages, those of the sections inside it too.
    Section(Box<SectionRecord>, Vec<PassageRecord>),
    /// A document: its sections and passages.
    Document(Vec<SectionRecord>, Vec<PassageRecord>),
}

/// Runs the command.
pub(super) fn run(context: &mut Context<'_>, args: &ShowArgs) -> anyhow::Result<Exit> {
    let index = context.open_index()?;
    let (parsed, shown) = find(&index, &args.id)?;
    match args.output.format() {
        Format::Text => text(context, args, &parsed, &shown)?,
        Format::Json => json(context, &parsed, &shown)?,
        Format::Csv | Format::Tsv => bail!("show writes text or JSON; use `vankien export` for tables"),
    }
    Ok(Exit::Done)
}

/// The thing that `id` names, and the document it belongs to.
fn find(index: &Index, id: &str) -> anyhow::Result<(Parsed, Shown)> {
    if let Some((document, path)) = id.rsplit_once('§') {
        let parsed = index.document(document)?;
        let whole = format!("{}§{path}", parsed.document.id);
        let position = parsed.section_records().position(|section| section.section == whole);
        let (Some(position), Some(section)) = (position, parsed.section_records().find(|s| s.section == whole)) else {
            bail!("there is no section '{id}'; list them: `vankien outline {document}`");
        };
        let span = parsed.document.sections[position].span;
        let inside: Vec<bool> = parsed
            .document
            .passages
            .iter()
            .map(|passage| {
                passage.section.is_some()
                    && span.contains(crate::text::Span::new(passage.extent().start, passage.extent().start))
            })
            .collect();
        let passages = parsed
            .passage_records()
            .zip(inside)
            .filter(|(_, inside)| *inside)
            .map(|(record, _)| record)
            .collect();
        return Ok((parsed, Shown::Section(Box::new(section), passages)));
    }
    if let Some((document, number)) = id.rsplit_once('^') {
        let parsed = index.document(document)?;
        let named = |note: &FootnoteRecord| note.footnote.rsplit('^').next() == Some(number);
        let note = parsed.footnote_records().find(named);
        let Some(note) = note else {
            bail!(
                "there is no footnote '{id}'; {} has {}",
                parsed.document.id,
                parsed.document.footnotes.len()
            );
        };
        let caller = parsed
            .passage_records()
            .find(|passage| Some(&passage.passage) == note.anchor_passage.as_ref());
        return Ok((parsed, Shown::Footnote(Box::new(note), caller.map(Box::new))));
    }
    if let Some((document, _)) = id.rsplit_once(':')
        && let Ok(record) = index.passage(id).map(|stored| stored.record)
    {
        let parsed = index.document(document)?;
        let notes = parsed
            .footnote_records()
            .filter(|note| record.footnotes.contains(&note.footnote))
            .collect();
        return Ok((parsed, Shown::Passage(Box::new(record), notes)));
    }
    if let Some((document, line)) = id.rsplit_once(':')
        && let (Ok(line), Ok(parsed)) = (line.parse::<usize>(), index.document(document))
    {
        // Any line of a passage names it: people read line numbers off the file.
        let holds = |record: &PassageRecord| record.lines[0] <= line && line <= record.lines[1];
        let Some(record) = parsed.passage_records().find(holds) else {
            bail!("there is no passage on line {line} of '{}'", parsed.document.id);
        };
        let notes = parsed
            .footnote_records()
            .filter(|note| record.footnotes.contains(&note.footnote))
            .collect();
        return Ok((parsed, Shown::Passage(Box::new(record), notes)));
    }
    let parsed = index.document(id)?;
    let (sections, passages) = (parsed.section_records().collect(), parsed.passage_records().collect());
    Ok((parsed, Shown::Document(sections, passages)))
}

/// Writes records as JSON Lines.
fn json(context: &mut Context<'_>, parsed: &Parsed, shown: &Shown) -> anyhow::Result<()> {
    match shown {
        Shown::Passage(passage, notes) => {
            context.json(passage)?;
            notes.iter().try_for_each(|note| context.json(note))
        }
        Shown::Footnote(note, caller) => {
            context.json(note)?;
            caller.iter().try_for_each(|passage| context.json(passage))
        }
        Shown::Section(section, passages) => {
            context.json(section)?;
            passages.iter().try_for_each(|passage| context.json(passage))
        }
        Shown::Document(sections, passages) => {
            context.json(&parsed.document_record())?;
            sections.iter().try_for_each(|section| context.json(section))?;
            passages.iter().try_for_each(|passage| context.json(passage))
        }
    }
}

/// Writes it for a terminal.
fn text(context: &mut Context<'_>, args: &ShowArgs, parsed: &Parsed, shown: &Shown) -> anyhow::Result<()> {
    let page = context.page;
    writeln!(context.out, "{}", plain::heading_line(page, &parsed.document_record()))?;
    match shown {
        Shown::Passage(passage, notes) => {
            passage_with_notes(context, args, parsed, passage, notes)?;
        }
        Shown::Footnote(note, caller) => {
            plain::footnote(context.out, page, note, args.reading.shown())?;
            if let Some(passage) = caller {
                passage_with_notes(context, args, parsed, passage, &[])?;
            }
        }
        Shown::Section(section, passages) => {
            let title = format!("{} {}", section.label, section.title);
            let lines = wrap(&[(title.trim(), Some(Role::Title))], page.columns, page.palette);
            lines.iter().try_for_each(|line| writeln!(context.out, "{line}"))?;
            passages
                .iter()
                .try_for_each(|record| plain::passage(context.out, page, record, args.reading.shown()))?;
        }
        Shown::Document(_, passages) => {
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
