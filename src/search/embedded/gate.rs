//! Shingles as gates: whether words follow one another is asked of the shingles first, which need no positions.
//!
//! A passage in which the words of a phrase follow one another has the shingle of each two of them. Few others do, so the
//! positions, which are dear to read, are read of hardly any passage in vain.

use tantivy::query::{BooleanQuery, ConstScoreQuery, PhraseQuery, Query as EngineQuery, TermQuery};
use tantivy::schema::IndexRecordOption;

use crate::index::{Fields, Shingle, shingle};
use crate::text::{TokenKind, Tokens};

/// Returns the query for `phrase`, the folded `words` at their places, that reads positions only where the passage has
/// all shingles of the phrase.
pub(super) fn gated(fields: &Fields, words: &[(u32, String)], phrase: PhraseQuery) -> Box<dyn EngineQuery> {
    let mut clauses: Vec<Box<dyn EngineQuery>> = Vec::new();
    for pair in words.windows(2) {
        let ((one, first), (two, second)) = (&pair[0], &pair[1]);
        if one + 1 == *two && kind_of(first).is_some() && kind_of(second).is_some() {
            let term = fields.shingle_term(shingle(first, second));
            let has = TermQuery::new(term, IndexRecordOption::Basic);
            clauses.push(Box::new(ConstScoreQuery::new(Box::new(has), 0.0)));
        }
    }
    if clauses.is_empty() {
        return Box::new(phrase);
    }
    clauses.push(Box::new(phrase));
    Box::new(BooleanQuery::intersection(clauses))
}

/// Returns the shingle that says how often two folded words follow one another; `None` if it also stands for others, as that of
/// a number does.
pub(super) fn shingle_of_pair(one: &str, two: &str) -> Option<Shingle> {
    let both = kind_of(one) == Some(TokenKind::Word) && kind_of(two) == Some(TokenKind::Word);
    both.then(|| shingle(one, two))
}

/// Returns the kind of a folded word that texts have at a position of its own; `None` for symbols and dates, which lie
/// over several.
fn kind_of(folded: &str) -> Option<TokenKind> {
    let mut tokens = Tokens::new(folded);
    let kind = tokens.advance()?.kind;
    // A word that begins with a digit (`4a`) is a number to some shingles and a word to others.
    let begins_with_digit = folded.starts_with(|first: char| first.is_ascii_digit());
    let fits = match kind {
        TokenKind::Word => !begins_with_digit,
        TokenKind::Number => begins_with_digit,
        TokenKind::Symbol | TokenKind::Date => false,
    };
    let whole = fits && tokens.folded() == folded;
    (whole && tokens.advance().is_none()).then_some(kind)
}
