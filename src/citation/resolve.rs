//! Citations of a corpus, resolved to the documents that they mean.
//!
//! A symbol is a key only together with a date or a term: each committee numbers anew when it is elected, so four
//! documents are `21-NQ/TW`. A local symbol needs its committee as well: `09-QĐ/ĐU` of Cần Thơ and of Sóc Trăng are two
//! documents. Evidence is taken in this order: the text of the citation; what its document says of that symbol
//! elsewhere; what the corpus knows; the register of central documents ([`super::registered`]). What is younger than the
//! citing document is never meant. A citation that fits two identities is ambiguous; the resolver never guesses.

use std::collections::HashMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::identity::{Evidence, Identity, limit_of};
use super::registered::Registered;
use super::{Citation, CitationStatus, IdentitySource, Replacement};
use crate::document::{Document, PartialDate};
use crate::register::{Register, RegisteredDocument};
use crate::stop::checkpoint;
use crate::symbol::Kind;
use crate::text::Span;

/// Identities by symbol or name. No two of one key agree.
type Identities = HashMap<String, Vec<Identity>>;

/// Identities of the documents that a corpus cites and holds.
///
/// First every document is [observed](Self::observe), then every document's citations are [resolved](Self::resolve).
/// The resolver stores identities, not citations: its size grows with the number of distinct documents cited.
///
/// ```
/// use vankien::{citation::Resolver, register::Register};
/// let mut resolver = Resolver::new(Register::shipped());
/// # let text = String::new();
/// # let (document, mut citations) = (vankien::document::parse("a", "a.txt", text, &Default::default()), Vec::new());
/// resolver.observe(&document, &citations);
/// resolver.resolve(&document, &mut citations);
/// ```
#[derive(Debug)]
pub struct Resolver {
    /// Identities known from all documents.
    identities: Identities,
    /// The documents that the texts call replaced or repealed, by symbol or name, each with the identity of the one that
    /// replaces it.
    replaced: HashMap<String, Vec<(Identity, String)>>,
    /// The register, for what the texts do not tell.
    register: Arc<Register>,
}

impl Resolver {
    /// Returns a resolver that has observed no document yet.
    #[must_use]
    pub fn new(register: Arc<Register>) -> Self {
        Self {
            identities: Identities::new(),
            replaced: HashMap::new(),
            register,
        }
    }

    /// Returns the register that it resolves with.
    #[must_use]
    pub fn register(&self) -> &Register {
        &self.register
    }

