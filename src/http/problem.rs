//! Error responses: problem details of RFC 9457, each with a stable `code`.
//!
//! A problem says what was wrong and what is allowed. It never reveals paths of the server: the cause of a failure goes
//! to the log only.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::openapi::schema::{Object, ObjectBuilder, SchemaType, Type};

use super::request_id;
use crate::corpus::{ErrorKind, OriginalError};
use crate::index::{Error, IdKind, RemoteError};
use crate::precedent::SentDraftError;
use crate::render::language::files::unreadable_reason;
use crate::stop::Stopped;

/// Declares the codes from one table: variant, status, stable name, meaning.
macro_rules! codes {
    ($($code:ident $status:ident $name:literal $about:literal;)*) => {
        /// The kind of a problem. Client programs rely on the name and the status of each.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Code {
            $(#[doc = $about] $code,)*
        }

        impl Code {
            /// All codes, sorted by status.
            pub const ALL: [Self; [$(Self::$code),*].len()] = [$(Self::$code),*];

            /// Returns the stable name: `unknown-parameter`.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$code => $name),* }
            }

            /// Returns the HTTP status.
            #[must_use]
            pub const fn status(self) -> StatusCode {
                match self { $(Self::$code => StatusCode::$status),* }
            }

            /// Returns the meaning, in one sentence.
            #[must_use]
            pub const fn about(self) -> &'static str {
                match self { $(Self::$code => $about),* }
            }
        }
    };
}

codes! {
    UnknownParameter BAD_REQUEST "unknown-parameter" "There is no such parameter; `allowed` lists the known ones.";
    MissingParameter BAD_REQUEST "missing-parameter" "A required parameter is missing.";
    RepeatedParameter BAD_REQUEST "repeated-parameter" "A parameter was given twice, or together with one that excludes it.";
    InvalidValue BAD_REQUEST "invalid-value" "A parameter cannot have this value; `allowed` lists the possible ones.";
    UnknownFacet BAD_REQUEST "unknown-facet" "There is no such facet; `allowed` lists the known ones.";
    AmbiguousId BAD_REQUEST "ambiguous-id" "The ids of several documents begin with this text; `allowed` lists some.";
    InvalidCursor BAD_REQUEST "invalid-cursor" "The cursor is not the `next` of an answer to the same question.";
    InvalidQuery BAD_REQUEST "invalid-query" "The query of the URL is not percent-encoded UTF-8.";
    InvalidPath BAD_REQUEST "invalid-path" "The path of the URL is not percent-encoded UTF-8.";
    InvalidBody BAD_REQUEST "invalid-body" "The body is incomplete.";
    InvalidJson BAD_REQUEST "invalid-json" "The body is not a JSON object.";
    NotUtf8 BAD_REQUEST "not-utf-8" "The body is not UTF-8.";
    NoHost BAD_REQUEST "no-host" "The request does not say, once and clearly, for which host it is.";
    NoKey UNAUTHORIZED "no-key" "A key is required, and the request has none or an invalid one.";
    NoFiles FORBIDDEN "no-files" "The service gives out no files of documents and no pictures of their pages.";
    UnknownDocument NOT_FOUND "unknown-document" "No document has this id.";
    UnknownSection NOT_FOUND "unknown-section" "No section has this id.";
    UnknownFootnote NOT_FOUND "unknown-footnote" "No footnote has this id.";
    UnknownPassage NOT_FOUND "unknown-passage" "No passage has this id.";
    UnknownPage NOT_FOUND "unknown-page" "The document has no page of this number.";
    NoPageImage NOT_FOUND "no-page-image" "The pages of the document have no pictures: it is neither a PDF nor an image.";
    NoSuchPage NOT_FOUND "no-such-page" "There is no page at this path.";
    MethodNotAllowed METHOD_NOT_ALLOWED "method-not-allowed" "The page does not accept this method; the header `Allow` lists those that it accepts.";
    RequestTimeout REQUEST_TIMEOUT "request-timeout" "The request took too long to arrive.";
    FileChanged CONFLICT "file-changed" "The file of the document changed since it was indexed; the operator has to bring the index up to date.";
    FileGone GONE "file-gone" "The file of the document is gone since it was indexed.";
    StaleCursor GONE "stale-cursor" "The index has changed since the cursor was issued; start again without it.";
    BodyTooLarge PAYLOAD_TOO_LARGE "body-too-large" "The body is too large; send it in parts.";
    UrlTooLong URI_TOO_LONG "url-too-long" "The URL is too long.";
    MediaType UNSUPPORTED_MEDIA_TYPE "media-type" "The body has a media type, a charset or a compression that is not accepted.";
    RangeBeyond RANGE_NOT_SATISFIABLE "range-beyond" "The range begins after the end of the file; the header `Content-Range` has its size.";
    UnknownHost MISDIRECTED_REQUEST "unknown-host" "The request is for another host than this service; the operator names its hosts.";
    UnreadableFile UNPROCESSABLE_ENTITY "unreadable-file" "The file in the body cannot be read: it is damaged, empty, or of a format that is not read here.";
    PageNotDrawn UNPROCESSABLE_ENTITY "page-not-drawn" "The page cannot be drawn: its file is damaged, or it has too many pixels.";
    TooOften TOO_MANY_REQUESTS "too-often" "The key has made too many requests; the header `Retry-After` says when to continue.";
    Internal INTERNAL_SERVER_ERROR "internal" "The service failed; its log has the cause.";
    Busy SERVICE_UNAVAILABLE "busy" "Too many requests are waiting; retry in a moment.";
    TimeLimit SERVICE_UNAVAILABLE "time-limit" "The answer takes longer than the time limit; ask for less.";
    NoIndex SERVICE_UNAVAILABLE "no-index" "There is no index to search; the operator has to build it.";
    EngineUnavailable SERVICE_UNAVAILABLE "engine-unavailable" "The engine that has the index cannot answer now; retry in a moment.";
    Ending SERVICE_UNAVAILABLE "ending" "The service is shutting down.";
}

