//! The page that shows a page of the original: its picture with the words of a passage or a search lit, and beside it
//! the text that was read from it. It needs no script, which adds keys: arrows from page to page, `+`, `-` and `0` for
//! the size of the picture.
//!
//! The boxes lie over the picture as an SVG in the pixels of the page, which scales with it.

use maud::{Markup, html};

use super::parts::cite_as;
use super::parts::links::{AT, MAX_SHOWN_PASSAGES, PASSAGE, picture_address};
use super::reader::head::{Tab, description, head, way_back};
use super::reader::view::PassageView;
use super::reader::{came_from, matches_of};
use super::shell::frame::{self, Frame};
use super::shell::query_string::BACK;
use super::shell::untrusted::Untrusted;
use super::shell::{self, hidden_language};
use crate::corpus::{LineBox, Original, has_page_images};
use crate::http::problem::{Code, Problem};
use crate::index::Index;
use crate::record::{Parsed, document_name};
use crate::render::language::fill;

/// The width of the picture in pixels where it fits its column: sharp on most screens, and a page of text has 0.3 MB.
const WIDTH: u32 = 1400;

/// The widest picture that is asked for, in pixels.
const MAX_WIDTH: u32 = 2800;

/// The parameter that holds the size of the picture, in percent of its column.
const ZOOM: &str = "zoom";

/// The sizes, in percent; the first fits the column and needs no parameter.
const ZOOMS: [u32; 4] = [100, 150, 200, 300];

/// The parameter that holds the number of a page that was typed.
const PAGE: &str = "page";

/// The room around the box of a line of a passage, in thousandths of the width of the page.
const ROOM: u32 = 4;

/// Renders the page of the original with the number `typed` of the document with the id `id`, or the only one whose id
/// begins with it.
///
/// # Errors
/// `no-files`, `no-page-image`, `unknown-page`, `file-gone`; those of [`Index::document`] and of searching in it.
pub(super) fn page(index: &Index, frame: &Frame, id: &str, typed: &str) -> Result<Markup, Problem> {
    let parsed = index.document(id)?;
    if !frame.files {
        return Err(Problem::new(Code::NoFiles, "this service gives out no files"));
    }
    if !has_page_images(parsed.format) {
        let detail = "this document has no pictures of its pages";
        return Err(Problem::new(Code::NoPageImage, detail));
    }
    let sizes = &parsed.facsimile.pages;
    let number = typed.parse().ok().filter(|&number: &usize| number > 0);
    let size = number.and_then(|number| sizes.get(number - 1));
    let Some((number, &[wide, high])) = number.zip(size) else {
        let detail = format!("the document has no page '{typed}'");
        return Err(Problem::new(Code::UnknownPage, detail).refusing(typed));
    };
    if !Original::is_there(&index.file(id)?.location) {
        let detail = "the file of the document is gone since it was indexed";
        return Err(Problem::new(Code::FileGone, detail));
    }
    let record = parsed.document_record();
    let strings = frame.strings();
    let came_from = came_from(frame);
    let matches = matches_of(index, &came_from, &record.document)?;
    let view = PassageView::of(frame, &parsed, &matches, 0..parsed.document.passages.len());
    let on_page = view.on_page(number);
    let wanted = frame.value(PASSAGE);
    let is_wanted = |passage: usize| !wanted.is_empty() && view.address(passage) == wanted;
    let lit = on_page.iter().filter(|&&passage| is_wanted(passage));
    let lit: Vec<LineBox> = lit.flat_map(|&passage| view.boxes(passage)).collect();
    let hits: Vec<LineBox> = on_page.iter().flat_map(|&passage| view.hit_boxes(passage)).collect();
    let on_this = |boxes: &[LineBox]| -> Vec<[u32; 4]> {
        let boxes = boxes.iter().filter(|line| line.page == number);
        boxes.map(|line| line.bbox).collect()
    };
    let (lit, hits) = (on_this(&lit), on_this(&hits));
    // A passage may go on there.
    let beside = |other: Option<usize>| {
        let other = other.filter(|&other| (1..=sizes.len()).contains(&other))?;
        Some(address(frame, &record.document, &other.to_string(), zoom(frame)))
    };
    let (before, after) = (beside(number.checked_sub(1)), beside(number.checked_add(1)));
    let title = fill(strings.original_page, &[&number, &sizes.len()]);
    let zoom = zoom(frame);
    let width = (WIDTH * zoom / 100).min(MAX_WIDTH);
    let content = html! {
        @if !came_from.is_empty() { div.bar { (way_back(frame, &came_from)) } }
        (head(frame, index, &parsed, &record, Tab::Original)?)
        div.page-bar {
            h2 { (title) }
            @if sizes.len() > 1 {
                nav.turn aria-label=(strings.original_pages) {
                    @if let Some(before) = before { a rel="prev" href=(before) accesskey="p" { "← " (strings.earlier) } }
                    @if let Some(after) = after { a rel="next" href=(after) accesskey="n" { (strings.later) " →" } }
                }
                (jump(frame, &record.document, number, sizes.len()))
            }
            nav.zoom aria-label=(strings.zoom) {
                @for &size in &ZOOMS {
                    @let to = address(frame, &record.document, &number.to_string(), size);
                    a href=(to) aria-current=[(size == zoom).then_some("true")] {
                        @if size == ZOOMS[0] { (strings.zoom_fit) } @else { (size) " %" }
                    }
                }
            }
            a href=(in_document(frame, &parsed, number)) { (strings.to_document) }
        }
        div.facing {
            // A large picture scrolls in its column, also with the keyboard.
            figure.scan tabindex="0" role="group" aria-label=(fill(strings.page, &[&number])) {
                a class={ "sheet zoom-" (zoom) } title=(strings.full_size)
                    href=(picture_address(frame, &record.document, number, None)) {
                    img src=(picture_address(frame, &record.document, number, Some(width))) width=(wide) height=(high)
                        alt=(fill(strings.picture, &[&number])) decoding="async";
                    (overlay([wide, high], &lit, &hits))
                }
            }
            article.document aria-label=(strings.text_of_page) data-name=(cite_as::document(strings, &record)) {
                @if on_page.is_empty() { p.label { (strings.no_text) } }
                @for &passage in &on_page {
                    @if is_wanted(passage) { div.lit { (view.passage_or_note(passage)) } }
                    @else { (view.passage_or_note(passage)) }
                }
            }
        }
    };
    let title = format!("{title} · {}", document_name(&record));
    Ok(shell::described_page(
        frame,
        &title,
        &description(strings, &record),
        &content,
    ))
}

