//! The wire form of every answer, the same for `--json` and the query API.
//!
//! Names and order of the fields are part of the contract with programs that read JSON.

mod check;
mod citations;
mod precedents;
mod search;

pub use check::FindingLine;
pub use citations::{CitationLine, ProofSummaryLine, ReportLine};
pub use precedents::{FamilyLine, ParagraphLine, ParagraphSummary, PrecedentLine, PrecedentSummaryLine};
pub use search::{FacetValueLine, HitLine, SummaryLine};
