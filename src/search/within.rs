//! The matches of a query in one document, for reading it: each with its place in the file.

use std::collections::HashMap;

use super::agreement::Agreement;
use super::restricted::RestrictedPlan;
use super::{Marks, Options, Sort};
use crate::document::Passage;
use crate::index::{Error, Index};
use crate::query::{Filters, Query};
use crate::record::Facet;
use crate::text::{Form, Mapped, Span};

/// The passages of one document that a query matches.
///
/// If the marks of any passage agree with those of the query, passages whose marks contradict them are left out: who
/// reads a document looks for what was meant.
#[derive(Debug, Default)]
pub struct Matches {
    /// The matches in each passage, by its id, as bytes of its text.
    passages: HashMap<String, Vec<Span>>,
    /// Id of the first passage.
    first: Option<String>,
}

impl Matches {
    /// Searches the document with the id `document` for `query`.
    ///
    /// # Errors
    /// Those of [`search`](super::search).
    pub fn of(index: &Index, query: &Query, marks: Marks, document: &str) -> Result<Self, Error> {
        let mut filters = Filters::default();
        filters.add(Facet::Document, document);
        let options = Options {
            marks,
            sort: Sort::Document,
            limit: usize::MAX,
            ..Options::default()
        };
        let mut restricted = RestrictedPlan::of(index, query, &filters, &options, &mut Vec::new())?;
        let searched = restricted.find(index, &options, &[])?;
        let agreeing = searched.matches.total() > searched.matches.folded;
        let matcher = restricted.matcher(marks);
        let mut matches = Self::default();
        for (_, stored) in searched.hits {
            let found = matcher.find(&stored);
            if agreeing && found.agreement == Agreement::Folded {
                continue;
            }
            let id = stored.record.passage;
            matches.first.get_or_insert_with(|| id.clone());
            let cells = found.words.cells.iter().zip(&found.hits);
            let spans = cells.filter(|(_, hit)| **hit > 0).map(|(cell, _)| cell.span);
            matches.passages.insert(id, spans.collect());
        }
        Ok(matches)
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

    /// Returns the matches in `passage`, which has the id `id`, as bytes of `shown`: a view of the file's text `source`
    /// as a reader sees the passage, in which repaired words and note marks differ from the text that was searched.
    #[must_use]
    pub fn spans(&self, id: &str, passage: &Passage, source: &str, shown: &Mapped) -> Vec<Span> {
        let Some(found) = self.passages.get(id) else {
            return Vec::new();
        };
        let searched = Mapped::join(source, &passage.fragments, Form::Source);
        let mut spans: Vec<Span> = found
            .iter()
            .map(|&span| shown.view_span(searched.source_span(span)))
            .filter(|span| !span.is_empty())
            .collect();
        spans.sort_by_key(|span| (span.start, span.end));
        // Words of one repaired stretch are shown as a whole.
        spans.dedup_by(|next, last| {
            let overlaps = next.start < last.end;
            if overlaps {
                *last = last.cover(*next);
            }
            overlaps
        });
        spans
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Place;
    use crate::text::MappedBuilder;

    #[test]
    fn matches_are_shown_where_they_stand_and_not_where_the_same_letters_come_first() {
        // "chi" stands twice; the second one is the match. A note mark and a repaired word come before it.
        let source = "chi cua Đảng6,\nchi bd";
        let passage = Passage {
            address: "1".to_owned(),
            place: Place::Body,
            fragments: vec![Span::new(0, source.len())],
            section: None,
            page: 1,
            footnote: None,
            marks: Vec::new(),
        };
        let mut view = MappedBuilder::new(Form::Source);
        let mark = source.find('6').unwrap();
        let line = source.find('\n').unwrap() + 1;
        let damaged = source.find("bd").unwrap();
        view.push_line(source, Span::new(0, mark));
        view.push_replaced("⁶", Span::new(mark, mark + 1));
        view.push_line(source, Span::new(mark + 1, line - 1));
        view.push_replaced(" ", Span::new(line - 1, line));
        view.push_line(source, Span::new(line, damaged));
        view.push_replaced("bộ", Span::new(damaged, source.len()));
        let shown = view.finish();
        assert_eq!(shown.text(), "chi cua Đảng⁶, chi bộ");
        let matches = Matches {
            passages: HashMap::from([(
                "d:1".to_owned(),
                vec![Span::new(line, line + 3), Span::new(damaged, source.len())],
            )]),
            first: None,
        };
        let spans = matches.spans("d:1", &passage, source, &shown);
        let found: Vec<&str> = spans.iter().map(|span| span.slice(shown.text())).collect();
        assert_eq!(found, ["chi", "bộ"]);
        assert!(spans[0].start > 10);
    }
}
