//! The engine's side of a passage: the fields of its index document, and how its text becomes terms.

pub(super) mod analyzer;
mod annotations;
pub(super) mod name_terms;
mod passage;
pub(super) mod passage_terms;
mod schema;
pub(super) mod shingles;
pub(super) mod symbol_terms;
mod tokenized;

pub use annotations::{Annotations, Damaged};
pub use passage::StoredPassage;
pub(super) use passage::{CitedTerms, dictionary, index_documents};
pub use schema::FORMAT;
pub(crate) use schema::{DATE_FIELD, Fields, ORDER_FIELD};
pub(crate) use shingles::{Shingle, for_each_shingle, shingle};
pub(crate) use tokenized::{BestReading, Cell, Compound, FormOrigin, Tokenized, WordForm};
