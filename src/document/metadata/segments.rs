//! The cells of a header cut into segments, each with its class.
//!
//! A letterhead may come in any order and with any of its lines run together: `TỈNH ỦY SƠN LA ĐẢNG CỘNG SẢN VIỆT NAM`,
//! `Số 12-BC/TU Sơn La, ngày 5 tháng 6 năm 2020`. So a cell is cut where something begins whose shape is certain (the
//! title of the Party or of the state, the motto, the number, place and date), and what remains is classified by its
//! first words.

use super::bodies::BodyLine;
use super::cells::HeaderCell;
use super::genre::{self, NamedGenre};
use super::number::number_in;
use super::place_date::{PlaceAndDate, place_and_date};
use crate::document::PartialDate;
use crate::document::layout::is_capitals;

/// Words of the longest stamp: `HỎA TỐC HẸN GIỜ`.
const MAX_STAMP_WORDS: usize = 5;
/// Words of the longest name of a body in small letters.
const MAX_BODY_WORDS: usize = 14;

/// Stamps of secrecy and urgency, folded. Sources: the law on state secrets of 2018; Nghị định 30/2020/NĐ-CP, Phụ lục I.
const STAMPS: [&str; 9] = [
    "mat",
    "toi mat",
    "tuyet mat",
    "khan",
    "thuong khan",
    "hoa toc",
    "luu hanh noi bo",
    "khong pho bien",
    "xem xong tra lai",
];
/// Words that open the legal bases and the body of a document, folded.
const BASES: [&str; 4] = ["can cu", "theo de nghi", "xet de nghi", "chieu theo"];
/// Words that open the line which names the document that this one is attached to, folded.
const ATTACHMENTS: [&str; 3] = ["kem theo", "ban hanh kem theo", "dinh kem"];

/// The class of a segment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// `ĐẢNG CỘNG SẢN VIỆT NAM`, `CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM`.
    National,
    /// `Độc lập - Tự do - Hạnh phúc`.
    Motto,
    /// The document's own number, as printed.
    Number(String),
    /// Place and date of signing.
    PlaceDate(Option<String>, Option<PartialDate>),
    /// The type of the document: `BÁO CÁO`.
    Type(NamedGenre),
    /// `V/v cung cấp số liệu`, `Về việc …`.
    Concerning,
    /// `Kính gửi: …`.
    Addressee,
    /// `Căn cứ …`.
    Basis,
    /// `(Kèm theo Quyết định số … ngày … của …)`.
    Attachment,
    /// `DỰ THẢO`.
    Draft,
    /// `MẬT`, `HỎA TỐC`.
    Stamp,
    /// The name of a body, or its first line.
    Body,
    /// Anything else.
    Other,
}

/// A stretch of a cell.
#[derive(Debug)]
pub(super) struct Segment<'c> {
    /// The cell.
    pub(super) cell: &'c HeaderCell,
    /// Its first word.
    pub(super) from: usize,
    /// The word after it.
    pub(super) to: usize,
    /// Its class.
    pub(super) class: Class,
}

impl Segment<'_> {
    /// Returns it as printed, without Markdown.
    pub(super) fn text(&self) -> String {
        self.cell.text(self.from, self.to)
    }

    /// Returns its words as a line of a letterhead.
    pub(super) fn body_line(&self) -> BodyLine {
        BodyLine::of(&self.text(), self.cell.words.is_misread())
    }

    /// Returns true if it is set in capitals.
    pub(super) fn is_capitals(&self) -> bool {
        is_capitals(&self.text())
    }
}

/// Cuts `cells` into segments.
pub(super) fn segments_of(cells: &[HeaderCell]) -> Vec<Segment<'_>> {
    cells.iter().flat_map(segments_of_cell).collect()
}

