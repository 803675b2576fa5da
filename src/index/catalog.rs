//! The file of the manifest, `manifest-N`, and how one document is found in it without reading the others.
//!
//! It is a pack ([`super::pack`]): the files in blocks of [`BLOCK_FILES`], sorted by document id, and a list of the blocks
//! with everything else that the manifest tells. The seal of a commit has the location of the list, with its digest, and
//! the list those of the blocks. So a block that is read alone is as surely the one that was written as the whole is, and
//! a search that names the documents of ten hits reads a few kilobytes of any index.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use super::error::Error;
use super::folder::{self, Numbered};
use super::ids::SortedFiles;
use super::learnt_model::LearntModel;
use super::manifest::{IndexedFile, Manifest, Seal, UnreadFile};
use super::pack::{self, Location, PackWriter, Packed};
use super::stored_roots::{self, StoredRoots};
use crate::corpus::relocate;

/// Files of a block. Reading one takes 20 µs; with fewer, the list of the blocks of a large index would take longer.
const BLOCK_FILES: usize = 32;

/// The last value of the file: all that the manifest tells but the files, and the blocks of these.
#[derive(Serialize, Deserialize)]
pub(super) struct FileList {
    vankien: String,
    generation: u64,
    unread: Vec<UnreadFile>,
    passed_over: BTreeMap<String, usize>,
    register_digest: String,
    roots_digest: String,
    /// Counts that damaged documents were read with; `None` if no document is damaged.
    pub(super) learnt: Option<LearntModel>,
    blocks: Vec<Block>,
}

/// A block of files.
#[derive(Serialize, Deserialize)]
struct Block {
    /// Id of the first document.
    first: String,
    location: Location,
}

/// Writes `manifest`, waits until it is on the disk, and returns the seal that names it.
pub(super) fn write(manifest: &Manifest, dir: &Path) -> Result<Seal, Error> {
    let path = Numbered::Manifest.path(dir, manifest.generation);
    let mut file = PackWriter::create(path.clone(), manifest.generation)?;
    let mut blocks = Vec::with_capacity(manifest.files.len().div_ceil(BLOCK_FILES));
    for files in manifest.files.chunks(BLOCK_FILES) {
        blocks.push(Block {
            first: files[0].record.document.clone(),
            location: file.push(&Packed::compressed(&files, &path)?)?,
        });
    }
    let list = FileList {
        vankien: manifest.vankien.clone(),
        generation: manifest.generation,
        unread: manifest.unread.clone(),
        passed_over: manifest.passed_over.clone(),
        register_digest: manifest.register_digest.clone(),
        roots_digest: manifest.roots_digest.clone(),
        learnt: manifest.learnt.clone(),
        blocks,
    };
    let list = file.push(&Packed::compressed(&list, &path)?)?;
    file.finish()?;
    folder::sync_folder(dir)?;
    Ok(Seal {
        generation: manifest.generation,
        list,
        passages: manifest.files.iter().map(|file| file.passages as u64).sum(),
    })
}

/// An open manifest, of which only the blocks are read that were asked for.
pub(super) struct Catalog {
    path: PathBuf,
    /// Open, so that the blocks can be read even if a later build has removed the file.
    file: File,
    /// All but the files.
    pub(super) list: FileList,
    /// The roots of the state.
    pub(super) stored: StoredRoots,
    /// The blocks, each read at its first use.
    blocks: Vec<OnceLock<Vec<IndexedFile>>>,
}

impl Catalog {
    /// Opens the manifest that `seal` names.
    ///
    /// # Errors
    /// [`Error::Damaged`] if it is missing or its list is not as it was written, [`Error::Io`].
    pub(super) fn open(dir: &Path, seal: &Seal) -> Result<Self, Error> {
        let path = Numbered::Manifest.path(dir, seal.generation);
        let file = pack::open(&path)?;
        let list: FileList = pack::read_from(&file, &path, &seal.list)?;
        Ok(Self {
            stored: stored_roots::read(dir, list.generation, &list.roots_digest)?,
            blocks: list.blocks.iter().map(|_| OnceLock::new()).collect(),
            path,
            file,
            list,
        })
    }

