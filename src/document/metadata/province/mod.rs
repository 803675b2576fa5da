//! The provinces of Vietnam, of today and before the merger of 2025, and their names in a text.
//!
//! [`table`] holds the names of all provinces, of today and before the merger of 2025; [`mention`] finds them
//! in a text.

mod mention;
mod table;

pub(super) use mention::mentions_without_marks;
pub use mention::{ProvinceMention, mentions, provinces_named};
pub(super) use table::{all_names, is_merged};
pub use table::{names, usual_name};
