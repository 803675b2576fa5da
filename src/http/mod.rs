//! The query API and the page, over HTTP: `vankien serve`.
//!
//! [`router`] lists every route and opens no socket; [`serve()`] listens, and ends politely. A handler reads its
//! parameters, makes one library call and wraps the answer; searches run on a pool of their own ([`App::ask`]), so a
//! slow question never holds up who only connects. What cannot be answered is a [`Problem`].
//!
//! axum's types stay in here.

mod page;
mod pool;
mod problem;
mod serve;
mod state;

use axum::Router;

pub use problem::Problem;
pub use serve::serve;
pub use state::{App, Settings};

/// All routes of the service.
#[must_use]
pub fn router(app: App) -> Router {
    let routes = Router::new().merge(page::routes());
    let base = app.base_path().to_owned();
    let routes = if base.is_empty() {
        routes
    } else {
        Router::new().nest(&base, routes)
    };
    routes.with_state(app)
}
