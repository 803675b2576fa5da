//! Text for a terminal: untrusted text made safe, styled where colors are wanted, and wrapped to the terminal's width.
//!
//! A file per kind of answer builds on what this one defines: the [`Screen`] to write for, the style of each piece of
//! text ([`TextStyle`], [`Palette`]), texts that may be misread ([`StyledReading`]), and line breaks ([`wrap`]).

use std::borrow::Cow;
use std::fmt::Display;

use anstyle::{AnsiColor, Style};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::language::{Lang, Strings};
use crate::record::Unsure;
use crate::text::clean;

pub mod citations;
pub mod documents;
pub mod facets;
pub mod hits;
pub mod listing;
pub mod precedents;
pub mod proofs;
pub mod register;

/// Width in columns to assume when the terminal does not report one.
pub const DEFAULT_WIDTH: usize = 100;

/// The screen that terminal text is laid out for.
#[derive(Clone, Copy, Debug)]
pub struct Screen {
    /// Width in columns.
    pub columns: usize,
    /// Colors, if any.
    pub palette: Palette,
    /// True if names of documents are links to their files.
    pub links: bool,
    /// The language of all words that are not of a document.
    pub lang: Lang,
}

impl Screen {
    /// Returns the texts in its language.
    pub(crate) const fn strings(self) -> &'static Strings {
        self.lang.strings()
    }
}

/// The version of a damaged text to show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextVersion {
    /// The repaired reading, labeled as such.
    Repaired,
    /// The source.
    Source,
}

/// The role of a piece of terminal text, which decides its style.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextStyle {
    /// A matching word.
    Hit,
    /// The title of a document.
    Title,
    /// An id or address.
    Address,
    /// A count or score.
    Count,
    /// Less important: page, quality, labels.
    Dim,
    /// A repaired reading.
    Repaired,
    /// An unsure word of a repaired reading.
    Unsure,
    /// A matching word that is unsure.
    UnsureHit,
    /// Something the reader should notice.
    Warning,
}

/// The colors and typefaces of text on a screen, or plain text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Palette {
    colored: bool,
}

impl Palette {
    /// Returns a palette with or without colors.
    #[must_use]
    pub const fn new(colored: bool) -> Self {
        Self { colored }
    }

    /// Returns true if text is colored.
    #[must_use]
    pub const fn is_colored(self) -> bool {
        self.colored
    }

    /// Returns `text` with the escape codes of `style`, or as it is on a screen without colors.
    pub fn paint(self, style: TextStyle, text: impl Display) -> String {
        if !self.colored {
            return text.to_string();
        }
        let style = match style {
            TextStyle::Hit => Style::new().bold().fg_color(Some(AnsiColor::Red.into())),
            TextStyle::Title => Style::new().bold(),
            TextStyle::Address => Style::new().fg_color(Some(AnsiColor::Magenta.into())),
            TextStyle::Count => Style::new().fg_color(Some(AnsiColor::Green.into())),
            TextStyle::Dim => Style::new().dimmed(),
            TextStyle::Repaired => Style::new().italic(),
            TextStyle::Unsure => Style::new().italic().dimmed().underline(),
            TextStyle::UnsureHit => Style::new().bold().underline().fg_color(Some(AnsiColor::Red.into())),
            TextStyle::Warning => Style::new().fg_color(Some(AnsiColor::Yellow.into())),
        };
        format!("{style}{text}{style:#}")
    }
}

/// The mark after an unsure word on a screen without colors (U+2047). No document contains this character and no
/// query looks for it, so a text that is copied with the mark still finds its passage.
pub const UNSURE_MARK: char = '⁇';

/// The pieces of a text that may be misread, ready for [`wrap`]: repaired text, unsure words and hits are styled.
#[derive(Debug)]
pub struct StyledReading<'t> {
    pieces: Vec<(Cow<'t, str>, Option<TextStyle>)>,
    /// True if this is a repaired reading, false if it is the source.
    repaired: bool,
    /// True if any word is unsure.
    unsure: bool,
    palette: Palette,
}

impl<'t> StyledReading<'t> {
    /// Returns an empty repaired reading.
    #[must_use]
    pub const fn repaired(palette: Palette) -> Self {
        Self {
            pieces: Vec::new(),
            repaired: true,
            unsure: false,
            palette,
        }
    }

    /// Returns an empty source text, as it was typed or as an OCR read it.
    #[must_use]
    pub const fn recognized(palette: Palette) -> Self {
        Self {
            pieces: Vec::new(),
            repaired: false,
            unsure: false,
            palette,
        }
    }

    /// Cuts a text into pieces: its `repaired` reading or, if it has none, `text` itself.
    ///
    /// `unsure` holds the unsure words by byte range of that text, in order.
    #[must_use]
    pub fn of(text: &'t str, repaired: Option<&'t str>, unsure: &[Unsure], palette: Palette) -> Self {
        let mut reading = match repaired {
            Some(_) => Self::repaired(palette),
            None => Self::recognized(palette),
        };
        let whole = repaired.unwrap_or(text);
        let mut end_of_last = 0;
        for word in unsure {
            let [start, end] = word.at;
            if let (Some(before), Some(text)) = (whole.get(end_of_last..start), whole.get(start..end)) {
                reading.sure(before, false);
                reading.unsure(text, false);
                end_of_last = end;
            }
        }
        reading.sure(whole.get(end_of_last..).unwrap_or(""), false);
        reading
    }

    /// Appends a piece without unsure words.
    pub fn sure(&mut self, text: &'t str, hit: bool) {
        let style = if hit {
            Some(TextStyle::Hit)
        } else {
            self.repaired.then_some(TextStyle::Repaired)
        };
        self.pieces.push((text.into(), style));
    }

