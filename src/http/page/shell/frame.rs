//! The frame of a page: base path, language and parameters, from which the URLs of its links are made.

use form_urlencoded::Serializer;

use crate::render::language::{Lang, Strings};
use crate::text::percent_encoded;

/// The request for a page: base path, language, path and parameters. The URL of a page holds its whole state.
#[derive(Clone, Debug)]
pub(crate) struct Frame {
    /// Path prefix of the service: empty, or `/vankien`.
    pub(crate) base: String,
    /// The language.
    pub(crate) lang: Lang,
    /// Path of this page, after `base`.
    pub(crate) path: String,
    /// Parameters of this page as they were sent, without the language.
    pub(crate) parameters: Vec<(String, String)>,
    /// True if the parameters came in a body, so that no URL leads to this page.
    pub(crate) posted: bool,
    /// True if the service gives out files of documents and pictures of their pages.
    pub(crate) files: bool,
}

impl Frame {
    /// Creates the frame of the page at `path` with the parameters in `query`, one of which may be the language.
    pub(crate) fn new(base: &str, path: &str, query: &str) -> Self {
        let mut lang = Lang::default();
        let mut parameters: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        parameters.retain(|(name, value)| {
            let is_lang = name == LANG;
            if is_lang {
                lang = Lang::from_code(value);
            }
            !is_lang
        });
        Self {
            base: base.to_owned(),
            lang,
            path: path.to_owned(),
            parameters,
            posted: false,
            files: true,
        }
    }

    /// Returns the frame with the fields of a submitted form in place of its parameters. If a field occurs twice, the
    /// last one counts: it is that of the pressed button, which overrides a hidden field.
    pub(crate) fn with_fields(mut self, fields: Vec<(String, String)>) -> Self {
        self.parameters = Vec::new();
        for (name, value) in fields {
            if name == LANG {
                self.lang = Lang::from_code(&value);
            } else {
                self.parameters.retain(|(known, _)| *known != name);
                self.parameters.push((name, value));
            }
        }
        Self { posted: true, ..self }
    }

    /// Returns the UI strings of the language.
    pub(crate) fn strings(&self) -> &'static Strings {
        self.lang.strings()
    }

    /// Returns the first value of a parameter, trimmed; empty if it is missing.
    pub(crate) fn value(&self, name: &str) -> &str {
        let found = self.parameters.iter().find(|(known, _)| known == name);
        found.map_or("", |(_, value)| value.trim())
    }

    /// Returns true if there is such a parameter, even an empty one.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.parameters.iter().any(|(known, _)| known == name)
    }

    /// Returns the URL of the page at `path`, in the same language.
    pub(crate) fn url<N: AsRef<str>, V: AsRef<str>>(&self, path: &str, parameters: &[(N, V)]) -> String {
        self.url_in(self.lang, path, parameters)
    }

    /// Returns the URL of the page at `path` without parameters.
    pub(crate) fn page_url(&self, path: &str) -> String {
        self.url::<&str, &str>(path, &[])
    }

    /// Returns the URL of this page in the other language.
    pub(crate) fn url_in_other_language(&self) -> String {
        self.url_in(self.lang.other(), &self.path, &self.parameters)
    }

    /// Returns the URL of this page with `name` set to `value`, or without it for `None`.
    pub(crate) fn url_with(&self, name: &str, value: Option<&str>) -> String {
        let mut parameters = self.parameters.clone();
        parameters.retain(|(known, _)| known != name);
        parameters.extend(value.map(|value| (name.to_owned(), value.to_owned())));
        self.url(&self.path, &parameters)
    }

    /// Returns the URL of the page at `path` in the language `lang`. The default language needs no parameter.
    fn url_in<N: AsRef<str>, V: AsRef<str>>(&self, lang: Lang, path: &str, parameters: &[(N, V)]) -> String {
        let mut query = Serializer::new(String::new());
        query.extend_pairs(parameters);
        if lang != Lang::default() {
            query.append_pair(LANG, lang.code());
        }
        let query = query.finish();
        let mark = if query.is_empty() { "" } else { "?" };
        // With a base path, the URL of the first page is the base path itself.
        let path = if path == "/" && !self.base.is_empty() { "" } else { path };
        format!("{}{path}{mark}{query}", self.base)
    }
}

/// The parameter that names the language.
pub(crate) const LANG: &str = "lang";

/// Returns the path of a document's page.
pub(crate) fn document(id: &str) -> String {
    format!("/documents/{}", segment(id))
}

/// Returns the path of the page of a topic of the guide.
pub(crate) fn topic(name: &str) -> String {
    format!("/help/{}", segment(name))
}

/// Returns the path of the page that shows a page of a document's original.
pub(crate) fn original(id: &str, page: &str) -> String {
    format!("{}/pages/{}", document(id), segment(page))
}

/// Percent-encodes all but the unreserved characters of RFC 3986 (section 2.3), so that `text` is one path segment.
fn segment(text: &str) -> String {
    percent_encoded(text, b"")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_keeps_its_state_and_its_language() {
        let frame = Frame::new("/vankien", "/", "q=t%E1%BB%8Fi&lang=en&place=body&place=footnote");
        assert_eq!(frame.value("q"), "tỏi");
        assert_eq!(frame.url("/", &[("q", "a b&c")]), "/vankien?q=a+b%26c&lang=en");
        assert_eq!(
            frame.url_in_other_language(),
            "/vankien?q=t%E1%BB%8Fi&place=body&place=footnote"
        );
        assert_eq!(frame.url_with("place", None), "/vankien?q=t%E1%BB%8Fi&lang=en");
    }

    #[test]
    fn an_id_is_one_segment() {
        assert_eq!(document("a/../b?c#d"), "/documents/a%2F..%2Fb%3Fc%23d");
        assert_eq!(document("Tờ trình"), "/documents/T%E1%BB%9D%20tr%C3%ACnh");
    }
}