/// Returns the size of the picture that is asked for, in percent of its column.
fn zoom(frame: &Frame) -> u32 {
    let asked = frame.value(ZOOM).parse().ok();
    asked.filter(|asked| ZOOMS.contains(asked)).unwrap_or(ZOOMS[0])
}

/// Returns the URL of a page of the original in this size, with the passage and the search of this page.
fn address(frame: &Frame, id: &str, page: &str, zoom: u32) -> String {
    let mut parameters: Vec<(&str, String)> = Vec::new();
    for name in [PASSAGE, BACK] {
        parameters.extend(
            Some(frame.value(name))
                .filter(|value| !value.is_empty())
                .map(|value| (name, value.to_owned())),
        );
    }
    parameters.extend((zoom != ZOOMS[0]).then(|| (ZOOM, zoom.to_string())));
    frame.url(&frame::original(id, page), &parameters)
}

/// Returns the URL of the page of the original whose number was typed; of the first if none was.
pub(super) fn numbered(frame: &Frame, id: &str) -> String {
    let page = Some(frame.value(PAGE)).filter(|page| !page.is_empty()).unwrap_or("1");
    address(frame, id, page, zoom(frame))
}

/// Renders the field to go to a page by its number.
fn jump(frame: &Frame, id: &str, number: usize, pages: usize) -> Markup {
    let strings = frame.strings();
    html! {
        form.jump method="get" action=(frame.page_url(&format!("{}/pages", frame::document(id)))) {
            label for="page" { (strings.jump) }
            input #page type="number" name=(PAGE) min="1" max=(pages) value=(number) required;
            button.quiet type="submit" { (strings.jump_go) }
            @for name in [BACK, ZOOM] {
                @let value = frame.value(name);
                @if !value.is_empty() { input type="hidden" name=(name) value=(Untrusted(value)); }
            }
            (hidden_language(frame))
        }
    }
}

/// Returns the URL of the page of the document, at this page of it.
fn in_document(frame: &Frame, parsed: &Parsed, number: usize) -> String {
    let at = format!("page-{number}");
    let back = Some((BACK, frame.value(BACK))).filter(|(_, back)| !back.is_empty());
    // Only a long document is shown in parts.
    let part = (parsed.document.passages.len() > MAX_SHOWN_PASSAGES).then_some((AT, at.as_str()));
    let parameters: Vec<(&str, &str)> = part.into_iter().chain(back).collect();
    format!("{}#{at}", frame.url(&frame::document(&parsed.document.id), &parameters))
}

/// Renders the boxes of passages and hits over a page of this size.
fn overlay([wide, high]: [u32; 2], lit: &[[u32; 4]], hits: &[[u32; 4]]) -> Markup {
    let room = wide.saturating_mul(ROOM) / 1000;
    html! {
        @if wide > 0 && high > 0 {
            svg viewBox={ "0 0 " (wide) " " (high) } preserveAspectRatio="none" aria-hidden="true" {
                // Links to a passage lead to its first line in the picture.
                @if !lit.is_empty() { g #lit { @for bbox in lit { (rectangle("lit", *bbox, room)) } } }
                @for bbox in hits { (rectangle("hit", *bbox, 0)) }
            }
        }
    }
}

/// Renders a box, with `room` around it.
fn rectangle(class: &str, [left, top, right, bottom]: [u32; 4], room: u32) -> Markup {
    let (x, y) = (left.saturating_sub(room), top.saturating_sub(room));
    let (width, height) = (
        right.saturating_add(room).saturating_sub(x),
        bottom.saturating_add(room).saturating_sub(y),
    );
    html! { rect.(class) x=(x) y=(y) width=(width) height=(height) {} }
}
