//! Symbols in the plan: cited, or in the text as they were typed.

use super::Planner;
use crate::index::{Error, kind_term, letters_term};
use crate::query::AskedSymbol;
use crate::search::ask::{Ask, Key, TermField};
use crate::search::written_forms::written_forms;

/// Score of a symbol in units of the inverse document frequency of its most common term: it is what was asked for,
/// whatever words are around it.
const CITED: f32 = 3.0 * 2.2;

impl Planner<'_> {
    /// Plans a symbol. All passages that match score the same.
    pub(super) fn symbol(&self, symbol: &AskedSymbol) -> Result<Ask, Error> {
        let mut cited: Vec<Key> = Vec::new();
        let mut cite = |term: &str| cited.push(Key::new(TermField::Symbol, term));
        let mut words: Vec<Key> = symbol.typed.iter().map(Key::folded).collect();
        let mut phrase = None;
        match (&symbol.canonical, &symbol.letters) {
            (Some(canonical), _) => {
                cite(canonical);
                words.extend(written_forms(canonical).into_iter().map(Key::folded));
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
                let typed = symbol.words.iter().map(|word| word.folded.clone());
                match symbol.words.len() {
                    1 => words.extend(typed.map(Key::folded)),
                    _ => phrase = Some(Ask::Phrase((0..).zip(typed).collect())),
                }
            }
        }
        cited.append(&mut words);
        let mut idf = f32::INFINITY;
        for key in &cited {
            idf = idf.min(self.idf_of(key)?);
        }
        let mut sides = vec![Ask::OneOf(cited)];
        sides.extend(phrase);
        Ok(Ask::Constant(Box::new(Ask::any_of(sides)), CITED * idf))
    }
}
