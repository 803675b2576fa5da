//! Subjects (trích yếu) after a citation: "về …", "V/v …", a quotation, or the verb of a state paper's title ("quy định
//! chi tiết …").
//!
//! A subject has no sign at its end. It ends with the sentence, with another citation, with the date and issuer of its
//! own document ("…, ngày 07/10/2022 của Bộ Chính trị"), with the definition of a short name, or where a new clause
//! begins: with one of its words, or with a body that does something ("…, Tỉnh ủy đã ban hành").

use super::super::kinds::{type_word_at, type_word_before};
use super::super::tokens::{PassageWords, close_bracket, is_blank_gap, is_of};
use super::body::{body_end, is_body, leads_the_party, name_start, terms_end};
use super::date::{date_at, is_day_word};
use super::issuer::issuer_at;
use super::issuing::verb_end;
use super::subject_table::{ACTING, ACTS, CLAUSES, ENDINGS, INTO, REMARKS, TITLE_VERBS};
use crate::text::Span;

/// Maximum length of a subject, in words: the longest of a central paper in the reports read has 45.
const MAX_SUBJECT_WORDS: usize = 70;

/// Maximum number of words of such a clause that are looked at.
const MAX_CLAUSE_LOOK: usize = 14;

/// Maximum number of bodies that act together: "Bộ Chính trị, Ban Bí thư yêu cầu".
const MAX_ACTORS: usize = 4;

/// Reads a subject at word `at` and returns its bytes and the word after it. `issued` is true if the issuer is known.
pub(super) fn subject_at(words: &PassageWords<'_>, at: usize, issued: bool) -> Option<(Span, usize)> {
    let gap = words.gap(at).trim();
    if at >= words.len() {
        return None;
    }
    let opens = gap.ends_with(['“', '"', '«']) && !is_closing(words.gap(at));
    if opens && gap.chars().count() <= 3 && !gap.contains(['.', ';', ':']) {
        return Some(quoted(words, at));
    }
    if !is_blank_gap(gap) && !matches!(gap, "," | ")" | "),") {
        return None;
    }
    let titled = matches!(gap, "" | ")") && titles(words, at) || issued && begins_title(words, at);
    let about = matches!(words.folded(at), "ve" | "vee")
        || words.phrase(at, &["v", "v"]).is_some()
        || words.folded(at) == "v" && words.gap(at + 1).starts_with('/');
    if !about && !titled {
        return None;
    }
    // "về “Một số vấn đề …”", "về việc “…”", "hướng dẫn “…”": the quotation ends the subject.
    for first in [at + 1, at + 2] {
        if first < words.len() && words.gap(first).trim().ends_with(['“', '"']) {
            let (quote, end) = quoted(words, first);
            return Some((words.slice(at, at + 1).cover(quote), end));
        }
    }
    let end = clause_end(words, at);
    let end = if issued { end } else { issuer_inside(words, at, end) };
    (end > at + 1).then(|| (closed(words, words.slice(at, end), end), end))
}

/// Returns the word of the subject from `at` to `end` at which its issuer begins, or `end`: "về chuyển đổi số quốc gia
/// của Bộ Chính trị", but "về thực hiện Kết luận của Bộ Chính trị", "về Quy chế làm việc của Bộ Chính trị".
fn issuer_inside(words: &PassageWords<'_>, at: usize, end: usize) -> usize {
    /// Last words of what the bodies themselves have, with their marks.
    const OWN: &[&str] = &[
        "việc", "hạn", "vụ", "nhiệm", "đạo", "đạt", "động", "chế", "kiến", "trình", "viên", "thư", "chí", "họp", "nghị",
    ];
    let of = (at + 2..end)
        .rev()
        .find(|&index| is_of(words, index) && words.joined(index));
    let issuer = of.filter(|&of| {
        let name = body_end(words, of + 1);
        let last = terms_end(words, name) == end || name == end;
        let own = type_word_before(words, of).is_some() || OWN.contains(&words.word(of - 1));
        words.joined(of + 1) && leads_the_party(words, of + 1) && last && !own
    });
    issuer.unwrap_or(end)
}

