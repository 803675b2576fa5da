//! The ways to read each piece of a damaged sentence, with the cost of each before its neighbors are considered.
//!
//! A misread word may be any of its candidates, or stay as it is because it is a name. Numbers and symbols stay, except
//! for two digits that scans often have for a word (`13` for là).

use std::collections::HashMap;
use std::sync::Arc;

use super::candidates::{Candidate, Workspace};
use super::channel::MAX_CHARS;
use super::letters::carries_mark;
use super::lexicon::{NUMBER, SYMBOL, UNKNOWN};
use super::model::Model;
use super::quality::Quality;
use super::token::{Case, TextPiece, TextPieceKind, case_at, clean_form};
use crate::text::{Span, fold};

/// Nats by which a word must be likelier than a two-digit number to be read in its place.
const NUMBER_MARGIN: f32 = 3.0;

/// Weight of how rarely a word has a capital inside a sentence, where the token has one.
const CAPITAL_WEIGHT: f32 = 0.5;
/// Weight of how rarely a word has no capital, where the token has none: laws write `Đảng`, reports also write
/// `đảng viên`.
const SMALL_WEIGHT: f32 = 0.2;

/// The least cost of the nearest word, in nats, at which a token may be two words run together.
const MIN_WHOLE_COST: f32 = 9.0;
/// The most that both halves of it may cost: a quote or two inside a half may be what is left of a horn or a mark.
const MAX_HALVES_COST: f32 = 3.0;
/// Nats by which both halves must be nearer than the whole.
const JOINED_MARGIN: f32 = 8.0;

/// Number of tokens whose candidates [`CandidateCache`] holds; the reports of one office use about 20,000.
const MAX_CACHED_TOKENS: usize = 1 << 15;

/// A way to read one piece.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Choice {
    /// The word, the chars of the piece that are not part of it, and the cost.
    pub(crate) candidate: Candidate,
    /// True if the piece stays as the source has it.
    pub(crate) kept: bool,
}

impl Choice {
    /// A choice that keeps the piece and counts it as `word`.
    fn kept(word: u16, cost: f32) -> Self {
        Self {
            candidate: Candidate {
                word,
                lead: 0,
                tail: 0,
                cost,
            },
            kept: true,
        }
    }
}

/// The candidates of the tokens met so far, with one model: a scan misreads a word in the same way again and again.
#[derive(Debug, Default)]
pub(crate) struct CandidateCache {
    misread: HashMap<String, Arc<[Candidate]>>,
    unmarked: HashMap<String, Arc<[Candidate]>>,
    work: Workspace,
}

/// Returns the candidates of `token` from the cache; where it has none, stores those that `find` finds.
fn cached(
    cache: &mut HashMap<String, Arc<[Candidate]>>,
    token: &str,
    find: impl FnOnce() -> Vec<Candidate>,
) -> Arc<[Candidate]> {
    if let Some(found) = cache.get(token) {
        return Arc::clone(found);
    }
    if cache.len() >= MAX_CACHED_TOKENS {
        cache.clear();
    }
    let found: Arc<[Candidate]> = find().into();
    cache.insert(token.to_owned(), Arc::clone(&found));
    found
}

/// Finds the choices for the pieces of one text.
pub(crate) struct ChoiceFinder<'m, 't> {
    model: &'m Model,
    text: &'t str,
    cache: &'t mut CandidateCache,
}

impl<'m, 't> ChoiceFinder<'m, 't> {
    /// A finder for `text`; `cache` must be used with this model only.
    pub(crate) fn new(model: &'m Model, text: &'t str, cache: &'t mut CandidateCache) -> Self {
        Self { model, text, cache }
    }

    /// Returns the piece, or its two halves where the scan ran two words together: `BAOCAO` is báo cáo.
    ///
    /// A piece is split only where no word is near the whole and the halves are nearly words as they are. A piece that
    /// is written like a name (`Mekong`) stays whole.
    pub(crate) fn split(&mut self, piece: TextPiece) -> Vec<TextPiece> {
        let token = piece.span.slice(self.text);
        let letters = token.chars().filter(|c| c.is_alphabetic()).count();
        if piece.kind != TextPieceKind::Word
            || !(4..=MAX_CHARS).contains(&letters)
            || token.contains(carries_mark)
            || Case::of(token) == Case::Title
        {
            return vec![piece];
        }
        let whole = self.cheapest(token, 0);
        if whole < MIN_WHOLE_COST {
            return vec![piece];
        }
        // Each half has two chars or more: a single letter is near too many words.
        let halves = token
            .char_indices()
            .skip(2)
            .map(|(at, _)| at)
            .filter(|&at| token[at..].chars().nth(1).is_some());
        let costs: Vec<(f32, usize)> = halves
            .map(|at| (self.cheapest(&token[..at], 1) + self.cheapest(&token[at..], 0), at))
            .collect();
        match costs.into_iter().min_by(|a, b| a.0.total_cmp(&b.0)) {
            Some((cost, at)) if cost <= MAX_HALVES_COST && cost + JOINED_MARGIN <= whole => {
                let middle = piece.span.start + at;
                let first = TextPiece {
                    span: Span::new(piece.span.start, middle),
                    closed: false,
                    ..piece
                };
                let second = TextPiece {
                    span: Span::new(middle, piece.span.end),
                    opens: false,
                    joined: true,
                    ..piece
                };
                vec![first, second]
            }
            _ => vec![piece],
        }
    }

