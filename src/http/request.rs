//! Extractors that several handlers share: an id in the path, and a body.

use axum::body::Bytes;
use axum::extract::FromRequestParts;
use axum::extract::Path;
use axum::extract::rejection::{BytesRejection, PathRejection};
use axum::http::header::{CONTENT_ENCODING, CONTENT_TYPE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};

use crate::http::problem::{Code, Problem};

/// Maximum size of a request body in bytes: a text of about 400 pages.
pub(crate) const MAX_BODY_BYTES: usize = 1 << 20;

/// The id in the path of a URL, decoded.
pub(crate) struct Id(pub(crate) String);

impl<S: Send + Sync> FromRequestParts<S> for Id {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let path: Result<Path<String>, PathRejection> = Path::from_request_parts(parts, state).await;
        path.map(|Path(id)| Self(id)).map_err(|_| not_utf8())
    }
}

/// The id and the page in the path of a URL, decoded.
pub(crate) struct IdAndPage(pub(crate) String, pub(crate) String);

impl<S: Send + Sync> FromRequestParts<S> for IdAndPage {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let path: Result<Path<(String, String)>, PathRejection> = Path::from_request_parts(parts, state).await;
        path.map(|Path((id, page))| Self(id, page)).map_err(|_| not_utf8())
    }
}

/// The problem of a path that cannot be decoded.
fn not_utf8() -> Problem {
    Problem::new(Code::InvalidPath, "the path of the URL is not percent-encoded UTF-8")
}

/// Returns the body of a request, which must have the media type `wanted`.
///
/// # Errors
/// `media-type` if it has another type, charset or compression; `body-too-large`; `invalid-body` if it is incomplete.
pub(crate) fn body_of(
    headers: &HeaderMap,
    body: Result<Bytes, BytesRejection>,
    wanted: &'static str,
) -> Result<Bytes, Problem> {
    let is_uncompressed = headers
        .get(CONTENT_ENCODING)
        .is_none_or(|encoding| encoding.as_bytes().eq_ignore_ascii_case(b"identity"));
    if !is_uncompressed || !is_of_type(headers, wanted) {
        let detail = format!("the body must have the media type {wanted}, in UTF-8, without compression");
        return Err(Problem::new(Code::MediaType, detail).allowing([wanted]));
    }
    whole(body)
}

/// Returns a body that was read whole.
///
/// # Errors
/// `body-too-large`; `invalid-body` if it is incomplete.
pub(crate) fn whole(body: Result<Bytes, BytesRejection>) -> Result<Bytes, Problem> {
    body.map_err(|rejection| match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => {
            let detail = format!("the body is longer than {MAX_BODY_BYTES} bytes; send it in parts");
            Problem::new(Code::BodyTooLarge, detail)
        }
        _ => Problem::new(Code::InvalidBody, "the body is incomplete"),
    })
}

/// Returns the body of a request as text.
///
/// # Errors
/// Those of [`body_of`] for `text/plain`; `not-utf8`.
pub(crate) fn text_of(headers: &HeaderMap, body: Result<Bytes, BytesRejection>) -> Result<String, Problem> {
    String::from_utf8(body_of(headers, body, "text/plain")?.into()).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        Problem::new(Code::NotUtf8, format!("the body is not UTF-8: byte {at} is invalid"))
    })
}

/// Returns true if the header names the media type `wanted` and no charset other than UTF-8 or ASCII.
fn is_of_type(headers: &HeaderMap, wanted: &str) -> bool {
    let Some(kind) = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()) else {
        return false;
    };
    let mut parts = kind.split(';').map(str::trim);
    let essence = parts.next().unwrap_or_default();
    let charsets = parts.filter_map(|part| {
        let (name, value) = part.split_once('=')?;
        name.trim()
            .eq_ignore_ascii_case("charset")
            .then(|| value.trim().trim_matches('"'))
    });
    let known = ["utf-8", "utf8", "us-ascii"];
    essence.eq_ignore_ascii_case(wanted)
        && charsets
            .into_iter()
            .all(|charset| known.iter().any(|known| charset.eq_ignore_ascii_case(known)))
}
