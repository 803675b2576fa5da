//! What is known about a document as a whole: what its letterhead, its title and its first words say.
//!
//! A letterhead has two columns, which a text file runs together:
//!
//! ```text
//! ĐẢNG BỘ THÀNH PHỐ CẦN THƠ        ĐẢNG CỘNG SẢN VIỆT NAM
//! ĐẢNG ỦY CÁC CƠ QUAN ĐẢNG
//!               *
//! Số   - BC/ĐU                     Cần Thơ, ngày 25 tháng 7 năm 2025
//! ```
//!
//! Sources: the parts and their places are those of 66-QĐ/TW of 2017, Article 15, and 399-QĐ/TW of 2026.
//! Reports for a congress often come without a letterhead; then the issuer is the party body that the
//! first sentence is about. What is not said plainly stays empty.

use std::sync::LazyLock;

use super::heading;
use super::keyword::Words;
use super::layout::{Role, Sheet, is_capitals};
use super::place::{self, Mention};
use super::{Metadata, PartialDate};
use crate::reading::{Quality, Reading};
use crate::symbol::TYPE_WORDS;
use crate::text::{Form, Span};

/// A type that the type line of a document may name.
struct Genre {
    /// Its words, folded: `nghi quyet`.
    phrase: String,
    /// The same without blanks.
    joined: String,
    /// Its name, a value of the facet of types: `nghị quyết`.
    name: &'static str,
}

/// The types of documents, longer ones before those that they begin with.
static GENRES: LazyLock<Vec<Genre>> = LazyLock::new(|| {
    TYPE_WORDS
        .iter()
        .filter(|word| word.heads_documents)
        .map(|word| Genre {
            phrase: word.syllables.join(" "),
            joined: word.syllables.concat(),
            name: word.written,
        })
        .collect()
});

/// A line of the header: its reading, and its row.
struct Line {
    row: usize,
    text: String,
    words: Words,
}

/// Reads the metadata from the rows `header`, and from the text behind them, which begins with the row
/// `body`.
pub(super) fn read(sheet: &Sheet<'_>, reading: &Reading, header: &[usize], body: Option<usize>) -> Metadata {
    let lines: Vec<Line> = header
        .iter()
        .map(|&row| {
            let view = reading.view(sheet.text, &[sheet.rows[row].body], &[], Form::Match);
            let text = heading::without_strays(&view.text().replace("**", ""));
            Line {
                row,
                words: Words::of(&text),
                text,
            }
        })
        .collect();
    let whole = Span::new(0, sheet.text.len());
    let mut metadata = Metadata {
        quality: reading.quality(whole),
        language_marks: f64::from(reading.language_marks(whole)),
        ..Metadata::default()
    };
    let title_at = lines.iter().position(|line| kind_of_type_line(line).is_some());
    read_title(sheet, &lines, title_at, &mut metadata);
    let letterhead = &lines[..title_at.unwrap_or(0)];
    read_letterhead(letterhead, &mut metadata);
    metadata.draft = lines.iter().any(|line| is_draft(&line.words));
    let opening = body.map(|row| opening_of(sheet, reading, row)).unwrap_or_default();
    read_opening(&opening, &mut metadata);
    read_provinces(sheet, reading, &lines, &mut metadata);
    metadata
}

/// The kind that a line names as the type of the document, and the word at which it does: the line holds little
/// else.
fn kind_of_type_line(line: &Line) -> Option<(&'static str, usize)> {
    let (upper, lower) = line.text.chars().fold((0, 0), |(upper, lower), c| {
        (
            upper + usize::from(c.is_uppercase()),
            lower + usize::from(c.is_lowercase()),
        )
    });
    if line.words.len() > 8 || upper < 3 * lower.max(1) {
        return None;
    }
    GENRES.iter().find_map(|genre| {
        // A stamp or stain may leave a sign before it, and a scan may lose the blank.
        let at = (0..2).find(|&at| line.words.has_at(at, &genre.phrase) || line.words.get(at) == genre.joined)?;
        Some((genre.name, at))
    })
}

