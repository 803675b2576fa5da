//! Notes: their lines, and the word that calls each.

use vankien::document::Document;
use vankien::text::Lines;

use super::{Score, table};

/// Scores the notes of `document`.
pub(crate) fn score(id: &str, document: &Document) -> Vec<Score> {
    let lines = Lines::of(&document.text);
    let mut body = Score::new("footnotes/body", id);
    let mut anchor = Score::new("footnotes/anchor", id);
    let mut page = Score::new("footnotes/page", id);
    let mut precision = Score::new("footnotes/precision", id);
    let rows: Vec<_> = table(include_str!("../../gold/footnotes.tsv"))
        .into_iter()
        .filter(|row| row["doc"] == id)
        .collect();
    for row in &rows {
        let number: usize = row["number"].parse().unwrap();
        let note = document.footnotes.iter().find(|note| note.number == number);
        let span = note.map(|note| {
            let first = document.passages[note.passages[0]].extent();
            note.passages
                .iter()
                .fold(first, |span, &passage| span.cover(document.passages[passage].extent()))
        });
        let shown = span.map(|span| {
            let text = span.slice(&document.text);
            let (head, tail) = (text.len() - text.trim_start().len(), text.trim_end().len());
            [
                lines.number_at(span.start + head),
                lines.number_at(span.start + tail - 1),
            ]
            .map(|line| line.to_string())
        });
        let wanted = [row["body_first_line"].to_owned(), row["body_last_line"].to_owned()];
        body.count(shown.as_ref() == Some(&wanted), || {
            format!("{number}: {shown:?} for {wanted:?}")
        });
        let called = note.and_then(|note| note.anchor.as_ref());
        let called = called.map(|anchor| {
            (
                lines.number_at(anchor.word.start).to_string(),
                anchor.word.slice(&document.text),
            )
        });
        let fits = called
            .as_ref()
            .is_some_and(|(line, word)| line == row["anchor_line"] && word.starts_with(row["anchor_raw"]));
        anchor.count(fits, || {
            format!("{number}: {called:?} for {} {}", row["anchor_line"], row["anchor_raw"])
        });
        let shown = note.map_or(0, |note| note.page).to_string();
        page.count(shown == row["page"], || {
            format!("{number}: page {shown} for {}", row["page"])
        });
    }
    for note in &document.footnotes {
        let wanted = rows.iter().any(|row| row["number"].parse() == Ok(note.number));
        precision.count(wanted, || format!("{}: no such note", note.number));
    }
    vec![body, anchor, page, precision]
}
