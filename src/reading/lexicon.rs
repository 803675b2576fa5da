//! The lexicon: the words that a damaged token may stand for, and four classes for everything else.

use std::collections::HashMap;

use super::tables::WordRow;

/// The boundary between two sentences: the start of the one and the end of the other.
pub(crate) const BOUNDARY: u16 = 0;
/// Any word that the lexicon lacks.
pub(crate) const UNKNOWN: u16 = 1;
/// Any number, date, percentage or list label.
pub(crate) const NUMBER: u16 = 2;
/// Any document symbol, address or other mixture of letters and digits.
pub(crate) const SYMBOL: u16 = 3;
/// The names of the four classes in the model file.
pub(crate) const CLASSES: [&str; 4] = ["<s>", "<unk>", "<num>", "<sym>"];

/// The words by index and by form.
#[derive(Clone, Debug)]
pub(crate) struct Lexicon {
    rows: Vec<WordRow>,
    by_form: HashMap<String, u16>,
}

impl Lexicon {
    /// Creates a lexicon of `rows`, the four classes first; without rows it has the classes alone.
    pub(crate) fn of(mut rows: Vec<WordRow>) -> Self {
        for class in CLASSES.iter().skip(rows.len()) {
            rows.push(WordRow {
                form: (*class).to_owned(),
                capital: 0,
                acronym: false,
            });
        }
        let by_form = rows
            .iter()
            .enumerate()
            .map(|(index, row)| (row.form.clone(), index as u16))
            .collect();
        Self { rows, by_form }
    }

    /// Returns the number of words, the classes included.
    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    /// Returns all rows, by index.
    pub(crate) fn rows(&self) -> &[WordRow] {
        &self.rows
    }

    /// Returns the row of `word`, or that of [`UNKNOWN`] for an index out of range.
    pub(crate) fn row(&self, word: u16) -> &WordRow {
        self.rows.get(word as usize).unwrap_or(&self.rows[UNKNOWN as usize])
    }

    /// Returns the index of a form: lower case, NFC, tone mark placed.
    pub(crate) fn find(&self, form: &str) -> Option<u16> {
        self.by_form.get(form).copied()
    }

    /// Adds a word and returns its index, or `None` if 16 bits cannot hold one more.
    pub(crate) fn push(&mut self, row: WordRow) -> Option<u16> {
        let index = u16::try_from(self.rows.len()).ok().filter(|&index| index < u16::MAX)?;
        self.by_form.insert(row.form.clone(), index);
        self.rows.push(row);
        Some(index)
    }
}
