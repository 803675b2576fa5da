//! The marks in running text that call notes, as far as a file keeps them.
//!
//! A [`Candidate`] is anything that may be a raised number: digits glued to a word (`"Đảng6,"`) or to a
//! year (`"202512,"`), signs that a scan makes of them (`"Tinh®"`, `"quan'’."`), and the blank before a
//! comma that is left when the scan loses them. [`align`] picks from all candidates of a page, in their
//! order, the ones that fit the numbers that are due best.

use super::layout::{Role, Sheet};
use crate::text::Span;

/// A place that may call a note.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    /// The word, the mark and the punctuation behind it.
    pub(super) word: Span,
    /// The mark; empty where it is lost.
    pub(super) mark: Span,
    /// What stands there.
    glyph: Glyph,
}

/// What stands where a mark may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Glyph {
    /// Digits, and whether others stand glued before them (`2025` before `12`).
    Digits {
        /// The whole run of digits.
        run: Span,
        /// Glued to a letter or closing sign, and not within a symbol or a number?
        after_word: bool,
    },
    /// Raised digits of Unicode.
    Raised(usize),
    /// Signs, the last of them, and how unlikely they are as punctuation (0 to 7).
    Signs(char, i32),
    /// A blank before punctuation.
    Lost,
}

/// Signs that a scan makes of raised numbers: seen in scans of party reports read by an English model.
/// Hyphen, plus and brackets are left out: they begin list items.
pub(super) fn is_sign(char: char) -> bool {
    matches!(
        char,
        '®' | '™'
            | '©'
            | '°'
            | '¢'
            | '¥'
            | '§'
            | '¤'
            | '£'
            | '€'
            | '^'
            | 'ª'
            | 'º'
            | '?'
            | '*'
            | '%'
            | '>'
            | '<'
            | '~'
            | '\''
            | '’'
            | '‘'
            | '"'
            | '”'
            | '“'
            | '»'
            | '«'
            | '!'
            | '&'
            | '#'
            | '@'
    )
}

/// The digit that a raised char of Unicode stands for.
pub(super) fn raised_digit(char: char) -> Option<usize> {
    Some(match char {
        '⁰' => 0,
        '¹' => 1,
        '²' => 2,
        '³' => 3,
        '⁴'..='⁹' => char as usize - '⁰' as usize,
        _ => return None,
    })
}

/// The candidates of one page.
pub(super) struct Found<'t> {
    /// The text they stand in.
    text: &'t str,
    /// In order of their marks.
    list: Vec<Candidate>,
}

impl Found<'_> {
    /// Those that stand before byte `at`.
    pub(super) fn before(&self, at: usize) -> FoundPart<'_> {
        let count = self.list.partition_point(|candidate| candidate.mark.start < at);
        FoundPart {
            text: self.text,
            list: &self.list[..count],
        }
    }
}

/// The candidates of the upper part of a page.
#[derive(Clone, Copy)]
pub(super) struct FoundPart<'f> {
    /// The text they stand in.
    text: &'f str,
    /// In order.
    list: &'f [Candidate],
}

/// All candidates in the text rows `rows`, in order.
pub(super) fn candidates<'t>(sheet: &Sheet<'t>, rows: &[usize]) -> Found<'t> {
    let mut found = Vec::new();
    let mut open_quotes = 0;
    for &index in rows {
        if sheet.rows[index].role == Role::Text {
            in_row(sheet.text, sheet.rows[index].body, &mut open_quotes, &mut found);
        }
    }
    Found {
        text: sheet.text,
        list: found,
    }
}