/// Returns `span` with the sign before word `end` that closes a bracket or a quotation opened inside it.
fn closed(words: &PassageWords<'_>, mut span: Span, end: usize) -> Span {
    close_bracket(words, &mut span, end);
    let text = span.slice(words.text());
    let quoted = text.matches('“').count() > text.matches('”').count() || text.matches('"').count() % 2 == 1;
    let sign = words.text().get(span.end..).and_then(|rest| rest.chars().next());
    if let Some(sign) = sign.filter(|sign| quoted && matches!(sign, '”' | '"')) {
        span.end += sign.len_utf8();
    }
    span
}

/// Returns true if a verb of [`TITLE_VERBS`] at word `at` begins the title of the document.
fn titles(words: &PassageWords<'_>, at: usize) -> bool {
    let Some(end) = TITLE_VERBS.iter().find_map(|verb| words.phrase(at, verb)) else {
        return false;
    };
    match words.folded(at) {
        // "quy định tại Điều 5", "hướng dẫn của Bộ"
        "quy" | "huong" => {
            let other = matches!(words.folded(end), "tai" | "cua" | "nay" | "nhu" | "nen" | "so");
            !other && matches!(words.gap(end).trim(), "" | "“" | "\"")
        }
        // "ban hành Quy chế", "ban hành danh mục", but "ban hành ngày", "ban hành kèm theo"
        "ban" => {
            let thing = matches!(words.folded(end), "danh" | "dinh" | "mau" | "bo") || words.is_capital(end);
            words.joined(end) && (thing || type_word_at(words, end).is_some())
        }
        // "thi hành Điều lệ Đảng", but "thi hành từ ngày"
        "thi" => words.joined(end) && words.is_capital(end),
        // "sửa đổi, bổ sung"
        _ => matches!(words.gap(end).trim(), "" | ",") && !matches!(words.folded(end), "ngay" | "tai" | "nam"),
    }
}

/// Returns true if word `at`, after the issuer, begins the title of a party paper without "về": "… của Ban Bí thư một số
/// vấn đề cụ thể thi hành Điều lệ Đảng", "… việc thí điểm giao quyền", "… thực hiện một số điều của Quy định số 6".
fn begins_title(words: &PassageWords<'_>, at: usize) -> bool {
    let joined = words.gap(at).trim().is_empty();
    if let Some(matters) = words.phrase(at, &["mot", "so"]) {
        let some = words.joined(matters) && matches!(words.word(matters), "vấn" | "điểm" | "điều" | "nội");
        // "…, một số nội dung chưa đạt" goes on with a clause.
        return some && (joined || begins(words, matters, &[&["vấn", "đề", "cụ", "thể"], &["điểm", "về"]]));
    }
    let carried_out = words.phrase(at, &["thuc", "hien"]).is_some_and(|next| {
        let some = words.phrase(next, &["mot", "so", "dieu"]);
        some.or_else(|| words.phrase(next, &["mot", "so", "noi", "dung"]))
            .is_some()
    });
    joined && (words.word(at) == "việc" || carried_out)
}

/// Returns true if the straight quotation mark at the beginning of `gap` closes a quotation: a blank follows it, none
/// precedes it.
fn is_closing(gap: &str) -> bool {
    gap.strip_prefix('"')
        .is_some_and(|rest| rest.starts_with(char::is_whitespace))
}

/// Returns the quotation whose first word is `first`, with its marks, and the word after it.
fn quoted(words: &PassageWords<'_>, first: usize) -> (Span, usize) {
    let gap = words.gap(first);
    let open = gap.rfind(['“', '"', '«']).unwrap_or(gap.len());
    let start = words.span(first).start - (gap.len() - open);
    let mut index = first + 1;
    while index <= words.len() && index - first < MAX_SUBJECT_WORDS {
        let gap = words.gap(index);
        if let Some(at) = gap.find(['”', '"', '»']) {
            let mark = gap[at..].chars().next().map_or(0, char::len_utf8);
            let end = words.span(index - 1).end + at + mark;
            return (Span::new(start, end), index);
        }
        index += 1;
    }
    let end = clause_end(words, first);
    (Span::new(start, words.slice(first, end).end), end)
}

