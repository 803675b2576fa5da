//! Reads plain text: UTF-8, UTF-16, and the encodings of Vietnamese from before Unicode.
//!
//! UTF-8 is kept byte for byte. Bytes that are not UTF-8, and lines of UTF-8 that hold old letters (`®¶ng ñy`), are
//! converted if [`converted_lines`] recognizes them; the letters of the file are kept beside the text. A file of other
//! bytes, or one with a few broken ones, is an error: nobody would notice what was made of it.

use std::borrow::Cow;
use std::string::FromUtf8Error;

use encoding_rs::WINDOWS_1252;

use super::content::{Content, Origin};
use super::error::ErrorKind;
use super::format::Format;
use crate::reading::syllable_cost;
use crate::text::{ConvertedLine, Encoding, SourceLetters, converted_lines, may_be_legacy, most_frequent};

/// The first bytes of formats that are not supported, with their names. Sources: the specifications of the formats.
const MAGIC: [(&[u8], &str); 3] = [
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x7fELF", "a program"),
    (b"\xff\xfe\0\0", "UTF-32"),
];

/// The number of bytes in which zeros are counted.
const SAMPLE_BYTES: usize = 4096;

/// One zero among this many bytes is too many for a text of single bytes. Vietnamese in UTF-16 has 4 in 10.
const ZERO_ONE_IN: usize = 10;

/// The share of the units of UTF-16 that are letters of Latin scripts, blanks or punctuation.
const MIN_LATIN_SHARE: f32 = 0.9;

/// The share of the lines beyond ASCII, in bytes, that tell their encoding in a file that is not UTF-8. The rest are
/// names and abbreviations.
const MIN_TOLD_SHARE: f32 = 0.5;

/// The order of the two bytes of a unit of UTF-16.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ByteOrder {
    /// The lower byte first.
    Little,
    /// The higher byte first.
    Big,
}

/// Bytes as far as they tell their encoding.
enum Decoded {
    /// Text of Unicode, and its encoding.
    Unicode(String, Encoding),
    /// Bytes that are not UTF-8.
    Other(FromUtf8Error),
}

/// Reads a file of plain text.
///
/// # Errors
/// [`ErrorKind::Empty`], [`ErrorKind::Binary`], [`ErrorKind::NotUtf8`].
pub(super) fn read(format: Format, bytes: Vec<u8>) -> Result<Content, ErrorKind> {
    let (text, encoding, letters) = match decode(bytes)? {
        Decoded::Unicode(text, encoding) => {
            let (text, letters) = with_old_lines(text);
            (text, encoding, letters)
        }
        Decoded::Other(error) => {
            let (text, letters) = from_old_bytes(error.as_bytes()).ok_or_else(|| not_utf8(&error))?;
            (text, Encoding::Utf8, letters)
        }
    };
    Ok(Content {
        format,
        origin: Origin::of_letters(&letters),
        encoding: Some(letters.encoding().unwrap_or(encoding)),
        text,
        letters,
        ..Content::default()
    })
}

/// Returns the text of `bytes`, UTF-8 or UTF-16.
///
/// # Errors
/// [`ErrorKind::Empty`], [`ErrorKind::Binary`], [`ErrorKind::NotUtf8`].
pub(super) fn unicode(bytes: Vec<u8>) -> Result<String, ErrorKind> {
    match decode(bytes)? {
        Decoded::Unicode(text, _) => Ok(text),
        Decoded::Other(error) => Err(not_utf8(&error)),
    }
}

/// Decodes `bytes` if they are Unicode.
fn decode(bytes: Vec<u8>) -> Result<Decoded, ErrorKind> {
    if let Some((_, format)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Err(ErrorKind::Binary(format));
    }
    if let Some(order) = byte_order(&bytes)? {
        let text = utf16(&bytes, order);
        return not_empty(text).map(|text| Decoded::Unicode(text, Encoding::Utf16));
    }
    match String::from_utf8(bytes) {
        Ok(text) => not_empty(text).map(|text| Decoded::Unicode(text, Encoding::Utf8)),
        Err(error) => Ok(Decoded::Other(error)),
    }
}

/// Returns `text` if it holds anything.
fn not_empty(text: String) -> Result<String, ErrorKind> {
    if text.trim_start_matches('\u{feff}').trim().is_empty() {
        return Err(ErrorKind::Empty);
    }
    Ok(text)
}

