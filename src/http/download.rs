//! Files that a client downloads: their names, and tables of answers as such files.

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};

use super::problem::Problem;
use super::request::BYTES;
use crate::index::Error;
use crate::render::table::Table;
use crate::render::table_file::{self, TableFormat};
use crate::text::percent_encoded;

/// The header with the number of all rows, of which the table has those of one window.
const TOTAL: HeaderName = HeaderName::from_static("x-total-count");

/// Comma-separated values, with a mark by which spreadsheets recognize UTF-8.
pub(crate) const CSV: TableFormat = TableFormat::Csv { bom: true };

/// A file that was made for a client.
pub(crate) struct Download {
    /// Its bytes.
    pub(crate) bytes: Vec<u8>,
    /// Its media type.
    pub(crate) media_type: &'static str,
    /// Its name, with its ending.
    pub(crate) name: String,
}

impl Download {
    /// Writes a table as a file of this name without its ending.
    ///
    /// # Errors
    /// `internal` if it cannot be written.
    pub(crate) fn table(table: &Table, format: TableFormat, name: &str) -> Result<Self, Problem> {
        let (media_type, ending) = match format {
            TableFormat::Xlsx => (
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                "xlsx",
            ),
            TableFormat::Tsv { .. } => ("text/tab-separated-values; charset=utf-8", "tsv"),
            TableFormat::Csv { .. } => ("text/csv; charset=utf-8", "csv"),
        };
        let name = format!("{name}.{ending}");
        let mut bytes = Vec::new();
        table_file::write(&mut bytes, table, format).map_err(|cause| Error::Io {
            action: "write",
            path: name.clone().into(),
            cause,
        })?;
        Ok(Self {
            bytes,
            media_type,
            name,
        })
    }
}

impl IntoResponse for Download {
    fn into_response(self) -> Response {
        let mut response = self.bytes.into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(self.media_type));
        headers.extend(named(&self.name));
        response
    }
}

/// A table as a file.
pub(crate) struct TableFile {
    file: Download,
    total: usize,
}

impl TableFile {
    /// Writes a table as a file of this name without its ending; `total` rows are found in all.
    ///
    /// # Errors
    /// Those of [`Download::table`].
    pub(crate) fn of(table: &Table, format: TableFormat, name: &str, total: usize) -> Result<Self, Problem> {
        Ok(Self {
            file: Download::table(table, format, name)?,
            total,
        })
    }

    /// Returns the answer to a request with these headers.
    pub(crate) fn answer(self, headers: &HeaderMap) -> Response {
        let media_type = self.file.media_type;
        let mut response = self.file.into_response();
        let own = response.headers_mut();
        // Text is text, whatever a generated client asks for.
        if !media_type.starts_with("text/") {
            own.insert(header::VARY, HeaderValue::from_static("accept"));
            let accepted = accepted(headers, media_type);
            own.insert(header::CONTENT_TYPE, HeaderValue::from_static(accepted));
        }
        own.insert(TOTAL, self.total.into());
        response
    }
}

/// Returns the media type of an answer that is no text: `own`, or that of bytes if the client asks for it by name. Some
/// generators of clients know no other type for an answer that is no text.
pub(crate) fn accepted(headers: &HeaderMap, own: &'static str) -> &'static str {
    let accepted = headers.get_all(header::ACCEPT).iter();
    let mut accepted = accepted.filter_map(|accepted| accepted.to_str().ok());
    if accepted.any(|types| types.contains(BYTES)) {
        BYTES
    } else {
        own
    }
}

/// Returns the header that gives a file its name; `None` cannot happen, as [`disposition`] is visible ASCII.
fn named(name: &str) -> Option<(HeaderName, HeaderValue)> {
    let value = HeaderValue::from_str(&disposition(name)).ok()?;
    Some((header::CONTENT_DISPOSITION, value))
}

/// Returns the header that makes a browser save the file under its name (RFC 6266): in RFC 5987 form, and without
/// marks for programs that do not know that form.
pub(crate) fn disposition(name: &str) -> String {
    let plain: String = name
        .chars()
        .map(|char| match char {
            char if char.is_ascii_alphanumeric() || "-_. ()".contains(char) => char,
            _ => '_',
        })
        .collect();
    // The unreserved characters are all `attr-char` of RFC 5987 too.
    let encoded = percent_encoded(name, b"");
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{encoded}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_a_header_whatever_it_is() {
        let rows = [
            ("a-1.pdf", "attachment; filename=\"a-1.pdf\"; filename*=UTF-8''a-1.pdf"),
            (
                "Kế hoạch \"5\".docx",
                "attachment; filename=\"K_ ho_ch _5_.docx\"; filename*=UTF-8''K%E1%BA%BF%20ho%E1%BA%A1ch%20%225%22.docx",
            ),
            (
                "a\r\nb;c",
                "attachment; filename=\"a__b_c\"; filename*=UTF-8''a%0D%0Ab%3Bc",
            ),
        ];
        for (name, header) in rows {
            assert_eq!(disposition(name), header);
            assert!(HeaderValue::from_str(&disposition(name)).is_ok());
        }
    }
}
