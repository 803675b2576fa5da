//! Names of bodies in running text: where one begins and where it ends.
//!
//! A text goes on after a name, and capitals alone do not show where: "Ban Tổ chức Trung ương hết hiệu lực". So a name
//! is read by its grammar: each [row](super::body_table) says what may follow it. A place has its proper name in
//! capitals ("xã Yên Phú"), a ministry its field of work ("Giáo dục và Đào tạo"), a committee another body or what it is
//! over, a steering committee its task up to the end of the clause. Any of them may have a term ("khóa XIII", "nhiệm kỳ
//! 2020 - 2025"), in brackets or not. Several bodies issue a paper together only if they are of one level and the clause
//! does not go on with what the last one does: "của Bộ Chính trị, Ban Bí thư về", but "của Bộ Chính trị, Chính phủ đã".

use super::super::kinds::type_word_at;
use super::super::tokens::{PassageWords, is_blank_gap};
use super::body_table::{BodyRow, Role, SMALL, row_at};
use super::issuing::verb_end;
use super::term::term_end;
use crate::document::body_words::Then;

/// Maximum length of a name, in words: "Ban Chỉ đạo Trung ương về phát triển khoa học, công nghệ, đổi mới sáng tạo và
/// chuyển đổi số" has 20.
const MAX_NAME_WORDS: usize = 28;

/// Maximum length of a proper name of a place, in words: "Bà Rịa - Vũng Tàu" has four.
const MAX_PLACE_WORDS: usize = 5;

/// Returns true if the name of a body begins at word `at`, with a capital: in small letters it is any body of the sort
/// ("các ban chỉ đạo").
pub(super) fn is_body(words: &PassageWords<'_>, at: usize) -> bool {
    words.is_capital(at) && opening_row(words, at).is_some()
}

/// Returns true if the name of a body that leads the Party begins at word `at`.
pub(super) fn leads_the_party(words: &PassageWords<'_>, at: usize) -> bool {
    words.is_capital(at) && opening_row(words, at).is_some_and(|(row, end)| row.leads_the_party() && end > at + 1)
}

/// Returns the row with which a name begins at word `at`, and the word after it.
fn opening_row(words: &PassageWords<'_>, at: usize) -> Option<(&'static BodyRow, usize)> {
    let opens = |row: &BodyRow| !matches!(row.role, Role::Inside | Role::Place | Role::Field);
    row_at(words, at, opens).filter(|&(_, end)| words.is_capital(at) || end > at + 1)
}

/// Returns the first word of the name that may begin at word `at`: a plenum ("Hội nghị lần thứ sáu Ban Chấp hành Trung
/// ương") and a form of address are no part of it.
pub(super) fn name_start(words: &PassageWords<'_>, at: usize) -> usize {
    if let Some(meeting) = words.phrase(at, &["hoi", "nghi"]) {
        let numbered = words.skip(meeting, &["lan", "thu"]);
        let body = if numbered > meeting { numbered + 1 } else { meeting };
        let body = words.skip(body, &["cua"]);
        let soft = is_blank_gap(words.gap(body)) || words.gap(body).trim() == ",";
        // "Hội nghị Trung ương 6" is a meeting, no body.
        let meeting_of = words
            .phrase(body, &["trung", "uong"])
            .is_some_and(|end| words.is_number(end));
        return if soft && is_body(words, body) && !meeting_of {
            body
        } else {
            at
        };
    }
    words.phrase(at, &["dong", "chi"]).unwrap_or(at)
}

/// Returns the word after the name of a body that begins at word `first`, without its term; `first` if no name begins
/// there.
pub(in crate::citation) fn body_end(words: &PassageWords<'_>, first: usize) -> usize {
    name_end(words, first, first + MAX_NAME_WORDS)
}

/// Returns the word after the terms of a body whose name ends before word `at`: "khóa XX, nhiệm kỳ 2020 - 2025".
pub(super) fn terms_end(words: &PassageWords<'_>, at: usize) -> usize {
    let mut at = at;
    while let Some(end) = term_end(words, at) {
        at = end;
    }
    at
}

