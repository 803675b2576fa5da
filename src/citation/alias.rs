//! Names that hold within one document: short names that it defines ("… (viết tắt là Nghị quyết Đại hội)"), and those of
//! itself ("Nghị quyết này").

use std::collections::{HashMap, HashSet};

use super::CitationForm;
use super::kinds::type_word_at;
use super::mention::DocumentMention;
use super::numbered::ends_clearly;
use super::tail::tail_at;
use super::tokens::{PassageWords, is_code};
use crate::document::{Document, PartialDate};
use crate::symbol::{Kind, Symbol, TypeWord, trim_zeros};
use crate::text::fold;

/// Maximum length of a short name, in words.
const MAX_ALIAS_WORDS: usize = 8;

/// The most mentions before a definition that it may be for: it stands right behind the document that it names.
const MAX_MEANT: usize = 64;

/// The most names that a misread word is compared with, the last ones: a text that defines thousands must not take the
/// square of the time.
const MAX_SIMILAR: usize = 128;

/// A short name and the document that it stands for.
#[derive(Clone, Debug)]
struct Alias {
    /// Its syllables, folded, without "số".
    syllables: Vec<String>,
    /// The same as they are compared ([`push_syllable`]).
    written: String,
    /// True if it is a type word alone, which needs its capital: "(sau đây gọi tắt là Kế hoạch)".
    bare: bool,
    /// The kind of the document.
    kind: Kind,
    /// The kind code of its type word.
    code: &'static str,
    /// Its symbol, if it was cited with one.
    symbol: Option<Symbol>,
    /// Its name, if it was cited by name.
    name: Option<String>,
    /// Its date, if the citation before the definition gives it.
    date: Option<PartialDate>,
}

impl Alias {
    /// Returns the mention of the document by this name at word `at`.
    ///
    /// Returns `None` if the text goes on to another document: that of another committee ("Nghị quyết Đại hội của cấp
    /// mình"), or one with letters or a date of its own ("Nghị quyết 21-NQ/TW ngày …").
    fn at(&self, words: &PassageWords<'_>, at: usize) -> Option<DocumentMention> {
        let mut end = at;
        let mut number = None;
        for syllable in &self.syllables {
            let digits = syllable.bytes().all(|byte| byte.is_ascii_digit());
            if digits && end > at && words.folded(end) == "so" && words.joined(end) {
                end += 1;
            }
            let same = if digits {
                number = Some(end);
                words.folded(end).bytes().all(|byte| byte.is_ascii_digit())
                    && trim_zeros(words.folded(end)) == trim_zeros(syllable)
            } else {
                words.says(end, syllable)
            };
            if !same || end > at && !words.joined(end) {
                return None;
            }
            end += 1;
        }
        let other = if self.bare {
            self.is_other_of_kind(words, at, end)
        } else {
            goes_on(words, end)
        };
        if other || number.is_some() && (words.gap(end).starts_with(['-', '/']) || tail_at(words, end).date.is_some()) {
            return None;
        }
        let mut mention = DocumentMention::new(words.slice(at, end), self.kind);
        if let Some(number) = number {
            mention.start = words.span(number).start;
            mention.number = Some(words.word(number).to_owned());
        }
        mention.code = self.code;
        mention.symbol.clone_from(&self.symbol);
        mention.name.clone_from(&self.name);
        mention.defined_date = self.date;
        mention.form = CitationForm::Alias;
        mention.end = end;
        Some(mention)
    }

    /// Returns true if the type word at word `at`, which ends before word `end`, may mean any document of its kind: it
    /// begins a sentence, has no capital, or a name follows.
    fn is_other_of_kind(&self, words: &PassageWords<'_>, at: usize, end: usize) -> bool {
        let inside = at > 0 && (words.joined(at) || words.gap(at).trim() == ",");
        let word = words.word(at);
        let capital = words.is_capital(at) && !word.chars().nth(1).is_some_and(char::is_uppercase);
        let named =
            matches!(words.word(end), "của" | "này" | "số" | "về" | "do" | "ngày" | "khóa") && words.joined(end);
        !inside || !capital || named || !ends_clearly(words, end)
    }
}

