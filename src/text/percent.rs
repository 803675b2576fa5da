//! Percent encoding, for parts of URLs and of headers.

/// Returns `text` with all bytes in percent encoding but the unreserved characters of RFC 3986 (section 2.3) and those in
/// `kept`.
pub(crate) fn percent_encoded(text: &str, kept: &[u8]) -> String {
    let mut encoded = String::with_capacity(text.len() + 16);
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) || kept.contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_bytes_stay() {
        assert_eq!(percent_encoded("a b/Đ~", b""), "a%20b%2F%C4%90~");
        assert_eq!(percent_encoded("/a:b", b"/:"), "/a:b");
    }
}
