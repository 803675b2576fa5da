//! The choice of the marks that call the notes of a page.
//!
//! Notes are called in their order, so the candidates of a page are aligned with the numbers that are due:
//! [`align`] picks the ones that fit best, in order.

use super::mark::{CandidatesAbove, Glyph, MarkCandidate};
use super::number::is_misread;
use crate::document::notes::note::is_letter;
use crate::text::Span;

/// Least score of a candidate that is accepted as a mark.
const MIN_SCORE: i32 = 2;
/// Score of a mark whose digits are those of the note.
pub(super) const EXACT_SCORE: i32 = 12;
/// Score of a mark that an OCR saw above the line and misread.
const SEEN_SCORE: i32 = 9;
/// Score from which a misread mark is no punctuation.
pub(super) const SIGN_SCORE: i32 = 5;

/// Returns how well `candidate` fits note `number`, whose body begins with `sign` where its number is misread.
fn score(candidate: &MarkCandidate, number: usize, sign: Option<char>, text: &str) -> i32 {
    match candidate.glyph {
        Glyph::Raised(shown) => {
            if shown == number {
                EXACT_SCORE
            } else {
                0
            }
        }
        Glyph::Seen(Some(shown)) if shown == number => EXACT_SCORE,
        Glyph::Seen(Some(shown)) if !is_misread(shown, number) => 0,
        Glyph::Seen(_) => SEEN_SCORE,
        Glyph::Lost => 2,
        // The same sign in both places speaks for one number: "Tinh®" and "® Sau đây".
        Glyph::Signs(last, weight) => weight + i32::from(sign == Some(last)),
        Glyph::Digits { run, after_word } => digits_score(run, after_word, number, text),
    }
}

/// Returns how well the digits `run` fit note `number`.
fn digits_score(run: Span, after_word: bool, number: usize, text: &str) -> i32 {
    let shown = run.slice(text);
    let due = number.to_string();
    let year = shown.len() == due.len() + 4 && (shown.starts_with("20") || shown.starts_with("19"));
    match shown {
        // Short words end with a digit where a scan misread a vowel: "t6" is "tổ".
        _ if shown == due && after_word && follows_short_word(text, run.start) => 4,
        _ if shown == due && after_word => EXACT_SCORE,
        // "202512," is the year 2025 with note 12.
        _ if shown.ends_with(&due) && year => 10,
        // A digit of the number may be lost: "Đảng1," for note 12.
        _ if after_word && shown.len() < due.len() && due.contains(shown) && !follows_short_word(text, run.start) => 5,
        _ => 0,
    }
}

/// Returns true if a word of one letter, or of two small ones, is glued to byte `at`.
fn follows_short_word(text: &str, at: usize) -> bool {
    let letters = text[..at].chars().rev().take_while(|&c| is_letter(c));
    let letters = letters.filter(|c| c.is_alphabetic()).take(4);
    let (count, small) = letters.fold((0, true), |(count, small), c| (count + 1, small && c.is_lowercase()));
    count == 1 || (count == 2 && small)
}

/// Returns the mark of `candidate` when it calls note `number`: of a year with a number glued to it only the
/// number.
fn mark_for(candidate: &MarkCandidate, number: usize, text: &str) -> Span {
    let due = number.to_string();
    match candidate.glyph {
        Glyph::Digits { run, .. } if run.slice(text).ends_with(&due) => Span::new(run.end - due.len(), run.end),
        _ => candidate.call.mark,
    }
}

/// Chooses for the notes `first`, `first + 1`, … (one per entry of `signs`, the misread mark of each
/// body) the candidates that call them: in order, with the greatest sum of scores.
///
/// Returns one entry per note, with its score; `None` where nothing fits. Cost: notes times candidates.
pub(super) fn align(
    candidates: CandidatesAbove<'_>,
    first: usize,
    signs: &[Option<char>],
) -> Vec<Option<(MarkCandidate, i32)>> {
    let count = candidates.list.len();
    // best[n][c]: the greatest sum for the notes from n on with the candidates from c on.
    let mut best = vec![vec![0i32; count + 1]; signs.len() + 1];
    let score_of = |note: usize, at: usize| {
        let score = score(&candidates.list[at], first + note, signs[note], candidates.text);
        if score >= MIN_SCORE { score } else { 0 }
    };
    for note in (0..signs.len()).rev() {
        for at in (0..count).rev() {
            let taken = score_of(note, at);
            let with = if taken > 0 { taken + best[note + 1][at + 1] } else { 0 };
            best[note][at] = with.max(best[note][at + 1]).max(best[note + 1][at]);
        }
    }
    // Follow the table forward: take a candidate where taking it gives the sum, or skip it, or leave the note
    // without a call.
    let mut chosen = vec![None; signs.len()];
    let (mut note, mut at) = (0, 0);
    while note < signs.len() && at < count {
        let taken = score_of(note, at);
        if taken > 0 && taken + best[note + 1][at + 1] == best[note][at] {
            let mut candidate = candidates.list[at].clone();
            candidate.call.mark = mark_for(&candidate, first + note, candidates.text);
            chosen[note] = Some((candidate, taken));
            (note, at) = (note + 1, at + 1);
        } else if best[note][at + 1] == best[note][at] {
            at += 1;
        } else {
            note += 1;
        }
    }
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::layout::Sheet;
    use crate::document::notes::scan::mark::candidates;

    /// Returns the mark in `text` that calls note `number`, whose body begins with `sign`.
    fn mark_in(text: &str, number: usize, sign: Option<char>) -> Option<&str> {
        let sheet = Sheet::of(text);
        let found = candidates(&sheet, &[0]);
        let chosen = align(found.before(text.len()), number, &[sign]).remove(0);
        chosen.map(|(candidate, _)| candidate.call.mark.slice(text))
    }

    #[test]
    fn marks_are_told_from_punctuation() {
        let rows = [
            ("sự lãnh đạo của Đảng6, của cấp ủy", 6, Some("6")),
            ("đến cuối năm 202512, đã kết nạp", 12, Some("12")),
            ("khóa XIII10; và các kết luận", 10, Some("10")),
            ("trong tình hình mới.8", 8, Some("8")),
            ("cua cap uy Tinh® va cac ban", 3, Some("®")),
            ("nang cao trinh d6 hoi*; tiép tuc", 4, Some("*")),
            ("cac co quan'’. Trong do", 5, Some("'’")),
            ("kinh té - xa hoi ciia tinh .", 13, Some("")),
            ("đạt 98%, vượt chỉ tiêu", 2, None),
            ("số 35-NQ/TW, ngày 22/10/2018 của", 2, None),
            ("phong trào “Dân vận khéo” của Mặt trận", 2, None),
            ("năm 2020, năm 2025 và tỷ lệ 1,2 lần", 2, None),
        ];
        for (text, number, mark) in rows {
            assert_eq!(mark_in(text, number, None), mark, "{text}");
        }
    }
}
