//! The words of a stored passage, as the index has them, with the bytes that they stand at.
//!
//! The same cut as the [`analyzer`](super::analyzer) makes, for whoever shows or explains a hit: one
//! [`Cell`] per position, with every form that stands there.

use super::analyzer::{push_plain, width};
use super::forms::{Damaged, Forms};
use crate::text::{Span, TokenKind, Tokens};

/// All words of a passage.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Words {
    /// By position.
    pub(crate) cells: Vec<Cell>,
    /// Symbols and dates, in order.
    pub(crate) compounds: Vec<Compound>,
}

/// The forms at one position.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Cell {
    /// Bytes of the text; of a damaged stretch that is read as fewer words, several.
    pub(crate) span: Span,
    /// Index in [`Forms::damaged`] of the damaged stretch around it.
    pub(crate) damaged: Option<usize>,
    /// Never empty.
    pub(crate) forms: Vec<Form>,
}

/// One form of a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Form {
    /// Who says so.
    pub(crate) by: By,
    /// With its marks.
    pub(crate) exact: String,
    /// Without.
    pub(crate) folded: String,
    /// Bytes of the text or of the reading that it was cut from.
    pub(crate) span: Span,
}

/// Who says that a word is so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum By {
    /// The source.
    Source,
    /// The source, which lost its marks here.
    Lost,
    /// The repaired reading.
    Repaired,
    /// Another reading.
    Alternative,
}

/// A symbol or date: one thing over several positions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Compound {
    /// Index of its first cell.
    pub(crate) first: usize,
    /// Index behind its last cell.
    pub(crate) end: usize,
    /// As [`Tokens::folded`] has it.
    pub(crate) folded: String,
}

impl Words {
    /// Cuts the `text` of a passage with these `forms`.
    pub(crate) fn of(text: &str, forms: &Forms) -> Self {
        let mut words = Self::default();
        let mut at = 0;
        for (index, damaged) in forms.damaged.iter().enumerate() {
            words.push_plain(text, Span::new(at, damaged.span.start), forms);
            words.push_damaged(text, index, forms);
            at = damaged.span.end;
        }
        words.push_plain(text, Span::new(at, text.len()), forms);
        words
    }

    /// Appends the words of an undamaged stretch.
    fn push_plain(&mut self, text: &str, span: Span, forms: &Forms) {
        let mut stretch = String::with_capacity(span.len());
        push_plain(&mut stretch, text, span, &forms.marks);
        let first = self.cells.len();
        let mut tokens = Tokens::new(&stretch);
        let mut open: Option<(usize, Span)> = None;
        while let Some(token) = tokens.advance() {
            let cell = first + token.position as usize;
            match token.kind {
                TokenKind::Symbol | TokenKind::Date => {
                    self.compounds.push(Compound {
                        first: cell,
                        end: cell + 1,
                        folded: tokens.folded().to_owned(),
                    });
                    open = Some((self.compounds.len() - 1, token.span));
                }
                TokenKind::Word | TokenKind::Number => {
                    if let Some((index, _)) = open.filter(|(_, around)| around.contains(token.span)) {
                        self.compounds[index].end = cell + 1;
                    }
                    let unmarked = tokens.exact() == tokens.folded() && token.kind == TokenKind::Word;
                    let place = token.span.shift(span.start);
                    self.cells.push(Cell {
                        span: place,
                        damaged: None,
                        forms: vec![Form {
                            by: if forms.lossy && unmarked { By::Lost } else { By::Source },
                            exact: tokens.exact().to_owned(),
                            folded: tokens.folded().to_owned(),
                            span: place,
                        }],
                    });
                }
            }
        }
    }