/// Returns true if the name that ends before word `end` is that of the document of another committee.
fn goes_on(words: &PassageWords<'_>, end: usize) -> bool {
    /// The folded words that follow then.
    const OTHER: &[&[&str]] = &[
        &["cua", "cap", "minh"],
        &["cua", "cap", "tren"],
        &["cap", "tren"],
        &["dang", "bo"],
        &["cua", "dang", "bo"],
        &["cac", "cap"],
    ];
    OTHER.iter().any(|phrase| words.skip(end, phrase) > end)
        || words.joined(end) && matches!(words.word(end), "Đảng" | "đảng" | "ĐẢNG")
}

/// The short names that a document has defined so far.
#[derive(Debug, Default)]
pub(super) struct Definitions {
    /// The names in the order of their definitions; those that were defined anew too.
    aliases: Vec<Alias>,
    /// The index of each name that holds, by its syllables ([`push_syllable`]).
    by_name: HashMap<String, usize>,
    /// The first syllables of all names.
    firsts: HashSet<String>,
}

impl Definitions {
    /// Reads the definition at word `at`, and returns the word after it; `mentions` are those before it in its passage.
    pub(super) fn read(&mut self, words: &PassageWords<'_>, at: usize, mentions: &[DocumentMention]) -> Option<usize> {
        /// The phrases before a short name, folded: "viết tắt là" and the like.
        const PHRASES: &[&[&str]] = &[
            &["viet", "tat", "la"],
            &["goi", "tat", "la"],
            &["goi", "chung", "la"],
            &["goi", "la"],
        ];
        if !matches!(words.folded(at), "viet" | "goi") {
            return None;
        }
        let first = PHRASES.iter().find_map(|phrase| words.phrase(at, phrase))?;
        let name = DefinedName::at(words, first)?;
        let meant = name.meant(words, &mentions[mentions.len().saturating_sub(MAX_MEANT)..])?;
        let syllables: Vec<String> = (first..name.end)
            .filter(|&index| words.folded(index) != "so")
            .map(|index| words.folded(index).to_owned())
            .collect();
        let mut written = String::new();
        syllables
            .iter()
            .for_each(|syllable| push_syllable(&mut written, syllable));
        let alias = Alias {
            syllables,
            written,
            bare: name.bare,
            kind: meant.kind,
            code: meant.code,
            symbol: meant.symbol.clone(),
            name: meant.name.clone(),
            date: meant.date.or(meant.defined_date),
        };
        let known = alias.name.is_some() || alias.symbol.is_some() || name.number.is_some();
        if !known {
            return None;
        }
        self.firsts.extend(alias.syllables.first().cloned());
        // A name that is defined anew means the later document.
        self.by_name.insert(alias.written.clone(), self.aliases.len());
        self.aliases.push(alias);
        Some(name.end)
    }

    /// Returns the mention by a defined name at word `at`: the longest one.
    pub(super) fn mention_at(&self, words: &PassageWords<'_>, at: usize) -> Option<DocumentMention> {
        let as_written = || {
            let names = self.names_at(words, at);
            names.into_iter().rev().find_map(|alias| alias.at(words, at))
        };
        self.similar_at(words, at).or_else(as_written)
    }

    /// Returns the names that begin at word `at` letter by letter, the shortest first.
    fn names_at(&self, words: &PassageWords<'_>, at: usize) -> Vec<&Alias> {
        let mut names = Vec::new();
        if !self.firsts.contains(words.folded(at)) {
            return names;
        }
        let mut written = String::new();
        let mut end = at;
        for _ in 0..MAX_ALIAS_WORDS {
            let is_number = |index: usize| words.is_number(index) && words.joined(index);
            if end > at && words.folded(end) == "so" && words.joined(end) && is_number(end + 1) {
                end += 1;
            }
            if end > at && !words.joined(end) || end >= words.len() {
                break;
            }
            push_syllable(&mut written, words.folded(end));
            names.extend(self.by_name.get(&written).map(|&index| &self.aliases[index]));
            end += 1;
        }
        names
    }

