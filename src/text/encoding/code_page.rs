//! Tables of encodings from before Unicode, and the conversion by them.
//!
//! An encoding is a [`CodePage`]: bytes that are letters, and bytes that are marks for the letter before them. TCVN3 has
//! a byte for each small letter, VNI one or two for each letter (`aá` is `ấ`). An encoding whose letters are bytes, or
//! bytes with marks after them, is one more table in `tables.rs`.
//!
//! Source: the code page windows-1252 of the WHATWG Encoding Standard.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::decompose_canonical;

use crate::text::fold::TONES;

/// The table of an encoding.
#[derive(Debug)]
pub(super) struct CodePage {
    /// The letters: a byte, and the letters of that byte and those after it.
    pub(super) letters: &'static [(u8, &'static str)],
    /// The marks: a byte, and the combining marks that it puts on the letter before it.
    pub(super) marks: &'static [(u8, &'static str)],
    /// True if the tables list small letters only and the bytes of capitals are 0x20 less, as in Latin-1.
    pub(super) has_both_cases: bool,
}

/// The chars of the bytes 0x80 to 0x9F in windows-1252. The five bytes without one are controls, as in Latin-1.
const WINDOWS_1252: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', //
    '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// Other chars that programs write for a byte because its glyph looks alike: the minus and the dot in the letters of a
/// PDF, the Greek letter for the micro sign. They stand for the byte only next to a letter: `tr−ëng`, not `2020 − 2025`.
const LOOKALIKES: [(char, u8); 3] = [('\u{2212}', 0xad), ('\u{2219}', 0xb7), ('\u{3bc}', 0xb5)];

/// The vowels of Vietnamese, without tones.
const VOWELS: &str = "aăâeêioôơuưy";

/// The combining marks that make another vowel.
const VOWEL_MARKS: [char; 3] = ['\u{302}', '\u{306}', '\u{31b}'];

/// The evidence that the letters of a word give of its encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Evidence {
    /// It has letters that are Vietnamese only in the code page.
    Legacy,
    /// It has letters that only Unicode has, and none of the code page.
    Unicode,
    /// It could be either.
    Neither,
}

impl CodePage {
    /// Converts `text`, whose chars stand for bytes.
    pub(super) fn decode(&self, text: &str) -> String {
        let mut decoded = String::with_capacity(text.len());
        if !text.chars().any(is_only_unicode) {
            self.decode_into(text, &mut decoded);
            return decoded;
        }
        let words = || {
            text.split_inclusive(char::is_whitespace)
                .map(|word| (word, self.evidence(word)))
        };
        let count = |wanted| words().filter(|&(_, evidence)| evidence == wanted).count();
        let is_legacy = count(Evidence::Legacy) > count(Evidence::Unicode);
        for (word, evidence) in words() {
            if evidence == Evidence::Legacy || evidence == Evidence::Neither && is_legacy {
                self.decode_into(word, &mut decoded);
            } else {
                decoded.push_str(word);
            }
        }
        decoded
    }

    /// Converts `text` and adds it to `decoded`.
    fn decode_into(&self, text: &str, decoded: &mut String) {
        let mut previous = None;
        let mut chars = text.chars().peekable();
        while let Some(char) = chars.next() {
            let byte = byte_of(char).or_else(|| {
                let is_letter = |char: &char| self.draws_letter(*char);
                let is_inside = previous.as_ref().is_some_and(is_letter) || chars.peek().is_some_and(is_letter);
                lookalike(char).filter(|_| is_inside)
            });
            previous = Some(char);
            match byte {
                None => decoded.push(char),
                Some(byte) => self.push(byte, decoded),
            }
        }
    }

    /// Adds the letter of `byte`, or puts its marks on the last letter of `decoded`.
    fn push(&self, byte: u8, decoded: &mut String) {
        if byte.is_ascii_graphic() || byte == b' ' {
            decoded.push(char::from(byte));
        } else if let Some(letter) = self.letter(byte) {
            decoded.push(letter);
        } else if byte.is_ascii() {
            decoded.push(char::from(byte));
        } else {
            let marked = decoded
                .chars()
                .next_back()
                .and_then(|base| marked(base, self.marks(byte)?));
            if let Some(letter) = marked {
                decoded.pop();
                decoded.push(letter);
            } else {
                decoded.push(windows_1252(byte));
            }
        }
    }

    /// Returns the letter that `byte` is.
    fn letter(&self, byte: u8) -> Option<char> {
        let (small, is_capital) = self.small(byte);
        let &(first, letters) = self.letters.iter().rev().find(|(first, _)| *first <= small)?;
        let letter = letters.chars().nth(usize::from(small - first))?;
        if is_capital {
            letter.to_uppercase().next()
        } else {
            Some(letter)
        }
    }

