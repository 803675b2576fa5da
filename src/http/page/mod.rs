//! Pages for people.

use axum::Router;

use super::state::App;

/// The routes of the pages.
pub(super) fn routes() -> Router<App> {
    Router::new()
}
