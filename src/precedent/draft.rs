//! A draft file, paragraph by paragraph: new wording, or wording with precedents.

use std::collections::BTreeSet;
use std::ops::Range;
use std::path::{Path, PathBuf};

use super::comparison::Comparer;
use super::find::{documents_by, precedents_by};
use super::question::Question;
use super::{PrecedentOptions, PrecedentOrder, Precedents};
use crate::corpus::{self, Corpus, Entry, ErrorKind, read_bytes};
use crate::document::Place;
use crate::index::{Error, Index, StoredPassage};
use crate::query::Filters;
use crate::reading::Model;
use crate::record::{Parsed, read_content, read_draft, read_text};

/// The id of a draft that has no file to take it from.
const SENT_DRAFT: &str = "draft";

/// A draft, read as the documents of an index are.
#[derive(Clone, Debug)]
pub struct Draft {
    parsed: Parsed,
    /// The id of the document that the index made from the same file: a draft is no precedent of itself.
    own_document: Option<String>,
}

/// The reason why a draft cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum DraftError {
    /// It is a folder.
    #[error("'{}' is a folder; name one draft", file.display())]
    Folder {
        /// The folder.
        file: PathBuf,
    },
    /// It holds no document.
    #[error("'{}' is not a file that can be read; name a text, a PDF or an image", file.display())]
    NoDocument {
        /// The file.
        file: PathBuf,
    },
    /// It is an archive of several documents.
    #[error("'{}' is an archive of several documents; unpack it and name one", file.display())]
    Archive {
        /// The file.
        file: PathBuf,
    },
    /// The file cannot be read.
    #[error(transparent)]
    Corpus(#[from] corpus::Error),
    /// The index cannot be read.
    #[error(transparent)]
    Index(#[from] Error),
}

/// The reason why a draft that was sent cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum SentDraftError {
    /// Its bytes are no file that can be read.
    #[error("the file {0}")]
    Unreadable(ErrorKind),
    /// The index cannot be read.
    #[error(transparent)]
    Index(#[from] Error),
}

/// A paragraph of a draft and its precedents.
#[derive(Clone, Debug)]
pub struct Paragraph {
    /// The paragraph.
    pub stored: StoredPassage,
    /// Its precedents; if there are none, the wording is new.
    pub precedents: Precedents,
    /// Number of its words and numbers.
    pub syllables: usize,
    /// Number of those that the best match has too.
    pub taken: usize,
}

impl Draft {
    /// Reads a draft. A damaged one is read with what the clean documents of `index` teach.
    ///
    /// # Errors
    /// [`DraftError::Folder`], [`DraftError::Archive`], [`DraftError::NoDocument`]; those of reading a file of a corpus, and of
    /// [`Index::model`].
    pub fn read(index: &Index, file: &Path) -> Result<Self, DraftError> {
        Ok(Self {
            parsed: read_draft(&entry_of(file)?, || Ok::<_, DraftError>(index.model()?))?,
            own_document: document_of_file(index, file)?,
        })
    }

    /// Returns the draft of this name: a file, or where there is none the document of the index with this id, as the index
    /// has it.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub fn named(index: &Index, name: &Path) -> Result<Self, DraftError> {
        let id = name.to_str().filter(|_| !name.exists());
        match id.map(|id| index.resolve_id(id)) {
            Some(Ok(id)) => Ok(Self::of_document(index, id)?),
            Some(Err(error @ Error::Ambiguous { .. })) => Err(error.into()),
            Some(Err(_)) | None => Self::read(index, name),
        }
    }

    /// Reads a draft where there is no index. A damaged one is read with what ships in the program.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub fn read_alone(file: &Path) -> Result<Self, DraftError> {
        Ok(Self {
            parsed: read_draft(&entry_of(file)?, || Ok::<_, DraftError>(Model::shipped()))?,
            own_document: None,
        })
    }

    /// Reads a draft that is in memory alone, a file that was sent. Its bytes tell the format. A damaged one is read with
    /// what the clean documents of `index` teach; one that the index has already is known by its bytes.
    ///
    /// # Errors
    /// Those of [`read_bytes`], [`Index::model`] and [`Index::manifest`].
    pub fn sent(index: &Index, bytes: Vec<u8>) -> Result<Self, SentDraftError> {
        let own_document = document_of_bytes(index, &bytes)?;
        let content = read_bytes(bytes).map_err(SentDraftError::Unreadable)?;
        Ok(Self {
            parsed: read_content(SENT_DRAFT, content, || index.model())?,
            own_document,
        })
    }

    /// Reads a draft that was pasted. A damaged one is read with what the clean documents of `index` teach.
    ///
    /// # Errors
    /// Those of [`Index::model`].
    pub fn of_text(index: &Index, text: String) -> Result<Self, Error> {
        Ok(Self {
            parsed: read_text(text, || index.model())?,
            own_document: None,
        })
    }

    /// Returns the document of the index with this id as a draft.
    ///
    /// # Errors
    /// Those of [`Index::resolve_id`] and [`Index::document`].
    pub fn of_document(index: &Index, id: &str) -> Result<Self, Error> {
        let id = index.resolve_id(id)?;
        Ok(Self {
            parsed: index.document(id)?,
            own_document: Some(id.to_owned()),
        })
    }

    /// Returns the draft as it was read and parsed.
    #[must_use]
    pub fn parsed(&self) -> &Parsed {
        &self.parsed
    }

    /// Returns the id of the document that the index made from the same file: a draft is no precedent of itself.
    #[must_use]
    pub fn own_document(&self) -> Option<&str> {
        self.own_document.as_deref()
    }

    /// Returns the draft as it was read and parsed, and the id of the document that the index made from the same file.
    #[must_use]
    pub fn into_parts(self) -> (Parsed, Option<String>) {
        (self.parsed, self.own_document)
    }

    /// Returns the number of its paragraphs.
    #[must_use]
    pub fn paragraphs_count(&self) -> usize {
        self.wording().count()
    }

    /// Finds the precedents of the paragraphs with these numbers, from 0, in passages that pass `filters` and are not of
    /// the draft itself.
    ///
    /// # Errors
    /// [`Error::Damaged`], [`Error::Engine`]; an item is an error of [`super::precedents`].
    pub fn paragraphs<'d>(
        &'d self,
        index: &'d Index,
        filters: &'d Filters,
        options: &'d PrecedentOptions,
        numbers: Range<usize>,
    ) -> Result<impl Iterator<Item = Result<Paragraph, Error>> + 'd, Error> {
        let mut comparer = Comparer::of(index)?;
        Ok(self
            .wording()
            .skip(numbers.start)
            .take(numbers.len())
            .map(move |stored| {
                let question = self.question(&stored);
                let precedents = precedents_by(&mut comparer, &question, filters, options)?;
                let best = match options.order {
                    PrecedentOrder::Score => precedents.matches.first(),
                    _ => precedents
                        .matches
                        .iter()
                        .max_by(|one, other| one.score.total_cmp(&other.score)),
                };
                Ok(Paragraph {
                    syllables: question.syllables(),
                    taken: best.map_or(0, |best| best.matched_syllables),
                    precedents,
                    stored,
                })
            }))
    }

    /// Returns the ids of the documents with a precedent of any paragraph among the passages that pass `filters`.
    ///
    /// # Errors
    /// Those of [`super::precedents`].
    pub fn matching_documents(
        &self,
        index: &Index,
        filters: &Filters,
        min_score: f64,
    ) -> Result<BTreeSet<String>, Error> {
        let mut documents = BTreeSet::new();
        let mut comparer = Comparer::of(index)?;
        for stored in self.wording() {
            documents.extend(documents_by(
                &mut comparer,
                &self.question(&stored),
                filters,
                min_score,
            )?);
        }
        Ok(documents)
    }

    /// Returns its paragraphs, the passages that are wording: no headings, and above the title (letterhead, addressees) only sentences.
    pub fn wording(&self) -> impl Iterator<Item = StoredPassage> {
        StoredPassage::all_of(&self.parsed).filter(|stored| match stored.record.place {
            Place::Heading => false,
            Place::Header => stored.record.text.ends_with('.'),
            Place::Body | Place::Footnote | Place::Table => true,
        })
    }

    /// A passage of the draft as a question to all other documents.
    fn question(&self, stored: &StoredPassage) -> Question {
        Question::stored(&self.parsed, stored, self.own_document.iter().cloned().collect())
    }
}

