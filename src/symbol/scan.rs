//! Reading the symbol at the beginning of a text: number, year, letters of kind and body, and what may be between them.

use super::codes::{
    self, Convention, body_code, is_body, kind_and_body_in, kind_code, kind_code_as_read, organ_of, unlisted_body,
};
use super::{ScannedSymbol, Style, Symbol};

impl Symbol {
    /// Reads the symbol at the beginning of `text`; returns `None` if there is none.
    ///
    /// Each separator may have blanks around it, any dash counts as a hyphen, and letters misread by an OCR are
    /// corrected. Anything may follow, also a letter (`21-NQ/TWngày`) or the digit of a footnote mark (`21-NQ/TW6`).
    ///
    /// ```
    /// use vankien::symbol::Symbol;
    /// let found = Symbol::scan("06-HD/BTCTW - BTGTW của").unwrap();
    /// assert_eq!((found.symbol.to_string().as_str(), found.len), ("06-HD/BTCTW", 11));
    /// assert_eq!(Symbol::scan("71/73 đảng bộ"), None);
    /// ```
    #[must_use]
    pub fn scan(text: &str) -> Option<ScannedSymbol> {
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        if !(1..=5).contains(&digits) {
            return None;
        }
        let number = &text[..digits];
        let mut scanner = Scanner { text, at: digits };
        let first = scanner.joint();
        if let Some((year, joint)) = first.and_then(|_| scanner.year()) {
            return groups(scanner, number, Some(year), Some(joint));
        }
        groups(scanner, number, None, first)
    }
}

/// A separator of a symbol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Joint {
    /// Hyphen or dash.
    Hyphen,
    /// Slash, or a sign that an OCR reads for one.
    Slash,
}

/// A position in a text from which a symbol is read.
#[derive(Clone, Copy)]
struct Scanner<'t> {
    /// The whole text.
    text: &'t str,
    /// Offset in bytes.
    at: usize,
}

impl<'t> Scanner<'t> {
    /// Returns the text from here on.
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or("")
    }

    /// Skips at most two blanks; more separate the columns of a table.
    fn blanks(&mut self) {
        let blank = |c: char| c.is_whitespace();
        let len = self
            .rest()
            .chars()
            .take(2)
            .take_while(|&c| blank(c))
            .map(char::len_utf8)
            .sum::<usize>();
        self.at += len;
    }

    /// Skips a separator with the blanks around it; does not move if there is none.
    fn joint(&mut self) -> Option<Joint> {
        let mut ahead = *self;
        ahead.blanks();
        let joint = match ahead.rest().chars().next()? {
            '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{ff0d}' | '\u{ad}' => Joint::Hyphen,
            '/' | '|' | '\\' | '\u{2044}' | '\u{2215}' | '\u{29f8}' | '\u{ff0f}' => Joint::Slash,
            _ => return None,
        };
        ahead.at += ahead.rest().chars().next().map_or(0, char::len_utf8);
        // `1057-/CV-TU`: a slip of the keyboard, and one separator all the same.
        if joint == Joint::Hyphen && ahead.rest().starts_with('/') {
            ahead.at += 1;
        }
        ahead.blanks();
        *self = ahead;
        Some(joint)
    }

    /// Skips at least one blank, and returns true; does not move and returns false if there is none.
    fn blank(&mut self) -> bool {
        let before = self.at;
        self.blanks();
        self.at > before
    }

    /// Skips a year with the separator after it; does not move if there is none.
    ///
    /// People leave the separator out before letters that nothing else is written like: `30/2020 NĐ-CP`.
    fn year(&mut self) -> Option<(u16, Joint)> {
        let digits = self.rest().bytes().take_while(u8::is_ascii_digit).count();
        let year = self.rest().get(..digits).filter(|_| digits == 4)?.parse().ok()?;
        let mut ahead = Self {
            at: self.at + 4,
            ..*self
        };
        let joint = ahead.joint().or_else(|| {
            let mut letters = ahead;
            let certain = letters.blank() && {
                ahead = letters;
                let kind = letters.group();
                let coded = is_capitals(kind) && kind_code_as_read(kind).is_some() && letters.joint().is_some();
                coded && is_body(letters.group())
            };
            certain.then_some(Joint::Slash)
        });
        let joint = joint.filter(|_| (1900..2200).contains(&year))?;
        *self = ahead;
        Some((year, joint))
    }

    /// Skips a run of letters and digits that begins with a letter, and returns it; empty if there is none. An
    /// ampersand before a capital belongs to the run: `BGD&ĐT`.
    fn group(&mut self) -> &'t str {
        let rest = self.rest();
        if !rest.starts_with(char::is_alphabetic) {
            return "";
        }
        let ends = |(at, char): &(usize, char)| {
            let joins = *char == '&' && rest[at + 1..].starts_with(char::is_uppercase);
            !char.is_alphanumeric() && !joins
        };
        let len = rest.char_indices().find(ends).map_or(rest.len(), |(at, _)| at);
        self.at += len;
        &rest[..len]
    }

    /// Skips the letters of a body with points between them, and returns its code: `T.Ư`, `T.W`. Does not move if there
    /// is none.
    fn dotted_body(&mut self) -> Option<(String, Convention)> {
        let mut ahead = *self;
        let mut letters = String::new();
        loop {
            let letter = ahead.rest().chars().next().filter(|char| char.is_uppercase())?;
            letters.push(letter);
            ahead.at += letter.len_utf8();
            let mut further = ahead.rest().chars();
            if further.next() != Some('.') || !further.next().is_some_and(char::is_uppercase) {
                break;
            }
            ahead.at += 1;
        }
        if letters.chars().nth(1).is_none() || ahead.rest().starts_with(char::is_alphanumeric) {
            return None;
        }
        let (code, convention, len) = body_code(&letters)?;
        // Only letters as printed: a misread one would make a body of any initials.
        (len == letters.len() && is_body(&letters)).then(|| {
            *self = ahead;
            (code, convention)
        })
    }

    /// Skips the term of an assembly that is apart from its letters, and returns it: `15` of `QH-15` and `QH 15`.
    fn apart_term(&mut self) -> Option<&'t str> {
        let mut ahead = *self;
        if ahead.joint() != Some(Joint::Hyphen) && !ahead.blank() {
            return None;
        }
        let rest = ahead.rest();
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let ends = !rest[digits..].starts_with(|c: char| c.is_alphanumeric() || matches!(c, '/' | '-'));
        ((1..=2).contains(&digits) && ends).then(|| {
            self.at = ahead.at + digits;
            &rest[..digits]
        })
    }
}

