//! The details that a text gives of a document beside its symbol or name: date, issuer and subject.
//!
//! Mostly they come after it, in any order: "… số 21-NQ/TW, ngày 16/6/2022 của Ban Chấp hành Trung ương về tăng cường xây
//! dựng …", "(của Bộ Chính trị, ngày 07/10/2022)", "do Bộ Chính trị ban hành ngày …". [`tail_at`] reads one part after
//! another; a term, the verb of issuing and a bracket of another kind may be between them. [`date`], [`issuer`] and
//! [`subject`] read one part each, [`body`] knows by the rows of [`body_table`] where the name of a body ends, [`issuing`]
//! has the verbs. [`head`] reads what is in front of a citation: "Ngày 12/3/2024, Ban Bí thư đã ban hành …".

mod body;
mod body_table;
mod date;
mod head;
mod issuer;
mod issuing;
mod subject;
mod subject_table;
mod term;

use super::tokens::{PassageWords, is_blank_gap};
use crate::document::PartialDate;
use crate::text::Span;

pub(super) use body::body_end;
pub(super) use date::{date_at, year_after};
pub(super) use head::front_before;
pub(super) use subject::acts;
pub(super) use term::{congress_beside, term_at};

use body::{ends_phrase, is_body, name_start};
use issuer::issuer_at;
use issuing::verb_end;
use subject::subject_at;
use term::{session_end, term_end};

/// The parts read after a citation. Spans are bytes of the view.
#[derive(Clone, Debug, Default)]
pub(super) struct Tail {
    /// The date of the cited document.
    pub(super) date: Option<PartialDate>,
    /// Its issuer, without "của".
    pub(super) issuer: Option<Span>,
    /// Its subject, from "về" or a quotation mark on.
    pub(super) subject: Option<Span>,
    /// The index of the first word after these parts.
    pub(super) end: usize,
}

/// Maximum number of parts: date, issuer and subject, and as many of other kinds between them.
const MAX_PARTS: usize = 8;

/// Maximum length of a bracket that is none of the parts, in words.
const MAX_BRACKET_WORDS: usize = 16;

/// Reads date, issuer and subject from word `at` on.
pub(super) fn tail_at(words: &PassageWords<'_>, at: usize) -> Tail {
    let mut reader = TailReader {
        words,
        at,
        dated: false,
        open: false,
        tail: Tail {
            end: at,
            ..Tail::default()
        },
    };
    for _ in 0..MAX_PARTS {
        if !reader.part() {
            break;
        }
    }
    reader.tail
}

impl Tail {
    /// Adds the date and the issuer that it does not have from `other`.
    pub(super) fn add(&mut self, other: Self) {
        self.date = self.date.or(other.date);
        self.issuer = self.issuer.or(other.issuer);
    }

    /// Drops a year that says when the document was carried out, not when it was issued: "kết quả thực hiện Chỉ thị số
    /// 05-CT/TW năm 2021". The citation begins with word `first`.
    pub(super) fn drop_period(&mut self, words: &PassageWords<'_>, first: usize) {
        /// Words before a document that is carried out, folded.
        const CARRIED_OUT: &[[&str; 2]] = &[
            ["thuc", "hien"],
            ["trien", "khai"],
            ["quan", "triet"],
            ["hoc", "tap"],
            ["so", "ket"],
            ["tong", "ket"],
            ["kiem", "tra"],
            ["giam", "sat"],
        ];
        let before = |words: &PassageWords<'_>, verb: &[&str; 2]| {
            first >= 2 && words.joined(first) && words.phrase(first - 2, verb).is_some()
        };
        if self.date.is_some_and(|date| date.day().is_none()) && CARRIED_OUT.iter().any(|verb| before(words, verb)) {
            self.date = None;
        }
    }
}

/// The state of reading a tail.
struct TailReader<'w> {
    /// The words of the passage.
    words: &'w PassageWords<'w>,
    /// The next word.
    at: usize,
    /// True once a date was read, whole or not.
    dated: bool,
    /// True inside a bracket that the tail has opened.
    open: bool,
    /// The parts read.
    tail: Tail,
}

