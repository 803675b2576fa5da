//! The numbers of notes that skip or repeat.
//!
//! A note and the mark that calls it have one number, and numbers run on. A note with a wrong number has no mark that
//! calls it, so the reader of notes passes it over and the text of the note before seems to go on. This check takes the
//! notes that were read, learns from them how marks are written, and looks for the number that is missing: where a mark
//! calls it, the next line that begins with another number is the note; where a note has it, the next mark with another
//! number calls it. Notes that the format of a file marks are counted by the program that wrote it and never wrong.

use std::collections::HashMap;

use super::draft::Draft;
use super::record::{Expected, Finding, FindingKind, Witness};
use crate::document::{Footnote, Place};
use crate::stop::checkpoint;
use crate::text::Span;

/// Digits of the longest number of a note.
const MAX_DIGITS: usize = 3;

/// Greatest difference between a number of one digit and the right one.
const MAX_SLIP: usize = 2;

/// The share of the notes that may be wrong, one in this many, beyond the first two. Where more seem wrong, the notes
/// were not read right.
const WRONG_ONE_IN: usize = 4;

/// Endings of words that carry a raised or glued number which is no mark: units, and things that are numbered.
const NUMBERED: &[&str] = &[
    "m", "km", "cm", "mm", "dm", "ha", "co", "quý", "tổ", "điều", "khoản", "mục", "bảng", "số", "khu", "quận", "kỳ",
    "khóa", "lần", "thứ", "đội", "loại", "qh", "nq", "ct", "kl", "qđ", "hđnd", "h", "s", "q", "covid",
];

/// The form of the marks of a document.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Form {
    /// The bracket before the number: `(`, `[` or none.
    open: Option<char>,
    /// True if the digits are raised: `¹`.
    raised: bool,
    /// The sign after the number of a note, besides the closing bracket: `1.`.
    point: Option<char>,
}

/// A number in the form of the marks.
#[derive(Clone, Copy)]
struct Numbered {
    /// The number.
    number: usize,
    /// Its bytes, with brackets.
    span: Span,
}

/// The places of numbers in the form of the marks.
struct Places {
    /// The places, in order.
    places: Vec<Numbered>,
    /// The number of places of each number.
    counts: HashMap<usize, usize>,
}

impl Places {
    /// Returns these places, sorted.
    fn of(mut places: Vec<Numbered>) -> Self {
        places.sort_by_key(|place| place.span);
        let mut counts = HashMap::new();
        for place in &places {
            *counts.entry(place.number).or_default() += 1;
        }
        Self { places, counts }
    }

    /// Returns the number of places of `number`.
    fn count(&self, number: usize) -> usize {
        self.counts.get(&number).copied().unwrap_or(0)
    }

    /// Returns the places that begin from byte `from` on and before `to`.
    fn within(&self, from: usize, to: usize) -> impl Iterator<Item = &Numbered> {
        let first = self.places.partition_point(|place| place.span.start < from);
        let rest = self.places.get(first..).unwrap_or_default();
        rest.iter().take_while(move |place| place.span.start < to)
    }
}

/// Returns the findings in the numbers of the notes of `draft`, in order.
pub(super) fn check(draft: &Draft<'_>) -> Vec<Finding> {
    let notes = &draft.parsed.document.footnotes;
    if !draft.is_typed || !draft.parsed.structure.notes.is_empty() || notes.is_empty() {
        return Vec::new();
    }
    let mut findings = Vec::new();
    let mut start = 0_usize;
    for end in 1..=notes.len() {
        // Notes of a page that begins with 1 again are a run of their own.
        let goes_on = notes.get(end).is_some_and(|note| note.number > notes[end - 1].number);
        if !goes_on {
            let next = notes.get(end).map_or(draft.text().len(), |note| note.mark.start);
            let before = start.checked_sub(1).map_or(0, |before| notes[before].mark.end);
            run(draft, &notes[start..end], Span::new(before, next), &mut findings);
            start = end;
        }
    }
    if findings.len() > 2 + notes.len() / WRONG_ONE_IN {
        return Vec::new();
    }
    findings.sort_by_key(|finding| finding.span);
    findings
}

