//! A stored passage cut into words as the index has them, with the bytes of each word.
//!
//! It shows and explains hits, and a damaged passage gets its terms from it ([`super::passage_terms`]): one [`Cell`] per
//! position, with all forms at that position.

use std::borrow::Cow;

use super::annotations::{Annotations, Damaged};
use crate::text::{Span, TokenKind, Tokens};

/// A passage cut into words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tokenized {
    /// The cells by position.
    pub(crate) cells: Vec<Cell>,
    /// Symbols and dates, in order.
    pub(crate) compounds: Vec<Compound>,
}

/// The forms of a word at one position.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Cell {
    /// Its bytes in the text; they may hold several words of a damaged stretch that reads as fewer words.
    pub(crate) span: Span,
    /// Index in [`Annotations::damaged`] of the damaged stretch around it.
    pub(crate) damaged: Option<usize>,
    /// The forms; empty only for a word that [`Tokenized::of_asked`] was not asked for.
    pub(crate) forms: Vec<WordForm>,
}

/// One form of a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct WordForm {
    /// The origin of the form.
    pub(crate) origin: FormOrigin,
    /// The word with its marks.
    pub(crate) exact: String,
    /// The word without marks.
    pub(crate) folded: String,
    /// Its bytes in the text, or in the reading that it was cut from.
    pub(crate) span: Span,
}

/// The origin of a form of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FormOrigin {
    /// The source.
    Source,
    /// The source, which may have lost the marks of the word.
    Lost,
    /// The repaired reading of a source that was misread.
    Repaired,
    /// The reading of a source that was typed without marks.
    Restored,
    /// Another reading.
    Alternative,
}

/// A symbol or a date, which covers several positions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Compound {
    /// Index of its first cell.
    pub(crate) first: usize,
    /// Index after its last cell.
    pub(crate) end: usize,
    /// Its folded form, as in [`Tokens::folded`].
    pub(crate) folded: String,
    /// Its exact form, as in [`Tokens::exact`].
    pub(super) exact: String,
    /// Its origin; the source too if it is a date of the best reading in which damaged words stand beside others.
    pub(super) origin: FormOrigin,
}

impl FormOrigin {
    /// Returns true if the form is of the best reading.
    pub(crate) const fn is_best_reading(self) -> bool {
        matches!(self, Self::Repaired | Self::Restored)
    }
}

impl Tokenized {
    /// Cuts the `text` of a passage with these `annotations`.
    pub(crate) fn of(text: &str, annotations: &Annotations) -> Self {
        Self::of_asked(text, annotations, |_| true)
    }

    /// Cuts the `text` of a passage with these `annotations`, and leaves out the forms of undamaged words of which the
    /// folded form is not `asked` for: to explain a hit, few of its words are looked at, and forms are most of the cost.
    pub(crate) fn of_asked(text: &str, annotations: &Annotations, asked: impl Fn(&str) -> bool) -> Self {
        let mut tokenized = Self::default();
        let mut at = 0;
        for (index, damaged) in annotations.damaged.iter().enumerate() {
            tokenized.push_plain(text, Span::new(at, damaged.span.start), annotations, &asked);
            tokenized.push_damaged(text, index, annotations);
            at = damaged.span.end;
        }
        tokenized.push_plain(text, Span::new(at, text.len()), annotations, &asked);
        if !annotations.damaged.is_empty() {
            tokenized.add_dates_of_reading(text, annotations);
        }
        tokenized
    }

    /// Adds the dates of the best reading in which damaged words stand beside others: `ngày 25 thang 7 nam 2025`.
    fn add_dates_of_reading(&mut self, text: &str, annotations: &Annotations) {
        let reading = BestReading::of(text, annotations);
        let mut tokens = Tokens::new(&reading.text);
        // The cells of the reading in order, each with its bytes.
        let words: Vec<(usize, Span)> = (0..)
            .zip(&self.cells)
            .flat_map(|(at, cell)| reading.forms(cell).map(move |(_, span)| (at, span)))
            .collect();
        let mut found = Vec::new();
        while let Some(token) = tokens.advance() {
            if token.kind != TokenKind::Date {
                continue;
            }
            let from = words.partition_point(|(_, span)| span.start < token.span.start);
            let to = words.partition_point(|(_, span)| span.start < token.span.end);
            let Some((&(first, _), &(last, _))) = words.get(from).zip(to.checked_sub(1).and_then(|to| words.get(to)))
            else {
                continue;
            };
            let known = self
                .compounds
                .iter()
                .any(|whole| whole.first == first && whole.folded == tokens.folded());
            if !known && first <= last {
                found.push(Compound {
                    first,
                    end: last + 1,
                    folded: tokens.folded().to_owned(),
                    exact: tokens.exact().to_owned(),
                    origin: FormOrigin::Source,
                });
            }
        }
        self.compounds.extend(found);
    }

