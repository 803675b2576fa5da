//! Congresses and plenums of the Party: which there are, and the one name of each document that they adopt.
//!
//! A congress is cited by ordinal ("lần thứ XIII"), by term ("nhiệm kỳ 2020 - 2025") or by both. The Party's is named by
//! its ordinal, that of a committee by its term where the text gives one. The register has the dates of both.

use super::numerals::to_roman;
use crate::document::PartialDate;
use crate::register::{congresses, plenums};

/// Returns the number of congresses that the Party has held: a higher ordinal is that of a committee.
pub(super) fn party_congresses() -> u8 {
    congresses().last().map_or(0, |congress| congress.number)
}

/// Returns the Party's congress that began the term `2021-2026`.
pub(super) fn congress_of_term(term: &str) -> Option<u8> {
    let congress = congresses().iter().find(|congress| congress.years == term)?;
    Some(congress.number)
}

/// Returns the congress whose Central Committee had last held its plenum `number` on `date`.
///
/// A plenum of the same year counts if the date is a whole year.
pub(super) fn congress_of_plenum(number: u8, date: PartialDate) -> Option<u8> {
    let held = |end: PartialDate| (end.year(), end.month()) <= (date.year(), date.month().or(Some(12)));
    let plenum = plenums()
        .iter()
        .rfind(|plenum| plenum.number == number && held(plenum.end))?;
    Some(plenum.congress)
}

/// The one whose congress it is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum CongressOf {
    /// The whole Party.
    Party,
    /// A party body: `Đảng bộ tỉnh Tuyên Quang`, `Chi bộ 2`.
    Body(String),
    /// The text does not say.
    Untold,
}

/// A document of a congress, as far as a mention tells which.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Congress {
    /// The document: `Nghị quyết`, `Văn kiện`, `Báo cáo chính trị`.
    pub(super) document: &'static str,
    /// The one whose congress it is.
    pub(super) of: CongressOf,
    /// Its ordinal.
    pub(super) ordinal: Option<u8>,
    /// Its term: `2020-2025`.
    pub(super) term: Option<String>,
    /// True if the name of the body names a place, so that it needs neither ordinal nor term.
    pub(super) placed: bool,
}

impl Congress {
    /// Returns true if ordinal, term or place tell which congress it is: "Nghị quyết Đại hội Đảng các cấp" is no single
    /// document.
    pub(super) fn is_told(&self) -> bool {
        self.ordinal.is_some() || self.term.is_some() || self.placed
    }

    /// Decides whose congress it is, if the text does not say: an ordinal that the Party has reached is the Party's,
    /// unless a term beside it says otherwise; any other is that of the committee that writes.
    pub(super) fn settle(&mut self) {
        let of_term = self.term.as_deref().and_then(congress_of_term);
        if self.of == CongressOf::Untold {
            let reached = self.ordinal.is_some_and(|ordinal| ordinal <= party_congresses());
            let party = match (&self.term, of_term) {
                (Some(_), None) => false,
                (Some(_), Some(congress)) => self.ordinal.is_none_or(|ordinal| ordinal == congress),
                (None, _) => reached,
            };
            self.of = if party {
                CongressOf::Party
            } else {
                CongressOf::Body("Đảng bộ".to_owned())
            };
        }
        if self.of == CongressOf::Party {
            self.ordinal = self.ordinal.or(of_term);
        }
    }

    /// Returns the one name of the document.
    pub(super) fn name(&self) -> String {
        let Self {
            document,
            of,
            ordinal,
            term,
            ..
        } = self;
        let ordinal = ordinal.map(to_roman);
        match (of, term, ordinal) {
            (CongressOf::Party | CongressOf::Untold, _, Some(ordinal)) => {
                format!("{document} Đại hội {ordinal} của Đảng")
            }
            (CongressOf::Party | CongressOf::Untold, ..) => format!("{document} Đại hội của Đảng"),
            (CongressOf::Body(body), Some(term), _) => format!("{document} Đại hội {body} nhiệm kỳ {term}"),
            (CongressOf::Body(body), None, Some(ordinal)) => format!("{document} Đại hội {body} lần thứ {ordinal}"),
            (CongressOf::Body(body), None, None) => format!("{document} Đại hội {body}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_and_plenums_tell_their_congress() {
        assert_eq!(congress_of_term("2021-2026"), Some(13));
        assert_eq!(congress_of_term("2020-2025"), None);
        let date = |year, month| PartialDate::new(year, month, None).unwrap();
        for (plenum, year, month, congress) in [
            (4, 2022, Some(1), Some(13)),
            (4, 2021, Some(9), Some(12)),
            (3, 2013, None, Some(10)),
            (6, 1999, Some(2), Some(8)),
            (4, 1990, None, None),
            (1, 2022, None, None),
            (30, 2022, None, None),
        ] {
            assert_eq!(
                congress_of_plenum(plenum, date(year, month)),
                congress,
                "{plenum} {year}"
            );
        }
    }

    #[test]
    fn a_congress_that_nobody_is_named_with_is_settled_by_its_number() {
        let name = |ordinal, term: Option<&str>| {
            let mut congress = Congress {
                document: "Nghị quyết",
                of: CongressOf::Untold,
                ordinal,
                term: term.map(str::to_owned),
                placed: false,
            };
            congress.settle();
            congress.name()
        };
        assert_eq!(name(Some(13), None), "Nghị quyết Đại hội XIII của Đảng");
        assert_eq!(name(None, Some("2021-2026")), "Nghị quyết Đại hội XIII của Đảng");
        assert_eq!(
            name(Some(13), Some("2020-2025")),
            "Nghị quyết Đại hội Đảng bộ nhiệm kỳ 2020-2025"
        );
        assert_eq!(name(Some(17), None), "Nghị quyết Đại hội Đảng bộ lần thứ XVII");
    }
}
