//! What precedents are looked for: a pasted text, or a passage of the index or of a draft.

use super::pieces::Origin;
use crate::index::{Annotations, BestReading, Error, Index, StoredPassage, Tokenized};
use crate::reading::Reading;
use crate::record::Parsed;
use crate::text::{Form, Mapped, Span};

/// A wording whose precedents are looked for.
#[derive(Clone, Debug)]
pub struct Given {
    /// Its text, lines joined, NFC.
    text: String,
    /// What its words may be.
    pub(super) words: Tokenized,
    /// Its reading; `None` where nothing is damaged.
    pub(super) laid: Option<BestReading>,
    /// Where its bytes come from.
    pub(super) origin: Origin,
    /// Ids of documents in which nobody looks for it: the one it stands in.
    pub(super) without: Vec<String>,
}

impl Given {
    /// A text as somebody typed or pasted it, of one line or several; damaged text is read first, with what the
    /// clean documents of `index` teach.
    ///
    /// # Errors
    /// Those of [`Index::model`].
    pub fn text(index: &Index, text: &str) -> Result<Self, Error> {
        let mut reading = Reading::unrepaired(text);
        if reading.is_damaged() {
            reading = Reading::with(index.model()?, text);
        }
        let whole = Span::new(0, text.len());
        let view = Mapped::join(text, &[whole], Form::Source);
        let forms = Annotations::of_text(text, &view, &reading);
        let joined = view.text().to_owned();
        Ok(Self::of(
            joined,
            &forms,
            Origin::new(text, vec![whole], view),
            Vec::new(),
        ))
    }

    /// The passage with this id, which may be cut short; what its own document says does not count.
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
        let origin = Origin::of_passage(&parsed.document.text, &stored.record);
        Self::of(stored.record.text.clone(), &stored.annotations, origin, without)
    }

    fn of(text: String, forms: &Annotations, origin: Origin, without: Vec<String>) -> Self {
        Self {
            words: Tokenized::of(&text, forms),
            laid: (!forms.damaged.is_empty()).then(|| BestReading::of(&text, forms)),
            text,
            origin,
            without,
        }
    }

    /// Its text, lines joined, NFC: what the pieces of a match address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Number of its words and numbers.
    #[must_use]
    pub fn syllables(&self) -> usize {
        self.words.cells.len()
    }
}
