//! Proof of a draft: every citation against the register, the corpus, the rules and the rest of the draft.
//!
//! An office checks the citations of a paper before it is signed: is the date right, the issuer, the type word, the
//! subject? Has another document replaced it? Is the symbol written as the rules ask ("57/NQ-TW")? Does the paper
//! name one document in two ways, cite one that is later than itself, skip a number of its notes? [`proofread`]
//! answers for each citation with a [`Verdict`] and the [`Finding`]s behind it, each with what others say and the
//! place in the draft.
//!
//! Silence is better than a false alarm: what a list shares, an OCR misread, or the register is not certain of
//! contradicts nothing, and what nobody has is told as unknown, which is no mistake.
//!
//! `draft` holds the draft with the places of its parts, `meant` finds the row of the register that a citation means,
//! `fields` compares the details (`issuer`, `title`), `replaced` looks for what came after, `writing` reads the
//! symbol as printed, `twice` compares the citations with one another, and `notes` counts the notes.

mod draft;
mod fields;
mod issuer;
mod meant;
mod notes;
mod record;
mod replaced;
#[cfg(test)]
mod tests;
mod title;
mod twice;
mod writing;

use std::collections::HashSet;

pub use record::{Expected, Finding, FindingKind, Proof, ProofLine, ProofSummary, Verdict, Witness};

use crate::citation::Resolver;
use crate::document::{PartialDate, Place};
use crate::record::Parsed;
use crate::stop::checkpoint;
use crate::text::Span;
use draft::{Cited, Draft, symbol_of};
use record::FindingKind as Kind;
use title::Titles;

/// Checks the citations and note numbers of `parsed`, a draft, against what `resolver` has observed and its register.
///
/// ```
/// use std::convert::Infallible;
/// use vankien::citation::Resolver;
/// use vankien::proof::{FindingKind, proofread};
/// use vankien::reading::Model;
/// use vankien::record::read_text;
/// use vankien::register::Register;
///
/// let text = "Thực hiện Nghị quyết số 57/NQ-TW ngày 24/12/2024 của Bộ Chính trị.".to_owned();
/// let draft = read_text(text, || Ok::<_, Infallible>(Model::shipped())).unwrap();
/// let proof = proofread(&draft, &Resolver::new(Register::shipped()));
/// let found: Vec<_> = proof.citations[0].findings.iter().map(|found| found.finding).collect();
/// assert_eq!(found, [FindingKind::Date, FindingKind::Malformed]);
/// assert_eq!(proof.citations[0].findings[0].expected[0].value, "2024-12-22");
/// assert!(proof.summary.failed);
/// ```
#[must_use]
pub fn proofread(parsed: &Parsed, resolver: &Resolver) -> Proof {
    let draft = Draft::of(parsed, resolver);
    let register = resolver.register();
    let titles = Titles::of(register);
    let symbols = registered_symbols(&draft, resolver);
    let mut twice = twice::check(&draft, register, &titles);
    let mut lines = Vec::with_capacity(draft.citations.len());
    for (index, citation) in draft.citations.iter().enumerate() {
        checkpoint();
        let cited = draft.cited(index);
        let mut line = draft.line(citation);
        let checked = fields::check(&draft, &cited, resolver, &titles);
        line.findings = checked.findings;
        // With a date that others contradict, it is the draft that tells the document.
        if line.findings.iter().all(|finding| finding.finding != Kind::Date) {
            line.source = checked.source;
        }
        if let Some(row) = checked.row {
            line.identity = Some(row.identity());
            line.findings
                .extend(replaced::check(&draft, &cited, row, register, &symbols));
        }
        line.findings.extend(future(&draft, &cited, &line));
        line.findings
            .extend(writing::check(&draft, &cited, checked.row.and_then(|row| row.date)));
        line.findings.extend(twice.remove(&index));
        lines.push(line);
    }
    add_unread(&draft, &mut lines);
    Proof::of(lines, notes::check(&draft))
}

/// Returns the keys of the registered documents that the draft cites.
fn registered_symbols(draft: &Draft<'_>, resolver: &Resolver) -> HashSet<String> {
    let symbols = draft.citations.iter().filter_map(|citation| citation.symbol.as_deref());
    symbols
        .flat_map(|symbol| resolver.register().of_symbol(symbol))
        .map(|row| row.key.clone())
        .collect()
}

/// Returns the finding that the document is later than the draft. A wrong date is told as such.
fn future(draft: &Draft<'_>, cited: &Cited<'_>, line: &ProofLine) -> Option<Finding> {
    let citation = cited.citation;
    if line.findings.iter().any(|finding| finding.finding == Kind::Date) {
        return None;
    }
    let year = || {
        let symbol = symbol_of(citation)?;
        PartialDate::new(symbol.year?, None, None)
    };
    let printed = citation.date.zip(cited.date_span());
    let (date, span) = printed.or_else(|| Some((year()?, citation.span)))?;
    let limit = draft.limit().filter(|_| draft.is_future(date))?;
    let expected = vec![Expected {
        value: limit.to_string(),
        source: Witness::Draft,
        basis: None,
        document: None,
        line: None,
    }];
    let message = format!(
        "{} of {date} is later than the draft, which is of {limit}.",
        citation.key()
    );
    Some(draft.finding(Kind::Future, span, expected, message))
}

/// Adds what no citation was read from although it means a symbol: to the citation of which it is a part, or as a
/// line of its own.
fn add_unread(draft: &Draft<'_>, lines: &mut Vec<ProofLine>) {
    let mut added = Vec::new();
    for misspelled in writing::unread(draft) {
        let span = misspelled.span;
        let found = lines.partition_point(|line| line.span[1] <= span.start);
        let overlapping = lines
            .get_mut(found)
            .filter(|line| Span::new(line.span[0], line.span[1]).overlaps(span));
        match overlapping {
            Some(line) => {
                // What a citation was read from whole is checked as that.
                let is_part = line.span[1] >= span.end;
                if !is_part && line.findings.iter().all(|finding| finding.finding != Kind::Malformed) {
                    line.findings.push(writing::finding(draft, &misspelled));
                }
            }
            None if misspelled.is_cited => added.push(unread_line(draft, misspelled)),
            None => {}
        }
    }
    lines.append(&mut added);
}

/// Returns the line of a symbol that no citation was read from.
fn unread_line(draft: &Draft<'_>, misspelled: writing::Misspelled) -> ProofLine {
    let span = misspelled.span;
    let passages = &draft.parsed.document.passages;
    let found = passages.partition_point(|passage| passage.extent().end <= span.start);
    let passage = passages.get(found);
    ProofLine {
        symbol: Some(misspelled.right.clone()),
        name: None,
        raw: span.slice(draft.text()).to_owned(),
        lines: draft.lines.range_of(span),
        span: [span.start, span.end],
        place: passage.map_or(Place::Body, |passage| passage.place),
        page: passage.map_or(1, |passage| passage.page),
        passage: draft.parsed.passage_id(found),
        verdict: Verdict::default(),
        identity: None,
        source: None,
        findings: vec![writing::finding(draft, &misspelled)],
    }
}
