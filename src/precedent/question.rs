//! The wording whose precedents are asked for: a pasted text, or a passage of the index or of a draft.

use std::ops::Range;

use super::pieces::SourceMap;
use crate::corpus::Facsimile;
use crate::index::{Annotations, BestReading, Error, Index, StoredPassage, Tokenized};
use crate::record::{Parsed, reading_of};
use crate::text::{Form, Mapped, Span, sentences};

/// Maximum number of bytes of a pasted text: a few pages. A longer one is a draft, whose paragraphs are asked for one
/// by one ([`super::Draft`]): as one question it would be compared only with the passages that share most with all of
/// it.
pub const MAX_TEXT_BYTES: usize = 64 * 1024;

/// A wording whose precedents are asked for.
#[derive(Clone, Debug)]
pub struct Question {
    /// Its text, lines joined, NFC.
    text: String,
    /// Its words, in all their readings.
    pub(super) words: Tokenized,
    /// Its repaired reading; `None` if nothing is damaged.
    pub(super) laid: Option<BestReading>,
    /// The map from its text back to the source.
    pub(super) source_map: SourceMap,
    /// Ids of documents to leave out: the one that it comes from.
    pub(super) without: Vec<String>,
}

impl Question {
    /// A text as somebody typed or pasted it, of one line or several. A damaged text is read first, with what the clean
    /// documents of `index` teach.
    ///
    /// # Errors
    /// Those of [`Index::model`].
    pub fn text(index: &Index, text: &str) -> Result<Self, Error> {
        let reading = reading_of(text, &Facsimile::default(), || index.model())?;
        let whole = Span::new(0, text.len());
        let view = Mapped::join(text, &[whole], Form::Source);
        let forms = Annotations::of_text(text, &view, &reading);
        let joined = view.text().to_owned();
        let source_map = SourceMap::new(text, vec![whole], view);
        Ok(Self::new(joined, &forms, source_map, Vec::new()))
    }

    /// The passage with this id, which may be cut short. Its own document is left out.
    ///
    /// # Errors
    /// Those of [`Index::passage`] and [`Index::document`].
    pub fn passage(index: &Index, id: &str) -> Result<Self, Error> {
        let stored = index.passage(id)?;
        let parsed = index.document(&stored.record.document)?;
        Ok(Self::stored(&parsed, &stored, vec![parsed.document.id.clone()]))
    }

    /// A passage of `parsed`, to be looked for in all documents but those `without`.
    #[must_use]
    pub fn stored(parsed: &Parsed, stored: &StoredPassage, without: Vec<String>) -> Self {
        let source_map = SourceMap::of_passage(&parsed.document.text, &stored.record);
        Self::new(stored.record.text.clone(), &stored.annotations, source_map, without)
    }

    fn new(text: String, forms: &Annotations, source_map: SourceMap, without: Vec<String>) -> Self {
        Self {
            words: Tokenized::of(&text, forms),
            laid: (!forms.damaged.is_empty()).then(|| BestReading::of(&text, forms)),
            text,
            source_map,
            without,
        }
    }

    /// Returns its text, lines joined, NFC. The pieces of a match address its bytes.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Returns its sentences, in order, as ranges of its words.
    pub(super) fn sentences(&self) -> impl Iterator<Item = Range<usize>> {
        let cells = &self.words.cells;
        let first_from = |byte: usize| cells.partition_point(|cell| cell.span.start < byte);
        sentences(&self.text).map(move |sentence| first_from(sentence.start)..first_from(sentence.end))
    }

    /// Returns the number of its words and numbers.
    #[must_use]
    pub fn syllables(&self) -> usize {
        self.words.cells.len()
    }
}
