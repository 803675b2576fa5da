//! A search as the query string of a page, and the URLs of searches that differ from it in one thing.

use super::frame::Frame;
use crate::index::Index;
use crate::query::Filters;
use crate::record::{Facet, FilterName};
use crate::search::{self, DEFAULT_LIMIT, InvalidValue, Marks, Sort};
use crate::text::Named;

/// The parameter of a document's page that holds the search from which its reader came.
pub(crate) const BACK: &str = "back";

/// Number of hits, or of precedents, on a page.
pub(crate) const PER_PAGE: usize = DEFAULT_LIMIT;

/// A search, as it is in the URL of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct SearchUrl {
    /// The text in the search box.
    pub(crate) query: String,
    /// The filters in the order of the URL, each once.
    pub(crate) filters: Vec<(FilterName, String)>,
    /// The meaning of marks.
    pub(crate) marks: Marks,
    /// The order of the hits.
    pub(crate) sort: Sort,
    /// Number of hits on earlier pages.
    pub(crate) offset: usize,
}

impl SearchUrl {
    /// Reads the parameters of a URL. Invalid values count as missing, so that an edited URL still gets an answer.
    pub(crate) fn from_parameters<'p>(parameters: impl IntoIterator<Item = (&'p str, &'p str)>) -> Self {
        let mut url = Self::default();
        for (name, value) in parameters {
            match name {
                "q" => url.query = value.trim().to_owned(),
                "marks" => url.marks = Marks::from_name(value).unwrap_or_default(),
                "sort" => url.sort = Sort::from_name(value).unwrap_or_default(),
                "offset" => url.offset = value.parse().unwrap_or(0),
                _ => {
                    if let Some(filter) = FilterName::from_name(name).filter(|_| !value.is_empty()) {
                        url.add(filter, value);
                    }
                }
            }
        }
        url
    }

    /// Reads the URL of the page of `frame`.
    pub(crate) fn of_frame(frame: &Frame) -> Self {
        Self::from_parameters(
            frame
                .parameters
                .iter()
                .map(|(name, value)| (name.as_str(), value.as_str())),
        )
    }

    /// Returns true if there is neither a query nor a filter.
    pub(crate) fn is_empty(&self) -> bool {
        self.query.is_empty() && self.filters.is_empty()
    }

    /// Returns true if the filter for this value of a facet is on.
    pub(crate) fn has_filter(&self, facet: Facet, value: &str) -> bool {
        self.has(FilterName::Facet(facet), value)
    }

    /// Returns true if this filter is on.
    fn has(&self, filter: FilterName, value: &str) -> bool {
        self.filters.iter().any(|(of, given)| *of == filter && given == value)
    }

    /// Returns the search with one more filter, from its first page.
    pub(crate) fn with_filter(&self, facet: Facet, value: &str) -> Self {
        let mut other = self.at_offset(0);
        other.add(FilterName::Facet(facet), value);
        other
    }

    /// Returns the search without a filter, from its first page.
    pub(crate) fn without_filter(&self, filter: FilterName, value: &str) -> Self {
        let mut other = self.at_offset(0);
        other.filters.retain(|(of, given)| *of != filter || given != value);
        other
    }

    /// Returns the search for another text, from its first page.
    pub(crate) fn with_query(&self, query: &str) -> Self {
        Self {
            query: query.to_owned(),
            ..self.at_offset(0)
        }
    }

    /// Returns the search with another meaning of marks, from its first page.
    pub(crate) fn with_marks(&self, marks: Marks) -> Self {
        Self {
            marks,
            ..self.at_offset(0)
        }
    }

    /// Returns the search from another hit on.
    pub(crate) fn at_offset(&self, offset: usize) -> Self {
        Self { offset, ..self.clone() }
    }

    /// Returns the parameters of the URL. Default values are left out, so that equal searches have equal URLs.
    pub(crate) fn parameters(&self) -> Vec<(&'static str, String)> {
        let mut parameters = Vec::new();
        if !self.query.is_empty() {
            parameters.push(("q", self.query.clone()));
        }
        parameters.extend(
            self.filters
                .iter()
                .map(|(filter, value)| (filter.name(), value.clone())),
        );
        parameters.extend(name_unless_default(self.marks).map(|name| ("marks", name.to_owned())));
        parameters.extend(name_unless_default(self.sort).map(|name| ("sort", name.to_owned())));
        if self.offset > 0 {
            parameters.push(("offset", self.offset.to_string()));
        }
        parameters
    }

    /// Returns the URL of the search page, in the language of `frame`.
    pub(crate) fn href(&self, frame: &Frame) -> String {
        frame.url("/", &self.parameters())
    }

    /// Returns the URL of the search page with a parameter that changes how the answer is shown, not what it is.
    pub(crate) fn href_with(&self, frame: &Frame, (name, value): (&'static str, &str)) -> String {
        let mut parameters = self.parameters();
        parameters.push((name, value.to_owned()));
        frame.url("/", &parameters)
    }

    /// Returns the filters as the library takes them, with whole ids of documents.
    ///
    /// # Errors
    /// Those of [`search::filters_of`].
    pub(crate) fn resolved_filters(&self, index: &Index) -> Result<Filters, InvalidValue> {
        let values = self.filters.iter().map(|(filter, value)| (*filter, value.as_str()));
        search::filters_of(index, values)
    }

    /// Adds a filter, unless it is on.
    fn add(&mut self, filter: FilterName, value: &str) {
        if !self.has(filter, value) {
            self.filters.push((filter, value.to_owned()));
        }
    }
}

/// Returns the name of a value, or `None` for the default.
fn name_unless_default<T: Named + Default>(value: T) -> Option<&'static str> {
    (value != T::default()).then(|| value.name())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_holds_the_whole_search() {
        let frame = Frame::new(
            "",
            "/",
            "q=%C4%91%E1%BA%A3ng&place=body&place=footnote&marks=exact&sort=date&offset=20",
        );
        let url = SearchUrl::of_frame(&frame);
        assert_eq!((url.marks, url.sort, url.offset), (Marks::Exact, Sort::Date, 20));
        assert_eq!(
            url.href(&frame),
            "/?q=%C4%91%E1%BA%A3ng&place=body&place=footnote&marks=exact&sort=date&offset=20"
        );
        let narrower = url
            .with_filter(Facet::Province, "Cần Thơ")
            .without_filter(FilterName::Facet(Facet::Place), "body");
        assert_eq!(
            narrower.href(&frame),
            "/?q=%C4%91%E1%BA%A3ng&place=footnote&province=C%E1%BA%A7n+Th%C6%A1&marks=exact&sort=date"
        );
    }

    #[test]
    fn defaults_are_left_out_of_urls() {
        let frame = Frame::new("", "/", "q=a&marks=prefer&sort=relevance&offset=0");
        assert_eq!(SearchUrl::of_frame(&frame).href(&frame), "/?q=a");
    }
}