/// Reads the name at word `first` up to word `limit` at most and returns the word after it.
fn name_end(words: &PassageWords<'_>, first: usize, limit: usize) -> usize {
    let Some((opening, mut at)) = opening_row(words, first) else {
        return unlisted_end(words, first, limit);
    };
    let mut name = Name {
        row: opening,
        count: 0,
        department: false,
    };
    while at < words.len() && at < limit && !cites(words, at, name.row) {
        if let Some((next, end)) = next_row(words, at, &name) {
            if next.role == Role::Task || name.row.role == Role::Task {
                return task_end(words, end, limit);
            }
            name = Name {
                row: next,
                count: 0,
                department: next.role == Role::Field && name.row.role == Role::Body,
            };
            at = end;
            continue;
        }
        if name.row.role == Role::Task {
            return task_end(words, at, limit);
        }
        let end = proper_end(words, at, &name);
        if end == at {
            break;
        }
        // "Bí thư Trần Văn A" is a person, "Giám đốc ĐHQGHN" a body.
        if name.row.role == Role::Title && !is_abbreviation(words.word(at)) {
            return first;
        }
        name.count += end - at;
        at = end;
    }
    if name.count == 0 && name.row.needs_field() {
        return first;
    }
    joint_end(words, at, opening, limit).unwrap_or(at)
}

/// The part of a name that was read.
struct Name {
    /// Its last row.
    row: &'static BodyRow,
    /// The words read after it of a proper name or a field.
    count: usize,
    /// True if the row is the field of work of a department, so that its place may follow: "Sở Y tế Hà Nội".
    department: bool,
}

/// Returns the row that goes on with the name at word `at`, and the word after it.
fn next_row(words: &PassageWords<'_>, at: usize, name: &Name) -> Option<(&'static BodyRow, usize)> {
    let gap = words.gap(at).trim();
    let row = name.row;
    let place = || row.role == Role::Place && name.count > 0 && place_with_name(words, at);
    let title = || row.role == Role::Title && row_at(words, at, |row| row.role == Role::Title).is_some();
    let field = || row.role == Role::Field && !name.department && words.is_capital(at);
    let joined = match gap {
        // "Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ"; "xã Yên Phú, huyện Ý Yên"
        "," => title() || place(),
        // "liên Bộ Tài chính - Lao động - Thương binh và Xã hội"
        "-" | "–" => field(),
        gap => is_blank_gap(gap),
    };
    let fits = |next: &BodyRow| may_follow(row, name.count, next) || !is_blank_gap(gap) && next.role == Role::Field;
    // "Đoàn giám sát của Ủy ban Thường vụ Quốc hội"
    let of = row.role == Role::Body && name.count == 0 && is_blank_gap(gap) && words.folded(at) == "cua";
    if of && words.joined(at + 1) && words.is_capital(at + 1) {
        return opening_row(words, at + 1);
    }
    joined.then(|| row_at(words, at, fits)).flatten()
}

/// Returns true if the row `next` may follow `row` and `count` words of its proper name or field.
fn may_follow(row: &BodyRow, count: usize, next: &BodyRow) -> bool {
    match row.role {
        Role::Center => next.role == Role::Inside,
        Role::Ministry => next.role == Role::Field && count == 0,
        Role::Field => matches!(next.role, Role::Place | Role::Inside),
        Role::Place => next.role == Role::Place,
        Role::Title => next.role != Role::Field,
        Role::Task => matches!(next.role, Role::Inside | Role::Place | Role::Body),
        Role::Body if row.then == Then::Name => next.role == Role::Place,
        Role::Body if row.then == Then::Field => match next.role {
            Role::Field => count == 0,
            // "Vụ Pháp chế Bộ Tài chính", but "phòng" of "Quốc phòng" is no department.
            _ => count != 1 && next.role != Role::Title,
        },
        Role::Body | Role::Inside => !matches!(next.role, Role::Field | Role::Title),
    }
}

/// Returns true if a unit of territory and its proper name begin at word `at`.
fn place_with_name(words: &PassageWords<'_>, at: usize) -> bool {
    row_at(words, at, |row| row.role == Role::Place).is_some_and(|(_, end)| words.is_capital(end))
}

/// Returns the word after the piece of a proper name or field at word `at`, after what was read of `name`; `at` if there
/// is none.
fn proper_end(words: &PassageWords<'_>, at: usize, name: &Name) -> usize {
    let &Name { row, count, department } = name;
    let gap = words.gap(at).trim();
    let dash = matches!(gap, "-" | "–") && count > 0 && words.is_capital(at);
    let dotted = gap == "." && is_short_unit(words, at - 1);
    if !is_blank_gap(gap) && !dash && !dotted {
        return at;
    }
    match (row.role, row.then) {
        (Role::Center, _) => plenum_end(words, at, row),
        (Role::Field, _) if !department => at,
        (Role::Place | Role::Field, _) | (_, Then::Name) => {
            let numeral = count == 0 && row.role == Role::Place && words.is_number(at) && words.word(at).len() <= 2;
            let named = words.is_capital(at) && count < MAX_PLACE_WORDS;
            if named || numeral { at + 1 } else { at }
        }
        _ => field_end(words, at, count),
    }
}