impl Code {
    /// Returns true if the response says in `Retry-After` when to retry.
    pub(super) fn has_retry_after(self) -> bool {
        matches!(
            self,
            Self::TooOften | Self::Busy | Self::TimeLimit | Self::NoIndex | Self::EngineUnavailable
        )
    }
}

/// Value of `Retry-After` in seconds, unless a problem sets its own.
const RETRY_AFTER_SECONDS: u32 = 1;

/// Value of `Retry-After` in seconds for an engine that is not available: a node that ended is missed for about as long.
const ENGINE_RETRY_SECONDS: u32 = 5;

/// The reason why a request cannot be answered.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    code: Code,
    detail: String,
    parameter: Option<String>,
    /// The id or the value that was refused. It is not in the response; the pages put it into their translation.
    value: Option<String>,
    allowed: Vec<String>,
    retry_after_seconds: Option<u32>,
}

/// The wire form of a problem.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = Problem)]
pub(super) struct ProblemBody<'a> {
    /// Always `about:blank`: the status and `code` identify the problem.
    #[serde(rename = "type")]
    kind: &'static str,
    /// Name of the HTTP status.
    title: &'static str,
    /// The HTTP status.
    status: u16,
    /// Stable name of the kind of problem.
    #[schema(schema_with = codes)]
    code: &'static str,
    /// Description of this problem, for people.
    detail: &'a str,
    /// The parameter or field that is wrong; null if none is.
    parameter: Option<&'a str>,
    /// Values that would be accepted instead; may be empty.
    allowed: &'a [String],
    /// The id of the request in the log of the service, as the header `X-Request-Id` has it.
    request_id: Option<String>,
}

/// Returns the schema of the field `code`: the names of all codes.
fn codes() -> Object {
    ObjectBuilder::new()
        .schema_type(SchemaType::Type(Type::String))
        .description(Some("Stable name of the kind of problem."))
        .enum_values(Some(Code::ALL.map(Code::name)))
        .build()
}

