//! What the service answers when it cannot: problems of RFC 9457, each with a stable `code`.
//!
//! A problem says what was wrong and what is allowed, never where on the server something lies: the cause of a
//! failure goes to the log alone.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::openapi::schema::{Object, ObjectBuilder, SchemaType, Type};

use crate::index::Error;

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

/// Seconds after which a client that was sent away may ask again.
const RETRY_AFTER_SECONDS: u32 = 1;

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    code: Code,
    detail: String,
    parameter: Option<String>,
    allowed: Vec<String>,
    retry_after_seconds: Option<u32>,
}

/// The wire form of a problem.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = Problem)]
pub(super) struct ProblemBody<'a> {
    /// `about:blank`: the status and `code` say all.
    #[serde(rename = "type")]
    kind: &'static str,
    /// The status in words.
    title: &'static str,
    /// The status.
    status: u16,
    /// Stable name of what went wrong.
    #[schema(schema_with = codes)]
    code: &'static str,
    /// What went wrong here, for people.
    detail: &'a str,
    /// The parameter or field that it is about.
    parameter: Option<&'a str>,
    /// What would be taken instead; may be empty.
    allowed: &'a [String],
}

/// The names of all kinds.
fn codes() -> Object {
    ObjectBuilder::new()
        .schema_type(SchemaType::Type(Type::String))
        .description(Some("Stable name of what went wrong."))
        .enum_values(Some(Code::ALL.map(Code::name)))
        .build()
}

impl Problem {
    /// A problem of this kind.
    pub(super) fn new(code: Code, detail: impl Into<String>) -> Self {
        Self {
            code,
            detail: detail.into(),
            parameter: None,
            allowed: Vec::new(),
            retry_after_seconds: code.says_when().then_some(RETRY_AFTER_SECONDS),
        }
    }

    /// All who could answer are busy.
    pub(super) fn busy() -> Self {
        Self::new(
            Code::Busy,
            "too many questions are waiting for an answer; ask again in a moment",
        )
    }

    /// The answer took too long.
    pub(super) fn too_slow() -> Self {
        Self::new(
            Code::TimeLimit,
            "the answer would take longer than is allowed; ask for less",
        )
    }

    /// Something failed that the client has no part in; the cause was logged.
    pub(super) fn internal() -> Self {
        Self::new(Code::Internal, "the service failed; its log says why")
    }

    /// The same, about this parameter or field.
    #[must_use]
    pub(super) fn about(mut self, parameter: &str) -> Self {
        self.parameter = Some(parameter.to_owned());
        self
    }

    /// The same with what would be taken instead.
    #[must_use]
    pub(super) fn allowing<T: Into<String>>(mut self, allowed: impl IntoIterator<Item = T>) -> Self {
        self.allowed = allowed.into_iter().map(Into::into).collect();
        self
    }

    /// The same with the time after which to ask again.
    #[must_use]
    pub(super) fn retry_after(mut self, seconds: u32) -> Self {
        self.retry_after_seconds = Some(seconds);
        self
    }

    /// Its status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.code.status()
    }

    /// What kind of problem it is.
    #[must_use]
    pub fn code(&self) -> Code {
        self.code
    }

    /// What went wrong, for people.
    #[must_use]
    pub fn detail(&self) -> &str {
        &self.detail
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = self.status();
        let body = ProblemBody {
            kind: "about:blank",
            title: status.canonical_reason().unwrap_or("Error"),
            status: status.as_u16(),
            code: self.code.name(),
            detail: &self.detail,
            parameter: self.parameter.as_deref(),
            allowed: &self.allowed,
        };
        let mut response = (status, Json(body)).into_response();
        let headers = response.headers_mut();
        headers.insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/problem+json"),
        );
        if status == StatusCode::UNAUTHORIZED {
            // What a browser asks people by comes first.
            for challenge in ["Basic realm=\"vankien\", charset=\"UTF-8\"", "Bearer realm=\"vankien\""] {
                headers.append(header::WWW_AUTHENTICATE, HeaderValue::from_static(challenge));
            }
        }
        headers.extend(
            self.retry_after_seconds
                .map(|seconds| (header::RETRY_AFTER, seconds.into())),
        );
        // For who tells it in another form.
        response.extensions_mut().insert(self);
        response
    }
}

/// What an error of the library means to a client. Paths stay in the log.
impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::Unknown { what, .. } => {
                let code = match what {
                    "document" => Code::UnknownDocument,
                    "section" => Code::UnknownSection,
                    "footnote" => Code::UnknownFootnote,
                    _ => Code::UnknownPassage,
                };
                Self::new(code, error.to_string())
            }
            Error::Ambiguous { ref candidates, .. } => {
                Self::new(Code::AmbiguousId, error.to_string()).allowing(candidates)
            }
            Error::Stopped { .. } => Self::too_slow(),
            Error::Missing { .. } => Self::new(
                Code::NoIndex,
                "there is no index to search; the operator has to build it",
            ),
            Error::Format { .. }
            | Error::Busy { .. }
            | Error::Damaged { .. }
            | Error::Io { .. }
            | Error::Engine { .. } => {
                tracing::error!(error = &error as &dyn std::error::Error, "the index cannot be read");
                Self::internal()
            }
        }
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
