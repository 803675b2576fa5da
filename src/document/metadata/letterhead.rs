//! Issuer and superior, number, place and date, read from the classified segments of a letterhead in any order.

use super::bodies::BodyLine;
use super::ending;
use super::place_date::last_date;
use super::segments::{Class, Segment};
use super::title::is_apart;
use crate::document::Metadata;
use crate::document::layout::Sheet;

/// Cells over which the line that names the document above an annex may run.
const MAX_ATTACHMENT_CELLS: usize = 6;
/// Words of the longest issuer in such a line.
const MAX_ISSUER_WORDS: usize = 16;

/// Returns the index of the type line among `segments`.
///
/// Articles have headings that begin with a type, too. So a type in small letters, or one with its subject on the same
/// line, counts only in a document with a letterhead, or with what only documents have. None counts below the
/// addressee, where the text begins.
pub(super) fn type_line(sheet: &Sheet<'_>, segments: &[Segment<'_>]) -> Option<usize> {
    let end = segments
        .iter()
        .position(|segment| matches!(segment.class, Class::Addressee | Class::Basis))
        .unwrap_or(segments.len());
    // "BAN CHỈ ĐẠO" + "CHƯƠNG TRÌNH GIẢM NGHÈO" is one name; the right column may lie between its lines.
    let continues = |at: usize| {
        let columns = |segment: &&Segment<'_>| !matches!(segment.class, Class::National | Class::Motto);
        let before = segments[..at].iter().rev().find(columns);
        before.is_some_and(|before| before.class == Class::Body && before.body_line().needs_more())
            && !is_apart(sheet, segments[at].cell.row)
    };
    let types: Vec<usize> = (0..end)
        .filter(|&at| matches!(segments[at].class, Class::Type(_)) && !continues(at))
        .collect();
    let found = |fits: &dyn Fn(&Segment<'_>) -> bool| types.iter().copied().find(|&at| fits(&segments[at]));
    let capitals = found(&is_in_capitals);
    match (capitals, types.first()) {
        (_, None) => None,
        (Some(_), _) if found(&|segment| is_in_capitals(segment) && is_type_alone(segment)).is_some() => capitals,
        (Some(_), _) if has_letterhead(segments) || ending::is_signed(sheet) || ending::is_outlined(sheet) => capitals,
        (None, Some(&first)) if has_letterhead(segments) || ending::is_signed(sheet) => Some(first),
        _ => None,
    }
}

/// Returns true if a segment names a type in capitals.
fn is_in_capitals(segment: &Segment<'_>) -> bool {
    matches!(segment.class, Class::Type(genre) if genre.in_capitals)
}

/// Returns true if a segment names a type and little else; a scan may leave a stain beside it.
fn is_type_alone(segment: &Segment<'_>) -> bool {
    matches!(segment.class, Class::Type(genre) if genre.to == segment.to || segment.cell.words.is_misread())
}

/// Returns true if any of `segments` is found in letterheads only.
pub(super) fn has_letterhead(segments: &[Segment<'_>]) -> bool {
    segments.iter().any(|segment| match &segment.class {
        Class::National | Class::Motto => true,
        Class::Number(number) => !number.starts_with(['-', '/']) || segments.len() > 1,
        Class::PlaceDate(place, _) => place.is_some() && segments.iter().any(|other| other.class == Class::Body),
        _ => false,
    })
}

/// Reads issuer, superior, number, place and date; `type_at` is the index of the type line.
pub(super) fn read_letterhead(segments: &[Segment<'_>], type_at: Option<usize>, metadata: &mut Metadata) {
    let text_at = segments
        .iter()
        .position(|segment| matches!(segment.class, Class::Addressee | Class::Basis))
        .unwrap_or(segments.len());
    let names_end = type_at.unwrap_or(text_at).min(text_at);
    // An article may begin with a place and a date, or with a name in capitals.
    let typed = type_at.and_then(|at| segments.get(at)).is_some_and(is_in_capitals);
    let official = typed || text_at < segments.len() || has_letterhead(segments);
    if !official {
        return;
    }
    for segment in &segments[..text_at] {
        match &segment.class {
            Class::Number(number) => {
                metadata.number.get_or_insert_with(|| number.clone());
            }
            Class::PlaceDate(place, date) => {
                // A date without a place below the title belongs to the subject.
                let below = type_at.is_some_and(|at| segment.cell.row > segments[at].cell.row);
                if !below || place.is_some() {
                    metadata.date = metadata.date.or(*date);
                    metadata.place = metadata.place.take().or_else(|| place.clone());
                }
            }
            _ => {}
        }
    }
    let mut bodies: Vec<String> = body_lines(&segments[..names_end])
        .iter()
        .flat_map(BodyLine::names)
        .collect();
    // "QUYẾT ĐỊNH" + "về …" + "ỦY BAN NHÂN DÂN XÃ": the body that decides says what the letterhead left out.
    let deciding = deciding_body(segments.get(names_end..).unwrap_or(&[]));
    let last = bodies.pop();
    metadata.issuer = match (last, deciding) {
        (Some(last), Some(deciding)) if deciding.starts_with(&last) => Some(deciding),
        (last, deciding) => last.or(deciding),
    };
    // Of two bodies the upper one is the superior.
    metadata.superior = bodies
        .pop()
        .filter(|superior| Some(superior) != metadata.issuer.as_ref());
}

/// Returns the name of the body that decides, or whose head does, on a line of its own in capitals below the title.
fn deciding_body(below: &[Segment<'_>]) -> Option<String> {
    let segment = below.iter().find(|segment| {
        segment.is_capitals()
            && segment.from == 0
            && (segment.class == Class::Body || segment.body_line().after_head().is_some())
    })?;
    let line = segment.body_line();
    let line = line.after_head().unwrap_or(line);
    line.names().into_iter().next()
}

/// Joins the lines of the names of bodies in `segments`: one for each body.
fn body_lines(segments: &[Segment<'_>]) -> Vec<BodyLine> {
    let national = segments
        .iter()
        .any(|segment| matches!(segment.class, Class::National | Class::Motto | Class::Number(_)));
    let mut lines: Vec<(String, bool)> = Vec::new();
    // True while the next line may belong to the last name.
    let mut open = false;
    let mut over = false;
    let mut row = None;
    for segment in segments {
        let misread = segment.cell.words.is_misread();
        let ruled = row.is_some_and(|row: usize| row + 1 < segment.cell.row);
        row = Some(segment.cell.last_row);
        open &= !ruled;
        let text = segment.text();
        let text = text.trim_matches(|c: char| !c.is_alphanumeric() && c != '(' && c != ')');
        let capitals = segment.is_capitals();
        let line = segment.body_line();
        match segment.class {
            // Where the columns follow one another the names may come after place and date; in a scan only stains do.
            Class::Body if (capitals || national) && !(misread && over) => {
                let unfinished = lines.last().is_some_and(|(last, _)| {
                    let last = BodyLine::of(last, misread);
                    last.needs_more() || last.is_completed_by(text)
                });
                match lines.last_mut() {
                    Some((last, _)) if open && (unfinished || line.joins()) => {
                        last.push(' ');
                        last.push_str(text);
                    }
                    _ => lines.push((text.to_owned(), misread)),
                }
                open = true;
            }
            Class::Other | Class::Type(_)
                if open
                    && (capitals || is_short_capitals(text))
                    && !text.contains(|c: char| c.is_numeric() || c == '/') =>
            {
                if let Some((last, _)) = lines.last_mut() {
                    last.push(' ');
                    last.push_str(text);
                }
            }
            Class::Number(_) | Class::PlaceDate(..) => {
                (open, over) = (false, true);
            }
            Class::Concerning => open = false,
            _ => {}
        }
    }
    lines
        .into_iter()
        .map(|(text, misread)| BodyLine::of(&text, misread))
        .collect()
}

/// Returns true if `text` is a name in capitals of fewer letters than prove it elsewhere: `XÃ Ô`, `Ý`.
fn is_short_capitals(text: &str) -> bool {
    text.chars().any(char::is_uppercase) && !text.chars().any(char::is_lowercase)
}

/// Reads issuer and date from the line that says what the document is attached to: `(Kèm theo Quyết định số 12-QĐ/TU,
/// ngày 5/6/2020 của Ban Thường vụ Tỉnh ủy)`.
pub(super) fn read_attachment(segments: &[Segment<'_>], metadata: &mut Metadata) {
    let Some(at) = segments.iter().position(|segment| segment.class == Class::Attachment) else {
        return;
    };
    let mut text = String::new();
    for segment in segments[at..].iter().take(MAX_ATTACHMENT_CELLS) {
        text.push_str(&segment.text());
        if text.contains(')') || !text.starts_with('(') && text.contains(" của ") {
            break;
        }
        text.push(' ');
    }
    let text = text.split(')').next().unwrap_or("");
    metadata.date = metadata.date.or_else(|| last_date(text));
    let named = text.rfind("ngày").unwrap_or(0);
    let issuer = text
        .get(named..)
        .and_then(|tail| tail.split_once("của "))
        .map(|(_, issuer)| issuer);
    let issuer = issuer
        .map(|issuer| issuer.trim_matches(|c: char| !c.is_alphanumeric()))
        .filter(|issuer| !issuer.is_empty() && issuer.split_whitespace().count() <= MAX_ISSUER_WORDS);
    if let Some(issuer) = issuer {
        metadata.issuer.get_or_insert_with(|| issuer.to_owned());
    }
}
