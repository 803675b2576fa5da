//! Other forms of the words of a query: `UBND` also finds "ủy ban nhân dân", and the other way round.
//!
//! The forms are those of the genre ([`Abbreviations::shipped`]) and those that documents of the index define. They rank
//! below the words as typed ([`super::plan`]), and people are told of them ([`OtherForms`]). A phrase in quotation marks,
//! words that are excluded, and exact marks mean what they say, so they have no other forms.

use super::Marks;
use super::ask::TermField;
use super::engine::Engine;
use super::opened::engine_of;
use crate::abbreviation::{Abbreviations, NameForm};
use crate::index::{Error, Index, name_beginning};
use crate::query::{Node, Phrase, Word};
use crate::text::Span;

/// Words of a query that other forms were searched for too.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
pub struct OtherForms {
    /// The words as typed, in lower case.
    pub typed: String,
    /// The other forms, as people write them.
    pub forms: Vec<String>,
}

/// The most other forms of the same words that documents define; more say that the letters mean nothing in particular.
const MAX_DEFINED: usize = 4;

/// The most words of a name that a document defines a short form of.
const LONGEST_DEFINED: usize = 15;

/// The most words of a query that other forms are looked for; a pasted paragraph says all that it means.
const MAX_WORDS: usize = 60;

/// Gives the words among `nodes` that have other forms those forms, and returns them.
///
/// # Errors
/// [`Error::Damaged`], [`Error::Engine`].
pub(super) fn add_other_forms(index: &Index, nodes: &mut [Node], marks: Marks) -> Result<Vec<OtherForms>, Error> {
    let mut added = Vec::new();
    if marks != Marks::Exact && nodes.len() <= MAX_WORDS {
        Expander {
            engine: engine_of(index),
            added: &mut added,
        }
        .all(nodes)?;
    }
    Ok(added)
}

/// Adds other forms to the words of a query.
struct Expander<'e> {
    engine: Box<dyn Engine<'e> + 'e>,
    added: &'e mut Vec<OtherForms>,
}

impl Expander<'_> {
    /// Adds forms to the words among `nodes`, which must all match: to the longest runs of words that have any.
    fn all(&mut self, nodes: &mut [Node]) -> Result<(), Error> {
        let mut at = 0;
        while at < nodes.len() {
            match &mut nodes[at] {
                Node::Word(_) => at += self.run(&mut nodes[at..])?,
                Node::Any(sides) => {
                    for side in sides {
                        match side {
                            Node::All(inner) => self.all(inner)?,
                            side => self.all(std::slice::from_mut(side))?,
                        }
                    }
                    at += 1;
                }
                _ => at += 1,
            }
        }
        Ok(())
    }

    /// Adds forms to the longest run of words at the beginning of `nodes` that has any; returns the words passed.
    fn run(&mut self, nodes: &mut [Node]) -> Result<usize, Error> {
        let words: Vec<Word> = nodes.iter().map_while(Node::as_word).cloned().collect();
        let longest = Abbreviations::shipped().longest().max(LONGEST_DEFINED);
        for len in (1..=words.len().min(longest)).rev() {
            let run = &words[..len];
            let forms = self.forms_of(run)?;
            let Some(span) = run.iter().map(|word| word.span).reduce(Span::cover) else {
                continue;
            };
            if forms.is_empty() {
                continue;
            }
            let typed: Vec<&str> = run.iter().map(|word| word.exact.as_str()).collect();
            self.added.push(OtherForms {
                typed: typed.join(" "),
                forms: forms.iter().map(|form| form.written.clone()).collect(),
            });
            let asks_marks = run.iter().any(|word| word.asks_marks);
            let phrases: Vec<Phrase> = forms.iter().map(|form| phrase(form, span, asks_marks)).collect();
            for node in &mut nodes[..len] {
                let typed = Box::new(std::mem::take(node));
                let forms = phrases.clone();
                *node = Node::Also { typed, forms };
            }
            return Ok(len);
        }
        Ok(1)
    }

    /// Returns the other forms of `words`.
    fn forms_of(&self, words: &[Word]) -> Result<Vec<NameForm>, Error> {
        let folded: Vec<&str> = words.iter().map(|word| word.folded.as_str()).collect();
        let folded = folded.join(" ");
        // Marks that were typed must be those of the form: a name of other marks is another name.
        let agrees = |form: &NameForm| {
            let mut pairs = words.iter().zip(&form.exact);
            pairs.all(|(word, exact)| !word.asks_marks || word.exact == *exact || word.exact == word.folded)
        };
        let mut forms: Vec<NameForm> = Vec::new();
        for (form, others) in Abbreviations::shipped().named(&folded) {
            if agrees(form) {
                forms.extend(others.cloned());
            }
        }
        if forms.is_empty() {
            let beginning = name_beginning(&folded);
            let (terms, cut) = self.engine.terms_beginning(TermField::Named, &beginning, MAX_DEFINED)?;
            if !cut {
                forms.extend(terms.iter().map(|term| NameForm::new(&term[beginning.len()..])));
            }
        }
        let mut known: Vec<Vec<String>> = Vec::new();
        forms.retain(|form| {
            let new = !known.contains(&form.folded) && form.folded.join(" ") != folded;
            if new {
                known.push(form.folded.clone());
            }
            new
        });
        Ok(forms)
    }
}

