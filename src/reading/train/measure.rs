//! Measures how good a reading is, against the text that is printed on the paper.

use std::collections::{BTreeSet, HashMap};

use crate::reading::repair::UNSURE;
use crate::reading::token::clean_form;
use crate::reading::{Reading, Repair};
use crate::text::{Lines, Span, fold};

/// Marks a word of the truth that nobody can read on the paper; such words are left out.
const ILLEGIBLE: char = '⁇';

/// Numbers of syllables and phrases on the paper, and of those that a reading has right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Score {
    /// Syllables on the paper.
    pub syllables: usize,
    /// Those that are right apart from marks.
    pub folded: usize,
    /// Those that are right.
    pub exact: usize,
    /// Phrases of three and of five syllables on the paper.
    pub phrases: [usize; 2],
    /// Those that the reading has on the same line or an adjacent one, apart from marks.
    pub found: [usize; 2],
    /// Those that an index of the reading has, in which the word of the source and the alternatives share the position
    /// of the likeliest word.
    pub found_with_alternatives: [usize; 2],
    /// Places where such an index has one of the phrases printed on the measured lines.
    pub hits: [usize; 2],
    /// Those places where the paper does not have it, on that line or an adjacent one.
    pub false_hits: [usize; 2],
}

/// Lengths of the phrases of [`Score`], in syllables.
const PHRASES: [usize; 2] = [3, 5];

/// A syllable of the paper or of the reading.
#[derive(Clone, Debug)]
struct ScoredSyllable {
    /// The 1-based number of its line.
    line: usize,
    /// Lower case, with marks.
    exact: String,
    folded: String,
    /// Other folded forms that an index has at its position: the alternatives, and the word of the source.
    others: Vec<String>,
    /// The confidence, if it belongs to a repaired word.
    confidence: Option<f32>,
    /// True if something illegible is before it.
    apart: bool,
}

impl ScoredSyllable {
    /// Returns true if an index has the folded form `folded` at its position.
    fn has(&self, folded: &str) -> bool {
        self.folded == folded || self.others.iter().any(|other| other == folded)
    }
}

impl Score {
    /// Compares the reading of `source` with `printed`: numbers (1-based) and texts of lines.
    #[must_use]
    pub fn of(source: &str, reading: &Reading, printed: &[(usize, &str)]) -> Self {
        let lines = Lines::of(source);
        let truth: Vec<ScoredSyllable> = printed
            .iter()
            .flat_map(|&(line, text)| syllables_of(line, text))
            .collect();
        let read: Vec<ScoredSyllable> = (1..=lines.count())
            .flat_map(|line| read_syllables(source, reading, line, lines.content(source, line)))
            .collect();
        let mut score = Self {
            syllables: truth.len(),
            ..Self::default()
        };
        for of_line in truth.chunk_by(|a, b| a.line == b.line) {
            let (folded, exact) = aligned(of_line, on_lines(&read, of_line[0].line, of_line[0].line));
            score.folded += folded;
            score.exact += exact;
        }
        for (kind, &length) in PHRASES.iter().enumerate() {
            for phrase in phrases(&truth, length) {
                // A line break on paper may be one word earlier or later in the source.
                let near = on_lines(&read, phrase[0].line.saturating_sub(1), phrase[length - 1].line + 1);
                let found = |same: &dyn Fn(&ScoredSyllable, &ScoredSyllable) -> bool| {
                    near.windows(length)
                        .any(|window| window.iter().zip(phrase).all(|(read, true_one)| same(read, true_one)))
                };
                score.phrases[kind] += 1;
                score.found[kind] += usize::from(found(&|read, truth| read.folded == truth.folded));
                score.found_with_alternatives[kind] += usize::from(found(&|read, truth| read.has(&truth.folded)));
            }
            [score.hits[kind], score.false_hits[kind]] = hits(&truth, &read, length);
        }
        score
    }

    /// Adds the counts of both scores.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        let both = |a: [usize; 2], b: [usize; 2]| [a[0] + b[0], a[1] + b[1]];
        Self {
            syllables: self.syllables + other.syllables,
            folded: self.folded + other.folded,
            exact: self.exact + other.exact,
            phrases: both(self.phrases, other.phrases),
            found: both(self.found, other.found),
            found_with_alternatives: both(self.found_with_alternatives, other.found_with_alternatives),
            hits: both(self.hits, other.hits),
            false_hits: both(self.false_hits, other.false_hits),
        }
    }

    /// Returns the shares of hits of three and of five syllables that are false; 0 if there are no hits.
    #[must_use]
    pub fn false_shares(&self) -> [f64; 2] {
        [0, 1].map(|kind| self.false_hits[kind] as f64 / self.hits[kind].max(1) as f64)
    }

    /// Returns six shares: syllables right apart from marks, syllables right, phrases of three and of five syllables
    /// found, and both found with alternatives. A share of nothing is 1.
    #[must_use]
    pub fn shares(&self) -> [f64; 6] {
        let share = |part: usize, whole: usize| if whole == 0 { 1.0 } else { part as f64 / whole as f64 };
        [
            share(self.folded, self.syllables),
            share(self.exact, self.syllables),
            share(self.found[0], self.phrases[0]),
            share(self.found[1], self.phrases[1]),
            share(self.found_with_alternatives[0], self.phrases[0]),
            share(self.found_with_alternatives[1], self.phrases[1]),
        ]
    }
}

