//! Notes at the foot of pages, and the marks that call them.
//!
//! On paper a note is set in smaller type under a rule, and a raised number calls it: `"Đảng6,"` calls
//! `"6. Nhiều văn kiện lớn …"`. A text file keeps neither the rule nor the raising, and a scan misreads
//! the number: `"Tinh®"` calls `"¥ Sau đây …"`, both for 3. What is certain is that notes are numbered
//! through, that they stand at the end of the page that calls them, and that they are called in their
//! order. So each page is tried with every place where its notes may begin, and its marks are aligned
//! with the numbers that are due; the page is read as having notes where the whole of it fits.

use super::anchor::{self, Candidate, Found};
use super::layout::{Role, Sheet};
use super::{Anchor, Footnote, Passage, Place};
use crate::text::Span;

/// A note that was found, before passages exist.
#[derive(Clone, Debug)]
pub(super) struct Note {
    /// Its number.
    number: usize,
    /// The mark before its body.
    pub(super) mark: Span,
    /// Rows of each of its paragraphs.
    pub(super) paragraphs: Vec<Vec<usize>>,
    /// What calls it: the mark and the row it stands in.
    call: Option<Candidate>,
}

/// A beginning of a note: what stands before the body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Opening {
    /// The mark with the sign behind it.
    mark: Span,
    /// What it says.
    says: Says,
}

/// What a mark before a body says about its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Says {
    /// A number that can be read.
    Number(usize),
    /// A sign that a raised number may have been taken for.
    Sign(char),
}

/// Score from which a page is taken to have notes; see [`Trial::score`].
const LEAST_SCORE: i32 = 5;
/// Most rows of a page after which notes are looked for; a longer page lost its breaks.
const MAX_PAGE_ROWS: usize = 400;
/// Numbers that may be missing between two notes that were found.
const MAX_SKIP: usize = 2;

/// Finds the notes of all pages.
pub(super) fn find_notes(sheet: &Sheet<'_>) -> Vec<Note> {
    let mut notes = marked_down(sheet);
    if !notes.is_empty() {
        return notes;
    }
    let mut first = 0;
    while first < sheet.rows.len() {
        let page = sheet.rows[first].page;
        let count = sheet.rows[first..].iter().take_while(|row| row.page == page).count();
        let rows: Vec<usize> = (first..first + count)
            .filter(|&row| sheet.rows[row].role != Role::PageNumber)
            .collect();
        notes.extend(notes_of_page(sheet, &rows, &notes));
        first += count;
    }
    if notes.is_empty() {
        notes = endnotes(sheet);
    }
    notes
}

/// The notes of the page of `rows`, which come after those `before`: numbered on, or from 1 anew.
///
/// Word processors can number the notes of each page from 1. That is believed where the calls prove it: all
/// of them exact, or, on a page that cannot go on with the numbers, none of them lost.
fn notes_of_page(sheet: &Sheet<'_>, rows: &[usize], before: &[Note]) -> Vec<Note> {
    let due = before.last().map_or(1, |note| note.number + 1);
    let pointed = before.iter().rev().find_map(|note| is_pointed(sheet, note.mark));
    let mut best = best_trial(sheet, rows, due, pointed);
    if due > 1 {
        let least = if best.is_some() {
            anchor::EXACT_SCORE
        } else {
            anchor::SIGN_SCORE
        };
        let anew = best_trial(sheet, rows, 1, pointed).filter(|trial| {
            let numbered = trial
                .notes
                .first()
                .is_some_and(|note| is_pointed(sheet, note.mark).is_some());
            numbered && trial.least_call >= least
        });
        best = anew.or(best);
    }
    best.map_or_else(Vec::new, |trial| trial.notes)
}

/// Notes that stand together at the end of the document, from the last `1` on that opens one; believed where
/// each of them is called by its exact number.
fn endnotes(sheet: &Sheet<'_>) -> Vec<Note> {
    let rows: Vec<usize> = super::block::text_rows(sheet).collect();
    let last_first = (1..rows.len()).rev().find(|&at| {
        let row = &sheet.rows[rows[at]];
        (row.gap > 0 || row.ruled) && opening_of(sheet, rows[at]).is_some_and(|opening| opening.says == Says::Number(1))
    });
    let Some(split) = last_first else { return Vec::new() };
    let found = anchor::candidates(sheet, &rows[..split]);
    let trial = try_split(sheet, rows.split_at(split), &found, 1, 0);
    if trial.least_call >= anchor::EXACT_SCORE {
        trial.notes
    } else {
        Vec::new()
    }
}

