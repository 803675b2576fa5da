//! A view of a text that maps back to its source bytes.

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use super::Span;

/// How a view differs from the source beside the joining of its lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// NFC and nothing else: what a record shows as the source.
    Source,
    /// For patterns: NFC; `Ð` (U+00D0) and `Ɖ` (U+0189) as `Đ`; every run of blanks one blank; soft
    /// hyphens, zero-width characters and byte order marks dropped; ligatures spelled out.
    Match,
}

/// A stretch of output and the source bytes it came from.
#[derive(Clone, Copy, Debug)]
struct Mapping {
    /// Where it begins in the output.
    out: usize,
    /// The source bytes.
    source: Span,
    /// Copied byte for byte; otherwise the whole output stands for the whole source.
    copied: bool,
}

/// A text made from pieces of a source, with a map back.
///
/// Runs are in output order and their source spans never overlap and never go back, so a span of the
/// output has one least covering span in the source.
#[derive(Clone, Debug, Default)]
pub struct Mapped {
    text: String,
    mappings: Vec<Mapping>,
}

impl Mapped {
    /// Joins the lines of `fragments` of `source` (sorted, disjoint) into one text.
    ///
    /// A line break with the blanks and blank lines around it becomes one blank, and nothing behind a
    /// hyphen that follows a digit: `"35-⏎NQ/TW"` is one symbol. Blanks at both ends are dropped.
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

    /// The source bytes behind `span` of the view: the least span that holds all of them.
    ///
    /// Where the view has one text for several source bytes (a composed letter, a repaired word) the
    /// span is widened to the whole of it.
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

    /// The part of the view that came from `source` bytes; empty where none did.
    #[must_use]
    pub fn view_span(&self, source: Span) -> Span {
        let first = self.mappings.partition_point(|run| run.source.end <= source.start);
        let last = self.mappings.partition_point(|run| run.source.start < source.end);
        if first >= last {
            let at = self.mappings.get(first).map_or(self.text.len(), |run| run.out);
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
            self.mappings.get(last).map_or(self.text.len(), |run| run.out)
        };
        Span::new(start, end)
    }

    /// Source offset of the view offset `at`.
    fn source_at(&self, at: usize, side: SpanEnd) -> usize {
        // The run that holds the byte at `at` (start) or the byte before it (end).
        let probe = match side {
            SpanEnd::Start => at,
            SpanEnd::End => at.saturating_sub(1),
        };
        let index = self.mappings.partition_point(|run| run.out <= probe).saturating_sub(1);
        let run = self.mappings[index];
        if run.copied {
            return (run.source.start + at.saturating_sub(run.out)).min(run.source.end);
        }
        match side {
            SpanEnd::Start if at >= self.text.len() => run.source.end,
            SpanEnd::Start => run.source.start,
            SpanEnd::End => run.source.end,
        }
    }
}

/// Which end of a span is asked for.
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
    /// A blank is due before the next text: the source bytes it stands for.
    pending: Option<Span>,
}

impl MappedBuilder {
    /// An empty view of the given form.
    #[must_use]
    pub fn new(form: Form) -> Self {
        Self {
            mapped: Mapped::default(),
            form,
            pending: None,
        }
    }

    /// Appends the lines of `span` of `source`, joined as [`Mapped::join`] says; between two calls
    /// stands one blank.
    pub fn push_joined(&mut self, source: &str, span: Span) {
        self.push_joined_with(source, span, |builder, line| builder.push_line(source, line));
    }

    /// The same, with `push_line` called for each line that is not blank, without the blanks around it.
    pub fn push_joined_with(&mut self, source: &str, span: Span, mut push_line: impl FnMut(&mut Self, Span)) {
        let mut at = span.start;
        for line in span.slice(source).split_inclusive(['\n', '\u{c}']) {
            let content = line.trim_matches(is_edge);
            let lead = line.len() - line.trim_start_matches(is_edge).len();
            if !content.is_empty() {
                let start = at + lead;
                self.break_line(start);
                push_line(self, Span::new(start, start + content.len()));
            }
            at += line.len();
        }
    }

    /// Appends `text` as the reading of the bytes `span` of the source.
    pub fn push_replaced(&mut self, text: &str, span: Span) {
        self.flush();
        self.push_mapping(text, span, false);
    }

