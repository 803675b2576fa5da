//! A view of a text that maps back to its source bytes.

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use super::Span;
use super::fold::ligature;
use super::look_alikes::ascii_for;

/// The differences of a view from its source, apart from the joining of lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// NFC and nothing else: the form in which records show the source.
    Source,
    /// The form for patterns: NFC; `Ð` (U+00D0) and `Ɖ` (U+0189) as `Đ`, `ƣ` (U+01A3) as `ư`; full-width characters,
    /// Cyrillic and Greek letters and other slashes as the ASCII characters that they look like; every run of blanks
    /// as one blank; soft hyphens, zero-width characters and byte order marks dropped; ligatures spelled out.
    Match,
}

/// A stretch of the view and the source bytes it came from.
#[derive(Clone, Copy, Debug)]
struct Mapping {
    /// Offset of its first byte in the view; it ends where the next one starts.
    out: usize,
    /// The source bytes.
    source: Span,
    /// True if it was copied byte for byte; otherwise the whole stretch stands for all of `source`.
    copied: bool,
}

/// A view of a source text, with a map back to the source.
///
/// The mappings are in the order of the view. Their source spans never overlap and never go back, so for every span of
/// the view there is one smallest source span that covers it.
#[derive(Clone, Debug, Default)]
pub struct Mapped {
    text: String,
    mappings: Vec<Mapping>,
}

impl Mapped {
    /// Joins the lines of `fragments` of `source` (sorted, disjoint) into one text.
    ///
    /// A line break becomes one blank, together with the blanks and blank lines around it. After a hyphen that follows
    /// a digit it becomes nothing, because `"35-⏎NQ/TW"` is one symbol, and nothing after a soft hyphen, which parts a
    /// word. Blanks at both ends are dropped.
    #[must_use]
    pub fn join(source: &str, fragments: &[Span], form: Form) -> Self {
        let mut builder = MappedBuilder::new(form);
        for &fragment in fragments {
            builder.push_joined(source, fragment);
        }
        builder.finish()
    }

    /// The text of the view.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the source bytes that `span` of the view came from: the smallest source span that holds all of them.
    ///
    /// A text that replaces several source bytes (a composed letter, a repaired word) is covered as a whole.
    #[must_use]
    pub fn source_span(&self, span: Span) -> Span {
        if self.mappings.is_empty() {
            return Span::default();
        }
        let start = self.source_at(span.start, SpanEnd::Start);
        if span.is_empty() {
            return Span::new(start, start);
        }
        Span::new(start, self.source_at(span.end, SpanEnd::End))
    }

    /// Returns the part of the view that came from the bytes `source`; empty if none did.
    #[must_use]
    pub fn view_span(&self, source: Span) -> Span {
        let first = self
            .mappings
            .partition_point(|mapping| mapping.source.end <= source.start);
        let last = self
            .mappings
            .partition_point(|mapping| mapping.source.start < source.end);
        if first >= last {
            let at = self.mappings.get(first).map_or(self.text.len(), |mapping| mapping.out);
            return Span::new(at, at);
        }
        let (head, tail) = (self.mappings[first], self.mappings[last - 1]);
        let start = if head.copied {
            head.out + source.start.saturating_sub(head.source.start)
        } else {
            head.out
        };
        let end = if tail.copied {
            tail.out + source.end.min(tail.source.end) - tail.source.start
        } else {
            self.mappings.get(last).map_or(self.text.len(), |mapping| mapping.out)
        };
        Span::new(start, end)
    }

    /// The source offset of the view offset `at`, which is the given end of a span.
    fn source_at(&self, at: usize, side: SpanEnd) -> usize {
        // The mapping that holds the byte at `at` (start) or the byte before it (end).
        let probe = match side {
            SpanEnd::Start => at,
            SpanEnd::End => at.saturating_sub(1),
        };
        let index = self
            .mappings
            .partition_point(|mapping| mapping.out <= probe)
            .saturating_sub(1);
        let mapping = self.mappings[index];
        if mapping.copied {
            return (mapping.source.start + at.saturating_sub(mapping.out)).min(mapping.source.end);
        }
        match side {
            SpanEnd::Start if at >= self.text.len() => mapping.source.end,
            SpanEnd::Start => mapping.source.start,
            SpanEnd::End => mapping.source.end,
        }
    }
}

/// One of the two ends of a span.
#[derive(Clone, Copy)]
enum SpanEnd {
    Start,
    End,
}

/// Builds a [`Mapped`] from left to right.
#[derive(Debug)]
pub struct MappedBuilder {
    mapped: Mapped,
    form: Form,
    /// The source bytes of the blank that is due before the next text, if one is.
    pending: Option<Span>,
    /// True if the last line ended with a soft hyphen: the word goes on in the next line.
    hyphenated: bool,
}