    /// Returns the mention by a name at word `at` whose letters may be misread: of the last [`MAX_SIMILAR`] names.
    fn similar_at(&self, words: &PassageWords<'_>, at: usize) -> Option<DocumentMention> {
        if !words.is_damaged() {
            return None;
        }
        let first = self.aliases.len().saturating_sub(MAX_SIMILAR);
        let begins = |alias: &&Alias| alias.syllables.first().is_some_and(|first| words.says(at, first));
        let mut similar: Vec<&Alias> = (first..self.aliases.len())
            .map(|index| (index, &self.aliases[index]))
            .filter(|(index, alias)| self.by_name.get(&alias.written) == Some(index))
            .map(|(_, alias)| alias)
            .filter(begins)
            .collect();
        similar.sort_by_key(|alias| std::cmp::Reverse(alias.syllables.len()));
        similar.into_iter().find_map(|alias| alias.at(words, at))
    }
}

/// Appends a syllable to a name as names are compared: with a blank after it, a number without zeros in front.
fn push_syllable(name: &mut String, syllable: &str) {
    let is_number = syllable.bytes().all(|byte| byte.is_ascii_digit());
    name.push_str(if is_number { trim_zeros(syllable) } else { syllable });
    name.push(' ');
}

/// The short name in a definition.
struct DefinedName<'t> {
    /// Its type word; `None` for letters ("NQ57").
    type_word: Option<&'static TypeWord>,
    /// The number in it.
    number: Option<&'t str>,
    /// True if it is the type word alone.
    bare: bool,
    /// The word after it.
    end: usize,
}

impl<'t> DefinedName<'t> {
    /// Reads the name at word `first`: up to a number, a bracket or a sign, [`MAX_ALIAS_WORDS`] at most.
    fn at(words: &PassageWords<'t>, first: usize) -> Option<Self> {
        let Some((type_word, rest)) = type_word_at(words, first) else {
            return Self::letters_at(words, first);
        };
        let mut end = rest;
        while end < words.len() && end - first < MAX_ALIAS_WORDS && words.joined(end) {
            end += 1;
            let word = words.word(end - 1);
            if word.bytes().all(|byte| byte.is_ascii_digit()) {
                // With its letters the name is a citation like any other: "Nghị quyết số 68/NQ-CP".
                let lettered = words.gap(end).starts_with(['-', '/']);
                return (!lettered).then_some(Self {
                    type_word: Some(type_word),
                    number: Some(word),
                    bare: false,
                    end,
                });
            }
        }
        Some(Self {
            type_word: Some(type_word),
            number: None,
            bare: end == rest,
            end,
        })
    }

    /// Reads letters and number, "NQ57" or "NQ 57"; letters alone ("UBND") name no document.
    fn letters_at(words: &PassageWords<'t>, first: usize) -> Option<Self> {
        let number = words.word(first + 1);
        let digits = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
        let lettered = words.gap(first + 2).starts_with(['-', '/']);
        (is_code(words.word(first)) && words.joined(first + 1) && digits && !lettered).then_some(Self {
            type_word: None,
            number: Some(number),
            bare: false,
            end: first + 2,
        })
    }

