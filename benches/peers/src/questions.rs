//! Questions drawn from the passages themselves, so that each has an answer.

use std::ops::RangeInclusive;

use vankien::text::{TokenKind, Tokens};

use crate::generator::random::Random;
use crate::passages::Passages;

/// The kinds of questions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// A word without marks.
    Term,
    /// Two or three words of one passage, without marks.
    All,
    /// The same with marks.
    AllMarked,
    /// Three to five neighboring words in quotation marks, without marks.
    Phrase,
    /// The same with marks.
    PhraseMarked,
    /// Four to twelve neighboring words as people type them, without quotation marks and marks.
    Typed,
    /// The same with marks.
    TypedMarked,
}

impl Kind {
    /// All kinds, in the order of the report.
    pub(crate) const ALL: [Self; 7] = [
        Self::Term,
        Self::All,
        Self::AllMarked,
        Self::Phrase,
        Self::PhraseMarked,
        Self::Typed,
        Self::TypedMarked,
    ];

    /// Returns the name in the report.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Term => "term",
            Self::All => "AND of 2-3",
            Self::AllMarked => "AND of 2-3, marked",
            Self::Phrase => "phrase of 3-5",
            Self::PhraseMarked => "phrase of 3-5, marked",
            Self::Typed => "4-12 typed words",
            Self::TypedMarked => "4-12 typed words, marked",
        }
    }

    /// Returns true if its words are one phrase.
    pub(crate) const fn is_phrase(self) -> bool {
        matches!(self, Self::Phrase | Self::PhraseMarked)
    }

    /// Returns true if its words are typed with their marks.
    pub(crate) const fn is_marked(self) -> bool {
        matches!(self, Self::AllMarked | Self::PhraseMarked | Self::TypedMarked)
    }

    /// Returns the number of its words.
    const fn words(self) -> RangeInclusive<usize> {
        match self {
            Self::Term => 1..=1,
            Self::All | Self::AllMarked => 2..=3,
            Self::Phrase | Self::PhraseMarked => 3..=5,
            Self::Typed | Self::TypedMarked => 4..=12,
        }
    }
}

/// A question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Question {
    /// Its kind.
    pub(crate) kind: Kind,
    /// Its words as the text has them, in small letters.
    pub(crate) words: Vec<String>,
    /// The same without marks.
    pub(crate) folded: Vec<String>,
}

impl Question {
    /// Returns the question as it is typed into vankien.
    pub(crate) fn typed(&self) -> String {
        let words = if self.kind.is_marked() {
            &self.words
        } else {
            &self.folded
        };
        match self.kind.is_phrase() {
            true => format!("\"{}\"", words.join(" ")),
            false => words.join(" "),
        }
    }
}

/// Draws `number` questions of each kind from `passages`, of which there are `count`. A marked question is an unmarked one
/// with the marks of its words. The same seed gives the same questions.
pub(crate) fn draw(passages: Passages, count: usize, number: usize, seed: u64) -> anyhow::Result<Vec<Question>> {
    // A stream that no document is made of.
    let mut random = Random::of(seed, u64::MAX - 1);
    // Of some passages nothing can be drawn: more are looked at than are needed.
    let step = (count / (number * 8).max(1)).max(1);
    let unmarked = || Kind::ALL.into_iter().filter(|kind| !kind.is_marked());
    let mut drawn: Vec<(Kind, Vec<Question>)> = unmarked().map(|kind| (kind, Vec::new())).collect();
    for passage in passages.skip(random.below(step)).step_by(step) {
        let runs = runs(&passage?.text);
        for (kind, questions) in drawn.iter_mut().filter(|(_, questions)| questions.len() < number) {
            questions.extend(question(*kind, &runs, &mut random));
        }
    }
    let with_marks = |kind: Kind| match kind {
        Kind::AllMarked => (Kind::All, Kind::AllMarked),
        Kind::PhraseMarked => (Kind::Phrase, Kind::PhraseMarked),
        Kind::TypedMarked => (Kind::Typed, Kind::TypedMarked),
        kind => (kind, kind),
    };
    let of_kind = |kind: Kind| {
        let (source, kind) = with_marks(kind);
        let found = drawn.iter().filter(move |(drawn, _)| *drawn == source);
        found
            .flat_map(|(_, questions)| questions)
            .map(move |question| Question {
                kind,
                ..question.clone()
            })
    };
    Ok(Kind::ALL.into_iter().flat_map(of_kind).collect())
}

/// A word with its marks and without.
type Word = (String, String);

/// Returns the runs of neighboring words of a text, in small letters. Numbers and symbols end a run, and so does a word
/// that is written in several ways or that engines cut apart: they would not find the same.
fn runs(text: &str) -> Vec<Vec<Word>> {
    let mut runs = vec![Vec::new()];
    let mut tokens = Tokens::new(text);
    let mut end = 0;
    while let Some(token) = tokens.advance() {
        let is_plain = token.kind == TokenKind::Word
            && tokens.folded().bytes().all(|byte| byte.is_ascii_lowercase())
            && vankien::text::fold(token.span.slice(text)) == tokens.folded();
        let is_near = text[end.min(token.span.start)..token.span.start]
            .chars()
            .all(|char| char == ' ');
        if !is_near || !is_plain {
            runs.push(Vec::new());
        }
        if let Some(run) = runs.last_mut().filter(|_| is_plain) {
            run.push((tokens.exact().to_owned(), tokens.folded().to_owned()));
        }
        end = token.span.end;
    }
    runs
}

/// Draws a question from the runs of a passage, if they have enough words.
fn question(kind: Kind, runs: &[Vec<Word>], random: &mut Random) -> Option<Question> {
    let (least, most) = kind.words().into_inner();
    let number = least + random.below(most - least + 1);
    let words: Vec<&Word> = match kind {
        Kind::Term | Kind::All | Kind::AllMarked => {
            let all: Vec<&Word> = runs.iter().flatten().collect();
            let mut words: Vec<&Word> = Vec::new();
            while words.len() < number.min(all.len()) {
                words.push(all[random.below(all.len())]);
            }
            words
        }
        _ => {
            let long: Vec<&Vec<Word>> = runs.iter().filter(|run| run.len() >= number).collect();
            let run = long.get(random.below(long.len()))?;
            let start = random.below(run.len() - number + 1);
            run[start..start + number].iter().collect()
        }
    };
    (words.len() == number).then(|| Question {
        kind,
        words: words.iter().map(|(word, _)| word.clone()).collect(),
        folded: words.iter().map(|(_, folded)| folded.clone()).collect(),
    })
}
