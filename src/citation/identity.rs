//! Which document a symbol or name means: date, issuer, province, and when two accounts are of one document.

use std::collections::BTreeSet;

use super::{Citation, CitationForm};
use crate::document::{Document, PartialDate};
use crate::symbol::Symbol;
use crate::text::fold;

/// How far one series of numbers reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    /// One body in the country: who of the center signed does not matter, the series is common.
    Nation,
    /// One body in each province (`TU`).
    Province,
    /// Many bodies: the issuer must be named (`ĐU`, `BCĐ`, `UBND`).
    Body,
}

impl Reach {
    /// The reach of the series of `body`, a canonical issuer code.
    pub(super) fn of(body: &str) -> Self {
        let nation = ["CP", "TTg", "CTN", "VPCP", "QUTW"].contains(&body)
            || body.ends_with("TW")
            || body.starts_with("QH")
            || body.starts_with("UBTVQH")
            || body.starts_with('B') && !body.starts_with("BC") && !body.ends_with('U');
        match body {
            _ if nation => Self::Nation,
            "TU" | "HĐND" => Self::Province,
            _ => Self::Body,
        }
    }
}

/// One document, as far as the corpus knows it.
#[derive(Clone, Debug)]
pub(super) struct Identity {
    /// Reach of its series.
    reach: Reach,
    /// Its date.
    pub(super) date: Option<PartialDate>,
    /// The issuer, as a text names it.
    issuer: Option<String>,
    /// The province of the documents that cite it, for a series that reaches no further.
    province: Option<String>,
    /// Folded syllables of its subject.
    subject: BTreeSet<String>,
    /// Its id, where the corpus holds it.
    pub(super) target: Option<String>,
}

impl Identity {
    /// The identity of `document` itself with its symbol; `None` where that is not printed whole.
    pub(super) fn of_document(document: &Document) -> Option<(String, Self)> {
        let metadata = &document.metadata;
        let symbol: Symbol = metadata.number.as_deref()?.parse().ok()?;
        let identity = Self {
            reach: Reach::of(&symbol.body),
            date: metadata.date,
            issuer: metadata.issuer.clone(),
            province: metadata.province.clone(),
            subject: BTreeSet::new(),
            target: Some(document.id.clone()),
        };
        Some((symbol.to_string(), identity))
    }

    /// Are both the same document?
    pub(super) fn agrees(&self, other: &Self) -> bool {
        let dates = match (self.date, other.date) {
            (Some(one), Some(two)) => one.agrees(two),
            _ => true,
        };
        dates
            && same_series(
                self.reach,
                (&self.province, &self.issuer),
                (&other.province, &other.issuer),
            )
    }

    /// Takes up what `other`, which agrees, knows more.
    pub(super) fn join(&mut self, other: Self) {
        let precision = |date: Option<PartialDate>| date.map(|d| (d.month().is_some(), d.day().is_some()));
        if precision(other.date) > precision(self.date) {
            self.date = other.date;
        }
        let length = |issuer: &Option<String>| issuer.as_ref().map_or(0, String::len);
        if length(&other.issuer) > length(&self.issuer) {
            self.issuer = other.issuer;
        }
        self.province = self.province.take().or(other.province);
        self.target = self.target.take().or(other.target);
        if self.subject.is_empty() {
            self.subject = other.subject;
        }
    }

    /// Is its subject that of a citation? Half of the fewer syllables must be common; "về", "của" and the like
    /// do not count.
    pub(super) fn is_about(&self, subject: Option<&str>) -> bool {
        let asked = subject.map(syllables).unwrap_or_default();
        let common = self.subject.intersection(&asked).count();
        let fewer = self.subject.len().min(asked.len());
        fewer >= 3 && common * 2 >= fewer
    }

    /// For people: `21-NQ/TW ngày 2022-06-16`, with the issuer where the series is local.
    pub(super) fn describe(&self, key: &str) -> String {
        let mut text = key.to_owned();
        if let (Reach::Body | Reach::Province, Some(issuer)) = (self.reach, &self.issuer) {
            text = format!("{text} của {issuer}");
        }
        match self.date {
            Some(date) => format!("{text} ngày {date}"),
            None => text,
        }
    }
}

