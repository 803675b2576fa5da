//! Counts n-grams and turns the counts into costs: modified Kneser-Ney smoothing, then pruning.
//!
//! Sources: Chen and Goodman 1999 (three discounts per order, from counts of counts; lower orders count the contexts
//! that a word has); Seymore and Rosenfeld 1996 (an n-gram is dropped if the probability of the text would hardly
//! change without it).

use std::collections::HashMap;

use crate::reading::lexicon::BOUNDARY;
use crate::reading::ngrams::MAX_ORDER;

/// Up to four words; the places after the last word are 0.
type Gram = [u16; MAX_ORDER];

/// The bounds below which n-grams are dropped.
#[derive(Clone, Copy, Debug)]
pub struct Pruning {
    /// By order, from bigrams on: the least loss of the counted text, in nats in all, at which an n-gram is kept.
    pub least_gain: [f32; MAX_ORDER - 1],
}

impl Default for Pruning {
    /// The bounds of the shipped model: what is kept fits its share of the size of the program.
    fn default() -> Self {
        Self {
            least_gain: [0.3, 1.6, 2.6],
        }
    }
}

/// The kept n-grams of one order, sorted, as costs in nats.
#[derive(Debug, Default)]
pub(super) struct PrunedOrder {
    /// Number of continuations of each entry of the order below.
    pub(super) children: Vec<u16>,
    /// Last words.
    pub(super) words: Vec<u16>,
    /// Costs of the last words.
    pub(super) costs: Vec<f32>,
    /// Costs of backing off; empty for the highest order.
    pub(super) backoffs: Vec<f32>,
}

/// The model in the layout of the file, not yet quantized.
#[derive(Debug, Default)]
pub(super) struct Pruned {
    pub(super) word_costs: Vec<f32>,
    pub(super) word_backoffs: Vec<f32>,
    pub(super) orders: Vec<PrunedOrder>,
}

/// All n-grams of one order, sorted.
struct Level {
    order: usize,
    grams: Vec<Gram>,
    /// Number of occurrences of each.
    counts: Vec<u32>,
    /// The count that its probability is computed from: occurrences, or contexts.
    adjusted: Vec<u32>,
    /// Interpolated probability of the last word after the others.
    likely: Vec<f64>,
    /// Weight of the order below, for the context of each n-gram.
    below: Vec<f64>,
    kept: Vec<bool>,
}

impl Level {
    /// Returns the index of an n-gram.
    fn find(&self, gram: &Gram) -> Option<usize> {
        self.grams.binary_search(gram).ok()
    }
}

/// Learns a model from sentences of word indices; all indices are less than `words`.
pub(super) fn learn(sentences: &[Vec<u16>], words: usize, pruning: &Pruning) -> Pruned {
    let mut levels: Vec<Level> = (1..=MAX_ORDER).map(|order| count(sentences, order)).collect();
    for order in (1..MAX_ORDER).rev() {
        let (lower, higher) = levels.split_at_mut(order);
        adjust(&mut lower[order - 1], &higher[0]);
    }
    let mut unigrams = vec![1.0 / words as f64; words];
    for order in 1..=MAX_ORDER {
        let (lower, higher) = levels.split_at_mut(order - 1);
        smooth(&mut higher[0], lower.last(), &unigrams);
        if order == 1 {
            let level = &higher[0];
            let rest = level.below.first().copied().unwrap_or(1.0) / words as f64;
            unigrams.fill(rest);
            for (gram, likely) in level.grams.iter().zip(&level.likely) {
                unigrams[usize::from(gram[0])] = *likely;
            }
        }
    }
    prune(&mut levels, &unigrams, pruning);
    pack(&levels, &unigrams)
}

