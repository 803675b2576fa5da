//! VIQR: Vietnamese in ASCII, with signs after the letters (`DDa?ng bo^.` is `Đảng bộ`).
//!
//! The signs are `(` (breve), `^` (circumflex), `+` or `*` (horn) and `'`, `` ` ``, `?`, `~`, `.` (tones), in this
//! order after a vowel; `dd` is `đ`, and `\` makes the next sign a plain one. Most signs are punctuation too. A sign at
//! the end of a word is a tone if the word with it is a syllable and the text around it does not speak for a full stop
//! or a question mark: `bi. no^.i` is `bị nội`, but `KH/DDU.` at the end of a line is `KH/ĐU.`.
//!
//! Source: RFC 1456, section 3.

use super::code_page::marked;

/// The cost of a syllable in lower case and NFC, whatever its unit: rarer syllables cost more. `None` for what is no
/// syllable of Vietnamese.
pub type SyllableCost<'c> = &'c dyn Fn(&str) -> Option<f32>;

/// The signs that make another vowel: the sign, the vowels that take it, and its combining mark.
const VOWEL_SIGNS: [(u8, &[u8], &str); 4] = [
    (b'^', b"aeo", "\u{302}"),
    (b'(', b"a", "\u{306}"),
    (b'+', b"ou", "\u{31b}"),
    (b'*', b"ou", "\u{31b}"),
];

/// The signs of the tones, with their combining marks.
const TONE_SIGNS: [(u8, &str); 5] = [
    (b'\'', "\u{301}"),
    (b'`', "\u{300}"),
    (b'?', "\u{309}"),
    (b'~', "\u{303}"),
    (b'.', "\u{323}"),
];

/// The consonants that may follow `ă`, which ends no syllable.
const AFTER_BREVE: &[u8] = b"cmnptCMNPT";

/// The signs of an address in its word: nothing in it is converted.
const ADDRESS_SIGNS: [&str; 3] = ["://", "@", "www."];

/// Signs after a tone sign that speak for a tone: a full stop would not stand before them.
const AFTER_TONE: &[u8] = b",;:";

/// The longest word that can be one syllable with its signs: `NGHIE^NG` has 8 letters, and a sign for the tone.
const MAX_WORD_BYTES: usize = 16;

/// A piece of a line: a word, or what stands between two words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ViqrPiece {
    /// Its text in Unicode.
    pub(super) text: String,
    /// Its kind.
    pub(super) kind: ViqrKind,
}

/// The kinds of pieces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ViqrKind {
    /// A word with a sign that plain text rarely has inside a word.
    Marked,
    /// Any other word.
    Plain,
    /// The signs between two words.
    Between,
}

/// Returns true if `text` may be VIQR: it has a circumflex after a vowel, as every third word of VIQR has.
pub(super) fn may_be_viqr(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr_iter(b'^', bytes).any(|at| {
        let before = at.checked_sub(1).and_then(|at| bytes.get(at));
        before.is_some_and(|byte| b"aeoAEO".contains(byte))
    })
}

/// Converts a line.
pub(super) fn decode(line: &str, cost: SyllableCost<'_>) -> String {
    pieces(line, cost).into_iter().map(|piece| piece.text).collect()
}

/// Returns the pieces of a line, converted.
pub(super) fn pieces(line: &str, cost: SyllableCost<'_>) -> Vec<ViqrPiece> {
    let mut pieces = Vec::new();
    for chunk in line.split_inclusive(|char: char| char.is_ascii_whitespace()) {
        let rest = &line[chunk.as_ptr() as usize - line.as_ptr() as usize..];
        if ADDRESS_SIGNS.iter().any(|sign| chunk.contains(sign)) {
            push_between(chunk, &mut pieces);
        } else {
            push_chunk(chunk, rest, cost, &mut pieces);
        }
    }
    pieces
}

/// Adds the pieces of `chunk`, which has no blanks but at its end; `rest` is the line from its beginning.
fn push_chunk(chunk: &str, rest: &str, cost: SyllableCost<'_>, pieces: &mut Vec<ViqrPiece>) {
    let mut at = 0;
    while let Some(char) = chunk.get(at..).and_then(|rest| rest.chars().next()) {
        if char.is_ascii_alphabetic() {
            let word = Word::at(&rest[at..], cost);
            at += word.bytes;
            pieces.push(word.piece);
            continue;
        }
        let escaped = chunk.as_bytes().get(at + 1).filter(|_| char == '\\');
        if escaped.is_some_and(|&sign| is_escaped(sign)) {
            at += 1;
            // The letter after it begins a word of its own.
            if chunk.as_bytes().get(at).is_some_and(u8::is_ascii_alphabetic) {
                continue;
            }
        }
        let Some(char) = chunk.get(at..).and_then(|rest| rest.chars().next()) else {
            break;
        };
        push_between(char.encode_utf8(&mut [0; 4]), pieces);
        at += char.len_utf8();
    }
}

