//! Symbols in the plan: cited, or in the text as they were typed.

use tantivy::Term;
use tantivy::query::{ConstScoreQuery, PhraseQuery, Query as EngineQuery, TermQuery};
use tantivy::schema::IndexRecordOption;

use super::{Planner, any_of};
use crate::index::{Error, kind_term, letters_term};
use crate::query::AskedSymbol;
use crate::search::written_forms::written_forms;

/// Score of a symbol in units of the inverse document frequency of its most common term: it is what was asked for,
/// whatever words are around it.
const CITED: f32 = 3.0 * 2.2;

impl Planner<'_> {
    /// Plans a symbol. All passages that match score the same.
    pub(super) fn symbol(&self, symbol: &AskedSymbol) -> Result<Box<dyn EngineQuery>, Error> {
        let fields = self.index.fields();
        let mut cited: Vec<Term> = Vec::new();
        let mut cite = |term: &str| cited.push(Term::from_field_text(fields.symbol, term));
        let folded = |text: &str| Term::from_field_text(fields.folded, text);
        let mut words: Vec<Term> = symbol.typed.iter().map(|typed| folded(typed)).collect();
        let mut phrase = None;
        match (&symbol.canonical, &symbol.letters) {
            (Some(canonical), _) => {
                cite(canonical);
                words.extend(written_forms(canonical).iter().map(|text| folded(text)));
            }
            (None, letters) => {
                if let Some(letters) = letters {
                    cite(&letters_term(letters, &symbol.number));
                }
                // `nq 21` also means a citation of "Nghị quyết số 21", without letters. Letters of several kinds, such
                // as `qd`, do not say which of them is meant.
                if letters.is_none() || symbol.kinds.len() == 1 {
                    symbol
                        .kinds
                        .iter()
                        .for_each(|&kind| cite(&kind_term(kind, &symbol.number)));
                }
                let mut typed: Vec<Term> = symbol.words.iter().map(|word| folded(&word.folded)).collect();
                match typed.len() {
                    1 => words.append(&mut typed),
                    _ => phrase = Some(PhraseQuery::new(typed)),
                }
            }
        }
        let mut idf = f32::INFINITY;
        let mut sides: Vec<Box<dyn EngineQuery>> = Vec::new();
        for term in cited.into_iter().chain(words) {
            idf = idf.min(self.idf(&term)?);
            sides.push(Box::new(TermQuery::new(term, IndexRecordOption::Basic)));
        }
        sides.extend(phrase.map(|phrase| Box::new(phrase) as Box<dyn EngineQuery>));
        let sides = any_of(sides);
        Ok(Box::new(ConstScoreQuery::new(sides, CITED * idf)))
    }
}