/// Notes as markdown writes them, wherever they stand: `^(*) tên địa phương`, `[^1]: …`.
fn marked_down(sheet: &Sheet<'_>) -> Vec<Note> {
    let mut notes: Vec<Note> = Vec::new();
    for (index, row) in sheet.rows.iter().enumerate() {
        let body = sheet.body(index);
        let Some(close) = body
            .strip_prefix("^(")
            .map(|_| ')')
            .or(body.strip_prefix("[^").map(|_| ']'))
        else {
            continue;
        };
        let Some(end) = body.find(close).filter(|&end| end < 8) else {
            continue;
        };
        let rest = body[end + 1..].trim_start_matches([':', ' ']);
        notes.push(Note {
            number: notes.len() + 1,
            mark: Span::new(row.body.start, row.body.end - rest.len()),
            paragraphs: vec![vec![index]],
            call: None,
        });
    }
    if !notes.is_empty() {
        let calls = anchor::marked_down(sheet, &notes.iter().map(|note| note.mark).collect::<Vec<_>>());
        for (note, call) in notes.iter_mut().zip(calls) {
            note.call = Some(call);
        }
    }
    notes
}

/// A way to read a page: where its notes begin and which they are.
struct Trial {
    /// In order, at least one.
    notes: Vec<Note>,
    /// How well the whole fits: the sum of what its notes, their calls and their shape say.
    score: i32,
    /// How well the worst call fits its number, 0 where one is lost; see [`anchor::align`].
    least_call: i32,
}

/// The best way to read the page of `rows` as text with notes under it, the first numbered `due`;
/// `None` where it has none.
///
/// `pointed`: did the notes before have a point behind their numbers? One document writes them alike,
/// and `10. Phương thức lãnh đạo` is then no note but a title.
fn best_trial(sheet: &Sheet<'_>, rows: &[usize], due: usize, pointed: Option<bool>) -> Option<Trial> {
    if rows.len() > MAX_PAGE_ROWS {
        return None;
    }
    let mut best: Option<Trial> = None;
    let mut found: Option<Found<'_>> = None;
    for split in 1..rows.len() {
        let row = &sheet.rows[rows[split]];
        let ruled = row.ruled || sheet.rows[rows[split - 1]].role == Role::Ruler;
        if row.role != Role::Text {
            continue;
        }
        let Some(opening) = opening_of(sheet, rows[split]) else {
            continue;
        };
        // Nothing sets the notes off: then their numbers and calls must all be exact.
        let apart = row.gap > 0 || ruled;
        if !apart && opening.says != Says::Number(due) {
            continue;
        }
        let number = match opening.says {
            Says::Number(number) if number >= due && number <= due + MAX_SKIP => number,
            Says::Number(number) if !is_misread(number, due) => continue,
            _ => due,
        };
        let own = is_pointed(sheet, opening.mark);
        let unlike = pointed.is_some() && own.is_some_and(|other| Some(other) != pointed);
        // A bare number in its turn, where the notes before had bare ones too, labels nothing else: it is
        // enough even where its call is lost.
        let alike = own == Some(false) && pointed == own && opening.says == Says::Number(due);
        // What may call a note is looked for once, and only on pages where one may begin.
        let found = found.get_or_insert_with(|| anchor::candidates(sheet, rows));
        let trial = try_split(
            sheet,
            rows.split_at(split),
            found,
            number,
            i32::from(ruled) * 3 + i32::from(alike) * 2 - 3 * (number - due) as i32 - 4 * i32::from(unlike),
        );
        let proven = apart || trial.least_call >= anchor::EXACT_SCORE;
        if proven && trial.score >= LEAST_SCORE && best.as_ref().is_none_or(|best| trial.score > best.score) {
            best = Some(trial);
        }
    }
    best
}

/// Is a point set behind the number of a mark? `None` for a mark without a number.
fn is_pointed(sheet: &Sheet<'_>, mark: Span) -> Option<bool> {
    let shown = mark.slice(sheet.text);
    shown
        .starts_with(|c: char| c.is_ascii_digit())
        .then(|| shown.contains('.'))
}

