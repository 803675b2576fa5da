//! Who has said this before, and how: passages that say the same in the same or nearly the same words.
//!
//! A question goes three steps. Its rarer shingles (two neighbouring words, without marks, in every reading that a
//! damaged word has) give candidates ([`crate::search`]); each is aligned with it word by word ([`align`]), which
//! forgives lost marks, misread letters, changed figures and clauses put in or left out; and what was aligned is judged
//! by how much of it is surprising in this corpus ([`mod@judge`]), so that set phrases do not drown what was taken
//! over. A whole corpus is compared with itself by the same steps ([`reuse()`]).
//!
//! ```no_run
//! use vankien::index::Index;
//! use vankien::precedent::{Given, Options, precedents};
//! use vankien::query::Filters;
//! let index = Index::open("index".as_ref())?;
//! let given = Given::text(&index, "phát huy tinh thần chủ động, sáng tạo, khắc phục tình trạng trông chờ, ỷ lại")?;
//! for found in precedents(&index, &given, &Filters::default(), &Options::default())?.matches {
//!     println!("{:.2} {}", found.score, found.stored.record.passage);
//! }
//! # Ok::<(), vankien::index::Error>(())
//! ```

mod align;
mod corpus;
mod draft;
mod information;
mod judge;
mod pieces;
mod prefilter;
mod question;
mod vocabulary;
mod wording;

use std::collections::{BTreeMap, HashMap};
use std::time::{Duration, Instant};

pub use corpus::{Family, LEAST_SCORE, Member, Overlap, Pair, Reuse, ReuseOptions, SetPhrase, reuse, set_phrases};
pub use draft::{Paragraph, walk};
pub use pieces::{Piece, PieceKind};
pub use question::Given;

use crate::index::{BestReading, Error, Index, StoredPassage, Tokenized, between};
use crate::query::{Diagnostic, Filters};
use crate::record::{DocumentRecord, Facet};
use crate::search::shared_wording::{Scope, passages_sharing};
use crate::search::{FacetCounts, FacetValue, facet_label};
use align::{Aligner, Stretch};
use corpus::by_age;
use information::{Counts, IndexCounts};
use judge::{Judgement, Least, judge};
use pieces::{Origin, Side, Text, pieces};
use prefilter::{LEAST_PROMISE, Probe};
use vocabulary::Vocabulary;
use wording::{Places, Sought, Wording};

/// Passages that are looked at for one question: those with most of its rarer shingles.
const CANDIDATES: usize = 200;

/// Of these, passages that are aligned: those that promise most.
const ALIGNED: usize = 64;

/// The least score of a match, where nothing else is asked for.
///
/// Of the plantings of `tests/it/precedent` at least the share that their tables name is found at it, and of what is
/// found at most 2 % shares no wording.
pub const MIN_SCORE: f64 = 0.32;

/// The share of the given text that a passage must have to match too, however little it tells: who asks for a phrase
/// wants it where all of it stands.
const WHOLE: f32 = 0.8;

/// Order of the matches.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// By score, greatest first.
    #[default]
    Score,
    /// By document and place in it.
    Document,
    /// By the document's date, oldest first: who said it first. Documents without one come last.
    Oldest,
}

impl Order {
    /// All, under the names that people ask for them by.
    pub const NAMED: [(&'static str, Self); 3] = [
        ("score", Self::Score),
        ("document", Self::Document),
        ("date", Self::Oldest),
    ];
}

/// How to look for precedents.
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    /// Most matches to give.
    pub limit: usize,
    /// Matches to leave out before them.
    pub offset: usize,
    /// Their order.
    pub order: Order,
    /// What to count by.
    pub facets: Vec<Facet>,
    /// Least score.
    pub min_score: f64,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            limit: 10,
            offset: 0,
            order: Order::Score,
            facets: Vec::new(),
            min_score: MIN_SCORE,
        }
    }
}

/// An answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Precedents {
    /// In the order asked for.
    pub matches: Vec<Precedent>,
    /// Number of all matches, of the [`ALIGNED`] passages that promise most.
    pub total: usize,
    /// One per facet asked for, in that order.
    pub facets: Vec<FacetCounts>,
    /// What was odd about the question.
    pub diagnostics: Vec<Diagnostic>,
    /// Time taken.
    pub elapsed: Duration,
}

