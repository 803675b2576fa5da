//! The body of the routes that read a text: JSON with the field `text`, or the text itself.

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::http::HeaderMap;

use super::openapi::fields;
use crate::http::params::{Parameter, Params, Takes};
use crate::http::problem::Problem;
use crate::http::request::{JSON, PLAIN, body_of, utf8};

/// The text.
const TEXT: Parameter = Parameter {
    name: "text",
    about: "The text.",
    takes: Takes::Text("Thực hiện Nghị quyết số 21-NQ/TW ngày 16/6/2022 của Ban Chấp hành Trung ương"),
};

fields!(TextBody, [&[TEXT]], required: ["text"],
    example: {"text": "Thực hiện Nghị quyết số 21-NQ/TW ngày 16/6/2022 của Ban Chấp hành Trung ương"});

/// Returns the text that a request sends. Spans of the answer count its bytes in UTF-8 in either form.
///
/// # Errors
/// Those of [`body_of`], of [`Params::of_json`] and of [`utf8`]; `missing-parameter`.
pub(super) fn text_of(headers: &HeaderMap, body: Result<Bytes, BytesRejection>) -> Result<String, Problem> {
    match body_of(headers, body, &[JSON, PLAIN])? {
        (JSON, body) => {
            let fields = Params::of_json(&body, TextBody::KNOWN)?;
            fields.required(TEXT.name).map(str::to_owned)
        }
        (_, body) => utf8(body),
    }
}
