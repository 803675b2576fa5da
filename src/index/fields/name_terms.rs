//! The terms by which names and their abbreviations lead to each other, where a document defines them.
//!
//! "công tác dân vận (viết tắt là CTDV)" gives the terms `ctdv=công tác dân vận` and `cong tac dan van=CTDV`. So the
//! terms that begin with the folded words of either form say what the other is, and no list is kept beside the index.
//! Those of [`Abbreviations::shipped`] need no term.

use crate::abbreviation::{Abbreviations, NameForm, definitions};

/// Ends the folded words at the beginning of a term; no word has it.
const EQUALS: char = '=';

/// Returns the terms of the abbreviations that `text` defines, in either direction.
pub(in crate::index) fn terms(text: &str) -> Vec<String> {
    let shipped = Abbreviations::shipped();
    let term = |from: &NameForm, to: &NameForm| {
        let written: Vec<&str> = to.written.split_whitespace().collect();
        format!("{}{}", beginning(&from.folded.join(" ")), written.join(" "))
    };
    let defined = definitions(text).into_iter();
    defined
        .filter(|definition| !shipped.has(&definition.name, &definition.short))
        .flat_map(|definition| {
            let (name, short) = (&definition.name, &definition.short);
            [term(short, name), term(name, short)]
        })
        .collect()
}

/// Returns the beginning of the terms that lead from `words`, folded and joined by blanks, to other forms.
pub(crate) fn beginning(words: &str) -> String {
    format!("{words}{EQUALS}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_lead_to_each_other_unless_everybody_knows_them() {
        assert_eq!(
            terms("công tác  dân vận (viết tắt là CTDV) của Ủy ban nhân dân (UBND)"),
            ["ctdv=công tác dân vận", "cong tac dan van=CTDV"]
        );
    }
}