    /// Returns the marks that `byte` puts on the letter before it.
    fn marks(&self, byte: u8) -> Option<&'static str> {
        let (small, _) = self.small(byte);
        let found = self.marks.iter().find(|(known, _)| *known == small);
        found.map(|(_, marks)| *marks)
    }

    /// Returns the byte under which the tables list `byte`, and true if it is the capital of that.
    const fn small(&self, byte: u8) -> (u8, bool) {
        if self.has_both_cases && byte >= 0xc0 && byte < 0xe0 {
            (byte + 0x20, true)
        } else {
            (byte, false)
        }
    }

    /// Returns true if the font draws a letter for `char`, or a part of one.
    fn draws_letter(&self, char: char) -> bool {
        match byte_of(char) {
            Some(byte) => byte.is_ascii_alphabetic() || self.letter(byte).is_some() || self.marks(byte).is_some(),
            None => is_only_unicode(char),
        }
    }

    /// Returns what the letters of `word` show.
    fn evidence(&self, word: &str) -> Evidence {
        let is_legacy = |char: char| !char.is_ascii() && !is_vietnamese(char) && self.draws_letter(char);
        if word.chars().any(is_legacy) {
            Evidence::Legacy
        } else if word.chars().any(is_only_unicode) {
            Evidence::Unicode
        } else {
            Evidence::Neither
        }
    }
}

/// Returns the byte that `char` stands for, as a char of Latin-1 or windows-1252.
pub(super) fn byte_of(char: char) -> Option<u8> {
    u8::try_from(char).ok().or_else(|| {
        let place = WINDOWS_1252.iter().position(|&known| known == char)?;
        Some(0x80 + u8::try_from(place).ok()?)
    })
}

/// Returns the byte whose glyph looks like `char`.
fn lookalike(char: char) -> Option<u8> {
    let found = LOOKALIKES.iter().find(|(known, _)| *known == char);
    found.map(|&(_, byte)| byte)
}

/// Returns the char of `byte` in windows-1252.
fn windows_1252(byte: u8) -> char {
    let place = usize::from(byte).checked_sub(0x80);
    let known = place.and_then(|place| WINDOWS_1252.get(place));
    known.copied().unwrap_or_else(|| char::from(byte))
}

/// Returns `base` with `marks`, if that is a letter of Vietnamese.
pub(super) fn marked(base: char, marks: &str) -> Option<char> {
    marks.chars().try_fold(base, |base, mark| {
        // Not `compose` of two: the parts of `ặ` are `ạ` and the breve.
        let mut composed = [base, mark].into_iter().nfc();
        let letter = composed.next().filter(|_| composed.next().is_none())?;
        let vowel = if TONES.contains(&mark) { base } else { letter };
        VOWELS.contains(vowel.to_lowercase().next()?).then_some(letter)
    })
}

/// Returns true if `char` is a letter of Vietnamese with a mark, or a combining mark of one.
pub(super) fn is_vietnamese(char: char) -> bool {
    if char.is_ascii() {
        return false;
    }
    let mut is_vietnamese = true;
    let mut first = true;
    decompose_canonical(char, |part| {
        is_vietnamese &=
            first && VOWELS.contains(part.to_ascii_lowercase()) || TONES.contains(&part) || VOWEL_MARKS.contains(&part);
        first = false;
    });
    is_vietnamese || matches!(char, 'đ' | 'Đ')
}

