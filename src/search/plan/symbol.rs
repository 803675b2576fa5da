//! Symbols in the plan: cited, or in the text as they were typed.

use tantivy::Term;
use tantivy::query::{BooleanQuery, ConstScoreQuery, PhraseQuery, Query as EngineQuery, TermQuery};
use tantivy::schema::IndexRecordOption;

use super::Planner;
use crate::index::{Error, kind_term, letters_term};
use crate::query::AskedSymbol;

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
        let sides = BooleanQuery::union(sides);
        Ok(Box::new(ConstScoreQuery::new(Box::new(sides), CITED * idf)))
    }
}

/// Returns the forms that a whole canonical symbol (`21-nq-tw`) may have in a text as one folded token: with the
/// separators of party and of state documents, and with or without a zero before a number of one digit.
pub(in crate::search) fn written_forms(canonical: &str) -> Vec<String> {
    let groups: Vec<&str> = canonical.split('-').collect();
    let (Some((number, rest)), Some(letters)) = (
        groups.split_first(),
        groups
            .iter()
            .position(|group| !group.bytes().all(|b| b.is_ascii_digit())),
    ) else {
        return Vec::new();
    };
    // `05-CT/TW` is the usual way to write number 5.
    let padded = (number.len() == 1).then(|| format!("0{number}"));
    let numbers: Vec<&str> = std::iter::once(*number).chain(padded.as_deref()).collect();
    let years = rest[..letters.saturating_sub(1).min(rest.len())].join("/");
    let rest = &rest[letters.saturating_sub(1).min(rest.len())..];
    let mut written_forms = Vec::new();
    for number in numbers {
        // A year after the number is that of a state document: `30/2020/nd-cp`, `43/2019/qh14`.
        if !years.is_empty() {
            written_forms.push(format!("{number}/{years}/{}", rest.join("-")));
            continue;
        }
        // Party documents separate kind and issuer in every way: `21-nq/tw`, `57/nq-tw`.
        if let [kind, body @ ..] = rest {
            let body = body.join("-");
            for (first, second) in [("-", "/"), ("/", "-"), ("/", "/"), ("-", "-")] {
                let second = if body.is_empty() { "" } else { second };
                written_forms.push(format!("{number}{first}{kind}{second}{body}"));
            }
        }
    }
    written_forms
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_symbol_is_found_however_it_is_joined() {
        assert!(written_forms("21-nq-tw").contains(&"21-nq/tw".to_owned()));
        assert!(written_forms("57-nq-tw").contains(&"57/nq-tw".to_owned()));
        assert!(written_forms("5-ct-tw").contains(&"05-ct/tw".to_owned()));
        assert_eq!(written_forms("30-2020-nd-cp"), ["30/2020/nd-cp"]);
        assert_eq!(written_forms("43-2019-qh14"), ["43/2019/qh14"]);
    }
}
