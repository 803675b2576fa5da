//! The proof of a draft as terminal text: each citation with what was found, and the counts.

use std::io::{self, Write};

use super::listing::block;
use super::{Screen, TextStyle};
use crate::proof::{Finding, Proof, ProofLine};
use crate::render::language::dates::identity_text;
use crate::render::language::findings::finding_text;
use crate::render::language::labels::verdict_name;
use crate::render::language::{Lang, fill};
use crate::text::clean;

/// Writes the citations of `proof` with findings, or `all` of them, the findings in the numbers of notes, and the counts.
///
/// # Errors
/// Those of `out`.
pub fn proof(out: &mut dyn Write, screen: Screen, proof: &Proof, all: bool) -> io::Result<()> {
    let mut shown = false;
    for line in proof.citations.iter().filter(|line| all || !line.findings.is_empty()) {
        citation(out, screen, line)?;
        shown = true;
    }
    if !proof.notes.is_empty() {
        writeln!(
            out,
            "{}",
            screen.palette.paint(TextStyle::Title, screen.strings().proof_notes)
        )?;
        for found in &proof.notes {
            finding(out, screen, found)?;
        }
        shown = true;
    }
    if shown {
        writeln!(out)?;
    }
    summary(out, screen, proof)
}

/// Writes a citation: its line, its words, its verdict and the document that it means, and under it the findings.
fn citation(out: &mut dyn Write, screen: Screen, line: &ProofLine) -> io::Result<()> {
    let strings = screen.strings();
    let address = fill(strings.proof_line, &[&line.lines[0]]);
    let raw = line.raw.split_whitespace().collect::<Vec<_>>().join(" ");
    let style = if line.verdict.fails() {
        TextStyle::Warning
    } else {
        TextStyle::Dim
    };
    let verdict = verdict_name(strings, line.verdict);
    let identity = line.identity.as_ref().map(|identity| identity_text(identity));
    let mut pieces = vec![
        (address.as_str(), Some(TextStyle::Address)),
        ("  ", None),
        (raw.as_str(), Some(TextStyle::Hit)),
        ("  ", None),
        (verdict, Some(style)),
    ];
    if let Some(identity) = &identity {
        pieces.extend([("  ", None), (identity.as_str(), Some(TextStyle::Dim))]);
    }
    block(out, screen, ["", "    "], &pieces)?;
    line.findings.iter().try_for_each(|found| finding(out, screen, found))
}

/// Writes one finding.
fn finding(out: &mut dyn Write, screen: Screen, finding: &Finding) -> io::Result<()> {
    let message = clean(&finding_text(screen.lang, finding)).into_owned();
    let kind = match screen.lang {
        Lang::En => format!("{}: ", finding.finding.name()),
        // The sentence begins with it.
        Lang::Vi => String::new(),
    };
    let style = if finding.finding.verdict().fails() {
        TextStyle::Warning
    } else {
        TextStyle::Dim
    };
    let pieces = [(kind.as_str(), Some(style)), (message.as_str(), None)];
    block(out, screen, ["  ", "    "], &pieces)
}

/// Writes the counts of a proof.
fn summary(out: &mut dyn Write, screen: Screen, proof: &Proof) -> io::Result<()> {
    let (summary, strings) = (&proof.summary, screen.strings());
    let verdicts = summary.verdicts.iter().filter(|(_, count)| **count > 0);
    let mut counts: Vec<String> = verdicts
        .map(|(verdict, count)| format!("{count} {}", verdict_name(strings, *verdict)))
        .collect();
    if summary.notes > 0 {
        counts.push(fill(strings.proof_note_count, &[&summary.notes]));
    }
    let mut line = fill(strings.proof_count, &[&summary.citations]);
    if !counts.is_empty() {
        line = format!("{line} ({})", counts.join(", "));
    }
    block(out, screen, ["", "  "], &[(&line, Some(TextStyle::Count))])
}
