//! The body that a form of a page sends: its fields, and the file that somebody chose.
//!
//! A chosen file becomes two fields, its bytes in base64 and its name, so that a page can send the same file again
//! without the program storing it: for another part of the answer, another language or a download.

use axum::body::Bytes;
use axum::extract::multipart::MultipartError;
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::{StatusCode, header};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::parts::draft::{FILE, FILE_NAME, SENT, TEXT, too_large};
use crate::http::problem::{Code, Problem};
use crate::http::request::MAX_BODY_BYTES;

/// Maximum size of a form in bytes. A file that is sent again takes a third more than its size.
pub(super) const MAX_FORM_BYTES: usize = 2 * MAX_BODY_BYTES;

/// Maximum number of fields of a form; those of the pages have a dozen.
const MAX_FIELDS: usize = 64;

/// Maximum length of the name of a file in chars.
const MAX_NAME_CHARS: usize = 120;

/// The media types of forms.
const FORMS: [&str; 2] = ["multipart/form-data", "application/x-www-form-urlencoded"];

/// Returns the fields of a form in order. A chosen file replaces a text and a file that was sent before.
///
/// # Errors
/// `media-type` if the body is no form; `body-too-large`; `not-utf-8`; `invalid-body` if it is broken off or has too
/// many fields.
pub(super) async fn fields_of(request: Request) -> Result<Vec<(String, String)>, Problem> {
    let kind = request.headers().get(header::CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let essence = kind.split(';').next().unwrap_or_default().trim();
    if essence.eq_ignore_ascii_case(FORMS[0]) {
        let parts = Multipart::from_request(request, &()).await;
        fields_of_parts(parts.map_err(|_| broken())?).await
    } else if essence.eq_ignore_ascii_case(FORMS[1]) {
        let body = Bytes::from_request(request, &()).await;
        let body = body.map_err(|rejection| refused(rejection.status()))?;
        let fields = form_urlencoded::parse(&body).into_owned().take(MAX_FIELDS + 1);
        checked(fields.collect())
    } else {
        let detail = format!("a form has the media type {} or {}", FORMS[0], FORMS[1]);
        Err(Problem::new(Code::MediaType, detail).allowing(FORMS))
    }
}

/// Returns the fields of a form in parts.
async fn fields_of_parts(mut parts: Multipart) -> Result<Vec<(String, String)>, Problem> {
    let mut fields: Vec<(String, String)> = Vec::new();
    let mut chosen = None;
    while let Some(part) = parts.next_field().await.map_err(refused_part)? {
        let name = part.name().unwrap_or_default().to_owned();
        let file_name = part.file_name().map(str::to_owned);
        let bytes = part.bytes().await.map_err(refused_part)?;
        match file_name {
            // A field for a file that nobody chose is sent without a name and without bytes.
            Some(file_name) if name == FILE => {
                if !file_name.is_empty() || !bytes.is_empty() {
                    chosen = Some((file_name, bytes));
                }
            }
            _ => {
                let value = String::from_utf8(bytes.into()).map_err(|_| not_utf8())?;
                fields.push((name, value));
            }
        }
        if fields.len() > MAX_FIELDS {
            break;
        }
    }
    if let Some((file_name, bytes)) = chosen {
        if bytes.len() > MAX_BODY_BYTES {
            return Err(too_large());
        }
        fields.retain(|(name, _)| ![TEXT, SENT, FILE_NAME].contains(&name.as_str()));
        fields.push((SENT.to_owned(), STANDARD.encode(&bytes)));
        fields.push((FILE_NAME.to_owned(), base_name(&file_name)));
    }
    checked(fields)
}

/// Returns fields that are not too many.
fn checked(fields: Vec<(String, String)>) -> Result<Vec<(String, String)>, Problem> {
    if fields.len() > MAX_FIELDS {
        let detail = format!("a form has {MAX_FIELDS} fields at most");
        return Err(Problem::new(Code::InvalidBody, detail));
    }
    Ok(fields)
}

/// Returns the name of a file without folders, cut. It is only shown, and never names a file here.
fn base_name(name: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    name.chars().take(MAX_NAME_CHARS).collect()
}

/// The problem of a form of which a part cannot be read.
fn refused_part(error: MultipartError) -> Problem {
    refused(error.status())
}

/// The problem of a body that was refused with this status.
fn refused(status: StatusCode) -> Problem {
    match status {
        StatusCode::PAYLOAD_TOO_LARGE => too_large(),
        _ => broken(),
    }
}

/// The problem of a form that breaks off or is not one.
fn broken() -> Problem {
    Problem::new(Code::InvalidBody, "the form is incomplete; send it again")
}

/// The problem of a field that is no text.
fn not_utf8() -> Problem {
    Problem::new(Code::NotUtf8, "a field of the form is not UTF-8")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_names_no_folder() {
        for (sent, shown) in [
            ("Dự thảo.docx", "Dự thảo.docx"),
            ("C:\\Users\\an\\Dự thảo.docx", "Dự thảo.docx"),
            ("../../etc/passwd", "passwd"),
            ("", ""),
        ] {
            assert_eq!(base_name(sent), shown);
        }
        assert_eq!(base_name(&"đ".repeat(500)).chars().count(), MAX_NAME_CHARS);
    }
}
