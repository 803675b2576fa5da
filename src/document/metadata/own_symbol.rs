//! The document's own symbol in its letterhead, as far as it is filled in: `-BC/ĐU`, `01-KH/TU`.

/// Chars of the longest code on either side of the slash.
const MAX_CODE_CHARS: usize = 6;

/// Returns the symbol in a line of the letterhead, with the codes repaired and the number as far as it is
/// filled in.
pub(super) fn symbol_in(line: &str) -> Option<String> {
    let slash = line.find('/')?;
    let (left, right) = (line[..slash].trim_end(), line[slash + 1..].trim_start());
    let dash = left.rfind(['-', '–'])?;
    let kind = left[dash..].trim_start_matches(['-', '–', ' ']);
    let issuer: String = right.chars().take_while(|c| c.is_alphabetic()).collect();
    let before_dash = left[..dash].trim_end();
    let without_number = before_dash.trim_end_matches(|c: char| c.is_ascii_digit());
    // A digit that a scan read into "Số" is no part of the number: "S6 - BC/ĐU".
    let digits = if without_number.ends_with(|c: char| c.is_alphabetic()) {
        ""
    } else {
        &before_dash[without_number.len()..]
    };
    let is_code = |text: &str| {
        (1..=MAX_CODE_CHARS).contains(&text.chars().count())
            && text.chars().all(char::is_alphabetic)
            && text.chars().next().is_some_and(char::is_uppercase)
    };
    (is_code(kind) && is_code(&issuer)).then(|| format!("{digits}-{}/{}", repaired_code(kind), repaired_code(&issuer)))
}

/// Returns the code that is meant by `code`: after a slash or hyphen, scans make P, B and D of Đ.
///
/// Source: the letters of 05-HD/VPTW of 2026; the forms were seen in scans read by an English model.
fn repaired_code(code: &str) -> &str {
    match code {
        "BU" | "PU" | "DU" => "ĐU",
        "QB" | "QD" | "QP" => "QĐ",
        "PUK" | "DUK" | "BUK" => "ĐUK",
        _ => code,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_far_as_they_are_filled_in() {
        for (line, number) in [
            ("Số 01-KH/TU", Some("01-KH/TU")),
            ("S6 - BC/BU Can Tho, ngay 25 thang 7 nam 2025", Some("-BC/ĐU")),
            ("-BC/BU", Some("-BC/ĐU")),
            ("ngày 22/12/2024", None),
        ] {
            assert_eq!(symbol_in(line).as_deref(), number, "{line}");
        }
    }
}
