//! `/api/v1/documents/{id}/file` and `/pages/{page}.png`: the file of a document, and pictures of its pages.
//!
//! Only files that the index lists are read, and only while they have the bytes that were indexed
//! ([`crate::corpus::Original`]). They are always sent as downloads: no browser runs or shows what strangers wrote as a
//! page of this service.

mod body;
mod range;

use axum::body::Body;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::openapi::{NoParameters, parameters};
use crate::corpus::{Original, WantedPage, has_page_images};
use crate::http::app::App;
use crate::http::download::{accepted, disposition};
use crate::http::middleware::matches_tag;
use crate::http::params::{Parameter, Params, Takes};
use crate::http::problem::{Code, Problem};
use crate::http::request::{BYTES, Id, IdAndPage};
use crate::index::{Index, IndexedFile};
use crate::text::Encoding;
use body::FileBody;
use range::{Range, range_of};

/// The greatest width of a picture in pixels.
const MAX_WIDTH: usize = 10_000;

/// The width of a picture.
const WIDTH: Parameter = Parameter {
    name: "width",
    about: "Greatest width of the picture in pixels. A wider one is scaled down; the `boxes` of records then have to be multiplied by the width of the picture, and divided by that of `page_size`.",
    takes: Takes::Number {
        min: 16,
        max: MAX_WIDTH,
        default: MAX_WIDTH,
    },
};

parameters!(PageParameters, [&[WIDTH]], required: []);

/// The media types of formats, by their names; the registry of IANA has them.
const MEDIA_TYPES: [(&str, &str); 9] = [
    ("pdf", "application/pdf"),
    (
        "docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    (
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    ("xls", "application/vnd.ms-excel"),
    ("doc", "application/msword"),
    ("rtf", "application/rtf"),
    ("odt", "application/vnd.oasis.opendocument.text"),
    ("alto", "application/xml"),
    ("markdown", "text/markdown"),
];

/// The media types of images, by their first bytes.
const IMAGE_TYPES: [(&[u8], &str); 4] = [
    (b"\x89PNG", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"II", "image/tiff"),
    (b"MM", "image/tiff"),
];

/// Download the file of a document.
#[utoipa::path(get, path = "/api/v1/documents/{id}/file", tag = "documents", params(("id" = String, Path, description = "Id of the document, or an unambiguous beginning of it (`001`)."), NoParameters),
    responses(
        (status = 200, description = "The bytes of the file, as they were indexed. `Content-Disposition` has its name.", content((String = "application/octet-stream"), (String = "*/*"))),
        (status = 206, description = "The bytes that `Range` asks for.", content((String = "application/octet-stream"), (String = "*/*")))))]
pub(super) async fn file(
    State(app): State<App>,
    Id(id): Id,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    Params::of_query(query.as_deref(), NoParameters::KNOWN)?;
    app.ask_for_file(move |index, files| {
        let file = index.file(&id)?;
        let original = files.open(file)?;
        answer(file, original, &headers)
    })
    .await
}

/// Show the picture of a page.
#[utoipa::path(get, path = "/api/v1/documents/{id}/pages/{page}", tag = "documents", params(("id" = String, Path, description = "Id of the document, or an unambiguous beginning of it (`001`)."), ("page" = usize, Path, description = "Number of the page, from 1: the `page` of a box.", minimum = 1), PageParameters),
    responses((status = 200, description = "The page, in the pixels that `boxes` count: as a PDF is drawn, or as the image file is. To whoever accepts `application/octet-stream` it is sent as that.", content((String = "image/png"), (String = "application/octet-stream")))))]
pub(super) async fn page_image(
    State(app): State<App>,
    IdAndPage(id, page): IdAndPage,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let params = Params::of_query(query.as_deref(), PageParameters::KNOWN)?;
    let max_width = params.number(WIDTH.name).unwrap_or(MAX_WIDTH);
    let max_time = app.settings().time_limit;
    app.ask_for_file(move |index, files| {
        let file = index.file(&id)?;
        let page = page_of(index, file, &page, max_width)?;
        let original = files.open(file)?;
        let tag = format!("W/\"{}-{}-{}\"", start_of(&file.digest), page.number, page.max_width);
        if is_known(&headers, &tag) {
            return Ok(not_modified(&tag));
        }
        let picture = files.picture(file, &original, page, max_time)?;
        let media_type = accepted(&headers, "image/png");
        let headers = [
            (header::CONTENT_TYPE, media_type),
            (header::ETAG, &tag),
            (header::VARY, "accept"),
        ];
        Ok((headers, picture).into_response())
    })
    .await
}