/// Adds what stands between two words.
fn push_between(text: &str, pieces: &mut Vec<ViqrPiece>) {
    match pieces.last_mut() {
        Some(last) if last.kind == ViqrKind::Between => last.text.push_str(text),
        _ => pieces.push(ViqrPiece {
            text: text.to_owned(),
            kind: ViqrKind::Between,
        }),
    }
}

/// Returns true if `\` before `sign` makes it plain.
fn is_escaped(sign: u8) -> bool {
    matches!(sign, b'\\' | b'd' | b'D') || vowel_sign(sign).is_some() || tone_sign(sign).is_some()
}

/// Returns the vowels that take `sign`, and its mark.
fn vowel_sign(sign: u8) -> Option<(&'static [u8], &'static str)> {
    let found = VOWEL_SIGNS.iter().find(|(known, ..)| *known == sign);
    found.map(|&(_, vowels, mark)| (vowels, mark))
}

/// Returns the mark of the tone that `sign` is.
fn tone_sign(sign: u8) -> Option<&'static str> {
    let found = TONE_SIGNS.iter().find(|(known, _)| *known == sign);
    found.map(|&(_, mark)| mark)
}

/// A word as it is read.
struct Word {
    /// Its letters.
    piece: ViqrPiece,
    /// The number of bytes of the line that it takes.
    bytes: usize,
}

impl Word {
    /// Reads the word at the beginning of `rest`, which goes to the end of the line.
    fn at(rest: &str, cost: SyllableCost<'_>) -> Self {
        let bytes = rest.as_bytes();
        let mut text = String::new();
        let (mut at, mut has_vowel, mut has_tone, mut is_marked) = (0, false, false, false);
        while let Some(&letter) = bytes.get(at).filter(|byte| byte.is_ascii_alphabetic()) {
            let next = bytes.get(at + 1).copied().unwrap_or(0);
            if letter.eq_ignore_ascii_case(&b'd') && next.eq_ignore_ascii_case(&b'd') && !has_vowel {
                text.push(if letter.is_ascii_uppercase() { 'Đ' } else { 'đ' });
                is_marked = true;
                at += 2;
                continue;
            }
            at += 1;
            let mut vowel = char::from(letter);
            if !b"aeiouy".contains(&letter.to_ascii_lowercase()) {
                text.push(vowel);
                continue;
            }
            has_vowel = true;
            if let Some(made) = with_vowel_sign(letter, &bytes[at..]) {
                vowel = made;
                is_marked = true;
                at += 1;
            }
            let sign = bytes.get(at).copied().unwrap_or(0);
            if let Some(toned) = tone_sign(sign)
                .and_then(|mark| marked(vowel, mark))
                .filter(|_| !has_tone)
            {
                let is_inside = bytes.get(at + 1).is_some_and(u8::is_ascii_alphabetic);
                let mut with_tone = text.clone();
                with_tone.push(toned);
                // Only a tone can be a sign of these after a vowel with a sign: `so^'`.
                let is_second = vowel != char::from(letter) && !matches!(sign, b'.' | b'?');
                if is_inside
                    || is_second
                    || is_tone(&with_tone, sign, &rest[at + 1..], || known(&text, vowel, cost), cost)
                {
                    has_tone = true;
                    is_marked |= is_inside;
                    at += 1;
                    vowel = toned;
                }
            }
            text.push(vowel);
        }
        // A sign inside a word that is no syllable may be a point in a name: `vankien.gov.vn`.
        let written = &rest[..at];
        let is_syllable = written.len() <= MAX_WORD_BYTES && cost(&text.to_lowercase()).is_some();
        let has_strong_sign = written.bytes().any(|byte| vowel_sign(byte).is_some()) || text.contains(['đ', 'Đ']);
        if !is_syllable && !has_strong_sign && written.contains('.') {
            text = written.to_owned();
            is_marked = false;
        }
        Self {
            piece: ViqrPiece {
                text,
                kind: if is_marked { ViqrKind::Marked } else { ViqrKind::Plain },
            },
            bytes: at,
        }
    }
}

/// Returns the cost of the word that `text` and `vowel` are.
fn known(text: &str, vowel: char, cost: SyllableCost<'_>) -> Option<f32> {
    let mut word = text.to_lowercase();
    word.extend(vowel.to_lowercase());
    cost(&word)
}

/// Returns the vowel that `letter` is with the sign at the beginning of `after`.
fn with_vowel_sign(letter: u8, after: &[u8]) -> Option<char> {
    let &sign = after.first()?;
    let (vowels, mark) = vowel_sign(sign)?;
    if !vowels.contains(&letter.to_ascii_lowercase()) {
        return None;
    }
    if sign == b'(' {
        let has_tone = after.get(1).is_some_and(|&next| tone_sign(next).is_some());
        after
            .get(if has_tone { 2 } else { 1 })
            .filter(|next| AFTER_BREVE.contains(next))?;
    }
    marked(char::from(letter), mark)
}

