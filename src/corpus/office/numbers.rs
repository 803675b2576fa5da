//! Numbers as the labels of lists and the marks of notes print them: `12`, `iv`, `b`, `†`.
//!
//! Sources: ECMA-376 part 1, 17.18.59 (`ST_NumberFormat`); ODF 1.2, 19.500 (`style:num-format`) and 19.502
//! (`style:num-letter-sync`); RTF 1.9.1 (`\levelnfc`). The three formats share these ways of writing.

/// The greatest number that is written in Roman numerals, that of Word. Each thousand is a letter.
const MAX_ROMAN: u32 = 32_767;

/// The greatest number that is written in repeated letters or signs: 30 of them, as Word has it.
const MAX_REPEATED: u32 = 780;

/// Roman numerals and their values, the greatest first.
const ROMAN: [(u32, &str); 13] = [
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
];

/// The signs of the Chicago Manual of Style for notes, in order.
const CHICAGO: [char; 4] = ['*', '†', '‡', '§'];

/// A way of writing the number of a list item or a note.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::corpus) enum NumberFormat {
    /// `1`, `2`, `10`.
    #[default]
    Decimal,
    /// `01`, `02`, `10`.
    PaddedDecimal,
    /// `I`, `II`.
    UpperRoman,
    /// `i`, `ii`.
    LowerRoman,
    /// `A`, ..., `Z`, `AA`, `BB`.
    UpperLetter,
    /// `a`, ..., `z`, `aa`, `bb`.
    LowerLetter,
    /// `A`, ..., `Z`, `AA`, `AB`.
    UpperLetterCount,
    /// `a`, ..., `z`, `aa`, `ab`.
    LowerLetterCount,
    /// `*`, `†`, `‡`, `§`, `**`.
    Chicago,
    /// Nothing.
    Hidden,
}

impl NumberFormat {
    /// Writes `number`. Letters and Roman numerals have no zero, and only numbers up to a bound; others are decimal.
    pub(in crate::corpus) fn write(self, number: u32) -> String {
        match self {
            Self::PaddedDecimal => format!("{number:02}"),
            Self::Hidden => String::new(),
            Self::LowerRoman if (1..=MAX_ROMAN).contains(&number) => roman(number),
            Self::UpperRoman if (1..=MAX_ROMAN).contains(&number) => roman(number).to_ascii_uppercase(),
            Self::LowerLetter if (1..=MAX_REPEATED).contains(&number) => repeated(number, 26, letter),
            Self::UpperLetter if (1..=MAX_REPEATED).contains(&number) => {
                repeated(number, 26, letter).to_ascii_uppercase()
            }
            Self::LowerLetterCount if number > 0 => counted(number),
            Self::UpperLetterCount if number > 0 => counted(number).to_ascii_uppercase(),
            Self::Chicago if (1..=MAX_REPEATED / 26 * 4).contains(&number) => {
                repeated(number, 4, |place| CHICAGO.get(place as usize).copied().unwrap_or('*'))
            }
            _ => number.to_string(),
        }
    }
}

/// Returns the small letter with this place in the alphabet, from 0.
fn letter(place: u32) -> char {
    char::from(b'a' + (place % 26) as u8)
}

/// Writes `number`, from 1, as one of `signs` signs, once more for each time that they were all used.
fn repeated(number: u32, signs: u32, sign: impl Fn(u32) -> char) -> String {
    let times = (number - 1) / signs + 1;
    std::iter::repeat_n(sign((number - 1) % signs), times as usize).collect()
}

/// Writes `number`, from 1, in letters that count like digits: `z`, `aa`, `ab`.
fn counted(mut number: u32) -> String {
    let mut letters = Vec::new();
    while number > 0 {
        letters.push(letter((number - 1) % 26));
        number = (number - 1) / 26;
    }
    letters.into_iter().rev().collect()
}

/// Writes `number` in small Roman numerals.
fn roman(mut number: u32) -> String {
    let mut written = String::new();
    for (value, numeral) in ROMAN {
        while number >= value {
            written.push_str(numeral);
            number -= value;
        }
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_lists_print_them() {
        use NumberFormat::{
            Chicago, Decimal, Hidden, LowerLetter, LowerLetterCount, LowerRoman, PaddedDecimal, UpperLetter,
            UpperLetterCount, UpperRoman,
        };
        let rows = [
            (Decimal, 0, "0"),
            (Decimal, 12, "12"),
            (PaddedDecimal, 3, "03"),
            (PaddedDecimal, 123, "123"),
            (UpperRoman, 4, "IV"),
            (LowerRoman, 1949, "mcmxlix"),
            (UpperRoman, 0, "0"),
            (UpperRoman, 40_000, "40000"),
            (LowerLetter, 1, "a"),
            (LowerLetter, 26, "z"),
            (LowerLetter, 27, "aa"),
            (UpperLetter, 28, "BB"),
            (LowerLetter, 1000, "1000"),
            (LowerLetterCount, 28, "ab"),
            (UpperLetterCount, 703, "AAA"),
            (Chicago, 2, "†"),
            (Chicago, 5, "**"),
            (Hidden, 5, ""),
        ];
        for (format, number, written) in rows {
            assert_eq!(format.write(number), written, "{format:?} {number}");
        }
        for number in [u32::MAX, MAX_ROMAN, MAX_REPEATED] {
            assert!(LowerLetterCount.write(number).len() < 10);
            assert!(LowerRoman.write(number).len() < 50);
        }
    }
}
