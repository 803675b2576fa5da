//! Ordinals of congresses and plenums: "XIII", "13", "mười ba".
//!
//! The Party has held 14 congresses, the oldest provincial committees some 20; a term of the Central Committee has had
//! 15 plenums at most. So ordinals are read up to 39.

use super::tokens::PassageWords;

/// Reads a Roman numeral, also where an OCR misread its strokes: `X1` is XI. Returns 1 to 39.
pub(super) fn roman(word: &str) -> Option<u8> {
    let (mut value, mut before) = (0_u8, 0_u8);
    let mut written = [0_u8; 8];
    let mut len = 0;
    for char in word.chars() {
        let digit = match char {
            'X' | 'x' => 10,
            'V' | 'v' => 5,
            'I' | 'i' | 'L' | 'l' | '1' | '|' => 1, // no congress is the fiftieth
            _ => return None,
        };
        *written.get_mut(len)? = digit;
        len += 1;
        // IV and IX: what was added for the I is taken back twice.
        let less = if before == 1 && digit > 1 { 2 } else { 0 };
        value = value.checked_add(digit)?.checked_sub(less)?;
        before = digit;
    }
    // "1" and "l" alone are no numeral.
    let strokes = word.chars().any(|c| matches!(c, 'X' | 'V' | 'I'));
    let fits = (1..40).contains(&value) && to_roman(value).bytes().map(digit_of).eq(written[..len].iter().copied());
    (strokes && fits).then_some(value)
}

/// Returns the value of a Roman digit up to X.
const fn digit_of(letter: u8) -> u8 {
    match letter {
        b'X' => 10,
        b'V' => 5,
        _ => 1,
    }
}

/// Writes a number from 1 to 39 in Roman numerals.
pub(super) fn to_roman(number: u8) -> String {
    /// The numerals of 0 to 9.
    const ONES: [&str; 10] = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"];
    let ones = ONES[usize::from(number % 10)];
    format!("{}{ones}", "X".repeat(usize::from(number / 10)))
}

/// Reads a number of one or two digits.
pub(super) fn digits(word: &str) -> Option<u8> {
    let short = word.len() <= 2 && word.bytes().all(|byte| byte.is_ascii_digit());
    word.parse().ok().filter(|&number| short && (1..40).contains(&number))
}

/// Reads an ordinal in words at word `at` ("nhất", "mười ba", "hai mươi mốt") and returns it with the word after it.
pub(super) fn spelled_at(words: &PassageWords<'_>, at: usize) -> Option<(u8, usize)> {
    /// The words for the ones, folded, with those that only follow "mười" and "mươi".
    const ONES: &[(&str, u8)] = &[
        ("nhat", 1),
        ("mot", 1),
        ("hai", 2),
        ("nhi", 2),
        ("ba", 3),
        ("tu", 4),
        ("bon", 4),
        ("nam", 5),
        ("lam", 5),
        ("sau", 6),
        ("bay", 7),
        ("tam", 8),
        ("chin", 9),
    ];
    let one = |index: usize| {
        let word = words.folded(index);
        ONES.iter().find(|(one, _)| *one == word).map(|(_, value)| *value)
    };
    let joined = |index: usize| words.joined(index);
    // After "mười" a year may follow ("lần thứ mười năm 2021"), which is no "mười lăm".
    let after_ten = |index: usize| {
        one(index).filter(|_| joined(index) && !(words.folded(index) == "nam" && words.is_number(index + 1)))
    };
    if words.folded(at) == "muoi" {
        return Some(after_ten(at + 1).map_or((10, at + 1), |ones| (10 + ones, at + 2)));
    }
    let tens = one(at)?;
    if words.folded(at + 1) == "muoi" && joined(at + 1) && (2..=3).contains(&tens) {
        return Some(after_ten(at + 2).map_or((tens * 10, at + 2), |ones| (tens * 10 + ones, at + 3)));
    }
    Some((tens, at + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numerals_are_read_in_all_writings() {
        for number in 1..40 {
            assert_eq!(roman(&to_roman(number)), Some(number));
        }
        for (word, number) in [("X1", 11), ("XlI", 12), ("xIV", 14)] {
            assert_eq!(roman(word), Some(number), "{word}");
        }
        for word in [
            "1",
            "l",
            "IIII",
            "VV",
            "IXX",
            "",
            "XXXXX",
            "Xa",
            "XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX",
        ] {
            assert_eq!(roman(word), None, "{word}");
        }
        for (word, number) in [
            ("13", Some(13)),
            ("05", Some(5)),
            ("0", None),
            ("100", None),
            ("", None),
        ] {
            assert_eq!(digits(word), number, "{word}");
        }
    }

    #[test]
    fn ordinals_in_words_take_all_their_words() {
        for (text, number, end) in [
            ("nhất", 1, 1),
            ("tư Ban Chấp hành", 4, 1),
            ("mười", 10, 1),
            ("mười ba của Đảng", 13, 2),
            ("mười lăm", 15, 2),
            ("mười năm 2021", 10, 1),
            ("hai mươi", 20, 2),
            ("hai mươi mốt", 21, 3),
        ] {
            let words = PassageWords::new(text, false);
            assert_eq!(spelled_at(&words, 0), Some((number, end)), "{text}");
        }
        assert_eq!(spelled_at(&PassageWords::new("Ban", false), 0), None);
    }
}
