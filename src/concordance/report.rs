//! The table of cited documents, and everything said about one of them.
//!
//! Built from citation records in document order; counts, compares, decides nothing about meaning. Two
//! texts *disagree* when what they say of one cited document cannot both be true (two dates, two
//! issuers) or is worded with hardly a syllable in common (two subjects): `66-NQ/TW` of 30/4/2025 and of
//! 30/5/2025, both "về đổi mới công tác xây dựng và thi hành pháp luật".

use std::collections::{BTreeMap, HashMap, HashSet};

use serde::{Deserialize, Serialize};

use crate::document::{Place, SectionKind};
use crate::record::CitationRecord;
use crate::symbol::Kind;
use crate::text::{fold, syllables};

/// One cited document and how it is cited, over many documents.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Cited {
    /// Symbol or name: what it is looked up under.
    pub cited: String,
    /// Canonical symbol, where it is cited by one.
    pub symbol: Option<String>,
    /// Name, where it is cited without one.
    pub name: Option<String>,
    /// What most citations call it.
    pub kind: Kind,
    /// How often it is cited.
    pub count: usize,
    /// How often in notes.
    pub in_footnotes: usize,
    /// Ids of the citing documents, in order, each once.
    pub documents: Vec<String>,
    /// Terms of office of the sections it is cited in, in order, each once.
    pub terms: Vec<String>,
    /// Kinds of the sections it is cited in, most citations first.
    pub sections: Vec<SectionKind>,
    /// Dates given for it, most often given first.
    pub dates: Vec<String>,
    /// Issuers given for it, most often given first.
    pub issuers: Vec<String>,
    /// Subjects given for it, most often given first.
    pub subjects: Vec<String>,
}

/// The table of cited documents: most often cited first, then by symbol or name.
#[must_use]
pub fn cited<'r>(records: impl IntoIterator<Item = &'r CitationRecord>) -> Vec<Cited> {
    let mut groups: HashMap<&str, Vec<&CitationRecord>> = HashMap::new();
    for record in records {
        groups.entry(key_of(record)).or_default().push(record);
    }
    let mut table: Vec<Cited> = groups
        .into_iter()
        .map(|(key, records)| summary(key, &records))
        .collect();
    table.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.cited.cmp(&b.cited)));
    table
}

/// What one value is said how often, and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = Said)]
pub struct Claim {
    /// The value, in the wording met first.
    pub value: String,
    /// How many citations give it.
    pub count: usize,
    /// Ids of the documents that give it, each once.
    pub documents: Vec<String>,
}

/// A point on which the texts disagree about one cited document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Disagreement {
    /// Dates that cannot be the same day.
    Date,
    /// Issuers neither of which is part of the other's name.
    Issuer,
    /// Subjects worded with hardly a syllable in common.
    Subject,
}

/// Everything the corpus says about one cited document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// How it is cited.
    pub summary: Cited,
    /// The documents that carry this symbol or name, as far as the texts tell them apart.
    pub identities: Vec<Claim>,
    /// Dates given for it.
    pub dates: Vec<Claim>,
    /// Issuers given for it.
    pub issuers: Vec<Claim>,
    /// Subjects given for it.
    pub subjects: Vec<Claim>,
    /// Where the texts disagree.
    pub disagreements: Vec<Disagreement>,
    /// Every place, in document order.
    pub places: Vec<CitationRecord>,
}

/// A report on each document that is cited, most often cited first.
#[must_use]
pub fn reports(records: Vec<CitationRecord>) -> Vec<Report> {
    let mut groups: HashMap<String, Vec<CitationRecord>> = HashMap::new();
    for record in records {
        groups.entry(key_of(&record).to_owned()).or_default().push(record);
    }
    let mut reports: Vec<Report> = groups.into_values().filter_map(report).collect();
    reports.sort_by(|a, b| {
        let count = b.summary.count.cmp(&a.summary.count);
        count.then_with(|| a.summary.cited.cmp(&b.summary.cited))
    });
    reports
}

/// The report on the document that all of `records` cite; `None` when there are none.
#[must_use]
pub fn report(records: Vec<CitationRecord>) -> Option<Report> {
    let cited = key_of(records.first()?);
    let all: Vec<&CitationRecord> = records.iter().collect();
    let dates = said(&all, |record| record.date.as_deref(), date_key);
    let issuers = said(&all, |record| record.issuer.as_deref(), wording_key);
    let subjects = said(&all, |record| record.subject.as_deref(), wording_key);
    let identities = said(&all, |record| record.identity.as_deref(), date_key);
    let disagreements = disagreements(&records);
    Some(Report {
        summary: summary(cited, &all),
        identities,
        dates,
        issuers,
        subjects,
        disagreements,
        places: records,
    })
}

