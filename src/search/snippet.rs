//! Snippets: cuts of a passage between words, where most of the matches are close together.

use serde::Serialize;

use super::matching::PassageMatches;
use crate::index::{BestReading, StoredPassage};
use crate::text::Span;

/// A cut of a text, in pieces.
///
/// The pieces joined are a substring of the text. Two neighbors are alike only where two matches, or two unsure words,
/// touch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Snippet {
    /// The pieces, in order.
    pub pieces: Vec<Piece>,
    /// True if the text begins before the snippet.
    pub cut_before: bool,
    /// True if the text continues after the snippet.
    pub cut_after: bool,
}

/// A piece of a snippet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[schema(as = SnippetPiece)]
pub struct Piece {
    /// The text.
    pub text: String,
    /// True if it matched.
    pub hit: bool,
    /// True if the source may well say something else.
    pub unsure: bool,
}

impl Snippet {
    /// Returns the snippet cut to at most `max_chars` chars, around the words where most matches are close together.
    #[must_use]
    pub fn shortened(&self, max_chars: usize) -> Self {
        let text: String = self.pieces.iter().map(|piece| piece.text.as_str()).collect();
        let mut words = Vec::new();
        let mut at = 0;
        for (number, piece) in self.pieces.iter().enumerate() {
            let end = at + piece.text.len();
            let hit = if piece.hit { number + 1 } else { 0 };
            let mut start = at;
            // A match is one word here, with its blanks; other text is cut at its blanks.
            let is_whole = piece.hit || piece.unsure;
            for part in piece.text.split_inclusive(|char: char| !is_whole && char == ' ') {
                words.push(TextWord {
                    span: Span::new(start, start + part.trim_end().len()),
                    hit,
                    unsure: piece.unsure,
                });
                start += part.len();
            }
            at = end;
        }
        words.retain(|word| !word.span.is_empty());
        let shorter = cut(&text, &words, max_chars);
        Self {
            cut_before: shorter.cut_before || self.cut_before,
            cut_after: shorter.cut_after || self.cut_after,
            pieces: shorter.pieces,
        }
    }
}

/// A word of the text that a snippet is cut from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct TextWord {
    span: Span,
    /// Number of the part of the query that it matched, from 1; 0 for none.
    hit: usize,
    unsure: bool,
}

/// Returns the snippet of the source, of at most `max_chars` chars.
pub(super) fn of_source(stored: &StoredPassage, found: &PassageMatches, max_chars: usize) -> Snippet {
    let words = found.words.cells.iter().zip(&found.hits);
    // An unsure word of a repaired reading says nothing about the source; one in the text of an OCR does.
    let unsure = stored.record.unsure.iter().filter(|_| stored.record.repaired.is_none());
    let unsure: Vec<Span> = unsure.map(|word| Span::new(word.at[0], word.at[1])).collect();
    let words = words.map(|(cell, &hit)| TextWord {
        span: cell.span,
        hit,
        unsure: unsure.iter().any(|word| word.overlaps(cell.span)),
    });
    let mut words: Vec<TextWord> = words.collect();
    // Words of a damaged stretch may share bytes or overlap: these become one word, and so do the parts of a doubtful
    // symbol.
    let of_one_word = |one: Span, other: Span| unsure.iter().any(|word| word.contains(one) && word.contains(other));
    words.dedup_by(|next, last| {
        let overlaps = next.span.start < last.span.end || of_one_word(last.span, next.span);
        if overlaps {
            last.span = last.span.cover(next.span);
            last.hit = last.hit.max(next.hit);
        }
        overlaps
    });
    cut(&stored.record.text, &words, max_chars)
}

