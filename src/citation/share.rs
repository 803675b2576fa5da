//! Details that citations of one passage share, or that are in front of them.
//!
//! "Ngày 12/3/2024, Ban Bí thư đã ban hành Kết luận số 77-KL/TW": the head gives date and issuer. "Kết luận số 126-KL/TW
//! ngày …, Kết luận số 127-KL/TW ngày … của Bộ Chính trị": the tail of the last is that of both.

use super::CitationForm;
use super::kinds::type_word_before;
use super::mention::DocumentMention;
use super::tail::front_before;
use super::tokens::PassageWords;
use crate::stop::checkpoint;
use crate::text::Span;

/// Adds date and issuer from the head of each numbered citation that names no issuer after it. `mentions` are those of
/// one passage, in order.
pub(super) fn add_fronts(words: &PassageWords<'_>, mentions: &mut [DocumentMention]) {
    for index in 0..mentions.len() {
        checkpoint();
        let (before, after) = mentions.split_at_mut(index);
        let Some((mention, rest)) = after.split_first_mut() else {
            break;
        };
        let further = before.last().is_some_and(|last| last.form == CitationForm::List) && is_further_item(mention);
        if mention.number.is_none() || mention.issuer.is_some() || further {
            continue;
        }
        let floor = before
            .last()
            .map_or(0, |last| words.index_at(last.span.end).max(last.end));
        let Some(front) = front_before(words, first_word(words, mention), floor) else {
            continue;
        };
        let items = rest.iter_mut().take_while(|item| is_further_item(item));
        for item in std::iter::once(mention).chain(items) {
            item.issuer = item.issuer.or(Some(front.issuer));
            item.date = item.date.or(front.date);
            if item.form == CitationForm::Short && item.symbol.is_some() {
                item.form = CitationForm::Full;
            }
        }
    }
}

/// Returns the first word of a citation, or of the type word in front of a list: "các Nghị quyết: số 57-NQ/TW, …".
fn first_word(words: &PassageWords<'_>, mention: &DocumentMention) -> usize {
    let first = words.index_at(mention.span.start);
    let number = match first.checked_sub(1) {
        Some(so) if words.folded(so) == "so" => so,
        _ => first,
    };
    let listed = words.gap(number).trim() == ":";
    let type_word = type_word_before(words, number).filter(|_| listed && is_further_item(mention));
    type_word.map_or(first, |(_, start)| start)
}

/// Returns true if the mention is an item of a list other than the first, which has the type word.
fn is_further_item(mention: &DocumentMention) -> bool {
    mention.number.is_some() && mention.form == CitationForm::List && mention.span.start == mention.start
}

/// Shares issuer and subject among mentions that only commas, "và" and dates separate: "Kết luận số 126-KL/TW ngày …,
/// Kết luận số 127-KL/TW ngày … của Bộ Chính trị về …".
///
/// `mentions` are those of one passage, in order.
pub(super) fn share_tails(words: &PassageWords<'_>, mentions: &mut [DocumentMention]) {
    for index in (1..mentions.len()).rev() {
        let (before, after) = mentions.split_at_mut(index);
        let (Some(left), Some(right)) = (before.last_mut(), after.first()) else {
            continue;
        };
        // "QĐ 20 và Thông tư số 5/2000/TT-BXD của Bộ Xây dựng": the letters of the first are not known yet.
        let open = left.open.is_some();
        if open || left.number.is_none() || right.number.is_none() || left.issuer.is_some() || left.subject.is_some() {
            continue;
        }
        if !same_body(left, right) {
            continue;
        }
        let between = Span::new(words.slice(left.end.saturating_sub(1), left.end).end, right.span.start);
        let between = between.slice(words.text()).trim();
        let parted = between.trim_start_matches(',').trim();
        if matches!(parted, "" | "và" | "va" | "vả" | "các") && !between.is_empty() {
            left.issuer = right.issuer;
            left.subject = right.subject;
            if left.form == CitationForm::Short
                && left.symbol.is_some()
                && (left.issuer.is_some() || left.subject.is_some())
            {
                left.form = CitationForm::List;
            }
        }
    }
}

/// Returns true if both symbols may be of one body: "104/1999/QĐ-TTg và 112/2017/NĐ-CP của Chính phủ" are of two.
fn same_body(left: &DocumentMention, right: &DocumentMention) -> bool {
    match (&left.symbol, &right.symbol) {
        // Of two codes one may be cut short: "QĐ-BT" for "QĐ-BTP".
        (Some(left), Some(right)) => left.body.starts_with(&right.body) || right.body.starts_with(&left.body),
        _ => true,
    }
}
