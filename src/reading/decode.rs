//! Decodes a damaged stretch of text: the likeliest words of each sentence, as repairs.
//!
//! [`choices`](super::choices) gives the ways to read each piece, [`beam`](super::beam) finds the best path through
//! them, and this file turns that path into repairs with alternatives and a confidence. Each sentence is decoded on its
//! own; it may run over line ends and pages.

use super::beam::BestPath;
use super::choices::{CandidateCache, Choice, ChoiceFinder, Manner};
use super::model::Model;
use super::repair::{Repair, UNSURE};
use super::token::{Case, TextPiece, TextPieceKind, case_at};
use crate::stop::checkpoint;
use crate::symbol::Symbol;
use crate::text::{Span, fold};

/// The most nats by which another word may cost more than the chosen one and still be offered as an alternative.
const ALTERNATIVE_REACH: f32 = 3.5;
/// The most alternatives that one repair offers.
const MAX_ALTERNATIVES: usize = 4;

/// The least likelihood of a word at which a number is given up for it.
const MIN_WORD_FOR_NUMBER: f32 = 0.9;

/// The most words that are decoded as one sentence; a longer one is decoded in parts of this length.
const MAX_SENTENCE: usize = 400;

/// The words before a symbol that may be its type word and "số".
const TYPE_WORDS: usize = 5;

/// Decodes the damaged stretches of one text.
pub(crate) struct Decoder<'m, 't> {
    model: &'m Model,
    text: &'t str,
    finder: ChoiceFinder<'m, 't>,
}

impl<'m, 't> Decoder<'m, 't> {
    /// A decoder of `text`; `cache` must be used with this model only.
    pub(crate) fn new(model: &'m Model, text: &'t str, cache: &'t mut CandidateCache) -> Self {
        Self {
            model,
            text,
            finder: ChoiceFinder::new(model, text, cache),
        }
    }

    /// Reads `pieces`, a stretch of the text, and appends a repair for each word that differs or is unsure.
    pub(crate) fn read(&mut self, pieces: &[TextPiece], manner: Manner<'_>, repairs: &mut Vec<Repair>) {
        let pieces: Vec<TextPiece> = match manner {
            Manner::Misread => pieces.iter().flat_map(|&piece| self.finder.split(piece)).collect(),
            Manner::Unmarked | Manner::Recognized(_) => pieces.to_vec(),
        };
        for sentence in pieces.chunk_by(|_, next| !next.opens) {
            for part in sentence.chunks(MAX_SENTENCE) {
                self.sentence(part, manner, repairs);
            }
        }
    }

    /// Reads one sentence.
    fn sentence(&mut self, pieces: &[TextPiece], manner: Manner<'_>, repairs: &mut Vec<Repair>) {
        let slots: Vec<Vec<Choice>> = (0..pieces.len())
            .map(|at| {
                checkpoint();
                self.finder.choices(pieces, at, manner)
            })
            .collect();
        let path = BestPath::find(self.model, &slots);
        let mut readings: Vec<Repair> = Vec::with_capacity(pieces.len());
        for at in 0..pieces.len() {
            let listed = match manner {
                Manner::Unmarked => None,
                Manner::Misread => self.symbol(pieces[at], &readings).or_else(|| self.numeral(pieces[at])),
                Manner::Recognized(_) => self.symbol(pieces[at], &readings),
            };
            let reading =
                listed.unwrap_or_else(|| self.reading(pieces, at, &slots[at], path.chosen(at), &path.costs_at(at)));
            match readings.last_mut() {
                Some(first) if pieces[at].joined => join(first, &reading),
                _ => readings.push(reading),
            }
        }
        let is_news = |reading: &Repair| {
            let differs = reading.text != reading.span.slice(self.text);
            match manner {
                // A word that was recognized is as printed unless there is a doubt.
                Manner::Recognized(_) => differs || reading.confidence < UNSURE,
                Manner::Misread | Manner::Unmarked => differs || !reading.alternatives.is_empty(),
            }
        };
        repairs.extend(readings.into_iter().filter(is_news));
    }

    /// The reading of the piece at `at`; `costs` has the cost of each choice in `slot`, given the words around it.
    fn reading(&self, pieces: &[TextPiece], at: usize, slot: &[Choice], chosen: usize, costs: &[f32]) -> Repair {
        let piece = pieces[at];
        let likely = |choice: usize| 1.0 / costs.iter().map(|cost| (costs[choice] - cost).exp()).sum::<f32>();
        // Numbers are never guessed: a merely likely word is offered as an alternative to the digits.
        let doubtful = piece.kind == TextPieceKind::Number && likely(chosen) < MIN_WORD_FOR_NUMBER;
        let chosen = if doubtful { 0 } else { chosen };
        let choice = slot[chosen];
        let span = self.span_of(piece, choice);
        let source = span.slice(self.text);
        // Of "33Nghị" the word begins after the number of its note.
        let case = match choice.candidate.lead {
            0 => case_at(self.text, pieces, at),
            _ => Case::of(source),
        };
        let text = if choice.kept {
            source.to_owned()
        } else {
            self.written(choice, case)
        };
        // Only choices that read the same bytes can replace the text of this repair.
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

    /// The reading of a document symbol whose letters were misread, after the words `before`: they come from closed lists,
    /// and its digits stay.
    fn symbol(&self, piece: TextPiece, before: &[Repair]) -> Option<Repair> {
        if piece.kind != TextPieceKind::Symbol {
            return None;
        }
        let token = piece.span.slice(self.text);
        let (text, len) = Symbol::corrected(token).or_else(|| {
            let words = before[before.len().saturating_sub(TYPE_WORDS)..].iter();
            let words: Vec<String> = words.map(|word| fold(&word.text)).collect();
            Symbol::misread_after(&words.join(" "), token)
        })?;
        Some(Repair {
            span: Span::new(piece.span.start, piece.span.start + len),
            text,
            alternatives: Vec::new(),
            confidence: 1.0,
        })
    }

    /// The reading of a Roman number whose strokes were misread: `XIll` is XIII.
    fn numeral(&self, piece: TextPiece) -> Option<Repair> {
        let token = piece.span.slice(self.text);
        if piece.kind != TextPieceKind::Number || token.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let text = token.replace(['l', '|', '1'], "I");
        let ones = text.trim_start_matches('X');
        let is_numeral = text.len() - ones.len() <= 3
            && matches!(
                ones,
                "" | "I" | "II" | "III" | "IV" | "V" | "VI" | "VII" | "VIII" | "IX"
            );
        (is_numeral && text != token).then_some(Repair {
            span: piece.span,
            text,
            alternatives: Vec::new(),
            confidence: 1.0,
        })
    }

    /// The bytes that a choice reads.
    fn span_of(&self, piece: TextPiece, choice: Choice) -> Span {
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

/// Appends the reading of the second of two words that the scan ran together.
fn join(first: &mut Repair, second: &Repair) {
    first.span = first.span.cover(second.span);
    first.text = format!("{} {}", first.text, second.text);
    first.alternatives.clear();
    first.confidence = first.confidence.min(second.confidence);
}
