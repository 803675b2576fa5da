//! The document's own number in its letterhead: "Số 12-BC/ĐU" is metadata and no citation.

use super::mention::DocumentMention;
use super::numbered::is_so;
use super::tokens::PassageWords;
use crate::document::Document;
use crate::symbol::{Kind, canonical_symbol};

/// Returns true if `mention` in the header of `document` is the number of the document, or of one attached to it.
///
/// That is a symbol without a type word that has "Số" before it, is alone in its passage, or is the number that the
/// metadata give and the first citation of its passage (`is_first`). A header without issuer, type and date is no letterhead: a short text ("Đề nghị tra giúp
/// 30/2020/NĐ-CP và 57-NQ/TW.") or the title of a list ("DANH MỤC", with a symbol in each row) is taken for one.
pub(super) fn is_own_number(
    document: &Document,
    words: &PassageWords<'_>,
    mention: &DocumentMention,
    is_first: bool,
) -> bool {
    let bare = mention.code.is_empty() && mention.kind != Kind::Luat && mention.span.start == mention.start;
    let metadata = &document.metadata;
    let letterhead = metadata.issuer.is_some() || metadata.kind.is_some() || metadata.date.is_some();
    if !bare || !letterhead {
        return false;
    }
    let number = words.index_at(mention.start);
    // "Số hiệu: 155/KH-UBND" on a web page, too.
    let so = number > 0 && (is_so(words, number - 1) || words.word(number - 1) == "hiệu");
    let first = number - usize::from(so);
    let listed = words.gap(first).contains([',', ';']) || first > 0 && matches!(words.word(first - 1), "và" | "theo");
    let alone = first == 0 && words.index_at(mention.span.end) >= words.len();
    (so || alone) && !listed || is_first && is_number_of(document, mention)
}

/// Returns true if the metadata of `document` or of one of its parts give the symbol of `mention`.
fn is_number_of(document: &Document, mention: &DocumentMention) -> bool {
    let Some(symbol) = mention
        .symbol
        .as_ref()
        .and_then(|symbol| canonical_symbol(&symbol.to_string()))
    else {
        return false;
    };
    let parts = document.parts.iter().filter_map(|part| part.number.as_deref());
    let mut numbers = document.metadata.number.as_deref().into_iter().chain(parts);
    numbers.any(|number| canonical_symbol(number).is_some_and(|number| number == symbol))
}