impl MappedBuilder {
    /// An empty view of the given form.
    #[must_use]
    pub fn new(form: Form) -> Self {
        Self {
            mapped: Mapped::default(),
            form,
            pending: None,
            hyphenated: false,
        }
    }

    /// Appends the lines of `span` of `source`, joined as [`Mapped::join`] does. One blank separates the text of two
    /// calls.
    pub fn push_joined(&mut self, source: &str, span: Span) {
        self.push_joined_with(source, span, |builder, line| builder.push_line(source, line));
    }

    /// Works as [`Self::push_joined`], but calls `push_line` for each line that is not blank, trimmed of blanks.
    pub fn push_joined_with(&mut self, source: &str, span: Span, mut push_line: impl FnMut(&mut Self, Span)) {
        let mut at = span.start;
        for line in span.slice(source).split_inclusive(['\n', '\u{c}']) {
            let content = line.trim_matches(is_edge);
            let lead = line.len() - line.trim_start_matches(is_edge).len();
            if !content.is_empty() {
                let start = at + lead;
                let goes_on = self.hyphenated && content.starts_with(char::is_alphabetic);
                self.break_line(start, goes_on);
                push_line(self, Span::new(start, start + content.len()));
            }
            at += line.len();
        }
    }

    /// Takes back the blank that is due for a line break: the break is inside a word.
    pub fn continue_line(&mut self) {
        self.pending = None;
    }

    /// Appends `text` in place of the bytes `span` of the source.
    pub fn push_replaced(&mut self, text: &str, span: Span) {
        self.flush();
        self.hyphenated = false;
        self.push_mapping(text, span, false);
    }

    /// Appends the bytes `span` of `source`, which contain no line break, in the form of this builder.
    pub fn push_line(&mut self, source: &str, span: Span) {
        self.flush();
        let line = span.slice(source);
        self.hyphenated = line.ends_with('\u{ad}');
        if is_unchanged(line) {
            self.push_mapping(line, span, true);
            return;
        }
        // Bytes from `plain` on are still to be copied as they are.
        let mut plain = span.start;
        let mut chars = line.char_indices().peekable();
        while let Some((offset, char)) = chars.next() {
            let start = span.start + offset;
            let mut end = start + char.len_utf8();
            // A base letter is composed together with the combining marks after it, even if a character that the form
            // drops comes between them.
            let form = self.form;
            let continues =
                |c: char| is_combining(c) || form == Form::Match && matches!(match_action(c), MatchAction::Dropped);
            if chars.peek().is_some_and(|&(_, next)| continues(next)) {
                while let Some((_, mark)) = chars.next_if(|&(_, next)| continues(next)) {
                    end += mark.len_utf8();
                }
                self.copy(source, Span::new(plain, start));
                let cluster = Span::new(start, end).slice(source).chars();
                let cluster: String = match form {
                    Form::Source => cluster.nfc().collect(),
                    Form::Match => cluster.filter_map(|c| match_action(c).to_text(c)).nfc().collect(),
                };
                self.push_mapping(&cluster, Span::new(start, end), false);
                plain = end;
                continue;
            }
            if self.form == Form::Source {
                if needs_composing(char) {
                    self.copy(source, Span::new(plain, start));
                    let composed: String = char.nfc().collect();
                    self.push_mapping(&composed, Span::new(start, end), false);
                    plain = end;
                }
                continue;
            }
            let blank_run = char == ' ' && chars.peek().is_some_and(|&(_, next)| is_blank(next));
            match match_action(char) {
                MatchAction::Same if !blank_run => continue,
                MatchAction::Same | MatchAction::Blank => {
                    while let Some((_, blank)) = chars.next_if(|&(_, next)| is_blank(next)) {
                        end += blank.len_utf8();
                    }
                    self.copy(source, Span::new(plain, start));
                    self.push_mapping(" ", Span::new(start, end), false);
                }
                MatchAction::Dropped => self.copy(source, Span::new(plain, start)),
                MatchAction::As(text) => {
                    self.copy(source, Span::new(plain, start));
                    self.push_mapping(text, Span::new(start, end), false);
                }
                MatchAction::Composed => {
                    self.copy(source, Span::new(plain, start));
                    let composed: String = char.nfc().collect();
                    self.push_mapping(&composed, Span::new(start, end), false);
                }
            }
            plain = end;
        }
        self.copy(source, Span::new(plain, span.end));
    }

