//! Citations of a corpus to the documents they mean.
//!
//! A symbol is a key only together with a date or a term: each committee numbers anew when it is elected,
//! so four documents are `21-NQ/TW`. A local symbol needs its committee as well: `09-QĐ/ĐU` of Cần Thơ and of
//! Sóc Trăng are two. Evidence is taken in this order: what stands with the citation; what the same
//! document says elsewhere of that symbol; what the corpus knows, as far as it is not younger than the
//! citing document. Two identities that fit make a citation ambiguous; it is never guessed.

use std::collections::HashMap;

use super::identity::{Evidence, Identity, limit_of};
use super::{Citation, CitationStatus};
use crate::document::Document;
use crate::symbol::Kind;

/// What a corpus tells about the documents it cites and holds.
///
/// First every document is [observed](Self::observe), then every document's citations are
/// [resolved](Self::resolve). It keeps identities, not citations: its size grows with the number of
/// distinct documents cited.
///
/// ```
/// use vankien::citation::Resolver;
/// let mut resolver = Resolver::default();
/// # let (document, mut citations) = (vankien::document::parse("a", "a.txt", String::new(), &Default::default()), Vec::new());
/// resolver.observe(&document, &citations);
/// resolver.resolve(&document, &mut citations);
/// ```
#[derive(Debug, Default)]
pub struct Resolver {
    /// By symbol or name; no two of one key agree.
    identities: HashMap<String, Vec<Identity>>,
}

impl Resolver {
    /// Takes up what `document` is and what its `citations` say of the documents they cite.
    pub fn observe(&mut self, document: &Document, citations: &[Citation]) {
        if let Some((key, identity)) = Identity::of_document(document) {
            learn(&mut self.identities, key, identity);
        }
        for citation in citations {
            if let Some(identity) = Evidence::of(document, citation).identity(citation) {
                learn(&mut self.identities, citation.key().to_owned(), identity);
            }
        }
    }

    /// Sets status, candidates and target of the `citations` of `document`.
    pub fn resolve(&self, document: &Document, citations: &mut [Citation]) {
        let limit = limit_of(document, citations);
        let mut own: HashMap<String, Vec<Identity>> = HashMap::new();
        let mut plenums: Vec<String> = Vec::new();
        for citation in citations.iter() {
            if let Some(identity) = Evidence::of(document, citation).identity(citation) {
                learn(&mut own, citation.key().to_owned(), identity);
            }
            if citation.symbol.is_none() && citation.subject.is_some() {
                plenums.push(citation.key().to_owned());
            }
        }
        for citation in citations {
            let evidence = Evidence::of(document, citation);
            let own = own.get(citation.key()).map_or(&[][..], Vec::as_slice);
            let corpus = self.identities.get(citation.key()).map_or(&[][..], Vec::as_slice);
            let mut fits = evidence.among(own);
            if fits.is_empty() {
                fits = evidence.among(corpus);
                fits.retain(|identity| identity.date.is_none_or(|date| limit.is_none_or(|limit| date <= limit)));
            }
            let fits = evidence.by_subject(fits);
            let named = citation.symbol.is_none() && is_known_by_name(document, citation, &plenums);
            citation.candidates.clear();
            citation.identity = None;
            citation.target = None;
            citation.status = match fits.as_slice() {
                [] if named => CitationStatus::Resolved,
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

/// Adds an identity, or joins it with the one it agrees with.
fn learn(identities: &mut HashMap<String, Vec<Identity>>, key: String, identity: Identity) {
    let known = identities.entry(key).or_default();
    match known.iter_mut().find(|other| other.agrees(&identity)) {
        Some(other) => other.join(identity),
        None => known.push(identity),
    }
}

/// The document of the corpus that is `identity`.
fn target_of(identity: &Identity, corpus: &[Identity]) -> Option<String> {
    let held = corpus
        .iter()
        .find(|held| held.target.is_some() && held.agrees(identity));
    held.and_then(|held| held.target.clone())
}

/// Does the name alone tell which document is meant?
///
/// There is one charter and one constitution in force, one resolution of each national congress; a committee's
/// congress and its working rules are told by body and term. A plenum issues several resolutions, so its
/// number needs the subject, here or elsewhere in the document (`plenums`). Laws are made anew: they need a year.
fn is_known_by_name(document: &Document, citation: &Citation, plenums: &[String]) -> bool {
    let Some(name) = citation.name.as_deref() else {
        return false;
    };
    if name.contains(" Trung ương ") {
        return plenums.iter().any(|known| known == name);
    }
    if let Some(body) = name.strip_prefix("Nghị quyết Đại hội Đảng bộ ") {
        let of_own_committee = body.starts_with("nhiệm kỳ") || body.starts_with("lần thứ");
        return !of_own_committee || document.metadata.issuer.is_some();
    }
    match citation.kind {
        Kind::Luat => name == "Hiến pháp",
        Kind::QuyDinh => false,
        Kind::Other => name == "Cương lĩnh chính trị" || name.contains("nhiệm kỳ") || name.starts_with("Chiến lược"),
        _ => true,
    }
}

impl Evidence<'_> {
    /// The identities that what stands with the citation does not rule out.
    fn among<'i>(&self, identities: &'i [Identity]) -> Vec<&'i Identity> {
        let fits: Vec<&Identity> = identities.iter().filter(|identity| self.allows(identity)).collect();
        // An identity without a date may be one of those that have one.
        let dated = fits.iter().any(|identity| identity.date.is_some());
        fits.into_iter()
            .filter(|identity| identity.date.is_some() || !dated)
            .collect()
    }

    /// Of several identities the one whose subject is that of the citation, where one alone is.
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
