//! What may help where a search finds nothing, or no passage with all of its words.

use maud::{Markup, html};

use crate::http::page::shell::frame::Frame;
use crate::http::page::shell::labels::{self, Documents};
use crate::http::page::shell::language::fill;
use crate::http::page::shell::query_string::{SearchUrl, filters};
use crate::http::problem::Problem;
use crate::index::{Facet, Index};
use crate::query::{self, Node, Query};
use crate::search::{self, Marks, Options};
use crate::text::clean;

/// Symbols that are offered in place of one that nothing cites.
const NEAR: usize = 5;

/// What may help where nothing was found.
#[derive(Debug, Default)]
pub(crate) struct Help {
    /// Passages that match when marks are ignored.
    any_marks: usize,
    /// The question without its quotation marks, and the passages that match it.
    unquoted: Option<(String, usize)>,
    /// Filters, and the passages that match without each.
    droppable: Vec<(Facet, String, usize)>,
    /// Strings of the question that no passage has.
    unknown: Vec<String>,
    /// Symbols near to those asked for.
    near: Vec<String>,
}

impl Help {
    /// What may help with this question.
    ///
    /// # Errors
    /// Those of searching.
    pub(crate) fn of(index: &Index, asked: &SearchUrl, query: &Query) -> Result<Self, Problem> {
        look(index, asked, query)
    }

    /// Is there anything to tell?
    fn tells(&self) -> bool {
        self.any_marks > 0
            || self.unquoted.is_some()
            || !(self.droppable.is_empty() && self.unknown.is_empty() && self.near.is_empty())
    }

    /// Shows it; of a question that found nothing, or not all of its words.
    pub(crate) fn shown(
        &self,
        frame: &Frame,
        asked: &SearchUrl,
        documents: &Documents<'_>,
        is_nothing: bool,
    ) -> Markup {
        let strings = frame.strings();
        html! {
            @if is_nothing { p { (strings.nothing_for) } }
            @if is_nothing || self.tells() {
            h3 { (strings.would_help) }
            ul.help {
                @if self.any_marks > 0 {
                    li { a href=(asked.with_marks(Marks::Any).address(frame)) { (fill(strings.help_marks, &[&self.any_marks])) } }
                }
                @if let Some((unquoted, found)) = &self.unquoted {
                    li { a href=(asked.typed(unquoted).address(frame)) { (fill(strings.help_quotes, &[found])) } }
                }
                @for (facet, value, found) in &self.droppable {
                    @let label = labels::label(strings, *facet, value, documents);
                    li { a href=(asked.without(*facet, value).address(frame)) { (fill(strings.help_drop, &[&clean(&label), found])) } }
                }
                @for symbol in &self.near {
                    li { a href=(asked.typed(symbol).address(frame)) { (fill(strings.help_near, &[&clean(symbol)])) } }
                }
                @if !self.unknown.is_empty() {
                    li { (fill(strings.help_words, &[&clean(&self.unknown.join(", "))])) }
                }
                @if is_nothing { li { (strings.help_shorter) } }
            }
            }
        }
    }
}

/// Looks for what may help, by asking again with one thing changed at a time.
fn look(index: &Index, asked: &SearchUrl, query: &Query) -> Result<Help, Problem> {
    let mut help = Help::default();
    let count = |asked: &SearchUrl| -> Result<usize, Problem> {
        let options = Options {
            marks: asked.marks,
            limit: 0,
            ..Options::default()
        };
        let (query, _) = query::parse(&asked.typed);
        Ok(search::search(index, &query, &filters(index, &asked.filters)?, &options)?.total)
    };
    if asked.marks == Marks::Exact {
        help.any_marks = count(&asked.with_marks(Marks::Any))?;
    }
    if asked.typed.contains(['"', '“', '”']) {
        let unquoted = asked.typed.replace(['"', '“', '”'], " ");
        let unquoted = unquoted.trim().to_owned();
        help.unquoted = Some((unquoted.clone(), count(&asked.typed(&unquoted))?)).filter(|(_, found)| *found > 0);
    }
    for (facet, value) in &asked.filters {
        let found = count(&asked.without(*facet, value))?;
        if found > 0 {
            help.droppable.push((*facet, value.clone(), found));
        }
    }
    let (mut wanted, mut symbols) = (Vec::new(), Vec::new());
    query.for_each_wanted(|node| match node {
        Node::Word(word) => wanted.push(word),
        Node::Phrase(phrase) => wanted.extend(&phrase.words),
        Node::Symbol(symbol) => symbols.extend(symbol.canonical.as_deref()),
        _ => {}
    });
    for word in wanted {
        if index.passages_with_word(&word.folded)? == 0 && !help.unknown.contains(&word.exact) {
            help.unknown.push(word.exact.clone());
        }
    }
    for symbol in symbols {
        help.near.extend(search::nearest_symbols(index, symbol, NEAR)?);
    }
    Ok(help)
}
