//! Citations completed from their own document: letters, kinds, congresses and laws that it gives elsewhere.
//!
//! "Nghị quyết 57" takes its letters from "Nghị quyết số 57-NQ/TW", "Nghị quyết Đại hội Đảng bộ tỉnh lần thứ XVI" its
//! term from the citation that gives both, "Luật Đất đai" its symbol from "Luật Đất đai số 31/2024/QH15". Where the
//! document gives two answers, nothing is added.

use std::collections::HashMap;

use super::Citation;
use super::congress::{Congress, CongressOf, congress_of_plenum};
use super::mention::{FoundCitation, Open};
use super::numerals::{roman, to_roman};
use crate::document::{Document, PartialDate};
use crate::symbol::{Kind, trim_zeros};
use crate::text::fold;

/// Returns the citations of `document`, completed from each other.
pub(super) fn complete(document: &Document, mut found: Vec<FoundCitation>) -> Vec<Citation> {
    complete_symbols(&mut found);
    // What the document cites with letters nowhere was a count.
    found.retain(|found| !matches!(found.open, Some(Open::Count)) || found.citation.symbol.is_some());
    complete_kinds(&mut found);
    complete_laws(&mut found);
    complete_congresses(&mut found);
    complete_plenums(document, &mut found);
    found.into_iter().map(|found| found.citation).collect()
}

/// One answer of all that a document gives, or `None` if it gives two.
type Agreed<T> = Option<T>;

/// Adds an answer for `key`; a second answer makes it `None`.
fn agree<K: std::hash::Hash + Eq, T: PartialEq>(answers: &mut HashMap<K, Agreed<T>>, key: K, answer: T) {
    answers
        .entry(key)
        .and_modify(|known| {
            if known.as_ref() != Some(&answer) {
                *known = None;
            }
        })
        .or_insert_with(|| Some(answer));
}

/// Completes the symbols of citations by number alone ("Chỉ thị số 05").
///
/// The letters come from the citations of the same kind and number that have letters, if these agree. If there are
/// none, they come from the issuer, or from a subject that the whole Party knows by its number.
fn complete_symbols(found: &mut [FoundCitation]) {
    let mut lettered: HashMap<(Kind, String), Agreed<String>> = HashMap::new();
    for FoundCitation { citation, .. } in found.iter() {
        if let (Some(number), Some(symbol)) = (&citation.number, &citation.symbol) {
            let key = (citation.kind, trim_zeros(number).to_owned());
            agree(&mut lettered, key, symbol.clone());
        }
    }
    for FoundCitation { citation, code, open } in found {
        let (None, Some(number)) = (&citation.symbol, &citation.number) else {
            continue;
        };
        // "QĐ 22" is a decision or a regulation, whichever the document cites.
        if matches!(open, Some(Open::Count)) {
            let cited = |kind: &&Kind| lettered.contains_key(&(**kind, trim_zeros(number).to_owned()));
            let mut kinds = Kind::of_letters(&fold(code)).iter().filter(cited);
            if let (Some(&kind), None) = (kinds.next(), kinds.next()) {
                citation.kind = kind;
            }
        }
        let known = lettered.get(&(citation.kind, trim_zeros(number).to_owned()));
        if let Some(Open::Letters { year }) = open {
            let of_year = |symbol: &&String| has_year(symbol, *year);
            citation.symbol = known.and_then(|agreed| agreed.as_ref().filter(of_year)).cloned();
            continue;
        }
        citation.symbol = match known {
            Some(agreed) => agreed.clone(),
            None => body_of(citation)
                .filter(|_| !code.is_empty())
                .map(|body| format!("{number}-{code}/{body}")),
        };
    }
}

/// Returns true if `symbol` has this year in it: `31/2024/QH15`.
fn has_year(symbol: &str, year: u16) -> bool {
    symbol.split('/').any(|part| part.parse() == Ok(year))
}

/// Gives each symbol without a type word the kind that its document calls it by elsewhere: `QĐ` alone does not tell
/// Quyết định from Quy định.
fn complete_kinds(found: &mut [FoundCitation]) {
    let typed = |found: &&FoundCitation| !found.code.is_empty() && found.citation.start > found.citation.span.start;
    let kinds: HashMap<String, Kind> = found
        .iter()
        .filter(typed)
        .filter_map(|found| Some((found.citation.symbol.clone()?, found.citation.kind)))
        .collect();
    for FoundCitation { citation, code, .. } in found {
        let known = citation.symbol.as_ref().and_then(|symbol| kinds.get(symbol));
        if let Some(&kind) = known.filter(|_| code.is_empty()) {
            citation.kind = kind;
        }
    }
}

