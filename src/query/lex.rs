//! The lexer: a query string to quotation marks, brackets, operators, filters and the text between them.

use super::{FilterName, Oddity, Operator};
use crate::text::Span;

/// A piece of a query string.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Lexeme {
    /// Text to be cut into words; no other lexeme inside.
    Text(Span),
    /// A phrase in quotation marks, with the moves allowed after `~`.
    Quoted {
        /// The phrase with its quotation marks and `~3`.
        whole: Span,
        /// The text between the quotation marks.
        inner: Span,
        /// Moves of a word that are allowed; 0 without `~`.
        slop: u32,
    },
    /// The letters and digits before a `*`.
    Prefix(Span),
    /// `name:value` with the name of a filter.
    Filter {
        /// Name, colon and value.
        whole: Span,
        /// The filter.
        filter: FilterName,
        /// The value without quotation marks.
        value: Span,
    },
    /// `-` before something that it excludes.
    Minus(Span),
    /// The word of an operator, in capitals.
    Operator(Span, Operator),
    /// `(`
    Open(Span),
    /// `)`
    Close(Span),
    /// A character without a meaning here.
    Odd(Span, Oddity),
}

/// The most moves that a phrase may ask for; with more, the words might as well be asked for one by one.
const MAX_SLOP: u32 = 50;

/// Cuts `text` into lexemes, in order; only blanks are between them.
pub(super) fn lex(text: &str) -> Vec<Lexeme> {
    let mut lexer = Lexer {
        text,
        lexemes: Vec::new(),
        plain: None,
    };
    let mut at = 0;
    while let Some(char) = text[at..].chars().next() {
        at = lexer.step(at, char);
    }
    lexer.flush(text.len());
    lexer.lexemes
}

/// The state of the lexer.
struct Lexer<'t> {
    text: &'t str,
    lexemes: Vec<Lexeme>,
    /// First byte of the text being read; `None` between texts.
    plain: Option<usize>,
}

