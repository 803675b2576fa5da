//! A passage as words in folded letters, with what stands between them.
//!
//! Everything that is looked for, type words, names, dates, bodies, is a few words with known gaps. The
//! words are cut and folded once per passage; what a scan misread is met by [`Words::says`], which takes
//! `Pai hoi` for "Đại hội" where the passage stands on a damaged page.

use crate::text::Span;
use crate::text::fold::{fold_char, letter};

/// One word: letters, digits, and the few signs that an OCR puts for letters.
#[derive(Clone, Copy, Debug)]
struct Word {
    /// Its bytes in the text.
    span: Span,
    /// Its bytes in the folded letters.
    folded: Span,
}

/// The words of one text.
#[derive(Debug)]
pub(super) struct Words<'t> {
    text: &'t str,
    folded: String,
    words: Vec<Word>,
    /// May a word be meant that differs in a letter?
    damaged: bool,
}

impl<'t> Words<'t> {
    /// Cuts and folds `text`; `damaged` says that its letters may be misread.
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

    /// Fills in words and folded letters.
    fn cut(&mut self) {
        let mut open: Option<(usize, usize)> = None;
        for (at, char) in self.text.char_indices() {
            let before = self.folded.len();
            if char.is_ascii_alphanumeric() {
                self.folded.push(char.to_ascii_lowercase());
            } else if let Some(letter) = letter(char) {
                self.folded.push(char::from(letter.folded));
            } else if let Some(sign) = sign_for(char).or_else(|| (char == '&' && open.is_some()).then_some('e')) {
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

    /// Ends the word that began at these offsets of text and folded letters.
    fn close(&mut self, open: Option<(usize, usize)>, end: usize) {
        if let Some((start, folded)) = open {
            self.words.push(Word {
                span: Span::new(start, end),
                folded: Span::new(folded, self.folded.len()),
            });
        }
    }

    /// May its letters be misread?
    pub(super) fn is_damaged(&self) -> bool {
        self.damaged
    }

    /// Number of words.
    pub(super) fn len(&self) -> usize {
        self.words.len()
    }

    /// The text that was cut.
    pub(super) fn text(&self) -> &'t str {
        self.text
    }

    /// The folded letters of word `index`; empty behind the last.
    pub(super) fn folded(&self, index: usize) -> &str {
        self.words.get(index).map_or("", |word| word.folded.slice(&self.folded))
    }

    /// Word `index` as it stands; empty behind the last.
    pub(super) fn word(&self, index: usize) -> &'t str {
        self.span(index).slice(self.text)
    }

    /// The bytes of word `index`; the empty end of the text behind the last.
    pub(super) fn span(&self, index: usize) -> Span {
        let end = Span::new(self.text.len(), self.text.len());
        self.words.get(index).map_or(end, |word| word.span)
    }

    /// What stands before word `index`, back to the word before it; behind the last, what is left.
    pub(super) fn gap(&self, index: usize) -> &'t str {
        let start = index.checked_sub(1).map_or(0, |before| self.span(before).end);
        Span::new(start, self.span(index).start).slice(self.text)
    }

    /// The first word that begins at byte `at` or behind it.
    pub(super) fn index_at(&self, at: usize) -> usize {
        self.words.partition_point(|word| word.span.start < at)
    }

    /// Stands nothing but blanks, or a stray mark such as `'` and `*`, before word `index`?
    pub(super) fn joined(&self, index: usize) -> bool {
        index < self.len() && is_blank_gap(self.gap(index))
    }

    /// Does word `index` begin with a digit?
    pub(super) fn is_number(&self, index: usize) -> bool {
        self.folded(index).starts_with(|c: char| c.is_ascii_digit())
    }

    /// Does word `index` begin with a capital?
    pub(super) fn is_capital(&self, index: usize) -> bool {
        self.word(index).starts_with(char::is_uppercase)
    }

    /// Is word `index` this one, in folded letters? On a damaged page it may differ as an OCR differs.
    pub(super) fn says(&self, index: usize, word: &str) -> bool {
        let folded = self.folded(index);
        folded == word || self.damaged && like(folded, word)
    }

