//! Notes with plain marks at the end of a page or of the document: `1 Theo …`, `1. Theo …`, `(1) Theo …`.
//!
//! Items of a list begin in the same way. The zone of notes is proven as a whole: it ends its page, its numbers run
//! on, the first is the one that is due, and the marks in the text above call them in their order. Every row at
//! which a zone may begin is tried, and the one with the most calls is taken.

use super::call::{Grade, PrintedCall};
use super::extent::{end_of_page, is_annex, is_structure};
use super::form::MarkForm;
use super::found::{FoundNote, PrintedMarks, text_rows};
use super::opening::Opening;
use super::pool::CallPool;
use crate::document::layout::Sheet;

/// Rows of the longest zone at the foot of a page.
const MAX_FOOT_ROWS: usize = 120;
/// Beginnings that are tried for notes at the end of the document.
const MAX_TRIALS: usize = 8;
/// Numbers that may be missing between the notes of two pages: their calls are in what the reader cannot see, such as
/// the number of an article.
const MAX_SKIPPED: usize = 9;

/// Notes at the beginning of a zone with good calls that prove the ones after them.
const MIN_OPENED: usize = 3;

/// The notes so far: how they are numbered and written.
#[derive(Clone, Copy, Default)]
struct NoteStyle {
    /// The number of the last note.
    last: Option<usize>,
    /// True if a point follows the numbers; `None` if that is not known.
    pointed: Option<bool>,
}

/// A stretch of rows read as notes.
struct Zone<'t> {
    /// Their beginnings, in order, with their calls.
    notes: Vec<(Opening<'t>, Option<PrintedCall<'t>>)>,
    /// The row after the zone.
    end: usize,
    /// Number of good calls.
    good: usize,
    /// Number of weak calls.
    weak: usize,
}

impl Zone<'_> {
    /// Returns the number of notes that nothing calls.
    fn lost(&self) -> usize {
        self.notes.len() - self.good - self.weak
    }
}

/// Finds the notes at the foot of the pages, or else at the end of the document, and takes their rows.
pub(super) fn find<'t>(sheet: &Sheet<'t>, text: &PrintedMarks<'t>, taken: &mut [bool]) -> Vec<FoundNote<'t>> {
    let mut found = Vec::new();
    let mut zones = Vec::new();
    if sheet.page_starts.len() > 1 {
        zones = feet_of_pages(sheet, text, NoteStyle::default(), taken);
        // Once it is known how the notes are written, the weaker calls before the first sure ones prove theirs, too.
        if let Some(pointed) = zones.iter().find_map(pointed_in)
            && zones.iter().map(|zone| zone.good).sum::<usize>() >= MIN_OPENED
        {
            let style = NoteStyle {
                last: None,
                pointed: Some(pointed),
            };
            zones = feet_of_pages(sheet, text, style, taken);
        }
    }
    // Notes at the end of the document may go on over a page, whose foot shows only the first of them.
    if zones.len() <= 1
        && let Some(end) = end_of_document(sheet, text, taken)
        && end.notes.len() > zones.iter().map(|zone| zone.notes.len()).sum()
    {
        zones = vec![end];
    }
    for zone in zones {
        let ends = zone
            .notes
            .iter()
            .skip(1)
            .map(|(opening, _)| opening.row)
            .chain([zone.end]);
        let ends: Vec<usize> = ends.collect();
        for ((opening, call), end) in zone.notes.into_iter().zip(ends) {
            // A note that proves itself may stand among the others, and was found before.
            if taken[opening.row] {
                continue;
            }
            let rows = text_rows(sheet, taken, opening.row, end);
            rows.iter().for_each(|&row| taken[row] = true);
            found.push(FoundNote { opening, call, rows });
        }
    }
    found
}

/// Returns the zones at the foot of the pages; `style` is what is known of the notes before.
fn feet_of_pages<'t>(
    sheet: &Sheet<'t>,
    text: &PrintedMarks<'t>,
    mut style: NoteStyle,
    taken: &[bool],
) -> Vec<Zone<'t>> {
    let mut zones = Vec::new();
    for openings in text
        .openings
        .chunk_by(|a, b| sheet.rows[a.row].page == sheet.rows[b.row].page)
    {
        let Some(zone) = foot_of_page(sheet, text, openings, style, taken) else {
            continue;
        };
        let last = zone.notes.iter().rev().find_map(|(opening, _)| number_in_run(opening));
        style.last = last.or(style.last);
        style.pointed = pointed_in(&zone).or(style.pointed);
        zones.push(zone);
    }
    zones
}

