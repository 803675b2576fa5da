//! Turns words into terms: the forms of a word (exact, folded, repaired) share one position.
//!
//! In a damaged place the word of the source, the repaired one and other likely ones get the same position, so that a
//! phrase is found through any of them. `"cấp Uy"` with the repaired reading `"cấp ủy"` gives `cap` and `uy` in the
//! field of folded words, and in the field of exact words
//!
//! | position | term | origin |
//! |---|---|---|
//! | 0 | `cấp` | the source |
//! | 1 | `uy` | the source |
//! | 1 | `=ủy` | the repaired reading of a misread text |
//! | 1 | `?ùy` | another reading that is nearly as likely |
//!
//! In a text that lost its marks, `Dang` also gives `~dang`: any marks may have been there. Where it was typed without
//! them, a reading only adds marks, and gives `~đảng` instead of `=đảng`. No word begins with one of these signs. So a search for `đường` with and without them distinguishes agreement (as printed, as repaired, lost)
//! from contradiction.
//!
//! Tantivy gives a tokenizer nothing but text. So the readings of a damaged passage are encoded in its text, between
//! control characters that are removed from every source ([`encode`]). An undamaged passage is not encoded.

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
/// Name of the tokenizer that makes two terms of a nested facet value: the whole and its last part.
pub(super) const NESTED: &str = "vankien_nested";

/// Prefix of an exact term that comes from the repaired reading.
pub(crate) const REPAIRED: char = '=';
/// Prefix of an exact term that comes from another reading.
pub(crate) const ALTERNATIVE: char = '?';
/// Prefix of a term in the field of exact words of a source that lost the marks of the word: the folded word, or the
/// word with the marks that a reading adds.
pub(crate) const LOST: char = '~';

/// Replaces each byte of a footnote mark; it ends a word.
const MARK: u8 = 1;
/// Begins a damaged stretch: its source, followed by its readings.
const BEGIN: u8 = 2;
/// Precedes each reading of a damaged stretch.
const NEXT: u8 = 3;
/// Ends a damaged stretch.
const END: u8 = 4;
/// Begins a text whose source may have lost its marks.
const LOSSY: u8 = 5;
/// Begins a text whose source may be misread, after [`LOSSY`] if both hold.
const MISREAD: u8 = 6;
/// Begins a compound that only the best reading has, before the text: its position, a colon, its folded form, [`END`].
const COMPOUND: u8 = 7;
/// The control characters with a meaning here.
const CONTROLS: std::ops::RangeInclusive<u8> = MARK..=COMPOUND;

/// Registers the tokenizers with an index.
pub(in crate::index) fn register(tokenizers: &TokenizerManager) {
    tokenizers.register(FOLDED, FormTokenizer(Which::Folded));
    tokenizers.register(EXACT, FormTokenizer(Which::Exact));
    tokenizers.register(VALUE, ValueTokenizer { nested: false });
    tokenizers.register(NESTED, ValueTokenizer { nested: true });
}

