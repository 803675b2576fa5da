//! Documents that others had replaced or amended by the date of the draft.
//!
//! A replaced document may well be cited: as replaced ("Luật này thay thế Luật số …"), as history ("tổng kết 10 năm
//! thực hiện …"), beside the document that replaced it, or in the time before that took effect. What is left is cited
//! as if it were in force.

use std::collections::HashSet;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use super::draft::{Cited, Draft};
use super::fields::registered;
use super::record::{Expected, Finding, FindingKind};
use crate::citation::Relation;
use crate::document::PartialDate;
use crate::register::{Basis, Register, RegisteredDocument};
use crate::symbol::Symbol;
use crate::text::{Span, fold, sentence_around};

/// Phrases of a sentence that speaks of a document as of the past, folded.
const PAST: &[&str] = &[
    "thay the",
    "thay cho",
    "thay quy",
    "thay nghi",
    "thay luat",
    "thay chi",
    "thay ket",
    "thay huong",
    "duoc thay",
    "bai bo",
    "huy bo",
    "het hieu luc",
    "khong con hieu luc",
    "truoc day",
    "truoc do",
    "nay la",
    "tong ket",
    "so ket",
    "nam thuc hien",
    "qua trinh thuc hien",
    "ket qua thuc hien",
    "ke thua",
    "tiep noi",
    "giai doan truoc",
    "lan dau",
    "lich su",
    "(cu)",
];

/// Returns the findings that the document of `row`, which `cited` means, was replaced or amended before the draft.
/// `symbols` are those that the draft cites, in the form of the register.
pub(super) fn check(
    draft: &Draft<'_>,
    cited: &Cited<'_>,
    row: &RegisteredDocument,
    register: &Register,
    symbols: &HashSet<String>,
) -> Vec<Finding> {
    let citation = cited.citation;
    // "Luật Việc làm" without a number or year is the one in force.
    let raw = citation.span.slice(draft.text());
    let is_told = raw.contains(|char: char| char.is_ascii_digit()) || cited.date_span().is_some();
    let Some(day) = draft.first_day().filter(|_| is_told) else {
        return Vec::new();
    };
    let mut findings = Vec::new();
    let in_force = |reference: &String| {
        let other = register.referred(reference)?;
        let from = in_force_from(other)?;
        (from <= day).then_some(other)
    };
    let replacing: Vec<&RegisteredDocument> = row.replaced_by.iter().filter_map(in_force).collect();
    if !replacing.is_empty() {
        if !is_of_the_past(draft, cited) && !replacing.iter().any(|other| symbols.contains(&other.key)) {
            let expected: Vec<Expected> = replacing
                .iter()
                .map(|other| Expected {
                    basis: row.replacement_basis,
                    ..registered(other, other.identity())
                })
                .collect();
            let by: Vec<String> = replacing.iter().map(|other| other.identity()).collect();
            let ground = match row.replacement_basis {
                Some(Basis::Known) => " (general knowledge; no text is behind it)",
                _ => "",
            };
            let message = format!("{} was replaced by {}{ground}.", row.identity(), by.join(" and "));
            findings.push(draft.finding(FindingKind::Replaced, citation.span, expected, message));
        }
        return findings;
    }
    let amending: Vec<&RegisteredDocument> = row.amended_by.iter().filter_map(in_force).collect();
    if let Some(last) = amending.last().filter(|last| !symbols.contains(&last.key)) {
        let expected = amending
            .iter()
            .map(|other| registered(other, other.identity()))
            .collect();
        let message = format!("{} was amended, last by {}.", row.identity(), last.identity());
        findings.push(draft.finding(FindingKind::Amended, citation.span, expected, message));
    }
    findings
}

/// Returns the first day on which `row` certainly counts. A document of the Party counts from its date; one of the
/// state from the day on which it takes effect, or a year after its date if that day is not known.
fn in_force_from(row: &RegisteredDocument) -> Option<PartialDate> {
    if let Some(effective) = row.effective {
        return Some(effective.last_day());
    }
    let date = row.date?.last_day();
    let is_party = row
        .key
        .parse::<Symbol>()
        .is_ok_and(|symbol| symbol.body.ends_with("TW"));
    let year_after = |less: u8| PartialDate::new(date.year() + 1, date.month(), date.day().map(|day| day - less));
    // There is no 29 February a year after one.
    if is_party {
        Some(date)
    } else {
        year_after(0).or_else(|| year_after(1))
    }
}

/// Returns true if the sentence of the citation speaks of the document as of the past, or cites what replaced it.
fn is_of_the_past(draft: &Draft<'_>, cited: &Cited<'_>) -> bool {
    static PHRASES: LazyLock<AhoCorasick> =
        LazyLock::new(|| AhoCorasick::new(PAST).expect("a short list of phrases is no problem"));
    let citation = cited.citation;
    let past = [
        Relation::SoKet,
        Relation::TongKet,
        Relation::SuaDoi,
        Relation::ThayThe,
        Relation::BaiBo,
    ];
    if citation.relation.is_some_and(|relation| past.contains(&relation)) {
        return true;
    }
    // A title may speak of amendments or reviews itself ("về tổng kết …").
    let text = draft.text();
    let sentence = sentence_around(text, citation.span);
    let within =
        |stretch: Span| Span::new(stretch.start.max(sentence.start), stretch.end.min(sentence.end)).slice(text);
    let (before, after) = (within(cited.before), within(cited.after));
    let title = cited.subject_span().map_or("", |span| span.slice(text));
    let around = format!(
        "{before} . {}",
        after.replacen(title, " ", usize::from(!title.is_empty()))
    );
    let around = fold(&around);
    let words: Vec<&str> = around.split_whitespace().collect();
    // "sửa đổi, bổ sung một số điều theo Luật số 11/2022/QH15" tells what amended another law then.
    PHRASES.is_match(&words.join(" ")) || fold(before).contains("sua doi")
}
