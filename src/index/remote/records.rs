//! The stored forms of passages, documents and citations in the engine: bytes in base64.
//!
//! A record is in postcard form. What is large is compressed too. Nothing that was not written by this format is read:
//! the state of the index names the format ([`super::state`]).

use std::io::Read as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::citation::Observed;
use crate::index::error::Error;
use crate::index::fields::StoredPassage;
use crate::index::folder_index::FolderIndex;
use crate::index::manifest::IndexedFile;
use crate::record::{CitedAt, Parsed};

/// Level of zstd, that of the packs.
const LEVEL: i32 = 1;

/// The most bytes of a value. An answer of the engine is bounded, and so is what it grows to.
const MAX_VALUE_BYTES: u64 = 512 << 20;

/// The reason why a stored form cannot be read.
#[derive(Debug, thiserror::Error)]
pub(crate) enum DecodeError {
    /// It is no base64.
    #[error("it is no base64")]
    Base64(#[from] base64::DecodeError),
    /// It cannot be decompressed.
    #[error("it cannot be decompressed")]
    Compression(#[from] std::io::Error),
    /// It is no value of its type.
    #[error("it is another kind of value")]
    Postcard(#[from] postcard::Error),
    /// It is larger than any value that was written.
    #[error("it has more than {MAX_VALUE_BYTES} bytes")]
    TooLarge,
}

/// Returns the stored form of a record.
pub(super) fn encode<T: Serialize>(value: &T) -> Result<String, postcard::Error> {
    Ok(STANDARD.encode(postcard::to_allocvec(value)?))
}

/// Returns the stored form of a large value.
pub(super) fn encode_compressed<T: Serialize>(value: &T) -> Result<String, DecodeError> {
    let plain = postcard::to_allocvec(value)?;
    if plain.len() as u64 > MAX_VALUE_BYTES {
        return Err(DecodeError::TooLarge);
    }
    Ok(STANDARD.encode(zstd::stream::encode_all(&plain[..], LEVEL)?))
}

/// Reads the field `record` of a passage.
///
/// # Errors
/// [`DecodeError`] if it is none.
pub(crate) fn passage(record: &str) -> Result<StoredPassage, DecodeError> {
    decode(record)
}

/// Reads the field `record` of a document. The locations in the packs are those of nothing.
///
/// # Errors
/// [`DecodeError`] if it is none.
pub(crate) fn file(record: &str) -> Result<IndexedFile, DecodeError> {
    decode(record)
}

/// Reads the field `record` of a citation.
///
/// # Errors
/// [`DecodeError`] if it is none.
pub(crate) fn cited(record: &str) -> Result<CitedAt, DecodeError> {
    decode(record)
}

/// Reads the field `parsed` of a document.
///
/// # Errors
/// [`DecodeError`] if it is none.
pub(crate) fn parsed(parsed: &str) -> Result<Parsed, DecodeError> {
    decode_compressed(parsed)
}

/// Reads the field `cites` of a document: the places where it cites something, in order.
///
/// # Errors
/// [`DecodeError`] if it is none.
pub(crate) fn cites(cites: &str) -> Result<Vec<CitedAt>, DecodeError> {
    decode_compressed(cites)
}

/// Reads the field `observed` of a document: the part of it that a resolver of citations takes.
///
/// # Errors
/// [`DecodeError`] if it is none.
pub(crate) fn observed(observed: &str) -> Result<Observed, DecodeError> {
    decode_compressed(observed)
}

/// Reads the field `terms` of a list of terms.
///
/// # Errors
/// [`DecodeError`] if it is none.
pub(crate) fn terms(terms: &str) -> Result<Vec<String>, DecodeError> {
    decode_compressed(terms)
}

/// Makes the error of something of `index` that cannot be written for the engine, such as a path that is no text.
pub(super) fn unwritable(index: &FolderIndex, cause: impl std::error::Error + Send + Sync + 'static) -> Error {
    Error::io("write", index.dir())(std::io::Error::other(cause))
}

/// Reads a stored record.
fn decode<T: DeserializeOwned>(stored: &str) -> Result<T, DecodeError> {
    Ok(postcard::from_bytes(&STANDARD.decode(stored)?)?)
}

/// Reads a large stored value.
pub(super) fn decode_compressed<T: DeserializeOwned>(stored: &str) -> Result<T, DecodeError> {
    let compressed = STANDARD.decode(stored)?;
    let mut plain = Vec::new();
    // A few bytes may say that they are many: no more are made than any value has.
    let mut decoder = zstd::stream::Decoder::new(&compressed[..])?.take(MAX_VALUE_BYTES + 1);
    decoder.read_to_end(&mut plain)?;
    if plain.len() as u64 > MAX_VALUE_BYTES {
        return Err(DecodeError::TooLarge);
    }
    Ok(postcard::from_bytes(&plain)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_come_back_and_other_bytes_are_errors() {
        let value = vec!["Nghị quyết".to_owned(); 300];
        assert_eq!(decode::<Vec<String>>(&encode(&value).unwrap()).unwrap(), value);
        let compressed = encode_compressed(&value).unwrap();
        assert!(compressed.len() < 200, "{}", compressed.len());
        assert_eq!(decode_compressed::<Vec<String>>(&compressed).unwrap(), value);
        assert!(matches!(passage("?"), Err(DecodeError::Base64(_))));
        assert!(matches!(parsed("AAAA"), Err(DecodeError::Compression(_))));
        assert!(matches!(file("AAAA"), Err(DecodeError::Postcard(_))));
    }
}