/// Returns the page of a document with the number `typed`.
fn page_of(index: &Index, file: &IndexedFile, typed: &str, max_width: usize) -> Result<WantedPage, Problem> {
    if !has_page_images(file.record.format) {
        let detail = "this document has no pictures of its pages; those of PDFs and images have";
        return Err(Problem::new(Code::NoPageImage, detail));
    }
    let parsed = index.document(&file.record.document)?;
    let number = typed.strip_suffix(".png").and_then(|number| number.parse().ok());
    let size = |number: usize| parsed.facsimile.pages.get(number.checked_sub(1)?).copied();
    let found = number.and_then(|number| Some((number, size(number)?)));
    let (number, size) = found.ok_or_else(|| {
        let detail = format!(
            "the document has no page '{typed}'; its pages are 1.png to {}.png",
            parsed.facsimile.pages.len()
        );
        Problem::new(Code::UnknownPage, detail).refusing(typed)
    })?;
    Ok(WantedPage {
        number,
        size,
        max_width: u32::try_from(max_width).unwrap_or(u32::MAX),
    })
}

/// Answers a request for a file: with all of it or the part that is asked for, or that the client has it already.
fn answer(file: &IndexedFile, original: Original, headers: &HeaderMap) -> Result<Response, Problem> {
    let tag = format!("\"{}\"", file.digest);
    if is_known(headers, &tag) {
        return Ok(not_modified(&tag));
    }
    let size = original.size();
    let (status, start, end) = match range_of(headers, &tag, size) {
        Range::Whole => (StatusCode::OK, 0, size),
        Range::Part(start, end) => (StatusCode::PARTIAL_CONTENT, start, end),
        Range::Beyond => {
            let problem = Problem::new(Code::RangeBeyond, format!("the file has {size} bytes"));
            let mut response = problem.into_response();
            insert(&mut response, header::CONTENT_RANGE, &format!("bytes */{size}"));
            return Ok(response);
        }
    };
    let media_type = media_type(file, &original).map_err(|error| {
        tracing::warn!(%error, "cannot read the file of a document");
        Problem::internal()
    })?;
    let mut response = Response::new(Body::new(FileBody::of(original, start, end)));
    *response.status_mut() = status;
    insert(&mut response, header::CONTENT_TYPE, &media_type);
    insert(&mut response, header::CONTENT_LENGTH, &(end - start).to_string());
    insert(&mut response, header::ETAG, &tag);
    // It also keeps the bytes from being compressed, which would make them others than those of the tag.
    insert(&mut response, header::ACCEPT_RANGES, "bytes");
    let name = file.location.file_name().unwrap_or_default().to_string_lossy();
    insert(&mut response, header::CONTENT_DISPOSITION, &disposition(&name));
    if status == StatusCode::PARTIAL_CONTENT {
        let range = format!("bytes {start}-{}/{size}", end.saturating_sub(1));
        insert(&mut response, header::CONTENT_RANGE, &range);
    }
    Ok(response)
}

/// Sets a header of visible ASCII.
fn insert(response: &mut Response, name: header::HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
}

/// Returns the answer to a client that has the answer with this tag.
fn not_modified(tag: &str) -> Response {
    (StatusCode::NOT_MODIFIED, [(header::ETAG, tag)]).into_response()
}

/// Returns true if the client has the answer with this tag.
fn is_known(headers: &HeaderMap, tag: &str) -> bool {
    headers.contains_key(header::IF_NONE_MATCH) && matches_tag(headers, tag)
}

/// Returns the first digits of a digest, which identify the file well enough for a weak tag.
fn start_of(digest: &str) -> &str {
    digest.get(..16).unwrap_or(digest)
}

/// Returns the media type of a file.
fn media_type(file: &IndexedFile, original: &Original) -> std::io::Result<String> {
    let format = file.record.format.name();
    let media_type = match format {
        "image" => {
            let mut first = [0; 4];
            original.read_at(0, &mut first)?;
            let known = IMAGE_TYPES.iter().find(|(magic, _)| first.starts_with(magic));
            known.map(|(_, media_type)| *media_type)
        }
        "text" => Some("text/plain"),
        "hocr" | "html" => Some("text/html"),
        format => MEDIA_TYPES
            .iter()
            .find(|(name, _)| *name == format)
            .map(|(_, media_type)| *media_type),
    };
    let media_type = media_type.unwrap_or(BYTES);
    let is_utf8 = media_type.starts_with("text/") && file.record.encoding == Some(Encoding::Utf8);
    Ok(format!("{media_type}{}", if is_utf8 { "; charset=utf-8" } else { "" }))
}
