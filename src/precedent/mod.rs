//! Precedents: passages that say the same as a given text, in the same or nearly the same words.
//!
//! A question goes two ways. The passages that contain all of its words, or all of a part, one after the other, are
//! looked up and counted exactly, however many there are ([`whole`]). Then near matches are looked for ([`near`]): its
//! rarer shingles (two neighboring words without marks, in every reading that a damaged word has) give candidates
//! ([`crate::search`]). Each candidate is aligned with it word by word ([`align`]), which forgives lost marks, misread
//! letters, changed figures and clauses put in or left out. The alignment is then judged by how surprising the shared
//! words are in this corpus ([`mod@judge`]), so that set phrases do not drown what was copied. The same steps compare a
//! whole corpus with itself ([`reuse()`]).
//!
//! ```no_run
//! use vankien::index::Index;
//! use vankien::precedent::{PrecedentOptions, Question, precedents};
//! use vankien::query::Filters;
//! let index = Index::open("index".as_ref())?;
//! let text = "phát huy tinh thần chủ động, sáng tạo, khắc phục tình trạng trông chờ, ỷ lại";
//! let question = Question::text(&index, text)?;
//! for found in precedents(&index, &question, &Filters::default(), &PrecedentOptions::default())?.matches {
//!     println!("{:.2} {}", found.score, found.stored.record.passage);
//! }
//! # Ok::<(), vankien::index::Error>(())
//! ```

mod align;
mod comparison;
mod corpus;
mod draft;
mod find;
mod information;
mod judge;
mod near;
mod pieces;
mod prefilter;
mod question;
mod stretch;
mod vocabulary;
mod whole;
mod wording;

use std::time::Duration;

pub use corpus::{
    Family, MIN_PAIR_SCORE, Member, Overlap, PassagePair, Reuse, ReuseOptions, SetPhrase, reuse, set_phrases,
};
pub use draft::{Draft, DraftError, Paragraph, SentDraftError};
pub use find::{matching_documents, precedents};
pub use judge::Distinctiveness;
pub use pieces::{AlignedPiece, PieceKind};
pub use question::{MAX_TEXT_BYTES, Question};

use crate::index::StoredPassage;
use crate::query::Diagnostic;
use crate::record::{DocumentHead, Facet};
use crate::search::{DEFAULT_FACET_LIMIT, DEFAULT_LIMIT, FacetCounts};
use crate::text::named;

/// Minimum score of a match unless another is asked for.
///
/// At this score at least the share of the plantings that the tables of `tests/it/precedent` name is found, and at most
/// 2 % of the matches share no wording.
pub const MIN_SCORE: f64 = 0.32;

named! {
    /// The order of matches. Ties are broken by the id of the document, then by the place of the passage in it.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub enum PrecedentOrder {
        /// Whole matches first, then by score, greatest first.
        #[default]
        Score = "score",
        /// By document and place in it.
        Document = "document",
        /// By date of the document, latest first; documents without a date last.
        Date = "date",
        /// By date of the document, oldest first: who said it first; documents without a date last.
        Oldest = "oldest",
    }
}

impl PrecedentOrder {
    /// Help on the choice as a whole, for every way to ask.
    pub const HELP: &str = "Order of the matches.";
}

/// Options of a question.
#[derive(Clone, Debug, PartialEq)]
pub struct PrecedentOptions {
    /// Maximum number of matches to return.
    pub limit: usize,
    /// Number of matches to skip before them.
    pub offset: usize,
    /// Order of the matches.
    pub order: PrecedentOrder,
    /// Facets to count.
    pub facets: Vec<Facet>,
    /// Maximum number of values of a facet.
    pub facet_limit: usize,
    /// Minimum score of a near match. What contains the whole text, or most of it, is a match whatever its score.
    pub min_score: f64,
}

impl Default for PrecedentOptions {
    fn default() -> Self {
        Self {
            limit: DEFAULT_LIMIT,
            offset: 0,
            order: PrecedentOrder::Score,
            facets: Vec::new(),
            facet_limit: DEFAULT_FACET_LIMIT,
            min_score: MIN_SCORE,
        }
    }
}

/// The answer to a question.
#[derive(Clone, Debug, PartialEq)]
pub struct Precedents {
    /// The matches of the window asked for, in the order asked for.
    pub matches: Vec<Precedent>,
    /// Number of all matches: exact for passages that contain the whole text or a whole part of it, and for near
    /// matches the number among the passages that were compared.
    pub total: usize,
    /// False if there may be more near matches than `total` counts.
    pub total_is_exact: bool,
    /// Number of matches that contain the whole text, whatever its marks; always exact.
    pub whole: usize,
    /// Number of passages that were compared word by word to find near matches.
    pub compared: usize,
    /// One entry per facet asked for, in that order.
    pub facets: Vec<FacetCounts>,
    /// Oddities of the filters.
    pub diagnostics: Vec<Diagnostic>,
    /// Time taken.
    pub elapsed: Duration,
}

/// A passage that says the same.
#[derive(Clone, Debug, PartialEq)]
pub struct Precedent {
    /// 1-based place among all matches.
    pub rank: usize,
    /// 0 to 1: how much is the same and how surprising that is; no share. Comparable between any two answers
    /// ([`mod@judge`]).
    pub score: f64,
    /// Number of syllables and numbers of the given text that are the same, or misread.
    pub matched_syllables: usize,
    /// Number of syllables and numbers of the given text.
    pub given_syllables: usize,
    /// Number of syllables and numbers of the passage.
    pub passage_syllables: usize,
    /// Information of the words that are the same, in bits.
    pub bits: f64,
    /// Distinctiveness of these words.
    pub distinctiveness: Distinctiveness,
    /// The aligned stretches of the given text.
    pub source: Vec<AlignedPiece>,
    /// The aligned stretches of the passage.
    pub found: Vec<AlignedPiece>,
    /// The repaired reading of the whole passage, which [`AlignedPiece::in_reading`] addresses; `None` if nothing is
    /// damaged.
    pub reading: Option<String>,
    /// The same of the given text.
    pub given_reading: Option<String>,
    /// The passage.
    pub stored: StoredPassage,
    /// The head of its document.
    pub head: DocumentHead,
}

impl Precedent {
    /// Returns the share of the given text that the passage has, 0 to 1.
    #[must_use]
    pub fn share(&self) -> f64 {
        self.matched_syllables as f64 / self.given_syllables.max(1) as f64
    }
}