impl TailReader<'_> {
    /// Reads the next part and returns true if there is one.
    fn part(&mut self) -> bool {
        if self.at >= self.words.len() {
            return false;
        }
        let gap = self.words.gap(self.at).trim();
        // A bracket that was opened before the citation ends here: "(số 5-KH/TU) của Tỉnh ủy", but a date after it is
        // another one.
        let closed = gap.contains(')') && !self.open;
        self.open = gap.contains('(') || self.open && !gap.contains(')');
        if closed && !matches!(gap, ")" | "),") {
            return false;
        }
        !closed && self.date() || self.issuer() || self.subject() || !closed && self.other()
    }

    /// Reads a date, after a verb of issuing or not.
    fn date(&mut self) -> bool {
        let (words, at) = (self.words, self.at);
        let start = match verb_end(words, at) {
            Some(start) if soft(words.gap(at)) && words.joined(start) => start,
            _ => at,
        };
        let Some((date, end)) = date::date_at(words, start).filter(|_| !self.dated && soft(words.gap(at))) else {
            return false;
        };
        if words.gap(at).contains(',') && self.opens_clause(end) {
            return false;
        }
        self.tail.date = date;
        self.dated = true;
        self.advance(end);
        true
    }

    /// Returns true if a date that ends before word `end` belongs to a clause of its own: ", ngày 10/9/2020 Ban Tuyên
    /// giáo Trung ương có Hướng dẫn". After a subject a comma may follow the date too.
    fn opens_clause(&self, end: usize) -> bool {
        let words = self.words;
        let gap = words.gap(end).trim();
        let soft = is_blank_gap(gap) || gap == "," && self.tail.subject.is_some();
        if !soft {
            return false;
        }
        let first = name_start(words, end);
        is_body(words, first) && !ends_phrase(words, body_end(words, first))
    }

    /// Reads an issuer.
    fn issuer(&mut self) -> bool {
        let (words, at) = (self.words, self.at);
        if self.tail.issuer.is_some() || !soft(words.gap(at)) {
            return false;
        }
        let Some((issuer, end)) = issuer_at(words, at) else {
            return false;
        };
        self.tail.issuer = Some(issuer);
        self.advance(end);
        true
    }

    /// Reads a subject.
    fn subject(&mut self) -> bool {
        if self.tail.subject.is_some() {
            return false;
        }
        let Some((subject, end)) = subject_at(self.words, self.at, self.tail.issuer.is_some()) else {
            return false;
        };
        self.tail.subject = Some(subject);
        self.advance(end);
        true
    }

    /// Passes over a part that says nothing of these: a term, or a bracket.
    fn other(&mut self) -> bool {
        let (words, at) = (self.words, self.at);
        if let Some(end) = term_end(words, at).or_else(|| session_end(words, at)) {
            self.at = end;
            return true;
        }
        if !words.gap(at).trim().ends_with('(') {
            return false;
        }
        let closing = (at + 1..=at + MAX_BRACKET_WORDS).find(|&index| words.gap(index).contains([')', ';']));
        let Some(end) = closing.filter(|&end| end < words.len() && words.gap(end).contains(')')) else {
            return false;
        };
        self.at = end;
        true
    }

    /// Goes on after a part that ends before word `end`.
    fn advance(&mut self, end: usize) {
        // "Bộ Chính trị (khóa XII)": the bracket closes after the part.
        let part = self.words.slice(self.at, end).slice(self.words.text());
        self.open |= part.matches('(').count() > part.matches(')').count();
        self.at = end;
        self.tail.end = end;
    }
}

/// Returns true if `gap` holds only blanks, stray marks, a comma and brackets; a quotation may end in it.
fn soft(gap: &str) -> bool {
    gap.trim_start_matches(['”', '"'])
        .chars()
        .all(|char| matches!(char, ',' | '(' | ')') || is_blank_gap(char.encode_utf8(&mut [0; 4])))
}

#[cfg(test)]
mod tests;
