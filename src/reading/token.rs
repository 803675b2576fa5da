//! Cuts text, damaged or clean, into the pieces that the decoder reads one by one.
//!
//! A piece is the text between two blanks without the punctuation around it. It is cut again where a blank after a
//! comma was lost. Signs that a scan has for letters (`s&` = sở, `h¢` = hệ) are part of it; `"(Tinh%,"` gives `Tinh%`.
//! Numbers and document symbols are pieces that the decoder leaves alone.

use unicode_normalization::UnicodeNormalization;

use crate::text::{Span, place_tone};

/// The kinds of pieces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TextPieceKind {
    /// A word, however the scan misread it.
    Word,
    /// Digits with signs, a Roman number, or the label of a list item.
    Number,
    /// Letters and digits with slashes or hyphens, or an address.
    Symbol,
}

/// One piece of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TextPiece {
    /// Its bytes.
    pub(crate) span: Span,
    /// Its kind.
    pub(crate) kind: TextPieceKind,
    /// True if a sentence begins here, or something like one: a list item, a clause after a colon.
    pub(crate) opens: bool,
    /// True if punctuation, not only a blank, separates it from the next piece.
    pub(crate) closed: bool,
    /// True if it is the second half of two words that the scan ran together.
    pub(crate) joined: bool,
}

/// Returns true if the sign ends a sentence or an independent clause.
fn ends_sentence(char: char) -> bool {
    matches!(char, '.' | ';' | ':' | '!' | '?' | '…')
}

/// Returns true if the char is punctuation that is never part of a word at its start.
fn is_lead(char: char) -> bool {
    matches!(
        char,
        '(' | '['
            | '{'
            | '"'
            | '“'
            | '”'
            | '„'
            | '‘'
            | '’'
            | '\''
            | '-'
            | '–'
            | '—'
            | '•'
            | '*'
            | '.'
            | ','
            | ';'
            | ':'
            | '!'
            | '?'
            | '+'
            | '='
            | '~'
            | '_'
            | '…'
            | '<'
            | '«'
            | '»'
            | '^'
    )
}

/// Returns true if the char is punctuation that is never part of a word at its end. Single quotes and stars may be part
/// of one (`SU'` = SỰ).
fn is_tail(char: char) -> bool {
    matches!(
        char,
        '.' | ','
            | ';'
            | ':'
            | '!'
            | '?'
            | ')'
            | ']'
            | '}'
            | '"'
            | '“'
            | '”'
            | '„'
            | '…'
            | '-'
            | '–'
            | '—'
            | '•'
            | '_'
            | '»'
            | '^'
    )
}

/// Returns true if scans have the sign for a letter.
fn is_letter_like(char: char) -> bool {
    matches!(char, '&' | '¢' | '€' | '§' | '¥' | '$' | '@' | '£')
}

/// Cuts the bytes `within` of `text` into pieces, in order.
///
/// A blank line ends a sentence unless the next line begins in lower case: in double-spaced typing and across pages,
/// sentences run on.
pub(crate) fn cut(text: &str, within: Span) -> Vec<TextPiece> {
    let mut cutter = Cutter {
        pieces: Vec::new(),
        opens: true,
    };
    let mut at = within.start;
    let mut blank_lines = false;
    for line in within.slice(text).split_inclusive(['\n', '\u{c}']) {
        let content = line.trim();
        if content.is_empty() {
            blank_lines = true;
        } else {
            if blank_lines && !content.starts_with(char::is_lowercase) {
                cutter.opens = true;
            }
            blank_lines = false;
            cutter.line(at, line);
        }
        at += line.len();
    }
    cutter.pieces
}

/// The pieces found so far.
struct Cutter {
    pieces: Vec<TextPiece>,
    /// True if the next piece begins a sentence.
    opens: bool,
}

impl Cutter {
    /// Cuts one line that begins at byte `start`.
    fn line(&mut self, start: usize, line: &str) {
        let mut at = start;
        for chunk in line.split_inclusive(char::is_whitespace) {
            let content = chunk.trim_end();
            if !content.is_empty() {
                self.chunk(at, content);
            }
            at += chunk.len();
        }
    }

    /// Cuts the text between two blanks.
    fn chunk(&mut self, start: usize, chunk: &str) {
        let body = chunk.trim_start_matches(is_lead);
        let lead = chunk.len() - body.len();
        if chunk[..lead].contains(['-', '–', '•', '*', '+', '…', '.', ':']) {
            self.opens = true;
        }
        if lead > 0 {
            self.close_last();
        }
        let core = body.trim_end_matches(is_tail);
        let tail = &body[core.len()..];
        if !core.is_empty() {
            self.core(start + lead, core, tail);
        }
        if tail.contains(ends_sentence) {
            self.opens = true;
        }
        if !tail.is_empty() {
            self.close_last();
        }
    }

