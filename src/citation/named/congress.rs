//! Documents of congresses: "Nghị quyết Đại hội XIII của Đảng", "Nghị quyết Đại hội đại biểu Đảng bộ tỉnh Tuyên Quang
//! lần thứ I, nhiệm kỳ 2025 - 2030", "văn kiện Đại hội đại biểu toàn quốc lần thứ XIII".
//!
//! Whose congress it is, its ordinal and its term follow "Đại hội" in any order. A congress of the Youth Union or of the
//! trade unions is none of a party body.

use super::super::CitationForm;
use super::super::congress::{Congress, CongressOf, party_congresses};
use super::super::mention::{DocumentMention, Open};
use super::super::numbered::ends_clearly;
use super::super::numerals::{digits, roman, spelled_at};
use super::super::tail::term_at;
use super::super::tokens::{PassageWords, close_bracket, is_all_capitals, is_blank_gap, is_of};
use crate::symbol::Kind;

/// Maximum number of words between "Báo cáo chính trị" and "Đại hội": "của Ban Chấp hành Trung ương Đảng khóa XII tại".
const MAX_WORDS_BEFORE_CONGRESS: usize = 14;

/// Maximum length of the name of a party body, in words.
const MAX_BODY_WORDS: usize = 12;

/// Returns the documents of congresses that begin at word `at` with the type word `document`, which ends before word
/// `rest`; empty if there is none. Several ordinals ("Đại hội XII, XIII của Đảng") are several documents.
pub(super) fn congress_at(
    words: &PassageWords<'_>,
    at: usize,
    rest: usize,
    document: &'static str,
    kind: Kind,
) -> Vec<DocumentMention> {
    // What is "trình Đại hội", and a "dự thảo", is a draft: no document that anybody cites yet.
    if document != "Nghị quyết" && is_draft(words, at) {
        return Vec::new();
    }
    let held = document != "Nghị quyết" && words.word(rest) == "tại";
    let of = if words.joined(rest) && (is_of(words, rest) || held) {
        rest + 1
    } else {
        rest
    };
    let short = words.word(of) == "ĐH" && words.joined(of);
    let next = if short { of + 1 } else { words.skip(of, &["dai", "hoi"]) };
    if next == of {
        return Vec::new();
    }
    let Some(read) = CongressReader::read(words, next) else {
        return Vec::new();
    };
    // Which one is meant, the rest of the document may tell; in small letters it is that of any.
    if read.ordinals.is_empty() && read.term.is_none() && !words.is_capital(at) {
        return Vec::new();
    }
    let list = read.ordinals.len() > 1;
    let mut mentions = Vec::new();
    for index in 0..read.ordinals.len().max(1) {
        let (ordinal, word) = read.ordinals.get(index).copied().unzip();
        let congress = Congress {
            document,
            of: read.of.clone(),
            ordinal,
            term: read.term.clone(),
            placed: read.placed,
        };
        let mut settled = congress.clone();
        settled.settle();
        // The first mention of a list ends with its ordinal, each further one is its ordinal.
        let first = if index == 0 { at } else { word.unwrap_or(at) };
        let last = match word {
            Some(word) if list && index + 1 < read.ordinals.len() => word + 1,
            _ => read.end,
        };
        let mut span = words.slice(first, last);
        close_bracket(words, &mut span, last);
        let mut mention = DocumentMention::named(span, kind, settled.name(), read.end);
        mention.open = Some(Open::Congress(congress));
        if list {
            mention.form = CitationForm::List;
        }
        mentions.push(mention);
    }
    mentions
}