/// What a citation is counted under.
pub(super) fn key_of(record: &CitationRecord) -> &str {
    let named = record.symbol.as_deref().or(record.name.as_deref());
    named.unwrap_or(&record.raw)
}

fn summary(cited: &str, records: &[&CitationRecord]) -> Cited {
    let values = |said: Vec<Claim>| said.into_iter().map(|said| said.value).collect();
    let kinds = by_count(records.iter().map(|record| record.kind));
    Cited {
        cited: cited.to_owned(),
        symbol: records.iter().find_map(|record| record.symbol.clone()),
        name: records.iter().find_map(|record| record.name.clone()),
        kind: kinds.first().copied().unwrap_or(Kind::Other),
        count: records.len(),
        in_footnotes: records.iter().filter(|record| record.place == Place::Footnote).count(),
        documents: distinct(records.iter().map(|record| record.document.as_str())),
        terms: distinct(records.iter().filter_map(|record| record.term.as_deref())),
        sections: by_count(records.iter().filter_map(|record| record.section_kind)),
        dates: values(said(records, |record| record.date.as_deref(), date_key)),
        issuers: values(said(records, |record| record.issuer.as_deref(), wording_key)),
        subjects: values(said(records, |record| record.subject.as_deref(), wording_key)),
    }
}

/// Each item once, in order of first appearance.
fn distinct<'r>(items: impl Iterator<Item = &'r str>) -> Vec<String> {
    let mut seen = HashSet::new();
    let first = items.filter(|item| seen.insert(*item));
    first.map(str::to_owned).collect()
}

/// Each item once, most frequent first.
fn by_count<T: Ord + Copy>(items: impl Iterator<Item = T>) -> Vec<T> {
    let mut counts: BTreeMap<T, usize> = BTreeMap::new();
    for item in items {
        *counts.entry(item).or_default() += 1;
    }
    let mut counts: Vec<(T, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|&(_, count)| std::cmp::Reverse(count));
    counts.into_iter().map(|(item, _)| item).collect()
}

/// Groups what the records say by `key` of the value; most often said first, then in order of appearance.
fn said<'r>(
    records: &[&'r CitationRecord],
    value: impl Fn(&'r CitationRecord) -> Option<&'r str>,
    key: fn(&str) -> String,
) -> Vec<Claim> {
    let mut order: HashMap<String, usize> = HashMap::new();
    let mut groups: Vec<Claim> = Vec::new();
    for record in records {
        let Some(value) = value(record) else { continue };
        let index = *order.entry(key(value)).or_insert_with(|| {
            groups.push(Claim {
                value: value.to_owned(),
                count: 0,
                documents: Vec::new(),
            });
            groups.len() - 1
        });
        let group = &mut groups[index];
        group.count += 1;
        if group.documents.last() != Some(&record.document) {
            group.documents.push(record.document.clone());
        }
    }
    groups.sort_by_key(|said| std::cmp::Reverse(said.count));
    groups
}

fn date_key(date: &str) -> String {
    date.to_owned()
}

/// Wordings that differ in case, marks or punctuation alone are one.
fn wording_key(wording: &str) -> String {
    syllables(wording).join(" ")
}

/// What one citation says of the document it cites.
type ClaimKey<'r> = (Option<&'r str>, Option<&'r str>, Option<&'r str>);

/// The points on which two citations that seem to mean one document disagree.
///
/// One symbol may be that of several documents (each committee numbers anew), so two citations are compared
/// on one point only where they agree on the others: two dates disagree where issuer and subject do not tell
/// two documents apart, two issuers or subjects where the date is the same.
fn disagreements(records: &[CitationRecord]) -> Vec<Disagreement> {
    let sayings: HashSet<ClaimKey<'_>> = records
        .iter()
        .map(|record| {
            (
                record.date.as_deref(),
                record.issuer.as_deref(),
                record.subject.as_deref(),
            )
        })
        .collect();
    let sayings: Vec<ClaimKey<'_>> = sayings.into_iter().collect();
    let mut points = std::collections::BTreeSet::new();
    for (index, one) in sayings.iter().enumerate() {
        for other in &sayings[index + 1..] {
            points.extend(disagreement(one, other));
        }
    }
    points.into_iter().collect()
}

/// The points on which two sayings of one symbol disagree; see [`disagreements`].
fn disagreement(one: &ClaimKey<'_>, other: &ClaimKey<'_>) -> Vec<Disagreement> {
    let compared = |a: Option<&str>, b: Option<&str>, agree: fn(&str, &str) -> bool| Some(agree(a?, b?));
    let date = compared(one.0, other.0, dates_agree);
    let issuer = compared(one.1, other.1, issuers_agree);
    let subject = compared(one.2, other.2, subjects_agree);
    match date {
        Some(false) if issuer != Some(false) && subject == Some(true) => vec![Disagreement::Date],
        Some(true) => [(issuer, Disagreement::Issuer), (subject, Disagreement::Subject)]
            .into_iter()
            .filter_map(|(agree, point)| (agree == Some(false)).then_some(point))
            .collect(),
        _ => Vec::new(),
    }
}

