//! The page of similar wording: a text or a passage, beside each passage that says the same, aligned word by word.

use maud::{Markup, html};

use super::parts::links::passage_address;
use super::parts::{pages, place_line};
use super::shell::documents::Documents;
use super::shell::frame::Frame;
use super::shell::query_string::PER_PAGE;
use super::shell::untrusted::{Untrusted, lines};
use super::shell::{self, AGAIN, hidden_language};
use crate::http::problem::Problem;
use crate::index::Index;
use crate::precedent::{
    self, AlignedPiece, MAX_TEXT_BYTES, PieceKind, Precedent, PrecedentOptions, Precedents, Question,
};
use crate::query::Filters;
use crate::render::language::labels::distinctiveness_name;
use crate::render::language::{Strings, fill};
use crate::render::terminal::precedents::{between, whole_percent};

/// The wording to compare.
pub(super) enum WordingSource {
    /// A pasted text.
    Text(String),
    /// The passage with this id.
    Passage(String),
}

impl WordingSource {
    /// Returns the wording that the parameters of `frame` name, if any. A text takes precedence over a passage.
    pub(super) fn of_frame(frame: &Frame) -> Option<Self> {
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

/// Renders the page with the box for a text and, if there is one, the answer.
///
/// # Errors
/// Those of [`precedent::precedents`], and an unknown passage.
pub(super) fn page(index: &Index, frame: &Frame, wording: Option<&WordingSource>) -> Result<Markup, Problem> {
    let strings = frame.strings();
    let too_long = matches!(wording, Some(WordingSource::Text(text)) if text.len() > MAX_TEXT_BYTES);
    let answer = match wording.filter(|_| !too_long) {
        None => html! {},
        Some(wording) => answer(index, frame, wording)?,
    };
    let typed = match wording {
        Some(WordingSource::Text(text)) => lines(text),
        _ => String::new(),
    };
    let content = html! {
        h1 { (strings.precedent) }
        p { (strings.precedent_about) }
        form method="post" action=(frame.page_url("/precedent")) {
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

/// Renders the matches.
fn answer(index: &Index, frame: &Frame, wording: &WordingSource) -> Result<Markup, Problem> {
    let strings = frame.strings();
    let given = match wording {
        WordingSource::Text(text) => Question::text(index, text)?,
        WordingSource::Passage(id) => Question::passage(index, id)?,
    };
    let options = PrecedentOptions {
        limit: PER_PAGE,
        // An edited URL with an invalid offset shows the first page.
        offset: frame.value("offset").parse().unwrap_or(0),
        ..PrecedentOptions::default()
    };
    let found = precedent::precedents(index, &given, &Filters::default(), &options)?;
    let documents = Documents::of(index)?;
    Ok(html! {
        section aria-labelledby="results" {
            h2 #results { (strings.results) }
            @if let WordingSource::Passage(id) = wording { (given_passage(index, frame, id, &documents)?) }
            p role="status" {
                @match (found.total, found.total_is_exact) {
                    (0, true) => (strings.no_precedent),
                    (0, false) => (fill(strings.no_precedent_compared, &[&found.compared])),
                    (total, true) => (fill(strings.passages, &[&total])),
                    (total, false) => (fill(strings.passages_at_least, &[&total])),
                }
            }
            @if found.total > 0 {
                (legend(strings))
                ol.hits start=(options.offset.saturating_add(1)) {
                    @for one in &found.matches { li { (match_entry(frame, one, given.as_str(), &documents)) } }
                }
                (paging(frame, &found, options.offset))
            }
        }
    })
}

/// Renders the passage to compare.
fn given_passage(index: &Index, frame: &Frame, id: &str, documents: &Documents<'_>) -> Result<Markup, Problem> {
    let record = index.passage(id)?.record;
    let strings = frame.strings();
    let name = documents.name(&record.document);
    Ok(html! {
        div.given {
            h3 {
                (strings.given) ": "
                a href=(passage_address(frame, &record.document, &record.passage, &[])) lang="vi" { (Untrusted(name)) }
            }
            (place_line(frame, &record))
            @if record.repaired.is_some() { p.label { (strings.repaired) } }
            p.words lang="vi" { (Untrusted(record.repaired.as_deref().unwrap_or(&record.text))) }
        }
    })
}

/// Renders the legend: each mark explained in its own style.
fn legend(strings: &Strings) -> Markup {
    html! {
        p.hint {
            (strings.legend) ": "
            em.changed { (strings.changed) } " · " ins { (strings.inserted) } " · " del { (strings.dropped) }
        }
    }
}

/// Renders one match beside the given wording.
fn match_entry(frame: &Frame, found: &Precedent, given: &str, documents: &Documents<'_>) -> Markup {
    let strings = frame.strings();
    let record = &found.stored.record;
    let name = documents.name(&record.document);
    html! {
        article.hit {
            h3 {
                a href=(passage_address(frame, &record.document, &record.passage, &[])) lang="vi" { (Untrusted(name)) }
            }
            (place_line(frame, record))
            p.hint {
                (fill(strings.share, &[&whole_percent(found.share())])) " · "
                (fill(strings.syllables, &[&found.matched_syllables, &found.given_syllables])) " · "
                (fill(strings.passage_syllables, &[&found.passage_syllables])) " · "
                (distinctiveness_name(strings, found.distinctiveness))
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
            } @else if let Some(letters) = &record.letters {
                details.source {
                    summary { (strings.see_source) }
                    p lang="vi" { (Untrusted(letters)) }
                }
            }
        }
    }
}

/// Renders one side of an alignment, with an element for each kind of difference. `as_source` selects the source text
/// of repaired words.
fn aligned(pieces: &[AlignedPiece], text: &str, as_source: bool) -> Markup {
    // Between two pieces is text that was not compared, punctuation for example.
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

/// Renders the way to the previous and the next matches: links, or buttons that post the text again, if it is too long
/// for a URL.
fn paging(frame: &Frame, found: &Precedents, offset: usize) -> Markup {
    let strings = frame.strings();
    let before = (offset > 0).then(|| offset.saturating_sub(PER_PAGE));
    let next = offset.saturating_add(PER_PAGE);
    let after = (next < found.total).then_some(next);
    if !frame.posted {
        let to = |offset: usize| frame.url_with("offset", (offset > 0).then(|| offset.to_string()).as_deref());
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