/// Returns the political report ("Báo cáo chính trị … tại Đại hội XIII của Đảng") whose first word is `at`; "báo cáo"
/// ends before word `rest`.
pub(super) fn political_report_at(words: &PassageWords<'_>, at: usize, rest: usize) -> Vec<DocumentMention> {
    let after = words.skip(rest, &["chinh", "tri"]);
    if after == rest {
        return Vec::new();
    }
    for index in after..after + MAX_WORDS_BEFORE_CONGRESS {
        if !words.joined(index) {
            break;
        }
        if matches!(words.folded(index), "tai" | "cua") && words.skip(index + 1, &["dai", "hoi"]) > index + 1 {
            return congress_at(words, at, index + 1, "Báo cáo chính trị", Kind::Other);
        }
    }
    congress_at(words, at, after, "Báo cáo chính trị", Kind::Other)
}

/// Returns true if "dự thảo" or "dự thảo các" precedes word `at`.
fn is_draft(words: &PassageWords<'_>, at: usize) -> bool {
    let each = at > 0 && words.joined(at) && words.folded(at - 1) == "cac";
    let at = at - usize::from(each);
    let draft = |from: usize| words.phrase(from, &["du", "thao"]).is_some();
    words.joined(at) && at.checked_sub(2).is_some_and(draft)
}

/// The state of reading the words after "Đại hội".
struct CongressReader {
    /// The one whose congress it is.
    of: CongressOf,
    /// Its ordinals, each with its word.
    ordinals: Vec<(u8, usize)>,
    /// Its term.
    term: Option<String>,
    /// True if its body names a place.
    placed: bool,
    /// The word after the last part.
    end: usize,
}

impl CongressReader {
    /// Reads from word `next` on; `None` if the congress is another organization's or no single one.
    fn read(words: &PassageWords<'_>, next: usize) -> Option<Self> {
        let mut read = Self {
            of: CongressOf::Untold,
            ordinals: Vec::new(),
            term: None,
            placed: false,
            end: next,
        };
        let mut next = next;
        loop {
            let blank = is_blank_gap(words.gap(next));
            if next >= words.len() || !blank && !matches!(words.gap(next).trim(), "," | "(" | ")," | ")") {
                break;
            }
            let of = if blank && is_of(words, next) && words.joined(next + 1) {
                next + 1
            } else {
                next
            };
            if blank && is_other_organization(words, of) {
                return None;
            }
            let passed = words.skip(next, &["dai", "bieu"]);
            let passed = words.skip(passed, &["dang", "vien"]);
            if passed > next {
                next = passed;
                continue;
            }
            // "Văn kiện Đại hội Đảng toàn quốc các lần" are those of many.
            if blank && matches!(words.word(next), "các" | "từng") {
                return None;
            }
            let national = words.skip(next, &["toan", "quoc"]);
            if national > next && !matches!(read.of, CongressOf::Body(_)) {
                read.of = CongressOf::Party;
                next = national;
            } else if blank
                && !matches!(read.of, CongressOf::Body(_))
                && let Some(body) = body_at(words, of, of > next || read.ordinals.is_empty())
            {
                // "Đại hội đại biểu toàn quốc … Đảng Cộng sản Việt Nam" goes on; a body after it is the next subject.
                let told = body.of?;
                if read.of == CongressOf::Party && told != CongressOf::Party {
                    break;
                }
                read.of = told;
                read.placed = body.placed;
                next = body.end;
            } else if read.ordinals.is_empty()
                && let Some((ordinal, word)) = ordinal_at(words, next)
            {
                read.ordinals.push((ordinal, word - 1));
                next = read.further_ordinals(words, word);
            } else if read.term.is_none()
                && let (Some(term), end) = term_at(words, next)
            {
                read.term = Some(term);
                next = end;
            } else {
                break;
            }
            read.end = next;
        }
        // Party and body are named with it, or an ordinal or a term tells which congress it is.
        let told = !read.ordinals.is_empty() || read.term.is_some() || read.of != CongressOf::Untold;
        told.then_some(read)
    }

