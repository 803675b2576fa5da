//! The proof of a draft as terminal text: each citation with what was found, and the counts.

use std::io::{self, Write};

use super::{Screen, TextStyle, wrap};
use crate::proof::{Finding, Proof, ProofLine};
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
        writeln!(out, "{}", screen.palette.paint(TextStyle::Title, "Notes"))?;
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
    let palette = screen.palette;
    let address = format!("line {}", line.lines[0]);
    let raw = line.raw.split_whitespace().collect::<Vec<_>>().join(" ");
    let style = if line.verdict.fails() {
        TextStyle::Warning
    } else {
        TextStyle::Dim
    };
    let verdict = line.verdict.name();
    let mut pieces = vec![
        (address.as_str(), Some(TextStyle::Address)),
        ("  ", None),
        (raw.as_str(), Some(TextStyle::Hit)),
        ("  ", None),
        (verdict, Some(style)),
    ];
    if let Some(identity) = &line.identity {
        pieces.extend([("  ", None), (identity.as_str(), Some(TextStyle::Dim))]);
    }
    for (index, line) in wrap(&pieces, screen.columns.saturating_sub(4), palette)
        .iter()
        .enumerate()
    {
        writeln!(out, "{}{line}", if index == 0 { "" } else { "    " })?;
    }
    line.findings.iter().try_for_each(|found| finding(out, screen, found))
}

/// Writes one finding.
fn finding(out: &mut dyn Write, screen: Screen, finding: &Finding) -> io::Result<()> {
    let message = clean(&finding.message);
    let kind = format!("{}: ", finding.finding.name());
    let style = if finding.finding.verdict().fails() {
        TextStyle::Warning
    } else {
        TextStyle::Dim
    };
    let pieces = [(kind.as_str(), Some(style)), (&*message, None)];
    for (index, line) in wrap(&pieces, screen.columns.saturating_sub(4), screen.palette)
        .iter()
        .enumerate()
    {
        writeln!(out, "{}{line}", if index == 0 { "  " } else { "    " })?;
    }
    Ok(())
}

/// Writes the counts of a proof.
fn summary(out: &mut dyn Write, screen: Screen, proof: &Proof) -> io::Result<()> {
    let summary = &proof.summary;
    let verdicts = summary.verdicts.iter().filter(|(_, count)| **count > 0);
    let mut counts: Vec<String> = verdicts
        .map(|(verdict, count)| format!("{count} {}", verdict.name()))
        .collect();
    if summary.notes > 0 {
        counts.push(format!("{} in the numbers of notes", summary.notes));
    }
    let citations = match summary.citations {
        1 => "1 citation".to_owned(),
        count => format!("{count} citations"),
    };
    let counts = if counts.is_empty() {
        String::new()
    } else {
        format!(": {}", counts.join(", "))
    };
    writeln!(
        out,
        "{}",
        screen.palette.paint(TextStyle::Count, format!("{citations}{counts}"))
    )
}
