//! One page, read as text with notes under it: every row at which the notes may begin is tried and weighed.

use super::align::{self, EXACT_SCORE};
use super::mark::{PageCandidates, candidates};
use super::number::PrintedNumber;
use super::opening::{NoteOpening, has_point, opening_of};
use crate::document::layout::{RowRole, Sheet};
use crate::document::notes::note::Note;

/// Score from which a page is considered to have notes; see [`Trial::score`].
const MIN_SCORE: i32 = 5;
/// Rows of the longest page on which notes are looked for; a longer page lost its breaks.
const MAX_PAGE_ROWS: usize = 400;

// Scores of a trial, beside those of the marks (`PrintedNumber::score`) and of the calls (`call_score`).

/// A ruler above the first note.
const RULER: i32 = 3;
/// The first note has the number that is due, as bare as the notes before.
const BARE_NUMBER: i32 = 2;
/// For each number missing before the first note.
const SKIPPED_NUMBER: i32 = -3;
/// A point after the number where earlier notes have none, or none where they have one.
const OTHER_POINT: i32 = -4;
/// A row that is longer than a line of the body.
const SMALL_TYPE: i32 = 3;
/// For each paragraph of a note that is set in the type of the body.
const LARGE_TYPE: i32 = -6;
/// The notes take less than four tenths of the page.
const SHORT_NOTES: i32 = 1;
/// The notes take eight tenths of the page or more.
const LONG_NOTES: i32 = -3;
/// The sentence above the notes continues on the next page.
const SENTENCE_ACROSS: i32 = 2;
/// A sentence continues on the next page, but from the notes.
const SENTENCE_FROM_NOTES: i32 = -3;
/// A note without a call.
const LOST_CALL: i32 = -1;
/// The score of a perfect call.
const MAX_CALL: i32 = 3;

/// One way to read a page: the row where its notes begin, and the notes.
pub(super) struct Trial {
    /// The notes in order, at least one.
    pub(super) notes: Vec<Note>,
    /// The sum of the scores of its notes, their calls and their shape.
    pub(super) score: i32,
    /// The score of the call that fits its number worst, 0 where one is lost; see [`align::align`].
    pub(super) worst_call: i32,
}

/// Returns the best way to read the page of `rows` as text with notes under it, the first numbered `due`;
/// `None` where it has none.
///
/// `first`: whether no note of the document comes before them. `pointed`: whether the earlier notes had a point after their numbers, if they had numbers. A document
/// writes all its notes alike, so after notes like `9 Nhiều văn kiện` the line `10. Phương thức lãnh đạo` is
/// no note but a title.
pub(super) fn best_trial(
    sheet: &Sheet<'_>,
    rows: &[usize],
    due: usize,
    first: bool,
    pointed: Option<bool>,
) -> Option<Trial> {
    if rows.len() > MAX_PAGE_ROWS {
        return None;
    }
    let mut best: Option<Trial> = None;
    let mut found: Option<PageCandidates<'_>> = None;
    for split in 1..rows.len() {
        let row = &sheet.rows[rows[split]];
        let ruled = row.ruled || sheet.rows[rows[split - 1]].role == RowRole::Ruler;
        if row.role != RowRole::Text {
            continue;
        }
        let Some(opening) = opening_of(sheet, rows[split]) else {
            continue;
        };
        // Where neither a gap nor a rule sets the notes apart, their numbers and calls must all be exact.
        let apart = row.gap > 0 || ruled;
        let seen = sheet.structure().raised_at(opening.mark.start).is_some();
        if !apart && !seen && opening.number != PrintedNumber::Digits(due) {
            continue;
        }
        let Some(number) = opening.number.as_first(due, first) else {
            continue;
        };
        let own = has_point(sheet, opening.mark);
        let unlike = pointed.is_some() && own.is_some_and(|other| Some(other) != pointed);
        // A bare number in its turn, where the notes before had bare ones too, labels nothing else: it is
        // enough even where its call is lost.
        let alike = own == Some(false) && pointed == own && opening.number == PrintedNumber::Digits(due);
        // Candidates are collected once, and only on pages where notes may begin.
        let found = found.get_or_insert_with(|| candidates(sheet, rows));
        let skipped = if first && seen { 0 } else { (number - due) as i32 };
        let bonus = RULER * i32::from(ruled)
            + BARE_NUMBER * i32::from(alike)
            + SKIPPED_NUMBER * skipped
            + OTHER_POINT * i32::from(unlike);
        let trial = try_split(sheet, rows.split_at(split), found, number, bonus);
        let proven = apart || seen || trial.worst_call >= EXACT_SCORE;
        if proven && trial.score >= MIN_SCORE && best.as_ref().is_none_or(|best| trial.score > best.score) {
            best = Some(trial);
        }
    }
    best
}

