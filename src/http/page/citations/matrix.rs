//! The matrix of citations: a row for each document that cites most, a column for each document that is cited most. It is
//! a table, so that it can be read aloud, searched and copied; shades show where citations are many.

use std::collections::HashMap;
use std::sync::Arc;

use maud::{Markup, html};

use super::view::VIEW;
use crate::concordance::CitedRow;
use crate::http::page::parts::links::cited_address;
use crate::http::page::parts::short_names::{label, short_names};
use crate::http::page::shell::documents::Documents;
use crate::http::page::shell::frame::Frame;
use crate::http::page::shell::untrusted::Untrusted;
use crate::record::Facet;
use crate::render::language::fill;
use crate::text::clean;

/// Number of columns and of rows on a page.
const SHOWN: [usize; 2] = [24, 30];

/// Number of columns and of rows in a file.
pub(super) const IN_FILE: [usize; 2] = [200, 2000];

/// Number of chars of the name of a column.
const HEAD_CHARS: usize = 34;

/// Number of chars of the name of a row.
const ROW_CHARS: usize = 40;

/// The least share of the greatest count from which a cell has the shade of its position, from 1; percent.
const SHADES: [usize; 4] = [0, 15, 40, 75];

/// Numbers of citations, by citing and cited document.
pub(super) struct Matrix<'r> {
    /// The cited documents: most often cited first.
    pub(super) columns: Vec<&'r CitedRow>,
    /// The documents that cite them with a count for each column: those with most citations first.
    pub(super) rows: Vec<(&'r str, Vec<usize>)>,
    /// Number of all documents that cite any.
    pub(super) citing: usize,
}

impl<'r> Matrix<'r> {
    /// Counts `rows`, for at most `columns` cited and `citing` citing documents.
    pub(super) fn of(rows: &'r [Arc<CitedRow>], [columns, citing]: [usize; 2]) -> Self {
        let mut most_cited: Vec<&CitedRow> = rows.iter().map(Arc::as_ref).collect();
        most_cited.sort_by_key(|row| std::cmp::Reverse(row.summary.count));
        most_cited.truncate(columns);
        let mut counts: HashMap<&str, Vec<usize>> = HashMap::new();
        for (column, row) in most_cited.iter().enumerate() {
            for (document, count) in row.summary.documents.iter().zip(&row.counts) {
                let of_document = counts.entry(document).or_insert_with(|| vec![0; most_cited.len()]);
                of_document[column] += count;
            }
        }
        let mut rows: Vec<(&str, Vec<usize>)> = counts.into_iter().collect();
        rows.sort_by_key(|(id, counts)| (std::cmp::Reverse(counts.iter().sum::<usize>()), *id));
        let all = rows.len();
        rows.truncate(citing);
        Self {
            columns: most_cited,
            rows,
            citing: all,
        }
    }

    /// Returns the sum of each column.
    fn totals(&self) -> Vec<usize> {
        let column = |at: usize| self.rows.iter().map(|(_, counts)| counts[at]).sum();
        (0..self.columns.len()).map(column).collect()
    }
}

