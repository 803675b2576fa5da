//! PNG: a size at the beginning, chunks, and a last chunk `IEND`. Source: ISO/IEC 15948 (PNG, third edition), clauses 5
//! and 11.2.

use std::io::{Read, Seek};

use super::outline_error::OutlineError;
use super::source::{Order, Source};

/// Bytes of the signature before the first chunk.
const SIGNATURE_BYTES: u64 = 8;
/// Bytes of a chunk beside its data: length, type, checksum.
const CHUNK_BYTES: u64 = 12;
/// Bytes of the data of the first chunk, `IHDR`.
const HEADER_BYTES: u64 = 13;

/// Returns the size of the image.
pub(super) fn size<R: Read + Seek>(source: &mut Source<R>) -> Result<[u32; 2], OutlineError> {
    let missing = "the end of the image is missing";
    if source.bytes(SIGNATURE_BYTES + 4, missing)? != *b"IHDR" {
        return Err(OutlineError::Invalid(
            "its first part is not the header of a PNG".to_owned(),
        ));
    }
    let mut at = SIGNATURE_BYTES + CHUNK_BYTES + HEADER_BYTES;
    let side = |source: &mut Source<R>, at| source.number(at, 4, Order::Big, missing);
    let size = [side(source, SIGNATURE_BYTES + 8)?, side(source, SIGNATURE_BYTES + 12)?];
    loop {
        let length = source.number(at, 4, Order::Big, missing)?;
        // The checksum of the last chunk may be missing; every program reads such a file.
        if source.bytes(at + 4, missing)? == *b"IEND" {
            return Ok(size.map(|side| side as u32));
        }
        at = at.saturating_add(CHUNK_BYTES + length);
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{assert_every_cut_is_seen, sizes_of};

    /// A PNG with these chunks after its header; checksums are no concern here.
    fn png(chunks: &[(&[u8; 4], &[u8])]) -> Vec<u8> {
        let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
        let header: (&[u8; 4], &[u8]) = (b"IHDR", &[0, 0, 1, 2, 0, 0, 0, 7, 1, 0, 0, 0, 0]);
        for (kind, data) in std::iter::once(&header).chain(chunks) {
            bytes.extend((data.len() as u32).to_be_bytes());
            bytes.extend(*kind);
            bytes.extend(*data);
            bytes.extend([0; 4]);
        }
        bytes
    }

    #[test]
    fn a_png_has_a_size_and_an_end() {
        let whole = png(&[(b"IDAT", b"IEND"), (b"IDAT", b""), (b"IEND", b"")]);
        assert_eq!(sizes_of(&whole).unwrap(), [[258, 7]]);
        assert_every_cut_is_seen(&whole, 4);
        assert_eq!(sizes_of(&[&whole[..], b"more"].concat()).unwrap(), [[258, 7]]);
    }
}
