//! The page of cited documents: a table to filter and sort, a matrix of who cites what, and a timeline; each as a file
//! too.

mod block;
pub(crate) mod cited;
mod export;
mod filters;
mod found;
mod listing;
mod matrix;
mod order;
mod selected;
mod timeline;
mod view;

pub(crate) use export::{places, table};

use maud::{Markup, html};

use crate::http::page::parts::downloads::downloads;
use crate::http::page::shell;
use crate::http::page::shell::documents::Documents;
use crate::http::page::shell::frame::Frame;
use crate::http::problem::Problem;
use crate::index::Index;
use crate::render::language::fill;
use selected::{Selected, YEAR};
use view::{VIEW, View};

/// Renders the page.
///
/// # Errors
/// Those of searching, and an unknown document in a filter.
pub(super) fn page(index: &Index, frame: &Frame) -> Result<Markup, Problem> {
    let strings = frame.strings();
    let view = View::of_frame(frame);
    let documents = Documents::of(index)?;
    let selected = Selected::of(index, frame)?;
    let times: usize = selected.rows.iter().map(|row| row.summary.count).sum();
    let counted = fill(strings.cited_count, &[&selected.rows.len(), &times]);
    let content = html! {
        h1 { (strings.citations) }
        (tabs(frame, view))
        (filters::form(index, frame, &selected, view == View::Table)?)
        (filters::chips(frame, &selected.url, selected.years.as_ref().map(|_| frame.value(YEAR)), &documents))
        p.summary.spread {
            span role="status" { (counted) }
            @if !selected.rows.is_empty() { (downloads(frame)) }
        }
        @if selected.rows.is_empty() {
            p { (strings.nothing_cited) }
        } @else {
            @match view {
                View::Table => (listing::table(frame, &selected, &documents)),
                View::Matrix => (matrix::section(frame, &selected.rows, &documents)),
                View::Timeline => (timeline::section(frame, &selected.rows)),
            }
        }
    };
    let title = format!("{} – {}", strings.citations, view.title(strings));
    Ok(shell::described_page(frame, &title, strings.citations_about, &content))
}

/// Renders the links to the views, which keep what is filtered.
fn tabs(frame: &Frame, view: View) -> Markup {
    let strings = frame.strings();
    let url = |name: &str| {
        let mut parameters = frame.parameters.clone();
        parameters.retain(|(known, value)| known != VIEW && known != "offset" && !value.is_empty());
        parameters.extend((!name.is_empty()).then(|| (VIEW.to_owned(), name.to_owned())));
        frame.url("/citations", &parameters)
    };
    html! {
        nav.tabs aria-label=(strings.views) {
            @for (one, name) in View::ALL {
                a href=(url(name)) aria-current=[(one == view).then_some("page")] { (one.title(strings)) }
            }
        }
    }
}
