//! The documents that a symbol typed into a search may mean.

use super::cited_row::CitedDocument;
use super::cited_table::CitedTable;
use crate::query::AskedSymbol;
use crate::symbol::{Kind, canonical_symbol, symbol_number, trim_zeros};

/// Returns the cited documents of `table` that may be the one asked for by its symbol, in the order of the table.
pub fn cited_by_symbol<'t>(table: &'t CitedTable, asked: &'t AskedSymbol) -> impl Iterator<Item = &'t CitedDocument> {
    let cited = table.rows.iter().map(|row| &row.summary);
    cited.filter(|cited| is_symbol_asked_for(asked, &cited.cited, cited.kind))
}

/// Returns true if `symbol`, that of a document of this kind, is the symbol asked for, or has the number asked for and the
/// kind or the letters.
#[must_use]
pub fn is_symbol_asked_for(asked: &AskedSymbol, symbol: &str, kind: Kind) -> bool {
    // Most symbols have another number, which is seen without reading them.
    if !trim_zeros(symbol.trim_start()).starts_with(asked.number.as_str()) {
        return false;
    }
    let Some(symbol) = canonical_symbol(symbol) else {
        return false;
    };
    match &asked.canonical {
        Some(canonical) => symbol == *canonical,
        None => {
            let has_letters = |letters: &String| symbol.split('-').any(|group| group == letters);
            symbol_number(&symbol) == asked.number
                && (asked.kinds.contains(&kind) || asked.letters.as_ref().is_some_and(has_letters))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::{self, Node};

    /// True if the symbol that was typed asks for the document with `symbol`, a resolution.
    fn asks_for(typed: &str, symbol: &str) -> bool {
        let (query, _) = query::parse(typed);
        let Node::All(nodes) = &query.root else {
            panic!("{typed}")
        };
        let [Node::Symbol(asked)] = nodes.as_slice() else {
            panic!("{typed}")
        };
        is_symbol_asked_for(asked, symbol, Kind::NghiQuyet)
    }

    #[test]
    fn a_symbol_or_kind_and_number_ask_for_a_document() {
        assert!(asks_for("21-NQ/TW", "21-NQ/TW"));
        assert!(asks_for("nghị quyết 21 nq/tw", "21-NQ/TW"));
        assert!(asks_for("nq 21", "21-NQ/TW"));
        assert!(asks_for("nq 9", "09-NQ/TU"));
        assert!(!asks_for("nq 2", "21-NQ/TW"));
        assert!(!asks_for("21-NQ/TW", "21-NQ/TU"));
        assert!(!asks_for("kl 21", "21-NQ/TW"));
        assert!(!asks_for("nq 21", "Điều lệ Đảng"));
    }
}
