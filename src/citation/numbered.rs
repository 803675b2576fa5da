//! Citations with a number: alone, in lists, with and without letters.
//!
//! "Kết luận số 126, 127-KL/TW" is two citations: one type word, two numbers, letters on the last. Reading begins at a
//! number and looks back for "số" and the type word, so "s6 21-NQ/TW" is number 21 however an OCR misread "số".

use super::CitationForm;
use super::kinds::type_word_before;
use super::mention::DocumentMention;
use super::tail::{date_at, tail_at};
use super::tokens::{PassageWords, is_blank_gap};
use crate::document::PartialDate;
use crate::symbol::{Citing, Kind, ScannedSymbol, Symbol, TypeWord};
use crate::text::Span;

/// The words before a number that make it a citation.
struct Head {
    /// The type word.
    type_word: &'static TypeWord,
    /// The index of its first word.
    first: usize,
    /// True if "số" is between it and the number.
    so: bool,
    /// True if other words are between it and "số" ("Kế hoạch thực hiện số").
    loose: bool,
}

/// One number of a list.
struct ListedNumber {
    /// The index of its word.
    word: usize,
    /// The bytes of number and letters.
    span: Span,
    /// The symbol, if it has letters.
    symbol: Option<Symbol>,
    /// The number as printed.
    number: String,
    /// The date that follows it before the next number.
    date: Option<PartialDate>,
}

/// Maximum number of words between a type word and "số": "Nghị quyết chuyên đề của Tỉnh ủy số".
const MAX_WORDS_BEFORE_SO: usize = 4;

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

/// Returns the type word, and "số", before word `at`.
fn head_before(words: &PassageWords<'_>, at: usize) -> Option<Head> {
    if at == 0 || !is_blank_gap(words.gap(at).trim_matches([':', '.'])) {
        return None;
    }
    let so = is_so(words, at - 1) || is_digit_for_so(words, at - 1);
    let end = if so { at - 1 } else { at };
    if so && !words.joined(end) && words.gap(end).trim() != "," {
        return None;
    }
    // "Nghị quyết số 21", or without "số".
    if let Some((type_word, first)) = type_word_before(words, end) {
        return Some(Head {
            type_word,
            first,
            so,
            loose: false,
        });
    }
    // "Nghị quyết chuyên đề của Tỉnh ủy số 05": only an exact "số" carries the type word over other words.
    if !so || words.folded(end) != "so" {
        return None;
    }
    for back in 1..=MAX_WORDS_BEFORE_SO.min(end) {
        if !words.joined(end - back + 1) {
            return None;
        }
        if let Some((type_word, first)) = type_word_before(words, end - back)
            && words.joined(end - back)
        {
            return Some(Head {
                type_word,
                first,
                so,
                loose: true,
            });
        }
    }
    None
}

/// Returns true if word `at` is "số" or one of its misreadings (`s6`, `s0`, `sé`, `sb`, `s§`, `s`).
fn is_so(words: &PassageWords<'_>, at: usize) -> bool {
    let folded = words.folded(at);
    folded == "so" || folded.starts_with('s') && folded.len() <= 2 && words.word(at) != "sẽ"
}

/// Returns true if word `at` is a digit that an OCR read for "số": a whole symbol follows ("Nghị định 6
/// 111/2025/NĐ-CP").
fn is_digit_for_so(words: &PassageWords<'_>, at: usize) -> bool {
    let digit = matches!(words.word(at), "6" | "0" | "5");
    let symbol = || words.symbol_at(at + 1).is_some_and(|found| found.known);
    digit && words.joined(at + 1) && words.is_number(at + 1) && symbol() && type_word_before(words, at).is_some()
}

/// Returns the numbers of the list at word `at`, and the word after the last.
fn items_at(words: &PassageWords<'_>, at: usize, head: Option<&Head>) -> (Vec<ListedNumber>, usize) {
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

/// Gives each number without letters those of the next that has them: "19, 27, 28-NQ/TW".
fn share_letters(items: &mut [ListedNumber]) {
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
