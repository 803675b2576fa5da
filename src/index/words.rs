//! The words of a stored passage, as the index has them, with the bytes that they stand at.
//!
//! The same cut as the [`analyzer`](super::analyzer) makes, for whoever shows or explains a hit: one
//! [`Cell`] per position, with every form that stands there.

use super::analyzer::push_plain;
use super::forms::Forms;
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
                    if let Some((index, around)) = open.filter(|(_, around)| around.contains(token.span)) {
                        let _ = around;
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
        let best = damaged.readings.first().map_or("", String::as_str);
        let width = match count(best) {
            0 => count(&source),
            width => width,
        };
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

/// Number of positions of a text.
fn count(text: &str) -> usize {
    let mut tokens = Tokens::new(text);
    let mut count = 0;
    while let Some(token) = tokens.advance() {
        count = token.position as usize + 1;
    }
    count
}
