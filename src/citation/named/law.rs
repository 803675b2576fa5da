//! Laws, codes, the constitution, regulations and strategies cited by name.

use super::super::CitationForm;
use super::super::kinds::type_word_at;
use super::super::mention::DocumentMention;
use super::super::tail::{body_end, date_at, tail_at, term_at, year_after};
use super::super::tokens::{PassageWords, close_bracket, is_all_capitals, is_blank_gap, is_of};
use super::law_names::{code_at, law_at, ordinance_at};
use crate::symbol::{Kind, TypeWord};
use crate::text::Span;

/// Returns the constitution ("Hiến pháp", "Hiến pháp năm 2013") whose type word is at word `at` and ends before word
/// `rest`.
pub(super) fn constitution_at(words: &PassageWords<'_>, at: usize, rest: usize) -> Option<DocumentMention> {
    // On a damaged page "Biện pháp" (measure) is too similar, so the word must be exact.
    if !words.is_capital(at) || words.folded(at) != "hien" || words.folded(rest) == "hoa" {
        return None;
    }
    let country = ["nuoc", "cong", "hoa", "xa", "hoi", "chu", "nghia", "viet", "nam"];
    let (date, end) = year_after(words, words.skip(rest, &country));
    let mut mention = DocumentMention::named(words.slice(at, end), Kind::Luat, "Hiến pháp", end);
    mention.date = date;
    Some(mention)
}

/// Returns the law, code or ordinance whose type word `type_word` is at word `at` and ends before word `rest`.
///
/// "Luật Đất đai", "Luật Đất đai số 31/2024/QH15", "Bộ luật Dân sự năm 2015", "Luật Sửa đổi, bổ sung một số điều của Luật
/// Đất đai".
pub(super) fn law_named_at(
    words: &PassageWords<'_>,
    at: usize,
    type_word: &TypeWord,
    rest: usize,
) -> Option<DocumentMention> {
    // "pháp luật", "kỷ luật" and "quy luật" are words of their own; "theo luật định" in small letters names no law.
    let kinship = at > 0
        && words.joined(at)
        && matches!(words.folded(at - 1), "phap" | "ky" | "ki" | "quy" | "theo" if !words.is_capital(at) || words.folded(at - 1) != "theo");
    if kinship || !words.joined(rest) {
        return None;
    }
    let amendment = amendment_at(words, at, rest);
    let amends = amendment.is_some();
    let (name, end) = amendment.or_else(|| law_name_at(words, at, type_word, rest))?;
    let name = format!("{} {name}", type_word.capitalized());
    // With its symbol after the name it is a numbered citation: "Luật Đất đai số 31/2024/QH15", "(số 31/2024/QH15)".
    let number = match words.folded(end) {
        "so" if matches!(words.gap(end).trim(), "" | "(" | ",") => end + 1,
        _ => end,
    };
    if words.is_number(number)
        && (words.joined(number) || number == end && words.gap(number).trim() == "(")
        && let Some(found) = words.symbol_at(number).filter(|found| found.known)
    {
        let start = words.span(number).start;
        let next = words.index_at(start + found.len);
        // "… của Luật Quốc tịch Việt Nam số 24/2008/QH12 đã được sửa đổi" gives the number of the amended law, which is
        // found at its own type word.
        if amends && ["da", "duoc"].iter().any(|word| words.folded(next) == *word) {
            return None;
        }
        let mut mention = DocumentMention::new(Span::new(words.span(at).start, start + found.len), type_word.kind);
        mention.start = start;
        mention.name = Some(name);
        mention.number = Some(found.symbol.number.clone());
        mention.symbol = Some(found.symbol);
        mention.add_tail(&tail_at(words, next));
        mention.end = mention.end.max(next);
        mention.form = CitationForm::Full;
        return Some(mention);
    }
    // "Luật Cán bộ, công chức (sửa đổi) năm 2025": the year is that of the new version.
    let amended = words.gap(end).trim() == "(" && words.phrase(end, &["sua", "doi"]).is_some();
    let end = if amended && words.gap(end + 2).starts_with(')') {
        end + 2
    } else {
        end
    };
    let (date, end) = match date_at(words, end) {
        // ", ngày 5/3/2025 UBND tỉnh đã ban hành" begins a clause.
        Some((Some(date), next)) if !words.gap(end).contains(',') => (Some(date), next),
        _ => year_after(words, end),
    };
    let mut mention = DocumentMention::named(words.slice(at, end), type_word.kind, name, end);
    mention.date = date;
    Some(mention)
}

/// Returns the name, without its type word, of the law whose type word is at word `at` and ends before word `rest`, and
/// the word after the name.
fn law_name_at(words: &PassageWords<'_>, at: usize, type_word: &TypeWord, rest: usize) -> Option<(String, usize)> {
    let listed = match type_word.syllables {
        ["luat"] => law_at(words, rest),
        ["phap", "lenh"] => ordinance_at(words, rest),
        _ => code_at(words, rest),
    };
    let all_capitals = is_all_capitals(words.word(at));
    match listed {
        // A name of the list needs one capital, on the type word or on the name, or is long enough without.
        Some((name, end))
            if words.is_capital(at) || words.is_capital(rest) || end > rest + 2 && !words.is_damaged() =>
        {
            Some((name.to_owned(), end))
        }
        // Any other name needs both.
        None if words.is_capital(at) && words.is_capital(rest) && !all_capitals && !is_numbering(words, rest) => {
            let end = law_name_end(words, rest);
            let named = !words.is_damaged() && end >= rest + 2 && words.phrase(rest, &["sua", "doi"]).is_none();
            named.then(|| (words.slice(rest, end).slice(words.text()).to_owned(), end))
        }
        _ => None,
    }
}

