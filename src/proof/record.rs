//! The records of a proof: a line for each citation, with its verdict and what was found.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::citation::IdentitySource;
use crate::document::Place;
use crate::register::Basis;
use crate::text::named;

named! {
    /// Outcome of checking one citation, from the best to the worst.
    #[derive(
        Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema,
    )]
    #[serde(rename_all = "kebab-case")]
    pub enum Verdict {
        /// The register or the corpus has the document as it is cited.
        #[default]
        Agrees = "agrees",
        /// Neither the register nor the corpus has the document.
        Unknown = "unknown",
        /// Several documents fit.
        Ambiguous = "ambiguous",
        /// The symbol is not written as the rules ask.
        Malformed = "malformed",
        /// The draft names one document in two ways.
        TwoNames = "two-names",
        /// Another document had replaced it by the date of the draft.
        Replaced = "replaced",
        /// It is later than the draft.
        Future = "future",
        /// Date, issuer, type word or subject contradict the register or the corpus.
        Differs = "differs",
    }
}

impl Verdict {
    /// Returns true if a draft with such a citation needs correction.
    #[must_use]
    pub const fn fails(self) -> bool {
        !matches!(self, Self::Agrees | Self::Unknown | Self::Ambiguous)
    }
}

named! {
    /// A thing found in a citation or in the notes of a draft.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema)]
    #[serde(rename_all = "kebab-case")]
    pub enum FindingKind {
        /// The date contradicts the register or the corpus.
        Date = "date",
        /// The issuer contradicts the register.
        Issuer = "issuer",
        /// The type word contradicts the letters of the symbol.
        Kind = "kind",
        /// The subject is that of another document.
        Subject = "subject",
        /// Another document had replaced it by the date of the draft.
        Replaced = "replaced",
        /// Another document had amended it by the date of the draft. The citation is right all the same.
        Amended = "amended",
        /// The symbol is not written as the rules ask.
        Malformed = "malformed",
        /// Neither the register nor the corpus has the symbol.
        Unknown = "unknown",
        /// Several documents fit.
        Ambiguous = "ambiguous",
        /// The draft gives the document another date, number or type word elsewhere.
        TwoNames = "two-names",
        /// The document is later than the draft.
        Future = "future",
        /// The numbers of the notes skip or repeat.
        Notes = "notes",
    }
}

impl FindingKind {
    /// Returns the verdict on a citation with such a finding and no worse one.
    #[must_use]
    pub const fn verdict(self) -> Verdict {
        match self {
            Self::Date | Self::Issuer | Self::Kind | Self::Subject | Self::Notes => Verdict::Differs,
            Self::Replaced => Verdict::Replaced,
            Self::Amended => Verdict::Agrees,
            Self::Malformed => Verdict::Malformed,
            Self::Unknown => Verdict::Unknown,
            Self::Ambiguous => Verdict::Ambiguous,
            Self::TwoNames => Verdict::TwoNames,
            Self::Future => Verdict::Future,
        }
    }
}

named! {
    /// The account that says what a citation should say.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema)]
    #[serde(rename_all = "kebab-case")]
    pub enum Witness {
        /// The register of central documents.
        Register = "register",
        /// A document of the corpus, or what it cites.
        Corpus = "corpus",
        /// Another place of the draft, or its own date.
        Draft = "draft",
        /// The rules by which symbols are written and notes are numbered.
        Rules = "rules",
    }
}

/// The value that another account gives in place of what is printed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Expected {
    /// The value: an ISO date, an issuer, a subject, a symbol, a number.
    pub value: String,
    /// The account.
    pub source: Witness,
    /// The ground on which the register says so; null for other accounts.
    pub basis: Option<Basis>,
    /// Id of the document of the corpus that says so.
    pub document: Option<String>,
    /// Line of the draft that says so.
    pub line: Option<usize>,
}

/// One thing found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Finding {
    /// Its kind.
    pub finding: FindingKind,
    /// The text that it is about, as printed.
    pub printed: String,
    /// The values that others give; empty if nobody gives any.
    pub expected: Vec<Expected>,
    /// First and last line of `printed`.
    pub lines: [usize; 2],
    /// The bytes of `printed`.
    pub span: [usize; 2],
    /// One English sentence that says what is wrong.
    pub message: String,
}

/// One citation of a draft, checked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct ProofLine {
    /// Symbol in canonical letters.
    pub symbol: Option<String>,
    /// Stable name of a document that is cited without a symbol.
    pub name: Option<String>,
    /// The citation as printed.
    pub raw: String,
    /// From the line of its number (or first word) to its last.
    pub lines: [usize; 2],
    /// Its bytes.
    pub span: [usize; 2],
    /// Part of the draft that it is in.
    pub place: Place,
    /// Page that it is on.
    pub page: usize,
    /// Id of the passage that it is in.
    pub passage: String,
    /// Outcome: that of the worst finding.
    pub verdict: Verdict,
    /// The document that it means, as far as it is known.
    pub identity: Option<String>,
    /// The account that tells the document.
    pub source: Option<IdentitySource>,
    /// The findings, the worst first.
    pub findings: Vec<Finding>,
}

/// The counts of a proof.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct ProofSummary {
    /// Number of citations.
    pub citations: usize,
    /// Number of citations by verdict, zeros included.
    #[schema(value_type = BTreeMap<String, usize>)]
    pub verdicts: BTreeMap<Verdict, usize>,
    /// Number of findings in the numbers of the notes.
    pub notes: usize,
    /// True if the draft needs correction: a verdict other than `agrees`, `unknown` or `ambiguous`, or a finding in the
    /// notes.
    pub failed: bool,
}

/// The proof of a draft.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Proof {
    /// Its citations, in order. Those of the draft itself ("Nghị quyết này") are left out.
    pub citations: Vec<ProofLine>,
    /// The findings in the numbers of its notes, in order.
    pub notes: Vec<Finding>,
    /// The counts.
    pub summary: ProofSummary,
}

impl Proof {
    /// Returns the proof with these lines and findings, sorted and counted.
    pub(super) fn of(mut citations: Vec<ProofLine>, notes: Vec<Finding>) -> Self {
        for line in &mut citations {
            line.findings
                .sort_by_key(|finding| (std::cmp::Reverse(finding.finding.verdict()), finding.span));
            let worst = line.findings.iter().map(|finding| finding.finding.verdict()).max();
            line.verdict = worst.unwrap_or_default();
        }
        citations.sort_by_key(|line| line.span);
        let mut verdicts: BTreeMap<Verdict, usize> = Verdict::ALL.iter().map(|&verdict| (verdict, 0)).collect();
        for line in &citations {
            *verdicts.entry(line.verdict).or_default() += 1;
        }
        let fails = citations.iter().any(|line| line.verdict.fails());
        let summary = ProofSummary {
            citations: citations.len(),
            verdicts,
            notes: notes.len(),
            failed: fails || !notes.is_empty(),
        };
        Self {
            citations,
            notes,
            summary,
        }
    }
}
