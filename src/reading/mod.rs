//! Damaged text to its repaired reading, word by word mapped to the source.
//!
//! A scan read by an English OCR says "Pang bd" where the paper has "Đảng bộ". [`Reading::of`] tells from
//! the text itself which stretches are damaged and gives the likely words there; clean stretches have no
//! repairs at all. A repaired reading is never passed off as the source: whatever is shown says which
//! of the two it is.

//!
//! ```
//! use vankien::reading::Reading;
//! let reading = Reading::of("Pang bd cac co quan Pang thanh phd");
//! let words: Vec<&str> = reading.repairs.iter().map(|repair| repair.text.as_str()).collect();
//! assert_eq!(words.join(" "), "Đảng bộ các cơ Đảng thành phố"); // "quan" stands as it is
//! ```

mod adapt;
mod candidates;
mod channel;
mod decode;
mod letters;
mod model;
mod ngrams;
mod quality;
mod tables;
mod token;
pub mod train;
mod words;

use serde::{Deserialize, Serialize};

use crate::text::{Form, Mapped, MappedBuilder, Span};

use decode::Decoder;
use token::cut;

pub use model::Model;
pub use quality::Stretch;

/// How well a text kept what was printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Quality {
    /// Marks as printed.
    #[default]
    Clean,
    /// Typed without marks.
    Unmarked,
    /// Misread letters.
    Ocr,
}

impl Quality {
    /// The stable name in records and filters.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Clean => "clean",
            Self::Unmarked => "unmarked",
            Self::Ocr => "ocr",
        }
    }
}

/// A damaged token and what it most likely says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Repair {
    /// The bytes of the source that are read anew, without the punctuation around the word.
    pub span: Span,
    /// The reading, in NFC, with the case of the source.
    pub text: String,
    /// Other readings that are nearly as likely, best first; may be empty.
    pub alternatives: Vec<String>,
    /// How sure: 0 (a guess) to 1.
    pub confidence: f32,
}

/// The repaired reading of one text.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    /// Sorted, disjoint; only words whose reading differs from the source or is unsure.
    pub repairs: Vec<Repair>,
    /// How well each stretch of whole lines kept what was printed; in order, covering the text.
    pub stretches: Vec<Stretch>,
}

impl Reading {
    /// Reads `text`: finds the damaged stretches and repairs them.
    ///
    /// The shipped model is unpacked when damaged text is first met; clean text costs one pass over its
    /// chars.
    #[must_use]
    pub fn of(text: &str) -> Self {
        Self::with_model(Model::shipped, text)
    }

    /// Reads `text` with another model, such as one joined with a corpus.
    #[must_use]
    pub fn with(model: &Model, text: &str) -> Self {
        Self::with_model(|| model, text)
    }

    /// Reads `text` with the model that `model` gives when it is needed.
    fn with_model<'m>(model: impl Fn() -> &'m Model, text: &str) -> Self {
        let stretches = quality::measure(text, &model);
        let mut repairs = Vec::new();
        if stretches.iter().any(|stretch| stretch.quality != Quality::Clean) {
            let mut decoder = Decoder::new(model(), text);
            for stretch in stretches.iter().filter(|stretch| stretch.quality != Quality::Clean) {
                decoder.read(&cut(text, stretch.span), stretch.quality, &mut repairs);
            }
        }
        Self { repairs, stretches }
    }

    /// The quality of most letters in `span`; clean where there are none.
    #[must_use]
    pub fn quality(&self, span: Span) -> Quality {
        let mut letters = [(0, Quality::Clean), (0, Quality::Unmarked), (0, Quality::Ocr)];
        for (stretch, share) in self.stretches_in(span) {
            for (count, quality) in &mut letters {
                if *quality == stretch.quality {
                    *count += (f64::from(stretch.letters) * share) as u64;
                }
            }
        }
        letters
            .into_iter()
            .rev()
            .max_by_key(|&(count, _)| count)
            .map_or(Quality::Clean, |(_, quality)| quality)
    }

    /// The share of syllables in `span` that carry the marks they should, 0 to 1.
    ///
    /// Counted by whole stretches, which are weighted by how much of them lies in `span`.
    #[must_use]
    pub fn language_marks(&self, span: Span) -> f32 {
        let (mut words, mut marked) = (0.0, 0.0);
        for (stretch, share) in self.stretches_in(span) {
            words += f64::from(stretch.words) * share;
            marked += f64::from(stretch.marked) * share;
        }
        quality::marks_share(words as u32, marked as u32)
    }

    /// The stretches that `span` touches, each with the share of its bytes in it.
    fn stretches_in(&self, span: Span) -> impl Iterator<Item = (&Stretch, f64)> {
        let first = self.stretches.partition_point(|stretch| stretch.span.end <= span.start);
        self.stretches[first..]
            .iter()
            .take_while(move |stretch| stretch.span.start < span.end)
            .map(move |stretch| {
                let shared = Span::new(stretch.span.start.max(span.start), stretch.span.end.min(span.end));
                (stretch, shared.len() as f64 / stretch.span.len().max(1) as f64)
            })
    }

    /// The repairs inside `span`.
    #[must_use]
    pub fn within(&self, span: Span) -> &[Repair] {
        let first = self.repairs.partition_point(|repair| repair.span.start < span.start);
        let last = self.repairs.partition_point(|repair| repair.span.end <= span.end);
        self.repairs.get(first..last.max(first)).unwrap_or(&[])
    }

    /// Joins the lines of `fragments` of `source` as [`Mapped::join`] does, in the repaired reading; the
    /// bytes of `without` (sorted, such as footnote marks) are left out.
    #[must_use]
    pub fn view(&self, source: &str, fragments: &[Span], without: &[Span], form: Form) -> Mapped {
        let mut builder = MappedBuilder::new(form);
        for &fragment in fragments {
            builder.push_joined_with(source, fragment, |builder, line| {
                self.push_line(builder, source, line, without)
            });
        }
        builder.finish()
    }

    /// Appends one line in the repaired reading.
    fn push_line(&self, builder: &mut MappedBuilder, source: &str, line: Span, without: &[Span]) {
        let skipped = without
            .iter()
            .filter(|mark| line.contains(**mark) && !mark.is_empty())
            .map(|&mark| (mark, None));
        let repaired = self
            .within(line)
            .iter()
            .map(|repair| (repair.span, Some(repair.text.as_str())));
        let mut changes: Vec<(Span, Option<&str>)> = skipped.chain(repaired).collect();
        changes.sort_by_key(|(span, text)| (span.start, text.is_some()));
        let mut at = line.start;
        for (span, text) in changes {
            if span.start < at {
                continue;
            }
            builder.push_line(source, Span::new(at, span.start));
            if let Some(text) = text {
                builder.push_replaced(text, span);
            }
            at = span.end;
        }
        builder.push_line(source, Span::new(at, line.end));
    }
}
