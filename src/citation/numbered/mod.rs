//! Citations with a number: alone, in lists, with and without letters.
//!
//! "Kết luận số 126, 127-KL/TW" is two citations: one type word, two numbers, letters on the last. Reading begins at a
//! number and looks back for "số" and the type word, so "s6 21-NQ/TW" is number 21 however an OCR misread "số".

mod head;
mod list;

use super::CitationForm;
use super::mention::DocumentMention;
use super::tail::tail_at;
use super::tokens::PassageWords;
use crate::symbol::{Citing, Kind};
use crate::text::Span;
use head::{Head, head_before, is_digit_for_so};
use list::{ListedNumber, items_at, share_letters};

/// Returns the mentions in the list that begins with the number at word `at`; empty if it cites nothing.
pub(super) fn numbered_at(words: &PassageWords<'_>, at: usize) -> Vec<DocumentMention> {
    let head = head_before(words, at);
    if head.as_ref().is_some_and(|head| !head.so) && is_digit_for_so(words, at) {
        return Vec::new(); // the next word is the number
    }
    let (mut items, mut next) = items_at(words, at, head.as_ref());
    let lettered = items.iter().rposition(|item| item.symbol.is_some());
    match (lettered, &head) {
        // Numbers after the last symbol count something else: "126-KL/TW, 15 tổ chức đảng".
        (Some(last), _) => {
            if last + 1 < items.len() {
                items.truncate(last + 1);
                next = words.index_at(items[last].span.end);
            }
        }
        (None, Some(head)) if !items.is_empty() && is_short(words, &items, head, next) => {
            if !head.so {
                items.truncate(1);
                next = items[0].word + 1;
            }
        }
        _ => return Vec::new(),
    }
    if head.as_ref().is_some_and(|head| head.loose) && items[0].symbol.is_none() {
        return Vec::new();
    }
    share_letters(&mut items);
    mentions(words, items, head.as_ref(), next)
}

/// Returns true if numbers without letters are citations; `next` is the word after the last.
///
/// With "số" they are. Without it only a number that is written like "Nghị quyết 57 của Bộ Chính trị" is one, never a
/// count ("70 nghị quyết", "Quy định 5 nội dung").
fn is_short(words: &PassageWords<'_>, items: &[ListedNumber], head: &Head, next: usize) -> bool {
    let Some(first) = items.first() else { return false };
    let clear = |next: usize| {
        let gap = words.gap(next).trim();
        let follows = ["cua", "ve", "ngay", "khoa", "va", "nam", "ctia", "cia"];
        gap.starts_with([',', '.', ';', ')', '”'])
            || next >= words.len()
            || gap.is_empty() && follows.contains(&words.folded(next))
    };
    if head.so {
        return !head.loose && first.number.len() <= 4 && (items.len() == 1 || clear(next));
    }
    head.type_word.citing == Citing::BareNumber
        && words.is_capital(head.first)
        && !words.word(head.first).chars().nth(1).is_some_and(char::is_uppercase)
        && (1..=3).contains(&first.number.len())
        && clear(first.word + 1)
}

/// Returns the mentions of a whole list; each gets the date, issuer and subject after the list, which ends before word
/// `next`.
fn mentions(
    words: &PassageWords<'_>,
    items: Vec<ListedNumber>,
    head: Option<&Head>,
    next: usize,
) -> Vec<DocumentMention> {
    let tail = tail_at(words, next);
    let list = items.len() > 1;
    let dated = items.iter().any(|item| item.date.is_some());
    let last = items.len().saturating_sub(1);
    items
        .into_iter()
        .enumerate()
        .map(|(index, item)| {
            let start = item.span.start;
            // Only the first item spans the type word.
            let first = match head {
                Some(head) if index == 0 => words.span(head.first).start,
                _ => start,
            };
            let code = item.symbol.as_ref().map_or("", |symbol| symbol.kind.as_str());
            let kind = head.map_or_else(|| Kind::of_code(code), |head| head.type_word.kind);
            let mut mention = DocumentMention {
                start,
                code: head.map_or("", |head| head.type_word.code()),
                number: Some(item.number),
                date: item.date,
                symbol: item.symbol,
                ..DocumentMention::new(Span::new(first, item.span.end), kind)
            };
            // In "126-KL/TW ngày …, 127-KL/TW ngày …" the date after the list is that of the last item alone.
            let own = mention.date;
            mention.add_tail(&tail);
            if dated && own.is_none() && index < last {
                mention.date = None;
            }
            mention.form = form_of(&mention, list);
            mention
        })
        .collect()
}

/// Returns the form of a numbered citation; `list` is true if it is an item of a list.
fn form_of(mention: &DocumentMention, list: bool) -> CitationForm {
    if list {
        CitationForm::List
    } else if mention.symbol.is_some()
        && (mention.date.is_some() || mention.issuer.is_some() || mention.subject.is_some())
    {
        CitationForm::Full
    } else {
        CitationForm::Short
    }
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
        if left.number.is_none() || right.number.is_none() || left.issuer.is_some() || left.subject.is_some() {
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

/// Returns true if the mention may be the document's own number in its letterhead: "Số 12-BC/ĐU".
pub(super) fn is_own_number(mention: &DocumentMention) -> bool {
    mention.code.is_empty() && mention.kind != Kind::Luat && mention.span.start == mention.start
}
