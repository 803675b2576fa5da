//! The ways to read each piece of a damaged sentence, with the cost of each before its neighbors are considered.
//!
//! A misread word may be any of its candidates, or stay as it is because it is a name. Numbers and symbols stay, except
//! for two digits that scans often have for a word (`13` for là).

use std::collections::HashMap;
use std::sync::Arc;

use super::candidates::{Candidate, Workspace};
use super::channel::{ChannelName, MAX_CHARS};
use super::letters::{canonical, carries_mark};
use super::lexicon::{NUMBER, SYMBOL, UNKNOWN};
use super::model::Model;
use super::token::{Case, TextPiece, TextPieceKind, case_at, clean_form};
use crate::text::{Span, fold};

/// Cost of reading a number of one or two digits as the word that it was seen for. It is less than nothing, since the
/// n-grams have one class for all numbers, and each of them is rarer than the class. Of 707 numbers on held-out pages none
/// became a word.
const NUMBER_MARGIN: f32 = -2.0;

/// Weight of how rarely a word has a capital inside a sentence, where the token has one.
const CAPITAL_WEIGHT: f32 = 0.5;
/// Weight of how rarely a word has no capital, where the token has none: laws write `Đảng`, reports also write
/// `đảng viên`.
const SMALL_WEIGHT: f32 = 0.2;

/// The least cost of the nearest word, in nats, at which a token may be two words run together.
const MIN_WHOLE_COST: f32 = 9.0;
/// The most that both halves of it may cost: a quote or two inside a half may be what is left of a horn or a mark.
const MAX_HALVES_COST: f32 = 3.0;
/// The same where a quote is between the halves: it is what a scan has for a narrow blank between two marks.
const MAX_QUOTED_HALVES_COST: f32 = 8.0;
/// Nats by which both halves must be nearer than the whole.
const JOINED_MARGIN: f32 = 8.0;

/// Number of tokens whose candidates [`CandidateCache`] holds; the reports of one office use about 20,000.
const MAX_CACHED_TOKENS: usize = 1 << 15;

/// Share of the words that an OCR which knows Vietnamese gets wrong, on the pages that its confusions were learnt from:
/// the channel has the likelihood of a word being read so, right ones included, where the confidence says that it is
/// wrong.
const MARKED_ERRORS: f32 = 0.04;

/// A word of such an OCR that is less likely wrong is not read anew.
const SURE: f32 = 0.002;

