//! Precedent wording: a text or a passage, and beside it those that say the same, word by word.

use maud::{Markup, html};

use super::parts::{anchor, pages, place_line};
use super::shell::frame::{self, Frame};
use super::shell::labels::{Documents, documents, name_of};
use super::shell::language::{Strings, fill};
use super::shell::untrusted::{Untrusted, lines};
use super::shell::{self, AGAIN, hidden_language};
use crate::http::problem::Problem;
use crate::index::Index;
use crate::precedent::{self, Given, Options, Piece, PieceKind, Precedent, Precedents};
use crate::query::Filters;
use crate::render::terminal::precedents::between;

/// The most bytes of a text that is compared on a page; a whole draft goes through `vankien precedent --file`.
pub(super) const MAX_TEXT_BYTES: usize = 100_000;

/// Matches on a page.
const PER_PAGE: usize = 10;

/// What precedents are looked for.
pub(super) enum WordingSource {
    /// Of a text that was pasted.
    Text(String),
    /// Of the passage with this id.
    Passage(String),
}

impl WordingSource {
    /// What the parameters of `frame` ask for; nothing where they name neither a text nor a passage.
    pub(super) fn on(frame: &Frame) -> Option<Self> {
        let (text, passage) = (frame.value("text"), frame.value("passage"));
        if !text.is_empty() {
            Some(Self::Text(text.to_owned()))
        } else if !passage.is_empty() {
            Some(Self::Passage(passage.to_owned()))
        } else {
            None
        }
    }
}

/// The page with the box and what was found; `frame` is that of an address that leads to it.
///
/// # Errors
/// Those of [`precedent::precedents`], and a passage that is not there.
pub(super) fn page(index: &Index, frame: &Frame, wanted: Option<&WordingSource>) -> Result<Markup, Problem> {
    let strings = frame.strings();
    let too_long = matches!(wanted, Some(WordingSource::Text(text)) if text.len() > MAX_TEXT_BYTES);
    let answer = match wanted.filter(|_| !too_long) {
        None => html! {},
        Some(wanted) => answer(index, frame, wanted)?,
    };
    let typed = match wanted {
        Some(WordingSource::Text(text)) => lines(text),
        _ => String::new(),
    };
    let content = html! {
        h1 { (strings.precedent) }
        p { (strings.precedent_about) }
        form method="post" action=(frame.to_page("/precedent")) {
            label for="text" { (strings.paste) }
            textarea #text name="text" maxlength=(MAX_TEXT_BYTES) lang="vi" required { (typed) }
            (hidden_language(frame))
            p { button type="submit" { (strings.compare) } }
        }
        @if too_long { p role="alert" { (fill(strings.too_long, &[&MAX_TEXT_BYTES])) } }
        (answer)
    };
    Ok(shell::page(frame, strings.precedent, &content))
}

/// What was found.
fn answer(index: &Index, frame: &Frame, wanted: &WordingSource) -> Result<Markup, Problem> {
    let strings = frame.strings();
    let given = match wanted {
        WordingSource::Text(text) => Given::text(index, text)?,
        WordingSource::Passage(id) => Given::passage(index, id)?,
    };
    let options = Options {
        limit: PER_PAGE,
        offset: frame.value("offset").parse().unwrap_or(0),
        ..Options::default()
    };
    let found = precedent::precedents(index, &given, &Filters::default(), &options)?;
    let documents = documents(index)?;
    Ok(html! {
        section aria-labelledby="results" {
            h2 #results { (strings.results) }
            @if let WordingSource::Passage(id) = wanted { (asked_passage(index, frame, id, &documents)?) }
            p role="status" {
                @if found.total == 0 { (strings.no_precedent) } @else { (fill(strings.passages, &[&found.total])) }
            }
            @if found.total > 0 {
                (legend(strings))
                ol.hits start=(options.offset + 1) {
                    @for one in &found.matches { li { (matched(frame, one, given.as_str(), &documents)) } }
                }
                (paging(frame, &found, options.offset))
            }
        }
    })
}

