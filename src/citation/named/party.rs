//! Documents of the Party cited by name: resolutions of plenums and congresses, the charter, the platform.

use super::super::CitationForm;
use super::super::mention::DocumentMention;
use super::super::tail::{is_of, tail_at, term_at, year_after};
use super::super::tokens::{PassageWords, close_bracket, is_all_capitals, is_blank_gap};
use crate::symbol::{Kind, TypeWord};

/// Returns the resolutions or conclusions of plenums that begin with the type word `type_word` at word `at`; `rest` is
/// the word after the type word.
///
/// "Nghị quyết Trung ương 4 khóa XI, XII, XIII" gives one mention per plenum and congress.
pub(super) fn plenum_at(
    words: &PassageWords<'_>,
    at: usize,
    type_word: &TypeWord,
    rest: usize,
) -> Vec<DocumentMention> {
    // "Hội nghị lần thứ tư Ban Chấp hành Trung ương" or "Trung ương 4": one of the two names a plenum.
    let mut next = words.skip(rest, &["hoi", "nghi"]);
    let meeting = next > rest;
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
    // "các khóa XI, XII"; scans read "cic".
    next = ["cac", "cic"].iter().fold(next, |next, word| words.skip(next, &[word]));
    let bracket = words.gap(next).trim() == "(";
    // Scans leave little of "khóa" but its first two letters.
    if !words.says(next, "khoa") && !words.folded(next).starts_with("kh")
        || !matches!(words.gap(next).trim(), "" | "(" | "," | "‘")
    {
        return Vec::new();
    }
    let (congresses, next) = ordinals_at(words, next + 1, congress_number);
    let kind_name = type_word.capitalized();
    let mut mentions = Vec::new();
    for (plenum_index, (_, plenum)) in plenums.iter().enumerate() {
        for (congress_index, (word, congress)) in congresses.iter().enumerate() {
            // The first mention spans all words up to its congress, each further one only its own ordinal.
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
            let name = format!("{kind_name} Trung ương {plenum} khóa {congress}");
            mentions.push(DocumentMention::named(span, type_word.kind, name, next));
        }
    }
    let tail = tail_at(words, next);
    let list = mentions.len() > 1;
    for mention in &mut mentions {
        mention.add_tail(&tail);
        if list {
            mention.form = CitationForm::List;
        }
    }
    // Several plenums of several congresses would share their spans.
    if plenums.len() > 1 && congresses.len() > 1 {
        mentions.truncate(1);
    }
    mentions
}