/// Counts the n-grams of one order. A sentence is enclosed in two [`BOUNDARY`] words, the first of which is never
/// predicted.
fn count(sentences: &[Vec<u16>], order: usize) -> Level {
    let mut all: Vec<Gram> = Vec::new();
    let mut padded: Vec<u16> = Vec::new();
    for sentence in sentences {
        padded.clear();
        padded.push(BOUNDARY);
        padded.extend(sentence);
        padded.push(BOUNDARY);
        // Single words are counted without the first boundary, which is never predicted.
        let first = usize::from(order == 1);
        all.extend(padded[first..].windows(order).map(|window| {
            let mut gram = [0; MAX_ORDER];
            gram[..order].copy_from_slice(window);
            gram
        }));
    }
    all.sort_unstable();
    let (mut grams, mut counts) = (Vec::new(), Vec::new());
    for same in all.chunk_by(|a, b| a == b) {
        grams.push(same[0]);
        counts.push(same.len() as u32);
    }
    let len = grams.len();
    Level {
        order,
        grams,
        adjusted: counts.clone(),
        counts,
        likely: vec![0.0; len],
        below: vec![1.0; len],
        kept: vec![true; len],
    }
}

/// Replaces the counts of a lower order by the number of different words before each n-gram. An n-gram that begins with
/// [`BOUNDARY`] has nothing before it and keeps its count.
fn adjust(level: &mut Level, higher: &Level) {
    let order = level.order;
    let mut contexts: HashMap<Gram, u32> = HashMap::with_capacity(level.grams.len());
    for gram in &higher.grams {
        *contexts.entry(suffix(gram, order + 1)).or_default() += 1;
    }
    for (gram, adjusted) in level.grams.iter().zip(&mut level.adjusted) {
        if order == 1 || gram[0] != BOUNDARY {
            *adjusted = contexts.get(gram).copied().unwrap_or(*adjusted);
        }
    }
}

/// Returns the n-gram without its first word.
fn suffix(gram: &Gram, order: usize) -> Gram {
    let mut suffix = [0; MAX_ORDER];
    suffix[..order - 1].copy_from_slice(&gram[1..order]);
    suffix
}

/// Returns the discounts of the counts 1, 2, and 3 or more.
fn discounts(level: &Level) -> [f64; 3] {
    let mut of_counts = [0.0_f64; 5];
    for &count in &level.adjusted {
        if let Some(cell) = of_counts.get_mut(count as usize) {
            *cell += 1.0;
        }
    }
    let [_, one, two, three, four] = of_counts;
    let share = one / (one + 2.0 * two).max(1.0);
    let discount =
        |count: f64, has: f64, next: f64| (count - (count + 1.0) * share * next / has.max(1.0)).clamp(0.05, count);
    [
        discount(1.0, one, two),
        discount(2.0, two, three),
        discount(3.0, three, four),
    ]
}

/// Computes the interpolated probabilities of one order.
fn smooth(level: &mut Level, lower: Option<&Level>, unigrams: &[f64]) {
    let discounts = discounts(level);
    let order = level.order;
    let mut at = 0;
    while at < level.grams.len() {
        let context = &level.grams[at][..order - 1];
        let end = at + level.grams[at..].partition_point(|gram| &gram[..order - 1] == context);
        let total: f64 = level.adjusted[at..end].iter().map(|&count| f64::from(count)).sum();
        let discount = |count: u32| discounts[(count.clamp(1, 3) - 1) as usize].min(f64::from(count));
        let freed: f64 = level.adjusted[at..end].iter().map(|&count| discount(count)).sum();
        for index in at..end {
            let below = match lower {
                None => 1.0 / unigrams.len() as f64,
                Some(lower) => lower
                    .find(&suffix(&level.grams[index], order))
                    .map_or(0.0, |at| lower.likely[at]),
            };
            let count = level.adjusted[index];
            level.below[index] = freed / total;
            level.likely[index] = (f64::from(count) - discount(count)) / total + freed / total * below;
        }
        at = end;
    }
}

/// Marks the n-grams to keep; the first words of such an n-gram are kept too.
fn prune(levels: &mut [Level], unigrams: &[f64], pruning: &Pruning) {
    for order in (2..=MAX_ORDER).rev() {
        let (lower, higher) = levels.split_at_mut(order - 1);
        let level = &mut higher[0];
        let below = &mut lower[order - 2];
        if order < MAX_ORDER {
            // The order above has marked the n-grams that its own begin with.
            for index in 0..level.grams.len() {
                let needed = level.kept[index];
                level.kept[index] = needed || gain(level, index, below, unigrams) >= pruning.least_gain[order - 2];
            }
        } else {
            for index in 0..level.grams.len() {
                level.kept[index] = gain(level, index, below, unigrams) >= pruning.least_gain[order - 2];
            }
        }
        below.kept.fill(order == 2);
        for (gram, _) in level.grams.iter().zip(&level.kept).filter(|&(_, &kept)| kept) {
            let mut prefix = *gram;
            prefix[order - 1] = 0;
            if let Some(at) = below.find(&prefix) {
                below.kept[at] = true;
            }
        }
    }
}