/// Checks one run of notes, whose numbers rise; marks and notes of the run are in `around`.
fn run(draft: &Draft<'_>, notes: &[Footnote], around: Span, findings: &mut Vec<Finding>) {
    let Some(form) = notes.iter().find_map(|note| Form::of(note.mark.slice(draft.text()))) else {
        return;
    };
    let openings = openings(draft, form, around);
    let calls = calls(draft, form, around);
    let last = notes.last().map_or(0, |note| note.number);
    let mut known = notes.iter().peekable();
    // The ends of the last note and of the last mark before the missing number.
    let (mut note_end, mut call_end) = (around.start, around.start);
    for number in 1.. {
        checkpoint();
        let read = known.next_if(|note| note.number == number);
        if let Some(note) = read {
            note_end = note.mark.end;
            match &note.anchor {
                Some(anchor) => call_end = anchor.mark.end,
                None => findings.extend(miscalled(draft, &calls, number, call_end)),
            }
            continue;
        }
        let next_note = known.peek().map_or(around.end, |note| note.mark.start);
        let next_call = known.peek().and_then(|note| note.anchor.as_ref());
        let next_call = next_call.map_or(around.end, |anchor| anchor.mark.start);
        let call = calls.within(call_end, next_call).find(|call| call.number == number);
        let Some(call) = call else {
            if number > last {
                break;
            }
            let is_told = calls.count(number) + openings.count(number) > 0;
            // Where numbers begin again, notes are called again as well.
            let is_whole = notes[0].number == 1 && notes.len() == draft.parsed.document.footnotes.len();
            let next = known
                .peek()
                .filter(|note| is_whole && !is_told && note.number == number + 1);
            findings.extend(next.and_then(|next| skipped(draft, next, number, call_end, note_end)));
            continue;
        };
        call_end = call.span.end;
        let mut between = openings.within(note_end, next_note);
        let Some(opening) = between.next() else { continue };
        let after = openings.within(opening.span.end, around.end).next();
        let goes_on = after.is_none_or(|after| after.number == number + 1);
        match opening.number == number {
            true => {}
            // What does not go on is no note but a list.
            false if number == 1 || !goes_on || !is_slip(opening.number, number) => break,
            false => findings.push(wrong(draft, *opening, number, "note")),
        }
        note_end = opening.span.end;
    }
}

/// Returns the finding that a mark calls a note of another number: the first one after byte `from`, if note `number`
/// has no mark and the number that is printed comes more than once.
fn miscalled(draft: &Draft<'_>, calls: &Places, number: usize, from: usize) -> Option<Finding> {
    let call = calls.within(from, usize::MAX).next()?;
    let is_wrong = is_slip(call.number, number) && calls.count(call.number) > 1;
    is_wrong.then(|| wrong(draft, *call, number, "mark"))
}

/// Returns true if `printed` may be a slip for `meant`: one before or after it, or a digit that is wrong.
fn is_slip(printed: usize, meant: usize) -> bool {
    let (one, two) = (printed.to_string(), meant.to_string());
    let digits = one.bytes().zip(two.bytes()).filter(|(one, two)| one != two).count();
    printed != meant && (printed.abs_diff(meant) <= MAX_SLIP || one.len() == two.len() && one.len() > 1 && digits == 1)
}

/// Returns the finding that neither a note nor a mark has `number`, and `next` is the first note after it. The mark
/// before ends at byte `call_end`, the note before begins at `note_end`.
fn skipped(draft: &Draft<'_>, next: &Footnote, number: usize, call_end: usize, note_end: usize) -> Option<Finding> {
    let text = draft.text();
    let digits = number.to_string();
    let anchor = next.anchor.as_ref()?;
    // A mark may be lost in another number ("Mẫu số 027" is form 02 with note 7), a number may be alone in its line.
    let calls = Span::new(call_end, anchor.mark.start);
    let notes = Span::new(note_end, next.mark.start);
    let is_ordered = call_end <= anchor.mark.start && note_end <= next.mark.start;
    let is_lost = [calls, notes].iter().any(|region| region.slice(text).contains(&digits));
    let place = Numbered {
        number: next.number,
        span: next.mark,
    };
    (is_ordered && !is_lost).then(|| wrong(draft, place, number, "note"))
}

/// Returns the finding that `place`, a note or a mark, should have `number`.
fn wrong(draft: &Draft<'_>, place: Numbered, number: usize, what: &str) -> Finding {
    let expected = vec![Expected {
        value: number.to_string(),
        source: Witness::Rules,
        basis: None,
        document: None,
        line: None,
    }];
    let message = format!("The {what} after {} has the number {}.", number - 1, place.number);
    draft.finding(FindingKind::Notes, place.span, expected, message)
}

impl Form {
    /// Returns the form of `mark`, as it stands before the body of a note.
    fn of(mark: &str) -> Option<Self> {
        let mark = mark.trim();
        let open = mark.chars().next().filter(|char| matches!(char, '(' | '['));
        let inner = mark.trim_start_matches(['(', '[']);
        let (_, len) = digits(inner)?;
        let after = inner[len..].trim_start_matches([')', ']']);
        Some(Self {
            open,
            raised: !inner.starts_with(|char: char| char.is_ascii_digit()),
            point: after.chars().next(),
        })
    }

    /// Returns the number in this form at the beginning of `text`, and its length in bytes.
    fn at_start(self, text: &str) -> Option<(usize, usize)> {
        let inner = match self.open {
            Some(open) => text.strip_prefix(open)?,
            None => text,
        };
        let is_raised = !inner.starts_with(|char: char| char.is_ascii_digit());
        let (number, len) = digits(inner)?;
        let close = match self.open {
            Some('(') => ")",
            Some(_) => "]",
            None => "",
        };
        let closed = inner[len..].starts_with(close);
        let len = text.len() - inner.len() + len + close.len();
        (is_raised == self.raised && closed).then_some((number, len))
    }
}

