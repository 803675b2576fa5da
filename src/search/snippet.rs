//! A cut of a passage: whole words, exactly what matched, where most of it stands together.

use serde::Serialize;

use super::matching::Found;
use crate::index::{Laid, StoredPassage};
use crate::text::Span;

/// A cut of a text, in pieces.
///
/// The pieces joined are a substring of the text. No two neighbours are alike but where two matches, or two unsure
/// words, touch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Snippet {
    /// In order.
    pub pieces: Vec<Piece>,
    /// Does text stand before it?
    pub cut_before: bool,
    /// Does text stand behind it?
    pub cut_behind: bool,
}

/// A piece of a snippet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[schema(as = SnippetPiece)]
pub struct Piece {
    /// The text.
    pub text: String,
    /// Did it match?
    pub hit: bool,
    /// May it well say something else ([`crate::reading::UNSURE`])?
    pub unsure: bool,
}

/// A word of the text that is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Shown {
    span: Span,
    /// Number of the part of the query that it matched, from 1; 0 for none.
    hit: usize,
    unsure: bool,
}

/// The snippet of the source, of at most `max_chars` chars.
pub(super) fn of_source(stored: &StoredPassage, found: &Found, max_chars: usize) -> Snippet {
    let words = found.words.cells.iter().zip(&found.hits);
    // What is unsure in a reading says nothing of the source; what is in the text of an OCR does.
    let doubted = stored.record.unsure.iter().filter(|_| stored.record.repaired.is_none());
    let doubted: Vec<Span> = doubted.map(|word| Span::new(word.at[0], word.at[1])).collect();
    let shown = words.map(|(cell, &hit)| Shown {
        span: cell.span,
        hit,
        unsure: doubted.iter().any(|word| word.overlaps(cell.span)),
    });
    let mut shown: Vec<Shown> = shown.collect();
    // Words of a damaged stretch may share their bytes or go back: what overlaps becomes one, and so do the parts
    // of a doubted symbol.
    let of_one_word = |one: Span, other: Span| doubted.iter().any(|word| word.contains(one) && word.contains(other));
    shown.dedup_by(|next, last| {
        let overlaps = next.span.start < last.span.end || of_one_word(last.span, next.span);
        if overlaps {
            last.span = last.span.cover(next.span);
            last.hit = last.hit.max(next.hit);
        }
        overlaps
    });
    cut(&stored.record.text, &shown, max_chars)
}

/// The snippet of the repaired reading; `None` where nothing is damaged.
pub(super) fn of_reading(stored: &StoredPassage, found: &Found, max_chars: usize) -> Option<Snippet> {
    let damaged = &stored.forms.damaged;
    if damaged.is_empty() {
        return None;
    }
    let laid = Laid::of(&stored.record.text, &stored.forms);
    let mut shown = Vec::with_capacity(found.words.cells.len());
    for (cell, &hit) in found.words.cells.iter().zip(&found.hits) {
        let unsure = cell.damaged.map_or(&[][..], |stretch| &damaged[stretch].unsure);
        shown.extend(laid.forms(cell).map(|(form, span)| Shown {
            span,
            hit,
            unsure: unsure.iter().any(|unsure| unsure.overlaps(form.span)),
        }));
    }
    shown.sort_by_key(|shown| (shown.span.start, shown.span.end));
    shown.dedup_by(|next, last| next.span.start < last.span.end);
    Some(cut(&laid.text, &shown, max_chars))
}

/// Cuts `text` around the words where most parts of the query stand together.
fn cut(text: &str, words: &[Shown], max_chars: usize) -> Snippet {
    let window = window(text, words, max_chars);
    let told = |word: &&Shown| (word.hit > 0 || word.unsure) && window.contains(word.span);
    let mut pieces: Vec<Piece> = Vec::new();
    let mut push = |span: Span, hit: bool, unsure: bool| {
        if !span.is_empty() {
            let text = span.slice(text).to_owned();
            pieces.push(Piece { text, hit, unsure });
        }
    };
    let mut at = window.start;
    for word in words.iter().filter(told) {
        push(Span::new(at, word.span.start), false, false);
        push(word.span, word.hit > 0, word.unsure);
        at = word.span.end;
    }
    push(Span::new(at, window.end), false, false);
    Snippet {
        pieces,
        cut_before: !text[..window.start].trim().is_empty(),
        cut_behind: !text[window.end..].trim().is_empty(),
    }
}

