//! The kinds of problems: their stable names, which other programs rely on, and the statuses that go with them.

use axum::http::StatusCode;

/// Declares the kinds of problems by one table.
macro_rules! codes {
    ($($code:ident $status:ident $name:literal $about:literal;)*) => {
        /// What kind of problem it is.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Code {
            $(#[doc = $about] $code,)*
        }

        impl Code {
            /// All, sorted by status.
            pub const ALL: [Self; [$(Self::$code),*].len()] = [$(Self::$code),*];

            /// Its stable name: `unknown-parameter`.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$code => $name),* }
            }

            /// The status that goes with it.
            #[must_use]
            pub const fn status(self) -> StatusCode {
                match self { $(Self::$code => StatusCode::$status),* }
            }

            /// What it means, in a sentence.
            #[must_use]
            pub const fn about(self) -> &'static str {
                match self { $(Self::$code => $about),* }
            }
        }
    };
}

codes! {
    UnknownParameter BAD_REQUEST "unknown-parameter" "There is no such parameter; `allowed` lists those there are.";
    MissingParameter BAD_REQUEST "missing-parameter" "A parameter that is needed was not given.";
    RepeatedParameter BAD_REQUEST "repeated-parameter" "A parameter was given twice, or beside one that says the same.";
    InvalidValue BAD_REQUEST "invalid-value" "A parameter cannot have this value; `allowed` lists what it can have.";
    UnknownFacet BAD_REQUEST "unknown-facet" "There is no such facet; `allowed` lists those there are.";
    AmbiguousId BAD_REQUEST "ambiguous-id" "Several documents have ids that begin so; `allowed` lists some.";
    InvalidCursor BAD_REQUEST "invalid-cursor" "The cursor is not the `next` of an answer to the same question.";
    InvalidQuery BAD_REQUEST "invalid-query" "The query of the URL is not UTF-8, percent-encoded.";
    InvalidPath BAD_REQUEST "invalid-path" "The path of the URL is not UTF-8, percent-encoded.";
    InvalidBody BAD_REQUEST "invalid-body" "The body broke off.";
    InvalidJson BAD_REQUEST "invalid-json" "The body is no JSON object.";
    NotUtf8 BAD_REQUEST "not-utf-8" "The body is not UTF-8.";
    NoKey UNAUTHORIZED "no-key" "A key is needed and was not given, or is none.";
    UnknownDocument NOT_FOUND "unknown-document" "No document has this id.";
    UnknownSection NOT_FOUND "unknown-section" "No section has this id.";
    UnknownFootnote NOT_FOUND "unknown-footnote" "No note has this id.";
    UnknownPassage NOT_FOUND "unknown-passage" "No passage has this id.";
    NoSuchPage NOT_FOUND "no-such-page" "There is no page of this path.";
    MethodNotAllowed METHOD_NOT_ALLOWED "method-not-allowed" "The page takes another method; the header `Allow` says which.";
    RequestTimeout REQUEST_TIMEOUT "request-timeout" "The request took too long to arrive.";
    StaleCursor GONE "stale-cursor" "The index has changed since the cursor was given; begin again without it.";
    BodyTooLarge PAYLOAD_TOO_LARGE "body-too-large" "The body is too large; send it in parts.";
    UrlTooLong URI_TOO_LONG "url-too-long" "The URL is too long.";
    MediaType UNSUPPORTED_MEDIA_TYPE "media-type" "The body has a type, a charset or a compression that is not taken.";
    TooOften TOO_MANY_REQUESTS "too-often" "The key has asked too often; the header `Retry-After` says when to go on.";
    Internal INTERNAL_SERVER_ERROR "internal" "The service failed; its log says why.";
    Busy SERVICE_UNAVAILABLE "busy" "Too many questions wait for an answer; ask again in a moment.";
    TimeLimit SERVICE_UNAVAILABLE "time-limit" "The answer would take longer than is allowed; ask for less.";
    NoIndex SERVICE_UNAVAILABLE "no-index" "There is no index to search; the operator has to build it.";
    Ending SERVICE_UNAVAILABLE "ending" "The service is about to end.";
}

impl Code {
    /// Does the answer say when to ask again, in `Retry-After`?
    pub(super) fn says_when(self) -> bool {
        matches!(self, Self::TooOften | Self::Busy | Self::TimeLimit | Self::NoIndex)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_kinds_apart_and_are_told_to_users() {
        let readme = include_str!("../../README.md");
        for (position, code) in Code::ALL.iter().enumerate() {
            let name = code.name();
            assert!(Code::ALL[..position].iter().all(|other| other.name() != name), "{name}");
            assert!(
                readme.contains(&format!("`{name}`")),
                "the README does not tell of {name}"
            );
        }
    }
}
