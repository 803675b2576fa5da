//! The letters of a file where its text is converted from them.

use serde::{Deserialize, Serialize};

use super::Encoding;
use crate::text::Span;

/// The letters of a file at the places where its text is converted from an encoding from before Unicode; empty if all
/// of the text is as in the file.
///
/// Readers may want to see what the file says, and what was converted must be told from what was read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceLetters {
    /// The pieces that were converted, in order, none empty.
    pieces: Vec<ConvertedPiece>,
}

/// A piece of a text that was converted: a word, or more where words do not correspond one to one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct ConvertedPiece {
    /// Its bytes in the text.
    span: Span,
    /// The encoding that it was converted from.
    encoding: Encoding,
    /// The letters of the file.
    letters: String,
}

impl SourceLetters {
    /// Returns true if nothing was converted.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    /// Adds a piece: `converted` is at byte `start` of the text, behind all pieces so far, and was made of `letters`.
    /// Words that are the same in both are left out.
    pub fn push(&mut self, start: usize, converted: &str, encoding: Encoding, letters: &str) {
        if converted == letters {
            return;
        }
        let count = |text: &str| text.split_ascii_whitespace().count();
        if count(converted) != count(letters) {
            self.push_piece(Span::new(start, start + converted.len()), encoding, letters);
            return;
        }
        for (word, written) in converted.split_ascii_whitespace().zip(letters.split_ascii_whitespace()) {
            if word != written {
                let at = start + (word.as_ptr() as usize - converted.as_ptr() as usize);
                self.push_piece(Span::new(at, at + word.len()), encoding, written);
            }
        }
    }

    /// Adds a piece as it is.
    pub(crate) fn push_piece(&mut self, span: Span, encoding: Encoding, letters: &str) {
        if !span.is_empty() {
            self.pieces.push(ConvertedPiece {
                span,
                encoding,
                letters: letters.to_owned(),
            });
        }
    }

    /// Adds the pieces of `other`, a text that stands at byte `start` of this one, behind all pieces so far.
    pub fn append(&mut self, start: usize, other: &Self) {
        self.pieces.extend(other.pieces.iter().map(|piece| ConvertedPiece {
            span: piece.span.shift(start),
            ..piece.clone()
        }));
    }

    /// Removes the pieces in the first `bytes` bytes of the text, which are cut off; the others move to the left.
    pub(crate) fn cut_beginning(&mut self, bytes: usize) {
        self.pieces.retain(|piece| piece.span.start >= bytes);
        for piece in &mut self.pieces {
            piece.span = Span::new(piece.span.start - bytes, piece.span.end - bytes);
        }
    }

    /// Returns the encoding that most of the converted bytes were in.
    #[must_use]
    pub fn encoding(&self) -> Option<Encoding> {
        most_frequent(self.pieces.iter().map(|piece| (piece.encoding, piece.span.len())))
    }

    /// Returns true if any byte of `span` was converted.
    #[must_use]
    pub fn touches(&self, span: Span) -> bool {
        !self.within(span).is_empty()
    }

    /// Returns the bytes `span` of `text`, the text of these pieces, in the letters of the file. A piece that `span`
    /// cuts is given whole.
    #[must_use]
    pub fn slice(&self, text: &str, span: Span) -> String {
        let mut letters = String::with_capacity(span.len());
        let mut at = span.start;
        for piece in self.within(span) {
            letters.push_str(Span::new(at, piece.span.start).slice(text));
            letters.push_str(&piece.letters);
            at = piece.span.end;
        }
        letters.push_str(Span::new(at, span.end).slice(text));
        letters
    }

    /// Returns the bytes that each of `spans` of the text has in [`slice`](Self::slice) of all of it. A piece that a span
    /// cuts is covered whole.
    #[must_use]
    pub fn letters_spans(&self, spans: impl IntoIterator<Item = Span>) -> Vec<Span> {
        // Where each piece begins among the letters, and where the text after the last one does.
        let mut starts = Vec::with_capacity(self.pieces.len());
        let (mut at, mut before) = (0, 0);
        for piece in &self.pieces {
            at += piece.span.start - before;
            starts.push(at);
            at += piece.letters.len();
            before = piece.span.end;
        }
        let place = |offset: usize, is_end: bool| {
            // The last piece that begins before the offset, if any does.
            let after = self.pieces.partition_point(|piece| piece.span.start < offset);
            let Some(index) = after.checked_sub(1) else {
                return offset;
            };
            let (piece, start) = (&self.pieces[index], starts[index]);
            match offset.checked_sub(piece.span.end) {
                Some(beyond) => start + piece.letters.len() + beyond,
                None if is_end => start + piece.letters.len(),
                None => start,
            }
        };
        let spans = spans.into_iter();
        spans
            .map(|span| Span::new(place(span.start, false), place(span.end, true)))
            .collect()
    }

