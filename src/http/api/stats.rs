//! `GET /api/v1/stats`: what the index holds, and which program built it when.

use std::collections::BTreeMap;
use std::time::SystemTime;

use axum::extract::{RawQuery, State};
use serde::Serialize;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::answer::Answer;
use super::openapi::NoParameters;
use crate::corpus::kind_of;
use crate::http::app::App;
use crate::http::params::Params;
use crate::http::problem::Problem;
use crate::index::{FORMAT, Manifest};
use crate::reading::{WRONG_WITH_VIETNAMESE, WRONG_WITHOUT_VIETNAMESE, WrongShares};
use crate::render::builds::PassedOver;

/// The index that answers, and the program.
#[derive(Serialize, utoipa::ToSchema)]
pub(super) struct StatsAnswer {
    /// Number of documents.
    documents: usize,
    /// Number of passages.
    passages: u64,
    /// Number of citations of other documents. Where the index was built anew a moment ago, it may be that of before.
    citations: usize,
    /// Number of documents of each format of file.
    formats: BTreeMap<&'static str, usize>,
    /// Number of documents of each quality of text.
    qualities: BTreeMap<&'static str, usize>,
    /// Number of documents with damaged text, which is shown as a machine read it.
    repaired: usize,
    /// Shares of words of damaged text that are wrong as they are shown, as measured on pages that nobody learnt from.
    wrong_words: WrongWords,
    /// Number of pages that need an OCR and were not read yet.
    unread_pages: usize,
    /// The files that could not be read, by kind: the ending of their names.
    failed: Vec<PassedOver>,
    /// The files of kinds that nothing reads, in the folders that were looked at when the index last changed.
    passed_over: Vec<PassedOver>,
    /// Time of the last change of the index, in UTC (`2026-11-28T08:00:00Z`); null if the system does not know it.
    built_at: Option<String>,
    /// Version of the program that built it.
    built_by: String,
    /// Number of its changes so far.
    generation: u64,
    /// Name of its state: two indexes with the same name have the same content.
    state: String,
    /// Format of the index.
    index_format: u32,
    /// Size of the files that are searched, in bytes.
    index_bytes: u64,
    /// Version of this program.
    version: &'static str,
}

/// Shares of wrong words in text that a machine read, 0 to 1, by the letters that the OCR of the scan knew.
#[derive(Serialize, utoipa::ToSchema)]
struct WrongWords {
    /// In scans that were read without Vietnamese letters.
    without_vietnamese: WrongShare,
    /// In scans and images that were read with them.
    with_vietnamese: WrongShare,
}

/// Shares of wrong words, 0 to 1.
#[derive(Serialize, utoipa::ToSchema)]
struct WrongShare {
    /// Among the words that are marked as unsure (`⁇`).
    unsure: f64,
    /// Among the others.
    others: f64,
}

impl From<WrongShares> for WrongShare {
    fn from(shares: WrongShares) -> Self {
        // More digits would claim more than was measured.
        let rounded = |share: f64| (share * 1000.0).round() / 1000.0;
        Self {
            unsure: rounded(shares.unsure),
            others: rounded(shares.others),
        }
    }
}

/// Show what the index holds, when it was built, and the versions of index and program.
#[utoipa::path(get, path = "/api/v1/stats", tag = "operation", params(NoParameters),
    responses((status = 200, description = "The index and the program.", body = StatsAnswer)))]
pub(super) async fn stats(State(app): State<App>, RawQuery(query): RawQuery) -> Result<Answer, Problem> {
    Params::of_query(query.as_deref(), NoParameters::KNOWN)?;
    app.ask_with_derived(move |index, derived| {
        let manifest = index.manifest()?;
        let files = &manifest.files;
        Answer::json(&StatsAnswer {
            documents: files.len(),
            passages: index.passages_count(),
            citations: derived.citations(index)?.count(),
            formats: counts(files.iter().map(|file| file.record.format.name())),
            qualities: counts(files.iter().map(|file| file.record.quality.name())),
            repaired: files.iter().filter(|file| file.damaged).count(),
            wrong_words: WrongWords {
                without_vietnamese: WRONG_WITHOUT_VIETNAMESE.into(),
                with_vietnamese: WRONG_WITH_VIETNAMESE.into(),
            },
            unread_pages: files.iter().map(|file| file.unread.count()).sum(),
            failed: failed(manifest),
            passed_over: PassedOver::all(&manifest.passed_over),
            built_at: index.committed().and_then(utc),
            built_by: manifest.vankien.clone(),
            generation: index.generation(),
            state: index.state().to_string(),
            index_format: FORMAT,
            index_bytes: index.size_bytes(),
            version: env!("CARGO_PKG_VERSION"),
        })
    })
    .await
}

/// Returns a time as RFC 3339 writes it, in UTC and whole seconds; `None` for one that has no year of four digits.
fn utc(time: SystemTime) -> Option<String> {
    let time = OffsetDateTime::from(time).replace_nanosecond(0).ok()?;
    time.format(&Rfc3339).ok()
}

/// Returns how often each name occurs.
fn counts<N: Ord>(names: impl Iterator<Item = N>) -> BTreeMap<N, usize> {
    let mut counts = BTreeMap::new();
    for name in names {
        *counts.entry(name).or_default() += 1;
    }
    counts
}

/// Returns the files that could not be read, by kind.
fn failed(manifest: &Manifest) -> Vec<PassedOver> {
    PassedOver::all(&counts(manifest.unread.iter().map(|file| kind_of(&file.location))))
}
