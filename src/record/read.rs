//! The chain from a file or a text to a [`Parsed`] document: text, reading, document, citations.
//!
//! Builds of the index, drafts and pasted texts all go through it.

use super::Parsed;
use crate::citation;
use crate::corpus::{self, Content, Entry, Facsimile};
use crate::document::{self, Document};
use crate::reading::{Model, Reader, Reading};
use crate::text::Span;

/// Parses a bare document ([`bare`]) with the reading of its text.
pub(crate) type ParseFn<'p> = dyn Fn(Parsed, Reading) -> Parsed + Sync + 'p;

/// Reads and parses a file that is not in the index, such as a draft. `model` is called only if the text is damaged;
/// it returns the model to read the text with.
///
/// # Errors
/// Those of [`Entry::read`] and of `model`.
pub fn read_draft<'m, E>(entry: &Entry, model: impl FnOnce() -> Result<&'m Model, E>) -> Result<Parsed, E>
where
    E: From<corpus::Error>,
{
    let bare = bare(entry, entry.read()?.content);
    let reading = reading_of(&bare.document.text, &bare.facsimile, model)?;
    Ok(parse(bare, reading))
}

/// Parses the content of a file that is not in the index and not on a disk, such as a draft that was sent, as a document
/// with this id. `model` is called only if the text is damaged; it returns the model to read the text with.
///
/// # Errors
/// Those of `model`.
pub fn read_content<'m, E>(
    id: &str,
    content: Content,
    model: impl FnOnce() -> Result<&'m Model, E>,
) -> Result<Parsed, E> {
    let reading = reading_of(&content.text, &content.facsimile, model)?;
    Ok(parse(of_content(id.to_owned(), String::new(), content), reading))
}

/// Parses a text that has no file, such as a pasted one. `model` is called only if the text is damaged; it returns the
/// model to read the text with.
///
/// # Errors
/// Those of `model`.
pub fn read_text<'m, E>(text: String, model: impl FnOnce() -> Result<&'m Model, E>) -> Result<Parsed, E> {
    let reading = reading_of(&text, &Facsimile::default(), model)?;
    let document = Document {
        text,
        ..Document::default()
    };
    let bare = Parsed {
        document,
        ..Parsed::default()
    };
    Ok(parse(bare, reading))
}

/// Returns the reading of `text`, repaired if the text is damaged or if an OCR was unsure of words of its `facsimile`.
/// `model` is called only then; it returns the model to read the text with.
///
/// # Errors
/// Those of `model`.
pub(crate) fn reading_of<'m, E>(
    text: &str,
    facsimile: &Facsimile,
    model: impl FnOnce() -> Result<&'m Model, E>,
) -> Result<Reading, E> {
    let reading = Reading::unrepaired(text);
    if needs_model(&reading, facsimile) {
        let words: Vec<(Span, f32)> = facsimile.confidences().collect();
        return Ok(Reader::new(model()?).read_recognized(text, &words));
    }
    Ok(reading)
}

/// Returns true if a text is read with a model: it is damaged, or an OCR reports how sure it was of its words.
pub(crate) fn needs_model(reading: &Reading, facsimile: &Facsimile) -> bool {
    reading.is_damaged() || facsimile.confidences().next().is_some()
}

/// Returns the document of a file before it is parsed: its id, its path and its content.
pub(crate) fn bare(entry: &Entry, content: Content) -> Parsed {
    of_content(entry.id.clone(), entry.display_path(), content)
}

/// Returns a document before it is parsed: its id, its path and its content.
fn of_content(id: String, path: String, content: Content) -> Parsed {
    let Content {
        format,
        origin,
        encoding,
        text,
        structure,
        letters,
        facsimile,
        unread: _,
    } = content;
    Parsed {
        document: Document {
            id,
            path,
            text,
            ..Document::default()
        },
        format,
        origin,
        encoding,
        structure,
        letters,
        facsimile,
        ..Parsed::default()
    }
}

/// Parses a [`bare`] document with the reading of its text, and finds what it cites.
pub(crate) fn parse(mut bare: Parsed, mut reading: Reading) -> Parsed {
    let Document { id, path, text, .. } = std::mem::take(&mut bare.document);
    // What was converted is as printed: it has no damage that could be repaired.
    reading.repairs.retain(|repair| !bare.letters.touches(repair.span));
    let document = document::parse_structured(&id, &path, text, &bare.structure, &reading);
    let citations = citation::find(&document, &reading);
    Parsed {
        document,
        reading,
        citations,
        ..bare
    }
}
