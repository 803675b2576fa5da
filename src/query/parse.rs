//! The parser: lexemes to a tree.

use super::lex::{Lexeme, lex};
use super::lex_words::{LexedWord, words};
use super::symbol::asked_symbol;
use super::{Diagnostic, FilterName, Filters, Node, Oddity, Operator, Phrase, PhraseWord, Query, Word};
use crate::document::{NotADate, PartialDate};
use crate::text::Span;

/// The most words of a query that are searched for. A long paragraph has about 150; each word costs a posting list to
/// walk, so the limit bounds the work that hostile input can cause.
pub const MAX_WORDS: usize = 200;

/// The deepest nesting of brackets that is followed.
pub const MAX_DEPTH: usize = 16;

/// The numbers of words that a date of day, month and year takes in a text: in figures, and in words.
const DATE_WIDTHS: [u32; 2] = [3, 5];

/// Parses what was typed into a query, and returns the oddities found on the way.
///
/// The spans of the diagnostics are bytes of `text`.
#[must_use]
pub fn parse(text: &str) -> (Query, Vec<Diagnostic>) {
    let mut parser = Parser {
        text,
        lexemes: lex(text),
        at: 0,
        words_left: MAX_WORDS,
        filters: Filters::default(),
        diagnostics: Vec::new(),
    };
    let mut sides = Vec::new();
    loop {
        sides.push(parser.group(0));
        // A group ends at a closing bracket. One without an opening bracket does not end the query.
        let Some(Lexeme::Close(span)) = parser.lexemes.get(parser.at) else {
            break;
        };
        let span = *span;
        parser.at += 1;
        parser.report(span, Oddity::UnopenedBracket);
    }
    let mut query = Query {
        root: all(sides),
        filters: parser.filters,
    };
    ask_marks(&mut query.root);
    if query.is_empty() && !text.trim().is_empty() {
        parser.diagnostics.push(Diagnostic::whole(Oddity::NoWord));
    }
    (query, parser.diagnostics)
}

/// The state of the parser.
struct Parser<'t> {
    text: &'t str,
    lexemes: Vec<Lexeme>,
    at: usize,
    words_left: usize,
    filters: Filters,
    diagnostics: Vec<Diagnostic>,
}