    /// Returns the manifest as a whole.
    ///
    /// # Errors
    /// [`Error::Damaged`] if a block is not as it was written, [`Error::Io`].
    pub(super) fn whole(&self) -> Result<Manifest, Error> {
        let mut manifest = Manifest {
            vankien: self.list.vankien.clone(),
            generation: self.list.generation,
            files: Vec::with_capacity(self.blocks.len() * BLOCK_FILES),
            unread: self.list.unread.clone(),
            passed_over: self.list.passed_over.clone(),
            roots: self.stored.roots.clone(),
            register: self.stored.register.clone(),
            register_digest: self.list.register_digest.clone(),
            roots_digest: self.list.roots_digest.clone(),
            learnt: self.list.learnt.clone(),
        };
        for file in &mut manifest.unread {
            self.relocate(&mut file.location);
        }
        for block in 0..self.blocks.len() {
            manifest.files.extend_from_slice(self.block(block)?);
        }
        Ok(manifest)
    }

    /// Returns the file of the document with this id.
    ///
    /// # Errors
    /// [`Error::Damaged`] if a block is not as it was written, [`Error::Io`].
    pub(super) fn file(&self, id: &str) -> Result<Option<&IndexedFile>, Error> {
        self.search(id)?.map_or(Ok(None), |index| self.get(index))
    }

    /// Returns the files of a block.
    fn block(&self, block: usize) -> Result<&[IndexedFile], Error> {
        if let Some(files) = self.blocks[block].get() {
            return Ok(files);
        }
        let mut files: Vec<IndexedFile> = pack::read_from(&self.file, &self.path, &self.list.blocks[block].location)?;
        for file in &mut files {
            self.relocate(&mut file.location);
        }
        Ok(self.blocks[block].get_or_init(|| files))
    }

    /// Lets a location follow the roots that moved with the index.
    fn relocate(&self, location: &mut PathBuf) {
        for (from, to) in &self.stored.moves {
            relocate(location, from, to);
        }
    }
}

impl SortedFiles for Catalog {
    fn search(&self, id: &str) -> Result<Result<usize, usize>, Error> {
        let after = self.list.blocks.partition_point(|block| block.first.as_str() <= id);
        let Some(block) = after.checked_sub(1) else {
            return Ok(Err(0));
        };
        let found = self
            .block(block)?
            .binary_search_by(|file| file.record.document.as_str().cmp(id));
        let whole = |at| block * BLOCK_FILES + at;
        Ok(found.map(whole).map_err(whole))
    }

    fn get(&self, index: usize) -> Result<Option<&IndexedFile>, Error> {
        let block = index / BLOCK_FILES;
        if block >= self.blocks.len() {
            return Ok(None);
        }
        Ok(self.block(block)?.get(index % BLOCK_FILES))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::testing::{Sample, TestFolder};

    #[test]
    fn each_document_is_found_alone_and_all_together() {
        let folder = TestFolder::new();
        let ids: Vec<String> = (0..3 * BLOCK_FILES + 5)
            .map(|number| format!("{:03}", 2 * number))
            .collect();
        let samples: Vec<Sample> = ids.iter().map(|id| Sample::new(id, "Đảng bộ")).collect();
        folder.build(&samples).unwrap();
        let index = folder.open();
        let manifest = index.manifest().unwrap();
        assert!(manifest.files.iter().map(|file| &file.record.document).eq(&ids));
        for (at, id) in ids.iter().enumerate() {
            // Opened anew, so that no block was read before.
            let index = folder.open();
            assert_eq!(index.record(id).unwrap(), Some(&manifest.files[at].record));
            let absent = format!("{:03}", 2 * at + 1);
            assert_eq!(index.record(&absent).unwrap(), None);
        }
        assert_eq!(index.record("").unwrap(), None);
        assert_eq!(folder.open().resolve_id("20").unwrap(), "200");
    }

    #[test]
    fn a_damaged_block_is_an_error_of_its_documents_alone() {
        let folder = TestFolder::new();
        let ids: Vec<String> = (0..2 * BLOCK_FILES).map(|number| format!("{number:03}")).collect();
        let samples: Vec<Sample> = ids.iter().map(|id| Sample::new(id, "Đảng bộ")).collect();
        folder.build(&samples).unwrap();
        let path = Numbered::Manifest.path(&folder.dir(), 1);
        let mut bytes = std::fs::read(&path).unwrap();
        bytes[10] ^= 1;
        std::fs::write(&path, bytes).unwrap();
        let index = folder.open();
        assert!(matches!(index.record("001"), Err(Error::Damaged { file, .. }) if file == path));
        assert!(index.record("063").unwrap().is_some());
        assert!(matches!(index.manifest(), Err(Error::Damaged { file, .. }) if file == path));
    }
}
