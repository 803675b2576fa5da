//! Precedents as terminal text: aligned wording with what was changed, added and dropped, drafts, families of wording.

use std::io::{self, Write};

use super::hits::place;
use super::listing::{Listing, block};
use super::{Screen, TextStyle, TextVersion, truncate, width};
use crate::precedent::{AlignedPiece, Family, Member, Paragraph, PieceKind, Precedent};
use crate::render::language::dates::date_text;
use crate::render::language::fill;
use crate::render::language::labels::distinctiveness_name;
use crate::text::{SourceLetters, Span, clean};

/// Writes a match: its place, its words and, where they differ from the `given` text, the words of that text.
///
/// `{+ +}` encloses words that only the passage has and `[- -]` words that only the given text has, with colors or not.
///
/// # Errors
/// Those of the list.
pub fn precedent(list: &mut Listing<'_>, found: &Precedent, given: &str, version: TextVersion) -> io::Result<()> {
    let record = &found.stored.record;
    let (screen, strings) = (list.screen, list.screen.strings());
    let closeness = fill(
        strings.alike,
        &[
            &whole_percent(found.share()),
            &found.matched_syllables,
            &found.given_syllables,
            &distinctiveness_name(strings, found.distinctiveness),
        ],
    );
    list.passage(place(record), &[(&closeness, Some(TextStyle::Count))])?;
    let passage = AlignedSide {
        is_given: false,
        text: &record.text,
        pieces: &found.found,
        letters: Some(&found.stored.annotations.letters),
    };
    passage.write(list.out, screen, version)?;
    // Wording that is the same throughout need not be shown twice.
    if found.source.iter().any(|piece| piece.kind != PieceKind::Same) {
        let given = AlignedSide {
            is_given: true,
            text: given,
            pieces: &found.source,
            letters: None,
        };
        given.write(list.out, screen, version)?;
    }
    Ok(())
}

/// One of the two texts of an alignment.
struct AlignedSide<'a> {
    /// True if this is the text that precedents were looked for, false if it is the passage that was found.
    is_given: bool,
    /// The whole text.
    text: &'a str,
    /// The aligned pieces of `text`, in order.
    pieces: &'a [AlignedPiece],
    /// The letters of the file where `text` was converted from them, if it is of a file.
    letters: Option<&'a SourceLetters>,
}

impl AlignedSide<'_> {
    /// Writes the pieces, and the text between them as far as it is punctuation.
    fn write(&self, out: &mut dyn Write, screen: Screen, version: TextVersion) -> io::Result<()> {
        let mut parts: Vec<(String, Option<TextStyle>)> = Vec::new();
        let mut end = None;
        for piece in self.pieces {
            if let Some(end) = end {
                parts.push((between(self.text, end, piece.at[0]), None));
            }
            end = Some(piece.at[1]);
            let words = match (version, &piece.repaired, self.letters) {
                (TextVersion::Repaired, Some(repaired), _) => repaired.clone(),
                (TextVersion::Source, _, Some(letters)) => {
                    letters.slice(self.text, Span::new(piece.at[0], piece.at[1]))
                }
                _ => piece.text.clone(),
            };
            let words = words.as_str();
            parts.push(match piece.kind {
                PieceKind::Same => (words.to_owned(), None),
                // Each side has its own words for a change: those of the passage were added, those of the given text
                // dropped.
                PieceKind::Changed if self.is_given => dropped(words),
                PieceKind::Changed | PieceKind::Inserted => added(words),
                PieceKind::Dropped => dropped(words),
            });
        }
        let pieces: Vec<(&str, Option<TextStyle>)> =
            parts.iter().map(|(text, style)| (text.as_str(), *style)).collect();
        let indents = if self.is_given {
            ["    ≠ ", "      "]
        } else {
            ["    ", "    "]
        };
        block(out, screen, indents, &pieces)
    }
}

/// Returns a share, 0 to 1, in percent, rounded down: 100 is all of it.
pub(crate) fn whole_percent(share: f64) -> usize {
    (share * 100.0).floor() as usize
}