/// Reads the rows `tail` below the rows `head` as notes, the first numbered `first`, and weighs it.
/// `found`: what may call a note on the page.
fn try_split(
    sheet: &Sheet<'_>,
    (head, tail): (&[usize], &[usize]),
    found: &Found<'_>,
    first: usize,
    bonus: i32,
) -> Trial {
    let mut notes: Vec<Note> = Vec::new();
    let mut score = bonus;
    let mut signs: Vec<Option<char>> = Vec::new();
    for (at, &index) in tail.iter().enumerate() {
        let row = &sheet.rows[index];
        if row.role != Role::Text {
            continue;
        }
        let due = first + notes.len();
        let fresh = at == 0 || row.gap >= 1 || sheet.rows[tail[at - 1]].ended;
        let opening = opening_of(sheet, index).filter(|opening| match opening.says {
            Says::Number(number) => number == due || (fresh && is_misread(number, due)),
            Says::Sign(_) => fresh,
        });
        if let Some(opening) = opening {
            score += match opening.says {
                Says::Number(number) if number == due => 3,
                Says::Number(_) => 1,
                Says::Sign(_) => 2,
            };
            signs.push(if let Says::Sign(sign) = opening.says {
                Some(sign)
            } else {
                None
            });
            notes.push(Note {
                number: due,
                mark: opening.mark,
                paragraphs: vec![vec![index]],
                call: None,
            });
        } else if let Some(note) = notes.last_mut() {
            let before = note.paragraphs.last().and_then(|rows| rows.last()).copied();
            let new_paragraph =
                before.is_some_and(|before| sheet.rows[before].ended && row.gap > usize::from(row.double));
            match note.paragraphs.last_mut() {
                Some(paragraph) if !new_paragraph => paragraph.push(index),
                _ => note.paragraphs.push(vec![index]),
            }
        }
    }
    score += shape_score(sheet, head, tail, &notes);
    let calls = anchor::align(found.before(sheet.rows[tail[0]].span.start), first, &signs);
    let mut least_call = if notes.is_empty() { 0 } else { i32::MAX };
    for (note, call) in notes.iter_mut().zip(calls) {
        let fits = call.as_ref().map(|(_, score)| *score);
        score += fits.map_or(-1, |fits| (fits / 3).min(3));
        least_call = least_call.min(fits.unwrap_or(0));
        note.call = call.map(|(candidate, _)| candidate);
    }
    Trial {
        notes,
        score,
        least_call,
    }
}

/// What the shape of the rows says for notes in `tail`: smaller type, little of the page, a sentence
/// that goes on across them.
fn shape_score(sheet: &Sheet<'_>, head: &[usize], tail: &[usize], notes: &[Note]) -> i32 {
    let width = sheet.width;
    let mut score = 0;
    let chars = |&index: &usize| sheet.rows[index].chars;
    if tail.iter().map(chars).any(|chars| chars * 100 > width * 112) {
        score += 3;
    }
    // Three lines of running text in the type of the body are no note.
    let large = |rows: &&Vec<usize>| {
        let small = rows.iter().map(chars).filter(|chars| chars * 100 > width * 108).count();
        rows.len() >= 3 && small * 2 < rows.len() - 1
    };
    score -= 6 * notes.iter().flat_map(|note| &note.paragraphs).filter(large).count() as i32;
    score += match tail.len() * 10 / (head.len() + tail.len()) {
        0..=3 => 1,
        4..=7 => 0,
        _ => -3,
    };
    let next_page = tail.last().and_then(|last| sheet.rows.get(last + 1));
    if let (Some(next), Some(&above), Some(&below)) = (next_page, head.last(), tail.last())
        && next.lower
    {
        score += 2 * i32::from(!sheet.rows[above].ended);
        score -= 3 * i32::from(!sheet.rows[below].ended && sheet.rows[above].ended);
    }
    score
}

/// May `read` be what is left of the number `due` after a misreading: a digit lost, or one changed in a
/// number of two?
fn is_misread(read: usize, due: usize) -> bool {
    let (read, due) = (read.to_string(), due.to_string());
    if read.len() == due.len() {
        return due.len() >= 2 && read.bytes().zip(due.bytes()).filter(|(a, b)| a != b).count() == 1;
    }
    due.len() == read.len() + 1 && due.contains(&read)
}