    /// Cuts a chunk whose outer punctuation is removed; `tail` is the punctuation after it.
    fn core(&mut self, start: usize, core: &str, tail: &str) {
        if is_symbol(core) {
            return self.push(start, core, TextPieceKind::Symbol);
        }
        if let Some(at) = inner_cut(core) {
            let width = core[at..].chars().next().map_or(1, char::len_utf8);
            self.core(start, &core[..at], "");
            self.opens |= core[at..].starts_with([';', ':']);
            self.close_last();
            return self.core(start + at + width, &core[at + width..], tail);
        }
        let letters = core.chars().filter(|c| c.is_alphabetic()).count();
        let digits = core.chars().any(|c| c.is_ascii_digit());
        let one = core.chars().nth(1).is_none();
        let few_signs = core.chars().count() <= 3 && core.chars().any(is_letter_like);
        if letters == 0 && digits && !few_signs || one && tail.starts_with(')') || is_roman(core) {
            self.push(start, core, TextPieceKind::Number);
        } else if letters > 0 || few_signs {
            self.push(start, core, TextPieceKind::Word);
        }
    }

    /// Adds one piece.
    fn push(&mut self, start: usize, core: &str, kind: TextPieceKind) {
        self.pieces.push(TextPiece {
            span: Span::new(start, start + core.len()),
            kind,
            opens: std::mem::take(&mut self.opens),
            closed: false,
            joined: false,
        });
    }

    /// Records that punctuation follows the last piece.
    fn close_last(&mut self) {
        if let Some(last) = self.pieces.last_mut() {
            last.closed = true;
        }
    }
}

/// Returns true if the decoder must leave the piece alone: a document symbol, an abbreviation with a number, an
/// address.
///
/// Examples: `30-QDB/PU`, `Qb-TTg`, `2020-2025`, `QH15`, `T/M`, `a@b.vn`.
fn is_symbol(core: &str) -> bool {
    let digits = core.chars().filter(char::is_ascii_digit).count();
    let capitals = core.chars().filter(|c| c.is_uppercase()).count();
    let joined = core.contains(['/', '-', '–']);
    let address = core.contains("://") || core.starts_with("www.") || core.contains('@') && core.contains('.');
    let letters_then_number = digits > 0
        && capitals >= 2
        && core
            .trim_end_matches(|c: char| c.is_ascii_digit())
            .chars()
            .all(char::is_uppercase);
    let signed = core.contains('/') && capitals >= 2 && !core.chars().any(char::is_lowercase);
    signed
        || joined && (digits > 0 && core.chars().any(|c| c != '/' && c != '-' && !is_letter_like(c)) || capitals >= 3)
        || address
        || letters_then_number
}

/// Returns true if the piece is a Roman number, as printed or with strokes read as `1`, `l` or `|` (`I1`, `1V`, `X1`).
///
/// `VI` is not one: in capitals it is more often vị or vì.
fn is_roman(core: &str) -> bool {
    let is_stroke = |c: char| matches!(c, '1' | 'l' | '|');
    let is_numeral = |c: char| matches!(c, 'I' | 'V' | 'X');
    core != "VI" && core.contains(is_numeral) && core.chars().all(|c| is_numeral(c) || is_stroke(c))
}

/// Returns the byte at which a chunk is cut in two: a sign with at least two letters on either side.
fn inner_cut(core: &str) -> Option<usize> {
    let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).count();
    core.char_indices()
        .find(|&(at, char)| {
            matches!(
                char,
                ',' | ';' | ':' | '(' | ')' | '"' | '[' | ']' | '.' | '…' | '/' | '-' | '–' | '“' | '”'
            ) && letters(&core[..at]) >= 2
                && letters(&core[at + char.len_utf8()..]) >= 2
        })
        .map(|(at, _)| at)
}

/// Returns the form of a clean word in the lexicon: lower case, NFC, tone mark placed.
pub(crate) fn clean_form(word: &str) -> String {
    let mut form: String = word.chars().flat_map(char::to_lowercase).nfc().collect();
    place_tone(&mut form);
    form
}

/// The ways to write a word in small and capital letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Case {
    /// `đảng`
    Lower,
    /// `Đảng`, and any other word that begins with a capital and has small letters after it
    Title,
    /// `ĐẢNG`
    Upper,
}

