//! The marks in running text that may call notes, as far as a file keeps them.
//!
//! A [`MarkCandidate`] is anything that may be a raised number: digits glued to a word (`"Đảng6,"`) or to a
//! year (`"202512,"`), signs that a scan makes of them (`"Tinh®"`, `"quan'’."`), and the blank before a
//! comma that is left when the scan loses them. This file only collects them; [`super::align`] picks the ones
//! that call notes.

use crate::document::layout::{RowRole, Sheet};
use crate::document::notes::note::{Call, is_letter, raised_digit};
use crate::text::Span;

/// A place in running text that may call a note.
#[derive(Clone, Debug)]
pub(super) struct MarkCandidate {
    /// The word and the mark.
    pub(super) call: Call,
    /// The glyphs printed there.
    pub(super) glyph: Glyph,
}

/// The glyphs at a place where a mark may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Glyph {
    /// Digits.
    Digits {
        /// The whole run of digits: `202512` where the mark may be its end.
        run: Span,
        /// True if the run is glued to a letter or closing sign, and not within a symbol or a number.
        after_word: bool,
    },
    /// Raised digits of Unicode.
    Raised(usize),
    /// Chars that an OCR saw small and above the line: a mark whatever they are, with its number if they are digits.
    Seen(Option<usize>),
    /// Signs: the last of them, and how unlikely they are as punctuation (0 to 7).
    Signs(char, i32),
    /// A blank before punctuation.
    Lost,
}

/// Chars of the longest run of signs that a scan makes of a number.
const MAX_SIGNS: usize = 4;
/// Bytes of the shortest run of digits that holds a year with a mark glued to it: `20256`.
const MIN_YEAR_RUN: usize = 5;
/// Bytes of the longest such run: `2025123`.
const MAX_DIGIT_RUN: usize = 7;

/// Returns true for the signs that a scan makes of raised numbers: seen in scans of party reports read by an
/// English model. Hyphen, plus and brackets are left out, because they begin list items.
pub(super) fn is_sign(char: char) -> bool {
    matches!(char, '®' | '™' | '©' | '°' | '^' | 'ª' | 'º')
        || matches!(char, '¢' | '¥' | '§' | '¤' | '£' | '€')
        || matches!(char, '\'' | '’' | '‘' | '"' | '”' | '“' | '»' | '«')
        || matches!(char, '?' | '*' | '%' | '>' | '<' | '~' | '!' | '&' | '#' | '@')
}

/// The candidates of one page.
pub(super) struct PageCandidates<'t> {
    /// The text they are in.
    text: &'t str,
    /// In order of their marks.
    list: Vec<MarkCandidate>,
}

impl PageCandidates<'_> {
    /// Returns those before byte `at`.
    pub(super) fn before(&self, at: usize) -> CandidatesAbove<'_> {
        let count = self.list.partition_point(|candidate| candidate.call.mark.start < at);
        CandidatesAbove {
            text: self.text,
            list: &self.list[..count],
        }
    }
}

/// The candidates of the upper part of a page, above its notes.
#[derive(Clone, Copy)]
pub(super) struct CandidatesAbove<'f> {
    /// The text they are in.
    pub(super) text: &'f str,
    /// In order of their marks.
    pub(super) list: &'f [MarkCandidate],
}

/// Returns all candidates in the text rows `rows`, in order.
pub(super) fn candidates<'t>(sheet: &Sheet<'t>, rows: &[usize]) -> PageCandidates<'t> {
    let mut found = Vec::new();
    let mut in_quotes = false;
    for &index in rows {
        if sheet.rows[index].role == RowRole::Text {
            find_in_row(sheet, sheet.rows[index].body, &mut in_quotes, &mut found);
        }
    }
    PageCandidates {
        text: sheet.text,
        list: found,
    }
}

/// Bytes that begin a char which may be a mark or the stop after a lost one; all other letters of a row are
/// skipped without a look. The first bytes of two and three are those of [`is_sign`], [`raised_digit`] and
/// whatever shares them.
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

