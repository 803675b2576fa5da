//! The API for programs, a file per resource. Bodies are the records of [`crate::record`] and the wire forms of
//! [`crate::render::json`], the same as those that `--json` prints.

mod answer;
mod batch;
mod citations;
mod documents;
mod facets;
mod files;
mod health;
mod openapi;
mod passages;
mod precedents;
mod proofs;
mod register;
mod search;
mod sections;
mod stats;
mod suggest;
mod tables;
mod text_body;

use axum::Router;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::app::App;

/// Returns the routes of the API, and those of the OpenAPI document that describes them.
pub(super) fn routes() -> Router<App> {
    let (router, document) = OpenApiRouter::with_openapi(openapi::frame())
        .routes(routes!(search::search))
        .routes(routes!(batch::batch))
        .routes(routes!(tables::search_csv))
        .routes(routes!(tables::search_xlsx))
        .routes(routes!(citations::citations))
        .routes(routes!(citations::cited))
        .routes(routes!(citations::look_up))
        .routes(routes!(tables::citations_csv))
        .routes(routes!(tables::citations_xlsx))
        .routes(routes!(documents::documents))
        .routes(routes!(tables::documents_csv))
        .routes(routes!(tables::documents_xlsx))
        .routes(routes!(documents::document))
        .routes(routes!(documents::outline))
        .routes(routes!(documents::footnotes))
        .routes(routes!(documents::text))
        .routes(routes!(documents::passages))
        .routes(routes!(documents::citations))
        .routes(routes!(sections::section))
        .routes(routes!(files::file))
        .routes(routes!(files::page_image))
        .routes(routes!(passages::passage))
        .routes(routes!(precedents::precedents))
        .routes(routes!(proofs::proofs))
        .routes(routes!(register::register))
        .routes(routes!(register::registered))
        .routes(routes!(suggest::suggest))
        .routes(routes!(facets::facets))
        .routes(routes!(stats::stats))
        .routes(routes!(health::healthz))
        .routes(routes!(health::readyz))
        .routes(routes!(health::metrics))
        .split_for_parts();
    router.merge(openapi::routes(&document))
}
