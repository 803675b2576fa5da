//! Cuts text, damaged or clean, into the pieces that the decoder reads one by one.
//!
//! A piece is the text between two blanks without the punctuation around it. It is cut again where a blank after a
//! comma was lost. Signs that a scan has for letters (`s&` = sở, `h¢` = hệ) are part of it; `"(Tinh%,"` gives `Tinh%`.
//! Numbers and document symbols are pieces that the decoder leaves alone.

use unicode_normalization::UnicodeNormalization;

use crate::stop::checkpoint;
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
            checkpoint();
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
    ///
    /// It looks at each char a fixed number of times: a chunk may be as long as its file.
    fn core(&mut self, start: usize, core: &str, tail: &str) {
        let mut rest = Rest::of(core);
        while !rest.is_symbol()
            && let Some((head, sign)) = rest.cut()
        {
            // A head has no second cut: the first sign that can be one ends it.
            let at = start + rest.start - sign.len_utf8() - head.len();
            if Rest::of(head).is_symbol() {
                self.push(at, head, TextPieceKind::Symbol);
            } else {
                self.piece(at, head, "");
            }
            self.opens |= matches!(sign, ';' | ':');
            self.close_last();
        }
        let last = &core[rest.start..];
        if rest.is_symbol() {
            self.push(start + rest.start, last, TextPieceKind::Symbol);
        } else {
            self.piece(start + rest.start, last, tail);
        }
    }

    /// Adds a piece that is no symbol, unless it is of signs alone; `tail` is the punctuation after it.
    fn piece(&mut self, start: usize, core: &str, tail: &str) {
        let letters = core.chars().filter(|c| c.is_alphabetic()).count();
        let digits = core.chars().any(|c| c.is_ascii_digit());
        let one = core.chars().nth(1).is_none();
        let few_signs = core.chars().nth(3).is_none() && core.chars().any(is_letter_like);
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

/// The rest of a chunk, from which heads are cut, with the counts and places that decide whether it is a symbol. They
/// are made in one pass and brought up to date by what is cut off.
struct Rest<'t> {
    chunk: &'t str,
    /// The byte of the chunk at which the rest begins.
    start: usize,
    /// Number of letters.
    letters: usize,
    /// Number of digits.
    digits: usize,
    /// Number of capitals.
    capitals: usize,
    /// The end of the last small letter of the chunk, which may be before the rest; likewise all below. 0 if it has none.
    small: usize,
    /// The end of the last slash.
    slash: usize,
    /// The end of the last slash, hyphen or dash.
    joint: usize,
    /// The end of the last char that is neither slash nor hyphen nor like a letter.
    solid: usize,
    /// The end of the last char that is no capital, but for digits at the end.
    no_capital: usize,
    /// The end of the last `@`.
    at_sign: usize,
    /// The end of the last full stop.
    full_stop: usize,
    /// The end of the first byte of the last `://`.
    scheme: usize,
}

impl<'t> Rest<'t> {
    /// Returns the whole of `chunk`.
    fn of(chunk: &'t str) -> Self {
        let last = |is: fn(char) -> bool| {
            let found = chunk.char_indices().rev().find(|&(_, char)| is(char));
            found.map_or(0, |(at, char)| at + char.len_utf8())
        };
        let without_digits = chunk.trim_end_matches(|char: char| char.is_ascii_digit());
        let no_capital = without_digits
            .char_indices()
            .rev()
            .find(|(_, char)| !char.is_uppercase());
        Self {
            chunk,
            start: 0,
            letters: chunk.chars().filter(|char| char.is_alphabetic()).count(),
            digits: chunk.chars().filter(char::is_ascii_digit).count(),
            capitals: chunk.chars().filter(|char| char.is_uppercase()).count(),
            small: last(char::is_lowercase),
            slash: last(|char| char == '/'),
            joint: last(|char| matches!(char, '/' | '-' | '–')),
            solid: last(|char| char != '/' && char != '-' && !is_letter_like(char)),
            no_capital: no_capital.map_or(0, |(at, char)| at + char.len_utf8()),
            at_sign: last(|char| char == '@'),
            full_stop: last(|char| char == '.'),
            scheme: chunk.rfind("://").map_or(0, |at| at + 1),
        }
    }

    /// Returns true if the rest has the char that ends at byte `end` of the chunk.
    const fn has(&self, end: usize) -> bool {
        end > self.start
    }