    /// Reads the Roman ordinals of a list that goes on at word `next`, and returns the word after them.
    fn further_ordinals(&mut self, words: &PassageWords<'_>, mut next: usize) -> usize {
        loop {
            let and = usize::from(words.gap(next).trim().is_empty() && words.folded(next) == "va");
            if and == 0 && words.gap(next).trim() != "," {
                return next;
            }
            let word = next + and;
            let numeral = words.word(word).len() > 1 && is_all_capitals(words.word(word));
            match roman(words.word(word)).filter(|_| numeral && (and == 0 || words.joined(word))) {
                Some(ordinal) => self.ordinals.push((ordinal, word)),
                None => return next,
            }
            next = word + 1;
        }
    }
}

/// Returns true if word `at` begins the name of an organization that is no party body: "Công đoàn Việt Nam".
fn is_other_organization(words: &PassageWords<'_>, at: usize) -> bool {
    /// The first words of their names, folded.
    const HEADS: &[&[&str]] = &[
        &["doan"],
        &["cong", "doan"],
        &["hoi"],
        &["mat", "tran"],
        &["lien", "doan"],
        &["lien", "minh"],
        &["lien", "hiep"],
        &["nong", "dan"],
        &["phu", "nu"],
    ];
    let named = words.is_capital(at) && !is_all_capitals(words.word(at));
    named
        && HEADS.iter().any(|head| words.phrase(at, head).is_some())
        && !matches!(words.folded(at + 1), "dong" | "nghi")
}

/// The words that say whose congress it is.
struct CongressBody {
    /// The one whose it is; `None` if it is no single one: "Đảng các cấp".
    of: Option<CongressOf>,
    /// True if they name a place.
    placed: bool,
    /// The word after them.
    end: usize,
}

/// Reads at word `at` whose congress it is; `unit` is true if a unit alone ("tỉnh") may say so.
fn body_at(words: &PassageWords<'_>, at: usize, unit: bool) -> Option<CongressBody> {
    let (of, placed, end) = organization_at(words, at)
        .or_else(|| party_at(words, at))
        .or_else(|| unit_at(words, at).filter(|_| unit))?;
    Some(CongressBody { of, placed, end })
}

/// The parts of a [`CongressBody`].
type BodyParts = (Option<CongressOf>, bool, usize);

/// Returns true if word `at` is "Đảng", by its mark if the text has marks: "đang" is none.
fn is_party(words: &PassageWords<'_>, at: usize) -> bool {
    matches!(words.word(at), "đảng" | "Đảng" | "ĐẢNG") || words.is_damaged() && words.says(at, "dang")
}

/// Returns true if word `at` says that bodies of a level are meant: "các cấp", "cấp trên", "mình".
fn is_level(words: &PassageWords<'_>, at: usize) -> bool {
    let level = matches!(words.folded(at), "cap" | "minh") || matches!(words.word(at), "các" | "từng");
    words.joined(at) && level
}

/// Reads a party organization at word `at`: "Đảng bộ tỉnh Cà Mau", "Chi bộ 2", "Đảng ủy Công an Trung ương".
fn organization_at(words: &PassageWords<'_>, at: usize) -> Option<BodyParts> {
    let cell = words.phrase(at, &["chi", "bo"]);
    let party = || {
        is_party(words, at).then(|| {
            ["bo", "uy"]
                .iter()
                .find_map(|second| words.phrase(at, &["dang", second]))
        })
    };
    let start = cell.or_else(|| party().flatten())?;
    let end = body_end(words, start);
    // "Đảng bộ các cấp" is no body, "Đảng bộ các cơ quan Đảng" is one.
    if end == start && is_level(words, start) {
        return Some((None, false, start));
    }
    let rest = words.slice(start, end).slice(words.text());
    let kind = if cell.is_some() { "Chi bộ" } else { "Đảng bộ" };
    Some((Some(CongressOf::Body(body_name(kind, rest))), names_a_place(rest), end))
}

