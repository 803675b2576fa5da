//! Abbreviations: the genre's own (UBND for ủy ban nhân dân), and those that documents define themselves.
//!
//! [`Abbreviations::shipped`] is the table of what everybody in this field writes, `table.tsv`: each row has a name in
//! full and its short forms. Where a short form has several names (KTTT is kinh tế thị trường and kinh tế tập thể), all
//! of them are meant, and whoever searches is told. [`definitions`] finds in a text what it calls by which letters
//! itself.
//!
//! Forms are compared as the words that a text is cut into ([`crate::text::Tokens`]): `KT-XH` is two words.
//!
//! Source of the table: the usage of published party and state documents of 2015 to 2025; the short forms of bodies also
//! in Phụ lục III of 30/2020/NĐ-CP.

mod defined;

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

pub use defined::{Definition, definitions};

use crate::text::Tokens;

/// A name or short form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameForm {
    /// As people write it.
    pub written: String,
    /// Its words with marks.
    pub exact: Vec<String>,
    /// Its words without marks.
    pub folded: Vec<String>,
}

impl NameForm {
    /// Returns the form as people write it, cut into words.
    #[must_use]
    pub fn new(written: &str) -> Self {
        let mut tokens = Tokens::new(written);
        let (mut exact, mut folded) = (Vec::new(), Vec::new());
        while tokens.advance().is_some() {
            exact.push(tokens.exact().to_owned());
            folded.push(tokens.folded().to_owned());
        }
        Self {
            written: written.to_owned(),
            exact,
            folded,
        }
    }
}

/// A table of abbreviations.
#[derive(Debug)]
pub struct Abbreviations {
    /// The forms of each row: the name in full, then its short forms.
    rows: Vec<Vec<NameForm>>,
    /// The rows and forms by their folded words, joined by a blank.
    by_words: HashMap<String, Vec<(usize, usize)>>,
    /// The first folded words of all forms.
    first_words: HashSet<String>,
    /// The most words of a form.
    longest: usize,
}

impl Abbreviations {
    /// Returns the table of the program.
    #[must_use]
    pub fn shipped() -> &'static Self {
        static TABLE: LazyLock<Abbreviations> = LazyLock::new(|| Abbreviations::of(include_str!("table.tsv")));
        &TABLE
    }

    /// Reads a table: after the line of heads, a name in full, a tab, and short forms with blanks between them.
    fn of(table: &str) -> Self {
        let mut read = Self {
            rows: Vec::new(),
            by_words: HashMap::new(),
            first_words: HashSet::new(),
            longest: 0,
        };
        for (name, short) in table.lines().skip(1).filter_map(|line| line.split_once('\t')) {
            let forms = std::iter::once(name).chain(short.split(' ')).map(NameForm::new);
            let forms: Vec<NameForm> = forms.collect();
            for (index, form) in forms.iter().enumerate() {
                read.longest = read.longest.max(form.folded.len());
                read.first_words.extend(form.folded.first().cloned());
                let rows = read.by_words.entry(form.folded.join(" ")).or_default();
                rows.push((read.rows.len(), index));
            }
            read.rows.push(forms);
        }
        read
    }

    /// Returns the most words of a form.
    #[must_use]
    pub const fn longest(&self) -> usize {
        self.longest
    }

    /// Returns true if a form begins with this folded word.
    #[must_use]
    pub fn may_begin_with(&self, word: &str) -> bool {
        self.first_words.contains(word)
    }

    /// Returns the forms that `words` (folded, joined by blanks) may be, each with the other forms of the same name.
    pub fn named(&self, words: &str) -> impl Iterator<Item = (&NameForm, impl Iterator<Item = &NameForm>)> {
        let places = self.by_words.get(words).map_or(&[][..], Vec::as_slice);
        places.iter().map(|&(row, at)| {
            let forms = &self.rows[row];
            let others = forms.iter().enumerate().filter(move |(index, _)| *index != at);
            (&forms[at], others.map(|(_, form)| form))
        })
    }

    /// Returns true if the table has `short` as a short form of `name`.
    #[must_use]
    pub fn has(&self, name: &NameForm, short: &NameForm) -> bool {
        self.named(&short.folded.join(" "))
            .any(|(_, mut others)| others.any(|other| other.folded == name.folded))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_and_its_short_forms_lead_to_each_other() {
        let table = Abbreviations::shipped();
        let others = |words: &str| -> Vec<String> {
            let named = table.named(words);
            named
                .flat_map(|(_, others)| others.map(|form| form.written.clone()))
                .collect()
        };
        assert_eq!(others("ubnd"), ["ủy ban nhân dân"]);
        assert_eq!(others("uy ban nhan dan"), ["UBND"]);
        assert_eq!(others("kt xh"), ["kinh tế xã hội", "KTXH"]);
        assert_eq!(others("kttt"), ["kinh tế thị trường", "kinh tế tập thể"]);
        assert!(others("uy ban").is_empty());
    }

    #[test]
    fn every_row_is_plausible() {
        let table = Abbreviations::shipped();
        assert!(table.rows.len() >= 150);
        for forms in &table.rows {
            let name = &forms[0];
            assert!(name.folded.len() > 1 && forms.len() > 1, "{name:?}");
            for short in &forms[1..] {
                let letters: String = short.folded.concat();
                // Two letters mean too much, and a syllable is a word of its own.
                assert!(letters.len() > 2, "{short:?}");
                assert!(short.written.chars().all(|char| !char.is_lowercase()), "{short:?}");
            }
        }
        let names: std::collections::HashSet<_> = table.rows.iter().map(|forms| &forms[0].folded).collect();
        assert_eq!(names.len(), table.rows.len(), "a name stands twice");
    }
}
