//! Help where a search finds nothing, or no passage with all of its words: changes to the question that find something.
//!
//! The page and the terminal both offer it, each in its own words.

use super::{InvalidValue, Marks, Options, filters_of, nearest_symbols, search};
use crate::index::Index;
use crate::query::{self, FilterName, Node, Query};

/// The chars that a query loses to search for the words of its phrases one by one.
const QUOTES: [char; 3] = ['"', '“', '”'];

/// A search as it was asked: text, filters beside it, and the meaning of marks.
#[derive(Clone, Copy, Debug)]
pub struct AskedSearch<'a> {
    /// The query as typed.
    pub typed: &'a str,
    /// Values of filters beside the query.
    pub filters: &'a [(FilterName, String)],
    /// The meaning of marks.
    pub marks: Marks,
}

/// A change to a search that may help, or a reason why it found nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Help {
    /// Ignoring marks finds this many passages.
    IgnoreMarks {
        /// Number of passages, above 0.
        total: usize,
    },
    /// The query without its quotation marks finds passages.
    Unquote {
        /// The query without them.
        typed: String,
        /// Number of passages, above 0.
        total: usize,
    },
    /// The search without one value of a filter finds passages.
    DropFilter {
        /// The filter.
        filter: FilterName,
        /// The value.
        value: String,
        /// Number of passages, above 0.
        total: usize,
    },
    /// Cited symbols that look like one that was asked for; not empty, nearest first.
    NearSymbols(Vec<String>),
    /// Words of the query that no passage has, each once; not empty.
    UnknownWords(Vec<String>),
}

impl Help {
    /// Returns what may help with a search that found nothing, or no passage with all of its words, in the order of the
    /// variants. Each change is tried by itself, so this costs a search per filter and two more.
    ///
    /// # Errors
    /// Those of [`filters_of`] and [`search`].
    pub fn with(index: &Index, asked: AskedSearch<'_>) -> Result<Vec<Self>, InvalidValue> {
        let mut help = Vec::new();
        let (query, _) = query::parse(asked.typed);
        if asked.marks == Marks::Exact {
            let any = AskedSearch {
                marks: Marks::Any,
                ..asked
            };
            let total = count(index, any)?;
            help.extend((total > 0).then_some(Self::IgnoreMarks { total }));
        }
        // The quotes of a filter's value (`province:"Cần Thơ"`) make no phrase.
        let mut has_phrase = false;
        query.for_each_wanted(|node| has_phrase |= matches!(node, Node::Phrase(_)));
        if has_phrase && asked.typed.contains(QUOTES) {
            let typed = asked.typed.replace(QUOTES, " ").trim().to_owned();
            let unquoted = AskedSearch { typed: &typed, ..asked };
            let total = count(index, unquoted)?;
            help.extend((total > 0).then_some(Self::Unquote { typed, total }));
        }
        // One value at a time, so that each number says what dropping this value alone would find.
        for dropped in asked.filters {
            let mut filters = asked.filters.to_vec();
            filters.retain(|filter| filter != dropped);
            let wider = AskedSearch {
                filters: &filters,
                ..asked
            };
            let total = count(index, wider)?;
            if total > 0 {
                let (filter, value) = dropped.clone();
                help.push(Self::DropFilter { filter, value, total });
            }
        }
        help.extend(near_symbols_and_unknown_words(index, &query)?);
        Ok(help)
    }
}

/// Returns the number of passages that a search finds.
fn count(index: &Index, asked: AskedSearch<'_>) -> Result<usize, InvalidValue> {
    let options = Options {
        marks: asked.marks,
        ..Options::counting(Vec::new())
    };
    let (query, _) = query::parse(asked.typed);
    let filters = asked.filters.iter().map(|(filter, value)| (*filter, value.as_str()));
    Ok(search(index, &query, &filters_of(index, filters)?, &options)?.total())
}

/// Returns symbols near to each that was typed, then the words that no passage has.
fn near_symbols_and_unknown_words(index: &Index, query: &Query) -> Result<Vec<Help>, InvalidValue> {
    let (mut words, mut symbols) = (Vec::new(), Vec::new());
    query.for_each_wanted(|node| match node {
        Node::Word(word) => words.push(word),
        Node::Phrase(phrase) => words.extend(
            phrase
                .words
                .iter()
                .filter(|word| !word.is_prefix)
                .map(|word| &word.word),
        ),
        Node::Symbol(symbol) => symbols.extend(symbol.canonical.as_deref()),
        Node::Prefix(_) | Node::Also { .. } | Node::Not(_) | Node::All(_) | Node::Any(_) => {}
    });
    let mut help = Vec::new();
    for symbol in symbols {
        let near = nearest_symbols(index, symbol)?;
        help.extend((!near.is_empty()).then_some(Help::NearSymbols(near)));
    }
    let mut unknown: Vec<String> = Vec::new();
    for word in words {
        if index.passages_with_word(&word.folded)? == 0 && !unknown.contains(&word.exact) {
            unknown.push(word.exact.clone());
        }
    }
    help.extend((!unknown.is_empty()).then_some(Help::UnknownWords(unknown)));
    Ok(help)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::testing::{Sample, index_of};
    use crate::record::Facet;

    /// Returns the help with a search for `typed`, in one document if an id is given.
    fn help(index: &Index, typed: &str, document: Option<&str>, marks: Marks) -> Vec<Help> {
        let named = |id: &&str| (FilterName::Facet(Facet::Document), (*id).to_owned());
        let filters: Vec<(FilterName, String)> = document.iter().map(named).collect();
        let asked = AskedSearch {
            typed,
            filters: &filters,
            marks,
        };
        Help::with(index, asked).unwrap()
    }

    #[test]
    fn each_change_that_finds_something_is_offered() {
        let (_folder, index) = index_of(&[
            Sample::new("a", "công tác kiểm tra, giám sát"),
            Sample::new("b", "công tác dân vận"),
        ]);
        assert_eq!(
            help(&index, "\"kiểm sát\"", None, Marks::Prefer),
            [Help::Unquote {
                typed: "kiểm sát".to_owned(),
                total: 1
            }]
        );
        assert_eq!(help(&index, "place:\"footnote\" kiểm tra", None, Marks::Prefer), []);
        assert_eq!(
            help(&index, "kiem tra", Some("b"), Marks::Prefer),
            [Help::DropFilter {
                filter: FilterName::Facet(Facet::Document),
                value: "b".to_owned(),
                total: 1
            }]
        );
        assert_eq!(
            help(&index, "giàm", None, Marks::Exact),
            [Help::IgnoreMarks { total: 1 }]
        );
        assert_eq!(
            help(&index, "xưa công xưa", None, Marks::Prefer),
            [Help::UnknownWords(vec!["xưa".to_owned()])]
        );
        assert_eq!(help(&index, "21-NQ/TW", None, Marks::Prefer), []);
    }
}
