//! The paragraphs among lines that follow one another, as the typesetter set them: space before a paragraph, an
//! indented first line, a last line that had room for the next word.
//!
//! The meaning of a blank line between two paragraphs is decided where documents are parsed; here only
//! what paper shows is kept.

use super::columns::is_label;
use super::rows::Row;

/// The factor by which the distance between two paragraphs exceeds that between lines of one.
const MIN_SPACE: f32 = 1.12;
/// The same where most paragraphs of the page have one line, so that the usual distance is theirs: a browser sets them
/// 1.9 times as far apart as lines.
const MIN_WIDE_SPACE: f32 = 1.5;
/// The least distance between lines of one paragraph, as a factor of the height of their words.
const MIN_PITCH: f32 = 0.9;
/// The least indentation of a first line, as a share of its height.
const MIN_INDENT: f32 = 0.8;
/// The greatest indentation of a first line, as a share of its height; more of it centers a title.
const MAX_INDENT: f32 = 7.0;
/// The share of the height of a line by which its middle may be off that of its column in a centered title.
const MAX_OFF_CENTER: f32 = 0.6;
/// The least room on both sides of a centered line, as the same share.
const MIN_MARGIN: f32 = 0.4;
/// The width of a blank between two words, as a share of the height of the line.
const BLANK: f32 = 0.22;
/// Rows from which those of a page show its margins.
const MIN_ROWS: usize = 14;
/// The distance up to which two edges are one margin, in points.
const MARGIN_SLACK: f32 = 2.0;
/// The least width of a column in which the room that a line leaves says something, as a factor of its height.
const MIN_WIDTH: f32 = 14.0;

/// The left and the right edge of a column of text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Margins {
    /// The left edge.
    pub(super) left: f32,
    /// The right edge.
    pub(super) right: f32,
}

