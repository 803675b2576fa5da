//! Lines of bounded length: whoever sends one without an end fills no memory.

use std::io::{self, BufRead};

/// A line of input.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Line {
    /// Its bytes, without the line break.
    Whole(Vec<u8>),
    /// It was longer than allowed, and was skipped up to its end.
    TooLong,
    /// The input has ended.
    End,
}

/// Reads the next line. The last one may end without a line break.
///
/// # Errors
/// Those of reading.
pub(super) fn next_line(input: &mut impl BufRead, max_bytes: usize) -> io::Result<Line> {
    let mut line = Vec::new();
    let mut is_too_long = false;
    let mut is_empty = true;
    loop {
        let buffer = match input.fill_buf() {
            Ok(buffer) => buffer,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        let end = memchr::memchr(b'\n', buffer);
        let part = &buffer[..end.unwrap_or(buffer.len())];
        let is_end = buffer.is_empty();
        is_empty &= is_end;
        if line.len() + part.len() > max_bytes {
            is_too_long = true;
            line = Vec::new();
        }
        if !is_too_long {
            line.extend_from_slice(part);
        }
        let read = part.len() + usize::from(end.is_some());
        input.consume(read);
        if end.is_some() || is_end {
            return Ok(match (is_too_long, is_empty) {
                (true, _) => Line::TooLong,
                (false, true) => Line::End,
                (false, false) => Line::Whole(line),
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::BufReader;

    use super::*;

    /// The lines of `input` of at most five bytes, read through a buffer of three.
    fn lines(input: &str) -> Vec<Line> {
        let mut input = BufReader::with_capacity(3, input.as_bytes());
        let mut lines = Vec::new();
        loop {
            match next_line(&mut input, 5).unwrap() {
                Line::End => return lines,
                line => lines.push(line),
            }
        }
    }

    #[test]
    fn a_line_that_is_too_long_is_skipped_and_the_next_is_read() {
        let whole = |line: &str| Line::Whole(line.as_bytes().to_vec());
        assert_eq!(
            lines("12345\n\n123456\n1\n"),
            [whole("12345"), whole(""), Line::TooLong, whole("1")]
        );
        assert_eq!(lines("123\n45"), [whole("123"), whole("45")]);
        assert_eq!(lines("1234567890"), [Line::TooLong]);
        assert_eq!(lines(""), []);
    }
}
