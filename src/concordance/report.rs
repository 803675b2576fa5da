//! Reports: everything that the texts say about one cited document.
//!
//! They are built from citation records in document order. They count and compare, and decide nothing about meaning.
//! Two texts *disagree* if what they say about one cited document cannot both be true (two dates, two issuers) or has
//! hardly a syllable in common (two subjects): `66-NQ/TW` of 30/4/2025 and of 30/5/2025, both "về đổi mới công tác xây
//! dựng và thi hành pháp luật".

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap, HashSet};

use serde::{Deserialize, Serialize};

use super::cited_row::{CitedDocument, row_of, wording_key};
use super::counted::key_of;
use crate::citation::Relation;
use crate::record::CitationRecord;
use crate::register::issuers_agree;
use crate::register::{Register, RegisterEntry};
use crate::text::syllables;

/// A value that texts give for a cited document, with the number of citations that give it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = Said)]
pub struct Claim {
    /// The value, in its first wording.
    pub value: String,
    /// Number of citations that give it.
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

/// Everything that the corpus says about one cited document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// The row of the table.
    pub summary: CitedDocument,
    /// The document that it is about, where the symbol or name means several; `None` for the places that do not tell
    /// which of them they mean, and where there is only one.
    pub identity: Option<String>,
    /// The documents with this symbol or name, as far as the texts distinguish them.
    pub identities: Vec<Claim>,
    /// Dates given for it.
    pub dates: Vec<Claim>,
    /// Issuers given for it.
    pub issuers: Vec<Claim>,
    /// Subjects given for it.
    pub subjects: Vec<Claim>,
    /// The points on which the texts disagree about the documents with this symbol or name.
    pub disagreements: Vec<Disagreement>,
    /// It as the register of central documents has it; where no place tells which document it is, all that it may be,
    /// the latest first.
    pub registered: Vec<RegisterEntry>,
    /// Every place, in the order of the citations given.
    pub places: Vec<CitationRecord>,
}

/// Returns a report on each cited document, the most often cited symbol or name first, with what `register` has about it.
/// Documents of one symbol follow one another, and after them the places that do not tell which one they mean.
#[must_use]
pub fn reports(records: Vec<CitationRecord>, register: &Register) -> Vec<Report> {
    let mut groups: HashMap<String, Vec<CitationRecord>> = HashMap::new();
    for record in records {
        groups.entry(key_of(&record).to_owned()).or_default().push(record);
    }
    let mut groups: Vec<(String, Vec<CitationRecord>)> = groups.into_iter().collect();
    groups.sort_by(|a, b| b.1.len().cmp(&a.1.len()).then_with(|| a.0.cmp(&b.0)));
    groups
        .into_iter()
        .flat_map(|(_, records)| of_one_key(records))
        .map(|report| Report {
            registered: registered(&report.places, register),
            ..report
        })
        .collect()
}

/// Returns what `register` has about the document that the `places` cite.
fn registered(places: &[CitationRecord], register: &Register) -> Vec<RegisterEntry> {
    let identities = distinct(places.iter().filter_map(|place| place.identity.as_deref()));
    if !identities.is_empty() {
        return register.entries_of(None, &identities);
    }
    let candidates = places.iter().flat_map(|place| &place.candidates);
    register.entries_of(None, &distinct(candidates.map(String::as_str)))
}

/// Returns the reports on the documents that one symbol or name means.
fn of_one_key(records: Vec<CitationRecord>) -> Vec<Report> {
    let all: Vec<&CitationRecord> = records.iter().collect();
    let identities = claims(&all, |record| record.identity.as_deref(), date_key);
    if identities.len() <= 1 {
        return report(records).into_iter().collect();
    }
    let disagreements = disagreements(&records);
    let mut of_identity: HashMap<Option<String>, Vec<CitationRecord>> = HashMap::new();
    for record in records {
        of_identity.entry(record.identity.clone()).or_default().push(record);
    }
    let order = identities.iter().map(|claim| Some(claim.value.clone())).chain([None]);
    order
        .filter_map(|identity| {
            let report = report(of_identity.remove(&identity)?)?;
            Some(Report {
                identity,
                identities: identities.clone(),
                disagreements: disagreements.clone(),
                ..report
            })
        })
        .collect()
}