/// Returns the word after the clause that begins at word `first`.
fn clause_end(words: &PassageWords<'_>, first: usize) -> usize {
    // Signs that were opened inside the subject and are not closed yet.
    let (mut bracket, mut quote) = (false, false);
    // True once another document is cited: a date and an issuer are its own then.
    let mut cited = false;
    let mut index = first + 1;
    while index < words.len() && index - first < MAX_SUBJECT_WORDS {
        let gap = words.gap(index).trim();
        if gap.contains('(') && begins_remark(words, index) {
            break;
        }
        bracket |= gap.contains('(');
        let ends = match gap {
            "" => false,
            "," => {
                begins(words, index, CLAUSES)
                    || matches!(words.folded(index), "cac" | "nhung") && several_act(words, index)
                    || begins_citation(words, index)
                    || !cited && begins_tail(words, index)
                    || acts(words, index)
            }
            ")" | ")," if bracket => {
                bracket = false;
                false
            }
            "”" if quote => {
                quote = false;
                false
            }
            // One that was opened before the subject ends it: `"Quyết định 5 về phân cấp" có`.
            "\"" if is_closing(words.gap(index)) => {
                let inside = quote;
                quote = false;
                !inside
            }
            // "phiên bản 3.0"
            "." => !words.is_number(index) || !words.is_number(index - 1) || words.gap(index) != ".",
            gap => gap.contains(['.', ';', ')', ':', '|', '”', '…']),
        };
        quote |= gap.ends_with('“') || gap == "\"" && !words.gap(index).starts_with('"');
        if ends || !bracket && ends_clause(words, index, cited) {
            break;
        }
        cited |= words.is_number(index) && words.symbol_at(index).is_some_and(|found| found.known);
        index += 1;
    }
    index
}

/// Returns true if a subject ends before word `at` without a sign; `cited` is true if it cites another document.
fn ends_clause(words: &PassageWords<'_>, at: usize, cited: bool) -> bool {
    if follows_charter(words, at) {
        return true;
    }
    match words.folded(at) {
        "va" => goes_on_after_and(words, at + 1),
        "vao" if words.word(at) == "vào" => INTO.contains(&words.folded(at + 1)) && words.folded(at - 1) != "dua",
        "viet" => words.phrase(at, &["viet", "tat", "la"]).is_some(),
        "chua" => words.word(at - 1) != "nhưng" && begins(words, at, ENDINGS),
        // "về phát triển kinh tế tư nhân do Bộ Chính trị ban hành"
        "do" => !cited && issuer_at(words, at).is_some(),
        // "… ban hành ngày 15/3/2021", "… quy định: “"
        "ban" | "quy" | "xac" | "khang" => {
            let issued = || verb_end(words, at).is_some_and(|end| is_day_word(words, end) && words.is_number(end + 1));
            words.gap(at + 2).trim_start().starts_with(':') || !cited && words.folded(at) == "ban" && issued()
        }
        // "về phát triển vùng ngày 07/10/2022 của Bộ Chính trị"
        _ if is_day_word(words, at) => !cited && is_dated_issuer(words, at),
        _ => begins(words, at, ENDINGS),
    }
}

/// Returns true if "thi hành Điều lệ Đảng", the title of the regulation and of the guide, ends before word `at` and a
/// clause on its content begins: "về thi hành Điều lệ Đảng quy định điều kiện …".
fn follows_charter(words: &PassageWords<'_>, at: usize) -> bool {
    const TITLE: &[&str] = &["thi", "hanh", "dieu", "le", "dang"];
    let first = at.checked_sub(TITLE.len());
    first.is_some_and(|first| words.phrase(first, TITLE) == Some(at))
        && matches!(words.word(at), "quy" | "về" | "có" | "không" | "nêu")
}