    /// Are the words from `index` these, with nothing but blanks between? Returns the word behind them.
    ///
    /// However damaged the page, of several words one must be right: "Lương Minh" is like "Cương lĩnh".
    pub(super) fn phrase(&self, index: usize, words: &[&str]) -> Option<usize> {
        let same = |(offset, word): (usize, &&str)| {
            self.says(index + offset, word) && (offset == 0 || self.joined(index + offset))
        };
        let certain = |(offset, word): (usize, &&str)| self.folded(index + offset) == *word;
        let fits = words.iter().enumerate().all(same) && (words.len() < 2 || words.iter().enumerate().any(certain));
        fits.then_some(index + words.len())
    }

    /// The word behind `words` where they stand at `index` and are joined to what is before them; else `index`.
    pub(super) fn skip(&self, index: usize, words: &[&str]) -> usize {
        if !self.joined(index) {
            return index;
        }
        self.phrase(index, words).unwrap_or(index)
    }

    /// The text from the beginning of word `first` to the end of the word before `end`.
    pub(super) fn slice(&self, first: usize, end: usize) -> Span {
        match end.checked_sub(1) {
            Some(last) if last >= first => Span::new(self.span(first).start, self.span(last).end),
            _ => Span::new(self.span(first).start, self.span(first).start),
        }
    }
}

/// A sign that scans have for a letter.
fn sign_for(char: char) -> Option<char> {
    match char {
        '¢' | '€' => Some('e'),
        '§' => Some('o'),
        _ => None,
    }
}

/// Nothing but blanks and stray marks?
pub(super) fn is_blank_gap(gap: &str) -> bool {
    gap.chars()
        .all(|c| c.is_whitespace() || matches!(c, '$' | '\'' | '‘' | '’' | '`' | '*' | '_' | '·' | '~' | '^'))
}

/// All in capitals?
pub(super) fn is_shouted(text: &str) -> bool {
    !text.chars().any(char::is_lowercase)
}

/// Takes a bracket that closes one opened inside the span.
pub(super) fn close_bracket(words: &Words<'_>, span: &mut Span, next: usize) {
    let text = span.slice(words.text());
    if text.matches('(').count() > text.matches(')').count() && words.gap(next).starts_with(')') {
        span.end += 1;
    }
}

/// Can an OCR have read `word` where `read` stands? Both folded.
///
/// One letter more, less or other, in words of three letters and more; in shorter ones the first letter
/// must be right. Digits may stand for the letters they look like.
pub(super) fn like(read: &str, word: &str) -> bool {
    if read == word {
        return true;
    }
    let (read, word) = (read.as_bytes(), word.as_bytes());
    if word.len() < 3 {
        return read.len() <= 2 && !read.is_empty() && looks(read[0], word[0]);
    }
    if read.len() < 3 || read.len().abs_diff(word.len()) > 1 || read.iter().all(u8::is_ascii_digit) {
        return false;
    }
    let head = read.iter().zip(word).take_while(|&(&r, &w)| looks(r, w)).count();
    let rest = |text: &[u8], skip: usize| text.get(head + skip..).unwrap_or(&[]).to_vec();
    let same = |a: Vec<u8>, b: Vec<u8>| a.len() == b.len() && a.iter().zip(&b).all(|(&r, &w)| looks(r, w));
    match read.len().cmp(&word.len()) {
        std::cmp::Ordering::Equal => same(rest(read, 1), rest(word, 1)),
        std::cmp::Ordering::Less => same(rest(read, 0), rest(word, 1)),
        std::cmp::Ordering::Greater => same(rest(read, 1), rest(word, 0)),
    }
}

/// Is `read` the letter, or a digit that looks like it?
fn looks(read: u8, letter: u8) -> bool {
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
        let words = Words::new("Nghị quyết số 35-NQ/TW, ngày", false);
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
            assert!(like(read, word), "{read} {word}");
        }
        for (read, word) in [
            ("dang", "nghi"),
            ("44", "so"),
            ("123", "12a"),
            ("hoi", "bao"),
            ("", "bo"),
            ("quy", "quyet"),
        ] {
            assert!(!like(read, word), "{read} {word}");
        }
    }
}
