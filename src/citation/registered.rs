//! The documents of the register that a citation may mean.
//!
//! A short form ("Nghị quyết 57") means the row that is commonly called so, or else one with its number whose title the
//! passage speaks of. Evidence narrows the rows of a symbol or name one after another: the date beside the citation, the term of office
//! (khóa), the date of the citing document, the issuer, the words of the title. The latest row is no better than the
//! others: 18-NQ/TW in a paper of 2025 mostly means the resolution of 2017. Several rows, or one whose date is not
//! certain, are candidates.

use std::collections::BTreeSet;

use super::Citation;
use super::identity::{Reach, same_body};
use super::numerals::to_roman;
use crate::document::{Document, PartialDate, Passage, province};
use crate::register::{Register, RegisteredDocument, issuers_agree, kinds_agree, latest_first};
use crate::symbol::{TYPE_WORDS, TypeWord};
use crate::text::fold;

/// Marks that a passage must share with a title, at least. Two are "tổ chức" and "bộ máy", which many passages have; a
/// title has some ten.
const MIN_SHARED_MARKS: usize = 3;

/// Bytes before and after a citation that may speak of its title: two long sentences. A whole text may be one passage.
const MAX_NEAR_BYTES: usize = 600;

/// The rows that a citation may mean.
pub(super) struct Registered<'r> {
    /// The rows, the latest first.
    pub(super) rows: Vec<&'r RegisteredDocument>,
    /// True if no row is of the term that the citation prints.
    contradicted: bool,
}

impl<'r> Registered<'r> {
    /// Finds the rows that `citation` in `document` may mean; none of them is later than `limit`.
    pub(super) fn find(
        register: &'r Register,
        document: &Document,
        citation: &Citation,
        limit: Option<PartialDate>,
    ) -> Self {
        let mut rows: Vec<&RegisteredDocument> = match (&citation.symbol, &citation.name) {
            (Some(symbol), _) => register.of_symbol(symbol).collect(),
            (None, Some(name)) => register.of_name(name).collect(),
            (None, None) => short_form(register, document, citation),
        };
        let date = citation.date.or(citation.defined_date);
        rows.retain(|row| {
            kinds_agree(citation.kind, row.kind)
                && date.is_none_or(|date| row.date.is_some_and(|known| known.agrees(date)))
                && limit.is_none_or(|limit| row.date.is_none_or(|date| date <= limit))
                && of_place(row, document, citation)
        });
        let contradicted = !rows.is_empty() && !rows.iter().any(|row| of_term(row, citation));
        narrow(&mut rows, |row| of_term(row, citation));
        narrow(&mut rows, |row| issued_by(row, citation.issuer.as_deref()));
        by_title(&mut rows, document, citation);
        latest_first(&mut rows);
        Self { rows, contradicted }
    }

    /// Returns the one row that is meant; `None` if several may be, its date is not certain, or it is of another term.
    pub(super) fn one(&self) -> Option<&'r RegisteredDocument> {
        match self.rows.as_slice() {
            [row] => Some(*row).filter(|row| row.certain && !self.contradicted),
            _ => None,
        }
    }
}

/// Returns the rows that a citation by kind and number may mean ("Nghị quyết 57", "Chỉ thị số 35").
fn short_form<'r>(register: &'r Register, document: &Document, citation: &Citation) -> Vec<&'r RegisteredDocument> {
    let Some(number) = citation.number.as_deref() else {
        return Vec::new();
    };
    // Names of kinds are their type words: `nghi-quyet`.
    let type_word = citation.kind.name().replace('-', " ");
    let called_so: Vec<_> = register.of_name(&format!("{type_word} {number}")).collect();
    let of_issuer = |row: &&RegisteredDocument| citation.issuer.is_none() || issued_by(row, citation.issuer.as_deref());
    if let Some(first) = called_so.first() {
        // "Nghị quyết 18" is mostly that on the apparatus of 2017; beside "đất đai" it is that of 2022.
        let mut rows: Vec<_> = register.of_symbol(&first.key).filter(of_issuer).collect();
        by_title(&mut rows, document, citation);
        if rows.len() != 1 {
            rows = called_so.into_iter().filter(of_issuer).collect();
        }
        return rows;
    }
    let near = || text_around(document, citation);
    let said = marks(citation.subject.as_deref().unwrap_or_else(near));
    let is_about = |row: &&RegisteredDocument| {
        let title = marks(row.subject.as_deref().unwrap_or(""));
        title.intersection(&said).count() >= MIN_SHARED_MARKS
    };
    let row = TYPE_WORDS.iter().find(|row| row.syllables.join(" ") == type_word);
    let code = row.map_or("", TypeWord::code);
    register
        .of_symbol(&format!("{number}-{code}/TW"))
        .filter(is_about)
        .filter(of_issuer)
        .collect()
}