/// Cuts one cell into segments.
fn segments_of_cell(cell: &HeaderCell) -> Vec<Segment<'_>> {
    // What opens the text of the document or its title runs to its end, whatever it cites: "KẾ HOẠCH" +
    // "thực hiện Nghị quyết số 5-NQ/TW, ngày 2 tháng 3 năm 2020".
    let opening = class_of(cell, 0, cell.len());
    if matches!(
        opening,
        Class::Concerning | Class::Addressee | Class::Basis | Class::Attachment
    ) {
        return vec![Segment {
            cell,
            from: 0,
            to: cell.len(),
            class: opening,
        }];
    }
    let mut segments = Vec::new();
    let mut pending = 0;
    let mut at = 0;
    let number = number_in(cell, 0).filter(|number| is_letterhead(cell, 0, number.from));
    let date = place_and_date(cell).filter(|date| is_date_line(cell, date, number.as_ref().map(|number| number.to)));
    while at < cell.len() {
        let found = if let Some(number) = number.as_ref().filter(|number| number.from == at) {
            Some((number.to, Class::Number(number.text.clone())))
        } else if let Some(date) = date.as_ref().filter(|date| date.from == at) {
            Some((date.to, Class::PlaceDate(date.place.clone(), date.date)))
        } else {
            national_at(cell, at)
        };
        let Some((to, class)) = found else {
            at += 1;
            continue;
        };
        push_stretches(cell, pending, at, &mut segments);
        segments.push(Segment {
            cell,
            from: at,
            to,
            class,
        });
        (pending, at) = (to, to.max(at + 1));
    }
    push_stretches(cell, pending, cell.len(), &mut segments);
    segments
}

/// Returns true if the words from `from` to `to` may stand before a number in a letterhead: names in capitals, or
/// nothing. In misread text anything may.
fn is_letterhead(cell: &HeaderCell, from: usize, to: usize) -> bool {
    let text = cell.text(from, to);
    to == from
        || cell.words.is_misread()
        || cell.is_apart(to)
        || is_capitals(&text) && genre::genre_of(cell, from, to).is_none()
        || genre::genre_of(cell, from, to).is_some_and(|genre| genre.to == to)
}

/// Returns true if `date` is a line of place and date and no date in a sentence: what stands before it is apart from
/// it or in capitals, and the sentence does not go on after it. `number_end`: the word after the number.
fn is_date_line(cell: &HeaderCell, date: &PlaceAndDate, number_end: Option<usize>) -> bool {
    if cell.words.is_misread() {
        return true;
    }
    let before = cell.text(0, date.from);
    // "GIÚP BẠN SAU NGÀY 30 THÁNG 4" is a title.
    if date.from > 0 && !cell.is_apart(date.from) && cell.text(date.from, date.to).contains("NGÀY") {
        return false;
    }
    let apart = date.from == 0
        || cell.is_apart(date.from)
        || number_end == Some(date.from)
        || is_capitals(&before)
        || national_before(cell, date.from);
    let ended = date.to >= cell.len() || cell.is_apart(date.to) || is_capitals(&cell.text(date.to, cell.len()));
    // "(họp ngày 5 tháng 6 …)" and a sentence that begins with a date have no place.
    apart && ended && (date.place.is_some() || date.from == 0 || cell.is_apart(date.from))
}

/// Returns true if the title of the state or its motto ends before word `at`.
fn national_before(cell: &HeaderCell, at: usize) -> bool {
    (0..at).any(|from| national_at(cell, from).is_some_and(|(to, _)| to == at))
}

