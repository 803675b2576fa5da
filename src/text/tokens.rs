//! Tokens of a text: their boundaries (UAX #29), and the two forms in which each is compared.
//!
//! In Vietnamese a token is a syllable (tiếng), because words are written with blanks inside. The boundaries are those
//! of UAX #29, so a number keeps its points and commas (`1.406`, `98,21`), with two changes for this field:
//!
//! - A document symbol (`21-NQ/TW`) or a date (`22/12/2024`, `22 tháng 12 năm 2024`, `2024-12-22`) is one token *and*
//!   the tokens of its parts. The [`TokenKind::Symbol`] or [`TokenKind::Date`] comes first, at the position of its first
//!   part.
//! - `.` and `:` do not join letters, although they do in UAX #29: in these documents a blank lost after them is more
//!   common than an abbreviation with points.
//!
//! ```
//! use vankien::text::Tokens;
//! let mut tokens = Tokens::new("Nghị quyết 21–NQ/TW");
//! let mut forms = Vec::new();
//! while let Some(token) = tokens.advance() {
//!     forms.push((token.position, tokens.exact().to_owned(), tokens.folded().to_owned()));
//! }
//! let form = |p, e: &str, f: &str| (p, e.to_owned(), f.to_owned());
//! assert_eq!(forms, [
//!     form(0, "nghị", "nghi"), form(1, "quyết", "quyet"),
//!     form(2, "21-nq/tw", "21-nq/tw"), form(2, "21", "21"), form(3, "nq", "nq"), form(4, "tw", "tw"),
//! ]);
//! ```

use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

use super::Span;
use super::compound::CompoundToken;
use super::fold::{Letters, fold_char, ligature};
use super::mapped::is_invisible;
use super::spelling::unify_spelling;

/// The kinds of tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// A syllable, a foreign word, an abbreviation: anything that begins with a letter.
    Word,
    /// Anything that begins with a digit.
    Number,
    /// A document symbol as a whole; its parts follow.
    Symbol,
    /// A date of day, month and year as a whole, in figures or in words, written `d/m/yyyy` in both forms; its parts
    /// follow.
    Date,
}

/// One token. Its forms are read from [`Tokens`] before the next token is fetched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Its bytes in the text.
    pub span: Span,
    /// Its kind.
    pub kind: TokenKind,
    /// Number of words and numbers before it; a symbol or date shares the position of its first part.
    pub position: u32,
}

/// Cuts a text into [`Token`]s from left to right, without an allocation per token.
#[derive(Debug)]
pub struct Tokens<'t> {
    text: &'t str,
    letters: &'static Letters,
    /// Offset of the next byte to look at.
    at: usize,
    /// Words of the stretch that full UAX #29 has cut, in reverse order.
    queue: Vec<Span>,
    /// End of the last symbol or date; no other one can start before it.
    compound_end: usize,
    position: u32,
    exact: String,
    folded: String,
}

impl<'t> Tokens<'t> {
    /// Creates a tokenizer for `text`, which may be in any normal form.
    #[must_use]
    pub fn new(text: &'t str) -> Self {
        Self {
            text,
            letters: Letters::table(),
            at: 0,
            queue: Vec::new(),
            compound_end: 0,
            position: 0,
            exact: String::with_capacity(32),
            folded: String::with_capacity(32),
        }
    }

    /// Returns the exact form of the last token: lower case, with its marks, in NFC, and in one spelling.
    ///
    /// The tone mark is on the vowel where the rules have it, also if it was typed on another (việt for vịêt), that of an
    /// open `oa`, `oe` or `uy` on the first vowel (hòa for hoà, thụy for thuỵ). `y` replaces `i` where people write both
    /// (kỹ for kĩ, quý for quí). Ligatures are spelled out.
    ///
    /// Source: 1989/QĐ-BGDĐT of 25/5/2018, Điều 8 (official papers use both placements).
    #[must_use]
    pub fn exact(&self) -> &str {
        &self.exact
    }

    /// Returns the folded form of the last token: the exact form without marks, `đ` as `d`.
    #[must_use]
    pub fn folded(&self) -> &str {
        &self.folded
    }