/// Returns the phrase of a form.
fn phrase(form: &NameForm, span: Span, asks_marks: bool) -> Phrase {
    let words = form.exact.iter().zip(&form.folded).map(|(exact, folded)| Word {
        span,
        exact: exact.clone(),
        folded: folded.clone(),
        asks_marks,
    });
    Phrase::consecutive(span, words)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::testing::{Sample, index_of};
    use crate::query::{Filters, parse};
    use crate::search::{Options, Results, search};

    fn answer(index: &Index, typed: &str, marks: Marks) -> Results {
        let (query, _) = parse(typed);
        let options = Options {
            marks,
            ..Options::default()
        };
        search(index, &query, &Filters::default(), &options).unwrap()
    }

    /// Returns the documents found, best first, and the forms that were searched for too.
    fn found(index: &Index, typed: &str, marks: Marks) -> (Vec<String>, Vec<String>) {
        let results = answer(index, typed, marks);
        let documents = results.hits.iter().map(|hit| hit.stored.record.document.clone());
        let also = results.also.iter().flat_map(|also| also.forms.clone());
        (documents.collect(), also.collect())
    }

    #[test]
    fn a_name_and_its_abbreviation_find_each_other() {
        let (_folder, index) = index_of(&[
            Sample::new("a", "quyết định của UBND tỉnh về chuyển đổi"),
            Sample::new("b", "quyết định của Ủy ban nhân dân tỉnh về chuyển đổi"),
            Sample::new("c", "dự án hạ tầng số dùng chung (viết tắt là HTSDC)"),
            Sample::new("d", "triển khai HTSDC ở xã"),
        ]);
        let row = |ids: &[&str], forms: &[&str]| -> (Vec<String>, Vec<String>) {
            let owned = |texts: &[&str]| texts.iter().map(|&text| text.to_owned()).collect();
            (owned(ids), owned(forms))
        };
        for typed in ["UBND tỉnh", "ubnd tinh"] {
            assert_eq!(
                found(&index, typed, Marks::Prefer),
                row(&["a", "b"], &["ủy ban nhân dân"])
            );
        }
        for typed in ["ủy ban nhân dân tỉnh", "uy ban nhan dan"] {
            assert_eq!(found(&index, typed, Marks::Prefer), row(&["b", "a"], &["UBND"]));
        }
        assert_eq!(
            found(&index, "HTSDC", Marks::Prefer),
            row(&["d", "c"], &["hạ tầng số dùng chung"])
        );
        assert_eq!(
            found(&index, "hạ tầng số dùng chung", Marks::Prefer),
            row(&["c", "d"], &["HTSDC"])
        );
        // As typed in quotation marks, with exact marks, and where it is excluded.
        assert_eq!(found(&index, "\"UBND tỉnh\"", Marks::Prefer), row(&["a"], &[]));
        assert_eq!(found(&index, "UBND tỉnh", Marks::Exact), row(&["a"], &[]));
        assert_eq!(found(&index, "tỉnh -UBND", Marks::Prefer), row(&["b"], &[]));
    }

    #[test]
    fn the_form_that_was_found_is_shown() {
        let (_folder, index) = index_of(&[Sample::new("b", "của Ủy ban nhân dân tỉnh")]);
        let results = answer(&index, "UBND tỉnh", Marks::Prefer);
        let hits = results.hits[0].snippet.pieces.iter().filter(|piece| piece.hit);
        let shown: Vec<&str> = hits.map(|piece| piece.text.as_str()).collect();
        assert_eq!(shown, ["Ủy", "ban", "nhân", "dân", "tỉnh"]);
    }
}
