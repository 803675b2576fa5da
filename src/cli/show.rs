//! `vankien show`: shows a passage, footnote, section or document in its surroundings.

use std::path::{Path, PathBuf};

use anyhow::bail;
use clap::Args;

use super::context::Context;
use super::exit::Exit;
use super::flags::{AroundArgs, OutputArgs, OutputFormat, ReadingArgs};
use super::index::open_index;
use crate::corpus::absolute;
use crate::document::{SectionAddresses, is_position};
use crate::index::{Index, IndexedFile};
use crate::record::{FootnoteRecord, Parsed, PassageRecord, SectionRecord, split_address};
use crate::render::terminal::listing::Listing;
use crate::render::terminal::{documents, hits};
use crate::search::{self, Target};
use crate::text::clean;

/// Flags of `vankien show`.
#[derive(Args, Debug)]
pub(crate) struct ShowArgs {
    /// Passage (`001:19`), footnote (`001^6`), section (`001§II.2.1`), page (`001@5`) or document (`001`)
    #[arg(value_name = "ID")]
    id: String,
    #[command(flatten)]
    around: AroundArgs,
    /// Print only the path of the file; of a member of an archive: ARCHIVE/MEMBER
    #[arg(long, conflicts_with_all = ["context", "source", "json", "format"])]
    path: bool,
    #[command(flatten)]
    reading: ReadingArgs,
    #[command(flatten)]
    pub(super) output: OutputArgs,
}

/// Runs the command.
pub(super) fn run(context: &mut Context<'_>, args: &ShowArgs) -> anyhow::Result<Exit> {
    let index = open_index(context)?;
    let (parsed, target) = search::lookup(&index, &args.id)?;
    if args.path {
        let path = path_from_here(index.file(&parsed.document.id)?);
        write_path(context, &path)?;
        return Ok(Exit::Done);
    }
    if let Target::Section(section, _) = &target {
        hint_at_printed(context, &index, &args.id, section, &parsed)?;
    }
    match context.format {
        OutputFormat::Text => text(context, args, &index, &parsed, &target)?,
        OutputFormat::Json => json(context, &parsed, &target)?,
        OutputFormat::Table(_) => {
            bail!("`vankien show` writes text or JSON only; use `vankien export` for records of a whole index")
        }
    }
    Ok(Exit::Done)
}

/// Hints, where a section was asked for by its position and is printed with another number, at its printed address and at
/// the sections that are printed with the number asked for.
fn hint_at_printed(
    context: &mut Context<'_>,
    index: &Index,
    id: &str,
    section: &SectionRecord,
    parsed: &Parsed,
) -> anyhow::Result<()> {
    let asked = split_address(id).map_or("", |(.., address)| address.trim());
    if !is_position(asked) || section.address == asked {
        return Ok(());
    }
    let addresses = SectionAddresses::of(&parsed.document.sections);
    let document = index.short_id(&section.document);
    let printed = addresses.ending_with(asked);
    let printed: Vec<String> = printed
        .into_iter()
        .map(|found| format!("`{document}§{}`", addresses.printed(found)))
        .collect();
    let own = format!("`{document}§{}`", section.address);
    if printed.contains(&own) {
        return Ok(());
    }
    context.hint(if printed.is_empty() {
        format!("{asked} is a position; this section is {own} by its printed labels")
    } else {
        format!(
            "{asked} is a position; this section is {own} by its printed labels, and {asked} is printed at {}",
            printed.join(", ")
        )
    })
}

/// Returns the path of a file as the index shows it; its absolute path if that one leads elsewhere from the working
/// folder.
pub(super) fn path_from_here(file: &IndexedFile) -> PathBuf {
    if absolute(&file.path) == file.location {
        file.path.clone()
    } else {
        file.location.clone()
    }
}

/// Writes a path as a line: for a terminal without control characters, for a program as it is.
pub(super) fn write_path(context: &mut Context<'_>, path: &Path) -> anyhow::Result<()> {
    let whole = path.to_string_lossy();
    if context.interactive {
        writeln!(context.out, "{}", clean(&whole))?;
    } else {
        writeln!(context.out, "{whole}")?;
    }
    Ok(())
}

/// Writes records as JSON Lines: the one asked for, then those that belong to it.
fn json(context: &mut Context<'_>, parsed: &Parsed, target: &Target) -> anyhow::Result<()> {
    match target {
        Target::Passage(passage, notes) => {
            context.json(passage)?;
            notes.iter().try_for_each(|note| context.json(note))
        }
        Target::Footnote(note, caller) => {
            context.json(note)?;
            caller.iter().try_for_each(|passage| context.json(passage))
        }
        Target::Section(section, passages) => {
            context.json(section)?;
            passages.iter().try_for_each(|passage| context.json(passage))
        }
        Target::Page(_, passages) => passages.iter().try_for_each(|passage| context.json(passage)),
        Target::Document(sections, passages) => {
            context.json(&parsed.document_record())?;
            sections.iter().try_for_each(|section| context.json(section))?;
            passages.iter().try_for_each(|passage| context.json(passage))
        }
    }
}

/// Writes the target for a terminal, under the head line of its document.
fn text(
    context: &mut Context<'_>,
    args: &ShowArgs,
    index: &Index,
    parsed: &Parsed,
    target: &Target,
) -> anyhow::Result<()> {
    let version = args.reading.version();
    let mut list = Listing::new(context.out, context.screen, index);
    list.document(&parsed.document.id)?;
    match target {
        Target::Passage(passage, notes) => passage_with_notes(&mut list, args, parsed, passage, notes)?,
        Target::Footnote(note, caller) => {
            documents::footnote(&mut list, note, version)?;
            if let Some(passage) = caller {
                passage_with_notes(&mut list, args, parsed, passage, &[])?;
            }
        }
        Target::Section(section, passages) => {
            documents::section_title(list.out, list.screen, section)?;
            for record in passages {
                documents::passage(&mut list, record, version)?;
            }
        }
        Target::Page(_, passages) | Target::Document(_, passages) => {
            for record in passages {
                list.passage(hits::place(record), &[])?;
                documents::passage(&mut list, record, version)?;
            }
        }
    }
    list.legend()?;
    Ok(())
}

/// Writes a passage with its place, or the lines of the file around it if asked for, and the notes that it calls.
fn passage_with_notes(
    list: &mut Listing<'_>,
    args: &ShowArgs,
    parsed: &Parsed,
    passage: &PassageRecord,
    notes: &[FootnoteRecord],
) -> anyhow::Result<()> {
    let version = args.reading.version();
    list.passage(hits::place(passage), &[])?;
    match args.around.context {
        Some(around) => {
            documents::lines_around(list.out, list.screen, parsed, passage.lines, around, version)?;
        }
        None => documents::passage(list, passage, version)?,
    }
    for note in notes {
        documents::footnote(list, note, version)?;
    }
    Ok(())
}