    /// Returns the next token, or `None` at the end.
    pub fn advance(&mut self) -> Option<Token> {
        let span = self.next_word()?;
        let bytes = self.text.as_bytes();
        let number = bytes[span.start].is_ascii_digit();
        if number
            && span.start >= self.compound_end
            && let Some(compound) = CompoundToken::at(self.text, span.start)
        {
            let whole = compound.span();
            self.compound_end = whole.end;
            // The parts are tokens too: go back to where they begin.
            self.queue.clear();
            self.at = span.start;
            compound.write_forms(self.text, &mut self.exact, &mut self.folded);
            return Some(Token {
                span: whole,
                kind: match compound {
                    CompoundToken::Symbol(_) => TokenKind::Symbol,
                    CompoundToken::Date(..) => TokenKind::Date,
                },
                position: self.position,
            });
        }
        let token = Token {
            span,
            kind: if number { TokenKind::Number } else { TokenKind::Word },
            position: self.position,
        };
        self.position += 1;
        Some(token)
    }

    /// Finds the next word or number and writes its forms.
    fn next_word(&mut self) -> Option<Span> {
        if let Some(span) = self.queue.pop() {
            self.form_word(span);
            return Some(span);
        }
        let bytes = self.text.as_bytes();
        loop {
            // Skip what cannot begin a token.
            while self.at < bytes.len() && !bytes[self.at].is_ascii_alphanumeric() && bytes[self.at].is_ascii() {
                if bytes[self.at] == b'_' {
                    break;
                }
                self.at += 1;
            }
            if self.at >= bytes.len() {
                return None;
            }
            match self.scan() {
                FastCut::Word(span) => {
                    self.at = span.end;
                    unify_spelling(&mut self.exact, &mut self.folded);
                    return Some(span);
                }
                FastCut::Separator(end) => self.at = end,
                FastCut::Unknown => {
                    self.cut_stretch();
                    if let Some(span) = self.queue.pop() {
                        self.form_word(span);
                        return Some(span);
                    }
                }
            }
        }
    }

    /// Cuts the word at `self.at` and writes its forms, if all its chars are ASCII or in the table of letters.
    ///
    /// This is the fast path, so that full UAX #29 has to cut only what is left.
    #[inline]
    fn scan(&mut self) -> FastCut {
        let bytes = self.text.as_bytes();
        let start = self.at;
        let mut at = start;
        let mut last_digit = false;
        self.exact.clear();
        self.folded.clear();
        while let Some(&byte) = bytes.get(at) {
            if byte.is_ascii_alphanumeric() {
                last_digit = byte.is_ascii_digit();
                let lower = char::from(byte.to_ascii_lowercase());
                self.exact.push(lower);
                self.folded.push(lower);
                at += 1;
                continue;
            }
            if byte.is_ascii() {
                // WB6, WB7, WB11, WB12: punctuation joins two letters, or two digits.
                let next = bytes.get(at + 1).copied();
                let joins = match byte {
                    b'_' => return FastCut::Unknown,
                    b'\'' | b'.' | b',' | b';' | b':' if next.is_some_and(|n| n == b'_' || !n.is_ascii()) => {
                        return FastCut::Unknown;
                    }
                    b'\'' if at > start && !last_digit => next.is_some_and(|n| n.is_ascii_alphabetic()),
                    b'\'' | b'.' | b',' | b';' if at > start && last_digit => next.is_some_and(|n| n.is_ascii_digit()),
                    _ => false,
                };
                if !joins {
                    break;
                }
                self.exact.push(char::from(byte));
                self.folded.push(char::from(byte));
                at += 1;
                continue;
            }
            let Some(char) = self.text[at..].chars().next() else {
                break;
            };
            if let Some(letter) = self.letters.of(char) {
                last_digit = false;
                self.exact.push(letter.exact);
                self.folded.push(char::from(letter.folded));
                at += char.len_utf8();
                continue;
            }
            // Quotation marks, dashes and the ellipsis end a word; ’ may be part of one.
            if matches!(char, '\u{2010}'..='\u{2015}' | '\u{201c}'..='\u{201f}' | '\u{2026}') {
                if at == start {
                    return FastCut::Separator(at + char.len_utf8());
                }
                break;
            }
            return FastCut::Unknown;
        }
        // A word cannot be empty: `next_word` has skipped to a letter, a digit, `_` or a char beyond ASCII.
        FastCut::Word(Span::new(start, at))
    }

