//! Words to terms: exact, folded and repaired forms at one position.
//!
//! Where the source is damaged, what it says, what it most likely means and what else it may mean stand at
//! the same position, so that a phrase is found through any of them. `"cấp Uy"` with the repaired reading
//! `"cấp ủy"` gives in the field of folded words `cap` `uy`, and in the field of exact words
//!
//! | position | term | it says |
//! |---|---|---|
//! | 0 | `cấp` | the source has it so |
//! | 1 | `uy` | the source has it so |
//! | 1 | `=ủy` | the repaired reading has it so |
//! | 1 | `?ùy` | another reading that is nearly as likely |
//!
//! and `~dang` for `Dang` in a text that lost its marks: any marks may have stood there. No word begins with
//! one of these signs, so asking for `đường` with and without them tells agreement (as printed, as repaired,
//! lost) from contradiction.
//!
//! Tantivy hands a tokenizer nothing but text, so what is damaged travels inside it, between control
//! characters that no source keeps ([`encode`]). An undamaged passage travels as it is.

use std::borrow::Cow;
use std::collections::VecDeque;

use tantivy::tokenizer::{Token, TokenStream, Tokenizer, TokenizerManager};

use super::annotations::Annotations;
use crate::text::{Span, TokenKind, Tokens, fold};

/// Name of the tokenizer of the folded words.
pub(super) const FOLDED: &str = "vankien_folded";
/// Name of the tokenizer of the exact words.
pub(super) const EXACT: &str = "vankien_exact";
/// Name of the tokenizer that folds a facet value to one term.
pub(super) const VALUE: &str = "vankien_value";
/// Name of the tokenizer that gives a nested value and its last part.
pub(super) const NESTED: &str = "vankien_nested";

/// Before an exact term: so says the repaired reading.
pub(crate) const REPAIRED: char = '=';
/// Before an exact term: so says another reading.
pub(crate) const ALTERNATIVE: char = '?';
/// Before a folded term in the field of exact ones: the source lost its marks here.
pub(crate) const LOST: char = '~';

/// Stands for bytes that are no text (a footnote mark): ends a word.
const MARK: u8 = 1;
/// Begins a damaged stretch: its source, then its readings.
const BEGIN: u8 = 2;
/// Parts the readings of a damaged stretch.
const NEXT: u8 = 3;
/// Ends a damaged stretch.
const END: u8 = 4;
/// At the very beginning: the source may have lost its marks.
const LOSSY: u8 = 5;

/// Makes the tokenizers known to an index.
pub(in crate::index) fn register(tokenizers: &TokenizerManager) {
    tokenizers.register(FOLDED, FormTokenizer(Which::Folded));
    tokenizers.register(EXACT, FormTokenizer(Which::Exact));
    tokenizers.register(VALUE, ValueTokenizer { nested: false });
    tokenizers.register(NESTED, ValueTokenizer { nested: true });
}

/// The form in which `text` with its `forms` travels to the tokenizers.
pub(super) fn encode<'t>(text: &'t str, annotations: &Annotations) -> Cow<'t, str> {
    let control = text.bytes().any(|byte| (MARK..=LOSSY).contains(&byte));
    if annotations.is_plain() && !control {
        return Cow::Borrowed(text);
    }
    let mut encoded = String::with_capacity(text.len() + 64);
    if annotations.lossy {
        encoded.push(char::from(LOSSY));
    }
    let mut at = 0;
    for damaged in &annotations.damaged {
        push_plain(
            &mut encoded,
            text,
            Span::new(at, damaged.span.start),
            &annotations.marks,
        );
        encoded.push(char::from(BEGIN));
        push_plain(&mut encoded, text, damaged.span, &annotations.marks);
        for reading in &damaged.readings {
            encoded.push(char::from(NEXT));
            push_plain(&mut encoded, reading, Span::new(0, reading.len()), &[]);
        }
        encoded.push(char::from(END));
        at = damaged.span.end;
    }
    push_plain(&mut encoded, text, Span::new(at, text.len()), &annotations.marks);
    Cow::Owned(encoded)
}

/// Appends the bytes `span` of `text`, `marks` and control characters overwritten: as many bytes as before.
pub(super) fn push_plain(encoded: &mut String, text: &str, span: Span, marks: &[Span]) {
    let mut at = span.start;
    let push = |encoded: &mut String, span: Span| {
        for char in span.slice(text).chars() {
            let control = (char::from(MARK)..=char::from(LOSSY)).contains(&char);
            encoded.push(if control { ' ' } else { char });
        }
    };
    for mark in marks.iter().filter(|mark| span.contains(**mark)) {
        push(encoded, Span::new(at, mark.start));
        // As many signs as bytes: what is behind stays where it was.
        encoded.extend(std::iter::repeat_n(char::from(MARK), mark.len()));
        at = mark.end;
    }
    push(encoded, Span::new(at, span.end));
}

/// Which form of a word a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Which {
    /// Without marks.
    Folded,
    /// With marks.
    Exact,
}

/// Cuts the encoded text of a passage into the terms of one field.
#[derive(Clone, Copy, Debug)]
struct FormTokenizer(Which);

impl Tokenizer for FormTokenizer {
    type TokenStream<'a> = FormStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> FormStream<'a> {
        let lossy = text.as_bytes().first() == Some(&LOSSY);
        let rest = if lossy { &text[1..] } else { text };
        let mut stream = FormStream {
            which: self.0,
            lossy,
            rest,
            tokens: Tokens::new(""),
            base: 0,
            next: 0,
            pending: VecDeque::new(),
            token: Token::default(),
        };
        stream.open_stretch();
        stream
    }
}

