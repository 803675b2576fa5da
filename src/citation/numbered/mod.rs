//! Citations with a number: alone, in lists, with and without letters.
//!
//! "Kết luận số 126, 127-KL/TW" is two citations: one type word, two numbers, letters on the last. Reading begins at a
//! number and looks back for "số" and the type word, so "s6 21-NQ/TW" is number 21 however an OCR misread "số".

mod head;
mod list;
mod short;

use super::CitationForm;
use super::mention::{DocumentMention, Open};
use super::tail::tail_at;
use super::tokens::PassageWords;
use crate::symbol::Kind;
use crate::text::Span;
use head::{Head, head_before, is_digit_for_so};
use list::{ListedNumber, items_at, share_letters};
use short::cited_numbers;
pub(super) use short::{counts_what_follows, ends_clearly};

/// Returns the mentions in the list that begins with the number at word `at`; empty if it cites nothing.
pub(super) fn numbered_at(words: &PassageWords<'_>, at: usize) -> Vec<DocumentMention> {
    let head = head_before(words, at);
    if head.as_ref().is_some_and(|head| !head.so) && is_digit_for_so(words, at) {
        return Vec::new(); // the next word is the number
    }
    let (mut items, mut next) = items_at(words, at, head.as_ref());
    let lettered = items.iter().rposition(|item| item.symbol.is_some());
    let mut doubtful = false;
    match (lettered, &head) {
        // Numbers after the last symbol count something else: "126-KL/TW, 15 tổ chức đảng".
        (Some(last), _) => {
            if last + 1 < items.len() {
                items.truncate(last + 1);
                next = words.index_at(items[last].span.end);
            }
        }
        (None, Some(head)) if !head.loose => {
            let numbers: Vec<usize> = items.iter().map(|item| item.word).collect();
            let Some(short) = cited_numbers(words, head, &numbers, next) else {
                return Vec::new();
            };
            if short.count < items.len() {
                items.truncate(short.count);
                next = items[short.count - 1].word + 1;
            }
            doubtful = short.doubtful;
        }
        _ => return Vec::new(),
    }
    if head.as_ref().is_some_and(|head| head.loose) && items[0].symbol.is_none() {
        return Vec::new();
    }
    share_letters(&mut items);
    let mut mentions = mentions(words, items, head.as_ref(), next);
    if doubtful {
        for mention in &mut mentions {
            mention.open = Some(Open::Count);
        }
    }
    mentions
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

/// Returns true if the mention may be the document's own number in its letterhead: "Số 12-BC/ĐU".
pub(super) fn is_own_number(mention: &DocumentMention) -> bool {
    mention.code.is_empty() && mention.kind != Kind::Luat && mention.span.start == mention.start
}
