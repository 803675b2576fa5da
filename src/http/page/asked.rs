//! What a search page is asked: the parameters of its address, and the addresses of searches that differ by one.

use super::link::Frame;
use crate::index::Facet;
use crate::search::{Marks, Sort};

/// Hits on a page.
pub(super) const PER_PAGE: usize = 10;

/// A search as the address of a page has it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Asked {
    /// What was typed.
    pub(super) typed: String,
    /// Values of facets, as they were given, each once.
    pub(super) filters: Vec<(Facet, String)>,
    /// What marks mean; nothing for the usual.
    pub(super) marks: Option<&'static str>,
    /// The order; nothing for the usual.
    pub(super) sort: Option<&'static str>,
    /// Hits before the page.
    pub(super) offset: usize,
}

/// The names of what marks may mean, as in the query API.
pub(super) const MARKS: [(&str, Marks); 3] = [("prefer", Marks::Prefer), ("any", Marks::Any), ("exact", Marks::Exact)];

/// The names of orders, as in the query API.
pub(super) const SORTS: [(&str, Sort); 3] = [
    ("relevance", Sort::Relevance),
    ("document", Sort::Document),
    ("date", Sort::Date),
];

impl Asked {
    /// What these parameters ask.
    pub(super) fn of<'p>(parameters: impl IntoIterator<Item = (&'p str, &'p str)>) -> Self {
        let mut asked = Self::default();
        for (name, value) in parameters {
            match name {
                "q" => asked.typed = value.trim().to_owned(),
                "marks" => asked.marks = named(&MARKS, value),
                "sort" => asked.sort = named(&SORTS, value),
                "offset" => asked.offset = value.parse().unwrap_or(0),
                _ => {
                    if let Some(facet) = Facet::from_name(name).filter(|_| !value.is_empty()) {
                        asked.add(facet, value);
                    }
                }
            }
        }
        asked
    }

    /// What the page of this frame is asked.
    pub(super) fn on(frame: &Frame) -> Self {
        Self::of(
            frame
                .parameters
                .iter()
                .map(|(name, value)| (name.as_str(), value.as_str())),
        )
    }

    /// Is nothing asked?
    pub(super) fn is_empty(&self) -> bool {
        self.typed.is_empty() && self.filters.is_empty()
    }

    /// What marks mean.
    pub(super) fn marks(&self) -> Marks {
        value(&MARKS, self.marks)
    }

    /// The order.
    pub(super) fn sort(&self) -> Sort {
        value(&SORTS, self.sort)
    }

    /// Is this value filtered by?
    pub(super) fn has(&self, facet: Facet, value: &str) -> bool {
        self.filters.iter().any(|(of, given)| *of == facet && given == value)
    }

    /// The same search with one more value, from its first page.
    pub(super) fn with(&self, facet: Facet, value: &str) -> Self {
        let mut other = self.from(0);
        other.add(facet, value);
        other
    }

    /// The same search without a value, from its first page.
    pub(super) fn without(&self, facet: Facet, value: &str) -> Self {
        let mut other = self.from(0);
        other.filters.retain(|(of, given)| *of != facet || given != value);
        other
    }

    /// The same search for something else, from its first page.
    pub(super) fn typed(&self, typed: &str) -> Self {
        Self {
            typed: typed.to_owned(),
            ..self.from(0)
        }
    }

    /// The same search with this meaning of marks, from its first page.
    pub(super) fn with_marks(&self, name: &str) -> Self {
        Self {
            marks: named(&MARKS, name),
            ..self.from(0)
        }
    }

    /// The same search from another hit on.
    pub(super) fn from(&self, offset: usize) -> Self {
        Self { offset, ..self.clone() }
    }

    /// The parameters that ask this.
    pub(super) fn parameters(&self) -> Vec<(&'static str, String)> {
        let mut parameters = Vec::new();
        if !self.typed.is_empty() {
            parameters.push(("q", self.typed.clone()));
        }
        parameters.extend(self.filters.iter().map(|(facet, value)| (facet.name(), value.clone())));
        parameters.extend(self.marks.map(|marks| ("marks", marks.to_owned())));
        parameters.extend(self.sort.map(|sort| ("sort", sort.to_owned())));
        if self.offset > 0 {
            parameters.push(("offset", self.offset.to_string()));
        }
        parameters
    }

    /// The address of the search page that answers this.
    pub(super) fn address(&self, frame: &Frame) -> String {
        frame.to("/", &self.parameters())
    }

    fn add(&mut self, facet: Facet, value: &str) {
        if !self.has(facet, value) {
            self.filters.push((facet, value.to_owned()));
        }
    }
}

/// The name in `table` that was given; nothing for the first, which is the usual, and for names that are none.
fn named<T>(table: &'static [(&'static str, T)], given: &str) -> Option<&'static str> {
    let names = table.iter().skip(1).map(|(name, _)| *name);
    names.into_iter().find(|name| *name == given)
}

/// The value of a name of `table`, the first for none.
fn value<T: Copy + Default>(table: &[(&str, T)], name: Option<&str>) -> T {
    let known = table.iter().find(|(known, _)| Some(*known) == name);
    known.map_or_else(T::default, |(_, value)| *value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_stands_whole_in_its_address() {
        let frame = Frame::new(
            "",
            "/",
            "q=%C4%91%E1%BA%A3ng&place=body&place=footnote&marks=exact&sort=date&offset=20",
        );
        let asked = Asked::on(&frame);
        assert_eq!(
            (asked.marks(), asked.sort(), asked.offset),
            (Marks::Exact, Sort::Date, 20)
        );
        assert_eq!(
            asked.address(&frame),
            "/?q=%C4%91%E1%BA%A3ng&place=body&place=footnote&marks=exact&sort=date&offset=20"
        );
        let narrower = asked.with(Facet::Province, "Cần Thơ").without(Facet::Place, "body");
        assert_eq!(
            narrower.address(&frame),
            "/?q=%C4%91%E1%BA%A3ng&place=footnote&province=C%E1%BA%A7n+Th%C6%A1&marks=exact&sort=date"
        );
    }

    #[test]
    fn the_usual_is_left_out_of_addresses() {
        let frame = Frame::new("", "/", "q=a&marks=prefer&sort=relevance&offset=0");
        assert_eq!(Asked::on(&frame).address(&frame), "/?q=a");
    }
}
