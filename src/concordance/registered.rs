//! Questions to the register of central documents: by symbol or citation in any usual writing, by name, by words of the
//! title.

use super::cited_query::{Asked, CitedQuery};
use crate::query::AskedSymbol;
use crate::register::{Register, RegisteredDocument, congresses, kinds_agree, latest_first};
use crate::search;
use crate::symbol::{Kind, canonical_symbol, symbol_number};
use crate::text::named;

/// The registered documents that somebody asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RegisterQuery {
    /// The text typed; empty for all documents.
    pub typed: String,
    /// The kinds, one of which a document must have; empty for all.
    pub kinds: Vec<Kind>,
    /// The congresses in Roman numerals, in the term of one of which a document must be issued; empty for all.
    pub terms: Vec<String>,
}

named! {
    /// The order of registered documents.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub enum RegisterOrder {
        /// Those with exactly the name asked for first, then by date, latest first.
        #[default]
        Relevance = "relevance",
        /// By symbol or name.
        Cited = "cited",
        /// By date, latest first; documents without a date last.
        Date = "date",
        /// By date, oldest first; documents without a date last.
        Oldest = "oldest",
    }
}

impl RegisterOrder {
    /// Help on the choice as a whole, for every way to ask.
    pub const HELP: &str = "Order of the documents.";

    /// Puts the documents that [`registered()`] returns in this order.
    pub fn sort(self, documents: &mut [&RegisteredDocument]) {
        match self {
            Self::Relevance => {}
            Self::Cited => documents.sort_by(|one, other| one.key.cmp(&other.key)),
            Self::Date => latest_first(documents),
            Self::Oldest => documents.sort_by(|one, other| search::oldest_first(one.date, other.date)),
        }
    }
}

/// Returns the congresses whose terms can be asked for, in Roman numerals, the first first.
#[must_use]
pub fn register_terms() -> Vec<&'static str> {
    congresses().iter().map(|congress| congress.ordinal.as_str()).collect()
}

/// Returns the documents of `register` that `query` asks for: those with exactly the name typed, then the others; the
/// latest first.
///
/// A symbol, or a citation as documents write it with a date, finds the documents with that symbol and date; kind and
/// number (`nq 21`), those of that kind and number. Any other text finds the documents whose names, titles, issuers or
/// terms have all its syllables. `KEY@TERM`, as the register refers to documents, finds one.
///
/// ```
/// use vankien::{concordance::{RegisterQuery, registered}, register::Register};
/// let register = Register::shipped();
/// let found = |typed: &str| {
///     let query = RegisterQuery { typed: typed.to_owned(), ..RegisterQuery::default() };
///     registered(&register, &query).len()
/// };
/// assert_eq!(found("21-NQ/TW"), 5);
/// assert_eq!(found("21-NQ/TW@XIII"), 1);
/// assert_eq!(found("Nghị quyết số 21-NQ/TW ngày 16/6/2022 của Ban Chấp hành Trung ương"), 1);
/// assert_eq!(found("luat dat dai nam 2024"), 1);
/// ```
#[must_use]
pub fn registered<'r>(register: &'r Register, query: &RegisterQuery) -> Vec<&'r RegisteredDocument> {
    let mut found = asked_for(register, query.typed.trim());
    found.retain(|row| {
        let of_term = |term: &String| row.term.as_ref().is_some_and(|known| known.eq_ignore_ascii_case(term));
        (query.kinds.is_empty() || query.kinds.contains(&row.kind))
            && (query.terms.is_empty() || query.terms.iter().any(of_term))
    });
    latest_first(&mut found);
    let named: Vec<&RegisteredDocument> = register.of_name(&query.typed).collect();
    found.sort_by_key(|row| !named.iter().any(|other| std::ptr::eq(*row, *other)));
    found
}

/// Returns the symbols of `register` that look like `typed`, nearest first, if it has no document of that symbol.
#[must_use]
pub fn near_registered(register: &Register, typed: &str) -> Vec<String> {
    let symbols = register.rows().iter().filter_map(RegisteredDocument::symbol);
    let is_known = register.of_symbol(typed).next().is_some();
    if is_known {
        return Vec::new();
    }
    search::nearest_of(typed, symbols.map(str::to_owned))
}

/// Returns the documents that a text asks for.
fn asked_for<'r>(register: &'r Register, typed: &str) -> Vec<&'r RegisteredDocument> {
    if let Some(row) = register.referred(typed).filter(|_| typed.contains('@')) {
        return vec![row];
    }
    let query = CitedQuery::parse(typed);
    let mut found = match &query.asked {
        Asked::Symbol(asked) => of_symbol(register, asked),
        Asked::Name(_) => Vec::new(),
    };
    if found.is_empty() {
        found = register.search(typed);
    }
    if found.is_empty() {
        // A name in other words than those of the table: "Luật Đất đai năm 2024".
        found = register.of_name(typed).collect();
    }
    if let Some(date) = &query.date {
        let dated = |row: &RegisteredDocument| row.date.is_some_and(|known| known.to_string().starts_with(date));
        found.retain(|row| dated(row));
    }
    found
}

/// Returns the documents with the symbol, or with the kind and number, asked for.
fn of_symbol<'r>(register: &'r Register, asked: &AskedSymbol) -> Vec<&'r RegisteredDocument> {
    if let Some(canonical) = &asked.canonical {
        return register.of_symbol(canonical).collect();
    }
    let is_asked = |row: &&RegisteredDocument| {
        let Some(symbol) = canonical_symbol(&row.key) else {
            return false;
        };
        let of_kind = asked.kinds.iter().any(|kind| kinds_agree(*kind, row.kind));
        let letters = asked.letters.as_deref();
        let has_letters = letters.is_some_and(|letters| symbol.split('-').any(|group| group == letters));
        symbol_number(&symbol) == asked.number && (of_kind || has_letters)
    };
    register.rows().iter().filter(is_asked).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(typed: &str) -> Vec<String> {
        let query = RegisterQuery {
            typed: typed.to_owned(),
            ..RegisterQuery::default()
        };
        let register = Register::shipped();
        let found = registered(&register, &query);
        found.into_iter().map(RegisteredDocument::identity).collect()
    }

    #[test]
    fn a_document_is_found_as_people_type_it() {
        for typed in [
            "57-NQ/TW",
            "57/nq-tư",
            "nq 57",
            "nghi quyet 57",
            "Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị",
            "57-NQ/TW@XIII",
            "57-NQ/TW ngày 2024-12-22",
            "  dot pha phat trien khoa hoc doi moi sang tao quoc gia bo chinh tri ",
        ] {
            assert_eq!(found(typed), ["57-NQ/TW ngày 2024-12-22"], "{typed}");
        }
        assert_eq!(found("57-NQ/TW ngày 1/1/1999"), [""; 0]);
        assert_eq!(found("57-NQ/TWW"), [""; 0]);
        assert_eq!(found("không có văn bản nào tên như vậy"), [""; 0]);
        assert_eq!(found("").len(), Register::shipped().rows().len());
    }

    #[test]
    fn a_law_of_the_name_typed_comes_before_those_that_mention_it() {
        let found = found("luật đất đai");
        assert!(found[0].starts_with("31/2024/QH15"), "{found:?}");
        assert!(found.len() > 3);
    }

    #[test]
    fn slips_are_near() {
        let register = Register::shipped();
        assert_eq!(near_registered(&register, "57-NQ/TWW")[0], "57-NQ/TW");
        assert_eq!(near_registered(&register, "57-NQ/TW"), [""; 0]);
        assert_eq!(near_registered(&register, "điều lệ"), [""; 0]);
    }
}