/// A passage that says the same.
#[derive(Clone, Debug, PartialEq)]
pub struct Precedent {
    /// 1-based place among all matches.
    pub rank: usize,
    /// How much is the same, and how surprising it is: 0 to 1, comparable between any two answers ([`mod@judge`]).
    pub score: f64,
    /// Syllables and numbers that are the same, or misread.
    pub matched_syllables: usize,
    /// The aligned stretches of what was given.
    pub source: Vec<Piece>,
    /// The aligned stretches of the passage.
    pub found: Vec<Piece>,
    /// The passage.
    pub stored: StoredPassage,
}

/// Looks for precedents of `given` in passages that pass `filters`.
///
/// # Errors
/// [`Error::Damaged`], [`Error::Engine`], [`Error::Io`].
pub fn precedents(index: &Index, given: &Given, filters: &Filters, options: &Options) -> Result<Precedents, Error> {
    let started = Instant::now();
    let mut diagnostics = Vec::new();
    let documents: HashMap<&str, &DocumentRecord> = index
        .documents()?
        .map(|record| (record.document.as_str(), record))
        .collect();
    let mut found = aligned(index, given, (filters, None), options.min_score, &mut diagnostics)?;
    sort(&mut found, options.order, &documents);
    let facets = facets(index, given, (filters, options), &found, &documents)?;
    let total = found.len();
    let mut texts: HashMap<String, String> = HashMap::new();
    let mut matches = Vec::new();
    for (place, aligned) in found.into_iter().enumerate().skip(options.offset).take(options.limit) {
        let id = &aligned.stored.record.document;
        if !texts.contains_key(id) {
            texts.insert(id.clone(), index.document(id)?.document.text);
        }
        let source = texts.get(id).map_or("", String::as_str);
        matches.push(aligned.into_match(place + 1, given, source));
    }
    Ok(Precedents {
        matches,
        total,
        facets,
        diagnostics,
        elapsed: started.elapsed(),
    })
}

/// A candidate that was aligned.
struct Aligned {
    stored: StoredPassage,
    words: Tokenized,
    stretches: Vec<Stretch>,
    judgement: Judgement,
}