    /// Notes that a line ended before source offset `next`: one blank is due, or none after `digit-` and where the next
    /// line `goes_on` with a parted word.
    fn break_line(&mut self, next: usize, goes_on: bool) {
        let Some(last) = self.mapped.mappings.last() else {
            return;
        };
        let mut tail = self.mapped.text.bytes().rev();
        let in_symbol = tail.next() == Some(b'-') && tail.next().is_some_and(|b| b.is_ascii_digit());
        self.pending = (!in_symbol && !goes_on).then_some(Span::new(last.source.end, next));
    }

    /// Returns the finished view.
    #[must_use]
    pub fn finish(self) -> Mapped {
        self.mapped
    }

    /// Length of the view so far, in bytes, without a blank that is due.
    #[must_use]
    pub fn len(&self) -> usize {
        self.mapped.text.len()
    }

    /// Returns true if the view has no text yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.mapped.text.is_empty()
    }

    /// Appends the blank that is due, if one is.
    fn flush(&mut self) {
        if let Some(gap) = self.pending.take() {
            self.push_mapping(" ", gap, false);
        }
    }

    /// Appends the bytes `span` of `source` as they are.
    fn copy(&mut self, source: &str, span: Span) {
        if !span.is_empty() {
            self.push_mapping(span.slice(source), span, true);
        }
    }

    /// Appends `text`, which came from the bytes `source`; `copied` as in [`Mapping::copied`].
    fn push_mapping(&mut self, text: &str, source: Span, copied: bool) {
        if text.is_empty() {
            return;
        }
        self.mapped.mappings.push(Mapping {
            out: self.mapped.text.len(),
            source,
            copied,
        });
        self.mapped.text.push_str(text);
    }
}

/// The change that [`Form::Match`] makes to one char.
enum MatchAction {
    Same,
    Blank,
    Dropped,
    As(&'static str),
    Composed,
}

impl MatchAction {
    /// The char to compose with others in place of `char`.
    fn to_text(&self, char: char) -> Option<char> {
        match self {
            Self::Dropped => None,
            Self::Blank => Some(' '),
            Self::As(text) => text.chars().next(),
            Self::Same | Self::Composed => Some(char),
        }
    }
}

/// The table of [`Form::Match`].
///
/// Sources: Unicode data for U+00D0 and U+0189 (look-alikes of U+0110 in Vietnamese texts of about 2005-2012), U+01A2 and
/// U+01A3 (look-alikes of `Ư` and `ư` in the text of some PDFs: `tƣ tƣởng`), U+2044, U+2215 and U+29F8 for slashes.
fn match_action(char: char) -> MatchAction {
    match char {
        '\u{d0}' | '\u{189}' => MatchAction::As("Đ"),
        '\u{1a2}' => MatchAction::As("Ư"),
        '\u{1a3}' => MatchAction::As("ư"),
        char if is_invisible(char) => MatchAction::Dropped,
        '\u{fb00}'..='\u{fb06}' => ligature(char).map_or(MatchAction::Same, MatchAction::As),
        '\t' | '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => {
            MatchAction::Blank
        }
        '\u{2044}' | '\u{2215}' | '\u{29f8}' => MatchAction::As("/"),
        char if needs_composing(char) => MatchAction::Composed,
        '\u{370}'..='\u{4ff}' | '\u{ff01}'..='\u{ff5e}' => ascii_for(char).map_or(MatchAction::Same, MatchAction::As),
        _ => MatchAction::Same,
    }
}

