//! All citations of a corpus, which tables and look-ups share.

use std::collections::HashMap;
use std::sync::Arc;

use super::cited_row::{CitedRow, RowCounters};
use super::columns::{CitationColumns, ColumnsBuilder};
use super::counted::Counted;
use crate::index::{Error, Index};
use crate::query::Filters;
use crate::record::CitedAt;
use crate::search;

/// All citations of a corpus, counted once for each opened index.
///
/// The rows take some 60 bytes for each document that cites something, for each that it cites, and the wordings in which
/// issuers and subjects are given: 8 MB for 100,000 citations, and the columns 5 MB.
pub(super) struct AllCitations {
    pub(super) rows: Vec<Arc<CitedRow>>,
    /// For each document of the corpus that another one cites, the ids of those documents in order, each with the
    /// number of its citations.
    pub(super) citing: HashMap<String, Vec<(String, usize)>>,
    pub(super) columns: CitationColumns,
}

/// Counts all citations of `index`, reading them by themselves or else the documents one at a time.
pub(super) fn all_citations(index: &Index) -> Result<AllCitations, Error> {
    let mut rows = RowCounters::default();
    let mut columns = ColumnsBuilder::default();
    let mut citing: HashMap<String, Vec<(String, usize)>> = HashMap::new();
    let mut add = |place: &CitedAt| {
        let citation = &place.citation;
        let counted = Counted::from(citation);
        rows.add(&counted);
        columns.add(&counted, place.order);
        let Some(target) = &citation.target else { return };
        let citing = citing.entry(target.clone()).or_default();
        match citing.last_mut() {
            Some((document, count)) if *document == citation.document => *count += 1,
            _ => citing.push((citation.document.clone(), 1)),
        }
    };
    let take = |place: CitedAt| {
        add(&place);
        Ok(())
    };
    if !search::each_citation(index, None, &Filters::default(), &mut Vec::new(), take)? {
        index.for_each_cited(
            |_| true,
            |_, cited| {
                let others = cited.iter().filter(|place| !place.citation.is_own_document());
                others.for_each(&mut add);
                Ok(())
            },
        )?;
    }
    Ok(AllCitations {
        rows: rows.finish(),
        citing,
        columns: columns.finish(),
    })
}
