//! What a search page is asked: the parameters of its address, and the addresses of searches that differ by one.

use super::frame::Frame;
use crate::index::{Facet, Index};
use crate::query::Filters;
use crate::search::{self, Marks, Sort, Unusable};

/// The parameter that holds the search that led to a document.
pub(crate) const BACK: &str = "back";

/// Hits on a page.
pub(crate) const PER_PAGE: usize = 10;

/// A search as the address of a page has it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct SearchUrl {
    /// What was typed.
    pub(crate) typed: String,
    /// Values of facets, as they were given, each once.
    pub(crate) filters: Vec<(Facet, String)>,
    /// What marks mean.
    pub(crate) marks: Marks,
    /// The order.
    pub(crate) sort: Sort,
    /// Hits before the page.
    pub(crate) offset: usize,
}

impl SearchUrl {
    /// What these parameters ask.
    pub(crate) fn of<'p>(parameters: impl IntoIterator<Item = (&'p str, &'p str)>) -> Self {
        let mut asked = Self::default();
        for (name, value) in parameters {
            match name {
                "q" => asked.typed = value.trim().to_owned(),
                "marks" => asked.marks = named(&Marks::NAMED, value),
                "sort" => asked.sort = named(&Sort::NAMED, value),
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
    pub(crate) fn on(frame: &Frame) -> Self {
        Self::of(
            frame
                .parameters
                .iter()
                .map(|(name, value)| (name.as_str(), value.as_str())),
        )
    }

    /// Is nothing asked?
    pub(crate) fn is_empty(&self) -> bool {
        self.typed.is_empty() && self.filters.is_empty()
    }

    /// Is this value filtered by?
    pub(crate) fn has(&self, facet: Facet, value: &str) -> bool {
        self.filters.iter().any(|(of, given)| *of == facet && given == value)
    }

    /// The same search with one more value, from its first page.
    pub(crate) fn with(&self, facet: Facet, value: &str) -> Self {
        let mut other = self.from(0);
        other.add(facet, value);
        other
    }

    /// The same search without a value, from its first page.
    pub(crate) fn without(&self, facet: Facet, value: &str) -> Self {
        let mut other = self.from(0);
        other.filters.retain(|(of, given)| *of != facet || given != value);
        other
    }

    /// The same search for something else, from its first page.
    pub(crate) fn typed(&self, typed: &str) -> Self {
        Self {
            typed: typed.to_owned(),
            ..self.from(0)
        }
    }

    /// The same search with this meaning of marks, from its first page.
    pub(crate) fn with_marks(&self, marks: Marks) -> Self {
        Self { marks, ..self.from(0) }
    }

    /// The same search from another hit on.
    pub(crate) fn from(&self, offset: usize) -> Self {
        Self { offset, ..self.clone() }
    }

    /// The parameters that ask this.
    pub(crate) fn parameters(&self) -> Vec<(&'static str, String)> {
        let mut parameters = Vec::new();
        if !self.typed.is_empty() {
            parameters.push(("q", self.typed.clone()));
        }
        parameters.extend(self.filters.iter().map(|(facet, value)| (facet.name(), value.clone())));
        parameters.extend(unusual(&Marks::NAMED, self.marks).map(|name| ("marks", name.to_owned())));
        parameters.extend(unusual(&Sort::NAMED, self.sort).map(|name| ("sort", name.to_owned())));
        if self.offset > 0 {
            parameters.push(("offset", self.offset.to_string()));
        }
        parameters
    }

    /// The address of the search page that answers this.
    pub(crate) fn address(&self, frame: &Frame) -> String {
        frame.to("/", &self.parameters())
    }

    fn add(&mut self, facet: Facet, value: &str) {
        if !self.has(facet, value) {
            self.filters.push((facet, value.to_owned()));
        }
    }
}

/// The filters of these values.
///
/// # Errors
/// Those of [`search::filters_of`].
pub(crate) fn filters(index: &Index, values: &[(Facet, String)]) -> Result<Filters, Unusable> {
    search::filters_of(index, values.iter().map(|(facet, value)| (*facet, value.as_str())))
}

/// What has this name in `table`; the usual for names that are none.
fn named<T: Copy + Default>(table: &[(&str, T)], name: &str) -> T {
    let known = table.iter().find(|(known, _)| *known == name);
    known.map_or_else(T::default, |(_, value)| *value)
}

/// The name of a value that is not the usual.
fn unusual<T: Default + PartialEq>(table: &[(&'static str, T)], value: T) -> Option<&'static str> {
    let known = table.iter().find(|(_, known)| *known == value && value != T::default());
    known.map(|(name, _)| *name)
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
        let asked = SearchUrl::on(&frame);
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
        assert_eq!(SearchUrl::on(&frame).address(&frame), "/?q=a");
    }
}
