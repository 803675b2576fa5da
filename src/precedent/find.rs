//! The answer to one question: candidates by shared shingles, aligned, judged, sorted and counted.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::time::Instant;

use super::align::Aligner;
use super::corpus::age_key;
use super::information::{self, IndexCounts, WordCounts};
use super::judge::{Judgement, Threshold, judge};
use super::pieces::{AlignedText, AlignmentSide, SourceMap, pieces};
use super::prefilter::{MIN_PROMISE, Prefilter};
use super::question::Question;
use super::stretch::AlignedStretch;
use super::vocabulary::Vocabulary;
use super::wording::{PreparedWording, WordPositions, Wording};
use super::{Precedent, PrecedentOptions, PrecedentOrder, Precedents};
use crate::index::{BestReading, Error, Index, Manifest, StoredPassage, Tokenized, for_each_shingle};
use crate::query::{Diagnostic, Filters};
use crate::record::Facet;
use crate::search::shared_wording::{Scope, passages_sharing};
use crate::search::{FacetCounts, FacetValue, facet_label};

/// Number of passages that are looked at for one question: those with most of its rarer shingles.
const CANDIDATES: usize = 200;

/// Number of candidates that are aligned: the most promising ones.
const ALIGNED: usize = 64;

/// The share of the given text that makes a passage a match whatever its score: whoever asks for a phrase wants every
/// place that has all of it.
const WHOLE: f32 = 0.8;

/// Finds precedents of `question` in passages that pass `filters`.
///
/// # Errors
/// [`Error::Damaged`], [`Error::Engine`], [`Error::Io`].
pub fn precedents(
    index: &Index,
    question: &Question,
    filters: &Filters,
    options: &PrecedentOptions,
) -> Result<Precedents, Error> {
    let started = Instant::now();
    let mut diagnostics = Vec::new();
    let manifest = index.manifest()?;
    let lookup = Lookup {
        filters,
        uncounted: None,
        min_score: options.min_score,
    };
    let mut found = find(index, question, &lookup, &mut diagnostics)?;
    sort(&mut found, options.order, manifest);
    let facets = facets(index, question, &lookup, &options.facets, &found)?;
    let total = found.len();
    let mut texts: HashMap<String, String> = HashMap::new();
    let mut matches = Vec::new();
    for (at, passage) in found.into_iter().enumerate().skip(options.offset).take(options.limit) {
        let id = &passage.stored.record.document;
        // Several matches may come from one document; its text is read once.
        if !texts.contains_key(id) {
            texts.insert(id.clone(), index.document(id)?.document.text);
        }
        let source = texts.get(id).map_or("", String::as_str);
        matches.push(passage.into_match(at + 1, question, source));
    }
    Ok(Precedents {
        matches,
        total,
        facets,
        diagnostics,
        elapsed: started.elapsed(),
    })
}

/// Returns the ids of the documents with a passage that passes `filters` and is a precedent of `question`.
///
/// # Errors
/// Those of [`precedents`].
pub fn matching_documents(
    index: &Index,
    question: &Question,
    filters: &Filters,
    min_score: f64,
) -> Result<BTreeSet<String>, Error> {
    let lookup = Lookup {
        filters,
        uncounted: None,
        min_score,
    };
    let found = find(index, question, &lookup, &mut Vec::new())?;
    Ok(found.into_iter().map(|found| found.stored.record.document).collect())
}

/// The passages that may be found, and the score that they need.
struct Lookup<'a> {
    /// Filters that a passage must pass.
    filters: &'a Filters,
    /// The facet whose values in `filters` do not restrict: its values are being counted.
    uncounted: Option<Facet>,
    /// Minimum score of a match.
    min_score: f64,
}

/// A passage that shares wording with the question.
struct FoundPassage {
    stored: StoredPassage,
    words: Tokenized,
    stretches: Vec<AlignedStretch>,
    judgement: Judgement,
}

/// A passage that may share wording with the question.
struct CandidatePassage {
    stored: StoredPassage,
    words: Tokenized,
    wording: Wording,
}