/// Returns the snippet of the repaired reading; `None` if nothing is damaged.
pub(super) fn of_reading(stored: &StoredPassage, found: &PassageMatches, max_chars: usize) -> Option<Snippet> {
    let damaged = &stored.annotations.damaged;
    if damaged.is_empty() {
        return None;
    }
    let reading = BestReading::of(&stored.record.text, &stored.annotations);
    let mut words = Vec::with_capacity(found.words.cells.len());
    for (cell, &hit) in found.words.cells.iter().zip(&found.hits) {
        let unsure = cell.damaged.map_or(&[][..], |stretch| &damaged[stretch].unsure);
        words.extend(reading.forms(cell).map(|(form, span)| TextWord {
            span,
            hit,
            unsure: unsure.iter().any(|unsure| unsure.overlaps(form.span)),
        }));
    }
    words.sort_by_key(|word| (word.span.start, word.span.end));
    words.dedup_by(|next, last| next.span.start < last.span.end);
    Some(cut(&reading.text, &words, max_chars))
}

/// Returns the snippet in the letters of the file; `None` if the passage was not converted from them.
pub(super) fn of_letters(stored: &StoredPassage, found: &PassageMatches, max_chars: usize) -> Option<Snippet> {
    let text = stored.record.letters.as_deref()?;
    let letters = &stored.annotations.letters;
    let spans = letters.letters_spans(found.words.cells.iter().map(|cell| cell.span));
    let words = spans.into_iter().zip(&found.hits);
    let mut words: Vec<TextWord> = words
        .map(|(span, &hit)| TextWord {
            span,
            hit,
            unsure: false,
        })
        .collect();
    words.dedup_by(|next, last| {
        let overlaps = next.span.start < last.span.end;
        if overlaps {
            last.span = last.span.cover(next.span);
            last.hit = last.hit.max(next.hit);
        }
        overlaps
    });
    Some(cut(text, &words, max_chars))
}

/// Cuts `text` around the words where most parts of the query are close together.
fn cut(text: &str, words: &[TextWord], max_chars: usize) -> Snippet {
    let window = window(text, words, max_chars);
    let is_marked = |word: &&TextWord| (word.hit > 0 || word.unsure) && window.contains(word.span);
    let mut pieces: Vec<Piece> = Vec::new();
    let mut push = |span: Span, hit: bool, unsure: bool| {
        if !span.is_empty() {
            let text = span.slice(text).to_owned();
            pieces.push(Piece { text, hit, unsure });
        }
    };
    let mut at = window.start;
    for word in words.iter().filter(is_marked) {
        push(Span::new(at, word.span.start), false, false);
        push(word.span, word.hit > 0, word.unsure);
        at = word.span.end;
    }
    push(Span::new(at, window.end), false, false);
    Snippet {
        pieces,
        cut_before: !text[..window.start].trim().is_empty(),
        cut_after: !text[window.end..].trim().is_empty(),
    }
}

