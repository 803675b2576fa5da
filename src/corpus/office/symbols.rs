//! The signs of fonts that hold no letters, such as Symbol and Wingdings.
//!
//! Word stores them in the private use area, U+F020 to U+F0FF. Most of them are bullets and arrows before the items of
//! lists. Sources: the tables "Symbol" and "Wingdings" of the Unicode consortium's mappings (`SYMBOL.TXT`,
//! `WINGDING.TXT`), for the signs that office documents use.

/// The sign for one whose meaning is not known.
pub(super) const BULLET: char = '•';

/// Fonts of symbols and their signs by code.
const FONTS: [(&str, &[(u8, char)]); 2] = [
    (
        "symbol",
        &[
            (0x2b, '+'),
            (0x2d, '−'),
            (0x3d, '='),
            (0x61, 'α'),
            (0x62, 'β'),
            (0x67, 'γ'),
            (0x6d, 'μ'),
            (0x70, 'π'),
            (0xa3, '≤'),
            (0xa5, '∞'),
            (0xae, '→'),
            (0xb0, '°'),
            (0xb1, '±'),
            (0xb3, '≥'),
            (0xb4, '×'),
            (0xb8, '÷'),
            (0xb9, '≠'),
            (0xbb, '≈'),
            (0xde, '⇒'),
            (0xe5, '∑'),
        ],
    ),
    (
        "wingdings",
        &[
            (0x6e, '■'),
            (0x6f, '□'),
            (0x71, '❑'),
            (0x76, '❖'),
            (0xa7, '▪'),
            (0xa8, '◻'),
            (0xd8, '➢'),
            (0xe0, '→'),
            (0xe8, '➔'),
            (0xf0, '⇨'),
            (0xfb, '✗'),
            (0xfc, '✓'),
            (0xfe, '☑'),
        ],
    ),
];

/// Fonts of symbols whose signs are not listed.
const OTHER_FONTS: [&str; 5] = ["webdings", "wingdings 2", "wingdings 3", "zapfdingbats", "marlett"];

/// Returns true if `code` lies where fonts of symbols have their signs.
pub(super) const fn is_private(code: u16) -> bool {
    matches!(code, 0xf020..=0xf0ff)
}

/// Returns the sign with this code in the font of this name; `None` for a font of letters.
pub(super) fn sign(font: &str, code: u8) -> Option<char> {
    let font = font.trim().to_lowercase();
    let Some((_, signs)) = FONTS.iter().find(|(name, _)| *name == font) else {
        return OTHER_FONTS.contains(&font.as_str()).then_some(BULLET);
    };
    let known = signs
        .iter()
        .find(|(of_sign, _)| *of_sign == code)
        .map(|&(_, sign)| sign);
    Some(match known {
        Some(sign) => sign,
        // The ASCII signs of Symbol are themselves, but for the Greek letters.
        None if font == "symbol" && code.is_ascii_graphic() && !code.is_ascii_alphabetic() => char::from(code),
        None => BULLET,
    })
}

/// Returns the sign or letter with this code in the font of this name.
pub(super) fn letter(font: &str, code: u16) -> char {
    let [low, high] = code.to_le_bytes();
    if let Some(sign) = sign(font, low) {
        return sign;
    }
    if high == 0 || is_private(code) {
        return match char::from(low) {
            control if control.is_control() => BULLET,
            letter if is_private(code) && !low.is_ascii() => private_letter(letter),
            letter => letter,
        };
    }
    char::from_u32(u32::from(code)).unwrap_or(BULLET)
}

/// Returns the sign for a private code without a font of symbols: the middle dot is how Symbol writes a bullet.
const fn private_letter(letter: char) -> char {
    if matches!(letter, '\u{b7}' | '\u{a7}') {
        BULLET
    } else {
        letter
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_depend_on_the_font() {
        let rows = [
            ("Symbol", 0xf0b7, '•'),
            ("Symbol", 0xf02d, '−'),
            ("Symbol", 0xf028, '('),
            ("Wingdings", 0xf0fc, '✓'),
            ("Wingdings", 0x00d8, '➢'),
            ("Wingdings 2", 0xf050, '•'),
            ("Times New Roman", 0xf041, 'A'),
            ("Times New Roman", 0xf0b7, '•'),
            ("Times New Roman", 0x0111, 'đ'),
            ("", 0xf0ff, 'ÿ'),
        ];
        for (font, code, sign) in rows {
            assert_eq!(letter(font, code), sign, "{font} {code:x}");
        }
        assert!((0..=u16::MAX).all(|code| letter("Symbol", code) != '\0'));
    }
}