/// The mark before the body in row `index`, if it may begin a note.
fn opening_of(sheet: &Sheet<'_>, index: usize) -> Option<Opening> {
    let row = &sheet.rows[index];
    let body = sheet.body(index);
    let span = |len: usize| Span::new(row.body.start, row.body.start + len);
    let plain = body.trim_start_matches(['[', '(']);
    let skipped = body.len() - plain.len();
    let digits = plain.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 {
        let number: usize = plain[..digits].parse().ok().filter(|_| digits <= 3)?;
        let rest = &plain[digits..];
        let sign = rest.len() - rest.trim_start_matches(['.', ')', ']', ':']).len();
        let text = rest[sign..].trim_start();
        let fits = sign <= 2 && (skipped == 0 || sign > 0) && !rest.starts_with(['/', '-', ',', '%']);
        let next = text.chars().next()?;
        let number_goes_on = next.is_ascii_digit() && text.len() == rest.len() - sign;
        return (fits && !number_goes_on && (next.is_alphanumeric() || matches!(next, '“' | '"' | '('))).then(|| {
            Opening {
                mark: span(body.len() - text.len()),
                says: Says::Number(number),
            }
        });
    }
    if let Some(digit) = body.chars().next().and_then(anchor::raised_digit) {
        let len = body
            .chars()
            .take_while(|&c| anchor::raised_digit(c).is_some())
            .map(char::len_utf8)
            .sum::<usize>();
        let number = body[..len]
            .chars()
            .filter_map(anchor::raised_digit)
            .fold(0, |number, digit| number * 10 + digit);
        return Some(Opening {
            mark: span(len),
            says: Says::Number(number.max(digit)),
        });
    }
    let text = body.trim_start_matches(|c: char| !c.is_alphanumeric());
    let mark = body[..body.len() - text.len()].trim_end();
    let sign = mark.chars().rfind(|c| !c.is_whitespace())?;
    let is_sign = |c: char| anchor::is_sign(c) || c.is_whitespace();
    (mark.chars().count() <= 4 && mark.chars().all(is_sign) && !text.is_empty()).then(|| Opening {
        mark: span(mark.len()),
        says: Says::Sign(sign),
    })
}

/// The rows of running text: all but furniture and notes.
pub(super) fn rows_of_text(sheet: &Sheet<'_>, notes: &[Note]) -> Vec<usize> {
    let mut taken: Vec<usize> = notes
        .iter()
        .flat_map(|note| note.paragraphs.iter().flatten())
        .copied()
        .collect();
    taken.sort_unstable();
    super::block::text_rows(sheet)
        .filter(|row| taken.binary_search(row).is_err())
        .collect()
}

/// Makes passages of the notes and ties each to the passage that calls it.
///
/// `passages` are those of the running text; the paragraphs of the notes are added behind them, and
/// marks are entered in all.
pub(super) fn tie(sheet: &Sheet<'_>, notes: Vec<Note>, passages: &mut Vec<Passage>) -> Vec<Footnote> {
    let mut by_fragment: Vec<(Span, usize)> = passages
        .iter()
        .enumerate()
        .flat_map(|(index, passage)| passage.fragments.iter().map(move |&fragment| (fragment, index)))
        .collect();
    by_fragment.sort_unstable_by_key(|(fragment, _)| fragment.start);
    let mut footnotes = Vec::with_capacity(notes.len());
    for note in notes {
        let anchor = note.call.and_then(|call| {
            let after = by_fragment.partition_point(|(fragment, _)| fragment.start <= call.mark.start);
            let (fragment, passage) = *by_fragment.get(after.checked_sub(1)?)?;
            fragment.contains(call.mark).then_some(Anchor {
                word: call.word,
                mark: call.mark,
                passage,
            })
        });
        if let Some(anchor) = anchor.as_ref().filter(|anchor| !anchor.mark.is_empty()) {
            passages[anchor.passage].marks.push(anchor.mark);
        }
        let first = passages.len();
        let page = sheet.rows[note.paragraphs[0][0]].page + 1;
        for (at, rows) in note.paragraphs.iter().enumerate() {
            passages.push(Passage {
                address: String::new(),
                place: Place::Footnote,
                fragments: fragments_of(sheet, rows),
                section: anchor.as_ref().and_then(|anchor| passages[anchor.passage].section),
                page,
                footnote: Some(note.number),
                marks: if at == 0 && !note.mark.is_empty() {
                    vec![note.mark]
                } else {
                    Vec::new()
                },
            });
        }
        footnotes.push(Footnote {
            number: note.number,
            mark: note.mark,
            passages: (first..passages.len()).collect(),
            anchor,
            page,
        });
    }
    for passage in passages.iter_mut() {
        passage.marks.sort_unstable();
    }
    footnotes
}

/// The spans of `rows`: one for rows that follow one another.
fn fragments_of(sheet: &Sheet<'_>, rows: &[usize]) -> Vec<Span> {
    let mut fragments: Vec<Span> = Vec::new();
    for (at, &index) in rows.iter().enumerate() {
        let span = sheet.rows[index].span;
        match fragments.last_mut() {
            Some(last) if rows[at - 1] + 1 == index => *last = last.cover(span),
            _ => fragments.push(span),
        }
    }
    fragments
}