/// Returns the phrases of `length` syllables with nothing illegible inside.
fn phrases(truth: &[ScoredSyllable], length: usize) -> impl Iterator<Item = &[ScoredSyllable]> {
    let whole = |phrase: &&[ScoredSyllable]| !phrase[1..].iter().any(|syllable| syllable.apart);
    truth.windows(length).filter(whole)
}

/// Counts the places on the lines of `truth` where an index of `read` has a phrase of `length` syllables that `truth`
/// has anywhere, and those of them where the paper does not have it.
fn hits(truth: &[ScoredSyllable], read: &[ScoredSyllable], length: usize) -> [usize; 2] {
    let mut printed: HashMap<Vec<&str>, Vec<usize>> = HashMap::new();
    for phrase in phrases(truth, length) {
        let key = phrase.iter().map(|syllable| syllable.folded.as_str()).collect();
        printed.entry(key).or_default().push(phrase[0].line);
    }
    let mut by_first: HashMap<&str, Vec<&Vec<&str>>> = HashMap::new();
    for phrase in printed.keys() {
        by_first.entry(phrase[0]).or_default().push(phrase);
    }
    let lines: BTreeSet<usize> = truth.iter().map(|syllable| syllable.line).collect();
    let [mut all, mut wrong] = [0, 0];
    for window in read.windows(length) {
        let (first, last) = (window[0].line, window[length - 1].line);
        if !(first..=last).all(|line| lines.contains(&line)) {
            continue;
        }
        let forms = window[0].others.iter().chain([&window[0].folded]);
        let starting: BTreeSet<&str> = forms.map(String::as_str).collect();
        for &phrase in starting.iter().filter_map(|form| by_first.get(form)).flatten() {
            if window.iter().zip(phrase).all(|(read, folded)| read.has(folded)) {
                all += 1;
                wrong += usize::from(!printed[phrase].iter().any(|line| line.abs_diff(first) <= 1));
            }
        }
    }
    [all, wrong]
}

/// A syllable of a repaired word, compared with the paper.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Judged {
    /// The confidence of the repair.
    pub confidence: f32,
    /// True if it is right, marks included.
    pub right: bool,
}

impl Judged {
    /// Returns true if people are told that the word may well say something else, as [`Repair::is_unsure`] does.
    #[must_use]
    pub fn is_unsure(&self) -> bool {
        self.confidence < UNSURE
    }
}

/// Judges each syllable of a repaired word of `reading` on the lines of `printed` (as for [`Score::of`]). On a partly
/// illegible line, only syllables that the paper has are judged.
#[must_use]
pub fn judged(source: &str, reading: &Reading, printed: &[(usize, &str)]) -> Vec<Judged> {
    let lines = Lines::of(source);
    let mut judged = Vec::new();
    for &(line, text) in printed {
        let truth = syllables_of(line, text);
        let read = read_syllables(source, reading, line, lines.content(source, line));
        let right = found_in(&truth, &read);
        let legible = !text.contains(ILLEGIBLE);
        let of_line = read.iter().zip(right).filter(|&(_, right)| right || legible);
        judged.extend(of_line.filter_map(|(syllable, right)| {
            let confidence = syllable.confidence?;
            Some(Judged { confidence, right })
        }));
    }
    judged
}

/// Returns the syllables of the lines `first` to `last`.
fn on_lines(syllables: &[ScoredSyllable], first: usize, last: usize) -> &[ScoredSyllable] {
    let start = syllables.partition_point(|syllable| syllable.line < first);
    let end = syllables.partition_point(|syllable| syllable.line <= last);
    &syllables[start..end.max(start)]
}

