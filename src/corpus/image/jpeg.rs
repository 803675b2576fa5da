//! JPEG: segments, one of which has the size, then coded lines up to the marker `EOI`. Source: ITU-T T.81, annex B.

use std::io::{Read, Seek};

use super::outline_error::OutlineError;
use super::source::{Order, Source};

/// The marker of the beginning of the coded lines.
const SOS: u8 = 0xda;
/// The end of the image, with the byte that begins every marker. Coded lines do not have these two bytes: T.81 puts a
/// zero after each 0xFF in them.
const EOI: [u8; 2] = [0xff, 0xd9];

/// Returns the size of the image.
pub(super) fn size<R: Read + Seek>(source: &mut Source<R>) -> Result<[u32; 2], OutlineError> {
    let missing = "the end of the image is missing";
    let mut size = None;
    let mut at = 2;
    let mut after_ff = false;
    loop {
        let [byte] = source.bytes(at, missing)?;
        at += 1;
        // Other bytes between segments are skipped, as libjpeg does.
        let marker = if byte == 0xff || !after_ff { None } else { Some(byte) };
        after_ff = byte == 0xff;
        match marker {
            // Markers that stand alone.
            None | Some(0x00 | 0x01 | 0xd0..=0xd8) => {}
            Some(0xd9) => return Err(OutlineError::Invalid("it has no image".to_owned())),
            Some(SOS) => break,
            Some(marker) => {
                if is_frame(marker) {
                    let side = |source: &mut Source<R>, at| source.number(at, 2, Order::Big, missing);
                    // Length, bits of a sample, height, width.
                    size = Some([side(source, at + 5)? as u32, side(source, at + 3)? as u32]);
                }
                at += source.number(at, 2, Order::Big, missing)?.max(2);
            }
        }
    }
    let size = size.ok_or_else(|| OutlineError::Invalid("it does not say how large it is".to_owned()))?;
    if source.contains(at, &EOI)? {
        Ok(size)
    } else {
        Err(OutlineError::Cut(missing.to_owned()))
    }
}

/// Returns true if a segment with this marker begins a frame, which has the size.
const fn is_frame(marker: u8) -> bool {
    matches!(marker, 0xc0..=0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{assert_every_cut_is_seen, sizes_of};

    #[test]
    fn a_jpeg_has_a_size_and_an_end() {
        let whole = [
            &b"\xff\xd8\xff\xe0\0\x04ab"[..],
            // A picture in the segment of a camera is not the image.
            b"\xff\xe1\0\x11\xff\xd8\xff\xc0\0\x07\x08\0\x01\0\x01\xff\xd9\0\0",
            // Bytes that fill up, and a frame of 300 columns and 200 lines.
            b"\xff\xff\xff\xc2\0\x0b\x08\0\xc8\x01\x2c\x01\x01\x11\0",
            b"\xff\xda\0\x02code\xff\0\xff\xd0code\xff\xda\0\x02more",
            b"\xff\xd9",
        ]
        .concat();
        assert_eq!(sizes_of(&whole).unwrap(), [[300, 200]]);
        assert_every_cut_is_seen(&whole, 0);
        assert_eq!(sizes_of(&[&whole[..], b"trailer"].concat()).unwrap(), [[300, 200]]);
        assert!(sizes_of(b"\xff\xd8\xff\xda\0\x02\xff\xd9").is_err());
    }
}
