//! Word documents since 2007: `.docx`, and `.docm` and `.dotx`, which differ in what is not printed.
//!
//! ```text
//! archive ─ relations ─▶ styles, numbering, settings, fonts of the theme
//!                     └▶ document ─ story: paragraphs, runs, tables, fields ─▶ flow
//!                     └▶ footnotes, endnotes ─────────────── notes ──────────▶ flow
//! ```
//!
//! The bodies of the pages as Word prints them come out in the order of reading: text that was inserted, the results of
//! fields, text boxes after the paragraph that they are anchored in, the labels of automatic lists. What it does not
//! print stays out: deleted and hidden text, comments, field codes. So do headers, footers, embedded objects, and
//! tables of contents: each line of those repeats a heading.
//!
//! Source: ECMA-376 part 1 (the parts, 11.3; `WordprocessingML`, 17).

mod calls;
mod drafts;
mod fonts;
mod notes;
mod numbering;
mod numerals;
mod paragraphs;
mod parts;
mod properties;
mod relations;
mod runs;
mod sections;
mod story;
mod styles;
mod tables;
#[cfg(test)]
mod tests;

use super::package::Package;
use super::xml::{Xml, XmlEvent};
use crate::corpus::error::ErrorKind;
use crate::corpus::flow::Flow;
use calls::{Call, NoteKind};
use parts::Parts;
use relations::Relations;
use story::Story;

/// The name of the main part, where nothing says another.
const USUAL_MAIN_PART: &str = "word/document.xml";

/// Returns the name of the main part if the archive is a document of Word.
///
/// # Errors
/// Those of reading the relations of the archive and the beginning of the part.
pub(super) fn main_part(package: &mut Package<'_>) -> Result<Option<String>, ErrorKind> {
    let relations = Relations::of(package, "")?;
    let name = relations.find("officeDocument").unwrap_or(USUAL_MAIN_PART).to_owned();
    let Some(member) = package.member(&name)? else {
        return Ok(None);
    };
    // The main part of a workbook may be no XML.
    if !has_extension(&name, "xml") {
        return Ok(None);
    }
    let mut xml = Xml::of(&name, member);
    while let Some(event) = xml.next()? {
        if let XmlEvent::Open(root) = event {
            let is_document = root.name() == "document";
            return Ok(is_document.then_some(name));
        }
    }
    Err(ErrorKind::Damaged(format!("its part {name} is empty")))
}

/// Reads the document of Word whose main part is `main`.
///
/// # Errors
/// [`ErrorKind::Damaged`], [`ErrorKind::Encrypted`], [`ErrorKind::Excessive`].
pub(super) fn read(package: &mut Package<'_>, main: &str) -> Result<Flow, ErrorKind> {
    let relations = Relations::of(package, main)?;
    let parts = Parts::read(package, &relations)?;
    let mut story = Story::of(&parts);
    let Some(member) = package.member(main)? else {
        return Err(ErrorKind::Damaged(format!("its part {main} is missing")));
    };
    let blocks = story.document(&mut Xml::of(main, member))?;
    let mut notes = story.take_notes();
    for kind in NoteKind::ALL {
        let name = relations.part(kind.part());
        if let Some(member) = package.member(&name)? {
            story.note_bodies(&mut Xml::of(&name, member), kind, &mut notes)?;
        }
    }
    Ok(Flow {
        blocks,
        notes: notes.into_iter().map(Call::into_note).collect(),
    })
}

/// Returns true if the name of a part ends with `extension`, whatever its case.
fn has_extension(name: &str, extension: &str) -> bool {
    let own = name.rsplit_once('.').map(|(_, own)| own);
    own.is_some_and(|own| own.eq_ignore_ascii_case(extension))
}