/// Gives each law that is cited by name the symbol that its document cites it by elsewhere, unless the years contradict.
fn complete_laws(found: &mut [FoundCitation]) {
    let mut symbols: HashMap<String, Agreed<String>> = HashMap::new();
    let laws = |citation: &Citation| citation.kind == Kind::Luat;
    for FoundCitation { citation, .. } in found.iter().filter(|found| laws(&found.citation)) {
        if let (Some(name), Some(symbol)) = (&citation.name, &citation.symbol) {
            agree(&mut symbols, name.clone(), symbol.clone());
        }
    }
    for FoundCitation { citation, .. } in found.iter_mut().filter(|found| laws(&found.citation)) {
        let known = citation.name.as_ref().and_then(|name| symbols.get(name)?.as_ref());
        let year = citation.date.map(|date| date.year());
        if citation.symbol.is_none()
            && let Some(symbol) = known.filter(|symbol| year.is_none_or(|year| has_year(symbol, year)))
        {
            citation.symbol = Some(symbol.clone());
        }
    }
}

/// Ordinal and term of a congress.
type OrdinalAndTerm = (Option<u8>, Option<String>);

/// Returns the congress that `found` is a document of.
fn congress_of(found: &FoundCitation) -> Option<&Congress> {
    match &found.open {
        Some(Open::Congress(congress)) => Some(congress),
        _ => None,
    }
}

/// Names the documents of congresses, so that one has one name: "lần thứ XVI", "nhiệm kỳ 2020 - 2025" and, where the
/// document speaks of no other, neither.
///
/// Documents of congresses that are not told are no citations, and dropped.
fn complete_congresses(found: &mut Vec<FoundCitation>) {
    let mut places: HashMap<String, Agreed<String>> = HashMap::new();
    let mut terms: HashMap<(CongressOf, u8), Agreed<String>> = HashMap::new();
    let mut told: HashMap<CongressOf, Agreed<OrdinalAndTerm>> = HashMap::new();
    for congress in found.iter().filter_map(congress_of) {
        if let CongressOf::Body(body) = &congress.of
            && let Some((unit, _)) = unit_of(body).filter(|_| congress.placed)
        {
            agree(&mut places, unit.to_owned(), body.clone());
        }
    }
    let mut committees: HashMap<u8, Agreed<CongressOf>> = HashMap::new();
    for congress in found.iter().filter_map(congress_of) {
        if let (CongressOf::Body(_), Some(ordinal)) = (&congress.of, congress.ordinal) {
            agree(&mut committees, ordinal, congress.of.clone());
        }
    }
    let party: Vec<u8> = found
        .iter()
        .filter_map(congress_of)
        .filter(|congress| congress.of == CongressOf::Party)
        .filter_map(|congress| congress.ordinal)
        .collect();
    let mut settled: Vec<Option<Congress>> = found.iter().map(|found| congress_of(found).cloned()).collect();
    for congress in settled.iter_mut().flatten() {
        // A document that tells of its committee's congress with this number means it, if it tells of no such one of the
        // Party.
        if congress.of == CongressOf::Untold
            && let Some(ordinal) = congress.ordinal.filter(|ordinal| !party.contains(ordinal))
            && let Some(committee) = committees.get(&ordinal)
        {
            let unnamed = || CongressOf::Body("Đảng bộ".to_owned());
            congress.of = committee.clone().unwrap_or_else(unnamed);
        }
        // "Đảng bộ tỉnh" is the one of the province that the document names.
        if let CongressOf::Body(body) = &congress.of
            && let Some(Some(place)) = places.get(body.as_str())
        {
            congress.of = CongressOf::Body(place.clone());
        }
        congress.settle();
        if let (Some(ordinal), Some(term)) = (congress.ordinal, &congress.term) {
            agree(&mut terms, (congress.of.clone(), ordinal), term.clone());
        }
    }
    for congress in settled.iter_mut().flatten() {
        if let (Some(ordinal), None) = (congress.ordinal, &congress.term) {
            congress.term = terms.get(&(congress.of.clone(), ordinal)).cloned().flatten();
        }
        let ordinal = congress
            .ordinal
            .filter(|_| congress.term.is_none() || congress.of == CongressOf::Party);
        if congress.ordinal.is_some() || congress.term.is_some() {
            agree(&mut told, congress.of.clone(), (ordinal, congress.term.clone()));
        }
    }
    for congress in settled.iter_mut().flatten() {
        if congress.ordinal.is_none()
            && congress.term.is_none()
            && let Some(Some((ordinal, term))) = told.get(&congress.of)
        {
            congress.ordinal = *ordinal;
            congress.term.clone_from(term);
        }
    }
    let mut kept = settled.iter();
    found.retain(|_| {
        kept.next()
            .is_some_and(|congress| congress.as_ref().is_none_or(Congress::is_told))
    });
    let told = settled
        .into_iter()
        .filter(|congress| congress.as_ref().is_none_or(Congress::is_told));
    for (found, congress) in found.iter_mut().zip(told) {
        if let Some(congress) = congress {
            found.citation.name = Some(congress.name());
        }
    }
}

