//! Numbers and arrays at offsets in the streams of a Word file, all of them little-endian, all of them checked.

/// Returns `length` bytes at `at`.
pub(super) fn slice(bytes: &[u8], at: usize, length: usize) -> Option<&[u8]> {
    bytes.get(at..at.checked_add(length)?)
}

/// Returns the byte at `at`.
pub(super) fn u8_at(bytes: &[u8], at: usize) -> Option<u8> {
    bytes.get(at).copied()
}

/// Returns the 16-bit number at `at`.
pub(super) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    slice(bytes, at, 2).and_then(|two| Some(u16::from_le_bytes(two.try_into().ok()?)))
}

/// Returns the 32-bit number at `at`.
pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    slice(bytes, at, 4).and_then(|four| Some(u32::from_le_bytes(four.try_into().ok()?)))
}

/// Returns the UTF-16 text of `length` units at `at`; what is no letter becomes U+FFFD.
pub(super) fn utf16_at(bytes: &[u8], at: usize, length: usize) -> Option<String> {
    let text = slice(bytes, at, length.checked_mul(2)?)?;
    let units = (0..length).filter_map(|index| u16_at(text, index * 2));
    Some(
        char::decode_utf16(units)
            .map(|char| char.unwrap_or('\u{fffd}'))
            .collect(),
    )
}

/// An array of positions, each with data, and a last position that ends it: a PLC ([MS-DOC] 2.2.2).
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Plc<'d> {
    bytes: &'d [u8],
    /// Number of data elements.
    length: usize,
    /// Bytes of each of them.
    data_bytes: usize,
}

impl<'d> Plc<'d> {
    /// Returns the array in `bytes`, whose elements have `data_bytes` each.
    pub(super) fn new(bytes: &'d [u8], data_bytes: usize) -> Self {
        Self {
            bytes,
            length: bytes.len().saturating_sub(4) / (4 + data_bytes),
            data_bytes,
        }
    }

    /// Returns the number of data elements; there is one position more.
    pub(super) const fn len(&self) -> usize {
        self.length
    }

    /// Returns the position at `index`.
    pub(super) fn position(&self, index: usize) -> Option<u32> {
        let known = index <= self.length && !self.bytes.is_empty();
        u32_at(self.bytes, index.checked_mul(4).filter(|_| known)?)
    }

    /// Returns the data of the element at `index`.
    pub(super) fn data(&self, index: usize) -> Option<&'d [u8]> {
        if index >= self.length {
            return None;
        }
        slice(
            self.bytes,
            4 * (self.length + 1) + index * self.data_bytes,
            self.data_bytes,
        )
    }

    /// Returns the index of the element that holds `position`: the last that begins at or before it.
    pub(super) fn find(&self, position: u32) -> Option<usize> {
        let (mut low, mut high) = (0, self.length);
        while low < high {
            let middle = low + (high - low) / 2;
            if self.position(middle)? <= position {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        let index = low.checked_sub(1)?;
        (position < self.position(index + 1)?).then_some(index)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_and_data_of_an_array() {
        let bytes: Vec<u8> = [0u32, 5, 9]
            .iter()
            .flat_map(|position| position.to_le_bytes())
            .chain([1, 2, 3, 4])
            .collect();
        let plc = Plc::new(&bytes, 2);
        assert_eq!((plc.len(), plc.position(2), plc.position(3)), (2, Some(9), None));
        assert_eq!((plc.data(1), plc.data(2)), (Some(&[3, 4][..]), None));
        assert_eq!(
            [0, 4, 5, 8].map(|at| plc.find(at)),
            [Some(0), Some(0), Some(1), Some(1)]
        );
        assert_eq!(plc.find(9), None);
        assert_eq!(Plc::new(&[], 2).find(0), None);
    }

    #[test]
    fn numbers_beyond_the_end_are_none() {
        assert_eq!(u16_at(&[1, 2], 0), Some(0x201));
        assert_eq!(u16_at(&[1, 2], 1), None);
        assert_eq!(u32_at(&[1, 2, 3], usize::MAX), None);
        assert_eq!(utf16_at(&[0x10, 1, 0, 0xd8], 0, 2).as_deref(), Some("\u{110}\u{fffd}"));
    }
}
