//! The request in the URL of the page of a cited document, and the places that cite it.

use std::collections::HashMap;
use std::sync::Arc;

use crate::citation::Relation;
use crate::concordance::{self, CitedQuery, Report};
use crate::http::page::shell::frame::Frame;
use crate::http::page::shell::query_string::SearchUrl;
use crate::http::problem::Problem;
use crate::index::Index;
use crate::query::Filters;
use crate::record::{CitationRecord, Facet, FilterName};
use crate::register::Register;
use crate::symbol::canonical_symbol;
use crate::text::Named;

/// The value of the parameter `relation` for places whose verb tells no relation.
pub(super) const NO_RELATION: &str = "none";

/// The documents that were asked for, with the places that cite them.
pub(super) struct Found {
    /// The symbol or name that was asked for.
    pub(super) typed: String,
    /// The filters of the places but for the relation.
    pub(super) url: SearchUrl,
    /// The relation that places must have.
    pub(super) wanted: Wanted,
    /// Those that are shown: the documents of one symbol or name, each with all places that pass the filters, whatever
    /// their relation.
    pub(super) reports: Vec<Report>,
    /// Other symbols and names that may be meant, with the number of times that each is cited.
    pub(super) others: Vec<(String, usize)>,
    /// Labels and titles of the sections around each citing passage, by its id.
    pub(super) sections: HashMap<String, Vec<String>>,
    /// The register of central documents.
    pub(super) register: Arc<Register>,
}

/// The relation that places must have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// Any or none.
    All,
    /// This one, or none.
    Only(Option<Relation>),
}

impl Wanted {
    /// Returns what a parameter asks for; all for an unknown value.
    fn from_parameter(value: &str) -> Self {
        match Relation::from_name(value) {
            Some(relation) => Self::Only(Some(relation)),
            None if value == NO_RELATION => Self::Only(None),
            None => Self::All,
        }
    }

    /// Returns true if the place has the relation.
    pub(super) fn has(self, place: &CitationRecord) -> bool {
        match self {
            Self::All => true,
            Self::Only(relation) => place.relation == relation,
        }
    }
}

impl Found {
    /// Reads the URL of `frame` and finds the places.
    ///
    /// # Errors
    /// Those of searching, and an unknown document in a filter.
    pub(super) fn of(index: &Index, frame: &Frame) -> Result<Self, Problem> {
        let typed = [frame.value("symbol"), frame.value("name")];
        let typed = typed.into_iter().find(|given| !given.is_empty()).unwrap_or("");
        let mut url = SearchUrl::of_frame(frame);
        url.filters
            .retain(|(filter, _)| *filter != FilterName::Facet(Facet::Relation));
        let allowed = url.resolved_filters(index)?;
        let asked = (!typed.is_empty()).then(|| CitedQuery::parse(typed));
        let meant = asked
            .map(|asked| Meant::of(index, typed, asked, &allowed))
            .transpose()?;
        let (places, known_others) = match meant {
            Some(meant) => (
                concordance::places(index, Some(&meant.asked), &allowed)?.places,
                meant.others,
            ),
            None => (Vec::new(), None),
        };
        let register = index.register()?;
        let mut sections = HashMap::new();
        let mut records = Vec::with_capacity(places.len());
        for place in places {
            sections.insert(place.citation.passage.clone(), place.section_path);
            records.push(place.citation);
        }
        let reports = concordance::reports(records, &register);
        let (reports, others) = asked_for(typed, reports);
        let others = known_others.unwrap_or(others);
        Ok(Self {
            typed: typed.to_owned(),
            wanted: Wanted::from_parameter(frame.value(Facet::Relation.name())),
            url,
            reports,
            others,
            sections,
            register,
        })
    }

    /// Returns the labels and titles of the sections around a passage, outermost first.
    pub(super) fn path(&self, passage: &str) -> &[String] {
        self.sections.get(passage).map_or(&[], Vec::as_slice)
    }

    /// Returns the places of a report that have the relation asked for.
    pub(super) fn places<'r>(&self, report: &'r Report) -> Vec<&'r CitationRecord> {
        let wanted = self.wanted;
        report.places.iter().filter(|place| wanted.has(place)).collect()
    }
}

/// The request, where several symbols and names may be meant.
struct Meant {
    /// The query for those that are shown.
    asked: CitedQuery,
    /// The others, with the number of times that each is cited; `None` if only their places can tell.
    others: Option<Vec<(String, usize)>>,
}

impl Meant {
    /// Returns what `typed`, which was read as `asked`, means. Where the citations are counted already, the places of
    /// others need not be read: "luật" is in the names of all laws.
    fn of(index: &Index, typed: &str, asked: CitedQuery, filters: &Filters) -> Result<Self, Problem> {
        let counts = concordance::counts_by_key(index, &asked, filters)?;
        let Some(counts) = counts.filter(|counts| counts.len() > 1) else {
            return Ok(Self { asked, others: None });
        };
        let is_exact = exactly(typed);
        let (exact, mut others): (Vec<_>, Vec<_>) = counts.into_iter().partition(|(cited, _)| is_exact(cited));
        others.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
        Ok(Self {
            asked: asked.counted_by(exact.into_iter().map(|(cited, _)| cited)),
            others: Some(others),
        })
    }
}

/// Returns whether a symbol or name is the one that was typed, in any writing.
fn exactly(typed: &str) -> impl Fn(&str) -> bool {
    let symbol = canonical_symbol(typed);
    move |cited| cited == typed || symbol.is_some() && canonical_symbol(cited) == symbol
}

/// Returns the reports on the symbol or name that was asked for, and the other symbols and names. A link gives the whole
/// symbol or name; what is typed may be in several.
fn asked_for(typed: &str, reports: Vec<Report>) -> (Vec<Report>, Vec<(String, usize)>) {
    let is_exact = exactly(typed);
    let is_one = reports
        .windows(2)
        .all(|two| two[0].summary.cited == two[1].summary.cited);
    if is_one {
        return (reports, Vec::new());
    }
    let (exact, rest): (Vec<Report>, Vec<Report>) =
        reports.into_iter().partition(|report| is_exact(&report.summary.cited));
    let mut others: Vec<(String, usize)> = Vec::new();
    for report in rest {
        match others.last_mut() {
            Some((cited, count)) if *cited == report.summary.cited => *count += report.summary.count,
            _ => others.push((report.summary.cited, report.summary.count)),
        }
    }
    (exact, others)
}
