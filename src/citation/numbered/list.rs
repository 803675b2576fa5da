//! The numbers of a list: "Kết luận số 126, 127-KL/TW", "Nghị quyết số 57-NQ/TW ngày … và 59-NQ/TW".

use super::super::tail::date_at;
use super::super::tokens::{PassageWords, is_blank_gap};
use super::head::{Head, is_so};
use crate::document::PartialDate;
use crate::symbol::{ScannedSymbol, Symbol};
use crate::text::Span;

/// One number of a list.
pub(super) struct ListedNumber {
    /// The index of its word.
    pub(super) word: usize,
    /// The bytes of number and letters.
    pub(super) span: Span,
    /// The symbol, if it has letters.
    pub(super) symbol: Option<Symbol>,
    /// The number as printed.
    pub(super) number: String,
    /// The date that follows it before the next number.
    pub(super) date: Option<PartialDate>,
}

/// Returns the numbers of the list at word `at`, and the word after the last.
pub(super) fn items_at(words: &PassageWords<'_>, at: usize, head: Option<&Head>) -> (Vec<ListedNumber>, usize) {
    let mut items: Vec<ListedNumber> = Vec::new();
    let mut word = at;
    while let Some(mut item) = item_at(words, word, head) {
        let mut next = words.index_at(item.span.end);
        if item.symbol.is_some()
            && let Some((date, end)) = date_at(words, next)
            && next_item(words, end).is_some()
        {
            item.date = date;
            next = end;
        }
        items.push(item);
        match next_item(words, next) {
            Some(further) => word = further,
            None => return (items, next),
        }
    }
    let next = items.last().map_or(at, |item| words.index_at(item.span.end));
    (items, next)
}

/// Returns the number at word `word`, with its letters if it has them.
fn item_at(words: &PassageWords<'_>, word: usize, head: Option<&Head>) -> Option<ListedNumber> {
    let span = words.span(word);
    if let Some(ScannedSymbol { symbol, len, known }) = words.symbol_at(word)
        && (known && (head.is_some() || cites_without_type_word(words, word, &symbol))
            || head.is_some_and(|head| !head.loose))
    {
        return Some(ListedNumber {
            word,
            span: Span::new(span.start, span.start + len),
            number: symbol.number.clone(),
            symbol: Some(symbol),
            date: None,
        });
    }
    let number = words.word(word);
    let digits = number.bytes().all(|b| b.is_ascii_digit()) && number.len() <= 4;
    (head.is_some() && digits && !is_part_of_number(words, word)).then(|| ListedNumber {
        word,
        span,
        symbol: None,
        number: number.to_owned(),
        date: None,
    })
}

/// Returns true if a symbol without a type word is a citation: form codes and numbers without a kind are none.
fn cites_without_type_word(words: &PassageWords<'_>, word: usize, symbol: &Symbol) -> bool {
    /// Folded words before the codes of forms, standards and articles.
    const FORMS: &[&str] = &["mau", "bieu", "tcvn", "qcvn", "iso", "phu", "bien", "khoan"];
    let form = (1..=2).any(|back| word >= back && FORMS.contains(&words.folded(word - back)) && words.joined(word));
    let glued = words.gap(word).ends_with(['-', '/', '.']);
    !form && !glued && (!symbol.kind.is_empty() || symbol.year.is_some())
}

/// Returns true if the number is part of a date, a ratio, a decimal or a percentage.
fn is_part_of_number(words: &PassageWords<'_>, word: usize) -> bool {
    let gap = words.gap(word + 1);
    let glued = words.is_number(word + 1) && matches!(gap, "." | ",");
    let before = words.gap(word);
    // "Nghị quyết 57 – bước đột phá": a dash between blanks parts two words, unless both are numbers.
    let dash = matches!(gap.trim(), "-" | "\u{2013}") && gap.starts_with(' ') && gap.ends_with(' ');
    if dash && !words.is_number(word + 1) {
        return before.trim_end().ends_with(['/', '-', '\u{2013}']);
    }
    glued
        || gap.trim_start().starts_with(['/', '%', '\u{2013}', '-', '+', '°'])
        || before.trim_end().ends_with(['/', '-', '\u{2013}'])
}

/// Returns the next number of a list, after a comma, a semicolon or "và" at word `next`.
fn next_item(words: &PassageWords<'_>, next: usize) -> Option<usize> {
    let and = matches!(words.word(next), "và" | "va" | "&") || words.folded(next) == "va";
    let gap = words.gap(next).trim();
    let number = if and && (gap.is_empty() || gap == ",") {
        next + 1
    } else if gap == "," || gap == ";" {
        next
    } else {
        return None;
    };
    let number = if number > next || !is_so(words, number) {
        number
    } else {
        number + 1
    };
    (words.is_number(number) && (number == next || is_blank_gap(words.gap(number)))).then_some(number)
}

/// Gives each number without letters those of the next that has them: "19, 27, 28-NQ/TW".
pub(super) fn share_letters(items: &mut [ListedNumber]) {
    let mut letters: Option<Symbol> = None;
    for item in items.iter_mut().rev() {
        match &item.symbol {
            Some(symbol) => letters = Some(symbol.clone()),
            None => {
                item.symbol = letters.clone().map(|symbol| Symbol {
                    number: item.number.clone(),
                    ..symbol
                });
            }
        }
    }
}
