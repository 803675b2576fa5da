//! The matches of a query in one document, for reading it: each with its place in the text.

use std::collections::HashMap;

use super::{Marks, Options, Snippet, Sort, search};
use crate::index::{Error, Index};
use crate::query::{Filters, Query};
use crate::record::Facet;
use crate::text::Span;

/// The passages of one document that a query matches.
#[derive(Debug, Default)]
pub struct Matches {
    /// Each passage as a snippet of its whole text, by its id.
    passages: HashMap<String, Snippet>,
    /// Id of the first passage.
    first: Option<String>,
}

impl Matches {
    /// Searches the document with the id `document` for `query`.
    ///
    /// # Errors
    /// Those of [`search`].
    pub fn of(index: &Index, query: &Query, marks: Marks, document: &str) -> Result<Self, Error> {
        let mut filters = Filters::default();
        filters.add(Facet::Document, document);
        let options = Options {
            marks,
            sort: Sort::Document,
            limit: usize::MAX,
            snippet_chars: usize::MAX,
            ..Options::default()
        };
        let hits = search(index, query, &filters, &options)?.hits;
        Ok(Self {
            first: hits.first().map(|hit| hit.stored.record.passage.clone()),
            passages: hits
                .into_iter()
                .map(|hit| (hit.stored.record.passage, hit.repaired_snippet.unwrap_or(hit.snippet)))
                .collect(),
        })
    }

    /// Returns the number of passages with a match.
    #[must_use]
    pub fn count(&self) -> usize {
        self.passages.len()
    }

    /// Returns true if the passage with the id `passage` has a match.
    #[must_use]
    pub fn has(&self, passage: &str) -> bool {
        self.passages.contains_key(passage)
    }

    /// Returns the id of the first passage with a match.
    #[must_use]
    pub fn first(&self) -> Option<&str> {
        self.first.as_deref()
    }

    /// Returns the matches in the passage with the id `passage`, as bytes of `shown`: its text as a reader sees it, in
    /// which note marks may differ from the text that was searched.
    #[must_use]
    pub fn spans(&self, passage: &str, shown: &str) -> Vec<Span> {
        self.passages
            .get(passage)
            .map_or_else(Vec::new, |snippet| spans_in(snippet, shown))
    }
}

/// Returns the matches of a snippet as bytes of `shown`, a text that may differ from the snippet's own in some places.
fn spans_in(snippet: &Snippet, shown: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut at = 0;
    for piece in &snippet.pieces {
        // Up to the first difference each piece is found where the one before ended. After one, the next piece that
        // occurs leads back: the text itself differs only in the marks of notes.
        let rest = shown.get(at..).unwrap_or_default();
        let Some(skipped) = rest.find(&piece.text) else {
            continue;
        };
        let start = at + skipped;
        at = start + piece.text.len();
        if piece.hit {
            spans.push(Span::new(start, at));
        }
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::Piece;

    #[test]
    fn matches_are_found_again_where_a_mark_of_a_note_differs() {
        let piece = |text: &str, hit: bool| Piece {
            text: text.to_owned(),
            hit,
            unsure: false,
        };
        let snippet = Snippet {
            pieces: vec![
                piece("của Đảng6, ", false),
                piece("chi", true),
                piece(" ", false),
                piece("bộ", true),
            ],
            cut_before: false,
            cut_after: false,
        };
        let text = "của Đảng⁶, chi bộ";
        let found: Vec<&str> = spans_in(&snippet, text)
            .into_iter()
            .map(|span| span.slice(text))
            .collect();
        assert_eq!(found, ["chi", "bộ"]);
    }
}
