//! Pictures of who cites what, as SVG made on the server, each with a table that says the same.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use maud::{Markup, html};

use crate::concordance::Cited;
use crate::http::page::parts::links::{cited_address, cited_link};
use crate::http::page::parts::short_names::{label, short_names};
use crate::http::page::shell::frame::{self, Frame};
use crate::http::page::shell::labels::{Documents, name_of};
use crate::http::page::shell::language::fill;
use crate::http::page::shell::untrusted::Untrusted;
use crate::record::CitedAt;
use crate::text::clean;

/// Columns of the matrix: the most cited documents.
const COLUMNS: usize = 18;

/// Rows of the matrix: the documents that cite them most.
const ROWS: usize = 30;

/// Years of the timeline, the latest.
const YEARS: usize = 30;

/// Side of a cell of the matrix, in pixels of the picture.
const CELL: usize = 30;

/// Room for the names of rows and above the columns, in pixels of the picture, and the chars that fit in it.
const NAMES: usize = 190;
const NAME_CHARS: usize = 28;
const HEADS: usize = 140;
const HEAD_CHARS: usize = 22;

/// Which document cites which: a row for each citing document, a column for each of the most cited ones.
pub(crate) fn matrix(frame: &Frame, rows: &[Cited], places: &[CitedAt], documents: &Documents<'_>) -> Markup {
    let strings = frame.strings();
    let mut by_count: Vec<&Cited> = rows.iter().collect();
    by_count.sort_by_key(|row| std::cmp::Reverse(row.count));
    by_count.truncate(COLUMNS);
    let columns: HashMap<&str, usize> = by_count
        .iter()
        .enumerate()
        .map(|(at, row)| (row.cited.as_str(), at))
        .collect();
    let mut counts: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for CitedAt { citation, .. } in places {
        let key = citation.symbol.as_deref().or(citation.name.as_deref()).unwrap_or("");
        if let Some(&column) = columns.get(key) {
            let row = counts
                .entry(&citation.document)
                .or_insert_with(|| vec![0; by_count.len()]);
            row[column] += 1;
        }
    }
    let mut citing: Vec<(&str, Vec<usize>)> = counts.into_iter().collect();
    citing.sort_by_key(|(_, counts)| std::cmp::Reverse(counts.iter().sum::<usize>()));
    citing.truncate(ROWS);
    if citing.is_empty() {
        return html! {};
    }
    let name = |id: &str| name_of(documents, id).to_owned();
    html! {
        section {
            h2 #matrix { (strings.matrix) }
            p { (strings.matrix_about) }
            figure.wide tabindex="0" role="region" aria-labelledby="matrix" {
                (matrix_picture(frame, &by_count, &citing, documents, &name))
                details {
                    summary { (strings.as_table) }
                    table {
                        thead {
                            tr { td {} @for row in &by_count { th scope="col" lang="vi" { (cited_link(frame, &row.cited)) } } }
                        }
                        tbody {
                            @for (id, counts) in &citing {
                                tr {
                                    th scope="row" lang="vi" { (Untrusted(&name(id))) }
                                    @for count in counts { td.number { (count) } }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The matrix as dots that grow with the number, the number in them.
fn matrix_picture(
    frame: &Frame,
    columns: &[&Cited],
    citing: &[(&str, Vec<usize>)],
    documents: &Documents<'_>,
    name: &dyn Fn(&str) -> String,
) -> Markup {
    let strings = frame.strings();
    let (width, height) = (CELL * columns.len() + HEADS, HEADS + CELL * citing.len() + 4);
    let most = citing
        .iter()
        .flat_map(|(_, counts)| counts)
        .copied()
        .max()
        .unwrap_or(1)
        .max(1);
    let middle = |at: usize| at * CELL + CELL / 2;
    let heads = short_names(columns.iter().map(|row| row.cited.as_str()), HEAD_CHARS);
    let names: Vec<String> = citing.iter().map(|(id, _)| name(id)).collect();
    let labels: Vec<String> = citing
        .iter()
        .map(|(id, _)| {
            documents
                .get(id)
                .map_or_else(|| (*id).to_owned(), |record| label(record))
        })
        .collect();
    let short = short_names(labels.iter().map(String::as_str), NAME_CHARS);
    html! {
        div.matrix {
            // Stays in sight while the other is moved under it.
            svg.names viewBox={ "0 0 " (NAMES) " " (height) } width=(NAMES) height=(height) role="group" aria-label=(strings.facet_document) {
                @for (at, (id, _)) in citing.iter().enumerate() {
                    @let y = HEADS + middle(at);
                    line.grid x1="0" y1=(y + CELL / 2) x2=(NAMES) y2=(y + CELL / 2) {}
                    a href=(frame.to_page(&frame::document(id))) {
                        text x="0" y=(y + 4) { title { (Untrusted(&names[at])) } (Untrusted(&short[at])) }
                    }
                }
            }
            svg viewBox={ "0 0 " (width) " " (height) } width=(width) height=(height) role="group" aria-labelledby="matrix-title" {
                title #matrix-title { (strings.matrix) }
                @for (at, row) in columns.iter().enumerate() {
                    @let x = middle(at);
                    line.grid x1=(x) y1=(HEADS) x2=(x) y2=(height) {}
                    a href=(cited_address(frame, &row.cited)) {
                        text transform={ "rotate(-45 " (x) " " (HEADS - 6) ")" } x=(x) y=(HEADS - 6) {
                            title { (Untrusted(&row.cited)) }
                            (Untrusted(&heads[at]))
                        }
                    }
                }
                @for (at, (id, counts)) in citing.iter().enumerate() {
                    @let y = HEADS + middle(at);
                    line.grid x1="0" y1=(y + CELL / 2) x2=(width) y2=(y + CELL / 2) {}
                    @for (column, count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
                        @let x = middle(column);
                        circle.dot cx=(x) cy=(y) r=(radius(*count, most)) {
                            title { (clean(&name(id))) " → " (clean(&columns[column].cited)) ": " (count) }
                        }
                        text.in x=(x) y=(y + 4) text-anchor="middle" aria-hidden="true" { (count) }
                    }
                }
            }
        }
    }
}

/// The radius of the dot for `count`: its area grows with the count, and a number fits in the least one.
fn radius(count: usize, most: usize) -> usize {
    let share = (count as f64 / most as f64).sqrt();
    8 + (share * 6.0).round() as usize
}

/// Width and height of a bar of the timeline at most, in pixels of the picture.
const BAR_WIDTH: usize = 34;
const BAR_HEIGHT: usize = 140;

/// How many of the cited documents are of which year, as far as the texts give their dates.
pub(crate) fn timeline(frame: &Frame, rows: &[Cited]) -> Markup {
    let strings = frame.strings();
    let mut years: BTreeMap<usize, BTreeSet<&str>> = BTreeMap::new();
    for row in rows {
        if let Some(year) = row
            .dates
            .first()
            .and_then(|date| date.get(..4))
            .and_then(|year| year.parse().ok())
        {
            years.entry(year).or_default().insert(&row.cited);
        }
    }
    let Some((&last, _)) = years.last_key_value() else {
        return html! {};
    };
    let shown: Vec<(usize, usize)> = years.iter().map(|(&year, cited)| (year, cited.len())).collect();
    let first = shown[0].0.max(last.saturating_sub(YEARS - 1));
    let most = shown.iter().map(|(_, count)| *count).max().unwrap_or(1).max(1);
    let (width, height) = (BAR_WIDTH * (last - first + 1), BAR_HEIGHT + 40);
    html! {
        section {
            h2 #timeline { (strings.timeline) }
            p { (strings.timeline_about) }
            figure.wide tabindex="0" role="region" aria-labelledby="timeline" {
                svg viewBox={ "0 0 " (width) " " (height) } width=(width) height=(height) role="img" aria-labelledby="timeline-title" {
                    title #timeline-title { (strings.timeline) }
                    @for (year, count) in shown.iter().filter(|(year, _)| *year >= first) {
                        @let x = (year - first) * BAR_WIDTH;
                        @let tall = (count * BAR_HEIGHT).div_ceil(most);
                        rect.bar x=(x + 3) y=(20 + BAR_HEIGHT - tall) width=(BAR_WIDTH - 6) height=(tall) {
                            title { (year) ": " (fill(strings.cited_count, &[count])) }
                        }
                        text x=(x + BAR_WIDTH / 2) y=(14 + BAR_HEIGHT - tall) text-anchor="middle" { (count) }
                        text x=(x + BAR_WIDTH / 2) y=(36 + BAR_HEIGHT) text-anchor="middle" { (year) }
                    }
                }
                details {
                    summary { (strings.as_table) }
                    table {
                        thead { tr { th scope="col" { (strings.year) } th scope="col" .number { (strings.cited) } } }
                        tbody { @for (year, count) in &shown { tr { th scope="row" { (year) } td.number { (count) } } } }
                    }
                }
            }
        }
    }
}
#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dots_grow_with_their_number_and_stay_in_their_cells() {
        assert!(radius(1, 100) < radius(50, 100));
        assert!(2 * radius(100, 100) <= CELL);
    }
}
