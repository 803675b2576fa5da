//! Identities of documents: the date, issuer and province that tell one document from others of the same symbol or
//! name, and the rule by which two accounts are of one document.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Citation, CitationForm};
use crate::document::{Document, PartialDate};
use crate::register::{RegisteredDocument, congress_on};
use crate::symbol::Symbol;
use crate::text::fold;

/// The extent of one series of numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Reach {
    /// One series for the country: all bodies of the center share it, so the issuer does not matter.
    Nation,
    /// One series in each province (`TU`).
    Province,
    /// One series for each of many bodies (`ĐU`, `BCĐ`, `UBND`), so the issuer must be named.
    Body,
}

impl Reach {
    /// Returns the reach of the series of `body`, a canonical issuer code.
    pub(super) fn of(body: &str) -> Self {
        // Ministries and organs of the center have codes with B (BTC, BNV). Those with BC (BCĐ, BCH) and those of a
        // local committee (BTVTU) are the codes of many bodies.
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

    /// Returns the reach of the series that `key`, a symbol, is of; a name is one for the country.
    pub(super) fn of_key(key: &str) -> Self {
        key.parse::<Symbol>()
            .map_or(Self::Nation, |symbol| Self::of(&symbol.body))
    }
}

/// One document, as far as the texts describe it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Identity {
    /// The reach of its series.
    reach: Reach,
    /// Its date.
    pub(super) date: Option<PartialDate>,
    /// Its issuer, as a text names it.
    issuer: Option<String>,
    /// The province of the documents that cite it, unless its series reaches further.
    province: Option<String>,
    /// The folded syllables of its subject.
    subject: BTreeSet<String>,
    /// Its id, if the corpus contains it.
    pub(super) target: Option<String>,
}

impl Identity {
    /// Returns the symbol and the identity of `document` itself; `None` if its symbol is not printed in full.
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

    /// Returns the identity that the register gives `row`.
    pub(super) fn of_row(row: &RegisteredDocument) -> Self {
        Self {
            reach: Reach::of_key(&row.key),
            date: row.date,
            issuer: row.issuer.clone(),
            province: None,
            subject: BTreeSet::new(),
            target: None,
        }
    }

    /// Returns true if both may be the same document.
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

    /// Adds the details of `other`, an identity that agrees: the more exact date, the longer issuer, and what is
    /// missing.
    pub(super) fn merge(&mut self, other: Self) {
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

    /// Returns true if its subject is the `subject` of a citation: they share half of the syllables of the shorter one,
    /// which has three or more. "về", "của" and the like do not count.
    pub(super) fn is_about(&self, subject: Option<&str>) -> bool {
        let asked = subject.map(syllables).unwrap_or_default();
        let common = self.subject.intersection(&asked).count();
        let fewer = self.subject.len().min(asked.len());
        fewer >= 3 && common * 2 >= fewer
    }

    /// Returns true if its series is one of many of the same letters.
    pub(super) fn is_local(&self) -> bool {
        self.reach != Reach::Nation
    }

    /// Returns a description for people: `21-NQ/TW ngày 2022-06-16`, with the issuer if the series is local.
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

/// The details that one citation gives of the cited document.
pub(super) struct Evidence<'c> {
    /// The reach of the series of its symbol.
    reach: Reach,
    /// The date given with it.
    date: Option<PartialDate>,
    /// The issuer given with it.
    issuer: Option<String>,
    /// The province of the citing document.
    province: Option<String>,
    /// The subject, as written.
    pub(super) subject: Option<&'c str>,
    /// The congress in whose term it was issued, if the citation prints the term of a document of the Party.
    congress: Option<u8>,
    /// True if it is a name that the document has defined: the definition gave the details.
    alias: bool,
}

impl<'c> Evidence<'c> {
    /// Collects the details that `citation` in `document` gives.
    pub(super) fn of(document: &Document, citation: &'c Citation) -> Self {
        Self {
            reach: Reach::of_key(citation.key()),
            date: citation.date.or(citation.defined_date),
            issuer: citation.issuer.clone(),
            province: document.metadata.province.clone(),
            subject: citation.subject.as_deref(),
            congress: citation.congress.filter(|_| citation.key().ends_with("TW")),
            alias: citation.form == CitationForm::Alias,
        }
    }

    /// Returns the evidence that tells the series of numbers alone.
    pub(super) fn without_date(self) -> Self {
        Self { date: None, ..self }
    }

    /// Returns the identity that the evidence describes; `None` if it has neither a date nor, in the series of one
    /// body, an issuer.
    pub(super) fn identity(self, citation: &Citation) -> Option<Identity> {
        let described = self.date.is_some() || self.reach == Reach::Body && self.issuer.is_some();
        (described && !citation.key().is_empty()).then(|| self.account())
    }

    /// Returns what the evidence says, however little.
    pub(super) fn account(self) -> Identity {
        let local = self.reach != Reach::Nation;
        Identity {
            reach: self.reach,
            date: self.date,
            issuer: self.issuer.filter(|_| local),
            province: self.province.filter(|_| local),
            subject: self.subject.map(syllables).unwrap_or_default(),
            target: None,
        }
    }

    /// Returns true if the citation may mean `identity`.
    pub(super) fn allows(&self, identity: &Identity) -> bool {
        let dates = self
            .date
            .is_none_or(|date| identity.date.is_none_or(|other| date.agrees(other)));
        // A partial date may be before the congress of its year.
        let in_term = |date: PartialDate| {
            let congress = congress_on(date).map(|congress| congress.number);
            date.day().is_none() || self.congress.is_none_or(|named| congress == Some(named))
        };
        let dates = dates && identity.date.is_none_or(in_term);
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

/// Returns true if two accounts, each a province and an issuer, may be of one series of numbers.
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

/// Returns true if two names may be of one body; one may leave out a part, as "Đảng ủy các cơ quan Đảng thành phố" its
/// place. The order counts: "xã Yên Phú" and "xã Phú Yên" are two places.
pub(crate) fn same_body(one: &str, two: &str) -> bool {
    let (one, two) = (fold(one), fold(two));
    let words = |name: &'_ str| -> Vec<String> {
        let words = name.split(|c: char| !c.is_alphanumeric());
        words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
    };
    let (one, two) = (words(&one), words(&two));
    let within = |short: &[String], long: &[String]| {
        let mut long = long.iter();
        short.iter().all(|word| long.any(|other| other == word))
    };
    within(&one, &two) || within(&two, &one)
}

/// Returns the distinct folded syllables of `text` that carry meaning, 40 at most.
fn syllables(text: &str) -> BTreeSet<String> {
    const EMPTY: &[&str] = &[
        "ve", "cua", "va", "cac", "nhung", "mot", "so", "viec", "trong", "cho", "o",
    ];
    let folded = fold(text);
    let words = folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty() && !EMPTY.contains(word));
    // 40 syllables are enough to tell any two subjects apart; more only cost memory.
    words.take(40).map(str::to_owned).collect()
}

/// Returns the last date that a document cited by `document` may have.
///
/// That is its own date, or else the end of its first term, but never before a date that one of its `citations` gives.
/// Returns `None` if it has neither date nor term.
pub(super) fn limit_of(document: &Document, citations: &[Citation]) -> Option<PartialDate> {
    let own = document.metadata.date;
    let term = || {
        let years = document.metadata.terms.first()?.split('-').nth(1)?.parse().ok()?;
        PartialDate::new(years, None, None)
    };
    let end = own.or_else(term)?;
    let cited = citations.iter().filter_map(|citation| citation.date).max();
    Some(end.last_day()).max(cited)
}
