//! Finds the likeliest words of a damaged stretch: a beam search over candidates and n-grams.
//!
//! Each sentence is decoded for itself, over line ends and pages. A state of the beam is the last words as
//! the n-gram model knows them; of two states with the same last words the cheaper stays. Costs are
//! natural logarithms with the sign turned.

use std::collections::HashMap;
use std::sync::Arc;

use super::candidates::{Candidate, Workspace};
use super::channel::MAX_CHARS;
use super::letters::carries_mark;
use super::lexicon::{BOUNDARY, NUMBER, SYMBOL, UNKNOWN};
use super::model::{History, Model};
use super::token::{Case, Piece, Sort, clean_form};
use super::{Quality, Repair};
use crate::symbol::Symbol;
use crate::text::{Span, fold};

/// Weight of the n-gram model against the channel. On held-out pages 0.9 to 1.0 are alike.
const MODEL_WEIGHT: f32 = 1.0;

/// States kept behind each word.
const BEAM: usize = 20;
/// Nats behind the best state at which a state is dropped.
const BEAM_REACH: f32 = 9.0;

/// Nats behind the chosen word within which another is offered as an alternative.
const ALTERNATIVE_REACH: f32 = 3.5;
/// Nats behind the chosen word from which another takes nothing of its confidence that could be seen.
const NEGLIGIBLE: f32 = 8.0;
/// Alternatives offered at most.
const MAX_ALTERNATIVES: usize = 4;

/// Nats by which a word must be likelier than a two-digit number to be read in its place.
const NUMBER_MARGIN: f32 = 3.0;

/// Likelihood of such a word from which the number is given up for it.
const NUMBER_GIVEN_UP: f32 = 0.9;

/// Weight of how rarely a word has a capital inside a sentence, where the token has one.
const CAPITAL_WEIGHT: f32 = 0.5;
/// Weight of how rarely a word has none, where the token has none: laws write `Đảng`, reports also
/// `đảng viên`.
const SMALL_WEIGHT: f32 = 0.2;

/// Cost of the nearest word from which a token may be two words run together.
const LEAST_JOINED: f32 = 9.0;
/// Most that both halves may cost then: a quote or two inside may be the rest of a horn or a mark.
const MOST_HALVES: f32 = 3.0;
/// Nats by which both halves must be nearer than the whole.
const JOINED_MARGIN: f32 = 8.0;

/// Words of a sentence after which it is decoded as if it ended.
const LONGEST_SENTENCE: usize = 400;

/// A way to read one piece.
#[derive(Clone, Copy, Debug)]
struct Choice {
    candidate: Candidate,
    /// The piece stays as the source has it.
    kept: bool,
}

impl Choice {
    /// The piece stays and counts as `word`.
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

/// A state of the beam.
#[derive(Clone, Copy, Debug)]
struct State {
    history: History,
    cost: f32,
    /// Index of the state before, in its column.
    from: u16,
    /// Index of the choice.
    choice: u16,
}

/// Tokens of which [`Memory`] knows the candidates; reports of one office use some 20,000.
const MOST_TOKENS: usize = 1 << 15;

/// The candidates of the tokens met so far, with one model: scans make the same of the same words.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    misread: HashMap<String, Arc<[Candidate]>>,
    unmarked: HashMap<String, Arc<[Candidate]>>,
    work: Workspace,
}

/// The candidates that `known` has of `token`, or those that `find` finds.
fn remembered(
    known: &mut HashMap<String, Arc<[Candidate]>>,
    token: &str,
    find: impl FnOnce() -> Vec<Candidate>,
) -> Arc<[Candidate]> {
    if let Some(found) = known.get(token) {
        return Arc::clone(found);
    }
    if known.len() >= MOST_TOKENS {
        known.clear();
    }
    let found: Arc<[Candidate]> = find().into();
    known.insert(token.to_owned(), Arc::clone(&found));
    found
}

/// Decodes the damaged stretches of one text.
pub(crate) struct Decoder<'m, 't> {
    model: &'m Model,
    text: &'t str,
    memory: &'t mut Memory,
}

impl<'m, 't> Decoder<'m, 't> {
    /// A decoder of `text`; `memory` is of this model.
    pub(crate) fn new(model: &'m Model, text: &'t str, memory: &'t mut Memory) -> Self {
        Self { model, text, memory }
    }