/// The calls of markdown (`^()`, `^(*)`, `[^1]`) outside the marks `bodies` of the notes, in order.
pub(super) fn marked_down(sheet: &Sheet<'_>, bodies: &[Span]) -> Vec<Candidate> {
    let mut found = Vec::new();
    for row in &sheet.rows {
        let body = row.body.slice(sheet.text);
        for at in memchr::memchr_iter(b'^', body.as_bytes()) {
            let (start, close) = match (
                body.as_bytes().get(at + 1),
                at.checked_sub(1).map(|i| body.as_bytes()[i]),
            ) {
                (Some(b'('), _) => (at, b')'),
                (_, Some(b'[')) => (at - 1, b']'),
                _ => continue,
            };
            let Some(end) = body.as_bytes()[at..].iter().take(8).position(|&byte| byte == close) else {
                continue;
            };
            let mark = Span::new(row.body.start + start, row.body.start + at + end + 1);
            if !bodies.iter().any(|body| body.overlaps(mark)) {
                found.push(Candidate {
                    word: word_around(sheet.text, row.body, mark),
                    mark,
                    glyph: Glyph::Lost,
                });
            }
        }
    }
    found
}

/// Adds the candidates of one row. `open_quotes` counts straight and curly quotes that are open.
fn in_row(text: &str, row: Span, open_quotes: &mut i32, found: &mut Vec<Candidate>) {
    let body = row.slice(text);
    let bytes = body.as_bytes();
    let mut next_at = 0;
    while let Some(skipped) = bytes[next_at..].iter().position(|&byte| MAY_MARK[usize::from(byte)]) {
        let at = next_at + skipped;
        let start = row.start + at;
        let mut chars = body[at..].chars().peekable();
        let Some(char) = chars.next() else { break };
        let before = body[..at].chars().next_back().unwrap_or(' ');
        next_at = at + char.len_utf8();
        if char.is_ascii_digit() || raised_digit(char).is_some() || is_sign(char) {
            let class = class_of(char);
            let mut last = char;
            while let Some(next) = chars.next_if(|&next| class_of(next) == class) {
                next_at += next.len_utf8();
                last = next;
            }
            let run = Span::new(start, row.start + next_at);
            let after = chars.peek().copied();
            if let Some(glyph) = glyph_of(text, row, run, before, last, after, open_quotes) {
                found.push(Candidate {
                    word: word_around(text, row, run),
                    mark: run,
                    glyph,
                });
            }
            continue;
        }
        if before == ' ' && matches!(char, '.' | ',' | ';') && at > 0 && chars.peek().is_none_or(|&next| next == ' ') {
            found.push(Candidate {
                word: word_around(text, row, Span::new(start, start)),
                mark: Span::new(start, start),
                glyph: Glyph::Lost,
            });
        }
    }
}

/// Bytes with which a char begins that may be a mark or the stop behind a lost one: all other letters of a
/// row are passed over without a look. The first bytes of two and three are those of [`is_sign`],
/// [`raised_digit`] and whatever shares them.
const MAY_MARK: [bool; 256] = {
    let mut table = [false; 256];
    let signs = b"?*%^><~'\"!&#@.,;0123456789\xc2\xe2";
    let mut at = 0;
    while at < signs.len() {
        table[signs[at] as usize] = true;
        at += 1;
    }
    table
};

/// Digits, raised digits and signs make runs of their own.
fn class_of(char: char) -> u8 {
    match char {
        '0'..='9' => 1,
        _ if raised_digit(char).is_some() => 2,
        _ if is_sign(char) => 3,
        _ => 0,
    }
}

