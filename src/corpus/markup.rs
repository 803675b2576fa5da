//! Reads XML and HTML as OCR programs write them, as a balanced sequence of elements and text.
//!
//! The reader is tolerant where the two languages differ: `<br>` and `<meta>` need no end tag, an end tag without a
//! start is skipped, and an end tag closes the elements left open inside. It is strict where a file is cut off or
//! hostile: entities that a document type declares are never expanded, and the depth is bounded.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::escape::resolve_html5_entity;
use quick_xml::events::{BytesStart, Event};

use super::error::ErrorKind;

/// The deepest nesting of elements that is accepted; hOCR and ALTO need about ten.
const MAX_DEPTH: usize = 100;

/// Elements of HTML without an end tag (HTML Living Standard, 13.1.2 "void elements").
const VOID: [&str; 13] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
];

/// One event of a file.
#[derive(Debug)]
pub(super) enum MarkupEvent<'t> {
    /// The start of an element; its [`MarkupEvent::Close`] always follows.
    Open(Element<'t>),
    /// Text, with its entities resolved.
    Text(Cow<'t, str>),
    /// The end of the innermost open element.
    Close,
}

/// An element with its attributes.
#[derive(Debug)]
pub(super) struct Element<'t>(BytesStart<'t>);

impl Element<'_> {
    /// Returns its name without a namespace prefix.
    pub(super) fn name(&self) -> &str {
        self.0.local_name().into_inner()
    }

    /// Returns the value of an attribute, with its entities resolved.
    pub(super) fn attribute(&self, name: &str) -> Option<String> {
        let mut attributes = self.0.html_attributes();
        let found = attributes
            .with_checks(false)
            .flatten()
            .find(|attribute| attribute.key.local_name().into_inner() == name)?;
        let raw = found.value;
        let value = quick_xml::escape::unescape_with(&raw, resolve_html5_entity).map(Cow::into_owned);
        Some(value.unwrap_or_else(|_| raw.into_owned()))
    }

    /// Returns the value of an attribute that is a finite number.
    pub(super) fn number(&self, name: &str) -> Option<f32> {
        let number: f32 = self.attribute(name)?.trim().parse().ok()?;
        number.is_finite().then_some(number)
    }
}

/// Reads a file from beginning to end.
pub(super) struct Markup<'t> {
    text: &'t str,
    reader: Reader<&'t [u8]>,
    /// Names of the open elements, outermost first.
    open: Vec<String>,
    /// Number of innermost elements whose [`MarkupEvent::Close`] is still to be returned.
    closing: usize,
}

impl<'t> Markup<'t> {
    /// Creates a reader of `text`.
    pub(super) fn of(text: &'t str) -> Self {
        let text = text.trim_start_matches('\u{feff}');
        let mut reader = Reader::from_str(text);
        let config = reader.config_mut();
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        config.allow_dangling_amp = true;
        Self {
            text,
            reader,
            open: Vec::new(),
            closing: 0,
        }
    }

    /// Returns the next event, or `None` at the end.
    ///
    /// # Errors
    /// [`ErrorKind::Markup`] if the file is cut off, is not markup, is nested too deeply or declares entities.
    pub(super) fn next(&mut self) -> Result<Option<MarkupEvent<'t>>, ErrorKind> {
        loop {
            // One end tag may close several elements; each of them is an event of its own.
            if self.closing > 0 {
                self.closing -= 1;
                self.open.pop();
                return Ok(Some(MarkupEvent::Close));
            }
            let event = self.reader.read_event();
            match event.map_err(|cause| self.error(cause.to_string()))? {
                Event::Start(start) => return self.begin(start, false),
                Event::Empty(start) => return self.begin(start, true),
                Event::End(end) => {
                    let name = end.local_name().into_inner();
                    // An end tag that matches no open element closes none: HTML has many of them.
                    let inside = self.open.iter().rev().position(|open| open.eq_ignore_ascii_case(name));
                    self.closing = inside.map_or(0, |inside| inside + 1);
                }
                Event::Text(text) => return Ok(Some(MarkupEvent::Text(text.into_inner()))),
                Event::CData(text) => return Ok(Some(MarkupEvent::Text(text.into_inner()))),
                Event::GeneralRef(entity) => {
                    // Entities that neither language knows stay as written.
                    let char = entity.resolve_char_ref().ok().flatten();
                    let known = char.map(|char| Cow::from(char.to_string()));
                    let known = known.or_else(|| resolve_html5_entity(&entity).map(Cow::from));
                    return Ok(Some(MarkupEvent::Text(
                        known.unwrap_or_else(|| Cow::from(format!("&{};", &*entity))),
                    )));
                }
                Event::DocType(declared) if declared.contains("<!ENTITY") => {
                    return Err(self.error("declares entities, which are not read".to_owned()));
                }
                Event::DocType(_) | Event::Decl(_) | Event::PI(_) | Event::Comment(_) => {}
                Event::Eof => {
                    return match self.open.first() {
                        Some(open) => Err(self.error(format!("ends inside <{open}>"))),
                        None => Ok(None),
                    };
                }
            }
        }
    }

    /// Opens an element; if it is `empty`, it ends at once.
    fn begin(&mut self, start: BytesStart<'t>, empty: bool) -> Result<Option<MarkupEvent<'t>>, ErrorKind> {
        if self.open.len() == MAX_DEPTH {
            return Err(self.error(format!("nests elements more than {MAX_DEPTH} deep")));
        }
        let name = start.local_name().into_inner().to_owned();
        let void = VOID.iter().any(|void| name.eq_ignore_ascii_case(void));
        self.closing = usize::from(empty || void);
        self.open.push(name);
        Ok(Some(MarkupEvent::Open(Element(start))))
    }

    /// An error at the current position.
    fn error(&self, message: String) -> ErrorKind {
        let at = (self.reader.buffer_position() as usize).min(self.text.len());
        ErrorKind::Markup {
            line: memchr::memchr_iter(b'\n', &self.text.as_bytes()[..at]).count() + 1,
            message,
        }
    }
}

