//! All citations of a corpus, to look up those of a text that is no part of it, and to proof-read a draft.

use std::collections::HashMap;
use std::sync::Arc;

use serde::Serialize;

use super::counted::key_of;
use crate::citation::{Resolver, move_cited_fields, with_cited_fields};
use crate::document::Place;
use crate::index::{Error, Index};
use crate::proof::{self, Proof};
use crate::record::{self, CitationRecord, Parsed};
use crate::register::{self, RegisterEntry};

/// The citations of a corpus, ready to look up those of a text that is no part of it.
#[derive(Debug)]
pub struct CitationIndex {
    resolver: Resolver,
    /// The register of central documents.
    central: Arc<register::Register>,
    /// The places by the symbol or name that they cite.
    places: HashMap<String, Vec<CitingPlace>>,
}

/// A place of the corpus that cites something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct CitingPlace {
    /// Id of the citing document.
    pub document: String,
    /// Id of the passage.
    pub passage: String,
    /// Part of the document that the passage belongs to.
    pub place: Place,
    /// Page of the passage.
    pub page: usize,
}

with_cited_fields! {
    /// A citation of a text, and what the corpus knows about the document that it cites.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
    #[schema(as = LookedUp)]
    pub struct LookedUpCitation {
        /// Its bytes in the text, `[start, end)`.
        pub span: [usize; 2],
        /// Its lines in the text, from 1.
        pub lines: [usize; 2],
        /// Those bytes.
        pub raw: String,
        /// The repaired reading of `raw`, where it is damaged.
        pub repaired: Option<String>,
    }
    cited(date: String)
    {
        /// Number of places of the corpus that cite the same symbol or name.
        pub cited_count: usize,
        /// The first of these places, in document order; at most 20.
        pub cited_in: Vec<CitingPlace>,
        /// The cited document as the register of central documents has it; of an ambiguous citation all that it may
        /// mean, the latest first.
        pub registered: Vec<RegisterEntry>,
    }
}

/// The citations of a text, compared with the corpus.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[schema(as = LookupAnswer)]
pub struct LookedUpText {
    /// Number of citations.
    pub total: usize,
    /// The citations in order; of a text with more than 2,000 the first.
    pub citations: Vec<LookedUpCitation>,
    /// The byte of the text at which the first citation that is not listed begins: look up the text from there on. Null
    /// if all are listed.
    pub rest: Option<usize>,
}

/// Citations of a text that are listed at most. Each may take some kilobytes: a text of nothing but citations would get
/// an answer of thirty times its size. A megabyte of running text has some hundreds.
pub const MAX_LOOKED_UP: usize = 2000;

/// Places that are listed with each citation of a text; looking up its symbol finds all of them.
pub const MAX_LISTED_PLACES: usize = 20;

/// Returns a resolver that knows `central`, the register, and all documents of `index` but the one with the id `without`:
/// what a draft says of itself is no evidence.
///
/// # Errors
/// Those of reading the index.
pub fn resolver_of(index: &Index, central: Arc<register::Register>, without: Option<&str>) -> Result<Resolver, Error> {
    let mut resolver = Resolver::new(central);
    index.for_each_observed(|record, observed| {
        if without != Some(record.document.as_str()) {
            resolver.add(observed);
        }
        Ok(())
    })?;
    Ok(resolver)
}

impl CitationIndex {
    /// Reads all citations of `index`.
    ///
    /// # Errors
    /// Those of reading the index.
    pub fn of(index: &Index) -> Result<Self, Error> {
        let central = index.register()?;
        let mut all = Self {
            resolver: Resolver::new(Arc::clone(&central)),
            central,
            places: HashMap::new(),
        };
        for parsed in index.parsed_documents()? {
            let parsed = parsed?;
            all.resolver.observe(&parsed.document, &parsed.citations);
            for record in parsed.citation_records().filter(|record| !record.is_own_document()) {
                let place = CitingPlace {
                    document: record.document.clone(),
                    passage: record.passage.clone(),
                    place: record.place,
                    page: record.page,
                };
                all.places.entry(key_of(&record).to_owned()).or_default().push(place);
            }
        }
        Ok(all)
    }

    /// Returns the number of citations of the corpus, without those by which a document means itself.
    #[must_use]
    pub fn count(&self) -> usize {
        self.places.values().map(Vec::len).sum()
    }

    /// Returns the citations of `text`, in order, compared with the corpus; at most [`MAX_LOOKED_UP`] of them.
    ///
    /// # Errors
    /// Those of [`Index::model`].
    pub fn look_up(&self, index: &Index, text: String) -> Result<LookedUpText, Error> {
        let mut parsed = record::read_text(text, || index.model())?;
        self.resolver.resolve(&parsed.document, &mut parsed.citations);
        let records = parsed.citation_records().take(MAX_LOOKED_UP);
        Ok(LookedUpText {
            total: parsed.citations.len(),
            citations: records.map(|record| self.looked_up(record)).collect(),
            rest: parsed.citations.get(MAX_LOOKED_UP).map(|next| next.span.start),
        })
    }

    /// Returns the proof of `text`, a draft, against the corpus and the register.
    ///
    /// # Errors
    /// Those of [`Index::model`].
    pub fn proofread(&self, index: &Index, text: String) -> Result<Proof, Error> {
        let parsed = record::read_text(text, || index.model())?;
        Ok(self.proofread_parsed(&parsed))
    }

    /// Returns the proof of `parsed`, a draft, against the corpus and the register.
    #[must_use]
    pub fn proofread_parsed(&self, parsed: &Parsed) -> Proof {
        proof::proofread(parsed, &self.resolver)
    }

    /// Adds the places that cite the same to a citation of a text.
    fn looked_up(&self, record: CitationRecord) -> LookedUpCitation {
        let places = self.places.get(key_of(&record)).map_or(&[][..], Vec::as_slice);
        move_cited_fields!(record => LookedUpCitation {
            cited_count: places.len(),
            cited_in: places.iter().take(MAX_LISTED_PLACES).cloned().collect(),
            registered: self.central.entries_of(record.identity.as_deref(), &record.candidates),
            span: record.span,
            lines: record.lines,
            raw: record.raw,
            repaired: record.repaired,
        })
    }
}
