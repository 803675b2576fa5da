//! The views of the cited documents, as the URL of the page names them.

use crate::http::page::shell::frame::Frame;
use crate::render::language::Strings;

/// The parameter that names the view.
pub(super) const VIEW: &str = "view";

/// A view of the cited documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum View {
    Table,
    Matrix,
    Timeline,
}

impl View {
    /// All views with their names in URLs, the usual one first.
    pub(super) const ALL: [(Self, &'static str); 3] = [
        (Self::Table, ""),
        (Self::Matrix, "matrix"),
        (Self::Timeline, "timeline"),
    ];

    /// Returns the view that the URL of a page asks for; the usual one for an unknown name.
    pub(super) fn of_frame(frame: &Frame) -> Self {
        let name = frame.value(VIEW);
        let known = Self::ALL.iter().find(|(_, known)| *known == name);
        known.map_or(Self::Table, |(view, _)| *view)
    }

    /// Returns its title.
    pub(super) const fn title(self, strings: &Strings) -> &'static str {
        match self {
            Self::Table => strings.cited_list,
            Self::Matrix => strings.matrix,
            Self::Timeline => strings.timeline,
        }
    }
}
