//! The two alphabets of the channel: what was printed, and what a scan made of it.
//!
//! Printed syllables are spelt with the 93 lower-case letters of [`PRINTED`]; a byte is its index there.
//! Read characters are first made canonical ([`canonical`]: lower case, one sort of quote and of dash) and
//! then numbered by the model, since which characters occur is learnt. `"tru’O’ng"` becomes `tru'o'ng`.

use crate::text::fold;

/// Lower-case letters of printed syllables: ASCII, then the marked ones of Vietnamese by base and tone.
pub(crate) const PRINTED: [char; 93] = [
    'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm', 'n', 'o', 'p', 'q', 'r', 's', 't', 'u', 'v', 'w',
    'x', 'y', 'z', 'à', 'á', 'ả', 'ã', 'ạ', 'ă', 'ằ', 'ắ', 'ẳ', 'ẵ', 'ặ', 'â', 'ầ', 'ấ', 'ẩ', 'ẫ', 'ậ', 'đ', 'è', 'é',
    'ẻ', 'ẽ', 'ẹ', 'ê', 'ề', 'ế', 'ể', 'ễ', 'ệ', 'ì', 'í', 'ỉ', 'ĩ', 'ị', 'ò', 'ó', 'ỏ', 'õ', 'ọ', 'ô', 'ồ', 'ố', 'ổ',
    'ỗ', 'ộ', 'ơ', 'ờ', 'ớ', 'ở', 'ỡ', 'ợ', 'ù', 'ú', 'ủ', 'ũ', 'ụ', 'ư', 'ừ', 'ứ', 'ử', 'ữ', 'ự', 'ỳ', 'ý', 'ỷ', 'ỹ',
    'ỵ',
];

/// The mark behind the last letter of a syllable, as a letter of its own: what a scan adds at the end of
/// words (specks, the horn of a last ơ) is learnt as a reading of it.
pub(crate) const END: u8 = PRINTED.len() as u8;

/// Number of printed letters with [`END`].
pub(crate) const PRINTED_COUNT: usize = PRINTED.len() + 1;

/// The code of a printed letter; `None` for whatever [`PRINTED`] does not hold.
pub(crate) fn printed_code(char: char) -> Option<u8> {
    if char.is_ascii() {
        return char.is_ascii_lowercase().then(|| char as u8 - b'a');
    }
    let at = PRINTED[26..].iter().position(|&letter| letter == char)?;
    Some(26 + at as u8)
}

/// The codes of a syllable; `None` if a char of it is no printed letter.
pub(crate) fn printed_codes(syllable: &str) -> Option<Vec<u8>> {
    syllable.chars().map(printed_code).collect()
}

/// The ASCII letter left of a printed letter without its marks.
pub(crate) fn folded_letter(code: u8) -> char {
    let Some(&char) = PRINTED.get(code as usize) else {
        return '\0';
    };
    fold(char.encode_utf8(&mut [0; 4])).chars().next().unwrap_or('\0')
}

/// A read char as the channel sees it: lower case, `'` for every quote and `-` for every dash.
pub(crate) fn canonical(char: char) -> char {
    match char {
        '’' | '‘' | '`' | '´' | '′' => '\'',
        '“' | '”' | '„' | '″' => '"',
        '–' | '—' | '‑' | '−' => '-',
        _ if char.is_ascii() => char.to_ascii_lowercase(),
        _ => {
            let mut lower = char.to_lowercase();
            match (lower.next(), lower.next()) {
                (Some(one), None) => one,
                _ => char,
            }
        }
    }
}

/// Is it a letter that only Vietnamese has, which no OCR without Vietnamese can write?
///
/// ă đ ĩ ũ ơ ư and U+1EA0..U+1EF9, and in decomposed text the combining marks (UAX #15). Clean documents
/// have 22 of them in 100 letters, scans read without Vietnamese none.
pub(crate) fn is_vietnamese_only(char: char) -> bool {
    matches!(char,
        'Ă' | 'ă' | 'Đ' | 'đ' | 'Ĩ' | 'ĩ' | 'Ũ' | 'ũ' | 'Ơ' | 'ơ' | 'Ư' | 'ư'
        | '\u{1ea0}'..='\u{1ef9}' | '\u{300}'..='\u{303}' | '\u{306}' | '\u{309}' | '\u{31b}' | '\u{323}')
}

/// Does a char carry a mark that an OCR without Vietnamese does not write?
///
/// [`is_vietnamese_only`], and the letters that Vietnamese shares with French and Portuguese but for é, which
/// stands for many letters in scans: clean documents have 8 of them in 100 letters, scans none.
pub(crate) fn carries_mark(char: char) -> bool {
    is_vietnamese_only(char)
        || matches!(char,
            'À'..='Ã' | 'È' | 'Ê' | 'Ì' | 'Í' | 'Ò'..='Õ' | 'Ù' | 'Ú' | 'Ý'
            | 'à'..='ã' | 'è' | 'ê' | 'ì' | 'í' | 'ò'..='õ' | 'ù' | 'ú' | 'ý')
}

/// The tone marks of open `oa`, `oe`, `uy` and where the modern spelling puts them.
///
/// Both placements stand in one document (1989/QĐ-BGDĐT of 25/5/2018, Điều 8); laws and the Party's rules
/// write the left one, and so does every syllable of the model.
const PLACEMENTS: [(&str, &str); 15] = [
    ("òa", "oà"),
    ("óa", "oá"),
    ("ỏa", "oả"),
    ("õa", "oã"),
    ("ọa", "oạ"),
    ("òe", "oè"),
    ("óe", "oé"),
    ("ỏe", "oẻ"),
    ("õe", "oẽ"),
    ("ọe", "oẹ"),
    ("ùy", "uỳ"),
    ("úy", "uý"),
    ("ủy", "uỷ"),
    ("ũy", "uỹ"),
    ("ụy", "uỵ"),
];

/// `syllable` (lower case, NFC) with its tone mark where the model's syllables have it: `hoà` → `hòa`,
/// `uỷ` → `ủy`, but `quý` stays.
pub(crate) fn placed(syllable: &str) -> String {
    for (left, right) in PLACEMENTS {
        if let Some(stem) = syllable.strip_suffix(right)
            && !stem.ends_with('q')
        {
            return format!("{stem}{left}");
        }
    }
    syllable.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_printed_letter_has_its_code() {
        for (code, &char) in PRINTED.iter().enumerate() {
            assert_eq!(printed_code(char), Some(code as u8));
        }
        assert_eq!(printed_codes("đảng").map(|codes| codes.len()), Some(4));
        assert_eq!(printed_codes("số 1"), None);
    }

    #[test]
    fn letters_fold_and_quotes_unite() {
        for (char, folded) in [('ặ', 'a'), ('đ', 'd'), ('ỹ', 'y'), ('w', 'w')] {
            assert_eq!(printed_code(char).map(folded_letter), Some(folded));
        }
        for (char, same) in [('’', '\''), ('–', '-'), ('Đ', 'đ'), ('É', 'é'), ('¢', '¢')] {
            assert_eq!(canonical(char), same);
        }
    }

    #[test]
    fn tone_marks_have_one_place() {
        for (given, placed_one) in [
            ("hoà", "hòa"),
            ("uỷ", "ủy"),
            ("thuỵ", "thụy"),
            ("quý", "quý"),
            ("hoàn", "hoàn"),
        ] {
            assert_eq!(placed(given), placed_one);
        }
    }
}
