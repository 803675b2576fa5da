//! The fields of a document as JSON for the engine, and the digest by which a changed one is known.

use serde_json::{Value, json};

use super::passage_source::Source;
use super::records::{self, DecodeError};
use crate::citation::Observed;
use crate::index::manifest::IndexedFile;
use crate::record::{CitedAt, Parsed};
use crate::text::fold;

/// Returns the digest of all that the engine has of a document, in hexadecimal: its parsed form, what it cites, and
/// what is known of its file but the time of its last change, which a copy of the folder changes for all files. It is
/// made of digests of the packs, so no document is read for it.
pub(super) fn digest(file: &IndexedFile) -> Result<String, postcard::Error> {
    let mut hasher = blake3::Hasher::new();
    for location in file.packed() {
        hasher.update(&location.digest);
    }
    let told = IndexedFile {
        modified_ns: 0,
        ..file.unpacked()
    };
    hasher.update(&postcard::to_allocvec(&told)?);
    Ok(hasher.finalize().to_hex().to_string())
}

/// Returns a document for the engine, with the `digest` of its `file`, for a change with the number `generation`.
///
/// # Errors
/// [`DecodeError::TooLarge`] for a document of hundreds of megabytes.
pub(super) fn document(
    file: &IndexedFile,
    parsed: &Parsed,
    digest: &str,
    generation: u64,
) -> Result<Source, DecodeError> {
    let id = &file.record.document;
    let cites: Vec<CitedAt> = parsed.cited_places().collect();
    let observed = Observed::of(&parsed.document, &parsed.citations);
    let mut fields = json!({
        "id": id,
        "folded_id": fold(id),
        "digest": digest,
        "generation": generation,
        "record": records::encode(&file.unpacked())?,
        "parsed": records::encode_compressed(parsed)?,
        "cites": records::encode_compressed(&cites)?,
        "observed": records::encode_compressed(&observed)?,
    });
    if let Some(date) = &file.record.date {
        fields["date"] = Value::from(date.as_str());
    }
    Ok(Source { id: id.clone(), fields })
}
