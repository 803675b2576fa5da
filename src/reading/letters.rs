//! The two alphabets of the channel: printed letters, and the chars that a scan has for them.
//!
//! Printed syllables consist of the 93 lower-case letters of [`PRINTED`], and a letter's code is its index there. Chars
//! as read are first made canonical ([`canonical`]: lower case, one kind of quote and of dash). The model then numbers
//! them, since training decides which chars occur. `"tru’O’ng"` becomes `tru'o'ng`.

use crate::text::fold;

/// Lower-case letters of printed syllables: ASCII, then those of Vietnamese with marks, by base and tone.
pub(crate) const PRINTED: [char; 93] = [
    'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm', 'n', 'o', 'p', 'q', 'r', 's', 't', 'u', 'v', 'w',
    'x', 'y', 'z', 'à', 'á', 'ả', 'ã', 'ạ', 'ă', 'ằ', 'ắ', 'ẳ', 'ẵ', 'ặ', 'â', 'ầ', 'ấ', 'ẩ', 'ẫ', 'ậ', 'đ', 'è', 'é',
    'ẻ', 'ẽ', 'ẹ', 'ê', 'ề', 'ế', 'ể', 'ễ', 'ệ', 'ì', 'í', 'ỉ', 'ĩ', 'ị', 'ò', 'ó', 'ỏ', 'õ', 'ọ', 'ô', 'ồ', 'ố', 'ổ',
    'ỗ', 'ộ', 'ơ', 'ờ', 'ớ', 'ở', 'ỡ', 'ợ', 'ù', 'ú', 'ủ', 'ũ', 'ụ', 'ư', 'ừ', 'ứ', 'ử', 'ữ', 'ự', 'ỳ', 'ý', 'ỷ', 'ỹ',
    'ỵ',
];

/// The end of a syllable, as a letter of its own: chars that a scan adds at the end of words (specks, the horn of a
/// last ơ) are learnt as readings of it.
pub(crate) const END: u8 = PRINTED.len() as u8;

/// Number of printed letters, [`END`] included.
pub(crate) const PRINTED_COUNT: usize = PRINTED.len() + 1;

/// Returns the code of a printed letter, or `None` if [`PRINTED`] lacks it.
pub(crate) fn printed_code(char: char) -> Option<u8> {
    if char.is_ascii() {
        return char.is_ascii_lowercase().then(|| char as u8 - b'a');
    }
    let at = PRINTED[26..].iter().position(|&letter| letter == char)?;
    Some(26 + at as u8)
}

/// Returns the codes of a syllable, or `None` if one of its chars is not a printed letter.
pub(crate) fn printed_codes(syllable: &str) -> Option<Vec<u8>> {
    syllable.chars().map(printed_code).collect()
}

/// Returns the ASCII letter that remains of a printed letter without its marks.
pub(crate) fn folded_letter(code: u8) -> char {
    let Some(&char) = PRINTED.get(code as usize) else {
        return '\0';
    };
    fold(char.encode_utf8(&mut [0; 4])).chars().next().unwrap_or('\0')
}

/// Makes a char canonical, as the channel knows it: lower case, `'` for every quote and `-` for every dash.
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

/// Returns true if only Vietnamese has this letter, so that no OCR without Vietnamese can write it.
///
/// These are ă đ ĩ ũ ơ ư and U+1EA0..U+1EF9, and in decomposed text the combining marks (UAX #15). Clean documents have
/// 22 of them in 100 letters, scans read without Vietnamese none.
pub(crate) fn is_vietnamese_only(char: char) -> bool {
    matches!(char,
        'Ă' | 'ă' | 'Đ' | 'đ' | 'Ĩ' | 'ĩ' | 'Ũ' | 'ũ' | 'Ơ' | 'ơ' | 'Ư' | 'ư'
        | '\u{1ea0}'..='\u{1ef9}' | '\u{300}'..='\u{303}' | '\u{306}' | '\u{309}' | '\u{31b}' | '\u{323}')
}

/// Returns true if the char carries a mark that an OCR without Vietnamese does not write.
///
/// These are the letters of [`is_vietnamese_only`] and those that Vietnamese shares with French and Portuguese, except
/// é, which scans have for many letters. Clean documents have 8 of the shared ones in 100 letters, scans none.
pub(crate) fn carries_mark(char: char) -> bool {
    is_vietnamese_only(char)
        || matches!(char,
            'À'..='Ã' | 'È' | 'Ê' | 'Ì' | 'Í' | 'Ò'..='Õ' | 'Ù' | 'Ú' | 'Ý'
            | 'à'..='ã' | 'è' | 'ê' | 'ì' | 'í' | 'ò'..='õ' | 'ù' | 'ú' | 'ý')
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
}