    /// Returns true if the decoder must leave the rest alone: a document symbol, an abbreviation with a number, an
    /// address.
    ///
    /// Examples: `30-QDB/PU`, `Qb-TTg`, `2020-2025`, `QH15`, `T/M`, `a@b.vn`.
    fn is_symbol(&self) -> bool {
        let address = self.has(self.scheme)
            || self.chunk[self.start..].starts_with("www.")
            || self.has(self.at_sign) && self.has(self.full_stop);
        let letters_then_number = self.digits > 0 && self.capitals >= 2 && !self.has(self.no_capital);
        let signed = self.has(self.slash) && self.capitals >= 2 && !self.has(self.small);
        signed
            || self.has(self.joint) && (self.digits > 0 && self.has(self.solid) || self.capitals >= 3)
            || address
            || letters_then_number
    }

    /// Cuts a head off: up to the first sign with at least two letters on either side. Returns it and the sign, which
    /// is in neither; `None` if there is no such sign.
    fn cut(&mut self) -> Option<(&'t str, char)> {
        let rest = &self.chunk[self.start..];
        if self.letters < 4 {
            return None;
        }
        let (mut letters, mut digits, mut capitals) = (0, 0, 0);
        for (at, char) in rest.char_indices() {
            let parts = matches!(
                char,
                ',' | ';' | ':' | '(' | ')' | '"' | '[' | ']' | '.' | '…' | '/' | '-' | '–' | '“' | '”'
            );
            if parts && letters >= 2 {
                if self.letters - letters < 2 {
                    return None;
                }
                self.start += at + char.len_utf8();
                self.letters -= letters;
                self.digits -= digits;
                self.capitals -= capitals;
                return Some((&rest[..at], char));
            }
            letters += usize::from(char.is_alphabetic());
            digits += usize::from(char.is_ascii_digit());
            capitals += usize::from(char.is_uppercase());
        }
        None
    }
}

/// Returns true if the piece is a Roman number, as printed or with strokes read as `1`, `l` or `|` (`I1`, `1V`, `X1`).
///
/// `VI` is not one: in capitals it is more often vị or vì.
fn is_roman(core: &str) -> bool {
    let is_stroke = |c: char| matches!(c, '1' | 'l' | '|');
    let is_numeral = |c: char| matches!(c, 'I' | 'V' | 'X');
    core != "VI" && core.contains(is_numeral) && core.chars().all(|c| is_numeral(c) || is_stroke(c))
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
        // Beside capitals an `l` is an `I`: `XIll`.
        let small = word
            .chars()
            .filter(|c| c.is_lowercase() && (capitals < 2 || *c != 'l'))
            .count();
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

    /// Cuts a chunk as [`Cutter::core`] does, by its plain definition: whole or at the first sign with two letters on
    /// either side, and each half likewise. Its time grows with the square of the length.
    fn plain_cut(core: &str, tail: &str, cutter: &mut Cutter, start: usize) {
        if Rest::of(core).is_symbol() {
            return cutter.push(start, core, TextPieceKind::Symbol);
        }
        let letters = |text: &str| text.chars().filter(|char| char.is_alphabetic()).count();
        let cut = core.char_indices().find(|&(at, char)| {
            ",;:()\"[].…/-–“”".contains(char)
                && letters(&core[..at]) >= 2
                && letters(&core[at + char.len_utf8()..]) >= 2
        });
        let Some((at, sign)) = cut else {
            return cutter.piece(start, core, tail);
        };
        plain_cut(&core[..at], "", cutter, start);
        cutter.opens |= matches!(sign, ';' | ':');
        cutter.close_last();
        let rest = at + sign.len_utf8();
        plain_cut(&core[rest..], tail, cutter, start + rest);
    }

    proptest::proptest! {
        #[test]
        fn a_chunk_is_cut_as_defined(core in "[abCD12@&:/.;,–-]{0,24}|(Ab|ab|1|-|/|w{3}|[.]|://|@|QH15|;){0,12}") {
            let new = || Cutter { pieces: Vec::new(), opens: false };
            let (mut cut, mut plain) = (new(), new());
            cut.core(3, &core, ")");
            plain_cut(&core, ")", &mut plain, 3);
            assert_eq!(cut.pieces, plain.pieces);
            assert_eq!(cut.opens, plain.opens);
        }
    }

    /// With time that grows with the square of the length each of these would take hours.
    #[test]
    fn endless_chunks_are_cut_in_one_pass() {
        let long = 1 << 21;
        for (part, pieces) in [
            ("a-", 1 << 19),
            ("1-", 1),
            ("a.", 1 << 19),
            ("ab;", 1 << 20),
            ("dd-", 1 << 20),
            ("a1/", 1),
        ] {
            let text = part.repeat(long / 2);
            let cut = cut(&text, Span::new(0, text.len()));
            assert_eq!(cut.len(), pieces, "{part}");
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
