//! A whole corpus compared with itself: every pair of passages that share wording, the families that the pairs join
//! ([`Family`]), and the set phrases ([`SetPhrase`]).
//!
//! Passages are compared in the order of their documents' dates, each with those of the earlier ones that share most
//! with it ([`neighbors`]), by the same alignment and the same score as for one question ([`mod@links`]). Wording
//! shared only in set phrases is no precedent.

mod collection;
mod family;
mod links;
mod neighbors;
mod set_phrases;

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

use serde::Serialize;

use super::pieces::{SourceMap, repaired_words};
use crate::index::{BestReading, Error, Index, Tokenized};
use crate::query::{Diagnostic, Filters};
use crate::record::{DocumentRecord, PassageRecord};
use crate::text::Span;
use collection::Collection;
use family::{Extent, families};
use links::{Link, links};
use set_phrases::FoundPhrase;

pub(super) use collection::age_key;

/// Options for comparing a corpus with itself.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ReuseOptions {
    /// Minimum score of a pair.
    pub min_score: f64,
    /// Number of threads.
    pub threads: usize,
}

impl Default for ReuseOptions {
    fn default() -> Self {
        Self {
            min_score: MIN_PAIR_SCORE,
            threads: std::thread::available_parallelism().map_or(1, std::num::NonZero::get),
        }
    }
}

/// Minimum score of a pair unless another is asked for. It is lower than that of an answer to a question
/// ([`super::MIN_SCORE`]) because a pair must also share more than a term and a set phrase.
pub const MIN_PAIR_SCORE: f64 = 0.28;

/// The wording that a corpus shares with itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reuse {
    /// The documents compared, the oldest first, those without a date last.
    pub documents: Vec<DocumentRecord>,
    /// Pairs of passages, by the later and then by the earlier one.
    pub pairs: Vec<PassagePair>,
    /// Families of wording: those that most documents share first, then the longest.
    pub families: Vec<Family>,
    /// One entry for each ordered pair of documents of which the second has a part of the first.
    pub overlaps: Vec<Overlap>,
    /// Oddities of the filters.
    pub diagnostics: Vec<Diagnostic>,
}

/// Two passages that share wording.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PassagePair {
    /// Id of the passage of the earlier document.
    pub one: String,
    /// Id of the passage of the later document.
    pub other: String,
    /// 0 to 1, like the score of a [`super::Precedent`].
    pub score: f64,
    /// Number of syllables and numbers that are the same.
    pub matched_syllables: usize,
}

/// Wording that went from text to text.
#[derive(Clone, Debug, PartialEq)]
pub struct Family {
    /// The places that have it, the earliest document first.
    pub members: Vec<Member>,
    /// Number of documents.
    pub documents: usize,
    /// Its pairs, as indices of [`Reuse::pairs`].
    pub pairs: Vec<usize>,
}

/// A place that has the wording of a family.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// The passage.
    pub record: PassageRecord,
    /// Date of its document, may be partial.
    pub date: Option<String>,
    /// Number of its words and numbers that belong to the family.
    pub syllables: usize,
    /// These words in the source.
    pub text: String,
    /// The same words in the letters of the file, if they were converted from an encoding from before Unicode.
    pub letters: Option<String>,
    /// Their repaired reading if the source is damaged.
    pub repaired: Option<String>,
    /// Their bytes in the file, `[start, end)`; see [`super::AlignedPiece::spans`].
    pub spans: Vec<[usize; 2]>,
    /// The greatest score of its pairs in the family.
    pub score: f64,
}

/// The part of one document that another has too.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Overlap {
    /// Id of the first document.
    pub document: String,
    /// Id of the document that has a part of it.
    pub stands_in: String,
    /// Number of syllables of the first that are there.
    pub syllables: usize,
    /// Their share of all its syllables, 0 to 1.
    pub share: f64,
}

/// A set phrase of the genre.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SetPhrase {
    /// Its most frequent spelling, in lower case.
    pub phrase: String,
    /// Number of its syllables.
    pub syllables: usize,
    /// Number of its occurrences.
    pub count: usize,
    /// Number of documents that have it.
    pub documents: usize,
    /// The first passage of the earliest document that has it.
    pub first_passage: String,
    /// That document.
    pub first_document: String,
    /// Its date.
    pub first_date: Option<String>,
}