    /// Appends the cells of an undamaged stretch, with forms of the words that are `asked` for.
    fn push_plain(&mut self, text: &str, span: Span, annotations: &Annotations, asked: impl Fn(&str) -> bool) {
        let stretch = without_marks(text, span, &annotations.marks);
        let first = self.cells.len();
        let mut tokens = Tokens::new(&stretch);
        // The last compound, which the words after it may belong to: `21-NQ/TW` comes before `21`, `nq` and `tw`.
        let mut open: Option<(usize, Span)> = None;
        while let Some(token) = tokens.advance() {
            let cell = first + token.position as usize;
            match token.kind {
                TokenKind::Symbol | TokenKind::Date => {
                    self.compounds.push(Compound {
                        first: cell,
                        end: cell + 1,
                        folded: tokens.folded().to_owned(),
                        exact: tokens.exact().to_owned(),
                        origin: FormOrigin::Source,
                    });
                    open = Some((self.compounds.len() - 1, token.span));
                }
                TokenKind::Word | TokenKind::Number => {
                    if let Some((index, _)) = open.filter(|(_, around)| around.contains(token.span)) {
                        self.compounds[index].end = cell + 1;
                    }
                    let place = token.span.shift(span.start);
                    let form = || WordForm {
                        // A number has no marks to lose.
                        origin: if annotations.lossy
                            && token.kind == TokenKind::Word
                            && tokens.exact() == tokens.folded()
                        {
                            FormOrigin::Lost
                        } else {
                            FormOrigin::Source
                        },
                        exact: tokens.exact().to_owned(),
                        folded: tokens.folded().to_owned(),
                        span: place,
                    };
                    self.cells.push(Cell {
                        span: place,
                        damaged: None,
                        forms: asked(tokens.folded()).then(form).into_iter().collect(),
                    });
                }
            }
        }
    }

    /// Appends the cells of a damaged stretch: one per word of the best reading.
    fn push_damaged(&mut self, text: &str, index: usize, annotations: &Annotations) {
        let damaged = &annotations.damaged[index];
        let source = without_marks(text, damaged.span, &annotations.marks);
        let readings: Vec<&str> = damaged.readings.iter().map(String::as_str).collect();
        let width = width(&source, &readings);
        let first = self.cells.len();
        for _ in 0..width {
            self.cells.push(Cell {
                span: Span::default(),
                damaged: Some(index),
                forms: Vec::new(),
            });
        }
        self.add_forms(first, width, &source, damaged.span.start, FormOrigin::Source);
        for (rank, reading) in damaged.readings.iter().enumerate() {
            let origin = match rank {
                0 if annotations.misread => FormOrigin::Repaired,
                0 => FormOrigin::Restored,
                _ => FormOrigin::Alternative,
            };
            self.add_forms(first, width, reading, 0, origin);
        }
        // A cell shows the words that the source has there; if it has none, the whole stretch is shown.
        for cell in &mut self.cells[first..] {
            let spans = cell
                .forms
                .iter()
                .filter(|form| form.origin == FormOrigin::Source)
                .map(|form| form.span);
            cell.span = spans.reduce(Span::cover).unwrap_or(damaged.span);
        }
    }

    /// Adds the words of one reading of a damaged stretch to its cells. `start` is added to their offsets.
    fn add_forms(&mut self, first: usize, width: usize, reading: &str, start: usize, origin: FormOrigin) {
        let mut tokens = Tokens::new(reading);
        while let Some(token) = tokens.advance() {
            let cell = first + (token.position as usize).min(width.saturating_sub(1));
            if matches!(token.kind, TokenKind::Symbol | TokenKind::Date) {
                self.compounds.push(Compound {
                    first: cell,
                    end: first + width,
                    folded: tokens.folded().to_owned(),
                    exact: tokens.exact().to_owned(),
                    origin,
                });
            } else if let Some(cell) = self.cells.get_mut(cell) {
                cell.forms.push(WordForm {
                    origin,
                    exact: tokens.exact().to_owned(),
                    folded: tokens.folded().to_owned(),
                    span: token.span.shift(start),
                });
            }
        }
    }
}

/// Replaces each byte of a footnote mark; it ends a word.
const MARK: char = '\u{1}';

/// Returns the bytes `span` of `text` with the footnote `marks` in it overwritten. The number of bytes stays the same.
fn without_marks<'t>(text: &'t str, span: Span, marks: &[Span]) -> Cow<'t, str> {
    if !marks.iter().any(|mark| span.contains(*mark)) {
        return Cow::Borrowed(span.slice(text));
    }
    let mut plain = String::with_capacity(span.len());
    let mut at = span.start;
    for mark in marks.iter().filter(|mark| span.contains(**mark)) {
        plain.push_str(Span::new(at, mark.start).slice(text));
        // One sign per byte, so that later words keep their offsets.
        plain.extend(std::iter::repeat_n(MARK, mark.len()));
        at = mark.end;
    }
    plain.push_str(Span::new(at, span.end).slice(text));
    Cow::Owned(plain)
}