/// Returns true if "các" or "những" at word `at`, after a comma, begins another item or a clause in which they act.
fn several_act(words: &PassageWords<'_>, at: usize) -> bool {
    if type_word_at(words, at + 1).is_some() || words.is_capital(at + 1) || words.is_damaged() {
        return true;
    }
    let clause = (at + 1..words.len().min(at + MAX_CLAUSE_LOOK)).take_while(|&index| words.joined(index));
    clause.into_iter().any(|index| ACTING.contains(&words.word(index)))
}

/// Returns true if a remark on the document begins at word `at`, after an opening bracket: "(sau đây gọi tắt là …)".
fn begins_remark(words: &PassageWords<'_>, at: usize) -> bool {
    let mut remarks = REMARKS.iter();
    remarks.any(|remark| words.phrase(at, remark).is_some()) || is_day_word(words, at) || begins_citation(words, at)
}

/// Returns true if one of these phrases, written with their marks, begins at word `at`.
fn begins(words: &PassageWords<'_>, at: usize, phrases: &[&[&str]]) -> bool {
    phrases.iter().any(|phrase| {
        phrase
            .iter()
            .enumerate()
            .all(|(offset, word)| words.word(at + offset) == *word && (offset == 0 || words.joined(at + offset)))
    })
}

/// Returns true if word `at`, after "và", is outside the subject: another citation ("và các Nghị quyết …", "và Kết luận
/// …") or a body that acts ("và Chính phủ đang").
fn goes_on_after_and(words: &PassageWords<'_>, at: usize) -> bool {
    let several = matches!(words.folded(at), "cac" | "nhung");
    let others = several && (type_word_at(words, at + 1).is_some() || words.phrase(at + 1, &["chi", "dao"]).is_some());
    let numbered = words.is_number(at + 1) || matches!(words.word(at + 1), "I" | "II" | "III" | "IV" | "V");
    let pinpoint = matches!(words.folded(at), "dieu" | "khoan" | "diem" | "muc") && numbered;
    others || pinpoint || begins_citation(words, at) || acts(words, at)
}

/// Returns true if a body is named at word `at`, or several, and the clause goes on with what they do.
pub(in crate::citation) fn acts(words: &PassageWords<'_>, at: usize) -> bool {
    let mut at = at;
    for _ in 0..MAX_ACTORS {
        // "…, đảng bộ được chi" acts as well as "…, Tỉnh ủy đã".
        let end = body_end(words, at);
        if end <= at + 1 {
            return false;
        }
        match words.gap(end).trim() {
            "," => at = end,
            _ => return words.joined(end) && begins(words, end, ACTS),
        }
    }
    false
}

/// Returns true if the date or the issuer of the document begins at word `at`, after a comma.
fn begins_tail(words: &PassageWords<'_>, at: usize) -> bool {
    let start = verb_end(words, at).unwrap_or(at);
    let date = is_day_word(words, start) && words.is_number(start + 1);
    let issuer = is_of(words, at) && is_body(words, name_start(words, at + 1));
    let by = words.folded(at) == "do" && is_body(words, at + 1);
    date || issuer || by
}

/// Returns true if a date at word `at` is followed by an issuer.
fn is_dated_issuer(words: &PassageWords<'_>, at: usize) -> bool {
    date_at(words, at)
        .is_some_and(|(date, end)| date.is_some() && is_of(words, end) && is_body(words, name_start(words, end + 1)))
}

/// Returns true if a type word begins at word `at` and has a capital or a number after it.
fn begins_citation(words: &PassageWords<'_>, at: usize) -> bool {
    type_word_at(words, at)
        .is_some_and(|(_, end)| words.is_capital(at) || words.is_number(end) || words.says(end, "so"))
}
