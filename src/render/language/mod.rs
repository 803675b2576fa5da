//! The two languages that answers are written in, Vietnamese and English.
//!
//! The words of documents stay as they are. Errors are English in both; so are the names of flags, fields and values,
//! which programs rely on.

pub(crate) mod dates;
pub(crate) mod files;
pub(crate) mod findings;
pub(crate) mod glossary;
pub(crate) mod labels;
pub(crate) mod oddity;
mod strings;

pub(crate) use strings::Strings;

/// A language that answers are written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    /// Vietnamese, the language of the documents, and of a page unless another is asked for.
    #[default]
    Vi,
    /// English.
    En,
}

impl Lang {
    /// Returns the language with this code; Vietnamese for any other code.
    pub fn from_code(code: &str) -> Self {
        if code.eq_ignore_ascii_case("en") {
            Self::En
        } else {
            Self::Vi
        }
    }

    /// Returns the language of a locale as the environment names it (`vi_VN.UTF-8`): English unless it is Vietnamese.
    #[must_use]
    pub fn from_locale(locale: &str) -> Self {
        let language = locale.split(['_', '.', '-', '@']).next().unwrap_or("");
        if language.eq_ignore_ascii_case("vi") {
            Self::Vi
        } else {
            Self::En
        }
    }

    /// Returns its code for `lang` attributes and URLs.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Vi => "vi",
            Self::En => "en",
        }
    }

    /// Returns the other language.
    pub const fn other(self) -> Self {
        match self {
            Self::Vi => Self::En,
            Self::En => Self::Vi,
        }
    }

    /// Returns its name in the language itself.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Vi => "Tiếng Việt",
            Self::En => "English",
        }
    }
}

/// Returns `template` with each `{}` replaced by the next of `values`. `{s}` becomes the `s` of an English plural, or
/// nothing if the value before it is 1.
pub(crate) fn fill(template: &str, values: &[&dyn std::fmt::Display]) -> String {
    let mut filled = String::with_capacity(template.len() + 16);
    let mut values = values.iter();
    let mut is_one = false;
    let mut parts = template.split('{');
    filled.push_str(parts.next().unwrap_or(""));
    for part in parts {
        let rest = if let Some(rest) = part.strip_prefix("s}") {
            filled.push_str(if is_one { "" } else { "s" });
            rest
        } else if let Some(rest) = part.strip_prefix('}') {
            let value = values.next().map(ToString::to_string).unwrap_or_default();
            is_one = value == "1";
            filled.push_str(&value);
            rest
        } else {
            filled.push('{');
            part
        };
        filled.push_str(rest);
    }
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_locale_names_a_language() {
        for (locale, lang) in [
            ("vi_VN.UTF-8", Lang::Vi),
            ("vi", Lang::Vi),
            ("VI-vn", Lang::Vi),
            ("en_US.UTF-8", Lang::En),
            ("C", Lang::En),
            ("vie", Lang::En),
            ("", Lang::En),
        ] {
            assert_eq!(Lang::from_locale(locale), lang, "{locale:?}");
        }
    }

    #[test]
    fn values_replace_the_braces() {
        assert_eq!(fill("{} đoạn, {}–{}", &[&12, &1, &10]), "12 đoạn, 1–10");
        assert_eq!(fill("không có chỗ", &[&1]), "không có chỗ");
        assert_eq!(fill("{} và {}", &[&"{}"]), "{} và ");
        assert_eq!(fill("a {b} {", &[&1]), "a {b} {");
    }

    #[test]
    fn english_counts_have_their_plural() {
        let text = "{} passage{s} in {} document{s}";
        assert_eq!(fill(text, &[&1, &2]), "1 passage in 2 documents");
        assert_eq!(fill(text, &[&0, &1]), "0 passages in 1 document");
    }
}
