//! Who has what from whom, over a whole corpus: every pair of passages that share wording, and the families that they
//! join ([`Family`]).
//!
//! Passages are compared in the order of their documents' dates, each with those before it that share most with it
//! ([`neighbors`]), by the same alignment and the same score as for one question. What is shared only in
//! set phrases ([`SetPhrase`]) is no precedent.

mod collection;
mod family;
mod neighbors;
mod set_phrases;

use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicUsize, Ordering};

use serde::Serialize;

use super::align::{Aligner, Step, Stretch};
use super::judge::{Least, judge};
use super::pieces::Origin;
use super::prefilter::{LEAST_PROMISE, Probe};
use super::wording::{Places, Sought};
use crate::index::{BestReading, Error, Index, Tokenized};
use crate::query::{Diagnostic, Filters};
use crate::record::{DocumentRecord, PassageRecord};
use crate::text::Span;
use collection::Collection;
pub(super) use collection::by_age;
use family::{Extent, families};

/// How to compare a corpus with itself.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ReuseOptions {
    /// Least score of a pair.
    pub min_score: f64,
    /// Threads.
    pub threads: usize,
}

impl Default for ReuseOptions {
    fn default() -> Self {
        Self {
            min_score: LEAST_SCORE,
            threads: std::thread::available_parallelism().map_or(1, std::num::NonZero::get),
        }
    }
}

/// The least score of a pair, where nothing else is asked for. Lower than that of an answer to a question
/// ([`super::MIN_SCORE`]): a pair must share more than a term and a set phrase too.
pub const LEAST_SCORE: f64 = 0.28;

/// What a corpus shares with itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reuse {
    /// Documents that were compared, the oldest first, those without a date last.
    pub documents: Vec<DocumentRecord>,
    /// Pairs of passages, in the order of the later and then of the earlier one.
    pub pairs: Vec<Pair>,
    /// Families of wording: those that most documents share first, then the longest.
    pub families: Vec<Family>,
    /// For each two documents of which one stands in part in the other.
    pub overlaps: Vec<Overlap>,
    /// What was odd about the question.
    pub diagnostics: Vec<Diagnostic>,
}

/// Two passages that share wording.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Pair {
    /// Id of the passage of the earlier document.
    pub one: String,
    /// Id of the passage of the later document.
    pub other: String,
    /// 0 to 1, as of a [`super::Precedent`].
    pub score: f64,
    /// Syllables and numbers that are the same.
    pub matched_syllables: usize,
}

/// Wording that went from text to text.
#[derive(Clone, Debug, PartialEq)]
pub struct Family {
    /// Where it stands: the earliest document first.
    pub members: Vec<Member>,
    /// Number of documents.
    pub documents: usize,
    /// Its pairs, as indices of [`Reuse::pairs`].
    pub pairs: Vec<usize>,
}

/// A place where the wording of a family stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// The passage.
    pub record: PassageRecord,
    /// Date of its document, may be partial.
    pub date: Option<String>,
    /// Number of its words and numbers that are of the family.
    pub syllables: usize,
    /// These words in the source.
    pub text: String,
    /// Their repaired reading, where the source is damaged.
    pub repaired: Option<String>,
    /// Their bytes in the file, `[start, end)`; see [`super::Piece::spans`].
    pub spans: Vec<[usize; 2]>,
    /// The greatest score of its pairs in the family.
    pub score: f64,
}

/// How much of one document stands in another.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Overlap {
    /// Id of the document of which a part stands elsewhere.
    pub document: String,
    /// Id of the document in which it stands.
    pub stands_in: String,
    /// Number of its syllables that stand there.
    pub syllables: usize,
    /// Their share of all its syllables, 0 to 1.
    pub share: f64,
}

/// A set phrase of the genre.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SetPhrase {
    /// As it is written most often, in lower case.
    pub phrase: String,
    /// Number of its syllables.
    pub syllables: usize,
    /// How often it stands anywhere.
    pub count: usize,
    /// In how many documents.
    pub documents: usize,
    /// Where it stands first: the passage of the earliest document.
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
    let set_words = set_words(&collection);
    let links = links(&collection, &set_words, options);
    let ends: Vec<(Extent, Extent)> = links.iter().flat_map(|link| link.extents.iter().copied()).collect();
    let families = families(&ends);
    let overlaps = overlaps(&collection, &families);
    let families = described(index, &collection, &links, families)?;
    let pairs = links.iter().map(|link| Pair {
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

/// The set phrases of the passages of `index` that pass `filters`: those in most documents first, then the most
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
        .map(|phrase| described_phrase(&collection, phrase))
        .collect())
}

