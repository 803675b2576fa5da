//! The shell of every page: head, menu, language switch and footer around its content, and the error page.

pub(crate) mod asset;
pub(crate) mod documents;
pub(crate) mod frame;
pub(crate) mod labels;
pub(crate) mod open_search;
pub(crate) mod query_string;
pub(crate) mod translate;
pub(crate) mod untrusted;

use maud::{DOCTYPE, Markup, html};

use crate::http::problem::Problem;
use crate::render::language::{Lang, fill};
use asset::{ICON, SCRIPT, STYLE};
use frame::Frame;
use open_search::{MEDIA_TYPE as OPEN_SEARCH_TYPE, PATH as OPEN_SEARCH};
use untrusted::{Untrusted, lines};

/// Returns a whole page, with `title` for the tab and `content` as its main part, described to search engines as the
/// program is.
pub(crate) fn page(frame: &Frame, title: &str, content: &Markup) -> Markup {
    described_page(frame, title, frame.strings().about_program, content)
}

/// Returns a whole page like [`page`], with a description of its own.
pub(crate) fn described_page(frame: &Frame, title: &str, description: &str, content: &Markup) -> Markup {
    let strings = frame.strings();
    let asset = |name: &str| format!("{}/assets/{name}", frame.base);
    // The script takes its texts and the base path from `data-` attributes of the body: the content security policy
    // allows no inline script.
    html! {
        (DOCTYPE)
        html lang=(frame.lang.code()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="description" content=(Untrusted(description));
                title { (Untrusted(title)) " · vankien" }
                link rel="icon" type="image/svg+xml" href=(asset(&ICON.name));
                link rel="search" type=(OPEN_SEARCH_TYPE) title="vankien" href=(frame.page_url(OPEN_SEARCH));
                link rel="stylesheet" href=(asset(&STYLE.name));
                script src=(asset(&SCRIPT.name)) defer {}
            }
            body data-base=(frame.base) data-copy=(strings.copy) data-copied=(strings.copied)
                data-found=(strings.suggestions_found) data-suggestions=(strings.suggestions) {
                a.skip href="#main" { (strings.skip) }
                header.top {
                    a.brand href=(frame.page_url("/")) { "vankien" span.descriptor { (strings.descriptor) } }
                    (language(frame))
                    nav aria-label=(strings.pages) {
                        @for (path, name) in menu(frame) {
                            a href=(frame.page_url(path)) aria-current=[is_current(frame, path).then_some("page")] { (name) }
                        }
                    }
                }
                main #main tabindex="-1" { (content) }
                footer.bottom {
                    p {
                        "vankien: " (strings.about) " · " (fill(strings.version, &[&env!("CARGO_PKG_VERSION")])) " · "
                        a href=(frame.page_url("/help")) { (strings.help) } " · "
                        a href={ (frame.base) "/docs" } hreflang="en" { (strings.api) }
                    }
                }
            }
        }
    }
}

/// Id of the form that repeats the request for a posted page, since no URL leads to it.
pub(crate) const AGAIN: &str = "again";

/// Returns the switch to the other language: a link, or a form that posts the parameters again.
fn language(frame: &Frame) -> Markup {
    let other = frame.lang.other();
    html! {
        @if frame.posted {
            form #(AGAIN) method="post" enctype="multipart/form-data" action=(frame.page_url(&frame.path)) {
                @for (name, value) in &frame.parameters { input type="hidden" name=(Untrusted(name)) value=(lines(value)); }
                (hidden_language(frame))
                button.lang type="submit" name=(frame::LANG) value=(other.code()) lang=(other.code()) { (other.name()) }
            }
        } @else {
            a.lang href=(frame.url_in_other_language()) lang=(other.code()) hreflang=(other.code()) rel="alternate" { (other.name()) }
        }
    }
}

/// Returns the path and the name of each page in the menu.
fn menu(frame: &Frame) -> [(&'static str, &'static str); 7] {
    let strings = frame.strings();
    [
        ("/", strings.search),
        ("/documents", strings.documents),
        ("/citations", strings.citations),
        ("/register", strings.register),
        ("/precedent", strings.precedent),
        ("/proof", strings.check_draft),
        ("/help", strings.help),
    ]
}

/// Returns true if the current page belongs to the menu item at `path`.
fn is_current(frame: &Frame, path: &str) -> bool {
    // Two documents are compared beside the comparison of wording; the menu has one item for both.
    let shown = match frame.path.as_str() {
        "/compare" => "/precedent",
        other => other,
    };
    shown == path || (path != "/" && shown.starts_with(path))
}

/// Returns the page that explains `problem`.
pub(crate) fn failure(frame: &Frame, problem: &Problem) -> Markup {
    let strings = frame.strings();
    page(
        frame,
        strings.error,
        &html! {
            h1 { (strings.error) }
            p role="alert" { (translate::problem(frame.lang, problem)) }
            p { a href=(frame.page_url("/")) { (strings.error_back) } }
        },
    )
}

/// Returns the hidden field that keeps the language when a form is submitted.
pub(crate) fn hidden_language(frame: &Frame) -> Markup {
    html! {
        @if frame.lang != Lang::default() {
            input type="hidden" name=(frame::LANG) value=(frame.lang.code());
        }
    }
}
