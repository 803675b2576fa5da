//! The genre of a document, on which the kinds and terms of its sections depend.

/// The genre of a document, as far as the kinds and terms of its sections depend on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PaperGenre {
    /// A report, which looks back on its term. A document without a type counts as one: congress papers often have
    /// no type line.
    Report,
    /// A paper that says what is to be done: its contents (`NỘI DUNG`) are tasks.
    Plan,
    /// An annex.
    Annex,
    /// Any other.
    Other,
}

/// The headings of the tasks of a plan, folded: they name no kind.
pub(super) const CONTENTS: [&str; 6] = [
    "noi dung",
    "noi dung thuc hien",
    "noi dung cong tac",
    "noi dung trien khai",
    "noi dung cu the",
    "noi dung ke hoach",
];

/// The types of papers that say what is to be done.
const PLANS: [&str; 4] = ["kế hoạch", "hướng dẫn", "chương trình", "chỉ thị"];

impl PaperGenre {
    /// Returns the genre of a document of type `kind`.
    pub(super) fn of(kind: Option<&str>) -> Self {
        match kind {
            None => Self::Report,
            Some(kind) if kind.starts_with("báo cáo") => Self::Report,
            Some("phụ lục") => Self::Annex,
            Some(kind) if PLANS.iter().any(|plan| kind.starts_with(plan)) => Self::Plan,
            Some(_) => Self::Other,
        }
    }
}
