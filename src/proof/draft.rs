//! The draft under proof: its citations, resolved, and the places of their parts in its text.
//!
//! A citation gives its date, issuer and subject as values. A finding names the place of the wrong one, so they are
//! looked for again in the stretch of text that belongs to the citation: from the end of the citation before it to the
//! beginning of the next.

use std::sync::LazyLock;

use regex::Regex;

use super::record::{Expected, Finding, FindingKind, ProofLine, Verdict};
use crate::citation::{Citation, Resolver};
use crate::document::PartialDate;
use crate::reading::Quality;
use crate::record::Parsed;
use crate::register::RegisteredDocument;
use crate::symbol::Symbol;
use crate::text::{Lines, Span, TokenKind, Tokens};

/// Bytes before and after a citation in which its date, issuer and subject are looked for, at most.
const MAX_STRETCH: usize = 700;

/// The kind of document that repeats the words of an older one with all later amendments. What it cites says nothing
/// about its own time.
const CONSOLIDATED: &str = "văn bản hợp nhất";

/// Words by which the beginning of a subject is found.
const MIN_SUBJECT_WORDS: usize = 4;

/// The share of dated citations that may be later than the date read for the draft, in percent. If there are more, that
/// date was misread.
const MAX_LATER_PERCENT: usize = 30;

/// A draft, as the checks see it.
pub(super) struct Draft<'p> {
    /// The parsed draft.
    pub(super) parsed: &'p Parsed,
    /// Its lines.
    pub(super) lines: Lines,
    /// True if its letters are as typed: what a scan misread is no mistake of the writer.
    pub(super) is_typed: bool,
    /// The citations of other documents, resolved, in order.
    pub(super) citations: Vec<Citation>,
    /// Its date, as far as it tells what may be cited.
    date: Option<PartialDate>,
    /// The last day on which a document that it cites may have been issued; `None` if its date is unknown.
    limit: Option<PartialDate>,
}

impl<'p> Draft<'p> {
    /// Returns the draft `parsed`, with its citations resolved.
    pub(super) fn of(parsed: &'p Parsed, resolver: &Resolver) -> Self {
        let document = &parsed.document;
        let mut citations = parsed.citations.clone();
        resolver.resolve(document, &mut citations);
        citations.retain(|citation| !citation.is_own_document());
        let is_consolidated = document.metadata.kind.as_deref() == Some(CONSOLIDATED);
        let date = document.metadata.date.filter(|_| !is_consolidated);
        let parts = document.parts.iter().filter_map(|part| part.date);
        let limit = date.and_then(|date| parts.chain([date]).map(PartialDate::last_day).max());
        let limit = limit.filter(|&limit| {
            let dated = citations.iter().filter_map(|citation| citation.date);
            let later = dated.clone().filter(|&date| is_later(date, limit)).count();
            later <= 1 || later * 100 <= dated.count() * MAX_LATER_PERCENT
        });
        Self {
            date: date.filter(|_| limit.is_some()),
            parsed,
            lines: Lines::of(&document.text),
            is_typed: document.metadata.quality == Quality::Clean,
            citations,
            limit,
        }
    }

    /// Returns the text of the draft.
    pub(super) fn text(&self) -> &'p str {
        &self.parsed.document.text
    }

    /// Returns the last day on which a cited document may have been issued; `None` if the date of the draft is unknown.
    pub(super) const fn limit(&self) -> Option<PartialDate> {
        self.limit
    }

    /// Returns the first day on which the draft may have been written; `None` if its date is unknown.
    pub(super) fn first_day(&self) -> Option<PartialDate> {
        let date = self.date?;
        PartialDate::new(date.year(), date.month().or(Some(1)), date.day().or(Some(1)))
    }

    /// Returns true if `date` is later than the draft.
    pub(super) fn is_future(&self, date: PartialDate) -> bool {
        self.limit.is_some_and(|limit| is_later(date, limit))
    }

    /// Returns true if `row` is of a day on which the draft existed or before; also if either date is unknown.
    pub(super) fn may_cite(&self, row: &RegisteredDocument) -> bool {
        !row.date.is_some_and(|date| self.is_future(date))
    }

    /// Returns true if the letters at `span` are as typed.
    pub(super) fn is_typed_at(&self, span: Span) -> bool {
        self.is_typed && self.parsed.reading.within(span).is_empty()
    }

    /// Returns the citation with this index, with the text that belongs to it.
    pub(super) fn cited(&self, index: usize) -> Cited<'_> {
        let citation = &self.citations[index];
        let near = |other: &&Citation| other.passage == citation.passage;
        let before = index.checked_sub(1).and_then(|before| self.citations.get(before));
        let after = self.citations.get(index + 1);
        let text = self.text();
        let extent = self.parsed.document.passages.get(citation.passage);
        let extent = extent.map_or(citation.span, |passage| passage.extent());
        let from = before.filter(near).map_or(extent.start, |before| before.span.end);
        let to = after.filter(near).map_or(extent.end, |after| after.span.start);
        let start = floor(text, citation.span.start.saturating_sub(MAX_STRETCH).max(from));
        let end = floor(text, (citation.span.end + MAX_STRETCH).min(to));
        Cited {
            text,
            citation,
            before: Span::new(start.min(citation.span.start), citation.span.start),
            after: Span::new(citation.span.end, end.max(citation.span.end)),
        }
    }

    /// Returns the line of the proof for `citation`, without findings.
    pub(super) fn line(&self, citation: &Citation) -> ProofLine {
        let passage = self.parsed.document.passages.get(citation.passage);
        ProofLine {
            symbol: citation.symbol.clone(),
            name: citation.name.clone(),
            raw: citation.span.slice(self.text()).to_owned(),
            lines: self.lines.range_of(Span::new(citation.start, citation.span.end)),
            span: [citation.span.start, citation.span.end],
            place: passage.map_or(crate::document::Place::Body, |passage| passage.place),
            page: passage.map_or(1, |passage| passage.page),
            passage: self.parsed.passage_id(citation.passage),
            verdict: Verdict::default(),
            identity: citation.identity.clone(),
            source: citation.source,
            findings: Vec::new(),
        }
    }

    /// Returns a finding about the text at `span`.
    pub(super) fn finding(
        &self,
        finding: FindingKind,
        span: Span,
        expected: Vec<Expected>,
        message: String,
    ) -> Finding {
        let printed: Vec<&str> = span.slice(self.text()).split_whitespace().collect();
        Finding {
            finding,
            printed: printed.join(" "),
            expected,
            lines: self.lines.range_of(span),
            span: [span.start, span.end],
            message,
        }
    }
}