/// Returns true if `char` is a letter of Vietnamese, or a mark, that no byte of windows-1252 is.
pub(super) fn is_only_unicode(char: char) -> bool {
    byte_of(char).is_none() && is_vietnamese(char)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::tables::{CP1258, TCVN3, VISCII, VNI};
    use super::*;

    /// The small letters of Vietnamese beyond ASCII.
    const LETTERS: &str = "đăâêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ";

    /// Writes `text` in TCVN3; capitals with a tone get their mark after them.
    fn to_tcvn3(text: &str) -> String {
        let mut written = String::new();
        for char in text.chars() {
            match TCVN3.letters.iter().find_map(|(first, letters)| {
                let place = letters.chars().position(|letter| letter == char)?;
                Some(char::from(first + u8::try_from(place).unwrap()))
            }) {
                Some(byte) => written.push(byte),
                None if is_vietnamese(char) => {
                    let tone = char.nfd().find(|part| TONES.contains(part)).unwrap();
                    let base: String = char.nfd().filter(|&part| part != tone).nfc().collect();
                    written.push_str(&to_tcvn3(&base));
                    let (byte, _) = TCVN3.marks.iter().find(|(_, mark)| mark.starts_with(tone)).unwrap();
                    written.push(char::from(*byte));
                }
                None => written.push(char),
            }
        }
        written
    }

    /// Writes `text` in VNI.
    fn to_vni(text: &str) -> String {
        let mut written = String::new();
        for char in text.chars() {
            let small = char.to_lowercase().next().unwrap();
            let is_capital = small != char;
            let cased = |byte: u8| char::from(if is_capital { byte - 0x20 } else { byte });
            let whole = |letter: char| {
                VNI.letters.iter().find_map(|(first, letters)| {
                    let place = letters.chars().position(|known| known == letter)?;
                    Some(first + u8::try_from(place).unwrap())
                })
            };
            if let Some(byte) = whole(small) {
                written.push(cased(byte));
                continue;
            }
            if !is_vietnamese(char) {
                written.push(char);
                continue;
            }
            let parts: Vec<char> = small.nfd().collect();
            let horned: String = parts
                .iter()
                .copied()
                .filter(|part| !TONES.contains(part))
                .nfc()
                .collect();
            let (base, marks): (Vec<u8>, Vec<char>) = match whole(horned.chars().next().unwrap()) {
                Some(byte) => (
                    vec![byte],
                    parts[1..].iter().copied().filter(|part| TONES.contains(part)).collect(),
                ),
                None => (vec![u8::try_from(parts[0]).unwrap()], parts[1..].to_vec()),
            };
            // The tone below sorts before the circumflex in NFD, after it in the table.
            let is_marks =
                |known: &str| known.len() == marks.len() * 2 && marks.iter().all(|&mark| known.contains(mark));
            let (mark, _) = VNI.marks.iter().find(|(_, known)| is_marks(known)).unwrap();
            written.push(cased(base[0]));
            written.push(cased(*mark));
        }
        written
    }

    /// Returns the char of the byte that `page` has for `letter`.
    fn written(page: &CodePage, letter: char) -> Option<char> {
        page.letters.iter().find_map(|(first, letters)| {
            let place = letters.chars().position(|known| known == letter)?;
            Some(char::from(first + u8::try_from(place).unwrap()))
        })
    }

    /// Writes `text` in VISCII.
    fn to_viscii(text: &str) -> String {
        text.chars()
            .map(|char| written(&VISCII, char).unwrap_or(char))
            .collect()
    }

    /// Writes `text` in windows-1258, each tone as a byte of its own.
    fn to_cp1258(text: &str) -> String {
        let mut encoded = String::new();
        for char in text.chars().filter(|&char| is_vietnamese(char) || char.is_ascii()) {
            let (tones, letter): (Vec<char>, Vec<char>) = char.nfd().partition(|part| TONES.contains(part));
            let letter: String = letter.into_iter().nfc().collect();
            encoded.extend(letter.chars().map(|char| written(&CP1258, char).unwrap_or(char)));
            for tone in tones {
                let (byte, _) = CP1258.marks.iter().find(|(_, mark)| mark.starts_with(tone)).unwrap();
                encoded.push(char::from(*byte));
            }
        }
        encoded
    }

    /// `text` with its chars of the bytes 0x80 to 0x9F as windows-1252, or the other way round.
    fn other_form(text: &str) -> String {
        let swap = |char| match byte_of(char) {
            Some(byte) if char == char::from(byte) => windows_1252(byte),
            Some(byte) => char::from(byte),
            None => char,
        };
        text.chars().map(swap).collect()
    }

    #[test]
    fn every_letter_comes_back_in_both_cases() {
        for letter in LETTERS.chars().chain('a'..='z') {
            for case in [letter.to_string(), letter.to_uppercase().collect()] {
                assert_eq!(TCVN3.decode(&to_tcvn3(&case)), case, "tcvn3 {case}");
                assert_eq!(VNI.decode(&to_vni(&case)), case, "vni {case}");
                assert_eq!(VISCII.decode(&to_viscii(&case)), case, "viscii {case}");
                assert_eq!(CP1258.decode(&to_cp1258(&case)), case, "cp1258 {case}");
            }
        }
    }

    #[test]
    fn words_as_old_files_hold_them() {
        let tcvn3 = [
            (
                "Céng hoµ x· héi chñ nghÜa ViÖt Nam",
                "Cộng hoà xã hội chủ nghĩa Việt Nam",
            ),
            (
                "Tr\u{ad}êng, tr\u{ad}ëng ban, \u{ad}u tiªn, n\u{ad}íc",
                "Trường, trưởng ban, ưu tiên, nước",
            ),
            ("§¶ng uû x·, ¡n, £n, ¤n, ¥n, ¦n", "Đảng uỷ xã, Ăn, Ên, Ôn, Ơn, Ưn"),
            ("\u{93}m¹nh\u{94} \u{96} “m¹nh” –", "“mạnh” – “mạnh” –"),
            ("35°C, 5 ± 2", "35°C, 5 ± 2"),
            (
                "Tr\u{2212}êng x\u{2219}, v\u{3bc}; 2020 \u{2212} 2025",
                "Trường xã, và; 2020 \u{2212} 2025",
            ),
        ];
        for (text, expected) in tcvn3 {
            assert_eq!(TCVN3.decode(text), expected);
        }
        let vni = [
            ("Xin chaøo caùc baïn", "Xin chào các bạn"),
            (
                "ÑAÛNG UÛY, Ñaûng boä tænh Ñoàng Thaùp, chæ thò",
                "ĐẢNG ỦY, Đảng bộ tỉnh Đồng Tháp, chỉ thị",
            ),
            (
                "nöôùc, thöôøng, kyù, Myõ, kyø, syõ, lî",
                "nước, thường, ký, Mỹ, kỳ, sỹ, lỵ",
            ),
            (
                "naêm, baèng, baét, caëp, nghóa, í, ì",
                "năm, bằng, bắt, cặp, nghĩa, í, ì",
            ),
            ("NGHÒ QUYEÁT SOÁ 05", "NGHỊ QUYẾT SỐ 05"),
            ("â, nâ, eé, ï", "â, nâ, eé, ï"),
        ];
        for (text, expected) in vni {
            assert_eq!(VNI.decode(text), expected);
        }
    }

    #[test]
    fn unicode_in_an_old_font_stays() {
        let rows = [
            ("Đảng bộ tỉnh, hòa bình và năm ấy", "Đảng bộ tỉnh, hòa bình và năm ấy"),
            ("Đ¶ng", "Đảng"),
            ("§¶ng ñy x· Phước Lộc", "Đảng ủy xã Phước Lộc"),
            ("§¶ng bé tØnh vµ Chi ủy", "Đảng bộ tỉnh và Chi ủy"),
            ("a\u{302}\u{301}p và", "a\u{302}\u{301}p và"),
        ];
        for (text, expected) in rows {
            assert_eq!(TCVN3.decode(text), expected);
        }
        assert_eq!(CP1258.decode("\u{d0}a\u{d2}ng b\u{f4}\u{f2} b\u{ed}"), "Đảng bộ bí");
        assert_eq!(VISCII.decode("\u{d0}\u{e4}ng b\u{b5}"), "Đảng bộ");
        assert_eq!(VNI.decode("Việt Nam hoà bình"), "Việt Nam hoà bình");
        assert_eq!(VNI.decode("Vieät Nam ở Ñoâng"), "Việt Nam ở Đông");
    }

    proptest! {
        #[test]
        fn vietnamese_comes_back(text in "[a-zA-Z0-9 .,;:()/“”–…đăâêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵĐĂÂÊÔƠƯÀẢÃÁẠẤẬỆỌỒỘỜỢỦỨỰỲỴÍ]{0,60}") {
            for (page, encoded) in [(&TCVN3, to_tcvn3(&text)), (&VNI, to_vni(&text))] {
                prop_assert_eq!(page.decode(&encoded), text.as_str());
                prop_assert_eq!(page.decode(&other_form(&encoded)), text.as_str());
            }
        }

        #[test]
        fn vietnamese_comes_back_from_one_table_of_letters(text in "[a-zA-Z0-9 .,;:()đăâêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵĐĂÂÊÔƠƯẲẴẪỶỸỴÀẢÃÁẠẤẬỆỌỒỘỜỢỦỨỰỲÍ]{0,60}") {
            for (page, encoded) in [(&VISCII, to_viscii(&text)), (&CP1258, to_cp1258(&text))] {
                prop_assert_eq!(page.decode(&encoded), text.as_str());
                prop_assert_eq!(page.decode(&other_form(&encoded)), text.as_str());
            }
        }

        #[test]
        fn any_text_is_read(text in "\\PC{0,40}|[\\x00-\u{ff}]{0,40}|[Đăa\u{300}\u{2212}\u{2219}óù ]{0,20}") {
            for page in [&TCVN3, &VNI, &VISCII, &CP1258] {
                let decoded = page.decode(&text);
                prop_assert!(decoded.chars().count() <= text.chars().count());
            }
        }
    }
}
