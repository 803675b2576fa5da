//! What is known about a document as a whole.

use super::Metadata;
use super::layout::Sheet;
use crate::reading::Reading;

/// Reads the metadata from the rows `header` and from the text.
pub(super) fn read(_sheet: &Sheet<'_>, _reading: &Reading, _header: &[usize]) -> Metadata {
    Metadata::default()
}