    /// Returns what the corpus says of the documents with the symbol of `citation`, as far as they are of the series of
    /// numbers that it names. Their dates may contradict that of the citation. What `document` says itself is left out.
    #[must_use]
    pub fn accounts(&self, document: &Document, citation: &Citation) -> Vec<Account<'_>> {
        let evidence = Evidence::of(document, citation).without_date();
        let known = self.identities.get(citation.key()).map_or(&[][..], Vec::as_slice);
        let others = known
            .iter()
            .filter(|identity| identity.target.as_deref() != Some(document.id.as_str()) && evidence.allows(identity));
        others
            .map(|identity| Account {
                date: identity.date,
                target: identity.target.as_deref(),
                has_subject: identity.is_about(citation.subject.as_deref()),
            })
            .collect()
    }

    /// Adds the identity of `document`, and those of the documents that its `citations` describe.
    pub fn observe(&mut self, document: &Document, citations: &[Citation]) {
        self.add(Observed::of(document, citations));
    }

    /// Adds what was observed of a document.
    pub fn add(&mut self, observed: Observed) {
        for (key, identity) in observed.identities {
            add(&mut self.identities, key, identity);
        }
        for (key, replaced, replacing) in observed.replaced {
            self.replaced.entry(key).or_default().push((replaced, replacing));
        }
    }

    /// Sets status, candidates, identity, source, replacement and target of the `citations` of `document`.
    pub fn resolve(&self, document: &Document, citations: &mut [Citation]) {
        let context = CitingContext::of(document, citations);
        let replacing = replacing(document, citations);
        for (citation, replacing) in citations.iter_mut().zip(replacing) {
            checkpoint();
            citation.candidates.clear();
            citation.identity = None;
            citation.source = None;
            citation.replaced_by = None;
            citation.target = None;
            if citation.is_own_document() {
                citation.status = CitationStatus::Resolved;
                citation.target = Some(document.id.clone());
                continue;
            }
            let outcome = self.outcome(&context, citation);
            citation.replaced_by = replacing.or_else(|| self.replacement(&outcome, citation.key()));
            citation.status = outcome.status;
            citation.candidates = outcome.candidates;
            citation.source = outcome.source;
            citation.target = outcome.target;
            citation.identity = outcome.identity;
        }
        take_up(citations);
    }

    /// Returns the document that `citation` means.
    fn outcome(&self, context: &CitingContext<'_>, citation: &Citation) -> Outcome {
        let key = citation.key();
        let corpus = self.identities.get(key).map_or(&[][..], Vec::as_slice);
        let (fits, source) = context.fitting(citation, corpus);
        let registered = || Registered::find(&self.register, context.document, citation, context.limit);
        match fits.as_slice() {
            [] => {
                let registered = registered();
                if let Some(row) = registered.one() {
                    return Outcome::registered(row, key);
                }
                let candidates = registered.rows.iter().map(|row| row_identity(row, key)).collect();
                match context.is_known_by_name(citation) {
                    true => Outcome::of(CitationStatus::Resolved),
                    false if registered.rows.is_empty() => Outcome::of(CitationStatus::Unresolved),
                    false => Outcome {
                        candidates,
                        ..Outcome::of(CitationStatus::Ambiguous)
                    },
                }
            }
            [one] => {
                let target = target_of(one, corpus).filter(|target| *target != context.document.id);
                let is_whole = one.date.is_some_and(|date| date.day().is_some());
                // "ngày 3 tháng 2012" is completed to the day.
                let row = if is_whole || one.is_local() {
                    None
                } else {
                    registered().one()
                };
                let agrees = |row: &&RegisteredDocument| {
                    one.date
                        .is_none_or(|date| row.date.is_some_and(|known| known.agrees(date)))
                };
                match row.filter(agrees) {
                    Some(row) => Outcome {
                        target,
                        ..Outcome::registered(row, key)
                    },
                    None => Outcome {
                        identity: Some(one.describe(key)),
                        meant: Some((*one).clone()),
                        source: Some(source),
                        target,
                        ..Outcome::of(CitationStatus::Resolved)
                    },
                }
            }
            several => {
                // The register may know which of them has the title, the issuer or the term that is printed.
                let row = registered().one();
                let is_one_of_them = |row: &&RegisteredDocument| {
                    let agrees = |date: PartialDate| row.date.is_some_and(|known| known.agrees(date));
                    several.iter().any(|identity| identity.date.is_some_and(agrees))
                };
                match row.filter(is_one_of_them) {
                    Some(row) => Outcome::registered(row, key),
                    None => Outcome {
                        candidates: several.iter().map(|identity| identity.describe(key)).collect(),
                        ..Outcome::of(CitationStatus::Ambiguous)
                    },
                }
            }
        }
    }

    /// Returns the identity of the document that replaces the one of `outcome`, which is cited under `key`: as a text of
    /// the corpus says, or else the register.
    fn replacement(&self, outcome: &Outcome, key: &str) -> Option<String> {
        let meant = outcome.meant.as_ref()?;
        let told = self.replaced.get(key).map_or(&[][..], Vec::as_slice);
        let told = told.iter().find(|(replaced, _)| replaced.agrees(meant));
        told.map(|(_, replacing)| replacing.clone()).or_else(|| {
            let row = self.register.identified(outcome.identity.as_deref()?)?;
            let replacing = row.replaced_by.first()?;
            Some(self.register.identity_of(replacing))
        })
    }
}

/// The part of a document that a [`Resolver`] takes: the identities that it tells. It is small, and may be kept apart
/// from the document.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Observed {
    /// Identities by symbol or name, in the order in which the text tells them; the document's own first.
    identities: Vec<(String, Identity)>,
    /// The documents that the text calls replaced or repealed, by symbol or name, each with the identity of the one that
    /// replaces it.
    replaced: Vec<(String, Identity, String)>,
}

impl Observed {
    /// Collects what `document` and its `citations` tell.
    #[must_use]
    pub fn of(document: &Document, citations: &[Citation]) -> Self {
        let mut replaced = Vec::new();
        for (citation, replacing) in citations.iter().zip(replacing(document, citations)) {
            checkpoint();
            if let Some(replacing) = replacing {
                let account = Evidence::of(document, citation).account();
                replaced.push((citation.key().to_owned(), account, replacing));
            }
        }
        let own = Identity::of_document(document).into_iter();
        Self {
            identities: own.chain(cited(document, citations)).collect(),
            replaced,
        }
    }
}

/// Returns for each of `citations` the identity of the document that, as `document` says, replaces or repeals the cited
/// one: `document` itself, or another one that it cites.
fn replacing(document: &Document, citations: &[Citation]) -> Vec<Option<String>> {
    let named = citations.iter().filter(|citation| !citation.key().is_empty());
    let by_span: HashMap<Span, &Citation> = named.map(|citation| (citation.span, citation)).collect();
    let own = Identity::of_document(document).map(|(symbol, identity)| identity.describe(&symbol));
    let identity = |citation: &Citation| match citation.replacement? {
        Replacement::OwnDocument => own.clone(),
        Replacement::Citation(span) => {
            let other = by_span.get(&span)?;
            Some(Evidence::of(document, other).account().describe(other.key()))
        }
        Replacement::Untold => None,
    };
    citations.iter().map(identity).collect()
}

