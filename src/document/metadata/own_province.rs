//! The province that a document is of, and the former provinces in it that its text names.

use super::bodies::BodyLine;
use super::province::{ProvinceMention, is_merged, mentions, mentions_without_marks};
use crate::document::Metadata;
use crate::document::layout::Sheet;
use crate::document::phrase::FoldedWords;
use crate::reading::{Quality, Reading};
use crate::text::{Form, Span};

/// Last month before the merger of provinces took effect: year and month.
const BEFORE_MERGER: (u16, u8) = (2025, 6);
/// Chars between two names of one list: `, tỉnh `, ` và tỉnh `, ` và thành phố `.
const MAX_LIST_GAP_CHARS: usize = 24;

/// Words for places below a province, whose names may be those of provinces: `xã Hòa Bình`.
const LOWER_PLACES: [&str; 12] = [
    "xã",
    "phường",
    "thị trấn",
    "thị xã",
    "huyện",
    "quận",
    "đặc khu",
    "ấp",
    "thôn",
    "khóm",
    "đường",
    "huyện ủy",
];
/// Words that the opening sentence of a report begins with where it is about the document's own body, folded.
const OWN_BODIES: [&str; 6] = [
    "dang bo",
    "tinh",
    "thanh pho",
    "dai hoi dai bieu dang bo",
    "dai hoi dang bo",
    "ban chap hanh dang bo",
];
/// Words of the opening sentence in which its own body is named.
const MAX_OPENING_WORDS: usize = 20;

/// Reads the province of the document, and the former provinces in it that the text names.
///
/// The province in the names of issuer and superior counts first, then that of the place-and-date line, that of the
/// title, and that of the body which the first sentence `opening` is about. A central body has none, wherever it signs.
pub(super) fn read_provinces(sheet: &Sheet<'_>, reading: &Reading, opening: &str, metadata: &mut Metadata) {
    let misread = metadata.quality != Quality::Clean;
    let Some(province) = own_province(opening, misread, metadata) else {
        return;
    };
    metadata.province = Some(province.to_owned());
    // A province that was made of no others has no former ones; the text need not be searched.
    if !is_merged(province) {
        return;
    }
    let whole = Span::new(0, sheet.text.len());
    let view;
    let text = if reading.within(whole).is_empty() {
        sheet.text
    } else {
        view = reading.view(sheet.text, &[whole], &[], Form::Match);
        view.text()
    };
    let own: Vec<ProvinceMention> = mentions_in(text, misread)
        .into_iter()
        .filter(|mention| mention.today == province)
        .collect();
    metadata.former_provinces = former_provinces(text, &own, province, is_before_merger(metadata));
}

/// Returns the provinces that `text` names. A scan or a text without marks has "Can Tho": `folded` compares so.
fn mentions_in(text: &str, folded: bool) -> Vec<ProvinceMention> {
    if folded {
        mentions_without_marks(text)
    } else {
        mentions(text)
    }
}

/// Returns the province that the document is of.
fn own_province(opening: &str, misread: bool, metadata: &Metadata) -> Option<&'static str> {
    let bodies = [metadata.issuer.as_deref(), metadata.superior.as_deref()];
    let named = bodies
        .into_iter()
        .flatten()
        .find_map(|body| first_province(body, misread));
    let central = |body: &str| BodyLine::of(body, false).is_central();
    // "ỦY BAN KIỂM TRA" under "BAN CHẤP HÀNH TRUNG ƯƠNG" is central, too.
    if named.is_none() && bodies.into_iter().flatten().any(central) {
        return None;
    }
    named
        .or_else(|| {
            let place = metadata.place.as_deref()?;
            // "xã Hòa Bình" signs in "Hòa Bình", and central bodies that the letterhead does not name sign in Hà Nội.
            let local = bodies.into_iter().flatten().any(|body| body.ends_with(place));
            let unnamed = metadata.issuer.is_none() && place == "Hà Nội";
            if local || unnamed {
                None
            } else {
                first_province(place, misread)
            }
        })
        .or_else(|| {
            metadata
                .title
                .as_deref()
                .and_then(|title| first_province(title, misread))
        })
        .or_else(|| {
            let words = FoldedWords::of(opening, misread);
            let own = OWN_BODIES.iter().any(|body| words.has_at(0, body));
            let first: Vec<&str> = opening.split_whitespace().take(MAX_OPENING_WORDS).collect();
            own.then(|| first_province(&first.join(" "), misread)).flatten()
        })
}

/// Returns today's province of the first that `text` names as a province, and not as a smaller place of that name.
fn first_province(text: &str, misread: bool) -> Option<&'static str> {
    let found = mentions_in(text, misread).into_iter().find(|mention| {
        let before = text[..mention.span.start].trim_end().to_lowercase();
        !LOWER_PLACES.iter().any(|place| before.ends_with(place))
    });
    found.map(|mention| mention.today)
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
