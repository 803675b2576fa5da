//! Checksums of the blocks of a file of the engine, which stand at its end.
//!
//! The engine has one checksum for a whole file, so that to trust a single posting list one would have to read all of
//! it. With a checksum for every block of 64 KiB it is enough to read the blocks that an answer needs. The trailer is
//! part of the file, so that a file and its checksums reach the disk together:
//!
//! | bytes | content |
//! |---|---|
//! | as many as the engine wrote | what the engine wrote |
//! | 4 for each block | CRC-32 of the block, little-endian |
//! | 8 | number of bytes that the engine wrote |
//! | 4 | CRC-32 of the checksums and that number |
//! | 8 | [`MAGIC`] |
//!
//! A CRC-32 finds every change of up to 32 neighboring bits, and misses one in four billion others.

use std::ops::Range;
use std::path::PathBuf;

use crc32fast::Hasher;

/// Bytes of a block. It is what Linux maps at one page fault (`fault_around_bytes`), so a block that is compared costs
/// no more faults than a byte of it. Comparing a block takes some 5 µs.
const BLOCK_BYTES: usize = 64 * 1024;

/// The last bytes of a file.
const MAGIC: [u8; 8] = *b"vankien1";

/// Bytes of a checksum.
const SUM_BYTES: usize = 4;

/// Bytes of the trailer after the checksums of the blocks.
const TAIL_BYTES: usize = 8 + SUM_BYTES + MAGIC.len();

/// The error of a file that is not as it was written.
#[derive(Debug, thiserror::Error)]
#[error("'{}' is not as it was written", .0.display())]
pub(super) struct DamagedFile(pub(super) PathBuf);

/// The checksums of the blocks of a file.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct BlockSums {
    /// A CRC-32 for each block.
    sums: Vec<u32>,
    /// Number of bytes that the engine wrote.
    len: usize,
}

impl BlockSums {
    /// Reads the trailer of a whole file; `None` if it is not as it was written.
    pub(super) fn read(file: &[u8]) -> Option<Self> {
        let (rest, tail) = file.split_last_chunk::<TAIL_BYTES>()?;
        let (counted, tail) = tail.split_first_chunk::<8>()?;
        let (sum, magic) = tail.split_first_chunk::<SUM_BYTES>()?;
        let len = usize::try_from(u64::from_le_bytes(*counted)).ok()?;
        let (_, sums) = rest.split_at_checked(len)?;
        let is_whole = magic == MAGIC
            && sums.len() == len.div_ceil(BLOCK_BYTES).checked_mul(SUM_BYTES)?
            && crc_of(&[sums, counted]) == u32::from_le_bytes(*sum);
        is_whole.then(|| Self {
            sums: sums
                .chunks_exact(SUM_BYTES)
                .filter_map(|sum| Some(u32::from_le_bytes(sum.try_into().ok()?)))
                .collect(),
            len,
        })
    }

    /// Returns the number of bytes that the engine wrote.
    pub(super) const fn len(&self) -> usize {
        self.len
    }

    /// Returns the number of blocks.
    pub(super) const fn blocks(&self) -> usize {
        self.sums.len()
    }

    /// Returns the numbers of the blocks that have bytes of `range`.
    pub(super) fn blocks_of(&self, range: &Range<usize>) -> Range<usize> {
        range.start / BLOCK_BYTES..range.end.div_ceil(BLOCK_BYTES).min(self.sums.len())
    }

    /// Returns the bytes of a block.
    pub(super) fn bytes_of(&self, block: usize) -> Range<usize> {
        let start = block * BLOCK_BYTES;
        start..(start + BLOCK_BYTES).min(self.len)
    }

    /// Returns true if the block has its checksum.
    pub(super) fn is_whole(&self, block: usize, bytes: &[u8]) -> bool {
        self.sums.get(block) == Some(&crc_of(&[bytes]))
    }
}

/// Counts the checksums of a file that is being written.
#[derive(Default)]
pub(super) struct Summing {
    /// The blocks that are complete.
    sums: Vec<u32>,
    /// The block that is not.
    block: Hasher,
    /// Number of all bytes.
    len: usize,
}

