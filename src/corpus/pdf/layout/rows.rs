//! The rows of a page: words that stand side by side, whatever column or cell they belong to.
//!
//! Poppler's own lines end at wide blanks, and a line may run from one cell of a table into the next. So the rows are
//! made from the words alone.

use super::super::printed::PrintedWord;

/// The share of the height of a row by which the middle of a word of it is off at most. A raised digit is off by a
/// quarter, the next line of the tightest text by two thirds.
const MAX_OFF: f32 = 0.45;
/// The greatest height of a word that counts, as a factor of the usual one: a brace may be as high as five lines.
const MAX_HEIGHT: f32 = 1.8;
/// The least blank between two segments, as a share of the height of the row. A blank between words is a fifth, and up
/// to a half in justified text.
const MIN_SEGMENT_BLANK: f32 = 0.9;

/// A word of a page, and the block of poppler that holds it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word<'p> {
    /// The word.
    pub(super) printed: &'p PrintedWord,
    /// The index of its block.
    pub(super) block: usize,
}

impl Word<'_> {
    /// Returns its left edge.
    pub(super) const fn left(self) -> f32 {
        self.printed.edges[0]
    }

    /// Returns its right edge.
    pub(super) const fn right(self) -> f32 {
        self.printed.edges[2]
    }

    /// Returns its upper edge.
    pub(super) const fn top(self) -> f32 {
        self.printed.edges[1]
    }

    /// Returns its lower edge.
    pub(super) const fn bottom(self) -> f32 {
        self.printed.edges[3]
    }

    /// Returns its height.
    pub(super) fn height(self) -> f32 {
        self.bottom() - self.top()
    }

    /// Returns the middle between its upper and lower edge.
    pub(super) const fn middle(self) -> f32 {
        f32::midpoint(self.top(), self.bottom())
    }
}

/// Words side by side.
#[derive(Clone, Debug)]
pub(super) struct Row<'p> {
    /// Its words from left to right, never empty.
    pub(super) words: Vec<Word<'p>>,
    /// The upper edge of its highest word.
    pub(super) top: f32,
    /// The lower edge of the same word.
    pub(super) bottom: f32,
}

impl<'p> Row<'p> {
    /// Returns the row of `words`, which are sorted from left to right, at the height of this row.
    pub(super) fn with(&self, words: Vec<Word<'p>>) -> Self {
        Self { words, ..*self }
    }

    /// Returns its height.
    pub(super) fn height(&self) -> f32 {
        (self.bottom - self.top).max(1.0)
    }

    /// Returns the middle between its upper and lower edge.
    pub(super) const fn middle(&self) -> f32 {
        f32::midpoint(self.top, self.bottom)
    }

    /// Returns its left edge.
    pub(super) fn left(&self) -> f32 {
        self.words.first().map_or(0.0, |word| word.left())
    }

    /// Returns its right edge.
    pub(super) fn right(&self) -> f32 {
        self.words
            .iter()
            .map(|word| word.right())
            .fold(f32::NEG_INFINITY, f32::max)
    }

    /// Returns its words with a blank between them.
    pub(super) fn text(&self) -> String {
        let words: Vec<&str> = self.words.iter().map(|word| word.printed.text.as_str()).collect();
        words.join(" ")
    }

    /// Cuts it at its wide blanks.
    pub(super) fn segments(&self) -> Vec<&[Word<'p>]> {
        let wide = MIN_SEGMENT_BLANK * self.height();
        self.words
            .chunk_by(|one, other| other.left() - one.right() < wide)
            .collect()
    }
}

/// Groups `words` into rows, from top to bottom.
pub(super) fn rows_of(mut words: Vec<Word<'_>>) -> Vec<Row<'_>> {
    let highest = usual_height(&words) * MAX_HEIGHT;
    words.sort_by(|one, other| one.middle().total_cmp(&other.middle()));
    let mut rows: Vec<Row<'_>> = Vec::new();
    for word in words {
        let height = word.height().min(highest);
        match rows.last_mut() {
            Some(row) if (word.middle() - row.middle()).abs() < MAX_OFF * height.max(row.height()) => {
                if height > row.height() && word.height() <= highest {
                    (row.top, row.bottom) = (word.top(), word.bottom());
                }
                row.words.push(word);
            }
            _ => rows.push(Row {
                words: vec![word],
                top: word.middle() - height / 2.0,
                bottom: word.middle() + height / 2.0,
            }),
        }
    }
    for row in &mut rows {
        row.words.sort_by(|one, other| one.left().total_cmp(&other.left()));
    }
    rows
}

/// Returns the median height of `words`, at least 1.
fn usual_height(words: &[Word<'_>]) -> f32 {
    let mut heights: Vec<f32> = words.iter().map(|word| word.height()).collect();
    let middle = heights.len() / 2;
    if heights.is_empty() {
        return 1.0;
    }
    heights.select_nth_unstable_by(middle, f32::total_cmp).1.max(1.0)
}