/// What stands with one citation.
pub(super) struct Evidence<'c> {
    reach: Reach,
    date: Option<PartialDate>,
    issuer: Option<String>,
    province: Option<String>,
    /// The subject, as written.
    pub(super) subject: Option<&'c str>,
    /// By a name the document has defined, so that what it said then holds.
    alias: bool,
}

impl<'c> Evidence<'c> {
    /// What `citation` in `document` tells of what it cites.
    pub(super) fn of(document: &Document, citation: &'c Citation) -> Self {
        Self {
            reach: citation
                .key()
                .parse::<Symbol>()
                .map_or(Reach::Nation, |symbol| Reach::of(&symbol.body)),
            date: citation.date,
            issuer: citation.issuer.clone(),
            province: document.metadata.province.clone(),
            subject: citation.subject.as_deref(),
            alias: citation.form == CitationForm::Alias,
        }
    }

    /// The identity it tells of; `None` where it has neither a date nor, for a local series, an issuer.
    pub(super) fn identity(self, citation: &Citation) -> Option<Identity> {
        let told = self.date.is_some() || self.reach == Reach::Body && self.issuer.is_some();
        if !told || citation.key().is_empty() {
            return None;
        }
        let local = self.reach != Reach::Nation;
        Some(Identity {
            reach: self.reach,
            date: self.date,
            issuer: self.issuer.filter(|_| local),
            province: self.province.filter(|_| local),
            subject: self.subject.map(syllables).unwrap_or_default(),
            target: None,
        })
    }

    /// May the citation mean `identity`?
    pub(super) fn allows(&self, identity: &Identity) -> bool {
        let dates = self
            .date
            .is_none_or(|date| identity.date.is_none_or(|other| date.agrees(other)));
        let named = self.reach != Reach::Body || self.issuer.is_some() || self.date.is_some() || self.alias;
        dates
            && named
            && same_series(
                self.reach,
                (&self.province, &self.issuer),
                (&identity.province, &identity.issuer),
            )
    }
}

/// Can two accounts (province, issuer) be of one series of numbers?
fn same_series(reach: Reach, one: (&Option<String>, &Option<String>), two: (&Option<String>, &Option<String>)) -> bool {
    let same = |a: &Option<String>, b: &Option<String>| a.is_none() || b.is_none() || a == b;
    match reach {
        Reach::Nation => true,
        Reach::Province => same(one.0, two.0),
        Reach::Body => {
            let issuers = match (one.1, two.1) {
                (Some(one), Some(two)) => same_body(one, two),
                _ => true,
            };
            issuers && same(one.0, two.0)
        }
    }
}

/// Can two names be of one body? One may say less: "Đảng ủy các cơ quan Đảng thành phố" without its place.
fn same_body(one: &str, two: &str) -> bool {
    let (one, two) = (syllables(one), syllables(two));
    one.is_subset(&two) || two.is_subset(&one)
}

/// The distinct folded syllables of a text that carry meaning.
fn syllables(text: &str) -> BTreeSet<String> {
    const EMPTY: &[&str] = &[
        "ve", "cua", "va", "cac", "nhung", "mot", "so", "viec", "trong", "cho", "o",
    ];
    let folded = fold(text);
    let words = folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty() && !EMPTY.contains(word));
    // 40 syllables tell any two subjects apart; more only cost memory.
    words.take(40).map(str::to_owned).collect()
}

/// The last day that what `document` cites can bear: its own date, else the end of its first term, and never
/// before a date that it gives itself. `None` where nothing is known.
pub(super) fn limit_of(document: &Document, citations: &[Citation]) -> Option<PartialDate> {
    let own = document.metadata.date;
    let term = || {
        let years = document.metadata.terms.first()?.split('-').nth(1)?.parse().ok()?;
        PartialDate::new(years, None, None)
    };
    let end = own.or_else(term)?;
    let month = end.month().unwrap_or(12);
    let last = (28..=31)
        .rev()
        .find_map(|day| PartialDate::new(end.year(), Some(month), Some(end.day().unwrap_or(day))));
    let cited = citations.iter().filter_map(|citation| citation.date).max();
    last.max(cited)
}