/// Partial ISO dates agree where one is the beginning of the other.
fn dates_agree(one: &str, other: &str) -> bool {
    one.starts_with(other) || other.starts_with(one)
}

/// "Ban Chấp hành Trung ương" and "Ban Chấp hành Trung ương Đảng khóa XIII" agree.
fn issuers_agree(one: &str, other: &str) -> bool {
    let (one, other) = (fold(one), fold(other));
    one.contains(&other) || other.contains(&one)
}

/// Least share of the shorter subject's distinct syllables that must stand in the longer one. Set by hand: a
/// subject is shortened freely, but its shortened form is made of its own words.
const SHARED_SYLLABLES: f64 = 0.6;

fn subjects_agree(one: &str, other: &str) -> bool {
    let one: HashSet<String> = syllables(one).into_iter().collect();
    let other: HashSet<String> = syllables(other).into_iter().collect();
    let least = one.len().min(other.len());
    let shared = one.intersection(&other).count();
    shared as f64 >= SHARED_SYLLABLES * least as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::citation::{CitationForm, CitationStatus};

    fn record(
        document: &str,
        symbol: &str,
        date: Option<&str>,
        issuer: Option<&str>,
        subject: Option<&str>,
    ) -> CitationRecord {
        CitationRecord {
            document: document.into(),
            passage: format!("{document}:1"),
            place: Place::Body,
            footnote: None,
            section: None,
            section_kind: Some(SectionKind::KetQua),
            page: 1,
            lines: [1, 1],
            span: [0, 1],
            raw: symbol.into(),
            repaired: None,
            unsure: Vec::new(),
            kind: Kind::NghiQuyet,
            symbol: Some(symbol.into()),
            name: None,
            number: None,
            issuer: issuer.map(Into::into),
            date: date.map(Into::into),
            subject: subject.map(Into::into),
            form: CitationForm::Full,
            status: CitationStatus::Resolved,
            candidates: Vec::new(),
            identity: None,
            target: None,
            term: Some("2020-2025".into()),
            boxes: Vec::new(),
        }
    }

    #[test]
    fn the_table_counts_places_and_documents() {
        let records = [
            record("a", "35-NQ/TW", None, None, None),
            record("a", "21-NQ/TW", None, None, None),
            record("b", "21-NQ/TW", None, None, None),
        ];
        let table = cited(&records);
        assert_eq!(table[0].cited, "21-NQ/TW");
        assert_eq!((table[0].count, table[0].documents.len()), (2, 2));
        assert_eq!(table[1].cited, "35-NQ/TW");
    }

    #[test]
    fn texts_disagree_when_both_cannot_be_true() {
        let row =
            |date: &str, issuer: &str, subject: &str| record("a", "66-NQ/TW", Some(date), Some(issuer), Some(subject));
        let agreeing = report(vec![
            row(
                "2025-04-30",
                "Bộ Chính trị",
                "về đổi mới công tác xây dựng và thi hành pháp luật",
            ),
            row("2025-04", "Bộ Chính trị (khóa XIII)", "về đổi mới xây dựng pháp luật"),
        ]);
        assert_eq!(agreeing.unwrap().disagreements, []);
        let law = "về đổi mới công tác xây dựng và thi hành pháp luật";
        let rows = [
            (
                row("2025-04-30", "Bộ Chính trị", law),
                row("2025-05-30", "Bộ Chính trị", law),
                vec![Disagreement::Date],
            ),
            (
                row("2025-04-30", "Bộ Chính trị", law),
                row("2025-04-30", "Ban Bí thư", law),
                vec![Disagreement::Issuer],
            ),
            (
                row("2025-04-30", "Bộ Chính trị", law),
                row("2025-04-30", "Bộ Chính trị", "về hội nhập quốc tế trong tình hình mới"),
                vec![Disagreement::Subject],
            ),
            // Two committees, two documents of one symbol.
            (
                row("2025-02-28", "Đảng ủy Cần Thơ", law),
                row("2025-02-24", "Đảng ủy Sóc Trăng", law),
                vec![],
            ),
        ];
        for (one, other, points) in rows {
            assert_eq!(report(vec![one, other]).unwrap().disagreements, points);
        }
    }

    #[test]
    fn nothing_cited_gives_no_report() {
        assert!(report(Vec::new()).is_none());
    }
}
