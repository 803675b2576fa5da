//! Citations with a number: alone, in lists, with and without letters.
//!
//! "Kết luận số 126, 127-KL/TW" is two citations: one type word, two numbers, letters on the last. Reading begins at a
//! number and looks back for "số" and the type word, so "s6 21-NQ/TW" is number 21 however an OCR misread "số".

mod head;
mod list;
mod short;

use super::CitationForm;
use super::kinds::{kind_of, type_word_before};
use super::mention::{DocumentMention, Open};
use super::tail::{Tail, tail_at};
use super::tokens::PassageWords;
use crate::symbol::{Kind, Symbol, TypeWord};
use crate::text::Span;
pub(super) use head::is_so;
use head::{Head, head_before, is_digit_for_so};
use list::{ListedNumber, begins_range, items_at, ranges, share_letters};
use short::cited_numbers;
pub(super) use short::{counts_what_follows, ends_clearly};

/// Returns the mentions in the list that begins with the number at word `at`; empty if it cites nothing.
pub(super) fn numbered_at(words: &PassageWords<'_>, at: usize) -> Vec<DocumentMention> {
    let head = head_before(words, at);
    if head.as_ref().is_some_and(|head| !head.so) && is_digit_for_so(words, at) {
        return Vec::new(); // the next word is the number
    }
    let (mut items, mut next) = items_at(words, at, head.as_ref());
    let decree = head.as_ref().is_some_and(|head| head.type_word.kind == Kind::NghiDinh);
    let lettered = items.iter().rposition(|item| item.is_lettered(decree));
    let mut doubtful = false;
    let year = items.first().is_some_and(|item| item.year.is_some());
    match (lettered, &head) {
        // Numbers after the last symbol count something else: "126-KL/TW, 15 tổ chức đảng".
        (Some(last), _) => {
            if last + 1 < items.len() {
                items.truncate(last + 1);
                next = words.index_at(items[last].span.end);
            }
        }
        (None, Some(head)) if head.abbreviated && !items.is_empty() && !year => {
            items.truncate(1);
            next = words.index_at(items[0].span.end);
            doubtful = true;
        }
        (None, Some(head)) if items.first().is_some_and(|item| dates_itself(words, head, item)) => {
            let dated = items.iter().take_while(|item| item.year.is_some()).count();
            items.truncate(dated);
            next = words.index_at(items[dated - 1].span.end);
        }
        (None, Some(head)) if !head.loose && !items.is_empty() && !year => {
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
    let loose = head.as_ref().is_some_and(|head| head.loose);
    if loose && items[0].symbol.is_none() && !begins_range(&items) {
        return Vec::new();
    }
    share_letters(&mut items, decree);
    let mut mentions = mentions(words, items, head.as_ref(), next);
    if doubtful {
        for mention in &mut mentions {
            mention.open = Some(Open::Count);
        }
    }
    mentions
}

/// Returns true if the number is followed by its year and is no month: "Thông tư 18/2019", but "Kế hoạch 6/2023".
fn dates_itself(words: &PassageWords<'_>, head: &Head, item: &ListedNumber) -> bool {
    let month = item.number.parse::<u16>().is_ok_and(|number| number <= 12);
    let certain = match head.type_word.kind {
        Kind::ThongTu => true,
        Kind::QuyetDinh | Kind::NghiQuyet => head.so || !month,
        _ => false,
    };
    item.year.is_some() && certain && !head.loose && words.is_capital(head.first)
}

/// Returns the mentions of a whole list; each gets the date, issuer and subject after the list, which ends before word
/// `next`.
fn mentions(
    words: &PassageWords<'_>,
    items: Vec<ListedNumber>,
    head: Option<&Head>,
    next: usize,
) -> Vec<DocumentMention> {
    let mut tail = tail_at(words, next);
    if let Some(head) = head {
        tail.drop_period(words, head.first);
        if head.loose {
            tail.add(between(words, head, &items));
        }
    }
    let list = items.len() > 1;
    let dated = items.iter().any(|item| item.date.is_some());
    let last = items.len().saturating_sub(1);
    let ranges = ranges(words, &items, head);
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
            let (kind, code) = kind_and_code(words, item.word, head, item.symbol.as_ref());
            let mut mention = DocumentMention {
                start,
                code,
                number: Some(item.number),
                range: ranges[index],
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
            mention.correct_committee(words.text());
            mention.form = form_of(&mention, list);
            // A year alone tells no ministry: "Thông tư 18/2019".
            if let (Some(year), None) = (item.year, &mention.symbol) {
                mention.open = Some(Open::Letters { year });
            }
            mention
        })
        .collect()
}

/// Returns the kind of a document that is cited at word `at`, after `head`, with this symbol (none if its number is
/// alone), and the code of the type word, which is empty if no word tells the kind.
fn kind_and_code(
    words: &PassageWords<'_>,
    at: usize,
    head: Option<&Head>,
    symbol: Option<&Symbol>,
) -> (Kind, &'static str) {
    let (type_word, first) = match (head, symbol) {
        // An abbreviation says no more than the letters: QĐ is open.
        (Some(head), Some(symbol)) if head.abbreviated && !symbol.kind.is_empty() => (None, at),
        (Some(head), _) => (Some(head.type_word), head.first),
        (None, _) => type_cell_before(words, at).map_or((None, at), |(type_word, first)| (Some(type_word), first)),
    };
    match (type_word, symbol) {
        (Some(type_word), Some(symbol)) => {
            let (kind, told) = kind_of(words, type_word, first, symbol);
            (kind, if told { type_word.code() } else { "" })
        }
        (Some(type_word), None) => (type_word.kind, type_word.code()),
        (None, Some(symbol)) => (Kind::of_code(&symbol.kind), ""),
        (None, None) => (Kind::Other, ""),
    }
}

/// Returns the date and issuer between type word and "số": "Nghị quyết của Bộ Chính trị số 25-NQ/TW".
fn between(words: &PassageWords<'_>, head: &Head, items: &[ListedNumber]) -> Tail {
    if head.abbreviated {
        return Tail::default(); // nobody writes "NQ của Bộ Chính trị số 25"
    }
    let tail = tail_at(words, head.first + head.type_word.syllables.len());
    let number = items.first().map_or(0, |item| item.word);
    if tail.end < number { tail } else { Tail::default() }
}

/// Returns the type word that fills the cell of a table before word `at`, and its first word: "| Quy định | 22-QĐ/TW |".
fn type_cell_before(words: &PassageWords<'_>, at: usize) -> Option<(&'static TypeWord, usize)> {
    if words.gap(at).trim() != "|" {
        return None;
    }
    type_word_before(words, at).filter(|(_, first)| *first == 0 || words.gap(*first).contains('|'))
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

/// Marks the ranges between two citations with a type word each: "từ Kết luận số 10-KL/TW đến Kết luận số 15-KL/TW".
///
/// `mentions` are those of one passage, in order.
pub(super) fn mark_ranges(words: &PassageWords<'_>, mentions: &mut [DocumentMention]) {
    for index in 1..mentions.len() {
        let (before, after) = mentions.split_at_mut(index);
        let (Some(left), Some(right)) = (before.last_mut(), after.first_mut()) else {
            continue;
        };
        let letters = |mention: &DocumentMention| mention.symbol.as_ref().map(Symbol::letters);
        if left.range.is_some() || letters(left).is_none() || letters(left) != letters(right) {
            continue;
        }
        let first = words.index_at(left.span.start);
        let to = words.index_at(right.span.start).checked_sub(1);
        let (Some(from), Some(to)) = (first.checked_sub(1), to) else {
            continue;
        };
        if words.word(from).to_lowercase() == "từ" && matches!(words.word(to), "đến" | "tới") && to <= left.end {
            let range = Span::new(words.span(from).start, right.span.end);
            for end in [left, right] {
                end.range = Some(range);
                end.form = CitationForm::List;
            }
        }
    }
}

/// Gives each symbol without a type word the kind of the one before it in the same list, if both have the same letters:
/// "Quy định số 22-QĐ/TW của Bộ Chính trị, số 37-QĐ/TW".
///
/// `mentions` are those of one passage, in order.
pub(super) fn share_kinds(words: &PassageWords<'_>, mentions: &mut [DocumentMention]) {
    /// Maximum number of words between two items of a list, after the tail of the first: "và các số".
    const MAX_WORDS_BETWEEN: usize = 3;
    for index in 1..mentions.len() {
        let (before, after) = mentions.split_at_mut(index);
        let (Some(left), Some(right)) = (before.last(), after.first_mut()) else {
            continue;
        };
        let code = |mention: &DocumentMention| mention.symbol.as_ref().map(|symbol| symbol.kind.clone());
        let bare = right.code.is_empty() && right.start == right.span.start && right.number.is_some();
        let number = words.index_at(right.start);
        let near = left.end <= number && number - left.end <= MAX_WORDS_BETWEEN;
        let clear = |word: usize| !words.gap(word).contains(['.', ':', '(', ')']);
        let joins = |word: usize| {
            is_so(words, word) || matches!(words.word(word), "và" | "các" | "cùng" | "với" | "hoặc" | "hay" | "cả")
        };
        let goes_on = near && (left.end..=number).all(clear) && (left.end..number).all(joins);
        // Those that were read as one list have one tail.
        let listed =
            goes_on || left.end > number && (left.form, right.form) == (CitationForm::List, CitationForm::List);
        if bare && listed && code(left) == code(right) {
            right.kind = left.kind;
        }
    }
}
