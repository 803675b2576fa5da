//! Citations completed from their own document: short names that it defines ("… (viết tắt là Nghị quyết Đại hội)"),
//! and letters and kinds that it gives elsewhere.

use std::collections::HashMap;

use super::kinds::type_word_at;
use super::mention::DocumentMention;
use super::tokens::PassageWords;
use super::{Citation, CitationForm};
use crate::symbol::{Kind, Symbol, trim_zeros};

/// Maximum length of a short name, in words.
const MAX_ALIAS_WORDS: usize = 8;

/// A short name and the document that it stands for.
#[derive(Clone, Debug)]
pub(super) struct Alias {
    /// Its syllables, folded.
    syllables: Vec<String>,
    /// The kind of the document.
    kind: Kind,
    /// Its symbol, if it was cited with one.
    symbol: Option<Symbol>,
    /// Its name, if it was cited by name.
    name: Option<String>,
}

impl Alias {
    /// Returns the mention of the document by this name at word `at`.
    ///
    /// Returns `None` if the text goes on to the document of another committee ("Nghị quyết Đại hội của cấp mình").
    pub(super) fn at(&self, words: &PassageWords<'_>, at: usize) -> Option<DocumentMention> {
        let syllables: Vec<&str> = self.syllables.iter().map(String::as_str).collect();
        let end = words.phrase(at, &syllables)?;
        // What follows makes it the document of another committee.
        let other = [
            &["cua", "cap", "minh"][..],
            &["cua", "cap", "tren"],
            &["cap", "tren"],
            &["dang", "bo"],
            &["cua", "dang", "bo"],
            &["cac", "cap"],
        ];
        if other.iter().any(|phrase| words.skip(end, phrase) > end) {
            return None;
        }
        let mut mention = DocumentMention::new(words.slice(at, end), self.kind);
        mention.symbol.clone_from(&self.symbol);
        mention.name.clone_from(&self.name);
        mention.form = CitationForm::Alias;
        mention.end = end;
        Some(mention)
    }

    /// Returns its length in words: longer names are tried first.
    pub(super) fn len(&self) -> usize {
        self.syllables.len()
    }
}

/// Returns the alias that is defined at word `at` for `last`, the mention before it, and the word after the definition.
pub(super) fn definition_at(
    words: &PassageWords<'_>,
    at: usize,
    last: Option<&DocumentMention>,
) -> Option<(Alias, usize)> {
    /// The phrases before a short name, folded: "viết tắt là" and the like.
    const PHRASES: &[&[&str]] = &[
        &["viet", "tat", "la"],
        &["goi", "tat", "la"],
        &["goi", "chung", "la"],
        &["goi", "la"],
    ];
    if !matches!(words.folded(at), "viet" | "goi") {
        return None;
    }
    let first = PHRASES.iter().find_map(|phrase| words.phrase(at, phrase))?;
    let (type_word, _) = type_word_at(words, first)?;
    let mut end = first + 1;
    while end < words.len() && end - first < MAX_ALIAS_WORDS && words.joined(end) {
        end += 1;
    }
    let last = last.filter(|last| last.kind == type_word.kind && last.form != CitationForm::Alias)?;
    let alias = Alias {
        syllables: (first..end).map(|index| words.folded(index).to_owned()).collect(),
        kind: last.kind,
        symbol: last.symbol.clone(),
        name: last.name.clone(),
    };
    // The bare type word ("gọi tắt là Nghị quyết") would match every document of the kind.
    (alias.len() > type_word.syllables.len() && (alias.name.is_some() || alias.symbol.is_some()))
        .then_some((alias, end))
}

/// Completes the symbols of citations by number alone ("Chỉ thị số 05") from their own document.
///
/// The letters come from the citations of the same kind and number that have letters, if these agree. If there are
/// none, they come from the issuer, or from a subject that the whole Party knows by its number.
///
/// `codes` has the code of the type word for each citation; empty if it has none.
pub(super) fn complete(citations: &mut [Citation], codes: &[&'static str]) {
    let lettered: Vec<(Kind, String, String)> = citations
        .iter()
        .filter_map(|c| Some((c.kind, trim_zeros(c.number.as_deref()?).to_owned(), c.symbol.clone()?)))
        .collect();
    for (citation, code) in citations.iter_mut().zip(codes) {
        let (None, Some(number)) = (&citation.symbol, &citation.number) else {
            continue;
        };
        let same = |entry: &&(Kind, String, String)| entry.0 == citation.kind && entry.1 == trim_zeros(number);
        let mut fits = lettered.iter().filter(same).map(|entry| entry.2.as_str());
        let first = fits.next();
        citation.symbol = match first {
            Some(symbol) if fits.all(|other| other == symbol) => Some(symbol.to_owned()),
            Some(_) => None,
            None => body_of(citation)
                .filter(|_| !code.is_empty())
                .map(|body| format!("{number}-{code}/{body}")),
        };
    }
}

/// Gives each symbol without a type word the kind that its document calls it by elsewhere: `QĐ` alone does not tell
/// Quyết định from Quy định. `codes` is that of [`complete`].
pub(super) fn complete_kinds(citations: &mut [Citation], codes: &[&'static str]) {
    let typed = |citation: &Citation, code: &str| !code.is_empty() && citation.start > citation.span.start;
    let kinds: HashMap<String, Kind> = citations
        .iter()
        .zip(codes)
        .filter(|(citation, code)| typed(citation, code))
        .filter_map(|(citation, _)| Some((citation.symbol.clone()?, citation.kind)))
        .collect();
    for (citation, code) in citations.iter_mut().zip(codes) {
        let known = citation.symbol.as_ref().and_then(|symbol| kinds.get(symbol));
        if let Some(&kind) = known.filter(|_| code.is_empty() && citation.start == citation.span.start) {
            citation.kind = kind;
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
