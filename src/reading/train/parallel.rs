//! Parallel text: what was printed, and what a scan has for it.

use crate::reading::channel::ChannelName;
use crate::reading::letters::canonical;
use crate::reading::token::{Case, TextPiece, TextPieceKind, clean_form, cut};
use crate::text::Span;

/// A line of parallel text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ParallelLine {
    /// As printed, tokens joined by blanks.
    pub printed: String,
    /// As read, likewise.
    pub read: String,
    /// The bytes of each token in `read`, with the confidence of the OCR, 0 to 1; 1 where the text has none.
    pub confidences: Vec<(Span, f32)>,
    /// The tokens that are one word on both sides. The others (lost, split and joined ones) are few.
    pub pairs: Vec<TokenPair>,
}

/// A token as printed, and as a scan read it.
#[derive(Clone, Debug, PartialEq)]
pub struct TokenPair {
    /// As printed, with its punctuation.
    pub printed: String,
    /// As read.
    pub read: String,
    /// Confidence of the OCR, 0 to 1.
    pub confidence: f32,
    /// True if the OCR knows Vietnamese.
    pub marked: bool,
}

impl ParallelLine {
    /// Reads a row: a number, then fields `printed⇢read` or `printed⇢read⇢confidence in percent`, tab-separated. `marked`
    /// says whether the OCR knows Vietnamese.
    #[must_use]
    pub fn of(row: &str, marked: bool) -> Self {
        let mut line = Self::default();
        for field in row.trim_end_matches(['\r', '\n']).split('\t').skip(1) {
            let mut sides = field.split('⇢');
            let (printed, read) = (sides.next().unwrap_or_default(), sides.next().unwrap_or_default());
            let percent: f32 = sides.next().and_then(|percent| percent.parse().ok()).unwrap_or(100.0);
            let confidence = (percent / 100.0).clamp(0.0, 1.0);
            push(&mut line.printed, printed);
            for token in read.split(' ').filter(|token| !token.is_empty()) {
                let start = push(&mut line.read, token);
                line.confidences.push((Span::new(start, line.read.len()), confidence));
            }
            let is_single = |side: &str| !side.is_empty() && !side.contains(' ');
            if is_single(printed) && is_single(read) {
                line.pairs.push(TokenPair {
                    printed: printed.to_owned(),
                    read: read.to_owned(),
                    confidence,
                    marked,
                });
            }
        }
        line
    }
}

/// Appends a token, if there is one, and returns where it begins.
fn push(line: &mut String, token: &str) -> usize {
    if !line.is_empty() && !token.is_empty() {
        line.push(' ');
    }
    let start = line.len();
    line.push_str(token);
    start
}

impl TokenPair {
    /// Returns the sort of the token, and word and token without punctuation, if each is one piece: `đảng`, `pang`.
    pub(super) fn words(&self) -> Option<(ChannelName, String, String)> {
        let printed = one_piece(&self.printed).filter(|piece| piece.kind == TextPieceKind::Word)?;
        let printed = printed.span.slice(&self.printed);
        let read = one_piece(&self.read)?.span.slice(&self.read);
        // Marks of one letter may be read in two ways, as they may be written.
        let read = if self.marked {
            clean_form(read)
        } else {
            read.chars().map(canonical).collect()
        };
        Some((
            ChannelName::of(Case::of(printed), self.marked),
            clean_form(printed),
            read,
        ))
    }
}

/// Returns the piece that `token` consists of, if there is exactly one.
fn one_piece(token: &str) -> Option<TextPiece> {
    match cut(token, Span::new(0, token.len()))[..] {
        [piece] => Some(piece),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_tokens_with_or_without_a_confidence() {
        let line = ParallelLine::of("7\tĐảng⇢Pang⇢61\tbộ⇢bd\tcác cơ⇢cacco⇢40\t⇢.⇢10\n", false);
        assert_eq!(line.printed, "Đảng bộ các cơ");
        assert_eq!(line.read, "Pang bd cacco .");
        let confidences: Vec<(&str, f32)> = line
            .confidences
            .iter()
            .map(|&(span, confidence)| (span.slice(&line.read), confidence))
            .collect();
        assert_eq!(confidences, [("Pang", 0.61), ("bd", 1.0), ("cacco", 0.4), (".", 0.1)]);
        let pairs: Vec<&str> = line.pairs.iter().map(|pair| pair.read.as_str()).collect();
        assert_eq!(pairs, ["Pang", "bd"]);
    }

    #[test]
    fn a_pair_belongs_to_the_channel_of_what_is_printed() {
        let pair = |printed: &str, read: &str, marked| TokenPair {
            printed: printed.to_owned(),
            read: read.to_owned(),
            confidence: 1.0,
            marked,
        };
        let words = |printed, read, marked| pair(printed, read, marked).words();
        let found = |name, printed: &str, read: &str| Some((name, printed.to_owned(), read.to_owned()));
        assert_eq!(
            words("“Đảng,", "\"Pang,", false),
            found(ChannelName::Small, "đảng", "pang")
        );
        assert_eq!(
            words("TỈNH", "TiNH", false),
            found(ChannelName::Capitals, "tỉnh", "tinh")
        );
        assert_eq!(
            words("TỈNH", "TÌNH", true),
            found(ChannelName::MarkedCapitals, "tỉnh", "tình")
        );
        assert_eq!(words("21", "2l", true), None);
    }
}