/// Reads kind and title: the type line, and the subject below it up to a rule or a blank line.
fn read_title(sheet: &Sheet<'_>, lines: &[Line], title_at: Option<usize>, metadata: &mut Metadata) {
    let first_subject = title_at.map_or(0, |at| at + 1);
    let mut subject: Vec<&str> = Vec::new();
    for line in &lines[first_subject..] {
        let row = &sheet.rows[line.row];
        let ruled = line.row > 0 && sheet.rows[line.row - 1].role == Role::Ruler;
        // The motto of a congress stands below the title, behind a rule or a blank line.
        if !subject.is_empty() && (ruled || row.gap > usize::from(row.double)) {
            break;
        }
        if !is_draft(&line.words) {
            subject.push(line.text.trim());
        }
    }
    let subject = subject.join(" ");
    let Some(at) = title_at else {
        let titled = is_capitals(&subject) && Words::of(&subject).len() >= 4;
        if titled {
            metadata.kind = Words::of(&subject).has_at(0, "tong ket").then(|| "báo cáo".to_owned());
            metadata.title = Some(sentence_case(&subject, true));
        }
        return;
    };
    let (named, named_at) = kind_of_type_line(&lines[at]).unwrap_or_default();
    let mut kind = named.to_owned();
    let type_words = Words::of(&kind);
    if kind == "báo cáo" && Words::of(&subject).has_at(0, "kiem diem") {
        kind = "báo cáo kiểm điểm".to_owned();
    }
    let printed = sentence_case(&lines[at].text, true);
    // Words of the type line behind the type belong to the title; a stain does not.
    let rest: Vec<&str> = printed
        .split_whitespace()
        .filter(|word| word.contains(char::is_alphanumeric))
        .skip(named_at + type_words.len())
        .filter(|word| word.chars().filter(|c| c.is_alphabetic()).count() > 1)
        .collect();
    let head = sentence_case(named, true);
    let subject = if is_capitals(&subject) {
        sentence_case(&subject, false)
    } else {
        subject
    };
    let parts = [head, rest.join(" "), subject];
    metadata.title = Some(
        parts
            .iter()
            .filter(|part| !part.is_empty())
            .map(String::as_str)
            .collect::<Vec<_>>()
            .join(" "),
    );
    metadata.kind = Some(kind);
}

/// Does the line mark a draft (`Dự thảo lần 2`)?
fn is_draft(words: &Words) -> bool {
    words.len() <= 6
        && (0..2).any(|at| words.has_at(at, "du thao") || (words.get(at).len() <= 2 && words.get(at + 1) == "thao"))
}

/// Words that open the name of a body that issues documents, folded.
const BODIES: [&str; 16] = [
    "dang bo",
    "dang uy",
    "chi bo",
    "chi uy",
    "tinh uy",
    "thanh uy",
    "huyen uy",
    "quan uy",
    "thi uy",
    "ban chap hanh",
    "ban thuong vu",
    "ban can su",
    "dang doan",
    "uy ban",
    "hoi dong",
    "van phong",
];

/// Reads issuer, superior, number, place and date from the lines above the title.
fn read_letterhead(lines: &[Line], metadata: &mut Metadata) {
    let mut bodies: Vec<String> = Vec::new();
    let mut names_over = false;
    for line in lines {
        if let Some((place, date)) = place_and_date(&line.text) {
            metadata.date = metadata.date.or(date);
            metadata.place = metadata.place.take().or(place);
            names_over = true;
        }
        if let Some(number) = number_of(&line.text) {
            metadata.number.get_or_insert(number);
            names_over = true;
        }
        let left = left_column(line);
        let words = Words::of(&left);
        if names_over || !is_capitals(&left) || words.len() < 2 {
            continue;
        }
        if BODIES.iter().any(|body| words.has_at(0, body)) {
            bodies.push(left);
        } else if let Some(last) = bodies.last_mut() {
            last.push(' ');
            last.push_str(&left);
        }
    }
    let mut bodies = bodies.into_iter().map(|body| sentence_case(&body, true));
    match (bodies.next(), bodies.next()) {
        (Some(superior), Some(issuer)) => (metadata.superior, metadata.issuer) = (Some(superior), Some(issuer)),
        (Some(issuer), None) => metadata.issuer = Some(issuer),
        _ => {}
    }
}

