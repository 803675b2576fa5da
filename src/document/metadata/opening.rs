//! The issuer in the first sentence of a document, for reports without a letterhead.

use super::bodies::BodyLine;
use super::province;
use crate::document::Metadata;
use crate::document::layout::{RowRole, Sheet};
use crate::document::phrase::FoldedWords;
use crate::reading::Reading;
use crate::text::{Form, Span};

/// Rows in which the first sentence is looked for.
const MAX_ROWS: usize = 16;
/// Bytes in which it is looked for, unless the first row has more.
const MAX_BYTES: usize = 4096;
/// Words of the longest name of a body.
const MAX_NAME_WORDS: usize = 16;
/// Words that end the name of a body, folded.
const NAME_ENDS: [&str; 6] = ["duoc", "gom", "thanh lap", "thuc hien", "nhiem ky", "tren"];
/// Short words that end the name of a body, with their marks, because `có` is not `cơ`.
const SHORT_NAME_ENDS: [&str; 7] = ["là", "có", "đã", "về", "do", "với", "theo"];

/// Returns the reading of the first lines of running text from row `row` on, joined.
pub(super) fn opening_of(sheet: &Sheet<'_>, reading: &Reading, row: usize) -> String {
    // A paragraph that is one long row is enough.
    let mut bytes = 0;
    let fragments: Vec<Span> = sheet.rows[row..]
        .iter()
        .take(MAX_ROWS)
        .filter(|row| row.role == RowRole::Text)
        .map(|row| row.span)
        .take_while(|span| {
            let first = bytes == 0;
            bytes += span.end - span.start;
            first || bytes <= MAX_BYTES
        })
        .collect();
    reading.view(sheet.text, &fragments, &[], Form::Match).text().to_owned()
}

/// Reads issuer and superior where the first sentence says which body the document is of:
/// `Đảng bộ X là tổ chức cơ sở đảng do Ban Chấp hành Đảng bộ Y thành lập`. `misread`: letters of it may be wrong.
pub(super) fn read_opening(opening: &str, misread: bool, metadata: &mut Metadata) {
    if metadata.issuer.is_some() {
        return;
    }
    let pieces = || {
        let pieces = opening.split_whitespace();
        pieces
            .filter(|piece| piece.contains(char::is_alphanumeric))
            .map(without_note_mark)
    };
    // Most documents begin with other words, and need no further look.
    let first = pieces().take(2).collect::<Vec<_>>().join(" ");
    if !FoldedWords::of(&first, misread).has_at(0, "dang bo") {
        return;
    }
    let pieces: Vec<&str> = pieces().collect();
    let words = FoldedWords::of(&pieces.join(" ").replace('/', ""), misread);
    // Names are cut from the pieces by the positions of the words, so both must match one to one.
    if words.len() != pieces.len() {
        return;
    }
    let own = body_name(&pieces, &words, 2);
    let founding = (0..words.len()).find(|&at| words.has_at(at, "ban chap hanh") && words.has_at(at + 3, "dang bo"));
    let above = founding.and_then(|at| body_name(&pieces, &words, at + 5));
    if let (Some(own), Some(above)) = (&own, &above) {
        // "các cơ quan Đảng thành phố" is the city that the issuer names in full.
        let city = province::mentions(own).last().map(|mention| mention.name);
        let short = above.ends_with("thành phố") || above.ends_with("tỉnh");
        let above = match city {
            Some(city) if short => format!("{above} {city}"),
            _ => above.clone(),
        };
        metadata.superior = (above != *own).then_some(above);
    }
    metadata.issuer = own;
}

/// Drops the number of a note at the end of a word: `lập1`.
fn without_note_mark(piece: &str) -> &str {
    let bare = piece.trim_end_matches(|c: char| c.is_ascii_digit());
    if bare.ends_with(char::is_alphabetic) {
        bare
    } else {
        piece
    }
}

/// Returns the party committee of the body whose name begins at word `from` of the sentence, after `Đảng bộ`:
/// `Đảng ủy các cơ quan Đảng`. The name ends at a sign or at a word that no name holds. In clean text, words in small
/// letters that no name holds make a sentence of it: `Đảng bộ xã tiếp tục lãnh đạo`.
fn body_name(pieces: &[&str], words: &FoldedWords, from: usize) -> Option<String> {
    let mut name = Vec::new();
    for (at, &piece) in pieces.iter().enumerate().skip(from).take(MAX_NAME_WORDS) {
        if NAME_ENDS.iter().any(|end| words.has_at(at, end)) || SHORT_NAME_ENDS.contains(&piece) {
            break;
        }
        let marked = piece.trim_end_matches(|c: char| !c.is_alphabetic());
        name.push(marked.trim_start_matches(|c: char| !c.is_alphabetic()));
        if marked.len() < piece.len() {
            break;
        }
    }
    let name = format!("Đảng ủy {}", name.join(" "));
    let named = words.is_misread() || !BodyLine::of(&name, false).has_other_words();
    (name.split(' ').count() >= 4 && named).then_some(name)
}
