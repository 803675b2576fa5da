//! The findings of a proof as a list: each with its verdict, what is right instead, and the way to its place.

use maud::{Markup, html};

use super::numbered::Numbered;
use crate::document::PartialDate;
use crate::http::page::parts::links::cited_address;
use crate::http::page::parts::registered;
use crate::http::page::shell::frame::Frame;
use crate::http::page::shell::untrusted::Untrusted;
use crate::proof::{Finding, ProofLine, Verdict};
use crate::register::{Register, RegisteredDocument};
use crate::render::language::dates::identity_text;
use crate::render::language::fill;
use crate::render::language::findings::finding_text;
use crate::render::language::labels::verdict_name;

/// Maximum number of citations without a finding that are listed.
const MAX_FINE: usize = 500;

/// Returns the classes of the badge of a verdict.
pub(super) const fn badge(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Agrees => "badge fine",
        Verdict::Unknown | Verdict::Ambiguous => "badge",
        _ => "badge wrong",
    }
}

/// Renders the list beside the draft.
pub(super) fn findings(frame: &Frame, numbered: &Numbered<'_>, register: &Register) -> Markup {
    let strings = frame.strings();
    html! {
        section.findings aria-labelledby="findings-name" {
            h3 #findings-name { (strings.findings) }
            @if numbered.cited.is_empty() && numbered.notes.is_empty() { p { (strings.no_findings) } }
            ol.plain {
                @for (number, line) in &numbered.cited { (cited(frame, *number, line, register)) }
                @for (number, finding) in &numbered.notes { (note(frame, *number, finding)) }
            }
            @if !numbered.fine.is_empty() {
                details.fine {
                    summary { (fill(strings.fine_citations, &[&numbered.fine.len()])) }
                    ul.plain {
                        @for line in numbered.fine.iter().take(MAX_FINE) {
                            li { (words(&line.raw)) " " (identity(frame, line, register)) }
                        }
                    }
                }
            }
        }
    }
}

/// Renders a citation with findings.
fn cited(frame: &Frame, number: usize, line: &ProofLine, register: &Register) -> Markup {
    let strings = frame.strings();
    html! {
        li.finding #{ "f" (number) } {
            p {
                a.number href={ "#t" (number) } title=(strings.to_place) { (number) } " "
                (words(&line.raw)) " "
                span class=(badge(line.verdict)) { (verdict_name(strings, line.verdict)) }
            }
            @for finding in &line.findings { p { (sentence(frame, finding)) } }
            p.hint { (fill(strings.proof_line, &[&line.lines[0]])) " " (identity(frame, line, register)) }
        }
    }
}

/// Renders a finding in the numbers of the notes.
fn note(frame: &Frame, number: usize, finding: &Finding) -> Markup {
    let strings = frame.strings();
    html! {
        li.finding #{ "f" (number) } {
            p {
                a.number href={ "#t" (number) } title=(strings.to_place) { (number) } " "
                span.badge.wrong { (strings.proof_notes) }
            }
            p { (sentence(frame, finding)) }
            p.hint { (fill(strings.proof_line, &[&finding.lines[0]])) }
        }
    }
}

/// Renders the sentence of a finding.
fn sentence(frame: &Frame, finding: &Finding) -> Markup {
    html! { (Untrusted(&finding_text(frame.lang, finding))) }
}

/// Renders the words of a citation.
fn words(raw: &str) -> Markup {
    let joined = raw.split_whitespace().collect::<Vec<_>>().join(" ");
    html! { strong lang="vi" { (Untrusted(&joined)) } }
}

/// Renders the document that a citation means, as a link to its row of the register, and the way to the places that
/// cite it.
fn identity(frame: &Frame, line: &ProofLine, register: &Register) -> Markup {
    let strings = frame.strings();
    let row = registered_row(line, register);
    let name = row.map(RegisteredDocument::identity).or_else(|| line.identity.clone());
    let name = name.as_deref().map(identity_text);
    let cited = line.symbol.as_deref().or(line.name.as_deref());
    html! {
        @if let Some(name) = name {
            "→ "
            @match row {
                Some(row) => a href=(registered::address(frame, row)) lang="vi" { (Untrusted(&name)) },
                None => span lang="vi" { (Untrusted(&name)) },
            }
        }
        @if let Some(cited) = cited {
            " · " a href=(cited_address(frame, cited)) { (strings.see_places) }
        }
    }
}

/// Returns the registered document that a citation means. If its date is wrong, that is the one of the right date.
fn registered_row<'r>(line: &ProofLine, register: &'r Register) -> Option<&'r RegisteredDocument> {
    let expected = line.findings.iter().flat_map(|finding| &finding.expected);
    let mut dates = expected.filter_map(|expected| expected.value.parse::<PartialDate>().ok());
    let key = line.symbol.as_deref().or(line.name.as_deref())?;
    let corrected = dates.find_map(|date| register.identified(&format!("{key} ngày {date}")));
    corrected.or_else(|| register.identified(line.identity.as_deref()?))
}