/// The class of a char that may be part of a mark; a run of glyphs has one class.
#[derive(Clone, Copy, PartialEq, Eq)]
enum GlyphClass {
    /// A digit.
    Digit,
    /// A raised digit of Unicode.
    Raised,
    /// A [sign](is_sign) that a scan makes of a digit.
    Sign,
}

/// Returns the class of `char`, or `None` if it is no part of a mark.
fn class_of(char: char) -> Option<GlyphClass> {
    match char {
        '0'..='9' => Some(GlyphClass::Digit),
        _ if raised_digit(char).is_some() => Some(GlyphClass::Raised),
        _ if is_sign(char) => Some(GlyphClass::Sign),
        _ => None,
    }
}

/// Adds the candidates of one row. `in_quotes` says whether a quotation in straight or curly quotes is open;
/// it goes from row to row.
fn find_in_row(sheet: &Sheet<'_>, row: Span, in_quotes: &mut bool, found: &mut Vec<MarkCandidate>) {
    let text = sheet.text;
    let raised = &sheet.structure().raised;
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
        if let Some(mark) = sheet.structure().raised_at(start).filter(|mark| mark.end <= row.end) {
            next_at = mark.end - row.start;
            // At the beginning of a row it opens a note.
            if start > row.start {
                found.push(MarkCandidate {
                    call: Call::at(text, row, mark),
                    glyph: Glyph::Seen(mark.slice(text).parse().ok()),
                });
            }
            continue;
        }
        if let Some(class) = class_of(char) {
            // A scan makes several signs of one number: "quan'’." is one mark.
            let mut last = char;
            while let Some(next) = chars.next_if(|&next| class_of(next) == Some(class)) {
                next_at += next.len_utf8();
                last = next;
            }
            let run = GlyphRun {
                text,
                row,
                span: Span::new(start, row.start + next_at),
                before,
                last,
                after: chars.peek().copied(),
            };
            let glyph = run.glyph(class, in_quotes);
            // Where the heights of letters are known, a sign on the line is a sign.
            let is_lower = |glyph: &Glyph| !raised.is_empty() && matches!(glyph, Glyph::Signs(..));
            if let Some(glyph) = glyph.filter(|glyph| !is_lower(glyph)) {
                found.push(MarkCandidate {
                    call: Call::at(text, row, run.span),
                    glyph,
                });
            }
            continue;
        }
        // "xã hội của tỉnh ." has a blank where the scan lost a mark.
        if before == ' ' && matches!(char, '.' | ',' | ';') && at > 0 && chars.peek().is_none_or(|&next| next == ' ') {
            found.push(MarkCandidate {
                call: Call::at(text, row, Span::new(start, start)),
                glyph: Glyph::Lost,
            });
        }
    }
}

/// A run of chars of one class, with its surroundings.
struct GlyphRun<'t> {
    /// The text it is in.
    text: &'t str,
    /// The row around it.
    row: Span,
    /// Its bytes.
    span: Span,
    /// The char before it, a blank at the beginning of the row.
    before: char,
    /// Its last char.
    last: char,
    /// The char after it, `None` at the end of the row.
    after: Option<char>,
}

