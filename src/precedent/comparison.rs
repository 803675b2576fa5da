//! Questions and the passages that are compared with them, read and numbered over one vocabulary.
//!
//! Reading a passage and cutting it into words costs more than most comparisons, and the paragraphs of a draft have many
//! candidates in common. So a [`Comparer`] keeps what it read for the questions that follow.

use std::collections::HashMap;
use std::rc::Rc;

use super::align::Aligner;
use super::information::{self, IndexCounts, WordCounts};
use super::judge::{Judgement, judge};
use super::pieces::{AlignedText, AlignmentSide, SourceMap, pieces};
use super::question::Question;
use super::stretch::{AlignedStretch, AlignmentStep, CHANGED};
use super::vocabulary::Vocabulary;
use super::wording::{PreparedWording, WordPositions, Wording};
use super::{Distinctiveness, Precedent};
use crate::index::{BestReading, Error, Index, StoredPassage, Tokenized};
use crate::record::DocumentHead;
use crate::search::located::{LocatedPassage, PassageKey};
use crate::search::scope::read_located;

/// Number of passages after which those kept are dropped: some 4 kB each.
const KEPT: usize = 2_000;

/// Compares questions with passages, and keeps the passages that it read.
pub(super) struct Comparer<'i> {
    pub(super) index: &'i Index,
    vocabulary: Vocabulary,
    counts: IndexCounts<'i>,
    read: HashMap<PassageKey, Rc<ReadPassage>>,
}

/// A passage that was read for a comparison.
pub(super) struct ReadPassage {
    pub(super) wording: Wording,
    stored: StoredPassage,
}

/// A question, ready to be compared.
pub(super) struct ComparedQuestion {
    pub(super) wording: Wording,
    /// The bits of its words in an alignment.
    pub(super) bits: Vec<f32>,
    /// The bits of its words in a judgement: their true ones.
    true_bits: Vec<f32>,
    positions: WordPositions,
}

/// A passage that was aligned with a question.
pub(super) struct AlignedPassage {
    pub(super) judgement: Judgement,
    passage: Rc<ReadPassage>,
    stretches: Vec<AlignedStretch>,
}

impl<'i> Comparer<'i> {
    /// A comparer that has read nothing yet.
    pub(super) fn of(index: &'i Index) -> Result<Self, Error> {
        Ok(Self {
            index,
            vocabulary: Vocabulary::default(),
            counts: IndexCounts::of(index)?,
            read: HashMap::new(),
        })
    }

    /// Reads the passages `located`, in this order, and prepares `question` to be compared with them.
    pub(super) fn prepare<'l>(
        &mut self,
        question: &Question,
        located: impl Iterator<Item = &'l LocatedPassage>,
    ) -> Result<(ComparedQuestion, Vec<Rc<ReadPassage>>), Error> {
        if self.read.len() > KEPT {
            *self = Self::of(self.index)?;
        }
        let wording = Wording::of(&question.words.cells, &mut self.vocabulary);
        let located: Vec<&LocatedPassage> = located.collect();
        let unread = located.iter().copied();
        let unread: Vec<&LocatedPassage> = unread.filter(|one| !self.read.contains_key(&one.key())).collect();
        for (located, stored) in unread.iter().zip(read_located(self.index, &unread)?) {
            let passage = ReadPassage::of(stored, &mut self.vocabulary);
            self.read.insert(located.key(), Rc::new(passage));
        }
        let passages = located
            .iter()
            .filter_map(|one| self.read.get(&one.key()).map(Rc::clone));
        let passages: Vec<Rc<ReadPassage>> = passages.collect();
        // The vocabulary is complete only now: rarity, which classes words, is looked up once for each.
        let counts = &self.counts;
        self.index
            .look_up(&self.vocabulary.unweighed().collect::<Vec<_>>(), &[])?;
        self.vocabulary
            .weigh(counts.words(), |id, word| counts.word(id, word))?;
        let bits = information::bits(&wording.words, &self.vocabulary, counts)?;
        let mut positions = WordPositions::new(&self.vocabulary);
        positions.replace(&wording);
        let question = ComparedQuestion {
            wording,
            bits: bits_to_align(&bits),
            true_bits: bits,
            positions,
        };
        Ok((question, passages))
    }

    /// Returns an aligner for what was prepared.
    pub(super) fn aligner(&self) -> Aligner<'_> {
        Aligner::new(&self.vocabulary)
    }

    /// Joins `passage` with the `stretches` that it shares with `question`, and judges them.
    pub(super) fn aligned(
        &self,
        question: &ComparedQuestion,
        passage: Rc<ReadPassage>,
        stretches: Vec<AlignedStretch>,
    ) -> Result<AlignedPassage, Error> {
        let its_bits = self.bits_within(&stretches, &passage.wording)?;
        Ok(AlignedPassage {
            judgement: judge(&stretches, &question.true_bits, &its_bits),
            passage,
            stretches,
        })
    }
}