impl Margins {
    /// Finds the margins of `rows`: the outermost edges that several of them share.
    pub(super) fn of(rows: &[Row<'_>]) -> Self {
        let mut lefts: Vec<f32> = rows.iter().map(Row::left).collect();
        let mut rights: Vec<f32> = rows.iter().map(|row| -row.right()).collect();
        Self {
            left: outermost(&mut lefts),
            right: -outermost(&mut rights),
        }
    }

    /// Returns the margins of a page with `rows`: their own, or those usual in the document (`usual`) where they are few.
    pub(super) fn of_page(rows: &[Row<'_>], usual: Option<Self>) -> Self {
        match usual {
            Some(usual) if rows.len() < MIN_ROWS => usual,
            _ => Self::of(rows),
        }
    }

    /// Returns the usual margins of the pages with these margins and numbers of rows: the medians of those with rows
    /// enough.
    pub(super) fn usual(pages: &[(Self, usize)]) -> Option<Self> {
        let full = || pages.iter().filter(|(_, rows)| *rows >= MIN_ROWS);
        let median = |edge: fn(&Self) -> f32| {
            let mut edges: Vec<f32> = full().map(|(margins, _)| edge(margins)).collect();
            let middle = edges.len() / 2;
            edges.sort_by(f32::total_cmp);
            edges.get(middle).copied()
        };
        Some(Self {
            left: median(|margins| margins.left)?,
            right: median(|margins| margins.right)?,
        })
    }

    /// Returns the middle between the two.
    pub(super) const fn middle(self) -> f32 {
        f32::midpoint(self.left, self.right)
    }
}

/// Returns the least of `edges` that a tenth of them, and at least two, share; the least of all if none is.
fn outermost(edges: &mut [f32]) -> f32 {
    edges.sort_by(f32::total_cmp);
    let many = (edges.len() / 10).max(2);
    let shared = edges
        .windows(many)
        .find(|edges| edges[many - 1] - edges[0] <= MARGIN_SLACK);
    shared.map_or_else(|| edges.first().copied().unwrap_or(0.0), |edges| edges[0])
}

/// Returns for each of `rows`, which follow one another in a column with these margins, whether a paragraph begins with
/// it.
pub(super) fn beginnings(rows: &[Row<'_>], margins: Margins) -> Vec<bool> {
    let pitches: Vec<f32> = rows
        .windows(2)
        .map(|pair| pair[1].middle() - pair[0].middle())
        .collect();
    let usual = usual_pitch(rows, &pitches);
    let pitch_at = |index: Option<usize>| index.and_then(|index| pitches.get(index)).copied();
    let mut begins = vec![true; rows.len()];
    for (at, pair) in rows.windows(2).enumerate() {
        let (above, below) = (&pair[0], &pair[1]);
        let pitch = pitches.get(at).copied().unwrap_or(0.0);
        let around = [pitch_at(at.checked_sub(1)), pitch_at(Some(at + 1))];
        let tightest = around
            .into_iter()
            .flatten()
            .filter(|pitch| *pitch > 0.0)
            .fold(f32::INFINITY, f32::min);
        let spaced = if tightest.is_finite() {
            let wide = tightest > MIN_PITCH * above.height() && pitch > MIN_WIDE_SPACE * tightest;
            pitch > MIN_SPACE * tightest && (pitch > MIN_SPACE * usual * 0.9 || wide)
        } else {
            pitch > MIN_SPACE * usual
        };
        let next = rows.get(at + 2);
        if let Some(begins) = begins.get_mut(at + 1) {
            *begins = spaced || pitch < 0.0 || begins_by_shape(above, below, next, margins);
        }
    }
    begins
}

/// Returns the distance between lines of one paragraph, as most pairs that are set tightly have it.
fn usual_pitch(rows: &[Row<'_>], pitches: &[f32]) -> f32 {
    let mut sorted: Vec<f32> = pitches.iter().copied().filter(|pitch| *pitch > 0.0).collect();
    if sorted.is_empty() {
        return rows.first().map_or(1.0, |row| 1.5 * row.height());
    }
    let at = sorted.len() * 3 / 10;
    *sorted.select_nth_unstable_by(at, f32::total_cmp).1
}

/// Returns true if the edges of the line `below` and of the lines before and after it show that a paragraph begins.
fn begins_by_shape(above: &Row<'_>, below: &Row<'_>, next: Option<&Row<'_>>, margins: Margins) -> bool {
    let height = above.height().max(below.height());
    if margins.right - margins.left < MIN_WIDTH * height {
        return false;
    }
    match (is_centered(above, margins), is_centered(below, margins)) {
        _ if are_centered_alike(above, below) => return false,
        (true, true) => return false,
        (true, false) | (false, true) => return true,
        (false, false) => {}
    }
    let first = below.words.first().map_or(0.0, |word| word.right() - word.left());
    if above.right() + BLANK * height + first < margins.right - 0.3 * height {
        return true;
    }
    let indent = below.left() - above.left().max(margins.left);
    let is_first = next.is_none_or(|next| next.left() < below.left() - MIN_INDENT * height / 2.0);
    let small = below
        .words
        .first()
        .is_some_and(|word| word.printed.text.starts_with(char::is_lowercase));
    (MIN_INDENT * height..MAX_INDENT * height).contains(&indent) && is_first && !small && !hangs(above, below)
}

/// Returns true if `row` is centered between `margins`.
fn is_centered(row: &Row<'_>, margins: Margins) -> bool {
    let off = (f32::midpoint(row.left(), row.right()) - margins.middle()).abs();
    let least = MIN_MARGIN * row.height();
    off < MAX_OFF_CENTER * row.height() && row.left() > margins.left + least && row.right() < margins.right - least
}

/// Returns true if two lines of unlike length have one middle: those of a title are centered, even if it is wider than
/// the text.
fn are_centered_alike(above: &Row<'_>, below: &Row<'_>) -> bool {
    let height = above.height().max(below.height());
    let off = f32::midpoint(above.left(), above.right()) - f32::midpoint(below.left(), below.right());
    off.abs() < MAX_OFF_CENTER * height && (above.left() - below.left()).abs() > MAX_OFF_CENTER * height
}

/// Returns true if `below` begins under the text after the label of `above`.
fn hangs(above: &Row<'_>, below: &Row<'_>) -> bool {
    let [label, text, ..] = above.words.as_slice() else {
        return false;
    };
    is_label(&above.with(vec![*label])) && (text.left() - below.left()).abs() < MARGIN_SLACK
}
