//! One document that the draft names in two ways: with two dates, two numbers, or two type words.
//!
//! Symbols restart with every committee, so 17-NQ/TW of 2002 and of 2007 are two documents. Two mentions are of one if
//! the series gives its number once in the time of both, or if they have the date and the subject in common.

use std::collections::HashMap;

use super::draft::{Draft, symbol_of};
use super::fields::type_word_of;
use super::meant::is_slip;
use super::record::{Expected, Finding, FindingKind, Witness};
use super::title::Titles;
use crate::citation::{Citation, same_body};
use crate::document::{PartialDate, Place};
use crate::register::Register;
use crate::symbol::{Kind, Symbol, canonical_symbol};
use crate::text::{Span, syllables};

/// Mentions of one key that are compared with one another, at most.
const MAX_COMPARED: usize = 40;

/// Syllables that two subjects must have in common from their beginning.
const MIN_COMMON: usize = 5;

/// A mention with symbol and date.
struct Mention<'d> {
    /// Its index among the citations.
    index: usize,
    /// The citation.
    citation: &'d Citation,
    /// Its symbol.
    symbol: Symbol,
    /// Its date, a whole day.
    date: PartialDate,
}

/// Returns the findings by the index of the citation.
pub(super) fn check(draft: &Draft<'_>, register: &Register, titles: &Titles<'_>) -> HashMap<usize, Finding> {
    let mentions: Vec<Mention<'_>> = draft
        .citations
        .iter()
        .enumerate()
        .filter_map(|(index, citation)| {
            // The items of a list may share a date that is that of the last alone.
            draft.cited(index).date_span()?;
            Some(Mention {
                index,
                citation,
                symbol: symbol_of(citation)?,
                date: citation.date.filter(|date| date.day().is_some())?,
            })
        })
        .collect();
    let mut findings = HashMap::new();
    for group in grouped(&mentions, |mention| canonical_symbol(&mention.symbol.to_string())) {
        for (one, two) in pairs(&group) {
            if let Some(apart) = names_apart(draft, one, two, register, titles) {
                add(draft, &mut findings, (one, two), apart, &group);
            }
        }
    }
    let by_subject = |mention: &Mention<'_>| {
        // The items of a list share one subject, and a cell of a table cuts it.
        draft.cited(mention.index).subject_span()?;
        let passage = draft.parsed.document.passages.get(mention.citation.passage)?;
        if passage.place == Place::Table {
            return None;
        }
        let start: Vec<String> = subject_of(mention).into_iter().take(MIN_COMMON).collect();
        (start.len() == MIN_COMMON).then(|| (mention.date, mention.symbol.body.clone(), start))
    };
    for group in grouped(&mentions, by_subject) {
        // Three numbers are a series of documents.
        let mut numbers: Vec<&str> = group.iter().map(|mention| mention.symbol.number.as_str()).collect();
        numbers.sort_unstable();
        numbers.dedup();
        for (one, two) in pairs(&group).into_iter().filter(|_| numbers.len() <= 2) {
            if is_misnumbered(one, two, register) {
                add(draft, &mut findings, (one, two), Apart::Number, &group);
            }
        }
    }
    findings
}

/// The part in which two mentions of one document differ.
#[derive(Clone, Copy)]
enum Apart {
    /// The date.
    Date,
    /// The number or letters of the symbol.
    Number,
    /// The type word.
    Kind,
}

/// Returns the groups of mentions with the same key, those with two or more.
fn grouped<'m, 'd, K: std::hash::Hash + Eq>(
    mentions: &'m [Mention<'d>],
    key: impl Fn(&Mention<'d>) -> Option<K>,
) -> Vec<Vec<&'m Mention<'d>>> {
    let mut order = Vec::new();
    let mut places: HashMap<K, usize> = HashMap::new();
    for mention in mentions {
        let Some(key) = key(mention) else { continue };
        let place = *places.entry(key).or_insert_with(|| {
            order.push(Vec::new());
            order.len() - 1
        });
        order[place].push(mention);
    }
    order.retain(|group| group.len() > 1);
    order
}

/// Returns the pairs of the first mentions of a group, without those that say the same.
fn pairs<'m, 'd>(group: &[&'m Mention<'d>]) -> Vec<(&'m Mention<'d>, &'m Mention<'d>)> {
    let some = &group[..group.len().min(MAX_COMPARED)];
    let mut pairs = Vec::new();
    for (at, one) in some.iter().enumerate() {
        pairs.extend(some[at + 1..].iter().map(|two| (*one, *two)));
    }
    pairs
}

