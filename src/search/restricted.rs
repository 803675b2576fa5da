//! A plan and the filters that restrict it: which passages match, and what to search for when none does.

use super::also::{OtherForms, add_other_forms};
use super::ask::{Ask, Asked, Found, PlanMarks};
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

    /// Returns the passages that match, with the counts of `facets` over them. Where none matches all words, the plan
    /// asks for most of them from now on.
    pub(super) fn find(&mut self, index: &Index, options: &Options, facets: &[Facet]) -> Result<Found, Error> {
        let found = self.walk(index, options, facets)?;
        if found.matches.total() > 0 || !self.relax(index)? {
            return Ok(found);
        }
        self.walk(index, options, facets)
    }

    /// Walks over the passages that match the plan as it is.
    fn walk(&self, index: &Index, options: &Options, facets: &[Facet]) -> Result<Found, Error> {
        let asked = Asked {
            ask: &self.ask_without(None),
            marks: &self.plan.marks(),
            gains: &self.plan.gains(),
            facets,
            options,
        };
        engine_of(index).find(&asked)
    }

    /// Returns the counts of `facet` as if no value of it had been asked for; excluded values stay excluded.
    pub(super) fn counts_without_its_filter(
        &self,
        index: &Index,
        facet: Facet,
        facet_limit: usize,
    ) -> Result<FacetCounts, Error> {
        let asked = Asked {
            ask: &self.ask_without(Some(facet)),
            marks: &PlanMarks::default(),
            gains: &[],
            facets: &[facet],
            options: &Options {
                facet_limit,
                ..Options::counting(Vec::new())
            },
        };
        let mut found = engine_of(index).find(&asked)?;
        Ok(found.facets.remove(0))
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

    /// Returns true if the filters ask for values of `facet`.
    pub(super) fn requires(&self, facet: Facet) -> bool {
        self.restriction.requires(facet)
    }

    /// Asks for fewer parts of the query, of which no passage has all, if some passage has one; returns false if none
    /// has.
    fn relax(&mut self, index: &Index) -> Result<bool, Error> {
        let Some(parts) = self.plan.relaxable() else {
            return Ok(false);
        };
        if !self.matches_with(index, 1)? {
            self.plan.require(parts);
            return Ok(false);
        }
        // A binary search for the most parts that some passage has: the more are required, the fewer passages match.
        let (mut matched, mut unmatched) = (1, parts);
        while unmatched - matched > 1 {
            let middle = (matched + unmatched).div_ceil(2);
            if self.matches_with(index, middle)? {
                matched = middle;
            } else {
                unmatched = middle;
            }
        }
        // A quarter fewer than the most: one passage with all words but one should not hide those with all but two.
        self.plan.require((matched * 3).div_ceil(4));
        self.relaxed = true;
        Ok(true)
    }

    /// Requires `parts` parts of the query from now on, and returns true if some passage has that many.
    fn matches_with(&mut self, index: &Index, parts: usize) -> Result<bool, Error> {
        self.plan.require(parts);
        engine_of(index).matches_any(&self.ask_without(None))
    }
}
