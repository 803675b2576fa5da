//! The fonts of an RTF file: they tell what the bytes of the text in them are.
//!
//! Source: RTF 1.9.1, "Font Table" (`\fcharset`, `\cpg`) and "Character Set" (`\ansicpg`).

use std::collections::HashMap;

use encoding_rs::Encoding;

use crate::corpus::office::symbols;
use crate::text::LegacyFont;

/// Code pages of Windows, and the encodings that they are.
const CODE_PAGES: [(i32, &Encoding); 17] = [
    (874, encoding_rs::WINDOWS_874),
    (932, encoding_rs::SHIFT_JIS),
    (936, encoding_rs::GBK),
    (949, encoding_rs::EUC_KR),
    (950, encoding_rs::BIG5),
    (1250, encoding_rs::WINDOWS_1250),
    (1251, encoding_rs::WINDOWS_1251),
    (1252, encoding_rs::WINDOWS_1252),
    (1253, encoding_rs::WINDOWS_1253),
    (1254, encoding_rs::WINDOWS_1254),
    (1255, encoding_rs::WINDOWS_1255),
    (1256, encoding_rs::WINDOWS_1256),
    (1257, encoding_rs::WINDOWS_1257),
    (1258, encoding_rs::WINDOWS_1258),
    (10000, encoding_rs::MACINTOSH),
    (10007, encoding_rs::X_MAC_CYRILLIC),
    (65001, encoding_rs::UTF_8),
];

/// The character set of a font that states none: that of the document (`\fcharset1`).
const DEFAULT_CHARACTER_SET: i32 = 1;

/// The character sets of fonts (`\fcharset`), and the code page of each. Set 0 is windows-1252 whatever the code page
/// of the document is: Vietnamese editions of Word write `\ansicpg1258` and `\fcharset0` with `\'ec` for `ì`.
const CHARACTER_SETS: [(i32, i32); 15] = [
    (0, 1252),
    (77, 10000),
    (128, 932),
    (129, 949),
    (134, 936),
    (136, 950),
    (161, 1253),
    (162, 1254),
    (163, 1258),
    (177, 1255),
    (178, 1256),
    (186, 1257),
    (204, 1251),
    (222, 874),
    (238, 1250),
];

/// The character set of fonts of signs, Symbol and Wingdings.
const SYMBOL_CHARACTER_SET: i32 = 2;

/// A font.
#[derive(Clone, Debug, Default)]
struct Font {
    name: String,
    character_set: i32,
    /// Its code page, if it states one.
    code_page: Option<i32>,
    /// The encoding from before Unicode that it draws.
    legacy: Option<LegacyFont>,
}

/// The font table.
#[derive(Debug, Default)]
pub(super) struct Fonts {
    fonts: HashMap<i32, Font>,
    /// The number of the font that is being declared, and what is known of it.
    declared: Option<(i32, Font)>,
    /// The code page of the document.
    pub(super) code_page: i32,
    /// The number of the font of text that names none.
    pub(super) default: i32,
}

impl Fonts {
    /// Reads a control word of the font table.
    pub(super) fn word(&mut self, word: &str, number: Option<i32>) {
        match (word, &mut self.declared) {
            ("f", _) => {
                self.declare();
                let font = Font {
                    character_set: DEFAULT_CHARACTER_SET,
                    ..Font::default()
                };
                self.declared = Some((number.unwrap_or(0), font));
            }
            ("fcharset", Some((_, font))) => font.character_set = number.unwrap_or(0),
            ("cpg", Some((_, font))) => font.code_page = number,
            _ => {}
        }
    }

    /// Reads a piece of the name of a font; `;` ends it.
    pub(super) fn text(&mut self, text: &str) {
        if let Some((_, font)) = &mut self.declared {
            let end = text.find(';');
            font.name.push_str(text.get(..end.unwrap_or(text.len())).unwrap_or(""));
            if end.is_some() {
                self.declare();
            }
        }
    }

    /// Takes the font that is being declared into the table.
    fn declare(&mut self) {
        if let Some((number, mut font)) = self.declared.take() {
            font.legacy = LegacyFont::named(&font.name);
            self.fonts.insert(number, font);
        }
    }

    /// Returns the font with this number that is drawn in an encoding from before Unicode.
    pub(super) fn legacy(&self, number: i32) -> Option<LegacyFont> {
        self.fonts.get(&number).and_then(|font| font.legacy)
    }

    /// Returns true if the font with this number is one of signs.
    pub(super) fn is_symbolic(&self, number: i32) -> bool {
        let font = self.fonts.get(&number);
        font.is_some_and(|font| font.character_set == SYMBOL_CHARACTER_SET)
    }

    /// Returns the text of `bytes` in the font with this number. Fonts from before Unicode keep windows-1252, which is
    /// converted once all of a run is there.
    pub(super) fn decode(&self, number: i32, bytes: &[u8]) -> String {
        let Some(font) = self.fonts.get(&number) else {
            return encoding(self.code_page)
                .decode_without_bom_handling(bytes)
                .0
                .into_owned();
        };
        if font.character_set == SYMBOL_CHARACTER_SET && font.legacy.is_none() {
            return bytes.iter().map(|&byte| self.sign(number, byte)).collect();
        }
        let known = CHARACTER_SETS.iter().find(|(set, _)| *set == font.character_set);
        let of_set = known.map(|(_, code_page)| *code_page);
        let code_page = match font.legacy {
            Some(_) => 1252,
            None => font
                .code_page
                .filter(|&page| page > 0)
                .or(of_set)
                .unwrap_or(self.code_page),
        };
        encoding(code_page).decode_without_bom_handling(bytes).0.into_owned()
    }

    /// Returns the char of a byte in the font of signs with this number.
    pub(super) fn sign(&self, number: i32, byte: u8) -> char {
        let font = self.fonts.get(&number).map_or("", |font| &font.name);
        match byte {
            b' ' => ' ',
            byte => symbols::sign(font, byte).unwrap_or(symbols::BULLET),
        }
    }
}

/// Returns the encoding of a code page; windows-1252 for one that is not known.
fn encoding(code_page: i32) -> &'static Encoding {
    let found = CODE_PAGES.iter().find(|(known, _)| *known == code_page);
    found.map_or(encoding_rs::WINDOWS_1252, |(_, encoding)| *encoding)
}
