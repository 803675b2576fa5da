//! The type of a document (thể loại) named in a line of its header, and the mark of a draft.

use std::sync::LazyLock;

use super::cells::HeaderCell;
use crate::document::layout::is_capitals;
use crate::document::phrase::FoldedWords;
use crate::symbol::TYPE_WORDS;

/// Words of the longest type line of a scan, where more words are more chances of a misreading.
const MAX_MISREAD_WORDS: usize = 8;
/// Words of the longest line with type and subject.
const MAX_TYPE_WORDS: usize = 60;
/// Words of the longest line that marks a draft.
const MAX_DRAFT_WORDS: usize = 6;
/// A type that the type line of a document may name.
struct TypeName {
    /// Its words, folded: `nghi quyet`.
    phrase: String,
    /// The same words without blanks.
    joined: String,
    /// The number of its words.
    len: usize,
    /// Its name, a value of the facet of types: `nghị quyết`.
    name: &'static str,
}

/// The types of documents, longer ones before those that they begin with.
static GENRES: LazyLock<Vec<TypeName>> = LazyLock::new(|| {
    TYPE_WORDS
        .iter()
        .filter(|word| word.heads_documents)
        .map(|word| TypeName {
            phrase: word.syllables.join(" "),
            joined: word.syllables.concat(),
            len: word.syllables.len(),
            name: word.written,
        })
        // An annex alone in its file; inside a document it is a section or a part, and no citation begins with it.
        .chain([TypeName {
            phrase: "phu luc".to_owned(),
            joined: "phuluc".to_owned(),
            len: 2,
            name: "phụ lục",
        }])
        .collect()
});

/// A type named in a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NamedGenre {
    /// Its name: `nghị quyết`.
    pub(super) name: &'static str,
    /// The word after it.
    pub(super) to: usize,
    /// True if it is set in capitals. Otherwise only a letterhead makes a type line of it, because articles have such
    /// headings as well.
    pub(super) in_capitals: bool,
}

/// Returns the type that the words from `from` to `to` of `cell` name as the type of the document.
///
/// In capitals a subject may follow on the same line; in small letters the line must be a heading or nothing else.
pub(super) fn genre_of(cell: &HeaderCell, from: usize, to: usize) -> Option<NamedGenre> {
    let misread = cell.words.is_misread();
    let text = cell.text(from, to);
    let (upper, lower) = text.chars().fold((0, 0), |(upper, lower), c| {
        (
            upper + usize::from(c.is_uppercase()),
            lower + usize::from(c.is_lowercase()),
        )
    });
    let max_words = if misread { MAX_MISREAD_WORDS } else { MAX_TYPE_WORDS };
    // A stamp or stain may leave a sign before it, and a scan may lose the blank.
    let starts = if misread { from..from + 2 } else { from..from + 1 };
    let find = |at: usize| {
        GENRES.iter().find_map(|genre| {
            let word = cell.words.get(at);
            // Most rows are told by their first letters, which only a scan may have got wrong.
            if !misread && !genre.joined.starts_with(word) {
                return None;
            }
            let joined = word == genre.joined;
            let len = if joined { 1 } else { genre.len };
            let fits = joined || cell.words.has_at(at, &genre.phrase);
            (fits && at + len <= to).then_some((genre, at + len))
        })
    };
    let (at, (genre, end)) = starts.into_iter().find_map(|at| Some((at, find(at)?)))?;
    let head = cell.text(at, end);
    let in_capitals = to - from <= max_words && (upper >= 3 * lower.max(1) || !misread && is_capitals(&head));
    let named = NamedGenre {
        name: genre.name,
        to: end,
        in_capitals,
    };
    if in_capitals {
        return Some(named);
    }
    let first = head.chars().next().is_some_and(char::is_uppercase);
    // "Nghị quyết số 5", "Hướng dẫn:" and "Kế hoạch này" speak of a document.
    let next = cell.words.get(end);
    let mentioned =
        next.bytes().any(|byte| byte.is_ascii_digit()) || matches!(next, "nay" | "tren") || head.ends_with(':');
    let alone = end == to || cell.emphasized;
    // "Công văn số 5/VP-TH về …" is how catalogs call a letter.
    let letter = genre.name == "công văn";
    (!misread && first && !mentioned && alone && genre.len > 1 && !letter).then_some(named)
}

/// Returns true if the words from `from` to `to` mark a draft (`Dự thảo lần 2`).
pub(super) fn is_draft(words: &FoldedWords, from: usize, to: usize) -> bool {
    // Where "dự" was misread, "thảo" after a word of at most two letters is enough.
    to - from <= MAX_DRAFT_WORDS
        && (from..to.min(from + 2)).any(|at| {
            words.has_at(at, "du thao")
                || at + 1 < to && words.is_misread() && words.get(at).len() <= 2 && words.get(at + 1) == "thao"
        })
}
