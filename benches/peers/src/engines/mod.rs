//! The engines, as what they have in common: built from passages, opened, asked.

#[cfg(feature = "sqlite")]
mod sqlite;
mod tantivy;
mod vankien;

use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use crate::passages::Passages;
use crate::questions::Question;

/// Hits that are asked for.
pub(crate) const HITS: usize = 10;

/// Values of each facet that are asked for.
pub(crate) const VALUES: usize = 10;

/// An engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum EngineName {
    /// This project.
    Vankien,
    /// tantivy, without anything of this project.
    Tantivy,
    /// FTS5 of SQLite.
    Sqlite,
}

impl EngineName {
    /// All but vankien.
    pub(crate) const PEERS: &[Self] = &[
        Self::Tantivy,
        #[cfg(feature = "sqlite")]
        Self::Sqlite,
    ];

    /// Returns the name.
    const fn name(self) -> &'static str {
        match self {
            Self::Vankien => "vankien",
            Self::Tantivy => "tantivy",
            Self::Sqlite => "sqlite",
        }
    }

    /// Returns the folder of its index in the folder `work`.
    pub(crate) fn dir(self, work: &Path) -> PathBuf {
        work.join(self.name())
    }

    /// Builds its index in `work` with one thread: vankien from the documents in `corpus`, the others from the passages
    /// that vankien made of them.
    pub(crate) fn build(self, corpus: &Path, work: &Path) -> anyhow::Result<()> {
        let dir = self.dir(work);
        let passages = || Passages::open(&crate::passages::path(work));
        match self {
            Self::Vankien => vankien::build(corpus, &dir),
            Self::Tantivy => tantivy::build(passages()?, &dir),
            #[cfg(feature = "sqlite")]
            Self::Sqlite => sqlite::build(passages()?, &dir),
            #[cfg(not(feature = "sqlite"))]
            Self::Sqlite => anyhow::bail!("built without SQLite"),
        }
    }

    /// Opens its index in `work`.
    pub(crate) fn open(self, work: &Path) -> anyhow::Result<Box<dyn Engine>> {
        let dir = self.dir(work);
        Ok(match self {
            Self::Vankien => Box::new(vankien::Vankien::open(&dir)?),
            Self::Tantivy => Box::new(tantivy::Plain::open(&dir)?),
            #[cfg(feature = "sqlite")]
            Self::Sqlite => Box::new(sqlite::Sqlite::open(&dir)?),
            #[cfg(not(feature = "sqlite"))]
            Self::Sqlite => anyhow::bail!("built without SQLite"),
        })
    }
}

impl fmt::Display for EngineName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for EngineName {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        let known = [Self::Vankien, Self::Tantivy, Self::Sqlite];
        let found = known.into_iter().find(|engine| engine.name() == name);
        found.ok_or_else(|| format!("no engine is called '{name}'"))
    }
}

/// The parts of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Asked {
    /// The ten best passages.
    Top,
    /// The ten best passages, the number of all, and the passages of each document, section and part.
    TopAndFacets,
}

impl Asked {
    /// Both.
    pub(crate) const ALL: [Self; 2] = [Self::Top, Self::TopAndFacets];
}

/// An answer, as far as engines can be compared.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Answer {
    /// Number of hits that were returned, at most [`HITS`].
    pub(crate) hits: usize,
    /// Number of all matching passages, if it was asked for.
    pub(crate) total: Option<usize>,
    /// The [`VALUES`] most frequent documents with the numbers of their passages, equally frequent ones by id, if they
    /// were asked for.
    pub(crate) documents: Vec<(String, u64)>,
}

/// An open index.
pub(crate) trait Engine {
    /// Returns its name.
    fn name(&self) -> EngineName;

    /// Answers `question`.
    fn ask(&self, question: &Question, asked: Asked) -> anyhow::Result<Answer>;
}