/// Reads the letters after number and year: `NQ/TW`, `NĐ-CP`, `QH15`.
///
/// `joint` is the separator before the letters, if there is one.
fn groups(mut scanner: Scanner<'_>, number: &str, year: Option<u16>, joint: Option<Joint>) -> Option<ScannedSymbol> {
    if joint.is_none() {
        // `92CT/TW`, `221 CT/TW`: without a separator, both codes must be there in capitals.
        scanner.blanks();
    }
    let start = scanner;
    let first = scanner.group();
    if first.is_empty() {
        return None;
    }
    if let Some(found) = kind_and_body(start, first, number, year, joint) {
        return Some(found);
    }
    let joint = joint?;
    let mut end = Scanner {
        at: start.at + first.len(),
        ..start
    };
    let made = |kind: &str, body: String, style: Style, len: usize, known: bool| {
        Some(ScannedSymbol {
            symbol: Symbol {
                number: number.to_owned(),
                year,
                kind: kind.to_owned(),
                body,
                style,
            },
            len,
            known,
        })
    };
    // `71-NQTW`: kind and body without a separator.
    if let Some((kind, body, convention)) = kind_and_body_in(first) {
        let style = style_of(convention, year, Some(joint), None);
        return made(kind, body, style, end.at, true);
    }
    // `31/2024/QH 15`: the term of the assembly apart.
    if codes::is_assembly(first)
        && let Some(term) = end.apart_term()
    {
        return made("", format!("{first}{term}"), Style::State, end.at, true);
    }
    // `202/2025/QH15`, `131/CP`: no kind, only the body. `1070/TCT` has the shape of one, that of an official letter,
    // and decrees of the first years are `89/SL` or `89-SL`.
    let (mut body, len, known) = match body_code(first).filter(|(body, ..)| codes::needs_no_kind(body)) {
        Some((body, _, len)) => (body, len, true),
        None if joint == Joint::Slash && is_unit(first) || first == "SL" => (first.to_owned(), first.len(), false),
        None => return None,
    };
    end.at = start.at + len;
    further_bodies(&mut end, &mut body, true, false);
    made("", body, Style::State, end.at, known)
}