/// The way in which the tokens of a stretch came to be as they are.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Manner<'c> {
    /// An OCR that does not know Vietnamese read them.
    Misread,
    /// They were typed without marks.
    Unmarked,
    /// An OCR that knows Vietnamese read them: the words that it was not quite sure of, in order, with its confidence.
    Recognized(&'c [(Span, f32)]),
}

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
    /// By the sort of the token.
    misread: [HashMap<String, Arc<[Candidate]>>; ChannelName::ALL.len()],
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
        let name = ChannelName::of(Case::of(token), false);
        let whole = self.cheapest(token, name, 0);
        if whole < MIN_WHOLE_COST {
            return vec![piece];
        }
        // Each half has two chars or more, and the first a letter: a single char is near too many words, and digits before
        // a word are the number of a note.
        let halves = token
            .char_indices()
            .skip(2)
            .map(|(at, _)| at)
            .filter(|&at| token[at..].chars().nth(1).is_some() && token[..at].contains(char::is_alphabetic));
        let costs: Vec<(f32, usize)> = halves
            .map(|at| {
                (
                    self.cheapest(&token[..at], name, 1) + self.cheapest(&token[at..], name, 0),
                    at,
                )
            })
            .collect();
        match costs.into_iter().min_by(|a, b| a.0.total_cmp(&b.0)) {
            Some((cost, at)) if cost <= most_halves_cost(token, at) && cost + JOINED_MARGIN <= whole => {
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
    fn cheapest(&mut self, token: &'t str, name: ChannelName, tail: u8) -> f32 {
        let found = self.misread(token, name);
        found
            .iter()
            .filter(|c| c.lead == 0 && c.tail <= tail)
            .map(|c| c.cost)
            .fold(f32::INFINITY, f32::min)
    }

    /// The ways to read the piece at `at`; never empty. The first of a number keeps it.
    pub(crate) fn choices(&mut self, pieces: &[TextPiece], at: usize, manner: Manner<'_>) -> Vec<Choice> {
        let piece = pieces[at];
        let token = piece.span.slice(self.text);
        match piece.kind {
            TextPieceKind::Symbol => return vec![Choice::kept(SYMBOL, 0.0)],
            TextPieceKind::Number => return self.number(piece, token, manner),
            TextPieceKind::Word => {}
        }
        let case = case_at(self.text, pieces, at);
        let found = match manner {
            Manner::Recognized(words) => return self.recognized(token, case, confidence_in(words, piece.span)),
            // An OCR that wrote `Đảng` knows Vietnamese: the word is as printed.
            _ if token.chars().any(carries_mark) => {
                let word = self.model.lexicon().find(&clean_form(token)).unwrap_or(UNKNOWN);
                return vec![Choice::kept(word, 0.0)];
            }
            Manner::Unmarked => self.unmarked(token),
            Manner::Misread => self.misread(token, ChannelName::of(case, false)),
        };
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

    /// The ways to read a word of an OCR that knows Vietnamese: as it is, or, as far as the OCR was not sure of it, as
    /// another word. Both costs add up to the likelihood of what was read.
    fn recognized(&mut self, token: &str, case: Case, confidence: Option<f32>) -> Vec<Choice> {
        let form = clean_form(token);
        let word = self.model.lexicon().find(&form);
        let Some(confidence) = confidence else {
            return vec![Choice::kept(word.unwrap_or(UNKNOWN), 0.0)];
        };
        let wrong = self.model.sureness().wrong(confidence, word.is_some());
        let mut choices = vec![Choice::kept(word.unwrap_or(UNKNOWN), -(1.0 - wrong).ln())];
        if wrong >= SURE {
            let found = self.misread(&form, ChannelName::of(case, true));
            let others = found.iter().filter(|candidate| Some(candidate.word) != word);
            let base = -wrong.ln() + MARKED_ERRORS.ln();
            choices.extend(others.map(|&candidate| Choice {
                candidate: Candidate {
                    cost: (base + candidate.cost).max(0.0),
                    ..candidate
                },
                kept: false,
            }));
        }
        choices
    }

    /// The ways to read digits: as they are, or, by a margin, two of them as the word that they were seen for (`13` for
    /// là).
    fn number(&mut self, piece: TextPiece, token: &'t str, manner: Manner<'_>) -> Vec<Choice> {
        let mut choices = vec![Choice::kept(NUMBER, 0.0)];
        let may_be_word = matches!(manner, Manner::Misread)
            && !piece.opens
            && !piece.closed
            && token.len() <= 2
            && token.bytes().all(|byte| byte.is_ascii_digit());
        if may_be_word {
            let found = self.misread(token, ChannelName::Small);
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

    /// The candidates of a misread token of this sort.
    fn misread(&mut self, token: &str, name: ChannelName) -> Arc<[Candidate]> {
        let CandidateCache { misread, work, .. } = &mut *self.cache;
        let search = self.model.search(name);
        cached(&mut misread[name as usize], token, || {
            search.map_or_else(Vec::new, |search| search.candidates(token, work))
        })
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

/// Returns the most that both halves of `token`, which is cut at byte `at`, may cost.
fn most_halves_cost(token: &str, at: usize) -> f32 {
    let is_quote = |char: char| matches!(canonical(char), '\'' | '"');
    if token[..at].ends_with(is_quote) {
        MAX_QUOTED_HALVES_COST
    } else {
        MAX_HALVES_COST
    }
}

/// Returns the confidence of the word of `words` that `span` lies in.
fn confidence_in(words: &[(Span, f32)], span: Span) -> Option<f32> {
    let at = words.partition_point(|(word, _)| word.end <= span.start);
    words
        .get(at)
        .filter(|(word, _)| word.overlaps(span))
        .map(|&(_, confidence)| confidence)
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