impl Problem {
    /// Creates a problem of this kind; `detail` describes it for people.
    pub(crate) fn new(code: Code, detail: impl Into<String>) -> Self {
        Self {
            code,
            detail: detail.into(),
            parameter: None,
            value: None,
            allowed: Vec::new(),
            retry_after_seconds: code.has_retry_after().then_some(RETRY_AFTER_SECONDS),
        }
    }

    /// The problem of a request that finds the queue full.
    pub(super) fn busy() -> Self {
        Self::new(Code::Busy, "too many requests are waiting; retry in a moment")
    }

    /// The problem of an answer that takes too long.
    pub(super) fn too_slow() -> Self {
        Self::new(
            Code::TimeLimit,
            "the answer takes longer than the time limit; ask for less",
        )
    }

    /// The problem of a failure that is not the fault of the client. The caller logs the cause.
    pub(crate) fn internal() -> Self {
        Self::new(Code::Internal, "the service failed; its log has the cause")
    }

    /// Sets the parameter or field that is wrong.
    #[must_use]
    pub(crate) fn about(mut self, parameter: &str) -> Self {
        self.parameter = Some(parameter.to_owned());
        self
    }

    /// Sets the id or value that was refused.
    #[must_use]
    pub(crate) fn refusing(mut self, value: impl Into<String>) -> Self {
        self.value = Some(value.into());
        self
    }

    /// Sets the values that would be accepted instead.
    #[must_use]
    pub(super) fn allowing<T: Into<String>>(mut self, allowed: impl IntoIterator<Item = T>) -> Self {
        self.allowed = allowed.into_iter().map(Into::into).collect();
        self
    }

    /// Sets the seconds after which to retry.
    #[must_use]
    pub(super) fn retry_after(mut self, seconds: u32) -> Self {
        self.retry_after_seconds = Some(seconds);
        self
    }

    /// Returns the wire form.
    pub(super) fn body(&self) -> ProblemBody<'_> {
        let status = self.status();
        ProblemBody {
            kind: "about:blank",
            title: status.canonical_reason().unwrap_or("Error"),
            status: status.as_u16(),
            code: self.code.name(),
            detail: &self.detail,
            parameter: self.parameter.as_deref(),
            allowed: &self.allowed,
            request_id: request_id::current(),
        }
    }

    /// Returns the HTTP status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.code.status()
    }

    /// Returns the kind of the problem.
    #[must_use]
    pub fn code(&self) -> Code {
        self.code
    }

    /// Returns the description, for people.
    #[must_use]
    pub fn detail(&self) -> &str {
        &self.detail
    }

    /// Returns the values that would be accepted instead; perhaps none.
    pub(crate) fn allowed(&self) -> &[String] {
        &self.allowed
    }

    /// Returns the parameter or field that is wrong, if one is.
    pub(super) fn parameter(&self) -> Option<&str> {
        self.parameter.as_deref()
    }

    /// Returns the id or value that was refused, if the problem is about one.
    pub(super) fn value(&self) -> Option<&str> {
        self.value.as_deref()
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = self.status();
        let mut response = (status, Json(self.body())).into_response();
        let headers = response.headers_mut();
        headers.insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/problem+json"),
        );
        if status == StatusCode::UNAUTHORIZED {
            // `Basic` comes first: it is the scheme for which a browser prompts.
            for challenge in ["Basic realm=\"vankien\", charset=\"UTF-8\"", "Bearer realm=\"vankien\""] {
                headers.append(header::WWW_AUTHENTICATE, HeaderValue::from_static(challenge));
            }
        }
        headers.extend(
            self.retry_after_seconds
                .map(|seconds| (header::RETRY_AFTER, seconds.into())),
        );
        // `page::for_people` takes it out again, where a browser needs a page in place of JSON.
        response.extensions_mut().insert(self);
        response
    }
}

