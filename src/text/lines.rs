//! Lines of a text: 1-based numbers to byte spans and back.

use super::Span;

/// The lines of one text, counted by `\n` alone, so that they agree with `grep -n` and `sed`.
///
/// A `\r` before the `\n` belongs to the bytes of the line; [`Lines::content`] leaves it out.
#[derive(Clone, Debug)]
pub struct Lines {
    /// Offset of each line's first byte; the first is 0.
    starts: Vec<usize>,
    /// Length of the text in bytes.
    len: usize,
}

impl Lines {
    /// Finds the lines of `text`. A `\n` at the end of the text does not start another, empty line.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let mut starts = vec![0];
        starts.extend(memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1));
        if starts.len() > 1 && starts.last() == Some(&text.len()) {
            starts.pop();
        }
        Self {
            starts,
            len: text.len(),
        }
    }

    /// Number of lines; an empty text has one.
    #[must_use]
    pub fn count(&self) -> usize {
        self.starts.len()
    }

    /// Returns the 1-based number of the line that contains byte `at`.
    #[must_use]
    pub fn number_at(&self, at: usize) -> usize {
        self.starts.partition_point(|&start| start <= at)
    }

    /// Returns the first and the last line (1-based, inclusive) that `span` touches.
    #[must_use]
    pub fn range_of(&self, span: Span) -> [usize; 2] {
        let last = if span.is_empty() { span.start } else { span.end - 1 };
        [self.number_at(span.start), self.number_at(last)]
    }

    /// Returns the bytes of line `number` (1-based) with its line end; empty for a number out of range.
    #[must_use]
    pub fn span(&self, number: usize) -> Span {
        let Some(&start) = number.checked_sub(1).and_then(|i| self.starts.get(i)) else {
            return Span::new(self.len, self.len);
        };
        Span::new(start, self.starts.get(number).copied().unwrap_or(self.len))
    }

    /// Returns the bytes of line `number` (1-based) in `text` without its `\n` or `\r\n`.
    #[must_use]
    pub fn content(&self, text: &str, number: usize) -> Span {
        let span = self.span(number);
        let line = span.slice(text);
        let line = line.strip_suffix('\n').unwrap_or(line);
        let line = line.strip_suffix('\r').unwrap_or(line);
        Span::new(span.start, span.start + line.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_spans_agree() {
        let text = "a\nbb\r\n\nc";
        let lines = Lines::of(text);
        assert_eq!(lines.count(), 4);
        assert_eq!(lines.content(text, 2).slice(text), "bb");
        assert_eq!(lines.span(2).slice(text), "bb\r\n");
        assert_eq!(lines.number_at(0), 1);
        assert_eq!(lines.number_at(2), 2);
        assert_eq!(lines.range_of(Span::new(0, text.len())), [1, 4]);
    }

    #[test]
    fn a_final_newline_starts_no_line() {
        assert_eq!(Lines::of("a\n").count(), 1);
        assert_eq!(Lines::of("").count(), 1);
        assert_eq!(Lines::of("\n").count(), 1);
    }
}
