//! Citations, reports on cited documents and the summary of a proof as JSON.

use serde::Serialize;

use crate::concordance::{CitedDocument, Claim, Disagreement, Report};
use crate::index::{Error, Index};
use crate::proof::{Finding, Proof, ProofSummary};
use crate::record::{CitationRecord, DocumentHead, DocumentRecord};
use crate::register::RegisterEntry;

/// A citation, and the head of the document that it is in.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct CitationLine<'a> {
    /// The head of the citing document.
    #[serde(flatten)]
    pub head: DocumentHead,
    /// The citation.
    #[serde(flatten)]
    pub citation: &'a CitationRecord,
}

impl<'a> CitationLine<'a> {
    /// Returns the wire form of a citation in `document`.
    #[must_use]
    pub fn of(citation: &'a CitationRecord, document: &DocumentRecord) -> Self {
        Self {
            head: document.into(),
            citation,
        }
    }

    /// Returns the wire forms of citations in documents of `index`.
    ///
    /// # Errors
    /// Those of [`Index::manifest`].
    pub fn all(index: &Index, citations: impl IntoIterator<Item = &'a CitationRecord>) -> Result<Vec<Self>, Error> {
        let line = |citation: &'a CitationRecord| {
            Ok(Self {
                head: index.head(&citation.document)?,
                citation,
            })
        };
        citations.into_iter().map(line).collect()
    }
}

/// Everything that the texts say about one cited document, without its places, which an answer lists separately.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ReportLine<'a> {
    /// The cited document, and how often and where it is cited.
    #[serde(flatten)]
    summary: &'a CitedDocument,
    /// The document that the report is about, if the symbol or name means several; null for the places that do not tell
    /// which of them they mean, and where there is only one.
    identity: Option<&'a str>,
    /// The documents that carry this symbol or name, as far as the texts tell them apart.
    identities: &'a [Claim],
    /// Dates that texts give for it, and which texts.
    said_dates: &'a [Claim],
    /// Issuers that texts give for it, and which texts.
    said_issuers: &'a [Claim],
    /// Subjects that texts give for it, and which texts.
    said_subjects: &'a [Claim],
    /// The points on which the texts disagree.
    disagreements: &'a [Disagreement],
    /// The document as the register of central documents has it; where no place tells which document it is, all that it
    /// may be, the latest first.
    registered: &'a [RegisterEntry],
}

impl<'a> ReportLine<'a> {
    /// Returns the wire form of a report.
    #[must_use]
    pub fn of(report: &'a Report) -> Self {
        Self {
            summary: &report.summary,
            identity: report.identity.as_deref(),
            identities: &report.identities,
            said_dates: &report.dates,
            said_issuers: &report.issuers,
            said_subjects: &report.subjects,
            disagreements: &report.disagreements,
            registered: &report.registered,
        }
    }
}

/// The last line of the proof of a draft: the counts, and the findings that belong to no citation.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ProofSummaryLine<'a> {
    /// `summary`.
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(flatten)]
    summary: &'a ProofSummary,
    /// The findings in the numbers of the notes.
    note_findings: &'a [Finding],
}

impl<'a> ProofSummaryLine<'a> {
    /// Returns the last line for `proof`.
    #[must_use]
    pub fn of(proof: &'a Proof) -> Self {
        Self {
            kind: "summary",
            summary: &proof.summary,
            note_findings: &proof.notes,
        }
    }
}
