//! The register: central documents of Party and state that everybody cites, with their dates, issuers and subjects.
//!
//! `register.tsv` and `congresses.tsv` ship in the program. They hold facts alone: symbols, dates, issuers, official
//! titles, and which document replaces which. A symbol and the term of office in which it was issued tell one
//! document of the Party, because symbols restart with every congress; state documents are told by symbol and kind. An
//! office can add rows of its own, which win over those of the program ([`Register::with_rows`]).
//!
//! Sources: each row counts the public texts that print exactly its date beside its symbol ([`RegisteredDocument::sources`]),
//! and was checked by the order of numbers within its series and term. A row with none of them is general knowledge. The
//! state of knowledge is September 2026.

mod congress;
mod entry;
mod row;
mod table;

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, LazyLock};

pub use congress::{Congress, Plenum, congress_on, congresses, plenums};
pub use entry::{RegisterEntry, latest_first};
pub use row::{Basis, RegisteredDocument};
pub use table::TableError;

use crate::document::PartialDate;
use crate::symbol::{Kind, canonical_symbol};
use crate::text::{fold, syllables};

/// The table that ships in the program; [`RegisteredDocument`] describes its columns.
const SHIPPED: &str = include_str!("register.tsv");

/// Returns the digest, in hexadecimal, of the register with an office's own `table`: with another digest, citations may
/// mean other documents.
#[must_use]
pub fn digest(table: &str) -> String {
    let mut hasher = blake3::Hasher::new();
    hasher.update(SHIPPED.as_bytes());
    hasher.update(table.as_bytes());
    hasher.finalize().to_hex().to_string()
}

/// Registered documents, found by symbol and by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Register {
    /// The documents, those of the office first.
    rows: Vec<RegisteredDocument>,
    /// Indices of the documents by [`key_of`] their symbol.
    by_symbol: HashMap<String, Vec<usize>>,
    /// Indices of the documents by each of their names, in [`name_key`] form.
    by_name: HashMap<String, Vec<usize>>,
}

impl Register {
    /// Returns the register that ships in the program.
    #[must_use]
    pub fn shipped() -> Arc<Self> {
        static REGISTER: LazyLock<Arc<Register>> = LazyLock::new(|| {
            let rows = table::read(SHIPPED, false).expect("the shipped table is well formed");
            Arc::new(Register::of(rows))
        });
        Arc::clone(&REGISTER)
    }

    /// Returns the shipped register with the rows of an office's own `table` before its rows. A row of the office
    /// replaces the shipped one with its key and term.
    ///
    /// The table is tab-separated UTF-8 with a header line that names the columns. `key` must be among them; further
    /// known columns are those of the shipped table, all others are an error. An empty table has no rows.
    ///
    /// ```
    /// use vankien::register::Register;
    /// let own = "key\tdate\tissuer\tsubject\n15-NQ/TU\t2022-03-01\tTỉnh ủy\tvề chuyển đổi số\n";
    /// let register = Register::with_rows(own)?;
    /// assert_eq!(register.of_symbol("15-nq/tu").count(), 1);
    /// assert_eq!(register.of_symbol("21-NQ/TW").count(), 5);
    /// # Ok::<(), vankien::register::TableError>(())
    /// ```
    ///
    /// # Errors
    /// [`TableError`] names the first line that cannot be read.
    pub fn with_rows(table: &str) -> Result<Self, TableError> {
        Self::shipped().joined_with(table)
    }

    /// Returns this register with the rows of an office's own `table` before its rows, as [`Self::with_rows`] does for
    /// the shipped one.
    ///
    /// # Errors
    /// [`TableError`] names the first line that cannot be read.
    pub fn joined_with(&self, table: &str) -> Result<Self, TableError> {
        let mut rows = table::read(table, true)?;
        let own: HashSet<_> = rows.iter().map(|row| row.unique_key()).collect();
        let others = self.rows.iter().filter(|row| !own.contains(&row.unique_key()));
        let others: Vec<RegisteredDocument> = others.cloned().collect();
        drop(own);
        rows.extend(others);
        Ok(Self::of(rows))
    }

    /// Returns the register of these documents.
    fn of(rows: Vec<RegisteredDocument>) -> Self {
        let mut register = Self {
            rows,
            ..Self::default()
        };
        for (index, row) in register.rows.iter().enumerate() {
            if let Some(key) = key_of(&row.key) {
                register.by_symbol.entry(key).or_default().push(index);
            }
            let mut names: Vec<String> = row.all_names().map(name_key).collect();
            names.sort();
            names.dedup();
            for name in names {
                register.by_name.entry(name).or_default().push(index);
            }
        }
        register
    }

    /// Returns all documents: those of the office first, then by term and date as the table has them.
    #[must_use]
    pub fn rows(&self) -> &[RegisteredDocument] {
        &self.rows
    }

