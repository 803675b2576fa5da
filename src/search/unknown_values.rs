//! Values of filters that no passage has: whether some document may have one, and which values look like it.

use super::closed_values::{closed_values, usual_value};
use super::near::nearest;
use super::opened::engine_of;
use super::value_terms::without_blanks;
use crate::document::province;
use crate::index::{Error, Index};
use crate::query::{FilterName, UnknownValue};
use crate::record::Facet;
use crate::text::fold;

/// The most values that are all listed in place of an unknown one.
const MAX_LISTED: usize = 20;

/// Returns what there is in place of the value `typed` of `facet`, which no passage has.
pub(super) fn unknown_value(index: &Index, facet: Facet, typed: &str) -> Result<UnknownValue, Error> {
    let is_possible = match facet {
        Facet::Document => false,
        Facet::Term => is_term(typed),
        Facet::Kind | Facet::Issuer | Facet::Cites => true,
        Facet::Section | Facet::Place | Facet::Quality | Facet::Relation | Facet::CitedKind | Facet::Province => {
            usual_value(facet, typed).is_some()
        }
    };
    // Of a nested value, only the part that is unknown is told.
    let part = |part: &&str| usual_value(facet, part).is_none();
    let value = if facet.is_nested() && !is_possible {
        typed.split('/').find(part).unwrap_or(typed).trim()
    } else {
        typed
    };
    let known: Vec<String> = match (facet, is_possible, closed_values(facet)) {
        (Facet::Document, ..) => {
            let ids = index
                .documents()?
                .map(|document| index.short_id(&document.document).into_owned());
            ids.collect()
        }
        (Facet::Province, false, _) => province::names().map(str::to_owned).collect(),
        (_, false, Some(closed)) => closed.into_iter().map(|(name, _)| name.to_owned()).collect(),
        _ => engine_of(index).values(facet)?.iter().cloned().collect(),
    };
    let near = nearest(
        &asked(facet, value),
        known.iter().map(|known| (asked(facet, known), known.clone())),
    );
    let is_listed = !is_possible && facet != Facet::Document && known.len() <= MAX_LISTED;
    Ok(UnknownValue {
        filter: FilterName::Facet(facet),
        value: value.to_owned(),
        is_possible,
        near,
        allowed: if is_listed { known } else { Vec::new() },
    })
}

/// Returns a value as it is compared: folded, where names are words joined by hyphens also so.
fn asked(facet: Facet, value: &str) -> String {
    let folded = fold(value.trim());
    match facet {
        Facet::Term => without_blanks(&folded),
        _ if closed_values(facet).is_some() => folded.replace(' ', "-"),
        _ => folded,
    }
}

/// Returns true for two years with a hyphen between them.
fn is_term(typed: &str) -> bool {
    let typed = without_blanks(typed);
    let is_year = |year: &str| year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit());
    typed
        .split_once('-')
        .is_some_and(|(first, last)| is_year(first) && is_year(last))
}
