//! SQLite: a table of the passages, and an FTS5 index of their folded words beside it.
//!
//! The texts are folded before they are indexed, because no tokenizer of FTS5 takes `đ` for `d`.

use std::path::Path;

use rusqlite::Connection;
use vankien::text::fold;

use super::{Answer, Asked, Engine, EngineName, HITS, VALUES};
use crate::passages::Passages;
use crate::questions::Question;

/// The name of the database in the folder of the index.
const FILE: &str = "passages.db";

/// Passages that are written in one transaction.
const BATCH: usize = 10_000;

/// Builds a database of `passages` in `dir`.
pub(super) fn build(passages: Passages, dir: &Path) -> anyhow::Result<()> {
    std::fs::create_dir_all(dir)?;
    let mut database = Connection::open(dir.join(FILE))?;
    database.execute_batch(
        "pragma journal_mode = off;
         pragma synchronous = off;
         create table passages (id integer primary key, text text, document text, section text, place text);
         create virtual table words using fts5 (text, content = '', tokenize = 'unicode61');",
    )?;
    let mut passages = (1_i64..).zip(passages).peekable();
    while passages.peek().is_some() {
        let batch = database.transaction()?;
        {
            let mut passage = batch.prepare_cached("insert into passages values (?, ?, ?, ?, ?)")?;
            let mut words = batch.prepare_cached("insert into words (rowid, text) values (?, ?)")?;
            for (id, read) in passages.by_ref().take(BATCH) {
                let read = read?;
                words.execute((id, fold(&read.text)))?;
                passage.execute((id, read.text, read.document, read.section, read.place))?;
            }
        }
        batch.commit()?;
    }
    // One tree of words, as tantivy gets one segment.
    database.execute_batch("insert into words (words) values ('optimize')")?;
    Ok(())
}

/// An open database.
pub(super) struct Sqlite {
    database: Connection,
}

impl Sqlite {
    /// Opens the database in `dir`, mapped into memory as the other engines' indexes are.
    pub(super) fn open(dir: &Path) -> anyhow::Result<Self> {
        let database = Connection::open(dir.join(FILE))?;
        database.pragma_update(None, "mmap_size", 4_000_000_000_i64)?;
        Ok(Self { database })
    }
}

impl Engine for Sqlite {
    fn name(&self) -> EngineName {
        EngineName::Sqlite
    }

    fn ask(&self, question: &Question, asked: Asked) -> anyhow::Result<Answer> {
        let query = match question.kind.is_phrase() {
            true => format!("\"{}\"", question.folded.join(" ")),
            false => {
                let quoted: Vec<String> = question.folded.iter().map(|word| format!("\"{word}\"")).collect();
                quoted.join(" ")
            }
        };
        let mut best = self.database.prepare_cached(&format!(
            "select rowid, rank from words where words match ? order by rank limit {HITS}"
        ))?;
        let hits = best.query_map([&query], |row| row.get::<_, i64>(0))?.count();
        if asked == Asked::Top {
            return Ok(Answer {
                hits,
                ..Answer::default()
            });
        }
        let mut total = self
            .database
            .prepare_cached("select count(*) from words where words match ?")?;
        let total: i64 = total.query_row([&query], |row| row.get(0))?;
        let mut documents = Vec::new();
        for column in ["place", "section", "document"] {
            let mut counts = self.database.prepare_cached(&format!(
                "select {column}, count(*) as passages_with from words join passages on passages.id = words.rowid
                 where words match ? group by 1 order by 2 desc, 1 limit {VALUES}"
            ))?;
            let rows = counts.query_map([&query], |row| Ok((row.get(0)?, row.get::<_, i64>(1)?.unsigned_abs())))?;
            documents = rows.collect::<Result<_, _>>()?;
        }
        Ok(Answer {
            hits,
            total: Some(usize::try_from(total)?),
            documents,
        })
    }
}
