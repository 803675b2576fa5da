//! The form of an answer and the file that it is written to.
//!
//! A file appears under its name only when it is whole: it is written beside its place and renamed. What an index was
//! made of, and the draft that a command reads, are never overwritten.

use std::cell::RefCell;
use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use tempfile::NamedTempFile;

use crate::corpus::absolute;
use crate::index::{Index, IndexPlace, Manifest};
use crate::record::DocumentRecord;
use crate::render::file_url::file_url;
use crate::render::tables::Sources;

/// A file that an answer is written to.
pub(super) struct AnswerFile {
    /// The name that was given.
    named: PathBuf,
    writer: Writer,
    /// True if anything was written.
    is_written: bool,
}

/// The way to the bytes of an answer.
enum Writer {
    /// A file beside `target`, which it replaces once it is whole.
    Beside {
        file: BufWriter<NamedTempFile>,
        target: PathBuf,
    },
    /// A device or a pipe, which no file can replace.
    Device(BufWriter<File>),
}

impl AnswerFile {
    /// Begins the file `named`.
    ///
    /// # Errors
    /// The folder is missing or nothing can be written there.
    pub(super) fn create(named: &Path) -> anyhow::Result<Self> {
        let shown = named.display();
        let writer = match fs::metadata(named) {
            Ok(found) if !found.is_file() => {
                let device = File::options().write(true).open(named);
                Writer::Device(BufWriter::new(
                    device.with_context(|| format!("cannot write '{shown}'"))?,
                ))
            }
            found => {
                let target = place_of(named);
                let folder = target.parent().unwrap_or(Path::new("/"));
                let file = temporary(folder).with_context(|| format!("cannot write '{shown}'"))?;
                if let Ok(found) = found {
                    let kept = file.as_file().set_permissions(found.permissions());
                    kept.with_context(|| format!("cannot write '{shown}'"))?;
                }
                Writer::Beside {
                    file: BufWriter::new(file),
                    target,
                }
            }
        };
        Ok(Self {
            named: named.to_owned(),
            writer,
            is_written: false,
        })
    }

    /// Fails if `named` is a folder, or a file that the index at `place` was made of, a part of the index, or one of
    /// `inputs`.
    pub(super) fn check(named: &Path, place: &IndexPlace, inputs: &[&Path]) -> anyhow::Result<()> {
        let target = place_of(named);
        let shown = named.display();
        let leads_here = |path: &Path| fs::canonicalize(path).is_ok_and(|path| path.starts_with(&target));
        if target.is_dir() {
            bail!("cannot write '{shown}': it is a folder");
        }
        if inputs.iter().any(|input| leads_here(input)) {
            bail!("cannot write '{shown}': the command reads it");
        }
        // The files of an index in an engine are on another machine, as far as this one knows.
        let IndexPlace::Folder(index_dir) = place else {
            return Ok(());
        };
        if fs::canonicalize(index_dir).is_ok_and(|dir| target.starts_with(dir)) {
            bail!("cannot write '{shown}': it would be in the folder of the index");
        }
        // A new file is no document, and neither is a folder; without an index there is none to lose.
        if !target.is_file() {
            return Ok(());
        }
        let Ok(index) = Index::open(index_dir) else {
            return Ok(());
        };
        // A member of an archive has the path of the archive before its own.
        if index
            .manifest()?
            .files
            .iter()
            .any(|file| file.location.starts_with(&target))
        {
            bail!("cannot write '{shown}': it is a document of the index");
        }
        Ok(())
    }

    /// Puts the file in its place, and returns false if nothing was written, so that there is none.
    ///
    /// # Errors
    /// The last bytes cannot be written or the file cannot be renamed; then there is no new file.
    pub(super) fn finish(self) -> anyhow::Result<bool> {
        let shown = self.named.display();
        match self.writer {
            Writer::Device(mut device) => device.flush().with_context(|| format!("cannot write '{shown}'"))?,
            Writer::Beside { .. } if !self.is_written => return Ok(false),
            Writer::Beside { file, target } => {
                let file = file.into_inner().map_err(io::IntoInnerError::into_error);
                let file = file.with_context(|| format!("cannot write '{shown}'"))?;
                let renamed = file.persist(target).map_err(|error| error.error);
                renamed.with_context(|| format!("cannot write '{shown}'"))?;
            }
        }
        Ok(true)
    }
}

impl Write for AnswerFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.is_written |= !bytes.is_empty();
        match &mut self.writer {
            Writer::Beside { file, .. } => file.write(bytes),
            Writer::Device(device) => device.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.writer {
            Writer::Beside { file, .. } => file.flush(),
            Writer::Device(device) => device.flush(),
        }
    }
}

/// Returns the absolute path of a file that may not exist yet. A link stays a link: this is where it leads.
fn place_of(named: &Path) -> PathBuf {
    if let Ok(place) = fs::canonicalize(named) {
        return place;
    }
    let place = absolute(named);
    match (place.parent().map(fs::canonicalize), place.file_name()) {
        (Some(Ok(folder)), Some(name)) => folder.join(name),
        _ => place,
    }
}

/// Returns a new file in `folder`, with the permissions of a file that a shell makes. It goes when it is dropped.
fn temporary(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".vankien-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.tempfile_in(folder)
}

/// The documents of an index whose files are on this machine.
pub(super) struct LocalFiles<'i> {
    manifest: &'i Manifest,
    /// The URLs found so far, by document.
    urls: RefCell<HashMap<String, Option<String>>>,
}

impl<'i> LocalFiles<'i> {
    /// Returns the documents of `index`.
    pub(super) fn of(index: &'i Index) -> Result<Self, crate::index::Error> {
        Ok(Self {
            manifest: index.manifest()?,
            urls: RefCell::default(),
        })
    }
}

impl Sources for LocalFiles<'_> {
    fn document(&self, id: &str) -> Option<&DocumentRecord> {
        self.manifest.document(id)
    }

    fn file_url(&self, document: &str) -> Option<String> {
        let mut urls = self.urls.borrow_mut();
        if let Some(url) = urls.get(document) {
            return url.clone();
        }
        // A member of an archive is no file of its own.
        let location = self.manifest.file(document).map(|file| &file.location);
        let url = location.filter(|path| path.is_file()).map(|path| file_url(path));
        urls.insert(document.to_owned(), url.clone());
        url
    }
}