/// What stands left of `ĐẢNG CỘNG SẢN VIỆT NAM` in a line.
fn left_column(line: &Line) -> String {
    let end = (0..line.words.len()).find(|&at| {
        line.words.has_at(at, "dang cong san viet nam") || line.words.has_at(at, "cong hoa xa hoi chu nghia")
    });
    let pieces = line
        .text
        .split_whitespace()
        .filter(|piece| piece.contains(char::is_alphanumeric));
    match end {
        Some(end) => pieces.take(end).collect::<Vec<_>>().join(" "),
        None => line.text.trim().to_owned(),
    }
}

/// Place and date of `Cần Thơ, ngày 25 tháng 7 năm 2025`; parts that are not filled in are left out.
fn place_and_date(line: &str) -> Option<(Option<String>, Option<PartialDate>)> {
    let pieces: Vec<&str> = line.split_whitespace().collect();
    // One word per piece: a symbol on the same line must not count as two.
    let words = Words::of(&line.replace('/', ""));
    if words.len()
        != pieces
            .iter()
            .filter(|piece| piece.contains(char::is_alphanumeric))
            .count()
    {
        return None;
    }
    // From the last back, and as printed before misread: "Nghệ" is near to "ngày", "Thanh" to "tháng".
    let find = |to: usize, word: &str| {
        let exact = (0..to).rfind(|&at| words.get(at) == word);
        exact.or_else(|| (0..to).rfind(|&at| words.near(at, word)))
    };
    let year_at = find(words.len(), "nam")?;
    let month_at = find(year_at, "thang")?;
    let day_at = find(month_at, "ngay")?;
    let number = |from: usize, to: usize| (from + 1..to).find_map(|at| words.get(at).parse::<u16>().ok());
    let year = number(year_at, words.len())?;
    let small = |value: Option<u16>| value.and_then(|value| u8::try_from(value).ok());
    let month = small(number(month_at, year_at));
    let day = small(number(day_at, month_at));
    let date = PartialDate::new(year, month, day)
        .or_else(|| PartialDate::new(year, month, None))
        .or_else(|| PartialDate::new(year, None, None));
    let plain: Vec<&str> = pieces
        .iter()
        .copied()
        .filter(|piece| piece.contains(char::is_alphanumeric))
        .collect();
    // The name before the date: words with a capital, from the last comma back.
    let name: Vec<&str> = plain[..day_at]
        .iter()
        .rev()
        .take_while(|piece| piece.chars().next().is_some_and(char::is_uppercase) && !piece.contains('/'))
        .copied()
        .collect();
    let name: Vec<&str> = name.into_iter().rev().collect();
    // Behind the end of a letterhead's left column the name of a province is told by its letters.
    let known = (0..name.len()).find_map(|from| nearest_province(&name[from..].join(" ")));
    let name = name.join(" ");
    let name = name.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let place = (!name.is_empty()).then(|| known.map_or(name, str::to_owned));
    Some((place, date))
}

/// The province whose name a misread `name` has, where it is one of them with two letters wrong at most.
fn nearest_province(name: &str) -> Option<&'static str> {
    let words = Words::of(name);
    let mut fits = place::all_names().filter(|(province, _)| {
        let folded = crate::text::fold(province);
        words.len() == folded.split(' ').count() && words.resembles(&folded, 2)
    });
    let found = fits.next()?.0;
    fits.next().is_none().then_some(found)
}

