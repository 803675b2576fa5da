//! The best hits so far: a window of the order that was asked for, without the hits beyond it.

use std::cmp::Ordering;
use std::sync::Arc;

use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocAddress, DocId, Score, SegmentReader};

use crate::index::{ColumnValues, DATE_FIELD, Error, FolderIndex, ORDER_FIELD};
use crate::record::Facet;
use crate::search::options::{Options, Sort};

/// A hit and its place in the order.
#[derive(Clone, Copy, Debug)]
struct Ranked {
    /// 0 where the order is not by relevance.
    score: Score,
    key: Key,
    address: DocAddress,
}

/// The place of a passage among others of the same score, least first: by date if that was asked for, by document, by
/// its position in the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    date: u32,
    document: u32,
    order: u32,
}

impl Ranked {
    /// Compares two hits, the better one first.
    fn order(&self, other: &Self) -> Ordering {
        other
            .score
            .total_cmp(&self.score)
            .then_with(|| self.key.cmp(&other.key))
    }
}

/// The best hits so far.
pub(super) struct Best {
    /// Number of hits to keep.
    limit: usize,
    /// Number of the first of them that are left out in the end.
    offset: usize,
    sort: Sort,
    /// The hits that may be among the best, in no order.
    hits: Vec<Ranked>,
    /// The worst of the best when they were last chosen: whatever is worse is none of them.
    worst: Option<Ranked>,
    /// The documents and dates of the index; `None` if it has one segment, which numbers them in order.
    values: Option<[Arc<ColumnValues>; 2]>,
}

impl Best {
    /// Returns an empty window for `options`.
    pub(super) fn of(index: &FolderIndex, options: &Options) -> Result<Self, Error> {
        let segments = index.searcher().segment_readers().len();
        let values = (segments > 1 && options.limit > 0).then(|| {
            let documents = index.column_values(Facet::Document.name())?;
            let dates = match options.sort {
                Sort::Date | Sort::Oldest => index.column_values(DATE_FIELD)?,
                Sort::Relevance | Sort::Document => Arc::default(),
            };
            Ok::<_, Error>([documents, dates])
        });
        Ok(Self {
            limit: if options.limit == 0 {
                0
            } else {
                options.limit.saturating_add(options.offset)
            },
            offset: options.offset,
            sort: options.sort,
            hits: Vec::new(),
            worst: None,
            values: values.transpose()?,
        })
    }

    /// Returns true if hits are wanted in the order of their scores.
    pub(super) fn needs_scores(&self) -> bool {
        self.limit > 0 && self.sort == Sort::Relevance
    }

    /// Returns true if a hit with this score, or less, may be among the best.
    pub(super) fn takes(&self, score: Score) -> bool {
        self.limit > 0 && self.worst.is_none_or(|worst| score >= worst.score)
    }

    /// Adds a hit.
    pub(super) fn add(&mut self, score: Score, passage: DocId, columns: &KeyColumns) {
        let hit = Ranked {
            score,
            key: columns.key(passage),
            address: DocAddress::new(columns.ordinal, passage),
        };
        if self.worst.is_some_and(|worst| hit.order(&worst).is_gt()) {
            return;
        }
        self.hits.push(hit);
        if self.hits.len() >= self.limit.saturating_mul(2) {
            let (_, worst, _) = self.hits.select_nth_unstable_by(self.limit - 1, Ranked::order);
            self.worst = Some(*worst);
            self.hits.truncate(self.limit);
        }
    }

    /// Returns the columns by which the hits of a segment are ordered.
    pub(super) fn columns(&self, ordinal: u32, segment: &SegmentReader) -> tantivy::Result<KeyColumns> {
        let fields = segment.fast_fields();
        let numbers = |which: usize| {
            let values = self.values.as_ref().map(|values| &values[which]);
            values.map(|values| Numbers {
                values: Arc::clone(values),
                segment: ordinal as usize,
            })
        };
        let by_date = matches!(self.sort, Sort::Date | Sort::Oldest);
        Ok(KeyColumns {
            ordinal,
            documents: fields.str(Facet::Document.name())?.map(|column| (column, numbers(0))),
            dates: match by_date {
                true => fields.str(DATE_FIELD)?.map(|column| (column, numbers(1))),
                false => None,
            },
            latest_first: self.sort == Sort::Date,
            orders: fields.u64(ORDER_FIELD)?,
        })
    }

    /// Returns the window, best first, with the scores.
    pub(super) fn window(mut self) -> Vec<(Score, DocAddress)> {
        self.hits.sort_unstable_by(Ranked::order);
        let kept = self.hits.into_iter().take(self.limit).skip(self.offset);
        kept.map(|hit| (hit.score, hit.address)).collect()
    }
}

/// The numbers that the values of a segment have in the whole index.
struct Numbers {
    values: Arc<ColumnValues>,
    segment: usize,
}

/// The columns of a segment by which hits of the same score are ordered.
pub(super) struct KeyColumns {
    ordinal: u32,
    documents: Option<(StrColumn, Option<Numbers>)>,
    /// Read only if the order is by date.
    dates: Option<(StrColumn, Option<Numbers>)>,
    latest_first: bool,
    orders: Column<u64>,
}

impl KeyColumns {
    /// Returns the place of a passage among those of the same score.
    fn key(&self, passage: DocId) -> Key {
        let date = number(self.dates.as_ref(), passage);
        Key {
            // A document without a date is the last one either way.
            date: date.map_or(
                u32::MAX,
                |date| if self.latest_first { u32::MAX - 1 - date } else { date },
            ),
            document: number(self.documents.as_ref(), passage).unwrap_or(u32::MAX),
            order: self.orders.first(passage).map_or(0, |order| order as u32),
        }
    }
}

/// Returns the number of the first value of a passage in a column.
fn number(column: Option<&(StrColumn, Option<Numbers>)>, passage: DocId) -> Option<u32> {
    let (column, numbers) = column?;
    let ordinal = column.term_ords(passage).next()?;
    match numbers {
        Some(numbers) => numbers
            .values
            .of_segment(numbers.segment)
            .get(ordinal as usize)
            .copied(),
        None => Some(ordinal as u32),
    }
}