/// An error of the library as a client may see it. Paths go to the log only.
impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::Unknown { kind, ref id } => {
                let code = match kind {
                    IdKind::Document => Code::UnknownDocument,
                    IdKind::Section => Code::UnknownSection,
                    IdKind::Passage => Code::UnknownPassage,
                    IdKind::Footnote => Code::UnknownFootnote,
                    IdKind::Page => Code::UnknownPage,
                };
                Self::new(code, error.to_string()).refusing(id)
            }
            Error::Ambiguous {
                ref id, ref candidates, ..
            } => Self::new(Code::AmbiguousId, error.to_string())
                .refusing(id)
                .allowing(candidates),
            // The message of the library names the folder of the index; clients get one without it.
            Error::Missing { .. } | Error::Remote(RemoteError::Missing { .. }) => Self::new(
                Code::NoIndex,
                "there is no index to search; the operator has to build it",
            ),
            Error::Remote(ref remote) if remote.is_unavailable() => {
                tracing::warn!(error = &error as &dyn std::error::Error, "the engine is not available");
                Self::new(
                    Code::EngineUnavailable,
                    "the engine that has the index cannot answer now; retry in a moment",
                )
                .retry_after(ENGINE_RETRY_SECONDS)
            }
            Error::Remote(_)
            | Error::Format { .. }
            | Error::Busy { .. }
            | Error::Register { .. }
            | Error::Damaged { .. }
            | Error::Io { .. }
            | Error::Engine { .. } => {
                tracing::error!(error = &error as &dyn std::error::Error, "cannot read the index");
                Self::internal()
            }
        }
    }
}

/// Work that ended at its limit. If it was cancelled, nobody reads this.
impl From<Stopped> for Problem {
    fn from(_: Stopped) -> Self {
        Self::too_slow()
    }
}

/// The reason why a file that was sent cannot be read.
impl From<ErrorKind> for Problem {
    fn from(kind: ErrorKind) -> Self {
        // The pages put the Vietnamese reason into their translation.
        let reason = unreadable_reason(&kind);
        let detail = match kind {
            ErrorKind::NeedsOcr => {
                "the file is an image or a PDF of scanned pages, which take an OCR and are not read here; send its text, or a \
                 file of a word processor"
                    .to_owned()
            }
            kind => format!("the file {kind}"),
        };
        Self::new(Code::UnreadableFile, detail).refusing(reason)
    }
}

/// The reason why a draft that was sent cannot be read.
impl From<SentDraftError> for Problem {
    fn from(error: SentDraftError) -> Self {
        match error {
            SentDraftError::Unreadable(kind) => kind.into(),
            SentDraftError::Index(error) => error.into(),
        }
    }
}

/// An error of the file of a document as a client may see it.
impl From<OriginalError> for Problem {
    fn from(error: OriginalError) -> Self {
        match error {
            OriginalError::Gone(_) => {
                Self::new(Code::FileGone, "the file of the document is gone since it was indexed")
            }
            OriginalError::Changed(_) => Self::new(
                Code::FileChanged,
                "the file of the document changed since it was indexed; the operator has to bring the index up to date",
            ),
            OriginalError::Unreadable { .. } => {
                tracing::warn!(
                    error = &error as &dyn std::error::Error,
                    "cannot read the file of a document"
                );
                Self::internal()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_engine_that_is_not_available_is_asked_again_later() {
        let unavailable = Problem::from(Error::Remote(RemoteError::Unavailable {
            url: "https://search:9200".to_owned(),
            reason: "no master".to_owned(),
            cause: None,
        }));
        assert_eq!(unavailable.code(), Code::EngineUnavailable);
        assert!(!unavailable.detail().contains("search:9200"));
        let response = unavailable.into_response();
        assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(response.headers()[header::RETRY_AFTER], "5");
        let missing = Problem::from(Error::Remote(RemoteError::Missing {
            url: "https://search:9200".to_owned(),
            name: "vk".to_owned(),
        }));
        assert_eq!(missing.code(), Code::NoIndex);
        assert!(!missing.detail().contains("vk"));
    }

    #[test]
    fn names_are_unique_and_the_readme_lists_them() {
        let readme = include_str!("../guide/serving.md");
        for (position, code) in Code::ALL.iter().enumerate() {
            let name = code.name();
            assert!(Code::ALL[..position].iter().all(|other| other.name() != name), "{name}");
            assert!(
                readme.contains(&format!("`{name}`")),
                "the guide does not mention {name}"
            );
        }
    }
}
