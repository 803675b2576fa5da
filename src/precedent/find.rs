//! The answer to one question: whole matches, then near ones, sorted, counted, and the window of them that is shown.

use std::collections::{BTreeSet, HashMap};
use std::time::Instant;

use super::comparison::{AlignedPassage, Comparer};
use super::corpus::age_key;
use super::near::near_matches;
use super::question::Question;
use super::whole::{align_whole, part_matches, whole_matches};
use super::{Precedent, PrecedentOptions, PrecedentOrder, Precedents};
use crate::index::{Error, Index, Manifest};
use crate::query::{Diagnostic, Filters};
use crate::record::Facet;
use crate::search::FacetCounts;
use crate::search::located::{KnownPassages, LocatedPassage};
use crate::search::scope::{PassageScope, counts_over};

/// Number of whole matches that are read at once.
const READ_AT_ONCE: usize = 64;

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
    precedents_by(&mut Comparer::of(index)?, question, filters, options)
}

/// Finds precedents as [`precedents`] does, with a comparer that may have answered other questions.
pub(super) fn precedents_by(
    comparer: &mut Comparer<'_>,
    question: &Question,
    filters: &Filters,
    options: &PrecedentOptions,
) -> Result<Precedents, Error> {
    let started = Instant::now();
    let index = comparer.index;
    let mut diagnostics = Vec::new();
    let lookup = Lookup {
        filters,
        uncounted: None,
        min_score: options.min_score,
    };
    let mut found = find(comparer, question, &lookup, &mut diagnostics)?;
    sort(&mut found.matches, options.order, index.manifest()?);
    let mut facets = facets(comparer, question, &lookup, &options.facets, &found)?;
    facets.iter_mut().for_each(|counts| counts.limit(options.facet_limit));
    let total = found.matches.len();
    let shown = found.matches.into_iter().skip(options.offset).take(options.limit);
    Ok(Precedents {
        matches: show(comparer, question, options.offset, shown.collect())?,
        total,
        total_is_exact: found.is_complete,
        whole: found.whole,
        compared: found.compared,
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
    documents_by(&mut Comparer::of(index)?, question, filters, min_score)
}

/// Finds documents as [`matching_documents`] does, with a comparer that may have answered other questions.
pub(super) fn documents_by(
    comparer: &mut Comparer<'_>,
    question: &Question,
    filters: &Filters,
    min_score: f64,
) -> Result<BTreeSet<String>, Error> {
    let lookup = Lookup {
        filters,
        uncounted: None,
        min_score,
    };
    let found = find(comparer, question, &lookup, &mut Vec::new())?;
    let documents = found.matches.iter().map(|found| found.located.document.to_string());
    Ok(documents.collect())
}

/// The passages that may be found, and the score that they need.
struct Lookup<'a> {
    /// Filters that a passage must pass.
    filters: &'a Filters,
    /// The facet whose values in `filters` do not restrict: its values are being counted.
    uncounted: Option<Facet>,
    /// Minimum score of a near match.
    min_score: f64,
}

/// All matches of a question.
#[derive(Default)]
struct AllMatches {
    matches: Vec<FoundMatch>,
    /// Number of those that contain the whole question.
    whole: usize,
    /// Number of passages that were compared word by word.
    compared: usize,
    /// False if there may be near matches that were not compared.
    is_complete: bool,
}

/// A passage that was found.
struct FoundMatch {
    located: LocatedPassage,
    closeness: Closeness,
}

/// The agreement of a passage that was found with the question.
enum Closeness {
    /// It contains all of the question, and no marks contradict.
    Whole,
    /// It contains all of the question, with other marks.
    OtherMarks,
    /// It shares much of the wording.
    Near(Box<AlignedPassage>),
    /// It contains a part of the question with this number of words.
    Part(usize),
}

impl Closeness {
    /// The place among the others, the closest first.
    fn rank(&self) -> (u8, f32) {
        match self {
            Self::Whole => (0, 0.0),
            Self::OtherMarks => (1, 0.0),
            Self::Near(aligned) => (2, -aligned.judgement.score),
            Self::Part(words) => (3, -(*words as f32)),
        }
    }
}

/// Finds the passages that share wording with `question`, in no useful order.
fn find(
    comparer: &mut Comparer<'_>,
    question: &Question,
    lookup: &Lookup<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<AllMatches, Error> {
    let scope = PassageScope::of(
        comparer.index,
        lookup.filters,
        lookup.uncounted,
        &question.without,
        diagnostics,
    )?;
    let mut whole_ones = KnownPassages::default();
    let whole = whole_matches(question, &scope, &mut whole_ones)?;
    let mut counted = whole_ones.clone();
    let (mut parts, parts_cut) = part_matches(question, &scope, &mut counted)?;
    let near = near_matches(comparer, question, &scope, &whole_ones, &counted, lookup.min_score)?;
    let mut near_ones = KnownPassages::default();
    for (located, _) in &near.found {
        near_ones.add(located);
    }
    parts.retain(|part| !near_ones.holds(&part.located));
    let found = |located, closeness| FoundMatch { located, closeness };
    let mut all = AllMatches {
        whole: whole.agreeing.len() + whole.contradicting.len(),
        compared: near.compared,
        is_complete: !near.left_out && !parts_cut,
        matches: Vec::new(),
    };
    let agreeing = whole.agreeing.into_iter();
    all.matches
        .extend(agreeing.map(|located| found(located, Closeness::Whole)));
    let others = whole.contradicting.into_iter();
    all.matches
        .extend(others.map(|located| found(located, Closeness::OtherMarks)));
    let near_found = near.found.into_iter();
    all.matches
        .extend(near_found.map(|(located, aligned)| found(located, Closeness::Near(Box::new(aligned)))));
    let parts = parts.into_iter();
    all.matches
        .extend(parts.map(|one| found(one.located, Closeness::Part(one.words))));
    Ok(all)
}

/// Sorts matches into `order`; equal ones by document and place in it.
fn sort(found: &mut [FoundMatch], order: PrecedentOrder, manifest: &Manifest) {
    let age = |located: &LocatedPassage| manifest.file(&located.document).map(|file| age_key(&file.record));
    let date = |located: &LocatedPassage| {
        manifest
            .file(&located.document)
            .and_then(|file| file.record.date.as_deref())
    };
    found.sort_by(|one, other| {
        let first = match order {
            PrecedentOrder::Score => {
                let ((rank, score), (its_rank, its_score)) = (one.closeness.rank(), other.closeness.rank());
                rank.cmp(&its_rank).then(score.total_cmp(&its_score))
            }
            PrecedentOrder::Document => std::cmp::Ordering::Equal,
            PrecedentOrder::Date => date(&other.located).cmp(&date(&one.located)),
            PrecedentOrder::Oldest => age(&one.located).cmp(&age(&other.located)),
        };
        first
            .then_with(|| one.located.document.cmp(&other.located.document))
            .then(one.located.order.cmp(&other.located.order))
    });
}

/// Returns the matches `found`, of which the first is number `offset`, as they are shown.
fn show(
    comparer: &mut Comparer<'_>,
    question: &Question,
    offset: usize,
    mut found: Vec<FoundMatch>,
) -> Result<Vec<Precedent>, Error> {
    let mut texts: HashMap<String, String> = HashMap::new();
    let mut shown = Vec::with_capacity(found.len());
    while !found.is_empty() {
        let rest = found.split_off(READ_AT_ONCE.min(found.len()));
        for aligned in aligned(comparer, question, std::mem::replace(&mut found, rest))? {
            // Several matches may come from one document; its text is read once.
            if !texts.contains_key(aligned.document()) {
                let id = aligned.document().to_owned();
                let text = comparer.index.document(&id)?.document.text;
                texts.insert(id, text);
            }
            let source = texts.get(aligned.document()).map_or("", String::as_str);
            let rank = offset + shown.len() + 1;
            let head = comparer.index.head(aligned.document())?;
            shown.push(aligned.to_match(rank, question, source, head));
        }
    }
    Ok(shown)
}

/// Returns the matches `found` in this order, aligned; near ones are already.
fn aligned(
    comparer: &mut Comparer<'_>,
    question: &Question,
    found: Vec<FoundMatch>,
) -> Result<Vec<AlignedPassage>, Error> {
    let unread = |found: &&FoundMatch| !matches!(found.closeness, Closeness::Near(_));
    let whole: Vec<&LocatedPassage> = found.iter().filter(unread).map(|found| &found.located).collect();
    let mut whole = if whole.is_empty() {
        Vec::new()
    } else {
        align_whole(comparer, question, &whole)?
    }
    .into_iter();
    let aligned = found.into_iter().filter_map(|found| match found.closeness {
        Closeness::Near(aligned) => Some(*aligned),
        Closeness::Whole | Closeness::OtherMarks | Closeness::Part(_) => whole.next(),
    });
    Ok(aligned.collect())
}

/// Counts the values of `wanted` facets over what was `found`. A facet that filters restrict is counted as if they did
/// not.
fn facets(
    comparer: &mut Comparer<'_>,
    question: &Question,
    lookup: &Lookup<'_>,
    wanted: &[Facet],
    found: &AllMatches,
) -> Result<Vec<FacetCounts>, Error> {
    let mut counted = Vec::with_capacity(wanted.len());
    for &facet in wanted {
        let restricted = lookup.filters.required().any(|(of, _)| of == facet);
        counted.push(if restricted {
            let unrestricted = Lookup {
                uncounted: Some(facet),
                ..*lookup
            };
            // The first look-up has reported the oddities of the filters already.
            let all = find(comparer, question, &unrestricted, &mut Vec::new())?;
            counts_over(comparer.index, &all.located(), facet)?
        } else {
            counts_over(comparer.index, &found.located(), facet)?
        });
    }
    Ok(counted)
}

impl AllMatches {
    /// Returns the passages.
    fn located(&self) -> Vec<&LocatedPassage> {
        self.matches.iter().map(|found| &found.located).collect()
    }
}