    /// Returns the one of `mentions` that the name is defined for: that with its number, or else the last of its kind
    /// that is not within the subject of another.
    fn meant<'m>(&self, words: &PassageWords<'_>, mentions: &'m [DocumentMention]) -> Option<&'m DocumentMention> {
        let mut named = mentions
            .iter()
            .rev()
            .filter(|mention| mention.form != CitationForm::Alias);
        if let Some(number) = self.number {
            let same =
                |mention: &&DocumentMention| mention.number.as_deref().map(trim_zeros) == Some(trim_zeros(number));
            return named.find(same);
        }
        let kind = self.type_word?.kind;
        let inside = |mention: &DocumentMention| {
            let within = |other: &DocumentMention| {
                other.kind == kind
                    && other.subject.is_some_and(|subject| {
                        subject.start <= mention.span.start && mention.span.end <= subject.end.min(words.text().len())
                    })
            };
            mentions.iter().any(within)
        };
        named.find(|mention| mention.kind == kind && !inside(mention))
    }
}

/// The words for the document itself: "Nghị quyết này".
#[derive(Debug)]
pub(super) struct OwnDocument {
    /// The folded types that it or an attached document has; empty if they are unknown.
    types: Vec<String>,
    /// The kinds that it has cited so far.
    cited: Vec<Kind>,
}

impl OwnDocument {
    /// Collects the types of `document`: its own, those of the documents attached to it, and that of a document which its
    /// title puts into force ("Quyết định ban hành Quy định …").
    pub(super) fn of(document: &Document) -> Self {
        let metadata = &document.metadata;
        let attached = document.parts.iter().filter_map(|part| part.kind.as_ref());
        let title = metadata.title.as_deref().map(fold).unwrap_or_default();
        let enforced = title.split("ban hanh ").nth(1).map(str::to_owned);
        Self {
            types: metadata
                .kind
                .iter()
                .chain(attached)
                .map(|kind| fold(kind))
                .chain(enforced)
                .collect(),
            cited: Vec::new(),
        }
    }

    /// Notes that the document has cited these.
    pub(super) fn cites(&mut self, mentions: &[DocumentMention]) {
        for mention in mentions
            .iter()
            .filter(|mention| mention.number.is_some() || mention.name.is_some())
        {
            if !self.cited.contains(&mention.kind) {
                self.cited.push(mention.kind);
            }
        }
    }

    /// Returns the mention of the document itself at word `at`, where `type_word` begins, which ends before word `rest`.
    pub(super) fn mention_at(
        &self,
        words: &PassageWords<'_>,
        at: usize,
        type_word: &TypeWord,
        rest: usize,
    ) -> Option<DocumentMention> {
        let this =
            matches!(words.word(rest), "này" | "Này" | "NÀY") || words.is_damaged() && words.folded(rest) == "nay";
        // "văn bản này" is any paper.
        let paper = type_word.syllables == ["van", "ban"];
        if !this || paper || !words.joined(rest) || !self.is_meant(words, at, type_word, rest) {
            return None;
        }
        let mut mention = DocumentMention::new(words.slice(at, rest + 1), type_word.kind);
        mention.form = CitationForm::Alias;
        mention.end = rest + 1;
        Some(mention)
    }

    /// Returns true if "`type_word` này" at word `at` means the document itself, not one that it has cited before.
    fn is_meant(&self, words: &PassageWords<'_>, at: usize, type_word: &TypeWord, rest: usize) -> bool {
        let capital = words.is_capital(at);
        if !self.types.is_empty() {
            let own = type_word.syllables.join(" ");
            // In small letters "quy định này" is any provision.
            let noun = !matches!(
                type_word.kind,
                Kind::QuyetDinh | Kind::QuyDinh | Kind::HuongDan | Kind::ThongBao | Kind::KetLuan
            );
            return (capital || noun) && self.types.iter().any(|known| known.starts_with(&own));
        }
        // In a text of unknown type, "Luật này" is the text itself if it puts it into force or has cited no other law.
        let force = [
            &["co", "hieu", "luc"][..],
            &["thay", "the"],
            &["quy", "dinh"],
            &["duoc", "ban", "hanh"],
        ];
        let enforced = force.iter().any(|phrase| words.skip(rest + 1, phrase) > rest + 1);
        capital && (enforced || !self.cited.contains(&type_word.kind))
    }
}