/// What the run may be, or `None` where it can be no mark.
fn glyph_of(
    text: &str,
    row: Span,
    run: Span,
    before: char,
    last: char,
    after: Option<char>,
    open_quotes: &mut i32,
) -> Option<Glyph> {
    let shown = run.slice(text);
    match class_of(last) {
        1 => {
            let ends = after.is_none_or(|after| !after.is_alphanumeric() && !matches!(after, '/' | '-' | '%'));
            let glued_to_stop = matches!(before, '.' | ',' | ';' | ':') && word_before_stop(text, row, run.start);
            let after_word = is_letter(before) || matches!(before, ')' | '”' | '"' | '’' | '»') || glued_to_stop;
            let in_symbol = word_around(text, row, run).slice(text).contains(['/', '_', '@']);
            (ends && !in_symbol && (after_word || run.len() >= 5) && run.len() <= 7)
                .then_some(Glyph::Digits { run, after_word })
        }
        2 => Some(Glyph::Raised(
            shown.chars().filter_map(raised_digit).fold(0, |n, d| n * 10 + d),
        )),
        _ => {
            let quotes = shown
                .chars()
                .filter(|&c| matches!(c, '"' | '“' | '”' | '\'' | '‘' | '’'))
                .count();
            let only_quotes = quotes == shown.chars().count();
            let opens = before == ' ' || before == '(';
            let rest = Span::new(run.end, row.end).slice(text);
            let tail = rest.split(char::is_whitespace).next().unwrap_or("");
            let follows = !tail.contains(char::is_alphanumeric);
            let goes_on = after == Some(' ') && rest.trim_start().chars().next().is_some_and(char::is_lowercase);
            let closes = only_quotes && *open_quotes > 0;
            let glyph = sign_weight(shown, before, after, closes, goes_on).filter(|_| follows);
            if only_quotes {
                *open_quotes = if opens { 1 } else { 0 };
            }
            let stray = opens && after.is_some_and(|after| matches!(after, '.' | ',' | ';'));
            match glyph {
                Some(weight) if !opens => Some(Glyph::Signs(last, weight)),
                Some(weight) if stray => Some(Glyph::Signs(last, weight.min(4))),
                _ => None,
            }
        }
    }
}

/// Is the char before the stop before byte `at` a letter or closing sign: `"mới.8"`, not `"1.8"`?
fn word_before_stop(text: &str, row: Span, at: usize) -> bool {
    let mut before = Span::new(row.start, at).slice(text).chars().rev();
    before.next();
    before
        .next()
        .is_some_and(|char| is_letter(char) || matches!(char, ')' | '”' | '"'))
}

/// How unlikely `signs` are as punctuation after `before`: 0 to 7. `closes`: is a quotation open?
/// `goes_on`: does a small letter follow, so that no sentence ends here?
fn sign_weight(signs: &str, before: char, after: Option<char>, closes: bool, goes_on: bool) -> Option<i32> {
    if signs.chars().count() > 4 {
        return None;
    }
    let weight = signs
        .chars()
        .map(|sign| match sign {
            '®' | '™' | '©' | '^' | 'ª' | 'º' | '°' => 7,
            '*' | '>' | '<' | '~' | '#' | '@' if before.is_alphabetic() => 6,
            '%' if before.is_alphabetic() => 6,
            '?' if matches!(after, Some('.' | ',' | ';')) || goes_on => 6,
            '?' | '!' => 4,
            // These are vowels more often than marks: "co s¢" is "cơ sở".
            '¢' | '¥' | '§' | '¤' | '£' | '€' => 3,
            '\'' | '’' | '‘' | '"' | '”' | '“' | '»' | '«' if !closes => 5,
            '\'' | '’' | '‘' => 3,
            _ => 1,
        })
        .max()?;
    Some(if before.is_ascii_digit() { weight - 3 } else { weight })
}

/// The blank-separated word that holds `run` or ends where it begins, cut at the ends of the row.
fn word_around(text: &str, row: Span, run: Span) -> Span {
    let left = Span::new(row.start, run.start).slice(text);
    let trimmed = left.trim_end();
    // A sign that stands apart belongs to the word before it.
    let trimmed = if run.slice(text).starts_with(|c: char| c.is_ascii_digit()) {
        left
    } else {
        trimmed
    };
    let start = trimmed
        .rfind(char::is_whitespace)
        .map_or(0, |at| at + trimmed[at..].chars().next().map_or(1, char::len_utf8));
    let right = Span::new(run.end, row.end).slice(text);
    let end = right.find(char::is_whitespace).unwrap_or(right.len());
    Span::new(row.start + start, run.end + end)
}

/// Least score of a candidate that is taken for a mark.
const LEAST_SCORE: i32 = 2;
/// Score of a mark whose digits are those of the note.
pub(super) const EXACT_SCORE: i32 = 12;
/// Score from which a misread mark is no punctuation.
pub(super) const SIGN_SCORE: i32 = 5;

