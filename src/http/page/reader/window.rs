//! Windows of a long document: its page shows so many passages at a time, with links to those before and after.
//!
//! A document of 300,000 passages would be a page of 138 MB. Documents of ordinary length have one window, and their
//! pages no sign of it. A place is named by its HTML id (`p973`, `n6`, `s2.1`, `page-12`, `part-1`): `?at=p973#p973` opens
//! the window that has it, without a script. An address without `at` leads to the first window; the script asks for the one
//! of its fragment if that is not there.

use std::ops::Range;

use super::view::section_anchor;
use crate::http::page::parts::anchor;
use crate::http::page::parts::links::{AT, MAX_SHOWN_PASSAGES};
use crate::http::page::shell::frame::Frame;
use crate::record::Parsed;
use crate::search::Matches;

/// Bytes of text of a window, unless its first passage has more.
const MAX_BYTES: usize = 512 * 1024;

/// Sections that the outline lists at most; of a document with more it lists those of the window.
const MAX_OUTLINE: usize = 2000;

/// The part of a document that its page shows.
pub(super) struct ReaderWindow<'p> {
    parsed: &'p Parsed,
    /// The indices of the passages of each window, in order; there is one at least.
    windows: Vec<Range<usize>>,
    /// The index of the one that is shown.
    shown: usize,
}

impl<'p> ReaderWindow<'p> {
    /// Returns the window of `parsed` that `frame` asks for; the first one if it asks for nothing that is there.
    pub(super) fn of(frame: &Frame, parsed: &'p Parsed) -> Self {
        let windows = windows(parsed);
        let wanted = passage_at(parsed, frame.value(AT)).unwrap_or(0);
        let shown = windows.partition_point(|window| window.end <= wanted);
        Self {
            parsed,
            shown: shown.min(windows.len() - 1),
            windows,
        }
    }

    /// Returns the indices of the passages that are shown.
    pub(super) fn passages(&self) -> Range<usize> {
        self.windows[self.shown].clone()
    }

    /// Returns the number of the window, from 1, and the number of windows; `None` if there is one alone.
    pub(super) fn number(&self) -> Option<[usize; 2]> {
        (self.windows.len() > 1).then_some([self.shown + 1, self.windows.len()])
    }

    /// Returns true if the passage with this index is shown.
    pub(super) fn has(&self, passage: usize) -> bool {
        self.windows[self.shown].contains(&passage)
    }

    /// Returns the URLs of the windows before and after this one.
    pub(super) fn beside(&self, frame: &Frame) -> [Option<String>; 2] {
        let url = |window: &Range<usize>| self.url(frame, window.start);
        let before = self.shown.checked_sub(1).and_then(|before| self.windows.get(before));
        [before.map(url), self.windows.get(self.shown + 1).map(url)]
    }

    /// Returns the URL of this page at the passage with this index.
    pub(super) fn url(&self, frame: &Frame, passage: usize) -> String {
        let id = self.parsed.passage_id(passage);
        self.link(frame, Some(passage), &anchor(&id))
    }

    /// Returns the link to the place with the HTML id `id`, which is at the passage with this index.
    pub(super) fn link(&self, frame: &Frame, passage: Option<usize>, id: &str) -> String {
        if passage.is_none_or(|passage| self.has(passage)) {
            return format!("#{id}");
        }
        format!("{}#{id}", frame.url_with(AT, Some(id)))
    }

    /// Returns the link to the place with the HTML id `id`.
    pub(super) fn link_at(&self, frame: &Frame, id: &str) -> String {
        self.link(frame, passage_at(self.parsed, id), id)
    }

    /// Returns the link to the passage with the id `id`.
    pub(super) fn link_to(&self, frame: &Frame, id: &str) -> String {
        self.link_at(frame, &anchor(id))
    }

    /// Returns the URLs of the nearest matches before and after the window.
    pub(super) fn matches_beside(&self, frame: &Frame, matches: &Matches) -> [Option<String>; 2] {
        let window = self.passages();
        let is_match = |passage: &usize| matches.has(&self.parsed.passage_id(*passage));
        let none = matches.count() == 0 || self.windows.len() == 1;
        let before = (0..window.start).rev().filter(|_| !none).find(is_match);
        let after = (window.end..self.parsed.document.passages.len())
            .filter(|_| !none)
            .find(is_match);
        [before, after].map(|passage| passage.map(|passage| self.url(frame, passage)))
    }

    /// Returns the indices of the sections that the outline lists.
    pub(super) fn outline(&self) -> Vec<usize> {
        let sections = &self.parsed.document.sections;
        let is_listed = |section: &usize| {
            sections.len() <= MAX_OUTLINE || self.first_passage(*section).is_some_and(|passage| self.has(passage))
        };
        (0..sections.len()).filter(is_listed).collect()
    }

    /// Returns the index of the first passage of a section.
    pub(super) fn first_passage(&self, section: usize) -> Option<usize> {
        first_passage_of(self.parsed, section)
    }
}

/// Returns the indices of the passages of each window.
fn windows(parsed: &Parsed) -> Vec<Range<usize>> {
    let passages = &parsed.document.passages;
    let mut windows = Vec::new();
    let (mut start, mut bytes) = (0, 0);
    for (index, passage) in passages.iter().enumerate() {
        let its_bytes = passage.extent().len();
        if index > start && (index - start >= MAX_SHOWN_PASSAGES || bytes + its_bytes > MAX_BYTES) {
            windows.push(start..index);
            (start, bytes) = (index, 0);
        }
        bytes += its_bytes;
    }
    windows.push(start..passages.len());
    windows
}

/// Returns the index of the passage at which the place with the HTML id `id` is.
fn passage_at(parsed: &Parsed, id: &str) -> Option<usize> {
    let document = &parsed.document;
    let id = id
        .strip_prefix("call-")
        .or_else(|| id.strip_prefix("in-"))
        .unwrap_or(id);
    if let Some(page) = id.strip_prefix("page-") {
        let page: usize = page.parse().ok()?;
        return document.passages.iter().position(|passage| passage.page >= page);
    }
    if let Some(part) = id.strip_prefix("part-") {
        let part = part.parse::<usize>().ok()?.checked_sub(1)?;
        let start = document.parts.get(part)?.span.start;
        return document
            .passages
            .iter()
            .position(|passage| passage.extent().end > start);
    }
    if let Some(address) = id.strip_prefix('p') {
        return document.passages.iter().position(|passage| passage.address == address);
    }
    if id.starts_with('s') {
        let section = document
            .sections
            .iter()
            .position(|section| section_anchor(section) == id)?;
        return first_passage_of(parsed, section);
    }
    let note = id.strip_prefix('n')?;
    // Of several notes with one number, later ones are `n6.2` and so on.
    let (number, nth) = note.split_once('.').unwrap_or((note, "1"));
    let number: usize = number.parse().ok()?;
    let nth: usize = nth.parse().ok()?;
    let mut same = document.footnotes.iter().filter(|note| note.number == number);
    same.nth(nth.checked_sub(1)?)?.passages.first().copied()
}

/// Returns the index of the first passage of a section: its heading, or the first one in it.
fn first_passage_of(parsed: &Parsed, section: usize) -> Option<usize> {
    let document = &parsed.document;
    let section = document.sections.get(section)?;
    let first = || {
        let start = section.span.start;
        let first = document
            .passages
            .partition_point(|passage| passage.extent().end <= start);
        (first < document.passages.len()).then_some(first)
    };
    section.heading.or_else(first)
}
