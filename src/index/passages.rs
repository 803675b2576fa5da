//! The passages of an open index, and how many have a word.

use tantivy::collector::TopDocs;
use tantivy::query::TermQuery;
use tantivy::schema::IndexRecordOption;
use tantivy::schema::document::{
    DeserializeError, DocumentDeserialize, DocumentDeserializer, ValueDeserialize, ValueDeserializer,
};
use tantivy::{DocAddress, DocSet as _, TERMINATED, Term};

use super::error::Error;
use super::fields::{Shingle, StoredPassage};
use super::folder_index::FolderIndex;

/// The bytes of the stored field of a passage, without the engine's own form of a document around them.
#[derive(Default)]
struct StoredBytes(Vec<u8>);

impl DocumentDeserialize for StoredBytes {
    fn deserialize<'de, D: DocumentDeserializer<'de>>(mut entry: D) -> Result<Self, DeserializeError> {
        // No other field is stored.
        let stored = entry.next_field()?.map(|(_, stored)| stored);
        Ok(stored.unwrap_or_default())
    }
}

impl ValueDeserialize for StoredBytes {
    fn deserialize<'de, D: ValueDeserializer<'de>>(value: D) -> Result<Self, DeserializeError> {
        Ok(Self(value.deserialize_bytes()?))
    }
}

impl FolderIndex {
    /// Reads the passage with exactly this id.
    pub(super) fn passage_with_id(&self, id: &str) -> Result<Option<StoredPassage>, Error> {
        let term = Term::from_field_text(self.fields().passage, id);
        let query = TermQuery::new(term, IndexRecordOption::Basic);
        let found = self.guard(|| self.searcher().search(&query, &TopDocs::with_limit(1).order_by_score()))?;
        found.first().map(|&(_, address)| self.stored(address)).transpose()
    }

    /// Returns the number of passages.
    #[must_use]
    pub(crate) fn passages_count(&self) -> u64 {
        self.searcher().num_docs()
    }

    /// Returns the number of words and numbers in all passages.
    ///
    /// # Errors
    /// [`Error::Damaged`], [`Error::Engine`].
    pub(crate) fn words_count(&self) -> Result<u64, Error> {
        self.guard(|| {
            let segments = self.searcher().segment_readers().iter();
            let counts = segments.map(|segment| Ok(segment.inverted_index(self.fields().folded)?.total_num_tokens()));
            counts.sum()
        })
    }

    /// Returns all terms of the field with this name, sorted; deleted passages may have been the last ones with some.
    ///
    /// # Errors
    /// [`Error::Damaged`], [`Error::Engine`].
    pub(super) fn terms_of(&self, field: &str) -> Result<Vec<String>, Error> {
        let mut terms = Vec::new();
        self.guard(|| {
            let field = self.searcher().schema().get_field(field)?;
            for segment in self.searcher().segment_readers() {
                let inverted = segment.inverted_index(field)?;
                let mut all = inverted.terms().stream()?;
                while all.advance() {
                    terms.push(String::from_utf8_lossy(all.key()).into_owned());
                }
            }
            Ok(())
        })?;
        terms.sort_unstable();
        terms.dedup();
        Ok(terms)
    }

    /// Returns the number of passages with this folded word.
    ///
    /// # Errors
    /// [`Error::Damaged`], [`Error::Engine`].
    pub(crate) fn passages_with_word(&self, folded: &str) -> Result<u64, Error> {
        self.frequencies().words.get(folded, || {
            let term = Term::from_field_text(self.fields().folded, folded);
            self.guard(|| self.searcher().doc_freq(&term))
        })
    }

    /// Returns the number of passages with this shingle.
    ///
    /// # Errors
    /// [`Error::Damaged`], [`Error::Engine`].
    pub(crate) fn passages_with_shingle(&self, shingle: Shingle) -> Result<u64, Error> {
        self.frequencies().shingles.get(&shingle, || {
            let term = self.fields().shingle_term(shingle);
            self.guard(|| self.searcher().doc_freq(&term))
        })
    }

    /// Reads the passages of the document with exactly this id, in order.
    ///
    /// # Errors
    /// Those of [`Self::stored`].
    pub(super) fn passages_of(&self, document: &str) -> Result<Vec<StoredPassage>, Error> {
        let owner = Term::from_field_text(self.fields().owner, document);
        let mut addresses = Vec::new();
        for (ordinal, segment) in (0..).zip(self.searcher().segment_readers()) {
            self.guard(|| {
                let postings = segment.inverted_index(self.fields().owner)?;
                let Some(mut postings) = postings.read_postings(&owner, IndexRecordOption::Basic)? else {
                    return Ok(());
                };
                while postings.doc() != TERMINATED {
                    if !segment.is_deleted(postings.doc()) {
                        addresses.push(DocAddress::new(ordinal, postings.doc()));
                    }
                    postings.advance();
                }
                Ok(())
            })?;
        }
        let mut passages = Vec::with_capacity(addresses.len());
        for address in addresses {
            passages.push(self.stored(address)?);
        }
        passages.sort_by_key(|passage| passage.order);
        Ok(passages)
    }

    /// Reads the stored form of the passage at `address`.
    ///
    /// # Errors
    /// [`Error::Damaged`], [`Error::Engine`].
    pub(crate) fn stored(&self, address: DocAddress) -> Result<StoredPassage, Error> {
        let stored = self.guard(|| self.searcher().doc::<StoredBytes>(address))?;
        postcard::from_bytes(&stored.0).map_err(|cause| Error::Damaged {
            file: self.dir().to_path_buf(),
            cause: Some(cause.into()),
        })
    }
}
