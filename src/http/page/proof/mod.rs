//! The page that checks the citations and note numbers of a draft: each finding at its place, and a list of them.
//!
//! [`text`] shows the draft with its citations lit, [`list`] what was found about each.

mod list;
mod numbered;
mod text;

use maud::{Markup, html};

use super::parts::draft::{Answered, FORMAT, GivenDraft, alert, downloads, form, send_to, tabs, title};
use super::shell;
use super::shell::frame::Frame;
use super::shell::untrusted::Untrusted;
use crate::http::app::Derived;
use crate::http::download::{CSV, Download};
use crate::http::problem::Problem;
use crate::index::Index;
use crate::precedent::Draft;
use crate::proof::Proof;
use crate::render::json::ProofSummaryLine;
use crate::render::language::labels::verdict_name;
use crate::render::language::{Strings, fill};
use crate::render::table_file::TableFormat;
use crate::render::tables;
use numbered::Numbered;

/// The name of a downloaded proof, without its ending.
const FILE_STEM: &str = "proof";

/// Answers a request: with the form alone, with the proof of a draft, or with its findings as a file.
///
/// # Errors
/// Those of reading the draft and the index.
pub(super) fn answer(index: &Index, derived: &Derived, frame: &Frame) -> Result<Answered, Problem> {
    let strings = frame.strings();
    let Some(given) = GivenDraft::of(frame)? else {
        let note = frame.posted.then_some(strings.nothing_given);
        return Ok(Answered::Page(page(
            frame,
            false,
            &html! {
                @if let Some(note) = note { p.told role="alert" { (note) } }
                (given_form(frame, false))
            },
        )));
    };
    let draft = given.read(index)?;
    let proof = derived.citations(index)?.proofread_parsed(draft.parsed());
    if let Some(file) = file(frame, &proof)? {
        return Ok(Answered::File(file));
    }
    let register = index.register()?;
    let numbered = Numbered::of(&proof);
    let shown = html! {
        section.drafted aria-labelledby="results" {
            h2 #results { (strings.results) ": " span lang="vi" { (Untrusted(title(frame, strings))) } }
            (counts(strings, &proof))
            div.onward {
                (downloads(frame, &[("csv", strings.csv), ("xlsx", strings.xlsx), ("jsonl", strings.jsonl)]))
                (send_to(frame, "/precedent", strings.precedents_of_this))
            }
            div.draft-view.proof {
                (list::findings(frame, &numbered, &register))
                (proofed(frame, &draft, &numbered))
            }
        }
        (given_form(frame, true))
    };
    Ok(Answered::Page(page(frame, true, &shown)))
}

/// Renders the page with the reason why a draft was not read above its form.
pub(super) fn refused(frame: &Frame, problem: &Problem) -> Markup {
    page(
        frame,
        false,
        &html! { (alert(frame, Some(problem))) (given_form(frame, false)) },
    )
}

/// Renders the page around its content.
fn page(frame: &Frame, is_answered: bool, content: &Markup) -> Markup {
    let strings = frame.strings();
    let content = html! {
        h1 { (strings.check_draft) }
        @if !is_answered { p.lead { (strings.proof_about) } }
        (tabs(frame))
        (content)
    };
    shell::described_page(frame, strings.check_draft, strings.proof_about, &content)
}

/// Renders the form for a draft.
fn given_form(frame: &Frame, is_answered: bool) -> Markup {
    let strings = frame.strings();
    let buttons = html! { button type="submit" { (strings.check) } };
    form(frame, strings.paste_draft, &buttons, is_answered)
}

/// Returns the proof as a file, if the request asks for one: JSON Lines as the command writes them, or a table.
///
/// # Errors
/// `internal` if it cannot be written.
fn file(frame: &Frame, proof: &Proof) -> Result<Option<Download>, Problem> {
    let table = |format| Download::table(&tables::proof(proof, true), format, FILE_STEM).map(Some);
    match frame.value(FORMAT) {
        "csv" => table(CSV),
        "xlsx" => table(TableFormat::Xlsx),
        "jsonl" => json_lines(proof).map(Some),
        _ => Ok(None),
    }
}

/// Returns the proof as JSON Lines.
fn json_lines(proof: &Proof) -> Result<Download, Problem> {
    let failed = |error: serde_json::Error| {
        tracing::error!(%error, "cannot serialize a proof");
        Problem::internal()
    };
    let mut bytes = Vec::new();
    for line in &proof.citations {
        serde_json::to_writer(&mut bytes, line).map_err(failed)?;
        bytes.push(b'\n');
    }
    serde_json::to_writer(&mut bytes, &ProofSummaryLine::of(proof)).map_err(failed)?;
    bytes.push(b'\n');
    Ok(Download {
        bytes,
        media_type: "application/jsonl",
        name: format!("{FILE_STEM}.jsonl"),
    })
}

/// Renders the counts by verdict.
fn counts(strings: &Strings, proof: &Proof) -> Markup {
    let verdicts = proof.summary.verdicts.iter().rev().filter(|(_, count)| **count > 0);
    html! {
        div.card.sums role="status" {
            p { strong { (if proof.summary.failed { strings.proof_failed } else { strings.proof_passed }) } }
            ul.verdicts {
                li { (fill(strings.proof_count, &[&proof.summary.citations])) }
                @for (verdict, count) in verdicts {
                    li { span class=(list::badge(*verdict)) { (count) " " (verdict_name(strings, *verdict)) } }
                }
                @if proof.summary.notes > 0 {
                    li { span.badge.wrong { (fill(strings.proof_note_count, &[&proof.summary.notes])) } }
                }
            }
        }
    }
}

/// Renders the draft with its citations lit.
fn proofed(frame: &Frame, draft: &Draft, numbered: &Numbered<'_>) -> Markup {
    let strings = frame.strings();
    let words = &draft.parsed().document.text;
    html! {
        article.draft-text aria-labelledby="draft-name" lang="vi" {
            h3 #draft-name lang=(frame.lang.code()) { (strings.text_of_draft) }
            (text::lit(strings, words, numbered))
        }
    }
}
