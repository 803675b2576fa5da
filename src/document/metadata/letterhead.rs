//! The letterhead above the title: issuer and superior in its left column.

use super::header_line::HeaderLine;
use super::own_symbol::symbol_in;
use super::place_date::place_and_date;
use super::sentence_case::sentence_case;
use crate::document::Metadata;
use crate::document::layout::is_capitals;
use crate::document::phrase::FoldedWords;

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

/// Reads issuer, superior, symbol, place and date from the lines above the title.
pub(super) fn read_letterhead(lines: &[HeaderLine], metadata: &mut Metadata) {
    let mut bodies: Vec<String> = Vec::new();
    let mut names_over = false;
    for line in lines {
        // The line of the symbol and that of place and date come after the names of the bodies; a scan may
        // run both into one line.
        if let Some((place, date)) = place_and_date(&line.text, line.words.is_misread()) {
            metadata.date = metadata.date.or(date);
            metadata.place = metadata.place.take().or(place);
            names_over = true;
        }
        if let Some(symbol) = symbol_in(&line.text) {
            metadata.number.get_or_insert(symbol);
            names_over = true;
        }
        let left = left_column(line);
        let words = FoldedWords::of(&left, line.words.is_misread());
        if names_over || !is_capitals(&left) || words.len() < 2 {
            continue;
        }
        // "ĐẢNG ỦY CÁC CƠ QUAN ĐẢNG" opens a name; "THÀNH PHỐ CẦN THƠ" on the next line continues it.
        if BODIES.iter().any(|body| words.has_at(0, body)) {
            bodies.push(left);
        } else if let Some(last) = bodies.last_mut() {
            last.push(' ');
            last.push_str(&left);
        }
    }
    // Of two bodies the upper one is the superior.
    let mut bodies = bodies.into_iter().map(|body| sentence_case(&body, true));
    match (bodies.next(), bodies.next()) {
        (Some(superior), Some(issuer)) => (metadata.superior, metadata.issuer) = (Some(superior), Some(issuer)),
        (Some(issuer), None) => metadata.issuer = Some(issuer),
        _ => {}
    }
}

/// Returns the left column of a line: the part before `ĐẢNG CỘNG SẢN VIỆT NAM`, or the whole line.
fn left_column(line: &HeaderLine) -> String {
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
