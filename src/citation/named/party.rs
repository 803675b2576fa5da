//! Documents of the Party cited by name: resolutions of plenums and congresses, the charter, the platform.

use super::super::CitationForm;
use super::super::mention::Mention;
use super::super::tail::{is_of, tail_at, term_at, year_behind};
use super::super::tokens::{Words, close_bracket, is_blank_gap, is_shouted};
use crate::symbol::{Kind, TypeWord};

/// "Nghị quyết Trung ương 4 khóa XI, XII, XIII": one citation per plenum and congress.
pub(super) fn plenum_at(words: &Words<'_>, at: usize, row: &TypeWord, behind: usize) -> Vec<Mention> {
    let mut next = words.skip(behind, &["hoi", "nghi"]);
    let meeting = next > behind;
    next = words.skip(next, &["lan", "thu"]);
    let center = words.skip(next, &["trung", "uong"]);
    let named = center > next;
    next = words.skip(center, &["lan", "thu"]);
    if !meeting && !named || !words.joined(next) {
        return Vec::new();
    }
    let (plenums, mut next) = ordinals_at(words, next, plenum_number);
    let committee = words.skip(next, &["ban", "chap", "hanh", "trung", "uong"]);
    if plenums.is_empty() || !named && committee == next {
        return Vec::new();
    }
    next = words.skip(committee, &["dang"]);
    next = ["cac", "cic"].iter().fold(next, |next, word| words.skip(next, &[word]));
    let bracket = words.gap(next).trim() == "(";
    if !words.says(next, "khoa") && !words.folded(next).starts_with("kh")
        || !matches!(words.gap(next).trim(), "" | "(" | "," | "‘")
    {
        return Vec::new();
    }
    let (congresses, next) = ordinals_at(words, next + 1, congress_number);
    let mut mentions = Vec::new();
    for (plenum_index, (_, plenum)) in plenums.iter().enumerate() {
        for (congress_index, (word, congress)) in congresses.iter().enumerate() {
            let mut span = words.slice(if mentions.is_empty() { at } else { *word }, word + 1);
            if plenum_index > 0 && congress_index == 0 {
                span = words.slice(plenums[plenum_index].0, plenums[plenum_index].0 + 1);
            }
            if bracket
                && congress_index + 1 == congresses.len()
                && words.gap(word + 1).starts_with(')')
                && mentions.is_empty()
            {
                span.end += 1;
            }
            let name = format!("{} Trung ương {plenum} khóa {congress}", row.capitalized());
            mentions.push(Mention::named(span, row.kind, name, next));
        }
    }
    let tail = tail_at(words, next);
    let list = mentions.len() > 1;
    for mention in &mut mentions {
        mention.take_tail(&tail);
        if list {
            mention.form = CitationForm::List;
        }
    }
    // Several plenums with several congresses cannot be told apart by span.
    if plenums.len() > 1 && congresses.len() > 1 {
        mentions.truncate(1);
    }
    mentions
}

/// The ordinals of a list at word `at` as `(word, ordinal)`, and the word behind the last.
fn ordinals_at(words: &Words<'_>, at: usize, read: fn(&str) -> Option<String>) -> (Vec<(usize, String)>, usize) {
    let mut ordinals = Vec::new();
    let mut word = at;
    let mut next = at;
    while let Some(ordinal) = read(words.word(word)).filter(|_| word < words.len()) {
        ordinals.push((word, ordinal));
        next = word + 1;
        let gap = words.gap(next).trim();
        word = match gap {
            "," => next,
            "" if words.folded(next) == "va" => next + 1,
            _ => break,
        };
        word = words.skip(word, &["khoa"]);
    }
    (ordinals, next)
}

/// The number of a plenum: digits, or the word for them.
fn plenum_number(word: &str) -> Option<String> {
    const WORDS: &[&str] = &["nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười"];
    let lower = word.to_lowercase();
    let spelled = WORDS
        .iter()
        .position(|w| *w == lower)
        .map(|index| (index + 1).to_string());
    let digits = || {
        (word.len() <= 2 && word.bytes().all(|b| b.is_ascii_digit())).then(|| word.trim_start_matches('0').to_owned())
    };
    spelled.or_else(digits).filter(|number| !number.is_empty())
}

