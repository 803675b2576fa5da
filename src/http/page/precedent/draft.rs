//! The precedents of a draft: how much of it was used before, by section, and each paragraph with its best precedent.

use maud::{Markup, html};

use super::lit::{Lit, differs, legend, side_by_side, source};
use super::walk::{PARAGRAPHS_PER_PAGE, Sums, Used, Walked, best_alone};
use super::wording::closeness;
use crate::document::Place;
use crate::http::download::{CSV, Download};
use crate::http::page::parts::draft::{
    Answered, FORMAT, again, downloads, offset, precedents_of, send_to, steps, title,
};
use crate::http::page::parts::heading::in_normal_case;
use crate::http::page::parts::links::{document_link, passage_address};
use crate::http::page::parts::place_line;
use crate::http::page::parts::text::{self, Highlights, cut};
use crate::http::page::shell::documents::Documents;
use crate::http::page::shell::frame::Frame;
use crate::http::page::shell::untrusted::Untrusted;
use crate::http::problem::Problem;
use crate::index::{Index, StoredPassage};
use crate::precedent::{Draft, Paragraph, PieceKind, Precedent};
use crate::query::Filters;
use crate::record::PassageRecord;
use crate::render::language::labels::distinctiveness_name;
use crate::render::language::{Strings, fill};
use crate::render::table_file::TableFormat;
use crate::render::tables;
use crate::render::terminal::precedents::whole_percent;
use crate::text::{Span, clean};

/// Maximum length of a heading in the outline in chars.
const MAX_HEADING_CHARS: usize = 90;

/// The name of a table of paragraphs, without its ending.
const TABLE_NAME: &str = "precedents";

/// Answers with the page, or with the table of all paragraphs if that is asked for.
///
/// # Errors
/// Those of comparing the draft; `time-limit` if a table of all paragraphs takes too long.
pub(super) fn answer(index: &Index, frame: &Frame, draft: &Draft, filters: &Filters) -> Result<Answered, Problem> {
    let strings = frame.strings();
    if let Some(file) = table(index, frame, draft, filters)? {
        return Ok(Answered::File(file));
    }
    let walked = Walked::of(index, draft, filters, offset(frame))?;
    let documents = Documents::of(index)?;
    let passages: Vec<StoredPassage> = draft.wording().collect();
    let sections = sections(&passages);
    Ok(Answered::Page(html! {
        section.drafted aria-labelledby="results" {
            h2 #results { (strings.results) ": " span lang="vi" { (Untrusted(title(frame, strings))) } }
            @if let Some(own) = draft.own_document() {
                p.told { (strings.own_document) " " (document_link(frame, own, &documents)) }
            }
            @if walked.total() == 0 { p role="status" { (strings.no_paragraphs) } }
            @else {
                (summary(strings, [strings.draft_taken, strings.draft_paragraphs], &walked.sums(), walked.total()))
                div.onward {
                    (downloads(frame, &[("csv", strings.csv), ("xlsx", strings.xlsx)]))
                    (send_to(frame, "/proof", strings.proof_of_this))
                }
                div.draft-view.by-paragraph {
                    (outline(frame, &sections, &walked))
                    div {
                        (legend(strings, [strings.dropped, strings.inserted]))
                        ol.paragraphs {
                            @for (number, paragraph) in (walked.first..).zip(&walked.shown) {
                                (heading(&sections, number))
                                (entry(frame, number, paragraph, &documents))
                            }
                        }
                        (steps(frame, walked.before(), walked.after()))
                    }
                }
            }
        }
    }))
}

/// Returns the table of all paragraphs as a file, if the request asks for it.
///
/// # Errors
/// Those of comparing the draft.
pub(crate) fn table(
    index: &Index,
    frame: &Frame,
    draft: &Draft,
    filters: &Filters,
) -> Result<Option<Download>, Problem> {
    let format = match frame.value(FORMAT) {
        "csv" => CSV,
        "xlsx" => TableFormat::Xlsx,
        _ => return Ok(None),
    };
    let options = best_alone();
    let paragraphs = draft.paragraphs(index, filters, &options, 0..usize::MAX)?;
    let paragraphs = paragraphs.collect::<Result<Vec<Paragraph>, _>>()?;
    Download::table(&tables::paragraphs(&paragraphs), format, TABLE_NAME).map(Some)
}

/// Renders how much of a draft with `total` paragraphs was used before. The `templates` are those for words and for
/// paragraphs.
pub(crate) fn summary(strings: &Strings, templates: [&str; 2], sums: &Sums, total: usize) -> Markup {
    html! {
        div.card.sums role="status" {
            p { strong { (fill(templates[0], &[&sums.taken, &sums.syllables])) } " (" (sums.percent()) " %)" }
            (bar(sums.percent()))
            p.hint {
                (fill(templates[1], &[&sums.used, &sums.compared, &(sums.compared - sums.used)]))
                @if sums.compared < total { " " (fill(strings.draft_compared, &[&sums.compared, &total])) }
            }
        }
    }
}

/// Renders a share as a bar; the number stands beside it.
fn bar(percent: usize) -> Markup {
    html! {
        svg.share viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true" {
            rect.rest width="100" height="4" {}
            rect.bar width=(percent) height="4" {}
        }
    }
}

/// The paragraphs of a draft that follow one another under one heading.
pub(crate) struct DraftSection {
    /// Its heading; empty above the first.
    pub(crate) heading: String,
    /// Its depth in the outline, from 1.
    depth: usize,
    /// Number of its first paragraph, from 0.
    pub(crate) first: usize,
    /// Number of its paragraphs.
    count: usize,
}

