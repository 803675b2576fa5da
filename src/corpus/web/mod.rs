//! Web pages: `.html`, `.htm`, also those that Word, LibreOffice and Google Docs save.
//!
//! ```text
//! bytes ─ charset ─▶ letters ─ dom ─▶ tree ─┬─ article ─▶ what is left out: the site around the document
//!                                           ├─ style ───▶ bold, centered, hidden, fonts from before Unicode
//!                                           ├─ notes ───▶ links that call notes
//!                                           ├─ tables ──▶ which tables are tables
//!                                           └─ reader ──▶ flow ─▶ text and structure
//! ```
//!
//! A page is read as a browser shows it, without what the site adds. The result is a [`Flow`](super::flow::Flow), as of
//! a file of a word processor.

mod archive;
mod article;
mod charset;
mod dom;
mod labels;
mod notes;
mod reader;
pub(super) mod sniff;
mod style;
mod tables;

use super::content::{Content, Origin};
use super::error::ErrorKind;
use super::flow::write;
use super::format::Format;
use crate::text::Encoding;
use article::Article;
use dom::{Dom, ROOT, Step};
use notes::LinkedNotes;
use reader::Page;
use style::Sheet;

/// Reads a web page.
///
/// # Errors
/// [`ErrorKind::Excessive`] if it is nested too deeply or too large, [`ErrorKind::NoWords`].
pub(super) fn read(bytes: &[u8]) -> Result<Content, ErrorKind> {
    let (text, encoding) = if sniff::is_archive(bytes) {
        charset::decode(&archive::page(bytes)?)
    } else {
        charset::decode(bytes)
    };
    let dom = Dom::parse(&text)?;
    let sheet = sheet(&dom);
    let article = Article::find(&dom, &sheet);
    let flow = reader::read(&Page {
        dom: &dom,
        sheet: &sheet,
        article: &article,
        notes: &LinkedNotes::find(&dom, &article),
        tables: &tables::kinds(&dom, &article),
    });
    let written = write(&flow);
    if written.text.trim().is_empty() {
        return Err(ErrorKind::NoWords);
    }
    let converted = written.letters.encoding();
    let converted = converted.or((encoding == encoding_rs::WINDOWS_1258).then_some(Encoding::Cp1258));
    let is_wide = encoding == encoding_rs::UTF_16LE || encoding == encoding_rs::UTF_16BE;
    Ok(Content {
        format: Format::Html,
        origin: if converted.is_some() {
            Origin::Converted
        } else {
            Origin::Text
        },
        encoding: converted.or(Some(if is_wide { Encoding::Utf16 } else { Encoding::Utf8 })),
        text: written.text,
        structure: written.structure,
        letters: written.letters,
        ..Content::default()
    })
}

/// Reads the style sheets in a page.
fn sheet(dom: &Dom) -> Sheet {
    let mut sheet = Sheet::default();
    for step in dom.walk(ROOT) {
        if let Step::Open(id) = step
            && dom.name(id) == "style"
        {
            for css in dom.children(id).filter_map(|child| dom.text(child)) {
                sheet.add(css);
            }
        }
    }
    sheet
}