/// The terms of one field, in order of their positions; at one position each term once.
struct FormStream<'t> {
    which: Which,
    /// May the source have lost its marks?
    lossy: bool,
    /// What is left behind the stretch that is being cut.
    rest: &'t str,
    /// The undamaged stretch that is being cut.
    tokens: Tokens<'t>,
    /// Position of the first word of the stretch.
    base: u32,
    /// Position behind the last word.
    next: u32,
    /// Terms that are due, with their positions.
    pending: VecDeque<(u32, String)>,
    token: Token,
}

impl FormStream<'_> {
    /// Takes up the undamaged text before the next damaged stretch.
    fn open_stretch(&mut self) {
        let end = memchr::memchr(BEGIN, self.rest.as_bytes()).unwrap_or(self.rest.len());
        let (plain, rest) = self.rest.split_at(end);
        self.tokens = Tokens::new(plain);
        self.rest = rest;
        self.base = self.next;
    }

    /// Takes up the damaged stretch that the rest begins with; `false` where there is none.
    fn open_damaged(&mut self) -> bool {
        let Some(inner) = self.rest.strip_prefix(char::from(BEGIN)) else {
            return false;
        };
        let end = memchr::memchr(END, inner.as_bytes()).unwrap_or(inner.len());
        let (inner, rest) = inner.split_at(end);
        self.rest = rest.strip_prefix(char::from(END)).unwrap_or(rest);
        let mut readings = inner.split(char::from(NEXT));
        let source = readings.next().unwrap_or("");
        let readings: Vec<&str> = readings.collect();
        let (terms, width) = damaged_terms(self.which, source, &readings);
        let first = self.next;
        self.pending
            .extend(terms.into_iter().map(|(at, term)| (first + at, term)));
        self.next = first + width;
        self.open_stretch();
        true
    }

    /// Emits the next word of the undamaged stretch.
    fn advance_plain(&mut self) -> bool {
        let Some(token) = self.tokens.advance() else {
            return false;
        };
        let position = self.base + token.position;
        if matches!(token.kind, TokenKind::Word | TokenKind::Number) {
            self.next = position + 1;
        }
        let form = match self.which {
            Which::Folded => self.tokens.folded(),
            Which::Exact => self.tokens.exact(),
        };
        self.token.text.clear();
        self.token.text.push_str(form);
        self.token.position = position as usize;
        self.token.offset_from = token.span.start;
        self.token.offset_to = token.span.end;
        if self.lossy
            && self.which == Which::Exact
            && token.kind == TokenKind::Word
            && let Some(lost) = lost_term(&self.tokens)
        {
            self.pending.push_back((position, lost));
        }
        true
    }
}

impl TokenStream for FormStream<'_> {
    fn advance(&mut self) -> bool {
        loop {
            if let Some((position, term)) = self.pending.pop_front() {
                self.token.text = term;
                self.token.position = position as usize;
                return true;
            }
            if self.advance_plain() {
                return true;
            }
            if !self.open_damaged() {
                return false;
            }
        }
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

/// The term that says that the last of `tokens` lost its marks; `None` where it carries some.
fn lost_term(tokens: &Tokens<'_>) -> Option<String> {
    (tokens.exact() == tokens.folded()).then(|| format!("{LOST}{}", tokens.folded()))
}

/// The terms of a damaged stretch with their positions in it, sorted and each once, and how many positions it
/// takes up: as many as the best reading has words.
fn damaged_terms(which: Which, source: &str, readings: &[&str]) -> (Vec<(u32, String)>, u32) {
    let width = width(source, readings) as u32;
    let mut terms = Vec::new();
    for (index, text) in std::iter::once(source).chain(readings.iter().copied()).enumerate() {
        let sign = match index {
            0 => None,
            1 => Some(REPAIRED),
            _ => Some(ALTERNATIVE),
        };
        let mut tokens = Tokens::new(text);
        while let Some(token) = tokens.advance() {
            let position = token.position.min(width.saturating_sub(1));
            let term = match (which, sign) {
                (Which::Folded, _) => tokens.folded().to_owned(),
                (Which::Exact, None) => tokens.exact().to_owned(),
                (Which::Exact, Some(sign)) => format!("{sign}{}", tokens.exact()),
            };
            terms.push((position, term));
        }
    }
    terms.sort();
    terms.dedup();
    (terms, width)
}

/// The number of positions that a damaged stretch takes up: that of the words of its best reading, or of the
/// first of its other writings that has any.
pub(super) fn width(source: &str, readings: &[&str]) -> usize {
    let best = readings.first().copied();
    let others = readings.iter().skip(1).copied();
    let mut writings = best.into_iter().chain([source]).chain(others);
    writings
        .find_map(|text| Some(count(text)).filter(|&count| count > 0))
        .unwrap_or(0)
}

/// Number of positions of a text.
fn count(text: &str) -> usize {
    let mut tokens = Tokens::new(text);
    let mut count = 0;
    while let Some(token) = tokens.advance() {
        count = token.position as usize + 1;
    }
    count
}

/// Folds a value to one term; for a nested one its last part is a term too.
#[derive(Clone, Copy, Debug)]
struct ValueTokenizer {
    nested: bool,
}

impl Tokenizer for ValueTokenizer {
    type TokenStream<'a> = ValueStream;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> ValueStream {
        let mut terms = vec![fold(text)];
        if let (true, Some((_, last))) = (self.nested, text.rsplit_once('/')) {
            terms.push(fold(last));
        }
        ValueStream {
            terms,
            token: Token::default(),
        }
    }
}

/// The terms of a facet value.
struct ValueStream {
    /// What is left, in reverse order.
    terms: Vec<String>,
    token: Token,
}

impl TokenStream for ValueStream {
    fn advance(&mut self) -> bool {
        let Some(term) = self.terms.pop() else { return false };
        self.token.text = term;
        self.token.position = 0;
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}
