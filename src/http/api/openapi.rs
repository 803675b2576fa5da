//! `/openapi.json`, made from the handlers and the tables that they read their parameters by; and `/docs`, the same
//! for people.

use std::collections::BTreeMap;

use axum::Router;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use axum::routing::get;
use utoipa::openapi::schema::ComponentsBuilder;
use utoipa::openapi::{
    ContentBuilder, InfoBuilder, OpenApi, OpenApiBuilder, Ref, RefOr, Response, ResponseBuilder, ResponsesBuilder,
    ServerBuilder,
};

use super::super::problem::ProblemBody;
use super::App;

/// Declares the parameters of a route: the table that its handler reads them by is what the document says.
macro_rules! parameters {
    ($name:ident, [$($part:expr),*], required: [$($required:literal),*]) => {
        /// The parameters of a route.
        pub(super) struct $name;

        impl $name {
            /// The table that they are read by.
            pub(super) const KNOWN: &'static [&'static [crate::http::params::Parameter]] = &[$($part),*];
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
pub(super) use parameters;

/// Declares the fields of a body by the table that they are read by.
macro_rules! fields {
    ($name:ident, [$($part:expr),*], example: $example:tt) => {
        /// The fields of a body.
        pub(super) struct $name;

        impl $name {
            /// The table that they are read by.
            pub(super) const KNOWN: &'static [&'static [crate::http::params::Parameter]] = &[$($part),*];
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
pub(super) use fields;

/// The answers of every route that has none: problems.
pub(super) struct Problems;

/// The statuses that a problem can have, and what they mean.
const STATUSES: [(&str, &str); 11] = [
    (
        "400",
        "A parameter, a value or the body was not understood; `allowed` says what would be.",
    ),
    ("401", "A key is needed and was not given, or is none."),
    ("404", "There is no such document, passage or page."),
    ("405", "The page takes another method."),
    ("408", "The request took too long to arrive."),
    ("410", "The cursor belongs to an earlier state of the index."),
    ("413", "The body is too large."),
    ("415", "The body has a type that is not taken."),
    ("429", "The key has asked too often; `Retry-After` says when to go on."),
    ("500", "The service failed; its log says why."),
    (
        "503",
        "Too many questions wait, the answer took too long, or there is no index.",
    ),
];

impl utoipa::IntoResponses for Problems {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        let problem = || {
            let schema = Ref::from_schema_name("Problem");
            ContentBuilder::new().schema(Some(schema)).build()
        };
        let response = |(status, about): (&str, &str)| {
            let response = ResponseBuilder::new().description(about);
            let response = response.content("application/problem+json", problem()).build();
            (status.to_owned(), response)
        };
        ResponsesBuilder::new()
            .responses_from_iter(STATUSES.map(response))
            .build()
            .responses
    }
}

/// The document before its routes are in it.
pub(super) fn frame() -> OpenApi {
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

async fn style() -> impl IntoResponse {
    ([(CONTENT_TYPE, "text/css; charset=utf-8")], super::super::docs::STYLE)
}

/// `/openapi.json` and `/docs`.
pub(super) fn routes(document: OpenApi) -> Router<App> {
    let page = super::super::docs::page(&document);
    let json = move |State(app): State<App>| async move {
        let mut document = document.clone();
        if !app.base_path().is_empty() {
            document.servers = Some(vec![ServerBuilder::new().url(app.base_path()).build()]);
        }
        axum::Json(document).into_response()
    };
    let html = move || async move { axum::response::Html(page).into_response() };
    Router::new()
        .route("/openapi.json", get(json))
        .route("/docs", get(html))
        .route("/docs.css", get(style))
}