    /// Appends the words of a damaged stretch: as many cells as the best reading has words.
    fn push_damaged(&mut self, text: &str, index: usize, forms: &Forms) {
        let damaged = &forms.damaged[index];
        let mut source = String::with_capacity(damaged.span.len());
        push_plain(&mut source, text, damaged.span, &forms.marks);
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
        self.add_forms(first, width, &source, damaged.span.start, By::Source);
        for (rank, reading) in damaged.readings.iter().enumerate() {
            let by = if rank == 0 { By::Repaired } else { By::Alternative };
            self.add_forms(first, width, reading, 0, by);
        }
        for cell in &mut self.cells[first..] {
            let spans = cell
                .forms
                .iter()
                .filter(|form| form.by == By::Source)
                .map(|form| form.span);
            cell.span = spans.reduce(Span::cover).unwrap_or(damaged.span);
        }
    }

    /// Adds the words of one reading of a damaged stretch to its cells.
    fn add_forms(&mut self, first: usize, width: usize, reading: &str, start: usize, by: By) {
        let mut tokens = Tokens::new(reading);
        while let Some(token) = tokens.advance() {
            let cell = first + (token.position as usize).min(width.saturating_sub(1));
            if matches!(token.kind, TokenKind::Symbol | TokenKind::Date) {
                self.compounds.push(Compound {
                    first: cell,
                    end: first + width,
                    folded: tokens.folded().to_owned(),
                });
            } else if let Some(cell) = self.cells.get_mut(cell) {
                cell.forms.push(Form {
                    by,
                    exact: tokens.exact().to_owned(),
                    folded: tokens.folded().to_owned(),
                    span: token.span.shift(start),
                });
            }
        }
    }
}

/// The reading of a passage laid out as one text, and where in it each word stands.
#[derive(Clone, Debug, Default)]
pub(crate) struct Laid {
    /// The text with each damaged stretch in its best reading, and without footnote marks.
    pub(crate) text: String,
    /// From which byte of the source on it continues at which byte of the reading.
    moved: Vec<(usize, usize)>,
    /// Where each damaged stretch begins.
    starts: Vec<usize>,
}

impl Laid {
    /// The reading of `text` with these `forms`.
    pub(crate) fn of(text: &str, forms: &Forms) -> Self {
        let mut laid = Self {
            text: String::with_capacity(text.len() + text.len() / 4),
            moved: vec![(0, 0)],
            starts: Vec::with_capacity(forms.damaged.len()),
        };
        let marks = forms.marks.iter().map(|&mark| (mark, None));
        let damaged = forms.damaged.iter().map(|stretch| (stretch.span, Some(stretch)));
        // A mark in a damaged stretch is left out of its readings.
        let within = |mark: Span| forms.damaged.iter().any(|stretch| stretch.span.overlaps(mark));
        let mut changes: Vec<(Span, Option<&Damaged>)> =
            marks.filter(|(mark, _)| !within(*mark)).chain(damaged).collect();
        changes.sort_by_key(|(span, _)| span.start);
        let mut at = 0;
        for (span, stretch) in changes {
            laid.text.push_str(Span::new(at, span.start).slice(text));
            if let Some(stretch) = stretch {
                laid.starts.push(laid.text.len());
                laid.text.push_str(stretch.readings.first().map_or("", String::as_str));
            }
            at = span.end;
            laid.moved.push((at, laid.text.len()));
        }
        laid.text.push_str(Span::new(at, text.len()).slice(text));
        laid
    }