    /// Reads `pieces`, a damaged stretch of the text, and appends what differs or is unsure.
    pub(crate) fn read(&mut self, pieces: &[Piece], quality: Quality, repairs: &mut Vec<Repair>) {
        let pieces: Vec<Piece> = match quality {
            Quality::Ocr => pieces.iter().flat_map(|&piece| self.split(piece)).collect(),
            _ => pieces.to_vec(),
        };
        for sentence in pieces.chunk_by(|_, next| !next.opens) {
            for part in sentence.chunks(LONGEST_SENTENCE) {
                self.sentence(part, quality, repairs);
            }
        }
    }

    /// The piece, or its two halves where the scan ran two words together: `BAOCAO` is báo cáo.
    ///
    /// Only where no word is near the whole and the halves are nearly words as they stand; what is written
    /// like a name (`Mekong`) stays whole.
    fn split(&mut self, piece: Piece) -> Vec<Piece> {
        let token = piece.span.slice(self.text);
        let letters = token.chars().filter(|c| c.is_alphabetic()).count();
        if piece.sort != Sort::Word
            || !(4..=MAX_CHARS).contains(&letters)
            || token.contains(carries_mark)
            || Case::of(token) == Case::Title
        {
            return vec![piece];
        }
        let whole = self.cheapest(token, 0);
        if whole < LEAST_JOINED {
            return vec![piece];
        }
        let halves = token
            .char_indices()
            .skip(2)
            .map(|(at, _)| at)
            .filter(|&at| token[at..].chars().nth(1).is_some());
        let costs: Vec<(f32, usize)> = halves
            .map(|at| (self.cheapest(&token[..at], 1) + self.cheapest(&token[at..], 0), at))
            .collect();
        match costs.into_iter().min_by(|a, b| a.0.total_cmp(&b.0)) {
            Some((cost, at)) if cost <= MOST_HALVES && cost + JOINED_MARGIN <= whole => {
                let middle = piece.span.start + at;
                let first = Piece {
                    span: Span::new(piece.span.start, middle),
                    closed: false,
                    ..piece
                };
                let second = Piece {
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

    /// The least cost of reading `token` as a word with at most `tail` chars behind it.
    fn cheapest(&mut self, token: &'t str, tail: u8) -> f32 {
        let found = self.candidates(token);
        found
            .iter()
            .filter(|c| c.lead == 0 && c.tail <= tail)
            .map(|c| c.cost)
            .fold(f32::INFINITY, f32::min)
    }

    /// Reads one sentence.
    fn sentence(&mut self, pieces: &[Piece], quality: Quality, repairs: &mut Vec<Repair>) {
        let slots: Vec<Vec<Choice>> = (0..pieces.len()).map(|at| self.choices(pieces, at, quality)).collect();
        let path = self.best_path(&slots);
        let mut histories = vec![History::start()];
        for (slot, &choice) in slots.iter().zip(&path) {
            let last = histories[histories.len() - 1];
            histories.push(self.model.step(last, slot[choice].candidate.word).1);
        }
        let mut readings: Vec<Repair> = Vec::with_capacity(pieces.len());
        for at in 0..pieces.len() {
            let costs = self.costs_at(&slots, &path, &histories, at);
            let reading = self.reading(pieces, at, &slots[at], path[at], &costs);
            match readings.last_mut() {
                Some(first) if pieces[at].joined => join(first, &reading),
                _ => readings.push(reading),
            }
        }
        let is_news =
            |reading: &Repair| !reading.alternatives.is_empty() || reading.text != reading.span.slice(self.text);
        repairs.extend(readings.into_iter().filter(is_news));
    }

    /// The ways to read the piece at `at`; never empty.
    fn choices(&mut self, pieces: &[Piece], at: usize, quality: Quality) -> Vec<Choice> {
        let piece = pieces[at];
        let token = piece.span.slice(self.text);
        match piece.sort {
            Sort::Symbol => return vec![Choice::kept(SYMBOL, 0.0)],
            Sort::Number => return self.number(piece, token, quality),
            Sort::Word => {}
        }
        if token.chars().any(carries_mark) {
            let word = self.model.lexicon().find(&clean_form(token)).unwrap_or(UNKNOWN);
            return vec![Choice::kept(word, 0.0)];
        }
        let found = match quality {
            Quality::Unmarked => self.unmarked(token),
            _ => self.candidates(token),
        };
        let case = self.case(pieces, at);
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

    /// The ways to read digits: as they are, and two of them as the word that they were seen for
    /// (`13` = là), by a margin.
    fn number(&mut self, piece: Piece, token: &'t str, quality: Quality) -> Vec<Choice> {
        let mut choices = vec![Choice::kept(NUMBER, 0.0)];
        let may_be_word = quality == Quality::Ocr
            && !piece.opens
            && !piece.closed
            && token.len() == 2
            && token.starts_with('1')
            && token.bytes().all(|byte| byte.is_ascii_digit());
        if may_be_word {
            let found = self.candidates(token);
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
    fn candidates(&mut self, token: &str) -> Arc<[Candidate]> {
        let Memory { misread, work, .. } = &mut *self.memory;
        remembered(misread, token, || self.model.search().candidates(token, work))
    }

    /// The candidates of a token typed without marks: all words that fold to it.
    fn unmarked(&mut self, token: &str) -> Arc<[Candidate]> {
        let core = token.trim_end_matches(|c: char| c.is_ascii_digit());
        let tail = (token.len() - core.len()).min(usize::from(u8::MAX)) as u8;
        remembered(&mut self.memory.unmarked, token, || {
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

    /// The case of the piece at `at`. One letter or two tell too little (`HO Chi Minh`): they have the case of
    /// their neighbours where these are all capitals, and are not all capitals where none of these is.
    fn case(&self, pieces: &[Piece], at: usize) -> Case {
        let token = pieces[at].span.slice(self.text);
        let case = Case::of(token);
        let letters = token.chars().filter(|c| c.is_alphabetic()).count();
        if letters > 2 || letters == 2 && case != Case::Upper {
            return case;
        }
        let is_upper = |piece: &Piece| piece.sort == Sort::Word && Case::of(piece.span.slice(self.text)) == Case::Upper;
        let neighbours = [at.checked_sub(1), Some(at + 1)].into_iter().flatten();
        match neighbours.filter_map(|at| pieces.get(at)).any(is_upper) {
            true => Case::Upper,
            false if case == Case::Upper => Case::Title,
            false => case,
        }
    }

    /// Cost of writing `word` in this case, inside a sentence.
    fn case_cost(&self, word: u16, case: Case, opens: bool) -> f32 {
        let capital = (f32::from(self.model.lexicon().row(word).capital) + 1.0) / 257.0;
        match case {
            Case::Upper => 0.0,
            _ if opens => 0.0,
            Case::Title => -capital.ln() * CAPITAL_WEIGHT,
            Case::Lower => -(1.0 - capital).ln() * SMALL_WEIGHT,
        }
    }

    /// The choice of each slot on the cheapest path.
    fn best_path(&self, slots: &[Vec<Choice>]) -> Vec<usize> {
        let mut columns: Vec<Vec<State>> = Vec::with_capacity(slots.len() + 1);
        columns.push(vec![State {
            history: History::start(),
            cost: 0.0,
            from: 0,
            choice: 0,
        }]);
        for slot in slots {
            let next = self.extend(&columns[columns.len() - 1], slot);
            columns.push(next);
        }
        let last = &columns[slots.len()];
        let end = |state: &State| state.cost + MODEL_WEIGHT * self.model.step(state.history, BOUNDARY).0;
        let mut at = (0..last.len())
            .min_by(|&a, &b| end(&last[a]).total_cmp(&end(&last[b])))
            .unwrap_or(0);
        let mut path = vec![0; slots.len()];
        for index in (0..slots.len()).rev() {
            let state = columns[index + 1][at];
            path[index] = usize::from(state.choice);
            at = usize::from(state.from);
        }
        path
    }

    /// The states behind one more piece.
    fn extend(&self, column: &[State], slot: &[Choice]) -> Vec<State> {
        let mut next: Vec<State> = Vec::with_capacity(column.len() * slot.len());
        let mut limit = f32::INFINITY;
        for (from, state) in column.iter().enumerate() {
            for (choice, way) in slot.iter().enumerate() {
                let so_far = state.cost + way.candidate.cost;
                if so_far > limit {
                    continue;
                }
                let (model, history) = self.model.step(state.history, way.candidate.word);
                let cost = so_far + MODEL_WEIGHT * model;
                if cost <= limit {
                    limit = limit.min(cost + BEAM_REACH);
                    next.push(State {
                        history,
                        cost,
                        from: from as u16,
                        choice: choice as u16,
                    });
                }
            }
        }
        next.retain(|state| state.cost <= limit);
        next.sort_by(|a, b| a.cost.total_cmp(&b.cost));
        let mut kept: Vec<State> = Vec::with_capacity(BEAM);
        for state in next {
            if kept.len() == BEAM {
                break;
            }
            if !kept.iter().any(|other| other.history == state.history) {
                kept.push(state);
            }
        }
        kept
    }

    /// The cost of each choice at `at` while the other words stay as on the path; infinite for choices that
    /// are [`NEGLIGIBLE`].
    fn costs_at(&self, slots: &[Vec<Choice>], path: &[usize], histories: &[History], at: usize) -> Vec<f32> {
        let behind: Vec<u16> = (at + 1..slots.len())
            .map(|next| slots[next][path[next]].candidate.word)
            .chain([BOUNDARY])
            .take(super::ngrams::MAX_ORDER - 1)
            .collect();
        let cost = |choice: &Choice, limit: f32| {
            let (model, mut history) = self.model.step(histories[at], choice.candidate.word);
            let mut cost = choice.candidate.cost + MODEL_WEIGHT * model;
            for &word in &behind {
                if cost > limit {
                    return f32::INFINITY;
                }
                let (model, next) = self.model.step(history, word);
                cost += MODEL_WEIGHT * model;
                history = next;
            }
            cost
        };
        let limit = cost(&slots[at][path[at]], f32::INFINITY) + NEGLIGIBLE;
        slots[at]
            .iter()
            .map(|choice| {
                if choice.candidate.cost > limit {
                    f32::INFINITY
                } else {
                    cost(choice, limit)
                }
            })
            .collect()
    }

    /// What the piece at `at` says.
    fn reading(&self, pieces: &[Piece], at: usize, slot: &[Choice], chosen: usize, costs: &[f32]) -> Repair {
        let piece = pieces[at];
        let likely = |choice: usize| 1.0 / costs.iter().map(|cost| (costs[choice] - cost).exp()).sum::<f32>();
        // A number is never given up for a word that is merely likely; that word is offered beside it.
        let doubtful = piece.sort == Sort::Number && likely(chosen) < NUMBER_GIVEN_UP;
        let chosen = if doubtful { 0 } else { chosen };
        if let Some(symbol) = self.symbol(piece) {
            return symbol;
        }
        let choice = slot[chosen];
        let span = self.span_of(piece, choice);
        let source = span.slice(self.text);
        let case = self.case(pieces, at);
        let text = if choice.kept {
            source.to_owned()
        } else {
            self.written(choice, case)
        };
        let mut others: Vec<(f32, String)> = slot
            .iter()
            .zip(costs)
            .filter(|(other, cost)| {
                !other.kept && self.span_of(piece, **other) == span && **cost - costs[chosen] <= ALTERNATIVE_REACH
            })
            .map(|(other, &cost)| (cost, self.written(*other, case)))
            .filter(|(_, other)| *other != text)
            .collect();
        others.sort_by(|a, b| a.0.total_cmp(&b.0));
        others.truncate(MAX_ALTERNATIVES);
        Repair {
            span,
            text,
            alternatives: others.into_iter().map(|(_, other)| other).collect(),
            confidence: likely(chosen).clamp(0.0, 1.0),
        }
    }

    /// The reading of a document's symbol whose letters were misread: they follow closed lists, its digits stay.
    fn symbol(&self, piece: Piece) -> Option<Repair> {
        let (text, len) = Symbol::put_right(piece.span.slice(self.text)).filter(|_| piece.sort == Sort::Symbol)?;
        Some(Repair {
            span: Span::new(piece.span.start, piece.span.start + len),
            text,
            alternatives: Vec::new(),
            confidence: 1.0,
        })
    }

    /// The bytes that a choice reads.
    fn span_of(&self, piece: Piece, choice: Choice) -> Span {
        let token = piece.span.slice(self.text);
        let bytes = |chars: &mut dyn Iterator<Item = char>, count: u8| -> usize {
            chars.take(usize::from(count)).map(char::len_utf8).sum()
        };
        let lead = bytes(&mut token.chars(), choice.candidate.lead);
        let tail = bytes(&mut token.chars().rev(), choice.candidate.tail);
        Span::new(piece.span.start + lead, piece.span.end - tail)
    }

    /// The word of a choice in the case of the source.
    fn written(&self, choice: Choice, case: Case) -> String {
        let row = self.model.lexicon().row(choice.candidate.word);
        if row.acronym {
            Case::Upper.apply(&row.form)
        } else {
            case.apply(&row.form)
        }
    }
}

/// Takes up the reading of the second of two words that the scan ran together.
fn join(first: &mut Repair, second: &Repair) {
    first.span = first.span.cover(second.span);
    first.text = format!("{} {}", first.text, second.text);
    first.alternatives.clear();
    first.confidence = first.confidence.min(second.confidence);
}

/// Cost of leaving a token as it is: it is a name, a foreign word, an abbreviation.
///
/// The figures are those of the method's experiments on scans: longer tokens are dearer, since more of
/// their letters would have to be right by chance.
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
