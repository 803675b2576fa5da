//! A plan and the filters that restrict it: which passages match, and what to search for when none does.

use super::also::{OtherForms, add_other_forms};
use super::ask::{Ask, Asked, Found, PlanMarks};
use super::asked_words::AskedWords;
use super::facet::FacetCounts;
use super::filter::Restriction;
use super::matching::Matcher;
use super::opened::engine_of;
use super::plan::Plan;
use super::{Marks, Options};
use crate::index::{Error, Index};
use crate::query::{Diagnostic, Filters, Node, Query};
use crate::record::Facet;

/// A plan and the filters that restrict it.
pub(super) struct RestrictedPlan {
    /// The parts of the query that must all match, with other forms of its words.
    nodes: Vec<Node>,
    /// The words of the query that other forms are searched for too.
    pub(super) also: Vec<OtherForms>,
    plan: Plan,
    restriction: Restriction,
    /// True if no passage matched every word, so that `plan` asks for fewer of them.
    pub(super) relaxed: bool,
}

impl RestrictedPlan {
    /// Returns the plan for `query`, restricted by its own filters and by `filters` too.
    pub(super) fn of(
        index: &Index,
        query: &Query,
        filters: &Filters,
        options: &Options,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Result<Self, Error> {
        let filters = query.filters.clone().and(filters);
        let restriction = Restriction::of(index, &filters, diagnostics)?;
        let mut nodes = match &query.root {
            Node::All(nodes) => nodes.clone(),
            node => vec![node.clone()],
        };
        let also = add_other_forms(index, &mut nodes, options.marks)?;
        // How common they are decides what they score; asking for all at once costs one call of an engine elsewhere.
        let words = AskedWords::of(&nodes);
        index.look_up(&words.whole().collect::<Vec<_>>(), &[])?;
        let plan = Plan::of(index, &nodes, options, diagnostics)?;
        Ok(Self {
            nodes,
            also,
            // Without words and filters every passage would match; people who typed nothing expect nothing.
            plan: if query.is_empty() && filters.is_empty() {
                Plan::nothing()
            } else {
                plan
            },
            restriction,
            relaxed: false,
        })
    }

    /// Returns the passages that match, with the counts of `facets`. Where none matches all words, the plan asks for most of
    /// them from now on. A facet with values that are asked for is counted as if none were, over other passages than the
    /// rest; excluded values stay excluded.
    pub(super) fn find(&mut self, index: &Index, options: &Options, facets: &[Facet]) -> Result<Found, Error> {
        let (filtered, free): (Vec<Facet>, Vec<Facet>) =
            facets.iter().partition(|&&facet| self.restriction.requires(facet));
        let mut found = self.find_or_relax(index, options, &free, &filtered)?;
        let place = |counts: &FacetCounts| facets.iter().position(|facet| *facet == counts.facet);
        found.facets.sort_by_key(place);
        Ok(found)
    }

    /// Returns the counts of the documents of the passages that match, as [`Self::find`] finds them.
    pub(super) fn find_documents(&mut self, index: &Index) -> Result<Found, Error> {
        self.find_or_relax(index, &Options::counting(Vec::new()), &[Facet::Document], &[])
    }

    /// Returns the passages that match, with the counts of the facets `free` over them and those of each of `filtered`
    /// without its filter; with fewer words if none matches all.
    fn find_or_relax(
        &mut self,
        index: &Index,
        options: &Options,
        free: &[Facet],
        filtered: &[Facet],
    ) -> Result<Found, Error> {
        let found = self.find_as_planned(index, options, free, filtered)?;
        if found.matches.total() > 0 || !self.relax(index)? {
            return Ok(found);
        }
        self.find_as_planned(index, options, free, filtered)
    }

    /// Does what [`Self::find_or_relax`] does, with the plan as it is.
    fn find_as_planned(
        &self,
        index: &Index,
        options: &Options,
        free: &[Facet],
        filtered: &[Facet],
    ) -> Result<Found, Error> {
        let counting = Options {
            facet_limit: options.facet_limit,
            ..Options::counting(Vec::new())
        };
        let (asks, marks, gains) = (
            [None].into_iter().chain(filtered.iter().copied().map(Some)),
            self.plan.marks(),
            self.plan.gains(),
        );
        let asks: Vec<Ask> = asks.map(|without| self.ask_without(without)).collect();
        let mut asked = vec![Asked {
            ask: &asks[0],
            marks: &marks,
            gains: &gains,
            facets: free,
            options,
        }];
        let without = filtered.iter().zip(&asks[1..]);
        let unmarked = PlanMarks::default();
        asked.extend(without.map(|(facet, ask)| Asked {
            ask,
            marks: &unmarked,
            gains: &[],
            facets: std::slice::from_ref(facet),
            options: &counting,
        }));
        let mut answers = engine_of(index).find(&asked)?.into_iter();
        let mut found = answers.next().unwrap_or_default();
        found.facets.extend(answers.flat_map(|answer| answer.facets));
        Ok(found)
    }

    /// Returns the question as it is, with its marks and gains.
    #[cfg(test)]
    pub(super) fn asked(&self) -> (Ask, PlanMarks, Vec<super::ask::Gain>) {
        (self.ask_without(None), self.plan.marks(), self.plan.gains())
    }

    /// Returns the matcher that explains the hits.
    pub(super) fn matcher(&self, marks: Marks) -> Matcher<'_> {
        Matcher::of(&self.nodes, self.plan.required(), marks)
    }

    /// Returns the question for the passages that match, as if no value of the facet `without` had been asked for;
    /// excluded values stay excluded.
    fn ask_without(&self, without: Option<Facet>) -> Ask {
        self.restriction
            .restrict(self.plan.must(), self.plan.must_not(), without)
    }

    /// Asks for fewer parts of the query, of which no passage has all, if some passage has one; returns false if none
    /// has.
    fn relax(&mut self, index: &Index) -> Result<bool, Error> {
        let Some(parts) = self.plan.relaxable() else {
            return Ok(false);
        };
        let most = engine_of(index).most_matching(parts - 1, &mut |parts| {
            self.plan.require(parts);
            self.ask_without(None)
        })?;
        if most == 0 {
            self.plan.require(parts);
            return Ok(false);
        }
        // A quarter fewer than the most: one passage with all words but one should not hide those with all but two.
        self.plan.require((most * 3).div_ceil(4));
        self.relaxed = true;
        Ok(true)
    }
}
