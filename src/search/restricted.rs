//! A plan and the filters that restrict it: which passages match, and what to search for when none does.

use tantivy::collector::Count;
use tantivy::query::BooleanQuery;

use super::also::{OtherForms, add_other_forms};
use super::filter::Restriction;
use super::levels::{self, MatchCounts};
use super::matching::Matcher;
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
    /// Returns the plan for `query`, restricted by its own filters and by `filters` too. Where no passage matches all
    /// of its words, the plan asks for most of them.
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
        let mut restricted = Self {
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
        };
        restricted.relax(index)?;
        Ok(restricted)
    }

    /// Returns the matcher that explains the hits.
    pub(super) fn matcher(&self, marks: Marks) -> Matcher<'_> {
        Matcher::of(&self.nodes, self.plan.required(), marks)
    }

    /// Counts the passages that match, by the agreement of their marks.
    pub(super) fn count(&self, index: &Index) -> Result<MatchCounts, Error> {
        levels::count(index, &self.query(), &self.plan.agreeing())
    }

    /// Returns the engine's query for all passages that match.
    pub(super) fn query(&self) -> BooleanQuery {
        self.query_without(None)
    }

    /// Returns the engine's query as if no value of `facet` had been asked for; excluded values stay excluded.
    pub(super) fn query_without(&self, facet: Option<Facet>) -> BooleanQuery {
        self.restriction.restrict(self.plan.query(), facet)
    }

    /// Returns true if the filters ask for values of `facet`.
    pub(super) fn requires(&self, facet: Facet) -> bool {
        self.restriction.requires(facet)
    }

    /// Asks for fewer parts of the query if no passage has all of them but some passage has one.
    fn relax(&mut self, index: &Index) -> Result<(), Error> {
        let Some(parts) = self.plan.relaxable() else {
            return Ok(());
        };
        if self.matches_with(index, parts)? {
            return Ok(());
        }
        if !self.matches_with(index, 1)? {
            self.plan.require(parts);
            return Ok(());
        }
        // A binary search for the most parts that some passage has: the more are required, the fewer passages match.
        let (mut matched, mut unmatched) = (1, parts);
        while unmatched - matched > 1 {
            let middle = (matched + unmatched) / 2;
            if self.matches_with(index, middle)? {
                matched = middle;
            } else {
                unmatched = middle;
            }
        }
        // A quarter fewer than the most: one passage with all words but one should not hide those with all but two.
        self.plan.require((matched * 3).div_ceil(4));
        self.relaxed = true;
        Ok(())
    }

    /// Requires `parts` parts of the query from now on, and returns true if some passage has that many.
    fn matches_with(&mut self, index: &Index, parts: usize) -> Result<bool, Error> {
        self.plan.require(parts);
        let query = self.query();
        Ok(index.guard(|| index.searcher().search(&query, &Count))? > 0)
    }
}
