//! Kind and title of a document: the type line (`BÁO CÁO`), and the subject (trích yếu) below it.

use super::bodies::capitalized;
use super::segments::{Class, Segment};
use super::sentence_case::{sentence_case, small_subject};
use crate::document::Metadata;
use crate::document::layout::{RowRole, Sheet, ends_sentence, is_capitals, starts_lower};
use crate::document::phrase::FoldedWords;
use crate::text::fold;

/// Types that a body gives itself, whose subject is the name of the body.
const STATUTES: [&str; 2] = ["điều lệ", "cương lĩnh"];

/// Words of the longest subject.
const MAX_SUBJECT_WORDS: usize = 110;
/// Words from which capitals without a type line are a title.
const MIN_TITLE_WORDS: usize = 4;
/// Words of a line that ends as a sentence and may still be part of a title.
const MAX_STOPPED_WORDS: usize = 12;

/// Reads kind and title from `segments`, of which `type_at` is the type line.
pub(super) fn read_title(sheet: &Sheet<'_>, segments: &[Segment<'_>], type_at: Option<usize>, metadata: &mut Metadata) {
    let Some((segment, genre)) = type_at
        .and_then(|at| segments.get(at))
        .and_then(|segment| match segment.class {
            Class::Type(genre) => Some((segment, genre)),
            _ => None,
        })
    else {
        read_untyped(sheet, segments, metadata);
        return;
    };
    let names = [
        metadata.issuer.clone(),
        metadata.superior.clone(),
        metadata.place.clone(),
    ];
    let names: Vec<&str> = names.iter().flatten().map(String::as_str).collect();
    let rest = segment.cell.text(genre.to, segment.to);
    let rest = clean(&rest);
    let rest = if segment.cell.words.is_misread() {
        without_stains(&rest)
    } else {
        rest
    };
    let mut lower = &segments[type_at.map_or(0, |at| at + 1)..];
    let mut whose = String::new();
    // "ĐIỀU LỆ" + "ĐẢNG CỘNG SẢN VIỆT NAM" says whose statutes they are.
    if let (true, [first, others @ ..]) = (STATUTES.contains(&genre.name), lower)
        && first.class == Class::National
    {
        whose = first.text();
        lower = others;
    }
    let (mut below, _) = subject_of(sheet, lower, if whose.is_empty() { &rest } else { &whose });
    if !whose.is_empty() {
        below = format!("{whose} {below}").trim_end().to_owned();
    }
    // "BÁO CÁO" + "kiểm điểm của Ban Chấp hành": the type goes on in the subject.
    let misread = segments.iter().any(|segment| segment.cell.words.is_misread());
    let subject_words = FoldedWords::of(if rest.is_empty() { &below } else { &rest }, misread);
    let kind = if genre.name == "báo cáo" && subject_words.has_at(0, "kiem diem") {
        "báo cáo kiểm điểm"
    } else {
        genre.name
    };
    let rendered = |part: &str| {
        if is_capitals(part) {
            sentence_case(part, false, &names)
        } else {
            small_subject(part)
        }
    };
    let (rest, below) = (rendered(&rest), rendered(&below));
    // "QUY CHẾ" + "Quy chế làm việc": the subject names the type again.
    let again = rest.is_empty() && fold(&below).starts_with(&format!("{} ", fold(genre.name)));
    let parts = if again {
        [capitalized(&below), String::new(), String::new()]
    } else {
        [capitalized(genre.name), rest, below]
    };
    let title: Vec<&str> = parts
        .iter()
        .filter(|part| !part.is_empty())
        .map(String::as_str)
        .collect();
    metadata.title = Some(title.join(" "));
    metadata.kind = Some(kind.to_owned());
}