/// The document's own symbol, as far as it is filled in: `-BC/ĐU`, `01-KH/TU`.
fn number_of(line: &str) -> Option<String> {
    let slash = line.find('/')?;
    let (left, right) = (line[..slash].trim_end(), line[slash + 1..].trim_start());
    let dash = left.rfind(['-', '–'])?;
    let kind = left[dash..].trim_start_matches(['-', '–', ' ']);
    let issuer: String = right.chars().take_while(|c| c.is_alphabetic()).collect();
    let digits: String = left[..dash]
        .trim_end()
        .chars()
        .rev()
        .take_while(char::is_ascii_digit)
        .collect();
    let digits: String = digits.chars().rev().collect();
    let before = left[..dash].trim_end().trim_end_matches(|c: char| c.is_ascii_digit());
    // A digit that a scan read into "Số" is none of the number: "S6 - BC/ĐU".
    let digits = if before.ends_with(|c: char| c.is_alphabetic()) {
        String::new()
    } else {
        digits
    };
    let letters = |text: &str| {
        (1..=6).contains(&text.chars().count())
            && text.chars().all(char::is_alphabetic)
            && text.chars().next().is_some_and(char::is_uppercase)
    };
    (letters(kind) && letters(&issuer)).then(|| format!("{digits}-{}/{}", repaired_code(kind), repaired_code(&issuer)))
}

/// Codes whose letters scans confuse, as read and as meant: after a slash or hyphen P, B and D stand for Đ.
/// Source: the letters of 05-HD/VPTW of 2026; the forms were seen in scans read by an English model.
fn repaired_code(code: &str) -> &str {
    match code {
        "BU" | "PU" | "DU" => "ĐU",
        "QB" | "QD" | "QP" => "QĐ",
        "PUK" | "DUK" | "BUK" => "ĐUK",
        _ => code,
    }
}

/// The reading of the first lines of running text, in one.
fn opening_of(sheet: &Sheet<'_>, reading: &Reading, row: usize) -> String {
    /// Lines that are looked at for what the document is about.
    const ROWS: usize = 16;
    let fragments: Vec<Span> = sheet.rows[row..]
        .iter()
        .take(ROWS)
        .filter(|row| row.role == Role::Text)
        .map(|row| row.span)
        .collect();
    reading.view(sheet.text, &fragments, &[], Form::Match).text().to_owned()
}

/// Reads issuer and superior where the first sentence says what body the document is of:
/// `Đảng bộ X là tổ chức cơ sở đảng do Ban Chấp hành Đảng bộ Y thành lập`.
fn read_opening(opening: &str, metadata: &mut Metadata) {
    if metadata.issuer.is_some() {
        return;
    }
    let pieces: Vec<&str> = opening
        .split_whitespace()
        .filter(|piece| piece.contains(char::is_alphanumeric))
        .collect();
    let words = Words::of(&opening.replace('/', ""));
    if words.len() != pieces.len() || !words.has_at(0, "dang bo") {
        return;
    }
    /// Words that end the name of a body, folded; short ones with their marks, for "có" is not "cơ".
    const ENDS: [&str; 6] = ["duoc", "gom", "thanh lap", "thuc hien", "nhiem ky", "tren"];
    const SHORT_ENDS: [&str; 7] = ["là", "có", "đã", "về", "do", "với", "theo"];
    let name_from = |from: usize| -> Option<String> {
        let mut name = Vec::new();
        for (at, &piece) in pieces.iter().enumerate().skip(from).take(16) {
            if ENDS.iter().any(|end| words.has_at(at, end)) || SHORT_ENDS.contains(&piece) {
                break;
            }
            let marked = piece.trim_end_matches(|c: char| !c.is_alphabetic());
            name.push(marked.trim_start_matches(|c: char| !c.is_alphabetic()));
            if marked.len() < piece.len() {
                break;
            }
        }
        (name.len() >= 2).then(|| format!("Đảng ủy {}", name.join(" ")))
    };
    let own = name_from(2);
    let founding = (0..words.len()).find(|&at| words.has_at(at, "ban chap hanh") && words.has_at(at + 3, "dang bo"));
    let above = founding.and_then(|at| name_from(at + 5));
    if let (Some(own), Some(above)) = (&own, &above) {
        // "các cơ quan Đảng thành phố" is the city that the issuer names in full.
        let city = place::mentions(own).last().map(|mention| mention.name);
        let short = above.ends_with("thành phố") || above.ends_with("tỉnh");
        let above = match city {
            Some(city) if short => format!("{above} {city}"),
            _ => above.clone(),
        };
        metadata.superior = (above != *own).then_some(above);
    }
    metadata.issuer = own;
}

