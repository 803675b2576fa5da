//! Charts of who cites what, as SVG rendered on the server, each with a table of the same numbers.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use maud::{Markup, html};

use crate::concordance::{CitedDocument, CitedRow};
use crate::http::page::parts::links::{cited_address, cited_link};
use crate::http::page::parts::short_names::{label, short_names};
use crate::http::page::shell::documents::Documents;
use crate::http::page::shell::frame::{self, Frame};
use crate::http::page::shell::untrusted::Untrusted;
use crate::render::language::fill;
use crate::text::clean;

/// Maximum number of columns of the matrix: the most cited documents.
const MAX_COLUMNS: usize = 18;

/// Maximum number of rows of the matrix: the documents that cite them most.
const MAX_ROWS: usize = 30;

/// Maximum number of years in the timeline, up to the latest.
const MAX_YEARS: usize = 30;

/// Side of a cell of the matrix, in SVG pixels.
const CELL: usize = 30;

/// Width of the names of the rows, in SVG pixels.
const ROW_NAME_WIDTH: usize = 190;

/// Number of chars that fit into it.
const ROW_NAME_CHARS: usize = 28;

/// Height of the slanted names above the columns, in SVG pixels.
const HEAD_HEIGHT: usize = 140;

/// Number of chars that fit into it.
const HEAD_CHARS: usize = 22;

/// Renders the matrix of citations, with a row for each citing document and a column for each of the most cited ones.
/// Renders nothing if there are no citations.
pub(crate) fn matrix(frame: &Frame, rows: &[Arc<CitedRow>], documents: &Documents<'_>) -> Markup {
    let strings = frame.strings();
    let mut most_cited: Vec<&CitedRow> = rows.iter().map(Arc::as_ref).collect();
    most_cited.sort_by_key(|row| std::cmp::Reverse(row.summary.count));
    most_cited.truncate(MAX_COLUMNS);
    // Citations of each document, one count per column.
    let mut counts: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (column, row) in most_cited.iter().enumerate() {
        for (document, count) in row.summary.documents.iter().zip(&row.counts) {
            let of_document = counts.entry(document).or_insert_with(|| vec![0; most_cited.len()]);
            of_document[column] += count;
        }
    }
    let by_count: Vec<&CitedDocument> = most_cited.iter().map(|row| &row.summary).collect();
    let mut citing: Vec<(&str, Vec<usize>)> = counts.into_iter().collect();
    citing.sort_by_key(|(_, counts)| std::cmp::Reverse(counts.iter().sum::<usize>()));
    citing.truncate(MAX_ROWS);
    if citing.is_empty() {
        return html! {};
    }
    let name = |id: &str| documents.name(id).to_owned();
    html! {
        section {
            h2 #matrix { (strings.matrix) }
            p { (strings.matrix_about) }
            figure.wide tabindex="0" role="region" aria-labelledby="matrix" {
                (matrix_svg(frame, &by_count, &citing, documents, &name))
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

/// Renders the matrix as dots with the number inside, whose area grows with the number.
fn matrix_svg(
    frame: &Frame,
    columns: &[&CitedDocument],
    citing: &[(&str, Vec<usize>)],
    documents: &Documents<'_>,
    name: &dyn Fn(&str) -> String,
) -> Markup {
    let strings = frame.strings();
    let (width, height) = (
        CELL * columns.len() + HEAD_HEIGHT,
        HEAD_HEIGHT + CELL * citing.len() + 4,
    );
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
        .map(|(id, _)| documents.get(id).map_or_else(|| (*id).to_owned(), label))
        .collect();
    let short = short_names(labels.iter().map(String::as_str), ROW_NAME_CHARS);
    html! {
        div.matrix {
            // The names are an SVG of their own, which stays visible while the matrix scrolls sideways.
            svg.names viewBox={ "0 0 " (ROW_NAME_WIDTH) " " (height) } width=(ROW_NAME_WIDTH) height=(height) role="group" aria-label=(strings.facet_document) {
                @for (at, (id, _)) in citing.iter().enumerate() {
                    @let y = HEAD_HEIGHT + middle(at);
                    line.grid x1="0" y1=(y + CELL / 2) x2=(ROW_NAME_WIDTH) y2=(y + CELL / 2) {}
                    a href=(frame.page_url(&frame::document(id))) {
                        text x="0" y=(y + 4) { title { (Untrusted(&names[at])) } (Untrusted(&short[at])) }
                    }
                }
            }
            svg viewBox={ "0 0 " (width) " " (height) } width=(width) height=(height) role="group" aria-labelledby="matrix-title" {
                title #matrix-title { (strings.matrix) }
                @for (at, row) in columns.iter().enumerate() {
                    @let x = middle(at);
                    line.grid x1=(x) y1=(HEAD_HEIGHT) x2=(x) y2=(height) {}
                    a href=(cited_address(frame, &row.cited)) {
                        text transform={ "rotate(-45 " (x) " " (HEAD_HEIGHT - 6) ")" } x=(x) y=(HEAD_HEIGHT - 6) {
                            title { (Untrusted(&row.cited)) }
                            (Untrusted(&heads[at]))
                        }
                    }
                }
                @for (at, (id, counts)) in citing.iter().enumerate() {
                    @let y = HEAD_HEIGHT + middle(at);
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

/// Returns the radius of the dot for `count`. The area grows with the count, and a number fits into the smallest dot.
fn radius(count: usize, most: usize) -> usize {
    let share = (count as f64 / most as f64).sqrt();
    8 + (share * 6.0).round() as usize
}

/// Width of a bar of the timeline, in SVG pixels.
const BAR_WIDTH: usize = 34;

/// Height of the highest bar, in SVG pixels.
const BAR_HEIGHT: usize = 140;

/// Renders the number of cited documents by year, for those whose date the texts give. Renders nothing if there are
/// none.
pub(crate) fn timeline(frame: &Frame, rows: &[Arc<CitedRow>]) -> Markup {
    let strings = frame.strings();
    // The first date of a row is the one that most texts give.
    let mut years: BTreeMap<usize, BTreeSet<&str>> = BTreeMap::new();
    for row in rows.iter().map(|row| &row.summary) {
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
    let first = shown[0].0.max(last.saturating_sub(MAX_YEARS - 1));
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
    fn dots_grow_with_their_number_and_fit_their_cells() {
        assert!(radius(1, 100) < radius(50, 100));
        assert!(2 * radius(100, 100) <= CELL);
    }
}