    /// Appends an unsure word: underlined on a screen with colors, else followed by [`UNSURE_MARK`].
    pub fn unsure(&mut self, text: &'t str, hit: bool) {
        self.unsure = true;
        let text = if self.palette.colored {
            text.into()
        } else {
            format!("{text}{UNSURE_MARK}").into()
        };
        let style = if hit { TextStyle::UnsureHit } else { TextStyle::Unsure };
        self.pieces.push((text, Some(style)));
    }

    /// Returns the pieces for [`wrap`].
    pub fn pieces(&self) -> impl Iterator<Item = (&str, Option<TextStyle>)> {
        self.pieces.iter().map(|(text, style)| (text.as_ref(), *style))
    }

    /// Returns true if a word is unsure.
    #[must_use]
    pub const fn has_unsure(&self) -> bool {
        self.unsure
    }

    /// Returns true if this is a repaired reading, false if it is the source.
    #[must_use]
    pub const fn is_repaired(&self) -> bool {
        self.repaired
    }
}

/// Returns the number of columns that `text` takes, not counting escape codes.
#[must_use]
pub fn width(text: &str) -> usize {
    UnicodeWidthStr::width(text)
}

/// Cuts `text` to at most `columns`, with `…` at the end of a text that was cut: between words, or inside a word that
/// takes more than half of the columns.
#[must_use]
pub fn truncate(text: &str, columns: usize) -> Cow<'_, str> {
    if width(text) <= columns {
        return Cow::Borrowed(text);
    }
    // Cutting at grapheme clusters keeps accents on their letters, and a variation selector, which makes a digit
    // wider, on its digit.
    let mut taken = 0;
    let mut end = 0;
    for (at, cluster) in text.grapheme_indices(true) {
        taken += width(cluster);
        if taken + 1 > columns {
            break;
        }
        end = at + cluster.len();
    }
    if !text[end..].starts_with(' ') {
        let word = text[..end]
            .rfind(' ')
            .filter(|&blank| 2 * width(&text[..blank]) >= columns);
        end = word.unwrap_or(end);
    }
    Cow::Owned(format!("{}…", text[..end].trim_end()))
}

/// Breaks `pieces` of text, each with its style (`None` for plain), into lines of at most `columns`, at blanks.
///
/// Returns the painted lines. A word longer than a line gets a line of its own. The text is [cleaned](clean()) here.
#[must_use]
pub fn wrap(pieces: &[(&str, Option<TextStyle>)], columns: usize, palette: Palette) -> Vec<String> {
    let mut lines = vec![String::new()];
    // The columns used on the last line, and the blanks due before the next word.
    let (mut taken, mut gap) = (0, 0);
    // A word may be made of several pieces: `"Đảng "`, `"bộ"` (a hit), `","` are two words.
    let mut word: Vec<(String, Option<TextStyle>)> = Vec::new();
    let mut flush = |word: &mut Vec<(String, Option<TextStyle>)>, gap: &mut usize| {
        let columns_of_word: usize = word.iter().map(|(text, _)| width(text)).sum();
        if word.is_empty() {
            return;
        }
        if taken > 0 && taken + *gap + columns_of_word > columns {
            lines.push(String::new());
            taken = 0;
        }
        let Some(line) = lines.last_mut() else { return };
        if taken > 0 {
            line.push_str(&" ".repeat(*gap));
            taken += *gap;
        }
        for (text, style) in word.drain(..) {
            match style {
                Some(style) => line.push_str(&palette.paint(style, text)),
                None => line.push_str(&text),
            }
        }
        taken += columns_of_word;
        *gap = 0;
    };
    for &(text, style) in pieces {
        for (index, part) in clean(text).split(' ').enumerate() {
            if index > 0 {
                flush(&mut word, &mut gap);
                // Two blanks separate an address from its text; longer runs come from the source's layout and are
                // shortened to two.
                gap = (gap + 1).min(2);
            }
            if !part.is_empty() {
                word.push((part.to_owned(), style));
            }
        }
    }
    flush(&mut word, &mut gap);
    lines.retain(|line| !line.is_empty());
    lines
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn wrapping_keeps_words_whole_and_paints_pieces() {
        let palette = Palette::new(true);
        let lines = wrap(
            &[
                ("về Đảng ", None),
                ("bộ", Some(TextStyle::Title)),
                (", thành phố", None),
            ],
            12,
            palette,
        );
        assert_eq!(lines, ["về Đảng \u{1b}[1mbộ\u{1b}[0m,", "thành phố"]);
    }

    #[test]
    fn truncation_counts_columns() {
        assert_eq!(truncate("Đảng bộ", 7), "Đảng bộ");
        assert_eq!(truncate("Đảng bộ", 6), "Đảng…");
        assert_eq!(truncate("漢字漢字", 5), "漢字…");
        assert_eq!(truncate("0\u{fe0f}Aꟲ---𝒻AA", 9), "0\u{fe0f}Aꟲ---𝒻…");
        assert_eq!(truncate("chuyển đổi số", 11), "chuyển đổi…");
        assert_eq!(truncate("chuyển đổi số", 9), "chuyển…");
    }

    proptest! {
        #[test]
        fn nothing_dangerous_reaches_a_terminal(text in "\\PC*|[\\x00-\\x20\u{7f}-\u{9f}\u{202e}\u{2066}a]{0,40}") {
            let cleaned = clean(&text);
            for line in wrap(&[(&text, None)], 20, Palette::new(false)) {
                prop_assert_eq!(clean(&line), line.as_str());
            }
            prop_assert!(width(&truncate(&cleaned, 10)) <= 10);
        }
    }
}
