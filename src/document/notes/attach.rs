//! Notes to passages, each tied to the passage that calls it.

use super::note::{Call, Note};
use crate::document::layout::Sheet;
use crate::document::{Anchor, Footnote, Passage, Place};
use crate::stop::checkpoint;
use crate::text::Span;

/// Makes passages of the notes and ties each note to the passage that calls it.
///
/// `passages` are those of the running text. The paragraphs of the notes are appended to them, and marks are
/// entered in all.
pub(crate) fn attach(sheet: &Sheet<'_>, notes: Vec<Note>, passages: &mut Vec<Passage>) -> Vec<Footnote> {
    let mut by_fragment: Vec<(Span, usize)> = passages
        .iter()
        .enumerate()
        .flat_map(|(index, passage)| passage.fragments.iter().map(move |&fragment| (fragment, index)))
        .collect();
    by_fragment.sort_unstable_by_key(|(fragment, _)| fragment.start);
    let mut footnotes = Vec::with_capacity(notes.len());
    for note in notes {
        checkpoint();
        let anchor = note.call.and_then(|call| anchor_of(call, &by_fragment));
        if let Some(anchor) = anchor.as_ref().filter(|anchor| !anchor.mark.is_empty()) {
            passages[anchor.passage].marks.push(anchor.mark);
        }
        let first = passages.len();
        let first_row = note.paragraphs[0][0];
        // The bodies follow the text where the format marks them; on paper each is at the foot of the page of its call.
        let called = note.call.filter(|_| sheet.given(first_row).is_some());
        let page = called.map_or(sheet.rows[first_row].page, |call| sheet.page_at(call.mark.start)) + 1;
        // A note belongs to the section that calls it, wherever it is printed.
        let section = anchor.as_ref().and_then(|anchor| passages[anchor.passage].section);
        passages.extend(note.paragraphs.iter().enumerate().map(|(at, rows)| Passage {
            address: String::new(),
            place: Place::Footnote,
            fragments: sheet.spans_of(rows),
            section,
            page,
            footnote: Some(note.number),
            marks: if at == 0 && !note.mark.is_empty() {
                vec![note.mark]
            } else {
                Vec::new()
            },
        }));
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

/// Returns the anchor of the mark `call` in the passage that holds it; `by_fragment` holds the fragments of
/// all passages, sorted, with the index of their passage. `None` if no fragment holds the whole mark.
fn anchor_of(call: Call, by_fragment: &[(Span, usize)]) -> Option<Anchor> {
    let after = by_fragment.partition_point(|(fragment, _)| fragment.start <= call.mark.start);
    let (fragment, passage) = *by_fragment.get(after.checked_sub(1)?)?;
    fragment.contains(call.mark).then_some(Anchor {
        word: call.word,
        mark: call.mark,
        passage,
    })
}
