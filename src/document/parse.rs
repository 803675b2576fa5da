//! The only way in: a file's text and its reading to a [`Document`].

use super::Document;
use crate::reading::Reading;

/// Parses `text`, the whole of a file named `path`, into the document `id`.
#[must_use]
pub fn parse(id: &str, path: &str, text: String, _reading: &Reading) -> Document {
    Document {
        id: id.to_owned(),
        path: path.to_owned(),
        text,
        metadata: super::Metadata::default(),
        pages: Vec::new(),
        sections: Vec::new(),
        passages: Vec::new(),
        footnotes: Vec::new(),
        furniture: Vec::new(),
        diagnostics: Vec::new(),
    }
}
