//! The fields of an index document: the content of each, and why it is indexed, stored or a column.

use tantivy::Term;
use tantivy::schema::{
    BytesOptions, FAST, Field, IndexRecordOption, NumericOptions, STRING, Schema, TextFieldIndexing, TextOptions,
};

use super::analyzer;
use super::shingles::{self, Shingle};
#[cfg(doc)]
use crate::document::PartialDate;
use crate::record::Facet;

/// The format of the index. Every change of schema, analyzer or stored form raises it.
pub const FORMAT: u32 = 15;

/// Name of the field [`Fields::order`], by which the engine opens its column.
pub(crate) const ORDER_FIELD: &str = "order";
/// Name of the field [`Fields::date`], by which the engine opens its column.
pub(crate) const DATE_FIELD: &str = "date";

/// The fields of an index document, which is a passage.
#[derive(Clone, Debug)]
pub(crate) struct Fields {
    /// Words without marks, with positions and lengths, to search and score.
    pub(crate) folded: Field,
    /// The same words at the same positions with their marks, for exact search and for agreement of marks.
    pub(crate) exact: Field,
    /// Pairs of neighboring words as numbers ([`super::shingles`]), each with the number of its places in the passage: to
    /// find passages that share wording, and those that may have a phrase. They have neither lengths nor positions,
    /// because the passages that are found are looked at word by word.
    pub(crate) shingle: Field,
    /// The cited documents, as terms of [`super::symbol_terms::terms`].
    pub(crate) symbol: Field,
    /// The citations, each by two or three of act, kind and cited document, as terms of
    /// [`super::symbol_terms::citation_term`].
    pub(crate) related: Field,
    /// The abbreviations that the passage defines, as terms of [`super::name_terms`].
    pub(crate) named: Field,
    /// Id of the document, not folded, to delete by.
    pub(crate) owner: Field,
    /// Id of the passage.
    pub(crate) passage: Field,
    /// Index of the passage in its document, a column to sort by.
    pub(crate) order: Field,
    /// Date of the document in ISO form, perhaps partial, a column to sort by.
    pub(crate) date: Field,
    /// First and last day that the date of the document may be, as [numbers](PartialDate::number), columns to filter by.
    /// A document without a date has neither.
    pub(crate) days: [Field; 2],
    /// The stored form of the passage ([`super::passage::StoredPassage`]).
    pub(crate) stored: Field,
    /// One field per facet, in the order of [`Facet::ALL`]: folded terms to filter by, and a column of the values to
    /// count.
    facets: [Field; Facet::ALL.len()],
}

impl Fields {
    /// Returns the schema and its fields.
    pub(crate) fn schema() -> (Schema, Self) {
        let mut schema = Schema::builder();
        // Only the folded words are scored, so only they need the lengths of the passages.
        let words = |tokenizer: &str, option: IndexRecordOption, lengths: bool| {
            TextOptions::default().set_indexing_options(
                TextFieldIndexing::default()
                    .set_tokenizer(tokenizer)
                    .set_index_option(option)
                    .set_fieldnorms(lengths),
            )
        };
        let positions = IndexRecordOption::WithFreqsAndPositions;
        let facet = |facet: Facet| {
            let tokenizer = if facet.is_nested() {
                analyzer::NESTED
            } else {
                analyzer::VALUE
            };
            TextOptions::default()
                .set_indexing_options(
                    TextFieldIndexing::default()
                        .set_tokenizer(tokenizer)
                        .set_index_option(IndexRecordOption::Basic)
                        .set_fieldnorms(false),
                )
                .set_fast("raw")
        };
        let fields = Self {
            folded: schema.add_text_field("folded", words(analyzer::TERMS, positions, true)),
            exact: schema.add_text_field("exact", words(analyzer::TERMS, positions, false)),
            shingle: schema.add_text_field(
                "shingle",
                words(analyzer::SHINGLES, IndexRecordOption::WithFreqs, false),
            ),
            symbol: schema.add_text_field("symbol", STRING),
            related: schema.add_text_field("related", STRING),
            named: schema.add_text_field("named", STRING),
            owner: schema.add_text_field("owner", STRING),
            passage: schema.add_text_field("passage", STRING),
            order: schema.add_u64_field(ORDER_FIELD, NumericOptions::default() | FAST),
            date: schema.add_text_field(DATE_FIELD, TextOptions::default().set_fast("raw")),
            days: ["first_day", "last_day"]
                .map(|name| schema.add_u64_field(name, NumericOptions::default().set_indexed() | FAST)),
            stored: schema.add_bytes_field("stored", BytesOptions::default().set_stored()),
            facets: std::array::from_fn(|index| {
                let which = Facet::ALL[index];
                schema.add_text_field(which.name(), facet(which))
            }),
        };
        (schema.build(), fields)
    }

    /// Returns the term of a pair of words.
    pub(crate) fn shingle_term(&self, shingle: Shingle) -> Term {
        shingles::term(self.shingle, shingle)
    }

    /// Returns the field of a facet.
    pub(crate) fn facet(&self, facet: Facet) -> Field {
        self.facets[facet as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facets_are_numbered_as_they_are_listed() {
        let (schema, fields) = Fields::schema();
        for &facet in Facet::ALL {
            assert_eq!(schema.get_field_name(fields.facet(facet)), facet.name());
        }
    }
}
