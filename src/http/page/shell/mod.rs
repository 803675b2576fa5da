//! What stands around the content of every page.

pub(crate) mod asset;
pub(crate) mod foreign;
pub(crate) mod frame;
pub(crate) mod labels;
pub(crate) mod language;
pub(crate) mod query_string;
pub(crate) mod translate;

use maud::{DOCTYPE, Markup, html};

use crate::http::problem::Problem;
use asset::{ICON, SCRIPT, STYLE};
use foreign::{Foreign, lines};
use frame::Frame;
use language::Lang;

/// A whole page: `title` for the tab, `content` for the main part.
pub(crate) fn page(frame: &Frame, title: &str, content: &Markup) -> Markup {
    let strings = frame.strings();
    let asset = |name: &str| format!("{}/assets/{name}", frame.base);
    html! {
        (DOCTYPE)
        html lang=(frame.lang.code()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (Foreign(title)) " · vankien" }
                link rel="icon" type="image/svg+xml" href=(asset(&ICON.name));
                link rel="stylesheet" href=(asset(&STYLE.name));
                script src=(asset(&SCRIPT.name)) defer {}
            }
            body data-base=(frame.base) data-copy=(strings.copy) data-copied=(strings.copied)
                data-found=(strings.suggestions_found) data-suggestions=(strings.suggestions) {
                a.skip href="#main" { (strings.skip) }
                header.top {
                    a.brand href=(frame.to_page("/")) { "vankien" }
                    (language(frame))
                    nav aria-label=(strings.pages) {
                        @for (path, name) in menu(frame) {
                            a href=(frame.to_page(path)) aria-current=[is_here(frame, path).then_some("page")] { (name) }
                        }
                    }
                }
                main #main tabindex="-1" { (content) }
                footer.bottom {
                    p {
                        "vankien " (env!("CARGO_PKG_VERSION")) " · " (strings.about) " · "
                        a href={ (frame.base) "/docs" } hreflang="en" { (strings.api) }
                    }
                }
            }
        }
    }
}

/// The form that asks for this page again, where what it is asked stands in no address.
pub(crate) const AGAIN: &str = "again";

/// The way to this page in the other language.
fn language(frame: &Frame) -> Markup {
    let other = frame.lang.other();
    html! {
        @if frame.posted {
            form #(AGAIN) method="post" action=(frame.to_page(&frame.path)) {
                @for (name, value) in &frame.parameters { input type="hidden" name=(Foreign(name)) value=(lines(value)); }
                (hidden_language(frame))
                button.lang type="submit" name=(frame::LANG) value=(other.code()) lang=(other.code()) { (other.name()) }
            }
        } @else {
            a.lang href=(frame.other_language()) lang=(other.code()) hreflang=(other.code()) rel="alternate" { (other.name()) }
        }
    }
}

/// The pages that every page leads to.
fn menu(frame: &Frame) -> [(&'static str, &'static str); 4] {
    let strings = frame.strings();
    [
        ("/", strings.search),
        ("/documents", strings.documents),
        ("/citations", strings.citations),
        ("/precedent", strings.precedent),
    ]
}

/// Is the page one of those at `path`?
fn is_here(frame: &Frame, path: &str) -> bool {
    frame.path == path || (path != "/" && frame.path.starts_with(path))
}

/// The page that says why there is no answer.
pub(crate) fn failure(frame: &Frame, problem: &Problem) -> Markup {
    let strings = frame.strings();
    page(
        frame,
        strings.error,
        &html! {
            h1 { (strings.error) }
            p role="alert" { (translate::problem(frame.lang, problem)) }
            p { a href=(frame.to_page("/")) { (strings.error_back) } }
        },
    )
}

/// The language of a page that a form leads to.
pub(crate) fn hidden_language(frame: &Frame) -> Markup {
    html! {
        @if frame.lang != Lang::default() {
            input type="hidden" name=(frame::LANG) value=(frame.lang.code());
        }
    }
}