/// The bytes to show: all where they fit; else from a word to a word, the densest stretch of matches in the
/// middle.
fn window(text: &str, words: &[Shown], max_chars: usize) -> Span {
    if text.chars().count() <= max_chars || words.is_empty() {
        let end = text.char_indices().nth(max_chars).map_or(text.len(), |(at, _)| at);
        return Span::new(0, end);
    }
    let chars = Chars::of(text, words);
    let (mut first, mut last) = densest(words, &chars, max_chars);
    // What is left of the length goes to both sides, a word at a time, to the side that had less.
    let (mut before, mut behind) = (0, 0);
    let (mut more_before, mut more_behind) = (true, true);
    while more_before || more_behind {
        let len = chars.len(first, last);
        if more_before && (!more_behind || before <= behind) {
            more_before = first > 0 && chars.len(first - 1, last) <= max_chars;
            if more_before {
                first -= 1;
                before += chars.len(first, last) - len;
            }
        } else {
            more_behind = last + 1 < words.len() && chars.len(first, last + 1) <= max_chars;
            if more_behind {
                last += 1;
                behind += chars.len(first, last) - len;
            }
        }
    }
    let start = if first == 0 && chars.prefix(first) + chars.len(first, last) <= max_chars {
        0
    } else {
        words[first].span.start
    };
    // Punctuation behind the last word belongs to it where it fits.
    let room = max_chars.saturating_sub(text[start..words[last].span.end].chars().count());
    let next = words.get(last + 1).map_or(text.len(), |next| next.span.start);
    let tail: usize = text[words[last].span.end..next]
        .chars()
        .take(room)
        .take_while(|char| !char.is_whitespace())
        .map(char::len_utf8)
        .sum();
    Span::new(start, words[last].span.end + tail)
}

/// First and last word of the stretch of at most `max_chars` with most parts of the query, then most matches,
/// then the shortest, then the first. One word at least, however long it is.
fn densest(words: &[Shown], chars: &Chars, max_chars: usize) -> (usize, usize) {
    let hits: Vec<usize> = (0..words.len()).filter(|&at| words[at].hit > 0).collect();
    let parts = words.iter().map(|word| word.hit).max().unwrap_or(0);
    let mut best = (0, 0);
    let mut best_rank = (0, 0, 0);
    let mut counts = vec![0_usize; parts + 1];
    let mut distinct = 0;
    let mut from = 0;
    for (place, &last) in hits.iter().enumerate() {
        distinct += usize::from(counts[words[last].hit] == 0);
        counts[words[last].hit] += 1;
        while from < place && chars.len(hits[from], last) > max_chars {
            counts[words[hits[from]].hit] -= 1;
            distinct -= usize::from(counts[words[hits[from]].hit] == 0);
            from += 1;
        }
        let rank = (distinct, place - from + 1, usize::MAX - chars.len(hits[from], last));
        if rank > best_rank {
            best_rank = rank;
            best = (hits[from], last);
        }
    }
    best
}

/// Lengths in chars between words.
struct Chars {
    /// For each word, chars of the text before it and up to its end.
    ends: Vec<(usize, usize)>,
}

impl Chars {
    fn of(text: &str, words: &[Shown]) -> Self {
        let mut counted = 0;
        let mut at = 0;
        let mut count_to = |to: usize| {
            counted += Span::new(at, to).slice(text).chars().count();
            at = at.max(to);
            counted
        };
        let ends = words
            .iter()
            .map(|word| (count_to(word.span.start), count_to(word.span.end)));
        Self { ends: ends.collect() }
    }

    /// Chars from the beginning of the word `first` to the end of the word `last`.
    fn len(&self, first: usize, last: usize) -> usize {
        self.ends[last].1 - self.ends[first].0
    }

    /// Chars before the word `at`.
    fn prefix(&self, at: usize) -> usize {
        self.ends[at].0
    }
}
