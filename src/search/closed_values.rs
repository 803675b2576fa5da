//! Facets whose values are a closed list: their names and labels, and the usual form of one that was typed.

use crate::citation::Relation;
use crate::document::{Place, SectionKind, province};
use crate::reading::Quality;
use crate::record::Facet;
use crate::symbol::Kind;
use crate::text::{Named, syllables};

/// Returns the usual form of a value of a closed list: its name, for provinces the spelling that records have; `None` if
/// the list has no such value, and for facets whose values the corpus decides.
pub(crate) fn usual_value(facet: Facet, typed: &str) -> Option<String> {
    let part = |part: &str| {
        if facet == Facet::Province {
            return province::usual_name(part);
        }
        let asked = syllables(part).join("-");
        let closed = closed_values(facet)?;
        let is_asked = |&(name, label): &(&str, &str)| asked == name || asked == syllables(label).join("-");
        closed.into_iter().find(is_asked).map(|(name, _)| name)
    };
    if !facet.is_nested() {
        return part(typed).map(str::to_owned);
    }
    let parts: Option<Vec<&str>> = typed.split('/').map(part).collect();
    parts.map(|parts| parts.join("/"))
}

/// Returns the names and labels of the values of a facet, or of the parts of nested ones, if they are a closed list.
pub(super) fn closed_values(facet: Facet) -> Option<Vec<(&'static str, &'static str)>> {
    match facet {
        Facet::Place => Some(labeled(Place::label)),
        Facet::Quality => Some(labeled(Quality::label)),
        Facet::Relation => Some(labeled(Relation::label)),
        Facet::Section => Some(labeled(SectionKind::label)),
        Facet::CitedKind => Some(labeled(Kind::label)),
        Facet::Document | Facet::Kind | Facet::Issuer | Facet::Province | Facet::Term | Facet::Cites => None,
    }
}

/// Returns the names of all values of an enumeration, with their labels.
fn labeled<N: Named>(label: fn(N) -> &'static str) -> Vec<(&'static str, &'static str)> {
    N::ALL.iter().map(|&value| (value.name(), label(value))).collect()
}
