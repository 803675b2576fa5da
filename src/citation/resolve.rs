//! Citations of a corpus, resolved to the documents that they mean.
//!
//! A symbol is a key only together with a date or a term: each committee numbers anew when it is elected, so four
//! documents are `21-NQ/TW`. A local symbol needs its committee as well: `09-QĐ/ĐU` of Cần Thơ and of Sóc Trăng are two
//! documents. Evidence is taken in this order: the text of the citation; what its document says of that symbol
//! elsewhere; what the corpus knows, except documents younger than the citing one. A citation that fits two identities
//! is ambiguous; the resolver never guesses.

use std::collections::HashMap;

use super::identity::{Evidence, Identity, limit_of};
use super::{Citation, CitationStatus};
use crate::document::{Document, PartialDate};
use crate::symbol::Kind;

/// Identities by symbol or name. No two of one key agree.
type Identities = HashMap<String, Vec<Identity>>;

/// Identities of the documents that a corpus cites and holds.
///
/// First every document is [observed](Self::observe), then every document's citations are [resolved](Self::resolve).
/// The resolver stores identities, not citations: its size grows with the number of distinct documents cited.
///
/// ```
/// use vankien::citation::Resolver;
/// let mut resolver = Resolver::default();
/// # let text = String::new();
/// # let (document, mut citations) = (vankien::document::parse("a", "a.txt", text, &Default::default()), Vec::new());
/// resolver.observe(&document, &citations);
/// resolver.resolve(&document, &mut citations);
/// ```
#[derive(Debug, Default)]
pub struct Resolver {
    /// Identities known from all documents.
    identities: Identities,
}

impl Resolver {
    /// Adds the identity of `document`, and those of the documents that its `citations` describe.
    pub fn observe(&mut self, document: &Document, citations: &[Citation]) {
        if let Some((key, identity)) = Identity::of_document(document) {
            add(&mut self.identities, key, identity);
        }
        add_cited(&mut self.identities, document, citations);
    }

    /// Sets status, candidates, identity and target of the `citations` of `document`.
    pub fn resolve(&self, document: &Document, citations: &mut [Citation]) {
        let context = CitingContext::of(document, citations);
        for citation in citations {
            if citation.is_own_document() {
                citation.status = CitationStatus::Resolved;
                citation.target = Some(document.id.clone());
                continue;
            }
            let corpus = self.identities.get(citation.key()).map_or(&[][..], Vec::as_slice);
            let fits = context.fitting(citation, corpus);
            citation.candidates.clear();
            citation.identity = None;
            citation.target = None;
            citation.status = match fits.as_slice() {
                [] if context.is_known_by_name(citation) => CitationStatus::Resolved,
                [] => CitationStatus::Unresolved,
                [one] => {
                    citation.identity = Some(one.describe(citation.key()));
                    citation.target = target_of(one, corpus).filter(|target| *target != document.id);
                    CitationStatus::Resolved
                }
                several => {
                    citation.candidates = several
                        .iter()
                        .map(|identity| identity.describe(citation.key()))
                        .collect();
                    CitationStatus::Ambiguous
                }
            };
        }
    }
}

/// The citing document, with what it says of the documents that it cites.
struct CitingContext<'d> {
    /// The document.
    document: &'d Document,
    /// The identities that its own citations describe.
    own: Identities,
    /// The last date that a document cited by it may have; `None` if unknown.
    limit: Option<PartialDate>,
    /// The names that it cites with a subject.
    with_subject: Vec<String>,
}

impl<'d> CitingContext<'d> {
    /// Collects what `citations`, all those of `document`, say.
    fn of(document: &'d Document, citations: &[Citation]) -> Self {
        let mut own = Identities::new();
        add_cited(&mut own, document, citations);
        Self {
            document,
            own,
            limit: limit_of(document, citations),
            with_subject: citations
                .iter()
                .filter(|citation| citation.symbol.is_none() && citation.subject.is_some())
                .map(|citation| citation.key().to_owned())
                .collect(),
        }
    }