impl Summing {
    /// Adds the next bytes of the file.
    pub(super) fn add(&mut self, mut bytes: &[u8]) {
        while !bytes.is_empty() {
            let room = BLOCK_BYTES - self.len % BLOCK_BYTES;
            let (now, later) = bytes.split_at(room.min(bytes.len()));
            self.block.update(now);
            self.len += now.len();
            if self.len.is_multiple_of(BLOCK_BYTES) {
                self.sums.push(std::mem::take(&mut self.block).finalize());
            }
            bytes = later;
        }
    }

    /// Returns the trailer of the file.
    pub(super) fn trailer(self) -> Vec<u8> {
        let last = (!self.len.is_multiple_of(BLOCK_BYTES)).then(|| self.block.finalize());
        let sums: Vec<u8> = self.sums.into_iter().chain(last).flat_map(u32::to_le_bytes).collect();
        let counted = (self.len as u64).to_le_bytes();
        let sum = crc_of(&[&sums, &counted]).to_le_bytes();
        [&sums[..], &counted, &sum, &MAGIC].concat()
    }
}

/// Returns the CRC-32 of these bytes, one after the other.
fn crc_of(parts: &[&[u8]]) -> u32 {
    let mut hasher = Hasher::new();
    for part in parts {
        hasher.update(part);
    }
    hasher.finalize()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The file that results from writing `body` in pieces of `piece` bytes.
    fn file(body: &[u8], piece: usize) -> Vec<u8> {
        let mut summing = Summing::default();
        body.chunks(piece).for_each(|piece| summing.add(piece));
        [body, &summing.trailer()].concat()
    }

    /// Returns true if `file` has a trailer and all its blocks are whole.
    fn is_whole(file: &[u8]) -> bool {
        let sums = BlockSums::read(file);
        sums.is_some_and(|sums| (0..sums.blocks()).all(|block| sums.is_whole(block, &file[sums.bytes_of(block)])))
    }

    #[test]
    fn blocks_are_found_by_bytes() {
        for len in [0, 1, BLOCK_BYTES - 1, BLOCK_BYTES, BLOCK_BYTES + 1, 3 * BLOCK_BYTES] {
            let body = vec![7; len];
            let file = file(&body, 1000);
            let sums = BlockSums::read(&file).unwrap();
            assert_eq!((sums.len(), sums.blocks()), (len, len.div_ceil(BLOCK_BYTES)));
            assert_eq!(sums.blocks_of(&(0..len)), 0..sums.blocks());
            assert!(is_whole(&file), "{len}");
        }
        let sums = BlockSums::read(&file(&[7; 3 * BLOCK_BYTES], 9)).unwrap();
        assert_eq!(sums.blocks_of(&(BLOCK_BYTES - 1..BLOCK_BYTES)), 0..1);
        assert_eq!(sums.blocks_of(&(BLOCK_BYTES - 1..BLOCK_BYTES + 1)), 0..2);
        assert_eq!(sums.blocks_of(&(2 * BLOCK_BYTES..2 * BLOCK_BYTES + 5)), 2..3);
    }

    proptest! {
        #[test]
        fn every_change_is_noticed(
            seed in any::<u8>(), len in 0..200_000_usize, at in any::<prop::sample::Index>(), bits in 1..=255_u8,
        ) {
            let body: Vec<u8> = (0..len).map(|at| (at as u8).wrapping_mul(31) ^ seed).collect();
            let mut file = file(&body, 4096);
            prop_assert!(is_whole(&file));
            let at = at.index(file.len());
            prop_assert!(!is_whole(&file[..at]), "cut at {}", at);
            file[at] ^= bits;
            prop_assert!(!is_whole(&file), "byte {}", at);
            file[at] ^= bits;
            file.push(bits);
            prop_assert!(!is_whole(&file), "longer");
        }

        #[test]
        fn any_bytes_are_no_panic(bytes in prop::collection::vec(any::<u8>(), 0..100)) {
            let _ = BlockSums::read(&bytes);
            let _ = BlockSums::read(&[&bytes[..], &MAGIC].concat());
        }
    }
}