/// Last day before the merger of provinces took effect.
const BEFORE_MERGER: (u16, u8) = (2025, 6);

/// Reads the province, and the former ones that the text speaks of.
fn read_provinces(sheet: &Sheet<'_>, reading: &Reading, lines: &[Line], metadata: &mut Metadata) {
    let whole = Span::new(0, sheet.text.len());
    let view;
    let text = if reading.within(whole).is_empty() {
        sheet.text
    } else {
        view = reading.view(sheet.text, &[whole], &[], Form::Match);
        view.text()
    };
    let mentions = match metadata.quality {
        Quality::Clean => place::mentions(text),
        Quality::Unmarked | Quality::Ocr => place::mentions_without_marks(text),
    };
    let header: String = lines
        .iter()
        .map(|line| line.text.as_str())
        .collect::<Vec<_>>()
        .join("\n");
    let place = metadata
        .place
        .as_deref()
        .and_then(|place| place::mentions(place).first().map(|mention| mention.today));
    let headed = place::mentions(&header).first().map(|mention| mention.today);
    let province = headed.or(place).or_else(|| most_named(&mentions));
    let Some(province) = province else { return };
    metadata.province = Some(province.to_owned());
    let own: Vec<Mention> = mentions
        .into_iter()
        .filter(|mention| mention.today == province)
        .collect();
    let early = metadata
        .date
        .is_some_and(|date| (date.year(), date.month().unwrap_or(12)) <= BEFORE_MERGER);
    for (at, mention) in own.iter().enumerate() {
        let name = if mention.is_former() {
            mention.name.to_owned()
        } else if place::is_merged(province) && (early || stands_beside_former(text, &own, at)) {
            format!("{province} (cũ)")
        } else {
            continue;
        };
        if !metadata.former_provinces.contains(&name) {
            metadata.former_provinces.push(name);
        }
    }
    // No order of theirs means anything: by name, so that it is the same for documents of one province.
    metadata.former_provinces.sort_by_key(|name| crate::text::fold(name));
    if metadata.former_provinces.is_empty() && early && place::is_merged(province) {
        metadata.former_provinces.push(format!("{province} (cũ)"));
    }
}

/// Is the mention `at` of today's name that of the former province: `(cũ)` behind it, or a former
/// province named with it in one list (`thành phố Cần Thơ, tỉnh Hậu Giang và tỉnh Sóc Trăng`)?
fn stands_beside_former(text: &str, own: &[Mention], at: usize) -> bool {
    /// Chars between two names of one list: `, tỉnh `, ` và tỉnh `, ` và thành phố `.
    const LIST_CHARS: usize = 24;
    let mention = own[at];
    let behind = text[mention.span.end..].trim_start();
    if behind.starts_with("(cũ)") || behind.starts_with("cũ") || behind.starts_with("trước sáp nhập") {
        return true;
    }
    let listed = |other: &Mention| {
        let between = Span::new(
            mention.span.end.min(other.span.end),
            mention.span.start.max(other.span.start),
        )
        .slice(text);
        other.is_former() && between.chars().count() <= LIST_CHARS && !between.contains(['.', ':'])
    };
    at.checked_sub(1).and_then(|before| own.get(before)).is_some_and(listed) || own.get(at + 1).is_some_and(listed)
}

/// Today's province that is named most often; the first of several.
fn most_named(mentions: &[Mention]) -> Option<&'static str> {
    let mut counts: Vec<(&'static str, usize)> = Vec::new();
    for mention in mentions {
        match counts.iter_mut().find(|(name, _)| *name == mention.today) {
            Some((_, count)) => *count += 1,
            None => counts.push((mention.today, 1)),
        }
    }
    let most = counts.iter().map(|(_, count)| *count).max()?;
    counts.iter().find(|(_, count)| *count == most).map(|(name, _)| *name)
}

