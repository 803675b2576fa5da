//! The page of similar wording: a text, a passage or a whole draft, beside what says the same in the collection.
//!
//! [`wording`] answers for one text or passage, [`draft`] for a draft, paragraph by paragraph. [`walk`] compares a
//! draft within a limit of time, [`lit`] shows shared words in their sentences; the page that compares two documents
//! uses both.

pub(super) mod draft;
pub(super) mod lit;
pub(super) mod walk;
mod wording;

use maud::{Markup, html};

pub(super) use wording::{closeness, head_line};

use super::parts::draft::{Answered, GivenDraft, TEXT, alert, form, tabs};
use super::shell;
use super::shell::frame::Frame;
use super::shell::query_string::SearchUrl;
use crate::http::problem::Problem;
use crate::index::Index;
use crate::precedent::{MAX_TEXT_BYTES, Question};
use wording::PASSAGE;

/// The parameter that asks for the paragraphs of a text one by one.
const BY: &str = "by";

/// Its only value.
const PARAGRAPH: &str = "paragraph";

/// Answers a request: with the form alone, with the precedents of a text or passage, or with those of a draft.
///
/// # Errors
/// Those of reading the draft and the index; an unknown passage; `invalid-value` for a filter.
pub(super) fn answer(index: &Index, frame: &Frame) -> Result<Answered, Problem> {
    let strings = frame.strings();
    let filters = SearchUrl::of_frame(frame).resolved_filters(index)?;
    let passage = frame.value(PASSAGE);
    let (answer, note) = match GivenDraft::of(frame)? {
        None if passage.is_empty() => {
            // Somebody pressed the button before choosing anything.
            let note = frame.posted.then_some(strings.nothing_given);
            return Ok(Answered::Page(page(
                frame,
                &html! {
                    @if let Some(note) = note { p.told role="alert" { (note) } }
                    (given_form(frame, false))
                },
            )));
        }
        None => {
            let question = Question::passage(index, passage)?;
            (wording::answer(index, frame, &question, &filters)?, None)
        }
        Some(GivenDraft::Text(text)) if frame.value(BY) != PARAGRAPH && text.len() <= MAX_TEXT_BYTES => {
            let question = Question::text(index, &text)?;
            (wording::answer(index, frame, &question, &filters)?, None)
        }
        Some(given) => {
            let is_long = matches!(&given, GivenDraft::Text(_)) && frame.value(BY) != PARAGRAPH;
            let draft = given.read(index)?;
            match draft::answer(index, frame, &draft, &filters)? {
                Answered::Page(page) => (page, is_long.then_some(strings.long_by_paragraph)),
                file @ Answered::File(_) => return Ok(file),
            }
        }
    };
    Ok(Answered::Page(page(
        frame,
        &html! {
            @if let Some(note) = note { p.told { (note) } }
            (answer)
            (given_form(frame, true))
        },
    )))
}

/// Renders the page with the reason why a draft was not read above its form.
pub(super) fn refused(frame: &Frame, problem: &Problem) -> Markup {
    page(
        frame,
        &html! { (alert(frame, Some(problem))) (given_form(frame, false)) },
    )
}

/// Renders the page around its content.
fn page(frame: &Frame, content: &Markup) -> Markup {
    let strings = frame.strings();
    let is_answered = frame.has(TEXT) || frame.has(PASSAGE) || frame.posted;
    let content = html! {
        h1 { (strings.precedent) }
        @if !is_answered { p.lead { (strings.precedent_about) } }
        (tabs(frame))
        (content)
    };
    shell::described_page(frame, strings.precedent, strings.precedent_about, &content)
}

/// Renders the form for a text or a draft.
fn given_form(frame: &Frame, is_answered: bool) -> Markup {
    let strings = frame.strings();
    let buttons = html! {
        button type="submit" { (strings.compare) }
        button.quiet type="submit" name=(BY) value=(PARAGRAPH) { (strings.each_paragraph) }
    };
    form(frame, strings.paste, &buttons, is_answered)
}