/// Returns true if the first byte of `bytes` that is neither blank nor of a byte order mark is a `<`.
pub(super) fn begins_with_tag(bytes: &[u8]) -> bool {
    let is_skipped = |byte: &&u8| byte.is_ascii_whitespace() || matches!(byte, 0 | 0xef | 0xbb | 0xbf | 0xfe | 0xff);
    bytes.iter().find(|byte| !is_skipped(byte)) == Some(&b'<')
}

/// Returns the name of the outermost element of `text`, which may be cut off anywhere, or `None` if it is not markup.
pub(super) fn root(text: &str) -> Option<String> {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    if !text.starts_with('<') {
        return None;
    }
    let mut markup = Markup::of(text);
    loop {
        match markup.next() {
            Ok(Some(MarkupEvent::Open(element))) => return Some(element.name().to_ascii_lowercase()),
            Ok(Some(MarkupEvent::Text(text))) if text.trim().is_empty() => {}
            // Errors before the root are left to whoever reads the file; after an error the reader is at the end.
            Err(_) => {}
            Ok(_) => return None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The events of `text` as one line, or the error.
    fn walk(text: &str) -> String {
        let mut markup = Markup::of(text);
        let mut events = String::new();
        loop {
            match markup.next() {
                Ok(Some(MarkupEvent::Open(element))) => events += &format!("<{}", element.name()),
                Ok(Some(MarkupEvent::Text(text))) => events += &text,
                Ok(Some(MarkupEvent::Close)) => events += ">",
                Ok(None) => return events,
                Err(error) => return error.to_string(),
            }
        }
    }

    #[test]
    fn what_html_leaves_open_is_closed() {
        let rows = [
            ("<p>a<br>b</p>", "<pa<br>b>"),
            ("<p>a<br/>b</p></div>", "<pa<br>b>"),
            ("<div><p><b>a</div>", "<div<p<ba>>>"),
            ("<P>a</p>", "<Pa>"),
            ("<p>&Ecirc;&#x111;&nbsp;R&D &none;</p>", "<pÊđ\u{a0}R&D &none;>"),
            ("<!-- x --><p><![CDATA[<a>]]></p>", "<p<a>>"),
        ];
        for (text, steps) in rows {
            assert_eq!(walk(text), steps, "{text}");
        }
    }

    #[test]
    fn what_is_cut_off_or_hostile_is_reported_with_its_line() {
        let rows = [
            ("<div>\n<p>a", "is damaged on line 2: ends inside <div>"),
            ("<a>\n\n<b c='", "is damaged on line"),
            (
                "<!DOCTYPE x [<!ENTITY a 'b'>]>\n<p>&a;</p>",
                "is damaged on line 1: declares entities",
            ),
        ];
        for (text, message) in rows {
            assert!(walk(text).starts_with(message), "{}", walk(text));
        }
        let deep = "<a>".repeat(1_000_000);
        assert!(walk(&deep).contains("nests elements more than 100 deep"));
    }
}