/// Returns the part in which two mentions of one symbol differ although they are of one document.
fn names_apart(
    draft: &Draft<'_>,
    one: &Mention<'_>,
    two: &Mention<'_>,
    register: &Register,
    titles: &Titles<'_>,
) -> Option<Apart> {
    if one.date == two.date {
        let kind = |mention: &Mention<'_>| {
            let (word, _) = type_word_of(mention.citation.span.slice(draft.text()))?;
            Some(word.kind).filter(|kind| !matches!(kind, Kind::Other | Kind::QuyDinh | Kind::QuyetDinh))
        };
        let differ = kind(one).zip(kind(two)).is_some_and(|(one, two)| one != two);
        return (differ && same_issuer(one, two) == Some(true)).then_some(Apart::Kind);
    }
    let registered = |mention: &Mention<'_>| {
        let key = mention.symbol.to_string();
        register.of_symbol(&key).any(|row| row.date == Some(mention.date))
    };
    // What the register has is told apart by it.
    if registered(one) || registered(two) {
        return None;
    }
    let subjects = one.citation.subject.as_deref().zip(two.citation.subject.as_deref());
    let fit = subjects.and_then(|(one, two)| titles.fit_between(one, two));
    let slip = is_slip(one.date, two.date);
    let alike = fit.is_some_and(|fit| fit.is_same());
    if fit.is_some_and(|fit| fit.is_different()) || same_issuer(one, two) == Some(false) {
        return None;
    }
    let same_year = one.date.year() == two.date.year();
    // The letters UBND and ĐU are those of many bodies.
    let one_series = one.symbol.body.ends_with("TW") || one.symbol.body.ends_with("TU");
    let named = one_series || same_issuer(one, two) == Some(true);
    ((same_year && named) || slip || alike && same_year).then_some(Apart::Date)
}

/// Returns true if two mentions of one date and subject have two symbols of which one must be wrong: they differ in one
/// digit, or in the letters of the kind.
fn is_misnumbered(one: &Mention<'_>, two: &Mention<'_>, register: &Register) -> bool {
    let known = |mention: &Mention<'_>| register.of_symbol(&mention.symbol.to_string()).next().is_some();
    if known(one) || known(two) || same_issuer(one, two) == Some(false) {
        return false;
    }
    let number = |mention: &Mention<'_>| mention.symbol.number.trim_start_matches('0').to_owned();
    let (first, second) = (number(one), number(two));
    let same_kind = one.symbol.kind == two.symbol.kind;
    let digit = first.len() == second.len() && first.bytes().zip(second.bytes()).filter(|(a, b)| a != b).count() == 1;
    // Neighbors in a series are often two documents on one matter of one day.
    let value = |number: &str| number.parse::<u32>().unwrap_or(0);
    let apart = value(&first).abs_diff(value(&second)) > 1;
    // Before the rules of 1997 letters were left out: 118/TTg is 118/QĐ-TTg.
    let lettered = !one.symbol.kind.is_empty() && !two.symbol.kind.is_empty();
    let differ = same_kind && digit && apart || !same_kind && lettered && first == second;
    differ && same_subject(&subject_of(one), &subject_of(two))
}

/// Returns the syllables of the subject of a mention.
fn subject_of(mention: &Mention<'_>) -> Vec<String> {
    syllables(mention.citation.subject.as_deref().unwrap_or(""))
}

/// Returns true if one subject begins as the other, up to where one goes on into another clause; a number that differs
/// makes another subject.
fn same_subject(one: &[String], two: &[String]) -> bool {
    let common = one.iter().zip(two).take_while(|(one, two)| one == two).count();
    let fewer = one.len().min(two.len());
    let number = |words: &[String]| {
        words
            .get(common)
            .is_some_and(|word| word.starts_with(|char: char| char.is_ascii_digit()))
    };
    common >= MIN_COMMON && common * 5 >= fewer * 4 && !(number(one) || number(two))
}

/// Returns whether two mentions name one issuer; `None` if either names none.
fn same_issuer(one: &Mention<'_>, two: &Mention<'_>) -> Option<bool> {
    let (one, two) = (one.citation.issuer.as_deref()?, two.citation.issuer.as_deref()?);
    Some(same_body(one, two))
}

/// Adds the finding to both places, each with what the other says; to one alone if the other says what more mentions of
/// the `group` say.
fn add(
    draft: &Draft<'_>,
    findings: &mut HashMap<usize, Finding>,
    (one, two): (&Mention<'_>, &Mention<'_>),
    apart: Apart,
    group: &[&Mention<'_>],
) {
    let text = draft.text();
    let value = |mention: &Mention<'_>| match apart {
        Apart::Date => mention.date.to_string(),
        Apart::Number => mention.symbol.to_string(),
        Apart::Kind => {
            let raw = mention.citation.span.slice(text);
            let len = type_word_of(raw).map_or(0, |(_, len)| len);
            raw[..len].to_owned()
        }
    };
    let (first, second) = (value(one), value(two));
    let count = |wanted: &str| group.iter().filter(|mention| value(mention) == wanted).count();
    let (ones, twos) = (count(&first), count(&second));
    for (here, there, is_rarer) in [(one, two, ones <= twos), (two, one, twos <= ones)] {
        if !is_rarer {
            continue;
        }
        let span = match apart {
            Apart::Date => draft.cited(here.index).date_span(),
            Apart::Number => Some(Span::new(here.citation.start, here.citation.span.end)),
            Apart::Kind => None,
        };
        let line = draft.lines.number_at(there.citation.start);
        let expected = Expected {
            value: value(there),
            source: Witness::Draft,
            basis: None,
            document: None,
            line: Some(line),
        };
        if let Some(finding) = findings.get_mut(&here.index) {
            if finding.expected.iter().all(|other| other.value != expected.value) {
                finding.expected.push(expected);
            }
            continue;
        }
        let message = format!("Line {line} says {} of the same document.", expected.value);
        let span = span.unwrap_or(here.citation.span);
        let finding = draft.finding(FindingKind::TwoNames, span, vec![expected], message);
        findings.insert(here.index, finding);
    }
}
