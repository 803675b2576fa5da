//! Extractors that several handlers share: an id in the path, and a body.

use axum::body::Bytes;
use axum::extract::FromRequestParts;
use axum::extract::Path;
use axum::extract::rejection::{BytesRejection, PathRejection};
use axum::http::header::{CONTENT_ENCODING, CONTENT_TYPE, HOST};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, StatusCode};

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

/// Returns scheme, host and port under which a client asks for the service: `http://localhost:7700`. A proxy tells the
/// scheme that it was asked by. `None` if the request names no plain host.
pub(crate) fn origin(headers: &HeaderMap) -> Option<String> {
    let named = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    let is_plain = |host: &&str| {
        host.bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-.:[]".contains(&byte))
    };
    let host = named(HOST).filter(is_plain).filter(|host| !host.is_empty())?;
    let scheme = match named(HeaderName::from_static("x-forwarded-proto")) {
        Some("https") => "https",
        _ => "http",
    };
    Some(format!("{scheme}://{host}"))
}

/// The problem of a path that cannot be decoded.
fn not_utf8() -> Problem {
    Problem::new(Code::InvalidPath, "the path of the URL is not percent-encoded UTF-8")
}

/// The media type of JSON.
pub(crate) const JSON: &str = "application/json";

/// The media type of plain text.
pub(crate) const PLAIN: &str = "text/plain";

/// The media type of bytes of any kind.
pub(crate) const BYTES: &str = "application/octet-stream";

/// Returns the body of a request, which must have one of the media types `wanted`, and that type.
///
/// # Errors
/// `media-type` if it has another type, charset or compression; `body-too-large`; `invalid-body` if it is incomplete.
pub(crate) fn body_of(
    headers: &HeaderMap,
    body: Result<Bytes, BytesRejection>,
    wanted: &[&'static str],
) -> Result<(&'static str, Bytes), Problem> {
    let is_uncompressed = headers
        .get(CONTENT_ENCODING)
        .is_none_or(|encoding| encoding.as_bytes().eq_ignore_ascii_case(b"identity"));
    let sent = wanted.iter().copied().find(|wanted| is_of_type(headers, wanted));
    match sent.filter(|_| is_uncompressed) {
        Some(sent) => Ok((sent, whole(body)?)),
        None => {
            let types = wanted.join(" or ");
            let detail = format!("the body must have the media type {types}, in UTF-8, without compression");
            Err(Problem::new(Code::MediaType, detail).allowing(wanted.iter().copied()))
        }
    }
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

/// Returns a body as text.
///
/// # Errors
/// `not-utf8`.
pub(crate) fn utf8(body: Bytes) -> Result<String, Problem> {
    String::from_utf8(body.into()).map_err(|error| {
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