/// Returns true if the char is invisible inside words: a format character that a copy from a PDF or HTML contains.
///
/// Source: UAX #14.
#[inline]
pub(super) fn is_invisible(char: char) -> bool {
    matches!(char, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// Returns true if NFC changes the char on its own (such as U+212B).
fn needs_composing(char: char) -> bool {
    char > '\u{2ff}' && is_nfc_quick(std::iter::once(char)) == IsNormalized::No
}

/// Returns true if the char is a combining mark; those of Unicode all come after U+02FF.
fn is_combining(char: char) -> bool {
    char > '\u{2ff}' && unicode_normalization::char::is_combining_mark(char)
}

/// Returns true if the char is white space inside a line.
fn is_blank(char: char) -> bool {
    matches!(match_action(char), MatchAction::Blank) || char == ' '
}

/// Returns true if the char is dropped at both ends of a line.
fn is_edge(char: char) -> bool {
    char.is_whitespace() || char == '\u{feff}'
}

/// Returns true if `line` is certainly the same in either form. Most lines are, and they are copied whole; when in
/// doubt it returns false.
fn is_unchanged(line: &str) -> bool {
    let mut after_blank = false;
    line.chars().all(|char| {
        let blank = char == ' ';
        let same = match char {
            ' ' => !after_blank,
            '\u{d0}' | '\u{189}' | '\u{1a2}' | '\u{1a3}' | '\u{ad}' | '\t' => false,
            // ASCII, Latin letters and signs, the letters of Vietnamese, dashes and quotation marks.
            '\0'..='\u{7f}' | '\u{a1}'..='\u{2ff}' | '\u{1ea0}'..='\u{1ef9}' | '\u{2010}'..='\u{2027}' => true,
            _ => false,
        };
        after_blank = blank;
        same
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn whole(source: &str, form: Form) -> Mapped {
        Mapped::join(source, &[Span::new(0, source.len())], form)
    }

    #[test]
    fn look_alikes_become_ascii_in_patterns() {
        let rows = [
            ("69-NQ\u{2215}TW", "69-NQ/TW"),
            ("70\u{ff0d}NQ\u{ff0f}TW", "70-NQ/TW"),
            ("\u{ff17}\u{ff11}-NQ/\u{422}W", "71-NQ/TW"),
            ("Ω и Ж", "Ω и Ж"),
        ];
        for (source, text) in rows {
            let view = Mapped::join(source, &[Span::new(0, source.len())], Form::Match);
            assert_eq!(view.text(), text);
            let plain = Mapped::join(source, &[Span::new(0, source.len())], Form::Source);
            assert_eq!(plain.text(), source);
        }
    }

    #[test]
    fn lines_join_with_one_blank_and_none_inside_a_symbol() {
        let source = "  Đảng  bộ \r\n\r\n thành phố\nsố 35- \nNQ/TW\n";
        assert_eq!(whole(source, Form::Source).text(), "Đảng  bộ thành phố số 35-NQ/TW");
        assert_eq!(whole(source, Form::Match).text(), "Đảng bộ thành phố số 35-NQ/TW");
    }

    #[test]
    fn a_word_parted_by_a_soft_hyphen_is_one_word() {
        let source = "huyện Đa\u{ad}\nkrông, x\u{e3}";
        assert_eq!(whole(source, Form::Match).text(), "huyện Đakrông, xã");
        assert_eq!(whole(source, Form::Source).text(), "huyện Đa\u{ad}krông, xã");
    }

    #[test]
    fn invisible_and_look_alike_characters_match() {
        let source = "\u{feff}43/2010/N\u{d0}-CP\u{a0}của Chính\u{ad} phủ \u{fb01}n \u{200b}";
        assert_eq!(whole(source, Form::Match).text(), "43/2010/NĐ-CP của Chính phủ fin ");
    }

    #[test]
    fn decomposed_text_maps_back_to_its_bytes() {
        let source: String = "Đảng ủy".nfd().collect();
        let view = whole(&source, Form::Source);
        assert_eq!(view.text(), "Đảng ủy");
        let at = view.text().find('ủ').unwrap();
        let span = view.source_span(Span::new(at, at + 'ủ'.len_utf8()));
        assert_eq!(span.slice(&source).nfc().collect::<String>(), "ủ");
        assert_eq!(view.view_span(span), Span::new(at, at + 'ủ'.len_utf8()));
    }

    #[test]
    fn a_replaced_word_maps_to_the_whole_source_word() {
        let mut builder = MappedBuilder::new(Form::Match);
        let source = "Pang bd co";
        builder.push_replaced("Đảng", Span::new(0, 4));
        builder.push_line(source, Span::new(4, 5));
        builder.push_replaced("bộ", Span::new(5, 7));
        builder.push_line(source, Span::new(7, 10));
        let view = builder.finish();
        assert_eq!(view.text(), "Đảng bộ co");
        assert_eq!(view.source_span(Span::new(0, 3)), Span::new(0, 4));
        let bo = view.text().find("bộ").unwrap();
        assert_eq!(view.source_span(Span::new(bo, bo + "bộ".len())), Span::new(5, 7));
    }

    proptest! {
        #[test]
        fn a_view_is_nfc_and_its_spans_fit_the_source(source in "[ \\n\\r\\tĐđ\u{d0}\u{ad}\u{feff}aăả\u{323}\u{302}0-9\\-/ﬁ“]{0,40}|\\PC{0,40}") {
            for form in [Form::Source, Form::Match] {
                let view = whole(&source, form);
                prop_assert!(unicode_normalization::is_nfc(view.text()));
                let bounds: Vec<usize> = view.text().char_indices().map(|(at, _)| at).chain([view.text().len()]).collect();
                for pair in bounds.windows(2) {
                    let span = view.source_span(Span::new(pair[0], pair[1]));
                    prop_assert!(source.is_char_boundary(span.start) && source.is_char_boundary(span.end));
                    prop_assert!(!span.is_empty());
                    prop_assert!(view.view_span(span).contains(Span::new(pair[0], pair[1])));
                }
            }
        }
    }
}
