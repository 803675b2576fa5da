//! The questions of these tests to the library, in one place.

use vankien::index::Index;
use vankien::precedent::{self, AlignedPiece, Precedent, PrecedentOptions, Question, ReuseOptions};
use vankien::query::Filters;
use vankien::text::Span;

/// One passage found for a text.
#[derive(Clone, Debug)]
pub(super) struct Match {
    /// Id of its document.
    pub(super) document: String,
    /// Its id.
    pub(super) passage: String,
    /// The aligned stretches of the given text; spans are bytes of it.
    pub(super) given: Vec<Piece>,
    /// The aligned stretches of the passage; spans are bytes of the source file.
    pub(super) found: Vec<Piece>,
}

/// A piece of an aligned stretch.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    /// Its text as shown.
    pub(super) text: String,
    /// Its bytes, line by line.
    pub(super) spans: Vec<Span>,
}

/// Returns the passages worded like `text`, best first.
pub(super) fn precedents(index: &Index, text: &str) -> Vec<Match> {
    // No stretch has so many copies.
    let options = PrecedentOptions {
        limit: 50,
        ..PrecedentOptions::default()
    };
    let question = Question::text(index, text).unwrap();
    let found = precedent::precedents(index, &question, &Filters::default(), &options).unwrap();
    let side = |pieces: Vec<AlignedPiece>| {
        let span = |[start, end]: [usize; 2]| Span::new(start, end);
        let piece = |piece: AlignedPiece| Piece {
            text: piece.text,
            spans: piece.spans.into_iter().map(span).collect(),
        };
        pieces.into_iter().map(piece).collect()
    };
    let a_match = |found: Precedent| Match {
        document: found.stored.record.document,
        passage: found.stored.record.passage,
        given: side(found.source),
        found: side(found.found),
    };
    found.matches.into_iter().map(a_match).collect()
}

/// Returns the ids of each two passages of the index that share wording.
pub(super) fn pairs(index: &Index) -> Vec<[String; 2]> {
    let reuse = precedent::reuse(index, &Filters::default(), &ReuseOptions::default()).unwrap();
    reuse.pairs.into_iter().map(|pair| [pair.one, pair.other]).collect()
}
