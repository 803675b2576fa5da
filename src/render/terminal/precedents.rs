//! Precedents as terminal text: aligned wording with what was changed, added and dropped, drafts, families of wording.

use std::io::{self, Write};

use super::documents::passage_address;
use super::{Screen, TextStyle, TextVersion, truncate, wrap};
use crate::precedent::{AlignedPiece, Family, Member, Paragraph, PieceKind, Precedent};
use crate::record::{DocumentRecord, document_name};
use crate::text::{SourceLetters, Span, clean};

/// Writes a match: its address, its words and, where they differ from the `given` text, the words of that text.
///
/// On a screen without colors, `{+ +}` encloses words that only the passage has and `[- -]` words that only the given
/// text has.
///
/// # Errors
/// Those of `out`.
pub fn precedent(
    out: &mut dyn Write,
    screen: Screen,
    found: &Precedent,
    given: &str,
    version: TextVersion,
) -> io::Result<()> {
    let record = &found.stored.record;
    let palette = screen.palette;
    let closeness = palette.paint(
        TextStyle::Count,
        format_args!(
            "giống {} %, {}/{} chữ, {}",
            whole_percent(found.share()),
            found.matched_syllables,
            found.given_syllables,
            found.distinctiveness.label(),
        ),
    );
    let id = palette.paint(TextStyle::Address, clean(&record.passage));
    let place = passage_address(record);
    writeln!(
        out,
        "{id}  {closeness}  {}",
        palette.paint(TextStyle::Dim, clean(&place))
    )?;
    let passage = AlignedSide {
        is_given: false,
        text: &record.text,
        pieces: &found.found,
        letters: Some(&found.stored.annotations.letters),
        label: if record.repaired.is_some() && version == TextVersion::Repaired {
            "  [đọc lại]"
        } else {
            ""
        },
    };
    passage.write(out, screen, version)?;
    // Wording that is the same throughout need not be shown twice.
    if found.source.iter().any(|piece| piece.kind != PieceKind::Same) {
        let given = AlignedSide {
            is_given: true,
            text: given,
            pieces: &found.source,
            letters: None,
            label: "",
        };
        given.write(out, screen, version)?;
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
    /// A note after the last piece; may be empty.
    label: &'static str,
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
                PieceKind::Changed if self.is_given => dropped(screen, words),
                PieceKind::Changed | PieceKind::Inserted => added(screen, words),
                PieceKind::Dropped => dropped(screen, words),
            });
        }
        let mut pieces: Vec<(&str, Option<TextStyle>)> =
            parts.iter().map(|(text, style)| (text.as_str(), *style)).collect();
        pieces.push((self.label, Some(TextStyle::Dim)));
        let lead = if self.is_given { "  ≠ " } else { "  " };
        let indent = " ".repeat(lead.chars().count());
        let columns = screen.columns.saturating_sub(indent.len());
        for (number, line) in wrap(&pieces, columns, screen.palette).iter().enumerate() {
            writeln!(out, "{}{line}", if number == 0 { lead } else { &indent })?;
        }
        Ok(())
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

/// Returns words that only the passage has, styled.
fn added(screen: Screen, words: &str) -> (String, Option<TextStyle>) {
    if screen.palette.is_colored() {
        (words.to_owned(), Some(TextStyle::Count))
    } else {
        (format!("{{+{words}+}}"), None)
    }
}

/// Returns words that only the given text has, styled.
fn dropped(screen: Screen, words: &str) -> (String, Option<TextStyle>) {
    if screen.palette.is_colored() {
        (words.to_owned(), Some(TextStyle::Warning))
    } else {
        (format!("[-{words}-]"), None)
    }
}

/// Writes a paragraph of a draft: that its wording is new, or its best match and the number of others.
///
/// `record` gives the record of a document by its id.
///
/// # Errors
/// Those of `out`.
pub fn paragraph<'d>(
    out: &mut dyn Write,
    screen: Screen,
    paragraph: &Paragraph,
    record: &dyn Fn(&str) -> Option<&'d DocumentRecord>,
    version: TextVersion,
) -> io::Result<()> {
    let palette = screen.palette;
    let passage = &paragraph.stored.record;
    let line = palette.paint(TextStyle::Address, format_args!(":{}", passage.lines[0]));
    let text = passage
        .repaired
        .as_deref()
        .filter(|_| version == TextVersion::Repaired)
        .unwrap_or(&passage.text);
    let text = clean(text);
    // The paragraph itself is named by its beginning, as much as fits on the line after the verdict.
    let Some(best) = paragraph.precedents.matches.first() else {
        let verdict = palette.paint(TextStyle::Title, "mới");
        let beginning = truncate(&text, screen.columns.saturating_sub(16));
        return writeln!(out, "{line}  {verdict}  {beginning}");
    };
    let taken = format!("{}/{} chữ", paragraph.taken, paragraph.syllables);
    let verdict = palette.paint(TextStyle::Count, format_args!("đã từng dùng {taken}"));
    let beginning = truncate(&text, screen.columns.saturating_sub(36));
    writeln!(out, "{line}  {verdict}  {beginning}")?;
    if let Some(document) = record(&best.stored.record.document) {
        let name = truncate(document_name(document), screen.columns.saturating_sub(4));
        writeln!(out, "  {}", palette.paint(TextStyle::Title, clean(&name)))?;
    }
    precedent(out, screen, best, &passage.text, version)?;
    let more = paragraph.precedents.total.saturating_sub(1);
    if more > 0 {
        let least = if paragraph.precedents.total_is_exact {
            ""
        } else {
            "ít nhất "
        };
        let more = palette.paint(TextStyle::Dim, format_args!("và {least}{more} đoạn khác"));
        writeln!(out, "  {more}")?;
    }
    Ok(())
}

/// Writes a family of wording with its number: how many documents share it, then each place in full.
///
/// # Errors
/// Those of `out`.
pub fn family(
    out: &mut dyn Write,
    screen: Screen,
    number: usize,
    family: &Family,
    version: TextVersion,
) -> io::Result<()> {
    let palette = screen.palette;
    let longest = family.members.iter().map(|member| member.syllables).max().unwrap_or(0);
    let about = format!(
        "{} văn bản, {} chỗ, {longest} chữ",
        family.documents,
        family.members.len()
    );
    let number = palette.paint(TextStyle::Title, number);
    writeln!(out, "{number}  {}", palette.paint(TextStyle::Count, about))?;
    for member in &family.members {
        // Members come with the earliest document first, so the date tells who said it before whom.
        let date = member.date.as_deref().unwrap_or("không rõ ngày");
        let id = palette.paint(TextStyle::Address, clean(&member.record.passage));
        let place = format!("{date}, trang {}", member.record.page);
        let place = palette.paint(TextStyle::Dim, place);
        writeln!(out, "  {id}  {:.2}  {place}", member.score)?;
        let (text, is_repaired) = words_of(member, version);
        let label = if is_repaired { "  [đọc lại]" } else { "" };
        let pieces = [(text, None), (label, Some(TextStyle::Dim))];
        for line in wrap(&pieces, screen.columns.saturating_sub(4), palette) {
            writeln!(out, "    {line}")?;
        }
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
