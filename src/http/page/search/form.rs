//! The search box and what goes with it: order, marks, dates.

use maud::{Markup, html};

use crate::http::page::shell::frame::Frame;
use crate::http::page::shell::query_string::SearchUrl;
use crate::http::page::shell::untrusted::Untrusted;
use crate::http::page::shell::{self, hidden_language};
use crate::record::{DateEnd, FilterName};
use crate::render::language::dates::date_text;
use crate::render::language::{Strings, fill};
use crate::search::{InvalidValue, Marks, Sort};
use crate::text::{Named, clean};

/// The pattern of a date in the dates' boxes: `2025`, `06/2025`, `28/02/2025`, or the same as ISO writes it.
const DATE_PATTERN: &str = r"\s*(((\d{1,2}[\/])?\d{1,2}[\/])?\d{4}|\d{4}-\d{1,2}(-\d{1,2})?)\s*";

/// Renders the search box of the first page, without further choices.
pub(super) fn first_box(frame: &Frame) -> Markup {
    html! { (form(frame, &SearchUrl::default(), &html! {})) }
}

/// Renders the search box of an answer with the choices of order, marks and dates. Hidden fields keep the other filters.
pub(super) fn search_box(frame: &Frame, url: &SearchUrl) -> Markup {
    let strings = frame.strings();
    let kept = url
        .filters
        .iter()
        .filter(|(filter, _)| matches!(filter, FilterName::Facet(_)));
    let more = html! {
        @for (filter, value) in kept { input type="hidden" name=(filter.name()) value=(Untrusted(value)); }
        // On a phone the choices are folded, so that the first hit is in sight.
        details.beside.choices {
            summary { (strings.choices) }
            div.shape {
                (choice(strings.sort, "sort", url.sort, |sort| order_name(strings, sort)))
                (choice(strings.marks, "marks", url.marks, |marks| marks_name(strings, marks)))
                @for (end, label) in [(DateEnd::From, strings.filter_from), (DateEnd::To, strings.filter_to)] {
                    (date_box(strings, url, end, label))
                }
                button.quiet type="submit" { (strings.apply) }
            }
        }
    };
    form(frame, url, &more)
}

/// Renders the form around the box and `more`.
fn form(frame: &Frame, url: &SearchUrl, more: &Markup) -> Markup {
    let strings = frame.strings();
    let is_first = url.is_empty();
    html! {
        form.search.asking role="search" method="get" action=(frame.page_url("/")) {
            label.hidden[!is_first] for="q" { (strings.query) }
            div.box {
                input #q type="search" name="q" value=(Untrusted(&url.query)) autocomplete="off" autocapitalize="off"
                    spellcheck="false" maxlength="2000" aria-describedby="q-hint" data-suggest="" autofocus[is_first];
                button type="submit" { (strings.go) }
            }
            p #q-hint .hint.hidden[!is_first] { (strings.query_hint) }
            (hidden_language(frame))
            (more)
        }
    }
}

/// Renders a choice among the values of an enumeration.
fn choice<T: Named + Default>(label: &str, name: &str, chosen: T, label_of: impl Fn(T) -> &'static str) -> Markup {
    html! {
        label {
            (label) " "
            select name=(name) data-usual=(T::default().name()) {
                @for &value in T::ALL {
                    option value=(value.name()) selected[chosen == value] { (label_of(value)) }
                }
            }
        }
    }
}

/// Renders the box for one end of the range of dates.
fn date_box(strings: &Strings, url: &SearchUrl, end: DateEnd, label: &str) -> Markup {
    let filter = FilterName::Date(end);
    let typed = url.filters.iter().find(|(of, _)| *of == filter);
    let value = typed.map_or("", |(_, value)| value);
    html! {
        label {
            (label) " "
            input.date type="text" name=(filter.name()) value=(Untrusted(value)) placeholder=(strings.date_example)
                title=(strings.date_hint) pattern=(DATE_PATTERN) maxlength="20" autocomplete="off";
        }
    }
}

/// Renders the page of a search whose dates cannot be read, so that they can be corrected.
pub(super) fn page_to_correct(frame: &Frame, url: &SearchUrl, wrong: &InvalidValue) -> Markup {
    let strings = frame.strings();
    let told = match wrong {
        InvalidValue::Date { value, .. } => fill(strings.no_date, &[&clean(value)]),
        InvalidValue::EmptyRange { from, to } => {
            let [from, to] = [from, to].map(|date| date_text(&date.to_string()));
            fill(strings.empty_range, &[&from, &to])
        }
        other => other.to_string(),
    };
    let content = html! {
        h1.hidden { (strings.search) }
        (search_box(frame, url))
        p.told role="alert" { (told) }
    };
    shell::page(frame, strings.search, &content)
}

/// Returns the name of an order.
const fn order_name(strings: &'static Strings, sort: Sort) -> &'static str {
    match sort {
        Sort::Relevance => strings.sort_relevance,
        Sort::Document => strings.sort_document,
        Sort::Date => strings.sort_date,
        Sort::Oldest => strings.sort_oldest,
    }
}

/// Returns the name of a meaning of marks.
const fn marks_name(strings: &'static Strings, marks: Marks) -> &'static str {
    match marks {
        Marks::Prefer => strings.marks_prefer,
        Marks::Any => strings.marks_any,
        Marks::Exact => strings.marks_exact,
    }
}
