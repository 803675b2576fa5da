//! Folding of whole texts, byte by byte: an automaton that knows the usual chars of Vietnamese texts.
//!
//! Its table has a row for each beginning of a char in UTF-8, and in the row a step for each byte. The last byte of a
//! char writes what the char folds to, the others write nothing, so no branch depends on the letter. A step takes the
//! time of one look-up after another; a long text is folded from its beginning and from its middle at once, because the
//! processor does two of them in the same time. Chars that the automaton does not know are folded one by one.

use std::sync::LazyLock;

use super::fold::fold_char;

/// The step at one byte.
#[derive(Clone, Copy, Debug)]
struct Step {
    /// Number of bytes of `folded` that are written.
    written: u8,
    /// First step of the row for the next byte; [`LEAVE`] if the automaton does not know the char.
    row: u16,
    /// The fold of the char that the byte ends.
    folded: [u8; MAX_FOLD],
}

/// Most bytes that a known char folds to.
const MAX_FOLD: usize = 4;

/// The row of a char that the automaton does not know.
const LEAVE: u16 = u16::MAX;

/// Steps of a row.
const ROW: usize = 256;

/// Rows of the table, a power of two. The known chars have 30 beginnings.
const ROWS: usize = 32;

/// Texts of fewer bytes are folded from the beginning alone.
const LONG: usize = 64;

/// The automaton: from the row `row`, the byte `byte` takes the step `steps[row + byte]`.
struct Automaton {
    steps: Box<[Step; ROWS * ROW]>,
}

impl Automaton {
    /// Returns the one automaton, made at the first call from the folds of single chars.
    fn get() -> &'static Self {
        static AUTOMATON: LazyLock<Automaton> = LazyLock::new(Automaton::of_chars);
        &AUTOMATON
    }

    /// Makes the automaton of ASCII, letters of Latin texts, combining marks, punctuation and ligatures, without the few
    /// whose fold is longer than themselves.
    fn of_chars() -> Self {
        let unknown = Step {
            written: 0,
            row: LEAVE,
            folded: [0; MAX_FOLD],
        };
        let mut steps = Box::new([unknown; ROWS * ROW]);
        let mut rows = 1;
        let mut folded = String::new();
        let latin = ('\0'..='\u{36f}').chain('\u{1e00}'..='\u{1eff}');
        for char in latin.chain('\u{2000}'..='\u{206f}').chain('\u{fb00}'..='\u{fb06}') {
            folded.clear();
            fold_char(char, &mut folded);
            let mut bytes = [0; 4];
            let Some((last, first)) = char.encode_utf8(&mut bytes).as_bytes().split_last() else {
                continue;
            };
            let mut row = 0;
            for &byte in first {
                let step = &mut steps[row + usize::from(byte)];
                if step.row == LEAVE {
                    step.row = (rows * ROW) as u16;
                    rows += 1;
                }
                row = usize::from(step.row);
            }
            if folded.len() <= char.len_utf8() {
                let step = &mut steps[row + usize::from(*last)];
                step.folded[..folded.len()].copy_from_slice(folded.as_bytes());
                step.written = folded.len() as u8;
                step.row = 0;
            }
        }
        Self { steps }
    }
}

/// A place on the way through a text. It is kept apart from what is written, so that the processor has it in registers.
#[derive(Clone, Copy, Debug, Default)]
struct Cursor {
    /// The row for the next byte.
    row: usize,
    /// Number of bytes that are written.
    written: usize,
}

impl Cursor {
    /// Takes the step of `byte`, which may write to `folded`, and returns true if the automaton knows the char.
    #[inline(always)]
    fn step(&mut self, automaton: &Automaton, byte: u8, folded: &mut [u8]) -> bool {
        // Every row is within the table; the remainder tells the compiler.
        let step = automaton.steps[(self.row + usize::from(byte)) % (ROWS * ROW)];
        if let Some(place) = folded.get_mut(self.written..self.written + MAX_FOLD) {
            place.copy_from_slice(&step.folded);
        }
        self.written += usize::from(step.written);
        self.row = usize::from(step.row);
        step.row != LEAVE
    }
}

/// A stretch of a text that is being folded.
struct Run<'t> {
    text: &'t str,
    cursor: Cursor,
    /// Place for the fold: as many bytes as the text has, and [`MAX_FOLD`] more, as steps write more than they count.
    folded: &'t mut [u8],
}

impl<'t> Run<'t> {
    /// Creates a run at the beginning of `text`.
    fn new(text: &'t str, folded: &'t mut [u8]) -> Self {
        Self {
            text,
            cursor: Cursor::default(),
            folded,
        }
    }