/// Reads the Party at word `at`: "Đảng", "Đảng Cộng sản Việt Nam".
fn party_at(words: &PassageWords<'_>, at: usize) -> Option<BodyParts> {
    if !is_party(words, at) {
        return None;
    }
    if is_level(words, at + 1) {
        return Some((None, false, at + 1));
    }
    let other = matches!(words.folded(at + 1), "doan" | "vien" | "phi") && words.joined(at + 1);
    (!other).then(|| {
        (
            Some(CongressOf::Party),
            false,
            words.skip(at + 1, &["cong", "san", "viet", "nam"]),
        )
    })
}

/// Reads a unit at word `at` whose party organization is meant: "tỉnh", "huyện Đảng bộ Gia Lâm".
fn unit_at(words: &PassageWords<'_>, at: usize) -> Option<BodyParts> {
    let next = words.folded(at + 1);
    let unit = match words.word(at) {
        "tỉnh" | "Tỉnh" | "huyện" | "Huyện" | "quận" | "Quận" | "phường" | "Phường" => true,
        "thành" | "Thành" => next == "pho",
        "thị" | "Thị" => next == "xa",
        "xã" | "Xã" => next != "hoi",
        _ => false,
    };
    if !unit {
        return None;
    }
    let end = body_end(words, at);
    let rest = words.slice(at, end).slice(words.text());
    let rest = rest.replace("Đảng bộ", "").replace("đảng bộ", "");
    Some((
        Some(CongressOf::Body(body_name("Đảng bộ", &rest))),
        names_a_place(&rest),
        end,
    ))
}

/// Reads an ordinal ("lần thứ XV", "XIII", "lần thứ mười ba", "khóa XIII", "13 của Đảng") at word `at`, and returns it
/// with the word after it.
fn ordinal_at(words: &PassageWords<'_>, at: usize) -> Option<(u8, usize)> {
    let term = || matches!(words.folded(at), "khoa") && words.joined(at + 1);
    let short = || words.says(at, "lan") && words.joined(at + 1);
    let counted = counting_at(words, at).or_else(|| (term() || short()).then_some(at + 1));
    let from = counted.unwrap_or(at);
    let word = words.word(from);
    let end = from + 1;
    if counted.is_some() && !words.joined(from) {
        return None;
    }
    // "X" alone is a numeral before "của Đảng"; "I" and "l" alone are not even there.
    let of_party = |index: usize| {
        let index = if is_of(words, index) { index + 1 } else { index };
        words.joined(index) && words.says(index, "dang") && !matches!(words.folded(index + 1), "bo" | "uy")
    };
    let long = word.len() > 1 || counted.is_some() || matches!(word, "V" | "X") && of_party(end);
    if let Some(ordinal) = roman(word).filter(|_| long) {
        return Some((ordinal, end));
    }
    // "Đại hội 13" alone is the Party's; "Đại hội 5 chi bộ" counts.
    let alone = |ordinal: &u8| *ordinal >= 10 && ends_clearly(words, end);
    if let Some(ordinal) = digits(word).filter(|ordinal| counted.is_some() || of_party(end) || alone(ordinal)) {
        let reached = counted.is_some() || ordinal <= party_congresses();
        return reached.then_some((ordinal, end));
    }
    // "lần này" and "khóa này" count nothing; only "lần thứ" stands before words.
    counted
        .filter(|&from| from == at + 2)
        .and_then(|from| spelled_at(words, from))
}

/// Returns the word after "lần thứ" if that is at word `at`; scans read "thtr" and "thir" for "thứ".
fn counting_at(words: &PassageWords<'_>, at: usize) -> Option<usize> {
    let (first, second) = (words.folded(at), words.folded(at + 1));
    let numeral = roman(words.word(at + 2)).is_some();
    // "Cần Thơ" is as similar as a misread "lần thứ", so a misread one needs a numeral after it.
    let misread = numeral && words.says(at, "lan") && second.starts_with("th") && second.len() <= 5;
    (words.joined(at + 1) && (misread || first == "lan" && second == "thu")).then_some(at + 2)
}