/// The passages that share wording with `given`, aligned: of those that pass the filters, whose values of a facet may
/// count for nothing.
fn aligned(
    index: &Index,
    given: &Given,
    (filters, but): (&Filters, Option<Facet>),
    min_score: f64,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<Vec<Aligned>, Error> {
    let mut shingles = Vec::new();
    for pair in given.words.cells.windows(2) {
        between(&pair[0], &pair[1], |shingle| shingles.push(shingle));
    }
    let scope = Scope {
        filters,
        but,
        without: &given.without,
        limit: CANDIDATES,
    };
    let candidates = passages_sharing(index, &shingles, &scope, diagnostics)?;
    let mut vocabulary = Vocabulary::default();
    let one = Wording::of(&given.words.cells, &mut vocabulary);
    let mut others = Vec::with_capacity(candidates.len());
    for stored in &candidates {
        let words = Tokenized::of(&stored.record.text, &stored.annotations);
        let wording = Wording::of(&words.cells, &mut vocabulary);
        others.push((words, wording));
    }
    let counts = IndexCounts::of(index)?;
    vocabulary.weigh(counts.words(), |id, word| counts.word(id, word))?;
    let bits = information::bits(&one.words, &vocabulary, &counts)?;
    let mut places = Places::new(&vocabulary);
    places.take(&one);
    let sought = Sought {
        wording: &one,
        bits: &bits,
        places: &places,
    };
    let mut probe = Probe::default();
    let promises: Vec<f32> = others.iter().map(|(_, other)| probe.promise(sought, other)).collect();
    let mut promising: Vec<_> = candidates.into_iter().zip(others).zip(promises).collect();
    // A phrase may be there whole, and tell less than what is worth an alignment elsewhere.
    let least_promise = LEAST_PROMISE.min(bits.iter().skip(1).sum::<f32>() / 2.0);
    promising.retain(|(_, promise)| *promise >= least_promise);
    promising.sort_by(|(_, one), (_, other)| other.total_cmp(one));
    promising.truncate(ALIGNED);
    let mut aligner = Aligner::new(&vocabulary);
    // A phrase may tell less than passages have in common by chance.
    let most = WHOLE * bits.iter().sum::<f32>();
    let least = Least::of_score(min_score as f32).or_whole(most);
    let whole = (WHOLE * one.len() as f32).ceil() as usize;
    let mut found = Vec::new();
    for ((stored, (words, other)), _) in promising {
        let stretches = aligner.stretches(sought, &other, least);
        if stretches.is_empty() {
            continue;
        }
        let its_bits = information::bits(&other.words, &vocabulary, &counts)?;
        let judgement = judge(&stretches, &bits, &its_bits);
        if f64::from(judgement.score) >= min_score || judgement.matched >= whole {
            found.push(Aligned {
                stored,
                words,
                stretches,
                judgement,
            });
        }
    }
    Ok(found)
}

/// Puts matches into `order`; equal ones by document and place in it.
fn sort(found: &mut [Aligned], order: Order, documents: &HashMap<&str, &DocumentRecord>) {
    found.sort_by(|one, other| {
        let place = |aligned: &Aligned| (aligned.stored.record.document.clone(), aligned.stored.order);
        let age = |aligned: &Aligned| {
            documents
                .get(aligned.stored.record.document.as_str())
                .map(|record| by_age(record))
        };
        let first = match order {
            Order::Score => other.judgement.score.total_cmp(&one.judgement.score),
            Order::Document => std::cmp::Ordering::Equal,
            Order::Oldest => age(one).cmp(&age(other)),
        };
        first.then_with(|| place(one).cmp(&place(other)))
    });
}

/// The counts of each facet asked for over what was `found`; one that is restricted is counted as if it were not.
fn facets(
    index: &Index,
    given: &Given,
    (filters, options): (&Filters, &Options),
    found: &[Aligned],
    documents: &HashMap<&str, &DocumentRecord>,
) -> Result<Vec<FacetCounts>, Error> {
    let mut counted = Vec::with_capacity(options.facets.len());
    for &facet in &options.facets {
        let restricted = filters.required().any(|(of, _)| of == facet);
        let values = if restricted {
            // What is odd about the filters was told already.
            let free = aligned(index, given, (filters, Some(facet)), options.min_score, &mut Vec::new())?;
            values(facet, &free, documents)
        } else {
            values(facet, found, documents)
        };
        counted.push(FacetCounts { facet, values });
    }
    Ok(counted)
}

/// The values of `facet` that matches have, the most frequent first.
fn values(facet: Facet, found: &[Aligned], documents: &HashMap<&str, &DocumentRecord>) -> Vec<FacetValue> {
    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    for aligned in found {
        let record = &aligned.stored.record;
        if let Some(document) = documents.get(record.document.as_str()) {
            for value in facet.values(document, record) {
                *counts.entry(value).or_default() += 1;
            }
        }
    }
    let value = |(value, count): (String, u64)| FacetValue {
        label: facet_label(facet, &value),
        value,
        count,
    };
    let mut values: Vec<FacetValue> = counts.into_iter().map(value).collect();
    values.sort_by_key(|value| std::cmp::Reverse(value.count));
    values
}

impl Aligned {
    /// The match with what was `given`; `source` is the text of its document.
    fn into_match(self, rank: usize, given: &Given, source: &str) -> Precedent {
        let record = &self.stored.record;
        let laid = (!self.stored.annotations.damaged.is_empty())
            .then(|| BestReading::of(&record.text, &self.stored.annotations));
        let found = Text {
            text: &record.text,
            cells: &self.words.cells,
            laid: laid.as_ref(),
            origin: &Origin::of_passage(source, record),
        };
        let asked = Text {
            text: given.as_str(),
            cells: &given.words.cells,
            laid: given.laid.as_ref(),
            origin: &given.origin,
        };
        Precedent {
            rank,
            score: f64::from(self.judgement.score),
            matched_syllables: self.judgement.matched,
            source: pieces(&self.stretches, Side::Source, &asked),
            found: pieces(&self.stretches, Side::Found, &found),
            stored: self.stored,
        }
    }
}