    /// The forms of `cell` that stand in the reading, with their bytes there.
    pub(crate) fn forms<'c>(&self, cell: &'c Cell) -> impl Iterator<Item = (&'c Form, Span)> {
        // Bytes of an undamaged word count from the beginning of the source, others from that of their reading.
        let (from, to) = match cell.damaged {
            Some(stretch) => (0, self.starts[stretch]),
            None => self.moved[self.moved.partition_point(|(from, _)| *from <= cell.span.start) - 1],
        };
        let shown = cell
            .forms
            .iter()
            .filter(|form| cell.damaged.is_none() || form.by == By::Repaired);
        shown.map(move |form| (form, Span::new(form.span.start - from, form.span.end - from).shift(to)))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use std::collections::BTreeSet;
    use tantivy::tokenizer::TokenStream;

    use super::*;
    use crate::index::Damaged;
    use crate::index::analyzer::{EXACT, FOLDED, encode, register};

    /// Terms with their positions, as the index has them.
    fn indexed(name: &str, text: &str, forms: &Forms) -> Vec<(usize, String)> {
        let tokenizers = tantivy::tokenizer::TokenizerManager::default();
        register(&tokenizers);
        let mut analyzer = tokenizers.get(name).unwrap();
        let encoded = encode(text, forms);
        let mut stream = analyzer.token_stream(&encoded);
        let mut terms = Vec::new();
        while stream.advance() {
            terms.push((stream.token().position, stream.token().text.clone()));
        }
        terms
    }

    #[test]
    fn forms_of_a_damaged_word_share_its_position() {
        let text = "cAp Uy6 1anhdao tinh";
        let damaged = |start: usize, end: usize, readings: &[&str]| Damaged {
            span: Span::new(start, end),
            readings: readings.iter().map(|&reading| reading.to_owned()).collect(),
            unsure: Vec::new(),
        };
        let forms = Forms {
            marks: vec![Span::new(6, 7)],
            damaged: vec![
                damaged(0, 3, &["cấp"]),
                damaged(4, 7, &["ủy", "ùy"]),
                damaged(8, 15, &["lãnh đạo"]),
            ],
            lossy: true,
        };
        let term = |at: usize, text: &str| (at, text.to_owned());
        assert_eq!(
            indexed(FOLDED, text, &forms),
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
            indexed(EXACT, text, &forms),
            [
                term(0, "=cấp"),
                term(0, "cap"),
                term(1, "=ủy"),
                term(1, "?ùy"),
                term(1, "uy"),
                term(2, "1anhdao"),
                term(2, "=lãnh"),
                term(3, "=đạo"),
                term(4, "tinh"),
                term(4, "~tinh"),
            ]
        );
    }

    proptest! {
        /// Positions never go back, and what is explained is what is indexed.
        #[test]
        fn cells_are_the_positions_of_the_index(
            words in prop::collection::vec(("[a-cđả]{1,3}|21-NQ/TW|8/9/2016|\\PC{1,4}", 0..4_u8, "[a-cđả]{1,2}( [a-c]{1,2})?|[.]"), 0..8),
            lossy: bool,
        ) {
            let mut text = String::new();
            let mut forms = Forms { lossy, ..Forms::default() };
            for (word, what, reading) in &words {
                if !text.is_empty() {
                    text.push(' ');
                }
                let start = text.len();
                text.push_str(word);
                let span = Span::new(start, text.len());
                match what {
                    0 if !word.contains(char::is_whitespace) => forms.damaged.push(Damaged { span, readings: vec![reading.clone(), "xa".into()], unsure: Vec::new() }),
                    1 => {
                        text.push('7');
                        forms.marks.push(Span::new(span.end, span.end + 1));
                    }
                    _ => {}
                }
            }
            let explained = Words::of(&text, &forms);
            for (name, exact) in [(FOLDED, false), (EXACT, true)] {
                let terms = indexed(name, &text, &forms);
                prop_assert!(terms.windows(2).all(|pair| pair[0].0 <= pair[1].0), "{:?}", terms);
                let terms: BTreeSet<(usize, String)> = terms.into_iter().collect();
                let mut cells = BTreeSet::new();
                for (at, cell) in explained.cells.iter().enumerate() {
                    prop_assert!(text.get(cell.span.start..cell.span.end).is_some());
                    for form in &cell.forms {
                        let sign = match form.by {
                            By::Repaired if exact => "=",
                            By::Alternative if exact => "?",
                            _ => "",
                        };
                        cells.insert((at, format!("{sign}{}", if exact { &form.exact } else { &form.folded })));
                        if exact && form.by == By::Lost {
                            cells.insert((at, format!("~{}", form.folded)));
                        }
                    }
                }
                for (at, term) in &cells {
                    prop_assert!(terms.contains(&(*at, term.clone())), "{} {:?} {:?}", at, term, terms);
                }
                let compounds = terms.difference(&cells).all(|(_, term)| term.contains(['/', '-', '\u{2010}']));
                prop_assert!(compounds, "{:?} {:?}", terms, cells);
            }
        }
    }
}
