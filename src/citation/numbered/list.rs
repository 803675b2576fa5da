//! The numbers of a list: "Kết luận số 126, 127-KL/TW", "Nghị quyết số 57-NQ/TW ngày … và số 59-NQ/TW", and of a range:
//! "từ số 10 đến số 15-KL/TW", "số 244 – 246-QĐ/TW".

use super::super::tail::date_at;
use super::super::tokens::PassageWords;
use super::head::{Head, is_so};
use crate::document::PartialDate;
use crate::symbol::{Kind, ScannedSymbol, Style, Symbol};
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
    /// The year after the number of a state paper without letters: "Nghị định 30/2020".
    pub(super) year: Option<u16>,
    /// The date that follows it before the next number.
    pub(super) date: Option<PartialDate>,
    /// The way in which it goes on from the number before it.
    tie: Tie,
}

/// The way in which a number goes on from the number before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tie {
    /// As the next of a list, or as the first: "126, 127-KL/TW", "57/59-NQ/TW".
    List,
    /// As the end of a range: "số 10 đến số 15-KL/TW", "244 – 246-QĐ/TW".
    Range,
}

/// Returns the numbers of the list at word `at`, and the word after the last.
pub(super) fn items_at(words: &PassageWords<'_>, at: usize, head: Option<&Head>) -> (Vec<ListedNumber>, usize) {
    let mut items: Vec<ListedNumber> = Vec::new();
    let mut further = Some((at, Tie::List));
    while let Some((word, tie)) = further
        && let Some(mut item) = item_at(words, word, head)
    {
        item.tie = tie;
        let mut next = words.index_at(item.span.end);
        if item.symbol.is_some()
            && let Some((date, end)) = date_at(words, next)
            && next_item(words, end, &item).is_some()
        {
            item.date = date;
            next = end;
        }
        further = next_item(words, next, &item);
        items.push(item);
        if further.is_none() {
            return (items, next);
        }
    }
    let next = items.last().map_or(at, |item| words.index_at(item.span.end));
    (items, next)
}

/// Returns the number at word `word`, with its letters if it has them.
fn item_at(words: &PassageWords<'_>, word: usize, head: Option<&Head>) -> Option<ListedNumber> {
    let span = words.span(word);
    let item = |span: Span, number: &str, symbol: Option<Symbol>, year: Option<u16>| ListedNumber {
        word,
        span,
        symbol,
        number: number.to_owned(),
        year,
        date: None,
        tie: Tie::List,
    };
    if let Some(ScannedSymbol { symbol, len, known }) = words.symbol_at(word)
        && cites(words, word, head, &symbol, len, known)
    {
        let number = symbol.number.clone();
        return Some(item(
            Span::new(span.start, span.start + len),
            &number,
            Some(symbol),
            None,
        ));
    }
    let number = words.word(word);
    if number.len() > 4 || !number.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    if tied_at(words, word, head).is_some() {
        return Some(item(span, number, None, None));
    }
    let head = head?;
    if let Some((year, end)) = year_at(words, word) {
        return Some(item(Span::new(span.start, end), number, None, Some(year)));
    }
    if let Some(end) = kind_letters_at(words, word, head) {
        return Some(item(Span::new(span.start, end), number, None, None));
    }
    (!is_part_of_number(words, word)).then(|| item(span, number, None, None))
}

/// Returns true if the `symbol` at word `word`, of `len` bytes, is a citation after `head`; `known` is that of
/// [`ScannedSymbol`].
fn cites(words: &PassageWords<'_>, word: usize, head: Option<&Head>, symbol: &Symbol, len: usize, known: bool) -> bool {
    match head {
        // "Báo cáo kết quả giám sát số 120/BC-ĐGS": the letters of the type word make up for those of the body.
        Some(head) => known || !head.loose || head.type_word.codes.contains(&symbol.kind.as_str()),
        None if known => cites_without_type_word(words, word, symbol),
        // A body of no list: form codes have the shape of a symbol too, but no date. Alone in a text it is asked for:
        // "16 NQ TW".
        None => {
            let end = words.index_at(words.span(word).start + len);
            let alone = word == 0 && end >= words.len();
            alone && has_known_letters(symbol)
                || Kind::of_code(&symbol.kind) != Kind::Other
                    && !symbol.kind.is_empty()
                    && cites_without_type_word(words, word, symbol)
                    && is_dated(words, end)
        }
    }
}

/// Returns true if the symbol has listed letters when it is written as printed.
fn has_known_letters(symbol: &Symbol) -> bool {
    symbol.to_string().parse::<Symbol>().is_ok()
}

