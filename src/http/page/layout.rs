//! What stands around the content of every page.

use maud::{DOCTYPE, Markup, html};

use super::super::problem::Problem;
use super::asset::{ICON, SCRIPT, STYLE};
use super::link::{self, Frame};
use super::search::hidden_language;
use super::text::{Foreign, lines};
use super::told;

/// A whole page: `title` for the tab, `content` for the main part.
pub(super) fn page(frame: &Frame, title: &str, content: &Markup) -> Markup {
    let words = frame.words();
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
            body data-base=(frame.base) data-copy=(words.copy) data-copied=(words.copied)
                data-found=(words.suggestions_found) data-suggestions=(words.suggestions) {
                a.skip href="#main" { (words.skip) }
                header.top {
                    a.brand href=(frame.to_page("/")) { "vankien" }
                    (language(frame))
                    nav aria-label=(words.pages) {
                        @for (path, name) in menu(frame) {
                            a href=(frame.to_page(path)) aria-current=[is_here(frame, path).then_some("page")] { (name) }
                        }
                    }
                }
                main #main tabindex="-1" { (content) }
                footer.bottom {
                    p {
                        "vankien " (env!("CARGO_PKG_VERSION")) " · " (words.about) " · "
                        a href={ (frame.base) "/docs" } hreflang="en" { (words.api) }
                    }
                }
            }
        }
    }
}

/// The form that asks for this page again, where what it is asked stands in no address.
pub(super) const AGAIN: &str = "again";

/// The way to this page in the other language.
fn language(frame: &Frame) -> Markup {
    let other = frame.lang.other();
    html! {
        @if frame.posted {
            form #(AGAIN) method="post" action=(frame.to_page(&frame.path)) {
                @for (name, value) in &frame.parameters { input type="hidden" name=(Foreign(name)) value=(lines(value)); }
                (hidden_language(frame))
                button.lang type="submit" name=(link::LANG) value=(other.code()) lang=(other.code()) { (other.name()) }
            }
        } @else {
            a.lang href=(frame.other_language()) lang=(other.code()) hreflang=(other.code()) rel="alternate" { (other.name()) }
        }
    }
}

/// The pages that every page leads to.
fn menu(frame: &Frame) -> [(&'static str, &'static str); 4] {
    let words = frame.words();
    [
        ("/", words.search),
        ("/documents", words.documents),
        ("/citations", words.citations),
        ("/precedent", words.precedent),
    ]
}

/// Is the page one of those at `path`?
fn is_here(frame: &Frame, path: &str) -> bool {
    frame.path == path || (path != "/" && frame.path.starts_with(path))
}

/// The page that says why there is no answer.
pub(super) fn failure(frame: &Frame, problem: &Problem) -> Markup {
    let words = frame.words();
    page(
        frame,
        words.error,
        &html! {
            h1 { (words.error) }
            p role="alert" { (told::problem(frame.lang, problem)) }
            p { a href=(frame.to_page("/")) { (words.error_back) } }
        },
    )
}
