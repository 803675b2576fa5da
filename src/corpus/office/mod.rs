//! Word processors: `.docx`, `.doc`, `.rtf` and `.odt`.
//!
//! ```text
//! .docx ─ docx ─┐                                              ┌─▶ text: a paragraph, a row of a table, a note a line
//! .odt  ─ odt  ─┤                                              │
//! .rtf  ─ rtf  ─┼─▶ flow: paragraphs, tables, notes ─ written ─┤
//! .doc  ─ doc  ─┘                                              └─▶ structure: what the format says about each line
//! ```
//!
//! A reader per format turns the bytes of a file into a [`Flow`], with the labels of automatic lists as Word prints
//! them and without what is not printed (deleted text, comments, hidden text, field codes). `flow/written.rs` makes one
//! text of it. [`package`] opens the ZIP archives of the newer formats within limits.

mod doc;
mod docx;
#[cfg(test)]
mod mutations;
pub(super) mod numbers;
mod odt;
mod package;
mod rtf;
mod sheet;
mod symbols;
mod xml;

use super::content::{Content, Origin};
use super::error::ErrorKind;
use super::flow::{Flow, convert_letters, write};
use super::format::Format;
use package::Package;

/// A part of archives that are no documents of a word processor, and what such an archive is.
const OTHER_ARCHIVES: [(&str, &str); 5] = [
    ("xl/workbook.bin", "a binary workbook of Excel"),
    ("ppt/presentation.xml", "a presentation of PowerPoint"),
    ("META-INF/container.xml", "an electronic book"),
    ("META-INF/MANIFEST.MF", "a program"),
    ("content.xml", "a file of OpenDocument that is no text"),
];

/// Reads a file that begins like one of a word processor.
///
/// # Errors
/// [`ErrorKind::Binary`] for an archive or compound file of another kind, [`ErrorKind::Damaged`] for a damaged one,
/// [`ErrorKind::NoWords`].
pub(super) fn read(bytes: &[u8]) -> Result<Content, ErrorKind> {
    let (format, mut flow) = read_flow(bytes)?;
    convert_letters(&mut flow);
    let written = write(&flow);
    if written.text.trim().is_empty() {
        return Err(ErrorKind::NoWords);
    }
    Ok(Content {
        format,
        origin: Origin::of_letters(&written.letters),
        encoding: written.letters.encoding(),
        text: written.text,
        structure: written.structure,
        letters: written.letters,
        ..Content::default()
    })
}

/// Reads a file of a word processor; its first bytes tell the format.
fn read_flow(bytes: &[u8]) -> Result<(Format, Flow), ErrorKind> {
    if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        return match sheet::read_xls(bytes)? {
            Some(flow) => Ok((Format::Xls, flow)),
            None => Ok((Format::Doc, doc::read(bytes)?)),
        };
    }
    if bytes.starts_with(b"PK") {
        return read_archive(bytes);
    }
    if bytes.starts_with(b"{\\rtf") {
        return Ok((Format::Rtf, rtf::read(bytes)));
    }
    Err(ErrorKind::Binary("a file of a word processor"))
}

/// Reads the document that an archive is; the parts in it tell the format.
fn read_archive(bytes: &[u8]) -> Result<(Format, Flow), ErrorKind> {
    let mut package = Package::open(bytes)?;
    if let Some(main) = docx::main_part(&mut package)? {
        return Ok((Format::Docx, docx::read(&mut package, &main)?));
    }
    if sheet::is_workbook(&package) {
        return Ok((Format::Xlsx, sheet::read_xlsx(&mut package, bytes)?));
    }
    if odt::is_text(&mut package)? {
        return Ok((Format::Odt, odt::read(&mut package)?));
    }
    let kind = OTHER_ARCHIVES.iter().find(|(part, _)| package.has(part));
    Err(ErrorKind::Binary(kind.map_or("a ZIP archive", |(_, name)| name)))
}