/// Returns the number that `text` begins with, in ordinary or raised digits, and its length in bytes.
fn digits(text: &str) -> Option<(usize, usize)> {
    let value = |char: char| match char {
        '⁰' => Some(0),
        '¹' => Some(1),
        '²' => Some(2),
        '³' => Some(3),
        '⁴'..='⁹' => Some(char as usize - '⁰' as usize),
        _ => char.to_digit(10).map(|digit| digit as usize),
    };
    let (mut number, mut len, mut count) = (0, 0, 0);
    for char in text.chars() {
        let Some(digit) = value(char) else { break };
        number = number * 10 + digit;
        len += char.len_utf8();
        count += 1;
        if count > MAX_DIGITS {
            return None;
        }
    }
    (count > 0).then_some((number, len))
}

/// Returns the lines that begin as notes of this form do, in order.
fn openings(draft: &Draft<'_>, form: Form, around: Span) -> Places {
    let text = draft.text();
    let lines = (draft.lines.number_at(around.start)..=draft.lines.count()).map(|line| draft.lines.content(text, line));
    let found = lines
        .take_while(|line| line.start < around.end)
        .filter_map(|line| {
            let content = line.slice(text);
            let body = content.trim_start();
            let start = line.start + content.len() - body.len();
            let (number, len) = form.at_start(body)?;
            let after = &body[len..];
            let after = match form.point {
                Some(point) => after.strip_prefix(point)?,
                None => after,
            };
            let words = after.trim_start();
            let apart = after.len() > words.len() || form.raised;
            let spoken = words.starts_with(char::is_uppercase);
            (apart && spoken).then_some(Numbered {
                number,
                span: Span::new(start, start + len),
            })
        })
        .collect();
    Places::of(found)
}

/// Returns the numbers in the text that may call a note of this form, in order.
fn calls(draft: &Draft<'_>, form: Form, around: Span) -> Places {
    let text = draft.text();
    let all = &draft.parsed.document.passages;
    // A paragraph may go on after a page break.
    let first = all.partition_point(|passage| passage.extent().start < around.start);
    let passages = all[first.saturating_sub(1)..]
        .iter()
        .take_while(|passage| passage.extent().start < around.end)
        .filter(|passage| matches!(passage.place, Place::Body | Place::Heading));
    let mut calls = Vec::new();
    for fragment in passages.flat_map(|passage| &passage.fragments) {
        if fragment.end <= around.start || fragment.start >= around.end {
            continue;
        }
        let content = fragment.slice(text);
        let mut next = 0;
        for (at, char) in content.char_indices() {
            let begins = match form.open {
                Some(open) => char == open,
                None => char.is_ascii_digit() != form.raised && char.is_numeric(),
            };
            if at < next || !begins {
                continue;
            }
            let Some((number, len)) = form.at_start(&content[at..]) else {
                // The rest of a long number begins no mark.
                let run = content[at..].find(|char: char| !char.is_numeric());
                next = run.map_or(content.len(), |run| at + run.max(1));
                continue;
            };
            next = at + len;
            if may_call(form, &content[..at], &content[at + len..]) {
                calls.push(Numbered {
                    number,
                    span: Span::new(at, at + len).shift(fragment.start),
                });
            }
        }
    }
    Places::of(calls)
}

/// Returns true if a number of this form between `before` and `after` may be a mark.
fn may_call(form: Form, before: &str, after: &str) -> bool {
    let Some(last) = before.chars().next_back() else {
        return false;
    };
    let stops = after.is_empty()
        || after
            .trim_start_matches([' ', '\u{a0}'])
            .starts_with(['.', ',', ';', ':', '\n']);
    match form.open {
        // "gồm: (1) Tăng cường …" is an item of a list.
        Some('(') => last.is_alphanumeric() || stops,
        Some(_) => true,
        None => {
            let word: String = before
                .chars()
                .rev()
                .take_while(|char| char.is_alphabetic())
                .take(MAX_WORD)
                .collect();
            let word: String = word.chars().rev().collect::<String>().to_lowercase();
            let goes_on = after
                .starts_with(|char: char| char.is_alphanumeric() || matches!(char, '/' | '-' | '%' | '_'))
                || after.starts_with(['.', ',']) && after[1..].starts_with(|char: char| char.is_ascii_digit());
            let closes = matches!(last, '”' | '"' | ')' | '»' | '%')
                || matches!(last, '.' | ',' | ';' | ':')
                    && before.trim_end_matches(last).ends_with(char::is_alphabetic)
                || last.is_alphabetic() && !NUMBERED.contains(&word.as_str());
            closes && !goes_on
        }
    }
}

/// Letters of the longest syllable.
const MAX_WORD: usize = 8;