/// The passage whose precedents are looked for.
fn asked_passage(index: &Index, frame: &Frame, id: &str, documents: &Documents<'_>) -> Result<Markup, Problem> {
    let record = index.passage(id)?.record;
    let strings = frame.strings();
    let name = name_of(documents, &record.document);
    Ok(html! {
        div.given {
            h3 {
                (strings.given) ": "
                a href={ (frame.to_page(&frame::document(&record.document))) "#" (anchor(&record.passage)) } lang="vi" { (Untrusted(name)) }
            }
            (place_line(frame, &record))
            @if record.repaired.is_some() { p.label { (strings.repaired) } }
            p.words lang="vi" { (Untrusted(record.repaired.as_deref().unwrap_or(&record.text))) }
        }
    })
}

/// How words are marked, in the marks themselves.
fn legend(strings: &Strings) -> Markup {
    html! {
        p.hint {
            (strings.legend) ": "
            em.changed { (strings.changed) } " · " ins { (strings.inserted) } " · " del { (strings.dropped) }
        }
    }
}

/// One passage beside what was given.
fn matched(frame: &Frame, found: &Precedent, given: &str, documents: &Documents<'_>) -> Markup {
    let strings = frame.strings();
    let record = &found.stored.record;
    let name = name_of(documents, &record.document);
    html! {
        article.hit {
            h3 {
                a href={ (frame.to_page(&frame::document(&record.document))) "#" (anchor(&record.passage)) } lang="vi" { (Untrusted(name)) }
            }
            (place_line(frame, record))
            p.hint {
                (fill(strings.score, &[&format_args!("{:.0}", found.score * 100.0)])) " · "
                (fill(strings.syllables, &[&found.matched_syllables]))
            }
            div.aligned {
                div { h4 { (strings.given) } p lang="vi" { (aligned(&found.source, given, false)) } }
                div { h4 { (strings.found) } p lang="vi" { (aligned(&found.found, &record.text, false)) } }
            }
            @if found.found.iter().any(|piece| piece.repaired.is_some()) {
                details.source {
                    summary { (strings.see_source) }
                    p lang="vi" { (aligned(&found.found, &record.text, true)) }
                }
            }
        }
    }
}

/// One side of an alignment, as it reads or as the source has it; what is not the same by its element.
fn aligned(pieces: &[Piece], text: &str, as_source: bool) -> Markup {
    let ends = std::iter::once(None).chain(pieces.iter().map(|piece| Some(piece.at[1])));
    html! {
        @for (piece, end) in pieces.iter().zip(ends) {
            @if let Some(end) = end { (Untrusted(&between(text, end, piece.at[0]))) }
            @let shown = html! {
                (Untrusted(piece.repaired.as_deref().filter(|_| !as_source).unwrap_or(&piece.text)))
            };
            @match piece.kind {
                PieceKind::Same => (shown),
                PieceKind::Changed => em.changed { (shown) },
                PieceKind::Inserted => ins { (shown) },
                PieceKind::Dropped => del { (shown) },
            }
        }
    }
}

/// The way to the matches before and after these: links, or buttons that post the text once more.
fn paging(frame: &Frame, found: &Precedents, offset: usize) -> Markup {
    let strings = frame.strings();
    let before = (offset > 0).then(|| offset.saturating_sub(PER_PAGE));
    let next = offset.saturating_add(PER_PAGE);
    let after = (next < found.total).then_some(next);
    if !frame.posted {
        let to = |offset: usize| frame.with("offset", (offset > 0).then(|| offset.to_string()).as_deref());
        return pages(frame, before.map(to).as_deref(), after.map(to).as_deref());
    }
    let button = |offset: Option<usize>, label: &str| {
        html! {
            @if let Some(offset) = offset { button type="submit" form=(AGAIN) name="offset" value=(offset) { (label) } }
        }
    };
    html! {
        @if before.is_some() || after.is_some() {
            nav.paging aria-label=(strings.paging) {
                (button(before, &format!("← {}", strings.earlier)))
                (button(after, &format!("{} →", strings.later)))
            }
        }
    }
}