/// Returns the ordinals of a list at word `at`, each with the index of its word, and the word after the last.
fn ordinals_at(words: &PassageWords<'_>, at: usize, read: fn(&str) -> Option<String>) -> (Vec<(usize, String)>, usize) {
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

/// Reads the number of a plenum: digits, or the word for them.
fn plenum_number(word: &str) -> Option<String> {
    /// The words for 1 to 10.
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

/// Returns the resolution of a congress whose type word is at word `at` and ends before word `rest`.
///
/// It is one of the whole Party ("Nghị quyết Đại hội XIII của Đảng") or of a committee ("Nghị quyết Đại hội Đảng bộ
/// thành phố Cần Thơ lần thứ I, nhiệm kỳ 2025 - 2030").
pub(super) fn congress_at(words: &PassageWords<'_>, at: usize, rest: usize) -> Option<DocumentMention> {
    let mut next = words.skip(rest, &["dai", "hoi"]);
    if next == rest {
        return None;
    }
    next = words.skip(next, &["dai", "bieu"]);
    let party = words.skip(next, &["dang"]);
    let national = words.skip(party, &["toan", "quoc"]);
    if national > party {
        next = national;
    }
    let (ordinal, end) = ordinal_at(words, next);
    next = end;
    // An ordinal without "Đảng bộ": a congress of the whole Party.
    let local = words.skip(next, &["dang", "bo"]);
    if let Some(ordinal) = &ordinal
        && local == next
    {
        return Some(party_congress(words, at, ordinal, next));
    }
    let mut body = None;
    // "Đảng bộ thành phố Cần Thơ" may precede ordinal and term.
    if local > next {
        let end = congress_body_end(words, local);
        body = Some(words.slice(next, end).slice(words.text()));
        next = end;
    }
    let (late_ordinal, end) = ordinal_at(words, next);
    next = end;
    let (term, end) = term_at(words, next);
    next = end;
    let ordinal = ordinal.or(late_ordinal);
    // "Nghị quyết Đại hội Đảng các cấp" is no single document: ordinal, term or place must tell which one.
    let placed = body.is_some_and(names_a_place);
    if ordinal.is_none() && term.is_none() && !placed {
        return None;
    }
    let mut name = String::from("Nghị quyết Đại hội Đảng bộ");
    let body = body.map(body_name).filter(|body| !body.is_empty());
    if let Some(body) = body {
        name = format!("{name} {body}");
    }
    // One congress has one name: with its term if the text gives it, otherwise with its ordinal.
    match (&term, &ordinal) {
        (Some(term), _) => name = format!("{name} nhiệm kỳ {term}"),
        (None, Some(ordinal)) => name = format!("{name} lần thứ {ordinal}"),
        _ => {}
    }
    let mut span = words.slice(at, next);
    close_bracket(words, &mut span, next);
    Some(DocumentMention::named(span, Kind::NghiQuyet, name, next))
}

/// Returns the resolution of the congress `ordinal` of the whole Party; `next` is the word after the ordinal.
fn party_congress(words: &PassageWords<'_>, at: usize, ordinal: &str, next: usize) -> DocumentMention {
    let mut end = next;
    if is_of(words, next) && words.joined(next) && words.says(next + 1, "dang") && words.joined(next + 1) {
        end = words.skip(next + 2, &["cong", "san", "viet", "nam"]);
    }
    let name = format!("Nghị quyết Đại hội {ordinal} của Đảng");
    DocumentMention::named(words.slice(at, end), Kind::NghiQuyet, name, end)
}

/// Reads an ordinal ("lần thứ XV", "XIII", "lần thứ 15") at word `at`, and returns it with the word after it.
fn ordinal_at(words: &PassageWords<'_>, at: usize) -> (Option<String>, usize) {
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

/// Returns the word after "lần thứ" if that is at word `at`; scans read "thtr" and "thir" for "thứ".
fn counting_at(words: &PassageWords<'_>, at: usize) -> Option<usize> {
    let (first, second) = (words.folded(at), words.folded(at + 1));
    let numeral = congress_number(words.word(at + 2)).is_some();
    // "Cần Thơ" is as similar as a misread "lần thứ", so a misread one needs a numeral after it.
    let misread = numeral && words.says(at, "lan") && second.starts_with("th") && second.len() <= 5;
    (words.joined(at + 1) && (misread || first == "lan" && second == "thu")).then_some(at + 2)
}

/// Reads the number of a congress in Roman numerals, also where an OCR misread its strokes: `X1` is XI.
///
/// XXXIX is the highest number read: the Party has held 14 congresses, the oldest provincial committees some 20.
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
    // "1" and "l" alone are no numeral.
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

/// Returns the word after the name of the party body of a congress; "Đảng bộ" ends before word `at`.
fn congress_body_end(words: &PassageWords<'_>, at: usize) -> usize {
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

/// Returns true if the body names its place: "Đảng bộ tỉnh Tuyên Quang".
fn names_a_place(body: &str) -> bool {
    let mut words = body.split_whitespace().skip(2);
    let unit = words.next().is_some_and(|unit| {
        matches!(
            unit,
            "tỉnh" | "thành" | "huyện" | "quận" | "xã" | "phường" | "Thành" | "Tỉnh"
        )
    });
    unit && !is_all_capitals(body) && words.any(|word| word.starts_with(char::is_uppercase))
}

/// Returns the name of a body without "Đảng bộ", in one way of writing: units in small letters, places with capitals.
fn body_name(body: &str) -> String {
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
    // In a title set in capitals the letters do not show which words are names: "Đảng" and all after a unit are.
    let all_capitals = is_all_capitals(body);
    let mut placed = false;
    let mut words = Vec::new();
    for word in body.split_whitespace().skip(2) {
        let lower = word.to_lowercase();
        let unit = UNITS.contains(&lower.as_str());
        words.push(match lower.as_str() {
            _ if unit => lower,
            _ if !all_capitals => word.to_owned(),
            "đảng" => capitalized(&lower),
            _ if placed => capitalized(&lower),
            _ => lower,
        });
        placed |= unit;
    }
    words.join(" ")
}

/// Returns `word` with a capital as its first letter.
fn capitalized(word: &str) -> String {
    let mut chars = word.chars();
    chars
        .next()
        .map_or(String::new(), |first| first.to_uppercase().chain(chars).collect())
}

/// Returns the regulation "Quy định về những điều đảng viên không được làm" whose type word is at word `at` and ends
/// before word `rest`.
pub(super) fn forbidden_things_at(words: &PassageWords<'_>, at: usize, rest: usize) -> Option<DocumentMention> {
    /// "điều đảng viên không được làm", folded.
    const THINGS: &[&str] = &["dieu", "dang", "vien", "khong", "duoc", "lam"];
    let about = words.skip(rest, &["ve"]);
    // Scans misread "những" in many ways, and a count may take its place ("19 điều").
    let first = (about..=about + 1).find(|&first| first > rest && words.phrase(first, THINGS).is_some())?;
    if !words.joined(first) {
        return None;
    }
    let end = first + THINGS.len();
    let name = "Quy định về những điều đảng viên không được làm";
    let mut mention = DocumentMention::named(words.slice(at, end), Kind::QuyDinh, name, end);
    mention.subject = Some(words.slice(rest, end));
    Some(mention)
}

/// Returns the charter of the Party, "Điều lệ Đảng (Cộng sản Việt Nam)", whose type word is at word `at` and ends
/// before word `rest`.
pub(super) fn charter_at(words: &PassageWords<'_>, at: usize, rest: usize) -> Option<DocumentMention> {
    let party = words.skip(rest, &["dang"]);
    let end = words.skip(party, &["cong", "san", "viet", "nam"]);
    // "điều lệ đảng viên" is no charter.
    let person = matches!(words.folded(party), "vien") && words.joined(party);
    (party > rest && !person).then(|| DocumentMention::named(words.slice(at, end), Kind::DieuLe, "Điều lệ Đảng", end))
}

/// Returns the platform of the Party that begins at word `at`: "Cương lĩnh chính trị", "Cương lĩnh xây dựng đất nước
/// trong thời kỳ quá độ lên chủ nghĩa xã hội (bổ sung, phát triển năm 2011)".
pub(in crate::citation) fn platform_at(words: &PassageWords<'_>, at: usize) -> Option<DocumentMention> {
    /// The rest of the long name, folded.
    const LONG: &[&str] = &[
        "xay", "dung", "dat", "nuoc", "trong", "thoi", "ky", "qua", "do", "len", "chu", "nghia", "xa", "hoi",
    ];
    if words.folded(at) != "cuong" && words.folded(at + 1) != "linh" {
        return None;
    }
    let rest = words.phrase(at, &["cuong", "linh"]).filter(|_| words.is_capital(at))?;
    let mut end = words.skip(rest, &["chinh", "tri"]);
    if end == rest {
        end = words.skip(rest, LONG);
    }
    let mut date = None;
    let mut span = words.slice(at, end);
    let added = ["bo", "sung", "phat", "trien"];
    // The year of the amended version is in brackets after the name.
    let inside = matches!(words.gap(end).trim(), "(" | "")
        && added
            .iter()
            .enumerate()
            .all(|(offset, word)| words.says(end + offset, word));
    if inside && let (Some(year), next) = year_after(words, end + added.len()) {
        date = Some(year);
        span = words.slice(at, next);
        close_bracket(words, &mut span, next);
        end = next;
    }
    let mut mention = DocumentMention::named(span, Kind::Other, "Cương lĩnh chính trị", end);
    mention.date = date;
    Some(mention)
}