/// Returns the nats that the counted text would lose if the n-gram were dropped.
fn gain(level: &Level, index: usize, below: &Level, unigrams: &[f64]) -> f32 {
    let gram = suffix(&level.grams[index], level.order);
    let lower = below
        .find(&gram)
        .map_or(1.0 / unigrams.len() as f64, |at| below.likely[at]);
    let without = level.below[index] * lower;
    (f64::from(level.counts[index]) * (level.likely[index] / without).ln()) as f32
}

/// Computes the back-off weights of the kept n-grams and packs everything.
fn pack(levels: &[Level], unigrams: &[f64]) -> Pruned {
    let mut backoffs: Vec<HashMap<Gram, f64>> = vec![HashMap::new(); MAX_ORDER + 1];
    for order in 2..=MAX_ORDER {
        let level = &levels[order - 1];
        let mut sums: HashMap<Gram, (f64, f64)> = HashMap::new();
        for (index, gram) in level.grams.iter().enumerate().filter(|&(index, _)| level.kept[index]) {
            // What the kept n-grams of a context leave of its probability goes to all other words, as the order below
            // distributes it.
            let lower = likely(levels, &backoffs, unigrams, &suffix(gram, order), order - 1);
            let mut context = *gram;
            context[order - 1] = 0;
            let sum = sums.entry(context).or_default();
            sum.0 += level.likely[index];
            sum.1 += lower;
        }
        backoffs[order - 1] = sums
            .into_iter()
            .map(|(context, (here, lower))| (context, (1.0 - here).max(1e-4) / (1.0 - lower).max(1e-4)))
            .collect();
    }
    let cost = |likely: f64| -likely.ln() as f32;
    let backoff = |gram: &Gram, order: usize| cost(backoffs[order].get(gram).copied().unwrap_or(1.0));
    let one = |word: usize| [word as u16, 0, 0, 0];
    let mut entries: Vec<Gram> = (0..unigrams.len()).map(one).collect();
    let mut pruned = Pruned {
        word_costs: unigrams.iter().map(|&likely| cost(likely)).collect(),
        word_backoffs: entries.iter().map(|gram| backoff(gram, 1)).collect(),
        orders: Vec::new(),
    };
    for order in 2..=MAX_ORDER {
        let level = &levels[order - 1];
        let kept: Vec<usize> = (0..level.grams.len()).filter(|&index| level.kept[index]).collect();
        let grams: Vec<Gram> = kept.iter().map(|&index| level.grams[index]).collect();
        let children = entries
            .iter()
            .map(|entry| {
                let start = grams.partition_point(|gram| gram[..order - 1] < entry[..order - 1]);
                grams[start..].partition_point(|gram| gram[..order - 1] == entry[..order - 1]) as u16
            })
            .collect();
        pruned.orders.push(PrunedOrder {
            children,
            words: grams.iter().map(|gram| gram[order - 1]).collect(),
            costs: kept.iter().map(|&index| cost(level.likely[index])).collect(),
            backoffs: if order < MAX_ORDER {
                grams.iter().map(|gram| backoff(gram, order)).collect()
            } else {
                Vec::new()
            },
        });
        entries = grams;
    }
    pruned
}

/// Returns the probability of the last word of `gram` in the pruned model.
fn likely(levels: &[Level], backoffs: &[HashMap<Gram, f64>], unigrams: &[f64], gram: &Gram, order: usize) -> f64 {
    if order == 1 {
        return unigrams[usize::from(gram[0])];
    }
    let level = &levels[order - 1];
    if let Some(index) = level.find(gram).filter(|&index| level.kept[index]) {
        return level.likely[index];
    }
    let mut context = *gram;
    context[order - 1] = 0;
    let weight = backoffs[order - 1].get(&context).copied().unwrap_or(1.0);
    weight * likely(levels, backoffs, unigrams, &suffix(gram, order), order - 1)
}
