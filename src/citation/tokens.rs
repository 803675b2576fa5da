//! A passage as words in folded letters, with the gaps between them.
//!
//! Type words, names, dates and bodies are all a few words with known gaps. The words are cut and folded once per
//! passage. On a damaged page [`PassageWords::says`] also accepts a misread word: `Pai hoi` for "Đại hội".

use crate::symbol::{ScannedSymbol, Symbol, TYPE_WORDS};
use crate::text::Span;
use crate::text::fold::{fold_char, letter};

/// One word: letters, digits, and the few signs that an OCR reads for letters.
#[derive(Clone, Copy, Debug)]
struct PassageWord {
    /// Its bytes in the text.
    span: Span,
    /// Its bytes in the folded letters.
    folded: Span,
}

/// The words of one text.
#[derive(Debug)]
pub(super) struct PassageWords<'t> {
    /// The text that was cut.
    text: &'t str,
    /// The folded letters of all words, without gaps.
    folded: String,
    /// The words in order.
    words: Vec<PassageWord>,
    /// True if the letters may be misread, so that a word is also found where a letter differs.
    damaged: bool,
}

impl<'t> PassageWords<'t> {
    /// Cuts and folds `text`; `damaged` is true if its letters may be misread.
    pub(super) fn new(text: &'t str, damaged: bool) -> Self {
        let mut words = Self {
            text,
            folded: String::with_capacity(text.len()),
            words: Vec::with_capacity(text.len() / 5),
            damaged,
        };
        words.cut();
        words
    }

    /// Fills in the words and their folded letters.
    fn cut(&mut self) {
        let mut open: Option<(usize, usize)> = None;
        let mut previous = None;
        for (at, char) in self.text.char_indices() {
            let before = self.folded.len();
            if char.is_ascii_digit()
                && previous.is_some_and(char::is_alphabetic)
                && let Some((start, folded)) = open
                && parts_before_number(&self.text[start..at], &self.folded[folded..], &self.text[at..])
            {
                self.close(open.take(), at);
            }
            previous = Some(char);
            if char.is_ascii_alphanumeric() {
                self.folded.push(char.to_ascii_lowercase());
            } else if let Some(letter) = letter(char) {
                self.folded.push(char::from(letter.folded));
            } else if let Some(sign) = letter_for(char).or_else(|| (char == '&' && open.is_some()).then_some('e')) {
                self.folded.push(sign);
            } else if !char.is_ascii() && char.is_alphanumeric() {
                fold_char(char, &mut self.folded);
            } else {
                self.close(open.take(), at);
                continue;
            }
            open = open.or(Some((at, before)));
        }
        self.close(open, self.text.len());
    }

    /// Ends the word that began at these offsets in text and folded letters, if one is open.
    fn close(&mut self, open: Option<(usize, usize)>, end: usize) {
        if let Some((start, folded)) = open {
            self.words.push(PassageWord {
                span: Span::new(start, end),
                folded: Span::new(folded, self.folded.len()),
            });
        }
    }

    /// Returns true if the letters may be misread.
    pub(super) fn is_damaged(&self) -> bool {
        self.damaged
    }

    /// Returns the number of words.
    pub(super) fn len(&self) -> usize {
        self.words.len()
    }