/// Returns the word after the number of a plenum at word `at`: "Trung ương 8 khóa XI".
fn plenum_end(words: &PassageWords<'_>, at: usize, row: &BodyRow) -> usize {
    let numbered = row.leads_the_party() && words.is_number(at) && words.word(at).len() <= 2;
    if numbered && term_end(words, at + 1).is_some() {
        at + 1
    } else {
        at
    }
}

/// Returns the word after the piece of a field of work, or of a name without a unit, at word `at`; `at` if there is
/// none.
///
/// Each compound has a capital on its first syllable ("Tổ chức", "Văn hóa và Thể thao"), so one word in small letters
/// belongs to it.
fn field_end(words: &PassageWords<'_>, at: usize, count: usize) -> usize {
    if words.is_capital(at) {
        return at + 1;
    }
    if count == 0 || words.is_number(at) {
        return at;
    }
    if words.folded(at) == "va" {
        let more = words.joined(at + 1) && words.is_capital(at + 1) && opening_row(words, at + 1).is_none();
        return if more && type_word_at(words, at + 1).is_none() {
            at + 2
        } else {
            at
        };
    }
    if let Some(end) = SMALL.iter().find_map(|small| words.phrase(at, small)) {
        return end;
    }
    if words.is_capital(at - 1) && !is_closed(words, at) {
        return at + 1;
    }
    // "Cục Quản lý chất lượng", "Hội Thiện nguyện Lan tỏa yêu thương tỉnh …": two words more, but only up to a place,
    // another body or a verb of issuing.
    let open = |index: usize| words.joined(index) && !words.is_capital(index) && !words.is_number(index);
    let over = at + 2;
    let ends = words.gap(over).trim() == "-" || place_with_name(words, over) || verb_end(words, over).is_some();
    if open(at) && open(at + 1) && ends && !is_closed(words, at + 1) {
        over
    } else {
        at
    }
}

/// Returns the word after the name of a body that has no row and begins at word `first`: an abbreviation ("ĐHQGHN",
/// "EVN"), or on a damaged page any word with a capital, since its row may be misread.
fn unlisted_end(words: &PassageWords<'_>, first: usize, limit: usize) -> usize {
    let short = is_abbreviation(words.word(first)) && !is_abbreviation(words.word(first + 1));
    let known = short || words.is_damaged() && words.is_capital(first);
    if !known || type_word_at(words, first).is_some() {
        return first;
    }
    let mut at = first + 1;
    while at < words.len() && at < limit {
        let gap = words.gap(at).trim();
        let dash = matches!(gap, "-" | "–") && words.is_capital(at);
        if !is_blank_gap(gap) && !dash {
            break;
        }
        let place = row_at(words, at, |row| row.role == Role::Place);
        let end = match place {
            Some((_, end)) if words.is_capital(end) => end,
            _ => field_end(words, at, at - first),
        };
        if end == at {
            break;
        }
        at = end;
    }
    at
}

/// Returns true if `word` is written in two capitals or more, and with no small letter.
fn is_abbreviation(word: &str) -> bool {
    word.chars().count() > 1 && word.chars().all(char::is_uppercase)
}

/// Returns the word after the task of a steering committee, which begins at word `at`: it goes on to the end of the
/// clause ("về phòng, chống tham nhũng, lãng phí, tiêu cực").
fn task_end(words: &PassageWords<'_>, at: usize, limit: usize) -> usize {
    /// Words that begin a new clause after a comma.
    const CLAUSES: &[&str] = &["các", "những", "đã", "và", "nhằm", "trong", "đồng", "từ", "qua"];
    /// Words of the clause that goes on after the name.
    const VERBS: &[&str] = &[
        "đã", "được", "sẽ", "đang", "chưa", "là", "yêu", "nêu", "của", "tại", "do", "thì",
    ];
    let mut at = at;
    let mut about = false;
    while at < words.len() && at < limit {
        // "pháp luật" is no law.
        let law = words.folded(at) == "luat" && words.folded(at - 1) == "phap";
        if let Some((_, end)) = type_word_at(words, at).filter(|_| !law) {
            match carried_out_end(words, at, end) {
                Some(end) => at = end,
                None => break,
            }
            continue;
        }
        let gap = words.gap(at).trim();
        let listed = gap == "," && about && !words.is_capital(at) && !CLAUSES.contains(&words.word(at));
        if !(is_blank_gap(gap) || gap == "-" || listed) {
            break;
        }
        if matches!(words.folded(at), "ve" | "vee") {
            // A second "về" begins the subject.
            if about || words.folded(at + 1) == "viec" {
                break;
            }
            about = true;
        } else if VERBS.contains(&words.word(at))
            || words.says(at, "ngay") && words.is_number(at + 1)
            || words.phrase(at, &["ban", "hanh"]).is_some()
        {
            break;
        }
        at += 1;
    }
    at
}