/// Returns the number of positions of a damaged stretch: the number of words of its best reading, or if that has none,
/// of the source or the first other reading that has any.
fn width(source: &str, readings: &[&str]) -> usize {
    let best = readings.first().copied();
    let others = readings.iter().skip(1).copied();
    let mut writings = best.into_iter().chain([source]).chain(others);
    writings
        .find_map(|text| Some(count(text)).filter(|&count| count > 0))
        .unwrap_or(0)
}

/// Returns the number of positions of a text.
fn count(text: &str) -> usize {
    let mut tokens = Tokens::new(text);
    let mut count = 0;
    while let Some(token) = tokens.advance() {
        count = token.position as usize + 1;
    }
    count
}

/// The text of a passage in its best reading, with the place of each word in it.
#[derive(Clone, Debug, Default)]
pub(crate) struct BestReading {
    /// The text with the best reading in place of each damaged stretch, and without footnote marks.
    pub(crate) text: String,
    /// Pairs of a byte of the source and the byte of the reading at which the text continues from there.
    moved: Vec<(usize, usize)>,
    /// The first byte of each damaged stretch.
    starts: Vec<usize>,
}

impl BestReading {
    /// Returns the best reading of `text` with these `annotations`.
    pub(crate) fn of(text: &str, annotations: &Annotations) -> Self {
        let mut reading = Self {
            text: String::with_capacity(text.len() + text.len() / 4),
            moved: vec![(0, 0)],
            starts: Vec::with_capacity(annotations.damaged.len()),
        };
        let marks = annotations.marks.iter().map(|&mark| (mark, None));
        let damaged = annotations.damaged.iter().map(|stretch| (stretch.span, Some(stretch)));
        // The readings of a damaged stretch already leave out the marks inside it.
        let within = |mark: Span| annotations.damaged.iter().any(|stretch| stretch.span.overlaps(mark));
        let mut changes: Vec<(Span, Option<&Damaged>)> =
            marks.filter(|(mark, _)| !within(*mark)).chain(damaged).collect();
        changes.sort_by_key(|(span, _)| span.start);
        let mut at = 0;
        for (span, stretch) in changes {
            reading.text.push_str(Span::new(at, span.start).slice(text));
            if let Some(stretch) = stretch {
                reading.starts.push(reading.text.len());
                reading
                    .text
                    .push_str(stretch.readings.first().map_or("", String::as_str));
            }
            at = span.end;
            reading.moved.push((at, reading.text.len()));
        }
        reading.text.push_str(Span::new(at, text.len()).slice(text));
        reading
    }

