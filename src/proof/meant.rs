//! The document of the register that a citation means, though one of its details may be wrong.
//!
//! The resolver refuses a citation whose date no row has. A proof asks which row was meant: within one series and
//! term a number is given once, so "33-NQ/TW ngày 22/10/2018" must be the resolution of that term, whose date is
//! another. Where the register has no row of the term, the title or a date that differs in one part alone decides.

use super::draft::{Cited, Draft, symbol_of};
use super::title::Titles;
use crate::document::PartialDate;
use crate::register::{RegisteredDocument, congress_on, kinds_agree};
use crate::symbol::{Kind, Symbol};

/// The document that a citation means.
#[derive(Clone, Copy)]
pub(super) struct Meant<'r> {
    /// Its row.
    pub(super) row: &'r RegisteredDocument,
    /// True if the date of the citation is that of the row, or it has none.
    pub(super) date_agrees: bool,
}

/// Returns the document of the register that `cited` means; `None` if that is not certain. `rows` are those of its
/// symbol.
pub(super) fn meant<'r>(
    draft: &Draft<'_>,
    cited: &Cited<'_>,
    rows: &[&'r RegisteredDocument],
    titles: &Titles<'_>,
) -> Option<Meant<'r>> {
    let citation = cited.citation;
    let Some(date) = citation.date else {
        let row = undated(draft, cited, rows, titles)?;
        return Some(Meant { row, date_agrees: true });
    };
    let agreeing: Vec<&RegisteredDocument> = rows
        .iter()
        .copied()
        .filter(|row| row.date.is_some_and(|known| known.agrees(date)))
        .collect();
    if !agreeing.is_empty() {
        let of_kind = agreeing.iter().find(|row| kinds_agree(citation.kind, row.kind));
        let row = of_kind.or_else(|| agreeing.first())?;
        return Some(Meant { row, date_agrees: true });
    }
    // A date that a list shares is that of its last item alone.
    cited.date_span()?;
    let row = misdated(cited, date, rows, titles)?;
    Some(Meant {
        row,
        date_agrees: false,
    })
}

/// Returns the row that a citation without a date means: the one that the text tells by its term or title.
fn undated<'r>(
    draft: &Draft<'_>,
    cited: &Cited<'_>,
    rows: &[&'r RegisteredDocument],
    titles: &Titles<'_>,
) -> Option<&'r RegisteredDocument> {
    let citation = cited.citation;
    if let Some(identity) = &citation.identity
        && let Some(row) = rows.iter().find(|row| row.identity() == *identity)
    {
        return Some(row);
    }
    let possible = rows.iter().copied().filter(|row| row.certain && draft.may_cite(row));
    let subject = citation.subject.as_deref()?;
    let mut titled = possible.filter(|row| titles.fit(subject, row).is_some_and(|fit| fit.is_same()));
    titled.next().filter(|_| titled.next().is_none())
}

/// Returns the row that a citation with the date `date` means, though no row has that date.
fn misdated<'r>(
    cited: &Cited<'_>,
    date: PartialDate,
    rows: &[&'r RegisteredDocument],
    titles: &Titles<'_>,
) -> Option<&'r RegisteredDocument> {
    let citation = cited.citation;
    let symbol = symbol_of(citation)?;
    let is_dated = |row: &&RegisteredDocument| row.certain && row.date.is_some_and(|date| date.day().is_some());
    let certain = || rows.iter().copied().filter(is_dated);
    // 08-QĐ/TW and 08-QĐi/TW are numbered apart.
    let exact = |row: &&RegisteredDocument| {
        row.key
            .parse::<Symbol>()
            .is_ok_and(|known| known.letters() == symbol.letters())
    };
    let kind = |row: &&RegisteredDocument| citation.kind == Kind::Other || kinds_agree(citation.kind, row.kind);
    let in_series = certain().filter(exact).find(|row| is_of_series(&symbol, row, date));
    // A law and a resolution of the Assembly may have one number.
    let in_series = in_series.filter(|row| !symbol.kind.is_empty() || kind(row));
    // A row of uncertain date in the same term leaves open which date is right.
    let doubtful = rows
        .iter()
        .any(|row| !row.certain && exact(row) && is_of_series(&symbol, row, date));
    if let Some(row) = in_series.filter(|_| !doubtful) {
        return Some(row);
    }
    let near = || certain().filter(|row| row.date.is_some_and(|known| is_slip(date, known)));
    let titled = citation.subject.as_deref().and_then(|subject| {
        let fits = |row: &&RegisteredDocument| titles.fit(subject, row).is_some_and(|fit| fit.is_same());
        near().find(fits)
    });
    titled.or_else(|| {
        let mut years = near().filter(|row| row.date.is_some_and(|known| is_other_year(date, known)));
        let speaks_of_another = |row: &RegisteredDocument| {
            let subject = citation.subject.as_deref();
            subject
                .and_then(|subject| titles.fit(subject, row))
                .is_some_and(|fit| fit.is_different())
        };
        years
            .next()
            .filter(|row| years.next().is_none() && !speaks_of_another(row))
    })
}

/// Returns true if no other document of this symbol can be of the time of `date`: numbers run on through a term in the
/// Party, and through a year in the state, unless they carry the year.
fn is_of_series(symbol: &Symbol, row: &RegisteredDocument, date: PartialDate) -> bool {
    if symbol.year.is_some() {
        return true;
    }
    if symbol.body.ends_with("TW") {
        // A partial date may be before the congress of its year.
        let term = congress_on(date).map(|congress| congress.ordinal.as_str());
        return date.day().is_some() && term.is_some() && row.term.as_deref() == term;
    }
    let annual = ["CP", "TTg", "CTN"].contains(&symbol.body.as_str());
    annual && row.date.is_some_and(|known| known.year() == date.year())
}

/// Returns true if `printed` is `meant` with one part wrong, or with day and month exchanged.
pub(super) fn is_slip(printed: PartialDate, meant: PartialDate) -> bool {
    let parts = |date: PartialDate| Some((date.day()?, date.month()?, date.year()));
    let (Some(one), Some(two)) = (parts(printed), parts(meant)) else {
        return false;
    };
    let same = [one.0 == two.0, one.1 == two.1, one.2 == two.2];
    let equal = same.iter().filter(|same| **same).count();
    equal == 2 || one.2 == two.2 && (one.0, one.1) == (two.1, two.0)
}

/// Returns true if the dates differ in one digit of the year alone.
fn is_other_year(printed: PartialDate, meant: PartialDate) -> bool {
    let same_day = (printed.day(), printed.month()) == (meant.day(), meant.month());
    let (one, two) = (printed.year().to_string(), meant.year().to_string());
    let digits = one.bytes().zip(two.bytes()).filter(|(one, two)| one != two).count();
    same_day && digits == 1
}
