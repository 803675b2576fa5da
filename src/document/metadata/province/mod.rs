//! The province of a document, and the former provinces that its text names.
//!
//! [`table`] holds the names of all provinces, of today and before the merger of 2025; [`mention`] finds them
//! in a text. This file decides which of the provinces named in a document is the document's own.

mod mention;
mod table;

pub use mention::{ProvinceMention, mentions, provinces_named};
pub(super) use table::all_names;

use mention::mentions_without_marks;
use table::is_merged;

use super::header_line::HeaderLine;
use crate::document::Metadata;
use crate::document::layout::Sheet;
use crate::reading::{Quality, Reading};
use crate::text::{Form, Span};

/// Last month before the merger of provinces took effect: year and month.
const BEFORE_MERGER: (u16, u8) = (2025, 6);
/// Chars between two names of one list: `, tỉnh `, ` và tỉnh `, ` và thành phố `.
const MAX_LIST_GAP_CHARS: usize = 24;

/// Reads the province of the document, and the former provinces in it that the text names.
///
/// The province named in the header counts first, then that of the place-and-date line, then the one that the
/// text names most often.
pub(super) fn read_provinces(sheet: &Sheet<'_>, reading: &Reading, lines: &[HeaderLine], metadata: &mut Metadata) {
    let whole = Span::new(0, sheet.text.len());
    let view;
    let text = if reading.within(whole).is_empty() {
        sheet.text
    } else {
        view = reading.view(sheet.text, &[whole], &[], Form::Match);
        view.text()
    };
    // A scan or a text without marks has "Can Tho": names are then compared folded.
    let mentions_in_text = match metadata.quality {
        Quality::Clean => mentions(text),
        Quality::Unmarked | Quality::Ocr => mentions_without_marks(text),
    };
    // The header names the document's own province; the text may name others.
    let header: String = lines
        .iter()
        .map(|line| line.text.as_str())
        .collect::<Vec<_>>()
        .join("\n");
    let place = metadata
        .place
        .as_deref()
        .and_then(|place| mentions(place).first().map(|mention| mention.today));
    let headed = mentions(&header).first().map(|mention| mention.today);
    let province = headed.or(place).or_else(|| most_named(&mentions_in_text));
    let Some(province) = province else { return };
    metadata.province = Some(province.to_owned());
    let own: Vec<ProvinceMention> = mentions_in_text
        .into_iter()
        .filter(|mention| mention.today == province)
        .collect();
    metadata.former_provinces = former_provinces(text, &own, province, is_before_merger(metadata));
}

/// Returns true if the document is dated before the merger of provinces.
fn is_before_merger(metadata: &Metadata) -> bool {
    metadata
        .date
        .is_some_and(|date| (date.year(), date.month().unwrap_or(12)) <= BEFORE_MERGER)
}

/// Returns the former provinces in `province` that `text` names, sorted by name.
///
/// `own` are the mentions of it and of the provinces that went into it, in order. `early`: the document is
/// dated before the merger, when `Cần Thơ` was the smaller province of that name: `Cần Thơ (cũ)`.
fn former_provinces(text: &str, own: &[ProvinceMention], province: &str, early: bool) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for (at, mention) in own.iter().enumerate() {
        let name = if mention.is_former() {
            mention.name.to_owned()
        } else if is_merged(province) && (early || is_beside_former(text, own, at)) {
            format!("{province} (cũ)")
        } else {
            continue;
        };
        if !names.contains(&name) {
            names.push(name);
        }
    }
    // Their order in the text means nothing. Sorted by name, it is the same for documents of one province.
    names.sort_by_key(|name| crate::text::fold(name));
    if names.is_empty() && early && is_merged(province) {
        names.push(format!("{province} (cũ)"));
    }
    names
}

/// Returns true if the mention `own[at]` of today's name is that of the former province: `(cũ)` follows, or a
/// former province is named with it in one list (`thành phố Cần Thơ, tỉnh Hậu Giang và tỉnh Sóc Trăng`).
fn is_beside_former(text: &str, own: &[ProvinceMention], at: usize) -> bool {
    let mention = own[at];
    let after = text[mention.span.end..].trim_start();
    if after.starts_with("(cũ)") || after.starts_with("cũ") || after.starts_with("trước sáp nhập") {
        return true;
    }
    let listed = |other: &ProvinceMention| {
        let between = Span::new(
            mention.span.end.min(other.span.end),
            mention.span.start.max(other.span.start),
        )
        .slice(text);
        other.is_former() && between.chars().count() <= MAX_LIST_GAP_CHARS && !between.contains(['.', ':'])
    };
    at.checked_sub(1).and_then(|before| own.get(before)).is_some_and(listed) || own.get(at + 1).is_some_and(listed)
}

/// Returns today's province that is named most often; the first of several.
fn most_named(mentions: &[ProvinceMention]) -> Option<&'static str> {
    let mut counts: Vec<(&'static str, usize)> = Vec::new();
    for mention in mentions {
        match counts.iter_mut().find(|(name, _)| *name == mention.today) {
            Some((_, count)) => *count += 1,
            None => counts.push((mention.today, 1)),
        }
    }
    let most = counts.iter().map(|(_, count)| *count).max()?;
    counts.iter().find(|(_, count)| *count == most).map(|(name, _)| *name)
}