/// Returns the report on the document that all of `records` cite, without what the register has about it; `None` if
/// there are no records.
#[must_use]
pub fn report(records: Vec<CitationRecord>) -> Option<Report> {
    records.first()?;
    let all: Vec<&CitationRecord> = records.iter().collect();
    let dates = claims(&all, |record| record.date.as_deref(), date_key);
    let issuers = claims(&all, |record| record.issuer.as_deref(), wording_key);
    let subjects = claims(&all, |record| record.subject.as_deref(), wording_key);
    let identities = claims(&all, |record| record.identity.as_deref(), date_key);
    let disagreements = disagreements(&records);
    Some(Report {
        summary: row_of(&all).summary,
        identity: None,
        identities,
        dates,
        issuers,
        subjects,
        disagreements,
        registered: Vec::new(),
        places: records,
    })
}

/// The places that refer to a cited document by one act; `None` is the act of those where no verb tells.
pub type RelatedPlaces<'p> = (Option<Relation>, Vec<&'p CitationRecord>);

/// Returns `places` by the act of each, the most frequent act first, those without one last; each group keeps the order.
#[must_use]
pub fn by_relation(places: &[CitationRecord]) -> Vec<RelatedPlaces<'_>> {
    let mut groups: Vec<RelatedPlaces<'_>> = Vec::new();
    for place in places {
        match groups.iter_mut().find(|(relation, _)| *relation == place.relation) {
            Some((_, group)) => group.push(place),
            None => groups.push((place.relation, vec![place])),
        }
    }
    groups.sort_by_key(|(relation, group)| (relation.is_none(), Reverse(group.len())));
    groups
}

/// Returns each item once, in order of first appearance.
fn distinct<'r>(items: impl Iterator<Item = &'r str>) -> Vec<String> {
    let mut seen = HashSet::new();
    let first = items.filter(|item| seen.insert(*item));
    first.map(str::to_owned).collect()
}

/// Groups the values of the records by their key; most frequent first, then in order of appearance.
fn claims<'r>(
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
    groups.sort_by_key(|claim| Reverse(claim.count));
    groups
}

/// Returns the key of a date or identity: the value itself.
fn date_key(date: &str) -> String {
    date.to_owned()
}

/// The date, issuer and subject that a citation gives for the document it cites.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct ClaimKey<'r> {
    date: Option<&'r str>,
    issuer: Option<&'r str>,
    subject: Option<&'r str>,
}

/// Returns the points on which two citations that seem to mean one document disagree.
///
/// Several documents may have one symbol (each committee numbers anew), so two citations are compared on one point only
/// if they agree on the others: two dates disagree if issuer and subject do not distinguish two documents, two issuers
/// or subjects if the date is the same.
fn disagreements(records: &[CitationRecord]) -> Vec<Disagreement> {
    // Most citations of a document say the same of it, so few pairs are left to compare.
    let claims: HashSet<ClaimKey<'_>> = records
        .iter()
        .map(|record| ClaimKey {
            date: record.date.as_deref(),
            issuer: record.issuer.as_deref(),
            subject: record.subject.as_deref(),
        })
        .collect();
    let claims: Vec<ClaimKey<'_>> = claims.into_iter().collect();
    let mut points = BTreeSet::new();
    for (index, one) in claims.iter().enumerate() {
        for other in &claims[index + 1..] {
            points.extend(disagreement(one, other));
        }
    }
    points.into_iter().collect()
}