/// Reads kind and title of a document without a type line: a letter, or a report that only has a title.
fn read_untyped(sheet: &Sheet<'_>, segments: &[Segment<'_>], metadata: &mut Metadata) {
    let concerning = segments.iter().position(|segment| segment.class == Class::Concerning);
    let addressee = segments.iter().position(|segment| segment.class == Class::Addressee);
    let official = segments.iter().any(|segment| {
        matches!(segment.class, Class::National | Class::Number(_))
            || segment.class == Class::Body && segment.is_capitals()
    });
    if official && (addressee.is_some() || concerning.is_some()) {
        let subject = concerning
            .map(|at| letter_subject(sheet, &segments[at..]).0)
            .unwrap_or_default();
        metadata.kind = Some("công văn".to_owned());
        metadata.title = Some(format!("Công văn {}", small_subject(&subject)).trim_end().to_owned());
        return;
    }
    // Only capitals are a title then: "TỔNG KẾT CÔNG TÁC …" is a report.
    let first = segments.iter().position(|segment| segment.class == Class::Other);
    let Some(first) = first.filter(|&first| segments[first].is_capitals()) else {
        return;
    };
    let (subject, _) = subject_of(sheet, &segments[first..], "");
    let words = FoldedWords::of(&subject, segments[first].cell.words.is_misread());
    if is_capitals(&subject) && words.len() >= MIN_TITLE_WORDS {
        metadata.kind = words.has_at(0, "tong ket").then(|| "báo cáo".to_owned());
        metadata.title = Some(sentence_case(&subject, true, &[]));
    }
}

/// Returns the subject of a letter, which begins with the first of `segments`: `V/v cung cấp số liệu`; and its last row.
fn letter_subject(sheet: &Sheet<'_>, segments: &[Segment<'_>]) -> (String, Option<usize>) {
    let mut parts: Vec<String> = Vec::new();
    let mut row = None;
    for (at, segment) in segments.iter().enumerate() {
        let begins = row.is_some_and(|row| row != segment.cell.row);
        if begins && is_apart(sheet, segment.cell.row) && !segment.cell.in_table {
            break;
        }
        match segment.class {
            Class::Concerning | Class::Other | Class::Body if at == 0 || !segment.is_capitals() => {
                parts.push(segment.text());
            }
            // The right column may lie between two lines of the subject.
            Class::National | Class::Motto | Class::PlaceDate(..) => {}
            _ => break,
        }
        row = Some(segment.cell.last_row);
    }
    (clean(&parts.join(" ")), row)
}

/// Returns true if a blank line or a rule comes before row `row`.
pub(super) fn is_apart(sheet: &Sheet<'_>, row: usize) -> bool {
    let ruled = row > 0 && sheet.rows[row - 1].role == RowRole::Ruler;
    sheet
        .rows
        .get(row)
        .is_some_and(|row| ruled || row.gap > usize::from(row.double))
}

/// Returns the subject in `segments`, those below the type line: up to a rule or a blank line, a legal base, an
/// addressee or the first heading; and its last row. `begun`: what of it is on the type line.
fn subject_of(sheet: &Sheet<'_>, segments: &[Segment<'_>], begun: &str) -> (String, Option<usize>) {
    let mut subject = String::new();
    let mut last_row = None;
    for segment in segments {
        let text = segment.text();
        let before = if subject.is_empty() { begun } else { subject.as_str() };
        let empty = before.is_empty();
        // The motto of a congress is below the title, after a rule or a blank line.
        let apart = last_row != Some(segment.cell.row) && is_apart(sheet, segment.cell.row);
        let goes_on = !segment.cell.words.is_misread() && starts_lower(&text) && !ends_sentence(before);
        match &segment.class {
            Class::Draft | Class::Stamp | Class::Number(_) | Class::PlaceDate(..) => continue,
            Class::National | Class::Motto if empty => continue,
            Class::National | Class::Motto | Class::Addressee | Class::Basis | Class::Attachment => break,
            // The operative words repeat the type: "QUYẾT ĐỊNH:".
            Class::Type(genre) if genre.in_capitals && genre.to == segment.to && !empty => break,
            // The body that decides comes below the subject: "HỘI ĐỒNG NHÂN DÂN XÃ".
            Class::Body if segment.is_capitals() && (apart || !empty && !is_capitals(before)) => break,
            Class::Body | Class::Type(_) | Class::Concerning | Class::Other => {}
        }
        let heads =
            segment.is_capitals() && segment.body_line().opens_with_head() && !empty && (apart || !is_capitals(before));
        if heads || !empty && apart && !goes_on || begins_section(&text) || text.starts_with('(') {
            break;
        }
        let long = segment.to - segment.from > MAX_STOPPED_WORDS;
        let clean_stop = apart && !segment.cell.words.is_misread();
        let stopped = ends_sentence(&text) && (text.ends_with(':') || long || clean_stop);
        if stopped && !segment.is_capitals() && (empty || apart) {
            break;
        }
        let words = subject.split_whitespace().count();
        if words + segment.to - segment.from > MAX_SUBJECT_WORDS {
            break;
        }
        if !subject.is_empty() {
            subject.push(' ');
        }
        subject.push_str(&text);
        last_row = Some(segment.cell.last_row);
    }
    (clean(&subject), last_row)
}