/// Returns the bytes to show: all if they fit; else from a word to a word, with the densest stretch of matches in the
/// middle.
fn window(text: &str, words: &[TextWord], max_chars: usize) -> Span {
    if text.chars().count() <= max_chars || words.is_empty() {
        let end = text.char_indices().nth(max_chars).map_or(text.len(), |(at, _)| at);
        return Span::new(0, end);
    }
    let chars = Chars::of(text, words);
    let (mut first, mut last) = densest(words, &chars, max_chars);
    // The rest of the length goes to both sides, a word at a time, to the side that has less so far.
    let (mut before, mut after) = (0, 0);
    let (mut more_before, mut more_after) = (true, true);
    while more_before || more_after {
        let len = chars.len(first, last);
        if more_before && (!more_after || before <= after) {
            more_before = first > 0 && chars.len(first - 1, last) <= max_chars;
            if more_before {
                first -= 1;
                before += chars.len(first, last) - len;
            }
        } else {
            more_after = last + 1 < words.len() && chars.len(first, last + 1) <= max_chars;
            if more_after {
                last += 1;
                after += chars.len(first, last) - len;
            }
        }
    }
    // A date or a symbol (25/10/2017) is words of the index, but one word for its reader.
    let joined = |one: usize| {
        let between = text.get(words[one].span.end..words[one + 1].span.start);
        between.is_some_and(|between| !between.contains(char::is_whitespace))
    };
    while first < last && first > 0 && words[first].hit == 0 && joined(first - 1) {
        first += 1;
    }
    while first < last && last + 1 < words.len() && words[last].hit == 0 && joined(last) {
        last -= 1;
    }
    let start = if first == 0 && chars.prefix(first) + chars.len(first, last) <= max_chars {
        0
    } else {
        words[first].span.start
    };
    // Punctuation after the last word belongs to it if it fits.
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

/// Returns the first and last word of the stretch of at most `max_chars` with most parts of the query, then most
/// matches, then the shortest, then the first. At least one word, however long it is.
fn densest(words: &[TextWord], chars: &Chars, max_chars: usize) -> (usize, usize) {
    let hits: Vec<usize> = (0..words.len()).filter(|&at| words[at].hit > 0).collect();
    let parts = words.iter().map(|word| word.hit).max().unwrap_or(0);
    let mut best = (0, 0);
    let mut best_rank = (0, 0, 0);
    // A window slides over the matches: `counts` holds the matches of each part in it.
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

/// The lengths between words, in chars.
struct Chars {
    /// For each word, the chars of the text before it, and up to its end.
    ends: Vec<(usize, usize)>,
}

impl Chars {
    /// Counts the chars of `text` between `words` in one pass.
    fn of(text: &str, words: &[TextWord]) -> Self {
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

    /// Returns the chars from the beginning of the word `first` to the end of the word `last`.
    fn len(&self, first: usize, last: usize) -> usize {
        self.ends[last].1 - self.ends[first].0
    }

    /// Returns the chars before the word `at`.
    fn prefix(&self, at: usize) -> usize {
        self.ends[at].0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns a snippet with these pieces; those in brackets matched.
    fn snippet(pieces: &[&str]) -> Snippet {
        let pieces = pieces.iter().map(|piece| Piece {
            text: piece.trim_matches(['[', ']']).to_owned(),
            hit: piece.starts_with('['),
            unsure: false,
        });
        Snippet {
            pieces: pieces.collect(),
            cut_before: false,
            cut_after: true,
        }
    }

    /// Returns the text of a snippet, with what matched in brackets.
    fn text(snippet: &Snippet) -> String {
        let pieces = snippet.pieces.iter();
        let pieces = pieces.map(|piece| {
            if piece.hit {
                format!("[{}]", piece.text)
            } else {
                piece.text.clone()
            }
        });
        pieces.collect()
    }

    #[test]
    fn a_date_is_not_cut() {
        let text = "Nghị quyết số 18-NQ/TW ngày 25/10/2017 của Ban Chấp hành Trung ương";
        let mut words = Vec::new();
        let mut at = 0;
        for part in text.split_inclusive([' ', '/', '-']) {
            let word = part.trim_end_matches([' ', '/', '-']);
            let hit = usize::from(word == "Ban");
            words.push(TextWord {
                span: Span::new(at, at + word.len()),
                hit,
                unsure: false,
            });
            at += part.len();
        }
        for max_chars in 5..40 {
            let snippet = cut(text, &words, max_chars);
            let shown: String = snippet.pieces.iter().map(|piece| piece.text.as_str()).collect();
            for word in shown.split(' ') {
                assert!(text.split(' ').any(|whole| whole == word), "{shown}");
            }
        }
    }

    #[test]
    fn a_shortened_snippet_keeps_its_matches_and_whole_words() {
        let whole = snippet(&[
            "Đẩy mạnh ứng dụng công nghệ thông tin, ",
            "[chuyển đổi số]",
            " trong quản lý nhà nước",
        ]);
        assert_eq!(whole.shortened(200), whole);
        let shorter = whole.shortened(40);
        let shown = text(&shorter);
        assert!(shown.contains("[chuyển đổi số]"), "{shown}");
        assert!(shown.replace(['[', ']'], "").chars().count() <= 40, "{shown}");
        assert!(shorter.cut_before && shorter.cut_after);
        let plain = text(&whole).replace(['[', ']'], "");
        let cut = shown.replace(['[', ']'], "");
        assert!(plain.contains(&cut));
        for word in cut.split(' ') {
            assert!(plain.split(' ').any(|whole| whole == word), "{word}: no whole word");
        }
    }
}
