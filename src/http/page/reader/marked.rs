//! Where the words of a question stand in a document that is read: as the search that led there has them.

use std::collections::HashMap;

use crate::http::page::shell::query_string::{SearchUrl, filters};
use crate::http::problem::Problem;
use crate::index::{Facet, Index};
use crate::query;
use crate::search::{self, Options, Snippet, Sort};
use crate::text::Span;

/// The passages of one document that a question finds.
#[derive(Debug, Default)]
pub(crate) struct Marked {
    /// Each passage as a snippet of its whole text, by its id.
    passages: HashMap<String, Snippet>,
    /// The id of the first.
    pub(crate) first: Option<String>,
}

impl Marked {
    /// Searches the document `id` for what is asked; nothing where no words are.
    ///
    /// # Errors
    /// Those of searching.
    pub(crate) fn of(index: &Index, asked: &SearchUrl, id: &str) -> Result<Self, Problem> {
        if asked.typed.is_empty() {
            return Ok(Self::default());
        }
        let (query, _) = query::parse(&asked.typed);
        let filters = filters(index, &[(Facet::Document, id.to_owned())])?;
        let options = Options {
            marks: asked.marks,
            sort: Sort::Document,
            limit: usize::MAX,
            snippet_chars: usize::MAX,
            ..Options::default()
        };
        let hits = search::search(index, &query, &filters, &options)?.hits;
        Ok(Self {
            first: hits.first().map(|hit| hit.stored.record.passage.clone()),
            passages: hits
                .into_iter()
                .map(|hit| (hit.stored.record.passage, hit.repaired_snippet.unwrap_or(hit.snippet)))
                .collect(),
        })
    }

    /// Number of passages.
    pub(crate) fn count(&self) -> usize {
        self.passages.len()
    }

    /// What of the passage `id` matched, in bytes of `text`, in which marks of notes may stand otherwise than where it
    /// was searched.
    pub(crate) fn hits(&self, id: &str, text: &str) -> Vec<Span> {
        self.passages
            .get(id)
            .map_or_else(Vec::new, |snippet| spans(snippet, text))
    }
}

/// Where the matches of a snippet stand in a text that differs from the snippet's own in some places.
fn spans(snippet: &Snippet, text: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut at = 0;
    for piece in &snippet.pieces {
        let Some(found) = text.get(at..).and_then(|rest| rest.find(&piece.text)) else {
            continue;
        };
        let start = at + found;
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
            cut_behind: false,
        };
        let text = "của Đảng⁶, chi bộ";
        let found: Vec<&str> = spans(&snippet, text).into_iter().map(|span| span.slice(text)).collect();
        assert_eq!(found, ["chi", "bộ"]);
    }
}
