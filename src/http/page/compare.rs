//! The page of two documents side by side: the passages of one, in order, with the wording that the other has too.

use maud::{Markup, html};

use super::parts::draft::{Answered, downloads, offset, steps, tabs};
use super::parts::links::{NAME_CHARS, passage_address};
use super::parts::place_line;
use super::parts::text::cut;
use super::precedent::draft::{DraftSection, heading, outline, sections, summary, table};
use super::precedent::lit::{legend, side_by_side};
use super::precedent::walk::Walked;
use super::precedent::{closeness, head_line};
use super::shell::documents::Documents;
use super::shell::frame::{self, Frame};
use super::shell::untrusted::Untrusted;
use super::shell::{self, hidden_language};
use crate::http::app::Derived;
use crate::http::problem::Problem;
use crate::index::{Error, Index, StoredPassage};
use crate::precedent::{Draft, Paragraph, Precedent};
use crate::query::Filters;
use crate::record::{DocumentRecord, Facet, PassageRecord, document_name};
use crate::render::language::fill;
use crate::render::terminal::precedents::whole_percent;
use crate::text::clean;

/// The parameters with the two documents.
const SIDES: [&str; 2] = ["a", "b"];

/// Maximum number of documents to choose from for one side.
const MAX_CHOICES: usize = 8;

/// The document that a field means.
enum Chosen<'i> {
    /// Nothing was typed.
    Nothing,
    /// This one.
    Document(&'i DocumentRecord),
    /// One of these, the likeliest first; perhaps none fits.
    OneOf(Vec<&'i DocumentRecord>),
}

impl<'i> Chosen<'i> {
    /// Returns what `typed` means: an id, a field as [`field_text`] fills it, or words of a title.
    fn of(index: &'i Index, derived: &Derived, typed: &str) -> Result<Self, Problem> {
        let documents = Documents::of(index)?;
        if typed.is_empty() {
            return Ok(Self::Nothing);
        }
        let in_brackets = typed.strip_suffix(']').and_then(|rest| rest.rsplit_once('['));
        let id = in_brackets.map_or(typed, |(_, id)| id);
        let ids = match index.resolve_id(id) {
            Ok(id) => return Ok(documents.get(id).map_or(Self::Nothing, Self::Document)),
            Err(Error::Ambiguous { candidates, .. }) => candidates,
            Err(Error::Unknown { .. }) => {
                let suggested = derived.suggester(index)?.suggest(typed, MAX_CHOICES).documents;
                suggested.into_iter().map(|document| document.document).collect()
            }
            Err(error) => return Err(error.into()),
        };
        let found = ids.iter().filter_map(|id| documents.get(id)).take(MAX_CHOICES);
        Ok(Self::OneOf(found.collect()))
    }

    /// Returns the document, if it is certain.
    fn document(&self) -> Option<&'i DocumentRecord> {
        match self {
            Self::Document(record) => Some(record),
            Self::Nothing | Self::OneOf(_) => None,
        }
    }
}

/// Answers with the page, or with the table of all passages of the first document.
///
/// # Errors
/// Those of reading the index and of comparing.
pub(super) fn answer(index: &Index, derived: &Derived, frame: &Frame) -> Result<Answered, Problem> {
    let strings = frame.strings();
    let mut chosen = Vec::with_capacity(SIDES.len());
    for side in SIDES {
        chosen.push(Chosen::of(index, derived, frame.value(side))?);
    }
    let pair = match chosen.as_slice() {
        [a, b] => a.document().zip(b.document()),
        _ => None,
    };
    let compared = match pair {
        Some((a, b)) if a.document != b.document => Some(match compared(index, frame, a, b)? {
            Answered::Page(page) => page,
            file @ Answered::File(_) => return Ok(file),
        }),
        _ => None,
    };
    let content = html! {
        h1 { (strings.compare_two) }
        @if compared.is_none() { p.lead { (strings.compare_about) } }
        (tabs(frame))
        (fields(frame, &chosen))
        @if pair.is_some() && compared.is_none() { p.told role="status" { (strings.two_others) } }
        @if let Some(compared) = compared { (compared) }
    };
    let page = shell::described_page(frame, strings.compare_two, strings.compare_about, &content);
    Ok(Answered::Page(page))
}

/// Returns the text of the field of a document: its name for people, its id for the program.
fn field_text(record: &DocumentRecord) -> String {
    let name = clean(document_name(record)).into_owned();
    format!("{} [{}]", cut(&name, NAME_CHARS), record.document)
}

