//! `/openapi.json`, generated from the handlers and the tables by which they read their parameters, and `/docs`, the
//! same document for people.

mod about;
mod describe;
mod docs;

use axum::Router;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use axum::routing::get;
use serde_json::json;
use utoipa::openapi::schema::ComponentsBuilder;
use utoipa::openapi::tag::{Tag, TagBuilder};
use utoipa::openapi::{InfoBuilder, License, OpenApi, OpenApiBuilder};

use crate::http::app::App;
use crate::http::problem::ProblemBody;
use crate::http::request::origin;
use about::{ABOUT, ORIGIN};
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
    ($name:ident, [$($part:expr),*], required: [$($required:literal),*], example: $example:tt) => {
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
                let required: &[&str] = &[$($required),*];
                let object = required.iter().fold(object, |object, name| object.required(*name));
                utoipa::openapi::RefOr::T(object.into())
            }
        }

        impl utoipa::ToSchema for $name {}
    };
}
pub(crate) use fields;

/// The groups of operations, in the order in which people read them, and what each is about.
const TAGS: [(&str, &str); 6] = [
    ("search", "Find passages, and count them by facets."),
    (
        "citations",
        "Which document is cited where, and the citations of a text.",
    ),
    (
        "documents",
        "Documents, their sections, passages, notes, citations and files.",
    ),
    ("precedents", "Who has used this wording before."),
    ("register", "What is known about central documents."),
    ("operation", "For whoever runs the service."),
];

/// Returns the groups as the document lists them.
fn tags() -> Vec<Tag> {
    let tag = |(name, about): (&str, &str)| TagBuilder::new().name(name).description(Some(about)).build();
    TAGS.map(tag).into()
}

/// Returns the license of the service.
fn license() -> License {
    let mut license = License::new(env!("CARGO_PKG_LICENSE"));
    license.identifier = Some(env!("CARGO_PKG_LICENSE").to_owned());
    license
}

/// Returns the document before the routes are added.
pub(crate) fn frame() -> OpenApi {
    let info = InfoBuilder::new()
        .title("vankien")
        .version(env!("CARGO_PKG_VERSION"))
        .license(Some(license()))
        .description(Some(ABOUT))
        .build();
    let components = ComponentsBuilder::new().schema_from::<ProblemBody<'_>>().build();
    OpenApiBuilder::new()
        .info(info)
        .tags(Some(tags()))
        .components(Some(components))
        .build()
}

/// Serves the style sheet of `/docs`.
async fn style() -> impl IntoResponse {
    ([(CONTENT_TYPE, "text/css; charset=utf-8")], docs::STYLE)
}

/// Returns the address of the service as the client asked for it, so that the examples can be run as they are.
fn address(app: &App, headers: &HeaderMap) -> String {
    origin(headers).unwrap_or_else(|| ORIGIN.to_owned()) + app.base_path()
}

/// Returns the routes `/openapi.json`, `/docs` with its page of records, and `/docs.css`. The documents are made once, when the service starts; only
/// the address in their examples is that of the request.
pub(crate) fn routes(document: &OpenApi) -> Router<App> {
    let document = complete(document);
    let page = docs::page(&document);
    let records = docs::records_page(&document);
    let json = move |State(app): State<App>, headers: HeaderMap| async move {
        let mut document = document.clone();
        let base = app.base_path();
        let url = if base.is_empty() { "/" } else { base };
        document["servers"] = json!([{ "url": url, "description": "This service." }]);
        let text = document.to_string().replace(ORIGIN, &address(&app, &headers));
        ([(CONTENT_TYPE, "application/json")], text).into_response()
    };
    let html = move |State(app): State<App>, headers: HeaderMap| async move {
        axum::response::Html(page.replace(ORIGIN, &address(&app, &headers))).into_response()
    };
    Router::new()
        .route("/openapi.json", get(json))
        .route("/docs", get(html))
        .route("/docs/records", get(|| async { axum::response::Html(records) }))
        .route("/docs.css", get(style))
}
