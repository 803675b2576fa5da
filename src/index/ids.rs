//! Ids of the documents of an open index: found by a beginning of one, and shortened to such a beginning.
//!
//! A short id is what people read and type: `001:935` for `001_a1c1383653321638:935`. It holds for one state of an
//! index; records and URLs have the whole id.

use std::borrow::Cow;

use super::error::{Error, IdKind};
use super::manifest::{IndexedFile, Manifest};
use crate::record::{ADDRESS_SIGNS, split_address};

/// The most documents that the error of an ambiguous id names.
const MAX_CANDIDATES: usize = 5;

/// The fewest chars of a short id; fewer are hard to recognize.
const MIN_SHORT_CHARS: usize = 3;

/// The files of an index, sorted by the ids of their documents.
pub(super) trait SortedFiles {
    /// Returns the index of the document with this id among all, or as the error the index that it would have.
    fn search(&self, id: &str) -> Result<Result<usize, usize>, Error>;

    /// Returns the file of the document with this index; `None` if there are not so many.
    fn get(&self, index: usize) -> Result<Option<&IndexedFile>, Error>;
}

impl SortedFiles for Manifest {
    fn search(&self, id: &str) -> Result<Result<usize, usize>, Error> {
        Ok(self
            .files
            .binary_search_by(|file| file.record.document.as_str().cmp(id)))
    }

    fn get(&self, index: usize) -> Result<Option<&IndexedFile>, Error> {
        Ok(self.files.get(index))
    }
}

/// Returns the file of the document whose id is `id`, or of the only one whose id begins with `id`.
///
/// # Errors
/// [`Error::Unknown`], [`Error::Ambiguous`], and those of `files`.
pub(super) fn file_of<'f>(files: &'f impl SortedFiles, id: &str) -> Result<&'f IndexedFile, Error> {
    let first = match files.search(id)? {
        Ok(index) => index,
        Err(_) if id.is_empty() => return Err(unknown(id)),
        Err(index) => index,
    };
    let Some(found) = files.get(first)?.filter(|file| file.record.document.starts_with(id)) else {
        return Err(unknown(id));
    };
    if found.record.document == id {
        return Ok(found);
    }
    let mut candidates = vec![found.record.document.clone()];
    while let Some(file) = files.get(first + candidates.len())?
        && file.record.document.starts_with(id)
        && candidates.len() < MAX_CANDIDATES
    {
        candidates.push(file.record.document.clone());
    }
    if candidates.len() == 1 {
        return Ok(found);
    }
    Err(Error::Ambiguous {
        kind: IdKind::Document,
        id: id.to_owned(),
        candidates,
    })
}

/// Returns `id`, of a document or of something in one, with the id of the document cut to the shortest beginning that no
/// other of the `files` shares, of at least [`MIN_SHORT_CHARS`] chars: `001:935`, `001^12`, `001`. An id of no document
/// comes back as it is. Costs a binary search.
///
/// # Errors
/// Those of `files`.
pub(super) fn short_id<'a>(files: &impl SortedFiles, id: &'a str) -> Result<Cow<'a, str>, Error> {
    if let Some(length) = short_length(files, id)? {
        return Ok(Cow::Borrowed(&id[..length]));
    }
    let Some((document, sign, address)) = split_address(id) else {
        return Ok(Cow::Borrowed(id));
    };
    let length = short_length(files, document)?.filter(|length| *length < document.len());
    Ok(length.map_or(Cow::Borrowed(id), |length| {
        Cow::Owned(format!("{}{sign}{address}", &id[..length]))
    }))
}

/// Returns the error that no document has this id.
fn unknown(id: &str) -> Error {
    Error::Unknown {
        kind: IdKind::Document,
        id: id.to_owned(),
    }
}

/// Returns the length in bytes of the short id of this document; `None` if the index has no such document.
fn short_length(files: &impl SortedFiles, id: &str) -> Result<Option<usize>, Error> {
    let Ok(at) = files.search(id)? else {
        return Ok(None);
    };
    // The ids are sorted, so none shares more of this one than its neighbors do.
    let mut shared = 0;
    for neighbor in at.checked_sub(1).into_iter().chain([at + 1]) {
        if let Some(file) = files.get(neighbor)? {
            shared = shared.max(shared_chars(id, &file.record.document));
        }
    }
    let chars = (shared + 1).max(MIN_SHORT_CHARS);
    // A beginning with a sign would be read as an address, and a blank at the end is lost where it is typed.
    let end = id.char_indices().nth(chars).map_or(id.len(), |(end, _)| end);
    let is_typed_back = !id.contains(ADDRESS_SIGNS) && !id[..end].ends_with(char::is_whitespace);
    Ok(Some(if is_typed_back { end } else { id.len() }))
}

/// Returns the number of chars that two texts begin with alike.
fn shared_chars(one: &str, other: &str) -> usize {
    one.chars().zip(other.chars()).take_while(|(a, b)| a == b).count()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::index::testing::{Sample, index_of};

    /// Returns an index of documents with these ids.
    fn index_with(ids: &[&str]) -> (crate::index::testing::TestFolder, crate::index::Index) {
        let samples: Vec<Sample> = ids.iter().map(|id| Sample::new(id, "tinh gọn bộ máy")).collect();
        index_of(&samples)
    }

    #[test]
    fn a_short_id_is_the_shortest_beginning_that_no_other_document_shares() {
        let (_folder, index) = index_with(&["001_a1c1", "002_7d08", "002_7d5", "ab", "abcd", "Kế hoạch 5"]);
        for (id, short) in [
            ("001_a1c1", "001"),
            ("001_a1c1:935", "001:935"),
            ("001_a1c1:935.2", "001:935.2"),
            ("001_a1c1^12", "001^12"),
            ("001_a1c1§2.3", "001§2.3"),
            ("001_a1c1@5", "001@5"),
            ("002_7d08", "002_7d0"),
            ("002_7d5:1", "002_7d5:1"),
            ("ab", "ab"),
            ("abcd", "abc"),
            ("Kế hoạch 5", "Kế hoạch 5"),
            ("003", "003"),
            ("003:1", "003:1"),
        ] {
            assert_eq!(index.short_id(id), short, "{id}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(16))]

        /// Whatever the files are called, a short id leads back to its document.
        #[test]
        fn a_short_id_can_be_typed_back(ids in prop::collection::hash_set("[abA1ế :^§@ _-]{1,6}[a1]", 1..6)) {
            let ids: Vec<&str> = ids.iter().map(String::as_str).filter(|id| id.trim() == *id).collect();
            prop_assume!(!ids.is_empty());
            let (_folder, index) = index_with(&ids);
            for id in ids {
                prop_assert_eq!(index.resolve_id(&index.short_id(id)).unwrap(), id);
                let passage = format!("{id}:1");
                let short = index.short_id(&passage);
                prop_assert_eq!(&index.passage(&short).unwrap().record.passage, &passage);
            }
        }
    }
}
