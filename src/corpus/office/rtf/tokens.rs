//! The tokens of RTF: braces, control words, control symbols, bytes as hexadecimal digits, and plain bytes.
//!
//! Source: RTF 1.9.1, "RTF Syntax". A control word is `\`, letters, a number perhaps, and a blank that belongs to it;
//! `\binN` is followed by N bytes of any kind, which are no tokens. Line ends in the file mean nothing.

/// A token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token<'b> {
    /// `{`, the beginning of a group.
    Open,
    /// `}`, its end.
    Close,
    /// A control word without its `\`, and its number.
    Word(&'b str, Option<i32>),
    /// A control symbol: the byte after `\`.
    Symbol(u8),
    /// A byte written as two hexadecimal digits: `\'ea`.
    Hex(u8),
    /// Bytes of text.
    Text(&'b [u8]),
}

/// Reads the tokens of a file one after another.
#[derive(Debug)]
pub(super) struct Tokens<'b> {
    /// The text that is still to be read.
    rest: &'b [u8],
}

impl<'b> Tokens<'b> {
    /// Creates a reader of the tokens of `bytes`.
    pub(super) const fn of(bytes: &'b [u8]) -> Self {
        Self { rest: bytes }
    }

    /// Takes the next `count` bytes, or fewer at the end.
    fn take(&mut self, count: usize) -> &'b [u8] {
        let (taken, rest) = self.rest.split_at(count.min(self.rest.len()));
        self.rest = rest;
        taken
    }

    /// Takes the next bytes as long as they are `wanted`.
    fn take_while(&mut self, wanted: impl Fn(u8) -> bool) -> &'b [u8] {
        let end = self.rest.iter().position(|&byte| !wanted(byte));
        self.take(end.unwrap_or(self.rest.len()))
    }

    /// Takes what follows a `\`; `None` if it is no token.
    fn control(&mut self) -> Option<Token<'b>> {
        let name = self.take_while(|byte| byte.is_ascii_alphabetic());
        if name.is_empty() {
            let &symbol = self.take(1).first()?;
            return match symbol {
                b'\'' => self.hex().map(Token::Hex),
                _ => Some(Token::Symbol(symbol)),
            };
        }
        let is_negative = self.rest.first() == Some(&b'-') && self.rest.get(1).is_some_and(u8::is_ascii_digit);
        if is_negative {
            self.take(1);
        }
        let digits = str::from_utf8(self.take_while(|byte| byte.is_ascii_digit())).unwrap_or("");
        let number = (!digits.is_empty()).then(|| digits.parse().unwrap_or(i32::MAX));
        let number = number.map(|number: i32| if is_negative { -number } else { number });
        if self.rest.first() == Some(&b' ') {
            self.take(1);
        }
        let name = str::from_utf8(name).unwrap_or("");
        if name == "bin" {
            self.take(number.and_then(|count| usize::try_from(count).ok()).unwrap_or(0));
            return None;
        }
        Some(Token::Word(name, number))
    }

    /// Takes two hexadecimal digits.
    fn hex(&mut self) -> Option<u8> {
        let digits = self
            .rest
            .get(..2)
            .filter(|digits| digits.iter().all(u8::is_ascii_hexdigit))?;
        let byte = u8::from_str_radix(str::from_utf8(digits).ok()?, 16).ok();
        self.take(2);
        byte
    }
}

impl<'b> Iterator for Tokens<'b> {
    type Item = Token<'b>;

    fn next(&mut self) -> Option<Token<'b>> {
        loop {
            let &byte = self.rest.first()?;
            match byte {
                b'{' => {
                    self.take(1);
                    return Some(Token::Open);
                }
                b'}' => {
                    self.take(1);
                    return Some(Token::Close);
                }
                b'\\' => {
                    self.take(1);
                    if let Some(token) = self.control() {
                        return Some(token);
                    }
                }
                b'\r' | b'\n' | 0 => {
                    self.take(1);
                }
                _ => {
                    let is_text = |byte| !matches!(byte, b'{' | b'}' | b'\\' | b'\r' | b'\n' | 0);
                    return Some(Token::Text(self.take_while(is_text)));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_told_apart() {
        use Token::{Close, Hex, Open, Symbol, Text, Word};
        let rows: [(&[u8], &[Token<'_>]); 6] = [
            (b"{\\b bold}", &[Open, Word("b", None), Text(b"bold"), Close]),
            (
                b"\\u-32 ?\r\nx\\b0y",
                &[
                    Word("u", Some(-32)),
                    Text(b"?"),
                    Text(b"x"),
                    Word("b", Some(0)),
                    Text(b"y"),
                ],
            ),
            (
                b"\\'eA\\'zz\\~\\{",
                &[Hex(0xea), Text(b"zz"), Symbol(b'~'), Symbol(b'{')],
            ),
            (b"\\bin3 }}}a\\bin99 b", &[Text(b"a")]),
            (b"\\fi-a\\", &[Word("fi", None), Text(b"-a")]),
            (b"\\cellx99999999999 a", &[Word("cellx", Some(i32::MAX)), Text(b"a")]),
        ];
        for (bytes, tokens) in rows {
            let found: Vec<_> = Tokens::of(bytes).collect();
            assert_eq!(found, tokens, "{}", String::from_utf8_lossy(bytes));
        }
    }
}