/// Renders the matrix of the most cited of `rows`.
pub(super) fn section(frame: &Frame, rows: &[Arc<CitedRow>], documents: &Documents<'_>) -> Markup {
    let strings = frame.strings();
    let matrix = Matrix::of(rows, SHOWN);
    let greatest = matrix
        .rows
        .iter()
        .flat_map(|(_, counts)| counts)
        .copied()
        .max()
        .unwrap_or(0);
    let heads = short_names(matrix.columns.iter().map(|row| row.summary.cited.as_str()), HEAD_CHARS);
    let labels: Vec<String> = matrix
        .rows
        .iter()
        .map(|(id, _)| documents.get(id).map_or_else(|| (*id).to_owned(), label))
        .collect();
    let names = short_names(labels.iter().map(String::as_str), ROW_CHARS);
    let told = fill(
        strings.matrix_about,
        &[&matrix.rows.len(), &matrix.citing, &matrix.columns.len(), &rows.len()],
    );
    html! {
        p.hint { (told) }
        div.wide.matrix tabindex="0" role="region" aria-label=(strings.matrix) {
            table {
                thead {
                    tr {
                        td { span.hidden { (strings.facet_document) } }
                        @for (row, head) in matrix.columns.iter().zip(&heads) {
                            th scope="col" lang="vi" {
                                a href=(cited_address(frame, &row.summary.cited)) title=(Untrusted(&row.summary.cited)) { span { (Untrusted(head)) } }
                            }
                        }
                        th.total scope="col" { span { (strings.total) } }
                    }
                }
                tbody {
                    @for ((id, counts), name) in matrix.rows.iter().zip(&names) {
                        tr {
                            th scope="row" lang="vi" {
                                a href=(of_document(frame, id)) title=(Untrusted(documents.name(id))) { (Untrusted(name)) }
                            }
                            @for (count, row) in counts.iter().zip(&matrix.columns) {
                                (cell(frame, id, row, *count, greatest))
                            }
                            td.total { (counts.iter().sum::<usize>()) }
                        }
                    }
                }
                tfoot {
                    tr {
                        th scope="row" { (strings.total) }
                        @for total in matrix.totals() { td.total { (total) } }
                        td.total { (matrix.totals().iter().sum::<usize>()) }
                    }
                }
            }
        }
    }
}

/// Renders the number of times that a document cites another, as a link to these places; nothing for none.
fn cell(frame: &Frame, id: &str, row: &CitedRow, count: usize, greatest: usize) -> Markup {
    if count == 0 {
        return html! { td {} };
    }
    let share = count * 100 / greatest.max(1);
    let shade = SHADES.iter().filter(|least| share >= **least).count();
    let cited = row.summary.cited.as_str();
    let places = frame.url("/citations/cited", &[("symbol", cited), (Facet::Document.name(), id)]);
    html! {
        td class={ "shade-" (shade) } { a href=(places) aria-label={ (count) " × " (clean(cited)) } { (count) } }
    }
}

/// Returns the URL of the table of what a document cites, with the other filters of this page.
fn of_document(frame: &Frame, id: &str) -> String {
    let mut parameters = frame.parameters.clone();
    parameters.retain(|(name, value)| name != VIEW && name != Facet::Document.name() && !value.is_empty());
    parameters.push((Facet::Document.name().to_owned(), id.to_owned()));
    frame.url("/citations", &parameters)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::concordance::CitedDocument;
    use crate::symbol::Kind;

    /// A row about a document that these documents cite so often.
    fn row(cited: &str, citing: &[(&str, usize)]) -> Arc<CitedRow> {
        let summary = CitedDocument {
            cited: cited.to_owned(),
            symbol: Some(cited.to_owned()),
            name: None,
            kind: Kind::NghiQuyet,
            count: citing.iter().map(|(_, count)| count).sum(),
            in_footnotes: 0,
            documents: citing.iter().map(|(id, _)| (*id).to_owned()).collect(),
            terms: Vec::new(),
            sections: Vec::new(),
            dates: Vec::new(),
            issuers: Vec::new(),
            subjects: Vec::new(),
        };
        Arc::new(CitedRow {
            summary,
            counts: citing.iter().map(|(_, count)| *count).collect(),
            identities: Vec::new(),
        })
    }

    #[test]
    fn those_that_are_cited_and_that_cite_most_come_first() {
        let rows = [row("01-KL/TW", &[("a", 1), ("b", 1)]), row("21-NQ/TW", &[("b", 3)])];
        let whole = Matrix::of(&rows, SHOWN);
        let cited: Vec<&str> = whole.columns.iter().map(|row| row.summary.cited.as_str()).collect();
        assert_eq!(cited, ["21-NQ/TW", "01-KL/TW"]);
        assert_eq!(whole.rows, [("b", vec![3, 1]), ("a", vec![0, 1])]);
        assert_eq!(whole.totals(), [3, 2]);
        let cut = Matrix::of(&rows, [1, 1]);
        assert_eq!((cut.columns.len(), cut.rows, cut.citing), (1, vec![("b", vec![3])], 1));
    }
}