    /// Returns the pieces that share a byte with `span`, in order: their bytes, encodings and letters in the file.
    pub(crate) fn pieces_in(&self, span: Span) -> impl Iterator<Item = (Span, Encoding, &str)> {
        let pieces = self.within(span).iter();
        pieces.map(|piece| (piece.span, piece.encoding, piece.letters.as_str()))
    }

    /// Returns the pieces that share a byte with `span`.
    fn within(&self, span: Span) -> &[ConvertedPiece] {
        let first = self.pieces.partition_point(|piece| piece.span.end <= span.start);
        let last = self.pieces.partition_point(|piece| piece.span.start < span.end);
        self.pieces.get(first..last).unwrap_or(&[])
    }
}

/// Returns the encoding that has most bytes in `pieces`, each an encoding and a number of bytes.
pub(crate) fn most_frequent(pieces: impl Iterator<Item = (Encoding, usize)>) -> Option<Encoding> {
    let mut sums: Vec<(Encoding, usize)> = Vec::new();
    for (encoding, bytes) in pieces {
        match sums.iter_mut().find(|(known, _)| *known == encoding) {
            Some((_, sum)) => *sum += bytes,
            None => sums.push((encoding, bytes)),
        }
    }
    let most = sums.into_iter().max_by_key(|&(_, sum)| sum);
    most.map(|(encoding, _)| encoding)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_letters_of_the_file_are_found_again() {
        let text = "Số 5: Đảng ủy xã, ngày";
        let mut letters = SourceLetters::default();
        letters.push(8, &text[8..], Encoding::Tcvn3, "§¶ng ñy x·, ngµy");
        assert_eq!(letters.slice(text, Span::new(0, text.len())), "Số 5: §¶ng ñy x·, ngµy");
        let word = text.find("ủy").unwrap();
        let word = Span::new(word, word + "ủy".len());
        assert_eq!(letters.slice(text, word), "ñy");
        let whole = letters.slice(text, Span::new(0, text.len()));
        let spans = [
            Span::new(0, 4),
            Span::new(word.start + 3, word.end),
            Span::new(word.end, text.len()),
        ];
        let places = letters.letters_spans(spans);
        let cuts: Vec<&str> = places.iter().map(|place| place.slice(&whole)).collect();
        assert_eq!(cuts, ["Số", "ñy", " x·, ngµy"]);
        assert!(!letters.touches(Span::new(0, 8)) && letters.touches(Span::new(0, 9)));
        assert_eq!(letters.encoding(), Some(Encoding::Tcvn3));
    }

    #[test]
    fn what_is_cut_off_at_the_beginning_is_forgotten() {
        let mut letters = SourceLetters::default();
        letters.push(0, " Đảng ủy", Encoding::Tcvn3, " §¶ng ñy");
        letters.cut_beginning(" Đảng ".len());
        assert_eq!(letters.slice("ủy", Span::new(0, 4)), "ñy");
    }

    #[test]
    fn pieces_of_another_number_of_words_stay_whole() {
        let mut letters = SourceLetters::default();
        letters.push(0, "Đảng ủy", Encoding::Vni, "Ñaûng uûy");
        letters.push(13, "a b", Encoding::Tcvn3, "ab");
        let mut outer = SourceLetters::default();
        outer.append(2, &letters);
        assert_eq!(outer.slice("- Đảng ủy a b.", Span::new(0, 19)), "- Ñaûng uûy ab.");
        assert_eq!(outer.encoding(), Some(Encoding::Vni));
        assert!(SourceLetters::default().is_empty() && SourceLetters::default().encoding().is_none());
    }
}