impl Lexer<'_> {
    /// Reads the lexeme that begins at `at` with `char`; returns the byte after what was read.
    fn step(&mut self, at: usize, char: char) -> usize {
        let next = at + char.len_utf8();
        let here = Span::new(at, next);
        match char {
            '(' => self.push(at, Lexeme::Open(here), next),
            ')' => self.push(at, Lexeme::Close(here), next),
            _ if closing_quotes(char).is_some() => self.quoted(at, char),
            '-' if self.at_word_start(at) && self.begins_operand(next) && !self.is_range(at) => {
                self.push(at, Lexeme::Minus(here), next)
            }
            '*' if self.ends_word(at) => {
                let start = self.word_start(at);
                self.flush(start);
                self.push(start, Lexeme::Prefix(Span::new(start, at)), next)
            }
            '*' if self.at_word_start(at) && self.is_blank_at(next) => {
                self.push(at, Lexeme::Odd(here, Oddity::LoneStar), next)
            }
            _ if self.at_word_start(at) && char.is_ascii_alphabetic() => {
                let word = self.word_at(at);
                let end = at + word.len();
                match (Operator::of(word), self.filter(at)) {
                    (Some(operator), _) => self.push(at, Lexeme::Operator(Span::new(at, end), operator), end),
                    (None, Some((filter, end))) => self.push(at, filter, end),
                    (None, None) => self.plain_to(at, next),
                }
            }
            _ => self.plain_to(at, next),
        }
    }

    /// Ends the text before `at` and appends `lexeme`; returns `next`.
    fn push(&mut self, at: usize, lexeme: Lexeme, next: usize) -> usize {
        self.flush(at);
        self.lexemes.push(lexeme);
        next
    }

    /// Continues the text with the char at `at`, or begins one there; returns `next`.
    fn plain_to(&mut self, at: usize, next: usize) -> usize {
        self.plain.get_or_insert(at);
        next
    }

    /// Ends the text being read before `end`; drops it if it is blank.
    fn flush(&mut self, end: usize) {
        if let Some(start) = self.plain.take() {
            let span = Span::new(start, end);
            if span.slice(self.text).contains(|c: char| !c.is_whitespace()) {
                self.lexemes.push(Lexeme::Text(span));
            }
        }
    }

    /// Reads a phrase up to its closing quotation mark; the mark alone, as an oddity, if there is none.
    fn quoted(&mut self, at: usize, open: char) -> usize {
        let start = at + open.len_utf8();
        let closers = closing_quotes(open).unwrap_or("");
        let Some(len) = self.text[start..].find(|c| closers.contains(c)) else {
            return self.push(at, Lexeme::Odd(Span::new(at, start), Oddity::UnclosedQuote), start);
        };
        let inner = Span::new(start, start + len);
        let close = self.text[inner.end..].chars().next().map_or(0, char::len_utf8);
        let (slop, end) = self.slop(inner.end + close);
        let whole = Span::new(at, end);
        self.push(at, Lexeme::Quoted { whole, inner, slop }, end)
    }

    /// Reads `~` and a number at `at`; returns the number and the byte after it, or 0 and `at` if there is none.
    fn slop(&self, at: usize) -> (u32, usize) {
        let Some(rest) = self.text[at..].strip_prefix('~') else {
            return (0, at);
        };
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let slop = rest[..digits].parse().unwrap_or(MAX_SLOP).min(MAX_SLOP);
        if digits == 0 { (0, at) } else { (slop, at + 1 + digits) }
    }

    /// Reads a filter at `at`; returns it and the byte after it. `None` if this is no filter with a value: any other
    /// word before a colon is text.
    fn filter(&self, at: usize) -> Option<(Lexeme, usize)> {
        let rest = &self.text[at..];
        let is_of_name = |byte: &u8| byte.is_ascii_alphabetic() || *byte == b'-';
        let name = rest.bytes().take_while(is_of_name).count();
        let filter = FilterName::from_name(&rest[..name])?;
        let start = at + name + 1;
        let value = rest[name..].strip_prefix(':')?;
        let first = value.chars().next()?;
        if let Some(closers) = closing_quotes(first) {
            let inner = start + first.len_utf8();
            let len = self.text[inner..].find(|c| closers.contains(c))?;
            let value = Span::new(inner, inner + len);
            let close = self.text[value.end..].chars().next().map_or(0, char::len_utf8);
            let end = value.end + close;
            let whole = Span::new(at, end);
            return (len > 0).then_some((Lexeme::Filter { whole, filter, value }, end));
        }
        let len = value
            .find(|c: char| c.is_whitespace() || c == ')')
            .unwrap_or(value.len());
        let value = Span::new(start, start + len);
        let whole = Span::new(at, value.end);
        (len > 0).then_some((Lexeme::Filter { whole, filter, value }, value.end))
    }

    /// Returns true if a word may begin at `at`: after nothing, a blank, an opening bracket, or a `-` that excludes.
    fn at_word_start(&self, at: usize) -> bool {
        let before = self.text[..at].chars().next_back();
        before.is_none_or(|c| c.is_whitespace() || c == '(')
            || before == Some('-') && matches!(self.lexemes.last(), Some(Lexeme::Minus(span)) if span.end == at)
    }

    /// Returns true if a letter or digit comes before the `*` at `at`, and nothing but a blank or bracket after it.
    fn ends_word(&self, at: usize) -> bool {
        let before = self.text[..at].chars().next_back();
        before.is_some_and(char::is_alphanumeric) && self.is_blank_at(at + 1)
    }

    /// Returns true if there is nothing, a blank or a closing bracket at `at`.
    fn is_blank_at(&self, at: usize) -> bool {
        let next = self.text[at..].chars().next();
        next.is_none_or(|c| c.is_whitespace() || c == ')')
    }

    /// Returns the first byte of the letters and digits before `at`.
    fn word_start(&self, at: usize) -> usize {
        let word = |c: char| !c.is_alphanumeric() && !unicode_normalization::char::is_combining_mark(c);
        let before = &self.text[..at];
        before
            .char_indices()
            .rev()
            .find(|&(_, c)| word(c))
            .map_or(0, |(start, c)| start + c.len_utf8())
    }

    /// Returns the word at `at`, up to a blank or bracket.
    fn word_at(&self, at: usize) -> &str {
        let rest = &self.text[at..];
        let end = rest.find(|c: char| c.is_whitespace() || c == '(' || c == ')');
        &rest[..end.unwrap_or(rest.len())]
    }

    /// Returns true if something that a `-` can exclude begins at `at`.
    fn begins_operand(&self, at: usize) -> bool {
        let next = self.text[at..].chars().next();
        next.is_some_and(|c| c.is_alphanumeric() || c == '(' || closing_quotes(c).is_some())
    }

    /// Returns true if the `-` at `at` is that of a range such as `2020 -2025`.
    fn is_range(&self, at: usize) -> bool {
        let before = self.text[..at].trim_end().chars().next_back();
        let after = self.text[at + 1..].chars().next();
        before.is_some_and(|c| c.is_ascii_digit()) && after.is_some_and(|c| c.is_ascii_digit())
    }
}

/// Returns the chars that close the quotation mark `open`; `None` if it is no opening quotation mark.
fn closing_quotes(open: char) -> Option<&'static str> {
    match open {
        '"' => Some("\""),
        '“' | '„' | '”' => Some("”“"),
        '«' => Some("»"),
        _ => None,
    }
}
