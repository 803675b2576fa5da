//! Citations in the passages of one document.

use super::Citation;
use crate::document::Document;
use crate::reading::Reading;

/// Finds every citation in `document`, in order of [`Citation::start`]; `reading` is that of its text.
#[must_use]
pub fn find(_document: &Document, _reading: &Reading) -> Vec<Citation> {
    Vec::new()
}