/// "Nghị quyết Đại hội XIII của Đảng", "Nghị quyết Đại hội Đảng bộ thành phố Cần Thơ lần thứ I, nhiệm kỳ 2025 - 2030".
pub(super) fn congress_at(words: &Words<'_>, at: usize, behind: usize) -> Option<Mention> {
    let mut next = words.skip(behind, &["dai", "hoi"]);
    if next == behind {
        return None;
    }
    next = words.skip(next, &["dai", "bieu"]);
    let party = words.skip(next, &["dang"]);
    let national = words.skip(party, &["toan", "quoc"]);
    if national > party {
        next = national;
    }
    let (ordinal, after) = ordinal_at(words, next);
    next = after;
    let local = words.skip(next, &["dang", "bo"]);
    if let Some(ordinal) = &ordinal
        && local == next
    {
        return Some(party_congress(words, at, ordinal, next));
    }
    let mut body = None;
    if local > next {
        let end = congress_body_end(words, local);
        body = Some(words.slice(next, end).slice(words.text()));
        next = end;
    }
    let (late_ordinal, after) = ordinal_at(words, next);
    next = after;
    let (term, after) = term_at(words, next);
    next = after;
    let ordinal = ordinal.or(late_ordinal);
    let placed = body.is_some_and(names_a_place);
    if ordinal.is_none() && term.is_none() && !placed {
        return None;
    }
    let mut name = String::from("Nghị quyết Đại hội Đảng bộ");
    let body = body.map(body_name).filter(|body| !body.is_empty());
    if let Some(body) = body {
        name = format!("{name} {body}");
    }
    match (&term, &ordinal) {
        (Some(term), _) => name = format!("{name} nhiệm kỳ {term}"),
        (None, Some(ordinal)) => name = format!("{name} lần thứ {ordinal}"),
        _ => {}
    }
    let mut span = words.slice(at, next);
    close_bracket(words, &mut span, next);
    Some(Mention::named(span, Kind::NghiQuyet, name, next))
}

/// The resolution of a congress of the whole Party.
fn party_congress(words: &Words<'_>, at: usize, ordinal: &str, next: usize) -> Mention {
    let mut end = next;
    if is_of(words, next) && words.joined(next) && words.says(next + 1, "dang") && words.joined(next + 1) {
        end = words.skip(next + 2, &["cong", "san", "viet", "nam"]);
    }
    let name = format!("Nghị quyết Đại hội {ordinal} của Đảng");
    Mention::named(words.slice(at, end), Kind::NghiQuyet, name, end)
}

/// "lần thứ XV", "XIII", "lần thứ 15": the ordinal, and the word behind it.
fn ordinal_at(words: &Words<'_>, at: usize) -> (Option<String>, usize) {
    if !is_blank_gap(words.gap(at).trim_matches(',')) {
        return (None, at);
    }
    let counted = counting_at(words, at).unwrap_or(at);
    let word = words.word(counted);
    let long = word.len() > 1 || counted > at;
    let roman = congress_number(word).filter(|_| long && words.joined(counted));
    let spelled = || plenum_number(word).filter(|_| counted > at);
    let ordinal = roman.or_else(spelled);
    let end = if ordinal.is_some() { counted + 1 } else { at };
    (ordinal, end)
}

/// The word behind "lần thứ" at word `at`; scans make "thtr" and "thir" of the second.
fn counting_at(words: &Words<'_>, at: usize) -> Option<usize> {
    let (first, second) = (words.folded(at), words.folded(at + 1));
    let numeral = congress_number(words.word(at + 2)).is_some();
    // "Cần Thơ" is as like "lần thứ" as a misread one is.
    let misread = numeral && words.says(at, "lan") && second.starts_with("th") && second.len() <= 5;
    (words.joined(at + 1) && (misread || first == "lan" && second == "thu")).then_some(at + 2)
}

/// The ordinal of a congress in Roman numerals, whatever an OCR made of its strokes: `X1` is XI.
///
/// Congresses up to XXXIX are plenty: the Party has held 14, the oldest provincial ones some 20.
fn congress_number(word: &str) -> Option<String> {
    let roman: String = word
        .chars()
        .map(|char| match char {
            'X' | 'x' => Some('X'),
            'V' | 'v' => Some('V'),
            'I' | 'i' | 'L' | 'l' | '1' | '|' => Some('I'), // no congress is the fiftieth
            _ => None,
        })
        .collect::<Option<_>>()?;
    let strokes = word.chars().any(|c| matches!(c, 'X' | 'V' | 'I'));
    let tens = roman.chars().take_while(|&c| c == 'X').count();
    let ones = &roman[tens..];
    let valid = tens <= 3
        && matches!(
            ones,
            "" | "I" | "II" | "III" | "IV" | "V" | "VI" | "VII" | "VIII" | "IX"
        );
    (valid && strokes && !roman.is_empty()).then_some(roman)
}