/// Returns the one file that can be read as a draft.
fn entry_of(file: &Path) -> Result<Entry, DraftError> {
    let mut corpus = Corpus::scan(&[file.to_path_buf()]);
    if let Some(error) = corpus.errors.pop() {
        return Err(error.into());
    }
    // A scan enters folders, and the first file of one would pass for the draft.
    if file.is_dir() {
        return Err(DraftError::Folder {
            file: file.to_path_buf(),
        });
    }
    if corpus.entries.len() > 1 {
        return Err(DraftError::Archive {
            file: file.to_path_buf(),
        });
    }
    corpus.entries.pop().ok_or_else(|| DraftError::NoDocument {
        file: file.to_path_buf(),
    })
}

/// Returns the id of the document that the index made from this very file, under whatever path it was found.
fn document_of_file(index: &Index, file: &Path) -> Result<Option<String>, Error> {
    let Ok(path) = file.canonicalize() else { return Ok(None) };
    let files = &index.manifest()?.files;
    let own = files
        .iter()
        .find(|known| known.location.canonicalize().is_ok_and(|known| known == path));
    Ok(own.map(|known| known.record.document.clone()))
}

/// Returns the id of the document that the index made from a file with these bytes.
fn document_of_bytes(index: &Index, bytes: &[u8]) -> Result<Option<String>, Error> {
    let digest = blake3::hash(bytes).to_hex();
    let files = &index.manifest()?.files;
    let own = files.iter().find(|known| known.digest == digest.as_str());
    Ok(own.map(|known| known.record.document.clone()))
}