    /// Returns the identities that `citation` may mean: those that its own document describes, or else those of its key
    /// in the `corpus`.
    fn fitting<'i>(&'i self, citation: &Citation, corpus: &'i [Identity]) -> Vec<&'i Identity> {
        let evidence = Evidence::of(self.document, citation);
        let own = self.own.get(citation.key()).map_or(&[][..], Vec::as_slice);
        let mut fits = evidence.consistent(own);
        if fits.is_empty() {
            fits = evidence.consistent(corpus);
            // A report cannot cite a document that did not exist yet.
            fits.retain(|identity| {
                identity
                    .date
                    .is_none_or(|date| self.limit.is_none_or(|limit| date <= limit))
            });
        }
        evidence.by_subject(fits)
    }

    /// Returns true if the name of `citation`, without a symbol, tells which document is meant.
    ///
    /// There is one charter and one constitution in force, and one resolution of each national congress. Body and term
    /// tell which congress of a committee, or which working rules, are meant. A plenum issues several resolutions, so
    /// its number needs the subject, here or elsewhere in the document. Laws are made anew: they need a year.
    fn is_known_by_name(&self, citation: &Citation) -> bool {
        let Some(name) = citation.name.as_deref().filter(|_| citation.symbol.is_none()) else {
            return false;
        };
        if name.contains(" Trung ương ") && !name.contains("Đại hội") {
            return self.with_subject.iter().any(|known| known == name);
        }
        if let Some((_, body)) = name.split_once(" Đại hội Đảng bộ ") {
            // Without the name of the committee it is that of the document, which must have an issuer then.
            let of_own_committee = body.starts_with("nhiệm kỳ") || body.starts_with("lần thứ");
            return !of_own_committee || self.document.metadata.issuer.is_some();
        }
        match citation.kind {
            Kind::Luat => name == "Hiến pháp",
            Kind::QuyDinh => false,
            Kind::Other => {
                let single = ["Cương lĩnh", "Chiến lược", "Văn kiện", "Báo cáo chính trị"];
                name.contains("nhiệm kỳ") || single.iter().any(|head| name.starts_with(head))
            }
            _ => true,
        }
    }
}

/// Adds the identities that the `citations` of `document` describe.
fn add_cited(identities: &mut Identities, document: &Document, citations: &[Citation]) {
    for citation in citations {
        if let Some(identity) = Evidence::of(document, citation).identity(citation) {
            add(identities, citation.key().to_owned(), identity);
        }
    }
}

/// Adds an identity, or merges it into the known one that it agrees with. If it agrees with several, which are two
/// documents, no text says which of them it is, and it adds nothing.
fn add(identities: &mut Identities, key: String, identity: Identity) {
    let known = identities.entry(key).or_default();
    let mut agreeing = known.iter_mut().filter(|other| other.agrees(&identity));
    match (agreeing.next(), agreeing.next()) {
        (Some(other), None) => other.merge(identity),
        (Some(_), Some(_)) => {}
        (None, _) => known.push(identity),
    }
}

/// Returns the id of the document of the corpus that has this identity.
fn target_of(identity: &Identity, corpus: &[Identity]) -> Option<String> {
    let held = corpus
        .iter()
        .find(|held| held.target.is_some() && held.agrees(identity));
    held.and_then(|held| held.target.clone())
}

impl Evidence<'_> {
    /// Returns the `identities` that the evidence does not rule out.
    fn consistent<'i>(&self, identities: &'i [Identity]) -> Vec<&'i Identity> {
        let fits: Vec<&Identity> = identities.iter().filter(|identity| self.allows(identity)).collect();
        // An identity without a date may be the same document as one with a date.
        let dated = fits.iter().any(|identity| identity.date.is_some());
        fits.into_iter()
            .filter(|identity| identity.date.is_some() || !dated)
            .collect()
    }

    /// Returns the one of several identities whose subject is that of the citation; all of them if that is not exactly
    /// one.
    fn by_subject<'i>(&self, fits: Vec<&'i Identity>) -> Vec<&'i Identity> {
        if fits.len() < 2 {
            return fits;
        }
        let alike: Vec<&Identity> = fits
            .iter()
            .copied()
            .filter(|identity| identity.is_about(self.subject))
            .collect();
        if alike.len() == 1 { alike } else { fits }
    }
}