/// Reads `first`, the group of letters at `start`, as a kind code and the next group as a body.
fn kind_and_body(
    start: Scanner<'_>,
    first: &str,
    number: &str,
    year: Option<u16>,
    joint: Option<Joint>,
) -> Option<ScannedSymbol> {
    let mut scanner = Scanner {
        at: start.at + first.len(),
        ..start
    };
    // `710/CP-CN`: the letters of a body without a kind, which a scan would print for `CĐ` as well.
    if codes::needs_no_kind(first) && is_body(first) {
        return None;
    }
    let second_joint = scanner.joint();
    // Most numbers are followed by a word, and end here.
    if second_joint.is_none() && !is_capitals(first) {
        return None;
    }
    let as_read = kind_code_as_read(first);
    if second_joint.is_none() {
        // `57-NQ TW`, `18/2015/TTLT BTC-BNV`: a blank in place of the separator, between codes that are certain.
        let mut letters = scanner;
        let certain = as_read.is_some() && letters.blank() && {
            scanner = letters;
            let body = letters.group();
            is_capitals(body) && is_body(body)
        };
        if !certain {
            return None;
        }
    }
    let group_start = scanner.at;
    let second = scanner.group();
    let kind = as_read.or_else(|| kind_code(first));
    let mut end = Scanner {
        at: group_start,
        ..start
    };
    // Letters of no list are taken as they are if they have the shape of a code; `known` then says so.
    let (mut body, convention, body_known) = if let Some((code, convention)) = end.dotted_body() {
        (code, convention, true)
    } else if let Some((code, convention, len)) = body_code(second) {
        end.at += len;
        (code, convention, true)
    } else if is_capitals(second) {
        end.at += second.len();
        let plain = !first.contains('Đ');
        (unlisted_body(second, plain), Convention::Either, false)
    } else {
        return None;
    };
    // `16 NQ TW` may count resolutions.
    let counted = joint.is_none() && second_joint.is_none();
    let known = kind.is_some() && body_known && !counted;
    let kind_known = kind.is_some();
    let kind = match kind {
        Some(kind) => kind.to_owned(),
        None if is_capitals(first) && joint.is_some() => first.to_owned(),
        None => return None,
    };
    // Without a separator after the number only listed codes in capitals make a symbol: `221 CT/TW`.
    if joint.is_none() && !(body_known && kind_known && is_capitals(first)) {
        return None;
    }
    // `23-HD/BTC TW`: an organ and, after a blank, its committee.
    let mut committee = end;
    if body_known
        && committee.blank()
        && let Some(whole) = organ_of(&body, committee.group())
    {
        body = whole;
        end = committee;
    }
    let style = style_of(convention, year, joint, second_joint);
    let units = style == Style::State || !body_known;
    further_bodies(&mut end, &mut body, units, kind.ends_with("LT"));
    Some(ScannedSymbol {
        symbol: Symbol {
            number: number.to_owned(),
            year,
            kind,
            body,
            style,
        },
        len: end.at,
        known,
    })
}

/// Returns true if `group` has two letters or more and no small one.
fn is_capitals(group: &str) -> bool {
    group.chars().nth(1).is_some() && !group.chars().any(char::is_lowercase)
}

/// Returns the separators of a symbol of a body that numbers in this way, with the separators as printed.
fn style_of(convention: Convention, year: Option<u16>, joint: Option<Joint>, second_joint: Option<Joint>) -> Style {
    match (convention, joint, second_joint) {
        // People exchange the separators (`57/NQ-TW`), so a body that numbers in one way only overrules them.
        (Convention::Party, ..) if year.is_none() => Style::Party,
        (Convention::State, ..) => Style::State,
        // Only normative papers of the state carry a year.
        _ if year.is_some() => Style::State,
        (_, Some(Joint::Slash), Some(Joint::Hyphen)) => Style::State,
        _ => Style::Party,
    }
}

/// Appends to `body` the further issuers of a joint paper, and moves `end` after them: `TTLT-BTC-BNV`,
/// `HD/BTCTW-BTGTW`. With `units`, as in the style of the state, the unit that drafted the paper may be the last:
/// `656/TTg-KSTT`, `KH-CAT-PC06`. A blank ends the symbol, but for a paper whose kind says that it is a `joint` one:
/// `TTLT-BTC - BNV`.
fn further_bodies(end: &mut Scanner<'_>, body: &mut String, units: bool, joint: bool) {
    // At most five issuers in all.
    for _ in 0..4 {
        let mut ahead = *end;
        let tight = matches!(ahead.rest().chars().next(), Some('-' | '/'));
        if tight && !ahead.rest()[1..].starts_with(char::is_whitespace) {
            ahead.at += 1;
        } else if !joint || ahead.joint().is_none() {
            return;
        }
        let start = ahead.at;
        let group = ahead.group();
        if start > end.at + 1 && !(is_capitals(group) && is_body(group)) {
            return;
        }
        let (code, len) = match body_code(group) {
            Some((code, _, len)) => (code, len),
            None if units && is_unit(group) => (group.to_owned(), group.len()),
            None => return,
        };
        if group.chars().next().is_some_and(char::is_lowercase) {
            return;
        }
        body.push('-');
        body.push_str(&code);
        ahead.at = start + len;
        *end = ahead;
    }
}

/// Returns true if `group` has the shape of the letters of a unit: capitals, digits after them (`PC06`), and an ampersand
/// between them (`QLN&CS`).
fn is_unit(group: &str) -> bool {
    /// Chars of the longest such letters met in state papers (`QLXLVPHC`, `KTVB&QLXL`).
    const MAX_CHARS: usize = 9;
    let letter = |char: char| char.is_uppercase() || char == '&';
    let capitals = group.chars().take_while(|&char| letter(char)).count();
    let digits = group.chars().skip(capitals).take_while(char::is_ascii_digit).count();
    capitals >= 2 && digits <= 2 && (capitals + digits) == group.chars().count() && capitals + digits <= MAX_CHARS
}