/// Compares the passages of `index` that pass `filters` with one another.
///
/// # Errors
/// [`Error::Damaged`], [`Error::Engine`], [`Error::Io`].
pub fn reuse(index: &Index, filters: &Filters, options: &ReuseOptions) -> Result<Reuse, Error> {
    let mut diagnostics = Vec::new();
    let collection = Collection::of(index, filters, &mut diagnostics)?;
    let links = links(&collection, options.min_score as f32, options.threads);
    let ends: Vec<(Extent, Extent)> = links.iter().flat_map(|link| link.extents.iter().copied()).collect();
    let families = families(&ends);
    let overlaps = overlaps(&collection, &families);
    let families = describe_families(index, &collection, &links, families)?;
    let pairs = links.iter().map(|link| PassagePair {
        one: collection.ids[link.one as usize].clone(),
        other: collection.ids[link.other as usize].clone(),
        score: f64::from(link.score),
        matched_syllables: link.matched,
    });
    Ok(Reuse {
        pairs: pairs.collect(),
        documents: collection.documents,
        families,
        overlaps,
        diagnostics,
    })
}

/// Finds the set phrases of the passages of `index` that pass `filters`: those in most documents first, then the most
/// frequent ones.
///
/// # Errors
/// Those of [`reuse`].
pub fn set_phrases(
    index: &Index,
    filters: &Filters,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<Vec<SetPhrase>, Error> {
    let collection = Collection::of(index, filters, diagnostics)?;
    let phrases = collection.set_phrases();
    Ok(phrases
        .iter()
        .map(|phrase| describe_phrase(&collection, phrase))
        .collect())
}

/// Describes a set phrase for people.
fn describe_phrase(collection: &Collection, phrase: &FoundPhrase) -> SetPhrase {
    let mut spellings: HashMap<&[u32], usize> = HashMap::new();
    for place in &phrase.places {
        let marked = &collection.wordings[place.line as usize].marked;
        *spellings
            .entry(&marked[place.at as usize..][..phrase.words.len()])
            .or_default() += 1;
    }
    // Of words that lost their marks the spelling is unknown, however frequent they are: the spelling with the most
    // known words comes first. The words themselves break ties, so that the choice is always the same.
    let known = |spelling: &[u32]| {
        spelling
            .iter()
            .filter(|&&word| collection.vocabulary.with_marks(word).is_some())
            .count()
    };
    let spelling = spellings
        .iter()
        .max_by_key(|(spelling, count)| (known(spelling), **count, std::cmp::Reverse(**spelling)));
    let words = phrase.words.iter().enumerate().map(|(at, &folded)| {
        let marked = spelling.and_then(|(spelling, _)| collection.vocabulary.with_marks(spelling[at]));
        marked.unwrap_or_else(|| collection.vocabulary.word(folded))
    });
    let first = phrase.places.first().map_or(0, |place| place.line as usize);
    let document = &collection.documents[collection.document_of[first] as usize];
    SetPhrase {
        phrase: words.collect::<Vec<_>>().join(" "),
        syllables: phrase.words.len(),
        count: phrase.places.len(),
        documents: phrase.documents,
        first_passage: collection.ids[first].clone(),
        first_document: document.document.clone(),
        first_date: document.date.clone(),
    }
}

/// Counts how much of each document each other one has: a member of a family is in each document of the family.
fn overlaps(collection: &Collection, families: &[Vec<Extent>]) -> Vec<Overlap> {
    let document = |extent: &Extent| collection.document_of[extent.passage as usize];
    let mut shared: HashMap<(u32, u32), u32> = HashMap::new();
    for family in families {
        // Extents are sorted by passage and passages by document, so equal documents are neighbors.
        let mut documents: Vec<u32> = family.iter().map(document).collect();
        documents.dedup();
        for extent in family {
            for &other in documents.iter().filter(|&&other| other != document(extent)) {
                *shared.entry((document(extent), other)).or_default() += extent.len();
            }
        }
    }
    let mut lengths = vec![0_usize; collection.documents.len()];
    for (&document, wording) in collection.document_of.iter().zip(&collection.wordings) {
        lengths[document as usize] += wording.len();
    }
    let mut shared: Vec<((u32, u32), u32)> = shared.into_iter().collect();
    shared.sort_unstable();
    let overlap = |((one, other), syllables): ((u32, u32), u32)| Overlap {
        document: collection.documents[one as usize].document.clone(),
        stands_in: collection.documents[other as usize].document.clone(),
        syllables: syllables as usize,
        // A word may be part of several families.
        share: (f64::from(syllables) / lengths[one as usize].max(1) as f64).min(1.0),
    };
    shared.into_iter().map(overlap).collect()
}

/// Describes families for people.
fn describe_families(
    index: &Index,
    collection: &Collection,
    links: &[Link],
    families: Vec<Vec<Extent>>,
) -> Result<Vec<Family>, Error> {
    // The links of each passage, so that a family is not compared with all of them.
    let mut links_of: HashMap<u32, Vec<usize>> = HashMap::new();
    for (number, link) in links.iter().enumerate() {
        links_of.entry(link.one).or_default().push(number);
        links_of.entry(link.other).or_default().push(number);
    }
    let mut reader = MemberReader {
        index,
        collection,
        texts: HashMap::new(),
    };
    let mut described = Vec::with_capacity(families.len());
    for family in families {
        let passages: HashSet<u32> = family.iter().map(|extent| extent.passage).collect();
        let mut members = Vec::with_capacity(family.len());
        let mut pairs: Vec<usize> = Vec::new();
        for extent in &family {
            let of_passage = links_of.get(&extent.passage).map_or(&[][..], Vec::as_slice);
            // A passage may be linked for another sentence: only links within the family count.
            let of_family = of_passage
                .iter()
                .filter(|&&pair| passages.contains(&links[pair].one) && passages.contains(&links[pair].other));
            let score = of_family.clone().map(|&pair| links[pair].score).fold(0.0, f32::max);
            pairs.extend(of_family);
            members.push(reader.member(*extent, score)?);
        }
        // Each pair was met at both of its passages.
        pairs.sort_unstable();
        pairs.dedup();
        let mut documents: Vec<u32> = family
            .iter()
            .map(|extent| collection.document_of[extent.passage as usize])
            .collect();
        documents.dedup();
        described.push(Family {
            members,
            documents: documents.len(),
            pairs,
        });
    }
    let length = |family: &Family| family.members.iter().map(|member| member.syllables).max();
    described.sort_by_key(|family| std::cmp::Reverse((family.documents, length(family))));
    Ok(described)
}

/// Reads the members of families from the index.
struct MemberReader<'c> {
    index: &'c Index,
    collection: &'c Collection,
    /// The texts of the documents read so far, by number.
    texts: HashMap<u32, String>,
}