impl Comparer<'_> {
    /// Returns the bits of the words of a passage that are part of its `stretches`. Those of others, which nothing asks
    /// for, are left 0: each costs a look-up in the index.
    fn bits_within(&self, stretches: &[AlignedStretch], wording: &Wording) -> Result<Vec<f32>, Error> {
        let mut bits = vec![0.0; wording.len()];
        for step in stretches.iter().flat_map(|stretch| &stretch.steps) {
            if let AlignmentStep::Pair(_, at, ..) | AlignmentStep::Inserted(at) = *step {
                bits[at] = information::bits_of_word(&wording.words, at, &self.vocabulary, &self.counts)?;
            }
        }
        Ok(bits)
    }
}

/// Returns the bits of words of a text in an alignment, given their true ones.
///
/// The words of a set phrase follow from one another, so one changed word would cost more than all others give, and the
/// commoner a phrase is, the less of it would be found. In a text that is not telling, each word that agrees makes up
/// for one that was changed. The judgement corrects that: it counts no more than the true bits.
fn bits_to_align(bits: &[f32]) -> Vec<f32> {
    let is_telling = Distinctiveness::of_bits(bits.iter().sum()) == Distinctiveness::Telling;
    let least = if is_telling { 0.0 } else { CHANGED };
    bits.iter().map(|bits| bits.max(least)).collect()
}

impl ReadPassage {
    /// The passage `stored`, whose words join the `vocabulary`.
    fn of(stored: StoredPassage, vocabulary: &mut Vocabulary) -> Self {
        let words = Tokenized::of(&stored.record.text, &stored.annotations);
        Self {
            wording: Wording::of(&words.cells, vocabulary),
            stored,
        }
    }
}

impl ComparedQuestion {
    /// Returns the question as one side of an alignment.
    pub(super) fn prepared(&self) -> PreparedWording<'_> {
        PreparedWording {
            wording: &self.wording,
            bits: &self.bits,
            positions: &self.positions,
        }
    }
}

impl AlignedPassage {
    /// Returns the id of the document of the passage.
    pub(super) fn document(&self) -> &str {
        &self.passage.stored.record.document
    }

    /// Makes the match with `question`; `source` is the text of the passage's document, and `head` the head of it.
    pub(super) fn to_match(&self, rank: usize, question: &Question, source: &str, head: DocumentHead) -> Precedent {
        let stored = &self.passage.stored;
        let text = &stored.record.text;
        // Few of the passages that were read are shown, so their words are not kept.
        let words = Tokenized::of(text, &stored.annotations);
        let laid = (!stored.annotations.damaged.is_empty()).then(|| BestReading::of(text, &stored.annotations));
        let found = AlignedText {
            text,
            cells: &words.cells,
            laid: laid.as_ref(),
            source_map: &SourceMap::of_passage(source, &stored.record),
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
            given_syllables: question.syllables(),
            passage_syllables: words.cells.len(),
            bits: f64::from(self.judgement.bits),
            distinctiveness: Distinctiveness::of_bits(self.judgement.bits),
            source: pieces(&self.stretches, AlignmentSide::Source, &given),
            found: pieces(&self.stretches, AlignmentSide::Found, &found),
            reading: laid.as_ref().map(|laid| laid.text.clone()),
            given_reading: question.laid.as_ref().map(|laid| laid.text.clone()),
            stored: stored.clone(),
            head,
        }
    }
}