/// A set phrase as people read it.
fn described_phrase(collection: &Collection, phrase: &set_phrases::SetPhrase) -> SetPhrase {
    let mut writings: HashMap<&[u32], usize> = HashMap::new();
    for place in &phrase.places {
        let marked = &collection.wordings[place.line as usize].marked;
        *writings
            .entry(&marked[place.at as usize..][..phrase.words.len()])
            .or_default() += 1;
    }
    let known = |writing: &[u32]| {
        writing
            .iter()
            .filter(|&&word| collection.vocabulary.with_marks(word).is_some())
            .count()
    };
    let writing = writings
        .iter()
        .max_by_key(|(writing, count)| (known(writing), **count, std::cmp::Reverse(**writing)));
    let words = phrase.words.iter().enumerate().map(|(at, &folded)| {
        let marked = writing.and_then(|(writing, _)| collection.vocabulary.with_marks(writing[at]));
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

/// For each passage, where set phrases stand in it: first word and length.
fn set_words(collection: &Collection) -> Vec<Vec<(usize, usize)>> {
    let mut of_passage = vec![Vec::new(); collection.wordings.len()];
    for phrase in collection.set_phrases() {
        for place in &phrase.places {
            of_passage[place.line as usize].push((place.at as usize, phrase.words.len()));
        }
    }
    of_passage
}

/// Two passages that share wording, by their indices.
struct Link {
    one: u32,
    other: u32,
    score: f32,
    matched: usize,
    /// Its stretches that are of families, on both sides.
    extents: Vec<(Extent, Extent)>,
}

/// Passages that a thread takes at once.
const BATCH: usize = 64;

/// All links, in the order of the later passage.
fn links(collection: &Collection, set_words: &[Vec<(usize, usize)>], options: &ReuseOptions) -> Vec<Link> {
    let next = AtomicUsize::new(0);
    let work = || -> Vec<Link> {
        let mut linker = Linker {
            collection,
            set_words,
            aligner: Aligner::new(&collection.vocabulary),
            probe: Probe::default(),
            places: Places::new(&collection.vocabulary),
            min_score: options.min_score as f32,
            least: Least::of_score(options.min_score as f32),
        };
        let mut tally = collection.neighbors.tally();
        let mut links = Vec::new();
        loop {
            let first = next.fetch_add(BATCH, Ordering::Relaxed);
            if first >= collection.wordings.len() {
                return links;
            }
            for passage in first..(first + BATCH).min(collection.wordings.len()) {
                let before = collection
                    .neighbors
                    .before(passage, &collection.document_of, &mut tally);
                linker.link(passage, &before, &mut links);
            }
        }
    };
    let mut links: Vec<Link> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..options.threads.max(1)).map(|_| scope.spawn(work)).collect();
        let done = threads.into_iter().map(|thread| match thread.join() {
            Ok(links) => links,
            Err(panic) => std::panic::resume_unwind(panic),
        });
        done.collect::<Vec<_>>()
    })
    .into_iter()
    .flatten()
    .collect();
    links.sort_by_key(|link| (link.other, link.one));
    links
}

/// Aligns passages with their neighbours.
struct Linker<'c> {
    collection: &'c Collection,
    set_words: &'c [Vec<(usize, usize)>],
    aligner: Aligner<'c>,
    probe: Probe,
    places: Places,
    min_score: f32,
    least: Least,
}

impl Linker<'_> {
    /// Appends the links of `passage` with those of `before` that share wording.
    fn link(&mut self, passage: usize, before: &[u32], links: &mut Vec<Link>) {
        let wording_of = |passage: u32| &self.collection.wordings[passage as usize];
        self.places.take(wording_of(passage as u32));
        let sought = Sought {
            wording: wording_of(passage as u32),
            bits: &self.collection.bits[passage],
            places: &self.places,
        };
        let promise = |other: &u32| (*other, self.probe.promise(sought, wording_of(*other)));
        let promises = before.iter().map(promise);
        let mut promising: Vec<(u32, f32)> = promises.filter(|(_, bits)| *bits >= LEAST_PROMISE).collect();
        promising.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
        let mut failures = 0;
        for (other, _) in promising {
            if failures == MOST_FAILURES {
                break;
            }
            let found = self.compare(passage, other);
            failures = if found.is_some() { 0 } else { failures + 1 };
            links.extend(found);
        }
    }

    /// The link of two passages, where they share wording.
    fn compare(&mut self, passage: usize, other: u32) -> Option<Link> {
        let bits = &self.collection.bits[passage];
        let its = &self.collection.wordings[other as usize];
        let sought = Sought {
            wording: &self.collection.wordings[passage],
            bits,
            places: &self.places,
        };
        let stretches = self.aligner.stretches(sought, its, self.least);
        let judgement = judge(&stretches, bits, &self.collection.bits[other as usize]);
        let own: Vec<usize> = stretches
            .iter()
            .map(|stretch| self.own_words(passage, stretch))
            .collect();
        let shares = judgement.matched >= LEAST_MATCHED && own.iter().sum::<usize>() >= LEAST_OWN;
        let telling = stretches.iter().zip(own);
        let telling = telling.filter(|(stretch, own)| paired(stretch).count() >= LEAST_MATCHED && *own >= LEAST_OWN);
        (judgement.score >= self.min_score && shares).then(|| Link {
            one: other,
            other: passage as u32,
            score: judgement.score,
            matched: judgement.matched,
            extents: telling
                .map(|(stretch, _)| extents(stretch, passage as u32, other))
                .collect(),
        })
    }

    /// Number of words of a stretch that are more than its longest set phrase: a phrase alone is nobody's, several one
    /// behind the other are wording of somebody's own.
    fn own_words(&self, passage: usize, stretch: &Stretch) -> usize {
        let words: Vec<usize> = paired(stretch).map(|(i, _)| i).collect();
        let within = |&(first, len): &(usize, usize)| {
            let from = words.partition_point(|&at| at < first);
            words.partition_point(|&at| at < first + len) - from
        };
        words.len() - self.set_words[passage].iter().map(within).max().unwrap_or(0)
    }
}