/// Returns true if `sign` at the end of a word is its tone: `word` is the word with it, `after` the line after the
/// sign, `without` the cost of the word without it.
fn is_tone(word: &str, sign: u8, after: &str, without: impl Fn() -> Option<f32>, cost: SyllableCost<'_>) -> bool {
    let Some(with) = cost(&word.to_lowercase()) else {
        return false;
    };
    if !matches!(sign, b'.' | b'?') {
        return true;
    }
    let next = after.as_bytes().first().copied().unwrap_or(b' ');
    if next == sign {
        return false; // an ellipsis
    }
    let following = after.trim_start().bytes().next();
    if AFTER_TONE.contains(&next)
        || next.is_ascii_whitespace() && following.is_some_and(|byte| byte.is_ascii_lowercase())
    {
        return true;
    }
    without().is_none_or(|without| with <= without)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_normalization::UnicodeNormalization;

    use super::*;

    /// A cost that knows these syllables, the first ones as the most frequent.
    fn cost(syllable: &str) -> Option<f32> {
        const KNOWN: &str = "bộ bị nội ủy ra trị nghị quyết đu ta bô đụ rạ tạ tri nghi bi chỉ lạ gì đó chi là ở";
        let place = KNOWN.split(' ').position(|known| known == syllable)?;
        Some(place as f32)
    }

    /// Writes `text` in VIQR; signs that are none get a `\`.
    fn to_viqr(text: &str) -> String {
        let mut written = String::new();
        for char in text.chars() {
            match char {
                'đ' => written.push_str("dd"),
                'Đ' => written.push_str("DD"),
                'd' | 'D' if written.ends_with(['d', 'D']) => written.extend(['\\', char]),
                _ if char.is_ascii() && is_escaped(char as u8) && !char.is_ascii_alphabetic() => {
                    written.extend(['\\', char]);
                }
                _ => {
                    let parts: Vec<_> = char.nfd().collect();
                    let sign_of = |part: &char| {
                        let part = part.to_string();
                        let vowel = VOWEL_SIGNS.iter().find(|(.., mark)| *mark == part).map(|row| row.0);
                        vowel.or_else(|| TONE_SIGNS.iter().find(|(_, mark)| *mark == part).map(|row| row.0))
                    };
                    written.push(parts[0]);
                    let mut signs: Vec<u8> = parts[1..].iter().filter_map(sign_of).collect();
                    signs.sort_by_key(|&sign| tone_sign(sign).is_some());
                    written.extend(signs.into_iter().map(char::from));
                }
            }
        }
        written
    }

    #[test]
    fn signs_are_marks_or_punctuation() {
        let rows = [
            ("DDa?ng bo^. TI?NH", "Đảng bộ TỈNH"),
            ("bi. no^.i dung", "bị nội dung"),
            ("So^' 27-KH/DDU.", "Số 27-KH/ĐU."),
            ("Nghi. quye^'t cu?a Bo^. Chi'nh tri.", "Nghị quyết của Bộ Chính trị"),
            ("DDa?ng u?y. Ho. ra. Ta ra.", "Đảng ủy. Ho. ra. Ta ra."),
            ("la` gi`? ddo'...", "là gì? đó..."),
            ("na(m, tra(m, a(n (ba(`ng)", "năm, trăm, ăn (bằng)"),
            ("thu+ tu*' o+? QDD-UBND, HDDND", "thư tứ ở QĐ-UBND, HĐND"),
            (r"thu\+ d\d ba\.", "thu+ dd ba."),
            (
                "a.b@c.vn http://bo.vn/e^ x.gov.vn i.e.",
                "a.b@c.vn http://bo.vn/e^ x.gov.vn i.e.",
            ),
            ("ladder, add(a), a^2", "ladder, add(a), â2"),
        ];
        for (text, expected) in rows {
            assert_eq!(decode(text, &cost), expected);
        }
    }

    proptest! {
        #[test]
        fn vietnamese_comes_back(
            words in prop::collection::vec("[bcghklmnprstvx]?h?(đ|Đ)?[aeiouyăâêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵẤỆỘỚƯĂ](c|n|ng|nh|m|t|p)[.?,;:!]?", 0..12),
        ) {
            let text = words.join(" ");
            let everything = |_: &str| Some(1.0);
            prop_assert_eq!(decode(&to_viqr(&text), &everything), text.as_str());
        }

        #[test]
        fn any_text_is_read(text in "\\PC{0,40}|[aeoud.^(+'`?~\\\\ D]{0,60}") {
            let decoded = decode(&text, &cost);
            prop_assert!(decoded.len() <= text.len() * 3);
        }
    }
}