/// Returns the last row of letterhead and title in `segments`, of which `type_at` is the type line; `None` if there is
/// neither.
pub(super) fn last_row(sheet: &Sheet<'_>, segments: &[Segment<'_>], type_at: Option<usize>) -> Option<usize> {
    let end = segments
        .iter()
        .position(|segment| matches!(segment.class, Class::Addressee | Class::Basis))
        .unwrap_or(segments.len());
    let letterhead = segments[..end].iter().rev().find(|segment| {
        matches!(
            segment.class,
            Class::National | Class::Motto | Class::Number(_) | Class::PlaceDate(..) | Class::Attachment
        )
    });
    // The subject of a letter may come below its letterhead, and its addressee ends the header.
    let concerning = segments[..end]
        .iter()
        .rposition(|segment| segment.class == Class::Concerning);
    let letter = match (segments.get(end), concerning) {
        (Some(addressee), _) if addressee.class == Class::Addressee => Some(addressee.cell.last_row),
        (_, Some(at)) => letter_subject(sheet, &segments[at..end]).1,
        _ => None,
    };
    let letter = letter.filter(|_| type_at.is_none() && letterhead.is_some());
    let typed = type_at.and_then(|at| segments.get(at));
    let subject = type_at
        .and_then(|at| segments.get(at + 1..))
        .and_then(|below| subject_of(sheet, below, "").1);
    let title = typed.map(|segment| segment.cell.last_row).max(subject);
    letterhead.map(|segment| segment.cell.last_row).max(title).max(letter)
}

/// Returns true if `text` begins with the label of a section or an article: `I.`, `1.`, `Điều 1`, `Chương I`.
pub(super) fn begins_section(text: &str) -> bool {
    let text = text.trim_start_matches(['*', '#', ' ']);
    let mut words = text.split_whitespace();
    let (first, second) = (words.next().unwrap_or(""), words.next().unwrap_or(""));
    let number = |word: &str| {
        let bare = word.trim_end_matches(['.', ':', ')', '-', '/']);
        let digits = (1..=2).contains(&bare.len()) && bare.bytes().all(|byte| byte.is_ascii_digit());
        let roman = !bare.is_empty() && bare.bytes().all(|byte| matches!(byte, b'I' | b'V' | b'X'));
        digits || roman
    };
    let stopped = first.ends_with(['.', ')', '-', '/']) && number(first);
    let named = matches!(first.to_lowercase().as_str(), "điều" | "chương" | "phần" | "mục")
        && (number(second) || second == "thứ");
    stopped || named
}

/// Drops the signs of a stain: words of a scan with fewer than two letters.
fn without_stains(text: &str) -> String {
    let words: Vec<&str> = text
        .split_whitespace()
        .filter(|word| word.chars().filter(|c| c.is_alphabetic()).count() > 1)
        .collect();
    words.join(" ")
}

/// Drops rules, brackets left open and signs at both ends of `text`.
fn clean(text: &str) -> String {
    let edge = |c: char| c.is_whitespace() || matches!(c, '*' | '_' | '|' | ':' | ';' | '-' | '–' | '—' | ',' | '#');
    text.trim_matches(edge).trim_end_matches("./").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_begin_with_their_labels() {
        for (text, begins) in [
            ("I. MỤC TIÊU", true),
            ("1. Mục tiêu", true),
            ("Điều 1. Ban hành", true),
            ("Chương II", true),
            ("Phần thứ nhất", true),
            ("2025 - 2030", false),
            ("Điều chỉnh quy hoạch", false),
            ("Mục tiêu", false),
        ] {
            assert_eq!(begins_section(text), begins, "{text}");
        }
    }
}
