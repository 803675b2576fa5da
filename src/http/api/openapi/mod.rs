//! `/openapi.json`, generated from the handlers and the tables by which they read their parameters, and `/docs`, the
//! same document for people.

mod describe;
mod docs;

use axum::Router;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use axum::routing::get;
use serde_json::json;
use utoipa::openapi::schema::ComponentsBuilder;
use utoipa::openapi::{InfoBuilder, OpenApi, OpenApiBuilder};

use crate::http::app::App;
use crate::http::problem::ProblemBody;
use describe::complete;

/// Declares the parameters of a route from the tables by which its handler reads them, so that the document describes
/// exactly what the handler accepts.
macro_rules! parameters {
    ($name:ident, [$($part:expr),*], required: [$($required:literal),*]) => {
        /// The parameters of a route.
        pub(crate) struct $name;

        impl $name {
            /// The tables by which they are read.
            pub(crate) const KNOWN: &'static [&'static [crate::http::params::Parameter]] = &[$($part),*];
            const REQUIRED: &'static [&'static str] = &[$($required),*];
        }

        impl utoipa::IntoParams for $name {
            fn into_params(
                _: impl Fn() -> Option<utoipa::openapi::path::ParameterIn>,
            ) -> Vec<utoipa::openapi::path::Parameter> {
                let known = Self::KNOWN.iter().copied().flatten();
                known.map(|parameter| parameter.documented(Self::REQUIRED.contains(&parameter.name))).collect()
            }
        }
    };
}
pub(crate) use parameters;

parameters!(NoParameters, [&[]], required: []);

/// Declares the fields of a JSON body from the tables by which its handler reads them.
macro_rules! fields {
    ($name:ident, [$($part:expr),*], example: $example:tt) => {
        /// The fields of a body.
        pub(crate) struct $name;

        impl $name {
            /// The tables by which they are read.
            pub(crate) const KNOWN: &'static [&'static [crate::http::params::Parameter]] = &[$($part),*];
        }

        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
                let known = Self::KNOWN.iter().copied().flatten();
                let object = utoipa::openapi::schema::ObjectBuilder::new()
                    .additional_properties(Some(utoipa::openapi::schema::AdditionalProperties::<
                        utoipa::openapi::schema::Schema,
                    >::FreeForm(false)))
                    .examples([serde_json::json!($example)]);
                let object = known.fold(object, |object, field| object.property(field.name, field.field()));
                utoipa::openapi::RefOr::T(object.into())
            }
        }

        impl utoipa::ToSchema for $name {}
    };
}
pub(crate) use fields;

/// Returns the document before the routes are added.
pub(crate) fn frame() -> OpenApi {
    let info = InfoBuilder::new()
        .title("vankien")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(
            "Full-text search over Vietnamese party documents: who cites what, precedent wording, quick look-ups. \
             Records are those of `vankien --json`; every problem has a stable `code`.",
        ))
        .build();
    let components = ComponentsBuilder::new().schema_from::<ProblemBody<'_>>().build();
    OpenApiBuilder::new().info(info).components(Some(components)).build()
}

/// Serves the style sheet of `/docs`.
async fn style() -> impl IntoResponse {
    ([(CONTENT_TYPE, "text/css; charset=utf-8")], docs::STYLE)
}

/// Returns the routes `/openapi.json`, `/docs` and `/docs.css`. The documents are made once, when the service starts.
pub(crate) fn routes(document: &OpenApi) -> Router<App> {
    let document = complete(document);
    let page = docs::page(&document);
    let json = move |State(app): State<App>| async move {
        let mut document = document.clone();
        if !app.base_path().is_empty() {
            document["servers"] = json!([{ "url": app.base_path() }]);
        }
        axum::Json(document).into_response()
    };
    let html = move || async move { axum::response::Html(page).into_response() };
    Router::new()
        .route("/openapi.json", get(json))
        .route("/docs", get(html))
        .route("/docs.css", get(style))
}
