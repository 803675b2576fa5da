//! The model: confusions, lexicon and n-grams, as shipped or joined with a corpus.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use super::candidates::{CandidateSearch, Trie};
use super::channel::{Channel, ChannelName};
use super::learn::{CorpusCounts, Learner, Learnt};
use super::lexicon::Lexicon;
use super::ngrams::{NgramContext, Ngrams};
use super::sureness::Sureness;
use super::tables::{ChannelTables, SeenRow, Tables};
use crate::text::{fold, place_tone};

/// The model file, written by `vankien-train`.
static SHIPPED: &[u8] = include_bytes!("model.bin");

/// All that damaged text is read with.
///
/// A clone shares its tables.
#[derive(Clone, Debug)]
pub struct Model {
    /// One for each of [`ChannelName::ALL`].
    spellings: Arc<[Spelling]>,
    sureness: Arc<Sureness>,
    ngrams: Arc<Ngrams>,
    lexicon: Arc<Lexicon>,
    /// Syllables by their folded form, for text typed without marks.
    by_fold: Arc<HashMap<String, Vec<u16>>>,
    /// Such syllables without what clean documents added: whether a text is damaged depends on the language, not on the
    /// corpus that the text belongs to.
    syllables: Arc<HashMap<String, Vec<u16>>>,
    /// Counts learnt from the clean documents of a corpus.
    learnt: Option<Arc<CorpusCounts>>,
}

/// The reading of words that are printed in one way.
#[derive(Clone, Debug)]
struct Spelling {
    channel: Arc<Channel>,
    /// Whole tokens that the parallel text has for whole words, sorted.
    seen: Arc<Vec<SeenRow>>,
    /// Quantized cost of each word for being read in a way that the parallel text did not show.
    unseen: Arc<Vec<u8>>,
    trie: Arc<Trie>,
}

impl Spelling {
    /// Unpacks tables; `own_cost` is the cost of a word alone.
    fn of(tables: &ChannelTables, lexicon: &Lexicon, own_cost: impl Fn(u16) -> f32) -> Self {
        let channel = Channel::of(tables);
        Self {
            trie: Arc::new(Trie::of(lexicon, &channel, &tables.unseen, own_cost)),
            channel: Arc::new(channel),
            seen: Arc::new(tables.seen.clone()),
            unseen: Arc::new(tables.unseen.clone()),
        }
    }

    /// Returns this spelling with more words.
    fn joined(&self, lexicon: &Lexicon, own_cost: impl Fn(u16) -> f32) -> Self {
        Self {
            trie: Arc::new(Trie::of(lexicon, &self.channel, &self.unseen, own_cost)),
            ..self.clone()
        }
    }
}

