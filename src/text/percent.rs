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

/// Returns `text` with its percent encoding decoded; `None` if that is broken or stands for no UTF-8.
pub(crate) fn percent_decoded(text: &str) -> Option<String> {
    let mut decoded = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        let byte = match byte {
            b'%' => {
                let (high, low) = (digit(bytes.next()?)?, digit(bytes.next()?)?);
                high << 4 | low
            }
            byte => byte,
        };
        decoded.push(byte);
    }
    String::from_utf8(decoded).ok()
}

/// Returns the value of a hexadecimal digit.
fn digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_bytes_stay() {
        assert_eq!(percent_encoded("a b/Đ~", b""), "a%20b%2F%C4%90~");
        assert_eq!(percent_encoded("/a:b", b"/:"), "/a:b");
    }

    #[test]
    fn what_was_encoded_is_decoded_and_what_is_broken_is_refused() {
        for text in ["a b/Đ~", "100%", "", "001§II.2"] {
            assert_eq!(percent_decoded(&percent_encoded(text, b"")).as_deref(), Some(text));
        }
        assert_eq!(percent_decoded("%c4%90+§").as_deref(), Some("Đ+§"));
        for broken in ["%", "%4", "%zz", "%c4"] {
            assert_eq!(percent_decoded(broken), None, "{broken}");
        }
    }
}
