//! The letters of a page from its bytes.
//!
//! A byte order mark tells the encoding, then the bytes themselves where they are UTF-8 or UTF-16, then the page. What a
//! page says of itself is believed last: portals that moved to UTF-8 still declare `iso-8859-1`, and Word declares
//! `unicode`. Letters from before Unicode that no browser knows (TCVN3, VNI) arrive as those of windows-1252.
//!
//! Sources: HTML Living Standard, 13.2.3 "The input byte stream"; WHATWG Encoding Standard (names of encodings).

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252, WINDOWS_1258, X_USER_DEFINED};
use unicode_normalization::UnicodeNormalization;

/// The bytes in which a page declares its encoding. Browsers look at 1,024; Word writes its `<meta>` after the names of
/// its XML.
const DECLARING_BYTES: usize = 4_096;

/// The bytes that tell UTF-16.
const WIDE_SAMPLE: usize = 2_048;

/// The most wrong bytes for each right letter beyond ASCII in a page of UTF-8 that was damaged.
const DAMAGE: usize = 20;

/// Returns the letters of the page `bytes`, and the encoding that they were in.
pub(super) fn decode(bytes: &[u8]) -> (String, &'static Encoding) {
    let encoding = encoding_of(bytes);
    let (text, encoding, _) = encoding.decode(bytes);
    let text = if encoding == WINDOWS_1258 {
        // Its tones are marks after their letters.
        text.nfc().collect()
    } else {
        text.into_owned()
    };
    (text, encoding)
}

/// Returns the encoding of the page `bytes`.
fn encoding_of(bytes: &[u8]) -> &'static Encoding {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding;
    }
    if let Some(encoding) = wide(bytes) {
        return encoding;
    }
    if is_utf8(bytes) {
        return UTF_8;
    }
    match declared(bytes) {
        // The page is not what it says.
        None => by_bytes(bytes),
        Some(encoding) if encoding == UTF_8 || encoding == UTF_16LE || encoding == UTF_16BE => by_bytes(bytes),
        Some(encoding) if encoding == X_USER_DEFINED || encoding == WINDOWS_1252 => by_bytes(bytes),
        Some(encoding) => encoding,
    }
}

/// Returns the encoding of UTF-16 without a byte order mark: every other byte of its tags is 0.
fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(WIDE_SAMPLE)];
    let zeros = |first: usize| sample.iter().skip(first).step_by(2).filter(|&&byte| byte == 0).count();
    let (high, low) = (zeros(0), zeros(1));
    if low * 4 > sample.len() && low > high {
        Some(UTF_16LE)
    } else if high * 4 > sample.len() {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Returns true if `bytes` are UTF-8, apart from damage.
fn is_utf8(bytes: &[u8]) -> bool {
    let (mut right, mut wrong) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        right += chunk.valid().bytes().filter(|byte| *byte >= 0xc0).count();
        wrong += usize::from(!chunk.invalid().is_empty());
    }
    wrong == 0 || right / DAMAGE > wrong
}

/// Returns the encoding that a page declares.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(DECLARING_BYTES)];
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let places = ["charset", "encoding"].into_iter().flat_map(|word| {
        let found = head.match_indices(word);
        found.filter_map(|(at, word)| head.get(at + word.len()..))
    });
    let mut labels = places.filter_map(|rest| {
        let rest = rest.trim_start().strip_prefix('=')?;
        let rest = rest.trim_start_matches([' ', '"', '\'']);
        let end = rest.find(|char: char| !char.is_ascii_alphanumeric() && !matches!(char, '-' | '_' | ':' | '.'));
        Encoding::for_label(rest.get(..end.unwrap_or(rest.len()))?.as_bytes())
    });
    labels.next()
}

/// Returns the encoding that letters of one byte are in: windows-1258 if its tones follow vowels, else windows-1252.
///
/// The bytes of the tones are capitals of Latin-1 (`Ì`, `Ò`, `Þ`, `ì`, `ò`), which do not follow a vowel in a word of
/// TCVN3 or VNI more often than by chance.
fn by_bytes(bytes: &[u8]) -> &'static Encoding {
    let is_high = |byte: &u8| *byte >= 0xc0;
    let letters = bytes.iter().filter(|byte| is_high(byte)).count();
    let is_vowel = |byte: u8| {
        matches!(byte.to_ascii_lowercase(), b'a' | b'e' | b'i' | b'o' | b'u' | b'y')
            || matches!(
                byte,
                0xc2 | 0xe2 | 0xc3 | 0xe3 | 0xca | 0xea | 0xd4 | 0xf4 | 0xd5 | 0xf5 | 0xdd | 0xfd
            )
    };
    let is_tone = |byte: u8| matches!(byte, 0xcc | 0xd2 | 0xde | 0xec | 0xf2);
    let pairs = bytes.windows(2).filter(|pair| match pair {
        [vowel, tone] => is_vowel(*vowel) && is_tone(*tone),
        _ => false,
    });
    // About every third letter beyond ASCII of a Vietnamese text in windows-1258 is a tone.
    if pairs.count() * 5 > letters {
        WINDOWS_1258
    } else {
        WINDOWS_1252
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The bytes of `text` in UTF-16, low bytes first.
    fn utf16(text: &str) -> Vec<u8> {
        text.encode_utf16().flat_map(u16::to_le_bytes).collect()
    }

    #[test]
    fn bytes_are_believed_before_what_the_page_says() {
        let page = "<meta charset=iso-8859-1><p>Đảng ủy xã";
        assert_eq!(decode(page.as_bytes()), (page.to_owned(), UTF_8));
        let mut torn = format!("<meta charset=utf-8>{}", "Đảng ủy ".repeat(50)).into_bytes();
        torn.pop();
        torn.pop();
        assert_eq!(decode(&torn).1, UTF_8);
        let wide = utf16("<html><meta charset=unicode><p>Đảng ủy xã</p>");
        assert!(decode(&wide).0.ends_with("<p>Đảng ủy xã</p>"));
        let mut marked = b"\xff\xfe".to_vec();
        marked.extend(&wide);
        assert!(decode(&marked).0.starts_with("<html>"));
    }

    #[test]
    fn tones_of_windows_1258_join_their_letters() {
        let said = b"<meta http-equiv=Content-Type content='text/html; charset=windows-1258'>Th\xf4ng ba\xeco";
        assert!(decode(said).0.ends_with("Thông báo"));
        let unsaid = b"<p>Ki\xea\xd2m tra, x\xe2y d\xfd\xf2ng, ph\xe1t tri\xea\xd2n</p>";
        assert_eq!(
            decode(unsaid),
            ("<p>Kiểm tra, xây dựng, phát triển</p>".to_owned(), WINDOWS_1258)
        );
    }

    #[test]
    fn letters_of_old_fonts_stay_what_they_are() {
        let tcvn3 = b"<meta charset=x-user-defined><font face='.VnTime'>\xae\xb6ng \xf1y x\xb7, ngh\xde quy\xd5t";
        assert!(decode(tcvn3).0.ends_with("®¶ng ñy x·, nghÞ quyÕt"));
        let vni = b"<font face='VNI-Times'>\xd1a\xfbng u\xfby xa\xf5, ngh\xf2 quye\xe1t";
        assert!(decode(vni).0.ends_with("Ñaûng uûy xaõ, nghò quyeát"));
    }
}
