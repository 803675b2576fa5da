//! The part of a citation that rows and look-ups ask for.

use crate::citation::Relation;
use crate::document::{Place, SectionKind};
use crate::record::CitationRecord;
use crate::symbol::Kind;

/// The part of a citation's [record](CitationRecord) that rows are counted from and that is compared with what somebody
/// asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Counted<'c> {
    /// The key that it is counted by; see [`key_of`].
    pub(super) key: &'c str,
    /// Id of the document that it is in.
    pub(super) document: &'c str,
    pub(super) symbol: Option<&'c str>,
    pub(super) name: Option<&'c str>,
    pub(super) number: Option<&'c str>,
    pub(super) identity: Option<&'c str>,
    pub(super) date: Option<&'c str>,
    pub(super) issuer: Option<&'c str>,
    pub(super) subject: Option<&'c str>,
    pub(super) term: Option<&'c str>,
    pub(super) kind: Kind,
    pub(super) place: Place,
    pub(super) section_kind: Option<SectionKind>,
    pub(super) relation: Option<Relation>,
}

impl<'c> From<&'c CitationRecord> for Counted<'c> {
    fn from(record: &'c CitationRecord) -> Self {
        Self {
            key: key_of(record),
            document: &record.document,
            symbol: record.symbol.as_deref(),
            name: record.name.as_deref(),
            number: record.number.as_deref(),
            identity: record.identity.as_deref(),
            date: record.date.as_deref(),
            issuer: record.issuer.as_deref(),
            subject: record.subject.as_deref(),
            term: record.term.as_deref(),
            kind: record.kind,
            place: record.place,
            section_kind: record.section_kind,
            relation: record.relation,
        }
    }
}

/// Returns the key that a citation is counted by: [`CitationRecord::counted_as`], else its text.
pub(super) fn key_of(record: &CitationRecord) -> &str {
    record.counted_as().unwrap_or(&record.raw)
}