/// Returns the syllables of a printed line: runs of letters, without words marked as illegible.
fn syllables_of(line: usize, text: &str) -> Vec<ScoredSyllable> {
    let mut syllables = Vec::new();
    let mut apart = true;
    for chunk in text.split_whitespace() {
        if chunk.contains(ILLEGIBLE) {
            apart = true;
            continue;
        }
        for (_, run) in letter_runs(chunk) {
            syllables.push(syllable(line, run, std::mem::replace(&mut apart, false)));
        }
    }
    if let Some(first) = syllables.first_mut() {
        first.apart = text
            .split_whitespace()
            .next()
            .is_some_and(|chunk| chunk.contains(ILLEGIBLE));
    }
    syllables
}

/// Makes a syllable of a run of letters.
fn syllable(line: usize, run: &str, apart: bool) -> ScoredSyllable {
    let exact = clean_form(run);
    ScoredSyllable {
        line,
        folded: fold(&exact),
        exact,
        others: Vec::new(),
        confidence: None,
        apart,
    }
}

/// Makes a syllable of a repaired word of `source`.
fn repaired_syllable(line: usize, run: &str, repair: &Repair, source: &str) -> ScoredSyllable {
    let others = repair.alternatives.iter().map(String::as_str);
    ScoredSyllable {
        others: others.chain([repair.span.slice(source)]).map(fold).collect(),
        confidence: Some(repair.confidence),
        ..syllable(line, run, false)
    }
}

/// Returns the runs of letters of a text, with their offsets.
pub(super) fn letter_runs(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split(|c: char| !c.is_alphabetic())
        .filter(|run| !run.is_empty())
        .map(move |run| (run.as_ptr() as usize - text.as_ptr() as usize, run))
}

/// Returns the syllables of a line in the repaired reading.
fn read_syllables(source: &str, reading: &Reading, line: usize, span: Span) -> Vec<ScoredSyllable> {
    let mut text = String::new();
    let mut repaired: Vec<(Span, &Repair)> = Vec::new();
    let mut at = span.start;
    for repair in reading.within(span) {
        text.push_str(Span::new(at, repair.span.start).slice(source));
        let start = text.len();
        text.push_str(&repair.text);
        repaired.push((Span::new(start, text.len()), repair));
        at = repair.span.end;
    }
    text.push_str(Span::new(at, span.end).slice(source));
    letter_runs(&text)
        .map(|(offset, run)| {
            let inside = repaired
                .iter()
                .find(|(span, _)| span.start <= offset && offset < span.end);
            inside.map_or_else(
                || syllable(line, run, false),
                |(_, repair)| repaired_syllable(line, run, repair, source),
            )
        })
        .collect()
}

/// Tells for each syllable of `read` whether the alignment with the most equal syllables (marks included) has it in
/// `truth`.
fn found_in(truth: &[ScoredSyllable], read: &[ScoredSyllable]) -> Vec<bool> {
    // Each cell has the largest number of equal pairs from there to both ends.
    let width = read.len() + 1;
    let mut table = vec![0_usize; (truth.len() + 1) * width];
    for i in (0..truth.len()).rev() {
        for j in (0..read.len()).rev() {
            let pair = table[(i + 1) * width + j + 1] + usize::from(truth[i].exact == read[j].exact);
            table[i * width + j] = pair.max(table[i * width + j + 1]).max(table[(i + 1) * width + j]);
        }
    }
    let mut found = vec![false; read.len()];
    let (mut i, mut j) = (0, 0);
    while i < truth.len() && j < read.len() {
        let equal = truth[i].exact == read[j].exact;
        if equal && table[i * width + j] == table[(i + 1) * width + j + 1] + 1 {
            found[j] = true;
            (i, j) = (i + 1, j + 1);
        } else if table[i * width + j] == table[(i + 1) * width + j] {
            i += 1;
        } else {
            j += 1;
        }
    }
    found
}

/// Counts the syllables of `truth` that `read` has right, folded and exact, by the alignment with the fewest
/// differences.
fn aligned(truth: &[ScoredSyllable], read: &[ScoredSyllable]) -> (usize, usize) {
    let width = read.len() + 1;
    // Each cell has the numbers of pairs that are right apart from marks, and right; the best by their sum.
    let mut table = vec![(0_usize, 0_usize); (truth.len() + 1) * width];
    for (i, true_one) in truth.iter().enumerate() {
        for (j, read_one) in read.iter().enumerate() {
            let (folded, exact) = table[i * width + j];
            let pair = (
                folded + usize::from(true_one.folded == read_one.folded),
                exact + usize::from(true_one.exact == read_one.exact),
            );
            table[(i + 1) * width + j + 1] = [pair, table[i * width + j + 1], table[(i + 1) * width + j]]
                .into_iter()
                .max_by_key(|&(folded, exact)| folded + exact)
                .unwrap_or(pair);
        }
    }
    table[truth.len() * width + read.len()]
}
