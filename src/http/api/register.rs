//! `/api/v1/register`: what the register has about central documents.

use std::sync::Arc;

use axum::extract::{RawQuery, State};
use serde::Serialize;

use super::answer::Answer;
use super::openapi::{NoParameters, parameters};
use crate::concordance::{self, RegisterQuery};
use crate::http::app::App;
use crate::http::params::window::WINDOW;
use crate::http::params::{Parameter, Params, Takes};
use crate::http::problem::Problem;
use crate::http::request::Id;
use crate::index::Index;
use crate::register::{Register, RegisterEntry, RegisteredDocument};
use crate::symbol::Kind;
use crate::text::Named;

/// The parameters of the list, without those of its window.
const PARAMETERS: [Parameter; 3] = [
    Parameter {
        name: "q",
        about: "A symbol in any usual writing (`21-NQ/TW`, `nq 21`), a citation, a name, or words of title, issuer and \
                names; all documents without it.",
        takes: Takes::Text("21-NQ/TW"),
    },
    Parameter {
        name: "kind",
        about: "Only documents of this kind. Repeatable.",
        takes: Takes::AnyOf(kinds),
    },
    Parameter {
        name: "term",
        about: "Only documents issued in the term of this congress of the Party. Repeatable.",
        takes: Takes::AnyOf(concordance::register_terms),
    },
];

/// Returns the names of all kinds.
fn kinds() -> Vec<&'static str> {
    Kind::ALL.iter().map(|kind| kind.name()).collect()
}

parameters!(RegisterParameters, [&PARAMETERS, &WINDOW], required: []);

/// Registered documents.
#[derive(Serialize, utoipa::ToSchema)]
pub(super) struct RegisterAnswer {
    /// Number of documents.
    total: usize,
    /// The documents of the requested window, the latest first.
    documents: Vec<RegisterEntry>,
    /// Similar symbols, if the register has no document with the requested one.
    near: Vec<String>,
    /// Cursor of the next window; null at the end.
    next: Option<String>,
}

/// The documents that a key names.
#[derive(Serialize, utoipa::ToSchema)]
pub(super) struct RegisteredAnswer {
    /// Number of documents.
    total: usize,
    /// The documents, the latest first.
    documents: Vec<RegisterEntry>,
    /// Similar symbols, if there are no documents.
    near: Vec<String>,
}

/// List the documents of the register: dates, issuers and subjects of central documents, and what replaces them.
#[utoipa::path(get, path = "/api/v1/register", tag = "register", params(RegisterParameters),
    responses((status = 200, description = "The documents, the latest first.", body = RegisterAnswer)))]
pub(super) async fn register(State(app): State<App>, RawQuery(query): RawQuery) -> Result<Answer, Problem> {
    let params = Params::of_query(query.as_deref(), RegisterParameters::KNOWN)?;
    app.ask(move |index| {
        let window = params.window(index)?;
        let register = index.register()?;
        let asked = RegisterQuery {
            typed: params.text("q").unwrap_or("").to_owned(),
            kinds: params.values("kind").filter_map(Kind::from_name).collect(),
            terms: params.values("term").map(str::to_owned).collect(),
        };
        let found = concordance::registered(&register, &asked);
        Answer::json(&RegisterAnswer {
            total: found.len(),
            documents: entries(&register, window.slice(&found)),
            near: near(&register, &found, &asked.typed),
            next: window.next(found.len()),
        })
    })
    .await
}

/// Show the documents of the register with a symbol or name.
#[utoipa::path(get, path = "/api/v1/register/{*key}", tag = "register",
    params(("key" = String, Path, description = "A symbol in any usual writing, its slashes percent-encoded (`21-NQ%2FTW`) or as they are; a name; or a key with its term, as `replaced_by` has it (`21-NQ%2FTW@XIII`)."), NoParameters),
    responses((status = 200, description = "The documents, the latest first; if there are none, similar symbols.", body = RegisteredAnswer)))]
pub(super) async fn registered(
    State(app): State<App>,
    Id(key): Id,
    RawQuery(query): RawQuery,
) -> Result<Answer, Problem> {
    Params::of_query(query.as_deref(), NoParameters::KNOWN)?;
    app.ask(move |index| one(index, key)).await
}

/// Answers with the documents that `key` names.
fn one(index: &Index, key: String) -> Result<Answer, Problem> {
    let register: Arc<Register> = index.register()?;
    let asked = RegisterQuery {
        typed: key,
        ..RegisterQuery::default()
    };
    let found = concordance::registered(&register, &asked);
    Answer::json(&RegisteredAnswer {
        total: found.len(),
        documents: entries(&register, &found),
        near: near(&register, &found, &asked.typed),
    })
}

/// Returns the entries of these documents.
fn entries(register: &Register, documents: &[&RegisteredDocument]) -> Vec<RegisterEntry> {
    documents.iter().map(|document| register.entry(document)).collect()
}

/// Returns the symbols that look like the one typed, if nothing was found.
fn near(register: &Register, found: &[&RegisteredDocument], typed: &str) -> Vec<String> {
    if found.is_empty() {
        concordance::near_registered(register, typed)
    } else {
        Vec::new()
    }
}