/// The word behind the party body of a congress ("Đảng bộ" stands before `at`).
fn congress_body_end(words: &Words<'_>, at: usize) -> usize {
    let mut index = at;
    while index < words.len() && index - at < 12 && is_blank_gap(words.gap(index)) {
        let over = counting_at(words, index).is_some()
            || words.phrase(index, &["nhiem", "ky"]).is_some()
            || congress_number(words.word(index)).is_some_and(|n| n.len() > 1)
            || matches!(
                words.folded(index),
                "de" | "da" | "ve" | "va" | "trong" | "theo" | "vao" | "dat" | "gan" | "tung"
            ) && !words.is_capital(index)
            || matches!(words.word(index), "các" | "cấp" | "đến" | "đề" | "là" | "được" | "và");
        if over && !(words.word(index) == "các" && words.folded(index + 1) == "co") {
            break;
        }
        index += 1;
    }
    index
}

/// Does the body name its place: "Đảng bộ tỉnh Tuyên Quang"?
fn names_a_place(body: &str) -> bool {
    let mut words = body.split_whitespace().skip(2);
    let unit = words.next().is_some_and(|unit| {
        matches!(
            unit,
            "tỉnh" | "thành" | "huyện" | "quận" | "xã" | "phường" | "Thành" | "Tỉnh"
        )
    });
    unit && !is_shouted(body) && words.any(|word| word.starts_with(char::is_uppercase))
}

/// The body of a congress without "Đảng bộ", one way of writing for all: units small, places with capitals.
fn body_name(body: &str) -> String {
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
    let shouted = is_shouted(body);
    let mut placed = false;
    let mut words = Vec::new();
    for word in body.split_whitespace().skip(2) {
        let lower = word.to_lowercase();
        let unit = UNITS.contains(&lower.as_str());
        words.push(match lower.as_str() {
            _ if unit => lower,
            _ if !shouted => word.to_owned(),
            "đảng" => capitalized(&lower),
            _ if placed => capitalized(&lower),
            _ => lower,
        });
        placed |= unit;
    }
    words.join(" ")
}

/// With its first letter as a capital.
fn capitalized(word: &str) -> String {
    let mut chars = word.chars();
    chars
        .next()
        .map_or(String::new(), |first| first.to_uppercase().chain(chars).collect())
}

/// "Quy định về những điều đảng viên không được làm".
pub(super) fn forbidden_things_at(words: &Words<'_>, at: usize, behind: usize) -> Option<Mention> {
    const THINGS: &[&str] = &["dieu", "dang", "vien", "khong", "duoc", "lam"];
    let about = words.skip(behind, &["ve"]);
    // "những" is misread in many ways, and a count may stand in its place ("19 điều").
    let first = (about..=about + 1).find(|&first| first > behind && words.phrase(first, THINGS).is_some())?;
    if !words.joined(first) {
        return None;
    }
    let end = first + THINGS.len();
    let name = "Quy định về những điều đảng viên không được làm";
    let mut mention = Mention::named(words.slice(at, end), Kind::QuyDinh, name, end);
    mention.subject = Some(words.slice(behind, end));
    Some(mention)
}

/// "Điều lệ Đảng (Cộng sản Việt Nam)".
pub(super) fn charter_at(words: &Words<'_>, at: usize, behind: usize) -> Option<Mention> {
    let party = words.skip(behind, &["dang"]);
    let end = words.skip(party, &["cong", "san", "viet", "nam"]);
    let person = matches!(words.folded(party), "vien") && words.joined(party);
    (party > behind && !person).then(|| Mention::named(words.slice(at, end), Kind::DieuLe, "Điều lệ Đảng", end))
}

/// "Cương lĩnh chính trị", "Cương lĩnh xây dựng đất nước trong thời kỳ quá độ lên chủ nghĩa xã hội (bổ sung, phát triển
/// năm 2011)": the Party's platform, at the word "Cương".
pub(in crate::citation) fn platform_at(words: &Words<'_>, at: usize) -> Option<Mention> {
    const LONG: &[&str] = &[
        "xay", "dung", "dat", "nuoc", "trong", "thoi", "ky", "qua", "do", "len", "chu", "nghia", "xa", "hoi",
    ];
    if words.folded(at) != "cuong" && words.folded(at + 1) != "linh" {
        return None;
    }
    let behind = words.phrase(at, &["cuong", "linh"]).filter(|_| words.is_capital(at))?;
    let mut end = words.skip(behind, &["chinh", "tri"]);
    if end == behind {
        end = words.skip(behind, LONG);
    }
    let mut date = None;
    let mut span = words.slice(at, end);
    let added = ["bo", "sung", "phat", "trien"];
    let inside = matches!(words.gap(end).trim(), "(" | "")
        && added
            .iter()
            .enumerate()
            .all(|(offset, word)| words.says(end + offset, word));
    if inside && let (Some(year), next) = year_behind(words, end + added.len()) {
        date = Some(year);
        span = words.slice(at, next);
        close_bracket(words, &mut span, next);
        end = next;
    }
    let mut mention = Mention::named(span, Kind::Other, "Cương lĩnh chính trị", end);
    mention.date = date;
    Some(mention)
}
