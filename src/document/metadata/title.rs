//! Kind and title of a document: the type line (`BÁO CÁO`), and the subject (trích yếu) below it.

use std::sync::LazyLock;

use super::header_line::HeaderLine;
use super::sentence_case::sentence_case;
use crate::document::Metadata;
use crate::document::layout::{RowRole, Sheet, is_capitals};
use crate::document::phrase::FoldedWords;
use crate::symbol::TYPE_WORDS;

/// A type that the type line of a document may name.
struct Genre {
    /// Its words, folded: `nghi quyet`.
    phrase: String,
    /// The same words without blanks.
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

/// Words of the longest type line.
const MAX_TYPE_WORDS: usize = 8;
/// Words of the longest line that marks a draft.
const MAX_DRAFT_WORDS: usize = 6;
/// Words from which capitals without a type line are a title.
const MIN_TITLE_WORDS: usize = 4;

/// Returns the index of the type line among `lines`.
pub(super) fn type_line(lines: &[HeaderLine]) -> Option<usize> {
    lines.iter().position(|line| kind_of_type_line(line).is_some())
}

/// Returns the kind that a line names as the type of the document, and the index of the word where it does.
///
/// Such a line is set in capitals and holds little else.
fn kind_of_type_line(line: &HeaderLine) -> Option<(&'static str, usize)> {
    let (upper, lower) = line.text.chars().fold((0, 0), |(upper, lower), c| {
        (
            upper + usize::from(c.is_uppercase()),
            lower + usize::from(c.is_lowercase()),
        )
    });
    if line.words.len() > MAX_TYPE_WORDS || upper < 3 * lower.max(1) {
        return None;
    }
    GENRES.iter().find_map(|genre| {
        // A stamp or stain may leave a sign before it, and a scan may lose the blank.
        let at = (0..2).find(|&at| line.words.has_at(at, &genre.phrase) || line.words.get(at) == genre.joined)?;
        Some((genre.name, at))
    })
}

/// Reads kind and title from `lines`, of which line `title_at` is the type line.
pub(super) fn read_title(sheet: &Sheet<'_>, lines: &[HeaderLine], title_at: Option<usize>, metadata: &mut Metadata) {
    let subject = subject_of(sheet, &lines[title_at.map_or(0, |at| at + 1)..]);
    let misread = lines.iter().any(|line| line.words.is_misread());
    let Some((type_line, (named, named_at))) = title_at
        .and_then(|at| lines.get(at))
        .and_then(|line| Some((line, kind_of_type_line(line)?)))
    else {
        // Without a type line only capitals are a title: "TỔNG KẾT CÔNG TÁC …" is a report.
        let words = FoldedWords::of(&subject, misread);
        if is_capitals(&subject) && words.len() >= MIN_TITLE_WORDS {
            metadata.kind = words.has_at(0, "tong ket").then(|| "báo cáo".to_owned());
            metadata.title = Some(sentence_case(&subject, true));
        }
        return;
    };
    // "BÁO CÁO" + "kiểm điểm của Ban Chấp hành": the type goes on in the subject.
    let kind = if named == "báo cáo" && FoldedWords::of(&subject, misread).has_at(0, "kiem diem") {
        "báo cáo kiểm điểm"
    } else {
        named
    };
    // "BÁO CÁO CHÍNH TRỊ TRÌNH ĐẠI HỘI": words after the type belong to the title; a stain does not.
    let printed = sentence_case(&type_line.text, true);
    let type_words = FoldedWords::of(named, false).len();
    let rest: Vec<&str> = printed
        .split_whitespace()
        .filter(|word| word.contains(char::is_alphanumeric))
        .skip(named_at + type_words)
        .filter(|word| word.chars().filter(|c| c.is_alphabetic()).count() > 1)
        .collect();
    let subject = if is_capitals(&subject) {
        sentence_case(&subject, false)
    } else {
        subject
    };
    let parts = [sentence_case(named, true), rest.join(" "), subject];
    metadata.title = Some(
        parts
            .iter()
            .filter(|part| !part.is_empty())
            .map(String::as_str)
            .collect::<Vec<_>>()
            .join(" "),
    );
    metadata.kind = Some(kind.to_owned());
}

/// Returns the subject in `lines`, those below the type line: up to a rule or a blank line.
fn subject_of(sheet: &Sheet<'_>, lines: &[HeaderLine]) -> String {
    let mut subject: Vec<&str> = Vec::new();
    for line in lines {
        let row = &sheet.rows[line.row];
        let ruled = line.row > 0 && sheet.rows[line.row - 1].role == RowRole::Ruler;
        // The motto of a congress is below the title, after a rule or a blank line.
        if !subject.is_empty() && (ruled || row.gap > usize::from(row.double)) {
            break;
        }
        if !is_draft(&line.words) {
            subject.push(line.text.trim());
        }
    }
    subject.join(" ")
}

/// Returns true if the line marks a draft (`Dự thảo lần 2`).
pub(super) fn is_draft(words: &FoldedWords) -> bool {
    // Where "dự" was misread, "thảo" after a word of at most two letters is enough.
    words.len() <= MAX_DRAFT_WORDS
        && (0..2).any(|at| words.has_at(at, "du thao") || (words.get(at).len() <= 2 && words.get(at + 1) == "thao"))
}
