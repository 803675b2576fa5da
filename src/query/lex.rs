//! A query string to lexemes: quotation marks, brackets, operators, filters and the text between them.

use super::Facet;
use crate::text::Span;

/// A piece of a query string.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Lexeme {
    /// Text to be cut into words; no other lexeme inside.
    Text(Span),
    /// The text between two quotation marks, the whole with them, and the number behind `~`.
    Quoted {
        /// With the quotation marks and what follows.
        whole: Span,
        /// Without.
        inner: Span,
        /// Moves allowed.
        slop: u32,
    },
    /// The letters and digits before a `*`.
    Prefix(Span),
    /// `name:value` with the name of a facet.
    Filter {
        /// The whole.
        whole: Span,
        /// The facet.
        facet: Facet,
        /// Without quotation marks.
        value: Span,
    },
    /// `-` before something.
    Minus(Span),
    /// The word `OR`.
    Or(Span),
    /// `(`
    Open(Span),
    /// `)`
    Close(Span),
    /// Something without a meaning here.
    Odd(Span, &'static str),
}

/// The most moves a phrase may ask for: beyond that the words are simply all wanted.
const MAX_SLOP: u32 = 50;

/// Cuts `text` into lexemes, in order; what lies between them is blank.
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

/// Where a lexer stands.
struct Lexer<'t> {
    text: &'t str,
    lexemes: Vec<Lexeme>,
    /// Where the text that is being read began.
    plain: Option<usize>,
}

impl Lexer<'_> {
    /// Reads what begins at `at` with `char`; returns where to go on.
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
                self.push(at, Lexeme::Odd(here, "`*` stands behind the beginning of a word"), next)
            }
            _ if self.at_word_start(at) && self.word_at(at) == "OR" => {
                self.push(at, Lexeme::Or(Span::new(at, at + 2)), at + 2)
            }
            _ if self.at_word_start(at) && char.is_ascii_alphabetic() => match self.filter(at) {
                Some((lexeme, end)) => self.push(at, lexeme, end),
                None => self.plain_to(at, next),
            },
            _ => self.plain_to(at, next),
        }
    }

    /// Ends the text before `at`, appends `lexeme`, goes on at `next`.
    fn push(&mut self, at: usize, lexeme: Lexeme, next: usize) -> usize {
        self.flush(at);
        self.lexemes.push(lexeme);
        next
    }

    /// Goes on with text.
    fn plain_to(&mut self, at: usize, next: usize) -> usize {
        self.plain.get_or_insert(at);
        next
    }

    /// Ends the text that is being read before `end`.
    fn flush(&mut self, end: usize) {
        if let Some(start) = self.plain.take() {
            let span = Span::new(start, end);
            if span.slice(self.text).contains(|c: char| !c.is_whitespace()) {
                self.lexemes.push(Lexeme::Text(span));
            }
        }
    }

    /// A quotation mark: up to its pair, or odd without one.
    fn quoted(&mut self, at: usize, open: char) -> usize {
        let start = at + open.len_utf8();
        let closers = closing_quotes(open).unwrap_or("");
        let Some(len) = self.text[start..].find(|c| closers.contains(c)) else {
            return self.push(
                at,
                Lexeme::Odd(Span::new(at, start), "quotation mark without its pair"),
                start,
            );
        };
        let inner = Span::new(start, start + len);
        let close = self.text[inner.end..].chars().next().map_or(0, char::len_utf8);
        let (slop, end) = self.slop(inner.end + close);
        let whole = Span::new(at, end);
        self.push(at, Lexeme::Quoted { whole, inner, slop }, end)
    }

    /// The number behind `~` at `at`, and where it ends.
    fn slop(&self, at: usize) -> (u32, usize) {
        let Some(rest) = self.text[at..].strip_prefix('~') else {
            return (0, at);
        };
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let slop = rest[..digits].parse().unwrap_or(MAX_SLOP).min(MAX_SLOP);
        if digits == 0 { (0, at) } else { (slop, at + 1 + digits) }
    }

    /// The filter that begins at `at`, and where it ends.
    fn filter(&self, at: usize) -> Option<(Lexeme, usize)> {
        let rest = &self.text[at..];
        let name = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
        let facet = Facet::from_name(&rest[..name])?;
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
            return (len > 0).then_some((Lexeme::Filter { whole, facet, value }, end));
        }
        let len = value
            .find(|c: char| c.is_whitespace() || c == ')')
            .unwrap_or(value.len());
        let value = Span::new(start, start + len);
        let whole = Span::new(at, value.end);
        (len > 0).then_some((Lexeme::Filter { whole, facet, value }, value.end))
    }

    /// Does a word begin at `at`: nothing, a blank, or an opening before it?
    fn at_word_start(&self, at: usize) -> bool {
        let before = self.text[..at].chars().next_back();
        before.is_none_or(|c| c.is_whitespace() || c == '(')
            || before == Some('-') && matches!(self.lexemes.last(), Some(Lexeme::Minus(span)) if span.end == at)
    }

    /// Does a letter or digit stand before `at`, and none behind the one char there?
    fn ends_word(&self, at: usize) -> bool {
        let before = self.text[..at].chars().next_back();
        before.is_some_and(char::is_alphanumeric) && self.is_blank_at(at + 1)
    }

    /// Is there nothing, a blank or a bracket at `at`?
    fn is_blank_at(&self, at: usize) -> bool {
        let next = self.text[at..].chars().next();
        next.is_none_or(|c| c.is_whitespace() || c == ')')
    }

    /// Where the letters and digits before `at` begin.
    fn word_start(&self, at: usize) -> usize {
        let word = |c: char| !c.is_alphanumeric() && !unicode_normalization::char::is_combining_mark(c);
        let before = &self.text[..at];
        before
            .char_indices()
            .rev()
            .find(|&(_, c)| word(c))
            .map_or(0, |(start, c)| start + c.len_utf8())
    }

    /// The word at `at`, up to a blank or bracket.
    fn word_at(&self, at: usize) -> &str {
        let rest = &self.text[at..];
        let end = rest.find(|c: char| c.is_whitespace() || c == '(' || c == ')');
        &rest[..end.unwrap_or(rest.len())]
    }

    /// Can something that a `-` excludes begin at `at`?
    fn begins_operand(&self, at: usize) -> bool {
        let next = self.text[at..].chars().next();
        next.is_some_and(|c| c.is_alphanumeric() || c == '(' || closing_quotes(c).is_some())
    }

    /// Is the `-` at `at` that of `2020 -2025`?
    fn is_range(&self, at: usize) -> bool {
        let before = self.text[..at].trim_end().chars().next_back();
        let after = self.text[at + 1..].chars().next();
        before.is_some_and(|c| c.is_ascii_digit()) && after.is_some_and(|c| c.is_ascii_digit())
    }
}

/// What may close the quotation mark `open`; `None` for any other char.
fn closing_quotes(open: char) -> Option<&'static str> {
    match open {
        '"' => Some("\""),
        '“' | '„' | '”' => Some("”“"),
        '«' => Some("»"),
        _ => None,
    }
}
