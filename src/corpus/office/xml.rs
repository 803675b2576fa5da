//! Reads the XML of office files, part by part, as a stream.
//!
//! Elements and attributes are known by their local names: Word writes `w:p`, other programs other prefixes or none, and
//! files in the strict form of ECMA-376 have other namespaces for the same names. Office XML is well-formed, so what is
//! not is an error, unlike in [`markup`](crate::corpus::markup), which reads HTML. Entities that a document type
//! declares are refused, the depth is bounded, and so is each piece that is held in memory.

use std::borrow::Cow;
use std::fmt::Display;
use std::io::{self, BufRead, BufReader, Read};

use quick_xml::Reader;
use quick_xml::errors::Error as SyntaxError;
use quick_xml::escape::{resolve_predefined_entity, unescape};
use quick_xml::events::{BytesStart, Event};

use super::package::reading_error;
use crate::corpus::error::ErrorKind;

/// The deepest nesting of elements. A text box in a cell of a table needs about 30, and each level of nested tables
/// three.
const MAX_DEPTH: usize = 300;

/// The most bytes of a tag or of an unbroken text. Word keeps pictures in attributes, some megabytes each.
const MAX_PIECE_BYTES: usize = 24_000_000;

/// The bytes that are unpacked at a time.
const CHUNK_BYTES: usize = 1 << 16;

/// An event inside the element that is being read.
#[derive(Debug)]
pub(super) enum XmlEvent<'x> {
    /// The start of an element. Whoever receives it reads the element, to the `None` that ends it, or calls
    /// [`Xml::skip`].
    Open(Tag<'x>),
    /// Text, with its entities resolved. A text may come in several pieces.
    Text(Cow<'x, str>),
}

/// The tag that starts an element.
#[derive(Debug)]
pub(super) struct Tag<'x>(BytesStart<'x>);

/// A part of an office file, read from beginning to end.
pub(super) struct Xml<R: Read> {
    reader: Reader<Metered<R>>,
    /// The name of the part, for errors.
    part: String,
    /// The bytes of the current event.
    piece: Vec<u8>,
    /// The number of open elements.
    depth: usize,
}

/// A buffered stream that bounds what is read for one event.
struct Metered<R: Read> {
    stream: BufReader<R>,
    /// The bytes that the current event may still take.
    left: usize,
}

/// The error of an event that takes more than [`MAX_PIECE_BYTES`].
#[derive(Debug, thiserror::Error)]
#[error("a piece of more than {} MB", MAX_PIECE_BYTES / 1_000_000)]
struct Overlong;

impl Tag<'_> {
    /// Returns its name without a namespace prefix.
    pub(super) fn name(&self) -> &str {
        self.0.local_name().into_inner()
    }

    /// Returns the value of the attribute with this local name, its entities resolved.
    pub(super) fn attribute(&self, name: &str) -> Option<Cow<'_, str>> {
        let mut attributes = self.0.attributes();
        let found = attributes
            .with_checks(false)
            .flatten()
            .find(|attribute| attribute.key.local_name().into_inner() == name)?;
        if !found.value.contains('&') {
            return Some(found.value);
        }
        let value = unescape(&found.value).map(Cow::into_owned);
        Some(Cow::Owned(value.unwrap_or_else(|_| found.value.into_owned())))
    }

    /// Returns the value of the attribute with this local name, if it is a whole number.
    pub(super) fn number<N: std::str::FromStr>(&self, name: &str) -> Option<N> {
        self.attribute(name)?.trim().parse().ok()
    }
}

impl<R: Read> Xml<R> {
    /// Creates a reader of `stream`, the part with the name `part`.
    pub(super) fn of(part: &str, stream: R) -> Self {
        let mut reader = Reader::from_reader(Metered {
            stream: BufReader::with_capacity(CHUNK_BYTES, stream),
            left: 0,
        });
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.allow_dangling_amp = true;
        Self {
            reader,
            part: part.to_owned(),
            piece: Vec::new(),
            depth: 0,
        }
    }

    /// Returns the next event in the element that is being read, or `None` at its end. Outside of all elements, `None`
    /// is the end of the part.
    ///
    /// # Errors
    /// [`ErrorKind::Damaged`] if the part is cut off or not well-formed, [`ErrorKind::Excessive`] if it is too deep or
    /// too large.
    pub(super) fn next(&mut self) -> Result<Option<XmlEvent<'_>>, ErrorKind> {
        self.piece.clear();
        self.reader.get_mut().left = MAX_PIECE_BYTES;
        let event = match self.reader.read_event_into(&mut self.piece) {
            Ok(event) => event,
            Err(SyntaxError::Io(error)) => return Err(stream_error(&self.part, &error)),
            Err(error) => return Err(damaged(&self.part, &error)),
        };
        Ok(Some(match event {
            Event::Start(start) if self.depth == MAX_DEPTH => {
                return Err(damaged(&self.part, &format_args!("<{}> is nested too deeply", &*start)));
            }
            Event::Start(start) => {
                self.depth += 1;
                XmlEvent::Open(Tag(start))
            }
            Event::End(_) => {
                self.depth -= 1;
                return Ok(None);
            }
            Event::Eof if self.depth > 0 => return Err(damaged(&self.part, &"it is cut off")),
            Event::Eof => return Ok(None),
            Event::Text(text) => XmlEvent::Text(text.into_inner()),
            Event::CData(text) => XmlEvent::Text(text.into_inner()),
            Event::GeneralRef(entity) => XmlEvent::Text(resolved(&entity, entity.resolve_char_ref().ok().flatten())),
            Event::DocType(declared) if declared.contains("<!ENTITY") => {
                return Err(damaged(&self.part, &"it declares entities"));
            }
            // What is left out is an empty text: a loop here would have to hold the piece and read into it.
            Event::DocType(_) | Event::Decl(_) | Event::PI(_) | Event::Comment(_) | Event::Empty(_) => {
                XmlEvent::Text(Cow::Borrowed(""))
            }
        }))
    }

    /// Skips the rest of the element that is being read.
    ///
    /// # Errors
    /// Those of [`Self::next`].
    pub(super) fn skip(&mut self) -> Result<(), ErrorKind> {
        let outside = self.depth.saturating_sub(1);
        while self.depth > outside {
            self.next()?;
        }
        Ok(())
    }

    /// Returns all text in the element that is being read, also that of elements in it.
    ///
    /// # Errors
    /// Those of [`Self::next`].
    pub(super) fn text(&mut self) -> Result<String, ErrorKind> {
        let outside = self.depth.saturating_sub(1);
        let mut whole = String::new();
        while self.depth > outside {
            if let Some(XmlEvent::Text(text)) = self.next()? {
                whole.push_str(&text);
            }
        }
        Ok(whole)
    }
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.stream.read(buffer)
    }
}

