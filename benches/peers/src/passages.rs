//! The passages of a vankien index in one plain file, for engines that read no documents.
//!
//! Reading them costs hardly more than reading the file, so that the CPU time of the other engines is their own.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use vankien::index::Index;

/// A passage as the other engines get it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Passage {
    /// Id of the document.
    pub(crate) document: String,
    /// Kinds of the sections around it, the outermost first, joined by slashes; empty if it has none.
    pub(crate) section: String,
    /// Part of the document.
    pub(crate) place: String,
    /// Text.
    pub(crate) text: String,
}

/// The amount of text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Summary {
    /// Number of passages.
    pub(crate) passages: usize,
    /// Bytes of their texts.
    pub(crate) bytes: u64,
}

/// Returns the path of the file in the folder `work`.
pub(crate) fn path(work: &Path) -> PathBuf {
    work.join("passages")
}

/// Writes the passages of the index in `dir` to `file`.
pub(crate) fn export(dir: &Path, file: &Path) -> anyhow::Result<()> {
    let mut out = BufWriter::new(File::create(file)?);
    for parsed in Index::open(dir)?.parsed_documents()? {
        for record in parsed?.passage_records() {
            let kinds: Vec<&str> = record.section_kinds.iter().map(|kind| kind.name()).collect();
            for value in [&record.document, &kinds.join("/"), record.place.name(), &record.text] {
                out.write_all(&u32::try_from(value.len())?.to_le_bytes())?;
                out.write_all(value.as_bytes())?;
            }
        }
    }
    Ok(out.flush()?)
}

/// Reads the passages of a file in their order.
pub(crate) struct Passages {
    file: BufReader<File>,
}

impl Passages {
    /// Opens the file.
    pub(crate) fn open(file: &Path) -> io::Result<Self> {
        Ok(Self {
            file: BufReader::with_capacity(1 << 20, File::open(file)?),
        })
    }

    /// Reads all passages to count them, and begins anew.
    pub(crate) fn summary(&self) -> anyhow::Result<Summary> {
        let file = self.file.get_ref().try_clone()?;
        let mut all = Self {
            file: BufReader::with_capacity(1 << 20, file),
        };
        let mut summary = Summary::default();
        for passage in &mut all {
            summary.passages += 1;
            summary.bytes += passage?.text.len() as u64;
        }
        // The clone shares its position with the file.
        io::Seek::rewind(&mut all.file)?;
        Ok(summary)
    }

    /// Reads the next passage; `None` at the end.
    fn read(&mut self) -> anyhow::Result<Option<Passage>> {
        let Some(document) = self.value()? else {
            return Ok(None);
        };
        let mut rest = || {
            self.value()?
                .ok_or_else(|| anyhow::anyhow!("the file of passages ends early"))
        };
        Ok(Some(Passage {
            document,
            section: rest()?,
            place: rest()?,
            text: rest()?,
        }))
    }

    /// Reads the next value; `None` at the end.
    fn value(&mut self) -> anyhow::Result<Option<String>> {
        let mut length = [0; 4];
        match self.file.read_exact(&mut length) {
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
            read => read?,
        }
        let mut value = vec![0; u32::from_le_bytes(length) as usize];
        self.file.read_exact(&mut value)?;
        Ok(Some(String::from_utf8(value)?))
    }
}

impl Iterator for Passages {
    type Item = anyhow::Result<Passage>;

    fn next(&mut self) -> Option<Self::Item> {
        self.read().transpose()
    }
}
