//! Document symbols as people type them: `21-NQ/TW`, `nq 21`, `nghị quyết số 21`, `21 nq/tw`.

use super::Word;
use super::lex_words::LexedWord;
use crate::symbol::{Kind, Symbol, TYPE_WORDS, canonical_symbol, kind_letters, symbol_number, trim_zeros};
use crate::text::{Span, TokenKind, Tokens, fold};

/// A document symbol that was asked for.
///
/// It finds the passages that cite it, and those that contain it as it was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AskedSymbol {
    /// Its bytes in the query, from the type word on if it has one.
    pub span: Span,
    /// The whole symbol in the form of [`canonical_symbol`]; `None` if only kind and number were typed.
    pub canonical: Option<String>,
    /// The symbol as it was typed, if it is one word; folded as [`crate::text::Tokens`] does.
    pub typed: Option<String>,
    /// The number without leading zeros.
    pub number: String,
    /// The kinds that the type word or the letters stand for; empty if these name none.
    pub kinds: Vec<Kind>,
    /// The letters of the kind, folded: `nq`.
    pub letters: Option<String>,
    /// The words as typed, from type word to number.
    pub words: Vec<Word>,
}

/// Issuer letters that may follow after a blank (`21-NQ TW`): those that no other word is written like.
const BODIES: [&str; 6] = ["tw", "tu", "hu", "du", "cp", "ttg"];

/// Reads the symbol that begins with word `at`, with a type word before its number or letters after it. Returns it and
/// the number of its words.
pub(super) fn asked_symbol(text: &str, words: &[LexedWord], at: usize) -> Option<(AskedSymbol, usize)> {
    let type_word = type_word(words, at);
    let head = type_word.map_or(0, |(_, len)| len);
    let number_at = at + head + usize::from(head > 0 && is_so(words.get(at + head)));
    let typed = type_word.map(|(kind, _)| kind);
    if let Some((canonical, len)) = whole_symbol(text, words, number_at) {
        let letters = kind_letters(&canonical);
        // A type word decides what `QĐ` means.
        let kinds = match typed {
            Some(kind) => vec![kind],
            None => letters.map_or_else(Vec::new, |letters| Kind::of_letters(letters).to_vec()),
        };
        let letters = letters.map(str::to_owned);
        let end = number_at + len;
        return Some((asked(text, &words[at..end], Some(canonical), kinds, letters), end - at));
    }
    if let Some(kind) = typed {
        words.get(number_at).filter(|word| is_plain_number(word))?;
        let end = number_at + 1;
        return Some((asked(text, &words[at..end], None, vec![kind], None), end - at));
    }
    short_symbol(text, words, at)
}

/// Reads letters and a number: `nq 21`, `NQ số 21`, `nq21`. Returns the symbol and the number of its words.
fn short_symbol(text: &str, words: &[LexedWord], at: usize) -> Option<(AskedSymbol, usize)> {
    let first = words.get(at)?;
    let code_len = first.word.folded.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (code, rest) = first.word.folded.split_at(code_len);
    let kinds = Kind::of_letters(code);
    // `l 5` and `tt 3` are more often something else.
    if kinds.is_empty() || code.len() < 2 {
        return None;
    }
    let letters = Some(code.to_owned());
    if !rest.is_empty() {
        let digits = rest.len() <= 4 && rest.bytes().all(|b| b.is_ascii_digit());
        return digits.then(|| {
            let mut symbol = asked(text, &words[at..=at], None, kinds.to_vec(), letters);
            symbol.number = trim_zeros(rest).to_owned();
            (symbol, 1)
        });
    }
    let number_at = at + 1 + usize::from(is_so(words.get(at + 1)));
    words.get(number_at).filter(|word| is_plain_number(word))?;
    let end = number_at + 1;
    Some((asked(text, &words[at..end], None, kinds.to_vec(), letters), end - at))
}

/// Returns the symbol that `words` of the query `text` are. Its number is that of `canonical`, or else the last word.
fn asked(
    text: &str,
    words: &[LexedWord],
    canonical: Option<String>,
    kinds: Vec<Kind>,
    letters: Option<String>,
) -> AskedSymbol {
    let number = match &canonical {
        Some(canonical) => symbol_number(canonical).to_owned(),
        None => words.last().map_or("", |word| trim_zeros(&word.word.folded)).to_owned(),
    };
    let span = words
        .iter()
        .map(|word| word.span)
        .reduce(Span::cover)
        .unwrap_or_default();
    let mut tokens = Tokens::new(
        words
            .iter()
            .find_map(|word| word.compound)
            .map_or("", |whole| whole.slice(text)),
    );
    let is_symbol = tokens.advance().is_some_and(|token| token.kind == TokenKind::Symbol);
    AskedSymbol {
        span,
        canonical,
        typed: is_symbol.then(|| tokens.folded().to_owned()),
        number,
        kinds,
        letters,
        words: words.iter().map(|word| word.word.clone()).collect(),
    }
}