    /// Cuts the stretch up to the next ASCII white space by full UAX #29, which always breaks there.
    fn cut_stretch(&mut self) {
        let rest = &self.text[self.at..];
        let len = rest.bytes().position(|b| b.is_ascii_whitespace()).unwrap_or(rest.len());
        for (offset, word) in rest[..len].unicode_word_indices() {
            let start = self.at + offset;
            split_points(word, |part| self.queue.push(part.shift(start)));
        }
        self.queue.reverse();
        self.at += len;
    }

    /// Writes both forms of a word that full UAX #29 has cut. It may contain combining marks, other scripts and
    /// invisible characters.
    fn form_word(&mut self, span: Span) {
        self.exact.clear();
        self.folded.clear();
        for char in span.slice(self.text).nfc().filter(|&c| !is_invisible(c)) {
            let char = if char == '\u{2019}' { '\'' } else { char };
            match (self.letters.of(char), ligature(char)) {
                (Some(letter), _) => self.exact.push(letter.exact),
                (None, Some(letters)) => self.exact.push_str(letters),
                (None, None) => self.exact.extend(char.to_lowercase()),
            }
            fold_char(char, &mut self.folded);
        }
        unify_spelling(&mut self.exact, &mut self.folded);
    }
}

/// The outcome of the fast path.
enum FastCut {
    /// A word or number, whose forms are written.
    Word(Span),
    /// No token; go on at this offset.
    Separator(usize),
    /// Undecided: full UAX #29 must cut here.
    Unknown,
}

/// Splits a word of UAX #29 at every `.` and `:` that is not between digits, and drops parts without a letter or digit.
fn split_points(word: &str, mut push: impl FnMut(Span)) {
    let mut start = 0;
    for (at, char) in word.char_indices() {
        if !matches!(char, '.' | ':') {
            continue;
        }
        let before = word[..at].chars().next_back();
        let after = word[at + 1..].chars().next();
        let between_digits = before.is_some_and(|c| c.is_numeric()) && after.is_some_and(|c| c.is_numeric());
        if !between_digits {
            push_word(word, Span::new(start, at), &mut push);
            start = at + 1;
        }
    }
    push_word(word, Span::new(start, word.len()), &mut push);
}

/// Appends `span` of `word` from its first letter or digit on, if it has one.
fn push_word(word: &str, span: Span, push: &mut impl FnMut(Span)) {
    if let Some(lead) = span.slice(word).find(char::is_alphanumeric) {
        push(Span::new(span.start + lead, span.end));
    }
}