/// The words of a stretch that stand on both sides.
fn paired(stretch: &Stretch) -> impl Iterator<Item = (usize, usize)> {
    stretch.steps.iter().filter_map(|step| match *step {
        Step::Pair(i, j, ..) => Some((i, j)),
        _ => None,
    })
}

/// So many neighbours in a row that share nothing: those behind them promise less still.
const MOST_FAILURES: usize = 20;
/// Words that two passages must share, and a stretch to be of a family: fewer are a term, a name or a title, however
/// rare.
const LEAST_MATCHED: usize = 10;
/// Words beside a set phrase that make what two passages share more than it.
const LEAST_OWN: usize = 6;

/// What a stretch covers on both sides.
fn extents(stretch: &Stretch, one: u32, other: u32) -> (Extent, Extent) {
    let mut ends = (Extent::empty(one), Extent::empty(other));
    for (i, j) in paired(stretch) {
        ends.0.cover(i);
        ends.1.cover(j);
    }
    ends
}

/// How much of each document stands in each other one: what is of a family stands wherever the family stands.
fn overlaps(collection: &Collection, families: &[Vec<Extent>]) -> Vec<Overlap> {
    let document = |extent: &Extent| collection.document_of[extent.passage as usize];
    let mut shared: HashMap<(u32, u32), u32> = HashMap::new();
    for family in families {
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
        share: (f64::from(syllables) / lengths[one as usize].max(1) as f64).min(1.0),
    };
    shared.into_iter().map(overlap).collect()
}

/// Families with what people want to know of their members.
fn described(
    index: &Index,
    collection: &Collection,
    links: &[Link],
    families: Vec<Vec<Extent>>,
) -> Result<Vec<Family>, Error> {
    let mut pairs_of: HashMap<u32, Vec<usize>> = HashMap::new();
    for (number, link) in links.iter().enumerate() {
        pairs_of.entry(link.one).or_default().push(number);
        pairs_of.entry(link.other).or_default().push(number);
    }
    let mut texts: HashMap<u32, String> = HashMap::new();
    let mut described = Vec::with_capacity(families.len());
    for family in families {
        let passages: HashSet<u32> = family.iter().map(|extent| extent.passage).collect();
        let mut members = Vec::with_capacity(family.len());
        let mut pairs: Vec<usize> = Vec::new();
        for extent in &family {
            let of_passage = pairs_of.get(&extent.passage).map_or(&[][..], Vec::as_slice);
            let of_family = of_passage
                .iter()
                .filter(|&&pair| passages.contains(&links[pair].one) && passages.contains(&links[pair].other));
            let score = of_family.clone().map(|&pair| links[pair].score).fold(0.0, f32::max);
            pairs.extend(of_family);
            members.push(member(index, collection, &mut texts, *extent, score)?);
        }
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

/// A member of a family; `texts` holds the texts of documents that were read.
fn member(
    index: &Index,
    collection: &Collection,
    texts: &mut HashMap<u32, String>,
    extent: Extent,
    score: f32,
) -> Result<Member, Error> {
    let stored = index.passage(&collection.ids[extent.passage as usize])?;
    let document = collection.document_of[extent.passage as usize];
    let record = &collection.documents[document as usize];
    let source = match texts.entry(document) {
        std::collections::hash_map::Entry::Occupied(entry) => entry.into_mut(),
        std::collections::hash_map::Entry::Vacant(entry) => {
            entry.insert(index.document(&record.document)?.document.text)
        }
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
    let repaired = damaged.then(|| {
        let laid = BestReading::of(&stored.record.text, &stored.annotations);
        let read = cells
            .iter()
            .flat_map(|cell| laid.forms(cell))
            .map(|(_, span)| span)
            .reduce(Span::cover);
        read.unwrap_or_default().slice(&laid.text).to_owned()
    });
    Ok(Member {
        date: record.date.clone(),
        syllables: extent.len() as usize,
        text: at.slice(&stored.record.text).to_owned(),
        repaired,
        spans: Origin::of_passage(source, &stored.record).spans(at),
        score: f64::from(score),
        record: stored.record,
    })
}
