//! What a search page is asked: the parameters of its address, and the addresses of searches that differ by one.

use super::link::Frame;
use crate::index::Facet;
use crate::search::{Marks, Sort};
use crate::text::Named;

/// Hits on a page.
pub(super) const PER_PAGE: usize = 10;

/// A search as the address of a page has it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Asked {
    /// What was typed.
    pub(super) typed: String,
    /// Values of facets, as they were given, each once.
    pub(super) filters: Vec<(Facet, String)>,
    /// What marks mean.
    pub(super) marks: Marks,
    /// The order.
    pub(super) sort: Sort,
    /// Hits before the page.
    pub(super) offset: usize,
}

impl Asked {
    /// What these parameters ask.
    pub(super) fn of<'p>(parameters: impl IntoIterator<Item = (&'p str, &'p str)>) -> Self {
        let mut asked = Self::default();
        for (name, value) in parameters {
            match name {
                "q" => asked.typed = value.trim().to_owned(),
                "marks" => asked.marks = Marks::from_name(value).unwrap_or_default(),
                "sort" => asked.sort = Sort::from_name(value).unwrap_or_default(),
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
    pub(super) fn with_marks(&self, marks: Marks) -> Self {
        Self { marks, ..self.from(0) }
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
        parameters.extend(unusual(self.marks).map(|name| ("marks", name.to_owned())));
        parameters.extend(unusual(self.sort).map(|name| ("sort", name.to_owned())));
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

/// Returns the name of a value that is not the default.
fn unusual<T: Named + Default>(value: T) -> Option<&'static str> {
    (value != T::default()).then(|| value.name())
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
        assert_eq!((asked.marks, asked.sort, asked.offset), (Marks::Exact, Sort::Date, 20));
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