impl Model {
    /// Returns the model that the program ships, unpacked at the first call.
    pub fn shipped() -> &'static Self {
        static MODEL: OnceLock<Model> = OnceLock::new();
        MODEL.get_or_init(|| Self::of(&Tables::from_bytes(SHIPPED).unwrap_or_default()))
    }

    /// Returns the model that the program ships, joined with what was learnt for it, if anything was.
    #[must_use]
    pub fn shipped_with(learnt: Option<&Learnt>) -> Self {
        learnt.map_or_else(|| Self::shipped().clone(), |learnt| Self::shipped().joined(learnt))
    }

    /// Reads the bytes of a model file; returns `None` if they are not a model file of this version.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        Tables::from_bytes(bytes).map(|tables| Self::of(&tables))
    }

    /// Unpacks tables.
    fn of(tables: &Tables) -> Self {
        let ngrams = Ngrams::of(tables);
        let lexicon = Lexicon::of(tables.words.clone());
        let by_fold = Arc::new(by_fold(&lexicon));
        let spelling = |channel| Spelling::of(channel, &lexicon, |word| ngrams.alone(word));
        Self {
            spellings: tables.channels.iter().map(spelling).collect(),
            sureness: Arc::new(Sureness::of(tables)),
            syllables: Arc::clone(&by_fold),
            by_fold,
            ngrams: Arc::new(ngrams),
            lexicon: Arc::new(lexicon),
            learnt: None,
        }
    }

    /// Returns an identifier of the shipped model, which changes whenever its readings may: a BLAKE3 digest in
    /// hexadecimal.
    #[must_use]
    pub fn shipped_name() -> String {
        blake3::hash(SHIPPED).to_hex().to_string()
    }

    /// Returns what `learner` has learnt beyond this model, so that the two can be [joined](Self::joined).
    ///
    /// ```
    /// use vankien::reading::{Learner, Model, Reading};
    /// let mut learner = Learner::with_limit(usize::MAX);
    /// learner.add(&"Ủy ban nhân dân xã Ngọc Tố, Đảng bộ xã Ngọc Tố. ".repeat(20));
    /// let shipped = Model::shipped();
    /// let model = shipped.joined(&shipped.learn_from(learner));
    /// let scan = "Dang b6 xa Ngoc Té da 13nh dao, chi dao thyc hién tét nhiém vu";
    /// assert!(Reading::with(&model, scan).repairs.iter().any(|repair| repair.text == "Tố"));
    /// ```
    #[must_use]
    pub fn learn_from(&self, learner: Learner) -> Learnt {
        learner.finish(&self.lexicon)
    }

    /// Returns this model joined with what was learnt for it by [`Self::learn_from`].
    #[must_use]
    pub fn joined(&self, learnt: &Learnt) -> Self {
        let mut lexicon = (*self.lexicon).clone();
        learnt.add_to(&mut lexicon);
        let counts = CorpusCounts::of(learnt);
        let own_cost = |word| counts.alone(word, self.ngrams.alone(word));
        let spelling = |spelling: &Spelling| spelling.joined(&lexicon, own_cost);
        Self {
            spellings: self.spellings.iter().map(spelling).collect(),
            sureness: Arc::clone(&self.sureness),
            by_fold: Arc::new(by_fold(&lexicon)),
            syllables: Arc::clone(&self.syllables),
            ngrams: Arc::clone(&self.ngrams),
            lexicon: Arc::new(lexicon),
            learnt: Some(Arc::new(counts)),
        }
    }

    /// Returns the lexicon.
    pub(crate) fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// Returns the n-grams that the model ships.
    pub(super) fn ngrams(&self) -> &Ngrams {
        &self.ngrams
    }

    /// Returns the search for candidates of tokens of one sort; `None` if the model file has nothing about them.
    pub(crate) fn search(&self, name: ChannelName) -> Option<CandidateSearch<'_>> {
        let spelling = self.spellings.get(name as usize)?;
        Some(CandidateSearch {
            channel: &spelling.channel,
            trie: &spelling.trie,
            seen: &spelling.seen,
        })
    }

    /// Returns how sure an OCR that knows Vietnamese may be.
    pub(crate) fn sureness(&self) -> &Sureness {
        &self.sureness
    }

    /// Returns the words that fold to `folded`.
    pub(crate) fn folding_to(&self, folded: &str) -> &[u16] {
        self.by_fold.get(folded).map_or(&[], Vec::as_slice)
    }

    /// Returns true if `folded` is the folded form of a syllable of the language.
    pub(crate) fn is_syllable(&self, folded: &str) -> bool {
        self.syllables.contains_key(folded)
    }

    /// Returns the cost of a syllable in lower case and NFC, regardless of the words around it; `None` for any other
    /// word.
    pub(crate) fn syllable_cost(&self, syllable: &str) -> Option<f32> {
        let mut form = syllable.to_owned();
        place_tone(&mut form);
        let word = self.lexicon.find(&form)?;
        let is_syllable = usize::from(word) >= super::lexicon::CLASSES.len() && !self.lexicon.row(word).acronym;
        is_syllable.then(|| self.ngrams.alone(word))
    }

    /// Returns the cost of `word` after the words of `history`, and the history that includes it.
    #[inline]
    pub(crate) fn step(&self, history: History, word: u16) -> (f32, History) {
        let (cost, context) = self.ngrams.step(history.context, word);
        let next = History {
            context,
            before: history.context.last(),
        };
        let cost = match &self.learnt {
            Some(learnt) => learnt.join(cost, history.before, history.context.last(), word),
            None => cost,
        };
        (cost, next)
    }
}

/// The words before a position, as far as the cost of the next word depends on them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct History {
    context: NgramContext,
    /// The word before the last one.
    before: u16,
}

impl History {
    /// The history at the start of a sentence.
    pub(crate) const fn start() -> Self {
        Self {
            context: NgramContext::of_word(super::lexicon::BOUNDARY),
            before: super::lexicon::BOUNDARY,
        }
    }
}

/// The words of a lexicon by folded form, without the classes.
fn by_fold(lexicon: &Lexicon) -> HashMap<String, Vec<u16>> {
    let mut map: HashMap<String, Vec<u16>> = HashMap::with_capacity(lexicon.len());
    for (index, row) in lexicon.rows().iter().enumerate().skip(super::lexicon::CLASSES.len()) {
        map.entry(fold(&row.form)).or_default().push(index as u16);
    }
    map
}