/// Returns the text between two pieces: punctuation as it is, anything else as an ellipsis.
pub(crate) fn between(text: &str, end: usize, start: usize) -> String {
    let gap = text.get(end..start).unwrap_or(" ");
    if gap.chars().any(char::is_alphanumeric) || end > start {
        " … ".to_owned()
    } else {
        gap.to_owned()
    }
}

/// Returns words that only the passage has, enclosed and styled.
fn added(words: &str) -> (String, Option<TextStyle>) {
    (format!("{{+{words}+}}"), Some(TextStyle::Count))
}

/// Returns words that only the given text has, enclosed and styled.
fn dropped(words: &str) -> (String, Option<TextStyle>) {
    (format!("[-{words}-]"), Some(TextStyle::Warning))
}

/// Writes a paragraph of a draft: that its wording is new, or its best match and the number of others.
///
/// # Errors
/// Those of the list.
pub fn paragraph(list: &mut Listing<'_>, paragraph: &Paragraph, version: TextVersion) -> io::Result<()> {
    let (screen, strings) = (list.screen, list.screen.strings());
    let palette = screen.palette;
    let passage = &paragraph.stored.record;
    let line = format!(":{}", passage.lines[0]);
    let text = passage
        .repaired
        .as_deref()
        .filter(|_| version == TextVersion::Repaired)
        .unwrap_or(&passage.text);
    let text = clean(text);
    let best = paragraph.precedents.matches.first();
    let (verdict, style) = match best {
        None => (strings.new_wording.to_owned(), TextStyle::Title),
        Some(_) => {
            let used = fill(strings.used_before, &[&paragraph.taken, &paragraph.syllables]);
            (used, TextStyle::Count)
        }
    };
    // The paragraph itself is named by its beginning, as much as fits on the line after the verdict.
    let room = screen.columns.saturating_sub(width(&line) + width(&verdict) + 4);
    let beginning = truncate(&text, room);
    let line = palette.paint(TextStyle::Address, line);
    writeln!(list.out, "{line}  {}  {beginning}", palette.paint(style, verdict))?;
    let Some(best) = best else { return Ok(()) };
    list.restart();
    list.document(&best.stored.record.document)?;
    precedent(list, best, &passage.text, version)?;
    let more = paragraph.precedents.total.saturating_sub(1);
    if more > 0 {
        let template = if paragraph.precedents.total_is_exact {
            strings.more_passages
        } else {
            strings.more_at_least
        };
        let more = palette.paint(TextStyle::Dim, fill(template, &[&more]));
        writeln!(list.out, "  {more}")?;
    }
    Ok(())
}

/// Writes a family of wording with its number: how many documents share it, then each place in full.
///
/// # Errors
/// Those of the list.
pub fn family(list: &mut Listing<'_>, number: usize, family: &Family, version: TextVersion) -> io::Result<()> {
    let (screen, strings) = (list.screen, list.screen.strings());
    let palette = screen.palette;
    let longest = family.members.iter().map(|member| member.syllables).max().unwrap_or(0);
    let about = fill(strings.family, &[&family.documents, &family.members.len(), &longest]);
    let number = palette.paint(TextStyle::Title, number);
    writeln!(list.out, "{number}  {}", palette.paint(TextStyle::Count, about))?;
    for member in &family.members {
        // Members come with the earliest document first, so the date tells who said it before whom.
        let date = member.date.as_deref().map(date_text);
        let date = date.unwrap_or_else(|| strings.undated.to_owned());
        let (text, is_repaired) = words_of(member, version);
        let label = if is_repaired {
            format!("  [{}]", strings.corrected_short)
        } else {
            String::new()
        };
        let score = format!("{:.2}", member.score);
        let pieces = [
            (date.as_str(), None),
            ("  ", None),
            (score.as_str(), Some(TextStyle::Count)),
            ("  ", None),
            (text, None),
            (label.as_str(), Some(TextStyle::Dim)),
        ];
        list.passage(place(&member.record), &pieces)?;
    }
    Ok(())
}

/// Returns the words of a member in this version, and true if they are a repaired reading.
fn words_of(member: &Member, version: TextVersion) -> (&str, bool) {
    match (version, &member.repaired, &member.letters) {
        (TextVersion::Repaired, Some(repaired), _) => (repaired, true),
        (TextVersion::Source, _, Some(letters)) => (letters, false),
        _ => (&member.text, false),
    }
}
