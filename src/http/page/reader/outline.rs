//! The outline of a document: its sections as a tree of links, under the attached documents that they are in.

use maud::{Markup, html};

use super::view::section_anchor;
use super::window::ReaderWindow;
use crate::document::Section;
use crate::http::page::shell::frame::Frame;
use crate::http::page::shell::untrusted::Untrusted;
use crate::record::Parsed;
use crate::render::language::Strings;

/// Returns the HTML id of the attached document with this number: `part-1`.
pub(super) fn part_anchor(part: usize) -> String {
    format!("part-{part}")
}

/// Returns the name of the attached document with this number: its title or the first words of it that are known.
pub(super) fn part_name(parsed: &Parsed, part: usize) -> &str {
    let part = parsed.document.parts.get(part.saturating_sub(1));
    let names = part.map(|part| [part.title.as_deref(), part.kind.as_deref(), part.number.as_deref()]);
    names.into_iter().flatten().flatten().next().unwrap_or("…")
}

/// An entry of the outline.
enum Entry {
    /// The attached document with this number.
    Part(usize),
    /// The section with this index.
    Section(usize),
}

/// Renders the outline. The script marks the section that is being read.
pub(super) fn outline(frame: &Frame, parsed: &Parsed, window: &ReaderWindow<'_>) -> Markup {
    let strings = frame.strings();
    html! {
        nav.outline aria-label=(strings.outline) {
            details.beside {
                summary { (strings.outline) }
                ol {
                    @for entry in entries(parsed, window) {
                        @match entry {
                            Entry::Part(part) => li.part {
                                a href=(window.link_at(frame, &part_anchor(part))) lang="vi" {
                                    (Untrusted(part_name(parsed, part)))
                                }
                            },
                            Entry::Section(index) => {
                                @let section = &parsed.document.sections[index];
                                li class={ "depth-" (section.level().clamp(1, 5)) } {
                                    a class=[is_capitals(&section.title).then_some("capitals")] lang="vi"
                                        href=(window.link(frame, window.first_passage(index), &section_anchor(section))) {
                                        (heading(strings, section))
                                    }
                                }
                            },
                        }
                    }
                }
            }
        }
    }
}

/// Returns the entries in order: each attached document before its sections.
fn entries(parsed: &Parsed, window: &ReaderWindow<'_>) -> Vec<Entry> {
    let mut entries = Vec::new();
    let mut parts = (1..=parsed.document.parts.len()).peekable();
    for section in window.outline() {
        let part = parsed.document.part_at(parsed.document.sections[section].span.start);
        while let Some(next) = parts.next_if(|&next| part.is_some_and(|part| next <= part)) {
            entries.push(Entry::Part(next));
        }
        entries.push(Entry::Section(section));
    }
    entries.extend(parts.map(Entry::Part));
    entries
}

/// Returns true if a heading is set in capitals, which would shout beside the text.
fn is_capitals(title: &str) -> bool {
    title.chars().filter(|char| char.is_alphabetic()).count() > 1 && !title.contains(char::is_lowercase)
}

/// Renders label and title of a section.
fn heading(strings: &Strings, section: &Section) -> Markup {
    let whole = format!("{} {}", section.label, section.title);
    html! {
        @if whole.trim().is_empty() { (strings.introduction) } @else { (Untrusted(whole.trim())) }
    }
}
