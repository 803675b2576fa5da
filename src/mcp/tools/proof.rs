//! The tool `proof`: the citations of a draft, checked.

use std::fmt::Write as _;

use serde::Serialize;

use super::citations::TEXT;
use super::schema::schema_of;
use super::tool::{Answer, ListPart, PART, Tool, goes_on};
use crate::http::params::Params;
use crate::http::{Derived, Problem};
use crate::index::Index;
use crate::proof::{Finding, ProofLine, ProofSummary, Verdict};
use crate::text::clean;

/// The tool.
pub(super) const PROOF: Tool = Tool {
    name: "proof",
    title: "Check the citations of a draft",
    about: "Check the citations and note numbers of a draft against the register of central documents, the index and the \
            rest of the draft: wrong dates, issuers, symbols, documents that were replaced. A verdict for each citation, \
            with the findings behind it. `unknown` means that nothing is known, not that it is wrong.",
    known: &[&[TEXT], &PART],
    required: &["text"],
    output: schema_of::<ProofAnswer>,
    answer,
};

/// The proof of a draft.
#[derive(Serialize, utoipa::ToSchema)]
struct ProofAnswer {
    /// The counts over the whole draft.
    summary: ProofSummary,
    /// The citations of this part, in order.
    citations: Vec<ProofLine>,
    /// The findings in the numbers of the notes.
    notes: Vec<Finding>,
    /// The `offset` of the next citations; null at the end.
    next_offset: Option<usize>,
}

/// Answers the tool.
fn answer(index: &Index, derived: &Derived, params: &Params) -> Result<Answer, Problem> {
    let text = params.required(TEXT.name)?.to_owned();
    let proof = derived.citations(index)?.proofread(index, text)?;
    let part = ListPart::of(params);
    let total = proof.citations.len();
    let citations = part.take(proof.citations);
    let answer = ProofAnswer {
        next_offset: part.next(citations.len(), total),
        citations,
        notes: proof.notes,
        summary: proof.summary,
    };
    let verdict = if answer.summary.failed {
        "the draft needs correction"
    } else {
        "nothing is known to be wrong"
    };
    let mut text = format!("Citations: {total}; {verdict}.\n");
    for citation in &answer.citations {
        write_citation(&mut text, citation);
    }
    for note in &answer.notes {
        let _ = writeln!(text, "\nnotes, line {}: {}", note.lines[0], clean(&note.message));
    }
    text.push_str(&goes_on(answer.next_offset, total));
    Answer::of(text, &answer)
}

/// Writes a citation with its verdict and its findings.
fn write_citation(text: &mut String, citation: &ProofLine) {
    let verdict = match citation.verdict {
        Verdict::Unknown => "unknown: neither the register nor the index has it",
        verdict => verdict.name(),
    };
    let _ = writeln!(
        text,
        "\nline {}: “{}” — {verdict}",
        citation.lines[0],
        clean(&citation.raw)
    );
    for finding in &citation.findings {
        let _ = writeln!(text, "  {}", clean(&finding.message));
        for expected in &finding.expected {
            let _ = writeln!(text, "  {} has: {}", expected.source.name(), clean(&expected.value));
        }
    }
}
