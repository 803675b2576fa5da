//! The passages that a build adds to the engine.
//!
//! The engine's own writer takes passages through a queue of 10,000, hands them to threads, and each thread makes segments
//! of its own. In a new index the caller's thread adds them to one segment at a time instead: no passage waits in memory,
//! the passages of a document stay together in the order of the documents, and there are as few segments as the memory
//! allows. They join the index with the next commit.
//!
//! An update deletes passages as well, of the same documents that it adds, and only the queue tells the engine which came
//! first.

use tantivy::index::{Segment, SegmentMeta};
use tantivy::indexer::{AddOperation, SegmentWriter};
use tantivy::{IndexWriter, TantivyDocument};

/// Memory that a segment fills before it is written. It holds the words of some 100 MB of text.
const SEGMENT_BYTES: usize = 200_000_000;

/// Memory of the engine's own thread if it has nothing to do: the least that the engine takes.
const IDLE_BYTES: usize = 15_000_000;

/// The passages that a build adds.
pub(super) struct NewPassages {
    /// True if the index has passages already, so that the engine's queue takes those of this build.
    is_update: bool,
    /// The segment that is being filled.
    open: Option<(Segment, SegmentWriter)>,
    /// Those that are written.
    written: Vec<SegmentMeta>,
}

impl NewPassages {
    /// Creates the writer of an engine, and the passages that a new index or an update adds to it.
    pub(super) fn begin(engine: &tantivy::Index, is_update: bool) -> tantivy::Result<(IndexWriter, Self)> {
        let bytes = if is_update { SEGMENT_BYTES } else { IDLE_BYTES };
        let passages = Self {
            is_update,
            open: None,
            written: Vec::new(),
        };
        Ok((engine.writer_with_num_threads(1, bytes)?, passages))
    }

    /// Adds a passage.
    pub(super) fn add(&mut self, writer: &IndexWriter, document: TantivyDocument) -> tantivy::Result<()> {
        if self.is_update {
            return writer.add_document(document).map(drop);
        }
        let (_, open) = match &mut self.open {
            Some(open) => open,
            None => {
                let segment = writer.new_segment();
                let open = SegmentWriter::for_segment(SEGMENT_BYTES, segment.clone())?;
                self.open.insert((segment, open))
            }
        };
        // Nothing is deleted, so that it does not matter when a passage was added.
        open.add_document(AddOperation { opstamp: 0, document })?;
        if open.mem_usage() >= SEGMENT_BYTES {
            self.write_open()?;
        }
        Ok(())
    }

    /// Writes the segment that is being filled, if one is.
    fn write_open(&mut self) -> tantivy::Result<()> {
        if let Some((segment, open)) = self.open.take() {
            let passages = open.max_doc();
            open.finalize()?;
            self.written.push(segment.with_max_doc(passages).meta().clone());
        }
        Ok(())
    }

    /// Lets the passages join the index with the next commit of `writer`.
    pub(super) fn join(mut self, writer: &IndexWriter) -> tantivy::Result<()> {
        self.write_open()?;
        self.written
            .into_iter()
            .try_for_each(|segment| writer.add_segment(segment))
    }
}