/// Returns the word after the name of the party body that begins at word `at`.
fn body_end(words: &PassageWords<'_>, at: usize) -> usize {
    /// Words in small letters that no name of a body contains, with their marks.
    const STOPS: &[&str] = &[
        "các", "cấp", "đến", "đề", "là", "được", "và", "của", "khóa", "khoá", "với", "có", "tại", "nhằm", "cho",
        "ngày", "do", "ra", "nêu", "xác", "đối", "bằng", "tới", "ở", "khi", "sau", "trước", "mà", "từ", "cũng", "nhất",
        "về", "đã", "để", "trong", "theo", "vào", "đạt", "gắn", "từng", "sẽ", "thực", "triển", "như", "thông", "ban",
        "cùng", "lần", "trên", "nhiệm", "phải", "còn", "năm", "thì", "mình", "này", "trực",
    ];
    let mut index = at;
    while index < words.len() && index - at < MAX_BODY_WORDS && continues_name(words, index, at) {
        let word = words.word(index);
        let over = counting_at(words, index).is_some()
            || words.phrase(index, &["nhiem", "ky"]).is_some()
            || roman(word).is_some() && word.len() > 1
            || matches!(
                words.folded(index),
                "de" | "da" | "ve" | "va" | "trong" | "theo" | "vao" | "dat" | "gan" | "tung"
            ) && !words.is_capital(index)
            || STOPS.contains(&word);
        if over && !(word == "các" && words.folded(index + 1) == "co") {
            break;
        }
        index += 1;
    }
    index
}

/// Returns true if the gap before word `index` is within the name that begins at word `at`: "Bà Rịa - Vũng Tàu", "TP.HCM".
fn continues_name(words: &PassageWords<'_>, index: usize, at: usize) -> bool {
    let gap = words.gap(index);
    let inside = index > at && words.is_capital(index) && words.is_capital(index - 1);
    is_blank_gap(gap) || inside && (matches!(gap.trim(), "-" | "–") || gap == "." && words.word(index - 1).len() <= 2)
}

/// Returns true if the name of a body, without "Đảng bộ", names its place: "tỉnh Tuyên Quang".
fn names_a_place(body: &str) -> bool {
    let mut words = body.split_whitespace();
    let unit = words.next().is_some_and(|unit| {
        matches!(
            unit,
            "tỉnh" | "thành" | "huyện" | "quận" | "xã" | "phường" | "Thành" | "Tỉnh"
        )
    });
    unit && !is_all_capitals(body) && words.any(|word| word.starts_with(char::is_uppercase))
}

/// Returns the name of a body, `kind` and `rest`, in one way of writing: units in small letters, places with capitals.
fn body_name(kind: &str, rest: &str) -> String {
    /// Words for units of territory and administration, which stay small.
    const UNITS: &[&str] = &[
        "tỉnh",
        "thành",
        "phố",
        "huyện",
        "quận",
        "xã",
        "phường",
        "thị",
        "trấn",
        "khối",
    ];
    // In a title set in capitals the letters do not show which words are names: "Đảng" and all after a unit are. One word
    // is an abbreviation: "TP.HCM".
    let all_capitals = is_all_capitals(rest) && rest.contains(char::is_whitespace);
    let mut placed = false;
    let mut name = kind.to_owned();
    for word in rest.split_whitespace() {
        let lower = word.to_lowercase();
        let unit = UNITS.contains(&lower.as_str());
        name.push(' ');
        name.push_str(&match lower.as_str() {
            _ if unit => lower,
            _ if !all_capitals => word.to_owned(),
            "đảng" => capitalized(&lower),
            _ if placed => capitalized(&lower),
            _ => lower,
        });
        placed |= unit;
    }
    name
}

/// Returns `word` with a capital as its first letter.
fn capitalized(word: &str) -> String {
    let mut chars = word.chars();
    chars
        .next()
        .map_or(String::new(), |first| first.to_uppercase().chain(chars).collect())
}