    /// The least cost of reading `token` as a word with at most `tail` chars after it.
    fn cheapest(&mut self, token: &'t str, tail: u8) -> f32 {
        let found = self.misread(token);
        found
            .iter()
            .filter(|c| c.lead == 0 && c.tail <= tail)
            .map(|c| c.cost)
            .fold(f32::INFINITY, f32::min)
    }

    /// The ways to read the piece at `at`; never empty. The first of a number keeps it.
    pub(crate) fn choices(&mut self, pieces: &[TextPiece], at: usize, quality: Quality) -> Vec<Choice> {
        let piece = pieces[at];
        let token = piece.span.slice(self.text);
        match piece.kind {
            TextPieceKind::Symbol => return vec![Choice::kept(SYMBOL, 0.0)],
            TextPieceKind::Number => return self.number(piece, token, quality),
            TextPieceKind::Word => {}
        }
        // An OCR that wrote `Đảng` knows Vietnamese: the word is as printed.
        if token.chars().any(carries_mark) {
            let word = self.model.lexicon().find(&clean_form(token)).unwrap_or(UNKNOWN);
            return vec![Choice::kept(word, 0.0)];
        }
        let found = match quality {
            Quality::Unmarked => self.unmarked(token),
            _ => self.misread(token),
        };
        let case = case_at(self.text, pieces, at);
        let mut choices: Vec<Choice> = found
            .iter()
            .map(|&candidate| {
                let cost = candidate.cost + self.case_cost(candidate.word, case, piece.opens);
                Choice {
                    candidate: Candidate { cost, ..candidate },
                    kept: false,
                }
            })
            .collect();
        choices.push(Choice::kept(UNKNOWN, pass_cost(token)));
        choices
    }

    /// The ways to read digits: as they are, or, by a margin, two of them as the word that they were seen for (`13` for
    /// là).
    fn number(&mut self, piece: TextPiece, token: &'t str, quality: Quality) -> Vec<Choice> {
        let mut choices = vec![Choice::kept(NUMBER, 0.0)];
        let may_be_word = quality == Quality::Ocr
            && !piece.opens
            && !piece.closed
            && token.len() == 2
            && token.starts_with('1')
            && token.bytes().all(|byte| byte.is_ascii_digit());
        if may_be_word {
            let found = self.misread(token);
            choices.extend(found.iter().filter(|c| c.lead + c.tail == 0).map(|&candidate| Choice {
                candidate: Candidate {
                    cost: candidate.cost + NUMBER_MARGIN,
                    ..candidate
                },
                kept: false,
            }));
        }
        choices
    }

    /// The candidates of a misread token.
    fn misread(&mut self, token: &str) -> Arc<[Candidate]> {
        let CandidateCache { misread, work, .. } = &mut *self.cache;
        cached(misread, token, || self.model.search().candidates(token, work))
    }

    /// The candidates of a token typed without marks: all words that fold to it.
    fn unmarked(&mut self, token: &str) -> Arc<[Candidate]> {
        let core = token.trim_end_matches(|c: char| c.is_ascii_digit());
        let tail = (token.len() - core.len()).min(usize::from(u8::MAX)) as u8;
        cached(&mut self.cache.unmarked, token, || {
            let words = self.model.folding_to(&fold(core)).iter();
            let candidate = |&word: &u16| Candidate {
                word,
                lead: 0,
                tail,
                cost: 0.0,
            };
            words.map(candidate).collect()
        })
    }

    /// The cost of writing `word` in this case; nothing where a sentence opens or all letters are capitals, since every
    /// word may be written so there.
    fn case_cost(&self, word: u16, case: Case, opens: bool) -> f32 {
        let capital = (f32::from(self.model.lexicon().row(word).capital) + 1.0) / 257.0;
        match case {
            Case::Upper => 0.0,
            _ if opens => 0.0,
            Case::Title => -capital.ln() * CAPITAL_WEIGHT,
            Case::Lower => -(1.0 - capital).ln() * SMALL_WEIGHT,
        }
    }
}

/// The cost of keeping a token because it is a name, a foreign word or an abbreviation.
///
/// The figures come from the experiments on scans with which the method was developed. Longer tokens cost more, since
/// more of their letters would have to be right by chance.
fn pass_cost(token: &str) -> f32 {
    let len = token.chars().count() as f32;
    let is_vowel = |c: char| "aeiouy".contains(c.to_ascii_lowercase());
    if token.chars().any(|c| c.is_ascii_digit()) {
        8.0 + 1.5 * len
    } else if len > 1.0 && token.chars().all(char::is_uppercase) && !token.chars().any(is_vowel) {
        2.0 + 0.8 * len
    } else if token.chars().all(|c| c.is_ascii_alphabetic()) {
        6.0 + 1.9 * len
    } else {
        10.0 + 1.9 * len
    }
}