/// Returns whether a point follows the numbers of `zone`; `None` where they are in brackets, or stars.
fn pointed_in(zone: &Zone<'_>) -> Option<bool> {
    let mut numbers = zone
        .notes
        .iter()
        .filter(|(opening, _)| opening.form == MarkForm::Number);
    numbers.next().map(|(opening, _)| opening.pointed)
}

/// Returns the number of a note that is counted with the others: stars are not.
fn number_in_run(opening: &Opening<'_>) -> Option<usize> {
    opening.number().filter(|_| opening.form != MarkForm::Star)
}

/// Returns true if `call` is good.
fn is_good(call: &Option<PrintedCall<'_>>) -> bool {
    call.is_some_and(|call| call.grade >= Grade::Good)
}

/// Returns the calls from byte `from` up to byte `end`.
fn calls_in<'c, 't>(calls: &'c [PrintedCall<'t>], from: usize, end: usize) -> &'c [PrintedCall<'t>] {
    let first = calls.partition_point(|call| call.call.mark.start < from);
    let last = calls.partition_point(|call| call.call.mark.start < end);
    calls.get(first..last).unwrap_or_default()
}

/// Returns the best zone at the foot of the page of `openings`.
fn foot_of_page<'t>(
    sheet: &Sheet<'t>,
    text: &PrintedMarks<'t>,
    openings: &[Opening<'t>],
    style: NoteStyle,
    taken: &[bool],
) -> Option<Zone<'t>> {
    let row = openings.first()?.row;
    let end = end_of_page(sheet, row);
    let page = sheet.rows[row].page;
    let first = sheet.page_starts.get(page).copied()?;
    let last = sheet.page_starts.get(page + 1).copied().unwrap_or(sheet.text.len());
    let calls = calls_in(&text.calls, first, last);
    if calls.is_empty() {
        return None;
    }
    let pool = CallPool::of(calls);
    let mut best: Option<Zone<'t>> = None;
    for (at, opening) in openings.iter().enumerate() {
        let is_tail = opening.row + MAX_FOOT_ROWS >= end && !taken[opening.row] && !opening.proves_itself();
        if !is_tail || !is_due(opening, style) {
            continue;
        }
        let zone = read_zone(openings.get(at..)?, &pool, end, first);
        let fits = is_proven(sheet, &zone, calls, style) && starts_run(&zone, style);
        let calls_of = |zone: &Zone<'_>| zone.good * 2 + zone.weak;
        if fits && best.as_ref().is_none_or(|best| calls_of(&zone) >= calls_of(best)) {
            best = Some(zone);
        }
    }
    best
}

/// Returns the notes together at the end of the document, from a `1` on.
fn end_of_document<'t>(sheet: &Sheet<'t>, text: &PrintedMarks<'t>, taken: &[bool]) -> Option<Zone<'t>> {
    let firsts = text.openings.iter().enumerate().rev().filter(|(_, opening)| {
        opening.number() == Some(1) && !opening.proves_itself() && !taken[opening.row] && opening.apart
    });
    let mut pool = None;
    for (at, opening) in firsts.take(MAX_TRIALS) {
        // An annex may come after the notes.
        let annex = (opening.row + 1..sheet.rows.len()).find(|&row| is_annex(sheet.body(row)));
        let end = annex.unwrap_or(sheet.rows.len());
        let openings = text.openings.get(at..)?;
        let openings = &openings[..openings.partition_point(|opening| opening.row < end)];
        let pool = pool.get_or_insert_with(|| CallPool::of(&text.calls));
        let zone = read_zone(openings, pool, end, 0);
        if is_proven(sheet, &zone, &text.calls, NoteStyle::default()) {
            return Some(zone);
        }
    }
    None
}

/// Returns true if the notes of a page may begin with `opening`: with 1, or where the notes before ended.
fn is_due(opening: &Opening<'_>, style: NoteStyle) -> bool {
    let Some(number) = opening.number() else { return false };
    let next = style
        .last
        .is_none_or(|last| number > last && number <= last + 1 + MAX_SKIPPED);
    opening.form == MarkForm::Star || number == 1 || next
}

/// Returns true if the first note of `zone` begins the numbers, or goes on with them. Where no note is known, bare
/// numbers with good calls may begin anywhere: the first calls may be lost, or the first pages.
fn starts_run(zone: &Zone<'_>, style: NoteStyle) -> bool {
    let Some((first, _)) = zone.notes.first() else {
        return false;
    };
    let from_one = first.form == MarkForm::Star || first.number() == Some(1);
    let cut = style.last.is_none() && !first.pointed && zone.good > 0 && zone.good == zone.notes.len();
    let on = style
        .last
        .is_some_and(|last| first.number().is_some_and(|number| number > last));
    on || cut || (from_one && zone.lost() == 0)
}