/// Returns true if a symbol without a type word is a citation: form codes and numbers without a kind are none.
fn cites_without_type_word(words: &PassageWords<'_>, word: usize, symbol: &Symbol) -> bool {
    /// Words before the codes of forms, standards, plates and articles, folded and with their marks: "phú" and "biên"
    /// are none of them.
    const FORMS: &[(&str, &str)] = &[
        ("mau", "mẫu"),
        ("bieu", "biểu"),
        ("bien", "biển"),
        ("khoan", "khoản"),
        ("tcvn", ""),
        ("qcvn", ""),
        ("iso", ""),
    ];
    let is_form = |at: usize| {
        let folded = words.folded(at);
        FORMS.iter().any(|(form, marked)| {
            let same = || words.is_damaged() || marked.is_empty() || words.word(at).to_lowercase() == *marked;
            folded == *form && (same() || words.word(at).is_ascii())
        }) || folded == "luc" && at > 0 && words.folded(at - 1) == "phu" && words.joined(at)
    };
    let form = (1..=2).any(|back| word >= back && is_form(word - back) && words.joined(word));
    let glued = words.gap(word).ends_with(['-', '/', '.']);
    // "20/5/2020 QĐ-UBND" ends a date, "tháng 5/2020 NQ-HĐND" too.
    let dated = word > 0 && matches!(words.folded(word - 1), "thang" | "ngay" | "nam") && symbol.year.is_some();
    !form && !glued && !dated && (!symbol.kind.is_empty() || symbol.year.is_some())
}

/// Returns true if a date begins at word `at`, in the next cell of a table too: "| 45/QĐ-SGDĐT | 12/3/2020 |".
fn is_dated(words: &PassageWords<'_>, at: usize) -> bool {
    let spelled = words.folded(at) == "ngay" && (words.joined(at) || words.gap(at).trim() == ",");
    let first = if spelled { at + 1 } else { at };
    let cell = matches!(words.gap(at).trim(), "|" | "" | "," | "(") || spelled;
    let small = |index: usize| words.word(index).parse::<u8>().is_ok_and(|number| number <= 31);
    let month = words.gap(first + 1).trim();
    cell && small(first) && small(first + 1) && (matches!(month, "/" | "." | "-"))
        || spelled && small(first) && words.folded(first + 1) == "thang"
}

/// Returns the year after the number at word `word`, and the byte after it: "Nghị định 30/2020". Letters after the year
/// make a symbol of it, which is read before.
fn year_at(words: &PassageWords<'_>, word: usize) -> Option<(u16, usize)> {
    let year = words.word(word + 1);
    let begins = words.gap(word + 1) == "/" && !words.gap(word).ends_with(['/', '-', '.']);
    let ends = !words.gap(word + 2).starts_with(['/', '-', '\u{2013}', '%']);
    // The Government has issued decrees with the year in their number since 1997, the first ministries since 1996.
    let year = year
        .parse()
        .ok()
        .filter(|year| year_len(words, word) && (1996..2100).contains(year));
    year.filter(|_| begins && ends)
        .map(|year| (year, words.span(word + 1).end))
}

/// Returns true if the word after word `word` has the four digits of a year.
fn year_len(words: &PassageWords<'_>, word: usize) -> bool {
    words.word(word + 1).len() == 4
}

/// Returns the byte after the kind code of `head` that follows the number at word `word` without a body: "Nghị quyết số
/// 57-NQ của Bộ Chính trị".
fn kind_letters_at(words: &PassageWords<'_>, word: usize, head: &Head) -> Option<usize> {
    let same = head.type_word.codes.contains(&words.word(word + 1));
    let joined = matches!(words.gap(word + 1).trim(), "-" | "\u{2013}" | "/");
    let ends = !words
        .gap(word + 2)
        .trim_start()
        .starts_with(['/', '-', '\u{2013}', '.'])
        || words.gap(word + 2).starts_with(". ");
    (same && joined && ends).then(|| words.span(word + 1).end)
}