/// Returns the symbol of `citation`, with letters of any list or none; `None` if it is cited without one.
pub(super) fn symbol_of(citation: &Citation) -> Option<Symbol> {
    let text = citation.symbol.as_deref()?;
    let found = Symbol::scan(text).filter(|found| found.len == text.len())?;
    Some(found.symbol)
}

/// A citation with the text that belongs to it.
#[derive(Clone, Copy)]
pub(super) struct Cited<'d> {
    /// The text of the draft.
    text: &'d str,
    /// The citation.
    pub(super) citation: &'d Citation,
    /// The text from the citation before it.
    pub(super) before: Span,
    /// The text up to the next citation.
    pub(super) after: Span,
}

impl<'d> Cited<'d> {
    /// Returns the text before it, from the citation before.
    pub(super) fn text_before(&self) -> &'d str {
        self.before.slice(self.text)
    }

    /// Returns the text after it, up to the next citation.
    pub(super) fn text_after(&self) -> &'d str {
        self.after.slice(self.text)
    }

    /// Returns the place of its date; `None` if that is not printed beside it but shared by a list.
    pub(super) fn date_span(&self) -> Option<Span> {
        static DATE: LazyLock<Regex> = LazyLock::new(|| {
            Regex::new(r"([0-9]{1,2})\s*(?:[/.-]|\s+tháng\s+)\s*([0-9]{1,2})\s*(?:[/.-]|\s+năm\s+)\s*([0-9]{4})")
                .expect("the pattern is well formed")
        });
        let date = self.citation.date?;
        let in_stretch = |stretch: Span| {
            let mut found = DATE.captures_iter(stretch.slice(self.text)).filter_map(|found| {
                let part = |group: usize| found.get(group).and_then(|part| part.as_str().parse::<u16>().ok());
                let small = |group: usize| part(group).and_then(|part| u8::try_from(part).ok());
                let read = PartialDate::new(part(3)?, Some(small(2)?), Some(small(1)?))?;
                let whole = found.get(0).filter(|_| read == date)?;
                Some(Span::new(whole.start(), whole.end()).shift(stretch.start))
            });
            found.next()
        };
        in_stretch(self.after).or_else(|| in_stretch(self.before))
    }

    /// Returns the place of its issuer; `None` if that is not printed beside it but shared by a list.
    pub(super) fn issuer_span(&self) -> Option<Span> {
        self.place_of(self.citation.issuer.as_deref()?)
    }

    /// Returns the place of its subject; `None` if that is not printed after it.
    pub(super) fn subject_span(&self) -> Option<Span> {
        let subject = self.citation.subject.as_deref()?;
        let find = |words: &str| find_words(self.text_after(), words).map(|span| span.shift(self.after.start));
        find(subject).or_else(|| {
            // The subject may cite another document, which ends the stretch.
            let start: Vec<&str> = subject.split_whitespace().take(MIN_SUBJECT_WORDS).collect();
            find(&start.join(" ")).filter(|_| start.len() == MIN_SUBJECT_WORDS)
        })
    }

    /// Returns the place of `words` in its text: after it, or else before it.
    fn place_of(&self, words: &str) -> Option<Span> {
        let find = |stretch: Span| find_words(stretch.slice(self.text), words).map(|span| span.shift(stretch.start));
        find(self.after).or_else(|| find(self.before))
    }
}

/// Returns the place of the words of `needle` in `text`, whatever the blanks between them.
fn find_words(text: &str, needle: &str) -> Option<Span> {
    let words = |text: &str| {
        let mut tokens = Tokens::new(text);
        let mut words = Vec::new();
        while let Some(token) = tokens.advance() {
            if matches!(token.kind, TokenKind::Word | TokenKind::Number) {
                words.push((token.span, tokens.exact().to_owned()));
            }
        }
        words
    };
    let (text, needle) = (words(text), words(needle));
    let same = |window: &&[(Span, String)]| window.iter().zip(&needle).all(|(one, other)| one.1 == other.1);
    let found = text.windows(needle.len().max(1)).find(same)?;
    Some(found.first()?.0.cover(found.last()?.0)).filter(|_| !needle.is_empty())
}

/// Returns the last char boundary of `text` up to byte `at`.
pub(super) fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len()))
        .rev()
        .find(|&at| text.is_char_boundary(at))
        .unwrap_or(0)
}

/// Returns true if every day that `date` may be is after `limit`.
fn is_later(date: PartialDate, limit: PartialDate) -> bool {
    let first = |date: PartialDate| (date.year(), date.month().unwrap_or(1), date.day().unwrap_or(1));
    first(date) > first(limit)
}