/// Returns the end of the title of Party or state, or of the motto, that begins at word `at`.
fn national_at(cell: &HeaderCell, at: usize) -> Option<(usize, Class)> {
    let words = &cell.words;
    let first = cell.word(at).chars().find(|c| c.is_alphabetic())?;
    let begins = matches!(words.get(at).as_bytes().first(), Some(b'd' | b'c')) || words.is_misread();
    if !first.is_uppercase() || !begins {
        return None;
    }
    if words.has_at(at, "doc lap") || words.get(at).starts_with("doclap") || words.get(at) == "doc" {
        // "Độc lập-Tự do-Hạnh phúc" has lost its blanks.
        let last = (at + 2..(at + 8).min(cell.len()))
            .find(|&last| words.get(last) == "phuc" || words.get(last).ends_with("hanhphuc"));
        return last.map(|last| (last + 1, Class::Motto));
    }
    // "CỦA QUỐC HỘI NƯỚC CỘNG HÒA …" is a part of a title, and so is "ĐIỀU LỆ ĐẢNG CỘNG SẢN VIỆT NAM".
    let inside =
        at > 0 && !cell.is_apart(at) && matches!(words.get(at - 1), "nuoc" | "cua" | "le" | "lap" | "voi" | "va");
    if inside {
        return None;
    }
    let capitals = |to: usize| words.is_misread() || is_capitals(&cell.text(at, to));
    for (phrase, len) in [
        ("dang cong san viet nam", 5),
        ("cong hoa xa hoi chu nghia viet nam", 8),
        ("cong hoa xhcn viet nam", 5),
        ("cong hoa xa hoi chu nghia", 6),
    ] {
        if words.has_at(at, phrase) && capitals(at + len) {
            return Some(((at + len).min(cell.len()), Class::National));
        }
    }
    None
}

/// Words of the longest column of a letterhead in capitals; a line as long as its file is none.
const MAX_COLUMN_WORDS: usize = 100;

/// Adds the words from `from` to `to`, cut where they are apart.
fn push_stretches<'c>(cell: &'c HeaderCell, from: usize, to: usize, segments: &mut Vec<Segment<'c>>) {
    let mut start = from;
    for at in from + 1..=to {
        // A line of small letters with wide blanks is justified text, no columns.
        let is_column = || at - start <= MAX_COLUMN_WORDS && is_capitals(&cell.text(start, at));
        let cut = at == to || cell.is_apart(at) && is_column();
        if cut && start < at {
            segments.push(Segment {
                cell,
                from: start,
                to: at,
                class: class_of(cell, start, at),
            });
            start = at;
        }
    }
}

/// Returns the class of the words from `from` to `to` by their first words.
fn class_of(cell: &HeaderCell, from: usize, to: usize) -> Class {
    let words = &cell.words;
    let len = to - from;
    let first = cell.word(from);
    if genre::is_draft(words, from, to) {
        return Class::Draft;
    }
    let text = cell.text(from, to);
    let whole = |phrase: &str| phrase.split(' ').count() <= len && words.has_at(from, phrase);
    if len <= MAX_STAMP_WORDS && is_capitals(&text) && STAMPS.iter().any(|stamp| whole(stamp)) {
        return Class::Stamp;
    }
    if whole("kinh gui") || words.get(from) == "kinhgui" {
        return Class::Addressee;
    }
    if matches!(words.get(from), "vv" | "v") && first.contains('/') || whole("ve viec") {
        return Class::Concerning;
    }
    if !words.is_misread()
        && BASES.iter().any(|basis| whole(basis))
        && first.chars().next().is_some_and(|c| !c.is_lowercase())
    {
        return Class::Basis;
    }
    if ATTACHMENTS.iter().any(|attachment| whole(attachment)) {
        return Class::Attachment;
    }
    if let Some(genre) = genre::genre_of(cell, from, to) {
        return Class::Type(genre);
    }
    let capitals = is_capitals(&text) || first.chars().filter(|c| c.is_uppercase()).count() > 1;
    let written = len <= MAX_BODY_WORDS
        && len > 1
        && first.chars().next().is_some_and(char::is_uppercase)
        && !text.ends_with(['.', ';', ':', ','])
        && !text.contains(char::is_numeric);
    if (capitals || written) && BodyLine::of(&text, words.is_misread()).opens() {
        return Class::Body;
    }
    Class::Other
}