/// How well `candidate` fits note `number`, whose body begins with `sign` where its number is misread.
fn score(candidate: &Candidate, number: usize, sign: Option<char>, text: &str) -> i32 {
    match candidate.glyph {
        Glyph::Raised(shown) => {
            if shown == number {
                EXACT_SCORE
            } else {
                0
            }
        }
        Glyph::Lost => 2,
        Glyph::Signs(last, weight) => weight + i32::from(sign == Some(last)),
        Glyph::Digits { run, after_word } => {
            let shown = run.slice(text);
            let due = number.to_string();
            let year = shown.len() == due.len() + 4 && (shown.starts_with("20") || shown.starts_with("19"));
            match shown {
                // Short words end with a digit where a scan misread a vowel: "t6" is "tổ".
                _ if shown == due && after_word && follows_short_word(text, run.start) => 4,
                _ if shown == due && after_word => EXACT_SCORE,
                _ if shown.ends_with(&due) && year => 10,
                _ if after_word
                    && shown.len() < due.len()
                    && due.contains(shown)
                    && !follows_short_word(text, run.start) =>
                {
                    5
                }
                _ => 0,
            }
        }
    }
}

/// Is it a letter, or a mark on one in decomposed text (combining marks of U+0300 to U+036F)?
fn is_letter(char: char) -> bool {
    char.is_alphabetic() || matches!(char, '\u{300}'..='\u{36f}')
}

/// Is what stands glued before byte `at` a word of one letter, or of two small ones?
fn follows_short_word(text: &str, at: usize) -> bool {
    let letters = text[..at].chars().rev().take_while(|&c| is_letter(c));
    let letters = letters.filter(|c| c.is_alphabetic()).take(4);
    let (count, small) = letters.fold((0, true), |(count, small), c| (count + 1, small && c.is_lowercase()));
    count == 1 || (count == 2 && small)
}

/// The mark of `candidate` when it calls note `number`: of a year with a number glued to it only the number.
fn mark_for(candidate: &Candidate, number: usize, text: &str) -> Span {
    let due = number.to_string();
    match candidate.glyph {
        Glyph::Digits { run, .. } if run.slice(text).ends_with(&due) => Span::new(run.end - due.len(), run.end),
        _ => candidate.mark,
    }
}

/// Chooses for the notes `first`, `first + 1`, … (one per entry of `signs`, the misread mark of each
/// body) the candidates that call them: in order, with the greatest sum of scores.
///
/// Gives one entry per note, with its score; `None` where nothing fits. Cost: notes times candidates.
pub(super) fn align(candidates: FoundPart<'_>, first: usize, signs: &[Option<char>]) -> Vec<Option<(Candidate, i32)>> {
    let count = candidates.list.len();
    // best[n][c]: greatest sum for the notes from n on with the candidates from c on.
    let mut best = vec![vec![0i32; count + 1]; signs.len() + 1];
    let score_of = |note: usize, at: usize| {
        let score = score(&candidates.list[at], first + note, signs[note], candidates.text);
        if score >= LEAST_SCORE { score } else { 0 }
    };
    for note in (0..signs.len()).rev() {
        for at in (0..count).rev() {
            let taken = score_of(note, at);
            let with = if taken > 0 { taken + best[note + 1][at + 1] } else { 0 };
            best[note][at] = with.max(best[note][at + 1]).max(best[note + 1][at]);
        }
    }
    let mut chosen = vec![None; signs.len()];
    let (mut note, mut at) = (0, 0);
    while note < signs.len() && at < count {
        let taken = score_of(note, at);
        if taken > 0 && taken + best[note + 1][at + 1] == best[note][at] {
            let mut candidate = candidates.list[at].clone();
            candidate.mark = mark_for(&candidate, first + note, candidates.text);
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

    /// The mark in `text` that calls note `number`, whose body begins with `sign`.
    fn mark_in(text: &str, number: usize, sign: Option<char>) -> Option<&str> {
        let sheet = Sheet::of(text);
        let found = candidates(&sheet, &[0]);
        let chosen = align(found.before(text.len()), number, &[sign]).remove(0);
        chosen.map(|(candidate, _)| candidate.mark.slice(text))
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