    /// Returns the text that was cut.
    pub(super) fn text(&self) -> &'t str {
        self.text
    }

    /// Returns the folded letters of word `index`; empty after the last word.
    pub(super) fn folded(&self, index: usize) -> &str {
        self.words.get(index).map_or("", |word| word.folded.slice(&self.folded))
    }

    /// Returns word `index` as written; empty after the last word.
    pub(super) fn word(&self, index: usize) -> &'t str {
        self.span(index).slice(self.text)
    }

    /// Returns the bytes of word `index`; after the last word the empty span at the end of the text.
    pub(super) fn span(&self, index: usize) -> Span {
        let end = Span::new(self.text.len(), self.text.len());
        self.words.get(index).map_or(end, |word| word.span)
    }

    /// Returns the text between word `index` and the word before it; after the last word, the rest of the text.
    pub(super) fn gap(&self, index: usize) -> &'t str {
        let start = index.checked_sub(1).map_or(0, |before| self.span(before).end);
        Span::new(start, self.span(index).start).slice(self.text)
    }

    /// Returns the index of the first word that begins at byte `at` or after it.
    pub(super) fn index_at(&self, at: usize) -> usize {
        self.words.partition_point(|word| word.span.start < at)
    }

    /// Returns true if word `index` exists and only blanks, or stray marks such as `'` and `*`, precede it.
    pub(super) fn joined(&self, index: usize) -> bool {
        index < self.len() && is_blank_gap(self.gap(index))
    }

    /// Returns true if word `index` begins with a digit.
    pub(super) fn is_number(&self, index: usize) -> bool {
        self.folded(index).starts_with(|c: char| c.is_ascii_digit())
    }

    /// Returns true if word `index` begins with a capital.
    pub(super) fn is_capital(&self, index: usize) -> bool {
        self.word(index).starts_with(char::is_uppercase)
    }

    /// Returns true if word `index` is `word` (folded), or on a damaged page may be a misreading of it.
    pub(super) fn says(&self, index: usize, word: &str) -> bool {
        let folded = self.folded(index);
        folded == word || self.damaged && is_similar(folded, word)
    }

    /// Returns true if word `index` is `marked`, which is in small letters, in letters of any case. A word without marks
    /// and one on a damaged page may be.
    pub(super) fn is_written(&self, index: usize, marked: &str) -> bool {
        let word = self.word(index);
        self.damaged || word.is_ascii() || word.chars().flat_map(char::to_lowercase).eq(marked.chars())
    }

    /// Returns the symbol that begins with word `index`, of known letters or not.
    pub(super) fn symbol_at(&self, index: usize) -> Option<ScannedSymbol> {
        Symbol::scan(self.text.get(self.span(index).start..)?)
    }

    /// Returns the index of the word after `words` if these are at `index` with only blanks between them.
    ///
    /// Even on a damaged page one of several words must be exactly right: "Lương Minh" is like "Cương lĩnh".
    pub(super) fn phrase(&self, index: usize, words: &[&str]) -> Option<usize> {
        let same = |(offset, word): (usize, &&str)| {
            self.says(index + offset, word) && (offset == 0 || self.joined(index + offset))
        };
        let certain = |(offset, word): (usize, &&str)| self.folded(index + offset) == *word;
        let fits = words.iter().enumerate().all(same) && (words.len() < 2 || words.iter().enumerate().any(certain));
        fits.then_some(index + words.len())
    }

    /// Returns the index of the word after `words` if these are at `index` and only blanks precede them; otherwise
    /// `index`.
    pub(super) fn skip(&self, index: usize, words: &[&str]) -> usize {
        if !self.joined(index) {
            return index;
        }
        self.phrase(index, words).unwrap_or(index)
    }

    /// Returns the bytes from the beginning of word `first` to the end of the word before `end`.
    pub(super) fn slice(&self, first: usize, end: usize) -> Span {
        match end.checked_sub(1) {
            Some(last) if last >= first => Span::new(self.span(first).start, self.span(last).end),
            _ => Span::new(self.span(first).start, self.span(first).start),
        }
    }
}

/// Returns true if `word`, with its letters `folded`, is a word of its own before the number that `rest` begins with:
/// the blank between them is lost, as in "số57-NQ/TW", "ngày22/7/2010", "Nghị định30/2020/NĐ-CP" and "NQ57".
///
/// After a type word only a whole symbol parts them, because "nghị quyết5" ends with the mark of a note.
fn parts_before_number(word: &str, folded: &str, rest: &str) -> bool {
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    if matches!(word, "số" | "Số" | "SỐ" | "ngày" | "Ngày" | "NGÀY") {
        return true;
    }
    if is_code(word) {
        return digits <= 4 && !rest[digits..].starts_with(char::is_alphanumeric);
    }
    let ends_type_word = || folded == "so" || TYPE_WORDS.iter().any(|row| row.syllables.last() == Some(&folded));
    let separated = rest[digits..].trim_start().starts_with(['-', '/', '\u{2013}']);
    separated && ends_type_word() && Symbol::scan(rest).is_some_and(|found| found.known)
}

/// Returns true if `word` is the code of a kind of documents in capitals, as it is printed in symbols: `NQ`, `CTr`.
pub(super) fn is_code(word: &str) -> bool {
    // Codes have two to five letters, the first of which is a capital.
    (2..=8).contains(&word.len())
        && word.starts_with(char::is_uppercase)
        && TYPE_WORDS.iter().any(|row| row.codes.contains(&word))
}

/// Returns the letter for which an OCR reads this sign.
fn letter_for(char: char) -> Option<char> {
    match char {
        '¢' | '€' => Some('e'),
        '§' => Some('o'),
        _ => None,
    }
}

