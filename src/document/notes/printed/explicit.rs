//! Notes whose marks prove themselves: `[1]`, `¹`, `<sup>1</sup>`, `[^1]`.
//!
//! No list begins with such a mark, so a note needs one equal mark in the text before it and nothing else. They are
//! at the foot of the pages, numbered on or from 1 again, at the end of the document, or between two paragraphs.

use std::collections::{HashMap, HashSet};

use super::call::PrintedCall;
use super::extent::{self, Run};
use super::form::{Key, MarkForm};
use super::found::{FoundNote, PrintedMarks};
use super::opening::Opening;
use super::pool::CallPool;
use crate::document::layout::Sheet;

/// Finds the notes with their rows.
pub(super) fn find<'t>(sheet: &Sheet<'t>, text: &PrintedMarks<'t>) -> Vec<FoundNote<'t>> {
    let pool = CallPool::of(&text.calls);
    // For each mark the byte after the last note that has it: a later note needs a later call.
    let mut used: HashMap<(MarkForm, Key<'t>), usize> = HashMap::new();
    // The forms of the notes so far.
    let mut forms: HashSet<MarkForm> = HashSet::new();
    let mut found: Vec<FoundNote<'t>> = Vec::new();
    for &opening in text.openings.iter().filter(|opening| opening.proves_itself()) {
        let start = opening.mark.start;
        let from = used.get(&(opening.form, opening.key)).copied().unwrap_or(0);
        // Markdown may define a note before it calls it.
        let anywhere = || (opening.form == MarkForm::Reference).then_some(sheet.text.len());
        let call = pool
            .call_of(&opening, from, start)
            .or_else(|| anywhere().and_then(|end| pool.call_of(&opening, 0, end)));
        // A number that begins no run is the field of a form: "[16] Hợp đồng".
        let begins = forms.contains(&opening.form) || opening.number() == Some(1) || opening.raised;
        let call = call.filter(|call| begins || is_glued(sheet, call));
        let defined = matches!(opening.form, MarkForm::Reference | MarkForm::Caret);
        if call.is_some() || defined || found.last().is_some_and(|last| follows(sheet, last, &opening)) {
            forms.insert(opening.form);
            used.insert((opening.form, opening.key), start);
            found.push(FoundNote {
                opening,
                call: call.copied(),
                rows: Vec::new(),
            });
        }
    }
    fill_rows(sheet, &mut found);
    found
}

/// Returns true if the mark of `call` has no blank before it.
fn is_glued(sheet: &Sheet<'_>, call: &PrintedCall<'_>) -> bool {
    !sheet.text[..call.call.mark.start].ends_with(char::is_whitespace)
}

/// Returns true if `opening` is the next note after `last` on the same page: then it is one, even if nothing calls
/// it.
fn follows(sheet: &Sheet<'_>, last: &FoundNote<'_>, opening: &Opening<'_>) -> bool {
    let next = last.opening.number().map(|number| number + 1);
    last.opening.form == opening.form
        && next == opening.number()
        && sheet.rows[last.opening.row].page == sheet.rows[opening.row].page
}

/// Gives each note its rows, run by run. A run is a number of notes with no text between them: all their calls are
/// before the first.
fn fill_rows(sheet: &Sheet<'_>, found: &mut [FoundNote<'_>]) {
    let mut ends = Vec::new();
    let mut first = 0;
    for at in 1..=found.len() {
        let start = found[first].opening.mark.start;
        let goes_on = found.get(at).is_some_and(|next| {
            let called = next.call.is_none_or(|call| call.call.mark.start < start);
            called && next.opening.form == found[first].opening.form
        });
        if !goes_on {
            ends.push(at);
            first = at;
        }
    }
    let alone = ends.len() == 1;
    let mut first = 0;
    for end in ends {
        let next = found.get(end).map_or(sheet.rows.len(), |next| next.opening.row);
        extent::fill_run(sheet, &mut found[first..end], Run { alone, next });
        first = end;
    }
}
