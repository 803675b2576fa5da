//! Congresses and plenums of the Party: which there are, and the one name of each document that they adopt.
//!
//! A congress is cited by ordinal ("lần thứ XIII"), by term ("nhiệm kỳ 2020 - 2025") or by both. The Party's is named by
//! its ordinal, that of a committee by its term where the text gives one. Sources: the dates of the congresses and of
//! the plenums since 1996, as the Party's own chronicle gives them.

use super::numerals::to_roman;
use crate::document::PartialDate;

/// The Party's congresses in order, the first first, by the year in which each elected a Central Committee.
const CONGRESS_YEARS: &[u16] = &[
    1935, 1951, 1960, 1976, 1982, 1986, 1991, 1996, 2001, 2006, 2011, 2016, 2021, 2026,
];

/// The first congress of [`PLENUMS`].
const FIRST_OF_PLENUMS: u8 = 8;

/// The year and month of each plenum since the eighth congress: a row per congress, from its second plenum on. The first
/// plenum of a term only elects; zero stands for one that is not known.
const PLENUMS: &[&[(u16, u8)]] = &[
    &[
        (1996, 12),
        (1997, 6),
        (1997, 12),
        (1998, 7),
        (1998, 10),
        (1999, 8),
        (1999, 11),
    ],
    &[
        (0, 0),
        (0, 0),
        (0, 0),
        (2002, 3),
        (0, 0),
        (2003, 1),
        (2003, 7),
        (2004, 1),
    ],
    &[
        (0, 0),
        (2006, 7),
        (2007, 1),
        (2007, 7),
        (2008, 1),
        (2008, 7),
        (0, 0),
        (2009, 1),
    ],
    &[
        (0, 0),
        (0, 0),
        (2011, 12),
        (2012, 5),
        (2012, 10),
        (2013, 5),
        (2013, 10),
        (2014, 5),
        (2015, 1),
        (2015, 5),
        (2015, 10),
        (2015, 12),
        (2016, 1),
    ],
    &[
        (2016, 3),
        (2016, 7),
        (2016, 10),
        (2017, 5),
        (2017, 10),
        (2018, 5),
        (2018, 10),
        (2018, 12),
        (2019, 5),
        (2019, 10),
        (2020, 5),
        (2020, 10),
        (2020, 12),
        (2021, 1),
    ],
    &[
        (2021, 3),
        (2021, 7),
        (2021, 10),
        (2022, 5),
        (2022, 10),
        (2023, 5),
        (2023, 10),
        (2024, 5),
        (2024, 9),
        (2025, 4),
        (2025, 7),
        (2025, 10),
        (2025, 11),
        (2025, 12),
    ],
];

/// Returns the number of congresses that the Party has held: a higher ordinal is that of a committee.
pub(super) fn party_congresses() -> u8 {
    u8::try_from(CONGRESS_YEARS.len()).unwrap_or(u8::MAX)
}

/// Returns the Party's congress that began the term `2021-2026`.
pub(super) fn congress_of_term(term: &str) -> Option<u8> {
    let years = CONGRESS_YEARS
        .windows(2)
        .position(|years| term == format!("{}-{}", years[0], years[1]));
    years.and_then(|index| u8::try_from(index + 1).ok())
}

/// Returns the congress whose Central Committee had last held its plenum `number` on `date`.
///
/// A plenum of the same year counts if the date is a whole year.
pub(super) fn congress_of_plenum(number: u8, date: PartialDate) -> Option<u8> {
    let column = usize::from(number.checked_sub(2)?);
    let limit = (date.year(), date.month().unwrap_or(12));
    let held = |row: &&[(u16, u8)]| row.get(column).is_some_and(|&held| held.0 > 0 && held <= limit);
    let row = PLENUMS.iter().rposition(held)?;
    u8::try_from(row).ok().map(|row| FIRST_OF_PLENUMS + row)
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