/// Returns the word after a document that a steering committee carries out: "tổng kết Nghị quyết số 18-NQ/TW". Its type
/// word is at word `at` and ends before word `end`.
fn carried_out_end(words: &PassageWords<'_>, at: usize, end: usize) -> Option<usize> {
    let verb = at > 0 && matches!(words.folded(at - 1), "ket" | "hien") && words.joined(at);
    let number = words.skip(end, &["so"]);
    let symbol = words
        .symbol_at(number)
        .filter(|found| found.known && verb && words.joined(number))?;
    Some(words.index_at(words.span(number).start + symbol.len))
}

/// Returns the word after the last of several bodies that issue a paper together; the first has the row `opening` and
/// ends before word `at`.
fn joint_end(words: &PassageWords<'_>, at: usize, opening: &BodyRow, limit: usize) -> Option<usize> {
    let gap = words.gap(at).trim();
    let and = matches!(words.folded(at), "va" | "cung") && is_blank_gap(gap);
    let first = if and { at + 1 } else { at };
    if !and && !matches!(gap, "," | "-" | "–") || and && !words.joined(first) || !words.is_capital(first) {
        return None;
    }
    let (row, _) = opening_row(words, first)?;
    let level = |row: &BodyRow| match row.role {
        _ if row.leads_the_party() => 0,
        Role::Center => 1,
        Role::Ministry => 2,
        _ => 3,
    };
    if level(row) != level(opening) || type_word_at(words, first).is_some() {
        return None;
    }
    let end = name_end(words, first, limit);
    // Bộ Chính trị and Ban Bí thư issue together whatever follows the next comma, and so do bodies joined by a dash.
    let listed = row.leads_the_party() && words.gap(end).trim().starts_with(',');
    let titled = row.role == Role::Ministry && matches!(words.folded(end), "huong" | "quy" | "sua");
    let dashed = matches!(gap, "-" | "–");
    (end > first && (listed || titled || dashed || ends_phrase(words, end))).then_some(end)
}

/// Returns true if the phrase before word `at` ends there: with a sign, or before a date, a subject or the like. Otherwise
/// the clause goes on with what the body does ("Tỉnh ủy đã ban hành").
pub(super) fn ends_phrase(words: &PassageWords<'_>, at: usize) -> bool {
    let gap = words.gap(at).trim();
    if at >= words.len() || gap.starts_with(['.', ';', ':', ')', '(', '”', '"', '“']) {
        return true;
    }
    let part = matches!(
        words.folded(at),
        "ve" | "v" | "ngay" | "khoa" | "nhiem" | "tai" | "nam" | "va"
    );
    part && matches!(gap, "" | ",") && words.word(at) != "vẻ"
}

/// Returns true if a citation begins at word `at`, after the row `row`: "Sở Kế hoạch và Đầu tư" has a type word in its
/// name, "Chính phủ - Thông tư số 07" goes on with another citation.
fn cites(words: &PassageWords<'_>, at: usize, row: &BodyRow) -> bool {
    let Some((_, end)) = type_word_at(words, at) else {
        return false;
    };
    let field = row.then == Then::Field || row.role == Role::Task;
    !field || words.is_number(end) || words.says(end, "so")
}

/// Returns true if word `at` is a short form of a unit that a full stop may follow: "TP. Hồ Chí Minh".
fn is_short_unit(words: &PassageWords<'_>, at: usize) -> bool {
    matches!(words.word(at), "TP" | "Tp" | "TX" | "TT" | "P" | "Q" | "H")
}

/// Returns true if word `at` is a small word that is no part of a compound.
fn is_closed(words: &PassageWords<'_>, at: usize) -> bool {
    /// Such words, with their marks: prepositions, auxiliaries, and the verbs that most often follow an issuer.
    const CLOSED: &[&str] = &[
        "về", "của", "đã", "được", "có", "là", "và", "chưa", "không", "hết", "còn", "sẽ", "đang", "tại", "do", "cho",
        "để", "trong", "ngày", "theo", "thì", "mà", "với", "ở", "từ", "khi", "nêu", "yêu", "quy", "ban", "số", "năm",
        "này", "trên", "vào", "vẫn", "cũng", "nhằm", "như", "sau", "trước", "vừa", "mới", "cùng", "đến", "bằng",
        "phải", "nên", "bị", "gồm", "ký", "khóa", "khoá", "nhiệm", "gửi",
    ];
    /// Those that keep their meaning without marks, for pages on which marks are lost.
    const FOLDED: &[&str] = &["ve", "cua", "duoc", "theo", "trong", "ngay", "voi", "cho", "nham"];
    CLOSED.contains(&words.word(at)) || words.is_damaged() && FOLDED.contains(&words.folded(at))
}