impl Parser<'_> {
    /// Reports an oddity of the bytes `span` of the query.
    fn report(&mut self, span: Span, oddity: Oddity) {
        self.diagnostics.push(Diagnostic::at(span, oddity));
    }

    /// Reads up to a closing bracket or the end: sides separated by `OR`, each of nodes that must all match.
    fn group(&mut self, depth: usize) -> Node {
        let mut sides = Vec::new();
        let mut nodes = Vec::new();
        while let Some(lexeme) = self.lexemes.get(self.at).cloned() {
            match lexeme {
                Lexeme::Close(_) => break,
                Lexeme::Operator(span, operator) => {
                    self.at += 1;
                    let last = matches!(self.lexemes.get(self.at), None | Some(Lexeme::Close(_)));
                    match operator {
                        Operator::Not => self.excluded_run(span, depth, &mut nodes),
                        _ if nodes.is_empty() || last => self.report(span, Oddity::LoneOperator(operator)),
                        Operator::Or => sides.push(all(std::mem::take(&mut nodes))),
                        Operator::And => {}
                    }
                }
                Lexeme::Minus(span) => {
                    self.at += 1;
                    self.excluded(span, depth, &mut nodes);
                }
                _ => self.operand(depth, &mut nodes),
            }
        }
        if sides.is_empty() {
            return all(nodes);
        }
        sides.push(all(nodes));
        // A side of filters alone leaves no node, and an empty side would match every passage.
        sides.retain(|side| !matches!(side, Node::All(nodes) if nodes.is_empty()));
        if sides.len() == 1 {
            sides.remove(0)
        } else {
            Node::Any(sides)
        }
    }

    /// Reads the words, phrases and brackets up to the next operator or filter, which `NOT` excludes together, or the
    /// filter right after it.
    fn excluded_run(&mut self, not: Span, depth: usize, nodes: &mut Vec<Node>) {
        if let Some(Lexeme::Filter { whole, filter, value }) = self.lexemes.get(self.at).cloned() {
            self.at += 1;
            self.exclude_filter(whole, filter, value);
            return;
        }
        let mut excluded = Vec::new();
        while let Some(
            Lexeme::Text(_) | Lexeme::Quoted { .. } | Lexeme::Prefix(_) | Lexeme::Open(_) | Lexeme::Odd(..),
        ) = self.lexemes.get(self.at)
        {
            self.operand(depth, &mut excluded);
        }
        match all(excluded) {
            Node::All(empty) if empty.is_empty() => self.report(not, Oddity::LoneOperator(Operator::Not)),
            node => nodes.push(Node::Not(Box::new(node))),
        }
    }

    /// Reads the word, phrase, bracket or filter that a `-` excludes.
    fn excluded(&mut self, minus: Span, depth: usize, nodes: &mut Vec<Node>) {
        match self.lexemes.get(self.at).cloned() {
            Some(Lexeme::Filter { whole, filter, value }) => {
                self.at += 1;
                self.exclude_filter(whole, filter, value);
            }
            // Only the first word: `-thành phố` excludes "thành", as in every other search box. Words joined by a
            // hyphen or slash are one.
            Some(Lexeme::Text(span)) => {
                let text = span.slice(self.text);
                let len = text.find(char::is_whitespace).unwrap_or(text.len());
                let first = Span::new(span.start, span.start + len);
                let mut excluded = Vec::new();
                self.text_nodes(first, &mut excluded);
                match excluded.len() {
                    0 => self.report(minus, Oddity::LoneMinus),
                    1 => nodes.extend(excluded.pop().map(|node| Node::Not(Box::new(node)))),
                    _ => nodes.push(Node::Not(Box::new(adjacent(excluded, first)))),
                }
                self.lexemes[self.at] = Lexeme::Text(Span::new(first.end, span.end));
            }
            Some(Lexeme::Quoted { .. } | Lexeme::Prefix(_) | Lexeme::Open(_)) => {
                let mut excluded = Vec::new();
                self.operand(depth, &mut excluded);
                match all(excluded) {
                    Node::All(empty) if empty.is_empty() => {}
                    node => nodes.push(Node::Not(Box::new(node))),
                }
            }
            _ => self.report(minus, Oddity::LoneMinus),
        }
    }

    /// Asks for the value of a filter; a date that cannot be read is ignored.
    fn add_filter(&mut self, whole: Span, filter: FilterName, value: Span) {
        let value = value.slice(self.text);
        match filter {
            FilterName::Facet(facet) => self.filters.add(facet, value),
            FilterName::Date(end) => match PartialDate::typed(value) {
                Ok(date) => self.filters.add_date(end, date),
                Err(NotADate) => {
                    let value = value.to_owned();
                    self.report(whole, Oddity::NotADate { end, value });
                }
            },
        }
    }

    /// Excludes the value of a filter. A range of dates has its other end for that.
    fn exclude_filter(&mut self, whole: Span, filter: FilterName, value: Span) {
        match filter {
            FilterName::Facet(facet) => self.filters.exclude(facet, value.slice(self.text)),
            FilterName::Date(end) => self.report(whole, Oddity::ExcludedDate(end)),
        }
    }

    /// Reads one lexeme that is no operator, and appends its nodes.
    fn operand(&mut self, depth: usize, nodes: &mut Vec<Node>) {
        let Some(lexeme) = self.lexemes.get(self.at).cloned() else {
            return;
        };
        self.at += 1;
        match lexeme {
            Lexeme::Text(span) => self.text_nodes(span, nodes),
            Lexeme::Quoted { whole, inner, slop } => {
                let words = self.take_words(inner);
                if words.is_empty() {
                    self.report(whole, Oddity::EmptyPhrase);
                } else {
                    nodes.push(self.phrase(whole, &words, slop));
                }
            }
            // Letters without a blank between them may still be several words, as in Chinese.
            Lexeme::Prefix(span) => {
                let mut words: Vec<_> = self.take_words(span).into_iter().map(|lexed| lexed.word).collect();
                if let Some(last) = words.pop() {
                    nodes.extend(words.into_iter().map(Node::Word));
                    nodes.push(Node::Prefix(last));
                }
            }
            Lexeme::Filter { whole, filter, value } => {
                // Filters restrict the whole query, so `(a term:x) OR b` cannot mean what it seems to.
                if depth > 0 {
                    self.report(whole, Oddity::FilterInBrackets);
                }
                self.add_filter(whole, filter, value);
            }
            Lexeme::Open(span) => self.bracket(span, depth, nodes),
            Lexeme::Odd(span, oddity) => self.report(span, oddity),
            Lexeme::Minus(_) | Lexeme::Operator(..) | Lexeme::Close(_) => {}
        }
    }

    /// Reads the group after an opening bracket, and the closing one.
    fn bracket(&mut self, open: Span, depth: usize, nodes: &mut Vec<Node>) {
        if depth >= MAX_DEPTH {
            self.report(open, Oddity::BracketsTooDeep);
            return;
        }
        let inside = self.group(depth + 1);
        match self.lexemes.get(self.at) {
            Some(Lexeme::Close(_)) => self.at += 1,
            _ => self.report(open, Oddity::UnclosedBracket),
        }
        match inside {
            // Brackets around plain words change nothing: neighbors stay neighbors.
            Node::All(inner) => nodes.extend(inner),
            node => nodes.push(node),
        }
    }

    /// Returns the phrase of `words`. A date takes three words of a text in figures and five in words
    /// (`5 tháng 6 năm 2020`), so words after one may be at either place.
    fn phrase(&self, span: Span, words: &[LexedWord], slop: u32) -> Node {
        let with_dates_of = |width: u32| {
            let mut place = 0;
            let words = words.iter().map(|lexed| {
                let star = self.text[lexed.span.end..].strip_prefix('*');
                let here = place;
                place += if lexed.is_date { width } else { lexed.width };
                PhraseWord {
                    word: lexed.word.clone(),
                    place: here,
                    is_prefix: star.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric)),
                }
            });
            Phrase {
                span,
                words: words.collect(),
                slop,
            }
        };
        let mut phrases: Vec<Node> = DATE_WIDTHS.map(|width| Node::Phrase(with_dates_of(width))).into();
        phrases.dedup();
        if phrases.len() == 1 {
            phrases.remove(0)
        } else {
            Node::Any(phrases)
        }
    }

    /// Appends the words and symbols of the text at `span`.
    fn text_nodes(&mut self, span: Span, nodes: &mut Vec<Node>) {
        let words = self.take_words(span);
        let mut at = 0;
        while at < words.len() {
            if let Some((symbol, len)) = asked_symbol(self.text, &words, at) {
                nodes.push(Node::Symbol(symbol));
                at += len;
            } else if words[at].word.folded == "ngay" && words.get(at + 1).is_some_and(|next| next.is_date) {
                // A date is the same with and without `ngày` before it.
                at += 1;
            } else {
                nodes.push(Node::Word(words[at].word.clone()));
                at += 1;
            }
        }
    }

    /// Returns the words at `span`, as many as are left of [`MAX_WORDS`].
    fn take_words(&mut self, span: Span) -> Vec<LexedWord> {
        let mut found = words(self.text, span, self.words_left + 1);
        if found.len() > self.words_left {
            found.truncate(self.words_left);
            let is_words = |known: &Diagnostic| matches!(known.oddity, Oddity::TooManyWords { .. });
            if !self.diagnostics.iter().any(is_words) {
                self.report(span, Oddity::TooManyWords { max: MAX_WORDS });
            }
        }
        self.words_left -= found.len();
        found
    }
}

