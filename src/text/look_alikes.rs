//! Characters of other scripts that look like ASCII.

/// Returns the ASCII character that a Greek, Cyrillic or full-width one looks like: `71-NQ/TW` is typed with a Cyrillic
/// `Т` now and then, and input methods of East Asia type full-width letters.
///
/// Sources: Unicode data for U+FF01..U+FF5E, which are ASCII in order; the letters that Unicode's `confusables.txt`
/// (UTS #39) maps to capitals and small letters of ASCII.
pub(super) fn ascii_for(char: char) -> Option<&'static str> {
    /// The printable characters of ASCII after the blank, in order.
    const ASCII: &str = concat!(
        "!\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`",
        "abcdefghijklmnopqrstuvwxyz{|}~"
    );
    if ('\u{ff01}'..='\u{ff5e}').contains(&char) {
        let at = char as usize - 0xff01;
        return ASCII.get(at..=at);
    }
    Some(match char {
        'А' | 'Α' => "A",
        'В' | 'Β' => "B",
        'С' => "C",
        'Е' | 'Ε' => "E",
        'Н' | 'Η' => "H",
        'І' | 'Ι' => "I",
        'Ј' => "J",
        'К' | 'Κ' => "K",
        'М' | 'Μ' => "M",
        'Ν' => "N",
        'О' | 'Ο' => "O",
        'Р' | 'Ρ' => "P",
        'Ѕ' => "S",
        'Т' | 'Τ' => "T",
        'Х' | 'Χ' => "X",
        'У' | 'Υ' => "Y",
        'Ζ' => "Z",
        'а' => "a",
        'с' => "c",
        'е' => "e",
        'і' => "i",
        'о' | 'ο' => "o",
        'р' => "p",
        'ѕ' => "s",
        'х' => "x",
        'у' => "y",
        _ => return None,
    })
}