    /// Takes the steps of this text and of another one, which is not shorter, byte by byte in turn, up to a char that the
    /// automaton does not know; returns the number of steps in each.
    fn step_with(&mut self, other: &mut Self, automaton: &Automaton) -> usize {
        let (mut one, mut two) = (self.cursor, other.cursor);
        let (to_one, to_two) = (&mut self.folded[..], &mut other.folded[..]);
        let mut taken = 0;
        for (&byte, &second) in self.text.as_bytes().iter().zip(other.text.as_bytes()) {
            taken += 1;
            if !(one.step(automaton, byte, to_one) & two.step(automaton, second, to_two)) {
                break;
            }
        }
        (self.cursor, other.cursor) = (one, two);
        taken
    }

    /// Takes the steps of the bytes from `at` on, up to a char that the automaton does not know; returns their number.
    fn step_from(&mut self, at: usize, automaton: &Automaton) -> usize {
        let mut cursor = self.cursor;
        let folded = &mut self.folded[..];
        let mut taken = 0;
        for &byte in &self.text.as_bytes()[at..] {
            taken += 1;
            if !cursor.step(automaton, byte, folded) {
                break;
            }
        }
        self.cursor = cursor;
        taken
    }

    /// Folds the rest of the text, in which `taken` steps were taken. Returns the number of bytes of the fold, or `None`
    /// if a char folds to more bytes than it has.
    fn finish(&mut self, automaton: &Automaton, taken: usize) -> Option<usize> {
        let mut at = taken;
        loop {
            if self.cursor.row != 0 {
                // The last byte did not end a char that is written: back to where that char begins.
                at = char_start(self.text, at - 1);
            }
            if self.cursor.row == usize::from(LEAVE) {
                at += self.fold_alone(at)?;
            }
            self.cursor.row = 0;
            if at == self.text.len() {
                return Some(self.cursor.written);
            }
            at += self.step_from(at, automaton);
        }
    }

    /// Folds the char at `at` without the automaton and returns its bytes; `None` if it folds to more.
    fn fold_alone(&mut self, at: usize) -> Option<usize> {
        let char = self.text[at..].chars().next()?;
        let mut folded = String::new();
        fold_char(char, &mut folded);
        if folded.len() > char.len_utf8() {
            return None;
        }
        let end = self.cursor.written + folded.len();
        self.folded[self.cursor.written..end].copy_from_slice(folded.as_bytes());
        self.cursor.written = end;
        Some(char.len_utf8())
    }
}

/// Returns the first byte of the char that has the byte `at`.
fn char_start(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Folds `text` as [`fold_char`] folds its chars; `None` if a char folds to more bytes than it has.
fn fold_in_place(text: &str) -> Option<Vec<u8>> {
    let automaton = Automaton::get();
    let middle = if text.len() < LONG { 0 } else { text.len() / 2 };
    let (first, second) = text.split_at(char_start(text, middle));
    let mut folded = vec![0; text.len() + 2 * MAX_FOLD];
    let place = first.len() + MAX_FOLD;
    let (to_first, to_second) = folded.split_at_mut(place);
    let (mut one, mut other) = (Run::new(first, to_first), Run::new(second, to_second));
    let taken = one.step_with(&mut other, automaton);
    let (written, rest) = (one.finish(automaton, taken)?, other.finish(automaton, taken)?);
    folded.copy_within(place..place + rest, written);
    folded.truncate(written + rest);
    Some(folded)
}

/// Folds `text` to its match form: lower case, no tone or vowel marks, `đ` as `d`.
///
/// NFC and NFD give the same result, and ligatures are spelled out. Chars that are not Latin letters (digits,
/// punctuation, other scripts) only change case. Folding a folded text changes nothing.
///
/// Sources: UAX #15 (decomposition); `đ` has none and is listed by hand.
///
/// ```
/// assert_eq!(vankien::text::fold("Đảng bộ THÀNH PHỐ – 21-NQ/TW"), "dang bo thanh pho – 21-nq/tw");
/// ```
#[must_use]
pub fn fold(text: &str) -> String {
    fold_in_place(text).map_or_else(
        || fold_chars(text),
        |folded| String::from_utf8(folded).expect("whole chars are written"),
    )
}

/// Folds `text` char by char.
fn fold_chars(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    text.chars().for_each(|char| fold_char(char, &mut folded));
    folded
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn every_char_folds_as_it_does_alone() {
        for char in '\0'..=char::MAX {
            let alone = char.to_string();
            assert_eq!(fold(&alone), fold_chars(&alone), "{char:?}");
            // In the first half of a long text, and in the second.
            let among = format!("{}{char}{char}ệ", "Đảng bộ ".repeat(6));
            assert_eq!(fold(&among), fold_chars(&among), "{char:?}");
            let before = format!("{char}ệ{}", "Đảng bộ ".repeat(6));
            assert_eq!(fold(&before), fold_chars(&before), "{char:?}");
        }
    }

    proptest! {
        #[test]
        fn texts_fold_as_their_chars_do(text in "\\PC{0,200}|[a-zĐđàảấỆ –“…ﬃȺ漢]{0,300}|[Ⱥ漢a]{0,400}") {
            prop_assert_eq!(fold(&text), fold_chars(&text));
        }
    }
}