impl MemberReader<'_> {
    /// Returns the member of a family at `extent`, whose best pair has this score.
    fn member(&mut self, extent: Extent, score: f32) -> Result<Member, Error> {
        let stored = self.index.passage(&self.collection.ids[extent.passage as usize])?;
        let document = self.collection.document_of[extent.passage as usize];
        let record = &self.collection.documents[document as usize];
        // A document has members of many families; its text is read once.
        let source = match self.texts.entry(document) {
            Entry::Occupied(entry) => entry.into_mut(),
            Entry::Vacant(entry) => entry.insert(self.index.document(&record.document)?.document.text),
        };
        let words = Tokenized::of(&stored.record.text, &stored.annotations);
        let cells = words
            .cells
            .get(extent.first as usize..extent.end as usize)
            .unwrap_or(&[]);
        let at = cells
            .iter()
            .map(|cell| cell.span)
            .reduce(Span::cover)
            .unwrap_or_default();
        let damaged = cells.iter().any(|cell| cell.damaged.is_some());
        let repaired = || repaired_words(cells, &BestReading::of(&stored.record.text, &stored.annotations));
        let letters = &stored.annotations.letters;
        Ok(Member {
            date: record.date.clone(),
            syllables: extent.len() as usize,
            text: at.slice(&stored.record.text).to_owned(),
            letters: letters.touches(at).then(|| letters.slice(&stored.record.text, at)),
            repaired: damaged.then(repaired).flatten(),
            spans: SourceMap::of_passage(source, &stored.record).spans(at),
            score: f64::from(score),
            record: stored.record,
        })
    }
}