/// Reads the rows `tail` below the rows `head` as notes, the first numbered `first`, and weighs it.
///
/// `found`: the candidates for marks on the page. `bonus`: the score that the split itself has earned.
pub(super) fn try_split(
    sheet: &Sheet<'_>,
    (head, tail): (&[usize], &[usize]),
    found: &PageCandidates<'_>,
    first: usize,
    bonus: i32,
) -> Trial {
    let mut notes: Vec<Note> = Vec::new();
    let mut score = bonus;
    // The misread mark of each note: a scan makes the same sign of the call and of the note's own number.
    let mut signs: Vec<Option<char>> = Vec::new();
    for (at, &index) in tail.iter().enumerate() {
        if sheet.rows[index].role != RowRole::Text {
            continue;
        }
        let due = first + notes.len();
        if let Some(opening) = next_opening(sheet, tail, at, due) {
            score += opening.number.score(due);
            signs.push(opening.number.sign());
            notes.push(Note {
                number: due,
                mark: opening.mark,
                paragraphs: vec![vec![index]],
                call: None,
            });
        } else if let Some(note) = notes.last_mut() {
            note.push_row(sheet, index);
        }
    }
    score += shape_score(sheet, head, tail, &notes);
    // Only text above the notes calls them.
    let calls = align::align(found.before(sheet.rows[tail[0]].span.start), first, &signs);
    let mut worst_call = if notes.is_empty() { 0 } else { i32::MAX };
    for (note, call) in notes.iter_mut().zip(calls) {
        let fit = call.as_ref().map(|(_, score)| *score);
        score += call_score(fit);
        worst_call = worst_call.min(fit.unwrap_or(0));
        note.call = call.map(|(candidate, _)| candidate.call);
    }
    Trial {
        notes,
        score,
        worst_call,
    }
}

/// Returns the score of a call that fits its note with `fit`; see [`align::align`].
fn call_score(fit: Option<i32>) -> i32 {
    fit.map_or(LOST_CALL, |fit| (fit / 3).min(MAX_CALL))
}

/// Returns the opening of note `due` at row `tail[at]`, if that note begins there.
fn next_opening(sheet: &Sheet<'_>, tail: &[usize], at: usize, due: usize) -> Option<NoteOpening> {
    let row = &sheet.rows[tail[at]];
    // A misread number begins a note only where a paragraph can begin; inside one it is a word.
    let raised = sheet.structure().raised_at(row.body.start).is_some();
    let fresh = at == 0 || raised || row.gap >= 1 || sheet.rows[tail[at - 1]].ended;
    opening_of(sheet, tail[at]).filter(|opening| opening.number.fits_next(due, fresh))
}

/// Returns the score of the shape of the page: notes are set in smaller type, take little of the page, and a
/// sentence continues across them.
fn shape_score(sheet: &Sheet<'_>, head: &[usize], tail: &[usize], notes: &[Note]) -> i32 {
    let width = sheet.width;
    let mut score = 0;
    let chars = |&index: &usize| sheet.rows[index].chars;
    // Smaller type has more chars on a line.
    if tail.iter().map(chars).any(|chars| chars * 100 > width * 112) {
        score += SMALL_TYPE;
    }
    // Three lines of running text in the type of the body are no note.
    let large = |rows: &&Vec<usize>| {
        let small = rows.iter().map(chars).filter(|chars| chars * 100 > width * 108).count();
        rows.len() >= 3 && small * 2 < rows.len() - 1
    };
    let paragraphs = notes.iter().flat_map(|note| &note.paragraphs);
    score += LARGE_TYPE * paragraphs.filter(large).count() as i32;
    // Tenths of the page that the notes take.
    score += match tail.len() * 10 / (head.len() + tail.len()) {
        0..=3 => SHORT_NOTES,
        4..=7 => 0,
        _ => LONG_NOTES,
    };
    // The next page begins in the middle of a sentence: it began above the notes, not inside them.
    let next_page = tail.last().and_then(|last| sheet.rows.get(last + 1));
    if let (Some(next), Some(&above), Some(&below)) = (next_page, head.last(), tail.last())
        && next.lower
    {
        score += SENTENCE_ACROSS * i32::from(!sheet.rows[above].ended);
        score += SENTENCE_FROM_NOTES * i32::from(!sheet.rows[below].ended && sheet.rows[above].ended);
    }
    score
}
