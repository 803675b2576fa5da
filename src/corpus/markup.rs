//! XML and HTML as OCR programs write them, to a balanced sequence of elements and text.
//!
//! Tolerant where the two differ: `<br>` and `<meta>` need no end, an end without a beginning is passed over,
//! an end closes what was left open inside. Strict where a file is cut off or hostile: what a document type
//! declares is never expanded, and depth is bounded.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::escape::resolve_html5_entity;
use quick_xml::events::{BytesStart, Event};

use super::error::ErrorKind;

/// Elements may lie so deep in one another; hOCR and ALTO need some ten.
const MAX_DEPTH: usize = 100;

/// Elements of HTML that have no end (HTML Living Standard, 13.1.2 "void elements").
const VOID: [&str; 13] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
];

/// One step through a file.
#[derive(Debug)]
pub(super) enum MarkupEvent<'t> {
    /// An element begins; its [`MarkupEvent::Close`] follows in any case.
    Open(Element<'t>),
    /// Text, entities resolved.
    Text(Cow<'t, str>),
    /// The innermost open element ends.
    Close,
}

/// An element with its attributes.
#[derive(Debug)]
pub(super) struct Element<'t>(BytesStart<'t>);

impl Element<'_> {
    /// Its name without a namespace prefix.
    pub(super) fn name(&self) -> &str {
        self.0.local_name().into_inner()
    }

    /// The value of an attribute, entities resolved.
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

    /// An attribute that is a number.
    pub(super) fn number(&self, name: &str) -> Option<f32> {
        let number: f32 = self.attribute(name)?.trim().parse().ok()?;
        number.is_finite().then_some(number)
    }
}

/// Walks a file from its beginning to its end.
pub(super) struct Markup<'t> {
    text: &'t str,
    reader: Reader<&'t [u8]>,
    /// Names of the open elements, outermost first.
    open: Vec<String>,
    /// Elements that have ended and are still to be told.
    closing: usize,
}

impl<'t> Markup<'t> {
    /// Begins at the beginning of `text`.
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

    /// The next step; `None` at the end.
    ///
    /// # Errors
    /// [`ErrorKind::Markup`] where the file breaks off, is no markup, is nested too deep or declares entities.
    pub(super) fn next(&mut self) -> Result<Option<MarkupEvent<'t>>, ErrorKind> {
        loop {
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
                    let inside = self.open.iter().rev().position(|open| open.eq_ignore_ascii_case(name));
                    self.closing = inside.map_or(0, |inside| inside + 1);
                }
                Event::Text(text) => return Ok(Some(MarkupEvent::Text(text.into_inner()))),
                Event::CData(text) => return Ok(Some(MarkupEvent::Text(text.into_inner()))),
                Event::GeneralRef(entity) => {
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

    /// An element begins, and ends too if it is `empty`.
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

    /// What is wrong where the reader stands.
    fn error(&self, message: String) -> ErrorKind {
        let at = (self.reader.buffer_position() as usize).min(self.text.len());
        ErrorKind::Markup {
            line: memchr::memchr_iter(b'\n', &self.text.as_bytes()[..at]).count() + 1,
            message,
        }
    }
}

/// The name of the outermost element of `text`, which may be cut off anywhere; `None` for what is no markup.
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
            // What is wrong before it is for whoever reads the file; behind an error the reader is at the end.
            Err(_) => {}
            Ok(_) => return None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The steps of `text` as one line, or the error.
    fn walk(text: &str) -> String {
        let mut markup = Markup::of(text);
        let mut told = String::new();
        loop {
            match markup.next() {
                Ok(Some(MarkupEvent::Open(element))) => told += &format!("<{}", element.name()),
                Ok(Some(MarkupEvent::Text(text))) => told += &text,
                Ok(Some(MarkupEvent::Close)) => told += ">",
                Ok(None) => return told,
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
    fn what_is_cut_off_or_hostile_is_told_with_its_line() {
        let rows = [
            ("<div>\n<p>a", "is damaged in line 2: ends inside <div>"),
            ("<a>\n\n<b c='", "is damaged in line"),
            (
                "<!DOCTYPE x [<!ENTITY a 'b'>]>\n<p>&a;</p>",
                "is damaged in line 1: declares entities",
            ),
        ];
        for (text, message) in rows {
            assert!(walk(text).starts_with(message), "{}", walk(text));
        }
        let deep = "<a>".repeat(1_000_000);
        assert!(walk(&deep).contains("nests elements more than 100 deep"));
    }
}
