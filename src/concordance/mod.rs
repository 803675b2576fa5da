//! Citations over a corpus: every place where a document is cited, and what the texts say of it.
//!
//! [`places()`] finds where something is cited, a [`CitedTable`] counts the cited documents, [`reports`] sums up what the
//! places say of each cited document, [`cited_together`] tells what else the same passages cite, and a [`CitationIndex`]
//! compares the citations of a text that is no part of the corpus with all of these. [`registered()`] asks the register of
//! central documents. Once the table of all citations is made, its `columns` tell what would else be read from every
//! document.

mod all_citations;
mod asked_for;
mod citation_index;
mod cited_query;
mod cited_row;
mod cited_table;
mod columns;
mod counted;
mod places;
mod registered;
mod report;
mod together;

pub use asked_for::{cited_by_symbol, is_symbol_asked_for};
pub use citation_index::{
    CitationIndex, CitingPlace, LookedUpCitation, LookedUpText, MAX_LISTED_PLACES, MAX_LOOKED_UP, resolver_of,
};
pub use cited_query::CitedQuery;
pub use cited_row::{CitedDocument, CitedRow};
pub use cited_table::{CitedOrder, CitedTable, RowsByKey, citing_documents, counts_by_key, times_cited};
pub use places::{CitesOrder, PlaceOrder, Places, near_symbols, places};
pub use registered::{RegisterOrder, RegisterQuery, near_registered, register_terms, registered};
pub use report::{Claim, Disagreement, RelatedPlaces, Report, by_relation, report, reports};
pub use together::{MAX_CITED_TOGETHER, MAX_CITING_PASSAGES, cited_together, citing_passages};