impl<R: Read> BufRead for Metered<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.left == 0 {
            return Err(io::Error::other(Overlong));
        }
        self.stream.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.left = self.left.saturating_sub(amount);
        self.stream.consume(amount);
    }
}

/// Returns what a reference to an entity stands for: `char` if it is one to a character; a name that XML does not define
/// stays as written.
fn resolved<'x>(name: &str, char: Option<char>) -> Cow<'x, str> {
    if let Some(char) = char {
        return Cow::Owned(char.to_string());
    }
    resolve_predefined_entity(name).map_or_else(|| Cow::Owned(format!("&{name};")), Cow::Borrowed)
}

/// Returns the error of the file for a mistake in the XML of `part`.
fn damaged(part: &str, mistake: &dyn Display) -> ErrorKind {
    ErrorKind::Damaged(format!("in its part {part}: {mistake}"))
}

/// Returns the error of the file for one of the stream of `part`.
fn stream_error(part: &str, error: &io::Error) -> ErrorKind {
    if error.get_ref().is_some_and(|inner| inner.is::<Overlong>()) {
        ErrorKind::Excessive(format!("a part, {part}, with {Overlong}"))
    } else {
        reading_error(part, error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The events of `text` as one line, or the error.
    fn walk(text: &str) -> String {
        let mut xml = Xml::of("p.xml", text.as_bytes());
        let mut events = String::new();
        let mut open = 0;
        loop {
            match xml.next() {
                Ok(Some(XmlEvent::Open(tag))) => {
                    open += 1;
                    events += &format!("<{}", tag.name());
                    if let Some(value) = tag.attribute("val") {
                        events += &format!("={value}");
                    }
                }
                Ok(Some(XmlEvent::Text(text))) => events += &text,
                Ok(None) if open == 0 => return events,
                Ok(None) => {
                    open -= 1;
                    events += ">";
                }
                Err(error) => return error.to_string(),
            }
        }
    }

    #[test]
    fn names_are_local_and_empty_elements_end() {
        let rows = [
            ("<w:p><w:t>a&amp;b</w:t></w:p>", "<p<ta&b>>"),
            ("<p xmlns='x'><t w:val='1'/></p>", "<p<t=1>>"),
            (
                "<?xml version='1.0'?><!-- x --><a val='&lt;&#x111;'><![CDATA[<b>]]></a>",
                "<a=<đ<b>>",
            ),
            ("<a>R&D &none; &#273;</a>", "<aR&D &none; đ>"),
        ];
        for (text, events) in rows {
            assert_eq!(walk(text), events, "{text}");
        }
    }

    #[test]
    fn what_is_not_well_formed_is_an_error() {
        let rows = [
            ("<a><b></b>", "is damaged: in its part p.xml: it is cut off"),
            ("<a><b c='", "is damaged: in its part p.xml: "),
            ("<a></b></a>", "is damaged: in its part p.xml: "),
            ("</a>", "is damaged: in its part p.xml: "),
            (
                "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>",
                "is damaged: in its part p.xml: it declares entities",
            ),
        ];
        for (text, error) in rows {
            assert!(walk(text).starts_with(error), "{text}: {}", walk(text));
        }
        assert!(walk(&"<a>".repeat(100_000)).contains("<a> is nested too deeply"));
        assert!(walk(&"a".repeat(MAX_PIECE_BYTES + CHUNK_BYTES)).contains("with a piece of more than 24 MB"));
    }

    #[test]
    fn elements_are_skipped_and_read_whole() {
        let mut xml = Xml::of("p.xml", "<a><b>x<c>y</c></b><b>x<c>y</c>z</b>e</a>".as_bytes());
        let mut found = String::new();
        xml.next().unwrap();
        xml.next().unwrap();
        xml.skip().unwrap();
        xml.next().unwrap();
        found += &xml.text().unwrap();
        if let Some(XmlEvent::Text(text)) = xml.next().unwrap() {
            found += &text;
        }
        assert_eq!(found, "xyze");
        assert_eq!(xml.depth, 1);
    }
}
