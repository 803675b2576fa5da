//! The header `Range`: the part of a file that a client asks for (RFC 9110, section 14).

use axum::http::{HeaderMap, header};

/// The part of a file to send.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Range {
    /// All of it: nothing else was asked for, or in a form that may be ignored.
    Whole,
    /// The bytes from the first number to before the second.
    Part(u64, u64),
    /// Nothing: the part begins after the end of the file.
    Beyond,
}

/// Returns the part of a file of `size` bytes with this `tag` that the headers ask for.
///
/// Several parts at once, other units than bytes, and a part of another version of the file (`If-Range`) are answered
/// with the whole file.
pub(super) fn range_of(headers: &HeaderMap, tag: &str, size: u64) -> Range {
    let value = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let Some(wanted) = value(header::RANGE) else {
        return Range::Whole;
    };
    if headers.contains_key(header::IF_RANGE) && value(header::IF_RANGE) != Some(tag) {
        return Range::Whole;
    }
    parse(wanted, size).unwrap_or(Range::Whole)
}

/// Parses `bytes=FIRST-LAST`, `bytes=FIRST-` or `bytes=-LENGTH`; `None` for everything else.
fn parse(wanted: &str, size: u64) -> Option<Range> {
    let number = |digits: &str| -> Option<u64> {
        let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        // A number that is too large for its type is beyond every file.
        is_number.then(|| digits.parse().unwrap_or(u64::MAX))
    };
    let (first, last) = wanted.trim().strip_prefix("bytes=")?.trim().split_once('-')?;
    let part = match (first.trim(), last.trim()) {
        ("", length) => (size.saturating_sub(number(length)?), size),
        (first, "") => (number(first)?, size),
        (first, last) => {
            let (first, last) = (number(first)?, number(last)?);
            if last < first {
                return None;
            }
            (first, last.saturating_add(1).min(size))
        }
    };
    let (start, end) = part;
    Some(if start < end {
        Range::Part(start, end)
    } else {
        Range::Beyond
    })
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn one_part_is_taken_and_odd_ones_are_ignored() {
        let rows = [
            ("bytes=0-0", Range::Part(0, 1)),
            ("bytes=2-4", Range::Part(2, 5)),
            ("bytes=7-", Range::Part(7, 10)),
            ("bytes=-3", Range::Part(7, 10)),
            ("bytes=-30", Range::Part(0, 10)),
            ("bytes=9-99999999999999999999999", Range::Part(9, 10)),
            ("bytes=10-", Range::Beyond),
            ("bytes=99999999999999999999999-", Range::Beyond),
            ("bytes=-0", Range::Beyond),
            ("bytes=4-2", Range::Whole),
            ("bytes=0-1,3-4", Range::Whole),
            ("bytes=-", Range::Whole),
            ("bytes=+1-2", Range::Whole),
            ("lines=1-2", Range::Whole),
            ("", Range::Whole),
        ];
        for (wanted, range) in rows {
            let mut headers = HeaderMap::new();
            headers.insert(header::RANGE, HeaderValue::from_static(wanted));
            assert_eq!(range_of(&headers, "\"a\"", 10), range, "{wanted}");
        }
        assert_eq!(range_of(&HeaderMap::new(), "\"a\"", 10), Range::Whole);
        assert_eq!(parse("bytes=0-", 0), Some(Range::Beyond));
    }

    #[test]
    fn a_part_of_another_version_is_the_whole_file() {
        let mut headers = HeaderMap::new();
        headers.insert(header::RANGE, HeaderValue::from_static("bytes=1-"));
        for (tag, range) in [
            ("\"a\"", Range::Part(1, 10)),
            ("\"b\"", Range::Whole),
            ("W/\"a\"", Range::Whole),
        ] {
            headers.insert(header::IF_RANGE, HeaderValue::from_static(tag));
            assert_eq!(range_of(&headers, "\"a\"", 10), range, "{tag}");
        }
    }
}