/// Joins nodes that were written as one word (`kinh-tế`): words to a phrase.
fn adjacent(nodes: Vec<Node>, span: Span) -> Node {
    let words: Option<Vec<_>> = nodes
        .iter()
        .map(|node| match node {
            Node::Word(word) => Some(word.clone()),
            _ => None,
        })
        .collect();
    match words {
        Some(words) => Node::Phrase(Phrase::consecutive(span, words)),
        None => Node::All(nodes),
    }
}

/// Joins nodes that must all match into one list, without lists inside it.
fn all(nodes: Vec<Node>) -> Node {
    let mut flat = Vec::with_capacity(nodes.len());
    for node in nodes {
        match node {
            Node::All(inner) => flat.extend(inner),
            node => flat.push(node),
        }
    }
    Node::All(flat)
}

/// Lets the marks of every word count if any word was typed with marks.
fn ask_marks(root: &mut Node) {
    let mut marked = false;
    for_each_word(root, &mut |word| marked |= word.is_marked());
    if marked {
        for_each_word(root, &mut |word| {
            word.asks_marks = !word.folded.starts_with(|first: char| first.is_ascii_digit());
        });
    }
}

/// Calls `visit` for each word outside symbols.
fn for_each_word(node: &mut Node, visit: &mut impl FnMut(&mut Word)) {
    match node {
        Node::Word(word) => visit(word),
        // The marks of a beginning may still be to come.
        Node::Prefix(word) => {
            if word.is_marked() {
                visit(word);
            }
        }
        Node::Phrase(phrase) => phrase.words.iter_mut().for_each(|word| visit(&mut word.word)),
        Node::Not(inner) => for_each_word(inner, visit),
        Node::All(nodes) | Node::Any(nodes) => nodes.iter_mut().for_each(|node| for_each_word(node, visit)),
        Node::Symbol(_) | Node::Also { .. } => {}
    }
}
