//! `GET /api/v1/facets`: the values of each facet with their counts of passages.

use std::collections::BTreeMap;

use axum::extract::{RawQuery, State};
use serde::Serialize;

use super::answer::{Answer, messages};
use super::openapi::parameters;
use crate::http::app::App;
use crate::http::params::{FACETS, FILTERS, Params};
use crate::http::problem::Problem;
use crate::record::Facet;
use crate::search::{self, FacetValue};

parameters!(FacetsParameters, [&[FACETS], &FILTERS], required: []);

/// The values of facets.
#[derive(Serialize, utoipa::ToSchema)]
pub(super) struct FacetsAnswer<'a> {
    /// The values of each facet, most frequent first.
    facets: BTreeMap<&'static str, &'a [FacetValue]>,
    /// Oddities of the filters.
    diagnostics: Vec<String>,
}

/// Count the passages of each facet value. Without `facets`, all facets are counted.
#[utoipa::path(get, path = "/api/v1/facets", tag = "search", params(FacetsParameters),
    responses((status = 200, description = "The values of each facet.", body = FacetsAnswer<'_>)))]
pub(super) async fn facets(State(app): State<App>, RawQuery(query): RawQuery) -> Result<Answer, Problem> {
    let params = Params::of_query(query.as_deref(), FacetsParameters::KNOWN)?;
    app.ask(move |index| {
        let named = params.facets()?;
        let asked = if named.is_empty() { Facet::ALL.to_vec() } else { named };
        let (counts, diagnostics) = search::facets(index, &params.filters(index)?, asked)?;
        let facets = counts
            .iter()
            .map(|counts| (counts.facet.name(), counts.values.as_slice()));
        Answer::json(&FacetsAnswer {
            facets: facets.collect(),
            diagnostics: messages(&diagnostics),
        })
    })
    .await
}