    /// Returns the forms of `cell` that are in the best reading, with their bytes in it.
    pub(crate) fn forms<'c>(&self, cell: &'c Cell) -> impl Iterator<Item = (&'c WordForm, Span)> {
        // Offsets of an undamaged word count from the beginning of the source, others from that of their reading.
        let (from, to) = match cell.damaged {
            Some(stretch) => (0, self.starts[stretch]),
            None => self.moved[self.moved.partition_point(|(from, _)| *from <= cell.span.start) - 1],
        };
        let shown = cell
            .forms
            .iter()
            .filter(|form| cell.damaged.is_none() || form.origin.is_best_reading());
        shown.map(move |form| (form, Span::new(form.span.start - from, form.span.end - from).shift(to)))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    use super::super::analyzer::{TERMS, split};
    use super::super::passage_terms::PassageTerms;
    use super::*;
    use crate::index::Damaged;
    use crate::text::SourceLetters;

    /// The fields of words.
    #[derive(Clone, Copy, PartialEq)]
    enum WordField {
        Folded,
        Exact,
    }
    use WordField::{Exact, Folded};

    /// Returns the terms of the index with their positions.
    fn indexed(field: WordField, text: &str, annotations: &Annotations) -> Vec<(usize, String)> {
        let terms = PassageTerms::of(text, annotations);
        let list = if field == Exact { terms.exact } else { terms.folded };
        split(TERMS, list.as_str())
    }

    #[test]
    fn forms_of_a_damaged_word_share_its_position() {
        let text = "cAp Uy6 1anhdao tinh";
        let damaged = |start: usize, end: usize, readings: &[&str]| Damaged {
            span: Span::new(start, end),
            readings: readings.iter().map(|&reading| reading.to_owned()).collect(),
            unsure: Vec::new(),
        };
        let annotations = Annotations {
            misread: true,
            marks: vec![Span::new(6, 7)],
            damaged: vec![
                damaged(0, 3, &["cấp"]),
                damaged(4, 7, &["ủy", "ùy"]),
                damaged(8, 15, &["lãnh đạo"]),
            ],
            lossy: true,
            letters: SourceLetters::default(),
        };
        let term = |at: usize, text: &str| (at, text.to_owned());
        assert_eq!(
            indexed(Folded, text, &annotations),
            [
                term(0, "cap"),
                term(1, "uy"),
                term(2, "1anhdao"),
                term(2, "lanh"),
                term(3, "dao"),
                term(4, "tinh")
            ]
        );
        assert_eq!(
            indexed(Exact, text, &annotations),
            [
                term(0, "cap"),
                term(0, "=cấp"),
                term(1, "uy"),
                term(1, "=ủy"),
                term(1, "?ùy"),
                term(2, "1anhdao"),
                term(2, "=lãnh"),
                term(3, "=đạo"),
                term(4, "tinh"),
                term(4, "~tinh"),
            ]
        );
    }

    #[test]
    fn a_date_of_damaged_and_other_words_is_one_token() {
        let text = "ngay 25 thdng 7 nam 2025";
        let annotations = Annotations {
            misread: true,
            damaged: vec![Damaged {
                span: Span::new(8, 13),
                readings: vec!["tháng".to_owned()],
                unsure: Vec::new(),
            }],
            lossy: true,
            ..Annotations::default()
        };
        assert!(indexed(Folded, text, &annotations).contains(&(1, "25/7/2025".to_owned())));
        let explained = Tokenized::of(text, &annotations);
        let date = explained
            .compounds
            .iter()
            .find(|whole| whole.folded == "25/7/2025")
            .unwrap();
        assert_eq!((date.first, date.end), (1, 6));
    }

    proptest! {
        /// Positions never decrease, and the cells have exactly the terms of the index.
        #[test]
        fn cells_are_the_positions_of_the_index(
            words in prop::collection::vec(("[a-cđả]{1,3}|21-NQ/TW|8/9/2016|\\PC{1,4}", 0..4_u8, "[a-cđả]{1,2}( [a-c]{1,2})?|[.]"), 0..8),
            lossy: bool,
            misread: bool,
        ) {
            let mut text = String::new();
            let mut annotations = Annotations { lossy, misread, ..Annotations::default() };
            for (word, what, reading) in &words {
                if !text.is_empty() {
                    text.push(' ');
                }
                let start = text.len();
                text.push_str(word);
                let span = Span::new(start, text.len());
                match what {
                    0 if !word.contains(char::is_whitespace) => annotations.damaged.push(Damaged { span, readings: vec![reading.clone(), "xa".into()], unsure: Vec::new() }),
                    1 => {
                        text.push('7');
                        annotations.marks.push(Span::new(span.end, span.end + 1));
                    }
                    _ => {}
                }
            }
            let explained = Tokenized::of(&text, &annotations);
            for (field, exact) in [(Folded, false), (Exact, true)] {
                let terms = indexed(field, &text, &annotations);
                prop_assert!(terms.windows(2).all(|pair| pair[0].0 <= pair[1].0), "{:?}", terms);
                let terms: BTreeSet<(usize, String)> = terms.into_iter().collect();
                let mut cells = BTreeSet::new();
                for (at, cell) in explained.cells.iter().enumerate() {
                    prop_assert!(text.get(cell.span.start..cell.span.end).is_some());
                    for form in &cell.forms {
                        let sign = match form.origin {
                            FormOrigin::Repaired if exact => "=",
                            FormOrigin::Restored if exact && form.exact != form.folded => "~",
                            FormOrigin::Restored | FormOrigin::Alternative if exact => "?",
                            _ => "",
                        };
                        cells.insert((at, format!("{sign}{}", if exact { &form.exact } else { &form.folded })));
                        if exact && form.origin == FormOrigin::Lost {
                            cells.insert((at, format!("~{}", form.folded)));
                        }
                    }
                }
                for (at, term) in &cells {
                    prop_assert!(terms.contains(&(*at, term.clone())), "{} {:?} {:?}", at, term, terms);
                }
                for whole in &explained.compounds {
                    // Folded, a mark alone is nothing, so that the two forms may differ in more than marks.
                    let is_term = |term: &str| term.ends_with(&whole.folded) || exact && term.ends_with(&whole.exact);
                    prop_assert!(terms.iter().any(|(at, term)| *at == whole.first && is_term(term)), "{:?} {:?}", whole, terms);
                }
                let compounds = terms.difference(&cells).all(|(_, term)| term.contains(['/', '-', '\u{2010}']));
                prop_assert!(compounds, "{:?} {:?}", terms, cells);
            }
        }
    }
}
