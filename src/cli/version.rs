//! `vankien --version`: the version, the commit, the format of the index and the formats of files.

use crate::corpus::Format;
use crate::index::FORMAT;

/// Returns the text after the name of the program. A program that was not released names no commit.
pub(super) fn text() -> String {
    // Empty in a container that was built without the argument.
    let commit = option_env!("VANKIEN_COMMIT").filter(|commit| !commit.is_empty());
    let commit = commit.map_or_else(String::new, |commit| format!("\ncommit {commit}"));
    let formats: Vec<&str> = Format::ALL.iter().map(|format| format.name()).collect();
    let version = env!("CARGO_PKG_VERSION");
    format!("{version}{commit}\nindex format {FORMAT}\nreads {}", formats.join(", "))
}