    /// Returns the documents with this symbol, in any writing; `QĐi` counts as `QĐ`, as many texts print it.
    pub fn of_symbol(&self, symbol: &str) -> impl Iterator<Item = &RegisteredDocument> + use<'_> {
        let key = key_of(symbol).unwrap_or_default();
        self.found(self.by_symbol.get(&key))
    }

    /// Returns the documents with this name. Names repeat: "Nghị quyết Trung ương 6 khóa XII" is four resolutions.
    pub fn of_name(&self, name: &str) -> impl Iterator<Item = &RegisteredDocument> + use<'_> {
        self.found(self.by_name.get(&name_key(name)))
    }

    /// Returns the documents at these indices.
    fn found<'r>(&'r self, indices: Option<&'r Vec<usize>>) -> impl Iterator<Item = &'r RegisteredDocument> {
        indices.into_iter().flatten().filter_map(|&index| self.rows.get(index))
    }

    /// Returns the document that `identity` names: a symbol or name, with `ngày` and its date after it
    /// (`21-NQ/TW ngày 2022-06-16`).
    #[must_use]
    pub fn identified(&self, identity: &str) -> Option<&RegisteredDocument> {
        let (key, date) = identity.rsplit_once(" ngày ")?;
        let date: PartialDate = date.parse().ok()?;
        let key = key.split_once(" của ").map_or(key, |(key, _)| key);
        let mut rows = self
            .of_symbol(key)
            .chain(self.of_name(key))
            .filter(|row| row.date.is_some_and(|known| known.agrees(date)));
        let first = rows.next()?;
        rows.all(|other| std::ptr::eq(first, other)).then_some(first)
    }

    /// Returns the document that a reference of the table (`23/2008/QH12`, `08-QĐi/TW@XII`) names.
    #[must_use]
    pub fn referred(&self, reference: &str) -> Option<&RegisteredDocument> {
        let (key, term) = reference
            .split_once('@')
            .map_or((reference, None), |(key, term)| (key, Some(term)));
        let fits =
            |row: &&RegisteredDocument| row.key == key && term.is_none_or(|term| row.term.as_deref() == Some(term));
        self.rows.iter().find(fits)
    }

    /// Returns the documents that `query` asks for, in the order of the table: those of a symbol (`21-NQ/TW`, `nq 21`),
    /// or else those whose key, names, issuer, subject and term have all its syllables. All of them for an empty query.
    #[must_use]
    pub fn search(&self, query: &str) -> Vec<&RegisteredDocument> {
        let by_symbol: Vec<&RegisteredDocument> = self.of_symbol(query).collect();
        if !by_symbol.is_empty() {
            return by_symbol;
        }
        let asked = syllables(query);
        let has_all = |row: &&RegisteredDocument| {
            let said = syllables(&row.searchable());
            asked.iter().all(|syllable| said.contains(syllable))
        };
        self.rows.iter().filter(has_all).collect()
    }
}

/// Returns the form in which symbols of the register are compared; `None` if `symbol` is none.
///
/// Regulations are printed with `QĐ`, `QĐi` or `QyĐ`, often the same one with two of them.
fn key_of(symbol: &str) -> Option<String> {
    let canonical = canonical_symbol(symbol)?;
    let groups: Vec<&str> = canonical
        .split('-')
        .map(|group| if matches!(group, "qdi" | "qyd") { "qd" } else { group })
        .collect();
    Some(groups.join("-"))
}

/// Returns the form in which names are compared: folded, without words that people leave out.
fn name_key(name: &str) -> String {
    /// Words that a name has or has not, folded.
    const OPTIONAL: &[&str] = &["so", "nam", "cua", "dang", "khoa", "nuoc"];
    let folded = fold(name);
    let words = folded.split(|char: char| !char.is_alphanumeric());
    let told: Vec<&str> = words
        .filter(|word| !word.is_empty() && !OPTIONAL.contains(word))
        .collect();
    told.join(" ")
}

/// Returns true if `row` may be of this issuer, of which one may name a part: `Bộ Chính trị khóa XIII`.
fn of_issuer(row: &RegisteredDocument, issuer: Option<&str>) -> bool {
    let issuers = issuer.zip(row.issuer.as_deref());
    issuers.is_none_or(|(one, other)| issuers_agree(one, other))
}

/// Returns true if one issuer is part of the other: "Ban Chấp hành Trung ương" and "Ban Chấp hành Trung ương Đảng khóa
/// XIII" agree.
pub(crate) fn issuers_agree(one: &str, other: &str) -> bool {
    let (one, other) = (fold(one), fold(other));
    one.contains(&other) || other.contains(&one)
}

/// Returns true if a citation of `kind` may mean a document that the register calls `registered`: decisions and
/// regulations share their letters, and the register does not tell all of them apart for certain.
#[must_use]
pub fn kinds_agree(kind: Kind, registered: Kind) -> bool {
    let open = |kind: Kind| matches!(kind, Kind::QuyDinh | Kind::QuyetDinh | Kind::Other);
    kind == registered || open(kind) && open(registered)
}

#[cfg(test)]
mod tests;