/// Reads the rows from the first of `openings` up to row `end` as notes; their calls are from byte `from` on.
fn read_zone<'t>(openings: &[Opening<'t>], pool: &CallPool<'_, 't>, end: usize, from: usize) -> Zone<'t> {
    let mut zone = Zone {
        notes: Vec::new(),
        end,
        good: 0,
        weak: 0,
    };
    let Some(first) = openings.first() else { return zone };
    let start = first.mark.start;
    let (mut due, mut after) = (first.number(), from);
    for &opening in openings {
        let alike = opening.form == first.form && opening.pointed == first.pointed && opening.raised == first.raised;
        let call = if alike && opening.number() == due {
            due = due.map(|number| number + 1);
            pool.call_of(&opening, after, start)
        } else if opening.form != first.form && (opening.form == MarkForm::Star || first.form == MarkForm::Star) {
            // A page may have a note with a star and numbered ones: each needs its call.
            match pool
                .call_of(&opening, from, start)
                .filter(|call| call.grade >= Grade::Good)
            {
                Some(call) => {
                    due = opening
                        .number()
                        .filter(|_| opening.form != MarkForm::Star)
                        .map_or(due, |n| Some(n + 1));
                    Some(call)
                }
                None => continue,
            }
        } else {
            continue;
        };
        if let Some(call) = call {
            after = call.call.mark.end;
            zone.good += usize::from(call.grade >= Grade::Good);
            zone.weak += usize::from(call.grade < Grade::Good);
        }
        zone.notes.push((opening, call.copied()));
    }
    zone
}

/// Returns true if the calls and the shape of `zone` prove that it holds notes; `calls` are all of its page.
fn is_proven(sheet: &Sheet<'_>, zone: &Zone<'_>, calls: &[PrintedCall<'_>], style: NoteStyle) -> bool {
    let Some((first, Some(_))) = zone.notes.first() else {
        return false;
    };
    let exact = zone.weak == 0 && zone.lost() == 0;
    // A document writes all its notes alike: after "9 Nhiều văn kiện" the line "10. Phương thức" is a title.
    let unlike = style.pointed.is_some_and(|pointed| pointed != first.pointed) && first.form == MarkForm::Number;
    // What may be a list must be called note by note, unless notes before it were written so.
    let listed = first.pointed || first.form != MarkForm::Number;
    let known = style.pointed == Some(first.pointed);
    // A mark may be lost in a number: "Mẫu số 027" is form 02 with note 7.
    let opened = zone
        .notes
        .iter()
        .take(MIN_OPENED)
        .filter(|(_, call)| is_good(call))
        .count()
        == MIN_OPENED;
    // A bare number alone in its row, where the notes before had bare ones too, labels nothing else.
    let on = style.last.is_none_or(|last| first.number() > Some(last));
    // So does the first one, set apart from the text and right above its body.
    let tight = sheet.rows.get(first.row + 1).is_some_and(|below| below.gap == 0);
    let begins = style.last.is_none() && first.number() == Some(1) && first.apart && tight && zone.lost() == 0;
    let in_turn = first.lone && (known && on || begins);
    let few_lost = zone.lost() <= zone.good + zone.weak && (zone.good > 1 || in_turn);
    let called = (zone.good > 0 || in_turn) && (zone.lost() == 0 || few_lost || opened && !listed);
    if unlike || !called || !exact && (!first.apart || listed && !known) && !in_turn {
        return false;
    }
    // A bullet is no note, even if one of the bullets could be.
    let last = zone
        .notes
        .iter()
        .filter_map(|(opening, _)| number_in_run(opening))
        .max()
        .unwrap_or(0);
    let end = sheet.rows.get(zone.end).map_or(sheet.text.len(), |row| row.span.start);
    // Calls inside the zone show that it is text: any for a list, those of later notes for bare numbers.
    let inside = calls_in(calls, first.mark.start, end).iter().any(|call| {
        let later = matches!(call.key, super::form::Key::Number(number) if number == last + 1);
        call.form == first.form && call.grade >= Grade::Good && (listed || later)
    });
    // At the foot of a page bare numbers with good calls may quote articles and lines in capitals.
    let foot = sheet.page_starts.len() > 1 && !listed && zone.weak == 0;
    !inside && (foot || !(first.row..zone.end).any(|row| is_structure(sheet, row)))
}