/// Gives each citation that the register left open the identity with which the same document cites its key elsewhere, if
/// that is one: "Chỉ thị số 45" after "Chỉ thị số 45-CT/TW về đại hội đảng bộ các cấp".
fn take_up(citations: &mut [Citation]) {
    let mut told: HashMap<String, Option<usize>> = HashMap::new();
    for (index, citation) in citations.iter().enumerate() {
        if citation.source == Some(IdentitySource::Register) {
            let same = |known: &usize| citations[*known].identity == citation.identity;
            let known = told.entry(citation.key().to_owned()).or_insert(Some(index));
            *known = known.filter(same);
        }
    }
    for index in 0..citations.len() {
        let known = told.get(citations[index].key()).copied().flatten();
        let Some(known) = known.filter(|_| citations[index].status == CitationStatus::Ambiguous) else {
            continue;
        };
        let Some(identity) = citations[known].identity.clone() else {
            continue;
        };
        if citations[index].candidates.contains(&identity) {
            let replaced_by = citations[known].replaced_by.clone();
            let citation = &mut citations[index];
            citation.status = CitationStatus::Resolved;
            citation.source = Some(IdentitySource::Register);
            citation.candidates.clear();
            citation.identity = Some(identity);
            citation.replaced_by = replaced_by;
        }
    }
}

/// The account that a corpus gives of one document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Account<'r> {
    /// Its date.
    pub date: Option<PartialDate>,
    /// Its id, if the corpus contains it.
    pub target: Option<&'r str>,
    /// True if its subject is that of the citation that was asked for.
    pub has_subject: bool,
}

/// The outcome of resolving one citation.
struct Outcome {
    /// Its status.
    status: CitationStatus,
    /// The documents that it may mean, if several.
    candidates: Vec<String>,
    /// The document that it means.
    identity: Option<String>,
    /// The same with what tells it from others of its symbol.
    meant: Option<Identity>,
    /// The account that tells.
    source: Option<IdentitySource>,
    /// The id of the document, if the corpus contains it.
    target: Option<String>,
}

impl Outcome {
    /// Returns an outcome with this status and nothing else.
    fn of(status: CitationStatus) -> Self {
        Self {
            status,
            candidates: Vec::new(),
            identity: None,
            meant: None,
            source: None,
            target: None,
        }
    }

    /// Returns the outcome of a citation with this key that means `row` of the register.
    fn registered(row: &RegisteredDocument, key: &str) -> Self {
        Self {
            identity: Some(row_identity(row, key)),
            meant: Some(Identity::of_row(row)),
            source: Some(IdentitySource::Register),
            ..Self::of(CitationStatus::Resolved)
        }
    }
}

/// Returns the identity of `row` for a citation with this key: a document without a symbol is called as the text calls
/// it.
fn row_identity(row: &RegisteredDocument, key: &str) -> String {
    match (row.symbol(), row.date) {
        (None, Some(date)) => format!("{key} ngày {date}"),
        _ => row.identity(),
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
        for (key, identity) in cited(document, citations) {
            add(&mut own, key, identity);
        }
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

    /// Returns the identities that `citation` may mean, and the account that tells them: those that its own document
    /// describes, or else those of its key in the `corpus`.
    fn fitting<'i>(&'i self, citation: &Citation, corpus: &'i [Identity]) -> (Vec<&'i Identity>, IdentitySource) {
        let evidence = Evidence::of(self.document, citation);
        let own = self.own.get(citation.key()).map_or(&[][..], Vec::as_slice);
        let mut fits = evidence.consistent(own);
        let mut source = IdentitySource::Text;
        if fits.is_empty() {
            source = IdentitySource::Corpus;
            fits = evidence.consistent(corpus);
            // A report cannot cite a document that did not exist yet.
            fits.retain(|identity| {
                identity
                    .date
                    .is_none_or(|date| self.limit.is_none_or(|limit| date <= limit))
            });
        }
        (evidence.by_subject(fits), source)
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

/// Returns the identities that the `citations` of `document` describe, by symbol or name.
fn cited(document: &Document, citations: &[Citation]) -> impl Iterator<Item = (String, Identity)> {
    citations.iter().filter_map(move |citation| {
        let identity = Evidence::of(document, citation).identity(citation)?;
        Some((citation.key().to_owned(), identity))
    })
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