/// Returns the way in which the number at word `word` goes on to a number that only a dash or a slash parts from it,
/// and that has letters: "10-15-KL/TW", "244 – 246-QĐ/TW", "57/59-NQ/TW".
///
/// A ratio, a date or a decimal has no letters. Without a type word only a range counts whose second number has known
/// letters.
fn tied_at(words: &PassageWords<'_>, word: usize, head: Option<&Head>) -> Option<Tie> {
    let tie = match words.gap(word + 1).trim() {
        "-" | "\u{2013}" | "\u{2014}" => Tie::Range,
        "/" if head.is_some() => Tie::List,
        _ => return None,
    };
    if !words.is_number(word + 1) || words.gap(word).ends_with(['-', '/', '.', ',']) {
        return None;
    }
    let ScannedSymbol { symbol, known, .. } = words.symbol_at(word + 1)?;
    let number = |number: &str| number.parse::<u32>().unwrap_or(0);
    let rises = number(words.word(word)) < number(&symbol.number);
    // "Nghị định 45/25010/NĐ-CP" has a misprinted year.
    let alike = tie == Tie::Range || words.word(word).len().abs_diff(symbol.number.len()) <= 1;
    let lettered = known && !symbol.kind.is_empty();
    let cites = head.is_some() || cites_without_type_word(words, word, &symbol);
    (rises && alike && lettered && cites).then_some(tie)
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

/// Returns the number at word `next` or after it with which the list of `last` goes on, and how: after a comma, a
/// semicolon or "và", or as the end of a range.
fn next_item(words: &PassageWords<'_>, next: usize, last: &ListedNumber) -> Option<(usize, Tie)> {
    let gap = words.gap(next).trim();
    if words.is_number(next) && matches!(gap, "-" | "\u{2013}" | "\u{2014}" | "/") {
        let range = gap != "/";
        return match &last.symbol {
            // "57" of "57/59-NQ/TW": it was read as a number of the list for the letters of the next.
            None if last.year.is_none() => Some((next, if range { Tie::Range } else { Tie::List })),
            // "10-KL/TW – 15-KL/TW".
            Some(symbol) if range => {
                let same = |found: &ScannedSymbol| found.known && found.symbol.letters() == symbol.letters();
                words.symbol_at(next).filter(same).map(|_| (next, Tie::Range))
            }
            _ => None,
        };
    }
    let soft = gap.is_empty() || gap == ",";
    let connective = if soft { connective_len(words, next) } else { 0 };
    let range = connective == 0 && words.joined(next) && matches!(words.word(next), "đến" | "tới");
    let after = next + connective + usize::from(range);
    if after == next && gap != "," && gap != ";" {
        return None;
    }
    let so = is_so(words, after) && (after == next || words.joined(after));
    let number = after + usize::from(so);
    let joined = number == next || words.joined(number);
    // "đến" begins the next sentence part as often, so the end of a range has letters, or "số" on both sides.
    let certain =
        !range || words.symbol_at(number).is_some_and(|found| found.known) || so && is_from_so(words, last.word);
    (words.is_number(number) && joined && certain).then_some((number, if range { Tie::Range } else { Tie::List }))
}

/// Returns the number of words at word `at` that join two items of a list: "và", "cùng với", "hoặc".
fn connective_len(words: &PassageWords<'_>, at: usize) -> usize {
    if matches!(words.word(at), "cùng" | "với") {
        return 1 + usize::from(words.word(at + 1) == "với" && words.joined(at + 1));
    }
    let and = words.folded(at) == "va" || matches!(words.word(at), "hoặc" | "hay" | "và" | "&");
    if !and {
        return 0;
    }
    // "và các số", "và cả số".
    1 + usize::from(matches!(words.word(at + 1), "các" | "cả") && words.joined(at + 1) && is_so(words, at + 2))
}

/// Returns true if "từ số" is before word `at`.
fn is_from_so(words: &PassageWords<'_>, at: usize) -> bool {
    at >= 2 && is_so(words, at - 1) && words.folded(at - 2) == "tu" && words.joined(at) && words.joined(at - 1)
}

/// Gives each number without letters those of the next that has them ("19, 27, 28-NQ/TW"), and a decree that is cited
/// by number and year alone those of the Government: "Nghị định 30/2020".
///
/// `decree` is true if the type word is that of decrees.
pub(super) fn share_letters(items: &mut [ListedNumber], decree: bool) {
    let by_year = decree && items.last().is_some_and(|item| item.year.is_some());
    let mut letters: Option<Symbol> = by_year.then(|| Symbol {
        number: String::new(),
        year: None,
        kind: "NĐ".to_owned(),
        body: "CP".to_owned(),
        style: Style::State,
    });
    for item in items.iter_mut().rev() {
        match &item.symbol {
            Some(symbol) => letters = Some(symbol.clone()),
            None => {
                item.symbol = letters.clone().map(|symbol| Symbol {
                    number: item.number.clone(),
                    year: item.year.or(symbol.year),
                    ..symbol
                });
            }
        }
    }
}

/// Returns the range that each number begins or ends, if it does, from "từ" (word `from` of the head) to the last
/// letters.
pub(super) fn ranges(words: &PassageWords<'_>, items: &[ListedNumber], head: Option<&Head>) -> Vec<Option<Span>> {
    let mut ranges = vec![None; items.len()];
    for end in 1..items.len() {
        if items[end].tie == Tie::Range {
            let from = head.and_then(|head| head.from).filter(|_| end == 1);
            let start = from.map_or(items[end - 1].span.start, |from| words.span(from).start);
            let range = Span::new(start, items[end].span.end);
            (ranges[end - 1], ranges[end]) = (Some(range), Some(range));
        }
    }
    ranges
}

/// Returns true if the first two of `items` are a range whose end has letters.
pub(super) fn begins_range(items: &[ListedNumber]) -> bool {
    items
        .get(1)
        .is_some_and(|end| end.tie == Tie::Range && end.symbol.is_some())
}

impl ListedNumber {
    /// Returns true if its letters are known: they are there, or it is a decree (`decree`) with its year.
    pub(super) fn is_lettered(&self, decree: bool) -> bool {
        self.symbol.is_some() || decree && self.year.is_some()
    }
}