/// Returns the byte order of `bytes` if they are UTF-16, by their mark or by their zeros.
fn byte_order(bytes: &[u8]) -> Result<Option<ByteOrder>, ErrorKind> {
    if bytes.starts_with(&[0xff, 0xfe]) {
        return Ok(Some(ByteOrder::Little));
    }
    if bytes.starts_with(&[0xfe, 0xff]) {
        return Ok(Some(ByteOrder::Big));
    }
    // In UTF-16 every other byte of most Latin letters is 0. No text of single bytes has many zeros.
    let sample = &bytes[..bytes.len().min(SAMPLE_BYTES)];
    let zeros = memchr::memchr_iter(0, sample).count();
    if zeros == 0 || zeros * ZERO_ONE_IN < sample.len() {
        return Ok(None);
    }
    let is_latin = |order: &ByteOrder| {
        let latin = units(bytes, *order).filter(|&unit| is_latin_unit(unit)).count();
        bytes.len().is_multiple_of(2) && latin as f32 >= MIN_LATIN_SHARE * (bytes.len() / 2) as f32
    };
    let order = [ByteOrder::Little, ByteOrder::Big].into_iter().find(is_latin);
    order.map(Some).ok_or(ErrorKind::Binary("binary data"))
}

/// Returns the units of UTF-16 in `bytes`; a last odd byte is none.
fn units(bytes: &[u8], order: ByteOrder) -> impl Iterator<Item = u16> {
    bytes.chunks_exact(2).map(move |pair| {
        let pair = [pair[0], pair[1]];
        match order {
            ByteOrder::Little => u16::from_le_bytes(pair),
            ByteOrder::Big => u16::from_be_bytes(pair),
        }
    })
}

/// Returns true if a Latin text may have this unit of UTF-16: blanks, letters with or without marks, combining marks,
/// general punctuation, signs of currencies.
const fn is_latin_unit(unit: u16) -> bool {
    matches!(unit, 0x09..=0x0d | 0x20..=0x7e | 0xa0..=0x24f | 0x300..=0x36f | 0x1e00..=0x1eff | 0x2000..=0x20cf)
}

/// Decodes UTF-16 without its mark; half a pair becomes U+FFFD.
fn utf16(bytes: &[u8], order: ByteOrder) -> String {
    let chars = char::decode_utf16(units(bytes, order));
    let mut text: String = chars.map(|char| char.unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
    if text.starts_with('\u{feff}') {
        text.remove(0);
    }
    text
}

/// Converts the lines of `text` that hold letters from before Unicode.
fn with_old_lines(text: String) -> (String, SourceLetters) {
    if !may_be_legacy(&text) {
        return (text, SourceLetters::default());
    }
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let converted = converted_lines(&lines, &syllable_cost);
    if converted.iter().all(Option::is_none) {
        return (text, SourceLetters::default());
    }
    join(&lines, &converted)
}

/// Converts bytes that are not UTF-8; `None` if they are in no encoding of Vietnamese either.
///
/// Each line is read on its own: a file may have lines in UTF-8 too. A line that says nothing itself, such as a name,
/// is in the encoding of most others.
fn from_old_bytes(bytes: &[u8]) -> Option<(String, SourceLetters)> {
    let lines: Vec<Cow<'_, str>> = bytes.split_inclusive(|&byte| byte == b'\n').map(line_of).collect();
    let lines: Vec<&str> = lines.iter().map(AsRef::as_ref).collect();
    let mut converted = converted_lines(&lines, &syllable_cost);
    let counts = lines.iter().zip(&converted);
    let most = most_frequent(counts.filter_map(|(line, converted)| Some((converted.as_ref()?.encoding, line.len()))))?;
    let is_foreign = |line: &&str| !line.is_ascii();
    let told = lines
        .iter()
        .zip(&converted)
        .filter(|(_, converted)| converted.is_some());
    let told: usize = told.map(|(line, _)| line.len()).sum();
    let foreign: usize = lines.iter().copied().filter(is_foreign).map(str::len).sum();
    if (told as f32) < MIN_TOLD_SHARE * foreign as f32 {
        return None;
    }
    let raw = bytes.split_inclusive(|&byte| byte == b'\n');
    for ((bytes, line), converted) in raw.zip(&lines).zip(&mut converted) {
        if converted.is_none() && std::str::from_utf8(bytes).is_err() {
            if is_broken_utf8(bytes) {
                return None;
            }
            *converted = Some(ConvertedLine {
                encoding: most,
                text: most.decode(line, &syllable_cost),
            });
        }
    }
    Some(join(&lines, &converted))
}

/// Returns a line as text: UTF-8, or a char for each byte.
fn line_of(bytes: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(line) => Cow::Borrowed(line),
        Err(_) => WINDOWS_1252.decode_without_bom_handling(bytes).0,
    }
}