/// Renders the two fields.
fn fields(frame: &Frame, chosen: &[Chosen<'_>]) -> Markup {
    let strings = frame.strings();
    let names = [strings.first_document, strings.second_document];
    html! {
        form.compare method="get" action=(frame.page_url("/compare")) {
            @for ((side, name), chosen) in SIDES.iter().zip(names).zip(chosen) {
                @let typed = chosen.document().map_or_else(|| frame.value(side).to_owned(), field_text);
                div.side-field {
                    label for=(side) { (name) }
                    input #(side) type="text" name=(side) value=(Untrusted(&typed)) list={ (side) "-list" }
                        data-documents autocomplete="off" maxlength="400" lang="vi" placeholder=(strings.document_hint);
                    datalist #{ (side) "-list" } {}
                    @if let Chosen::OneOf(choices) = chosen { (choices_of(frame, side, choices)) }
                }
            }
            (hidden_language(frame))
            p.buttons {
                button type="submit" { (strings.compare_action) }
                @if let [Chosen::Document(a), Chosen::Document(b)] = chosen {
                    a href=(frame.url("/compare", &[("a", &b.document), ("b", &a.document)])) { (strings.swap) }
                }
            }
        }
    }
}

/// Renders the documents that a field may mean as links that choose one.
fn choices_of(frame: &Frame, side: &str, choices: &[&DocumentRecord]) -> Markup {
    let strings = frame.strings();
    html! {
        div role="status" {
            @if choices.is_empty() { p.hint { (strings.no_such_document) } }
            @else {
                p.hint { (strings.which_document) }
                ul.plain {
                    @for record in choices {
                        li {
                            a href=(frame.url_with(side, Some(&record.document))) lang="vi" {
                                (Untrusted(document_name(record)))
                            }
                            (head_line(record))
                        }
                    }
                }
            }
        }
    }
}

/// Compares two documents: the wording of `a` that `b` has too.
fn compared(index: &Index, frame: &Frame, a: &DocumentRecord, b: &DocumentRecord) -> Result<Answered, Problem> {
    let strings = frame.strings();
    let draft = Draft::of_document(index, &a.document)?;
    let mut within = Filters::default();
    within.add(Facet::Document, b.document.as_str());
    if let Some(file) = table(index, frame, &draft, &within)? {
        return Ok(Answered::File(file));
    }
    let walked = Walked::of(index, &draft, &within, offset(frame))?;
    let passages: Vec<StoredPassage> = draft.wording().collect();
    let sections = sections(&passages);
    Ok(Answered::Page(html! {
        section.drafted aria-labelledby="results" {
            h2 #results { (strings.results) }
            div.sides {
                (side_head(frame, strings.first_document, a))
                (side_head(frame, strings.second_document, b))
            }
            @if walked.total() == 0 { p role="status" { (strings.no_paragraphs) } }
            @else {
                (summary(strings, [strings.compare_taken, strings.compare_paragraphs], &walked.sums(), walked.total()))
                div.onward { (downloads(frame, &[("csv", strings.csv), ("xlsx", strings.xlsx)])) }
                div.draft-view.by-paragraph {
                    (outline(frame, &sections, &walked))
                    div {
                        (legend(strings, [strings.only_first, strings.only_second]))
                        (pairs(frame, &walked, &sections))
                        (steps(frame, walked.before(), walked.after()))
                    }
                }
            }
        }
    }))
}

/// Renders the head of one side.
fn side_head(frame: &Frame, name: &str, record: &DocumentRecord) -> Markup {
    html! {
        div.card {
            p.side { (name) }
            p.from {
                a href=(frame.page_url(&frame::document(&record.document))) lang="vi" {
                    (Untrusted(document_name(record)))
                }
            }
            (head_line(record))
        }
    }
}

/// A part of the first document: a passage with wording of the second, or some without.
enum Part<'w> {
    /// The passage with this number from 0, and what it shares.
    Shared(usize, &'w Paragraph, &'w Precedent),
    /// The number of the first of some passages without, and how many they are.
    Without(usize, usize),
}

/// Returns the parts of what is shown, in order; each of the `sections` begins a new one.
fn parts<'w>(walked: &'w Walked, sections: &[DraftSection]) -> Vec<Part<'w>> {
    let mut parts: Vec<Part<'_>> = Vec::new();
    let begins = |number: usize| sections.iter().any(|section| section.first == number);
    for (number, paragraph) in (walked.first..).zip(&walked.shown) {
        match (paragraph.precedents.matches.first(), parts.last_mut()) {
            (Some(found), _) => parts.push(Part::Shared(number, paragraph, found)),
            (None, Some(Part::Without(_, count))) if !begins(number) => *count += 1,
            (None, _) => parts.push(Part::Without(number, 1)),
        }
    }
    parts
}

/// Renders the passages with shared wording, and between them how many have none.
fn pairs(frame: &Frame, walked: &Walked, sections: &[DraftSection]) -> Markup {
    let strings = frame.strings();
    html! {
        ol.paragraphs.pairs {
            @for part in parts(walked, sections) {
                @let (Part::Shared(first, ..) | Part::Without(first, _)) = part;
                (heading(sections, first))
                @match part {
                    Part::Without(number, count) => {
                        li.without #{ "d" (number + 1) } { p.hint { (fill(strings.without_shared, &[&count])) } }
                    }
                    Part::Shared(number, paragraph, found) => {
                        li #{ "d" (number + 1) } value=(number + 1) { (shared(frame, paragraph, found)) }
                    }
                }
            }
        }
    }
}

/// Renders a passage beside the one that shares wording with it.
fn shared(frame: &Frame, paragraph: &Paragraph, found: &Precedent) -> Markup {
    let strings = frame.strings();
    let (own, other) = (&paragraph.stored.record, &found.stored.record);
    let name = |record: &PassageRecord| {
        html! {
            a href=(passage_address(frame, &record.document, &record.passage, &[])) {
                (fill(strings.page, &[&record.page]))
            }
        }
    };
    html! {
        p.use {
            strong { (fill(strings.share, &[&whole_percent(found.share())])) }
            " · " (closeness(strings, found))
        }
        (place_line(frame, other))
        (side_by_side([&name(own), &name(other)], found, &own.text))
    }
}