impl DraftSection {
    /// Returns its heading for the outline.
    fn short_heading(&self, strings: &Strings) -> String {
        match self.heading.as_str() {
            "" => strings.introduction.to_owned(),
            heading => cut(heading, MAX_HEADING_CHARS),
        }
    }
}

/// Returns the sections of a draft with these paragraphs, in order. Notes belong to the section before them.
pub(crate) fn sections(passages: &[StoredPassage]) -> Vec<DraftSection> {
    let mut sections: Vec<DraftSection> = Vec::new();
    let mut last: Option<Option<&str>> = None;
    for (number, stored) in passages.iter().enumerate() {
        let record = &stored.record;
        let key = Some(record.section.as_deref());
        match sections.last_mut() {
            Some(current) if last == key || record.place == Place::Footnote => current.count += 1,
            _ => {
                let heading = record.section_path.last().map(String::as_str).unwrap_or_default();
                sections.push(DraftSection {
                    heading: in_normal_case(heading),
                    depth: record.section_path.len().max(1),
                    first: number,
                    count: 1,
                });
                last = key;
            }
        }
    }
    sections
}

/// Renders the heading of the section that begins with the paragraph of this number, if one does.
pub(crate) fn heading(sections: &[DraftSection], number: usize) -> Markup {
    let begins = |section: &&DraftSection| section.first == number && !section.heading.is_empty();
    html! {
        @if let Some(section) = sections.iter().find(begins) {
            li.section { h3 lang="vi" { (Untrusted(&section.heading)) } }
        }
    }
}

/// Renders the outline of a draft, with the share of each section that was used before.
pub(crate) fn outline(frame: &Frame, sections: &[DraftSection], walked: &Walked) -> Markup {
    let strings = frame.strings();
    let shown = walked.first..walked.first + walked.shown.len();
    html! {
        nav.contents aria-labelledby="outline-name" {
            details.beside {
                summary { h3 #outline-name { (strings.outline) } }
                ol {
                    @for section in sections {
                        @let heading = section.short_heading(strings);
                        @let page = section.first / PARAGRAPHS_PER_PAGE * PARAGRAPHS_PER_PAGE;
                        li class=(format!("depth-{}", section.depth.min(5))) {
                            @if shown.contains(&section.first) {
                                a href=(format!("#d{}", section.first + 1)) lang="vi" { (Untrusted(&heading)) }
                            } @else {
                                (again(frame, "offset", &page.to_string(), &clean(&heading)))
                            }
                            " " span.count { (share_of(&walked.used, section)) }
                        }
                    }
                }
            }
        }
    }
}

/// Returns the share of a section that was used before; nothing if it was not compared whole.
fn share_of(used: &[Option<Used>], section: &DraftSection) -> String {
    let mut sums = Sums::default();
    let paragraphs = used.iter().skip(section.first).take(section.count);
    paragraphs.flatten().for_each(|used| sums.add(*used));
    if sums.compared == section.count {
        format!("{} %", sums.percent())
    } else {
        "…".to_owned()
    }
}

/// Renders one paragraph of a draft.
fn entry(frame: &Frame, number: usize, paragraph: &Paragraph, documents: &Documents<'_>) -> Markup {
    let strings = frame.strings();
    let record = &paragraph.stored.record;
    let best = paragraph.precedents.matches.first();
    html! {
        li #{ "d" (number + 1) } value=(number + 1) {
            p.use {
                @match best {
                    None => span.badge.new { (strings.new_paragraph) },
                    Some(best) => {
                        strong { (fill(strings.used_before, &[&paragraph.taken, &paragraph.syllables])) }
                        " · " (fill(strings.share, &[&whole_percent(best.share())]))
                        " · " (distinctiveness_name(strings, best.distinctiveness))
                    }
                }
                @if record.page > 1 { " · " (fill(strings.page, &[&record.page])) }
            }
            p.words lang="vi" { (own_words(strings, record, best)) }
            @if let Some(best) = best { (precedent(frame, paragraph, best, documents)) }
        }
    }
}

/// Renders the words of a paragraph, those that its best precedent has too lit.
fn own_words(strings: &Strings, record: &PassageRecord, best: Option<&Precedent>) -> Markup {
    match best {
        Some(best) if best.given_reading.is_some() => Lit::given(best, &record.text).whole().render(false),
        _ => {
            let pieces = best.map_or(&[][..], |best| &best.source);
            let same = pieces.iter().filter(|piece| piece.kind == PieceKind::Same);
            let hits: Vec<Span> = same.map(|piece| Span::new(piece.at[0], piece.at[1])).collect();
            let highlights = Highlights {
                unsure: &[],
                hits: &hits,
            };
            text::highlighted(strings, &record.text, Span::new(0, record.text.len()), highlights)
        }
    }
}

/// Renders the best precedent of a paragraph, and the way to the others.
fn precedent(frame: &Frame, paragraph: &Paragraph, best: &Precedent, documents: &Documents<'_>) -> Markup {
    let strings = frame.strings();
    let record = &best.stored.record;
    let given = &paragraph.stored.record.text;
    let total = paragraph.precedents.total;
    html! {
        div.best {
            p.from {
                a href=(passage_address(frame, &record.document, &record.passage, &[])) lang="vi" {
                    (Untrusted(&cut(documents.name(&record.document), MAX_HEADING_CHARS)))
                }
            }
            (place_line(frame, record))
            p.words lang="vi" { (Lit::found(best).render(false)) }
            @if differs(best) {
                details.words-beside {
                    summary { (strings.word_by_word) }
                    p.hint { (closeness(strings, best)) }
                    (side_by_side([&html! { (strings.draft) }, &html! { (strings.found) }], best, given))
                }
            }
            (source(strings, record))
            @if total > 1 {
                p { (precedents_of(frame, given, &fill(strings.all_precedents, &[&total]))) }
            }
        }
    }
}