/// Names that keep their capital in a line that was set in capitals, folded, with what is written.
const KEPT: [(&str, &str); 8] = [
    ("dang vien", "đảng viên"),
    ("hoi dong nhan dan", "Hội đồng nhân dân"),
    ("uy ban nhan dan", "Ủy ban nhân dân"),
    ("uy ban mat tran to quoc", "Ủy ban Mặt trận Tổ quốc"),
    ("mat tran to quoc", "Mặt trận Tổ quốc"),
    ("quoc hoi", "Quốc hội"),
    ("ban chap hanh", "Ban Chấp hành"),
    ("ban thuong vu", "Ban Thường vụ"),
];

/// Renders a line set in capitals as a sentence: small letters but for names, `Đảng`, Roman numbers, and
/// the first letter if `first`.
fn sentence_case(line: &str, first: bool) -> String {
    let lower = line.to_lowercase();
    let mut text = String::with_capacity(lower.len());
    for (at, word) in lower.split_whitespace().enumerate() {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let roman = !bare.is_empty() && bare.len() <= 5 && bare.chars().all(|c| matches!(c, 'i' | 'v' | 'x'));
        if at > 0 {
            text.push(' ');
        }
        match bare {
            "đảng" => text.push_str(&word.replacen("đảng", "Đảng", 1)),
            _ if roman => text.push_str(&word.to_uppercase()),
            _ => text.push_str(word),
        }
    }
    for (folded, written) in KEPT {
        let small = written.to_lowercase();
        let capital_party = small.replacen("đảng", "Đảng", 1);
        debug_assert_eq!(crate::text::fold(written), folded);
        text = text.replace(&capital_party, written).replace(&small, written);
    }
    for mention in place::mentions(line) {
        text = text.replace(&mention.span.slice(line).to_lowercase(), mention.name);
    }
    let mut chars = text.chars();
    match chars.next() {
        Some(char) if first => char.to_uppercase().chain(chars).collect(),
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_far_as_they_are_filled_in() {
        for (line, number) in [
            ("Số 01-KH/TU", Some("01-KH/TU")),
            ("S6 - BC/BU Can Tho, ngay 25 thang 7 nam 2025", Some("-BC/ĐU")),
            ("-BC/BU", Some("-BC/ĐU")),
            ("ngày 22/12/2024", None),
        ] {
            assert_eq!(number_of(line).as_deref(), number, "{line}");
        }
    }

    #[test]
    fn place_and_date_lines() {
        let rows = [
            ("Cần Thơ, ngày 25 tháng 7 năm 2025", Some("Cần Thơ"), Some("2025-07-25")),
            (
                "Nghệ An, ngày 05 tháng 10 năm 2025",
                Some("Nghệ An"),
                Some("2025-10-05"),
            ),
            (
                "Thanh Hóa, ngày 5 tháng 9 năm 2025",
                Some("Thanh Hóa"),
                Some("2025-09-05"),
            ),
            ("Đồng Tháp, ngày   tháng 6 năm 2025", Some("Đồng Tháp"), Some("2025-06")),
            (
                "AN DAN TINH Pong Théap, ngdy  thang 6 nam 2025",
                Some("Đồng Tháp"),
                Some("2025-06"),
            ),
            (
                "S6 - BC/BU Can Tho, ngay 25 thang 7 nam 2025",
                Some("Cần Thơ"),
                Some("2025-07-25"),
            ),
        ];
        for (line, place, date) in rows {
            let (found, day) = place_and_date(line).unwrap();
            assert_eq!(
                (found.as_deref(), day.map(|day| day.to_string()).as_deref()),
                (place, date),
                "{line}"
            );
        }
    }

    #[test]
    fn capitals_become_sentences() {
        assert_eq!(
            sentence_case(
                "ĐẠI HỘI ĐẠI BIỂU ĐẢNG BỘ CÁC CƠ QUAN ĐẢNG THÀNH PHỐ CẦN THƠ LẦN THỨ I, NHIỆM KỲ 2025 - 2030",
                true
            ),
            "Đại hội đại biểu Đảng bộ các cơ quan Đảng thành phố Cần Thơ lần thứ I, nhiệm kỳ 2025 - 2030"
        );
    }
}
