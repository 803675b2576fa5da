//! Stray apostrophes that a scan leaves at the ends of words.

/// Drops the apostrophes at the ends of words (`thứ' I`, `cơ sở' đảng`). No Vietnamese word ends with one, so
/// only an opened quotation makes sense of it; a text that opens one is returned as it is.
pub(crate) fn without_strays(title: &str) -> String {
    let stray = ['\'', '’', '´', '`'];
    if !title.contains(stray)
        || title
            .split_whitespace()
            .any(|word| word.len() > 3 && word.starts_with(['\'', '‘']))
    {
        return title.to_owned();
    }
    let words: Vec<&str> = title
        .split_whitespace()
        .map(|word| word.trim_end_matches(stray))
        .filter(|word| !word.is_empty())
        .collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stray_apostrophes_are_dropped_and_quotations_kept() {
        for (title, clean) in [
            ("Đại hội lần thứ' I", "Đại hội lần thứ I"),
            ("tổ chức cơ sở’ đảng ' vững mạnh", "tổ chức cơ sở đảng vững mạnh"),
            ("Phong trào 'Dân vận khéo'", "Phong trào 'Dân vận khéo'"),
        ] {
            assert_eq!(without_strays(title), clean);
        }
    }
}