/// Returns the name of a law that amends others, whose type word is at word `at` and ends before word `rest`, and the
/// word after the name: "sửa đổi, bổ sung một số điều của Luật Tổ chức Chính phủ và Luật Tổ chức chính quyền địa phương".
fn amendment_at(words: &PassageWords<'_>, at: usize, rest: usize) -> Option<(String, usize)> {
    let changed = words.phrase(rest, &["sua", "doi"])?;
    let added = words
        .phrase(changed, &["bo", "sung"])
        .filter(|_| matches!(words.gap(changed).trim(), "" | ","));
    let some = words.phrase(added.unwrap_or(changed), &["mot", "so", "dieu"])?;
    let mut next = Some(some)
        .filter(|&some| is_of(words, some) && words.joined(some))
        .map(|some| some + 1)?;
    let mut name = String::from(match added {
        Some(_) => "Sửa đổi, bổ sung một số điều của ",
        None => "Sửa đổi một số điều của ",
    });
    let mut end = None;
    // One law after the other, each with its type word.
    while let Some((type_word, rest)) = type_word_at(words, next)
        && matches!(type_word.syllables, ["luat"] | ["bo", "luat"] | ["phap", "lenh"])
        && let Some((amended, after)) = law_name_at(words, next, type_word, rest)
        && (words.is_capital(at) || words.is_capital(next))
    {
        name.push_str(&type_word.capitalized());
        name.push(' ');
        name.push_str(&amended);
        end = Some(after);
        let and = words.gap(after).trim().is_empty() && words.folded(after) == "va";
        let separator = match words.gap(after).trim() {
            "," => ", ",
            "" if and => " và ",
            _ => break,
        };
        next = after + usize::from(and);
        if type_word_at(words, next).is_none_or(|(word, _)| !matches!(word.syllables, ["luat"] | ["bo", "luat"])) {
            break;
        }
        name.push_str(separator);
    }
    end.map(|end| (name, end))
}

/// Returns true if word `at` begins a number: "Luật số 31/2024/QH15".
fn is_numbering(words: &PassageWords<'_>, at: usize) -> bool {
    words.is_number(at) || words.says(at, "so")
}

/// Returns the word after the name, at word `at`, of a law that is not listed: the first that no name contains.
fn law_name_end(words: &PassageWords<'_>, at: usize) -> usize {
    /// Words that no name of a law contains, with their marks: "do" ends one, "đô thị" belongs to one.
    const STOPS: &[&str] = &[
        "trong", "theo", "đến", "được", "nhằm", "gắn", "cùng", "cho", "tại", "do", "năm", "số", "khi", "với", "ngày",
        "của", "về", "đã", "có", "là",
    ];
    let mut index = at + 1;
    while index < words.len() && index - at < 8 && words.joined(index) {
        let folded = words.folded(index);
        let other = folded == "va" && (words.is_capital(index + 1) || words.folded(index + 1) == "cac");
        if words.is_number(index) || STOPS.contains(&words.word(index)) || other {
            break;
        }
        index += 1;
    }
    index
}

/// Returns the regulation (quy chế) whose type word is at word `at` and ends before word `rest`: "Quy chế làm việc của
/// …", "Quy chế bầu cử trong Đảng", "Quy chế dân chủ ở cơ sở".
pub(super) fn regulation_at(words: &PassageWords<'_>, at: usize, rest: usize) -> Option<DocumentMention> {
    /// Regulations that the whole Party or country has, as written after "Quy chế", folded, and their names.
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
    if !words.is_capital(at) || !words.joined(rest) {
        return None;
    }
    if let Some((name, end)) = NAMES
        .iter()
        .find_map(|(syllables, name)| Some((*name, words.phrase(rest, syllables)?)))
    {
        return Some(DocumentMention::named(words.slice(at, end), Kind::Other, name, end));
    }
    // Each body has working rules of its own, so their name takes in the body and its term.
    let work = words.phrase(rest, &["lam", "viec"])?;
    let mut name = String::from("Quy chế làm việc");
    let mut end = work;
    if words.joined(work) && is_of(words, work) && words.joined(work + 1) {
        end = body_end(words, work + 1);
        let body = words.slice(work + 1, end).slice(words.text());
        name = format!("{name} của {body}");
    }
    let (term, next) = term_at(words, end);
    // Alone at the beginning, "Quy chế làm việc" is a title, and of any body.
    let inside = at > 0 && (words.joined(at) || words.gap(at).trim() == ",");
    if end == work && term.is_none() && !inside {
        return None;
    }
    if let Some(term) = term {
        name = format!("{name} nhiệm kỳ {term}");
    }
    let mut span = words.slice(at, next);
    close_bracket(words, &mut span, next);
    Some(DocumentMention::named(span, Kind::Other, name, next))
}

/// Returns the strategy, with its years, whose type word is at word `at` and ends before word `rest`: "Chiến lược phát
/// triển kinh tế - xã hội 2021 - 2030".
pub(super) fn strategy_at(words: &PassageWords<'_>, at: usize, rest: usize) -> Option<DocumentMention> {
    if !words.is_capital(at) || is_all_capitals(words.word(at)) {
        return None;
    }
    let mut index = rest;
    while index < words.len() && index - rest < 20 {
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
                .then(|| DocumentMention::named(words.slice(at, end), Kind::Other, name, end));
        }
        index += 1;
    }
    None
}