    /// Appends the bytes `span` of `source`, which hold no line break, in this builder's form.
    pub fn push_line(&mut self, source: &str, span: Span) {
        self.flush();
        let line = span.slice(source);
        if is_unchanged(line) {
            self.push_mapping(line, span, true);
            return;
        }
        let mut plain = span.start;
        let mut chars = line.char_indices().peekable();
        while let Some((offset, char)) = chars.next() {
            let start = span.start + offset;
            let mut end = start + char.len_utf8();
            // A base letter with the combining marks behind it is composed as a whole; what the form
            // drops does not come between them.
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

    /// A line ended before source offset `next`: one blank is due, or none behind `digit-`.
    fn break_line(&mut self, next: usize) {
        let Some(last) = self.mapped.mappings.last() else {
            return;
        };
        let mut tail = self.mapped.text.bytes().rev();
        let joins = tail.next() == Some(b'-') && tail.next().is_some_and(|b| b.is_ascii_digit());
        self.pending = (!joins).then_some(Span::new(last.source.end, next));
    }

    /// The finished view.
    #[must_use]
    pub fn finish(self) -> Mapped {
        self.mapped
    }

    /// Length of the view so far, in bytes, without a blank that is due.
    #[must_use]
    pub fn len(&self) -> usize {
        self.mapped.text.len()
    }

    /// Is nothing in it yet?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.mapped.text.is_empty()
    }

    fn flush(&mut self) {
        if let Some(gap) = self.pending.take() {
            self.push_mapping(" ", gap, false);
        }
    }

    fn copy(&mut self, source: &str, span: Span) {
        if !span.is_empty() {
            self.push_mapping(span.slice(source), span, true);
        }
    }

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

/// What [`Form::Match`] does with a char.
enum MatchAction {
    Same,
    Blank,
    Dropped,
    As(&'static str),
    Composed,
}

impl MatchAction {
    /// The char that stands for `char` where one char must do.
    fn to_text(&self, char: char) -> Option<char> {
        match self {
            Self::Dropped => None,
            Self::Blank => Some(' '),
            Self::As(text) => text.chars().next(),
            Self::Same | Self::Composed => Some(char),
        }
    }
}

/// The table of [`Form::Match`]. Sources: Unicode data for U+00D0 and U+0189 (look-alikes of U+0110 in
/// Vietnamese texts of about 2005-2012), UAX #14 for the invisible characters, U+FB00.. for ligatures.
fn match_action(char: char) -> MatchAction {
    match char {
        '\u{d0}' | '\u{189}' => MatchAction::As("Đ"),
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' => {
            MatchAction::Dropped
        }
        '\u{fb00}' => MatchAction::As("ff"),
        '\u{fb01}' => MatchAction::As("fi"),
        '\u{fb02}' => MatchAction::As("fl"),
        '\u{fb03}' => MatchAction::As("ffi"),
        '\u{fb04}' => MatchAction::As("ffl"),
        '\t' | '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => {
            MatchAction::Blank
        }
        char if needs_composing(char) => MatchAction::Composed,
        _ => MatchAction::Same,
    }
}

/// Is the char changed by NFC on its own (such as U+212B)?
fn needs_composing(char: char) -> bool {
    char > '\u{2ff}' && is_nfc_quick(std::iter::once(char)) == IsNormalized::No
}

fn is_combining(char: char) -> bool {
    char > '\u{2ff}' && unicode_normalization::char::is_combining_mark(char)
}

fn is_blank(char: char) -> bool {
    matches!(match_action(char), MatchAction::Blank) || char == ' '
}

/// Is it dropped at both ends of a line?
fn is_edge(char: char) -> bool {
    char.is_whitespace() || char == '\u{feff}'
}

/// Is `line` plainly the same in either form? Most lines are; what is not sure says no.
fn is_unchanged(line: &str) -> bool {
    let mut after_blank = false;
    line.chars().all(|char| {
        let blank = char == ' ';
        let same = match char {
            ' ' => !after_blank,
            '\u{d0}' | '\u{189}' | '\u{ad}' | '\t' => false,
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
    fn lines_join_with_one_blank_and_none_inside_a_symbol() {
        let source = "  Đảng  bộ \r\n\r\n thành phố\nsố 35- \nNQ/TW\n";
        assert_eq!(whole(source, Form::Source).text(), "Đảng  bộ thành phố số 35-NQ/TW");
        assert_eq!(whole(source, Form::Match).text(), "Đảng bộ thành phố số 35-NQ/TW");
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
