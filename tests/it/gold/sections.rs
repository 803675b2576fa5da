//! Headings: found at their line, with label, title, level, kind and term.

use vankien::document::Document;
use vankien::text::{Lines, fold};

use super::{Score, table};

/// Scores the sections of `document`.
pub(crate) fn score(id: &str, document: &Document) -> Vec<Score> {
    let lines = Lines::of(&document.text);
    let rows: Vec<_> = table(include_str!("../../gold/sections.tsv"))
        .into_iter()
        .filter(|row| row["doc"] == id)
        .collect();
    let found: Vec<(usize, usize)> = document
        .sections
        .iter()
        .enumerate()
        .map(|(index, section)| (first_line(document, &lines, section.span.start), index))
        .collect();
    let mut recall = Score::new("sections/recall", id);
    let mut label = Score::new("sections/label", id);
    let mut title = Score::new("sections/title", id);
    let mut level = Score::new("sections/level", id);
    let mut kind = Score::new("sections/kind", id);
    let mut term = Score::new("sections/term", id);
    for row in &rows {
        let line: usize = row["line"].parse().unwrap();
        let section = found
            .iter()
            .find(|(at, _)| *at == line)
            .map(|(_, index)| &document.sections[*index]);
        recall.count(section.is_some(), || {
            format!("{line}: {} {} not found", row["label"], row["title"])
        });
        let Some(section) = section else { continue };
        let clean = document.metadata.quality == vankien::reading::Quality::Clean;
        let comparable = |text: &str| if clean { text.to_owned() } else { fold(text) };
        label.count(section.label == row["label"], || {
            format!("{line}: {:?} for {:?}", section.label, row["label"])
        });
        title.count(comparable(&section.title) == comparable(row["title"]), || {
            format!("{line}: {:?} for {:?}", section.title, row["title"])
        });
        level.count(section.level().to_string() == row["level"], || {
            format!("{line}: {} for {}", section.level(), row["level"])
        });
        kind.count(section.kind.name() == row["kind"], || {
            format!("{line}: {} for {}", section.kind.name(), row["kind"])
        });
        let given = row.get("term").copied().unwrap_or("");
        let shown = section.term.as_deref().unwrap_or("");
        term.count(shown == given, || format!("{line}: {shown} for {given}"));
    }
    let mut precision = Score::new("sections/precision", id);
    for (line, index) in found {
        let wanted = rows.iter().any(|row| row["line"].parse() == Ok(line));
        let section = &document.sections[index];
        precision.count(wanted, || {
            format!("{line}: {} {} is no heading", section.label, section.title)
        });
    }
    vec![recall, precision, label, title, level, kind, term]
}

/// The line of the first char that is no blank at byte `at` or behind it.
fn first_line(document: &Document, lines: &Lines, at: usize) -> usize {
    let rest = &document.text[at..];
    lines.number_at(at + rest.len() - rest.trim_start().len())
}
