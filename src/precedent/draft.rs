//! A draft, paragraph by paragraph: new wording, or taken from where.

use super::{Given, Options, Order, Precedents, precedents};
use crate::document::Place;
use crate::index::{Error, Index, StoredPassage};
use crate::query::Filters;
use crate::record::Parsed;

/// A paragraph of a draft and its precedents.
#[derive(Clone, Debug)]
pub struct Paragraph {
    /// The paragraph.
    pub stored: StoredPassage,
    /// What was found; no match means that the wording is new.
    pub precedents: Precedents,
    /// Number of its words and numbers.
    pub syllables: usize,
    /// How many of them stand in the best match.
    pub taken: usize,
}

/// Walks through `draft` and looks for precedents of each paragraph in passages that pass `filters` and are not of
/// the document `own` (the draft itself, where the index holds it). Headings are no wording, nor is what stands above
/// the title, where it is no sentence.
///
/// # Errors
/// Those of [`precedents`]; they end the walk.
pub fn walk<'w>(
    index: &'w Index,
    draft: &'w Parsed,
    own: Option<&'w str>,
    filters: &'w Filters,
    options: &'w Options,
) -> impl Iterator<Item = Result<Paragraph, Error>> + 'w {
    let wording = |stored: &StoredPassage| match stored.record.place {
        Place::Heading => false,
        Place::Header => stored.record.text.ends_with('.'),
        Place::Body | Place::Footnote | Place::Table => true,
    };
    StoredPassage::all_of(draft).filter(wording).map(move |stored| {
        let given = Given::stored(draft, &stored, own.map(str::to_owned).into_iter().collect());
        let precedents = precedents(index, &given, filters, options)?;
        let best = match options.order {
            Order::Score => precedents.matches.first(),
            _ => precedents
                .matches
                .iter()
                .max_by(|one, other| one.score.total_cmp(&other.score)),
        };
        Ok(Paragraph {
            syllables: given.syllables(),
            taken: best.map_or(0, |best| best.matched_syllables),
            precedents,
            stored,
        })
    })
}