/// Returns true if more chars beyond ASCII in `bytes` are UTF-8 than are not.
fn is_broken_utf8(bytes: &[u8]) -> bool {
    let (mut valid, mut broken) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        valid += chunk.valid().chars().filter(|char| !char.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    valid > broken
}

/// Returns the text of `lines` as converted, with their letters.
fn join(lines: &[&str], converted: &[Option<ConvertedLine>]) -> (String, SourceLetters) {
    let mut text = String::with_capacity(lines.iter().map(|line| line.len()).sum());
    let mut letters = SourceLetters::default();
    for (line, converted) in lines.iter().zip(converted) {
        match converted {
            None => text.push_str(line),
            Some(converted) => {
                letters.push(text.len(), &converted.text, converted.encoding, line);
                text.push_str(&converted.text);
            }
        }
    }
    (text, letters)
}

/// The error about bytes that are not UTF-8.
fn not_utf8(error: &FromUtf8Error) -> ErrorKind {
    let offset = error.utf8_error().valid_up_to();
    let bytes = error.as_bytes();
    ErrorKind::NotUtf8 {
        offset,
        line: memchr::memchr_iter(b'\n', &bytes[..offset]).count() + 1,
        byte: bytes[offset],
        is_broken: is_broken_utf8(bytes),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The error about `bytes`.
    fn error(bytes: &[u8]) -> ErrorKind {
        read(Format::Text, bytes.to_vec()).unwrap_err()
    }

    /// The content of `bytes`.
    fn content(bytes: &[u8]) -> Content {
        read(Format::Text, bytes.to_vec()).unwrap()
    }

    #[test]
    fn bytes_that_are_no_text_say_what_they_are() {
        let rows: [(&[u8], &str); 8] = [
            (b"", "is empty"),
            (b"\xef\xbb\xbf \n", "is empty"),
            (b"\xff\xfe \0", "is empty"),
            (b"\x7fELF\0\0", "is not text but a program"),
            (b"\0\0\x01\x02\0\0\0\x03", "is not text but binary data"),
            (b"\xff\xfe\0\0N\0\0\0", "is not text but UTF-32"),
            (b"dong 1\nhai \xff ba", "is not UTF-8: byte 0xFF at offset 11, line 2"),
            (b"C\xe9ng h\xdfa", "is not UTF-8: byte 0xE9 at offset 1, line 1"),
        ];
        for (bytes, message) in rows {
            assert_eq!(error(bytes).to_string(), message);
        }
    }

    #[test]
    fn a_byte_order_mark_and_crlf_stay_in_utf8() {
        let content = content(b"\xef\xbb\xbfA\r\n");
        assert_eq!(content.text, "\u{feff}A\r\n");
        assert_eq!((content.origin, content.encoding), (Origin::Text, Some(Encoding::Utf8)));
    }

    #[test]
    fn utf16_is_read_with_and_without_its_mark() {
        let text = "Đảng ủy xã\r\nSố 5 – “mới”\n";
        for mark in ["", "\u{feff}"] {
            let units: Vec<u16> = format!("{mark}{text}").encode_utf16().collect();
            for bytes in [
                units.iter().flat_map(|unit| unit.to_le_bytes()).collect::<Vec<u8>>(),
                units.iter().flat_map(|unit| unit.to_be_bytes()).collect(),
            ] {
                let content = content(&bytes);
                assert_eq!(content.text, text);
                assert_eq!(
                    (content.origin, content.encoding),
                    (Origin::Text, Some(Encoding::Utf16))
                );
                assert!(content.letters.is_empty());
            }
        }
    }

    #[test]
    fn bytes_from_before_unicode_are_converted() {
        let tcvn3 = b"\xa7\xb6ng b\xe9 t\xd8nh\n\x96 v\xd2 c\xabng t\xb8c c\xb8n b\xe9, n\xa8m 2025\r\nH\xb5 N\xe9i\n";
        let content = content(tcvn3);
        assert_eq!(
            (content.origin, content.encoding),
            (Origin::Converted, Some(Encoding::Tcvn3))
        );
        assert!(
            content.text.ends_with("– về công tác cán bộ, năm 2025\r\nHà Nội\n"),
            "{}",
            content.text
        );
    }

    #[test]
    fn a_line_of_old_letters_in_utf8_is_converted_and_the_others_stay() {
        let text = "Đảng bộ tỉnh\nÑaûng uûy xaõ veà coâng taùc caùn boä\n35 °C, 5 «năm»\n";
        let content = content(text.as_bytes());
        assert_eq!(
            content.text,
            "Đảng bộ tỉnh\nĐảng ủy xã về công tác cán bộ\n35 °C, 5 «năm»\n"
        );
        assert_eq!(
            (content.origin, content.encoding),
            (Origin::Converted, Some(Encoding::Vni))
        );
        let whole = crate::text::Span::new(0, content.text.len());
        assert_eq!(content.letters.slice(&content.text, whole), text);
    }

    #[test]
    fn a_few_broken_bytes_are_no_encoding() {
        let mut bytes = "Đảng bộ tỉnh về công tác cán bộ, các chi bộ và cơ quan của Đảng ủy xã\n"
            .repeat(3)
            .into_bytes();
        bytes[30] = 0xff;
        assert!(matches!(
            error(&bytes),
            ErrorKind::NotUtf8 {
                is_broken: true,
                line: 1,
                ..
            }
        ));
        let western = "Die Straße über Größe für schöne Tür, déjà à la française, là où";
        let western = WINDOWS_1252.encode(western).0.into_owned();
        assert!(matches!(error(&western), ErrorKind::NotUtf8 { is_broken: false, .. }));
    }
}