impl GlyphRun<'_> {
    /// Returns the glyphs of the run, or `None` if it cannot be a mark.
    fn glyph(&self, class: GlyphClass, in_quotes: &mut bool) -> Option<Glyph> {
        match class {
            GlyphClass::Digit => self.digits(),
            GlyphClass::Raised => Some(self.raised()),
            GlyphClass::Sign => self.signs(in_quotes),
        }
    }

    /// Returns the run as digits: glued to a word (`Đảng6,`) or to a year (`202512`).
    fn digits(&self) -> Option<Glyph> {
        let ends = self
            .after
            .is_none_or(|after| !after.is_alphanumeric() && !matches!(after, '/' | '-' | '%'));
        // "mới.8" is glued to the stop of a sentence, "1.8" is a number.
        let glued_to_stop = matches!(self.before, '.' | ',' | ';' | ':') && self.has_word_before_stop();
        let after_word = is_letter(self.before) || matches!(self.before, ')' | '”' | '"' | '’' | '»') || glued_to_stop;
        // "NQ/TW12" and "a_1@b" are symbols and addresses.
        let in_symbol = Call::at(self.text, self.row, self.span)
            .word
            .slice(self.text)
            .contains(['/', '_', '@']);
        let len = self.span.len();
        (ends && !in_symbol && (after_word || len >= MIN_YEAR_RUN) && len <= MAX_DIGIT_RUN).then_some(Glyph::Digits {
            run: self.span,
            after_word,
        })
    }

    /// Returns the run as raised digits.
    fn raised(&self) -> Glyph {
        let digits = self.span.slice(self.text).chars().filter_map(raised_digit);
        Glyph::Raised(digits.fold(0, |number: usize, digit| {
            number.saturating_mul(10).saturating_add(digit)
        }))
    }

    /// Returns the run as signs that a scan made of a number.
    ///
    /// Quotes are the hard case: `quan'’.` is a mark, `“Dân vận khéo”` a quotation. `in_quotes` says whether
    /// one is open, and is updated.
    fn signs(&self, in_quotes: &mut bool) -> Option<Glyph> {
        let shown = self.span.slice(self.text);
        let only_quotes = shown.chars().all(|c| matches!(c, '"' | '“' | '”' | '\'' | '‘' | '’'));
        let opens = self.before == ' ' || self.before == '(';
        // A mark ends its word: only punctuation may follow up to the next blank.
        let rest = Span::new(self.span.end, self.row.end).slice(self.text);
        let tail = rest.split(char::is_whitespace).next().unwrap_or("");
        let ends_word = !tail.contains(char::is_alphanumeric);
        let goes_on = self.after == Some(' ') && rest.trim_start().chars().next().is_some_and(char::is_lowercase);
        let closes = only_quotes && *in_quotes;
        let weight = sign_weight(shown, self.before, self.after, closes, goes_on).filter(|_| ends_word);
        if only_quotes {
            *in_quotes = opens;
        }
        // A sign that is apart from its word counts only before punctuation ("d6 hoi *;"), and less.
        let stray = opens && self.after.is_some_and(|after| matches!(after, '.' | ',' | ';'));
        match weight {
            Some(weight) if !opens => Some(Glyph::Signs(self.last, weight)),
            Some(weight) if stray => Some(Glyph::Signs(self.last, weight.min(4))),
            _ => None,
        }
    }

    /// Returns true if the char before the stop before the run is a letter or closing sign: `"mới.8"`, not
    /// `"1.8"`.
    fn has_word_before_stop(&self) -> bool {
        let mut before = Span::new(self.row.start, self.span.start)
            .slice(self.text)
            .chars()
            .rev();
        before.next();
        before
            .next()
            .is_some_and(|char| is_letter(char) || matches!(char, ')' | '”' | '"'))
    }
}

/// Returns how unlikely `signs` are as punctuation after `before`: 0 to 7, or `None` for too many signs.
///
/// `closes`: a quotation is open. `goes_on`: a small letter follows, so that no sentence ends here.
fn sign_weight(signs: &str, before: char, after: Option<char>, closes: bool, goes_on: bool) -> Option<i32> {
    if signs.chars().count() > MAX_SIGNS {
        return None;
    }
    let weight = signs
        .chars()
        .map(|sign| match sign {
            // No party document prints these.
            '®' | '™' | '©' | '^' | 'ª' | 'º' | '°' => 7,
            '*' | '>' | '<' | '~' | '#' | '@' if before.is_alphabetic() => 6,
            '%' if before.is_alphabetic() => 6,
            // A question ends a sentence: "?," and "? và" are none.
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