/// Retains the rows that `fits`, unless none does: what a text says of an issuer or a title may be wrong.
fn narrow(rows: &mut Vec<&RegisteredDocument>, fits: impl Fn(&RegisteredDocument) -> bool) {
    if rows.len() > 1 && rows.iter().any(|row| fits(row)) {
        rows.retain(|row| fits(row));
    }
}

/// Returns true unless the citation prints the term of another congress. The terms of the National Assembly, "Quốc hội
/// khóa XV", are others.
fn of_term(row: &RegisteredDocument, citation: &Citation) -> bool {
    let is_party = row.key.ends_with("TW");
    match (citation.congress, &row.term) {
        (Some(congress), Some(term)) if is_party => *term == to_roman(congress),
        _ => true,
    }
}

/// Returns true unless `row` is of a local series and of another place than `citation` in `document`.
fn of_place(row: &RegisteredDocument, document: &Document, citation: &Citation) -> bool {
    let is_local = Reach::of_key(&row.key) != Reach::Nation;
    let Some(issuer) = row.issuer.as_deref().filter(|_| is_local) else {
        return true;
    };
    let places = province::provinces_named(issuer);
    let of_province = match (&document.metadata.province, places.as_slice()) {
        (_, []) | (None, _) => true,
        (Some(province), places) => places.contains(province),
    };
    of_province && citation.issuer.as_deref().is_none_or(|cited| same_body(cited, issuer))
}

/// Returns true if the issuer of `row` is the one that the citation names.
fn issued_by(row: &RegisteredDocument, issuer: Option<&str>) -> bool {
    let issuers = row.issuer.as_deref().zip(issuer);
    issuers.is_some_and(|(registered, cited)| issuers_agree(registered, cited))
}

/// Retains the one row whose title the citation gives as its subject, or else whose title its passage speaks of.
fn by_title(rows: &mut Vec<&RegisteredDocument>, document: &Document, citation: &Citation) {
    if rows.len() < 2 {
        return;
    }
    let chosen = match &citation.subject {
        Some(subject) => best_title(rows, subject, 1),
        None => best_title(rows, text_around(document, citation), MIN_SHARED_MARKS),
    };
    if let Some(chosen) = chosen {
        *rows = vec![rows[chosen]];
    }
}

/// Returns the text of the passage that `citation` is in, as far as it is near.
fn text_around<'d>(document: &'d Document, citation: &Citation) -> &'d str {
    let passage = document
        .passages
        .get(citation.passage)
        .map_or(citation.span, Passage::extent);
    let start = passage.start.max(citation.span.start.saturating_sub(MAX_NEAR_BYTES));
    let end = passage.end.min(citation.span.end + MAX_NEAR_BYTES);
    let text = &document.text;
    let start = (start..=citation.span.start).find(|&at| text.is_char_boundary(at));
    let end = (citation.span.end..=end).rev().find(|&at| text.is_char_boundary(at));
    start
        .zip(end)
        .and_then(|(start, end)| text.get(start..end))
        .unwrap_or("")
}

/// Returns the index of the row whose title shares `at_least` marks with `text`, and twice as many as any other. Marks
/// that the titles of two rows have tell nothing.
fn best_title(rows: &[&RegisteredDocument], text: &str, at_least: usize) -> Option<usize> {
    let said = marks(text);
    let titles: Vec<BTreeSet<String>> = rows
        .iter()
        .map(|row| marks(row.subject.as_deref().unwrap_or("")))
        .collect();
    let is_telling = |mark: &&String| titles.iter().filter(|title| title.contains(*mark)).count() == 1;
    let counts: Vec<usize> = titles
        .iter()
        .map(|title| title.intersection(&said).filter(is_telling).count())
        .collect();
    let (best, &most) = counts.iter().enumerate().max_by_key(|(_, count)| **count)?;
    let second = counts
        .iter()
        .enumerate()
        .filter(|(index, _)| *index != best)
        .map(|(_, count)| *count);
    (most >= at_least && most >= 2 * second.max().unwrap_or(0)).then_some(best)
}

/// Returns the marks of `text` by which titles are told apart: pairs of neighboring folded syllables, without those that
/// have a word of no meaning, and numbers, Roman or not ("Đại hội XIII").
fn marks(text: &str) -> BTreeSet<String> {
    /// Words of no meaning, folded.
    const EMPTY: &[&str] = &[
        "ve", "cua", "va", "cac", "nhung", "mot", "so", "viec", "trong", "cho", "o", "nam",
    ];
    let folded = fold(text);
    let words = folded.split(|char: char| !char.is_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    let pairs = words
        .windows(2)
        .filter(|pair| pair.iter().all(|word| !EMPTY.contains(word)));
    let is_number = |word: &&&str| word.len() > 1 && word.bytes().all(|b| b.is_ascii_digit() || b"ivx".contains(&b));
    let numbers = words.iter().filter(is_number).map(|word| (*word).to_owned());
    pairs.map(|pair| pair.join(" ")).chain(numbers).collect()
}
