//! Laws, codes, regulations and strategies cited by name.

use super::super::CitationForm;
use super::super::mention::Mention;
use super::super::tail::{body_end, is_of, tail_at, term_at, year_behind};
use super::super::tokens::{Words, close_bracket, is_blank_gap, is_shouted};
use super::law_names::{code_at, law_at};
use crate::symbol::{Kind, Symbol};
use crate::text::Span;

/// "Hiến pháp", "Hiến pháp năm 2013".
pub(super) fn constitution_at(words: &Words<'_>, at: usize, behind: usize) -> Option<Mention> {
    // "Biện pháp" is too like it on a damaged page.
    if !words.is_capital(at) || words.folded(at) != "hien" || words.folded(behind) == "hoa" {
        return None;
    }
    let (date, end) = year_behind(words, behind);
    let mut mention = Mention::named(words.slice(at, end), Kind::Luat, "Hiến pháp", end);
    mention.date = date;
    Some(mention)
}

/// "Luật Đất đai", "Luật Đất đai số 31/2024/QH15", "Bộ luật Dân sự năm 2015".
pub(super) fn law_named_at(words: &Words<'_>, at: usize, behind: usize, code: bool) -> Option<Mention> {
    let kinship = at > 0
        && words.joined(at)
        && matches!(words.folded(at - 1), "phap" | "ky" | "ki" | "quy" | "theo" if !words.is_capital(at) || words.folded(at - 1) != "theo");
    if kinship || !words.joined(behind) {
        return None;
    }
    let listed = if code {
        code_at(words, behind)
    } else {
        law_at(words, behind)
    };
    let shouted = is_shouted(words.word(at));
    let (name, end) = match listed {
        Some((name, end)) if words.is_capital(at) || words.is_capital(behind) => (name.to_owned(), end),
        None if words.is_capital(at) && words.is_capital(behind) && !shouted && !is_numbering(words, behind) => {
            let end = law_name_end(words, behind);
            if words.is_damaged() || end < behind + 2 {
                return None;
            }
            (words.slice(behind, end).slice(words.text()).to_owned(), end)
        }
        _ => return None,
    };
    let prefix = if code { "Bộ luật" } else { "Luật" };
    let number = words.skip(end, &["so"]);
    if words.is_number(number)
        && words.joined(number)
        && let Some(found) = words
            .text()
            .get(words.span(number).start..)
            .and_then(Symbol::scan)
            .filter(|found| found.known)
    {
        let start = words.span(number).start;
        let next = words.index_at(start + found.len);
        let mut mention = Mention::new(Span::new(words.span(at).start, start + found.len), Kind::Luat);
        mention.start = start;
        mention.number = Some(found.symbol.number.clone());
        mention.symbol = Some(found.symbol);
        mention.take_tail(&tail_at(words, next));
        mention.end = mention.end.max(next);
        mention.form = CitationForm::Full;
        return Some(mention);
    }
    let (date, end) = year_behind(words, end);
    let mut mention = Mention::named(words.slice(at, end), Kind::Luat, format!("{prefix} {name}"), end);
    mention.date = date;
    Some(mention)
}

/// Does a number follow ("Luật số 31/2024/QH15"), or another document ("Luật, Nghị định")?
fn is_numbering(words: &Words<'_>, at: usize) -> bool {
    words.is_number(at) || words.says(at, "so")
}

/// The word behind the name of a law that no list has: the words up to one that names do not hold.
fn law_name_end(words: &Words<'_>, at: usize) -> usize {
    const STOPS: &[&str] = &[
        "trong", "theo", "den", "duoc", "nham", "gan", "cung", "cho", "tai", "do", "nam", "so", "khi", "voi", "ngay",
    ];
    let mut index = at + 1;
    while index < words.len() && index - at < 8 && words.joined(index) {
        let folded = words.folded(index);
        let other = folded == "va" && (words.is_capital(index + 1) || words.folded(index + 1) == "cac");
        if STOPS.contains(&folded) || other || matches!(words.word(index), "của" | "về" | "đã" | "có" | "là") {
            break;
        }
        index += 1;
    }
    index
}

/// "Quy chế làm việc của …", "Quy chế bầu cử trong Đảng", "Quy chế dân chủ ở cơ sở".
pub(super) fn regulation_at(words: &Words<'_>, at: usize, behind: usize) -> Option<Mention> {
    const NAMES: &[(&[&str], &str)] = &[
        (&["bau", "cu", "trong", "dang"], "Quy chế bầu cử trong Đảng"),
        (&["bau", "cu"], "Quy chế bầu cử trong Đảng"),
        (&["chat", "van", "trong", "dang"], "Quy chế chất vấn trong Đảng"),
        (
            &["giam", "sat", "va", "phan", "bien", "xa", "hoi"],
            "Quy chế giám sát và phản biện xã hội",
        ),
        (
            &["dan", "chu", "trong", "hoat", "dong", "cua", "co", "quan"],
            "Quy chế dân chủ trong hoạt động của cơ quan",
        ),
        (&["dan", "chu", "o", "co", "so"], "Quy chế dân chủ ở cơ sở"),
        (&["dan", "chu", "co", "so"], "Quy chế dân chủ ở cơ sở"),
    ];
    if !words.is_capital(at) || !words.joined(behind) {
        return None;
    }
    if let Some((name, end)) = NAMES
        .iter()
        .find_map(|(syllables, name)| Some((*name, words.phrase(behind, syllables)?)))
    {
        return Some(Mention::named(words.slice(at, end), Kind::Other, name, end));
    }
    let work = words.phrase(behind, &["lam", "viec"])?;
    let mut name = String::from("Quy chế làm việc");
    let mut end = work;
    if words.joined(work) && is_of(words, work) && words.joined(work + 1) {
        end = body_end(words, work + 1);
        let body = words.slice(work + 1, end).slice(words.text());
        name = format!("{name} của {body}");
    }
    let (term, next) = term_at(words, end);
    if let Some(term) = term {
        name = format!("{name} nhiệm kỳ {term}");
    }
    let mut span = words.slice(at, next);
    close_bracket(words, &mut span, next);
    Some(Mention::named(span, Kind::Other, name, next))
}

/// "Chiến lược phát triển kinh tế - xã hội 2021 - 2030": a strategy with its years.
pub(super) fn strategy_at(words: &Words<'_>, at: usize, behind: usize) -> Option<Mention> {
    if !words.is_capital(at) || is_shouted(words.word(at)) {
        return None;
    }
    let mut index = behind;
    while index < words.len() && index - behind < 20 {
        let gap = words.gap(index).trim();
        if !(is_blank_gap(gap) || matches!(gap, "-" | "–" | ",")) {
            return None;
        }
        let year = |word: usize| {
            words.word(word).len() == 4 && words.word(word).parse().is_ok_and(|y: u16| (1990..2200).contains(&y))
        };
        if year(index) {
            let range = year(index + 1) && matches!(words.gap(index + 1).trim(), "-" | "–");
            let end = if range { index + 2 } else { index + 1 };
            let text = words.slice(at, end).slice(words.text());
            let name = text.replace(" - 2", "-2").replace(" – 2", "-2");
            return (range || words.says(index - 1, "nam"))
                .then(|| Mention::named(words.slice(at, end), Kind::Other, name, end));
        }
        index += 1;
    }
    None
}