/// Returns the kind that the type word of two syllables at word `at` names, and its length in words.
fn type_word(words: &[LexedWord], at: usize) -> Option<(Kind, usize)> {
    let (first, second) = (words.get(at)?, words.get(at + 1)?);
    TYPE_WORDS.iter().find_map(|word| match word.syllables {
        [one, two] if word.is_asked_by_number() && first.word.folded == *one && second.word.folded == *two => {
            Some((word.kind, 2))
        }
        _ => None,
    })
}

/// Returns true if it is the word `số` of `nghị quyết số 21`.
fn is_so(word: Option<&LexedWord>) -> bool {
    word.is_some_and(|word| matches!(word.word.exact.as_str(), "số" | "so"))
}

/// Returns true if the word is a number of at most five digits and nothing else.
fn is_plain_number(word: &LexedWord) -> bool {
    let digits = word.word.folded.as_bytes();
    word.compound.is_none() && (1..=5).contains(&digits.len()) && digits.iter().all(u8::is_ascii_digit)
}

/// Reads the whole symbol whose number is word `at`. Returns its canonical form and its length in words.
///
/// It is a symbol as texts write it, or a compound of the tokenizer, perhaps with issuer letters after a blank, or a
/// number, a blank, and letters joined by a slash, or by a blank before issuer letters (`21 nq tw`).
fn whole_symbol(text: &str, words: &[LexedWord], at: usize) -> Option<(String, usize)> {
    let number = words.get(at)?;
    if let Some(found) = symbol_of_texts(text, words, at) {
        return Some(found);
    }
    if let Some(compound) = number.compound {
        let len = words[at..]
            .iter()
            .take_while(|word| compound.contains(word.span))
            .count();
        let mut canonical = canonical_symbol(compound.slice(text))?;
        // `21-NQ TW`: only a symbol that ends with its kind takes the issuer from the next word.
        let body = words.get(at + len).filter(|body| {
            let joint = Span::new(compound.end, body.span.start).slice(text);
            let groups = canonical
                .split('-')
                .filter(|group| !group.bytes().all(|b| b.is_ascii_digit()));
            joint.len() <= 3
                && joint.chars().all(|c| matches!(c, ' ' | '/' | '-' | '–'))
                && groups.count() == 1
                && BODIES.contains(&body.word.folded.as_str())
        });
        if let Some(body) = body {
            canonical.push('-');
            canonical.push_str(if body.word.exact == "tư" {
                "tw"
            } else {
                &body.word.folded
            });
        }
        return Some((canonical, len + usize::from(body.is_some())));
    }
    let (code, body) = (words.get(at + 1)?, words.get(at + 2)?);
    let joint = |one: &LexedWord, other: &LexedWord| Span::new(one.span.end, other.span.start).slice(text).trim();
    let first = joint(number, code);
    let second = joint(code, body);
    let fits = is_plain_number(number)
        && matches!(first, "" | "-" | "–" | "/")
        && (matches!(second, "/" | "-" | "–") || second.is_empty() && BODIES.contains(&body.word.folded.as_str()))
        && !Kind::of_letters(&code.word.folded).is_empty()
        && body.word.folded.bytes().all(|b| b.is_ascii_alphanumeric());
    fits.then(|| {
        let number = trim_zeros(&number.word.folded);
        let body = if body.word.exact == "tư" {
            "tw"
        } else {
            &body.word.folded
        };
        (format!("{number}-{}-{body}", code.word.folded), 3)
    })
}

/// Reads the symbol whose number is word `at` as it is read in texts: `57-NQ/T.Ư`, `57-NQTW`, `16 NQ TW`, `31/2024/QH 15`.
/// Returns its canonical form and its length in words.
///
/// Letters that a scan may have misread are not corrected: those typed are those asked for.
fn symbol_of_texts(text: &str, words: &[LexedWord], at: usize) -> Option<(String, usize)> {
    let start = words.get(at)?.span.start;
    let typed = text.get(start..)?;
    let found = Symbol::scan(typed)?;
    let written = found.symbol.to_string();
    let known = found.known || written.parse::<Symbol>().is_ok();
    let typed = typed.get(..found.len)?;
    let end = start + found.len;
    let len = words[at..].iter().take_while(|word| word.span.end <= end).count();
    let last = words[at..].get(len.checked_sub(1)?)?;
    let whole = last.span.end == end;
    (known && whole && letters_and_digits(typed) == letters_and_digits(&written))
        .then(|| Some((canonical_symbol(&written)?, len)))
        .flatten()
}

/// Returns the folded letters and digits of `symbol`, with TƯ and T.Ư as TW.
fn letters_and_digits(symbol: &str) -> String {
    let lower = symbol.to_lowercase().replace("t.ư", "tw").replace("tư", "tw");
    fold(&lower).chars().filter(|char| char.is_alphanumeric()).collect()
}
