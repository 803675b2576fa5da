//! A page: the place of each word.

use ab_glyph::{Font as _, PxScale, ScaleFont as _};
use rand::Rng;

use crate::damage::Recipe;
use crate::families::{Face, Family, Kind};
use crate::wording::{Block, Style, Word};

/// Width and height of A4, in inches.
const PAPER: [f32; 2] = [8.27, 11.69];

/// A word at its place, in pixels from the upper left corner.
pub(crate) struct PlacedWord {
    /// The word.
    pub(crate) word: Word,
    /// Its line.
    pub(crate) line: usize,
    /// Left and right edge.
    pub(crate) x: [f32; 2],
}

/// A printed line.
pub(crate) struct Line {
    /// The way it is set.
    pub(crate) style: Style,
    /// The size of its font, in points.
    pub(crate) points: f32,
    /// Pixels from the top of the page to its baseline.
    pub(crate) baseline: f32,
    /// Left and right edge of its column.
    pub(crate) column: [f32; 2],
    /// Size of an em in pixels.
    pub(crate) em: f32,
}

/// A page.
pub(crate) struct Page {
    /// Width and height in pixels.
    pub(crate) size: [u32; 2],
    /// The lines, in reading order.
    pub(crate) lines: Vec<Line>,
    /// The words, in reading order.
    pub(crate) words: Vec<PlacedWord>,
}

impl Page {
    /// Returns the printed text, a line each; raised numbers are left out.
    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        for line in self.words.chunk_by(|one, other| one.line == other.line) {
            let words: Vec<&str> = line.iter().map(|placed| placed.word.text.as_str()).collect();
            text.push_str(&words.join(" "));
            text.push('\n');
        }
        text
    }
}

/// Returns the scale at which an em of `font` has this many pixels.
pub(crate) fn scale(font: &impl ab_glyph::Font, em: f32) -> PxScale {
    PxScale::from(em * font.height_unscaled() / font.units_per_em().unwrap_or(1000.0))
}

/// Returns the width of a text in pixels.
pub(crate) fn width(family: &Family, face: Face, em: f32, text: &str) -> f32 {
    let font = family.font(face);
    let font = font.as_scaled(scale(font, em));
    text.chars().map(|char| font.h_advance(font.glyph_id(char))).sum()
}

/// Sets the blocks as a page.
pub(crate) fn typeset(
    blocks: &[Block],
    family: &Family,
    resolution: u32,
    recipe: &Recipe,
    random: &mut impl Rng,
) -> Page {
    let inch = resolution as f32;
    let size = PAPER.map(|side| (side * inch) as u32);
    let points: f32 = match family.kind {
        Kind::Mono => random.random_range(11.0..12.5),
        _ if recipe.columns > 1 => random.random_range(10.0..12.0),
        _ => random.random_range(12.5..14.5),
    };
    let spacing: f32 = random.random_range(1.15..1.5);
    let [left, right] = [1.18 * inch, (PAPER[0] - random.random_range(0.6..0.8)) * inch];
    let gap = 0.3 * inch;
    let column_width = (right - left - gap * (recipe.columns - 1) as f32) / recipe.columns as f32;
    let top = 0.8 * inch;
    let notes: Vec<&Block> = blocks.iter().filter(|block| block.style == Style::Note).collect();
    // Two lines for each note.
    let foot = (PAPER[1] - 0.8) * inch - notes.len() as f32 * 2.0 * points * 0.8 / 72.0 * inch * 1.2;
    let mut setter = Setter {
        page: Page {
            size,
            lines: Vec::new(),
            words: Vec::new(),
        },
        family,
        inch,
        spacing,
    };
    let mut blocks = blocks.iter().filter(|block| block.style != Style::Note);
    for column in 0..recipe.columns {
        let start = left + column as f32 * (column_width + gap);
        let column = [start, start + column_width];
        let mut y = top;
        for block in blocks.by_ref() {
            y = setter.block(block, points, column, y, foot);
            if y >= foot {
                break;
            }
        }
    }
    let mut y = foot + 0.1 * inch;
    for note in notes {
        y = setter.block(note, points * 0.78, [left, right], y, (PAPER[1] - 0.3) * inch);
    }
    setter.page
}

/// Sets blocks.
struct Setter<'f> {
    page: Page,
    family: &'f Family,
    inch: f32,
    spacing: f32,
}

impl Setter<'_> {
    /// Sets a block below `y` and returns where it ends; lines below `foot` are left out.
    fn block(&mut self, block: &Block, points: f32, column: [f32; 2], mut y: f32, foot: f32) -> f32 {
        let em = points / 72.0 * self.inch;
        let face = block.style.face();
        let space = width(self.family, face, em, " ");
        let indent = if matches!(block.style, Style::Capitals | Style::Note) {
            0.0
        } else {
            em * 2.0
        };
        let mut rest: Vec<(f32, &Word)> = block
            .words
            .iter()
            .map(|word| (self.width_of(word, face, em), word))
            .collect();
        let mut first = true;
        while !rest.is_empty() {
            y += em * self.spacing;
            if y >= foot {
                return y;
            }
            let start = column[0] + if first { indent } else { 0.0 };
            let most = column[1] - start;
            let mut used = rest[0].0;
            let mut count = 1;
            while let Some((width, _)) = rest.get(count).filter(|(width, _)| used + space + width <= most) {
                used += space + width;
                count += 1;
            }
            let later = rest.split_off(count);
            let is_last = later.is_empty();
            let (mut x, mut gap) = (start, space);
            match block.style {
                Style::Capitals => x = start + ((most - used) / 2.0).max(0.0),
                Style::Heading => {}
                _ if !is_last && self.family.kind != Kind::Mono && count > 1 => {
                    gap += (most - used).max(0.0) / (count - 1) as f32
                }
                _ => {}
            }
            let line = self.page.lines.len();
            self.page.lines.push(Line {
                style: block.style,
                points: (points * 2.0).round() / 2.0,
                baseline: y,
                column,
                em,
            });
            for (width, word) in rest {
                self.page.words.push(PlacedWord {
                    word: word.clone(),
                    line,
                    x: [x, x + width],
                });
                x += width + gap;
            }
            rest = later;
            first = false;
        }
        y + em * 0.35
    }

    /// Returns the width of a word with its raised numbers.
    fn width_of(&self, word: &Word, face: Face, em: f32) -> f32 {
        let raised = |number: Option<u32>| {
            number.map_or(0.0, |number| width(self.family, face, em * RAISED, &number.to_string()))
        };
        raised(word.label) + width(self.family, face, em, &word.text) + raised(word.call)
    }
}

/// Size of a raised number against that of its line; word processors have 0.58 to 0.66.
pub(crate) const RAISED: f32 = 0.62;
