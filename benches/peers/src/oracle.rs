//! Answers compared: on clean text engines count alike what each of them counts exactly.
//!
//! vankien's rules are not those of the others in all points, so a difference is listed, not refused: it also looks for
//! the abbreviations of what was typed, and takes several spellings for one (kĩ and kỹ), which the others do not.

use crate::engines::{Answer, Asked, Engine, EngineName};
use crate::questions::Question;

/// The outcome of the comparison with one engine.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Agreement {
    /// Number of questions.
    pub(crate) questions: usize,
    /// Number of those with the same total.
    pub(crate) same_totals: usize,
    /// Number of those with the same counts of documents.
    pub(crate) same_documents: usize,
    /// The questions with another total, at most [`LISTED`].
    pub(crate) others: Vec<OtherTotal>,
}

/// A question with another total.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct OtherTotal {
    /// The question as typed.
    pub(crate) typed: String,
    /// The total of vankien, then that of the other engine.
    pub(crate) totals: [usize; 2],
}

/// Differences that are listed.
const LISTED: usize = 5;

/// Compares the answers of vankien, the first engine, with those of tantivy, if it is there.
pub(crate) fn compare(engines: &[Box<dyn Engine>], questions: &[Question]) -> anyhow::Result<Option<Agreement>> {
    let Some(tantivy) = engines.iter().find(|engine| engine.name() == EngineName::Tantivy) else {
        return Ok(None);
    };
    let Some(vankien) = engines.iter().find(|engine| engine.name() == EngineName::Vankien) else {
        return Ok(None);
    };
    let mut agreement = Agreement::default();
    for question in questions {
        let ours = vankien.ask(question, Asked::TopAndFacets)?;
        let theirs = tantivy.ask(question, Asked::TopAndFacets)?;
        agreement.add(question, &ours, &theirs);
    }
    Ok(Some(agreement))
}

impl Agreement {
    /// Adds the two answers to a question.
    fn add(&mut self, question: &Question, ours: &Answer, theirs: &Answer) {
        self.questions += 1;
        self.same_documents += usize::from(ours.documents == theirs.documents);
        if ours.total == theirs.total && ours.hits == theirs.hits {
            self.same_totals += 1;
        } else if self.others.len() < LISTED {
            self.others.push(OtherTotal {
                typed: question.typed(),
                totals: [ours, theirs].map(|answer| answer.total.unwrap_or(0)),
            });
        }
    }
}