impl Case {
    /// Returns the case of a word as read. A damaged word may mix them: `DPang` is [`Case::Title`], `cAp` is
    /// [`Case::Lower`], `PHuONG` is [`Case::Upper`]. A single capital is [`Case::Title`].
    pub(crate) fn of(word: &str) -> Self {
        let capitals = word.chars().filter(|c| c.is_uppercase()).count();
        let small = word.chars().filter(|c| c.is_lowercase()).count();
        let first_is_capital = word
            .chars()
            .find(|c| c.is_alphanumeric() || is_letter_like(*c))
            .is_some_and(char::is_uppercase);
        if capitals >= 2 && capitals > 2 * small {
            Self::Upper
        } else if first_is_capital {
            Self::Title
        } else {
            Self::Lower
        }
    }

    /// Writes `word` (lower case) in this case.
    pub(crate) fn apply(self, word: &str) -> String {
        match self {
            Self::Lower => word.to_owned(),
            Self::Upper => word.to_uppercase(),
            Self::Title => {
                let mut chars = word.chars();
                let first = chars.next().into_iter().flat_map(char::to_uppercase);
                first.chain(chars).collect()
            }
        }
    }
}

/// Returns the case of the piece of `text` at `at`.
///
/// One or two letters say too little (`HO Chi Minh`). They get the case of their neighbors if one of these is all
/// capitals, and are not all capitals otherwise.
pub(crate) fn case_at(text: &str, pieces: &[TextPiece], at: usize) -> Case {
    let token = pieces[at].span.slice(text);
    let case = Case::of(token);
    let letters = token.chars().filter(|c| c.is_alphabetic()).count();
    if letters > 2 || letters == 2 && case != Case::Upper {
        return case;
    }
    let is_upper =
        |piece: &TextPiece| piece.kind == TextPieceKind::Word && Case::of(piece.span.slice(text)) == Case::Upper;
    let neighbors = [at.checked_sub(1), Some(at + 1)].into_iter().flatten();
    match neighbors.filter_map(|at| pieces.get(at)).any(is_upper) {
        true => Case::Upper,
        false if case == Case::Upper => Case::Title,
        false => case,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The pieces of `text`, each with a sign for its kind, and `|` where a sentence begins.
    fn pieces(text: &str) -> String {
        let shown: Vec<String> = cut(text, Span::new(0, text.len()))
            .iter()
            .map(|piece| {
                let sort = match piece.kind {
                    TextPieceKind::Word => "",
                    TextPieceKind::Number => "#",
                    TextPieceKind::Symbol => "@",
                };
                let open = if piece.opens { "|" } else { "" };
                format!("{open}{sort}{}", piece.span.slice(text))
            })
            .collect();
        shown.join(" ")
    }

    #[test]
    fn text_is_cut_into_pieces() {
        let rows = [
            ("Pang bd (Tinh%, co s&)", "|Pang bd Tinh% co s&"),
            ("s6 30-QDB/PU ngay 03/3/2025 cua", "|s6 @30-QDB/PU ngay @03/3/2025 cua"),
            ("Qb-TTg, UBTVQH15; XIII10", "|@Qb-TTg @UBTVQH15 |@XIII10"),
            ("kinh té-xa hdi; phat trién", "|kinh té xa hdi |phat trién"),
            ("b,dang vién", "|b,dang vién"),
            ("khoa XIII, II va DON VI", "|khoa #XIII #II va DON VI"),
            ("I1- X1, 1V. 1a", "|#I1 #X1 #1V |1a"),
            ("bdo,dang vién", "|bdo dang vién"),
            ("dat 98,21%. a) Vé", "|dat #98,21% |#a Vé"),
            ("tru'O'ng SU'", "|tru'O'ng SU'"),
            ("¢6 1& 20% b&", "|¢6 1& #20% b&"),
            ("mot\n\nhai\n\nBa", "|mot hai |Ba"),
            ("- Vé\n- Vé", "|Vé |Vé"),
        ];
        for (text, expected) in rows {
            assert_eq!(pieces(text), expected, "{text}");
        }
    }

    #[test]
    fn case_is_read_and_written() {
        let rows = [
            ("Pang", Case::Title, "Đảng"),
            ("DPang", Case::Title, "Đảng"),
            ("PANG", Case::Upper, "ĐẢNG"),
            ("pang", Case::Lower, "đảng"),
            ("dAng", Case::Lower, "đảng"),
            ("13nh", Case::Lower, "đảng"),
        ];
        for (word, case, written) in rows {
            assert_eq!(Case::of(word), case, "{word}");
            assert_eq!(case.apply("đảng"), written);
        }
    }
}
