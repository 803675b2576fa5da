//! The furniture of a document: bytes that are no text of it.

use super::layout::{RowRole, Sheet};
use super::{Furniture, FurnitureKind, Passage};
use crate::text::Span;

/// Returns the furniture in order: the rows that are no text, and all bytes that lie in no passage and no such
/// row.
pub(super) fn furniture_of(sheet: &Sheet<'_>, passages: &[Passage]) -> Vec<Furniture> {
    let mut taken: Vec<Span> = passages
        .iter()
        .flat_map(|passage| &passage.fragments)
        .copied()
        .collect();
    taken.sort_unstable();
    // A row inside a passage is part of it, whatever its shape.
    let named = sheet.rows.iter().filter_map(|row| {
        let kind = match row.role {
            RowRole::Text => return None,
            RowRole::PageNumber => FurnitureKind::PageNumber,
            RowRole::RunningHead => FurnitureKind::RunningHead,
            RowRole::Contents => FurnitureKind::Contents,
            RowRole::Ruler => FurnitureKind::Ruler,
            RowRole::Noise => FurnitureKind::Noise,
        };
        Some(Furniture { kind, span: row.span })
    });
    let mut furniture: Vec<Furniture> = named.filter(|piece| !overlaps_any(&taken, piece.span)).collect();
    taken.extend(furniture.iter().map(|piece| piece.span));
    taken.sort_unstable();
    // The gaps that remain are blank; together with them each byte lies in exactly one place.
    let mut at = 0;
    for span in taken.into_iter().chain([Span::new(sheet.text.len(), sheet.text.len())]) {
        if span.start > at {
            furniture.push(Furniture {
                kind: FurnitureKind::Blank,
                span: Span::new(at, span.start),
            });
        }
        at = at.max(span.end);
    }
    furniture.sort_by_key(|piece| piece.span.start);
    furniture
}

/// Returns true if `span` overlaps one of the sorted, disjoint spans `taken`.
fn overlaps_any(taken: &[Span], span: Span) -> bool {
    let next = taken.partition_point(|other| other.end <= span.start);
    taken.get(next).is_some_and(|other| other.overlaps(span))
}