/// Returns the points on which two citations of one symbol disagree; see [`disagreements`].
fn disagreement(one: &ClaimKey<'_>, other: &ClaimKey<'_>) -> Vec<Disagreement> {
    let compared = |a: Option<&str>, b: Option<&str>, agree: fn(&str, &str) -> bool| Some(agree(a?, b?));
    let date = compared(one.date, other.date, dates_agree);
    let issuer = compared(one.issuer, other.issuer, issuers_agree);
    let subject = compared(one.subject, other.subject, subjects_agree);
    match date {
        Some(false) if issuer != Some(false) && subject == Some(true) => vec![Disagreement::Date],
        Some(true) => [(issuer, Disagreement::Issuer), (subject, Disagreement::Subject)]
            .into_iter()
            .filter_map(|(agree, point)| (agree == Some(false)).then_some(point))
            .collect(),
        _ => Vec::new(),
    }
}

/// Returns true if one of two partial ISO dates is the beginning of the other.
fn dates_agree(one: &str, other: &str) -> bool {
    one.starts_with(other) || other.starts_with(one)
}

/// The smallest share of the shorter subject's distinct syllables that must be in the longer one. Set by hand: people
/// shorten a subject freely, but with its own words.
const MIN_SHARED_SYLLABLES: f64 = 0.6;

/// Returns true if two subjects have enough syllables in common; see [`MIN_SHARED_SYLLABLES`].
fn subjects_agree(one: &str, other: &str) -> bool {
    let one: HashSet<String> = syllables(one).into_iter().collect();
    let other: HashSet<String> = syllables(other).into_iter().collect();
    let least = one.len().min(other.len());
    let shared = one.intersection(&other).count();
    shared as f64 >= MIN_SHARED_SYLLABLES * least as f64
}

#[cfg(test)]
mod tests {
    use super::super::cited_row::RowCounters;
    use super::super::counted::Counted;
    use super::*;
    use crate::citation::{CitationForm, CitationStatus};
    use crate::document::{Place, SectionKind};
    use crate::symbol::Kind;

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
            letters: None,
            repaired: None,
            unsure: Vec::new(),
            sentence: symbol.into(),
            sentence_at: [0, symbol.len()],
            sentence_repaired: false,
            sentence_unsure: Vec::new(),
            kind: Kind::NghiQuyet,
            symbol: Some(symbol.into()),
            name: None,
            number: None,
            range: None,
            issuer: issuer.map(Into::into),
            date: date.map(Into::into),
            subject: subject.map(Into::into),
            form: CitationForm::Full,
            relation: None,
            pinpoint: None,
            status: CitationStatus::Resolved,
            candidates: Vec::new(),
            identity: None,
            source: None,
            replaced_by: None,
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
        let mut counters = RowCounters::default();
        records.iter().for_each(|record| counters.add(&Counted::from(record)));
        let table = counters.finish();
        assert_eq!(table[0].summary.cited, "21-NQ/TW");
        assert_eq!((table[0].summary.count, table[0].summary.documents.len()), (2, 2));
        assert_eq!(table[1].summary.cited, "35-NQ/TW");
        assert_eq!(table[1].counts, [1]);
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
    fn each_document_of_one_symbol_has_its_report() {
        let of = |document: &str, identity: Option<&str>| CitationRecord {
            identity: identity.map(Into::into),
            ..record(document, "05-NQ/ĐU", None, None, None)
        };
        let (east, west) = ("05-NQ/ĐU của Đảng ủy xã Đông", "05-NQ/ĐU của Đảng ủy xã Tây");
        let records = vec![
            of("a", Some(west)),
            of("a", None),
            of("b", Some(east)),
            of("c", Some(west)),
        ];
        let reports = reports(records, &Register::default());
        let shown: Vec<(Option<&str>, usize)> = reports
            .iter()
            .map(|report| (report.identity.as_deref(), report.summary.count))
            .collect();
        assert_eq!(shown, [(Some(west), 2), (Some(east), 1), (None, 1)]);
        assert!(reports.iter().all(|report| report.identities.len() == 2));
        let one = super::reports(vec![of("a", Some(west)), of("b", None)], &Register::default());
        assert_eq!(one.len(), 1);
        assert_eq!(one[0].identity, None);
    }

    #[test]
    fn nothing_cited_gives_no_report() {
        assert!(report(Vec::new()).is_none());
    }
}