/// Returns the unit of a body with a place, `Đảng bộ tỉnh` of `Đảng bộ tỉnh Cà Mau`, and the place.
fn unit_of(body: &str) -> Option<(&str, &str)> {
    let place = body
        .match_indices(' ')
        .skip(1)
        .find(|&(at, _)| body[at + 1..].starts_with(char::is_uppercase))?;
    body.split_at_checked(place.0)
}

/// Names the plenums that are cited without their congress: it is the one with which the document cites that plenum
/// elsewhere, or else the one whose Central Committee had last held it when the document was written.
fn complete_plenums(document: &Document, found: &mut [FoundCitation]) {
    let mut known: HashMap<u8, Agreed<u8>> = HashMap::new();
    for name in found.iter().filter_map(|found| found.citation.name.as_deref()) {
        if let Some((_, plenum)) = name.split_once(" Trung ương ")
            && let Some((plenum, congress)) = plenum.split_once(" khóa ")
            && let (Ok(plenum), Some(congress)) = (plenum.parse(), roman(congress))
        {
            agree(&mut known, plenum, congress);
        }
    }
    let metadata = &document.metadata;
    let end_of_term = || {
        let year = metadata.terms.first()?.split('-').nth(1)?.parse().ok()?;
        PartialDate::new(year, None, None)
    };
    let date = metadata.date.or_else(end_of_term);
    for FoundCitation { citation, open, .. } in found {
        let Some(Open::Plenum { name, number }) = open else {
            continue;
        };
        let congress = match known.get(number) {
            Some(agreed) => *agreed,
            None => date.and_then(|date| congress_of_plenum(*number, date)),
        };
        if let Some(congress) = congress {
            citation.name = Some(format!("{name} khóa {}", to_roman(congress)));
        }
    }
}

/// Returns the body in the symbol of a citation without letters, if its issuer or its subject tells it.
fn body_of(citation: &Citation) -> Option<&'static str> {
    /// Beginnings of issuers, folded, whose papers carry the same code in every place.
    const ISSUERS: &[(&str, &str)] = &[
        ("bo chinh tri", "TW"),
        ("ban bi thu", "TW"),
        ("ban chap hanh trung uong", "TW"),
        ("trung uong", "TW"),
        ("tinh uy", "TU"),
        ("thanh uy", "TU"),
        ("ban thuong vu tinh uy", "TU"),
        ("ban thuong vu thanh uy", "TU"),
        ("ban chap hanh dang bo tinh", "TU"),
        ("ban chap hanh dang bo thanh pho", "TU"),
    ];
    /// Subjects that belong to one central paper, with its kind and number: 05-CT/TW of 15/5/2016 on learning
    /// from Hồ Chí Minh and 35-CT/TW of 14/6/2024 on party congresses.
    const SUBJECTS: &[(Kind, &str, &str)] = &[
        (Kind::ChiThi, "5", "hoc tap va lam theo"),
        (Kind::ChiThi, "35", "dai hoi dang bo cac cap"),
    ];
    let issuer = citation.issuer.as_deref().map(crate::text::fold);
    // An issuer that is not listed settles it too: the letters stay unknown, whatever the subject.
    if let Some(issuer) = issuer {
        let mut heads = ISSUERS.iter().filter(|(head, _)| issuer.starts_with(head));
        return heads.next().map(|(_, body)| *body);
    }
    // Without an issuer, only what every party member knows by its number is certain.
    let subject = citation.subject.as_deref().map(crate::text::fold)?;
    let number = trim_zeros(citation.number.as_deref()?);
    let known = |row: &&(Kind, &str, &str)| row.0 == citation.kind && row.1 == number && subject.contains(row.2);
    SUBJECTS.iter().find(known).map(|_| "TW")
}
