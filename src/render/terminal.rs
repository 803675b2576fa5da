//! Text for a terminal: safe, coloured where wanted, as wide as it has room.

use std::borrow::Cow;
use std::fmt::Display;

use anstyle::{AnsiColor, Style};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::text::clean;

/// Width in columns where the terminal tells none.
pub const DEFAULT_WIDTH: usize = 100;

/// What a stretch of terminal text is; says how it looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
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
    /// A word of a repaired reading that is unsure.
    Unsure,
    /// A matching word that is unsure.
    UnsureHit,
    /// Something to take notice of.
    Warning,
}

/// Colours, or none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Palette {
    colored: bool,
}

impl Palette {
    /// A palette with or without colours.
    #[must_use]
    pub const fn new(colored: bool) -> Self {
        Self { colored }
    }

    /// Are there colours?
    #[must_use]
    pub const fn is_colored(self) -> bool {
        self.colored
    }

    /// `text` in the look of `role`.
    pub fn paint(self, role: Role, text: impl Display) -> String {
        if !self.colored {
            return text.to_string();
        }
        let style = match role {
            Role::Hit => Style::new().bold().fg_color(Some(AnsiColor::Red.into())),
            Role::Title => Style::new().bold(),
            Role::Address => Style::new().fg_color(Some(AnsiColor::Magenta.into())),
            Role::Count => Style::new().fg_color(Some(AnsiColor::Green.into())),
            Role::Dim => Style::new().dimmed(),
            Role::Repaired => Style::new().italic(),
            Role::Unsure => Style::new().italic().dimmed().underline(),
            Role::UnsureHit => Style::new().bold().underline().fg_color(Some(AnsiColor::Red.into())),
            Role::Warning => Style::new().fg_color(Some(AnsiColor::Yellow.into())),
        };
        format!("{style}{text}{style:#}")
    }
}

/// Stands behind an unsure word where there are no colours. No document has this character (U+2047), and no query
/// asks for it: text that is copied with it is found again.
pub const UNSURE_MARK: char = '⁇';

/// Pieces of a text that may be misread, ready for [`wrap`]: each text, what is unsure in it, and whether it
/// matched.
#[derive(Debug)]
pub struct Reading<'t> {
    pieces: Vec<(Cow<'t, str>, Option<Role>)>,
    /// Is it a repaired reading, not what an OCR wrote?
    repaired: bool,
    unsure: bool,
    palette: Palette,
}

impl<'t> Reading<'t> {
    /// An empty repaired reading.
    #[must_use]
    pub const fn repaired(palette: Palette) -> Self {
        Self {
            pieces: Vec::new(),
            repaired: true,
            unsure: false,
            palette,
        }
    }

    /// An empty text that stands as it was typed, or as an OCR wrote it.
    #[must_use]
    pub const fn recognised(palette: Palette) -> Self {
        Self {
            pieces: Vec::new(),
            repaired: false,
            unsure: false,
            palette,
        }
    }

    /// Appends a piece that is sure.
    pub fn sure(&mut self, text: &'t str, hit: bool) {
        let role = if hit {
            Some(Role::Hit)
        } else {
            self.repaired.then_some(Role::Repaired)
        };
        self.pieces.push((text.into(), role));
    }

    /// Appends an unsure word: underlined in colour, else with [`UNSURE_MARK`] behind it.
    pub fn unsure(&mut self, text: &'t str, hit: bool) {
        self.unsure = true;
        let text = if self.palette.colored {
            text.into()
        } else {
            format!("{text}{UNSURE_MARK}").into()
        };
        self.pieces
            .push((text, Some(if hit { Role::UnsureHit } else { Role::Unsure })));
    }

    /// The pieces for [`wrap`].
    pub fn pieces(&self) -> impl Iterator<Item = (&str, Option<Role>)> {
        self.pieces.iter().map(|(text, role)| (text.as_ref(), *role))
    }

    /// What readers must know, in brackets: that `what` they are shown is no source, and how its unsure words are
    /// marked, where it has any. `None` where nothing need be known.
    #[must_use]
    pub fn label(&self, what: &str) -> Option<String> {
        let legend = match (self.unsure, self.palette.colored) {
            (false, _) => None,
            (true, true) => Some("gạch chân: chưa chắc".to_owned()),
            (true, false) => Some(format!("{UNSURE_MARK}: chưa chắc")),
        };
        let said: Vec<String> = self
            .repaired
            .then(|| what.to_owned())
            .into_iter()
            .chain(legend)
            .collect();
        (!said.is_empty()).then(|| format!("[{}]", said.join("; ")))
    }
}

/// Columns that `text` takes, without colours.
#[must_use]
pub fn width(text: &str) -> usize {
    UnicodeWidthStr::width(text)
}

/// `text` cut to `columns`, with `…` where something was left out.
#[must_use]
pub fn truncate(text: &str, columns: usize) -> Cow<'_, str> {
    if width(text) <= columns {
        return Cow::Borrowed(text);
    }
    // By what readers see as one char: a selector behind a digit makes it wider, and no accent is cut off.
    let mut taken = 0;
    let mut end = 0;
    for (at, cluster) in text.grapheme_indices(true) {
        taken += width(cluster);
        if taken + 1 > columns {
            break;
        }
        end = at + cluster.len();
    }
    Cow::Owned(format!("{}…", text[..end].trim_end()))
}

/// Breaks `pieces` of text (each with its role, `None` for plain) into lines of at most `columns`, at blanks.
///
/// Returns the painted lines. A word longer than a line stands on one of its own.
#[must_use]
pub fn wrap(pieces: &[(&str, Option<Role>)], columns: usize, palette: Palette) -> Vec<String> {
    let mut lines = vec![String::new()];
    // Columns taken of the last line, and blanks due before the next word.
    let (mut taken, mut gap) = (0, 0);
    let mut word: Vec<(String, Option<Role>)> = Vec::new();
    let mut flush = |word: &mut Vec<(String, Option<Role>)>, gap: &mut usize| {
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
        for (text, role) in word.drain(..) {
            match role {
                Some(role) => line.push_str(&palette.paint(role, text)),
                None => line.push_str(&text),
            }
        }
        taken += columns_of_word;
        *gap = 0;
    };
    for &(text, role) in pieces {
        for (index, part) in clean(text).split(' ').enumerate() {
            if index > 0 {
                flush(&mut word, &mut gap);
                // Two blanks set things apart; more say no more.
                gap = (gap + 1).min(2);
            }
            if !part.is_empty() {
                word.push((part.to_owned(), role));
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
            &[("về Đảng ", None), ("bộ", Some(Role::Title)), (", thành phố", None)],
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
        assert_eq!(truncate("0\u{fe0f}A ꟲ   𝒻AA", 10), "0\u{fe0f}A ꟲ   𝒻…");
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