/// Returns true if word `at` is "của" or one of its misreadings.
pub(super) fn is_of(words: &PassageWords<'_>, at: usize) -> bool {
    matches!(
        words.folded(at),
        "cua" | "ctia" | "cia" | "ciia" | "caa" | "cta" | "cuia" | "cuoa" | "cda" | "cla"
    ) && !matches!(words.word(at), "cứa" | "cưa" | "cửa")
}

/// Returns true if `gap` holds only blanks and stray marks.
pub(super) fn is_blank_gap(gap: &str) -> bool {
    gap.chars()
        .all(|c| c.is_whitespace() || matches!(c, '$' | '\'' | '‘' | '’' | '`' | '*' | '_' | '·' | '~' | '^'))
}

/// Returns true if `text` has no small letter.
pub(super) fn is_all_capitals(text: &str) -> bool {
    !text.chars().any(char::is_lowercase)
}

/// Extends `span` over the bracket before word `next` that closes one opened inside the span.
pub(super) fn close_bracket(words: &PassageWords<'_>, span: &mut Span, next: usize) {
    let text = span.slice(words.text());
    if text.matches('(').count() > text.matches(')').count() && words.gap(next).starts_with(')') {
        span.end += 1;
    }
}

/// Returns true if `read` may be a misreading of `word`; both are folded.
///
/// In a word of three or more letters one letter may be added, lost or changed; in a shorter one the first letter
/// must be right. A digit may stand for a letter that it looks like.
pub(super) fn is_similar(read: &str, word: &str) -> bool {
    if read == word {
        return true;
    }
    let (read, word) = (read.as_bytes(), word.as_bytes());
    if word.len() < 3 {
        return read.len() <= 2 && !read.is_empty() && looks_like(read[0], word[0]);
    }
    if read.len() < 3 || read.len().abs_diff(word.len()) > 1 || read.iter().all(u8::is_ascii_digit) {
        return false;
    }
    // After the letters that agree, skip the one that was changed, lost or added; the rest must agree.
    let agreeing = read.iter().zip(word).take_while(|&(&r, &w)| looks_like(r, w)).count();
    let same = |skipped_read: usize, skipped_word: usize| {
        let read = read.get(agreeing + skipped_read..).unwrap_or(&[]);
        let word = word.get(agreeing + skipped_word..).unwrap_or(&[]);
        read.len() == word.len() && read.iter().zip(word).all(|(&r, &w)| looks_like(r, w))
    };
    match read.len().cmp(&word.len()) {
        std::cmp::Ordering::Equal => same(1, 1),
        std::cmp::Ordering::Less => same(0, 1),
        std::cmp::Ordering::Greater => same(1, 0),
    }
}

/// Returns true if `read` is the letter, or a sign that looks like it.
fn looks_like(read: u8, letter: u8) -> bool {
    read == letter
        || matches!(
            (read, letter),
            (b'1', b'l' | b'i')
                | (b'0' | b'6', b'o')
                | (b'5', b's')
                | (b'3', b'a')
                | (b'4', b'a')
                | (b'l', b'i')
                | (b'j', b'i')
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_gaps_cover_the_text() {
        let words = PassageWords::new("Nghị quyết số 35-NQ/TW, ngày", false);
        let folded: Vec<&str> = (0..words.len()).map(|i| words.folded(i)).collect();
        assert_eq!(folded, ["nghi", "quyet", "so", "35", "nq", "tw", "ngay"]);
        assert_eq!((words.gap(4), words.gap(6), words.gap(7)), ("-", ", ", ""));
        assert_eq!(words.phrase(0, &["nghi", "quyet"]), Some(2));
        assert_eq!(words.slice(0, 2).slice(words.text()), "Nghị quyết");
    }

    #[test]
    fn misread_words_are_like_what_was_printed() {
        for (read, word) in [
            ("pai", "dai"),
            ("nghl", "nghi"),
            ("ngh1", "nghi"),
            ("quyeet", "quyet"),
            ("1e", "le"),
            ("bd", "bo"),
            ("hueng", "huong"),
            ("ludn", "luan"),
            ("trj", "tri"),
        ] {
            assert!(is_similar(read, word), "{read} {word}");
        }
        for (read, word) in [
            ("dang", "nghi"),
            ("44", "so"),
            ("123", "12a"),
            ("hoi", "bao"),
            ("", "bo"),
            ("quy", "quyet"),
        ] {
            assert!(!is_similar(read, word), "{read} {word}");
        }
    }
}
