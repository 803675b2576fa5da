//! The congresses of the Party and the plenums of its Central Committee.

use std::sync::LazyLock;

use crate::document::PartialDate;

/// The table of congresses and plenums; its columns are described where they are read.
const TABLE: &str = include_str!("congresses.tsv");

/// A congress of the Party.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Congress {
    /// Its ordinal in Roman numerals.
    pub ordinal: String,
    /// Its ordinal.
    pub number: u8,
    /// Its first day.
    pub start: PartialDate,
    /// Its last day.
    pub end: PartialDate,
    /// The years of its term of office: `2021-2026`.
    pub years: String,
}

/// A plenum of the Central Committee.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plenum {
    /// Its number.
    pub number: u8,
    /// The number of the congress that elected the Central Committee.
    pub congress: u8,
    /// Its last day.
    pub end: PartialDate,
    /// The keys of the documents that it adopted, in the register.
    pub documents: Vec<String>,
}

/// Both parts of the table.
struct Tables {
    /// The congresses, the first first.
    congresses: Vec<Congress>,
    /// The plenums with a known day, in order.
    plenums: Vec<Plenum>,
}

/// Reads the table: type, ordinal, number, term, start, end, years, place, documents, certain.
static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    let mut tables = Tables {
        congresses: Vec::new(),
        plenums: Vec::new(),
    };
    for line in TABLE.lines().skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [kind, ordinal, number, term, start, end, years, _, documents, ..] = cells[..] else {
            continue;
        };
        let (Ok(number), Ok(start), Ok(end)) = (number.parse(), start.parse(), end.parse()) else {
            continue;
        };
        if kind == "dai-hoi" {
            tables.congresses.push(Congress {
                ordinal: ordinal.to_owned(),
                number,
                start,
                end,
                years: years.to_owned(),
            });
        } else if let Some(congress) = tables.congresses.iter().find(|congress| congress.ordinal == term) {
            tables.plenums.push(Plenum {
                number,
                congress: congress.number,
                end,
                documents: documents
                    .split('|')
                    .filter(|key| !key.is_empty())
                    .map(str::to_owned)
                    .collect(),
            });
        }
    }
    tables
});

/// Returns the congresses, the first first.
#[must_use]
pub fn congresses() -> &'static [Congress] {
    &TABLES.congresses
}

/// Returns the plenums whose days are known, in order; from the eighth congress on, without the first of each term, which
/// only elects.
#[must_use]
pub fn plenums() -> &'static [Plenum] {
    &TABLES.plenums
}

/// Returns the congress in whose term `date` falls: the last one that had opened by then.
#[must_use]
pub fn congress_on(date: PartialDate) -> Option<&'static Congress> {
    congresses().iter().rfind(|congress| congress.start <= date)
}
