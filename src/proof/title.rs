//! Comparison of subjects (trích yếu) with the titles of the register.
//!
//! The register shortens titles, a text shortens subjects in another way, and what is read as the subject may go on
//! into the next clause ("về công tác dân vận trong các cơ quan của tỉnh"). So they are compared by the pairs of
//! neighboring syllables that they share, relative to the shorter of both.

use std::collections::HashMap;
use std::hash::{BuildHasher, Hasher, RandomState};

use crate::register::{Register, RegisteredDocument};
use crate::symbol::Kind;
use crate::text::{TokenKind, Tokens};

/// Syllables that carry no meaning, exact.
const EMPTY: &[&str] = &[
    "về", "của", "và", "các", "những", "một", "số", "việc", "trong", "cho", "ở", "quy", "định", "ban", "hành", "luật",
    "nghị", "quyết", "chỉ", "thị", "kết", "luận", "sửa", "bổ", "sung",
];

/// Syllables of a subject that are compared, at most. Titles of the register have 40 at most; what follows is another
/// clause.
const MAX_SYLLABLES: usize = 40;

/// Pairs of syllables that a subject must share with a title to be called the same, at least.
const MIN_SHARED: usize = 3;

/// Pairs that tell a title among those of all kinds of documents.
const MIN_TELLING: usize = 5;

/// Pairs of a subject between those of a title, at most.
const MAX_INSERTED: usize = 4;

/// The degree to which a subject and a title agree.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Fit {
    /// Number of pairs that they share.
    shared: usize,
    /// That number relative to the shorter of both, 0 to 1.
    share: f32,
}

impl Fit {
    /// Returns true if they are the same subject.
    pub(super) fn is_same(self) -> bool {
        self.share >= 0.6 && self.shared >= MIN_SHARED
    }

    /// Returns true if they are the same subject almost word by word.
    pub(super) fn is_exact(self) -> bool {
        self.share >= 0.8 && self.shared >= MIN_SHARED
    }

    /// Returns true if they have hardly anything in common.
    pub(super) fn is_different(self) -> bool {
        self.share <= 0.34
    }

    /// Returns true if so much is shared that no phrase of everyday use explains it ("sửa đổi, bổ sung một số điều").
    pub(super) fn is_telling(self) -> bool {
        self.shared >= MIN_TELLING
    }

    /// Returns its share.
    pub(super) const fn share(self) -> f32 {
        self.share
    }
}

/// The titles of a register, found by the pairs of syllables in them.
pub(super) struct Titles<'r> {
    /// The documents.
    rows: &'r [RegisteredDocument],
    /// The pairs of each document's title, sorted.
    pairs: Vec<Vec<u64>>,
    /// The documents by the pairs of their titles.
    by_pair: HashMap<u64, Vec<usize>>,
    /// The hash function of the pairs.
    hasher: RandomState,
}

impl<'r> Titles<'r> {
    /// Returns the titles of `register`.
    pub(super) fn of(register: &'r Register) -> Self {
        let mut titles = Self {
            rows: register.rows(),
            pairs: Vec::new(),
            by_pair: HashMap::new(),
            hasher: RandomState::new(),
        };
        for (index, row) in register.rows().iter().enumerate() {
            let pairs = titles.pairs_of(row.subject.as_deref().unwrap_or(""));
            for &pair in &pairs {
                titles.by_pair.entry(pair).or_default().push(index);
            }
            titles.pairs.push(pairs);
        }
        titles
    }

    /// Returns how far `subject` agrees with the title of `row`; `None` if either says too little.
    pub(super) fn fit(&self, subject: &str, row: &RegisteredDocument) -> Option<Fit> {
        let said = self.pairs_of(subject);
        let title = self.pairs_of(row.subject.as_deref()?);
        fit_of(&said, &title)
    }

    /// Returns how far two subjects agree; `None` if either says too little.
    pub(super) fn fit_between(&self, one: &str, other: &str) -> Option<Fit> {
        fit_of(&self.pairs_of(one), &self.pairs_of(other))
    }

    /// Returns the documents whose titles `subject` begins with almost word by word, the best first. The names of
    /// laws are too short to be recognized in a text.
    pub(super) fn named(&self, subject: &str) -> Vec<(&'r RegisteredDocument, Fit)> {
        let said = self.pairs_in(subject);
        let mut candidates: Vec<usize> = said
            .iter()
            .filter_map(|pair| self.by_pair.get(pair))
            .flatten()
            .copied()
            .collect();
        candidates.sort_unstable();
        candidates.dedup();
        let mut named: Vec<(&RegisteredDocument, Fit)> = candidates
            .into_iter()
            .filter_map(|index| {
                let (row, title) = (self.rows.get(index)?, self.pairs.get(index)?);
                let start = said.get(..title.len() + MAX_INSERTED).unwrap_or(&said);
                Some((row, fit_of(&sorted(start.to_vec()), title)?))
            })
            .filter(|(row, fit)| fit.is_exact() && row.kind != Kind::Luat)
            .collect();
        named.sort_by(|(_, one), (_, other)| other.share.total_cmp(&one.share).then(other.shared.cmp(&one.shared)));
        named
    }

    /// Returns the distinct pairs of neighboring syllables of `text` that carry meaning, hashed and sorted.
    fn pairs_of(&self, text: &str) -> Vec<u64> {
        sorted(self.pairs_in(text))
    }

    /// Returns the pairs of neighboring syllables of `text` that carry meaning, hashed, in order.
    fn pairs_in(&self, text: &str) -> Vec<u64> {
        let mut tokens = Tokens::new(text);
        let mut last: Option<u64> = None;
        let mut pairs = Vec::new();
        let mut count = 0;
        while let Some(token) = tokens.advance() {
            if !matches!(token.kind, TokenKind::Word | TokenKind::Number) || EMPTY.contains(&tokens.exact()) {
                continue;
            }
            count += 1;
            if count > MAX_SYLLABLES {
                break;
            }
            let syllable = self.hasher.hash_one(tokens.exact());
            if let Some(last) = last {
                let mut pair = self.hasher.build_hasher();
                pair.write_u64(last);
                pair.write_u64(syllable);
                pairs.push(pair.finish());
            }
            last = Some(syllable);
        }
        pairs
    }
}

/// Returns `pairs` sorted, each once.
fn sorted(mut pairs: Vec<u64>) -> Vec<u64> {
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// Returns how far two sorted lists of pairs agree; `None` if either has fewer than two.
fn fit_of(one: &[u64], other: &[u64]) -> Option<Fit> {
    let fewer = one.len().min(other.len());
    if fewer < 2 {
        return None;
    }
    let shared = one.iter().filter(|pair| other.binary_search(pair).is_ok()).count();
    Some(Fit {
        shared,
        share: shared as f32 / fewer as f32,
    })
}