/// Encodes `text` with its `annotations` for the tokenizers. `compounds` are those that only its best reading has, as
/// positions and folded forms, sorted.
pub(super) fn encode<'t>(text: &'t str, annotations: &Annotations, compounds: &[(usize, &str)]) -> Cow<'t, str> {
    let control = text.bytes().any(|byte| CONTROLS.contains(&byte));
    if annotations.is_plain() && !control {
        return Cow::Borrowed(text);
    }
    let mut encoded = String::with_capacity(text.len() + 64);
    if annotations.lossy {
        encoded.push(char::from(LOSSY));
    }
    if annotations.misread {
        encoded.push(char::from(MISREAD));
    }
    for (position, folded) in compounds {
        encoded.push(char::from(COMPOUND));
        encoded.push_str(&format!("{position}:{folded}"));
        encoded.push(char::from(END));
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

/// Appends the bytes `span` of `text`, with footnote `marks` and control characters overwritten. The number of bytes
/// stays the same.
pub(super) fn push_plain(encoded: &mut String, text: &str, span: Span, marks: &[Span]) {
    let mut at = span.start;
    let push = |encoded: &mut String, span: Span| {
        for char in span.slice(text).chars() {
            let control = u8::try_from(char).is_ok_and(|byte| CONTROLS.contains(&byte));
            encoded.push(if control { ' ' } else { char });
        }
    };
    for mark in marks.iter().filter(|mark| span.contains(**mark)) {
        push(encoded, Span::new(at, mark.start));
        // One sign per byte, so that later words keep their offsets.
        encoded.extend(std::iter::repeat_n(char::from(MARK), mark.len()));
        at = mark.end;
    }
    push(encoded, Span::new(at, span.end));
}

/// The form of a word that a field holds.
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
        let after_lossy = text.strip_prefix(char::from(LOSSY));
        let rest = after_lossy.unwrap_or(text);
        let after_misread = rest.strip_prefix(char::from(MISREAD));
        let mut rest = after_misread.unwrap_or(rest);
        let mut compounds = VecDeque::new();
        while let Some((compound, after)) = rest
            .strip_prefix(char::from(COMPOUND))
            .and_then(|inner| inner.split_once(char::from(END)))
        {
            let read = compound.split_once(':');
            compounds.extend(read.and_then(|(at, folded)| Some((at.parse().ok()?, folded))));
            rest = after;
        }
        let mut stream = FormStream {
            which: self.0,
            lossy: after_lossy.is_some(),
            misread: after_misread.is_some(),
            rest,
            compounds,
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
    /// True if the source may have lost its marks.
    lossy: bool,
    /// True if the source may be misread.
    misread: bool,
    /// The compounds of the best reading that are still to come, with their positions.
    compounds: VecDeque<(u32, &'t str)>,
    /// The text after the stretch that is being cut.
    rest: &'t str,
    /// The undamaged stretch that is being cut.
    tokens: Tokens<'t>,
    /// Position of the first word of the stretch.
    base: u32,
    /// Position after the last word.
    next: u32,
    /// Terms to return next, with their positions.
    pending: VecDeque<(u32, String)>,
    token: Token,
}

impl FormStream<'_> {
    /// Starts cutting the undamaged text up to the next damaged stretch.
    fn open_stretch(&mut self) {
        let end = memchr::memchr(BEGIN, self.rest.as_bytes()).unwrap_or(self.rest.len());
        let (plain, rest) = self.rest.split_at(end);
        self.tokens = Tokens::new(plain);
        self.rest = rest;
        self.base = self.next;
    }

    /// Cuts the damaged stretch at the beginning of the rest; returns false if there is none.
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
        let (terms, width) = damaged_terms(self.which, self.misread, source, &readings);
        let first = self.next;
        self.pending
            .extend(terms.into_iter().map(|(at, term)| (first + at, term)));
        self.next = first + width;
        self.open_stretch();
        true
    }

    /// Sets the token to the next compound of the best reading if it comes before or at `position`; returns false if none
    /// does. The engine takes the positions of a term in order.
    fn compound_until(&mut self, position: u32) -> bool {
        let Some((at, folded)) = self.compounds.front().copied().filter(|(at, _)| *at <= position) else {
            return false;
        };
        self.compounds.pop_front();
        self.token.text.clear();
        self.token.text.push_str(folded);
        self.token.position = at as usize;
        true
    }

    /// Sets the token to the next word of the undamaged stretch; returns false at its end.
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
                if self.compound_until(position) {
                    self.pending.push_front((position, term));
                    return true;
                }
                self.token.text = term;
                self.token.position = position as usize;
                return true;
            }
            if self.advance_plain() {
                let position = self.token.position as u32;
                if self.compounds.front().is_some_and(|(at, _)| *at <= position) {
                    let term = std::mem::take(&mut self.token.text);
                    self.pending.push_front((position, term));
                    return self.compound_until(position);
                }
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

/// Returns the term of the current word of `tokens` for a source that lost its marks; `None` if the word has marks.
fn lost_term(tokens: &Tokens<'_>) -> Option<String> {
    (tokens.exact() == tokens.folded()).then(|| format!("{LOST}{}", tokens.folded()))
}

/// Returns the term of the current word of `tokens`, which is the best reading of a text typed without marks.
fn restored_term(tokens: &Tokens<'_>) -> String {
    // Without marks it would look as if any marks might have been there.
    let sign = if tokens.exact() == tokens.folded() {
        ALTERNATIVE
    } else {
        LOST
    };
    format!("{sign}{}", tokens.exact())
}

/// Returns the terms of a damaged stretch with their positions in it, sorted and without duplicates, and the number of
/// positions of the stretch ([`width`]).
fn damaged_terms(which: Which, misread: bool, source: &str, readings: &[&str]) -> (Vec<(u32, String)>, u32) {
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
                (Which::Exact, Some(REPAIRED)) if !misread => restored_term(&tokens),
                (Which::Exact, Some(sign)) => format!("{sign}{}", tokens.exact()),
            };
            terms.push((position, term));
        }
    }
    terms.sort();
    terms.dedup();
    (terms, width)
}

/// Returns the number of positions of a damaged stretch: the number of words of its best reading, or if that has none,
/// of the source or the first other reading that has any.
pub(super) fn width(source: &str, readings: &[&str]) -> usize {
    let best = readings.first().copied();
    let others = readings.iter().skip(1).copied();
    let mut writings = best.into_iter().chain([source]).chain(others);
    writings
        .find_map(|text| Some(count(text)).filter(|&count| count > 0))
        .unwrap_or(0)
}

/// Returns the number of positions of a text.
fn count(text: &str) -> usize {
    let mut tokens = Tokens::new(text);
    let mut count = 0;
    while let Some(token) = tokens.advance() {
        count = token.position as usize + 1;
    }
    count
}

/// Folds a facet value to one term; the last part of a nested one is a term too.
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
    /// The terms not returned yet, in reverse order.
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