/// Finds the passages that share wording with `question`, in no useful order.
fn find(
    index: &Index,
    question: &Question,
    lookup: &Lookup<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<Vec<FoundPassage>, Error> {
    let mut vocabulary = Vocabulary::default();
    let wording = Wording::of(&question.words.cells, &mut vocabulary);
    let candidates = candidates(index, question, lookup, &mut vocabulary, diagnostics)?;
    // The vocabulary is complete only now: rarity, which classes words, is looked up once for each.
    let counts = IndexCounts::of(index)?;
    vocabulary.weigh(counts.words(), |id, word| counts.word(id, word))?;
    let bits = information::bits(&wording.words, &vocabulary, &counts)?;
    let mut positions = WordPositions::new(&vocabulary);
    positions.replace(&wording);
    let prepared = PreparedWording {
        wording: &wording,
        bits: &bits,
        positions: &positions,
    };
    // A phrase carries fewer bits than passages may have in common by chance, so the whole of it counts too.
    let all_bits: f32 = bits.iter().sum();
    let threshold = Threshold::of_score(lookup.min_score as f32).or_whole(WHOLE * all_bits);
    let whole = (WHOLE * wording.len() as f32).ceil() as usize;
    let mut aligner = Aligner::new(&vocabulary);
    let mut found = Vec::new();
    for candidate in most_promising(prepared, candidates) {
        let stretches = aligner.stretches(prepared, &candidate.wording, threshold);
        if stretches.is_empty() {
            continue;
        }
        let its_bits = information::bits(&candidate.wording.words, &vocabulary, &counts)?;
        let judgement = judge(&stretches, &bits, &its_bits);
        if f64::from(judgement.score) >= lookup.min_score || judgement.matched >= whole {
            found.push(FoundPassage {
                stored: candidate.stored,
                words: candidate.words,
                stretches,
                judgement,
            });
        }
    }
    Ok(found)
}

/// Returns the passages with most of the rarer shingles of `question`; their words join the `vocabulary`.
fn candidates(
    index: &Index,
    question: &Question,
    lookup: &Lookup<'_>,
    vocabulary: &mut Vocabulary,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<Vec<CandidatePassage>, Error> {
    let mut shingles = Vec::new();
    for pair in question.words.cells.windows(2) {
        for_each_shingle(&pair[0], &pair[1], |shingle| shingles.push(shingle));
    }
    let scope = Scope {
        filters: lookup.filters,
        but: lookup.uncounted,
        without: &question.without,
        limit: CANDIDATES,
    };
    let passages = passages_sharing(index, &shingles, &scope, diagnostics)?;
    let candidate = |stored: StoredPassage| {
        let words = Tokenized::of(&stored.record.text, &stored.annotations);
        CandidatePassage {
            wording: Wording::of(&words.cells, vocabulary),
            words,
            stored,
        }
    };
    Ok(passages.into_iter().map(candidate).collect())
}

/// Returns the candidates that are worth an alignment, the most promising first, at most [`ALIGNED`].
fn most_promising(question: PreparedWording<'_>, candidates: Vec<CandidatePassage>) -> Vec<CandidatePassage> {
    // A passage may hold all of a short phrase and still promise less than what is worth an alignment elsewhere.
    let min_promise = MIN_PROMISE.min(question.bits.iter().skip(1).sum::<f32>() / 2.0);
    let mut prefilter = Prefilter::default();
    let mut promising: Vec<(f32, CandidatePassage)> = candidates
        .into_iter()
        .map(|candidate| (prefilter.promise(question, &candidate.wording), candidate))
        .filter(|(promise, _)| *promise >= min_promise)
        .collect();
    promising.sort_by(|(one, _), (other, _)| other.total_cmp(one));
    promising.truncate(ALIGNED);
    promising.into_iter().map(|(_, candidate)| candidate).collect()
}

/// Sorts matches into `order`; equal ones by document and place in it.
fn sort(found: &mut [FoundPassage], order: PrecedentOrder, manifest: &Manifest) {
    found.sort_by(|one, other| {
        let (one_id, other_id) = (&one.stored.record.document, &other.stored.record.document);
        let age = |id: &str| manifest.file(id).map(|file| age_key(&file.record));
        let first = match order {
            PrecedentOrder::Score => other.judgement.score.total_cmp(&one.judgement.score),
            PrecedentOrder::Document => std::cmp::Ordering::Equal,
            PrecedentOrder::Oldest => age(one_id).cmp(&age(other_id)),
        };
        first
            .then_with(|| one_id.cmp(other_id))
            .then(one.stored.order.cmp(&other.stored.order))
    });
}

/// Counts the values of `wanted` facets over what was `found`. A facet that filters restrict is counted as if they did
/// not.
fn facets(
    index: &Index,
    question: &Question,
    lookup: &Lookup<'_>,
    wanted: &[Facet],
    found: &[FoundPassage],
) -> Result<Vec<FacetCounts>, Error> {
    let manifest = index.manifest()?;
    let mut counted = Vec::with_capacity(wanted.len());
    for &facet in wanted {
        let restricted = lookup.filters.required().any(|(of, _)| of == facet);
        let values = if restricted {
            let unrestricted = Lookup {
                uncounted: Some(facet),
                ..*lookup
            };
            // The first look-up has reported the oddities of the filters already.
            let all = find(index, question, &unrestricted, &mut Vec::new())?;
            values(facet, &all, manifest)
        } else {
            values(facet, found, manifest)
        };
        counted.push(FacetCounts { facet, values });
    }
    Ok(counted)
}

/// Returns the values of `facet` that matches have, the most frequent first, then by name.
fn values(facet: Facet, found: &[FoundPassage], manifest: &Manifest) -> Vec<FacetValue> {
    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    for passage in found {
        let record = &passage.stored.record;
        if let Some(file) = manifest.file(&record.document) {
            for value in facet.values(&file.record, record) {
                *counts.entry(value).or_default() += 1;
            }
        }
    }
    let value = |(value, count): (String, u64)| FacetValue {
        label: facet_label(facet, &value),
        value,
        count,
    };
    let mut values: Vec<FacetValue> = counts.into_iter().map(value).collect();
    values.sort_by_key(|value| std::cmp::Reverse(value.count));
    values
}

impl FoundPassage {
    /// Makes the match with `question`; `source` is the text of the passage's document.
    fn into_match(self, rank: usize, question: &Question, source: &str) -> Precedent {
        let record = &self.stored.record;
        let laid = (!self.stored.annotations.damaged.is_empty())
            .then(|| BestReading::of(&record.text, &self.stored.annotations));
        let found = AlignedText {
            text: &record.text,
            cells: &self.words.cells,
            laid: laid.as_ref(),
            source_map: &SourceMap::of_passage(source, record),
        };
        let given = AlignedText {
            text: question.as_str(),
            cells: &question.words.cells,
            laid: question.laid.as_ref(),
            source_map: &question.source_map,
        };
        Precedent {
            rank,
            score: f64::from(self.judgement.score),
            matched_syllables: self.judgement.matched,
            source: pieces(&self.stretches, AlignmentSide::Source, &given),
            found: pieces(&self.stretches, AlignmentSide::Found, &found),
            stored: self.stored,
        }
    }
}
