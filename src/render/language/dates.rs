//! Dates as offices write them: `28/02/2025`, also where they are part of an identity.

use super::{Strings, fill};

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

/// Returns an identity (`21-NQ/TW ngày 2022-06-16`) as offices write it.
pub(crate) fn identity_text(strings: &Strings, identity: &str) -> String {
    match identity.rsplit_once(" ngày ") {
        Some((key, date)) => format!("{key} {}", fill(strings.dated, &[&date_text(date)])),
        None => identity.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::language::Lang;

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
        let text = |identity| identity_text(Lang::Vi.strings(), identity);
        assert_eq!(text("21-NQ/TW ngày 2022-06-16"), "21-NQ/TW ngày 16/06/2022");
        assert_eq!(text("Điều lệ Đảng"), "Điều lệ Đảng");
    }
}
