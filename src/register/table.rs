//! Reads a table of registered documents: tab-separated values with a header line.

use super::congress::congress_on;
use super::row::{Basis, RegisteredDocument};
use crate::document::PartialDate;
use crate::symbol::{Kind, Symbol, TYPE_WORDS};
use crate::text::{Named as _, fold};

/// The columns of a table, in the order in which a row is read.
const COLUMNS: &[&str] = &[
    "key",
    "term",
    "kind",
    "date",
    "issuer",
    "subject",
    "names",
    "replaces",
    "replaced_by",
    "sources",
    "certain",
    "sources_year",
    "amended_by",
    "effective",
    "follows",
    "followed_by",
    "rel_basis",
    "note",
];

/// Error of reading a table: the line, from 1, and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {message}")]
pub struct TableError {
    /// The line, from 1.
    pub line: usize,
    /// The mistake on it.
    pub message: String,
}

/// Reads a table; `own` is true for that of an office, whose rows rest on its own word.
pub(super) fn read(table: &str, own: bool) -> Result<Vec<RegisteredDocument>, TableError> {
    let error = |line: usize, message: String| TableError {
        line: line + 1,
        message,
    };
    let table = table.strip_prefix('\u{feff}').unwrap_or(table);
    let mut lines = table.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let Some((at, header)) = lines.next() else {
        return Ok(Vec::new());
    };
    let mut columns = Vec::new();
    for name in header.split('\t').map(str::trim) {
        let column = COLUMNS.iter().position(|known| *known == name);
        let known = || format!("no column is called '{name}'; there are {}", COLUMNS.join(", "));
        columns.push(column.ok_or_else(|| error(at, known()))?);
    }
    if !columns.contains(&0) {
        return Err(error(at, "the column 'key' is missing".to_owned()));
    }
    lines
        .map(|(at, line)| {
            let mut cells = [""; 18];
            let values: Vec<&str> = line.split('\t').map(str::trim).collect();
            if values.len() > columns.len() {
                let message = format!("{} values, but {} columns", values.len(), columns.len());
                return Err(error(at, message));
            }
            for (&column, value) in columns.iter().zip(values) {
                cells[column] = value;
            }
            row(&cells, own).map_err(|message| error(at, message))
        })
        .collect()
}

/// Reads one row; its cells are in the order of [`COLUMNS`].
fn row(cells: &[&str; 18], own: bool) -> Result<RegisteredDocument, String> {
    let [
        key,
        term,
        kind,
        date,
        issuer,
        subject,
        names,
        replaces,
        replaced_by,
        sources,
        certain,
        _,
        amended_by,
        effective,
        follows,
        followed_by,
        replacement_basis,
        note,
    ] = *cells;
    if key.is_empty() {
        return Err("the key is empty".to_owned());
    }
    let symbol = key.parse::<Symbol>().ok();
    let date = day(date)?;
    let term = match term {
        "" => date.and_then(congress_on).map(|congress| congress.ordinal.clone()),
        term => Some(term.to_owned()),
    };
    let (kind, type_word) = kind_of(kind, symbol.as_ref())?;
    let sources: u32 = match sources {
        "" => 0,
        number => number
            .parse()
            .map_err(|_| format!("'{number}' is no number of sources"))?,
    };
    let certain = match certain {
        "yes" => true,
        "no" => false,
        "" => own && date.is_some(),
        other => return Err(format!("certain is '{other}'; it is yes or no")),
    };
    let text = |cell: &str| (!cell.is_empty()).then(|| cell.to_owned());
    Ok(RegisteredDocument {
        key: symbol.map_or_else(|| key.to_owned(), |symbol| symbol.to_string()),
        term,
        kind,
        type_word,
        date,
        issuer: text(issuer),
        subject: text(subject),
        names: list(names),
        replaces: list(replaces),
        replaced_by: list(replaced_by),
        replacement_basis: match replacement_basis {
            "" if own && !(replaces.is_empty() && replaced_by.is_empty()) => Some(Basis::Office),
            name => Basis::from_name(name),
        },
        follows: list(follows),
        followed_by: list(followed_by),
        amended_by: list(amended_by),
        effective: day(effective)?,
        sources,
        basis: match sources {
            _ if own => Basis::Office,
            0 => Basis::Known,
            _ => Basis::Text,
        },
        certain,
        note: text(note),
    })
}

/// Returns the parts of a cell that `|` separates.
fn list(cell: &str) -> Vec<String> {
    let parts = cell.split('|').map(str::trim).filter(|part| !part.is_empty());
    parts.map(str::to_owned).collect()
}

/// Reads an ISO date; the empty cell is none.
fn day(cell: &str) -> Result<Option<PartialDate>, String> {
    if cell.is_empty() {
        return Ok(None);
    }
    let date = cell
        .parse()
        .map_err(|_| format!("'{cell}' is no date; write 2025-02-28"))?;
    Ok(Some(date))
}

/// Returns the kind that a cell names (`nghi-quyet`, or `Nghị quyết`) with its type word; without a name, the kind that
/// the letters of the symbol tell.
fn kind_of(name: &str, symbol: Option<&Symbol>) -> Result<(Kind, String), String> {
    let row = if name.is_empty() {
        let code = symbol.map_or("", |symbol| symbol.kind.as_str());
        TYPE_WORDS
            .iter()
            .find(|row| !code.is_empty() && row.codes.contains(&code))
    } else {
        let folded = fold(name).replace('-', " ");
        let row = TYPE_WORDS.iter().find(|row| row.syllables.join(" ") == folded);
        Some(row.ok_or_else(|| format!("'{name}' is no kind of document"))?)
    };
    Ok(row.map_or((Kind::Other, String::new()), |row| (row.kind, row.capitalized())))
}
