//! Dates as offices write them: `28/02/2025`, also where they are part of an identity.

use std::sync::LazyLock;

use regex::{Captures, Regex};

/// Returns an ISO date as offices write it: `16/06/2022` for `2022-06-16`, or `06/2022` if the day is unknown. Any other
/// text stays as it is.
pub(crate) fn date_text(iso: &str) -> String {
    let parts: Vec<&str> = iso.split('-').collect();
    if parts.iter().any(|part| part.parse::<u32>().is_err()) {
        return iso.to_owned();
    }
    let parts: Vec<&str> = parts.into_iter().rev().collect();
    parts.join("/")
}

/// Returns an identity (`21-NQ/TW ngày 2022-06-16`), or a sentence with ISO dates, with its dates as offices write them.
/// An identity is Vietnamese in both languages: it is a citation, and found again as it stands.
pub(crate) fn identity_text(text: &str) -> String {
    static ISO: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"\b(?:19|20|21)\d\d-\d\d(?:-\d\d)?\b").expect("the pattern is valid"));
    ISO.replace_all(text, |found: &Captures<'_>| date_text(&found[0]))
        .into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_written_as_far_as_they_are_known() {
        for (iso, text) in [
            ("2022-06-16", "16/06/2022"),
            ("2022-06", "06/2022"),
            ("2022", "2022"),
            ("mai", "mai"),
            ("", ""),
        ] {
            assert_eq!(date_text(iso), text);
        }
    }

    #[test]
    fn an_identity_is_written_as_staff_write_it() {
        for (identity, text) in [
            ("21-NQ/TW ngày 2022-06-16", "21-NQ/TW ngày 16/06/2022"),
            ("57-NQ/TW ngày 2024-12", "57-NQ/TW ngày 12/2024"),
            ("Điều lệ Đảng", "Điều lệ Đảng"),
            ("nhiệm kỳ 2020-2025", "nhiệm kỳ 2020-2025"),
            ("a draft of 2025-02-28.", "a draft of 28/02/2025."),
        ] {
            assert_eq!(identity_text(identity), text);
        }
    }
}