/// Returns the folded forms of the tokens of `text`, in order: the form in which two wordings are compared.
///
/// ```
/// use vankien::text::syllables;
/// assert_eq!(syllables("Điều lệ Đảng"), ["dieu", "le", "dang"]);
/// ```
#[must_use]
pub fn syllables(text: &str) -> Vec<String> {
    let mut tokens = Tokens::new(text);
    let mut syllables = Vec::new();
    while tokens.advance().is_some() {
        syllables.push(tokens.folded().to_owned());
    }
    syllables
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn forms(text: &str) -> Vec<(String, String)> {
        let mut tokens = Tokens::new(text);
        let mut forms = Vec::new();
        while tokens.advance().is_some() {
            forms.push((tokens.exact().to_owned(), tokens.folded().to_owned()));
        }
        forms
    }

    fn exact(text: &str) -> Vec<String> {
        forms(text).into_iter().map(|(exact, _)| exact).collect()
    }

    #[test]
    fn spellings_that_people_mix_are_one() {
        for (one, other) in [
            ("hoà", "hòa"),
            ("khoẻ", "khỏe"),
            ("thuỵ", "thụy"),
            ("uỷ", "ủy"),
            ("quí", "quý"),
            ("kĩ", "kỹ"),
            ("Tỉ", "tỷ"),
            ("N\u{d0}", "nđ"),
            ("Vịêt", "việt"),
            ("qúy", "quý"),
            ("hòan", "hoàn"),
            ("o\u{fb03}ce", "office"),
            ("Đa\u{ad}krông", "đakrông"),
        ] {
            assert_eq!(forms(one), forms(other), "{one} {other}");
        }
        for (one, other) in [("vi", "vy"), ("tai", "tay"), ("hoan", "hoàn")] {
            assert_ne!(exact(one), exact(other), "{one} {other}");
        }
    }

    #[test]
    fn symbols_and_dates_are_one_token_and_their_parts() {
        assert_eq!(exact("30/2020/NĐ-CP"), ["30/2020/nđ-cp", "30", "2020", "nđ", "cp"]);
        assert_eq!(exact("ngày 08/9/2016."), ["ngày", "8/9/2016", "08", "9", "2016"]);
        assert_eq!(exact("22.12.2024"), ["22/12/2024", "22.12.2024"]);
        assert_eq!(
            exact("ngày 05 tháng 6\u{a0}năm 2020,"),
            ["ngày", "5/6/2020", "05", "tháng", "6", "năm", "2020"]
        );
        let decomposed: String = "5 Tháng 06 nam 2020".nfd().collect();
        assert_eq!(exact(&decomposed)[0], "5/6/2020");
        assert_eq!(exact("2020-06-05"), ["5/6/2020", "2020", "06", "05"]);
        for no_date in [
            "2020-6-5",
            "5 tháng 13 năm 2020",
            "5 tháng 6",
            "5 tháng 6 năm 20201",
            "5 thángs 6 năm 2020",
            "5tháng 6 năm 2020",
        ] {
            assert!(!exact(no_date)[0].contains('/'), "{no_date}");
        }
        assert_eq!(
            exact("2020-2025, 71/73, 1.406 98,21%"),
            ["2020", "2025", "71", "73", "1.406", "98,21"]
        );
    }

    #[test]
    fn points_and_colons_end_words_but_not_numbers() {
        assert_eq!(exact("nhận:T/M viên..Cần"), ["nhận", "t", "m", "viên", "cần"]);
        assert_eq!(exact("tru’O’ng Quốc"), ["tru'o'ng", "quốc"]);
    }

    #[test]
    fn positions_count_parts() {
        let mut tokens = Tokens::new("số 21-NQ/TW ngày");
        let mut positions = Vec::new();
        while let Some(token) = tokens.advance() {
            positions.push(token.position);
        }
        assert_eq!(positions, [0, 1, 1, 2, 3, 4]);
    }

    /// The slow twin: UAX #29 and the one tailoring, without a fast path.
    fn slow_words(text: &str) -> Vec<Span> {
        let mut words = Vec::new();
        for (at, word) in text.unicode_word_indices() {
            split_points(word, |part| words.push(part.shift(at)));
        }
        words
    }

    proptest! {
        #[test]
        fn words_are_those_of_the_slow_twin(text in "[a-cĐđảộ0-9 .,:;'’_\\-/“”…\u{301}\u{ad}]{0,24}|\\PC{0,24}") {
            let mut tokens = Tokens::new(&text);
            let mut words = Vec::new();
            let mut last = 0;
            while let Some(token) = tokens.advance() {
                prop_assert!(text.get(token.span.start..token.span.end).is_some());
                prop_assert!(token.span.start >= last || matches!(token.kind, TokenKind::Word | TokenKind::Number));
                last = token.span.start;
                if matches!(token.kind, TokenKind::Word | TokenKind::Number) {
                    words.push(token.span);
                }
            }
            prop_assert_eq!(words, slow_words(&text));
        }

        #[test]
        fn normal_forms_ask_alike(text in "[a-zđĐàáảãạăằắẳâầấêềếôồốơờớưừứ \\-/0-9]{0,30}") {
            let nfd: String = text.nfd().collect();
            prop_assert_eq!(forms(&text), forms(&nfd));
        }
    }
}
